// SPDX-License-Identifier: Apache-2.0
/* The columns of the ground as the head would cut them. */
#ifndef KD_MINEPLAN_COLUMNS_H
#define KD_MINEPLAN_COLUMNS_H

#include "mineplan/mineplan.h"

typedef struct kd_cut {
  double area;       /* m2 */
  double depth;      /* m, bottom of the cut below the sea floor */
  double dry;        /* kg dry solid in the cut, per m2 */
  double wet;        /* kg wet mud in the cut, per m2 */
  double rey;        /* kg REY in the cut as planned, per m2 */
  double value;      /* sum of weighted oxides as planned, kg per m2 */
  size_t first, end; /* blocks of the column */
} kd_cut;

/* Thickness of a block inside the cut. */
double kd_block_inside(const kd_block *b, double cover, double column);

/* Value of 1 kg of dry solid: sum of g_e o_e w_e; priced: o_e w_e. */
double kd_value_density(const double grade[KD_REY], const double priced[KD_REY]);

/* Cuts every column of the ground; out: ground->columns of them. */
kd_status kd_cut_columns(kd_cut *out, const kd_mineplan_params *p, const kd_ground *ground, kd_error *err);

/* Adds share times the elements in the cut of a column, as they turn out, kg; and to cover the elements of the same
 * dry mass of its block at the sea floor. */
void kd_cut_elements(double element[KD_ELEMENTS], double cover[KD_ELEMENTS], const kd_cut *cut, double share,
                     const kd_mineplan_params *p, const kd_ground *ground);

#endif
