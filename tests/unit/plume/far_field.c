// SPDX-License-Identifier: Apache-2.0
/* Closed forms of the far field against quadrature and a finite-volume march. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plume/far_field.h"
#include "plume/near_field.h"
#include "plume/settling.h"

#define PI 3.14159265358979323846

static void near(const char *what, double got, double want, double tolerance) {
  if (!(fabs(got - want) <= tolerance)) fail_msg("%s: got %.12g, want %.12g within %g", what, got, want, tolerance);
}

/* Sinking through constant diffusivity by explicit finite volumes, flux w C + K dC/dz down through every face. */
static double march(double height, double w, double k, double time, int bed) {
  enum { CELLS = 800 };
  static const double top = 8; /* heights */
  double c[CELLS] = {0}, deposited = 0;
  const double dz = top * height / (double)CELLS;
  const int source = (int)(height / dz);
  c[source - 1] = c[source] = 0.5 / dz; /* the two cells that meet at the height */
  const int steps = (int)ceil(time / (0.2 * dz * dz / k));
  const double dt = time / steps;
  for (int n = 0; n < steps; n++) {
    /* bed: settling alone, or an absorbing wall (ghost value of opposite sign) */
    double below = bed == KD_BED_SINK ? 2 * k * c[0] / dz : w * c[0];
    deposited += below * dt;
    for (int i = 0; i < CELLS; i++) {
      const double above = i + 1 < CELLS ? 0.5 * w * (c[i] + c[i + 1]) + k * (c[i + 1] - c[i]) / dz : 0;
      c[i] += dt / dz * (above - below);
      below = above;
    }
  }
  return deposited;
}

static void sinking_agrees_with_a_march(void **state) {
  (void)state;
  static const double cases[][3] = {{1, 0.1, 0.05}, {1, 0.02, 0.05}, {1, 0.3, 0.02}};
  for (int k = 0; k < 3; k++)
    for (int bed = 0; bed < 2; bed++)
      for (double part = 0.5; part < 2.1; part += 0.5) {
        const double h = cases[k][0], w = cases[k][1], d = cases[k][2], time = part * fmin(h / w, h * h / d);
        near("deposited share", kd_deposited_share(time, h, w, d, bed), march(h, w, d, time, bed), 2e-3);
      }
}

static void share_is_the_integral_of_the_rate(void **state) {
  (void)state;
  for (int bed = 0; bed < 2; bed++) {
    const double h = 4, w = 2e-4, k = 2e-3;
    double sum = 0;
    const int n = 20000;
    for (int i = 0; i < n; i++) { /* midpoint in ln t from 1 s to 1e6 s */
      const double t = exp(log(1e6) * (i + 0.5) / n);
      sum += kd_deposition_rate(t, h, w, k, bed) * t * log(1e6) / n;
    }
    near("integral", sum, kd_deposited_share(1e6, h, w, k, bed), 1e-7);
  }
}

static void mean_time_is_the_integral_of_what_is_left(void **state) {
  (void)state;
  for (int bed = 0; bed < 2; bed++) {
    const double h = 2, w = 0.01, k = 0.01;
    double sum = 0;
    for (int i = 0; i < 200000; i++) sum += (1 - kd_deposited_share((i + 0.5) * 0.05, h, w, k, bed)) * 0.05;
    near("mean time", sum, kd_deposition_mean_time(h, w, k, bed), 0.01);
  }
  assert_true(kd_deposition_mean_time(2, 0.01, 0.01, KD_BED_SETTLING) == 300);
  assert_true(kd_deposition_mean_time(2, 0.01, 0.01, KD_BED_SINK) == 200);
}

static void erfcx_is_smooth_where_its_branches_meet(void **state) {
  (void)state;
  near("at 0", kd_erfcx(0), 1, 0);
  near("at 1", kd_erfcx(1), 0.42758357615580700, 1e-15);
  near("at 12", kd_erfcx(12), 0.046854221014893, 1e-14); /* both branches give this */
  near("just below 12", kd_erfcx(12 - 1e-9), kd_erfcx(12), 1e-11);
  near("at 1e8", kd_erfcx(1e8), 5.6418958354775629e-9, 1e-23);
}

/* Volume over the threshold by counting cells of the concentration itself. */
static void volume_over_a_threshold_by_counting(void **state) {
  (void)state;
  const double m = 0.05, ky = 0.5, kz = 5e-5, u = 0.03, limit = 1e-4;
  for (double reflect = 1; reflect < 3; reflect++) {
    const double reach = kd_threshold_reach(m, ky, kz, limit, reflect);
    double volume = 0, widest = 0;
    const int n = 400;
    for (int i = 0; i < n; i++) {
      const double x = reach * (i + 0.5) / n, sy = sqrt(4 * ky * x / u * 12), sz = sqrt(4 * kz * x / u * 12);
      double section = 0;
      for (int j = 0; j < 200; j++)
        for (int k = 0; k < 200; k++) { /* a quarter of the section */
          const double y = sy * (j + 0.5) / 200, z = sz * (k + 0.5) / 200;
          section += reflect * kd_plume_concentration(x, y, z, m, ky, kz, u) > limit;
        }
      section *= sy * sz / 40000 * 4 / reflect; /* beside the bed only the upper half is water */
      volume += section * reach / n;
      widest = fmax(widest, section);
    }
    near("volume", volume / kd_threshold_volume(reach, ky, kz, u, reflect), 1, 0.01);
    near("flux", widest * u / kd_threshold_flux(m, limit), 1, 0.01);
  }
}

