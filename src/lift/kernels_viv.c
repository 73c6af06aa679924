// SPDX-License-Identifier: Apache-2.0
/* Kernels of vortex-induced vibration. Equations stand in viv.c and string_modes.c. */
#include <math.h>

#include "base/error.h"
#include "lift/fatigue.h"
#include "lift/kernels_string_options.h"
#include "lift/string_modes.h"
#include "lift/string_sea.h"
#include "lift/viv.h"

#define PI   3.14159265358979323846
#define YEAR 31557600.0

enum { VIV_MODES, VIV_ELEMENTS, VIV_FOOT, VIV_ADDED, VIV_STROUHAL, VIV_BANDWIDTH, VIV_DAMPING, VIV_VISCOSITY };

/* A string in a current: what the power balance needs, and its answer. */
typedef struct shaken {
  size_t nodes, count; /* count: of modes driven */
  double *depth, *drag, *at, *diameter, *outer;
  kd_modes modes;
  kd_viv_mode *mode;
  double modulus;
} shaken;

static void lay_nodes(shaken *w, double *speed, double *mass, const kd_beam *b, const kd_string_segment *segments,
                      size_t count, const kd_string_load *load, const kd_current *current) {
  size_t seg = 0;
  double end = segments[0].length, arc = 0, depth = 0 - load->freeboard;
  const size_t n = b->elements;
  for (size_t i = 0; i <= n; i++) {
    kd_string_segment_state s;
    while (seg + 1 < count && arc > end + 1e-9) end += segments[++seg].length;
    kd_string_segment_solve(&s, &segments[seg], load);
    w->at[i] = arc, w->depth[i] = depth;
    speed[i] = depth >= 0 ? kd_current_at(current, depth) : 0;
    w->diameter[i] = s.drag_diameter, w->outer[i] = segments[seg].outer_diameter;
    mass[i] = b->mass[i < n ? i : n - 1];
    if (i < n) arc += b->length[i], depth += b->length[i];
  }
  w->modulus = segments[0].modulus;
}

static kd_status shake(shaken *w, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_string_segment *segments = NULL;
  kd_string_load load;
  kd_beam b;
  kd_current current;
  double *x = NULL;
  const double *o = in + KD_STRING_OPTIONS;
  const kd_sea_case c = {.elements = o[VIV_ELEMENTS], .added = o[VIV_ADDED], .tp = 1, .hold_stiffness = HUGE_VAL};
  KD_CHECK(o[VIV_MODES] == floor(o[VIV_MODES]), work->err, KD_E_RANGE, "modes %g: must be a whole number",
           o[VIV_MODES]);
  KD_TRY(kd_string_options_read(&segments, &load, data[0], in, work));
  KD_TRY(kd_sea_beam(&b, &x, segments, data[0]->rows, &load, &c, work));
  KD_TRY(kd_current_read(&current, data[1], true, work->err));
  const size_t n = b.elements, nodes = n + 1;
  double *list = kd_arena_alloc(work->scratch, 8 * nodes, sizeof *list);
  KD_CHECK(list != NULL, work->err, KD_E_NOMEM, "no memory for %zu elements", n);
  double *tension = list, *speed = list + nodes, *mass = list + 2 * nodes;
  *w = (shaken){nodes, 0, list + 3 * nodes, list + 4 * nodes, list + 5 * nodes, list + 6 * nodes, list + 7 * nodes, {0},
                NULL,  0};
  tension[n] = b.head_weight;
  for (size_t e = n; e-- > 0;) {
    tension[e] = tension[e + 1] + b.weight[e] * b.length[e];
    b.mass[e] += b.lateral[e];
  }
  lay_nodes(w, speed, mass, &b, segments, data[0]->rows, &load, &current);
  const kd_mode_problem problem = {n,       b.length,    b.bending,     b.mass,
                                   tension, b.head_mass, KD_END_PINNED, (kd_end)o[VIV_FOOT]};
  KD_TRY(kd_modes_solve(&w->modes, &problem, (size_t)o[VIV_MODES], work));
  kd_viv_law law = kd_viv_standard;
  law.strouhal = o[VIV_STROUHAL], law.bandwidth = o[VIV_BANDWIDTH], law.structural = o[VIV_DAMPING];
  const kd_viv_problem p = {nodes, w->at, speed, w->diameter, mass, w->outer, load.water, o[VIV_VISCOSITY], w->modulus};
  w->mode = kd_arena_alloc(work->scratch, w->modes.count, sizeof *w->mode);
  KD_CHECK(w->mode != NULL, work->err, KD_E_NOMEM, "no memory for %zu modes", w->modes.count);
  KD_TRY(kd_viv_solve(w->mode, &w->count, w->drag, &p, &w->modes, &law, work));
  double fastest = 0;
  for (size_t i = 0; i < nodes; i++) fastest = fmax(fastest, speed[i] / w->diameter[i]);
  const double highest = w->modes.omega[w->modes.count - 1];
  KD_CHECK(2 * PI * law.strouhal * fastest <= highest * (1 + 0.5 * law.bandwidth), work->err, KD_E_MODEL,
           "modes %g: the highest has %.4g Hz but vortices reach %.4g Hz; ask for more modes (and elements)",
           o[VIV_MODES], highest / (2 * PI), law.strouhal * fastest);
out:
  return status;
}

