// SPDX-License-Identifier: Apache-2.0
/* Kernels of waves, the ship's response and fatigue: evaluation and rows. Equations stand in waves.c, vessel.c,
 * fatigue.c. */
#include <math.h>

#include "base/error.h"
#include "lift/fatigue.h"
#include "lift/kernels_string.h"
#include "lift/vessel.h"
#include "lift/waves.h"

#define PI 3.14159265358979323846

/* The columns of a sea state, in this order: law, hs, tp, gamma, norm, hs2, tp2, lambda, lambda2. */
#define SEA_FIELDS                                                                                                     \
  KD_WORD("law", KD_SPECTRUM_LAWS, "jonswap", "Law of the spectrum."),                                                 \
      KD_IN("hs", "m", NULL, "0 m", "50 m", "Significant wave height."),                                               \
      KD_IN("tp", "s", NULL, "0 s exclusive", "100 s", "Peak period."),                                                \
      KD_IN("gamma", "1", "3.3", "1", "20", "Peak enhancement of JONSWAP."),                                           \
      KD_WORD("norm", KD_SPECTRUM_NORMS, "dnv",                                                                        \
              "Scale of JONSWAP: 1 - 0.287 ln gamma (dnv), m0 = hs^2/16 exactly, or Goda's fit to it."),               \
      KD_IN("hs2", "m", "0 m", "0 m", "50 m", "Second peak of Ochi and Hubble."),                                      \
      KD_IN("tp2", "s", "8 s", "0 s exclusive", "100 s", "Second peak of Ochi and Hubble."),                           \
      KD_IN("lambda", "1", "3", "0.25 exclusive", "50", "Shape of the first peak of Ochi and Hubble."),                \
      KD_IN("lambda2", "1", "1", "0.25 exclusive", "50", "Shape of the second peak of Ochi and Hubble.")
enum { SEA_COLUMNS = 9 };

static kd_status read_sea(kd_wave_spectrum *out, const double *in, kd_error *err) {
  *out = (kd_wave_spectrum){.law = (kd_spectrum_law)in[0],
                            .hs = in[1],
                            .tp = in[2],
                            .gamma = in[3],
                            .norm = (kd_spectrum_norm)in[4],
                            .hs2 = in[5],
                            .tp2 = in[6],
                            .lambda = in[7],
                            .lambda2 = in[8]};
  return kd_wave_spectrum_prepare(out, err);
}

static kd_status spectrum(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_wave_spectrum sea;
  KD_TRY(read_sea(&sea, in, work->err));
  out[0] = kd_wave_density(&sea, 2 * PI * in[SEA_COLUMNS]);
  out[1] = 2 * PI * out[0];
out:
  return status;
}

/* hs, tm01, tz, te, tc, moments, widths. */
static void fill_moments(double *out, const kd_wave_moments *m) {
  out[0] = 4 * sqrt(m->m0);
  out[1] = m->m0;
  out[2] = m->m1;
  out[3] = m->m2;
  out[4] = m->m4;
  out[5] = m->minus1;
  const double has = m->m0 > 0 ? 1 : (double)NAN;
  out[6] = has * 2 * PI * m->m0 / m->m1;
  out[7] = has * 2 * PI * sqrt(m->m0 / m->m2);
  out[8] = has * 2 * PI * m->minus1 / m->m0;
  out[9] = has * 2 * PI * sqrt(m->m2 / m->m4);
  out[10] = has * sqrt(m->m0 * m->m2 / (m->m1 * m->m1) - 1);
  out[11] = has * sqrt(1 - m->m2 * m->m2 / (m->m0 * m->m4));
}
#define MOMENT_FIELDS                                                                                                  \
  KD_OUT("hm0", "m", "4 sqrt(m0)."), KD_OUT("m0", "m2", "Variance."), KD_OUT("m1", "m2/s", "First moment."),           \
      KD_OUT("m2", "m2/s2", "Second moment."),                                                                         \
      KD_OUT("m4", "m2/s4", "Fourth moment; with a cutoff only, or of a table."),                                      \
      KD_OUT("m_minus1", "m2.s", "Moment of order -1."), KD_OUT("mean_period", "s", "2 pi m0/m1."),                    \
      KD_OUT("zero_period", "s", "2 pi sqrt(m0/m2)."), KD_OUT("energy_period", "s", "2 pi m_minus1/m0."),              \
      KD_OUT("crest_period", "s", "2 pi sqrt(m2/m4)."), KD_OUT("narrowness", "1", "sqrt(m0 m2/m1^2 - 1)."),            \
      KD_OUT("bandwidth", "1", "sqrt(1 - m2^2/(m0 m4)).")
