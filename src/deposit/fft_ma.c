// SPDX-License-Identifier: Apache-2.0
/* Fields on a torus by their spectrum.
 *
 *   C_t(h) = sum over images m of C(h + m L)         covariance folded onto a torus of L nodes            (1)
 *   s = FFT(C_t) >= 0                                a valid covariance folded is valid                   (2)
 *   u + i v = FFT(sqrt(s/N) (e1 + i e2))             e standard normal: u, v independent, covariance C_t  (3)
 *   z = u + sum_d b_d C_t(. - x_d),  C_dd b = z_d - u(x_d)           kriging of the residuals, dual       (4)
 *
 *   x_d data, on nodes; C_dd the covariances between them: one factor for all realisations. The sum in (4) is a
 *   convolution: the b_d on the nodes, transformed, times s/N, transformed back. All data act on all nodes.
 *
 * Where C is 0 beyond a range, a torus larger than the grid by that range gives the model's covariance exactly for all
 * lags within the grid; else it differs by `wrap_error`, which is known. Where no torus is as large, C_t is the model
 * within the grid and goes on outside as embedding.c says; negative s are set to 0 and
 *
 *   s <- s C(0) N / sum s                            the variance of the fields is the sill               (5)
 *
 * A `wrap_error` above 0.02 (or twice the tolerance) is refused.
 *
 * Source    Le Ravalec, Noetinger, Hu 2000, Mathematical Geology 32, 701 (FFT-MA); Dietrich and Newsam 1997, SIAM J.
 *           Sci. Comput. 18, 1088 (two fields of one transform); Chiles and Delfiner 2012, sections 7.3, 7.5.
 * Weakness  regular grids; memory for the torus; data stand on nodes.
 */
#include "deposit/fft_ma.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "deposit/covariance_reach.h"
#include "deposit/embedding.h"
#include "numerics/fft.h"
#include "numerics/normals.h"
#include "numerics/cholesky.h"

#define DATA_MOST  20000
#define WRONG_MOST 0.02 /* of the sill: covariance of the fields against the model's */

struct kd_fft_ma {
  kd_context *ctx;
  kd_arena *arena;
  kd_simulation_grid grid;
  kd_fft_grid torus;
  kd_embedding embedding;
  int attempt;         /* of it */
  size_t nodes, cells; /* of the grid; of the torus */
  double *amplitude;   /* sqrt(s/N) */
  double *covariance;  /* on the torus */
  size_t data;
  uint32_t *node; /* of the grid */
  size_t *cell;   /* place in an array of the torus */
  double *value, *factor;
  unsigned char *row_data, *row_grid; /* rows of the torus with data, with nodes of the grid */
  kd_fft_ma_report report;
};

void kd_fft_ma_destroy(kd_fft_ma **self) {
  if (self == NULL || *self == NULL) return;
  kd_context *ctx = (*self)->ctx;
  kd_fft_ma_trim(*self);
  kd_arena_destroy(&(*self)->arena);
  kd_free(ctx, *self);
  *self = NULL;
}

void kd_fft_ma_trim(kd_fft_ma *self) {
  kd_free(self->ctx, self->covariance);
  self->covariance = NULL;
}

const kd_fft_ma_report *kd_fft_ma_about(const kd_fft_ma *self) {
  return &self->report;
}

static size_t place(const kd_fft_ma *self, size_t x, size_t y, size_t z) {
  return (z * self->torus.n[1] + y) * self->torus.pitch + x;
}

double kd_fft_ma_covariance(const kd_fft_ma *self, size_t dx, size_t dy, size_t dz) {
  return self->covariance[place(self, dx % self->torus.n[0], dy % self->torus.n[1], dz % self->torus.n[2])];
}

/* Sum over the images of a lag that the covariance reaches; the lag itself is always among them. */
static double folded(const kd_covariance *model, const double h[3], const double length[3], const double reach[3],
                     double itself) {
  int low[3], high[3];
  for (int a = 0; a < 3; a++) { /* |h + m length| <= reach */
    low[a] = (int)fmax(fmin(ceil((-reach[a] - h[a]) / length[a]), 0), -8);
    high[a] = (int)fmin(fmax(floor((reach[a] - h[a]) / length[a]), 0), 8);
  }
  double sum = itself;
  for (int mz = low[2]; mz <= high[2]; mz++)
    for (int my = low[1]; my <= high[1]; my++)
      for (int mx = low[0]; mx <= high[0]; mx++)
        if (mx != 0 || my != 0 || mz != 0)
          sum += kd_covariance_at(model, h[0] + mx * length[0], h[1] + my * length[1], h[2] + mz * length[2]);
  return sum;
}

