// SPDX-License-Identifier: Apache-2.0
/* The mine plan stage: ground in, the feed of the lift out.
 *
 *   1. cut every column of the ground as the head would (columns.c)
 *   2. choose columns by their planned value until the mass wanted is met (select.c); or follow a plan of sites that
 * was made once, on many pictures of the ground (plan.c)
 *   3. blend what the chosen columns turn out to hold, and dilute it with the block at the sea floor
 *   4. count insertions, heads and times (head.c)
 *
 *   M  = a (1 - x) C r m / b                  mass of a column that can be lifted, in the basis of the rate   [kg] (1)
 *   W  = R D Y (1 - delta)                    mass wanted from the ground                                     [kg] (2)
 *   g  = (1 - delta) g_cut + delta g_top      grade of the feed                                            [kg/kg] (3)
 *   m1 = A F r m / ((1 - delta) bites)        dry solid won by one insertion                                  [kg] (4)
 *   l  = sigma (1 - delta) (1 - r) / r        stirred up and lost, per dry solid lifted                    [kg/kg] (5)
 *
 *   a  area of the column      [m2]           C  coverage of the pattern [-]       R      rate on its basis    [kg/s]
 *   A  circle of the head      [m2]           F  its fresh share         [-]       D, Y   planned days [s], years [-]
 *   m  dry solid of the cut    [kg/m2]        r  recovery in the cut     [-]       delta  dilution            [kg/kg]
 *   b  dry solid in the basis  [kg/kg]        x  keep-out                [-]       sigma  suspended of the unlifted [-]
 *
 * Source    own model; head and rate as printed (tables.c names them).
 * Weakness  the columns of the table are far larger than a year's ground, so the grade within a column is taken as
 *           even; holes are all of one depth.
 */
#include "mineplan/mineplan.h"

#include <math.h>

#include "base/error.h"
#include "mineplan/columns.h"
#include "mineplan/head.h"
#include "mineplan/plan.h"
#include "mineplan/rate.h"
#include "mineplan/select.h"

#define KD_PI  3.14159265358979323846
#define KD_DAY 86400.0

static const char *const basis_names[] = {"wet mud", "slurry", "dry solid"};

/* The plan under way: columns, choice, and sums over the choice. */
typedef struct plan {
  kd_cut *cut;
  kd_candidate *candidate;
  kd_selection chosen;
  double wanted;     /* mass of the basis from the ground, all years */
  double available;  /* the same, that can be lifted above the cut-off */
  double area;       /* m2 of chosen ground, gaps and keep-out included */
  double dry, wet;   /* kg in the cut under the head, of the chosen ground */
  double rey;        /* kg, planned */
  double depth;      /* m, mean by area */
  double lifted;     /* kg dry solid from the ground, all years */
  double all_lifted; /* kg dry solid that can be lifted above the cut-off */
  double element[KD_ELEMENTS], cover[KD_ELEMENTS];
  double slurry;      /* kg dry in a kg of slurry */
  kd_plan_take taken; /* of a plan of sites */
} plan;

static double share_left(const kd_mineplan_params *p, double coverage) {
  return (1.0 - p->keep_out) * coverage * p->recovery;
}

/* Kilograms of the basis in 1 m2 of a column's cut. */
static double basis_mass(const kd_cut *cut, const kd_mineplan_params *p, double slurry) {
  if (p->rate_basis == KD_BASIS_WET_MUD) return cut->wet;
  return p->rate_basis == KD_BASIS_SLURRY ? cut->dry / slurry : cut->dry;
}

