// SPDX-License-Identifier: Apache-2.0
/* Kernels of the change of support. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/quantity.h"
#include "deposit/kernels_simulation.h"
#include "deposit/sample_columns.h"
#include "deposit/support.h"

#define FACTOR                                                                                                         \
  {                                                                                                                    \
    .name = "factor", .unit = "1", .doc = "variance of blocks over variance of points", .low = "0 exclusive",          \
    .high = "1"                                                                                                        \
  }
#define VALUE(name_, doc_)                                                                                             \
  { .name = (name_), .unit = "1", .doc = (doc_) }

const kd_field kd_support_affine_in[3] = {VALUE("value", "of a point"), VALUE("mean", "of the points"), FACTOR};
const kd_field kd_support_affine_out[1] = {VALUE("block_value", "of a block")};

kd_status kd_support_affine_kernel(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_support_affine(in[0], in[1], in[2]);
  return KD_OK;
}

const kd_field kd_support_lognormal_in[4] = {
    {.name = "value", .unit = "1", .doc = "of a point", .low = "0"},
    {.name = "mean", .unit = "1", .doc = "of the points", .low = "0 exclusive"},
    {.name = "cv", .unit = "1", .doc = "coefficient of variation of the points", .low = "0"},
    FACTOR,
};
const kd_field kd_support_lognormal_out[1] = {VALUE("block_value", "of a block")};

kd_status kd_support_lognormal_kernel(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_support_indirect_lognormal(in[0], in[1], in[2], in[3]);
  return KD_OK;
}

const kd_field kd_recovery_in[4] = {
    {.name = "mean", .unit = "1", .doc = "of points and blocks", .low = "0 exclusive"},
    {.name = "cv", .unit = "1", .doc = "coefficient of variation of the points", .low = "0"},
    {.name = "factor",
     .unit = "1",
     .doc = "variance of blocks over variance of points",
     .initial = "1",
     .low = "0 exclusive",
     .high = "1"},
    VALUE("cutoff", "cut-off"),
};
const kd_field kd_recovery_out[4] = {
    VALUE("tonnage", "share of the blocks above the cut-off"),
    VALUE("grade", "their mean; empty when there is none"),
    VALUE("metal", "tonnage times grade"),
    VALUE("block_cv", "coefficient of variation of the blocks"),
};

kd_status kd_recovery_kernel(double *out, const double *in, kd_work *work) {
  (void)work;
  const double cv = kd_lognormal_block_cv(in[1], in[2]);
  const kd_recovery r = kd_recovery_lognormal(in[0], cv, in[3]);
  out[0] = r.tonnage;
  out[1] = r.grade;
  out[2] = r.metal;
  out[3] = cv;
  return KD_OK;
}

/* --- deposit.change_of_support ---------------------------------------------------------------------------------- */

const kd_field kd_change_of_support_in[7] = {
    FACTOR,
    {.name = "method", .doc = "model", .choices = KD_SUPPORT_METHODS, .initial = "discrete_gaussian"},
    {.name = "polynomials",
     .unit = "1",
     .doc = "Hermite polynomials, H_0 among them",
     .initial = "100",
     .low = "2",
     .high = "1000"},
    {.name = "first", .unit = "1", .doc = "first cut-off, in the unit of the values", .initial = "0"},
    {.name = "step",
     .unit = "1",
     .doc = "distance of the cut-offs; none: a twentieth of the largest value",
     .initial = "none",
     .low = "0 exclusive"},
    {.name = "count", .unit = "1", .doc = "number of cut-offs", .initial = "21", .low = "1", .high = "100000"},
    {.name = "report", .doc = "curve, or coefficients", .choices = "curve|coefficients", .initial = "curve"},
};
const kd_field kd_change_of_support_out[6] = {
    VALUE("cutoff", "cut-off"),
    VALUE("tonnage", "share of the blocks with at least that value"),
    VALUE("grade", "their mean; empty when there is none"),
    VALUE("metal", "tonnage times grade"),
    VALUE("support", "change of support coefficient r (discrete Gaussian model)"),
    VALUE("variance", "of the blocks"),
};
const kd_data_slot kd_change_of_support_data[1] = {
    {.name = "samples", .columns = "weight [1]?, ...", .doc = "value in any unit, and weight; equal when not given"}};

typedef struct support_case {
  const double *value, *weight;
  double *block, *share; /* transformed data and their weights, sum 1 */
  size_t count;
  double mean, variance;
  kd_anamorphosis anamorphosis;
  double r;
} support_case;

