// SPDX-License-Identifier: Apache-2.0
#include <jansson.h>

#include "base/quantity.h"
#include "base/table.h"
#include "fake.h"
#include "results/compare.h"
#include "results/export.h"
#include "results/sheet.h"

static kd_run *run_and_open(const sandbox *box, const char *name, uint64_t seed, uint64_t n) {
  char path[256];
  kd_run *run = NULL;
  fake_chain chain = fake_chain_of(seed);
  assert_int_equal(fake_run(box->ctx, &chain, sandbox_path(path, box, name), n, NULL), KD_OK);
  assert_int_equal(kd_run_open(&run, box->ctx, path, NULL), KD_OK);
  return run;
}

static void csv_reads_back_to_the_samples(void **state) {
  enum { N = 700 };
  const sandbox *box = *state;
  char path[256], inner[300];
  kd_error err;
  kd_run *run = run_and_open(box, "run", 5, N);
  assert_int_equal(kd_export(run, "csv", sandbox_path(path, box, "csv"), &err), KD_OK);
  for (size_t i = 0; i < KD_SHEETS; i++) {
    snprintf(inner, sizeof inner, "%s/%s.csv", path, kd_sheets[i].name);
    assert_true(there(inner));
  }
  snprintf(inner, sizeof inner, "%s/samples.csv", path);
  kd_table *table = NULL;
  assert_int_equal(kd_table_read(&table, box->ctx, inner, NULL, NULL, &err), KD_OK);
  assert_int_equal(table->rows, N);
  assert_int_equal(table->columns, FAKE_COLUMNS + 1);
  double series[N];
  assert_int_equal(kd_run_series(series, N, run, "process.mass", &err), KD_OK);
  const kd_column *mass = kd_table_column(table, "process.mass");
  assert_non_null(mass);
  assert_string_equal(mass->unit, "t");
  for (size_t i = 0; i < N; i++) assert_near(mass->number[i], series[i] / 1000, 1e-14);
  assert_true(isnan(kd_table_column(table, "process.late")->number[3]));
  kd_table_destroy(&table);
  kd_run_destroy(&run);
}

static void one_csv_file_is_the_summary(void **state) {
  const sandbox *box = *state;
  char path[256];
  char *bytes = NULL;
  size_t count = 0;
  kd_run *run = run_and_open(box, "run", 5, 10);
  assert_int_equal(kd_export(run, "csv", sandbox_path(path, box, "out.csv"), NULL), KD_OK);
  assert_int_equal(kd_file_read_all(&bytes, &count, box->ctx, path, 1U << 20, NULL), KD_OK);
  assert_int_equal(strncmp(bytes, "key,unit,mean,sd,p10,p50,p90,", 29), 0);
  kd_free(box->ctx, bytes);
  kd_run_destroy(&run);
}

static void formulas_are_disarmed(void **state) {
  const sandbox *box = *state;
  const char *const texts[][2] = {{"=1+1", "\"'=1+1\""},
                                  {"+1", "\"'+1\""},
                                  {"-5 degC", "\"'-5 degC\""},
                                  {"@sum", "\"'@sum\""},
                                  {"plain", "plain"},
                                  {"a,b", "\"a,b\""},
                                  {"a\"b", "\"a\"\"b\""},
                                  {"a\nb", "\"a\nb\""},
                                  {"", ""},
                                  {"\tx", "\"'\tx\""},
                                  {"=\"a\"", "\"'=\"\"a\"\"\""}};
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
    kd_text text;
    kd_text_init(&text, box->ctx);
    kd_cell_csv(&text, texts[i][0]);
    assert_string_equal(text.bytes != NULL ? text.bytes : "", texts[i][1]);
    kd_text_free(&text);
  }
}

