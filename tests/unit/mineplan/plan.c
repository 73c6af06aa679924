// SPDX-License-Identifier: Apache-2.0
/* The plan of the chain: sites by hand, the mean of pictures before one of them, zones and slopes, what a realisation
 * that follows it gets. */
#include "mineplan/plan.h"

#include "mineplan/slope.h"
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
                          .heads = 10.0,
                          .pattern = KD_PATTERN_HEXAGONAL,
                          .spacing = 1.0,
                          .recovery = 0.8,
                          .dilution = 0.1,
                          .keep_out = 0.2,
                          .lower_time = 600.0,
                          .raise_time = 600.0,
                          .step_time = 1200.0,
                          .penetration_rate = 5.0 / 3600.0,
                          .site_move_time = 21600.0,
                          .insertions_per_site = 100.0,
                          .clay_grade = 250e-6,
                          .apatite_grade = 0.02,
                          .plan = KD_PLAN_SCHEDULE,
                          .site_width = 100.0,
                          .travel_speed = 1.0 / 3.6,
                          .plan_tail = 0.1,
                          .steepest = 7.0 * 3.14159265358979323846 / 180.0,
                          .least_free = 0.5};
  for (int e = 0; e < KD_REY; e++) p.value_weight[e] = 1.0;
  return p;
}

/* Three columns of 1 km2, 0.5 t/m3; grades of one picture. */
static void lay(kd_deposit_result *d, fixture *f, double a, double b, double c) {
  char text[512];
  snprintf(text, sizeof text,
           "column [1],x [m],y [m],area [km2],top [m],thickness [m],density [t/m3],rey [ppm]\n"
           "1,500,500,1,0,10,0.5,%g\n2,1500,500,1,0,10,0.5,%g\n3,9500,500,1,0,10,0.5,%g\n",
           a, b, c);
  fixture_parse(f, text);
  if (kd_deposit_run(d, &f->p, &f->work) != KD_OK) fail_msg("%s", f->err.text);
}

static kd_status add_picture(kd_plan *plan, fixture *f, double a, double b, double c) {
  kd_deposit_result d;
  lay(&d, f, a, b, c);
  return kd_plan_picture(plan, &d.ground, &f->work);
}

static void open_plan(kd_plan **plan, fixture *f, const kd_mineplan_params *p, size_t pictures) {
  if (kd_plan_open(plan, p, pictures, f->ctx, &f->err) != KD_OK) fail_msg("%s", f->err.text);
}

static void close_plan(kd_plan *plan, fixture *f) {
  if (kd_plan_close(plan, NULL, NULL, &f->work) != KD_OK) fail_msg("%s", f->err.text);
}

static kd_plan *simple_plan(fixture *f, const kd_mineplan_params *p) {
  kd_plan *plan;
  open_plan(&plan, f, p, 1);
  if (add_picture(plan, f, 1000.0, 2000.0, 1500.0) != KD_OK) fail_msg("%s", f->err.text);
  close_plan(plan, f);
  return plan;
}

/* 180 kt wanted from the ground; 2,500 kg/m2 in the cut, of it 0.8 x 0.9069 x 0.8 lifted: a site of 100 m gives
 * 14.51 kt, so that 13 are mined, the last in part. One insertion takes 40 min and an hour; ten heads. */
