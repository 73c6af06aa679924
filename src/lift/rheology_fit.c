// SPDX-License-Identifier: Apache-2.0
/* Rheology from rheometer points (cone and plate: one shear rate everywhere).
 *
 *   stress = ty (1 - exp(-m g)) + K g^n          m infinite: Herschel-Bulkley                         (1)
 *   S = sum ((stress_i - model_i)/sigma_i)^2 -> least;  covariance = s^2 (J'J)^-1, s^2 = S/(points - parameters)  (2)
 *
 *   g shear rate [1/s]   ty yield stress [Pa]   K consistency [Pa s^n]   n index   m growth [s]   J = d(model/sigma)/dp
 *
 * Source    Papanastasiou 1987, J. Rheol. 31, 385 (1); (2) Gauss-Newton covariance, as in any text on regression.
 * Numerics  for given n and m the model is linear in ty and K: these are found on a grid of n and m first, then
 *           Levenberg-Marquardt in (ty, ln K, ln n, ln m) from the best. ty is held at 0 where it wants below.
 * Weakness  errors are taken independent and unbiased; slip and thixotropy are not in the model. The limits are linear.
 */
#include "lift/rheology_fit.h"

#include <math.h>
#include <string.h>

#define PI     3.14159265358979323846
#define STEPS  500
#define N_LOW  0.05
#define N_HIGH 3.0

typedef struct points {
  const double *rate, *stress, *sigma;
  size_t count;
} points;

/* Model and its derivatives by (ty, ln K, ln n, ln m) at a rate. */
static double model_at(double d[4], const double p[4], double rate) {
  const double power = rate > 0 ? p[1] * pow(rate, p[2]) : 0, fade = isinf(p[3]) ? 0 : exp(-p[3] * rate);
  const double grown = isinf(p[3]) ? 1.0 : -expm1(-p[3] * rate);
  d[0] = grown;
  d[1] = power;
  d[2] = rate > 0 ? power * p[2] * log(rate) : 0;
  d[3] = isinf(p[3]) ? 0 : p[0] * rate * p[3] * fade;
  return p[0] * grown + power;
}

static double misfit(const points *x, const double p[4]) {
  double sum = 0, d[4];
  for (size_t i = 0; i < x->count; i++) {
    const double r = (x->stress[i] - model_at(d, p, x->rate[i])) / x->sigma[i];
    sum += r * r;
  }
  return sum;
}

/* ty and K for given n and m: two normal equations, ty at least 0. */
static void linear_part(double p[4], const points *x, bool yields) {
  double aa = 0, ab = 0, bb = 0, ay = 0, by = 0;
  for (size_t i = 0; i < x->count; i++) {
    const double w = 1.0 / (x->sigma[i] * x->sigma[i]), g = x->rate[i];
    const double a = isinf(p[3]) ? 1.0 : -expm1(-p[3] * g), b = g > 0 ? pow(g, p[2]) : 0;
    aa += w * a * a, ab += w * a * b, bb += w * b * b, ay += w * a * x->stress[i], by += w * b * x->stress[i];
  }
  const double det = aa * bb - ab * ab;
  p[0] = yields && det > 1e-14 * aa * bb ? (bb * ay - ab * by) / det : 0;
  if (!(p[0] > 0)) p[0] = 0;
  p[1] = fmax((by - ab * p[0]) / bb, 1e-300);
}

static void start(double best[4], const points *x, const bool free[4]) {
  double least = (double)INFINITY;
  double top = 0;
  for (size_t i = 0; i < x->count; i++) top = fmax(top, x->rate[i]);
  for (int k = 0; k < (free[3] ? 13 : 1); k++) {
    for (int i = 0; i < (free[2] ? 40 : 1); i++) {
      double p[4] = {0, 0, free[2] ? N_LOW * pow(N_HIGH / N_LOW, i / 39.0) : 1.0,
                     free[3] ? 0.1 / top * pow(1e4, k / 12.0) : (double)INFINITY};
      linear_part(p, x, free[0]);
      const double s = misfit(x, p);
      if (!(s < least)) continue;
      least = s;
      memcpy(best, p, sizeof p);
    }
  }
}

