// SPDX-License-Identifier: Apache-2.0
/* kaidei deposit: the stage alone, or with --cores from a table of samples to a block model in a folder. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/context.h"
#include "base/error.h"
#include "base/files.h"
#include "base/quantity.h"
#include "cli/commands.h"
#include "cli/shared.h"
#include "deposit/model.h"
#include "deposit/picture.h"
#include "results/model_folder.h"
#include "results/model_large.h"
#include "scenario/polygon_file.h"
#include "results/projection.h"

#define KD_FINDINGS 200

static const kd_option options[] = {
    {"feed", 0, "FILE", "One row of CSV, `name [unit]`, that replaces what comes from upstream.", false},
    {"seed", 0, "N", "Seed of the stage's own chance (default 1).", false},
    {"set", 's', "KEY=VALUE", "Sets a key of the scenario, in scenario syntax.", true},
    {"fields", 0, NULL, "Lists what --feed may hold.", false},
    {"cores", 0, "FILE", "CSV of core samples: id, lon, lat (or east, north), from, to, density, any elements.", false},
    {"output", 'o', "DIR", "With --cores: folder of the block model (default runs/NAME).", false},
    {"force", 'f', NULL, "With --cores: replaces a block model that is there.", false},
    {"domain", 0, "FILE", "With --cores: polygons of the ground, CSV, GeoJSON or GeoPackage.", false},
    {"crs", 0, "SYSTEM", "With --cores: map system of x and y, as EPSG:32656 (default: about the cores).", false},
    {"composite", 0, "LENGTH", "With --cores: length of a composite (default 1 m).", false},
    {"block", 0, "LENGTH", "With --cores: side of a block (default: a quarter of the spacing of the cores).", false},
    {"block-height", 0, "LENGTH", "With --cores: height of a block (default: the composite).", false},
    {"bottom", 0, "DEPTH", "With --cores: bottom of the model below the sea floor.", false},
    {"margin", 0, "LENGTH", "With --cores: ground beyond the outermost cores, without a domain.", false},
    {"topcut", 0, "SHARE", "With --cores: quantile at which grades are cut, as 0.98 (default: none).", false},
    {"below", 0, "RULE", "With --cores: half, root_two, zero, limit or missing for values below a limit.", false},
    {"duplicates", 0, "RULE", "With --cores: refuse, average or first.", false},
    {"density", 0, "DENSITY", "With --cores: dry density where no sample has one.", false},
    {"layer", 0, "NAME", "With --cores: the layer of that name alone, between its top and base as kriged.", false},
    {"variogram", 0, "MODEL",
     "With --cores: model of the normal scores, as \"0.2 nugget + 0.8 spherical(9 km, minor 2 "
     "m)\" (default: chosen and fitted).",
     false},
    {"family", 0, "LIST", "With --cores: structures to choose from (default spherical,exponential).", false},
    {"structures", 0, "N", "With --cores: structures with a range at most, 1 or 2 (default 1).", false},
    {"anisotropy", 0, NULL, "With --cores: fits an ellipse across, too.", false},
    {"factor-variograms", 0, "WHICH", "With --cores: own (default) or shared: the main variable's for all.", false},
    {"estimator", 0, "KIND", "With --cores: ordinary (default), simple, linear or quadratic (trend).", false},
    {"support", 0, "KIND", "With --cores: point (default, nugget filtered) or block kriging.", false},
    {"neighbours", 0, "N", "With --cores: composites that an estimate uses (default 24).", false},
    {"minimum", 0, "N", "With --cores: blocks with fewer composites in reach are left out.", false},
    {"radius", 0, "LENGTH", "With --cores: of the search (default: without end).", false},
    {"radius-across", 0, "LENGTH", "With --cores: across --azimuth (default: --radius).", false},
    {"radius-down", 0, "LENGTH", "With --cores: along depth (default: by the variogram's ranges).", false},
    {"azimuth", 0, "ANGLE", "With --cores: of --radius, clockwise from north.", false},
    {"sectors", 0, "N", "With --cores: 4 quadrants or 8 octants.", false},
    {"per-sector", 0, "N", "With --cores: composites at most from a sector.", false},
    {"per-core", 0, "N", "With --cores: composites at most from a core.", false},
    {"realisations", 'n', "N", "With --cores: simulations, 0 to 1000 (default 100).", false},
    {"simulate", 0, "METHOD", "With --cores: sequential (default) or fft.", false},
    {"transform", 0, "KIND", "With --cores: factors of the elements: pca (default), maf, ppmt or scores.", false},
    {"nodes", 0, "N", "With --cores: neighbours of a simulated block (default 24).", false},
    {"threads", 'j', "N", "With --cores: threads (default: one for each processor). No result depends on it.", false},
    {"cutoff", 0, "GRADE", "With --cores: grade of the map of probability (default 400 ppm).", false},
    {"production", 0, "MASS", "With --cores: dry mud mined in a year, for the classes (default 50 kt).", false},
    {"large", 0, NULL, "With --cores: up to 5e8 blocks: the estimate of the main grade alone, tile by tile.", false},
    {"assumed", 0, NULL, "With --cores: the inputs are assumed: everything is an exploration target.", false},
};

static const char *const examples[] = {"kaidei deposit minamitorishima-2027-full-trial",
                                       "at the medians",
                                       "kaidei deposit --cores my-cores.csv --domain licence.geojson -o my-model",
                                       "composites, variogram, estimate, simulations, classes, report",
                                       "kaidei deposit my.yaml --json",
                                       "for a program",
                                       NULL};

/* Everything that a model holds on to. */
typedef struct modelling {
  kd_context *ctx;
  const kd_arguments *arguments;
  kd_arena *scratch;
  kd_work work;
  kd_table *table;
  kd_projection *projection;
  kd_polygons domain;
  kd_covariance variogram;
  kd_pool *pool;
  kd_cores cores;
  kd_qaqc qaqc;
  kd_model model;
  kd_model_options options;
  kd_model_large large;
  kd_cores_options reading;
  kd_model_story story;
  const char *finding[KD_FINDINGS];
  char source[512], folder[2048];
} modelling;

