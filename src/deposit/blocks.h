// SPDX-License-Identifier: Apache-2.0
/* From a table (or a stated grade) to the list of blocks. */
#ifndef KD_DEPOSIT_BLOCKS_H
#define KD_DEPOSIT_BLOCKS_H

#include "deposit/deposit.h"

/* Columns of deposit.blocks; the same for the kernel deposit.grade_tonnage. */
#define KD_BLOCK_COLUMNS                                                                                               \
  "square?, column [1]?, x [m]?, y [m]?, area [m2], top [m]?, thickness [m], density [kg/m3]?, distance [m]?, "        \
  "uncertainty [1]?, rey [ppm]?, grade_la [ppm]?, grade_ce [ppm]?, grade_pr [ppm]?, grade_nd [ppm]?, "                 \
  "grade_sm [ppm]?, grade_eu [ppm]?, grade_gd [ppm]?, grade_tb [ppm]?, grade_dy [ppm]?, grade_ho [ppm]?, "             \
  "grade_er [ppm]?, grade_tm [ppm]?, grade_yb [ppm]?, grade_lu [ppm]?, grade_y [ppm]?, grade_sc [ppm]?"

/* The blocks as estimated, before any error is drawn. Arrays lie in the scratch arena or in the table. Grades stand
 * element by element, as in the table: sums over all blocks then run through memory in order, which is four times
 * faster. */
typedef struct kd_block_list {
  kd_block *block; /* [count] all but the grades */
  size_t count, columns, squares;
  const double *grade[KD_ELEMENTS]; /* [count] each, kg/kg */
  double *rey;                      /* [count] sum of the 15, kg/kg */
  double *mass;                     /* [count] dry solid, kg */
  double *distance, *uncertainty;   /* [columns] to the nearest core [m]; sd of the log error given; NaN: not given */
  int *square;                      /* [columns] square of each column, -1: none */
  size_t *rank;                     /* [columns] class, 0 measured .. 3 exploration target; NULL: by the error drawn */
  const double *drawn; /* [count] REY of one realisation over the estimate; NULL: errors are drawn by column */
} kd_block_list;

/* Reads a bound table. scandium and density (NaN: none) stand in for columns or cells that are missing. Errors:
 * KD_E_CSV with the line, KD_E_MISSING for a density that is nowhere, KD_E_NOMEM. */
kd_status kd_blocks_read(kd_block_list *out, const kd_table *table, double scandium, double density, kd_arena *scratch,
                         kd_error *err);

/* One block of one grade, composition by mixing. */
kd_status kd_blocks_stated(kd_block_list *out, const kd_deposit_params *p, kd_arena *scratch, kd_error *err);

/* Multiplies all densities, so that their mean by volume is the wanted one. */
void kd_blocks_scale_density(kd_block_list *self, double wanted);

/* Sum of a[i] b[i] in four lanes: the same bits always. */
double kd_blocks_dot(const double *a, const double *b, size_t count);
/* a[i] and b[i]: sums over the 15 REY of u[e] grade[e][i] and v[e] grade[e][i]. */
void kd_blocks_weighted(double *a, double *b, const kd_block_list *self, const double u[KD_REY],
                        const double v[KD_REY]);

#endif