/* Solves A x = b of order n by Gauss with pivots; false when singular. */
static bool solve(double a[4][4], double b[4], size_t n) {
  for (size_t c = 0; c < n; c++) {
    size_t pivot = c;
    for (size_t r = c + 1; r < n; r++)
      if (fabs(a[r][c]) > fabs(a[pivot][c])) pivot = r;
    if (!(fabs(a[pivot][c]) > 0)) return false;
    for (size_t k = 0; k < n; k++) {
      const double t = a[c][k];
      a[c][k] = a[pivot][k], a[pivot][k] = t;
    }
    const double t = b[c];
    b[c] = b[pivot], b[pivot] = t;
    for (size_t r = 0; r < n; r++) {
      if (r == c) continue;
      const double q = a[r][c] / a[c][c];
      for (size_t k = c; k < n; k++) a[r][k] -= q * a[c][k];
      b[r] -= q * b[c];
    }
  }
  for (size_t r = 0; r < n; r++) b[r] /= a[r][r];
  return true;
}

/* J'J and J'r over the free parameters; which: their places. */
static size_t normal(double a[4][4], double b[4], size_t which[4], const points *x, const double p[4],
                     const bool free[4]) {
  size_t n = 0;
  for (size_t i = 0; i < 4; i++)
    if (free[i]) which[n++] = i;
  memset(a, 0, sizeof(double) * 16);
  memset(b, 0, sizeof(double) * 4);
  for (size_t i = 0; i < x->count; i++) {
    double d[4];
    const double r = (x->stress[i] - model_at(d, p, x->rate[i])) / x->sigma[i];
    for (size_t k = 0; k < n; k++) {
      const double dk = d[which[k]] / x->sigma[i];
      b[k] += dk * r;
      for (size_t j = 0; j < n; j++) a[k][j] += dk * d[which[j]] / x->sigma[i];
    }
  }
  return n;
}

static void move(double next[4], const double p[4], const double step[4], const size_t which[4], size_t n) {
  memcpy(next, p, 4 * sizeof *p);
  for (size_t k = 0; k < n; k++) {
    const size_t i = which[k];
    next[i] = i == 0 ? fmax(p[0] + step[k], 0.0) : p[i] * exp(fmin(fmax(step[k], -2.0), 2.0));
  }
}

/* Levenberg-Marquardt; a yield stress that sits at 0 and is pushed below is taken out. */
static kd_status improve(double p[4], const points *x, bool free[4]) {
  double damping = 1e-3, least = misfit(x, p);
  for (int step = 0; step < STEPS; step++) {
    double a[4][4], b[4], next[4];
    size_t which[4], n = normal(a, b, which, x, p, free);
    if (n == 0 || least == 0) return KD_OK;
    if (free[0] && p[0] == 0 && b[0] <= 0) {
      free[0] = false;
      continue;
    }
    for (size_t k = 0; k < n; k++) a[k][k] *= 1.0 + damping;
    if (!solve(a, b, n)) return KD_E_CONVERGENCE;
    move(next, p, b, which, n);
    const double trial = misfit(x, next);
    double change = 0;
    for (size_t i = 0; i < 4; i++)
      if (free[i]) change = fmax(change, fabs(next[i] - p[i]) / (fabs(p[i]) + 1e-12));
    if (trial <= least) {
      memcpy(p, next, sizeof next);
      const bool done = change < 1e-13 || (change < 1e-9 && least - trial <= 1e-15 * least);
      least = trial, damping = fmax(0.1 * damping, 1e-14);
      if (done) return KD_OK;
    } else {
      if (change < 1e-10) return KD_OK;
      damping *= 10.0;
      if (damping > 1e14) return KD_OK;
    }
  }
  return KD_E_CONVERGENCE;
}

/* Student's t within +-t, for whole degrees of freedom: the finite series (Abramowitz and Stegun 26.7.3-4). */
static double student_within(double t, size_t v) {
  const double theta = atan(t / sqrt((double)v)), c = cos(theta), s = sin(theta);
  double term = v % 2 ? c : 1.0, sum = v % 2 ? (v > 1 ? c : 0) : 1.0;
  for (size_t k = v % 2 ? 3 : 2; k + 1 < v; k += 2) {
    term *= (double)(k - 1) / (double)k * c * c;
    sum += term;
  }
  return v % 2 ? 2.0 / PI * (theta + s * sum) : s * sum;
}

double kd_student_quantile(size_t freedom) {
  if (freedom == 0) return (double)NAN;
  double low = 1.9, high = 13.0;
  for (int i = 0; i < 60; i++) {
    const double middle = 0.5 * (low + high);
    if (student_within(middle, freedom) < 0.95)
      low = middle;
    else
      high = middle;
  }
  return 0.5 * (low + high);
}

