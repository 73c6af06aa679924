// SPDX-License-Identifier: Apache-2.0
/* Decimal numbers: every double survives printing and reading; reading agrees with strtod of the C locale. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/quantity.h"

static uint64_t next(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

static double from_bits(uint64_t bits) {
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static void check_round_trip(double value) {
  char text[40];
  double back;
  size_t length = kd_number_text(text, sizeof text, value);
  assert_int_equal(length, strlen(text));
  assert_true(kd_number_read(&back, text, length));
  assert_memory_equal(&back, &value, sizeof value);
}

static void every_double_survives(void **state) {
  (void)state;
  uint64_t seed = 88172645463325252u;
  for (int i = 0; i < 20000; ++i) {
    double value = from_bits(next(&seed));
    if (isfinite(value)) check_round_trip(value);
    check_round_trip((double)(int64_t)next(&seed) / 1e6);
  }
}

static void extremes_survive(void **state) {
  (void)state;
  const double values[] = {0.0,
                           -0.0,
                           5e-324,
                           2.2250738585072011e-308,
                           2.2250738585072014e-308,
                           1.7976931348623157e308,
                           -1.7976931348623157e308,
                           1e22,
                           1e23,
                           9007199254740993.0,
                           0.1,
                           1.0 / 3.0,
                           1e15,
                           1e16,
                           1e17,
                           123456789012345680.0};
  for (size_t i = 0; i < sizeof values / sizeof values[0]; ++i) check_round_trip(values[i]);
}

static void texts_are_short(void **state) {
  (void)state;
  static const struct {
    double value;
    const char *text;
  } cases[] = {{0.1, "0.1"},
               {-2.5, "-2.5"},
               {0.0, "0"},
               {-0.0, "-0"},
               {1e15, "1000000000000000"},
               {1.5e16, "15000000000000000"},
               {1e17, "1e17"},
               {1.25e20, "1.25e20"},
               {1e-5, "0.00001"},
               {0.000012345, "0.000012345"},
               {1e-6, "1e-6"},
               {1.5e-7, "1.5e-7"},
               {5e-324, "5e-324"},
               {100, "100"},
               {123456.789, "123456.789"},
               {(double)NAN, "nan"},
               {(double)INFINITY, "inf"},
               {-(double)INFINITY, "-inf"}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; ++i) {
    char text[40];
    assert_int_equal(kd_number_text(text, sizeof text, cases[i].value), strlen(cases[i].text));
    assert_string_equal(text, cases[i].text);
  }
}

/* Random decimal texts, from three to twenty-five digits, against the C library. */
static void reading_agrees_with_strtod(void **state) {
  (void)state;
  uint64_t seed = 42;
  for (int i = 0; i < 20000; ++i) {
    char text[80];
    int e = (int)(next(&seed) % 640) - 330;
    if (i % 3 == 0) e %= 25;
    (void)snprintf(text, sizeof text, "%llu.%llue%d", (unsigned long long)(1 + (next(&seed) >> (1 + next(&seed) % 63))),
                   (unsigned long long)(1 + (next(&seed) >> (1 + next(&seed) % 63))), e);
    double wanted = strtod(text, NULL), got;
    bool representable = isfinite(wanted) && wanted != 0.0;
    assert_int_equal(kd_number_read(&got, text, strlen(text)), representable);
    if (representable) assert_memory_equal(&got, &wanted, sizeof got);
  }
}

/* Halfway between two doubles, told apart by the 900th digit alone. */
static void long_texts_round_correctly(void **state) {
  (void)state;
  char text[1200] = "9007199254740993.";
  double value;
  memset(text + 17, '0', 900);
  text[917] = '\0';
  assert_true(kd_number_read(&value, text, strlen(text)));
  assert_true(value == 9007199254740992.0);
  text[916] = '1';
  assert_true(kd_number_read(&value, text, strlen(text)));
  assert_true(value == 9007199254740994.0);
  memset(text, '1', 1100);
  text[1100] = '\0';
  assert_false(kd_number_read(&value, text, 1100)); /* 1e1099 */
  text[1000] = 'e';
  memcpy(text + 1001, "-990", 5);
  assert_true(kd_number_read(&value, text, strlen(text)));
  assert_true(value == strtod(text, NULL));
}

