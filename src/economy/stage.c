// SPDX-License-Identifier: Apache-2.0
/* What the economy stage tells the rest of the house, and the contradictions it finds in its own parameters. */
#include "economy/cost.h"
#include "economy/economy.h"
#include "economy/kernels.h"
#include "economy/tables.h"

#include <math.h>
#include <stdio.h>

static int years(double seconds) {
  return (int)lround(seconds / KD_YEAR);
}

void kd_economy_check(const void *params, kd_contradiction_fn *report, void *user) {
  const kd_economy_params *p = params;
  char text[240];
  if (p->ramp_up > p->life) {
    snprintf(text, sizeof text, "ramp_up %g years is longer than the life of %g years", p->ramp_up / KD_YEAR,
             p->life / KD_YEAR);
    report("economy.ramp_up", text, user);
  }
  if (p->ship == KD_SHIP_OWN && p->capital_ship == 0)
    report("economy.capital_ship",
           "the ship is owned (economy.ship: own) but costs nothing: give its price, or hire it", user);
  if (p->ship == KD_SHIP_OWN && p->ship_own_rate == 0)
    report("economy.ship_own_rate", "the ship is owned but has no crew and upkeep: give a rate above 0", user);
  if (p->ship == KD_SHIP_HIRE && p->ship_hire_rate == 0)
    report("economy.ship_hire_rate", "the ship is hired at no price: give a rate above 0, or own it", user);
  double share[KD_DEPRECIATION_YEARS];
  if (kd_depreciation_schedule(share, (kd_depreciation)p->depreciation, years(p->depreciation_life)) == 0) {
    snprintf(text, sizeof text,
             "the chosen schedule has no life of %d years (japan_declining: 2 to 20; macrs: 3, 5, 7, 10, "
             "15, 20)",
             years(p->depreciation_life));
    report("economy.depreciation_life", text, user);
  }
  if (p->plant_cost == KD_PLANT_COST_LUMP && p->hydromet_cost == 0 && p->separation_cost == 0)
    report("economy.plant_cost", "lump: both hydromet_cost and separation_cost are 0, so refining would be free", user);
  if (p->residue_disposal && p->residue_cost == 0)
    report("economy.residue_cost", "residue is disposed of (residue_disposal: yes) at no price: give one, or say no",
           user);
  if (fabs(p->life / KD_YEAR - years(p->life)) > 0.01)
    report("economy.life", "life must be whole years: the cash flow is yearly", user);
  if (fabs(p->construction / KD_YEAR - years(p->construction)) > 0.01)
    report("economy.construction", "construction must be whole years: the cash flow is yearly", user);
}

static const kd_kernel *const kernel_sets[] = {kd_economy_interest_kernels, kd_economy_cost_kernels,
                                               kd_economy_project_kernels, kd_economy_uncertainty_kernels, NULL};

const kd_stage kd_economy_stage = {
    .name = "economy",
    .summary = "Prices the ledger: capital, yearly cost, cash flow, cost per kilogram and per element.",
    .params = kd_economy_param_table,
    .param_count = KD_ECONOMY_PARAMS,
    .params_size = sizeof(kd_economy_params),
    .outputs = kd_economy_output_table,
    .output_count = KD_ECONOMY_OUTPUTS,
    .result_size = sizeof(kd_economy_result),
    .lines = kd_economy_line_table,
    .line_count = KD_ECONOMY_LINES,
    .kernel_sets = kernel_sets,
    .check = kd_economy_check,
};
