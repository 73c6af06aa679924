// SPDX-License-Identifier: Apache-2.0
#include "results/svg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "results/report_words.h"
#include "results/sankey.h"
#include "support/check.h"

static void linear_axes_have_round_ticks_at_both_ends(void **state) {
  (void)state;
  static const double cases[][5] = {
      /* low, high, first tick, last tick, ticks */
      {0, 13.7, 0, 14, 8}, {-481, -256, -500, -250, 6}, {0, 1, 0, 1, 6}, {3, 3, 2.7, 3.3, 7},
      {0, 0, -1, 1, 5},    {996, 5076, 0, 6000, 7},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    kd_axis axis;
    kd_axis_start(&axis, cases[i][0], cases[i][1], 10, 110, false);
    assert_true(axis.low <= cases[i][0] && axis.high >= cases[i][1]);
    assert_near(axis.tick[0], cases[i][2], 1e-9 * fabs(cases[i][1]) + 1e-12);
    assert_near(axis.tick[axis.ticks - 1], cases[i][3], 1e-9 * fabs(cases[i][1]) + 1e-12);
    assert_int_equal(axis.ticks, (size_t)cases[i][4]);
    assert_near(kd_axis_at(&axis, axis.low), 10, 1e-9);
    assert_near(kd_axis_at(&axis, axis.high), 110, 1e-9);
  }
}

static void logarithmic_axes_step_by_1_2_5_or_by_decades(void **state) {
  (void)state;
  kd_axis axis;
  kd_axis_start(&axis, 20627, 171692, 0, 100, true);
  static const double fine[] = {20000, 50000, 100000, 200000};
  assert_int_equal(axis.ticks, 4);
  for (size_t i = 0; i < 4; i++) assert_close(axis.tick[i], fine[i], 1e-12);
  assert_near(kd_axis_at(&axis, 63245.553203367587), 50, 1e-9); /* the geometric mean of the ends */
  kd_axis_start(&axis, 0.003, 3e5, 0, 100, true);
  assert_close(axis.tick[0], 1e-3, 1e-12);
  assert_close(axis.tick[axis.ticks - 1], 1e6, 1e-12);
  assert_int_equal(axis.ticks, 10);
  kd_axis_start(&axis, 10, 10, 0, 100, true);
  assert_true(axis.high > axis.low);
}

static void what_is_no_number_stays_on_the_axis(void **state) {
  (void)state;
  kd_axis axis;
  kd_axis_start(&axis, 0, 10, 5, 25, false);
  assert_near(kd_axis_at(&axis, (double)NAN), 5, 0);
  assert_near(kd_axis_at(&axis, -(double)INFINITY), 5, 0);
  assert_near(kd_axis_at(&axis, (double)INFINITY), 25, 0);
  kd_axis_start(&axis, (double)NAN, (double)NAN, 0, 1, false);
  assert_true(isfinite(axis.low) && isfinite(axis.high) && axis.ticks > 0);
  kd_axis_start(&axis, -1, 0, 0, 1, true);
  assert_true(axis.low > 0 && axis.high > axis.low);
}

typedef struct label_case {
  double value;
  int digits; /* 0: the label of a tick */
  const char *text;
} label_case;

