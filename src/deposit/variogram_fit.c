// SPDX-License-Identifier: Apache-2.0
/* Weighted least squares: min sum w_k (g_k - sum_i sill_i f_i(h_k; range_i))^2 over sills >= 0 and ranges > 0.
 *
 * Many starts: for given ranges the sills are a linear problem with sills >= 0, solved by dropping what turns negative;
 * the ranges (and the ellipse) go by downhill simplex in their logarithms from a grid of starts, and the best end is
 * polished by Gauss-Newton to the stationary point. Local: Gauss-Newton from the given model, steps cut to a fifth of
 * the length of the parameters while they are longer, weights from the given model, stop when the sum of squares falls
 * by less than 1e-5 of itself, at most 200 steps: the rules of gstat, so that its values come out.
 * A sill below 0 is then held at 0 and the rest fitted again.
 *
 * Source    Cressie 1985, Math. Geol. 17, 563; Pebesma 2004 for the local rules.
 * Weakness  weights of N/h^2 leave the far lags little to say; a lag without pairs counts for nothing.
 */
#include "deposit/variogram_fit.h"

#include <math.h>
#include <string.h>

#define MOST 24

typedef struct problem {
  const kd_fit_lags *lags;
  const kd_fit_rule *rule;
  kd_covariance model;
  double *weight;
  double scale; /* of the lags */
  size_t evaluations;
  bool held[KD_STRUCTURES_MAX]; /* sills that a local fit found below 0: they stay at 0 */
} problem;

static bool is_flat(const kd_structure *s) {
  return s->kind <= KD_MEASUREMENT_ERROR;
}
static bool has_range(const kd_structure *s) {
  return !is_flat(s) && s->kind != KD_SPLINE && s->kind != KD_LINEAR && s->kind != KD_POWER;
}

static void lag_vector(double d[3], const kd_fit_lags *lags, size_t k) {
  const double azimuth = lags->azimuth != NULL ? lags->azimuth[k] : 0.0, dip = lags->dip != NULL ? lags->dip[k] : 0.0;
  d[0] = lags->distance[k] * sin(azimuth) * cos(dip);
  d[1] = lags->distance[k] * cos(azimuth) * cos(dip);
  d[2] = lags->distance[k] * sin(dip);
}

static double unit(const kd_covariance *model, size_t structure, const kd_fit_lags *lags, size_t k) {
  kd_covariance one = {.count = 1, .has_sill = true};
  double d[3];
  one.structure[0] = model->structure[structure];
  one.structure[0].sill = 1.0;
  lag_vector(d, lags, k);
  return kd_semivariance(&one, d[0], d[1], d[2]);
}

static double gamma_at(const kd_covariance *model, const kd_fit_lags *lags, size_t k) {
  double d[3];
  lag_vector(d, lags, k);
  return kd_semivariance(model, d[0], d[1], d[2]);
}

static double sum_of_squares(const problem *p) {
  double sum = 0.0;
  for (size_t k = 0; k < p->lags->count; k++) {
    if (p->weight[k] == 0.0) continue;
    const double r = p->lags->gamma[k] - gamma_at(&p->model, p->lags, k);
    sum += p->weight[k] * r * r;
  }
  return sum;
}

/* Puts a new range into a structure, the ratios of its axes kept. */
static void set_range(kd_structure *s, double range) {
  const double f = range / s->range;
  s->range = range;
  s->semi *= f;
  s->minor *= f;
  for (int i = 0; i < 9; i++) s->map[i] /= f;
}

/* Solves the m normal equations by Cholesky; false when singular. Diagonal scaled to 1 first. */
static bool solve(double *a, double *b, size_t m) {
  double scale[MOST];
  for (size_t i = 0; i < m; i++) {
    if (!(a[i * m + i] > 0.0)) return false;
    scale[i] = 1.0 / sqrt(a[i * m + i]);
  }
  for (size_t i = 0; i < m; i++) {
    b[i] *= scale[i];
    for (size_t j = 0; j < m; j++) a[i * m + j] *= scale[i] * scale[j];
  }
  if (!kd_cholesky(a, m, m, 1e-14)) return false;
  kd_cholesky_forward(a, m, m, b);
  kd_cholesky_backward(a, m, m, b);
  for (size_t i = 0; i < m; i++) b[i] *= scale[i];
  return true;
}

