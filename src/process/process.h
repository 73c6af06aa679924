// SPDX-License-Identifier: Apache-2.0
/* From mud to separated oxide or metal: classification, leach, purification, solvent extraction, refining, residue.
 * All quantities of the result are for a project year. SI. */
#ifndef KD_PROCESS_PROCESS_H
#define KD_PROCESS_PROCESS_H

#include "base/stage.h"
#include "base/table.h"
#include "base/work.h"
#include "exchange/delivered.h"
#include "exchange/products.h"

typedef enum kd_base { KD_BASE_LIME, KD_BASE_NAOH } kd_base;
typedef enum kd_separation { KD_SEPARATION_FULL, KD_SEPARATION_MIXED } kd_separation;
typedef enum kd_leach_model { KD_LEACH_MODEL_CURVE, KD_LEACH_MODEL_MINERALS } kd_leach_model;
typedef enum kd_metal { KD_METAL_NONE, KD_METAL_MAGNET } kd_metal;

typedef enum kd_route { KD_ROUTE_MUD, KD_ROUTE_MILT, KD_ROUTE_CAPSULES, KD_ROUTE_PROTEIN, KD_ROUTE_NIMH } kd_route;

#define KD_PROCESS_STREAMS 20
extern const kd_labels kd_process_stream_labels; /* the plant's named streams, in the order of the flowsheet */

typedef struct kd_process_params {
  /* the route, and what it is fed when that is not the mud */
  int route;
  const kd_table *route_facts;
  double route_mass;          /* kg/s, the whole year */
  double route_grade[KD_REY]; /* kg/kg of that */
  double sorbent_dose;        /* kg per m3 of liquid */
  double sorbent_stages;
  /* classification */
  int cyclone;        /* flag */
  double cyclone_cut; /* m, for grains of 2,650 kg/m3 */
  double cyclone_sharpness;
  double cyclone_water_split;
  double cyclone_solids;   /* share by volume of the diluted feed */
  double cyclone_pressure; /* Pa */
  double coarse_size, coarse_spread, fine_size, fine_spread;
  double apatite_fines; /* share of the bioapatite that is as fine as the clay */
  double apatite_density, clay_density;
  double clay_grade; /* kg REY per kg of clay */
  /* dewatering */
  double cake_solids;   /* share by mass */
  double filter_energy; /* J/kg dry */
  double flocculant;    /* kg/kg dry */
  double wash_volumes;
  /* leach */
  int leach_model;
  int acid;
  double acid_molarity; /* mol/m3 */
  double leach_time, leach_temperature;
  double liquid_solid; /* m3/kg */
  double leach_efficiency, leach_decline, leach_cerium, leach_scandium;
  double extra_acid, extra_aluminium, extra_iron;
  double leach_energy; /* J/kg dry */
  double ambient_temperature, heat_recovery;
  /* residue and liquor */
  int residue_base, liquor_base;
  double residue_solids, residue_wash, residue_acidity;
  double liquor_recycle, spent_acidity;
  /* purification */
  double purification_loss, concentrate_excess;
  double thorium, uranium; /* kg/kg dry; both 0: not known */
  double thorium_concentrate, uranium_concentrate, radium_concentrate, activity_limit;
  /* separation */
  int separation;
  const kd_table *separation_factors;
  double target_purity, separation_recovery, cut_slip;
  double reflux_factor, selectivity, stage_efficiency;
  double organic_loading, extractant_strength, extractant_molar_mass, extractant_loss;
  double mixer_time, settler_time, mixer_power, strip_acid;
  double separation_availability;
  /* refining */
  double finishing_loss, oxalate_excess;
  double calcination_temperature, calcination_monoxide, kiln_efficiency;
  int metal;
  double metal_recovery, cell_voltage, current_efficiency, anode_monoxide;
  /* utilities */
  double service_share, grid_loss;
  double people; /* at 1,400 t dry a day */
} kd_process_params;

typedef struct kd_process_result {
  /* classification */
  double mass_pull, cyclone_recovery, cyclone_upgrade;
  /* leach */
  double leach_recovery, acid_per_dry, acid_per_oxide, base_per_dry, residue_per_dry, water_per_dry;
  /* separation */
  double stages_total, cuts, reagent_floor, reagent_actual, organic_inventory;
  double concentrate[KD_ELEMENTS]; /* kg of the element into separation */
  double cut_stages[KD_REY];       /* stages of the cut just above each element; 0: none */
  double cut_reflux[KD_REY];       /* S of that cut, mol per mol feed; 0: none */
  double hardest_cut;              /* least ln beta among the cuts built, as beta */
  /* outcome */
  double oxide_total, recovery_total;
  double recovery[KD_ELEMENTS];
  double product[KD_ELEMENTS];                                        /* kg of the product, oxide or metal */
  double residue_activity, concentrate_activity, activity_over_limit; /* Bq/kg */
  double leach_rise, neutral_rise; /* K over the ambient, by their own heat and what is supplied */
  double electricity, energy_per_oxide, residue, effluent, fresh_water;
  /* other routes; NaN: cannot be known */
  double route_known, route_recovery, route_purity, route_sorbent;
  kd_products products;
} kd_process_result;

extern const kd_stage kd_process_stage;

kd_status kd_process_run(kd_process_result *out, const kd_process_params *p, const kd_delivered *delivered,
                         kd_work *work);

#endif
