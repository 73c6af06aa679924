// SPDX-License-Identifier: Apache-2.0
/* One equally possible picture of the ground: the estimated blocks times drawn errors. */
#ifndef KD_DEPOSIT_REALISE_H
#define KD_DEPOSIT_REALISE_H

#include "deposit/blocks.h"

/* sd of the log error of a column's mean grade from its distance to the nearest core, equation (1) of realise.c. */
double kd_column_error(double distance, double nugget_error, double sill_error, double error_range);

/* The error that the table or the parameters state for a column. */
double kd_blocks_error(const kd_block_list *list, size_t column, const kd_deposit_params *p);

/* Multiplies the grades of the list by one drawn set of errors. ratio (count values): REY drawn over REY estimated. */
kd_status kd_blocks_realise(kd_block_list *list, double *ratio, const kd_deposit_params *p, kd_work *work);

/* Element errors only, for a stated grade: the sum of the REY stays. */
void kd_blocks_realise_composition(kd_block_list *list, const kd_deposit_params *p, kd_stream *rng);

#endif
