// SPDX-License-Identifier: Apache-2.0
/* The process stage: one year of mud through the plant, in the order of the flowsheet.
 *
 *   mud -> cyclone -> filter -> leach -> residue neutralised and landed
 *                                 |-> concentrate (oxalate) -> solvent extraction -> oxalate -> oxide -> metal
 *
 * Each step lives in a file of its own (plant_*.c) and fills its part of kd_plant; this file runs them, closes energy
 * and water, and holds the stage's tables of outputs. */
#include "process/process.h"

#include <math.h>
#include <stddef.h>

#include "process/nuclides.h"
#include "process/plant.h"
#include "process/tables.h"

#define KD_REFERENCE_RATE (1.4e6 / 86400.0) /* kg/s: the 1,400 t dry a day for which `people` is given */
#define KD_CREW_EXPONENT  0.3               /* assumed */
#define KD_TANK_MARGIN    1.25              /* freeboard and spare tank; assumed */

static void close_plant(kd_plant *s, kd_process_result *out) {
  const kd_process_params *p = s->p;
  double units = s->cyclone_energy + s->dewatering_energy + s->leach_energy + s->residue_energy + s->mixing_energy +
                 s->electrolysis_energy + s->leach_heat + s->calcination_heat;
  s->services_energy = p->service_share * units;
  s->grid_energy = units * (1 + p->service_share) / (1 - p->grid_loss);
  s->grid_loss = p->grid_loss * s->grid_energy;
  s->fresh_water = s->wash_water + s->make_up + s->residue_wash_water + s->separation_water;
  s->effluent = s->overflow_water + s->filtrate + s->wash_water + s->bleed + s->separation_water;
  s->labour = p->people * pow(s->in->plant_rate / KD_REFERENCE_RATE, KD_CREW_EXPONENT);
  double rate = (s->apatite + s->clay) * s->plant_scale;
  s->leach_volume = KD_TANK_MARGIN * rate * (p->liquid_solid + 1 / p->clay_density) * p->leach_time;

  double dry = s->in->dry_mass, oxide = out->oxide_total;
  out->leach_rise = s->heat.capacity > 0 ? s->heat.leach_temperature - p->ambient_temperature : (double)NAN;
  out->neutral_rise = s->heat.neutral_capacity > 0 ? s->heat.neutral_rise : (double)NAN;
  out->electricity = s->grid_energy;
  out->energy_per_oxide = oxide > 0 ? s->grid_energy / oxide : 0;
  out->residue = s->residue_dry + s->residue_water;
  out->effluent = s->effluent;
  out->fresh_water = s->fresh_water;
  out->water_per_dry = dry > 0 ? s->fresh_water / dry : 0;
  out->acid_per_oxide = oxide > 0 ? s->acid / oxide : 0;
  out->base_per_dry = dry > 0 ? (s->liquor_base + s->residue_base) / dry : 0;
}

/* Of a year without mud, or without product, shares and quantities per kilogram have no value; zero would pass for one.
 */
static void leave_out_what_has_no_value(kd_process_result *out, double dry) {
  double *const per_oxide[] = {&out->acid_per_oxide, &out->energy_per_oxide, &out->reagent_floor, &out->reagent_actual};
  double *const per_dry[] = {&out->recovery_total,  &out->mass_pull,    &out->cyclone_recovery, &out->cyclone_upgrade,
                             &out->leach_recovery,  &out->acid_per_dry, &out->base_per_dry,     &out->water_per_dry,
                             &out->residue_per_dry, &out->stages_total, &out->hardest_cut};
  if (!(out->oxide_total > 0))
    for (size_t i = 0; i < KD_COUNT(per_oxide); i++) *per_oxide[i] = (double)NAN;
  if (dry > 0) return;
  for (size_t i = 0; i < KD_COUNT(per_dry); i++) *per_dry[i] = (double)NAN;
  for (size_t e = 0; e < KD_ELEMENTS; e++) out->recovery[e] = (double)NAN;
}

