// SPDX-License-Identifier: Apache-2.0
/* Economy: prices the ledger of a project year, lays out the cash flow of the project's life, and says what a kilogram
 * costs. No other stage knows money. Money is in US dollars of 2026; docs/theory/economy.md tells the model. */
#ifndef KD_ECONOMY_ECONOMY_H
#define KD_ECONOMY_ECONOMY_H

#include "base/elements.h"
#include "base/stage.h"
#include "base/table.h"
#include "base/work.h"
#include "economy/cash_flow.h"
#include "exchange/products.h"

/* What a kilogram pays for. */
typedef enum kd_group {
  KD_GROUP_SHIP,
  KD_GROUP_FUEL,
  KD_GROUP_LIFT,
  KD_GROUP_SEABED,
  KD_GROUP_ISLAND,
  KD_GROUP_CARRIERS,
  KD_GROUP_PLANT,
  KD_GROUP_SEPARATION,
  KD_GROUP_LABOUR,
  KD_GROUP_INSURANCE_ADMIN,
  KD_GROUP_CONTINGENCY,
  KD_GROUP_CAPITAL,
  KD_GROUP_RESIDUE,
  KD_GROUPS
} kd_group;

/* What the first capital is spent on. */
typedef enum kd_part {
  KD_PART_SHIP,
  KD_PART_LIFT,
  KD_PART_SEABED,
  KD_PART_ROV,
  KD_PART_DECK,
  KD_PART_ISLAND,
  KD_PART_PORT,
  KD_PART_HYDROMET,
  KD_PART_SEPARATION,
  KD_PARTS
} kd_part;

/* Price decks of data/economy/prices.csv, each of one market and date. */
typedef enum kd_deck {
  KD_DECK_USGS_2011,
  KD_DECK_2015_MEAN,
  KD_DECK_CHINA_2024,
  KD_DECK_CHINA_2026_Q1,
  KD_DECK_FOB_2026_Q1,
  KD_DECK_EUROPE_ASK_2026_Q1,
  KD_DECK_VOLUME_2025,
  KD_DECKS
} kd_deck;

extern const kd_labels kd_economy_group_labels;
extern const kd_labels kd_economy_part_labels;
extern const kd_labels kd_economy_deck_labels;

enum { KD_SHIP_HIRE, KD_SHIP_OWN };                      /* ship */
enum { KD_PLANT_COST_LEDGER, KD_PLANT_COST_LUMP };       /* plant_cost */
enum { KD_BASE_CONSTRUCTION, KD_BASE_PRODUCTION };       /* base_date */
enum { KD_UPGRADED_AT_ISLAND, KD_UPGRADED_AT_MAINLAND }; /* upgraded_at */

typedef struct kd_economy_params {
  int currency, estimate_class, base_date;
  double exchange_rate;
  double discount_rate, construction, ramp_up, life, tax_rate, depreciation_life, working_capital, closure;
  int depreciation;
  double capital_factor, operating_factor, capital_escalation, capital_contingency, operating_contingency, renewals;
  double capital_capacity, capital_output, scale_exponent, ship_exponent;
  double capital_ship, capital_lift, capital_seabed, capital_rov, capital_deck, capital_island, capital_port;
  double capital_hydromet, capital_separation;
  int ship;
  double ship_hire_rate, ship_own_rate, support_rate, rov_spreads, rov_rate, carrier_rate, transfer_cost, port_cost;
  double cake_solids;
  int upgraded_at;
  double fuel_price, electricity_price, offshore_maintenance, dewatering_cost;
  double support_fuel, carrier_fuel;
  double island_labour_price, sea_labour_price, mainland_people, mainland_exponent, mainland_labour_price;
  int plant_cost;
  double hydromet_cost, separation_cost, plant_maintenance;
  double acid_hcl_price, acid_h2so4_price, base_naoh_price, lime_price, oxalic_acid_price, extractant_price;
  double flocculant_price, fresh_water_price, electrolyte_price, carbon_price, other_reagent_price;
  int residue_disposal;
  double residue_cost;
  double insurance, administration, environment;
  int prices;
  const kd_table *price_table;
  double price[KD_ELEMENTS];
  double price_level, price_factor[KD_ELEMENTS], metal_premium, payable;
} kd_economy_params;

typedef struct kd_economy_result {
  double capital, capital_total, yearly_cost, cash_cost, depreciation, sales;
  double capital_2016, capital_total_2016, yearly_cost_2016, cash_cost_2016, depreciation_2016, sales_2016;
  double capital_low, capital_high, capital_part[KD_PARTS];
  double operating[KD_GROUPS];
  double levelised_cost, levelised_cost_usd, break_even_price, basket_price, cost_to_market, premium, premium_per_year;
  double cost_group[KD_GROUPS];
  double cost_by_mass[KD_ELEMENTS], cost_by_value[KD_ELEMENTS], cost_by_credit[KD_ELEMENTS];
  double price[KD_ELEMENTS], sales_element[KD_ELEMENTS], sales_deck[KD_DECKS], basket_deck[KD_DECKS];
  double npv, npv_positive, irr, irr_count, payback, payback_discounted;
  double cost_per_tonne, mining_capacity, plant_capacity, ships;
  double output; /* kg REO sold a year */
} kd_economy_result;

extern const kd_stage kd_economy_stage;

/* Prices the ledger and posts the money of the whole life (account "cash"). Errors: KD_E_MISSING (no price for a
 * product that is sold), KD_E_MODEL (nothing was lifted: no capacity to build for). */
kd_status kd_economy_run(kd_economy_result *out, const kd_economy_params *p, const kd_products *products,
                         kd_work *work);

#endif
