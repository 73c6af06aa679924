// SPDX-License-Identifier: Apache-2.0
/* Fields over time and place as netCDF classic (64-bit offsets), for animation: variable(time, place). */
#ifndef KD_RESULTS_FRAMES_H
#define KD_RESULTS_FRAMES_H

#include "base/text.h"

typedef struct kd_frame_field {
  const char *name, *unit, *doc;
  const double *value; /* times x places, or of one dimension */
  double factor;       /* from the values to the unit */
} kd_frame_field;

/* The file: coordinates time [s] and distance [m], depth(distance), and the fields. */
void kd_frames_write(kd_text *out, const char *title, size_t times, const double *time, size_t places,
                     const double *distance, const double *depth, const kd_frame_field *field, size_t fields);

#endif
