// SPDX-License-Identifier: Apache-2.0
/* Exhibits of a record, and the maps that are made of them. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "results/grid_files.h"
#include "results/layers.h"

#define KD_DEGREES 57.29577951308232

kd_status kd_record_add_exhibits(kd_record *self, const kd_exhibit *exhibit, size_t count, kd_error *err) {
  kd_status status = KD_OK;
  kd_exhibit *grown = NULL;
  KD_TRY(kd_record_alloc(&grown, self, self->exhibits + count, sizeof *grown, err));
  if (self->exhibits > 0) memcpy(grown, self->exhibit, self->exhibits * sizeof *grown);
  for (size_t i = 0; i < count; i++) {
    kd_exhibit *to = &grown[self->exhibits + i];
    double *value = NULL;
    const size_t cells = exhibit[i].rows * exhibit[i].width;
    *to = exhibit[i];
    KD_TRY(kd_record_text(&to->name, self, exhibit[i].name, err));
    KD_TRY(kd_record_text(&to->columns, self, exhibit[i].columns, err));
    KD_TRY(kd_record_text(&to->doc, self, exhibit[i].doc, err));
    KD_TRY(kd_record_alloc(&value, self, cells + 1, sizeof *value, err));
    memcpy(value, exhibit[i].value, cells * sizeof *value);
    to->value = value;
  }
  self->exhibit = grown;
  self->exhibits += count;
out:
  return status;
}

const kd_exhibit *kd_record_exhibit(const kd_record *self, const char *name) {
  for (size_t i = 0; i < self->exhibits; i++)
    if (strcmp(self->exhibit[i].name, name) == 0) return &self->exhibit[i];
  return NULL;
}

double kd_exhibit_cell(const kd_exhibit *self, size_t row, const char *column) {
  const size_t length = strlen(column);
  size_t at = 0;
  for (const char *c = self->columns; *c != '\0'; at++) {
    if (strncmp(c, column, length) == 0 && (c[length] == ' ' || c[length] == ',' || c[length] == '\0'))
      return self->value[row * self->width + at];
    c += strcspn(c, ",");
    while (*c == ',' || *c == ' ') c++;
  }
  return (double)NAN;
}

/* ---- maps ---- */

/* A rectangle with the cells of a row, from column `first` on, as its values. */
static kd_status add_feature(kd_feature *out, kd_record *record, const kd_exhibit *e, size_t row, size_t first,
                             double width, double height, const char *name, kd_error *err) {
  kd_status status = KD_OK;
  double *ring = NULL;
  const double x = kd_exhibit_cell(e, row, "x"), y = kd_exhibit_cell(e, row, "y");
  const double corner[5][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}, {-1, -1}};
  KD_TRY(kd_record_alloc(&ring, record, 10, sizeof *ring, err));
  for (size_t i = 0; i < 5; i++) {
    ring[2 * i] = x + 0.5 * width * corner[i][0];
    ring[2 * i + 1] = y + 0.5 * height * corner[i][1];
  }
  *out = (kd_feature){.ring = ring, .points = 5, .value = e->value + row * e->width + first};
  KD_TRY(kd_record_text(&out->name, record, name, err));
out:
  return status;
}

static kd_status ground_layer(kd_layer *out, kd_record *record, const kd_exhibit *e, kd_error *err) {
  static const char *const field[] = {"rey_ppm",           "p10_ppm",        "p90_ppm", "dry_kt",
                                      "error_quarter_pct", "error_year_pct", "class"};
  kd_status status = KD_OK;
  kd_feature *feature = NULL;
  char name[32];
  KD_TRY(kd_record_alloc(&feature, record, e->rows + 1, sizeof *feature, err));
  for (size_t i = 0; i < e->rows; i++) {
    snprintf(name, sizeof name, "%zu", i + 1);
    KD_TRY(add_feature(&feature[i], record, e, i, 4, kd_exhibit_cell(e, i, "width"), kd_exhibit_cell(e, i, "height"),
                       name, err));
  }
  *out = (kd_layer){"deposit", e->doc, field, sizeof field / sizeof field[0], feature, e->rows, NULL};
out:
  return status;
}

