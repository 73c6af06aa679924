// SPDX-License-Identifier: Apache-2.0
/* Tropical cyclones that pass the site, and what the forecasters know of them.
 *
 *   storms in month j  ~ Poisson(G r_j),  G ~ gamma(k, 1/k) common to the season      (1)
 *   P(closest <= R | j) = n_j(R) / n_j(1,500 km), linear between the tabulated radii  (2)
 *   stay inside R_s     = 2 sqrt(R_s² - d²) / v                                        (3)
 *
 *   r_j  storms within 1,500 km in month j [-]   G  season's activity [-]   k  shape of the over-dispersion [-]
 *   d    distance of closest approach [m]        v  speed over ground [m/s] R_s  stand-off radius [m]
 *
 * Source    rates counted from the JTWC best tracks 1970-2021 (public domain): data/campaign/cyclone_rate.csv. The
 * count within 1,000 km has mean 5.29 and variance 9.19 a year: k = 5.29²/(9.19 - 5.29) = 7.2. Speed at closest
 *           approach P10/50/90 13/26/49 km/h; age on reaching 500 km P10 18 h, median 89 h: same count.
 * Range     whole years; a storm is a straight track at one speed inside the stand-off circle.
 * Weakness  no landfall, no recurving, no link between the storm's size and its sea: all steps within one radius are
 *           unworkable. The rate between 1,000 and 1,500 km follows the yearly ratio 8.90/5.29 in every month.
 */
#include <math.h>

#include "campaign/calendar.h"

#define KD_OUTER_RATIO (8.90 / 5.29) /* storms within 1,500 km to storms within 1,000 km; JTWC 1970-2021 */
#define KD_YEAR        31556952.0    /* s, mean Gregorian */

/* Cumulative rates of one month at the five radii of (2), storms a year. */
static void month_rates(double rate[5], const kd_table *table, int month) {
  static const char *const names[] = {"n300", "n500", "n1000"};
  for (int i = 0; i < 5; i++) rate[i] = 0;
  const kd_column *column = kd_table_column(table, "month");
  for (size_t row = 0; row < table->rows; row++) {
    if ((int)column->number[row] != month) continue;
    for (int i = 0; i < 3; i++) rate[i + 1] = fmax(rate[i], kd_table_column(table, names[i])->number[row]);
  }
  rate[4] = rate[3] * KD_OUTER_RATIO;
}

/* Inverse of (2). */
static double closest_approach(const double rate[5], double u) {
  static const double radius[] = {0, 300e3, 500e3, 1000e3, 1500e3};
  const double target = u * rate[4];
  int i = 1;
  while (i < 4 && rate[i] < target) i++;
  const double width = rate[i] - rate[i - 1];
  return radius[i - 1] + (radius[i] - radius[i - 1]) * (width > 0 ? (target - rate[i - 1]) / width : 1);
}

static void draw_one(kd_storm *out, double closest, double at, const kd_campaign_params *p, kd_stream *rng,
                     double *sea_half) {
  const double speed = p->cyclone_speed * exp(log(p->cyclone_speed_spread) * kd_stream_normal(rng));
  const double age = p->storm_age * exp(log(p->storm_age_spread) * kd_stream_normal(rng));
  const double d2 = closest * closest, r2 = p->stand_off * p->stand_off;
  const double half = closest < p->stand_off ? sqrt(r2 - d2) / speed : 0;
  const double sea2 = p->cyclone_sea_radius * p->cyclone_sea_radius;
  *sea_half = closest < p->cyclone_sea_radius ? sqrt(sea2 - d2) / speed : 0;
  *out = (kd_storm){.closest = closest, .enter = at - half, .leave = at + half, .birth = at - half - age};
  out->error = kd_stream_normal(rng);
}

size_t kd_storms_draw(kd_storm *out, kd_sea_state *sea, const kd_campaign_params *p, double horizon, kd_work *work) {
  kd_stream rng = kd_campaign_stream(work, "cyclone");
  const double season = p->cyclone_shape > 0 ? kd_stream_gamma(&rng, p->cyclone_shape, 1 / p->cyclone_shape) : 1;
  size_t count = 0;
  for (double at = 0; at < horizon;) {
    int year, month;
    double end, rate[5], sea_half;
    kd_date_month(p->start + at, &year, &month, &end);
    const double stop = fmin(horizon, end - p->start), share = (stop - at) / KD_YEAR * 12;
    month_rates(rate, p->cyclone_rate, month);
    const uint64_t storms = kd_stream_poisson(&rng, season * p->cyclone_factor * rate[4] * share);
    for (uint64_t i = 0; i < storms && count < KD_STORMS; i++) {
      const double closest = closest_approach(rate, kd_stream_uniform(&rng));
      const double when = at + (stop - at) * kd_stream_uniform(&rng);
      draw_one(&out[count], closest, when, p, &rng, &sea_half);
      const double from = fmax(0, (when - sea_half) / KD_SEA_STEP), to = (when + sea_half) / KD_SEA_STEP;
      for (size_t step = (size_t)from; sea_half > 0 && (double)step < to && step < sea->capacity; step++)
        sea->open[step] = 1u << KD_SEA_SPOILT;
      count++;
    }
    at = stop;
  }
  for (size_t i = 1; i < count; i++) { /* few storms: insertion keeps them in order of arrival */
    const kd_storm moved = out[i];
    size_t j = i;
    for (; j > 0 && out[j - 1].enter > moved.enter; j--) out[j] = out[j - 1];
    out[j] = moved;
  }
  return count;
}
