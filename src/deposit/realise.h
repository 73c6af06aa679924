// SPDX-License-Identifier: Apache-2.0
/* One equally possible picture of the ground: the estimated blocks times drawn errors. */
#ifndef KD_DEPOSIT_REALISE_H
#define KD_DEPOSIT_REALISE_H

#include <stdbool.h>

#include "deposit/blocks.h"

/* sd of the log error of a column's mean grade from its distance to the nearest core, equation (1) of realise.c. */
double kd_column_error(double distance, double nugget_error, double sill_error, double error_range);

/* The error that the table or the parameters state for a column. */
double kd_blocks_error(const kd_block_list *list, size_t column, const kd_deposit_params *p);

/* What a draw of errors makes of the list. Arrays of count values but for error, one for each column. */
typedef struct kd_realisation {
  double *rey, *reo;           /* kg/kg */
  double *ratio;               /* REY drawn over REY estimated */
  double *error;               /* sd of the log error of a column */
  double element[KD_ELEMENTS]; /* mass in place of each element, kg */
} kd_realisation;

/* Draws one set of errors and writes the grades into list->block. A stated grade (no errors of place) takes errors of
 * the elements alone: local false. */
kd_status kd_blocks_realise(kd_realisation *out, kd_block_list *list, bool local, const kd_deposit_params *p,
                            kd_work *work);

#endif
