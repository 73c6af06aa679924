// SPDX-License-Identifier: Apache-2.0
/* kaidei process --design: closed form first, every stage of every cut after it. */
#include "cli/design.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "process/plant.h"
#include "process/train_spread.h"

#define KD_YEAR 31557600.0

/* Prices are not the process stage's: acid and stages are weighed against base, as the kernel process.train_design. */
#define KD_ACID_WEIGHT  0.3
#define KD_STAGE_WEIGHT (15 / 3600.0) /* mol base per m3 and s */

static kd_status read_share(double *out, const kd_arguments *arguments, const char *name, const char *initial,
                            double most, kd_error *err) {
  const char *text = kd_value(arguments, name, initial);
  char *end;
  *out = strtod(text, &end);
  if (end != text && *end == '\0' && *out >= 0 && *out <= most) return KD_OK;
  return kd_error_set(err, KD_E_USAGE, "--%s '%s': a number from 0 to %g is wanted", name, text, most);
}

static kd_status read_input(kd_design_input *in, const kd_ensemble *ensemble, const double *row,
                            const kd_process_params *p, const kd_arguments *arguments, kd_error *err) {
  kd_status status = KD_OK;
  kd_train_input chain;
  double spread, other;
  KD_TRY(read_share(&spread, arguments, "spread", "0.1", 3, err));
  KD_TRY(read_share(&other, arguments, "other", "0", 0.5, err));
  KD_TRY(kd_separation_chain(&chain, p->separation_factors, p->selectivity, err));
  double available = KD_YEAR * p->separation_availability, feed = 0;
  *in = (kd_design_input){.count = chain.count,
                          .sets = 1,
                          .purity = p->target_purity,
                          .basis = other > 0 ? KD_PURITY_ALL : KD_PURITY_OXIDE,
                          .other = other,
                          .slip = p->cut_slip,
                          .reflux_low = 1.005,
                          .reflux_high = 5,
                          .efficiency = p->stage_efficiency,
                          .feed_strength = 1000,
                          .stage_time = p->mixer_time + p->settler_time,
                          .price_base = 1,
                          .price_acid = KD_ACID_WEIGHT,
                          .price_stage = KD_STAGE_WEIGHT,
                          .linked = kd_has(arguments, "linked")};
  in->set[0].loading = p->organic_loading;
  in->set[0].extractant = p->extractant_strength;
  for (size_t k = 0; k < chain.count; k++) in->order[k] = chain.order[k];
  for (size_t k = 0; k + 1 < chain.count; k++) {
    in->set[0].beta[k] = chain.beta[k];
    in->set[0].spread[k] = spread * fabs(log(chain.beta[k]));
  }
  for (size_t i = 0; i < kd_ensemble_columns(ensemble); i++) {
    const char *key = kd_ensemble_column(ensemble, i)->key;
    if (strncmp(key, "process.concentrate.", 20) != 0) continue;
    int e = kd_element_find(key + 20);
    if (e >= 0 && e < KD_REY && row[i] > 0) {
      in->moles[e] = row[i] / kd_elements[e].molar_mass / available;
      feed += in->moles[e];
    }
  }
  KD_CHECK(feed > 0, err, KD_E_INFEASIBLE, "no rare earths reach the separation: nothing to design");
out:
  return status;
}

static void write_spread(kd_text *out, const kd_design_spread *p) {
  const struct {
    const char *name;
    const double *value;
  } line[] = {{"stages", p->stages},
              {"base mol/s", p->base},
              {"floor 3 S_min mol/s", p->base_floor},
              {"acid mol/s", p->acid},
              {"mixer-settlers m3", p->volume}};
  kd_text_printf(out, "\n%-22s %10s %10s %10s\n", "if beta is not sure", "P10", "P50", "P90");
  for (size_t i = 0; i < KD_COUNT(line); i++) {
    kd_text_printf(out, "%-22s", line[i].name);
    for (size_t q = 0; q < KD_SPREAD_QUANTILES; q++)
      if (isfinite(line[i].value[q]))
        kd_text_printf(out, " %10.4g", line[i].value[q]);
      else
        kd_text_printf(out, " %10s", "none");
    kd_text_add(out, "\n");
  }
  kd_text_printf(out, "%d draws of the closed form, each designed anew; %.4g %% of them can be built\n",
                 KD_SPREAD_DRAWS, 100 * p->built);
}

static void write_text(kd_text *out, const kd_design *d, const kd_separation_solution *s, const kd_design_input *in) {
  kd_text_printf(out, "%-8s %8s %8s %6s %6s %7s %7s %6s %6s %7s %6s %5s %s\n", "cut", "beta", "S", "S/Smin", "O/A",
                 "extract", "scrub", "ideal", "+beta", "-beta", "vol m3", "sap %", "feed");
  for (size_t q = 0; q < d->cuts; q++) {
    const kd_design_cut *c = &d->cut[q];
    char name[16];
    snprintf(name, sizeof name, "%s/%s", kd_elements[c->below].symbol, kd_elements[c->above].symbol);
    kd_text_printf(out, "%-8s %8.3f %8.4f %6.3f %6.2f %7.0f %7.0f %6.1f %6.1f %7.1f %6.1f %5.0f %s\n", name, c->beta,
                   c->s, c->s / c->s_min, c->phase_ratio, c->extraction, c->scrub, c->ideal, c->stages_low,
                   c->stages_high, c->volume, 100 * c->saponification, c->feed_organic ? "loaded organic" : "aqueous");
  }
  kd_text_printf(out, "\nstages %.0f, mixer-settlers %.0f m3, first fill of organic %.0f m3\n", d->stages, d->volume,
                 d->organic_fill);
  kd_text_printf(out, "base %.4g mol/s (floor 3 S_min %.4g), acid %.4g mol/s\n\n", d->base, d->base_floor, d->acid);
  kd_text_printf(out, "%-8s %12s %12s %12s\n", "product", "of REO %", "of all %", "recovery %");
  for (size_t e = 0; e < d->chain; e++)
    kd_text_printf(out, "%-8s %12.5f %12.5f %12.4f\n", kd_elements[d->element[e]].symbol, 100 * s->purity_oxide[e],
                   100 * s->purity_all[e], 100 * s->recovery[e]);
  kd_text_printf(out,
                 "\npurity by oxide mass, wanted over %s: %.6g %%; %zu stages solved with all elements,\n"
                 "balances hold to %.1e of the feed; %zu stages were added to the closed form\n",
                 in->basis == KD_PURITY_ALL ? "everything" : "rare-earth oxides", 100 * in->purity, s->stages,
                 s->closure, s->added);
}

