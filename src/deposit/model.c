// SPDX-License-Identifier: Apache-2.0
/* From cores to a block model:
 *
 *   1. composites of equal length (composite.c), each variable cut at a quantile when wanted (model_data.c)
 *   2. declustering by cells as wide as the cores stand apart, normal scores by those weights (model_transform.c)
 *   3. variogram of the main variable's scores: structures chosen and fitted (model_variogram.c)
 *   4. blocks inside the domain and the layer (model_grid.c, model_layer.c); kriging of every variable with one set of
 *      weights (model_estimate.c)
 *   5. simulation of independent factors of the scores, back to grades at block support (model_simulate.c)
 *   6. tonnage, grade and metal with their spread, classes, swaths (model_report.c)
 */
#include "deposit/model.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "deposit/model_internal.h"

const kd_model_options kd_model_defaults = {
    .composite = {.length = 1.0, .end = (double)NAN, .coverage = 0.5},
    .topcut = 1.0,
    .margin = (double)NAN,
    .bottom = (double)NAN,
    .choice = {.family = {KD_SPHERICAL, KD_EXPONENTIAL},
               .families = 2,
               .shape = (double)NAN,
               .structures = 1,
               .nugget = true,
               .layers = true,
               .vertical = true,
               .sill = 1.0,
               .weight = KD_FIT_RELATIVE},
    .estimator = {.filter_nugget = true},
    .search = {.neighbours = 24},
    .transform = KD_TRANSFORM_PCA,
    .method = KD_SIMULATE_SEQUENTIAL,
    .own_variograms = true,
    .nodes = 24,
    .realisations = 100,
    .seed = 1,
    .density = (double)NAN,
    .cutoff = 400e-6,
    .production = 50e6, /* kg: 350 t a day of wet mud, 270 days, 0.4 of it dry, with some rounding; assumed */
    .limit = {0.15, 0.60},
};

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

/* Three steps in each power of ten. */
static double nice(double value) {
  const double power = pow(10.0, floor(log10(value))), part = value / power;
  return (part >= 5.0 ? 5.0 : part >= 2.0 ? 2.0 : 1.0) * power;
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

static kd_status check_options(const kd_model_options *o, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(o->nodes >= 2 && o->nodes <= KD_MODEL_NEAR, err, KD_E_RANGE, "nodes %zu: must be at least 2 and at most %d",
           o->nodes, KD_MODEL_NEAR);
  KD_CHECK(o->search.neighbours >= 1 && o->search.neighbours <= 2000, err, KD_E_RANGE,
           "neighbours %zu: must be at least 1 and at most 2000", o->search.neighbours);
  KD_CHECK(o->search.minimum <= o->search.neighbours, err, KD_E_CONTRADICTION, "minimum %zu is above neighbours %zu",
           o->search.minimum, o->search.neighbours);
  KD_CHECK(o->transform != KD_TRANSFORM_NONE, err, KD_E_CONTRADICTION,
           "the grades of cores are no standard normal variables: a transform is wanted");
  KD_CHECK(o->variogram == NULL || o->variogram->has_sill, err, KD_E_MODEL,
           "a variogram without sill cannot be simulated");
  KD_CHECK(o->variogram == NULL || (o->variogram->sill > 0.0), err, KD_E_RANGE,
           "the sill of the variogram is 0: must be above 0");
out:
  return status;
}

kd_status kd_model_run(kd_model *m, const kd_cores *cores, const kd_model_options *o, kd_work *work) {
  kd_status status = KD_OK;
  kd_model_data *d = kd_arena_alloc(work->scratch, 1, sizeof *d);
  kd_cores layer;
  *m = (kd_model){0};
  KD_CHECK(d != NULL, work->err, KD_E_NOMEM, "no memory for the model");
  KD_TRY(check_options(o, work->err));
  if (o->layer != NULL) KD_TRY(kd_model_layer_samples(&layer, cores, o->layer, work));
  KD_TRY(kd_composite(&m->composites, o->layer != NULL ? &layer : cores, &o->composite, work));
  KD_TRY(kd_model_gather(d, m, o, work));
  KD_TRY(check_domain(m, o, work->err));
  KD_TRY(kd_model_scores(d, m, work));
  KD_TRY(kd_model_variogram(m, d, o, work));
  lay_cutoffs(m, d);
  KD_TRY(kd_model_lay_grid(m, o, work->err));
  if (o->grid_only) goto out;
  KD_TRY(kd_model_lay_blocks(m, o, work));
  if (o->layer != NULL) KD_TRY(kd_model_layer(m, cores, o, work));
  KD_TRY(allocate_blocks(m, o, work));
  KD_TRY(kd_model_estimate(m, d, o, work));
  if (o->realisations > 0) {
    KD_TRY(kd_model_transform(d, m, o, work));
    KD_TRY(kd_model_factor_variograms(m, d, o, work));
    KD_TRY(kd_model_simulate(m, d, o, work));
  }
  KD_TRY(kd_model_report(m, d, o, work));
out:
  return status;
}
