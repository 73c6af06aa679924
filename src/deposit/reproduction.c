// SPDX-License-Identifier: Apache-2.0
/* Checks of a simulation against its own input.
 *
 *   histogram      mean, sd, P10, P50, P90 of each variable against the (weighted) data
 *   variogram      of each factor along each axis of the grid, 1/(2N) sum (z_u - z_(u+h))^2, against its model
 *   correlation    of each pair of variables against the data
 *   cross          of each pair of variables against the data, 1/(2N) sum (a_u - a_(u+h))(b_u - b_(u+h))/(s_a s_b),
 *                  the mean over the axes of the grid; of the data all pairs of h/2 to 3h/2
 *   error          (mean over realisations - wanted) / (sd over realisations / sqrt of their number)
 *
 * Quantiles and correlations are taken from every k-th node, so that some 20,000 are used; k is odd, the same always.
 *
 * Source    Leuangthong, McLennan, Deutsch 2004, Natural Resources Research 13, 131 (minimum acceptance criteria).
 * Weakness  one realisation differs from the model by ergodic fluctuation, which is what `sd` shows; conditional
 *           realisations follow the data, whose own histogram is uncertain.
 */
#include "deposit/reproduction.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/text_table.h"
#include "base/error.h"
#include "base/quantity.h"
#include "numerics/statistics.h"

#define SAMPLED 20000

const char *const kd_reproduction_words[KD_REPRODUCTION_KINDS] = {
    "mean", "sd", "P10", "P50", "P90", "variogram", "correlation", "cross_variogram"};

typedef struct weighted {
  double value, weight;
} weighted;

static int ascending(const void *a, const void *b) {
  const double x = ((const weighted *)a)->value, y = ((const weighted *)b)->value;
  return x < y ? -1 : x > y ? 1 : 0;
}

/* Quantile of weighted data: linear between the middles of their shares. */
static double weighted_quantile(const weighted *w, size_t count, double total, double p) {
  double below = 0, last = 0;
  for (size_t i = 0; i < count; i++) {
    const double middle = (below + 0.5 * w[i].weight) / total;
    if (middle >= p)
      return i == 0 ? w[0].value : w[i - 1].value + (w[i].value - w[i - 1].value) * (p - last) / (middle - last);
    below += w[i].weight;
    last = middle;
  }
  return w[count - 1].value;
}

static void add_row(kd_reproduction *self, kd_reproduction_kind kind, size_t a, size_t b, double lag, double wanted) {
  self->row[self->count++] = (kd_reproduction_row){.kind = kind, .a = a, .b = b, .lag = lag, .wanted = wanted};
}

static kd_status want_values(kd_reproduction *self, const double *const *value, const double *weight, size_t data,
                             kd_arena *scratch, kd_error *err) {
  kd_status status = KD_OK;
  const size_t n = self->variables;
  weighted *w = kd_arena_alloc(scratch, data + 1, sizeof *w);
  double *mean = kd_arena_alloc(scratch, n, sizeof *mean), *sd = kd_arena_alloc(scratch, n, sizeof *sd);
  KD_CHECK(w && mean && sd, err, KD_E_NOMEM, "out of memory for %zu data", data);
  for (size_t v = 0; v < n; v++) {
    double total = 0, sum = 0, square = 0;
    size_t known = 0;
    for (size_t i = 0; i < data; i++) {
      if (!isfinite(value[v][i])) continue;
      w[known] = (weighted){value[v][i], weight != NULL ? weight[i] : 1};
      total += w[known].weight;
      sum += w[known].weight * w[known].value;
      known++;
    }
    mean[v] = sum / total;
    for (size_t i = 0; i < known; i++) square += w[i].weight * (w[i].value - mean[v]) * (w[i].value - mean[v]);
    sd[v] = sqrt(square / total);
    qsort(w, known, sizeof *w, ascending);
    add_row(self, KD_REPRODUCTION_MEAN, v, v, (double)NAN, mean[v]);
    add_row(self, KD_REPRODUCTION_SD, v, v, (double)NAN, sd[v]);
    add_row(self, KD_REPRODUCTION_P10, v, v, (double)NAN, weighted_quantile(w, known, total, 0.1));
    add_row(self, KD_REPRODUCTION_P50, v, v, (double)NAN, weighted_quantile(w, known, total, 0.5));
    add_row(self, KD_REPRODUCTION_P90, v, v, (double)NAN, weighted_quantile(w, known, total, 0.9));
  }
  for (size_t a = 0; a < n; a++) {
    for (size_t b = 0; b < a; b++) {
      double total = 0, sum = 0;
      for (size_t i = 0; i < data; i++) {
        if (!isfinite(value[a][i]) || !isfinite(value[b][i])) continue;
        total += weight != NULL ? weight[i] : 1;
        sum += (weight != NULL ? weight[i] : 1) * (value[a][i] - mean[a]) * (value[b][i] - mean[b]);
      }
      add_row(self, KD_REPRODUCTION_CORRELATION, b, a, (double)NAN, sum / total / (sd[a] * sd[b]));
    }
  }
out:
  return status;
}

