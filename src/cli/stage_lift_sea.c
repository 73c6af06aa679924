// SPDX-License-Identifier: Apache-2.0
/* kaidei lift SCENARIO --sea KEY=VALUE: string and line of a scenario together in a sea. */
#include "cli/stage_lift_sea.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "cli/shared.h"
#include "programme/registry.h"
#include "results/charts.h"
#include "results/frames.h"
#include "results/svg.h"

kd_status kd_lift_sea_read(double in[KD_SEA_OPTIONS], const kd_arguments *arguments, kd_error *err) {
  kd_status status = KD_OK;
  const char *given[KD_MAX_VALUES];
  const size_t count = kd_values(given, arguments, "sea");
  for (size_t k = 0; k < KD_SEA_OPTIONS; k++) KD_TRY(kd_field_default(&in[k], &kd_lift_sea_fields[k], err));
  for (size_t i = 0; i < count; i++) {
    const char *equals = strchr(given[i], '=');
    const size_t length = equals != NULL ? (size_t)(equals - given[i]) : strlen(given[i]);
    size_t k = 0;
    while (k < KD_SEA_OPTIONS &&
           (strlen(kd_lift_sea_fields[k].name) != length || strncmp(kd_lift_sea_fields[k].name, given[i], length) != 0))
      k++;
    KD_CHECK(equals != NULL && k < KD_SEA_OPTIONS, err, KD_E_USAGE,
             "--sea %s: wants KEY=VALUE with one of hs, tp, heading, gamma, law, hs2, tp2, duration, settle, step, "
             "every, way, model, elements, waves, motion, current, drag, added, hold_stiffness, hold_damping, "
             "string_port, string_height",
             given[i]);
    KD_TRY(kd_field_read(&in[k], &kd_lift_sea_fields[k], 0, equals + 1, kd_lift_sea_fields[k].unit, err));
  }
out:
  return status;
}

size_t kd_lift_sea_figures(kd_figure *out, const kd_string_history *s) {
  const size_t foot = s->nodes - 1;
  double stress = -HUGE_VAL, least = HUGE_VAL, depth = 0, offset = 0;
  for (size_t i = 0; i < s->nodes; i++) {
    stress = fmax(stress, s->most[KD_G_STRESS][i]), offset = fmax(offset, s->most[KD_G_OFFSET][i]);
    if (s->least[KD_G_TENSION][i] < least) least = s->least[KD_G_TENSION][i], depth = s->depth[i];
  }
  const kd_figure all[KD_SEA_FIGURES] = {
      {"rest_tension", "kN", "Effective tension at the top at rest.", s->rest_top},
      {"top_most", "kN", "Largest tension at the top.", s->top_most},
      {"top_least", "kN", "Smallest tension at the top.", s->top_least},
      {"top_sd", "kN", "Standard deviation of the effective tension at the top.", s->sd[0]},
      {"least_tension", "kN", "Smallest effective tension anywhere; below 0 the string is slack.", least},
      {"least_depth", "m", "Where that is.", depth},
      {"slack_time", "%", "Share of the time in which some part is slack.", s->slack_time},
      {"stress_most", "MPa", "Largest effective stress, with bending where the model bends.", stress},
      {"foot_motion", "m", "Largest less smallest height of the foot.",
       s->most[KD_G_MOTION][foot] - s->least[KD_G_MOTION][foot]},
      {"offset_most", "m", "Largest motion across.", offset},
      {"damage_year", "1", "Fatigue of the worst place in a year of such seas, curve D in sea water.", s->damage_year},
      {"energy_misfit", "1", "Of the energy of the string, over the work done; bar hung hard only.", s->energy},
      {"exchange_misfit", "1", "Of the work passed between line and string, over all of it.", s->exchange},
      {"string_halved", "1", "Steps of the string that were halved.", (double)s->halved}};
  memcpy(out, all, sizeof all);
  return KD_SEA_FIGURES;
}

