// SPDX-License-Identifier: Apache-2.0
/* The plan of several years over sites.
 *
 *   maximise   sum_t d^t sum_i v_i x_it                                d = 1/(1 + discount)              (1)
 *   ship time  sum_i (h_i x_it + f_i y_it) <= H        each year t                                       (2)
 *   capacity   sum_i m_i x_it <= M                                                                       (3)
 *   ground     sum_t x_it <= 1                                                                           (4)
 *   visits     least y_it <= x_it <= y_it, y_it 0 or 1 (method whole), 0 <= y_it <= 1 (linear)           (5)
 *
 *   with risk r: (1 - r)(1) + r [ eta - sum_k u_k/(a K) ],  u_k >= eta - value of realisation k, u_k >= 0   (6)
 *
 *   x  share mined   v  expected value   h  hours for all of a site   f  landing and the way to the nearest other site
 *   m  dry mass      eta  a quantile of the value   a  tail share     K  realisations
 *
 * The greedy plan takes sites by value per ship hour, v/(h + f), year by year; the last one of a year in part. The
 * bound is that of the programme (linear: of the relaxation): the gap of any plan is (bound - value)/bound.
 * A plan is made on what is known beforehand: the mean, or the mean and the tail of the realisations (6); never on one
 * of them. Afterwards each year's sites are put into an order of short ways (kd_visit_route); where the way takes
 * longer than (2) allowed for, the year's shares are cut back evenly.
 *
 * Source    (6) Rockafellar and Uryasev 2000, "Optimization of conditional value-at-risk", J. Risk 2:21. Fixed-charge
 *           knapsack; two-edge exchange: Croes 1958, Oper. Res. 6:791.
 * Weakness  the way is part of the plan by its nearest leg only; no precedence between sites; weather is the campaign
 *           stage's.
 */
#include "mineplan/schedule.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "numerics/linear.h"
#include "numerics/statistics.h"

#define KD_SMALL 1e-9 /* share of a site that counts as none */

/* ---- the way ---- */

static double leg(size_t a, size_t b, const double *x, const double *y) {
  return hypot(x[a] - x[b], y[a] - y[b]);
}

static void reverse(size_t *order, size_t from, size_t to) {
  for (; from < to; from++, to--) {
    const size_t swap = order[from];
    order[from] = order[to];
    order[to] = swap;
  }
}

double kd_visit_route(size_t *order, size_t count, const double *x, const double *y) {
  double length = 0.0;
  for (size_t i = 0; i + 1 < count; i++) { /* nearest next */
    size_t best = i + 1;
    for (size_t k = i + 2; k < count; k++)
      if (leg(order[i], order[k], x, y) < leg(order[i], order[best], x, y)) best = k;
    const size_t swap = order[i + 1];
    order[i + 1] = order[best];
    order[best] = swap;
  }
  for (bool better = true; better;) {
    better = false;
    for (size_t i = 0; i + 1 < count; i++) {
      for (size_t k = i + 1; k < count; k++) {
        const double before = (i > 0 ? leg(order[i - 1], order[i], x, y) : 0.0) +
                              (k + 1 < count ? leg(order[k], order[k + 1], x, y) : 0.0);
        const double after = (i > 0 ? leg(order[i - 1], order[k], x, y) : 0.0) +
                             (k + 1 < count ? leg(order[i], order[k + 1], x, y) : 0.0);
        if (after >= before * (1.0 - 1e-12)) continue;
        reverse(order, i, k);
        better = true;
      }
    }
  }
  for (size_t i = 0; i + 1 < count; i++) length += leg(order[i], order[i + 1], x, y);
  return length;
}

/* ---- plans ---- */

typedef struct planner {
  const kd_site *site;
  size_t sites;
  const double *realised;
  size_t realisations;
  const kd_schedule_options *o;
  double *fixed; /* [sites] f_i [s] */
  kd_work *work;
} planner;

static double discount_of(const planner *p, size_t year) {
  return pow(1.0 + p->o->discount, -(double)(year + 1));
}

static void find_fixed(planner *p) {
  for (size_t i = 0; i < p->sites; i++) {
    double nearest = (double)INFINITY;
    for (size_t k = 0; k < p->sites; k++)
      if (k != i) nearest = fmin(nearest, hypot(p->site[i].x - p->site[k].x, p->site[i].y - p->site[k].y));
    p->fixed[i] = p->o->landing + (isfinite(nearest) && isfinite(p->o->speed) ? nearest / p->o->speed : 0.0);
  }
}

