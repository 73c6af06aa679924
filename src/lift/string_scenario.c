// SPDX-License-Identifier: Apache-2.0
/* From a scenario to the kernels of the string: its segments and loads, and operability back into limits by period. */
#include <math.h>
#include <stdio.h>

#include "base/error.h"
#include "lift/lift_table.h"
#include "lift/string_static.h"

#define PI 3.14159265358979323846

kd_status kd_lift_period_limits(kd_limits *out, const kd_lift_params *p, kd_error *err) {
  kd_status status = KD_OK;
  const kd_table *t = p->operability_table;
  KD_CHECK(t != NULL, err, KD_E_MISSING, "operability_table: a table is needed where operability is table");
  const double *tp = kd_table_column(t, "tp")->number, *hs = kd_table_column(t, "hs_limit")->number;
  const kd_column *heading = kd_table_column(t, "heading");
  out->period_count = 0;
  for (size_t i = 0; i < t->rows; i++) {
    KD_CHECK(tp[i] > 0 && hs[i] >= 0, err, KD_E_RANGE,
             "operability_table: row %zu: tp %g s must be above 0 s and hs_limit %g m at least 0 m", i + 1, tp[i],
             hs[i]);
    /* Both sides of the ship are alike; a thousandth of a degree for rounding in a file. */
    if (heading != NULL && !(fabs(remainder(heading->number[i], 2 * PI)) >= p->operability_heading - 2e-5)) continue;
    int k = 0;
    while (k < out->period_count && out->period[k] < tp[i] - 1e-9) k++;
    if (k < out->period_count && out->period[k] < tp[i] + 1e-9) {
      out->wave_limit_by_period[k] = fmin(out->wave_limit_by_period[k], hs[i]);
      continue;
    }
    KD_CHECK(out->period_count < KD_LIMIT_PERIODS, err, KD_E_SIZE, "operability_table: more than %d peak periods",
             KD_LIMIT_PERIODS);
    for (int m = out->period_count++; m > k; m--) {
      out->period[m] = out->period[m - 1];
      out->wave_limit_by_period[m] = out->wave_limit_by_period[m - 1];
    }
    out->period[k] = tp[i];
    out->wave_limit_by_period[k] = hs[i];
  }
  KD_CHECK(out->period_count > 0, err, KD_E_INFEASIBLE,
           "operability_table: no row has a heading of %g deg or more; lower operability_heading",
           p->operability_heading * 180 / PI);
out:
  return status;
}

static kd_status option(const char **options, size_t *count, kd_work *work, const char *key, double value,
                        const char *unit) {
  char text[96];
  (void)snprintf(text, sizeof text, "%s=%.17g%s%s", key, value, unit[0] != '\0' ? " " : "", unit);
  options[*count] = kd_arena_strdup(work->scratch, text);
  if (options[*count] == NULL) return kd_error_set(work->err, KD_E_NOMEM, "out of memory for the options");
  (*count)++;
  return KD_OK;
}

/* One segment of bore and wall with the conduit beside it; joints and floats as in the stage. */
static kd_status uniform(kd_table **out, const kd_lift_params *p, const kd_lift_result *r, kd_work *work) {
  kd_status status = KD_OK;
  const bool conduit = p->method == KD_LIFT_CLOSED_CIRCUIT;
  const double row[] = {r->string_length,
                        p->bore,
                        kd_lift_outer_diameter(p),
                        p->material_density,
                        p->modulus,
                        p->yield_strength,
                        p->joint_factor,
                        p->buoyancy / r->string_length,
                        conduit ? p->conduit_bore : 0,
                        conduit ? p->conduit_bore + 2 * p->conduit_wall : 0};
  KD_TRY(kd_table_create(out, work->ctx,
                         "length [m], bore [m], outer_diameter [m], material_density [kg/m3], modulus [Pa], "
                         "yield_strength [Pa], joint_factor [1], buoyancy [kg/m], conduit_bore [m], "
                         "conduit_outer_diameter [m]",
                         1, work->err));
  for (size_t i = 0; i < KD_COUNT(row); i++) (*out)->column[i].number[0] = row[i];
out:
  return status;
}

