// SPDX-License-Identifier: Apache-2.0
/* The data kernels of transforms and simulation as `kaidei eval` calls them: units, columns, refusals. */
#include <stdlib.h>

#include "base/text.h"
#include "programme/registry.h"
#include "unit/deposit/fixture.h"

#define SAMPLES                                                                                                        \
  "x [m],y [m],a [ppm],b [%],weight [1]\n0,0,10,1,1\n30,0,40,3,1\n0,40,20,2,2\n50,50,30,5,1\n20,60,15,1.5,1\n"         \
  "70,10,60,4,1\n"

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

/* Runs a kernel over CSV texts (NULL: a slot that is left out); the answer as CSV. */
static kd_status eval(kd_text *out, const char *name, const char *const *csv, const char *const *options,
                      size_t option_count) {
  const kd_kernel *kernel = kd_kernel_find(name, &err);
  kd_table *table[2] = {NULL, NULL};
  kd_status status = KD_OK;
  kd_text_init(out, ctx);
  assert_non_null(kernel);
  for (size_t i = 0; i < kernel->data_count && status == KD_OK; i++) {
    if (csv[i] == NULL) continue;
    status = kd_table_parse(&table[i], ctx, "samples.csv", csv[i], strlen(csv[i]), NULL, NULL, &err);
    if (status == KD_OK) status = kd_table_bind(table[i], kernel->data[i].columns, NULL, NULL, &err);
  }
  kd_work work = {.ctx = ctx, .scratch = scratch, .err = &err};
  if (status == KD_OK)
    status = kd_kernel_eval_data(out, kernel, (const kd_table *const *)table, options, option_count, false, &work);
  for (size_t i = 0; i < 2; i++) kd_table_destroy(&table[i]);
  return status;
}