static void forms_are_read(void **state) {
  (void)state;
  static const struct {
    const char *text;
    double value;
  } cases[] = {{"5", 5},        {"+5", 5},      {"-5", -5},      {"5.", 5},       {".5", 0.5},
               {"1_000", 1000}, {"1_0_0", 100}, {"1e3", 1000},   {"1E+3", 1000},  {"1.5e-3", 0.0015},
               {"00012", 12},   {"0.000", 0},   {"0e999999", 0}, {"-0.0e-99", 0}, {"1000000000000000000000000e-24", 1}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; ++i) {
    double value;
    assert_true(kd_number_read(&value, cases[i].text, strlen(cases[i].text)));
    assert_true(value == cases[i].value);
  }
}

static void faults_are_told_apart(void **state) {
  (void)state;
  static const struct {
    const char *text;
    kd_number_fault fault;
    size_t place;
  } cases[] = {{"", KD_NUMBER_NONE, 0},        {"nan", KD_NUMBER_NONE, 0},
               {"inf", KD_NUMBER_NONE, 0},     {"-", KD_NUMBER_NONE, 0},
               {"+x", KD_NUMBER_NONE, 1},      {".", KD_NUMBER_NONE, 0},
               {"e5", KD_NUMBER_NONE, 0},      {"1__0", KD_NUMBER_GROUP, 1},
               {"1_", KD_NUMBER_GROUP, 1},     {"1,000", KD_NUMBER_GROUP, 1},
               {"1'000", KD_NUMBER_GROUP, 1},  {"0x10", KD_NUMBER_HEX, 1},
               {"-0X1", KD_NUMBER_HEX, 2},     {"1e999", KD_NUMBER_LARGE, 0},
               {"1e-999", KD_NUMBER_SMALL, 0}, {"1e99999999999", KD_NUMBER_LARGE, 0}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; ++i) {
    double value = 1;
    size_t used;
    assert_int_equal(kd_number_scan(&value, &used, cases[i].text, strlen(cases[i].text)), cases[i].fault);
    assert_int_equal(used, cases[i].place);
    assert_true(isnan(value));
    assert_non_null(
        strstr(kd_number_fault_text(cases[i].fault), cases[i].fault == KD_NUMBER_LARGE ? "large" : "number"));
    assert_false(kd_number_read(&value, cases[i].text, strlen(cases[i].text)));
  }
  double value;
  size_t used;
  assert_int_equal(kd_number_scan(&value, &used, "5eV", 3), KD_NUMBER_OK);
  assert_int_equal(used, 1);
  assert_false(kd_number_read(&value, "5eV", 3));
  assert_true(isnan(value));
  assert_string_equal(kd_number_fault_text(KD_NUMBER_OK), "is a number");
}

/* A host program may have set a locale with a comma for the point. */
static void the_locale_does_not_matter(void **state) {
  (void)state;
  const char *names[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "ru_RU.UTF-8"};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; ++i) {
    if (!setlocale(LC_NUMERIC, names[i])) continue;
    char text[40];
    double value;
    (void)kd_number_text(text, sizeof text, 0.1);
    assert_string_equal(text, "0.1");
    assert_true(kd_number_read(&value, "1234567.890123456789012345", 26));
    assert_true(value == 1234567.890123456789012345);
  }
  (void)setlocale(LC_NUMERIC, "C");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_double_survives),
      cmocka_unit_test(extremes_survive),
      cmocka_unit_test(texts_are_short),
      cmocka_unit_test(reading_agrees_with_strtod),
      cmocka_unit_test(long_texts_round_correctly),
      cmocka_unit_test(forms_are_read),
      cmocka_unit_test(faults_are_told_apart),
      cmocka_unit_test(the_locale_does_not_matter),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