/* Best sills >= 0 for the ranges of the model: least squares over the structures that stay above 0. */
static void best_sills(problem *p) {
  const size_t n = p->model.count;
  bool used[KD_STRUCTURES_MAX];
  for (size_t i = 0; i < n; i++) used[i] = true;
  for (size_t round = 0; round < n; round++) {
    double a[MOST * MOST] = {0.0}, b[MOST] = {0.0};
    size_t which[KD_STRUCTURES_MAX], m = 0;
    for (size_t i = 0; i < n; i++)
      if (used[i]) which[m++] = i;
    for (size_t k = 0; k < p->lags->count; k++) {
      double f[KD_STRUCTURES_MAX];
      if (p->weight[k] == 0.0) continue;
      for (size_t i = 0; i < m; i++) f[i] = unit(&p->model, which[i], p->lags, k);
      for (size_t i = 0; i < m; i++) {
        b[i] += p->weight[k] * f[i] * p->lags->gamma[k];
        for (size_t j = 0; j < m; j++) a[i * m + j] += p->weight[k] * f[i] * f[j];
      }
    }
    for (size_t i = 0; i < n; i++) p->model.structure[i].sill = 0.0;
    bool ok = m > 0 && solve(a, b, m);
    size_t worst = 0;
    for (size_t i = 0; ok && i < m; i++) {
      p->model.structure[which[i]].sill = b[i];
      if (b[i] < b[worst]) worst = i;
    }
    if (ok && b[worst] >= 0.0) return;
    if (m == 0) return;
    used[which[ok ? worst : m - 1]] = false;
    for (size_t i = 0; i < n; i++) p->model.structure[i].sill = 0.0;
  }
}

/* x: logarithms of the ranges over the scale; then azimuth and logarithm of the ratio when the ellipse is fitted. */
static double profile(const double *x, void *user) {
  problem *p = user;
  size_t at = 0, ranges = 0;
  double penalty = 0.0;
  for (size_t i = 0; i < p->model.count; i++) ranges += has_range(&p->model.structure[i]);
  for (size_t i = 0; i < p->model.count; i++) {
    kd_structure *s = &p->model.structure[i];
    if (is_flat(s)) continue;
    double range = s->range;
    if (has_range(s) && !p->rule->fix_ranges) {
      const double bounded = fmax(-7.0, fmin(4.0, x[at]));
      penalty += fabs(x[at] - bounded);
      range = p->scale * exp(bounded);
      at++;
    }
    if (!p->rule->anisotropy) {
      set_range(s, range);
      continue;
    }
    const double *tail = x + (p->rule->fix_ranges ? 0 : ranges);
    const double ratio = exp(-fabs(tail[1]));
    kd_covariance one = {0};
    kd_structure t = *s;
    t.range = range;
    t.semi = t.minor = range * fmax(ratio, 1e-3);
    t.azimuth = tail[0];
    if (kd_covariance_add(&one, &t, NULL) == KD_OK) *s = one.structure[0];
  }
  if (!p->rule->fix_sills) best_sills(p);
  return sum_of_squares(p) * (1.0 + penalty);
}

/* One Gauss-Newton step over sills and ranges that may move; bound: gstat's. Returns false when singular. */
static bool step(problem *p, bool bound, bool *cut, double *length) {
  double jacobian[MOST], a[MOST * MOST] = {0.0}, b[MOST] = {0.0}, *place[MOST];
  bool range[MOST];
  size_t m = 0, owner[MOST];
  for (size_t i = 0; i < p->model.count && m + 2 <= MOST; i++) {
    kd_structure *s = &p->model.structure[i];
    if (!p->rule->fix_sills && !p->held[i] && (bound || s->sill > 0.0)) {
      owner[m] = i;
      range[m] = false;
      place[m++] = &s->sill;
    }
    if (!p->rule->fix_ranges && !p->held[i] && has_range(s) && (bound || s->sill > 0.0)) {
      owner[m] = i;
      range[m] = true;
      place[m++] = &s->range;
    }
  }
  *cut = false;
  *length = 0.0;
  if (m == 0) return true;
  for (size_t k = 0; k < p->lags->count; k++) {
    if (p->weight[k] == 0.0) continue;
    const double r = p->lags->gamma[k] - gamma_at(&p->model, p->lags, k);
    for (size_t i = 0; i < m; i++) {
      if (!range[i]) {
        jacobian[i] = unit(&p->model, owner[i], p->lags, k);
        continue;
      }
      kd_covariance other = p->model;
      kd_structure *s = &other.structure[owner[i]];
      const double at = s->range, h = 1e-5 * at;
      set_range(s, at + h);
      const double high = s->sill * unit(&other, owner[i], p->lags, k);
      set_range(s, at - h);
      jacobian[i] = (high - s->sill * unit(&other, owner[i], p->lags, k)) / (2.0 * h);
    }
    for (size_t i = 0; i < m; i++) {
      b[i] += p->weight[k] * jacobian[i] * r;
      for (size_t j = 0; j < m; j++) a[i * m + j] += p->weight[k] * jacobian[i] * jacobian[j];
    }
  }
  if (!solve(a, b, m)) return false;
  double moved = 0.0, held = 0.0;
  bool any_range = false;
  for (size_t i = 0; i < m; i++) {
    moved += b[i] * b[i];
    held += *place[i] * *place[i];
    any_range = any_range || range[i];
    *length = fmax(*length, fabs(b[i]) / fmax(fabs(*place[i]), 1e-300));
  }
  const double share = sqrt(moved / held);
  if (bound && any_range && share > 0.2) {
    *cut = true;
    for (size_t i = 0; i < m; i++) b[i] *= 0.2 / share;
  }
  for (size_t i = 0; i < m; i++) {
    if (range[i]) {
      if (!(*place[i] + b[i] > 0.0)) return false;
      set_range(&p->model.structure[owner[i]], *place[i] + b[i]);
    } else {
      *place[i] += b[i];
    }
  }
  return true;
}

