// SPDX-License-Identifier: Apache-2.0
/* Grade-tonnage of a table of blocks as kernels: by REY, and by element and oxide. */
#include <math.h>
#include <stdio.h>

#include "base/error.h"
#include "deposit/composition.h"
#include "deposit/grade_tonnage.h"
#include "deposit/tables.h"

#define ELEMENT_CHOICES "rey|la|ce|pr|nd|sm|eu|gd|tb|dy|ho|er|tm|yb|lu|y|sc"

static const kd_data_slot blocks_slot[] = {
    {.name = "blocks", .columns = KD_BLOCK_COLUMNS, .doc = "blocks; `rey` or all of grade_la .. grade_y"},
};
/* Cut-offs, and what stands for a column that is not there. */
#define CURVE_FIELDS                                                                                                   \
  {.name = "cutoff",                                                                                                   \
   .unit = "ppm",                                                                                                      \
   .doc = "first cut-off",                                                                                             \
   .initial = "0 ppm",                                                                                                 \
   .low = "0 ppm",                                                                                                     \
   .high = "1000000 ppm"},                                                                                             \
      {.name = "step",                                                                                                 \
       .unit = "ppm",                                                                                                  \
       .doc = "distance of the cut-offs",                                                                              \
       .initial = "500 ppm",                                                                                           \
       .low = "0 ppm exclusive",                                                                                       \
       .high = "1000000 ppm"},                                                                                         \
      {.name = "count", .unit = "1", .doc = "number of cut-offs", .initial = "1", .low = "1", .high = "10000"}, {      \
    .name = "dry_density", .unit = "t/m3", .doc = "where the table has none", .initial = "0.56 t/m3",                  \
    .low = "0 t/m3 exclusive"                                                                                          \
  }

/* --- by REY --- */

static const kd_field curve_in[] = {CURVE_FIELDS};
static const kd_field curve_out[] = {
    {.name = "cutoff", .unit = "ppm", .doc = "cut-off"},
    {.name = "tonnage", .unit = "t", .doc = "dry solid in blocks of at least that REY"},
    {.name = "grade", .unit = "ppm", .doc = "their mean REY"},
    {.name = "metal", .unit = "t", .doc = "their REY"},
    {.name = "reo", .unit = "t", .doc = "their rare-earth oxides"},
    {.name = "blocks", .unit = "1", .doc = "their number"},
};

static kd_status curve(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  kd_block_list list;
  double factor[KD_ELEMENTS], grade[KD_REY], *reo;
  const size_t count = (size_t)options[2];
  double *cutoff = kd_arena_alloc(work->scratch, count, sizeof(double));
  kd_grade_tonnage *row = kd_arena_alloc(work->scratch, count, sizeof(kd_grade_tonnage));
  *out = NULL;
  KD_CHECK(cutoff != NULL && row != NULL, work->err, KD_E_NOMEM, "no memory for %zu cut-offs", count);
  KD_TRY(kd_blocks_read(&list, data[0], 0.0, options[3], work->scratch, work->err));
  for (size_t i = 0; i < count; i++) cutoff[i] = options[0] + options[1] * (double)i;
  kd_oxide_factors(factor);
  reo = kd_arena_alloc(work->scratch, list.count, sizeof(double));
  KD_CHECK(reo != NULL, work->err, KD_E_NOMEM, "no memory for %zu blocks", list.count);
  for (size_t i = 0; i < list.count; i++) {
    for (int e = 0; e < KD_REY; e++) grade[e] = list.grade[e][i];
    reo[i] = kd_grade_dot(grade, factor);
  }
  for (size_t i = 0; i < list.count; i++) kd_grade_tonnage_add(row, cutoff, count, list.mass[i], list.rey[i], reo[i]);
  kd_grade_tonnage_close(row, count);
  KD_TRY(kd_table_create(out, work->ctx, "cutoff [ppm], tonnage [t], grade [ppm], metal [t], reo [t], blocks [1]",
                         count, work->err));
  for (size_t i = 0; i < count; i++) {
    (*out)->column[0].number[i] = cutoff[i];
    (*out)->column[1].number[i] = row[i].tonnage;
    (*out)->column[2].number[i] = row[i].grade;
    (*out)->column[3].number[i] = row[i].metal;
    (*out)->column[4].number[i] = row[i].reo;
    (*out)->column[5].number[i] = (double)row[i].blocks;
  }
out:
  return status;
}

/* --- by element and oxide --- */

