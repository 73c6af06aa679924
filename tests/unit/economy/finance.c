// SPDX-License-Identifier: Apache-2.0
/* Closed forms against sums, inverses and quadrature; schedules that sum to one; cash flows against a plain ledger. */
#include "support/check.h"

#include "economy/cash_flow.h"
#include "economy/depreciation.h"
#include "economy/finance.h"
#include "economy/uncertainty.h"

static void annuity_is_the_sum(void **state) {
  (void)state;
  for (double r = -0.3; r < 1.0; r += 0.13)
    for (int n = 1; n <= 40; n += 13) {
      double sum = 0;
      for (int t = 1; t <= n; t++) sum += pow(1 + r, -t);
      assert_close(kd_annuity_factor(r, n), sum, 1e-12);
      assert_near(kd_capital_recovery_rate(1 / sum, n), r, 1e-12);
    }
  assert_true(kd_annuity_factor(0, 17) == 17);
  assert_close(kd_annuity_factor(1e-13, 17), 17, 1e-11);
  assert_close(kd_capital_recovery(0.0832112, 20), 0.1042981, 5e-7); /* published pair of a public tool */
  assert_near(kd_capital_recovery_rate(0.1042981, 20), 0.0832112, 1.2e-7);
}

static void npv_by_timing(void **state) {
  (void)state;
  const double flow[] = {-100, 60, 60};
  double end = -100 + 60 / 1.1 + 60 / 1.21;
  assert_close(kd_npv(0.1, flow, 3, KD_TIMING_END), end, 1e-14);
  assert_close(kd_npv(0.1, flow, 3, KD_TIMING_START), -100 + 60 + 60 / 1.1, 1e-14);
  assert_close(kd_npv(0.1, flow, 3, KD_TIMING_MID), -100 + (60 / 1.1 + 60 / 1.21) * sqrt(1.1), 1e-14);
  assert_true(kd_npv(0.1, flow, 0, KD_TIMING_END) == 0);
}

static void mirr_and_payback(void **state) {
  (void)state;
  const double flow[] = {-1000, -4000, 5000, 2000};
  /* future of receipts at 12 %: 5000 x 1.12 + 2000; present of payments at 10 %: 1000 + 4000 / 1.1 */
  assert_close(kd_mirr(flow, 4, 0.10, 0.12), cbrt(7600 / (1000 + 4000 / 1.1)) - 1, 1e-13);
  assert_true(isnan(kd_mirr(flow + 2, 2, 0.1, 0.1)));
  const double plain[] = {-100, 40, 40, 40}, never[] = {-100, 10}, dips[] = {-10, 20, -15, 10};
  assert_close(kd_payback(plain, 4, 0), 2.5, 1e-14);
  assert_true(isnan(kd_payback(never, 2, 0)));
  assert_close(kd_payback(dips, 4, 0), 2.5, 1e-14); /* the last time it turns */
  assert_true(kd_payback(plain + 1, 3, 0) == 0);
}

static void schedules_sum_to_one(void **state) {
  (void)state;
  static const int macrs[] = {3, 5, 7, 10, 15, 20};
  double share[KD_DEPRECIATION_YEARS];
  for (int method = 0; method < 4; method++)
    for (int life = 1; life < KD_DEPRECIATION_YEARS; life++) {
      size_t years = kd_depreciation_schedule(share, (kd_depreciation)method, life);
      double sum = 0;
      for (size_t k = 0; k < KD_DEPRECIATION_YEARS; k++) {
        assert_true(share[k] >= 0);
        sum += share[k];
      }
      bool known = method < 2 || (method == KD_DEPRECIATION_JAPAN && life >= 2 && life <= 20);
      for (size_t i = 0; i < 6; i++) known = known || (method == KD_DEPRECIATION_MACRS && macrs[i] == life);
      assert_int_equal(years > 0, known);
      assert_near(sum, known ? 1 : 0, 1e-14);
    }
}

/* Japan's rates obey their own rule: 2/n rounded; the revised rate is the straight line over what is left, rounded up;
 * the guarantee is that straight line cut to five places. */
static void japanese_rates_obey_their_rule(void **state) {
  (void)state;
  double share[KD_DEPRECIATION_YEARS];
  for (int life = 4; life <= 20; life++) {
    kd_depreciation_schedule(share, KD_DEPRECIATION_JAPAN, life);
    assert_near(share[0], round(2000.0 / life) / 1000, 1e-12);
    double book = 1;
    int k = 0;
    while (k < life && fabs(share[k] - share[0] * book) < 1e-12) book -= share[k++];
    assert_true(k < life);
    double rate = ceil(1000.0 / (life - k) - 1e-9) / 1000;
    assert_near(share[k], rate * book, 1e-12);
  }
}

