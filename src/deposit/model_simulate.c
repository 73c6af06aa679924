// SPDX-License-Identifier: Apache-2.0
/* Simulation of the factors at block support, and the grades that follow.
 *
 *   s_kr   structured part of factor k in a block, realisation r: variance 1 - n_k       n_k  nugget
 *          field by sequential.c or fft_ma.c without data, conditioned by model_condition.c
 *   block: z_vr = E_u[ back_v( m_v + sum_k l_vk s_kr + sqrt(N_v) u ) ] ,  N_v = sum_k l_vk^2 n_k (1) PPMT:  z_r = mean
 * over four draws of back( s_r + sqrt(n) u ), two and their opposites                           (2)
 *
 * (1) takes the nugget's average over a block: the discrete Gaussian model of support with r^2 = 1 - N. It is
 * tabulated. Fields are made for the whole box of blocks. Each realisation is checked at the support of composites,
 * with the nugget drawn for every node: histogram, variograms of the factors, correlations (model_check.c).
 *
 * Source    Deutsch and Journel 1998, GSLIB, V.2; Chiles and Delfiner 2012, 6.8 (support).
 * Range     blocks smaller than the ranges.
 * Weakness  the spread of the structured part inside a block is not averaged; variograms and histograms are taken as
 *           known, so that the spread of the totals is a lower bound.
 */
#include "deposit/model_simulate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/elements.h"
#include "base/error.h"
#include "base/random.h"
#include "deposit/fft_ma.h"
#include "numerics/cholesky.h"
#include "numerics/normals.h"
#include "numerics/simd.h"

#define KD_END        6.0                 /* scores of the tables: -6 .. 6 */
#define KD_TABLE      KD_MODEL_TABLE      /* nodes of (1) */
#define KD_FINE       6001                /* of the way back, for the mean in (1) */
#define KD_QUADRATURE 201                 /* points of u over -6 .. 6 */
#define KD_ENDLESS    20.0                /* times the box: a range without end */
#define KD_COLUMNS    64                  /* columns of blocks in a task */
#define KD_MEMORY     (512.0 * 1048576.0) /* bytes of fields at a time */

double kd_model_structured(const kd_model *m, double dx, double dy, double dz) {
  if (dx == 0.0 && dy == 0.0 && dz == 0.0) return m->variogram.sill - m->variogram.nugget;
  return kd_covariance_at(&m->variogram, dx, dy, dz);
}

/* Stream of a factor's normal numbers. */
static uint32_t stream_of(const char *what, size_t k) {
  char name[64];
  snprintf(name, sizeof name, "deposit.model.%s_%zu", what, k + 1);
  return kd_stream_id(name);
}

/* ---- tables of (1) ---- */

static double look_up(const double *table, size_t nodes, double end, double y) {
  const double last = (double)(nodes - 1), at = fmin(fmax((y + end) * (last / (2.0 * end)), 0.0), last * (1.0 - 1e-12));
  const size_t i = (size_t)at;
  return table[i] + (at - (double)i) * (table[i + 1] - table[i]);
}

/* The way back at points close to each other, then its mean over u: half widths of 6 and of 8. */
static void tabulate(double *table, double *fine, const kd_normal_score *back, double nugget, int step) {
  const double root = sqrt(nugget);
  double share[KD_QUADRATURE], weight = 0.0;
  for (int i = 0; i < KD_FINE; i++) fine[i] = -KD_END - 6.0 * root + (2.0 * KD_END + 12.0 * root) * i / (KD_FINE - 1);
  kd_normal_score_back_many(fine, back, fine, KD_FINE);
  for (int q = 0; q < KD_QUADRATURE; q++) {
    const double u = -6.0 + 12.0 * q / (KD_QUADRATURE - 1);
    share[q] = exp(-0.5 * u * u);
    if (q % step == 0) weight += share[q];
  }
  for (int i = 0; i < KD_TABLE; i++) {
    const double y = -KD_END + 2.0 * KD_END * i / (KD_TABLE - 1);
    double sum = 0.0;
    for (int q = 0; q < KD_QUADRATURE && nugget > 0.0; q += step)
      sum += share[q] * look_up(fine, KD_FINE, KD_END + 6.0 * root, y + root * (-6.0 + 12.0 * q / (KD_QUADRATURE - 1)));
    table[i] = nugget <= 0.0 ? kd_normal_score_back(back, y) : sum / weight;
  }
}

