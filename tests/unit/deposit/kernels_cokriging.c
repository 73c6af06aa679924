// SPDX-License-Identifier: Apache-2.0
/* deposit.cokriging and deposit.coregionalisation as `kaidei eval` calls them: units, columns, refusals. */
#include <stdlib.h>

#include "base/text.h"
#include "programme/registry.h"
#include "unit/deposit/fixture.h"

#define SAMPLES "x [m],y [m],a [ppm],b [%]\n0,0,10,1\n30,0,40,3\n0,40,20,2\n50,50,30,5\n20,60,15,1.5\n70,10,60,4\n"
#define TARGETS "x [m],y [m]\n10,10\n30,0\n"
#define MODEL   /* sills in the products of the units of the columns */                                                \
  "first,second,structure,sill [1],range [m]\na,a,nugget,1,\nb,a,nugget,0,\nb,b,nugget,0.1,\n"                         \
  "a,a,spherical,100,80\nb,a,spherical,3,80\nb,b,spherical,1,80\n"

static kd_context *ctx;
static kd_arena *scratch;
static kd_error err;

static int open_all(void **state) {
  (void)state;
  return kd_context_create(&ctx, NULL) != KD_OK || kd_arena_create(&scratch, ctx) != KD_OK;
}

static int close_all(void **state) {
  (void)state;
  kd_arena_destroy(&scratch);
  kd_context_destroy(&ctx);
  return 0;
}

/* Runs a kernel over CSV texts; the answer as CSV. */
static kd_status eval(kd_text *out, const char *name, const char *const csv[3], const char *const *options,
                      size_t option_count) {
  const kd_kernel *kernel = kd_kernel_find(name, &err);
  kd_table *table[3] = {NULL};
  kd_status status = KD_OK;
  kd_text_init(out, ctx);
  assert_non_null(kernel);
  for (size_t i = 0; i < kernel->data_count && status == KD_OK; i++) {
    if (csv[i] == NULL) continue;
    status = kd_table_parse(&table[i], ctx, kernel->data[i].name, csv[i], strlen(csv[i]), NULL, NULL, &err);
    if (status == KD_OK) status = kd_table_bind(table[i], kernel->data[i].columns, NULL, NULL, &err);
  }
  kd_work work = {.ctx = ctx, .scratch = scratch, .err = &err};
  if (status == KD_OK)
    status = kd_kernel_eval_data(out, kernel, (const kd_table *const *)table, options, option_count, false, &work);
  for (size_t i = 0; i < 3; i++) kd_table_destroy(&table[i]);
  return status;
}

