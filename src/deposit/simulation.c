// SPDX-License-Identifier: Apache-2.0
/* Conditional simulation of many variables by independent factors.
 *
 *   y_v = score of variable v ,  f = T (y - m)           at the data: scores, then linear or PPMT factors  (1)
 *   f_k simulated one by one, conditional on f_k at the data                                              (2)
 *   z_v = back score of [ m + T^-1 f ]_v                  at every node                                    (3)
 *
 * Variables whose factors depend on each other at some lag are simulated as if they did not: PCA and PPMT take away the
 * dependence at lag 0, MAF also that at one more lag; with two structures in the model MAF takes it away altogether.
 *
 * Source    Chiles and Delfiner 2012, sections 5.6 and 7; Desbarats and Dimitrakopoulos 2000 (MAF); Barnett et al. 2014
 *           (PPMT).
 */
#include "deposit/simulation_internal.h"

#include <math.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"

void kd_simulation_destroy(kd_simulation **self) {
  if (self == NULL || *self == NULL) return;
  kd_context *ctx = (*self)->ctx;
  kd_arena_destroy(&(*self)->arena);
  kd_free(ctx, *self);
  *self = NULL;
}

size_t kd_simulation_rows(const kd_simulation *self, const uint32_t **row) {
  if (row != NULL) *row = self->row;
  return self->whole;
}

const double *kd_simulation_factor(const kd_simulation *self, size_t v) {
  return self->factor[v];
}

const kd_node_data *kd_simulation_placed(const kd_simulation *self) {
  return &self->placed;
}

/* --- data ------------------------------------------------------------------------------------------------------- */

kd_status kd_simulation_columns(double ***out, size_t n, size_t count, kd_arena *arena, kd_error *err) {
  kd_status status = KD_OK;
  double **list = kd_arena_alloc(arena, n + 1, sizeof *list);
  KD_CHECK(list != NULL, err, KD_E_NOMEM, "out of memory for %zu columns", n);
  for (size_t v = 0; v < n; v++) {
    list[v] = kd_arena_alloc(arena, count + 1, sizeof **list);
    KD_CHECK(list[v] != NULL, err, KD_E_NOMEM, "out of memory for %zu values", count);
  }
  *out = list;
out:
  return status;
}

static size_t known_values(const kd_simulation_spec *s, size_t i) {
  size_t known = 0;
  if (!isfinite(s->x[i]) || (s->y != NULL && !isfinite(s->y[i])) || (s->z != NULL && !isfinite(s->z[i]))) return 0;
  for (size_t v = 0; v < s->variables; v++) known += isfinite(s->value[v][i]) ? 1 : 0;
  return known;
}

/* Rows with a place and all variables; behind them, where gaps are filled, those with some. */
static kd_status take_rows(kd_simulation *self, kd_error *err) {
  kd_status status = KD_OK;
  const kd_simulation_spec *s = &self->spec;
  KD_TRY(kd_simulation_columns(&self->value, s->variables, s->count, self->arena, err));
  KD_TRY(kd_simulation_columns(&self->factor, s->variables, s->count, self->arena, err));
  KD_TRY(kd_simulation_columns(&self->y, s->variables, s->count, self->arena, err));
  self->row = kd_arena_alloc(self->arena, s->count + 1, sizeof *self->row);
  self->weight = kd_arena_alloc(self->arena, s->count + 1, sizeof *self->weight);
  KD_CHECK(self->row && self->weight, err, KD_E_NOMEM, "out of memory for %zu data", s->count);
  for (int turn = 0; turn < (s->impute ? 2 : 1); turn++) {
    for (size_t i = 0; i < s->count; i++) {
      const size_t known = known_values(s, i);
      if (turn == 0 ? known < s->variables : known == 0 || known == s->variables) continue;
      for (size_t v = 0; v < s->variables; v++) self->value[v][self->rows] = s->value[v][i];
      self->weight[self->rows] = s->weight != NULL ? s->weight[i] : 1;
      self->row[self->rows++] = (uint32_t)i;
    }
    if (turn == 0) self->whole = self->rows;
  }
  const double *given[3] = {s->x, s->y, s->z};
  for (int a = 0; a < 3; a++) {
    if (given[a] == NULL) continue;
    self->place[a] = kd_arena_alloc(self->arena, self->rows + 1, sizeof(double));
    KD_CHECK(self->place[a] != NULL, err, KD_E_NOMEM, "out of memory for %zu data", self->rows);
    for (size_t i = 0; i < self->rows; i++) self->place[a][i] = given[a][self->row[i]];
  }
out:
  return status;
}

static kd_status transform_linear(kd_simulation *self, kd_error *err) {
  kd_status status = KD_OK;
  const kd_simulation_spec *s = &self->spec;
  const size_t n = s->variables;
  double *in = kd_arena_alloc(self->arena, n, sizeof *in), *out = kd_arena_alloc(self->arena, n, sizeof *out);
  const double *const places[3] = {self->place[0], self->place[1], self->place[2]};
  KD_CHECK(in && out, err, KD_E_NOMEM, "out of memory for %zu variables", n);
  if (s->transform == KD_TRANSFORM_PCA)
    KD_TRY(kd_factors_pca(&self->linear, (const double *const *)self->factor, self->weight, self->whole, n, true,
                          self->arena, err));
  else
    KD_TRY(kd_factors_maf(&self->linear, (const double *const *)self->factor, self->weight, self->whole, n, places,
                          s->maf_lag, s->maf_tolerance, self->arena, err));
  for (size_t i = 0; i < self->whole; i++) {
    for (size_t v = 0; v < n; v++) in[v] = self->factor[v][i];
    kd_factors_forward(out, &self->linear, in);
    for (size_t v = 0; v < n; v++) self->factor[v][i] = out[v];
  }
out:
  return status;
}

