// SPDX-License-Identifier: Apache-2.0
/* Collocated co-kriging against the whole co-kriging system, solved densely, and its limits. */
#include "unit/deposit/kriging_fixture.h"

#include "base/text.h"
#include "deposit/collocated.h"
#include "programme/registry.h"

static const char primary_text[] = "0.1 nugget + 0.9 spherical(400 m) + 0.4 exponential(150 m)";
static const char secondary_text[] = "0.3 nugget + 2.2 exponential(220 m)";
static const char residual_text[] = "0.2 nugget + 0.5 spherical(300 m)";

/* x of A x = b by elimination with row exchanges, in place. */
static void solve(double *a, double *b, size_t n) {
  for (size_t k = 0; k < n; k++) {
    size_t pivot = k;
    for (size_t i = k + 1; i < n; i++)
      if (fabs(a[i * n + k]) > fabs(a[pivot * n + k])) pivot = i;
    for (size_t j = 0; j < n; j++) {
      const double t = a[k * n + j];
      a[k * n + j] = a[pivot * n + j];
      a[pivot * n + j] = t;
    }
    const double t = b[k];
    b[k] = b[pivot];
    b[pivot] = t;
    for (size_t i = k + 1; i < n; i++) {
      const double f = a[i * n + k] / a[k * n + k];
      for (size_t j = k; j < n; j++) a[i * n + j] -= f * a[k * n + j];
      b[i] -= f * b[k];
    }
  }
  for (size_t k = n; k-- > 0;) {
    for (size_t j = k + 1; j < n; j++) b[k] -= a[k * n + j] * b[j];
    b[k] /= a[k * n + k];
  }
}

typedef struct markov_case {
  const kd_covariance *primary, *secondary;
  int markov;
  double rho, mean, second_mean, second_variance;
} markov_case;

/* Cross-covariance as the definition has it, not as the code has it. */
static double cross(const markov_case *c, double dx, double dy, double dz) {
  const double sz = sqrt(c->primary->sill), sy = sqrt(c->second_variance);
  const double shape = c->markov == 1 ? 1.0 - kd_semivariance(c->primary, dx, dy, dz) / c->primary->sill
                                      : 1.0 - kd_semivariance(c->secondary, dx, dy, dz) / c->secondary->sill;
  return c->rho * sz * sy * shape;
}

/* Estimate, variance and weight of the secondary from n samples (rows of set) and the value y at the place. */
static void whole_system(double found[3], const bench *b, const markov_case *c, const uint32_t *set, size_t n,
                         bool solid, const double at[3], double y) {
  double a[(SAMPLES + 1) * (SAMPLES + 1)], w[SAMPLES + 1], right[SAMPLES + 1];
  const size_t m = n + 1;
  for (size_t i = 0; i < n; i++) {
    const double *z = b->z;
    for (size_t j = 0; j < n; j++)
      a[i * m + j] =
          c->primary->sill - kd_semivariance(c->primary, b->x[set[i]] - b->x[set[j]], b->y[set[i]] - b->y[set[j]],
                                             solid ? z[set[i]] - z[set[j]] : 0.0);
    const double dx = b->x[set[i]] - at[0], dy = b->y[set[i]] - at[1], dz = solid ? z[set[i]] - at[2] : 0.0;
    a[i * m + n] = a[n * m + i] = cross(c, dx, dy, dz);
    right[i] = c->primary->sill - kd_semivariance(c->primary, dx, dy, dz);
  }
  a[n * m + n] = c->second_variance;
  right[n] = cross(c, 0.0, 0.0, 0.0);
  memcpy(w, right, sizeof w);
  solve(a, w, m);
  found[0] = c->mean + w[n] * (y - c->second_mean);
  found[1] = c->primary->sill - w[n] * right[n];
  found[2] = w[n];
  for (size_t i = 0; i < n; i++) {
    found[0] += w[i] * (b->v[set[i]] - c->mean);
    found[1] -= w[i] * right[i];
  }
}

static void rule_of(kd_collocated_rule *out, const markov_case *c) {
  *out = (kd_collocated_rule){.markov = c->markov == 1 ? KD_MARKOV_1 : KD_MARKOV_2,
                              .correlation = c->rho,
                              .mean = c->second_mean,
                              .variance = c->second_variance,
                              .secondary = c->markov == 1 ? NULL : c->secondary};
}

