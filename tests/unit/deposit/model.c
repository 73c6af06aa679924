// SPDX-License-Identifier: Apache-2.0
/* The block model of the shipped cores, and of cores whose answer is known. */
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

static void load(fixture *f) {
  fixture_open(f);
  assert_int_equal(
      kd_table_read(&f->table, f->ctx, KD_TEST_SOURCE "/data/deposit/minamitorishima-cores.csv", NULL, NULL, &f->err),
      KD_OK);
}

/* What the shipped cores give lies by the printed mean, and the simulation reproduces what went in. */
static void shipped_cores_give_the_printed_mean(void **state) {
  fixture f;
  kd_model m;
  kd_model_options o = kd_model_defaults;
  (void)state;
  load(&f);
  o.realisations = 20;
  o.dx = o.dy = 3000.0;
  o.assumed = true;
  assert_int_equal(run(&f, &m, &o), KD_OK);
  assert_int_equal(m.composites.samples, 250);
  assert_true(m.summed);
  const double grade = m.total[m.main] / m.tonnage;
  assert_near(grade, 964e-6, 50e-6);
  assert_near(m.declustered_mean[m.main], grade, 40e-6);
  assert_near(m.totals[m.main].mean / m.tonnage, grade, 40e-6);
  assert_true(m.totals[m.main].p10 < m.totals[m.main].p50 && m.totals[m.main].p50 < m.totals[m.main].p90);
  assert_near(m.check.variance, m.check.variance_wanted, 0.12);
  assert_true(m.check.variogram_error < 0.1);
  assert_true(m.check.correlation_error < 0.1);
  assert_near(m.class_tonnage[3], m.tonnage, 1e-6 * m.tonnage); /* assumed: never a resource */
  assert_near(m.curve[0].tonnage, m.tonnage, 1e-6 * m.tonnage);
  for (size_t k = 1; k < m.curves; k++) assert_true(m.curve[k].tonnage <= m.curve[k - 1].tonnage);
  double sum = 0.0; /* REY is the sum of its elements */
  for (size_t v = 0; v < m.main; v++)
    if (m.element[v] >= 0 && m.element[v] < KD_REY) sum += m.total[v];
  assert_close(sum, m.total[m.main], 1e-12);
  fixture_close(&f);
}

/* The same seed gives the same bits, also when memory makes it run in several goes. */
static void repeats_itself(void **state) {
  fixture f;
  kd_model a, b;
  kd_model_options o = kd_model_defaults;
  (void)state;
  load(&f);
  o.realisations = 3;
  o.dx = o.dy = 6000.0;
  assert_int_equal(run(&f, &a, &o), KD_OK);
  assert_int_equal(run(&f, &b, &o), KD_OK);
  assert_memory_equal(a.metal, b.metal, a.realisations * a.variables * sizeof(double));
  o.seed = 2;
  assert_int_equal(run(&f, &b, &o), KD_OK);
  assert_true(a.metal[0] != b.metal[0]);
  fixture_close(&f);
}

/* A block in the place of a composite, without nugget, has its grade in the estimate and in every realisation. */
static void honours_its_data(void **state) {
  fixture f;
  kd_model m;
  kd_covariance variogram = {0};
  kd_model_options o = kd_model_defaults;
  const char *csv = "id,east [m],north [m],from [m],to [m],density [t/m3],Nd [ppm]\n"
                    "A,500,500,0,1,0.5,10\nB,2500,500,0,1,0.5,30\nC,500,2500,0,1,0.5,80\nD,2500,2500,0,1,0.5,50\n";
  (void)state;
  fixture_open(&f);
  assert_int_equal(kd_table_parse(&f.table, f.ctx, "c.csv", csv, strlen(csv), NULL, NULL, &f.err), KD_OK);
  assert_int_equal(kd_covariance_parse(&variogram, "1 spherical(4 km, minor 5 m)", &f.err), KD_OK);
  o.variogram = &variogram;
  o.dx = o.dy = 1000.0;
  o.margin = 500.0;
  o.realisations = 5;
  assert_int_equal(run(&f, &m, &o), KD_OK);
  assert_int_equal(m.blocks, 9);
  const double wanted[4] = {10e-6, 30e-6, 80e-6, 50e-6};
  const size_t at[4] = {0, 2, 6, 8};
  for (size_t i = 0; i < 4; i++) {
    assert_near(m.estimate[0][at[i]], wanted[i], 1e-11);
    assert_near(m.simulated_mean[at[i]], wanted[i], 1e-7);
    assert_near(m.simulated_sd[at[i]], 0.0, 1e-6);
    assert_near(m.variance[at[i]], 0.0, 1e-9);
  }
  assert_near(m.estimate[0][4], 42.5e-6, 1e-10); /* the middle, by symmetry */
  assert_true(m.simulated_sd[4] > 1e-6);
  assert_near(m.tonnage, 9.0 * 1e6 * 500.0, 1e-3);
  fixture_close(&f);
}

static void refuses_what_cannot_be(void **state) {
  fixture f;
  kd_model m;
  kd_polygons far = {0};
  double x[3] = {9e6, 9.1e6, 9e6}, y[3] = {0, 0, 1e5};
  kd_ring ring = {.x = x, .y = y, .points = 3};
  kd_model_options o = kd_model_defaults;
  (void)state;
  load(&f);
  far.ring = &ring;
  far.rings = far.polygons = 1;
  assert_int_equal(kd_polygons_close(&far, "far", &f.err), KD_OK);
  o.domain = &far;
  assert_int_equal(run(&f, &m, &o), KD_E_MODEL);
  assert_non_null(strstr(f.err.text, "none of the 25 cores lies inside the domain"));
  o.domain = NULL;
  o.dx = o.dy = 1.0;
  assert_int_equal(run(&f, &m, &o), KD_E_SIZE);
  o = kd_model_defaults;
  o.search.neighbours = 0;
  assert_int_equal(run(&f, &m, &o), KD_E_RANGE);
  fixture_close(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(shipped_cores_give_the_printed_mean),
      cmocka_unit_test(repeats_itself),
      cmocka_unit_test(honours_its_data),
      cmocka_unit_test(refuses_what_cannot_be),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
