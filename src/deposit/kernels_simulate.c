// SPDX-License-Identifier: Apache-2.0
/* Kernels of simulation: samples in, realisations or their check out. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/quantity.h"
#include "base/text.h"
#include "deposit/kernels_simulation.h"
#include "deposit/sample_columns.h"
#include "deposit/simulation_input.h"

#define ROWS_MOST 50000000.0 /* of the table that comes back */

enum {
  VARIABLES,
  MODEL,
  TRANSFORM,
  METHOD,
  NODES_X,
  NODES_Y,
  NODES_Z,
  FIRST_X,
  FIRST_Y,
  FIRST_Z,
  STEP_X,
  STEP_Y,
  STEP_Z,
  REALISATIONS,
  FIRST,
  SEED,
  NEIGHBOURS,
  RADIUS,
  LEVELS,
  TOLERANCE,
  MAF_LAG,
  MAF_TOLERANCE,
  ITERATIONS,
  LOWER,
  LOWER_POWER,
  MINIMUM,
  UPPER,
  UPPER_POWER,
  MAXIMUM,
  HISTOGRAM,
  VARIOGRAM,
  GAPS,
  REPORT,
  THREADS
};

#define SIMULATE_FIELDS(variables_, transform_, method_)                                                               \
  {                                                                                                                    \
    {.name = "variables",                                                                                              \
     .unit = "",                                                                                                       \
     .doc = "columns of the samples, separated by commas",                                                             \
     .choices = KD_ANY_TEXT,                                                                                           \
     .initial = (variables_)},                                                                                         \
        {.name = "model",                                                                                              \
         .unit = "",                                                                                                   \
         .doc = "of the factors (of the values when they are not transformed), such as 0.1 nugget + 0.9 "              \
                "spherical(897 m); one for each factor, separated by semicolons, or one for all",                      \
         .choices = KD_ANY_TEXT},                                                                                      \
        {.name = "transform",                                                                                          \
         .unit = "",                                                                                                   \
         .doc = "of the samples: none (standard normal already), normal scores, and factors of them",                  \
         .choices = KD_SIMULATION_TRANSFORMS,                                                                          \
         .initial = (transform_)},                                                                                     \
        {.name = "method", .unit = "", .doc = "kind", .choices = KD_SIMULATION_METHODS, .initial = (method_)},         \
        KD_SIMULATION_GRID_FIELDS, KD_SIMULATION_COUNT("realisations", "number of them", "1", "1", "100000"),          \
        KD_SIMULATION_COUNT("first_realisation", "number of the first", "0", "0", "1000000000"),                       \
        KD_SIMULATION_COUNT("seed", "of the random numbers", "1", "0", "9007199254740992"),                            \
        KD_SIMULATION_COUNT("neighbours", "of a node (sequential)", "24", "1", "2000"),                                \
        KD_SIMULATION_LENGTH("radius", "of the search (sequential); none: as far as the covariance is above 0",        \
                             "none", "0 m exclusive"),                                                                 \
        KD_SIMULATION_COUNT("levels", "grids of the path (sequential); 0: by the size of the grid", "0", "0", "8"),    \
        KD_SIMULATION_COUNT("tolerance", "share of the sill at which the torus is cut (fft)", "0.000001",              \
                            "0 exclusive", "0.5"),                                                                     \
        KD_SIMULATION_LENGTH("maf_lag", "lag of the pairs of maf; none: a tenth of the samples' extent", "none",       \
                             "0 m"),                                                                                   \
        KD_SIMULATION_LENGTH("maf_tolerance", "of that lag; none: half of it", "none", "0 m"),                         \
        KD_SIMULATION_COUNT("iterations", "steps of ppmt", "50", "0", "10000"),                                        \
        {.name = "lower", .unit = "", .doc = "lower tail", .choices = KD_LOWER_TAILS, .initial = "linear"},            \
        KD_SIMULATION_COUNT("lower_power", "of a power tail", "1", "0 exclusive", NULL),                               \
        KD_SIMULATION_COUNT("minimum", "end of it, in the unit of the first variable; none: least value", "none",      \
                            NULL, NULL),                                                                               \
        {.name = "upper", .unit = "", .doc = "upper tail", .choices = KD_UPPER_TAILS, .initial = "linear"},            \
        KD_SIMULATION_COUNT("upper_power", "of a power or hyperbolic tail", "1", "0 exclusive", NULL),                 \
        KD_SIMULATION_COUNT("maximum", "end of it, in the unit of the first variable; none: largest value", "none",    \
                            NULL, NULL),                                                                               \
        {.name = "histogram",                                                                                          \
         .unit = "",                                                                                                   \
         .doc = "that of the samples taken as true, or drawn anew for each realisation round it (spatial bootstrap): " \
                "without that the spread of tonnages is too narrow",                                                   \
         .choices = "given|drawn",                                                                                     \
         .initial = "given"},                                                                                          \
        {.name = "variogram",                                                                                          \
         .unit = "",                                                                                                   \
         .doc = "model taken as true, or its share of nugget and its ranges drawn from their likelihood",              \
         .choices = "given|drawn",                                                                                     \
         .initial = "given"},                                                                                          \
        {.name = "missing",                                                                                            \
         .unit = "",                                                                                                   \
         .doc = "rows of the samples that lack a variable: left out, or the gaps drawn for each realisation from all " \
                "that is known (scores, pca, maf)",                                                                    \
         .choices = "leave_out|impute",                                                                                \
         .initial = "leave_out"},                                                                                      \
        {.name = "report",                                                                                             \
         .unit = "",                                                                                                   \
         .doc = "all values, mean and sd of each node, the check of the reproduction, or the factors of the data",     \
         .choices = "values|mean|reproduction|factors",                                                                \
         .initial = "values"},                                                                                         \
        KD_SIMULATION_COUNT("threads", "that work at the same time; they change nothing", "1", "1", "64"),             \
  }

