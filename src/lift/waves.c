// SPDX-License-Identifier: Apache-2.0
/* Wave spectra, their moments and extremes.
 *
 *   JONSWAP           S(w) = A (5/16) Hs^2 wp^4 w^-5 exp(-5/4 (wp/w)^4) g^b,  b = exp(-(w/wp - 1)^2/(2 s^2))      (1)
 *                     s = 0.07 to wp, 0.09 above;  A = 1 - 0.287 ln g ("dnv"), Goda's ("goda") or exactly 4 sqrt m0 =
 *                     Hs ("exact")
 *   Pierson-Moskowitz the same with g = 1                                                                        (2)
 *   Torsethaugen      two peaks, each 3.26/16 H^2 T x^-4 exp(-x^-4) A g^b, x = f T; A = (1 + 1.1 (ln g)^1.19)/g  (3)
 *   Ochi-Hubble       1/4 sum_j ((4 l_j + 1) w_j^4/4)^l_j/Gamma(l_j) H_j^2 w^-(4 l_j + 1)
 *                     exp(-(4 l_j + 1)/4 (w_j/w)^4)                                                              (4)
 *   moments           m_n = int w^n S dw;  Tz = 2 pi sqrt(m0/m2), T1 = 2 pi m0/m1, Te = 2 pi m_-1/m0             (5)
 *   dispersion        w^2 = g k tanh(k h)                                                                        (6)
 *   extremes          s sqrt(2 ln N);  mean s (sqrt(2 ln N) + 0.5772/sqrt(2 ln N));  P: s sqrt(2 ln(N/-ln(1-P)))  (7)
 *
 *   S   one-sided density [m2 s]      Hs  significant wave height [m]     w, wp  frequency, of the peak [rad/s]
 *   g   peak enhancement [-]          m_n moment                         N  number of waves
 *
 * Source    (1) Hasselmann et al. 1973, normalised as in DNV-RP-C205 §3.5.5 and Goda 1999; (2) Pierson and Moskowitz
 *           1964; (3) Torsethaugen and Haver 2004, simplified form, ISOPE; (4) Ochi and Hubble 1976; (6) Airy; (7)
 *           Cartwright and Longuet-Higgins 1956 and Davenport 1964.
 * Range     sea states of hours; (3) fitted to the northern North Sea, Hs to about 12 m.
 * Weakness  long-crested; the tail w^-5 makes m4 grow without end with the cut-off, so m4 is given with a cut-off only.
 */
#include "lift/waves.h"

#include <math.h>

#include "base/error.h"

#define PI         3.14159265358979323846
#define EULER      0.57721566490153286061
#define GRAVITY    9.80665
#define SIGMA_LOW  0.07
#define SIGMA_HIGH 0.09

double kd_wave_gamma(double hs, double tp) {
  const double slope = tp / sqrt(hs);
  if (slope <= 3.6) return 5;
  if (slope >= 5) return 1;
  return exp(5.75 - 1.15 * slope);
}

static double peak_density(const kd_wave_peak *p, double omega) {
  const double x = omega / p->frequency;
  if (!(x > 0.05)) return 0; /* exp(-x^-4) is below any number there */
  const double x2 = x * x;
  double s = p->scale * pow(x, -p->power) * exp(-p->beta / (x2 * x2));
  if (p->enhancement > 1) {
    const double t = (x - 1) / (x <= 1 ? SIGMA_LOW : SIGMA_HIGH);
    s *= pow(p->enhancement, exp(-0.5 * t * t));
  }
  return s;
}

static double table_density(const kd_wave_spectrum *self, double omega) {
  size_t low = 0, high = self->count - 1;
  if (omega < self->omega[0] || omega > self->omega[high]) return 0;
  while (high - low > 1) {
    const size_t middle = (low + high) / 2;
    if (self->omega[middle] <= omega)
      low = middle;
    else
      high = middle;
  }
  const double t = (omega - self->omega[low]) / (self->omega[high] - self->omega[low]);
  return (1 - t) * self->density[low] + t * self->density[high];
}

