// SPDX-License-Identifier: Apache-2.0
/* Bottom-up cost: first capital by part, and the cost of a year by group. Money in USD of 2026. */
#ifndef KD_ECONOMY_COST_H
#define KD_ECONOMY_COST_H

#include "economy/bill.h"
#include "economy/economy.h"

#define KD_YEAR 31557600.0 /* s, 365.25 days: the year of the unit table */

/* Sizes and masses that costs follow. */
typedef struct kd_scale {
  double lifted, plant_feed, cake; /* kg dry a year: up the pipe, into the leach, shipped to the mainland */
  double mining, plant;            /* kg dry a second that is built for */
  double output;                   /* kg REO a year */
  double ships;                    /* whole ships for an owned fleet; ship years for a hired one */
  double ship_size;                /* cost of this ship over that of the reference ship, not below 1 */
} kd_scale;

/* Errors: KD_E_MODEL when there is nothing to size the works by. */
kd_status kd_cost_scale(kd_scale *out, const kd_economy_params *p, const kd_bill *bill, double oxide, kd_error *err);

/* First capital by part, contingency, escalation and the common factor included. */
void kd_cost_capital(double part[KD_PARTS], const kd_economy_params *p, const kd_scale *scale);

/* A full-rate year by group: what is paid whatever comes up, and what follows the output. KD_GROUP_CAPITAL is 0. */
void kd_cost_operating(double fixed[KD_GROUPS], double variable[KD_GROUPS], const kd_economy_params *p,
                       const kd_bill *bill, const kd_scale *scale, const double part[KD_PARTS]);

#endif
