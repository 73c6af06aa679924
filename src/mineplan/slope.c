// SPDX-License-Identifier: Apache-2.0
/* Slope of the sea floor.
 *
 *   a b c     Horn                 p = ((c + 2f + i) - (a + 2d + g)) / (8 dx)     q = ((a + 2b + c) - (g + 2h + i)) /
 * (8 dy) d e f     Zevenbergen-Thorne   p = (f - d) / (2 dx)                           q = (b - h) / (2 dy) g h i slope
 * = atan sqrt(p^2 + q^2)          the way down, from north by east: atan2(-p, -q)              (1)
 *
 *   a .. i  heights [m] of a cell and its neighbours, north above      dx, dy  spacing east and north [m]
 *
 * A neighbour that is missing or beyond the edge is drawn on in a straight line: b, d, f, h through e (and e where the
 * one across is missing too), corners along their row, else along their file, else by the plane of e and the two beside
 * them (2). All three are exact on a plane. Depths in degrees: dx = R cos(lat) dlon, dy = R dlat with the radii of
 * curvature of WGS 84 at the latitude.
 *
 * Source    Horn 1981, "Hill shading and the reflectance map", Proc. IEEE 69:14; Zevenbergen and Thorne 1987, Earth
 *           Surf. Process. Landforms 12:47.
 * Weakness  the slope of a grid is that over its spacing: a step smaller than a cell is not seen, and a survey by ship
 *           at 5,700 m has cells of 50-100 m.
 */
#include "mineplan/slope.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

#define KD_UNEVEN   0.05      /* of the spacing: a place off the grid */
#define KD_CELLS    5e7       /* of the grid at most */
#define KD_MAJOR    6378137.0 /* m, WGS 84 */
#define KD_ECCENTRE 6.69437999014e-3

typedef struct grid {
  double x0, y0, dx, dy;
  size_t nx, ny;
  size_t *row; /* [ny][nx] row of the table + 1, 0: none */
} grid;

static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* The even spacing of the values. *count: how many; KD_E_MODEL when they are not even. */
static kd_status spacing(double *low, double *step, size_t *count, const double *value, size_t n, const char *what,
                         kd_work *work) {
  kd_status status = KD_OK;
  double *sorted = kd_arena_alloc(work->scratch, n + 1, sizeof *sorted), least = (double)INFINITY;
  KD_CHECK(sorted != NULL, work->err, KD_E_NOMEM, "no memory for %zu depths", n);
  memcpy(sorted, value, n * sizeof *sorted);
  qsort(sorted, n, sizeof *sorted, ascending);
  const double span = sorted[n - 1] - sorted[0];
  for (size_t i = 1; i < n; i++)
    if (sorted[i] - sorted[i - 1] > span * 1e-7) least = fmin(least, sorted[i] - sorted[i - 1]);
  KD_CHECK(isfinite(least), work->err, KD_E_MODEL, "all depths have one %s: a slope wants a grid", what);
  *low = sorted[0];
  *count = (size_t)floor(span / least + 0.5) + 1;
  *step = span / (double)(*count - 1); /* the mean: the smallest difference holds the rounding of the file */
  for (size_t i = 0; i < n; i++) {
    const double at = (sorted[i] - *low) / *step;
    KD_CHECK(fabs(at - floor(at + 0.5)) <= KD_UNEVEN, work->err, KD_E_MODEL,
             "depths are on no regular grid: %s %.10g is off the spacing of %g; give `slope [deg]`, or grid them", what,
             sorted[i], *step);
  }
out:
  return status;
}

