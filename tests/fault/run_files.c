// SPDX-License-Identifier: Apache-2.0
/* A tiny run of the whole chain in which every file operation of our own layers fails in its turn. */
#include "support/whole_run.h"

static void every_file_operation(void **state) {
  const kd_sweep sweep = {.attempt = whole_run_attempt, .judge = whole_run_judge, .user = *state};
  assert_true(kd_sweep_files(&sweep) > 20);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(every_file_operation, whole_run_open, whole_run_close)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
