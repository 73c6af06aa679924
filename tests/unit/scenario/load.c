// SPDX-License-Identifier: Apache-2.0
/* Sound scenarios: every form of a value, in SI where the stages read it. */
#include "fixture.h"

static void test_plain_values(void **state) {
  (void)state;
  kd_scenario *s =
      loaded("kaidei: 1\nname: Trial\n"
             "dig:\n  rate: {value: 864 t/day, basis: slurry}\n  column: 500 cm\n  heads: 4\n  porosity: 0.6 m3/m3\n"
             "lift:\n  length: 6_000 m\n  method: air_lift\n  heated: yes\n  bore: '25 cm'\n  depth: {value: 5 km}\n"
             "  start: 2027-02-01T12:30\n  temperature: 4 degC\n  spare: none\n"
             "sell:\n  tax: 0.25\n  price: 5 USD/g\n");
  const fake_params *p = medians(s);
  assert_close(p->dig.rate, 10, 1e-15);
  assert_int_equal(p->dig.rate_basis, 1);
  assert_close(p->dig.column, 5, 1e-15);
  assert_near(p->dig.heads, 4, 0);
  assert_close(p->dig.porosity, 0.6, 1e-15);
  assert_null(p->dig.blocks);
  assert_int_equal(p->lift.method, 1);
  assert_int_equal(p->lift.heated, 1);
  assert_close(p->lift.bore, 0.25, 1e-15);
  assert_near(p->lift.depth, 5000, 0);
  assert_near(p->lift.start, 1801485000, 0); /* date -u -d '2027-02-01 12:30' +%s */
  assert_close(p->lift.temperature, 277.15, 1e-15);
  assert_true(isnan(p->lift.spare));
  assert_true(isnan(p->lift.end));
  assert_close(p->sell.tax, 0.25, 1e-15);
  for (size_t i = 0; i < 3; i++) assert_close(p->sell.price[i], 5000, 1e-15);
  assert_string_equal(kd_scenario_name(s), "Trial");
  kd_scenario_destroy(&s);
}

static void test_defaults(void **state) {
  (void)state;
  kd_scenario *s = loaded(HEAD);
  const fake_params *p = medians(s);
  assert_close(p->dig.rate, 350000 / 86400.0, 1e-15);
  assert_int_equal(p->dig.rate_basis, 0);
  assert_near(p->dig.heads, 2, 0);
  assert_int_equal(p->lift.method, 0);
  assert_near(p->lift.depth, 5700, 1e-9);
  assert_close(p->sell.price[0], 1, 1e-15);
  assert_close(p->sell.price[1], 1000, 1e-15);
  assert_close(p->sell.price[2], 300, 1e-15);
  assert_string_equal(kd_scenario_name(s), "test");
  kd_scenario_destroy(&s);
}

/* One unit at the end serves all entries; the median of a symmetric triangle is its mode. */
static void test_distributions(void **state) {
  (void)state;
  kd_scenario *s =
      loaded("kaidei: 1\nlift: {length: 6 km, bore: {uniform: [20, 30 cm]}, temperature: {normal: [280 K, 1 degC], "
             "truncate: [none, 7 degC]}, spare: {lognormal: [2 km, 1.5]}}\n"
             "dig: {column: {triangular: [2, 5, 8 m]}, heads: {discrete: {4: 1, 1: 1, 2: 3}}, porosity: {pert: [60 "
             "%vol, 70 %vol, 80 %vol]}}\n");
  const fake_params *p = medians(s);
  assert_close(p->lift.bore, 0.25, 1e-14);
  assert_close(p->dig.column, 5, 1e-14);
  assert_near(p->dig.heads, 2, 0);
  assert_close(p->dig.porosity, 0.7, 1e-13);
  assert_close(p->lift.spare, 2000, 1e-14);
  const kd_slot *slot = kd_scenario_find(s, "lift.temperature");
  assert_int_equal(slot->distribution.kind, KD_DISTRIBUTION_NORMAL);
  assert_close(slot->distribution.p[1], 1, 1e-12); /* a difference of 1 degC is 1 K */
  assert_close(slot->distribution.high, 280.15, 1e-14);
  slot = kd_scenario_find(s, "dig.heads");
  assert_int_equal(slot->distribution.count, 3);
  assert_near(slot->distribution.values[0], 1, 0);
  assert_close(slot->distribution.weights[1], 0.8, 1e-15);
  assert_string_equal(slot->text, "{discrete: {4: 1, 1: 1, 2: 3}}");
  kd_scenario_destroy(&s);
}

