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
 * Relative: min sum N_k (g_k / model_k - 1)^2, by least squares done again with the weights that they lead to. A sill
 * that is known (normal scores: 1) is held: the partial sills add up to it.
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
  double (*at)[3];                   /* vector of each lag */
  double (*unit)[KD_STRUCTURES_MAX]; /* of each lag and structure, for the ranges of the model */
  double scale, height;              /* longest lag, and its part along z */
  size_t evaluations;
  bool held[KD_STRUCTURES_MAX]; /* sills that a local fit found below 0: they stay at 0 */
} problem;

static bool has_range(const kd_structure *s) {
  return !kd_structure_is_flat(s) && s->kind != KD_SPLINE && s->kind != KD_LINEAR && s->kind != KD_POWER;
}

/* A structure of layers: its range across is without end and stays. */
static bool is_layered(const problem *p, const kd_structure *s) {
  return p->rule->vertical && s->range > 100.0 * p->scale;
}

static void lag_vector(double d[3], const kd_fit_lags *lags, size_t k) {
  const double azimuth = lags->azimuth != NULL ? lags->azimuth[k] : 0.0, dip = lags->dip != NULL ? lags->dip[k] : 0.0;
  d[0] = lags->distance[k] * sin(azimuth) * cos(dip);
  d[1] = lags->distance[k] * cos(azimuth) * cos(dip);
  d[2] = lags->distance[k] * sin(dip);
}

static double unit(const problem *p, const kd_structure *s, size_t k) {
  const double *d = p->at[k];
  return d[0] == 0.0 && d[1] == 0.0 && d[2] == 0.0 ? 0.0 : kd_structure_at(s, d[0], d[1], d[2]);
}

static double gamma_at(const kd_covariance *model, const problem *p, size_t k) {
  return kd_semivariance(model, p->at[k][0], p->at[k][1], p->at[k][2]);
}

