// SPDX-License-Identifier: Apache-2.0
/* The sea without cyclones: significant wave height, lognormal within the month, first-order in time.
 *
 *   ln Hs = m_j + s_j z,   m_j = ln(mean_j) - s_j²/2                                  (1)
 *   z(t+dt) = c z(t) + sqrt(1 - c²) N(0,1),   c = exp(-dt/tau)                        (2)
 *
 *   Hs   significant wave height [m]     mean_j  its mean in month j [m]     s_j  sd of ln Hs [-]
 *   tau  e-folding time [s]              dt      three hours
 *
 * Only z is drawn; a limit H is compared as (ln H - m_j)/s_j, so that no exponential is needed.
 * Source    first-order autoregression of normal scores, as common in metocean statistics; values of the table assumed.
 * Range     monthly statistics; persistence of hours to days.
 * Weakness  one variable; swell and wind sea are not told apart; calms and storms are alike in memory.
 */
#include <math.h>

#include "campaign/calendar.h"

/* Days since 1970-01-01 of the first day of a month; the count begins in March so that leap days end a year. */
static double month_start(int year, int month) {
  const int y = month <= 2 ? year - 1 : year, era = (y >= 0 ? y : y - 399) / 400, yoe = y - era * 400;
  const int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5, doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return 86400.0 * ((double)era * 146097.0 + (double)doe - 719468.0);
}

void kd_date_month(double date, int *year, int *month, double *month_end) {
  int y = 1970 + (int)floor(date / 31556952.0), m = 1; /* mean Gregorian year; at most one off */
  while (month_start(y, 1) > date) y--;
  while (month_start(y + 1, 1) <= date) y++;
  while (m < 12 && month_start(y, m + 1) <= date) m++;
  *year = y;
  *month = m;
  *month_end = m == 12 ? month_start(y + 1, 1) : month_start(y, m + 1);
}

/* Reads the monthly table; a month that is not listed is an error. */
static kd_status read_climate(kd_sea_state *self, const kd_campaign_params *p, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(p->wave_climate != NULL, err, KD_E_MISSING, "wave_climate: a table is needed");
  const kd_column *month = kd_table_column(p->wave_climate, "month");
  const kd_column *mean = kd_table_column(p->wave_climate, "hs_mean");
  const kd_column *spread = kd_table_column(p->wave_climate, "spread");
  for (int j = 0; j < 12; j++) self->mean[j] = (double)NAN;
  for (size_t i = 0; i < p->wave_climate->rows; i++) {
    const double m = month->number[i];
    KD_CHECK(m >= 1 && m <= 12 && m == floor(m), err, KD_E_RANGE, "wave_climate: month %g: must be 1 to 12", m);
    KD_CHECK(mean->number[i] > 0, err, KD_E_RANGE, "wave_climate: hs_mean %g m in month %g: must be above 0 m",
             mean->number[i], m);
    KD_CHECK(spread->number[i] > 0, err, KD_E_RANGE, "wave_climate: spread %g in month %g: must be above 0",
             spread->number[i], m);
    const double s = spread->number[i];
    self->spread[(int)m - 1] = s;
    self->mean[(int)m - 1] = log(mean->number[i] * p->wave_level) - 0.5 * s * s;
  }
  for (int j = 0; j < 12; j++)
    KD_CHECK(!isnan(self->mean[j]), err, KD_E_MODEL, "wave_climate: month %d is not in the table", j + 1);
out:
  return status;
}

kd_status kd_sea_state_create(kd_sea_state *out, const kd_campaign_params *p, const double *limits, size_t capacity,
                              kd_work *work) {
  kd_status status = KD_OK;
  *out = (kd_sea_state){.capacity = capacity, .start = p->start, .rng = kd_campaign_stream(work, "weather")};
  KD_TRY(read_climate(out, p, work->err));
  for (int k = 0; k < KD_LIMITS; k++)
    for (int j = 0; j < 12; j++)
      out->limit[k][j] = isnan(limits[k]) ? HUGE_VAL : (log(limits[k]) - out->mean[j]) / out->spread[j];
  for (int j = 0; j < 12; j++) out->lifting[j] = limits[KD_LIMIT_LIFT];
  out->carry = exp(-KD_SEA_STEP / p->wave_persistence);
  out->shock = sqrt(1 - out->carry * out->carry);
  out->open = kd_arena_alloc(work->scratch, capacity, sizeof *out->open);
  KD_CHECK(out->open != NULL, work->err, KD_E_NOMEM, "no memory for the sea");
  kd_date_month(p->start, &out->year, &out->month_now, &out->month_end);
  if (p->wave_series != NULL) { /* a whole number of years into the series, so that the season fits */
    out->series = kd_table_column(p->wave_series, "hs");
    out->series_rows = p->wave_series->rows;
    const size_t years = p->wave_series->rows / 8766, into = (size_t)((p->start - month_start(out->year, 1)) / 3600);
    const size_t pick = years > 0 ? (size_t)(kd_stream_uniform(&out->rng) * (double)years) : 0;
    KD_CHECK(p->wave_series->rows > 0, work->err, KD_E_MODEL, "wave_series: the table has no rows");
    out->series_offset = (pick * 8766 + into) % p->wave_series->rows;
  }
out:
  return status;
}

