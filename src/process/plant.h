// SPDX-License-Identifier: Apache-2.0
/* The plant between the functions of process.c: streams of a year, in kg unless said. */
#ifndef KD_PROCESS_PLANT_H
#define KD_PROCESS_PLANT_H

#include <stdbool.h>

#include "process/process.h"
#include "process/train.h"

/* Heat of a year, J; temperatures K. */
typedef struct kd_plant_heat {
  double capacity, reaction, dilution, recovered, leach_temperature; /* of the leach's pulp: J/K */
  double neutralisation, neutral_capacity, neutral_rise;             /* of spent liquor and residue */
  double calcination, kiln_loss;
} kd_plant_heat;

typedef struct kd_plant {
  const kd_process_params *p;
  const kd_delivered *in;
  double plant_scale; /* 1/s: a year's amount to the rate the wet plant is sized for */
  double fine_scale;  /* 1/s: the same for the separation, which runs all year */

  /* classification and dewatering */
  double apatite, clay; /* in the leach feed */
  double rejected;      /* dry, overflow */
  double element[KD_ELEMENTS], element_rejected[KD_ELEMENTS];
  double sea_water, overflow_water; /* dilution in, water with the overflow out */
  double cyclone_flow;              /* m3 of slurry */
  double cake_water, filtrate, wash_water;
  bool pressed_here; /* not cake from the ship */

  /* leach */
  double recovery_rey;
  double apatite_dissolved, clay_dissolved, solids_residue;
  double acid_protons; /* mol consumed by the solids */
  double acid;         /* kg of the acid, 100 % */
  double tank_liquor, reagent_water, make_up, recycled, spent, bleed;
  double aluminium, iron, calcite;      /* mol dissolved */
  double gypsum, hydroxides, phosphate; /* kg of fresh solids in the landed residue */
  double hydrate_water;                 /* bound in gypsum */
  double residue_dry, residue_water, residue_wash_water;
  double soluble_loss;              /* share of what dissolved that stays with the residue */
  double liquor_base, residue_base; /* mol OH- */
  double element_residue[KD_ELEMENTS], liquor[KD_ELEMENTS];

  /* purification, separation, refining */
  double element_purification[KD_ELEMENTS], concentrate[KD_ELEMENTS];
  double element_raffinate[KD_ELEMENTS], separated[KD_ELEMENTS];
  double element_refining[KD_ELEMENTS], element_product[KD_ELEMENTS];
  double concentrate_moles;
  kd_train train;
  double organic_flow;               /* m3 through all cuts */
  double mixer_volume, stage_volume; /* m3 built */
  double separation_water;
  double oxalic, redissolve_hcl, calcined;    /* kg dihydrate, mol, kg oxide */
  double charge, electrolysis_energy, carbon; /* C, J, kg */

  /* energy, J */
  double cyclone_energy, dewatering_energy, leach_energy, leach_heat, residue_energy, mixing_energy, calcination_heat,
      services_energy, grid_energy, grid_loss;

  kd_plant_heat heat;

  double fresh_water, effluent, labour, leach_volume; /* kg, kg, persons, m3 */

  /* other routes */
  double element_feed[KD_ELEMENTS], element_unknown[KD_ELEMENTS];
  double sorbent; /* kg */
} kd_plant;

/* The steps of the plant, in order; each in a file of its own name. */
kd_status kd_plant_classify(kd_plant *plant, kd_process_result *out, kd_error *err);
kd_status kd_plant_leach(kd_plant *plant, kd_process_result *out, kd_work *work);
void kd_plant_leach_heat(kd_plant *plant);   /* of the leach, with what heating it wants */
void kd_plant_neutral_heat(kd_plant *plant); /* of neutralisation */
kd_status kd_plant_separate(kd_plant *plant, kd_process_result *out, kd_error *err);
kd_status kd_plant_refine(kd_plant *plant, kd_process_result *out, kd_error *err);
/* Another route than mud: everything from its feed to its product; the mud delivered is set aside. */
kd_status kd_plant_route(kd_plant *plant, kd_process_result *out, kd_error *err);
/* Solids, water and rare earths (15, as element) of the named streams of a year, kg. */
void kd_plant_streams(double *solids, double *water, double *rare_earth, const kd_plant *plant);
void kd_plant_post(const kd_plant *plant, const kd_process_result *out, kd_ledger *ledger);

/* The extraction chain of the table (or the built-in set when table is NULL): order and separation factors, raised to
 * the power `selectivity`. KD_E_CONTRADICTION when the rows do not form one chain. */
kd_status kd_separation_chain(kd_train_input *out, const kd_table *table, double selectivity, kd_error *err);

extern const double kd_clay_shares[KD_ELEMENTS]; /* kg of the element per kg REY of the clay; sums to 1 */

#endif
