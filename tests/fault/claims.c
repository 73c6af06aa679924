// SPDX-License-Identifier: Apache-2.0
/* Claims, with every allocation and every file operation failed in its turn while they are read; and, while one is
 * judged over a tiny run, every place behind the run and samples of the places within it. */
#include "support/sweep.h"

#include "claims/claims.h"

typedef struct judging {
  char home[64];
} judging;

static int set_up(void **state) {
  static judging j;
  snprintf(j.home, sizeof j.home, "/tmp/kaidei-claims-XXXXXX");
  assert_non_null(mkdtemp(j.home));
  *state = &j;
  return 0;
}

static int tear_down(void **state) {
  kd_sweep_remove(((judging *)*state)->home);
  return 0;
}

static kd_status read_all(kd_context *ctx, void *user, kd_error *err) {
  kd_claims *all = NULL;
  kd_text text;
  (void)user;
  kd_text_init(&text, ctx);
  kd_status status = kd_claims_read(&all, ctx, KD_TEST_SOURCE "/claims", err);
  assert_true((status == KD_OK) == (all != NULL));
  if (status == KD_OK) kd_claims_write(&text, all);
  if (status == KD_OK) kd_claims_write_json(&text, all);
  if (text.failed) status = kd_error_set(err, KD_E_NOMEM, "out of memory for the table");
  kd_text_free(&text);
  kd_claims_destroy(&all);
  return status;
}

static kd_status judge_one(kd_context *ctx, void *user, kd_error *err) {
  const judging *j = user;
  kd_claims *all = NULL;
  kd_claims_options one = {.realisations = 2, .seed = 1, .threads = 1, .folder = j->home};
  kd_status status = kd_claims_read(&all, ctx, KD_TEST_SOURCE "/claims", err);
  if (status == KD_OK) {
    one.only = all->claim[0].id;
    status = kd_claims_judge(all, &one, err);
  }
  assert_true(status != KD_OK || all->claim[0].computed);
  kd_claims_destroy(&all);
  return status;
}

static int count_folders(const char *name, void *user) {
  ++*(int *)user;
  (void)name;
  return 0;
}

/* A run that failed has left nothing, but what it can go on from. */
static void clear(kd_status status, const char *text, long n, void *user) {
  const judging *j = user;
  int folders = 0;
  kd_files_posix.list(j->home, count_folders, &folders, NULL);
  if (folders > 1) fail_msg("fault %ld: %d folders (%s)", n, folders, text);
  if (status == KD_OK && folders != 1) fail_msg("fault %ld: judged without a run", n);
  kd_sweep_remove(j->home);
  assert_int_equal(kd_files_posix.make_folder(j->home, NULL), 0);
}

static void reads(void **state) {
  const kd_sweep sweep = {.attempt = read_all, .user = *state};
  assert_true(kd_sweep_memory(&sweep) > 20);
  assert_true(kd_sweep_files(&sweep) > 20);
}

static void judges(void **state) {
  kd_sweep sweep = {.attempt = judge_one, .judge = clear, .user = *state, .stride = 97};
  sweep.dense_from = kd_sweep_count(&sweep) - 40;
  assert_true(kd_sweep_memory(&sweep) > 10);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(reads), cmocka_unit_test(judges)};
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
