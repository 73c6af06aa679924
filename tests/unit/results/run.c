// SPDX-License-Identifier: Apache-2.0
#include "fake.h"

static int stop_now(uint64_t done, uint64_t all, void *user) {
  (void)done;
  (void)all;
  (void)user;
  return 1;
}

static void whole_run_appears_under_its_name(void **state) {
  const sandbox *box = *state;
  char path[256], inner[300];
  fake_chain chain = fake_chain_of(1);
  kd_error err;
  assert_int_equal(fake_run(box->ctx, &chain, sandbox_path(path, box, "run"), 100, &err), KD_OK);
  const char *const files[] = {"samples.nc", "run.sqlite", "run.json", "scenario.yaml"};
  for (size_t i = 0; i < 4; i++) {
    snprintf(inner, sizeof inner, "%s/%s", path, files[i]);
    assert_true(there(inner));
  }
  snprintf(inner, sizeof inner, "%s.partial", path);
  assert_false(there(inner));
  snprintf(inner, sizeof inner, "%s/checkpoint.json", path);
  assert_false(there(inner));
  assert_int_equal(chain.released, 1);
}

static int compare(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double type_7(const double *sorted, size_t n, double p) {
  const double h = (double)(n - 1) * p;
  const size_t k = (size_t)h;
  return k + 1 < n ? sorted[k] + (h - (double)k) * (sorted[k + 1] - sorted[k]) : sorted[k];
}

static void summaries_and_series_are_those_of_the_realisations(void **state) {
  enum { N = 5000 };
  const sandbox *box = *state;
  char path[256];
  fake_chain chain = fake_chain_of(7);
  kd_run *run = NULL;
  kd_error err;
  assert_int_equal(fake_run(box->ctx, &chain, sandbox_path(path, box, "run"), N, &err), KD_OK);
  assert_int_equal(kd_run_open(&run, box->ctx, path, &err), KD_OK);
  assert_int_equal(kd_run_realisations(run), N);
  assert_int_equal(kd_run_columns(run), FAKE_COLUMNS);
  double *series = calloc(N, sizeof *series), *kept = calloc(N, sizeof *kept);
  for (size_t c = 0; c < FAKE_COLUMNS; c++) {
    const char *key = kd_run_column_key(run, c);
    assert_string_equal(key, fake_columns[c].key);
    assert_int_equal(kd_run_series(series, N, run, key, &err), KD_OK);
    size_t n = 0;
    double sum = 0;
    for (size_t i = 0; i < N; i++) {
      double row[FAKE_COLUMNS];
      fake_row(row, &chain, i);
      assert_memory_equal(&series[i], &row[c], sizeof(double));
      if (isnan(row[c])) continue;
      kept[n++] = row[c];
      sum += row[c];
    }
    qsort(kept, n, sizeof *kept, compare);
    kd_summary summary;
    assert_int_equal(kd_run_summary(&summary, run, key, &err), KD_OK);
    assert_string_equal(summary.unit, fake_columns[c].unit);
    assert_near(summary.mean, sum / (double)n, 1e-12 * fabs(summary.mean));
    assert_true(summary.p10 == type_7(kept, n, 0.1) && summary.p50 == type_7(kept, n, 0.5) &&
                summary.p90 == type_7(kept, n, 0.9));
  }
  assert_int_equal(kd_run_record(run)->summary[FAKE_LATE].si.count, N - N / 7 - (N % 7 > 3));
  free(series);
  free(kept);
  kd_run_destroy(&run);
}

static void same_seed_gives_the_same_bytes(void **state) {
  const sandbox *box = *state;
  char a[256], b[256], x[300], y[300];
  fake_chain chain = fake_chain_of(3);
  kd_error err;
  assert_int_equal(fake_run(box->ctx, &chain, sandbox_path(a, box, "a"), 6000, &err), KD_OK);
  assert_int_equal(fake_run(box->ctx, &chain, sandbox_path(b, box, "b"), 6000, &err), KD_OK);
  snprintf(x, sizeof x, "%s/samples.nc", a);
  snprintf(y, sizeof y, "%s/samples.nc", b);
  assert_true(same_bytes(box->ctx, x, y));
  char command[2048];
  snprintf(command, sizeof command,
           "for r in %s %s; do sqlite3 $r/run.sqlite 'DELETE FROM run; VACUUM; ' && sqlite3 $r/run.sqlite .dump; done |"
           " sort | uniq -c | awk '$1 %% 2 { print; bad = 1 } END { exit bad }' >&2",
           a, b);
  if (system("command -v sqlite3 >/dev/null") == 0) assert_int_equal(system(command), 0);
}

static void interrupted_run_goes_on_to_the_same_bytes(void **state) {
  sandbox *box = *state;
  char a[256], b[256], x[300], y[300];
  fake_chain chain = fake_chain_of(4);
  kd_run *run = NULL;
  kd_error err;
  assert_int_equal(fake_run(box->ctx, &chain, sandbox_path(a, box, "a"), 10000, &err), KD_OK);
  sandbox_path(b, box, "b");
  assert_int_equal(fake_start(&run, box->ctx, &chain, b, 10000, 0, &err), KD_OK);
  assert_int_equal(kd_run_advance(run, 0, stop_now, NULL, &err), KD_E_INTERRUPTED);
  assert_non_null(strstr(err.text, "4096 of 10000"));
  kd_run_destroy(&run);
  snprintf(x, sizeof x, "%s.partial/checkpoint.json", b);
  assert_true(there(x));
  assert_false(there(b));
  /* Realisations that are done are not asked for again. */
  fake_chain rest = chain;
  rest.fail_at = 4095;
  assert_int_equal(fake_run(box->ctx, &rest, b, 10000, &err), KD_OK);
  assert_non_null(strstr(box->lines, "going on after 4096 of 10000"));
  snprintf(x, sizeof x, "%s/samples.nc", a);
  snprintf(y, sizeof y, "%s/samples.nc", b);
  assert_true(same_bytes(box->ctx, x, y));
}

static void another_seed_starts_afresh_and_says_so(void **state) {
  sandbox *box = *state;
  char path[256];
  fake_chain chain = fake_chain_of(4), other = fake_chain_of(5);
  kd_run *run = NULL;
  kd_error err;
  assert_int_equal(fake_start(&run, box->ctx, &chain, sandbox_path(path, box, "run"), 9000, 0, &err), KD_OK);
  assert_int_equal(kd_run_advance(run, 0, stop_now, NULL, &err), KD_E_INTERRUPTED);
  kd_run_destroy(&run);
  assert_int_equal(fake_run(box->ctx, &other, path, 9000, &err), KD_OK);
  assert_non_null(strstr(box->lines, "another seed"));
  assert_non_null(strstr(box->lines, "starting afresh"));
  double row[FAKE_COLUMNS], first = 0;
  fake_row(row, &other, 0);
  assert_int_equal(kd_run_open(&run, box->ctx, path, &err), KD_OK);
  assert_int_equal(kd_run_series(&first, 1, run, "mineplan.rate", &err), KD_OK);
  assert_true(first == row[FAKE_RATE]);
  kd_run_destroy(&run);
}

static void advance_in_parts_is_one_run(void **state) {
  const sandbox *box = *state;
  char a[256], b[256], x[300], y[300];
  fake_chain chain = fake_chain_of(6);
  kd_run *run = NULL;
  kd_error err;
  assert_int_equal(fake_run(box->ctx, &chain, sandbox_path(a, box, "a"), 1000, &err), KD_OK);
  assert_int_equal(fake_start(&run, box->ctx, &chain, sandbox_path(b, box, "b"), 1000, 0, &err), KD_OK);
  assert_int_equal(kd_run_finish(run, &err), KD_E_USAGE);
  for (int i = 0; i < 4; i++) assert_int_equal(kd_run_advance(run, 300, NULL, NULL, &err), KD_OK);
  assert_int_equal(kd_run_finish(run, &err), KD_OK);
  double first = 0;
  assert_int_equal(kd_run_series(&first, 1, run, "mineplan.rate", &err), KD_OK);
  assert_int_equal(kd_run_finish(run, &err), KD_E_USAGE);
  kd_run_destroy(&run);
  snprintf(x, sizeof x, "%s/samples.nc", a);
  snprintf(y, sizeof y, "%s/samples.nc", b);
  assert_true(same_bytes(box->ctx, x, y));
}

static void failed_model_leaves_no_folder(void **state) {
  const sandbox *box = *state;
  char path[256], partial[300];
  fake_chain chain = fake_chain_of(1);
  chain.fail_at = 6000;
  kd_error err;
  assert_int_equal(fake_run(box->ctx, &chain, sandbox_path(path, box, "run"), 9000, &err), KD_E_MODEL);
  assert_string_equal(err.text, "realisation 6000 fails");
  snprintf(partial, sizeof partial, "%s.partial", path);
  assert_false(there(path));
  assert_false(there(partial));
}

static void full_disk_keeps_what_was_done(void **state) {
  const sandbox *box = *state;
  char path[256], partial[300];
  fake_chain chain = fake_chain_of(1);
  chain.fail_at = 6000;
  chain.fail_with = KD_E_DISK;
  kd_error err;
  assert_int_equal(fake_run(box->ctx, &chain, sandbox_path(path, box, "run"), 9000, &err), KD_E_DISK);
  snprintf(partial, sizeof partial, "%s.partial/checkpoint.json", path);
  assert_true(there(partial));
  chain.fail_at = UINT64_MAX;
  assert_int_equal(fake_run(box->ctx, &chain, path, 9000, &err), KD_OK);
}

static void broken_balance_fails_the_run(void **state) {
  const sandbox *box = *state;
  char path[256], partial[300];
  fake_chain chain = fake_chain_of(1);
  chain.leak = 2e-10;
  kd_error err;
  assert_int_equal(fake_run(box->ctx, &chain, sandbox_path(path, box, "run"), 10, &err), KD_E_BALANCE);
  assert_non_null(strstr(err.text, "solids"));
  snprintf(partial, sizeof partial, "%s.partial", path);
  assert_false(there(path));
  assert_false(there(partial));
}

static void existing_folder_is_refused_and_replaced_by_force(void **state) {
  const sandbox *box = *state;
  char path[256], inner[300];
  fake_chain chain = fake_chain_of(1), other = fake_chain_of(2);
  kd_run *run = NULL;
  kd_error err;
  assert_int_equal(fake_run(box->ctx, &chain, sandbox_path(path, box, "run"), 10, &err), KD_OK);
  assert_int_equal(fake_run(box->ctx, &other, path, 10, &err), KD_E_EXISTS);
  assert_non_null(strstr(err.text, "--force"));
  assert_int_equal(fake_start(&run, box->ctx, &other, path, 20, 1, &err), KD_OK);
  assert_int_equal(kd_run_advance(run, 0, NULL, NULL, &err), KD_OK);
  assert_int_equal(kd_run_finish(run, &err), KD_OK);
  kd_run_destroy(&run);
  assert_int_equal(kd_run_open(&run, box->ctx, path, &err), KD_OK);
  assert_int_equal(kd_run_realisations(run), 20);
  kd_run_destroy(&run);
  snprintf(inner, sizeof inner, "%s.replaced", path);
  assert_false(there(inner));
}

static void force_never_replaces_what_is_not_a_run(void **state) {
  const sandbox *box = *state;
  char path[256], inner[300];
  fake_chain chain = fake_chain_of(1);
  kd_run *run = NULL;
  kd_error err;
  assert_int_equal(mkdir(sandbox_path(path, box, "home"), 0777), 0);
  snprintf(inner, sizeof inner, "%s/precious", path);
  assert_int_equal(kd_file_write_all(box->ctx, inner, "x", 1, NULL), KD_OK);
  assert_int_equal(fake_start(&run, box->ctx, &chain, path, 10, 1, &err), KD_E_EXISTS);
  assert_null(run);
  assert_non_null(strstr(err.text, "not a run folder"));
  assert_true(there(inner));
}

static void bad_options_leave_nothing(void **state) {
  const sandbox *box = *state;
  char path[256];
  fake_chain chain = fake_chain_of(1);
  kd_run *run = NULL;
  kd_error err;
  sandbox_path(path, box, "run");
  assert_int_equal(fake_start(&run, box->ctx, &chain, path, 0, 0, &err), KD_E_RANGE);
  assert_int_equal(fake_start(&run, box->ctx, &chain, path, 100000001, 0, &err), KD_E_RANGE);
  assert_int_equal(fake_start(&run, box->ctx, &chain, "", 1, 0, &err), KD_E_USAGE);
  assert_int_equal(fake_start(&run, box->ctx, &chain, "..", 1, 0, &err), KD_E_USAGE);
  assert_int_equal(fake_start(&run, box->ctx, &chain, sandbox_path(path, box, "no/such"), 1, 0, &err), KD_E_NOTFOUND);
  assert_int_equal(chain.released, 5);
  /* A run that was never asked for a realisation leaves nothing either. */
  assert_int_equal(fake_start(&run, box->ctx, &chain, sandbox_path(path, box, "idle"), 1, 0, &err), KD_OK);
  kd_run_destroy(&run);
  char partial[300];
  snprintf(partial, sizeof partial, "%s.partial", path);
  assert_false(there(partial));
}

static void one_realisation_is_a_run(void **state) {
  const sandbox *box = *state;
  char path[256];
  fake_chain chain = fake_chain_of(9);
  kd_run *run = NULL;
  kd_error err;
  assert_int_equal(fake_run(box->ctx, &chain, sandbox_path(path, box, "run/"), 1, &err), KD_OK);
  assert_int_equal(kd_run_open(&run, box->ctx, path, &err), KD_OK);
  kd_summary summary;
  assert_int_equal(kd_run_summary(&summary, run, "process.mass", &err), KD_OK);
  assert_true(summary.p10 == summary.p90 && summary.sd == 0);
  assert_int_equal(kd_run_summary(&summary, run, "process.nothing", &err), KD_E_KEY);
  double two[2];
  assert_int_equal(kd_run_series(two, 2, run, "process.mass", &err), KD_E_RANGE);
  kd_run_destroy(&run);
}

static void sensitivities_name_what_moves_the_answer(void **state) {
  const sandbox *box = *state;
  char path[256];
  fake_chain chain = fake_chain_of(2);
  kd_run *run = NULL;
  kd_error err;
  assert_int_equal(fake_run(box->ctx, &chain, sandbox_path(path, box, "run"), 3000, &err), KD_OK);
  assert_int_equal(kd_run_open(&run, box->ctx, path, &err), KD_OK);
  const kd_record *record = kd_run_record(run);
  assert_int_equal(record->sensitivities, 4);
  for (size_t i = 0; i < record->sensitivities; i++) {
    const kd_record_sensitivity *s = &record->sensitivity[i];
    const int grade = strcmp(s->parameter, "deposit.grade") == 0, late = strcmp(s->output, "process.late") == 0;
    assert_int_equal(s->assumed, !grade);
    if (grade && late) assert_near(s->rank_correlation, 1, 1e-12);
    if (!grade && late) assert_true(fabs(s->rank_correlation) < 0.1);
    if (grade && !late) assert_true(s->rank_correlation > 0.9);
    assert_int_equal(s->realisations, late ? 3000 - 3000 / 7 - (3000 % 7 > 3) : 3000);
  }
  assert_int_equal(record->balances, 1);
  assert_string_equal(record->balance[0].what, "solids");
  assert_near(record->balance[0].in, record->balance[0].out, 1e-9);
  assert_string_equal(record->balance[0].unit, "t");
  assert_int_equal(record->ledgers, 2);
  assert_string_equal(record->ledger[1].kind, "waste");
  assert_true(isnan(record->ledger[1].money));
  kd_run_destroy(&run);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, sandbox_open, sandbox_close)
  const struct CMUnitTest tests[] = {
      CASE(whole_run_appears_under_its_name),
      CASE(summaries_and_series_are_those_of_the_realisations),
      CASE(same_seed_gives_the_same_bytes),
      CASE(interrupted_run_goes_on_to_the_same_bytes),
      CASE(another_seed_starts_afresh_and_says_so),
      CASE(advance_in_parts_is_one_run),
      CASE(failed_model_leaves_no_folder),
      CASE(full_disk_keeps_what_was_done),
      CASE(broken_balance_fails_the_run),
      CASE(existing_folder_is_refused_and_replaced_by_force),
      CASE(force_never_replaces_what_is_not_a_run),
      CASE(bad_options_leave_nothing),
      CASE(one_realisation_is_a_run),
      CASE(sensitivities_name_what_moves_the_answer),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
