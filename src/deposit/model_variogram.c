// SPDX-License-Identifier: Apache-2.0
/* The variogram of the main variable's normal scores, and a model for it.
 *
 *   across: pairs of different cores whose depths differ by at most half a composite      down: pairs of one core
 *   g(h) = 1/(2 N) sum (s_i - s_j)^2                                                                     (1)
 *   model: n + c sph(h/a) across, n + (1 - n) sph(v/b) down; sill 1                                      (2)
 *   fitted: sum over lags of N (g / model - 1)^2 least                                                   (3)
 *
 *   n nugget   c part of the sill that varies across   a, b ranges [m]   N pairs of a lag
 *
 * What lies in layers varies less across than down: 1 - n - c is a zonal structure, of range b down and without end
 * across.
 *
 * Source    Cressie 1985, Math. Geol. 17:563, eq (3)'s weights. Nugget by steps of 0.01, c by twentieths, ranges by 120
 *           steps equal in their logarithm: no start value, no way to fail.
 * Weakness  one range down; few cores give few pairs at short lags, so that the nugget comes from the pairs down the
 *           cores.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "deposit/model_internal.h"

#define KD_STEPS   120
#define KD_PARTS   20
#define KD_ENDLESS 1e4 /* times the range across: a structure of layers */

static void add_pair(kd_model_lags *self, double width, double distance, double difference) {
  const size_t lag = (size_t)(distance / width);
  if (lag >= KD_MODEL_LAGS) return;
  self->distance[lag] += distance;
  self->gamma[lag] += 0.5 * difference * difference;
  self->pairs[lag] += 1.0;
}

static void close_lags(kd_model_lags *self, double width) {
  for (size_t l = 0; l < KD_MODEL_LAGS; l++) {
    if (self->pairs[l] > 0.0) {
      self->distance[l] /= self->pairs[l];
      self->gamma[l] /= self->pairs[l];
    } else {
      self->distance[l] = ((double)l + 0.5) * width;
      self->gamma[l] = (double)NAN;
    }
  }
}

void kd_model_variogram(kd_model *m, const double *score, double length) {
  const kd_cores *c = &m->composites;
  double widest = 0.0;
  for (size_t a = 0; a < c->count; a++)
    for (size_t b = a + 1; b < c->count; b++)
      widest = fmax(widest, hypot(c->core[a].x - c->core[b].x, c->core[a].y - c->core[b].y));
  const double across = fmax(m->spacing * 0.5, 0.7 * widest / KD_MODEL_LAGS);
  for (size_t i = 0; i < c->samples; i++) {
    const kd_sample *p = &c->sample[i];
    for (size_t j = i + 1; j < c->samples; j++) {
      const kd_sample *q = &c->sample[j];
      const double dz = fabs(0.5 * (p->from + p->to) - 0.5 * (q->from + q->to)), d = score[i] - score[j];
      if (p->core == q->core) {
        add_pair(&m->down, length, dz, d);
      } else if (dz <= 0.5 * length) {
        const kd_core *a = &c->core[p->core], *b = &c->core[q->core];
        add_pair(&m->across, across, hypot(a->x - b->x, a->y - b->y), d);
      }
    }
  }
  close_lags(&m->across, across);
  close_lags(&m->down, length);
}

static double misfit(const kd_model_lags *lags, double nugget, double part, double range) {
  double sum = 0.0;
  for (size_t l = 0; l < KD_MODEL_LAGS; l++) {
    if (!(lags->pairs[l] > 0.0)) continue;
    const double u = fmin(lags->distance[l] / range, 1.0);
    const double model = nugget + part * u * (1.5 - 0.5 * u * u);
    const double e = lags->gamma[l] / fmax(model, 1e-3) - 1.0;
    sum += lags->pairs[l] * e * e;
  }
  return sum;
}

