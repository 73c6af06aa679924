// SPDX-License-Identifier: Apache-2.0
/* Sites of a plan: panels of the columns of ground.
 *
 *   A = f w^2       lifted = A (1 - x) C r       V = lifted v       m = lifted d / (1 - delta)              (1)
 *   T = m / (h m1) t1       t1 = lower + raise + step + depth/bites/penetration                            (2)
 *
 *   w  side of a panel [m]      f  share of it outside zones and steep ground      x, C, r, delta  keep-out, coverage,
 *   recovery, dilution      v, d  expected weighted oxide, dry solid under 1 m2 [kg/m2]      h  heads side by side
 *   m1 dry solid of one insertion [kg]      t1  fastest cycle [s]      T  ship hours, landing and way apart [s]
 *
 * The panels of a column stand on a lattice about its middle, taken from the middle outwards, until they hold the whole
 * plan; columns are taken by falling value per ship hour until the sites hold three plans. f is counted at KD_PROBES x
 * KD_PROBES points. Ground that no survey covers counts as flat.
 *
 * Source    own model. Weakness  the grade within a column is taken as even; a panel is square and stands to the north.
 */
#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "mineplan/head.h"
#include "mineplan/plan.h"
#include "mineplan/slope.h"

#define KD_PI      3.14159265358979323846
#define KD_PROBES  10
#define KD_MOST    400   /* sites */
#define KD_PLANS   3.0   /* that the sites hold */
#define KD_LEAST   6     /* columns that offer sites, where there are */
#define KD_USUAL   40.0  /* sites of a plan, where no width is given */
#define KD_NARROW  200.0 /* m, the least width where none is given; assumed */
#define KD_LATTICE 101   /* panels along a side of a column that are tried */

typedef struct lattice {
  int ix, iy;
} lattice;

typedef struct layer {
  kd_plan *plan;
  kd_polygons zones;
  kd_floor floor;
  bool fenced, surveyed;
  double width, limit;
  lattice place[KD_LATTICE * KD_LATTICE]; /* from the middle outwards */
} layer;

static int outwards(const void *a, const void *b) {
  const lattice *p = a, *q = b;
  const int near = p->ix * p->ix + p->iy * p->iy, far = q->ix * q->ix + q->iy * q->iy;
  if (near != far) return near - far;
  return p->iy != q->iy ? p->iy - q->iy : p->ix - q->ix;
}

static void fill_lattice(layer *l) {
  const int half = KD_LATTICE / 2;
  size_t at = 0;
  for (int iy = -half; iy <= half; iy++)
    for (int ix = -half; ix <= half; ix++) l->place[at++] = (lattice){ix, iy};
  qsort(l->place, at, sizeof *l->place, outwards);
}

/* Share of a panel that may be mined. */
static double free_share(const layer *l, double x, double y, double side) {
  size_t free_points = 0;
  if (!l->fenced && !l->surveyed) return 1.0;
  for (int i = 0; i < KD_PROBES; i++) {
    for (int k = 0; k < KD_PROBES; k++) {
      const double px = x + side * ((i + 0.5) / KD_PROBES - 0.5), py = y + side * ((k + 0.5) / KD_PROBES - 0.5);
      if (l->fenced && kd_polygons_contain(&l->zones, px, py)) continue;
      if (l->surveyed && kd_floor_slope(&l->floor, px, py) > l->limit) continue;
      free_points++;
    }
  }
  return (double)free_points / (KD_PROBES * KD_PROBES);
}

static double basis_mass(const kd_plan *self, const kd_cut *cut) {
  if (self->params.rate_basis == KD_BASIS_WET_MUD) return cut->wet;
  return self->params.rate_basis == KD_BASIS_SLURRY ? cut->dry / self->slurry : cut->dry;
}

/* One panel of column c as a site. */
static kd_plan_site site_of(const kd_plan *self, size_t c, double x, double y, double side, double free) {
  const kd_mineplan_params *p = &self->params;
  const kd_cut *cut = &self->cut[c];
  const double circle = KD_PI / 4.0 * p->head_diameter * p->head_diameter;
  const double bites = kd_head_bites(cut->depth, p->head_length), thinned = 1.0 - p->dilution;
  const double coverage = kd_packing_coverage((kd_pattern)p->pattern, p->spacing);
  const double one =
      circle * kd_packing_fresh((kd_pattern)p->pattern, p->spacing) * cut->dry * p->recovery / thinned / bites;
  const double cycle = p->lower_time + p->raise_time + p->step_time + cut->depth / bites / p->penetration_rate;
  const double area = fmin(side * side, cut->area) * free, lifted = area * (1.0 - p->keep_out) * coverage * p->recovery;
  return (kd_plan_site){.x = x,
                        .y = y,
                        .side = side,
                        .column = c,
                        .free = free,
                        .area = area,
                        .value = lifted * self->value[c] * 1e-3,
                        .hours = lifted * cut->dry / thinned / (self->heads * one) * cycle,
                        .mass = lifted * cut->dry / thinned,
                        .grade = self->rey[c] / cut->dry};
}

