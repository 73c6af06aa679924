// SPDX-License-Identifier: Apache-2.0
/* Security of supply: dependence before and after, and the loss by an embargo by each published method. */
#include <stdio.h>
#include <string.h>

#include "results/report.h"
#include "results/svg.h"

static void dependence(kd_text *out, const kd_record *record) {
  static const char *const heads[] = {"<all elements by mass", "without this output", "with it"};
  static const char *const rows[][3] = {
      {"Imports over demand", "supply.import_dependence_before", "supply.import_dependence_after"},
      {"China's share of demand", "supply.china_share_before", "supply.china_share_after"},
      {"Concentration of foreign suppliers (HHI, 10,000 is one supplier)", "supply.hhi_before", "supply.hhi_after"},
  };
  if (!kd_report_find(NULL, NULL, record, rows[0][1])) return;
  kd_text_add(out, "<h3>Dependence of Japan</h3>\n");
  kd_report_table(out, heads, 3);
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    kd_text_add(out, "<tr>");
    kd_report_cell(out, rows[i][0]);
    for (size_t k = 1; k < 3; k++) {
      const kd_statistics *s;
      const char *unit;
      char number[48], shown[48];
      if (!kd_report_find(&s, &unit, record, rows[i][k])) {
        kd_text_add(out, "<td>–</td>");
        continue;
      }
      kd_label_round(number, sizeof number, s->p50, 4);
      kd_report_unit(shown, sizeof shown, unit);
      kd_text_printf(out, "<td>%s %s</td>", number, shown);
    }
    kd_text_add(out, "</tr>\n");
  }
  kd_report_table_end(out);
}

void kd_report_security(kd_text *out, const kd_record *record) {
  static const char *const heads[] = {"<published method",      "loss of GDP",          "loss",
                                      "avoided by this output", "part avoided, of GDP", "value as insurance"};
  static const char *const prefix[] = {"supply.loss_share", "supply.loss", "supply.avoided", "supply.avoided_share",
                                       "supply.insurance_value"};
  size_t method[8];
  const size_t methods = kd_report_columns(method, 8, record, "supply.loss.");
  dependence(out, record);
  if (methods == 0) return;
  kd_text_add(out, "<h3>A year's embargo, by three published methods</h3>\n<p class=\"small\">The methods differ by "
                   "more than any output does, so they stand side by side, each by its name. Median; below it P10 to "
                   "P90.</p>\n");
  kd_report_table(out, heads, sizeof heads / sizeof heads[0]);
  for (size_t i = 0; i < methods; i++) {
    const char *part = kd_report_last_part(record->column[method[i]].key);
    char name[64], key[96];
    kd_report_words(name, sizeof name, part);
    kd_text_add(out, "<tr>");
    kd_report_cell(out, name);
    for (size_t k = 0; k < sizeof prefix / sizeof prefix[0]; k++) {
      snprintf(key, sizeof key, "%s.%s", prefix[k], part);
      kd_report_cell_range(out, record, key);
    }
    kd_text_add(out, "</tr>\n");
  }
  kd_report_table_end(out);
  kd_text_add(out, "<p class=\"small\">Value as insurance: expected present value of what is avoided, at the chance of "
                   "an embargo that the scenario states. Source: outputs of the stage supply in run.sqlite.</p>\n");
}
