// SPDX-License-Identifier: Apache-2.0
/* Scores of the composites, and independent factors of them.
 *
 *   score v = mean_v + sum_k loading_vk factor_k ,  factors of variance 1
 *
 *   PCA   components of a variance below 1e-6 of all are left out: round-off of elements that follow each other
 *   MAF   the components turned so that they are independent at a lag of one composite down the cores, too
 *   PPMT  the way back is kd_ppmt_back
 *   none  (scores) each variable is its own factor
 *
 * Variables that are the same everywhere are not simulated.
 */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "deposit/model_internal.h"

#define KD_LEAST_PART 1e-6 /* of the variance */

/* Beyond the rounding of composites. */
static bool varies(const double *value, size_t count) {
  for (size_t i = 1; i < count; i++)
    if (fabs(value[i] - value[0]) > 1e-12 * fabs(value[0])) return true;
  return false;
}

kd_status kd_model_scores(kd_model_data *d, kd_model *m, kd_work *work) {
  kd_status status = KD_OK;
  const double *main = d->value[m->main];
  KD_CHECK(varies(main, d->count), work->err, KD_E_MODEL,
           "%s is %g ppm in all %zu composites: a constant has no variogram", m->name[m->main], main[0] * 1e6,
           d->count);
  for (size_t v = 0; v < m->variables; v++) {
    KD_TRY(kd_normal_score_fit(&d->back[v], d->score[v], d->value[v], m->weight, d->count, KD_TIES_AVERAGE,
                               work->scratch, work->err));
    KD_TRY(kd_normal_score_tails(&d->back[v], KD_TAIL_LINEAR, 1.0, (double)NAN, KD_TAIL_LINEAR, 1.0, (double)NAN,
                                 work->err));
    if ((m->summed && v == m->main) || !varies(d->value[v], d->count)) continue;
    d->variable[d->simulated++] = v;
  }
out:
  return status;
}

static kd_status allocate(kd_model_data *d, kd_work *work) {
  kd_status status = KD_OK;
  for (size_t k = 0; k < d->simulated; k++) {
    d->factor[k] = kd_arena_alloc(work->scratch, d->count + 1, sizeof(double));
    KD_CHECK(d->factor[k] != NULL, work->err, KD_E_NOMEM, "no memory for the factors of %zu composites", d->count);
  }
out:
  return status;
}

/* Principal components of the correlations that hold more than round-off. They are taken from the scores as they are:
 * a score has variance 1 where it is simulated, though that of few data is less. */
static kd_status transform_linear(kd_model_data *d, const kd_model *m, kd_work *work) {
  kd_status status = KD_OK;
  double *standard[KD_MODEL_VARIABLE] = {NULL}, scale[KD_MODEL_VARIABLE], total = 0.0;
  const size_t n = d->simulated;
  kd_factors linear;
  for (size_t s = 0; s < n; s++) {
    const double *score = d->score[d->variable[s]];
    double sum = 0.0, square = 0.0;
    standard[s] = kd_arena_alloc(work->scratch, d->count, sizeof(double));
    KD_CHECK(standard[s] != NULL, work->err, KD_E_NOMEM, "no memory for the components");
    for (size_t i = 0; i < d->count; i++) {
      sum += m->weight[i] * score[i] / (double)d->count;
      square += m->weight[i] * score[i] * score[i] / (double)d->count;
    }
    const double sd = sqrt(square - sum * sum);
    for (size_t i = 0; i < d->count; i++) standard[s][i] = score[i] / sd;
  }
  KD_TRY(kd_factors_pca(&linear, (const double *const *)standard, m->weight, d->count, n, false, work->scratch,
                        work->err));
  for (size_t k = 0; k < n; k++) {
    scale[k] = sqrt(fmax(linear.eigenvalue[k], 0.0));
    total += scale[k] * scale[k];
  }
  while (d->factors < n && scale[d->factors] * scale[d->factors] > KD_LEAST_PART * total) d->factors++;
  for (size_t k = 0; k < d->factors; k++) {
    for (size_t s = 0; s < n; s++) d->loading[s][k] = linear.back[s * n + k] * scale[k];
    for (size_t i = 0; i < d->count; i++) {
      double sum = 0.0;
      for (size_t s = 0; s < n; s++) sum += linear.forward[k * n + s] * d->score[d->variable[s]][i];
      d->factor[k][i] = sum / scale[k];
    }
  }
out:
  return status;
}

