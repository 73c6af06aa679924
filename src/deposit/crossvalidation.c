// SPDX-License-Identifier: Apache-2.0
/* Cross-validation: residual e = z - z*, zscore e/s, regression of z on z* (slope = Cov(z, z*)/Var(z*)).
 *
 * Source    Chiles and Delfiner 2012, section 2.6.3; Isaaks and Srivastava 1989, ch. 15.
 * Weakness  clustered samples flatter the estimate of their neighbours: leave whole cores out (fold) where they do.
 */
#include "deposit/crossvalidation.h"

#include <math.h>

static void summarise(kd_crossvalidation *out, const kd_kriged *each, const kd_kriging *kriging) {
  double z = 0.0, e = 0.0, zz = 0.0, ee = 0.0, ze = 0.0;
  *out = (kd_crossvalidation){0};
  size_t scores = 0;
  for (size_t i = 0; i < kriging->points.count; i++) {
    if (each[i].note != KD_KRIGED) continue;
    out->count++;
    z += kriging->value[i];
    e += each[i].estimate;
  }
  const double n = (double)out->count;
  if (out->count == 0) return;
  z /= n;
  e /= n;
  for (size_t i = 0; i < kriging->points.count; i++) {
    const kd_kriged *k = &each[i];
    if (k->note != KD_KRIGED) continue;
    const double dz = kriging->value[i] - z, de = k->estimate - e, r = kriging->value[i] - k->estimate;
    zz += dz * dz;
    ee += de * de;
    ze += dz * de;
    out->mean_error += r / n;
    out->mean_square += r * r / n;
    out->absolute += fabs(r) / n;
    out->efficiency += k->efficiency / n;
    if (k->variance > 0.0) {
      const double score = r / sqrt(k->variance);
      scores++;
      out->mean_zscore += score;
      out->mean_square_zscore += score * score;
      out->inside_90 += fabs(score) <= 1.6448536269514722;
    }
  }
  if (scores > 0) {
    out->mean_zscore /= (double)scores;
    out->mean_square_zscore /= (double)scores;
    out->inside_90 /= (double)scores;
  }
  out->slope = ee > 0.0 ? ze / ee : (double)NAN;
  out->intercept = z - out->slope * e;
  out->correlation = ee > 0.0 && zz > 0.0 ? ze / sqrt(ee * zz) : (double)NAN;
  out->r2 = zz > 0.0 ? 1.0 - out->mean_square * n / zz : (double)NAN;
}

kd_status kd_crossvalidate(kd_crossvalidation *out, kd_kriged *each, const kd_kriging *kriging, const uint32_t *group,
                           kd_arena *arena, kd_error *err) {
  kd_status status = KD_OK;
  const kd_points *p = &kriging->points;
  kd_kriging_space space;
  KD_CHECK(p->count > 1, err, KD_E_RANGE, "cross-validation wants at least 2 samples");
  KD_TRY(kd_kriging_space_create(&space, arena, kriging, err));
  for (size_t i = 0; i < p->count; i++) {
    const double at[3] = {p->x[i], p->y[i], p->z != NULL ? p->z[i] : 0.0};
    const kd_search_skip skip = {.group = group, .value = group[i]};
    double drift[KD_KRIGING_DRIFTS];
    for (size_t d = 0; d < kriging->rule.drifts; d++) drift[d] = kriging->drift[d][i];
    kd_kriging_at(kriging, &space, &each[i], at, drift, &skip);
  }
  summarise(out, each, kriging);
out:
  return status;
}