typedef struct ranked {
  double rate;
  size_t index;
} ranked;

static int by_rate(const void *a, const void *b) {
  const ranked *x = a, *y = b;
  if (x->rate != y->rate) return x->rate > y->rate ? -1 : 1;
  return x->index < y->index ? -1 : x->index > y->index;
}

static kd_status plan_greedy(kd_schedule *out, const planner *p) {
  kd_status status = KD_OK;
  ranked *rank = kd_arena_alloc(p->work->scratch, p->sites + 1, sizeof *rank);
  double *left = kd_arena_alloc(p->work->scratch, p->sites + 1, sizeof *left);
  KD_CHECK(rank != NULL && left != NULL, p->work->err, KD_E_NOMEM, "no memory for %zu sites", p->sites);
  for (size_t i = 0; i < p->sites; i++) {
    rank[i] = (ranked){p->site[i].value / (p->site[i].hours + p->fixed[i]), i};
    left[i] = 1.0;
  }
  qsort(rank, p->sites, sizeof *rank, by_rate);
  for (size_t t = 0; t < p->o->years; t++) {
    double hours = p->o->hours, mass = isnan(p->o->capacity) ? (double)INFINITY : p->o->capacity;
    for (size_t k = 0; k < p->sites; k++) {
      const size_t i = rank[k].index;
      const kd_site *s = &p->site[i];
      if (left[i] <= KD_SMALL || rank[k].rate <= 0.0 || hours <= p->fixed[i]) continue;
      double share = fmin(left[i], (hours - p->fixed[i]) / s->hours);
      if (s->mass > 0.0) share = fmin(share, mass / s->mass);
      if (share <= KD_SMALL || share < fmin(p->o->least, left[i]) - KD_SMALL) continue;
      out->share[t * p->sites + i] = share;
      left[i] -= share;
      hours -= p->fixed[i] + share * s->hours;
      mass -= share * s->mass;
    }
  }
  out->objective = out->bound = (double)NAN;
out:
  return status;
}

