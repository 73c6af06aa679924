// SPDX-License-Identifier: Apache-2.0
/* Kernels of operability. Equations stand in operability.c and string_frequency.c. */
#include <math.h>

#include "base/context.h"
#include "base/error.h"
#include "lift/kernels_string_options.h"
#include "lift/operability.h"

#define PI 3.14159265358979323846

/* Numbers from low to high. */
static double *steps(double low, double high, double count, kd_work *work) {
  double *x = kd_arena_alloc(work->scratch, (size_t)count, sizeof *x);
  for (size_t i = 0; x != NULL && i < (size_t)count; i++)
    x[i] = count > 1 ? low + (high - low) * (double)i / (count - 1) : low;
  return x;
}

#define OPERABILITY_FIELDS                                                                                             \
  KD_SEA_BAR_FIELDS("locked", "30"), KD_IN("hs_low", "m", "0.5 m", "0.01 m", "30 m", "Significant heights from"),      \
      KD_IN("hs_high", "m", "6 m", "0.01 m", "30 m", "to"), KD_IN("hs_count", "1", "12", "1", "1000", "in so many."),  \
      KD_IN("tp_low", "s", "6 s", "2 s", "40 s", "Peak periods from"),                                                 \
      KD_IN("tp_high", "s", "15 s", "2 s", "40 s", "to"), KD_IN("tp_count", "1", "10", "1", "1000", "in so many."),    \
      KD_IN("heading_low", "deg", "0 deg", "-360 deg", "360 deg", "Headings from"),                                    \
      KD_IN("heading_high", "deg", "180 deg", "-360 deg", "360 deg", "to"),                                            \
      KD_IN("heading_count", "1", "8", "1", "1000", "in so many."),                                                    \
      KD_IN("gamma", "1", "none", "1", "20", "Peak enhancement of JONSWAP; none: by steepness."),                      \
      KD_IN("duration", "s", "3 h", "60 s", "1e6 s", "Of a sea; the most probable largest value in it counts."),       \
      KD_IN("allowable", "1", "0.67", "0 exclusive", "1", "Share of yield allowed; assumed."),                         \
      KD_IN("hook_load", "kg", "1250 t", "0 t", "1e6 t", "Rated load as mass; 0: no limit."),                          \
      KD_IN("slack_share", "1", "0.9", "0", "10", "Share of the tension at rest that may go; 0: no limit. Assumed."),  \
      KD_IN("stroke", "m", "0 m", "0 m", "100 m", "Of the compensator, amplitude; 0: no limit."),                      \
      KD_IN("foot", "m", "0 m", "0 m", "100 m", "Motion of the foot allowed, amplitude; 0: no limit."),                \
      KD_IN("heave", "m", "0 m", "0 m", "100 m", "Heave at the string allowed, amplitude; 0: no limit."),              \
      KD_IN("ship_length", "m", "210 m", "1 m", "500 m", "Box hull, where no RAO is given."),                          \
      KD_IN("ship_beam", "m", "38 m", "1 m", "100 m", "Box hull."),                                                    \
      KD_IN("ship_draught", "m", "9.2 m", "0.1 m", "50 m", "Box hull."),                                               \
      KD_IN("string_forward", "m", "0 m", "-250 m", "250 m", "Place of the string before midship."),                   \
      KD_IN("string_port", "m", "0 m", "-100 m", "100 m", "To port: roll heaves it, where RAOs are given."),           \
      KD_WORD("law", "jonswap|pierson_moskowitz|torsethaugen", "jonswap", "Of the spectrum.")

