// SPDX-License-Identifier: Apache-2.0
/* Kernels of the way from cores to blocks: quality control of assays, choice of a variogram model, surfaces of a layer.
 */
#include "deposit/kernels_workflow.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/text_table.h"
#include "deposit/estimation_input.h"
#include "deposit/layer.h"
#include "deposit/qaqc.h"
#include "deposit/variogram_choice.h"

static void add_text(kd_text *out, const char *text) {
  kd_text_add_bytes(out, text, strlen(text) + 1);
}

/* ---- quality control ---- */

static const kd_data_slot samples_slot[1] = {
    {.name = "samples", .columns = KD_CORE_COLUMNS, .doc = "samples and controls, told apart by the column kind"}};
static const kd_field qaqc_in[7] = {{.name = "below",
                                     .unit = "1",
                                     .doc = "what stands for a value below its limit",
                                     .initial = "half",
                                     .choices = "half|root_two|zero|limit|missing"},
                                    {.name = "duplicates",
                                     .unit = "1",
                                     .doc = "samples of one interval without a kind",
                                     .initial = "refuse",
                                     .choices = KD_TWICE_CHOICES},
                                    {.name = "hard",
                                     .unit = "%",
                                     .doc = "a pair above it stands out",
                                     .initial = "10 %",
                                     .low = "0 %",
                                     .high = "100 %"},
                                    {.name = "sds",
                                     .unit = "1",
                                     .doc = "certified standard deviations beyond which a standard stands out",
                                     .initial = "3",
                                     .low = "0 exclusive"},
                                    {.name = "relative",
                                     .unit = "%",
                                     .doc = "the same where no standard deviation is certified",
                                     .initial = "10 %",
                                     .low = "0 % exclusive"},
                                    {.name = "limits",
                                     .unit = "1",
                                     .doc = "detection limits above which a blank stands out",
                                     .initial = "10",
                                     .low = "0 exclusive"},
                                    {.name = "share",
                                     .unit = "%",
                                     .doc = "the same where no limit is known, of the median grade",
                                     .initial = "1 %",
                                     .low = "0 % exclusive"}};
static const kd_field qaqc_out[12] = {
    {.name = "kind", .unit = "", .doc = "duplicate, standard or blank"},
    {.name = "of", .unit = "", .doc = "word of the duplicates, name of the standard"},
    {.name = "variable", .unit = "", .doc = "grade"},
    {.name = "count", .unit = "1", .doc = "pairs or measurements"},
    {.name = "mean", .unit = "ppm", .doc = "of the controls"},
    {.name = "expected", .unit = "ppm", .doc = "mean of the samples; certified; most that a blank may hold"},
    {.name = "bias", .unit = "%", .doc = "mean over expected less 1"},
    {.name = "spread", .unit = "%", .doc = "CV of one assay from pairs; sd over mean of a standard"},
    {.name = "hard", .unit = "%", .doc = "median of |a - b|/(a + b)"},
    {.name = "hard_90", .unit = "%", .doc = "90 % of the pairs do not exceed it"},
    {.name = "slope", .unit = "1", .doc = "reduced major axis"},
    {.name = "outside", .unit = "1", .doc = "that stand out"}};

static kd_status qaqc(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  static const char *const words[KD_CONTROL_KINDS] = {"", "duplicate", "standard", "", "", "blank"};
  kd_status status = KD_OK;
  kd_cores cores;
  kd_qaqc found;
  kd_text names;
  const kd_cores_options reading = {.below = (kd_below)(int)in[0],
                                    .below_factor = 0.5,
                                    .twice = (kd_twice)(int)in[1],
                                    .origin_lon = (double)NAN,
                                    .origin_lat = (double)NAN};
  const kd_qaqc_rule rule = {.hard = in[2], .sds = in[3], .relative = in[4], .limits = in[5], .share = in[6]};
  *out = NULL;
  kd_text_init(&names, work->ctx);
  KD_TRY(kd_cores_read(&cores, data[0], &reading, work));
  KD_CHECK(cores.controls > 0, work->err, KD_E_MISSING,
           "no row of quality control: the column kind says duplicate, standard or blank");
  KD_TRY(kd_qaqc_run(&found, &cores, &rule, &reading, work));
  KD_TRY(kd_table_create(out, work->ctx,
                         "kind, of, variable, count [1], mean [ppm], expected [ppm], bias [%], spread [%], hard [%], "
                         "hard_90 [%], slope [1], outside [1]",
                         found.count, work->err));
  for (size_t i = 0; i < found.count; i++) {
    const kd_qaqc_row *r = &found.row[i];
    const bool blank = r->kind == KD_CONTROL_BLANK;
    const double cell[9] = {
        (double)r->count, r->mean,    r->expected, r->bias,           blank ? (double)NAN : r->spread,
        r->hard,          r->hard_90, r->slope,    (double)r->outside};
    add_text(&names, words[r->kind]);
    add_text(&names, r->of);
    add_text(&names, cores.variable[r->variable].name);
    for (size_t c = 0; c < 9; c++) (*out)->column[3 + c].number[i] = cell[c];
  }
  KD_TRY(kd_table_take_texts(*out, 3, &names, work->err));
out:
  kd_text_free(&names);
  if (status != KD_OK) kd_table_destroy(out);
  return status;
}