kd_status kd_reproduction_open(kd_reproduction *out, const kd_simulation_grid *grid, size_t variables,
                               const double *const *value, const double *weight, size_t data,
                               const kd_covariance *models, kd_arena *scratch, kd_error *err) {
  kd_status status = KD_OK;
  const size_t nodes = kd_simulation_nodes(grid);
  const size_t rows = variables * (5 + 3 * KD_REPRODUCTION_LAGS) + variables * variables / 2 + 1;
  *out = (kd_reproduction){.grid = *grid, .variables = variables};
  out->stride = nodes / SAMPLED / 2 * 2 + 1;
  out->sampled = (nodes + out->stride - 1) / out->stride;
  out->row = kd_arena_alloc(scratch, rows, sizeof *out->row);
  out->sample = kd_arena_alloc(scratch, variables * out->sampled, sizeof(double));
  out->copy = kd_arena_alloc(scratch, variables * out->sampled, sizeof(double));
  out->mean = kd_arena_alloc(scratch, variables, sizeof(double));
  out->square = kd_arena_alloc(scratch, variables, sizeof(double));
  KD_CHECK(out->row && out->sample && out->copy && out->mean && out->square, err, KD_E_NOMEM,
           "out of memory for the checks of %zu variables", variables);
  if (value != NULL && data > 0) KD_TRY(want_values(out, value, weight, data, scratch, err));
  for (size_t v = 0; models != NULL && v < variables; v++) {
    for (size_t a = 0; a < 3; a++) {
      for (int l = 0; l < KD_REPRODUCTION_LAGS && (size_t)1 << l < grid->n[a] / 2 + 1 && grid->n[a] > 1; l++) {
        const double lag = (double)(1 << l) * grid->spacing[a];
        add_row(out, KD_REPRODUCTION_VARIOGRAM, v, a, lag,
                kd_semivariance(&models[v], a == 0 ? lag : 0, a == 1 ? lag : 0, a == 2 ? lag : 0));
      }
    }
  }
out:
  return status;
}

/* Sums over pairs of data near a lag, for all pairs of variables at once; returns how many. */
static size_t cross_data(double *sum, const double *const place[3], const double *const *value, size_t variables,
                         size_t data, double lag) {
  size_t pairs = 0;
  for (size_t i = 0; i < data; i++) {
    for (size_t j = 0; j < i; j++) {
      double square = 0;
      for (int a = 0; a < 3; a++)
        if (place[a] != NULL) square += (place[a][i] - place[a][j]) * (place[a][i] - place[a][j]);
      if (!(square >= 0.25 * lag * lag && square < 2.25 * lag * lag)) continue;
      pairs++;
      for (size_t v = 0, k = 0; v < variables; v++)
        for (size_t u = 0; u < v; u++, k++) sum[k] += 0.5 * (value[u][i] - value[u][j]) * (value[v][i] - value[v][j]);
    }
  }
  return pairs;
}

kd_status kd_reproduction_want_cross(kd_reproduction *self, const double *const place[3], const double *const *value,
                                     size_t data, kd_arena *scratch, kd_error *err) {
  kd_status status = KD_OK;
  const size_t n = self->variables, both = n * (n - 1) / 2;
  size_t taken = 0, widest = 0;
  if (n < 2 || data < 2 || place[0] == NULL) return status;
  kd_reproduction_row *row = kd_arena_alloc(scratch, self->count + both * KD_REPRODUCTION_CROSS_LAGS + 1, sizeof *row);
  double *sum = kd_arena_alloc(scratch, both, sizeof *sum), *sd = kd_arena_alloc(scratch, n, sizeof *sd);
  KD_CHECK(row && sum && sd, err, KD_E_NOMEM, "out of memory for the checks of %zu variables", n);
  memcpy(row, self->row, self->count * sizeof *row);
  self->row = row;
  for (size_t v = 0; v < n; v++) sd[v] = kd_sd(value[v], data, kd_mean(value[v], data));
  for (size_t a = 1; a < 3; a++)
    if (self->grid.n[a] > self->grid.n[widest]) widest = a;
  for (int l = 0; l < KD_REPRODUCTION_LAGS && taken < KD_REPRODUCTION_CROSS_LAGS; l++) {
    if ((size_t)1 << l >= self->grid.n[widest] / 2 + 1) break;
    const double lag = (double)(1 << l) * self->grid.spacing[widest];
    memset(sum, 0, both * sizeof *sum);
    const size_t pairs = cross_data(sum, place, value, n, data, lag);
    if (pairs < KD_REPRODUCTION_PAIRS) continue;
    taken++;
    for (size_t v = 0, k = 0; v < n; v++) {
      for (size_t u = 0; u < v; u++, k++) {
        if (!(sd[u] * sd[v] > 0)) continue;
        add_row(self, KD_REPRODUCTION_CROSS, u, v, lag, sum[k] / (double)pairs / (sd[u] * sd[v]));
        self->row[self->count - 1].scale = sd[u] * sd[v];
      }
    }
  }
out:
  return status;
}

