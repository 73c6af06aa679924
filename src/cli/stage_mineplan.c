// SPDX-License-Identifier: Apache-2.0
/* kaidei mineplan SCENARIO --schedule: which sites in which year, the greedy plan beside the programmes. */
#include "cli/stage_mineplan.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/files.h"
#include "base/quantity.h"
#include "mineplan/kernels_schedule.h"
#include "mineplan/plan.h"
#include "numerics/linear.h"
#include "numerics/polygon.h"
#include "programme/registry.h"
#include "scenario/map_file.h"

static void report(kd_status code, unsigned line, unsigned column, const char *message, void *user) {
  (void)code;
  fprintf(stderr, "%s:%u:%u: error: %s\n", (const char *)user, line, column, message);
}

static kd_status read_bound(kd_table **out, kd_context *ctx, const char *path, const char *columns, kd_error *err) {
  kd_status status = KD_OK;
  void *user = (void *)(uintptr_t)path;
  KD_TRY(kd_table_read(out, ctx, path, report, user, err));
  KD_TRY(kd_table_bind(*out, columns, report, user, err));
out:
  return status;
}

/* The zones of --keep-out as a table, of whatever kind the file is. */
static kd_status read_zones(kd_table **out, kd_context *ctx, const char *path, kd_work *work) {
  kd_status status = KD_OK;
  kd_text text;
  char *bytes = NULL;
  size_t count = 0;
  void *user = (void *)(uintptr_t)path;
  kd_text_init(&text, ctx);
  if (!kd_map_file(path)) {
    status = read_bound(out, ctx, path, KD_POLYGON_COLUMNS, work->err);
    goto out;
  }
  KD_TRY(kd_file_read_all(&bytes, &count, ctx, path, (size_t)64 << 20, work->err));
  KD_TRY(kd_map_text(&text, path, bytes, count, work));
  KD_TRY(kd_table_parse(out, ctx, path, text.bytes, text.length, report, user, work->err));
  KD_TRY(kd_table_bind(*out, KD_POLYGON_COLUMNS, report, user, work->err));
out:
  kd_free(ctx, bytes);
  kd_text_free(&text);
  return status;
}

/* The plan of the scenario's ground, with the width, the years and the zones of the options. */
static kd_status make_plan(kd_plan **out, const kd_arguments *arguments, const kd_schedule_question *q,
                           const kd_table *zones, kd_work *work) {
  kd_status status = KD_OK;
  const char *rule[KD_MAX_VALUES], *width = kd_value(arguments, "width", NULL);
  const size_t rules = kd_values(rule, arguments, "plan");
  kd_programme_params *params = kd_arena_alloc(work->scratch, 1, sizeof *params);
  KD_CHECK(params != NULL, work->err, KD_E_NOMEM, "out of memory");
  *params = *q->params;
  if (zones != NULL) params->mineplan.zones = zones;
  if (width != NULL) {
    KD_TRY(kd_quantity_in(&params->mineplan.site_width, width, "m", NULL, work->err));
    KD_CHECK(params->mineplan.site_width > 0.0, work->err, KD_E_RANGE, "--width %s: must be above 0 m", width);
  }
  for (size_t i = 0; i < rules; i++)
    if (strncmp(rule[i], "years=", 6) == 0)
      KD_TRY(kd_quantity_in(&params->mineplan.years, rule[i] + 6, "1", NULL, work->err));
  KD_CHECK(params->mineplan.years >= 1.0 && params->mineplan.years <= 100.0, work->err, KD_E_RANGE,
           "years %g: must be from 1 to 100", params->mineplan.years);
  params->mineplan.plan_method = KD_SCHEDULE_GREEDY; /* the kernels make the plan that is asked for */
  params->mineplan.plan_risk = 0.0;
  KD_TRY(kd_programme_plan(out, params, q->ground, q->seed, work->ctx, work->err));
out:
  return status;
}

static kd_status tables_of(kd_table **sites, kd_table **realised, const kd_plan *plan, kd_work *work) {
  kd_status status = KD_OK;
  KD_TRY(kd_table_create(sites, work->ctx, "x [m], y [m], value [1], time [h], mass [t], row [1]", plan->sites,
                         work->err));
  KD_TRY(kd_table_create(realised, work->ctx, "site [1], realisation [1], value [1]", plan->sites * plan->pictures,
                         work->err));
  for (size_t i = 0; i < plan->sites; i++) {
    const kd_plan_site *s = &plan->site[i];
    const double cell[6] = {s->x, s->y, s->value, s->hours, s->mass, (double)s->column + 1.0};
    for (size_t k = 0; k < 6; k++) (*sites)->column[k].number[i] = cell[k];
    for (size_t k = 0; k < plan->pictures; k++) {
      const double row[3] = {(double)i + 1.0, (double)k + 1.0, plan->draws[k * plan->sites + i]};
      for (size_t c = 0; c < 3; c++) (*realised)->column[c].number[k * plan->sites + i] = row[c];
    }
  }
out:
  return status;
}

