// SPDX-License-Identifier: Apache-2.0
/* The real stages' tables: every default is sound, every key has its own stream, the shipped scenarios load. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

#include "base/quantity.h"
#include "base/random.h"

static kd_context *at_home(void) {
  kd_context *ctx = NULL;
  const kd_context_options options = {.size = sizeof options, .home = KD_TEST_SOURCE};
  assert_int_equal(kd_context_create(&ctx, &options), KD_OK);
  return ctx;
}

static void load_empty(kd_scenario **out, kd_context *ctx, kd_diagnostics **all) {
  static const char text[] = "kaidei: 1\n";
  const kd_stage_list list = kd_stage_list_programme();
  const kd_load_request request = {.list = &list, .path = "empty.yaml", .bytes = text, .count = sizeof text - 1};
  const kd_status status = kd_scenario_build(out, ctx, &request, all);
  if (status != KD_OK) fixture_print(*all);
  assert_int_equal(status, KD_OK);
}

static void test_every_default_is_sound(void **state) {
  (void)state;
  kd_context *ctx = at_home();
  kd_scenario *s = NULL;
  kd_diagnostics *all = NULL;
  load_empty(&s, ctx, &all);
  fixture_print(all);
  assert_int_equal(kd_diagnostics_count(all), 0);
  kd_diagnostics_destroy(&all);
  kd_scenario_destroy(&s);
  kd_context_destroy(&ctx);
}

static int by_value(const void *a, const void *b) {
  const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return x < y ? -1 : x > y;
}

static void test_streams_do_not_collide(void **state) {
  (void)state;
  kd_context *ctx = at_home();
  kd_scenario *s = NULL;
  kd_diagnostics *all = NULL;
  load_empty(&s, ctx, &all);
  uint32_t ids[4096];
  size_t n = 0;
  for (size_t i = 0; i < kd_scenario_slots(s); i++) ids[n++] = kd_stream_id(kd_scenario_slot(s, i)->key);
  for (size_t i = 0; i < KD_PROGRAMME_STAGES; i++) ids[n++] = kd_stream_id(kd_programme_stages[i].stage->name);
  qsort(ids, n, sizeof ids[0], by_value);
  for (size_t i = 1; i < n; i++) assert_true(ids[i] != ids[i - 1]);
  kd_diagnostics_destroy(&all);
  kd_scenario_destroy(&s);
  kd_context_destroy(&ctx);
}

/* What every row of a table must hold, so that explain, schema and reference have something to say. */
static void test_rows_are_whole(void **state) {
  (void)state;
  for (size_t s = 0; s < KD_PROGRAMME_STAGES; s++) {
    const kd_stage *stage = kd_programme_stages[s].stage;
    for (size_t i = 0; i < stage->param_count; i++) {
      const kd_param *p = &stage->params[i];
      kd_unit unit;
      if (p->doc == NULL || p->doc[0] == '\0') fail_msg("%s.%s has no doc", stage->name, p->key);
      for (const char *c = p->key; *c != '\0'; c++)
        assert_true((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || *c == '_');
      if (kd_value_is_word(p->key)) fail_msg("%s.%s is a word of value maps", stage->name, p->key);
      assert_true(p->offset < stage->params_size);
      if (p->kind == KD_PARAM_NUMBER) assert_int_equal(kd_unit_parse(&unit, p->unit, NULL, NULL), KD_OK);
      if (p->kind == KD_PARAM_CHOICE) assert_true(kd_choice_count(p->choices) > 1);
      if (p->kind == KD_PARAM_TABLE) assert_non_null(p->columns);
      for (size_t k = 0; k < i; k++) assert_string_not_equal(p->key, stage->params[k].key);
    }
  }
}

static int count_files(const char *name, void *user) {
  char(*names)[128] = user;
  size_t n = 0;
  while (names[n][0] != '\0') n++;
  if (strstr(name, ".yaml") != NULL && n < 63) snprintf(names[n], 128, "%.127s", name);
  return 0;
}

static void test_shipped_scenarios_load_and_come_back(void **state) {
  (void)state;
  kd_context *ctx = at_home();
  char names[64][128] = {{0}};
  assert_int_equal(ctx->files.list(KD_TEST_SOURCE "/scenarios", count_files, names, ctx->files.user), 0);
  assert_true(names[0][0] != '\0');
  for (size_t i = 0; names[i][0] != '\0'; i++) {
    char path[1024];
    kd_scenario *s = NULL, *again = NULL;
    kd_diagnostics *all = NULL;
    kd_text text;
    snprintf(path, sizeof path, KD_TEST_SOURCE "/scenarios/%.200s", names[i]);
    const kd_status status = kd_scenario_load(&s, ctx, path, &all);
    fixture_print(all);
    assert_int_equal(status, KD_OK);
    kd_text_init(&text, ctx);
    assert_int_equal(kd_scenario_write(&text, s), KD_OK);
    const kd_stage_list list = kd_stage_list_programme();
    const kd_load_request request = {.list = &list, .path = "resolved.yaml", .bytes = text.bytes, .count = text.length};
    assert_int_equal(kd_scenario_build(&again, ctx, &request, NULL), KD_OK);
    assert_string_equal(kd_scenario_hash(s), kd_scenario_hash(again));
    for (size_t k = 0; k < kd_scenario_slots(s); k++) {
      const kd_slot *x = kd_scenario_slot(s, k), *y = kd_scenario_slot(again, k);
      assert_string_equal(x->text, y->text);
      assert_int_equal(x->assumed, y->assumed);
      assert_string_equal(x->source != NULL ? x->source : "", y->source != NULL ? y->source : "");
    }
    static kd_programme_params p, q;
    kd_scenario_draw(&p, NULL, s, 1, 2);
    kd_scenario_draw(&q, NULL, s, 1, 2);
    assert_memory_equal(&p, &q, sizeof p);
    kd_text_free(&text);
    kd_diagnostics_destroy(&all);
    kd_scenario_destroy(&s);
    kd_scenario_destroy(&again);
  }
  kd_context_destroy(&ctx);
}

/* The two public answers about the tables, over the real ones. */
static void test_explain_and_schema(void **state) {
  (void)state;
  kd_context *ctx = at_home();
  kd_text text;
  kd_error err = {0};
  kd_text_init(&text, ctx);
  assert_int_equal(kd_explain(&text, ctx, "mineplan.rate", false, &err), KD_OK);
  assert_non_null(strstr(text.bytes, "wet_mud, slurry, dry_solids"));
  assert_int_equal(kd_explain(&text, ctx, "mineplan.rat", false, &err), KD_E_KEY);
  assert_non_null(strstr(err.text, "did you mean mineplan.rate?"));
  kd_text_free(&text);
  kd_text_init(&text, ctx);
  assert_int_equal(kd_schema_write(&text, ctx), KD_OK);
  json_t *schema = json_loads(text.bytes, JSON_REJECT_DUPLICATES, NULL);
  assert_int_equal(json_object_size(json_object_get(schema, "properties")), 4 + KD_PROGRAMME_STAGES);
  json_decref(schema);
  kd_text_free(&text);
  kd_context_destroy(&ctx);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_every_default_is_sound),
      cmocka_unit_test(test_streams_do_not_collide),
      cmocka_unit_test(test_rows_are_whole),
      cmocka_unit_test(test_explain_and_schema),
      cmocka_unit_test(test_shipped_scenarios_load_and_come_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