static kd_status viv(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  shaken w;
  double most = 1;
  KD_TRY(shake(&w, data, in, work));
  for (size_t i = 0; i < w.nodes; i++) most = fmax(most, w.drag[i]);
  KD_TRY(kd_table_create(out, work->ctx,
                         "mode [1], frequency [1/s], amplitude [1], zone [m], power [W], stress [Pa], damage_year [1], "
                         "largest_drag_factor [1]",
                         w.count, work->err));
  for (size_t i = 0; i < w.count; i++) {
    const kd_viv_mode *v = &w.mode[i];
    KD_PUT_ROW(*out, i, (double)v->mode, v->omega / (2 * PI), v->amplitude, v->zone, v->power, v->stress,
               v->damage_year, most);
  }
out:
  return status;
}

/* Along the string: modes of different frequency add by their squares; damage adds mode by mode. */
static kd_status viv_response(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  shaken w;
  KD_TRY(shake(&w, data, in, work));
  const size_t n = w.nodes;
  KD_TRY(kd_table_create(out, work->ctx,
                         "depth [m], amplitude_rms [1], amplitude_most [1], stress_rms [Pa], damage_year [1], "
                         "drag_factor [1]",
                         n, work->err));
  const kd_sn_curve curve = {11.764, 3, 5, 1e6, 1};
  for (size_t i = 0; i < n; i++) {
    double rms = 0, most = 0, stress = 0, damage = 0;
    for (size_t k = 0; k < w.count; k++) {
      const kd_viv_mode *v = &w.mode[k];
      const double *shape = w.modes.shape + (v->mode - 1) * n, *slope = w.modes.slope + (v->mode - 1) * n;
      double largest = 0;
      for (size_t q = 0; q < n; q++) largest = fmax(largest, fabs(shape[q]) / w.diameter[q]);
      const double scale = v->amplitude / largest, a = scale * fabs(shape[i]) / w.diameter[i];
      const size_t l = i > 0 ? i - 1 : 0, r = i + 1 < n ? i + 1 : i;
      const double bend = fabs(slope[r] - slope[l]) / (w.at[r] - w.at[l]);
      const double sigma = w.modulus * 0.5 * w.outer[i] * bend * scale;
      rms += 0.5 * a * a, most += a, stress += 0.5 * sigma * sigma;
      if (sigma > 0) damage += YEAR * v->omega / (2 * PI) / kd_sn_cycles(&curve, 2 * sigma);
    }
    KD_PUT_ROW(*out, i, w.depth[i], sqrt(rms), most, sqrt(stress), damage, w.drag[i]);
  }
out:
  return status;
}

static kd_status viv_damping(double *out, const double *in, kd_work *work) {
  (void)work;
  const double w = 2 * PI * in[3], middle = in[3] * in[2] / kd_viv_standard.strouhal;
  out[0] = kd_viv_damping(&kd_viv_standard, in[0], in[1], in[2], w, in[4], in[5]);
  out[1] = in[5] / (in[3] * in[2]);
  out[2] = in[5] <= middle ? 0 : 1;
  return KD_OK;
}

static kd_status viv_drag(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = 1 + in[2] * in[1];
  out[1] = in[0] * out[0];
  out[2] = kd_viv_lift(&kd_viv_standard, in[1]);
  return KD_OK;
}

#define VIV_FIELDS                                                                                                     \
  KD_IN("modes", "1", "60", "1", "2000", "Modes looked at."), KD_IN("elements", "1", "400", "4", "5000", "Elements."), \
      KD_WORD("foot", "free|pinned|clamped", "free", "Foot."),                                                         \
      KD_IN("added", "1", "1", "0", "5", "Coefficient of added mass."),                                                \
      KD_IN("strouhal", "1", "0.2", "0.05", "0.5", "Strouhal number."),                                                \
      KD_IN("bandwidth", "1", "0.4", "0.01", "1.5", "Width of lock-in over its middle; assumed."),                     \
      KD_IN("damping", "1", "0.003", "0", "0.5", "Structural, share of critical; assumed."),                           \
      KD_IN("viscosity", "m2/s", "1.2e-6 m2/s", "0 m2/s exclusive", "1 m2/s", "Of the sea, kinematic.")

