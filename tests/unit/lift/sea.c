// SPDX-License-Identifier: Apache-2.0
/* Hydrostatics against TEOS-10: stored values of python3-gsw, and python3-gsw itself where it is installed. */
#define _GNU_SOURCE 1
#include "unit/lift/defaults.h"

#include "lift/seawater.h"

#define LATITUDE (22.95 * 3.14159265358979323846 / 180.0)

static const double oracle[][3] = {/* depth [m], pressure [Pa], density [kg/m3]; sea_oracle.py, longitude 153.5 */
                                   {100, 1001624.44826, 1024.15221754},
                                   {1000, 10064405.0383, 1031.92076016},
                                   {3000, 30372351.0241, 1041.62539953},
                                   {5700, 58087225.0131, 1053.56406467},
                                   {7850, 80388516.4315, 1062.56278708}};

static void pressure_is_that_of_teos10(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  for (size_t i = 0; i < sizeof oracle / sizeof oracle[0]; i++) {
    kd_sea sea;
    assert_int_equal(kd_sea_create(&sea, b.profile, LATITUDE, oracle[i][0], &b.work), KD_OK);
    const kd_sea_node *bottom = &sea.node[sea.count - 1];
    assert_near(bottom->pressure, oracle[i][1], 1e-4, "pressure"); /* the bar is 1e-3 */
    assert_near(bottom->density, oracle[i][2], 5e-5, "density");
    assert_near(kd_sea_mean_density(&sea) * kd_gravity(LATITUDE, 0.5 * oracle[i][0]) * oracle[i][0], bottom->pressure,
                1e-12, "mean density");
  }
  bench_close(&b);
}

static void pressure_between_nodes_is_smooth(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  kd_sea sea, deep;
  assert_int_equal(kd_sea_create(&deep, b.profile, LATITUDE, 6000, &b.work), KD_OK);
  for (double depth = 10; depth < 6000; depth += 137.0) {
    kd_sea_node at;
    assert_int_equal(kd_sea_create(&sea, b.profile, LATITUDE, depth, &b.work), KD_OK);
    kd_sea_at(&at, &deep, depth);
    assert_near(at.pressure, sea.node[sea.count - 1].pressure, 2e-6, "interpolated pressure");
    assert_near(at.depth, depth, 1e-12, "depth");
  }
  kd_sea_node surface;
  kd_sea_at(&surface, &deep, -5);
  assert_true(surface.pressure == 0);
  bench_close(&b);
}

/* Runs the oracle with an interpreter; false when it has no gsw. */
static bool live(const char *python) {
  char command[1024], line[256];
  snprintf(command, sizeof command,
           "%s %s/tests/unit/lift/sea_oracle.py %s/data/lift/profile_minamitorishima.csv 22.95 153.5 "
           "500 2000 4500 5700 7850 2>/dev/null",
           python, KD_TEST_SOURCE, KD_TEST_SOURCE);
  FILE *pipe = popen(command, "r");
  if (!pipe) return false;
  bench b;
  bench_open(&b);
  int rows = 0;
  while (fgets(line, sizeof line, pipe)) {
    char *rest = line;
    double depth = strtod(rest, &rest), pressure = strtod(rest, &rest);
    kd_sea sea;
    assert_int_equal(kd_sea_create(&sea, b.profile, LATITUDE, depth, &b.work), KD_OK);
    assert_near(sea.node[sea.count - 1].pressure, pressure, 1e-4, "pressure beside gsw");
    rows++;
  }
  pclose(pipe);
  bench_close(&b);
  assert_true(rows == 0 || rows == 5);
  return rows == 5;
}

static void gsw_itself_agrees(void **state) {
  (void)state;
  if (!live("python3") && !live("/usr/bin/python3")) skip();
}

static void bad_profiles_are_refused(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  kd_sea sea;
  assert_int_equal(kd_sea_create(&sea, NULL, LATITUDE, 100, &b.work), KD_E_MISSING);
  static const struct {
    size_t row, column;
    double value;
    kd_status status;
    const char *text;
  } bad[] = {{3, 0, 10, KD_E_RANGE, "must be above the depth before it"},
             {2, 1, 400, KD_E_RANGE, "temperature 126.85 degC in row 3"},
             {0, 2, -1, KD_E_RANGE, "salinity -1 in row 1"},
             {4, 1, (double)NAN, KD_E_MISSING, "row 5 has a missing value"}};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    double *cell = &b.profile->column[bad[i].column].number[bad[i].row], kept = *cell;
    *cell = bad[i].value;
    assert_int_equal(kd_sea_create(&sea, b.profile, LATITUDE, 100, &b.work), bad[i].status);
    assert_non_null(strstr(b.err.text, bad[i].text));
    *cell = kept;
  }
  bench_close(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(pressure_is_that_of_teos10),
                                     cmocka_unit_test(pressure_between_nodes_is_smooth),
                                     cmocka_unit_test(gsw_itself_agrees), cmocka_unit_test(bad_profiles_are_refused)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
