// SPDX-License-Identifier: Apache-2.0
/* Uncertainty of the parameters of a simulation.
 *
 *   variogram   p(c, f | data) ~ |R|^(-1/2) (1'R^-1 1)^(-1/2) S2^(-(n-1)/2)                                (1)
 *               S2 = z'R^-1 z - (1'R^-1 z)^2/(1'R^-1 1)
 *   histogram   y* = L e ,  L L' = R       scores of another sample at the same places                     (2)
 *               z* = back(y*) ,  its transform is the histogram of the realisation                         (3)
 *
 *   z   scores at the data, n of them               R   their correlations under (c, f)
 *   c   share of the nugget, 0 to 1                 f   factor of all ranges, 1/4 to 4        e  standard normal
 *
 * (1) is the likelihood with mean and variance integrated out (prior 1/variance), the prior of c and ln f flat: scores
 * have mean 0 and variance 1 by construction, which says nothing of the ground, so that neither is taken as known. It
 * is piecewise constant over 10 x 14 cells. More than BLOCK data go in blocks of neighbours, independent of each other.
 * (2) and (3) are the spatial bootstrap.
 *
 * Source    Berger, De Oliveira, Sanso 2001, JASA 96, 1361 (1); Solow 1985, Mathematical Geology 17, 769, and Deutsch
 *           2004 (spatial bootstrap); Vecchia 1988, JRSS B 50, 297, for likelihoods by parts.
 * Weakness  kinds of structures, their anisotropy and their shares among each other stay as given; the histogram is
 *           drawn round that of the sample, whose own bias stays.
 */
#include "deposit/parameter_draw.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/random.h"
#include "numerics/normals.h"
#include "numerics/cholesky.h"

#define BLOCK 128

void kd_covariance_vary(kd_covariance *out, const kd_covariance *given, double nugget_share, double range_factor) {
  const double flat = given->nugget, rest = given->sill - flat;
  kd_covariance fresh = {0};
  for (size_t i = 0; i < given->count; i++) {
    kd_structure s = given->structure[i];
    if (s.kind <= KD_MEASUREMENT_ERROR) {
      s.sill = flat > 0 ? s.sill / flat * nugget_share * given->sill : 0;
    } else {
      s.sill = rest > 0 ? s.sill / rest * (1 - nugget_share) * given->sill : 0;
      s.range *= range_factor;
      s.semi *= range_factor;
      s.minor *= range_factor;
    }
    (void)kd_covariance_add(&fresh, &s, NULL);
  }
  if (!(flat > 0) && nugget_share > 0 && fresh.count < KD_STRUCTURES_MAX) {
    const kd_structure nugget = {
        .kind = KD_NUGGET, .sill = nugget_share * given->sill, .semi = (double)NAN, .minor = (double)NAN};
    (void)kd_covariance_add(&fresh, &nugget, NULL);
  }
  *out = fresh;
}

/* --- variogram -------------------------------------------------------------------------------------------------- */

/* Sorts sites into blocks of neighbours: halves along the longer side until they are small. */
static void split(uint32_t *order, size_t count, const double *const place[3], uint32_t *work) {
  if (count <= BLOCK) return;
  size_t axis = 0;
  double widest = -1;
  for (size_t a = 0; a < 3; a++) {
    if (place[a] == NULL) continue;
    double low = (double)INFINITY, high = -low;
    for (size_t i = 0; i < count; i++) {
      low = fmin(low, place[a][order[i]]);
      high = fmax(high, place[a][order[i]]);
    }
    if (high - low > widest) {
      widest = high - low;
      axis = a;
    }
  }
  /* Merge sort along the axis, bottom up: stable, so that ties keep the order of the data. */
  const double *p = place[axis];
  for (size_t width = 1; width < count; width *= 2) {
    for (size_t from = 0; from < count; from += 2 * width) {
      const size_t middle = from + width < count ? from + width : count;
      const size_t end = middle + width < count ? middle + width : count;
      size_t i = from, j = middle;
      for (size_t k = from; k < end; k++)
        work[k] = i < middle && (j >= end || !(p[order[j]] < p[order[i]])) ? order[i++] : order[j++];
    }
    memcpy(order, work, count * sizeof *order);
  }
  split(order, count / 2, place, work);
  split(order + count / 2, count - count / 2, place, work);
}

typedef struct likelihood {
  double log_determinant, ones, cross, square; /* 1'R^-1 1, 1'R^-1 z, z'R^-1 z */
} likelihood;

