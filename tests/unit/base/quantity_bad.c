// SPDX-License-Identifier: Apache-2.0
/* Quantities that are wrong: the status, the place and the words of each refusal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/quantity.h"

typedef struct bad {
  const char *text, *unit;
  kd_status status;
  size_t place;
  const char *words; /* part of the message */
} bad;

static const bad bads[] = {
    /* no number */
    {"", "m", KD_E_NUMBER, 0, "a number is missing"},
    {"   ", "m", KD_E_NUMBER, 3, "a number is missing"},
    {"m", "m", KD_E_NUMBER, 0, "'m' is not a number"},
    {"nan", "1", KD_E_NUMBER, 0, "'nan' is not a number"},
    {"NaN m", "m", KD_E_NUMBER, 0, "is not a number"},
    {"inf", "1", KD_E_NUMBER, 0, "is not a number"},
    {"-infinity m", "m", KD_E_NUMBER, 1, "is not a number"},
    {"five m", "m", KD_E_NUMBER, 0, "is not a number"},
    {"-", "m", KD_E_NUMBER, 0, "is not a number"},
    {"--5 m", "m", KD_E_NUMBER, 1, "is not a number"},
    {"+-5 m", "m", KD_E_NUMBER, 1, "is not a number"},
    {". m", "m", KD_E_NUMBER, 0, "is not a number"},
    {"- 5 m", "m", KD_E_NUMBER, 1, "is not a number"},
    {"\xE2\x88\x92"
     "5 m",
     "m", KD_E_NUMBER, 0, "is not a number"},
    {"(5) m", "m", KD_E_NUMBER, 0, "is not a number"},
    /* malformed numbers */
    {"1,000 m", "m", KD_E_NUMBER, 1, "thousands may be grouped by '_'"},
    {"1,5 m", "m", KD_E_NUMBER, 1, "thousands may be grouped by '_'"},
    {"1'000 m", "m", KD_E_NUMBER, 1, "thousands may be grouped by '_'"},
    {"1__0 m", "m", KD_E_NUMBER, 1, "between digits only"},
    {"1_ m", "m", KD_E_NUMBER, 1, "between digits only"},
    {"0x10 m", "m", KD_E_NUMBER, 1, "write it in decimal"},
    {" 0X1p3 m", "m", KD_E_NUMBER, 2, "write it in decimal"},
    {"1e999 m", "m", KD_E_NUMBER, 0, "is too large"},
    {"1e-999 m", "m", KD_E_NUMBER, 0, "is too close to 0"},
    {"1e308 km", "m", KD_E_NUMBER, 0, "is too large"},
    {"_5 m", "m", KD_E_NUMBER, 0, "is not a number"},
    /* text behind the number that is no unit */
    {"5 5 m", "m", KD_E_UNIT, 2, "a number other than 1 cannot stand in a unit"},
    {"1.2.3 m", "m", KD_E_UNIT, 3, "unexpected '.' in a unit"},
    {"5e m", "m", KD_E_UNIT, 1, "unknown unit 'e'"},
    {"5 m 3", "m", KD_E_UNIT, 4, "a number other than 1 cannot stand in a unit"},
    {"5 m;", "m", KD_E_UNIT, 3, "unexpected ';' in a unit"},
    {"5 [m]", "m", KD_E_UNIT, 2, "unexpected '[' in a unit"},
    {"5 \"m\"", "m", KD_E_UNIT, 2, "unexpected '\"' in a unit"},
    {"5 m\nx", "m", KD_E_UNIT, 3, "unexpected '?' in a unit"},
    /* unknown units */
    {"5 kgs", "kg", KD_E_UNIT, 2, "unknown unit 'kgs': did you mean kg?"},
    {"5 KG", "kg", KD_E_UNIT, 2, "did you mean kg?"},
    {"5 Kwh", "J", KD_E_UNIT, 2, "did you mean kWh?"},
    {"5 MPA", "Pa", KD_E_UNIT, 2, "did you mean MPa?"},
    {"5 knto", "m/s", KD_E_UNIT, 2, "did you mean knot?"},
    {"5 t/dya", "t/day", KD_E_UNIT, 4, "unknown unit 'dya': did you mean day?"},
    {"5 JYP", "JPY", KD_E_UNIT, 2, "did you mean JPY?"},
    {"5 usd/kg", "USD/kg", KD_E_UNIT, 2, "did you mean USD?"},
    {"5 xyzzy", "m", KD_E_UNIT, 2, "unknown unit 'xyzzy'"},
    {"5 q", "m", KD_E_UNIT, 2, "unknown unit 'q'"},
    {"5 mmm", "m", KD_E_UNIT, 2, "unknown unit 'mmm'"},
    {"5 cPa", "Pa", KD_E_UNIT, 2, "unknown unit 'cPa'"},
    {"5 hm", "m", KD_E_UNIT, 2, "unknown unit 'hm'"},
    {"5 \xFF\xFE", "m", KD_E_UNIT, 2, "unknown unit '?\?'"},
    {"5 averyveryverylongnamethatnobodywouldevercallaunit", "m", KD_E_UNIT, 2, "unknown unit 'averyvery"},
    /* names that mean different things to different readers */
    {"5 a", "year", KD_E_UNIT, 2, "write year"},
    {"5 Gal", "m/s2", KD_E_UNIT, 2, "write cm/s2"},
    {"5 Sv", "m3/s", KD_E_UNIT, 2, "write sverdrup"},
    {"5 ton", "t", KD_E_UNIT, 2, "write t for 1000 kg"},
    {"5 oz", "kg", KD_E_UNIT, 2, "write oz_troy"},
    {"5 $", "USD", KD_E_UNIT, 2, "write USD or AUD"},
    {"5 \xC2\xA5", "JPY", KD_E_UNIT, 2, "write JPY or CNY"},
    {"5 bn JPY", "JPY", KD_E_UNIT, 2, "bnJPY"},
    {"5 F", "degC", KD_E_UNIT, 2, "write degF"},
    {"5 \xC3\x85", "m", KD_E_UNIT, 2, "write 0.1 nm"},
    {"5 meters", "m", KD_E_UNIT, 2, "write m"},
    {"5 hrs", "h", KD_E_UNIT, 2, "write h"},
    {"5 ppt", "ppm", KD_E_UNIT, 2, "write g/kg"},
    /* structure */
    {"5 m/", "m", KD_E_UNIT, 4, "a unit is missing at the end"},
    {"5 m.", "m", KD_E_UNIT, 4, "a unit is missing at the end"},
    {"5 /", "m", KD_E_UNIT, 3, "a unit is missing at the end"},
    {"5 m//s", "m", KD_E_UNIT, 4, "unexpected '/'"},
    {"5 m**s", "m", KD_E_UNIT, 4, "unexpected '*'"},
    {"5 (m", "m", KD_E_UNIT, 2, "the bracket is not closed"},
    {"5 m/(s.(kg)", "m", KD_E_UNIT, 4, "the bracket is not closed"},
    {"5 m)", "m", KD_E_UNIT, 3, "was not opened"},
    {"5 ()", "m", KD_E_UNIT, 3, "a unit is missing"},
    {"5 (((((((((m)))))))))", "m", KD_E_UNIT, 10, "more than 8 brackets"},
    {"5 m^", "m", KD_E_UNIT, 3, "a whole number is wanted as exponent"},
    {"5 m^x", "m", KD_E_UNIT, 3, "a whole number is wanted as exponent"},
    {"5 m^n", "m", KD_E_UNIT, 3, "a whole number is wanted as exponent"},
    {"5 Pa.s^nm", "Pa.s", KD_E_UNIT, 8, "after ^n the unit ends"},
    {"5 m-", "m", KD_E_UNIT, 3, "a whole number is wanted as exponent"},
    {"5 m\xE2\x81\xBB", "m", KD_E_UNIT, 3, "a whole number is wanted as exponent"},
    {"5 m0", "m", KD_E_UNIT, 3, "exponents from 1 to 9"},
    {"5 m10", "m", KD_E_UNIT, 3, "exponents from 1 to 9"},
    {"5 m99999999999999999999", "m", KD_E_UNIT, 3, "exponents from 1 to 9"},
    {"5 m1.5", "m", KD_E_UNIT, 5, "a number other than 1"},
    {"5 (m9)9.m9.m9.m9", "m", KD_E_UNIT, 14, "the exponents of the unit are too large"},
    {"5 (Gt9)9", "kg", KD_E_UNIT, 2, "the scale of unit '(Gt9)9' is beyond all numbers"},
    /* temperature */
    {"5 W/degC", "W/K", KD_E_UNIT, 4, "stand alone"},
    {"5 degC/m", "K/m", KD_E_UNIT, 7, "stand alone"},
    {"5 degC2", "K", KD_E_UNIT, 2, "stand alone"},
    {"5 1/degC", "1/K", KD_E_UNIT, 4, "stand alone"},
    /* money */
    {"5 USD 99", "USD", KD_E_UNIT, 6, "a year of four digits"},
    {"5 USD 20245", "USD", KD_E_UNIT, 6, "a year of four digits"},
    {"5 USD2024", "USD", KD_E_UNIT, 5, "a blank stands between a currency and its year: USD 2024"},
    {"5 USD 1989", "USD", KD_E_UNIT, 2, "years from 1990 to 2060"},
    {"5 USD 2061", "USD", KD_E_UNIT, 2, "years from 1990 to 2060"},
    {"5 EUR 1995", "USD", KD_E_UNIT, 2, "the currency began in 1999"},
    {"5 GJPY", "JPY", KD_E_UNIT, 2, "unknown unit 'GJPY'"},
    {"5 CHF", "USD", KD_E_UNIT, 2, "unknown unit 'CHF'"},
    /* another dimension */
    {"5 kg", "m", KD_E_DIMENSION, 2, "5 kg is a mass: a length is wanted, such as m or km"},
    {" 5kg ", "nmi", KD_E_DIMENSION, 2, "5kg is a mass: a length is wanted, such as nmi, m or km"},
    {"5 m/s2", "m/s", KD_E_DIMENSION, 2, "5 m/s2 is an acceleration: a velocity is wanted, such as m/s or kn"},
    {"5 kWh", "kWh/t", KD_E_DIMENSION, 2, "5 kWh is an energy: an energy per mass is wanted, such as kWh/t or kJ/kg"},
    {"5 USD", "USD/kg", KD_E_DIMENSION, 2,
     "5 USD is a sum of money: money per mass is wanted, such as USD/kg or JPY/t"},
    {"5 C", "degC", KD_E_DIMENSION, 2, "5 C is an electric charge: a temperature is wanted, such as degC or K"},
    {"5 m", "kg2.m", KD_E_DIMENSION, 2, "5 m is a length: a quantity in kg^2 m is wanted, such as kg2.m"},
    {"5", "m", KD_E_DIMENSION, 0, "5: the unit is missing: a length is wanted, such as m or km"},
    {"5", "t/day", KD_E_DIMENSION, 0, "a mass rate is wanted, such as t/day or kg/s"},
    {"0", "K", KD_E_DIMENSION, 0, "the unit is missing"},
    {"30", "deg", KD_E_DIMENSION, 0, "30: the unit is missing: an angle is wanted, such as deg or rad"},
    {"30 deg", "%", KD_E_DIMENSION, 3, "30 deg is an angle: a pure number is wanted, such as 0.05 or 5 %"},
    {"5 m", "1", KD_E_DIMENSION, 2, "5 m is a length: a pure number is wanted, such as 0.05 or 5 %"},
    {"5 %", "m", KD_E_DIMENSION, 2, "5 % is a pure number: a length is wanted"},
    {"5 %vol", "%", KD_E_DIMENSION, 2, "5 %vol is a share by volume: a pure number is wanted"},
    {"5 ppm", "1", KD_E_DIMENSION, 2, "5 ppm is a share by mass: a pure number is wanted"},
    {"5 kg", "%wt", KD_E_DIMENSION, 2, "5 kg is a mass: a share by mass is wanted"},
    /* the basis of a share */
    {"5 %", "%wt", KD_E_BASIS, 2, "5 %: say whether by mass or by volume: 5 %wt or 5 %vol"},
    {"5 %", "%vol", KD_E_BASIS, 2, "5 %: say whether by volume or by mass: 5 %vol or 5 %wt"},
    {"5 %", "%mol", KD_E_BASIS, 2, "5 %: say whether by mole or by mass: 5 %mol or 5 %wt"},
    {"0.05", "ppm", KD_E_BASIS, 0, "0.05: say whether by mass or by volume, such as %wt, ppm or g/t"},
    {"5 permille", "%vol", KD_E_BASIS, 2, "5 permille: say whether by volume or by mass"},
    {"5 %vol", "ppm", KD_E_BASIS, 2, "5 %vol is a share by volume: a share by mass is wanted, such as %wt, ppm or g/t"},
    {"5 g/t", "%vol", KD_E_BASIS, 2, "5 g/t is a share by mass: a share by volume is wanted, such as %vol or m3/m3"},
};

