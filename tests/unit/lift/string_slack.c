// SPDX-License-Identifier: Apache-2.0
/* The string that cannot be pushed, against an explicit march of the same springs in steps a hundred times as short. */
#include "unit/lift/string_fixture.h"

#include "lift/string_axial.h"

enum { N = 12 };

typedef struct shaken {
  double foot, low, high; /* m at the end; largest tension and smallest, N, of the lowest element */
} shaken;

/* A slow start, then a heave that throws the foot. */
static double heave(double *speed, double *acceleration, double t, double amplitude, double period) {
  const double w = 2 * PI / period, soft = 2 * period, x = fmin(t / soft, 1), g = x * x * x * (10 - 15 * x + 6 * x * x);
  const double g1 = x < 1 ? 30 * x * x * (1 - x) * (1 - x) / soft : 0;
  const double g2 = x < 1 ? 60 * x * (1 - x) * (1 - 2 * x) / (soft * soft) : 0, s = sin(w * t), c = cos(w * t);
  *speed = amplitude * (g1 * s + g * w * c);
  *acceleration = amplitude * (g2 * s + 2 * g1 * w * c - g * w * w * s);
  return amplitude * g * s;
}

/* Velocity Verlet with lumped masses; rest NULL: a bar in compression too. */
static shaken explicitly(const kd_bar *bar, const double *rest, double amplitude, double period, double until) {
  double u[N + 1] = {0}, v[N + 1] = {0}, f[N + 1], m[N + 1] = {0}, t = 0, dv, da;
  shaken out = {0, HUGE_VAL, -HUGE_VAL};
  const double h = 1e-4;
  for (int e = 0; e < N; e++)
    m[e] += 0.5 * bar->mass[e] * bar->length[e], m[e + 1] += 0.5 * bar->mass[e] * bar->length[e];
  m[N] += bar->head_mass;
  for (double k = 1; k * h <= until; k++) {
    memset(f, 0, sizeof f);
    double last = 0;
    for (int e = 0; e < N; e++) {
      const double linear = bar->stiffness[e] / bar->length[e] * (u[e + 1] - u[e]);
      double tension = linear;
      if (rest != NULL && linear < -rest[e]) tension = -rest[e] + 1e-3 * (linear + rest[e]);
      f[e] += tension, f[e + 1] -= tension;
      last = tension;
    }
    f[N] -= bar->head_drag * fabs(v[N]) * v[N];
    t = k * h;
    for (int i = 1; i <= N; i++) v[i] += h * f[i] / m[i], u[i] += h * v[i];
    u[0] = heave(&dv, &da, t, amplitude, period);
    out.low = fmin(out.low, last), out.high = fmax(out.high, last);
  }
  out.foot = u[N];
  return out;
}

static shaken implicitly(const kd_bar *bar, const double *rest, double amplitude, double period, double until, double h,
                         unsigned long *slack, rig *r) {
  kd_axial_march *m = NULL;
  shaken out = {0, HUGE_VAL, -HUGE_VAL};
  assert_int_equal(kd_axial_march_create(&m, bar, h, 1, period, &r->work), KD_OK);
  if (rest != NULL) assert_int_equal(kd_axial_march_tension_only(m, rest, &r->work), KD_OK);
  for (double k = 1; k * h <= until + 1e-9; k++) {
    double v, a;
    const double z = heave(&v, &a, k * h, amplitude, period);
    kd_axial_march_step(m, z, v, a);
    out.low = fmin(out.low, kd_axial_march_tension(m, N - 1)),
    out.high = fmax(out.high, kd_axial_march_tension(m, N - 1));
  }
  out.foot = kd_axial_march_foot(m);
  *slack = kd_axial_march_slack_steps(m, NULL);
  return out;
}

static void slack_and_snap(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  kd_bar bar = {0};
  const kd_bar_options o = {N, 1, 0, 0};
  double rest[N], sum;
  unsigned long slack;
  assert_int_equal(kd_bar_create(&bar, &pipe_segment, 1, &sea_load, &o, &r.work), KD_OK);
  bar.head_mass = 30000, bar.head_weight = sea_load.head_weight, bar.head_drag = 5000;
  sum = bar.head_weight;
  for (int e = N; e-- > 0; sum += bar.weight[e] * bar.length[e]) rest[e] = sum + 0.5 * bar.weight[e] * bar.length[e];
  /* Half a metre leaves all taut: bit for bit the linear bar. */
  const shaken quiet = implicitly(&bar, rest, 0.5, 12, 40, 0.02, &slack, &r);
  assert_int_equal(slack, 0);
  const shaken plain = implicitly(&bar, NULL, 0.5, 12, 40, 0.02, &slack, &r);
  assert_true(quiet.foot == plain.foot && quiet.high == plain.high);
  /* Five metres throw the foot: it goes slack and snaps. */
  const shaken fine = explicitly(&bar, rest, 5, 9, 27), ours = implicitly(&bar, rest, 5, 9, 27, 0.002, &slack, &r);
  const shaken coarse = implicitly(&bar, rest, 5, 9, 27, 0.02, &slack, &r);
  assert_true(slack > 10);
  const shaken linear = explicitly(&bar, NULL, 5, 9, 27);
  print_message("slack steps %lu; foot %g, ours %g and %g, linear %g m; lowest element %g to %g N, ours %g to %g\n",
                slack, fine.foot, ours.foot, coarse.foot, linear.foot, fine.low, fine.high, ours.low, ours.high);
  assert_near(ours.foot, fine.foot, 0.002 * 5);
  assert_near(coarse.foot, fine.foot, 0.04 * 5);
  assert_close(ours.high, fine.high, 0.005);
  const shaken same = implicitly(&bar, NULL, 5, 9, 27, 0.002, &slack, &r);
  assert_near(same.foot, linear.foot, 1e-3);
  assert_close(same.high, linear.high, 1e-3);
  assert_true(ours.low > -1.05 * rest[N - 1] && linear.low < -1.2 * rest[N - 1]);
  rest[3] = -1;
  kd_axial_march *m = NULL;
  assert_int_equal(kd_axial_march_create(&m, &bar, 0.1, 1, 9, &r.work), KD_OK);
  assert_int_equal(kd_axial_march_tension_only(m, rest, &r.work), KD_E_RANGE);
  assert_non_null(strstr(r.err.text, "element 4: tension at rest -1 N"));
  rig_close(&r);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(slack_and_snap)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
