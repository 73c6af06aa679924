// SPDX-License-Identifier: Apache-2.0
/* Downhill simplex: reflection 1, expansion 2, contraction 1/2, shrinkage 1/2.
 * Source    Nelder and Mead 1965, Computer J. 7, 308. */
#include <math.h>
#include <string.h>

#include "deposit/variogram_fit.h"

static void order(double x[][KD_SIMPLEX_MAX], double *f, size_t n) {
  for (size_t i = 1; i <= n; i++) {
    for (size_t j = i; j > 0 && f[j] < f[j - 1]; j--) {
      double row[KD_SIMPLEX_MAX];
      const double t = f[j];
      f[j] = f[j - 1];
      f[j - 1] = t;
      memcpy(row, x[j], sizeof row);
      memcpy(x[j], x[j - 1], sizeof row);
      memcpy(x[j - 1], row, sizeof row);
    }
  }
}

double kd_simplex(double *best, const double *step, size_t n, size_t most, double tolerance, kd_simplex_fn *function,
                  void *user, size_t *evaluations) {
  double x[KD_SIMPLEX_MAX + 1][KD_SIMPLEX_MAX] = {{0.0}}, f[KD_SIMPLEX_MAX + 1];
  size_t count = 0;
  for (size_t i = 0; i <= n; i++) {
    memcpy(x[i], best, n * sizeof *best);
    if (i > 0) x[i][i - 1] += step[i - 1];
    f[i] = function(x[i], user);
    count++;
  }
  for (order(x, f, n); n > 0 && count < most; order(x, f, n)) {
    double centre[KD_SIMPLEX_MAX] = {0.0}, a[KD_SIMPLEX_MAX] = {0.0}, b[KD_SIMPLEX_MAX] = {0.0}, size = 0.0;
    for (size_t i = 0; i < n; i++)
      for (size_t k = 0; k < n; k++) {
        centre[k] += x[i][k] / (double)n;
        size = fmax(size, fabs(x[i + 1][k] - x[0][k]));
      }
    if (size < tolerance) break;
    for (size_t k = 0; k < n; k++) a[k] = 2.0 * centre[k] - x[n][k];
    const double fa = function(a, user);
    count++;
    const double reach = fa < f[0] ? 3.0 : fa < f[n] ? 1.5 : 0.5; /* from the worst point through the centre */
    if (fa < f[n - 1] && !(fa < f[0])) {
      memcpy(x[n], a, sizeof a);
      f[n] = fa;
      continue;
    }
    for (size_t k = 0; k < n; k++) b[k] = x[n][k] + reach * (centre[k] - x[n][k]);
    const double fb = function(b, user);
    count++;
    if (fb < fmin(fa, f[n])) {
      memcpy(x[n], b, sizeof b);
      f[n] = fb;
    } else if (fa < f[0]) {
      memcpy(x[n], a, sizeof a);
      f[n] = fa;
    } else {
      for (size_t i = 1; i <= n; i++) {
        for (size_t k = 0; k < n; k++) x[i][k] = 0.5 * (x[i][k] + x[0][k]);
        f[i] = function(x[i], user);
        count++;
      }
    }
  }
  memcpy(best, x[0], n * sizeof *best);
  if (evaluations != NULL) *evaluations += count;
  return f[0];
}
