// SPDX-License-Identifier: Apache-2.0
/* Exchange rates and price index by year.
 *
 * Source    rates marked F: Board of Governors of the Federal Reserve System, release G.5A, "Foreign Exchange Rates
 * (Annual)": means of the daily noon buying rates in New York. Index marked B: United States Bureau of Labor
 * Statistics, CPI-U, US city average, all items, 1982-84 = 100, annual average. Weakness  values marked - have no
 * source and are assumed: most rates before 1999, the Australian dollar of 2024 and 2025, and all of 2026, whose means
 * were not known when this was written. Every amount of an earlier year is therefore carried to 2026 by an assumed last
 * step of 2.7 %. Consumer prices stand in for all prices. */
#include "base/money.h"

#include <string.h>

enum { JPY, EUR, GBP, CNY, AUD, CURRENCIES, INDEX = CURRENCIES, FIRST = 1990, LAST = 2026 };

typedef struct currency {
  const char *name;
  bool in_dollars; /* quoted as US dollars for one unit */
} currency;

static const currency currencies[CURRENCIES] = {
    {"JPY", false}, {"EUR", true}, {"GBP", true}, {"CNY", false}, {"AUD", true}};

typedef struct year_row {
  int year;
  double quote[CURRENCIES]; /* as published: yen, euro, pound, yuan, Australian dollar; 0: no such currency */
  double index;
  const char *marks; /* one for each currency, then the index */
} year_row;

/* clang-format off */
static const year_row rows[] = {
    {1990, {145, 0, 1.78, 4.78, 0.78}, 130.7, "-----B"},
    {1991, {135, 0, 1.77, 5.32, 0.78}, 136.2, "-----B"},
    {1992, {127, 0, 1.77, 5.51, 0.735}, 140.3, "-----B"},
    {1993, {111, 0, 1.5, 5.7795, 0.6799}, 144.5, "---FFB"},
    {1994, {102, 0, 1.53, 8.6404, 0.7316}, 148.2, "---FFB"},
    {1995, {94, 0, 1.58, 8.37, 0.7407}, 152.4, "---FFB"},
    {1996, {109, 0, 1.56, 8.3395, 0.7828}, 156.9, "---FFB"},
    {1997, {121, 0, 1.64, 8.32, 0.744}, 160.5, "-----B"},
    {1998, {131, 0, 1.66, 8.3, 0.629}, 163.0, "-----B"},
    {1999, {113.7342, 1.0653, 1.6172, 8.2783, 0.6454}, 166.6, "FFFFFB"},
    {2000, {107.804, 0.9232, 1.5156, 8.2784, 0.5815}, 172.2, "FFFFFB"},
    {2001, {121.568, 0.8952, 1.4396, 8.277, 0.5169}, 177.1, "FFFFFB"},
    {2002, {125.2204, 0.9454, 1.5025, 8.2771, 0.5437}, 179.9, "FFFFFB"},
    {2003, {115.9387, 1.1321, 1.6347, 8.2772, 0.6524}, 184.0, "FFFFFB"},
    {2004, {108.1508, 1.2438, 1.833, 8.2768, 0.7365}, 188.9, "FFFFFB"},
    {2005, {110.1069, 1.2449, 1.8204, 8.1936, 0.7627}, 195.3, "FFFFFB"},
    {2006, {116.3121, 1.2563, 1.8434, 7.9723, 0.7535}, 201.6, "FFFFFB"},
    {2007, {117.7623, 1.3711, 2.002, 7.6058, 0.8391}, 207.342, "FFFFFB"},
    {2008, {103.3906, 1.4726, 1.8545, 6.9477, 0.8537}, 215.303, "FFFFFB"},
    {2009, {93.6827, 1.3935, 1.5661, 6.8307, 0.7927}, 214.537, "FFFFFB"},
    {2010, {87.7817, 1.3261, 1.5452, 6.7696, 0.92}, 218.056, "FFFFFB"},
    {2011, {79.6967, 1.3931, 1.6043, 6.463, 1.0332}, 224.939, "FFFFFB"},
    {2012, {79.818, 1.2859, 1.5853, 6.3093, 1.0359}, 229.594, "FFFFFB"},
    {2013, {97.5971, 1.3281, 1.5642, 6.1478, 0.9683}, 232.957, "FFFFFB"},
    {2014, {105.7398, 1.3297, 1.6484, 6.162, 0.9034}, 236.736, "FFFFFB"},
    {2015, {121.0491, 1.1096, 1.5284, 6.2827, 0.7522}, 237.017, "FFFFFB"},
    {2016, {108.6569, 1.1072, 1.3555, 6.64, 0.7445}, 240.007, "FFFFFB"},
    {2017, {112.0986, 1.1301, 1.289, 6.7569, 0.7671}, 245.12, "FFFFFB"},
    {2018, {110.3974, 1.1817, 1.3363, 6.609, 0.7481}, 251.107, "FFFFFB"},
    {2019, {109.0188, 1.1194, 1.2768, 6.9081, 0.6952}, 255.657, "FFFFFB"},
    {2020, {106.7754, 1.141, 1.2829, 6.9042, 0.6899}, 258.811, "FFFFFB"},
    {2021, {109.8429, 1.183, 1.3764, 6.4508, 0.7515}, 270.97, "FFFFFB"},
    {2022, {131.4589, 1.0534, 1.2371, 6.729, 0.6951}, 292.655, "FFFFFB"},
    {2023, {140.5001, 1.0817, 1.244, 7.0809, 0.6644}, 304.702, "FFFFFB"},
    {2024, {151.4551, 1.082, 1.2781, 7.1957, 0.66}, 313.689, "FFFF-B"},
    {2025, {149.5686, 1.1306, 1.3192, 7.1875, 0.645}, 321.943, "FFFF-B"},
    {2026, {155, 1.16, 1.34, 6.9, 0.68}, 330.6, "------"},
};
/* clang-format on */

