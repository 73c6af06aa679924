// SPDX-License-Identifier: Apache-2.0
/* Measures of supply security.
 *
 *   HHI  = sum (100 s)^2                                                            s shares, 0..10,000             (1)
 *   IR   = (I - E) / (P + I - E)                                                                                    (2)
 *   SR   = [H_global IR/2 + H_sourcing (1 - IR/2)] (1 - EoL) SI,   H = sum s^2 g t (3) N    = (DP TE EV)^(1/3) (4) GPR
 * = HHI sum(g f) / (P + F)                                                                                   (5) days =
 * n / (cut - own)                                                                                          (6) loss NRI
 * 0.43 % x T;   Mizuho 0.88 % x (T - n)/(1 year - n), T > n;   DIR 1.3 % x T           (one year: T = 1) (7) V    = h
 * dL (1 - (1+r)^-N)/r                                                                                    (8) CE   = W -
 * [(1-h) W^(1-g) + h (W-L)^(1-g)]^(1/(1-g)),   g = 1: W - W^(1-h) (W-L)^h                               (9) P/P0 =
 * s^(-1/(e+d)),  Q/Q0 = s^(d/(e+d))                 e supply, d demand elasticity, both positive          (10)
 *
 * Source    (3) European Commission 2017 (methodology of the critical raw materials list); (4) Nassar et al. 2020; (5)
 *           GeoPolRisk (Gemechu et al. 2016, in outline); (7) NRI Kiuchi December 2025 and January 2026, Mizuho, DIR 5
 *           December 2025; (9) Pratt 1964.
 * Range     s above 0; e + d above 0.
 * Weakness  (7): NRI seems to scale the loss rate of 2010, DIR lets missing parts stop assembly; the time law of Mizuho
 * and DIR below and above one year is ours. (10): published elasticities of rare earths are scarce.
 */
#include "supply/security.h"

#include <math.h>

double kd_hhi(const double *share, size_t count) {
  double sum = 0;
  for (size_t i = 0; i < count; i++) sum += 1e4 * share[i] * share[i];
  return sum;
}

double kd_import_reliance(double production, double imports, double exports) {
  double net = imports - exports, used = production + net;
  if (!(used > 0)) return (double)NAN;
  return net > 0 ? net / used : 0;
}

double kd_governance_scale(double indicator) {
  return 2 * (2.5 - indicator);
}

double kd_weighted_concentration(const double *share, const double *governance, const double *trade, size_t count) {
  double sum = 0;
  for (size_t i = 0; i < count; i++) sum += share[i] * share[i] * governance[i] * trade[i];
  return sum;
}

double kd_ec_supply_risk(double global, double sourcing, double import_reliance, double recycling,
                         double substitution) {
  double mixed = isnan(global)     ? sourcing
                 : isnan(sourcing) ? global
                                   : global * import_reliance / 2 + sourcing * (1 - import_reliance / 2);
  return mixed * (1 - recycling) * substitution;
}

double kd_nassar_risk(double disruption, double exposure, double vulnerability) {
  return cbrt(disruption * exposure * vulnerability);
}

double kd_trade_exposure(double primary, double secondary, double imports, double exports, double stock_release) {
  double net = imports - exports + stock_release, used = primary + secondary + net;
  return used > 0 ? net / used : (double)NAN;
}

double kd_geopolrisk(double hhi, double weighted_imports, double production, double imports) {
  return hhi * weighted_imports / (production + imports);
}

double kd_stock_days(double days, double cut, double own) {
  return own >= cut ? (double)INFINITY : days / (cut - own);
}

double kd_embargo_nri(double yearly, double duration, double year) {
  return yearly * duration / year;
}

double kd_embargo_mizuho(double yearly, double duration, double stock, double year) {
  return duration > stock ? yearly * (duration - stock) / (year - stock) : 0;
}

double kd_embargo_dir(double yearly, double duration, double year) {
  return yearly * duration / year;
}

double kd_insurance_value(double avoided, double hazard, double rate, double years) {
  double annuity = rate == 0 ? years : -expm1(-years * log1p(rate)) / rate;
  double yearly = hazard * avoided;
  return yearly == 0 ? 0 : yearly * annuity;
}

double kd_certainty_loss(double income, double loss, double hazard, double aversion) {
  /* In units of income, so that no digits are lost in large powers. */
  double left = 1 - loss / income, equivalent;
  if (aversion == 1)
    equivalent = pow(left, hazard);
  else {
    double power = 1 - aversion;
    equivalent = exp(log1p(hazard * expm1(power * log(left))) / power);
  }
  return income * (1 - equivalent);
}

void kd_isoelastic(double *price, double *quantity, double supply_left, double supply_elasticity,
                   double demand_elasticity) {
  double sum = supply_elasticity + demand_elasticity;
  *price = pow(supply_left, -1 / sum);
  *quantity = pow(supply_left, demand_elasticity / sum);
}
