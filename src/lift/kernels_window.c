// SPDX-License-Identifier: Apache-2.0
/* The operating window as a kernel: the steady stage at every bore, rate and share, with its limits (design.c). What is
 * no option here has the plain value of the stage's own parameter: the middle of its distribution. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/quantity.h"
#include "lift/kernels_string.h"
#include "lift/design.h"
#include "lift/kernels.h"
#include "lift/lift_table.h"
#include "lift/sea.h"

enum {
  W_METHOD,
  W_DEPTH,
  W_BORE_LOW,
  W_BORE_HIGH,
  W_BORES,
  W_SOLIDS_LOW,
  W_SOLIDS_HIGH,
  W_SHARES,
  W_RATE_LOW,
  W_RATE_HIGH,
  W_RATES,
  W_WALL_RATIO,
  W_GRAIN_DENSITY,
  W_GRAIN,
  W_COARSE,
  W_PORE_WATER,
  W_RHEOLOGY,
  W_YIELD,
  W_CONSISTENCY,
  W_INDEX,
  W_YIELD_POWER,
  W_GROWTH,
  W_FACTOR,
  W_STATIC_RATIO,
  W_REST,
  W_RATED,
  W_INJECTION,
  W_ENERGY_PRICE,
  W_STRING_PRICE,
  W_PLANT_PRICE,
  W_ANNUITY,
  W_HOURS,
  W_STRENGTH
};

/* The middle of a distribution written as {name: [low, middle, high]}, or its first number, or the plain text. */
static void middle(char *out, size_t capacity, const char *text) {
  const char *open = strchr(text, '[');
  if (text[0] != '{' || open == NULL) {
    snprintf(out, capacity, "%s", text);
    return;
  }
  const char *from = open + 1;
  if (strncmp(text, "{pert", 5) == 0 || strncmp(text, "{triangular", 11) == 0) from = strchr(from, ',') + 1;
  while (*from == ' ') from++;
  snprintf(out, capacity, "%.*s", (int)strcspn(from, ",]"), from);
}

static kd_status plain(kd_lift_params *out, kd_error *err) {
  kd_status status = KD_OK;
  *out = (kd_lift_params){0};
  for (size_t i = 0; i < kd_lift_stage.param_count; i++) {
    const kd_param *row = &kd_lift_stage.params[i];
    char text[128];
    if (row->kind == KD_PARAM_CHOICE) {
      int index = 0;
      const size_t length = strlen(row->initial);
      for (const char *c = row->choices;
           c != NULL && !(strncmp(c, row->initial, length) == 0 && (c[length] == '|' || c[length] == '\0')); index++)
        c = strchr(c, '|') ? strchr(c, '|') + 1 : NULL;
      memcpy((char *)out + row->offset, &index, sizeof index);
    } else if (row->kind == KD_PARAM_NUMBER || row->kind == KD_PARAM_COUNT) {
      double value = (double)NAN;
      middle(text, sizeof text, row->initial);
      if (strcmp(text, "none") != 0) KD_TRY(kd_quantity_in(&value, text, row->unit, NULL, err));
      memcpy((char *)out + row->offset, &value, sizeof value);
    }
  }
out:
  return status;
}

/* Deep water everywhere, where no profile is given. */
static kd_status deep_water(kd_table **out, kd_work *work) {
  kd_status status = KD_OK;
  KD_TRY(kd_table_create(out, work->ctx, KD_SEA_COLUMNS, 1, work->err));
  (*out)->column[0].number[0] = 0, (*out)->column[1].number[0] = 275.15, (*out)->column[2].number[0] = 34.7;
out:
  return status;
}

static kd_status set_params(kd_lift_params *p, const double *o, const kd_table *const *data, kd_error *err) {
  kd_status status = KD_OK;
  static const int laws[] = {KD_RHEOLOGY_SCALING, KD_RHEOLOGY_STATED, KD_RHEOLOGY_STARTER, KD_RHEOLOGY_TABLE};
  KD_TRY(plain(p, err));
  p->method = (int)o[W_METHOD];
  p->bore = sqrt(o[W_BORE_LOW] * o[W_BORE_HIGH]);
  p->wall = o[W_WALL_RATIO] * p->bore;
  /* A way down as wide as the riser. */
  p->conduit_bore = p->bore, p->conduit_wall = p->wall, p->conduit = KD_CONDUIT_PARALLEL;
  p->rheology = laws[(int)o[W_RHEOLOGY]];
  p->rheology_factor = o[W_FACTOR];
  p->yield = p->scaling_yield = o[W_YIELD];
  p->consistency = o[W_CONSISTENCY];
  p->index = p->scaling_index = o[W_INDEX];
  p->scaling_yield_power = o[W_YIELD_POWER], p->scaling_growth = o[W_GROWTH];
  p->rheology_table = data[1];
  p->grain_size = o[W_GRAIN];
  p->static_yield_ratio = o[W_STATIC_RATIO], p->rest_time = o[W_REST];
  p->rated_pressure = o[W_RATED];
  p->injection_depth = o[W_INJECTION];
  p->yield_strength = o[W_STRENGTH];
  KD_CHECK(o[W_RHEOLOGY] != 3 || data[1] != NULL, err, KD_E_MISSING,
           "rheology table: give --data rheology=file.csv, or choose another law");
  KD_CHECK(!(o[W_INJECTION] > o[W_DEPTH]), err, KD_E_RANGE, "injection_depth %g m: must not be above the depth %g m",
           o[W_INJECTION], o[W_DEPTH]);
out:
  return status;
}

