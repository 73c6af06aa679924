// SPDX-License-Identifier: Apache-2.0
/* Elastic catenary between two points. */
#ifndef KD_LIFT_CATENARY_H
#define KD_LIFT_CATENARY_H

#include "base/work.h"

typedef struct kd_catenary {
  double horizontal, top_vertical, foot_vertical; /* tension parts, N; vertical positive when it pulls the end down */
  double top_tension, foot_tension;               /* N */
  double top_angle, foot_angle;                   /* of the line from straight down, rad */
  double sag;                                     /* lowest point below the lower end, m; 0: none between the ends */
  double stretch;                                 /* m */
} kd_catenary;

/* span and drop: of the foot from the top, sideways (at least 0) and down; weight N/m; stiffness N, (double)INFINITY:
 * none. */
kd_status kd_catenary_solve(kd_catenary *out, double length, double weight, double stiffness, double span, double drop,
                            kd_error *err);

#endif