/* How far a folded covariance is from the model's, at the lag and at those lags of the grid that are met on the other
 * side of the torus. */
static double difference(const kd_fft_ma *self, const kd_covariance *model, const double h[3], const double length[3],
                         double itself, double sum) {
  double most = fabs(sum - itself);
  for (int a = 0; a < 3; a++) {
    double other[3] = {h[0], h[1], h[2]};
    other[a] += h[a] > 0 ? -length[a] : length[a];
    if (self->torus.n[a] == 1 || fabs(other[a]) >= (double)self->grid.n[a] * self->grid.spacing[a]) continue;
    most = fmax(most, fabs(sum - kd_covariance_at(model, other[0], other[1], other[2])));
  }
  return most;
}

/* Equation (1), for one half of the torus: C(-h) = C(h); also how far it is from C within the grid. */
static void fold(kd_fft_ma *self, const kd_covariance *model, const double reach[3]) {
  const kd_fft_grid *t = &self->torus;
  double length[3], most = 0;
  for (int a = 0; a < 3; a++) length[a] = t->n[a] == 1 ? 1e300 : (double)t->n[a] * self->grid.spacing[a];
  for (size_t k = 0; k < t->n[2]; k++) {
    for (size_t j = 0; j < t->n[1]; j++) {
      const size_t back_k = (t->n[2] - k) % t->n[2], back_j = (t->n[1] - j) % t->n[1];
      if (back_k < k || (back_k == k && back_j < j)) continue; /* the other half has been there */
      for (size_t i = 0; i < t->n[0]; i++) {
        const size_t at[3] = {i, j, k}, back_i = (t->n[0] - i) % t->n[0];
        double h[3];
        bool inside = true;
        for (int a = 0; a < 3; a++) {
          const double wrapped = 2 * at[a] > t->n[a] ? (double)at[a] - (double)t->n[a] : (double)at[a];
          h[a] = wrapped * self->grid.spacing[a];
          inside = inside && fabs(wrapped) < (double)self->grid.n[a];
        }
        const double itself = kd_covariance_at(model, h[0], h[1], h[2]);
        const double sum =
            self->embedding.plain ? folded(model, h, length, reach, itself) : kd_embedding_at(&self->embedding, h);
        self->covariance[place(self, i, j, k)] = sum;
        self->covariance[place(self, back_i, back_j, back_k)] = sum;
        if (inside) most = fmax(most, difference(self, model, h, length, itself, sum));
      }
    }
  }
  self->report.wrap_error = most / model->sill;
}

static kd_status refuse_wrong(const kd_fft_ma *self, const kd_covariance *model, double tolerance, kd_error *err) {
  kd_status status = KD_OK;
  const kd_simulation_grid *g = &self->grid;
  const size_t *t = self->report.torus;
  double range = 0;
  for (size_t i = 0; i < model->count; i++)
    if (!kd_structure_is_flat(&model->structure[i]))
      range = fmax(range, fmax(model->structure[i].range, fmax(model->structure[i].semi, model->structure[i].minor)));
  KD_CHECK(self->report.wrap_error <= fmax(WRONG_MOST, 2 * tolerance), err, KD_E_MODEL,
           "range %g m: no torus for the grid of %g x %g x %g m holds this model: one of %zu x %zu x %zu nodes would "
           "miss the covariance by %.2g of the sill: take method=sequential, or turn the grid along the ranges",
           range, (double)g->n[0] * g->spacing[0], (double)g->n[1] * g->spacing[1], (double)g->n[2] * g->spacing[2],
           t[0], t[1], t[2], self->report.wrap_error);
out:
  return status;
}

