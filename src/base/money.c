// SPDX-License-Identifier: Apache-2.0
/* Exchange rates and price index by year.
 *
 * Weakness  rounded values from memory; every row is marked as assumed until it carries its source. */
#include "base/money.h"

#include <string.h>

enum { JPY, EUR, GBP, CNY, AUD, CURRENCIES, FIRST = 1990, LAST = 2026 };

static const char *const names[CURRENCIES] = {"JPY", "EUR", "GBP", "CNY", "AUD"};

typedef struct year_row {
  int year;
  double rate[CURRENCIES]; /* per US dollar; 0: no such currency */
  double index;            /* US consumer prices, 1982-84 = 100 */
} year_row;

static const year_row rows[] = {
    {1990, {145, 0, 0.563, 4.79, 1.28}, 130.7},          {1991, {134.6, 0, 0.567, 5.33, 1.284}, 136.2},
    {1992, {126.8, 0, 0.569, 5.52, 1.362}, 140.3},       {1993, {111.1, 0, 0.666, 5.78, 1.472}, 144.5},
    {1994, {102.2, 0, 0.653, 8.64, 1.368}, 148.2},       {1995, {94.0, 0, 0.634, 8.37, 1.350}, 152.4},
    {1996, {108.8, 0, 0.641, 8.34, 1.278}, 156.9},       {1997, {121.1, 0, 0.611, 8.32, 1.345}, 160.5},
    {1998, {131.0, 0, 0.604, 8.30, 1.589}, 163.0},       {1999, {113.7, 0.939, 0.618, 8.28, 1.549}, 166.6},
    {2000, {107.8, 1.083, 0.660, 8.28, 1.719}, 172.2},   {2001, {121.6, 1.117, 0.694, 8.28, 1.932}, 177.1},
    {2002, {125.2, 1.058, 0.666, 8.28, 1.839}, 179.9},   {2003, {115.9, 0.883, 0.612, 8.28, 1.534}, 184.0},
    {2004, {108.2, 0.804, 0.546, 8.28, 1.358}, 188.9},   {2005, {110.1, 0.803, 0.549, 8.19, 1.311}, 195.3},
    {2006, {116.3, 0.796, 0.543, 7.97, 1.327}, 201.6},   {2007, {117.8, 0.730, 0.500, 7.61, 1.194}, 207.342},
    {2008, {103.4, 0.679, 0.539, 6.95, 1.172}, 215.303}, {2009, {93.7, 0.718, 0.638, 6.83, 1.262}, 214.537},
    {2010, {87.8, 0.754, 0.647, 6.77, 1.087}, 218.056},  {2011, {79.7, 0.718, 0.623, 6.46, 0.969}, 224.939},
    {2012, {79.8, 0.778, 0.631, 6.31, 0.966}, 229.594},  {2013, {97.6, 0.753, 0.639, 6.15, 1.033}, 232.957},
    {2014, {105.7, 0.752, 0.607, 6.16, 1.108}, 236.736}, {2015, {121.1, 0.901, 0.654, 6.28, 1.329}, 237.017},
    {2016, {108.7, 0.903, 0.737, 6.64, 1.344}, 240.007}, {2017, {112.1, 0.885, 0.776, 6.76, 1.304}, 245.120},
    {2018, {110.4, 0.846, 0.749, 6.61, 1.338}, 251.107}, {2019, {109.0, 0.893, 0.783, 6.91, 1.438}, 255.657},
    {2020, {106.8, 0.876, 0.779, 6.90, 1.449}, 258.811}, {2021, {109.8, 0.845, 0.727, 6.45, 1.331}, 270.970},
    {2022, {131.5, 0.949, 0.808, 6.73, 1.439}, 292.655}, {2023, {140.5, 0.924, 0.804, 7.08, 1.505}, 304.702},
    {2024, {151.4, 0.924, 0.782, 7.19, 1.515}, 313.689}, {2025, {149.6, 0.886, 0.759, 7.19, 1.552}, 322.1},
    {2026, {155, 0.86, 0.75, 7.00, 1.50}, 331.0},
};

size_t kd_money_count(void) {
  return CURRENCIES + 1;
}

const char *kd_money_name(size_t index) {
  return index == 0 ? "USD" : names[index - 1];
}

kd_status kd_money_rate(kd_money_entry *out, const char *currency, int year, kd_error *err) {
  size_t which = 0;
  *out = (kd_money_entry){.rate = 1.0, .escalation = 1.0, .scale = 1.0};
  while (which < kd_money_count() && strcmp(kd_money_name(which), currency) != 0) ++which;
  if (which == kd_money_count()) return kd_error_set(err, KD_E_UNIT, "unknown currency '%s'", currency);
  if (year < KD_MONEY_FIRST_YEAR || year > KD_MONEY_LAST_YEAR) {
    return kd_error_set(err, KD_E_UNIT, "%s %d: years from %d to %d are known", currency, year, KD_MONEY_FIRST_YEAR,
                        KD_MONEY_LAST_YEAR);
  }
  const year_row *row = &rows[(year < LAST ? year : LAST) - FIRST];
  if (which > 0 && row->rate[which - 1] <= 0.0) {
    return kd_error_set(err, KD_E_UNIT, "%s %d: the currency began in 1999", currency, year);
  }
  if (which > 0) out->rate = row->rate[which - 1];
  out->escalation = rows[LAST - FIRST].index / row->index;
  out->scale = out->escalation / out->rate;
  out->assumed = which > 0 || year != KD_MONEY_BASE_YEAR;
  return KD_OK;
}