kd_status kd_model_tabulate(double *table, const kd_model_fields *f, size_t s, const kd_normal_score *back, int step,
                            kd_error *err) {
  kd_status status = KD_OK;
  double nugget = 0.0;
  for (size_t k = 0; k < f->d->factors; k++) {
    const double l = f->d->loading[s][k];
    nugget += l * l * f->m->factor_model[k].nugget;
  }
  double *fine = kd_alloc(f->ctx, KD_FINE, sizeof *fine);
  KD_CHECK(fine != NULL, err, KD_E_NOMEM, "no memory for the way back");
  tabulate(table, fine, back, nugget, step);
  kd_free(f->ctx, fine);
out:
  return status;
}

static kd_status make_table(size_t s, size_t worker, void *user, kd_error *err) {
  const kd_model_fields *f = user;
  (void)worker;
  return kd_model_tabulate(f->table + s * KD_TABLE, f, s, &f->d->back[f->d->variable[s]], 1, err);
}

/* ---- fields ---- */

/* Parts of a model with ranges: those within reach of the box, and layers, without end across. */
static void split_model(kd_covariance *within, kd_covariance *layers, const kd_covariance *model,
                        const kd_block_grid *g) {
  const double box = fmax((double)g->nx * g->dx, (double)g->ny * g->dy);
  *within = *layers = (kd_covariance){0};
  for (size_t i = 0; i < model->count; i++) {
    const kd_structure *s = &model->structure[i];
    if (kd_structure_is_flat(s)) continue;
    const bool endless = fmin(s->range, s->semi) > KD_ENDLESS * box && s->dip == 0.0 && s->rake == 0.0;
    (void)kd_covariance_add(endless ? layers : within, s, NULL);
  }
}

/* Cholesky's factor of the covariances between depths: what lies in layers is one number for each depth. No engine need
 * reach so far, and none can. */
static kd_status factor_layers(double **out, const kd_covariance *layers, const kd_block_grid *g, kd_context *ctx,
                               kd_error *err) {
  kd_status status = KD_OK;
  const size_t n = g->nz;
  double *a = kd_alloc(ctx, n * n, sizeof *a);
  size_t row = 0;
  *out = a;
  KD_CHECK(a != NULL, err, KD_E_NOMEM, "no memory for the layers of %zu depths", n);
  for (size_t i = 0; i < n; i++) {
    for (size_t j = 0; j < i; j++) a[i * n + j] = kd_covariance_at(layers, 0.0, 0.0, (double)(i - j) * g->dz);
    a[i * n + i] = layers->sill * (1.0 + 1e-10);
  }
  KD_CHECK(kd_cholesky_row(a, n, n, 1e-14, &row), err, KD_E_MODEL,
           "the variogram of the layers cannot tell depth %zu from those above it: a nugget is wanted", row + 1);
out:
  return status;
}

static kd_status make_engine(size_t j, size_t worker, void *user, kd_error *err) {
  kd_status status = KD_OK;
  kd_model_fields *f = user;
  kd_covariance model, layers;
  (void)worker;
  split_model(&model, &layers, f->engine_model[j], &f->m->grid);
  if (layers.count > 0) KD_TRY(factor_layers(&f->layers[j], &layers, &f->m->grid, f->ctx, err));
  if (model.count == 0) goto out;
  if (f->o->method == KD_SIMULATE_FFT) {
    status = kd_fft_ma_create(&f->fft[j], f->ctx, &f->grid, &model, NULL, NULL, 0.01, err);
    f->wrapped[j] = status == KD_E_MODEL; /* no torus holds it: what else is wrong the other engine finds too */
    if (!f->wrapped[j]) KD_TRY(status);
    status = KD_OK;
    if (!f->wrapped[j]) kd_fft_ma_trim(f->fft[j]);
  }
  if (f->o->method != KD_SIMULATE_FFT || f->wrapped[j]) {
    const kd_sequential_options how = {.neighbours = f->o->nodes, .radius = (double)NAN, .path_seed = f->o->seed};
    KD_TRY(kd_sequential_create(&f->sequential[j], f->ctx, &f->grid, &model, NULL, NULL, &how, NULL, err));
  }
out:
  return status;
}

