// SPDX-License-Identifier: Apache-2.0
/* A run's source over the chain: scenario and ensemble become the columns, parameters and inputs of the record. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/context.h"
#include "base/error.h"
#include "ensemble/ensemble.h"
#include "results/run.h"

typedef struct kd_scenario_source {
  kd_context *ctx;
  kd_ensemble *ensemble;
  kd_text scenario;
} kd_scenario_source;

static kd_status advance(double *out, size_t stride, void *user, uint64_t first, size_t count, kd_error *err) {
  const kd_scenario_source *self = user;
  return kd_ensemble_advance(out, stride, self->ensemble, first, count, err);
}

static void release(void *user) {
  kd_scenario_source *self = user;
  kd_ensemble_destroy(&self->ensemble);
  kd_text_free(&self->scenario);
  kd_free(self->ctx, self);
}

/* ---- columns ---- */

static kd_status copy_ledger(kd_record_column *out, kd_record *record, const kd_line *line, size_t label,
                             kd_error *err) {
  kd_status status = KD_OK;
  char account[128] = "";
  const char *name = line->labels != NULL ? line->labels->names[label] : "";
  if (line->account != NULL) {
    /* As the ledger keeps them: elements one by one, all other accounts summed over their labels. */
    const bool apart = name[0] != '\0' && strcmp(line->account, "element") == 0;
    snprintf(account, sizeof account, "%s%s%s", line->account, apart ? "." : "", apart ? name : "");
  }
  out->line = line->kind;
  out->role = line->role;
  KD_TRY(kd_record_text(&out->item, record, line->item, err));
  KD_TRY(kd_record_text(&out->label, record, name, err));
  KD_TRY(kd_record_text(&out->account, record, account, err));
out:
  return status;
}

/* A key names one column of a run. An output of the same name as a draw is told apart by its kind. */
static kd_status copy_key(kd_record_column *out, kd_record *record, const char *key, kd_error *err) {
  char text[512];
  snprintf(text, sizeof text, "%s", key);
  if (kd_record_find(record, text) >= 0) snprintf(text, sizeof text, "%s.%s", kd_record_kind_name(out->kind), key);
  return kd_record_text(&out->key, record, text, err);
}

static kd_status copy_columns(kd_record *record, const kd_ensemble *ensemble, kd_error *err) {
  kd_status status = KD_OK;
  const size_t count = kd_ensemble_columns(ensemble);
  KD_TRY(kd_record_alloc(&record->column, record, count, sizeof *record->column, err));
  for (size_t i = 0; i < count; i++) {
    const kd_outcome_column *from = kd_ensemble_column(ensemble, i);
    kd_record_column *to = &record->column[i];
    *to = (kd_record_column){.item = "", .label = "", .account = "", .kind = (kd_record_kind)from->kind};
    to->headline = from->output != NULL ? from->output->headline : 0;
    KD_TRY(copy_key(to, record, from->key, err));
    KD_TRY(kd_record_text(&to->unit, record, from->unit != NULL ? from->unit : "", err));
    KD_TRY(kd_record_text(&to->doc, record, from->doc != NULL ? from->doc : "", err));
    KD_TRY(kd_record_text(&to->stage, record, from->stage != NULL ? from->stage : "", err));
    if (from->line != NULL) KD_TRY(copy_ledger(to, record, from->line, from->label, err));
    record->columns = i + 1;
  }
out:
  return status;
}

/* ---- parameters and inputs ---- */

static const char *distribution_name(const kd_slot *slot) {
  static const char *const names[] = {"fixed",  "uniform",   "triangular", "pert",
                                      "normal", "lognormal", "discrete",   "empirical"};
  return slot->random ? names[slot->distribution.kind] : names[KD_DISTRIBUTION_FIXED];
}

static double median(const kd_slot *slot) {
  return slot->random ? kd_distribution_quantile(&slot->distribution, 0.5) : slot->distribution.p[0];
}

