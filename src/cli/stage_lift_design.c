// SPDX-License-Identifier: Apache-2.0
/* kaidei lift SCENARIO --design: the operating window of the lift and its best points, for mean and for stiff mud. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/files.h"
#include "cli/shared.h"
#include "cli/stage_lift_event.h"
#include "lift/design.h"
#include "results/charts.h"

/* P90 of the factor on the rheology: a factor of 3 at two standard deviations, 3^(1.2816/2). */
#define STIFF 2.0217

static const char *const limit_words[KD_DESIGN_LIMITS] = {"free", "deposition", "plug", "pump", "pressure", "surge"};

typedef struct choice {
  const char *mud, *aim;
  const kd_design_point *point;
} choice;

static void add_choice(kd_text *out, const choice *c, bool json, bool first) {
  const kd_design_point *d = c->point;
  if (json) {
    kd_text_printf(out, "%s\n  {\"mud\": \"%s\", \"least\": \"%s\", ", first ? "" : ",", c->mud, c->aim);
    if (d == NULL) {
      kd_text_add(out, "\"found\": false}");
      return;
    }
    kd_text_printf(out,
                   "\"found\": true, \"bore_m\": %.10g, \"solids_percent\": %.10g, \"dry_rate_t_per_day\": %.10g, "
                   "\"velocity_m_per_s\": %.10g, \"pump_pressure_MPa\": %.10g, \"energy_kWh_per_t\": %.10g, "
                   "\"cost_USD_per_t\": %.10g}",
                   d->bore, d->solids * 100, d->dry_rate * 86.4, d->velocity, d->pump_pressure * 1e-6, d->energy / 3600,
                   d->cost * 1000);
    return;
  }
  if (d == NULL) {
    kd_text_printf(out, "%-6s %-8s no point is free of limits\n", c->mud, c->aim);
    return;
  }
  kd_text_printf(out, "%-6s %-8s %8.3f %8.2f %10.1f %9.2f %9.2f %10.1f %9.1f\n", c->mud, c->aim, d->bore,
                 d->solids * 100, d->dry_rate * 86.4, d->velocity, d->pump_pressure * 1e-6, d->energy / 3600,
                 d->cost * 1000);
}

static void add_window(kd_text *out, const kd_design *design, const char *mud) {
  for (size_t i = 0; i < design->count; i++) {
    const kd_design_point *d = &design->point[i];
    const double v[] = {d->velocity, d->pump_pressure * 1e-6, d->energy / 3600, d->cost * 1000};
    kd_text_printf(out, "%s,%.8g,%.8g,%.8g,%s", mud, d->bore, d->solids * 100, d->dry_rate * 86.4,
                   limit_words[d->limit]);
    for (size_t k = 0; k < 4; k++) {
      kd_text_add(out, ",");
      if (isfinite(v[k])) kd_text_printf(out, "%.8g", v[k]);
    }
    kd_text_add(out, "\n");
  }
}

/* Best points as figures. */
static void add_figures(kd_text *out, const kd_design *design, const char *mud) {
  for (int k = 0; k < 2; k++) {
    const kd_design_point *d = k == 0 ? design->least_energy : design->least_cost;
    char name[48], doc[160];
    if (d == NULL) continue;
    snprintf(name, sizeof name, "least %s, %s mud", k == 0 ? "energy" : "cost", mud);
    snprintf(doc, sizeof doc, "for a dry tonne: bore %.3g mm, %.3g %%vol, %.4g t/day dry, %.3g m/s, pumps %.3g MPa",
             d->bore * 1e3, d->solids * 100, d->dry_rate * 86.4, d->velocity, d->pump_pressure * 1e-6);
    kd_page_figure(out, name, k == 0 ? d->energy / 3600 : d->cost * 1000, k == 0 ? "kWh" : "USD", doc);
  }
}

