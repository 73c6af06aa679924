// SPDX-License-Identifier: Apache-2.0
#include "scenario/contradictions.h"

#include <math.h>
#include <stdio.h>

/* The foot of the riser and the ground that it stands on may differ by slope and trench, not by more than this. */
#define KD_DEPTH_SLACK 0.1

void kd_contradictions_between_stages(const void *params, kd_contradiction_fn *report, void *user) {
  const kd_programme_params *p = params;
  const double sea = p->deposit.water_depth, foot = p->lift.depth, outlet = p->plume.return_depth;
  char text[160];
  if (!isnan(foot) && !isnan(sea) && fabs(foot - sea) > KD_DEPTH_SLACK * sea) {
    snprintf(text, sizeof text, "the riser begins at %.0f m, but the ground lies under %.0f m of water", foot, sea);
    report("lift.depth", text, user);
  }
  if (!isnan(outlet) && !isnan(sea) && outlet > sea) {
    snprintf(text, sizeof text, "return water is let go at %.0f m, but the sea is %.0f m deep", outlet, sea);
    report("plume.return_depth", text, user);
  }
}
