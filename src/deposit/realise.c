// SPDX-License-Identifier: Apache-2.0
/* The errors of an estimated ground.
 *
 *   s_c^2 = n^2 + S^2 (1 - exp(-3 d_c / a))                                                              (1)
 *   f_c   = exp(s_c (sqrt(r) z_q + sqrt(1 - r) z_c))  ,  F_c = f_c sum(m T) / sum(m T f)                 (2)
 *   h_e   = exp(t_e z_e)                              ,  H_e = h_e sum_e(M) / sum_e(M h)                 (3)
 *   g_be  = G k F_c H_e g0_be, then cut so that REY <= cap                                               (4)
 *
 *   s_c  sd of the log error of the mean grade of column c [-]        n  nugget: assay, one core for a column [-]
 *   d_c  distance to the nearest core [m]                             S  error far from any core          [-]
 *   a    practical range [m]                                          r  share of the error that a square has in common
 *   z    standard normal numbers: of a square q, a column c, an element e
 *   m    dry mass of a block [kg]   T  its estimated REY [kg/kg]      M  mass of an element in the deposit [kg]
 *   t_e  sd of the log error of an element's share [-]                G k  common factor of the deposit [-]
 *
 * Local errors (2) and element errors (3) move metal about and keep the sum of REY of the deposit: the error of the sum
 * is the common factor's alone, so that the two are not counted twice.
 *
 * Source    own model; (1) is the exponential variogram with nugget, here for the error of an estimate from the nearest
 * core. Weakness  depth of the peaks does not move; columns of different squares are independent; element errors are
 * independent of each other, while neighbours in the series go together in nature: shares of light and heavy vary too
 * little together and too much one by one. Conditional simulation replaces all this where assays exist.
 */
#include "deposit/realise.h"

#include <math.h>

#include "base/error.h"
#include "deposit/composition.h"

double kd_column_error(double distance, double nugget_error, double sill_error, double error_range) {
  const double far = error_range > 0.0 ? -expm1(-3.0 * distance / error_range) : 1.0;
  return sqrt(nugget_error * nugget_error + sill_error * sill_error * far);
}

double kd_blocks_error(const kd_block_list *list, size_t column, const kd_deposit_params *p) {
  if (!isnan(list->uncertainty[column])) return list->uncertainty[column];
  return kd_column_error(isnan(list->distance[column]) ? (double)INFINITY : list->distance[column], p->nugget_error,
                         p->sill_error, p->error_range);
}

/* Factors (3) from the mass of each element; they keep the sum over the REY. */
static void draw_elements(double factor[KD_ELEMENTS], const double mass[KD_ELEMENTS], const kd_deposit_params *p,
                          kd_stream *rng) {
  double before = 0.0, after = 0.0;
  for (int e = 0; e < KD_REY; e++) {
    const double sd = e == KD_CE ? p->cerium_error : p->composition_error;
    factor[e] = exp(sd * kd_stream_normal(rng));
    before += mass[e];
    after += mass[e] * factor[e];
  }
  for (int e = 0; e < KD_REY; e++) factor[e] = after > 0.0 ? factor[e] * (before / after) : 1.0;
  factor[KD_SC] = 1.0;
}

/* Factors (2) of the columns. list->rey and the masses decide the weights. */
static kd_status draw_columns(double *factor, const kd_block_list *list, const kd_deposit_params *p, kd_work *work) {
  kd_status status = KD_OK;
  const double shared = sqrt(p->square_share), own = sqrt(1.0 - p->square_share);
  double before = 0.0, after = 0.0;
  double *square = kd_arena_alloc(work->scratch, list->squares + 1, sizeof(double));
  KD_CHECK(square != NULL, work->err, KD_E_NOMEM, "no memory for %zu squares", list->squares);
  for (size_t q = 0; q <= list->squares; q++) square[q] = kd_stream_normal(work->rng);
  for (size_t c = 0; c < list->columns; c++) {
    const size_t q = list->square[c] >= 0 ? (size_t)list->square[c] : list->squares;
    factor[c] = exp(kd_blocks_error(list, c, p) * (shared * square[q] + own * kd_stream_normal(work->rng)));
  }
  for (size_t i = 0; i < list->count; i++) {
    const double metal = list->mass[i] * list->rey[i];
    before += metal;
    after += metal * factor[list->block[i].column];
  }
  for (size_t c = 0; c < list->columns; c++) factor[c] *= after > 0.0 ? before / after : 1.0;
out:
  return status;
}

static void element_mass(double mass[KD_ELEMENTS], const kd_block_list *list) {
  for (int e = 0; e < KD_ELEMENTS; e++) mass[e] = 0.0;
  for (size_t i = 0; i < list->count; i++) {
    const double *grade = list->block[i].grade, dry = list->mass[i];
    for (int e = 0; e < KD_ELEMENTS; e++) mass[e] += dry * grade[e];
  }
}

kd_status kd_blocks_realise(kd_block_list *list, double *ratio, const kd_deposit_params *p, kd_work *work) {
  kd_status status = KD_OK;
  double mass[KD_ELEMENTS], element[KD_ELEMENTS];
  double *column = kd_arena_alloc(work->scratch, list->columns, sizeof(double));
  KD_CHECK(column != NULL, work->err, KD_E_NOMEM, "no memory for %zu columns", list->columns);
  element_mass(mass, list);
  draw_elements(element, mass, p, work->rng);
  KD_TRY(draw_columns(column, list, p, work));
  for (size_t i = 0; i < list->count; i++) {
    kd_block *b = &list->block[i];
    const double factor = p->grade_factor * column[b->column], scandium = b->grade[KD_SC];
    double rey;
    for (int e = 0; e < KD_ELEMENTS; e++) b->grade[e] *= factor * element[e];
    rey = kd_grade_rey(b->grade);
    if (rey > p->grade_cap) {
      for (int e = 0; e < KD_REY; e++) b->grade[e] *= p->grade_cap / rey;
      rey = p->grade_cap;
    }
    b->grade[KD_SC] = scandium;
    ratio[i] = list->rey[i] > 0.0 ? rey / list->rey[i] : 1.0;
    list->rey[i] = rey;
  }
out:
  return status;
}

void kd_blocks_realise_composition(kd_block_list *list, const kd_deposit_params *p, kd_stream *rng) {
  double mass[KD_ELEMENTS], element[KD_ELEMENTS];
  element_mass(mass, list);
  draw_elements(element, mass, p, rng);
  for (size_t i = 0; i < list->count; i++)
    for (int e = 0; e < KD_REY; e++) list->block[i].grade[e] *= element[e];
}