static kd_status copy_parameters(kd_record *record, const kd_scenario *scenario, kd_error *err) {
  kd_status status = KD_OK;
  const size_t count = kd_scenario_slots(scenario);
  KD_TRY(kd_record_alloc(&record->parameter, record, count, sizeof *record->parameter, err));
  for (size_t i = 0; i < count; i++) {
    const kd_slot *slot = kd_scenario_slot(scenario, i);
    kd_record_parameter *to = &record->parameter[i];
    *to = (kd_record_parameter){.value = slot->param->kind == KD_PARAM_TABLE ? (double)NAN : median(slot),
                                .distribution = distribution_name(slot),
                                .assumed = slot->assumed,
                                .given = slot->given,
                                .random = slot->random};
    KD_TRY(kd_record_text(&to->key, record, slot->key, err));
    KD_TRY(kd_record_text(&to->text, record, slot->text, err));
    KD_TRY(kd_record_text(&to->unit, record, slot->param->unit != NULL ? slot->param->unit : "", err));
    KD_TRY(kd_record_text(&to->source, record, slot->source, err));
    KD_TRY(kd_record_text(&to->doc, record, slot->param->doc, err));
  }
  record->parameters = count;
out:
  return status;
}

static kd_status copy_inputs(kd_record *record, const kd_scenario *scenario, kd_error *err) {
  kd_status status = KD_OK;
  const size_t count = kd_scenario_inputs(scenario);
  KD_TRY(kd_record_alloc(&record->input, record, count, sizeof *record->input, err));
  for (size_t i = 0; i < count; i++) {
    const kd_input_file *from = kd_scenario_input(scenario, i);
    KD_TRY(kd_record_text(&record->input[i].path, record, from->path, err));
    KD_TRY(kd_record_text(&record->input[i].sha256, record, from->sha256, err));
  }
  record->inputs = count;
out:
  return status;
}

static kd_status copy_exhibits(kd_record *record, const kd_ensemble *ensemble, kd_error *err) {
  kd_status status = KD_OK;
  for (size_t s = 0; s < KD_PROGRAMME_STAGES; s++) {
    const kd_stage *stage = kd_programme_stages[s].stage;
    const void *prepared = kd_ensemble_prepared(ensemble, s);
    const kd_exhibit *exhibit;
    if (prepared == NULL || stage->exhibits == NULL) continue;
    const size_t count = stage->exhibits(&exhibit, prepared);
    KD_TRY(kd_record_add_exhibits(record, exhibit, count, err));
  }
out:
  return status;
}

kd_status kd_run_source_scenario(kd_run_source *out, kd_context *ctx, const kd_scenario *scenario, uint64_t seed,
                                 size_t threads, kd_error *err) {
  kd_status status = KD_OK;
  kd_record *record = NULL;
  kd_layer *layer = NULL;
  size_t layers = 0;
  kd_scenario_source *self = kd_alloc(ctx, 1, sizeof *self);
  if (self == NULL) return kd_error_set(err, KD_E_NOMEM, "out of memory for a run");
  self->ctx = ctx;
  kd_text_init(&self->scenario, ctx);
  KD_TRY(kd_ensemble_create(&self->ensemble, ctx, scenario, seed, threads, err));
  KD_CHECK(kd_scenario_write(&self->scenario, scenario) == KD_OK && !self->scenario.failed, err, KD_E_NOMEM,
           "out of memory for the resolved scenario");
  KD_TRY(kd_record_create(&record, ctx, err));
  KD_TRY(kd_record_text(&record->run.name, record, kd_scenario_name(scenario), err));
  KD_TRY(kd_record_text(&record->run.scenario_hash, record, kd_scenario_hash(scenario), err));
  KD_TRY(copy_columns(record, self->ensemble, err));
  KD_TRY(copy_parameters(record, scenario, err));
  KD_TRY(copy_inputs(record, scenario, err));
  KD_TRY(copy_exhibits(record, self->ensemble, err));
  KD_TRY(kd_layers_of_run(&layer, &layers, record, &kd_scenario_medians(scenario)->deposit, err));
  *out = (kd_run_source){.record = record,
                         .scenario = self->scenario.bytes,
                         .scenario_length = self->scenario.length,
                         .layer = layer,
                         .layers = layers,
                         .advance = advance,
                         .release = release,
                         .user = self};
  return KD_OK;
out:
  kd_record_destroy(&record);
  release(self);
  return status;
}

kd_status kd_run_create(kd_run **out, kd_context *ctx, const kd_scenario *scenario, const kd_run_options *opt,
                        kd_error *err) {
  kd_status status = KD_OK;
  kd_run_source source;
  kd_run_options options = *opt;
  *out = NULL;
  if (options.threads == 0) {
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    options.threads = processors > 0 ? (size_t)processors : 1;
  }
  KD_TRY(kd_run_source_scenario(&source, ctx, scenario, options.seed, options.threads, err));
  KD_TRY(kd_run_start(out, ctx, &source, &options, err));
out:
  return status;
}
