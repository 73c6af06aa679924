// SPDX-License-Identifier: Apache-2.0
/* Dewatering on the ship or on the island: the same mud, more water and more voyages; no water is lost between. */
#include "fixture.h"

static void slurry_carries_its_water(void **state) {
  fixture *f = *state;
  kd_campaign_result ship, island, alike;
  f->p.solids_share = 0.6;
  f->p.slurry_share = 0.25;
  f->limits.water_rate = 10 * f->p.carrier_load; /* more than enough to fill the slurry */
  f->p.dewatering = KD_DEWATER_SHIP;
  assert_int_equal(realise(f, &ship, 1), KD_OK);
  f->p.dewatering = KD_DEWATER_ISLAND;
  assert_int_equal(realise(f, &island, 1), KD_OK);
  const double dry = ship.delivered.dry_mass;
  assert_true(dry > 0 && dry == island.delivered.dry_mass);
  assert_true(fabs(ship.delivered.water_mass / (dry * 0.4 / 0.6) - 1) < 1e-12);
  assert_true(fabs(island.delivered.water_mass / (dry * 3) - 1) < 1e-12);
  assert_true(fabs(island.carrier_trips / ship.carrier_trips - 0.6 / 0.25) < 1e-12);
  assert_true(fabs(island.carrier_time / ship.carrier_time - 0.6 / 0.25) < 1e-12);
  /* what the carriers take more, the return water has less: volumes at the pore water's density */
  const double less = (ship.released.return_water - island.released.return_water) * f->feed.pore_density;
  const double more = (island.delivered.water_mass - ship.delivered.water_mass) / ship.lifting_time;
  assert_true(fabs(less / more - 1) < 1e-6);
  /* each share counts for its own place alone */
  f->p.solids_share = 0.5;
  assert_int_equal(realise(f, &alike, 1), KD_OK);
  assert_true(alike.delivered.water_mass == island.delivered.water_mass);
  f->p.solids_share = 0.25;
  f->p.dewatering = KD_DEWATER_SHIP;
  assert_int_equal(realise(f, &alike, 1), KD_OK);
  assert_true(alike.delivered.water_mass == island.delivered.water_mass);
}

/* Presses stand where the mud is pressed: their power, crew and size are posted on board, or not at all there. */
static void presses_are_where_the_mud_is_pressed(void **state) {
  fixture *f = *state;
  kd_campaign_result ship, island;
  f->p.press_energy = 8 * 3.6e6 / 1000;
  f->p.press_crew = 8;
  f->p.dewatering = KD_DEWATER_SHIP;
  assert_int_equal(realise(f, &ship, 1), KD_OK);
  f->p.dewatering = KD_DEWATER_ISLAND;
  assert_int_equal(realise(f, &island, 1), KD_OK);
  const double work = 8 * 3.6e6 / 1000 * ship.dry_delivered;
  assert_true(fabs(ship.fuel_pressing * f->p.generator_efficiency * f->p.fuel_heat / work - 1) < 1e-12);
  assert_true(island.fuel_pressing == 0 && ship.delivered.pressed == 1 && island.delivered.pressed == 0);
  assert_true(fabs(ship.fuel - island.fuel - ship.fuel_pressing) < 1e-9 * ship.fuel);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(slurry_carries_its_water, setup, teardown),
      cmocka_unit_test_setup_teardown(presses_are_where_the_mud_is_pressed, setup, teardown)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