const kd_kernel kd_viv_kernels[] = {
    KD_DATA("viv",
            "Vortex-induced vibration of a string in a current: modes superposed, each at the amplitude at which the "
            "power in "
            "its zone of lock-in equals the power lost; strongest first.",
            KD_FIELDS(KD_STRING_OPTION_FIELDS, VIV_FIELDS),
            KD_FIELDS(KD_OUT("mode", "1", "Number of the mode."), KD_OUT("frequency", "1/s", "Hz."),
                      KD_OUT("amplitude", "1", "Largest amplitude over the diameter."),
                      KD_OUT("zone", "m", "Length that drives it."), KD_OUT("power", "W", "In, and out."),
                      KD_OUT("stress", "Pa", "Amplitude of the largest bending stress."),
                      KD_OUT("damage_year", "1", "In a year of this current, S-N curve D in sea water."),
                      KD_OUT("largest_drag_factor", "1", "On the drag, 1 + 2.1 A/D of all modes together.")),
            KD_FIELDS({.name = "segments", .columns = KD_SEGMENT_COLUMNS, .doc = "Segments from the top down."},
                      {.name = "current", .columns = "depth [m], current [m/s]", .doc = "Held beyond both ends."}),
            viv),
    KD_DATA("viv.response",
            "The same along the string: amplitude, bending stress, fatigue and drag, all driven modes together.",
            KD_FIELDS(KD_STRING_OPTION_FIELDS, VIV_FIELDS),
            KD_FIELDS(KD_OUT("depth", "m", "Below the sea."),
                      KD_OUT("amplitude_rms", "1", "Root mean square of the motion over the diameter."),
                      KD_OUT("amplitude_most", "1", "Amplitudes of all modes added up."),
                      KD_OUT("stress_rms", "Pa", "Root mean square of the bending stress."),
                      KD_OUT("damage_year", "1", "In a year of this current, S-N curve D in sea water, mode by mode."),
                      KD_OUT("drag_factor", "1", "On the drag, 1 + 2.1 A/D.")),
            KD_FIELDS({.name = "segments", .columns = KD_SEGMENT_COLUMNS, .doc = "Segments from the top down."},
                      {.name = "current", .columns = "depth [m], current [m/s]", .doc = "Held beyond both ends."}),
            viv_response),
    KD_PLAIN("viv.damping", "Damping by the water of a cylinder that vibrates outside lock-in (Venugopal 1996).",
             KD_FIELDS(KD_IN("density", "kg/m3", "1025 kg/m3", "0 kg/m3 exclusive", "2000 kg/m3", "Water."),
                       KD_IN("viscosity", "m2/s", "1.2e-6 m2/s", "0 m2/s exclusive", "1 m2/s", "Kinematic."),
                       KD_IN("outer_diameter", "m", NULL, "0 m exclusive", "100 m", "Diameter."),
                       KD_IN("frequency", "1/s", NULL, "0 1/s exclusive", "1000 1/s", "Hz."),
                       KD_IN("amplitude", "m", "0 m", "0 m", "100 m", "Amplitude."),
                       KD_IN("current", "m/s", "0 m/s", "0 m/s", "20 m/s", "Current.")),
             KD_FIELDS(KD_OUT("damping", "N.s/m2", "Per length."), KD_OUT("reduced_velocity", "1", "U/(f D)."),
                       KD_OUTWORD("side", "low|high", "Below or above lock-in.")),
             viv_damping),
    KD_PLAIN(
        "viv.drag", "Drag of a vibrating cylinder, Cd (1 + growth A/D), and the lift coefficient of the power balance.",
        KD_FIELDS(KD_IN("drag", "1", "1.2", "0", "10", "At rest."), KD_IN("amplitude", "1", NULL, "0", "5", "A/D."),
                  KD_IN("growth", "1", "2.1", "0", "10", "Assumed.")),
        KD_FIELDS(KD_OUT("factor", "1", "On the drag."), KD_OUT("drag", "1", "Drag coefficient."),
                  KD_OUT("lift", "1", "Lift coefficient at this amplitude; assumed curve.")),
        viv_drag),
    KD_LAST_KERNEL,
};
