// SPDX-License-Identifier: Apache-2.0
/* kaidei lift SCENARIO --transient EVENT, --sea KEY=VALUE: the lift of a scenario in time, its string in a sea. */
#include "cli/stage_lift_event.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/files.h"
#include "base/quantity.h"
#include "cli/shared.h"
#include "cli/stage_lift_sea.h"
#include "lift/lift_event.h"
#include "results/charts.h"
#include "results/frames.h"
#include "results/svg.h"

#define FIGURES 20

static size_t figures(kd_figure *f, const kd_event_report *r) {
  const kd_figure all[FIGURES] = {
      {"moves", "1", "1: the column flows at the end.", r->moves},
      {"steady_liquid", "m3/h", "Slurry rate of the steady answer.", r->steady.slurry_rate},
      {"last_liquid", "m3/h", "Liquid and solids at the deck at the end.", r->last_liquid},
      {"peak_liquid", "m3/h", "Largest, mean over a row.", r->peak_liquid},
      {"surge", "1", "peak_liquid over steady_liquid.", r->surge},
      {"peak_air", "kg/s", "Largest air at the deck.", r->peak_air},
      {"steady_air", "kg/s", "Air of the steady answer.", r->steady.air_rate},
      {"transit_time", "min", "From the feed at the foot to half of the solids at the deck.", r->transit_time},
      {"settled_time", "min", "Until the liquid rate stays above 90 % of the last.", r->settled_time},
      {"spread", "s", "Standard deviation in time that a batch gains on its way.", r->spread},
      {"peak_pump", "MPa", "Largest pump pressure.", r->peak_pump},
      {"peak_pressure", "MPa", "Largest pressure in the line, absolute.", r->peak_pressure},
      {"least_pressure", "MPa", "Smallest pressure in the line, absolute.", r->least_pressure},
      {"densest", "%", "Largest share of coarse grains in a cell; 60 % is locked.", r->densest},
      {"backflow", "m3/h", "Largest flow back at the inlet.", r->backflow},
      {"tank", "m3", "Volume that the separator holds before it runs over.", r->tank},
      {"overflow", "m3", "Run over at the separator.", r->overflow},
      {"solids_left", "t", "Solids in the line at the end.", r->solids_left},
      {"closure", "1", "Largest relative misfit of the mass of a phase.", r->history.closure},
      {"halved", "1", "Time steps that failed and were halved.", (double)r->history.halved}};
  memcpy(f, all, sizeof all);
  return r->string != NULL ? FIGURES + kd_lift_sea_figures(f + FIGURES, r->string) : FIGURES;
}

static kd_status write_file(kd_context *ctx, const char *folder, const char *name, kd_text *text, kd_error *err) {
  kd_status status = KD_OK;
  char path[4096];
  KD_CHECK(!text->failed, err, KD_E_NOMEM, "out of memory for %s", name);
  KD_TRY(kd_path_join(path, sizeof path, folder, name, err));
  (void)kd_folder_make_parents(ctx, path);
  KD_TRY(kd_file_write_all(ctx, path, text->bytes, text->length, err));
out:
  kd_text_free(text);
  return status;
}

static void add_history(kd_text *out, const kd_history *h) {
  static const double show[KD_H_COLUMNS] = {1, 1e-6, 1e-6, 1e-6, 1e-6, 1, 1, 1, 1, 1, 1, 1, 100, 1,
                                            1, 100,  1e-6, 1,    1,    1, 1, 1, 1, 1, 1, 1, 1};
  kd_text_add(out, kd_history_columns);
  for (char *c = out->bytes; c && *c; c++)
    if (c[0] == ',' && c[1] == ' ') memmove(c + 1, c + 2, strlen(c + 2) + 1);
  if (out->bytes) out->length = strlen(out->bytes);
  for (size_t r = 0; r < h->rows; r++) {
    for (size_t c = 0; c < KD_H_COLUMNS; c++) {
      kd_text_add(out, c == 0 ? "\n" : ",");
      if (isfinite(h->value[c][r])) kd_text_add_number(out, h->value[c][r] * show[c]);
    }
  }
  kd_text_add(out, "\n");
}

static const char *const field_names[KD_F_FIELDS] = {"pressure", "gas", "fines", "coarse", "velocity"};
static const char *const field_units[KD_F_FIELDS] = {"MPa", "%", "%", "%", "m/s"};
static const char *const field_docs[KD_F_FIELDS] = {"absolute pressure", "share of gas", "share of fines",
                                                    "share of coarse grains", "velocity of the slurry"};