static kd_status operability(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_string_segment *segments = NULL;
  kd_string_load load;
  kd_bar bar = {0};
  const double *o = in + KD_STRING_OPTIONS;
  const kd_axial_options axial = kd_sea_bar_options_read(o);
  KD_TRY(kd_string_options_read(&segments, &load, data[0], in, work));
  KD_TRY(kd_axial_bar(&bar, segments, data[0]->rows, &load, &axial, work));
  for (int i = 10; i <= 16; i += 3)
    KD_CHECK(o[i] == floor(o[i]), work->err, KD_E_RANGE,
             "hs_count, tp_count, heading_count: %g: must be a whole number", o[i]);
  kd_operability t = {.hs = steps(o[8], o[9], o[10], work),
                      .tp = steps(o[11], o[12], o[13], work),
                      .heading = steps(o[14], o[15], o[16], work),
                      .hs_count = (size_t)o[10],
                      .tp_count = (size_t)o[13],
                      .heading_count = (size_t)o[16],
                      .gamma = o[17],
                      .duration = o[18],
                      .law = (kd_spectrum_law)o[30],
                      .allowable = o[19],
                      .hook_load = o[20] * load.gravity,
                      .slack_share = o[21],
                      .stroke = o[22],
                      .foot = o[23],
                      .heave = o[24],
                      .ship = {.hull = {o[25], o[26], o[27], 1, o[28], o[29], 0}, .rao = data[1]}};
  const size_t n = t.hs_count * t.tp_count * t.heading_count;
  KD_CHECK(t.hs != NULL && t.tp != NULL && t.heading != NULL, work->err, KD_E_NOMEM, "no memory for the table");
  KD_TRY(kd_vessel_prepare(&t.ship, work));
  kd_operability_cell *cell = kd_arena_alloc(work->scratch, n, sizeof *cell);
  double *limit = kd_arena_alloc(work->scratch, t.tp_count * t.heading_count, sizeof *limit);
  KD_CHECK(cell != NULL && limit != NULL, work->err, KD_E_NOMEM, "no memory for %zu seas", n);
  KD_TRY(kd_operability_solve(cell, &t, &bar, work));
  kd_operability_limits(limit, &t, cell);
  KD_TRY(kd_table_create(out, work->ctx,
                         "heading [deg], tp [s], hs [m], operable [1], governs [1], ratio [1], stress [1], hook [1], "
                         "slack [1], stroke [1], foot [1], heave [1], heave_amplitude [m], top_tension [N], "
                         "foot_amplitude [m], stroke_amplitude [m], hs_limit [m]",
                         n, work->err));
  kd_column *c = (*out)->column;
  static const char *const words[] = {"stress", "hook", "slack", "stroke", "foot", "heave"};
  c[4].text = kd_alloc(work->ctx, n, sizeof *c[4].text);
  KD_CHECK(c[4].text != NULL, work->err, KD_E_NOMEM, "no memory for %zu seas", n);
  c[4].is_text = true;
  for (size_t i = 0; i < n; i++) {
    const kd_operability_cell *k = &cell[i];
    const size_t s = i % t.hs_count, p = i / t.hs_count;
    const double row[] = {t.heading[p / t.tp_count],
                          t.tp[p % t.tp_count],
                          t.hs[s],
                          k->largest <= 1 ? 1.0 : 0.0,
                          (double)k->governs,
                          k->largest,
                          k->ratio[0],
                          k->ratio[1],
                          k->ratio[2],
                          k->ratio[3],
                          k->ratio[4],
                          k->ratio[5],
                          k->heave,
                          k->tension,
                          k->foot,
                          k->stroke,
                          limit[p]};
    kd_table_put_row(*out, i, row, KD_COUNT(row));
    c[4].text[i] = words[k->governs];
  }
out:
  return status;
}

/* One sea over the string by frequency: standard deviations and most probable largest values along it. */
static kd_status sea_response(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_string_segment *segments = NULL;
  kd_string_load load;
  kd_bar bar = {0};
  kd_bar_sea sea;
  kd_bar_amplitudes a;
  kd_bar_response r;
  kd_linear_drag drag;
  const double *o = in + KD_STRING_OPTIONS;
  const kd_axial_options axial = kd_sea_bar_options_read(o);
  kd_wave_spectrum waves = {.hs = o[8], .tp = o[9], .gamma = o[10], .norm = KD_NORM_EXACT};
  kd_vessel ship = {.hull = {o[13], o[14], o[15], 1, o[16], 0, 0}, .rao = data[1]};
  KD_TRY(kd_string_options_read(&segments, &load, data[0], in, work));
  KD_TRY(kd_axial_bar(&bar, segments, data[0]->rows, &load, &axial, work));
  KD_TRY(kd_wave_spectrum_prepare(&waves, work->err));
  KD_TRY(kd_vessel_prepare(&ship, work));
  KD_TRY(kd_bar_sea_create(&sea, 0.3 * 2 * PI / o[9], fmax(6 * 2 * PI / o[9], 3), kd_bar_frequency(&bar, 1, work), 400,
                           work));
  KD_TRY(kd_bar_response_create(&r, &bar, work));
  KD_TRY(kd_bar_amplitudes_create(&a, &bar, work));
  KD_TRY(kd_linear_drag_create(&drag, &bar, work));
  const size_t n = bar.elements;
  double *variance = kd_arena_alloc(work->scratch, sea.count, sizeof *variance);
  double *rest = kd_arena_alloc(work->scratch, n + 1, sizeof *rest), heave = 0, depth = 0 - load.freeboard;
  KD_CHECK(variance != NULL && rest != NULL, work->err, KD_E_NOMEM, "no memory for %zu elements", n);
  for (size_t k = 0; k < sea.count; k++) {
    const double h = kd_vessel_heave(&ship, sea.omega[k], o[11]);
    heave += variance[k] = kd_wave_density(&waves, sea.omega[k]) * sea.width[k] * h * h;
  }
  KD_TRY(kd_bar_irregular(&a, &bar, &sea, variance, &r, &drag, work->err));
  rest[n] = bar.head_weight;
  for (size_t i = n; i-- > 0;) rest[i] = rest[i + 1] + bar.weight[i] * bar.length[i];
  kd_extremes e = {0};
  if (a.zero_period > 0) kd_extremes_of(&e, 1, a.zero_period, o[12], 0.1);
  KD_TRY(kd_table_create(out, work->ctx,
                         "depth [m], effective_tension [N], tension_sd [N], tension_extreme [N], least_tension [N], "
                         "displacement_sd [m], speed_sd [m/s], zero_period [s], heave_sd [m], slack [1]",
                         n + 1, work->err));
  for (size_t i = 0; i <= n; i++) {
    const double extreme = a.tension[i] * e.most_probable;
    const double row[] = {depth,
                          rest[i],
                          a.tension[i],
                          extreme,
                          rest[i] - extreme,
                          a.displacement[i],
                          a.speed[i],
                          a.zero_period,
                          sqrt(heave),
                          rest[i] < extreme ? 1.0 : 0.0};
    kd_table_put_row(*out, i, row, KD_COUNT(row));
    if (i < n) depth += bar.length[i];
  }
out:
  return status;
}

