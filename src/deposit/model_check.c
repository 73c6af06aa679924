// SPDX-License-Identifier: Apache-2.0
/* What realisations give back of what went in.
 *
 * Each realisation, at the support of blocks and without the nugget, over the blocks of the model:
 *   scores       mean, variance against sum_k l_vk^2 (1 - n_k), correlations against sum_k l_uk l_vk (1 - n_k)
 *   fields       semivariance of each factor at 1 and 4 blocks along x, y, depth against its model
 * The first ones, at the support of composites, the nugget drawn for every node of the box:
 *   grades       mean, sd, P10, P50, P90 and correlations against the composites by their weights
 *   factors      variograms against the models
 *
 * Weakness  nodes outside the domain are not conditioned; one realisation differs from the model by ergodic
 *           fluctuation, most of all where ranges are long against the box: compare the mean over realisations.
 */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/random.h"
#include "deposit/model_simulate.h"
#include "numerics/normals.h"
#include "numerics/simd.h"

#define KD_CHECKED 10  /* realisations whose grades are checked */
#define KD_COST    1e9 /* and nodes times variables squared of them, at most */

static kd_status open_grades(kd_model_fields *f, kd_work *work) {
  kd_status status = KD_OK;
  kd_model *m = f->m;
  const kd_model_data *d = f->d;
  const double *value[KD_MODEL_VARIABLE] = {NULL};
  const double cost = (double)f->nodes * (double)(d->simulated * d->simulated + 20 * d->simulated);
  const double most = fmin(fmax(1.0, floor(KD_COST / cost)), KD_CHECKED);
  m->checked = f->o->realisations < (size_t)most ? f->o->realisations : (size_t)most;
  for (size_t k = 0; k < d->factors + d->simulated; k++) {
    f->flat[k] = kd_arena_alloc(work->scratch, f->nodes, sizeof(double));
    KD_CHECK(f->flat[k] != NULL, work->err, KD_E_NOMEM, "no memory to check %zu blocks", f->nodes);
  }
  for (size_t s = 0; s < d->simulated; s++) value[s] = d->value[d->variable[s]];
  KD_TRY(kd_reproduction_open(&m->values, &f->grid, d->simulated, value, m->weight, d->count, NULL, work->scratch,
                              work->err));
  KD_TRY(
      kd_reproduction_open(&m->fields, &f->grid, d->factors, NULL, NULL, 0, m->factor_model, work->scratch, work->err));
out:
  return status;
}

/* Cells of blocks 1 << 2 l cells apart along an axis, both of the model: two numbers a pair. */
static kd_status list_pairs(kd_model_fields *f, size_t axis, size_t l, kd_work *work) {
  kd_status status = KD_OK;
  const kd_model *m = f->m;
  const kd_block_grid *g = &m->grid;
  const size_t n[3] = {g->nx, g->ny, g->nz}, step[3] = {1, g->nx, g->nx * g->ny}, lag = (size_t)1 << 2 * l;
  size_t pairs = 0;
  if (n[axis] < 2 || lag >= n[axis] / 2 + 1) goto out;
  uint32_t *pair = kd_arena_alloc(work->scratch, m->blocks, 2 * sizeof *pair);
  KD_CHECK(pair != NULL, work->err, KD_E_NOMEM, "no memory for the checks");
  for (size_t i = 0; i < m->blocks; i++) {
    const size_t cell = m->cell[i], other = cell + lag * step[axis];
    const size_t at = axis == 0 ? cell % n[0] : axis == 1 ? cell / n[0] % n[1] : cell / (n[0] * n[1]);
    if (at + lag >= n[axis] || m->block_of[other] < 0) continue;
    pair[2 * pairs] = (uint32_t)cell;
    pair[2 * pairs++ + 1] = (uint32_t)other;
  }
  f->pair[axis][l] = pair;
  f->pairs[axis][l] = pairs;
out:
  return status;
}

