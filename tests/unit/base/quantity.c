// SPDX-License-Identifier: Apache-2.0
/* Quantities that are right: every unit, every prefix, every form of the grammar, shares, angles, names of dimensions.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/dimension.h"
#include "base/quantity.h"
#include "base/units_table.h"

static uint64_t next(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

/* Definition of each unit in the units before it in the table gives the same scale and dimension. */
static void definitions_hold(void **state) {
  (void)state;
  for (size_t i = 0; i < kd_unit_count(); ++i) {
    const char *name, *definition, *group;
    kd_unit unit, defined;
    double si;
    kd_unit_describe(&name, &definition, &group, i);
    assert_non_null(group);
    assert_int_equal(kd_unit_parse(&unit, name, NULL, NULL), KD_OK);
    if (strcmp(group, "money") == 0 || strncmp(definition, "SI base", 7) == 0 || unit.offset != 0.0) continue;
    if (kd_quantity_parse(&si, &defined, NULL, definition, NULL, NULL) != KD_OK)
      fail_msg("%s = '%s'", name, definition);
    if (fabs(si / unit.scale - 1.0) > 4 * DBL_EPSILON)
      fail_msg("%s = '%s': %.17g, table %.17g", name, definition, si, unit.scale);
    bool same = kd_dimension_equal(unit.dimension, defined.dimension);
    bool angle = unit.dimension.share == KD_SHARE_ANGLE && kd_dimension_is_zero(defined.dimension);
    if (!same && !angle) fail_msg("%s = '%s': another dimension", name, definition);
  }
  const char *name, *definition, *group;
  kd_unit_describe(&name, &definition, &group, 1000000);
  assert_string_equal(name, "1");
}

static void names_are_unique(void **state) {
  (void)state;
  char names[2000][24];
  size_t count = 0;
  for (size_t i = 0; i < kd_unit_row_count; ++i) {
    const kd_unit_row *row = &kd_unit_rows[i];
    (void)snprintf(names[count++], sizeof names[0], "%s", row->name);
    bool money = row->prefixes && row->prefixes[0] == '$';
    for (size_t p = 0; row->prefixes && p < (money ? kd_money_prefix_count : kd_prefix_count); ++p) {
      const kd_prefix *prefix = money ? &kd_money_prefixes[p] : &kd_prefixes[p];
      char letter = (unsigned char)prefix->name[0] >= 0x80 ? 'u' : prefix->name[0];
      if (!money && !strchr(row->prefixes, letter)) continue;
      (void)snprintf(names[count], sizeof names[0], "%s%s", prefix->name, row->name);
      kd_unit unit;
      assert_int_equal(kd_unit_parse(&unit, names[count++], NULL, NULL), KD_OK);
    }
  }
  assert_true(count > 200 && count < 2000);
  for (size_t i = 0; i < count; ++i) {
    for (size_t j = i + 1; j < count; ++j) {
      /* kg stands in the table and is g with a prefix: the same thing twice. */
      if (strcmp(names[i], names[j]) == 0 && strcmp(names[i], "kg") != 0) fail_msg("'%s' twice", names[i]);
    }
    assert_null(kd_units_advice(names[i]));
  }
}

/* A value shown in any unit and read back is the same to the last bits, through text. */
static void every_unit_goes_round(void **state) {
  (void)state;
  uint64_t seed = 7;
  for (size_t i = 0; i < kd_unit_count(); ++i) {
    const char *name, *definition, *group;
    kd_unit unit;
    kd_unit_describe(&name, &definition, &group, i);
    assert_int_equal(kd_unit_parse(&unit, name, NULL, NULL), KD_OK);
    for (int k = 0; k < 50; ++k) {
      char number[40], text[80];
      double value = ((double)(next(&seed) >> 11) - 4503599627370496.0) * pow(10, (int)(next(&seed) % 20) - 25), si,
             back;
      size_t length = kd_number_text(number, sizeof number, value);
      (void)snprintf(text, sizeof text, "%s%s%s", number, length % 2 ? " " : "", name);
      if (strcmp(name, "1") == 0) (void)snprintf(text, sizeof text, "%s 1", number);
      assert_int_equal(kd_quantity_in(&si, text, name, NULL, NULL), KD_OK);
      back = kd_quantity_show(si, name);
      double scale = fabs(value) + fabs(unit.offset / unit.scale);
      if (fabs(back - value) > 2 * DBL_EPSILON * scale) fail_msg("%s: %.17g", text, back);
    }
  }
}

