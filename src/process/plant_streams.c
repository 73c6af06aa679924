// SPDX-License-Identifier: Apache-2.0
/* The named streams of the plant, each with its dry solids, its water and its rare earths, from what the steps left. */
#include "process/plant.h"

static const char *const names[KD_PROCESS_STREAMS] = {
    "mud",        "dilution",    "overflow",     "underflow",  "filtrate",  "cake",    "acid",
    "recycled",   "make_up",     "leached_cake", "wash_water", "residue",   "liquor",  "bleed",
    "impurities", "concentrate", "raffinate",    "separated",  "finishing", "products"};
const kd_labels kd_process_stream_labels = {names, KD_PROCESS_STREAMS};

enum {
  MUD,
  DILUTION,
  OVERFLOW_,
  UNDERFLOW_,
  FILTRATE,
  CAKE,
  ACID,
  RECYCLED,
  MAKE_UP,
  LEACHED_CAKE,
  WASH_WATER,
  RESIDUE,
  LIQUOR,
  BLEED,
  IMPURITIES,
  CONCENTRATE,
  RAFFINATE,
  SEPARATED,
  FINISHING,
  PRODUCTS
};

static double sum(const double *element) {
  double total = 0;
  for (int e = 0; e < KD_REY; e++) total += element[e];
  return total;
}

void kd_plant_streams(double *solids, double *water, double *rare_earth, const kd_plant *s) {
  for (int k = 0; k < KD_PROCESS_STREAMS; k++) solids[k] = water[k] = rare_earth[k] = 0;
  const double leached = s->apatite + s->clay;
  solids[MUD] = s->in->dry_mass;
  solids[OVERFLOW_] = s->rejected;
  solids[UNDERFLOW_] = solids[CAKE] = leached;
  solids[LEACHED_CAKE] = s->solids_residue + s->gypsum;
  solids[RESIDUE] = s->residue_dry;

  water[MUD] = s->in->water_mass;
  water[DILUTION] = s->sea_water;
  water[OVERFLOW_] = s->overflow_water;
  water[UNDERFLOW_] = s->cake_water + s->filtrate;
  water[FILTRATE] = s->filtrate + s->wash_water;
  water[CAKE] = s->cake_water;
  water[ACID] = s->reagent_water;
  water[RECYCLED] = s->recycled;
  water[MAKE_UP] = s->make_up;
  water[WASH_WATER] = s->residue_wash_water;
  water[LEACHED_CAKE] = water[RESIDUE] = s->residue_water;
  water[LIQUOR] = s->spent;
  water[BLEED] = s->bleed;
  water[RAFFINATE] = s->separation_water;

  rare_earth[MUD] = sum(s->in->element) + sum(s->element_feed);
  rare_earth[OVERFLOW_] = sum(s->element_rejected);
  rare_earth[UNDERFLOW_] = rare_earth[CAKE] = sum(s->element);
  rare_earth[LEACHED_CAKE] = rare_earth[RESIDUE] = sum(s->element_residue);
  rare_earth[LIQUOR] = sum(s->liquor);
  rare_earth[IMPURITIES] = sum(s->element_purification);
  rare_earth[CONCENTRATE] = sum(s->concentrate);
  rare_earth[RAFFINATE] = sum(s->element_raffinate);
  rare_earth[SEPARATED] = sum(s->separated);
  rare_earth[FINISHING] = sum(s->element_refining);
  rare_earth[PRODUCTS] = sum(s->element_product);
}
