// SPDX-License-Identifier: Apache-2.0
/* The errors of an estimated ground.
 *
 *   s_c^2 = n^2 + S^2 (1 - exp(-3 d_c / a))                                                              (1)
 *   f_c   = exp(s_c (sqrt(r) z_q + sqrt(1 - r) z_c))  ,  F_c = f_c sum(m T) / sum(m T f)                 (2)
 *   h_e   = exp(t_e z_e)                              ,  H_e = h_e sum_k(M) / sum_k(M h)                 (3)
 *   g_be  = G F_c H_e g0_be, then cut so that REY <= cap                                                 (4)
 *
 *   s_c  sd of the log error of the mean grade of column c [-]      n    nugget: assay, one core for a column [-]
 *   d_c  distance to the nearest core [m]                           S    error far from any core              [-]
 *   a    practical range [m]                                        r    share of it that a square has in common [-]
 *   z    standard normal: of a square q, a column c, an element e   G    common factor of the deposit         [-]
 *   m    dry mass of a block [kg]                                   T    its estimated REY                [kg/kg]
 *   M    mass of an element in the deposit, after (2) [kg]          t_e  sd of the log error of its share     [-]
 *   k    sums over the group of e, light or heavy: the share of the heavy ones is printed, that of each is not
 *
 * Local errors (2) and element errors (3) move metal about and keep the sum of REY of the deposit: the error of the
 * sum is the common factor's alone, so that the two are not counted twice. A stated grade takes (3) alone.
 *
 * Source    own model; (1) has the shape of an exponential variogram with nugget, here for the error of an estimate
 *           from the nearest core.
 * Weakness  the depth of the peaks does not move; columns of different squares are independent; element errors are
 *           independent of each other, while neighbours in the series go together in nature. Conditional simulation
 *           replaces all this where assays exist.
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

/* Factors (3) from the mass of each element; they keep the sums of the light and of the heavy elements. */
static void draw_elements(double factor[KD_ELEMENTS], const double mass[KD_ELEMENTS], const kd_deposit_params *p,
                          kd_stream *rng) {
  double before[2] = {0.0, 0.0}, after[2] = {0.0, 0.0};
  for (int e = 0; e < KD_REY; e++) {
    const double sd = e == KD_CE ? p->cerium_error : p->composition_error;
    factor[e] = exp(sd * kd_stream_normal(rng));
    before[kd_elements[e].heavy] += mass[e];
    after[kd_elements[e].heavy] += mass[e] * factor[e];
  }
  for (int e = 0; e < KD_REY; e++) {
    const bool heavy = kd_elements[e].heavy;
    factor[e] = after[heavy] > 0.0 ? factor[e] * (before[heavy] / after[heavy]) : 1.0;
  }
  factor[KD_SC] = 1.0;
}

/* Factors (2) of the columns, times the common one, laid out by block. */
static kd_status draw_columns(double *factor, double *error, const kd_block_list *list, const kd_deposit_params *p,
                              kd_work *work) {
  kd_status status = KD_OK;
  const double shared = sqrt(p->square_share), own = sqrt(1.0 - p->square_share);
  double before, after;
  if (list->drawn != NULL) { /* a simulation carries the errors of place, and of the sum */
    for (size_t c = 0; c < list->columns; c++) error[c] = kd_blocks_error(list, c, p);
    for (size_t i = 0; i < list->count; i++) factor[i] = p->grade_factor * list->drawn[i];
    return KD_OK;
  }
  double *square = kd_arena_alloc(work->scratch, list->squares + 1, sizeof(double));
  double *column = kd_arena_alloc(work->scratch, list->columns, sizeof(double));
  double *metal = kd_arena_alloc(work->scratch, list->count, sizeof(double));
  KD_CHECK(square != NULL && column != NULL && metal != NULL, work->err, KD_E_NOMEM, "no memory for %zu columns",
           list->columns);
  for (size_t q = 0; p->draw_errors && q <= list->squares; q++) square[q] = kd_stream_normal(work->rng);
  for (size_t c = 0; c < list->columns; c++) {
    const size_t q = list->square[c] >= 0 ? (size_t)list->square[c] : list->squares;
    error[c] = kd_blocks_error(list, c, p);
    column[c] = p->draw_errors ? exp(error[c] * (shared * square[q] + own * kd_stream_normal(work->rng))) : 1.0;
  }
  for (size_t i = 0; i < list->count; i++) {
    metal[i] = list->mass[i] * list->rey[i];
    factor[i] = column[list->block[i].column];
  }
  before = kd_blocks_dot(list->mass, list->rey, list->count);
  after = kd_blocks_dot(metal, factor, list->count);
  for (size_t i = 0; i < list->count; i++) factor[i] *= p->grade_factor * (after > 0.0 ? before / after : 1.0);
out:
  return status;
}

