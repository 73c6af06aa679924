// SPDX-License-Identifier: Apache-2.0
/* The cash flow of a project in real money of one date, year by year, and what follows from it. */
#ifndef KD_ECONOMY_CASH_FLOW_H
#define KD_ECONOMY_CASH_FLOW_H

#include <stdbool.h>
#include <stddef.h>

#include "economy/depreciation.h"

#define KD_CASH_YEARS 80 /* construction + life + closing year, and year 0 */

/* A project whose full-rate years are all alike. Money in one unit of constant value; quantities a year. */
typedef struct kd_project {
  int construction;       /* whole years before production, 0..10; 0: all capital at the base date */
  int life;               /* whole years of production, 1..60 */
  double ramp_up;         /* years from nothing to full rate, straight line; 0: full at once */
  double rate;            /* real discount rate, above -1 */
  bool at_production;     /* values are stated at the start of production, not of construction */
  double capital;         /* first capital, spent in equal parts at the end of each construction year */
  double renewals;        /* spent over the life in equal parts, and charged against tax in the same year */
  double closure;         /* paid in the year after the last */
  double working_capital; /* tied up at full rate, follows the ramp, comes back in the year after the last */
  double revenue;         /* a year at full rate */
  double fixed_cost;      /* a year, from the first production year on */
  double variable_cost;   /* a year at full rate */
  double quantity;        /* kg sold a year at full rate */
  double tax_rate;
  kd_depreciation depreciation;
  int depreciation_life; /* years; what is left at the end of life is written off then */
} kd_project;

typedef struct kd_cash_flow {
  size_t count;                   /* years 0..count-1 */
  double factor[KD_CASH_YEARS];   /* discount factor to the base date */
  double activity[KD_CASH_YEARS]; /* share of the full rate */
  double running[KD_CASH_YEARS];  /* 1 in a production year, else 0 */
  double charge[KD_CASH_YEARS];   /* depreciation */
  double tax[KD_CASH_YEARS];
  double flow[KD_CASH_YEARS]; /* after tax */
  double pv_quantity, pv_activity, pv_running;
  double pv_capital, pv_renewals, pv_closure, pv_working; /* working capital: what tying it up costs */
  double npv, total_tax, total_flow;
} kd_cash_flow;

/* Lays out the years. The project must be inside the ranges above. */
void kd_cash_flow_run(kd_cash_flow *out, const kd_project *project);

/* Net present value with another yearly revenue at full rate. */
double kd_cash_flow_npv(const kd_cash_flow *self, const kd_project *project, double revenue);

/* Levelised cost before tax: present value of all costs over that of the quantity. NaN when nothing is sold. */
double kd_cash_flow_levelised(const kd_cash_flow *self, const kd_project *project);

/* Price per kg at which the net present value after tax is zero; NaN when nothing is sold. */
double kd_cash_flow_break_even(const kd_cash_flow *self, const kd_project *project);

#endif
