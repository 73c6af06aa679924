// SPDX-License-Identifier: Apache-2.0
/* The stage: output against demand, imports before and after, years in place, and the embargo.
 *
 *   o_e output, D_e demand of Japan, P_e = recycled share x D_e, m_c share of supplier c in imports of e
 *   imports      before D - P, after max(0, D - P - o); what o displaces comes off the largest supplier first, or off
 * all in proportion; an output above demand is surplus and displaces nothing                            (1) HHI sum
 * over foreign suppliers of (100 x their share of demand)^2: own output adds no risk             (2) shortage m_China
 * (D - P) of the elements that are cut off                                                   (3) cover c_e    min(1, o
 * T / (shortage (T - n)))           T embargo, n stock of the method (Mizuho 60 days, else 0)(4) avoided      loss x
 * sum(w c) / sum(w) over the elements cut off                                                 (5)
 *
 * Source    (2) HHI with the foreign shares alone, as in import-risk measures; (5) is our stated rule: published losses
 *           are for all rare earths together and do not say which element does the harm, so weights w carry it.
 * Weakness  no price response, no re-routing, no stocks by element; weights are assumed; see docs/theory/supply.md. */
#include "supply/supply.h"

#include <math.h>
#include <string.h>

#include "supply/market.h"
#include "supply/security.h"

#define KD_YEAR 31557600.0 /* s */

typedef struct market {
  double japan[KD_ELEMENTS], world[KD_ELEMENTS], weight[KD_ELEMENTS];
  double import[KD_ELEMENTS][KD_SUPPLIERS];
} market;

static void read_market(market *out, double *state, const kd_supply_params *p) {
  double special[KD_ELEMENTS];
  kd_market_demand(out->japan, p->demand_table, "recent", "japan");
  kd_market_demand(out->world, p->demand_table, "recent", "world");
  kd_market_demand(special, p->demand_table, "takaya_2018", "world");
  kd_market_imports(out->import, p->import_table);
  kd_market_weights(out->weight, p->weight_table);
  kd_market_controls(state, p->control_table, p->embargo_date);
  for (size_t e = 0; e < KD_ELEMENTS; e++) {
    if (p->demand_set == KD_DEMAND_TAKAYA_2018) out->world[e] = special[e];
    if (!isnan(p->japan_demand[e])) out->japan[e] = p->japan_demand[e];
    if (!isnan(p->world_demand[e])) out->world[e] = p->world_demand[e];
    if (!isnan(p->weight[e])) out->weight[e] = p->weight[e];
    out->japan[e] *= p->demand_factor;
    out->world[e] *= p->demand_factor;
  }
}

/* What is left of each supplier's delivery when own output takes `own` off; all per unit of time. */
static void displace(double *delivery, double own, int displacement) {
  double sum = 0;
  for (size_t s = 0; s < KD_SUPPLIERS; s++) sum += delivery[s];
  if (own >= sum) {
    memset(delivery, 0, KD_SUPPLIERS * sizeof *delivery);
    return;
  }
  if (displacement == KD_DISPLACE_PROPORTIONAL) {
    for (size_t s = 0; s < KD_SUPPLIERS; s++) delivery[s] *= 1 - own / sum;
    return;
  }
  while (own > 0) {
    size_t largest = 0;
    for (size_t s = 1; s < KD_SUPPLIERS; s++)
      if (delivery[s] > delivery[largest]) largest = s;
    double taken = fmin(own, delivery[largest]);
    delivery[largest] -= taken, own -= taken;
    if (taken <= 0) return;
  }
}

static double ratio(double a, double b) {
  return b > 0 ? a / b : (double)NAN;
}

/* Imports of one element before and after, as shares of demand. */
static void trade(kd_supply_result *out, double *imports, double *left, const market *m, const kd_supply_params *p,
                  size_t e) {
  double share[KD_SUPPLIERS], demand = m->japan[e];
  for (size_t s = 0; s < KD_SUPPLIERS; s++) imports[s] = left[s] = m->import[e][s] * demand * (1 - p->recycled);
  displace(left, out->output[e], p->displacement);
  double before = 0, after = 0;
  for (size_t s = 0; s < KD_SUPPLIERS; s++) share[s] = ratio(imports[s], demand), before += imports[s];
  out->hhi[e] = kd_hhi(share, KD_SUPPLIERS);
  for (size_t s = 0; s < KD_SUPPLIERS; s++) share[s] = ratio(left[s], demand), after += left[s];
  out->hhi_with[e] = kd_hhi(share, KD_SUPPLIERS);
  out->import_dependence[e] = ratio(after, demand);
  out->china_share[e] = ratio(imports[KD_SUPPLIER_CHINA], demand);
  out->china_share_with[e] = ratio(left[KD_SUPPLIER_CHINA], demand);
  out->surplus[e] = fmax(0, out->output[e] - before);
}

