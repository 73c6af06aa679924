// SPDX-License-Identifier: Apache-2.0
/* What a model takes from the composites: variables, values without gaps, weights.
 *
 * The main variable is REY: the sum of the 15 where all are there, else the column `rey`, else the first grade. A
 * missing element of a composite takes its mean share in the main variable; a missing density the mean density.
 *
 * Weakness  filled values vary less than measured ones; their number is told.
 */
#include <math.h>
#include <string.h>

#include "base/elements.h"
#include "base/error.h"
#include "deposit/decluster.h"
#include "deposit/model_internal.h"

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
  d->core = kd_arena_alloc(work->scratch, rows + 1, sizeof *d->core);
  KD_CHECK(d->density != NULL && d->core != NULL, work->err, KD_E_NOMEM, "no memory for %zu composites", rows);
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

static kd_status take_values(kd_model_data *d, kd_model *m, const kd_model_options *o, kd_work *work) {
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
    d->core[kept] = (uint32_t)s.core;
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

/* ---- declustering ---- */

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

kd_status kd_model_gather(kd_model_data *d, kd_model *m, const kd_model_options *o, kd_work *work) {
  kd_status status = KD_OK;
  KD_TRY(take_values(d, m, o, work));
  core_spacing(m);
  KD_TRY(decluster(m, d, work));
  m->x = d->x;
  m->y = d->y;
  m->z = d->z;
  m->value = d->value[m->main];
  m->density = d->density;
  m->core = d->core;
out:
  return status;
}
