// SPDX-License-Identifier: Apache-2.0
/* What is made of a run, through the public interface. */
#include "base/string.h"
#include "results/compare.h"
#include "results/export.h"
#include "results/report.h"
#include "results/run.h"

static kd_context *context_of(const kd_run *run) {
  return kd_run_record(run)->ctx;
}

kd_status kd_run_report(char **out, const kd_run *self, kd_error *err) {
  kd_text text;
  kd_text_init(&text, context_of(self));
  return kd_string_take(out, &text, kd_report_write(&text, self, err), err);
}

kd_status kd_run_export(const kd_run *self, const char *format, const char *path, kd_error *err) {
  return kd_export(self, format, path, err);
}

kd_status kd_run_compare(char **out, const kd_run *left, const kd_run *right, int json, kd_error *err) {
  kd_text text;
  kd_text_init(&text, context_of(left));
  const kd_status status =
      json != 0 ? kd_compare_json(&text, left, right, err) : kd_compare_text(&text, left, right, err);
  return kd_string_take(out, &text, status, err);
}