/* Adds the layers of one factor to lanes from .. from + count - 1. */
static kd_status add_layers(const kd_model_fields *f, size_t k, size_t from, size_t count, kd_error *err) {
  kd_status status = KD_OK;
  const size_t nz = f->m->grid.nz, area = f->m->grid.nx * f->m->grid.ny, lanes = f->lanes;
  const double *factor = f->layers[f->given.model[k]];
  double *u = kd_alloc(f->ctx, nz, sizeof *u), *field = f->field[k];
  KD_CHECK(u != NULL, err, KD_E_NOMEM, "no memory for the layers of %zu depths", nz);
  for (size_t r = from; r < from + count; r++) {
    kd_normals(u, nz, 0, f->o->seed, stream_of("layers", k), f->first + r);
    for (size_t i = nz; i-- > 0;) { /* from below, so that u is still there */
      double sum = 0.0;
      for (size_t j = 0; j <= i; j++) sum += factor[i * nz + j] * u[j];
      for (size_t n = 0; n < area; n++) field[(i * area + n) * lanes + r] += sum;
    }
  }
out:
  kd_free(f->ctx, u);
  return status;
}

/* All lanes of one factor by the sequential engine. */
static void make_sequential(const kd_model_fields *f, size_t k, uint32_t stream, double *one) {
  const kd_sequential *engine = f->sequential[f->given.model[k]];
  double *field = f->field[k];
  if (f->lanes == KD_SEQUENTIAL_LANES) {
    kd_sequential_eight(field, engine, f->o->seed, stream, f->first);
    return;
  }
  for (size_t r = 0; r < f->lanes; r++) {
    double *to = f->lanes == 1 ? field : one;
    kd_sequential_one(to, engine, f->o->seed, stream, f->first + r);
    for (size_t i = 0; i < f->nodes && f->lanes > 1; i++) field[i * f->lanes + r] = to[i];
  }
}

/* One factor of realisations first .. first + lanes - 1, field[node * lanes + r]; without data. */
static kd_status make_field(size_t task, size_t worker, void *user, kd_error *err) {
  kd_status status = KD_OK;
  const kd_model_fields *f = user;
  const size_t pairs = f->fft != NULL ? f->lanes / 2 : 1, k = task / pairs, pair = task % pairs, j = f->given.model[k];
  const bool whole = f->sequential[j] != NULL; /* by the first task of its pairs */
  const size_t wide = whole ? f->lanes : f->lanes / pairs, from = whole ? 0 : pair * wide;
  double *field = f->field[k];
  const uint32_t stream = stream_of("factor", k);
  if ((whole && pair > 0) || f->given.still[j]) goto out; /* still: 0 from the start */
  if (f->fft != NULL && f->fft[j] != NULL) {
    double *one = f->work[worker], *two = one + f->nodes;
    kd_fft_ma_pair(one, two, f->fft[j], f->o->seed, stream, f->first / 2 + pair, two + f->nodes);
    for (size_t i = 0; i < f->nodes; i++) {
      field[i * f->lanes + from] = one[i];
      field[i * f->lanes + from + 1] = two[i];
    }
  } else if (whole) {
    make_sequential(f, k, stream, f->work[worker]);
  } else { /* a nugget alone, or layers alone */
    for (size_t i = 0; i < f->nodes; i++)
      for (size_t r = from; r < from + wide; r++) field[i * f->lanes + r] = 0.0;
  }
  if (f->layers[j] != NULL) KD_TRY(add_layers(f, k, from, wide, err));
out:
  return status;
}

/* f_a - s_u(a) - sqrt(n) e_a of equation (1) of model_condition.c. */
static kd_status take_residuals(size_t k, size_t worker, void *user, kd_error *err) {
  const kd_model_fields *f = user;
  const kd_conditioning *c = &f->given;
  const size_t lanes = f->lanes;
  (void)worker;
  (void)err;
  if (c->still[c->model[k]]) return KD_OK;
  double *to = f->residual + k * c->count * lanes;
  const double root = sqrt(c->nugget[c->model[k]]);
  kd_normals_lanes(to, c->count, lanes, 0, f->o->seed, stream_of("noise", k), f->first);
  for (size_t a = 0; a < c->count; a++) {
    const double *own = f->draw != NULL ? kd_model_draw_factor(f->draw, k, a) : NULL;
    for (size_t r = 0; r < lanes; r++)
      to[a * lanes + r] = (own != NULL ? own[r] : c->factor[k * c->count + a]) - f->field[k][c->node[a] * lanes + r] -
                          root * to[a * lanes + r];
  }
  return KD_OK;
}

