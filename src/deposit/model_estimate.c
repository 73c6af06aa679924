// SPDX-License-Identifier: Apache-2.0
/* Estimate of all variables with one set of weights.
 *
 *   v* = sum_a w_a v_a + (1 - sum w) m_v        m_v declustered mean, simple kriging alone; else sum w = 1 (1)
 *
 * All variables have one variogram (intrinsic coregionalisation) and all composites hold all variables: co-kriging
 * then gives the weights of kriging each by itself (autokrigeability). The density of a block is estimated as a grade.
 *
 * Source    Wackernagel 2003, Multivariate Geostatistics, ch. 22.
 * Weakness  one variogram for all elements.
 */
#include <math.h>
#include <stdlib.h>

#include "base/elements.h"
#include "base/error.h"
#include "deposit/model_internal.h"

#define KD_CHUNK 128  /* blocks of a task */
#define KD_FAR   1e12 /* m: the ellipsoid of the search gives its shape alone */

kd_search_rule kd_model_search(const kd_model *self, const kd_search_rule *asked) {
  kd_search_rule rule = *asked;
  if (rule.radius > 0.0 && isfinite(rule.radius)) {
    if (!(rule.minor > 0.0)) rule.minor = rule.radius * self->range_down / self->range_across;
    return rule;
  }
  rule.radius = KD_FAR;
  rule.semi = KD_FAR;
  rule.minor = KD_FAR * self->range_down / self->range_across;
  for (size_t i = 0; i < self->variogram.count; i++) {
    const kd_structure *s = &self->variogram.structure[i];
    if (s->range != self->range_across || s->semi == s->range) continue;
    rule.semi = KD_FAR * s->semi / s->range;
    rule.azimuth = s->azimuth;
  }
  return rule;
}

typedef struct estimation {
  kd_model *m;
  const kd_model_data *d;
  kd_search search;
  kd_kriging kriging;
  kd_kriging_space *space; /* of each worker */
  uint8_t *keep;           /* [blocks] */
} estimation;

static void take_block(const estimation *e, size_t b, const kd_kriging_space *s, const kd_kriged *k) {
  kd_model *m = e->m;
  const kd_model_data *d = e->d;
  const double rest = k->mean_weight, x = kd_grid_x(&m->grid, m->cell[b]), y = kd_grid_y(&m->grid, m->cell[b]);
  double density = 0.0, mean = 0.0, least = (double)INFINITY;
  for (size_t i = 0; i < k->samples; i++) {
    density += s->w[i] * d->density[s->set[i]];
    least = fmin(least, hypot(d->x[s->set[i]] - x, d->y[s->set[i]] - y));
  }
  for (size_t i = 0; i < d->count && rest != 0.0; i++) mean += m->weight[i] * d->density[i] / (double)d->count;
  m->mass[b] = fmax(density + rest * mean, 0.0) * m->grid.dx * m->grid.dy * m->grid.dz;
  if (m->share != NULL) m->mass[b] *= m->share[b];
  m->variance[b] = k->variance;
  m->distance[b] = least;
  for (size_t v = 0; v < m->variables; v++) {
    double sum = rest != 0.0 ? rest * m->declustered_mean[v] : 0.0;
    for (size_t i = 0; i < k->samples; i++) sum += s->w[i] * d->value[v][s->set[i]];
    m->estimate[v][b] = fmax(sum, 0.0); /* negative weights can do that far from data */
  }
  if (!m->summed) return;
  double sum = 0.0;
  for (size_t v = 0; v < m->variables; v++)
    if (v != m->main && m->element[v] >= 0 && m->element[v] < KD_REY) sum += m->estimate[v][b];
  m->estimate[m->main][b] = sum;
}

static int ascending(const void *a_, const void *b_) {
  const uint32_t a = *(const uint32_t *)a_, b = *(const uint32_t *)b_;
  return a < b ? -1 : a > b;
}