/* The covariance that a clipped and scaled spectrum has, and how far it is from the model's. */
static void measure(kd_fft_ma *self, const kd_covariance *model, double *im, double *work) {
  const kd_fft_grid *t = &self->torus;
  const size_t *n = self->grid.n;
  const double *step = self->grid.spacing;
  double most = 0;
  for (size_t i = 0; i < t->size; i++) self->covariance[i] = self->amplitude[i] * self->amplitude[i];
  memset(im, 0, t->size * sizeof *im);
  kd_fft_forward(self->covariance, im, t, work);
  for (size_t z = 0; z < n[2]; z++) /* a covariance is even: z >= 0 is enough */
    for (size_t y = 0; y < 2 * n[1] - 1; y++)
      for (size_t x = 0; x < 2 * n[0] - 1; x++) {
        const double dx = (double)x - (double)(n[0] - 1), dy = (double)y - (double)(n[1] - 1);
        const double found = kd_fft_ma_covariance(self, x + t->n[0] - (n[0] - 1), y + t->n[1] - (n[1] - 1), z);
        const double wanted = kd_covariance_at(model, dx * step[0], dy * step[1], (double)z * step[2]);
        most = fmax(most, fabs(found - wanted));
      }
  self->report.wrap_error = most / model->sill;
}

/* Equations (2) and (5). */
static kd_status find_spectrum(kd_fft_ma *self, const kd_covariance *model, double tolerance, kd_error *err) {
  kd_status status = KD_OK;
  const kd_fft_grid *t = &self->torus;
  double *im = kd_alloc(self->ctx, t->size, sizeof *im), *work = kd_alloc(self->ctx, kd_fft_work_size(t), sizeof *work);
  double total = 0, negative = 0;
  KD_CHECK(im && work, err, KD_E_NOMEM, "out of memory for a torus of %zu nodes", self->cells);
  memcpy(self->amplitude, self->covariance, t->size * sizeof *im);
  kd_fft_forward(self->amplitude, im, t, work);
  for (size_t r = 0; r < t->rows; r++) {
    for (size_t x = 0; x < t->n[0]; x++) {
      double *s = &self->amplitude[r * t->pitch + x];
      total += fabs(*s);
      if (*s < 0) negative -= *s;
      *s = *s > 0 ? sqrt(*s / (double)self->cells) : 0;
    }
  }
  self->report.negative_share = negative / total;
  KD_CHECK(
      self->attempt > 0 || !self->embedding.plain || self->report.negative_share < 1e-3, err, KD_E_MODEL,
      "%.2g of the spectrum is negative: the model is no covariance in this many dimensions, or swings on beyond the "
      "torus: the sequential method takes such a model",
      self->report.negative_share);
  const double power = (total - negative) / (double)self->cells; /* the variance of the fields */
  if (negative > 1e-12 * total || fabs(power / model->sill - 1) > 1e-5) {
    const double scale = sqrt(model->sill / power);
    for (size_t i = 0; i < t->size; i++) self->amplitude[i] *= scale;
    measure(self, model, im, work);
  }
  KD_TRY(refuse_wrong(self, model, tolerance, err));
out:
  kd_free(self->ctx, im);
  kd_free(self->ctx, work);
  return status;
}

/* a - b on a torus of n nodes. */
static size_t lag_of(uint32_t a, uint32_t b, size_t n) {
  return a >= b ? a - b : a + n - b;
}