/* Adds one block; false: not positive definite. */
static bool add_block(likelihood *sum, const kd_covariance *model, const uint32_t *site, size_t n,
                      const double *const place[3], const double *value, double *matrix) {
  double *z = matrix + n * n, *one = z + n;
  size_t row;
  for (size_t i = 0; i < n; i++) {
    z[i] = value[site[i]];
    one[i] = 1;
    matrix[i * n + i] = 1;
    for (size_t j = 0; j < i; j++) {
      double d[3] = {0};
      for (int a = 0; a < 3; a++)
        if (place[a] != NULL) d[a] = place[a][site[i]] - place[a][site[j]];
      /* Two data of one place share the structures, not the nugget. */
      const bool here = d[0] == 0 && d[1] == 0 && d[2] == 0;
      matrix[i * n + j] =
          here ? 1 - model->nugget / model->sill : kd_covariance_at(model, d[0], d[1], d[2]) / model->sill;
    }
  }
  if (!kd_cholesky_row(matrix, n, n, 1e-14, &row)) return false;
  kd_cholesky_forward(matrix, n, n, z);
  kd_cholesky_forward(matrix, n, n, one);
  for (size_t i = 0; i < n; i++) {
    sum->log_determinant += 2 * log(matrix[i * n + i]);
    sum->ones += one[i] * one[i];
    sum->cross += one[i] * z[i];
    sum->square += z[i] * z[i];
  }
  return true;
}

/* Blocks as `split` cuts them. */
static bool add_blocks(likelihood *sum, const kd_covariance *model, const uint32_t *order, size_t count,
                       const double *const place[3], const double *value, double *matrix) {
  if (count <= BLOCK) return count == 0 || add_block(sum, model, order, count, place, value, matrix);
  return add_blocks(sum, model, order, count / 2, place, value, matrix) &&
         add_blocks(sum, model, order + count / 2, count - count / 2, place, value, matrix);
}

static double cell_range(double cell) {
  return exp2(-2 + 4 * cell / KD_RANGE_CELLS);
}

kd_status kd_variogram_posterior_find(kd_variogram_posterior *out, const kd_covariance *given, const kd_sites *sites,
                                      const double *value, kd_arena *scratch, kd_error *err) {
  kd_status status = KD_OK;
  const double *const place[3] = {sites->x, sites->y, sites->z};
  const size_t n = sites->count, cells = KD_NUGGET_CELLS * KD_RANGE_CELLS;
  double best = -(double)INFINITY, total = 0;
  *out = (kd_variogram_posterior){.given = *given, .flat = !(given->nugget < given->sill)};
  KD_CHECK(given->has_sill && given->sill > 0, err, KD_E_MODEL,
           "a variogram is drawn round a model with a sill above 0: power, linear, logarithmic and spline have none");
  uint32_t *order = kd_arena_alloc(scratch, 2 * n + 1, sizeof *order);
  double *matrix = kd_arena_alloc(scratch, (BLOCK + 2) * BLOCK, sizeof *matrix);
  KD_CHECK(order != NULL && matrix != NULL, err, KD_E_NOMEM, "out of memory for %zu data", n);
  for (size_t i = 0; i < n; i++) {
    KD_CHECK(isfinite(value[i]), err, KD_E_MISSING, "datum %zu has no value", i + 1);
    order[i] = (uint32_t)i;
  }
  split(order, n, place, order + n);
  for (size_t c = 0; c < cells; c++) {
    kd_covariance model;
    likelihood l = {0};
    double *p = &out->cumulated[c];
    kd_covariance_vary(&model, given, ((double)(c / KD_RANGE_CELLS) + 0.5) / KD_NUGGET_CELLS,
                       cell_range((double)(c % KD_RANGE_CELLS) + 0.5));
    *p = -(double)INFINITY;
    if (n > 1 && add_blocks(&l, &model, order, n, place, value, matrix)) {
      const double s2 = l.square - l.cross * l.cross / l.ones;
      *p = -0.5 * l.log_determinant - 0.5 * log(l.ones) - 0.5 * ((double)n - 1) * log(fmax(s2, 1e-300));
    }
    best = fmax(best, *p);
  }
  for (size_t c = 0; c < cells; c++) { /* data that say nothing leave the prior */
    total += isfinite(best) ? exp(out->cumulated[c] - best) : 1;
    out->cumulated[c] = total;
  }
  for (size_t c = 0; c < cells; c++) out->cumulated[c] /= total;
out:
  return status;
}

void kd_variogram_posterior_draw(kd_covariance *out, const kd_variogram_posterior *self, double pick, double nugget,
                                 double range) {
  size_t c = 0;
  while (c + 1 < KD_NUGGET_CELLS * KD_RANGE_CELLS && !(pick < self->cumulated[c])) c++;
  if (self->flat)
    *out = self->given;
  else
    kd_covariance_vary(out, &self->given, ((double)(c / KD_RANGE_CELLS) + nugget) / KD_NUGGET_CELLS,
                       cell_range((double)(c % KD_RANGE_CELLS) + range));
}

/* --- histogram -------------------------------------------------------------------------------------------------- */

