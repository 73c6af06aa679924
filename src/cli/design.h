// SPDX-License-Identifier: Apache-2.0
/* kaidei process --design: the separation train of least cost for the concentrate of a scenario. */
#ifndef KD_CLI_DESIGN_H
#define KD_CLI_DESIGN_H

#include "base/text.h"
#include "cli/shared.h"
#include "ensemble/ensemble.h"
#include "scenario/scenario.h"

kd_status kd_design_report(kd_text *out, const kd_ensemble *ensemble, const double *row, const kd_scenario *scenario,
                           const kd_arguments *arguments, kd_context *ctx, kd_error *err);

#endif
