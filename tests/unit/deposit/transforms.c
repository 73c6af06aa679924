// SPDX-License-Identifier: Apache-2.0
#include "base/random.h"
#include "deposit/decluster.h"
#include "deposit/factors.h"
#include "deposit/normal_score.h"
#include "deposit/ppmt.h"
#include "deposit/support.h"
#include "numerics/symmetric.h"
#include "unit/deposit/fixture.h"

/* Three data in one cell of 10 m, one alone: 1/3, 1/3, 1/3 and 1, over two cells; times 4/2. */
static void decluster_counts_cells(void **state) {
  (void)state;
  fixture f;
  fixture_open(&f);
  const double x[] = {0, 1, 2, 15}, y[] = {0, 1, 0, 15}, v[] = {9, 10, 11, 2};
  double w[4];
  kd_decluster_result r;
  kd_decluster_options o = {10, 10, 0, 1, 1, 1, 0.01, true};
  assert_int_equal(kd_decluster(w, &r, x, y, NULL, v, 4, &o, f.scratch, &f.err), KD_OK);
  for (int i = 0; i < 3; i++) assert_near(w[i], 2.0 / 3, 1e-15);
  assert_near(w[3], 2, 1e-15);
  assert_near(r.mean, 6, 1e-14);
  assert_near(r.naive_mean, 8, 1e-15);
  /* Over many edges the lowest mean wins; seeking the highest keeps equal weights. */
  o = (kd_decluster_options){1, 20, 19, 4, 1, 1, 0.01, true};
  assert_int_equal(kd_decluster(w, &r, x, y, NULL, v, 4, &o, f.scratch, &f.err), KD_OK);
  for (size_t i = 0; i < r.tried; i++) assert_true(r.mean <= r.mean_tried[i]);
  o.lowest = false;
  assert_int_equal(kd_decluster(w, &r, x, y, NULL, v, 4, &o, f.scratch, &f.err), KD_OK);
  assert_true(r.size == 0 && w[0] == 1 && r.mean == r.naive_mean);
  o.smallest = 0;
  assert_int_equal(kd_decluster(w, &r, x, y, NULL, v, 4, &o, f.scratch, &f.err), KD_E_RANGE);
  fixture_close(&f);
}

static void scores_are_quantiles_of_the_middle(void **state) {
  (void)state;
  fixture f;
  fixture_open(&f);
  const double v[] = {5, 1, 3, 3}, w[] = {1, 1, 0.5, 1.5};
  double score[4];
  kd_normal_score t;
  assert_int_equal(kd_normal_score_fit(&t, score, v, w, 4, KD_TIES_AVERAGE, f.scratch, &f.err), KD_OK);
  assert_near(score[1], kd_normal_quantile(0.125), 1e-15);
  assert_near(score[2], kd_normal_quantile(0.5), 1e-15);
  assert_near(score[3], kd_normal_quantile(0.5), 1e-15);
  assert_near(score[0], kd_normal_quantile(0.875), 1e-15);
  assert_int_equal(t.count, 3);
  assert_int_equal(kd_normal_score_fit(&t, score, v, w, 4, KD_TIES_ORDER, f.scratch, &f.err), KD_OK);
  assert_near(score[2], kd_normal_quantile(1.25 / 4), 1e-15);
  assert_near(score[3], kd_normal_quantile(2.25 / 4), 1e-15);
  const double bad[] = {1, -1};
  assert_int_equal(kd_normal_score_fit(&t, NULL, v, bad, 2, KD_TIES_ORDER, f.scratch, &f.err), KD_E_RANGE);
  fixture_close(&f);
}

