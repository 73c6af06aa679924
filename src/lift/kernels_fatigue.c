// SPDX-License-Identifier: Apache-2.0
/* Kernels of fatigue. Equations stand in fatigue.c. */
#include <math.h>

#include "base/error.h"
#include "lift/fatigue.h"
#include "lift/kernels_string.h"

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

const kd_kernel kd_fatigue_kernels[] = {
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
