// SPDX-License-Identifier: Apache-2.0
/* Kernels of block models: the whole way from cores, and its classes. */
#include "deposit/kernels_cores.h"

#include <math.h>
#include <string.h>

#include "base/elements.h"
#include "base/error.h"
#include "base/text_table.h"
#include "deposit/model.h"

/* ---- the whole way ---- */

static const kd_data_slot kd_block_model_slots[2] = {
    {.name = "samples", .columns = KD_CORE_COLUMNS, .doc = "one row for each core sample"},
    {.name = "domain", .columns = KD_POLYGON_COLUMNS, .doc = "polygons of the ground, in metres", .optional = true}};

static const kd_field kd_block_model_in[25] = {
    {.name = "composite", .unit = "m", .doc = "length of a composite", .initial = "1 m", .low = "0 m exclusive"},
    {.name = "block",
     .unit = "m",
     .doc = "side of a block; 0: a quarter of the spacing",
     .initial = "0 m",
     .low = "0 m"},
    {.name = "block_height", .unit = "m", .doc = "0: the composite", .initial = "0 m", .low = "0 m"},
    {.name = "bottom", .unit = "m", .doc = "of the model; 0: the deepest sample", .initial = "0 m", .low = "0 m"},
    {.name = "margin",
     .unit = "m",
     .doc = "beyond the cores; -1 m: half their spacing",
     .initial = "-1 m",
     .low = "-1 m"},
    {.name = "topcut",
     .unit = "1",
     .doc = "quantile at which grades are cut; 1: none",
     .initial = "1",
     .low = "0",
     .high = "1"},
    {.name = "neighbours",
     .unit = "1",
     .doc = "composites of an estimate",
     .initial = "24",
     .low = "1",
     .high = "2000"},
    {.name = "nodes",
     .unit = "1",
     .doc = "neighbours of a simulated block",
     .initial = "24",
     .low = "2",
     .high = "256"},
    {.name = "realisations", .unit = "1", .doc = "simulations", .initial = "50", .low = "0", .high = "1000"},
    {.name = "seed", .unit = "1", .doc = "of the simulations", .initial = "1", .low = "0", .high = "1e15"},
    {.name = "density",
     .unit = "t/m3",
     .doc = "where no sample has one; 0: refuse",
     .initial = "0 t/m3",
     .low = "0 t/m3"},
    {.name = "cutoff", .unit = "ppm", .doc = "of the map of probability", .initial = "400 ppm", .low = "0 ppm"},
    {.name = "production",
     .unit = "t",
     .doc = "dry mud of a year, for the classes",
     .initial = "50000 t",
     .low = "0 t exclusive"},
    {.name = "below",
     .unit = "1",
     .doc = "values below a limit",
     .initial = "half",
     .choices = "half|root_two|zero|limit|missing"},
    {.name = "duplicates",
     .unit = "1",
     .doc = "samples of one interval",
     .initial = "refuse",
     .choices = KD_TWICE_CHOICES},
    {.name = "assumed",
     .unit = "1",
     .doc = "inputs are assumed: all is an exploration target",
     .initial = "no",
     .choices = "no|yes"},
    {.name = "estimator",
     .unit = "1",
     .doc = "kriging; linear, quadratic: with a trend",
     .initial = "ordinary",
     .choices = "ordinary|simple|linear|quadratic"},
    {.name = "support",
     .unit = "1",
     .doc = "of the estimate; point: the nugget is filtered",
     .initial = "point",
     .choices = "point|block"},
    {.name = "transform",
     .unit = "1",
     .doc = "of the scores to independent factors",
     .initial = "pca",
     .choices = KD_SIMULATION_TRANSFORMS},
    {.name = "simulate", .unit = "1", .doc = "engine", .initial = "sequential", .choices = KD_SIMULATION_METHODS},
    {.name = "factor_variograms",
     .unit = "1",
     .doc = "own: each factor its own; shared: the main grade's",
     .initial = "own",
     .choices = "own|shared"},
    {.name = "variogram",
     .unit = "",
     .doc = "of the scores; empty: chosen and fitted",
     .initial = "",
     .choices = KD_ANY_TEXT},
    {.name = "families",
     .unit = "",
     .doc = "structures to choose from",
     .initial = "spherical, exponential",
     .choices = KD_ANY_TEXT},
    {.name = "layer",
     .unit = "",
     .doc = "the layer of that name alone; empty: all",
     .initial = "",
     .choices = KD_ANY_TEXT},
    {.name = "histogram",
     .unit = "1",
     .doc = "that of the composites taken as true, or drawn anew for each realisation round it",
     .initial = "given",
     .choices = "given|drawn"}};

