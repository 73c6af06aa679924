// SPDX-License-Identifier: Apache-2.0
/* The box round all lags u with |M u| <= t is sqrt(sum_i r_i^2 R_ia^2) t wide along axis a: M = diag(1/r) R. */
#include "deposit/covariance_reach.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"

/* Where a structure has fallen to `share` of its own sill for good. */
static double fallen(const kd_structure *s, double share) {
  double last = 0;
  for (double u = 1.0 / 64; u <= 100; u *= 1.03125)
    if (1 - kd_structure_unit(s->kind, u, s->shape) > share || kd_structure_unit(s->kind, u, s->shape) - 1 > share)
      last = u;
  double low = last, high = last * 1.03125;
  if (last == 0 || high > 100) return last;
  for (int i = 0; i < 50; i++) {
    const double u = 0.5 * (low + high);
    *(fabs(1 - kd_structure_unit(s->kind, u, s->shape)) > share ? &low : &high) = u;
  }
  return high;
}

void kd_covariance_reach(double reach[3], const kd_covariance *model, double share) {
  for (int a = 0; a < 3; a++) reach[a] = 0;
  for (size_t i = 0; i < model->count; i++) {
    const kd_structure *s = &model->structure[i];
    if (s->kind == KD_NUGGET || s->kind == KD_MEASUREMENT_ERROR || !(s->sill > 0)) continue;
    const double t = fallen(s, fmin(1.0, share * model->sill / s->sill / (double)model->count));
    const double range[3] = {s->range, s->semi, s->minor};
    for (int a = 0; a < 3; a++) {
      double square = 0;
      for (int k = 0; k < 3; k++) square += pow(s->map[3 * k + a] * range[k] * range[k], 2);
      reach[a] = fmax(reach[a], sqrt(square) * t);
    }
  }
}

double kd_lag_covariance(const kd_lag_table *self, int32_t dx, int32_t dy, int32_t dz) {
  if (abs(dx) <= self->half[0] && abs(dy) <= self->half[1] && abs(dz) <= self->half[2])
    return self->value[self->centre + dx * self->step[0] + dy * self->step[1] + dz * self->step[2]];
  return kd_covariance_at(self->model, dx * self->spacing[0], dy * self->spacing[1], dz * self->spacing[2]);
}

kd_status kd_lag_table_prepare(kd_lag_table *out, const kd_covariance *model, const kd_simulation_grid *grid,
                               size_t most, kd_arena *scratch, kd_error *err) {
  kd_status status = KD_OK;
  size_t width[3], total;
  *out = (kd_lag_table){.model = model};
  for (int a = 0; a < 3; a++) out->half[a] = (int32_t)grid->n[a] - 1;
  for (;;) {
    int widest = 0;
    double lags = 1;
    for (int a = 0; a < 3; a++) {
      lags *= 2.0 * out->half[a] + 1;
      if (out->half[a] > out->half[widest]) widest = a;
    }
    if (lags <= (double)most || out->half[widest] == 0) break;
    out->half[widest] = (int32_t)(out->half[widest] * 0.9);
  }
  for (int a = 0; a < 3; a++) {
    width[a] = 2 * (size_t)out->half[a] + 1;
    out->spacing[a] = grid->spacing[a];
  }
  out->step[0] = 1;
  out->step[1] = (int32_t)width[0];
  out->step[2] = (int32_t)(width[0] * width[1]);
  total = width[0] * width[1] * width[2];
  out->centre = (int32_t)(total / 2);
  out->value = kd_arena_alloc(scratch, total, sizeof(double));
  KD_CHECK(out->value != NULL, err, KD_E_NOMEM, "out of memory for %zu covariances", total);
  for (size_t i = total / 2; i < total; i++) { /* a covariance is even */
    const int32_t dx = (int32_t)(i % width[0]) - out->half[0], dy = (int32_t)(i / width[0] % width[1]) - out->half[1],
                  dz = (int32_t)(i / (width[0] * width[1])) - out->half[2];
    out->value[i] = out->value[total - 1 - i] =
        kd_covariance_at(model, dx * out->spacing[0], dy * out->spacing[1], dz * out->spacing[2]);
  }
out:
  return status;
}