static void tell_defect(kd_status code, unsigned line, unsigned column, const char *message, void *user) {
  (void)code;
  fprintf(stderr, "%s:%u:%u: error: %s\n", (const char *)user, line, column, message);
}

static void tell_finding(kd_finding_kind kind, kd_status code, unsigned line, const char *message, void *user) {
  static const char *const words[] = {"error", "warning", "note"};
  modelling *self = user;
  char text[700];
  (void)code;
  if (line > 0)
    snprintf(text, sizeof text, "%s:%u: %s: %s", self->story.cores, line, words[kind], message);
  else
    snprintf(text, sizeof text, "%s: %s: %s", self->story.cores, words[kind], message);
  if (kind == KD_FINDING_ERROR || !kd_has(self->arguments, "quiet")) fprintf(stderr, "%s\n", text);
  if (kind == KD_FINDING_ERROR || self->story.findings >= KD_FINDINGS) return;
  const char *kept = kd_arena_strdup(self->scratch, text);
  if (kept != NULL) self->finding[self->story.findings++] = kept;
}

/* A quantity from an option, left as it is when the option is not given. */
static kd_status quantity(double *out, const modelling *self, const char *option, const char *unit, double low,
                          kd_error *err) {
  kd_status status = KD_OK;
  const char *text = kd_value(self->arguments, option, NULL);
  if (text == NULL) goto out;
  status = kd_quantity_in(out, text, unit, NULL, err);
  if (status != KD_OK) {
    kd_error_context(err, "--%s: ", option);
    goto out;
  }
  KD_CHECK(*out > low, err, KD_E_RANGE, "--%s %s: must be above %g%s%s", option, text, kd_quantity_show(low, unit),
           strcmp(unit, "1") == 0 ? "" : " ", strcmp(unit, "1") == 0 ? "" : unit);
out:
  return status;
}

