// SPDX-License-Identifier: Apache-2.0
/* The plan of the chain.
 *
 *   1. pictures of the ground as the deposit stage draws them; of each the worth of every column (kd_plan_picture)
 *   2. sites: panels outside zones and steep ground, worth their mean over the pictures                (plan_sites.c)
 *   3. sites by year, greedy or by a linear programme, and the order of visits                         (schedule.c)
 *   4. in a realisation: the visits in their order until the mass wanted is met; what stands there in the picture of
 *      that realisation is what is lifted                                                              (kd_plan_follow)
 *
 * A realisation may want more than the plan holds, for its rate, cut and recovery are drawn: it goes on in the reserve,
 * columns by falling value per ship hour, and the share of that is an output.
 *
 * Source    own model over schedule.c.
 * Weakness  the plan does not learn from what the first sites turn out to be; heads, cut and recovery of the plan are
 *           at their medians.
 */
#include "mineplan/plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "numerics/linear.h"
#include "numerics/statistics.h"
#include "mineplan/rate.h"

#define KD_NODES 200.0 /* of the search for whole visits: a number, not a time, so that machines agree */
#define KD_PPM   1e6
#define KD_MET   1e-12 /* of the mass wanted that may lack: round-off of sums */

kd_status kd_plan_open(kd_plan **out, const kd_mineplan_params *p, size_t pictures, kd_context *ctx, kd_error *err) {
  kd_status status = KD_OK;
  kd_plan *self = kd_alloc(ctx, 1, sizeof *self);
  *out = NULL;
  KD_CHECK(self != NULL, err, KD_E_NOMEM, "no memory for the plan");
  *self = (kd_plan){.ctx = ctx, .params = *p, .room = pictures, .slurry = 1.0};
  KD_CHECK(kd_arena_create(&self->arena, ctx) == KD_OK, err, KD_E_NOMEM, "no memory for the plan");
  *out = self;
  self = NULL;
out:
  kd_plan_release((void **)&self);
  return status;
}

void kd_plan_release(void **plan) {
  if (plan == NULL || *plan == NULL) return;
  kd_plan *self = *plan;
  kd_arena_destroy(&self->arena);
  kd_free(self->ctx, self);
  *plan = NULL;
}

size_t kd_plan_exhibits(const kd_exhibit **out, const void *plan) {
  const kd_plan *self = plan;
  *out = self->exhibit;
  return self->exhibits;
}

/* ---- pictures ---- */

/* Geometry of the ground, and heads and mass of a year from the quick plan. */
static kd_status first_picture(kd_plan *self, const kd_ground *ground, kd_work *work) {
  kd_status status = KD_OK;
  kd_mineplan_result quick;
  kd_work plain = *work;
  plain.prepared = NULL;
  plain.ledger = NULL;
  KD_TRY(kd_mineplan_run(&quick, &self->params, ground, &plain));
  self->heads = quick.heads;
  self->dry_year = quick.dry_year;
  self->area_wanted = quick.ground_area_year * self->params.years;
  if (self->params.rate_basis == KD_BASIS_SLURRY)
    KD_TRY(kd_basis_solids(&self->slurry, KD_BASIS_SLURRY, 0.0, ground->grain_density, ground->pore_density,
                           self->params.slurry_solids, work->err));
  self->columns = ground->columns;
  double **each[4] = {&self->x, &self->y, &self->rey, &self->value};
  for (size_t k = 0; k < 4; k++) {
    *each[k] = kd_arena_alloc(self->arena, self->columns, sizeof(double));
    KD_CHECK(*each[k] != NULL, work->err, KD_E_NOMEM, "no memory for %zu columns", self->columns);
  }
  self->cut = kd_arena_alloc(self->arena, self->columns, sizeof *self->cut);
  self->realised = kd_arena_alloc(self->arena, self->columns, self->room * sizeof *self->realised);
  KD_CHECK(self->cut != NULL && self->realised != NULL, work->err, KD_E_NOMEM, "no memory for %zu pictures",
           self->room);
  KD_TRY(kd_cut_columns(self->cut, &self->params, ground, work->err));
  for (size_t i = 0; i < ground->count; i++) {
    const kd_block *b = &ground->block[i];
    self->x[b->column] = b->x;
    self->y[b->column] = b->y;
  }
  for (size_t c = 0; c < self->columns; c++) self->ground_area += self->cut[c].area;
out:
  return status;
}

