// SPDX-License-Identifier: Apache-2.0
/* Countercurrent extraction of two components with constant separation factor and constant flows.
 *
 *   minimum    aqueous feed  W_min = 1/(beta-1), S_min = W_min + f_A
 *              organic feed  S_min = 1/(beta-1), W_min = S_min + f_B                                           (1)
 *   products   f_A' P_A + f_B' (1-P_B) = f_A,   f_A' + f_B' = 1                                                (2)
 *   aqueous    W = S - f_A',  E_M = S/(S + f_B'),  E'_M = S/W                                                  (3)
 *   organic    W = S + f_B',  E_M = S/W,  E'_M = (S + 1)/W                                                     (4)
 *   stages     a = [P_A/(1-P_A)]/(f_A/f_B),  b = [P_B/(1-P_B)]/(f_B/f_A)
 *              n = ln b / ln(beta E_M),  m + 1 = ln a / ln(beta'/E'_M)                                         (5)
 *   optimum    f_B' > sqrt(beta)/(1+sqrt(beta)): E_M = 1/sqrt(beta), else E'_M = sqrt(beta')                   (6)
 *   Fenske     N = ln[(P_A/(1-P_A)) (P_B/(1-P_B))] / ln beta                                                   (7)
 *   Kremser    raffinate share = (E-1)/(E^(n+1)-1)                                                             (8)
 *
 *   beta     separation factor A over B        f_A, f_B   mole shares of the feed     P_A, P_B   purities at the ends
 *   S, W     rare earth in the organic, and carried back by the scrub, mol per mol feed
 *
 * Source    (3)-(6) Xu Guangxian's theory of countercurrent extraction as restated by Cheng et al. 2014; (1) and (4)
 *           follow from balances at the feed pinch (derived). (7) Fenske 1932, (8) Kremser 1930.
 * Exact     kd_smoker_stages: constant beta with straight operating lines is distillation with constant relative
 *           volatility, whose stage count Smoker 1938 gave in closed form.
 * Weakness  (5) takes the end purities as if the other section were perfect and knows no pinch at the feed: it is
 *           short by two or three stages at each worked case, and near S_min by far more. Use the exact count.
 */
#include "process/xu.h"

#include <math.h>
#include <stddef.h>

double kd_xu_s_min(double beta, double f_a, kd_feed_phase feed) {
  return 1 / (beta - 1) + (feed == KD_FEED_AQUEOUS ? f_a : 0);
}

double kd_xu_w_min(double beta, double f_a, kd_feed_phase feed) {
  return 1 / (beta - 1) + (feed == KD_FEED_AQUEOUS ? 0 : 1 - f_a);
}

kd_status kd_xu_products(double *product_a, double *product_b, const kd_cut_goal *goal, kd_error *err) {
  kd_status status = KD_OK;
  double f_b = 1 - goal->f_a;
  KD_CHECK(goal->purity_a > goal->f_a, err, KD_E_INFEASIBLE,
           "purity_a %g: must be above the share of A in the feed, %g", goal->purity_a, goal->f_a);
  KD_CHECK(goal->purity_b > f_b, err, KD_E_INFEASIBLE, "purity_b %g: must be above the share of B in the feed, %g",
           goal->purity_b, f_b);
  double a = (goal->f_a - (1 - goal->purity_b)) / (goal->purity_a + goal->purity_b - 1);
  *product_a = a;
  *product_b = 1 - a;
out:
  return status;
}

static kd_status flows(kd_cut_design *d, const kd_cut_goal *goal, double s, kd_error *err) {
  kd_status status = KD_OK;
  KD_TRY(kd_xu_products(&d->product_a, &d->product_b, goal, err));
  d->s = s;
  if (goal->feed == KD_FEED_AQUEOUS) {
    KD_CHECK(s > d->product_a, err, KD_E_INFEASIBLE, "s %g: must be above the organic product, %g mol per mol feed", s,
             d->product_a);
    d->w = s - d->product_a;
    d->e_m = s / (s + d->product_b);
    d->e_m_scrub = s / d->w;
  } else {
    d->w = s + d->product_b;
    d->e_m = s / d->w;
    d->e_m_scrub = (s + 1) / d->w;
  }
out:
  return status;
}

kd_status kd_xu_design(kd_cut_design *out, const kd_cut_goal *goal, double s, kd_error *err) {
  kd_status status = KD_OK;
  KD_TRY(flows(out, goal, s, err));
  KD_CHECK(goal->beta * out->e_m > 1, err, KD_E_INFEASIBLE,
           "s %g: beta E_M is %g and must be above 1, B is not washed out of the extraction section", s,
           goal->beta * out->e_m);
  KD_CHECK(goal->beta_scrub > out->e_m_scrub, err, KD_E_INFEASIBLE,
           "s %g: E'_M %g must be below beta' %g, A is washed out with the scrub", s, out->e_m_scrub, goal->beta_scrub);
  double f_b = 1 - goal->f_a;
  out->a = goal->purity_a / (1 - goal->purity_a) * f_b / goal->f_a;
  out->b = goal->purity_b / (1 - goal->purity_b) * goal->f_a / f_b;
  out->extraction = log(out->b) / log(goal->beta * out->e_m);
  out->scrub = log(out->a) / log(goal->beta_scrub / out->e_m_scrub) - 1;
out:
  return status;
}