static kd_status word(int *out, const modelling *self, const char *option, const char *choices, kd_error *err) {
  const char *text = kd_value(self->arguments, option, NULL);
  int index = 0;
  if (text == NULL) return KD_OK;
  for (const char *c = choices; *c != '\0'; index++) {
    const size_t length = strcspn(c, "|");
    if (strlen(text) == length && strncmp(c, text, length) == 0) {
      *out = index;
      return KD_OK;
    }
    c += length;
    if (*c == '|') c++;
  }
  return kd_error_set(err, KD_E_CHOICE, "--%s %s: one of %s is wanted", option, text, choices);
}

static kd_status count(size_t *out, const modelling *self, const char *option, uint64_t otherwise, uint64_t low,
                       uint64_t high, kd_error *err) {
  uint64_t n = 0;
  const kd_status status = kd_whole(&n, self->arguments, option, otherwise, low, high, err);
  *out = (size_t)n;
  return status;
}

/* Which composites an estimate uses. */
static kd_status read_search(modelling *self, kd_error *err) {
  kd_status status = KD_OK;
  kd_search_rule *s = &self->options.search;
  KD_TRY(count(&s->neighbours, self, "neighbours", 24, 1, 2000, err));
  KD_TRY(count(&s->minimum, self, "minimum", 0, 0, 2000, err));
  KD_TRY(count(&s->sectors, self, "sectors", 0, 0, 8, err));
  KD_TRY(count(&s->per_sector, self, "per-sector", 0, 0, 2000, err));
  KD_TRY(count(&s->per_core, self, "per-core", 0, 0, 2000, err));
  KD_TRY(quantity(&s->radius, self, "radius", "m", 0.0, err));
  KD_TRY(quantity(&s->semi, self, "radius-across", "m", 0.0, err));
  KD_TRY(quantity(&s->minor, self, "radius-down", "m", 0.0, err));
  KD_TRY(quantity(&s->azimuth, self, "azimuth", "deg", -1e9, err));
  KD_CHECK(s->radius > 0.0 || (s->semi == 0.0 && s->minor == 0.0 && s->azimuth == 0.0), err, KD_E_USAGE,
           "--radius-across, --radius-down and --azimuth want --radius");
  KD_CHECK(s->sectors == 0 || s->sectors == 4 || s->sectors == 8, err, KD_E_CHOICE, "--sectors %zu: 0, 4 or 8",
           s->sectors);
  KD_CHECK((s->sectors == 0) == (s->per_sector == 0), err, KD_E_USAGE, "--sectors and --per-sector go together");
out:
  return status;
}

/* Variogram, estimator, simulation. */
static kd_status read_model(modelling *self, kd_error *err) {
  kd_status status = KD_OK;
  kd_model_options *o = &self->options;
  const char *text = kd_value(self->arguments, "family", NULL);
  int estimator = 0, support = 0, shared = 0, method = 0, transform = KD_TRANSFORM_PCA;
  uint64_t threads = 0;
  if (text != NULL) KD_TRY(kd_families_read(&o->choice, text, err));
  KD_TRY(count(&o->choice.structures, self, "structures", 1, 1, 2, err));
  o->choice.anisotropy = kd_has(self->arguments, "anisotropy");
  text = kd_value(self->arguments, "variogram", NULL);
  if (text != NULL) {
    KD_TRY(kd_covariance_parse(&self->variogram, text, err));
    o->variogram = &self->variogram;
  }
  KD_TRY(word(&estimator, self, "estimator", "ordinary|simple|linear|quadratic", err));
  o->estimator.simple = estimator == 1;
  o->estimator.trend = estimator > 1 ? estimator - 1 : 0;
  KD_TRY(word(&support, self, "support", "point|block", err));
  o->block = support == 1;
  o->estimator.filter_nugget = !o->block;
  KD_TRY(word(&shared, self, "factor-variograms", "own|shared", err));
  o->own_variograms = shared == 0;
  KD_TRY(word(&method, self, "simulate", KD_SIMULATION_METHODS, err));
  o->method = (kd_simulation_method)method;
  KD_TRY(word(&transform, self, "transform", KD_SIMULATION_TRANSFORMS, err));
  o->transform = (kd_simulation_transform)transform;
  KD_TRY(count(&o->nodes, self, "nodes", 24, 2, 256, err));
  o->layer = kd_value(self->arguments, "layer", NULL);
  KD_CHECK(o->layer == NULL || !o->grid_only, err, KD_E_USAGE, "--large knows no --layer");
  KD_TRY(kd_whole(&threads, self->arguments, "threads", 0, 1, 1024, err));
  if (threads == 0) {
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    threads = processors > 0 ? (uint64_t)processors : 1;
  }
  KD_TRY(kd_pool_create(&self->pool, self->ctx, (size_t)threads, err));
  o->pool = self->pool;
out:
  return status;
}