/* ---- choice of a model ---- */

static const kd_data_slot lags_slot[1] = {
    {.name = "lags",
     .columns = "pairs [1], distance [m], semivariance, azimuth [deg]?, dip [deg]?, ...",
     .doc = "an experimental variogram, as deposit.experimental_variogram gives it"}};
static const kd_field choice_in[9] = {
    KD_TEXT_FIELD("families", "structures to choose from, separated by commas", "spherical, exponential"),
    KD_CHOICE_FIELD("structures", "with a range, at most", "two", "one|two"),
    KD_CHOICE_FIELD("nugget", "whether there may be one", "yes", "no|yes"),
    KD_CHOICE_FIELD("weight", "of a lag of N pairs at distance h; relative: N over the square of the model", "relative",
                    "pairs_over_h2|pairs|pairs_over_gamma2|equal|relative"),
    KD_CHOICE_FIELD("vertical", "whether ranges along z are fitted by themselves (dips of the lags)", "no", "no|yes"),
    KD_CHOICE_FIELD("layers", "whether there may be a structure without end across; wants vertical=yes", "no",
                    "no|yes"),
    KD_CHOICE_FIELD("anisotropy", "whether an ellipse in the plane is fitted (azimuths of the lags)", "no", "no|yes"),
    {.name = "sill", .unit = "1", .doc = "that is known; 0: not", .initial = "0", .low = "0"},
    {.name = "shape", .unit = "1", .doc = "of families that have one", .initial = "none", .low = "0 exclusive"}};
static const kd_field choice_out[11] = {{.name = "structure", .unit = "", .doc = "of the candidate"},
                                        {.name = "rank", .unit = "1", .doc = "of the candidate: 1 is chosen"},
                                        {.name = "sill", .unit = "1", .doc = "partial sill"},
                                        {.name = "range", .unit = "m", .doc = "along the major axis"},
                                        {.name = "semi", .unit = "m", .doc = "across it"},
                                        {.name = "minor", .unit = "m", .doc = "along the third axis"},
                                        {.name = "azimuth", .unit = "deg", .doc = "of the major axis"},
                                        {.name = "shape", .unit = "1", .doc = "smoothness or exponent"},
                                        {.name = "objective", .unit = "1", .doc = "weighted sum of squares"},
                                        {.name = "parameters", .unit = "1", .doc = "that are free"},
                                        {.name = "aic", .unit = "1", .doc = "Akaike's criterion, corrected"}};

static kd_status write_choices(kd_table **out, const kd_choices *all, kd_work *work) {
  kd_status status = KD_OK;
  size_t rows = 0, at = 0;
  for (size_t i = 0; i < all->count; i++) rows += all->choice[i].fit.model.count;
  KD_TRY(kd_table_create(out, work->ctx,
                         "structure, rank [1], sill [1], range [m], semi [m], minor [m], azimuth [deg], shape [1], "
                         "objective [1], parameters [1], aic [1]",
                         rows, work->err));
  KD_TRY(kd_column_set_text(*out, 0, work->err));
  for (size_t i = 0; i < all->count; i++) {
    const kd_choice *c = &all->choice[i];
    for (size_t k = 0; k < c->fit.model.count; k++, at++) {
      const kd_structure *s = &c->fit.model.structure[k];
      const bool flat = kd_structure_is_flat(s);
      double turn = fmod(s->azimuth, 3.14159265358979323846);
      if (turn < 0.0) turn += 3.14159265358979323846;
      const double cell[10] = {(double)(i + 1),
                               s->sill,
                               flat ? 0.0 : s->range,
                               flat ? 0.0 : s->semi,
                               flat ? 0.0 : s->minor,
                               turn,
                               s->shape,
                               c->fit.sse,
                               (double)c->parameters,
                               isfinite(c->aic) ? c->aic : (double)NAN};
      (*out)->column[0].text[at] = kd_structure_words[s->kind];
      for (size_t x = 0; x < 10; x++) (*out)->column[1 + x].number[at] = cell[x];
    }
  }
out:
  return status;
}

