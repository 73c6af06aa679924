// SPDX-License-Identifier: Apache-2.0
/* Deposit to mine plan: the ground as a list of blocks, one equally possible picture of it. SI. */
#ifndef KD_EXCHANGE_GROUND_H
#define KD_EXCHANGE_GROUND_H

#include <stddef.h>

#include "base/elements.h"

typedef struct kd_block {
  double x, y;               /* centre, metres east and north of the deposit's origin */
  double area;               /* m2 */
  double top;                /* m below sea floor */
  double thickness;          /* m */
  double density;            /* dry bulk density, kg dry solid per m3 in place */
  double grade[KD_ELEMENTS]; /* kg element per kg dry solid */
  int column;                /* blocks of one column stand over each other; 0 .. columns-1 */
  int square;                /* square of the map the column belongs to, -1 none */
} kd_block;

typedef struct kd_ground {
  const kd_block
      *block; /* count of them, borrowed from the scratch arena; columns in order, top down inside a column */
  size_t count;
  size_t columns;
  double water_depth;        /* m */
  double grain_density;      /* kg/m3 of dry solid */
  double pore_density;       /* kg/m3 of pore water */
  const double *grade_ratio; /* count of them: REY of this picture over REY as estimated beforehand. A plan may rank by
                                grade / grade_ratio only: what lies there is known after it is mined. NULL: all 1 */
} kd_ground;

#endif
