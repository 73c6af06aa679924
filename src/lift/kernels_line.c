// SPDX-License-Identifier: Apache-2.0
/* Kernels of the string coupled with the transient of three phases in it. Equations stand in coupling_line.c. */
#include <math.h>

#include "base/error.h"
#include "lift/kernels_string_options.h"
#include "lift/lift_sea.h"
#include "lift/rheology.h"
#include "lift/seawater.h"

#define WATER_VISCOSITY 1.8e-3 /* Pa s, of cold sea water near 2 degC and 35 g/kg (Sharqawy et al. 2010) */

/* Places of the options after those of the string and of the sea. */
enum {
  L_CELLS,
  L_FOOT,
  L_FLOW,
  L_SOLIDS,
  L_GRAIN_DENSITY,
  L_YIELD,
  L_CONSISTENCY,
  L_INDEX,
  L_SALINITY,
  L_TEMPERATURE,
  L_DECK_PRESSURE,
  L_AIR,
  L_INJECTION,
  L_THETA,
  L_DAMPING,
  L_WALL_DRAG,
  L_HEAD_DRAG,
  L_HEAD_ADDED,
  L_LOCKED,
  L_SHIP_LENGTH,
  L_SHIP_BEAM,
  L_SHIP_DRAUGHT,
  L_STRING_FORWARD
};

typedef struct riser {
  kd_duct duct;
  kd_duct_state state;
  double inlet_pressure, outlet_pressure, inlet[KD_DUCT_PHASES], air;
  kd_rheology fluid;
} riser;

static kd_status one_fluid(kd_rheology *out, double fines, const void *user, kd_error *err) {
  const riser *r = user;
  *out = fines > 0 ? r->fluid : (kd_rheology){0, WATER_VISCOSITY, 1};
  return kd_rheology_check(out, err);
}

static void schedule(kd_duct_command *out, double time, const void *user) {
  const riser *r = user;
  (void)time;
  out->inlet_pressure = r->inlet_pressure, out->outlet_pressure = r->outlet_pressure;
  for (size_t k = 0; k < KD_DUCT_PHASES; k++) out->inlet[k] = r->inlet[k];
  out->inject[KD_GAS] = r->air;
}

/* Cells over the bores of the string from the foot up. */
static kd_status lay_cells(kd_segment **out, const kd_string_segment *s, size_t count, double cells, kd_work *work) {
  kd_status status = KD_OK;
  double length = 0;
  kd_segment *list = kd_arena_alloc(work->scratch, count, sizeof *list);
  KD_CHECK(list != NULL, work->err, KD_E_NOMEM, "no memory for %zu segments", count);
  for (size_t i = 0; i < count; i++) length += s[i].length;
  for (size_t i = 0; i < count; i++) {
    const kd_string_segment *from = &s[count - 1 - i];
    KD_CHECK(from->bore > 0, work->err, KD_E_RANGE, "segments: row %zu: bore %g m: the line needs one above 0 m",
             count - i, from->bore);
    list[i] = (kd_segment){.length = from->length,
                           .bore = from->bore,
                           .area = (double)NAN,
                           .rise = from->length,
                           .wall = 0.5 * (from->outer_diameter - from->bore),
                           .modulus = from->modulus,
                           .cells = (size_t)fmax(round(cells * from->length / length), 2)};
  }
  *out = list;
out:
  return status;
}