static void test_sources_and_places(void **state) {
  (void)state;
  kd_scenario *s =
      loaded("kaidei: 1\nlift:\n  length: {value: 6 km, source: \"yard list\"}\n  bore: 0.3 m\n  depth: 5 km\n"
             "dig:\n  heads: {value: 3, source: assumed; one for each crane}\n"
             "sell:\n  price: {tb: 5 USD/kg, dy: {value: 6 USD/kg, source: own}, source: deck}\n");
  const kd_slot *slot = kd_scenario_find(s, "lift.length");
  assert_string_equal(slot->source, "yard list");
  assert_false(slot->assumed);
  assert_true(slot->given);
  assert_string_equal(slot->file, "test.yaml");
  assert_int_equal(slot->line, 3);
  assert_int_equal(slot->column, 11);
  assert_string_equal(slot->text, "6 km");
  slot = kd_scenario_find(s, "lift.depth"); /* the source of the default is not that of another value */
  assert_null(slot->source);
  assert_true(slot->assumed);
  slot = kd_scenario_find(s, "dig.column"); /* default with the table's source */
  assert_false(slot->given);
  assert_false(slot->assumed);
  assert_string_equal(slot->source, "Takaya 2018");
  assert_null(slot->file);
  assert_true(kd_scenario_find(s, "dig.rate")->assumed); /* default without source */
  assert_true(kd_scenario_find(s, "dig.heads")->assumed);
  assert_string_equal(kd_scenario_find(s, "sell.price.la")->source, "list"); /* source inside the default */
  assert_string_equal(kd_scenario_find(s, "sell.price.tb")->source, "deck");
  assert_string_equal(kd_scenario_find(s, "sell.price.dy")->source, "own");
  assert_null(kd_scenario_find(s, "sell.price.xx"));
  assert_null(kd_scenario_find(s, "sell.price"));
  kd_scenario_destroy(&s);
}

static void test_assignments_win(void **state) {
  (void)state;
  const char *const sets[] = {"lift.bore=0.3 m", "sell.price.tb={uniform: [1, 3 USD/kg]}", "lift.bore=0.4 m",
                              "name=Other", "dig.rate={value: 1 t/s, basis: dry_solids, source: \"a = b\"}"};
  kd_scenario *s = loaded_with("kaidei: 1\nname: Trial\nlift: {length: 6 km, bore: 0.2 m}\n", sets, 5, NULL);
  const fake_params *p = medians(s);
  assert_close(p->lift.bore, 0.4, 1e-15);
  assert_close(p->sell.price[1], 2, 1e-15);
  assert_close(p->sell.price[2], 300, 1e-15);
  assert_close(p->dig.rate, 1000, 1e-15);
  assert_int_equal(p->dig.rate_basis, 2);
  assert_string_equal(kd_scenario_find(s, "dig.rate")->source, "a = b");
  assert_null(kd_scenario_find(s, "dig.rate")->file);
  assert_string_equal(kd_scenario_name(s), "Other");
  kd_scenario_destroy(&s);
}

static void test_yaml_forms(void **state) {
  (void)state;
  /* Byte order mark, quotes, blocks, anchors, comments, empty stage, carriage returns. */
  kd_scenario *s = loaded("\xEF\xBB\xBFkaidei: 1 # rules\r\nlift:\r\n  length: &l 6 km\r\n  depth: \"5 km\"\r\n  bore: "
                          ">\r\n    0.3\r\n    m\r\n"
                          "  spare: *l\r\nsell:\r\ndig: {column: {triangular: &t [2 m, 3 m, 4 m]}}\r\n");
  const fake_params *p = medians(s);
  assert_near(p->lift.length, 6000, 0);
  assert_near(p->lift.depth, 5000, 0);
  assert_near(p->lift.bore, 0.3, 0);
  assert_near(p->lift.spare, 6000, 0);
  assert_close(p->dig.column, 3, 1e-14);
  kd_scenario_destroy(&s);
}

/* A bell that reaches over a limit is cut there, and says so; a negligible tail is cut in silence. */
static void test_bells_keep_to_the_range(void **state) {
  (void)state;
  size_t warnings = 0;
  kd_scenario *s = loaded_with("kaidei: 1\nlift: {length: 6 km, bore: {normal: [0.5 m, 0.3 m]}}\n", NULL, 0, &warnings);
  assert_int_equal(warnings, 1);
  const kd_distribution *d = &kd_scenario_find(s, "lift.bore")->distribution;
  assert_near(d->low, 0, 0);
  assert_near(d->high, 2, 0);
  assert_true(kd_distribution_quantile(d, 1e-12) >= 0);
  kd_scenario_destroy(&s);
  s = loaded("kaidei: 1\nlift: {length: 6 km, bore: {normal: [0.5 m, 0.05 m]}}\n");
  assert_near(kd_scenario_find(s, "lift.bore")->distribution.low, 0, 0);
  kd_scenario_destroy(&s);
}

static void test_no_width_is_fixed_with_a_warning(void **state) {
  (void)state;
  size_t warnings = 0;
  kd_scenario *s = loaded_with("kaidei: 1\nlift: {length: 6 km, bore: {pert: [1 m, 1 m, 1 m]}}\n", NULL, 0, &warnings);
  assert_int_equal(warnings, 1);
  assert_false(kd_scenario_find(s, "lift.bore")->random);
  assert_near(medians(s)->lift.bore, 1, 0);
  kd_scenario_destroy(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_plain_values),
      cmocka_unit_test(test_defaults),
      cmocka_unit_test(test_distributions),
      cmocka_unit_test(test_sources_and_places),
      cmocka_unit_test(test_assignments_win),
      cmocka_unit_test(test_yaml_forms),
      cmocka_unit_test(test_bells_keep_to_the_range),
      cmocka_unit_test(test_no_width_is_fixed_with_a_warning),
  };
  return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
