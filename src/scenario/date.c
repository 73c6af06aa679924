// SPDX-License-Identifier: Apache-2.0
/* Dates as seconds since 1970-01-01 UTC in the proleptic Gregorian calendar, years 1900 to 2999.
 *
 * Days from a date by counting from 1 March, so that the leap day is the last of its year (Hinnant 2013,
 * "chrono-compatible low-level date algorithms"). */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "scenario/internal.h"

static long days_from_civil(int year, int month, int day) {
  const int y = year - (month <= 2 ? 1 : 0);
  const int era = y / 400, in_era = y - era * 400;
  const int in_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return (long)era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - 719468;
}

static int month_length(int year, int month) {
  static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : lengths[month - 1];
}

/* Reads `digits` digits; -1 when they are not there. */
static int number(const char *text, size_t *at, size_t digits) {
  int value = 0;
  for (size_t i = 0; i < digits; i++) {
    if (!isdigit((unsigned char)text[*at])) return -1;
    value = 10 * value + (text[(*at)++] - '0');
  }
  return value;
}

static bool sign(const char *text, size_t *at, char wanted) {
  if (text[*at] != wanted) return false;
  (*at)++;
  return true;
}

kd_status kd_date_parse(double *out, const char *text, size_t *place, kd_error *err) {
  kd_status status = KD_OK;
  size_t at = 0;
  int year = -1, month = -1, day = -1, hour = 0, minute = 0, second = 0;
  *out = (double)NAN;
  year = number(text, &at, 4);
  bool good = year >= 0 && sign(text, &at, '-') && (month = number(text, &at, 2)) >= 0 && sign(text, &at, '-') &&
              (day = number(text, &at, 2)) >= 0;
  if (good && text[at] == 'T') {
    at++;
    good = (hour = number(text, &at, 2)) >= 0 && sign(text, &at, ':') && (minute = number(text, &at, 2)) >= 0;
    if (good && sign(text, &at, ':')) good = (second = number(text, &at, 2)) >= 0;
    if (good) (void)sign(text, &at, 'Z');
  }
  KD_CHECK(good && text[at] == '\0', err, KD_E_NUMBER, "%s: a date is written 2027-02-01 or 2027-02-01T12:00 (UTC)",
           text);
  at = 0;
  KD_CHECK(year >= 1900 && year <= 2999, err, KD_E_RANGE, "%s: the year must be from 1900 to 2999", text);
  at = 5;
  KD_CHECK(month >= 1 && month <= 12, err, KD_E_RANGE, "%s: there is no month %d", text, month);
  at = 8;
  KD_CHECK(day >= 1 && day <= month_length(year, month), err, KD_E_RANGE, "%s: month %d of %d has %d days", text, month,
           year, month_length(year, month));
  at = 11;
  KD_CHECK(hour <= 23 && minute <= 59 && second <= 59, err, KD_E_RANGE, "%s: a time runs from 00:00 to 23:59:59", text);
  at = 0;
  *out = (double)days_from_civil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
out:
  if (place != NULL) *place = at;
  return status;
}

void kd_date_write(char *out, size_t capacity, double seconds) {
  const double day_count = floor(seconds / 86400);
  const long z = (long)day_count + 719468;
  const long era = z / 146097, in_era = z - era * 146097;
  const long year_of_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
  const long in_year = in_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const long shifted = (5 * in_year + 2) / 153; /* month from March */
  const long day = in_year - (153 * shifted + 2) / 5 + 1, month = shifted + (shifted < 10 ? 3 : -9);
  const long year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  const long rest = (long)(seconds - day_count * 86400 + 0.5);
  const long hour = rest / 3600, minute = rest / 60 % 60, second = rest % 60;
  if (rest == 0)
    snprintf(out, capacity, "%04ld-%02ld-%02ld", year, month, day);
  else if (second == 0)
    snprintf(out, capacity, "%04ld-%02ld-%02ldT%02ld:%02ld", year, month, day, hour, minute);
  else
    snprintf(out, capacity, "%04ld-%02ld-%02ldT%02ld:%02ld:%02ld", year, month, day, hour, minute, second);
}