static kd_status lay_grid(grid *out, const kd_floor *floor_, const unsigned *line, kd_work *work) {
  kd_status status = KD_OK;
  const size_t n = floor_->count;
  KD_TRY(spacing(&out->x0, &out->dx, &out->nx, floor_->x, n, floor_->geographic ? "longitude" : "east", work));
  KD_TRY(spacing(&out->y0, &out->dy, &out->ny, floor_->y, n, floor_->geographic ? "latitude" : "north", work));
  KD_CHECK((double)out->nx * (double)out->ny <= KD_CELLS, work->err, KD_E_SIZE,
           "a grid of %zu x %zu depths: at most %g; is it regular?", out->nx, out->ny, KD_CELLS);
  out->row = kd_arena_alloc(work->scratch, out->nx * out->ny, sizeof *out->row);
  KD_CHECK(out->row != NULL, work->err, KD_E_NOMEM, "no memory for %zu x %zu depths", out->nx, out->ny);
  for (size_t i = 0; i < n; i++) {
    const size_t ix = (size_t)floor((floor_->x[i] - out->x0) / out->dx + 0.5),
                 iy = (size_t)floor((floor_->y[i] - out->y0) / out->dy + 0.5);
    size_t *cell = &out->row[iy * out->nx + ix];
    KD_CHECK(*cell == 0, work->err, KD_E_DUPLICATE, "row %zu: the depth of this place stands in row %zu as well",
             line != NULL ? (size_t)line[i] : i + 1, line != NULL ? (size_t)line[*cell - 1] : *cell);
    *cell = i + 1;
  }
out:
  return status;
}

/* Height of a neighbour; NaN: none. */
static double height(const grid *g, const double *depth, size_t ix, size_t iy, int right, int up) {
  if ((right < 0 && ix == 0) || (right > 0 && ix + 1 == g->nx) || (up < 0 && iy == 0) || (up > 0 && iy + 1 == g->ny))
    return (double)NAN;
  const size_t at = (size_t)((long)iy + up) * g->nx + (size_t)((long)ix + right);
  return g->row[at] > 0 ? -depth[g->row[at] - 1] : (double)NAN;
}

/* Heights about a cell, z[up + 1][right + 1]; those that are missing by (2). */
static void neighbours(double z[3][3], const grid *g, const double *depth, size_t ix, size_t iy) {
  const double e = height(g, depth, ix, iy, 0, 0);
  double there[3][3];
  for (int up = -1; up <= 1; up++)
    for (int right = -1; right <= 1; right++) there[up + 1][right + 1] = height(g, depth, ix, iy, right, up);
  memcpy(z, there, sizeof there);
  for (int side = 0; side <= 2; side += 2) {
    if (isnan(z[1][side])) z[1][side] = isnan(there[1][2 - side]) ? e : 2.0 * e - there[1][2 - side];
    if (isnan(z[side][1])) z[side][1] = isnan(there[2 - side][1]) ? e : 2.0 * e - there[2 - side][1];
  }
  for (int up = 0; up <= 2; up += 2) {
    for (int right = 0; right <= 2; right += 2) {
      if (!isnan(z[up][right])) continue;
      if (!isnan(there[up][1]) && !isnan(there[up][2 - right]))
        z[up][right] = 2.0 * there[up][1] - there[up][2 - right];
      else if (!isnan(there[1][right]) && !isnan(there[2 - up][right]))
        z[up][right] = 2.0 * there[1][right] - there[2 - up][right];
      else
        z[up][right] = z[up][1] + z[1][right] - e;
    }
  }
}

static void slope_at(double *slope, double *aspect, const grid *g, const double *depth, size_t ix, size_t iy, double dx,
                     double dy, kd_slope_method method) {
  double z[3][3];
  neighbours(z, g, depth, ix, iy);
  double p = (z[1][2] - z[1][0]) / (2.0 * dx), q = (z[2][1] - z[0][1]) / (2.0 * dy);
  if (method == KD_SLOPE_HORN) {
    p = ((z[2][2] + 2.0 * z[1][2] + z[0][2]) - (z[2][0] + 2.0 * z[1][0] + z[0][0])) / (8.0 * dx);
    q = ((z[2][0] + 2.0 * z[2][1] + z[2][2]) - (z[0][0] + 2.0 * z[0][1] + z[0][2])) / (8.0 * dy);
  }
  *slope = atan(hypot(p, q));
  *aspect = p == 0.0 && q == 0.0 ? (double)NAN : atan2(-p, -q);
  if (*aspect < 0.0) *aspect += 6.283185307179586;
}

