// SPDX-License-Identifier: Apache-2.0
/* Flowsheet solver, dewatering by independent roads, other routes of the stage, named streams. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "fixture.h"

#include "process/cyclone_circuit.h"
#include "process/dewater.h"
#include "process/flowsheet.h"
#include "process/zone.h"

typedef struct bench {
  kd_context *ctx;
  kd_arena *scratch;
  kd_error err;
  kd_work work;
} bench;

static void setup(bench *b) {
  memset(b, 0, sizeof *b);
  assert_int_equal(kd_context_create(&b->ctx, NULL), KD_OK);
  assert_int_equal(kd_arena_create(&b->scratch, b->ctx), KD_OK);
  b->work = (kd_work){.ctx = b->ctx, .scratch = b->scratch, .err = &b->err};
}

static void teardown(bench *b) {
  kd_arena_destroy(&b->scratch);
  kd_context_destroy(&b->ctx);
}

/* Feed 100 into a mixer, half reacts, a tenth of what comes back is bled: x = the mixer's content of A is
 * 100 + 0.9 x 0.5 x, so 100/0.55; all four methods. */
static void one_recycle(void **state) {
  (void)state;
  bench b;
  setup(&b);
  const double nan = (double)NAN;
  const kd_sheet_stream stream[] = {{-1, 0}, {0, 1}, {1, -1}, {1, 2}, {2, -1}, {2, 0}};
  const double share[] = {0, 0, nan, nan, 0, 1, nan, nan, 0.1, 0.1, nan, nan}, limit[] = {nan, nan, nan, nan, nan, nan};
  const double coefficient[] = {-1, 1};
  const kd_sheet_reaction reaction = {.unit = 1, .key = 0, .conversion = 0.5, .coefficient = coefficient};
  const kd_sheet sheet = {.units = 3,
                          .streams = 6,
                          .components = 2,
                          .reactions = 1,
                          .stream = stream,
                          .share = share,
                          .limit = limit,
                          .reaction = &reaction};
  for (int method = 0; method < 4; method++) {
    double flow[12] = {100, 0};
    kd_sheet_result r;
    assert_int_equal(kd_sheet_solve(&r, flow, &sheet, (kd_tear_method)method, 1e-13, 5000, &b.work), KD_OK);
    assert_int_equal(r.tears, 1);
    assert_near(flow[2], 100 / 0.55, 1e-9);
    assert_near(flow[5] / (50 / 0.55), 1, 1e-11); /* the product, B */
    assert_true(r.closure < 1e-12);
    if (method == KD_TEAR_NEWTON) assert_true(r.iterations <= 7);
  }
  teardown(&b);
}

/* A recycle of everything has no steady state, and shares must make one. */
static void no_steady_state(void **state) {
  (void)state;
  bench b;
  setup(&b);
  const double nan = (double)NAN;
  const kd_sheet_stream stream[] = {{-1, 0}, {0, 1}, {1, 0}, {1, -1}};
  const double share[] = {0, nan, 1, nan}, limit[] = {nan, nan, nan, nan};
  kd_sheet sheet = {.units = 2, .streams = 4, .components = 1, .stream = stream, .share = share, .limit = limit};
  double flow[4] = {1};
  kd_sheet_result r;
  assert_int_not_equal(kd_sheet_solve(&r, flow, &sheet, KD_TEAR_NEWTON, 1e-12, 200, &b.work), KD_OK);
  assert_true(b.err.text[0] != '\0');
  const double wrong[] = {0, nan, 0.7, 0.7};
  sheet.share = wrong;
  assert_int_equal(kd_sheet_solve(&r, flow, &sheet, KD_TEAR_NEWTON, 1e-12, 200, &b.work), KD_E_CONTRADICTION);
  assert_non_null(strstr(b.err.text, "make 1.4"));
  teardown(&b);
}

/* Kynch's curve by a Godunov scheme of the settling equation on a fine grid. */
static void settling_against_a_grid(void **state) {
  (void)state;
  enum { N = 500 };
  static double phi[N], flux[N + 1];
  const kd_settling s = {1, 4};
  for (int i = 0; i < N; i++) phi[i] = 0.05;
  const double dt = 0.4 / (double)N;
  double t = 0;
  for (int step = 0; step < 3 * N; step++, t += dt) {
    for (int i = 1; i < N; i++) { /* downward flux between cell i (above) and i-1 (below): Godunov */
      const double a = phi[i], c = phi[i - 1];
      double f = a <= c ? (double)INFINITY : -1;
      for (int k = 0; k <= 8; k++) {
        const double x = a + (c - a) * k / 8, fx = x * pow(1 - x, 4);
        f = a <= c ? fmin(f, fx) : fmax(f, fx);
      }
      if (a > c && fmax(a, c) > 0.2 && fmin(a, c) < 0.2) f = 0.2 * pow(0.8, 4);
      flux[i] = f;
    }
    flux[0] = flux[N] = 0;
    for (int i = 0; i < N; i++) phi[i] += dt * (double)N * (flux[i + 1] - flux[i]);
  }
  double height = 0; /* the interface: where half of the first layer's solids end */
  for (int i = 0; i < N && phi[i] > 0.025; i++) height = (i + 1.0) / (double)N;
  double solids;
  assert_near(kd_kynch_height(&solids, &s, 0.05, 1, t), height, 0.02);
}