static const kd_field in[] = {
    {.name = "by",
     .unit = "1",
     .doc = "grade that is held against the cut-off",
     .initial = "rey",
     .choices = ELEMENT_CHOICES},
    CURVE_FIELDS,
    {.name = "scandium",
     .unit = "ppm",
     .doc = "where the table has none",
     .initial = "0 ppm",
     .low = "0 ppm",
     .high = "1000000 ppm"},
};
static const kd_field out_fields[] = {
    {.name = "cutoff", .unit = "ppm", .doc = "cut-off"},
    {.name = "tonnage", .unit = "t", .doc = "dry solid in blocks of at least that grade"},
    {.name = "rey", .unit = "ppm", .doc = "their mean REY"},
    {.name = "reo", .unit = "t", .doc = "their oxides of the 15 REY"},
    {.name = "grade", .unit = "ppm", .doc = "their mean grade of each element", .labels = &kd_element_labels},
    {.name = "metal", .unit = "t", .doc = "their mass of each element", .labels = &kd_element_labels},
    {.name = "oxide", .unit = "t", .doc = "the same as oxide", .labels = &kd_element_labels},
};

/* Names of all columns: the vectors by element. */
static void column_names(char out[3072]) {
  int at = snprintf(out, 3072, "cutoff [ppm], tonnage [t], rey [ppm], reo [t]");
  for (size_t f = 4; f < KD_COUNT(out_fields); f++)
    for (size_t e = 0; e < KD_ELEMENTS; e++)
      at += snprintf(out + at, 3072 - (size_t)at, ", %s_%s [%s]", out_fields[f].name, kd_elements[e].key,
                     out_fields[f].unit);
}

static kd_status elements_kernel(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  kd_block_list list;
  char names[3072];
  const size_t count = (size_t)options[3];
  double *cutoff = kd_arena_alloc(work->scratch, count, sizeof(double));
  double *tonnage = kd_arena_alloc(work->scratch, count, sizeof(double));
  double *metal = kd_arena_alloc(work->scratch, count, KD_ELEMENTS * sizeof(double));
  *out = NULL;
  KD_CHECK(cutoff != NULL && tonnage != NULL && metal != NULL, work->err, KD_E_NOMEM, "no memory for %zu cut-offs",
           count);
  KD_TRY(kd_blocks_read(&list, data[0], options[5], options[4], work->scratch, work->err));
  for (size_t i = 0; i < count; i++) cutoff[i] = options[1] + options[2] * (double)i;
  const int by = (int)options[0];
  kd_grade_tonnage_elements(tonnage, metal, &list, by == 0 ? list.rey : list.grade[by - 1], cutoff, count);
  column_names(names);
  KD_TRY(kd_table_create(out, work->ctx, names, count, work->err));
  for (size_t i = 0; i < count; i++) {
    const double *m = &metal[i * KD_ELEMENTS];
    const double none = tonnage[i] > 0.0 ? 1.0 : (double)NAN;
    double rey = 0.0, reo = 0.0;
    for (size_t e = 0; e < KD_ELEMENTS; e++) {
      const double oxide = m[e] * kd_oxide_factor((kd_element_id)e);
      rey += e < KD_REY ? m[e] : 0.0;
      reo += e < KD_REY ? oxide : 0.0;
      (*out)->column[4 + e].number[i] = none * m[e] / fmax(tonnage[i], 1e-300);
      (*out)->column[4 + KD_ELEMENTS + e].number[i] = m[e];
      (*out)->column[4 + 2 * KD_ELEMENTS + e].number[i] = oxide;
    }
    const double cell[4] = {cutoff[i], tonnage[i], none * rey / fmax(tonnage[i], 1e-300), reo};
    for (size_t c = 0; c < 4; c++) (*out)->column[c].number[i] = cell[c];
  }
out:
  return status;
}

const kd_kernel kd_grade_tonnage_kernels[] = {{.name = "deposit.grade_tonnage",
                                               .summary = "grade-tonnage curve of a table of blocks",
                                               .inputs = curve_in,
                                               .input_count = KD_COUNT(curve_in),
                                               .outputs = curve_out,
                                               .output_count = KD_COUNT(curve_out),
                                               .data = blocks_slot,
                                               .data_count = KD_COUNT(blocks_slot),
                                               .eval_table = curve},
                                              {.name = "deposit.grade_tonnage_elements",
                                               .summary = "grade-tonnage by element and oxide of a table of blocks, by "
                                                          "a cut-off of REY or of one element",
                                               .inputs = in,
                                               .input_count = KD_COUNT(in),
                                               .outputs = out_fields,
                                               .output_count = KD_COUNT(out_fields),
                                               .data = blocks_slot,
                                               .data_count = KD_COUNT(blocks_slot),
                                               .eval_table = elements_kernel},
                                              {0}};
