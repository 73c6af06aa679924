// SPDX-License-Identifier: Apache-2.0
/* Another route to rare earths than mud: sorption on salmon milt, microorganisms or a protein, or batteries by
 * molten-salt electrolysis.
 *
 *   for each element of the feed, the first that is in print decides
 *     recovery given                      so much is won                                                           (1)
 *     capacity and affinity given         batch sorption in portions, competitive Langmuir, contactor.c            (2)
 *     else                                it cannot be known: the element is posted as such, and nothing is made of it
 *   sorbent at saturation                 1/(capacity x mean molar mass), a floor that needs no isotherm            (3)
 *   batteries                             what is won goes through the cell: Faraday, voltage, current efficiency (4)
 *
 * Source    the table route_facts; each row carries its own.
 * Weakness  no competition of calcium, iron or aluminium; what is sorbed counts as won; no price of sorbent or feed.
 *           One capacity for all that compete. The mud that is delivered in such a scenario is set aside whole, as
 * solids rejected.
 */
#include "process/plant.h"

#include <math.h>
#include <string.h>

#include "process/sorption_batch.h"
#include "process/refine.h"

#define KD_YEAR  31557600.0 /* s, 365.25 days */
#define KD_WATER 1000.0     /* kg/m3 */

static const char *const route_names[] = {"mud", "milt", "capsules", "protein", "nimh"};

/* The fact about an element, of its own row or else of the route's row for all; NaN when there is none. */
static double fact(const kd_process_params *p, const char *name, int element) {
  const kd_table *t = p->route_facts;
  const kd_column *value = t != NULL ? kd_table_column(t, name) : NULL;
  double found = (double)NAN;
  if (value == NULL) return found;
  const kd_column *route = kd_table_column(t, "route"), *which = kd_table_column(t, "element");
  for (size_t r = 0; r < t->rows; r++) {
    if (strcmp(route->text[r], route_names[p->route]) != 0 || isnan(value->number[r])) continue;
    if (strcmp(which->text[r], "*") == 0 && isnan(found)) found = value->number[r];
    if (element >= 0 && kd_element_find(which->text[r]) == element) return value->number[r];
  }
  return found;
}

/* (2), for the elements that have an isotherm, in moles; the sites are the first one's. */
static void sorb(double *won, const double *feed, const double *capacity, const double *affinity, size_t count,
                 const kd_process_params *p) {
  double liquid[KD_REY], loading[KD_REY];
  const size_t stages = (size_t)p->sorbent_stages;
  memcpy(won, feed, count * sizeof *won);
  for (size_t k = 0; k < stages; k++) {
    kd_sorption_batch(liquid, loading, won, NULL, affinity, count, capacity[0], p->sorbent_dose / (double)stages);
    memcpy(won, liquid, count * sizeof *won);
  }
  for (size_t i = 0; i < count; i++) won[i] = feed[i] > 0 ? 1 - won[i] / feed[i] : 0;
}

kd_status kd_plant_route(kd_plant *s, kd_process_result *out, kd_error *err) {
  kd_status status = KD_OK;
  const kd_process_params *p = s->p;
  double feed[KD_REY], capacity[KD_REY], affinity[KD_REY], won[KD_REY];
  int which[KD_REY];
  size_t count = 0;
  double all = 0, known = 0, kept = 0, sites = 0;
  const double mass = p->route_mass * KD_YEAR;
  s->rejected = s->in->dry_mass;
  s->overflow_water = s->in->water_mass;
  memcpy(s->element_rejected, s->in->element, sizeof s->element_rejected);
  for (int e = 0; e < KD_REY; e++) {
    const double c = p->route_grade[e], q = fact(p, "capacity", e), k = fact(p, "affinity", e);
    const double given = fact(p, "recovery", e);
    s->element_feed[e] = mass * c;
    if (!(c > 0)) continue;
    all += c;
    sites += isnan(q) ? (double)NAN : c / kd_elements[e].molar_mass / q; /* kg of sorbent per kg of feed */
    if (!isnan(given)) {
      s->element_product[e] = given * mass * c;
      known += c;
    } else if (!isnan(q) && !isnan(k)) {
      feed[count] = c * KD_WATER / kd_elements[e].molar_mass;
      capacity[count] = q;
      affinity[count] = k * kd_elements[e].molar_mass;
      which[count++] = e;
      known += c;
    }
  }
  KD_CHECK(all > 0, err, KD_E_MISSING, "process.route_grade: the feed of the route %s holds no rare earth",
           route_names[p->route]);
  if (count > 0) sorb(won, feed, capacity, affinity, count, p);
  for (size_t i = 0; i < count; i++) s->element_product[which[i]] = won[i] * mass * p->route_grade[which[i]];
  if (count > 0) s->sorbent = p->sorbent_dose * mass / KD_WATER;
  for (int e = 0; e < KD_REY; e++) {
    kd_product *product = &out->products.product[e];
    const bool told =
        !isnan(fact(p, "recovery", e)) || (!isnan(fact(p, "capacity", e)) && !isnan(fact(p, "affinity", e)));
    const double element = s->element_product[e];
    if (told)
      s->element_raffinate[e] = s->element_feed[e] - element;
    else
      s->element_unknown[e] = s->element_feed[e];
    kept += element;
    const bool metal = p->route == KD_ROUTE_NIMH;
    const double factor = metal ? 1 : kd_oxide_factor((kd_element_id)e);
    *product = (kd_product){.form = element <= 0 ? KD_FORM_NONE
                                    : metal      ? KD_FORM_METAL
                                                 : KD_FORM_OXIDE,
                            .element = element,
                            .mass = element * factor};
    out->product[e] = product->mass;
    out->oxide_total += element * kd_oxide_factor((kd_element_id)e);
    if (!metal || element <= 0) continue;
    s->charge += element * kd_electrolysis_charge((kd_element_id)e) / p->current_efficiency;
    s->electrolysis_energy +=
        element * kd_electrolysis_energy((kd_element_id)e, p->cell_voltage, p->current_efficiency);
    s->carbon += element * kd_electrolysis_carbon((kd_element_id)e, p->anode_monoxide);
  }
  double total = 0;
  for (int e = 0; e < KD_REY; e++) total += out->product[e];
  for (int e = 0; e < KD_REY; e++)
    if (total > 0) out->products.product[e].purity = out->product[e] / total;
  out->products.oxide_equivalent = out->oxide_total;
  for (int e = 0; e < KD_ELEMENTS; e++) out->products.in_place[e] = s->in->element[e];
  out->route_known = known / all;
  out->route_recovery = known < all * (1 - 1e-12) ? (double)NAN : kept / (mass * all);
  out->route_purity = fact(p, "purity", -1);
  out->route_sorbent = p->route == KD_ROUTE_NIMH ? 0 : sites / all;
out:
  return status;
}
