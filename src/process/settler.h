// SPDX-License-Identifier: Apache-2.0
/* Size of mixer and settler of a stage, and the organic that fills a bank. */
#ifndef KD_PROCESS_SETTLER_H
#define KD_PROCESS_SETTLER_H

#include "base/error.h"

typedef struct kd_settler_input {
  double organic_flow, aqueous_flow;   /* m3/s through the stage */
  double recycle;                      /* share of the lesser phase sent back to the mixer to hold the phase ratio */
  double mixer_time;                   /* s */
  double settler_flux;                 /* m3 of both phases per s and m2 of settler */
  double crud_share;                   /* of the settler area that crud covers */
  double settler_depth, organic_depth; /* m: of the settler, and of its organic layer */
  double mixer_power;                  /* W/m3 */
  double stages;
} kd_settler_input;

typedef struct kd_settler_size {
  double mixer_volume, settler_area, settler_volume; /* of one stage */
  double mixer_power;                                /* W, one stage */
  double aspect_length, aspect_width;                /* m, settler three times as long as wide */
  double organic_stage, organic_fill;                /* m3 of organic: one stage, the bank */
  double residence;                                  /* s of the organic in one stage */
} kd_settler_size;

kd_status kd_settler_design(kd_settler_size *out, const kd_settler_input *in, kd_error *err);

#endif