kd_status kd_plan_picture(kd_plan *self, const kd_ground *ground, kd_work *work) {
  kd_status status = KD_OK;
  kd_ground seen = *ground;
  seen.grade_ratio = NULL; /* this picture as if it were so */
  if (self->pictures == 0) KD_TRY(first_picture(self, ground, work));
  KD_CHECK(ground->columns == self->columns && self->pictures < self->room, work->err, KD_E_MODEL,
           "a picture of %zu columns, the plan has %zu", ground->columns, self->columns);
  kd_cut *cut = kd_arena_alloc(work->scratch, self->columns, sizeof *cut);
  KD_CHECK(cut != NULL, work->err, KD_E_NOMEM, "no memory for %zu columns", self->columns);
  KD_TRY(kd_cut_columns(cut, &self->params, &seen, work->err));
  for (size_t c = 0; c < self->columns; c++) {
    self->realised[self->pictures * self->columns + c] = cut[c].value;
    self->value[c] += cut[c].value;
    self->rey[c] += cut[c].rey;
  }
  self->pictures++;
out:
  return status;
}

/* ---- the plan ---- */

static kd_status gather(kd_site **site, kd_plan *self, kd_work *work) {
  kd_status status = KD_OK;
  *site = kd_arena_alloc(work->scratch, self->sites, sizeof **site);
  self->draws = kd_arena_alloc(self->arena, self->sites, self->pictures * sizeof *self->draws);
  KD_CHECK(*site != NULL && self->draws != NULL, work->err, KD_E_NOMEM, "no memory for %zu sites", self->sites);
  for (size_t i = 0; i < self->sites; i++) {
    const kd_plan_site *s = &self->site[i];
    (*site)[i] = (kd_site){.x = s->x, .y = s->y, .value = s->value, .hours = s->hours, .mass = s->mass};
    for (size_t k = 0; k < self->pictures; k++) {
      const double mean = self->value[s->column];
      self->draws[k * self->sites + i] =
          mean > 0.0 ? s->value * self->realised[k * self->columns + s->column] / mean : 0.0;
    }
  }
out:
  return status;
}

static void set_options(kd_plan *self) {
  const kd_mineplan_params *p = &self->params;
  const double years = fmax(1.0, ceil(p->years - 1e-9));
  self->options = (kd_schedule_options){.method = (kd_schedule_method)p->plan_method,
                                        .years = (size_t)years,
                                        .hours = p->planned_days * p->years / years,
                                        .capacity = self->dry_year * p->years / years,
                                        .discount = p->plan_discount,
                                        .landing = p->site_move_time,
                                        .speed = p->travel_speed,
                                        .risk = p->plan_risk,
                                        .tail = p->plan_tail,
                                        .seconds = (double)INFINITY,
                                        .nodes = KD_NODES,
                                        .gap = 1e-4};
}

/* ---- tidy: sites that are alike change places, so that a year's ground lies together ---- */

typedef struct used {
  size_t site;
  double first;  /* middle of the years in which it is mined */
  double across; /* along the rows of the column, there and back */
} used;

static int by_year(const void *a, const void *b) {
  const used *x = a, *y = b;
  if (x->first != y->first) return x->first < y->first ? -1 : 1;
  return x->site < y->site ? -1 : x->site > y->site;
}

static int by_row(const void *a, const void *b) {
  const used *x = a, *y = b;
  if (x->across != y->across) return x->across < y->across ? -1 : 1;
  return x->site < y->site ? -1 : x->site > y->site;
}

static bool alike(const kd_plan_site *a, const kd_plan_site *b) {
  return a->column == b->column && a->value == b->value && a->hours == b->hours && a->mass == b->mass;
}