/* Data and the factor of C_dd. */
static kd_status take_data(kd_fft_ma *self, const kd_node_data *data, const double *value, kd_error *err) {
  kd_status status = KD_OK;
  const size_t n = data != NULL ? data->count : 0, *g = self->grid.n;
  const kd_fft_grid *t = &self->torus;
  size_t row;
  uint32_t *index = kd_arena_alloc(self->arena, 3 * n + 1, sizeof *index);
  KD_CHECK(n <= DATA_MOST, err, KD_E_SIZE, "%zu data: at most %d act on every node at once", n, DATA_MOST);
  self->data = n;
  self->node = kd_arena_alloc(self->arena, n + 1, sizeof *self->node);
  self->cell = kd_arena_alloc(self->arena, n + 1, sizeof *self->cell);
  self->value = kd_arena_alloc(self->arena, n + 1, sizeof *self->value);
  self->factor = kd_arena_alloc(self->arena, n * (n + 1) / 2 + 1, sizeof *self->factor);
  self->row_data = kd_arena_alloc(self->arena, self->torus.rows, 1);
  self->row_grid = kd_arena_alloc(self->arena, self->torus.rows, 1);
  KD_CHECK(index && self->node && self->cell && self->value && self->factor && self->row_data && self->row_grid, err,
           KD_E_NOMEM, "out of memory for %zu data", n);
  for (size_t z = 0; z < g[2]; z++)
    for (size_t y = 0; y < g[1]; y++) self->row_grid[z * self->torus.n[1] + y] = 1;
  for (size_t i = 0; i < n; i++) {
    uint32_t *at = index + 3 * i;
    at[0] = (uint32_t)(data->node[i] % g[0]);
    at[1] = (uint32_t)(data->node[i] / g[0] % g[1]);
    at[2] = (uint32_t)(data->node[i] / g[0] / g[1]);
    KD_CHECK(isfinite(value[i]), err, KD_E_MISSING, "datum %zu has no value", i + 1);
    self->node[i] = data->node[i];
    self->value[i] = value[i];
    self->cell[i] = place(self, at[0], at[1], at[2]);
    self->row_data[at[2] * self->torus.n[1] + at[1]] = 1;
    for (size_t j = 0; j <= i; j++) {
      const uint32_t *to = index + 3 * j;
      self->factor[i * (i + 1) / 2 + j] = self->covariance[place(
          self, lag_of(at[0], to[0], t->n[0]), lag_of(at[1], to[1], t->n[1]), lag_of(at[2], to[2], t->n[2]))];
    }
  }
  if (n > 0)
    KD_CHECK(kd_triangle_factor(self->factor, n, &row), err, KD_E_MODEL,
             "datum %zu is determined by the ones before it under this model: give the model a nugget", row + 1);
out:
  return status;
}

/* One attempt: torus, covariance on it, spectrum. */
static kd_status embed(kd_fft_ma *self, const kd_covariance *model, double tolerance, kd_error *err) {
  kd_status status = KD_OK;
  double reach[3];
  kd_arena_reset(self->arena);
  kd_fft_ma_trim(self);
  kd_embedding_plan(&self->embedding, model, &self->grid, tolerance, self->attempt);
  const size_t *n = self->embedding.torus;
  KD_TRY(kd_fft_grid_prepare(&self->torus, n, self->arena, err));
  self->cells = n[0] * n[1] * n[2];
  for (int a = 0; a < 3; a++) self->report.torus[a] = n[a];
  self->covariance = kd_alloc(self->ctx, self->torus.size, sizeof(double));
  self->amplitude = kd_arena_alloc(self->arena, self->torus.size, sizeof(double));
  KD_CHECK(self->covariance && self->amplitude, err, KD_E_NOMEM, "out of memory for a torus of %zu nodes", self->cells);
  kd_covariance_reach(reach, model, tolerance * 1e-6); /* images are summed further out than the torus is cut */
  fold(self, model, reach);
  KD_TRY(find_spectrum(self, model, tolerance, err));
out:
  return status;
}

kd_status kd_fft_ma_create(kd_fft_ma **out, kd_context *ctx, const kd_simulation_grid *grid, const kd_covariance *model,
                           const kd_node_data *data, const double *value, double tolerance, kd_error *err) {
  kd_status status = KD_OK;
  kd_fft_ma *self = NULL;
  *out = NULL;
  KD_TRY(kd_simulation_grid_check(grid, err));
  KD_CHECK(model->count > 0, err, KD_E_MISSING, "the model of the variogram has no structure");
  KD_CHECK(model->has_sill && model->sill > 0, err, KD_E_MODEL,
           "a simulation wants a model with a sill above 0: power, linear, logarithmic and spline have none");
  KD_CHECK(tolerance > 0 && tolerance < 1, err, KD_E_RANGE, "tolerance %g: must be above 0 and below 1", tolerance);
  self = kd_alloc(ctx, 1, sizeof *self);
  KD_CHECK(self != NULL, err, KD_E_NOMEM, "out of memory");
  self->ctx = ctx;
  KD_CHECK(kd_arena_create(&self->arena, ctx) == KD_OK, err, KD_E_NOMEM, "out of memory");
  self->grid = *grid;
  self->nodes = kd_simulation_nodes(grid);
  for (;; self->attempt++) { /* the last one's error stays */
    status = embed(self, model, tolerance, err);
    if (status != KD_E_MODEL || (self->attempt == 0 && self->embedding.plain)) break;
    if (self->attempt == KD_EMBEDDING_ATTEMPTS - 1) break;
  }
  KD_TRY(status);
  KD_TRY(take_data(self, data, value, err));
  *out = self;
  self = NULL;
out:
  kd_fft_ma_destroy(&self);
  return status;
}