static kd_status read_options(modelling *self, kd_error *err) {
  kd_status status = KD_OK;
  kd_model_options *o = &self->options;
  uint64_t n = 0;
  int below = KD_BELOW_HALF, twice = KD_TWICE_REFUSE;
  *o = kd_model_defaults;
  KD_TRY(quantity(&o->composite.length, self, "composite", "m", 0.0, err));
  KD_TRY(quantity(&o->dx, self, "block", "m", 0.0, err));
  o->dy = o->dx;
  KD_TRY(quantity(&o->dz, self, "block-height", "m", 0.0, err));
  KD_TRY(quantity(&o->bottom, self, "bottom", "m", 0.0, err));
  KD_TRY(quantity(&o->margin, self, "margin", "m", -1e-9, err));
  KD_TRY(quantity(&o->topcut, self, "topcut", "1", 0.0, err));
  KD_TRY(quantity(&o->density, self, "density", "t/m3", 0.0, err));
  KD_TRY(quantity(&o->cutoff, self, "cutoff", "ppm", -1e-12, err));
  KD_TRY(quantity(&o->production, self, "production", "t", 0.0, err));
  o->grid_only = kd_has(self->arguments, "large");
  KD_TRY(read_search(self, err));
  KD_TRY(read_model(self, err));
  KD_TRY(kd_whole(&n, self->arguments, "realisations", 100, 0, 1000, err));
  o->realisations = (size_t)n;
  KD_TRY(kd_whole(&o->seed, self->arguments, "seed", 1, 0, UINT64_MAX / 2, err));
  KD_TRY(word(&below, self, "below", "half|root_two|zero|limit|missing", err));
  KD_TRY(word(&twice, self, "duplicates", KD_TWICE_CHOICES, err));
  self->reading = (kd_cores_options){.below = (kd_below)below,
                                     .below_factor = 0.5,
                                     .twice = (kd_twice)twice,
                                     .origin_lon = (double)NAN,
                                     .origin_lat = (double)NAN,
                                     .report = tell_finding,
                                     .report_user = self};
  const char *text = kd_value(self->arguments, "crs", NULL);
  if (text != NULL) {
    KD_TRY(kd_projection_create(&self->projection, self->ctx, text, err));
    self->reading.project = kd_projection_forward;
    self->reading.project_user = self->projection;
  }
out:
  return status;
}

static kd_status project_local(double *east, double *north, double lon, double lat, void *user, kd_error *err) {
  return kd_mercator_forward(east, north, user, lon, lat, err);
}

