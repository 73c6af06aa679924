// SPDX-License-Identifier: Apache-2.0
/* Least whole-number design of a binary cut, checked by the rigorous cascade.
 *
 *   The exact count (Smoker, xu.c) rounded up meets both purities. Fewer stages are tried from there: all splits of one
 *   stage less, then of two, until none meets both.
 *
 * Source    Xu's formula rounded (24 + 21 in the published case) misses its goal by 7e-6 on both ends; this does not.
 * Weakness  two components, constant separation factor.
 */
#include "process/least_design.h"

#include <math.h>

#include "process/cascade.h"

#define KD_REACH 3 /* splits tried on each side of the exact one */

kd_status kd_cut_reached(double *purity_a, double *purity_b, const kd_cut_goal *goal, double s, size_t extraction,
                         size_t scrub, kd_work *work) {
  kd_status status = KD_OK;
  const double beta[2] = {1, goal->beta}, feed[2] = {1 - goal->f_a, goal->f_a};
  double product_a, product_b;
  kd_cascade_profile p;
  KD_TRY(kd_xu_products(&product_a, &product_b, goal, work->err));
  kd_cascade in = {.components = 2,
                   .beta = beta,
                   .feed = feed,
                   .extraction = extraction,
                   .scrub = scrub,
                   .s = s,
                   .w = s + (goal->feed == KD_FEED_ORGANIC ? 1 : 0) - product_a,
                   .feed_organic = goal->feed == KD_FEED_ORGANIC};
  KD_TRY(kd_cascade_solve_fast(&p, &in, work));
  *purity_a = p.organic[(p.stages - 1) * 2 + 1];
  *purity_b = p.aqueous[0];
out:
  return status;
}

kd_status kd_least_reflux(double *out, const kd_cut_goal *goal, kd_error *err) {
  kd_status status = KD_OK;
  double n, m, low = 0, high = kd_xu_s_min(goal->beta, goal->f_a, goal->feed), product_a, product_b;
  kd_error quiet = {0};
  KD_TRY(kd_xu_products(&product_a, &product_b, goal, err));
  for (int i = 0; i < 60 && kd_smoker_stages(&n, &m, goal, high, &quiet) != KD_OK; i++) low = high, high *= 1.1;
  KD_CHECK(kd_smoker_stages(&n, &m, goal, high, &quiet) == KD_OK, err, KD_E_INFEASIBLE,
           "beta %g: no reflux gives purities of %g and %g", goal->beta, goal->purity_a, goal->purity_b);
  for (int i = 0; i < 200 && high - low > 1e-15 * high; i++) {
    double middle = (low + high) / 2;
    if (kd_smoker_stages(&n, &m, goal, middle, &quiet) == KD_OK)
      high = middle;
    else
      low = middle;
  }
  *out = high;
out:
  return status;
}

kd_status kd_least_design_find(kd_least_design *out, const kd_cut_goal *goal, double s, kd_work *work) {
  kd_status status = KD_OK;
  double n, m, product_a, product_b;
  KD_TRY(kd_smoker_stages(&n, &m, goal, s, work->err));
  KD_TRY(kd_xu_products(&product_a, &product_b, goal, work->err));
  long n0 = (long)ceil(fmax(n, 1)), m0 = (long)ceil(fmax(m, 1));
  KD_CHECK(n0 + m0 <= KD_CASCADE_STAGES, work->err, KD_E_RANGE, "%ld stages: at most %d are solved", n0 + m0,
           KD_CASCADE_STAGES);
  *out = (kd_least_design){.w = s + (goal->feed == KD_FEED_ORGANIC ? 1 : 0) - product_a};
  bool found = false;
  for (long less = -2; less <= 4; less++) {
    bool here = false;
    double margin = -1;
    for (long shift = -KD_REACH; shift <= KD_REACH; shift++) {
      long extraction = n0 + shift, scrub = m0 - less - shift;
      double a, b;
      if (extraction < 1 || scrub < 1) continue;
      KD_TRY(kd_cut_reached(&a, &b, goal, s, (size_t)extraction, (size_t)scrub, work));
      if (a < goal->purity_a || b < goal->purity_b) continue;
      double room = fmin((1 - goal->purity_a) / (1 - a), (1 - goal->purity_b) / (1 - b));
      if (here && room <= margin) continue;
      here = true;
      margin = room;
      out->extraction = (size_t)extraction;
      out->scrub = (size_t)scrub;
      out->purity_a = a;
      out->purity_b = b;
    }
    if (!here && found) break;
    found = found || here;
  }
  KD_CHECK(found, work->err, KD_E_CONVERGENCE, "no design near %ld + %ld stages meets both purities", n0, m0);
out:
  return status;
}
