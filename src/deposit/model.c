// SPDX-License-Identifier: Apache-2.0
/* From cores to a block model:
 *
 *   1. composites of equal length (composite.c), each variable cut at a quantile when wanted
 *   2. declustering by cells as wide as the cores stand apart (decluster.c), normal scores by those weights
 *   3. variogram of the main variable's scores, and a model (model_variogram.c)
 *   4. blocks inside the domain; ordinary kriging of every variable with one set of weights (model_simulate.c)
 *   5. simulation of the principal components of the scores on a constant path, back to grades at block support
 *   6. tonnage, grade and metal with their spread, classes, swaths (model_report.c)
 *
 * The main variable is REY: the sum of the 15 where all are there, else the column `rey`, else the first grade.
 */
#include "deposit/model.h"

#include <math.h>
#include <string.h>

#include "base/elements.h"
#include "base/error.h"
#include "deposit/decluster.h"
#include "deposit/model_internal.h"
#include "numerics/symmetric.h"

#define KD_LEAST_PART     1e-6 /* of the variance: components below are round-off of a closed sum */
#define KD_MOST           4e6  /* blocks that are simulated */
#define KD_MOST_ESTIMATED 5e8

const kd_model_options kd_model_defaults = {
    .composite = {.length = 1.0, .end = (double)NAN, .coverage = 0.5},
    .topcut = 1.0,
    .margin = (double)NAN,
    .bottom = (double)NAN,
    .neighbours = 24,
    .nodes = 24,
    .realisations = 100,
    .seed = 1,
    .density = (double)NAN,
    .cutoff = 400e-6,
    .production = 50e6, /* kg: 350 t a day of wet mud, 270 days, 0.4 of it dry, with some rounding; assumed */
    .limit = {0.15, 0.50},
};

double kd_grid_x(const kd_block_grid *self, size_t cell) {
  return self->x0 + ((double)(cell % self->nx) + 0.5) * self->dx;
}

double kd_grid_y(const kd_block_grid *self, size_t cell) {
  return self->y0 + ((double)(cell / self->nx % self->ny) + 0.5) * self->dy;
}

double kd_grid_z(const kd_block_grid *self, size_t cell) {
  return self->z0 + ((double)(cell / (self->nx * self->ny)) + 0.5) * self->dz;
}

/* ---- variables ---- */

/* Which variables of the composites are taken, and the main one. source: index in the composites; the sum has none. */
static kd_status choose_variables(kd_model *m, size_t source[KD_MODEL_VARIABLE], kd_error *err) {
  kd_status status = KD_OK;
  const kd_cores *c = &m->composites;
  size_t ours = 0, rey = c->variables;
  for (size_t v = 0; v < c->variables; v++) {
    ours += c->variable[v].element >= 0 && c->variable[v].element < KD_REY && c->variable[v].measured > 0;
    if (strcmp(c->variable[v].name, "rey") == 0) rey = v;
  }
  m->summed = ours == KD_REY;
  for (size_t v = 0; v < c->variables; v++) {
    if (c->variable[v].measured == 0 || (m->summed && v == rey)) continue;
    KD_CHECK(m->variables + 1 < KD_MODEL_VARIABLE, err, KD_E_SIZE, "%zu grades: at most %d are modelled together",
             c->variables, KD_MODEL_VARIABLE - 1);
    if (v == rey) m->main = m->variables;
    source[m->variables] = v;
    m->name[m->variables] = c->variable[v].name;
    m->element[m->variables++] = c->variable[v].element;
  }
  KD_CHECK(m->variables > 0, err, KD_E_MISSING, "no grade has a value in any composite");
  if (m->summed) {
    m->main = m->variables;
    source[m->variables] = c->variables;
    m->name[m->variables] = "rey";
    m->element[m->variables++] = -1;
  }
out:
  return status;
}

