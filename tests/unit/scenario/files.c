// SPDX-License-Identifier: Apache-2.0
/* Scenarios that stand in several files: what extends what, where tables are found, which inputs are named; and what
 * happens when memory or the disk fails. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/files.h"
#include "support/faults.h"

typedef struct fixture {
  char folder[64];
} fixture;

static void put(const fixture *f, const char *name, const char *text) {
  char path[256];
  snprintf(path, sizeof path, "%s/%s", f->folder, name);
  assert_int_equal(kd_file_write_all(fixture_ctx, path, text, strlen(text), NULL), KD_OK);
}

static int setup(void **state) {
  static fixture f;
  char path[256];
  if (fixture_open(state) != 0) return 1;
  snprintf(f.folder, sizeof f.folder, "/tmp/kaidei-scenario-XXXXXX");
  if (mkdtemp(f.folder) == NULL) return 1;
  const char *const folders[] = {"sub", "home", "home/scenarios", "home/data"};
  for (size_t i = 0; i < KD_COUNT(folders); i++) {
    snprintf(path, sizeof path, "%s/%s", f.folder, folders[i]);
    if (kd_files_posix.make_folder(path, NULL) != 0) return 1;
  }
  put(&f, "main.yaml",
      "kaidei: 1\nextends: ./sub/../sub/middle.yaml\nlift:\n  bore: 0.3 m\nsell:\n  price: {tb: 5 USD/kg}\n");
  put(&f, "sub/middle.yaml",
      "kaidei: 1\nname: Middle\nextends: base.yaml\nlift:\n  bore: {value: 0.2 m, source: middle}\n  length: 6 "
      "km\ndig:\n  "
      "blocks: blocks.csv\n");
  put(&f, "home/scenarios/base.yaml",
      "kaidei: 1\nname: Base\nlift: {method: air_lift, bore: 0.1 m}\nsell:\n  price: 7 USD/kg\n  tax: {uniform: [10 %, "
      "20 "
      "%]}\n");
  kd_text large; /* enough nodes, keys and texts to make every step ask for memory of its own */
  kd_text_init(&large, fixture_ctx);
  kd_text_add(&large, "kaidei: 1\nextends: main.yaml\ndig:\n  column: {discrete: {0.00005 m: 1");
  for (int i = 2; i < 4000; i++) kd_text_printf(&large, ", 0.%04d m: %d", i, i);
  kd_text_add(&large, "}}\n");
  put(&f, "large.yaml", large.bytes);
  kd_text_free(&large);
  put(&f, "sub/blocks.csv", "# source: a survey\nname,area [km2],grade [ppm]\nA,1,2000\nB,2.5,3000\n");
  put(&f, "home/data/far.csv", "name,area [m2],grade [%wt],top [m]\nA,1,1,0.5\n");
  put(&f, "sub/sample.csv", "# thickness of cores\nvalue [cm]\n300\n500\n\n400\n");
  *state = &f;
  return 0;
}

static int teardown(void **state) {
  const fixture *f = *state;
  kd_folder_remove(fixture_ctx, f->folder, NULL);
  return fixture_close(state);
}

static kd_status load_in(kd_scenario **out, kd_context *ctx, const fixture *f, const char *const *sets, size_t count,
                         kd_diagnostics **all) {
  char path[256];
  snprintf(path, sizeof path, "%s/%s.yaml", f->folder, all != NULL && sets != NULL ? "large" : "main");
  const kd_load_request request = {.list = &fake_list, .path = path, .assignments = sets, .assignment_count = count};
  return kd_scenario_build(out, ctx, &request, all);
}

static kd_context *context_at_home(const fixture *f, kd_faults *faults) {
  char home[256];
  kd_context *ctx = NULL;
  snprintf(home, sizeof home, "%s/home", f->folder);
  kd_context_options options = {.size = sizeof options, .home = home};
  if (faults != NULL) {
    options.allocator = &faults->allocator;
    options.files = &faults->files;
  }
  return kd_context_create(&ctx, &options) == KD_OK ? ctx : NULL;
}