/* A map of solids and rate for each bore. */
static kd_status add_maps(kd_text *out, const kd_design *design, const kd_design_options *o, const char *mud,
                          kd_work *work) {
  kd_status status = KD_OK;
  const size_t cells = o->shares * o->rates;
  int *kind = kd_arena_alloc(work->scratch, cells, sizeof *kind);
  double *x = kd_arena_alloc(work->scratch, o->shares, sizeof *x),
         *y = kd_arena_alloc(work->scratch, o->rates, sizeof *y);
  KD_CHECK(kind && x && y, work->err, KD_E_NOMEM, "out of memory");
  for (size_t b = 0; b < o->bores; b++) {
    char title[256];
    const kd_design_point *first = &design->point[b * cells];
    for (size_t i = 0; i < cells; i++) kind[i] = (int)first[i].limit;
    for (size_t c = 0; c < o->shares; c++) x[c] = first[c].solids * 100;
    for (size_t r = 0; r < o->rates; r++) y[r] = first[r * o->shares].dry_rate * 86.4;
    snprintf(title, sizeof title, "Limits, bore %.0f mm, %s mud", first->bore * 1e3, mud);
    for (int k = 0; k < 2; k++) {
      const kd_design_point *best = k == 0 ? design->least_energy : design->least_cost;
      if (best == NULL || best < first || best >= first + cells) continue;
      const size_t used = strlen(title);
      snprintf(title + used, sizeof title - used, "; least %s at %.3g %%vol, %.3g t/day", k == 0 ? "energy" : "cost",
               best->solids * 100, best->dry_rate * 86.4);
    }
    kd_chart_map(out, title, o->shares, x, "solids [%vol]", o->rates, y, "t/day dry", kind, limit_words,
                 KD_DESIGN_LIMITS);
  }
out:
  return status;
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

kd_status kd_lift_design_text(kd_text *out, kd_context *ctx, const kd_arguments *arguments,
                              const kd_programme_params *params, const kd_programme_result *result, kd_error *err) {
  kd_status status = KD_OK;
  kd_arena *scratch = NULL, *runs = NULL;
  kd_text window, page;
  const char *folder = kd_value(arguments, "output", NULL);
  const bool json = kd_has(arguments, "json");
  static const char *const muds[2] = {"mean", "stiff"};
  kd_text_init(&window, ctx);
  kd_text_init(&page, ctx);
  KD_CHECK(kd_arena_create(&scratch, ctx) == KD_OK && kd_arena_create(&runs, ctx) == KD_OK, err, KD_E_NOMEM,
           "out of memory");
  kd_work work = {.ctx = ctx, .scratch = scratch, .err = err};
  kd_design_options o;
  kd_design design[2];
  kd_design_defaults(&o, &params->lift, &result->mineplan.feed);
  kd_text_add(&window, "mud,bore [m],solids [%vol],dry_rate [t/day],limit,velocity [m/s],pump_pressure [MPa],energy "
                       "[kWh/t],cost [USD/t]\n");
  kd_page_begin(&page, "Operating window of the lift");
  kd_page_figures_begin(&page);
  for (int k = 0; k < 2; k++) {
    kd_error refused = {0};
    kd_design best;
    kd_work trial = work;
    trial.err = &refused;
    o.rheology_factor = k == 0 ? 1 : STIFF;
    if (kd_lift_design(&best, &o, &params->lift, &result->mineplan.feed, runs, &trial) != KD_OK) continue;
    add_figures(&page, &best, muds[k]);
  }
  kd_page_figures_end(&page);
  if (json)
    kd_text_add(out, "{\"choices\": [");
  else
    kd_text_printf(out, "%-6s %-8s %8s %8s %10s %9s %9s %10s %9s\n", "mud", "least", "bore m", "%vol", "t/day dry",
                   "m/s", "pump MPa", "kWh/t", "USD/t");
  for (int k = 0; k < 2; k++) {
    o.rheology_factor = k == 0 ? 1 : STIFF;
    KD_TRY(kd_lift_design(&design[k], &o, &params->lift, &result->mineplan.feed, runs, &work));
    add_choice(out, &(choice){muds[k], "energy", design[k].least_energy}, json, k == 0);
    add_choice(out, &(choice){muds[k], "cost", design[k].least_cost}, json, false);
    add_window(&window, &design[k], muds[k]);
    KD_TRY(add_maps(&page, &design[k], &o, muds[k], &work));
  }
  kd_text_add(out, json ? "\n], \"limited\": {" : "");
  for (int k = 0; k < 2; k++) {
    kd_text_printf(out, json ? "%s\"%s\": {" : "%s%s mud, points:", json && k > 0 ? ", " : "", muds[k]);
    for (size_t l = 0; l < KD_DESIGN_LIMITS; l++)
      kd_text_printf(out, json ? "%s\"%s\": %zu" : "%s %s %zu", l > 0 ? (json ? ", " : ",") : "", limit_words[l],
                     design[k].limited[l]);
    kd_text_add(out, json ? "}" : "\n");
  }
  if (json)
    kd_text_add(out, "}}\n");
  else
    kd_text_printf(out,
                   "assumed: %.2f USD/kWh, string %.0f USD/kg, plant %.0f USD/W, annuity %.2f, %.0f h a year; stiff "
                   "mud: rheology x %.2f (P90)\n",
                   o.energy_price * 3.6e6, o.string_price, o.plant_price, o.annuity, o.hours / 3600, STIFF);
  kd_page_end(&page);
  if (folder != NULL) {
    KD_TRY(write_file(ctx, folder, "window.csv", &window, err));
    KD_TRY(write_file(ctx, folder, "page.html", &page, err));
  }
out:
  kd_text_free(&window);
  kd_text_free(&page);
  kd_arena_destroy(&runs);
  kd_arena_destroy(&scratch);
  return status;
}