/* Share of a site in each year goes to the place that lies next along the rows. Value, hours and mass stay. */
static void swap_shares(double *share, const kd_plan *self, used *from, used *to, size_t count, double *kept) {
  const size_t n = self->sites, years = self->options.years;
  for (size_t k = 0; k < count; k++)
    for (size_t t = 0; t < years; t++) kept[k * years + t] = share[t * n + from[k].site];
  for (size_t k = 0; k < count; k++)
    for (size_t t = 0; t < years; t++) share[t * n + from[k].site] = 0.0;
  for (size_t k = 0; k < count; k++)
    for (size_t t = 0; t < years; t++) share[t * n + to[k].site] = kept[k * years + t];
}

static kd_status tidy(double *share, kd_plan *self, kd_work *work) {
  kd_status status = KD_OK;
  const size_t n = self->sites, years = self->options.years;
  bool *done = kd_arena_alloc(work->scratch, n, sizeof *done);
  used *from = kd_arena_alloc(work->scratch, n, sizeof *from), *to = kd_arena_alloc(work->scratch, n, sizeof *to);
  double *kept = kd_arena_alloc(work->scratch, n, years * sizeof *kept);
  KD_CHECK(done != NULL && from != NULL && to != NULL && kept != NULL, work->err, KD_E_NOMEM, "no memory for %zu sites",
           n);
  for (size_t i = 0; i < n; i++) done[i] = false;
  for (size_t i = 0; i < n; i++) {
    const kd_plan_site *s = &self->site[i];
    size_t count = 0, place = 0;
    if (done[i]) continue;
    for (size_t k = i; k < n; k++) {
      double sum = 0.0, middle = 0.0;
      if (!alike(s, &self->site[k])) continue;
      done[k] = true;
      for (size_t t = 0; t < years; t++) {
        sum += share[t * n + k];
        middle += share[t * n + k] * (double)t;
      }
      if (sum > 0.0) from[count++] = (used){k, middle / sum, 0.0};
    }
    for (size_t k = i; k < n && place < count; k++) { /* the first places: nearest to the middle of the column */
      const kd_plan_site *p = &self->site[k];
      if (!alike(s, p)) continue;
      const double row = floor((p->y - self->y[p->column]) / p->side + 0.5),
                   along = (p->x - self->x[p->column]) / p->side;
      to[place++] = (used){k, 0.0, 1e6 * row + (fmod(fabs(row), 2.0) < 0.5 ? along : -along)};
    }
    qsort(from, count, sizeof *from, by_year);
    qsort(to, count, sizeof *to, by_row);
    swap_shares(share, self, from, to, count, kept);
  }
out:
  return status;
}

/* Order of the sites of a year: a short way, from the end that lies nearer to the last site of the year before. */
static void order_year(size_t *order, size_t count, const kd_plan *self, const double *x, const double *y,
                       size_t last) {
  (void)kd_visit_route(order, count, x, y);
  if (count < 2 || last >= self->sites) return;
  const size_t a = order[0], b = order[count - 1];
  if (hypot(x[b] - x[last], y[b] - y[last]) >= hypot(x[a] - x[last], y[a] - y[last])) return;
  for (size_t k = 0; k < count / 2; k++) {
    const size_t swap = order[k];
    order[k] = order[count - 1 - k];
    order[count - 1 - k] = swap;
  }
}

static kd_status keep_visits(kd_plan *self, const kd_schedule *plan, kd_work *work) {
  kd_status status = KD_OK;
  const size_t n = self->sites;
  size_t last = n, *order = kd_arena_alloc(work->scratch, n, sizeof *order), most = 0;
  double *x = kd_arena_alloc(work->scratch, n, sizeof *x), *y = kd_arena_alloc(work->scratch, n, sizeof *y);
  for (size_t t = 0; t < self->options.years; t++) most += plan->count[t];
  self->visit = kd_arena_alloc(self->arena, most + 1, sizeof *self->visit);
  KD_CHECK(order != NULL && x != NULL && y != NULL && self->visit != NULL, work->err, KD_E_NOMEM,
           "no memory for %zu visits", most);
  for (size_t i = 0; i < n; i++) {
    x[i] = self->site[i].x;
    y[i] = self->site[i].y;
  }
  KD_TRY(tidy(plan->share, self, work));
  for (size_t t = 0; t < self->options.years; t++) {
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
      if (plan->share[t * n + i] > 0.0) order[count++] = i;
    order_year(order, count, self, x, y, last);
    for (size_t k = 0; k < count; k++) {
      const double leg = last < n ? hypot(x[order[k]] - x[last], y[order[k]] - y[last]) : 0.0;
      self->visit[self->visits++] = (kd_plan_visit){order[k], t, k, plan->share[t * n + order[k]], leg};
      self->travel += leg;
      last = order[k];
    }
  }
out:
  return status;
}

