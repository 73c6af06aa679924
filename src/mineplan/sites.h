// SPDX-License-Identifier: Apache-2.0
/* The ground of the chain as sites for a schedule over years. */
#ifndef KD_MINEPLAN_SITES_H
#define KD_MINEPLAN_SITES_H

#include "base/table.h"
#include "mineplan/mineplan.h"

/* A site for each column of the ground that reaches the cut-off: its panel of `width` on a side, or all of it when it
 * is smaller or width is infinite. Columns as the slot `sites` of mineplan.schedule, then the column, from 1. The value
 * is the planned weighted oxide in the mud lifted [t]. KD_E_RANGE, KD_E_MISSING, KD_E_INFEASIBLE, KD_E_NOMEM. */
kd_status kd_mineplan_sites(kd_table **out, const kd_mineplan_params *p, const kd_ground *ground, double width,
                            kd_work *work);

#endif
