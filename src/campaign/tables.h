// SPDX-License-Identifier: Apache-2.0
/* The tables of the campaign stage, gathered in stage.c. */
#ifndef KD_CAMPAIGN_TABLES_H
#define KD_CAMPAIGN_TABLES_H

#include "campaign/campaign.h"

enum { KD_CAMPAIGN_PARAMS = 85, KD_CAMPAIGN_OUTPUTS = 44, KD_CAMPAIGN_LINES = 27, KD_CAMPAIGN_KERNELS = 21 };

extern const kd_param kd_campaign_params_table[KD_CAMPAIGN_PARAMS];
extern const kd_output kd_campaign_outputs[KD_CAMPAIGN_OUTPUTS];
extern const kd_line kd_campaign_lines[KD_CAMPAIGN_LINES];
extern const kd_kernel kd_campaign_kernels[KD_CAMPAIGN_KERNELS];

#endif
