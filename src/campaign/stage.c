// SPDX-License-Identifier: Apache-2.0
/* The campaign stage as the rest of the house sees it. */
#include <math.h>
#include <stdio.h>

#include "campaign/tables.h"

static void check(const void *params, kd_contradiction_fn *report, void *user) {
  const kd_campaign_params *p = params;
  char text[160];
  if (p->method == KD_CAMPAIGN_STATED && isnan(p->production_days))
    report("campaign.production_days", "must be given with method: stated", user);
  if (p->slow_limit > p->transit_limit)
    report("campaign.slow_limit", "the ship would heave to (transit_limit) before it slows down", user);
  if (p->calm_limit > p->rough_limit) report("campaign.calm_limit", "lies above rough_limit", user);
  const double sail = 2 * p->port_distance / p->transit_speed;
  if (p->method == KD_CAMPAIGN_SIMULATE && p->resupply == KD_RESUPPLY_PORT_CALL && p->endurance <= sail) {
    snprintf(text, sizeof text, "shorter than the two passages of %.1f days: the ship could never work", sail / 86400);
    report("campaign.endurance", text, user);
  }
  if (p->cyclone_sea_radius < p->stand_off / 4 && p->cyclone_sea_radius > 0)
    report("campaign.cyclone_sea_radius", "less than a quarter of stand_off: storms inside would leave the sea calm",
           user);
}

const kd_stage kd_campaign_stage = {
    .name = "campaign",
    .summary = "The calendar at sea: passages, the string, waves, cyclones, failures; what is lifted and delivered",
    .params = kd_campaign_params_table,
    .param_count = KD_CAMPAIGN_PARAMS,
    .params_size = sizeof(kd_campaign_params),
    .outputs = kd_campaign_outputs,
    .output_count = KD_CAMPAIGN_OUTPUTS,
    .result_size = sizeof(kd_campaign_result),
    .lines = kd_campaign_lines,
    .line_count = KD_CAMPAIGN_LINES,
    .kernels = kd_campaign_kernels,
    .kernel_count = KD_CAMPAIGN_KERNELS,
    .check = check,
};
