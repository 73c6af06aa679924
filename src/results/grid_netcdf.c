// SPDX-License-Identifier: Apache-2.0
/* CF-NetCDF of a block model: classic format with 64-bit offsets, dimensions depth, y, x; a double for each block.
 *
 * Source    "The NetCDF Classic Format Specification", Unidata; CF conventions 1.9, ch. 5.6 (grid mappings), appendix F
 *           (transverse Mercator).
 * Range     each variable below 4 GiB.
 */
#include <math.h>
#include <string.h>

#include "results/grid_files.h"

#define KD_DEGREE (3.14159265358979323846 / 180.0)

enum { NC_CHAR = 2, NC_INT = 4, NC_DOUBLE = 6, NC_DIMENSION = 10, NC_VARIABLE = 11, NC_ATTRIBUTE = 12 };

static void put_name(kd_text *out, const char *name) {
  const size_t length = strlen(name);
  kd_put_u32(out, (uint32_t)length, true);
  kd_text_add_bytes(out, name, length);
  kd_text_add_bytes(out, "\0\0\0", (4 - length % 4) % 4);
}

static void put_text(kd_text *out, const char *name, const char *value) {
  put_name(out, name);
  kd_put_u32(out, NC_CHAR, true);
  put_name(out, value);
}

static void put_number(kd_text *out, const char *name, double value) {
  put_name(out, name);
  kd_put_u32(out, NC_DOUBLE, true);
  kd_put_u32(out, 1, true);
  kd_put_double(out, value, true);
}

static void put_attributes(kd_text *out, size_t count) {
  kd_put_u32(out, NC_ATTRIBUTE, true);
  kd_put_u32(out, (uint32_t)count, true);
}

typedef struct layout {
  kd_text *out;
  uint64_t next; /* begin of the next variable */
} layout;

/* End of a variable's entry: type, size, begin. */
static void close_variable(layout *l, uint32_t type, uint64_t bytes) {
  const uint64_t padded = (bytes + 3) / 4 * 4;
  kd_put_u32(l->out, type, true);
  kd_put_u32(l->out, padded > 0xfffffffcu ? 0xffffffffu : (uint32_t)padded, true);
  kd_put_u64(l->out, l->next, true);
  l->next += padded;
}

static void put_axis(layout *l, const char *name, uint32_t dimension, size_t count, const char *standard,
                     const char *axis) {
  put_name(l->out, name);
  kd_put_u32(l->out, 1, true);
  kd_put_u32(l->out, dimension, true);
  put_attributes(l->out, dimension == 0 ? 4 : 3);
  put_text(l->out, "units", "m");
  put_text(l->out, dimension == 0 ? "long_name" : "standard_name", standard);
  put_text(l->out, "axis", axis);
  if (dimension == 0) put_text(l->out, "positive", "down");
  close_variable(l, NC_DOUBLE, (uint64_t)count * 8);
}

static void put_mapping(layout *l, const kd_grid_files *what) {
  put_name(l->out, "crs");
  kd_put_u32(l->out, 0, true);
  put_attributes(l->out, 8);
  put_text(l->out, "grid_mapping_name", "transverse_mercator");
  put_number(l->out, "longitude_of_central_meridian", what->local.lon / KD_DEGREE);
  put_number(l->out, "latitude_of_projection_origin", what->local.lat / KD_DEGREE);
  put_number(l->out, "scale_factor_at_central_meridian", what->local.scale);
  put_number(l->out, "false_easting", what->local.false_east);
  put_number(l->out, "false_northing", what->local.false_north);
  put_number(l->out, "semi_major_axis", 6378137.0);
  put_number(l->out, "inverse_flattening", 298.257223563);
  close_variable(l, NC_INT, 4);
}

static void put_field(layout *l, const kd_grid_files *what, const kd_grid_field *field, uint64_t cells) {
  const bool ppm = strcmp(field->unit, "ppm") == 0;
  put_name(l->out, field->name);
  kd_put_u32(l->out, 3, true);
  for (uint32_t d = 0; d < 3; d++) kd_put_u32(l->out, d, true);
  put_attributes(l->out, what->georeferenced ? 4 : 3);
  put_text(l->out, "long_name", field->doc);
  put_text(l->out, "units", ppm ? "1e-6" : field->unit);
  put_number(l->out, "_FillValue", (double)NAN);
  if (what->georeferenced) put_text(l->out, "grid_mapping", "crs");
  close_variable(l, NC_DOUBLE, cells * 8);
}

/* The head when its values begin at `begin`; returns where they end. */
static uint64_t put_head(kd_text *out, const kd_grid_files *what, uint64_t begin) {
  const kd_block_grid *g = &what->grid;
  layout l = {.out = out, .next = begin};
  kd_text_add_bytes(out, "CDF\2", 4);
  kd_put_u32(out, 0, true); /* no records */
  kd_put_u32(out, NC_DIMENSION, true);
  kd_put_u32(out, 3, true);
  put_name(out, "depth");
  kd_put_u32(out, (uint32_t)g->nz, true);
  put_name(out, "y");
  kd_put_u32(out, (uint32_t)g->ny, true);
  put_name(out, "x");
  kd_put_u32(out, (uint32_t)g->nx, true);
  put_attributes(out, 3);
  put_text(out, "Conventions", "CF-1.9");
  put_text(out, "title", what->title);
  put_text(out, "source", what->source);
  kd_put_u32(out, NC_VARIABLE, true);
  kd_put_u32(out, (uint32_t)(3 + what->fields + (what->georeferenced ? 1u : 0u)), true);
  put_axis(&l, "depth", 0, g->nz, "depth below the sea floor", "Z");
  put_axis(&l, "y", 1, g->ny, "projection_y_coordinate", "Y");
  put_axis(&l, "x", 2, g->nx, "projection_x_coordinate", "X");
  if (what->georeferenced) put_mapping(&l, what);
  for (size_t f = 0; f < what->fields; f++) put_field(&l, what, &what->field[f], (uint64_t)g->nx * g->ny * g->nz);
  return l.next;
}

void kd_grid_netcdf_head(kd_text *out, const kd_grid_files *what) {
  const kd_block_grid *g = &what->grid;
  const size_t layer = g->nx * g->ny;
  kd_text trial;
  kd_text_init(&trial, out->ctx);
  (void)put_head(&trial, what, 0); /* its length does not depend on the begin */
  const uint64_t begin = trial.length;
  if (trial.failed) out->failed = true;
  kd_text_free(&trial);
  (void)put_head(out, what, begin);
  for (size_t k = 0; k < g->nz; k++) kd_put_double(out, kd_grid_z(g, k * layer), true);
  for (size_t j = 0; j < g->ny; j++) kd_put_double(out, kd_grid_y(g, j * g->nx), true);
  for (size_t i = 0; i < g->nx; i++) kd_put_double(out, kd_grid_x(g, i), true);
  if (what->georeferenced) kd_put_u32(out, 0, true);
}

void kd_grid_netcdf(kd_text *out, const kd_grid_files *what) {
  const size_t cells = what->grid.nx * what->grid.ny * what->grid.nz;
  kd_grid_netcdf_head(out, what);
  for (size_t f = 0; f < what->fields; f++)
    for (size_t i = 0; i < cells; i++) kd_put_double(out, what->field[f].value[i], true);
}
