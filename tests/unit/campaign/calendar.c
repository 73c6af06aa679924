// SPDX-License-Identifier: Apache-2.0
/* The simulated calendar: its books, its limits, and the closed forms it must meet. */
#include "unit/campaign/fixture.h"

#include "campaign/formulas.h"

#define DAY 86400.0

static double sum_hours(const kd_campaign_result *r) {
  double sum = 0;
  for (int i = 0; i < KD_ACTIVITIES; i++) sum += r->activity[i];
  for (int i = 0; i < KD_CAUSES; i++) sum += r->lost[i];
  return sum;
}

static void near(const char *what, double got, double want, double tolerance) {
  if (!(fabs(got - want) <= tolerance)) fail_msg("%s: got %.10g, want %.10g within %g", what, got, want, tolerance);
}

/* A sea that never stops the work, no cyclones, no failures. */
static void make_calm(fixture *f) {
  f->p.wave_limit = f->p.wave_limit_run = f->p.wave_limit_hang = f->p.wave_limit_land = 30;
  f->p.slow_limit = f->p.transit_limit = f->p.departure_limit = 30;
  f->p.cyclone_factor = 0;
  f->p.failures = NULL;
}

static void hours_sum_to_the_calendar_exactly(void **state) {
  fixture *f = *state;
  kd_campaign_result r;
  for (int secure = 0; secure < 2; secure++)
    for (int resupply = 0; resupply < 2; resupply++)
      for (uint64_t i = 0; i < 60; i++) {
        f->p.secure = secure;
        f->p.resupply = resupply;
        f->p.duration = (i % 3 == 0 ? 350 : i % 3 == 1 ? 90 : 7) * DAY;
        assert_int_equal(realise(f, &r, i), KD_OK);
        assert_true(sum_hours(&r) == r.calendar_time);
        assert_true(r.calendar_time == r.return_day);
        for (int k = 0; k < KD_ACTIVITIES; k++) assert_true(r.activity[k] >= 0);
        for (int k = 0; k < KD_CAUSES; k++) assert_true(r.lost[k] >= 0);
        assert_true(r.late_stand_downs <= r.stand_downs && r.false_alarms <= r.stand_downs);
        assert_true((r.no_mud > 0) == isnan(r.first_mud_day));
      }
}

static void dates_follow_each_other(void **state) {
  fixture *f = *state;
  kd_campaign_result r;
  for (uint64_t i = 0; i < 100; i++) {
    assert_int_equal(realise(f, &r, i), KD_OK);
    assert_true(r.departure_day <= r.on_site_day && r.on_site_day < r.return_day);
    if (isnan(r.first_mud_day)) continue;
    assert_true(r.on_site_day < r.on_bottom_day && r.on_bottom_day <= r.first_mud_day &&
                r.first_mud_day < r.return_day);
    assert_true(r.first_mud_date == f->p.start + r.first_mud_day);
  }
}

static void same_stream_same_bits(void **state) {
  fixture *f = *state;
  kd_campaign_result a, b;
  f->p.duration = 300 * DAY;
  assert_int_equal(realise(f, &a, 7), KD_OK);
  assert_int_equal(realise(f, &b, 8), KD_OK);
  assert_memory_not_equal(&a, &b, sizeof a);
  assert_int_equal(realise(f, &b, 7), KD_OK);
  assert_memory_equal(&a, &b, sizeof a);
}

/* What has its own stream changes nothing elsewhere: the ship arrives on the same hour whatever fails later. */
static void purposes_have_their_own_streams(void **state) {
  fixture *f = *state;
  kd_campaign_result with, without;
  assert_int_equal(realise(f, &with, 3), KD_OK);
  f->p.failures = NULL;
  f->p.cyclone_factor = 0;
  assert_int_equal(realise(f, &without, 3), KD_OK);
  assert_true(with.on_site_day == without.on_site_day);
  assert_true(without.failures == 0 && without.stand_downs == 0);
  assert_true(without.lost[KD_HOURS_CYCLONE - KD_ACTIVITIES] == 0 &&
              without.lost[KD_HOURS_FAILURE - KD_ACTIVITIES] == 0);
}

