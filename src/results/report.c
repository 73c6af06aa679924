// SPDX-License-Identifier: Apache-2.0
#include "results/report.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "base/quantity.h"
#include "results/run.h"

/* ---- what the parts look up ---- */

bool kd_report_find(const kd_statistics **out, const char **unit, const kd_record *record, const char *key) {
  const ptrdiff_t index = kd_record_find(record, key);
  if (index < 0 || record->summary[index].shown.count == 0) return false;
  if (out != NULL) *out = &record->summary[index].shown;
  if (unit != NULL) *unit = record->column[index].unit;
  return true;
}

bool kd_report_find_part(const kd_statistics **out, const char **unit, const kd_record *record, const char *prefix,
                         const char *part) {
  char key[160];
  snprintf(key, sizeof key, "%s.%s", prefix, part);
  return kd_report_find(out, unit, record, key);
}

size_t kd_report_columns(size_t *index, size_t capacity, const kd_record *record, const char *prefix) {
  const size_t length = strlen(prefix);
  size_t count = 0;
  for (size_t i = 0; i < record->columns && count < capacity; i++) {
    if (record->column[i].kind == KD_RECORD_OUTPUT && record->summary[i].shown.count > 0 &&
        strncmp(record->column[i].key, prefix, length) == 0)
      index[count++] = i;
  }
  return count;
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

/* Whether a table says of itself that it is no set of assays, or is the shipped one. */
static bool reconstructed(const kd_record_parameter *table, const char *shipped) {
  if (table == NULL) return false;
  return (table->source != NULL && strstr(table->source, "reconstruction") != NULL) ||
         (table->text != NULL && strstr(table->text, shipped) != NULL);
}

bool kd_report_reconstruction(const kd_record *record) {
  const kd_record_parameter *stated = kd_record_find_parameter(record, "deposit.stated_grade"),
                            *picture = kd_record_find_parameter(record, "deposit.picture");
  const kd_exhibit *rule = kd_record_exhibit(record, "ground_rule");
  if (stated != NULL && isfinite(stated->value)) return false; /* a stated ground takes the place of a table */
  if (rule != NULL && rule->rows > 0 && kd_exhibit_cell(rule, 0, "assumed") > 0) return true;
  if (picture != NULL && picture->text != NULL && strcmp(picture->text, "cores") == 0)
    return reconstructed(kd_record_find_parameter(record, "deposit.cores"), "data/deposit/minamitorishima-cores.csv");
  return reconstructed(kd_record_find_parameter(record, "deposit.blocks"), "data/deposit/minamitorishima.csv");
}

/* ---- the page ---- */

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

static kd_status add_spread(kd_text *out, const kd_run *run, kd_error *err) {
  kd_status status = KD_OK;
  kd_report_section(out, "How sure that is", NULL);
  kd_text_add(out, "<div class=\"pair\">\n");
  KD_TRY(add_distribution(out, run, "economy.levelised_cost", "Cost of a kilogram of oxides", err));
  KD_TRY(add_distribution(out, run, "economy.npv", "Net present value", err));
  KD_TRY(add_distribution(out, run, "economy.output", "Rare-earth oxides made", err));
  KD_TRY(add_distribution(out, run, "campaign.dry_lifted", "Dry mud lifted", err));
  kd_text_add(out, "</div>\n");
out:
  return status;
}

/* What a reader must know before the first number. */
static void add_flags(kd_text *out, const kd_record *record) {
  size_t drawn = 0, assumed = 0;
  for (size_t i = 0; i < record->parameters; i++) {
    drawn += record->parameter[i].random ? 1 : 0;
    assumed += record->parameter[i].random && record->parameter[i].assumed ? 1 : 0;
  }
  if (!kd_report_reconstruction(record) && assumed == 0) return;
  kd_text_add(out, "<p class=\"flag\">");
  if (kd_report_reconstruction(record))
    kd_text_add(out, "The deposit is a <b>reconstruction from published statistics</b>, not measured assays. ");
  if (assumed > 0)
    kd_text_printf(out,
                   "Of %zu uncertain inputs, <b>%zu have no source</b> and count as assumed; those that move the "
                   "answer are listed below.",
                   drawn, assumed);
  kd_text_add(out, "</p>\n");
}

static void add_money_and_means(kd_text *out, const kd_record *record) {
  kd_report_section(out, "Where everything goes",
                    "Means over all realisations, so that what comes in equals what goes out. Widths are to scale.");
  kd_report_flows(out, record);
  kd_report_plant(out, record);
  kd_report_section(out, "What a kilogram costs", NULL);
  kd_report_waterfall(out, record);
  kd_report_allocation(out, record);
}

static void add_world(kd_text *out, const kd_record *record) {
  kd_report_section(out, "Supply and demand", NULL);
  kd_report_elements(out, record);
  kd_report_security(out, record);
  kd_report_section(out, "The ground", NULL);
  kd_report_deposit(out, record);
  kd_report_grade_tonnage(out, record);
  kd_report_plan(out, record);
  kd_report_section(out, "The campaign", NULL);
  kd_report_calendar(out, record);
  kd_report_section(out, "The footprint in the sea", NULL);
  kd_report_plume(out, record);
}

kd_status kd_report_write(kd_text *out, const kd_run *run, kd_error *err) {
  kd_status status = KD_OK;
  const kd_record *record = kd_run_record(run);
  kd_report_head(out, record);
  kd_report_answer(out, record);
  add_flags(out, record);
  kd_report_section(out, "The result", NULL);
  kd_report_headline(out, record);
  add_money_and_means(out, record);
  KD_TRY(add_spread(out, run, err));
  kd_report_section(out, "What moves the answer",
                    "Rank correlation of each uncertain input with the result: right raises it, left lowers it. "
                    "Hatched: assumed, without a source. Grey: what chance alone would give.");
  kd_report_tornado(out, record);
  kd_report_assumed(out, record);
  add_world(out, record);
  kd_report_section(out, "Balances", "Every balance of every realisation closed, or there would be no report.");
  kd_report_balances(out, record);
  kd_text_add(out, "<div class=\"screen\">\n");
  kd_report_section(out, "All numbers", NULL);
  kd_report_all_outputs(out, record);
  kd_report_parameters(out, record);
  kd_text_add(out, "</div>\n");
  kd_report_provenance(out, record);
  kd_text_add(out, "</main></body></html>\n");
  KD_CHECK(!out->failed, err, KD_E_NOMEM, "out of memory for the report");
out:
  return status;
}
