// SPDX-License-Identifier: Apache-2.0
/* Depreciation schedules.
 *
 *   straight line   d_k = 1/n
 *   declining       d_k = max(2/n B, B/(n-k+1))              B book value before year k, per unit of cost
 *   Japan           d_k = c B while c B >= g, else e B' with B' the book value at the first such year, until nothing
 *                   is left (the law leaves 1 yen, which is nothing here)
 *   MACRS           tables A-1 of IRS Publication 946 (200 % for 3..10 years, 150 % for 15 and 20; half-year)
 *
 * Source    IRS Publication 946, table A-1; National Tax Agency of Japan, depreciation rates of the 200 % declining
 *           balance (assets acquired from 1 April 2012): c, e, g by useful life.
 * Weakness  whole years only; Japan's first year is a whole year.
 */
#include "economy/depreciation.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

typedef struct japan_rate {
  double declining, revised, guarantee;
} japan_rate;

static const japan_rate japan[] = {
    /* useful life 2..20 years; 2 years: all at once, the law names no other rates */
    {1.000, 1.000, 0},       {0.667, 1.000, 0.11089}, {0.500, 1.000, 0.12499}, {0.400, 0.500, 0.10800},
    {0.333, 0.334, 0.09911}, {0.286, 0.334, 0.08680}, {0.250, 0.334, 0.07909}, {0.222, 0.250, 0.07126},
    {0.200, 0.250, 0.06552}, {0.182, 0.200, 0.05992}, {0.167, 0.200, 0.05566}, {0.154, 0.167, 0.05180},
    {0.143, 0.167, 0.04854}, {0.133, 0.143, 0.04565}, {0.125, 0.143, 0.04294}, {0.118, 0.125, 0.04038},
    {0.111, 0.112, 0.03884}, {0.105, 0.112, 0.03693}, {0.100, 0.112, 0.03486},
};

static const double macrs_3[] = {33.33, 44.45, 14.81, 7.41};
static const double macrs_5[] = {20.00, 32.00, 19.20, 11.52, 11.52, 5.76};
static const double macrs_7[] = {14.29, 24.49, 17.49, 12.49, 8.93, 8.92, 8.93, 4.46};
static const double macrs_10[] = {10.00, 18.00, 14.40, 11.52, 9.22, 7.37, 6.55, 6.55, 6.56, 6.55, 3.28};
static const double macrs_15[] = {5.00, 9.50, 8.55, 7.70, 6.93, 6.23, 5.90, 5.90,
                                  5.91, 5.90, 5.91, 5.90, 5.91, 5.90, 5.91, 2.95};
static const double macrs_20[] = {3.750, 7.219, 6.677, 6.177, 5.713, 5.285, 4.888, 4.522, 4.462, 4.461, 4.462,
                                  4.461, 4.462, 4.461, 4.462, 4.461, 4.462, 4.461, 4.462, 4.461, 2.231};

static size_t macrs(double *share, int life) {
  const double *table = life == 3    ? macrs_3
                        : life == 5  ? macrs_5
                        : life == 7  ? macrs_7
                        : life == 10 ? macrs_10
                        : life == 15 ? macrs_15
                        : life == 20 ? macrs_20
                                     : NULL;
  if (table == NULL) return 0;
  for (int k = 0; k <= life; k++) share[k] = table[k] / 100;
  return (size_t)life + 1;
}

static size_t japan_declining(double *share, int life) {
  if (life < 2 || life > 20) return 0;
  const japan_rate *rate = &japan[life - 2];
  double book = 1, frozen = 0;
  bool revised = false;
  for (int k = 0; k < life; k++) {
    double charge = rate->declining * book;
    if (!revised && charge < rate->guarantee) revised = true, frozen = book;
    if (revised) charge = rate->revised * frozen;
    if (charge > book || k == life - 1) charge = book;
    share[k] = charge, book -= charge;
  }
  return (size_t)life;
}

size_t kd_depreciation_schedule(double *share, kd_depreciation method, int life) {
  memset(share, 0, KD_DEPRECIATION_YEARS * sizeof *share);
  if (life < 1 || life >= KD_DEPRECIATION_YEARS) return 0;
  if (method == KD_DEPRECIATION_MACRS) return macrs(share, life);
  if (method == KD_DEPRECIATION_JAPAN) return japan_declining(share, life);
  double book = 1;
  for (int k = 0; k < life; k++) {
    double charge = 1.0 / life;
    if (method == KD_DEPRECIATION_DECLINING) charge = fmin(fmax(2 * book / life, book / (life - k)), book);
    share[k] = charge, book -= charge;
  }
  return (size_t)life;
}
