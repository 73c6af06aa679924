// SPDX-License-Identifier: Apache-2.0
/* The water of the beam: waves at its nodes in deep water, and trains of waves that carry a spectrum.
 *
 *   elevation a cos(w t - k x + p),  speed along a w exp(k z) cos, upwards -a w exp(k z) sin,  k = w^2/g          (1)
 *
 * Numerics  the phase at each node is turned by one rotation a component and step; nodes below a thousandth of the
 *           longest wave's motion are left out; a spectrum is cut into cells of equal energy.
 * Weakness  waves at the rest position of the string; nothing above the still sea.
 */
#include <string.h>

#include "base/error.h"
#include "base/random.h"
#include "lift/string_beam_march.h"
#include "lift/waves.h"

#define PI 3.14159265358979323846

kd_status kd_beam_set_waves(kd_beam_march *s, kd_work *work) {
  kd_status status = KD_OK;
  const kd_wave_train *w = s->waves;
  if (w == NULL || w->count == 0) return KD_OK;
  double longest = w->omega[0];
  for (size_t j = 1; j < w->count; j++) longest = fmin(longest, w->omega[j]);
  const double reach = -7 * 9.80665 / (longest * longest); /* exp(-7): a thousandth */
  while (s->wet < s->nodes && s->x[3 * s->wet + 2] > reach) s->wet++;
  s->cosine = kd_beam_room(s->wet * w->count + 1, work, &status);
  s->sine = kd_beam_room(s->wet * w->count + 1, work, &status);
  if (status != KD_OK) return status;
  for (size_t i = 0; i < s->wet; i++)
    for (size_t j = 0; j < w->count; j++) {
      const double k = w->omega[j] * w->omega[j] / 9.80665, z = fmin(s->x[3 * i + 2], 0);
      const double a = w->amplitude[j] * exp(k * z), phase = w->phase[j] - k * s->x[3 * i];
      s->cosine[i * w->count + j] = a * cos(phase);
      s->sine[i * w->count + j] = a * sin(phase);
    }
  return status;
}

/* Orbital speed and acceleration at a time: elevation a cos(w t + phase). */
void kd_beam_set_water(kd_beam_march *s, double time) {
  const kd_wave_train *w = s->waves;
  enum { BLOCK = 256 };
  double c[BLOCK], d[BLOCK];
  if (s->wet == 0) return;
  memset(s->water, 0, 3 * s->wet * sizeof *s->water);
  memset(s->water_rate, 0, 3 * s->wet * sizeof *s->water_rate);
  for (size_t from = 0; from < w->count; from += BLOCK) {
    const size_t part = w->count - from < BLOCK ? w->count - from : BLOCK;
    for (size_t j = 0; j < part; j++) {
      c[j] = cos(w->omega[from + j] * time);
      d[j] = sin(w->omega[from + j] * time);
    }
    for (size_t i = 0; i < s->wet; i++) {
      const double *p = s->cosine + i * w->count + from, *q = s->sine + i * w->count + from;
      double u = 0, z = 0, du = 0, dz = 0;
      for (size_t j = 0; j < part; j++) {
        const double o = w->omega[from + j], cs = p[j] * c[j] - q[j] * d[j], sn = q[j] * c[j] + p[j] * d[j];
        u += o * cs, z -= o * sn, du -= o * o * sn, dz -= o * o * cs;
      }
      if (s->x[3 * i + 2] > 0) continue; /* above the sea */
      s->water[3 * i] += u, s->water[3 * i + 2] += z;
      s->water_rate[3 * i] += du, s->water_rate[3 * i + 2] += dz;
    }
  }
}

kd_status kd_wave_train_create(kd_wave_train *out, const kd_wave_spectrum *spectrum, size_t count, kd_work *work) {
  kd_status status = KD_OK;
  double *a = kd_beam_room(count, work, &status), *w = kd_beam_room(count, work, &status),
         *p = kd_beam_room(count, work, &status);
  kd_wave_moments all;
  KD_TRY(status);
  kd_wave_moments_of(&all, spectrum, 0);
  /* Cells of equal energy up to 99.5 %; the frequency stands at the middle of the energy of its cell. */
  double omega = 0, sum = 0;
  const double step = 1e-3 * all.m1 / all.m0, share = 0.995 * all.m0 / (double)count;
  for (size_t j = 0; j < count; j++) {
    while (sum < ((double)j + 0.5) * share) {
      sum += step * kd_wave_density(spectrum, omega + 0.5 * step);
      omega += step;
    }
    w[j] = omega;
    a[j] = sqrt(2 * all.m0 / (double)count);
    p[j] =
        work->rng != NULL ? 2 * PI * kd_stream_uniform(work->rng) : fmod(2.399963229728653 * (double)(j * j), 2 * PI);
  }
  *out = (kd_wave_train){count, a, w, p};
out:
  return status;
}