static void compare_with_demand(kd_supply_result *out, const market *m, const kd_supply_params *p,
                                const kd_resource *resource) {
  double japan = 0, world = 0, own_japan = 0, own_world = 0, before = 0, after = 0;
  double from[KD_SUPPLIERS] = {0}, to[KD_SUPPLIERS] = {0};
  for (size_t e = 0; e < KD_ELEMENTS; e++) {
    double imports[KD_SUPPLIERS], left[KD_SUPPLIERS], oxide = resource->element[e] * kd_oxide_factor((kd_element_id)e);
    out->japan_demand[e] = m->japan[e], out->world_demand[e] = m->world[e];
    out->japan_share[e] = ratio(out->output[e], m->japan[e]);
    out->world_share[e] = ratio(out->output[e], m->world[e]);
    out->years_japan[e] = ratio(oxide, m->japan[e]);
    out->years_world[e] = ratio(oxide, m->world[e]);
    if (!isnan(m->world[e])) world += m->world[e], own_world += out->output[e];
    out->surplus[e] = out->output[e];
    out->import_dependence[e] = out->china_share[e] = out->china_share_with[e] = out->hhi[e] = out->hhi_with[e] =
        (double)NAN;
    if (isnan(m->japan[e])) continue;
    trade(out, imports, left, m, p, e);
    japan += m->japan[e], own_japan += out->output[e];
    for (size_t s = 0; s < KD_SUPPLIERS; s++) from[s] += imports[s], to[s] += left[s];
  }
  for (size_t s = 0; s < KD_SUPPLIERS; s++) {
    before += from[s], after += to[s];
    from[s] = ratio(from[s], japan), to[s] = ratio(to[s], japan);
  }
  out->japan_share_total = ratio(own_japan, japan), out->world_share_total = ratio(own_world, world);
  out->import_dependence_before = ratio(before, japan), out->import_dependence_after = ratio(after, japan);
  out->china_share_before = from[KD_SUPPLIER_CHINA], out->china_share_after = to[KD_SUPPLIER_CHINA];
  out->hhi_before = kd_hhi(from, KD_SUPPLIERS), out->hhi_after = kd_hhi(to, KD_SUPPLIERS);
}

/* Share of the shortage of an element that own output covers when a stock of `stock` is used first. */
static double cover(double own, double shortage, double duration, double stock) {
  double wanted = shortage * (duration - stock);
  return wanted > 0 ? fmin(1, own * duration / wanted) : 0;
}

static void strike(kd_supply_result *out, const market *m, const kd_supply_params *p) {
  double weight[KD_EMBARGO_METHODS] = {0}, covered[KD_EMBARGO_METHODS] = {0};
  const double stock[KD_EMBARGO_METHODS] = {[KD_EMBARGO_MIZUHO] = p->mizuho_stock};
  for (size_t e = 0; e < KD_ELEMENTS; e++) {
    bool cut = p->embargo_scope == KD_SCOPE_ALL || (int)out->control_state[e] > KD_CONTROL_FREE;
    double china = isnan(out->china_share[e]) ? 0 : out->china_share[e];
    double demand = isnan(m->japan[e]) ? 0 : m->japan[e];
    out->shortage[e] = cut ? china * demand : 0;
    out->cover[e] = cover(out->output[e], out->shortage[e], p->embargo_duration, 0);
    double own = ratio(out->output[e], demand), days = kd_stock_days(p->stock, cut ? china : 0, isnan(own) ? 0 : own);
    double bare = kd_stock_days(p->stock, cut ? china : 0, 0);
    out->days_of_cover[e] = isinf(bare) ? (double)NAN : bare;
    out->days_of_cover_with[e] = isinf(days) ? (double)NAN : days;
    if (!(out->shortage[e] > 0)) continue;
    for (size_t k = 0; k < KD_EMBARGO_METHODS; k++) {
      weight[k] += m->weight[e];
      covered[k] += m->weight[e] * cover(out->output[e], out->shortage[e], p->embargo_duration, stock[k]);
    }
  }
  out->loss_share[KD_EMBARGO_NRI] = kd_embargo_nri(p->nri_loss, p->embargo_duration, KD_YEAR);
  out->loss_share[KD_EMBARGO_MIZUHO] = kd_embargo_mizuho(p->mizuho_loss, p->embargo_duration, p->mizuho_stock, KD_YEAR);
  out->loss_share[KD_EMBARGO_DIR] = kd_embargo_dir(p->dir_loss, p->embargo_duration, KD_YEAR);
  for (size_t k = 0; k < KD_EMBARGO_METHODS; k++) {
    double gdp = k == KD_EMBARGO_DIR ? p->gdp_real : p->gdp_nominal;
    out->critical_cover[k] = weight[k] > 0 ? covered[k] / weight[k] : 0;
    out->loss[k] = out->loss_share[k] * gdp;
    out->avoided[k] = out->loss[k] * out->critical_cover[k];
    out->avoided_share[k] = out->loss_share[k] * out->critical_cover[k];
    out->remaining[k] = out->loss[k] - out->avoided[k];
    out->insurance_value[k] =
        kd_insurance_value(out->avoided[k], p->embargo_hazard, p->discount_rate, p->horizon / KD_YEAR);
  }
}

kd_status kd_supply_run(kd_supply_result *out, const kd_supply_params *p, const kd_products *products,
                        const kd_resource *resource, kd_work *work) {
  kd_status status = KD_OK;
  market m;
  memset(out, 0, sizeof *out);
  read_market(&m, out->control_state, p);
  for (size_t e = 0; e < KD_ELEMENTS; e++) {
    const kd_product *product = &products->product[e];
    out->output[e] = product->element * kd_oxide_factor((kd_element_id)e) / KD_YEAR;
    KD_CHECK(product->element >= 0, work->err, KD_E_MODEL, "%s: a product of %g kg", kd_elements[e].symbol,
             product->element);
  }
  compare_with_demand(out, &m, p, resource);
  strike(out, &m, p);
out:
  return status;
}
