// SPDX-License-Identifier: Apache-2.0
/* The resolved scenario loads to the same slots; the hash stands for what decides the result. */
#include "fixture.h"

#include <jansson.h>

static const char *const full =
    "kaidei: 1\nname: 'Trial: \"one\" #1'\ndescription: |\n  Two\n  lines\n"
    "dig:\n  rate: {uniform: [300 t/day, 400 t/day], basis: slurry, source: \"a,\\tb: {c}\"}\n  column: {normal: [5 m, "
    "1 "
    "m], "
    "truncate: [none, 9 m]}\n  heads: {discrete: {1: 1, 2: 3}, source: -- see p. 3}\n"
    "lift:\n  length: 60 km\n  method: {value: air_lift, source: \"泥\"}\n  heated: true\n  bore: {uniform: [20, 30 "
    "cm], correlate: [{with: "
    "dig.column, rho: 0.5}, {with: sell.tax, rho: -0.25}]}\n  start: 2027-02-01\n  spare: {lognormal: [1 km, 1.5]}\n"
    "sell:\n  tax: {pert: [10 %, 20 %, 50 %]}\n  price: {la: -0.0 USD/kg, tb: {triangular: [1, 2, 3 USD/kg]}}\n  "
    "bonus: 5 %\n";

static char *written(const kd_scenario *s) {
  kd_text text;
  kd_text_init(&text, fixture_ctx);
  assert_int_equal(kd_scenario_write(&text, s), KD_OK);
  char *copy = kd_strdup(fixture_ctx, text.bytes);
  assert_non_null(copy);
  kd_text_free(&text);
  return copy;
}

static void same_text(const char *a, const char *b) {
  if (a == NULL || b == NULL)
    assert_ptr_equal(a, b);
  else
    assert_string_equal(a, b);
}

static void same_slots(const kd_scenario *a, const kd_scenario *b) {
  assert_int_equal(kd_scenario_slots(a), kd_scenario_slots(b));
  assert_int_equal(kd_scenario_draws(a), kd_scenario_draws(b));
  for (size_t i = 0; i < kd_scenario_slots(a); i++) {
    const kd_slot *x = kd_scenario_slot(a, i), *y = kd_scenario_slot(b, i);
    assert_string_equal(x->key, y->key);
    assert_string_equal(x->text, y->text);
    same_text(x->source, y->source);
    assert_int_equal(x->assumed, y->assumed);
    assert_int_equal(x->random, y->random);
    assert_int_equal(x->distribution.kind, y->distribution.kind);
    assert_memory_equal(x->distribution.p, y->distribution.p, sizeof x->distribution.p);
    assert_memory_equal(&x->distribution.low, &y->distribution.low, sizeof x->distribution.low);
    assert_memory_equal(&x->distribution.high, &y->distribution.high, sizeof x->distribution.high);
  }
}

static void test_round_trip(void **state) {
  (void)state;
  const char *const texts[] = {HEAD, full};
  for (size_t i = 0; i < 2; i++) {
    kd_scenario *first = loaded(texts[i]);
    char *once = written(first);
    kd_scenario *second = loaded(once);
    char *twice = written(second);
    assert_string_equal(once, twice);
    same_slots(first, second);
    assert_string_equal(kd_scenario_name(first), kd_scenario_name(second));
    assert_string_equal(kd_scenario_hash(first), kd_scenario_hash(second));
    fake_params p, q;
    for (uint64_t r = 0; r < 20; r++) {
      kd_draw_into(&p, NULL, first, 5, r);
      kd_draw_into(&q, NULL, second, 5, r);
      assert_memory_equal(&p, &q, sizeof p);
    }
    kd_free(fixture_ctx, once);
    kd_free(fixture_ctx, twice);
    kd_scenario_destroy(&first);
    kd_scenario_destroy(&second);
  }
}

static void hash_of(char *out, const char *text) {
  kd_scenario *s = loaded(text);
  memcpy(out, kd_scenario_hash(s), 65);
  assert_int_equal(strlen(out), 64);
  kd_scenario_destroy(&s);
}

static void test_hash(void **state) {
  (void)state;
  char base[65], other[65];
  hash_of(base, "kaidei: 1\nlift: {length: 6 km, bore: 0.25 m}\n");
  const char *const same[] = {"kaidei: 1\nname: x\nlift: {bore: 25 cm, length: 6000 m}\n", /* other words */
                              "kaidei: 1\nlift: {length: {value: 6 km, source: list}}\n"};
  const char *const different[] = {
      "kaidei: 1\nlift: {length: 6.1 km}\n",
      "kaidei: 1\nlift: {length: 6 km, method: air_lift}\n",
      "kaidei: 1\nlift: {length: 6 km, bore: {uniform: [0.2 m, 0.3 m]}}\n",
      "kaidei: 1\nlift: {length: 6 km}\ndig: {rate: {value: 350 t/day, basis: slurry}}\n",
      "kaidei: 1\nlift: {length: 6 km}\nsell: {factor: {lognormal: [1, 1.3]}}\n", /* without its correlation */
      "kaidei: 1\nlift: {length: 6 km}\ndig: {column: {triangular: [2 m, 5 m, 10 m], truncate: [none, 9 m]}}\n"};
  for (size_t i = 0; i < KD_COUNT(same); i++) {
    hash_of(other, same[i]);
    assert_string_equal(base, other);
  }
  for (size_t i = 0; i < KD_COUNT(different); i++) {
    hash_of(other, different[i]);
    assert_string_not_equal(base, other);
  }
}

