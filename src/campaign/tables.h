// SPDX-License-Identifier: Apache-2.0
/* The tables of the campaign stage, gathered in stage.c. */
#ifndef KD_CAMPAIGN_TABLES_H
#define KD_CAMPAIGN_TABLES_H

#include "campaign/campaign.h"

extern const kd_param kd_campaign_params_table[];
extern const size_t kd_campaign_params_count;
extern const kd_output kd_campaign_outputs[];
extern const size_t kd_campaign_output_count;
extern const kd_line kd_campaign_lines[];
extern const size_t kd_campaign_line_count;
extern const kd_kernel kd_campaign_kernels[];
extern const size_t kd_campaign_kernel_count;

#endif
