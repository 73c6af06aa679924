// SPDX-License-Identifier: Apache-2.0
/* Our own table of units against UDUNITS-2, which is opened at run time when the machine has it. Skipped otherwise. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dlfcn.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/quantity.h"

typedef struct oracle {
  void *library, *system;
  void *(*read_xml)(const char *path);
  void *(*parse)(void *system, const char *text, int encoding);
  int (*are_convertible)(const void *a, const void *b);
  void *(*get_converter)(void *from, void *to);
  double (*convert)(const void *converter, double value);
  void (*free_converter)(void *converter);
  void (*free_unit)(void *unit);
  void (*free_system)(void *system);
} oracle;

enum { UTF8 = 2 };

static int no_message(const char *format, va_list args) {
  (void)format, (void)args;
  return 0;
}

static bool find(void *library, const char *name, void *function) {
  void *symbol = dlsym(library, name);
  memcpy(function, &symbol, sizeof symbol); /* POSIX lets a pointer to data hold one to a function; ISO C has no cast */
  return symbol != NULL;
}

static int open_oracle(void **state) {
  static oracle o;
  int (*(*set_handler)(int (*)(const char *, va_list)))(const char *, va_list);
  o.library = dlopen("libudunits2.so.0", RTLD_NOW);
  if (!o.library || !find(o.library, "ut_read_xml", &o.read_xml) || !find(o.library, "ut_parse", &o.parse) ||
      !find(o.library, "ut_are_convertible", &o.are_convertible) ||
      !find(o.library, "ut_get_converter", &o.get_converter) || !find(o.library, "cv_convert_double", &o.convert) ||
      !find(o.library, "cv_free", &o.free_converter) || !find(o.library, "ut_free", &o.free_unit) ||
      !find(o.library, "ut_free_system", &o.free_system) ||
      !find(o.library, "ut_set_error_message_handler", &set_handler)) {
    return 0;
  }
  (void)set_handler(no_message);
  o.system = o.read_xml(NULL);
  *state = o.system ? &o : NULL;
  return 0;
}

static int close_oracle(void **state) {
  oracle *o = *state;
  if (o) o->free_system(o->system);
  return 0;
}

/* Value of 1 unit (or of `value`) in SI by the oracle; NaN when it does not know the unit. */
static double ask(oracle *o, const char *unit, const char *si_unit, double value) {
  void *from = o->parse(o->system, unit, UTF8), *to = o->parse(o->system, si_unit, UTF8);
  double result = (double)NAN;
  if (from && to && o->are_convertible(from, to)) {
    void *converter = o->get_converter(from, to);
    result = o->convert(converter, value);
    o->free_converter(converter);
  }
  if (from) o->free_unit(from);
  if (to) o->free_unit(to);
  return result;
}

static void check(oracle *o, const char *ours, const char *theirs, const char *si_unit, double value) {
  char text[80];
  double got, wanted = ask(o, theirs, si_unit, value);
  (void)snprintf(text, sizeof text, "%.17g %s", value, ours);
  assert_int_equal(kd_quantity_in(&got, text, si_unit, NULL, NULL), KD_OK);
  if (!(fabs(got - wanted) <= 1e-12 * fabs(wanted))) fail_msg("%s: ours %.17g, UDUNITS %.17g", text, got, wanted);
}

/* Units with the same name and meaning on both sides, and compounds of them. */
static void same_names_same_values(void **state) {
  if (!*state) skip();
  static const char *const cases[][2] = {
      {"m", "m"},
      {"km", "m"},
      {"cm", "m"},
      {"mm", "m"},
      {"nm", "m"},
      {"um", "m"},
      {"\xC2\xB5m", "m"},
      {"ft", "m"},
      {"in", "m"},

      {"kg", "kg"},
      {"g", "kg"},
      {"mg", "kg"},
      {"ug", "kg"},
      {"t", "kg"},

      {"Mt", "kg"},
      {"tonne", "kg"},
      {"lb", "kg"},
      {"s", "s"},
      {"ms", "s"},
      {"min", "s"},
      {"minute", "s"},
      {"h", "s"},
      {"hour", "s"},
      {"d", "s"},
      {"day", "s"},
      {"week", "s"},
      {"Hz", "1/s"},
      {"kHz", "1/s"},
      {"N", "N"},
      {"kN", "N"},
      {"MN", "N"},
      {"kgf", "N"},
      {"Pa", "Pa"},
      {"hPa", "Pa"},
      {"kPa", "Pa"},
      {"MPa", "Pa"},
      {"GPa", "Pa"},
      {"bar", "Pa"},
      {"dbar", "Pa"},
      {"mbar", "Pa"},
      {"atm", "Pa"},
      {"J", "J"},
      {"kJ", "J"},
      {"MJ", "J"},
      {"GJ", "J"},
      {"PJ", "J"},
      {"W", "W"},
      {"kW", "W"},
      {"MW", "W"},
      {"GW", "W"},
      {"C", "C"},
      {"A", "A"},
      {"mA", "A"},
      {"V", "V"},
      {"ohm", "ohm"},
      {"S", "S"},
      {"K", "K"},
      {"mol", "mol"},
      {"mmol", "mol"},
      {"kmol", "mol"},
      {"L", "m3"},
      {"mL", "m3"},
      {"l", "m3"},
      {"knot", "m/s"},

      {"m2", "m2"},
      {"km2", "m2"},
      {"m3/h", "m3/s"},
      {"t/day", "kg/s"},
      {"kg/m3", "kg/m3"},
      {"g/L", "kg/m3"},
      {"J/kg/K", "J/kg/K"},
      {"W/m/K", "W/m/K"},
      {"mol/L", "mol/m3"},
      {"N/m", "N/m"},
      {"m s-1", "m/s"},
      {"kg m-3", "kg/m3"},
      {"m^2", "m2"},
      {"kg.m/s2", "N"},
      {"cm/s", "m/s"},
      {"m2/s", "m2/s"},
      {"Pa.s", "Pa.s"},
      {"A/m2", "A/m2"},
      {"m-1", "1/m"},
      {"km/h", "m/s"},
      {"mm/h", "m/s"},
      {"W/m2", "W/m2"},
      {"kJ/mol", "J/mol"},
      {"g/mol", "kg/mol"},
      {"MPa/km", "Pa/m"},
      {"kN.m", "N.m"},
      {"(kg/m3)", "kg/m3"},
      {"m\xC2\xB3", "m3"},
      {"m\xC2\xB2", "m2"},
      {"degC", "K"},
      {"degF", "K"},
      {"\xC2\xB0"
       "C",
       "K"},
      {"rad", "rad"},

  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; ++i) {
    check(*state, cases[i][0], cases[i][0], cases[i][1], 1.0);
    check(*state, cases[i][0], cases[i][0], cases[i][1], -273.7);
  }
}