static void json_is_json(void **state) {
  const sandbox *box = *state;
  kd_run *run = run_and_open(box, "run", 5, 100);
  kd_text text;
  kd_text_init(&text, box->ctx);
  assert_int_equal(kd_export_json(&text, run, NULL), KD_OK);
  json_t *root = json_loadb(text.bytes, text.length, JSON_REJECT_DUPLICATES, NULL);
  assert_non_null(root);
  assert_int_equal(json_array_size(json_object_get(root, "summary")), FAKE_COLUMNS);
  assert_int_equal(json_array_size(json_object_get(root, "parameters")), 3);
  const json_t *row = json_array_get(json_object_get(root, "summary"), FAKE_MASS);
  kd_summary summary;
  assert_int_equal(kd_run_summary(&summary, run, "process.mass", NULL), KD_OK);
  assert_near(json_real_value(json_object_get(row, "p50")), kd_quantity_show(summary.p50, "t"), 1e-14);
  json_decref(root);
  kd_text_free(&text);
  kd_run_destroy(&run);
}

static void workbook_is_whole(void **state) {
  const sandbox *box = *state;
  char path[256], command[1024];
  char *bytes = NULL;
  size_t count = 0;
  kd_error err;
  kd_run *run = run_and_open(box, "run", 5, 300);
  assert_int_equal(kd_export(run, "xlsx", sandbox_path(path, box, "run.xlsx"), &err), KD_OK);
  assert_int_equal(kd_file_read_all(&bytes, &count, box->ctx, path, 1U << 24, NULL), KD_OK);
  assert_memory_equal(bytes, "PK\003\004", 4);
  kd_free(box->ctx, bytes);
  if (system("command -v unzip >/dev/null") == 0) {
    snprintf(command, sizeof command, "unzip -tq %s >&2 && unzip -p %s xl/workbook.xml | grep -q Units.and.assumptions",
             path, path);
    assert_int_equal(system(command), 0);
  }
  assert_int_equal(kd_export(run, "pdf", path, &err), KD_E_CHOICE);
  assert_int_not_equal(kd_export(run, "xlsx", sandbox_path(path, box, "no/such/run.xlsx"), &err), KD_OK);
  assert_int_not_equal(kd_export(run, "json", path, &err), KD_OK);
  kd_run_destroy(&run);
}

static void comparison_shows_differences_only(void **state) {
  const sandbox *box = *state;
  kd_run *a = run_and_open(box, "a", 5, 100), *b = run_and_open(box, "b", 6, 100), *c = run_and_open(box, "c", 5, 100);
  kd_text text;
  kd_text_init(&text, box->ctx);
  assert_int_equal(kd_compare_text(&text, a, c, NULL), KD_OK);
  assert_non_null(strstr(text.bytes, "No parameter differs"));
  assert_non_null(strstr(text.bytes, "No outcome differs"));
  kd_text_free(&text);
  kd_record *record = (kd_record *)(uintptr_t)kd_run_record(b);
  record->parameter[0].text = "{uniform: [4 kg/s, 6 kg/s]}";
  record->parameter[2].text = "air_lift "; /* the same number, written in another way */
  assert_int_equal(kd_compare_text(&text, a, b, NULL), KD_OK);
  assert_non_null(strstr(text.bytes, "6 kg/s"));
  assert_non_null(strstr(text.bytes, "process.mass [t]"));
  assert_null(strstr(text.bytes, "lift.method"));
  kd_text_free(&text);
  assert_int_equal(kd_compare_json(&text, a, b, NULL), KD_OK);
  json_t *root = json_loadb(text.bytes, text.length, JSON_REJECT_DUPLICATES, NULL);
  assert_non_null(root);
  assert_int_equal(json_array_size(json_object_get(root, "parameters")), 1);
  const json_t *first = json_array_get(json_object_get(root, "summary"), 0);
  const double left = json_real_value(json_object_get(json_object_get(first, "left"), "p50"));
  const double right = json_real_value(json_object_get(json_object_get(first, "right"), "p50"));
  assert_near(json_real_value(json_object_get(first, "ratio")), right / left, 1e-12);
  json_decref(root);
  kd_text_free(&text);
  kd_run_destroy(&a);
  kd_run_destroy(&b);
  kd_run_destroy(&c);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, sandbox_open, sandbox_close)
  const struct CMUnitTest tests[] = {
      CASE(csv_reads_back_to_the_samples),
      CASE(one_csv_file_is_the_summary),
      CASE(formulas_are_disarmed),
      CASE(json_is_json),
      CASE(workbook_is_whole),
      CASE(comparison_shows_differences_only),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
