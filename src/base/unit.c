// SPDX-License-Identifier: Apache-2.0
/* Reads a unit: recursive descent over the grammar of quantity.h.
 *
 *   unit     = [ '/' ] factor { ('.' | '*' | '·' | blank | '/') factor }
 *   factor   = ( name | '(' unit ')' | '1' ) [ exponent ]
 *   exponent = [ '^' ] [ '+' | '-' ] digits | superscript digits
 *
 * A currency may be followed by a blank and a year. A ratio of two masses is a share by mass, of two volumes a share by
 * volume, of two amounts a share by mole; any other combination without dimension is a pure number. A tagged share
 * keeps its tag only when it stands alone. "Pa.s^n" is read as Pa.s: the unit of a Herschel-Bulkley consistency, where
 * n is the flow index of the same fluid. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/dimension.h"
#include "base/error.h"
#include "base/money.h"
#include "base/text.h"
#include "base/units_table.h"

enum { TEXT_MAX = 200, DEPTH_MAX = 8, EXPONENT_MAX = 9, NAME_MAX_BYTES = 40, DIMENSION_MAX = 99, AXES = 7 };

typedef struct reader {
  const char *text;
  size_t at;
  unsigned depth;
  size_t place;
  kd_error *err;
} reader;

typedef struct product {
  int total[AXES], above[AXES], below[AXES]; /* exponents of all, of the numerators, of the denominators */
  double numerator, denominator, offset;
  int share;       /* tag of the only factor */
  size_t factors;  /* factors other than 1 */
  bool plain_once; /* the only factor stands with exponent 1 */
} product;

/* Sets the place, then the error. */
#define FAIL(r, offset, ...) ((r)->place = (offset), kd_error_set((r)->err, KD_E_UNIT, __VA_ARGS__))

static kd_status read_product(reader *r, product *out);

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void skip_blanks(reader *r) {
  while (r->text[r->at] == ' ' || r->text[r->at] == '\t') ++r->at;
}

static bool starts_with(const char *text, const char *what) {
  return strncmp(text, what, strlen(what)) == 0;
}

/* A superscript digit (0-9), minus (10), or -1; *length of its bytes. */
static int superscript(const char *text, size_t *length) {
  static const char *const signs[] = {"\xE2\x81\xB0", "\xC2\xB9",     "\xC2\xB2",     "\xC2\xB3",
                                      "\xE2\x81\xB4", "\xE2\x81\xB5", "\xE2\x81\xB6", "\xE2\x81\xB7",
                                      "\xE2\x81\xB8", "\xE2\x81\xB9", "\xE2\x81\xBB"};
  for (int i = 0; i <= 10; ++i) {
    if (starts_with(text, signs[i])) {
      *length = strlen(signs[i]);
      return i;
    }
  }
  return -1;
}

/* Bytes of a multiplication sign, or 0. */
static size_t times_sign(const char *text) {
  if (*text == '.' || *text == '*') return 1;
  if (starts_with(text, "\xC2\xB7")) return 2;
  return starts_with(text, "\xE2\x8B\x85") ? 3 : 0;
}

static size_t name_length(const char *text) {
  size_t length = 0, skip;
  for (;;) {
    char c = text[length];
    bool foreign = (unsigned char)c >= 0x80 && superscript(text + length, &skip) < 0 && times_sign(text + length) == 0;
    if (!is_letter(c) && c != '_' && c != '%' && c != '$' && !foreign) return length;
    ++length;
  }
}

static kd_status unknown(reader *r, size_t at, size_t length) {
  char shown[64], near[NAME_MAX_BYTES], name[NAME_MAX_BYTES];
  kd_text_clip(shown, sizeof shown, r->text + at, length);
  if (length < sizeof name) {
    memcpy(name, r->text + at, length);
    name[length] = '\0';
    const char *advice = kd_units_advice(name);
    if (advice) return FAIL(r, at, "unit '%s' is not accepted: %s", shown, advice);
    if (kd_units_nearest(near, sizeof near, name)) {
      return FAIL(r, at, "unknown unit '%s': did you mean %s?", shown, near);
    }
  }
  return FAIL(r, at, "unknown unit '%s'", shown);
}

/* The year that may follow a currency, else the base year. */
static kd_status read_year(reader *r, int *year, const char *currency) {
  size_t start = r->at;
  skip_blanks(r);
  size_t first = r->at, at = r->at;
  *year = KD_MONEY_BASE_YEAR;
  while (is_digit(r->text[at])) ++at;
  if (first == start && at > first + 1) {
    return FAIL(r, first, "a blank stands between a currency and its year: %s %.*s", currency, (int)(at - first),
                r->text + first);
  }
  if (first == start || at == first) {
    r->at = start;
    return KD_OK;
  }
  if (at - first != 4) {
    return FAIL(r, first, "a year of four digits is wanted after %s, such as %s 2024", currency, currency);
  }
  *year = 0;
  for (size_t i = first; i < at; ++i) *year = *year * 10 + (r->text[i] - '0');
  r->at = at;
  return KD_OK;
}

