// SPDX-License-Identifier: Apache-2.0
/* Conditioning of simulated fields on composites.
 *
 *   s_c(x) = s_u(x) + sum_a w_a(x) [ f_a - s_u(a) - sqrt(n) e_a ]                                                (1)
 *
 *   s_u  field without data and without nugget      f_a  factor at node a      n nugget      e_a  standard normal
 *   w    simple kriging of the structured part at x from data whose nugget is noise
 *
 * (1) holds for whatever way the field was made. The weights are found once for all realisations, the neighbours once
 * for all variograms.
 *
 * A composite stands on the node of its block; several of one block become their mean.
 *
 * Source    Chiles and Delfiner 2012, 7.3.1 (conditioning by kriging).
 * Range     exact with all data as neighbours; the nearest `nodes` are used.
 * Weakness  a composite is moved by up to half a block.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "deposit/covariance_reach.h"
#include "deposit/model_internal.h"
#include "deposit/sequential_system.h"

#define KD_CHUNK  128
#define KD_MEMORY (1024.0 * 1024.0 * 1024.0) /* bytes of weights */

/* Node of a place, or cells when it lies outside. */
size_t kd_model_node_at(const kd_block_grid *g, double x, double y, double z) {
  const double i = floor((x - g->x0) / g->dx), j = floor((y - g->y0) / g->dy), k = floor((z - g->z0) / g->dz);
  if (!(i >= 0.0 && j >= 0.0 && k >= 0.0 && i < (double)g->nx && j < (double)g->ny && k < (double)g->nz))
    return g->nx * g->ny * g->nz;
  return ((size_t)k * g->ny + (size_t)j) * g->nx + (size_t)i;
}

typedef struct placed {
  size_t node, row;
} placed;

static int by_node(const void *a_, const void *b_) {
  const placed *a = a_, *b = b_;
  if (a->node != b->node) return a->node < b->node ? -1 : 1;
  return a->row < b->row ? -1 : a->row > b->row;
}

static kd_status place_data(kd_conditioning *c, kd_model *m, const kd_model_data *d, kd_work *work) {
  kd_status status = KD_OK;
  const kd_block_grid *g = &m->grid;
  const size_t cells = g->nx * g->ny * g->nz;
  placed *all = kd_arena_alloc(work->scratch, d->count + 1, sizeof *all);
  double **axis[3] = {&c->x, &c->y, &c->z};
  c->node = kd_arena_alloc(work->scratch, d->count + 1, sizeof *c->node);
  c->factor = kd_arena_alloc(work->scratch, d->count + 1, d->factors * sizeof(double));
  for (int a = 0; a < 3; a++) *axis[a] = kd_arena_alloc(work->scratch, d->count + 1, sizeof(double));
  KD_CHECK(all && c->node && c->factor && c->x && c->y && c->z, work->err, KD_E_NOMEM, "no memory for %zu composites",
           d->count);
  for (size_t i = 0; i < d->count; i++) all[i] = (placed){kd_model_node_at(g, d->x[i], d->y[i], d->z[i]), i};
  qsort(all, d->count, sizeof *all, by_node);
  size_t inside = d->count;
  while (inside > 0 && all[inside - 1].node == cells) inside--;
  m->outside = d->count - inside;
  for (size_t i = 0; i < inside; i++) c->count += i == 0 || all[i].node != all[i - 1].node ? 1u : 0u;
  size_t at = 0;
  for (size_t i = 0, end; i < inside; i = end, at++) {
    for (end = i + 1; end < inside && all[end].node == all[i].node;) end++;
    c->node[at] = (uint32_t)all[i].node;
    c->x[at] = kd_grid_x(g, all[i].node);
    c->y[at] = kd_grid_y(g, all[i].node);
    c->z[at] = kd_grid_z(g, all[i].node);
    for (size_t k = 0; k < d->factors; k++) {
      double sum = 0.0;
      for (size_t j = i; j < end; j++) sum += d->factor[k][all[j].row];
      c->factor[k * c->count + at] = sum / (double)(end - i);
    }
  }
  m->conditioning = c->count;
out:
  return status;
}

static bool same_model(const kd_covariance *a, const kd_covariance *b) {
  if (a->count != b->count) return false;
  for (size_t i = 0; i < a->count; i++) {
    const kd_structure *s = &a->structure[i], *t = &b->structure[i];
    if (s->kind != t->kind || s->sill != t->sill || s->range != t->range || s->semi != t->semi ||
        s->minor != t->minor || s->azimuth != t->azimuth || s->dip != t->dip || s->rake != t->rake)
      return false;
  }
  return true;
}

static bool is_still(const kd_covariance *model) {
  for (size_t i = 0; i < model->count; i++)
    if (!kd_structure_is_flat(&model->structure[i])) return false;
  return true;
}