const kd_field kd_sequential_in[KD_SIMULATE_OPTIONS] = SIMULATE_FIELDS("value", "none", "sequential");
const kd_field kd_fft_ma_in[KD_SIMULATE_OPTIONS] = SIMULATE_FIELDS("value", "none", "fft");
const kd_field kd_cosimulation_in[KD_SIMULATE_OPTIONS] = SIMULATE_FIELDS(NULL, "maf", "fft");
const kd_field kd_simulate_out[6] = {
    {.name = "realisation", .unit = "1", .doc = "number"},
    {.name = "x", .unit = "m", .doc = "of the node"},
    {.name = "y", .unit = "m", .doc = "of the node"},
    {.name = "z", .unit = "m", .doc = "of the node"},
    {.name = "value", .unit = "1", .doc = "one column for each variable, in the unit of the samples"},
    {.name = "sd", .unit = "1", .doc = "report=mean: mean_* and sd_* over the realisations"},
};
const kd_data_slot kd_simulate_data[1] = {
    {.name = "samples",
     .columns = "x [m]?, y [m]?, z [m]?, weight [1]?, ...",
     .doc = "places, variables in any unit, weights of declustering; without it the simulation is unconditional",
     .optional = true}};

typedef struct simulate {
  kd_simulation_spec spec;
  kd_sample_names names;
  const double *value[KD_SAMPLE_NAMES];
  kd_simulation_tail tail[KD_SAMPLE_NAMES];
  kd_covariance model[KD_SAMPLE_NAMES];
  const char *unit[KD_SAMPLE_NAMES];
  size_t realisations, nodes;
  kd_table *table;
  double *sum, *square; /* [variables][nodes] */
  int report;
} simulate;

static kd_status check_whole(const double *o, kd_error *err) {
  kd_status status = KD_OK;
  static const int whole[] = {NODES_X, NODES_Y,    NODES_Z, REALISATIONS, FIRST,
                              SEED,    NEIGHBOURS, LEVELS,  ITERATIONS,   THREADS};
  for (size_t i = 0; i < KD_COUNT(whole); i++)
    KD_CHECK(o[whole[i]] == floor(o[whole[i]]), err, KD_E_RANGE, "%s %g: must be a whole number",
             kd_sequential_in[whole[i]].name, o[whole[i]]);
out:
  return status;
}

static double extent_of(const double *at, size_t count) {
  double low = (double)INFINITY, high = -(double)INFINITY;
  for (size_t i = 0; i < count && at != NULL; i++) {
    if (!isfinite(at[i])) continue;
    low = fmin(low, at[i]);
    high = fmax(high, at[i]);
  }
  return high > low ? high - low : 0;
}

