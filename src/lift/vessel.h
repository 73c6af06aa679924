// SPDX-License-Identifier: Apache-2.0
/* How the ship moves the top of the string: response amplitude operators by heading and period. */
#ifndef KD_LIFT_VESSEL_H
#define KD_LIFT_VESSEL_H

#include <stddef.h>

#include "base/table.h"
#include "base/work.h"

/* Heading 0: waves from astern, 90 abeam, 180 from ahead. Heave at the string in m per m of wave amplitude. */
#define KD_RAO_COLUMNS "heading [deg], period [s], heave [1], pitch [rad/m]?, phase [rad]?"

typedef struct kd_hull {
  double length, beam, draught; /* m */
  double block;                 /* block coefficient, 0 .. 1 */
  double string_forward;        /* the string's place forward of midship, m */
} kd_hull;

typedef struct kd_vessel {
  kd_hull hull;
  const kd_table *rao; /* NULL: the closed form of the hull */
  /* of a table: rows sorted by heading and period */
  size_t headings;
  const double *heading;   /* rad */
  const size_t *first;     /* row at which each heading begins, headings + 1 of them */
  const double *frequency; /* rad/s, rising within a heading */
  const double *heave, *pitch;
} kd_vessel;

typedef struct kd_hull_response {
  double heave; /* at midship, m/m */
  double pitch; /* rad/m */
  double point; /* vertical motion at the string, m/m */
} kd_hull_response;

/* Closed form of Jensen, Mansour and Olsen (2004) for a box-shaped hull at rest. heading [rad], omega [rad/s]. */
void kd_hull_respond(kd_hull_response *out, const kd_hull *hull, double omega, double heading, double gravity);

kd_status kd_vessel_prepare(kd_vessel *self, kd_work *work); /* reads rao, when there is one */
/* Vertical motion at the string per wave amplitude. */
double kd_vessel_heave(const kd_vessel *self, double omega, double heading);

#endif
