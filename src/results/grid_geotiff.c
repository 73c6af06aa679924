// SPDX-License-Identifier: Apache-2.0
/* GeoTIFF: a band of doubles for each field, uncompressed strips of one row, planes one after the other.
 *
 *   header  "II" 42, offset of the directory      directory  tags in rising order, then their long values
 *   rows from the north down; tie point: the north-west corner of the north-west pixel
 *
 * Source    TIFF 6.0, Adobe 1992; OGC 19-008r4, GeoTIFF 1.1 (keys); GDAL's tags 42112 (metadata) and 42113 (nodata).
 * Range     below 4 GiB.
 */
#include <math.h>
#include <string.h>

#include "results/grid_files.h"

#define KD_DEGREE (3.14159265358979323846 / 180.0)

enum { TIFF_ASCII = 2, TIFF_SHORT = 3, TIFF_LONG = 4, TIFF_DOUBLE = 12 };

typedef struct directory {
  kd_text *out;
  kd_text tail; /* long values */
  size_t begin; /* of the tail in the file */
  unsigned count;
} directory;

static void tag(directory *d, unsigned id, unsigned type, size_t count, uint32_t value) {
  kd_put_u16(d->out, id, false);
  kd_put_u16(d->out, type, false);
  kd_put_u32(d->out, (uint32_t)count, false);
  if (type == TIFF_SHORT && count == 1) {
    kd_put_u16(d->out, value, false);
    kd_put_u16(d->out, 0, false);
  } else {
    kd_put_u32(d->out, value, false);
  }
  d->count++;
}

/* Offset in the file of the next long value, on an even byte. */
static uint32_t next(directory *d) {
  if (d->tail.length % 2 == 1) kd_text_add_bytes(&d->tail, "", 1);
  return (uint32_t)(d->begin + d->tail.length);
}

static void tag_text(directory *d, unsigned id, const char *text) {
  const uint32_t at = next(d);
  const size_t length = strlen(text) + 1;
  if (length <= 4) {
    uint32_t packed = 0;
    for (size_t i = 0; i < length; i++) packed |= (uint32_t)(unsigned char)text[i] << (8 * i);
    tag(d, id, TIFF_ASCII, length, packed);
    return;
  }
  kd_text_add_bytes(&d->tail, text, length);
  tag(d, id, TIFF_ASCII, length, at);
}

static void tag_doubles(directory *d, unsigned id, const double *value, size_t count) {
  const uint32_t at = next(d);
  for (size_t i = 0; i < count; i++) kd_put_double(&d->tail, value[i], false);
  tag(d, id, TIFF_DOUBLE, count, at);
}

static void tag_shorts(directory *d, unsigned id, uint32_t value, size_t count) {
  if (count <= 1) {
    tag(d, id, TIFF_SHORT, 1, value);
    return;
  }
  if (count == 2) { /* two shorts lie in the entry itself */
    tag(d, id, TIFF_SHORT, 2, value | value << 16);
    return;
  }
  const uint32_t at = next(d);
  for (size_t i = 0; i < count; i++) kd_put_u16(&d->tail, value, false);
  tag(d, id, TIFF_SHORT, count, at);
}

/* One strip for each row of each band, one after the other from `first`. */
static void tag_strips(directory *d, unsigned id, uint32_t first, uint32_t step, size_t count) {
  if (count == 1) {
    tag(d, id, TIFF_LONG, 1, first);
    return;
  }
  const uint32_t at = next(d);
  for (size_t i = 0; i < count; i++) kd_put_u32(&d->tail, first + (uint32_t)i * step, false);
  tag(d, id, TIFF_LONG, count, at);
}

static void tag_keys(directory *d, const kd_grid_files *what) {
  /* 1024 model, 1025 pixel is area, 1026 citation, 2048 geographic, 3072 and 3074 user defined, 3075 method 1,
   * 3076 metre, then the parameters of transverse Mercator */
  static const uint16_t local[] = {1, 1, 0, 2, 1024, 0, 1, 32767, 1025, 0, 1, 1};
  static const uint16_t keys[] = {1, 1,    0,     12,   1024, 0,    1,     1,     1025, 0,    1,     1,     2048,
                                  0, 1,    4326,  3072, 0,    1,    32767, 3074,  0,    1,    32767, 3075,  0,
                                  1, 1,    3076,  0,    1,    9001, 3080,  34736, 1,    0,    3081,  34736, 1,
                                  1, 3082, 34736, 1,    2,    3083, 34736, 1,     3,    3092, 34736, 1,     4};
  const uint16_t *key = what->georeferenced ? keys : local;
  const size_t count = what->georeferenced ? sizeof keys / sizeof keys[0] : sizeof local / sizeof local[0];
  const uint32_t at = next(d);
  for (size_t i = 0; i < count; i++) kd_put_u16(&d->tail, key[i], false);
  tag(d, 34735, TIFF_SHORT, count, at);
  if (!what->georeferenced) return;
  const double parameter[5] = {what->local.lon / KD_DEGREE, what->local.lat / KD_DEGREE, what->local.false_east,
                               what->local.false_north, what->local.scale};
  tag_doubles(d, 34736, parameter, 5);
}

