// SPDX-License-Identifier: Apache-2.0
/* Every equation of the campaign stage as a kernel: `kaidei eval campaign....`. */
#include <math.h>

#include "base/error.h"
#include "campaign/tables.h"

static const kd_field sea_in[] = {
    {.name = "mean", .unit = "m", .doc = "mean significant wave height", .low = "0 m exclusive"},
    {.name = "spread",
     .unit = "1",
     .doc = "standard deviation of its logarithm",
     .initial = "0.36",
     .low = "0 exclusive"},
    {.name = "wave_limit", .unit = "m", .doc = "significant wave height not to be exceeded", .low = "0 m exclusive"},
};
static const kd_field sea_out[] = {
    {.name = "exceedance", .unit = "%", .doc = "share of the time above the limit"},
    {.name = "workability", .unit = "%", .doc = "share of the time at or below the limit"},
};
static kd_status sea(double *out, const double *in, kd_work *work) {
  (void)work;
  const double z = (log(in[2] / in[0]) + 0.5 * in[1] * in[1]) / in[1];
  out[0] = kd_normal_cdf(-z);
  out[1] = kd_normal_cdf(z);
  return KD_OK;
}

const kd_kernel kd_campaign_kernels[KD_CAMPAIGN_KERNELS] = {
    {.name = "campaign.sea.workability",
     .summary = "Share of the time a lognormal sea stays under a limit",
     .inputs = sea_in,
     .input_count = KD_COUNT(sea_in),
     .outputs = sea_out,
     .output_count = KD_COUNT(sea_out),
     .eval = sea},
};