/* Tails after GSLIB, written out. */
static void tails_follow_their_formulas(void **state) {
  (void)state;
  fixture f;
  fixture_open(&f);
  const double v[] = {2, 4, 8}, s[] = {-1, 0, 1};
  kd_normal_score t;
  assert_int_equal(kd_normal_score_set(&t, v, s, 3, f.scratch, &f.err), KD_OK);
  assert_int_equal(kd_normal_score_tails(&t, KD_TAIL_POWER, 2.5, 0.5, KD_TAIL_POWER, 0.5, 20, &f.err), KD_OK);
  const double low = kd_normal_cdf(-1), high = kd_normal_cdf(1);
  assert_near(kd_normal_score_back(&t, -2), 0.5 + 1.5 * pow(kd_normal_cdf(-2) / low, 1 / 2.5), 1e-14);
  assert_near(kd_normal_score_back(&t, 2), 8 + 12 * pow((kd_normal_cdf(2) - high) / (1 - high), 1 / 0.5), 1e-13);
  assert_near(kd_normal_score_back(&t, 0.25), 5, 1e-15);
  for (double y = -3; y < 3; y += 0.1) assert_near(kd_normal_score_forward(&t, kd_normal_score_back(&t, y)), y, 1e-9);
  assert_int_equal(kd_normal_score_tails(&t, KD_TAIL_LINEAR, 1, 0.5, KD_TAIL_HYPERBOLIC, 1.5, (double)NAN, &f.err),
                   KD_OK);
  assert_near(kd_normal_score_back(&t, 3), 8 * pow((1 - high) / kd_normal_cdf(-3), 1 / 1.5), 1e-12);
  for (double y = -3; y < 3; y += 0.1) assert_near(kd_normal_score_forward(&t, kd_normal_score_back(&t, y)), y, 1e-9);
  assert_int_equal(kd_normal_score_tails(&t, KD_TAIL_LINEAR, 1, 3, KD_TAIL_LINEAR, 1, (double)NAN, &f.err),
                   KD_E_CONTRADICTION);
  fixture_close(&f);
}

/* Integrals by the trapezium rule over the normal density: exact to rounding for such functions. */
static double integrate(double (*g)(double, const void *), const void *user) {
  double sum = 0;
  for (int i = -2400; i <= 2400; i++) {
    const double y = i / 200.0;
    sum += g(y, user) * exp(-0.5 * y * y) * 0.39894228040143267794 / 200;
  }
  return sum;
}

static double product(double y, const void *user) {
  const size_t *pq = user;
  double h[12];
  kd_hermite(h, 12, y);
  return h[pq[0]] * h[pq[1]];
}

static void hermite_polynomials_are_orthonormal(void **state) {
  (void)state;
  for (size_t p = 0; p < 12; p++)
    for (size_t q = 0; q <= p; q++) {
      const size_t pq[2] = {p, q};
      assert_near(integrate(product, pq), p == q ? 1 : 0, 1e-12);
    }
}

/* A lognormal variable: phi_p = m exp(..) (-s)^p / sqrt p!; blocks stay lognormal; recovery in closed form. */
static void discrete_gaussian_model_of_a_lognormal(void **state) {
  (void)state;
  fixture f;
  fixture_open(&f);
  double c[40];
  const double s = 0.8, mean = 3, factor = 0.4;
  double power = mean;
  for (size_t p = 0; p < 40; p++) {
    c[p] = power;
    power *= -s / sqrt((double)(p + 1));
  }
  const kd_anamorphosis a = {.coefficient = c, .count = 40, .low = 0, .high = 1e6};
  const double cv = sqrt(expm1(s * s));
  assert_close(kd_anamorphosis_variance(&a), mean * mean * cv * cv, 1e-12);
  const double r = kd_anamorphosis_support(&a, factor);
  assert_close(r, sqrt(log1p(factor * cv * cv)) / s, 1e-12);
  assert_close(kd_anamorphosis_value(&a, r, 1.2), mean * exp(r * s * 1.2 - 0.5 * r * r * s * s), 1e-12);
  for (double cutoff = 0.5; cutoff < 12; cutoff += 0.5) {
    const kd_recovery found = kd_recovery_gaussian(&a, r, cutoff),
                      wanted = kd_recovery_lognormal(mean, kd_lognormal_block_cv(cv, factor), cutoff);
    assert_near(found.tonnage, wanted.tonnage, 1e-10);
    assert_near(found.metal, wanted.metal, 1e-10);
  }
  fixture_close(&f);
}