static void sites_by_hand(void **state) {
  fixture f;
  const kd_mineplan_params p = plain_params();
  const double left = 0.8 * 0.906899682117109 * 0.8, insertion = 9.621127501618743 * 2500.0 * 0.8 / 0.9;
  double share = 0.0, mass = 0.0;
  (void)state;
  fixture_open(&f);
  kd_plan *plan = simple_plan(&f, &p);
  const kd_plan_site *s = &plan->site[0];
  assert_int_equal(s->column, 1);
  assert_close(s->area, 1e4, 1e-12);
  assert_close(s->mass, 1e4 * left * 2500.0 / 0.9, 1e-12);
  assert_close(s->grade, 2000e-6, 1e-12);
  assert_close(s->hours, s->mass / (10.0 * insertion) * (2400.0 + 3600.0), 1e-12);
  assert_near(s->free, 1.0, 0.0);
  assert_int_equal(plan->visits, 13);
  for (size_t k = 0; k < plan->visits; k++) {
    const kd_plan_site *v = &plan->site[plan->visit[k].site];
    assert_int_equal(v->column, 1);
    share += plan->visit[k].share;
    mass += plan->visit[k].share * v->mass;
    assert_true(plan->visit[k].leg <= 200.0); /* side by side */
    assert_true(fabs(v->x - 1500.0) <= 450.0 + 1e-9 && fabs(v->y - 500.0) <= 450.0 + 1e-9);
    for (size_t i = 0; i < k; i++) /* no ground twice */
      assert_true(hypot(v->x - plan->site[plan->visit[i].site].x, v->y - plan->site[plan->visit[i].site].y) > 99.0);
  }
  assert_close(mass, 200e6, 1e-9);
  assert_close(share * s->value, plan->chosen, 1e-9);
  kd_plan_release((void **)&plan);
  fixture_close(&f);
}

/* The third column is the best in one picture of three, the second in the mean. */
static void the_mean_of_pictures_decides(void **state) {
  fixture f;
  kd_plan *plan;
  const kd_mineplan_params p = plain_params();
  (void)state;
  fixture_open(&f);
  open_plan(&plan, &f, &p, 3);
  assert_int_equal(add_picture(plan, &f, 1000.0, 2000.0, 4000.0), KD_OK);
  assert_int_equal(add_picture(plan, &f, 1000.0, 2000.0, 500.0), KD_OK);
  assert_int_equal(add_picture(plan, &f, 1000.0, 2000.0, 500.0), KD_OK);
  close_plan(plan, &f);
  for (size_t k = 0; k < plan->visits; k++) assert_int_equal(plan->site[plan->visit[k].site].column, 1);
  /* plans on one picture each: 2,000 twice, and once 5,000/3 where 4,000 was seen; the shares of the elements move
   * with the grade a little */
  assert_close(plan->one_map / plan->greedy, (2000.0 + 2000.0 + 5000.0 / 3.0) / 6000.0, 1e-4);
  assert_close(plan->draws[0] / plan->site[0].value, 1.0, 1e-12);
  kd_plan_release((void **)&plan);
  fixture_close(&f);
}

/* The picture of the realisation decides the grade; the plan stays where it was made. */
static void a_realisation_follows_the_plan(void **state) {
  fixture f;
  kd_deposit_result d;
  kd_mineplan_result r;
  kd_mineplan_params p = plain_params();
  (void)state;
  fixture_open(&f);
  kd_plan *plan = simple_plan(&f, &p);
  lay(&d, &f, 5000.0, 700.0, 100.0);
  f.work.prepared = plan;
  assert_int_equal(kd_mineplan_run(&r, &p, &d.ground, &f.work), KD_OK);
  assert_close(r.ground_grade, 700e-6, 1e-12);
  assert_close(r.dry_year, 200e6, 1e-12);
  assert_near(r.columns_used, 1.0, 0.0);
  assert_near(r.sites_year, 13.0, 0.0);
  assert_near(r.reserve_share, 0.0, 0.0);
  assert_close(r.travel_year, plan->travel, 1e-12);
  assert_close(r.move_share, (13.0 * 21600.0 + plan->travel * 3.6) / (200.0 * DAY), 1e-12);
  assert_close(r.feed.dry_per_insertion / (r.feed.insertion_time + r.feed.move_time), r.dry_rate, 1e-12);
  assert_close(r.ground_area_year, 180e6 / (2500.0 * 0.8 * 0.8 * 0.906899682117109), 1e-9);
  p.rate *= 1.1; /* more than was planned: a tenth comes from the reserve, from the same column first */
  assert_int_equal(kd_mineplan_run(&r, &p, &d.ground, &f.work), KD_OK);
  assert_close(r.reserve_share, 0.1 / 1.1, 1e-6);
  assert_close(r.ground_grade, 700e-6, 1e-12);
  p.rate *= 0.5; /* less: the first visits alone */
  assert_int_equal(kd_mineplan_run(&r, &p, &d.ground, &f.work), KD_OK);
  assert_near(r.sites_year, 7.0, 0.0);
  p.rate *= 1000.0;
  assert_int_equal(kd_mineplan_run(&r, &p, &d.ground, &f.work), KD_E_INFEASIBLE);
  f.work.prepared = NULL;
  kd_plan_release((void **)&plan);
  fixture_close(&f);
}

