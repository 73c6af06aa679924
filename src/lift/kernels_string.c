// SPDX-License-Identifier: Apache-2.0
/* Kernels of the string: statics and axial dynamics. Equations stand in string_static.c, pressure_rating.c,
 * string_axial.c, string_frequency.c. */
#include <math.h>

#include "base/error.h"
#include "lift/kernels_string.h"
#include "lift/kernels_string_options.h"
#include "lift/string_axial.h"
#include "lift/string_frequency.h"
#include "lift/string_static.h"

#define PI 3.14159265358979323846

/* ---- statics ---- */

static kd_status profile(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_string_segment *segments = NULL;
  kd_string_load load;
  const size_t n = data[0]->rows;
  KD_TRY(kd_string_options_read(&segments, &load, data[0], in, work));
  kd_string_point *point = kd_arena_alloc(work->scratch, 2 * n, sizeof *point);
  KD_CHECK(point != NULL, work->err, KD_E_NOMEM, "no memory for %zu segments", n);
  KD_TRY(kd_string_profile(point, segments, n, &load, work->err));
  KD_TRY(
      kd_table_create(out, work->ctx,
                      "segment [1], depth [m], effective_tension [N], wall_tension [N], inner_pressure [Pa], "
                      "outer_pressure [Pa], axial_stress [Pa], effective_stress [Pa], hoop_stress [Pa], "
                      "von_mises [Pa], utilisation [1], stretch [m], stretch_poisson [m], burst [Pa], collapse [Pa], "
                      "burst_margin [1], collapse_margin [1], effective_weight [N/m], mass [kg/m]",
                      2 * n, work->err));
  for (size_t i = 0; i < 2 * n; i++) {
    const kd_string_point *p = &point[i];
    kd_string_segment_state s;
    kd_string_segment_solve(&s, &segments[i / 2], &load);
    const double row[] = {(double)(i / 2 + 1), p->depth,           p->effective,   p->wall,
                          p->inner_pressure,   p->outer_pressure,  p->axial,       p->effective / s.wall_area,
                          p->hoop_inner,       p->von_mises,       p->utilisation, p->stretch,
                          p->stretch_wall,     p->burst,           p->collapse,    p->burst_margin,
                          p->collapse_margin,  s.effective_weight, s.mass};
    kd_table_put_row(*out, i, row, KD_COUNT(row));
  }
out:
  return status;
}

/* Options after those of the string: drag, head_drag_area. */
static kd_status offset(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_string_segment *segments = NULL;
  kd_string_load load;
  const size_t n = data[0]->rows;
  kd_current current;
  KD_TRY(kd_string_options_read(&segments, &load, data[0], in, work));
  KD_TRY(kd_current_read(&current, data[1], false, work->err));
  double *at = kd_arena_alloc(work->scratch, n + 1, sizeof *at), foot, foot_angle, top_angle, below = 0;
  KD_CHECK(at != NULL, work->err, KD_E_NOMEM, "no memory for %zu segments", n);
  KD_TRY(kd_string_offset(&foot, &foot_angle, &top_angle, at, segments, n, &load, &current, in[KD_STRING_OPTIONS],
                          in[KD_STRING_OPTIONS + 1], work->err));
  KD_TRY(kd_table_create(out, work->ctx, "depth [m], offset [m], foot_offset [m], top_angle [deg], foot_angle [deg]",
                         n + 1, work->err));
  for (size_t i = 0; i <= n; i++) {
    const double row[] = {below - load.freeboard, at[i], foot, top_angle, foot_angle};
    kd_table_put_row(*out, i, row, KD_COUNT(row));
    if (i < n) below += segments[i].length;
  }
out:
  return status;
}

static kd_status burst(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[1] < 0.5 * in[0], work->err, KD_E_RANGE, "wall %g m: must be below half the outer_diameter %g m", in[1],
           in[0]);
  out[0] = kd_burst_barlow(in[0], in[1], in[2], in[3]);
out:
  return status;
}