static kd_status read_inputs(modelling *self, const char *path, kd_error *err) {
  kd_status status = KD_OK;
  const char *domain = kd_value(self->arguments, "domain", NULL);
  KD_TRY(kd_table_read(&self->table, self->ctx, path, tell_defect, (void *)(uintptr_t)path, err));
  KD_TRY(kd_table_bind(self->table, KD_CORE_COLUMNS, tell_defect, (void *)(uintptr_t)path, err));
  KD_TRY(kd_cores_read(&self->cores, self->table, &self->reading, &self->work));
  KD_TRY(kd_qaqc_run(&self->qaqc, &self->cores, &kd_qaqc_defaults, &self->reading, &self->work));
  KD_TRY(kd_cores_inspect(&self->cores, self->cores.variables, &self->reading, &self->work));
  self->story.qaqc = &self->qaqc;
  self->story.table = &self->cores;
  self->options.assumed = kd_has(self->arguments, "assumed") || kd_cores_assumed(self->table);
  snprintf(self->source, sizeof self->source, "%.500s",
           self->table->source != NULL ? self->table->source : "not given");
  self->story.source = self->source;
  self->story.local = self->cores.local;
  self->story.georeferenced = self->cores.projected && self->projection == NULL;
  if (self->projection != NULL && self->cores.projected && kd_projection_mercator(self->projection) != NULL) {
    self->story.local = *kd_projection_mercator(self->projection);
    self->story.georeferenced = true;
  }
  if (domain == NULL) goto out;
  KD_TRY(kd_polygons_load(&self->domain, domain, &self->work));
  KD_CHECK(!self->domain.geographic || self->cores.projected, err, KD_E_BASIS,
           "%s is in degrees, the cores are in metres: give both in one system", domain);
  KD_TRY(kd_polygons_project(&self->domain, domain, self->projection != NULL ? kd_projection_forward : project_local,
                             self->projection != NULL ? (void *)self->projection : (void *)&self->cores.local, err));
  self->options.domain = &self->domain;
out:
  return status;
}

/* runs/NAME of a file NAME.csv. */
static void default_folder(char *out, size_t capacity, const char *path) {
  const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
  size_t length = strlen(name);
  if (length > 4 && strcmp(name + length - 4, ".csv") == 0) length -= 4;
  snprintf(out, capacity, "runs/%.*s", (int)length, name);
}

static bool is_there(const modelling *self, const char *path) {
  kd_file_info info;
  return self->ctx->files.inspect(&info, path, self->ctx->files.user) == 0;
}

static kd_status write_folder(modelling *self, kd_error *err) {
  kd_status status = KD_OK;
  char part[2100], mark[2100];
  const kd_file_layer *files = &self->ctx->files;
  KD_TRY(kd_path_join(mark, sizeof mark, self->folder, "model.json", err));
  if (is_there(self, self->folder)) {
    KD_CHECK(kd_has(self->arguments, "force"), err, KD_E_EXISTS, "%s exists: another -o, or --force to replace it",
             self->folder);
    KD_CHECK(is_there(self, mark), err, KD_E_EXISTS, "%s is no block model: it is not replaced", self->folder);
  }
  (void)kd_folder_make_parents(self->ctx, self->folder);
  snprintf(part, sizeof part, "%s.part", self->folder);
  KD_TRY(kd_folder_remove(self->ctx, part, err));
  int code = files->make_folder(part, files->user);
  if (code != 0) return kd_file_refuse(err, code, "make it", part);
  if (self->options.grid_only)
    KD_TRY(kd_model_write_large(&self->large, self->ctx, part, &self->model, &self->options, &self->story, err));
  else
    KD_TRY(kd_model_write(self->ctx, part, &self->model, &self->options, &self->story, err));
  KD_TRY(kd_folder_remove(self->ctx, self->folder, err));
  code = files->rename(part, self->folder, files->user);
  if (code != 0) status = kd_file_refuse(err, code, "rename it", part);
out:
  return status;
}

