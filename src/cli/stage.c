// SPDX-License-Identifier: Apache-2.0
/* kaidei deposit, mineplan, lift, campaign, process, plume, economy, supply: one stage alone. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "base/quantity.h"
#include "cli/commands.h"
#include "cli/design.h"
#include "cli/shared.h"
#include "cli/stage_lift.h"
#include "cli/stage_lift_event.h"
#include "cli/stage_mineplan.h"
#include "ensemble/ensemble.h"
#include "results/report_words.h"

/* What every stage takes. */
#define EVERY_STAGE                                                                                                    \
  {"feed", 0, "FILE", "One row of CSV, `name [unit]`, that replaces what comes from upstream.", false},                \
      {"seed", 0, "N", "Seed of the stage's own chance, such as weather (default 1).", false},                         \
      {"set", 's', "KEY=VALUE", "Sets a key of the scenario, in scenario syntax.", true}, {                            \
    "fields", 0, NULL, "Lists what --feed may hold.", false                                                            \
  }

static const kd_option options[] = {
    EVERY_STAGE,
};

static const kd_option mineplan_options[] = {
    EVERY_STAGE,
    {"schedule", 0, NULL, "Plans the sites over years: the greedy plan beside the programmes, with the gap.", false},
    {"sites", 0, "FILE", "With --schedule: x, y, value, time, mass of sites, not the scenario's ground.", false},
    {"realisations", 0, "FILE", "With --sites: site, realisation, value.", false},
    {"keep-out", 0, "FILE", "With --schedule: polygons to keep out of: CSV, GeoJSON, GeoPackage.", false},
    {"width", 0, "LENGTH", "With --schedule: side of a site of the ground (default: mineplan.site_width).", false},
    {"plan", 0, "KEY=VALUE", "With --schedule: an option of mineplan.schedule, such as years=3.", true},
};

static const kd_option process_options[] = {
    EVERY_STAGE,
    {"design", 0, NULL, "The separation train of least cost, solved stage by stage.", false},
    {"linked", 0, NULL, "With --design: organic products go on to the next cut still loaded.", false},
    {"other", 0, "SHARE", "With --design: share of anything else in the products; purity then counts over everything.",
     false},
    {"spread", 0, "SHARE", "With --design: P10, P50 and P90 if ln beta has this standard deviation over ln beta.",
     false},
};

static const kd_option lift_options[] = {
    EVERY_STAGE,
    {"string", 0, NULL, "Prints the statics of the string as a table: tensions, stresses, stretch, ratings.", false},
    {"operability", 0, NULL, "Prints the seas in which the string may stay down: heading x period x height.", false},
    {"transient", 0, "EVENT",
     "Plays an event in time: start_up, shutdown, restart, plug, batch, pump_trip, surge or steady.", false},
    {"sea", 0, "KEY=VALUE",
     "String and line together in a sea, during the event: hs=3m, tp=10s, way=two, model=beam ...", true},
    {"design", 0, NULL, "Operating window over rate, solids and bore, and the best of it for mean and stiff mud.",
     false},
    {"cells", 0, "N", "Cells of the line in time (default 200).", false},
    {"output", 'o', "DIR", "Folder for tables, page and animation of --transient and --design.", false},
};

static size_t stage_index(const char *name) {
  size_t s = 0;
  while (s + 1 < KD_PROGRAMME_STAGES && strcmp(kd_programme_stages[s].stage->name, name) != 0) s++;
  return s;
}

static void report(kd_status code, unsigned line, unsigned column, const char *message, void *user) {
  (void)code;
  fprintf(stderr, "%s:%u:%u: error: %s\n", (const char *)user, line, column, message);
}

static void list_fields(kd_text *out, size_t stage) {
  for (size_t f = 0; f < KD_PROGRAMME_FEEDS; f++) {
    const kd_exchange *exchange = kd_programme_feeds[f].exchange;
    if (kd_programme_feeds[f].stage != stage) continue;
    for (size_t i = 0; i < exchange->count; i++) {
      kd_text_printf(out, "%s%s [%s]\n", exchange->fields[i].name,
                     exchange->fields[i].labels != NULL ? "_la .. _sc" : "", exchange->fields[i].unit);
    }
  }
}