/* Inputs: outer_diameter, wall, yield_strength, tensile_strength, hardening, flaw, flaw_factor, tolerance. */
static kd_status rupture(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const double sound = in[7] * in[1] - in[6] * in[5];
  const double n = isnan(in[4]) ? 0.1693 - 0.812e-3 * in[2] / 6.894757293168361e6 : in[4];
  KD_CHECK(in[1] < 0.5 * in[0], work->err, KD_E_RANGE, "wall %g m: must be below half the outer_diameter %g m", in[1],
           in[0]);
  KD_CHECK(in[3] >= in[2], work->err, KD_E_RANGE, "tensile_strength %g MPa: must be at least the yield_strength %g MPa",
           in[3] * 1e-6, in[2] * 1e-6);
  KD_CHECK(sound > 0, work->err, KD_E_RANGE, "flaw %g m: leaves nothing of the wall of %g m", in[5], in[1]);
  KD_CHECK(n > 0, work->err, KD_E_RANGE,
           "yield_strength %g MPa: too high for the rule of the hardening; give hardening", in[2] * 1e-6);
  out[0] = kd_rupture_ductile(in[0], sound, in[3], n);
  out[1] = n;
  out[2] = sound;
out:
  return status;
}

static kd_status collapse_api(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_collapse_mode mode = KD_COLLAPSE_YIELD;
  KD_CHECK(in[1] < 0.5 * in[0], work->err, KD_E_RANGE, "wall %g m: must be below half the outer_diameter %g m", in[1],
           in[0]);
  KD_CHECK(in[3] < in[2], work->err, KD_E_RANGE, "axial_stress %g MPa: must be below the yield_strength %g MPa",
           in[3] * 1e-6, in[2] * 1e-6);
  out[0] = kd_collapse_api(&mode, in[0], in[1], in[2], in[3], in[4]);
  out[1] = mode;
out:
  return status;
}

static kd_status collapse_oval(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[1] < 0.5 * in[0], work->err, KD_E_RANGE, "wall %g m: must be below half the outer_diameter %g m", in[1],
           in[0]);
  out[0] = kd_collapse_timoshenko(in[0], in[1], in[2], in[3], in[4], in[5]);
  out[1] = kd_collapse_dnv(in[0], in[1], in[2], in[3], in[4], 2 * in[5], in[6]);
  const double r = in[0] / in[1];
  out[2] = 2 * in[3] / (1 - in[4] * in[4]) / (r * (r - 1) * (r - 1));
  out[3] = 2 * in[2] / r;
out:
  return status;
}

/* Inputs: submerged_weight, buoyancy, inner_area, mud_density, mud_height, water_density, water_height, gravity,
 * weight_factor, buoyancy_factor, tension_factor, tensioners, tensioners_lost. */
static kd_status minimum_tension(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[12] < in[11], work->err, KD_E_RANGE, "tensioners_lost %g: must be below the tensioners %g", in[12],
           in[11]);
  out[0] = in[0] * in[8] - in[1] * in[9] + in[2] * (in[3] * in[4] - in[5] * in[6]) * in[7];
  out[1] = fmax(out[0], 0) * in[11] / (in[10] * (in[11] - in[12]));
out:
  return status;
}

/* Inputs: bore, outer_diameter, effective_tension, bending_moment, inner_pressure, outer_pressure, yield_strength,
 * allowable. */
static kd_status code_check(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const double d2 = in[1] * in[1], b2 = in[0] * in[0], area = 0.25 * PI * (d2 - b2), pi = in[4], pe = in[5];
  KD_CHECK(in[1] > in[0], work->err, KD_E_RANGE, "outer_diameter %g m: must be above the bore %g m", in[1], in[0]);
  const double axial = (in[2] + 0.25 * PI * (pi * b2 - pe * d2)) / area;
  const double inertia = PI / 64 * (d2 * d2 - b2 * b2);
  double worst = 0;
  for (int face = 0; face < 4; face++) { /* bore and outside, both sides of the bend */
    const double r = 0.5 * (face % 2 ? in[1] : in[0]), side = face / 2 ? 1 : -1, p = face % 2 ? pe : pi;
    const double hoop =
        face % 2 ? (2 * pi * b2 - pe * (d2 + b2)) / (d2 - b2) : (pi * (d2 + b2) - 2 * pe * d2) / (d2 - b2);
    const double s = axial + side * in[3] * r / inertia, a = s - hoop, b = hoop + p, c = s + p;
    worst = fmax(worst, sqrt(0.5 * (a * a + b * b + c * c)));
  }
  out[0] = axial;
  out[1] = 0.5 * in[3] * in[1] / inertia;
  out[2] = worst;
  out[3] = worst / in[6];
  out[4] = worst / (in[6] * in[7]);
out:
  return status;
}

/* ---- axial dynamics ---- */