static kd_status write_window(kd_table **out, const kd_design *d, kd_work *work) {
  kd_status status = KD_OK;
  static const char *const words[] = {"free", "deposition", "plug", "pump", "pressure", "surge"};
  static const char *const best[] = {"no", "energy", "cost", "both"};
  KD_TRY(kd_table_create(out, work->ctx,
                         "bore [m], solids [%vol], dry_rate [t/day], velocity [m/s], pump_pressure [MPa], energy "
                         "[kWh/t], cost [1], deposition_margin [1], crowding [1], restart_margin [1], surge_margin "
                         "[1], limit [1], best [1]",
                         d->count, work->err));
  kd_column *c = (*out)->column;
  for (int k = 11; k < 13; k++) {
    c[k].text = kd_alloc(work->ctx, d->count, sizeof *c[k].text);
    KD_CHECK(c[k].text != NULL, work->err, KD_E_NOMEM, "no memory for %zu points", d->count);
    c[k].is_text = true;
  }
  for (size_t i = 0; i < d->count; i++) {
    const kd_design_point *q = &d->point[i];
    const int first = (q == d->least_energy ? 1 : 0) + (q == d->least_cost ? 2 : 0);
    const double row[] = {q->bore,         q->solids,        q->dry_rate,          q->velocity, q->pump_pressure,
                          q->energy,       q->cost * 1e3,    q->deposition_margin, q->crowding, q->restart_margin,
                          q->surge_margin, (double)q->limit, (double)first};
    kd_table_put_row(*out, i, row, KD_COUNT(row));
    c[11].text[i] = words[q->limit], c[12].text[i] = best[first];
  }
out:
  if (status != KD_OK) kd_table_destroy(out);
  return status;
}

static kd_status eval_window(kd_table **out, const kd_table *const *data, const double *o, kd_work *work) {
  kd_status status = KD_OK;
  kd_lift_params params;
  kd_design design;
  kd_table *water = NULL;
  kd_arena *runs = NULL;
  KD_TRY(set_params(&params, o, data, work->err));
  if (data[0] == NULL) KD_TRY(deep_water(&water, work));
  params.profile = data[0] ? data[0] : water;
  const kd_slurry feed = {.dry_rate = o[W_RATE_LOW],
                          .grain_density = o[W_GRAIN_DENSITY],
                          .pore_water = o[W_PORE_WATER],
                          .pore_density = 1050,
                          .coarse_share = o[W_COARSE],
                          .water_depth = o[W_DEPTH]};
  const kd_design_options options = {.bores = (size_t)o[W_BORES],
                                     .shares = (size_t)o[W_SHARES],
                                     .rates = (size_t)o[W_RATES],
                                     .least_bore = o[W_BORE_LOW],
                                     .most_bore = o[W_BORE_HIGH],
                                     .least_solids = o[W_SOLIDS_LOW],
                                     .most_solids = o[W_SOLIDS_HIGH],
                                     .least_rate = o[W_RATE_LOW],
                                     .most_rate = o[W_RATE_HIGH],
                                     .rheology_factor = 1,
                                     .energy_price = o[W_ENERGY_PRICE] / 3.6e6,
                                     .string_price = o[W_STRING_PRICE],
                                     .plant_price = o[W_PLANT_PRICE],
                                     .annuity = o[W_ANNUITY],
                                     .hours = o[W_HOURS]};
  KD_CHECK(kd_arena_create(&runs, work->ctx) == KD_OK, work->err, KD_E_NOMEM, "no memory for the window");
  KD_TRY(kd_lift_design(&design, &options, &params, &feed, runs, work));
  KD_TRY(write_window(out, &design, work));
out:
  kd_arena_destroy(&runs);
  kd_table_destroy(&water);
  return status;
}