static void field(kd_text *out, const char *name, double value) {
  kd_text_printf(out, ", \"%s\": ", name);
  kd_text_add_number(out, value);
}

static void fields(kd_text *out, const char *name, const double *value) {
  kd_text_printf(out, ", \"%s\": [", name);
  for (size_t q = 0; q < KD_SPREAD_QUANTILES; q++) {
    if (q > 0) kd_text_add(out, ", ");
    kd_text_add_number(out, value[q]);
  }
  kd_text_add(out, "]");
}

static void write_json(kd_text *out, const kd_design *d, const kd_separation_solution *s, const kd_design_spread *p) {
  kd_text_add(out, "{\"cuts\": [");
  for (size_t q = 0; q < d->cuts; q++) {
    const kd_design_cut *c = &d->cut[q];
    kd_text_printf(out, "%s\n  {\"below\": \"%s\", \"above\": \"%s\", \"organic_feed\": %s", q > 0 ? "," : "",
                   kd_elements[c->below].symbol, kd_elements[c->above].symbol, c->feed_organic ? "true" : "false");
    field(out, "beta", c->beta);
    field(out, "s_min", c->s_min);
    field(out, "s", c->s);
    field(out, "w", c->w);
    field(out, "extraction", c->extraction);
    field(out, "scrub", c->scrub);
    field(out, "ideal", c->ideal);
    field(out, "stages_low", c->stages_low);
    field(out, "stages_high", c->stages_high);
    field(out, "base_mol_per_s", c->base);
    field(out, "acid_mol_per_s", c->acid);
    field(out, "phase_ratio", c->phase_ratio);
    field(out, "saponification", c->saponification);
    field(out, "volume_m3", c->volume);
    kd_text_add(out, "}");
  }
  kd_text_add(out, "\n], \"products\": [");
  for (size_t e = 0; e < d->chain; e++) {
    kd_text_printf(out, "%s\n  {\"element\": \"%s\"", e > 0 ? "," : "", kd_elements[d->element[e]].symbol);
    field(out, "purity", s->purity_oxide[e]);
    field(out, "purity_all", s->purity_all[e]);
    field(out, "recovery", s->recovery[e]);
    kd_text_add(out, "}");
  }
  kd_text_add(out, "\n]");
  field(out, "stages", (double)s->stages);
  field(out, "added", (double)s->added);
  field(out, "closure", s->closure);
  field(out, "base_mol_per_s", d->base);
  field(out, "base_floor_mol_per_s", d->base_floor);
  field(out, "acid_mol_per_s", d->acid);
  field(out, "volume_m3", d->volume);
  if (p != NULL) {
    fields(out, "spread_quantiles", kd_spread_quantiles);
    fields(out, "stages_spread", p->stages);
    fields(out, "base_floor_mol_per_s_spread", p->base_floor);
    fields(out, "base_mol_per_s_spread", p->base);
    fields(out, "acid_mol_per_s_spread", p->acid);
    fields(out, "volume_m3_spread", p->volume);
    field(out, "spread_built", p->built);
  }
  kd_text_add(out, "}\n");
}

kd_status kd_design_report(kd_text *out, const kd_ensemble *ensemble, const double *row, const kd_scenario *scenario,
                           const kd_arguments *arguments, kd_context *ctx, kd_error *err) {
  kd_status status = KD_OK;
  kd_arena *scratch = NULL;
  kd_design_input in;
  kd_design design;
  kd_separation_solution solution;
  kd_design_spread spread;
  kd_stream rng;
  kd_stream_start(&rng, 1, kd_stream_id("process.design"), 0);
  KD_TRY(read_input(&in, ensemble, row, &kd_scenario_medians(scenario)->process, arguments, err));
  KD_TRY(kd_design_train(&design, &in, err));
  KD_TRY(kd_arena_create(&scratch, ctx));
  kd_work work = {.ctx = ctx, .scratch = scratch, .rng = &rng, .err = err};
  bool spreads = kd_has(arguments, "spread");
  if (spreads) KD_TRY(kd_design_spread_run(&spread, &in, KD_SPREAD_DRAWS, &work));
  KD_TRY(kd_separation_solve(&solution, &design, &in, true, &work));
  if (kd_has(arguments, "json"))
    write_json(out, &design, &solution, spreads ? &spread : NULL);
  else {
    write_text(out, &design, &solution, &in);
    if (spreads) write_spread(out, &spread);
  }
out:
  kd_arena_destroy(&scratch);
  return status;
}
