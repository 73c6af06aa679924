// SPDX-License-Identifier: Apache-2.0
/* The UKy plant against the values that its own project expects of its solution (test_uky_flowsheet, 2026-07; its
 * tolerance is 1e-4), and against its balances. */
#include <math.h>
#include <string.h>

#include "support/check.h"

#include "process/uky.h"

static const double mass[KD_UKY_METALS] = {44.946, 88.905, 138.905, 140.116, 140.907, 144.242,
                                           150.36, 157.25, 162.5,   26.982,  40.078,  55.845};

static void published_solution(void **state) {
  (void)state;
  kd_error err = {0};
  kd_work work = {.err = &err};
  kd_uky_result r;
  if (kd_uky_solve(&r, &kd_uky_published, &work) != KD_OK) fail_msg("%s", err.text);
  assert_near(100 * r.recovery, 22.96, 0.01);
  assert_near(100 * r.purity, 76.09, 0.005);
  assert_near(r.solid_out / 21.5278, 1, 1e-5);
  assert_near(r.leach_flow / 286.996, 1, 1e-5);
  assert_near(r.leach_inlet_flow / 286.499, 1, 1e-5);
  assert_near(r.load_flow / 207.121, 1, 1e-5);
  assert_near(r.leach_h * 1000 / 2.25142, 1, 1e-5);
  assert_near(r.leach_hso4 * 97000 / 4407, 1, 1e-4);
  /* mg/L; NaN: not listed there */
  static const double nan_ = (double)NAN;
  const double liquor[KD_UKY_METALS] = {0.176383, 0.598142, 7.17211,  8.73905, 2.26022, 5.05299,
                                        nan_,     0.730248, 0.211327, 2785.57, 367.562, 3371.56};
  const double strip[KD_UKY_METALS] = {4.24753e-3, 25.9065, 51.3336, 967.983, 7.29587, 348.127,
                                       3.76324,    83.9645, 28.8507, 2308.70, 318.870, 3188.45};
  const double clean[KD_UKY_METALS] = {nan_,   8.74986, 25.2955, 448.743, 2.60196, 154.062,
                                       1.6067, 35.8220, 11.4368, 908.094, 107.568, 727.142};
  const double organic[KD_UKY_METALS] = {2.68644,   6.08285,  0.308160, 4.62725, 0.171446, 1.63860,
                                         0.0220814, 0.388652, 0.209446, 82.1061, nan_,     405.944};
  for (size_t i = 0; i < KD_UKY_METALS; i++) {
    double to_mass = 1000 * mass[i];
    if (isfinite(liquor[i])) assert_near(r.leach_liquor[i] * to_mass / liquor[i], 1, 1e-5);
    if (isfinite(strip[i])) assert_near(r.aqueous[4][i] * to_mass / strip[i], 1, 1e-5);
    if (isfinite(clean[i])) assert_near(r.aqueous[9][i] * to_mass / clean[i], 1, 1e-5);
    if (isfinite(organic[i])) assert_near(r.organic[5][i] * to_mass / organic[i], 1, 1e-5);
  }
  assert_near(r.h[4] * 1008 / 527.987, 1, 1e-5);
  assert_near(r.h[9] * 1008 / 846.687, 1, 1e-5);
  assert_true(r.residual < 1e-11);
  assert_true(r.closure < 1e-12);
}

/* Other plants than the published one solve and balance too. */
static void other_settings_balance(void **state) {
  (void)state;
  kd_error err = {0};
  kd_work work = {.err = &err};
  for (int i = 0; i < 24; i++) {
    kd_uky_params p = kd_uky_published;
    p.solid_flow *= 0.7 + 0.05 * (i % 7);
    p.liquid_flow *= 0.8 + 0.1 * (i % 5);
    p.dosage = 0.05 + 0.02 * (i % 6);
    p.strip_h = 0.7 + 0.2 * (i % 4);
    p.load_recycle = 0.95 - 0.1 * (i % 3);
    p.organic_recycle = 0.99 - 0.1 * (i % 3);
    kd_uky_result r;
    if (kd_uky_solve(&r, &p, &work) != KD_OK) fail_msg("case %d: %s", i, err.text);
    assert_true(r.residual < 1e-9 && r.closure < 1e-11);
    assert_true(r.recovery > 0 && r.recovery < 1 && r.purity > 0 && r.purity < 1);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(published_solution), cmocka_unit_test(other_settings_balance)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