static kd_status build(riser *r, const kd_string_segment *segments, size_t count, const kd_string_load *load,
                       const double *o, kd_work *work) {
  kd_status status = KD_OK;
  kd_segment *list = NULL;
  r->fluid = (kd_rheology){o[L_YIELD], o[L_CONSISTENCY], o[L_INDEX]};
  KD_CHECK(o[L_CELLS] == floor(o[L_CELLS]), work->err, KD_E_RANGE, "cells %g: must be a whole number", o[L_CELLS]);
  KD_TRY(lay_cells(&list, segments, count, o[L_CELLS], work));
  const kd_line_spec spec = {.segment = list,
                             .segments = count,
                             .salinity = o[L_SALINITY],
                             .temperature = o[L_TEMPERATURE] - KD_CELSIUS_ZERO,
                             .outlet_height = load->freeboard,
                             .fines_density = o[L_GRAIN_DENSITY],
                             .carrier_viscosity = WATER_VISCOSITY,
                             .rheology = one_fluid,
                             .rheology_user = r,
                             .most_fines = fmax(2 * o[L_SOLIDS], 0.02),
                             .law = KD_FRICTION_WILSON_THOMAS,
                             .transition = KD_TRANSITION_SLATTER,
                             .d85 = (double)NAN,
                             .gravity = load->gravity};
  KD_TRY(kd_line_build(&r->duct, &spec, work));
  const double area = r->duct.area[0], u = o[L_FLOW] / area, fines = o[L_SOLIDS];
  double total = 0, slope;
  for (size_t i = 0; i < r->duct.cells; i++) total += r->duct.length[i];
  r->duct.inlet = o[L_FOOT] > 1.5 ? KD_END_FLOW : o[L_FOOT] > 0.5 ? KD_END_CLOSED : KD_END_PRESSURE;
  KD_CHECK(r->duct.inlet == KD_END_FLOW || !(o[L_FLOW] > 0), work->err, KD_E_CONTRADICTION,
           "flow %g m3/s: only foot=flow keeps a flow; an open or shut foot starts at rest", o[L_FLOW]);
  KD_CHECK(o[L_INJECTION] <= total, work->err, KD_E_RANGE, "injection %g m: must lie on the line of %g m",
           o[L_INJECTION], total);
  r->duct.outlet = KD_END_PRESSURE;
  r->duct.theta = o[L_THETA];
  r->duct.static_ratio = 1;
  r->duct.drift = (kd_air_lift){.bore = r->duct.bore[r->duct.cells - 1],
                                .density = load->water,
                                .viscosity = WATER_VISCOSITY,
                                .surface_tension = 0.075,
                                .gravity = load->gravity};
  r->duct.inject_cell = kd_line_cell(&r->duct, total - o[L_INJECTION]);
  r->air = o[L_AIR];
  r->outlet_pressure = KD_ATMOSPHERE + o[L_DECK_PRESSURE];
  KD_TRY(kd_duct_state_create(&r->state, &r->duct, work));
  double *shares = kd_arena_alloc(work->scratch, r->duct.cells, sizeof *shares);
  KD_CHECK(shares != NULL, work->err, KD_E_NOMEM, "no memory for %zu cells", r->duct.cells);
  for (size_t i = 0; i < r->duct.cells; i++) shares[i] = fines;
  KD_TRY(kd_line_fill(&r->state, &r->duct, r->outlet_pressure, o[L_FLOW], 0, shares, work));
  const double water = kd_duct_water(&r->duct.fluid[0], r->state.pressure[0], &slope);
  double rho = 0;
  for (size_t k = 0; k < r->duct.phases; k++) rho += r->state.mass[k][0];
  /* An open foot: the sea outside stands as high as the column inside weighs. */
  r->inlet_pressure = r->state.pressure[0] + 0.5 * rho * load->gravity * r->duct.length[0];
  if (r->duct.inlet == KD_END_FLOW) {
    r->inlet[KD_WATER] = water * (1 - fines) * u * area;
    r->inlet[KD_FINES] = o[L_GRAIN_DENSITY] * fines * u * area;
  } else {
    r->inlet[KD_WATER] = water * (1 - fines), r->inlet[KD_FINES] = o[L_GRAIN_DENSITY] * fines;
  }
out:
  return status;
}