/* Blocks of one depth, one behind the other: block[0 .. count - 1], -1 for none. */
KD_CLONES static void condition_eight(double *restrict field, const kd_conditioning *c, const double *restrict weight,
                                      const double *restrict residual, const uint32_t *cell, const int32_t *block,
                                      size_t count) {
  kd_v8 s, x;
  for (size_t j = 0; j < count; j++) {
    if (block[j] < 0) continue;
    const size_t b = (size_t)block[j], n = c->near_count[b];
    const uint32_t *near = c->near + b * c->each;
    const double *w = weight + b * c->each;
    double *to = field + (size_t)cell[b] * 8;
    kd_v8_load(&s, to);
    for (size_t i = 0; i < n; i++) {
      kd_v8_load(&x, residual + (size_t)near[i] * 8);
      s += w[i] * x;
    }
    kd_v8_store(to, &s);
  }
}

static void condition_narrow(double *field, const kd_model_fields *f, const double *weight, const double *residual,
                             const int32_t *block, size_t count) {
  const kd_conditioning *c = &f->given;
  const size_t lanes = f->lanes;
  for (size_t j = 0; j < count; j++) {
    if (block[j] < 0) continue;
    const size_t b = (size_t)block[j];
    const uint32_t *near = c->near + b * c->each;
    const double *w = weight + b * c->each;
    double *to = field + (size_t)f->m->cell[b] * lanes;
    for (size_t i = 0; i < c->near_count[b]; i++)
      for (size_t r = 0; r < lanes; r++) to[r] += w[i] * residual[near[i] * lanes + r];
  }
}

/* All blocks of some columns: factor by factor, so that its residuals stay at hand, and depth by depth, along the
 * weights. */
static void condition_columns(const kd_model_fields *f, size_t first, size_t end) {
  const kd_conditioning *c = &f->given;
  const kd_model *m = f->m;
  const size_t layer = m->grid.nx * m->grid.ny;
  int32_t block[KD_COLUMNS];
  for (size_t k = 0; k < f->d->factors; k++) {
    if (c->still[c->model[k]]) continue;
    const double *weight = c->weight + c->row[c->model[k]] * m->blocks * c->each;
    const double *residual = f->residual + k * c->count * f->lanes;
    for (size_t z = 0; z < m->grid.nz; z++) {
      for (size_t i = first; i < end; i++) block[i - first] = m->block_of[z * layer + m->column_cell[i]];
      if (f->lanes == 8)
        condition_eight(f->field[k], c, weight, residual, m->cell, block, end - first);
      else
        condition_narrow(f->field[k], f, weight, residual, block, end - first);
    }
  }
}

/* ---- grades ---- */

KD_CLONES static void scores_of_eight(double y[][8], const double *const *field, size_t at, const kd_model_data *d,
                                      const size_t *moving, size_t count) {
  for (size_t s = 0; s < d->simulated; s++) {
    kd_v8 sum = KD_SPLAT(d->mean[s]), x;
    for (size_t i = 0; i < count; i++) {
      kd_v8_load(&x, field[moving[i]] + at);
      sum += d->loading[s][moving[i]] * x;
    }
    kd_v8_store(y[s], &sum);
  }
}

/* look_up in eight lanes, each with a table of its own. */
KD_INLINE void look_up_lanes(double z[8], const double *const table[8], const double y[8]) {
  const kd_v8 none = KD_SPLAT(0.0), top = KD_SPLAT((double)(KD_TABLE - 1) * (1.0 - 1e-12));
  kd_v8 at, low, high;
  kd_v8_load(&at, y);
  at = (at + KD_END) * ((double)(KD_TABLE - 1) / (2.0 * KD_END));
  const kd_i8 positive = at > none;
  kd_v8_select(&at, &positive, &at, &none);
  const kd_i8 inside = at < top;
  kd_v8_select(&at, &inside, &at, &top);
  int32_t i[8];
  for (int r = 0; r < 8; r++) i[r] = (int32_t)at[r];
  for (int r = 0; r < 8; r++) {
    low[r] = table[r][i[r]];
    high[r] = table[r][i[r] + 1];
    at[r] -= (double)i[r];
  }
  low += at * (high - low);
  kd_v8_store(z, &low);
}