static const char *const names[KD_G_FIELDS] = {"tension", "stress", "motion", "offset"};
static const char *const units[KD_G_FIELDS] = {"kN", "MPa", "m", "m"};
static const char *const docs[KD_G_FIELDS] = {"effective tension", "effective stress", "motion along the string, up",
                                              "motion across"};
static const double factors[KD_G_FIELDS] = {1e-3, 1e-6, 1, 1};
static const double column_factors[KD_S_COLUMNS] = {1, 1, 1e-3, 1e-3, 1, 1, 1e-6, 1, 1};

void kd_lift_sea_charts(kd_text *out, const kd_string_history *s) {
  const double minute = 1.0 / 60;
  const double *t = s->value[KD_S_TIME];
  const kd_series heave[] = {{"ship at the string", KD_GREY, s->value[KD_S_HEAVE], 1},
                             {"foot", KD_BLUE, s->value[KD_S_FOOT], 1}};
  const kd_series tension[] = {{"top", KD_BLUE, s->value[KD_S_TOP], 1e-3},
                               {"least along the string", KD_RED, s->value[KD_S_LEAST], 1e-3}};
  const kd_series pressure[] = {{"foot, change", KD_ORANGE, s->value[KD_S_PRESSURE], 1e-6}};
  const kd_series flow[] = {{"deck", KD_GREEN, s->value[KD_S_DECK_FLOW], 3600}};
  kd_chart_history(out, "Motion", "m", s->used, t, minute, "time [min]", heave, 2);
  kd_chart_history(out, "Tension", "kN", s->used, t, minute, "time [min]", tension, 2);
  kd_chart_history(out, "Pressure inside the foot", "MPa", s->used, t, minute, "time [min]", pressure, 1);
  kd_chart_history(out, "Flow at the deck, against the pipe", "m3/h", s->used, t, minute, "time [min]", flow, 1);
  for (size_t k = 0; k < KD_G_FIELDS; k++)
    kd_chart_profile(out, docs[k], units[k], s->nodes, s->depth, s->least[k], s->mean[k], s->most[k], factors[k]);
}

void kd_lift_sea_history(kd_text *out, const kd_string_history *s) {
  for (const char *c = kd_string_history_columns; *c != '\0'; c++)
    if (!(c[0] == ' ' && c > kd_string_history_columns && c[-1] == ',')) kd_text_printf(out, "%c", *c);
  for (size_t r = 0; r < s->used; r++)
    for (size_t c = 0; c < KD_S_COLUMNS; c++)
      kd_text_printf(out, "%s%.9g", c == 0 ? "\n" : ",", s->value[c][r] * column_factors[c]);
  kd_text_add(out, "\n");
}

void kd_lift_sea_profile(kd_text *out, const kd_string_history *s) {
  kd_text_add(out, "arc [m],depth [m],tension_sd [kN]");
  for (size_t k = 0; k < KD_G_FIELDS; k++)
    kd_text_printf(out, ",%s_least [%s],%s_mean [%s],%s_most [%s]", names[k], units[k], names[k], units[k], names[k],
                   units[k]);
  for (size_t i = 0; i < s->nodes; i++) {
    kd_text_printf(out, "\n%.10g,%.10g,%.8g", s->arc[i], s->depth[i], s->sd[i] * 1e-3);
    for (size_t k = 0; k < KD_G_FIELDS; k++)
      kd_text_printf(out, ",%.8g,%.8g,%.8g", s->least[k][i] * factors[k], s->mean[k][i] * factors[k],
                     s->most[k][i] * factors[k]);
  }
  kd_text_add(out, "\n");
}

void kd_lift_sea_frames(kd_text *out, const char *title, const kd_string_history *s) {
  kd_frame_field field[KD_G_FIELDS];
  for (size_t k = 0; k < KD_G_FIELDS; k++)
    field[k] = (kd_frame_field){names[k], units[k], docs[k], s->frame[k], factors[k]};
  kd_frames_write(out, title, s->used, s->value[KD_S_TIME], s->nodes, s->arc, s->depth, field, KD_G_FIELDS);
}