/* The sites outside all zones; row: their rows in the table, from 1. */
static kd_status keep_out(kd_table **out, const kd_table *sites, const kd_polygons *zones, kd_work *work) {
  kd_status status = KD_OK;
  static const char *const names[5] = {"x", "y", "value", "time", "mass"};
  const kd_column *from[5], *column = kd_table_column(sites, "column");
  size_t rows = 0;
  uint8_t *free_ground = kd_arena_alloc(work->scratch, sites->rows + 1, 1);
  *out = NULL;
  KD_CHECK(free_ground != NULL, work->err, KD_E_NOMEM, "out of memory");
  for (size_t k = 0; k < 5; k++) from[k] = kd_table_column(sites, names[k]);
  for (size_t i = 0; i < sites->rows; i++) {
    free_ground[i] = zones == NULL || !kd_polygons_contain(zones, from[0]->number[i], from[1]->number[i]);
    rows += free_ground[i];
  }
  KD_CHECK(rows > 0, work->err, KD_E_INFEASIBLE, "no site is free: the zones to keep out of hold all %zu", sites->rows);
  KD_TRY(kd_table_create(out, work->ctx, "x [m], y [m], value [1], time [h], mass [t], row [1]", rows, work->err));
  for (size_t i = 0, at = 0; i < sites->rows; i++) {
    if (!free_ground[i]) continue;
    for (size_t k = 0; k < 5; k++) (*out)->column[k].number[at] = from[k] != NULL ? from[k]->number[i] : 0.0;
    (*out)->column[5].number[at++] = column != NULL ? column->number[i] : (double)i + 1.0;
  }
out:
  return status;
}

static void write_sites(kd_text *out, const kd_table *sites, bool json) {
  static const char *const keys[6] = {"x_m", "y_m", "value", "time_h", "mass_t", "row"};
  static const double units[6] = {1.0, 1.0, 1.0, 3600.0, 1000.0, 1.0};
  kd_text_add(out, json ? "\"sites\": [" : "site [1],x [m],y [m],value [1],time [h],mass [t],row [1]\n");
  for (size_t i = 0; i < sites->rows; i++) {
    kd_text_printf(out, json ? "%s\n{\"site\": %zu" : "%s%zu", json && i > 0 ? "," : "", i + 1);
    for (size_t k = 0; k < 6; k++) {
      kd_text_printf(out, json ? ", \"%s\": " : ",", keys[k]);
      kd_text_add_number(out, sites->column[k].number[i] / units[k]);
    }
    kd_text_add(out, json ? "}" : "\n");
  }
  kd_text_add(out, json ? "\n],\n" : "\n");
}

#define KD_OWN_RULES 9

/* What the user set, then what the scenario says for the rest; without a solver the greedy method. */
static size_t read_rules(const char **rule, char own[KD_OWN_RULES][64], const kd_arguments *arguments,
                         const kd_mineplan_params *p, double dry_year) {
  static const char *const keys[KD_OWN_RULES] = {
      "ship_time=", "landing=", "method=", "speed=", "discount=", "risk=", "tail=", "years=", "capacity="};
  static const char *const methods[] = {"greedy", "linear", "whole"};
  const size_t given = kd_values(rule, arguments, "plan"), wanted = isnan(dry_year) ? KD_OWN_RULES - 1 : KD_OWN_RULES;
  const bool scheduled = p->plan == KD_PLAN_SCHEDULE;
  const double number[KD_OWN_RULES] = {p->planned_days / 3600.0,
                                       p->site_move_time / 3600.0,
                                       0.0,
                                       p->travel_speed * 3.6,
                                       p->plan_discount * 100.0,
                                       p->plan_risk,
                                       p->plan_tail,
                                       scheduled ? fmax(1.0, ceil(p->years - 1e-9)) : 1.0,
                                       dry_year * 1e-3};
  static const char *const unit[KD_OWN_RULES] = {" h", " h", "", " km/h", " %", "", "", "", " t"};
  size_t count = given;
  for (size_t k = 0; k < wanted; k++) {
    bool set = false;
    snprintf(own[k], sizeof own[k], "%s%.17g%s", keys[k], number[k], unit[k]);
    if (k == 2)
      snprintf(own[k], sizeof own[k], "%s%s", keys[k],
               scheduled               ? methods[p->plan_method]
               : kd_linear_available() ? "whole"
                                       : "greedy");
    for (size_t i = 0; i < given; i++) set = set || strncmp(rule[i], keys[k], strlen(keys[k])) == 0;
    if (!set) rule[count++] = own[k];
  }
  return count;
}

