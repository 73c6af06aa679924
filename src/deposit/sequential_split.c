// SPDX-License-Identifier: Apache-2.0
/* A model of structures that are long across each other, such as columns and layers, as a sum of fields.
 *
 *   C = sum_g C_g ,  y = sum_g y_g ,  y_g by its own path                                                 (1)
 *   z = y + sum_d b_d C(. - x_d) ,  C_dd b = z_d - y(x_d)        kriging of the residuals, dual           (2)
 *
 * In the sum of a column and a layer three corners of a rectangle determine the fourth, with weights 1, 1 and -1. Nodes
 * simulated from some neighbours do not keep to that exactly, and such weights multiply what they miss: a variance of
 * up to eight sills. One field for each direction has no such systems.
 *
 * Two structures are long across each other when s is l_s/l_t times longer than t in one direction, t longer than s in
 * another, and the product of the two is at least 12, lengths between one spacing and four times the grid.
 *
 * Source    sum of independent fields: Chiles and Delfiner 2012, section 7.2; (2): section 7.3. The rule is our own,
 *           from exact variances of the path.
 * Weakness  all data act on all nodes: at most 5000 of them.
 */
#include "deposit/sequential_split.h"

#include <math.h>
#include <stdbool.h>

#include "base/context.h"
#include "base/error.h"
#include "deposit/sequential_internal.h"
#include "numerics/cholesky.h"
#include "numerics/simd.h"

#define ACROSS    12.0
#define DATA_MOST 5000

/* Range along a unit vector, between one spacing and four times the grid. */
static double length_along(const kd_structure *s, const double e[3], const double limit[2]) {
  double square = 0.0;
  for (int k = 0; k < 3; k++)
    square += pow(s->map[3 * k] * e[0] + s->map[3 * k + 1] * e[1] + s->map[3 * k + 2] * e[2], 2);
  return fmin(fmax(1.0 / sqrt(square), limit[0]), limit[1]);
}

/* How many times longer s is than t along one of the axes of s and t. */
static double longer(const kd_structure *s, const kd_structure *t, const kd_simulation_grid *grid) {
  double most = 1.0;
  for (int k = 0; k < 6; k++) {
    double e[3], limit[2] = {0.0, 0.0};
    const kd_structure *of = k < 3 ? s : t;
    const double range[3] = {of->range, of->semi, of->minor};
    for (int a = 0; a < 3; a++) {
      e[a] = of->map[3 * (k % 3) + a] * range[k % 3];
      limit[0] += grid->n[a] > 1 ? fabs(e[a]) * grid->spacing[a] : 0.0;
      limit[1] += 4.0 * fabs(e[a]) * (double)(grid->n[a] - 1) * grid->spacing[a];
    }
    double inside = 0.0;
    for (int a = 0; a < 3; a++) inside += grid->n[a] > 1 ? e[a] * e[a] : 0.0;
    if (inside < 0.5) continue; /* out of the plane of the grid */
    most = fmax(most, length_along(s, e, limit) / length_along(t, e, limit));
  }
  return most;
}

static bool across(const kd_structure *s, const kd_structure *t, const kd_simulation_grid *grid) {
  const double one = longer(s, t, grid), other = longer(t, s, grid);
  return one >= 2.0 && other >= 2.0 && one * other >= ACROSS;
}

size_t kd_split_models(kd_covariance *part, const kd_covariance *model, const kd_simulation_grid *grid) {
  size_t parts = 0;
  for (size_t i = 0; i < model->count; i++) {
    const kd_structure *s = &model->structure[i];
    if (kd_structure_is_flat(s)) continue;
    size_t g = 0;
    for (; g < parts; g++) {
      bool fits = true;
      for (size_t k = 0; k < part[g].count; k++) fits = fits && !across(s, &part[g].structure[k], grid);
      if (fits) break;
    }
    if (g == parts) part[parts++] = (kd_covariance){0};
    (void)kd_covariance_add(&part[g], s, NULL);
  }
  for (size_t i = 0; i < model->count && parts > 0; i++)
    if (kd_structure_is_flat(&model->structure[i])) (void)kd_covariance_add(&part[0], &model->structure[i], NULL);
  return parts > 0 ? parts : 1;
}