/* Value of the main variable in composite i, NaN when it is missing. */
static double main_value(const kd_model *m, const size_t *source, size_t i) {
  const kd_variable *all = m->composites.variable;
  if (!m->summed) return all[source[m->main]].value[i];
  double sum = 0.0, shares = 0.0;
  for (size_t v = 0; v + 1 < m->variables; v++) {
    if (m->element[v] < 0 || m->element[v] >= KD_REY) continue;
    if (isnan(all[source[v]].value[i])) continue;
    sum += all[source[v]].value[i];
    shares += 1.0;
  }
  return shares >= 8.0 ? sum : (double)NAN; /* fewer elements say too little of the sum */
}

static kd_status allocate_data(kd_model_data *d, const kd_model *m, size_t rows, kd_work *work) {
  kd_status status = KD_OK;
  double **columns[3] = {&d->x, &d->y, &d->z};
  for (size_t k = 0; k < 3; k++) {
    *columns[k] = kd_arena_alloc(work->scratch, rows + 1, sizeof(double));
    KD_CHECK(*columns[k] != NULL, work->err, KD_E_NOMEM, "no memory for %zu composites", rows);
  }
  d->density = kd_arena_alloc(work->scratch, rows + 1, sizeof(double));
  KD_CHECK(d->density != NULL, work->err, KD_E_NOMEM, "no memory for %zu composites", rows);
  for (size_t v = 0; v < m->variables; v++) {
    d->value[v] = kd_arena_alloc(work->scratch, rows + 1, sizeof(double));
    d->score[v] = kd_arena_alloc(work->scratch, rows + 1, sizeof(double));
    KD_CHECK(d->value[v] != NULL && d->score[v] != NULL, work->err, KD_E_NOMEM, "no memory for %zu composites", rows);
  }
out:
  return status;
}

/* Missing values take the mean share of their variable in the main one. */
static void fill(kd_model_data *d, kd_model *m) {
  const double *main = d->value[m->main];
  for (size_t v = 0; v < m->variables; v++) {
    double sum = 0.0, of = 0.0;
    if (v == m->main) continue;
    for (size_t i = 0; i < d->count; i++) {
      if (isnan(d->value[v][i])) continue;
      sum += d->value[v][i];
      of += main[i];
    }
    for (size_t i = 0; i < d->count; i++) {
      if (!isnan(d->value[v][i])) continue;
      d->value[v][i] = of > 0.0 ? main[i] * sum / of : 0.0;
      m->filled++;
    }
  }
  if (!m->summed) return;
  for (size_t i = 0; i < d->count; i++) { /* the sum after filling */
    double sum = 0.0;
    for (size_t v = 0; v < m->main; v++)
      if (m->element[v] >= 0 && m->element[v] < KD_REY) sum += d->value[v][i];
    d->value[m->main][i] = sum;
  }
}

static kd_status fill_density(kd_model_data *d, const kd_model_options *o, kd_error *err) {
  kd_status status = KD_OK;
  double sum = 0.0, n = 0.0;
  for (size_t i = 0; i < d->count; i++) {
    if (isnan(d->density[i])) continue;
    sum += d->density[i];
    n += 1.0;
  }
  KD_CHECK(n > 0.0 || o->density > 0.0, err, KD_E_MISSING,
           "no sample has a dry density: add the column 'density [t/m3]', or state one for all");
  for (size_t i = 0; i < d->count; i++)
    if (isnan(d->density[i])) d->density[i] = n > 0.0 ? sum / n : o->density;
out:
  return status;
}