static const kd_field kd_block_model_out[13] = {
    {.name = "variable", .unit = "1", .doc = "element, or the sum rey"},
    {.name = "grade", .unit = "ppm", .doc = "of the estimate, by dry mass"},
    {.name = "metal", .unit = "t", .doc = "of the estimate"},
    {.name = "oxide", .unit = "t", .doc = "of an element"},
    {.name = "p10", .unit = "t", .doc = "metal over the realisations"},
    {.name = "p50", .unit = "t", .doc = "metal over the realisations"},
    {.name = "p90", .unit = "t", .doc = "metal over the realisations"},
    {.name = "tonnage", .unit = "t", .doc = "dry, of all blocks"},
    {.name = "blocks", .unit = "1", .doc = "blocks"},
    {.name = "measured", .unit = "%", .doc = "of the main metal"},
    {.name = "indicated", .unit = "%", .doc = "of the main metal"},
    {.name = "inferred", .unit = "%", .doc = "of the main metal"},
    {.name = "exploration_target", .unit = "%", .doc = "of the main metal"}};

static kd_model_options options_of(const double *in) {
  kd_model_options o = kd_model_defaults;
  o.composite.length = in[0];
  o.dx = o.dy = in[1];
  o.dz = in[2];
  if (in[3] > 0.0) o.bottom = in[3];
  if (in[4] >= 0.0) o.margin = in[4];
  o.topcut = in[5];
  o.search.neighbours = (size_t)in[6];
  o.nodes = (size_t)in[7];
  o.realisations = (size_t)in[8];
  o.seed = (uint64_t)in[9];
  if (in[10] > 0.0) o.density = in[10];
  o.cutoff = in[11];
  o.production = in[12];
  o.assumed = in[15] > 0.5;
  o.estimator.simple = in[16] == 1.0;
  o.estimator.trend = in[16] > 1.0 ? (int)in[16] - 1 : 0;
  o.block = in[17] == 1.0;
  o.estimator.filter_nugget = !o.block;
  o.transform = (kd_simulation_transform)(int)in[18];
  o.method = (kd_simulation_method)(int)in[19];
  o.own_variograms = in[20] == 0.0;
  o.draw_histogram = in[24] == 1.0;
  return o;
}

enum { VARIOGRAM = 21, FAMILIES, LAYER, HISTOGRAM };

