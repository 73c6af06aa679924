// SPDX-License-Identifier: Apache-2.0
/* The speciation solver against closed forms: monoprotic acid, open carbonate system, gypsum, competing solids, and
 * random tableaux whose solution is checked by its own conditions. */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "support/check.h"

#include "process/speciation.h"
#include "process/tableau.h"

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

static const double none2[2] = {(double)NAN, (double)NAN};

/* HA = H + A in water: [H] solves h^3 + Ka h^2 - (Kw + Ka C) h - Ka Kw = 0, found here by bisection of the cubic. */
static void monoprotic_acid(void **state) {
  (void)state;
  bench b;
  setup(&b);
  const double log_ka[] = {-2, -4.76, -9.3}, totals[] = {1e-8, 1e-5, 1e-2, 1};
  for (size_t a = 0; a < 3; a++)
    for (size_t t = 0; t < 4; t++) {
      const double total[2] = {totals[t], totals[t]}, log_k[2] = {-14, -log_ka[a]}, nu[4] = {-1, 0, 1, 1};
      kd_speciation in = {.components = 2,
                          .species = 2,
                          .total = total,
                          .log_activity = none2,
                          .log_k = log_k,
                          .stoichiometry = nu,
                          .balance = -1};
      kd_speciation_result r;
      assert_int_equal(kd_speciate(&r, &in, &b.work), KD_OK);
      const double ka = pow(10, log_ka[a]), kw = 1e-14, c = totals[t];
      double low = -16, high = 1;
      for (int i = 0; i < 200; i++) {
        const double h = pow(10, 0.5 * (low + high));
        if (h * h * h + ka * h * h - (kw + ka * c) * h - ka * kw < 0)
          low = 0.5 * (low + high);
        else
          high = 0.5 * (low + high);
      }
      assert_near(r.log_activity[0], 0.5 * (low + high), 1e-11);
      kd_arena_reset(b.scratch);
    }
  teardown(&b);
}

/* Water open to CO2 at a fixed pressure: [H] = [HCO3] + 2 [CO3] + [OH], explicit in pH. Charge balance sets H. */
static void open_carbonate_system(void **state) {
  (void)state;
  bench b;
  setup(&b);
  const double total[2] = {(double)NAN, 0}, charge[5] = {1, 0, -1, -1, -2};
  const double log_k[3] = {-14, -6.352, -16.681}, nu[6] = {-1, 0, -1, 1, -2, 1};
  const double solid_k[1] = {-1.468}, solid_nu[2] = {0, 1}, pressure[1] = {-3.4};
  const bool buffer[1] = {true};
  kd_speciation in = {.components = 2,
                      .species = 3,
                      .solids = 1,
                      .total = total,
                      .log_activity = none2,
                      .charge = charge,
                      .log_k = log_k,
                      .stoichiometry = nu,
                      .solid_log_k = solid_k,
                      .solid_stoichiometry = solid_nu,
                      .solid_log_activity = pressure,
                      .buffer = buffer,
                      .ionic_strength = (double)NAN,
                      .balance = 0};
  kd_speciation_result r;
  assert_int_equal(kd_speciate(&r, &in, &b.work), KD_OK);
  const double co2 = pow(10, -4.868);
  double low = -12, high = -2;
  for (int i = 0; i < 200; i++) {
    const double h = pow(10, 0.5 * (low + high));
    const double other = pow(10, -6.352) * co2 / h + 2 * pow(10, -16.681) * co2 / (h * h) + 1e-14 / h;
    if (h < other)
      low = 0.5 * (low + high);
    else
      high = 0.5 * (low + high);
  }
  assert_near(r.log_activity[0], 0.5 * (low + high), 1e-11);
  assert_near(r.concentration[1], co2, 1e-16);
  assert_near(r.charge_error, 0, 1e-16);
  assert_near(r.total[1], 0, 1e-16); /* all carbon came out of the gas */
  teardown(&b);
}

/* Gypsum in water: sqrt(K) mol/L with conditional constants; with Davies by a fixed-point iteration done here. */
static void gypsum_solubility(void **state) {
  (void)state;
  bench b;
  setup(&b);
  const double total[2] = {0.1, 0.1}, charge[2] = {2, -2}, k[1] = {-4.58}, nu[2] = {1, 1};
  kd_speciation in = {.components = 2,
                      .solids = 1,
                      .total = total,
                      .log_activity = none2,
                      .charge = charge,
                      .solid_log_k = k,
                      .solid_stoichiometry = nu,
                      .balance = -1,
                      .debye_huckel = 0.509,
                      .davies_limit = 0.5,
                      .ionic_strength = (double)NAN};
  kd_speciation_result r;
  assert_int_equal(kd_speciate(&r, &in, &b.work), KD_OK);
  assert_near(r.concentration[0], pow(10, -2.29), 1e-15);
  assert_near(r.amount[0], 0.1 - pow(10, -2.29), 1e-15);
  in.activity = KD_ACTIVITY_DAVIES;
  assert_int_equal(kd_speciate(&r, &in, &b.work), KD_OK);
  double c = 0.005;
  for (int i = 0; i < 500; i++) {
    const double root = sqrt(4 * c), log_gamma = -0.509 * 4 * (root / (1 + root) - 0.3 * 4 * c);
    c = pow(10, -2.29 - log_gamma);
  }
  assert_near(r.concentration[0], c, 1e-13);
  teardown(&b);
}