static double sum_of_squares(const problem *p) {
  double sum = 0.0;
  for (size_t k = 0; k < p->lags->count; k++) {
    if (p->weight[k] == 0.0) continue;
    const double r = p->lags->gamma[k] - gamma_at(&p->model, p, k);
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

static void take_units(problem *p) {
  for (size_t k = 0; k < p->lags->count; k++)
    for (size_t i = 0; i < p->model.count && p->weight[k] != 0.0; i++)
      p->unit[k][i] = unit(p, &p->model.structure[i], k);
}

/* Best sills >= 0 for the ranges of the model: least squares over the structures that stay above 0. With a sill that is
 * known the sum is drawn to it by an equation of great weight. */
static void best_sills(problem *p) {
  const size_t n = p->model.count;
  bool used[KD_STRUCTURES_MAX];
  double total = 0.0;
  for (size_t i = 0; i < n; i++) used[i] = true;
  for (size_t k = 0; k < p->lags->count && p->rule->sill > 0.0; k++) total += 1e4 * p->weight[k];
  for (size_t round = 0; round < n; round++) {
    double a[MOST * MOST] = {0.0}, b[MOST] = {0.0};
    size_t which[KD_STRUCTURES_MAX], m = 0;
    for (size_t i = 0; i < n; i++)
      if (used[i]) which[m++] = i;
    for (size_t k = 0; k < p->lags->count; k++) {
      double f[KD_STRUCTURES_MAX];
      if (p->weight[k] == 0.0) continue;
      for (size_t i = 0; i < m; i++) f[i] = p->unit[k][which[i]];
      for (size_t i = 0; i < m; i++) {
        b[i] += p->weight[k] * f[i] * p->lags->gamma[k];
        for (size_t j = 0; j < m; j++) a[i * m + j] += p->weight[k] * f[i] * f[j];
      }
    }
    for (size_t i = 0; i < m && total > 0.0; i++) {
      b[i] += total * p->rule->sill;
      for (size_t j = 0; j < m; j++) a[i * m + j] += total;
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

/* The sills brought to their known sum; what is left of the drawn one is less than a thousandth. */
static void close_sills(problem *p) {
  double sum = 0.0;
  for (size_t i = 0; i < p->model.count; i++) sum += p->model.structure[i].sill;
  for (size_t i = 0; i < p->model.count && sum > 0.0 && p->rule->sill > 0.0; i++)
    p->model.structure[i].sill *= p->rule->sill / sum;
}

/* Sum of N (g / model - 1)^2: weights of the model that they lead to, found by doing it again. */
static double relative_fit(problem *p) {
  double least = 0.0, sum = 0.0;
  for (size_t k = 0; k < p->lags->count; k++) least = fmax(least, 1e-3 * p->lags->gamma[k] * (p->weight[k] != 0.0));
  for (int pass = 0; pass < 3; pass++) {
    sum = 0.0;
    if (!p->rule->fix_sills) best_sills(p);
    close_sills(p);
    for (size_t k = 0; k < p->lags->count; k++) {
      if (p->weight[k] == 0.0) continue;
      double model = 0.0;
      for (size_t i = 0; i < p->model.count; i++) model += p->model.structure[i].sill * p->unit[k][i];
      model = fmax(model, least);
      const double e = p->lags->gamma[k] / model - 1.0;
      sum += p->lags->pairs[k] * e * e;
      p->weight[k] = pass < 2 ? p->lags->pairs[k] / (model * model) : p->lags->pairs[k]; /* as it was, for the next */
    }
  }
  return sum;
}

static double within(double x, double *penalty) {
  const double bounded = fmax(-7.0, fmin(4.0, x));
  *penalty += fabs(x - bounded);
  return exp(bounded);
}

/* Puts the parameters into the model: logarithms of the ranges over the scale; those of the ranges down over the
 * height, when they are fitted by themselves; then azimuth and logarithm of the ratio of the ellipse. Returns how far
 * they lie outside their bounds. */
static double take_parameters(problem *p, const double *x) {
  const kd_fit_rule *rule = p->rule;
  size_t at = 0, down = 0, tail;
  double penalty = 0.0;
  for (size_t i = 0; i < p->model.count; i++)
    down += has_range(&p->model.structure[i]) && !is_layered(p, &p->model.structure[i]);
  if (rule->fix_ranges) down = 0;
  tail = down;
  for (size_t i = 0; i < p->model.count && rule->vertical && !rule->fix_ranges; i++)
    tail += has_range(&p->model.structure[i]);
  for (size_t i = 0; i < p->model.count; i++) {
    kd_structure *s = &p->model.structure[i];
    if (kd_structure_is_flat(s)) continue;
    const bool free = has_range(s) && !rule->fix_ranges;
    double range = s->range;
    if (free && !is_layered(p, s)) range = p->scale * within(x[at++], &penalty);
    if (!rule->anisotropy && !rule->vertical) {
      set_range(s, range);
      continue;
    }
    kd_covariance one = {0};
    kd_structure t = *s;
    const double ratio = rule->anisotropy ? fmax(exp(-fabs(x[tail + 1])), 1e-3) : s->semi / s->range;
    t.range = range;
    t.semi = t.minor = range * ratio;
    if (rule->anisotropy) t.azimuth = x[tail];
    if (rule->vertical) t.minor = free ? p->height * within(x[down++], &penalty) : s->minor;
    if (kd_covariance_add(&one, &t, NULL) == KD_OK) *s = one.structure[0];
  }
  return penalty;
}

static double profile(const double *x, void *user) {
  problem *p = user;
  const double penalty = take_parameters(p, x);
  take_units(p);
  if (p->rule->weight == KD_FIT_RELATIVE) return relative_fit(p) * (1.0 + penalty);
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
    const double r = p->lags->gamma[k] - gamma_at(&p->model, p, k);
    for (size_t i = 0; i < m; i++) {
      if (!range[i]) {
        jacobian[i] = unit(p, &p->model.structure[owner[i]], k);
        continue;
      }
      kd_covariance other = p->model;
      kd_structure *s = &other.structure[owner[i]];
      const double at = s->range, h = 1e-5 * at;
      set_range(s, at + h);
      const double high = s->sill * unit(p, s, k);
      set_range(s, at - h);
      jacobian[i] = (high - s->sill * unit(p, s, k)) / (2.0 * h);
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

/* Structures of a kind may have changed places: the shorter range comes first. */
static void sort_structures(problem *p) {
  for (size_t i = 0; i < p->model.count; i++) {
    for (size_t j = i + 1; j < p->model.count; j++) {
      kd_structure *a = &p->model.structure[i], *b = &p->model.structure[j];
      if (a->kind != b->kind || p->rule->fix_ranges || p->rule->fix_sills || !(b->range < a->range)) continue;
      const kd_structure s = *a;
      *a = *b;
      *b = s;
    }
  }
}

/* Starting values of one start; the last one is the model that was given. Returns how many parameters. */
static size_t start_at(double *x, double *by, const problem *p, const kd_covariance *given, size_t code, size_t turn,
                       bool last) {
  static const double share[] = {0.08, 0.2, 0.4, 0.7, 1.2};
  size_t at = 0, digits = code;
  for (size_t i = 0; i < given->count && at < KD_SIMPLEX_MAX - 2 && !p->rule->fix_ranges; i++) {
    const kd_structure *s = &given->structure[i];
    if (!has_range(s) || is_layered(p, s)) continue;
    x[at] = last ? log(s->range / p->scale) : log(share[digits % 5]);
    by[at++] = 0.3;
    digits /= 5;
  }
  digits = code;
  for (size_t i = 0; i < given->count && at < KD_SIMPLEX_MAX - 2 && p->rule->vertical && !p->rule->fix_ranges; i++) {
    const kd_structure *s = &given->structure[i];
    if (!has_range(s)) continue;
    x[at] = last ? log(s->minor / p->height) : log(is_layered(p, s) ? 0.4 : share[digits % 5]);
    by[at++] = 0.3;
    if (!is_layered(p, s)) digits /= 5;
  }
  if (!p->rule->anisotropy) return at;
  x[at] = (double)turn * 0.78539816339744831;
  by[at++] = 0.3;
  x[at] = 0.7;
  by[at++] = 0.3;
  return at;
}

static void polish(problem *p) {
  double length = 1.0;
  for (int i = 0; i < 60 && length > 1e-13; i++) {
    bool cut;
    const kd_covariance before = p->model;
    const double old = sum_of_squares(p);
    if (!step(p, false, &cut, &length) || sum_of_squares(p) > old * (1.0 + 1e-12)) {
      p->model = before;
      break;
    }
  }
}

/* Many starts to the minimum. A model with its own ranges down goes from all starts a few steps, and from the best of
 * them to the end: it has twice the parameters. */
static void fit_global(kd_fit *out, problem *p) {
  const kd_covariance given = p->model;
  kd_covariance best_model = p->model;
  const bool coarse = p->rule->vertical;
  double best = (double)INFINITY, kept[KD_SIMPLEX_MAX] = {0.0}, by[KD_SIMPLEX_MAX] = {0.0};
  size_t ranges = 0, starts = 1, n = 0;
  for (size_t i = 0; i < p->model.count; i++)
    ranges += has_range(&p->model.structure[i]) && !is_layered(p, &p->model.structure[i]);
  if (p->rule->fix_ranges) ranges = 0;
  for (size_t r = 0; r < ranges && r < 3; r++) starts *= 5;
  const size_t turns = p->rule->anisotropy ? 4 : 1;
  for (size_t s = 0; s <= starts * turns; s++) {
    const bool last = s == starts * turns;
    double x[KD_SIMPLEX_MAX] = {0.0};
    if (last && p->rule->anisotropy) continue;
    n = start_at(x, by, p, last && !coarse ? &best_model : &given, s % starts, s / starts, last);
    const double f =
        kd_simplex(x, by, n, coarse ? 25 * n : 400 * (n + 1), coarse ? 0.02 : 1e-9, profile, p, &p->evaluations);
    if (f < best) {
      best = profile(x, p);
      memcpy(kept, x, sizeof kept);
      best_model = p->model;
    }
  }
  for (int turn = 0; turn < 2 && coarse; turn++) {
    (void)kd_simplex(kept, by, n, 400 * (n + 1), turn == 0 ? 1e-4 : 1e-9, profile, p, &p->evaluations);
    best = profile(kept, p);
    best_model = p->model;
  }
  p->model = best_model;
  out->sse = best;
  if (!p->rule->anisotropy && !p->rule->vertical && p->rule->weight != KD_FIT_RELATIVE && !(p->rule->sill > 0.0))
    polish(p);
  close_sills(p);
  sort_structures(p);
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

static kd_status take_lags(problem *p, const kd_covariance *start, kd_arena *arena, kd_error *err) {
  kd_status status = KD_OK;
  const kd_fit_lags *lags = p->lags;
  size_t used = 0;
  p->weight = kd_arena_alloc(arena, lags->count + 1, sizeof *p->weight);
  p->at = kd_arena_alloc(arena, lags->count + 1, sizeof *p->at);
  p->unit = kd_arena_alloc(arena, lags->count + 1, sizeof *p->unit);
  KD_CHECK(p->weight != NULL && p->at != NULL && p->unit != NULL, err, KD_E_NOMEM, "no memory for %zu lags",
           lags->count);
  for (size_t k = 0; k < lags->count; k++) {
    const double n = lags->pairs[k], h = lags->distance[k];
    if (!(n > 0.0) || !isfinite(h) || !isfinite(lags->gamma[k])) continue;
    lag_vector(p->at[k], lags, k);
    const double g = gamma_at(start, p, k);
    const double w[] = {n / (h * h), n, n / (g * g), 1.0, n};
    p->weight[k] = w[p->rule->weight];
    KD_CHECK(isfinite(p->weight[k]), err, KD_E_RANGE,
             "lag %zu: distance %g m, model %g: the weight is infinite; leave lags at distance 0 out", k + 1, h, g);
    p->scale = fmax(p->scale, p->rule->vertical ? hypot(p->at[k][0], p->at[k][1]) : h);
    p->height = fmax(p->height, fabs(p->at[k][2]));
    used++;
  }
  KD_CHECK(used > 0, err, KD_E_MISSING, "no lag holds a pair");
  if (!(p->scale > 0.0)) p->scale = p->height;
  if (!(p->height > 0.0)) p->height = p->scale;
out:
  return status;
}

kd_status kd_variogram_fit(kd_fit *out, const kd_fit_lags *lags, const kd_covariance *start, const kd_fit_rule *rule,
                           kd_arena *arena, kd_error *err) {
  kd_status status = KD_OK;
  problem p = {.lags = lags, .rule = rule, .model = *start};
  *out = (kd_fit){0};
  KD_CHECK(!rule->local || (!rule->vertical && rule->weight != KD_FIT_RELATIVE && !(rule->sill > 0.0)), err,
           KD_E_CONTRADICTION,
           "a local fit has no ranges down of their own, no relative weights and no sill that is held");
  KD_CHECK(!(rule->sill > 0.0) || start->has_sill, err, KD_E_CONTRADICTION,
           "the sill cannot be held at %g: the model has none", rule->sill);
  KD_TRY(take_lags(&p, start, arena, err));
  if (rule->local)
    KD_TRY(fit_local(out, &p, err));
  else
    fit_global(out, &p);
  refresh(&p.model);
  out->model = p.model;
  if (rule->weight != KD_FIT_RELATIVE) out->sse = sum_of_squares(&p);
out:
  return status;
}