kd_status kd_model_check_open(kd_model_fields *f, kd_work *work) {
  kd_status status = KD_OK;
  kd_model *m = f->m;
  const double spacing[3] = {m->grid.dx, m->grid.dy, m->grid.dz};
  m->simulated = f->d->simulated;
  memcpy(m->simulated_variable, f->d->variable, sizeof m->simulated_variable);
  m->each = kd_arena_alloc(work->scratch, f->o->realisations + 8, sizeof *m->each);
  f->gamma = kd_arena_alloc(work->scratch, f->d->factors * 3 * KD_MODEL_CHECK_LAGS, 8 * sizeof(double));
  f->gamma_sum = kd_arena_alloc(work->scratch, f->d->factors * 3 * KD_MODEL_CHECK_LAGS, sizeof(double));
  KD_CHECK(m->each != NULL && f->gamma != NULL && f->gamma_sum != NULL, work->err, KD_E_NOMEM,
           "no memory for the checks");
  for (size_t k = 0; k < f->d->factors; k++) {
    for (size_t a = 0; a < 3; a++) {
      for (int l = 0; l < KD_MODEL_CHECK_LAGS; l++) {
        const double h = spacing[a] * (double)(1 << 2 * l);
        f->wanted_lag[k][a][l] =
            kd_semivariance(&m->factor_model[k], a == 0 ? h : 0.0, a == 1 ? h : 0.0, a == 2 ? h : 0.0) -
            m->factor_model[k].nugget;
      }
    }
  }
  for (size_t a = 0; a < 3; a++)
    for (size_t l = 0; l < KD_MODEL_CHECK_LAGS; l++) KD_TRY(list_pairs(f, a, l, work));
  KD_TRY(open_grades(f, work));
out:
  return status;
}

/* ---- every realisation ---- */

/* Sum of squares of differences of pairs, lane by lane. */
KD_CLONES static void sum_squares(double sum[8], const double *field, const uint32_t *pair, size_t pairs) {
  kd_v8 total = KD_SPLAT(0.0), a, b;
  for (size_t i = 0; i < pairs; i++) {
    kd_v8_load(&a, field + (size_t)pair[2 * i] * 8);
    kd_v8_load(&b, field + (size_t)pair[2 * i + 1] * 8);
    a -= b;
    total += a * a;
  }
  kd_v8_store(sum, &total);
}

/* The same for fields of fewer lanes. */
static void sum_squares_narrow(double sum[8], const double *field, const uint32_t *pair, size_t pairs, size_t lanes) {
  memset(sum, 0, 8 * sizeof *sum);
  for (size_t i = 0; i < pairs; i++) {
    for (size_t r = 0; r < lanes; r++) {
      const double d = field[pair[2 * i] * lanes + r] - field[pair[2 * i + 1] * lanes + r];
      sum[r] += d * d;
    }
  }
}

static kd_status check_field(size_t k, size_t worker, void *user, kd_error *err) {
  const kd_model_fields *f = user;
  (void)worker;
  (void)err;
  for (size_t a = 0; a < 3; a++) {
    for (size_t l = 0; l < KD_MODEL_CHECK_LAGS; l++) {
      double *to = f->gamma + ((k * 3 + a) * KD_MODEL_CHECK_LAGS + l) * 8;
      const size_t pairs = f->pairs[a][l];
      if (f->given.still[f->given.model[k]])
        memset(to, 0, 8 * sizeof *to);
      else if (f->lanes == 8)
        sum_squares(to, f->field[k], f->pair[a][l], pairs);
      else
        sum_squares_narrow(to, f->field[k], f->pair[a][l], pairs, f->lanes);
      for (size_t r = 0; r < 8; r++) to[r] = pairs >= 50 ? 0.5 * to[r] / (double)pairs : (double)NAN;
    }
  }
  return KD_OK;
}

/* Covariance of two scores that is wanted: of the parts with ranges. */
static double wanted_covariance(const kd_model_fields *f, size_t u, size_t v) {
  double sum = 0.0;
  if (f->o->transform == KD_TRANSFORM_PPMT) return u == v ? 1.0 - f->m->factor_model[u].nugget : 0.0;
  for (size_t k = 0; k < f->d->factors; k++)
    sum += f->d->loading[u][k] * f->d->loading[v][k] * (1.0 - f->m->factor_model[k].nugget);
  return sum;
}

static double product_of(const kd_model_fields *f, size_t u, size_t v, size_t r, size_t tallies) {
  double sum = 0.0;
  for (size_t i = 0; i < tallies; i++) sum += f->tally[i].product[u * (u + 1) / 2 + v][r];
  return sum / (double)f->m->blocks;
}