static const double field_factors[KD_F_FIELDS] = {1e-6, 100, 100, 100, 1};

static void add_profile(kd_text *out, const kd_event_report *r) {
  const kd_history *h = &r->history;
  kd_text_add(out, "distance [m],depth [m]");
  for (size_t k = 0; k < KD_F_FIELDS; k++)
    kd_text_printf(out, ",%s_least [%s],%s_mean [%s],%s_most [%s]", field_names[k], field_units[k], field_names[k],
                   field_units[k], field_names[k], field_units[k]);
  for (size_t i = 0; i < h->cells; i++) {
    kd_text_printf(out, "\n%.10g,%.10g", r->distance[i], r->depth[i]);
    for (size_t k = 0; k < KD_F_FIELDS; k++)
      kd_text_printf(out, ",%.8g,%.8g,%.8g", h->least[k][i] * field_factors[k], h->mean[k][i] * field_factors[k],
                     h->most[k][i] * field_factors[k]);
  }
  kd_text_add(out, "\n");
}

static void add_page(kd_text *out, const char *title, const kd_event_report *r, const kd_figure *f, size_t count) {
  const kd_history *h = &r->history;
  const double *t = h->value[KD_H_TIME], hour = 3600;
  kd_page_begin(out, title);
  kd_page_figures_begin(out);
  for (size_t i = 0; i < count; i++)
    if (isfinite(f[i].value))
      kd_page_figure(out, f[i].key, kd_quantity_show(f[i].value, f[i].unit), f[i].unit, f[i].doc);
  kd_page_figures_end(out);
  if (r->string != NULL) kd_lift_sea_charts(out, r->string);
  const kd_series flows[] = {{"liquid at the deck", KD_BLUE, h->value[KD_H_LIQUID_OUT], hour},
                             {"inlet", KD_GREY, h->value[KD_H_INLET_FLOW], hour}};
  const kd_series solids[] = {{"fines", KD_ORANGE, h->value[KD_H_FINES_OUT], 3.6},
                              {"coarse", KD_RED, h->value[KD_H_COARSE_OUT], 3.6}};
  const kd_series air[] = {{"air at the deck", KD_SKY, h->value[KD_H_AIR_OUT], 1}};
  const kd_series pressure[] = {{"foot", KD_BLUE, h->value[KD_H_FOOT_PRESSURE], 1e-6},
                                {"largest", KD_RED, h->value[KD_H_LARGEST_PRESSURE], 1e-6},
                                {"pump", KD_GREEN, h->value[KD_H_PUMP_PRESSURE], 1e-6}};
  const kd_series level[] = {{"level", KD_BLUE, h->value[KD_H_LEVEL], 1},
                             {"run over", KD_RED, h->value[KD_H_OVERFLOW], 1}};
  kd_chart_history(out, "Flow", "m3/h", h->rows, t, 1.0 / 60, "time [min]", flows, 2);
  kd_chart_history(out, "Solids at the deck", "t/h", h->rows, t, 1.0 / 60, "time [min]", solids, 2);
  if (r->peak_air > 0) kd_chart_history(out, "Air", "kg/s", h->rows, t, 1.0 / 60, "time [min]", air, 1);
  kd_chart_history(out, "Pressure", "MPa", h->rows, t, 1.0 / 60, "time [min]", pressure, 3);
  kd_chart_history(out, "Separator", "m3", h->rows, t, 1.0 / 60, "time [min]", level, 2);
  for (size_t k = 0; k < KD_F_FIELDS; k++)
    kd_chart_profile(out, field_docs[k], field_units[k], h->cells, r->depth, h->least[k], h->mean[k], h->most[k],
                     field_factors[k]);
  kd_page_end(out);
}