static void test_layers(void **state) {
  const fixture *f = *state;
  kd_context *ctx = context_at_home(f, NULL);
  kd_scenario *s = NULL;
  kd_diagnostics *all = NULL;
  const kd_status status = load_in(&s, ctx, f, NULL, 0, &all);
  if (status != KD_OK) fixture_print(all);
  assert_int_equal(status, KD_OK);
  const fake_params *p = medians(s);
  assert_string_equal(kd_scenario_name(s), "Middle");
  assert_near(p->lift.bore, 0.3, 0); /* main */
  assert_null(kd_scenario_find(s, "lift.bore")->source);
  assert_near(p->lift.length, 6000, 0); /* middle */
  assert_int_equal(p->lift.method, 1);  /* base */
  assert_close(p->sell.price[0], 7, 1e-15);
  assert_close(p->sell.price[1], 5, 1e-15);
  assert_true(kd_scenario_find(s, "sell.tax")->random);
  assert_non_null(p->dig.blocks); /* beside middle.yaml, which names it */
  assert_int_equal(p->dig.blocks->rows, 2);
  assert_close(kd_table_column(p->dig.blocks, "area")->number[1], 2.5e6, 1e-15);
  assert_string_equal(kd_scenario_find(s, "dig.blocks")->source, "a survey");
  assert_int_equal(kd_scenario_inputs(s), 4);
  assert_non_null(strstr(kd_scenario_input(s, 0)->path, "main.yaml"));
  assert_non_null(strstr(kd_scenario_input(s, 3)->path, "sub/blocks.csv"));
  assert_int_equal(strlen(kd_scenario_input(s, 3)->sha256), 64);
  assert_null(kd_scenario_input(s, 4));
  kd_diagnostics_destroy(&all);
  kd_scenario_destroy(&s);
  kd_context_destroy(&ctx);
}

static void test_tables_and_samples(void **state) {
  const fixture *f = *state;
  kd_context *ctx = context_at_home(f, NULL);
  kd_scenario *s = NULL;
  char sample[256], set[400];
  snprintf(sample, sizeof sample, "%s/sub/sample.csv", f->folder);
  snprintf(set, sizeof set, "dig.column={empirical: %s, truncate: [3.5 m, none]}", sample);
  const char *const sets[] = {"dig.blocks=data/far.csv", set};
  assert_int_equal(load_in(&s, ctx, f, sets, 2, NULL), KD_OK);
  const fake_params *p = medians(s);
  assert_close(kd_table_column(p->dig.blocks, "grade")->number[0], 0.01, 1e-15);
  assert_string_equal(kd_scenario_find(s, "dig.blocks")->text, "data/far.csv"); /* home is left out */
  assert_null(kd_scenario_find(s, "dig.blocks")->source);
  const kd_distribution *d = &kd_scenario_find(s, "dig.column")->distribution;
  assert_int_equal(d->kind, KD_DISTRIBUTION_EMPIRICAL);
  assert_int_equal(d->count, 3);
  assert_near(d->values[0], 3, 1e-15);
  assert_near(d->values[2], 5, 1e-15);
  assert_near(kd_distribution_quantile(d, 0.5), 4.25, 1e-14);

  /* Written out, both are found again. */
  kd_text text;
  kd_text_init(&text, ctx);
  assert_int_equal(kd_scenario_write(&text, s), KD_OK);
  put(f, "resolved.yaml", text.bytes);
  kd_text_free(&text);
  kd_scenario *again = NULL;
  char path[256];
  snprintf(path, sizeof path, "%s/resolved.yaml", f->folder);
  const kd_load_request request = {.list = &fake_list, .path = path};
  kd_diagnostics *all = NULL;
  const kd_status status = kd_scenario_build(&again, ctx, &request, &all);
  if (status != KD_OK) fixture_print(all);
  assert_int_equal(status, KD_OK);
  assert_string_equal(kd_scenario_hash(s), kd_scenario_hash(again));
  kd_diagnostics_destroy(&all);
  kd_scenario_destroy(&again);

  /* A table's file may be called its value, as any other value is. */
  const char *const named[] = {"dig.blocks={value: data/far.csv, source: a survey}"};
  assert_int_equal(load_in(&again, ctx, f, named, 1, NULL), KD_OK);
  assert_int_equal(medians(again)->dig.blocks->rows, p->dig.blocks->rows);
  assert_string_equal(kd_scenario_find(again, "dig.blocks")->source, "a survey");
  kd_scenario_destroy(&again);

  /* A changed scenario is held against the bytes that were read, not against the disk of today. */
  put(f, "main.yaml.kept", "x");
  kd_error err = {0};
  assert_int_equal(kd_scenario_set(s, "lift.bore", "0.4 m", &err), KD_OK);
  assert_near(medians(s)->lift.bore, 0.4, 0);
  kd_scenario_destroy(&s);
  kd_context_destroy(&ctx);
}

