// SPDX-License-Identifier: Apache-2.0
/* Linear factors.
 *
 *   S = sum_i w_i (y_i - m)(y_i - m)^T / sum w = Q L Q^T ,  PCA: f = L^(-1/2) Q^T (y - m)                  (1)
 *   G = 1/(2 N) sum_pairs (f_i - f_j)(f_i - f_j)^T = A M A^T ,  MAF: A^T f, M least first                  (2)
 *
 *   pairs: those at the lag; the first factor has the least variogram there, the strongest autocorrelation
 *
 * Source    Switzer and Green 1984; Desbarats and Dimitrakopoulos 2000, Mathematical Geology 32, 919 (MAF).
 * Weakness  MAF are uncorrelated at lag 0 and at the one lag; at others only when two structures make the model.
 *           Pairs count alike whatever the weights of the data.
 */
#include "deposit/factors.h"

#include <math.h>

#include "base/error.h"
#include "numerics/symmetric.h"

kd_status kd_covariance_matrix(double *matrix, double *mean, const double *const *y, const double *weight, size_t count,
                               size_t n, kd_error *err) {
  kd_status status = KD_OK;
  double total = 0;
  KD_CHECK(count >= 2, err, KD_E_RANGE, "%zu data: at least 2 are wanted", count);
  for (size_t i = 0; i < count; i++) {
    const double w = weight != NULL ? weight[i] : 1;
    KD_CHECK(w >= 0 && isfinite(w), err, KD_E_RANGE, "row %zu: weight %g: must be at least 0", i + 1, w);
    total += w;
    for (size_t a = 0; a < n; a++)
      KD_CHECK(isfinite(y[a][i]), err, KD_E_MISSING, "row %zu: variable %zu is missing: leave the row out", i + 1,
               a + 1);
  }
  KD_CHECK(total > 0, err, KD_E_RANGE, "the weights sum to 0");
  for (size_t a = 0; a < n; a++) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) sum += (weight != NULL ? weight[i] : 1) * y[a][i];
    mean[a] = sum / total;
  }
  for (size_t a = 0; a < n; a++) {
    for (size_t b = 0; b <= a; b++) {
      double sum = 0;
      for (size_t i = 0; i < count; i++)
        sum += (weight != NULL ? weight[i] : 1) * (y[a][i] - mean[a]) * (y[b][i] - mean[b]);
      matrix[a * n + b] = matrix[b * n + a] = sum / total;
    }
  }
out:
  return status;
}

static kd_status reserve(kd_factors *out, double **vectors, double **matrix, size_t n, kd_arena *scratch,
                         kd_error *err) {
  kd_status status = KD_OK;
  *out = (kd_factors){.n = n,
                      .mean = kd_arena_alloc(scratch, n, sizeof(double)),
                      .forward = kd_arena_alloc(scratch, n * n, sizeof(double)),
                      .back = kd_arena_alloc(scratch, n * n, sizeof(double)),
                      .eigenvalue = kd_arena_alloc(scratch, n, sizeof(double))};
  *vectors = kd_arena_alloc(scratch, n * n, sizeof(double));
  *matrix = kd_arena_alloc(scratch, n * n, sizeof(double));
  KD_CHECK(out->mean && out->forward && out->back && out->eigenvalue && *vectors && *matrix, err, KD_E_NOMEM,
           "out of memory for %zu variables", n);
out:
  return status;
}

kd_status kd_factors_pca(kd_factors *out, const double *const *y, const double *weight, size_t count, size_t n,
                         bool unit, kd_arena *scratch, kd_error *err) {
  kd_status status = KD_OK;
  double *vectors = NULL, *matrix = NULL;
  KD_TRY(reserve(out, &vectors, &matrix, n, scratch, err));
  KD_TRY(kd_covariance_matrix(matrix, out->mean, y, weight, count, n, err));
  kd_symmetric_eigen(out->eigenvalue, vectors, matrix, n);
  for (size_t k = 0; k < n; k++) {
    KD_CHECK(!unit || out->eigenvalue[k] > 1e-12 * out->eigenvalue[0], err, KD_E_MODEL,
             "component %zu of %zu has no variance: a variable is constant or a sum of others", k + 1, n);
    const double scale = unit ? sqrt(out->eigenvalue[k]) : 1;
    for (size_t a = 0; a < n; a++) {
      out->forward[k * n + a] = vectors[a * n + k] / scale;
      out->back[a * n + k] = vectors[a * n + k] * scale;
    }
  }
out:
  return status;
}

