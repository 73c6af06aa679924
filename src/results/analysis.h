// SPDX-License-Identifier: Apache-2.0
/* From samples to tables: statistics of each column, ledger, balances, products, and the rank correlation of each draw
 * with each headline output. Reads one column at a time: memory is a few columns, whatever their number. */
#ifndef KD_RESULTS_ANALYSIS_H
#define KD_RESULTS_ANALYSIS_H

#include "results/record.h"
#include "results/samples.h"

#define KD_SENSITIVITY_ROWS 100000 /* realisations that take part in the rank correlations, at most */

/* Fills summary, ledger, product, balance and sensitivity of a record whose columns and parameters are known. */
kd_status kd_analyse(kd_record *record, kd_samples *samples, kd_error *err);

#endif