/* Down the cores where composites follow each other, else across. */
static kd_status fit_maf(kd_factors *out, const kd_model_data *d, const kd_model *m, const kd_model_options *o,
                         kd_work *work) {
  const double *const places[3] = {d->x, d->y, d->z}, length = o->composite.length;
  const double *const *factor = (const double *const *)d->factor;
  kd_error quiet = {0};
  kd_status status =
      kd_factors_maf(out, factor, m->weight, d->count, d->factors, places, length, 0.5 * length, work->scratch, &quiet);
  if (status == KD_E_RANGE)
    return kd_factors_maf(out, factor, m->weight, d->count, d->factors, places, m->spacing, 0.5 * m->spacing,
                          work->scratch, work->err);
  if (status != KD_OK) *work->err = quiet;
  return status;
}

/* Turns the components so that they are independent at a lag, too. */
static kd_status turn_to_maf(kd_model_data *d, const kd_model *m, const kd_model_options *o, kd_work *work) {
  kd_status status = KD_OK;
  double in[KD_MODEL_VARIABLE], out[KD_MODEL_VARIABLE];
  const size_t n = d->factors;
  kd_factors turn;
  KD_TRY(fit_maf(&turn, d, m, o, work));
  for (size_t s = 0; s < d->simulated; s++) {
    double row[KD_MODEL_VARIABLE] = {0.0};
    for (size_t k = 0; k < n; k++) {
      d->mean[s] += d->loading[s][k] * turn.mean[k];
      for (size_t j = 0; j < n; j++) row[j] += d->loading[s][k] * turn.back[k * n + j];
    }
    memcpy(d->loading[s], row, n * sizeof *row);
  }
  double square = 0.0; /* mean variance of a simulated score: back to 1 */
  for (size_t s = 0; s < d->simulated; s++)
    for (size_t k = 0; k < n; k++) square += d->loading[s][k] * d->loading[s][k] / (double)d->simulated;
  const double scale = sqrt(square);
  for (size_t s = 0; s < d->simulated; s++)
    for (size_t k = 0; k < n; k++) d->loading[s][k] /= scale;
  for (size_t i = 0; i < d->count; i++) {
    for (size_t k = 0; k < n; k++) in[k] = d->factor[k][i];
    kd_factors_forward(out, &turn, in);
    for (size_t k = 0; k < n; k++) d->factor[k][i] = out[k] * scale;
  }
out:
  return status;
}

kd_status kd_model_transform(kd_model_data *d, kd_model *m, const kd_model_options *o, kd_work *work) {
  kd_status status = KD_OK;
  const double *value[KD_MODEL_VARIABLE] = {NULL};
  KD_CHECK(d->simulated > 0, work->err, KD_E_MODEL, "the grades do not vary: there is nothing to simulate");
  KD_TRY(allocate(d, work));
  if (o->transform == KD_TRANSFORM_PPMT) {
    const kd_ppmt_options options = {.iterations = 50, .index = (15.0 + (double)d->simulated) / (double)(d->count + 1)};
    for (size_t s = 0; s < d->simulated; s++) value[s] = d->value[d->variable[s]];
    KD_TRY(
        kd_ppmt_fit(&d->ppmt, d->factor, value, m->weight, d->count, d->simulated, &options, work->scratch, work->err));
    for (size_t s = 0; s < d->simulated; s++)
      KD_TRY(kd_normal_score_tails(&d->ppmt.margin[s], KD_TAIL_LINEAR, 1.0, (double)NAN, KD_TAIL_LINEAR, 1.0,
                                   (double)NAN, work->err));
    d->factors = d->simulated;
  } else if (o->transform == KD_TRANSFORM_SCORES) {
    for (size_t s = 0; s < d->simulated; s++) {
      memcpy(d->factor[s], d->score[d->variable[s]], d->count * sizeof(double));
      d->loading[s][s] = 1.0;
    }
    d->factors = d->simulated;
  } else {
    KD_TRY(transform_linear(d, m, work));
    if (o->transform == KD_TRANSFORM_MAF) KD_TRY(turn_to_maf(d, m, o, work));
  }
  m->factors = d->factors;
out:
  return status;
}
