// SPDX-License-Identifier: Apache-2.0
/* Linear model of coregionalisation and its fit.
 *
 * One matrix after the other is put to the least-squares answer given the others, and then to the nearest positive
 * semi-definite matrix, until the sum of squares stands still:
 *   B_k := psd( sum_h w_h f_k(h) [G(h) - sum_(l != k) B_l f_l(h)] / sum_h w_h f_k(h)^2 )
 *
 * Source    Goulard and Voltz 1992, Math. Geol. 24, 269; Wackernagel 2003, ch. 26.
 * Weakness  ranges are given, not fitted; a pair without its own weight counts as any other.
 */
#include "deposit/coregionalisation.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "numerics/symmetric.h"

void kd_nearest_positive(double *matrix, size_t n) {
  double copy[KD_VARIABLES_MAX * KD_VARIABLES_MAX], value[KD_VARIABLES_MAX];
  double vector[KD_VARIABLES_MAX * KD_VARIABLES_MAX];
  memcpy(copy, matrix, n * n * sizeof *copy);
  kd_symmetric_eigen(value, vector, copy, n);
  if (value[n - 1] >= 0.0) return;
  for (size_t i = 0; i < n; i++) {
    for (size_t j = 0; j < n; j++) {
      double sum = 0.0;
      for (size_t k = 0; k < n; k++)
        if (value[k] > 0.0) sum += vector[i * n + k] * value[k] * vector[j * n + k];
      matrix[i * n + j] = sum;
    }
  }
}

double kd_coregionalisation_least(const kd_coregionalisation *self, size_t structure) {
  const size_t n = self->variables;
  double copy[KD_VARIABLES_MAX * KD_VARIABLES_MAX], value[KD_VARIABLES_MAX];
  double vector[KD_VARIABLES_MAX * KD_VARIABLES_MAX];
  memcpy(copy, self->sill[structure], n * n * sizeof *copy);
  kd_symmetric_eigen(value, vector, copy, n);
  return value[n - 1];
}

double kd_coregionalisation_at(const kd_coregionalisation *self, size_t i, size_t j, double dx, double dy, double dz) {
  double sum = 0.0;
  for (size_t k = 0; k < self->structures; k++)
    sum += self->sill[k][i * self->variables + j] * kd_covariance_at(&self->structure[k], dx, dy, dz);
  return sum;
}

static kd_status find_variable(size_t *out, kd_coregionalisation *self, const char *name, kd_error *err) {
  for (*out = 0; *out < self->variables; ++*out)
    if (strcmp(self->name[*out], name) == 0) return KD_OK;
  if (name[0] == '\0' || strlen(name) >= sizeof self->name[0])
    return kd_error_set(err, KD_E_MISSING, "coregionalisation: the name of a variable is wanted");
  if (self->variables == KD_VARIABLES_MAX)
    return kd_error_set(err, KD_E_SIZE, "coregionalisation: at most %d variables", KD_VARIABLES_MAX);
  snprintf(self->name[self->variables++], sizeof self->name[0], "%s", name);
  return KD_OK;
}

static bool same_structure(const kd_structure *a, const kd_structure *b) {
  if (a->kind != b->kind) return false;
  if (a->kind <= KD_MEASUREMENT_ERROR) return true;
  return memcmp(a->map, b->map, sizeof a->map) == 0 && (a->shape == b->shape || (isnan(a->shape) && isnan(b->shape)));
}

static double number(const kd_table *table, const char *name, size_t row, double missing) {
  const kd_column *column = kd_table_column(table, name);
  return column == NULL || (isnan(column->number[row]) && !isnan(missing)) ? missing : column->number[row];
}

