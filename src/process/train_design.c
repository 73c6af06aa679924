// SPDX-License-Identifier: Apache-2.0
/* Train of sharp cuts at least cost.
 *
 *   cut      group i..j between k and k+1, mixed extraction S = r S_min; ideal stages N(S) by Smoker (xu.c)        (1)
 *   base     3 S,  acid of the reflux 3 W,  acid of a product that is stripped 3 f_A, mol per mol feed             (2)
 *   volume   stages x 2 Q t,  Q = S F / loading (S + 1 for a loaded organic feed)                                   (3)
 *   cost     base, acid and volume at their prices; least over S for every cut, and
 *            C(i,j) = min over k, extractant of [cost + C(i,k) + C(k+1,j)]                                          (4)
 *   linked   the organic product goes on loaded: no strip, and its next cut has an organic feed (S_min 1/(beta-1))  (5)
 *   purity   a product may hold 1-P of others: a share phi from the cut below it, 1-phi from the cut above         (6)
 *   spread   N at beta exp(+-sigma), same S / S_min                                                                 (7)
 *
 * Source    (1) xu.c; (2) three protons for one RE3+; (4) Bellman; (5) Xu's linkage of cuts, as a balance (derived).
 * Weakness  prices are the caller's; one loading for each extractant; the closed form takes a group as its key element,
 *           the rigorous solution (separation.c) does not.
 */
#include "process/train_design.h"

#include <math.h>
#include <string.h>

#include "process/xu.h"

typedef struct chain {
  const kd_design_input *in;
  size_t count;
  double moles[KD_REY], sum[KD_REY + 1], mass[KD_REY]; /* mass: kg/mol of oxide */
  double ln_beta[KD_DESIGN_SETS][KD_REY], spread[KD_DESIGN_SETS][KD_REY];
  double share[KD_REY];
} chain;

static void build(chain *c, kd_design *out, const kd_design_input *in) {
  double ln_beta[KD_DESIGN_SETS] = {0}, variance[KD_DESIGN_SETS] = {0};
  *c = (chain){.in = in};
  for (size_t e = 0; e < in->count; e++) {
    double moles = in->moles[in->order[e]];
    if (moles > 0) {
      for (size_t s = 0; s < in->sets && c->count > 0; s++) {
        c->ln_beta[s][c->count - 1] = ln_beta[s];
        c->spread[s][c->count - 1] = sqrt(variance[s]);
      }
      memset(ln_beta, 0, sizeof ln_beta);
      memset(variance, 0, sizeof variance);
      out->element[c->count] = in->order[e];
      c->moles[c->count] = moles;
      c->mass[c->count] = kd_oxide_molar_mass((kd_element_id)in->order[e]);
      c->share[c->count] = 0.5;
      c->sum[c->count + 1] = c->sum[c->count] + moles;
      c->count++;
    }
    for (size_t s = 0; s < in->sets && e + 1 < in->count; s++) {
      ln_beta[s] += log(in->set[s].beta[e]);
      variance[s] += in->set[s].spread[e] * in->set[s].spread[e];
    }
  }
  out->chain = c->count;
}

static kd_cut_goal goal_of(const chain *c, size_t i, size_t k, size_t j, double beta, bool organic) {
  const kd_design_input *in = c->in;
  double total = c->sum[j + 1] - c->sum[i], above = c->sum[j + 1] - c->sum[k + 1], below = c->sum[k + 1] - c->sum[i];
  double own_above = c->moles[k + 1], own_below = c->moles[k], rest = 1 - kd_design_target(in);
  double share_above = k + 2 < c->count ? c->share[k + 1] : 1, share_below = k > 0 ? 1 - c->share[k] : 1;
  double ratio = in->basis == KD_PURITY_MOLE ? 1 : c->mass[k + 1] / c->mass[k]; /* a foreign mole may weigh more */
  double in_above = fmin(rest * share_above * own_above * ratio, in->slip * own_below);
  double in_below = fmin(rest * share_below * own_below / ratio, in->slip * own_above);
  return (kd_cut_goal){.beta = beta,
                       .beta_scrub = beta,
                       .f_a = above / total,
                       .purity_a = 1 - in_above / above,
                       .purity_b = 1 - in_below / below,
                       .feed = organic ? KD_FEED_ORGANIC : KD_FEED_AQUEOUS};
}

