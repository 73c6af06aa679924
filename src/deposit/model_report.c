// SPDX-License-Identifier: Apache-2.0
/* What a block model says: totals, grade-tonnage, classes, swaths.
 *
 *   e  = sqrt( ((P95 - P5)/(2 M))^2 + (1.645 D V)^2 )                                                    (1)
 *   D^2 = C(v, v) - C(B, B) , 0 where the volume fills a column or more                                  (2)
 *
 *   P, M  quantiles and mean of the metal of the panel over the realisations     V  coefficient of variation of
 * composites C(v, v), C(B, B)  mean covariance of normal scores within the volume mined, down to the bottom, and within
 * a column
 *
 * D is what a volume smaller than a column of blocks varies more than the column. Scores stand in for grades there.
 *
 *   measured     e of a quarter's production <= first limit       (15 %)
 *   indicated    e of a year's production    <= first limit
 *   inferred     e of a year's production    <= second limit      (50 %)
 *   else an exploration target; all of it where inputs are assumed or reconstructed
 *
 * A panel is a square of columns that holds the production of the time asked for; at least one column. All columns of a
 * panel have its class.
 *
 * Source    the rule of 15 % at 90 % confidence on a quarter's and a year's production is common practice (Verly,
 *           Postolski, Parker 2014, "Assessing uncertainty with drill hole spacing studies", Orebody Modelling and
 *           Strategic Mine Planning); CRIRSCO prescribes words and judgement, not numbers. The limit of inferred is
 *           assumed here.
 * Weakness  variogram and histogram are taken as known. A class is a Competent Person's to give: this is the arithmetic
 *           under it.
 */
#include <math.h>

#include "base/error.h"
#include "deposit/model_internal.h"
#include "numerics/statistics.h"

#define KD_FEW 20 /* realisations that an error at 90 % wants */

void kd_model_spread(kd_spread *out, double *values, size_t count) {
  kd_statistics s;
  kd_describe(&s, values, count);
  *out = (kd_spread){s.mean, s.sd, s.p10, s.p50, s.p90};
}

int kd_model_step(const kd_model *m, double value) {
  int k = -1;
  while (k + 1 < (int)m->curves && value >= m->curve[k + 1].cutoff) k++;
  return k;
}

static void sum_estimate(kd_model *m) {
  for (size_t b = 0; b < m->blocks; b++) {
    const double main = m->estimate[m->main][b];
    m->tonnage += m->mass[b];
    for (size_t v = 0; v < m->variables; v++) m->total[v] += m->mass[b] * m->estimate[v][b];
    const int step = kd_model_step(m, main);
    for (int k = 0; k <= step; k++) {
      m->curve[k].tonnage += m->mass[b];
      m->curve[k].metal += m->mass[b] * main;
    }
    const size_t column = (size_t)m->column_of[m->cell[b] % (m->grid.nx * m->grid.ny)];
    m->column_mass[column] += m->mass[b];
    m->columns_sum[column] += m->mass[b] * main;
  }
  for (size_t k = 0; k < m->curves; k++)
    m->curve[k].grade = m->curve[k].tonnage > 0.0 ? m->curve[k].metal / m->curve[k].tonnage : (double)NAN;
}

static kd_status sum_realisations(kd_model *m, kd_work *work) {
  kd_status status = KD_OK;
  double *all = kd_arena_alloc(work->scratch, m->realisations + 1, sizeof *all);
  KD_CHECK(all != NULL, work->err, KD_E_NOMEM, "no memory for the report");
  for (size_t v = 0; v < m->variables && m->realisations > 0; v++) {
    for (size_t r = 0; r < m->realisations; r++) all[r] = m->metal[r * m->variables + v];
    kd_model_spread(&m->totals[v], all, m->realisations);
  }
out:
  return status;
}

/* Columns along the side of a panel that holds this mass. */
static size_t panel_side(const kd_model *m, double mass) {
  const double per_column = m->tonnage / (double)m->columns;
  const double side = ceil(sqrt(mass / per_column) - 1e-9);
  return side < 1.0 ? 1 : side > 1e6 ? 1000000 : (size_t)side;
}