static void write_row(kd_text *out, const kd_outcome_column *column, double value, bool json, bool first) {
  const double shown = kd_quantity_show(value, column->unit);
  if (json) {
    kd_text_add(out, first ? "\n  {\"key\": " : ",\n  {\"key\": ");
    kd_text_add_json(out, column->key);
    kd_text_add(out, ", \"value\": ");
    kd_text_add_number(out, shown);
    kd_text_add(out, ", \"unit\": ");
    kd_text_add_json(out, column->unit);
    kd_text_add(out, ", \"doc\": ");
    kd_text_add_json(out, column->doc);
    kd_text_add(out, "}");
  } else {
    char number[32];
    const char *tail = strrchr(column->key, '_');
    const bool date = tail != NULL && strcmp(tail, "_date") == 0 && strcmp(column->unit, "s") == 0 && isfinite(value);
    if (!isfinite(value) && strstr(column->key, ".route_") != NULL)
      snprintf(number, sizeof number, "%s", "cannot be known");
    else if (date)
      kd_report_date(number, sizeof number, value);
    else
      kd_short_number(number, sizeof number, shown);
    kd_text_printf(out, "%-44s %12s  %-12s %s\n", column->key, number, date ? "" : column->unit,
                   column->doc != NULL ? column->doc : "");
  }
}

static const char *const only_scheduled[] = {"sites", "realisations", "keep-out", "width", "plan"};

/* A stage that has run once, and what the command asks of it. */
typedef struct answered {
  const kd_arguments *arguments;
  kd_context *ctx;
  kd_scenario *scenario;
  kd_ensemble *ensemble;
  double *row; /* one value a column of the ensemble */
  uint64_t seed;
} answered;

static void write_outputs(kd_text *out, const answered *a) {
  const char *stage = a->arguments->command->name;
  const bool json = kd_has(a->arguments, "json");
  bool first = true;
  if (json) kd_text_add(out, "{\"stage\": ");
  if (json) kd_text_add_json(out, stage);
  if (json) kd_text_add(out, ", \"outputs\": [");
  for (size_t i = 0; i < kd_ensemble_columns(a->ensemble); i++) {
    const kd_outcome_column *column = kd_ensemble_column(a->ensemble, i);
    if (column->kind == KD_COLUMN_DRAW || strcmp(column->stage, stage) != 0) continue;
    if (column->kind == KD_COLUMN_LEDGER && a->row[i] == 0) continue;
    write_row(out, column, a->row[i], json, first);
    first = false;
  }
  if (json) kd_text_add(out, "\n]}\n");
}

/* The stage's outputs, or the deeper look that an option asks for. */
static kd_status write_answer(kd_text *out, const answered *a, kd_error *err) {
  kd_status status = KD_OK;
  const kd_arguments *arguments = a->arguments;
  const void *params = kd_ensemble_stage_params(a->ensemble), *result = kd_ensemble_stage_result(a->ensemble);
  const bool lift = strcmp(arguments->command->name, "lift") == 0;
  if (kd_has(arguments, "schedule")) {
    const kd_schedule_question question = {kd_scenario_medians(a->scenario), kd_ensemble_prepared(a->ensemble, 0),
                                           a->seed};
    return kd_mineplan_schedule_text(out, a->ctx, arguments, &question, err);
  }
  for (size_t k = 0; k < sizeof only_scheduled / sizeof only_scheduled[0]; k++)
    KD_CHECK(!kd_has(arguments, only_scheduled[k]), err, KD_E_USAGE, "--%s wants --schedule", only_scheduled[k]);
  if (kd_has(arguments, "string") || kd_has(arguments, "operability"))
    return kd_lift_string_table(out, a->ctx, params, result, kd_has(arguments, "operability"),
                                kd_has(arguments, "json"), err);
  if (kd_has(arguments, "transient") || kd_has(arguments, "sea"))
    return kd_lift_event_text(out, a->ctx, arguments, params, result, err);
  if (kd_has(arguments, "design"))
    return lift ? kd_lift_design_text(out, a->ctx, arguments, params, result, err)
                : kd_design_report(out, a->ensemble, a->row, a->scenario, arguments, a->ctx, err);
  write_outputs(out, a);
out:
  return status;
}