enum { MOMENT_COLUMNS = 12 };

static kd_status moments(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_wave_spectrum sea;
  kd_wave_moments m;
  KD_TRY(read_sea(&sea, in, work->err));
  kd_wave_moments_of(&m, &sea, 2 * PI * in[SEA_COLUMNS]);
  fill_moments(out, &m);
out:
  return status;
}

static kd_status table_moments(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_wave_spectrum sea;
  kd_wave_moments m;
  double row[MOMENT_COLUMNS];
  KD_TRY(kd_wave_spectrum_table(&sea, data[0], work));
  kd_wave_moments_of(&m, &sea, 2 * PI * in[0]);
  fill_moments(row, &m);
  KD_TRY(kd_table_create(out, work->ctx,
                         "hm0 [m], m0 [m2], m1 [m2/s], m2 [m2/s2], m4 [m2/s4], m_minus1 [m2.s], mean_period [s], "
                         "zero_period [s], energy_period [s], crest_period [s], narrowness [1], bandwidth [1]",
                         1, work->err));
  for (int i = 0; i < MOMENT_COLUMNS; i++) (*out)->column[i].number[0] = row[i];
out:
  return status;
}

static kd_status gamma_rule(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_wave_gamma(in[0], in[1]);
  return KD_OK;
}

/* Inputs: period, depth, gravity, amplitude, elevation. */
static kd_status dispersion(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const double w = 2 * PI / in[0], k = kd_wave_number(w, in[1], in[2]), kh = k * in[1], z = in[4];
  KD_CHECK(z <= 0 && z >= -in[1], work->err, KD_E_RANGE, "elevation %g m: must lie between the floor at -%g m and 0 m",
           z, in[1]);
  out[0] = k;
  out[1] = 2 * PI / k;
  out[2] = w / k;
  out[3] = kh < 300 ? 0.5 * w / k * (1 + 2 * kh / sinh(2 * kh)) : 0.5 * w / k;
  /* cosh k(z+h)/sinh kh and sinh k(z+h)/sinh kh without overflow */
  const double e = exp(k * z), back = exp(-2 * k * (z + in[1])), whole = -expm1(-2 * kh);
  out[4] = in[3] * w * e * (1 + back) / whole;
  out[5] = in[3] * w * e * (1 - back) / whole;
  out[6] = out[4] * w;
out:
  return status;
}

/* Inputs: sigma, zero_period, duration, exceedance. */
static kd_status extremes(double *out, const double *in, kd_work *work) {
  (void)work;
  kd_extremes e;
  kd_extremes_of(&e, in[0], in[1], in[2], in[3]);
  out[0] = e.cycles, out[1] = e.most_probable, out[2] = e.expected, out[3] = e.quantile, out[4] = 2 * in[0];
  return KD_OK;
}

static kd_status hull_heave(double *out, const double *in, kd_work *work) {
  (void)work;
  const kd_hull hull = {in[0], in[1], in[2], in[3], in[4]};
  kd_hull_response r;
  kd_hull_respond(&r, &hull, 2 * PI / in[5], in[6], in[7]);
  out[0] = r.heave, out[1] = r.pitch, out[2] = r.point;
  return KD_OK;
}