static kd_status find_slopes(kd_floor *out, const double *depth, const unsigned *line, kd_slope_method method,
                             kd_work *work) {
  kd_status status = KD_OK;
  grid g = {0};
  out->aspect = kd_arena_alloc(work->scratch, out->count + 1, sizeof *out->aspect);
  KD_CHECK(out->aspect != NULL, work->err, KD_E_NOMEM, "no memory for %zu depths", out->count);
  KD_TRY(lay_grid(&g, out, line, work));
  for (size_t iy = 0; iy < g.ny; iy++) {
    double dx = g.dx, dy = g.dy;
    if (out->geographic) {
      const double lat = g.y0 + g.dy * (double)iy, w = 1.0 - KD_ECCENTRE * sin(lat) * sin(lat);
      dx *= KD_MAJOR / sqrt(w) * cos(lat);
      dy *= KD_MAJOR * (1.0 - KD_ECCENTRE) / (w * sqrt(w));
    }
    for (size_t ix = 0; ix < g.nx; ix++) {
      const size_t row = g.row[iy * g.nx + ix];
      if (row > 0) slope_at(&out->slope[row - 1], &out->aspect[row - 1], &g, depth, ix, iy, dx, dy, method);
    }
  }
out:
  return status;
}

kd_status kd_floor_read(kd_floor *out, const kd_table *table, kd_slope_method method, kd_work *work) {
  kd_status status = KD_OK;
  const kd_column *lon = kd_table_column(table, "lon"), *lat = kd_table_column(table, "lat"),
                  *east = kd_table_column(table, "east"), *north = kd_table_column(table, "north"),
                  *depth = kd_table_column(table, "depth"), *slope = kd_table_column(table, "slope");
  kd_error *err = work->err;
  double *deep = kd_arena_alloc(work->scratch, table->rows + 1, sizeof *deep);
  *out = (kd_floor){.geographic = lon != NULL && lat != NULL};
  KD_CHECK(out->geographic || (east != NULL && north != NULL), err, KD_E_MISSING,
           "the sea floor wants the columns lon and lat, or east and north");
  KD_CHECK(depth != NULL || slope != NULL, err, KD_E_MISSING, "the sea floor wants the column depth, or slope");
  out->x = kd_arena_alloc(work->scratch, table->rows + 1, sizeof *out->x);
  out->y = kd_arena_alloc(work->scratch, table->rows + 1, sizeof *out->y);
  out->slope = kd_arena_alloc(work->scratch, table->rows + 1, sizeof *out->slope);
  KD_CHECK(deep != NULL && out->x != NULL && out->y != NULL && out->slope != NULL, err, KD_E_NOMEM,
           "no memory for %zu places", table->rows);
  for (size_t i = 0; i < table->rows; i++) {
    const size_t at = out->count;
    const unsigned line = table->line != NULL ? table->line[i] : (unsigned)i + 1;
    out->x[at] = out->geographic ? lon->number[i] : east->number[i];
    out->y[at] = out->geographic ? lat->number[i] : north->number[i];
    KD_CHECK(isfinite(out->x[at]) && isfinite(out->y[at]), err, KD_E_MISSING, "row %u: a coordinate is missing", line);
    KD_CHECK(!out->geographic || fabs(out->y[at]) < 1.5707963267948966, err, KD_E_RANGE,
             "row %u: latitude %g deg: must be below 90 deg; are lon and lat swapped?", line,
             out->y[at] * 57.29577951308232);
    out->slope[at] = slope != NULL ? slope->number[i] : 0.0;
    deep[at] = depth != NULL ? depth->number[i] : 0.0;
    if (isnan(out->slope[at]) || isnan(deep[at])) continue; /* not surveyed */
    KD_CHECK(out->slope[at] >= 0.0 && out->slope[at] <= 1.5707963267948966 + 1e-12, err, KD_E_RANGE,
             "row %u: slope %g deg: must be from 0 to 90 deg", line, out->slope[at] * 57.29577951308232);
    KD_CHECK(isfinite(deep[at]), err, KD_E_RANGE, "row %u: depth %g m", line, deep[at]);
    out->count++;
  }
  KD_CHECK(out->count > 0, err, KD_E_MISSING, "no place of the sea floor has a depth or a slope");
  if (slope == NULL) KD_TRY(find_slopes(out, deep, out->count == table->rows ? table->line : NULL, method, work));
out:
  return status;
}

