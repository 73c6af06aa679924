// SPDX-License-Identifier: Apache-2.0
/* Which sites are mined in which year, and in which order the ship visits them. */
#ifndef KD_MINEPLAN_SCHEDULE_H
#define KD_MINEPLAN_SCHEDULE_H

#include <stdbool.h>

#include "base/work.h"

/* A site: ground that the ship mines without being towed elsewhere; at least one minimum mining width across. */
typedef struct kd_site {
  double x, y;  /* m */
  double value; /* expected, of the whole site */
  double hours; /* of the ship, to mine all of it [s] */
  double mass;  /* kg dry, all of it */
} kd_site;

typedef enum kd_schedule_method { KD_SCHEDULE_GREEDY, KD_SCHEDULE_LINEAR, KD_SCHEDULE_WHOLE } kd_schedule_method;
#define KD_SCHEDULE_METHODS "greedy|linear|whole"

typedef struct kd_schedule_options {
  kd_schedule_method method;
  size_t years;
  double hours;               /* of the ship in a year [s] */
  double capacity;            /* kg dry in a year; NaN: none */
  double discount;            /* a year */
  double landing;             /* s lost at each site that is visited in a year: move, lower, raise */
  double speed;               /* of the ship with the string, for the way between sites [m/s]; infinite: no time */
  double least;               /* share of a site that is mined at least when it is visited in a year */
  double risk;                /* 0: the mean counts alone; 1: the tail alone */
  double tail;                /* share of the worst realisations that the tail is the mean of */
  double seconds, nodes, gap; /* of the search for whole visits; seconds, nodes infinite: no limit */
} kd_schedule_options;

typedef struct kd_schedule {
  double *share;           /* [years][sites] mined */
  size_t *order;           /* [years][sites] sites in the order visited, count[year] of them */
  size_t *count;           /* [years] */
  double *travel;          /* [years] s on the way between sites */
  double *used;            /* [years] s of ship time, travel and landings included */
  double value;            /* discounted, expected */
  double tail;             /* mean of the worst realisations; NaN without realisations */
  double objective, bound; /* of the programme; greedy: NaN */
  bool proven;
} kd_schedule;

/* realised: [realisations][sites] values of the whole sites, NULL: the expected value is certain. Errors: KD_E_RANGE,
 * KD_E_MODEL without a solver, KD_E_INFEASIBLE, KD_E_NOMEM. */
kd_status kd_schedule_make(kd_schedule *out, const kd_site *site, size_t sites, const double *realised,
                           size_t realisations, const kd_schedule_options *options, kd_work *work);

/* Discounted value of a plan when site i is worth value[i] in all. */
double kd_schedule_value(const kd_schedule *self, const double *value, size_t sites,
                         const kd_schedule_options *options);

/* Shortest way found through all points: nearest neighbour from the first, then exchanges of two edges until none is
 * shorter. order: count indices, changed in place; returns the length of the open way [m]. */
double kd_visit_route(size_t *order, size_t count, const double *x, const double *y);

#endif
