// SPDX-License-Identifier: Apache-2.0
/* The convex programme of speciation.c, equation (4) there, for one set of solids held in equilibrium. */
#include "process/speciation_solver.h"

#include <math.h>
#include <string.h>

#include "process/dense.h"

#define KD_STEP   4.0 /* longest step in ln activity */
#define KD_SWEEPS 40

double speciation_solid_nu(const speciation_solver *s, size_t solid, size_t j) {
  return s->in->solid_stoichiometry[solid * s->nc + j];
}

/* Concentrations at x and Phi; infinity when one overflows. */
static double evaluate(const speciation_solver *s, const double *x, double *c) {
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
double speciation_saturation(const speciation_solver *s, size_t solid) {
  double si = -s->ln_ksp[solid];
  for (size_t j = 0; j < s->nc; j++)
    if (speciation_solid_nu(s, solid, j) != 0) si += speciation_solid_nu(s, solid, j) * s->x[j];
  return si;
}

/* Brings the planes of the active solids to the form x_pivot = level - sum_u row_u x_u: each solid stands for one
 * component, the one with least in solution, so that nothing cancels whatever is depleted. false: they are dependent.
 */
bool speciation_reduce(speciation_solver *s) {
  const size_t m = s->held, n = s->n;
  for (size_t p = 0; p < m; p++) {
    const size_t solid = s->active[p];
    s->level[p] = s->ln_ksp[solid];
    for (size_t j = 0; j < s->nc; j++)
      if (s->fixed[j]) s->level[p] -= speciation_solid_nu(s, solid, j) * s->x[j];
    for (size_t u = 0; u < n; u++) s->row[p * n + u] = speciation_solid_nu(s, solid, s->unknown[u]);
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
static void settle(const speciation_solver *s, double *x) {
  for (size_t p = 0; p < s->held; p++) {
    double level = s->level[p];
    for (size_t u = 0; u < s->n; u++)
      if (!s->is_pivot[u]) level -= s->row[p * s->n + u] * x[s->unknown[u]];
    x[s->unknown[s->pivot[p]]] = level;
  }
}

static void curvatures(speciation_solver *s) {
  for (size_t u = 0; u < s->n; u++) s->curvature[u] = 0;
  for (size_t i = 0; i < s->ns; i++)
    for (size_t e = s->begin[i]; s->c[i] > 0 && e < s->begin[i + 1]; e++)
      if (s->place[s->at[e]] < s->n) s->curvature[s->place[s->at[e]]] += s->value[e] * s->value[e] * s->c[i];
}

/* Newton step of (4) over the components that no solid stands for, each scaled by the root of its own curvature, which
 * spans sixty decades. Also the amounts of the solids, from the balances of the components they stand for, and the
 * worst of the other balances, relative. */
static bool newton_step(speciation_solver *s, double *worst, double *slope, double *longest) {
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
static void amounts(speciation_solver *s) {
  for (size_t p = 0; p < s->held; p++) s->amount[s->active[p]] = 0;
  for (size_t p = 0; p < s->held; p++) {
    const size_t j = s->unknown[s->pivot[p]];
    double left = s->total[j];
    for (size_t i = 0; i < s->ns; i++) left -= s->nu[i * s->nc + j] * s->c[i];
    for (size_t q = 0; q < s->held; q++) s->amount[s->active[q]] += s->back[p * s->np + q] * left;
  }
}

/* Brings the unknowns near before the first Newton step: each component in turn by what is wanted of it over what there
 * is, in logarithms, where the balance is nearly straight (positive continuous fractions, Carrayrou et al. 2002). */
void speciation_approach(speciation_solver *s) {
  for (int sweep = 0; sweep < KD_SWEEPS; sweep++) {
    double most = 0;
    if (isinf(evaluate(s, s->x, s->c))) return;
    for (size_t u = 0; u < s->n; u++) s->gradient[u] = s->size[u] = s->step[u] = 0;
    for (size_t i = 0; i < s->ns; i++)
      for (size_t e = s->begin[i]; s->c[i] > 0 && e < s->begin[i + 1]; e++) {
        const size_t u = s->place[s->at[e]];
        if (u >= s->n) continue;
        const double part = s->value[e] * s->c[i];
        *(part > 0 ? &s->gradient[u] : &s->size[u]) += fabs(part); /* taken up by species, given off by them */
        if (part > 0) s->step[u] += s->value[e] * part;
      }
    for (size_t u = 0; u < s->n; u++) {
      const double total = s->total[s->unknown[u]];
      const double have = s->gradient[u] + fmax(0, -total), want = s->size[u] + fmax(0, total);
      if (!(have > 0) || !(want > 0) || !(s->gradient[u] > 0)) continue;
      const double slope = fmax(1, s->step[u] / s->gradient[u]), by = 0.8 * log(want / have) / slope;
      s->x[s->unknown[u]] += by;
      most = fmax(most, fabs(by));
    }
    if (most < 0.3) return;
  }
}

/* Minimum of Phi on the planes of the active solids; rough: as near as a set of solids or an ionic strength on the way
 * needs it. */
kd_status speciation_minimise(speciation_solver *s, bool rough, double *residual) {
  if (isinf(evaluate(s, s->x, s->c)))
    for (size_t u = 0; u < s->n; u++) s->curvature[u] = (double)u + 1;
  else
    curvatures(s);
  if (!speciation_reduce(s)) return KD_E_INFEASIBLE;
  settle(s, s->x);
  double phi = evaluate(s, s->x, s->c);
  for (int guard = 0; isinf(phi) && guard < 400; guard++) { /* start from below */
    for (size_t u = 0; u < s->n; u++) s->x[s->unknown[u]] -= 5;
    settle(s, s->x);
    phi = evaluate(s, s->x, s->c);
  }
  *residual = (double)INFINITY;
  int still = 0;
  for (int k = 0; k < s->limit; k++, s->iterations++) {
    double now, slope, longest;
    curvatures(s);
    if (!speciation_reduce(s) || !newton_step(s, &now, &slope, &longest)) return KD_E_CONVERGENCE;
    if (longest > 1e-9 || now < *residual * 0.5) still = 0;
    const bool done = (rough && longest < SPECIATION_ROUGH) || (longest < 1e-13 && now < 1e-12) ||
                      (longest < 1e-9 && now >= *residual * 0.5 && ++still > 2);
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
  return *residual < (rough ? SPECIATION_ROUGH : 1e-9) ? KD_OK : KD_E_CONVERGENCE;
}