static void test_schema_is_json(void **state) {
  (void)state;
  kd_text text;
  kd_text_init(&text, fixture_ctx);
  assert_int_equal(kd_schema_write_list(&text, fixture_ctx, &fake_list), KD_OK);
  json_error_t error;
  json_t *schema = json_loads(text.bytes, JSON_REJECT_DUPLICATES, &error);
  if (schema == NULL) fail_msg("line %d: %s", error.line, error.text);
  const json_t *properties = json_object_get(schema, "properties");
  for (size_t s = 0; s < fake_list.count; s++) {
    const kd_stage *stage = fake_list.stages[s].stage;
    const json_t *own = json_object_get(json_object_get(properties, stage->name), "properties");
    assert_int_equal(json_object_size(own), stage->param_count);
    for (size_t i = 0; i < stage->param_count; i++) {
      const json_t *param = json_object_get(own, stage->params[i].key);
      assert_non_null(json_object_get(param, "description"));
    }
  }
  json_decref(schema);
  kd_text_free(&text);
}

static char *explained(const char *key, bool json, kd_status wanted, kd_error *err) {
  kd_text text;
  kd_text_init(&text, fixture_ctx);
  assert_int_equal(kd_explain_list(&text, fixture_ctx, &fake_list, key, json, err), wanted);
  char *copy = kd_strdup(fixture_ctx, text.bytes != NULL ? text.bytes : "");
  kd_text_free(&text);
  return copy;
}

static void test_explain(void **state) {
  (void)state;
  kd_error err = {0};
  char *text = explained("dig.rate", false, KD_OK, &err);
  const char *const parts[] = {"dig.rate",
                               "Mud lifted in a day.",
                               "t/day",
                               "wet_mud, slurry, dry_solids",
                               "above 0 t/day, at most 100000 t/day",
                               "{value: 350 t/day, basis: wet_mud}",
                               "assumed"};
  for (size_t i = 0; i < KD_COUNT(parts); i++)
    if (strstr(text, parts[i]) == NULL) fail_msg("\"%s\" is missing in:\n%s", parts[i], text);
  kd_free(fixture_ctx, text);
  text = explained("sell.price", false, KD_OK, &err);
  assert_non_null(strstr(text, "la, tb, dy"));
  kd_free(fixture_ctx, text);
  text = explained("lift.length", false, KD_OK, &err);
  assert_non_null(strstr(text, "must be given"));
  kd_free(fixture_ctx, text);
  text = explained("sell.price.tb", true, KD_OK, &err);
  json_t *one = json_loads(text, 0, NULL);
  assert_non_null(one);
  assert_string_equal(json_string_value(json_object_get(one, "key")), "sell.price");
  assert_int_equal(json_array_size(json_object_get(one, "labels")), 3);
  json_decref(one);
  kd_free(fixture_ctx, text);
  text = explained("lift", true, KD_OK, &err);
  json_t *all = json_loads(text, 0, NULL);
  assert_int_equal(json_array_size(all), fake_lift.param_count);
  json_decref(all);
  kd_free(fixture_ctx, text);
  text = explained("*", true, KD_OK, &err);
  all = json_loads(text, 0, NULL);
  assert_int_equal(json_array_size(all), fake_dig.param_count + fake_lift.param_count + fake_sell.param_count);
  json_decref(all);
  kd_free(fixture_ctx, text);
  static const struct {
    const char *key, *says;
  } unknown[] = {
      {"lift.bor", "did you mean lift.bore?"}, {"bore", "did you mean lift.bore?"}, {"dig.bore", "lift.bore?"},
      {"lifft", "did you mean lift?"},         {"sell.price.xx", "sell.price"},     {"wombat", "lists all its keys"}};
  for (size_t i = 0; i < KD_COUNT(unknown); i++) {
    text = explained(unknown[i].key, false, KD_E_KEY, &err);
    if (strstr(err.text, unknown[i].says) == NULL) fail_msg("%s: %s", unknown[i].key, err.text);
    kd_free(fixture_ctx, text);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_round_trip),
      cmocka_unit_test(test_hash),
      cmocka_unit_test(test_schema_is_json),
      cmocka_unit_test(test_explain),
  };
  return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