static void calm_campaign_has_no_chance_in_it(void **state) {
  fixture *f = *state;
  kd_campaign_result r;
  make_calm(f);
  f->p.joint_spread = 0;
  f->p.resupply = KD_RESUPPLY_AT_SEA;
  assert_int_equal(realise(f, &r, 1), KD_OK);
  const double sail = floor(f->p.port_distance / f->p.transit_speed + 0.5);
  near("on site", r.on_site_day, f->p.departure_delay + sail, 3);
  const double run = kd_string_run_time(570, f->p.joint_time, 20, 3600);
  near("on bottom", r.on_bottom_day, r.on_site_day + f->p.preparation_time + run + f->p.landing_time, 3);
  near("first mud", r.first_mud_day, r.on_bottom_day + f->p.start_up_time, 3);
  /* lifting ends when the time kept for recovery begins; recovery then needs no more than its calm time */
  const double recover = 570 * f->p.recovery_joint_time, reserve = f->p.recovery_margin * recover;
  near("return", r.return_day, sail + f->p.duration - reserve + f->p.flush_volumes * 2400 + recover + sail, 3 * 3600);
  const double share = kd_lifting_share(26000, 1.62, 18000, 1800);
  near("moves", r.lifting_time / (r.lifting_time + r.activity[KD_HOURS_MOVING]), share, 1e-5);
}

/* One unit mended on board in a calm sea: lifting over lifting and repair is M/(M+R), the restart left out. */
static void availability_meets_the_closed_form(void **state) {
  fixture *f = *state;
  kd_campaign_result r;
  kd_table *unit = NULL;
  const char csv[] = "unit,mtbf [h],mttr [h],access,exposure,stop_share [1]\npump,60,20,on_board,lifting,1\n";
  make_calm(f);
  assert_int_equal(kd_table_parse(&unit, f->ctx, "unit.csv", csv, sizeof csv - 1, NULL, NULL, &f->err), KD_OK);
  assert_int_equal(
      kd_table_bind(unit, "unit, mtbf [h], mttr [h], access, exposure, stop_share [1]", NULL, NULL, &f->err), KD_OK);
  f->p.failures = unit;
  f->p.restart_time = 0;
  f->p.duration = 360 * DAY;
  f->p.resupply = KD_RESUPPLY_AT_SEA;
  double up = 0, down = 0;
  const int n = 400;
  for (uint64_t i = 0; i < (uint64_t)n; i++) {
    assert_int_equal(realise(f, &r, i), KD_OK);
    up += r.lifting_time + r.activity[KD_HOURS_MOVING];
    down += r.lost[KD_HOURS_FAILURE - KD_ACTIVITIES];
  }
  kd_table_destroy(&unit);
  near("availability", up / (up + down), kd_availability(60, 20), 0.003); /* 40,000 repairs of cv 0.8: se 0.0008 */
}

static void ledger_balances(void **state) {
  fixture *f = *state;
  kd_campaign_result r;
  for (uint64_t i = 0; i < 20; i++) {
    assert_int_equal(realise(f, &r, i), KD_OK);
    assert_true(kd_ledger_get(f->ledger, "campaign.calendar_time") == r.calendar_time);
    for (size_t b = 0; b < kd_ledger_book_balances(f->book); b++) {
      const char *name = kd_ledger_book_balance_name(f->book, b);
      kd_balance balance;
      kd_ledger_balance(&balance, f->ledger, b);
      if (strcmp(name, "ship_time") == 0) assert_true(balance.in == balance.out);
      if (strcmp(name, "energy") == 0) assert_true(balance.closure < 1e-14);
      if (strcmp(name, "solids") == 0) near(name, balance.in - balance.out, r.delivered.dry_mass, 1e-12 * balance.in);
      if (strcmp(name, "water") == 0) near(name, balance.in - balance.out, r.delivered.water_mass, 1e-12 * balance.in);
      if (strcmp(name, "element.tb") == 0)
        near(name, balance.in - balance.out, r.delivered.element[KD_TB], 1e-12 * balance.in);
    }
  }
}