const kd_kernel kd_operability_kernels[] = {
    KD_DATA("string.sea_response", "Axial answer of a string to a sea state by frequency, drag linearised for the sea.",
            KD_FIELDS(KD_STRING_OPTION_FIELDS, KD_SEA_BAR_FIELDS("free", "60"),
                      KD_IN("hs", "m", NULL, "0 m", "30 m", "Significant wave height; JONSWAP."),
                      KD_IN("tp", "s", NULL, "2 s", "40 s", "Peak period."),
                      KD_IN("gamma", "1", "3.3", "1", "20", "Peak enhancement."),
                      KD_IN("heading", "deg", "180 deg", "-360 deg", "360 deg", "Of the waves."),
                      KD_IN("duration", "s", "3 h", "60 s", "1e7 s", "Of the sea."),
                      KD_IN("ship_length", "m", "210 m", "1 m", "500 m", "Box hull, where no RAO is given."),
                      KD_IN("ship_beam", "m", "38 m", "1 m", "100 m", "Box hull."),
                      KD_IN("ship_draught", "m", "9.2 m", "0.1 m", "50 m", "Box hull."),
                      KD_IN("string_forward", "m", "0 m", "-250 m", "250 m", "Place of the string before midship.")),
            KD_FIELDS(KD_OUT("depth", "m", "Below the sea."), KD_OUT("effective_tension", "N", "At rest."),
                      KD_OUT("tension_sd", "N", "Standard deviation."),
                      KD_OUT("tension_extreme", "N", "Most probable largest dynamic part."),
                      KD_OUT("least_tension", "N", "At rest less that."),
                      KD_OUT("displacement_sd", "m", "Standard deviation."), KD_OUT("speed_sd", "m/s", "The same."),
                      KD_OUT("zero_period", "s", "Of the top tension."), KD_OUT("heave_sd", "m", "Of the ship."),
                      KD_OUT("slack", "1", "1 where the string goes slack in the sea.")),
            KD_FIELDS({.name = "segments", .columns = KD_SEGMENT_COLUMNS, .doc = "Segments from the top down."},
                      {.name = "rao",
                       .columns = KD_RAO_COLUMNS,
                       .doc = "RAOs of the ship; without: a box hull.",
                       .optional = true}),
            sea_response),
    KD_DATA("operability", "Seas in which a string may stay down: height x period x heading, with what governs.",
            KD_FIELDS(KD_STRING_OPTION_FIELDS, OPERABILITY_FIELDS),
            KD_FIELDS(
                KD_OUT("heading", "deg", "0 astern, 180 ahead."), KD_OUT("tp", "s", "Peak period."),
                KD_OUT("hs", "m", "Significant height."), KD_OUT("operable", "1", "1: every limit is kept."),
                KD_OUTWORD("governs", KD_GOVERNS_WORDS, "Limit with the largest ratio."),
                KD_OUT("ratio", "1", "Largest load over limit."), KD_OUT("stress", "1", "Stress over the allowed."),
                KD_OUT("hook", "1", "Load over the rated one."),
                KD_OUT("slack", "1", "Tension taken away over allowed."), KD_OUT("stroke", "1", "Of the compensator."),
                KD_OUT("foot", "1", "Motion of the foot."), KD_OUT("heave", "1", "Heave at the string."),
                KD_OUT("heave_amplitude", "m", "Most probable largest."),
                KD_OUT("top_tension", "N", "Most probable largest, with that at rest."),
                KD_OUT("foot_amplitude", "m", "Most probable largest."),
                KD_OUT("stroke_amplitude", "m", "Most probable largest."),
                KD_OUT("hs_limit", "m", "Height at which the ratio is 1, for this heading and period.")),
            KD_FIELDS({.name = "segments", .columns = KD_SEGMENT_COLUMNS, .doc = "Segments from the top down."},
                      {.name = "rao",
                       .columns = KD_RAO_COLUMNS,
                       .doc = "RAOs of the ship; without: a box hull.",
                       .optional = true}),
            operability),
    KD_LAST_KERNEL,
};