static kd_status gather(kd_model_data *d, kd_model *m, const kd_model_options *o, kd_work *work) {
  kd_status status = KD_OK;
  size_t source[KD_MODEL_VARIABLE], kept = 0;
  kd_cores *c = &m->composites;
  KD_TRY(choose_variables(m, source, work->err));
  KD_TRY(allocate_data(d, m, c->samples, work));
  for (size_t i = 0; i < c->samples; i++) {
    const double main = main_value(m, source, i);
    if (isnan(main)) continue;
    const kd_sample s = c->sample[i];
    d->x[kept] = c->core[s.core].x;
    d->y[kept] = c->core[s.core].y;
    d->z[kept] = 0.5 * (s.from + s.to);
    d->density[kept] = s.density;
    for (size_t v = 0; v < m->variables; v++)
      d->value[v][kept] = m->summed && v == m->main ? main : c->variable[source[v]].value[i];
    for (size_t v = 0; v < c->variables; v++) c->variable[v].value[kept] = c->variable[v].value[i];
    c->sample[kept++] = s;
  }
  c->samples = d->count = kept;
  KD_CHECK(kept >= 3, work->err, KD_E_MODEL, "%zu composites hold %s: at least 3 are wanted", kept, m->name[m->main]);
  fill(d, m);
  KD_TRY(fill_density(d, o, work->err));
  for (size_t v = 0; v < m->variables; v++) {
    kd_topcut t;
    m->cap[v] = (double)NAN;
    if (o->topcut >= 1.0) continue;
    KD_TRY(kd_weighted_quantile(&m->cap[v], d->value[v], NULL, kept, o->topcut, work->scratch, work->err));
    kd_topcut_apply(&t, d->value[v], NULL, kept, m->cap[v]);
  }
out:
  return status;
}

/* ---- declustering, scores, components ---- */

static void core_spacing(kd_model *m) {
  const kd_cores *c = &m->composites;
  double low[2] = {(double)INFINITY, (double)INFINITY}, high[2] = {-(double)INFINITY, -(double)INFINITY};
  for (size_t i = 0; i < c->count; i++) {
    low[0] = fmin(low[0], c->core[i].x);
    high[0] = fmax(high[0], c->core[i].x);
    low[1] = fmin(low[1], c->core[i].y);
    high[1] = fmax(high[1], c->core[i].y);
  }
  const double width = high[0] - low[0], height = high[1] - low[1], longest = fmax(width, height);
  m->spacing = sqrt(fmax(width * height, 0.01 * longest * longest) / (double)c->count);
  m->spacing *= sqrt((double)c->count) / fmax(1.0, sqrt((double)c->count) - 1.0); /* fences, not posts */
}

static kd_status decluster(kd_model *m, const kd_model_data *d, kd_work *work) {
  kd_status status = KD_OK;
  kd_decluster_result result;
  const kd_decluster_options options = {.smallest = m->spacing,
                                        .largest = m->spacing,
                                        .origins = 25,
                                        .ratio_y = 1.0,
                                        .ratio_z = 1.0,
                                        .margin = 0.01,
                                        .lowest = true};
  m->weight = kd_arena_alloc(work->scratch, d->count, sizeof *m->weight);
  KD_CHECK(m->weight != NULL, work->err, KD_E_NOMEM, "no memory for %zu composites", d->count);
  KD_TRY(kd_decluster(m->weight, &result, d->x, d->y, NULL, d->value[m->main], d->count, &options, work->scratch,
                      work->err));
  m->decluster_size = m->spacing;
  for (size_t v = 0; v < m->variables; v++) {
    double naive = 0.0, mean = 0.0;
    for (size_t i = 0; i < d->count; i++) {
      naive += d->value[v][i] / (double)d->count;
      mean += m->weight[i] * d->value[v][i] / (double)d->count;
    }
    m->naive_mean[v] = naive;
    m->declustered_mean[v] = mean;
  }
out:
  return status;
}

