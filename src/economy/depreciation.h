// SPDX-License-Identifier: Apache-2.0
/* Depreciation schedules: the share of the cost that is written off in each year. Every schedule sums to one. */
#ifndef KD_ECONOMY_DEPRECIATION_H
#define KD_ECONOMY_DEPRECIATION_H

#include <stddef.h>

typedef enum kd_depreciation {
  KD_DEPRECIATION_STRAIGHT,  /* 1/n a year */
  KD_DEPRECIATION_DECLINING, /* 200 % declining balance, straight line from the year in which that writes off more */
  KD_DEPRECIATION_JAPAN,     /* Japan's 200 % declining balance with guarantee and revised rates */
  KD_DEPRECIATION_MACRS      /* United States, half-year convention, classes 3, 5, 7, 10, 15, 20 */
} kd_depreciation;

#define KD_DEPRECIATION_YEARS 64

/* Shares of years 1..count in share[0..]; returns the number of years (life, or life+1 for MACRS), 0 when the method
 * has no such life (Japan: 3..20, MACRS: its classes). share holds KD_DEPRECIATION_YEARS. life is whole, 1..63. */
size_t kd_depreciation_schedule(double *share, kd_depreciation method, int life);

#endif