static void bad_texts_are_refused(void **state) {
  (void)state;
  assert_true(sizeof bads / sizeof bads[0] >= 60);
  for (size_t i = 0; i < sizeof bads / sizeof bads[0]; ++i) {
    kd_error err = {.text = ""};
    double si = 1.0;
    size_t place = 12345;
    kd_status status = kd_quantity_in(&si, bads[i].text, bads[i].unit, &place, &err);
    if (status != bads[i].status || err.code != status) {
      fail_msg("'%s': %s: %s", bads[i].text, kd_status_name(status), err.text);
    }
    if (!strstr(err.text, bads[i].words)) fail_msg("'%s': %s", bads[i].text, err.text);
    if (place != bads[i].place) fail_msg("'%s': place %zu: %s", bads[i].text, place, err.text);
    assert_true(isnan(si));
    /* Without a record and a place the answer is the same. */
    assert_int_equal(kd_quantity_in(&si, bads[i].text, bads[i].unit, NULL, NULL), status);
  }
}

static void long_texts_are_cut_in_messages(void **state) {
  (void)state;
  char text[4000];
  kd_error err;
  double si;
  kd_unit unit;
  size_t place;
  memset(text, 'm', sizeof text - 1);
  text[sizeof text - 1] = '\0';
  assert_int_equal(kd_unit_parse(&unit, text, &place, &err), KD_E_UNIT);
  assert_int_equal(place, 200);
  assert_string_equal(err.text, "a unit of more than 200 bytes");
  assert_int_equal(kd_quantity_in(&si, text, "m", &place, &err), KD_E_NUMBER);
  assert_true(strlen(err.text) < 120);
  memset(text, '1', sizeof text - 1);
  assert_int_equal(kd_quantity_in(&si, text, "m", &place, &err), KD_E_NUMBER);
  assert_true(strlen(err.text) < 120);
}

static void a_bad_table_of_parameters_is_told(void **state) {
  (void)state;
  kd_error err;
  double si;
  assert_int_equal(kd_quantity_in(&si, "5 m", "mtr", NULL, &err), KD_E_UNIT);
  assert_non_null(strstr(err.text, "unknown unit 'mtr'"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(bad_texts_are_refused),
      cmocka_unit_test(long_texts_are_cut_in_messages),
      cmocka_unit_test(a_bad_table_of_parameters_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