static kd_status fit_local(kd_fit *out, problem *p, kd_error *err) {
  kd_status status = KD_OK;
  double old = (double)INFINITY, length;
  bool below = false;
  for (size_t i = 0; i < p->model.count; i++)
    if (!p->held[i] && p->model.structure[i].sill == 0.0 && !p->rule->fix_sills) p->model.structure[i].sill = 1.0;
  for (out->iterations = 1; out->iterations <= 200; out->iterations++) {
    bool cut;
    KD_CHECK(step(p, true, &cut, &length), err, KD_E_CONVERGENCE,
             "the fit is singular from this start: other starting values, or search=global");
    const double sse = sum_of_squares(p);
    const double fall = sse > 0.0 ? (old - sse) / sse : 0.0;
    old = sse;
    if (fall < 1e-5 && fall >= 0.0 && !cut) {
      out->converged = true;
      break;
    }
  }
  for (size_t i = 0; i < p->model.count; i++) {
    if (p->held[i] || !(p->model.structure[i].sill < 0.0)) continue;
    p->model.structure[i].sill = 0.0;
    p->held[i] = below = true;
  }
  if (below) KD_TRY(fit_local(out, p, err)); /* once more with what fell below 0 held at 0 */
out:
  return status;
}

static void fit_global(kd_fit *out, problem *p) {
  static const double share[] = {0.08, 0.2, 0.4, 0.7, 1.2};
  kd_covariance best_model = p->model;
  double best = (double)INFINITY, length = 1.0;
  size_t ranges = 0, starts = 1;
  for (size_t i = 0; i < p->model.count; i++) ranges += has_range(&p->model.structure[i]);
  if (p->rule->fix_ranges) ranges = 0;
  if (ranges > KD_SIMPLEX_MAX - 2) ranges = KD_SIMPLEX_MAX - 2;
  for (size_t r = 0; r < ranges && r < 3; r++) starts *= 5;
  const size_t turns = p->rule->anisotropy ? 4 : 1, n = ranges + (p->rule->anisotropy ? 2 : 0);
  for (size_t s = 0; s <= starts * turns; s++) {
    double x[KD_SIMPLEX_MAX] = {0.0}, by[KD_SIMPLEX_MAX];
    size_t code = s % starts;
    size_t at = 0;
    for (size_t i = 0; i < p->model.count && at < ranges; i++) {
      if (!has_range(&best_model.structure[i])) continue;
      x[at] = s == starts * turns ? log(best_model.structure[i].range / p->scale) : log(share[code % 5]);
      by[at++] = 0.3;
      code /= 5;
    }
    if (p->rule->anisotropy) {
      x[ranges] = (double)(s / starts) * 0.78539816339744831;
      x[ranges + 1] = 0.7;
      by[ranges] = 0.3;
      by[ranges + 1] = 0.3;
      if (s == starts * turns) continue;
    }
    const double f = kd_simplex(x, by, n, 400 * (n + 1), 1e-9, profile, p, &p->evaluations);
    if (f < best) {
      best = profile(x, p);
      best_model = p->model;
    }
  }
  p->model = best_model;
  for (int i = 0; i < 60 && length > 1e-13 && !p->rule->anisotropy; i++) {
    bool cut;
    const kd_covariance before = p->model;
    const double old = sum_of_squares(p);
    if (!step(p, false, &cut, &length) || sum_of_squares(p) > old * (1.0 + 1e-12)) {
      p->model = before;
      break;
    }
  }
  /* Two structures of a kind may have changed places: the shorter range comes first. */
  for (size_t i = 0; i < p->model.count; i++) {
    for (size_t j = i + 1; j < p->model.count; j++) {
      kd_structure *a = &p->model.structure[i], *b = &p->model.structure[j];
      if (a->kind != b->kind || p->rule->fix_ranges || p->rule->fix_sills || !(b->range < a->range)) continue;
      const kd_structure s = *a;
      *a = *b;
      *b = s;
    }
  }
  out->iterations = p->evaluations;
  out->converged = true;
}