/* Fills the candidates: columns whose planned grade reaches the cut-off. */
static kd_status rank_columns(plan *self, const kd_mineplan_params *p, const kd_ground *ground, double coverage,
                              kd_work *work) {
  kd_status status = KD_OK;
  double best = 0.0;
  self->slurry = 1.0;
  self->cut = kd_arena_alloc(work->scratch, ground->columns, sizeof(kd_cut));
  self->candidate = kd_arena_alloc(work->scratch, ground->columns, sizeof(kd_candidate));
  KD_CHECK(self->cut != NULL && self->candidate != NULL, work->err, KD_E_NOMEM, "no memory for %zu columns",
           ground->columns);
  KD_TRY(kd_cut_columns(self->cut, p, ground, work->err));
  if (p->rate_basis == KD_BASIS_SLURRY)
    KD_TRY(kd_basis_solids(&self->slurry, KD_BASIS_SLURRY, 0.0, ground->grain_density, ground->pore_density,
                           p->slurry_solids, work->err));
  for (size_t c = 0; c < ground->columns; c++) {
    const kd_cut *cut = &self->cut[c];
    const double grade = cut->dry > 0.0 ? cut->rey / cut->dry : 0.0;
    best = grade > best ? grade : best;
    if (cut->dry <= 0.0 || grade < p->cutoff) continue;
    self->candidate[c].mass = cut->area * share_left(p, coverage) * basis_mass(cut, p, self->slurry);
    self->candidate[c].value = p->ranking == KD_RANKING_PER_AREA ? cut->value : cut->value / cut->dry;
    self->available += self->candidate[c].mass;
    self->all_lifted += cut->area * share_left(p, coverage) * cut->dry;
  }
  KD_CHECK(
      self->available > 0.0, work->err, KD_E_INFEASIBLE,
      "no column reaches the cut-off of %g ppm in a cut from %g m to %g m: the best has %.4g ppm; lower cutoff, or cut "
      "elsewhere (cover, column)",
      p->cutoff * 1e6, p->cover, p->column, best * 1e6);
out:
  return status;
}

/* The columns that a plan of sites visits, with the share of each that is taken. */
static kd_status follow_plan(plan *self, const kd_mineplan_params *p, const kd_ground *ground, double coverage,
                             kd_work *work) {
  kd_status status = KD_OK;
  const kd_plan *made = work->prepared;
  double *per_area = kd_arena_alloc(work->scratch, ground->columns, sizeof *per_area);
  self->chosen.order = kd_arena_alloc(work->scratch, ground->columns, sizeof *self->chosen.order);
  KD_CHECK(per_area != NULL && self->chosen.order != NULL, work->err, KD_E_NOMEM, "no memory for %zu columns",
           ground->columns);
  KD_CHECK(ground->columns == made->columns, work->err, KD_E_MODEL,
           "the plan was made for %zu columns, the ground has %zu", made->columns, ground->columns);
  for (size_t c = 0; c < ground->columns; c++)
    per_area[c] = share_left(p, coverage) * basis_mass(&self->cut[c], p, self->slurry);
  KD_TRY(kd_plan_follow(&self->taken, made, per_area, self->wanted, work));
  for (size_t c = 0; c < ground->columns; c++) {
    if (self->taken.area[c] <= 0.0) continue;
    self->candidate[c].take = self->taken.area[c] / self->cut[c].area;
    self->chosen.order[self->chosen.count++] = c;
  }
  self->chosen.mass = self->taken.mass;
out:
  return status;
}

static kd_status choose_columns(plan *self, const kd_mineplan_params *p, const kd_ground *ground, double coverage,
                                kd_work *work) {
  kd_status status = KD_OK;
  self->wanted = p->rate * p->planned_days * p->years * (1.0 - p->dilution);
  if (work->prepared != NULL)
    KD_TRY(follow_plan(self, p, ground, coverage, work));
  else
    KD_TRY(kd_mineplan_select(&self->chosen, self->candidate, ground->columns, self->wanted, work->scratch, work->err));
  KD_CHECK(self->chosen.mass >= self->wanted, work->err, KD_E_INFEASIBLE,
           "the ground of at least %g ppm holds %.4g Mt of %s that can be lifted, %.4g Mt are wanted for %g year%s; "
           "lower rate, planned_days or cutoff, or deepen column",
           p->cutoff * 1e6, self->available * 1e-9, basis_names[p->rate_basis], self->wanted * 1e-9, p->years,
           p->years == 1.0 ? "" : "s");
  for (size_t k = 0; k < self->chosen.count; k++) {
    const size_t c = self->chosen.order[k];
    const kd_cut *cut = &self->cut[c];
    const double area = cut->area * self->candidate[c].take, under = area * (1.0 - p->keep_out) * coverage;
    self->area += area;
    self->dry += under * cut->dry;
    self->wet += under * cut->wet;
    self->rey += under * cut->rey;
    self->depth += area * cut->depth;
    kd_cut_elements(self->element, self->cover, cut, under, p, ground);
  }
  self->depth /= self->area;
  self->lifted = self->dry * p->recovery;
out:
  return status;
}