/* ---- the nearest place ---- */

static size_t bucket(double at, double low, double cell, size_t count) {
  const double k = floor((at - low) / cell);
  return k <= 0.0 ? 0 : k >= (double)(count - 1) ? count - 1 : (size_t)k;
}

kd_status kd_floor_place(kd_floor *self, kd_place_fn *project, void *user, kd_work *work) {
  kd_status status = KD_OK;
  double high_x = -(double)INFINITY, high_y = -(double)INFINITY;
  KD_CHECK(!self->geographic || project != NULL, work->err, KD_E_BASIS,
           "the sea floor is in degrees, the ground in metres of its own: give both in one system");
  self->low_x = self->low_y = (double)INFINITY;
  for (size_t i = 0; i < self->count; i++) {
    if (self->geographic) KD_TRY(project(&self->x[i], &self->y[i], self->x[i], self->y[i], user, work->err));
    self->low_x = fmin(self->low_x, self->x[i]);
    self->low_y = fmin(self->low_y, self->y[i]);
    high_x = fmax(high_x, self->x[i]);
    high_y = fmax(high_y, self->y[i]);
  }
  self->geographic = false;
  const double width = high_x - self->low_x, height_ = high_y - self->low_y;
  self->cell = fmax(sqrt(fmax(width, 1.0) * fmax(height_, 1.0) / (double)self->count), 1e-3);
  self->nx = (size_t)fmin(floor(width / self->cell) + 1.0, 1e4);
  self->ny = (size_t)fmin(floor(height_ / self->cell) + 1.0, 1e4);
  self->cell = fmax(self->cell, fmax(width / (double)self->nx, height_ / (double)self->ny));
  self->start = kd_arena_alloc(work->scratch, self->nx * self->ny + 2, sizeof *self->start);
  self->item = kd_arena_alloc(work->scratch, self->count + 1, sizeof *self->item);
  KD_CHECK(self->start != NULL && self->item != NULL, work->err, KD_E_NOMEM, "no memory for %zu places", self->count);
  for (int fill = 0; fill < 2; fill++) {
    for (size_t i = 0; i < self->count; i++) {
      const size_t k = bucket(self->y[i], self->low_y, self->cell, self->ny) * self->nx +
                       bucket(self->x[i], self->low_x, self->cell, self->nx);
      if (fill == 0)
        self->start[k + 2]++; /* sums below make it the place of the next item of k */
      else
        self->item[self->start[k + 1]++] = i;
    }
    for (size_t k = 0; fill == 0 && k < self->nx * self->ny; k++) self->start[k + 2] += self->start[k + 1];
  }
out:
  return status;
}

double kd_floor_slope(const kd_floor *self, double x, double y) {
  const long cx = (long)bucket(x, self->low_x, self->cell, self->nx),
             cy = (long)bucket(y, self->low_y, self->cell, self->ny);
  const long rings = (long)(self->nx > self->ny ? self->nx : self->ny);
  const double out_x = fmax(self->low_x - x, x - self->low_x - self->cell * (double)self->nx);
  const double out_y = fmax(self->low_y - y, y - self->low_y - self->cell * (double)self->ny);
  const double outside = fmax(0.0, fmax(out_x, out_y));
  double best = (double)INFINITY, slope = (double)NAN;
  if (outside > 2.0 * self->cell) return (double)NAN; /* beyond the survey */
  for (long r = 0; r <= rings && best > ((double)r - 1.0) * self->cell - outside; r++) {
    for (long iy = cy - r; iy <= cy + r; iy++) {
      for (long ix = cx - r; ix <= cx + r; ix++) {
        if ((labs(iy - cy) != r && labs(ix - cx) != r) || ix < 0 || iy < 0 || ix >= (long)self->nx ||
            iy >= (long)self->ny)
          continue;
        const size_t k = (size_t)iy * self->nx + (size_t)ix;
        for (size_t i = self->start[k]; i < self->start[k + 1]; i++) {
          const double away = hypot(self->x[self->item[i]] - x, self->y[self->item[i]] - y);
          if (away >= best) continue;
          best = away;
          slope = self->slope[self->item[i]];
        }
      }
    }
  }
  return slope;
}