/* Units that the oracle knows by another name or only as a definition. */
static void other_names_same_values(void **state) {
  if (!*state) skip();
  static const char *const cases[][3] = {
      {"nmi", "nautical_mile", "m"},
      {"fathom", "6 ft", "m"},
      {"kn", "knot", "m/s"},
      {"mi", "mile", "m"},
      {"Wh", "W.h", "J"},
      {"kWh", "kW.h", "J"},
      {"MWh", "MW.h", "J"},
      {"GWh", "GW.h", "J"},
      {"TWh", "TW.h", "J"},
      {"psi", "psi", "Pa"},
      {"deg", "arc_degree", "rad"},
      {"cP", "centipoise", "Pa.s"},
      {"P", "poise", "Pa.s"},
      {"St", "stokes", "m2/s"},
      {"cSt", "centistokes", "m2/s"},
      {"oz_troy", "480 grain", "kg"},
      {"ha", "hectare", "m2"},
      {"yr", "365.25 day", "s"},
      {"month", "30.4375 day", "s"},
      {"Ma", "365250000 day", "s"},
      {"sverdrup", "1e6 m3/s", "m3/s"},
      {"tf", "1000 kgf", "N"},
      {"bbl", "9702 in3", "m3"},
      {"hp", "550 ft lbf/s", "W"},
      {"t_dry", "t", "kg"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; ++i)
    check(*state, cases[i][0], cases[i][1], cases[i][2], 7.25);
}

/* Where the oracle's own reading would be wrong for us: nmi a nano-mile, a an are, Gal an acceleration, the year
 * 365.2422 days, rpm in radians; and what it lacks. */
static void known_traps(void **state) {
  double si;
  assert_int_equal(kd_quantity_in(&si, "1 nmi", "m", NULL, NULL), KD_OK);
  assert_true(si == 1852.0);
  assert_int_equal(kd_quantity_in(&si, "1 a", "s", NULL, NULL), KD_E_UNIT);
  assert_int_equal(kd_quantity_in(&si, "1 a", "m2", NULL, NULL), KD_E_UNIT);
  assert_int_equal(kd_quantity_in(&si, "1 Gal", "m/s2", NULL, NULL), KD_E_UNIT);
  assert_int_equal(kd_quantity_in(&si, "1 year", "s", NULL, NULL), KD_OK);
  assert_true(si == 365.25 * 86400.0);
  assert_int_equal(kd_quantity_in(&si, "60 rpm", "Hz", NULL, NULL), KD_OK);
  assert_true(si == 1.0);
  if (!*state) skip();
  assert_true(fabs(ask(*state, "nmi", "m", 1.0) - 1.609344e-6) < 1e-12);
  assert_true(ask(*state, "a", "m2", 1.0) == 100.0);
  assert_true(fabs(ask(*state, "Gal", "m/s2", 1.0) - 0.01) < 1e-15);
  assert_true(isnan(ask(*state, "kt", "kg", 1.0))); /* a knot there, 1000 t here */
  assert_true(isnan(ask(*state, "cP", "Pa.s", 1.0)));
  assert_true(isnan(ask(*state, "JPY", "1", 1.0)));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(same_names_same_values),
      cmocka_unit_test(other_names_same_values),
      cmocka_unit_test(known_traps),
  };
  return cmocka_run_group_tests(tests, open_oracle, close_oracle);
}