static kd_status heave_transfer(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_heave_transfer t;
  KD_TRY(kd_heave_transfer_solve(&t, in[0], in[1], in[2], in[3], in[4], in[5], in[6], in[7], work->err));
  out[0] = t.top_tension, out[1] = fabs(t.foot), out[2] = t.foot < 0 ? PI : 0;
  out[3] = t.resonance;
  out[4] = isfinite(t.slack_heave) ? t.slack_heave : (double)NAN, out[5] = t.slack_depth;
out:
  return status;
}

static kd_status axial_mode(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[4] == floor(in[4]), work->err, KD_E_RANGE, "mode %g: must be a whole number", in[4]);
  const double x = kd_axial_root(in[3] > 0 ? in[1] * in[0] / in[3] : HUGE_VAL, (int)in[4]);
  out[0] = x;
  out[1] = 2 * PI * in[0] / (x * sqrt(in[2] / in[1]));
  out[2] = 1 / out[1];
out:
  return status;
}

/* Inputs: length, mass, stiffness, head_mass, pull. */
static kd_status recoil(double *out, const double *in, kd_work *work) {
  (void)work;
  const double c = sqrt(in[2] / in[1]);
  out[0] = in[4] * in[0] / in[2];             /* stretch let go */
  out[1] = in[3] > 0 ? 0 : in[4] * c / in[2]; /* speed of the foot at once */
  out[2] = in[0] / c;
  out[3] = 2 * in[4]; /* a wave of -F doubles at a hard top: tension falls by F + F */
  out[4] = 0.5 * in[4] * in[4] * in[0] / in[2];
  return KD_OK;
}

/* Options after those of the string: see the row. */
static kd_status axial_response(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_string_segment *segments = NULL;
  kd_string_load load;
  const size_t n = data[0]->rows;
  kd_bar bar = {0};
  kd_bar_amplitudes a;
  double clock = 0;
  KD_TRY(kd_string_options_read(&segments, &load, data[0], in, work));
  const kd_axial_options o = kd_axial_options_read(in + KD_STRING_OPTIONS);
  KD_TRY(kd_axial_bar(&bar, segments, n, &load, &o, work));
  KD_TRY(kd_bar_amplitudes_create(&a, &bar, work));
  if (o.method == 0)
    KD_TRY(kd_bar_regular(&a, &bar, o.amplitude, 2 * PI / o.period, work));
  else
    KD_TRY(kd_axial_march_regular(&a, &clock, &bar, &o, work));
  KD_TRY(kd_table_create(out, work->ctx,
                         "depth [m], displacement [m], tension_amplitude [N], effective_tension [N], "
                         "least_tension [N], stress_amplitude [Pa], slack [1], first_period [s]",
                         bar.elements + 1, work->err));
  double *tension = kd_arena_alloc(work->scratch, bar.elements + 1, sizeof *tension), depth = 0 - load.freeboard;
  KD_CHECK(tension != NULL, work->err, KD_E_NOMEM, "no memory for %zu elements", bar.elements);
  tension[bar.elements] = bar.head_weight;
  for (size_t i = bar.elements; i-- > 0;) tension[i] = tension[i + 1] + bar.weight[i] * bar.length[i];
  const double period = 2 * PI / kd_bar_frequency(&bar, 1, work);
  for (size_t i = 0; i <= bar.elements; i++) {
    const double least = tension[i] - a.tension[i];
    const double area = bar.wall_area[i < bar.elements ? i : bar.elements - 1];
    const double row[] = {depth, a.displacement[i],   a.tension[i],          tension[i],
                          least, a.tension[i] / area, least < 0 ? 1.0 : 0.0, period};
    kd_table_put_row(*out, i, row, KD_COUNT(row));
    if (i < bar.elements) depth += bar.length[i];
  }
out:
  return status;
}

#define UNIFORM                                                                                                        \
  KD_IN("length", "m", NULL, "0 m exclusive", "20000 m", "Length."),                                                   \
      KD_IN("mass_per_length", "kg/m", NULL, "0 kg/m exclusive", "1e5 kg/m", "Mass that moves along."),                \
      KD_IN("stiffness", "N", NULL, "0 N exclusive", "1e15 N", "Axial stiffness E A."),                                \
      KD_IN("head_mass", "kg", "0 t", "0 t", "1e6 t", "Mass at the foot.")
#define PIPE                                                                                                           \
  KD_IN("outer_diameter", "m", NULL, "0 m exclusive", "10 m", "Outer diameter."),                                      \
      KD_IN("wall", "m", NULL, "0 m exclusive", "2 m", "Wall thickness."),                                             \
      KD_IN("yield_strength", "MPa", "758 MPa", "1 MPa", "10 GPa", "Yield strength.")

