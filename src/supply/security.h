// SPDX-License-Identifier: Apache-2.0
/* Measures of supply security: concentration, criticality, stocks, embargo loss, insurance, price response. */
#ifndef KD_SUPPLY_SECURITY_H
#define KD_SUPPLY_SECURITY_H

#include <stddef.h>

/* Herfindahl-Hirschman index, sum of (100 s)^2 with shares as fractions of one: 0..10,000. */
double kd_hhi(const double *share, size_t count);

/* (I - E) / (P + I - E), 0 for a net exporter; imports, exports and production in one unit. NaN when nothing is used.
 */
double kd_import_reliance(double production, double imports, double exports);

/* World governance indicator (-2.5 .. 2.5, high is good) on the scale 0 (good) .. 10 (bad): 2 (2.5 - w). */
double kd_governance_scale(double indicator);

/* European Commission 2017: HHI weighted by governance and trade, sum s^2 g t (shares as fractions, g on 0..10). */
double kd_weighted_concentration(const double *share, const double *governance, const double *trade, size_t count);
/* SR = [HHI_global IR/2 + HHI_sourcing (1 - IR/2)] (1 - EoL_RIR) SI; a source that is NaN is replaced by the other. */
double kd_ec_supply_risk(double global, double sourcing, double import_reliance, double recycling, double substitution);

/* Nassar et al. 2020: cube root of disruption potential, trade exposure and economic vulnerability, each 0..1. */
double kd_nassar_risk(double disruption, double exposure, double vulnerability);
/* (I - E + dS) / (PP + SP + I - E + dS) */
double kd_trade_exposure(double primary, double secondary, double imports, double exports, double stock_release);

/* GeoPolRisk: HHI (fraction) times the import risk sum g f / (P + F). */
double kd_geopolrisk(double hhi, double weighted_imports, double production, double imports);

/* Days until a stock of `days` of demand is used up when the share `cut` of supply stops and `own` (share of demand) is
 * added: days / (cut - own); (double)INFINITY when own covers the cut. */
double kd_stock_days(double days, double cut, double own);

/* Share of gross domestic product lost in an embargo of `duration` (any unit of time; year, stock in the same):
 * NRI and DIR linear in time, Mizuho from the day on which the stock is used up. */
double kd_embargo_nri(double yearly, double duration, double year);
double kd_embargo_mizuho(double yearly, double duration, double stock, double year);
double kd_embargo_dir(double yearly, double duration, double year);

/* Expected worth of avoiding `avoided` once an embargo strikes, hazard a year, over `years`, at a real rate. */
double kd_insurance_value(double avoided, double hazard, double rate, double years);
/* What a year's certainty is worth to someone with relative risk aversion `aversion` and income `income` who loses
 * `loss` with probability `hazard`: the certainty-equivalent loss. */
double kd_certainty_loss(double income, double loss, double hazard, double aversion);

/* Isoelastic response to a supply of which the share s is left at the old price: price and quantity over the old ones.
 */
void kd_isoelastic(double *price, double *quantity, double supply_left, double supply_elasticity,
                   double demand_elasticity);

#endif
