// SPDX-License-Identifier: Apache-2.0
/* Estimate and simulation of all variables with one set of weights.
 *
 *   estimate:   v* = sum_a w_a v_a, sum w = 1      ordinary kriging, one variogram for all variables          (1)
 *   simulation: y_kr = sum_a w_a f_ka + sum_b w_b y_br + s e_kr                                              (2)
 *   block:      v_r = E_u[ back_v( sum_k l_vk y_kr + sqrt(n) u ) ]                                           (3)
 *
 *   f_ka  factor k of composite a: principal component of the normal scores, variance 1
 *   y_kr  factor k of a block, realisation r: the structured part alone, variance 1 - n      n  nugget
 *   e, u  standard normal      l_vk  loading      s  standard deviation of simple kriging
 *
 * All variables have one variogram (intrinsic coregionalisation) and all composites hold all variables: each factor is
 * then kriged by itself with the same weights, and co-kriging gives nothing more (autokrigeability). Blocks are visited
 * on a path that is the same in all realisations, coarse lattice first, so that the weights are found once.
 * (3) takes the nugget's average over a block: the discrete Gaussian model of support with r^2 = 1 - n. It is
 * tabulated.
 *
 * Source    Deutsch and Journel 1998, GSLIB, V.2; Nussbaumer et al. 2018, Math. Geosci. 50:39 (constant path);
 *           Wackernagel 2003, Multivariate Geostatistics, ch. 22 (intrinsic); Chiles and Delfiner 2012, 6.8 (support).
 * Range     normal scores by weight; blocks smaller than the ranges.
 * Weakness  the spread of the structured part inside a block is not averaged; one variogram for all elements;
 *           variogram and histogram are taken as known, so that the spread of the totals is a lower bound.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/elements.h"
#include "base/error.h"
#include "deposit/model_internal.h"
#include "numerics/normals.h"

#define KD_TABLE      1201                /* nodes of (3) over -6 .. 6 */
#define KD_QUADRATURE 201                 /* points of u over -5 .. 5 */
#define KD_OFFSETS    600                 /* neighbouring nodes looked at */
#define KD_MEMORY     ((size_t)192 << 20) /* bytes of simulated values at a time */

double kd_model_structured(const kd_model *m, double dx, double dy, double dz) {
  if (dx == 0.0 && dy == 0.0 && dz == 0.0) return m->variogram.sill - m->variogram.nugget;
  return kd_covariance_at(&m->variogram, dx, dy, dz);
}

size_t kd_model_nearest(uint32_t *out, const kd_model_data *d, const kd_model *m, double x, double y, double z,
                        size_t wanted) {
  const double a = 1.0 / (m->range_across * m->range_across), b = 1.0 / (m->range_down * m->range_down);
  double best[KD_MODEL_NEAR];
  size_t count = 0;
  for (size_t i = 0; i < d->count; i++) {
    const double dx = d->x[i] - x, dy = d->y[i] - y, dz = d->z[i] - z;
    const double distance = (dx * dx + dy * dy) * a + dz * dz * b;
    if (count == wanted && distance >= best[count - 1]) continue;
    size_t at = count < wanted ? count++ : count - 1;
    for (; at > 0 && best[at - 1] > distance; at--) {
      best[at] = best[at - 1];
      out[at] = out[at - 1];
    }
    best[at] = distance;
    out[at] = (uint32_t)i;
  }
  return count;
}

/* One system: places, of which the first `data` carry the nugget on the diagonal. */
typedef struct kriging_system {
  size_t count, data;
  double x[KD_MODEL_NEAR], y[KD_MODEL_NEAR], z[KD_MODEL_NEAR];
  double l[KD_MODEL_NEAR][KD_MODEL_NEAR], c[KD_MODEL_NEAR], w[KD_MODEL_NEAR], one[KD_MODEL_NEAR];
} kriging_system;

