// SPDX-License-Identifier: Apache-2.0
/* What the supply stage tells the rest of the house, and the contradictions it finds in its own parameters. */
#include <math.h>

#include "supply/market.h"
#include "supply/tables.h"

static void check_calendar(const kd_table *table, kd_contradiction_fn *report, void *user) {
  const kd_column *start = kd_table_column(table, "start"), *end = kd_table_column(table, "end");
  if (start == NULL || end == NULL) return;
  for (size_t row = 0; row < table->rows; row++) {
    double first = kd_market_date(start->text[row]);
    if (isnan(first)) report("supply.control_table", "a start is not a date YYYY-MM-DD", user);
    if (end->text[row][0] == '\0') continue;
    double last = kd_market_date(end->text[row]);
    if (isnan(last)) report("supply.control_table", "an end is not a date YYYY-MM-DD", user);
    if (last < first) report("supply.control_table", "a control ends before it starts", user);
  }
}

static void check(const void *params, kd_contradiction_fn *report, void *user) {
  const kd_supply_params *p = params;
  double weight[KD_ELEMENTS], sum = 0;
  kd_market_weights(weight, p->weight_table);
  for (size_t e = 0; e < KD_ELEMENTS; e++) sum += isnan(p->weight[e]) ? weight[e] : p->weight[e];
  if (p->weight_table != NULL && !(sum > 0))
    report("supply.weight_table", "all weights are 0: no element carries the harm of an embargo", user);
  if (p->control_table != NULL) check_calendar(p->control_table, report, user);
}

const kd_stage kd_supply_stage = {
    .name = "supply",
    .summary = "Output beside demand, imports before and after, years in place, and the embargo by three methods",
    .params = kd_supply_param_table,
    .param_count = KD_SUPPLY_PARAMS,
    .params_size = sizeof(kd_supply_params),
    .outputs = kd_supply_output_table,
    .output_count = KD_SUPPLY_OUTPUTS,
    .result_size = sizeof(kd_supply_result),
    .kernels = kd_supply_kernel_table,
    .kernel_count = KD_SUPPLY_KERNELS,
    .check = check,
};