/* Calcium with sulfate and fluoride, gypsum, anhydrite and fluorite: the less soluble of the two sulfates falls, both
 * calcium solids hold together, and the third keeps nothing. */
static void competing_solids(void **state) {
  (void)state;
  bench b;
  setup(&b);
  const double total[3] = {0.1, 0.08, 0.09}, none[3] = {(double)NAN, (double)NAN, (double)NAN};
  const double k[3] = {-4.36, -4.58, -10.6}, nu[9] = {1, 1, 0, 1, 1, 0, 1, 0, 2};
  kd_speciation in = {.components = 3,
                      .solids = 3,
                      .total = total,
                      .log_activity = none,
                      .solid_log_k = k,
                      .solid_stoichiometry = nu,
                      .balance = -1};
  kd_speciation_result r;
  assert_int_equal(kd_speciate(&r, &in, &b.work), KD_OK);
  assert_true(r.amount[0] == 0 && r.amount[1] > 0 && r.amount[2] > 0);
  assert_near(r.saturation[0], -0.22, 1e-12);
  /* one unknown, [Ca]: sulfate and fluoride follow, calcium must balance */
  double low = -8, high = -1;
  for (int i = 0; i < 200; i++) {
    const double ca = pow(10, 0.5 * (low + high)), so4 = pow(10, -4.58) / ca, f = sqrt(pow(10, -10.6) / ca);
    if (0.1 - ca - (0.08 - so4) - (0.09 - f) / 2 > 0)
      low = 0.5 * (low + high);
    else
      high = 0.5 * (low + high);
  }
  assert_near(log10(r.concentration[0]), 0.5 * (low + high), 1e-11);
  teardown(&b);
}

/* A solid that is the sum of two others (dolomite of calcite and magnesite): the phase rule lets two of three stay. */
static void phase_rule(void **state) {
  (void)state;
  bench b;
  setup(&b);
  const double total[3] = {0.02, 0.01, 0.03}, none[3] = {(double)NAN, (double)NAN, (double)NAN};
  const double k[3] = {-8.48, -8.0, -17.1}, nu[9] = {1, 0, 1, 0, 1, 1, 1, 1, 2};
  kd_speciation in = {.components = 3,
                      .solids = 3,
                      .total = total,
                      .log_activity = none,
                      .solid_log_k = k,
                      .solid_stoichiometry = nu,
                      .balance = -1};
  kd_speciation_result r;
  assert_int_equal(kd_speciate(&r, &in, &b.work), KD_OK);
  assert_true(r.amount[0] > 0 && r.amount[1] == 0 && r.amount[2] > 0);
  for (size_t s = 0; s < 3; s++) assert_true(r.saturation[s] < 1e-9);
  for (size_t j = 0; j < 3; j++) assert_near(r.total[j], total[j], 1e-15);
  teardown(&b);
}