static kd_status read_row(kd_coregionalisation *out, const kd_table *table, size_t row, size_t n, kd_error *err) {
  kd_status status = KD_OK;
  kd_covariance one = {0};
  size_t i, j, k;
  KD_TRY(find_variable(&i, out, kd_table_column(table, "first")->text[row], err));
  KD_TRY(find_variable(&j, out, kd_table_column(table, "second")->text[row], err));
  kd_structure s = {.sill = 1.0,
                    .range = number(table, "range", row, (double)NAN),
                    .semi = number(table, "semi", row, (double)NAN),
                    .minor = number(table, "minor", row, (double)NAN),
                    .azimuth = number(table, "azimuth", row, 0.0),
                    .dip = number(table, "dip", row, 0.0),
                    .rake = number(table, "rake", row, 0.0),
                    .shape = number(table, "shape", row, (double)NAN)};
  KD_TRY(kd_structure_kind_find(&s.kind, kd_table_column(table, "structure")->text[row], err));
  KD_TRY(kd_covariance_add(&one, &s, err));
  KD_CHECK(one.has_sill, err, KD_E_CONTRADICTION, "coregionalisation wants structures with a sill, not %s",
           kd_structure_words[s.kind]);
  for (k = 0; k < out->structures; k++)
    if (same_structure(&out->structure[k].structure[0], &one.structure[0])) break;
  KD_CHECK(k < KD_STRUCTURES_MAX, err, KD_E_SIZE, "coregionalisation: at most %d structures", KD_STRUCTURES_MAX);
  if (k == out->structures) out->structure[out->structures++] = one;
  const double sill = number(table, "sill", row, (double)NAN);
  KD_CHECK(isfinite(sill), err, KD_E_MISSING, "coregionalisation: the sill of %s, %s is missing", out->name[i],
           out->name[j]);
  out->sill[k][i * n + j] = out->sill[k][j * n + i] = sill;
out:
  return status;
}

kd_status kd_coregionalisation_read(kd_coregionalisation *out, const kd_table *table, kd_error *err) {
  kd_status status = KD_OK;
  size_t number; /* of the variable: its name is all that counts here */
  memset(out, 0, sizeof *out);
  for (size_t r = 0; r < table->rows; r++) {
    KD_TRY(find_variable(&number, out, kd_table_column(table, "first")->text[r], err));
    KD_TRY(find_variable(&number, out, kd_table_column(table, "second")->text[r], err));
  }
  for (size_t r = 0; r < table->rows; r++) KD_TRY(read_row(out, table, r, out->variables, err));
  for (size_t k = 0; k < out->structures; k++) {
    double trace = 0.0;
    for (size_t i = 0; i < out->variables; i++) trace += out->sill[k][i * out->variables + i];
    const double least = kd_coregionalisation_least(out, k);
    KD_CHECK(least >= -1e-9 * fmax(trace, 1e-300), err, KD_E_CONTRADICTION,
             "coregionalisation: the sills of %s are no valid matrix: eigenvalue %g below 0",
             kd_structure_words[out->structure[k].structure[0].kind], least);
  }
out:
  return status;
}

double kd_coregionalisation_fit(kd_coregionalisation *self, size_t lags, const double *distance, const double *weight,
                                const double *gamma) {
  const size_t p = self->variables, pp = p * p;
  double old = (double)INFINITY, sse = (double)INFINITY;
  for (int turn = 0; turn < 2000; turn++) {
    for (size_t k = 0; k < self->structures; k++) {
      double sum[KD_VARIABLES_MAX * KD_VARIABLES_MAX] = {0.0}, norm = 0.0;
      for (size_t h = 0; h < lags; h++) {
        double f[KD_STRUCTURES_MAX];
        for (size_t l = 0; l < self->structures; l++)
          f[l] = kd_semivariance(&self->structure[l], distance[h], 0.0, 0.0);
        norm += weight[h] * f[k] * f[k];
        for (size_t c = 0; c < pp; c++) {
          double rest = gamma[h * pp + c];
          for (size_t l = 0; l < self->structures; l++)
            if (l != k) rest -= self->sill[l][c] * f[l];
          sum[c] += weight[h] * f[k] * rest;
        }
      }
      for (size_t c = 0; c < pp; c++) self->sill[k][c] = norm > 0.0 ? sum[c] / norm : 0.0;
      kd_nearest_positive(self->sill[k], p);
    }
    sse = 0.0;
    for (size_t h = 0; h < lags; h++) {
      for (size_t c = 0; c < pp; c++) {
        double rest = gamma[h * pp + c];
        for (size_t l = 0; l < self->structures; l++)
          rest -= self->sill[l][c] * kd_semivariance(&self->structure[l], distance[h], 0.0, 0.0);
        sse += weight[h] * rest * rest;
      }
    }
    if (!(old - sse > 1e-14 * sse)) break;
    old = sse;
  }
  return sse;
}