static kd_status kd_block_model_kernel(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_covariance variogram = {0};
  kd_cores cores;
  kd_polygons domain;
  kd_text names;
  kd_model *m = kd_arena_alloc(work->scratch, 1, sizeof *m);
  kd_model_options o = options_of(in);
  const kd_cores_options reading = {.below = (kd_below)(int)in[13],
                                    .below_factor = 0.5,
                                    .twice = (kd_twice)(int)in[14],
                                    .origin_lon = (double)NAN,
                                    .origin_lat = (double)NAN};
  *out = NULL;
  kd_text_init(&names, work->ctx);
  KD_CHECK(m != NULL, work->err, KD_E_NOMEM, "no memory for the model");
  if (work->texts[VARIOGRAM][0] != '\0') {
    KD_TRY(kd_covariance_parse(&variogram, work->texts[VARIOGRAM], work->err));
    o.variogram = &variogram;
  }
  KD_TRY(kd_families_read(&o.choice, work->texts[FAMILIES], work->err));
  if (work->texts[LAYER][0] != '\0') o.layer = work->texts[LAYER];
  KD_TRY(kd_cores_read(&cores, data[0], &reading, work));
  KD_TRY(kd_cores_inspect(&cores, cores.variables, &reading, work));
  if (data[1] != NULL) {
    KD_TRY(kd_polygons_read(&domain, data[1], work));
    KD_CHECK(!domain.geographic, work->err, KD_E_BASIS, "the domain is in degrees: give it in metres");
    o.domain = &domain;
  }
  KD_TRY(kd_model_run(m, &cores, &o, work));
  KD_TRY(kd_table_create(out, work->ctx,
                         "variable, grade [ppm], metal [t], oxide [t], p10 [t], p50 [t], p90 [t], tonnage [t], blocks "
                         "[1], measured [%], indicated [%], inferred [%], exploration_target [%]",
                         m->variables, work->err));
  for (size_t v = 0; v < m->variables; v++) {
    const bool drawn = m->realisations > 0;
    const double main = m->total[m->main];
    const double cell[12] = {m->total[v] / m->tonnage,
                             m->total[v],
                             m->element[v] >= 0 ? m->total[v] * kd_oxide_factor((kd_element_id)m->element[v])
                                                : (double)NAN,
                             drawn ? m->totals[v].p10 : (double)NAN,
                             drawn ? m->totals[v].p50 : (double)NAN,
                             drawn ? m->totals[v].p90 : (double)NAN,
                             m->tonnage,
                             (double)m->blocks,
                             m->class_metal[0] / main,
                             m->class_metal[1] / main,
                             m->class_metal[2] / main,
                             m->class_metal[3] / main};
    kd_text_add_bytes(&names, m->name[v], strlen(m->name[v]) + 1);
    for (size_t c = 0; c < 12; c++) (*out)->column[c + 1].number[v] = cell[c];
  }
  KD_TRY(kd_table_take_texts(*out, 1, &names, work->err));
out:
  kd_text_free(&names);
  if (status != KD_OK) kd_table_destroy(out);
  return status;
}

/* ---- classes ---- */

static const kd_field kd_production_class_in[5] = {
    {.name = "error_quarter", .unit = "%", .doc = "at 90 % confidence, on a quarter's production", .low = "0 %"},
    {.name = "error_year", .unit = "%", .doc = "at 90 % confidence, on a year's production", .low = "0 %"},
    {.name = "limit", .unit = "%", .doc = "of measured and indicated", .initial = "15 %", .low = "0 %"},
    {.name = "inferred_limit", .unit = "%", .doc = "on a year, of inferred", .initial = "50 %", .low = "0 %"},
    {.name = "assumed",
     .unit = "1",
     .doc = "inputs are assumed or reconstructed",
     .initial = "no",
     .choices = "no|yes"}};
static const kd_field kd_production_class_out[1] = {{.name = "class",
                                                     .unit = "1",
                                                     .doc = "in CRIRSCO's words",
                                                     .choices = "measured|indicated|inferred|exploration_target"}};

static kd_status kd_production_class_kernel(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const double limit[2] = {in[2], in[3]};
  KD_CHECK(in[2] <= in[3], work->err, KD_E_CONTRADICTION, "limit %g %% is above inferred_limit %g %%", in[2] * 100.0,
           in[3] * 100.0);
  out[0] = kd_class_by_production(in[0], in[1], limit, in[4] > 0.5);
out:
  return status;
}

#define TABLE(name_, summary_, data_, in_, out_, eval_)                                                                \
  {                                                                                                                    \
    .name = (name_), .summary = (summary_), .inputs = (in_), .input_count = KD_COUNT(in_), .outputs = (out_),          \
    .output_count = KD_COUNT(out_), .data = (data_), .data_count = KD_COUNT(data_), .eval_table = (eval_)              \
  }

const kd_kernel kd_model_kernels[] = {
    TABLE("deposit.block_model", "from core samples to a simulated block model: grade and metal by element",
          kd_block_model_slots, kd_block_model_in, kd_block_model_out, kd_block_model_kernel),
    {.name = "deposit.class_by_production",
     .summary = "resource class from the errors on a quarter's and a year's production",
     .inputs = kd_production_class_in,
     .input_count = KD_COUNT(kd_production_class_in),
     .outputs = kd_production_class_out,
     .output_count = KD_COUNT(kd_production_class_out),
     .eval = kd_production_class_kernel},
    {0}};
