// SPDX-License-Identifier: Apache-2.0
/* The block model of the shipped cores, and of cores whose answer is known. */
#include "deposit/model.h"

#include "base/text.h"

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

/* Estimate and realisations are the same bits for one thread and for three, by each engine and transform. */
static void same_for_any_threads(void **state) {
  static const struct {
    kd_simulation_method method;
    kd_simulation_transform transform;
    bool own, block;
  } way[] = {{KD_SIMULATE_SEQUENTIAL, KD_TRANSFORM_PCA, true, false},
             {KD_SIMULATE_FFT, KD_TRANSFORM_MAF, false, false},
             {KD_SIMULATE_FFT, KD_TRANSFORM_SCORES, true, true}};
  (void)state;
  for (size_t w = 0; w < sizeof way / sizeof way[0]; w++) {
    fixture f;
    kd_model a, b;
    kd_pool *pool = NULL;
    kd_model_options o = kd_model_defaults;
    load(&f);
    o.method = way[w].method;
    o.transform = way[w].transform;
    o.own_variograms = way[w].own;
    o.block = way[w].block;
    o.realisations = 11;
    o.dx = o.dy = 8000.0;
    assert_int_equal(run(&f, &a, &o), KD_OK);
    assert_int_equal(kd_pool_create(&pool, f.ctx, 3, &f.err), KD_OK);
    o.pool = pool;
    assert_int_equal(run(&f, &b, &o), KD_OK);
    assert_memory_equal(a.metal, b.metal, a.realisations * a.variables * sizeof(double));
    assert_memory_equal(a.each, b.each, a.realisations * sizeof *a.each);
    for (size_t v = 0; v < a.variables; v++)
      assert_memory_equal(a.estimate[v], b.estimate[v], a.blocks * sizeof(double));
    assert_int_equal(a.values.count, b.values.count);
    for (size_t i = 0; i < a.values.count; i++) assert_true(a.values.row[i].found == b.values.row[i].found);
    kd_pool_destroy(&pool);
    fixture_close(&f);
  }
}

/* The workflow's estimate is kriging as kd_kriging_at has it, of each variable by itself. */
static void estimates_as_the_kriging_core(void **state) {
  fixture f;
  kd_model m;
  kd_search search;
  kd_kriging kriging;
  kd_kriging_space space;
  kd_model_options o = kd_model_defaults;
  (void)state;
  load(&f);
  o.realisations = 0;
  o.dx = o.dy = 8000.0;
  o.search.neighbours = 16;
  assert_int_equal(run(&f, &m, &o), KD_OK);
  const kd_search_rule rule = kd_model_search(&m, &o.search);
  const kd_points points = {.count = m.composites.samples, .x = m.x, .y = m.y, .z = m.z};
  const size_t nd = 3, source = kd_cores_variable(&m.composites, m.name[nd]);
  assert_int_equal(kd_search_create(&search, f.scratch, &points, NULL, &rule, &f.err), KD_OK);
  assert_int_equal(kd_kriging_create(&kriging, &points, m.composites.variable[source].value, NULL, &m.variogram,
                                     &o.estimator, &search, f.scratch, &f.err),
                   KD_OK);
  assert_int_equal(kd_kriging_space_create(&space, f.scratch, &kriging, &f.err), KD_OK);
  for (size_t b = 0; b < m.blocks; b += 7) {
    const double at[3] = {kd_grid_x(&m.grid, m.cell[b]), kd_grid_y(&m.grid, m.cell[b]), kd_grid_z(&m.grid, m.cell[b])};
    kd_kriged k;
    kd_kriging_at(&kriging, &space, &k, at, NULL, NULL);
    assert_close(m.estimate[nd][b], k.estimate, 1e-9);
    assert_near(m.variance[b], k.variance, 1e-10);
  }
  fixture_close(&f);
}

/* Mean square of the scores of all blocks over many realisations: by kriging sum_b (variance_b + estimate_b^2) /
 * blocks, with data whose nugget is noise. Both engines; all data and blocks are neighbours, so that nothing is
 * approximate. */
