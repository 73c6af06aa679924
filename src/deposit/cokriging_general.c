// SPDX-License-Identifier: Apache-2.0
/* Co-kriging by one system of all samples, equation (1) of cokriging.c. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "deposit/cokriging_internal.h"
#include "numerics/simd.h"

struct kd_general_space {
  size_t capacity;
  double *factor, *u, *x, *rho, *between, normal[KD_VARIABLES_MAX * KD_VARIABLES_MAX], beta[KD_VARIABLES_MAX];
  kd_v8 *v;
};

/* Correlations between the sites of the set, when all variables share them. */
static void fill_between(const kd_cokriging *self, kd_general_space *g, const kd_target_set *set) {
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

kd_kriged_note kd_general_factor(const kd_cokriging *self, kd_general_space *g, const kd_target_set *set) {
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
  if (!kd_cholesky(g->factor, n, stride, KD_COKRIGING_SINGULAR)) return KD_KRIGED_SINGULAR;
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

KD_CLONES void kd_general_solve(const kd_cokriging *self, kd_general_space *g, const kd_target_set *set,
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

kd_status kd_general_open(kd_general_space **out, const kd_cokriging *self, kd_arena *arena, kd_error *err) {
  kd_status status = KD_OK;
  kd_general_space *g = kd_arena_alloc(arena, 1, sizeof *g);
  *out = g;
  KD_CHECK(g != NULL, err, KD_E_NOMEM, "no memory for a system");
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