static void a_cake_is_as_dry_as_asked(void **state) {
  fixture *f = *state;
  kd_campaign_result r;
  assert_int_equal(realise(f, &r, 5), KD_OK);
  assert_true(r.dry_delivered > 0);
  near("solids share", r.dry_delivered / r.wet_delivered, 0.6, 1e-12);
  near("carrier loads", r.carrier_trips * 5e6, r.wet_delivered, 1e-6);
}

static void hanging_off_saves_cyclone_time(void **state) {
  fixture *f = *state;
  kd_campaign_result r;
  double lost[2] = {0, 0}, t_time[2];
  f->p.start += 150 * DAY; /* July */
  for (int secure = 0; secure < 2; secure++)
    for (uint64_t i = 0; i < 200; i++) {
      f->p.secure = secure;
      assert_int_equal(realise(f, &r, i), KD_OK);
      lost[secure] += r.lost[KD_HOURS_CYCLONE - KD_ACTIVITIES];
      t_time[secure] = r.t_time;
    }
  assert_true(t_time[KD_SECURE_HANG_OFF] < 0.6 * t_time[KD_SECURE_RECOVER]);
  assert_true(lost[KD_SECURE_HANG_OFF] < 0.8 * lost[KD_SECURE_RECOVER]);
}

static void stated_days_are_taken_as_they_are(void **state) {
  fixture *f = *state;
  kd_campaign_result r;
  f->p.method = KD_CAMPAIGN_STATED;
  assert_int_equal(realise(f, &r, 0), KD_E_MISSING);
  assert_non_null(strstr(f->err.text, "production_days"));
  f->p.production_days = 300 * DAY;
  f->p.availability = 0.9;
  assert_int_equal(realise(f, &r, 0), KD_OK);
  assert_true(r.lifting_time + r.activity[KD_HOURS_MOVING] == 270 * DAY);
  assert_true(sum_hours(&r) == r.calendar_time && r.calendar_time == 365 * DAY);
  /* one insertion of 26 t each 18,000 s and its share of the ship's moves of 1,800 s */
  near("dry lifted", r.dry_lifted, 26000 * 270 * DAY / 19800, 1);
  near("mean rate", r.mean_rate, 26000 / 19800.0, 1e-12);
  near("size of the mining system", kd_ledger_get(f->ledger, "campaign.dry_capacity"), r.mean_rate, 1e-12);
  assert_true(isnan(r.first_mud_day));
}

/* A lift that carries half the design rate needs twice the time to empty an insertion, and lands no more often. */
static void a_slower_lift_draws_the_cut_out(void **state) {
  fixture *f = *state;
  kd_campaign_result r;
  const double cut = 26000 / 1.62, idle = 18000 - cut + 1800;
  f->p.method = KD_CAMPAIGN_STATED;
  f->p.production_days = 270 * DAY;
  for (int part = 1; part <= 8; part *= 2) {
    f->limits.dry_rate = 1.62 / part;
    assert_int_equal(realise(f, &r, 0), KD_OK);
    const double insertions = 270 * DAY / (part * cut + idle);
    near("dry lifted", r.dry_lifted, 26000 * insertions, 1.62);
    near("insertions", r.released.insertions, insertions, 1e-4);
    near("moving", r.activity[KD_HOURS_MOVING], insertions * idle, 1);
  }
}