#define EVAL(out, name, first, second, ...)                                                                            \
  eval(out, name, (const char *const[]){first, second}, (const char *const[]){__VA_ARGS__},                            \
       sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/* Number in a column of the answer's row, both from 0. */
static double cell(const kd_text *text, size_t row, size_t column) {
  const char *at = text->bytes;
  for (size_t r = 0; r <= row; r++) at = strchr(at, '\n') + 1;
  for (size_t c = 0; c < column; c++) at = strchr(at, ',') + 1;
  return strtod(at, NULL);
}

static void expect_refusal(const char *name, const char *first, const char *option, const char *wanted) {
  kd_text out;
  assert_int_not_equal(EVAL(&out, name, first, NULL, option), KD_OK);
  if (strstr(err.text, wanted) == NULL) fail_msg("wanted '%s' in '%s'", wanted, err.text);
  kd_text_free(&out);
}

static void decluster_keeps_the_unit(void **state) {
  kd_text out;
  (void)state;
  assert_int_equal(EVAL(&out, "deposit.decluster", "x [km],value [%]\n0,1\n0.001,3\n9,5\n", NULL, "smallest=1 km",
                        "largest=1 km", "steps=0", "origins=1"),
                   KD_OK);
  assert_non_null(strstr(out.bytes, "row [1],value [%],weight [1],cell_size [m],mean [%]"));
  assert_near(cell(&out, 0, 2), 0.75, 1e-14); /* 1/2 over two cells, times three data */
  assert_near(cell(&out, 2, 2), 1.5, 1e-14);
  assert_near(cell(&out, 0, 3), 1000, 1e-9);
  assert_near(cell(&out, 0, 4), 3.5, 1e-12);
  assert_near(cell(&out, 0, 5), 3, 1e-12);
  kd_text_free(&out);
  expect_refusal("deposit.decluster", "x [m],value\n0,1\n,2\n", "steps=0", "samples.csv:3: x is missing");
  expect_refusal("deposit.decluster", "x [m],value\n0,1\n1,\n", "steps=0", "samples.csv:3: value is missing");
  expect_refusal("deposit.decluster", "x [m],grade\n0,1\n1,2\n", "steps=0", "column 'value' is missing");
}

static void scores_go_and_come_back(void **state) {
  kd_text out, back;
  (void)state;
  assert_int_equal(EVAL(&out, "deposit.normal_score", "value [ppm],weight\n3,1\n1,1\n8,2\n", NULL, "ties=average"),
                   KD_OK);
  assert_near(cell(&out, 1, 3), 0.125, 1e-15);
  assert_near(cell(&out, 2, 3), 0.75, 1e-15);
  assert_int_equal(EVAL(&back, "deposit.back_transform", out.bytes, "score\n-3\n0\n0.6744897501960817\n3\n",
                        "minimum=0", "maximum=10", "upper=power", "upper_power=2"),
                   KD_OK);
  const double share = (kd_normal_cdf(3) - 0.75) / 0.25;
  assert_near(cell(&back, 0, 1), kd_normal_cdf(-3) / 0.125, 1e-12);
  assert_near(cell(&back, 2, 1), 8, 1e-12);
  assert_near(cell(&back, 3, 1), 8 + 2 * sqrt(share), 1e-12);
  kd_text_free(&out);
  kd_text_free(&back);
  expect_refusal("deposit.normal_score", "value,weight\n1,1\n,1\n2,1\n", "ties=order", "value is missing");
  expect_refusal("deposit.normal_score", "value\n1\nx\n", "ties=order", "'x' is not a number");
}

static void simulation_honours_samples_in_their_unit(void **state) {
  kd_text out;
  (void)state;
  static const char *const kernels[] = {"deposit.sequential_gaussian", "deposit.fft_ma", "deposit.cosimulation"};
  for (int k = 0; k < 3; k++) {
    assert_int_equal(EVAL(&out, kernels[k], SAMPLES, NULL, "variables=a,b", "transform=pca", "nodes_x=8", "nodes_y=7",
                          "step_x=10 m", "realisations=3", "first_realisation=2", "seed=5", "neighbours=8",
                          "model=0.1 nugget + 0.9 spherical(40 m); 1 exponential(20 m)"),
                     KD_OK);
    assert_non_null(strstr(out.bytes, "realisation [1],x [m],y [m],z [m],a [ppm],b [%]\n"));
    for (size_t r = 0; r < 3; r++) {
      assert_near(cell(&out, r * 56 + 3, 0), (double)(2 + r), 0);
      assert_near(cell(&out, r * 56 + 3, 1), 30, 1e-12);
      assert_near(cell(&out, r * 56 + 3, 4), 40, 1e-9); /* the second sample */
      assert_near(cell(&out, r * 56 + 3, 5), 3, 1e-9);
      assert_near(cell(&out, r * 56 + 5 * 8 + 5, 4), 30, 1e-9);
    }
    kd_text_free(&out);
    assert_int_equal(EVAL(&out, kernels[k], SAMPLES, NULL, "variables=a,a", "nodes_x=8", "model=1 spherical(4 m)"),
                     KD_E_DUPLICATE);
    kd_text_free(&out);
  }
  assert_int_equal(EVAL(&out, "deposit.fft_ma", SAMPLES, NULL, "variables=a", "transform=scores", "nodes_x=8",
                        "nodes_y=7", "step_x=10 m", "realisations=50", "report=mean", "model=1 spherical(40 m)",
                        "minimum=5", "maximum=80"),
                   KD_OK);
  assert_near(cell(&out, 3, 3), 40, 1e-9);
  assert_near(cell(&out, 3, 4), 0, 1e-9);
  assert_true(cell(&out, 20, 4) > 0);
  kd_text_free(&out);
  assert_int_equal(EVAL(&out, "deposit.fft_ma", NULL, NULL, "nodes_x=8", "model=1 spherical(4 m)"), KD_OK);
  kd_text_free(&out);
  expect_refusal("deposit.fft_ma", NULL, "nodes_x=8", "model");
  assert_int_equal(EVAL(&out, "deposit.fft_ma", NULL, NULL, "nodes_x=8", "model=1 spherical(4 m)", "transform=scores"),
                   KD_E_MISSING);
  kd_text_free(&out);
  assert_int_equal(EVAL(&out, "deposit.fft_ma", SAMPLES, NULL, "variables=a", "nodes_x=8", "transform=scores",
                        "model=1 spherical(4 m)", "minimum=50"),
                   KD_E_CONTRADICTION);
  kd_text_free(&out);
}

/* Every word and number that can be wrong, each with its own message. */
static void options_of_a_simulation_are_looked_at(void **state) {
  (void)state;
  static const struct {
    const char *option, *wanted;
  } bad[] = {
      {"histogram=drawn", "the transform must be scores, pca or maf"},
      {"variogram=drawn", "the transform must be scores, pca or maf"},
      {"missing=impute", "the transforms scores, pca and maf"},
      {"histogram=maybe", "histogram"},
      {"model=1 spherical(4 m); 1 spherical(5 m)", "more models than the 1 variables"},
      {"model=1 spherical(0 m)", "range 0 m: must be above 0 m"},
      {"model=1 power(1, 1)", "a sill above 0"},
      {"variables=a,b,c", "column 'c' is missing"},
      {"nodes_x=0", "nodes_x 0 1: must be at least 1"},
      {"step_x=0 m", "step_x 0 m: must be above 0 m"},
      {"realisations=1.5", "realisations 1.5: must be a whole number"},
      {"neighbours=2001", "neighbours 2001 1: must be at most 2000"},
      {"tolerance=0.6", "tolerance 0.6 1: must be at most 0.5"},
      {"method=turning_bands", "method"},
      {"levels=9", "levels 9 1: must be at most 8"},
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    kd_text out;
    const bool own_model = strncmp(bad[i].option, "model", 5) == 0;
    assert_int_not_equal(EVAL(&out, "deposit.fft_ma", SAMPLES, NULL, "variables=a",
                              own_model ? "seed=1" : "model=1 spherical(4 m)", "nodes_x=4", "nodes_y=4", bad[i].option),
                         KD_OK);
    if (strstr(err.text, bad[i].wanted) == NULL)
      fail_msg("%s: wanted '%s' in '%s'", bad[i].option, bad[i].wanted, err.text);
    kd_text_free(&out);
  }
}

/* Drawn parameters: samples honoured all the same, another spread, the same numbers from the middle on. */
static void drawn_parameters_reach_the_kernels(void **state) {
  (void)state;
  static const char *const methods[] = {"method=fft", "method=sequential"};
  for (int m = 0; m < 2; m++) {
    kd_text given, drawn, late;
#define DRAWN(out, ...)                                                                                                \
  assert_int_equal(EVAL(out, "deposit.cosimulation", SAMPLES, NULL, "variables=a,b", "transform=pca", "nodes_x=8",     \
                        "nodes_y=7", "step_x=10 m", "model=0.1 nugget + 0.9 spherical(40 m)", methods[m],              \
                        __VA_ARGS__),                                                                                  \
                   KD_OK)
    DRAWN(&given, "realisations=12");
    DRAWN(&drawn, "realisations=12", "histogram=drawn", "variogram=drawn");
    DRAWN(&late, "realisations=2", "first_realisation=9", "histogram=drawn", "variogram=drawn", "threads=3");
    for (size_t r = 0; r < 12; r++) {
      assert_near(cell(&drawn, r * 56 + 3, 4), 40, 1e-9);
      assert_near(cell(&drawn, r * 56 + 5 * 8 + 5, 5), 5, 1e-9);
      assert_true(cell(&drawn, r * 56 + 20, 4) != cell(&given, r * 56 + 20, 4));
    }
    for (size_t i = 0; i < 112; i++)
      for (size_t c = 4; c < 6; c++) assert_near(cell(&late, i, c), cell(&drawn, 9 * 56 + i, c), 0);
    kd_text_free(&given);
    kd_text_free(&drawn);
    kd_text_free(&late);
  }
  kd_text out;
  assert_int_equal(
      EVAL(&out, "deposit.variogram_posterior", SAMPLES, NULL, "variable=a", "model=0.1 nugget + 0.9 spherical(40 m)"),
      KD_OK);
  double sum = 0;
  for (size_t i = 0; i < 140; i++) sum += cell(&out, i, 2);
  assert_near(sum, 1, 1e-9);
  kd_text_free(&out);
  expect_refusal("deposit.variogram_posterior", SAMPLES, "model=1 nugget", "column 'value' is missing");
  assert_int_equal(EVAL(&out, "deposit.variogram_posterior", SAMPLES, NULL, "variable=a", "model=1 nugget"),
                   KD_E_MODEL);
  assert_non_null(strstr(err.text, "nugget alone"));
  kd_text_free(&out);
  assert_int_equal(
      EVAL(&out, "deposit.variogram_posterior", "x [m],a\n1,2\n2,3\n", NULL, "variable=a", "model=1 spherical(3 m)"),
      KD_E_SIZE);
  kd_text_free(&out);
}

static void ppmt_kernel_comes_back(void **state) {
  kd_text out, back;
  (void)state;
  assert_int_equal(EVAL(&out, "deposit.ppmt", SAMPLES, NULL, "variables=a,b", "iterations=5", "index=0"), KD_OK);
  assert_int_equal(EVAL(&back, "deposit.ppmt", SAMPLES, out.bytes, "variables=a,b", "iterations=5", "index=0"), KD_OK);
  assert_non_null(strstr(back.bytes, "a [ppm],b [%]\n"));
  assert_near(cell(&back, 1, 0), 40, 1e-8);
  assert_near(cell(&back, 3, 1), 5, 1e-8);
  kd_text_free(&out);
  kd_text_free(&back);
  expect_refusal("deposit.ppmt", SAMPLES, "variables=", "no variable is named");
}

static void factor_matrices_are_each_others_inverse(void **state) {
  kd_text out;
  (void)state;
  assert_int_equal(EVAL(&out, "deposit.factors", SAMPLES, NULL, "variables=a,b", "method=maf", "lag=40 m",
                        "tolerance=25 m", "report=matrix"),
                   KD_OK);
  for (size_t i = 0; i < 2; i++)
    for (size_t j = 0; j < 2; j++) {
      double sum = 0; /* columns row, eigenvalue, forward_a, forward_b, back_a, back_b; back_* of factor k in row k */
      for (size_t v = 0; v < 2; v++) sum += cell(&out, i, 2 + v) * cell(&out, j, 4 + v);
      assert_near(sum, i == j ? 1 : 0, 1e-9);
    }
  kd_text_free(&out);
  expect_refusal("deposit.factors", SAMPLES, "variables=a,c", "column 'c' is missing");
}

static void reproduction_checks_given_fields(void **state) {
  kd_text out;
  (void)state;
  assert_int_equal(EVAL(&out, "deposit.reproduction", "value [ppm]\n1\n2\n3\n4\n2\n4\n6\n8\n",
                        "value [ppm]\n1\n2\n3\n4\n", "nodes_x=4", "model=1 spherical(2 m)"),
                   KD_OK);
  assert_non_null(strstr(out.bytes, "\"mean\",\"value\",\"value\",\"ppm\",,"));
  assert_near(cell(&out, 0, 5), 2.5, 1e-12);
  assert_near(cell(&out, 0, 6), 3.75, 1e-12); /* of the means 2.5 and 5 */
  assert_near(cell(&out, 5, 5), 0.6875, 1e-12);
  assert_near(cell(&out, 5, 6), 1.25, 1e-12); /* of 1/2 and 2 */
  kd_text_free(&out);
  expect_refusal("deposit.reproduction", "value\n1\n2\n3\n", "nodes_x=2", "no multiple of the 2 nodes");
}

static void support_curve_ends_where_it_must(void **state) {
  kd_text out;
  (void)state;
  static const char *const methods[] = {"method=affine", "method=indirect_lognormal", "method=discrete_gaussian"};
  for (int m = 0; m < 3; m++) {
    assert_int_equal(EVAL(&out, "deposit.change_of_support", "value [ppm],weight\n10,1\n20,2\n40,1\n90,1\n", NULL,
                          "factor=0.5", "count=3", "step=50", methods[m]),
                     KD_OK);
    assert_near(cell(&out, 0, 1), 1, 1e-12);
    assert_near(cell(&out, 0, 2), 36, 1e-9);
    assert_true(cell(&out, 1, 1) > 0.1 && cell(&out, 1, 1) < 0.45);
    assert_near(cell(&out, 2, 1), 0, 1e-12); /* nothing of blocks above 100 */
    kd_text_free(&out);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(decluster_keeps_the_unit),
      cmocka_unit_test(scores_go_and_come_back),
      cmocka_unit_test(simulation_honours_samples_in_their_unit),
      cmocka_unit_test(options_of_a_simulation_are_looked_at),
      cmocka_unit_test(drawn_parameters_reach_the_kernels),
      cmocka_unit_test(ppmt_kernel_comes_back),
      cmocka_unit_test(factor_matrices_are_each_others_inverse),
      cmocka_unit_test(reproduction_checks_given_fields),
      cmocka_unit_test(support_curve_ends_where_it_must),
  };
  return cmocka_run_group_tests(tests, open_all, close_all);
}
