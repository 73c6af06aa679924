// SPDX-License-Identifier: Apache-2.0
/* Bottom-up cost of mining, shipping and refining.
 *
 *   capital of a part   C = C0 (S/S0)^n  x escalation x factor x (1 + contingency)
 *                       S dry solid a day, or REO a year; n = scale_exponent
 *   cost of a group     quantity of the ledger x unit price x operating factor, a full-rate year
 *   contingency         share of the sum of all other groups
 *
 * The ship grows by ship_exponent and never below the reference ship; the separation plant is sized by REO, all else by
 * dry solid. Yen costs scale with the table's yen rate over `exchange_rate`: capital, ship, people, port, power,
 * disposal, administration. Dollar costs: fuel, support and cargo ships, ROVs, reagents, the plant's lumps.
 *
 * Nothing is counted twice:
 *   power on board        in the fuel ("ship_electricity" is not priced); the ship's own crew is in its day rate
 *   dewatering power      in dewatering_cost: bill.c takes it, with its grid loss, off "electricity"
 *   people of the island  by island_labour_price only, under either plant_cost; not in dewatering_cost or the lumps
 *   plant_cost ledger     reagents, mainland power, mainland people, plant_maintenance; the two lumps are left out
 *   plant_cost lump       hydromet_cost and separation_cost stand for these; reagents, power, mainland people and
 *                         plant_maintenance are left out. Capital, residue, insurance, people of the island stay.
 *   residue               its neutralisation is reagent (or lump), its disposal residue_cost
 *   contingency           of capital in capital, of operation in its own group; not in the cost of capital
 *
 * Source    the build-up of docs/theory/economy.md; modes set knowing the totals of METI 2016, so class 5.
 * Weakness  one exponent for unlike works; no second string or train; see there.
 */
#include "economy/cost.h"

#include <math.h>
#include <string.h>

#include "economy/finance.h"

kd_status kd_cost_scale(kd_scale *out, const kd_economy_params *p, const kd_bill *bill, double oxide, kd_error *err) {
  kd_status status = KD_OK;
  out->lifted = bill->solids_cut - bill->solids_stirred;
  double delivered = fmax(out->lifted - bill->solids_returned, 0);
  out->plant_feed = fmax(delivered - bill->solids_rejected, 0);
  out->cake = p->upgraded_at == KD_UPGRADED_AT_ISLAND ? out->plant_feed : delivered;
  out->mining = bill->dry_capacity;
  if (!(out->mining > 0) && bill->lifting_time > 0) out->mining = out->lifted / bill->lifting_time;
  KD_CHECK(out->mining > 0 || bill->ship_time > 0, err, KD_E_MODEL,
           "no ship sailed and nothing was lifted in the project year: the ledger holds nothing to price");
  if (!(out->mining > 0)) out->mining = p->capital_capacity; /* a campaign without mud: built all the same */
  out->plant = bill->leach_plant > 0 ? bill->leach_plant : out->mining;
  out->output = oxide;
  out->ships = bill->ship_time / KD_YEAR;
  if (p->ship == KD_SHIP_OWN) out->ships = fmax(1, ceil(out->ships - 0.01));
  out->ship_size = fmax(1, kd_scale_cost(1, out->mining, p->capital_capacity, p->ship_exponent));
out:
  return status;
}

void kd_cost_capital(double part[KD_PARTS], const kd_economy_params *p, const kd_scale *scale) {
  double mining = kd_scale_cost(1, scale->mining, p->capital_capacity, p->scale_exponent);
  double plant = kd_scale_cost(1, scale->plant, p->capital_capacity, p->scale_exponent);
  double works = p->upgraded_at == KD_UPGRADED_AT_ISLAND ? plant : mining;
  double ships = fmax(1, ceil(scale->ships - 0.01));
  part[KD_PART_SHIP] = p->ship == KD_SHIP_OWN ? p->capital_ship * ships * scale->ship_size : 0;
  part[KD_PART_LIFT] = p->capital_lift * mining;
  part[KD_PART_SEABED] = p->capital_seabed * mining;
  part[KD_PART_ROV] = p->capital_rov * ships;
  part[KD_PART_DECK] = p->capital_deck * mining;
  part[KD_PART_ISLAND] = p->capital_island * works;
  part[KD_PART_PORT] = p->capital_port * works;
  part[KD_PART_HYDROMET] = p->capital_hydromet * plant;
  part[KD_PART_SEPARATION] =
      p->capital_separation * kd_scale_cost(1, scale->output / KD_YEAR, p->capital_output, p->scale_exponent);
  double common = p->capital_escalation * p->capital_factor * (1 + p->capital_contingency) / p->exchange_rate;
  for (size_t i = 0; i < KD_PARTS; i++) part[i] *= common;
}

