// SPDX-License-Identifier: Apache-2.0
/* Grade-tonnage: what lies in blocks of at least a grade. */
#ifndef KD_DEPOSIT_GRADE_TONNAGE_H
#define KD_DEPOSIT_GRADE_TONNAGE_H

#include "deposit/blocks.h"

typedef struct kd_grade_tonnage {
  double tonnage; /* kg dry solid in blocks with REY >= cut-off */
  double grade;   /* their mean REY, kg/kg; NaN when there is none */
  double metal;   /* kg REY */
  double reo;     /* kg of the oxides of the 15 REY */
  size_t blocks;
} kd_grade_tonnage;

/* Adds one block to the cell of the highest cut-off that it reaches; cutoff: count values, ascending [kg/kg]. */
void kd_grade_tonnage_add(kd_grade_tonnage *curve, const double *cutoff, size_t count, double mass, double rey,
                          double reo);
/* Sums the cells from the top down and takes the means, once all blocks are in. */
void kd_grade_tonnage_close(kd_grade_tonnage *curve, size_t count);

/* Tonnage [count] and mass of each element [count][KD_ELEMENTS] in blocks whose grade `by` [blocks] reaches each
 * cut-off; kg. cutoff: ascending. */
void kd_grade_tonnage_elements(double *tonnage, double *metal, const kd_block_list *list, const double *by,
                               const double *cutoff, size_t count);

/* Class of a relative error at 90 % confidence: 0 measured, 1 indicated, 2 inferred, 3 exploration target. */
size_t kd_resource_class(double relative_error, const double limit[KD_CLASSES - 1]);

/* Half width of the 90 % band of a log-normal error of this sd, as 1.6449 sd. */
double kd_relative_error(double sd);

#endif