static void add_value(kd_reproduction_row *row, double found) {
  row->sum += found;
  row->square += found * found;
}

/* Semivariance of two fields (one field twice) along an axis; starts at every node, or at every row of many. */
static double grid_variogram(const double *z, const double *other, const kd_simulation_grid *g, size_t axis,
                             size_t lag) {
  const size_t step = axis == 0 ? lag : axis == 1 ? lag * g->n[0] : lag * g->n[0] * g->n[1];
  const size_t rows = g->n[1] * g->n[2], skip = rows * g->n[0] / 200000 + 1; /* every skip-th row */
  double sum = 0;
  size_t pairs = 0;
  for (size_t r = 0; r < rows; r += skip) {
    const size_t y = r % g->n[1], k = r / g->n[1];
    if ((axis == 1 && y + lag >= g->n[1]) || (axis == 2 && k + lag >= g->n[2])) continue;
    const size_t end = axis == 0 ? g->n[0] - lag : g->n[0];
    const double *row = z + r * g->n[0], *with = other + r * g->n[0];
    double part = 0;
    for (size_t x = 0; x < end; x++) part += (row[x] - row[x + step]) * (with[x] - with[x + step]);
    sum += part;
    pairs += end;
  }
  return pairs > 0 ? 0.5 * sum / (double)pairs : (double)NAN;
}

/* What the chunks of one realisation share. */
typedef struct addition {
  kd_reproduction *self;
  const double *const *field;
} addition;

/* Chunk: one row of a variogram. */
static kd_status add_factor_row(size_t chunk, size_t worker, void *user, kd_error *err) {
  const addition *a = user;
  kd_reproduction_row *row = &a->self->row[chunk];
  (void)worker;
  (void)err;
  if (row->kind != KD_REPRODUCTION_VARIOGRAM) return KD_OK;
  const size_t lag = (size_t)(row->lag / a->self->grid.spacing[row->b] + 0.5);
  add_value(row, grid_variogram(a->field[row->a], a->field[row->a], &a->self->grid, row->b, lag));
  return KD_OK;
}

/* Chunk v: the histogram of a variable, mean and sd before the copy is reordered. */
static kd_status add_histogram(size_t v, size_t worker, void *user, kd_error *err) {
  const addition *to = user;
  kd_reproduction *self = to->self;
  const size_t m = self->sampled;
  double *sample = self->sample + v * m, *copy = self->copy + v * m;
  (void)worker;
  (void)err;
  for (size_t i = 0; i < m; i++) sample[i] = to->field[v][i * self->stride];
  memcpy(copy, sample, m * sizeof *copy);
  const double mean = kd_mean(sample, m);
  self->mean[v] = mean;
  self->square[v] = kd_co_moment(sample, sample, m, mean, mean);
  for (size_t i = 0; i < self->count; i++) {
    kd_reproduction_row *row = &self->row[i];
    if (row->a != v) continue;
    if (row->kind == KD_REPRODUCTION_MEAN) add_value(row, mean);
    if (row->kind == KD_REPRODUCTION_SD) add_value(row, kd_sd(sample, m, mean));
    if (row->kind == KD_REPRODUCTION_P10) add_value(row, kd_quantile(copy, m, 0.1));
    if (row->kind == KD_REPRODUCTION_P50) add_value(row, kd_quantile(copy, m, 0.5));
    if (row->kind == KD_REPRODUCTION_P90) add_value(row, kd_quantile(copy, m, 0.9));
  }
  return KD_OK;
}

/* Mean over the axes on which the grid has the lag. */
static double grid_cross(const addition *a, const kd_reproduction_row *row) {
  const kd_simulation_grid *g = &a->self->grid;
  double sum = 0, axes = 0;
  for (size_t axis = 0; axis < 3; axis++) {
    const size_t lag = (size_t)(row->lag / g->spacing[axis] + 0.5);
    if (lag < 1 || lag >= g->n[axis] || fabs((double)lag * g->spacing[axis] - row->lag) > 0.1 * row->lag) continue;
    sum += grid_variogram(a->field[row->a], a->field[row->b], g, axis, lag);
    axes += 1;
  }
  return sum / axes / row->scale; /* the axis that the lag was chosen on is among them */
}