#define KD_POINTS 5 /* along a side, for mean covariances */

/* Mean covariance of scores within a square of this side, over all layers. The nugget counts for a volume that is small
 * against the lag of its own: once in each layer. */
static double mean_covariance(const kd_model *m, double side, bool nugget) {
  const size_t nz = m->grid.nz;
  double sum = 0.0;
  for (size_t k = 0; k < nz; k++) {
    const double dz = (double)k * m->grid.dz, times = k == 0 ? (double)nz : 2.0 * (double)(nz - k);
    for (int i = 0; i < KD_POINTS; i++) {
      for (int j = 0; j < KD_POINTS; j++) { /* lags of points KD_POINTS to a side, by their number */
        const double count = (i == 0 ? 1.0 : 2.0) * (KD_POINTS - i) * (j == 0 ? 1.0 : 2.0) * (KD_POINTS - j);
        sum += times * count * kd_model_structured(m, side * i / KD_POINTS, side * j / KD_POINTS, dz);
      }
    }
  }
  const double pairs = pow(KD_POINTS, 4.0) * (double)(nz * nz);
  return sum / pairs + (nugget ? m->variogram.nugget / (double)nz : 0.0);
}

/* 1.645 D V of (1) for a mass mined. */
static double within_column(const kd_model *m, const kd_model_data *d, double mass) {
  const double area = m->grid.dx * m->grid.dy * mass / (m->tonnage / (double)m->columns);
  const double side = sqrt(area), block = sqrt(m->grid.dx * m->grid.dy);
  double mean = 0.0, square = 0.0;
  if (side >= block) return 0.0;
  for (size_t i = 0; i < d->count; i++) {
    mean += m->weight[i] * d->value[m->main][i] / (double)d->count;
    square += m->weight[i] * d->value[m->main][i] * d->value[m->main][i] / (double)d->count;
  }
  const double spread = mean_covariance(m, side, true) - mean_covariance(m, block, false);
  return 1.6448536269514722 * sqrt(fmax(spread, 0.0) * fmax(square - mean * mean, 0.0)) / mean;
}

static kd_status panel_errors(double *error, const kd_model *m, size_t side, double more, kd_work *work) {
  kd_status status = KD_OK;
  const size_t px = (m->grid.nx + side - 1) / side, py = (m->grid.ny + side - 1) / side;
  double *sum = kd_arena_alloc(work->scratch, px * py, m->realisations * sizeof *sum);
  double *of = kd_arena_alloc(work->scratch, px * py, sizeof *of);
  KD_CHECK(sum != NULL && of != NULL, work->err, KD_E_NOMEM, "no memory for %zu panels", px * py);
#define PANEL(c) ((m->column_cell[c] / m->grid.nx / side) * px + m->column_cell[c] % m->grid.nx / side)
  for (size_t r = 0; r < m->realisations; r++)
    for (size_t c = 0; c < m->columns; c++) sum[PANEL(c) * m->realisations + r] += m->column_metal[r * m->columns + c];
  for (size_t p = 0; p < px * py; p++) {
    double *values = sum + p * m->realisations;
    const double mean = kd_mean(values, m->realisations);
    const double width = kd_quantile(values, m->realisations, 0.95) - kd_quantile(values, m->realisations, 0.05);
    of[p] = mean > 0.0 ? hypot(0.5 * width / mean, more) : (double)INFINITY;
  }
  for (size_t c = 0; c < m->columns; c++) error[c] = of[PANEL(c)];
#undef PANEL
out:
  return status;
}

int kd_class_by_production(double error_quarter, double error_year, const double limit[2], bool assumed) {
  if (assumed) return 3;
  if (error_quarter <= limit[0]) return 0;
  if (error_year <= limit[0]) return 1;
  return error_year <= limit[1] ? 2 : 3; /* NaN: not known */
}

