// SPDX-License-Identifier: Apache-2.0
/* Failures that stop the work: a series of units, each failing at a constant rate while it is exposed.
 *
 *   1/M = sum_i s_i / (f M_i)                                                          (1)
 *   P(unit i | failure) = s_i / M_i / sum s/M,   repair ~ lognormal(mean r_i, cv)     (2)
 *
 *   M_i  mean time between failures of unit i [h]   s_i  share of them that stop the work [-]
 *   f    factor common to all units of a prototype [-]   r_i  mean time of the active repair [h]
 *
 * Source    competing exponential lives (any text on reliability, e.g. Barlow and Proschan 1975); all rates assumed.
 * Range     constant rates; repaired units are as good as new.
 * Weakness  no wear-out, no infant failures, no wait for spare parts from land.
 */
#include <math.h>
#include <string.h>

#include "campaign/calendar.h"

static kd_exposure exposure_of(const char *text) {
  if (strcmp(text, "lifting") == 0) return KD_EXPOSED_LIFTING;
  return strcmp(text, "running") == 0 ? KD_EXPOSED_RUNNING : KD_EXPOSED_NEVER;
}

static bool access_known(const char *text) {
  return strcmp(text, "surface") == 0 || strcmp(text, "on_board") == 0;
}

kd_status kd_hazard_create(kd_hazard *out, const kd_campaign_params *p, kd_work *work) {
  kd_status status = KD_OK;
  double rate[KD_EXPOSURES + 1] = {0};
  *out = (kd_hazard){.table = p->failures, .factor = p->mtbf_factor, .spread = p->repair_spread};
  out->rng = kd_campaign_stream(work, "failure");
  if (p->failures != NULL) {
    const kd_column *mtbf = kd_table_column(p->failures, "mtbf"), *share = kd_table_column(p->failures, "stop_share");
    const kd_column *exposure = kd_table_column(p->failures, "exposure"),
                    *access = kd_table_column(p->failures, "access");
    for (size_t i = 0; i < p->failures->rows; i++) {
      const kd_exposure when = exposure_of(exposure->text[i]);
      KD_CHECK(when != KD_EXPOSED_NEVER, work->err, KD_E_CHOICE,
               "failures: exposure '%s' in row %zu: lifting or running", exposure->text[i], i + 1);
      KD_CHECK(access_known(access->text[i]), work->err, KD_E_CHOICE,
               "failures: access '%s' in row %zu: on_board or surface", access->text[i], i + 1);
      KD_CHECK(mtbf->number[i] > 0, work->err, KD_E_RANGE, "failures: mtbf %g s in row %zu: must be above 0",
               mtbf->number[i], i + 1);
      KD_CHECK(share->number[i] >= 0 && share->number[i] <= 1, work->err, KD_E_RANGE,
               "failures: stop_share %g in row %zu: must be 0 to 1", share->number[i], i + 1);
      rate[when] += share->number[i] / (mtbf->number[i] * p->mtbf_factor);
    }
  }
  for (int k = 0; k < KD_EXPOSURES; k++) {
    out->mean[k] = rate[k] > 0 ? 1 / rate[k] : HUGE_VAL;
    out->left[k] = rate[k] > 0 ? kd_stream_exponential(&out->rng, out->mean[k]) : HUGE_VAL;
  }
out:
  return status;
}

void kd_hazard_strike(kd_hazard *self, kd_exposure exposure, double *repair, bool *surface) {
  const kd_column *mtbf = kd_table_column(self->table, "mtbf"), *share = kd_table_column(self->table, "stop_share");
  const kd_column *mttr = kd_table_column(self->table, "mttr"), *when = kd_table_column(self->table, "exposure");
  double target = kd_stream_uniform(&self->rng) / self->mean[exposure];
  size_t unit = 0;
  for (size_t i = 0; i < self->table->rows; i++) {
    const double rate = share->number[i] / (mtbf->number[i] * self->factor);
    if (exposure_of(when->text[i]) != exposure || rate <= 0) continue;
    unit = i; /* the last one takes what rounding leaves */
    if (target < rate) break;
    target -= rate;
  }
  const double s2 = log1p(self->spread * self->spread); /* sd² of the logarithm from the coefficient of variation */
  *repair = mttr->number[unit] * exp(sqrt(s2) * kd_stream_normal(&self->rng) - 0.5 * s2);
  *surface = strcmp(kd_table_column(self->table, "access")->text[unit], "surface") == 0;
  self->left[exposure] = kd_stream_exponential(&self->rng, self->mean[exposure]);
}
