// SPDX-License-Identifier: Apache-2.0
/* Co-kriging of p variables with a linear model of coregionalisation.
 *
 * General form: one covariance matrix of all samples near the target, C = L L'; for the variable q
 *   v = L^-1 c0q,  Z* = v'u + r'b,  s2 = C00 - v'v + r'N^-1 r                                               (1)
 * with u = L^-1 z, F = L^-1 X, X the indicator of each variable (ordinary: p unknown means), as in kriging.c. The p
 * right sides ride along in vectors of eight.
 *
 * Diagonal form, when all variables stand at the same samples and the model has two matrices B1, B2 (or one): with
 * B1 + B2 = A A', A^-1 B1 A^-T = Q diag(l) Q', the factors y = Q'A^-1 z are uncorrelated at every distance and have
 * the covariances l rho1 + (1 - l) rho2. Kriging does not mind a linear map of its variables, so that p single
 * krigings, and back z* = A Q y*, Cov = A Q diag(s2) Q'A', give the numbers of (1): (p n)^3 becomes p n^3.  (2)
 * Eight factors at a time, one in each lane.
 *
 * Source    Wackernagel 2003, ch. 24 to 26; simultaneous diagonalisation: Golub and Van Loan 2013, 8.7.
 * Weakness  (2) wants B1 + B2 positive definite; else the general form is taken.
 */
#include "deposit/cokriging_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "numerics/symmetric.h"

kd_cokriging_form kd_cokriging_form_of(const kd_cokriging *self) {
  return self->form;
}

static bool is_isotopic(const kd_covariable *variable, size_t p) {
  const kd_points *a = &variable[0].points;
  for (size_t v = 1; v < p; v++) {
    const kd_points *b = &variable[v].points;
    if (a->count != b->count || (a->z == NULL) != (b->z == NULL)) return false;
    for (size_t i = 0; i < a->count; i++)
      if (a->x[i] != b->x[i] || a->y[i] != b->y[i] || (a->z != NULL && a->z[i] != b->z[i])) return false;
  }
  return true;
}

/* (2); false when B1 + B2 is not positive definite. */
static bool diagonalise(kd_cokriging *self, kd_arena *arena) {
  const size_t p = self->p, n = self->variable[0].points.count;
  const kd_coregionalisation *m = self->model;
  double a[KD_VARIABLES_MAX * KD_VARIABLES_MAX], b[KD_VARIABLES_MAX * KD_VARIABLES_MAX];
  double q[KD_VARIABLES_MAX * KD_VARIABLES_MAX], column[KD_VARIABLES_MAX];
  for (size_t c = 0; c < p * p; c++) {
    b[c] = m->sill[0][c];
    a[c] = b[c] + (m->structures > 1 ? m->sill[1][c] : 0.0);
  }
  if (!kd_cholesky(a, p, p, 1e-12)) return false;
  for (int side = 0; side < 2; side++) { /* A^-1 B, then its transpose once more: A^-1 B A^-T */
    for (size_t j = 0; j < p; j++) {
      for (size_t i = 0; i < p; i++) column[i] = b[i * p + j];
      kd_cholesky_forward(a, p, p, column);
      for (size_t i = 0; i < p; i++) q[j * p + i] = column[i];
    }
    memcpy(b, q, p * p * sizeof *b);
  }
  for (size_t i = 0; i < p; i++)
    for (size_t j = 0; j < i; j++) b[i * p + j] = b[j * p + i] = 0.5 * (b[i * p + j] + b[j * p + i]);
  kd_symmetric_eigen(self->share, q, b, p);
  for (size_t i = 0; i < p; i++) self->share[i] = m->structures > 1 ? fmin(1.0, fmax(0.0, self->share[i])) : 1.0;
  for (size_t i = 0; i < p; i++)
    for (size_t j = 0; j < p; j++) {
      double sum = 0.0;
      for (size_t k = 0; k <= i; k++) sum += a[i * p + k] * q[k * p + j];
      self->back[i * p + j] = sum;
    }
  self->factor_value = kd_arena_alloc(arena, (n + 1) * p, sizeof(double));
  if (self->factor_value == NULL) return false;
  for (size_t s = 0; s <= n; s++) { /* the last is the mean */
    for (size_t i = 0; i < p; i++) column[i] = s < n ? self->variable[i].value[s] : self->rule.mean[i];
    kd_cholesky_forward(a, p, p, column);
    for (size_t j = 0; j < p; j++) {
      double sum = 0.0;
      for (size_t k = 0; k < p; k++) sum += q[k * p + j] * column[k];
      if (s < n)
        self->factor_value[s * p + j] = sum;
      else
        self->factor_mean[j] = sum;
    }
  }
  return true;
}

