// SPDX-License-Identifier: Apache-2.0
/* The tables of the plume stage. */
#include "unit/campaign/stage_tables.h"

#include "plume/plume.h"

static void tables_are_sound(void **state) {
  (void)state;
  check_stage(&kd_plume_stage);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(tables_are_sound)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
