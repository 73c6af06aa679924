// SPDX-License-Identifier: Apache-2.0
/* Names of dimensions and examples of their units, for messages. */
#include "base/dimension.h"

#include <stdio.h>
#include <string.h>

typedef struct named {
  kd_dimension dimension;
  const char *name, *examples;
} named;

#define DIM(l, m, t, i, k, n, c)                                                                                       \
  { .length = l, .mass = m, .time = t, .current = i, .temperature = k, .amount = n, .money = c }
#define SHARE(tag)                                                                                                     \
  { .share = tag }

static const named known[] = {
    {{0}, "pure number", "0.05 or 5 %"},
    {SHARE(KD_SHARE_MASS), "share by mass", "%wt, ppm or g/t"},
    {SHARE(KD_SHARE_VOLUME), "share by volume", "%vol or m3/m3"},
    {SHARE(KD_SHARE_MOLE), "share by mole", "%mol or mol/mol"},
    {SHARE(KD_SHARE_ANGLE), "angle", "deg or rad"},
    {DIM(1, 0, 0, 0, 0, 0, 0), "length", "m or km"},
    {DIM(2, 0, 0, 0, 0, 0, 0), "area", "m2 or km2"},
    {DIM(3, 0, 0, 0, 0, 0, 0), "volume", "m3 or L"},
    {DIM(4, 0, 0, 0, 0, 0, 0), "second moment of area", "m4"},
    {DIM(-1, 0, 0, 0, 0, 0, 0), "number per length", "1/m or 1/km"},
    {DIM(-2, 0, 0, 0, 0, 0, 0), "number per area", "1/m2 or 1/km2"},
    {DIM(-3, 0, 0, 0, 0, 0, 0), "number per volume", "1/m3 or 1/L"},
    {DIM(0, 1, 0, 0, 0, 0, 0), "mass", "kg or t"},
    {DIM(0, -1, 0, 0, 0, 0, 0), "number per mass", "1/kg or 1/t"},
    {DIM(0, 0, 1, 0, 0, 0, 0), "time", "s, h or day"},
    {DIM(0, 0, 2, 0, 0, 0, 0), "time squared", "s2"},
    {DIM(0, 0, -1, 0, 0, 0, 0), "frequency", "Hz, 1/day or %/year"},
    {DIM(0, 0, 0, 1, 0, 0, 0), "electric current", "A"},
    {DIM(0, 0, 0, 0, 1, 0, 0), "temperature", "degC or K"},
    {DIM(0, 0, 0, 0, 0, 1, 0), "amount of substance", "mol"},
    {DIM(0, 0, 0, 0, 0, 0, 1), "sum of money", "USD, JPY 2016 or bnJPY"},
    {DIM(1, 0, -1, 0, 0, 0, 0), "velocity", "m/s or kn"},
    {DIM(1, 0, -2, 0, 0, 0, 0), "acceleration", "m/s2"},
    {DIM(2, 0, -1, 0, 0, 0, 0), "kinematic viscosity or diffusivity", "m2/s or cSt"},
    {DIM(3, 0, -1, 0, 0, 0, 0), "volume rate", "m3/s or m3/h"},
    {DIM(3, -1, 0, 0, 0, 0, 0), "volume per mass", "m3/kg or m3/t"},
    {DIM(2, -1, 0, 0, 0, 0, 0), "area per mass", "m2/kg or m2/g"},
    {DIM(2, 0, -2, 0, 0, 0, 0), "energy per mass", "kWh/t or kJ/kg"},
    {DIM(2, 0, -3, 0, 0, 0, 0), "power per mass", "W/kg"},
    {DIM(0, 1, -1, 0, 0, 0, 0), "mass rate", "t/day or kg/s"},
    {DIM(-1, 1, 0, 0, 0, 0, 0), "mass per length", "kg/m"},
    {DIM(-2, 1, 0, 0, 0, 0, 0), "mass per area", "kg/m2"},
    {DIM(-3, 1, 0, 0, 0, 0, 0), "density", "kg/m3 or g/L"},
    {DIM(-2, 1, -1, 0, 0, 0, 0), "mass rate per area", "kg/m2/s"},
    {DIM(-3, 1, -1, 0, 0, 0, 0), "mass rate per volume", "kg/m3/s or g/L/h"},
    {DIM(1, 1, -2, 0, 0, 0, 0), "force", "N or kN"},
    {DIM(0, 1, -2, 0, 0, 0, 0), "force per length", "N/m or kN/m"},
    {DIM(-1, 1, -2, 0, 0, 0, 0), "pressure", "Pa, bar or MPa"},
    {DIM(-2, 1, -2, 0, 0, 0, 0), "pressure per length", "Pa/m or MPa/km"},
    {DIM(1, -1, 2, 0, 0, 0, 0), "compressibility", "1/Pa"},
    {DIM(-1, 1, -1, 0, 0, 0, 0), "dynamic viscosity", "Pa.s or cP"},
    {DIM(2, 1, -2, 0, 0, 0, 0), "energy", "kWh, J or MJ"},
    {DIM(2, 1, -3, 0, 0, 0, 0), "power", "W, kW or MW"},
    {DIM(0, 1, -3, 0, 0, 0, 0), "power per area", "W/m2"},
    {DIM(-1, 1, -3, 0, 0, 0, 0), "power per volume", "W/m3 or kW/m3"},
    {DIM(3, 1, -2, 0, 0, 0, 0), "bending stiffness", "N.m2"},
    {DIM(2, 0, -2, 0, -1, 0, 0), "specific heat capacity", "J/kg/K"},
    {DIM(1, 1, -3, 0, -1, 0, 0), "thermal conductivity", "W/m/K"},
    {DIM(0, 1, -3, 0, -1, 0, 0), "heat transfer coefficient", "W/m2/K"},
    {DIM(-1, 0, 0, 0, 1, 0, 0), "temperature per length", "K/m or K/km"},
    {DIM(0, 0, 0, 0, -1, 0, 0), "number per temperature", "1/K"},
    {DIM(0, 0, 1, 1, 0, 0, 0), "electric charge", "C or A.h"},
    {DIM(2, 1, -3, -1, 0, 0, 0), "voltage", "V"},
    {DIM(2, 1, -3, -2, 0, 0, 0), "resistance", "ohm"},
    {DIM(-2, 0, 0, 1, 0, 0, 0), "current density", "A/m2"},
    {DIM(-3, 0, 0, 0, 0, 1, 0), "concentration", "mol/L or mol/m3"},
    {DIM(0, 1, 0, 0, 0, -1, 0), "molar mass", "g/mol or kg/mol"},
    {DIM(0, -1, 0, 0, 0, 1, 0), "amount per mass", "mol/kg or mol/t"},
    {DIM(3, 0, 0, 0, 0, -1, 0), "molar volume", "m3/mol or L/mol"},
    {DIM(0, 0, -1, 0, 0, 1, 0), "amount rate", "mol/s or kmol/h"},
    {DIM(2, 1, -2, 0, 0, -1, 0), "energy per amount", "kJ/mol"},
    {DIM(0, -1, 0, 0, 0, 0, 1), "money per mass", "USD/kg or JPY/t"},
    {DIM(0, 0, -1, 0, 0, 0, 1), "money per time", "USD/day or bnJPY/year"},
    {DIM(-1, 0, 0, 0, 0, 0, 1), "money per length", "USD/m"},
    {DIM(-2, 0, 0, 0, 0, 0, 1), "money per area", "USD/m2"},
    {DIM(-3, 0, 0, 0, 0, 0, 1), "money per volume", "USD/m3"},
    {DIM(-2, -1, 2, 0, 0, 0, 1), "money per energy", "USD/kWh or JPY/kWh"},
    {DIM(-2, -1, 3, 0, 0, 0, 1), "money per power", "USD/kW or JPY/W"},
    {DIM(0, -1, 1, 0, 0, 0, 1), "money per mass rate", "MJPY/(t/day)"},
};