/* --- realisations ----------------------------------------------------------------------------------------------- */

size_t kd_fft_ma_work(const kd_fft_ma *self) {
  return 2 * self->torus.size + kd_fft_work_size(&self->torus) + 2 * self->data + 8;
}

/* Values on the nodes of the grid; added to what is there when `add`. */
static void copy_out(double *to, const double *from, const kd_fft_ma *self, int add) {
  const size_t *g = self->grid.n;
  for (size_t z = 0; z < g[2]; z++) {
    for (size_t y = 0; y < g[1]; y++) {
      const double *a = from + place(self, 0, y, z);
      double *b = to + (z * g[1] + y) * g[0];
      if (add)
        for (size_t x = 0; x < g[0]; x++) b[x] += a[x];
      else
        memcpy(b, a, g[0] * sizeof *b);
    }
  }
}

/* From the spectrum to the nodes of the grid: z, then y where the grid is, then its rows alone. */
static void to_grid(double *re, double *im, const kd_fft_ma *self, double *work) {
  kd_fft_axis(re, im, &self->torus, 2, NULL, 0, work);
  kd_fft_axis(re, im, &self->torus, 1, NULL, self->grid.n[2], work);
  kd_fft_axis(re, im, &self->torus, 0, self->row_grid, 0, work);
}

/* Equation (4): the fields by which u and v miss the data. */
static void condition(double *first, double *second, const kd_fft_ma *self, const double *value, const double *other,
                      double *re, double *im, double *work, double *b) {
  const kd_fft_grid *t = &self->torus;
  const size_t n = self->data;
  for (size_t i = 0; i < n; i++) {
    b[2 * i] = value[i] - re[self->cell[i]];
    b[2 * i + 1] = other[i] - im[self->cell[i]];
  }
  kd_triangle_solve_two(b, self->factor, n);
  memset(re, 0, t->size * sizeof *re);
  memset(im, 0, t->size * sizeof *im);
  for (size_t i = 0; i < n; i++) {
    re[self->cell[i]] = b[2 * i];
    im[self->cell[i]] = b[2 * i + 1];
  }
  kd_fft_axis(re, im, t, 0, self->row_data, 0, work);
  kd_fft_axis(re, im, t, 1, NULL, self->grid.n[2], work); /* planes beyond the grid are 0 */
  kd_fft_axis(re, im, t, 2, NULL, 0, work);
  for (size_t i = 0; i < t->size; i++) { /* amplitude squared is s/N */
    const double s = self->amplitude[i] * self->amplitude[i];
    re[i] *= s;
    im[i] *= s;
  }
  to_grid(im, re, self, work); /* inverse */
  copy_out(first, re, self, 1);
  if (second != NULL) copy_out(second, im, self, 1);
  for (size_t i = 0; i < n; i++) { /* to the last bit */
    first[self->node[i]] = value[i];
    if (second != NULL) second[self->node[i]] = other[i];
  }
}

void kd_fft_ma_pair(double *first, double *second, const kd_fft_ma *self, uint64_t seed, uint32_t stream, uint64_t pair,
                    double *work) {
  kd_fft_ma_pair_at(first, second, self, self->value, self->value, seed, stream, pair, work);
}

void kd_fft_ma_pair_at(double *first, double *second, const kd_fft_ma *self, const double *value, const double *other,
                       uint64_t seed, uint32_t stream, uint64_t pair, double *work) {
  const kd_fft_grid *t = &self->torus;
  double *re = work, *im = re + t->size, *b = im + t->size, *buffer = b + 2 * self->data;
  kd_normals(re, t->size, 0, seed, stream, 2 * pair);
  kd_normals(im, t->size, 0, seed, stream, 2 * pair + 1);
  for (size_t i = 0; i < t->size; i++) {
    re[i] *= self->amplitude[i];
    im[i] *= self->amplitude[i];
  }
  to_grid(re, im, self, buffer);
  copy_out(first, re, self, 0);
  if (second != NULL) copy_out(second, im, self, 0);
  if (self->data > 0) condition(first, second, self, value, other, re, im, buffer, b);
}
