// SPDX-License-Identifier: Apache-2.0
/* Chemical equilibrium by the tableau method, with solids by complementarity.
 *
 *   species i      ln c_i = ln K_i + sum_j nu_ij x_j - ln gamma_i,   x_j = ln activity of component j              (1)
 *   balance j      sum_i nu_ij c_i + sum_s nu_sj n_s = T_j                                                         (2)
 *   solid s        SI_s = sum_j nu_sj x_j - ln K_s <= 0,  n_s >= 0,  SI_s n_s = 0                                  (3)
 *
 * For given activity coefficients (1)-(3) are the conditions of the convex programme
 *   minimise  Phi(x) = sum_i c_i(x) - sum_j T_j x_j   with  sum_j nu_sj x_j <= ln K_s,                             (4)
 * whose multipliers are the amounts of the solids. So Newton with a line search on Phi cannot fail for a set of solids
 * held in equilibrium, and the set is found by adding the most supersaturated solid and dropping what has less than
 * nothing. A solid whose reaction is a combination of those present takes the place of the one that is used up first.
 *
 * Activity coefficients (outer loop), I = 1/2 sum z^2 c:
 *   Davies   log gamma = -A z^2 (sqrt I/(1 + sqrt I) - 0.3 I), the bracket held above davies_limit                 (5)
 *   SIT      log gamma = -A z^2 sqrt I/(1 + 1.5 sqrt I) + sum_k eps_ik c_k                                         (6)
 *
 * Source    Morel and Morgan 1972 (tableau); Davies 1962; Grenthe et al. 1992 (SIT). (4) derived.
 * Range     any ionic strength for conditional constants; Davies to 0.5 mol/L; SIT to about 3.5 mol/kg.
 * Weakness  activity of water is one; mol/L is taken as mol/kg; no temperature but in the constants given.
 */
#include "process/speciation.h"

#include <math.h>
#include <string.h>

#include "process/dense.h"

#define KD_LN10      2.302585092994045684
#define KD_NEWTON    400
#define KD_ROUNDS    400
#define KD_OUTER     300
#define KD_STEP      4.0   /* longest step in ln activity */
#define KD_SATURATED 1e-10 /* ln(IAP/K) that counts as saturated */

typedef struct solver {
  const kd_speciation *in;
  kd_work *work;
  size_t nc, ns, np;               /* components, all species with the components first, solids */
  double *nu;                      /* ns x nc */
  size_t *begin, *at;              /* ns + 1, and one for each coefficient: the components of a species */
  double *value;                   /* their coefficients */
  double *ln_k;                    /* ns */
  double *ln_gamma;                /* ns */
  double *c;                       /* ns */
  double *x;                       /* nc, ln activity */
  double *total;                   /* nc */
  bool *absent;                    /* nc: total 0 */
  bool *fixed;                     /* nc: activity given */
  bool *gone;                      /* ns + np: holds an absent component */
  size_t *unknown;                 /* component of each unknown */
  size_t n;                        /* unknowns */
  double *ln_ksp;                  /* np */
  size_t *active;                  /* solids held in equilibrium */
  size_t held;                     /* how many */
  double *amount;                  /* np */
  double *row, *back, *level;      /* held x unknowns, held x held, held: the planes in reduced form */
  size_t *place, *order, *touched; /* component -> unknown; unknown -> its place among loose or pivots; scratch */
  size_t *pivot, *loose;           /* unknown that each active solid stands for; the others */
  bool *is_pivot;
  double *matrix, *right, *trial, *step, *gradient, *size, *scale, *trial_c, *curvature, *reduced, *share;
  size_t iterations;
} solver;

static double solid_nu(const solver *s, size_t solid, size_t j) {
  return s->in->solid_stoichiometry[solid * s->nc + j];
}

