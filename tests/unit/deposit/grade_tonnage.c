// SPDX-License-Identifier: Apache-2.0
#include "deposit/grade_tonnage.h"
#include "unit/deposit/fixture.h"

static const kd_kernel *find(const char *name) {
  for (const kd_kernel *const *set = kd_deposit_stage.kernel_sets; *set != NULL; set++)
    for (const kd_kernel *kernel = *set; kernel->name != NULL; kernel++)
      if (strcmp(kernel->name, name) == 0) return kernel;
  return NULL;
}

/* Three blocks by hand: 1 Mt at 500, 2 Mt at 1,000, 1 Mt at 3,000 ppm. */
static void kernel_gives_the_curve(void **state) {
  fixture f;
  kd_table *out = NULL;
  const kd_table *data[1];
  const double options[4] = {0.0, 1000e-6, 4.0, 1000.0};
  (void)state;
  fixture_open(&f);
  fixture_parse(&f, "area [km2],thickness [m],density [t/m3],rey [ppm]\n1,1,1,500\n1,2,1,1000\n1,1,,3000\n");
  data[0] = f.table;
  assert_int_equal(find("deposit.grade_tonnage")->eval_table(&out, data, options, &f.work), KD_OK);
  assert_int_equal(out->rows, 4);
  assert_close(out->column[1].number[0], 4e9, 1e-12);
  assert_close(out->column[2].number[0], 1375e-6, 1e-12);
  assert_close(out->column[1].number[1], 3e9, 1e-12); /* a block at the cut-off is in */
  assert_close(out->column[2].number[1], (2.0 * 1000e-6 + 3000e-6) / 3.0, 1e-12);
  assert_close(out->column[3].number[3], 3000e-6 * 1e9, 1e-12);
  assert_near(out->column[5].number[3], 1.0, 0.0);
  kd_table_destroy(&out);
  fixture_close(&f);
}

/* Many cut-offs take the searching way: it must agree with the counting way. */
static void search_agrees_with_count(void **state) {
  double cutoff[100];
  kd_grade_tonnage many[100] = {0};
  (void)state;
  for (int i = 0; i < 100; i++) cutoff[i] = 50e-6 * i;
  for (int b = 0; b < 1000; b++) {
    const double rey = 4950e-6 * ((b * 37) % 1000) / 999.0;
    kd_grade_tonnage_add(many, cutoff, 100, 1.0, rey, rey);
  }
  kd_grade_tonnage_close(many, 100);
  for (int i = 0; i < 100; i++) {
    size_t count = 0;
    for (int b = 0; b < 1000; b++) count += 4950e-6 * ((b * 37) % 1000) / 999.0 >= cutoff[i];
    assert_int_equal(many[i].blocks, count);
    assert_near(many[i].tonnage, (double)count, 0.0);
  }
}

/* Nothing above: no grade, rather than a grade of nothing. */
static void no_grade_where_there_is_no_tonnage(void **state) {
  const double cutoff[2] = {0.0, 1e-3};
  kd_grade_tonnage curve[2] = {0};
  (void)state;
  kd_grade_tonnage_add(curve, cutoff, 2, 5.0, 5e-4, 6e-4);
  kd_grade_tonnage_close(curve, 2);
  assert_true(isnan(curve[1].grade));
  assert_near(curve[1].tonnage, 0.0, 0.0);
  assert_close(curve[0].reo, 3e-3, 1e-12);
}

/* By element: sums over the blocks of the shipped table, one by one, for a cut-off of dysprosium; and the oxides of the
 * curve by REY are those of the curve of all oxides. */
static void elements_above_a_cutoff(void **state) {
  fixture f;
  kd_block_list list;
  double cutoff[40], tonnage[40], metal[40 * KD_ELEMENTS];
  kd_grade_tonnage all[40] = {0};
  (void)state;
  fixture_open(&f);
  fixture_ship(&f);
  assert_int_equal(kd_blocks_read(&list, f.p.blocks, 0.0, 560.0, f.scratch, &f.err), KD_OK);
  for (int k = 0; k < 40; k++) cutoff[k] = 5e-6 * k;
  kd_grade_tonnage_elements(tonnage, metal, &list, list.grade[KD_DY], cutoff, 40);
  for (int k = 0; k < 40; k++) {
    double mass = 0.0, nd = 0.0;
    for (size_t i = 0; i < list.count; i++) {
      if (list.grade[KD_DY][i] < cutoff[k]) continue;
      mass += list.mass[i];
      nd += list.mass[i] * list.grade[KD_ND][i];
    }
    assert_close(tonnage[k] + 1.0, mass + 1.0, 1e-12);
    assert_close(metal[k * KD_ELEMENTS + KD_ND] + 1.0, nd + 1.0, 1e-12);
  }
  assert_true(tonnage[39] < tonnage[0] && tonnage[20] > 0.0);
  for (int k = 0; k < 40; k++) cutoff[k] = 200e-6 * k;
  kd_grade_tonnage_elements(tonnage, metal, &list, list.rey, cutoff, 40);
  for (size_t i = 0; i < list.count; i++) {
    double reo = 0.0;
    for (int e = 0; e < KD_REY; e++) reo += list.grade[e][i] * kd_oxide_factor((kd_element_id)e);
    kd_grade_tonnage_add(all, cutoff, 40, list.mass[i], list.rey[i], reo);
  }
  kd_grade_tonnage_close(all, 40);
  for (int k = 0; k < 40; k++) {
    double reo = 0.0;
    for (int e = 0; e < KD_REY; e++) reo += metal[k * KD_ELEMENTS + e] * kd_oxide_factor((kd_element_id)e);
    assert_close(reo + 1.0, all[k].reo + 1.0, 1e-12);
  }
  fixture_close(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(kernel_gives_the_curve),
      cmocka_unit_test(search_agrees_with_count),
      cmocka_unit_test(no_grade_where_there_is_no_tonnage),
      cmocka_unit_test(elements_above_a_cutoff),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