/* What the realisations give back of what went in. */
static void print_check(kd_text *out, const kd_model *m) {
  double variogram = 0.0, correlation = 0.0, low = (double)INFINITY, high = 0.0;
  if (m->realisations == 0) return;
  for (size_t r = 0; r < m->realisations; r++) {
    variogram = fmax(variogram, m->each[r].variogram_error);
    correlation = fmax(correlation, m->each[r].correlation_error);
    low = fmin(low, m->each[r].variance);
    high = fmax(high, m->each[r].variance);
  }
  kd_text_printf(out, "factors              %zu of %zu variables, %zu nodes with composites", m->factors, m->simulated,
                 m->conditioning);
  if (m->outside > 0) kd_text_printf(out, ", %zu composites beyond the blocks", m->outside);
  kd_text_printf(out,
                 "\ncheck, mean          score variance %.3f of %.3f, variograms off by %.3f, correlations by %.3f\n",
                 m->check.variance, m->check.variance_wanted, m->check.variogram_error, m->check.correlation_error);
  kd_text_printf(out,
                 "check, each          score variance %.3f to %.3f, variograms off by %.3f, correlations by %.3f at "
                 "most\n",
                 low, high, variogram, correlation);
  for (size_t i = 0; m->checked > 0 && i < m->values.count; i++) {
    const kd_reproduction_row *row = &m->values.row[i];
    if (m->simulated_variable[row->a] != 0 || row->kind > KD_REPRODUCTION_P90) continue;
    kd_text_printf(out, "%s%s %.4g of %.4g%s", row->kind == KD_REPRODUCTION_MEAN ? "check, composites    " : "",
                   kd_reproduction_words[row->kind], row->found * 1e6, row->wanted * 1e6,
                   row->kind == KD_REPRODUCTION_P90 ? "" : ", ");
    if (row->kind == KD_REPRODUCTION_P90) kd_text_printf(out, " ppm %s\n", m->name[0]);
  }
}

static bool same_control(const kd_qaqc_row *a, const kd_qaqc_row *b) {
  return a->kind == b->kind && strcmp(a->of, b->of) == 0;
}

/* The worst grade of each group of controls. */
static void print_quality(kd_text *out, const modelling *self) {
  const kd_qaqc_row *all = self->qaqc.row;
  for (size_t i = 0; i < self->qaqc.count; i++) {
    const kd_qaqc_row *worst = &all[i];
    bool first = true;
    for (size_t j = 0; j < i; j++) first = first && !same_control(&all[j], &all[i]);
    if (!first) continue;
    for (size_t j = i; j < self->qaqc.count; j++) {
      if (!same_control(&all[j], &all[i])) continue;
      const bool more = all[j].outside > worst->outside;
      if (more || (all[j].outside == worst->outside && fabs(all[j].bias) > fabs(worst->bias))) worst = &all[j];
    }
    kd_text_printf(out, "%-20s %zu%s%s, most outside: %s, %zu", kd_control_word(worst->kind), worst->count,
                   worst->of[0] != '\0' ? " of " : "", worst->of, self->cores.variable[worst->variable].name,
                   worst->outside);
    if (isfinite(worst->bias))
      kd_text_printf(out, ", bias %+.1f %%, CV %.1f %%", 100.0 * worst->bias, 100.0 * worst->spread);
    kd_text_add(out, "\n");
  }
}

static void print_summary(kd_text *out, const modelling *self) {
  const kd_model *m = &self->model;
  const kd_spread *s = &m->totals[m->main];
  char model[256];
  kd_model_variogram_text(model, sizeof model, &m->variogram);
  kd_text_printf(out, "cores                %zu, %zu composites of %g m\n", m->composites.count, m->composites.samples,
                 self->options.composite.length);
  print_quality(out, self);
  kd_text_printf(out, "blocks               %zu of %g x %g x %g m\n", m->blocks, m->grid.dx, m->grid.dy, m->grid.dz);
  kd_text_printf(out, "variogram            %s%s\n", model, m->fitted ? " (fitted)" : "");
  if (m->choices.count > 1)
    kd_text_printf(out, "                     the best of %zu by Akaike's criterion\n", m->choices.count);
  if (m->unreached > 0)
    kd_text_printf(out,
                   "left out             %zu blocks without estimate: too few composites in reach, or a trend that "
                   "they do not tell\n",
                   m->unreached);
  if (self->options.layer != NULL)
    kd_text_printf(out, "layer                %s%s\n", self->options.layer,
                   m->open_cores > 0 ? "; some cores end in it: its base may lie deeper" : "");
  kd_text_printf(out, "dry mud              %.4g Mt\n", m->tonnage * 1e-9);
  kd_text_printf(out, "mean grade           %.4g ppm %s\n", m->total[m->main] / m->tonnage * 1e6, m->name[m->main]);
  kd_text_printf(out, "metal                %.4g kt", m->total[m->main] * 1e-6);
  if (m->realisations > 0)
    kd_text_printf(out, "; P10 %.4g, P50 %.4g, P90 %.4g of %zu realisations", s->p10 * 1e-6, s->p50 * 1e-6,
                   s->p90 * 1e-6, m->realisations);
  kd_text_add(out, "\n");
  for (size_t k = 0; k < KD_MODEL_CLASSES; k++)
    kd_text_printf(out, "%-20s %.4g Mt dry, %.4g kt\n", kd_model_class_name[k], m->class_tonnage[k] * 1e-9,
                   m->class_metal[k] * 1e-6);
  if (self->options.assumed)
    kd_text_add(out, "The cores are assumed or reconstructed: all of it is an exploration target, no resource.\n");
  print_check(out, m);
  kd_text_printf(out, "%s/report.html\n", self->folder);
}