/* The sums of a model whose structures were changed. */
static void refresh(kd_covariance *model) {
  kd_covariance fresh = {0};
  for (size_t i = 0; i < model->count; i++) {
    kd_structure s = model->structure[i];
    const double sill = s.sill;
    s.sill = fmax(sill, 0.0);
    (void)kd_covariance_add(&fresh, &s, NULL);
    fresh.structure[i].sill = sill; /* a local fit may end below 0, as gstat's: shown as it is */
  }
  *model = fresh;
}

kd_status kd_variogram_fit(kd_fit *out, const kd_fit_lags *lags, const kd_covariance *start, const kd_fit_rule *rule,
                           kd_arena *arena, kd_error *err) {
  kd_status status = KD_OK;
  problem p = {.lags = lags, .rule = rule, .model = *start};
  size_t used = 0;
  *out = (kd_fit){0};
  p.weight = kd_arena_alloc(arena, lags->count + 1, sizeof *p.weight);
  KD_CHECK(p.weight != NULL, err, KD_E_NOMEM, "no memory for %zu lags", lags->count);
  for (size_t k = 0; k < lags->count; k++) {
    const double n = lags->pairs[k], h = lags->distance[k];
    if (!(n > 0.0) || !isfinite(h) || !isfinite(lags->gamma[k])) continue;
    const double g = gamma_at(start, lags, k);
    const double w[] = {n / (h * h), n, n / (g * g), 1.0};
    p.weight[k] = w[rule->weight];
    KD_CHECK(isfinite(p.weight[k]), err, KD_E_RANGE,
             "lag %zu: distance %g m, model %g: the weight is infinite; leave lags at distance 0 out", k + 1, h, g);
    p.scale = fmax(p.scale, h);
    used++;
  }
  KD_CHECK(used > 0, err, KD_E_MISSING, "no lag holds a pair");
  if (rule->local)
    KD_TRY(fit_local(out, &p, err));
  else
    fit_global(out, &p);
  refresh(&p.model);
  out->model = p.model;
  out->sse = sum_of_squares(&p);
out:
  return status;
}

/* --- likelihood --------------------------------------------------------------------------------------------------- */

/* -2 ln L = n ln 2pi + ln|C| + r'C^-1 r, r = z - mean; restricted: + ln|1'C^-1 1| and n - 1 for n. */
typedef struct likelihood {
  const kd_points *points;
  const double *value;
  kd_covariance model;
  bool restricted;
  double *factor, *one, *z;
  double mean;
} likelihood;

static double deviance(const double *x, void *user) {
  likelihood *l = user;
  const size_t n = l->points->count;
  size_t at = 0;
  kd_covariance model = {0};
  for (size_t i = 0; i < l->model.count; i++) {
    kd_structure s = l->model.structure[i];
    const double f = !is_flat(&s) ? exp(x[at + 1]) / s.range : 1.0;
    s.sill = exp(x[at++]);
    if (!is_flat(&s)) {
      s.range *= f;
      s.semi *= f;
      s.minor *= f;
      at++;
    }
    if (kd_covariance_add(&model, &s, NULL) != KD_OK) return (double)INFINITY;
  }
  const kd_points *p = l->points;
  for (size_t i = 0; i < n; i++) {
    for (size_t j = 0; j <= i; j++)
      l->factor[i * n + j] =
          kd_covariance_at(&model, p->x[i] - p->x[j], p->y[i] - p->y[j], p->z != NULL ? p->z[i] - p->z[j] : 0.0);
    l->one[i] = 1.0;
    l->z[i] = l->value[i];
  }
  if (!kd_cholesky(l->factor, n, n, 1e-14)) return (double)INFINITY;
  kd_cholesky_forward(l->factor, n, n, l->one);
  kd_cholesky_forward(l->factor, n, n, l->z);
  double oo = 0.0, oz = 0.0, zz = 0.0, log_determinant = 0.0;
  for (size_t i = 0; i < n; i++) {
    oo += l->one[i] * l->one[i];
    oz += l->one[i] * l->z[i];
    zz += l->z[i] * l->z[i];
    log_determinant += 2.0 * log(l->factor[i * n + i]);
  }
  l->mean = oz / oo;
  const double degrees = l->restricted ? (double)n - 1.0 : (double)n;
  return degrees * log(2.0 * 3.14159265358979323846) + log_determinant + (zz - oz * oz / oo) +
         (l->restricted ? log(oo) : 0.0);
}