/* One set of weights for each variogram that differs from those before it. */
static kd_status sort_models(kd_conditioning *c, const kd_covariance **model, const kd_model *m, kd_work *work) {
  kd_status status = KD_OK;
  c->model = kd_arena_alloc(work->scratch, m->factors, sizeof *c->model);
  c->nugget = kd_arena_alloc(work->scratch, m->factors, sizeof *c->nugget);
  c->still = kd_arena_alloc(work->scratch, m->factors, sizeof *c->still);
  c->row = kd_arena_alloc(work->scratch, m->factors, sizeof *c->row);
  KD_CHECK(c->model && c->nugget && c->still && c->row, work->err, KD_E_NOMEM, "no memory for %zu factors", m->factors);
  for (size_t k = 0; k < m->factors; k++) {
    size_t j = 0;
    while (j < c->models && !same_model(model[j], &m->factor_model[k])) j++;
    if (j == c->models) {
      c->nugget[c->models] = m->factor_model[k].nugget;
      c->still[c->models] = is_still(&m->factor_model[k]);
      c->row[c->models] = c->rows;
      c->rows += c->still[c->models] ? 0u : 1u;
      model[c->models++] = &m->factor_model[k];
    }
    c->model[k] = j;
  }
out:
  return status;
}

typedef struct weighing {
  const kd_model *m;
  kd_conditioning *c;
  kd_search search;
  kd_lag_table *lags;    /* [models] */
  int32_t (*at)[3];      /* [count] indices of the nodes */
  kd_search_space *near; /* of each worker */
  int32_t (*far)[3];     /* of each worker: longest lag of a block and a neighbour along each axis */
  double **work;         /* of each worker */
} weighing;

/* Index of a cell along each axis. */
static void index_of(int32_t out[3], const kd_block_grid *g, size_t cell) {
  out[0] = (int32_t)(cell % g->nx);
  out[1] = (int32_t)(cell / g->nx % g->ny);
  out[2] = (int32_t)(cell / (g->nx * g->ny));
}

/* Doubles of work space: lags, covariances and weights of eight systems, and their solver's. */
static size_t work_of(size_t each) {
  return 8 * each * 3 + kd_stencil_work(each) + 16;
}

static kd_status search_chunk(size_t chunk, size_t worker, void *user, kd_error *err) {
  const weighing *w = user;
  kd_conditioning *c = w->c;
  const kd_block_grid *g = &w->m->grid;
  (void)err;
  for (size_t b = chunk * KD_CHUNK; b < (chunk + 1) * KD_CHUNK && b < w->m->blocks; b++) {
    const size_t cell = w->m->cell[b];
    const double at[3] = {kd_grid_x(g, cell), kd_grid_y(g, cell), kd_grid_z(g, cell)};
    uint32_t *near = c->near + b * c->each;
    int32_t here[3];
    const size_t n = kd_search_at(&w->search, &w->near[worker], at, NULL);
    memcpy(near, w->near[worker].index, n * sizeof *near);
    c->near_count[b] = (uint16_t)n;
    index_of(here, g, cell);
    for (size_t i = 0; i < n; i++) {
      for (int a = 0; a < 3; a++) {
        const int32_t lag = abs(w->at[near[i]][a] - here[a]);
        if (lag > w->far[worker][a]) w->far[worker][a] = lag;
      }
    }
  }
  return KD_OK;
}

/* Systems of up to eight blocks for each variogram. */
static void weigh_eight(const weighing *w, size_t worker, size_t first, size_t blocks) {
  kd_conditioning *c = w->c;
  kd_stencil s[8];
  double *work = w->work[worker], *weight[8], sd[8];
  for (size_t k = 0; k < blocks; k++) {
    const uint32_t *near = c->near + (first + k) * c->each;
    int32_t here[3];
    s[k] = (kd_stencil){.count = c->near_count[first + k],
                        .c = work + k * c->each,
                        .lag = (int32_t(*)[3])(void *)(work + 8 * c->each + 2 * k * c->each)};
    index_of(here, &w->m->grid, w->m->cell[first + k]);
    for (size_t i = 0; i < s[k].count; i++)
      for (int a = 0; a < 3; a++) s[k].lag[i][a] = w->at[near[i]][a] - here[a];
  }
  for (size_t j = 0; j < c->models; j++) {
    if (c->still[j]) continue;
    for (size_t k = 0; k < blocks; k++) {
      for (size_t i = 0; i < s[k].count; i++) {
        const int32_t *lag = s[k].lag[i];
        s[k].c[i] = kd_lag_covariance(&w->lags[j], lag[0], lag[1], lag[2]);
        if (lag[0] == 0 && lag[1] == 0 && lag[2] == 0) s[k].c[i] -= c->nugget[j]; /* it is noise */
      }
      weight[k] = c->weight + (c->row[j] * w->m->blocks + first + k) * c->each;
    }
    kd_stencil_solve(weight, sd, s, blocks, &w->lags[j], work + 24 * c->each);
  }
}