static void set_axes(int *axes, kd_dimension d) {
  const int values[AXES] = {d.length, d.mass, d.time, d.current, d.temperature, d.amount, d.money};
  memcpy(axes, values, sizeof values);
}

static kd_status read_name(reader *r, product *out) {
  kd_status status = KD_OK;
  char name[NAME_MAX_BYTES];
  size_t at = r->at, length = name_length(r->text + at);
  const kd_prefix *prefix;
  const kd_unit_row *row = NULL;
  if (length < sizeof name) {
    memcpy(name, r->text + at, length);
    name[length] = '\0';
    row = kd_units_find(&prefix, name);
  }
  if (!row) return unknown(r, at, length);
  r->at += length;
  out->numerator = row->numerator * prefix->numerator;
  out->denominator = row->denominator * prefix->denominator;
  out->offset = row->offset;
  out->share = row->dimension.share;
  out->factors = 1;
  set_axes(out->total, row->dimension);
  if (row->dimension.money) {
    int year;
    kd_money_entry entry;
    KD_TRY(read_year(r, &year, row->name));
    status = kd_money_rate(&entry, row->name, year, r->err);
    if (status != KD_OK) r->place = at;
    KD_TRY(status);
    out->numerator *= entry.escalation;
    out->denominator *= entry.rate;
  }
out:
  return status;
}

static kd_status read_group(reader *r, product *out) {
  kd_status status = KD_OK;
  size_t open = r->at++;
  if (++r->depth > DEPTH_MAX) return FAIL(r, open, "more than %d brackets inside each other", DEPTH_MAX);
  KD_TRY(read_product(r, out));
  --r->depth;
  if (r->text[r->at] != ')') return FAIL(r, open, "the bracket is not closed");
  ++r->at;
out:
  return status;
}

/* Reads the exponent that may follow a factor. before: the product so far, name: the factor's first byte. */
static kd_status read_exponent(reader *r, int *exponent, const product *before, const char *name) {
  size_t start = r->at, length = 0;
  int sign = 1, value = 0, digit;
  size_t digits = 0;
  *exponent = 1;
  if (superscript(r->text + r->at, &length) >= 0) {
    while ((digit = superscript(r->text + r->at, &length)) >= 0) {
      if (digit == 10 && r->at > start) break;
      if (digit == 10) sign = -1;
      if (digit < 10 && ++digits && value < 1000) value = value * 10 + digit;
      r->at += length;
    }
  } else {
    bool caret = r->text[r->at] == '^';
    if (caret) ++r->at;
    if (caret && r->text[r->at] == 'n' && *name == 's' && before->above[1] == 1 && before->above[2] == -2) {
      ++r->at; /* Pa.s^n */
      if (is_letter(r->text[r->at]) || is_digit(r->text[r->at])) return FAIL(r, r->at, "after ^n the unit ends");
      return KD_OK;
    }
    bool has_sign = r->text[r->at] == '-' || r->text[r->at] == '+';
    if (has_sign && r->text[r->at++] == '-') sign = -1;
    for (; is_digit(r->text[r->at]); ++r->at, ++digits) {
      if (value < 1000) value = value * 10 + (r->text[r->at] - '0');
    }
    if (!caret && !has_sign && digits == 0) return KD_OK;
  }
  if (digits == 0) return FAIL(r, start, "a whole number is wanted as exponent");
  if (value == 0 || value > EXPONENT_MAX) return FAIL(r, start, "exponents from 1 to %d are known", EXPONENT_MAX);
  *exponent = sign * value;
  return KD_OK;
}

/* Multiplies the product by factor^exponent. */
static kd_status multiply(reader *r, size_t at, product *self, const product *factor, int exponent) {
  int count = exponent < 0 ? -exponent : exponent;
  for (int axis = 0; axis < AXES; ++axis) {
    int power = exponent * factor->total[axis];
    self->total[axis] += power;
    if (exponent > 0) self->above[axis] += power;
    if (exponent < 0) self->below[axis] -= power;
    if (self->total[axis] > DIMENSION_MAX || self->total[axis] < -DIMENSION_MAX) {
      return FAIL(r, at, "the exponents of the unit are too large");
    }
  }
  for (int i = 0; i < count; ++i) {
    self->numerator *= exponent > 0 ? factor->numerator : factor->denominator;
    self->denominator *= exponent > 0 ? factor->denominator : factor->numerator;
  }
  if (factor->offset != 0.0) self->offset = factor->offset;
  self->factors += factor->factors ? 1 : 0;
  self->plain_once = exponent == 1;
  if (factor->factors) self->share = factor->share;
  if (self->offset != 0.0 && (self->factors > 1 || exponent != 1)) {
    return FAIL(r, at, "degC and degF stand alone: write K in a compound unit");
  }
  return KD_OK;
}