static void factor_system(kriging_system *s, const kd_model *m) {
  const double sill = m->variogram.sill, block = m->variogram.sill - m->variogram.nugget;
  for (size_t i = 0; i < s->count; i++) {
    for (size_t j = 0; j <= i; j++) {
      double sum = i != j        ? kd_model_structured(m, s->x[i] - s->x[j], s->y[i] - s->y[j], s->z[i] - s->z[j])
                   : i < s->data ? sill
                                 : block;
      for (size_t k = 0; k < j; k++) sum -= s->l[i][k] * s->l[j][k];
      s->l[i][j] = i == j ? sqrt(fmax(sum, 1e-10)) : sum / s->l[j][j];
    }
  }
}

static void forward(const kriging_system *s, double *b) {
  for (size_t i = 0; i < s->count; i++) {
    for (size_t k = 0; k < i; k++) b[i] -= s->l[i][k] * b[k];
    b[i] /= s->l[i][i];
  }
}

static void backward(const kriging_system *s, double *b) {
  for (size_t i = s->count; i-- > 0;) {
    for (size_t k = i + 1; k < s->count; k++) b[i] -= s->l[k][i] * b[k];
    b[i] /= s->l[i][i];
  }
}

/* Weights for the block at (x, y, z); returns the variance of the structured part. */
static double solve(kriging_system *s, const kd_model *m, double x, double y, double z, bool ordinary) {
  double variance = m->variogram.sill - m->variogram.nugget, a = 0.0, b = 0.0, lagrange = 0.0;
  factor_system(s, m);
  for (size_t i = 0; i < s->count; i++) {
    s->w[i] = s->c[i] = kd_model_structured(m, s->x[i] - x, s->y[i] - y, s->z[i] - z);
    s->one[i] = 1.0;
  }
  forward(s, s->w);
  if (ordinary) {
    forward(s, s->one);
    for (size_t i = 0; i < s->count; i++) {
      a += s->one[i] * s->one[i];
      b += s->one[i] * s->w[i];
    }
    lagrange = (1.0 - b) / a;
  }
  for (size_t i = 0; i < s->count; i++) {
    if (ordinary) s->w[i] += lagrange * s->one[i];
    variance += s->w[i] * s->w[i];
  }
  backward(s, s->w);
  double against = 0.0;
  for (size_t i = 0; i < s->count; i++) against += s->w[i] * s->c[i];
  return fmax(0.0, variance - 2.0 * against);
}

kd_status kd_model_estimate(kd_model *m, const kd_model_data *d, const kd_model_options *o, kd_work *work) {
  kd_status status = KD_OK;
  kriging_system *s = kd_arena_alloc(work->scratch, 1, sizeof *s);
  uint32_t near[KD_MODEL_NEAR];
  KD_CHECK(s != NULL, work->err, KD_E_NOMEM, "no memory for the estimate");
  for (size_t b = 0; b < m->blocks; b++) {
    const double x = kd_grid_x(&m->grid, m->cell[b]), y = kd_grid_y(&m->grid, m->cell[b]),
                 z = kd_grid_z(&m->grid, m->cell[b]);
    double least = (double)INFINITY;
    s->count = s->data = kd_model_nearest(near, d, m, x, y, z, o->neighbours);
    for (size_t i = 0; i < s->count; i++) {
      s->x[i] = d->x[near[i]];
      s->y[i] = d->y[near[i]];
      s->z[i] = d->z[near[i]];
      least = fmin(least, hypot(s->x[i] - x, s->y[i] - y));
    }
    m->variance[b] = solve(s, m, x, y, z, true);
    m->mass[b] = 0.0;
    for (size_t i = 0; i < s->count; i++) m->mass[b] += s->w[i] * d->density[near[i]];
    m->mass[b] *= m->grid.dx * m->grid.dy * m->grid.dz;
    m->distance[b] = least;
    for (size_t v = 0; v < m->variables; v++) {
      double sum = 0.0;
      for (size_t i = 0; i < s->count; i++) sum += s->w[i] * d->value[v][near[i]];
      m->estimate[v][b] = fmax(sum, 0.0); /* negative weights can do that far from data */
    }
  }
  if (m->summed) {
    for (size_t b = 0; b < m->blocks; b++) {
      double sum = 0.0;
      for (size_t v = 0; v < m->variables; v++)
        if (v != m->main && m->element[v] >= 0 && m->element[v] < KD_REY) sum += m->estimate[v][b];
      m->estimate[m->main][b] = sum;
    }
  }
out:
  return status;
}

