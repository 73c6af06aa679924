// SPDX-License-Identifier: Apache-2.0
/* Operability of the lift by peak period as the campaign's limit of lifting. */
#include "unit/campaign/fixture.h"

static void set_table(fixture *f, double shorter, double longer) {
  f->limits.period_count = 2;
  f->limits.period[0] = 8, f->limits.period[1] = 12;
  f->limits.wave_limit_by_period[0] = shorter, f->limits.wave_limit_by_period[1] = longer;
}

/* A table of one height is the single number, to the bit. */
static void flat_table_is_the_number(void **state) {
  fixture *f = *state;
  kd_campaign_result a, b;
  f->p.vessel_limit_lift = 10;
  f->limits.wave_limit_lift = 2.5;
  for (uint64_t i = 0; i < 5; i++) {
    f->limits.period_count = 0;
    assert_int_equal(realise(f, &a, i), KD_OK);
    set_table(f, 2.5, 2.5);
    assert_int_equal(realise(f, &b, i), KD_OK);
    assert_true(fabs(a.lifting_time - b.lifting_time) <= 3600); /* a step on the very limit may fall either way */
  }
}

/* Long waves forbidden: fewer hours of lifting; the vessel's own limit stays above all. */
static void long_waves_cost_hours(void **state) {
  fixture *f = *state;
  kd_campaign_result a;
  double open = 0, shut = 0, ship = 0, user = 0;
  f->p.vessel_limit_lift = 10;
  for (uint64_t i = 0; i < 10; i++) {
    set_table(f, 4, 4);
    assert_int_equal(realise(f, &a, i), KD_OK);
    open += a.lifting_time;
    set_table(f, 4, 0.5);
    assert_int_equal(realise(f, &a, i), KD_OK);
    shut += a.lifting_time;
  }
  f->p.vessel_limit_lift = 1.5;
  set_table(f, 4, 4);
  assert_int_equal(realise(f, &a, 0), KD_OK);
  ship = a.lifting_time;
  f->p.wave_limit = 1.5; /* the user's word goes over both */
  f->p.vessel_limit_lift = 10;
  assert_int_equal(realise(f, &a, 0), KD_OK);
  user = a.lifting_time;
  assert_true(shut < 0.9 * open);
  assert_true(fabs(ship - user) <= 3600);
}

/* Beside the number the lower of both holds: a table that bears more changes no bit, one that bears less governs. */
static void the_lower_of_both(void **state) {
  fixture *f = *state;
  kd_campaign_result number, both, table;
  f->p.vessel_limit_lift = 10;
  f->limits.wave_limit_lift = 2.5;
  for (uint64_t i = 0; i < 5; i++) {
    f->limits.period_count = 0;
    assert_int_equal(realise(f, &number, i), KD_OK);
    set_table(f, 6, 6);
    f->limits.period_beside = 1;
    assert_int_equal(realise(f, &both, i), KD_OK);
    assert_true(number.lifting_time == both.lifting_time && both.string_governs == 0);
    assert_true(both.lifting_limit == 2.5);
    set_table(f, 1.5, 1.5);
    assert_int_equal(realise(f, &both, i), KD_OK);
    f->limits.period_beside = 0;
    assert_int_equal(realise(f, &table, i), KD_OK);
    assert_true(both.lifting_time == table.lifting_time && both.string_governs == 1);
    assert_true(fabs(both.lifting_limit - 1.5) < 1e-5);
  }
}

static void periods_must_be_known(void **state) {
  fixture *f = *state;
  kd_campaign_result a;
  set_table(f, 4, 3);
  for (size_t c = 0; c < f->p.wave_climate->columns; c++)
    if (strcmp(f->p.wave_climate->column[c].name, "tp_mean") == 0) f->p.wave_climate->column[c].number[3] = (double)NAN;
  assert_int_equal(realise(f, &a, 0), KD_E_MODEL);
  assert_non_null(strstr(f->err.text, "month 4: tp_mean is needed"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(flat_table_is_the_number, setup, teardown),
      cmocka_unit_test_setup_teardown(long_waves_cost_hours, setup, teardown),
      cmocka_unit_test_setup_teardown(the_lower_of_both, setup, teardown),
      cmocka_unit_test_setup_teardown(periods_must_be_known, setup, teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
