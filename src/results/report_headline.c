// SPDX-License-Identifier: Apache-2.0
/* The answer: a sentence, six cards, and the first table. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/quantity.h"
#include "results/report.h"
#include "results/svg.h"

/* ---- the answer in a sentence ---- */

bool kd_report_trial(double *days, const kd_record *record) {
  const kd_record_parameter *method = kd_record_find_parameter(record, "campaign.method");
  const kd_record_parameter *duration = kd_record_find_parameter(record, "campaign.duration");
  *days = (double)NAN;
  if (method == NULL || method->text == NULL || duration == NULL) return false;
  *days = kd_quantity_show(duration->value, "day");
  return strstr(method->text, "simulate") != NULL && *days < 300;
}

/* "<b>4.35 t</b> (1.38 – 9.87)" */
static bool add_range(kd_text *out, const kd_record *record, const char *key) {
  const kd_statistics *s;
  const char *unit;
  char p10[48], p50[48], p90[48];
  kd_scale scale;
  if (!kd_report_find(&s, &unit, record, key)) return false;
  kd_report_scale(&scale, unit, s->p50);
  kd_label_round(p10, sizeof p10, s->p10 * scale.factor, 3);
  kd_label_round(p50, sizeof p50, s->p50 * scale.factor, 3);
  kd_label_round(p90, sizeof p90, s->p90 * scale.factor, 3);
  kd_text_printf(out, "<b>%s%s", p50, scale.unit[0] != '\0' ? " " : "");
  kd_text_add_html(out, scale.unit);
  kd_text_printf(out, "</b> (%s – %s)", p10, p90);
  return true;
}

static double years_of_life(const kd_record *record) {
  const kd_record_parameter *life = kd_record_find_parameter(record, "economy.life");
  return life != NULL ? kd_quantity_show(life->value, life->unit) : (double)NAN;
}

static void answer_sentence(kd_text *out, const kd_record *record) {
  if (!kd_report_find(NULL, NULL, record, "economy.output")) return;
  double days;
  const double life = years_of_life(record);
  const bool trial = kd_report_trial(&days, record);
  kd_text_add(out, "<p class=\"answer\">");
  if (trial)
    kd_text_printf(out, "One campaign, planned for %.0f days on site, lifts ", days);
  else
    kd_text_add(out, "A year at full rate lifts ");
  add_range(out, record, "campaign.dry_lifted");
  kd_text_add(out, " of mud, counted dry, and yields ");
  add_range(out, record, "economy.output");
  kd_text_add(out, " of rare-earth oxides. ");
  if (kd_report_find(NULL, NULL, record, "economy.levelised_cost")) {
    if (trial && life > 1)
      kd_text_printf(out, "Were it repeated every year for %.0f years, a kilogram would cost ", life);
    else
      kd_text_add(out, "A kilogram costs ");
    add_range(out, record, "economy.levelised_cost");
    kd_text_add(out, ": ");
    add_range(out, record, "economy.cost_to_market");
    kd_text_add(out, " times what the market would pay for it.");
    const ptrdiff_t cost = kd_record_find(record, "economy.levelised_cost");
    const double with = (double)record->summary[cost].shown.count, all = (double)record->run.realisations;
    if (with < all)
      kd_text_printf(out, " In %.3g %% of the realisations no mud comes up, and nothing has a cost per kilogram.",
                     100.0 * (1.0 - with / all));
  }
  kd_text_add(out, "</p>\n<p class=\"small\">Bold: the median, P50. In brackets: P10 to P90. P90 is the value that 90 "
                   "% of the realisations do not exceed. Money is of 2026 where no other year is named.</p>\n");
}

/* ---- cards ---- */

static void add_cards(kd_text *out, const kd_record *record) {
  static const char *const cards[] = {"campaign.dry_lifted",  "economy.output", "economy.levelised_cost_usd",
                                      "economy.basket_price", "economy.npv",    "plume.area_low"};
  kd_text_add(out, "<div class=\"cards\">\n");
  for (size_t i = 0; i < sizeof cards / sizeof cards[0]; i++) {
    const ptrdiff_t column = kd_record_find(record, cards[i]);
    const kd_statistics *s;
    const char *unit;
    char p10[48], p50[48], p90[48], title[256];
    kd_scale scale;
    if (column < 0 || !kd_report_find(&s, &unit, record, cards[i])) continue;
    kd_report_scale(&scale, unit, s->p50);
    kd_label_round(p10, sizeof p10, s->p10 * scale.factor, 3);
    kd_label_round(p50, sizeof p50, s->p50 * scale.factor, 3);
    kd_label_round(p90, sizeof p90, s->p90 * scale.factor, 3);
    kd_text_add(out, "<div class=\"card\"><div>");
    kd_report_title(title, sizeof title, record, (size_t)column);
    kd_text_add_html(out, title);
    kd_text_printf(out, "</div><div class=\"big\">%s <span>", p50);
    kd_text_add_html(out, scale.unit);
    kd_text_printf(out, "</span></div><div>P10 %s · P90 %s</div></div>\n", p10, p90);
  }
  kd_text_add(out, "</div>\n");
}

void kd_report_answer(kd_text *out, const kd_record *record) {
  answer_sentence(out, record);
  add_cards(out, record);
}

/* ---- the first table ---- */

static void headline_row(kd_text *out, const kd_record *record, size_t column) {
  kd_text_add(out, "<tr>");
  char title[256];
  kd_report_title(title, sizeof title, record, column);
  kd_report_cell_title(out, title, record->column[column].key);
  kd_report_cells(out, record, column);
  kd_text_add(out, "</tr>\n");
}

/* All headline outputs of one stage, by rank. */
static void headline_stage(kd_text *out, const kd_record *record, const char *stage) {
  kd_text_add(out, "<tr class=\"stage\"><td colspan=\"6\">");
  kd_text_add_html(out, kd_report_stage(stage));
  kd_text_add(out, "</td></tr>\n");
  for (int rank = 1; rank <= 9; rank++) {
    for (size_t i = 0; i < record->columns; i++) {
      if (record->column[i].headline == rank && strcmp(record->column[i].stage, stage) == 0)
        headline_row(out, record, i);
    }
  }
}

void kd_report_headline(kd_text *out, const kd_record *record) {
  static const char *const heads[] = {"<result", "<unit", "P10", "P50", "P90", "mean"};
  kd_text_add(out, "<div class=\"headline\">");
  kd_report_table(out, heads, sizeof heads / sizeof heads[0]);
  for (size_t i = 0; i < record->columns; i++) {
    const kd_record_column *column = &record->column[i];
    bool seen = column->headline == 0;
    for (size_t k = 0; k < i && !seen; k++)
      seen = record->column[k].headline != 0 && strcmp(record->column[k].stage, column->stage) == 0;
    if (!seen) headline_stage(out, record, column->stage);
  }
  kd_report_table_end(out);
  kd_text_add(out, "</div>\n");
}