static void scaling_and_learning(void **state) {
  (void)state;
  assert_close(kd_scale_cost(30, 3500, 1400, 0.6), 30 * pow(2.5, 0.6), 1e-14);
  assert_close(kd_learning_cost(100, 2, 0.2), 80, 1e-13);
  assert_close(kd_learning_cost(100, 8, 0.2), 51.2, 1e-13);
  assert_close(kd_learning_mean(100, 4, 0.2), (100 + 80 + 100 * pow(3, log2(0.8)) + 64) / 4, 1e-13);
  assert_close(kd_real_rate(0.08, 0.02), 1.08 / 1.02 - 1, 1e-13);
  assert_close(kd_wacc(0.4, 0.12, 0.05, 0.3), 0.069, 1e-13);
}

/* Mean and variance by the midpoint rule over the density. */
static void moments_against_quadrature(void **state) {
  (void)state;
  const double a = 2, m = 3, b = 7;
  const int n = 200000;
  double mass = 0, mean = 0, square = 0, beta_mass = 0, beta_mean = 0, beta_square = 0;
  double p = 1 + 4 * (m - a) / (b - a), q = 1 + 4 * (b - m) / (b - a);
  for (int i = 0; i < n; i++) {
    double x = a + (b - a) * (i + 0.5) / n, f = x < m ? (x - a) / (m - a) : (b - x) / (b - m);
    double g = pow((x - a) / (b - a), p - 1) * pow((b - x) / (b - a), q - 1);
    mass += f, mean += f * x, square += f * x * x;
    beta_mass += g, beta_mean += g * x, beta_square += g * x * x;
  }
  mean /= mass, square = square / mass - mean * mean;
  beta_mean /= beta_mass, beta_square = beta_square / beta_mass - beta_mean * beta_mean;
  kd_moments t = kd_triangular_moments(a, m, b), pert = kd_pert_moments(a, m, b);
  assert_close(t.mean, mean, 1e-8);
  assert_close(t.variance, square, 1e-7);
  assert_close(pert.mean, beta_mean, 1e-8);
  assert_close(pert.variance, beta_square, 1e-7);
  double median = t.median; /* half of the mass below */
  double below = median < m ? (median - a) * (median - a) / ((b - a) * (m - a))
                            : 1 - (b - median) * (b - median) / ((b - a) * (b - m));
  assert_close(below, 0.5, 1e-13);
}

static void options_obey_their_conditions(void **state) {
  (void)state;
  kd_perpetual base = kd_option_to_invest(1, 1, 0.04, 0.04, 0.2);
  assert_close(base.root, 2, 1e-13);
  assert_close(base.trigger, 2, 1e-13); /* Dixit and Pindyck: V* = 2 I */
  assert_close(base.value, 0.25, 1e-13);
  /* Value matching and smooth pasting at the trigger. */
  double h = 1e-6;
  kd_perpetual low = kd_option_to_invest(2 - h, 1, 0.04, 0.04, 0.2);
  assert_near(low.value, 1 - h, 1e-9);
  kd_perpetual leave = kd_option_to_abandon(1, 1, 0.05, 0.02, 0.3),
               near = kd_option_to_abandon(leave.trigger * (1 + h), 1, 0.05, 0.02, 0.3);
  assert_near(near.value, 1 - near.trigger * (1 + h), 1e-9);
  assert_true(isinf(kd_option_to_invest(1, 1, 0.04, 0, 0.2).trigger));
  /* Put-call parity, and a printed value: S 42, K 40, r 10 %, sigma 20 %, half a year: call 4.76, put 0.81 (Hull). */
  double call = kd_option_european(42, 40, 0.1, 0, 0.2, 0.5, 0), put = kd_option_european(42, 40, 0.1, 0, 0.2, 0.5, 1);
  assert_near(call, 4.76, 0.005);
  assert_near(put, 0.81, 0.005);
  assert_close(call - put, 42 - 40 * exp(-0.05), 1e-13);
}