/* The greedy plan, the bound, and what plans on one picture each would give. */
static kd_status compare(kd_plan *self, const kd_site *site, const kd_schedule *chosen, kd_work *work) {
  kd_status status = KD_OK;
  kd_schedule other;
  kd_schedule_options o = self->options;
  self->chosen = chosen->value;
  self->greedy = self->bound = (double)NAN;
  if (o.risk <= 0.0 && o.method != KD_SCHEDULE_GREEDY) self->bound = chosen->bound;
  o.risk = 0.0;
  o.method = KD_SCHEDULE_GREEDY;
  KD_TRY(kd_schedule_make(&other, site, self->sites, self->draws, self->pictures, &o, work));
  self->greedy = other.value;
  if (isnan(self->bound) && kd_linear_available()) {
    o.method = KD_SCHEDULE_LINEAR;
    KD_TRY(kd_schedule_make(&other, site, self->sites, self->draws, self->pictures, &o, work));
    self->bound = other.bound;
  }
  const size_t tried = self->pictures < KD_PLAN_ONE_MAP ? self->pictures : KD_PLAN_ONE_MAP;
  o.method = KD_SCHEDULE_GREEDY;
  kd_site *alone = kd_arena_alloc(work->scratch, self->sites, sizeof *alone);
  double *mean = kd_arena_alloc(work->scratch, self->sites, sizeof *mean), sum = 0.0;
  KD_CHECK(alone != NULL && mean != NULL, work->err, KD_E_NOMEM, "no memory for %zu sites", self->sites);
  for (size_t k = 0; k < tried; k++) {
    for (size_t i = 0; i < self->sites; i++) {
      alone[i] = site[i];
      alone[i].value = self->draws[k * self->sites + i];
      mean[i] = site[i].value;
    }
    KD_TRY(kd_schedule_make(&other, alone, self->sites, NULL, 0, &o, work));
    sum += kd_schedule_value(&other, mean, self->sites, &o);
  }
  self->one_map = sum / (double)tried;
out:
  return status;
}

/* ---- what is shown ---- */

static kd_status show(kd_plan *self, kd_work *work) {
  kd_status status = KD_OK;
  enum { SITE = 14, SUM = 9 };
  double *row = kd_arena_alloc(self->arena, self->visits + 1, SITE * sizeof *row), *all = row;
  double *sum = kd_arena_alloc(self->arena, SUM, sizeof *sum);
  double *draw = kd_arena_alloc(work->scratch, self->pictures + 1, sizeof *draw);
  KD_CHECK(row != NULL && sum != NULL && draw != NULL, work->err, KD_E_NOMEM, "no memory for %zu visits", self->visits);
  for (size_t k = 0; k < self->visits; k++, row += SITE) {
    const kd_plan_visit *v = &self->visit[k];
    const kd_plan_site *s = &self->site[v->site];
    for (size_t r = 0; r < self->pictures; r++) draw[r] = v->share * self->draws[r * self->sites + v->site];
    const double cell[SITE] = {(double)v->year + 1.0,
                               (double)v->order + 1.0,
                               s->x,
                               s->y,
                               s->side,
                               (double)s->column + 1.0,
                               v->share,
                               s->free * 100.0,
                               s->grade * KD_PPM,
                               v->share * s->value,
                               kd_quantile(draw, self->pictures, 0.1),
                               kd_quantile(draw, self->pictures, 0.9),
                               v->share * s->hours / 3600.0,
                               v->leg};
    memcpy(row, cell, sizeof cell);
  }
  const double cell[SUM] = {(double)self->options.years,
                            (double)self->sites,
                            (double)self->visits,
                            self->chosen,
                            self->greedy,
                            self->bound,
                            self->one_map,
                            self->travel,
                            (double)self->pictures};
  memcpy(sum, cell, sizeof cell);
  self->exhibit[self->exhibits++] = (kd_exhibit){
      .name = "plan_visits",
      .columns =
          "year [1], order [1], x [m], y [m], side [m], column [1], share [1], free [%], grade [ppm], value [t], "
          "value_p10 [t], value_p90 [t], time [h], leg [m]",
      .doc = "Sites of the mine plan in the order visited; value: weighted oxide expected over the pictures of the "
             "ground.",
      .rows = self->visits,
      .width = SITE,
      .value = all};
  self->exhibit[self->exhibits++] =
      (kd_exhibit){.name = "plan_summary",
                   .columns = "years [1], sites [1], visits [1], value [t], greedy [t], bound [t], one_map [t], travel "
                              "[m], pictures [1]",
                   .doc = "The plan beside the greedy one, the bound of the programme, and plans on one picture each.",
                   .rows = 1,
                   .width = SUM,
                   .value = sum};
out:
  return status;
}