static kd_status run(kd_string_history **out, kd_history *flow, const kd_table *const *data, const double *in,
                     kd_work *work) {
  kd_status status = KD_OK;
  const double *s = in + KD_STRING_OPTIONS, *o = s + KD_SEA_OPTIONS;
  kd_string_segment *segments = NULL;
  kd_line_coupling *coupling = NULL;
  kd_sea_case sea = kd_lift_sea_case(s);
  riser *r = kd_arena_alloc(work->scratch, 1, sizeof *r);
  const double depth = 0, until = s[KD_SEA_SETTLE] + s[KD_SEA_DURATION];
  const kd_current current = {&depth, &s[KD_SEA_CURRENT], 1};
  KD_CHECK(r != NULL, work->err, KD_E_NOMEM, "no memory for the line");
  kd_line_coupling_spec spec = {.duct = &r->duct,
                                .count = data[0]->rows,
                                .current = &current,
                                .sea = &sea,
                                .way = (kd_coupling_way)s[KD_SEA_WAY],
                                .model = (kd_string_model)s[KD_SEA_MODEL],
                                .step = s[KD_SEA_STEP],
                                .settle = s[KD_SEA_SETTLE],
                                .every = isnan(s[KD_SEA_EVERY]) ? fmax(until / 2000, 0.5) : s[KD_SEA_EVERY],
                                .until = until};
  sea.damping = o[L_DAMPING], sea.skin = o[L_WALL_DRAG], sea.head_drag_area = o[L_HEAD_DRAG];
  sea.head_added_mass = o[L_HEAD_ADDED], sea.locked = (int)o[L_LOCKED];
  sea.hull.length = o[L_SHIP_LENGTH], sea.hull.beam = o[L_SHIP_BEAM], sea.hull.draught = o[L_SHIP_DRAUGHT];
  sea.hull.string_forward = o[L_STRING_FORWARD], sea.rao = data[1], sea.spectrum = data[2];
  KD_TRY(kd_string_options_read(&segments, &spec.load, data[0], in, work));
  spec.segments = segments;
  KD_TRY(build(r, segments, spec.count, &spec.load, o, work));
  KD_TRY(kd_line_coupling_create(&coupling, &spec, &r->state, work));
  const kd_transient_run march = {.until = until,
                                  .every = fmax(until / 50, s[KD_SEA_STEP]),
                                  .most = s[KD_SEA_STEP],
                                  .schedule = schedule,
                                  .user = r,
                                  .before = kd_line_coupling_before,
                                  .before_user = coupling};
  KD_TRY(kd_transient_march(flow, &r->state, &r->duct, &march, work));
  KD_TRY(kd_line_coupling_finish(out, coupling, work->err));
out:
  return status;
}

static kd_status line(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_string_history *h = NULL;
  kd_history flow;
  KD_TRY(run(&h, &flow, data, in, work));
  KD_TRY(kd_table_create(out, work->ctx,
                         "depth [m], tension_least [N], tension_mean [N], tension_most [N], tension_sd [N], "
                         "stress_most [Pa], motion_least [m], motion_most [m], offset_most [m], top_least [N], "
                         "top_most [N], rest_tension [N], damage_year [1], mass_misfit [1], energy_misfit [1], "
                         "exchange_misfit [1]",
                         h->nodes, work->err));
  for (size_t i = 0; i < h->nodes; i++)
    KD_PUT_ROW(*out, i, h->depth[i], h->least[KD_G_TENSION][i], h->mean[KD_G_TENSION][i], h->most[KD_G_TENSION][i],
               h->sd[i], h->most[KD_G_STRESS][i], h->least[KD_G_MOTION][i], h->most[KD_G_MOTION][i],
               h->most[KD_G_OFFSET][i], h->top_least, h->top_most, h->rest_top, h->damage_year, flow.closure, h->energy,
               h->exchange);
out:
  return status;
}

static kd_status line_history(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_string_history *h = NULL;
  kd_history flow;
  KD_TRY(run(&h, &flow, data, in, work));
  KD_TRY(kd_table_create(out, work->ctx, kd_string_history_columns, h->used, work->err));
  for (size_t r = 0; r < h->used; r++)
    for (size_t c = 0; c < KD_S_COLUMNS; c++) (*out)->column[c].number[r] = h->value[c][r];
out:
  return status;
}

#define LINE_FIELDS                                                                                                    \
  KD_IN("cells", "1", "100", "4", "1e5", "Of the line."),                                                              \
      KD_WORD("foot", "open|shut|flow", "open", "To the sea, closed, or a flow that enters whatever comes."),          \
      KD_IN("flow", "m3/s", "0 m3/s", "0 m3/s", "10 m3/s", "That flow."),                                              \
      KD_IN("solids", "%vol", "0 %vol", "0 %vol", "40 %vol", "Fines in the line at the start and in what enters."),    \
      KD_IN("grain_density", "kg/m3", "2650 kg/m3", "1100 kg/m3", "8000 kg/m3", "Of the fines."),                      \
      KD_IN("yield", "Pa", "0 Pa", "0 Pa", "1000 Pa", "Of the slurry; water has none."),                               \
      KD_IN("consistency", "Pa.s", "1.8e-3 Pa.s", "1e-5 Pa.s", "100 Pa.s", "Of the slurry, Pa s^n."),                  \
      KD_IN("index", "1", "1", "0.1", "2", "Of the slurry."),                                                          \
      KD_IN("salinity", "1", "0.035", "0", "0.12", "Absolute, of the water inside."),                                  \
      KD_IN("temperature", "degC", "2 degC", "-2 degC", "40 degC", "Of the water inside."),                            \
      KD_IN("deck_pressure", "Pa", "0 MPa", "0 MPa", "20 MPa", "Over the atmosphere."),                                \
      KD_IN("air", "kg/s", "0 kg/s", "0 kg/s", "1000 kg/s", "Injected."),                                              \
      KD_IN("injection", "m", "0 m", "0 m", "20000 m", "Below the deck."),                                             \
      KD_IN("theta", "1", "0.55", "0.5", "1", "0.5: pressure waves of second order in time; 1: damped."),              \
      KD_IN("damping", "1", "0.005", "0", "0.5", "Of the wall along, share of critical at tp."),                       \
      KD_IN("wall_drag", "1", "0.01", "0", "1", "Drag coefficient along the wall, outside."),                          \
      KD_IN("head_drag_area", "m2", "10 m2", "0 m2", "1e4 m2", "Cd A of the head."),                                   \
      KD_IN("head_added_mass", "kg", "0 t", "0 t", "1e5 t", "Water that moves with the head."),                        \
      KD_WORD("contents", "free|locked", "free", "locked: the liquid's mass is added to the string's along it."),      \
      KD_IN("ship_length", "m", "210 m", "1 m", "500 m", "Box hull, where no RAO is given."),                          \
      KD_IN("ship_beam", "m", "38 m", "1 m", "100 m", "Box hull."),                                                    \
      KD_IN("ship_draught", "m", "9.2 m", "0.1 m", "50 m", "Box hull."),                                               \
      KD_IN("string_forward", "m", "0 m", "-250 m", "250 m", "Place of the string before midship.")