static kd_status copy(kd_table **out, const kd_table *from, kd_work *work) {
  kd_status status = KD_OK;
  char columns[1024] = "";
  size_t used = 0;
  for (size_t c = 0; c < from->columns; c++)
    used += (size_t)snprintf(columns + used, used < sizeof columns ? sizeof columns - used : 0, "%s%s [%s]",
                             c > 0 ? ", " : "", from->column[c].name,
                             from->column[c].unit[0] != '\0' ? from->column[c].unit : "1");
  KD_CHECK(used < sizeof columns, work->err, KD_E_SIZE, "string_segments: too many columns");
  KD_TRY(kd_table_create(out, work->ctx, columns, from->rows, work->err));
  for (size_t c = 0; c < from->columns; c++)
    for (size_t i = 0; i < from->rows; i++) (*out)->column[c].number[i] = from->column[c].number[i];
out:
  return status;
}

kd_status kd_lift_string_scenario(kd_table **segments, const char **options, size_t *count, const kd_lift_params *p,
                                  const kd_lift_result *r, bool with_sea, kd_work *work) {
  kd_status status = KD_OK;
  *count = 0;
  if (p->string_segments != NULL)
    KD_TRY(copy(segments, p->string_segments, work));
  else
    KD_TRY(uniform(segments, p, r, work));
#define OPTION(key, value, unit) KD_TRY(option(options, count, work, key, value, unit))
  const double depth = r->string_length - p->deck_height, water = r->sea_pressure / (KD_STANDARD_GRAVITY * depth);
  OPTION("head_mass", p->head_mass, "kg");
  OPTION("head_density", p->material_density, "kg/m3");
  OPTION("contents_density", r->slurry_density, "kg/m3");
  OPTION("conduit_density", water, "kg/m3");
  OPTION("water_density", water, "kg/m3");
  OPTION("freeboard", p->deck_height, "m");
  OPTION("material_density", p->material_density, "kg/m3");
  OPTION("modulus", p->modulus, "Pa");
  OPTION("yield_strength", p->yield_strength, "Pa");
  OPTION("joint_factor", p->joint_factor, "");
  if (!with_sea) goto out;
  OPTION("damping", p->axial_damping, "");
  OPTION("wall_drag", p->wall_drag, "");
  OPTION("head_drag_area", p->head_drag_area, "m2");
  OPTION("allowable", p->stress_allowable, "");
  OPTION("hook_load", p->hook_load, "kg");
  OPTION("slack_share", p->slack_share, "");
  OPTION("ship_length", p->ship_length, "m");
  OPTION("ship_beam", p->ship_beam, "m");
  OPTION("ship_draught", p->ship_draught, "m");
  OPTION("string_forward", p->string_forward, "m");
#undef OPTION
out:
  return status;
}

kd_status kd_lift_string_segments(kd_string_segment **out, size_t *count, kd_string_load *load, const kd_lift_params *p,
                                  const kd_lift_result *r, kd_work *work) {
  kd_status status = KD_OK;
  kd_table *table = NULL;
  const double depth = r->string_length - p->deck_height, water = r->sea_pressure / (KD_STANDARD_GRAVITY * depth);
  const kd_string_segment otherwise = {.density = p->material_density,
                                       .modulus = p->modulus,
                                       .yield = p->yield_strength,
                                       .joint_factor = p->joint_factor};
  if (p->string_segments != NULL)
    KD_TRY(copy(&table, p->string_segments, work));
  else
    KD_TRY(uniform(&table, p, r, work));
  KD_TRY(kd_string_segments_read(out, table, &otherwise, work));
  *count = table->rows;
  *load = (kd_string_load){.contents = r->slurry_density,
                           .conduit_contents = water,
                           .water = water,
                           .gravity = KD_STANDARD_GRAVITY,
                           .head_mass = p->head_mass,
                           .head_weight = p->head_mass * KD_STANDARD_GRAVITY * (1 - water / p->material_density),
                           .top_pressure = (double)NAN,
                           .poisson = 0.3,
                           .freeboard = p->deck_height,
                           .wall_tolerance = 0.875};
out:
  kd_table_destroy(&table);
  return status;
}
