// SPDX-License-Identifier: Apache-2.0
/* The tables of supply and demand, read into arrays by element. */
#ifndef KD_SUPPLY_MARKET_H
#define KD_SUPPLY_MARKET_H

#include "supply/supply.h"

#define KD_DEMAND_COLUMNS  "set, region, element, demand [t/year], assumed, source"
#define KD_IMPORT_COLUMNS  "supplier, element, share [%], year, assumed, source"
#define KD_WEIGHT_COLUMNS  "element, weight [1], assumed, source"
#define KD_CONTROL_COLUMNS "start, end, elements, destination, users, state, item, assumed, source"

/* Demand for oxide [kg/s] of a region ("japan", "world"); NaN where no row of the set names the element. */
void kd_market_demand(double demand[KD_ELEMENTS], const kd_table *table, const char *set, const char *region);

/* Shares of the suppliers in the imports of each element, summing to 1; rows of the element, else rows of `all`. */
void kd_market_imports(double share[KD_ELEMENTS][KD_SUPPLIERS], const kd_table *table);

/* Weight of each element in the harm of an embargo; 0 where none is given. */
void kd_market_weights(double weight[KD_ELEMENTS], const kd_table *table);

/* Strictest control on `date` (seconds since 1970) for a civil user in Japan. */
void kd_market_controls(double state[KD_ELEMENTS], const kd_table *table, double date);

/* Seconds since 1970-01-01 of "YYYY-MM-DD"; NaN when the text is no such date. */
double kd_market_date(const char *text);

#endif
