// SPDX-License-Identifier: Apache-2.0
#include "deposit/composition.h"
#include "unit/deposit/fixture.h"

static void run(kd_deposit_result *out, fixture *f, uint64_t realisation) {
  kd_arena_reset(f->scratch);
  kd_stream_start(&f->rng, 1, kd_stream_id("deposit"), realisation);
  if (kd_deposit_run(out, &f->p, &f->work) != KD_OK) fail_msg("%s", f->err.text);
}

/* Errors of columns and elements move metal about; the sum of REY is the common factor's alone. */
static void local_errors_keep_the_sum(void **state) {
  fixture f;
  kd_deposit_result r;
  (void)state;
  fixture_open(&f);
  fixture_ship(&f);
  fixture_errors(&f);
  f.p.grade_cap = 1.0;
  f.p.grade_factor = 1.1;
  for (uint64_t i = 0; i < 20; i++) {
    run(&r, &f, i);
    assert_close(r.mean_grade, 1.1 * 964.0e-6, 1e-6); /* the table is written to 0.001 ppm */
  }
  fixture_close(&f);
}

/* The share of the heavy elements is printed: errors of the elements keep it, and without errors all is as estimated.
 */
static void element_errors_keep_the_heavy_share(void **state) {
  fixture f;
  kd_deposit_result a, r;
  (void)state;
  fixture_open(&f);
  fixture_ship(&f);
  fixture_errors(&f);
  f.p.grade_cap = 1.0;
  f.p.nugget_error = f.p.sill_error = 0.0;
  run(&r, &f, 7);
  f.p.draw_errors = 0;
  run(&a, &f, 7);
  assert_near(a.heavy_share, 0.446075, 1e-6);
  assert_close(r.heavy_share, a.heavy_share, 1e-12);
  assert_true(fabs(r.oxide[KD_DY] / a.oxide[KD_DY] - 1.0) > 1e-3);
  assert_close(a.ground.grade_ratio[100], 1.0, 1e-12);
  fixture_close(&f);
}

/* What the result sums up is what the blocks hold, by element, oxide, class and cut-off. */
static void sums_are_those_of_the_blocks(void **state) {
  fixture f;
  kd_deposit_result r;
  (void)state;
  fixture_open(&f);
  fixture_ship(&f);
  fixture_errors(&f);
  f.p.grade_cap = 3000e-6; /* so that many blocks are cut */
  for (uint64_t k = 0; k < 5; k++) {
    double element[KD_ELEMENTS] = {0}, reo = 0.0, mass = 0.0, above = 0.0, classes = 0.0;
    run(&r, &f, k);
    for (size_t i = 0; i < r.ground.count; i++) {
      const kd_block *b = &r.ground.block[i];
      const double m = b->area * b->thickness * b->density;
      mass += m;
      for (int e = 0; e < KD_ELEMENTS; e++) element[e] += m * b->grade[e];
      reo += m * kd_grade_reo(b->grade);
      if (kd_grade_rey(b->grade) >= 2000e-6) above += m;
      assert_true(kd_grade_rey(b->grade) <= 3000e-6 * (1.0 + 1e-12));
    }
    for (size_t c = 0; c < KD_CLASSES; c++) classes += r.tonnage_by_class[c];
    for (int e = 0; e < KD_ELEMENTS; e++) assert_close(r.resource.element[e], element[e], 1e-12);
    assert_close(r.reo, reo, 1e-12);
    assert_close(r.dry_tonnage, mass, 1e-12);
    assert_close(classes, mass, 1e-12);
    assert_close(r.tonnage_above[0], mass, 1e-12);
    assert_close(r.reo_above[0], reo, 1e-12);
    assert_close(r.tonnage_above[4], above, 1e-9);
  }
  fixture_close(&f);
}

/* The curve falls, its grades rise and lie above their cut-off. */
static void curve_is_monotone(void **state) {
  fixture f;
  kd_deposit_result r;
  (void)state;
  fixture_open(&f);
  fixture_ship(&f);
  fixture_errors(&f);
  run(&r, &f, 3);
  for (size_t i = 1; i < KD_CUTOFFS; i++) {
    assert_true(r.tonnage_above[i] <= r.tonnage_above[i - 1]);
    if (r.tonnage_above[i] == 0.0) continue;
    assert_true(r.grade_above[i] >= r.grade_above[i - 1]);
    assert_true(r.grade_above[i] >= kd_cutoffs[i]);
  }
  fixture_close(&f);
}

