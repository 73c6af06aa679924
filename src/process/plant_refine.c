// SPDX-License-Identifier: Apache-2.0
/* Precipitation, calcination and metal of a year; products with their purity.
 *
 *   full     product p: T_p of oxide with the share P of its own, from kd_product_contents; the balance of every
 * element closes over the contents of all products mixed    one mixed oxide, shown by element; the purity of an element
 * is its share metal    Nd, Pr, Dy, Tb: the whole product goes through the cell; what the cell does not give back is
 * lost in salt and slag
 *
 * Weakness  a metal keeps the purity of its oxide over rare earths; carbon, oxygen and iron of the cell are not
 * followed.
 */
#include "process/plant.h"

#include <math.h>

#include "process/refine.h"

static bool to_metal(const kd_process_params *p, int e) {
  return p->metal == KD_METAL_MAGNET && p->separation == KD_SEPARATION_FULL &&
         (e == KD_PR || e == KD_ND || e == KD_DY || e == KD_TB);
}

/* Oxalic acid for the mixed concentrate and for the products, acid to dissolve the concentrate, heat of both
 * calcinations. */
static void precipitate(kd_plant *s, const double *oxide) {
  const kd_process_params *p = s->p;
  bool twice = p->separation == KD_SEPARATION_FULL;
  double heat = 0;
  for (int e = 0; e < KD_REY; e++) {
    kd_element_id id = (kd_element_id)e;
    double sensible, each = kd_calcination_heat(&sensible, id, p->calcination_monoxide, p->calcination_temperature);
    double first = s->concentrate[e] * kd_oxide_factor(id);
    s->oxalic += s->concentrate[e] * kd_oxalic_dose(id, p->concentrate_excess);
    heat += each * first;
    s->calcined += first;
    if (!twice) continue;
    s->oxalic += s->separated[e] * kd_oxalic_dose(id, p->oxalate_excess);
    heat += each * oxide[e];
    s->calcined += oxide[e];
  }
  if (twice) s->redissolve_hcl = 3 * s->concentrate_moles;
  s->heat.calcination = heat;
  s->calcination_heat = heat / p->kiln_efficiency;
  s->heat.kiln_loss = (1 - p->kiln_efficiency) * s->calcination_heat;
}

/* One product: fills *product, adds what it holds to the element balances. */
static void make_product(kd_plant *s, kd_product *product, int own, const double *content) {
  const kd_process_params *p = s->p;
  bool metal = to_metal(p, own);
  double yield = metal ? p->metal_recovery : 1, compound = 0, own_compound = 0;
  for (int e = 0; e < KD_REY; e++) {
    kd_element_id id = (kd_element_id)e;
    double element = content[e] / kd_oxide_factor(id), kept = yield * element;
    double mass = metal ? kept : yield * content[e];
    s->element_product[e] += kept;
    s->element_refining[e] += (1 - yield) * element;
    compound += mass;
    if (e == own) own_compound = mass, product->element = kept;
    if (metal) {
      s->charge += kept * kd_electrolysis_charge(id) / p->current_efficiency;
      s->electrolysis_energy += kept * kd_electrolysis_energy(id, p->cell_voltage, p->current_efficiency);
      s->carbon += kept * kd_electrolysis_carbon(id, p->anode_monoxide);
    }
  }
  product->form = compound <= 0 ? KD_FORM_NONE : metal ? KD_FORM_METAL : KD_FORM_OXIDE;
  product->mass = compound;
  product->purity = compound > 0 ? own_compound / compound : 0;
}

/* The mixed oxide, shown by element: each row is the element's part of it. */
static void mixed_product(kd_plant *s, kd_products *products, const double *oxide) {
  double all = 0;
  for (int e = 0; e < KD_REY; e++) all += oxide[e];
  for (int e = 0; e < KD_REY; e++) {
    kd_product *product = &products->product[e];
    double element = oxide[e] / kd_oxide_factor((kd_element_id)e);
    s->element_product[e] = element;
    *product = (kd_product){.form = oxide[e] > 0 ? KD_FORM_OXIDE : KD_FORM_NONE,
                            .element = element,
                            .mass = oxide[e],
                            .purity = all > 0 ? oxide[e] / all : 0};
  }
}

kd_status kd_plant_refine(kd_plant *s, kd_process_result *out, kd_error *err) {
  kd_status status = KD_OK;
  const kd_process_params *p = s->p;
  double oxide[KD_REY], content[KD_REY * KD_REY];
  kd_products *products = &out->products;
  for (int e = 0; e < KD_ELEMENTS; e++) {
    s->element_refining[e] = p->finishing_loss * s->separated[e];
    if (e < KD_REY) oxide[e] = (1 - p->finishing_loss) * s->separated[e] * kd_oxide_factor((kd_element_id)e);
  }
  precipitate(s, oxide);
  if (p->separation == KD_SEPARATION_FULL) {
    kd_product_contents(content, oxide, KD_REY, p->target_purity);
    for (int e = 0; e < KD_REY; e++) make_product(s, &products->product[e], e, &content[e * KD_REY]);
  } else {
    mixed_product(s, products, oxide);
  }
  double rey_in = 0, rey_out = 0;
  for (int e = 0; e < KD_ELEMENTS; e++) {
    double in = s->in->element[e];
    products->in_place[e] = in;
    out->recovery[e] = in > 0 ? s->element_product[e] / in : 0;
    out->product[e] = products->product[e].mass;
    if (e >= KD_REY) continue;
    out->oxide_total += s->element_product[e] * kd_oxide_factor((kd_element_id)e);
    rey_in += in;
    rey_out += s->element_product[e];
  }
  products->oxide_equivalent = out->oxide_total;
  products->stages_total = s->train.stages;
  out->recovery_total = rey_in > 0 ? rey_out / rey_in : 0;
  KD_CHECK(isfinite(out->oxide_total), err, KD_E_NAN, "the mass of the products is not finite");
out:
  return status;
}
