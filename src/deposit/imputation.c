// SPDX-License-Identifier: Apache-2.0
/* Missing scores by simple co-kriging of residuals.
 *
 *   C_(iu)(jv) = sum_k b_uk b_vk rho_k(x_i - x_j)        scores u, v at sites i, j from independent factors  (1)
 *   y_m = s_m + C_mo C_oo^-1 (y_o - s_o)                 m missing, o known                                  (2)
 *
 *   b loadings of the factors, rho_k their correlations, s scores simulated without data, by (1)
 *
 * y_m is a draw from what is missing given all that is known, at all sites and of all variables: exact for Gaussian
 * scores, however the gaps lie.
 *
 * Source    Chiles and Delfiner 2012, section 7.3 (conditioning by residuals); Barnett and Deutsch 2015, Mathematical
 *           Geosciences 47, 791 (imputation before a multivariate transform).
 * Weakness  one system of all known values: KD_IMPUTATION_MOST of them.
 */
#include "deposit/imputation.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "numerics/cholesky.h"

/* Covariances of all pairs of scores at two sites, [variables][variables]. */
static void site_covariance(double *out, const kd_imputation *self, const kd_sites *sites, const kd_covariance *models,
                            size_t i, size_t j) {
  const size_t n = self->variables;
  const double dx = sites->x[i] - sites->x[j], dy = sites->y != NULL ? sites->y[i] - sites->y[j] : 0;
  const double dz = sites->z != NULL ? sites->z[i] - sites->z[j] : 0;
  const bool here = dx == 0 && dy == 0 && dz == 0;
  memset(out, 0, n * n * sizeof *out);
  for (size_t k = 0; k < n; k++) {
    const kd_covariance *m = &models[k];
    const double rho = i == j ? 1 : here ? 1 - m->nugget / m->sill : kd_covariance_at(m, dx, dy, dz) / m->sill;
    for (size_t u = 0; u < n; u++)
      for (size_t v = 0; v < n; v++)
        out[u * n + v] += self->linear != NULL ? self->linear->back[u * n + k] * self->linear->back[v * n + k] * rho
                          : u == k && v == k   ? rho
                                               : 0;
  }
}

static kd_status list_gaps(kd_imputation *out, const double *const *y, kd_arena *scratch, kd_error *err) {
  kd_status status = KD_OK;
  const size_t most = out->variables * out->rows + 1;
  uint32_t **list[4] = {&out->known_row, &out->known_variable, &out->missing_row, &out->missing_variable};
  for (size_t l = 0; l < 4; l++) {
    *list[l] = kd_arena_alloc(scratch, most, sizeof(uint32_t));
    KD_CHECK(*list[l] != NULL, err, KD_E_NOMEM, "out of memory for %zu values", most);
  }
  for (size_t i = 0; i < out->rows; i++) { /* by site, so that each pair of sites is looked at once */
    for (size_t v = 0; v < out->variables; v++) {
      const bool known = isfinite(y[v][i]);
      size_t *count = known ? &out->known : &out->missing;
      (known ? out->known_row : out->missing_row)[*count] = (uint32_t)i;
      (known ? out->known_variable : out->missing_variable)[(*count)++] = (uint32_t)v;
    }
  }
  KD_CHECK(out->known <= KD_IMPUTATION_MOST, err, KD_E_SIZE,
           "%zu values are known: gaps are filled from at most %d: leave the rows with gaps out", out->known,
           KD_IMPUTATION_MOST);
out:
  return status;
}

