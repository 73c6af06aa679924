// SPDX-License-Identifier: Apache-2.0
/* Fails each n-th allocation or file operation of one piece of work in its turn, until one pass meets no fault: after
 * every pass nothing is leaked, and a failure has the right code and a message. */
#ifndef KD_TESTS_SWEEP_H
#define KD_TESTS_SWEEP_H

#include "support/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "kaidei.h"
#include "support/faults.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define KD_SLOW_BUILD 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define KD_SLOW_BUILD 1
#endif
#ifndef KD_SLOW_BUILD
#define KD_SLOW_BUILD 0
#endif

/* One pass. All that it makes through ctx is given back before it returns. */
typedef kd_status kd_attempt_fn(kd_context *ctx, void *user, kd_error *err);
/* Looks at what a pass left behind, and clears it away. */
typedef void kd_judge_fn(kd_status status, const char *text, long n, void *user);

typedef struct kd_sweep {
  kd_attempt_fn *attempt;
  kd_judge_fn *judge; /* may be NULL */
  void *user;
  long stride, dense_from; /* every so-manieth up to dense_from, then each; stride 0: 1, or 25 in slow builds */
} kd_sweep;

static inline long kd_sweep_stride(const kd_sweep *sweep) {
  const char *text = getenv("KD_FAULT_STRIDE");
  const long wanted = text != NULL ? strtol(text, NULL, 10) : KD_SLOW_BUILD ? 25 : 1;
  return sweep->stride > wanted ? sweep->stride : wanted > 0 ? wanted : 1;
}

static inline kd_status kd_sweep_pass(kd_faults *faults, const kd_sweep *sweep, kd_error *err) {
  kd_context *ctx = NULL;
  const kd_context_options opt = {
      .size = sizeof opt, .allocator = &faults->allocator, .files = &faults->files, .home = KD_TEST_SOURCE};
  *err = (kd_error){.text = ""};
  const kd_status status = kd_context_create(&ctx, &opt);
  if (status != KD_OK) return kd_error_set(err, status, "no context");
  const kd_status result = sweep->attempt(ctx, sweep->user, err);
  kd_context_destroy(&ctx);
  return result;
}

static inline void kd_sweep_check(const kd_faults *faults, const kd_sweep *sweep, kd_status status, const kd_error *err,
                                  bool hit, const char *what, long n) {
  if (faults->live != 0) fail_msg("%s %ld: %ld blocks leaked (%s)", what, n, faults->live, err->text);
  if (status != KD_OK && !hit) fail_msg("failed without a fault: %s: %s", kd_status_name(status), err->text);
  if (status != KD_OK && err->text[0] == '\0')
    fail_msg("%s %ld: %s without a message", what, n, kd_status_name(status));
  if (sweep->judge != NULL) sweep->judge(status, err->text, n, sweep->user);
}

/* Number of allocations of a pass without faults. */
static inline long kd_sweep_count(const kd_sweep *sweep) {
  kd_faults faults;
  kd_error err;
  kd_faults_start(&faults);
  const kd_status status = kd_sweep_pass(&faults, sweep, &err);
  kd_sweep_check(&faults, sweep, status, &err, false, "pass", -1);
  return faults.allocations;
}

static inline long kd_sweep_memory(const kd_sweep *sweep) {
  const long stride = kd_sweep_stride(sweep);
  kd_faults faults;
  kd_error err;
  long n = 0, tried = 0;
  for (bool hit = true; hit; tried++) {
    kd_faults_start(&faults);
    kd_faults_fail_allocation(&faults, n);
    const kd_status status = kd_sweep_pass(&faults, sweep, &err);
    hit = faults.allocation_hit;
    kd_sweep_check(&faults, sweep, status, &err, hit, "allocation", n);
    if (status != KD_OK && status != KD_E_NOMEM) {
      fail_msg("allocation %ld: %s: %s", n, kd_status_name(status), err.text);
    }
    const long next = n + stride;
    n = next <= sweep->dense_from || sweep->dense_from == 0 ? next
        : n < sweep->dense_from                             ? sweep->dense_from
        : KD_SLOW_BUILD                                     ? next
                                                            : n + 1;
  }
  print_message("%ld of %ld allocations failed in their turn\n", tried - 1, n);
  return tried - 1;
}

/* A file operation that fails is told as such: by its code (5xx, 6xx), or, where a scenario is refused for it, by the
 * system's own words. */
static inline long kd_sweep_files(const kd_sweep *sweep) {
  const long stride = KD_SLOW_BUILD ? 5 : 1;
  kd_faults faults;
  kd_error err;
  long n = 0, tried = 0;
  for (bool hit = true; hit; n += stride, tried++) {
    kd_faults_start(&faults);
    kd_faults_fail_io(&faults, n, n % 2 == 0 ? ENOSPC : EIO);
    const kd_status status = kd_sweep_pass(&faults, sweep, &err);
    hit = faults.io_hit;
    kd_sweep_check(&faults, sweep, status, &err, hit, "file operation", n);
    if (status != KD_OK && kd_status_exit_code(status) != 5 && strstr(err.text, strerror(faults.io_code)) == NULL) {
      fail_msg("file operation %ld: %s: %s", n, kd_status_name(status), err.text);
    }
  }
  print_message("%ld of %ld file operations failed in their turn\n", tried - 1, n);
  return tried - 1;
}

/* ---- a folder of one's own ---- */

static inline void kd_sweep_remove(const char *path) {
  kd_context *ctx = NULL;
  assert_int_equal(kd_context_create(&ctx, NULL), KD_OK);
  kd_folder_remove(ctx, path, NULL);
  kd_context_destroy(&ctx);
}

/* The message of the first error of a scenario that was refused. */
static inline kd_status kd_sweep_tell(kd_error *err, kd_status status, const kd_diagnostics *all) {
  const kd_diagnostic *first = all != NULL && kd_diagnostics_count(all) > 0 ? kd_diagnostics_get(all, 0) : NULL;
  return kd_error_set(err, status, "%s", first != NULL ? first->message : kd_status_text(status));
}

/* Loads the full trial, runs two realisations into a folder and finishes. */
static inline kd_status kd_sweep_run(kd_context *ctx, const char *folder, uint64_t seed, kd_error *err) {
  kd_scenario *scenario = NULL;
  kd_diagnostics *all = NULL;
  kd_run *run = NULL;
  kd_status status =
      kd_scenario_load(&scenario, ctx, KD_TEST_SOURCE "/scenarios/minamitorishima-2027-full-trial.yaml", &all);
  if (status != KD_OK) kd_sweep_tell(err, status, all);
  const kd_run_options options = {
      .size = sizeof options, .realisations = 2, .seed = seed, .threads = 1, .folder = folder};
  if (status == KD_OK) status = kd_run_create(&run, ctx, scenario, &options, err);
  if (status == KD_OK) status = kd_run_advance(run, 0, NULL, NULL, err);
  if (status == KD_OK) status = kd_run_finish(run, err);
  kd_run_destroy(&run);
  kd_diagnostics_destroy(&all);
  kd_scenario_destroy(&scenario);
  return status;
}

#endif