/* Grades of the feed, water and apatite. */
static kd_status blend(kd_mineplan_result *out, const plan *self, const kd_mineplan_params *p, const kd_ground *ground,
                       kd_error *err) {
  kd_status status = KD_OK;
  double rey = 0.0, cut = 0.0, heavy = 0.0, reo = 0.0;
  for (int e = 0; e < KD_ELEMENTS; e++) {
    const double grade = self->element[e] / self->dry, top = self->cover[e] / self->dry;
    out->element_grade[e] = out->feed.grade[e] = (1.0 - p->dilution) * grade + p->dilution * top;
  }
  for (int e = 0; e < KD_REY; e++) {
    const double g = out->feed.grade[e];
    rey += g;
    cut += self->element[e] / self->dry;
    heavy += kd_elements[e].heavy ? g : 0.0;
    reo += g * kd_oxide_factor((kd_element_id)e);
  }
  out->mined_grade = rey;
  out->ground_grade = cut;
  out->planned_grade = self->rey / self->dry;
  out->heavy_share = rey > 0.0 ? heavy / rey : 0.0;
  out->reo_year = reo * out->dry_year;
  KD_TRY(kd_apatite_share(&out->coarse_share, rey, p->clay_grade, p->apatite_grade, err));
  out->feed.coarse_share = out->coarse_share;
  out->feed.grain_density = ground->grain_density;
  out->feed.pore_density = ground->pore_density;
  out->feed.pore_water = (self->wet - self->dry) / self->dry + p->extra_water;
  out->feed.water_depth = ground->water_depth;
  out->feed.loss_share = p->stirred_share * (1.0 - p->dilution) * (1.0 - p->recovery) / p->recovery;
out:
  return status;
}

/* Heads that the moves of a plan of sites leave room for: h P >= t0 + tc + h T/N, all moves T shared by N insertions.
 */
static kd_status move_of_plan(double *move, const kd_mineplan_result *out, const plan *self,
                              const kd_mineplan_params *p, double shortest, kd_error *err) {
  kd_status status = KD_OK;
  const double moves = self->taken.visits * p->site_move_time + self->taken.leg / p->travel_speed;
  const double insertions = out->insertions_per_year * p->years, each = moves / insertions;
  const double period = out->dry_per_insertion / out->dry_rate;
  KD_CHECK(period > each, err, KD_E_INFEASIBLE,
           "%g visits and %.4g km of way take %.4g days, all of the production days are %.4g: a larger site_width or a "
           "higher travel_speed is wanted",
           self->taken.visits, self->taken.leg * 1e-3, moves / KD_DAY, p->planned_days * p->years / KD_DAY);
  const double heads = fmax(1.0, ceil(shortest / (period - each) - 1e-9));
  *move = each * (isnan(p->heads) ? heads : p->heads);
out:
  return status;
}