KD_CLONES static void look_up_eight(double z[][8], const double *table, double y[][8], size_t n) {
  for (size_t s = 0; s < n; s++) {
    const double *t = table + s * KD_TABLE, *const all[8] = {t, t, t, t, t, t, t, t};
    look_up_lanes(z[s], all, y[s]);
  }
}

/* Scores of one block in all lanes, and its grades by (1). */
static void grades_by_table(const kd_model_fields *f, size_t b, double z[][8], double y[][8]) {
  const kd_model_data *d = f->d;
  const size_t lanes = f->lanes, at = (size_t)f->m->cell[b] * lanes;
  if (lanes == 8) {
    scores_of_eight(y, (const double *const *)f->field, at, d, f->moving, f->movings);
  } else {
    for (size_t s = 0; s < d->simulated; s++) {
      for (size_t r = 0; r < lanes; r++) y[s][r] = d->mean[s];
      for (size_t i = 0; i < f->movings; i++)
        for (size_t r = 0; r < lanes; r++) y[s][r] += d->loading[s][f->moving[i]] * f->field[f->moving[i]][at + r];
    }
  }
  if (lanes == 8 && f->draw == NULL) {
    look_up_eight(z, f->table, y, d->simulated);
    return;
  }
  for (size_t s = 0; s < d->simulated; s++)
    for (size_t r = 0; r < lanes; r++)
      z[s][r] = look_up(f->draw != NULL ? kd_model_draw_table(f->draw, r, s) : f->table + s * KD_TABLE, KD_TABLE,
                        KD_END, y[s][r]);
}

/* The same by (2). */
static void grades_by_pursuit(const kd_model_fields *f, size_t b, double z[][8], double y[][8]) {
  const kd_model_data *d = f->d;
  const size_t lanes = f->lanes, cell = f->m->cell[b], n = d->simulated;
  const uint32_t stream = kd_stream_id("deposit.model.inside_block");
  for (size_t r = 0; r < lanes; r++) {
    double u[2 * KD_MODEL_VARIABLE], sum[KD_MODEL_VARIABLE] = {0.0}, one[KD_MODEL_VARIABLE], work[KD_MODEL_VARIABLE];
    kd_normals(u, 2 * n, (uint64_t)b * 2 * n, f->o->seed, stream, f->first + r);
    for (int draw = 0; draw < 4; draw++) {
      const double side = draw % 2 == 0 ? 1.0 : -1.0;
      for (size_t k = 0; k < n; k++)
        one[k] =
            f->field[k][cell * lanes + r] + side * sqrt(f->m->factor_model[k].nugget) * u[(size_t)(draw / 2) * n + k];
      kd_ppmt_back(one, &d->ppmt, one, work);
      for (size_t s = 0; s < n; s++) sum[s] += 0.25 * one[s];
    }
    for (size_t s = 0; s < n; s++) {
      z[s][r] = sum[s];
      y[s][r] = f->field[s][cell * lanes + r];
    }
  }
}

/* Metal of one block in all lanes; the main variable's grade, and the step of the curve that it falls into. */
KD_CLONES static void add_metal(kd_model_tally *t, double main[8], int64_t step[8], const kd_model_fields *f,
                                double mass, double z[][8]) {
  const kd_model *m = f->m;
  const kd_model_data *d = f->d;
  kd_v8 grade = KD_SPLAT(0.0), x, sum;
  kd_i8 above = {0};
  for (size_t s = 0; s < d->simulated; s++) {
    const size_t v = d->variable[s];
    kd_v8_load(&x, z[s]);
    kd_v8_load(&sum, t->metal[v]);
    sum += mass * x;
    kd_v8_store(t->metal[v], &sum);
    if (m->summed ? m->element[v] >= 0 && m->element[v] < KD_REY : v == m->main) grade += x;
  }
  grade += f->constant;
  kd_v8_store(main, &grade);
  for (size_t k = 0; k < m->curves; k++) above -= grade >= KD_SPLAT(m->curve[k].cutoff); /* the cut-offs ascend */
  memcpy(step, &above, sizeof above);
  if (!m->summed) return;
  kd_v8_load(&sum, t->metal[m->main]);
  sum += mass * grade;
  kd_v8_store(t->metal[m->main], &sum);
}

