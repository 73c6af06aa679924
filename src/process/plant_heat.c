// SPDX-License-Identifier: Apache-2.0
/* Heat of a year through leach, neutralisation and calcination, each from its own stream.
 *
 *   leach    M = c_s dry + c_l liquor;  set free: R = sum of n_i dH_i over the minerals, A the acid's dilution (1)
 *            heating E = max(0, (1 - r) M (T - T0) - R - A), r what is exchanged with the pulp that leaves (2) the pulp
 * leaves at T' = T0 + (E + R + A + r M (T - T0)) / M, above T where reactions give more           (3) base     N = n_OH
 * h, h 55.8 kJ/mol with NaOH, 96.8 with quicklime; spent liquor and residue warm by N/(c_l m)     (4) kiln     reaction
 * and oxide of the calcination, and what the kiln loses                                           (5)
 *
 * Source    enthalpies: heat.h; capacities assumed. The equations of process.heat.leach, .neutralisation and .kiln.
 * Weakness  no heat lost from tanks; the cake's water and the acid come in at the ambient temperature.
 */
#include <math.h>

#include "process/heat.h"
#include "process/leach.h"
#include "process/plant.h"

void kd_plant_leach_heat(kd_plant *s) {
  const kd_process_params *p = s->p;
  kd_plant_heat *h = &s->heat;
  const double acid = s->acid / kd_leach_curves[p->acid].molar_mass;
  h->capacity = KD_CAPACITY_SOLID * (s->apatite + s->clay) + KD_CAPACITY_LIQUOR * s->tank_liquor;
  h->reaction = -KD_HEAT_APATITE * s->apatite_dissolved / KD_APATITE_MOLAR_MASS - KD_HEAT_CALCITE * s->calcite -
                KD_HEAT_ALUMINA * s->aluminium - KD_HEAT_FERRIC * s->iron;
  h->dilution = -(p->acid == KD_ACID_H2SO4 ? KD_HEAT_H2SO4 : KD_HEAT_HCL) * acid;
  const double warming = h->capacity * fmax(0, p->leach_temperature - p->ambient_temperature);
  h->recovered = p->heat_recovery * warming;
  s->leach_heat = fmax(0, warming - h->recovered - h->reaction - h->dilution);
  const double rise = h->capacity > 0 ? (s->leach_heat + h->recovered + h->reaction + h->dilution) / h->capacity : 0;
  h->leach_temperature = p->ambient_temperature + rise;
}

static double of_base(int base, double moles) {
  return -moles * (base == KD_BASE_NAOH ? KD_HEAT_NEUTRAL : KD_HEAT_LIME / 2);
}

void kd_plant_neutral_heat(kd_plant *s) {
  const kd_process_params *p = s->p;
  kd_plant_heat *h = &s->heat;
  h->neutralisation = of_base(p->liquor_base, s->liquor_base) + of_base(p->residue_base, s->residue_base);
  h->neutral_capacity = KD_CAPACITY_LIQUOR * (s->bleed + s->residue_water) + KD_CAPACITY_SOLID * s->residue_dry;
  h->neutral_rise = h->neutral_capacity > 0 ? h->neutralisation / h->neutral_capacity : 0;
}