kd_status kd_likelihood_fit(kd_likelihood *out, const kd_points *points, const double *value,
                            const kd_covariance *start, bool restricted, kd_arena *arena, kd_error *err) {
  kd_status status = KD_OK;
  const size_t n = points->count;
  likelihood l = {.points = points, .value = value, .model = *start, .restricted = restricted};
  double x[KD_SIMPLEX_MAX] = {0.0}, by[KD_SIMPLEX_MAX], mean = 0.0, variance = 0.0, extent;
  size_t m = 0, flat = 0;
  *out = (kd_likelihood){0};
  KD_CHECK(start->has_sill, err, KD_E_CONTRADICTION, "a likelihood wants a model with a sill");
  KD_CHECK(n >= 3 && n <= 5000, err, KD_E_SIZE, "likelihood of %zu samples: 3 to 5000", n);
  l.factor = kd_arena_alloc(arena, n * n, sizeof(double));
  l.one = kd_arena_alloc(arena, n, sizeof(double));
  l.z = kd_arena_alloc(arena, n, sizeof(double));
  KD_CHECK(l.factor != NULL && l.one != NULL && l.z != NULL, err, KD_E_NOMEM, "no memory for %zu samples", n);
  for (size_t i = 0; i < n; i++) mean += value[i] / (double)n;
  for (size_t i = 0; i < n; i++) variance += (value[i] - mean) * (value[i] - mean) / (double)n;
  size_t same = 0;
  while (same < n && value[same] == value[0]) same++;
  KD_CHECK(same < n, err, KD_E_RANGE, "all values are the same: no variogram can be fitted");
  double low[2] = {(double)INFINITY, (double)INFINITY}, high[2] = {-(double)INFINITY, -(double)INFINITY};
  for (size_t i = 0; i < n; i++) {
    low[0] = fmin(low[0], points->x[i]);
    high[0] = fmax(high[0], points->x[i]);
    low[1] = fmin(low[1], points->y[i]);
    high[1] = fmax(high[1], points->y[i]);
  }
  extent = hypot(high[0] - low[0], high[1] - low[1]);
  for (size_t i = 0; i < start->count; i++) flat += is_flat(&start->structure[i]);
  double best = (double)INFINITY, kept[KD_SIMPLEX_MAX] = {0.0};
  for (int s = 0; s < 4; s++) {
    static const double share[] = {0.0, 0.05, 0.15, 0.4};
    m = 0;
    for (size_t i = 0; i < start->count; i++) {
      const kd_structure *t = &start->structure[i];
      const double part = is_flat(t) ? 0.2 : 0.8 / (double)(start->count - flat);
      x[m] = log(s == 0 && t->sill > 0.0 ? t->sill : part * variance);
      by[m++] = 0.4;
      if (is_flat(t)) continue;
      x[m] = log(s == 0 ? t->range : share[s] * extent * (double)(i + 1));
      by[m++] = 0.4;
    }
    double f = kd_simplex(x, by, m, 150 * m, 1e-6, deviance, &l, &out->evaluations);
    for (size_t i = 0; i < m; i++) by[i] = 0.05;
    if (f < best) f = kd_simplex(x, by, m, 300 * m, 1e-8, deviance, &l, &out->evaluations);
    if (!(f < best)) continue;
    best = f;
    memcpy(kept, x, sizeof kept);
  }
  KD_CHECK(isfinite(best), err, KD_E_CONVERGENCE, "the covariance matrix is singular at every start: add a nugget");
  out->log_likelihood = -0.5 * deviance(kept, &l);
  out->mean = l.mean;
  size_t at = 0;
  for (size_t i = 0; i < start->count; i++) {
    kd_structure s = start->structure[i];
    s.sill = exp(kept[at++]);
    if (!is_flat(&s)) {
      const double f = exp(kept[at++]) / s.range;
      s.range *= f;
      s.semi *= f;
      s.minor *= f;
    }
    KD_TRY(kd_covariance_add(&out->model, &s, err));
  }
out:
  return status;
}