/* Cuts what the errors lift over the cap, by the block's factor, and takes the metal so lost out of the sums by
 * element. */
static void cut_to_cap(kd_realisation *out, double *factor, const kd_block_list *list,
                       const double element[KD_ELEMENTS], double cap) {
  for (size_t i = 0; i < list->count; i++) {
    const double rey = out->rey[i] * factor[i];
    if (rey > cap) {
      const double kept = factor[i] * (cap / rey), lost = list->mass[i] * (factor[i] - kept);
      for (int e = 0; e < KD_REY; e++) out->element[e] -= lost * list->grade[e][i] * element[e];
      factor[i] = kept;
    }
    out->rey[i] *= factor[i];
    out->reo[i] *= factor[i];
    out->ratio[i] = list->rey[i] > 0.0 ? out->rey[i] / list->rey[i] : 1.0;
  }
}

static void write_grades(kd_block_list *list, const double *factor, const double element[KD_ELEMENTS]) {
  const double *const *grade = list->grade;
  for (size_t i = 0; i < list->count; i++) {
    double *restrict out = list->block[i].grade;
    const double f = factor[i];
    for (int e = 0; e < KD_REY; e++) out[e] = grade[e][i] * f * element[e];
    out[KD_SC] = grade[KD_SC][i];
  }
}

static kd_status allocate(kd_realisation *out, double **factor, double **mass, const kd_block_list *list,
                          kd_work *work) {
  kd_status status = KD_OK;
  out->rey = kd_arena_alloc(work->scratch, list->count, sizeof(double));
  out->reo = kd_arena_alloc(work->scratch, list->count, sizeof(double));
  out->ratio = kd_arena_alloc(work->scratch, list->count, sizeof(double));
  out->error = kd_arena_alloc(work->scratch, list->columns, sizeof(double));
  *factor = kd_arena_alloc(work->scratch, list->count, sizeof(double));
  *mass = kd_arena_alloc(work->scratch, list->count, sizeof(double));
  KD_CHECK(out->rey != NULL && out->reo != NULL && out->ratio != NULL && out->error != NULL && *factor != NULL &&
               *mass != NULL,
           work->err, KD_E_NOMEM, "no memory for %zu blocks", list->count);
out:
  return status;
}

kd_status kd_blocks_realise(kd_realisation *out, kd_block_list *list, bool local, const kd_deposit_params *p,
                            kd_work *work) {
  kd_status status = KD_OK;
  double element[KD_ELEMENTS], oxide[KD_ELEMENTS], *factor, *mass;
  for (int e = 0; e < KD_ELEMENTS; e++) element[e] = 1.0;
  KD_TRY(allocate(out, &factor, &mass, list, work));
  for (size_t i = 0; i < list->count; i++) factor[i] = 1.0;
  if (local) KD_TRY(draw_columns(factor, out->error, list, p, work));
  for (size_t i = 0; i < list->count; i++) mass[i] = list->mass[i] * factor[i];
  for (int e = 0; e < KD_REY; e++) out->element[e] = kd_blocks_dot(mass, list->grade[e], list->count);
  out->element[KD_SC] = kd_blocks_dot(list->mass, list->grade[KD_SC], list->count);
  if (p->draw_errors) draw_elements(element, out->element, p, work->rng);
  for (int e = 0; e < KD_REY; e++) {
    out->element[e] *= element[e];
    oxide[e] = element[e] * kd_oxide_factor((kd_element_id)e);
  }
  kd_blocks_weighted(out->rey, out->reo, list, element, oxide);
  cut_to_cap(out, factor, list, element, local ? p->grade_cap : (double)INFINITY);
  write_grades(list, factor, element);
out:
  return status;
}