/* Spectrum of the motion at the string: sea x RAO^2. Options: sea, heading, string_forward, cutoff, steps. */
static kd_status response(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_wave_spectrum sea;
  kd_vessel ship = {.hull = {.string_forward = in[SEA_COLUMNS + 1]}, .rao = data[0]};
  const double heading = in[SEA_COLUMNS], steps = in[SEA_COLUMNS + 3], cutoff = 2 * PI * in[SEA_COLUMNS + 2];
  KD_TRY(read_sea(&sea, in, work->err));
  KD_TRY(kd_vessel_prepare(&ship, work));
  KD_CHECK(steps == floor(steps), work->err, KD_E_RANGE, "steps %g: must be a whole number", steps);
  KD_TRY(kd_table_create(out, work->ctx,
                         "frequency [1/s], wave_density [m2.s], rao [1], response_density [m2.s], m0 [m2], "
                         "significant [m], zero_period [s], velocity_sd [m/s], acceleration_sd [m/s2]",
                         (size_t)steps, work->err));
  kd_column *c = (*out)->column;
  double m0 = 0, m2 = 0, m4 = 0;
  for (size_t i = 0; i < (size_t)steps; i++) { /* mid-points of equal cells: the sums hold the stated density */
    const double w = cutoff * ((double)i + 0.5) / steps, s = kd_wave_density(&sea, w);
    const double rao = kd_vessel_heave(&ship, w, heading), r = s * rao * rao;
    c[0].number[i] = w / (2 * PI), c[1].number[i] = s, c[2].number[i] = rao, c[3].number[i] = r;
    m0 += r * cutoff / steps, m2 += r * w * w * cutoff / steps, m4 += r * w * w * w * w * cutoff / steps;
  }
  for (size_t i = 0; i < (size_t)steps; i++) {
    c[4].number[i] = m0, c[5].number[i] = 4 * sqrt(m0), c[6].number[i] = 2 * PI * sqrt(m0 / m2);
    c[7].number[i] = sqrt(m2), c[8].number[i] = sqrt(m4);
  }
out:
  return status;
}

/* The one column of a history: value or stress. */
static kd_status read_history(const double **out, const kd_table *table, kd_error *err) {
  const kd_column *value = kd_table_column(table, "value"), *stress = kd_table_column(table, "stress");
  if ((value != NULL) == (stress != NULL))
    return kd_error_set(err, KD_E_CSV, "history: give one of the columns value [1] and stress [Pa]");
  *out = value != NULL ? value->number : stress->number;
  return KD_OK;
}

static kd_status rainflow(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const double *history = NULL;
  size_t cycles = 0;
  KD_TRY(read_history(&history, data[0], work->err));
  const size_t n = data[0]->rows;
  kd_cycle *cycle = kd_arena_alloc(work->scratch, n + 1, sizeof *cycle);
  KD_CHECK(cycle != NULL, work->err, KD_E_NOMEM, "no memory for %zu cycles", n);
  KD_TRY(kd_rainflow(cycle, &cycles, history, n, work));
  if (in[0] > 0.5) { /* sum equal ranges, smallest first */
    size_t kept = 0;
    for (size_t i = 0; i < cycles; i++) {
      size_t k = 0;
      while (k < kept && cycle[k].range < cycle[i].range) k++;
      const kd_cycle c = cycle[i];
      if (k < kept && cycle[k].range == c.range) {
        cycle[k].mean += (c.mean - cycle[k].mean) * c.count / (cycle[k].count + c.count);
        cycle[k].count += c.count;
        continue;
      }
      for (size_t m = kept; m > k; m--) cycle[m] = cycle[m - 1];
      cycle[k] = c;
      kept++;
    }
    cycles = kept;
  }
  const bool stress = kd_table_column(data[0], "stress") != NULL;
  KD_TRY(kd_table_create(out, work->ctx,
                         stress ? "range [MPa], mean [MPa], count [1]" : "range [1], mean [1], count [1]", cycles,
                         work->err));
  for (size_t i = 0; i < cycles; i++) {
    (*out)->column[0].number[i] = cycle[i].range;
    (*out)->column[1].number[i] = cycle[i].mean;
    (*out)->column[2].number[i] = cycle[i].count;
  }
out:
  return status;
}

#define SN_FIELDS                                                                                                      \
  KD_IN("log_a1", "1", "11.764", "0", "50", "log10 of a of the first slope, S in MPa."),                               \
      KD_IN("slope", "1", "3", "0.5", "20", "First slope."),                                                           \
      KD_IN("slope2", "1", "5", "0", "30", "Second slope, from the knee on; 0: none."),                                \
      KD_IN("knee", "1", "1e6", "1", "1e12", "Cycles at the knee."),                                                   \
      KD_IN("factor", "1", "1", "0 exclusive", "100", "Stress concentration, with the correction for thickness.")
enum { SN_COLUMNS = 5 };
static kd_sn_curve read_curve(const double *in) {
  return (kd_sn_curve){.log_a1 = in[0], .m1 = in[1], .m2 = in[2], .knee = in[3], .factor = in[4]};
}