/* Equation (2); returns the number of pairs. */
static size_t lag_variogram(double *matrix, const double *factor, size_t count, size_t n, const double *const places[3],
                            double lag, double tolerance) {
  size_t pairs = 0;
  for (size_t i = 0; i < count; i++) {
    for (size_t j = 0; j < i; j++) {
      double square = 0;
      for (int a = 0; a < 3; a++)
        if (places[a] != NULL) square += (places[a][i] - places[a][j]) * (places[a][i] - places[a][j]);
      if (!(fabs(sqrt(square) - lag) <= tolerance)) continue;
      pairs++;
      for (size_t a = 0; a < n; a++) {
        const double d = factor[i * n + a] - factor[j * n + a];
        for (size_t b = 0; b <= a; b++) matrix[a * n + b] += d * (factor[i * n + b] - factor[j * n + b]);
      }
    }
  }
  for (size_t a = 0; a < n; a++)
    for (size_t b = 0; b <= a; b++)
      matrix[a * n + b] = matrix[b * n + a] = pairs > 0 ? matrix[a * n + b] / (2.0 * (double)pairs) : 0;
  return pairs;
}

kd_status kd_factors_maf(kd_factors *out, const double *const *y, const double *weight, size_t count, size_t n,
                         const double *const places[3], double lag, double tolerance, kd_arena *scratch,
                         kd_error *err) {
  kd_status status = KD_OK;
  kd_factors pca;
  double *vectors = NULL, *matrix = NULL, *factor = NULL, *row = NULL;
  KD_CHECK(lag >= 0 && tolerance >= 0, err, KD_E_RANGE, "lag %g m, tolerance %g m: must be at least 0 m", lag,
           tolerance);
  KD_TRY(kd_factors_pca(&pca, y, weight, count, n, true, scratch, err));
  KD_TRY(reserve(out, &vectors, &matrix, n, scratch, err));
  factor = kd_arena_alloc(scratch, count * n, sizeof(double));
  row = kd_arena_alloc(scratch, n, sizeof(double));
  KD_CHECK(factor && row, err, KD_E_NOMEM, "out of memory for %zu data", count);
  for (size_t i = 0; i < count; i++) {
    for (size_t a = 0; a < n; a++) row[a] = y[a][i];
    kd_factors_forward(factor + i * n, &pca, row);
  }
  KD_CHECK(lag_variogram(matrix, factor, count, n, places, lag, tolerance) > 0, err, KD_E_RANGE,
           "no pair of data lies %g m (tolerance %g m) apart: another lag is wanted", lag, tolerance);
  kd_symmetric_eigen(out->eigenvalue, vectors, matrix, n);
  for (size_t k = 0; k < n / 2; k++) { /* least variogram first */
    const double swap = out->eigenvalue[k];
    out->eigenvalue[k] = out->eigenvalue[n - 1 - k];
    out->eigenvalue[n - 1 - k] = swap;
  }
  for (size_t k = 0; k < n; k++) {
    const double *a = vectors + (n - 1 - k);
    for (size_t v = 0; v < n; v++) {
      double forward = 0, back = 0;
      for (size_t c = 0; c < n; c++) {
        forward += a[c * n] * pca.forward[c * n + v];
        back += pca.back[v * n + c] * a[c * n];
      }
      out->forward[k * n + v] = forward;
      out->back[v * n + k] = back;
    }
    out->mean[k] = pca.mean[k];
  }
out:
  return status;
}

void kd_factors_forward(double *out, const kd_factors *self, const double *in) {
  for (size_t k = 0; k < self->n; k++) {
    double sum = 0;
    for (size_t v = 0; v < self->n; v++) sum += self->forward[k * self->n + v] * (in[v] - self->mean[v]);
    out[k] = sum;
  }
}

void kd_factors_back(double *out, const kd_factors *self, const double *in) {
  for (size_t v = 0; v < self->n; v++) {
    double sum = self->mean[v];
    for (size_t k = 0; k < self->n; k++) sum += self->back[v * self->n + k] * in[k];
    out[v] = sum;
  }
}