double kd_wave_density(const kd_wave_spectrum *self, double omega) {
  if (self->law == KD_SPECTRUM_TABLE) return table_density(self, omega);
  double sum = 0;
  for (size_t i = 0; i < self->peaks; i++) sum += peak_density(&self->peak[i], omega);
  return sum;
}

static kd_wave_peak jonswap_peak(double hs, double tp, double gamma) {
  const double wp = 2 * PI / tp;
  return (kd_wave_peak){5.0 / 16 * hs * hs / wp, wp, 5, 1.25, gamma};
}

static kd_wave_peak torsethaugen_peak(double h, double t, double gamma) {
  const double a = gamma > 1 ? (1 + 1.1 * pow(log(gamma), 1.19)) / gamma : 1;
  /* S(f) = h^2 t/16 * 3.26 * ...; S(w) = S(f)/(2 pi) */
  return (kd_wave_peak){h * h * t / 16 * 3.26 * a / (2 * PI), 2 * PI / t, 4, 1, fmax(gamma, 1)};
}

/* Simplified double peak of Torsethaugen and Haver (2004). */
static void set_torsethaugen(kd_wave_spectrum *self) {
  const double hs = self->hs, tp = self->tp, tf = 6.6 * cbrt(hs), tl = 2 * sqrt(hs), tu = 25;
  if (tp <= tf) { /* wind sea leads */
    const double e = (tf - tp) / (0.5 * (tf - tl)), r = 0.3 * exp(-e * e) + 0.7;
    const double h1 = r * hs, steep = 2 * PI / GRAVITY * h1 / (tp * tp);
    self->peak[0] = torsethaugen_peak(h1, tp, 35 * pow(steep, 6.0 / 7));
    self->peak[1] = torsethaugen_peak(sqrt(1 - r * r) * hs, tf + 2, 1);
  } else { /* swell leads */
    const double e = (tp - tf) / (0.3 * (tu - tf)), r = 0.4 * exp(-e * e) + 0.6;
    const double steep = 2 * PI / GRAVITY * hs / (tf * tf), share = (tp - tf) / (tu - tf), h2 = sqrt(1 - r * r) * hs;
    self->peak[0] = torsethaugen_peak(r * hs, tp, 35 * pow(steep, 6.0 / 7) * (1 + 6 * share));
    self->peak[1] = torsethaugen_peak(h2, 6.6 * cbrt(h2), 1);
  }
  self->peaks = self->peak[1].scale > 0 ? 2 : 1;
}

static kd_wave_peak ochi_peak(double h, double t, double lambda) {
  const double w = 2 * PI / t, b = lambda + 0.25;
  return (kd_wave_peak){0.25 * h * h / w * pow(b, lambda) / tgamma(lambda), w, 4 * lambda + 1, b, 1};
}