/* Concentrations at x and Phi; infinity when one overflows. */
static double evaluate(const solver *s, const double *x, double *c) {
  double phi = 0;
  for (size_t i = 0; i < s->ns; i++) {
    if (s->gone[i]) {
      c[i] = 0;
      continue;
    }
    double ln = s->ln_k[i] - s->ln_gamma[i];
    for (size_t e = s->begin[i]; e < s->begin[i + 1]; e++) ln += s->value[e] * x[s->at[e]];
    if (ln > 600) return (double)INFINITY;
    c[i] = exp(ln);
    phi += c[i];
  }
  for (size_t u = 0; u < s->n; u++) phi -= s->total[s->unknown[u]] * x[s->unknown[u]];
  return phi;
}

/* ln(IAP/K) of a solid. */
static double saturation(const solver *s, size_t solid) {
  double si = -s->ln_ksp[solid];
  for (size_t j = 0; j < s->nc; j++)
    if (solid_nu(s, solid, j) != 0) si += solid_nu(s, solid, j) * s->x[j];
  return si;
}

/* Brings the planes of the active solids to the form x_pivot = level - sum_u row_u x_u: each solid stands for one
 * component, the one with least in solution, so that nothing cancels whatever is depleted. false: they are dependent.
 */
static bool reduce(solver *s) {
  const size_t m = s->held, n = s->n;
  for (size_t p = 0; p < m; p++) {
    const size_t solid = s->active[p];
    s->level[p] = s->ln_ksp[solid];
    for (size_t j = 0; j < s->nc; j++)
      if (s->fixed[j]) s->level[p] -= solid_nu(s, solid, j) * s->x[j];
    for (size_t u = 0; u < n; u++) s->row[p * n + u] = solid_nu(s, solid, s->unknown[u]);
    for (size_t q = 0; q < m; q++) s->back[p * s->np + q] = p == q;
  }
  for (size_t u = 0; u < n; u++) s->is_pivot[u] = false;
  for (size_t p = 0; p < m; p++) {
    size_t best = n;
    for (size_t u = 0; u < n; u++) {
      if (s->is_pivot[u] || fabs(s->row[p * n + u]) < 1e-9) continue;
      if (best == n || s->curvature[u] < s->curvature[best]) best = u;
    }
    if (best == n) return false;
    s->pivot[p] = best;
    s->is_pivot[best] = true;
    const double inverse = 1 / s->row[p * n + best];
    for (size_t u = 0; u < n; u++) s->row[p * n + u] *= inverse;
    for (size_t q = 0; q < m; q++) s->back[p * s->np + q] *= inverse;
    s->level[p] *= inverse;
    s->row[p * n + best] = 1;
    for (size_t k = 0; k < m; k++) {
      const double factor = s->row[k * n + best];
      if (k == p || factor == 0) continue;
      for (size_t u = 0; u < n; u++) {
        s->row[k * n + u] -= factor * s->row[p * n + u];
        if (fabs(s->row[k * n + u]) < 1e-12) s->row[k * n + u] = 0;
      }
      for (size_t q = 0; q < m; q++) s->back[k * s->np + q] -= factor * s->back[p * s->np + q];
      s->level[k] -= factor * s->level[p];
    }
  }
  return true;
}

/* Sets the components that solids stand for. */
static void settle(const solver *s, double *x) {
  for (size_t p = 0; p < s->held; p++) {
    double level = s->level[p];
    for (size_t u = 0; u < s->n; u++)
      if (!s->is_pivot[u]) level -= s->row[p * s->n + u] * x[s->unknown[u]];
    x[s->unknown[s->pivot[p]]] = level;
  }
}

static void curvatures(solver *s) {
  for (size_t u = 0; u < s->n; u++) s->curvature[u] = 0;
  for (size_t i = 0; i < s->ns; i++)
    for (size_t e = s->begin[i]; s->c[i] > 0 && e < s->begin[i + 1]; e++)
      if (s->place[s->at[e]] < s->n) s->curvature[s->place[s->at[e]]] += s->value[e] * s->value[e] * s->c[i];
}

/* Newton step of (4) over the components that no solid stands for, each scaled by the root of its own curvature, which
 * spans sixty decades. Also the amounts of the solids, from the balances of the components they stand for, and the
 * worst of the other balances, relative. */