static bool only(const int *axes, int axis, int power) {
  for (int i = 0; i < AXES; ++i) {
    if (axes[i] != (i == axis ? power : 0)) return false;
  }
  return true;
}

static int share_of(const product *p) {
  if (p->factors == 1) return p->plain_once ? p->share : KD_SHARE_NONE;
  if (!only(p->total, 0, 0)) return KD_SHARE_NONE;
  if (only(p->above, 1, 1)) return KD_SHARE_MASS;
  if (only(p->above, 0, 3)) return KD_SHARE_VOLUME;
  return only(p->above, 5, 1) ? KD_SHARE_MOLE : KD_SHARE_NONE;
}

static kd_status read_factor(reader *r, product *out) {
  const char *text = r->text + r->at;
  char shown[64];
  *out = (product){.numerator = 1.0, .denominator = 1.0};
  if (*text == '(') return read_group(r, out);
  if (name_length(text) > 0) return read_name(r, out);
  if (*text == '1' && !is_digit(text[1]) && text[1] != '.' && text[1] != '_') {
    ++r->at;
    return KD_OK;
  }
  if (*text == '\0' || *text == ')') {
    kd_text_clip(shown, sizeof shown, r->text, r->at);
    return FAIL(r, r->at, "a unit is missing at the end of '%s'", shown);
  }
  if (is_digit(*text)) return FAIL(r, r->at, "a number other than 1 cannot stand in a unit");
  kd_text_clip(shown, sizeof shown, text, 1);
  return FAIL(r, r->at, "unexpected '%s' in a unit", shown);
}

static kd_status read_product(reader *r, product *out) {
  kd_status status = KD_OK;
  int sign = 1;
  char shown[16];
  *out = (product){.numerator = 1.0, .denominator = 1.0};
  skip_blanks(r);
  if (r->text[r->at] == '/') ++r->at, sign = -1;
  for (;;) {
    product factor;
    int exponent = 1;
    skip_blanks(r);
    size_t start = r->at;
    KD_TRY(read_factor(r, &factor));
    KD_TRY(read_exponent(r, &exponent, out, r->text + start));
    KD_TRY(multiply(r, start, out, &factor, sign * exponent));
    size_t end = r->at, times;
    skip_blanks(r);
    const char *text = r->text + r->at;
    if (*text == '\0' || *text == ')') break;
    times = times_sign(text);
    sign = *text == '/' ? -1 : 1;
    if (sign < 0 || times > 0) {
      r->at += sign < 0 ? 1 : times;
    } else if (r->at == end) {
      kd_text_clip(shown, sizeof shown, text, 1);
      return FAIL(r, r->at, "unexpected '%s' in a unit", shown);
    }
  }
  out->share = share_of(out);
out:
  return status;
}

kd_status kd_unit_parse(kd_unit *out, const char *text, size_t *place, kd_error *err) {
  kd_status status = KD_OK;
  reader r = {.text = text, .err = err};
  product p = {.numerator = 1.0, .denominator = 1.0};
  *out = (kd_unit){.scale = 1.0, .numerator = 1.0, .denominator = 1.0};
  size_t length = strlen(text);
  if (length > TEXT_MAX) {
    status = FAIL(&r, TEXT_MAX, "a unit of more than %d bytes", TEXT_MAX);
    goto out;
  }
  skip_blanks(&r);
  if (text[r.at] == '\0') goto out;
  KD_TRY(read_product(&r, &p));
  if (text[r.at] == ')') {
    status = FAIL(&r, r.at, "a bracket is closed that was not opened");
    goto out;
  }
  double scale = p.numerator / p.denominator;
  if (!isnormal(scale) || !isnormal(p.numerator) || !isnormal(p.denominator)) {
    char shown[64];
    kd_text_clip(shown, sizeof shown, text, length);
    status = FAIL(&r, 0, "the scale of unit '%s' is beyond all numbers", shown);
    goto out;
  }
  *out = (kd_unit){.scale = scale, .offset = p.offset, .numerator = p.numerator, .denominator = p.denominator};
  out->dimension = (kd_dimension){(int8_t)p.total[0], (int8_t)p.total[1], (int8_t)p.total[2], (int8_t)p.total[3],
                                  (int8_t)p.total[4], (int8_t)p.total[5], (int8_t)p.total[6], (int8_t)p.share};
out:
  if (place) *place = status == KD_OK ? 0 : r.place;
  return status;
}
