// SPDX-License-Identifier: Apache-2.0
/* Co-kriging by uncorrelated factors, equation (2) of cokriging.c: eight factors at a time, one in each lane. */
#include <math.h>

#include "base/error.h"
#include "deposit/cokriging_internal.h"
#include "numerics/simd.h"

struct kd_diagonal_space {
  kd_v8 *factor, *u, *x, *v, *inverse; /* triangle by rows; for each group of eight factors */
  size_t capacity;                     /* samples of one variable */
  double *c;                           /* correlations with the target, of both structures */
  double *rho[2];                      /* correlations between samples, triangle by rows */
  kd_v8 normal[2], beta[2];
};

/* Factors of eight factors of the model; bad lanes are told. */
KD_CLONES static bool factor_diagonal(const kd_cokriging *self, kd_diagonal_space *g, const kd_target_set *set,
                                      size_t group) {
  const size_t p = self->p, n = set->total, from = group * KD_LANES, capacity = g->capacity;
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
      bad |= ~(a > KD_COKRIGING_SINGULAR);
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

KD_CLONES static void solve_diagonal(const kd_cokriging *self, kd_diagonal_space *g, size_t n, const double *c1,
                                     const double *c2, size_t group, kd_v8 *estimate, kd_v8 *variance) {
  const size_t p = self->p, from = group * KD_LANES, capacity = g->capacity;
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

kd_kriged_note kd_diagonal_factor(const kd_cokriging *self, kd_diagonal_space *g, const kd_target_set *set) {
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

void kd_diagonal_solve(const kd_cokriging *self, kd_diagonal_space *g, const kd_target_set *set, const double at[3],
                       double *estimate, double *variance) {
  const kd_points *points = &self->variable[0].points;
  const size_t p = self->p, n = set->total;
  double y[KD_VARIABLES_MAX], s2[KD_VARIABLES_MAX];
  for (size_t i = 0; i < n; i++) {
    const uint32_t r = set->row[i];
    for (size_t k = 0; k < 2; k++)
      g->c[k * g->capacity + i] =
          rho_of(self, k, points->x[r] - at[0], points->y[r] - at[1], points->z != NULL ? points->z[r] - at[2] : 0.0);
  }
  for (size_t group = 0; group * KD_LANES < p; group++) {
    kd_v8 e, v;
    solve_diagonal(self, g, n, g->c, g->c + g->capacity, group, &e, &v);
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

kd_status kd_diagonal_open(kd_diagonal_space **out, const kd_cokriging *self, kd_arena *arena, kd_error *err) {
  kd_status status = KD_OK;
  const size_t groups = (self->p + KD_LANES - 1) / KD_LANES, n = self->most / self->p, triangle = n * (n + 1) / 2;
  kd_diagonal_space *g = kd_arena_alloc(arena, 1, sizeof *g);
  *out = g;
  KD_CHECK(g != NULL, err, KD_E_NOMEM, "no memory for a system");
  g->capacity = n;
  g->c = kd_arena_alloc(arena, 2 * n + 2, sizeof *g->c);
  g->factor = kd_arena_alloc(arena, groups * triangle, sizeof(kd_v8));
  g->u = kd_arena_alloc(arena, groups * n, sizeof(kd_v8));
  g->x = kd_arena_alloc(arena, groups * n, sizeof(kd_v8));
  g->inverse = kd_arena_alloc(arena, groups * n, sizeof(kd_v8));
  g->v = kd_arena_alloc(arena, n, sizeof(kd_v8));
  for (int k = 0; k < 2; k++) g->rho[k] = kd_arena_alloc(arena, triangle, sizeof(double));
  KD_CHECK(g->c != NULL && g->factor != NULL && g->u != NULL && g->x != NULL && g->inverse != NULL && g->v != NULL &&
               g->rho[0] != NULL && g->rho[1] != NULL,
           err, KD_E_NOMEM, "no memory for a system of %zu samples", n);
out:
  return status;
}