static bool newton_step(solver *s, double *worst, double *slope, double *longest) {
  const size_t n = s->n, m = s->held;
  double *a = s->matrix, *b = s->right, *nu = s->reduced;
  size_t w = 0;
  for (size_t u = 0; u < n; u++)
    if (!s->is_pivot[u]) s->order[u] = w, s->loose[w++] = u;
  for (size_t p = 0; p < m; p++) s->order[s->pivot[p]] = p;
  memset(a, 0, w * w * sizeof *a);
  for (size_t k = 0; k < w; k++) { /* the total of a combination that the solids do not touch */
    const size_t u = s->loose[k];
    s->gradient[k] = -s->total[s->unknown[u]];
    s->size[k] = fabs(s->gradient[k]);
    for (size_t p = 0; p < m; p++) {
      const double part = s->row[p * n + u] * s->total[s->unknown[s->pivot[p]]];
      s->gradient[k] += part;
      s->size[k] += fabs(part);
    }
  }
  for (size_t i = 0; i < s->ns; i++) {
    if (s->c[i] == 0) continue;
    for (size_t k = 0; k < w; k++) nu[k] = 0;
    for (size_t e = s->begin[i]; e < s->begin[i + 1]; e++) {
      const size_t u = s->place[s->at[e]];
      if (u >= n) continue;
      if (!s->is_pivot[u]) {
        nu[s->order[u]] += s->value[e];
        continue;
      }
      const double *row = &s->row[s->order[u] * n];
      for (size_t k = 0; k < w; k++) nu[k] -= s->value[e] * row[s->loose[k]];
    }
    size_t some = 0;
    for (size_t k = 0; k < w; k++)
      if (nu[k] != 0) s->touched[some++] = k;
    for (size_t p = 0; p < some; p++) {
      const size_t k = s->touched[p];
      const double part = nu[k] * s->c[i];
      s->gradient[k] += part;
      s->size[k] += fabs(part);
      for (size_t q = 0; q < some; q++) a[k * w + s->touched[q]] += part * nu[s->touched[q]];
    }
  }
  *worst = *slope = *longest = 0;
  for (size_t k = 0; k < w; k++) {
    s->scale[k] = 1 / sqrt(fmax(a[k * w + k], 1e-290));
    if (s->size[k] > 0) *worst = fmax(*worst, fabs(s->gradient[k]) / s->size[k]);
  }
  for (size_t k = 0; k < w; k++) {
    for (size_t l = 0; l < w; l++) a[k * w + l] *= s->scale[k] * s->scale[l];
    a[k * w + k] += 1e-15;
    b[k] = -s->gradient[k] * s->scale[k];
  }
  if (!kd_dense_solve(a, b, w)) return false;
  for (size_t u = 0; u < n; u++) s->step[u] = 0;
  for (size_t k = 0; k < w; k++) {
    s->step[s->loose[k]] = b[k] * s->scale[k];
    *slope += s->gradient[k] * s->step[s->loose[k]];
  }
  for (size_t p = 0; p < m; p++)
    for (size_t k = 0; k < w; k++) s->step[s->pivot[p]] -= s->row[p * n + s->loose[k]] * s->step[s->loose[k]];
  for (size_t u = 0; u < n; u++) *longest = fmax(*longest, fabs(s->step[u]));
  return true;
}

/* Amounts of the active solids: the balances of the components they stand for. */
static void amounts(solver *s) {
  for (size_t p = 0; p < s->held; p++) s->amount[s->active[p]] = 0;
  for (size_t p = 0; p < s->held; p++) {
    const size_t j = s->unknown[s->pivot[p]];
    double left = s->total[j];
    for (size_t i = 0; i < s->ns; i++) left -= s->nu[i * s->nc + j] * s->c[i];
    for (size_t q = 0; q < s->held; q++) s->amount[s->active[q]] += s->back[p * s->np + q] * left;
  }
}

