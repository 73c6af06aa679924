// SPDX-License-Identifier: Apache-2.0
/* Prices by element: from the deck table, with overrides and the correlated spread. */
#ifndef KD_ECONOMY_PRICE_H
#define KD_ECONOMY_PRICE_H

#include "economy/economy.h"

/* Columns of the table of price decks. Each row fills one of the price columns: the one of its money. */
#define KD_PRICE_COLUMNS                                                                                               \
  "deck, element, form, market, date, usd_2011 [USD 2011/kg]?, usd_2015 [USD 2015/kg]?, usd_2024 [USD 2024/kg]?, "     \
  "usd_2025 [USD 2025/kg]?, usd_2026 [USD 2026/kg]?, cny_2026 [CNY 2026/kg]?, assumed, source"

/* Oxide prices of all decks, deck[d][e] in money/kg, NaN where the table has none. A later row wins. */
void kd_price_decks(double deck[KD_DECKS][KD_ELEMENTS], const kd_table *table);

/* The price of each element's oxide in this realisation: the chosen deck, overridden by p->price, times the level and
 * the element's own factor. */
void kd_price_draw(double *oxide, double deck[KD_DECKS][KD_ELEMENTS], const kd_economy_params *p);

/* Price of one kg of a product of this form, from the oxide price: metal = oxide factor x oxide price + premium. */
double kd_price_of_form(kd_form form, kd_element_id element, double oxide_price, double metal_premium);

#endif