static double secondary_at(int j) {
  return 4.0 + 1.7 * sin(3.0 * j);
}

/* Both Markov models, in the plane and in space, few and all samples, several correlations. */
static void equals_the_whole_system(void **state) {
  static const double rhos[] = {-0.95, -0.4, 0.3, 0.8};
  static const size_t neighbours[] = {1, 12, 0};
  size_t tried = 0;
  (void)state;
  for (int turn = 0; turn < 48; turn++) {
    bench b;
    kd_covariance primary, secondary, residual;
    kd_kriging_space space;
    kd_collocated_rule rule;
    double scratch[SAMPLES];
    const int markov = 1 + turn % 2, dimensions = 2 + turn / 2 % 2;
    const double rho = rhos[turn / 4 % 4];
    bench_open(&b);
    assert_int_equal(kd_covariance_parse(&primary, primary_text, &b.err), KD_OK);
    assert_int_equal(kd_covariance_parse(&secondary, secondary_text, &b.err), KD_OK);
    assert_int_equal(kd_covariance_parse(&residual, residual_text, &b.err), KD_OK);
    if (markov == 2) assert_int_equal(kd_collocated_implied(&primary, &secondary, &residual, rho, &b.err), KD_OK);
    const markov_case c = {&primary, &secondary, markov, rho, 3.3, 4.1, markov == 1 ? 1.9 : secondary.sill};
    const kd_points points = {.count = SAMPLES, .x = b.x, .y = b.y, .z = dimensions == 3 ? b.z : NULL};
    const kd_kriging_rule simple = {.simple = true, .mean = c.mean};
    const kd_search_rule search = {.neighbours = neighbours[turn / 16]};
    assert_int_equal(kd_search_create(&b.search, b.arena, &points, NULL, &search, &b.err), KD_OK);
    assert_int_equal(kd_kriging_create(&b.kriging, &points, b.v, NULL, &primary, &simple, &b.search, b.arena, &b.err),
                     KD_OK);
    assert_int_equal(kd_kriging_space_create(&space, b.arena, &b.kriging, &b.err), KD_OK);
    rule_of(&rule, &c);
    assert_int_equal(kd_collocated_check(&b.kriging, &rule, &b.err), KD_OK);
    for (int j = 0; j <= TARGETS; j++) { /* the last stands at a sample */
      const double at[3] = {j < TARGETS ? b.at[0][j] : b.x[7], j < TARGETS ? b.at[1][j] : b.y[7],
                            j < TARGETS ? b.at[2][j] : b.z[7]};
      kd_collocated k;
      double wanted[3];
      kd_collocated_at(&b.kriging, &rule, &space, scratch, &k, at, secondary_at(j));
      assert_int_equal(k.note, KD_COLLOCATED);
      whole_system(wanted, &b, &c, space.set, k.kriged.samples, dimensions == 3, at, secondary_at(j));
      assert_near(k.estimate, wanted[0], 1e-10);
      assert_near(k.variance, wanted[1], 1e-10);
      assert_near(k.weight, wanted[2], 1e-10);
      tried++;
    }
    bench_close(&b);
  }
  assert_int_equal(tried, 48 * (TARGETS + 1));
}

static void open_plane(bench *b, kd_covariance *primary, kd_kriging_space *space) {
  const kd_kriging_rule simple = {.simple = true, .mean = 3.3};
  const kd_search_rule search = {.neighbours = 12, .radius = 250.0};
  const kd_points points = {.count = SAMPLES, .x = b->x, .y = b->y};
  assert_int_equal(kd_covariance_parse(primary, primary_text, &b->err), KD_OK);
  assert_int_equal(kd_search_create(&b->search, b->arena, &points, NULL, &search, &b->err), KD_OK);
  assert_int_equal(kd_kriging_create(&b->kriging, &points, b->v, NULL, primary, &simple, &b->search, b->arena, &b->err),
                   KD_OK);
  assert_int_equal(kd_kriging_space_create(space, b->arena, &b->kriging, &b->err), KD_OK);
}

/* rho 0: simple kriging; rho 1 and -1 with the first model: the secondary is the primary; no samples: regression;
 * no secondary: simple kriging, and said so. */
