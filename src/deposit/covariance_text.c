// SPDX-License-Identifier: Apache-2.0
/* Models of the variogram as text and as a table. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "base/quantity.h"
#include "base/text.h"
#include "deposit/covariance.h"

#define DEGREE 0.017453292519943295

typedef struct reader {
  const char *at;
  const char *whole;
  kd_error *err;
} reader;

static void skip(reader *self) {
  while (*self->at == ' ' || *self->at == '\t') self->at++;
}

static bool take(reader *self, char c) {
  skip(self);
  if (*self->at != c) return false;
  self->at++;
  return true;
}

static size_t word_length(const char *at) {
  size_t n = 0;
  while (isalpha((unsigned char)at[n]) || at[n] == '_') n++;
  return n;
}

static kd_status read_number(reader *self, double *out, const char *what) {
  size_t used;
  skip(self);
  if (kd_number_scan(out, &used, self->at, strlen(self->at)) == KD_NUMBER_OK && used > 0) {
    self->at += used;
    return KD_OK;
  }
  char shown[48];
  kd_text_clip(shown, sizeof shown, self->at, strlen(self->at));
  return kd_error_set(self->err, KD_E_NUMBER, "model: %s is wanted at '%s'", what, shown);
}

/* A number with or without unit up to ',' or ')' or the word `practical`. */
static kd_status read_quantity(reader *self, double *out, const char *unit, double bare) {
  char text[64];
  double value;
  size_t used;
  skip(self);
  size_t length = strcspn(self->at, ",)");
  const char *practical = strstr(self->at, "practical");
  if (practical != NULL && (size_t)(practical - self->at) < length) length = (size_t)(practical - self->at);
  while (length > 0 && self->at[length - 1] == ' ') length--;
  if (length >= sizeof text) length = sizeof text - 1;
  memcpy(text, self->at, length);
  text[length] = '\0';
  if (kd_number_scan(&value, &used, text, length) == KD_NUMBER_OK && used == length && length > 0) {
    *out = value * bare;
  } else {
    const kd_status status = kd_quantity_in(out, text, unit, NULL, self->err);
    if (status != KD_OK) {
      kd_error_context(self->err, "model: ");
      return status;
    }
  }
  self->at += length;
  return KD_OK;
}

static kd_status find_kind(kd_structure_kind *out, const char *word, size_t length, kd_error *err) {
  char shown[48];
  const char *nearest = NULL;
  size_t best = 4;
  static const struct {
    const char *word;
    kd_structure_kind kind;
  } also[] = {{"hole", KD_HOLE},      {"exponential_class", KD_STABLE}, {"error", KD_MEASUREMENT_ERROR},
              {"sine_hole", KD_HOLE}, {"cosine_hole", KD_COSINE},       {"whittle_matern", KD_MATERN}};
  kd_text_clip(shown, sizeof shown, word, length);
  for (char *c = shown; *c != '\0'; c++) *c = (char)tolower((unsigned char)*c);
  for (size_t k = 0; k < sizeof also / sizeof also[0]; k++) {
    if (strcmp(shown, also[k].word) != 0) continue;
    *out = also[k].kind;
    return KD_OK;
  }
  for (int k = 0; k < KD_STRUCTURE_KINDS; k++) {
    const char *three = kd_structure_gstat[k];
    *out = (kd_structure_kind)k;
    if (strcmp(shown, kd_structure_words[k]) == 0) return KD_OK;
    if (length == 3 && three[0] != '\0' && shown[0] == tolower((unsigned char)three[0]) && shown[1] == three[1] &&
        shown[2] == three[2])
      return KD_OK;
    const size_t distance = kd_edit_distance(shown, kd_structure_words[k], best);
    if (distance < best) {
      best = distance;
      nearest = kd_structure_words[k];
    }
  }
  return kd_error_set(err, KD_E_CHOICE, "model: no structure '%s'%s%s%s", shown,
                      nearest != NULL ? ": did you mean " : ": nugget, spherical, exponential, gaussian, matern, ...",
                      nearest != NULL ? nearest : "", nearest != NULL ? "?" : "");
}

