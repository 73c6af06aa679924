// SPDX-License-Identifier: Apache-2.0
/* Block models whose histogram is drawn anew for each realisation. */
#include "deposit/model.h"

#include "unit/deposit/fixture.h"

static kd_status run(fixture *f, kd_model *m, const kd_model_options *o) {
  kd_cores cores;
  const kd_cores_options plain = {.below_factor = 0.5, .origin_lon = (double)NAN, .origin_lat = (double)NAN};
  kd_status status = kd_table_bind(f->table, KD_CORE_COLUMNS, NULL, NULL, &f->err);
  if (status == KD_OK) status = kd_cores_read(&cores, f->table, &plain, &f->work);
  if (status == KD_OK) status = kd_model_run(m, &cores, o, &f->work);
  return status;
}

/* 20 cores of one element, a field of short range: the spread of the metal grows, its middle stays; no result depends
 * on the threads; composites are honoured as before. */
static void the_spread_grows(void **state) {
  (void)state;
  fixture f;
  kd_model given, drawn, again;
  kd_pool *pool;
  kd_covariance variogram = {0};
  kd_model_options o = kd_model_defaults;
  char csv[8192] = "id,east [m],north [m],from [m],to [m],density [t/m3],la [ppm],nd [ppm]\n";
  size_t at = strlen(csv);
  kd_stream rng;
  fixture_open(&f);
  kd_stream_start(&rng, 3, 4, 5);
  for (int i = 0; i < 20; i++) {
    const double x = 5000 * kd_stream_uniform(&rng), y = 5000 * kd_stream_uniform(&rng);
    for (int k = 0; k < 3; k++) {
      const double a = kd_stream_normal(&rng);
      at += (size_t)snprintf(csv + at, sizeof csv - at, "c%d,%.0f,%.0f,%d,%d,0.5,%.3f,%.3f\n", i, x, y, k, k + 1,
                             400 * exp(0.5 * a), 200 * exp(0.4 * a + 0.2 * kd_stream_normal(&rng)));
    }
  }
  if (kd_table_parse(&f.table, f.ctx, "cores.csv", csv, strlen(csv), NULL, NULL, &f.err) != KD_OK)
    fail_msg("%s", f.err.text);
  assert_int_equal(kd_covariance_parse(&variogram, "0.3 nugget + 0.7 spherical(900 m, semi 900 m, minor 3 m)", &f.err),
                   KD_OK);
  o.variogram = &variogram;
  o.own_variograms = false;
  o.dx = o.dy = 250.0;
  o.margin = 100.0;
  o.realisations = 60;
  if (run(&f, &given, &o) != KD_OK) fail_msg("%s", f.err.text);
  o.draw_histogram = true;
  if (run(&f, &drawn, &o) != KD_OK) fail_msg("%s", f.err.text);
  assert_int_equal(kd_pool_create(&pool, f.ctx, 3, &f.err), KD_OK);
  o.pool = pool;
  if (run(&f, &again, &o) != KD_OK) fail_msg("%s", f.err.text);
  assert_memory_equal(drawn.metal, again.metal, o.realisations * drawn.variables * sizeof *drawn.metal);
  kd_pool_destroy(&pool);
  o.pool = NULL;
  for (size_t v = 0; v < given.variables; v++) {
    const kd_spread *a = &given.totals[v], *b = &drawn.totals[v];
    assert_true(b->p90 - b->p10 > 1.3 * (a->p90 - a->p10));
    assert_close(b->mean, a->mean, 0.08);
  }
  o.transform = KD_TRANSFORM_PPMT;
  assert_int_equal(run(&f, &again, &o), KD_E_CONTRADICTION);
  assert_non_null(strstr(f.err.text, "not with ppmt"));
  fixture_close(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_spread_grows),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