/* The ladder of cyclones against its linear equations solved by sweeps. */
static void ladder(void **state) {
  (void)state;
  for (double e = 0.1; e < 1; e += 0.2) {
    double load[6] = {0}, first;
    for (int sweep = 0; sweep < 20000; sweep++)
      for (int k = 0; k < 5; k++) load[k] = (k == 0 ? 1 : e * load[k - 1]) + (k < 4 ? (1 - e) * load[k + 1] : 0);
    assert_near(kd_circuit_recovery(&first, KD_CIRCUIT_RETURN, e, 5), e * load[4], 1e-12);
    assert_near(first, load[0], 1e-11);
  }
}

/* Wash: the share left is one less the integral of the exit, by the trapezoidal rule. */
static void wash_balance(void **state) {
  (void)state;
  for (double p = 2; p < 2000; p *= 5) {
    double sum = 0;
    const int n = 20000;
    for (int i = 0; i < n; i++) sum += kd_wash_exit(1.7 * (i + 0.5) / n, p) * 1.7 / n;
    assert_near(kd_wash_left(1.7, p), 1 - sum, 1e-6);
  }
}

/* Zone refining keeps the impurity: over the whole bar the mean stays one, and many passes come to Pfann's limit at the
 * head of a long bar. */
static void zones(void **state) {
  (void)state;
  bench b;
  setup(&b);
  double mean, head, a, slope;
  for (unsigned passes = 1; passes < 30; passes += 7) {
    assert_int_equal(kd_zone_passes(&mean, &head, 0.3, 8, passes, 1, &b.work), KD_OK);
    assert_near(mean, 1, 1e-11);
    kd_arena_reset(b.scratch);
  }
  kd_zone_ultimate(&a, &slope, 0.3, 8, 0);
  assert_near(slope / expm1(slope), 0.3, 1e-12);
  assert_int_equal(kd_zone_passes(&mean, &head, 0.3, 8, 100, 0.5, &b.work), KD_OK);
  assert_true(head < 1e-4 && fabs(log10(head / a)) < 1);
  teardown(&b);
}

static kd_table *facts(bench *b) {
  static const char text[] = "route,element,capacity [mmol/g],affinity [L/mg],recovery [%],purity [%],source\n"
                             "milt,*,0.3467,,,,a\ncapsules,nd,1.3081,0.029,,,b\nnimh,*,,,80,99,c\n";
  kd_table *t = NULL;
  assert_int_equal(kd_table_parse(&t, b->ctx, "facts", text, sizeof text - 1, NULL, NULL, &b->err), KD_OK);
  assert_int_equal(
      kd_table_bind(t, "route, element, capacity [mmol/g]?, affinity [L/mg]?, recovery [%]?, purity [%]?, source", NULL,
                    NULL, &b->err),
      KD_OK);
  return t;
}