static int model_command(const kd_arguments *arguments, kd_context *ctx, const char *path) {
  kd_status status = KD_OK;
  kd_error err = {0};
  kd_text text;
  const char *slash = strrchr(path, '/');
  modelling *self = kd_alloc(ctx, 1, sizeof *self);
  kd_text_init(&text, ctx);
  KD_CHECK(self != NULL, &err, KD_E_NOMEM, "out of memory");
  self->ctx = ctx;
  self->arguments = arguments;
  self->story.cores = slash != NULL ? slash + 1 : path;
  self->story.finding = self->finding;
  KD_CHECK(arguments->operands == 0, &err, KD_E_USAGE, "a scenario or --cores FILE, not both");
  KD_TRY(kd_arena_create(&self->scratch, ctx));
  self->work = (kd_work){.ctx = ctx, .scratch = self->scratch, .err = &err};
  default_folder(self->folder, sizeof self->folder, path);
  snprintf(self->folder, sizeof self->folder, "%s", kd_value(arguments, "output", self->folder));
  KD_TRY(read_options(self, &err));
  KD_TRY(read_inputs(self, path, &err));
  KD_TRY(kd_model_run(&self->model, &self->cores, &self->options, &self->work));
  KD_TRY(write_folder(self, &err));
  if (self->options.grid_only)
    kd_text_printf(&text, "%zu of %zu blocks of %g x %g x %g m: %.4g Mt dry, %.4g ppm %s, %.4g kt\n%s/blocks.nc\n",
                   self->large.blocks, self->large.cells, self->model.grid.dx, self->model.grid.dy, self->model.grid.dz,
                   self->large.tonnage * 1e-9, self->large.metal / self->large.tonnage * 1e6,
                   self->model.name[self->model.main], self->large.metal * 1e-6, self->folder);
  else if (kd_has(arguments, "json"))
    kd_model_json(&text, &self->model, &self->options, &self->story);
  else
    print_summary(&text, self);
out:
  if (self != NULL) {
    kd_projection_destroy(&self->projection);
    kd_pool_destroy(&self->pool);
    kd_table_destroy(&self->table);
    kd_arena_destroy(&self->scratch);
  }
  kd_free(ctx, self);
  if (status == KD_OK) return kd_print(&text);
  kd_text_free(&text);
  err.code = status;
  return kd_fail(&err);
}

static int deposit(const kd_arguments *arguments, kd_context *ctx) {
  const char *cores = kd_value(arguments, "cores", NULL);
  return cores != NULL ? model_command(arguments, ctx, cores) : kd_stage_command(arguments, ctx);
}

const kd_command kd_command_deposit = {
    .name = "deposit",
    .operands = "SCENARIO",
    .least = 0,
    .most = 1,
    .summary = "Runs the deposit alone, or makes a block model from cores.",
    .about =
        "With a scenario: tonnage, grade and the grade-tonnage curve at the medians. With --cores FILE: composites, "
        "declustering, variogram, estimate and simulations of all elements, classes, maps and a report, in one "
        "folder. Its blocks_for_run.csv is a deposit.blocks of a scenario.",
    .examples = examples,
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = deposit,
};
