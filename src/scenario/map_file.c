// SPDX-License-Identifier: Apache-2.0
/* ESRI ASCII grid: ncols, nrows, xllcorner or xllcenter, yllcorner or yllcenter, cellsize, NODATA_value (optional), in
 * any order and case; then rows from north to south. Heights below the sea are negative there: all values at or below 0
 * are taken as heights, all at or above 0 as depths. Source: Esri, "ASCII to Raster", file format description. */
#include "scenario/map_file.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include "base/context.h"
#include "base/error.h"
#include "base/number.h"
#include "scenario/polygon_file.h"

#define KD_DEGREES 57.29577951308232
#define KD_GRID    2e6 /* cells at most */

static bool ends_with(const char *text, const char *ending) {
  const size_t a = strlen(text), b = strlen(ending);
  return a >= b && strcasecmp(text + a - b, ending) == 0;
}

bool kd_map_file(const char *path) {
  return ends_with(path, ".geojson") || ends_with(path, ".json") || ends_with(path, ".gpkg") || ends_with(path, ".asc");
}

static void polygons_text(kd_text *out, const kd_polygons *p) {
  const double factor = p->geographic ? KD_DEGREES : 1.0;
  kd_text_add(out, p->geographic ? "polygon,ring,lon [deg],lat [deg]\n" : "polygon,ring,east [m],north [m]\n");
  for (size_t r = 0; r < p->rings; r++) {
    for (size_t i = 0; i < p->ring[r].points; i++)
      kd_text_printf(out, "%zu,%zu,%.15g,%.15g\n", p->ring[r].polygon + 1, r + 1, p->ring[r].x[i] * factor,
                     p->ring[r].y[i] * factor);
  }
}

/* ---- grids ---- */

typedef struct words {
  const char *at, *end, *path;
  unsigned line;
  kd_error *err;
} words;

static size_t next_word(const char **word, words *w) {
  while (w->at < w->end && (*w->at == ' ' || *w->at == '\t' || *w->at == '\r' || *w->at == '\n')) {
    w->line += *w->at == '\n';
    w->at++;
  }
  *word = w->at;
  while (w->at < w->end && *w->at != ' ' && *w->at != '\t' && *w->at != '\r' && *w->at != '\n') w->at++;
  return (size_t)(w->at - *word);
}

static kd_status next_number(double *out, words *w, const char *what) {
  kd_status status = KD_OK;
  const char *word;
  char shown[40];
  const size_t length = next_word(&word, w);
  kd_text_clip(shown, sizeof shown, word, length);
  KD_CHECK(length > 0, w->err, KD_E_CSV, "%s:%u: the grid ends where %s is wanted", w->path, w->line, what);
  KD_CHECK(kd_number_read(out, word, length), w->err, KD_E_CSV, "%s:%u: '%s' is not a number: %s is wanted", w->path,
           w->line, shown, what);
out:
  return status;
}

enum { COLUMNS, ROWS, X_CORNER, X_CENTRE, Y_CORNER, Y_CENTRE, CELL, MISSING, WORDS };
static const char *const head_word[WORDS] = {"ncols",     "nrows",     "xllcorner", "xllcenter",
                                             "yllcorner", "yllcenter", "cellsize",  "nodata_value"};

static kd_status read_head(double head[WORDS], words *w) {
  kd_status status = KD_OK;
  for (size_t k = 0; k < WORDS; k++) head[k] = (double)NAN;
  for (;;) {
    const words before = *w;
    const char *word;
    const size_t length = next_word(&word, w);
    size_t k = 0;
    while (k < WORDS && (strlen(head_word[k]) != length || strncasecmp(word, head_word[k], length) != 0)) k++;
    if (k == WORDS) {
      *w = before;
      break;
    }
    KD_TRY(next_number(&head[k], w, head_word[k]));
  }
  KD_CHECK(head[COLUMNS] >= 1.0 && head[ROWS] >= 1.0 && head[CELL] > 0.0, w->err, KD_E_CSV,
           "%s: a grid wants ncols, nrows and cellsize above 0", w->path);
  KD_CHECK(!isnan(head[X_CORNER]) || !isnan(head[X_CENTRE]), w->err, KD_E_CSV,
           "%s: a grid wants xllcorner or xllcenter", w->path);
  KD_CHECK(!isnan(head[Y_CORNER]) || !isnan(head[Y_CENTRE]), w->err, KD_E_CSV,
           "%s: a grid wants yllcorner or yllcenter", w->path);
  KD_CHECK(head[COLUMNS] * head[ROWS] <= KD_GRID, w->err, KD_E_SIZE, "%s: %g x %g cells: at most %g", w->path,
           head[COLUMNS], head[ROWS], KD_GRID);
out:
  return status;
}

static kd_status grid_text(kd_text *out, words *w, kd_work *work) {
  kd_status status = KD_OK;
  double head[WORDS], low = 0.0, high = 0.0;
  KD_TRY(read_head(head, w));
  const size_t nx = (size_t)head[COLUMNS], ny = (size_t)head[ROWS];
  const double x0 = !isnan(head[X_CENTRE]) ? head[X_CENTRE] : head[X_CORNER] + 0.5 * head[CELL];
  const double y0 = !isnan(head[Y_CENTRE]) ? head[Y_CENTRE] : head[Y_CORNER] + 0.5 * head[CELL];
  double *value = kd_arena_alloc(work->scratch, nx * ny, sizeof *value);
  KD_CHECK(value != NULL, work->err, KD_E_NOMEM, "%s: no memory for %zu cells", w->path, nx * ny);
  for (size_t i = 0; i < nx * ny; i++) {
    KD_TRY(next_number(&value[i], w, "a depth"));
    if (value[i] == head[MISSING]) value[i] = (double)NAN;
    low = fmin(low, value[i]);
    high = fmax(high, value[i]);
  }
  KD_CHECK(low >= 0.0 || high <= 0.0, work->err, KD_E_RANGE,
           "%s: heights from %g to %g: a sea floor is all below 0, or depths all above", w->path, low, high);
  const bool degrees =
      head[CELL] < 1.0 && fabs(x0) <= 360.0 && fabs(y0) <= 90.0 && x0 + head[CELL] * (double)nx <= 361.0;
  kd_text_add(out, degrees ? "lon [deg],lat [deg],depth [m]\n" : "east [m],north [m],depth [m]\n");
  for (size_t i = 0; i < nx * ny; i++) {
    if (isnan(value[i])) continue;
    kd_text_printf(out, "%.15g,%.15g,", x0 + head[CELL] * (double)(i % nx),
                   y0 + head[CELL] * (double)(ny - 1 - i / nx));
    kd_text_add_number(out, fabs(value[i]));
    kd_text_add(out, "\n");
  }
out:
  return status;
}

kd_status kd_map_text(kd_text *out, const char *path, const char *bytes, size_t count, kd_work *work) {
  kd_status status = KD_OK;
  kd_polygons polygons;
  if (ends_with(path, ".asc")) {
    words w = {bytes, bytes + count, path, 1, work->err};
    KD_TRY(grid_text(out, &w, work));
  } else {
    KD_TRY(kd_polygons_load(&polygons, path, work));
    polygons_text(out, &polygons);
  }
  KD_CHECK(!out->failed, work->err, KD_E_NOMEM, "%s: out of memory", path);
out:
  return status;
}