/* (2), in the parameters themselves: d/dK = d/dlnK / K. */
static kd_status spread(kd_rheology_fit *out, const points *x) {
  double a[4][4], b[4];
  size_t which[4];
  const size_t n = normal(a, b, which, x, out->value, out->free);
  const double sum = misfit(x, out->value);
  out->freedom = x->count - n;
  out->residual = out->freedom > 0 ? sqrt(sum / (double)out->freedom) : (double)NAN;
  out->quantile = kd_student_quantile(out->freedom);
  for (size_t i = 0; i < 4; i++) {
    out->error[i] = (double)NAN;
    for (size_t j = 0; j < 4; j++) out->covariance[i][j] = (double)NAN;
  }
  for (size_t k = 0; k < n; k++) {
    double m[4][4], unit[4] = {0};
    memcpy(m, a, sizeof m);
    unit[k] = 1;
    if (!solve(m, unit, n)) return KD_E_CONVERGENCE;
    for (size_t j = 0; j < n; j++) {
      const double sk = which[k] == 0 ? 1.0 : out->value[which[k]], sj = which[j] == 0 ? 1.0 : out->value[which[j]];
      out->covariance[which[k]][which[j]] = unit[j] * sk * sj * out->residual * out->residual;
    }
    out->error[which[k]] = sqrt(out->covariance[which[k]][which[k]]);
  }
  double mean = 0, total = 0, left = 0, d[4];
  for (size_t i = 0; i < x->count; i++) mean += x->stress[i] / (double)x->count;
  for (size_t i = 0; i < x->count; i++) {
    const double r = x->stress[i] - model_at(d, out->value, x->rate[i]);
    left += r * r, total += (x->stress[i] - mean) * (x->stress[i] - mean);
  }
  out->rms = sqrt(left / (double)x->count);
  out->r_squared = total > 0 ? 1.0 - left / total : (double)NAN;
  return KD_OK;
}

kd_status kd_rheology_fit_points(kd_rheology_fit *out, kd_fit_model model, const double *rate, const double *stress,
                                 const double *sigma, size_t count, kd_error *err) {
  kd_status status = KD_OK;
  const points x = {rate, stress, sigma, count};
  const bool yields = model != KD_FIT_POWER_LAW && model != KD_FIT_NEWTONIAN;
  *out = (kd_rheology_fit){.points = count};
  out->free[0] = yields;
  out->free[1] = true;
  out->free[2] = model != KD_FIT_BINGHAM && model != KD_FIT_NEWTONIAN;
  out->free[3] = model == KD_FIT_PAPANASTASIOU;
  size_t wanted = 1, rates = 0;
  for (size_t i = 0; i < 4; i++) wanted += out->free[i];
  for (size_t i = 0; i < count; i++) {
    KD_CHECK(isfinite(rate[i]) && isfinite(stress[i]), err, KD_E_MISSING,
             "row %zu: shear rate and stress must both be numbers; leave the row out", i + 1);
    KD_CHECK(rate[i] >= 0, err, KD_E_RANGE, "row %zu: shear_rate %g 1/s must be at least 0 1/s", i + 1, rate[i]);
    KD_CHECK(stress[i] >= 0, err, KD_E_RANGE, "row %zu: stress %g Pa must be at least 0 Pa", i + 1, stress[i]);
    KD_CHECK(sigma[i] > 0 && isfinite(sigma[i]), err, KD_E_RANGE, "row %zu: sigma %g Pa must be above 0 Pa", i + 1,
             sigma[i]);
    bool seen = rate[i] == 0;
    for (size_t k = 0; k < i && !seen; k++) seen = rate[k] == rate[i];
    rates += !seen;
  }
  KD_CHECK(count >= wanted, err, KD_E_SIZE, "%zu points: the model has %zu parameters and wants at least %zu points",
           count, wanted - 1, wanted);
  KD_CHECK(rates + 1 >= wanted, err, KD_E_SIZE,
           "%zu different shear rates above 0: a model of %zu parameters wants at least %zu", rates, wanted - 1,
           wanted - 1);
  start(out->value, &x, out->free);
  status = improve(out->value, &x, out->free);
  if (status == KD_OK) status = spread(out, &x);
  KD_CHECK(status == KD_OK, err, status, "the fit of %zu points does not settle; choose a model of fewer parameters",
           count);
out:
  return status;
}
