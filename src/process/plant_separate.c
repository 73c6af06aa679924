// SPDX-License-Identifier: Apache-2.0
/* Purification and solvent extraction of a year.
 *
 *   concentrate  liquor x (1 - loss), as a mixed oxalate from the acid liquor, calcined and dissolved in HCl; scandium
 * stays behind with iron and aluminium                                                                        (1) train
 * least-reagent sequence of sharp cuts, train.c; each cut holds S x feed of rare earth in its organic     (2) organic
 * flow Q = S N / c_loading; stage volume (Q_organic + Q_aqueous)(t_mixer + t_settler), phases alike       (3) reagents
 * base (saponification) and acid (stripping) 3 S per mol feed each; 3 S_min is the floor                  (4)
 *
 * Source    separation factors: the table of the scenario; the built-in P507-HCl set is common knowledge of the field
 *           without a source at hand: assumed. Loading, residence times, loss of extractant: assumed.
 * Weakness  no linkage between cuts, constant separation factors, no acid reuse.
 */
#include "process/plant.h"

#include <math.h>

#define KD_NAOH_MOLAR_MASS 39.997e-3  /* kg/mol */
#define KD_YEAR            31557600.0 /* s, 365.25 days */

/* P507 in kerosene, chloride medium, separation factor over the neighbour before it; assumed. Y is set between Ho and
 * Er, the factor 2.73 of that pair shared evenly. */
static const struct {
  kd_element_id element;
  double beta;
} built_in[KD_REY] = {{KD_LA, 0},    {KD_CE, 6.83},  {KD_PR, 2.03}, {KD_ND, 1.55}, {KD_SM, 10.6},
                      {KD_EU, 2.34}, {KD_GD, 1.46},  {KD_TB, 5.80}, {KD_DY, 2.82}, {KD_HO, 2.00},
                      {KD_Y, 1.652}, {KD_ER, 1.652}, {KD_TM, 3.34}, {KD_YB, 3.56}, {KD_LU, 1.78}};

static void built_in_chain(kd_train_input *out, double selectivity) {
  out->count = KD_REY;
  for (size_t k = 0; k < KD_REY; k++) {
    out->order[k] = (int)built_in[k].element;
    if (k > 0) out->beta[k - 1] = pow(built_in[k].beta, selectivity);
  }
}

kd_status kd_separation_chain(kd_train_input *out, const kd_table *table, double selectivity, kd_error *err) {
  kd_status status = KD_OK;
  if (table == NULL) {
    built_in_chain(out, selectivity);
    return KD_OK;
  }
  const kd_column *lighter = kd_table_column(table, "lighter"), *heavier = kd_table_column(table, "heavier");
  const kd_column *beta = kd_table_column(table, "beta");
  bool seen[KD_ELEMENTS] = {false};
  KD_CHECK(lighter != NULL && heavier != NULL && beta != NULL && lighter->text != NULL && heavier->text != NULL, err,
           KD_E_MISSING, "separation_factors: the columns lighter, heavier and beta are wanted");
  KD_CHECK(table->rows == KD_TRAIN_CUTS, err, KD_E_CONTRADICTION,
           "separation_factors: %zu rows, but %d pairs of neighbours", table->rows, KD_TRAIN_CUTS);
  for (size_t row = 0; row < table->rows; row++) {
    int below = kd_element_find(lighter->text[row]), above = kd_element_find(heavier->text[row]);
    KD_CHECK(below >= 0 && below < KD_REY && above >= 0 && above < KD_REY, err, KD_E_CONTRADICTION,
             "separation_factors: \"%s\", \"%s\" in row %zu are not both rare earths", lighter->text[row],
             heavier->text[row], row + 1);
    KD_CHECK(beta->number[row] > 1, err, KD_E_RANGE, "separation_factors: beta %g in row %zu: must be above 1",
             beta->number[row], row + 1);
    if (row == 0) seen[below] = true, out->order[0] = below;
    KD_CHECK(below == out->order[row] && !seen[above], err, KD_E_CONTRADICTION,
             "separation_factors: row %zu does not go on from %s to an element not met before", row + 1,
             kd_elements[out->order[row]].symbol);
    seen[above] = true;
    out->order[row + 1] = above;
    out->beta[row] = pow(beta->number[row], selectivity);
  }
  out->count = KD_REY;
out:
  return status;
}

