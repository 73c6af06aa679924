// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "base/quantity.h"

static void published_rates(void **state) {
  (void)state;
  kd_money_entry entry;
  assert_int_equal(kd_money_rate(&entry, "JPY", 2016, NULL), KD_OK);
  assert_true(entry.rate == 108.6569);
  assert_false(entry.assumed);
  assert_non_null(entry.rate_source);
  assert_non_null(entry.index_source);
  assert_int_equal(kd_money_rate(&entry, "EUR", 2015, NULL), KD_OK);
  assert_true(fabs(entry.rate * 1.1096 - 1.0) < 1e-15);
  assert_int_equal(kd_money_rate(&entry, "GBP", 2020, NULL), KD_OK);
  assert_true(fabs(entry.rate * 1.2829 - 1.0) < 1e-15);
  assert_int_equal(kd_money_rate(&entry, "USD", 2016, NULL), KD_OK);
  assert_true(entry.rate == 1.0);
  assert_true(fabs(entry.escalation - 330.6 / 240.007) < 1e-15);
  assert_null(entry.rate_source);
  assert_false(entry.assumed);
  assert_int_equal(kd_money_rate(&entry, "USD", 2026, NULL), KD_OK);
  assert_true(entry.scale == 1.0);
  assert_false(entry.assumed);
}

/* Every pair of currency and year is there, positive, and a change of year by year stays within half and double. */
static void table_is_whole(void **state) {
  (void)state;
  assert_int_equal(kd_money_count(), 6);
  for (size_t i = 0; i < kd_money_count(); ++i) {
    const char *name = kd_money_name(i);
    double before = 0.0, escalation = 0.0;
    for (int year = KD_MONEY_FIRST_YEAR; year <= KD_MONEY_LAST_YEAR; ++year) {
      kd_money_entry entry;
      kd_status status = kd_money_rate(&entry, name, year, NULL);
      if (strcmp(name, "EUR") == 0 && year < 1999) {
        assert_int_equal(status, KD_E_UNIT);
        continue;
      }
      assert_int_equal(status, KD_OK);
      assert_true(fabs(entry.scale * entry.rate / entry.escalation - 1.0) < 1e-15);
      if (before > 0.0) assert_true(entry.rate > before / 1.6 && entry.rate < before * 1.6);
      if (before > 0.0) assert_true(entry.escalation > escalation * 0.92 && entry.escalation < escalation * 1.01);
      before = entry.rate;
      escalation = entry.escalation;
    }
  }
}

static void gaps_are_flagged(void **state) {
  (void)state;
  static const struct {
    const char *name;
    int year;
    bool assumed;
  } cases[] = {{"JPY", 1990, true},  {"JPY", 1999, false}, {"JPY", 2025, false}, {"JPY", 2026, true},
               {"AUD", 1995, false}, {"AUD", 2024, true},  {"AUD", 2023, false}, {"CNY", 1993, false},
               {"USD", 1990, false}, {"USD", 2027, true},  {"EUR", 2060, true},  {"GBP", 2025, false}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; ++i) {
    kd_money_entry entry;
    assert_int_equal(kd_money_rate(&entry, cases[i].name, cases[i].year, NULL), KD_OK);
    assert_int_equal(entry.assumed, cases[i].assumed);
    if (entry.assumed && cases[i].year <= 2025) assert_null(entry.rate_source);
  }
}

static void years_past_the_table_repeat_its_last_row(void **state) {
  (void)state;
  kd_money_entry last, later;
  assert_int_equal(kd_money_rate(&last, "JPY", 2026, NULL), KD_OK);
  assert_int_equal(kd_money_rate(&later, "JPY", 2040, NULL), KD_OK);
  assert_true(last.scale == later.scale);
  assert_null(later.index_source);
}

static void refusals(void **state) {
  (void)state;
  kd_money_entry entry;
  kd_error err;
  assert_int_equal(kd_money_rate(&entry, "CHF", 2020, &err), KD_E_UNIT);
  assert_string_equal(err.text, "unknown currency 'CHF'");
  assert_int_equal(kd_money_rate(&entry, "USD", 1989, &err), KD_E_UNIT);
  assert_int_equal(kd_money_rate(&entry, "USD", 2061, &err), KD_E_UNIT);
  assert_string_equal(err.text, "USD 2061: years from 1990 to 2060 are known");
  assert_int_equal(kd_money_rate(&entry, "EUR", 1998, &err), KD_E_UNIT);
  assert_string_equal(err.text, "EUR 1998: the currency began in 1999");
}

/* The units of money go through the same table. */
static void units_use_the_table(void **state) {
  (void)state;
  for (size_t i = 0; i < kd_money_count(); ++i) {
    for (int year = 1999; year <= 2060; ++year) {
      char text[40];
      double si;
      kd_money_entry entry;
      assert_int_equal(kd_money_rate(&entry, kd_money_name(i), year, NULL), KD_OK);
      (void)snprintf(text, sizeof text, "3 %s %d", kd_money_name(i), year);
      assert_int_equal(kd_quantity_in(&si, text, "USD", NULL, NULL), KD_OK);
      assert_true(fabs(si / (3.0 * entry.scale) - 1.0) < 1e-15);
    }
  }
  double a, b;
  assert_int_equal(kd_quantity_in(&a, "262.2e9 JPY 2016", "USD", NULL, NULL), KD_OK);
  assert_int_equal(kd_quantity_in(&b, "262.2 bnJPY 2016", "USD", NULL, NULL), KD_OK);
  assert_true(fabs(a / b - 1.0) < 1e-15);
  assert_true(fabs(a - 262.2e9 / 108.6569 * 330.6 / 240.007) < 1e-4);
  assert_int_equal(kd_quantity_in(&a, "1 JPY", "USD", NULL, NULL), KD_OK);
  assert_int_equal(kd_quantity_in(&b, "1 JPY 2026", "USD", NULL, NULL), KD_OK);
  assert_true(a == b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(published_rates),  cmocka_unit_test(table_is_whole),
      cmocka_unit_test(gaps_are_flagged), cmocka_unit_test(years_past_the_table_repeat_its_last_row),
      cmocka_unit_test(refusals),         cmocka_unit_test(units_use_the_table),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
