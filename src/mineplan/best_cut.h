// SPDX-License-Identifier: Apache-2.0
/* How deep to cut a column, and how much of its cover to leave: the cut of the most value per ship hour. */
#ifndef KD_MINEPLAN_BEST_CUT_H
#define KD_MINEPLAN_BEST_CUT_H

#include <stddef.h>

#include "base/arena.h"
#include "kaidei/error.h"

typedef struct kd_layer_of_mud {
  double top, bottom; /* m below the sea floor */
  double density;     /* kg dry per m3 */
  double value;       /* of 1 kg of it, lifted */
} kd_layer_of_mud;

typedef struct kd_cut_rules {
  double area;        /* m2 of fresh ground under one hole */
  double fixed;       /* s of a bite without cutting: lower, raise, step */
  double penetration; /* m/s, the cover too is passed at this rate */
  double head_length; /* m: a deeper hole takes more bites */
  double recovery;    /* of the cut */
  double lift;        /* kg dry per second that go up at most; infinite: no limit */
  double cost;        /* of 1 kg lifted, in the unit of the value */
  double least;       /* m that are lifted at least */
} kd_cut_rules;

typedef struct kd_best_cut {
  double cover, bottom;  /* m */
  double dry, value;     /* kg and value of one hole, cost taken off */
  double seconds, bites; /* of one hole */
  double rate;           /* value per second */
} kd_best_cut;

/* Layers of one column from the top down, gaps hold nothing. Errors: KD_E_INFEASIBLE when the ground is thinner than
 * `least`, KD_E_NOMEM. */
kd_status kd_best_cut_find(kd_best_cut *out, const kd_layer_of_mud *layer, size_t layers, const kd_cut_rules *rules,
                           kd_arena *scratch, kd_error *err);

/* The cut from cover to bottom. */
kd_best_cut kd_cut_rate(const kd_layer_of_mud *layer, size_t layers, const kd_cut_rules *rules, double cover,
                        double bottom);

#endif
