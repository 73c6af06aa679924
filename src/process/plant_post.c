// SPDX-License-Identifier: Apache-2.0
/* The plant's lines in the ledger, and their posting. */
#include "process/plant.h"

#include "process/leach.h"
#include "process/tables.h"

#define KD_M_NAOH 39.997e-3  /* kg/mol */
#define KD_M_LIME 56.077e-3  /* kg/mol CaO, two OH- */
#define KD_M_HCL  36.458e-3  /* kg/mol */
#define KD_M_NACL 58.443e-3  /* kg/mol */
#define KD_YEAR   31557600.0 /* s, 365.25 days */

#define USE(item_, unit_, doc_)                                                                                        \
  { .item = item_, .kind = KD_LINE_USE, .unit = unit_, .doc = doc_ }
#define SIZE(item_, unit_, doc_)                                                                                       \
  { .item = item_, .kind = KD_LINE_EQUIPMENT, .unit = unit_, .doc = doc_ }
#define FLOW(item_, unit_, account_, role_, doc_)                                                                      \
  { .item = item_, .kind = KD_LINE_TRANSFER, .unit = unit_, .doc = doc_, .account = account_, .role = role_ }
#define ELEMENTS(item_, kind_, doc_)                                                                                   \
  {                                                                                                                    \
    .item = item_, .kind = kind_, .unit = "t", .doc = doc_, .account = "element", .role = KD_ROLE_OUT,                 \
    .labels = &kd_element_labels                                                                                       \
  }

