// SPDX-License-Identifier: Apache-2.0
#include "results/report.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "base/quantity.h"
#include "results/run.h"
#include "results/svg.h"

bool kd_report_find(const kd_statistics **out, const char **unit, const kd_record *record, const char *key) {
  const ptrdiff_t index = kd_record_find(record, key);
  if (index < 0 || record->summary[index].shown.count == 0) return false;
  if (out != NULL) *out = &record->summary[index].shown;
  if (unit != NULL) *unit = record->column[index].unit;
  return true;
}

double kd_report_ledger(const kd_record *record, const char *stage, const char *item) {
  double sum = 0;
  for (size_t i = 0; i < record->ledgers; i++) {
    const kd_record_ledger *line = &record->ledger[i];
    if (strcmp(line->stage, stage) == 0 && strcmp(line->item, item) == 0 && isfinite(line->quantity))
      sum += line->quantity;
  }
  return sum;
}

/* "1,234 (980 – 1,600) t" */
static void add_range(kd_text *out, const kd_statistics *s, const char *unit) {
  char p10[32], p50[32], p90[32];
  kd_label_number(p10, sizeof p10, s->p10);
  kd_label_number(p50, sizeof p50, s->p50);
  kd_label_number(p90, sizeof p90, s->p90);
  kd_text_printf(out, "<b>%s</b> (%s – %s) ", p50, p10, p90);
  kd_text_add_html(out, strcmp(unit, "1") == 0 ? "" : unit);
}

/* ---- the answer in a sentence, and the first numbers ---- */

static void add_answer(kd_text *out, const kd_record *record) {
  const kd_statistics *reo, *cost, *ratio;
  const char *reo_unit, *cost_unit;
  if (!kd_report_find(&reo, &reo_unit, record, "economy.output") ||
      !kd_report_find(&cost, &cost_unit, record, "economy.levelised_cost_usd") ||
      !kd_report_find(&ratio, NULL, record, "economy.cost_to_market")) {
    return;
  }
  kd_text_add(out, "<p class=\"answer\">In a year of full work this brings ");
  add_range(out, reo, reo_unit);
  kd_text_add(out, " of rare-earth oxides at a cost of ");
  add_range(out, cost, cost_unit);
  kd_text_add(out, ", which is ");
  add_range(out, ratio, "1");
  kd_text_add(out, "times what the market would pay for them at the chosen prices.</p>\n<p class=\"small\">Bold: the "
                   "median, P50; in brackets "
                   "P10 and P90. P90 is the value that 90 % of the realisations do not exceed.</p>\n");
}

typedef struct kd_card {
  const char *key, *title;
} kd_card;

static void add_cards(kd_text *out, const kd_record *record) {
  static const kd_card cards[] = {
      {"campaign.dry_lifted", "Mud lifted, dry"},
      {"economy.output", "Rare-earth oxides sold"},
      {"economy.levelised_cost_usd", "Cost per kg of oxides"},
      {"economy.basket_price", "Worth of a kg at market"},
      {"economy.npv", "Net present value"},
      {"plume.area_low", "Sea floor under 0.1 mm or more"},
  };
  kd_text_add(out, "<div class=\"cards\">\n");
  for (size_t i = 0; i < sizeof cards / sizeof cards[0]; i++) {
    const kd_statistics *s;
    const char *unit;
    char p10[32], p50[32], p90[32];
    if (!kd_report_find(&s, &unit, record, cards[i].key)) continue;
    kd_label_number(p10, sizeof p10, s->p10);
    kd_label_number(p50, sizeof p50, s->p50);
    kd_label_number(p90, sizeof p90, s->p90);
    kd_text_printf(out, "<div class=\"card\"><div class=\"what\">%s</div><div class=\"big\">%s <span>", cards[i].title,
                   p50);
    kd_text_add_html(out, unit);
    kd_text_printf(out, "</span></div><div class=\"range\">P10 %s · P90 %s</div></div>\n", p10, p90);
  }
  kd_text_add(out, "</div>\n");
}