/* ---- path and weights ---- */

typedef struct offset {
  int16_t i, j, k;
  float distance;
} offset;

typedef struct plan {
  uint32_t *order;     /* [blocks] block visited at each step */
  uint32_t *near;      /* [blocks][KD_MODEL_NEAR] composites first, then blocks */
  double *weight;      /* [blocks][each] */
  double *sd;          /* [blocks] */
  uint8_t *data, *all; /* [blocks] composites, and all neighbours */
  size_t each;         /* neighbours at most */
} plan;

static int nearer(const void *a, const void *b) {
  const offset *x = a, *y = b;
  if (x->distance != y->distance) return x->distance < y->distance ? -1 : 1;
  if (x->k != y->k) return x->k < y->k ? -1 : 1;
  if (x->j != y->j) return x->j < y->j ? -1 : 1;
  return x->i < y->i ? -1 : x->i > y->i;
}

static size_t list_offsets(offset *out, const kd_model *m, size_t step) {
  size_t count = 0;
  for (int k = -4; k <= 4; k++) {
    for (int j = -8; j <= 8; j++) {
      for (int i = -8; i <= 8; i++) {
        const double dx = m->grid.dx * (double)step * i / m->range_across;
        const double dy = m->grid.dy * (double)step * j / m->range_across;
        const double dz = m->grid.dz * k / m->range_down, far = dx * dx + dy * dy + dz * dz;
        if (i == 0 && j == 0 && k == 0) continue;
        out[count++] = (offset){(int16_t)(i * (int)step), (int16_t)(j * (int)step), (int16_t)k, (float)far};
      }
    }
  }
  qsort(out, count, sizeof *out, nearer);
  return count < KD_OFFSETS ? count : KD_OFFSETS;
}

/* Steps of the lattice, coarse to fine: 16, 8, 4, 2, 1. */
static size_t level_of(const kd_block_grid *g, size_t cell) {
  const size_t i = cell % g->nx, j = cell / g->nx % g->ny;
  for (size_t s = 16; s > 1; s /= 2)
    if (i % s == 0 && j % s == 0) return s;
  return 1;
}

static kd_status lay_path(plan *p, const kd_model *m, uint64_t seed, kd_work *work) {
  kd_status status = KD_OK;
  kd_stream rng;
  size_t count = 0;
  uint32_t *first = p->order;
  kd_stream_start(&rng, seed, kd_stream_id("deposit.path"), 0);
  for (size_t s = 16; s >= 1; s /= 2) {
    const size_t from = count;
    for (size_t b = 0; b < m->blocks; b++)
      if (level_of(&m->grid, m->cell[b]) == s) first[count++] = (uint32_t)b;
    for (size_t i = count; i > from + 1; i--) { /* Fisher and Yates */
      const size_t k = from + (size_t)(kd_stream_uniform(&rng) * (double)(i - from));
      const uint32_t swap = first[i - 1];
      first[i - 1] = first[k];
      first[k] = swap;
    }
  }
  KD_CHECK(count == m->blocks, work->err, KD_E_INTERNAL, "the path misses blocks");
out:
  return status;
}

static size_t near_nodes(uint32_t *out, const kd_model *m, const offset *all, size_t offsets, const uint8_t *done,
                         size_t cell, size_t wanted) {
  const kd_block_grid *g = &m->grid;
  const int64_t i = (int64_t)(cell % g->nx), j = (int64_t)(cell / g->nx % g->ny), k = (int64_t)(cell / (g->nx * g->ny));
  size_t count = 0;
  for (size_t n = 0; n < offsets && count < wanted; n++) {
    const int64_t a = i + all[n].i, b = j + all[n].j, c = k + all[n].k;
    if (a < 0 || b < 0 || c < 0 || a >= (int64_t)g->nx || b >= (int64_t)g->ny || c >= (int64_t)g->nz) continue;
    const int32_t block = m->block_of[((size_t)c * g->ny + (size_t)b) * g->nx + (size_t)a];
    if (block >= 0 && done[block]) out[count++] = (uint32_t)block;
  }
  return count;
}