kd_status kd_model_transform(kd_model_data *d, kd_model *m, kd_work *work) {
  kd_status status = KD_OK;
  double values[KD_MODEL_VARIABLE], *matrix, *vectors;
  for (size_t v = 0; v < m->variables; v++) {
    KD_TRY(kd_normal_score_fit(&d->back[v], d->score[v], d->value[v], m->weight, d->count, KD_TIES_AVERAGE,
                               work->scratch, work->err));
    KD_TRY(kd_normal_score_tails(&d->back[v], KD_TAIL_LINEAR, 1.0, (double)NAN, KD_TAIL_LINEAR, 1.0, (double)NAN,
                                 work->err));
  }
  const double *main = d->value[m->main];
  double low = main[0], high = main[0];
  for (size_t i = 0; i < d->count; i++) {
    low = fmin(low, main[i]);
    high = fmax(high, main[i]);
  }
  KD_CHECK(high > low, work->err, KD_E_MODEL, "%s is %g ppm in all %zu composites: a constant has no variogram",
           m->name[m->main], low * 1e6, d->count);
  const size_t n = d->simulated = m->summed ? m->variables - 1 : m->variables;
  matrix = kd_arena_alloc(work->scratch, n * n, sizeof *matrix);
  vectors = kd_arena_alloc(work->scratch, n * n, sizeof *vectors);
  d->factor = kd_arena_alloc(work->scratch, n * d->count, sizeof *d->factor);
  KD_CHECK(matrix != NULL && vectors != NULL && d->factor != NULL, work->err, KD_E_NOMEM,
           "no memory for the components");
  for (size_t u = 0; u < n; u++) {
    for (size_t v = 0; v < n; v++) {
      double sum = 0.0, uu = 0.0, vv = 0.0;
      for (size_t i = 0; i < d->count; i++) {
        sum += m->weight[i] * d->score[u][i] * d->score[v][i];
        uu += m->weight[i] * d->score[u][i] * d->score[u][i];
        vv += m->weight[i] * d->score[v][i] * d->score[v][i];
      }
      matrix[u * n + v] = d->correlation[u][v] = sum / sqrt(fmax(uu * vv, 1e-300));
    }
  }
  kd_symmetric_eigen(values, vectors, matrix, n);
  for (size_t k = 0; k < n && values[k] > KD_LEAST_PART * (double)n; k++) {
    const double root = sqrt(values[k]);
    for (size_t v = 0; v < n; v++) d->loading[v][k] = vectors[v * n + k] * root;
    for (size_t i = 0; i < d->count; i++) {
      double sum = 0.0;
      for (size_t v = 0; v < n; v++) sum += vectors[v * n + k] * d->score[v][i];
      d->factor[k * d->count + i] = sum / root;
    }
    d->factors = k + 1;
  }
  KD_CHECK(d->factors > 0, work->err, KD_E_MODEL, "the grades do not vary: there is nothing to simulate");
out:
  return status;
}

/* ---- blocks ---- */

static double nice(double value) {
  const double power = pow(10.0, floor(log10(value))), part = value / power;
  return (part >= 5.0 ? 5.0 : part >= 2.0 ? 2.0 : 1.0) * power;
}

static kd_status lay_grid(kd_model *m, const kd_model_options *o, kd_error *err) {
  kd_status status = KD_OK;
  const kd_cores *c = &m->composites;
  kd_block_grid *g = &m->grid;
  double low_x = (double)INFINITY, high_x = -(double)INFINITY, low_y = low_x, high_y = high_x, bottom = 0.0;
  for (size_t i = 0; i < c->count; i++) {
    low_x = fmin(low_x, c->core[i].x);
    high_x = fmax(high_x, c->core[i].x);
    low_y = fmin(low_y, c->core[i].y);
    high_y = fmax(high_y, c->core[i].y);
  }
  const double fences = 2.0 * fmax(1.0, sqrt((double)c->count) - 1.0); /* half a spacing along each axis */
  const double margin_x = isnan(o->margin) ? (high_x - low_x) / fences : o->margin;
  const double margin_y = isnan(o->margin) ? (high_y - low_y) / fences : o->margin;
  low_x -= margin_x;
  high_x += margin_x;
  low_y -= margin_y;
  high_y += margin_y;
  for (size_t i = 0; i < c->samples; i++) bottom = fmax(bottom, c->sample[i].to);
  if (!isnan(o->bottom)) bottom = o->bottom;
  if (o->domain != NULL) {
    low_x = o->domain->low_x;
    high_x = o->domain->high_x;
    low_y = o->domain->low_y;
    high_y = o->domain->high_y;
  }
  const double width = fmax(high_x - low_x, 1e-6), height = fmax(high_y - low_y, 1e-6), wanted = nice(m->spacing / 4.0);
  const double across = fmax(1.0, floor(width / (o->dx > 0.0 ? o->dx : wanted) + 0.5));
  const double along = fmax(1.0, floor(height / (o->dy > 0.0 ? o->dy : wanted) + 0.5));
  g->dx = o->dx > 0.0 ? o->dx : width / across; /* blocks that were not asked for fill the box to its edge */
  g->dy = o->dy > 0.0 ? o->dy : height / along;
  g->dz = o->dz > 0.0 ? o->dz : o->composite.by == KD_COMPOSITE_LENGTH ? o->composite.length : bottom;
  KD_CHECK(bottom > o->composite.start, err, KD_E_RANGE, "bottom %g m: must be below the top of the composites, %g m",
           bottom, o->composite.start);
  g->x0 = 0.5 * (low_x + high_x - across * g->dx); /* those of a given size stand about its middle */
  g->y0 = 0.5 * (low_y + high_y - along * g->dy);
  g->z0 = o->composite.start;
  const double nx = across, ny = along, nz = ceil((bottom - g->z0) / g->dz - 1e-9);
  KD_CHECK(nx * ny * nz <= (o->grid_only ? KD_MOST_ESTIMATED : KD_MOST), err, KD_E_SIZE,
           "%g x %g x %g blocks of %g x %g x %g m: at most %g: state larger ones", nx, ny, nz, g->dx, g->dy, g->dz,
           o->grid_only ? KD_MOST_ESTIMATED : KD_MOST);
  g->nx = (size_t)fmax(nx, 1.0);
  g->ny = (size_t)fmax(ny, 1.0);
  g->nz = (size_t)fmax(nz, 1.0);
out:
  return status;
}

