// SPDX-License-Identifier: Apache-2.0
/* Evaluations behind the rows of kernels_flow.h. */
#ifndef KD_LIFT_KERNELS_FLOW_EVAL_H
#define KD_LIFT_KERNELS_FLOW_EVAL_H

#include "base/kernel.h"

#define KD_FLOW_KERNELS 16

/* kernels_flow.c */
kd_kernel_fn kd_eval_scaling, kd_eval_leg_spatial, kd_eval_leg_delivered, kd_eval_leg_limits, kd_eval_batch,
    kd_eval_wall_lookup, kd_eval_head_jet, kd_eval_head_cutter, kd_eval_head_lumps, kd_eval_head_feed;
kd_kernel_table_fn kd_eval_rheology_fit, kd_eval_leg_graded, kd_eval_batch_profile;

/* kernels_transient.c */
kd_kernel_fn kd_eval_shock_tube, kd_eval_hammer;
kd_kernel_table_fn kd_eval_transient;

#endif