static void realisations_have_the_kriging_mean_and_variance(void **state) {
  (void)state;
  for (int method = 0; method < 4; method++) {
    fixture f;
    kd_model m;
    kd_search search;
    kd_kriging kriging;
    kd_kriging_space space;
    kd_covariance variogram = {0};
    kd_model_options o = kd_model_defaults;
    const char *csv = "id,east [m],north [m],from [m],to [m],density [t/m3],Nd [ppm]\n"
                      "A,500,500,0,1,0.5,10\nB,2500,500,0,1,0.5,30\nC,500,2500,0,1,0.5,80\nD,2500,2500,0,1,0.5,50\n";
    const double score[4] = {-1.1503493803760079, -0.31863936396437514, 1.1503493803760079, 0.31863936396437514};
    const double x[4] = {500, 2500, 500, 2500}, y[4] = {500, 500, 2500, 2500}, z[4] = {0.5, 0.5, 0.5, 0.5};
    fixture_open(&f);
    assert_int_equal(kd_table_parse(&f.table, f.ctx, "c.csv", csv, strlen(csv), NULL, NULL, &f.err), KD_OK);
    /* from 2 on: a part of it in layers, the same number everywhere at a depth */
    assert_int_equal(kd_covariance_parse(&variogram,
                                         method < 2 ? "0.4 nugget + 0.6 spherical(4 km, minor 5 m)"
                                                    : "0.4 nugget + 0.2 spherical(4 km, minor 5 m) + 0.4 spherical(1e9 "
                                                      "m, semi 1e9 m, minor 5 m)",
                                         &f.err),
                     KD_OK);
    o.variogram = &variogram;
    o.method = method % 2 == 0 ? KD_SIMULATE_SEQUENTIAL : KD_SIMULATE_FFT;
    o.dx = o.dy = 1000.0;
    o.margin = 500.0;
    o.realisations = 1000;
    assert_int_equal(run(&f, &m, &o), KD_OK);
    const kd_points points = {.count = 4, .x = x, .y = y, .z = z};
    const kd_search_rule all = {0};
    const kd_kriging_rule simple = {.simple = true, .filter_nugget = true};
    assert_int_equal(kd_search_create(&search, f.scratch, &points, NULL, &all, &f.err), KD_OK);
    assert_int_equal(kd_kriging_create(&kriging, &points, score, NULL, &variogram, &simple, &search, f.scratch, &f.err),
                     KD_OK);
    assert_int_equal(kd_kriging_space_create(&space, f.scratch, &kriging, &f.err), KD_OK);
    double wanted = 0.0, found = 0.0, square = 0.0, mean = 0.0;
    for (size_t b = 0; b < m.blocks; b++) {
      const double at[3] = {kd_grid_x(&m.grid, b), kd_grid_y(&m.grid, b), 0.5};
      kd_kriged k;
      kd_kriging_at(&kriging, &space, &k, at, NULL, NULL);
      wanted += (k.variance + k.estimate * k.estimate) / (double)m.blocks;
      mean += k.estimate / (double)m.blocks;
    }
    for (size_t r = 0; r < m.realisations; r++) {
      const double one = m.each[r].variance + m.each[r].mean * m.each[r].mean;
      found += one / (double)m.realisations;
      square += one * one / (double)m.realisations;
    }
    const double error = sqrt((square - found * found) / (double)m.realisations);
    assert_near(found, wanted, 3.5 * error);
    assert_true(error < 0.08 * wanted);
    assert_near(mean, 0.0, 1e-9); /* by symmetry */
    assert_near(m.check.mean, 0.0, 0.06);
    fixture_close(&f);
  }
}