static kd_status lay_blocks(kd_model *m, const kd_model_options *o, kd_work *work) {
  kd_status status = KD_OK;
  const kd_block_grid *g = &m->grid;
  const size_t layer = g->nx * g->ny, cells = layer * g->nz;
  m->column_of = kd_arena_alloc(work->scratch, layer, sizeof *m->column_of);
  m->column_cell = kd_arena_alloc(work->scratch, layer, sizeof *m->column_cell);
  m->block_of = kd_arena_alloc(work->scratch, cells, sizeof *m->block_of);
  m->cell = kd_arena_alloc(work->scratch, cells, sizeof *m->cell);
  KD_CHECK(m->column_of != NULL && m->column_cell != NULL && m->block_of != NULL && m->cell != NULL, work->err,
           KD_E_NOMEM, "no memory for %zu blocks", cells);
  for (size_t i = 0; i < layer; i++) {
    const bool in = o->domain == NULL || kd_polygons_contain(o->domain, kd_grid_x(g, i), kd_grid_y(g, i));
    m->column_of[i] = in ? (int32_t)m->columns : -1;
    if (in) m->column_cell[m->columns++] = (uint32_t)i;
  }
  KD_CHECK(m->columns > 0, work->err, KD_E_MODEL,
           "no block of %g x %g m has its middle inside the domain: it is empty, too small, or elsewhere", g->dx,
           g->dy);
  for (size_t i = 0; i < cells; i++) {
    const bool in = m->column_of[i % layer] >= 0;
    m->block_of[i] = in ? (int32_t)m->blocks : -1;
    if (in) m->cell[m->blocks++] = (uint32_t)i;
  }
out:
  return status;
}

static kd_status allocate_blocks(kd_model *m, const kd_model_options *o, kd_work *work) {
  kd_status status = KD_OK;
  double **by_block[6] = {&m->mass, &m->variance, &m->distance, &m->simulated_mean, &m->simulated_sd, &m->probability};
  for (size_t k = 0; k < 6; k++) {
    *by_block[k] = kd_arena_alloc(work->scratch, m->blocks, sizeof(double));
    KD_CHECK(*by_block[k] != NULL, work->err, KD_E_NOMEM, "no memory for %zu blocks", m->blocks);
  }
  for (size_t v = 0; v < m->variables; v++) {
    m->estimate[v] = kd_arena_alloc(work->scratch, m->blocks, sizeof(double));
    KD_CHECK(m->estimate[v] != NULL, work->err, KD_E_NOMEM, "no memory for %zu blocks", m->blocks);
  }
  if (o->capture) {
    m->captured = kd_arena_alloc(work->scratch, o->realisations + 1, m->blocks * sizeof(double));
    KD_CHECK(m->captured != NULL, work->err, KD_E_NOMEM, "no memory to keep %zu realisations", o->realisations);
  }
  m->metal = kd_arena_alloc(work->scratch, o->realisations + 1, m->variables * sizeof(double));
  m->column_metal = kd_arena_alloc(work->scratch, o->realisations + 1, m->columns * sizeof(double));
  KD_CHECK(m->metal != NULL && m->column_metal != NULL, work->err, KD_E_NOMEM, "no memory for %zu realisations",
           o->realisations);
out:
  return status;
}

