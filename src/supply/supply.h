// SPDX-License-Identifier: Apache-2.0
/* Supply security: what the output means beside the demand of Japan and the world, where imports come from before and
 * after, how long the ground lasts, and what a year's embargo costs by three published methods, each by name.
 * docs/theory/supply.md tells the model. */
#ifndef KD_SUPPLY_SUPPLY_H
#define KD_SUPPLY_SUPPLY_H

#include "base/elements.h"
#include "base/stage.h"
#include "base/table.h"
#include "base/work.h"
#include "exchange/products.h"
#include "exchange/resource.h"

/* Published estimates of the loss by a year without Chinese rare earths. */
typedef enum kd_embargo_method {
  KD_EMBARGO_NRI,    /* Nomura Research Institute (Kiuchi) */
  KD_EMBARGO_MIZUHO, /* Mizuho */
  KD_EMBARGO_DIR,    /* Daiwa Institute of Research */
  KD_EMBARGO_METHODS
} kd_embargo_method;

enum {
  KD_SUPPLIER_CHINA,
  KD_SUPPLIER_VIETNAM,
  KD_SUPPLIER_THAILAND,
  KD_SUPPLIER_FRANCE,
  KD_SUPPLIER_ESTONIA,
  KD_SUPPLIER_INDIA,
  KD_SUPPLIER_RUSSIA,
  KD_SUPPLIER_OTHER,
  KD_SUPPLIERS
};

/* State of an export control for a civil user in Japan. */
enum { KD_CONTROL_FREE, KD_CONTROL_SUSPENDED, KD_CONTROL_LICENCE, KD_CONTROL_PROHIBITED };

extern const kd_labels kd_supply_method_labels;
extern const kd_labels kd_supply_supplier_labels;

enum { KD_DEMAND_RECENT, KD_DEMAND_TAKAYA_2018 };       /* demand_set */
enum { KD_DISPLACE_LARGEST, KD_DISPLACE_PROPORTIONAL }; /* displacement */
enum { KD_SCOPE_CONTROLLED, KD_SCOPE_ALL };             /* embargo_scope */

typedef struct kd_supply_params {
  const kd_table *demand_table, *import_table, *weight_table, *control_table;
  int demand_set, displacement, embargo_scope;
  double japan_demand[KD_ELEMENTS], world_demand[KD_ELEMENTS], demand_factor, recycled;
  double embargo_date, embargo_duration, stock;
  double gdp_nominal, gdp_real, nri_loss, mizuho_loss, mizuho_stock, dir_loss;
  double weight[KD_ELEMENTS];
  double embargo_hazard, discount_rate, horizon;
} kd_supply_params;

typedef struct kd_supply_result {
  double output[KD_ELEMENTS], japan_demand[KD_ELEMENTS], world_demand[KD_ELEMENTS]; /* kg oxide a second */
  double japan_share[KD_ELEMENTS], world_share[KD_ELEMENTS], surplus[KD_ELEMENTS];
  double japan_share_total, world_share_total;
  double import_dependence_before, import_dependence_after, import_dependence[KD_ELEMENTS];
  double china_share_before, china_share_after, china_share[KD_ELEMENTS], china_share_with[KD_ELEMENTS];
  double hhi_before, hhi_after, hhi[KD_ELEMENTS], hhi_with[KD_ELEMENTS];
  double control_state[KD_ELEMENTS], shortage[KD_ELEMENTS], cover[KD_ELEMENTS];
  double days_of_cover[KD_ELEMENTS], days_of_cover_with[KD_ELEMENTS];
  double years_japan[KD_ELEMENTS], years_world[KD_ELEMENTS];
  double critical_cover[KD_EMBARGO_METHODS];
  double loss_share[KD_EMBARGO_METHODS], loss[KD_EMBARGO_METHODS], avoided[KD_EMBARGO_METHODS];
  double avoided_share[KD_EMBARGO_METHODS], remaining[KD_EMBARGO_METHODS], insurance_value[KD_EMBARGO_METHODS];
} kd_supply_result;

extern const kd_stage kd_supply_stage;

/* Errors: KD_E_MODEL (a product below zero). Elements without a demand in the tables get missing shares. */
kd_status kd_supply_run(kd_supply_result *out, const kd_supply_params *p, const kd_products *products,
                        const kd_resource *resource, kd_work *work);

#endif