/* Ideal stages at S; infinite where it pinches. */
static double stages_at(double *extraction, double *scrub, const kd_cut_goal *goal, double s) {
  kd_error quiet = {0};
  if (kd_smoker_stages(extraction, scrub, goal, s, &quiet) != KD_OK) return (double)INFINITY;
  return *extraction + *scrub;
}

static double cost_at(kd_design_cut *cut, const chain *c, const kd_cut_goal *goal, double s) {
  const kd_design_input *in = c->in;
  bool organic = goal->feed == KD_FEED_ORGANIC;
  double extraction, scrub;
  cut->ideal = stages_at(&extraction, &scrub, goal, s);
  if (!isfinite(cut->ideal)) return (double)INFINITY;
  double product = (goal->f_a - 1 + goal->purity_b) / (goal->purity_a + goal->purity_b - 1),
         carried = s + (organic ? 1 : 0);
  cut->s = s;
  cut->w = carried - product;
  cut->extraction = fmax(1, extraction / in->efficiency);
  cut->scrub = fmax(1, scrub / in->efficiency);
  cut->base = 3 * s * cut->moles;
  cut->acid = 3 * cut->w * cut->moles;
  cut->organic_flow = carried * cut->moles / in->set[cut->set].loading;
  cut->volume = (cut->extraction + cut->scrub) * 2 * cut->organic_flow * in->stage_time;
  return in->price_base * cut->base + in->price_acid * cut->acid + in->price_stage * cut->volume;
}

/* Golden section on ln(S/S_min - 1): the cost has one valley. */
static double best_reflux(kd_design_cut *cut, const chain *c, const kd_cut_goal *goal, double s_min) {
  const double golden = 0.6180339887498949;
  double a = log(c->in->reflux_low - 1), b = log(c->in->reflux_high - 1);
  double x1 = b - golden * (b - a), x2 = a + golden * (b - a);
  double f1 = cost_at(cut, c, goal, s_min * (1 + exp(x1))), f2 = cost_at(cut, c, goal, s_min * (1 + exp(x2)));
  for (int it = 0; it < 24 && b - a > 1e-4; it++) {
    /* where both pinch, more reflux */
    if (f1 < f2) {
      b = x2, x2 = x1, f2 = f1;
      x1 = b - golden * (b - a);
      f1 = cost_at(cut, c, goal, s_min * (1 + exp(x1)));
    } else {
      a = x1, x1 = x2, f1 = f2;
      x2 = a + golden * (b - a);
      f2 = cost_at(cut, c, goal, s_min * (1 + exp(x2)));
    }
  }
  return cut->cost = cost_at(cut, c, goal, s_min * (1 + exp(f1 < f2 ? x1 : x2)));
}

/* Best design of one cut with one extractant; infinite cost where it cannot be made. */
static double design_cut(kd_design_cut *cut, const chain *c, size_t i, size_t k, size_t j, size_t set, bool organic) {
  double ln_beta = c->ln_beta[set][k];
  *cut = (kd_design_cut){.low = i, .at = k, .high = j, .set = set, .feed_organic = organic};
  cut->cost = (double)INFINITY;
  if (!(ln_beta > 0)) return cut->cost;
  cut->beta = exp(ln_beta);
  kd_cut_goal goal = goal_of(c, i, k, j, cut->beta, organic);
  cut->moles = c->sum[j + 1] - c->sum[i];
  cut->f_a = goal.f_a;
  cut->purity_a = goal.purity_a;
  cut->purity_b = goal.purity_b;
  if (!(goal.purity_a > goal.f_a && goal.purity_b > 1 - goal.f_a)) return cut->cost;
  cut->s_min = kd_xu_s_min(cut->beta, goal.f_a, goal.feed);
  return best_reflux(cut, c, &goal, cut->s_min);
}

#define KD_PHASES (1 + KD_DESIGN_SETS) /* aqueous, or loaded organic of a set */

typedef struct plan {
  double cost[KD_REY][KD_REY][KD_PHASES];
  unsigned char split[KD_REY][KD_REY][KD_PHASES], set[KD_REY][KD_REY][KD_PHASES];
} plan;

/* Cheapest way on for the organic product k+1..j of a cut made with `set`; *phase of the next cut. */
static double onward(size_t *phase, const plan *p, const chain *c, size_t k, size_t j, size_t set) {
  double strip = 3 * c->in->price_acid * (c->sum[j + 1] - c->sum[k + 1]);
  double stripped = strip + (j > k + 1 ? p->cost[k + 1][j][0] : 0);
  *phase = 0;
  if (!c->in->linked || j == k + 1 || !(p->cost[k + 1][j][1 + set] < stripped)) return stripped;
  *phase = 1 + set;
  return p->cost[k + 1][j][1 + set];
}