kd_status kd_process_run(kd_process_result *out, const kd_process_params *p, const kd_delivered *delivered,
                         kd_work *work) {
  kd_status status = KD_OK;
  kd_plant plant = {.p = p, .in = delivered};
  *out = (kd_process_result){0};
  plant.plant_scale = delivered->dry_mass > 0 ? delivered->plant_rate / delivered->dry_mass : 0;
  if (p->route != KD_ROUTE_MUD) {
    KD_TRY(kd_plant_route(&plant, out, work->err));
  } else {
    KD_TRY(kd_plant_classify(&plant, out, work->err));
    KD_TRY(kd_plant_leach(&plant, out, work));
    KD_TRY(kd_plant_separate(&plant, out, work->err));
    KD_TRY(kd_plant_refine(&plant, out, work->err));
  }
  close_plant(&plant, out);
  kd_plant_nuclides(&plant, out);
  kd_plant_post(&plant, out, work->ledger);
  leave_out_what_has_no_value(out, p->route == KD_ROUTE_MUD ? delivered->dry_mass : 0);
  if (p->route != KD_ROUTE_MUD) {
    out->recovery_total = out->route_recovery;
  } else {
    out->route_known = 1;
    out->route_recovery = out->recovery_total;
    out->route_purity = out->oxide_total > 0 && p->separation == KD_SEPARATION_FULL ? p->target_purity : (double)NAN;
  }
out:
  return status;
}

static void check(const void *params, kd_contradiction_fn *report, void *user) {
  const kd_process_params *p = params;
  if (p->extra_aluminium + p->extra_iron > 1)
    report("process.extra_iron", "extra_aluminium and extra_iron share the extra acid: together at most 100 %", user);
  if (p->metal == KD_METAL_MAGNET && p->separation == KD_SEPARATION_MIXED)
    report("process.metal", "metals need separated oxides: separation is mixed", user);
  if (p->cyclone && p->coarse_size <= p->fine_size)
    report("process.coarse_size", "the coarse mode must be coarser than fine_size for a cyclone to do anything", user);
  if (p->leach_temperature < p->ambient_temperature - 30)
    report("process.leach_temperature", "more than 30 K colder than the pulp: the plant has no cooling", user);
  if (p->spent_acidity > 2 * p->acid_molarity)
    report("process.spent_acidity", "more acid in the spent liquor than in the leach tank", user);
  kd_train_input chain;
  kd_error err = {0};
  if (kd_separation_chain(&chain, p->separation_factors, p->selectivity, &err) != KD_OK)
    report("process.separation_factors", err.text, user);
  if (p->route != KD_ROUTE_MUD && !(p->route_mass > 0))
    report("process.route_mass", "another route than mud wants a feed: route_mass and route_grade", user);
}