static const char rate_source[] = "Federal Reserve, G.5A Foreign Exchange Rates (Annual)";
static const char index_source[] = "US Bureau of Labor Statistics, CPI-U, annual average";

size_t kd_money_count(void) {
  return CURRENCIES + 1;
}

const char *kd_money_name(size_t index) {
  return index == 0 ? "USD" : currencies[index - 1].name;
}

kd_status kd_money_rate(kd_money_entry *out, const char *name, int year, kd_error *err) {
  size_t which = 0;
  *out = (kd_money_entry){.rate = 1.0, .escalation = 1.0, .scale = 1.0};
  while (which < kd_money_count() && strcmp(kd_money_name(which), name) != 0) ++which;
  if (which == kd_money_count()) return kd_error_set(err, KD_E_UNIT, "unknown currency '%s'", name);
  if (year < KD_MONEY_FIRST_YEAR || year > KD_MONEY_LAST_YEAR) {
    return kd_error_set(err, KD_E_UNIT, "%s %d: years from %d to %d are known", name, year, KD_MONEY_FIRST_YEAR,
                        KD_MONEY_LAST_YEAR);
  }
  const year_row *row = &rows[(year < LAST ? year : LAST) - FIRST];
  bool rate_known = true, index_known = year == KD_MONEY_BASE_YEAR || (year < LAST && row->marks[INDEX] != '-');
  if (which > 0) {
    double quote = row->quote[which - 1];
    if (quote <= 0.0) return kd_error_set(err, KD_E_UNIT, "%s %d: the currency began in 1999", name, year);
    out->rate = currencies[which - 1].in_dollars ? 1.0 / quote : quote;
    rate_known = year <= LAST && row->marks[which - 1] != '-';
    out->rate_source = rate_known ? rate_source : NULL;
  }
  out->escalation = rows[LAST - FIRST].index / row->index;
  out->index_source = index_known && year < LAST ? index_source : NULL;
  out->scale = out->escalation / out->rate;
  out->assumed = !rate_known || !index_known;
  return KD_OK;
}
