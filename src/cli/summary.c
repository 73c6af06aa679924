// SPDX-License-Identifier: Apache-2.0
#include "cli/summary.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/quantity.h"
#include "cli/shared.h"
#include "programme/programme.h"

/* One summary line in the display unit. */
typedef struct kd_row {
  char key[160];
  const kd_output *output;
  double mean, sd, p10, p50, p90;
  uint64_t missing; /* realisations without a value */
} kd_row;

static kd_status read_row(kd_row *row, const kd_run *run, const char *stage, const kd_output *output, size_t label,
                          kd_error *err) {
  kd_summary summary;
  if (output->labels == NULL)
    snprintf(row->key, sizeof row->key, "%s.%s", stage, output->key);
  else
    snprintf(row->key, sizeof row->key, "%s.%s.%s", stage, output->key, output->labels->names[label]);
  row->output = output;
  const kd_status status = kd_run_summary(&summary, run, row->key, err);
  if (status != KD_OK) return status;
  row->missing = summary.missing;
  row->mean = kd_quantity_show(summary.mean, output->unit);
  row->sd = kd_quantity_show(summary.sd, output->unit) - kd_quantity_show(0, output->unit);
  row->p10 = kd_quantity_show(summary.p10, output->unit);
  row->p50 = kd_quantity_show(summary.p50, output->unit);
  row->p90 = kd_quantity_show(summary.p90, output->unit);
  return KD_OK;
}

static void write_text_row(kd_text *out, const kd_row *row) {
  char p10[32], p50[32], p90[32];
  kd_short_number(p10, sizeof p10, row->p10);
  kd_short_number(p50, sizeof p50, row->p50);
  kd_short_number(p90, sizeof p90, row->p90);
  kd_text_printf(out, "%-42s %11s %11s %11s  %s", row->key, p10, p50, p90, row->output->unit);
  if (row->missing > 0) kd_text_printf(out, "  (missing in %llu)", (unsigned long long)row->missing);
  kd_text_add(out, "\n");
}

static void write_json_row(kd_json *json, const kd_row *row) {
  kd_json_line(json);
  kd_json_open(json, NULL, '{');
  kd_json_text(json, "key", row->key);
  kd_json_text(json, "unit", row->output->unit);
  kd_json_flag(json, "headline", row->output->headline > 0);
  kd_json_number(json, "mean", row->mean);
  kd_json_number(json, "sd", row->sd);
  kd_json_number(json, "p10", row->p10);
  kd_json_number(json, "p50", row->p50);
  kd_json_number(json, "p90", row->p90);
  kd_json_count(json, "missing", row->missing);
  kd_json_close(json, '}');
}

/* Walks the output tables of all stages in the order of the chain. */
static kd_status walk(kd_text *out, kd_json *json, const kd_run *run, kd_error *err) {
  for (size_t s = 0; s < KD_PROGRAMME_STAGES; s++) {
    const kd_stage *stage = kd_programme_stages[s].stage;
    for (size_t i = 0; i < stage->output_count; i++) {
      const kd_output *output = &stage->outputs[i];
      if (json == NULL && output->headline == 0) continue;
      for (size_t k = 0; k < (output->labels != NULL ? output->labels->count : 1); k++) {
        kd_row row;
        const kd_status status = read_row(&row, run, stage->name, output, k, err);
        if (status != KD_OK) return status;
        if (json != NULL)
          write_json_row(json, &row);
        else
          write_text_row(out, &row);
      }
    }
  }
  return KD_OK;
}

kd_status kd_summary_write(kd_text *out, const kd_run *run, const char *folder, bool json, kd_error *err) {
  kd_json list = kd_json_start(out);
  if (json) {
    kd_json_open(&list, NULL, '{');
    kd_json_text(&list, "folder", folder);
    kd_json_count(&list, "realisations", kd_run_realisations(run));
    kd_json_open(&list, "summary", '[');
  } else {
    kd_text_printf(out, "%-42s %11s %11s %11s  %s\n", "P90: not exceeded by 90 % of realisations", "P10", "P50", "P90",
                   "unit");
  }
  const kd_status status = walk(out, json ? &list : NULL, run, err);
  if (json) {
    kd_json_line(&list);
    kd_json_close(&list, ']');
    kd_json_close(&list, '}');
    kd_text_add(out, "\n");
  }
  return status;
}
