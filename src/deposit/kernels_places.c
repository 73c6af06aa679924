// SPDX-License-Identifier: Apache-2.0
/* Kernels of places: projection to metres and back, points in domains. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/text_table.h"
#include "deposit/kernels_cores.h"
#include "deposit/transverse_mercator.h"
#include "numerics/polygon.h"

/* ---- projection ---- */

#define KD_MERCATOR_ORIGIN                                                                                             \
  {.name = "origin_lon", .unit = "deg", .doc = "central meridian", .low = "-360 deg", .high = "360 deg"},              \
      {.name = "origin_lat",                                                                                           \
       .unit = "deg",                                                                                                  \
       .doc = "latitude of the origin",                                                                                \
       .initial = "0 deg",                                                                                             \
       .low = "-90 deg",                                                                                               \
       .high = "90 deg"},                                                                                              \
  {                                                                                                                    \
    .name = "scale", .unit = "1", .doc = "on the central meridian; 0.9996 for UTM", .initial = "1",                    \
    .low = "0 exclusive"                                                                                               \
  }

static const kd_field kd_mercator_in[5] = {
    {.name = "lon", .unit = "deg", .doc = "longitude, east", .low = "-360 deg", .high = "360 deg"},
    {.name = "lat", .unit = "deg", .doc = "latitude, north", .low = "-90 deg", .high = "90 deg"},
    KD_MERCATOR_ORIGIN};
static const kd_field kd_mercator_out[2] = {{.name = "east", .unit = "m", .doc = "of the central meridian"},
                                            {.name = "north", .unit = "m", .doc = "of the origin"}};

static kd_status kd_mercator_kernel(double *out, const double *in, kd_work *work) {
  const kd_mercator m = {.lon = in[2], .lat = in[3], .scale = in[4]};
  return kd_mercator_forward(&out[0], &out[1], &m, in[0], in[1], work->err);
}

static const kd_field kd_mercator_inverse_in[5] = {{.name = "east", .unit = "m", .doc = "of the central meridian"},
                                                   {.name = "north", .unit = "m", .doc = "of the origin"},
                                                   KD_MERCATOR_ORIGIN};
static const kd_field kd_mercator_inverse_out[2] = {{.name = "lon", .unit = "deg", .doc = "longitude, east"},
                                                    {.name = "lat", .unit = "deg", .doc = "latitude, north"}};

static kd_status kd_mercator_inverse_kernel(double *out, const double *in, kd_work *work) {
  const kd_mercator m = {.lon = in[2], .lat = in[3], .scale = in[4]};
  return kd_mercator_inverse(&out[0], &out[1], &m, in[0], in[1], work->err);
}

/* ---- domains ---- */

static const kd_data_slot kd_inside_slots[2] = {
    {.name = "points", .columns = "east [m], north [m], ...", .doc = "points"},
    {.name = "domain", .columns = KD_POLYGON_COLUMNS, .doc = "corners, ring after ring; a second ring is a hole"}};
static const kd_field kd_inside_in[1] = {{.name = "none",
                                          .unit = "1",
                                          .doc = "allow a domain without any point: yes or no",
                                          .initial = "no",
                                          .choices = "no|yes"}};
static const kd_field kd_inside_out[3] = {{.name = "east", .unit = "m", .doc = "of the point"},
                                          {.name = "north", .unit = "m", .doc = "of the point"},
                                          {.name = "inside", .unit = "1", .doc = "1 inside, 0 outside"}};

static kd_status kd_inside_kernel(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_polygons domain;
  size_t found = 0;
  const double *x = kd_table_column(data[0], "east")->number, *y = kd_table_column(data[0], "north")->number;
  *out = NULL;
  KD_TRY(kd_polygons_read(&domain, data[1], work));
  KD_CHECK(!domain.geographic, work->err, KD_E_BASIS,
           "the domain is in degrees, the points in metres: project it first");
  KD_TRY(kd_table_create(out, work->ctx, "east [m], north [m], inside [1]", data[0]->rows, work->err));
  for (size_t i = 0; i < data[0]->rows; i++) {
    const bool inside = kd_polygons_contain(&domain, x[i], y[i]);
    (*out)->column[0].number[i] = x[i];
    (*out)->column[1].number[i] = y[i];
    (*out)->column[2].number[i] = inside;
    found += inside;
  }
  KD_CHECK(found > 0 || in[0] > 0.5, work->err, KD_E_MODEL, "none of the %zu points lies inside the domain",
           data[0]->rows);
out:
  if (status != KD_OK) kd_table_destroy(out);
  return status;
}

#define ROW(name_, summary_, in_, out_, eval_)                                                                         \
  {                                                                                                                    \
    .name = (name_), .summary = (summary_), .inputs = (in_), .input_count = KD_COUNT(in_), .outputs = (out_),          \
    .output_count = KD_COUNT(out_), .eval = (eval_)                                                                    \
  }
#define TABLE(name_, summary_, data_, in_, out_, eval_)                                                                \
  {                                                                                                                    \
    .name = (name_), .summary = (summary_), .inputs = (in_), .input_count = KD_COUNT(in_), .outputs = (out_),          \
    .output_count = KD_COUNT(out_), .data = (data_), .data_count = KD_COUNT(data_), .eval_table = (eval_)              \
  }

const kd_kernel kd_place_kernels[] = {
    ROW("deposit.project", "longitude and latitude to metres: transverse Mercator on WGS 84", kd_mercator_in,
        kd_mercator_out, kd_mercator_kernel),
    ROW("deposit.unproject", "metres to longitude and latitude: transverse Mercator on WGS 84", kd_mercator_inverse_in,
        kd_mercator_inverse_out, kd_mercator_inverse_kernel),
    TABLE("deposit.inside", "which points lie inside a domain of polygons with holes", kd_inside_slots, kd_inside_in,
          kd_inside_out, kd_inside_kernel),
    {0}};
