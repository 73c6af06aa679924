// SPDX-License-Identifier: Apache-2.0
#include "mineplan/mineplan.h"

#include "unit/deposit/fixture.h"

#define DAY 86400.0

static kd_mineplan_params plain_params(void) {
  kd_mineplan_params p = {.rate = 1000e3 / DAY,
                          .rate_basis = KD_BASIS_DRY_SOLIDS,
                          .slurry_solids = (double)NAN,
                          .planned_days = 200.0 * DAY,
                          .years = 1.0,
                          .column = 5.0,
                          .head_diameter = 3.5,
                          .head_length = 5.6,
                          .heads = (double)NAN,
                          .pattern = KD_PATTERN_HEXAGONAL,
                          .spacing = 1.1,
                          .recovery = 0.8,
                          .stirred_share = 0.5,
                          .dilution = 0.1,
                          .keep_out = 0.2,
                          .lower_time = 600.0,
                          .raise_time = 600.0,
                          .step_time = 1200.0,
                          .penetration_rate = 5.0 / 3600.0,
                          .site_move_time = 21600.0,
                          .insertions_per_site = 100.0,
                          .clay_grade = 250e-6,
                          .apatite_grade = 0.02};
  for (int e = 0; e < KD_REY; e++) p.value_weight[e] = 1.0;
  return p;
}

static void plan(kd_mineplan_result *out, const kd_mineplan_params *p, const kd_ground *ground, fixture *f) {
  if (kd_mineplan_run(out, p, ground, &f->work) != KD_OK) fail_msg("%s", f->err.text);
}

static double rey(const double *grade) {
  double sum = 0.0;
  for (int e = 0; e < KD_REY; e++) sum += grade[e];
  return sum;
}

/* Two columns of 1 km2: 2 m of 300 ppm over 8 m of 2,000 ppm, and 10 m of 1,000 ppm. */
static const char *const two_columns = "column [1],area [km2],top [m],thickness [m],density [t/m3],rey [ppm]\n"
                                       "1,1,0,2,0.5,300\n1,1,2,8,0.5,2000\n2,1,0,10,0.5,1000\n";

/* By hand: cut of 5 m in column 1 = (2 x 300 + 3 x 2000) / 5 = 1,320 ppm; a tenth of the feed slumps in at 300 ppm. */
static void small_plan_by_hand(void **state) {
  fixture f;
  kd_deposit_result d;
  kd_mineplan_result r;
  const kd_mineplan_params p = plain_params();
  const double coverage = 3.14159265358979323846 / (2.0 * sqrt(3.0)) / 1.21;
  (void)state;
  fixture_open(&f);
  fixture_parse(&f, two_columns);
  assert_int_equal(kd_deposit_run(&d, &f.p, &f.work), KD_OK);
  plan(&r, &p, &d.ground, &f);
  assert_close(r.dry_year, 200e6, 1e-12);
  assert_close(r.dry_rate * DAY, 1000e3, 1e-12);
  assert_close(r.ground_grade, 1320e-6, 1e-12);
  assert_close(r.planned_grade, 1320e-6, 1e-12);
  assert_close(r.mined_grade, 0.9 * 1320e-6 + 0.1 * 300e-6, 1e-12);
  assert_close(r.coverage, coverage, 1e-12);
  assert_close(r.overall_recovery, 0.8 * 0.8 * coverage, 1e-12);
  /* 180 kt from the ground, 2,500 kg/m2 in the cut */
  assert_close(r.ground_area_year, 180e6 / (2500.0 * 0.64 * coverage), 1e-12);
  assert_close(r.cut_area_year, 180e6 / (2500.0 * 0.8), 1e-12);
  assert_close(r.ground_share, r.ground_area_year / 2e6, 1e-12);
  assert_close(r.available, 2.0 * 1e6 * 2500.0 * 0.64 * coverage, 1e-12);
  assert_close(r.years_of_ground, r.available / 180e6, 1e-12);
  assert_near(r.columns_used, 1.0, 0.0);
  assert_near(r.cut_depth, 5.0, 1e-12);
  /* one hole: 9.62 m2 x 2,500 kg/m2 x 0.8 / 0.9 */
  assert_close(r.dry_per_insertion, 9.621127501618743 * 2500.0 * 0.8 / 0.9, 1e-12);
  assert_close(r.insertions_per_year, 200e6 / r.dry_per_insertion, 1e-12);
  assert_close(r.feed.loss_share, 0.5 * 0.9 * 0.25, 1e-12);
  assert_close(r.coarse_share, (r.mined_grade - 250e-6) / 0.01975, 1e-12);
  fixture_close(&f);
}

