// SPDX-License-Identifier: Apache-2.0
/* The stage: bill of quantities -> capital and yearly cost -> cash flow -> cost per kilogram, and the money of the life
 * posted to the account "cash". Each step has its own file, which opens with its equations. */
#include "economy/economy.h"

#include <math.h>
#include <string.h>

#include "economy/allocation.h"
#include "economy/cost.h"
#include "economy/finance.h"
#include "economy/irr.h"
#include "economy/price.h"

/* What is sold in a full-rate year: kg of each product, its price and its worth. */
typedef struct sale {
  double mass[KD_ELEMENTS], price[KD_ELEMENTS], total;
} sale;

static int whole_years(double seconds) {
  return (int)lround(seconds / KD_YEAR);
}

/* Worth of the products at these oxide prices; NaN when a product that is sold has no price. */
static double worth(const kd_products *products, const double *oxide, const kd_economy_params *p) {
  double sum = 0;
  for (size_t e = 0; e < KD_ELEMENTS; e++) {
    const kd_product *item = &products->product[e];
    if (item->form == KD_FORM_NONE || item->mass <= 0) continue;
    sum += item->mass * p->payable * kd_price_of_form(item->form, (kd_element_id)e, oxide[e], p->metal_premium);
  }
  return sum;
}

static kd_status sell(sale *out, kd_economy_result *result, const kd_products *products, const kd_economy_params *p,
                      kd_error *err) {
  kd_status status = KD_OK;
  double deck[KD_DECKS][KD_ELEMENTS], oxide[KD_ELEMENTS];
  kd_price_decks(deck, p->price_table);
  kd_price_draw(oxide, deck, p);
  out->total = 0;
  for (size_t e = 0; e < KD_ELEMENTS; e++) {
    const kd_product *item = &products->product[e];
    bool sold = item->form != KD_FORM_NONE && item->mass > 0;
    KD_CHECK(!sold || !isnan(oxide[e]), err, KD_E_MISSING, "%s is sold but has no price: deck %s, economy.price.%s",
             kd_elements[e].oxide, kd_economy_deck_labels.names[p->prices], kd_elements[e].key);
    out->mass[e] = sold ? item->mass : 0;
    out->price[e] = kd_price_of_form(item->form, (kd_element_id)e, oxide[e], p->metal_premium);
    result->price[e] = out->price[e];
    result->sales_element[e] = sold ? out->mass[e] * out->price[e] * p->payable : 0;
    out->total += result->sales_element[e];
  }
  for (size_t d = 0; d < KD_DECKS; d++) {
    result->sales_deck[d] = worth(products, deck[d], p);
    result->basket_deck[d] =
        products->oxide_equivalent > 0 ? result->sales_deck[d] / products->oxide_equivalent : (double)NAN;
  }
out:
  return status;
}

static kd_project project_of(const kd_economy_params *p, double capital, const double *fixed, const double *variable,
                             double revenue, double output) {
  kd_project out = {.construction = whole_years(p->construction),
                    .life = whole_years(p->life),
                    .ramp_up = p->ramp_up / KD_YEAR,
                    .rate = p->discount_rate,
                    .at_production = p->base_date == KD_BASE_PRODUCTION,
                    .capital = capital,
                    .renewals = p->renewals * capital,
                    .closure = p->closure * capital,
                    .revenue = revenue,
                    .quantity = output,
                    .tax_rate = p->tax_rate,
                    .depreciation = (kd_depreciation)p->depreciation,
                    .depreciation_life = whole_years(p->depreciation_life)};
  for (size_t g = 0; g < KD_GROUPS; g++) out.fixed_cost += fixed[g], out.variable_cost += variable[g];
  out.working_capital = (out.fixed_cost + out.variable_cost) * p->working_capital / KD_YEAR;
  return out;
}

static void report_totals(kd_economy_result *out, const kd_economy_params *p, const kd_project *project,
                          double revenue) {
  out->capital = project->capital;
  out->capital_total = project->capital + project->renewals;
  out->cash_cost = project->fixed_cost + project->variable_cost;
  out->depreciation = out->capital_total / project->life;
  out->yearly_cost = out->cash_cost + out->depreciation;
  out->sales = revenue;
  out->capital_2016 = out->capital, out->capital_total_2016 = out->capital_total;
  out->yearly_cost_2016 = out->yearly_cost, out->cash_cost_2016 = out->cash_cost;
  out->depreciation_2016 = out->depreciation, out->sales_2016 = revenue;
  double low, high;
  kd_estimate_accuracy(&low, &high, 5 - p->estimate_class);
  out->capital_low = low * out->capital, out->capital_high = high * out->capital;
}

/* Cost per kilogram of REO, by what it pays for; the parts sum to the whole. */
static void report_waterfall(kd_economy_result *out, const kd_cash_flow *flow, const double *fixed,
                             const double *variable) {
  for (size_t g = 0; g < KD_GROUPS; g++) {
    double value = fixed[g] * flow->pv_running + variable[g] * flow->pv_activity;
    out->operating[g] = fixed[g] + variable[g];
    if (g == KD_GROUP_CAPITAL) {
      value = flow->pv_capital + flow->pv_renewals + flow->pv_closure + flow->pv_working;
      out->operating[g] = out->depreciation;
    }
    out->cost_group[g] = flow->pv_quantity > 0 ? value / flow->pv_quantity : (double)NAN;
  }
}