static kd_status prepare(support_case *self, const kd_table *table, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  double total = 0;
  self->count = table->rows;
  self->r = (double)NAN;
  KD_TRY(kd_sample_column(&self->value, table, "value", true, work));
  KD_TRY(kd_sample_column(&self->weight, table, "weight", false, work));
  self->block = kd_arena_alloc(work->scratch, self->count + 1, sizeof(double));
  self->share = kd_arena_alloc(work->scratch, self->count + 1, sizeof(double));
  KD_CHECK(self->block && self->share, work->err, KD_E_NOMEM, "out of memory for %zu rows", self->count);
  KD_TRY(kd_anamorphosis_fit(&self->anamorphosis, self->value, self->weight, self->count, (size_t)options[2],
                             work->scratch, work->err)); /* checks values and weights */
  for (size_t i = 0; i < self->count; i++) total += self->weight != NULL ? self->weight[i] : 1;
  for (size_t i = 0; i < self->count; i++) {
    self->share[i] = (self->weight != NULL ? self->weight[i] : 1) / total;
    self->mean += self->share[i] * self->value[i];
  }
  for (size_t i = 0; i < self->count; i++)
    self->variance += self->share[i] * (self->value[i] - self->mean) * (self->value[i] - self->mean);
out:
  return status;
}

/* Values of blocks one for one from the data. */
static kd_status transform(support_case *self, kd_support_method method, double factor, kd_error *err) {
  kd_status status = KD_OK;
  const double cv = sqrt(self->variance) / self->mean;
  double mean = 0, variance = 0;
  for (size_t i = 0; i < self->count; i++) {
    KD_CHECK(method != KD_SUPPORT_LOGNORMAL || (self->value[i] >= 0 && self->mean > 0), err, KD_E_MODEL,
             "row %zu: value %g: the lognormal correction wants values of at least 0", i + 1, self->value[i]);
    self->block[i] = method == KD_SUPPORT_AFFINE ? kd_support_affine(self->value[i], self->mean, factor)
                     : method == KD_SUPPORT_LOGNORMAL
                         ? kd_support_indirect_lognormal(self->value[i], self->mean, cv, factor)
                         : self->value[i];
    mean += self->share[i] * self->block[i];
  }
  for (size_t i = 0; i < self->count; i++) {
    if (method == KD_SUPPORT_LOGNORMAL) self->block[i] *= self->mean / mean;
    variance += self->share[i] * (self->block[i] - self->mean) * (self->block[i] - self->mean);
  }
  self->variance = variance;
out:
  return status;
}

static kd_recovery recover(const support_case *self, double cutoff) {
  kd_recovery out = {0, (double)NAN, 0};
  for (size_t i = 0; i < self->count; i++) {
    if (!(self->block[i] >= cutoff)) continue;
    out.tonnage += self->share[i];
    out.metal += self->share[i] * self->block[i];
  }
  if (out.tonnage > 0) out.grade = out.metal / out.tonnage;
  return out;
}

kd_status kd_change_of_support_kernel(kd_table **out, const kd_table *const *data, const double *options,
                                      kd_work *work) {
  kd_status status = KD_OK;
  const kd_support_method method = (kd_support_method)options[1];
  const char *unit = kd_sample_unit(data[0], "value");
  const size_t count = (size_t)options[5];
  support_case c = {0};
  kd_unit read;
  char columns[256];
  *out = NULL;
  KD_TRY(kd_unit_parse(&read, unit, NULL, work->err));
  KD_TRY(prepare(&c, data[0], options, work));
  if (options[6] == 1) {
    KD_TRY(kd_table_create(out, work->ctx, "order [1], coefficient [1]", c.anamorphosis.count, work->err));
    for (size_t p = 0; p < c.anamorphosis.count; p++) {
      (*out)->column[0].number[p] = (double)p;
      (*out)->column[1].number[p] = kd_unit_value(&read, c.anamorphosis.coefficient[p]);
    }
    goto out;
  }
  if (method == KD_SUPPORT_GAUSSIAN) {
    c.r = kd_anamorphosis_support(&c.anamorphosis, options[0]);
    c.variance = options[0] * kd_anamorphosis_variance(&c.anamorphosis);
  } else {
    KD_TRY(transform(&c, method, options[0], work->err));
  }
  snprintf(columns, sizeof columns, "cutoff [%s], tonnage [1], grade [%s], metal [%s], support [1], variance [1]", unit,
           unit, unit);
  KD_TRY(kd_table_create(out, work->ctx, columns, count, work->err));
  const double step = isnan(options[4]) ? fmax(c.anamorphosis.high, 0) / 20 : kd_unit_si(&read, options[4]);
  const double scale = kd_unit_value(&read, 1);
  for (size_t i = 0; i < count; i++) {
    const double cutoff = kd_unit_si(&read, options[3]) + step * (double)i;
    const kd_recovery r =
        method == KD_SUPPORT_GAUSSIAN ? kd_recovery_gaussian(&c.anamorphosis, c.r, cutoff) : recover(&c, cutoff);
    const double row[6] = {cutoff, r.tonnage, r.grade, r.metal, c.r, c.variance * scale * scale};
    for (size_t k = 0; k < 6; k++) (*out)->column[k].number[i] = row[k];
  }
out:
  return status;
}