/* Each route: elements close, what is in print is a number, and the rest is none. */
static void routes(void **state) {
  (void)state;
  bench b;
  setup(&b);
  kd_table *t = facts(&b);
  kd_ledger_book *book = NULL;
  kd_ledger *ledger = NULL;
  const kd_ledger_stage stage = {"process", kd_process_stage.lines, kd_process_stage.line_count};
  assert_int_equal(kd_ledger_book_create(&book, b.ctx, &stage, 1), KD_OK);
  assert_int_equal(kd_ledger_create(&ledger, b.ctx, book), KD_OK);
  b.work.ledger = ledger;
  kd_process_params p;
  kd_process_result r;
  kd_delivered d = {0};
  defaults(&p, 1);
  p.route_facts = t;
  p.route_mass = 1;
  p.sorbent_stages = 3;
  p.sorbent_dose = 1;
  p.route_grade[KD_ND] = 50e-6;
  p.route_grade[KD_DY] = 5e-6;
  for (int route = KD_ROUTE_MILT; route <= KD_ROUTE_NIMH; route++) {
    if (route == KD_ROUTE_PROTEIN) continue;
    p.route = route;
    kd_ledger_clear(ledger);
    assert_int_equal(kd_process_run(&r, &p, &d, &b.work), KD_OK);
    const double *in = kd_ledger_vector(ledger, "process.elements_feed");
    const double *made = kd_ledger_vector(ledger, "process.elements_product");
    const double *lost = kd_ledger_vector(ledger, "process.elements_raffinate");
    const double *unknown = kd_ledger_vector(ledger, "process.elements_unknown");
    for (int e = 0; e < KD_REY; e++) assert_near(in[e] - made[e] - lost[e] - unknown[e], 0, 1e-9);
    if (route == KD_ROUTE_MILT) {
      assert_true(isnan(r.route_recovery) && r.route_known == 0 && made[KD_ND] == 0);
      /* the floor: mol of rare earth over 0.3467 mol/kg */
      const double moles = (50 / 0.144242 + 5 / 0.1625) / 55;
      assert_near(r.route_sorbent / (moles / 0.3467), 1, 1e-3);
    }
    if (route == KD_ROUTE_CAPSULES) {
      assert_true(isnan(r.route_recovery) && made[KD_DY] == 0 && unknown[KD_DY] == in[KD_DY]);
      /* three portions of 1/3 g/L: each c' (1 + m q K/(1 + K c')) = c */
      double c = 50;
      for (int k = 0; k < 3; k++) {
        double x = c;
        for (int i = 0; i < 200; i++) x = c / (1 + 188.68 * 0.029 / 3 / (1 + 0.029 * x));
        c = x;
      }
      assert_near(made[KD_ND] / in[KD_ND], 1 - c / 50, 1e-4);
    }
    if (route == KD_ROUTE_NIMH) {
      assert_near(r.route_recovery, 0.8, 1e-12);
      assert_near(r.route_purity, 0.99, 1e-12);
      assert_true(r.electricity > 0);
    }
  }
  p.route_grade[KD_ND] = p.route_grade[KD_DY] = 0;
  assert_int_equal(kd_process_run(&r, &p, &d, &b.work), KD_E_MISSING);
  kd_ledger_destroy(&ledger);
  kd_ledger_book_destroy(&book);
  kd_table_destroy(&t);
  teardown(&b);
}

/* The named streams of the mud's plant: rare earths split at every unit without loss. */
static void named_streams(void **state) {
  (void)state;
  bench b;
  setup(&b);
  kd_ledger_book *book = NULL;
  kd_ledger *ledger = NULL;
  const kd_ledger_stage stage = {"process", kd_process_stage.lines, kd_process_stage.line_count};
  assert_int_equal(kd_ledger_book_create(&book, b.ctx, &stage, 1), KD_OK);
  assert_int_equal(kd_ledger_create(&ledger, b.ctx, book), KD_OK);
  b.work.ledger = ledger;
  kd_process_params p;
  kd_process_result r;
  kd_delivered d;
  defaults(&p, 1);
  mud(&d, 1e9, 5000e-6);
  p.cyclone = 1;
  assert_int_equal(kd_process_run(&r, &p, &d, &b.work), KD_OK);
  const double *rare = kd_ledger_vector(ledger, "process.stream_rare_earth");
  double of[KD_PROCESS_STREAMS];
  const char *const *names = kd_process_stream_labels.names;
  for (size_t k = 0; k < KD_PROCESS_STREAMS; k++) of[k] = rare[k];
  double mud_in = 0, overflow = 0, cake = 0, residue = 0, liquor = 0, products = 0, impurities = 0, raffinate = 0,
         finishing = 0;
  for (size_t k = 0; k < KD_PROCESS_STREAMS; k++) {
    if (strcmp(names[k], "mud") == 0) mud_in = of[k];
    if (strcmp(names[k], "overflow") == 0) overflow = of[k];
    if (strcmp(names[k], "cake") == 0) cake = of[k];
    if (strcmp(names[k], "residue") == 0) residue = of[k];
    if (strcmp(names[k], "liquor") == 0) liquor = of[k];
    if (strcmp(names[k], "products") == 0) products = of[k];
    if (strcmp(names[k], "impurities") == 0) impurities = of[k];
    if (strcmp(names[k], "raffinate") == 0) raffinate = of[k];
    if (strcmp(names[k], "finishing") == 0) finishing = of[k];
  }
  assert_near((overflow + cake) / mud_in, 1, 1e-10);
  assert_near((residue + liquor) / cake, 1, 1e-10);
  assert_near((products + impurities + raffinate + finishing) / liquor, 1, 1e-10);
  kd_ledger_destroy(&ledger);
  kd_ledger_book_destroy(&book);
  teardown(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(one_recycle), cmocka_unit_test(no_steady_state), cmocka_unit_test(settling_against_a_grid),
      cmocka_unit_test(ladder),      cmocka_unit_test(wash_balance),    cmocka_unit_test(zones),
      cmocka_unit_test(routes),      cmocka_unit_test(named_streams)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