static void report_value(kd_economy_result *out, const kd_cash_flow *flow, const kd_project *project) {
  kd_irr irr;
  kd_irr_all(&irr, flow->flow, flow->count);
  out->npv = flow->npv;
  out->npv_positive = flow->npv > 0 ? 1 : 0;
  out->irr = irr.count == 0 ? (double)NAN : irr.rate[irr.count < KD_IRR_ROOTS ? irr.count - 1 : KD_IRR_ROOTS - 1];
  out->irr_count = (double)irr.count;
  out->payback = kd_payback(flow->flow, flow->count, 0) * KD_YEAR;
  out->payback_discounted = kd_payback(flow->flow, flow->count, project->rate) * KD_YEAR;
  out->levelised_cost = out->levelised_cost_usd = kd_cash_flow_levelised(flow, project);
  out->break_even_price = kd_cash_flow_break_even(flow, project);
  out->basket_price = project->quantity > 0 ? project->revenue / project->quantity : (double)NAN;
  out->cost_to_market = out->levelised_cost / out->basket_price;
  out->premium = out->levelised_cost - out->basket_price;
  out->premium_per_year = out->premium * project->quantity;
}

static void report_elements(kd_economy_result *out, const sale *sold) {
  double joint = out->levelised_cost * out->output;
  kd_allocate_by_mass(out->cost_by_mass, KD_ELEMENTS, joint, sold->mass, NULL);
  kd_allocate_by_value(out->cost_by_value, KD_ELEMENTS, joint, sold->mass, sold->price, NULL);
  kd_allocate_by_credit(out->cost_by_credit, KD_ELEMENTS, joint, sold->mass, sold->price, NULL);
}

/* The money of the whole life. Costs are summed by group here and as yearly flows there: the account closes or we
 * erred. */
static void post_cash(kd_ledger *ledger, const kd_project *project, const kd_cash_flow *flow, const double *fixed,
                      const double *variable) {
  static const char *const lines[KD_GROUPS] = {"economy.cost_ship",        "economy.cost_fuel",
                                               "economy.cost_lift",        "economy.cost_seabed",
                                               "economy.cost_island",      "economy.cost_carriers",
                                               "economy.cost_plant",       "economy.cost_separation",
                                               "economy.cost_labour",      "economy.cost_insurance_admin",
                                               "economy.cost_contingency", "economy.cost_capital",
                                               "economy.cost_residue"};
  double activity = 0;
  for (size_t t = 0; t < flow->count; t++) activity += flow->activity[t];
  kd_ledger_post(ledger, "economy.revenue", project->revenue * activity);
  for (size_t g = 0; g < KD_GROUPS; g++) {
    double cost = fixed[g] * project->life + variable[g] * activity;
    if (g == KD_GROUP_CAPITAL) cost = project->capital + project->renewals + project->closure;
    kd_ledger_post(ledger, lines[g], cost);
  }
  kd_ledger_post(ledger, "economy.tax", flow->total_tax);
  kd_ledger_post(ledger, "economy.net_cash", flow->total_flow);
}

kd_status kd_economy_run(kd_economy_result *out, const kd_economy_params *p, const kd_products *products,
                         kd_work *work) {
  kd_status status = KD_OK;
  kd_bill bill;
  kd_scale scale;
  sale sold;
  kd_cash_flow flow;
  double fixed[KD_GROUPS], variable[KD_GROUPS], capital = 0;

  memset(out, 0, sizeof *out);
  kd_bill_read(&bill, work->ledger);
  KD_TRY(kd_cost_scale(&scale, p, &bill, products->oxide_equivalent, work->err));
  KD_TRY(sell(&sold, out, products, p, work->err));
  kd_cost_capital(out->capital_part, p, &scale);
  kd_cost_operating(fixed, variable, p, &bill, &scale, out->capital_part);
  for (size_t i = 0; i < KD_PARTS; i++) capital += out->capital_part[i];

  kd_project project = project_of(p, capital, fixed, variable, sold.total, scale.output);
  KD_CHECK(project.life >= 1, work->err, KD_E_RANGE, "life %g years: must be at least one year", p->life / KD_YEAR);
  kd_cash_flow_run(&flow, &project);

  out->output = scale.output;
  out->mining_capacity = scale.mining, out->plant_capacity = scale.plant, out->ships = scale.ships;
  report_totals(out, p, &project, sold.total);
  report_waterfall(out, &flow, fixed, variable);
  report_value(out, &flow, &project);
  report_elements(out, &sold);
  out->cost_per_tonne = scale.lifted > 0 ? out->yearly_cost / scale.lifted : (double)NAN;
  post_cash(work->ledger, &project, &flow, fixed, variable);
out:
  return status;
}