static kd_status choose(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const kd_column *azimuth = kd_table_column(data[0], "azimuth"), *dip = kd_table_column(data[0], "dip");
  const kd_column *gamma = kd_table_column(data[0], "semivariance");
  const kd_fit_lags lags = {.count = data[0]->rows,
                            .pairs = kd_table_column(data[0], "pairs")->number,
                            .distance = kd_table_column(data[0], "distance")->number,
                            .gamma = gamma->number,
                            .azimuth = azimuth != NULL ? azimuth->number : NULL,
                            .dip = dip != NULL ? dip->number : NULL};
  kd_choice_rule rule = {.structures = (size_t)in[1] + 1,
                         .nugget = in[2] == 1.0,
                         .weight = (kd_fit_weight)in[3],
                         .vertical = in[4] == 1.0,
                         .layers = in[5] == 1.0,
                         .anisotropy = in[6] == 1.0,
                         .sill = in[7],
                         .shape = in[8]};
  kd_choices *all = kd_arena_alloc(work->scratch, 1, sizeof *all);
  *out = NULL;
  KD_CHECK(all != NULL, work->err, KD_E_NOMEM, "no memory for the candidates");
  KD_CHECK(!rule.layers || rule.vertical, work->err, KD_E_CONTRADICTION, "layers=yes wants vertical=yes");
  KD_CHECK(!rule.vertical || dip != NULL, work->err, KD_E_MISSING, "vertical=yes wants the dips of the lags");
  KD_CHECK(!rule.anisotropy || azimuth != NULL, work->err, KD_E_MISSING,
           "anisotropy=yes wants the azimuths of the lags");
  for (size_t r = 0; r < data[0]->rows; r++) {
    double number;
    KD_TRY(kd_cell_number(&number, data[0], gamma, r, work->err));
  }
  KD_TRY(kd_families_read(&rule, work->texts[0], work->err));
  KD_TRY(kd_variogram_choose(all, &lags, &rule, work->scratch, work->err));
  KD_TRY(write_choices(out, all, work));
out:
  return status;
}

/* ---- surfaces ---- */

static const kd_data_slot layer_slots[2] = {
    {.name = "samples", .columns = KD_CORE_COLUMNS, .doc = "samples; the column layer names the layer of each"},
    {.name = "places",
     .columns = "x [m], y [m], ...",
     .doc = "where the surfaces are wanted, as the cores' east, north"}};
static const kd_field layer_in[2] = {
    KD_TEXT_FIELD("layer", "name of the layer", ""),
    KD_CHOICE_FIELD("duplicates", "samples of one interval", "refuse", KD_TWICE_CHOICES)};
static const kd_field layer_out[5] = {{.name = "x", .unit = "m", .doc = "of the place"},
                                      {.name = "y", .unit = "m", .doc = "of the place"},
                                      {.name = "top", .unit = "m", .doc = "below the sea floor"},
                                      {.name = "base", .unit = "m", .doc = "below the sea floor"},
                                      {.name = "open_cores", .unit = "1", .doc = "cores that end inside the layer"}};

static kd_status layer(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_cores cores;
  size_t open_cores = 0;
  const kd_cores_options reading = {
      .below_factor = 0.5, .twice = (kd_twice)(int)in[1], .origin_lon = (double)NAN, .origin_lat = (double)NAN};
  const kd_points places = {
      .count = data[1]->rows, .x = kd_table_column(data[1], "x")->number, .y = kd_table_column(data[1], "y")->number};
  double *top = kd_arena_alloc(work->scratch, places.count + 1, sizeof *top);
  double *base = kd_arena_alloc(work->scratch, places.count + 1, sizeof *base);
  *out = NULL;
  KD_CHECK(top != NULL && base != NULL, work->err, KD_E_NOMEM, "no memory for %zu places", places.count);
  KD_CHECK(work->texts[0][0] != '\0', work->err, KD_E_MISSING, "layer: the name of a layer is wanted");
  for (size_t i = 0; i < places.count; i++)
    KD_CHECK(isfinite(places.x[i]) && isfinite(places.y[i]), work->err, KD_E_MISSING,
             "places, row %zu: x and y are wanted", i + 1);
  KD_TRY(kd_cores_read(&cores, data[0], &reading, work));
  KD_TRY(kd_layer_surfaces(top, base, &open_cores, &cores, work->texts[0], &places, work));
  KD_TRY(kd_table_create(out, work->ctx, "x [m], y [m], top [m], base [m], open_cores [1]", places.count, work->err));
  for (size_t i = 0; i < places.count; i++) {
    const double cell[5] = {places.x[i], places.y[i], top[i], base[i], (double)open_cores};
    for (size_t c = 0; c < 5; c++) (*out)->column[c].number[i] = cell[c];
  }
out:
  return status;
}

#define ROW(name_, summary_, slots_, in_, out_, eval_)                                                                 \
  {                                                                                                                    \
    .name = (name_), .summary = (summary_), .inputs = (in_), .input_count = KD_COUNT(in_), .outputs = (out_),          \
    .output_count = KD_COUNT(out_), .data = (slots_), .data_count = KD_COUNT(slots_), .eval_table = (eval_)            \
  }

const kd_kernel kd_workflow_kernels[] = {
    ROW("deposit.qaqc", "quality of assays: duplicates, standards and blanks of a table of cores", samples_slot,
        qaqc_in, qaqc_out, qaqc),
    ROW("deposit.variogram_choice", "structures of a variogram model chosen by Akaike's criterion", lags_slot,
        choice_in, choice_out, choose),
    ROW("deposit.layer", "top and base of a layer, kriged from the cores", layer_slots, layer_in, layer_out, layer),
    {0}};