static kd_status sn(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const kd_sn_curve curve = read_curve(in);
  out[0] = kd_sn_cycles(&curve, in[SN_COLUMNS]);
  out[1] = in[SN_COLUMNS + 1] / out[0];
  KD_CHECK(isfinite(out[0]), work->err, KD_E_RANGE, "range %g MPa: the number of cycles is beyond all numbers",
           in[SN_COLUMNS] * 1e-6);
out:
  return status;
}

/* Options: curve, duration. One row. */
static kd_status damage(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const kd_sn_curve curve = read_curve(in);
  const kd_column *stress = kd_table_column(data[0], "stress");
  size_t cycles = 0;
  const size_t n = data[0]->rows;
  kd_cycle *cycle = kd_arena_alloc(work->scratch, n + 1, sizeof *cycle);
  KD_CHECK(cycle != NULL, work->err, KD_E_NOMEM, "no memory for %zu cycles", n);
  KD_TRY(kd_rainflow(cycle, &cycles, stress->number, n, work));
  double total = 0, power = 0, largest = 0;
  for (size_t i = 0; i < cycles; i++) {
    total += cycle[i].count;
    power += cycle[i].count * pow(cycle[i].range, curve.m1);
    largest = fmax(largest, cycle[i].range);
  }
  const double d = kd_sn_damage(&curve, cycle, cycles);
  KD_TRY(kd_table_create(
      out, work->ctx, "damage [1], cycles [1], largest_range [MPa], equivalent_range [MPa], life [yr]", 1, work->err));
  kd_column *c = (*out)->column;
  c[0].number[0] = d;
  c[1].number[0] = total;
  c[2].number[0] = largest;
  c[3].number[0] = total > 0 ? pow(power / total, 1 / curve.m1) : 0;
  c[4].number[0] = d > 0 ? in[SN_COLUMNS] / d : (double)NAN;
out:
  return status;
}

/* Inputs: curve, m0, m1, m2, m4 (frequency in Hz), duration. */
static kd_status spectral(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const kd_sn_curve curve = read_curve(in);
  const double *m = in + SN_COLUMNS;
  KD_CHECK(m[2] * m[2] <= m[0] * m[3] * (1 + 1e-9), work->err, KD_E_RANGE,
           "m2 %g: m2^2 must not be above m0 m4, which no spectrum can pass", m[2]);
  KD_CHECK(m[1] * m[1] <= m[0] * m[2] * (1 + 1e-9), work->err, KD_E_RANGE,
           "m1 %g: m1^2 must not be above m0 m2, which no spectrum can pass", m[1]);
  kd_spectral_damage d;
  kd_spectral_damage_of(&d, &curve, m[0], m[1], m[2], m[3]);
  out[0] = d.zero_rate, out[1] = d.peak_rate, out[2] = d.irregularity, out[3] = d.bandwidth;
  out[4] = d.narrow * m[4], out[5] = d.wirsching_light * m[4], out[6] = d.dirlik * m[4], out[7] = d.equivalent;
out:
  return status;
}

static kd_status dirlik(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_dirlik_density(in[0], in[1], in[2], in[3], in[4]);
  return KD_OK;
}

/* Inputs: curve, scale range at `cycles`, shape, cycles. Weibull long-term ranges. */
static kd_status weibull(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const kd_sn_curve c = read_curve(in);
  const double shape = in[SN_COLUMNS + 1], n = in[SN_COLUMNS + 2];
  const double q = in[SN_COLUMNS] / pow(log(n), 1 / shape), s = c.factor * q * 1e-6;
  double d;
  if (!(c.m2 > 0)) {
    d = pow(10, -c.log_a1) * pow(s, c.m1) * tgamma(1 + c.m1 / shape);
  } else { /* t = (S/q)^shape is exponential: Simpson's rule on both sides of the knee */
    const double knee = pow(pow(10, (c.log_a1 - log10(c.knee)) / c.m1) / s, shape), end = 60;
    d = 0;
    for (int side = 0; side < 2; side++) {
      const double a = side ? fmin(knee, end) : 0, b = side ? end : fmin(knee, end);
      for (int i = 0; b > a && i <= 4000; i++) {
        /* Points crowd at the lower end, where a shape below 1 bends sharply. */
        const double x = i / 4000.0, t = a + (b - a) * x * x,
                     w = (i == 0 || i == 4000 ? 1
                          : i % 2             ? 4
                                              : 2) *
                         (b - a) * 2 * x / 12000.0;
        if (t > 0) d += w * exp(-t) / kd_sn_cycles(&c, q * pow(t, 1 / shape));
      }
    }
  }
  out[0] = n * d;
  out[1] = q;
  KD_CHECK(isfinite(out[0]), work->err, KD_E_RANGE, "shape %g: the damage is beyond all numbers", shape);
out:
  return status;
}

