// SPDX-License-Identifier: Apache-2.0
/* The bill of quantities: what the ledger of a project year holds for pricing, summed over the stages. SI. */
#ifndef KD_ECONOMY_BILL_H
#define KD_ECONOMY_BILL_H

#include "base/ledger.h"

typedef enum kd_reagent {
  KD_REAGENT_ACID_HCL,
  KD_REAGENT_ACID_H2SO4,
  KD_REAGENT_BASE_NAOH,
  KD_REAGENT_LIME,
  KD_REAGENT_OXALIC_ACID,
  KD_REAGENT_EXTRACTANT,
  KD_REAGENT_FLOCCULANT,
  KD_REAGENT_FRESH_WATER,
  KD_REAGENT_ELECTROLYTE,
  KD_REAGENT_CARBON,
  KD_REAGENT_OTHER,
  KD_REAGENTS
} kd_reagent;

typedef struct kd_bill {
  double ship_time, support_ship_time, carrier_time; /* s a year */
  double lifting_time;                               /* s a year */
  double fuel;                                       /* kg */
  double fuel_pressing; /* kg of the fuel that the presses on board burn, which dewatering_cost holds; off `fuel` */
  double electricity;   /* J bought, without that of dewatering, which dewatering_cost holds */
  double dewatering_power, grid_loss; /* J of it that dewatering used at its terminals, and lost on the way */
  double reagent[KD_REAGENTS];        /* kg */
  double residue;                     /* kg */
  double labour, labour_sea;          /* person seconds in the plant, and mining crew at sea */
  double solids_cut, solids_stirred, solids_returned, solids_rejected; /* kg dry */
  double dry_capacity; /* kg dry a second that the mining system is built for; 0: not posted */
  double leach_plant;  /* kg dry a second that the leach is built for; 0: not posted */
} kd_bill;

/* Reads the ledger in one pass. A NULL ledger gives an empty bill. */
void kd_bill_read(kd_bill *out, const kd_ledger *ledger);

#endif