kd_status kd_plan_close(kd_plan *self, kd_place_fn *project, void *user, kd_work *work) {
  kd_status status = KD_OK;
  kd_site *site;
  kd_schedule plan;
  KD_CHECK(self->pictures > 0, work->err, KD_E_MISSING, "no picture of the ground to plan on");
  for (size_t c = 0; c < self->columns; c++) {
    self->value[c] /= (double)self->pictures;
    self->rey[c] /= (double)self->pictures;
  }
  KD_TRY(kd_plan_lay_sites(self, project, user, work));
  set_options(self);
  KD_TRY(gather(&site, self, work));
  KD_TRY(kd_schedule_make(&plan, site, self->sites, self->draws, self->pictures, &self->options, work));
  KD_TRY(keep_visits(self, &plan, work));
  KD_TRY(compare(self, site, &plan, work));
  KD_TRY(show(self, work));
out:
  return status;
}

/* ---- in a realisation ---- */

kd_status kd_plan_follow(kd_plan_take *out, const kd_plan *self, const double *per_area, double wanted, kd_work *work) {
  kd_status status = KD_OK;
  *out = (kd_plan_take){.area = kd_arena_alloc(work->scratch, self->columns, sizeof(double))};
  KD_CHECK(out->area != NULL, work->err, KD_E_NOMEM, "no memory for %zu columns", self->columns);
  for (size_t c = 0; c < self->columns; c++) out->area[c] = 0.0;
  const double enough = wanted * (1.0 - KD_MET);
  for (size_t k = 0; k < self->visits && out->mass < enough; k++) {
    const kd_plan_visit *v = &self->visit[k];
    const kd_plan_site *s = &self->site[v->site];
    const double area = v->share * s->area, mass = area * per_area[s->column],
                 part = fmin(1.0, (wanted - out->mass) / mass);
    if (!(mass > 0.0)) continue;
    out->area[s->column] += part * area;
    out->mass = part < 1.0 ? wanted : out->mass + mass;
    out->visits += 1.0;
    out->leg += v->leg;
  }
  for (size_t k = 0; k < self->reserves && out->mass < enough; k++) {
    const size_t c = self->reserve[k];
    const double area = self->cut[c].area - out->area[c], mass = area * per_area[c];
    if (!(mass > 0.0)) continue;
    const double part = fmin(1.0, (wanted - out->mass) / mass), side = self->site[0].side;
    out->area[c] += part * area;
    out->reserve += part * mass;
    out->mass = part < 1.0 ? wanted : out->mass + mass;
    out->visits += ceil(part * area / (side * side) - 1e-9);
    out->leg += ceil(part * area / (side * side) - 1e-9) * side;
  }
  if (out->mass >= enough) out->mass = wanted;
out:
  return status;
}