static kd_status set_tails(kd_simulation *self, kd_error *err) {
  kd_status status = KD_OK;
  for (size_t v = 0; v < self->spec.variables && self->spec.tail != NULL; v++) {
    const kd_simulation_tail *t = &self->spec.tail[v];
    status = kd_normal_score_tails(&self->score[v], t->lower, t->lower_power, t->low, t->upper, t->upper_power, t->high,
                                   err);
    if (status != KD_OK) kd_error_context(err, "variable %zu: ", v + 1);
    KD_TRY(status);
  }
out:
  return status;
}

/* Scores of one variable by all its values, whether the others are there or not. */
static kd_status score_variable(kd_simulation *self, size_t v, kd_error *err) {
  kd_status status = KD_OK;
  size_t known = 0;
  double *value = kd_arena_alloc(self->arena, 3 * self->rows + 1, sizeof *value);
  double *weight = value + self->rows, *score = weight + self->rows;
  KD_CHECK(value != NULL, err, KD_E_NOMEM, "out of memory for %zu data", self->rows);
  for (size_t i = 0; i < self->rows; i++) {
    if (!isfinite(self->value[v][i])) continue;
    value[known] = self->value[v][i];
    weight[known++] = self->weight[i];
  }
  KD_TRY(kd_normal_score_fit(&self->score[v], score, value, weight, known, KD_TIES_AVERAGE, self->arena, err));
  for (size_t i = 0, k = 0; i < self->rows; i++)
    self->y[v][i] = self->factor[v][i] = isfinite(self->value[v][i]) ? score[k++] : (double)NAN;
out:
  return status;
}

static kd_status transform_data(kd_simulation *self, kd_error *err) {
  kd_status status = KD_OK;
  const kd_simulation_spec *s = &self->spec;
  const size_t n = s->variables;
  if (s->transform == KD_TRANSFORM_NONE || self->whole == 0) {
    for (size_t v = 0; v < n; v++) memcpy(self->factor[v], self->value[v], self->rows * sizeof(double));
    KD_CHECK(s->transform == KD_TRANSFORM_NONE, err, KD_E_RANGE, "no datum has all variables: nothing to transform");
    goto out;
  }
  if (s->transform == KD_TRANSFORM_PPMT) {
    KD_TRY(kd_ppmt_fit(&self->ppmt, self->factor, (const double *const *)self->value, self->weight, self->rows, n,
                       &s->ppmt, self->arena, err));
    self->score = self->ppmt.margin;
    KD_TRY(set_tails(self, err));
    goto out;
  }
  self->score = kd_arena_alloc(self->arena, n, sizeof *self->score);
  KD_CHECK(self->score != NULL, err, KD_E_NOMEM, "out of memory for %zu variables", n);
  for (size_t v = 0; v < n; v++) {
    status = score_variable(self, v, err);
    if (status != KD_OK) kd_error_context(err, "variable %zu: ", v + 1);
    KD_TRY(status);
  }
  KD_TRY(set_tails(self, err));
  if (s->transform != KD_TRANSFORM_SCORES) KD_TRY(transform_linear(self, err));
out:
  return status;
}

static kd_status place_data(kd_simulation *self, kd_error *err) {
  kd_status status = KD_OK;
  const kd_simulation_spec *s = &self->spec;
  KD_TRY(kd_node_data_place(&self->placed, &s->grid, self->place[0], self->place[1], self->place[2], self->rows,
                            self->arena, err));
  KD_TRY(kd_simulation_columns(&self->at_node, s->variables, self->placed.count, self->arena, err));
  for (size_t v = 0; v < s->variables; v++)
    for (size_t i = 0; i < self->placed.count; i++) /* a gap is filled by each realisation */
      self->at_node[v][i] = self->placed.row[i] < self->whole ? self->factor[v][self->placed.row[i]] : 0;
out:
  return status;
}

kd_status kd_simulation_create(kd_simulation **out, kd_context *ctx, const kd_simulation_spec *spec, kd_error *err) {
  kd_status status = KD_OK;
  kd_simulation *self = NULL;
  *out = NULL;
  KD_TRY(kd_simulation_grid_check(&spec->grid, err));
  KD_CHECK(!(spec->draw_histogram || spec->draw_variogram) || spec->transform == KD_TRANSFORM_SCORES ||
               spec->transform == KD_TRANSFORM_PCA || spec->transform == KD_TRANSFORM_MAF,
           err, KD_E_CONTRADICTION,
           "histogram and variogram are drawn round data: the transform must be scores, pca or maf");
  KD_CHECK(!spec->impute || ((spec->transform == KD_TRANSFORM_SCORES || spec->transform == KD_TRANSFORM_PCA ||
                              spec->transform == KD_TRANSFORM_MAF) &&
                             !spec->draw_variogram),
           err, KD_E_CONTRADICTION, "gaps are filled with the transforms scores, pca and maf and a given variogram");
  KD_CHECK(spec->variables >= 1 && spec->variables <= 1000, err, KD_E_RANGE,
           "%zu variables: must be between 1 and 1000", spec->variables);
  self = kd_alloc(ctx, 1, sizeof *self);
  KD_CHECK(self != NULL, err, KD_E_NOMEM, "out of memory");
  self->ctx = ctx;
  KD_CHECK(kd_arena_create(&self->arena, ctx) == KD_OK, err, KD_E_NOMEM, "out of memory");
  self->spec = *spec;
  self->nodes = kd_simulation_nodes(&spec->grid);
  KD_TRY(take_rows(self, err));
  KD_TRY(transform_data(self, err));
  KD_TRY(place_data(self, err));
  *out = self;
  self = NULL;
out:
  kd_simulation_destroy(&self);
  return status;
}
