// SPDX-License-Identifier: Apache-2.0
/* Quantities as text with unit: "350 t/day", "5.7 km", "12 %vol", "262.2e9 JPY 2016". SI inside.
 *
 * Dimensions are vectors of exponents over length, mass, time, current, temperature, amount and money, and a share tag:
 * a share by mass (ppm, %wt, g/t) is not a share by volume (%vol). Money is held in US dollars of 2026: an amount in
 * another currency or year goes through the tables of money.c (exchange rate of that year, then the US price index to
 * 2026); a bare currency means the year 2026.
 *
 * Grammar: number, blank, unit; unit = factor { ('.' | '*' | ' ' | '/') factor }; factor = name [ '^' ] [ exponent ] or
 * '(' unit ')'. Every '/' divides the one factor that follows. "degC" stands alone. */
#ifndef KD_BASE_QUANTITY_H
#define KD_BASE_QUANTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kaidei/error.h"

/* KD_SHARE_ANGLE marks rad and deg, so that an angle is not taken for a fraction. */
typedef enum kd_share { KD_SHARE_NONE, KD_SHARE_MASS, KD_SHARE_VOLUME, KD_SHARE_MOLE, KD_SHARE_ANGLE } kd_share;

typedef struct kd_dimension {
  int8_t length, mass, time, current, temperature, amount, money;
  int8_t share; /* kd_share; only when all exponents are 0 */
} kd_dimension;

typedef struct kd_unit {
  double scale;  /* SI = scale * value + offset */
  double offset; /* 0 but for degC and degF */
  kd_dimension dimension;
  double numerator,
      denominator; /* scale is their ratio; value * numerator / denominator keeps "3 um" at 3e-6 to the bit */
} kd_unit;

/* Value in this unit to SI and back, by numerator and denominator. */
double kd_unit_si(const kd_unit *self, double value);
double kd_unit_value(const kd_unit *self, double si);

bool kd_dimension_equal(kd_dimension a, kd_dimension b);
/* Name of a dimension for messages: "length", "pressure", "money per mass", else a formula such as "kg m^-1 s^-2". */
void kd_dimension_name(char *out, size_t capacity, kd_dimension dimension);

/* Parses a unit. Errors: KD_E_UNIT with a "did you mean". "" and "1" are the pure number. *place (may be NULL): offset
 * of the offending byte in text. */
kd_status kd_unit_parse(kd_unit *out, const char *text, size_t *place, kd_error *err);

/* Parses a quantity. *has_unit tells a bare number from one with unit. Errors: KD_E_NUMBER, KD_E_UNIT. Rejects
 * NaN, infinity, hexadecimal, trailing text. Thousands may be grouped by '_' only. */
kd_status kd_quantity_parse(double *si, kd_unit *unit, bool *has_unit, const char *text, size_t *place, kd_error *err);

/* Parses a quantity of the dimension of `unit`; says both dimensions and examples when they differ. A bare number is
 * an error unless `unit` is a pure number ("1") or "%" (a bare 0.05 is then a fraction). */
kd_status kd_quantity_in(double *si, const char *text, const char *unit, size_t *place, kd_error *err);

/* KD_OK when a value in `given` may stand where `wanted` is wanted. Else KD_E_DIMENSION or KD_E_BASIS with a message
 * that names both dimensions and examples. text: the quantity as written, for the message; has_unit: false for a bare
 * number; wanted_text: the unit as written in the parameter table. */
kd_status kd_unit_accept(const kd_unit *given, bool has_unit, const kd_unit *wanted, const char *text,
                         const char *wanted_text, kd_error *err);

/* SI to a display unit; the unit must parse (asserted). */
double kd_quantity_show(double si, const char *unit);

/* Number of units known, and the i-th: name, one-line definition ("0.3048 m"), group ("marine"). For docs, tests,
 * schema. */
size_t kd_unit_count(void);
void kd_unit_describe(const char **name, const char **definition, const char **group, size_t index);

/* Shortest decimal text that reads back as the same double ("0.1"); "nan" for NaN. Returns its length. */
size_t kd_number_text(char *out, size_t capacity, double value);

#endif
