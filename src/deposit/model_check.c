// SPDX-License-Identifier: Apache-2.0
/* What each realisation gives back of what went in, at the support of composites: the nugget is drawn for every node
 * of the box, and the grades follow without any averaging.
 *
 *   values   mean, sd, P10, P50, P90 of each variable against the composites by their weights; correlations
 *   fields   variogram of each factor along x, y, depth against its model
 *
 * The check of one realisation is what it adds to these sums.
 *
 * Weakness  nodes outside the domain are not conditioned; one realisation differs from the model by ergodic
 *           fluctuation, most of all where ranges are long against the box.
 */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/random.h"
#include "deposit/model_simulate.h"
#include "numerics/normals.h"

#define KD_CHECKED 2e9 /* nodes times variables squared that are checked: some seconds */

kd_status kd_model_check_open(kd_model_fields *f, kd_work *work) {
  kd_status status = KD_OK;
  kd_model *m = f->m;
  const kd_model_data *d = f->d;
  const double *value[KD_MODEL_VARIABLE] = {NULL};
  const double cost = (double)f->nodes * (double)(d->simulated * d->simulated + 20 * d->simulated);
  const size_t most = (size_t)fmax(1.0, KD_CHECKED / cost);
  m->checked = f->o->realisations < most ? f->o->realisations : most;
  m->each = kd_arena_alloc(work->scratch, m->checked + 1, sizeof *m->each);
  for (size_t k = 0; k < d->factors + d->simulated; k++) {
    f->flat[k] = kd_arena_alloc(work->scratch, f->nodes, sizeof(double));
    KD_CHECK(f->flat[k] != NULL, work->err, KD_E_NOMEM, "no memory to check %zu blocks", f->nodes);
  }
  for (size_t s = 0; s < d->simulated; s++) value[s] = d->value[d->variable[s]];
  KD_TRY(kd_reproduction_open(&m->values, &f->grid, d->simulated, value, m->weight, d->count, NULL, work->scratch,
                              work->err));
  KD_TRY(
      kd_reproduction_open(&m->fields, &f->grid, d->factors, NULL, NULL, 0, m->factor_model, work->scratch, work->err));
  f->before = kd_arena_alloc(work->scratch, m->values.count + m->fields.count + 1, sizeof(double));
  KD_CHECK(m->each != NULL && f->before != NULL, work->err, KD_E_NOMEM, "no memory for the checks");
out:
  return status;
}

/* Factors and values of realisation first + r. */
static void draw_points(kd_model_fields *f, size_t r) {
  const kd_model_data *d = f->d;
  char name[32] = "deposit.model.point";
  double **values = f->flat + d->factors;
  for (size_t k = 0; k < d->factors; k++) {
    const double root = sqrt(f->m->factor_model[k].nugget);
    double *to = f->flat[k];
    name[19] = (char)('a' + (char)k);
    name[20] = '\0';
    if (root > 0.0) kd_normals(to, f->nodes, 0, f->o->seed, kd_stream_id(name), f->first + r);
    for (size_t i = 0; i < f->nodes; i++) to[i] = f->field[k][i * f->lanes + r] + (root > 0.0 ? root * to[i] : 0.0);
  }
  if (f->o->transform == KD_TRANSFORM_PPMT) {
    double one[KD_MODEL_VARIABLE], work[KD_MODEL_VARIABLE];
    for (size_t i = 0; i < f->nodes; i++) {
      for (size_t k = 0; k < d->factors; k++) one[k] = f->flat[k][i];
      kd_ppmt_back(one, &d->ppmt, one, work);
      for (size_t s = 0; s < d->simulated; s++) values[s][i] = one[s];
    }
    return;
  }
  for (size_t s = 0; s < d->simulated; s++) {
    for (size_t i = 0; i < f->nodes; i++) values[s][i] = d->mean[s];
    for (size_t k = 0; k < d->factors; k++)
      for (size_t i = 0; i < f->nodes; i++) values[s][i] += d->loading[s][k] * f->flat[k][i];
    kd_normal_score_back_many(values[s], &d->back[d->variable[s]], values[s], f->nodes);
  }
}

