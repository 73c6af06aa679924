// SPDX-License-Identifier: Apache-2.0
/* The plan of the chain: sites of the ground, chosen once on many pictures of it, and followed by every realisation. */
#ifndef KD_MINEPLAN_PLAN_H
#define KD_MINEPLAN_PLAN_H

#include "base/exhibit.h"
#include "mineplan/columns.h"
#include "mineplan/schedule.h"
#include "numerics/polygon.h"

typedef struct kd_plan_site {
  double x, y, side; /* m: middle and side of the panel */
  size_t column;     /* of the ground */
  double free;       /* share of the panel outside zones and steep ground */
  double area;       /* m2 that is free */
  double value;      /* expected weighted oxide in the mud lifted [t] */
  double hours;      /* s of the ship with the heads at their fastest */
  double mass;       /* kg dry lifted */
  double grade;      /* expected REY of the cut [kg/kg] */
} kd_plan_site;

typedef struct kd_plan_visit {
  size_t site, year, order; /* year and order from 0 */
  double share;             /* of the site that is mined then */
  double leg;               /* m from the visit before it, of the year before too */
} kd_plan_visit;

typedef struct kd_plan {
  kd_context *ctx;
  kd_arena *arena;
  kd_mineplan_params params; /* at the medians */
  size_t columns;
  double *x, *y;    /* [columns] m, NaN: no place */
  kd_cut *cut;      /* [columns] */
  double *realised; /* [pictures][columns] weighted oxide under 1 m2 [kg/m2] */
  double *rey;      /* [columns] mean REY under 1 m2 over the pictures [kg/m2] */
  double *value;    /* [columns] mean of realised */
  size_t pictures, room;
  double heads;       /* side by side, as a year's rate wants them */
  double dry_year;    /* kg dry wanted in a year */
  double area_wanted; /* m2 of ground, all years */
  double slurry;      /* kg dry in a kg of slurry, where the rate is of slurry */
  double ground_area; /* m2 */
  kd_plan_site *site;
  size_t sites;
  double *draws;        /* [pictures][sites] t */
  kd_plan_visit *visit; /* year by year, in the order visited */
  size_t visits;
  size_t *reserve; /* [columns] by falling value per ship hour: what is mined when the visits do not give enough */
  size_t reserves;
  double chosen, greedy, bound, one_map; /* values; NaN: not known */
  double travel;                         /* m on the way, all years */
  kd_schedule_options options;
  kd_exhibit exhibit[3];
  size_t exhibits;
} kd_plan;

#define KD_PLAN_ONE_MAP 50 /* plans on one picture each, beside the plan on all */

/* Opens a plan for these parameters, for at most so many pictures. */
kd_status kd_plan_open(kd_plan **out, const kd_mineplan_params *p, size_t pictures, kd_context *ctx, kd_error *err);
/* Takes in a picture of the ground: same columns each time. Errors: those of kd_mineplan_run, KD_E_MODEL. */
kd_status kd_plan_picture(kd_plan *self, const kd_ground *ground, kd_work *work);
/* Lays the sites, makes the plan and its order. project turns degrees of zones and sea floor into the ground's metres;
 * NULL: the ground knows none. Errors: KD_E_MISSING for a ground without places, KD_E_BASIS, KD_E_INFEASIBLE,
 * KD_E_SIZE, KD_E_MODEL without a solver, KD_E_NOMEM. */
kd_status kd_plan_close(kd_plan *self, kd_place_fn *project, void *user, kd_work *work);
void kd_plan_release(void **plan);
size_t kd_plan_exhibits(const kd_exhibit **out, const void *plan);

/* plan_sites.c: the sites alone. */
kd_status kd_plan_lay_sites(kd_plan *self, kd_place_fn *project, void *user, kd_work *work);

/* What following the plan uses of each column. */
typedef struct kd_plan_take {
  double *area;         /* [columns] m2 of ground, of free panels */
  double mass, reserve; /* of the basis; of it from outside the plan */
  double visits, leg;   /* visits made; m on the way */
} kd_plan_take;

/* Visits in their order, then the reserve, until the mass wanted is met. per_area: [columns] kg of the basis that 1 m2
 * of free ground gives. out->mass falls short when there is no more. */
kd_status kd_plan_follow(kd_plan_take *out, const kd_plan *self, const double *per_area, double wanted, kd_work *work);

#endif
