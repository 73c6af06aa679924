// SPDX-License-Identifier: Apache-2.0
/* Reads demand, imports, weights and the control calendar. Rows are few (about 90 in all), so they are matched by text
 * in each realisation and nothing is kept between realisations. */
#include "supply/market.h"

#include <math.h>
#include <string.h>

static const char *text_of(const kd_column *column, size_t row) {
  return column != NULL && column->text != NULL && column->text[row] != NULL ? column->text[row] : "";
}

void kd_market_demand(double demand[KD_ELEMENTS], const kd_table *table, const char *set, const char *region) {
  for (size_t e = 0; e < KD_ELEMENTS; e++) demand[e] = (double)NAN;
  if (table == NULL) return;
  const kd_column *sets = kd_table_column(table, "set"), *regions = kd_table_column(table, "region");
  const kd_column *elements = kd_table_column(table, "element"), *amount = kd_table_column(table, "demand");
  if (amount == NULL) return;
  for (size_t row = 0; row < table->rows; row++) {
    int e = kd_element_find(text_of(elements, row));
    if (e >= 0 && strcmp(text_of(sets, row), set) == 0 && strcmp(text_of(regions, row), region) == 0)
      demand[e] = amount->number[row];
  }
}

static int find_supplier(const char *name) {
  for (int s = 0; s < KD_SUPPLIERS; s++)
    if (strcmp(kd_supply_supplier_labels.names[s], name) == 0) return s;
  return KD_SUPPLIER_OTHER;
}

void kd_market_imports(double share[KD_ELEMENTS][KD_SUPPLIERS], const kd_table *table) {
  double all[KD_SUPPLIERS] = {0};
  memset(share, 0, KD_ELEMENTS * sizeof *share);
  if (table == NULL) return;
  const kd_column *suppliers = kd_table_column(table, "supplier"), *elements = kd_table_column(table, "element");
  const kd_column *part = kd_table_column(table, "share");
  if (part == NULL) return;
  for (size_t row = 0; row < table->rows; row++) {
    const char *name = text_of(elements, row);
    int s = find_supplier(text_of(suppliers, row)), e = kd_element_find(name);
    if (e >= 0)
      share[e][s] += part->number[row];
    else if (strcmp(name, "all") == 0)
      all[s] += part->number[row];
  }
  for (size_t e = 0; e < KD_ELEMENTS; e++) {
    double sum = 0;
    for (size_t s = 0; s < KD_SUPPLIERS; s++) sum += share[e][s];
    if (!(sum > 0)) {
      for (size_t s = 0; s < KD_SUPPLIERS; s++) sum += share[e][s] = all[s];
    }
    for (size_t s = 0; s < KD_SUPPLIERS; s++) share[e][s] = sum > 0 ? share[e][s] / sum : 0;
  }
}

void kd_market_weights(double weight[KD_ELEMENTS], const kd_table *table) {
  memset(weight, 0, KD_ELEMENTS * sizeof *weight);
  if (table == NULL) return;
  const kd_column *elements = kd_table_column(table, "element"), *value = kd_table_column(table, "weight");
  if (value == NULL) return;
  for (size_t row = 0; row < table->rows; row++) {
    int e = kd_element_find(text_of(elements, row));
    if (e >= 0 && value->number[row] > 0) weight[e] = value->number[row];
  }
}

/* Days from 1970-01-01 to a day of the Gregorian calendar. */
static double days_of(int year, int month, int day) {
  int y = month <= 2 ? year - 1 : year, era = y / 400, of_era = y - era * 400;
  int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097.0 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static int digits(const char *text, int count) {
  int value = 0;
  for (int i = 0; i < count; i++) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

double kd_market_date(const char *text) {
  if (strlen(text) != 10 || text[4] != '-' || text[7] != '-') return (double)NAN;
  int year = digits(text, 4), month = digits(text + 5, 2), day = digits(text + 8, 2);
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31) return (double)NAN;
  return days_of(year, month, day) * 86400;
}

static int find_state(const char *name) {
  static const char *const states[] = {"free", "suspended", "licence", "prohibited"};
  for (int s = 0; s < 4; s++)
    if (strcmp(states[s], name) == 0) return s;
  return KD_CONTROL_FREE;
}

/* Raises the state of every element named in a blank-separated list ("sm gd tb", "all"). */
static void raise(double *state, const char *list, int value) {
  while (*list != '\0') {
    char name[8];
    size_t n = 0;
    while (*list == ' ') list++;
    while (*list != '\0' && *list != ' ') {
      if (n + 1 < sizeof name) name[n++] = *list;
      list++;
    }
    name[n] = '\0';
    int e = kd_element_find(name);
    for (int i = 0; i < KD_ELEMENTS; i++)
      if ((i == e || strcmp(name, "all") == 0) && state[i] < value) state[i] = value;
  }
}

void kd_market_controls(double state[KD_ELEMENTS], const kd_table *table, double date) {
  memset(state, 0, KD_ELEMENTS * sizeof *state);
  if (table == NULL) return;
  const kd_column *start = kd_table_column(table, "start"), *end = kd_table_column(table, "end");
  const kd_column *elements = kd_table_column(table, "elements"), *to = kd_table_column(table, "destination");
  const kd_column *users = kd_table_column(table, "users"), *states = kd_table_column(table, "state");
  for (size_t row = 0; row < table->rows; row++) {
    double first = kd_market_date(text_of(start, row)), last = kd_market_date(text_of(end, row));
    bool ours = strcmp(text_of(to, row), "all") == 0 || strcmp(text_of(to, row), "japan") == 0;
    if (!ours || strcmp(text_of(users, row), "all") != 0) continue;
    if (isnan(first) || date < first || (!isnan(last) && date >= last + 86400)) continue;
    raise(state, text_of(elements, row), find_state(text_of(states, row)));
  }
}