kd_status kd_wave_spectrum_prepare(kd_wave_spectrum *self, kd_error *err) {
  kd_status status = KD_OK;
  if (self->law == KD_SPECTRUM_TABLE) goto out;
  KD_CHECK(self->hs >= 0 && isfinite(self->hs), err, KD_E_RANGE, "hs %g m: must be at least 0 m", self->hs);
  KD_CHECK(self->tp > 0 && isfinite(self->tp), err, KD_E_RANGE, "tp %g s: must be above 0 s", self->tp);
  self->peaks = 1;
  if (self->law == KD_SPECTRUM_TORSETHAUGEN) {
    KD_CHECK(self->hs > 0, err, KD_E_RANGE, "hs %g m: must be above 0 m for torsethaugen", self->hs);
    KD_CHECK(self->tp < 25, err, KD_E_RANGE, "tp %g s: must be below 25 s for torsethaugen", self->tp);
    set_torsethaugen(self);
  } else if (self->law == KD_SPECTRUM_OCHI_HUBBLE) {
    KD_CHECK(self->lambda > 0.25 && self->lambda2 > 0.25, err, KD_E_RANGE,
             "lambda %g: must be above 0.25 in both peaks of ochi_hubble", fmin(self->lambda, self->lambda2));
    self->peak[0] = ochi_peak(self->hs, self->tp, self->lambda);
    if (self->hs2 > 0) {
      KD_CHECK(self->tp2 > 0, err, KD_E_RANGE, "tp2 %g s: must be above 0 s", self->tp2);
      self->peak[1] = ochi_peak(self->hs2, self->tp2, self->lambda2);
      self->peaks = 2;
    }
  } else {
    double gamma = self->law == KD_SPECTRUM_PIERSON_MOSKOWITZ ? 1 : self->gamma;
    if (isnan(gamma)) gamma = self->hs > 0 ? kd_wave_gamma(self->hs, self->tp) : 1;
    KD_CHECK(gamma >= 1, err, KD_E_RANGE, "gamma %g: must be at least 1", gamma);
    self->peak[0] = jonswap_peak(self->hs, self->tp, gamma);
    if (self->norm == KD_NORM_DNV) self->peak[0].scale *= 1 - 0.287 * log(gamma);
    if (self->norm == KD_NORM_GODA)
      self->peak[0].scale *= 16.0 / 5 * 0.0624 / (0.230 + 0.0336 * gamma - 0.185 / (1.9 + gamma));
    if (self->norm == KD_NORM_EXACT && gamma > 1 && self->hs > 0) {
      kd_wave_moments m;
      kd_wave_moments_of(&m, self, 0);
      self->peak[0].scale *= self->hs * self->hs / (16 * m.m0);
    }
    KD_CHECK(self->peak[0].scale >= 0, err, KD_E_RANGE,
             "gamma %g: must be below %.4g, where 1 - 0.287 ln gamma ends; choose the exact norm", gamma,
             exp(1 / 0.287));
  }
out:
  return status;
}

kd_status kd_wave_spectrum_table(kd_wave_spectrum *out, const kd_table *table, kd_work *work) {
  kd_status status = KD_OK;
  const kd_column *f = kd_table_column(table, "frequency"), *w = kd_table_column(table, "omega");
  const kd_column *s = kd_table_column(table, "density"), *sf = kd_table_column(table, "density_f");
  const size_t n = table->rows;
  KD_CHECK((f != NULL) != (w != NULL), work->err, KD_E_CSV,
           "spectrum: give one of the columns frequency [Hz] and omega [rad/s]");
  KD_CHECK((s != NULL) != (sf != NULL), work->err, KD_E_CSV,
           "spectrum: give one of the columns density (over omega) and density_f (over frequency)");
  KD_CHECK(n >= 2, work->err, KD_E_CSV, "spectrum: %zu row: at least 2 are needed", n);
  double *omega = kd_arena_alloc(work->scratch, n, sizeof *omega);
  double *density = kd_arena_alloc(work->scratch, n, sizeof *density);
  KD_CHECK(omega != NULL && density != NULL, work->err, KD_E_NOMEM, "no memory for a spectrum of %zu rows", n);
  for (size_t i = 0; i < n; i++) {
    omega[i] = f != NULL ? 2 * PI * f->number[i] : w->number[i];
    density[i] = s != NULL ? s->number[i] : sf->number[i] / (2 * PI);
    KD_CHECK(omega[i] >= 0 && (i == 0 || omega[i] > omega[i - 1]), work->err, KD_E_RANGE,
             "spectrum: row %zu: the frequency must rise from row to row, from 0 up", i + 1);
    KD_CHECK(density[i] >= 0 && isfinite(density[i]), work->err, KD_E_RANGE,
             "spectrum: row %zu: density %g: must be at least 0", i + 1, density[i]);
  }
  *out = (kd_wave_spectrum){.law = KD_SPECTRUM_TABLE, .omega = omega, .density = density, .count = n};
out:
  return status;
}

