// SPDX-License-Identifier: Apache-2.0
/* Prices.
 *
 *   p_e = P_e,deck  x  L  x  f_e          L level common to all, f_e the element's own, both lognormal with median 1
 *   correlation of ln p between two elements: ln2(gsd L) / (ln2(gsd L) + ln2(gsd f))
 *   metal = oxide factor x oxide + conversion                                                [money/kg]
 *
 * Source    data/economy/prices.csv, row by row. Weakness: one deck is one market on one date, and the quotes outside
 * China carry under one per cent of the volume; a producer of some size does not sell at them. */
#include "economy/price.h"

#include <math.h>
#include <string.h>

static const char *const money_columns[] = {"usd_2011", "usd_2015", "usd_2024", "usd_2025", "usd_2026", "cny_2026"};

static int find_deck(const char *name) {
  for (int d = 0; d < KD_DECKS; d++)
    if (strcmp(kd_economy_deck_labels.names[d], name) == 0) return d;
  return -1;
}

void kd_price_decks(double deck[KD_DECKS][KD_ELEMENTS], const kd_table *table) {
  const kd_column *money[KD_COUNT(money_columns)];
  for (size_t d = 0; d < KD_DECKS; d++)
    for (size_t e = 0; e < KD_ELEMENTS; e++) deck[d][e] = (double)NAN;
  if (table == NULL) return;
  const kd_column *name = kd_table_column(table, "deck"), *element = kd_table_column(table, "element");
  const kd_column *form = kd_table_column(table, "form");
  if (name == NULL || element == NULL) return;
  for (size_t c = 0; c < KD_COUNT(money_columns); c++) money[c] = kd_table_column(table, money_columns[c]);
  for (size_t row = 0; row < table->rows; row++) {
    int d = find_deck(name->text[row]), e = kd_element_find(element->text[row]);
    if (d < 0 || e < 0 || (form != NULL && strcmp(form->text[row], "oxide") != 0)) continue;
    for (size_t c = 0; c < KD_COUNT(money_columns); c++)
      if (money[c] != NULL && !isnan(money[c]->number[row])) deck[d][e] = money[c]->number[row];
  }
}

void kd_price_draw(double *oxide, double deck[KD_DECKS][KD_ELEMENTS], const kd_economy_params *p) {
  for (size_t e = 0; e < KD_ELEMENTS; e++) {
    double base = isnan(p->price[e]) ? deck[p->prices][e] : p->price[e];
    oxide[e] = base * p->price_level * p->price_factor[e];
  }
}

double kd_price_of_form(kd_form form, kd_element_id element, double oxide_price, double metal_premium) {
  if (form == KD_FORM_METAL) return kd_oxide_factor(element) * oxide_price + metal_premium;
  return oxide_price;
}
