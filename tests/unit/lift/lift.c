// SPDX-License-Identifier: Apache-2.0
/* The stage as a whole: water by mass, energy, derating, what is refused and with which words. */
#include "unit/lift/defaults.h"

#include "base/ledger.h"
#include "lift/seawater.h"

#define KWH_T 3600.0 /* J/kg */

static void water_is_exact(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  bench_run_ok(&b);
  const kd_limits *l = &b.result.limits;
  double salinity = kd_seawater_absolute_salinity(34.95);
  double water0 = kd_seawater_density(salinity, kd_seawater_conservative_temperature(salinity, 27.0, 0), 0);
  double slurry_water = l->slurry_rate * (1 - b.result.slurry_solids) * water0;
  assert_near(l->water_rate, slurry_water - b.feed.pore_water * l->dry_rate, 1e-12, "sea water");
  assert_near(l->slurry_rate * b.result.slurry_solids * b.feed.grain_density, l->dry_rate, 1e-14, "dry rate");
  bench_close(&b);
}

static void mud_cannot_be_thickened(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  b.params.solids = 0.35; /* more than the mud in place holds with 1.5 water per dry */
  b.params.rheology = 3;  /* stated */
  bench_run_ok(&b);
  assert_true(b.result.limits.water_rate == 0);
  assert_true(b.result.slurry_solids < 0.21 && b.result.slurry_solids > 0.19);
  bench_close(&b);
}

static void energy_is_that_of_the_weight(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  b.feed.water_depth = 6000;
  bench_run_ok(&b);
  /* (rho_s - rho_w) g H / rho_s = 9.9 kWh/t, with deck and separator a little more. */
  assert_true(b.result.static_energy > 9.8 * KWH_T && b.result.static_energy < 11.2 * KWH_T);
  assert_near(b.result.static_pressure + b.result.friction_up + b.result.friction_down + b.params.head_loss,
              b.result.pump_pressure, 1e-12, "sum of losses");
  assert_near(b.result.power,
              b.result.hydraulic_power / (b.params.pump_efficiency * b.params.motor_efficiency) +
                  b.params.head_energy * b.result.dry_rate,
              1e-12, "power");
  assert_near(b.result.energy_per_tonne, b.result.power / b.result.dry_rate, 1e-14, "energy");
  /* The share of solids hardly moves the static energy. */
  b.params.deck_height = b.params.deck_pressure = 0;
  bench_run_ok(&b);
  double at5 = b.result.static_energy;
  b.params.solids = 0.08;
  bench_run_ok(&b);
  assert_near(b.result.static_energy, at5, 0.01, "static energy");
  bench_close(&b);
}

static void columns_use_one_equation_of_state(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  /* With hardly any solids, friction or loss the circuit is two equal columns, and the foot stands at the sea's
   * pressure but for the salt it brought from the surface. */
  b.params.solids = 1e-9;
  b.feed.dry_rate = 1e-9;
  b.params.deck_height = b.params.deck_pressure = b.params.head_loss = 0;
  b.params.rheology = 3, b.params.yield = 0, b.params.consistency = 1e-3, b.params.index = 1;
  bench_run_ok(&b);
  assert_true(fabs(b.result.pump_pressure) < 200.0);
  assert_true(fabs(b.result.foot_excess) < 2e4);
  bench_close(&b);
}

static void rate_is_cut_to_the_rated_pressure(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  b.params.bore = 0.1, b.params.conduit_bore = 0.08;
  b.feed.dry_rate = 40;
  bench_run_ok(&b);
  assert_true(b.result.derating < 1);
  assert_near(b.result.pump_pressure, b.params.rated_pressure, 1e-6, "pump pressure");
  assert_near(b.result.limits.dry_rate, b.result.derating * 40, 1e-12, "dry rate");
  bench_close(&b);
}

static void refuse(bench *b, kd_status wanted, const char *text) {
  kd_status status = bench_run(b);
  if (status != wanted || !strstr(b->err.text, text)) fail_msg("status %d, message: %s", (int)status, b->err.text);
}

