// SPDX-License-Identifier: Apache-2.0
/* Grade-tonnage curve and resource classes.
 *
 *   Q(c) = sum over blocks with T_b >= c of A_b h_b rd_b          [kg dry]                               (1)
 *   g(c) = sum(T_b m_b) / Q(c)                                    [kg/kg]                                (2)
 *   REO(c) = sum(m_b sum_e(g_be o_e))                             [kg]                                   (3)
 *   E = 1.6449 s                                                  [-]                                    (4)
 *
 *   A area [m2], h thickness [m], rd dry density [kg/m3], T REY [kg/kg], m = A h rd [kg], o_e mass of oxide per mass of
 * element, s sd of the log error of a column's mean grade, E its half width at 90 % confidence
 *
 * Classes use the words of CRIRSCO. Rule, stated as parameters: E <= measured_limit, <= indicated_limit, <=
 * inferred_limit, else exploration target; it judges a column of the table, not a quarter's production, and it knows
 * nothing of the mining, legal and other factors that a public report needs: it sorts by error, no more.
 *
 * Source    definitions; CRIRSCO International Reporting Template 2019 for the words; no code exists for mud.
 * Weakness  the support is the block of the table: a coarser table gives less tonnage at a high cut-off.
 */
#include "deposit/grade_tonnage.h"

#include <math.h>

#include "deposit/composition.h"

#define KD_Z90 1.6448536269514722 /* 95th percentile of the standard normal: a two-sided band of 90 % */

/* Adds one block to the cell of the highest cut-off that it reaches. */
static void add_block(kd_grade_tonnage *out, const kd_block *b, double rey, const double *oxide, const double *cutoff,
                      size_t count) {
  double reo = 0.0;
  const double mass = b->area * b->thickness * b->density;
  size_t i = count;
  while (i > 0 && rey < cutoff[i - 1]) i--;
  if (i == 0) return;
  for (int e = 0; e < KD_REY; e++) reo += b->grade[e] * oxide[e];
  out[i - 1].tonnage += mass;
  out[i - 1].metal += mass * rey;
  out[i - 1].reo += mass * reo;
  out[i - 1].blocks++;
}

void kd_grade_tonnage_curve(kd_grade_tonnage *out, const kd_block_list *list, const double *cutoff, size_t count) {
  double oxide[KD_REY];
  for (int e = 0; e < KD_REY; e++) oxide[e] = kd_oxide_factor((kd_element_id)e);
  for (size_t i = 0; i < count; i++) out[i] = (kd_grade_tonnage){0};
  for (size_t b = 0; b < list->count; b++) add_block(out, &list->block[b], list->rey[b], oxide, cutoff, count);
  for (size_t i = count - 1; i-- > 0;) {
    out[i].tonnage += out[i + 1].tonnage;
    out[i].metal += out[i + 1].metal;
    out[i].reo += out[i + 1].reo;
    out[i].blocks += out[i + 1].blocks;
  }
  for (size_t i = 0; i < count; i++) out[i].grade = out[i].tonnage > 0.0 ? out[i].metal / out[i].tonnage : (double)NAN;
}

size_t kd_resource_class(double relative_error, const double limit[KD_CLASSES - 1]) {
  size_t i = 0;
  while (i < KD_CLASSES - 1 && !(relative_error <= limit[i])) i++;
  return i;
}

double kd_relative_error(double sd) {
  return KD_Z90 * sd;
}
