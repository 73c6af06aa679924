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
 * Source    Morel and Morgan 1972 (tableau); Carrayrou et al. 2002 (start); Davies 1962; Grenthe et al. 1992 (SIT).
 * Range     any ionic strength for conditional constants; Davies to 0.5 mol/L; SIT to about 3.5 mol/kg.
 * Weakness  activity of water is one; mol/L is taken as mol/kg; no temperature but in the constants given.
 */
#include "process/speciation.h"

#include <math.h>
#include <string.h>

#include "process/speciation_solver.h"

#define KD_LN10    2.302585092994045684
#define KD_OUTER   300
#define KD_SECANTS 30
#define KD_TRIAL   25 /* Newton steps from the near start before the plain one is taken */

static double ionic_strength(const speciation_solver *s) {
  const kd_speciation *in = s->in;
  double strength = 0;
  if (!isnan(in->ionic_strength)) return in->ionic_strength;
  for (size_t i = 0; in->charge != NULL && i < s->ns; i++) strength += 0.5 * in->charge[i] * in->charge[i] * s->c[i];
  return strength;
}

/* ln of the activity coefficients at an ionic strength and the concentrations of the moment. */
static void coefficients(const speciation_solver *s, double strength, double *ln_gamma) {
  const kd_speciation *in = s->in;
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
}

static bool allocate(speciation_solver *s) {
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
static kd_status balance_charge(speciation_solver *s) {
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
    if (!speciation_is_buffer(s, k)) continue;
    double z = 0;
    for (size_t j = 0; j < s->nc; j++) z += speciation_solid_nu(s, k, j) * in->charge[j];
    KD_CHECK(fabs(z) < 1e-12, s->work->err, KD_E_CONTRADICTION, "solid %zu: a phase that carries charge %g", k + 1, z);
  }
  s->fixed[b] = false;
  s->total[b] = -sum / in->charge[b];
out:
  return status;
}

static kd_status prepare(speciation_solver *s) {
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
      if (!s->fixed[j] && !speciation_is_buffer(s, k))
        s->total[j] += in->solid_initial[k] * speciation_solid_nu(s, k, j);
  }
  KD_TRY(balance_charge(s));
  for (size_t j = 0; j < s->nc; j++) { /* a component that only adds up: none of it means none of its species */
    bool one_sign = !s->fixed[j], held = false;
    for (size_t i = 0; i < s->ns; i++) one_sign = one_sign && s->nu[i * s->nc + j] >= 0;
    for (size_t k = 0; k < s->np; k++) {
      one_sign = one_sign && speciation_solid_nu(s, k, j) >= 0;
      held = held || (speciation_is_buffer(s, k) && speciation_solid_nu(s, k, j) != 0);
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
      const double nu = i < s->ns ? s->nu[i * s->nc + j] : speciation_solid_nu(s, i - s->ns, j);
      if (nu != 0 && s->absent[j]) s->gone[i] = true;
    }
  for (size_t k = 0; k < s->np; k++) {
    if (!speciation_is_buffer(s, k) || s->gone[s->ns + k]) continue;
    bool free = false;
    for (size_t j = 0; j < s->nc; j++) free = free || (!s->fixed[j] && speciation_solid_nu(s, k, j) != 0);
    KD_CHECK(free, err, KD_E_CONTRADICTION, "solid %zu: all its components have fixed activities already", k + 1);
    KD_TRY(speciation_add(s, k, s->share));
  }
out:
  return status;
}

static kd_status report(kd_speciation_result *out, const speciation_solver *s, double strength, double residual) {
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
    out->saturation[k] = s->gone[s->ns + k] ? -(double)INFINITY : speciation_saturation(s, k) / KD_LN10;
    if (s->amount[k] < 0 && !speciation_is_buffer(s, k)) s->amount[k] = 0;
    for (size_t j = 0; j < s->nc; j++) out->total[j] += s->amount[k] * speciation_solid_nu(s, k, j);
  }
  return KD_OK;
}

kd_status kd_speciate(kd_speciation_result *out, const kd_speciation *in, kd_work *work) {
  kd_status status = KD_OK;
  speciation_solver s = {.in = in,
                         .work = work,
                         .nc = in->components,
                         .ns = in->components + in->species,
                         .np = in->solids,
                         .limit = SPECIATION_NEWTON};
  double residual = 0, strength = 0, change = (double)INFINITY, damping = 1;
  KD_CHECK(s.nc >= 1, work->err, KD_E_RANGE, "no components");
  KD_CHECK(allocate(&s), work->err, KD_E_NOMEM, "out of memory for %zu species", s.ns);
  KD_TRY(prepare(&s));
  double *gamma = kd_arena_alloc(work->scratch, s.ns, sizeof *gamma);
  KD_CHECK(gamma != NULL, work->err, KD_E_NOMEM, "out of memory for %zu species", s.ns);
  double used = isnan(in->ionic_strength) ? 0 : in->ionic_strength, was_used = 0, was_found = 0;
  if (in->activity != KD_ACTIVITY_NONE) coefficients(&s, used, s.ln_gamma);
  bool rough = true;
  if (s.held == 0) { /* a start near by, unless Newton does not soon like it */
    double *start = kd_arena_alloc(work->scratch, s.nc, sizeof *start);
    KD_CHECK(start != NULL, work->err, KD_E_NOMEM, "out of memory for %zu components", s.nc);
    memcpy(start, s.x, s.nc * sizeof *start);
    speciation_approach(&s);
    s.limit = KD_TRIAL;
    if (speciation_minimise(&s, true, &residual) != KD_OK) memcpy(s.x, start, s.nc * sizeof *start);
    s.limit = SPECIATION_NEWTON;
  }
  for (int outer = 0;; outer++) {
    KD_TRY(speciation_complementarity(&s, rough, &residual));
    strength = ionic_strength(&s);
    coefficients(&s, strength, gamma);
    double next = 0;
    for (size_t i = 0; i < s.ns; i++) next = fmax(next, fabs(gamma[i] - s.ln_gamma[i]));
    if (next < 1e-13 && !rough) break;
    rough = rough && next > 1e-2;
    KD_CHECK(outer < KD_OUTER, work->err, KD_E_CONVERGENCE,
             "activity coefficients still move by %.2g after %d rounds at ionic strength %.3g mol/L", next, KD_OUTER,
             strength);
    if (in->activity == KD_ACTIVITY_DAVIES && outer < KD_SECANTS) { /* one number: the secant of found less used */
      double to = strength, slope = outer > 0 && used != was_used ? (strength - was_found) / (used - was_used) : 0;
      if (slope < 0.9) to = used + (strength - used) / (1 - slope);
      if (!(to > 0.1 * strength && to < 10 * strength)) to = strength;
      was_used = used, was_found = strength;
      used = to;
      coefficients(&s, used, s.ln_gamma);
      continue;
    }
    if (next > 0.7 * change) damping = fmax(0.1, 0.7 * damping);
    change = next;
    for (size_t i = 0; i < s.ns; i++) s.ln_gamma[i] += damping * (gamma[i] - s.ln_gamma[i]);
  }
  KD_TRY(report(out, &s, strength, residual));
out:
  return status;
}
