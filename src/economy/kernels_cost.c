// SPDX-License-Identifier: Apache-2.0
/* Kernels of cost, depreciation and joint products. */
#include "economy/allocation.h"
#include "economy/depreciation.h"
#include "economy/finance.h"
#include "economy/kernels.h"

static const kd_field scale_in[] = {
    {"cost", "USD", "Cost of the reference plant.", NULL, "0 USD", NULL, NULL, NULL},
    {"size", "1", "Size wanted, in the unit of the reference size.", NULL, "0 exclusive", NULL, NULL, NULL},
    {"reference_size", "1", "Size of the reference plant.", NULL, "0 exclusive", NULL, NULL, NULL},
    {"exponent", "1", "Exponent n; 0.6 is the six-tenths rule.", "0.6", "-1", "3", NULL, NULL}};
static const kd_field scale_out[] = {RESULT("scaled", "USD", "cost x (size/reference_size)^n.")};
static kd_status scale(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_scale_cost(in[0], in[1], in[2], in[3]);
  return KD_OK;
}

static const kd_field escalate_in[] = {
    {"cost", "USD", "Cost at the date of the first index.", NULL, NULL, NULL, NULL, NULL},
    {"index_from", "1", "Cost index (CEPCI or another) then.", NULL, "0 exclusive", NULL, NULL, NULL},
    {"index_to", "1", "Cost index now.", NULL, "0 exclusive", NULL, NULL, NULL}};
static const kd_field escalate_out[] = {RESULT("escalated", "USD", "cost x index_to/index_from.")};
static kd_status escalate(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = in[0] * in[2] / in[1];
  return KD_OK;
}

static const kd_field learning_in[] = {
    {"first", "USD", "Cost of the first unit.", NULL, "0 USD", NULL, NULL, NULL},
    {"unit", "1", "Number n of the unit, whole or not.", NULL, "1", "1e6", NULL, NULL},
    {"learning_rate", "%", "Fall of the unit's cost with each doubling, L; 20 % is an 80 % curve.", NULL, "0 %", "99 %",
     NULL, NULL}};
static const kd_field learning_out[] = {
    RESULT("cost", "USD", "Cost of unit n itself, first x n^log2(1-L) (Crawford)."),
    RESULT("mean", "USD", "Mean cost of units 1 to n, their exact sum over n; missing when n is not whole.")};
static kd_status learning(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_learning_cost(in[0], in[1], in[2]);
  out[1] = in[1] == floor(in[1]) ? kd_learning_mean(in[0], in[1], in[2]) : (double)NAN;
  return KD_OK;
}

static const kd_field accuracy_in[] = {
    {"estimate", "USD", "Point estimate.", NULL, "0 USD", NULL, NULL, NULL},
    {"estimate_class", "1",
     "AACE class (18R-97): class_1 -10/+15 %, 2 -15/+20, 3 -20/+30, 4 -30/+50, 5 -50/+100: the widest print.", NULL,
     NULL, NULL, "class_1|class_2|class_3|class_4|class_5", NULL}};
static const kd_field accuracy_out[] = {RESULT("low", "USD", "Lower outer limit."),
                                        RESULT("high", "USD", "Upper outer limit.")};
static kd_status accuracy(double *out, const double *in, kd_work *work) {
  (void)work;
  double low, high;
  kd_estimate_accuracy(&low, &high, (int)in[1] + 1);
  out[0] = in[0] * low, out[1] = in[0] * high;
  return KD_OK;
}

static const kd_field charge_in[] = {
    {"method", "1",
     "straight_line: 1/n; declining: 200 %, then straight line when that is more; japan_declining: Japan's 200 % rates "
     "with guarantee; macrs: half-year, IRS table A-1.",
     NULL, NULL, NULL, METHODS, NULL},
    {"life", "1", "Whole years: japan_declining 2 to 20, macrs 3, 5, 7, 10, 15 or 20 (ends a year later).", NULL, "1",
     "60", NULL, NULL},
    {"year", "1", "Year asked for, from 1: whole.", NULL, "1", "64", NULL, NULL},
    MONEY("cost", "1 USD", "Cost of the asset; no salvage value.")};
static const kd_field charge_out[] = {RESULT("charge", "USD", "Written off in that year."),
                                      RESULT("book", "USD", "Book value after that year.")};
static kd_status charge(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  double share[KD_DEPRECIATION_YEARS], left = 1;
  size_t years = kd_depreciation_schedule(share, (kd_depreciation)(int)in[0], (int)in[1]), year = (size_t)in[2];
  KD_CHECK(in[1] == floor(in[1]) && in[2] == floor(in[2]), work->err, KD_E_RANGE, "life %g, year %g: must be whole",
           in[1], in[2]);
  KD_CHECK(years > 0, work->err, KD_E_RANGE,
           "life %g: the schedule has none of this length (japan_declining 2 to 20; macrs 3, 5, 7, 10, 15, 20)", in[1]);
  for (size_t k = 0; k < year && k < years; k++) left -= share[k];
  if (year >= years) left = 0;
  out[0] = year <= years ? share[year - 1] * in[3] : 0;
  out[1] = left * in[3];
out:
  return status;
}

static const kd_field joint_in[] = {
    {"joint_cost", "USD", "Cost C shared by all products.", NULL, NULL, NULL, NULL, NULL},
    {"quantity", "kg", "Quantity q of each product; none of it: no cost.", "0 kg", "0 kg", NULL, NULL,
     &kd_element_labels},
    PER_ELEMENT("price", "USD/kg", "0 USD/kg", "Price p of each product."),
    PER_ELEMENT("separable", "USD/kg", "0 USD/kg", "Cost c of each product after the split (separable), per kg.")};