kd_status kd_structure_kind_find(kd_structure_kind *out, const char *word, kd_error *err) {
  return find_kind(out, word, strlen(word), err);
}

static bool has_shape(kd_structure_kind kind) {
  return kind == KD_MATERN || kind == KD_STEIN || kind == KD_STABLE || kind == KD_CAUCHY || kind == KD_POWER;
}

static bool practical_scale(kd_structure *s) {
  const double factor = kd_structure_practical(s->kind, has_shape(s->kind) && isnan(s->shape) ? 0.5 : s->shape);
  if (isnan(factor)) return false;
  s->range /= factor;
  s->semi /= factor;
  s->minor /= factor;
  return true;
}

/* One argument inside the brackets: `name value`, or a bare range, or a bare shape behind it. */
static kd_status read_argument(reader *self, kd_structure *s, bool *practical) {
  static const char *const name[] = {"range", "semi",       "minor",    "azimuth", "dip",
                                     "rake",  "smoothness", "exponent", "shape",   "scale"};
  double *const place[] = {&s->range, &s->semi,  &s->minor, &s->azimuth, &s->dip,
                           &s->rake,  &s->shape, &s->shape, &s->shape,   &s->range};
  skip(self);
  const size_t length = word_length(self->at);
  if (length > 0) {
    for (size_t k = 0; k < sizeof name / sizeof name[0]; k++) {
      if (strlen(name[k]) != length || strncmp(self->at, name[k], length) != 0) continue;
      self->at += length;
      const bool angle = k >= 3 && k <= 5, pure = k >= 6 && k <= 8;
      return read_quantity(self, place[k], angle ? "deg" : pure ? "1" : "m", angle ? DEGREE : 1.0);
    }
    char shown[32];
    kd_text_clip(shown, sizeof shown, self->at, length);
    return kd_error_set(self->err, KD_E_KEY,
                        "model: no argument '%s': range, semi, minor, azimuth, dip, rake, smoothness, exponent", shown);
  }
  const bool power = s->kind == KD_POWER;
  double *const at = power == isnan(s->shape) ? &s->shape : isnan(s->range) ? &s->range : &s->shape;
  const kd_status status = read_quantity(self, at, at == &s->shape ? "1" : "m", 1.0);
  if (status != KD_OK) return status;
  skip(self);
  if (strncmp(self->at, "practical", 9) == 0) {
    self->at += 9;
    *practical = true;
  }
  return KD_OK;
}

static kd_status read_term(reader *self, kd_covariance *out) {
  kd_status status = KD_OK;
  bool practical = false;
  kd_structure s = {.range = (double)NAN, .semi = (double)NAN, .minor = (double)NAN, .shape = (double)NAN};
  KD_TRY(read_number(self, &s.sill, "the sill of a structure"));
  skip(self);
  take(self, '*');
  skip(self);
  const size_t length = word_length(self->at);
  KD_CHECK(length > 0, self->err, KD_E_CHOICE, "model: a structure is wanted behind the sill %g: '%s'", s.sill,
           self->whole);
  KD_TRY(find_kind(&s.kind, self->at, length, self->err));
  const bool gstat = length == 3;
  self->at += length;
  if (take(self, '(')) {
    while (!take(self, ')')) {
      KD_TRY(read_argument(self, &s, &practical));
      skip(self);
      KD_CHECK(*self->at == ',' || *self->at == ')', self->err, KD_E_CSV, "model: ',' or ')' is wanted at '%.40s'",
               self->at);
      take(self, ',');
    }
  }
  if (gstat && s.kind == KD_LINEAR_SILL && !(s.range > 0.0)) {
    s.kind = KD_LINEAR; /* gstat's Lin without range: a slope */
    s.range = 1.0;
  }
  if (practical)
    KD_CHECK(practical_scale(&s), self->err, KD_E_CONTRADICTION, "model: %s has no practical range",
             kd_structure_words[s.kind]);
  KD_TRY(kd_covariance_add(out, &s, self->err));
out:
  return status;
}