kd_status kd_cokriging_create(kd_cokriging **out, const kd_covariable *variable, const kd_coregionalisation *model,
                              const kd_cokriging_rule *rule, const kd_search_rule *search, kd_arena *arena,
                              kd_error *err) {
  kd_status status = KD_OK;
  size_t twins[2];
  kd_cokriging *self = kd_arena_alloc(arena, 1, sizeof *self);
  *out = NULL;
  KD_CHECK(self != NULL, err, KD_E_NOMEM, "no memory for a co-kriging");
  self->model = model;
  self->rule = *rule;
  self->p = model->variables;
  bool error = false;
  for (size_t k = 0; k < model->structures; k++)
    error = error || model->structure[k].structure[0].kind == KD_MEASUREMENT_ERROR;
  for (size_t v = 0; v < self->p; v++) {
    self->variable[v] = variable[v];
    KD_CHECK(variable[v].points.count > 0, err, KD_E_MISSING, "%s has no sample", model->name[v]);
    KD_CHECK(!rule->simple || isfinite(rule->mean[v]), err, KD_E_MISSING, "simple co-kriging wants the mean of %s",
             model->name[v]);
    KD_CHECK(error || !kd_points_duplicate(twins, &variable[v].points, arena), err, KD_E_DUPLICATE,
             "%s: samples %zu and %zu stand at one place", model->name[v], twins[0] + 1, twins[1] + 1);
    KD_TRY(kd_search_create(&self->search[v], arena, &variable[v].points, NULL, search, err));
    const size_t n = variable[v].points.count;
    self->most += search->neighbours > 0 && search->neighbours < n ? search->neighbours : n;
  }
  KD_CHECK(self->most <= 20000, err, KD_E_SIZE, "a system of %zu samples: at most 20000; give neighbours=", self->most);
  self->isotopic = is_isotopic(variable, self->p);
  if (!rule->general && model->structures <= 2 && !error && self->isotopic && diagonalise(self, arena))
    self->form = KD_COKRIGING_DIAGONAL;
  *out = self;
out:
  return status;
}

/* --- sets --------------------------------------------------------------------------------------------------------- */