int kd_stage_command(const kd_arguments *arguments, kd_context *ctx) {
  kd_status status = KD_OK;
  kd_error err = {0};
  answered a = {.arguments = arguments, .ctx = ctx, .seed = 1};
  kd_table *feed = NULL;
  const size_t stage = stage_index(arguments->command->name);
  const char *feed_path = kd_value(arguments, "feed", NULL);
  kd_text text;
  kd_text_init(&text, ctx);
  if (kd_has(arguments, "fields")) {
    list_fields(&text, stage);
    return kd_print(&text);
  }
  KD_TRY(kd_whole(&a.seed, arguments, "seed", 1, 0, UINT64_MAX / 2, &err));
  KD_CHECK(arguments->operands == 1, &err, KD_E_USAGE, "%s wants a scenario: `kaidei run` lists the shipped ones",
           arguments->command->name);
  const int opened = kd_open_scenario(&a.scenario, arguments, ctx, arguments->operand[0]);
  if (opened != 0) return opened;
  if (feed_path != NULL) KD_TRY(kd_table_read(&feed, ctx, feed_path, report, (void *)(uintptr_t)feed_path, &err));
  KD_TRY(kd_ensemble_create(&a.ensemble, ctx, a.scenario, a.seed, 1, &err));
  a.row = kd_alloc(ctx, kd_ensemble_columns(a.ensemble), sizeof *a.row);
  KD_CHECK(a.row != NULL, &err, KD_E_NOMEM, "out of memory");
  KD_TRY(kd_ensemble_stage(a.row, a.ensemble, stage, feed, &err));
  KD_TRY(write_answer(&text, &a, &err));
out:
  kd_free(ctx, a.row);
  kd_table_destroy(&feed);
  kd_ensemble_destroy(&a.ensemble);
  kd_scenario_destroy(&a.scenario);
  if (status == KD_OK) return kd_print(&text);
  kd_text_free(&text);
  err.code = status;
  return kd_fail(&err);
}

#define STAGE_COMMAND(stage, line, list)                                                                               \
  static const char *const stage##_examples[] = {"kaidei " #stage " minamitorishima-2027-full-trial",                  \
                                                 "at the medians", "kaidei " #stage " my.yaml --json",                 \
                                                 "for a program", NULL};                                               \
  const kd_command kd_command_##stage = {                                                                              \
      .name = #stage,                                                                                                  \
      .operands = "SCENARIO",                                                                                          \
      .least = 0,                                                                                                      \
      .most = 1,                                                                                                       \
      .summary = line,                                                                                                 \
      .about = "What lies upstream runs at the medians of all parameters, or comes from --feed FILE.",                 \
      .examples = stage##_examples,                                                                                    \
      .options = list,                                                                                                 \
      .option_count = sizeof list / sizeof list[0],                                                                    \
      .run = kd_stage_command}

STAGE_COMMAND(mineplan, "Runs the mine plan alone: ground, insertions, dilution.", mineplan_options);
STAGE_COMMAND(lift, "Runs the lift alone: pressures, energy, string.", lift_options);
STAGE_COMMAND(campaign, "Runs the campaign alone: calendar, lost hours, tonnes.", options);
STAGE_COMMAND(process, "Runs the process alone: recovery, reagents, stages, products.", process_options);
STAGE_COMMAND(plume, "Runs the plume alone: footprint and volume over threshold.", options);
STAGE_COMMAND(economy, "Runs the economy alone: cost, cash flow, price ratio.", options);
STAGE_COMMAND(supply, "Runs supply security alone: cover, dependence, embargo loss.", options);