kd_status kd_score_sampler_prepare(kd_score_sampler *out, const kd_covariance *model, const kd_sites *sites,
                                   kd_arena *scratch, kd_error *err) {
  kd_status status = KD_OK;
  const size_t n = sites->count;
  size_t row;
  KD_CHECK(n <= KD_SAMPLER_SITES, err, KD_E_SIZE, "%zu data: a histogram is drawn from at most %d", n,
           KD_SAMPLER_SITES);
  *out = (kd_score_sampler){.count = n, .factor = kd_arena_alloc(scratch, n * n + 1, sizeof(double))};
  KD_CHECK(out->factor != NULL, err, KD_E_NOMEM, "out of memory for the correlations of %zu data", n);
  for (size_t i = 0; i < n; i++) {
    out->factor[i * n + i] = 1 + 1e-9; /* data of one place under a model without nugget */
    for (size_t j = 0; j < i; j++) {
      const double dx = sites->x[i] - sites->x[j], dy = sites->y != NULL ? sites->y[i] - sites->y[j] : 0;
      const double dz = sites->z != NULL ? sites->z[i] - sites->z[j] : 0;
      const bool here = dx == 0 && dy == 0 && dz == 0;
      out->factor[i * n + j] =
          here ? 1 - model->nugget / model->sill : kd_covariance_at(model, dx, dy, dz) / model->sill;
    }
  }
  KD_CHECK(n == 0 || kd_cholesky_row(out->factor, n, n, 1e-14, &row), err, KD_E_MODEL,
           "datum %zu: the model gives no valid correlations between the data", row + 1);
out:
  return status;
}

void kd_score_sampler_draw(double *out, const kd_score_sampler *self, uint64_t seed, uint32_t stream,
                           uint64_t realisation, double *work) {
  const size_t n = self->count;
  kd_normals(work, n, 0, seed, stream, realisation);
  for (size_t i = 0; i < n; i++) {
    double sum = 0;
    for (size_t j = 0; j <= i; j++) sum += self->factor[i * n + j] * work[j];
    out[i] = sum;
  }
}

kd_status kd_histogram_draw(kd_normal_score *out, const kd_normal_score *given, const double *score,
                            const double *weight, size_t count, kd_arena *scratch, kd_error *err) {
  kd_status status = KD_OK;
  double *value = kd_arena_alloc(scratch, count + 1, sizeof *value);
  KD_CHECK(value != NULL, err, KD_E_NOMEM, "out of memory for %zu data", count);
  kd_normal_score_back_many(value, given, score, count);
  KD_TRY(kd_normal_score_fit(out, NULL, value, weight, count, KD_TIES_AVERAGE, scratch, err));
  /* The data themselves must have a score: the tails reach to the ends of the given histogram. */
  const double low = fmin(given->low, out->value[0]), high = fmax(given->high, out->value[out->count - 1]);
  KD_TRY(
      kd_normal_score_tails(out, given->lower, given->lower_power, low, given->upper, given->upper_power, high, err));
out:
  return status;
}

double kd_histogram_score(const kd_normal_score *drawn, double value) {
  const double first = 0.5 * drawn->share_low, last = 0.5 * kd_normal_cdf(-drawn->score[drawn->count - 1]);
  const double low = fmin(kd_normal_quantile(fmax(first, 0x1p-54)), drawn->score[0]);
  const double high = fmax(-kd_normal_quantile(fmax(last, 0x1p-54)), drawn->score[drawn->count - 1]);
  return isnan(value) ? value : fmin(fmax(kd_normal_score_forward(drawn, value), low), high);
}

kd_status kd_histograms_draw(kd_normal_score *out, const kd_histograms *self, uint64_t seed, uint64_t realisation,
                             kd_arena *scratch, kd_error *err) {
  kd_status status = KD_OK;
  const size_t rows = self->count;
  double *factor = kd_arena_alloc(scratch, self->factors * rows + 1, sizeof *factor);
  double *score = kd_arena_alloc(scratch, rows + 1, sizeof *score);
  double *weight = kd_arena_alloc(scratch, rows + 1, sizeof *weight);
  KD_CHECK(factor && score && weight, err, KD_E_NOMEM, "out of memory for %zu histograms", self->variables);
  for (size_t k = 0; k < self->factors; k++)
    kd_score_sampler_draw(factor + k * rows, self->sampler[k], seed, self->stream[k], realisation, weight);
  for (size_t v = 0; v < self->variables; v++) {
    size_t known = 0;
    for (size_t i = 0; i < rows; i++) {
      if (!isfinite(self->value[v][i])) continue;
      double sum = self->back != NULL ? self->mean[v] : factor[v * rows + i];
      for (size_t k = 0; k < self->factors && self->back != NULL; k++)
        sum += self->back[v * self->factors + k] * factor[k * rows + i];
      weight[known] = self->weight != NULL ? self->weight[i] : 1;
      score[known++] = sum;
    }
    KD_TRY(kd_histogram_draw(&out[v], &self->given[v], score, weight, known, scratch, err));
  }
out:
  return status;
}
