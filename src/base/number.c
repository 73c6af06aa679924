// SPDX-License-Identifier: Apache-2.0
/* Decimal numbers in text.
 *
 * Reading: up to 15 digits with a power of ten up to 22 are exact in doubles, so that one multiplication or division
 * rounds correctly (Clinger 1990, "How to read floating point numbers accurately"). All else is rewritten as a whole
 * number with an exponent ("12.5" as "125e-1"), which strtod reads alike in every locale: it holds no decimal point.
 * Digits after the 800th only say whether something follows; 767 are the most that a double can depend on.
 * Printing: "%.*e" gives the digits; whatever the locale puts for the point is skipped. */
#include "base/number.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/quantity.h"

enum { DIGITS_MAX = 800, EXPONENT_MAX = 100000 };

typedef struct decimal {
  char digits[DIGITS_MAX + 32]; /* significant digits without leading zeros */
  size_t count;
  long exponent; /* of the last digit kept */
  bool rest;     /* a digit other than 0 was dropped */
} decimal;

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static void decimal_add(decimal *d, char c, bool after_point) {
  if (d->count == 0 && c == '0') {
    if (after_point && d->exponent > -EXPONENT_MAX) d->exponent--;
  } else if (d->count < DIGITS_MAX) {
    d->digits[d->count++] = c;
    if (after_point && d->exponent > -EXPONENT_MAX) d->exponent--;
  } else {
    if (c != '0') d->rest = true;
    if (!after_point && d->exponent < EXPONENT_MAX) d->exponent++;
  }
}

static double decimal_value(decimal *d) {
  static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  if (d->count == 0) return 0.0;
  if (d->count <= 15 && d->exponent >= -22 && d->exponent <= 22) {
    int64_t whole = 0;
    for (size_t i = 0; i < d->count; ++i) whole = whole * 10 + (d->digits[i] - '0');
    return d->exponent < 0 ? (double)whole / powers[-d->exponent] : (double)whole * powers[d->exponent];
  }
  if (d->rest) {
    d->digits[d->count++] = '1';
    d->exponent--;
  }
  (void)snprintf(d->digits + d->count, sizeof d->digits - d->count, "e%ld", d->exponent);
  return strtod(d->digits, NULL);
}

/* Digits before or after the point; returns how many there were. *at moves on; false in *ok: '_' out of place. */
static size_t scan_digits(decimal *d, size_t *at, bool *ok, const char *text, size_t count, bool after_point) {
  size_t start = *at, seen = 0;
  while (*at < count) {
    char c = text[*at];
    if (is_digit(c)) {
      decimal_add(d, c, after_point);
      seen++;
    } else if (c == '_' && !after_point && *at > start) {
      if (*at + 1 >= count || !is_digit(text[*at + 1])) {
        *ok = false;
        return seen;
      }
    } else {
      break;
    }
    ++*at;
  }
  return seen;
}

static long scan_exponent(size_t *at, const char *text, size_t count) {
  size_t i = *at + 1;
  bool negative = false;
  long value = 0;
  if (i < count && (text[i] == '+' || text[i] == '-')) negative = text[i++] == '-';
  if (i >= count || !is_digit(text[i])) return 0; /* "5 eV": the e begins a unit */
  while (i < count && is_digit(text[i])) {
    if (value < EXPONENT_MAX) value = value * 10 + (text[i] - '0');
    ++i;
  }
  *at = i;
  return negative ? -value : value;
}

kd_number_fault kd_number_scan(double *out, size_t *used, const char *text, size_t count) {
  decimal d;
  d.count = 0;
  d.exponent = 0;
  d.rest = false;
  size_t at = 0;
  bool negative = false, ok = true;
  *out = (double)NAN;
  *used = 0;
  if (at < count && (text[at] == '+' || text[at] == '-')) negative = text[at++] == '-';
  size_t start = at;
  size_t seen = scan_digits(&d, &at, &ok, text, count, false);
  if (ok && at < count && text[at] == '.' && (seen > 0 || (at + 1 < count && is_digit(text[at + 1])))) {
    /* "5.m" would be a product: the point belongs to the number all the same, and "m" follows. */
    ++at;
    seen += scan_digits(&d, &at, &ok, text, count, true);
  }
  if (!ok || (seen > 0 && at + 1 < count && (text[at] == ',' || text[at] == '\'') && is_digit(text[at + 1]))) {
    *used = at;
    return KD_NUMBER_GROUP;
  }
  if (seen == 0) {
    *used = start < count ? start : 0;
    return KD_NUMBER_NONE;
  }
  if (at == start + 1 && text[start] == '0' && at < count && (text[at] == 'x' || text[at] == 'X')) {
    *used = at;
    return KD_NUMBER_HEX;
  }
  if (at < count && (text[at] == 'e' || text[at] == 'E')) d.exponent += scan_exponent(&at, text, count);
  bool zero = d.count == 0;
  double value = decimal_value(&d);
  if (isinf(value) || (value == 0.0 && !zero)) return isinf(value) ? KD_NUMBER_LARGE : KD_NUMBER_SMALL;
  *used = at;
  *out = negative ? -value : value;
  return KD_NUMBER_OK;
}