static void a_series_of_waves_replaces_the_random_sea(void **state) {
  fixture *f = *state;
  kd_campaign_result r;
  kd_table *series = NULL;
  char csv[4096] = "hs [m]\n";
  for (size_t i = 0, at = strlen(csv); i < 500; i++, at += 2) snprintf(csv + at, sizeof csv - at, "1\n");
  assert_int_equal(kd_table_parse(&series, f->ctx, "hs.csv", csv, strlen(csv), NULL, NULL, &f->err), KD_OK);
  assert_int_equal(kd_table_bind(series, "hs [m]", NULL, NULL, &f->err), KD_OK);
  f->p.wave_series = series;
  f->p.cyclone_factor = 0;
  assert_int_equal(realise(f, &r, 0), KD_OK);
  assert_true(r.lost[KD_HOURS_WEATHER - KD_ACTIVITIES] == 0 && r.lifting_time > 0);
  f->p.wave_limit_run = 0.9; /* the string can never be run */
  assert_int_equal(realise(f, &r, 0), KD_OK);
  assert_true(r.no_mud == 1 && isnan(r.on_bottom_day) && sum_hours(&r) == r.calendar_time);
  kd_table_destroy(&series);
}

static void expect_refusal(fixture *f, const char *csv, const char *columns, const kd_table **slot, kd_status code,
                           const char *text) {
  kd_campaign_result r;
  kd_table *table = NULL;
  const kd_table *before = *slot;
  assert_int_equal(kd_table_parse(&table, f->ctx, "bad.csv", csv, strlen(csv), NULL, NULL, &f->err), KD_OK);
  assert_int_equal(kd_table_bind(table, columns, NULL, NULL, &f->err), KD_OK);
  *slot = table;
  assert_int_equal(realise(f, &r, 0), code);
  if (strstr(f->err.text, text) == NULL) fail_msg("'%s' is not in '%s'", text, f->err.text);
  *slot = before;
  kd_table_destroy(&table);
}

static void bad_tables_are_refused(void **state) {
  fixture *f = *state;
  const char *units = "unit, mtbf [h], mttr [h], access, exposure, stop_share [1]";
  expect_refusal(f, "month,hs_mean [m],spread [1]\n1,2,0.3\n", "month [1], hs_mean [m], spread [1]", &f->p.wave_climate,
                 KD_E_MODEL, "month 2 is not in the table");
  expect_refusal(f, "month,hs_mean [m],spread [1]\n13,2,0.3\n", "month [1], hs_mean [m], spread [1]",
                 &f->p.wave_climate, KD_E_RANGE, "month 13: must be 1 to 12");
  expect_refusal(f, "unit,mtbf [h],mttr [h],access,exposure,stop_share [1]\na,1,1,moon,lifting,1\n", units,
                 &f->p.failures, KD_E_CHOICE, "access 'moon'");
  expect_refusal(f, "unit,mtbf [h],mttr [h],access,exposure,stop_share [1]\na,1,1,surface,always,1\n", units,
                 &f->p.failures, KD_E_CHOICE, "exposure 'always'");
  expect_refusal(f, "unit,mtbf [h],mttr [h],access,exposure,stop_share [1]\na,0,1,surface,lifting,1\n", units,
                 &f->p.failures, KD_E_RANGE, "mtbf 0");
}

static void nothing_to_lift_is_refused(void **state) {
  fixture *f = *state;
  kd_campaign_result r;
  f->limits.dry_rate = 0;
  assert_int_equal(realise(f, &r, 0), KD_E_MODEL);
  assert_non_null(strstr(f->err.text, "must be above 0"));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(hours_sum_to_the_calendar_exactly),
      TEST(dates_follow_each_other),
      TEST(same_stream_same_bits),
      TEST(purposes_have_their_own_streams),
      TEST(calm_campaign_has_no_chance_in_it),
      TEST(availability_meets_the_closed_form),
      TEST(ledger_balances),
      TEST(a_cake_is_as_dry_as_asked),
      TEST(hanging_off_saves_cyclone_time),
      TEST(stated_days_are_taken_as_they_are),
      TEST(a_slower_lift_draws_the_cut_out),
      TEST(a_series_of_waves_replaces_the_random_sea),
      TEST(bad_tables_are_refused),
      TEST(nothing_to_lift_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