static void place(kriging_system *s, double x, double y, double z) {
  s->x[s->count] = x;
  s->y[s->count] = y;
  s->z[s->count++] = z;
}

static kd_status find_weights(plan *p, const kd_model *m, const kd_model_data *d, kd_work *work) {
  kd_status status = KD_OK;
  uint8_t *done = kd_arena_alloc(work->scratch, m->blocks, 1);
  offset *offsets = kd_arena_alloc(work->scratch, 9 * 17 * 17, sizeof *offsets);
  kriging_system *s = kd_arena_alloc(work->scratch, 1, sizeof *s);
  size_t level = 0, count = 0;
  const size_t half = p->each / 3 > 0 ? p->each / 3 : 1;
  KD_CHECK(done != NULL && offsets != NULL && s != NULL, work->err, KD_E_NOMEM, "no memory for the path");
  for (size_t t = 0; t < m->blocks; t++) {
    const size_t b = p->order[t], cell = m->cell[b];
    const double x = kd_grid_x(&m->grid, cell), y = kd_grid_y(&m->grid, cell), z = kd_grid_z(&m->grid, cell);
    uint32_t *near = p->near + t * p->each;
    if (level_of(&m->grid, cell) != level) {
      level = level_of(&m->grid, cell);
      count = list_offsets(offsets, m, level);
    }
    s->count = 0;
    s->data = kd_model_nearest(near, d, m, x, y, z, half);
    for (size_t i = 0; i < s->data; i++) place(s, d->x[near[i]], d->y[near[i]], d->z[near[i]]);
    const size_t nodes = near_nodes(near + s->data, m, offsets, count, done, cell, p->each - s->data);
    for (size_t i = 0; i < nodes; i++) {
      const size_t at = m->cell[near[s->data + i]];
      place(s, kd_grid_x(&m->grid, at), kd_grid_y(&m->grid, at), kd_grid_z(&m->grid, at));
    }
    p->sd[t] = sqrt(solve(s, m, x, y, z, false));
    p->data[t] = (uint8_t)s->data;
    p->all[t] = (uint8_t)s->count;
    memcpy(p->weight + t * p->each, s->w, s->count * sizeof *s->w);
    done[b] = 1;
  }
out:
  return status;
}

/* ---- values ---- */

/* Table of (3) for one variable. */
static void tabulate(double *table, const kd_normal_score *back, double nugget) {
  const double root = sqrt(nugget);
  double share[KD_QUADRATURE];
  for (int q = 0; q < KD_QUADRATURE; q++) {
    const double u = -6.0 + 12.0 * q / (KD_QUADRATURE - 1);
    share[q] = exp(-0.5 * u * u);
  }
  for (int i = 0; i < KD_TABLE; i++) {
    const double y = -6.0 + 12.0 * i / (KD_TABLE - 1);
    double sum = 0.0, weight = 0.0;
    for (int q = 0; q < KD_QUADRATURE; q++) {
      const double u = -6.0 + 12.0 * q / (KD_QUADRATURE - 1), w = share[q];
      sum += w * kd_normal_score_back(back, y + root * u);
      weight += w;
      if (nugget <= 0.0) break;
    }
    table[i] = nugget <= 0.0 ? kd_normal_score_back(back, y) : sum / weight;
  }
}

static double look_up(const double *table, double y) {
  const double at = fmin(fmax((y + 6.0) * ((KD_TABLE - 1) / 12.0), 0.0), KD_TABLE - 1.000001);
  const size_t i = (size_t)at;
  return table[i] + (at - (double)i) * (table[i + 1] - table[i]);
}