/* Insertions, heads and the design rate of the pipe. */
static kd_status time_heads(kd_mineplan_result *out, const plan *self, const kd_mineplan_params *p, bool planned,
                            kd_error *err) {
  kd_status status = KD_OK;
  kd_head_cycle cycle;
  const double circle = KD_PI / 4.0 * p->head_diameter * p->head_diameter;
  const double fresh = circle * kd_packing_fresh((kd_pattern)p->pattern, p->spacing);
  const double per_area = self->dry / (self->area * (1.0 - p->keep_out) * out->coverage);
  const double handling = p->lower_time + p->raise_time + p->step_time;
  double move = p->site_move_time / p->insertions_per_site;
  out->bites = kd_head_bites(self->depth, p->head_length);
  out->dry_per_insertion = fresh * per_area * p->recovery / (1.0 - p->dilution) / out->bites;
  out->insertions_per_year = out->dry_year / out->dry_per_insertion;
  const double cutting = self->depth / out->bites / p->penetration_rate;
  if (planned) KD_TRY(move_of_plan(&move, out, self, p, handling + cutting, err));
  KD_TRY(kd_head_cycle_from(&cycle, out->dry_rate, out->dry_per_insertion, handling + move, cutting, p->heads, err));
  out->heads = cycle.heads;
  out->insertions_per_day = cycle.wanted;
  out->insertions_per_head = cycle.possible;
  out->cutting_time = cycle.cutting;
  out->insertion_time = cycle.cycle - move;
  out->lifting_rate = cycle.rate;
  out->feed.dry_rate = cycle.rate;
  out->feed.dry_per_insertion = cycle.heads * out->dry_per_insertion;
  out->feed.insertion_time = out->insertion_time;
  out->feed.move_time = move;
  out->move_share = planned ? move / cycle.cycle : (double)NAN;
out:
  return status;
}

static void tell_plan(kd_mineplan_result *out, const plan *self, const kd_mineplan_params *p, const kd_plan *made) {
  out->sites_year = out->travel_year = out->reserve_share = out->plan_gap = out->greedy_gap = (double)NAN;
  if (made == NULL) return;
  out->sites_year = self->taken.visits / p->years;
  out->travel_year = self->taken.leg / p->years;
  out->reserve_share = self->taken.reserve / self->taken.mass;
  out->plan_gap = fmax(0.0, (made->bound - made->chosen) / made->bound); /* below 0: round-off */
  out->greedy_gap = fmax(0.0, (made->bound - made->greedy) / made->bound);
  if (isnan(made->bound)) out->plan_gap = out->greedy_gap = (double)NAN;
}

kd_status kd_mineplan_run(kd_mineplan_result *out, const kd_mineplan_params *p, const kd_ground *ground,
                          kd_work *work) {
  kd_status status = KD_OK;
  plan self = {0};
  double ground_area = 0.0;
  *out = (kd_mineplan_result){0};
  KD_CHECK(p->cover < p->column, work->err, KD_E_CONTRADICTION, "the cut has no height: cover %g m, column %g m",
           p->cover, p->column);
  out->coverage = kd_packing_coverage((kd_pattern)p->pattern, p->spacing);
  KD_TRY(rank_columns(&self, p, ground, out->coverage, work));
  KD_TRY(choose_columns(&self, p, ground, out->coverage, work));
  out->dry_year = self.lifted / (1.0 - p->dilution) / p->years;
  out->wet_year = out->dry_year * self.wet / self.dry;
  out->dry_rate = out->dry_year / p->planned_days;
  out->wet_rate = out->wet_year / p->planned_days;
  KD_TRY(blend(out, &self, p, ground, work->err));
  KD_TRY(time_heads(out, &self, p, work->prepared != NULL, work->err));
  tell_plan(out, &self, p, work->prepared);
  for (size_t c = 0; c < ground->columns; c++) ground_area += self.cut[c].area;
  out->cut_depth = self.depth;
  out->ground_area_year = self.area / p->years;
  out->cut_area_year = out->ground_area_year * (1.0 - p->keep_out) * out->coverage;
  out->ground_share = out->ground_area_year / ground_area;
  out->available = self.all_lifted;
  out->years_of_ground = self.available / (self.wanted / p->years);
  out->overall_recovery = share_left(p, out->coverage);
  out->columns_used = (double)self.chosen.count;
  kd_ledger_post(work->ledger, "mineplan.head", out->heads);
out:
  return status;
}