static kd_status weigh_chunk(size_t chunk, size_t worker, void *user, kd_error *err) {
  const weighing *w = user;
  const size_t end = (chunk + 1) * KD_CHUNK < w->m->blocks ? (chunk + 1) * KD_CHUNK : w->m->blocks;
  (void)err;
  for (size_t b = chunk * KD_CHUNK; b < end; b += 8) weigh_eight(w, worker, b, end - b < 8 ? end - b : 8);
  return KD_OK;
}

static kd_status open_search(weighing *w, size_t threads, kd_work *work) {
  kd_status status = KD_OK;
  kd_conditioning *c = w->c;
  const kd_points points = {.count = c->count, .x = c->x, .y = c->y, .z = c->z};
  const kd_search_rule nearest = {.neighbours = c->each};
  const kd_search_rule rule = kd_model_search(w->m, &nearest);
  KD_TRY(kd_search_create(&w->search, work->scratch, &points, NULL, &rule, work->err));
  w->lags = kd_arena_alloc(work->scratch, c->models, sizeof *w->lags);
  w->at = kd_arena_alloc(work->scratch, c->count, sizeof *w->at);
  w->near = kd_arena_alloc(work->scratch, threads, sizeof *w->near);
  w->far = kd_arena_alloc(work->scratch, threads, sizeof *w->far);
  w->work = kd_arena_alloc(work->scratch, threads, sizeof *w->work);
  KD_CHECK(w->lags && w->at && w->near && w->far && w->work, work->err, KD_E_NOMEM, "no memory for %zu variograms",
           c->models);
  for (size_t i = 0; i < c->count; i++) index_of(w->at[i], &w->m->grid, c->node[i]);
  for (size_t t = 0; t < threads; t++) {
    KD_TRY(kd_search_space_create(&w->near[t], work->scratch, &w->search, work->err));
    w->work[t] = kd_arena_alloc(work->scratch, work_of(c->each), sizeof **w->work);
    KD_CHECK(w->work[t] != NULL, work->err, KD_E_NOMEM, "no memory for systems of %zu", c->each);
  }
out:
  return status;
}

/* Tables of covariances for all lags between two neighbours of one block. */
static kd_status open_tables(weighing *w, const kd_covariance **model, size_t threads, kd_work *work) {
  kd_status status = KD_OK;
  const kd_block_grid *g = &w->m->grid;
  kd_simulation_grid grid = {.spacing = {g->dx, g->dy, g->dz}};
  for (int a = 0; a < 3; a++) {
    int32_t far = 0;
    for (size_t t = 0; t < threads; t++) far = w->far[t][a] > far ? w->far[t][a] : far;
    grid.n[a] = 2 * (size_t)far + 1;
  }
  for (size_t k = 0; k < w->c->models; k++)
    if (!w->c->still[k]) KD_TRY(kd_lag_table_prepare(&w->lags[k], model[k], &grid, 1 << 18, work->scratch, work->err));
out:
  return status;
}

kd_status kd_model_condition(kd_conditioning *c, kd_model *m, const kd_model_data *d, const kd_model_options *o,
                             kd_work *work) {
  kd_status status = KD_OK;
  const size_t threads = kd_pool_threads(o->pool);
  const kd_covariance *model[KD_MODEL_VARIABLE];
  weighing w = {.m = m, .c = c};
  *c = (kd_conditioning){0};
  KD_TRY(place_data(c, m, d, work));
  KD_TRY(sort_models(c, model, m, work));
  c->each = o->nodes < c->count ? o->nodes : c->count;
  if (c->count == 0) goto out;
  const double bytes = (double)m->blocks * (double)c->each * (double)(4 + 8 * c->rows);
  KD_CHECK(bytes <= KD_MEMORY, work->err, KD_E_SIZE,
           "%zu variograms of %zu neighbours on %zu blocks want %.1f GiB of weights: larger blocks, or one variogram "
           "for all factors",
           c->rows, c->each, m->blocks, bytes / KD_MEMORY);
  c->near = kd_arena_alloc(work->scratch, m->blocks, c->each * sizeof *c->near);
  c->near_count = kd_arena_alloc(work->scratch, m->blocks, sizeof *c->near_count);
  c->weight = kd_arena_alloc(work->scratch, m->blocks * c->rows + 1, c->each * sizeof *c->weight);
  KD_CHECK(c->near && c->near_count && c->weight, work->err, KD_E_NOMEM, "no memory for the weights of %zu blocks",
           m->blocks);
  KD_TRY(open_search(&w, threads, work));
  KD_TRY(kd_pool_run(o->pool, (m->blocks + KD_CHUNK - 1) / KD_CHUNK, search_chunk, &w, work->err));
  KD_TRY(open_tables(&w, model, threads, work));
  KD_TRY(kd_pool_run(o->pool, (m->blocks + KD_CHUNK - 1) / KD_CHUNK, weigh_chunk, &w, work->err));
out:
  return status;
}