/* Cut-offs in equal, round steps up to the highest estimate or composite. */
static void lay_cutoffs(kd_model *m, const kd_model_data *d) {
  double most = 0.0;
  for (size_t i = 0; i < d->count; i++) most = fmax(most, d->value[m->main][i]);
  const double step = nice(fmax(most, 1e-12) / 12.0);
  for (m->curves = 0; m->curves < KD_MODEL_CUTOFFS; m->curves++) {
    const double cutoff = step * (double)m->curves;
    if (cutoff > most) break;
    m->curve[m->curves].cutoff = cutoff;
  }
}

static kd_status check_domain(const kd_model *m, const kd_model_options *o, kd_error *err) {
  kd_status status = KD_OK;
  size_t inside = 0, swapped = 0;
  if (o->domain == NULL) goto out;
  for (size_t c = 0; c < m->composites.count; c++) {
    const kd_core *k = &m->composites.core[c];
    inside += kd_polygons_contain(o->domain, k->x, k->y);
    swapped += kd_polygons_contain(o->domain, k->y, k->x);
  }
  KD_CHECK(inside > 0, err, KD_E_MODEL, "none of the %zu cores lies inside the domain%s", m->composites.count,
           swapped > 0 ? ": are east and north swapped?" : "");
out:
  return status;
}

kd_status kd_model_run(kd_model *m, const kd_cores *cores, const kd_model_options *o, kd_work *work) {
  kd_status status = KD_OK;
  kd_model_data *d = kd_arena_alloc(work->scratch, 1, sizeof *d);
  *m = (kd_model){0};
  KD_CHECK(d != NULL, work->err, KD_E_NOMEM, "no memory for the model");
  KD_CHECK(o->neighbours >= 1 && o->neighbours <= KD_MODEL_NEAR && o->nodes >= 2 && o->nodes <= KD_MODEL_NEAR,
           work->err, KD_E_RANGE, "neighbours %zu, nodes %zu: must be at most %d, and at least 1 and 2", o->neighbours,
           o->nodes, KD_MODEL_NEAR);
  KD_TRY(kd_composite(&m->composites, cores, &o->composite, work));
  KD_TRY(gather(d, m, o, work));
  core_spacing(m);
  KD_TRY(check_domain(m, o, work->err));
  KD_TRY(decluster(m, d, work));
  KD_TRY(kd_model_transform(d, m, work));
  kd_model_variogram(m, d->score[m->main], o->composite.length);
  KD_TRY(kd_model_fit(m, o->composite.length, work->err));
  if (o->variogram != NULL) {
    KD_CHECK(o->variogram->has_sill, work->err, KD_E_MODEL, "a variogram without sill cannot be simulated");
    m->variogram = *o->variogram;
    m->nugget = m->variogram.nugget;
    m->fitted = false;
    kd_model_ranges(m);
  }
  m->x = d->x;
  m->y = d->y;
  m->z = d->z;
  m->value = d->value[m->main];
  m->density = d->density;
  lay_cutoffs(m, d);
  KD_TRY(lay_grid(m, o, work->err));
  if (o->grid_only) goto out;
  KD_TRY(lay_blocks(m, o, work));
  KD_TRY(allocate_blocks(m, o, work));
  KD_TRY(kd_model_estimate(m, d, o, work));
  if (o->realisations > 0) KD_TRY(kd_model_simulate(m, d, o, work));
  KD_TRY(kd_model_report(m, d, o, work));
out:
  return status;
}
