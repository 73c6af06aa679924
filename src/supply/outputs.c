// SPDX-License-Identifier: Apache-2.0
/* Outputs and labels of the supply stage. */
#include "supply/tables.h"

static const char *const methods[KD_EMBARGO_METHODS] = {"nri", "mizuho", "dir"};
static const char *const suppliers[KD_SUPPLIERS] = {"china",   "vietnam", "thailand", "france",
                                                    "estonia", "india",   "russia",   "other"};
const kd_labels kd_supply_method_labels = {methods, KD_EMBARGO_METHODS};
const kd_labels kd_supply_supplier_labels = {suppliers, KD_SUPPLIERS};

#define OUT(name, display, place, text)                                                                                \
  { #name, display, text, offsetof(kd_supply_result, name), NULL, place }
#define BY_ELEMENT(name, display, text)                                                                                \
  { #name, display, text, offsetof(kd_supply_result, name), &kd_element_labels, 0 }
#define BY_METHOD(name, display, place, text)                                                                          \
  { #name, display, text, offsetof(kd_supply_result, name), &kd_supply_method_labels, place }

const kd_output kd_supply_output_table[KD_SUPPLY_OUTPUTS] = {
    BY_ELEMENT(output, "t/year", "Output as oxide."),
    BY_ELEMENT(japan_demand, "t/year", "Demand of Japan for oxide."),
    BY_ELEMENT(world_demand, "t/year", "Demand of the world for oxide."),
    BY_ELEMENT(japan_share, "%", "Output over the demand of Japan."),
    BY_ELEMENT(world_share, "%", "Output over the demand of the world."),
    BY_ELEMENT(surplus, "t/year", "Output above what displaces imports: for export."),
    OUT(japan_share_total, "%", 0, "Output over the demand of Japan, all elements by mass."),
    OUT(world_share_total, "%", 0, "Output over the demand of the world, all elements by mass."),
    OUT(import_dependence_before, "%", 0, "Imports over demand without the output, all elements by mass."),
    OUT(import_dependence_after, "%", 1, "Imports over demand with the output, all elements by mass."),
    BY_ELEMENT(import_dependence, "%", "Imports over demand with the output."),
    OUT(china_share_before, "%", 0, "China's share of demand without the output."),
    OUT(china_share_after, "%", 2, "China's share of demand with the output."),
    BY_ELEMENT(china_share, "%", "China's share of demand without the output."),
    BY_ELEMENT(china_share_with, "%", "China's share of demand with the output."),
    OUT(hhi_before, "1", 0, "Sum of squared shares (in %) of foreign suppliers in demand, without the output."),
    OUT(hhi_after, "1", 0, "The same with the output; own output adds nothing."),
    BY_ELEMENT(hhi, "1", "Sum of squared shares (in %) of foreign suppliers in demand, without the output."),
    BY_ELEMENT(hhi_with, "1", "The same with the output."),
    BY_ELEMENT(control_state, "1",
               "Export control on the day for a civil user: 0 free, 1 suspended, 2 licence, 3 prohibited."),
    BY_ELEMENT(shortage, "t/year", "Chinese deliveries that the embargo cuts off."),
    BY_ELEMENT(cover, "%", "Share of that shortage which the output covers, without stock."),
    BY_ELEMENT(days_of_cover, "days", "Days until the stock is used up without the output; missing: never."),
    BY_ELEMENT(days_of_cover_with, "days", "The same with the output."),
    BY_ELEMENT(years_japan, "years", "Oxide in place over the demand of Japan."),
    BY_ELEMENT(years_world, "years", "Oxide in place over the demand of the world."),
    BY_METHOD(critical_cover, "%", 0, "Weighted share of the critical shortage that the output covers."),
    BY_METHOD(loss_share, "%", 0, "Loss of GDP by the embargo without the output."),
    BY_METHOD(loss, "tnJPY 2026", 0, "That loss in money."),
    BY_METHOD(avoided, "tnJPY 2026", 3, "Part of the loss that the output would avoid."),
    BY_METHOD(avoided_share, "%", 0, "That part in GDP."),
    BY_METHOD(remaining, "tnJPY 2026", 0, "Loss that remains with the output."),
    BY_METHOD(insurance_value, "bnJPY 2026", 0, "Expected present value of what is avoided, over the horizon."),
};