static kd_status write_plan(kd_text *out, const kd_table *sites, const kd_table *realised,
                            const kd_arguments *arguments, const kd_mineplan_params *p, double dry_year,
                            kd_work *work) {
  kd_status status = KD_OK;
  const char *rule[KD_MAX_VALUES + KD_OWN_RULES];
  char own[KD_OWN_RULES][64];
  const bool json = kd_has(arguments, "json");
  const kd_table *data[2] = {sites, realised};
  const size_t rules = read_rules(rule, own, arguments, p, dry_year);
  const kd_kernel *compare = kd_kernel_find("mineplan.schedule_gap", work->err),
                  *schedule = kd_kernel_find("mineplan.schedule", work->err);
  KD_TRY(compare != NULL && schedule != NULL ? KD_OK : work->err->code);
  write_sites(out, sites, json);
  kd_text_add(out, json ? "\"comparison\": " : "");
  if (kd_linear_available())
    KD_TRY(kd_kernel_eval_data(out, compare, data, rule, rules, json, work));
  else
    kd_text_add(out, json ? "null" : "no comparison: built without a solver, the greedy plan stands alone\n");
  kd_text_add(out, json ? ", \"plan\": " : "\n");
  KD_TRY(kd_kernel_eval_data(out, schedule, data, rule, rules, json, work));
out:
  return status;
}

kd_status kd_mineplan_schedule_text(kd_text *out, kd_context *ctx, const kd_arguments *arguments,
                                    const kd_schedule_question *q, kd_error *err) {
  kd_status status = KD_OK;
  kd_arena *scratch = NULL;
  kd_table *all = NULL, *sites = NULL, *realised = NULL, *corners = NULL;
  kd_plan *plan = NULL;
  kd_polygons zones;
  double dry_year = (double)NAN;
  const char *path = kd_value(arguments, "sites", NULL), *draws = kd_value(arguments, "realisations", NULL),
             *fence = kd_value(arguments, "keep-out", NULL);
  const bool json = kd_has(arguments, "json");
  KD_CHECK(kd_arena_create(&scratch, ctx) == KD_OK, err, KD_E_NOMEM, "out of memory");
  kd_work work = {.ctx = ctx, .scratch = scratch, .err = err};
  KD_CHECK(path == NULL || !kd_has(arguments, "width"), err, KD_E_USAGE,
           "--width is of the panels of the scenario's ground: not with --sites");
  KD_CHECK(draws == NULL || path != NULL, err, KD_E_USAGE, "--realisations wants the --sites that they are of");
  KD_CHECK(draws == NULL || fence == NULL, err, KD_E_USAGE,
           "--keep-out would renumber the sites of --realisations: leave those sites out of both tables");
  if (fence != NULL) KD_TRY(read_zones(&corners, ctx, fence, &work));
  if (path == NULL) {
    KD_TRY(make_plan(&plan, arguments, q, corners, &work));
    KD_TRY(tables_of(&sites, &realised, plan, &work));
    dry_year = plan->dry_year;
  } else {
    KD_TRY(read_bound(&all, ctx, path, kd_schedule_slots[0].columns, err));
    if (draws != NULL) KD_TRY(read_bound(&realised, ctx, draws, kd_schedule_slots[1].columns, err));
    if (fence != NULL) KD_TRY(kd_polygons_read(&zones, corners, &work));
    KD_CHECK(fence == NULL || !zones.geographic, err, KD_E_BASIS, "--keep-out is in degrees, the sites are in metres");
    KD_TRY(keep_out(&sites, all, fence != NULL ? &zones : NULL, &work));
  }
  kd_text_add(out, json ? "{\"stage\": \"mineplan\", " : "");
  KD_TRY(write_plan(out, sites, realised, arguments, &q->params->mineplan, dry_year, &work));
  kd_text_add(out, json ? "}\n" : "");
out:
  kd_plan_release((void **)&plan);
  kd_table_destroy(&corners);
  kd_table_destroy(&realised);
  kd_table_destroy(&sites);
  kd_table_destroy(&all);
  kd_arena_destroy(&scratch);
  return status;
}