/* The same project laid out by hand in a table of years. */
static void cash_flow_against_a_plain_table(void **state) {
  (void)state;
  kd_project p = {.construction = 2,
                  .life = 4,
                  .ramp_up = 2,
                  .rate = 0.08,
                  .capital = 200,
                  .renewals = 40,
                  .closure = 10,
                  .working_capital = 12,
                  .revenue = 150,
                  .fixed_cost = 30,
                  .variable_cost = 20,
                  .quantity = 5,
                  .tax_rate = 0.3,
                  .depreciation = KD_DEPRECIATION_STRAIGHT,
                  .depreciation_life = 5};
  const double activity[] = {0, 0, 0, 0.25, 0.75, 1, 1, 0}, charge[] = {0, 0, 0, 40, 40, 40, 80, 0};
  kd_cash_flow f;
  kd_cash_flow_run(&f, &p);
  assert_int_equal(f.count, 8);
  double npv = 0, losses = 0, cost = 0, sold = 0, tax_sum = 0;
  for (int t = 0; t < 8; t++) {
    bool runs = t >= 3 && t <= 6;
    double earned = 130 * activity[t] - (runs ? 40 : 0) - (t == 7 ? 10 : 0);
    double taxable = earned - charge[t] - losses, tax = taxable > 0 ? 0.3 * taxable : 0;
    losses = taxable < 0 ? -taxable : 0;
    double working = 12 * (activity[t] - (t > 0 ? activity[t - 1] : 0));
    double flow = earned - tax - (t == 1 || t == 2 ? 100 : 0) - working;
    assert_near(f.flow[t], flow, 1e-12);
    assert_near(f.tax[t], tax, 1e-12);
    npv += flow / pow(1.08, t), sold += 5 * activity[t] / pow(1.08, t), tax_sum += tax;
    cost += (20 * activity[t] + (runs ? 40 : 0) + (t == 7 ? 10 : 0) + (t == 1 || t == 2 ? 100 : 0) + working) /
            pow(1.08, t);
  }
  assert_close(f.npv, npv, 1e-13);
  assert_close(f.total_tax, tax_sum, 1e-13);
  assert_close(kd_cash_flow_levelised(&f, &p), cost / sold, 1e-13);
  double price = kd_cash_flow_break_even(&f, &p);
  assert_near(kd_cash_flow_npv(&f, &p, price * p.quantity), 0, 1e-10);
  p.at_production = true;
  kd_cash_flow_run(&f, &p);
  assert_close(f.npv, npv * 1.08 * 1.08, 1e-13);
}

static void break_even_holds_over_many_projects(void **state) {
  (void)state;
  for (int i = 0; i < 200; i++) {
    kd_project p = {.construction = i % 5,
                    .life = 1 + i % 37,
                    .ramp_up = (i % 7) * 0.5,
                    .rate = -0.02 + 0.003 * (i % 41),
                    .capital = 10.0 * (i % 13),
                    .renewals = i % 3,
                    .closure = i % 4,
                    .working_capital = i % 6,
                    .revenue = 3 + i % 17,
                    .fixed_cost = i % 9,
                    .variable_cost = i % 8,
                    .quantity = 1 + i % 10,
                    .tax_rate = 0.1 * (i % 7),
                    .depreciation = (kd_depreciation)(i % 2),
                    .depreciation_life = 1 + i % 30};
    if (p.ramp_up > p.life) p.ramp_up = p.life;
    kd_cash_flow f;
    kd_cash_flow_run(&f, &p);
    double price = kd_cash_flow_break_even(&f, &p), scale = p.capital + p.fixed_cost + p.variable_cost + 1;
    assert_near(kd_cash_flow_npv(&f, &p, price * p.quantity), 0, 1e-9 * scale);
    assert_true(price >= kd_cash_flow_levelised(&f, &p) - 1e-9 * scale);
  }
  kd_project none = {.life = 5, .capital = 10};
  kd_cash_flow f;
  none.depreciation_life = 5;
  kd_cash_flow_run(&f, &none);
  assert_true(isnan(kd_cash_flow_levelised(&f, &none)) && isnan(kd_cash_flow_break_even(&f, &none)));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(annuity_is_the_sum),
                                     cmocka_unit_test(npv_by_timing),
                                     cmocka_unit_test(mirr_and_payback),
                                     cmocka_unit_test(schedules_sum_to_one),
                                     cmocka_unit_test(japanese_rates_obey_their_rule),
                                     cmocka_unit_test(scaling_and_learning),
                                     cmocka_unit_test(moments_against_quadrature),
                                     cmocka_unit_test(options_obey_their_conditions),
                                     cmocka_unit_test(cash_flow_against_a_plain_table),
                                     cmocka_unit_test(break_even_holds_over_many_projects)};
  return cmocka_run_group_tests_name("unit/economy/finance", tests, NULL, NULL);
}
