// SPDX-License-Identifier: Apache-2.0
/* Quantities: a number, a blank, a unit. The unit is read by unit.c; here the two are put together, and a quantity is
 * held against the unit that a parameter wants. */
#include "base/quantity.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/dimension.h"
#include "base/error.h"
#include "base/number.h"
#include "base/text.h"

enum { SHOWN = 64 }; /* bytes of foreign text in a message */

static bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

static void set_place(size_t *place, size_t value) {
  if (place) *place = value;
}

double kd_unit_si(const kd_unit *self, double value) {
  double si = value * self->numerator / self->denominator;
  if (!isfinite(si)) si = value * self->scale;
  return self->offset != 0.0 ? si + self->offset : si;
}

double kd_unit_value(const kd_unit *self, double si) {
  double rest = self->offset != 0.0 ? si - self->offset : si;
  double value = rest * self->denominator / self->numerator;
  return isfinite(value) ? value : rest / self->scale;
}

double kd_quantity_show(double si, const char *unit) {
  kd_unit parsed;
  kd_status status = kd_unit_parse(&parsed, unit, NULL, NULL);
  assert(status == KD_OK);
  if (status != KD_OK) return (double)NAN;
  return kd_unit_value(&parsed, si);
}

static kd_status number_error(kd_number_fault fault, const char *text, size_t count, kd_error *err) {
  char shown[SHOWN];
  kd_text_clip(shown, sizeof shown, text, count);
  if (count == 0) return kd_error_set(err, KD_E_NUMBER, "a number is missing");
  return kd_error_set(err, KD_E_NUMBER, "'%s' %s", shown, kd_number_fault_text(fault));
}

kd_status kd_quantity_parse(double *si, kd_unit *unit, bool *has_unit, const char *text, size_t *place, kd_error *err) {
  size_t start = 0, end = strlen(text), used, inner = 0;
  double value;
  kd_unit parsed;
  *si = (double)NAN;
  set_place(place, 0);
  while (is_blank(text[start])) ++start;
  while (end > start && is_blank(text[end - 1])) --end;

  kd_number_fault fault = kd_number_scan(&value, &used, text + start, end - start);
  if (fault != KD_NUMBER_OK) {
    set_place(place, start + used);
    return number_error(fault, text + start, end - start, err);
  }
  size_t at = start + used;
  while (is_blank(text[at])) ++at;
  bool given = at < end;
  kd_status status = kd_unit_parse(&parsed, text + (given ? at : strlen(text)), &inner, err);
  if (status != KD_OK) {
    set_place(place, at + inner);
    return status;
  }
  *si = kd_unit_si(&parsed, value);
  if (!isfinite(*si)) {
    *si = (double)NAN;
    set_place(place, start);
    return number_error(KD_NUMBER_LARGE, text + start, end - start, err);
  }
  if (unit) *unit = parsed;
  if (has_unit) *has_unit = given;
  return KD_OK;
}

/* "m or km", with the unit of the parameter table in front when it is another one: "fathom, m or km". */
static void wanted_examples(char *out, size_t capacity, const kd_unit *wanted, const char *wanted_text) {
  const char *examples = kd_dimension_examples(wanted->dimension);
  size_t length = strlen(wanted_text);
  const char *found = examples ? strstr(examples, wanted_text) : NULL;
  bool listed = false;
  while (found && !listed) { /* only as a whole word: m does not stand in km */
    bool begins = found == examples || found[-1] == ' ';
    bool ends = found[length] == '\0' || found[length] == ' ' || found[length] == ',';
    listed = begins && ends;
    if (!listed) found = strstr(found + 1, wanted_text);
  }
  if (!examples) {
    (void)snprintf(out, capacity, "%s", wanted_text);
  } else if (listed || length == 0 || strcmp(wanted_text, "1") == 0) {
    (void)snprintf(out, capacity, "%s", examples);
  } else {
    (void)snprintf(out, capacity, "%s, %s", wanted_text, examples);
  }
}

static bool is_share(int tag) {
  return tag == KD_SHARE_MASS || tag == KD_SHARE_VOLUME || tag == KD_SHARE_MOLE;
}

static kd_status basis_error(const char *shown, const kd_unit *wanted, bool percent, kd_error *err) {
  static const char *const suffix[] = {"", "wt", "vol", "mol"};
  static const char *const word[] = {"", "by mass", "by volume", "by mole"};
  int tag = wanted->dimension.share, other = tag == KD_SHARE_MASS ? KD_SHARE_VOLUME : KD_SHARE_MASS;
  if (percent) {
    return kd_error_set(err, KD_E_BASIS, "%s: say whether %s or %s: %s%s or %s%s", shown, word[tag], word[other], shown,
                        suffix[tag], shown, suffix[other]);
  }
  return kd_error_set(err, KD_E_BASIS, "%s: say whether %s or %s, such as %s", shown, word[tag], word[other],
                      kd_dimension_examples(wanted->dimension));
}

kd_status kd_unit_accept(const kd_unit *given, bool has_unit, const kd_unit *wanted, const char *text,
                         const char *wanted_text, kd_error *err) {
  char shown[SHOWN], examples[160], is[128], want[128];
  bool pure_wanted = kd_dimension_equal(wanted->dimension, (kd_dimension){0});
  bool pure_given = kd_dimension_equal(given->dimension, (kd_dimension){0});
  size_t length = strlen(text);
  while (length > 0 && is_blank(*text)) ++text, --length;
  while (length > 0 && is_blank(text[length - 1])) --length;
  kd_text_clip(shown, sizeof shown, text, length);
  if (kd_dimension_equal(given->dimension, wanted->dimension) && (has_unit || pure_wanted)) return KD_OK;
  if (is_share(wanted->dimension.share) && pure_given) {
    return basis_error(shown, wanted, length > 0 && text[length - 1] == '%', err);
  }
  wanted_examples(examples, sizeof examples, wanted, wanted_text);
  kd_dimension_phrase(want, sizeof want, wanted->dimension);
  if (!has_unit) {
    return kd_error_set(err, KD_E_DIMENSION, "%s: the unit is missing: %s is wanted, such as %s", shown, want,
                        examples);
  }
  kd_dimension_phrase(is, sizeof is, given->dimension);
  bool basis = is_share(wanted->dimension.share) && is_share(given->dimension.share);
  return kd_error_set(err, basis ? KD_E_BASIS : KD_E_DIMENSION, "%s is %s: %s is wanted, such as %s", shown, is, want,
                      examples);
}

/* Where the unit of a quantity that parses begins. */
static size_t unit_offset(const char *text) {
  size_t start = 0, used;
  double value;
  while (is_blank(text[start])) ++start;
  (void)kd_number_scan(&value, &used, text + start, strlen(text + start));
  start += used;
  while (is_blank(text[start])) ++start;
  return start;
}

kd_status kd_quantity_in(double *si, const char *text, const char *unit, size_t *place, kd_error *err) {
  kd_status status = KD_OK;
  kd_unit given, wanted;
  bool has_unit = false;
  *si = (double)NAN;
  double value = (double)NAN;
  KD_TRY(kd_quantity_parse(&value, &given, &has_unit, text, place, err));
  KD_TRY(kd_unit_parse(&wanted, unit, NULL, err));
  set_place(place, has_unit ? unit_offset(text) : 0);
  KD_TRY(kd_unit_accept(&given, has_unit, &wanted, text, unit, err));
  set_place(place, 0);
  *si = value;
out:
  return status;
}
