// SPDX-License-Identifier: Apache-2.0
/* The table of units.
 *
 * Source    SI and units accepted with it: BIPM, SI Brochure, 9th edition (2019), tables 4 and 8. Inch, foot, mile,
 *           pound, gallon, psi, atm, horsepower: NIST Special Publication 811 (2008), appendix B. Nautical mile:
 * International Hydrographic Conference, Monaco 1929 (1,852 m). Calendar year: 365.25 days (Julian), a month is its
 * twelfth. Weakness  rpm counts turns, not radians: 60 rpm is 1 Hz. A person and a piece are the pure number 1. */
#include "base/units_table.h"

#define DIM(l, m, t, i, k, n, c)                                                                                       \
  { .length = l, .mass = m, .time = t, .current = i, .temperature = k, .amount = n, .money = c }
#define SHARE(tag)                                                                                                     \
  { .share = tag }
#define NONE                                                                                                           \
  { 0 }
#define PI 3.14159265358979323846

#define SMALL "umcn"

const kd_unit_row kd_unit_rows[] = {
    /* pure numbers and shares */
    {"1", 1, 1, 0, NONE, NULL, "1", "pure"},
    {"%", 1, 100, 0, NONE, NULL, "0.01", "pure"},
    {"percent", 1, 100, 0, NONE, NULL, "0.01", "pure"},
    {"permille", 1, 1000, 0, NONE, NULL, "0.001", "pure"},
    {"fraction", 1, 1, 0, NONE, NULL, "1", "pure"},
    {"piece", 1, 1, 0, NONE, NULL, "1", "pure"},
    {"pieces", 1, 1, 0, NONE, NULL, "1", "pure"},
    {"person", 1, 1, 0, NONE, NULL, "1", "pure"},
    {"persons", 1, 1, 0, NONE, NULL, "1", "pure"},
    {"rad", 1, 1, 0, SHARE(KD_SHARE_ANGLE), "m", "1 m/m", "angle"},
    {"deg", PI, 180, 0, SHARE(KD_SHARE_ANGLE), NULL, "0.017453292519943295 rad", "angle"},
    {"\xC2\xB0", PI, 180, 0, SHARE(KD_SHARE_ANGLE), NULL, "1 deg", "angle"},
    {"%wt", 1, 100, 0, SHARE(KD_SHARE_MASS), NULL, "0.01 kg/kg", "share by mass"},
    {"wt%", 1, 100, 0, SHARE(KD_SHARE_MASS), NULL, "0.01 kg/kg", "share by mass"},
    {"ppm", 1, 1e6, 0, SHARE(KD_SHARE_MASS), NULL, "1e-6 kg/kg", "share by mass"},
    {"ppb", 1, 1e9, 0, SHARE(KD_SHARE_MASS), NULL, "1e-9 kg/kg", "share by mass"},
    {"%vol", 1, 100, 0, SHARE(KD_SHARE_VOLUME), NULL, "0.01 m3/m3", "share by volume"},
    {"vol%", 1, 100, 0, SHARE(KD_SHARE_VOLUME), NULL, "0.01 m3/m3", "share by volume"},
    {"ppmv", 1, 1e6, 0, SHARE(KD_SHARE_VOLUME), NULL, "1e-6 m3/m3", "share by volume"},
    {"%mol", 1, 100, 0, SHARE(KD_SHARE_MOLE), NULL, "0.01 mol/mol", "share by mole"},
    {"mol%", 1, 100, 0, SHARE(KD_SHARE_MOLE), NULL, "0.01 mol/mol", "share by mole"},
    /* SI base units and mass */
    {"m", 1, 1, 0, DIM(1, 0, 0, 0, 0, 0, 0), SMALL "k", "SI base unit", "SI"},
    {"g", 1, 1000, 0, DIM(0, 1, 0, 0, 0, 0, 0), "umnk", "0.001 kg", "SI"},
    {"kg", 1, 1, 0, DIM(0, 1, 0, 0, 0, 0, 0), NULL, "SI base unit", "SI"},
    {"s", 1, 1, 0, DIM(0, 0, 1, 0, 0, 0, 0), "umn", "SI base unit", "SI"},
    {"A", 1, 1, 0, DIM(0, 0, 0, 1, 0, 0, 0), "umk", "SI base unit", "SI"},
    {"K", 1, 1, 0, DIM(0, 0, 0, 0, 1, 0, 0), "m", "SI base unit", "SI"},
    {"mol", 1, 1, 0, DIM(0, 0, 0, 0, 0, 1, 0), "umnkM", "SI base unit", "SI"},
    {"t", 1000, 1, 0, DIM(0, 1, 0, 0, 0, 0, 0), "kMG", "1000 kg", "SI"},
    {"tonne", 1000, 1, 0, DIM(0, 1, 0, 0, 0, 0, 0), NULL, "1 t", "SI"},
    {"tonnes", 1000, 1, 0, DIM(0, 1, 0, 0, 0, 0, 0), NULL, "1 t", "SI"},
    /* time */
    {"min", 60, 1, 0, DIM(0, 0, 1, 0, 0, 0, 0), NULL, "60 s", "time"},
    {"minute", 60, 1, 0, DIM(0, 0, 1, 0, 0, 0, 0), NULL, "60 s", "time"},
    {"minutes", 60, 1, 0, DIM(0, 0, 1, 0, 0, 0, 0), NULL, "60 s", "time"},
    {"h", 3600, 1, 0, DIM(0, 0, 1, 0, 0, 0, 0), NULL, "60 min", "time"},
    {"hour", 3600, 1, 0, DIM(0, 0, 1, 0, 0, 0, 0), NULL, "1 h", "time"},
    {"hours", 3600, 1, 0, DIM(0, 0, 1, 0, 0, 0, 0), NULL, "1 h", "time"},
    {"d", 86400, 1, 0, DIM(0, 0, 1, 0, 0, 0, 0), NULL, "24 h", "time"},
    {"day", 86400, 1, 0, DIM(0, 0, 1, 0, 0, 0, 0), NULL, "1 d", "time"},
    {"days", 86400, 1, 0, DIM(0, 0, 1, 0, 0, 0, 0), NULL, "1 d", "time"},
    {"week", 604800, 1, 0, DIM(0, 0, 1, 0, 0, 0, 0), NULL, "7 d", "time"},
    {"weeks", 604800, 1, 0, DIM(0, 0, 1, 0, 0, 0, 0), NULL, "7 d", "time"},
    {"year", 31557600, 1, 0, DIM(0, 0, 1, 0, 0, 0, 0), NULL, "365.25 d", "time"},
    {"years", 31557600, 1, 0, DIM(0, 0, 1, 0, 0, 0, 0), NULL, "1 year", "time"},
    {"yr", 31557600, 1, 0, DIM(0, 0, 1, 0, 0, 0, 0), NULL, "1 year", "time"},
    {"month", 2629800, 1, 0, DIM(0, 0, 1, 0, 0, 0, 0), NULL, "30.4375 d", "time"},
    {"months", 2629800, 1, 0, DIM(0, 0, 1, 0, 0, 0, 0), NULL, "30.4375 d", "time"},
    {"ka", 31557600e3, 1, 0, DIM(0, 0, 1, 0, 0, 0, 0), NULL, "1e3 year", "time"},
    {"Ma", 31557600e6, 1, 0, DIM(0, 0, 1, 0, 0, 0, 0), NULL, "1e6 year", "time"},
    {"Hz", 1, 1, 0, DIM(0, 0, -1, 0, 0, 0, 0), "mkMG", "1 s-1", "time"},
    {"Bq", 1, 1, 0, DIM(0, 0, -1, 0, 0, 0, 0), "kMGT", "1 s-1", "time"},
    {"rpm", 1, 60, 0, DIM(0, 0, -1, 0, 0, 0, 0), NULL, "1 min-1", "time"},
    /* area and volume */
    {"ha", 1e4, 1, 0, DIM(2, 0, 0, 0, 0, 0, 0), NULL, "1e4 m2", "volume"},
    {"L", 1, 1000, 0, DIM(3, 0, 0, 0, 0, 0, 0), "umkM", "0.001 m3", "volume"},
    {"l", 1, 1000, 0, DIM(3, 0, 0, 0, 0, 0, 0), "umk", "1 L", "volume"},
    {"bbl", 0.158987294928, 1, 0, DIM(3, 0, 0, 0, 0, 0, 0), NULL, "0.158987294928 m3", "volume"},
    /* mechanics */
    {"N", 1, 1, 0, DIM(1, 1, -2, 0, 0, 0, 0), "mkMG", "1 kg.m/s2", "mechanics"},
    {"kgf", 9.80665, 1, 0, DIM(1, 1, -2, 0, 0, 0, 0), NULL, "9.80665 N", "mechanics"},
    {"tf", 9806.65, 1, 0, DIM(1, 1, -2, 0, 0, 0, 0), NULL, "9806.65 N", "mechanics"},
    {"Pa", 1, 1, 0, DIM(-1, 1, -2, 0, 0, 0, 0), "umhkMG", "1 N/m2", "mechanics"},
    {"bar", 1e5, 1, 0, DIM(-1, 1, -2, 0, 0, 0, 0), "mdk", "1e5 Pa", "mechanics"},
    {"atm", 101325, 1, 0, DIM(-1, 1, -2, 0, 0, 0, 0), NULL, "101325 Pa", "mechanics"},
    {"psi", 6894.757293168361, 1, 0, DIM(-1, 1, -2, 0, 0, 0, 0), NULL, "4.4482216152605 N / in2", "mechanics"},
    {"P", 1, 10, 0, DIM(-1, 1, -1, 0, 0, 0, 0), "cm", "0.1 Pa.s", "mechanics"},
    {"St", 1, 1e4, 0, DIM(2, 0, -1, 0, 0, 0, 0), "cm", "1e-4 m2/s", "mechanics"},
    /* energy and electricity */
    {"J", 1, 1, 0, DIM(2, 1, -2, 0, 0, 0, 0), "mkMGTPE", "1 N.m", "energy"},
    {"Wh", 3600, 1, 0, DIM(2, 1, -2, 0, 0, 0, 0), "mkMGTP", "3600 J", "energy"},
    {"W", 1, 1, 0, DIM(2, 1, -3, 0, 0, 0, 0), "umkMGT", "1 J/s", "energy"},
    {"hp", 745.6998715822702, 1, 0, DIM(2, 1, -3, 0, 0, 0, 0), NULL, "745.6998715822702 W", "energy"},
    {"C", 1, 1, 0, DIM(0, 0, 1, 1, 0, 0, 0), "mk", "1 A.s", "energy"},
    {"V", 1, 1, 0, DIM(2, 1, -3, -1, 0, 0, 0), "mkM", "1 W/A", "energy"},
    {"ohm", 1, 1, 0, DIM(2, 1, -3, -2, 0, 0, 0), "mkM", "1 V/A", "energy"},
    {"S", 1, 1, 0, DIM(-2, -1, 3, 2, 0, 0, 0), "um", "1 A/V", "energy"},
    /* temperature */
    {"degC", 1, 1, 273.15, DIM(0, 0, 0, 0, 1, 0, 0), NULL, "1 K from 273.15 K", "temperature"},
    {"\xC2\xB0"
     "C",
     1, 1, 273.15, DIM(0, 0, 0, 0, 1, 0, 0), NULL, "1 K from 273.15 K", "temperature"},
    {"degF", 5, 9, 459.67 * 5 / 9, DIM(0, 0, 0, 0, 1, 0, 0), NULL, "5/9 K from 255.37222222222223 K", "temperature"},
    {"\xC2\xB0"
     "F",
     5, 9, 459.67 * 5 / 9, DIM(0, 0, 0, 0, 1, 0, 0), NULL, "5/9 K from 255.37222222222223 K", "temperature"},
    /* marine */
    {"nmi", 1852, 1, 0, DIM(1, 0, 0, 0, 0, 0, 0), NULL, "1852 m", "marine"},
    {"kn", 1852, 3600, 0, DIM(1, 0, -1, 0, 0, 0, 0), NULL, "1 nmi/h", "marine"},
    {"knot", 1852, 3600, 0, DIM(1, 0, -1, 0, 0, 0, 0), NULL, "1 nmi/h", "marine"},
    {"knots", 1852, 3600, 0, DIM(1, 0, -1, 0, 0, 0, 0), NULL, "1 nmi/h", "marine"},
    {"fathom", 1.8288, 1, 0, DIM(1, 0, 0, 0, 0, 0, 0), NULL, "6 ft", "marine"},
    {"ft", 0.3048, 1, 0, DIM(1, 0, 0, 0, 0, 0, 0), NULL, "0.3048 m", "marine"},
    {"in", 0.0254, 1, 0, DIM(1, 0, 0, 0, 0, 0, 0), NULL, "0.0254 m", "marine"},
    {"mi", 1609.344, 1, 0, DIM(1, 0, 0, 0, 0, 0, 0), NULL, "5280 ft", "marine"},
    {"sverdrup", 1e6, 1, 0, DIM(3, 0, -1, 0, 0, 0, 0), NULL, "1e6 m3/s", "marine"},
    /* mining */
    {"t_dry", 1000, 1, 0, DIM(0, 1, 0, 0, 0, 0, 0), NULL, "1 t", "mining"},
    {"t_wet", 1000, 1, 0, DIM(0, 1, 0, 0, 0, 0, 0), NULL, "1 t", "mining"},
    {"oz_troy", 0.0311034768, 1, 0, DIM(0, 1, 0, 0, 0, 0, 0), NULL, "0.0311034768 kg", "mining"},
    {"lb", 0.45359237, 1, 0, DIM(0, 1, 0, 0, 0, 0, 0), NULL, "0.45359237 kg", "mining"},
    /* money: the scale comes from money.c by year */
    {"USD", 1, 1, 0, DIM(0, 0, 0, 0, 0, 0, 1), "$", "US dollar of 2026", "money"},
    {"JPY", 1, 1, 0, DIM(0, 0, 0, 0, 0, 0, 1), "$", "Japanese yen", "money"},
    {"EUR", 1, 1, 0, DIM(0, 0, 0, 0, 0, 0, 1), "$", "euro", "money"},
    {"GBP", 1, 1, 0, DIM(0, 0, 0, 0, 0, 0, 1), "$", "pound sterling", "money"},
    {"CNY", 1, 1, 0, DIM(0, 0, 0, 0, 0, 0, 1), "$", "renminbi yuan", "money"},
    {"AUD", 1, 1, 0, DIM(0, 0, 0, 0, 0, 0, 1), "$", "Australian dollar", "money"},
};
const size_t kd_unit_row_count = sizeof kd_unit_rows / sizeof kd_unit_rows[0];