static void metadata(kd_text *out, const kd_grid_files *what) {
  kd_text_add(out, "<GDALMetadata>");
  for (size_t f = 0; f < what->fields; f++) {
    kd_text_printf(out, "<Item name=\"DESCRIPTION\" sample=\"%zu\" role=\"description\">", f);
    kd_text_add_html(out, what->field[f].name);
    kd_text_printf(out, " [%s]: ", what->field[f].unit);
    kd_text_add_html(out, what->field[f].doc);
    kd_text_add(out, "</Item>");
    kd_text_printf(out, "<Item name=\"UNITTYPE\" sample=\"%zu\" role=\"unittype\">", f);
    kd_text_add_html(out, what->field[f].unit);
    kd_text_add(out, "</Item>");
  }
  kd_text_add(out, "</GDALMetadata>");
}

static void add_tags(directory *d, const kd_grid_files *what, uint32_t pixels) {
  const kd_block_grid *g = &what->grid;
  const size_t strips = g->ny * what->fields;
  const double scale[3] = {g->dx, g->dy, 0.0}, tie[6] = {0, 0, 0, g->x0, g->y0 + (double)g->ny * g->dy, 0};
  kd_text text;
  kd_text_init(&text, d->out->ctx);
  tag(d, 256, TIFF_LONG, 1, (uint32_t)g->nx);
  tag(d, 257, TIFF_LONG, 1, (uint32_t)g->ny);
  tag_shorts(d, 258, 64, what->fields); /* bits */
  tag(d, 259, TIFF_SHORT, 1, 1);        /* not compressed */
  tag(d, 262, TIFF_SHORT, 1, 1);        /* black is zero */
  tag_text(d, 270, what->title);
  tag_strips(d, 273, pixels, (uint32_t)(g->nx * 8), strips);
  tag(d, 277, TIFF_SHORT, 1, (uint32_t)what->fields);
  tag(d, 278, TIFF_LONG, 1, 1); /* rows of a strip */
  tag_strips(d, 279, (uint32_t)(g->nx * 8), 0, strips);
  tag(d, 284, TIFF_SHORT, 1, 2); /* planes apart */
  tag_text(d, 305, "kaidei");
  if (what->fields > 1) tag_shorts(d, 338, 0, what->fields - 1); /* further bands are just bands */
  tag_shorts(d, 339, 3, what->fields);                           /* IEEE */
  tag_doubles(d, 33550, scale, 3);
  tag_doubles(d, 33922, tie, 6);
  tag_keys(d, what);
  metadata(&text, what);
  tag_text(d, 42112, text.bytes != NULL ? text.bytes : "");
  tag_text(d, 42113, "nan");
  if (text.failed) d->out->failed = true;
  kd_text_free(&text);
}

void kd_grid_geotiff(kd_text *out, const kd_grid_files *what) {
  const kd_block_grid *g = &what->grid;
  const size_t tags = 18u + (what->fields > 1 ? 1u : 0u) + (what->georeferenced ? 1u : 0u);
  const size_t values = g->nx * g->ny * what->fields * 8;
  directory d = {.out = out, .begin = 8 + values + 2 + 12 * tags + 4};
  kd_text_init(&d.tail, out->ctx);
  kd_text_add_bytes(out, "II\x2a\0", 4);
  kd_put_u32(out, (uint32_t)(8 + values), false);
  for (size_t f = 0; f < what->fields; f++)
    for (size_t j = g->ny; j-- > 0;)
      for (size_t i = 0; i < g->nx; i++) kd_put_double(out, what->field[f].value[j * g->nx + i], false);
  kd_put_u16(out, (uint32_t)tags, false);
  add_tags(&d, what, 8);
  kd_put_u32(out, 0, false);
  if (d.count != tags || d.tail.failed) out->failed = true;
  if (d.tail.bytes != NULL) kd_text_add_bytes(out, d.tail.bytes, d.tail.length);
  kd_text_free(&d.tail);
}
