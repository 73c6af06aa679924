// SPDX-License-Identifier: Apache-2.0
/* Outputs, ledger lines and labels of the economy stage. */
#include "economy/economy.h"
#include "economy/tables.h"

static const char *const groups[KD_GROUPS] = {"ship",        "fuel",    "lift",       "seabed", "island",
                                              "carriers",    "plant",   "separation", "labour", "insurance_admin",
                                              "contingency", "capital", "residue"};
static const char *const parts[KD_PARTS] = {"ship",   "lift", "seabed",   "rov",       "deck",
                                            "island", "port", "hydromet", "separation"};
static const char *const decks[KD_DECKS] = {"usgs_2011",   "prices_2015_mean",   "china_2024", "china_2026_q1",
                                            "fob_2026_q1", "europe_ask_2026_q1", "volume_2025"};

const kd_labels kd_economy_group_labels = {groups, KD_GROUPS};
const kd_labels kd_economy_part_labels = {parts, KD_PARTS};
const kd_labels kd_economy_deck_labels = {decks, KD_DECKS};

#define OUT(name, display, text)                                                                                       \
  { #name, display, text, offsetof(kd_economy_result, name), NULL, 0 }
#define HEAD(name, display, text, place)                                                                               \
  { #name, display, text, offsetof(kd_economy_result, name), NULL, place }
#define VECTOR(name, display, text, list)                                                                              \
  { #name, display, text, offsetof(kd_economy_result, name), list, 0 }

const kd_output kd_economy_output_table[KD_ECONOMY_OUTPUTS] = {
    HEAD(levelised_cost, "JPY 2026/kg", "Present value of all costs before tax per present value of REO sold.", 3),
    OUT(levelised_cost_usd, "USD/kg", "The same in dollars."),
    HEAD(basket_price, "USD/kg", "Worth of what is sold per kg of REO at the chosen deck.", 4),
    HEAD(cost_to_market, "1", "Levelised cost over the worth of the basket.", 5),
    HEAD(npv, "bnJPY 2026", "Net present value after tax at the real discount rate.", 6),
    OUT(npv_positive, "1", "1 when the net present value is above zero; its mean is the probability."),
    OUT(break_even_price, "USD/kg", "Worth per kg of REO at which the net present value after tax is zero."),
    OUT(premium, "USD/kg", "Security premium: levelised cost less the worth of the basket, per kg of REO."),
    OUT(premium_per_year, "bnJPY 2026", "Security premium of a full-rate year."),
    OUT(irr, "%", "Highest internal rate of return; missing when there is none."),
    OUT(irr_count, "1", "Number of internal rates of return above -100 %."),
    OUT(payback, "years", "From the base year until the running sum stays positive; missing when it never does."),
    OUT(payback_discounted, "years", "The same with discounted flows."),
    HEAD(capital, "bnJPY 2026", "First capital with contingency.", 7),
    OUT(capital_total, "bnJPY 2026", "First capital and renewals over the life."),
    OUT(capital_low, "bnJPY 2026", "Lower outer limit of the estimate's AACE class."),
    OUT(capital_high, "bnJPY 2026", "Upper outer limit of the estimate's AACE class."),
    OUT(cash_cost, "bnJPY 2026", "Operating cost of a full-rate year."),
    OUT(depreciation, "bnJPY 2026", "First capital and renewals over the years of the life."),
    HEAD(yearly_cost, "bnJPY 2026", "Operating cost of a full-rate year and depreciation.", 8),
    OUT(sales, "bnJPY 2026", "Sales of a full-rate year at the chosen deck."),
    OUT(capital_2016, "bnJPY 2016", "First capital in yen of 2016."),
    OUT(capital_total_2016, "bnJPY 2016", "First capital and renewals in yen of 2016."),
    OUT(yearly_cost_2016, "bnJPY 2016", "Yearly cost with depreciation in yen of 2016."),
    OUT(cash_cost_2016, "bnJPY 2016", "Operating cost of a full-rate year in yen of 2016."),
    OUT(depreciation_2016, "bnJPY 2016", "Depreciation of a year in yen of 2016."),
    OUT(sales_2016, "bnJPY 2016", "Sales of a full-rate year in yen of 2016."),
    OUT(cost_per_tonne, "JPY 2026/t", "Yearly cost with depreciation per tonne of dry solid lifted."),
    OUT(mining_capacity, "t/day", "Dry solid a day that the mining system is built for."),
    OUT(plant_capacity, "t/day", "Dry solid a day that the leach plant is built for."),
    OUT(ships, "1", "Mining ships owned, or ship years hired."),
    OUT(output, "t", "REO sold in a full-rate year."),
    VECTOR(cost_group, "JPY 2026/kg", "Levelised cost per kg of REO by what it pays for; sums to levelised_cost.",
           &kd_economy_group_labels),
    VECTOR(operating, "bnJPY 2026", "Cost of a full-rate year by what it pays for; capital is depreciation.",
           &kd_economy_group_labels),
    VECTOR(capital_part, "bnJPY 2026", "First capital by part.", &kd_economy_part_labels),
    VECTOR(cost_by_mass, "USD/kg", "Levelised cost per kg of product, shared out by mass.", &kd_element_labels),
    VECTOR(cost_by_value, "USD/kg", "Levelised cost per kg of product, shared out by worth.", &kd_element_labels),
    VECTOR(cost_by_credit, "USD/kg", "Levelised cost per kg of product when all others are sold at market.",
           &kd_element_labels),
    VECTOR(price, "USD/kg", "Price of the product in this realisation.", &kd_element_labels),
    VECTOR(sales_element, "bnJPY 2026", "Sales of a full-rate year by element.", &kd_element_labels),
    VECTOR(sales_deck, "bnJPY 2026", "Sales of a full-rate year at each deck as printed.", &kd_economy_deck_labels),
    VECTOR(basket_deck, "USD/kg", "Worth of what is sold per kg of REO at each deck as printed.",
           &kd_economy_deck_labels),
};

#define MONEY(name, text, side)                                                                                        \
  { name, KD_LINE_MONEY, "bnJPY 2026", text, "cash", side, NULL }

const kd_line kd_economy_line_table[KD_ECONOMY_LINES] = {
    MONEY("revenue", "Sales over the life.", KD_ROLE_IN),
    MONEY("cost_ship", "Mining and support ships over the life.", KD_ROLE_OUT),
    MONEY("cost_fuel", "Fuel over the life.", KD_ROLE_OUT),
    MONEY("cost_lift", "Upkeep of lift and deck over the life.", KD_ROLE_OUT),
    MONEY("cost_seabed", "ROVs and upkeep of units at the sea floor over the life.", KD_ROLE_OUT),
    MONEY("cost_island", "Dewatering on the island over the life.", KD_ROLE_OUT),
    MONEY("cost_carriers", "Carriers, feeders, port and haul over the life.", KD_ROLE_OUT),
    MONEY("cost_plant", "Leach plant over the life.", KD_ROLE_OUT),
    MONEY("cost_separation", "Separation over the life.", KD_ROLE_OUT),
    MONEY("cost_labour", "People on the island and in the plant over the life.", KD_ROLE_OUT),
    MONEY("cost_insurance_admin", "Insurance, administration and environment over the life.", KD_ROLE_OUT),
    MONEY("cost_contingency", "Operating contingency over the life.", KD_ROLE_OUT),
    MONEY("cost_capital", "First capital, renewals and closing.", KD_ROLE_OUT),
    MONEY("cost_residue", "Disposal of residue over the life.", KD_ROLE_OUT),
    MONEY("tax", "Tax over the life.", KD_ROLE_OUT),
    MONEY("net_cash", "What is left of all yearly flows, not discounted.", KD_ROLE_STOCK),
};