#define LINE_SLOTS                                                                                                     \
  {.name = "segments",                                                                                                 \
   .columns = KD_SEGMENT_COLUMNS,                                                                                      \
   .doc = "Segments from the top down; the line runs in their bores."},                                                \
      {.name = "rao", .columns = KD_RAO_COLUMNS, .doc = "RAOs of the ship; without: a box hull.", .optional = true}, { \
    .name = "spectrum", .columns = KD_SPECTRUM_COLUMNS, .doc = "Measured sea in place of law, hs and tp.",             \
    .optional = true                                                                                                   \
  }

const kd_kernel kd_line_kernels[] = {
    KD_DATA("string.line",
            "String coupled with the three-phase transient in its bore in a sea, one way or two: envelopes along it.",
            KD_FIELDS(KD_STRING_OPTION_FIELDS, KD_LIFT_SEA_FIELDS, LINE_FIELDS),
            KD_FIELDS(KD_OUT("depth", "m", "Below the sea."), KD_OUT("tension_least", "N", "Effective tension."),
                      KD_OUT("tension_mean", "N", "Effective tension."), KD_OUT("tension_most", "N", "The same."),
                      KD_OUT("tension_sd", "N", "Standard deviation."),
                      KD_OUT("stress_most", "Pa", "Largest effective stress, with bending."),
                      KD_OUT("motion_least", "m", "Along the string, up."),
                      KD_OUT("motion_most", "m", "Along the string, up."), KD_OUT("offset_most", "m", "Across."),
                      KD_OUT("top_least", "N", "Smallest tension at the top."), KD_OUT("top_most", "N", "Largest."),
                      KD_OUT("rest_tension", "N", "At the top at rest."),
                      KD_OUT("damage_year", "1", "Of the worst place in a year of such seas."),
                      KD_OUT("mass_misfit", "1", "Largest relative misfit of the mass of a phase."),
                      KD_OUT("energy_misfit", "1", "Of the energy of a bar hung hard, over the work done."),
                      KD_OUT("exchange_misfit", "1", "Of the work passed between line and string.")),
            KD_FIELDS(LINE_SLOTS), line),
    KD_DATA("string.line_history", "The same as a history in time.",
            KD_FIELDS(KD_STRING_OPTION_FIELDS, KD_LIFT_SEA_FIELDS, LINE_FIELDS),
            KD_FIELDS(KD_OUT("time", "s", "From the start."), KD_OUT("heave", "m", "Of the ship at the string."),
                      KD_OUT("top_tension", "kN", "At the top."),
                      KD_OUT("least_tension", "kN", "Least effective tension along the string."),
                      KD_OUT("foot", "m", "Up."), KD_OUT("foot_speed", "m/s", "Up."),
                      KD_OUT("foot_pressure", "MPa", "Inside the foot, change since the start."),
                      KD_OUT("deck_flow", "m3/s", "Against the pipe."),
                      KD_OUT("slack_length", "m", "Length without tension.")),
            KD_FIELDS(LINE_SLOTS), line_history),
    KD_LAST_KERNEL,
};
