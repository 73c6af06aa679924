// SPDX-License-Identifier: Apache-2.0
/* Which solids are there: the complementarity of speciation.c, equation (3) there. The most supersaturated is added,
 * what falls below nothing is dropped. */
#include "process/speciation_solver.h"

#include <math.h>

#define KD_ROUNDS 400
#define KD_BOLD   20 /* rounds in which all solids with less than nothing go at once */

/* Expresses the reaction of a solid by those of the active ones, over the unknowns. true: it is such a combination. */
static bool combination(speciation_solver *s, size_t solid, double *share) {
  const size_t m = s->held, n = s->n;
  double size = 0, rest = 0;
  for (size_t u = 0; u < n; u++) size = fmax(size, fabs(speciation_solid_nu(s, solid, s->unknown[u])));
  for (size_t p = 0; p < m; p++) share[p] = 0;
  if (size == 0) return true; /* made of fixed activities alone */
  if (m == 0) return false;
  if (!speciation_reduce(s)) return true;
  for (size_t u = 0; u < n; u++) {
    double left = speciation_solid_nu(s, solid, s->unknown[u]);
    for (size_t p = 0; p < m; p++) left -= speciation_solid_nu(s, solid, s->unknown[s->pivot[p]]) * s->row[p * n + u];
    rest = fmax(rest, fabs(left));
  }
  for (size_t p = 0; p < m; p++)
    for (size_t q = 0; q < m; q++)
      share[q] += speciation_solid_nu(s, solid, s->unknown[s->pivot[p]]) * s->back[p * s->np + q];
  return rest <= 1e-10 * size;
}

static void drop(speciation_solver *s, size_t place) {
  s->amount[s->active[place]] = 0;
  for (size_t p = place; p + 1 < s->held; p++) s->active[p] = s->active[p + 1];
  s->held--;
}

bool speciation_is_buffer(const speciation_solver *s, size_t solid) {
  return s->in->buffer != NULL && s->in->buffer[solid];
}

/* Adds a solid; one that is a combination of those there takes the place of the first of them to be used up. */
kd_status speciation_add(speciation_solver *s, size_t solid, double *share) {
  if (combination(s, solid, share)) {
    size_t out = s->held;
    double least = (double)INFINITY;
    for (size_t p = 0; p < s->held; p++) {
      if (share[p] <= 1e-12 || speciation_is_buffer(s, s->active[p])) continue;
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

/* The most supersaturated solid there is not yet, or the number of solids; `first`: the first one counts. */
static size_t supersaturated(const speciation_solver *s, bool first) {
  size_t best = s->np;
  double most = SPECIATION_SATURATED;
  for (size_t k = 0; k < s->np; k++) {
    bool in = s->gone[s->ns + k];
    for (size_t p = 0; p < s->held; p++) in = in || s->active[p] == k;
    if (in) continue;
    const double si = speciation_saturation(s, k);
    if (si > most) {
      most = si, best = k;
      if (first) break;
    }
  }
  return best;
}

/* A component of the solid that no active one has, so that it can join them unasked. */
static bool stands_alone(const speciation_solver *s, size_t solid) {
  for (size_t u = 0; u < s->n; u++) {
    if (speciation_solid_nu(s, solid, s->unknown[u]) == 0) continue;
    bool shared = false;
    for (size_t p = 0; p < s->held; p++) shared = shared || speciation_solid_nu(s, s->active[p], s->unknown[u]) != 0;
    if (!shared) return true;
  }
  return false;
}

/* The solid with least of all below nothing, or the number held. */
static size_t overdrawn(const speciation_solver *s) {
  size_t worst = s->held;
  double least = 0;
  for (size_t p = 0; p < s->held; p++) {
    double scale = 0;
    for (size_t j = 0; j < s->nc; j++)
      if (!s->fixed[j] && speciation_solid_nu(s, s->active[p], j) != 0) scale = fmax(scale, fabs(s->total[j]));
    const double n = s->amount[s->active[p]];
    if (!speciation_is_buffer(s, s->active[p]) && n < -1e-13 * scale && n < least) least = n, worst = p;
  }
  return worst;
}

/* The set of solids, looked for roughly, then held to the last digit. */
kd_status speciation_complementarity(speciation_solver *s, bool rough, double *residual) {
  kd_status status = KD_OK;
  bool quick = true;
  for (int round = 0; round < KD_ROUNDS; round++) {
    const bool late = round > KD_ROUNDS / 2; /* one at a time, the first that comes, so that no cycle can last */
    status = speciation_minimise(s, quick && !late, residual);
    if (status != KD_OK && quick && !late) {
      quick = false;
      continue;
    }
    if (status != KD_OK)
      return kd_error_set(s->work->err, status,
                          "no equilibrium found after %zu steps: a total that no mixture has, or constants out of "
                          "reach; worst balance %.2g",
                          s->iterations, *residual);
    size_t worst = overdrawn(s);
    if (worst < s->held) {
      do {
        drop(s, worst);
        worst = overdrawn(s);
      } while (round < KD_BOLD && worst < s->held);
      continue;
    }
    size_t best = supersaturated(s, late);
    if (best == s->np) {
      if (rough || !(quick && !late)) return KD_OK;
      quick = false;
      continue;
    }
    KD_TRY(speciation_add(s, best, s->share));
    if (late) continue;
    /* the others of their own components too: fifteen phosphates come at once */
    for (size_t k = 0; k < s->np; k++) {
      if (s->gone[s->ns + k] || !(speciation_saturation(s, k) > SPECIATION_SATURATED) || !stands_alone(s, k)) continue;
      s->active[s->held++] = k;
    }
  }
  return kd_error_set(s->work->err, KD_E_CONVERGENCE, "no set of solids found in %d rounds", KD_ROUNDS);
out:
  return status;
}