typedef struct good {
  const char *text, *unit;
  double si;
} good;

static const good goods[] = {
    {"350 t/day", "t/day", 350e3 / 86400},
    {"5.7 km", "m", 5700},
    {"5.7km", "km", 5700},
    {" \t5.7 km \t", "m", 5700},
    {"3 um", "m", 3e-6},
    {"3 \xC2\xB5m", "m", 3e-6},
    {"3 \xCE\xBCm", "m", 3e-6},
    {"12 %vol", "%vol", 0.12},
    {"12%vol", "vol%", 0.12},
    {"3 %wt", "ppm", 0.03},
    {"2652 ppm", "%wt", 2652e-6},
    {"5 g/t", "ppm", 5e-6},
    {"5 mg/kg", "ppm", 5e-6},
    {"0.5 kg/kg", "%wt", 0.5},
    {"0.5 t/t", "%wt", 0.5},
    {"0.5 L/m3", "%vol", 0.5e-3},
    {"0.2 mol/mol", "%mol", 0.2},
    {"(g/t)", "ppm", (double)NAN}, /* no number */
    {"2 (g/t)", "ppm", 2e-6},
    {"5 %", "1", 0.05},
    {"5", "%", 5},
    {"5", "", 5},
    {"0.05", "1", 0.05},
    {"5 permille", "%", 0.005},
    {"3 m/m", "1", 3},
    {"4 s.Hz", "1", 4},
    {"4 %wt/%wt", "1", 4},
    {"4 %wt.%wt", "1", 4e-4},
    {"4 %/year", "1/s", 0.04 / 31557600},
    {"3 ppm.kg", "kg", 3e-6},
    {"3 /day", "1/s", 3.0 / 86400},
    {"3 1/day", "1/s", 3.0 / 86400},
    {"3 day-1", "Hz", 3.0 / 86400},
    {"3 day^-1", "Hz", 3.0 / 86400},
    {"3 day\xE2\x81\xBB\xC2\xB9", "Hz", 3.0 / 86400},
    {"2 m\xC2\xB3/s", "m3/s", 2},
    {"2 m\xC2\xB2", "m2", 2},
    {"2 m\xE2\x81\xB4", "m4", 2},
    {"2 kg\xC2\xB7m", "kg.m", 2},
    {"2 kg\xE2\x8B\x85m", "kg.m", 2},
    {"2 kg * m", "kg.m", 2},
    {"2 kg m", "kg.m", 2},
    {"2 m / s", "m/s", 2},
    {"2 kg/m.s", "kg.s/m", 2}, /* '/' divides the one factor that follows */
    {"2 kg/(m.s)", "Pa.s", 2},
    {"2 kg/m/s", "Pa.s", 2},
    {"2 ((kg))/(m.(s))", "Pa.s", 2},
    {"2 (m/s)2", "m2/s2", 2},
    {"2 (km/h)^-1", "s/m", 7.2},
    {"2 m^+2", "m2", 2},
    {"3 Pa.s^n", "Pa.s", 3},
    {"3 mPa.s^n", "Pa.s", 3e-3},
    {"3 Pa s^n", "Pa.s", 3},
    {"3 cP", "Pa.s", 3e-3},
    {"4 degC", "K", 277.15},
    {"4 \xC2\xB0"
     "C",
     "degC", 277.15},
    {"-40 degF", "degC", 233.15},
    {"277.15 K", "degC", 277.15},
    {"-5 K/km", "K/m", -5e-3},
    {"180 deg", "rad", 3.14159265358979323846},
    {"3 deg/h", "1/s", 3.14159265358979323846 / 180 * 3 / 3600},
    {"60 rpm", "Hz", 1},
    {"1 nmi/h", "kn", 1852.0 / 3600},
    {"10 kWh/t", "J/kg", 36e3},
    {"1e3 kg", "t", 1000},
    {"1_000 kg", "t", 1000},
    {".5 t", "kg", 500},
    {"5. t", "kg", 5000},
    {"+5 t", "kg", 5000},
    {"2 t_dry/day", "t/day", 2000.0 / 86400},
    {"40 person year", "year", 40 * 31557600.0},
    {"40 USD/kg", "USD/t", 40},
    {"40 USD 2026/kg", "USD/kg", 40},
    {"40 kUSD", "USD", 40e3},
    {"40 MUSD/year", "USD/year", 40e6 / 31557600},
    {"40 bnUSD", "USD", 40e9},
    {"2 tnUSD", "USD", 2e12},
    {"2 kg/USD", "kg/USD", 2},
    {"1 Ma", "year", 1e6 * 31557600},
    {"1 month", "day", 30.4375 * 86400},
};