static kd_table *read_table(fixture *f, const char *csv, const char *columns) {
  kd_table *table = NULL;
  if (kd_table_parse(&table, f->ctx, "map.csv", csv, strlen(csv), NULL, NULL, &f->err) != KD_OK ||
      kd_table_bind(table, columns, NULL, NULL, &f->err) != KD_OK)
    fail_msg("%s", f->err.text);
  return table;
}

/* A zone over the western half of column 2 and 30 m more: the sites cut by its edge are free in seven parts of ten. */
static void zones_are_kept_out_of(void **state) {
  fixture f;
  kd_mineplan_params p = plain_params();
  size_t part = 0;
  (void)state;
  fixture_open(&f);
  kd_table *zones =
      read_table(&f, "polygon,ring,east [m],north [m]\na,1,900,-100\na,1,1530,-100\na,1,1530,1100\na,1,900,1100\n",
                 KD_POLYGON_COLUMNS);
  p.zones = zones;
  kd_plan *plan = simple_plan(&f, &p);
  for (size_t i = 0; i < plan->sites; i++) {
    const kd_plan_site *s = &plan->site[i];
    if (s->column != 1) continue;
    assert_true(s->x > 1530.0);
    if (s->x < 1600.0) {
      assert_near(s->free, 0.7, 1e-12);
      assert_close(s->area, 7e3, 1e-12);
      part++;
    }
  }
  assert_true(part > 0);
  kd_plan_release((void **)&plan);
  p.least_free = 0.8; /* too little is left of them now */
  plan = simple_plan(&f, &p);
  for (size_t i = 0; i < plan->sites; i++) assert_true(plan->site[i].column != 1 || plan->site[i].x > 1600.0);
  kd_plan_release((void **)&plan);
  kd_table_destroy(&zones);
  fixture_close(&f);
}

/* Column 2 is steep in the north; 8 degrees are too much, 6 are not. */
static void steep_ground_is_left(void **state) {
  fixture f;
  kd_mineplan_params p = plain_params();
  char csv[8192] = "east [m],north [m],slope [deg]\n";
  (void)state;
  fixture_open(&f);
  for (int i = 0; i < 21 * 11; i++) {
    const int x = i % 21 * 100, y = i / 21 * 100;
    snprintf(csv + strlen(csv), sizeof csv - strlen(csv), "%d,%d,%d\n", x, y, y > 500 ? 8 : 6);
  }
  kd_table *sea_floor = read_table(&f, csv, KD_FLOOR_COLUMNS);
  p.floor = sea_floor;
  kd_plan *plan = simple_plan(&f, &p);
  for (size_t i = 0; i < plan->sites; i++) assert_true(plan->site[i].column != 1 || plan->site[i].y <= 550.0);
  kd_plan_release((void **)&plan);
  p.steepest *= 10.0 / 7.0;
  plan = simple_plan(&f, &p);
  bool north = false;
  for (size_t i = 0; i < plan->sites; i++) north = north || (plan->site[i].column == 1 && plan->site[i].y > 600.0);
  assert_true(north);
  kd_plan_release((void **)&plan);
  kd_table_destroy(&sea_floor);
  fixture_close(&f);
}

