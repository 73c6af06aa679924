// SPDX-License-Identifier: Apache-2.0
/* kaidei mineplan SCENARIO --schedule: which sites in which year, the greedy plan beside the programmes. */
#include "cli/stage_mineplan.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/quantity.h"
#include "mineplan/kernels_schedule.h"
#include "mineplan/sites.h"
#include "numerics/linear.h"
#include "numerics/polygon.h"
#include "programme/registry.h"

#define PANEL "200 m"

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

/* Sites of a file, or of the scenario's ground. */
static kd_status find_sites(kd_table **out, const kd_arguments *arguments, const kd_programme_params *params,
                            const kd_programme_result *result, kd_work *work) {
  kd_status status = KD_OK;
  const char *path = kd_value(arguments, "sites", NULL), *width = kd_value(arguments, "width", NULL);
  double side;
  KD_CHECK(path == NULL || width == NULL, work->err, KD_E_USAGE,
           "--width is of the panels of the scenario's ground: not with --sites");
  if (path != NULL) {
    KD_TRY(read_bound(out, work->ctx, path, kd_schedule_slots[0].columns, work->err));
    goto out;
  }
  KD_TRY(kd_quantity_in(&side, width != NULL ? width : PANEL, "m", NULL, work->err));
  KD_TRY(kd_mineplan_sites(out, &params->mineplan, &result->deposit.ground, side, work));
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

/* What the user set, then what the scenario says for the rest; without a solver the greedy method. */
static size_t read_rules(const char **rule, char own[3][64], const kd_arguments *arguments,
                         const kd_mineplan_params *p) {
  static const char *const keys[3] = {"ship_time=", "landing=", "method="};
  const size_t given = kd_values(rule, arguments, "plan");
  size_t count = given;
  snprintf(own[0], sizeof own[0], "%s%.17g h", keys[0], p->planned_days / 3600.0);
  snprintf(own[1], sizeof own[1], "%s%.17g h", keys[1], p->site_move_time / 3600.0);
  snprintf(own[2], sizeof own[2], "%s%s", keys[2], kd_linear_available() ? "whole" : "greedy");
  for (size_t k = 0; k < 3; k++) {
    bool set = false;
    for (size_t i = 0; i < given; i++) set = set || strncmp(rule[i], keys[k], strlen(keys[k])) == 0;
    if (!set) rule[count++] = own[k];
  }
  return count;
}

static kd_status write_plan(kd_text *out, const kd_table *sites, const kd_table *realised,
                            const kd_arguments *arguments, const kd_mineplan_params *p, kd_work *work) {
  kd_status status = KD_OK;
  const char *rule[KD_MAX_VALUES + 3];
  char own[3][64];
  const bool json = kd_has(arguments, "json");
  const kd_table *data[2] = {sites, realised};
  const size_t rules = read_rules(rule, own, arguments, p);
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
                                    const kd_programme_params *params, const kd_programme_result *result,
                                    kd_error *err) {
  kd_status status = KD_OK;
  kd_arena *scratch = NULL;
  kd_table *all = NULL, *sites = NULL, *realised = NULL, *corners = NULL;
  kd_polygons zones;
  const char *draws = kd_value(arguments, "realisations", NULL), *fence = kd_value(arguments, "keep-out", NULL);
  const bool json = kd_has(arguments, "json");
  KD_CHECK(kd_arena_create(&scratch, ctx) == KD_OK, err, KD_E_NOMEM, "out of memory");
  kd_work work = {.ctx = ctx, .scratch = scratch, .err = err};
  KD_CHECK(draws == NULL || kd_has(arguments, "sites"), err, KD_E_USAGE,
           "--realisations wants the --sites that they are of");
  KD_CHECK(draws == NULL || fence == NULL, err, KD_E_USAGE,
           "--keep-out would renumber the sites of --realisations: leave those sites out of both tables");
  KD_TRY(find_sites(&all, arguments, params, result, &work));
  if (draws != NULL) KD_TRY(read_bound(&realised, ctx, draws, kd_schedule_slots[1].columns, err));
  if (fence != NULL) {
    KD_TRY(read_bound(&corners, ctx, fence, KD_POLYGON_COLUMNS, err));
    KD_TRY(kd_polygons_read(&zones, corners, &work));
    KD_CHECK(!zones.geographic, err, KD_E_BASIS, "--keep-out is in degrees, the sites are in metres");
  }
  KD_TRY(keep_out(&sites, all, fence != NULL ? &zones : NULL, &work));
  kd_text_add(out, json ? "{\"stage\": \"mineplan\", " : "");
  KD_TRY(write_plan(out, sites, realised, arguments, &params->mineplan, &work));
  kd_text_add(out, json ? "}\n" : "");
out:
  kd_table_destroy(&corners);
  kd_table_destroy(&realised);
  kd_table_destroy(&sites);
  kd_table_destroy(&all);
  kd_arena_destroy(&scratch);
  return status;
}