/* Adds the metal and the statistics of one block in the lanes that are wanted. */
static void take_block(const kd_model_fields *f, size_t b, double z[][8], kd_model_tally *t) {
  kd_model *m = f->m;
  const size_t column = (size_t)m->column_of[m->cell[b] % (m->grid.nx * m->grid.ny)];
  const double mass = m->mass[b];
  double main[8], mean = m->simulated_mean[b], square = m->simulated_sd[b], likely = m->probability[b];
  int64_t above[8];
  add_metal(t, main, above, f, mass, z);
  for (size_t r = 0; r < f->now; r++) {
    m->column_metal[(f->first + r) * m->columns + column] += mass * main[r];
    if (m->captured != NULL) m->captured[(f->first + r) * m->blocks + b] = main[r];
    mean += main[r];
    square += main[r] * main[r];
    likely += main[r] >= f->o->cutoff ? 1.0 : 0.0;
    if (above[r] == 0) continue;
    t->mass_above[r][above[r] - 1] += mass;
    t->metal_above[r][above[r] - 1] += mass * main[r];
  }
  m->simulated_mean[b] = mean;
  m->simulated_sd[b] = square;
  m->probability[b] = likely;
}

/* Sums and products of the scores, for their means and correlations. */
KD_CLONES static void add_moments(kd_model_tally *t, double y[][8], size_t n) {
  size_t at = 0;
  for (size_t u = 0; u < n; u++) {
    kd_v8 a, b, sum;
    kd_v8_load(&a, y[u]);
    kd_v8_load(&sum, t->score[u]);
    sum += a;
    kd_v8_store(t->score[u], &sum);
    for (size_t v = 0; v <= u; v++, at++) {
      kd_v8_load(&b, y[v]);
      kd_v8_load(&sum, t->product[at]);
      sum += a * b;
      kd_v8_store(t->product[at], &sum);
    }
  }
}

/* Conditions and takes the blocks of some columns: no other task writes to them. */
static kd_status take_columns(size_t chunk, size_t worker, void *user, kd_error *err) {
  const kd_model_fields *f = user;
  const kd_model *m = f->m;
  const size_t layer = m->grid.nx * m->grid.ny;
  kd_model_tally *t = &f->tally[chunk];
  double z[KD_MODEL_VARIABLE][8] = {{0.0}}, y[KD_MODEL_VARIABLE][8] = {{0.0}};
  (void)worker;
  (void)err;
  *t = (kd_model_tally){0};
  const size_t first = chunk * KD_COLUMNS, end = first + KD_COLUMNS < m->columns ? first + KD_COLUMNS : m->columns;
  if (f->given.count > 0) condition_columns(f, first, end);
  for (size_t c = first; c < end; c++) {
    for (size_t k = 0; k < m->grid.nz; k++) {
      const int32_t b = m->block_of[k * layer + m->column_cell[c]];
      if (b < 0) continue;
      if (f->o->transform == KD_TRANSFORM_PPMT)
        grades_by_pursuit(f, (size_t)b, z, y);
      else
        grades_by_table(f, (size_t)b, z, y);
      take_block(f, (size_t)b, z, t);
      add_moments(t, y, f->d->simulated);
    }
  }
  return KD_OK;
}

/* Sums of the tasks, in their order. */
static void close_batch(kd_model_fields *f, size_t chunks) {
  kd_model *m = f->m;
  for (size_t i = 0; i < chunks; i++) {
    const kd_model_tally *t = &f->tally[i];
    for (size_t r = 0; r < f->now; r++) {
      double *curve = f->curve + (f->first + r) * KD_MODEL_CUTOFFS * 2;
      for (size_t v = 0; v < m->variables; v++) m->metal[(f->first + r) * m->variables + v] += t->metal[v][r];
      for (size_t k = 0; k < m->curves; k++) {
        curve[2 * k] += t->mass_above[r][k];
        curve[2 * k + 1] += t->metal_above[r][k];
      }
    }
  }
}