static void refuse(fixture *f, const kd_mineplan_params *p, kd_status code, const char *words) {
  kd_plan *plan;
  open_plan(&plan, f, p, 1);
  kd_status status = add_picture(plan, f, 1000.0, 2000.0, 1500.0);
  if (status == KD_OK) status = kd_plan_close(plan, NULL, NULL, &f->work);
  if (status != code || strstr(f->err.text, words) == NULL) fail_msg("wanted '%s' in: %s", words, f->err.text);
  kd_plan_release((void **)&plan);
}

static void bad_plans_say_why(void **state) {
  fixture f;
  kd_mineplan_params p = plain_params();
  (void)state;
  fixture_open(&f);
  p.site_width = 30.0;
  refuse(&f, &p, KD_E_RANGE, "the frame of 10 heads is 35 m wide");
  p.site_width = 36.0;
  p.years = 20.0;
  refuse(&f, &p, KD_E_SIZE, "a larger site_width is wanted");
  p = plain_params();
  p.cutoff = 3000e-6;
  refuse(&f, &p, KD_E_INFEASIBLE, "no column reaches the cut-off of 3000 ppm");
  p = plain_params();
  kd_table *all =
      read_table(&f, "polygon,ring,east [m],north [m]\na,1,-1e5,-1e5\na,1,1e5,-1e5\na,1,1e5,1e5\na,1,-1e5,1e5\n",
                 KD_POLYGON_COLUMNS);
  p.zones = all;
  refuse(&f, &p, KD_E_INFEASIBLE, "no site of 100 m is free");
  kd_table_destroy(&all);
  all = read_table(&f, "polygon,ring,lon [deg],lat [deg]\na,1,153,24\na,1,154,24\na,1,154,25\n", KD_POLYGON_COLUMNS);
  p.zones = all;
  refuse(&f, &p, KD_E_BASIS, "zones are in degrees");
  kd_table_destroy(&all);
  p = plain_params();
  p.travel_speed = 1e-6;
  kd_plan *plan = simple_plan(&f, &p);
  kd_deposit_result d;
  kd_mineplan_result r;
  lay(&d, &f, 1000.0, 2000.0, 1500.0);
  f.work.prepared = plan;
  p.site_move_time = 200.0 * DAY;
  assert_int_equal(kd_mineplan_run(&r, &p, &d.ground, &f.work), KD_E_INFEASIBLE);
  assert_non_null(strstr(f.err.text, "a larger site_width or a higher travel_speed"));
  kd_plan_release((void **)&plan);
  fixture_close(&f);
}

/* Three years with a discount: each year is full, a site is never mined twice, and the years stand side by side. */
static void years_keep_to_the_ground(void **state) {
  fixture f;
  kd_mineplan_params p = plain_params();
  double *used, year[3] = {0};
  (void)state;
  fixture_open(&f);
  p.years = 3.0;
  p.plan_discount = 0.1;
  kd_plan *plan = simple_plan(&f, &p);
  used = kd_arena_alloc(f.scratch, plan->sites, sizeof *used);
  for (size_t k = 0; k < plan->visits; k++) {
    const kd_plan_visit *v = &plan->visit[k];
    used[v->site] += v->share;
    year[v->year] += v->share * plan->site[v->site].mass;
    assert_true(v->leg <= 300.0);
  }
  for (size_t i = 0; i < plan->sites; i++) assert_true(used[i] <= 1.0 + 1e-9);
  for (int t = 0; t < 3; t++) assert_close(year[t], 200e6, 1e-6);
  assert_true(plan->chosen <= plan->bound * (1.0 + 1e-9) || isnan(plan->bound));
  kd_plan_release((void **)&plan);
  fixture_close(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sites_by_hand),
      cmocka_unit_test(the_mean_of_pictures_decides),
      cmocka_unit_test(a_realisation_follows_the_plan),
      cmocka_unit_test(zones_are_kept_out_of),
      cmocka_unit_test(steep_ground_is_left),
      cmocka_unit_test(bad_plans_say_why),
      cmocka_unit_test(years_keep_to_the_ground),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