/* Minimum of Phi on the planes of the active solids. */
static kd_status minimise(solver *s, double *residual) {
  if (isinf(evaluate(s, s->x, s->c)))
    for (size_t u = 0; u < s->n; u++) s->curvature[u] = (double)u + 1;
  else
    curvatures(s);
  if (!reduce(s)) return KD_E_INFEASIBLE;
  settle(s, s->x);
  double phi = evaluate(s, s->x, s->c);
  for (int guard = 0; isinf(phi) && guard < 400; guard++) { /* start from below */
    for (size_t u = 0; u < s->n; u++) s->x[s->unknown[u]] -= 5;
    settle(s, s->x);
    phi = evaluate(s, s->x, s->c);
  }
  *residual = (double)INFINITY;
  int still = 0;
  for (int k = 0; k < KD_NEWTON; k++, s->iterations++) {
    double now, slope, longest;
    curvatures(s);
    if (!reduce(s) || !newton_step(s, &now, &slope, &longest)) return KD_E_CONVERGENCE;
    if (longest > 1e-9 || now < *residual * 0.5) still = 0;
    const bool done = (longest < 1e-13 && now < 1e-12) || (longest < 1e-9 && now >= *residual * 0.5 && ++still > 2);
    *residual = fmin(*residual, now);
    if (done) break;
    double t = longest > KD_STEP ? KD_STEP / longest : 1, terms = 0; /* terms: what Phi is the difference of */
    for (size_t u = 0; u < s->n; u++) terms += fabs(s->total[s->unknown[u]] * s->x[s->unknown[u]]);
    for (int halving = 0;; halving++, t /= 2) {
      memcpy(s->trial, s->x, s->nc * sizeof *s->x);
      for (size_t u = 0; u < s->n; u++) s->trial[s->unknown[u]] += t * s->step[u];
      settle(s, s->trial);
      const double next = evaluate(s, s->trial, s->trial_c);
      const double rounding = 1e-14 * (fabs(phi) + fabs(next) + terms);
      if (next <= phi + 1e-4 * t * slope + rounding || halving > 60) {
        phi = next;
        break;
      }
    }
    double *swap = s->x;
    s->x = s->trial, s->trial = swap;
    swap = s->c, s->c = s->trial_c, s->trial_c = swap;
  }
  amounts(s);
  return *residual < 1e-9 ? KD_OK : KD_E_CONVERGENCE;
}

/* Expresses the reaction of a solid by those of the active ones, over the unknowns. true: it is such a combination. */
static bool combination(solver *s, size_t solid, double *share) {
  const size_t m = s->held, n = s->n;
  double size = 0, rest = 0;
  for (size_t u = 0; u < n; u++) size = fmax(size, fabs(solid_nu(s, solid, s->unknown[u])));
  for (size_t p = 0; p < m; p++) share[p] = 0;
  if (size == 0) return true; /* made of fixed activities alone */
  if (m == 0) return false;
  if (!reduce(s)) return true;
  for (size_t u = 0; u < n; u++) {
    double left = solid_nu(s, solid, s->unknown[u]);
    for (size_t p = 0; p < m; p++) left -= solid_nu(s, solid, s->unknown[s->pivot[p]]) * s->row[p * n + u];
    rest = fmax(rest, fabs(left));
  }
  for (size_t p = 0; p < m; p++)
    for (size_t q = 0; q < m; q++) share[q] += solid_nu(s, solid, s->unknown[s->pivot[p]]) * s->back[p * s->np + q];
  return rest <= 1e-10 * size;
}

static void drop(solver *s, size_t place) {
  s->amount[s->active[place]] = 0;
  for (size_t p = place; p + 1 < s->held; p++) s->active[p] = s->active[p + 1];
  s->held--;
}

static bool is_buffer(const solver *s, size_t solid) {
  return s->in->buffer != NULL && s->in->buffer[solid];
}