static kd_status estimate_chunk(size_t chunk, size_t worker, void *user, kd_error *err) {
  const estimation *e = user;
  kd_kriging_space *s = &e->space[worker];
  const kd_block_grid *g = &e->m->grid;
  (void)err;
  for (size_t b = chunk * KD_CHUNK; b < (chunk + 1) * KD_CHUNK && b < e->m->blocks; b++) {
    const size_t cell = e->m->cell[b];
    const double at[3] = {kd_grid_x(g, cell), kd_grid_y(g, cell), kd_grid_z(g, cell)};
    kd_kriged k;
    const size_t n = kd_search_at(&e->search, &s->near, at, NULL);
    qsort(s->near.index, n, sizeof *s->near.index, ascending); /* one set, one order: neighbours share its factor */
    kd_kriging_from(&e->kriging, s, &k, s->near.index, n, at, NULL);
    e->keep[b] = k.note == KD_KRIGED;
    if (k.note == KD_KRIGED) take_block(e, b, s, &k);
  }
  return KD_OK;
}

/* Blocks that no composite reaches are left out, and counted. */
static kd_status leave_out(estimation *e, kd_work *work) {
  kd_status status = KD_OK;
  kd_model *m = e->m;
  double *column[4 + KD_MODEL_VARIABLE];
  size_t columns = 0, kept = 0;
  for (size_t b = 0; b < m->blocks; b++) m->unreached += e->keep[b] ? 0u : 1u;
  if (m->unreached == 0) goto out;
  KD_CHECK(m->unreached < m->blocks, work->err, KD_E_MODEL,
           "the search reaches no block: a wider radius, a smaller minimum, or a trend of lower degree is wanted");
  column[columns++] = m->mass;
  column[columns++] = m->variance;
  column[columns++] = m->distance;
  if (m->share != NULL) column[columns++] = m->share;
  for (size_t v = 0; v < m->variables; v++) column[columns++] = m->estimate[v];
  for (size_t b = 0; b < m->blocks; b++) {
    if (!e->keep[b]) continue;
    for (size_t c = 0; c < columns; c++) column[c][kept] = column[c][b];
    kept++;
  }
  kd_model_keep_blocks(m, e->keep);
out:
  return status;
}

kd_status kd_model_estimate(kd_model *m, const kd_model_data *d, const kd_model_options *o, kd_work *work) {
  kd_status status = KD_OK;
  estimation *e = kd_arena_alloc(work->scratch, 1, sizeof *e);
  const size_t threads = kd_pool_threads(o->pool);
  const kd_points points = {.count = d->count, .x = d->x, .y = d->y, .z = d->z};
  const kd_search_rule rule = kd_model_search(m, &o->search);
  kd_kriging_rule how = o->estimator;
  if (how.simple) how.mean = m->declustered_mean[m->main];
  if (o->block) {
    how.block[0] = m->grid.dx;
    how.block[1] = m->grid.dy;
    how.block[2] = m->grid.dz;
  }
  KD_CHECK(e != NULL, work->err, KD_E_NOMEM, "no memory for the estimate");
  e->m = m;
  e->d = d;
  e->keep = kd_arena_alloc(work->scratch, m->blocks, 1);
  e->space = kd_arena_alloc(work->scratch, threads, sizeof *e->space);
  KD_CHECK(e->keep != NULL && e->space != NULL, work->err, KD_E_NOMEM, "no memory for the estimate");
  KD_TRY(kd_search_create(&e->search, work->scratch, &points, d->core, &rule, work->err));
  KD_TRY(kd_kriging_create(&e->kriging, &points, d->value[m->main], NULL, &m->variogram, &how, &e->search,
                           work->scratch, work->err));
  if (d->count <= 1500) KD_TRY(kd_kriging_tabulate(&e->kriging, work->scratch, work->err));
  for (size_t t = 0; t < threads; t++)
    KD_TRY(kd_kriging_space_create(&e->space[t], work->scratch, &e->kriging, work->err));
  KD_TRY(kd_pool_run(o->pool, (m->blocks + KD_CHUNK - 1) / KD_CHUNK, estimate_chunk, e, work->err));
  KD_TRY(leave_out(e, work));
out:
  return status;
}
