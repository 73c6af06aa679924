// SPDX-License-Identifier: Apache-2.0
/* A tiny run of the whole chain in which every allocation and every file operation of our own layers fails in its turn:
 * a clear error each time, nothing leaked, no folder under its final name. */
#include "support/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kaidei.h"
#include "support/faults.h"

typedef struct fixture {
  char home[64], folder[96], partial[128];
  kd_faults faults;
} fixture;

static int setup(void **state) {
  static fixture f;
  snprintf(f.home, sizeof f.home, "/tmp/kaidei-fault-XXXXXX");
  assert_non_null(mkdtemp(f.home));
  snprintf(f.folder, sizeof f.folder, "%s/run", f.home);
  snprintf(f.partial, sizeof f.partial, "%s.partial", f.folder);
  *state = &f;
  return 0;
}

static void clean(const char *path) {
  kd_context *ctx = NULL;
  assert_int_equal(kd_context_create(&ctx, NULL), KD_OK);
  kd_folder_remove(ctx, path, NULL);
  kd_context_destroy(&ctx);
}

static int teardown(void **state) {
  const fixture *f = *state;
  clean(f->home);
  return 0;
}

/* Loads, runs two realisations and finishes. Returns the status; *text gets the message. */
static kd_status tiny_run(fixture *f, char *text, size_t capacity) {
  kd_error err = {0};
  kd_context *ctx = NULL;
  kd_scenario *scenario = NULL;
  kd_diagnostics *all = NULL;
  kd_run *run = NULL;
  const kd_context_options opt = {
      .size = sizeof opt, .allocator = &f->faults.allocator, .files = &f->faults.files, .home = KD_TEST_SOURCE};
  text[0] = '\0';
  kd_status status = kd_context_create(&ctx, &opt);
  if (status != KD_OK) {
    snprintf(text, capacity, "%s", kd_status_text(status));
    return status;
  }
  status = kd_scenario_load(&scenario, ctx, KD_TEST_SOURCE "/scenarios/minamitorishima-2027-full-trial.yaml", &all);
  if (status != KD_OK) {
    const kd_diagnostic *first = all != NULL && kd_diagnostics_count(all) > 0 ? kd_diagnostics_get(all, 0) : NULL;
    snprintf(text, capacity, "%s", first != NULL ? first->message : kd_status_text(status));
  }
  const kd_run_options options = {
      .size = sizeof options, .realisations = 2, .seed = 1, .threads = 1, .folder = f->folder};
  if (status == KD_OK) status = kd_run_create(&run, ctx, scenario, &options, &err);
  if (status == KD_OK) status = kd_run_advance(run, 0, NULL, NULL, &err);
  if (status == KD_OK) status = kd_run_finish(run, &err);
  if (status != KD_OK && text[0] == '\0') snprintf(text, capacity, "%s", err.text);
  kd_run_destroy(&run);
  kd_diagnostics_destroy(&all);
  kd_scenario_destroy(&scenario);
  kd_context_destroy(&ctx);
  return status;
}

/* After a failure: a message, no leak, no folder with the final name. After a success: the whole folder. */
static void judge(fixture *f, kd_status status, const char *text, bool hit, long n) {
  char report[160];
  snprintf(report, sizeof report, "%s/report.html", f->folder);
  if (f->faults.live != 0) fail_msg("fault %ld: %ld blocks leaked (%s)", n, f->faults.live, text);
  if (status == KD_OK) {
    assert_int_equal(access(report, F_OK), 0);
  } else {
    if (!hit) fail_msg("failed without a fault: %s: %s", kd_status_name(status), text);
    if (text[0] == '\0') fail_msg("fault %ld: %s without a message", n, kd_status_name(status));
    if (access(f->folder, F_OK) == 0) fail_msg("fault %ld: a folder under its final name (%s)", n, text);
  }
  clean(f->folder);
  clean(f->partial);
}

static long stride(void) {
  const char *text = getenv("KD_FAULT_STRIDE"); /* slower builds may take every so-manieth */
  return text != NULL && strtol(text, NULL, 10) > 0 ? strtol(text, NULL, 10) : 1;
}

static void every_allocation(void **state) {
  fixture *f = *state;
  char text[1024];
  long n = 0;
  for (;; n += stride()) {
    kd_faults_start(&f->faults);
    kd_faults_fail_allocation(&f->faults, n);
    const kd_status status = tiny_run(f, text, sizeof text);
    const bool hit = f->faults.allocation_hit;
    judge(f, status, text, hit, n);
    if (!hit) break;
    if (status != KD_OK && status != KD_E_NOMEM) fail_msg("allocation %ld: %s: %s", n, kd_status_name(status), text);
  }
  print_message("%ld allocations failed in their turn\n", n);
  assert_true(n > 100);
}

static void every_file_operation(void **state) {
  fixture *f = *state;
  char text[1024];
  long n = 0;
  for (;; n++) {
    kd_faults_start(&f->faults);
    kd_faults_fail_io(&f->faults, n, n % 2 == 0 ? ENOSPC : EIO);
    const kd_status status = tiny_run(f, text, sizeof text);
    const bool hit = f->faults.io_hit;
    judge(f, status, text, hit, n);
    if (!hit) break;
  }
  print_message("%ld file operations failed in their turn\n", n);
  assert_true(n > 20);
}

static void without_faults(void **state) {
  fixture *f = *state;
  char text[1024];
  kd_faults_start(&f->faults);
  const kd_status status = tiny_run(f, text, sizeof text);
  if (status != KD_OK) fail_msg("%s: %s", kd_status_name(status), text);
  judge(f, status, text, false, -1);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {CASE(without_faults), CASE(every_file_operation), CASE(every_allocation)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