/* Adds a solid; one that is a combination of those there takes the place of the first of them to be used up. */
static kd_status add(solver *s, size_t solid, double *share) {
  if (combination(s, solid, share)) {
    size_t out = s->held;
    double least = (double)INFINITY;
    for (size_t p = 0; p < s->held; p++) {
      if (share[p] <= 1e-12 || is_buffer(s, s->active[p])) continue;
      const double ratio = s->amount[s->active[p]] / share[p];
      if (ratio < least) least = ratio, out = p;
    }
    if (out == s->held)
      return kd_error_set(s->work->err, KD_E_INFEASIBLE,
                          "solid %zu: it stays supersaturated whatever precipitates: more fixed activities and phases "
                          "than the phase rule allows",
                          solid + 1);
    drop(s, out);
  }
  s->active[s->held++] = solid;
  return KD_OK;
}

/* The set of solids. */
static kd_status complementarity(solver *s, double *residual) {
  kd_status status = KD_OK;
  for (int round = 0; round < KD_ROUNDS; round++) {
    status = minimise(s, residual);
    if (status != KD_OK)
      return kd_error_set(s->work->err, status,
                          "no equilibrium found after %zu steps: a total that no mixture has, or constants out of "
                          "reach; worst balance %.2g",
                          s->iterations, *residual);
    size_t worst = s->held;
    double least = 0;
    for (size_t p = 0; p < s->held; p++) {
      double scale = 0;
      for (size_t j = 0; j < s->nc; j++)
        if (!s->fixed[j] && solid_nu(s, s->active[p], j) != 0) scale = fmax(scale, fabs(s->total[j]));
      const double n = s->amount[s->active[p]];
      if (!is_buffer(s, s->active[p]) && n < -1e-13 * scale && n < least) least = n, worst = p;
    }
    if (worst < s->held) {
      drop(s, worst);
      continue;
    }
    size_t best = s->np;
    double most = KD_SATURATED;
    for (size_t k = 0; k < s->np; k++) {
      bool in = s->gone[s->ns + k];
      for (size_t p = 0; p < s->held; p++) in = in || s->active[p] == k;
      if (in) continue;
      const double si = saturation(s, k);
      /* late in the search the first one counts, so that no cycle can last */
      if (si > most || (round > KD_ROUNDS / 2 && si > KD_SATURATED && best == s->np)) {
        most = si, best = k;
        if (round > KD_ROUNDS / 2) break;
      }
    }
    if (best == s->np) return KD_OK;
    KD_TRY(add(s, best, s->share));
  }
  return kd_error_set(s->work->err, KD_E_CONVERGENCE, "no set of solids found in %d rounds", KD_ROUNDS);
out:
  return status;
}

/* log10 activity coefficients at the concentrations of the moment; returns the ionic strength. */
static double coefficients(const solver *s, double *ln_gamma) {
  const kd_speciation *in = s->in;
  double strength = in->ionic_strength;
  if (isnan(strength)) {
    strength = 0;
    for (size_t i = 0; in->charge != NULL && i < s->ns; i++) strength += 0.5 * in->charge[i] * in->charge[i] * s->c[i];
  }
  const double capped = in->activity == KD_ACTIVITY_DAVIES ? fmin(strength, in->davies_limit) : strength;
  const double root = sqrt(capped);
  for (size_t i = 0; i < s->ns; i++) {
    const double z2 = in->charge != NULL ? in->charge[i] * in->charge[i] : 0;
    if (in->activity == KD_ACTIVITY_DAVIES)
      ln_gamma[i] = -KD_LN10 * in->debye_huckel * z2 * (root / (1 + root) - 0.3 * capped);
    else if (in->activity == KD_ACTIVITY_SIT)
      ln_gamma[i] = -KD_LN10 * in->debye_huckel * z2 * root / (1 + 1.5 * root);
    else
      ln_gamma[i] = 0;
  }
  for (size_t k = 0; in->activity == KD_ACTIVITY_SIT && k < in->pair_count; k++) {
    const kd_sit_pair *pair = &in->sit[k];
    ln_gamma[pair->first] += KD_LN10 * pair->epsilon * s->c[pair->second];
    if (pair->first != pair->second) ln_gamma[pair->second] += KD_LN10 * pair->epsilon * s->c[pair->first];
  }
  return strength;
}