static void what_cannot_be_is_said(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  const kd_lift_params good = b.params;
  const kd_slurry feed = b.feed;

  b.feed.dry_rate = 0;
  refuse(&b, KD_E_RANGE, "dry_rate 0 kg/s must be above 0");
  b.feed = feed;
  b.params.bore = 0.3, b.params.outer_diameter = 0.25;
  refuse(&b, KD_E_CONTRADICTION, "outer_diameter 0.25 m must be above the bore 0.3 m");
  b.params = good;
  b.params.rheology = 3, b.params.yield = 2000;
  refuse(&b, KD_E_INFEASIBLE, "rated_pressure 32 MPa: the column needs");
  b.params = good;
  b.params.rated_pressure = 1e5; /* below what sea water alone needs to move */
  refuse(&b, KD_E_INFEASIBLE, "needs");
  b.params = good;
  b.params.rheology = 3, b.params.consistency = (double)NAN;
  refuse(&b, KD_E_MISSING, "all three must be numbers");
  b.params = good;
  b.params.rheology = 2;
  refuse(&b, KD_E_CONTRADICTION, "no rheology_table is given");
  b.params = good;
  b.params.method = KD_LIFT_AIR_LIFT, b.params.injection_depth = 5900;
  refuse(&b, KD_E_CONTRADICTION, "injection_depth 5900 m is below the foot at 5700 m");
  b.params = good;
  b.params.method = KD_LIFT_AIR_LIFT, b.params.injection_depth = 50;
  refuse(&b, KD_E_INFEASIBLE, "no air rate lifts");
  b.params = good;
  b.params.friction = 2;
  refuse(&b, KD_E_CONTRADICTION, "friction slatter needs the grain size d85");
  b.params = good;
  b.params.transition = 3;
  refuse(&b, KD_E_CONTRADICTION, "transition hanks is for Bingham fluids");
  b.params = good;
  b.params.conduit = KD_CONDUIT_ANNULUS;
  refuse(&b, KD_E_CONTRADICTION, "conduit_bore 0.18 m must be above the outer diameter 0.274 m");
  b.params = good;
  b.params.grain_size = 0.3;
  refuse(&b, KD_E_CONTRADICTION, "it would plug the pipe");
  b.params = good;
  b.params.wave_limit_run = 6;
  refuse(&b, KD_E_CONTRADICTION, "wave_limit_run 6 m");
  b.params = good;
  b.params.wave_limit_lift = 6;
  refuse(&b, KD_E_CONTRADICTION, "wave_limit_lift 6 m");
  b.params = good;
  b.params.liquid_limit = 0.3;
  refuse(&b, KD_E_CONTRADICTION, "liquid_limit 0.3 must be above plastic_limit 0.5");
  b.params = good;
  b.params.d85 = 0.2;
  refuse(&b, KD_E_CONTRADICTION, "d85 0.2 m must be below half the bore");
  b.params = good;
  b.params.depth = 5;
  refuse(&b, KD_E_RANGE, "depth 5 m");
  b.params = good;
  b.feed.grain_density = 1000;
  refuse(&b, KD_E_RANGE, "grain_density 1000");
  b.feed = feed;
  b.feed.pore_water = -1;
  refuse(&b, KD_E_RANGE, "pore_water -1");
  b.feed = feed;
  bench_run_ok(&b);
  bench_close(&b);
}

static void three_methods_and_all_laws_run(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  double energy[3] = {0};
  for (int method = 0; method < 3; method++) {
    b.params.method = method;
    bench_run_ok(&b);
    energy[method] = b.result.energy_per_tonne;
    for (size_t i = 0; i < kd_lift_stage.output_count; i++) {
      const kd_output *o = &kd_lift_stage.outputs[i];
      double value = *(const double *)((const char *)&b.result + o->offset);
      bool by_air = method == KD_LIFT_AIR_LIFT && strstr(o->key, "_margin");
      if (!isfinite(value) && !by_air) fail_msg("method %d: %s is not finite", method, o->key);
    }
    assert_true(b.result.limits.hydraulic_power < b.result.limits.power);
  }
  assert_true(energy[KD_LIFT_AIR_LIFT] > 1.5 * energy[KD_LIFT_PUMP]); /* air costs a multiple of pumps */
  b.params.method = 0;
  b.feed.dry_rate = 30; /* fast enough to be turbulent */
  b.params.d85 = 50e-6;
  for (int law = 0; law <= 5; law++) {
    b.params.friction = law;
    bench_run_ok(&b);
    assert_true(b.result.regime == 2);
  }
  b.params.conduit = KD_CONDUIT_ANNULUS, b.params.conduit_bore = 0.36;
  bench_run_ok(&b);
  b.params.rheology = 0;
  bench_run_ok(&b);
  bench_close(&b);
}

static void air_lift_yields_what_it_can(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  b.params.method = KD_LIFT_AIR_LIFT;
  b.params.injection_depth = 1200;
  b.feed.dry_rate = 60;
  bench_run_ok(&b);
  assert_true(b.result.derating < 1 && b.result.dry_rate > 1);
  b.params.compression = KD_COMPRESSION_ISOTHERMAL;
  double polytropic = b.result.power;
  bench_run_ok(&b);
  assert_true(b.result.power < polytropic);
  bench_close(&b);
}