static uint64_t mix(uint64_t *seed) {
  *seed += 0x9e3779b97f4a7c15u;
  uint64_t z = *seed;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

static double uniform(uint64_t *seed, double low, double high) {
  return low + (high - low) * (double)(mix(seed) >> 11) / 9007199254740992.0;
}

/* 300 random tableaux: every one solved, and mass action, balances and complementarity hold. */
static void random_tableaux(void **state) {
  (void)state;
  bench b;
  setup(&b);
  uint64_t seed = 7;
  for (int test = 0; test < 300; test++) {
    enum { C = 6, S = 20, P = 9 };
    double total[C], none[C], log_k[S], nu[S * C] = {0}, solid_k[P], solid_nu[P * C] = {0};
    for (int j = 0; j < C; j++) total[j] = pow(10, uniform(&seed, -9, 0)), none[j] = (double)NAN;
    for (int i = 0; i < S; i++) {
      for (int n = 0; n < 2; n++) nu[i * C + (int)uniform(&seed, 0, C)] += 1 + floor(uniform(&seed, 0, 2));
      log_k[i] = uniform(&seed, -5, 25);
    }
    for (int k = 0; k < P; k++) {
      for (int n = 0; n < 2; n++) solid_nu[k * C + (int)uniform(&seed, 0, C)] += 1 + floor(uniform(&seed, 0, 3));
      solid_k[k] = uniform(&seed, -40, -2);
    }
    kd_speciation in = {.components = C,
                        .species = S,
                        .solids = P,
                        .total = total,
                        .log_activity = none,
                        .log_k = log_k,
                        .stoichiometry = nu,
                        .solid_log_k = solid_k,
                        .solid_stoichiometry = solid_nu,
                        .balance = -1};
    kd_speciation_result r;
    if (kd_speciate(&r, &in, &b.work) != KD_OK) fail_msg("case %d: %s", test, b.err.text);
    for (int j = 0; j < C; j++) {
      double sum = r.concentration[j];
      for (int i = 0; i < S; i++) sum += nu[i * C + j] * r.concentration[C + i];
      for (int k = 0; k < P; k++) sum += solid_nu[k * C + j] * r.amount[k];
      assert_near(sum / total[j], 1, 1e-9);
    }
    for (int k = 0; k < P; k++) {
      double si = -solid_k[k];
      for (int j = 0; j < C; j++)
        if (solid_nu[k * C + j] > 0) si += solid_nu[k * C + j] * log10(r.concentration[j]);
      if (!(r.amount[k] >= 0 && si < 1e-8))
        fail_msg("case %d, solid %d: amount %g, SI %g (%g)", test, k, r.amount[k], si, r.saturation[k]);
      if (r.amount[k] > 0) assert_near(si, 0, 1e-8);
    }
    kd_arena_reset(b.scratch);
  }
  teardown(&b);
}

/* What cannot be is refused with a reason. */
static void impossible_is_refused(void **state) {
  (void)state;
  bench b;
  setup(&b);
  const double total[2] = {-0.1, 0.1}, charge[2] = {1, -1}, log_k[1] = {3}, nu[2] = {1, 1};
  kd_speciation in = {.components = 2,
                      .species = 1,
                      .total = total,
                      .log_activity = none2,
                      .charge = charge,
                      .log_k = log_k,
                      .stoichiometry = nu,
                      .balance = -1};
  kd_speciation_result r;
  assert_int_equal(kd_speciate(&r, &in, &b.work), KD_E_INFEASIBLE);
  assert_non_null(strstr(b.err.text, "total of -0.1 mol/L"));
  teardown(&b);
}

static kd_table *table(bench *b, const char *text, const char *columns) {
  kd_table *t = NULL;
  assert_int_equal(kd_table_parse(&t, b->ctx, "table", text, strlen(text), NULL, NULL, &b->err), KD_OK);
  assert_int_equal(kd_table_bind(t, columns, NULL, NULL, &b->err), KD_OK);
  return t;
}

#define COMPONENTS "component, total [mol/L]?, log_activity [1]?, charge [1]?"
#define SPECIES    "species, log_k [1], charge [1]?, ..."
#define SOLIDS     "solid, log_k [1], initial [mol/L]?, log_activity [1]?, kind?, ..."

/* Tables by name: units of the header, charges that follow from the components, and every bad table its own reason. */
static void tables_by_name(void **state) {
  (void)state;
  bench b;
  setup(&b);
  kd_table *components = table(&b, "component,total [mmol/L],charge\nH,10,1\nA,10,-1\n", COMPONENTS);
  kd_table *species = table(&b, "species,log_k,A,H\nHA,4.76,1,1\nOH,-14,,-1\n", SPECIES);
  const kd_table *data[4] = {components, species, NULL, NULL};
  const double options[5] = {0, (double)NAN, 0.509, 500, 0};
  kd_table *out = NULL;
  if (kd_tableau_eval(&out, data, options, &b.work) != KD_OK) fail_msg("%s", b.err.text);
  assert_string_equal(kd_table_column(out, "name")->text[2], "HA");
  assert_near(kd_table_column(out, "amount")->number[2], 9.591729088, 1e-8); /* mol/m3 */
  assert_near(kd_table_column(out, "log_activity")->number[0], -3.38905153502, 1e-10);
  kd_table_destroy(&out);
  static const struct {
    const char *species, *solids, *says;
  } bad[] = {{"species,log_k,B\nX,1,1\n", NULL, "the column 'B' is no component"},
             {"species,log_k,A\nX,1,\n", NULL, "row 1 has no component"},
             {"species,log_k,A\nX,,1\n", NULL, "row 1 has no log_k"},
             {NULL, "solid,log_k,kind,A\nS,-3,gas,1\n", "solid or buffer"},
             {NULL, "solid,log_k,initial [mol/L],A\nS,-3,-1,1\n", "must be at least 0"}};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    kd_table *s = bad[i].species != NULL ? table(&b, bad[i].species, SPECIES) : NULL;
    kd_table *k = bad[i].solids != NULL ? table(&b, bad[i].solids, SOLIDS) : NULL;
    const kd_table *wrong[4] = {components, s, k, NULL};
    assert_int_not_equal(kd_tableau_eval(&out, wrong, options, &b.work), KD_OK);
    if (strstr(b.err.text, bad[i].says) == NULL) fail_msg("'%s' says '%s'", bad[i].says, b.err.text);
    kd_table_destroy(&s);
    kd_table_destroy(&k);
  }
  kd_table_destroy(&components);
  kd_table_destroy(&species);
  teardown(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(monoprotic_acid),
                                     cmocka_unit_test(open_carbonate_system),
                                     cmocka_unit_test(gypsum_solubility),
                                     cmocka_unit_test(competing_solids),
                                     cmocka_unit_test(phase_rule),
                                     cmocka_unit_test(random_tableaux),
                                     cmocka_unit_test(impossible_is_refused),
                                     cmocka_unit_test(tables_by_name)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