static void check_scores(const kd_model_fields *f, size_t r, size_t tallies, kd_model_check *out) {
  const size_t n = f->d->simulated;
  double mean[KD_MODEL_VARIABLE], variance[KD_MODEL_VARIABLE];
  for (size_t u = 0; u < n; u++) {
    mean[u] = 0.0;
    for (size_t i = 0; i < tallies; i++) mean[u] += f->tally[i].score[u][r] / (double)f->m->blocks;
    out->mean += mean[u] / (double)n;
    variance[u] = product_of(f, u, u, r, tallies) - mean[u] * mean[u];
  }
  for (size_t u = 0; u < n; u++) {
    for (size_t v = 0; v < u; v++) {
      const double wanted = f->correlation[u][v];
      const double found = (product_of(f, u, v, r, tallies) - mean[u] * mean[v]) / sqrt(variance[u] * variance[v]);
      if (isfinite(found) && isfinite(wanted))
        out->correlation_error = fmax(out->correlation_error, fabs(found - wanted));
    }
  }
  out->variance = variance[0];
  out->variance_wanted = wanted_covariance(f, 0, 0);
}

/* Part of the variance of all scores that a factor holds. */
static double share_of(const kd_model_fields *f, size_t k) {
  double part = 0.0, all = 0.0;
  if (f->o->transform == KD_TRANSFORM_PPMT) return 1.0;
  for (size_t s = 0; s < f->d->simulated; s++) {
    part += f->d->loading[s][k] * f->d->loading[s][k];
    for (size_t j = 0; j < f->d->factors; j++) all += f->d->loading[s][j] * f->d->loading[s][j];
  }
  return part / all;
}

/* Root mean square of found less wanted, each factor by its share. found[factors][3][lags], every `stride` numbers. */
static double lag_error(const kd_model_fields *f, const double *found, size_t stride, double scale) {
  double squares = 0.0, weight = 0.0;
  for (size_t k = 0; k < f->d->factors; k++) {
    const double share = share_of(f, k);
    for (size_t i = 0; i < 3 * KD_MODEL_CHECK_LAGS; i++) {
      const double off = found[(k * 3 * KD_MODEL_CHECK_LAGS + i) * stride] * scale -
                         f->wanted_lag[k][i / KD_MODEL_CHECK_LAGS][i % KD_MODEL_CHECK_LAGS];
      if (!isfinite(off)) continue;
      squares += share * off * off;
      weight += share;
    }
  }
  return weight > 0.0 ? sqrt(squares / weight) : (double)NAN;
}

/* ---- the first ones, in grades ---- */

/* A realisation of a batch, drawn variable by variable. */
typedef struct drawing {
  kd_model_fields *f;
  size_t r;
} drawing;

/* Chunk k: factor k of realisation first + r, with its nugget. */
static kd_status draw_factor(size_t k, size_t worker, void *user, kd_error *err) {
  const drawing *self = user;
  const kd_model_fields *f = self->f;
  const char name[] = {'d', 'e', 'p', 'o', 's', 'i', 't', '.', 'c', 'h', 'e', 'c', 'k', '.', (char)('a' + (int)k), 0};
  const double root = sqrt(f->m->factor_model[k].nugget);
  double *to = f->flat[k];
  (void)worker;
  (void)err;
  if (root > 0.0) kd_normals(to, f->nodes, 0, f->o->seed, kd_stream_id(name), f->first + self->r);
  for (size_t i = 0; i < f->nodes; i++) to[i] = f->field[k][i * f->lanes + self->r] + (root > 0.0 ? root * to[i] : 0.0);
  return KD_OK;
}

KD_CLONES static void combine(double *restrict to, double *const *factor, size_t nodes, double mean,
                              const double *loading, size_t factors) {
  for (size_t from = 0; from < nodes; from += 512) {
    const size_t end = from + 512 < nodes ? from + 512 : nodes;
    for (size_t i = from; i < end; i++) to[i] = mean;
    for (size_t k = 0; k < factors; k++) {
      const double *restrict x = factor[k], l = loading[k];
      for (size_t i = from; i < end; i++) to[i] += l * x[i];
    }
  }
}

/* Chunk s: values of a simulated variable, from the factors. */
static kd_status draw_variable(size_t s, size_t worker, void *user, kd_error *err) {
  const drawing *self = user;
  const kd_model_fields *f = self->f;
  const kd_model_data *d = f->d;
  double *to = f->flat[d->factors + s];
  (void)worker;
  (void)err;
  combine(to, f->flat, f->nodes, d->mean[s], d->loading[s], d->factors);
  const kd_normal_score *back = f->draw != NULL ? kd_model_draw_back(f->draw, self->r, s) : &d->back[d->variable[s]];
  kd_normal_score_back_many(to, back, to, f->nodes);
  return KD_OK;
}