static kd_status add_correlation(size_t chunk, size_t worker, void *user, kd_error *err) {
  const addition *a = user;
  kd_reproduction_row *row = &a->self->row[chunk];
  const size_t m = a->self->sampled;
  (void)worker;
  (void)err;
  if (row->kind == KD_REPRODUCTION_CORRELATION)
    add_value(row, m < 2 ? (double)NAN
                         : kd_correlation_of(kd_co_moment(a->self->sample + row->a * m, a->self->sample + row->b * m, m,
                                                          a->self->mean[row->a], a->self->mean[row->b]),
                                             a->self->square[row->a], a->self->square[row->b]));
  if (row->kind == KD_REPRODUCTION_CROSS) add_value(row, grid_cross(a, row));
  return KD_OK;
}

static void run_chunks(kd_pool *pool, size_t chunks, kd_chunk_fn *chunk, addition *a) {
  if (pool != NULL)
    (void)kd_pool_run(pool, chunks, chunk, a, NULL); /* no chunk fails */
  else
    for (size_t c = 0; c < chunks; c++) (void)chunk(c, 0, a, NULL);
}

void kd_reproduction_add_factors(kd_reproduction *self, const double *const *factor, kd_pool *pool) {
  run_chunks(pool, self->count, add_factor_row, &(addition){self, factor});
}

void kd_reproduction_add_values(kd_reproduction *self, const double *const *value, kd_pool *pool) {
  addition a = {self, value};
  run_chunks(pool, self->variables, add_histogram, &a);
  run_chunks(pool, self->count, add_correlation, &a);
  self->realisations++;
}

void kd_reproduction_close(kd_reproduction *self) {
  const double n = (double)self->realisations;
  for (size_t i = 0; i < self->count; i++) {
    kd_reproduction_row *row = &self->row[i];
    row->found = row->sum / n;
    row->sd = n > 1 ? sqrt(fmax(0, (row->square - n * row->found * row->found) / (n - 1))) : (double)NAN;
  }
}

kd_status kd_reproduction_table(kd_table **out, kd_context *ctx, const kd_reproduction *self, const char *const *names,
                                const char *const *units, bool as_shown, kd_error *err) {
  static const char *const axes[3] = {"x", "y", "z"};
  kd_status status = KD_OK;
  kd_text cells;
  kd_table *table = NULL;
  *out = NULL;
  kd_text_init(&cells, ctx);
  KD_TRY(kd_table_create(
      &table, ctx, "check [1], variable [1], other [1], unit [1], lag [m], wanted [1], found [1], sd [1], error [1]",
      self->count, err));
  for (size_t i = 0; i < self->count; i++) {
    const kd_reproduction_row *row = &self->row[i];
    const char *other = row->kind == KD_REPRODUCTION_VARIOGRAM ? axes[row->b] : names[row->b];
    const double error =
        row->sd > 0 ? (row->found - row->wanted) / (row->sd / sqrt((double)self->realisations)) : (double)NAN;
    const bool has_unit = row->kind <= KD_REPRODUCTION_P90;
    const char *unit_text = has_unit ? units[row->a] : "1";
    kd_unit unit;
    KD_TRY(kd_unit_parse(&unit, unit_text, NULL, err));
    const double shift = as_shown ? 0 : kd_unit_value(&unit, 0), scale = as_shown ? 1 : kd_unit_value(&unit, 1) - shift;
    const double zero = row->kind != KD_REPRODUCTION_SD ? shift : 0;
    const double cell[5] = {row->lag, row->wanted * scale + zero, row->found * scale + zero, row->sd * scale, error};
    kd_text_add_bytes(&cells, kd_reproduction_words[row->kind], strlen(kd_reproduction_words[row->kind]) + 1);
    if (row->kind == KD_REPRODUCTION_VARIOGRAM)
      kd_text_printf(&cells, "factor_%zu", row->a + 1);
    else
      kd_text_add(&cells, names[row->a]);
    kd_text_add_bytes(&cells, "", 1);
    kd_text_add_bytes(&cells, other, strlen(other) + 1);
    kd_text_add_bytes(&cells, unit_text, strlen(unit_text) + 1);
    for (size_t c = 0; c < 5; c++) table->column[4 + c].number[i] = cell[c];
  }
  KD_TRY(kd_table_take_texts(table, 4, &cells, err));
  *out = table;
  table = NULL;
out:
  kd_text_free(&cells);
  kd_table_destroy(&table);
  return status;
}