static kd_status plan_layer(kd_layer *out, kd_record *record, const kd_exhibit *e, kd_error *err) {
  static const char *const field[] = {"side_m",  "column",      "share",       "free_pct", "rey_ppm",
                                      "value_t", "value_p10_t", "value_p90_t", "time_h",   "leg_m"};
  kd_status status = KD_OK;
  kd_feature *feature = NULL;
  char name[48];
  KD_TRY(kd_record_alloc(&feature, record, e->rows + 1, sizeof *feature, err));
  for (size_t i = 0; i < e->rows; i++) {
    const double side = kd_exhibit_cell(e, i, "side");
    snprintf(name, sizeof name, "%.0f-%.0f", kd_exhibit_cell(e, i, "year"), kd_exhibit_cell(e, i, "order"));
    KD_TRY(add_feature(&feature[i], record, e, i, 4, side, side, name, err));
  }
  *out = (kd_layer){"mine_plan", e->doc, field, sizeof field / sizeof field[0], feature, e->rows, NULL};
out:
  return status;
}

/* The map of a table of blocks as the exhibit that maps are drawn from. */
static kd_status ground_exhibit(kd_record *record, const kd_layer *layer, kd_error *err) {
  enum { WIDTH = 6 };
  kd_status status = KD_OK;
  double *value = NULL;
  KD_TRY(kd_record_alloc(&value, record, layer->features + 1, WIDTH * sizeof *value, err));
  for (size_t i = 0; i < layer->features; i++) {
    const double *ring = layer->feature[i].ring, *v = layer->feature[i].value;
    const double cell[WIDTH] = {0.5 * (ring[0] + ring[2]), 0.5 * (ring[1] + ring[5]), ring[2] - ring[0],
                                ring[5] - ring[1],         v[KD_LAYER_GRADE],         v[KD_LAYER_TONNAGE] * 1e-3};
    memcpy(value + i * WIDTH, cell, sizeof cell);
  }
  const kd_exhibit e = {.name = "ground_columns",
                        .columns = "x [m], y [m], width [m], height [m], grade [ppm], mass [kt]",
                        .doc = layer->description,
                        .rows = layer->features,
                        .width = WIDTH,
                        .value = value};
  KD_TRY(kd_record_add_exhibits(record, &e, 1, err));
out:
  return status;
}

/* The coordinate system of a ground from cores by longitude and latitude; NULL: metres of the deposit's own grid. */
static kd_status place_of(const char **wkt, kd_record *record, kd_error *err) {
  kd_status status = KD_OK;
  const kd_exhibit *rule = kd_record_exhibit(record, "ground_rule");
  kd_text text;
  *wkt = NULL;
  kd_text_init(&text, record->ctx);
  if (rule == NULL || rule->rows == 0 || isnan(kd_exhibit_cell(rule, 0, "origin_lon"))) goto out;
  const kd_grid_files what = {.georeferenced = true,
                              .local = {.lon = kd_exhibit_cell(rule, 0, "origin_lon") / KD_DEGREES,
                                        .lat = kd_exhibit_cell(rule, 0, "origin_lat") / KD_DEGREES,
                                        .scale = 1.0}};
  kd_grid_wkt(&text, &what);
  KD_CHECK(!text.failed, err, KD_E_NOMEM, "out of memory for the layers");
  KD_TRY(kd_record_text(wkt, record, text.bytes, err));
out:
  kd_text_free(&text);
  return status;
}

kd_status kd_layers_of_run(kd_layer **out, size_t *count, kd_record *record, const kd_deposit_params *deposit,
                           kd_error *err) {
  kd_status status = KD_OK;
  const kd_layer *blocks = NULL;
  const kd_exhibit *ground = kd_record_exhibit(record, "ground_columns"),
                   *plan = kd_record_exhibit(record, "plan_visits");
  const char *wkt = NULL;
  *count = 0;
  KD_TRY(place_of(&wkt, record, err));
  KD_TRY(kd_record_alloc(out, record, 2, sizeof **out, err));
  if (ground != NULL)
    KD_TRY(ground_layer(&(*out)[(*count)++], record, ground, err));
  else if (deposit->picture == KD_PICTURE_BLOCKS && isnan(deposit->stated_grade))
    KD_TRY(kd_layer_deposit(&blocks, record, deposit->blocks, deposit->dry_density, err));
  if (blocks != NULL) {
    (*out)[(*count)++] = *blocks;
    KD_TRY(ground_exhibit(record, blocks, err));
    plan = kd_record_exhibit(record, "plan_visits");
  }
  if (plan != NULL && plan->rows > 0) KD_TRY(plan_layer(&(*out)[(*count)++], record, plan, err));
  for (size_t i = 0; i < *count; i++) (*out)[i].wkt = wkt;
out:
  return status;
}