static const named *find(kd_dimension dimension) {
  for (size_t i = 0; i < sizeof known / sizeof known[0]; ++i) {
    if (kd_dimension_equal(known[i].dimension, dimension)) return &known[i];
  }
  return NULL;
}

bool kd_dimension_is_zero(kd_dimension d) {
  return !d.length && !d.mass && !d.time && !d.current && !d.temperature && !d.amount && !d.money;
}

bool kd_dimension_equal(kd_dimension a, kd_dimension b) {
  return a.length == b.length && a.mass == b.mass && a.time == b.time && a.current == b.current &&
         a.temperature == b.temperature && a.amount == b.amount && a.money == b.money && a.share == b.share;
}

void kd_dimension_name(char *out, size_t capacity, kd_dimension dimension) {
  const named *row = find(dimension);
  if (row) {
    (void)snprintf(out, capacity, "%s", row->name);
    return;
  }
  const char *symbols[] = {"kg", "m", "s", "A", "K", "mol", "USD"};
  const int powers[] = {dimension.mass,        dimension.length, dimension.time, dimension.current,
                        dimension.temperature, dimension.amount, dimension.money};
  size_t used = 0;
  if (capacity > 0) out[0] = '\0';
  for (size_t i = 0; i < 7 && used < capacity; ++i) {
    if (powers[i] == 0) continue;
    const char *gap = used > 0 ? " " : "";
    int written = powers[i] == 1 ? snprintf(out + used, capacity - used, "%s%s", gap, symbols[i])
                                 : snprintf(out + used, capacity - used, "%s%s^%d", gap, symbols[i], powers[i]);
    used += (size_t)written;
  }
}

void kd_dimension_phrase(char *out, size_t capacity, kd_dimension dimension) {
  char name[96];
  kd_dimension_name(name, sizeof name, dimension);
  const char *article = "a ";
  if (!find(dimension)) {
    article = "a quantity in ";
  } else if (strncmp(name, "money", 5) == 0) {
    article = "";
  } else if (strchr("aeiou", name[0])) {
    article = "an ";
  }
  (void)snprintf(out, capacity, "%s%s", article, name);
}

const char *kd_dimension_examples(kd_dimension dimension) {
  const named *row = find(dimension);
  return row ? row->examples : NULL;
}
