// SPDX-License-Identifier: Apache-2.0
/* Slopes of a sea floor: planes, order of convergence, holes in the grid, degrees, bad tables, the nearest place. */
#include "mineplan/slope.h"

#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/text.h"
#include "support/check.h"

#define DEGREE (3.14159265358979323846 / 180.0)

typedef struct room {
  kd_context *ctx;
  kd_arena *scratch;
  kd_error err;
  kd_work work;
  kd_table *table;
} room;

static void open_room(room *r) {
  memset(r, 0, sizeof *r);
  assert_int_equal(kd_context_create(&r->ctx, NULL), KD_OK);
  assert_int_equal(kd_arena_create(&r->scratch, r->ctx), KD_OK);
  r->work = (kd_work){.ctx = r->ctx, .scratch = r->scratch, .err = &r->err};
}

static void close_room(room *r) {
  kd_table_destroy(&r->table);
  kd_arena_destroy(&r->scratch);
  kd_context_destroy(&r->ctx);
}

static kd_status read_text(kd_floor *out, room *r, const char *csv, kd_slope_method method) {
  kd_table_destroy(&r->table);
  if (kd_table_parse(&r->table, r->ctx, "floor.csv", csv, strlen(csv), NULL, NULL, &r->err) != KD_OK ||
      kd_table_bind(r->table, KD_FLOOR_COLUMNS, NULL, NULL, &r->err) != KD_OK)
    fail_msg("%s", r->err.text);
  return kd_floor_read(out, r->table, method, &r->work);
}

typedef double surface_fn(double x, double y);

/* count x count depths of a surface over 1 km; every `skip`-th cell is left out when skip is not 0. */
static void lay(kd_floor *out, room *r, surface_fn *depth, int count, int skip, kd_slope_method method) {
  kd_text text;
  kd_text_init(&text, r->ctx);
  kd_text_add(&text, "east [m],north [m],depth [m]\n");
  for (int i = 0; i < count * count; i++) {
    const double x = 1000.0 * (i % count) / (count - 1), y = 1000.0 * (i / count) / (count - 1);
    if (skip == 0 || i % skip != skip - 1) kd_text_printf(&text, "%.15g,%.15g,%.15g\n", x, y, depth(x, y));
  }
  if (read_text(out, r, text.bytes, method) != KD_OK) fail_msg("%s", r->err.text);
  kd_text_free(&text);
}

static double plane(double x, double y) {
  return 5600.0 + 0.1 * x - 0.05 * y;
}

/* Depth grows to the east and to the south: the way down is there, and every cell has the slope, holes and edges too.
 */
static void a_plane_is_exact(void **state) {
  room r;
  kd_floor f;
  (void)state;
  open_room(&r);
  for (int method = 0; method < 2; method++) {
    for (int skip = 0; skip < 42; skip += 41) {
      lay(&f, &r, plane, 9, skip, (kd_slope_method)method);
      assert_true(f.count >= 80);
      for (size_t i = 0; i < f.count; i++) {
        assert_near(f.slope[i], atan(hypot(0.1, 0.05)), 1e-9);
        assert_near(f.aspect[i], atan2(0.1, -0.05), 1e-8);
      }
    }
  }
  close_room(&r);
}

static double dunes(double x, double y) {
  return 5600.0 + 40.0 * sin(x / 300.0) + 30.0 * cos(y / 200.0);
}

static double worst_inside(room *r, int count, kd_slope_method method) {
  kd_floor f;
  double worst = 0.0;
  lay(&f, r, dunes, count, 0, method);
  for (size_t i = 0; i < f.count; i++) {
    if (f.x[i] < 200.0 || f.x[i] > 800.0 || f.y[i] < 200.0 || f.y[i] > 800.0) continue;
    const double p = 40.0 / 300.0 * cos(f.x[i] / 300.0), q = -30.0 / 200.0 * sin(f.y[i] / 200.0);
    worst = fmax(worst, fabs(f.slope[i] - atan(hypot(p, q))));
  }
  return worst;
}

/* Central differences: the error falls by four when the spacing is halved. */
static void dunes_converge_in_second_order(void **state) {
  room r;
  (void)state;
  open_room(&r);
  for (int method = 0; method < 2; method++) {
    const double a = worst_inside(&r, 21, (kd_slope_method)method), b = worst_inside(&r, 41, (kd_slope_method)method),
                 c = worst_inside(&r, 81, (kd_slope_method)method);
    assert_near(log2(a / b), 2.0, 0.1);
    assert_near(log2(b / c), 2.0, 0.1);
  }
  close_room(&r);
}

/* A grid of 36 arc seconds at 24 degrees north: 110,758.2 m for a degree of latitude there, 101,751.7 m for one of
 * longitude (WGS 84, by the series of a geodetic table). */
