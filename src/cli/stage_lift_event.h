// SPDX-License-Identifier: Apache-2.0
/* kaidei lift --transient, --design. */
#ifndef KD_CLI_STAGE_LIFT_EVENT_H
#define KD_CLI_STAGE_LIFT_EVENT_H

#include "cli/command.h"
#include "programme/programme.h"

/* Plays an event on the scenario's lift: figures as text or JSON; with a folder also history.csv, profile.csv,
 * animation.nc and page.html. */
kd_status kd_lift_event_text(kd_text *out, kd_context *ctx, const kd_arguments *arguments,
                             const kd_programme_params *params, const kd_programme_result *result, kd_error *err);

/* Operating window and best design: table as text or JSON; with a folder also window.csv and page.html. */
kd_status kd_lift_design_text(kd_text *out, kd_context *ctx, const kd_arguments *arguments,
                              const kd_programme_params *params, const kd_programme_result *result, kd_error *err);

#endif