static void table_of_measurements_is_used(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  static const char text[] = "solids [%vol],yield [Pa],consistency [Pa.s],index [1]\n2,0.1,0.01,0.8\n8,10,1,0.4\n";
  kd_table *table = NULL;
  assert_int_equal(kd_table_parse(&table, b.ctx, "t.csv", text, sizeof text - 1, NULL, NULL, &b.err), KD_OK);
  assert_int_equal(kd_table_bind(table, KD_RHEOLOGY_COLUMNS, NULL, NULL, &b.err), KD_OK);
  b.params.rheology = 2;
  b.params.rheology_table = table;
  bench_run_ok(&b); /* 5 %vol is half way: the geometric means */
  assert_near(b.result.yield_stress, 1, 1e-12, "yield");
  assert_near(b.result.consistency, 0.1, 1e-12, "consistency");
  assert_near(b.result.flow_index, 0.6, 1e-12, "index");
  b.params.solids = 0.09;
  refuse(&b, KD_E_RANGE, "solids 9 %vol are outside the table, 2 to 8 %vol");
  table->column[1].number[1] = (double)NAN;
  refuse(&b, KD_E_MISSING, "rheology_table, row 2");
  kd_table_destroy(&table);
  bench_close(&b);
}

static void equipment_is_posted(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  kd_ledger_stage stage = {kd_lift_stage.name, kd_lift_stage.lines, kd_lift_stage.line_count};
  kd_ledger_book *book = NULL;
  assert_int_equal(kd_ledger_book_create(&book, b.ctx, &stage, 1), KD_OK);
  assert_int_equal(kd_ledger_create(&b.work.ledger, b.ctx, book), KD_OK);
  bench_run_ok(&b);
  assert_true(kd_ledger_get(b.work.ledger, "lift.string") == b.result.string_length);
  assert_true(kd_ledger_get(b.work.ledger, "lift.string_mass") == b.result.string_mass);
  assert_true(kd_ledger_get(b.work.ledger, "lift.pump") > 0 && kd_ledger_get(b.work.ledger, "lift.compressor") == 0);
  kd_ledger_destroy(&b.work.ledger);
  kd_ledger_book_destroy(&book);
  bench_close(&b);
}

static void same_input_same_bits(void **state) {
  (void)state;
  bench a, b;
  bench_open(&a);
  bench_open(&b);
  for (int method = 0; method < 3; method++) {
    a.params.method = b.params.method = method;
    bench_run_ok(&a);
    bench_run_ok(&b);
    assert_memory_equal(&a.result, &b.result, sizeof a.result);
  }
  bench_close(&a);
  bench_close(&b);
}

static void tables_are_whole(void **state) {
  (void)state;
  kd_error err;
  size_t set = 0, count = 0;
  for (const kd_kernel *k = kd_lift_stage.kernel_sets[0]; k != NULL; count++) {
    assert_non_null(k->name);
    assert_true((k->eval != NULL) != (k->eval_table != NULL));
    for (size_t j = 0; j < k->input_count; j++) {
      const kd_field *f = &k->inputs[j];
      const char *values[3] = {f->initial, f->low, f->high};
      for (size_t v = 0; v < 3; v++) {
        char text[64];
        double si;
        if (!values[v] || f->choices || strcmp(values[v], "none") == 0) continue;
        snprintf(text, sizeof text, "%s", values[v]);
        char *shut = strstr(text, " exclusive");
        if (shut) *shut = '\0';
        if (kd_quantity_in(&si, text, f->unit, NULL, &err) != KD_OK) fail_msg("%s.%s: %s", k->name, f->name, err.text);
      }
    }
    k++;
    if (k->name == NULL) k = kd_lift_stage.kernel_sets[++set];
  }
  assert_true(count > 100);
  for (size_t i = 0; i < kd_lift_stage.output_count; i++) {
    kd_unit unit;
    if (kd_unit_parse(&unit, kd_lift_stage.outputs[i].unit, NULL, &err) != KD_OK) fail_msg("%s", err.text);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(water_is_exact),
                                     cmocka_unit_test(mud_cannot_be_thickened),
                                     cmocka_unit_test(energy_is_that_of_the_weight),
                                     cmocka_unit_test(columns_use_one_equation_of_state),
                                     cmocka_unit_test(rate_is_cut_to_the_rated_pressure),
                                     cmocka_unit_test(what_cannot_be_is_said),
                                     cmocka_unit_test(three_methods_and_all_laws_run),
                                     cmocka_unit_test(air_lift_yields_what_it_can),
                                     cmocka_unit_test(table_of_measurements_is_used),
                                     cmocka_unit_test(equipment_is_posted),
                                     cmocka_unit_test(same_input_same_bits),
                                     cmocka_unit_test(tables_are_whole)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
