// SPDX-License-Identifier: Apache-2.0
/* Sequence and design of a train of sharp cuts between neighbours in the extraction order.
 *
 *   cut of group i..j between k and k+1:  S_min N = N/(beta_k - 1) + N_A,   N, N_A mol a year of group and of k+1..j
 * (1) C(i,j) = min over k of [ S_min N + C(i,k) + C(k+1,j) ] (2) base = acid = 3 S per mol feed (floor: 3 S_min) (3)
 *   purity of a group at the cut: the key neighbour may be impure by (1-P) times 1/2 (1 at the ends of the chain, which
 *   have one neighbour only), and no cut may let more than `slip` of a key element go astray (4) products: P T_p + sum
 * over q != p of (1-P) T_q o_p/(O - o_q) = o_p                                                  (5)
 *
 *   (5) has the closed form T_p = o_p (1-K) / (P - (1-P) o_p/(O-o_p)), K = V/(1+V), V = sum of (1-P)
 * T_p/((1-K)(O-o_p)).
 *
 * Source    (1) xu.c; (3) three protons exchange for one RE3+ by the extraction reaction; (2), (4), (5) our own choice.
 * Weakness  the other elements of a group count as its key; impurities come from the whole mix and not from neighbours
 *           alone; no linkage between cuts, each of which pays its own reflux.
 */
#include "process/train.h"

#include <assert.h>
#include <math.h>

typedef struct chain {
  size_t count;
  int element[KD_REY];
  double beta[KD_REY];
  double moles[KD_REY];
  double sum[KD_REY + 1]; /* sum[i]: moles of the first i */
} chain;

static void build_chain(chain *c, const kd_train_input *in) {
  double beta = 1;
  c->count = 0;
  c->sum[0] = 0;
  for (size_t k = 0; k < in->count; k++) {
    double moles = in->moles[in->order[k]];
    if (moles > 0) {
      if (c->count > 0) c->beta[c->count - 1] = beta;
      c->element[c->count] = in->order[k];
      c->moles[c->count] = moles;
      c->sum[c->count + 1] = c->sum[c->count] + moles;
      c->count++;
      beta = 1;
    }
    if (k + 1 < in->count) beta *= in->beta[k];
  }
}

static void plan(unsigned char split[KD_REY][KD_REY], const chain *c) {
  double cost[KD_REY][KD_REY], heavy[KD_REY];
  for (size_t k = 0; k < c->count; k++) {
    cost[k][k] = 0;
    heavy[k] = k + 1 < c->count ? 1 / (c->beta[k] - 1) : 0;
  }
  for (size_t length = 2; length <= c->count; length++) {
    for (size_t i = 0; i + length <= c->count; i++) {
      size_t j = i + length - 1;
      double total = c->sum[j + 1] - c->sum[i], best = (double)INFINITY;
      for (size_t k = i; k < j; k++) {
        double here = total * heavy[k] + (c->sum[j + 1] - c->sum[k + 1]) + cost[i][k] + cost[k + 1][j];
        if (here < best) {
          best = here;
          split[i][j] = (unsigned char)k;
        }
      }
      cost[i][j] = best;
    }
  }
}