/* Adds panels of a column until they hold the plan; returns the mass of the basis that they hold. */
static double lay_column(kd_plan *self, const layer *l, size_t c, double wanted) {
  const kd_mineplan_params *p = &self->params;
  const kd_cut *cut = &self->cut[c];
  const double side = sqrt(cut->area), width = fmin(l->width, side);
  const double left = (1.0 - p->keep_out) * kd_packing_coverage((kd_pattern)p->pattern, p->spacing) * p->recovery;
  const int count = (int)fmin(floor(side / width + 1e-9), KD_LATTICE);
  const double shift = count % 2 == 0 ? 0.5 : 0.0;
  double held = 0.0;
  for (size_t k = 0; k < KD_LATTICE * KD_LATTICE && held < wanted && self->sites < KD_MOST; k++) {
    const double ix = l->place[k].ix + shift, iy = l->place[k].iy + shift;
    if (2.0 * fabs(ix) > count - 1 + 1e-9 || 2.0 * fabs(iy) > count - 1 + 1e-9) continue;
    const double x = self->x[c] + ix * width, y = self->y[c] + iy * width, free = free_share(l, x, y, width);
    if (free <= 0.0 || free < p->least_free) continue;
    self->site[self->sites] = site_of(self, c, x, y, width, free);
    held += self->site[self->sites++].area * left * basis_mass(self, cut);
  }
  return held;
}

typedef struct ranked {
  double rate;
  size_t column;
} ranked;

static int by_rate(const void *a, const void *b) {
  const ranked *x = a, *y = b;
  if (x->rate != y->rate) return x->rate > y->rate ? -1 : 1;
  return x->column < y->column ? -1 : x->column > y->column;
}

static kd_status rank(kd_plan *self, kd_work *work) {
  kd_status status = KD_OK;
  const kd_mineplan_params *p = &self->params;
  ranked *order = kd_arena_alloc(work->scratch, self->columns + 1, sizeof *order);
  self->reserve = kd_arena_alloc(self->arena, self->columns + 1, sizeof *self->reserve);
  KD_CHECK(order != NULL && self->reserve != NULL, work->err, KD_E_NOMEM, "no memory for %zu columns", self->columns);
  for (size_t c = 0; c < self->columns; c++) {
    const kd_cut *cut = &self->cut[c];
    if (cut->dry <= 0.0 || self->rey[c] / cut->dry < p->cutoff) continue;
    KD_CHECK(isfinite(self->x[c]) && isfinite(self->y[c]), work->err, KD_E_MISSING,
             "column %zu has no place: a plan of sites wants x and y of the blocks", c + 1);
    const kd_plan_site s = site_of(self, c, 0.0, 0.0, 1.0, 1.0);
    order[self->reserves++] = (ranked){s.value / s.hours, c};
  }
  KD_CHECK(self->reserves > 0, work->err, KD_E_INFEASIBLE,
           "no column reaches the cut-off of %g ppm in the mean of the pictures", p->cutoff * 1e6);
  qsort(order, self->reserves, sizeof *order, by_rate);
  for (size_t k = 0; k < self->reserves; k++) self->reserve[k] = order[k].column;
out:
  return status;
}

/* Zones and slopes, in the metres of the ground. */
static kd_status read_limits(layer *l, kd_place_fn *project, void *user, kd_work *work) {
  kd_status status = KD_OK;
  const kd_mineplan_params *p = &l->plan->params;
  l->fenced = p->zones != NULL;
  l->surveyed = p->floor != NULL;
  l->limit = p->steepest;
  if (l->fenced) {
    KD_TRY(kd_polygons_read(&l->zones, p->zones, work));
    KD_CHECK(!l->zones.geographic || project != NULL, work->err, KD_E_BASIS,
             "zones are in degrees, the ground in metres of its own: give both in one system");
    if (l->zones.geographic) KD_TRY(kd_polygons_project(&l->zones, "zones", project, user, work->err));
  }
  if (l->surveyed) {
    KD_TRY(kd_floor_read(&l->floor, p->floor, KD_SLOPE_HORN, work));
    KD_TRY(kd_floor_place(&l->floor, project, user, work));
  }
out:
  return status;
}

kd_status kd_plan_lay_sites(kd_plan *self, kd_place_fn *project, void *user, kd_work *work) {
  kd_status status = KD_OK;
  const kd_mineplan_params *p = &self->params;
  const double wanted = p->rate * p->planned_days * p->years * (1.0 - p->dilution);
  const double narrow = p->head_diameter * (1.0 + p->spacing * (self->heads - 1.0));
  layer *l = kd_arena_alloc(work->scratch, 1, sizeof *l);
  double held = 0.0, widest = 0.0;
  size_t columns = 0;
  self->site = kd_arena_alloc(self->arena, KD_MOST + 1, sizeof *self->site);
  KD_CHECK(l != NULL && self->site != NULL, work->err, KD_E_NOMEM, "no memory for the sites");
  *l = (layer){.plan = self};
  KD_CHECK(isnan(p->site_width) || p->site_width >= narrow, work->err, KD_E_RANGE,
           "site_width %g m: the frame of %g heads is %.4g m wide: the least width that can be mined", p->site_width,
           self->heads, narrow);
  l->width = isnan(p->site_width) ? fmax(fmax(KD_NARROW, narrow), sqrt(self->area_wanted / KD_USUAL)) : p->site_width;
  KD_TRY(rank(self, work));
  KD_TRY(read_limits(l, project, user, work));
  fill_lattice(l);
  for (size_t k = 0; k < self->reserves && self->sites < KD_MOST; k++) {
    if (held >= KD_PLANS * wanted && columns >= KD_LEAST) break;
    const double more = lay_column(self, l, self->reserve[k], wanted);
    columns += more > 0.0;
    held += more;
    widest = fmax(widest, more);
  }
  KD_CHECK(self->sites > 0, work->err, KD_E_INFEASIBLE,
           "no site of %g m is free: zones and slopes above %g deg leave less than %g %% of every one", l->width,
           p->steepest * 180.0 / KD_PI, 100.0 * p->least_free);
  KD_CHECK(self->sites < KD_MOST || held >= wanted, work->err, KD_E_SIZE,
           "%d sites of %g m hold %.3g %% of what the plan wants: a larger site_width is wanted", KD_MOST, l->width,
           100.0 * held / wanted);
out:
  return status;
}
