// SPDX-License-Identifier: Apache-2.0
/* A tiny run of the whole chain in which every allocation of our own layers fails in its turn. */
#include "support/whole_run.h"

static void every_allocation(void **state) {
  const kd_sweep sweep = {.attempt = whole_run_attempt, .judge = whole_run_judge, .user = *state};
  assert_true(kd_sweep_memory(&sweep) > 50);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(every_allocation, whole_run_open, whole_run_close)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