/* Realisations first .. first + lanes - 1 of all factors, y[block][factor][lane]. */
static void run_path(double *y, const plan *p, const kd_model *m, const kd_model_data *d, uint64_t seed, size_t first,
                     size_t lanes) {
  const size_t width = d->factors * lanes;
  const uint32_t stream = kd_stream_id("deposit.simulation");
  for (size_t t = 0; t < m->blocks; t++) {
    const size_t b = p->order[t];
    double *restrict here = y + b * width;
    const uint32_t *near = p->near + t * p->each;
    const double *w = p->weight + t * p->each, sd = p->sd[t];
    kd_normals_lanes(here, d->factors, lanes, b * d->factors, seed, stream, first);
    for (size_t k = 0; k < d->factors; k++) {
      double sum = 0.0;
      for (size_t i = 0; i < p->data[t]; i++) sum += w[i] * d->factor[k * d->count + near[i]];
      for (size_t r = 0; r < lanes; r++) here[k * lanes + r] = sum + sd * here[k * lanes + r];
    }
    for (size_t i = p->data[t]; i < p->all[t]; i++) {
      const double *restrict there = y + near[i] * width, k = w[i];
      for (size_t r = 0; r < width; r++) here[r] += k * there[r];
    }
  }
}

typedef struct tally {
  double *sum, *square, *above; /* [blocks] of the main variable */
  double score, score2, scores; /* of the main variable's score, or of the first one */
} tally;

/* Adds the metal and the statistics of one block in all lanes. */
static void take_block(kd_model *m, const kd_model_data *d, const double *y, const double *table, size_t b,
                       size_t first, size_t lanes, const kd_model_options *o, double *curve, tally *t) {
  const size_t column = (size_t)m->column_of[m->cell[b] % (m->grid.nx * m->grid.ny)];
  for (size_t r = 0; r < lanes; r++) {
    double main = 0.0, *metal = m->metal + (first + r) * m->variables;
    for (size_t v = 0; v < d->simulated; v++) {
      double score = 0.0;
      for (size_t k = 0; k < d->factors; k++) score += d->loading[v][k] * y[k * lanes + r];
      const double value = look_up(table + v * KD_TABLE, score);
      metal[v] += m->mass[b] * value;
      if (v == 0) {
        t->score += score;
        t->score2 += score * score;
        t->scores += 1.0;
      }
      if (m->summed ? m->element[v] >= 0 && m->element[v] < KD_REY : v == m->main) main += value;
    }
    if (m->summed) metal[m->main] += m->mass[b] * main;
    m->column_metal[(first + r) * m->columns + column] += m->mass[b] * main;
    if (m->captured != NULL) m->captured[(first + r) * m->blocks + b] = main;
    t->sum[b] += main;
    t->square[b] += main * main;
    t->above[b] += main >= o->cutoff ? 1.0 : 0.0;
    const int step = kd_model_step(m, main);
    if (step < 0) continue;
    curve[((first + r) * KD_MODEL_CUTOFFS + (size_t)step) * 2] += m->mass[b];
    curve[((first + r) * KD_MODEL_CUTOFFS + (size_t)step) * 2 + 1] += m->mass[b] * main;
  }
}

/* Variogram of the first factor of one lane along x against the model; kept as a root mean square. */
static void check_variogram(kd_model *m, const double *y, size_t width, double *square, double *count) {
  const kd_block_grid *g = &m->grid;
  for (size_t lag = 1; lag <= 8; lag++) {
    double sum = 0.0, n = 0.0;
    if ((double)lag * g->dx > m->range_across) break;
    for (size_t b = 0; b < m->blocks; b++) {
      const size_t cell = m->cell[b];
      if (cell % g->nx + lag >= g->nx || m->block_of[cell + lag] < 0) continue;
      const double e = y[b * width] - y[(size_t)m->block_of[cell + lag] * width];
      sum += 0.5 * e * e;
      n += 1.0;
    }
    if (n < 50.0) continue;
    const double model =
        m->variogram.sill - m->variogram.nugget - kd_model_structured(m, (double)lag * g->dx, 0.0, 0.0);
    *square += (sum / n - model) * (sum / n - model);
    *count += 1.0;
  }
}