const kd_prefix kd_prefixes[] = {
    {"k", 1e3, 1},        {"M", 1e6, 1}, {"G", 1e9, 1},        {"T", 1e12, 1}, {"P", 1e15, 1},
    {"E", 1e18, 1},       {"h", 1e2, 1}, {"d", 1, 10},         {"c", 1, 1e2},  {"m", 1, 1e3},
    {"u", 1, 1e6},        {"n", 1, 1e9}, {"\xC2\xB5", 1, 1e6}, /* micro sign */
    {"\xCE\xBC", 1, 1e6},                                      /* Greek mu */
};
const size_t kd_prefix_count = sizeof kd_prefixes / sizeof kd_prefixes[0];

const kd_prefix kd_money_prefixes[] = {{"k", 1e3, 1}, {"M", 1e6, 1}, {"bn", 1e9, 1}, {"tn", 1e12, 1}};
const size_t kd_money_prefix_count = sizeof kd_money_prefixes / sizeof kd_money_prefixes[0];

const kd_unit_trap kd_unit_traps[] = {
    {"a", "it is a year to some and 100 m2 to others: write year, or 100 m2 as 0.01 ha"},
    {"Sv", "it is a sverdrup to some and a sievert to others: write sverdrup"},
    {"Gal", "it is an acceleration to some and a gallon to others: write cm/s2 or L"},
    {"gal", "gallons differ: write L or m3"},
    {"ton", "tons differ: write t for 1000 kg"},
    {"tons", "tons differ: write t for 1000 kg"},
    {"oz", "ounces differ: write oz_troy or g"},
    {"cal", "calories differ: write J"},
    {"F", "it is a farad to some and a temperature to others: write degF"},
    {"M", "write mol/L, or M in front of a unit, as in MW"},
    {"bn", "it stands in front of a currency: bnJPY, bnUSD"},
    {"tn", "it stands in front of a currency: tnJPY, tnUSD"},
    {"million", "write MUSD, MJPY, Mt, or an exponent: 5e6"},
    {"billion", "write bnUSD, bnJPY, Gt, or an exponent: 5e9"},
    {"$", "dollars differ: write USD or AUD"},
    {"\xC2\xA5", "it is the sign of the yen and of the yuan: write JPY or CNY"},
    {"yen", "write JPY"},
    {"dollar", "dollars differ: write USD or AUD"},
    {"euro", "write EUR"},
    {"\xE2\x82\xAC", "write EUR"},
    {"\xC2\xA3", "write GBP"},
    {"\xC3\x85", "write 0.1 nm"},
    {"deg_C", "write degC"},
    {"sec", "write s"},
    {"second", "write s"},
    {"seconds", "write s"},
    {"hr", "write h"},
    {"hrs", "write h"},
    {"metre", "write m"},
    {"metres", "write m"},
    {"meter", "write m"},
    {"meters", "write m"},
    {"litre", "write L"},
    {"liter", "write L"},
    {"litres", "write L"},
    {"gram", "write g"},
    {"grams", "write g"},
    {"kilogram", "write kg"},
    {"watt", "write W"},
    {"\xE2\x80\xB0", "write permille"},
    {"ppt", "it is a thousandth to some and 1e-12 to others: write g/kg or an exponent"},
    {"wt", "write %wt"},
    {"vol", "write %vol"},
    {"dbars", "write dbar"},
    {"cc", "write mL"},
    {"ppmw", "write ppm, which is by mass"},
};
const size_t kd_unit_trap_count = sizeof kd_unit_traps / sizeof kd_unit_traps[0];