static void numbers_are_written_for_people(void **state) {
  (void)state;
  static const label_case cases[] = {
      {51205, 3, "51,200"},
      {7.9367e6, 3, "7,940,000"},
      {30.01, 3, "30.0"},
      {0.0141, 3, "0.0141"},
      {999.7, 3, "1,000"},
      {-348.5, 3, "−348"},
      {0, 3, "0"},
      {(double)NAN, 3, "–"},
      {-(double)INFINITY, 3, "–"},
      {98.97, 4, "98.97"},
      {864, 3, "864"},
      {1.25e-5, 3, "1.25 × 10⁻⁵"},
      {5000, 5, "5,000.0"},
      {1234.56, 6, "1,234.56"},
      {3e12, 3, "3.00 × 10¹²"},
      {-0.04, 1, "−0.04"},
      {1e6, 0, "1,000,000"},
      {0.5, 0, "0.5"},
      {1e-6, 0, "10⁻⁶"},
      {2500, 0, "2,500"},
      {-20, 0, "−20"},
      {0.30000000000000004, 0, "0.3"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    char text[64];
    if (cases[i].digits == 0)
      kd_label_number(text, sizeof text, cases[i].value);
    else
      kd_label_round(text, sizeof text, cases[i].value, cases[i].digits);
    assert_string_equal(text, cases[i].text);
  }
  char text[64];
  kd_label_count(text, sizeof text, 1234567);
  assert_string_equal(text, "1,234,567");
}

static void magnitudes_fit_the_value(void **state) {
  (void)state;
  static const struct {
    const char *unit;
    double typical, shown;
    const char *text;
  } cases[] = {
      {"JPY 2026/kg", 7.94e6, 7.94, "million JPY/kg"},
      {"JPY 2026/kg", 999600, 0.9996, "million JPY/kg"},
      {"JPY 2026/kg", 51200, 51200, "JPY/kg"},
      {"tnJPY 2026", 0.00284, 2.84, "billion JPY"},
      {"bnJPY 2026", -348, -348, "billion JPY"},
      {"bnJPY 2016", 190, 190, "billion JPY (2016)"},
      {"bnJPY 2026/year", 0.5, 500, "million JPY/year"},
      {"USD/kg", 68.2, 68.2, "USD/kg"},
      {"MUSD", 2000, 2, "billion USD"},
      {"km2", 0.0141, 14100, "m²"},
      {"km2", 2499, 2499, "km²"},
      {"1", 3, 3, ""},
      {"um", 5, 5, "µm"},
      {"%vol", 5, 5, "vol %"},
      {"kg/m3", 1100, 1100, "kg/m³"},
      {"t", 0.02, 20, "kg"},
      {"t", (double)NAN, (double)NAN, "t"},
      {"<b>", 1, 1, "<b>"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    kd_scale scale;
    kd_report_scale(&scale, cases[i].unit, cases[i].typical);
    assert_string_equal(scale.unit, cases[i].text);
    if (isfinite(cases[i].shown)) assert_close(cases[i].typical * scale.factor, cases[i].shown, 1e-12);
  }
}

static void digits_grow_until_the_three_are_told_apart(void **state) {
  (void)state;
  assert_int_equal(kd_report_digits(98.93, 98.97, 98.99), 4);
  assert_int_equal(kd_report_digits(1, 2, 3), 3);
  assert_int_equal(kd_report_digits(5, 5, 5), 3);
  assert_int_equal(kd_report_digits(5 - 1e-14, 5, 5 + 1e-14), 3);
  assert_int_equal(kd_report_digits(1, 1 + 1e-7, 2), 5);
}

static void dates_are_those_of_the_calendar(void **state) {
  (void)state;
  static const struct {
    double seconds;
    const char *text;
  } cases[] = {{0, "1970-01-01"},  {1801440000, "2027-02-01"}, {951782400, "2000-02-29"}, {951868800, "2000-03-01"},
               {-1, "1969-12-31"}, {4107542400, "2100-03-01"}, {(double)NAN, "–"},        {1e300, "–"}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    char text[24];
    kd_report_date(text, sizeof text, cases[i].seconds);
    assert_string_equal(text, cases[i].text);
  }
}

/* ---- Sankey ---- */

static kd_text sankey(const kd_flow *in, size_t ins, const kd_flow *out, size_t outs, int ranks, kd_context *ctx) {
  kd_text text;
  kd_text_init(&text, ctx);
  const kd_sankey s = {"A <title>", "t", in, ins, out, outs, ranks, NULL};
  kd_sankey_write(&text, &s);
  return text;
}

static size_t times(const char *text, const char *part) {
  size_t count = 0;
  for (const char *at = text; (at = strstr(at, part)) != NULL; at += strlen(part)) count++;
  return count;
}

/* Height of the band whose tip begins with a label: the number behind the first 'v' of its path. */
static double band_height(const char *text, const char *label) {
  char mark[64];
  snprintf(mark, sizeof mark, "<title>%s:", label);
  const char *at = strstr(text, mark);
  if (at == NULL) return (double)NAN;
  while (at > text && strncmp(at, "<path", 5) != 0) at--;
  const char *down = strchr(at, 'v');
  return down != NULL ? strtod(down + 1, NULL) : (double)NAN;
}

static void widths_are_to_scale_and_nothing_leaves_nothing(void **state) {
  kd_context *ctx = *state;
  const kd_flow in[] = {{"cut", 100, "#000", 0, NULL}};
  const kd_flow out[] = {{"stirred", 10, "#111", 0, NULL},
                         {"none", 0, "#111", 0, NULL},
                         {"missing", (double)NAN, "#1", 1, NULL},
                         {"residue", 60, "#222", 1, NULL},
                         {"<b>&\"", 30, "#333", 1, NULL}};
  kd_text text = sankey(in, 1, out, 5, 2, ctx);
  assert_false(text.failed);
  assert_near(band_height(text.bytes, "residue") / band_height(text.bytes, "stirred"), 6, 0.1);
  assert_true(isnan(band_height(text.bytes, "none")));
  assert_null(strstr(text.bytes, "missing"));
  assert_null(strstr(text.bytes, "nan"));
  assert_null(strstr(text.bytes, "<b>"));
  assert_non_null(strstr(text.bytes, "&lt;b&gt;&amp;&quot;"));
  assert_non_null(strstr(text.bytes, "A &lt;title&gt;"));
  assert_int_equal(times(text.bytes, "<svg"), 1);
  assert_int_equal(times(text.bytes, "</svg>"), 1);
  kd_text_free(&text);
}

static void a_sankey_into_which_nothing_comes_is_not_drawn(void **state) {
  const kd_flow in[] = {{"cut", 0, "#000", 0, NULL}}, out[] = {{"residue", 0, "#222", 0, NULL}};
  kd_text text = sankey(in, 1, out, 1, 1, *state);
  assert_int_equal(text.length, 0);
  kd_text_free(&text);
}

static int open_context(void **state) {
  kd_context *ctx = NULL;
  if (kd_context_create(&ctx, NULL) != KD_OK) return -1;
  *state = ctx;
  return 0;
}

static int close_context(void **state) {
  kd_context *ctx = *state;
  kd_context_destroy(&ctx);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(linear_axes_have_round_ticks_at_both_ends),
      cmocka_unit_test(logarithmic_axes_step_by_1_2_5_or_by_decades),
      cmocka_unit_test(what_is_no_number_stays_on_the_axis),
      cmocka_unit_test(numbers_are_written_for_people),
      cmocka_unit_test(magnitudes_fit_the_value),
      cmocka_unit_test(digits_grow_until_the_three_are_told_apart),
      cmocka_unit_test(dates_are_those_of_the_calendar),
      cmocka_unit_test(widths_are_to_scale_and_nothing_leaves_nothing),
      cmocka_unit_test(a_sankey_into_which_nothing_comes_is_not_drawn),
  };
  return cmocka_run_group_tests(tests, open_context, close_context);
}
