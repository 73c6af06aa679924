// SPDX-License-Identifier: Apache-2.0
/* Quality of the assays of a table of cores: duplicates, standards, blanks. */
#ifndef KD_DEPOSIT_QAQC_H
#define KD_DEPOSIT_QAQC_H

#include "deposit/cores.h"

typedef struct kd_qaqc_rule {
  double hard;     /* a pair above it stands out: |a - b|/(a + b) */
  double sds;      /* a standard further from its certified value than so many standard deviations stands out */
  double relative; /* the same where no standard deviation is certified */
  double limits;   /* a blank above so many detection limits stands out */
  double share;    /* the same where no limit is known: of the median grade */
} kd_qaqc_rule;
extern const kd_qaqc_rule kd_qaqc_defaults; /* 0.1, 3, 0.1, 10, 0.01 */

/* One variable of one kind of control. */
typedef struct kd_qaqc_row {
  kd_control_kind kind;
  const char *of; /* word of the duplicates, name of the standard, "" for blanks */
  size_t variable;
  size_t count;         /* pairs, measurements */
  double mean;          /* of the controls, kg/kg */
  double expected;      /* of the samples, certified; of blanks: what they may hold at most */
  double bias;          /* mean over expected less 1; NaN for blanks */
  double spread;        /* duplicates: CV of one assay; standards: sd over mean; blanks: the largest value, kg/kg */
  double hard, hard_90; /* duplicates: median and 90 % of |a - b|/(a + b) */
  double slope;         /* duplicates: reduced major axis, sd of the duplicates over that of the samples */
  size_t outside;       /* that stand out */
} kd_qaqc_row;

typedef struct kd_qaqc {
  size_t count;
  kd_qaqc_row *row;
  size_t lonely; /* duplicates without a sample of their interval */
} kd_qaqc;

/* Every value that stands out is a warning with its line. Errors: KD_E_MISSING for a standard without certified values,
 * KD_E_NOMEM. */
kd_status kd_qaqc_run(kd_qaqc *out, const kd_cores *cores, const kd_qaqc_rule *rule, const kd_cores_options *options,
                      kd_work *work);

#endif