const kd_kernel kd_string_kernels[] = {
    KD_DATA("string.static",
            "Statics of a string of segments from the top down: tensions, stresses, stretch, ratings, at both ends of "
            "each segment.",
            KD_FIELDS(KD_STRING_OPTION_FIELDS),
            KD_FIELDS(KD_OUT("segment", "1", "Number of the segment, from the top."),
                      KD_OUT("depth", "m", "Below the sea."), KD_OUT("effective_tension", "N", "Effective tension."),
                      KD_OUT("wall_tension", "N", "True tension of the wall, effective + pi Ai - pe Ao."),
                      KD_OUT("inner_pressure", "Pa", "Inside."), KD_OUT("outer_pressure", "Pa", "Outside."),
                      KD_OUT("axial_stress", "Pa", "wall_tension over the wall area."),
                      KD_OUT("effective_stress", "Pa", "effective_tension over the wall area."),
                      KD_OUT("hoop_stress", "Pa", "Of the riser at its bore."),
                      KD_OUT("von_mises", "Pa", "Larger of bore and outside."),
                      KD_OUT("utilisation", "1", "von_mises over yield strength."),
                      KD_OUT("stretch", "m", "Of all above, by effective tension."),
                      KD_OUT("stretch_poisson", "m", "Of all above, by wall tension and Poisson's effect."),
                      KD_OUT("burst", "Pa", "Rating of the riser (Barlow)."),
                      KD_OUT("collapse", "Pa", "Rating of the riser (API 5C3) under this tension, over the wall."),
                      KD_OUT("burst_margin", "1", "Rating over load; empty: no load that way."),
                      KD_OUT("collapse_margin", "1", "Rating over load; empty: no load that way."),
                      KD_OUT("effective_weight", "N/m", "Of the segment, full, in water."),
                      KD_OUT("mass", "kg/m", "Of the segment, empty.")),
            KD_FIELDS({.name = "segments", .columns = KD_SEGMENT_COLUMNS, .doc = "Segments from the top down."}),
            profile),
    KD_DATA("string.offset", "Offset of a string in a current, free foot, small slope: at the joints of the segments.",
            KD_FIELDS(KD_STRING_OPTION_FIELDS, KD_IN("drag", "1", "1.2", "0", "10", "Drag coefficient across."),
                      KD_IN("head_drag_area", "m2", "0 m2", "0 m2", "1e4 m2", "Cd A of the head.")),
            KD_FIELDS(KD_OUT("depth", "m", "Below the sea."), KD_OUT("offset", "m", "From the top."),
                      KD_OUT("foot_offset", "m", "Of the foot."), KD_OUT("top_angle", "deg", "Slope at the top."),
                      KD_OUT("foot_angle", "deg", "Slope at the foot.")),
            KD_FIELDS({.name = "segments", .columns = KD_SEGMENT_COLUMNS, .doc = "Segments from the top down."},
                      {.name = "current",
                       .columns = "depth [m], current [m/s]",
                       .doc = "Current by depth; held beyond both ends."}),
            offset),
    KD_PLAIN("string.burst", "Rating against inner pressure by Barlow: 2 tolerance yield wall/diameter (API 5C3).",
             KD_FIELDS(PIPE, KD_IN("tolerance", "1", "0.875", "0 exclusive", "1", "Share of the wall that counts.")),
             KD_FIELDS(KD_OUT("burst", "MPa", "Rating.")), burst),
    KD_PLAIN("string.rupture", "Ductile rupture of a capped pipe by inner pressure (Klever and Stewart, API TR 5C3).",
             KD_FIELDS(PIPE, KD_IN("tensile_strength", "MPa", "862 MPa", "1 MPa", "10 GPa", "Tensile strength."),
                       KD_IN("hardening", "1", "none", "0 exclusive", "1",
                             "Index of the true stress curve; none: 0.1693 - 0.812e-3 per ksi of yield."),
                       KD_IN("flaw", "m", "0 m", "0 m", "1 m", "Depth of the flaw that inspection lets pass."),
                       KD_IN("flaw_factor", "1", "1", "0", "10", "1: tough steel, quenched and tempered; else 2."),
                       KD_IN("tolerance", "1", "0.875", "0 exclusive", "1", "Share of the wall that counts.")),
             KD_FIELDS(KD_OUT("rupture", "MPa", "Inner pressure."), KD_OUT("hardening_used", "1", "Index."),
                       KD_OUT("sound_wall", "m", "Wall that counts.")),
             rupture),
    KD_PLAIN("string.collapse_api", "Rating against outer pressure by API 5C3, with tension and inner pressure.",
             KD_FIELDS(PIPE, KD_IN("axial_stress", "MPa", "0 MPa", "-10 GPa", "10 GPa", "Tension positive."),
                       KD_IN("inner_pressure", "MPa", "0 MPa", "0 MPa", "1 GPa", "Inside.")),
             KD_FIELDS(KD_OUT("collapse", "MPa", "Outer less inner pressure at collapse."),
                       KD_OUTWORD("mode", "yield|plastic|transition|elastic", "Range of diameter over wall.")),
             collapse_api),
    KD_PLAIN("string.collapse_oval",
             "Collapse of an oval pipe: Timoshenko's onset of yield and the cubic of DNV-ST-F101.",
             KD_FIELDS(PIPE, KD_IN("modulus", "GPa", "207 GPa", "0 GPa exclusive", "1000 GPa", "Modulus."),
                       KD_IN("poisson", "1", "0.3", "0", "0.499", "Poisson's ratio."),
                       KD_IN("ovality", "1", "0.005", "0", "0.2", "(Dmax - Dmin)/(Dmax + Dmin)."),
                       KD_IN("fabrication", "1", "1", "0.5", "1", "Fabrication factor of DNV.")),
             KD_FIELDS(KD_OUT("timoshenko", "MPa", "Smaller root."), KD_OUT("dnv", "MPa", "With f0 = 2 ovality."),
                       KD_OUT("elastic", "MPa", "Of a round pipe, 2E/(1-v^2)/(r (r-1)^2), r = D/t."),
                       KD_OUT("plastic", "MPa", "2 yield wall/diameter.")),
             collapse_oval),
    KD_PLAIN(
        "string.minimum_tension",
        "Least top tension of a tensioned riser in the form of API RP 16Q: W fw - B fb + Ai (dm Hm - dw Hw) g, "
        "over Rf (N - n)/N.",
        KD_FIELDS(KD_IN("submerged_weight", "N", NULL, "0 N", "1e9 N", "Weight of the riser in water W."),
                  KD_IN("buoyancy", "N", "0 N", "0 N", "1e9 N", "Net lift of buoyancy B."),
                  KD_IN("inner_area", "m2", NULL, "0 m2", "100 m2", "Inner area with side lines."),
                  KD_IN("contents_density", "kg/m3", NULL, "0 kg/m3", "5000 kg/m3", "Contents."),
                  KD_IN("contents_height", "m", NULL, "0 m", "12000 m", "Height of the contents."),
                  KD_IN("water_density", "kg/m3", "1025 kg/m3", "0 kg/m3", "2000 kg/m3", "Sea."),
                  KD_IN("water_height", "m", NULL, "0 m", "12000 m", "Height of the sea."),
                  KD_IN("gravity", "m/s2", "9.80665 m/s2", "0 m/s2 exclusive", "100 m/s2", "Gravity."),
                  KD_IN("weight_factor", "1", "1.05", "1", "2", "Tolerance of weight fw; assumed."),
                  KD_IN("buoyancy_factor", "1", "0.96", "0", "1", "Tolerance of buoyancy fb; assumed."),
                  KD_IN("tension_factor", "1", "0.9", "0.1", "1", "Vertical at the ring over tension Rf; assumed."),
                  KD_IN("tensioners", "1", "6", "1", "100", "Tensioners N."),
                  KD_IN("tensioners_lost", "1", "1", "0", "100", "Tensioners that fail at once n.")),
        KD_FIELDS(KD_OUT("ring_tension", "N", "At the slip ring, for stability."),
                  KD_OUT("minimum_tension", "N", "Setting of all tensioners together.")),
        minimum_tension),
    KD_PLAIN("string.stress_check",
             "Von Mises stress of a pipe under effective tension, bending and pressures, against a share of yield.",
             KD_FIELDS(KD_IN("bore", "m", NULL, "0 m", "10 m", "Bore."),
                       KD_IN("outer_diameter", "m", NULL, "0 m exclusive", "10 m", "Outer diameter."),
                       KD_IN("effective_tension", "N", NULL, "-1e9 N", "1e9 N", "Effective tension."),
                       KD_IN("bending_moment", "N.m", "0 N.m", "0 N.m", "1e9 N.m", "Bending moment."),
                       KD_IN("inner_pressure", "MPa", "0 MPa", "0 MPa", "1 GPa", "Inside."),
                       KD_IN("outer_pressure", "MPa", "0 MPa", "0 MPa", "1 GPa", "Outside."),
                       KD_IN("yield_strength", "MPa", "758 MPa", "1 MPa", "10 GPa", "Yield strength."),
                       KD_IN("allowable", "1", "0.67", "0 exclusive", "1", "Share of yield allowed; assumed.")),
             KD_FIELDS(KD_OUT("axial_stress", "MPa", "Of the wall tension."),
                       KD_OUT("bending_stress", "MPa", "At the outer face."),
                       KD_OUT("von_mises", "MPa", "Largest of bore and outside."),
                       KD_OUT("utilisation", "1", "Over yield."), KD_OUT("ratio", "1", "Over the share allowed.")),
             code_check),
    KD_PLAIN("string.heave_transfer",
             "Steady, undamped answer of a uniform bar with a mass at its foot to a heave of its top, exact.",
             KD_FIELDS(UNIFORM, KD_IN("amplitude", "m", "1 m", "0 m", "50 m", "Heave amplitude."),
                       KD_IN("period", "s", NULL, "0 s exclusive", "1e4 s", "Heave period."),
                       KD_IN("effective_weight", "N/m", "0 N/m", "-1e6 N/m", "1e6 N/m", "For slack: weight in water."),
                       KD_IN("head_weight", "N", "0 N", "-1e9 N", "1e9 N", "For slack: head in water.")),
             KD_FIELDS(KD_OUT("top_tension", "N", "Amplitude of the tension at the top."),
                       KD_OUT("foot_amplitude", "m", "Amplitude of the foot."),
                       KD_OUT("foot_phase", "deg", "0 with the top, 180 against it."),
                       KD_OUT("resonance", "s", "First natural period."),
                       KD_OUT("slack_heave", "m", "Heave amplitude at which the tension first falls to nothing."),
                       KD_OUT("slack_depth", "m", "Where, below the top.")),
             heave_transfer),
    KD_PLAIN("string.axial_mode",
             "Axial mode of a uniform bar held at the top with a mass at its foot: x tan x = m L/M.",
             KD_FIELDS(UNIFORM, KD_IN("mode", "1", "1", "1", "1000", "Number of the mode.")),
             KD_FIELDS(KD_OUT("root", "1", "x, in ((mode-1) pi, (mode-1/2) pi)."), KD_OUT("period", "s", "Period."),
                       KD_OUT("frequency", "1/s", "Frequency, Hz.")),
             axial_mode),
    KD_PLAIN("string.recoil", "Sudden release of a pull at the foot of a uniform bar hung hard: first wave, exact.",
             KD_FIELDS(UNIFORM, KD_IN("pull", "N", NULL, "0 N", "1e9 N", "Pull let go.")),
             KD_FIELDS(KD_OUT("stretch", "m", "Stretch by the pull."),
                       KD_OUT("foot_speed", "m/s", "Speed of the foot right after; 0 with a mass there."),
                       KD_OUT("arrival", "s", "Time of the wave to the top."),
                       KD_OUT("tension_drop", "N", "Largest fall of the top tension below the pulled state, no mass."),
                       KD_OUT("energy", "J", "Elastic energy of the pull.")),
             recoil),
    KD_DATA("string.axial_response",
            "Answer of a string of segments to a regular heave, drag included: amplitudes along the string.",
            KD_FIELDS(KD_STRING_OPTION_FIELDS, KD_AXIAL_OPTION_FIELDS),
            KD_FIELDS(KD_OUT("depth", "m", "Below the sea."), KD_OUT("displacement", "m", "Amplitude."),
                      KD_OUT("tension_amplitude", "N", "Amplitude of the dynamic tension."),
                      KD_OUT("effective_tension", "N", "At rest."),
                      KD_OUT("least_tension", "N", "At rest less the amplitude."),
                      KD_OUT("stress_amplitude", "Pa", "Amplitude over the wall area."),
                      KD_OUT("slack", "1", "1 where the tension falls below nothing."),
                      KD_OUT("first_period", "s", "First natural period of the whole.")),
            KD_FIELDS({.name = "segments", .columns = KD_SEGMENT_COLUMNS, .doc = "Segments from the top down."}),
            axial_response),
    KD_LAST_KERNEL,
};