static bool allocate(solver *s) {
  const size_t nc = s->nc, ns = s->ns, np = s->np;
  kd_arena *arena = s->work->scratch;
  double **const doubles[] = {&s->nu,       &s->ln_k,      &s->ln_gamma, &s->c,     &s->x,     &s->total,
                              &s->ln_ksp,   &s->amount,    &s->matrix,   &s->right, &s->trial, &s->step,
                              &s->gradient, &s->scale,     &s->trial_c,  &s->row,   &s->back,  &s->level,
                              &s->size,     &s->curvature, &s->reduced,  &s->share};
  const size_t sizes[] = {ns * nc,
                          ns,
                          ns,
                          ns,
                          nc,
                          nc,
                          np + 1,
                          np + 1,
                          nc * nc,
                          nc,
                          nc,
                          nc,
                          nc,
                          nc,
                          ns,
                          (np + 1) * nc,
                          (np + 1) * (np + 1),
                          np + 1,
                          nc,
                          nc,
                          nc,
                          np + 1};
  for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++)
    if ((*doubles[k] = kd_arena_alloc(arena, sizes[k], sizeof(double))) == NULL) return false;
  s->pivot = kd_arena_alloc(arena, np + 1, sizeof(size_t));
  s->loose = kd_arena_alloc(arena, nc, sizeof(size_t));
  s->is_pivot = kd_arena_alloc(arena, nc, sizeof(bool));
  s->place = kd_arena_alloc(arena, nc, sizeof(size_t));
  s->order = kd_arena_alloc(arena, nc, sizeof(size_t));
  s->touched = kd_arena_alloc(arena, nc, sizeof(size_t));
  s->begin = kd_arena_alloc(arena, ns + 1, sizeof(size_t));
  s->at = kd_arena_alloc(arena, ns * nc, sizeof(size_t));
  s->value = kd_arena_alloc(arena, ns * nc, sizeof(double));
  if (!s->place || !s->order || !s->touched || !s->begin || !s->at || !s->value) return false;
  s->absent = kd_arena_alloc(arena, nc, sizeof(bool));
  s->fixed = kd_arena_alloc(arena, nc, sizeof(bool));
  s->gone = kd_arena_alloc(arena, ns + np, sizeof(bool));
  s->unknown = kd_arena_alloc(arena, nc, sizeof(size_t));
  s->active = kd_arena_alloc(arena, np + 1, sizeof(size_t));
  return s->absent && s->fixed && s->gone && s->unknown && s->active && s->pivot && s->loose && s->is_pivot;
}

/* Total of the component that charge balance sets: every reaction keeps charge, so the totals carry none together. */
static kd_status balance_charge(solver *s) {
  kd_status status = KD_OK;
  const kd_speciation *in = s->in;
  if (in->balance < 0) return KD_OK;
  const size_t b = (size_t)in->balance;
  double sum = 0;
  KD_CHECK(in->charge != NULL && in->charge[b] != 0, s->work->err, KD_E_RANGE,
           "component %zu cannot balance charge: it carries none", b + 1);
  for (size_t j = 0; j < s->nc; j++) {
    if (j == b) continue;
    KD_CHECK(!s->fixed[j] || in->charge[j] == 0, s->work->err, KD_E_CONTRADICTION,
             "component %zu has a fixed activity and a charge: hold the neutral phase instead", j + 1);
    if (!s->fixed[j]) sum += in->charge[j] * s->total[j];
  }
  for (size_t k = 0; k < s->np; k++) {
    if (!is_buffer(s, k)) continue;
    double z = 0;
    for (size_t j = 0; j < s->nc; j++) z += solid_nu(s, k, j) * in->charge[j];
    KD_CHECK(fabs(z) < 1e-12, s->work->err, KD_E_CONTRADICTION, "solid %zu: a phase that carries charge %g", k + 1, z);
  }
  s->fixed[b] = false;
  s->total[b] = -sum / in->charge[b];
out:
  return status;
}