kd_status kd_split_take(kd_sequential_split *self, const kd_node_data *data, const double *value, kd_arena *arena,
                        kd_error *err) {
  kd_status status = KD_OK;
  const size_t n = self->data = data != NULL ? data->count : 0;
  size_t row = 0;
  KD_CHECK(n <= DATA_MOST, err, KD_E_SIZE, "%zu data: at most %d with structures that are long across each other", n,
           DATA_MOST);
  self->at = kd_arena_alloc(arena, n + 1, sizeof *self->at);
  self->node = kd_arena_alloc(arena, n + 1, sizeof *self->node);
  self->value = kd_arena_alloc(arena, n + 1, sizeof *self->value);
  self->factor = kd_arena_alloc(arena, n * (n + 1) / 2 + 1, sizeof *self->factor);
  KD_CHECK(self->at && self->node && self->value && self->factor, err, KD_E_NOMEM, "out of memory for %zu data", n);
  for (size_t i = 0; i < n; i++) {
    KD_CHECK(isfinite(value[i]), err, KD_E_NAN, "datum %zu has no value", i + 1);
    kd_node_index(self->at[i], self->grid, data->node[i]);
    self->node[i] = data->node[i];
    self->value[i] = value[i];
    for (size_t j = 0; j <= i; j++)
      self->factor[i * (i + 1) / 2 + j] =
          kd_lag_covariance(self->lags, self->at[i][0] - self->at[j][0], self->at[i][1] - self->at[j][1],
                            self->at[i][2] - self->at[j][2]);
  }
  if (n > 0)
    KD_CHECK(kd_triangle_factor(self->factor, n, &row), err, KD_E_MODEL,
             "datum %zu is determined by the ones before it under this model: give the model a nugget", row + 1);
out:
  return status;
}

/* Equation (2); b: [data][lanes], two: [data][2]. */
static void condition(double *z, const kd_sequential_split *self, size_t lanes, const double *const *value, double *b,
                      double *two) {
  const size_t n = self->data;
  for (size_t k = 0; k < lanes; k += 2) {
    const size_t other = k + 1 < lanes ? k + 1 : k;
    for (size_t d = 0; d < n; d++) {
      const double *y = z + self->node[d] * lanes;
      two[2 * d] = (value != NULL ? value[k][d] : self->value[d]) - y[k];
      two[2 * d + 1] = (value != NULL ? value[other][d] : self->value[d]) - y[other];
    }
    kd_triangle_solve_two(two, self->factor, n);
    for (size_t d = 0; d < n; d++) {
      b[d * lanes + k] = two[2 * d];
      b[d * lanes + other] = two[2 * d + 1];
    }
  }
  for (size_t i = 0; i < self->nodes; i++) {
    int32_t at[3];
    double *to = z + i * lanes;
    kd_node_index(at, self->grid, (uint32_t)i);
    for (size_t d = 0; d < n; d++) {
      const int32_t *x = self->at[d];
      const double c = kd_lag_covariance(self->lags, at[0] - x[0], at[1] - x[1], at[2] - x[2]);
      for (size_t k = 0; k < lanes; k++) to[k] += c * b[d * lanes + k];
    }
  }
  for (size_t d = 0; d < n; d++) /* to the last bit */
    for (size_t k = 0; k < lanes; k++) z[self->node[d] * lanes + k] = value != NULL ? value[k][d] : self->value[d];
}

void kd_split_run(double *out, const kd_sequential_split *self, size_t lanes, const double *const *value, uint64_t seed,
                  uint32_t stream, uint64_t realisation) {
  const size_t size = self->nodes * lanes, n = self->data;
  double *room = kd_alloc(self->ctx, size + 8 + n * (lanes + 2), sizeof *room);
  if (room == NULL) {
    for (size_t i = 0; i < size; i++) out[i] = (double)NAN;
    return;
  }
  double *one = (double *)(((uintptr_t)room + 63) & ~(uintptr_t)63), *b = one + size;
  for (size_t g = 0; g < self->parts; g++) {
    double *to = g == 0 ? out : one;
    const uint32_t own = stream ^ (uint32_t)(g * 0x9E3779B9u); /* normals of its own */
    if (lanes == 1)
      kd_sequential_one(to, self->part[g], seed, own, realisation);
    else
      kd_sequential_eight(to, self->part[g], seed, own, realisation);
    for (size_t i = 0; i < size && g > 0; i++) out[i] += one[i];
  }
  if (n > 0) condition(out, self, lanes, value, b, b + n * lanes);
  kd_free(self->ctx, room);
}