static void purify(kd_plant *s) {
  const kd_process_params *p = s->p;
  s->concentrate_moles = 0;
  for (int e = 0; e < KD_ELEMENTS; e++) {
    double loss = e == KD_SC ? 1 : p->purification_loss;
    s->element_purification[e] = loss * s->liquor[e];
    s->concentrate[e] = (1 - loss) * s->liquor[e];
    s->concentrate_moles += s->concentrate[e] / kd_elements[e].molar_mass;
  }
}

/* Volumes of the train: each cut has its own flow, and mixers and settlers of that size. */
static void size_train(kd_plant *s, kd_process_result *out) {
  const kd_process_params *p = s->p;
  double time = p->mixer_time + p->settler_time;
  out->hardest_cut = 0;
  for (size_t i = 0; i < s->train.cuts; i++) {
    const kd_train_cut *cut = &s->train.cut[i];
    double stages = cut->extraction + cut->scrub, organic = cut->s * cut->moles / p->organic_loading;
    s->organic_flow += organic;
    s->stage_volume += 2 * organic * s->fine_scale * time * stages;
    s->mixer_volume += 2 * organic * s->fine_scale * p->mixer_time * stages;
    out->cut_stages[cut->below] = stages;
    out->cut_reflux[cut->below] = cut->s;
    if (out->hardest_cut <= 0 || cut->beta < out->hardest_cut) out->hardest_cut = cut->beta;
  }
}

kd_status kd_plant_separate(kd_plant *s, kd_process_result *out, kd_error *err) {
  kd_status status = KD_OK;
  const kd_process_params *p = s->p;
  purify(s);
  for (int e = 0; e < KD_ELEMENTS; e++) out->concentrate[e] = s->concentrate[e];
  s->fine_scale = 1 / (KD_YEAR * p->separation_availability);
  double recovery = 1, oxide = 0;
  if (p->separation == KD_SEPARATION_FULL) {
    kd_train_input in;
    KD_TRY(kd_separation_chain(&in, p->separation_factors, p->selectivity, err));
    for (int e = 0; e < KD_ELEMENTS; e++) in.moles[e] = s->concentrate[e] / kd_elements[e].molar_mass;
    in.purity = p->target_purity;
    in.slip = p->cut_slip;
    in.reflux = p->reflux_factor;
    in.efficiency = p->stage_efficiency;
    KD_TRY(kd_train_design(&s->train, &in, err));
    size_train(s, out);
    recovery = p->separation_recovery;
  }
  for (int e = 0; e < KD_ELEMENTS; e++) {
    s->element_raffinate[e] = (1 - recovery) * s->concentrate[e];
    s->separated[e] = recovery * s->concentrate[e];
    if (e < KD_REY) oxide += s->separated[e] * kd_oxide_factor((kd_element_id)e);
  }
  s->separation_water = 2 * s->train.reagent / p->strip_acid * 1000; /* acid and base solutions of the same strength */
  s->mixing_energy = s->mixer_volume * p->mixer_power * KD_YEAR * p->separation_availability;
  out->stages_total = s->train.stages;
  out->cuts = (double)s->train.cuts;
  out->reagent_floor = oxide > 0 ? s->train.reagent_floor * KD_NAOH_MOLAR_MASS / oxide : 0;
  out->reagent_actual = oxide > 0 ? s->train.reagent * KD_NAOH_MOLAR_MASS / oxide : 0;
  out->organic_inventory = s->stage_volume / 2;
out:
  return status;
}