#define WINDOW_OPTIONS                                                                                                 \
  WORD("method", "closed_circuit|air_lift|pump", "pump", "How the mud is lifted."),                                    \
      IN("depth", "m", "5700 m", "50 m", "12000 m", "Depth of the foot."),                                             \
      IN("bore_low", "m", "0.15 m", "0 m exclusive", "3 m", "Smallest bore."),                                         \
      IN("bore_high", "m", "0.4 m", "0 m exclusive", "3 m", "Largest bore."),                                          \
      IN("bores", "1", "6", "1", "1000", "Number of bores, in equal ratios; likewise below."),                         \
      IN("solids_low", "%vol", "1 %vol", "0 %vol exclusive", "60 %vol exclusive", "Least share of solids."),           \
      IN("solids_high", "%vol", "12 %vol", "0 %vol exclusive", "60 %vol exclusive", "Largest share of solids."),       \
      IN("shares", "1", "8", "1", "1000", "Number of shares."),                                                        \
      IN("rate_low", "kg/s", "1 kg/s", "0 kg/s exclusive", "1e5 kg/s", "Least dry rate."),                             \
      IN("rate_high", "kg/s", "20 kg/s", "0 kg/s exclusive", "1e5 kg/s", "Largest dry rate."),                         \
      IN("rates", "1", "8", "1", "1000", "Number of rates."),                                                          \
      IN("wall_ratio", "1", "0.05", "0 exclusive", "0.5", "Wall over bore."),                                          \
      IN("grain_density", "kg/m3", "2650 kg/m3", "1100 kg/m3", "10000 kg/m3", "Density of the grains."),               \
      IN("grain", "m", "1 mm", "1 um", "0.2 m", "Coarsest grain that must come up."),                                  \
      IN("coarse_share", "1", "0.1", "0", "1", "Share of the dry mass that is coarse."),                               \
      IN("pore_water", "1", "1.5", "0", "20", "Water that comes with a kg of dry mud, kg: the slurry is not denser."), \
      WORD("rheology", "scaling|stated|starter|table", "scaling", "Law of the slurry."),                               \
      IN("yield", "Pa", "12 kPa", "0 Pa", "1e9 Pa", "Scaling: yield stress at a share of 1; stated: yield stress."),   \
      IN("consistency", "Pa.s", "0.2 Pa.s", "1e-5 Pa.s", "1e5 Pa.s", "Stated: consistency (Pa s^n)."),                 \
      IN("index", "1", "0.8", "0.05", "2", "Scaling and stated: flow index."),                                         \
      IN("yield_power", "1", "3", "0", "10", "Scaling: power of the share in the yield stress."),                      \
      IN("growth", "1", "30", "-1000", "1000", "Scaling: growth of ln(consistency) with the share."),                  \
      IN("rheology_factor", "1", "1", "0.001", "1000", "On yield stress and consistency: 2.05 is P90 of the stage."),  \
      IN("static_yield_ratio", "1", "5", "1", "1000", "Static yield stress after a long rest over the dynamic one."),  \
      IN("rest_time", "s", "12 h", "0 s", "1e8 s", "Rest after which it must start again."),                           \
      IN("rated_pressure", "Pa", "32 MPa", "0.1 MPa", "150 MPa", "Rated pressure of the pumps."),                      \
      IN("injection_depth", "m", "none", "10 m", "12000 m", "Air-lift: depth of the air; none: half the depth."),      \
      IN("energy_price", "1", "0.25", "0", "100", "USD for a kWh; assumed."),                                          \
      IN("string_price", "1", "12", "0", "1e4", "USD for a kg of string; assumed."),                                   \
      IN("plant_price", "1", "3", "0", "1e4", "USD for a W of pumps and compressors; assumed."),                       \
      IN("annuity", "1", "0.15", "0", "10", "Share of the price that a year bears; assumed."),                         \
      IN("hours", "s", "5000 h", "1 h", "8784 h", "Lifting in a year."),                                               \
      IN("yield_strength", "Pa", "758 MPa", "1 MPa", "5 GPa", "Yield strength of the string.")

const kd_kernel kd_window_kernels[] = {
    {.name = "lift.window",
     .summary = "Operating window: the steady lift at every bore, dry rate and share of solids, the limit that governs "
                "(deposition, plug, pump, pressure, surge), and the points of least energy and least cost.",
     .inputs = (const kd_field[]){WINDOW_OPTIONS},
     .input_count = KD_COUNT(((const kd_field[]){WINDOW_OPTIONS})),
     .outputs =
         (const kd_field[]){
             OUT("bore", "m", "Bore."), OUT("solids", "%vol", "Share of solids wanted."),
             OUT("dry_rate", "t/day", "Dry rate wanted."), OUT("velocity", "m/s", "Of the slurry."),
             OUT("pump_pressure", "MPa", "Of all pumps together."), OUT("energy", "kWh/t", "For a dry tonne."),
             OUT("cost", "1", "USD for a dry tonne: energy, and annuity of string and plant."),
             OUT("deposition_margin", "1", "Velocity over that which keeps the riser clean; below 1: deposition."),
             OUT("crowding", "1", "Share of coarse grains in place; over 0.3: plug."),
             OUT("restart_margin", "1", "Rated pressure over that of a restart; below 1: pressure."),
             OUT("surge_margin", "1",
                 "0.67 of the burst pressure over pump pressure and water hammer; below 1: surge."),
             OUTWORD("limit", KD_DESIGN_WORDS, "First limit that is broken; pump: not moved, or thinner or less."),
             OUTWORD("best", "no|energy|cost|both", "Least of the free points.")},
     .output_count = 13,
     .data = (const kd_data_slot[]){{"profile", KD_SEA_COLUMNS,
                                     "Sea temperature (in situ) and practical salinity by depth; none: 2 degC, 34.7.",
                                     true},
                                    {"rheology", KD_RHEOLOGY_COLUMNS, "For rheology table.", true}},
     .data_count = 2,
     .eval_table = eval_window},
    LAST_KERNEL};