static void check_correlation(kd_model *m, const kd_model_data *d, const double *y, size_t lanes) {
  const size_t width = d->factors * lanes;
  double worst = 0.0;
  for (size_t u = 0; u < d->simulated; u++) {
    for (size_t v = 0; v < u; v++) {
      double uu = 0.0, vv = 0.0, uv = 0.0;
      for (size_t b = 0; b < m->blocks; b++) {
        double a = 0.0, c = 0.0;
        for (size_t k = 0; k < d->factors; k++) {
          a += d->loading[u][k] * y[b * width + k * lanes];
          c += d->loading[v][k] * y[b * width + k * lanes];
        }
        uu += a * a;
        vv += c * c;
        uv += a * c;
      }
      worst = fmax(worst, fabs(uv / sqrt(uu * vv) - d->correlation[u][v]));
    }
  }
  m->check.correlation_error = worst;
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

static kd_status open_plan(plan *p, const kd_model *m, const kd_model_options *o, kd_work *work) {
  kd_status status = KD_OK;
  p->each = o->nodes;
  p->order = kd_arena_alloc(work->scratch, m->blocks, sizeof *p->order);
  p->near = kd_arena_alloc(work->scratch, m->blocks, p->each * sizeof *p->near);
  p->weight = kd_arena_alloc(work->scratch, m->blocks, p->each * sizeof *p->weight);
  p->sd = kd_arena_alloc(work->scratch, m->blocks, sizeof *p->sd);
  p->data = kd_arena_alloc(work->scratch, m->blocks, 1);
  p->all = kd_arena_alloc(work->scratch, m->blocks, 1);
  KD_CHECK(p->order != NULL && p->near != NULL && p->weight != NULL && p->sd != NULL && p->data != NULL &&
               p->all != NULL,
           work->err, KD_E_NOMEM, "no memory to simulate %zu blocks", m->blocks);
out:
  return status;
}

kd_status kd_model_simulate(kd_model *m, const kd_model_data *d, const kd_model_options *o, kd_work *work) {
  kd_status status = KD_OK;
  plan p = {0};
  tally t = {0};
  double square = 0.0, squares = 0.0;
  const size_t n = o->realisations;
  const double limit = (double)KD_MEMORY / ((double)m->blocks * (double)d->factors * sizeof(double));
  const size_t lanes = limit >= (double)n ? n : limit >= 1.0 ? (size_t)limit : 1;
  KD_TRY(open_plan(&p, m, o, work));
  KD_TRY(lay_path(&p, m, o->seed, work));
  KD_TRY(find_weights(&p, m, d, work));
  double *y = kd_arena_alloc(work->scratch, m->blocks, d->factors * lanes * sizeof *y);
  double *table = kd_arena_alloc(work->scratch, d->simulated, KD_TABLE * sizeof *table);
  double *curve = kd_arena_alloc(work->scratch, n, KD_MODEL_CUTOFFS * 2 * sizeof *curve);
  double *scratch = kd_arena_alloc(work->scratch, n, sizeof *scratch);
  t.sum = m->simulated_mean;
  t.square = m->simulated_sd;
  t.above = m->probability;
  KD_CHECK(y != NULL && table != NULL && curve != NULL && scratch != NULL, work->err, KD_E_NOMEM,
           "no memory to simulate %zu blocks", m->blocks);
  for (size_t v = 0; v < d->simulated; v++) tabulate(table + v * KD_TABLE, &d->back[v], m->variogram.nugget);
  for (size_t first = 0; first < n; first += lanes) {
    const size_t now = n - first < lanes ? n - first : lanes, width = d->factors * now;
    run_path(y, &p, m, d, o->seed, first, now);
    for (size_t b = 0; b < m->blocks; b++) take_block(m, d, y + b * width, table, b, first, now, o, curve, &t);
    for (size_t r = 0; r < now && first + r < 10; r++) check_variogram(m, y + r, width, &square, &squares);
    if (first == 0) check_correlation(m, d, y, now);
  }
  for (size_t b = 0; b < m->blocks; b++) {
    const double mean = t.sum[b] / (double)n;
    t.square[b] = n > 1 ? sqrt(fmax(0.0, (t.square[b] - (double)n * mean * mean) / (double)(n - 1))) : 0.0;
    t.sum[b] = mean;
    t.above[b] /= (double)n;
  }
  m->realisations = n;
  close_curves(m, curve, scratch);
  m->check.mean = t.score / t.scores;
  m->check.variance = t.score2 / t.scores - m->check.mean * m->check.mean;
  m->check.variance_wanted = m->variogram.sill - m->variogram.nugget;
  m->check.variogram_error = squares > 0.0 ? sqrt(square / squares) : (double)NAN;
out:
  return status;
}