static void limits(void **state) {
  bench b;
  kd_covariance primary;
  kd_kriging_space space;
  kd_collocated k;
  double scratch[SAMPLES];
  (void)state;
  bench_open(&b);
  open_plane(&b, &primary, &space);
  const kd_covariance same = primary;
  for (int j = 0; j < TARGETS; j++) {
    const double at[3] = {b.at[0][j], b.at[1][j], 0.0}, y = secondary_at(j);
    kd_collocated_rule rule = {.markov = KD_MARKOV_1, .mean = 4.1, .variance = 1.9};
    kd_kriged alone;
    kd_kriging_at(&b.kriging, &space, &alone, at, NULL, NULL);
    for (int model = 0; model < 2; model++) {
      rule.markov = model == 0 ? KD_MARKOV_1 : KD_MARKOV_2;
      rule.secondary = model == 0 ? NULL : &same;
      rule.variance = model == 0 ? 1.9 : same.sill;
      rule.correlation = 0.0;
      kd_collocated_at(&b.kriging, &rule, &space, scratch, &k, at, y);
      assert_near(k.estimate, alone.estimate, 0.0);
      assert_near(k.variance, alone.variance, 0.0);
      rule.correlation = 0.7;
      kd_collocated_at(&b.kriging, &rule, &space, scratch, &k, at, (double)NAN);
      assert_int_equal(k.note, KD_COLLOCATED_ALONE);
      assert_true(strstr(kd_collocated_note_text(&k), "no secondary value") != NULL);
      assert_near(k.estimate, alone.estimate, 0.0);
      for (int sign = -1; sign <= 1; sign += 2) { /* with the second model: the same covariance for both */
        rule.correlation = sign;
        kd_collocated_at(&b.kriging, &rule, &space, scratch, &k, at, y);
        assert_int_equal(k.note, KD_COLLOCATED);
        assert_near(k.estimate, 3.3 + sign * sqrt(primary.sill / rule.variance) * (y - 4.1), 1e-12);
        assert_near(k.variance, 0.0, 1e-12);
      }
    }
    rule = (kd_collocated_rule){.markov = KD_MARKOV_1, .mean = 4.1, .variance = 1.9, .correlation = 0.7};
    const double far[3] = {1e6 + j, 0.0, 0.0};
    kd_collocated_at(&b.kriging, &rule, &space, scratch, &k, far, y);
    assert_int_equal(k.kriged.samples, 0);
    assert_near(k.estimate, 3.3 + 0.7 * sqrt(primary.sill / 1.9) * (y - 4.1), 1e-12);
    assert_near(k.variance, primary.sill * (1.0 - 0.49), 1e-12);
  }
  /* At a sample the sample is the estimate, whatever the secondary says, and at rho 1 too. */
  for (int perfect = 0; perfect < 2; perfect++) {
    const kd_collocated_rule rule = {
        .markov = KD_MARKOV_1, .mean = 4.1, .variance = 1.9, .correlation = perfect ? 1.0 : 0.7};
    const double at[3] = {b.x[5], b.y[5], 0.0};
    kd_collocated_at(&b.kriging, &rule, &space, scratch, &k, at, 9.0);
    assert_near(k.variance, 0.0, 1e-12);
    if (!perfect) assert_near(k.estimate, b.v[5], 1e-12);
  }
  bench_close(&b);
}

/* A primary far more continuous than the secondary it is said to follow: no such pair of variables exists. */
static void impossible_pair_is_named(void **state) {
  bench b;
  kd_covariance primary, secondary;
  kd_kriging_space space;
  double scratch[SAMPLES];
  size_t invalid = 0;
  (void)state;
  bench_open(&b);
  open_plane(&b, &primary, &space);
  assert_int_equal(kd_covariance_parse(&secondary, "1 exponential(5000 m)", &b.err), KD_OK);
  const kd_collocated_rule rule = {
      .markov = KD_MARKOV_2, .correlation = 0.99, .variance = 1.0, .secondary = &secondary};
  for (int j = 0; j < TARGETS; j++) {
    const double at[3] = {b.at[0][j], b.at[1][j], 0.0};
    kd_collocated k;
    kd_collocated_at(&b.kriging, &rule, &space, scratch, &k, at, 1.0);
    if (k.note != KD_COLLOCATED_INVALID) continue;
    invalid++;
    assert_true(isnan(k.estimate) && isnan(k.variance));
    assert_true(strstr(kd_collocated_note_text(&k), "not positive definite") != NULL);
  }
  assert_int_equal(invalid, TARGETS);
  bench_close(&b);
}