/* Solid and elements in the cut = lifted + left + what is stirred up, element by element, over the whole shipped
 * ground. */
static void mass_and_elements_balance(void **state) {
  fixture f;
  kd_deposit_result d;
  kd_mineplan_result r;
  kd_mineplan_params p = plain_params();
  (void)state;
  fixture_open(&f);
  fixture_ship(&f);
  fixture_errors(&f);
  p.rate = 2e6 * 1e3 / DAY; /* 2 Mt a day: dozens of columns, the last in part */
  p.dilution = 0.0;
  p.cutoff = 1000e-6;
  assert_int_equal(kd_deposit_run(&d, &f.p, &f.work), KD_OK);
  plan(&r, &p, &d.ground, &f);
  assert_true(r.columns_used > 10.0);
  assert_close(rey(r.element_grade), r.mined_grade, 1e-12);
  assert_close(r.dry_year, 2e9 * 200.0, 1e-12);
  /* cut = lifted / recovery: what the area under the head holds at the mean density of the shipped table */
  assert_close(r.cut_area_year * 5.0 * 560.0, r.dry_year / p.recovery, 1e-9);
  assert_close(r.ground_area_year * 0.8 * r.coverage, r.cut_area_year, 1e-12);
  assert_close(r.feed.dry_per_insertion / (r.feed.insertion_time + r.feed.move_time), r.dry_rate, 1e-12);
  assert_close(r.feed.dry_rate * r.cutting_time, r.feed.dry_per_insertion, 1e-12);
  fixture_close(&f);
}

/* The value of the chosen ground is that of a plain sort of all columns. */
static void choice_is_that_of_a_sort(void **state) {
  fixture f;
  kd_deposit_result d;
  kd_mineplan_result r;
  kd_mineplan_params p = plain_params();
  double grade[96] = {0}, left, metal = 0.0;
  const double unit = 0.8 * 0.8; /* keep-out, recovery; coverage below */
  (void)state;
  fixture_open(&f);
  fixture_ship(&f);
  p.rate = 1e6 * 1e3 / DAY;
  assert_int_equal(kd_deposit_run(&d, &f.p, &f.work), KD_OK);
  plan(&r, &p, &d.ground, &f);
  for (size_t i = 0; i < d.ground.count; i++) /* layers of 1 m, cut of 5 m */
    if (d.ground.block[i].top < 4.5) grade[d.ground.block[i].column] += rey(d.ground.block[i].grade) / 5.0;
  left = 0.9 * 1e9 * 200.0;
  while (left > 0.0) {
    size_t best = 0;
    double mass;
    for (size_t c = 1; c < 96; c++)
      if (grade[c] > grade[best]) best = c;
    mass = d.ground.block[best * 10].area * 5.0 * 560.0 * unit * r.coverage;
    if (mass > left) mass = left;
    metal += mass * grade[best];
    left -= mass;
    grade[best] = 0.0;
  }
  assert_close(r.planned_grade, metal / (0.9 * 1e9 * 200.0), 1e-6); /* ranked by oxides there, by REY here */
  fixture_close(&f);
}