static kd_status design_cut(kd_train_cut *cut, const chain *c, size_t i, size_t k, size_t j, const kd_train_input *in,
                            kd_error *err) {
  kd_status status = KD_OK;
  double total = c->sum[j + 1] - c->sum[i], above = c->sum[j + 1] - c->sum[k + 1], below = c->sum[k + 1] - c->sum[i];
  double own_above = c->moles[k + 1], own_below = c->moles[k];
  double share_above = k + 2 < c->count ? 0.5 : 1, share_below = k > 0 ? 0.5 : 1;
  double in_above = fmin((1 - in->purity) * share_above * own_above, in->slip * own_below);
  double in_below = fmin((1 - in->purity) * share_below * own_below, in->slip * own_above);
  kd_cut_goal goal = {.beta = c->beta[k],
                      .beta_scrub = c->beta[k],
                      .f_a = above / total,
                      .purity_a = 1 - in_above / above,
                      .purity_b = 1 - in_below / below,
                      .feed = KD_FEED_AQUEOUS};
  double extraction, scrub;
  cut->below = c->element[k];
  cut->above = c->element[k + 1];
  cut->first = c->element[i];
  cut->last = c->element[j];
  cut->moles = total;
  cut->beta = goal.beta;
  cut->f_a = goal.f_a;
  cut->s_min = kd_xu_s_min(goal.beta, goal.f_a, KD_FEED_AQUEOUS);
  cut->s = in->reflux * cut->s_min;
  cut->w = cut->s - goal.f_a;
  cut->e_m = cut->s / (cut->s + 1 - goal.f_a);
  cut->e_m_scrub = cut->s / cut->w;
  KD_TRY(kd_smoker_stages(&extraction, &scrub, &goal, cut->s, err));
  cut->ideal = extraction + scrub;
  cut->extraction = ceil(fmax(1, extraction / in->efficiency));
  cut->scrub = ceil(fmax(1, scrub / in->efficiency));
out:
  return status;
}

kd_status kd_train_design(kd_train *out, const kd_train_input *in, kd_error *err) {
  kd_status status = KD_OK;
  chain c;
  unsigned char split[KD_REY][KD_REY];
  struct {
    size_t i, j;
  } ahead[KD_REY];
  size_t open = 0;
  build_chain(&c, in);
  out->cuts = 0;
  out->stages = out->reagent = out->reagent_floor = out->organic = 0;
  for (size_t k = 0; k + 1 < c.count; k++) {
    KD_CHECK(c.beta[k] > 1, err, KD_E_RANGE, "separation factor of %s over %s, %g: must be above 1",
             kd_elements[c.element[k + 1]].symbol, kd_elements[c.element[k]].symbol, c.beta[k]);
  }
  plan(split, &c);
  if (c.count > 1) ahead[open].i = 0, ahead[open++].j = c.count - 1;
  while (open > 0) {
    size_t i = ahead[--open].i, j = ahead[open].j, k = split[i][j];
    kd_train_cut *cut = &out->cut[out->cuts++];
    KD_TRY(design_cut(cut, &c, i, k, j, in, err));
    out->stages += cut->extraction + cut->scrub;
    out->reagent_floor += 3 * cut->s_min * cut->moles;
    out->reagent += 3 * cut->s * cut->moles;
    out->organic += cut->s * cut->moles;
    if (j > k + 1) ahead[open].i = k + 1, ahead[open++].j = j;
    if (k > i) ahead[open].i = i, ahead[open++].j = k;
  }
out:
  return status;
}

void kd_product_contents(double *content, const double *oxide, size_t count, double purity) {
  double all = 0, v = 0, total[KD_ELEMENTS], wanted[KD_ELEMENTS];
  assert(count <= KD_ELEMENTS);
  for (size_t p = 0; p < count; p++) all += oxide[p];
  for (size_t p = 0; p < count; p++) {
    double rest = all - oxide[p];
    total[p] = oxide[p];
    wanted[p] = 1;
    if (oxide[p] <= 0 || rest <= 0) continue;
    wanted[p] = fmax(purity, 0.5 * (1 + oxide[p] / all)); /* a product is never poorer than the mix */
    total[p] = oxide[p] / (wanted[p] - (1 - wanted[p]) * oxide[p] / rest);
    v += (1 - wanted[p]) * total[p] / rest;
  }
  double k = v / (1 + v);
  for (size_t p = 0; p < count; p++) {
    double rest = all - oxide[p], made = oxide[p] > 0 && rest > 0 ? (1 - k) * total[p] : total[p];
    double foreign = rest > 0 ? (1 - wanted[p]) * made / rest : 0;
    for (size_t e = 0; e < count; e++) content[p * count + e] = e == p ? wanted[p] * made : foreign * oxide[e];
  }
}