static void best_plan(plan *p, const chain *c) {
  const kd_design_input *in = c->in;
  memset(p, 0, sizeof *p);
  for (size_t length = 2; length <= c->count; length++) {
    for (size_t i = 0; i + length <= c->count; i++) {
      size_t j = i + length - 1;
      for (size_t phase = 0; phase < (in->linked ? 1 + in->sets : 1); phase++) {
        double best = (double)INFINITY;
        for (size_t k = i; k < j; k++) {
          for (size_t set = 0; set < in->sets; set++) {
            kd_design_cut cut;
            size_t next;
            if (phase > 0 && set != phase - 1) continue;
            double here = design_cut(&cut, c, i, k, j, set, phase > 0) + (k > i ? p->cost[i][k][0] : 0) +
                          onward(&next, p, c, k, j, set);
            if (here < best) {
              best = here;
              p->split[i][j][phase] = (unsigned char)k;
              p->set[i][j][phase] = (unsigned char)set;
            }
          }
        }
        p->cost[i][j][phase] = best;
      }
    }
  }
}

/* Cuts of the plan, parents first. */
static void unfold(kd_design *out, const plan *p, const chain *c) {
  struct {
    size_t i, j, phase;
  } ahead[KD_REY];
  size_t open = 0;
  out->cuts = 0;
  if (c->count > 1) ahead[open].i = 0, ahead[open].j = c->count - 1, ahead[open++].phase = 0;
  while (open > 0) {
    size_t i = ahead[--open].i, j = ahead[open].j, phase = ahead[open].phase, next;
    size_t k = p->split[i][j][phase], set = p->set[i][j][phase];
    design_cut(&out->cut[out->cuts++], c, i, k, j, set, phase > 0);
    onward(&next, p, c, k, j, set);
    if (j > k + 1) ahead[open].i = k + 1, ahead[open].j = j, ahead[open++].phase = next;
    if (k > i) ahead[open].i = i, ahead[open].j = k, ahead[open++].phase = 0;
  }
}

static double redesign(kd_design *out, const chain *c, size_t which) {
  kd_design_cut old = out->cut[which];
  return design_cut(&out->cut[which], c, old.low, old.at, old.high, old.set, old.feed_organic);
}

/* Coordinate descent on the shares (6): each touches the cut below and the cut above one element. */
static void split_purity(kd_design *out, chain *c) {
  for (int round = 0; round < 3; round++) {
    for (size_t e = 1; e + 1 < c->count; e++) {
      size_t below = 0, above = 0;
      for (size_t q = 0; q < out->cuts; q++) {
        if (out->cut[q].at + 1 == e) below = q;
        if (out->cut[q].at == e) above = q;
      }
      double best = out->cut[below].cost + out->cut[above].cost, kept = c->share[e];
      for (int step = 1; step < 20; step++) {

        c->share[e] = 0.05 * step;
        double here = redesign(out, c, below) + redesign(out, c, above);

        if (here < best * (1 - 1e-9)) best = here, kept = c->share[e];
      }
      c->share[e] = kept;
      redesign(out, c, below);
      redesign(out, c, above);
    }
  }
}