/* A table's bytes count for the hash, its name does not. */
static void test_hash_of_tables(void **state) {
  const fixture *f = *state;
  kd_context *ctx = context_at_home(f, NULL);
  put(f, "home/data/one.csv", "name,area [m2],grade [%wt]\nA,1,1\n");
  put(f, "home/data/copy.csv", "name,area [m2],grade [%wt]\nA,1,1\n");
  put(f, "home/data/other.csv", "name,area [m2],grade [%wt]\nA,1,2\n");
  const char *const sets[3][1] = {
      {"dig.blocks=data/one.csv"}, {"dig.blocks=data/copy.csv"}, {"dig.blocks=data/other.csv"}};
  char hash[3][65];
  for (size_t i = 0; i < 3; i++) {
    kd_scenario *s = NULL;
    assert_int_equal(load_in(&s, ctx, f, sets[i], 1, NULL), KD_OK);
    memcpy(hash[i], kd_scenario_hash(s), 65);
    kd_scenario_destroy(&s);
  }
  assert_string_equal(hash[0], hash[1]);
  assert_string_not_equal(hash[0], hash[2]);
  kd_context_destroy(&ctx);
}

static void test_missing_file(void **state) {
  (void)state;
  kd_scenario *s = NULL;
  kd_diagnostics *all = NULL;
  const kd_load_request request = {.list = &fake_list, .path = "/nonexistent/trial.yaml"};
  assert_int_equal(kd_scenario_build(&s, fixture_ctx, &request, &all), KD_E_NOTFOUND);
  assert_int_equal(kd_diagnostics_count(all), 1);
  assert_string_equal(kd_diagnostics_get(all, 0)->file, "/nonexistent/trial.yaml");
  kd_diagnostics_destroy(&all);
}

/* Loading, drawing, writing and setting with every allocation failed in its turn: KD_E_NOMEM, nothing leaked. */
static kd_status exercise(const fixture *f, kd_faults *faults) {
  static const char *const sets[] = {"lift.spare={discrete: {1 km: 1, 2 km: 1}}"};
  kd_scenario *s = NULL;
  kd_diagnostics *all = NULL;
  kd_error err = {0};
  kd_text text;
  kd_context *ctx = context_at_home(f, faults);
  if (ctx == NULL) return KD_E_NOMEM;
  kd_text_init(&text, ctx);
  kd_status status = load_in(&s, ctx, f, sets, 1, &all);
  if (status == KD_E_NOMEM) assert_null(all);
  if (status == KD_OK) status = kd_scenario_set(s, "lift.bore", "{pert: [0.2 m, 0.3 m, 0.5 m]}", &err);
  if (status == KD_OK) status = kd_scenario_write(&text, s);
  if (status == KD_OK) assert_true(kd_scenario_find(s, "lift.bore")->random);
  kd_text_free(&text);
  kd_diagnostics_destroy(&all);
  kd_scenario_destroy(&s);
  kd_context_destroy(&ctx);
  return status;
}

static void test_every_allocation_fails_once(void **state) {
  const fixture *f = *state;
  kd_faults faults;
  long n = 0;
  for (;; n++) {
    kd_faults_start(&faults);
    kd_faults_fail_allocation(&faults, n);
    const kd_status status = exercise(f, &faults);
    assert_int_equal(faults.live, 0);
    if (!faults.allocation_hit) {
      assert_int_equal(status, KD_OK);
      break;
    }
    assert_int_equal(status, KD_E_NOMEM);
  }
  assert_true(n > 20);
}

static void test_every_operation_fails_once(void **state) {
  const fixture *f = *state;
  kd_faults faults;
  long n = 0;
  for (;; n++) {
    kd_faults_start(&faults);
    kd_faults_fail_io(&faults, n, EIO);
    const kd_status status = exercise(f, &faults);
    assert_int_equal(faults.live, 0);
    if (!faults.io_hit) break;
    assert_true(status == KD_OK || status == KD_E_IO || status == KD_E_CSV || status == KD_E_NOTFOUND ||
                status == KD_E_EXTENDS);
  }
  assert_true(n > 10);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_layers),
      cmocka_unit_test(test_tables_and_samples),
      cmocka_unit_test(test_hash_of_tables),
      cmocka_unit_test(test_missing_file),
      cmocka_unit_test(test_every_allocation_fails_once),
      cmocka_unit_test(test_every_operation_fails_once),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
