// SPDX-License-Identifier: Apache-2.0
/* A run on ground from cores with a plan of sites and maps to keep out of, in which every allocation of our own layers
 * fails in its turn: a clear error and no folder, or the whole. */
#include "support/whole_run.h"

static kd_status attempt(kd_context *ctx, void *user, kd_error *err) {
  const whole_run *f = user;
  static char zones[512], sea_floor[512];
  const char *const set[] = {"deposit.core_realisations=3", "deposit.core_block=15 km", "mineplan.plan_pictures=3",
                             zones, sea_floor};
  kd_scenario *scenario = NULL;
  kd_diagnostics *all = NULL;
  kd_run *run = NULL;
  snprintf(zones, sizeof zones, "mineplan.zones=%s/zone.geojson", f->home);
  snprintf(sea_floor, sizeof sea_floor, "mineplan.floor=%s/floor.asc", f->home);
  kd_status status = kd_scenario_load_set(&scenario, ctx, KD_TEST_SOURCE "/scenarios/minamitorishima-cores.yaml", set,
                                          sizeof set / sizeof set[0], &all);
  if (status != KD_OK) kd_sweep_tell(err, status, all);
  const kd_run_options options = {
      .size = sizeof options, .realisations = 1, .seed = 1, .threads = 1, .folder = f->folder};
  if (status == KD_OK) status = kd_run_create(&run, ctx, scenario, &options, err);
  if (status == KD_OK) status = kd_run_advance(run, 0, NULL, NULL, err);
  if (status == KD_OK) status = kd_run_finish(run, err);
  kd_run_destroy(&run);
  kd_diagnostics_destroy(&all);
  kd_scenario_destroy(&scenario);
  return status;
}

static int open_maps(void **state) {
  if (whole_run_open(state) != 0) return 1;
  const whole_run *f = *state;
  char path[512];
  snprintf(path, sizeof path, "%s/zone.geojson", f->home);
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  (void)fputs("{\"type\":\"Polygon\",\"crs\":{},\"coordinates\":[[[0,0],[5000,0],[5000,5000],[0,5000],[0,0]]]}", file);
  assert_int_equal(fclose(file), 0);
  snprintf(path, sizeof path, "%s/floor.asc", f->home);
  file = fopen(path, "w");
  assert_non_null(file);
  (void)fputs("ncols 2\nnrows 2\nxllcorner 0\nyllcorner 0\ncellsize 30000\n5600 5610\n5620 5630\n", file);
  assert_int_equal(fclose(file), 0);
  return 0;
}

static void every_allocation(void **state) {
  kd_sweep sweep = {.attempt = attempt, .judge = whole_run_judge, .user = *state, .stride = 53};
  sweep.dense_from = kd_sweep_count(&sweep) - 10;
  assert_true(kd_sweep_memory(&sweep) > 40);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(every_allocation, open_maps, whole_run_close)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