static const kd_field units_in[] = {
    MONEY("cost", NULL, "Cost of the asset."),
    MONEY("salvage", "0 USD", "Salvage value."),
    {"total", "1", "Units over its whole life (tonnes, hours).", NULL, "0 exclusive", NULL, NULL, NULL},
    {"units", "1", "Units of the period, in the unit of the total.", NULL, "0", NULL, NULL, NULL}};
static const kd_field units_out[] = {RESULT("charge", "USD", "(cost - salvage) x units/total.")};
static kd_status units(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[3] <= in[2], work->err, KD_E_CONTRADICTION, "units %g: must be at most the total %g", in[3], in[2]);
  out[0] = (in[0] - in[1]) * in[3] / in[2];
out:
  return status;
}

#define RULE(name, text)                                                                                               \
  { name, "USD/kg", text, NULL, NULL, NULL, NULL, &kd_element_labels }
static const kd_field joint_out[] = {
    RULE("by_mass", "Shared out by mass: C/sum q + c."),
    RULE("by_value", "Shared out by sales value: C p/sum(p q) + c."),
    RULE("by_net_value", "Shared out by net realisable value: C (p - c)/sum((p - c) q) + c."),
    RULE("by_credit", "All other products credited at market: (C + sum(c q) - sales of the others)/q.")};
static kd_status joint(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const double *q = in + 1, *p = q + KD_ELEMENTS, *c = p + KD_ELEMENTS;
  double mass = 0;
  for (size_t e = 0; e < KD_ELEMENTS; e++) mass += q[e];
  KD_CHECK(mass > 0, work->err, KD_E_MODEL,
           "quantity 0 kg of every product: there is nothing to share the cost out to");
  kd_allocate_by_mass(out, KD_ELEMENTS, in[0], q, c);
  kd_allocate_by_value(out + KD_ELEMENTS, KD_ELEMENTS, in[0], q, p, c);
  kd_allocate_by_net_value(out + 2 * KD_ELEMENTS, KD_ELEMENTS, in[0], q, p, c);
  kd_allocate_by_credit(out + 3 * KD_ELEMENTS, KD_ELEMENTS, in[0], q, p, c);
out:
  return status;
}

static const kd_field basket_in[] = {
    {"oxide", "kg", "Oxide of each element sold.", "0 kg", "0 kg", NULL, NULL, &kd_element_labels},
    PER_ELEMENT("price", "USD/kg", "0 USD/kg", "Price of each oxide.")};
static const kd_field basket_out[] = {RESULT("basket_price", "USD/kg", "Worth per kg of mixed oxide."),
                                      {"share", "%",
                                       "Share of each element in the worth; 0 when nothing is worth anything.", NULL,
                                       NULL, NULL, NULL, &kd_element_labels}};
static kd_status basket(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  double mass = 0, worth = 0;
  for (size_t e = 0; e < KD_ELEMENTS; e++) mass += in[e], worth += in[e] * in[KD_ELEMENTS + e];
  KD_CHECK(mass > 0, work->err, KD_E_MODEL, "oxide 0 kg of every element: the basket is empty");
  out[0] = worth / mass;
  for (size_t e = 0; e < KD_ELEMENTS; e++) out[1 + e] = worth > 0 ? in[e] * in[KD_ELEMENTS + e] / worth : 0;
out:
  return status;
}

static const kd_field metal_in[] = {
    {"oxide_price", "USD/kg", "Price of the oxide.", NULL, "0 USD/kg", NULL, NULL, NULL},
    {"element", "1", "Element.", NULL, NULL, NULL, "la|ce|pr|nd|sm|eu|gd|tb|dy|ho|er|tm|yb|lu|y|sc", NULL},
    {"premium", "USD/kg", "Conversion, per kg of metal.", "0 USD/kg", NULL, NULL, NULL, NULL}};
static const kd_field metal_out[] = {
    RESULT("metal_price", "USD/kg", "oxide_factor x oxide_price + premium."),
    RESULT("oxide_factor", "kg/kg", "Oxide per metal, CeO2, Pr6O11, Tb4O7, else M2O3.")};
static kd_status metal(double *out, const double *in, kd_work *work) {
  (void)work;
  out[1] = kd_oxide_factor((kd_element_id)(int)in[1]);
  out[0] = out[1] * in[0] + in[2];
  return KD_OK;
}

const kd_kernel kd_economy_cost_kernels[] = {
    KERNEL(scale, "economy.scale_cost", "Cost of a plant of another size by a power law (six-tenths rule)."),
    KERNEL(escalate, "economy.escalate", "Cost at another date by a cost index."),
    KERNEL(learning, "economy.learning", "Cost of the n-th unit by the learning curve, unit form."),
    KERNEL(accuracy, "economy.accuracy", "Outer limits of an estimate by its AACE class."),
    KERNEL(charge, "economy.depreciation", "Depreciation of a year by schedule, and the book value after it."),
    KERNEL(units, "economy.depreciation.units", "Depreciation by units of production."),
    KERNEL(joint, "economy.joint_cost", "Cost per kg of joint products under four rules of allocation."),
    KERNEL(basket, "economy.basket", "Worth of a basket of oxides per kg, and what makes it."),
    KERNEL(metal, "economy.metal_price", "Price of a metal from its oxide."),
    {.name = NULL},
};
