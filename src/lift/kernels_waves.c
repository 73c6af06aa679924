// SPDX-License-Identifier: Apache-2.0
/* Kernels of waves. Equations stand in waves.c. */
#include <math.h>

#include "base/error.h"
#include "lift/kernels_sea.h"

#define PI 3.14159265358979323846

kd_status kd_sea_columns_read(kd_wave_spectrum *out, const double *in, kd_error *err) {
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
  KD_TRY(kd_sea_columns_read(&sea, in, work->err));
  out[0] = kd_wave_density(&sea, 2 * PI * in[KD_SEA_COLUMNS]);
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
  KD_TRY(kd_sea_columns_read(&sea, in, work->err));
  kd_wave_moments_of(&m, &sea, 2 * PI * in[KD_SEA_COLUMNS]);
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

#define CUTOFF(value)                                                                                                  \
  KD_IN("cutoff", "1/s", value, "0 1/s", "100 1/s", "Highest frequency (Hz) that counts; 0: no end.")

const kd_kernel kd_wave_kernels[] = {
    KD_PLAIN("wave.spectrum", "Density of a wave spectrum by a named law, one-sided.",
             KD_FIELDS(KD_SEA_FIELDS, KD_IN("frequency", "1/s", NULL, "0 1/s exclusive", "100 1/s", "Frequency, Hz.")),
             KD_FIELDS(KD_OUT("density", "m2.s", "Over angular frequency, S(omega)."),
                       KD_OUT("density_f", "m2.s", "Over frequency in Hz, 2 pi S(omega).")),
             spectrum),
    KD_PLAIN("wave.moments", "Moments, periods and widths of a wave spectrum by a named law.",
             KD_FIELDS(KD_SEA_FIELDS, CUTOFF("0 1/s")), KD_FIELDS(MOMENT_FIELDS), moments),
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
    KD_LAST_KERNEL,
};
