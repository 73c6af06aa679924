// SPDX-License-Identifier: Apache-2.0
/* Covariances of a model for eight lags at once. */
#ifndef KD_DEPOSIT_COVARIANCE_LANES_H
#define KD_DEPOSIT_COVARIANCE_LANES_H

#include <math.h>

#include "deposit/covariance.h"
#include "numerics/simd.h"

/* exp(-u) for u >= 0, to 2e-16 of 1: u = n ln 2 + r, series of e^-r to r^13; 0 above 700. */
KD_INLINE void kd_v8_exp_minus(kd_v8 *out, const kd_v8 *u) {
  const kd_i8 far = *u > KD_SPLAT(700.0);
  const kd_v8 seven_hundred = KD_SPLAT(700.0), zero = KD_SPLAT(0.0);
  kd_v8 v;
  kd_v8_select(&v, &far, &seven_hundred, u);
  const kd_v8 magic = KD_SPLAT(6755399441055744.0); /* 1.5 2^52: adding it rounds to the integer */
  const kd_v8 shifted = v * 1.4426950408889634 + magic, n = shifted - magic;
  const kd_v8 r = (v - n * 6.93147180369123816490e-01) - n * 1.90821492927058770002e-10;
  kd_v8 p = KD_SPLAT(-1.0 / 6227020800.0);
  p = p * r + 1.0 / 479001600.0;
  p = p * r - 1.0 / 39916800.0;
  p = p * r + 1.0 / 3628800.0;
  p = p * r - 1.0 / 362880.0;
  p = p * r + 1.0 / 40320.0;
  p = p * r - 1.0 / 5040.0;
  p = p * r + 1.0 / 720.0;
  p = p * r - 1.0 / 120.0;
  p = p * r + 1.0 / 24.0;
  p = p * r - 1.0 / 6.0;
  p = p * r + 0.5;
  p = p * r - 1.0;
  p = p * r + 1.0;
  const kd_i8 exponent = (((kd_i8)shifted - (kd_i8)magic) * -1 + 1023) << 52;
  const kd_v8 value = p * (kd_v8)exponent;
  kd_v8_select(out, &far, &zero, &value);
}

KD_INLINE void kd_v8_sqrt(kd_v8 *out, const kd_v8 *u) {
  double a[KD_LANES], b[KD_LANES]; /* by memory: so the compiler sees a loop of eight and takes one instruction */
  kd_v8_store(a, u);
  for (int k = 0; k < KD_LANES; k++) b[k] = sqrt(a[k]);
  kd_v8_load(out, b);
}

/* level - semivariance at eight lags; where the lag is 0: at_zero. */
KD_INLINE void kd_covariance_lanes(kd_v8 *out, const kd_covariance *self, double level, double at_zero, const kd_v8 *dx,
                                   const kd_v8 *dy, const kd_v8 *dz) {
  const kd_v8 square = *dx * *dx + *dy * *dy + *dz * *dz, zero = KD_SPLAT(0.0), one = KD_SPLAT(1.0);
  kd_v8 sum = KD_SPLAT(level - self->nugget);
  for (size_t i = 0; i < self->count; i++) {
    const kd_structure *s = &self->structure[i];
    kd_v8 u2, u, f;
    if (s->kind <= KD_MEASUREMENT_ERROR) continue;
    if (s->isotropic) {
      u2 = square * (1.0 / s->range * (1.0 / s->range));
    } else {
      const kd_v8 a = *dx * s->map[0] + *dy * s->map[1] + *dz * s->map[2];
      const kd_v8 b = *dx * s->map[3] + *dy * s->map[4] + *dz * s->map[5];
      const kd_v8 c = *dx * s->map[6] + *dy * s->map[7] + *dz * s->map[8];
      u2 = a * a + b * b + c * c;
    }
    const kd_i8 beyond = u2 >= one;
    switch (s->kind) {
    case KD_SPHERICAL:
      kd_v8_sqrt(&u, &u2);
      f = u * (1.5 - 0.5 * u2);
      kd_v8_select(&f, &beyond, &one, &f);
      break;
    case KD_EXPONENTIAL:
      kd_v8_sqrt(&u, &u2);
      kd_v8_exp_minus(&f, &u);
      f = 1.0 - f;
      break;
    case KD_GAUSSIAN:
      kd_v8_exp_minus(&f, &u2);
      f = 1.0 - f;
      break;
    case KD_CUBIC:
      kd_v8_sqrt(&u, &u2);
      f = u2 * (7.0 - u * (8.75 - u2 * (3.5 - 0.75 * u2)));
      kd_v8_select(&f, &beyond, &one, &f);
      break;
    case KD_PENTASPHERICAL:
      kd_v8_sqrt(&u, &u2);
      f = u * (1.875 + u2 * (-1.25 + u2 * 0.375));
      kd_v8_select(&f, &beyond, &one, &f);
      break;
    case KD_LINEAR_SILL:
      kd_v8_sqrt(&u, &u2);
      kd_v8_select(&f, &beyond, &one, &u);
      break;
    case KD_LINEAR:
      kd_v8_sqrt(&f, &u2);
      break;
    default:
      kd_v8_sqrt(&u, &u2);
      for (int k = 0; k < KD_LANES; k++)
        f[k] = s->kind != KD_LOGARITHMIC ? kd_structure_unit(s->kind, u[k], s->shape)
               : u[k] > 0.0              ? log(u[k] * s->range + s->range)
                                         : 0.0;
      break;
    }
    sum -= s->sill * f;
  }
  const kd_i8 there = square == zero;
  const kd_v8 here = KD_SPLAT(at_zero);
  kd_v8_select(out, &there, &here, &sum);
}

#endif
