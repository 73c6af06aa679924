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
#include "deposit/cokriging.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "numerics/simd.h"
#include "numerics/symmetric.h"

#define SINGULAR 1e-13

struct kd_cokriging {
  const kd_coregionalisation *model;
  kd_cokriging_rule rule;
  kd_cokriging_form form;
  size_t p;
  kd_covariable variable[KD_VARIABLES_MAX];
  kd_search search[KD_VARIABLES_MAX];
  size_t most; /* samples of all variables at most */
  bool isotopic;
  double error[KD_STRUCTURES_MAX];
  double share[KD_VARIABLES_MAX];                   /* l of each factor */
  double back[KD_VARIABLES_MAX * KD_VARIABLES_MAX]; /* A Q */
  double *factor_value;                             /* y by sample, p each */
  double factor_mean[KD_VARIABLES_MAX];
};

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

typedef struct target_set {
  uint32_t *row; /* samples of all variables, one after the other */
  uint32_t count[KD_VARIABLES_MAX];
  uint32_t total, target;
  uint64_t hash;
} target_set;

static int by_row(const void *a, const void *b) {
  const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

static int by_hash(const void *a, const void *b) {
  const target_set *x = a, *y = b;
  if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
  return (x->target > y->target) - (x->target < y->target);
}

static bool same_set(const target_set *a, const target_set *b) {
  return a->hash == b->hash && a->total == b->total && memcmp(a->count, b->count, sizeof a->count) == 0 &&
         memcmp(a->row, b->row, a->total * sizeof *a->row) == 0;
}

static void place_of(double at[3], const kd_points *points, size_t i) {
  at[0] = points->x[i];
  at[1] = points->y[i];
  at[2] = points->z != NULL ? points->z[i] : 0.0;
}

static kd_status find_sets(target_set *set, const kd_cokriging *self, const kd_points *targets, kd_arena *arena,
                           kd_error *err) {
  kd_status status = KD_OK;
  const size_t searches = self->form == KD_COKRIGING_DIAGONAL ? 1 : self->p;
  kd_search_space space[KD_VARIABLES_MAX];
  uint32_t *buffer = kd_arena_alloc(arena, self->most + 1, sizeof *buffer);
  KD_CHECK(buffer != NULL, err, KD_E_NOMEM, "no memory for a neighbourhood");
  for (size_t v = 0; v < searches; v++) KD_TRY(kd_search_space_create(&space[v], arena, &self->search[v], err));
  for (size_t t = 0; t < targets->count; t++) {
    double at[3];
    target_set *s = &set[t];
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

/* --- general form ------------------------------------------------------------------------------------------------- */

typedef struct general_space {
  size_t capacity;
  double *factor, *u, *x, *rho, *between, normal[KD_VARIABLES_MAX * KD_VARIABLES_MAX], beta[KD_VARIABLES_MAX];
  kd_v8 *v;
} general_space;

/* Correlations between the sites of the set, when all variables share them. */
static void fill_between(const kd_cokriging *self, general_space *g, const target_set *set) {
  const kd_points *points = &self->variable[0].points;
  const size_t n = set->count[0], K = self->model->structures;
  for (size_t i = 0; i < n; i++) {
    for (size_t j = 0; j < n; j++) {
      const uint32_t r = set->row[i], q = set->row[j];
      const double dx = points->x[r] - points->x[q], dy = points->y[r] - points->y[q];
      const double dz = points->z != NULL ? points->z[r] - points->z[q] : 0.0;
      const bool here = dx == 0.0 && dy == 0.0 && dz == 0.0;
      for (size_t k = 0; k < K; k++)
        g->between[(i * n + j) * K + k] = here && self->model->structure[k].structure[0].kind == KD_MEASUREMENT_ERROR
                                              ? 0.0
                                              : kd_covariance_at(&self->model->structure[k], dx, dy, dz);
    }
  }
}

static kd_kriged_note factor_general(const kd_cokriging *self, general_space *g, const target_set *set) {
  const size_t p = self->p, n = set->total, stride = g->capacity;
  const kd_coregionalisation *m = self->model;
  size_t first = 0;
  if (self->isotopic) fill_between(self, g, set);
  for (size_t a = 0; a < p; first += set->count[a++]) {
    const kd_points *pa = &self->variable[a].points;
    size_t other = 0;
    for (size_t b = 0; b <= a; other += set->count[b++]) {
      const kd_points *pb = &self->variable[b].points;
      for (size_t i = 0; i < set->count[a]; i++) {
        const uint32_t r = set->row[first + i];
        for (size_t j = 0; j < set->count[b] && other + j <= first + i; j++) {
          const uint32_t q = set->row[other + j];
          const double dx = pa->x[r] - pb->x[q], dy = pa->y[r] - pb->y[q];
          const double dz = pa->z != NULL ? pa->z[r] - pb->z[q] : 0.0;
          const bool here = dx == 0.0 && dy == 0.0 && dz == 0.0;
          double sum = 0.0;
          if (self->isotopic && i != j) {
            const double *rho = g->between + (i * set->count[0] + j) * m->structures;
            for (size_t k = 0; k < m->structures; k++) sum += m->sill[k][a * p + b] * rho[k];
            g->factor[(first + i) * stride + other + j] = sum;
            continue;
          }
          for (size_t k = 0; k < m->structures; k++) {
            const bool error = m->structure[k].structure[0].kind == KD_MEASUREMENT_ERROR;
            if (here && error && other + j != first + i) continue;
            sum += m->sill[k][a * p + b] * (here ? 1.0 : kd_covariance_at(&m->structure[k], dx, dy, dz));
          }
          g->factor[(first + i) * stride + other + j] = sum;
        }
      }
    }
  }
  if (!kd_cholesky(g->factor, n, stride, SINGULAR)) return KD_KRIGED_SINGULAR;
  first = 0;
  memset(g->x, 0, n * p * sizeof *g->x);
  for (size_t a = 0; a < p; first += set->count[a++]) {
    for (size_t i = first; i < first + set->count[a]; i++) {
      g->u[i] = self->variable[a].value[set->row[i]] - (self->rule.simple ? self->rule.mean[a] : 0.0);
      g->x[a * n + i] = 1.0;
    }
  }
  kd_cholesky_forward(g->factor, n, stride, g->u);
  if (self->rule.simple) return KD_KRIGED;
  for (size_t a = 0; a < p; a++) {
    if (set->count[a] == 0) return KD_KRIGED_TREND;
    kd_cholesky_forward(g->factor, n, stride, g->x + a * n);
  }
  for (size_t a = 0; a < p; a++) {
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) sum += g->x[a * n + i] * g->u[i];
    g->beta[a] = sum;
    for (size_t b = 0; b <= a; b++) {
      sum = 0.0;
      for (size_t i = 0; i < n; i++) sum += g->x[a * n + i] * g->x[b * n + i];
      g->normal[a * p + b] = sum;
    }
  }
  if (!kd_cholesky(g->normal, p, p, 1e-13)) return KD_KRIGED_TREND;
  kd_cholesky_forward(g->normal, p, p, g->beta);
  return KD_KRIGED;
}

/* v := L^-1 v for eight right sides. */
KD_CLONES static void forward_lanes(const double *l, size_t n, size_t stride, kd_v8 *v) {
  for (size_t i = 0; i < n; i++) {
    const double *row = l + i * stride;
    kd_v8 a = v[i], b = KD_SPLAT(0.0), c = b, d = b;
    size_t k = 0;
    for (; k + 4 <= i; k += 4) {
      a -= row[k] * v[k];
      b += row[k + 1] * v[k + 1];
      c += row[k + 2] * v[k + 2];
      d += row[k + 3] * v[k + 3];
    }
    for (; k < i; k++) a -= row[k] * v[k];
    v[i] = (a - (b + (c + d))) / row[i];
  }
}

KD_CLONES static void solve_general(const kd_cokriging *self, general_space *g, const target_set *set,
                                    const double at[3], double *estimate, double *variance) {
  const size_t p = self->p, n = set->total;
  const kd_coregionalisation *m = self->model;
  const size_t K = m->structures;
  size_t first = 0;
  /* The correlations with the target by row; where all variables share their sites, once for all. */
  for (size_t a = 0; a < p; first += set->count[a++]) {
    const kd_points *pa = &self->variable[a].points;
    if (a > 0 && self->isotopic) {
      memcpy(g->rho + first * K, g->rho, set->count[a] * K * sizeof *g->rho);
      continue;
    }
    for (size_t i = first; i < first + set->count[a]; i++) {
      const uint32_t r = set->row[i];
      const double dx = pa->x[r] - at[0], dy = pa->y[r] - at[1], dz = pa->z != NULL ? pa->z[r] - at[2] : 0.0;
      const bool here = dx == 0.0 && dy == 0.0 && dz == 0.0;
      for (size_t k = 0; k < K; k++)
        g->rho[i * K + k] = here ? (double)(m->structure[k].structure[0].kind != KD_MEASUREMENT_ERROR)
                                 : kd_covariance_at(&m->structure[k], dx, dy, dz);
    }
  }
  for (size_t from = 0; from < p; from += KD_LANES) {
    const size_t lanes = p - from < KD_LANES ? p - from : KD_LANES;
    first = 0;
    for (size_t a = 0; a < p; first += set->count[a++]) {
      kd_v8 sill[KD_STRUCTURES_MAX];
      for (size_t k = 0; k < K; k++)
        for (size_t l = 0; l < KD_LANES; l++) sill[k][l] = l < lanes ? m->sill[k][a * p + from + l] : 0.0;
      for (size_t i = first; i < first + set->count[a]; i++) {
        kd_v8 sum = KD_SPLAT(0.0);
        for (size_t k = 0; k < K; k++) sum += sill[k] * g->rho[i * K + k];
        g->v[i] = sum;
      }
    }
    forward_lanes(g->factor, n, g->capacity, g->v);
    kd_v8 z = KD_SPLAT(0.0), s2 = KD_SPLAT(0.0), fv[KD_VARIABLES_MAX];
    for (size_t i = 0; i < n; i++) {
      z += g->v[i] * g->u[i];
      s2 -= g->v[i] * g->v[i];
    }
    for (size_t a = 0; a < p && !self->rule.simple; a++) {
      fv[a] = KD_SPLAT(0.0);
      for (size_t i = 0; i < n; i++) fv[a] += g->x[a * n + i] * g->v[i];
    }
    for (size_t l = 0; l < lanes; l++) {
      const size_t q = from + l;
      double r[KD_VARIABLES_MAX], best = z[l], left = s2[l];
      for (size_t k = 0; k < m->structures; k++)
        if (m->structure[k].structure[0].kind != KD_MEASUREMENT_ERROR) left += m->sill[k][q * p + q];
      for (size_t a = 0; a < p && !self->rule.simple; a++) r[a] = (a == q ? 1.0 : 0.0) - fv[a][l];
      if (!self->rule.simple) kd_cholesky_forward(g->normal, p, p, r);
      for (size_t a = 0; a < p && !self->rule.simple; a++) {
        best += r[a] * g->beta[a];
        left += r[a] * r[a];
      }
      estimate[q] = best + (self->rule.simple ? self->rule.mean[q] : 0.0);
      variance[q] = left < 0.0 && left > -1e-9 * (m->sill[0][q * p + q] + 1e-300) ? 0.0 : left;
    }
  }
}

/* --- diagonal form ------------------------------------------------------------------------------------------------ */

typedef struct diagonal_space {
  kd_v8 *factor, *u, *x, *v, *inverse; /* triangle by rows; for each group of eight factors */
  double *rho[2];                      /* correlations between samples, triangle by rows */
  kd_v8 normal[2], beta[2];
} diagonal_space;

/* Factors of eight factors of the model; bad lanes are told. */
KD_CLONES static bool factor_diagonal(const kd_cokriging *self, diagonal_space *g, const target_set *set,
                                      size_t group) {
  const size_t p = self->p, n = set->total, from = group * KD_LANES, capacity = self->most;
  kd_v8 *factor = g->factor + group * (capacity * (capacity + 1) / 2), *u = g->u + group * capacity;
  kd_v8 *x = g->x + group * capacity, *inverse = g->inverse + group * capacity;
  kd_v8 share = KD_SPLAT(1.0), rest, nn = KD_SPLAT(0.0), nu = nn;
  kd_i8 bad = {0};
  for (size_t l = 0; l < KD_LANES && from + l < p; l++) share[l] = self->share[from + l];
  rest = 1.0 - share;
  for (size_t i = 0; i < n; i++) {
    kd_v8 *row = factor + i * (i + 1) / 2;
    for (size_t j = 0; j <= i; j++) {
      const kd_v8 *other = factor + j * (j + 1) / 2;
      kd_v8 a = share * g->rho[0][i * (i + 1) / 2 + j] + rest * g->rho[1][i * (i + 1) / 2 + j], b = KD_SPLAT(0.0);
      size_t k = 0;
      for (; k + 2 <= j; k += 2) {
        a -= row[k] * other[k];
        b += row[k + 1] * other[k + 1];
      }
      if (k < j) a -= row[k] * other[k];
      a -= b;
      if (j < i) {
        row[j] = a * inverse[j];
        continue;
      }
      bad |= ~(a > SINGULAR);
      for (int l = 0; l < KD_LANES; l++) row[i][l] = sqrt(a[l]);
      inverse[i] = 1.0 / row[i];
    }
    kd_v8 t = KD_SPLAT(0.0), one = KD_SPLAT(1.0);
    for (size_t l = 0; l < KD_LANES && from + l < p; l++)
      t[l] = self->factor_value[set->row[i] * p + from + l] - (self->rule.simple ? self->factor_mean[from + l] : 0.0);
    for (size_t k = 0; k < i; k++) {
      t -= row[k] * u[k];
      one -= row[k] * x[k];
    }
    u[i] = t * inverse[i];
    x[i] = one * inverse[i];
    nn += x[i] * x[i];
    nu += x[i] * u[i];
  }
  g->normal[group] = nn;
  g->beta[group] = nu;
  int64_t any = 0;
  for (int l = 0; l < KD_LANES; l++) any |= bad[l];
  return any == 0;
}

KD_CLONES static void solve_diagonal(const kd_cokriging *self, diagonal_space *g, size_t n, const double *c1,
                                     const double *c2, size_t group, kd_v8 *estimate, kd_v8 *variance) {
  const size_t p = self->p, from = group * KD_LANES, capacity = self->most;
  const kd_v8 *factor = g->factor + group * (capacity * (capacity + 1) / 2), *u = g->u + group * capacity;
  const kd_v8 *x = g->x + group * capacity, *inverse = g->inverse + group * capacity;
  kd_v8 share = KD_SPLAT(1.0), z = KD_SPLAT(0.0), s2 = KD_SPLAT(1.0), r = KD_SPLAT(1.0), *v = g->v;
  for (size_t l = 0; l < KD_LANES && from + l < p; l++) share[l] = self->share[from + l];
  const kd_v8 rest = 1.0 - share;
  for (size_t i = 0; i < n; i++) {
    const kd_v8 *row = factor + i * (i + 1) / 2;
    kd_v8 a = share * c1[i] + rest * c2[i], b = KD_SPLAT(0.0);
    size_t k = 0;
    for (; k + 2 <= i; k += 2) {
      a -= row[k] * v[k];
      b += row[k + 1] * v[k + 1];
    }
    if (k < i) a -= row[k] * v[k];
    v[i] = (a - b) * inverse[i];
    z += v[i] * u[i];
    s2 -= v[i] * v[i];
    r -= v[i] * x[i];
  }
  if (!self->rule.simple) {
    z += r * g->beta[group] / g->normal[group];
    s2 += r * r / g->normal[group];
  }
  *estimate = z;
  *variance = s2;
}

static double rho_of(const kd_cokriging *self, size_t k, double dx, double dy, double dz) {
  return k < self->model->structures ? kd_covariance_at(&self->model->structure[k], dx, dy, dz) : 0.0;
}

static kd_kriged_note factor_all_diagonal(const kd_cokriging *self, diagonal_space *g, const target_set *set) {
  const kd_points *p = &self->variable[0].points;
  for (size_t i = 0; i < set->total; i++)
    for (size_t j = 0; j <= i; j++) {
      const uint32_t a = set->row[i], b = set->row[j];
      for (size_t k = 0; k < 2; k++)
        g->rho[k][i * (i + 1) / 2 + j] =
            rho_of(self, k, p->x[a] - p->x[b], p->y[a] - p->y[b], p->z != NULL ? p->z[a] - p->z[b] : 0.0);
    }
  for (size_t group = 0; group * KD_LANES < self->p; group++)
    if (!factor_diagonal(self, g, set, group)) return KD_KRIGED_SINGULAR;
  return KD_KRIGED;
}

static void solve_all_diagonal(const kd_cokriging *self, diagonal_space *g, const target_set *set, const double at[3],
                               double *c, double *estimate, double *variance) {
  const kd_points *points = &self->variable[0].points;
  const size_t p = self->p, n = set->total;
  double y[KD_VARIABLES_MAX], s2[KD_VARIABLES_MAX];
  for (size_t i = 0; i < n; i++) {
    const uint32_t r = set->row[i];
    for (size_t k = 0; k < 2; k++)
      c[k * self->most + i] =
          rho_of(self, k, points->x[r] - at[0], points->y[r] - at[1], points->z != NULL ? points->z[r] - at[2] : 0.0);
  }
  for (size_t group = 0; group * KD_LANES < p; group++) {
    kd_v8 e, v;
    solve_diagonal(self, g, n, c, c + self->most, group, &e, &v);
    for (size_t l = 0; l < KD_LANES && group * KD_LANES + l < p; l++) {
      const size_t f = group * KD_LANES + l;
      y[f] = e[l] + (self->rule.simple ? self->factor_mean[f] : 0.0);
      s2[f] = v[l] < 0.0 && v[l] > -1e-9 ? 0.0 : v[l];
    }
  }
  for (size_t i = 0; i < p; i++) {
    double z = 0.0, v = 0.0;
    for (size_t f = 0; f < p; f++) {
      z += self->back[i * p + f] * y[f];
      v += self->back[i * p + f] * self->back[i * p + f] * s2[f];
    }
    estimate[i] = z;
    variance[i] = v;
  }
}

/* --- all targets -------------------------------------------------------------------------------------------------- */

static kd_status make_general(general_space *g, const kd_cokriging *self, kd_arena *arena, kd_error *err) {
  kd_status status = KD_OK;
  g->capacity = self->most;
  g->factor = kd_arena_alloc(arena, g->capacity * g->capacity + 1, sizeof(double));
  g->u = kd_arena_alloc(arena, g->capacity + 1, sizeof(double));
  g->x = kd_arena_alloc(arena, g->capacity * self->p + 1, sizeof(double));
  g->v = kd_arena_alloc(arena, g->capacity + 1, sizeof(kd_v8));
  g->rho = kd_arena_alloc(arena, (g->capacity + 1) * KD_STRUCTURES_MAX, sizeof(double));
  const size_t sites = self->isotopic ? g->capacity / self->p : 0;
  g->between = kd_arena_alloc(arena, sites * sites * self->model->structures + 1, sizeof(double));
  KD_CHECK(g->rho != NULL && g->between != NULL && g->factor != NULL && g->u != NULL && g->x != NULL && g->v != NULL,
           err, KD_E_NOMEM, "no memory for a system of %zu samples", g->capacity);
out:
  return status;
}

static kd_status make_diagonal(diagonal_space *g, kd_cokriging *self, kd_arena *arena, kd_error *err) {
  kd_status status = KD_OK;
  const size_t groups = (self->p + KD_LANES - 1) / KD_LANES;
  self->most /= self->p; /* one variable's samples from here on */
  const size_t n = self->most, triangle = n * (n + 1) / 2;
  g->factor = kd_arena_alloc(arena, groups * triangle, sizeof(kd_v8));
  g->u = kd_arena_alloc(arena, groups * n, sizeof(kd_v8));
  g->x = kd_arena_alloc(arena, groups * n, sizeof(kd_v8));
  g->inverse = kd_arena_alloc(arena, groups * n, sizeof(kd_v8));
  g->v = kd_arena_alloc(arena, n, sizeof(kd_v8));
  for (int k = 0; k < 2; k++) g->rho[k] = kd_arena_alloc(arena, triangle, sizeof(double));
  KD_CHECK(g->factor != NULL && g->u != NULL && g->x != NULL && g->inverse != NULL && g->v != NULL &&
               g->rho[0] != NULL && g->rho[1] != NULL,
           err, KD_E_NOMEM, "no memory for a system of %zu samples", n);
out:
  return status;
}

kd_status kd_cokriging_at(const kd_cokriging *original, double *estimate, double *variance, kd_kriged_note *note,
                          size_t *samples, const kd_points *targets, kd_arena *arena, kd_error *err) {
  kd_status status = KD_OK;
  kd_cokriging copy = *original;
  const kd_cokriging *self = &copy;
  const size_t p = self->p;
  general_space general = {0};
  diagonal_space diagonal = {0};
  const bool simple_form = self->form == KD_COKRIGING_DIAGONAL;
  target_set *set = kd_arena_alloc(arena, targets->count + 1, sizeof *set);
  double *c = kd_arena_alloc(arena, 2 * self->most + 2, sizeof *c);
  KD_CHECK(set != NULL && c != NULL, err, KD_E_NOMEM, "no memory for %zu targets", targets->count);
  if (simple_form)
    KD_TRY(make_diagonal(&diagonal, &copy, arena, err));
  else
    KD_TRY(make_general(&general, self, arena, err));
  KD_TRY(find_sets(set, self, targets, arena, err));
  kd_kriged_note factored = KD_KRIGED;
  for (size_t t = 0; t < targets->count; t++) {
    const target_set *s = &set[t];
    double at[3];
    double *z = estimate + s->target * p, *s2 = variance + s->target * p;
    for (size_t i = 0; i < p; i++) z[i] = s2[i] = (double)NAN;
    if (samples != NULL) samples[s->target] = simple_form ? s->total * p : s->total;
    note[s->target] = KD_KRIGED_NONE;
    if (s->total == 0) continue;
    if (t == 0 || set[t - 1].total == 0 || !same_set(s, &set[t - 1]))
      factored = simple_form ? factor_all_diagonal(self, &diagonal, s) : factor_general(self, &general, s);
    note[s->target] = factored;
    if (factored != KD_KRIGED) continue;
    place_of(at, targets, s->target);
    if (simple_form)
      solve_all_diagonal(self, &diagonal, s, at, c, z, s2);
    else
      solve_general(self, &general, s, at, z, s2);
  }
out:
  return status;
}