/* Coefficients of data: the step function of the data by quadrature of its exact pieces; mean and variance kept. */
static void anamorphosis_of_data(void **state) {
  (void)state;
  fixture f;
  fixture_open(&f);
  const double v[] = {4, 1, 2, 9}, w[] = {1, 2, 1, 1};
  kd_anamorphosis a;
  assert_int_equal(kd_anamorphosis_fit(&a, v, w, 4, 2000, f.scratch, &f.err), KD_OK);
  assert_near(a.coefficient[0], 3.4, 1e-14);
  assert_near(kd_anamorphosis_variance(&a), 20.6 - 3.4 * 3.4, 0.3); /* steps: the series converges slowly */
  /* phi_1 = -sum z (g(y_low) - g(y_high)), each step from y_low to y_high */
  const double edge[] = {-(double)INFINITY, kd_normal_quantile(0.4), kd_normal_quantile(0.6), kd_normal_quantile(0.8),
                         (double)INFINITY};
  const double z[] = {1, 2, 4, 9};
  double first = 0;
  for (int i = 0; i < 4; i++)
    first -= z[i] * 0.39894228040143267794 * (exp(-0.5 * edge[i] * edge[i]) - exp(-0.5 * edge[i + 1] * edge[i + 1]));
  assert_near(a.coefficient[1], first, 1e-14);
  fixture_close(&f);
}

static void support_corrections_keep_the_mean_and_the_variance(void **state) {
  (void)state;
  assert_near(kd_support_affine(7, 3, 0.25), 5, 1e-15);
  /* Of a lognormal variable the indirect correction is exact: b = s_v / s, mean kept. */
  const double s = 0.9, mean = 2, cv = sqrt(expm1(s * s)), sv = sqrt(log1p(0.3 * cv * cv));
  for (double y = -3; y <= 3; y += 0.5)
    assert_close(kd_support_indirect_lognormal(mean * exp(s * y - 0.5 * s * s), mean, cv, 0.3),
                 mean * exp(sv * y - 0.5 * sv * sv), 1e-13);
}

static void eigenvectors_solve_their_equation(void **state) {
  (void)state;
  kd_stream rng;
  double a[15 * 15], copy[15 * 15], value[15], vector[15 * 15];
  kd_stream_start(&rng, 4, 4, 4);
  for (int i = 0; i < 15; i++)
    for (int j = 0; j <= i; j++) a[i * 15 + j] = a[j * 15 + i] = kd_stream_normal(&rng);
  for (int i = 0; i < 225; i++) copy[i] = a[i];
  kd_symmetric_eigen(value, vector, copy, 15);
  for (int k = 0; k < 15; k++) {
    assert_true(k == 0 || value[k] <= value[k - 1]);
    for (int i = 0; i < 15; i++) {
      double sum = 0, dot = 0;
      for (int j = 0; j < 15; j++) {
        sum += a[i * 15 + j] * vector[j * 15 + k];
        dot += vector[j * 15 + i] * vector[j * 15 + k];
      }
      assert_near(sum, value[k] * vector[i * 15 + k], 1e-12);
      assert_near(dot, i == k ? 1 : 0, 1e-13);
    }
  }
}

#define DATA 400
static double column[3][DATA], place[2][DATA];
static const double *const columns_[3] = {column[0], column[1], column[2]};

/* Three variables, one a curved function of another. */
static void make_data(void) {
  kd_stream rng;
  kd_stream_start(&rng, 8, 8, 8);
  for (int i = 0; i < DATA; i++) {
    const double a = kd_stream_normal(&rng), b = kd_stream_normal(&rng);
    place[0][i] = kd_stream_uniform(&rng) * 100;
    place[1][i] = kd_stream_uniform(&rng) * 100;
    column[0][i] = exp(0.5 * a);
    column[1][i] = a * a + 0.3 * b;
    column[2][i] = 2 * a + kd_stream_normal(&rng) + 0.02 * place[0][i];
  }
}