/* Columns x_it, y_it, then eta and u_k; rows by year, by site, by visit, by realisation. */
static kd_status plan_programme(kd_schedule *out, const planner *p) {
  kd_status status = KD_OK;
  const size_t n = p->sites, years = p->o->years, k = p->o->risk > 0.0 ? p->realisations : 0;
  const bool whole = p->o->method == KD_SCHEDULE_WHOLE, limited = !isnan(p->o->capacity);
  const double infinite = (double)INFINITY;
  kd_linear lp;
  kd_linear_result result;
  size_t hours = 0, mass = 0, ground = 0, visit = 0, tail = 0, row;
  KD_TRY(kd_linear_open(&lp, p->work->scratch, 2 * years + n + 2 * n * years + k, 2 * n * years + k + 1,
                        n * years * (8 + k) + 3 * k + 8, p->work->err));
  for (size_t t = 0; t < years; t++) {
    KD_TRY(kd_linear_row(&lp, &row, -infinite, p->o->hours, p->work->err));
    if (t == 0) hours = row;
  }
  for (size_t t = 0; t < years; t++) {
    KD_TRY(kd_linear_row(&lp, &row, -infinite, limited ? p->o->capacity : infinite, p->work->err));
    if (t == 0) mass = row;
  }
  for (size_t i = 0; i < n; i++) {
    KD_TRY(kd_linear_row(&lp, &row, -infinite, 1.0, p->work->err));
    if (i == 0) ground = row;
  }
  for (size_t i = 0; i < 2 * n * years; i++) { /* x - y <= 0, then x - least y >= 0 */
    const bool upper = i < n * years;
    KD_TRY(kd_linear_row(&lp, &row, upper ? -infinite : 0.0, upper ? 0.0 : infinite, p->work->err));
    if (i == 0) visit = row;
  }
  for (size_t r = 0; r < k; r++) {
    KD_TRY(kd_linear_row(&lp, &row, 0.0, infinite, p->work->err)); /* u_r - eta + value >= 0 */
    if (r == 0) tail = row;
  }
  for (size_t t = 0; t < years; t++) {
    const double d = discount_of(p, t);
    for (size_t i = 0; i < n; i++) {
      const kd_site *s = &p->site[i];
      const size_t at = t * n + i;
      KD_TRY(kd_linear_column(&lp, NULL, 0.0, 1.0, (1.0 - (k > 0 ? p->o->risk : 0.0)) * d * s->value, false,
                              p->work->err));
      KD_TRY(kd_linear_entry(&lp, hours + t, s->hours, p->work->err));
      KD_TRY(kd_linear_entry(&lp, mass + t, s->mass, p->work->err));
      KD_TRY(kd_linear_entry(&lp, ground + i, 1.0, p->work->err));
      KD_TRY(kd_linear_entry(&lp, visit + at, 1.0, p->work->err));
      KD_TRY(kd_linear_entry(&lp, visit + n * years + at, 1.0, p->work->err));
      for (size_t r = 0; r < k; r++) KD_TRY(kd_linear_entry(&lp, tail + r, d * p->realised[r * n + i], p->work->err));
    }
  }
  for (size_t at = 0; at < n * years; at++) {
    KD_TRY(kd_linear_column(&lp, NULL, 0.0, 1.0, 0.0, whole, p->work->err));
    KD_TRY(kd_linear_entry(&lp, hours + at / n, p->fixed[at % n], p->work->err));
    KD_TRY(kd_linear_entry(&lp, visit + at, -1.0, p->work->err));
    KD_TRY(kd_linear_entry(&lp, visit + n * years + at, -p->o->least, p->work->err));
  }
  if (k > 0) {
    KD_TRY(kd_linear_column(&lp, NULL, -infinite, infinite, p->o->risk, false, p->work->err));
    for (size_t r = 0; r < k; r++) KD_TRY(kd_linear_entry(&lp, tail + r, -1.0, p->work->err));
  }
  for (size_t r = 0; r < k; r++) {
    KD_TRY(kd_linear_column(&lp, NULL, 0.0, infinite, -p->o->risk / (p->o->tail * (double)k), false, p->work->err));
    KD_TRY(kd_linear_entry(&lp, tail + r, 1.0, p->work->err));
  }
  KD_TRY(kd_linear_solve(&result, &lp, p->o->seconds, p->o->nodes, p->o->gap, p->work->err));
  for (size_t at = 0; at < n * years; at++) out->share[at] = result.x[at] > KD_SMALL ? fmin(result.x[at], 1.0) : 0.0;
  out->objective = result.objective;
  out->bound = result.bound;
  out->proven = result.proven;
out:
  return status;
}

/* ---- what a plan takes and gives ---- */

static kd_status lay_routes(kd_schedule *out, const planner *p) {
  kd_status status = KD_OK;
  double *x = kd_arena_alloc(p->work->scratch, p->sites + 1, sizeof *x),
         *y = kd_arena_alloc(p->work->scratch, p->sites + 1, sizeof *y);
  KD_CHECK(x != NULL && y != NULL, p->work->err, KD_E_NOMEM, "no memory for %zu sites", p->sites);
  for (size_t i = 0; i < p->sites; i++) {
    x[i] = p->site[i].x;
    y[i] = p->site[i].y;
  }
  for (size_t t = 0; t < p->o->years; t++) {
    size_t *order = out->order + t * p->sites, count = 0;
    double *share = out->share + t * p->sites, cut = 0.0;
    for (size_t i = 0; i < p->sites; i++) {
      if (share[i] <= 0.0) continue;
      order[count++] = i;
      cut += share[i] * p->site[i].hours;
    }
    out->count[t] = count;
    const double length = kd_visit_route(order, count, x, y);
    out->travel[t] = isfinite(p->o->speed) ? length / p->o->speed : 0.0;
    const double idle = out->travel[t] + (double)count * p->o->landing, room = p->o->hours - idle;
    if (cut > room) { /* the way is longer than the nearest legs */
      const double keep = room > 0.0 ? room / cut : 0.0;
      for (size_t i = 0; i < p->sites; i++) share[i] *= keep;
      cut *= keep;
    }
    out->used[t] = idle + cut;
  }
out:
  return status;
}