static void add_headline_table(kd_text *out, const kd_record *record) {
  kd_text_add(out, "<table "
                   "class=\"numbers\"><thead><tr><th>result</th><th>unit</th><th>P10</th><th>P50</th><th>P90</"
                   "th><th>mean</th></tr></thead><tbody>\n");
  for (size_t i = 0; i < record->columns; i++) {
    const kd_record_column *column = &record->column[i];
    if (column->headline == 0) continue;
    const kd_statistics *s = &record->summary[i].shown;
    kd_text_add(out, "<tr><td><b>");
    kd_text_add_html(out, column->key);
    kd_text_add(out, "</b><br><span class=\"small\">");
    kd_text_add_html(out, column->doc != NULL ? column->doc : "");
    kd_text_add(out, "</span></td>");
    kd_report_cell(out, column->unit);
    kd_report_cell_number(out, s->p10);
    kd_report_cell_number(out, s->p50);
    kd_report_cell_number(out, s->p90);
    kd_report_cell_number(out, s->mean);
    kd_text_add(out, "</tr>\n");
  }
  kd_text_add(out, "</tbody></table>\n");
}

/* ---- distributions ---- */

static kd_status add_distribution(kd_text *out, const kd_run *run, const char *key, const char *title, kd_error *err) {
  kd_status status = KD_OK;
  const kd_record *record = kd_run_record(run);
  const kd_statistics *s;
  const char *unit;
  if (!kd_report_find(&s, &unit, record, key)) return KD_OK;
  uint64_t n = record->run.realisations;
  if (n > 100000) n = 100000; /* more would not change the picture */
  double *values = kd_alloc(record->ctx, (size_t)n, sizeof *values);
  KD_CHECK(values != NULL, err, KD_E_NOMEM, "out of memory for %llu values", (unsigned long long)n);
  KD_TRY(kd_run_series(values, (size_t)n, run, key, err));
  for (size_t i = 0; i < n; i++) values[i] = kd_quantity_show(values[i], unit);
  kd_report_distribution(out, title, unit, values, (size_t)n, s);
out:
  kd_free(record->ctx, values);
  return status;
}

static bool is_reconstruction(const kd_record *record) {
  const kd_record_parameter *blocks = kd_record_find_parameter(record, "deposit.blocks");
  return blocks != NULL && blocks->text != NULL && strstr(blocks->text, "minamitorishima") != NULL;
}

kd_status kd_report_write(kd_text *out, const kd_run *run, kd_error *err) {
  kd_status status = KD_OK;
  const kd_record *record = kd_run_record(run);
  kd_report_head(out, record->run.name);
  add_answer(out, record);
  add_cards(out, record);
  if (is_reconstruction(record)) {
    kd_text_add(out, "<p class=\"flag\">The deposit is a <b>reconstruction from published statistics</b>, not measured "
                     "assays.</p>\n");
  }
  kd_report_section(out, "The result", NULL);
  add_headline_table(out, record);
  kd_report_section(out, "Where everything goes",
                    "Means over all realisations, so that what comes in equals what goes out.");
  kd_report_flows(out, record);
  kd_report_section(out, "What a kilogram costs", NULL);
  kd_report_waterfall(out, record);
  kd_report_section(out, "How sure that is", NULL);
  KD_TRY(add_distribution(out, run, "economy.levelised_cost_usd", "Cost per kg of rare-earth oxides", err));
  KD_TRY(add_distribution(out, run, "economy.npv", "Net present value", err));
  kd_report_section(
      out, "What moves the answer",
      "Rank correlation (Spearman) of each uncertain input with the result. Hatched: assumed, without a source.");
  kd_report_tornado(out, record, "economy.levelised_cost", "Cost per kg");
  kd_report_tornado(out, record, "economy.npv", "Net present value");
  kd_report_assumed(out, record);
  kd_report_section(out, "Element by element", NULL);
  kd_report_elements(out, record);
  kd_report_section(out, "The ground and the calendar", NULL);
  kd_report_grade_tonnage(out, record);
  kd_report_calendar(out, record);
  kd_report_section(out, "Balances", "Every balance of every realisation closed, or there would be no report.");
  kd_report_balances(out, record);
  kd_report_section(out, "All numbers", NULL);
  kd_report_all_outputs(out, record);
  kd_report_parameters(out, record);
  kd_report_provenance(out, record);
  kd_text_add(out, "</main></body></html>\n");
  KD_CHECK(!out->failed, err, KD_E_NOMEM, "out of memory for the report");
out:
  return status;
}