/* Basis: the same ground gives 1.3 t of wet mud for 0.5 t of dry solid here, and 1.15 t of slurry for 0.25 t. */
static void basis_changes_the_solids(void **state) {
  fixture f;
  kd_deposit_result d;
  kd_mineplan_result r;
  kd_mineplan_params p = plain_params();
  (void)state;
  fixture_open(&f);
  fixture_parse(&f, two_columns);
  f.p.grain_density = 2500.0;
  f.p.pore_density = 1000.0;
  assert_int_equal(kd_deposit_run(&d, &f.p, &f.work), KD_OK);
  p.rate_basis = KD_BASIS_WET_MUD;
  plan(&r, &p, &d.ground, &f);
  assert_close(r.dry_rate, p.rate * 0.5 / 1.3, 1e-12);
  assert_close(r.wet_rate, p.rate, 1e-12);
  assert_close(r.feed.pore_water, 1.6, 1e-12);
  p.rate_basis = KD_BASIS_SLURRY;
  p.slurry_solids = 0.10;
  plan(&r, &p, &d.ground, &f);
  assert_close(r.dry_rate, p.rate * 0.25 / 1.15, 1e-12);
  p.slurry_solids = (double)NAN;
  assert_int_equal(kd_mineplan_run(&r, &p, &d.ground, &f.work), KD_E_MISSING);
  fixture_close(&f);
}

/* The plan may not see the outcome: over many draws the grade mined is the grade planned, although single draws differ.
 */
static void plan_does_not_see_the_outcome(void **state) {
  fixture f;
  kd_deposit_result d;
  kd_mineplan_result r;
  const kd_mineplan_params p = plain_params();
  double planned = 0.0, mined = 0.0, first = 0.0;
  const int draws = 1500;
  (void)state;
  fixture_open(&f);
  fixture_ship(&f);
  fixture_errors(&f);
  f.p.grade_cap = 1.0;
  for (int i = 0; i < draws; i++) {
    kd_arena_reset(f.scratch);
    kd_stream_start(&f.rng, 1, 7, (uint64_t)i);
    assert_int_equal(kd_deposit_run(&d, &f.p, &f.work), KD_OK);
    plan(&r, &p, &d.ground, &f);
    if (i == 0) first = r.planned_grade;
    assert_close(r.planned_grade, first, 1e-2); /* element errors shift its REY a little, no more */
    planned += r.planned_grade / draws;
    mined += r.ground_grade / draws;
  }
  assert_close(mined, planned, 0.05); /* five standard errors of the mean: 5 x 0.38 / sqrt(1500) */
  fixture_close(&f);
}

/* Weights change the choice: column 1 is richer in REY, column 2 in yttrium. */
static void weights_choose_the_ground(void **state) {
  fixture f;
  kd_deposit_result d;
  kd_mineplan_result r;
  kd_mineplan_params p = plain_params();
  (void)state;
  fixture_open(&f);
  fixture_parse(&f, "column [1],area [km2],thickness [m],density [t/m3],grade_la [ppm],grade_ce [ppm],grade_pr [ppm],"
                    "grade_nd [ppm],grade_sm [ppm],grade_eu [ppm],grade_gd [ppm],grade_tb [ppm],grade_dy [ppm],"
                    "grade_ho [ppm],grade_er [ppm],grade_tm [ppm],grade_yb [ppm],grade_lu [ppm],grade_y [ppm]\n"
                    "1,1,10,0.5,900,0,0,0,0,0,0,0,0,0,0,0,0,0,100\n2,1,10,0.5,100,0,0,0,0,0,0,0,0,0,0,0,0,0,400\n");
  assert_int_equal(kd_deposit_run(&d, &f.p, &f.work), KD_OK);
  plan(&r, &p, &d.ground, &f);
  assert_close(r.mined_grade, 1000e-6, 1e-12);
  p.value_weight[KD_LA] = 0.0;
  plan(&r, &p, &d.ground, &f);
  assert_close(r.mined_grade, 500e-6, 1e-12);
  fixture_close(&f);
}