static kd_status prepare(solver *s) {
  kd_status status = KD_OK;
  const kd_speciation *in = s->in;
  kd_error *err = s->work->err;
  for (size_t j = 0; j < s->nc; j++) {
    s->nu[j * s->nc + j] = 1;
    s->fixed[j] = !isnan(in->log_activity[j]) && (int)j != in->balance;
    s->total[j] = s->fixed[j] ? 0 : in->total[j];
    KD_CHECK(s->fixed[j] || (int)j == in->balance || isfinite(s->total[j]), err, KD_E_MISSING,
             "component %zu: a total or a log_activity is wanted", j + 1);
    s->x[j] = s->fixed[j] ? in->log_activity[j] * KD_LN10 : 0;
  }
  for (size_t i = s->nc; i < s->ns; i++) {
    memcpy(&s->nu[i * s->nc], &in->stoichiometry[(i - s->nc) * s->nc], s->nc * sizeof(double));
    s->ln_k[i] = in->log_k[i - s->nc] * KD_LN10;
  }
  for (size_t k = 0; k < s->np; k++) {
    s->ln_ksp[k] = (in->solid_log_k[k] + (in->solid_log_activity != NULL ? in->solid_log_activity[k] : 0)) * KD_LN10;
    for (size_t j = 0; in->solid_initial != NULL && j < s->nc; j++)
      if (!s->fixed[j] && !is_buffer(s, k)) s->total[j] += in->solid_initial[k] * solid_nu(s, k, j);
  }
  KD_TRY(balance_charge(s));
  for (size_t j = 0; j < s->nc; j++) { /* a component that only adds up: none of it means none of its species */
    bool one_sign = !s->fixed[j], held = false;
    for (size_t i = 0; i < s->ns; i++) one_sign = one_sign && s->nu[i * s->nc + j] >= 0;
    for (size_t k = 0; k < s->np; k++) {
      one_sign = one_sign && solid_nu(s, k, j) >= 0;
      held = held || (is_buffer(s, k) && solid_nu(s, k, j) != 0);
    }
    KD_CHECK(!one_sign || held || s->total[j] >= 0, err, KD_E_INFEASIBLE,
             "component %zu: a total of %g mol/L, and no species takes any away", j + 1, s->total[j]);
    s->absent[j] = one_sign && !held && s->total[j] == 0;
    if (s->fixed[j] || s->absent[j]) continue;
    s->unknown[s->n++] = j;
    s->x[j] = log(fmax(fabs(s->total[j]), 1e-7));
  }
  for (size_t j = 0; j < s->nc; j++) s->place[j] = s->nc;
  for (size_t u = 0; u < s->n; u++) s->place[s->unknown[u]] = u;
  for (size_t i = 0, e = 0; i < s->ns; i++) {
    for (size_t j = 0; j < s->nc; j++)
      if (s->nu[i * s->nc + j] != 0) s->at[e] = j, s->value[e++] = s->nu[i * s->nc + j];
    s->begin[i + 1] = e;
  }
  for (size_t i = 0; i < s->ns + s->np; i++)
    for (size_t j = 0; j < s->nc; j++) {
      const double nu = i < s->ns ? s->nu[i * s->nc + j] : solid_nu(s, i - s->ns, j);
      if (nu != 0 && s->absent[j]) s->gone[i] = true;
    }
  for (size_t k = 0; k < s->np; k++) {
    if (!is_buffer(s, k) || s->gone[s->ns + k]) continue;
    bool free = false;
    for (size_t j = 0; j < s->nc; j++) free = free || (!s->fixed[j] && solid_nu(s, k, j) != 0);
    KD_CHECK(free, err, KD_E_CONTRADICTION, "solid %zu: all its components have fixed activities already", k + 1);
    KD_TRY(add(s, k, s->share));
  }
out:
  return status;
}