/* The grades drawn scatter about the estimate, and the ratio tells by how much. Means over 2,000 draws: the error of
 * the mean of log(ratio) in one column is 0.5 / sqrt(2000) = 0.011, five of them 0.06. */
static void draws_scatter_about_the_estimate(void **state) {
  fixture f;
  kd_deposit_result r;
  kd_block_list list;
  double sum = 0.0, square = 0.0, rey;
  const size_t draws = 2000;
  (void)state;
  fixture_open(&f);
  fixture_ship(&f);
  fixture_errors(&f);
  f.p.composition_error = f.p.cerium_error = 0.0;
  f.p.grade_cap = 1.0;
  for (uint64_t i = 0; i < draws; i++) {
    run(&r, &f, i);
    assert_int_equal(kd_blocks_read(&list, f.table, 0.0, (double)NAN, f.scratch, &f.err), KD_OK);
    rey = kd_grade_rey(r.ground.block[0].grade);
    assert_close(rey, list.rey[0] * r.ground.grade_ratio[0], 1e-12);
    sum += log(r.ground.grade_ratio[0]);
    square += log(r.ground.grade_ratio[0]) * log(r.ground.grade_ratio[0]);
  }
  sum /= (double)draws;
  square = sqrt(square / (double)draws - sum * sum);
  assert_near(sum, -0.5 * square * square, 0.06); /* mean one: the median lies below it */
  assert_true(square > 0.30 && square < 0.45);    /* column error 0.38 at 3.9 km */
  fixture_close(&f);
}

/* Same stream, same bits; another realisation, another ground. */
static void same_stream_same_bits(void **state) {
  fixture f;
  kd_deposit_result a, b, c;
  (void)state;
  fixture_open(&f);
  fixture_ship(&f);
  fixture_errors(&f);
  run(&a, &f, 5);
  run(&c, &f, 6);
  run(&b, &f, 5);
  assert_memory_equal(&a.resource, &b.resource, sizeof a.resource);
  assert_memory_equal(a.tonnage_above, b.tonnage_above, sizeof a.tonnage_above);
  assert_true(memcmp(&a.resource, &c.resource, sizeof a.resource) != 0);
  fixture_close(&f);
}

/* A stated grade is what it says: only the split into elements is drawn. */
static void stated_grade_is_kept(void **state) {
  fixture f;
  kd_deposit_result r;
  (void)state;
  fixture_open(&f);
  fixture_errors(&f);
  f.p.stated_grade = 2652e-6;
  f.p.dry_density = 560.0;
  f.p.grade_factor = 1.3;
  run(&r, &f, 1);
  assert_int_equal(r.ground.count, 1);
  assert_null(r.ground.grade_ratio);
  assert_close(r.mean_grade, 2652e-6, 1e-12);
  assert_close(kd_grade_rey(r.ground.block[0].grade), 2652e-6, 1e-12);
  assert_close(r.dry_tonnage, 100e6 * 10.0 * 560.0, 1e-12);
  assert_close(r.tonnage_by_class[KD_CLASSES - 1], r.dry_tonnage, 1e-12);
  assert_true(isnan(r.best_square_reo));
  f.p.dry_density = (double)NAN;
  assert_int_equal(kd_deposit_run(&r, &f.p, &f.work), KD_E_MISSING);
  fixture_close(&f);
}

static void refuses_a_ground_of_rock(void **state) {
  fixture f;
  kd_deposit_result r;
  (void)state;
  fixture_open(&f);
  assert_int_equal(kd_deposit_run(&r, &f.p, &f.work), KD_E_MISSING);
  fixture_ship(&f);
  f.p.dry_density = 2700.0;
  assert_int_equal(kd_deposit_run(&r, &f.p, &f.work), KD_E_CONTRADICTION);
  fixture_close(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(local_errors_keep_the_sum),
      cmocka_unit_test(element_errors_keep_the_heavy_share),
      cmocka_unit_test(sums_are_those_of_the_blocks),
      cmocka_unit_test(curve_is_monotone),
      cmocka_unit_test(draws_scatter_about_the_estimate),
      cmocka_unit_test(same_stream_same_bits),
      cmocka_unit_test(stated_grade_is_kept),
      cmocka_unit_test(refuses_a_ground_of_rock),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