static int by_row(const void *a, const void *b) {
  const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

static int by_hash(const void *a, const void *b) {
  const kd_target_set *x = a, *y = b;
  if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
  return (x->target > y->target) - (x->target < y->target);
}

static bool same_set(const kd_target_set *a, const kd_target_set *b) {
  return a->hash == b->hash && a->total == b->total && memcmp(a->count, b->count, sizeof a->count) == 0 &&
         memcmp(a->row, b->row, a->total * sizeof *a->row) == 0;
}

static void place_of(double at[3], const kd_points *points, size_t i) {
  at[0] = points->x[i];
  at[1] = points->y[i];
  at[2] = points->z != NULL ? points->z[i] : 0.0;
}

static kd_status find_sets(kd_target_set *set, const kd_cokriging *self, const kd_points *targets, kd_arena *arena,
                           kd_error *err) {
  kd_status status = KD_OK;
  const size_t searches = self->form == KD_COKRIGING_DIAGONAL ? 1 : self->p;
  kd_search_space space[KD_VARIABLES_MAX];
  uint32_t *buffer = kd_arena_alloc(arena, self->most + 1, sizeof *buffer);
  KD_CHECK(buffer != NULL, err, KD_E_NOMEM, "no memory for a neighbourhood");
  for (size_t v = 0; v < searches; v++) KD_TRY(kd_search_space_create(&space[v], arena, &self->search[v], err));
  for (size_t t = 0; t < targets->count; t++) {
    double at[3];
    kd_target_set *s = &set[t];
    place_of(at, targets, t);
    s->target = (uint32_t)t;
    s->hash = 1469598103934665603u;
    for (size_t v = 0; v < searches; v++) {
      s->count[v] = (uint32_t)kd_search_at(&self->search[v], &space[v], at, NULL);
      memcpy(buffer + s->total, space[v].index, s->count[v] * sizeof *buffer);
      qsort(buffer + s->total, s->count[v], sizeof *buffer, by_row);
      s->total += s->count[v];
    }
    s->row = kd_arena_alloc(arena, s->total + 1, sizeof *s->row);
    KD_CHECK(s->row != NULL, err, KD_E_NOMEM, "no memory for %zu targets", targets->count);
    memcpy(s->row, buffer, s->total * sizeof *buffer);
    for (size_t i = 0; i < s->total; i++) s->hash = (s->hash ^ buffer[i]) * 1099511628211u;
  }
  qsort(set, targets->count, sizeof *set, by_hash);
out:
  return status;
}

/* --- all targets -------------------------------------------------------------------------------------------------- */

#define CHUNK 256 /* targets, in the order of their sets */

typedef struct targets_run {
  const kd_cokriging *self;
  const kd_points *targets;
  const kd_target_set *set;
  double *estimate, *variance;
  kd_kriged_note *note;
  size_t *samples;
  kd_general_space **general; /* by worker */
  kd_diagonal_space **diagonal;
} targets_run;

/* Targets of one chunk. A set that goes on from the chunk before is factored again: the same numbers. */
static kd_status krige_chunk(size_t chunk, size_t worker, void *user, kd_error *err) {
  const targets_run *run = user;
  const kd_cokriging *self = run->self;
  const size_t p = self->p, end = (chunk + 1) * CHUNK < run->targets->count ? (chunk + 1) * CHUNK : run->targets->count;
  const bool by_factors = self->form == KD_COKRIGING_DIAGONAL;
  kd_kriged_note factored = KD_KRIGED;
  (void)err;
  for (size_t t = chunk * CHUNK; t < end; t++) {
    const kd_target_set *s = &run->set[t];
    double at[3], *z = run->estimate + s->target * p, *s2 = run->variance + s->target * p;
    for (size_t i = 0; i < p; i++) z[i] = s2[i] = (double)NAN;
    if (run->samples != NULL) run->samples[s->target] = by_factors ? s->total * p : s->total;
    run->note[s->target] = KD_KRIGED_NONE;
    if (s->total == 0) continue;
    if (t == chunk * CHUNK || run->set[t - 1].total == 0 || !same_set(s, &run->set[t - 1]))
      factored = by_factors ? kd_diagonal_factor(self, run->diagonal[worker], s)
                            : kd_general_factor(self, run->general[worker], s);
    run->note[s->target] = factored;
    if (factored != KD_KRIGED) continue;
    place_of(at, run->targets, s->target);
    if (by_factors)
      kd_diagonal_solve(self, run->diagonal[worker], s, at, z, s2);
    else
      kd_general_solve(self, run->general[worker], s, at, z, s2);
  }
  return KD_OK;
}

kd_status kd_cokriging_share(const kd_cokriging *self, double *estimate, double *variance, kd_kriged_note *note,
                             size_t *samples, const kd_points *targets, kd_pool *pool, kd_arena *arena, kd_error *err) {
  kd_status status = KD_OK;
  const size_t threads = pool != NULL ? kd_pool_threads(pool) : 1, chunks = (targets->count + CHUNK - 1) / CHUNK;
  kd_target_set *set = kd_arena_alloc(arena, targets->count + 1, sizeof *set);
  targets_run run = {.self = self,
                     .targets = targets,
                     .set = set,
                     .estimate = estimate,
                     .variance = variance,
                     .note = note,
                     .samples = samples,
                     .general = kd_arena_alloc(arena, threads, sizeof(kd_general_space *)),
                     .diagonal = kd_arena_alloc(arena, threads, sizeof(kd_diagonal_space *))};
  KD_CHECK(set != NULL && run.general != NULL && run.diagonal != NULL, err, KD_E_NOMEM, "no memory for %zu targets",
           targets->count);
  for (size_t t = 0; t < threads; t++) {
    if (self->form == KD_COKRIGING_DIAGONAL)
      KD_TRY(kd_diagonal_open(&run.diagonal[t], self, arena, err));
    else
      KD_TRY(kd_general_open(&run.general[t], self, arena, err));
  }
  KD_TRY(find_sets(set, self, targets, arena, err));
  if (pool != NULL) KD_TRY(kd_pool_run(pool, chunks, krige_chunk, &run, err));
  for (size_t c = 0; pool == NULL && c < chunks; c++) KD_TRY(krige_chunk(c, 0, &run, err));
out:
  return status;
}

kd_status kd_cokriging_at(const kd_cokriging *self, double *estimate, double *variance, kd_kriged_note *note,
                          size_t *samples, const kd_points *targets, kd_arena *arena, kd_error *err) {
  return kd_cokriging_share(self, estimate, variance, note, samples, targets, NULL, arena, err);
}