#define DATA   "x [m],y [m],value [ppm]\n0,0,400\n300,0,900\n0,300,700\n"
#define PLACES "x [m],y [m],depth [m]\n100,100,5600\n200,50,\n"

/* Runs the kernel over the tables above; the answer as CSV. */
static kd_status eval(kd_text *out, bench *b, const char *const *options, size_t count) {
  static const char *const csv[] = {DATA, PLACES};
  const kd_kernel *kernel = kd_kernel_find("deposit.collocated_cokriging", &b->err);
  kd_table *table[4] = {NULL};
  kd_work work = {.ctx = b->ctx, .scratch = b->arena, .err = &b->err};
  assert_non_null(kernel);
  kd_text_init(out, b->ctx);
  for (size_t i = 0; i < 2; i++) {
    assert_int_equal(kd_table_parse(&table[i], b->ctx, "data.csv", csv[i], strlen(csv[i]), NULL, NULL, &b->err), KD_OK);
    assert_int_equal(kd_table_bind(table[i], kernel->data[i].columns, NULL, NULL, &b->err), KD_OK);
  }
  const kd_status status =
      kd_kernel_eval_data(out, kernel, (const kd_table *const *)table, options, count, false, &work);
  for (size_t i = 0; i < 4; i++) kd_table_destroy(&table[i]);
  return status;
}

static void kernel_and_its_refusals(void **state) {
  static const char *const ground[] = {"secondary=depth", "rho=-0.6", "mean=650", "secondary_mean=5500"};
  static const struct {
    const char *option[3], *wanted;
  } refused[] = {
      {{"model=40000 spherical(900 m)"}, "markov=mm1 wants secondary_variance"},
      {{"secondary_variance=1e4"}, "model is missing"},
      {{"secondary_variance=1e4", "model=2 linear(1 m)"}, "simple kriging wants a model with a sill"},
      {{"secondary_variance=1e4", "model=1 spherical(9 m) + 1 measurement_error"}, "knows no measurement error"},
      {{"secondary_variance=1e4", "model=1 spherical(9 m)", "residual_model=1 nugget"}, "belong to markov=mm2"},
      {{"markov=mm2", "model=40000 spherical(900 m)"}, "wants secondary_model"},
      {{"markov=mm2", "secondary_model=1e4 spherical(900 m)", "secondary_variance=1e4"}, "has the sill"},
      {{"markov=mm2", "secondary_model=1e4 spherical(900 m)"}, "model is missing"},
      {{"markov=mm2", "secondary_model=1 linear(9 m)", "model=1 spherical(9 m)"}, "sill above 0"},
  };
  bench b;
  kd_text out;
  const char *options[8];
  (void)state;
  bench_open(&b);
  memcpy(options, ground, sizeof ground);
  options[4] = "model=40000 spherical(900 m)";
  options[5] = "secondary_variance=1e4";
  assert_int_equal(eval(&out, &b, options, 6), KD_OK);
  assert_non_null(strstr(out.bytes, "estimate [ppm]"));
  assert_non_null(strstr(out.bytes, "no secondary value: simple kriging of the primary"));
  kd_text_free(&out);
  options[4] = "markov=mm2";
  options[5] = "secondary_model=1e4 spherical(900 m)";
  options[6] = "residual_model=25600 nugget";
  assert_int_equal(eval(&out, &b, options, 7), KD_OK);
  kd_text_free(&out);
  options[1] = "rho=1";
  assert_int_not_equal(eval(&out, &b, options, 7), KD_OK);
  assert_non_null(strstr(b.err.text, "leaves no residual"));
  kd_text_free(&out);
  options[1] = ground[1];
  for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
    size_t count = 4;
    for (size_t k = 0; k < 3 && refused[i].option[k] != NULL; k++) options[count++] = refused[i].option[k];
    assert_int_not_equal(eval(&out, &b, options, count), KD_OK);
    if (strstr(b.err.text, refused[i].wanted) == NULL) fail_msg("wanted '%s' in '%s'", refused[i].wanted, b.err.text);
    kd_text_free(&out);
  }
  options[1] = "rho=1.5";
  assert_int_not_equal(eval(&out, &b, options, 4), KD_OK);
  assert_non_null(strstr(b.err.text, "rho"));
  kd_text_free(&out);
  bench_close(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(equals_the_whole_system),
      cmocka_unit_test(limits),
      cmocka_unit_test(impossible_pair_is_named),
      cmocka_unit_test(kernel_and_its_refusals),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