/* Variables that are the same everywhere. */
static void add_constants(kd_model_fields *f) {
  kd_model *m = f->m;
  bool drawn[KD_MODEL_VARIABLE] = {false};
  double mass = 0.0;
  for (size_t s = 0; s < f->d->simulated; s++) drawn[f->d->variable[s]] = true;
  for (size_t b = 0; b < m->blocks; b++) mass += m->mass[b];
  for (size_t v = 0; v < m->variables; v++) {
    if (drawn[v] || (m->summed && v == m->main)) continue;
    for (size_t r = 0; r < f->o->realisations; r++) m->metal[r * m->variables + v] = mass * f->d->value[v][0];
    if (m->summed && m->element[v] >= 0 && m->element[v] < KD_REY) f->constant += f->d->value[v][0];
  }
}

static void close_curves(kd_model *m, const double *curve, double *scratch) {
  for (size_t k = 0; k < m->curves; k++) {
    kd_spread *out[3] = {&m->curve[k].tonnages, &m->curve[k].grades, &m->curve[k].metals};
    for (size_t q = 0; q < 3; q++) {
      for (size_t r = 0; r < m->realisations; r++) {
        double mass = 0.0, metal = 0.0;
        for (size_t j = k; j < m->curves; j++) {
          mass += curve[(r * KD_MODEL_CUTOFFS + j) * 2];
          metal += curve[(r * KD_MODEL_CUTOFFS + j) * 2 + 1];
        }
        scratch[r] = q == 0 ? mass : q == 2 ? metal : mass > 0.0 ? metal / mass : (double)NAN;
      }
      kd_model_spread(out[q], scratch, m->realisations);
    }
  }
}

/* ---- all of it ---- */

static kd_status open_fields(kd_model_fields *f, kd_work *work) {
  kd_status status = KD_OK;
  const kd_block_grid *g = &f->m->grid;
  const size_t threads = kd_pool_threads(f->o->pool), n = f->d->factors;
  f->grid = (kd_simulation_grid){.n = {g->nx, g->ny, g->nz},
                                 .origin = {g->x0 + 0.5 * g->dx, g->y0 + 0.5 * g->dy, g->z0 + 0.5 * g->dz},
                                 .spacing = {g->dx, g->dy, g->dz}};
  f->nodes = g->nx * g->ny * g->nz;
  const bool by_fft = f->o->method == KD_SIMULATE_FFT;
  f->lanes = (double)f->nodes * (double)n * 64.0 <= KD_MEMORY ? 8 : by_fft ? 2 : 1;
  const size_t chunks = (f->m->columns + KD_COLUMNS - 1) / KD_COLUMNS;
  for (size_t k = 0; k < n; k++) {
    f->field[k] = kd_arena_alloc(work->scratch, f->nodes, f->lanes * sizeof(double));
    KD_CHECK(f->field[k] != NULL, work->err, KD_E_NOMEM, "no memory to simulate %zu blocks", f->nodes);
  }
  for (size_t k = 0; k < n; k++) {
    f->engine_model[f->given.model[k]] = &f->m->factor_model[k];
    if (!f->given.still[f->given.model[k]]) f->moving[f->movings++] = k;
  }
  f->engines = f->given.models;
  f->residual = kd_arena_alloc(work->scratch, f->given.count * n + 1, f->lanes * sizeof(double));
  f->table = kd_arena_alloc(work->scratch, f->d->simulated, KD_TABLE * sizeof(double));
  f->tally = kd_arena_alloc(work->scratch, chunks, sizeof *f->tally);
  f->curve = kd_arena_alloc(work->scratch, f->o->realisations, KD_MODEL_CUTOFFS * 2 * sizeof(double));
  f->work = kd_arena_alloc(work->scratch, threads, sizeof *f->work);
  if (by_fft) f->fft = kd_arena_alloc(work->scratch, f->engines, sizeof *f->fft);
  f->sequential = kd_arena_alloc(work->scratch, f->engines, sizeof *f->sequential);
  KD_CHECK(f->residual && f->table && f->tally && f->curve && f->work && f->sequential && (!by_fft || f->fft),
           work->err, KD_E_NOMEM, "no memory to simulate %zu blocks", f->nodes);
  KD_TRY(kd_pool_run(f->o->pool, f->engines, make_engine, f, work->err));
  size_t size = 0;
  for (size_t j = 0; j < f->engines; j++) f->m->wrapped += f->wrapped[j] ? 1u : 0u;
  for (size_t j = 0; by_fft && j < f->engines; j++)
    if (f->fft[j] != NULL && kd_fft_ma_work(f->fft[j]) > size) size = kd_fft_ma_work(f->fft[j]);
  for (size_t t = 0; by_fft && t < threads; t++) {
    f->work[t] = kd_arena_alloc(work->scratch, 2 * f->nodes + size + 8, sizeof(double));
    KD_CHECK(f->work[t] != NULL, work->err, KD_E_NOMEM, "no memory for the transforms of %zu blocks", f->nodes);
  }
  if (f->o->transform != KD_TRANSFORM_PPMT) KD_TRY(kd_pool_run(f->o->pool, f->d->simulated, make_table, f, work->err));
out:
  return status;
}

