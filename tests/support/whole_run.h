// SPDX-License-Identifier: Apache-2.0
/* The whole chain over two realisations, for the sweeps of faults: what a pass may leave behind. */
#ifndef KD_TESTS_WHOLE_RUN_H
#define KD_TESTS_WHOLE_RUN_H

#include "support/sweep.h"

typedef struct whole_run {
  char home[64], folder[96], partial[128];
} whole_run;

static inline int whole_run_open(void **state) {
  static whole_run f;
  snprintf(f.home, sizeof f.home, "/tmp/kaidei-fault-XXXXXX");
  assert_non_null(mkdtemp(f.home));
  snprintf(f.folder, sizeof f.folder, "%s/run", f.home);
  snprintf(f.partial, sizeof f.partial, "%s.partial", f.folder);
  *state = &f;
  return 0;
}

static inline int whole_run_close(void **state) {
  const whole_run *f = *state;
  kd_sweep_remove(f->home);
  return 0;
}

static inline kd_status whole_run_attempt(kd_context *ctx, void *user, kd_error *err) {
  const whole_run *f = user;
  return kd_sweep_run(ctx, f->folder, 1, err);
}

/* After a failure no folder has the final name; after a success all of it is there. */
static inline void whole_run_judge(kd_status status, const char *text, long n, void *user) {
  static const char *const names[] = {"run.json", "run.sqlite", "samples.nc", "report.html", "scenario.yaml"};
  const whole_run *f = user;
  char path[160];
  if (status != KD_OK && access(f->folder, F_OK) == 0) fail_msg("fault %ld: a run folder is left (%s)", n, text);
  for (size_t i = 0; status == KD_OK && i < sizeof names / sizeof names[0]; i++) {
    snprintf(path, sizeof path, "%s/%s", f->folder, names[i]);
    if (access(path, F_OK) != 0) fail_msg("fault %ld: success without %s", n, names[i]);
  }
  kd_sweep_remove(f->folder);
  kd_sweep_remove(f->partial);
}

#endif