bool kd_number_read(double *out, const char *text, size_t count) {
  size_t used;
  if (kd_number_scan(out, &used, text, count) != KD_NUMBER_OK) return false;
  if (used == count) return true;
  *out = (double)NAN;
  return false;
}

const char *kd_number_fault_text(kd_number_fault fault) {
  switch (fault) {
  case KD_NUMBER_OK:
    return "is a number";
  case KD_NUMBER_NONE:
    break;
  case KD_NUMBER_GROUP:
    return "is not a number: thousands may be grouped by '_' between digits only, as in 1_000";
  case KD_NUMBER_HEX:
    return "is not a number: write it in decimal";
  case KD_NUMBER_LARGE:
    return "is too large for a number";
  case KD_NUMBER_SMALL:
    return "is too close to 0 for a number: write 0";
  }
  return "is not a number";
}

/* Digits of |value| in scientific form, trailing zeros dropped; *exponent of the first digit. */
static size_t shortest_digits(char *digits, long *exponent, double value) {
  char buffer[64];
  size_t count = 0;
  /* Subnormal numbers have fewer digits: begin at one. */
  for (int precision = fpclassify(value) == FP_SUBNORMAL ? 0 : 14; precision <= 16; ++precision) {
    (void)snprintf(buffer, sizeof buffer, "%.*e", precision, value);
    count = 0;
    const char *c = buffer;
    for (; *c && *c != 'e'; ++c) {
      if (is_digit(*c)) digits[count++] = *c;
    }
    *exponent = strtol(c + 1, NULL, 10);
    while (count > 1 && digits[count - 1] == '0') --count;
    decimal d = {.count = count, .exponent = *exponent - (long)count + 1};
    memcpy(d.digits, digits, count);
    if (decimal_value(&d) == value) break;
  }
  return count;
}

/* Plain notation from 1e-5 up to 1e17, else an exponent: "0.00012", "1200", "1.2e-07" never, "1.2e-7" instead. */
static size_t lay_out(char *out, size_t capacity, const char *digits, size_t count, long exponent, bool negative) {
  const char *sign = negative ? "-" : "";
  int n = (int)count, written;
  if (exponent >= n - 1 && exponent < 17) {
    static const char zeros[] = "00000000000000000";
    written = snprintf(out, capacity, "%s%.*s%.*s", sign, n, digits, (int)exponent - n + 1, zeros);
  } else if (exponent >= 0 && exponent < n - 1) {
    int whole = (int)exponent + 1;
    written = snprintf(out, capacity, "%s%.*s.%.*s", sign, whole, digits, n - whole, digits + whole);
  } else if (exponent < 0 && exponent >= -5) {
    written = snprintf(out, capacity, "%s0.%.*s%.*s", sign, (int)(-exponent) - 1, "0000", n, digits);
  } else {
    const char *point = n > 1 ? "." : "";
    written = snprintf(out, capacity, "%s%c%s%.*se%ld", sign, digits[0], point, n - 1, digits + 1, exponent);
  }
  return (size_t)written;
}

size_t kd_number_text(char *out, size_t capacity, double value) {
  char digits[40];
  long exponent = 0;
  if (isnan(value)) return (size_t)snprintf(out, capacity, "nan");
  if (isinf(value)) return (size_t)snprintf(out, capacity, "%s", value < 0 ? "-inf" : "inf");
  if (fabs(value) < 1e15 && value == floor(value) && !(value == 0.0 && signbit(value))) {
    return (size_t)snprintf(out, capacity, "%.0f", value); /* whole: no decimal point in any locale */
  }
  size_t count = shortest_digits(digits, &exponent, fabs(value));
  return lay_out(out, capacity, digits, count, exponent, signbit(value) != 0);
}