static kd_status run_batch(kd_model_fields *f, kd_work *work) {
  kd_status status = KD_OK;
  const size_t chunks = (f->m->columns + KD_COLUMNS - 1) / KD_COLUMNS;
  const size_t tasks = f->d->factors * (f->fft != NULL ? f->lanes / 2 : 1);
  KD_TRY(kd_pool_run(f->o->pool, tasks, make_field, f, work->err));
  if (f->draw != NULL) KD_TRY(kd_model_draw_batch(f->draw, f, work->err));
  if (f->given.count > 0) KD_TRY(kd_pool_run(f->o->pool, f->d->factors, take_residuals, f, work->err));
  KD_TRY(kd_pool_run(f->o->pool, chunks, take_columns, f, work->err));
  close_batch(f, chunks);
  KD_TRY(kd_model_check_batch(f, chunks, work));
out:
  return status;
}

static void close_blocks(kd_model *m, double n) {
  for (size_t b = 0; b < m->blocks; b++) {
    const double mean = m->simulated_mean[b] / n;
    m->simulated_sd[b] = n > 1.0 ? sqrt(fmax(0.0, (m->simulated_sd[b] - n * mean * mean) / (n - 1.0))) : 0.0;
    m->simulated_mean[b] = mean;
    m->probability[b] /= n;
  }
}

kd_status kd_model_simulate(kd_model *m, const kd_model_data *d, const kd_model_options *o, kd_work *work) {
  kd_status status = KD_OK;
  kd_model_fields *f = kd_arena_alloc(work->scratch, 1, sizeof *f);
  KD_CHECK(f != NULL, work->err, KD_E_NOMEM, "no memory to simulate");
  *f = (kd_model_fields){.m = m, .d = d, .o = o, .ctx = work->ctx};
  KD_TRY(kd_model_condition(&f->given, m, d, o, work));
  KD_TRY(open_fields(f, work));
  if (o->draw_histogram) KD_TRY(kd_model_draw_open(&f->draw, f, work));
  KD_TRY(kd_model_check_open(f, work));
  add_constants(f);
  for (f->first = 0; f->first < o->realisations; f->first += f->lanes) {
    f->now = o->realisations - f->first < f->lanes ? o->realisations - f->first : f->lanes;
    KD_TRY(run_batch(f, work));
  }
  m->realisations = o->realisations;
  close_blocks(m, (double)m->realisations);
  double *scratch = kd_arena_alloc(work->scratch, m->realisations, sizeof *scratch);
  KD_CHECK(scratch != NULL, work->err, KD_E_NOMEM, "no memory for %zu realisations", m->realisations);
  close_curves(m, f->curve, scratch);
  kd_model_check_close(f);
out:
  if (f != NULL) kd_model_draw_close(&f->draw);
  for (size_t j = 0; f != NULL && j < f->engines; j++) {
    kd_free(work->ctx, f->layers[j]);
    if (f->sequential != NULL) kd_sequential_destroy(&f->sequential[j]);
    if (f->fft != NULL) kd_fft_ma_destroy(&f->fft[j]);
  }
  return status;
}