const kd_line kd_process_lines[] = {
    /* reagents and services, priced by item */
    USE("acid_hcl", "t", "Hydrochloric acid as 100 % HCl: leach, concentrate, stripping."),
    USE("acid_h2so4", "t", "Sulfuric acid as 100 % H2SO4."),
    USE("base_naoh", "t", "Sodium hydroxide as 100 % NaOH: saponification, and neutralisation where chosen."),
    USE("lime", "t", "Quicklime CaO for neutralisation."),
    USE("oxalic_acid", "t", "Oxalic acid dihydrate."),
    USE("extractant", "t", "Extractant lost with the aqueous phases."),
    USE("flocculant", "t", "Flocculant of the filters."),
    USE("carbon", "t", "Anode carbon of the metal cells."),
    USE("electricity", "kWh", "Electricity of all units, transformer loss included."),
    {.item = "labour",
     .kind = KD_LINE_LABOUR,
     .unit = "year",
     .doc = "Person-years of dewatering and camp on the island; the mainland plant is not staffed here."},
    {.item = "residue",
     .kind = KD_LINE_WASTE,
     .unit = "t",
     .doc = "Neutralised wet cake landed: leached mud, gypsum, hydroxides, phosphate."},
    {.item = "salt", .kind = KD_LINE_WASTE, .unit = "t", .doc = "Sodium chloride from separation, with the effluent."},
    {.item = "product",
     .kind = KD_LINE_MAKE,
     .unit = "t",
     .doc = "Product by element, oxide or metal.",
     .labels = &kd_element_labels},
    /* solids: the mud's own dry mass */
    FLOW("solids_rejected", "t", "solids", KD_ROLE_OUT, "Dry mud in the cyclone overflow."),
    FLOW("solids_dissolved", "t", "solids", KD_ROLE_OUT, "Dry mud that the acid dissolves."),
    FLOW("solids_residue", "t", "solids", KD_ROLE_OUT, "Dry mud left after the leach."),
    /* elements */
    ELEMENTS("elements_rejected", KD_LINE_WASTE, "Elements in the cyclone overflow."),
    ELEMENTS("elements_residue", KD_LINE_WASTE, "Elements left in the residue, undissolved or not washed out."),
    ELEMENTS("elements_purification", KD_LINE_WASTE, "Elements lost with iron, aluminium and the spent liquor."),
    ELEMENTS("elements_raffinate", KD_LINE_WASTE, "Elements lost in solvent extraction."),
    ELEMENTS("elements_refining", KD_LINE_WASTE, "Elements lost in precipitation, calcination and the metal cells."),
    ELEMENTS("elements_product", KD_LINE_TRANSFER, "Elements in all products."),
    {.item = "elements_feed",
     .kind = KD_LINE_TRANSFER,
     .unit = "t",
     .doc = "Elements fed to another route than mud.",
     .account = "element",
     .role = KD_ROLE_IN,
     .labels = &kd_element_labels},
    ELEMENTS("elements_unknown", KD_LINE_TRANSFER, "Elements of another route whose fate is not in print."),
    USE("sorbent", "t", "Sorbent of another route, one use."),
    /* every named stream */
    {.item = "stream_solids",
     .kind = KD_LINE_TRANSFER,
     .unit = "t",
     .doc = "Dry solids of each named stream.",
     .labels = &kd_process_stream_labels},
    {.item = "stream_water",
     .kind = KD_LINE_TRANSFER,
     .unit = "t",
     .doc = "Water or liquor of each named stream.",
     .labels = &kd_process_stream_labels},
    {.item = "stream_rare_earth",
     .kind = KD_LINE_TRANSFER,
     .unit = "t",
     .doc = "The 15 rare earths of each named stream, as element.",
     .labels = &kd_process_stream_labels},
    /* water */
    {.item = "fresh_water",
     .kind = KD_LINE_USE,
     .unit = "t",
     .doc = "Fresh water of washing, leach and separation.",
     .account = "water",
     .role = KD_ROLE_IN},
    FLOW("dilution_water", "t", "water", KD_ROLE_IN, "Sea water that dilutes the cyclone feed."),
    FLOW("reagent_water", "t", "water", KD_ROLE_IN, "Water of the technical leach acid."),
    FLOW("cyclone_effluent", "t", "water", KD_ROLE_OUT, "Water with the cyclone overflow."),
    FLOW("filter_effluent", "t", "water", KD_ROLE_OUT, "Filtrate and wash water of dewatering."),
    FLOW("liquor_effluent", "t", "water", KD_ROLE_OUT, "Neutralised spent liquor."),
    FLOW("separation_effluent", "t", "water", KD_ROLE_OUT, "Salt water of solvent extraction."),
    FLOW("residue_moisture", "t", "water", KD_ROLE_OUT, "Water in the landed residue."),
    FLOW("gypsum_water", "t", "water", KD_ROLE_OUT, "Water bound in gypsum."),
    {.item = "effluent",
     .kind = KD_LINE_WASTE,
     .unit = "t",
     .doc = "All treated water let go, the four effluents together."},
    /* energy */
    FLOW("grid_energy", "kWh", "energy", KD_ROLE_IN, "Electricity bought."),
    FLOW("grid_loss", "kWh", "energy", KD_ROLE_OUT, "Loss in transformers and rectifiers' supply."),
    FLOW("electricity_cyclone", "kWh", "energy", KD_ROLE_OUT, "Pumping through the cyclones."),
    FLOW("electricity_dewatering", "kWh", "energy", KD_ROLE_OUT, "Filters of the mud."),
    FLOW("electricity_leach", "kWh", "energy", KD_ROLE_OUT, "Stirring and pumping of leach and purification."),
    FLOW("electricity_residue", "kWh", "energy", KD_ROLE_OUT, "Filters of the residue."),
    FLOW("electricity_separation", "kWh", "energy", KD_ROLE_OUT, "Mixers of solvent extraction."),
    FLOW("electricity_metal", "kWh", "energy", KD_ROLE_OUT, "Metal cells at their terminals."),
    FLOW("electricity_services", "kWh", "energy", KD_ROLE_OUT, "Lighting, air, water treatment, camp."),
    FLOW("heat", "kWh", "energy", KD_ROLE_OUT, "Heat of leach and calcination, electric."),
    /* heat through leach, neutralisation and calcination */
    FLOW("heat_electric", "kWh", "heat", KD_ROLE_IN, "Electric heat of leach and kilns."),
    FLOW("heat_reaction", "kWh", "heat", KD_ROLE_IN, "Set free by the minerals that dissolve."),
    FLOW("heat_dilution", "kWh", "heat", KD_ROLE_IN, "Set free by diluting the leach acid."),
    FLOW("heat_recovered", "kWh", "heat", KD_ROLE_IN, "Exchanged from the pulp that leaves to the pulp that comes."),
    FLOW("heat_neutralisation", "kWh", "heat", KD_ROLE_IN, "Set free by the bases of liquor and residue."),
    FLOW("heat_pulp", "kWh", "heat", KD_ROLE_OUT, "In the leach's pulp over the ambient temperature."),
    FLOW("heat_effluent", "kWh", "heat", KD_ROLE_OUT, "In the neutralised liquor and residue."),
    FLOW("heat_calcination", "kWh", "heat", KD_ROLE_OUT, "Reaction and oxide of calcination."),
    FLOW("heat_kiln", "kWh", "heat", KD_ROLE_OUT, "Lost by the kilns."),
    /* equipment with its size */
    SIZE("cyclones", "kg/s", "Hydrocyclone clusters, dry feed."),
    SIZE("dewatering", "kg/s", "Filter plant of the mud, dry solids."),
    SIZE("leach_plant", "kg/s", "Leach, purification and neutralisation, dry solids to the leach."),
    SIZE("leach_tanks", "m3", "Volume of the leach tanks."),
    SIZE("residue_filter", "kg/s", "Filters of the neutralised residue, dry solids."),
    SIZE("separation_stages", "1", "Mixer-settler stages, pieces."),
    SIZE("mixer_settlers", "m3", "Volume of all mixer-settlers."),
    SIZE("separation_plant", "kg/s", "Solvent extraction, rare-earth oxide fed."),
    SIZE("organic_fill", "t", "Extractant of the first fill."),
    SIZE("calciner", "kg/s", "Kilns, oxide made."),
    SIZE("metal_cells", "A", "Current of the metal cells."),
};
_Static_assert(KD_COUNT(kd_process_lines) == KD_PROCESS_LINES, "KD_PROCESS_LINES is the number of lines");

