// SPDX-License-Identifier: Apache-2.0
/* A whole train solved rigorously: every cut a cascade of all its elements, its products the feeds of the next cuts.
 *
 *   cut    kd_cascade_solve_fast at the S, W and stages of the design; feed from the cut before it, parents first (1)
 *   grow   a product below its purity: the cut that brings the largest foreign element gets stages where it slips (2)
 *
 * Numerics  the train has no recycle between cuts, so one pass is exact; elements of less than 1e-20 of a feed pass on
 *           with the side they belong to. All closes to rounding, because each cut does.
 * Weakness  constant separation factors; products of a cut are controlled exactly, as by an on-line assay.
 */
#include <math.h>
#include <string.h>

#include "process/cascade.h"
#include "process/train_design.h"
#include "process/xu.h"

#define KD_GROWTHS 40
#define KD_NOTHING 1e-20

typedef struct group {
  double moles[KD_REY];
} group;

static kd_status solve_cut(group *raffinate, group *organic, const group *feed, const kd_design *design,
                           const kd_design_cut *cut, const kd_design_input *in, kd_separation_solution *out,
                           kd_work *work) {
  kd_status status = KD_OK;
  double beta[KD_REY], moles[KD_REY], total = 0, above = 0, level[KD_REY], present = 0;
  size_t at[KD_REY], k = 0;
  /* Extractability along the chain by this set; factors not known count as those of the cut. */
  level[0] = 0;
  for (size_t e = 0, q = 0; e < design->chain; e++) {
    if (e > 0) {
      double ln_beta = 0;
      while (in->order[q] != design->element[e]) {
        double b = in->set[cut->set].beta[q++];
        ln_beta += isfinite(b) && b > 0 ? log(b) : log(cut->beta);
      }
      level[e] = level[e - 1] + ln_beta;
    } else {
      while (in->order[q] != design->element[0]) q++;
    }
    total += feed->moles[e];
    if (e > cut->at) above += feed->moles[e];
  }
  memset(raffinate, 0, sizeof *raffinate);
  memset(organic, 0, sizeof *organic);
  for (size_t e = 0; e < design->chain; e++) {
    if (feed->moles[e] > KD_NOTHING * total) {
      at[k] = e;
      beta[k] = exp(level[e] - level[cut->at]);
      moles[k++] = feed->moles[e];
      present += feed->moles[e];
    } else {
      (e <= cut->at ? raffinate : organic)->moles[e] = feed->moles[e];
    }
  }
  double f_a = above / total, s = cut->s, w = cut->w;
  kd_cut_goal goal = {.beta = cut->beta, .f_a = f_a, .purity_a = cut->purity_a, .purity_b = cut->purity_b};
  double product_a, product_b;
  KD_TRY(kd_xu_products(&product_a, &product_b, &goal, work->err));
  s *= kd_xu_s_min(cut->beta, f_a, cut->feed_organic ? KD_FEED_ORGANIC : KD_FEED_AQUEOUS) / cut->s_min;
  w = s + (cut->feed_organic ? 1 : 0) - product_a;
  kd_cascade cascade = {.components = k,
                        .beta = beta,
                        .feed = moles,
                        .extraction = (size_t)cut->extraction,
                        .scrub = (size_t)cut->scrub,
                        .s = s,
                        .w = w,
                        .feed_organic = cut->feed_organic};
  kd_cascade_profile p;
  status = kd_cascade_solve_fast(&p, &cascade, work);
  if (status != KD_OK) {
    kd_error_context(work->err, "cut %s/%s: ", kd_elements[cut->below].symbol, kd_elements[cut->above].symbol);
    goto out;
  }
  out->newtons += p.sweeps;
  out->stages += p.stages;
  out->worst_stage = fmax(out->worst_stage, p.closure);
  for (size_t i = 0; i < k; i++) {
    raffinate->moles[at[i]] = p.raffinate * p.aqueous[i] * present;
    organic->moles[at[i]] = p.product * p.organic[(p.stages - 1) * k + i] * present;
  }
out:
  return status;
}

/* One pass over the cuts, parents first: what is open for each group lies at its lowest element. */
static kd_status pass(kd_separation_solution *out, const kd_design *design, const kd_design_input *in, kd_work *work) {
  kd_status status = KD_OK;
  group at[KD_REY], feed;
  memset(at, 0, sizeof at);
  for (size_t e = 0; e < design->chain; e++) at[0].moles[e] = in->moles[design->element[e]];
  out->stages = out->newtons = 0;
  out->worst_stage = 0;
  for (size_t q = 0; q < design->cuts; q++) {
    const kd_design_cut *cut = &design->cut[q];
    feed = at[cut->low];
    KD_TRY(solve_cut(&at[cut->low], &at[cut->at + 1], &feed, design, cut, in, out, work));
  }
  out->closure = 0;
  for (size_t e = 0; e < design->chain; e++) {
    double sum = 0, all = 0, mass = 0, fed = in->moles[design->element[e]];
    for (size_t p = 0; p < design->chain; p++) {
      out->product[p][e] = at[p].moles[e];
      sum += at[p].moles[e];
      all += at[e].moles[p];
      mass += at[e].moles[p] * kd_oxide_molar_mass((kd_element_id)design->element[p]);
    }
    out->closure = fmax(out->closure, fabs(sum / fed - 1));
    out->purity[e] = at[e].moles[e] / all;
    out->purity_oxide[e] = at[e].moles[e] * kd_oxide_molar_mass((kd_element_id)design->element[e]) / mass;
    out->purity_all[e] = out->purity_oxide[e] * (1 - in->other);
    out->recovery[e] = at[e].moles[e] / fed;
  }
out:
  return status;
}

/* The cut that lets the largest foreign element into product e. */
static void lengthen(kd_design *design, kd_separation_solution *out, size_t e) {
  const kd_separation_solution *s = out;
  size_t worst = e == 0 ? 1 : 0;
  for (size_t f = 0; f < design->chain; f++)
    if (f != e && s->product[e][f] > s->product[e][worst]) worst = f;
  for (size_t q = 0; q < design->cuts; q++) {
    kd_design_cut *cut = &design->cut[q];
    bool between = worst < e ? cut->at >= worst && cut->at < e : cut->at >= e && cut->at < worst;
    if (!between || e < cut->low || e > cut->high) continue;
    double *section = worst < e ? &cut->scrub : &cut->extraction, more = ceil(0.02 * *section);
    double *goal = worst < e ? &cut->purity_a : &cut->purity_b;
    *goal = 1 - 0.9 * (1 - *goal); /* the product parts sharper, and the section can */
    *section += more;
    design->stages += more;
    out->added += (size_t)more;
    return;
  }
}

kd_status kd_separation_solve(kd_separation_solution *out, kd_design *design, const kd_design_input *in, bool grow,
                              kd_work *work) {
  kd_status status = KD_OK;
  memset(out, 0, sizeof *out);
  KD_TRY(pass(out, design, in, work));
  for (int round = 0; grow && round < KD_GROWTHS; round++) {
    size_t short_of = 0;
    for (size_t e = 0; e < design->chain; e++) {
      double reached = in->basis == KD_PURITY_MOLE    ? out->purity[e]
                       : in->basis == KD_PURITY_OXIDE ? out->purity_oxide[e]
                                                      : out->purity_all[e];
      if (reached >= in->purity) continue;
      lengthen(design, out, e);
      short_of++;
    }
    if (short_of == 0) break;
    KD_TRY(pass(out, design, in, work));
  }
out:
  return status;
}