kd_status kd_xu_optimum(double *s, int *extraction_controlled, const kd_cut_goal *goal, kd_error *err) {
  kd_status status = KD_OK;
  double a = 0, b = 0, root = sqrt(goal->beta), root_scrub = sqrt(goal->beta_scrub);
  KD_CHECK(goal->feed == KD_FEED_AQUEOUS, err, KD_E_MODEL, "the optimum is published for an aqueous feed only");
  KD_TRY(kd_xu_products(&a, &b, goal, err));
  *extraction_controlled = b > root / (1 + root);
  if (*extraction_controlled)
    *s = b / (root - 1); /* E_M = S/(S + f_B') = 1/sqrt(beta) */
  else
    *s = a * root_scrub / (root_scrub - 1); /* E'_M = S/(S - f_A') = sqrt(beta') */
out:
  return status;
}

/* Smoker 1938: stages from composition x0 to xn (shares of A in the aqueous, rising) along y = k x + c with equilibrium
 * y = beta x / (1 + (beta-1) x). The map from stage to stage is a fractional line (Moebius) map; with t = x - x*, x*
 * its lower fixed point in the operating region, 1/t turns it into a geometric progression. Returns NaN at a pinch. */
static double smoker(double beta, double k, double c, double x0, double xn) {
  /* fixed points: k (beta-1) z^2 + [k + c (beta-1) - beta] z + c = 0 */
  double qa = k * (beta - 1), qb = k + c * (beta - 1) - beta;
  double root = qb * qb - 4 * qa * c;
  if (root <= 0) return (double)NAN;
  root = sqrt(root);
  double far = qb <= 0 ? (-qb + root) / 2 : (-qb - root) / 2; /* the root of larger size, free of cancellation */
  double z1 = far / qa, z2 = c / far;
  double low = fmin(z1, z2), high = fmax(z1, z2);
  if (!(x0 > low && xn < high && x0 < high && xn > low)) return (double)NAN;
  /* One stage up: from aqueous x of stage j the organic in equilibrium is y = beta x/(1+(beta-1)x), and the aqueous of
   * the next stage is (y - c)/k. (x - low)/(high - x) grows by the same factor at every stage. */
  double d_low = 1 + (beta - 1) * low, d_high = 1 + (beta - 1) * high;
  double factor =
      log(d_high / d_low); /* ratio of the derivatives' square roots: f'(z) = beta/(k d^2), f'(low) f'(high) = 1 */
  return log((xn - low) * (high - x0) / ((high - xn) * (x0 - low))) / factor;
}

kd_status kd_smoker_stages(double *extraction, double *scrub, const kd_cut_goal *goal, double s, kd_error *err) {
  kd_status status = KD_OK;
  kd_cut_design d = {0};
  KD_TRY(flows(&d, goal, s, err));
  /* Raffinate end: aqueous x of stage 1 is the product, 1 - P_B. Organic end: organic y of the last stage is P_A.
   * Operating lines y_j against x_(j+1): extraction, aqueous S + f_B' down against S up; scrub, W down against S up. */
  double x1 = 1 - goal->purity_b, y_end = goal->purity_a;
  double up_extraction = s, down_extraction = s + d.product_b, up_scrub = s, down_scrub = d.w;
  if (goal->feed == KD_FEED_ORGANIC) down_extraction = d.w, up_scrub = s + 1;
  double k1 = down_extraction / up_extraction, c1 = -d.product_b * x1 / up_extraction;
  double k2 = down_scrub / up_scrub, c2 = d.product_a * y_end / up_scrub;
  /* Crossing of the lines: the composition where the feed enters. */
  double x_feed = (c2 - c1) / (k1 - k2);
  double x_end = y_end / (goal->beta_scrub - (goal->beta_scrub - 1) * y_end); /* aqueous beside y_end */
  *extraction = smoker(goal->beta, k1, c1, x1, x_feed);
  *scrub = smoker(goal->beta_scrub, k2, c2, x_feed, x_end) + 1;
  KD_CHECK(isfinite(*extraction) && isfinite(*scrub), err, KD_E_INFEASIBLE,
           "s %g: the cut pinches at the feed; pure products need more than %g mol per mol feed", s,
           kd_xu_s_min(goal->beta, goal->f_a, goal->feed));
out:
  return status;
}

double kd_fenske_stages(double beta, double purity_a, double purity_b) {
  return log(purity_a / (1 - purity_a) * purity_b / (1 - purity_b)) / log(beta);
}

/* ln e; e - 1 is exact near 1, where log(e) would lose digits. */
static double log_factor(double e) {
  return fabs(e - 1) < 0.5 ? log1p(e - 1) : log(e);
}

double kd_kremser_raffinate(double *extracted, double e, double n) {
  double l = log_factor(e), raffinate = e == 1 ? 1 / (n + 1) : expm1(l) / expm1(l * (n + 1));
  if (extracted != NULL) *extracted = raffinate < 0.5 || e == 1 ? 1 - raffinate : e * expm1(l * n) / expm1(l * (n + 1));
  return raffinate;
}

double kd_kremser_stages(double e, double raffinate) {
  if (e == 1) return 1 / raffinate - 1;
  double rest = (e - 1) / raffinate;
  if (!(rest > -1)) return (double)NAN;
  return log1p(rest) / log_factor(e) - 1;
}