static void factors_are_uncorrelated_and_come_back(void **state) {
  (void)state;
  fixture f;
  fixture_open(&f);
  make_data();
  const double *const places[3] = {place[0], place[1], NULL};
  kd_factors both[2];
  assert_int_equal(kd_factors_pca(&both[0], columns_, NULL, DATA, 3, true, f.scratch, &f.err), KD_OK);
  assert_int_equal(kd_factors_maf(&both[1], columns_, NULL, DATA, 3, places, 15, 5, f.scratch, &f.err), KD_OK);
  for (int m = 0; m < 2; m++) {
    double product_[3][3] = {{0}}, lag[3][3] = {{0}}, pairs = 0, factor[DATA][3];
    for (int i = 0; i < DATA; i++) {
      const double in[3] = {column[0][i], column[1][i], column[2][i]};
      double back[3];
      kd_factors_forward(factor[i], &both[m], in);
      kd_factors_back(back, &both[m], factor[i]);
      for (int a = 0; a < 3; a++) {
        assert_near(back[a], in[a], 1e-12);
        for (int b = 0; b < 3; b++) product_[a][b] += factor[i][a] * factor[i][b] / DATA;
      }
    }
    for (int i = 0; i < DATA; i++)
      for (int j = 0; j < i; j++) {
        if (fabs(hypot(place[0][i] - place[0][j], place[1][i] - place[1][j]) - 15) > 5) continue;
        pairs++;
        for (int a = 0; a < 3; a++)
          for (int b = 0; b < 3; b++) lag[a][b] += 0.5 * (factor[i][a] - factor[j][a]) * (factor[i][b] - factor[j][b]);
      }
    for (int a = 0; a < 3; a++)
      for (int b = 0; b < 3; b++) {
        assert_near(product_[a][b], a == b ? 1 : 0, 1e-12);
        if (m == 1) assert_near(lag[a][b] / pairs, a == b ? both[1].eigenvalue[a] : 0, 1e-11);
      }
  }
  assert_true(both[1].eigenvalue[0] < both[1].eigenvalue[2]);
  static double twice[2][DATA];
  for (int i = 0; i < DATA; i++) twice[1][i] = 2 * (twice[0][i] = column[0][i]);
  const double *const same[2] = {twice[0], twice[1]};
  kd_factors none;
  assert_int_equal(kd_factors_pca(&none, same, NULL, DATA, 2, true, f.scratch, &f.err), KD_E_MODEL);
  assert_int_equal(kd_factors_maf(&none, columns_, NULL, DATA, 3, places, 1e6, 1, f.scratch, &f.err), KD_E_RANGE);
  fixture_close(&f);
}

static void ppmt_makes_normal_and_comes_back(void **state) {
  (void)state;
  fixture f;
  fixture_open(&f);
  make_data();
  static double factor[3][DATA];
  double *const to[3] = {factor[0], factor[1], factor[2]};
  const kd_ppmt_options o = {60, 18.0 / DATA};
  kd_ppmt p;
  assert_int_equal(kd_ppmt_fit(&p, to, columns_, NULL, DATA, 3, &o, f.scratch, &f.err), KD_OK);
  assert_true(p.steps > 0 && p.index[0] > 0.2); /* the parabola is seen */
  double square = 0, mean = 0, curve = 0;
  for (int i = 0; i < DATA; i++) {
    double one[3] = {factor[0][i], factor[1][i], factor[2][i]}, work[3];
    kd_ppmt_back(one, &p, one, work);
    for (int v = 0; v < 3; v++) assert_near(one[v], column[v][i], 1e-8 * (1 + fabs(column[v][i])));
    mean += factor[1][i] / DATA;
    square += factor[1][i] * factor[1][i] / DATA;
    curve += (factor[0][i] * factor[0][i] - 1) * factor[1][i] / DATA;
  }
  assert_near(mean, 0, 0.15);
  assert_near(square, 1, 0.15);
  assert_near(curve, 0, 0.2); /* was about 1 */
  /* New normal factors come back as the same parabola. */
  double fit = 0, spread = 0;
  for (int i = 0; i < 2000; i++) {
    double one[3], work[3];
    for (int v = 0; v < 3; v++) one[v] = kd_stream_normal(&f.rng);
    kd_ppmt_back(one, &p, one, work);
    const double a = 2 * log(one[0]), rest = one[1] - a * a;
    fit += rest * rest / 2000;
    spread += one[1] * one[1] / 2000;
  }
  assert_true(fit < 0.25 * spread);
  fixture_close(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(decluster_counts_cells),
      cmocka_unit_test(scores_are_quantiles_of_the_middle),
      cmocka_unit_test(tails_follow_their_formulas),
      cmocka_unit_test(hermite_polynomials_are_orthonormal),
      cmocka_unit_test(discrete_gaussian_model_of_a_lognormal),
      cmocka_unit_test(anamorphosis_of_data),
      cmocka_unit_test(support_corrections_keep_the_mean_and_the_variance),
      cmocka_unit_test(eigenvectors_solve_their_equation),
      cmocka_unit_test(factors_are_uncorrelated_and_come_back),
      cmocka_unit_test(ppmt_makes_normal_and_comes_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
