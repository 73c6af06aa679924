// SPDX-License-Identifier: Apache-2.0
/* How the ship moves the top of the string: response amplitude operators by heading and period. */
#ifndef KD_LIFT_VESSEL_H
#define KD_LIFT_VESSEL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/table.h"
#include "base/work.h"

/* Heading 0: waves from astern, 90 abeam, 180 from ahead. Motions at midship per m of wave amplitude; x forward, y to
 * port, z up; phases ahead of the crest at midship. Without any phase, the vertical motion at the string is
 * heave and pitch in quadrature. `phase` is heave_phase under its older name. */
#define KD_RAO_COLUMNS                                                                                                 \
  "heading [deg], period [s], heave [1], surge [1]?, sway [1]?, roll [rad/m]?, pitch [rad/m]?, yaw [rad/m]?, "         \
  "heave_phase [rad]?, surge_phase [rad]?, sway_phase [rad]?, roll_phase [rad]?, pitch_phase [rad]?, "                 \
  "yaw_phase [rad]?, phase [rad]?"

typedef enum kd_ship_axis { KD_SURGE, KD_SWAY, KD_HEAVE, KD_ROLL, KD_PITCH, KD_YAW, KD_SHIP_AXES } kd_ship_axis;

typedef struct kd_hull {
  double length, beam, draught;      /* m */
  double block;                      /* block coefficient, 0 .. 1 */
  double string_forward;             /* the string's place forward of midship, m */
  double string_port, string_height; /* to port, and its top over the axis of roll and pitch, m */
} kd_hull;

typedef struct kd_vessel {
  kd_hull hull;
  const kd_table *rao; /* NULL: the closed form of the hull */
  /* of a table: rows sorted by heading and period */
  size_t headings;
  const double *heading;                                    /* rad */
  const size_t *first;                                      /* row at which each heading begins, headings + 1 of them */
  const double *frequency;                                  /* rad/s, rising within a heading */
  const double *motion[KD_SHIP_AXES], *phase[KD_SHIP_AXES]; /* m/m or rad/m; rad */
  bool phased;                                              /* the table has phases */
} kd_vessel;

/* A motion as real and imaginary part, times exp(i w t), per metre of a wave cos(w t) at midship. */
typedef struct kd_complex3 {
  double re[3], im[3];
} kd_complex3;

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

/* All six motions at midship in the ship's axes. The box hull surges and sways with the water that it displaces and
 * does not roll or yaw. */
void kd_vessel_motions(double re[KD_SHIP_AXES], double im[KD_SHIP_AXES], const kd_vessel *self, double omega,
                       double heading);
/* Motion of the string's top with its lever arms: x along the waves, y to their left, z up. */
void kd_vessel_top(kd_complex3 *out, const kd_vessel *self, double omega, double heading);

#endif