static kd_status classify(kd_model *m, const kd_model_data *d, const kd_model_options *o, kd_work *work) {
  kd_status status = KD_OK;
  m->panel_quarter = panel_side(m, 0.25 * o->production);
  m->panel_year = panel_side(m, o->production);
  if (m->realisations >= KD_FEW) {
    KD_TRY(panel_errors(m->column_error, m, m->panel_quarter, within_column(m, d, 0.25 * o->production), work));
    KD_TRY(panel_errors(m->column_error_year, m, m->panel_year, within_column(m, d, o->production), work));
  }
  for (size_t c = 0; c < m->columns; c++) {
    if (m->realisations < KD_FEW) m->column_error[c] = m->column_error_year[c] = (double)NAN;
    const int rank = kd_class_by_production(m->column_error[c], m->column_error_year[c], o->limit, o->assumed);
    m->column_class[c] = rank;
    m->class_tonnage[rank] += m->column_mass[c];
    m->class_metal[rank] += m->columns_sum[c];
  }
out:
  return status;
}

static void swath_along(kd_model *m, const kd_model_data *d, int axis) {
  const kd_block_grid *g = &m->grid;
  const double low = axis == 0 ? g->x0 : axis == 1 ? g->y0 : g->z0;
  const double size = axis == 0 ? g->dx : axis == 1 ? g->dy : g->dz;
  const size_t count = axis == 0 ? g->nx : axis == 1 ? g->ny : g->nz;
  const size_t group = (count + KD_MODEL_SWATHS - 1) / KD_MODEL_SWATHS, slices = (count + group - 1) / group;
  double mass[KD_MODEL_SWATHS] = {0}, metal[KD_MODEL_SWATHS] = {0}, drawn[KD_MODEL_SWATHS] = {0};
  double sum[KD_MODEL_SWATHS] = {0}, weight[KD_MODEL_SWATHS] = {0};
  size_t n[KD_MODEL_SWATHS] = {0};
  for (size_t b = 0; b < m->blocks; b++) {
    const size_t cell = m->cell[b];
    const size_t at = (axis == 0 ? cell % g->nx : axis == 1 ? cell / g->nx % g->ny : cell / (g->nx * g->ny)) / group;
    mass[at] += m->mass[b];
    metal[at] += m->mass[b] * m->estimate[m->main][b];
    drawn[at] += m->mass[b] * m->simulated_mean[b];
  }
  for (size_t i = 0; i < d->count; i++) {
    const double place = (axis == 0 ? d->x[i] : axis == 1 ? d->y[i] : d->z[i]) - low;
    if (place < 0.0 || place >= size * (double)count) continue;
    const size_t at = (size_t)(place / (size * (double)group));
    if (at >= slices) continue;
    sum[at] += m->weight[i] * d->value[m->main][i];
    weight[at] += m->weight[i];
    n[at]++;
  }
  m->swaths[axis] = slices;
  for (size_t k = 0; k < slices; k++) {
    m->swath[axis][k] = (kd_swath){.at = low + ((double)k + 0.5) * size * (double)group,
                                   .composites = weight[k] > 0.0 ? sum[k] / weight[k] : (double)NAN,
                                   .estimate = mass[k] > 0.0 ? metal[k] / mass[k] : (double)NAN,
                                   .simulated = mass[k] > 0.0 && m->realisations > 0 ? drawn[k] / mass[k] : (double)NAN,
                                   .count = n[k]};
  }
}

kd_status kd_model_report(kd_model *m, const kd_model_data *d, const kd_model_options *o, kd_work *work) {
  kd_status status = KD_OK;
  double **by_column[4] = {&m->column_mass, &m->columns_sum, &m->column_error, &m->column_error_year};
  for (size_t k = 0; k < 4; k++) {
    *by_column[k] = kd_arena_alloc(work->scratch, m->columns, sizeof(double));
    KD_CHECK(*by_column[k] != NULL, work->err, KD_E_NOMEM, "no memory for %zu columns", m->columns);
  }
  m->column_class = kd_arena_alloc(work->scratch, m->columns, sizeof *m->column_class);
  KD_CHECK(m->column_class != NULL, work->err, KD_E_NOMEM, "no memory for %zu columns", m->columns);
  sum_estimate(m);
  KD_TRY(sum_realisations(m, work));
  KD_TRY(classify(m, d, o, work));
  for (int axis = 0; axis < 3; axis++) swath_along(m, d, axis);
out:
  return status;
}