static kd_status finish(kd_design *out, const chain *c, kd_error *err) {
  kd_status status = KD_OK;
  const kd_design_input *in = c->in;
  out->stages = out->base = out->acid = out->base_floor = out->cost = out->volume = out->organic_fill = 0;
  for (size_t q = 0; q < out->cuts; q++) {
    kd_design_cut *cut = &out->cut[q];
    cut->below = out->element[cut->at];
    cut->above = out->element[cut->at + 1];
    KD_CHECK(isfinite(cut->cost), err, KD_E_INFEASIBLE,
             "cut %s/%s: purities of %.6g and %.6g are not reached with S up to %g S_min; S_min is %g mol per mol feed",
             kd_elements[cut->below].symbol, kd_elements[cut->above].symbol, cut->purity_b, cut->purity_a,
             in->reflux_high, cut->s_min);
    cut->extraction = ceil(cut->extraction - 1e-9);
    cut->scrub = ceil(cut->scrub - 1e-9);
    bool linked_on = false;
    for (size_t r = q + 1; r < out->cuts; r++)
      if (out->cut[r].low == cut->at + 1 && out->cut[r].high == cut->high && out->cut[r].feed_organic) linked_on = true;
    if (!linked_on) cut->acid += 3 * cut->f_a * cut->moles;
    double carried = cut->s + (cut->feed_organic ? 1 : 0), raffinate = 1 - cut->f_a;
    cut->e_m = cut->feed_organic ? cut->s / cut->w : cut->s / (cut->s + raffinate);
    cut->e_m_scrub = carried / cut->w;
    cut->base_floor = 3 * cut->s_min * cut->moles;
    cut->saponification = 3 * in->set[cut->set].loading / in->set[cut->set].extractant;
    double water = (cut->feed_organic ? cut->w : cut->w + 1) * cut->moles / in->feed_strength;
    cut->phase_ratio = cut->organic_flow / water;
    cut->volume = (cut->extraction + cut->scrub) * 2 * cut->organic_flow * in->stage_time;
    double sigma = c->spread[cut->set][cut->at], extraction, scrub;
    for (int side = 0; side < 2; side++) {
      double beta = cut->beta * exp(side == 0 ? sigma : -sigma);
      kd_cut_goal goal = goal_of(c, cut->low, cut->at, cut->high, beta, cut->feed_organic);
      double n =
          beta > 1 ? stages_at(&extraction, &scrub, &goal, kd_xu_s_min(beta, goal.f_a, goal.feed) * cut->s / cut->s_min)
                   : (double)INFINITY;
      *(side == 0 ? &cut->stages_low : &cut->stages_high) = isfinite(n) ? n : (double)NAN;
    }
    out->stages += cut->extraction + cut->scrub;
    out->base += cut->base;
    out->acid += cut->acid;
    out->base_floor += cut->base_floor;
    out->volume += cut->volume;
    out->organic_fill += cut->volume / 2;
  }
  out->cost = in->price_base * out->base + in->price_acid * out->acid + in->price_stage * out->volume;
out:
  return status;
}

double kd_design_target(const kd_design_input *in) {
  return in->basis == KD_PURITY_ALL ? in->purity / (1 - in->other) : in->purity;
}

static kd_status check(const kd_design_input *in, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(in->count >= 2 && in->count <= KD_REY, err, KD_E_RANGE, "elements %zu: must be 2 to %d", in->count, KD_REY);
  KD_CHECK(in->sets >= 1 && in->sets <= KD_DESIGN_SETS, err, KD_E_RANGE, "extractants %zu: must be 1 to %d", in->sets,
           KD_DESIGN_SETS);
  KD_CHECK(in->purity > 0.5 && in->purity < 1, err, KD_E_RANGE, "purity %g: must be above 0.5 and below 1", in->purity);
  KD_CHECK(kd_design_target(in) < 1, err, KD_E_INFEASIBLE,
           "purity %.8g over everything: other impurities of %g leave no room for rare earths", in->purity, in->other);
  KD_CHECK(in->reflux_low > 1 && in->reflux_high > in->reflux_low, err, KD_E_RANGE,
           "reflux %g to %g: must be above 1, and rise", in->reflux_low, in->reflux_high);
  KD_CHECK(in->efficiency > 0 && in->efficiency <= 1 && in->slip > 0 && in->slip < 1, err, KD_E_RANGE,
           "efficiency %g, slip %g: must be above 0 and at most 1", in->efficiency, in->slip);
  for (size_t s = 0; s < in->sets; s++)
    KD_CHECK(in->set[s].loading > 0 && in->set[s].extractant > 0, err, KD_E_RANGE,
             "loading %g mol/m3, extractant %g mol/m3: must be above 0", in->set[s].loading, in->set[s].extractant);
out:
  return status;
}

kd_status kd_design_train(kd_design *out, const kd_design_input *in, kd_error *err) {
  kd_status status = KD_OK;
  chain c;
  plan p;
  KD_TRY(check(in, err));
  memset(out, 0, sizeof *out);
  build(&c, out, in);
  for (size_t k = 0; k + 1 < c.count; k++) {
    bool known = false;
    for (size_t s = 0; s < in->sets; s++) known = known || c.ln_beta[s][k] > 0;
    KD_CHECK(known, err, KD_E_INFEASIBLE, "no extractant separates %s from %s: a factor above 1 is wanted",
             kd_elements[out->element[k + 1]].symbol, kd_elements[out->element[k]].symbol);
  }
  best_plan(&p, &c);
  unfold(out, &p, &c);
  split_purity(out, &c);
  memcpy(out->share, c.share, sizeof out->share);
  KD_TRY(finish(out, &c, err));
out:
  return status;
}