/* Only blocks between the kriged top and base, with the part of them that lies there: planes come back as planes. */
static void a_layer_holds_its_volume(void **state) {
  fixture f;
  kd_model m;
  kd_model_options o = kd_model_defaults;
  kd_text csv;
  (void)state;
  fixture_open(&f);
  kd_text_init(&csv, f.ctx);
  kd_text_add(&csv, "id,east [m],north [m],from [m],to [m],density [t/m3],Nd [ppm],layer\n");
  for (int i = 0; i < 5; i++) {
    for (int j = 0; j < 5; j++) {
      const double top = 2.0 + 0.25 * i, base = top + 3.0;
      const double depth[4] = {0.0, top, base, 9.0};
      static const char *const name[3] = {"cover", "mud", "clay"};
      for (int k = 0; k < 3; k++)
        kd_text_printf(&csv, "C%d%d,%d,%d,%g,%g,0.5,%g,%s\n", i, j, i * 1000, j * 1000, depth[k], depth[k + 1],
                       50.0 + 10.0 * k + 7.0 * ((3 * i + 5 * j + k) % 7), name[k]);
    }
  }
  assert_int_equal(kd_table_parse(&f.table, f.ctx, "c.csv", csv.bytes, csv.length, NULL, NULL, &f.err), KD_OK);
  o.layer = "mud";
  o.realisations = 3;
  o.dx = o.dy = 500.0;
  o.dz = 0.5;
  o.margin = 0.0;
  o.composite.length = 0.5;
  assert_int_equal(run(&f, &m, &o), KD_OK);
  assert_int_equal(m.open_cores, 0);
  assert_int_equal(m.columns, 64);
  for (size_t c = 0; c < m.columns; c++) {
    const double x = kd_grid_x(&m.grid, m.column_cell[c]);
    assert_near(m.top[c], 2.0 + 0.25e-3 * x, 0.1);
    assert_near(m.base[c] - m.top[c], 3.0, 1e-9);
    assert_near(m.column_mass[c], 500.0 * 500.0 * 3.0 * 500.0, 0.02 * 500.0 * 500.0 * 3.0 * 500.0);
  }
  for (size_t b = 0; b < m.blocks; b++) {
    assert_true(m.share[b] > 0.0 && m.share[b] <= 1.0);
    assert_true(kd_grid_z(&m.grid, m.cell[b]) > 1.7 && kd_grid_z(&m.grid, m.cell[b]) < 6.4);
  }
  o.layer = "sand";
  assert_int_equal(run(&f, &m, &o), KD_E_MISSING);
  kd_text_free(&csv);
  fixture_close(&f);
}

/* A radius leaves out what it does not reach, and says how much. */
static void blocks_out_of_reach_are_left_out(void **state) {
  fixture f;
  kd_model m, all;
  kd_model_options o = kd_model_defaults;
  (void)state;
  load(&f);
  o.realisations = 2;
  o.dx = o.dy = 4000.0;
  o.margin = 20e3;
  assert_int_equal(run(&f, &all, &o), KD_OK);
  o.search.radius = 9e3;
  o.search.minor = 3.0;
  assert_int_equal(run(&f, &m, &o), KD_OK);
  assert_int_equal(m.blocks + m.unreached, all.blocks);
  assert_true(m.unreached > 1000);
  size_t at = 0;
  for (size_t i = 0; i < m.grid.nx * m.grid.ny * m.grid.nz; i++) {
    if (m.block_of[i] < 0) continue;
    assert_int_equal(m.block_of[i], at);
    assert_int_equal(m.cell[at++], i);
  }
  assert_int_equal(at, m.blocks);
  for (size_t b = 0; b < m.blocks; b++) assert_true(m.distance[b] <= 9e3 && m.estimate[m.main][b] > 0.0);
  o.search.radius = 1.0;
  assert_int_equal(run(&f, &m, &o), KD_E_MODEL);
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
      cmocka_unit_test(same_for_any_threads),
      cmocka_unit_test(estimates_as_the_kriging_core),
      cmocka_unit_test(realisations_have_the_kriging_mean_and_variance),
      cmocka_unit_test(a_layer_holds_its_volume),
      cmocka_unit_test(blocks_out_of_reach_are_left_out),
      cmocka_unit_test(refuses_what_cannot_be),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