#define STRESS_MOMENTS                                                                                                 \
  KD_IN("m0", "Pa2", NULL, "0 Pa2 exclusive", NULL, "Variance of the stress."),                                        \
      KD_IN("m1", "Pa2/s", NULL, "0 Pa2/s exclusive", NULL, "First moment over frequency in Hz."),                     \
      KD_IN("m2", "Pa2/s2", NULL, "0 Pa2/s2 exclusive", NULL, "Second moment."),                                       \
      KD_IN("m4", "Pa2/s4", NULL, "0 Pa2/s4 exclusive", NULL, "Fourth moment.")
#define CUTOFF(value)                                                                                                  \
  KD_IN("cutoff", "1/s", value, "0 1/s", "100 1/s", "Highest frequency (Hz) that counts; 0: no end.")

const kd_kernel kd_wave_kernels[] = {
    KD_PLAIN("wave.spectrum", "Density of a wave spectrum by a named law, one-sided.",
             KD_FIELDS(SEA_FIELDS, KD_IN("frequency", "1/s", NULL, "0 1/s exclusive", "100 1/s", "Frequency, Hz.")),
             KD_FIELDS(KD_OUT("density", "m2.s", "Over angular frequency, S(omega)."),
                       KD_OUT("density_f", "m2.s", "Over frequency in Hz, 2 pi S(omega).")),
             spectrum),
    KD_PLAIN("wave.moments", "Moments, periods and widths of a wave spectrum by a named law.",
             KD_FIELDS(SEA_FIELDS, CUTOFF("0 1/s")), KD_FIELDS(MOMENT_FIELDS), moments),
    KD_DATA("wave.table_moments", "Moments, periods and widths of a measured spectrum, linear between its rows.",
            KD_FIELDS(CUTOFF("0 1/s")), KD_FIELDS(MOMENT_FIELDS),
            KD_FIELDS({.name = "spectrum",
                       .columns = KD_SPECTRUM_COLUMNS,
                       .doc = "Frequency (Hz) or omega, density over either."}),
            table_moments),
    KD_PLAIN("wave.gamma",
             "Peak enhancement of JONSWAP by steepness: 5 for tp/sqrt(hs) <= 3.6, 1 from 5, exp(5.75 - 1.15 "
             "tp/sqrt(hs)) between (DNV-RP-C205).",
             KD_FIELDS(KD_IN("hs", "m", NULL, "0 m exclusive", "50 m", "Significant wave height."),
                       KD_IN("tp", "s", NULL, "0 s exclusive", "100 s", "Peak period.")),
             KD_FIELDS(KD_OUT("gamma", "1", "Peak enhancement.")), gamma_rule),
    KD_PLAIN("wave.linear",
             "Linear wave: wave number by omega^2 = g k tanh(k depth), speeds, and orbital motion at an elevation.",
             KD_FIELDS(KD_IN("period", "s", NULL, "0 s exclusive", "1e4 s", "Period."),
                       KD_IN("depth", "m", NULL, "0 m exclusive", "12000 m", "Depth of the water."),
                       KD_IN("gravity", "m/s2", "9.80665 m/s2", "0 m/s2 exclusive", "100 m/s2", "Gravity."),
                       KD_IN("amplitude", "m", "1 m", "0 m", "50 m", "Wave amplitude."),
                       KD_IN("elevation", "m", "0 m", "-12000 m", "0 m", "Height over still water, negative below.")),
             KD_FIELDS(KD_OUT("wave_number", "1/m", "Wave number k."), KD_OUT("wave_length", "m", "Wave length."),
                       KD_OUT("phase_speed", "m/s", "Phase speed."), KD_OUT("group_speed", "m/s", "Group speed."),
                       KD_OUT("horizontal_speed", "m/s", "Amplitude of the horizontal speed."),
                       KD_OUT("vertical_speed", "m/s", "Amplitude of the vertical speed."),
                       KD_OUT("horizontal_acceleration", "m/s2", "Amplitude of the horizontal acceleration.")),
             dispersion),
    KD_PLAIN("wave.extremes",
             "Extremes of a narrow Gaussian response over a time, N = duration/zero_period: sd sqrt(2 ln N), its mean, "
             "and the value exceeded with a chance.",
             KD_FIELDS(KD_IN("sd", "1", NULL, "0", NULL, "Standard deviation, in any unit."),
                       KD_IN("zero_period", "s", NULL, "0 s exclusive", "1e5 s", "Mean zero up-crossing period."),
                       KD_IN("duration", "s", "3 h", "0 s exclusive", "1e9 s", "Duration."),
                       KD_IN("exceedance", "1", "0.1", "0 exclusive", "1 exclusive", "Chance to be exceeded.")),
             KD_FIELDS(KD_OUT("cycles", "1", "N, at least 1."),
                       KD_OUT("most_probable", "1", "Most probable largest value, sd sqrt(2 ln N)."),
                       KD_OUT("expected", "1", "Expected largest value, with 0.5772/sqrt(2 ln N)."),
                       KD_OUT("exceeded", "1", "Largest value exceeded with that chance."),
                       KD_OUT("significant", "1", "Significant amplitude, 2 sd.")),
             extremes),
    KD_PLAIN("vessel.heave",
             "Heave, pitch and vertical motion at the string of a box hull at rest (Jensen, Mansour and Olsen 2004).",
             KD_FIELDS(KD_IN("length", "m", "210 m", "1 m", "500 m", "Length."),
                       KD_IN("beam", "m", "38 m", "1 m", "100 m", "Beam."),
                       KD_IN("draught", "m", "9.2 m", "0.1 m", "50 m", "Draught."),
                       KD_IN("block", "1", "1", "0.1", "1", "Block coefficient; scales the beam."),
                       KD_IN("string_forward", "m", "0 m", "-250 m", "250 m", "Place of the string before midship."),
                       KD_IN("period", "s", NULL, "0 s exclusive", "1000 s", "Wave period."),
                       KD_IN("heading", "deg", "180 deg", "-360 deg", "360 deg", "0 astern, 90 abeam, 180 ahead."),
                       KD_IN("gravity", "m/s2", "9.80665 m/s2", "0 m/s2 exclusive", "100 m/s2", "Gravity.")),
             KD_FIELDS(KD_OUT("heave", "1", "Heave amplitude per wave amplitude."),
                       KD_OUT("pitch", "rad/m", "Pitch amplitude per wave amplitude."),
                       KD_OUT("point", "1", "Vertical amplitude at the string per wave amplitude.")),
             hull_heave),
    KD_DATA("wave.response", "Spectrum of the vertical motion at the string: wave spectrum times RAO squared.",
            KD_FIELDS(SEA_FIELDS, KD_IN("heading", "deg", "180 deg", "-360 deg", "360 deg", "Heading of the waves."),
                      KD_IN("string_forward", "m", "0 m", "-250 m", "250 m", "Place of the string before midship."),
                      KD_IN("cutoff", "1/s", "0.5 1/s", "0.01 1/s", "10 1/s", "Highest frequency, Hz."),
                      KD_IN("steps", "1", "200", "10", "20000", "Equal cells of frequency.")),
            KD_FIELDS(KD_OUT("frequency", "1/s", "Middle of the cell, Hz."),
                      KD_OUT("wave_density", "m2.s", "Over angular frequency."),
                      KD_OUT("rao", "1", "Amplitude per wave amplitude."),
                      KD_OUT("response_density", "m2.s", "wave_density rao^2."), KD_OUT("m0", "m2", "Variance."),
                      KD_OUT("significant", "m", "Significant height of the motion, 4 sqrt m0."),
                      KD_OUT("zero_period", "s", "2 pi sqrt(m0/m2)."),
                      KD_OUT("velocity_sd", "m/s", "Standard deviation of the velocity."),
                      KD_OUT("acceleration_sd", "m/s2", "Standard deviation of the acceleration.")),
            KD_FIELDS({.name = "rao", .columns = KD_RAO_COLUMNS, .doc = "Response amplitude operators of the ship."}),
            response),
    KD_DATA(
        "rainflow", "Rainflow cycles of a history (ASTM E1049-85).",
        KD_FIELDS(KD_WORD("collect", "no|yes", "yes", "Sum the cycles of equal range, smallest first.")),
        KD_FIELDS(KD_OUT("range", "1", "Range; in MPa for a stress."), KD_OUT("mean", "1", "Mean of the cycle."),
                  KD_OUT("count", "1", "Half or whole cycles.")),
        KD_FIELDS(
            {.name = "history", .columns = "value [1]?, stress [Pa]?", .doc = "Values in order of time, one column."}),
        rainflow),
    KD_PLAIN(
        "fatigue.sn",
        "Cycles to failure on an S-N curve of one or two slopes; the default is curve D in sea water with cathodic "
        "protection.",
        KD_FIELDS(SN_FIELDS, KD_IN("range", "MPa", NULL, "0 MPa exclusive", "1e5 MPa", "Stress range."),
                  KD_IN("count", "1", "1", "0", NULL, "Cycles applied.")),
        KD_FIELDS(KD_OUT("cycles", "1", "Cycles to failure N."), KD_OUT("damage", "1", "count/N.")), sn),
    KD_DATA("fatigue.damage", "Damage of a stress history by rainflow cycles, an S-N curve and Miner's sum.",
            KD_FIELDS(SN_FIELDS, KD_IN("duration", "s", "3 h", "0 s exclusive", "1e10 s", "Time of the history.")),
            KD_FIELDS(KD_OUT("damage", "1", "Miner's sum."), KD_OUT("cycles", "1", "Cycles counted."),
                      KD_OUT("largest_range", "MPa", "Largest range."),
                      KD_OUT("equivalent_range", "MPa", "(sum n S^slope/sum n)^(1/slope)."),
                      KD_OUT("life", "yr", "duration/damage.")),
            KD_FIELDS({.name = "history", .columns = "stress [Pa]", .doc = "Stress in order of time."}), damage),
    KD_PLAIN(
        "fatigue.spectral", "Damage of a Gaussian stress: narrow band, Wirsching and Light, Dirlik.",
        KD_FIELDS(SN_FIELDS, STRESS_MOMENTS, KD_IN("duration", "s", "1 s", "0 s exclusive", "1e11 s", "Exposure.")),
        KD_FIELDS(KD_OUT("zero_rate", "1/s", "Zero up-crossings per second."),
                  KD_OUT("peak_rate", "1/s", "Peaks per second."), KD_OUT("irregularity", "1", "zero_rate/peak_rate."),
                  KD_OUT("bandwidth", "1", "Spectral width."), KD_OUT("narrow", "1", "Damage, narrow band."),
                  KD_OUT("wirsching_light", "1", "Damage, Wirsching and Light 1980."),
                  KD_OUT("dirlik", "1", "Damage, Dirlik 1985."),
                  KD_OUT("equivalent_range", "MPa", "Constant range at the peak rate with Dirlik's damage.")),
        spectral),
    KD_PLAIN(
        "fatigue.weibull", "Damage of long-term stress ranges after Weibull, given by the range exceeded once.",
        KD_FIELDS(SN_FIELDS, KD_IN("range", "MPa", NULL, "0 MPa", "1e5 MPa", "Exceeded once in `cycles`."),
                  KD_IN("shape", "1", "1", "0.2", "10", "Shape of the Weibull law."),
                  KD_IN("cycles", "1", "1e8", "2", "1e15", "Cycles.")),
        KD_FIELDS(KD_OUT("damage", "1", "In these cycles."), KD_OUT("scale", "MPa", "range/(ln cycles)^(1/shape).")),
        weibull),
    KD_PLAIN("fatigue.dirlik_density", "Probability density of stress ranges after Dirlik 1985.",
             KD_FIELDS(KD_IN("range", "MPa", NULL, "0 MPa", "1e5 MPa", "Stress range."), STRESS_MOMENTS),
             KD_FIELDS(KD_OUT("density", "1/Pa", "Density.")), dirlik),
    KD_LAST_KERNEL,
};