/* Adds one panel by the ten-point Gauss-Legendre rule in ln omega. */
static void add_panel(kd_wave_moments *m, const kd_wave_spectrum *self, double a, double b) {
  static const double x[5] = {0.14887433898163122, 0.43339539412924720, 0.67940956829902441, 0.86506336668898451,
                              0.97390652851717172};
  static const double w[5] = {0.29552422471475287, 0.26926671930999635, 0.21908636251598204, 0.14945134915058059,
                              0.06667134430868814};
  const double middle = 0.5 * (log(a) + log(b)), half = 0.5 * log(b / a);
  for (int i = 0; i < 10; i++) {
    const double omega = exp(middle + (i < 5 ? -x[i] : x[i - 5]) * half);
    const double s = w[i % 5] * half * omega * kd_wave_density(self, omega), w2 = omega * omega;
    m->minus1 += s / omega;
    m->m0 += s;
    m->m1 += s * omega;
    m->m2 += s * w2;
    m->m4 += s * w2 * w2;
  }
}

/* A table is linear between its rows: two-point Gauss over omega is exact for m0, fine pieces for the rest. */
static void table_moments(kd_wave_moments *m, const kd_wave_spectrum *self, double cutoff) {
  static const double x[3] = {-0.77459666924148338, 0, 0.77459666924148338}, w[3] = {5.0 / 9, 8.0 / 9, 5.0 / 9};
  for (size_t i = 0; i + 1 < self->count; i++) {
    double a = self->omega[i], b = self->omega[i + 1];
    if (cutoff > 0) b = fmin(b, cutoff);
    if (!(b > a)) break;
    for (int k = 0; k < 3; k++) {
      const double omega = 0.5 * (a + b) + 0.5 * (b - a) * x[k], w2 = omega * omega;
      const double s = 0.5 * (b - a) * w[k] * table_density(self, omega);
      if (omega > 0) m->minus1 += s / omega;
      m->m0 += s;
      m->m1 += s * omega;
      m->m2 += s * w2;
      m->m4 += s * w2 * w2;
    }
  }
}

void kd_wave_moments_of(kd_wave_moments *out, const kd_wave_spectrum *self, double cutoff) {
  *out = (kd_wave_moments){0};
  if (self->law == KD_SPECTRUM_TABLE) {
    table_moments(out, self, cutoff);
    return;
  }
  /* Panels end at both peaks, where the enhancement bends; the far tail counts to 1e5 times the higher peak. */
  double first = self->peak[0].frequency, second = first;
  if (self->peaks > 1) {
    first = fmin(self->peak[0].frequency, self->peak[1].frequency);
    second = fmax(self->peak[0].frequency, self->peak[1].frequency);
  }
  const double end = cutoff > 0 ? cutoff : 1e5 * second;
  double at = 0.3 * first, step = 0.04;
  while (at < end) {
    double next = at * (1 + step);
    if (at < first * (1 - 1e-12) && next > first * (1 - 1e-12)) next = first;
    if (at < second * (1 - 1e-12) && next > second * (1 - 1e-12)) next = second;
    if (next > end) next = end;
    add_panel(out, self, at, next);
    at = next;
    if (at > 2 * second) step = 0.5;
  }
  if (!(cutoff > 0)) out->m4 = (double)NAN;
}

double kd_wave_number(double omega, double depth, double gravity) {
  const double deep = omega * omega / gravity;
  if (!(omega > 0)) return 0;
  if (!(deep * depth < 20)) return deep;
  /* Newton on k h tanh(k h) = y from the better of the deep and the shallow limit; y tanh is convex enough for it. */
  const double y = deep * depth;
  double x = y < 1 ? sqrt(y) * (1 + y / 6) : y;
  for (int i = 0; i < 50; i++) {
    const double t = tanh(x), f = x * t - y, next = x - f / (t + x * (1 - t * t));
    const double change = fabs(next - x);
    x = next;
    if (change < 1e-15 * x) break;
  }
  return x / depth;
}

void kd_extremes_of(kd_extremes *out, double sigma, double zero_period, double duration, double exceedance) {
  out->cycles = fmax(duration / zero_period, 1.0);
  const double root = sqrt(2 * log(out->cycles));
  out->most_probable = sigma * root;
  out->expected = root > 0 ? sigma * (root + EULER / root) : 0;
  out->quantile = sigma * sqrt(2 * log(out->cycles / -log1p(-exceedance)));
  if (!(out->quantile >= 0)) out->quantile = 0;
}