#define OUTPUT(key_, unit_, head_, doc_)                                                                               \
  { .key = #key_, .unit = unit_, .doc = doc_, .offset = offsetof(kd_process_result, key_), .headline = head_ }
#define VECTOR(key_, unit_, labels_, doc_)                                                                             \
  { .key = #key_, .unit = unit_, .doc = doc_, .offset = offsetof(kd_process_result, key_), .labels = labels_ }

static const kd_output outputs[] = {
    OUTPUT(oxide_total, "t", 1, "Rare-earth oxide made in a year, metals counted as their oxide."),
    OUTPUT(recovery_total, "%", 2, "Rare earths in products over rare earths delivered."),
    OUTPUT(mass_pull, "%", 0, "Dry solids that go to the leach over those delivered."),
    OUTPUT(cyclone_recovery, "%", 0, "Rare earths that go to the leach over those delivered."),
    OUTPUT(cyclone_upgrade, "1", 0, "Grade of the leach feed over the grade delivered."),
    OUTPUT(leach_recovery, "%", 0, "Leach recovery of rare earths without cerium."),
    OUTPUT(acid_per_dry, "kg/t", 0, "Acid of the leach per tonne dry leached, as 100 %."),
    OUTPUT(acid_per_oxide, "kg/kg", 3, "Acid of the leach per kg of oxide made."),
    OUTPUT(base_per_dry, "mol/kg", 0, "Base of residue and liquor per kg dry delivered."),
    OUTPUT(residue_per_dry, "t/t", 0, "Wet residue landed per tonne dry delivered."),
    OUTPUT(water_per_dry, "t/t", 0, "Fresh water per tonne dry delivered."),
    OUTPUT(stages_total, "1", 4, "Mixer-settler stages of all cuts."),
    OUTPUT(cuts, "1", 0, "Cuts of the separation."),
    OUTPUT(hardest_cut, "1", 0, "Least separation factor among the cuts."),
    OUTPUT(reagent_floor, "kg/kg", 0,
           "NaOH of separation at the least reflux, 3 S_min, per kg of oxide; as many moles of HCl."),
    OUTPUT(reagent_actual, "kg/kg", 5, "NaOH of separation as built, 3 S, per kg of oxide; as many moles of HCl."),
    OUTPUT(organic_inventory, "m3", 0, "Organic phase in all mixer-settlers."),
    OUTPUT(residue_activity, "Bq/g", 0,
           "Residue, dry: greater of the series' heads and their radium; none: not given."),
    OUTPUT(concentrate_activity, "Bq/g", 0, "Rare-earth concentrate, as oxide: the same."),
    OUTPUT(activity_over_limit, "1", 0, "Greater of the two over the limit; above 1: under control."),
    OUTPUT(leach_rise, "K", 0, "Leach's pulp over the ambient temperature, by heating, reactions and diluted acid."),
    OUTPUT(neutral_rise, "K", 0, "Warming of spent liquor and residue by their neutralisation."),
    OUTPUT(electricity, "kWh", 0, "Electricity bought in a year."),
    OUTPUT(energy_per_oxide, "kWh/kg", 6, "Electricity per kg of oxide made."),
    OUTPUT(residue, "t", 7, "Neutralised wet residue landed in a year."),
    OUTPUT(effluent, "t", 0, "Treated water let go in a year."),
    OUTPUT(fresh_water, "t", 0, "Fresh water taken in a year."),
    OUTPUT(route_known, "%", 0,
           "Part of the rare earths fed whose fate is in print; of another route than mud the rest cannot be known."),
    OUTPUT(route_recovery, "%", 0, "Rare earths won over those fed, by whatever route; none: cannot be known."),
    OUTPUT(route_purity, "%", 0, "Purity of the products, by whatever route; none: cannot be known."),
    OUTPUT(route_sorbent, "kg/kg", 0, "Sorbent per rare earth at saturation, a floor; none: cannot be known."),
    VECTOR(recovery, "%", &kd_element_labels, "Element in all products over element delivered."),
    VECTOR(product, "t", &kd_element_labels, "Product made in a year, oxide or metal."),
    VECTOR(concentrate, "t", &kd_element_labels, "Element in the concentrate that goes to separation."),
    VECTOR(cut_stages, "1", &kd_rey_labels, "Stages of the cut just above the element; 0 where no cut is built."),
    VECTOR(cut_reflux, "1", &kd_rey_labels,
           "Mixed extraction S of that cut, mol per mol feed; 0 where no cut is built."),
};

static const kd_kernel *const kernel_sets[] = {kd_process_cascade_kernels,
                                               kd_process_circuit_kernels,
                                               kd_process_circulation_kernels,
                                               kd_process_classify_kernels,
                                               kd_process_column_kernels,
                                               kd_process_design_kernels,
                                               kd_process_dewater_kernels,
                                               kd_process_extractant_kernels,
                                               kd_process_flowsheet_kernels,
                                               kd_process_leach_kernels,
                                               kd_process_liquor_kernels,
                                               kd_process_metal_kernels,
                                               kd_process_refine_kernels,
                                               kd_process_separation_kernels,
                                               kd_process_sorption_kernels,
                                               kd_process_speciation_kernels,
                                               kd_process_stage_kernels,
                                               kd_process_uky_kernels,
                                               NULL};

const kd_stage kd_process_stage = {
    .name = "process",
    .summary = "Mud to separated oxide or metal: cyclone, leach, purification, solvent extraction, refining, residue.",
    .params = kd_process_params_rows,
    .param_count = KD_PROCESS_PARAMS,
    .params_size = sizeof(kd_process_params),
    .outputs = outputs,
    .output_count = KD_COUNT(outputs),
    .result_size = sizeof(kd_process_result),
    .lines = kd_process_lines,
    .line_count = KD_PROCESS_LINES,
    .kernel_sets = kernel_sets,
    .check = check,
};
