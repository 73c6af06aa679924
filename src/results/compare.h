// SPDX-License-Identifier: Apache-2.0
/* Two runs side by side: what differs in their parameters, and what that did to the outcome. What is the same in both
 * is left out. */
#ifndef KD_RESULTS_COMPARE_H
#define KD_RESULTS_COMPARE_H

#include "base/text.h"
#include "kaidei/run.h"

/* Appends the comparison of b (right) with a (left) as text for people.
 * Outcomes are outputs; ledger lines only in JSON. The ratio is that of the P50s, right over left. */
kd_status kd_compare_text(kd_text *out, const kd_run *a, const kd_run *b, kd_error *err);

/* {"kaidei_compare": 1, "runs": [...], "parameters": [{"key", "left", "right"}], "summary": [{"key", "unit", "left":
 * {"p10", "p50", "p90"}, "right": {...}, "ratio"}]}; null where one of them has none. */
kd_status kd_compare_json(kd_text *out, const kd_run *a, const kd_run *b, kd_error *err);

#endif