static double base_mass(int base, double moles) {
  return base == KD_BASE_LIME ? moles / 2 * KD_M_LIME : moles * KD_M_NAOH;
}

static void post_reagents(const kd_plant *s, kd_ledger *l) {
  const kd_process_params *p = s->p;
  double hcl = (s->redissolve_hcl + s->train.reagent) * KD_M_HCL, naoh = s->train.reagent * KD_M_NAOH, lime = 0;
  double residue = base_mass(p->residue_base, s->residue_base), liquor = base_mass(p->liquor_base, s->liquor_base);
  if (p->residue_base == KD_BASE_LIME) lime += residue;
  if (p->residue_base == KD_BASE_NAOH) naoh += residue;
  if (p->liquor_base == KD_BASE_LIME) lime += liquor;
  if (p->liquor_base == KD_BASE_NAOH) naoh += liquor;
  if (p->acid == KD_ACID_HCL) hcl += s->acid;
  kd_ledger_post(l, "process.acid_hcl", hcl);
  kd_ledger_post(l, "process.acid_h2so4", p->acid == KD_ACID_H2SO4 ? s->acid : 0);
  kd_ledger_post(l, "process.base_naoh", naoh);
  kd_ledger_post(l, "process.lime", lime);
  kd_ledger_post(l, "process.oxalic_acid", s->oxalic);
  kd_ledger_post(l, "process.extractant", p->extractant_loss * s->organic_flow);
  kd_ledger_post(l, "process.flocculant", p->flocculant * (s->apatite + s->clay + s->residue_dry));
  kd_ledger_post(l, "process.carbon", s->carbon);
  kd_ledger_post(l, "process.electricity", s->grid_energy);
  kd_ledger_post(l, "process.labour", s->labour * KD_YEAR);
  kd_ledger_post(l, "process.salt", s->train.reagent * KD_M_NACL);
}

static void post_balances(const kd_plant *s, kd_ledger *l) {
  kd_ledger_post(l, "process.residue", s->residue_dry + s->residue_water);
  kd_ledger_post(l, "process.solids_rejected", s->rejected);
  kd_ledger_post(l, "process.solids_dissolved", s->apatite_dissolved + s->clay_dissolved);
  kd_ledger_post(l, "process.solids_residue", s->solids_residue);
  kd_ledger_post_vector(l, "process.elements_rejected", s->element_rejected);
  kd_ledger_post_vector(l, "process.elements_residue", s->element_residue);
  kd_ledger_post_vector(l, "process.elements_purification", s->element_purification);
  kd_ledger_post_vector(l, "process.elements_raffinate", s->element_raffinate);
  kd_ledger_post_vector(l, "process.elements_refining", s->element_refining);
  kd_ledger_post_vector(l, "process.elements_product", s->element_product);
  kd_ledger_post_vector(l, "process.elements_feed", s->element_feed);
  kd_ledger_post_vector(l, "process.elements_unknown", s->element_unknown);
  kd_ledger_post(l, "process.sorbent", s->sorbent);
  kd_ledger_post(l, "process.fresh_water", s->fresh_water);
  kd_ledger_post(l, "process.dilution_water", s->sea_water);
  kd_ledger_post(l, "process.reagent_water", s->reagent_water);
  kd_ledger_post(l, "process.cyclone_effluent", s->overflow_water);
  kd_ledger_post(l, "process.filter_effluent", s->filtrate + s->wash_water);
  kd_ledger_post(l, "process.liquor_effluent", s->bleed);
  kd_ledger_post(l, "process.separation_effluent", s->separation_water);
  kd_ledger_post(l, "process.residue_moisture", s->residue_water);
  kd_ledger_post(l, "process.gypsum_water", s->hydrate_water);
  kd_ledger_post(l, "process.effluent", s->effluent);
}