static double limit_at(const kd_limits *lift, double period) {
  const int n = lift->period_count;
  int i = 1;
  if (period <= lift->period[0]) return lift->wave_limit_by_period[0];
  if (period >= lift->period[n - 1]) return lift->wave_limit_by_period[n - 1];
  while (lift->period[i] < period) i++;
  const double t = (period - lift->period[i - 1]) / (lift->period[i] - lift->period[i - 1]);
  return (1 - t) * lift->wave_limit_by_period[i - 1] + t * lift->wave_limit_by_period[i];
}

/* The largest height that may be worked in, with all lower ones, when the period grows with its root. */
static double height_limit(const kd_limits *lift, double mean, double period, double most) {
  const double step = 0.25;
  double low = 0, high = step;
  while (high < most && limit_at(lift, period * sqrt(high / mean)) >= high) low = high, high += step;
  if (high >= most && limit_at(lift, period * sqrt(most / mean)) >= most) return most;
  high = fmin(high, most);
  for (int i = 0; i < 20; i++) {
    const double middle = 0.5 * (low + high);
    if (limit_at(lift, period * sqrt(middle / mean)) >= middle)
      low = middle;
    else
      high = middle;
  }
  return low;
}

kd_status kd_sea_state_by_period(kd_sea_state *self, const kd_campaign_params *p, const kd_limits *lift,
                                 kd_error *err) {
  kd_status status = KD_OK;
  const kd_column *month = kd_table_column(p->wave_climate, "month"), *tp = kd_table_column(p->wave_climate, "tp_mean");
  for (size_t i = 0; i < p->wave_climate->rows; i++) {
    const int j = (int)month->number[i] - 1;
    const double period = tp != NULL ? tp->number[i] : (double)NAN;
    KD_CHECK(period > 0, err, KD_E_MODEL,
             "wave_climate: month %d: tp_mean is needed where the lift has an operability table", j + 1);
    const double mean = exp(self->mean[j] + 0.5 * self->spread[j] * self->spread[j]);
    const double others =
        lift->period_beside ? fmin(p->vessel_limit_lift, lift->wave_limit_lift) : p->vessel_limit_lift;
    const double height = height_limit(lift, mean, period, fmin(others, 20));
    self->lifting[j] = height;
    if (height >= others && lift->period_beside) continue; /* as set: ship, crew or handling */
    if (height < others) self->string_governs++;
    self->limit[KD_LIMIT_LIFT][j] = height > 0 ? (log(height) - self->mean[j]) / self->spread[j] : -HUGE_VAL;
  }
out:
  return status;
}

/* One step of the user's series: the highest of its three hours; a missing hour is taken as rough. */
static double series_score(const kd_sea_state *self, size_t step) {
  double highest = 0;
  for (size_t hour = 0; hour < 3; hour++) {
    const double hs = self->series->number[(self->series_offset + 3 * step + hour) % self->series_rows];
    highest = isnan(hs) ? HUGE_VAL : fmax(highest, hs);
  }
  const int j = self->month_now - 1;
  return highest > 0 ? (log(highest) - self->mean[j]) / self->spread[j] : -HUGE_VAL;
}

/* A normal number from one word: 2^32 values are plenty for a sea state, and half the price. */
static double step_normal(kd_stream *rng) {
  return kd_normal_quantile(((double)kd_stream_u32(rng) + 0.5) * 0x1p-32);
}

void kd_sea_state_make(kd_sea_state *self, size_t steps) {
  if (steps > self->capacity) steps = self->capacity;
  for (size_t i = self->made; i < steps; i++) {
    const double date = self->start + KD_SEA_STEP * (double)i;
    while (date >= self->month_end) {
      self->month_now = self->month_now == 12 ? 1 : self->month_now + 1;
      if (self->month_now == 1) self->year++;
      self->month_end =
          self->month_now == 12 ? month_start(self->year + 1, 1) : month_start(self->year, self->month_now + 1);
    }
    if (self->series != NULL)
      self->score = series_score(self, i);
    else if (i == 0)
      self->score = step_normal(&self->rng);
    else
      self->score = self->carry * self->score + self->shock * step_normal(&self->rng);
    unsigned open = 0;
    for (int k = 0; k < KD_LIMITS; k++) open |= (self->score <= self->limit[k][self->month_now - 1] ? 1u : 0u) << k;
    self->open[i] |= (uint16_t)open;
  }
  if (steps > self->made) self->made = steps;
}

bool kd_sea_state_allows_window(kd_sea_state *self, size_t step, kd_sea_state_limit limit, double window) {
  const size_t steps = window > KD_SEA_STEP ? (size_t)ceil(window / KD_SEA_STEP) : 1;
  for (size_t i = 0; i < steps; i++)
    if (!kd_sea_state_allows(self, step + i, limit)) return false;
  return true;
}