static kd_status report(kd_speciation_result *out, const solver *s, double strength, double residual) {
  kd_arena *arena = s->work->scratch;
  *out = (kd_speciation_result){.ionic_strength = strength, .iterations = s->iterations, .residual = residual};
  out->concentration = s->c;
  out->amount = s->amount;
  out->log_activity = kd_arena_alloc(arena, s->ns, sizeof(double));
  out->log_gamma = kd_arena_alloc(arena, s->ns, sizeof(double));
  out->saturation = kd_arena_alloc(arena, s->np + 1, sizeof(double));
  out->total = kd_arena_alloc(arena, s->nc, sizeof(double));
  out->dissolved = kd_arena_alloc(arena, s->nc, sizeof(double));
  if (!out->log_activity || !out->log_gamma || !out->saturation || !out->total || !out->dissolved)
    return kd_error_set(s->work->err, KD_E_NOMEM, "out of memory for %zu species", s->ns);
  for (size_t i = 0; i < s->ns; i++) {
    double ln = s->ln_k[i];
    for (size_t j = 0; j < s->nc; j++)
      if (s->nu[i * s->nc + j] != 0) ln += s->nu[i * s->nc + j] * s->x[j];
    out->log_activity[i] = s->gone[i] ? -(double)INFINITY : ln / KD_LN10;
    out->log_gamma[i] = s->ln_gamma[i] / KD_LN10;
    if (s->in->charge != NULL) out->charge_error += s->in->charge[i] * s->c[i];
    for (size_t j = 0; j < s->nc; j++) out->dissolved[j] += s->nu[i * s->nc + j] * s->c[i];
  }
  for (size_t j = 0; j < s->nc; j++) out->total[j] = out->dissolved[j];
  for (size_t k = 0; k < s->np; k++) {
    out->saturation[k] = s->gone[s->ns + k] ? -(double)INFINITY : saturation(s, k) / KD_LN10;
    if (s->amount[k] < 0 && !is_buffer(s, k)) s->amount[k] = 0;
    for (size_t j = 0; j < s->nc; j++) out->total[j] += s->amount[k] * solid_nu(s, k, j);
  }
  return KD_OK;
}

kd_status kd_speciate(kd_speciation_result *out, const kd_speciation *in, kd_work *work) {
  kd_status status = KD_OK;
  solver s = {.in = in, .work = work, .nc = in->components, .ns = in->components + in->species, .np = in->solids};
  double residual = 0, strength = 0, change = (double)INFINITY, damping = 1;
  KD_CHECK(s.nc >= 1, work->err, KD_E_RANGE, "no components");
  KD_CHECK(allocate(&s), work->err, KD_E_NOMEM, "out of memory for %zu species", s.ns);
  KD_TRY(prepare(&s));
  double *gamma = kd_arena_alloc(work->scratch, s.ns, sizeof *gamma);
  KD_CHECK(gamma != NULL, work->err, KD_E_NOMEM, "out of memory for %zu species", s.ns);
  if (in->activity != KD_ACTIVITY_NONE && !isnan(in->ionic_strength)) coefficients(&s, s.ln_gamma);
  for (int outer = 0;; outer++) {
    KD_TRY(complementarity(&s, &residual));
    strength = coefficients(&s, gamma);
    double next = 0;
    for (size_t i = 0; i < s.ns; i++) next = fmax(next, fabs(gamma[i] - s.ln_gamma[i]));
    if (next < 1e-13) break;
    KD_CHECK(outer < KD_OUTER, work->err, KD_E_CONVERGENCE,
             "activity coefficients still move by %.2g after %d rounds at ionic strength %.3g mol/L", next, KD_OUTER,
             strength);
    if (next > 0.7 * change) damping = fmax(0.1, 0.7 * damping);
    change = next;
    for (size_t i = 0; i < s.ns; i++) s.ln_gamma[i] += damping * (gamma[i] - s.ln_gamma[i]);
  }
  KD_TRY(report(out, &s, strength, residual));
out:
  return status;
}
