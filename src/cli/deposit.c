// SPDX-License-Identifier: Apache-2.0
/* kaidei deposit: the stage alone, or with --cores from a table of samples to a block model in a folder. */
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "base/files.h"
#include "cli/commands.h"
#include "cli/deposit_model.h"
#include "cli/shared.h"
#include "deposit/picture.h"
#include "scenario/polygon_file.h"

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
    {"histogram", 0, "HOW",
     "With --cores: given (default: that of the composites is true) or drawn, anew for each realisation.", false},
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

static void tell_defect(kd_status code, unsigned line, unsigned column, const char *message, void *user) {
  (void)code;
  fprintf(stderr, "%s:%u:%u: error: %s\n", (const char *)user, line, column, message);
}

static kd_status project_local(double *east, double *north, double lon, double lat, void *user, kd_error *err) {
  return kd_mercator_forward(east, north, user, lon, lat, err);
}

static kd_status read_inputs(kd_modelling *self, const char *path, kd_error *err) {
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

static bool is_there(const kd_modelling *self, const char *path) {
  kd_file_info info;
  return self->ctx->files.inspect(&info, path, self->ctx->files.user) == 0;
}

static kd_status write_folder(kd_modelling *self, kd_error *err) {
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

static int model_command(const kd_arguments *arguments, kd_context *ctx, const char *path) {
  kd_status status = KD_OK;
  kd_error err = {0};
  kd_text text;
  const char *slash = strrchr(path, '/');
  kd_modelling *self = kd_alloc(ctx, 1, sizeof *self);
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
  KD_TRY(kd_modelling_options(self, &err));
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
    kd_modelling_summary(&text, self);
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
