// SPDX-License-Identifier: Apache-2.0
/* kaidei lift --sea: what the coupled string adds to an event's report. */
#ifndef KD_CLI_STAGE_LIFT_SEA_H
#define KD_CLI_STAGE_LIFT_SEA_H

#include "base/text.h"
#include "cli/command.h"
#include "lift/lift_sea.h"

typedef struct kd_figure {
  const char *key, *unit, *doc;
  double value;
} kd_figure;
#define KD_SEA_FIGURES 14

/* The options after --sea, KEY=VALUE. */
kd_status kd_lift_sea_read(double in[KD_SEA_OPTIONS], const kd_arguments *arguments, kd_error *err);
size_t kd_lift_sea_figures(kd_figure *out, const kd_string_history *string);
/* Charts of the string for the page. */
void kd_lift_sea_charts(kd_text *out, const kd_string_history *string);
/* string_history.csv, string_profile.csv and string.nc. */
void kd_lift_sea_history(kd_text *out, const kd_string_history *string);
void kd_lift_sea_profile(kd_text *out, const kd_string_history *string);
void kd_lift_sea_frames(kd_text *out, const char *title, const kd_string_history *string);

#endif