kd_status kd_imputation_prepare(kd_imputation *out, const double *const *y, size_t variables, const kd_sites *sites,
                                const kd_factors *linear, const kd_covariance *models, kd_arena *scratch,
                                kd_error *err) {
  kd_status status = KD_OK;
  size_t row = 0;
  *out = (kd_imputation){.variables = variables, .rows = sites->count, .linear = linear};
  KD_TRY(list_gaps(out, y, scratch, err));
  const size_t n = out->known;
  double *pair = kd_arena_alloc(scratch, variables * variables, sizeof *pair);
  out->factor = kd_arena_alloc(scratch, n * (n + 1) / 2 + 1, sizeof *out->factor);
  out->cross = kd_arena_alloc(scratch, out->missing + 1, (n + 1) * sizeof *out->cross);
  out->sampler = kd_arena_alloc(scratch, variables, sizeof *out->sampler);
  KD_CHECK(pair && out->factor && out->cross && out->sampler, err, KD_E_NOMEM, "out of memory for %zu values", n);
  for (size_t a = 0; a < n; a++) {
    for (size_t b = 0; b <= a; b++) {
      if (b == 0 || out->known_row[b] != out->known_row[b - 1])
        site_covariance(pair, out, sites, models, out->known_row[a], out->known_row[b]);
      out->factor[a * (a + 1) / 2 + b] = pair[out->known_variable[a] * variables + out->known_variable[b]];
    }
    out->factor[a * (a + 1) / 2 + a] *= 1 + 1e-9;
  }
  for (size_t a = 0; a < out->missing; a++) {
    for (size_t b = 0; b < n; b++) {
      if (b == 0 || out->known_row[b] != out->known_row[b - 1])
        site_covariance(pair, out, sites, models, out->missing_row[a], out->known_row[b]);
      out->cross[a * n + b] = pair[out->missing_variable[a] * variables + out->known_variable[b]];
    }
  }
  KD_CHECK(n == 0 || kd_triangle_factor(out->factor, n, &row), err, KD_E_MODEL,
           "datum %u: its values are determined by the others under these models: give them a nugget",
           n > 0 ? out->known_row[row] + 1 : 0);
  for (size_t v = 0; v < variables; v++)
    KD_TRY(kd_score_sampler_prepare(&out->sampler[v], &models[v], sites, scratch, err));
out:
  return status;
}

kd_status kd_imputation_draw(double *const *y, const kd_imputation *self, uint64_t seed, const uint32_t *stream,
                             uint64_t realisation, kd_arena *scratch, kd_error *err) {
  kd_status status = KD_OK;
  const size_t n = self->variables, rows = self->rows;
  double *s = kd_arena_alloc(scratch, n * rows + 1, sizeof *s), *f = kd_arena_alloc(scratch, n * rows + 1, sizeof *f);
  double *r = kd_arena_alloc(scratch, 2 * self->known + 2, sizeof *r);
  double *work = kd_arena_alloc(scratch, rows + 1, sizeof *work);
  KD_CHECK(s && f && r && work, err, KD_E_NOMEM, "out of memory for %zu values", n * rows);
  for (size_t k = 0; k < n; k++)
    kd_score_sampler_draw(f + k * rows, &self->sampler[k], seed, stream[k], realisation, work);
  for (size_t v = 0; v < n; v++) {
    for (size_t k = 0; k < n; k++) {
      const double b = self->linear != NULL ? self->linear->back[v * n + k] : v == k ? 1 : 0;
      for (size_t i = 0; i < rows; i++) s[v * rows + i] += b * f[k * rows + i];
    }
    const double mean = self->linear != NULL ? self->linear->mean[v] : 0;
    for (size_t i = 0; i < rows; i++) s[v * rows + i] += mean;
  }
  for (size_t a = 0; a < self->known; a++) {
    const size_t v = self->known_variable[a], i = self->known_row[a];
    r[2 * a] = y[v][i] - s[v * rows + i];
  }
  kd_triangle_solve_two(r, self->factor, self->known);
  for (size_t a = 0; a < self->missing; a++) {
    const size_t v = self->missing_variable[a], i = self->missing_row[a];
    const double *c = self->cross + a * self->known;
    double sum = s[v * rows + i];
    for (size_t b = 0; b < self->known; b++) sum += c[b] * r[2 * b];
    y[v][i] = sum;
  }
out:
  return status;
}