static void thickness_integrates_to_the_mass(void **state) {
  (void)state;
  const kd_deposit_line line = {.classes = 2,
                                .mass = {3e6, 1e6},
                                .settling = {2e-4, 1e-3},
                                .height = 5,
                                .current = 0.03,
                                .vertical_diffusivity = 2e-3,
                                .horizontal_diffusivity = 0.5,
                                .direction_spread = 0.5,
                                .source_width = 50,
                                .dry_density = 300};
  double mass = 0, area = 0;
  const int n = 2000, m = 400;
  for (int i = 0; i < n; i++) {
    const double x = exp(log(0.1) + log(2e5 / 0.1) * (i + 0.5) / n), dx = x * log(2e5 / 0.1) / n;
    const double width = kd_deposit_width(&line, x);
    for (int j = 0; j < m; j++) {
      const double y = 6 * width * (j + 0.5) / m, t = kd_deposit_thickness(&line, x, y);
      mass += 2 * t * 300 * dx * 6 * width / m;
      area += 2 * (t > 1e-3 ? 1 : 0) * dx * 6 * width / m;
    }
  }
  const double within =
      3e6 * kd_deposited_share(2e5 / 0.03, 5, 2e-4, 2e-3, 0) + 1e6 * kd_deposited_share(2e5 / 0.03, 5, 1e-3, 2e-3, 0);
  near("mass", mass / within, 1, 1e-4);
  double got, coarse;
  const double threshold = 1e-3;
  kd_deposit_areas(&got, &threshold, 1, &line, 2e5, 4000);
  kd_deposit_areas(&coarse, &threshold, 1, &line, 2e5, 64);
  near("area", got / area, 1, 0.005);
  near("area in 64 steps", coarse / got, 1, 0.03);
}

static void plume_equations_give_the_closed_constants(void **state) {
  (void)state;
  kd_mtt closed, marched;
  kd_mtt_plume(&closed, 0.0144, 1e-3, 0.1315);
  kd_mtt_march(&marched, 0.0144, 1e-3, 0.1315, 20000);
  near("neutral level", marched.neutral / closed.neutral, 1, 5e-3); /* the march begins a little above the source */
  near("top", marched.top / closed.top, 1, 5e-3);
  near("flux", marched.volume_flux / closed.volume_flux, 1, 5e-3);
  near("top of Morton, Taylor and Turner", closed.top / (pow(0.0144 / PI, 0.25) * pow(1e-3, -0.75)), 5.0, 0.02);
}

/* Laws of settling meet Stokes for fine grains and each other for coarse ones. */
static void settling_laws_have_their_limits(void **state) {
  (void)state;
  const double nu = 1.7e-6;
  const double stokes = kd_plume_settling_stokes(1e-6, 1.5, nu);
  near("Ferguson and Church", kd_plume_settling_ferguson_church(1e-6, 1.5, nu, 18, 1) / stokes, 1, 1e-3);
  near("Rubey", kd_plume_settling_rubey(1e-6, 1.5, nu) / stokes, 1, 1e-3);
  near("Zanke", kd_plume_settling_zanke(1e-6, 1.5, nu) / stokes, 0.9, 0.01);       /* 0.05 against 1/18 */
  near("Soulsby", kd_plume_settling_soulsby(1e-6, 1.5, nu) / stokes, 0.911, 0.01); /* 1.049/20.72 against 1/18 */
  const double coarse = kd_plume_settling_ferguson_church(2e-3, 1.65, 1e-6, 18, 1);
  near("coarse Soulsby", kd_plume_settling_soulsby(2e-3, 1.65, 1e-6) / coarse, 1, 0.12);
  near("coarse Zanke", kd_plume_settling_zanke(2e-3, 1.65, 1e-6) / coarse, 1, 0.15);
  const double w = kd_plume_settling_floc(5e-4, 4e-6, 2, 1.5, nu), re = w * 5e-4 / nu;
  near("floc", w * (1 + 0.15 * pow(re, 0.687)) / (1.5 * KD_GRAVITY * 4e-6 * 5e-4 / (18 * nu)), 1, 1e-14);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sinking_agrees_with_a_march),
      cmocka_unit_test(share_is_the_integral_of_the_rate),
      cmocka_unit_test(mean_time_is_the_integral_of_what_is_left),
      cmocka_unit_test(erfcx_is_smooth_where_its_branches_meet),
      cmocka_unit_test(volume_over_a_threshold_by_counting),
      cmocka_unit_test(thickness_integrates_to_the_mass),
      cmocka_unit_test(plume_equations_give_the_closed_constants),
      cmocka_unit_test(settling_laws_have_their_limits),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
