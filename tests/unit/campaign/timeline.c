// SPDX-License-Identifier: Apache-2.0
/* Validation: the trial of 2026 with the printed plan and the defaults of the stage, not tuned to it.
 * Printed: left port 12 January, on site 17 January, on the bottom 30 January, first mud 1 February, back 14 February.
 */
#include "unit/campaign/fixture.h"

#include "scenario/scenario.h"

#define REALISATIONS 2000
#define DAY          86400.0

static int compare(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* The printed day must lie between P10 and P90 of those realisations that have one. */
static void holds(const char *what, double *day, size_t count, double printed) {
  size_t known = 0;
  for (size_t i = 0; i < count; i++)
    if (!isnan(day[i])) day[known++] = day[i] / DAY;
  assert_true(known > count / 2);
  qsort(day, known, sizeof *day, compare);
  const double p10 = day[known / 10], p50 = day[known / 2], p90 = day[known * 9 / 10];
  print_message("%-10s P10 %.1f P50 %.1f P90 %.1f printed %.1f (days from 11 January)\n", what, p10, p50, p90, printed);
  if (!(p10 <= printed && printed <= p90)) fail_msg("%s: %.1f is not between %.1f and %.1f", what, printed, p10, p90);
  assert_true(p90 - p10 < 16); /* wide enough to hold anything would prove nothing */
}

static void the_trial_of_2026_is_held(void **state) {
  fixture *f = *state;
  static double bottom[REALISATIONS], mud[REALISATIONS], back[REALISATIONS], site[REALISATIONS];
  kd_scenario *scenario = NULL;
  kd_context *ctx = NULL;
  kd_campaign_result r;
  kd_programme_params *p = calloc(1, sizeof *p);
  const kd_context_options options = {.size = sizeof options, .home = KD_TEST_SOURCE};
  assert_non_null(p);
  assert_int_equal(kd_context_create(&ctx, &options), KD_OK);
  assert_int_equal(kd_scenario_load(&scenario, ctx, KD_TEST_SOURCE "/scenarios/minamitorishima-2026-trial.yaml", NULL),
                   KD_OK);
  /* the lift's limits for waves, at the middle of the shipped lift */
  for (uint64_t i = 0; i < REALISATIONS; i++) {
    kd_scenario_draw(p, NULL, scenario, 1, i);
    f->p = p->campaign;
    assert_int_equal(realise(f, &r, i), KD_OK);
    site[i] = r.on_site_day;
    bottom[i] = r.on_bottom_day;
    mud[i] = r.first_mud_day;
    back[i] = r.return_day;
  }
  holds("on site", site, REALISATIONS, 6);
  holds("on bottom", bottom, REALISATIONS, 19);
  holds("first mud", mud, REALISATIONS, 21);
  holds("return", back, REALISATIONS, 34);
  kd_scenario_destroy(&scenario);
  kd_context_destroy(&ctx);
  free(p);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(the_trial_of_2026_is_held, setup, teardown)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
