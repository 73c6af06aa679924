// SPDX-License-Identifier: Apache-2.0
/* Simple collocated co-kriging: the primary at the samples, the secondary y at the target alone.
 *
 *   first Markov model    C_zy(h) = rho (s_y/s_z) C_z(h)                                                     (1)
 *   second Markov model   C_zy(h) = rho (s_z/s_y) C_y(h),  C_z = rho^2 (s_z^2/s_y^2) C_y + C_R               (2)
 *   simple kriging        z* = m + c0' C^-1 (z - m),       s2 = s_z^2 - c0' C^-1 c0                          (3)
 *   secondary by it       y* = m_y + b' C^-1 (z - m),      t2 = s_y^2 - b' C^-1 b,  k2 = C_zy(0) - c0' C^-1 b (4)
 *   co-kriging            z** = z* + w (y - y*),           w = k2/t2,   s2** = s2 - w k2                     (5)
 *
 *   c0, b   covariances of the samples with the primary and the secondary at the target
 *   s_z, s_y standard deviations (roots of the sills) [units of the columns]; rho correlation at one place [-]
 *   C_R     covariance of the part of the primary that has nothing of the secondary, sill (1 - rho^2) s_z^2
 *
 * (5) is the solution of the system of n + 1 equations by its last row: w is the weight of the secondary in it. With
 * (1), b = rho (s_y/s_z) c0, so that t2 = s_y^2 (1 - rho^2) + rho^2 (s_y/s_z)^2 s2 and k2 = rho (s_y/s_z) s2.
 *
 * Source    Xu, Tran, Srivastava and Journel 1992 (SPE 24742); Journel 1999, Math. Geol. 31; Shmaryan and Journel 1999,
 * Math. Geol. 31; Ma and Journel 1999, Comput. Geosci. 25, 627.
 * Range     points, known means, models with a sill, -1 <= rho <= 1. (1) is always valid.
 * Weakness  the screening hypothesis itself: (1) suits a secondary of the same or a smaller support than the primary,
 * (2) one of a larger support. Under (2) a model of the primary that is given freely may contradict the secondary's; a
 * system where it does gets KD_COLLOCATED_INVALID.
 */
#include "deposit/collocated.h"

#include <math.h>

#include "base/error.h"

#define NOTHING 1e-12 /* share of the secondary's variance below which the samples tell all of it */
#define ROUNDED 1e-9  /* share of a variance that rounding may leave */

const char *kd_collocated_note_text(const kd_collocated *self) {
  switch (self->note) {
  case KD_COLLOCATED_ALONE:
    return "no secondary value: simple kriging of the primary";
  case KD_COLLOCATED_INVALID:
    return "not positive definite: the primary's model has less of the secondary's than the correlation asks for";
  default:
    return kd_kriged_note_text(self->kriged.note);
  }
}

kd_status kd_collocated_check(const kd_kriging *primary, const kd_collocated_rule *rule, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(primary->rule.simple && primary->block_count == 0, err, KD_E_CONTRADICTION,
           "collocated co-kriging wants simple kriging of points");
  KD_CHECK(isfinite(rule->correlation) && fabs(rule->correlation) <= 1.0, err, KD_E_RANGE,
           "rho %g: must be between -1 and 1", rule->correlation);
  KD_CHECK(isfinite(rule->mean), err, KD_E_MISSING, "the mean of the secondary is missing");
  KD_CHECK(!(primary->model->error > 0.0), err, KD_E_CONTRADICTION,
           "model: collocated co-kriging knows no measurement error, only a nugget");
  const bool second = rule->markov == KD_MARKOV_2;
  KD_CHECK(!second || rule->secondary != NULL, err, KD_E_MISSING,
           "the second Markov model wants the secondary's model");
  KD_CHECK(!second || (rule->secondary->has_sill && rule->secondary->sill > 0.0), err, KD_E_CONTRADICTION,
           "secondary_model wants structures with a sill above 0");
  KD_CHECK(!second || !(rule->secondary->error > 0.0), err, KD_E_CONTRADICTION,
           "secondary_model: collocated co-kriging knows no measurement error, only a nugget");
  KD_CHECK(rule->variance > 0.0 && isfinite(rule->variance), err, KD_E_RANGE,
           "variance %g of the secondary: must be above 0", rule->variance);
out:
  return status;
}