static void post_energy(const kd_plant *s, kd_ledger *l) {
  kd_ledger_post(l, "process.grid_energy", s->grid_energy);
  kd_ledger_post(l, "process.grid_loss", s->grid_loss);
  kd_ledger_post(l, "process.electricity_cyclone", s->cyclone_energy);
  kd_ledger_post(l, "process.electricity_dewatering", s->dewatering_energy);
  kd_ledger_post(l, "process.electricity_leach", s->leach_energy);
  kd_ledger_post(l, "process.electricity_residue", s->residue_energy);
  kd_ledger_post(l, "process.electricity_separation", s->mixing_energy);
  kd_ledger_post(l, "process.electricity_metal", s->electrolysis_energy);
  kd_ledger_post(l, "process.electricity_services", s->services_energy);
  kd_ledger_post(l, "process.heat", s->leach_heat + s->calcination_heat);
}

static void post_heat(const kd_plant *s, kd_ledger *l) {
  const kd_plant_heat *h = &s->heat;
  kd_ledger_post(l, "process.heat_electric", s->leach_heat + s->calcination_heat);
  kd_ledger_post(l, "process.heat_reaction", h->reaction);
  kd_ledger_post(l, "process.heat_dilution", h->dilution);
  kd_ledger_post(l, "process.heat_recovered", h->recovered);
  kd_ledger_post(l, "process.heat_neutralisation", h->neutralisation);
  kd_ledger_post(l, "process.heat_pulp",
                 h->capacity > 0 ? h->capacity * (h->leach_temperature - s->p->ambient_temperature) : 0);
  kd_ledger_post(l, "process.heat_effluent", h->neutral_capacity * h->neutral_rise);
  kd_ledger_post(l, "process.heat_calcination", h->calcination);
  kd_ledger_post(l, "process.heat_kiln", h->kiln_loss);
}

static void post_equipment(const kd_plant *s, kd_ledger *l) {
  const kd_process_params *p = s->p;
  double leach_rate = (s->apatite + s->clay) * s->plant_scale, organic = s->stage_volume / 2;
  double feed = 0;
  for (int e = 0; e < KD_REY; e++) feed += s->concentrate[e] * kd_oxide_factor((kd_element_id)e);
  bool full = p->separation == KD_SEPARATION_FULL;
  kd_ledger_post(l, "process.cyclones", p->cyclone ? s->in->plant_rate : 0);
  kd_ledger_post(l, "process.dewatering", s->pressed_here ? leach_rate : 0);
  kd_ledger_post(l, "process.leach_plant", leach_rate);
  kd_ledger_post(l, "process.leach_tanks", s->leach_volume);
  kd_ledger_post(l, "process.residue_filter", s->residue_dry * s->plant_scale);
  kd_ledger_post(l, "process.separation_stages", s->train.stages);
  kd_ledger_post(l, "process.mixer_settlers", s->stage_volume);
  kd_ledger_post(l, "process.separation_plant", full ? feed * s->fine_scale : 0);
  kd_ledger_post(l, "process.organic_fill", organic * p->extractant_strength * p->extractant_molar_mass);
  kd_ledger_post(l, "process.calciner", s->calcined * s->fine_scale);
  kd_ledger_post(l, "process.metal_cells", s->charge * s->fine_scale);
}

void kd_plant_post(const kd_plant *s, const kd_process_result *out, kd_ledger *l) {
  post_reagents(s, l);
  post_balances(s, l);
  post_energy(s, l);
  post_heat(s, l);
  post_equipment(s, l);
  kd_ledger_post_vector(l, "process.product", out->product);
  if (l == NULL) return;
  double solids[KD_PROCESS_STREAMS], water[KD_PROCESS_STREAMS], rare_earth[KD_PROCESS_STREAMS];
  kd_plant_streams(solids, water, rare_earth, s);
  kd_ledger_post_vector(l, "process.stream_solids", solids);
  kd_ledger_post_vector(l, "process.stream_water", water);
  kd_ledger_post_vector(l, "process.stream_rare_earth", rare_earth);
}
