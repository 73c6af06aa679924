// SPDX-License-Identifier: Apache-2.0
/* What works on finished runs, with every allocation and every file operation failed in its turn: opening, comparing,
 * reporting, exporting. Nothing is leaked, and no half file has a final name. */
#include "support/sweep.h"

#include "base/files.h"
#include "results/compare.h"
#include "results/export.h"
#include "results/report.h"

typedef struct readers {
  char home[64], a[96], b[96], out[96];
  const char *format;
} readers;

static kd_status make_runs(kd_context *ctx, void *user, kd_error *err) {
  const readers *r = user;
  const kd_status status = kd_sweep_run(ctx, r->a, 1, err);
  return status == KD_OK ? kd_sweep_run(ctx, r->b, 2, err) : status;
}

static int set_up(void **state) {
  static readers r;
  snprintf(r.home, sizeof r.home, "/tmp/kaidei-readers-XXXXXX");
  assert_non_null(mkdtemp(r.home));
  snprintf(r.a, sizeof r.a, "%s/a", r.home);
  snprintf(r.b, sizeof r.b, "%s/b", r.home);
  const kd_sweep sweep = {.attempt = make_runs, .user = &r};
  kd_sweep_count(&sweep);
  *state = &r;
  return 0;
}

static int tear_down(void **state) {
  kd_sweep_remove(((readers *)*state)->home);
  return 0;
}

static kd_status compare(kd_context *ctx, void *user, kd_error *err) {
  const readers *r = user;
  kd_run *left = NULL, *right = NULL;
  kd_text text;
  kd_text_init(&text, ctx);
  kd_status status = kd_run_open(&left, ctx, r->a, err);
  if (status == KD_OK) status = kd_run_open(&right, ctx, r->b, err);
  if (status == KD_OK) status = kd_compare_text(&text, left, right, err);
  if (status == KD_OK) status = kd_compare_json(&text, left, right, err);
  if (status == KD_OK && text.failed) status = kd_error_set(err, KD_E_NOMEM, "out of memory for the text");
  assert_true(status != KD_OK || text.length > 1000);
  kd_text_free(&text);
  kd_run_destroy(&left);
  kd_run_destroy(&right);
  return status;
}

static kd_status report(kd_context *ctx, void *user, kd_error *err) {
  const readers *r = user;
  kd_run *run = NULL;
  kd_text text;
  kd_text_init(&text, ctx);
  kd_status status = kd_run_open(&run, ctx, r->a, err);
  if (status == KD_OK) status = kd_report_write(&text, run, err);
  if (status == KD_OK && text.failed) status = kd_error_set(err, KD_E_NOMEM, "out of memory for the report");
  if (status == KD_OK) status = kd_file_write_all(ctx, r->out, text.bytes, text.length, err);
  kd_text_free(&text);
  kd_run_destroy(&run);
  return status;
}

static kd_status export_run(kd_context *ctx, void *user, kd_error *err) {
  const readers *r = user;
  kd_run *run = NULL;
  kd_status status = kd_run_open(&run, ctx, r->a, err);
  if (status == KD_OK) status = kd_export(run, r->format, r->out, err);
  kd_run_destroy(&run);
  return status;
}

/* What is written is there when it succeeded, and nothing at all when it did not: a name that begins like the final one
 * is a leftover. */
static int count_leftovers(const char *name, void *user) {
  if (strcmp(name, "a") != 0 && strcmp(name, "b") != 0) ++*(int *)user;
  return 0;
}

static void judge_output(kd_status status, const char *text, long n, void *user) {
  const readers *r = user;
  int left = 0;
  kd_files_posix.list(r->home, count_leftovers, &left, NULL);
  if (status == KD_OK && access(r->out, F_OK) != 0) fail_msg("fault %ld: success without %s", n, r->out);
  if (status == KD_OK && left != 1) fail_msg("fault %ld: %d files beside the result", n, left - 1);
  if (status != KD_OK && left != 0) fail_msg("fault %ld: %d files left behind (%s)", n, left, text);
  kd_sweep_remove(r->out);
}

static void sweep_both(readers *r, kd_attempt_fn *attempt, const char *format, const char *name) {
  const kd_sweep sweep = {.attempt = attempt, .judge = name != NULL ? judge_output : NULL, .user = r};
  snprintf(r->out, sizeof r->out, "%s/%s", r->home, name != NULL ? name : "");
  r->format = format;
  assert_true(kd_sweep_memory(&sweep) > 5);
  assert_true(kd_sweep_files(&sweep) > 5);
}

static void compares(void **state) {
  sweep_both(*state, compare, NULL, NULL);
}
static void reports(void **state) {
  sweep_both(*state, report, NULL, "report.html");
}
static void exports_json(void **state) {
  sweep_both(*state, export_run, "json", "out.json");
}
static void exports_csv(void **state) {
  sweep_both(*state, export_run, "csv", "out");
}
static void exports_xlsx(void **state) {
  sweep_both(*state, export_run, "xlsx", "out.xlsx");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(compares), cmocka_unit_test(reports),
                                     cmocka_unit_test(exports_json), cmocka_unit_test(exports_csv),
                                     cmocka_unit_test(exports_xlsx)};
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
