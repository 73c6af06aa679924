// SPDX-License-Identifier: Apache-2.0
/* The plume stage as a whole, fed by a campaign. */
#include "unit/campaign/fixture.h"

#include "plume/plume.h"

static void near(const char *what, double got, double want, double tolerance) {
  if (!(fabs(got - want) <= tolerance)) fail_msg("%s: got %.12g, want %.12g within %g", what, got, want, tolerance);
}

static void plume_defaults(fixture *f, kd_plume_params *p) {
  for (size_t i = 0; i < kd_plume_stage.param_count; i++) {
    const kd_param *param = &kd_plume_stage.params[i];
    char *at = (char *)p + param->offset;
    if (param->kind == KD_PARAM_NUMBER) *(double *)(void *)at = middle(param);
    if (param->kind == KD_PARAM_CHOICE) *(int *)(void *)at = 0;
    if (param->kind == KD_PARAM_TABLE) *(const kd_table **)(void *)at = load_table(f, param->initial, param->columns);
  }
}

/* A year of 1.62 kg/s dry: 5 % stirred up, 1 % in the return water. */
static const kd_released year = {.collector_rate = 0.081,
                                 .return_rate = 0.0162,
                                 .return_water = 0.02,
                                 .duration = 7.8e6,
                                 .water_depth = 5700,
                                 .grain_density = 2600,
                                 .insertions = 486};

static kd_status run(fixture *f, kd_plume_result *out, const kd_plume_params *p, const kd_released *released) {
  kd_arena_reset(f->scratch);
  return kd_plume_run(out, p, released, &f->work);
}

static void no_mass_is_lost(void **state) {
  fixture *f = *state;
  kd_plume_params p = {0};
  kd_plume_result r;
  plume_defaults(f, &p);
  for (int bed = 0; bed < 2; bed++)
    for (int settling = 0; settling < 2; settling++) {
      p.bed = bed;
      p.settling = settling;
      assert_int_equal(run(f, &r, &p, &year), KD_OK);
      near("mass", (r.deposited_mass + r.beyond_mass) / r.released_mass, 1, 1e-14);
      near("released", r.released_mass, (0.081 + 0.0162) * 7.8e6, 1e-6);
      near("collector", (r.bed_mass + r.far_mass) / r.collector_mass, 1, 1e-15);
      assert_true(r.area_low >= r.area_high && r.area_high >= 0);
      assert_true(r.collector_volume_low >= r.collector_volume_high);
      assert_true(r.return_neutral_depth > p.return_depth && r.return_dilution > 1);
    }
}

/* Sticking on first touch deposits sooner, so less is carried beyond. */
static void the_bed_condition_matters(void **state) {
  fixture *f = *state;
  kd_plume_params p = {0};
  kd_plume_result settling, sink;
  plume_defaults(f, &p);
  p.domain = 2000;
  assert_int_equal(run(f, &settling, &p, &year), KD_OK);
  p.bed = KD_BED_SINK;
  assert_int_equal(run(f, &sink, &p, &year), KD_OK);
  assert_true(sink.beyond_mass < settling.beyond_mass);
  assert_true(sink.deposited_mass > settling.deposited_mass);
}

static void more_mud_covers_more(void **state) {
  fixture *f = *state;
  kd_plume_params p = {0};
  kd_plume_result small, large;
  kd_released ten = year;
  plume_defaults(f, &p);
  ten.collector_rate *= 10;
  ten.return_rate *= 10;
  ten.return_water *= 10;
  ten.insertions *= 10;
  assert_int_equal(run(f, &small, &p, &year), KD_OK);
  assert_int_equal(run(f, &large, &p, &ten), KD_OK);
  assert_true(large.area_low > small.area_low && large.area_high > small.area_high);
  near("flow over the threshold", large.return_flux_low / small.return_flux_low, 10, 1e-12);
  near("reach", large.collector_reach_low / small.collector_reach_low, 10, 1e-12);
}

static void nothing_released_leaves_nothing(void **state) {
  fixture *f = *state;
  kd_plume_params p = {0};
  kd_plume_result r;
  const kd_released none = {.water_depth = 5700, .grain_density = 2600};
  plume_defaults(f, &p);
  assert_int_equal(run(f, &r, &p, &none), KD_OK);
  assert_true(r.area_low == 0 && r.released_mass == 0 && r.beyond_share == 0 && r.return_dilution == 1);
}

static void a_campaign_feeds_the_plume(void **state) {
  fixture *f = *state;
  kd_campaign_result campaign;
  kd_plume_params p = {0};
  kd_plume_result r;
  plume_defaults(f, &p);
  assert_int_equal(realise(f, &campaign, 1), KD_OK);
  assert_int_equal(kd_plume_run(&r, &p, &campaign.released, &f->work), KD_OK);
  near("stirred", r.collector_mass, campaign.dry_stirred, 1e-6);
  near("returned", r.return_mass, campaign.dry_returned, 1e-6);
}

static void refuse(fixture *f, kd_plume_params *p, const char *csv, kd_status code, const char *text) {
  kd_plume_result r;
  kd_table *table = NULL;
  assert_int_equal(kd_table_parse(&table, f->ctx, "bad.csv", csv, strlen(csv), NULL, NULL, &f->err), KD_OK);
  assert_int_equal(kd_table_bind(table, "class, share [1], size [um], settling [m/s], floc", NULL, NULL, &f->err),
                   KD_OK);
  p->classes = table;
  assert_int_equal(run(f, &r, p, &year), code);
  if (strstr(f->err.text, text) == NULL) fail_msg("'%s' is not in '%s'", text, f->err.text);
  kd_table_destroy(&table);
}

static void bad_classes_are_refused(void **state) {
  fixture *f = *state;
  kd_plume_params p = {0};
  kd_plume_result r;
  plume_defaults(f, &p);
  refuse(f, &p, "class,share [1],size [um],settling [m/s],floc\na,0.5,1,1e-4,no\n", KD_E_RANGE,
         "add up to 0.5: must be 1");
  refuse(f, &p, "class,share [1],size [um],settling [m/s],floc\na,1,1,0,no\n", KD_E_RANGE, "must be above 0");
  refuse(f, &p, "class,share [1],size [um],settling [m/s],floc\na,-1,1,1e-4,no\nb,2,1,1e-4,no\n", KD_E_RANGE,
         "must be at least 0");
  p.classes = NULL;
  assert_int_equal(run(f, &r, &p, &year), KD_E_MISSING);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(no_mass_is_lost),
      TEST(the_bed_condition_matters),
      TEST(more_mud_covers_more),
      TEST(a_campaign_feeds_the_plume),
      TEST(nothing_released_leaves_nothing),
      TEST(bad_classes_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