/* Ship, support, ROVs, fuel, cargo: what happens at sea. */
static void price_sea(double *fixed, double *variable, const kd_economy_params *p, const kd_bill *bill,
                      const kd_scale *scale) {
  double yen = 1 / p->exchange_rate, wet = scale->cake / p->cake_solids;
  double fleet_time = p->ship == KD_SHIP_OWN ? scale->ships * KD_YEAR : bill->ship_time;
  double day_rate = p->ship == KD_SHIP_OWN ? p->ship_own_rate : p->ship_hire_rate;
  fixed[KD_GROUP_SHIP] = day_rate * fleet_time * scale->ship_size * yen + p->support_rate * bill->support_ship_time;
  fixed[KD_GROUP_SEABED] = p->rov_spreads * p->rov_rate * fleet_time;
  variable[KD_GROUP_FUEL] = p->fuel_price * (bill->fuel + p->support_fuel * bill->support_ship_time);
  variable[KD_GROUP_CARRIERS] = (p->carrier_rate + p->carrier_fuel * p->fuel_price) * bill->carrier_time +
                                (p->transfer_cost + p->port_cost * yen) * wet;
}

/* Island, leach plant, separation and residue: what happens on land. */
static void price_land(double *fixed, double *variable, const kd_economy_params *p, const kd_bill *bill,
                       const kd_scale *scale, const double *part) {
  double yen = 1 / p->exchange_rate;
  variable[KD_GROUP_ISLAND] = p->dewatering_cost * scale->cake;
  fixed[KD_GROUP_LABOUR] = yen * (p->island_labour_price * bill->labour + p->sea_labour_price * bill->labour_sea);
  if (p->residue_disposal) variable[KD_GROUP_RESIDUE] = p->residue_cost * yen * bill->residue;
  if (p->plant_cost == KD_PLANT_COST_LUMP) {
    variable[KD_GROUP_PLANT] = p->hydromet_cost * scale->plant_feed;
    variable[KD_GROUP_SEPARATION] = p->separation_cost * scale->output;
    return;
  }
  const double *r = bill->reagent;
  variable[KD_GROUP_PLANT] =
      p->electricity_price * yen * bill->electricity + p->acid_hcl_price * r[KD_REAGENT_ACID_HCL] +
      p->acid_h2so4_price * r[KD_REAGENT_ACID_H2SO4] + p->lime_price * r[KD_REAGENT_LIME] +
      p->base_naoh_price * r[KD_REAGENT_BASE_NAOH] + p->flocculant_price * r[KD_REAGENT_FLOCCULANT] +
      p->fresh_water_price * r[KD_REAGENT_FRESH_WATER];
  variable[KD_GROUP_SEPARATION] = p->extractant_price * r[KD_REAGENT_EXTRACTANT] +
                                  p->oxalic_acid_price * r[KD_REAGENT_OXALIC_ACID] +
                                  p->electrolyte_price * r[KD_REAGENT_ELECTROLYTE] +
                                  p->carbon_price * r[KD_REAGENT_CARBON] + p->other_reagent_price * r[KD_REAGENT_OTHER];
  fixed[KD_GROUP_PLANT] = p->plant_maintenance * part[KD_PART_HYDROMET];
  fixed[KD_GROUP_SEPARATION] = p->plant_maintenance * part[KD_PART_SEPARATION];
  double people = p->mainland_people * kd_scale_cost(1, scale->plant, p->capital_capacity, p->mainland_exponent);
  fixed[KD_GROUP_LABOUR] += people * p->mainland_labour_price * KD_YEAR * yen;
}

void kd_cost_operating(double fixed[KD_GROUPS], double variable[KD_GROUPS], const kd_economy_params *p,
                       const kd_bill *bill, const kd_scale *scale, const double part[KD_PARTS]) {
  double first = 0, yen = 1 / p->exchange_rate;
  memset(fixed, 0, KD_GROUPS * sizeof *fixed);
  memset(variable, 0, KD_GROUPS * sizeof *variable);
  for (size_t i = 0; i < KD_PARTS; i++) first += part[i];
  price_sea(fixed, variable, p, bill, scale);
  price_land(fixed, variable, p, bill, scale, part);

  /* What follows from capital rather than from the ledger. */
  fixed[KD_GROUP_LIFT] = p->offshore_maintenance * (part[KD_PART_LIFT] + part[KD_PART_DECK]);
  fixed[KD_GROUP_SEABED] += p->offshore_maintenance * part[KD_PART_SEABED];
  fixed[KD_GROUP_INSURANCE_ADMIN] = p->insurance * first + (p->administration + p->environment) * KD_YEAR * yen;

  double fixed_sum = 0, variable_sum = 0;
  for (size_t g = 0; g < KD_GROUPS; g++) {
    fixed[g] *= p->operating_factor, variable[g] *= p->operating_factor;
    fixed_sum += fixed[g], variable_sum += variable[g];
  }
  fixed[KD_GROUP_CONTINGENCY] = p->operating_contingency * fixed_sum;
  variable[KD_GROUP_CONTINGENCY] = p->operating_contingency * variable_sum;
}