static kd_status write_folder(kd_context *ctx, const char *folder, const char *title, const kd_event_report *r,
                              const kd_figure *f, size_t count, kd_error *err) {
  kd_status status = KD_OK;
  kd_text text;
  kd_frame_field field[KD_F_FIELDS];
  kd_text_init(&text, ctx);
  add_history(&text, &r->history);
  KD_TRY(write_file(ctx, folder, "history.csv", &text, err));
  kd_text_init(&text, ctx);
  add_profile(&text, r);
  KD_TRY(write_file(ctx, folder, "profile.csv", &text, err));
  for (size_t k = 0; k < KD_F_FIELDS; k++)
    field[k] = (kd_frame_field){field_names[k], field_units[k], field_docs[k], r->history.frame[k], field_factors[k]};
  kd_text_init(&text, ctx);
  kd_frames_write(&text, title, r->history.rows, r->history.value[KD_H_TIME], r->history.cells, r->distance, r->depth,
                  field, KD_F_FIELDS);
  KD_TRY(write_file(ctx, folder, "animation.nc", &text, err));
  kd_text_init(&text, ctx);
  add_page(&text, title, r, f, count);
  KD_TRY(write_file(ctx, folder, "page.html", &text, err));
  if (r->string == NULL) goto out;
  kd_text_init(&text, ctx);
  kd_lift_sea_history(&text, r->string);
  KD_TRY(write_file(ctx, folder, "string_history.csv", &text, err));
  kd_text_init(&text, ctx);
  kd_lift_sea_profile(&text, r->string);
  KD_TRY(write_file(ctx, folder, "string_profile.csv", &text, err));
  kd_text_init(&text, ctx);
  kd_lift_sea_frames(&text, title, r->string);
  KD_TRY(write_file(ctx, folder, "string.nc", &text, err));
out:
  return status;
}

/* Index of a word in "a|b|c"; -1 when it is none. */
static int word_index(const char *words, const char *word) {
  const size_t length = strlen(word);
  int index = 0;
  for (const char *w = words; *w != '\0'; index++) {
    const size_t n = strcspn(w, "|");
    if (n == length && strncmp(w, word, n) == 0) return index;
    w += n + (w[n] == '|');
  }
  return -1;
}

kd_status kd_lift_event_text(kd_text *out, kd_context *ctx, const kd_arguments *arguments,
                             const kd_programme_params *params, const kd_programme_result *result, kd_error *err) {
  kd_status status = KD_OK;
  kd_arena *scratch = NULL;
  const bool sea = kd_has(arguments, "sea");
  double in[KD_SEA_OPTIONS];
  const char *word = kd_value(arguments, "transient", sea ? "steady" : ""),
             *folder = kd_value(arguments, "output", NULL);
  const int event = word_index(KD_LIFT_EVENTS, word);
  uint64_t cells = 200;
  kd_figure f[FIGURES + KD_SEA_FIGURES];
  KD_CHECK(event >= 0, err, KD_E_USAGE, "--transient %s: no such event; there are " KD_LIFT_EVENTS, word);
  KD_TRY(kd_whole(&cells, arguments, "cells", 200, 20, 20000, err));
  KD_CHECK(kd_arena_create(&scratch, ctx) == KD_OK, err, KD_E_NOMEM, "out of memory");
  kd_work work = {.ctx = ctx, .scratch = scratch, .err = err};
  const kd_event_options options = {.event = (kd_lift_event)event,
                                    .cells = (size_t)cells,
                                    .every = (double)NAN,
                                    .step = (double)NAN,
                                    .tank = (double)NAN,
                                    .ramp = (double)NAN,
                                    .frames = folder != NULL};
  kd_event_report report;
  if (sea) {
    KD_TRY(kd_lift_sea_read(in, arguments, err));
    KD_TRY(kd_lift_sea_run(&report, in, (kd_lift_event)event, (size_t)cells, folder != NULL, &params->lift,
                           &result->mineplan.feed, &work));
  } else {
    KD_TRY(kd_lift_event_run(&report, &options, &params->lift, &result->mineplan.feed, &work));
  }
  const size_t count = figures(f, &report);
  if (folder != NULL) {
    char title[128];
    snprintf(title, sizeof title, "Lift, %s: %s", word, arguments->operand[0]);
    KD_TRY(write_folder(ctx, folder, title, &report, f, count, err));
  }
  if (kd_has(arguments, "json")) {
    kd_text_printf(out, "{\"event\": \"%s\", \"outputs\": [", word);
    for (size_t i = 0; i < count; i++) {
      kd_text_printf(out, "%s\n  {\"key\": \"%s\", \"value\": ", i == 0 ? "" : ",", f[i].key);
      kd_text_add_number(out, kd_quantity_show(f[i].value, f[i].unit));
      kd_text_printf(out, ", \"unit\": \"%s\", \"doc\": \"%s\"}", f[i].unit, f[i].doc);
    }
    kd_text_add(out, "\n]}\n");
  } else {
    for (size_t i = 0; i < count; i++) {
      char number[32];
      if (isnan(f[i].value)) continue;
      kd_short_number(number, sizeof number, kd_quantity_show(f[i].value, f[i].unit));
      kd_text_printf(out, "%-20s %12s  %-8s %s\n", f[i].key, number, f[i].unit, f[i].doc);
    }
  }
out:
  kd_arena_destroy(&scratch);
  return status;
}