static double best_range(double *range, const kd_model_lags *lags, double nugget, double part, double low,
                         double high) {
  double best = (double)INFINITY;
  for (int i = 0; i <= KD_STEPS; i++) {
    const double a = low * pow(high / low, (double)i / KD_STEPS), e = misfit(lags, nugget, part, a);
    if (e >= best) continue;
    best = e;
    *range = a;
  }
  return best;
}

/* Longest distance with pairs, or otherwise. */
static double reach(const kd_model_lags *lags, double otherwise) {
  double far = otherwise;
  for (size_t l = 0; l < KD_MODEL_LAGS; l++)
    if (lags->pairs[l] > 0.0) far = fmax(far, lags->distance[l]);
  return far;
}

/* Three digits are all that a fit can know. */
static double rounded(double value) {
  const double power = pow(10.0, floor(log10(value)) - 2.0);
  return round(value / power) * power;
}

static kd_status add_structure(kd_model *m, double sill, double across, double down, kd_error *err) {
  return kd_covariance_add(
      &m->variogram,
      &(kd_structure){.kind = KD_SPHERICAL, .sill = sill, .range = across, .semi = across, .minor = down}, err);
}

kd_status kd_model_fit(kd_model *m, double length, kd_error *err) {
  kd_status status = KD_OK;
  double best = (double)INFINITY, part = 1.0;
  const double far = reach(&m->across, m->spacing), deep = reach(&m->down, length);
  for (int i = 0; i <= 80; i++) {
    double b = length;
    const double n = 0.01 * i, down = best_range(&b, &m->down, n, 1.0 - n, 0.5 * length, 3.0 * deep);
    for (int k = 1; k <= KD_PARTS; k++) {
      double a = m->spacing;
      const double c = (1.0 - n) * k / KD_PARTS;
      const double e = down + best_range(&a, &m->across, n, c, 0.5 * m->spacing, 1.5 * far);
      if (e >= best) continue;
      best = e;
      part = c;
      m->nugget = n;
      m->range_across = rounded(a);
      m->range_down = rounded(b);
    }
  }
  m->variogram = (kd_covariance){0};
  const double zonal = 1.0 - m->nugget - part;
  if (m->nugget > 0.0)
    KD_TRY(kd_covariance_add(
        &m->variogram,
        &(kd_structure){
            .kind = KD_NUGGET, .sill = m->nugget, .range = (double)NAN, .semi = (double)NAN, .minor = (double)NAN},
        err));
  KD_TRY(add_structure(m, part, m->range_across, m->range_down, err));
  if (zonal > 1e-9) KD_TRY(add_structure(m, zonal, KD_ENDLESS * m->range_across, m->range_down, err));
  m->fitted = true;
out:
  return status;
}

void kd_model_ranges(kd_model *m) {
  m->range_across = 0.0;
  for (size_t i = 0; i < m->variogram.count; i++) {
    const kd_structure *s = &m->variogram.structure[i];
    if (s->kind == KD_NUGGET || s->kind == KD_MEASUREMENT_ERROR) continue;
    if (m->range_across > 0.0 && s->range > 100.0 * m->range_across) continue; /* layers without end */
    m->range_across = s->range;
    m->range_down = s->minor;
  }
}

void kd_model_variogram_text(char *out, size_t capacity, const kd_covariance *variogram) {
  out[0] = '\0';
  for (size_t i = 0; i < variogram->count; i++) {
    const kd_structure *s = &variogram->structure[i];
    const size_t used = strlen(out);
    const char *join = i > 0 ? " + " : "";
    if (s->kind == KD_NUGGET || s->kind == KD_MEASUREMENT_ERROR)
      snprintf(out + used, capacity - used, "%s%.4g %s", join, s->sill, kd_structure_words[s->kind]);
    else
      snprintf(out + used, capacity - used, "%s%.4g %s(%.4g m, semi %.4g m, minor %.4g m)", join, s->sill,
               kd_structure_words[s->kind], s->range, s->semi, s->minor);
  }
}