static kd_status read_samples(simulate *self, const kd_table *table, const double *o, kd_work *work) {
  kd_status status = KD_OK;
  kd_simulation_spec *s = &self->spec;
  for (size_t v = 0; v < self->names.count; v++) self->unit[v] = "1";
  s->value = self->value;
  if (table == NULL) {
    KD_CHECK(s->transform == KD_TRANSFORM_NONE, work->err, KD_E_MISSING,
             "the transform wants samples: --data samples=FILE, or transform=none");
    goto out;
  }
  s->count = table->rows;
  KD_TRY(kd_sample_column(&s->x, table, "x", true, work));
  KD_TRY(kd_sample_column(&s->y, table, "y", s->grid.n[1] > 1, work));
  KD_TRY(kd_sample_column(&s->z, table, "z", s->grid.n[2] > 1, work));
  KD_TRY(kd_sample_column(&s->weight, table, "weight", false, work));
  for (size_t v = 0; v < self->names.count; v++) {
    kd_unit unit;
    self->unit[v] = kd_sample_unit(table, self->names.name[v]);
    KD_TRY(kd_unit_parse(&unit, self->unit[v], NULL, work->err));
    KD_TRY(kd_sample_column(&self->value[v], table, self->names.name[v], true, work));
    self->tail[v] = (kd_simulation_tail){.lower = (kd_tail)o[LOWER],
                                         .upper = (kd_tail)o[UPPER],
                                         .lower_power = o[LOWER_POWER],
                                         .upper_power = o[UPPER_POWER],
                                         .low = v == 0 ? kd_unit_si(&unit, o[MINIMUM]) : (double)NAN,
                                         .high = v == 0 ? kd_unit_si(&unit, o[MAXIMUM]) : (double)NAN};
  }
  s->tail = self->tail;
  if (isnan(s->maf_lag))
    s->maf_lag = 0.1 * fmax(extent_of(s->x, s->count), fmax(extent_of(s->y, s->count), extent_of(s->z, s->count)));
  if (isnan(s->maf_tolerance)) s->maf_tolerance = 0.5 * s->maf_lag;
out:
  return status;
}

static kd_status read_spec(simulate *self, const kd_table *table, const double *o, kd_work *work) {
  kd_status status = KD_OK;
  kd_simulation_spec *s = &self->spec;
  KD_TRY(check_whole(o, work->err));
  KD_TRY(kd_sample_names_read(&self->names, work->texts[VARIABLES], work));
  kd_simulation_grid_read(&s->grid, o + NODES_X);
  KD_TRY(kd_simulation_grid_check(&s->grid, work->err));
  s->variables = self->names.count;
  s->transform = (kd_simulation_transform)o[TRANSFORM];
  s->method = (kd_simulation_method)o[METHOD];
  s->seed = (uint64_t)o[SEED];
  s->search = (kd_sequential_options){(size_t)o[NEIGHBOURS], o[RADIUS], (int)o[LEVELS], 1};
  s->tolerance = o[TOLERANCE];
  s->draw_histogram = o[HISTOGRAM] == 1;
  s->draw_variogram = o[VARIOGRAM] == 1;
  s->impute = o[GAPS] == 1;
  s->maf_lag = o[MAF_LAG];
  s->maf_tolerance = o[MAF_TOLERANCE];
  self->realisations = (size_t)o[REALISATIONS];
  self->nodes = kd_simulation_nodes(&s->grid);
  self->report = (int)o[REPORT];
  KD_TRY(read_samples(self, table, o, work));
  s->ppmt = (kd_ppmt_options){(size_t)o[ITERATIONS], (15.0 + (double)s->variables) / (double)(s->count + 1)};
  KD_TRY(kd_simulation_models_read(self->model, s->variables, work->texts[MODEL], work));
out:
  return status;
}

/* Columns of the answer: places, then one or two columns for each variable. */
static kd_status create_table(simulate *self, kd_work *work) {
  kd_status status = KD_OK;
  const bool mean = self->report == 1;
  const double rows = (double)self->nodes * (mean ? 1.0 : (double)self->realisations);
  kd_text text;
  kd_text_init(&text, work->ctx);
  kd_text_add(&text, mean ? "x [m], y [m], z [m]" : "realisation [1], x [m], y [m], z [m]");
  for (size_t v = 0; v < self->names.count; v++) {
    if (mean)
      kd_text_printf(&text, ", mean_%s [%s], sd_%s [%s]", self->names.name[v], self->unit[v], self->names.name[v],
                     self->unit[v]);
    else
      kd_text_printf(&text, ", %s [%s]", self->names.name[v], self->unit[v]);
  }
  KD_CHECK(!text.failed, work->err, KD_E_NOMEM, "out of memory");
  KD_CHECK(rows <= ROWS_MOST, work->err, KD_E_SIZE,
           "%.0f rows: at most %.0f come back as a table: fewer nodes or realisations, or report=mean", rows,
           ROWS_MOST);
  KD_TRY(kd_table_create(&self->table, work->ctx, text.bytes, (size_t)rows, work->err));
out:
  kd_text_free(&text);
  return status;
}

static void write_places(kd_column *column, const kd_simulation_grid *g, size_t from) {
  for (size_t i = 0; i < kd_simulation_nodes(g); i++) {
    const size_t at[3] = {i % g->n[0], i / g->n[0] % g->n[1], i / g->n[0] / g->n[1]};
    for (int a = 0; a < 3; a++) column[a].number[from + i] = g->origin[a] + (double)at[a] * g->spacing[a];
  }
}