static void good_texts_are_read(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof goods / sizeof goods[0]; ++i) {
    kd_error err = {.text = ""};
    double si;
    size_t place = 99;
    kd_status status = kd_quantity_in(&si, goods[i].text, goods[i].unit, &place, &err);
    if (isnan(goods[i].si)) {
      assert_int_not_equal(status, KD_OK);
      continue;
    }
    if (status != KD_OK) fail_msg("'%s' in '%s': %s", goods[i].text, goods[i].unit, err.text);
    assert_int_equal(place, 0);
    if (fabs(si - goods[i].si) > 3e-16 * fabs(goods[i].si)) fail_msg("'%s' is %.17g", goods[i].text, si);
  }
}

/* The value is that of the literal in C: no last-bit noise from the unit. */
static void scales_are_exact(void **state) {
  (void)state;
  static const good cases[] = {{"5.7 km", "m", 5700.0}, {"3 um", "m", 3e-6},    {"0.1 mm", "m", 1e-4},
                               {"7 ppm", "ppm", 7e-6},  {"3 g/t", "ppm", 3e-6}, {"1.3 cP", "Pa.s", 1.3e-3},
                               {"61 MPa", "Pa", 61e6},  {"5 %", "1", 0.05}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; ++i) {
    double si;
    assert_int_equal(kd_quantity_in(&si, cases[i].text, cases[i].unit, NULL, NULL), KD_OK);
    assert_true(si == cases[i].si);
  }
}

static void bare_numbers_are_told(void **state) {
  (void)state;
  double si;
  kd_unit unit;
  bool has_unit;
  assert_int_equal(kd_quantity_parse(&si, &unit, &has_unit, "5", NULL, NULL), KD_OK);
  assert_false(has_unit);
  assert_true(unit.scale == 1.0 && kd_dimension_is_zero(unit.dimension));
  assert_int_equal(kd_quantity_parse(&si, &unit, &has_unit, "5 1", NULL, NULL), KD_OK);
  assert_true(has_unit);
  assert_int_equal(kd_quantity_parse(&si, NULL, NULL, "5 %", NULL, NULL), KD_OK);
  assert_int_equal(kd_unit_parse(&unit, "  ", NULL, NULL), KD_OK);
  assert_true(unit.scale == 1.0);
}