/* Factors and values of realisation first + r. */
static kd_status draw_points(kd_model_fields *f, size_t r, kd_error *err) {
  kd_status status = KD_OK;
  const kd_model_data *d = f->d;
  double **values = f->flat + d->factors, one[KD_MODEL_VARIABLE], work[KD_MODEL_VARIABLE];
  drawing self = {f, r};
  KD_TRY(kd_pool_run(f->o->pool, d->factors, draw_factor, &self, err));
  if (f->o->transform != KD_TRANSFORM_PPMT) {
    KD_TRY(kd_pool_run(f->o->pool, d->simulated, draw_variable, &self, err));
    goto out;
  }
  for (size_t i = 0; i < f->nodes; i++) {
    for (size_t k = 0; k < d->factors; k++) one[k] = f->flat[k][i];
    kd_ppmt_back(one, &d->ppmt, one, work);
    for (size_t s = 0; s < d->simulated; s++) values[s][i] = one[s];
  }
out:
  return status;
}

kd_status kd_model_check_batch(kd_model_fields *f, size_t tallies, kd_work *work) {
  kd_status status = KD_OK;
  kd_model *m = f->m;
  if (f->first == 0) {
    for (size_t u = 0; u < f->d->simulated; u++)
      for (size_t v = 0; v < u; v++)
        f->correlation[u][v] =
            wanted_covariance(f, u, v) / sqrt(wanted_covariance(f, u, u) * wanted_covariance(f, v, v));
  }
  KD_TRY(kd_pool_run(f->o->pool, f->d->factors, check_field, f, work->err));
  for (size_t r = 0; r < f->now; r++) {
    kd_model_check *out = &m->each[f->first + r];
    *out = (kd_model_check){0};
    check_scores(f, r, tallies, out);
    out->variogram_error = lag_error(f, f->gamma + r, 8, 1.0);
  }
  for (size_t r = 0; r < f->now && f->first + r < m->checked; r++) {
    KD_TRY(draw_points(f, r, work->err));
    kd_reproduction_add_factors(&m->fields, (const double *const *)f->flat, f->o->pool);
    m->fields.realisations++;
    kd_reproduction_add_values(&m->values, (const double *const *)(f->flat + f->d->factors), f->o->pool);
  }
  for (size_t i = 0; i < f->d->factors * 3 * KD_MODEL_CHECK_LAGS; i++)
    for (size_t r = 0; r < f->now; r++) f->gamma_sum[i] += f->gamma[i * 8 + r];
  for (size_t u = 0; u < f->d->simulated; u++) {
    for (size_t v = 0; v < u; v++)
      for (size_t r = 0; r < f->now; r++) f->product_sum[u][v] += product_of(f, u, v, r, tallies);
    for (size_t r = 0; r < f->now; r++) f->product_sum[u][u] += product_of(f, u, u, r, tallies);
    for (size_t i = 0; i < tallies; i++)
      for (size_t r = 0; r < f->now; r++) f->mean_sum[u] += f->tally[i].score[u][r] / (double)m->blocks;
  }
out:
  return status;
}

/* Means over the realisations against what is wanted. */
void kd_model_check_close(kd_model_fields *f) {
  kd_model *m = f->m;
  const double n = (double)m->realisations;
  const size_t vars = f->d->simulated;
  m->check = (kd_model_check){.variance_wanted = wanted_covariance(f, 0, 0)};
  for (size_t u = 0; u < vars; u++) m->check.mean += f->mean_sum[u] / n / (double)vars;
  for (size_t u = 0; u < vars; u++) {
    for (size_t v = 0; v < u; v++) {
      const double uu = f->product_sum[u][u] - f->mean_sum[u] * f->mean_sum[u] / n;
      const double vv = f->product_sum[v][v] - f->mean_sum[v] * f->mean_sum[v] / n;
      const double uv = f->product_sum[u][v] - f->mean_sum[u] * f->mean_sum[v] / n;
      const double off = uv / sqrt(uu * vv) - f->correlation[u][v];
      if (isfinite(off)) m->check.correlation_error = fmax(m->check.correlation_error, fabs(off));
    }
  }
  m->check.variance = (f->product_sum[0][0] - f->mean_sum[0] * f->mean_sum[0] / n) / n;
  m->check.variogram_error = lag_error(f, f->gamma_sum, 1, 1.0 / n);
  if (m->checked == 0) return;
  kd_reproduction_close(&m->values);
  kd_reproduction_close(&m->fields);
}