double kd_schedule_value(const kd_schedule *self, const double *value, size_t sites,
                         const kd_schedule_options *options) {
  double sum = 0.0;
  for (size_t t = 0; t < options->years; t++) {
    double year = 0.0;
    for (size_t i = 0; i < sites; i++) year += self->share[t * sites + i] * value[i];
    sum += year * pow(1.0 + options->discount, -(double)(t + 1));
  }
  return sum;
}

static kd_status rate_plan(kd_schedule *out, const planner *p) {
  kd_status status = KD_OK;
  double *value = kd_arena_alloc(p->work->scratch, p->sites + p->realisations + 1, sizeof *value);
  KD_CHECK(value != NULL, p->work->err, KD_E_NOMEM, "no memory for %zu sites", p->sites);
  for (size_t i = 0; i < p->sites; i++) value[i] = p->site[i].value;
  out->value = kd_schedule_value(out, value, p->sites, p->o);
  out->tail = (double)NAN;
  if (p->realisations == 0) goto out;
  double *each = value + p->sites, worst = 0.0;
  const double wanted = fmax(1.0, p->o->tail * (double)p->realisations);
  for (size_t r = 0; r < p->realisations; r++)
    each[r] = kd_schedule_value(out, p->realised + r * p->sites, p->sites, p->o);
  for (size_t r = 0; (double)r < wanted; r++) {
    (void)kd_select(each, p->realisations, r);
    worst += each[r] * fmin(1.0, wanted - (double)r);
  }
  out->tail = worst / wanted;
out:
  return status;
}

static kd_status check(const planner *p) {
  kd_status status = KD_OK;
  kd_error *err = p->work->err;
  KD_CHECK(p->sites > 0, err, KD_E_MISSING, "no site to plan");
  KD_CHECK(p->o->hours > 0.0, err, KD_E_RANGE, "ship time %g h: must be above 0 h", p->o->hours / 3600.0);
  KD_CHECK(p->o->tail > 0.0 && p->o->tail <= 1.0, err, KD_E_RANGE, "tail %g: must be above 0 and at most 1",
           p->o->tail);
  KD_CHECK(p->o->speed > 0.0, err, KD_E_RANGE, "speed %g m/s: must be above 0 m/s", p->o->speed);
  KD_CHECK(p->o->risk <= 0.0 || p->realisations > 0, err, KD_E_MISSING, "risk %g wants realisations of the values",
           p->o->risk);
  for (size_t i = 0; i < p->sites; i++)
    KD_CHECK(p->site[i].hours > 0.0 && isfinite(p->site[i].hours) && isfinite(p->site[i].value) &&
                 p->site[i].mass >= 0.0,
             err, KD_E_RANGE, "site %zu: ship time %g h must be above 0 h, mass %g t at least 0 t", i + 1,
             p->site[i].hours / 3600.0, p->site[i].mass * 1e-3);
out:
  return status;
}

kd_status kd_schedule_make(kd_schedule *out, const kd_site *site, size_t sites, const double *realised,
                           size_t realisations, const kd_schedule_options *options, kd_work *work) {
  kd_status status = KD_OK;
  planner p = {
      .site = site, .sites = sites, .realised = realised, .realisations = realisations, .o = options, .work = work};
  const size_t years = options->years;
  *out = (kd_schedule){0};
  KD_TRY(check(&p));
  p.fixed = kd_arena_alloc(work->scratch, sites, sizeof *p.fixed);
  out->share = kd_arena_alloc(work->scratch, sites * years, sizeof *out->share);
  out->order = kd_arena_alloc(work->scratch, sites * years, sizeof *out->order);
  out->count = kd_arena_alloc(work->scratch, years, sizeof *out->count);
  out->travel = kd_arena_alloc(work->scratch, years, sizeof *out->travel);
  out->used = kd_arena_alloc(work->scratch, years, sizeof *out->used);
  KD_CHECK(p.fixed != NULL && out->share != NULL && out->order != NULL && out->count != NULL && out->travel != NULL &&
               out->used != NULL,
           work->err, KD_E_NOMEM, "no memory to plan %zu sites over %zu years", sites, years);
  find_fixed(&p);
  KD_TRY(options->method == KD_SCHEDULE_GREEDY ? plan_greedy(out, &p) : plan_programme(out, &p));
  KD_TRY(lay_routes(out, &p));
  KD_TRY(rate_plan(out, &p));
out:
  return status;
}