#define EVAL(out, name, first, second, third, ...)                                                                     \
  eval(out, name, (const char *const[]){first, second, third}, (const char *const[]){__VA_ARGS__},                     \
       sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static double cell(const kd_text *text, size_t row, size_t column) {
  const char *at = text->bytes;
  for (size_t r = 0; r <= row; r++) at = strchr(at, '\n') + 1;
  for (size_t c = 0; c < column; c++) at = strchr(at, ',') + 1;
  return strtod(at, NULL);
}

static void expect_refusal(const char *samples, const char *model, const char *option, const char *wanted) {
  kd_text out;
  assert_int_not_equal(EVAL(&out, "deposit.cokriging", samples, TARGETS, model, option), KD_OK);
  if (strstr(err.text, wanted) == NULL) fail_msg("%s: wanted '%s' in '%s'", option, wanted, err.text);
  kd_text_free(&out);
}

static void estimates_stand_in_the_unit_of_their_column(void **state) {
  (void)state;
  kd_text one, many, general;
  assert_int_equal(EVAL(&one, "deposit.cokriging", SAMPLES, TARGETS, MODEL, "neighbours=6"), KD_OK);
  assert_non_null(
      strstr(one.bytes, "x [m],y [m],a [ppm],a_variance [(ppm).(ppm)],b [%],b_variance [(%).(%)],samples [1],note"));
  assert_near(cell(&one, 1, 2), 40, 1e-9); /* on a sample */
  assert_near(cell(&one, 1, 4), 3, 1e-9);
  assert_near(cell(&one, 1, 3), 0, 1e-9);
  assert_true(cell(&one, 0, 2) > 10 && cell(&one, 0, 2) < 40);
  assert_near(cell(&one, 0, 6), 12, 0);
  assert_int_equal(EVAL(&many, "deposit.cokriging", SAMPLES, TARGETS, MODEL, "neighbours=6", "threads=4"), KD_OK);
  assert_string_equal(one.bytes, many.bytes);
  assert_int_equal(EVAL(&general, "deposit.cokriging", SAMPLES, TARGETS, MODEL, "neighbours=6", "form=general"), KD_OK);
  for (size_t c = 2; c < 6; c++) assert_near(cell(&one, 0, c), cell(&general, 0, c), 1e-9 * fabs(cell(&one, 0, c)));
  kd_text_free(&one);
  kd_text_free(&many);
  kd_text_free(&general);
}

/* A variable that lacks some values: heterotopic, the system as a whole. */
static void a_missing_value_leaves_the_others(void **state) {
  (void)state;
  kd_text out;
  assert_int_equal(EVAL(&out, "deposit.cokriging",
                        "x [m],y [m],a [ppm],b [%]\n0,0,10,1\n30,0,,3\n0,40,20,2\n50,50,30,5\n", TARGETS, MODEL,
                        "neighbours=6"),
                   KD_OK);
  assert_near(cell(&out, 1, 6), 7, 0);
  assert_near(cell(&out, 1, 4), 3, 1e-9); /* b has a value there */
  assert_true(cell(&out, 1, 3) > 1);      /* a has none */
  kd_text_free(&out);
}

static void options_are_looked_at(void **state) {
  (void)state;
  expect_refusal(SAMPLES, MODEL, "method=simple", "means: 0 given, 2 wanted");
  expect_refusal(SAMPLES, MODEL, "means=1,2", "means: ");
  expect_refusal(SAMPLES, MODEL, "means=one", "a number is wanted at 'one'");
  expect_refusal(SAMPLES, MODEL, "form=diagonal", "form 'diagonal'");
  expect_refusal(SAMPLES, MODEL, "threads=0", "threads 0 1: must be at least 1");
  expect_refusal(SAMPLES, MODEL, "per_core=2", "per_core");
  expect_refusal("x [m],y [m],a [ppm]\n0,0,1\n", MODEL, "neighbours=6", "'b'");
  expect_refusal("x [m],y [m],a [ppm],b [%]\n0,0,1,\n9,9,2,\n", MODEL, "neighbours=6", "b");
  expect_refusal("x [m],y [m],a [ppm],b [%]\n0,0,1,1\n0,0,2,2\n", MODEL, "neighbours=6", "stand at one place");
  expect_refusal(SAMPLES,
                 "first,second,structure,sill [1],range [m]\na,a,spherical,1,9\nb,a,spherical,2,9\nb,b,spherical,1,9\n",
                 "neighbours=6", "no valid matrix: eigenvalue -1 below 0");
}

static void coregionalisation_is_looked_at(void **state) {
  (void)state;
  kd_text out;
  assert_int_equal(EVAL(&out, "deposit.coregionalisation", SAMPLES, NULL, NULL, "values=a,b",
                        "model=1 nugget + 1 spherical(60 m)", "cutoff=90 m", "width=30 m"),
                   KD_OK);
  assert_non_null(strstr(out.bytes, "\"a\",\"a\",\"nugget\""));
  kd_text_free(&out);
  static const struct {
    const char *option, *wanted;
  } bad[] = {
      {"values=a,c", "'c'"},
      {"model=1 power(1, 1)", "structures with a sill"},
      {"width=-1 m", "width"},
      {"weight=none", "weight"},
      {"cutoff=1 m", "no lag holds a pair"},
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    const char *const options[] = {strncmp(bad[i].option, "values", 6) == 0 ? "cutoff=90 m" : "values=a,b",
                                   strncmp(bad[i].option, "model", 5) == 0 ? "cutoff=90 m" : "model=1 spherical(60 m)",
                                   bad[i].option};
    const char *const csv[3] = {SAMPLES, NULL, NULL};
    assert_int_not_equal(eval(&out, "deposit.coregionalisation", csv, options, 3), KD_OK);
    if (strstr(err.text, bad[i].wanted) == NULL)
      fail_msg("%s: wanted '%s' in '%s'", bad[i].option, bad[i].wanted, err.text);
    kd_text_free(&out);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(estimates_stand_in_the_unit_of_their_column),
      cmocka_unit_test(a_missing_value_leaves_the_others),
      cmocka_unit_test(options_are_looked_at),
      cmocka_unit_test(coregionalisation_is_looked_at),
  };
  return cmocka_run_group_tests(tests, open_all, close_all);
}
