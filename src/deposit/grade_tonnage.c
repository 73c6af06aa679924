// SPDX-License-Identifier: Apache-2.0
/* Grade-tonnage curve and resource classes.
 *
 *   Q(c) = sum over blocks with T_b >= c of m_b,  m = A h rd      [kg dry]                               (1)
 *   g(c) = sum(T_b m_b) / Q(c)                                    [kg/kg]                                (2)
 *   R(c) = sum(m_b sum_e(g_be o_e))                               [kg]  oxides                           (3)
 *   E = 1.6449 s                                                  [-]                                    (4)
 *
 *   A  area         [m2]            T    REY of a block           [kg/kg]
 *   h  thickness    [m]             o_e  oxide per element        [kg/kg]
 *   rd dry density  [kg/m3]         s    sd of the log error of a column's mean grade [-]; E its half width at 90 %
 *
 * Classes use the words of CRIRSCO. Rule, stated as parameters: E <= measured_limit, <= indicated_limit,
 * <= inferred_limit, else exploration target. It judges a column of the table, not a quarter's production, and knows
 * nothing of the mining, legal and other factors that a public report needs: it sorts by error, no more.
 *
 * Source    definitions; CRIRSCO International Reporting Template 2019 for the words. No code exists for mud.
 * Weakness  the support is the block of the table: a coarser table gives less tonnage at a high cut-off.
 */
#include "deposit/grade_tonnage.h"

#include <math.h>

#define KD_Z90 1.6448536269514722 /* 95th percentile of the standard normal: a two-sided band of 90 % */

/* Number of cut-offs that this REY reaches. Few are counted without a branch, many are searched. */
static size_t reached(const double *cutoff, size_t count, double rey) {
  size_t low = 0, high = count;
  if (count <= 16) {
    for (size_t i = 0; i < count; i++) low += rey >= cutoff[i];
    return low;
  }
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (rey >= cutoff[middle])
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

void kd_grade_tonnage_add(kd_grade_tonnage *curve, const double *cutoff, size_t count, double mass, double rey,
                          double reo) {
  const size_t i = reached(cutoff, count, rey);
  if (i == 0) return;
  curve[i - 1].tonnage += mass;
  curve[i - 1].metal += mass * rey;
  curve[i - 1].reo += mass * reo;
  curve[i - 1].blocks++;
}

void kd_grade_tonnage_close(kd_grade_tonnage *curve, size_t count) {
  for (size_t i = count - 1; i-- > 0;) {
    curve[i].tonnage += curve[i + 1].tonnage;
    curve[i].metal += curve[i + 1].metal;
    curve[i].reo += curve[i + 1].reo;
    curve[i].blocks += curve[i + 1].blocks;
  }
  for (size_t i = 0; i < count; i++)
    curve[i].grade = curve[i].tonnage > 0.0 ? curve[i].metal / curve[i].tonnage : (double)NAN;
}

void kd_grade_tonnage_elements(double *tonnage, double *metal, const kd_block_list *list, const double *by,
                               const double *cutoff, size_t count) {
  for (size_t k = 0; k < count * KD_ELEMENTS; k++) metal[k] = 0.0;
  for (size_t k = 0; k < count; k++) tonnage[k] = 0.0;
  for (size_t i = 0; i < list->count; i++) {
    const size_t at = reached(cutoff, count, by[i]);
    if (at == 0) continue;
    tonnage[at - 1] += list->mass[i];
    for (size_t e = 0; e < KD_ELEMENTS; e++) metal[(at - 1) * KD_ELEMENTS + e] += list->mass[i] * list->grade[e][i];
  }
  for (size_t k = count - 1; k-- > 0;) {
    tonnage[k] += tonnage[k + 1];
    for (size_t e = 0; e < KD_ELEMENTS; e++) metal[k * KD_ELEMENTS + e] += metal[(k + 1) * KD_ELEMENTS + e];
  }
}

size_t kd_resource_class(double relative_error, const double limit[KD_CLASSES - 1]) {
  size_t i = 0;
  while (i < KD_CLASSES - 1 && !(relative_error <= limit[i])) i++;
  return i;
}

double kd_relative_error(double sd) {
  return KD_Z90 * sd;
}