kd_status kd_covariance_parse(kd_covariance *out, const char *text, kd_error *err) {
  kd_status status = KD_OK;
  reader self = {.at = text, .whole = text, .err = err};
  *out = (kd_covariance){.has_sill = true};
  do {
    KD_TRY(read_term(&self, out));
  } while (take(&self, '+'));
  skip(&self);
  KD_CHECK(*self.at == '\0', err, KD_E_CSV, "model: '+' is wanted at '%.40s'", self.at);
out:
  return status;
}

static double cell(const kd_table *table, const char *name, size_t row) {
  const kd_column *column = kd_table_column(table, name);
  return column != NULL ? column->number[row] : (double)NAN;
}

static double angle(const kd_table *table, const char *name, size_t row) {
  const double value = cell(table, name, row);
  return isnan(value) ? 0.0 : value;
}

kd_status kd_covariance_read(kd_covariance *out, const kd_table *table, kd_error *err) {
  kd_status status = KD_OK;
  const kd_column *word = kd_table_column(table, "structure"), *practical = kd_table_column(table, "practical");
  *out = (kd_covariance){.has_sill = true};
  for (size_t r = 0; r < table->rows; r++) {
    kd_structure s = {.sill = cell(table, "sill", r),
                      .range = cell(table, "range", r),
                      .semi = cell(table, "semi", r),
                      .minor = cell(table, "minor", r),
                      .azimuth = angle(table, "azimuth", r),
                      .dip = angle(table, "dip", r),
                      .rake = angle(table, "rake", r),
                      .shape = cell(table, "shape", r)};
    KD_TRY(find_kind(&s.kind, word->text[r], strlen(word->text[r]), err));
    if (s.kind == KD_LINEAR_SILL && strlen(word->text[r]) == 3 && !(s.range > 0.0)) s.kind = KD_LINEAR, s.range = 1.0;
    if (practical != NULL && strcmp(practical->text[r], "yes") == 0)
      KD_CHECK(practical_scale(&s), err, KD_E_CONTRADICTION, "%s has no practical range", kd_structure_words[s.kind]);
    KD_TRY(kd_covariance_add(out, &s, err));
  }
  KD_CHECK(out->count > 0, err, KD_E_MISSING, "a model needs at least one structure");
out:
  if (status != KD_OK && table->line != NULL) kd_error_context(err, "model: ");
  return status;
}

void kd_covariance_text(char *out, size_t capacity, const kd_covariance *self) {
  size_t used = 0;
  out[0] = '\0';
  for (size_t i = 0; i < self->count && used < capacity; i++) {
    const kd_structure *s = &self->structure[i];
    used += (size_t)snprintf(out + used, capacity - used, "%s%.17g %s", i > 0 ? " + " : "", s->sill,
                             kd_structure_words[s->kind]);
    if (s->kind <= KD_MEASUREMENT_ERROR || used >= capacity) continue;
    used += (size_t)snprintf(out + used, capacity - used, "(range %.17g m", s->range);
    if (!s->isotropic && used < capacity)
      used += (size_t)snprintf(out + used, capacity - used,
                               ", semi %.17g m, minor %.17g m, azimuth %.17g deg, dip %.17g deg, rake %.17g deg",
                               s->semi, s->minor, s->azimuth / DEGREE, s->dip / DEGREE, s->rake / DEGREE);
    if (has_shape(s->kind) && used < capacity)
      used += (size_t)snprintf(out + used, capacity - used, ", shape %.17g", s->shape);
    if (used < capacity) used += (size_t)snprintf(out + used, capacity - used, ")");
  }
}