double kd_collocated_cross(const kd_covariance *primary, const kd_collocated_rule *rule, double dx, double dy,
                           double dz) {
  const double ratio = sqrt(rule->variance / primary->sill);
  return rule->markov == KD_MARKOV_1 ? rule->correlation * ratio * kd_covariance_at(primary, dx, dy, dz)
                                     : rule->correlation / ratio * kd_covariance_at(rule->secondary, dx, dy, dz);
}

/* (4) by the factor of the samples that the simple kriging left in the space. */
static void secondary_of(const kd_kriging *primary, const kd_collocated_rule *rule, const kd_kriging_space *space,
                         double *u, size_t n, const double at[3], double found[3]) {
  const kd_points *p = &primary->points;
  found[0] = rule->mean;
  found[1] = rule->variance;
  found[2] = rule->correlation * sqrt(rule->variance * primary->model->sill);
  for (size_t i = 0; i < n; i++) {
    const uint32_t a = space->set[i];
    const double dz = p->z != NULL ? p->z[a] - at[2] : 0.0;
    u[i] = kd_collocated_cross(primary->model, rule, p->x[a] - at[0], p->y[a] - at[1], dz);
  }
  if (n > 0) kd_cholesky_forward(space->factor, n, space->capacity, u);
  for (size_t i = 0; i < n; i++) {
    found[0] += u[i] * space->z[i];
    found[1] -= u[i] * u[i];
    found[2] -= u[i] * space->c[i];
  }
}

void kd_collocated_at(const kd_kriging *primary, const kd_collocated_rule *rule, kd_kriging_space *space,
                      double *scratch, kd_collocated *out, const double at[3], double value) {
  *out = (kd_collocated){.estimate = (double)NAN, .variance = (double)NAN, .weight = (double)NAN};
  kd_kriging_at(primary, space, &out->kriged, at, NULL, NULL);
  out->note = KD_COLLOCATED_NONE;
  if (out->kriged.note != KD_KRIGED) return;
  const double sill = primary->model->sill, variance = out->kriged.variance;
  out->estimate = out->kriged.estimate;
  out->variance = variance;
  out->weight = 0.0;
  out->note = KD_COLLOCATED_ALONE;
  if (isnan(value)) return;
  double found[3]; /* y*, t2, k2 */
  if (rule->markov == KD_MARKOV_1) {
    const double rho = rule->correlation, ratio = rho * sqrt(rule->variance / sill);
    found[0] = rule->mean + ratio * (out->kriged.estimate - primary->rule.mean);
    found[1] = rule->variance * (1.0 - rho) * (1.0 + rho) + ratio * ratio * variance;
    found[2] = ratio * variance;
  } else {
    secondary_of(primary, rule, space, scratch, out->kriged.samples, at, found);
  }
  out->note = KD_COLLOCATED;
  const bool known = !(found[1] > NOTHING * rule->variance); /* from the samples alone */
  const double weight = known ? 0.0 : found[2] / found[1], rest = variance - weight * found[2];
  if (found[1] < -ROUNDED * rule->variance || rest < -ROUNDED * sill ||
      (known && fabs(found[2]) > 1e-5 * sqrt(rule->variance * sill))) {
    out->estimate = out->variance = out->weight = (double)NAN;
    out->note = KD_COLLOCATED_INVALID;
    return;
  }
  out->estimate += weight * (value - found[0]);
  out->variance = rest > 0.0 ? rest : 0.0;
  out->weight = weight + 0.0; /* never -0 */
}

kd_status kd_collocated_implied(kd_covariance *out, const kd_covariance *secondary, const kd_covariance *residual,
                                double correlation, kd_error *err) {
  kd_status status = KD_OK;
  const double own = (1.0 - correlation) * (1.0 + correlation);
  *out = (kd_covariance){0};
  KD_CHECK(fabs(correlation) < 1.0, err, KD_E_CONTRADICTION,
           "rho %g leaves no residual: give the model of the primary in place of residual_model", correlation);
  KD_CHECK(secondary->has_sill && secondary->sill > 0.0 && residual->has_sill && residual->sill > 0.0, err,
           KD_E_CONTRADICTION, "secondary_model and residual_model want structures with a sill above 0");
  const double share = correlation * correlation * residual->sill / own / secondary->sill;
  for (size_t k = 0; k < secondary->count + residual->count; k++) {
    kd_structure s = k < secondary->count ? secondary->structure[k] : residual->structure[k - secondary->count];
    if (k < secondary->count) s.sill *= share;
    if (s.sill > 0.0) KD_TRY(kd_covariance_add(out, &s, err));
  }
out:
  return status;
}
