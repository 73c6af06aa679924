// SPDX-License-Identifier: Apache-2.0
/* Dates against the C library's calendar, over centuries and at their edges. */
#include "fixture.h"

#include <stdio.h>
#include <time.h>

static void test_every_day(void **state) {
  (void)state;
  double before = (double)NAN;
  for (int year = 1900; year < 3000; year++) {
    for (int month = 1; month <= 12; month++) {
      for (int day = 1; day <= 31; day++) {
        char text[48], back[48];
        double seconds;
        snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
        if (kd_date_parse(&seconds, text, NULL, NULL) != KD_OK) {
          assert_true(day > 28);
          continue;
        }
        if (!isnan(before)) assert_near(seconds, before + 86400, 0); /* no day is left out or told twice */
        before = seconds;
        kd_date_write(back, sizeof back, seconds);
        assert_string_equal(text, back);
      }
    }
  }
}

static void test_against_the_library(void **state) {
  (void)state;
  for (time_t t = -2000000000; t < 4000000000; t += 7654321) {
    struct tm parts;
    char text[64], back[64];
    double seconds;
    assert_non_null(gmtime_r(&t, &parts));
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    assert_int_equal(kd_date_parse(&seconds, text, NULL, NULL), KD_OK);
    assert_near(seconds, (double)t, 0);
    kd_date_write(back, sizeof back, seconds);
    double again;
    assert_int_equal(kd_date_parse(&again, back, NULL, NULL), KD_OK);
    assert_near(again, seconds, 0);
  }
}

static void test_refusals(void **state) {
  (void)state;
  static const struct {
    const char *text;
    kd_status code;
    size_t at;
  } cases[] = {{"", KD_E_NUMBER, 0},
               {"2027", KD_E_NUMBER, 4},
               {"2027-2-1", KD_E_NUMBER, 6},
               {"2027-02-01 12:00", KD_E_NUMBER, 10},
               {"2027-02-01T12", KD_E_NUMBER, 13},
               {"2027-02-01T12:00:", KD_E_NUMBER, 17},
               {"2027-02-01T12:00ZZ", KD_E_NUMBER, 17},
               {"2027-02-29", KD_E_RANGE, 8},
               {"1900-02-29", KD_E_RANGE, 8},
               {"2027-00-01", KD_E_RANGE, 5},
               {"2027-01-00", KD_E_RANGE, 8},
               {"2027-04-31", KD_E_RANGE, 8},
               {"2027-02-01T24:00", KD_E_RANGE, 11},
               {"2027-02-01T12:60", KD_E_RANGE, 11},
               {"1899-12-31", KD_E_RANGE, 0}};
  for (size_t i = 0; i < KD_COUNT(cases); i++) {
    double seconds;
    size_t at = 99;
    kd_error err = {0};
    assert_int_equal(kd_date_parse(&seconds, cases[i].text, &at, &err), cases[i].code);
    assert_true(isnan(seconds));
    assert_int_equal(at, cases[i].at);
  }
  double seconds;
  assert_int_equal(kd_date_parse(&seconds, "2000-02-29T23:59:59Z", NULL, NULL), KD_OK);
  assert_near(seconds, 951868799, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_every_day),
      cmocka_unit_test(test_against_the_library),
      cmocka_unit_test(test_refusals),
  };
  return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