static void dimensions_have_names(void **state) {
  (void)state;
  static const char *const cases[][2] = {{"m", "a length"},
                                         {"t/day", "a mass rate"},
                                         {"Pa", "a pressure"},
                                         {"Pa.s", "a dynamic viscosity"},
                                         {"kWh/t", "an energy per mass"},
                                         {"USD/kg", "money per mass"},
                                         {"kg/m3", "a density"},
                                         {"%", "a pure number"},
                                         {"%wt", "a share by mass"},
                                         {"%vol", "a share by volume"},
                                         {"deg", "an angle"},
                                         {"ha", "an area"},
                                         {"JPY", "a sum of money"},
                                         {"kg2.m-1.s", "a quantity in kg^2 m^-1 s"},
                                         {"A2.K3.mol-2.USD", "a quantity in A^2 K^3 mol^-2 USD"}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; ++i) {
    kd_unit unit;
    char phrase[128];
    assert_int_equal(kd_unit_parse(&unit, cases[i][0], NULL, NULL), KD_OK);
    kd_dimension_phrase(phrase, sizeof phrase, unit.dimension);
    assert_string_equal(phrase, cases[i][1]);
  }
  char small[8];
  kd_dimension_name(small, sizeof small, (kd_dimension){.mass = 5, .length = -7, .money = 3});
  assert_true(strlen(small) < sizeof small);
}

/* The examples in messages are units of the dimension that they stand for. */
static void examples_are_of_their_dimension(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof goods / sizeof goods[0]; ++i) {
    kd_unit unit, example;
    assert_int_equal(kd_unit_parse(&unit, goods[i].unit, NULL, NULL), KD_OK);
    const char *all = kd_dimension_examples(unit.dimension);
    if (!all || kd_dimension_equal(unit.dimension, (kd_dimension){0})) continue;
    char copy[120];
    (void)snprintf(copy, sizeof copy, "%s", all);
    for (char *word = copy; word && *word;) {
      char *end = strstr(word, " or "), *comma = strstr(word, ", ");
      char *cut = comma && (!end || comma < end) ? comma : end;
      char *following = cut ? cut + (cut == comma ? 2 : 4) : NULL;
      if (cut) *cut = '\0';
      if (kd_unit_parse(&example, word, NULL, NULL) != KD_OK) fail_msg("example '%s'", word);
      assert_true(kd_dimension_equal(example.dimension, unit.dimension));
      word = following;
    }
  }
}

static void large_values_do_not_overflow_on_the_way(void **state) {
  (void)state;
  double si;
  assert_int_equal(kd_quantity_in(&si, "1e305 g/t", "ppm", NULL, NULL), KD_OK);
  assert_true(fabs(si / 1e299 - 1.0) < 1e-15);
  assert_true(fabs(kd_quantity_show(1e305, "t/g") / 1e299 - 1.0) < 1e-15);
}

/* docs/units.md lists every unit and every refused name. */
static void the_manual_is_whole(void **state) {
  (void)state;
  static char text[100000];
  FILE *file = fopen(KD_TEST_SOURCE "/docs/units.md", "rb");
  assert_non_null(file);
  size_t count = fread(text, 1, sizeof text - 1, file);
  assert_int_equal(fclose(file), 0);
  assert_true(count > 0 && count < sizeof text - 1);
  for (size_t i = 0; i < kd_unit_row_count + kd_unit_trap_count; ++i) {
    char row[200];
    if (i < kd_unit_row_count) {
      (void)snprintf(row, sizeof row, "\n| `%s` | %s |", kd_unit_rows[i].name, kd_unit_rows[i].definition);
    } else {
      const kd_unit_trap *trap = &kd_unit_traps[i - kd_unit_row_count];
      (void)snprintf(row, sizeof row, "\n| `%s` | %s |", trap->name, trap->advice);
    }
    if (!strstr(text, row)) fail_msg("docs/units.md lacks:%s", row);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(definitions_hold),
      cmocka_unit_test(names_are_unique),
      cmocka_unit_test(every_unit_goes_round),
      cmocka_unit_test(good_texts_are_read),
      cmocka_unit_test(scales_are_exact),
      cmocka_unit_test(bare_numbers_are_told),
      cmocka_unit_test(dimensions_have_names),
      cmocka_unit_test(examples_are_of_their_dimension),
      cmocka_unit_test(large_values_do_not_overflow_on_the_way),
      cmocka_unit_test(the_manual_is_whole),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