/* Sums for report=mean. */
static void add_up(simulate *self, const double *const *value, size_t nodes) {
  for (size_t v = 0; v < self->names.count; v++) {
    for (size_t i = 0; i < nodes; i++) {
      self->sum[v * nodes + i] += value[v][i];
      self->square[v * nodes + i] += value[v][i] * value[v][i];
    }
  }
}

typedef struct delivery {
  simulate *self;
  size_t first;
} delivery;

static kd_status deliver(size_t realisation, const double *const *value, size_t nodes, void *user, kd_error *err) {
  const delivery *d = user;
  simulate *self = d->self;
  (void)err;
  if (self->report == 1) add_up(self, value, nodes);
  if (self->report != 0) return KD_OK;
  const size_t from = (realisation - d->first) * nodes;
  kd_column *column = self->table->column;
  for (size_t i = 0; i < nodes; i++) column[0].number[from + i] = (double)realisation;
  write_places(column + 1, &self->spec.grid, from);
  for (size_t v = 0; v < self->names.count; v++) memcpy(column[4 + v].number + from, value[v], nodes * sizeof(double));
  return KD_OK;
}

static void finish_mean(simulate *self) {
  const double n = (double)self->realisations;
  write_places(self->table->column, &self->spec.grid, 0);
  for (size_t v = 0; v < self->names.count; v++) {
    for (size_t i = 0; i < self->nodes; i++) {
      const double mean = self->sum[v * self->nodes + i] / n;
      const double square = self->square[v * self->nodes + i] - n * mean * mean;
      self->table->column[3 + 2 * v].number[i] = mean;
      self->table->column[4 + 2 * v].number[i] = n > 1 ? sqrt(fmax(0, square / (n - 1))) : (double)NAN;
    }
  }
}

static kd_status factor_table(simulate *self, const kd_simulation *sim, kd_work *work) {
  kd_status status = KD_OK;
  const uint32_t *row;
  const size_t rows = kd_simulation_rows(sim, &row);
  kd_text text;
  kd_text_init(&text, work->ctx);
  kd_text_add(&text, "row [1]");
  for (size_t v = 0; v < self->names.count; v++) kd_text_printf(&text, ", factor_%zu [1]", v + 1);
  KD_CHECK(!text.failed, work->err, KD_E_NOMEM, "out of memory");
  KD_TRY(kd_table_create(&self->table, work->ctx, text.bytes, rows, work->err));
  for (size_t i = 0; i < rows; i++) {
    self->table->column[0].number[i] = row[i] + 1.0;
    for (size_t v = 0; v < self->names.count; v++)
      self->table->column[1 + v].number[i] = kd_simulation_factor(sim, v)[i];
  }
out:
  kd_text_free(&text);
  return status;
}

kd_status kd_simulate_kernel(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  simulate *self = kd_arena_alloc(work->scratch, 1, sizeof *self);
  kd_simulation *sim = NULL;
  kd_pool *pool = NULL;
  kd_reproduction check;
  *out = NULL;
  KD_CHECK(self != NULL, work->err, KD_E_NOMEM, "out of memory");
  delivery d = {self, (size_t)options[FIRST]};
  KD_TRY(read_spec(self, data[0], options, work));
  KD_TRY(kd_simulation_create(&sim, work->ctx, &self->spec, work->err));
  if (self->report == 3) {
    KD_TRY(factor_table(self, sim, work));
    goto done;
  }
  if (self->report <= 1) KD_TRY(create_table(self, work));
  if (self->report == 1) {
    self->sum = kd_arena_alloc(work->scratch, self->nodes * self->names.count, sizeof(double));
    self->square = kd_arena_alloc(work->scratch, self->nodes * self->names.count, sizeof(double));
    KD_CHECK(self->sum && self->square, work->err, KD_E_NOMEM, "out of memory for %zu nodes", self->nodes);
  }
  KD_TRY(kd_pool_create(&pool, work->ctx, (size_t)options[THREADS], work->err));
  KD_TRY(kd_simulation_run(sim, self->model, d.first, self->realisations, pool, deliver, &d,
                           self->report == 2 ? &check : NULL, work->err));
  if (self->report == 1) finish_mean(self);
  if (self->report == 2)
    KD_TRY(kd_reproduction_table(&self->table, work->ctx, &check, self->names.name, self->unit, false, work->err));
done:
  *out = self->table;
  self->table = NULL;
out:
  if (self != NULL) kd_table_destroy(&self->table);
  kd_simulation_destroy(&sim);
  kd_pool_destroy(&pool);
  return status;
}
