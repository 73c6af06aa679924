// SPDX-License-Identifier: Apache-2.0
/* The deposit as a map: one square for each column of blocks.
 *
 *   dry tonnage  T = sum of A d r            A area [m2], d thickness [m], r dry bulk density [kg/m3]
 *   grade        g = sum of g_i T_i / T      of the 15 rare earths as elements [kg/kg]
 *   oxide        sum of g_e T f_e            f_e oxide factor of the element
 *
 * Weakness  the table before any uncertainty: the outcome of a realisation is in samples.nc. A column is drawn as a
 * square round its centre, whatever its true outline.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/elements.h"
#include "base/error.h"
#include "results/layers.h"

enum { TOP, THICKNESS, TONNAGE = KD_LAYER_TONNAGE, GRADE = KD_LAYER_GRADE, OXIDE, HEAVY, FIELDS };
static const char *const field[FIELDS] = {"top_m", "thickness_m", "dry_t", "rey_ppm", "reo_t", "heavy_share_pct"};

typedef struct kd_block_view {
  const kd_column *square, *column, *x, *y, *area, *top, *thickness, *density, *rey;
  const kd_column *grade[KD_REY];
  double otherwise; /* density where the table has none */
} kd_block_view;

static double value_of(const kd_column *column, size_t row, double otherwise) {
  return column == NULL || column->number == NULL || isnan(column->number[row]) ? otherwise : column->number[row];
}

static void look(kd_block_view *v, const kd_table *table, double density) {
  *v = (kd_block_view){.square = kd_table_column(table, "square"),
                       .column = kd_table_column(table, "column"),
                       .x = kd_table_column(table, "x"),
                       .y = kd_table_column(table, "y"),
                       .area = kd_table_column(table, "area"),
                       .top = kd_table_column(table, "top"),
                       .thickness = kd_table_column(table, "thickness"),
                       .density = kd_table_column(table, "density"),
                       .rey = kd_table_column(table, "rey"),
                       .otherwise = density};
  for (size_t e = 0; e < KD_REY; e++) {
    char name[16];
    snprintf(name, sizeof name, "grade_%s", kd_elements[e].key);
    v->grade[e] = kd_table_column(table, name);
  }
}

/* Adds the blocks of one column, rows first .. last-1. */
static void add_up(double value[FIELDS], const kd_block_view *v, size_t first, size_t last) {
  double metal = 0, heavy = 0;
  memset(value, 0, FIELDS * sizeof *value);
  value[TOP] = value_of(v->top, first, 0);
  for (size_t i = first; i < last; i++) {
    const double thickness = value_of(v->thickness, i, 0);
    const double mass = value_of(v->area, i, 0) * thickness * value_of(v->density, i, v->otherwise);
    value[THICKNESS] += thickness;
    value[TONNAGE] += mass;
    if (v->grade[0] == NULL) metal += mass * value_of(v->rey, i, 0);
    for (size_t e = 0; v->grade[0] != NULL && e < KD_REY; e++) {
      const double here = mass * value_of(v->grade[e], i, 0);
      metal += here;
      value[OXIDE] += here * kd_oxide_factor((kd_element_id)e);
      if (kd_elements[e].heavy) heavy += here;
    }
  }
  value[GRADE] = value[TONNAGE] > 0 ? 1e6 * metal / value[TONNAGE] : (double)NAN;
  value[HEAVY] = metal > 0 && v->grade[0] != NULL ? 100 * heavy / metal : (double)NAN;
  value[OXIDE] = v->grade[0] != NULL ? value[OXIDE] / 1000 : (double)NAN;
  value[TONNAGE] /= 1000;
}

static bool same_column(const kd_block_view *v, size_t a, size_t b) {
  return v->column != NULL && value_of(v->column, a, -1) == value_of(v->column, b, -1) &&
         v->x->number[a] == v->x->number[b] && v->y->number[a] == v->y->number[b];
}

static kd_status describe(kd_feature *out, kd_record *record, const kd_block_view *v, size_t first, size_t last,
                          kd_error *err) {
  kd_status status = KD_OK;
  double *ring = NULL, *value = NULL;
  char name[128];
  const double half = 0.5 * sqrt(value_of(v->area, first, 0)), x = v->x->number[first], y = v->y->number[first];
  const char *square = v->square != NULL && v->square->text != NULL ? v->square->text[first] : "";
  KD_TRY(kd_record_alloc(&ring, record, 10, sizeof *ring, err));
  KD_TRY(kd_record_alloc(&value, record, FIELDS, sizeof *value, err));
  const double corner[5][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}, {-1, -1}};
  for (size_t i = 0; i < 5; i++) {
    ring[2 * i] = x + half * corner[i][0];
    ring[2 * i + 1] = y + half * corner[i][1];
  }
  add_up(value, v, first, last);
  snprintf(name, sizeof name, "%.100s%s%.0f", square, square[0] != '\0' ? "-" : "",
           value_of(v->column, first, (double)(first + 1)));
  *out = (kd_feature){.ring = ring, .points = 5, .value = value};
  KD_TRY(kd_record_text(&out->name, record, name, err));
out:
  return status;
}

kd_status kd_layer_deposit(const kd_layer **out, kd_record *record, const kd_table *blocks, double density,
                           kd_error *err) {
  kd_status status = KD_OK;
  kd_layer *layer = NULL;
  kd_feature *feature = NULL;
  kd_block_view v;
  char description[1024];
  *out = NULL;
  if (blocks == NULL) goto out;
  look(&v, blocks, density);
  if (v.x == NULL || v.y == NULL || v.area == NULL || v.thickness == NULL || blocks->rows == 0) goto out;
  KD_TRY(kd_record_alloc(&layer, record, 1, sizeof *layer, err));
  KD_TRY(kd_record_alloc(&feature, record, blocks->rows, sizeof *feature, err));
  size_t count = 0;
  for (size_t first = 0; first < blocks->rows;) {
    size_t last = first + 1;
    while (last < blocks->rows && same_column(&v, first, last)) last++;
    if (isfinite(v.x->number[first]) && isfinite(v.y->number[first])) {
      KD_TRY(describe(&feature[count++], record, &v, first, last, err));
    }
    first = last;
  }
  snprintf(description, sizeof description, "Columns of the deposit, before uncertainty. Source: %.900s",
           blocks->source != NULL ? blocks->source : "not given");
  *layer = (kd_layer){"deposit", NULL, field, FIELDS, feature, count, NULL};
  KD_TRY(kd_record_text(&layer->description, record, description, err));
  if (count > 0) *out = layer;
out:
  return status;
}
