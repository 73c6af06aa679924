// SPDX-License-Identifier: Apache-2.0
/* Heat of leach, neutralisation and calcination. SI. */
#ifndef KD_PROCESS_HEAT_H
#define KD_PROCESS_HEAT_H

/* J per mol, negative: heat set free, at 25 C. */
#define KD_HEAT_APATITE     (-27.3e3)  /* Ca5(PO4)3F + 10 H+ = 5 Ca2+ + 3 H3PO4 + HF */
#define KD_HEAT_CALCITE     (-14.6e3)  /* CaCO3 + 2 H+ = Ca2+ + CO2(g) + H2O */
#define KD_HEAT_ALUMINA     (-96.0e3)  /* AlO1.5 of gibbsite kind + 3 H+ = Al3+ + 1.5 H2O, per mol Al */
#define KD_HEAT_FERRIC      (-47.0e3)  /* FeO1.5 + 3 H+ = Fe3+ + 1.5 H2O, per mol Fe */
#define KD_HEAT_NEUTRAL     (-55.8e3)  /* H+ + OH- = H2O */
#define KD_HEAT_LIME        (-193.6e3) /* CaO + 2 H+ = Ca2+ + H2O */
#define KD_HEAT_HCL         (-6.0e3)   /* 35 % HCl to dilute, assumed */
#define KD_HEAT_H2SO4       (-85.0e3)  /* 98 % H2SO4 to dilute, assumed: 95.3 from pure less what the 2 % took */
#define KD_HEAT_EVAPORATION 2.442e6    /* J/kg water at 25 C */
#define KD_CAPACITY_LIQUOR  4000.0     /* J/(kg K), assumed */
#define KD_CAPACITY_SOLID   850.0      /* J/(kg K), assumed: clay */

#endif