static void degrees_are_turned_into_metres(void **state) {
  room r;
  kd_floor f;
  char text[512] = "lon [deg],lat [deg],depth [m]\n";
  (void)state;
  open_room(&r);
  for (int i = 0; i < 9; i++)
    snprintf(text + strlen(text), sizeof text - strlen(text), "%.2f,%.2f,%d\n", 154.0 + 0.01 * (i % 3),
             24.0 + 0.01 * (i / 3 - 1), 5600 + 100 * (i % 3));
  assert_int_equal(read_text(&f, &r, text, KD_SLOPE_HORN), KD_OK);
  assert_true(f.geographic);
  assert_near(tan(f.slope[4]), 100.0 / (0.01 * 101751.7), 2e-6);
  snprintf(text, sizeof text, "lon [deg],lat [deg],depth [m]\n");
  for (int i = 0; i < 9; i++)
    snprintf(text + strlen(text), sizeof text - strlen(text), "%.2f,%.2f,%d\n", 154.0 + 0.01 * (i % 3),
             24.0 + 0.01 * (i / 3 - 1), 5600 + 100 * (i / 3));
  assert_int_equal(read_text(&f, &r, text, KD_SLOPE_HORN), KD_OK);
  assert_near(tan(f.slope[4]), 100.0 / (0.01 * 110758.2), 2e-6);
  close_room(&r);
}

/* The nearest place of scattered slopes is that of a search through all. */
static void the_nearest_place_counts(void **state) {
  room r;
  kd_floor f;
  kd_text text;
  uint32_t seed = 7;
  (void)state;
  open_room(&r);
  kd_text_init(&text, r.ctx);
  kd_text_add(&text, "east [m],north [m],slope [deg]\n");
  for (int i = 0; i < 300; i++) {
    seed = seed * 1664525u + 1013904223u;
    const double x = (seed >> 8) % 10000;
    seed = seed * 1664525u + 1013904223u;
    kd_text_printf(&text, "%g,%g,%g\n", x, (double)((seed >> 8) % 4000), (double)(i % 90));
  }
  assert_int_equal(read_text(&f, &r, text.bytes, KD_SLOPE_HORN), KD_OK);
  assert_int_equal(kd_floor_place(&f, NULL, NULL, &r.work), KD_OK);
  for (double x = -100.0; x < 10100.0; x += 317.0) {
    for (double y = -100.0; y < 4100.0; y += 211.0) {
      double best = (double)INFINITY, slope = 0.0;
      for (size_t i = 0; i < f.count; i++) {
        const double away = hypot(f.x[i] - x, f.y[i] - y);
        if (away < best) {
          best = away;
          slope = f.slope[i];
        }
      }
      assert_near(kd_floor_slope(&f, x, y), slope, 0.0);
    }
  }
  assert_true(isnan(kd_floor_slope(&f, 1e6, 0.0))); /* beyond the survey */
  kd_text_free(&text);
  close_room(&r);
}

static void refuse(room *r, kd_status code, const char *words, const char *csv) {
  kd_floor f;
  assert_int_equal(read_text(&f, r, csv, KD_SLOPE_HORN), code);
  if (strstr(r->err.text, words) == NULL) fail_msg("wanted '%s' in: %s", words, r->err.text);
}

static void bad_floors_say_why(void **state) {
  room r;
  kd_floor f;
  (void)state;
  open_room(&r);
  refuse(&r, KD_E_MISSING, "lon and lat, or east and north", "east [m],depth [m]\n0,5\n");
  refuse(&r, KD_E_MISSING, "the column depth, or slope", "east [m],north [m]\n0,5\n");
  refuse(&r, KD_E_MISSING, "row 3: a coordinate is missing", "east [m],north [m],depth [m]\n0,0,1\n,5,1\n");
  refuse(&r, KD_E_MODEL, "all depths have one east", "east [m],north [m],depth [m]\n0,0,1\n0,5,1\n");
  refuse(&r, KD_E_MODEL, "on no regular grid: east 10",
         "east [m],north [m],depth [m]\n0,0,1\n10,0,1\n13,5,1\n20,5,1\n");
  refuse(&r, KD_E_DUPLICATE, "row 4: the depth of this place stands in row 2",
         "east [m],north [m],depth [m]\n0,0,1\n10,10,1\n0,0,2\n");
  refuse(&r, KD_E_RANGE, "are lon and lat swapped", "lon [deg],lat [deg],depth [m]\n24,154,5600\n");
  refuse(&r, KD_E_RANGE, "slope 91 deg", "east [m],north [m],slope [deg]\n0,0,91\n");
  refuse(&r, KD_E_MISSING, "no place of the sea floor", "east [m],north [m],depth [m]\n0,0,\n");
  assert_int_equal(read_text(&f, &r, "lon [deg],lat [deg],slope [deg]\n154,24,3\n", KD_SLOPE_HORN), KD_OK);
  assert_int_equal(kd_floor_place(&f, NULL, NULL, &r.work), KD_E_BASIS);
  close_room(&r);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_plane_is_exact),
      cmocka_unit_test(dunes_converge_in_second_order),
      cmocka_unit_test(degrees_are_turned_into_metres),
      cmocka_unit_test(the_nearest_place_counts),
      cmocka_unit_test(bad_floors_say_why),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