/* What this realisation added to the rows. */
static void take_check(kd_model_fields *f, kd_model_check *out, size_t main) {
  const kd_model *m = f->m;
  double squares = 0.0, lags = 0.0;
  *out = (kd_model_check){0};
  for (size_t i = 0; i < m->values.count; i++) {
    const kd_reproduction_row *row = &m->values.row[i];
    const double off = row->sum - f->before[i] - row->wanted;
    if (row->kind == KD_REPRODUCTION_CORRELATION && isfinite(off))
      out->correlation_error = fmax(out->correlation_error, fabs(off));
    if (row->a == main && row->kind == KD_REPRODUCTION_MEAN) out->mean_error = off / row->wanted;
    if (row->a == main && row->kind == KD_REPRODUCTION_SD) out->sd_error = off / row->wanted;
  }
  for (size_t i = 0; i < m->fields.count; i++) {
    const kd_reproduction_row *row = &m->fields.row[i];
    const double off = row->sum - f->before[m->values.count + i] - row->wanted;
    if (!isfinite(off)) continue;
    squares += off * off;
    lags += 1.0;
  }
  out->variogram_error = lags > 0.0 ? sqrt(squares / lags) : (double)NAN;
}

kd_status kd_model_check_batch(kd_model_fields *f, kd_work *work) {
  kd_model *m = f->m;
  size_t main = 0;
  (void)work;
  for (size_t s = 0; s < f->d->simulated; s++)
    if (f->d->variable[s] == m->main) main = s;
  for (size_t r = 0; r < f->now && f->first + r < m->checked; r++) {
    for (size_t i = 0; i < m->values.count; i++) f->before[i] = m->values.row[i].sum;
    for (size_t i = 0; i < m->fields.count; i++) f->before[m->values.count + i] = m->fields.row[i].sum;
    draw_points(f, r);
    kd_reproduction_add_factors(&m->fields, (const double *const *)f->flat, NULL);
    m->fields.realisations++;
    kd_reproduction_add_values(&m->values, (const double *const *)(f->flat + f->d->factors), NULL);
    take_check(f, &m->each[f->first + r], main);
  }
  return KD_OK;
}

void kd_model_check_close(kd_model_fields *f) {
  kd_model *m = f->m;
  const double n = (double)m->realisations * (double)m->blocks;
  double squares = 0.0, lags = 0.0;
  kd_reproduction_close(&m->values);
  kd_reproduction_close(&m->fields);
  m->check = (kd_model_check){.mean = f->score / n};
  m->check.variance = f->score2 / n - m->check.mean * m->check.mean;
  if (f->o->transform == KD_TRANSFORM_PPMT) {
    m->check.variance_wanted = 1.0 - m->factor_model[0].nugget;
  } else {
    for (size_t k = 0; k < f->d->factors; k++) {
      const double l = f->d->loading[0][k];
      m->check.variance_wanted += l * l * (1.0 - m->factor_model[k].nugget);
    }
  }
  size_t main = 0;
  for (size_t s = 0; s < f->d->simulated; s++)
    if (f->d->variable[s] == m->main) main = s;
  for (size_t i = 0; i < m->values.count; i++) {
    const kd_reproduction_row *row = &m->values.row[i];
    if (row->kind == KD_REPRODUCTION_CORRELATION && isfinite(row->found))
      m->check.correlation_error = fmax(m->check.correlation_error, fabs(row->found - row->wanted));
    if (row->a == main && row->kind == KD_REPRODUCTION_MEAN) m->check.mean_error = row->found / row->wanted - 1.0;
    if (row->a == main && row->kind == KD_REPRODUCTION_SD) m->check.sd_error = row->found / row->wanted - 1.0;
  }
  for (size_t i = 0; i < m->fields.count; i++) {
    const kd_reproduction_row *row = &m->fields.row[i];
    if (!isfinite(row->found)) continue;
    squares += (row->found - row->wanted) * (row->found - row->wanted);
    lags += 1.0;
  }
  m->check.variogram_error = lags > 0.0 ? sqrt(squares / lags) : (double)NAN;
}