/* A cover is passed through, not lifted; the cut stops at the end of the deposit. */
static void cover_and_bottom_bound_the_cut(void **state) {
  fixture f;
  kd_deposit_result d;
  kd_mineplan_result r;
  kd_mineplan_params p = plain_params();
  (void)state;
  fixture_open(&f);
  fixture_parse(&f, two_columns);
  assert_int_equal(kd_deposit_run(&d, &f.p, &f.work), KD_OK);
  p.cover = 2.0;
  plan(&r, &p, &d.ground, &f);
  assert_close(r.ground_grade, 2000e-6, 1e-12);
  assert_close(r.mined_grade, 0.9 * 2000e-6 + 0.1 * 300e-6, 1e-12); /* the cover slumps in */
  p.column = 50.0;
  p.head_length = 60.0;
  plan(&r, &p, &d.ground, &f);
  assert_close(r.cut_depth, 10.0, 1e-12);
  p.cover = 50.0;
  assert_int_equal(kd_mineplan_run(&r, &p, &d.ground, &f.work), KD_E_CONTRADICTION);
  fixture_close(&f);
}

/* What cannot be met says what there is. */
static void infeasible_says_what_there_is(void **state) {
  fixture f;
  kd_deposit_result d;
  kd_mineplan_result r;
  kd_mineplan_params p = plain_params();
  (void)state;
  fixture_open(&f);
  fixture_parse(&f, two_columns);
  assert_int_equal(kd_deposit_run(&d, &f.p, &f.work), KD_OK);
  p.cutoff = 3000e-6;
  assert_int_equal(kd_mineplan_run(&r, &p, &d.ground, &f.work), KD_E_INFEASIBLE);
  assert_non_null(strstr(f.err.text, "the best has 1320 ppm"));
  p.cutoff = 0.0;
  p.years = 1000.0;
  assert_int_equal(kd_mineplan_run(&r, &p, &d.ground, &f.work), KD_E_INFEASIBLE);
  assert_non_null(strstr(f.err.text, "180 Mt are wanted for 1000 years"));
  p.years = 1.0;
  p.heads = 1.0;
  p.rate *= 10.0;
  assert_int_equal(kd_mineplan_run(&r, &p, &d.ground, &f.work), KD_E_INFEASIBLE);
  assert_non_null(strstr(f.err.text, "heads are needed"));
  fixture_close(&f);
}

/* A trial of one insertion takes a millionth of a column and still adds up. */
static void tiny_trial_takes_part_of_a_column(void **state) {
  fixture f;
  kd_deposit_result d;
  kd_mineplan_result r;
  kd_mineplan_params p = plain_params();
  (void)state;
  fixture_open(&f);
  fixture_ship(&f);
  assert_int_equal(kd_deposit_run(&d, &f.p, &f.work), KD_OK);
  p.rate = 1e3 / DAY;
  p.planned_days = DAY;
  plan(&r, &p, &d.ground, &f);
  assert_close(r.dry_year, 1e3, 1e-12);
  assert_near(r.heads, 1.0, 0.0);
  assert_true(r.insertions_per_year < 1.0);
  fixture_close(&f);
}

static int told;
static void count(const char *key, const char *message, void *user) {
  (void)key;
  (void)message;
  (void)user;
  told++;
}

static void check_tells_contradictions(void **state) {
  kd_mineplan_params p = plain_params();
  (void)state;
  told = 0;
  kd_mineplan_stage.check(&p, count, NULL);
  assert_int_equal(told, 0);
  p.cover = 5.0;
  p.rate_basis = KD_BASIS_SLURRY;
  p.clay_grade = p.apatite_grade;
  kd_mineplan_stage.check(&p, count, NULL);
  assert_int_equal(told, 3);
  p.rate_basis = KD_BASIS_WET_MUD;
  p.slurry_solids = 0.05;
  told = 0;
  kd_mineplan_stage.check(&p, count, NULL);
  assert_int_equal(told, 3);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(small_plan_by_hand),
      cmocka_unit_test(mass_and_elements_balance),
      cmocka_unit_test(choice_is_that_of_a_sort),
      cmocka_unit_test(basis_changes_the_solids),
      cmocka_unit_test(plan_does_not_see_the_outcome),
      cmocka_unit_test(weights_choose_the_ground),
      cmocka_unit_test(cover_and_bottom_bound_the_cut),
      cmocka_unit_test(infeasible_says_what_there_is),
      cmocka_unit_test(tiny_trial_takes_part_of_a_column),
      cmocka_unit_test(check_tells_contradictions),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
