// SPDX-License-Identifier: Apache-2.0
/* Kernels over tables, with every allocation and every file operation failed in its turn. */
#include "support/sweep.h"

#include "base/files.h"
#include "programme/registry.h"

typedef struct cases {
  char folder[64], in[96], out[96];
  const char *kernel, *option;
} cases;

static int set_up(void **state) {
  static cases c;
  snprintf(c.folder, sizeof c.folder, "/tmp/kaidei-eval-XXXXXX");
  assert_non_null(mkdtemp(c.folder));
  snprintf(c.in, sizeof c.in, "%s/cases.csv", c.folder);
  snprintf(c.out, sizeof c.out, "%s/out.csv", c.folder);
  *state = &c;
  return 0;
}

static int tear_down(void **state) {
  kd_sweep_remove(((cases *)*state)->folder);
  return 0;
}

static void put(const cases *c, const char *text) {
  FILE *file = fopen(c->in, "w");
  assert_non_null(file);
  assert_true(fputs(text, file) >= 0);
  assert_int_equal(fclose(file), 0);
}

static kd_status eval(kd_context *ctx, void *user, kd_error *err) {
  const cases *c = user;
  kd_table *table = NULL;
  kd_arena *scratch = NULL;
  kd_text text;
  kd_text_init(&text, ctx);
  const kd_kernel *kernel = kd_kernel_find(c->kernel, err);
  assert_non_null(kernel);
  kd_stream rng;
  kd_stream_start(&rng, 1, kd_stream_id(kernel->name), 0);
  kd_status status = kd_arena_create(&scratch, ctx);
  if (status != KD_OK) kd_error_set(err, status, "out of memory");
  kd_work work = {.ctx = ctx, .scratch = scratch, .rng = &rng, .err = err};
  if (status == KD_OK) status = kd_table_read(&table, ctx, c->in, NULL, NULL, err);
  if (status == KD_OK && kernel->eval != NULL) {
    status = kd_kernel_eval_csv(&text, kernel, table, false, &work);
  } else if (status == KD_OK) {
    const kd_table *data[] = {table};
    status = kd_table_bind(table, kernel->data[0].columns, NULL, NULL, err);
    if (status == KD_OK) status = kd_kernel_eval_data(&text, kernel, data, &c->option, 1, false, &work);
  }
  if (status == KD_OK) status = kd_file_write_all(ctx, c->out, text.bytes, text.length, err);
  kd_text_free(&text);
  kd_table_destroy(&table);
  kd_arena_destroy(&scratch);
  return status;
}

/* Whole or not there, and never a row refused for want of memory. */
static void judge(kd_status status, const char *text, long n, void *user) {
  const cases *c = user;
  char line[512] = "";
  FILE *file = fopen(c->out, "r");
  if (status != KD_OK && file != NULL) fail_msg("fault %ld: a half file (%s)", n, text);
  if (status == KD_OK && file == NULL) fail_msg("fault %ld: success without a file", n);
  while (file != NULL && fgets(line, sizeof line, file) != NULL) {
    if (strstr(line, "memory") != NULL) fail_msg("fault %ld: a row is blamed: %s", n, line);
  }
  if (file != NULL) (void)fclose(file);
  kd_sweep_remove(c->out);
}

static void sweep(cases *c, const char *kernel, const char *option, const char *text) {
  const kd_sweep both = {.attempt = eval, .judge = judge, .user = c};
  c->kernel = kernel;
  c->option = option;
  put(c, text);
  assert_true(kd_sweep_memory(&both) > 3);
  assert_true(kd_sweep_files(&both) > 3);
}

static void plain_kernel(void **state) {
  sweep(*state, "lift.herschel_bulkley.wall_stress", "",
        "bore [mm],velocity [m/s],yield [Pa],consistency [Pa.s],index [1]\n250,1.2,3,0.05,1\n0,1.2,3,0.05,1\n");
}

static void kernel_with_scratch(void **state) {
  sweep(*state, "lift.sea.column", "depth=100 m",
        "depth [m],temperature [degC],salinity [1]\n0,20,35\n500,8,34.5\n6000,1.5,34.7\n");
}

static void kernel_that_sorts(void **state) {
  sweep(*state, "mineplan.select", "target=250 t", "mass [t],value [1]\n200,3\n300,1\n100,2\n");
}

static void kernel_of_slopes(void **state) {
  sweep(*state, "mineplan.slope", "method=horn",
        "east [m],north [m],depth [m]\n0,0,5\n10,0,6\n0,10,7\n10,10,9\n20,0,9\n20,10,8\n");
}

static void kernel_of_the_best_cut(void **state) {
  sweep(*state, "mineplan.best_cut", "lift=3 t/h",
        "column [1],top [m],thickness [m],density [t/m3],value [1]\n1,0,2,0.5,0\n1,2,3,0.5,4\n2,0,5,0.5,1\n");
}

static void kernel_of_elements(void **state) {
  sweep(*state, "deposit.grade_tonnage_elements", "by=dy", "area [km2],thickness [m],rey [ppm]\n1,1,500\n1,2,900\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(plain_kernel),           cmocka_unit_test(kernel_with_scratch),
                                     cmocka_unit_test(kernel_that_sorts),      cmocka_unit_test(kernel_of_slopes),
                                     cmocka_unit_test(kernel_of_the_best_cut), cmocka_unit_test(kernel_of_elements)};
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
