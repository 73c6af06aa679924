// SPDX-License-Identifier: Apache-2.0
/* Far field of a steady release: advected by the current, mixed, sinking.
 *
 * Sinking from height h with velocity w through constant diffusivity K, with a = w/(2 sqrt K), b = h/sqrt K,
 * v = b/(2 sqrt t) - a sqrt t,  s = b/(2 sqrt t) + a sqrt t,  E = exp(-v²), erfcx(s) = exp(s²) erfc(s):
 *
 *   stuck on first touch      F(t) = erfc(v)/2 + E erfcx(s)/2                           (1)
 *                             F'   = b E / (2 sqrt(pi) t^(3/2))                         (2)
 *   settling flux alone       G(t) = F - E [erfcx(s) (1 + ab + 2a²t) - 2a sqrt(t/pi)]   (3)
 *   (K dC/dz = 0 at the bed)  G'   = 2a E [1/sqrt(pi t) - a erfcx(s)]                   (4)
 *   mean times                h/w and h/w + K/w²                                        (5)
 *
 * Steady slender plume of rate m over a threshold Ct, r = 1 in open water and 2 beside the bed:
 *
 *   C = m/(4 pi x sqrt(Ky Kz)) exp(-u y²/(4 Ky x) - u z²/(4 Kz x))                      (6)
 *   reach X = r m/(4 pi sqrt(Ky Kz) Ct), section 4 pi sqrt(Ky Kz) (x/(u r)) ln(X/x)     (7)
 *   volume pi sqrt(Ky Kz) X²/(u r), volume flux ever above Ct  m/(e Ct), where x = X/e  (8)
 *
 * Deposit: mass per length M G'(x/u)/u, Gaussian across with s_y² = 2 Ky x/u + (d x)² + s0²; area thicker than T by the
 * trapezoid in ln x of 2 s_y sqrt(2 ln(peak/T)).
 *
 * Source    (1), (2) first passage of Brownian motion with drift; (3), (4) by Laplace transform of the same problem
 * with the other bed condition (factor 2w/(w + sqrt(w² + 4Ks))), checked by quadrature in the tests; (6) the point
 *           plume of any text on diffusion (Csanady 1973); (8) in the form of the metrics of Ouillon et al. 2022.
 * Range     steady uniform current, constant diffusivities; slender: x u >> K.
 * Weakness  no bottom boundary layer of finite height; no resuspension; flocs keep their size; (6) to (8) leave out
 * what sinks out of the plume, so they are upper bounds.
 */
#include "plume/far_field.h"

#include <math.h>
#include <stdbool.h>

#define KD_PI      3.14159265358979323846
#define KD_SQRT_PI 1.77245385090551602730

double kd_erfcx(double x) {
  if (x < 12) return exp(x * x) * erfc(x);
  const double r = 0.5 / (x * x); /* asymptotic series: the terms fall below 1e-16 before they grow */
  double term = 1, sum = 1;
  for (int n = 1; n < 20 && fabs(term) > 1e-17; n++) {
    term *= -(2 * n - 1) * r;
    sum += term;
  }
  return sum / (x * KD_SQRT_PI);
}

/* Terms shared by (1) to (4). */
typedef struct kd_sinking {
  double a, b, v, s, e;
} kd_sinking;

static kd_sinking sinking(double time, double height, double settling, double diffusivity) {
  kd_sinking k = {.a = settling / (2 * sqrt(diffusivity)), .b = height / sqrt(diffusivity)};
  const double root = sqrt(time);
  k.v = k.b / (2 * root) - k.a * root;
  k.s = k.b / (2 * root) + k.a * root;
  k.e = exp(-k.v * k.v);
  return k;
}

double kd_deposited_share(double time, double height, double settling, double diffusivity, int bed) {
  if (time <= 0) return 0;
  if (diffusivity <= 0) return settling * time >= height ? 1 : 0; /* no mixing: all at once */
  const kd_sinking k = sinking(time, height, settling, diffusivity);
  const double scaled = kd_erfcx(k.s), touch = 0.5 * erfc(k.v) + 0.5 * k.e * scaled;
  if (bed == KD_BED_SINK) return touch;
  const double held = scaled * (1 + k.a * k.b + 2 * k.a * k.a * time) - 2 * k.a * sqrt(time) / KD_SQRT_PI;
  return fmin(1, fmax(0, touch - k.e * held));
}

double kd_deposition_rate(double time, double height, double settling, double diffusivity, int bed) {
  if (time <= 0) return 0;
  const kd_sinking k = sinking(time, height, settling, diffusivity);
  if (k.e < 1e-30) return 0;
  if (bed == KD_BED_SINK) return k.b * k.e / (2 * KD_SQRT_PI * time * sqrt(time));
  return 2 * k.a * k.e * fmax(0, 1 / (KD_SQRT_PI * sqrt(time)) - k.a * kd_erfcx(k.s));
}

double kd_deposition_mean_time(double height, double settling, double diffusivity, int bed) {
  return height / settling + (bed == KD_BED_SINK ? 0 : diffusivity / (settling * settling));
}

double kd_threshold_reach(double rate, double ky, double kz, double threshold, double reflect) {
  return reflect * rate / (4 * KD_PI * sqrt(ky * kz) * threshold);
}

double kd_threshold_section(double distance, double reach, double ky, double kz, double current, double reflect) {
  if (distance <= 0 || distance >= reach) return 0;
  return 4 * KD_PI * sqrt(ky * kz) * distance / (current * reflect) * log(reach / distance);
}

double kd_threshold_volume(double reach, double ky, double kz, double current, double reflect) {
  return KD_PI * sqrt(ky * kz) * reach * reach / (current * reflect);
}

double kd_threshold_flux(double rate, double threshold) {
  return rate / (2.71828182845904523536 * threshold);
}

double kd_plume_concentration(double x, double y, double z, double rate, double ky, double kz, double current) {
  if (x <= 0) return 0;
  return rate / (4 * KD_PI * x * sqrt(ky * kz)) * exp(-current / (4 * x) * (y * y / ky + z * z / kz));
}

double kd_gaussian_peak(double mass, double dry_density, double sigma_x, double sigma_y) {
  return mass / (dry_density * 2 * KD_PI * sigma_x * sigma_y);
}

double kd_gaussian_area(double peak, double threshold, double sigma_x, double sigma_y) {
  return peak > threshold ? 2 * KD_PI * sigma_x * sigma_y * log(peak / threshold) : 0;
}

double kd_okubo_diffusivity(double scale) {
  return 2.05e-4 * pow(scale, 1.15);
}

double kd_shear_variance(double time, double kx, double shear, double kz) {
  return 2 * kx * time + 2.0 / 3.0 * shear * shear * kz * time * time * time;
}

double kd_deposit_width(const kd_deposit_line *line, double x) {
  const double wander = line->direction_spread * x;
  return sqrt(2 * line->horizontal_diffusivity * x / line->current + wander * wander +
              line->source_width * line->source_width);
}

/* Thickness on the centre line. */
static double peak_thickness(const kd_deposit_line *line, double x, double width) {
  const double time = x / line->current;
  double mass = 0; /* kg per metre of line */
  for (int i = 0; i < line->classes; i++)
    mass += line->mass[i] *
            kd_deposition_rate(time, line->height, line->settling[i], line->vertical_diffusivity, line->bed);
  return mass / line->current / (sqrt(2 * KD_PI) * width * line->dry_density);
}

double kd_deposit_thickness(const kd_deposit_line *line, double x, double y) {
  if (x <= 0) return 0;
  const double width = kd_deposit_width(line, x);
  return peak_thickness(line, x, width) * exp(-0.5 * y * y / (width * width));
}

void kd_deposit_areas(double *area, const double *threshold, int thresholds, const kd_deposit_line *line, double domain,
                      int nodes) {
  double fastest = 0;
  for (int k = 0; k < thresholds; k++) area[k] = 0;
  for (int i = 0; i < line->classes; i++) fastest = fmax(fastest, line->settling[i]);
  if (!(fastest > 0)) return;
  const double first = fmin(1e-3 * line->current * line->height / fastest, 1e-3 * domain);
  const double step = log(domain / first) / nodes, ratio = exp(step);
  double x = first;
  for (int n = 0; n <= nodes; n++, x *= ratio) {
    const double width = kd_deposit_width(line, x), peak = peak_thickness(line, x, width);
    const double weight = (n == 0 || n == nodes ? 0.5 : 1) * step * x;
    for (int k = 0; k < thresholds; k++)
      if (peak > threshold[k]) area[k] += weight * 2 * width * sqrt(2 * log(peak / threshold[k]));
  }
}

/* ln(peak/threshold) at ln x. */
static double excess(const kd_deposit_line *line, double threshold, double u) {
  const double x = exp(u);
  return log(peak_thickness(line, x, kd_deposit_width(line, x)) / threshold);
}

static double edge(const kd_deposit_line *line, double threshold, double inside, double outside) {
  for (int i = 0; i < 80; i++) {
    const double mid = 0.5 * (inside + outside);
    if (excess(line, threshold, mid) > 0)
      inside = mid;
    else
      outside = mid;
  }
  return inside;
}

/* Integral over one thick stretch by Simpson in t, ln x = middle + half sin t: the chord starts and ends as a square
 * root, which the substitution makes smooth. */
static double stretch(const kd_deposit_line *line, double threshold, double low, double high) {
  enum { PANELS = 1024 };
  const double mid = 0.5 * (low + high), half = 0.5 * (high - low), step = KD_PI / (double)PANELS;
  double sum = 0; /* both ends have cos t = 0 */
  for (int i = 1; i < PANELS; i++) {
    const double t = step * i - 0.5 * KD_PI, u = mid + half * sin(t), x = exp(u);
    const double chord = 2 * kd_deposit_width(line, x) * sqrt(2 * fmax(excess(line, threshold, u), 0));
    sum += (i % 2 == 0 ? 2 : 4) * chord * x * half * cos(t);
  }
  return sum * step / 3;
}

double kd_deposit_area(double threshold, const kd_deposit_line *line, double domain) {
  enum { NODES = 2000 };
  double fastest = 0, area = 0;
  for (int i = 0; i < line->classes; i++) fastest = fmax(fastest, line->settling[i]);
  if (!(fastest > 0)) return 0;
  const double fall = line->height / fastest, mix = line->height * line->height / line->vertical_diffusivity;
  const double low = log(fmin(1e-4 * line->current * fmin(fall, mix), 1e-3 * domain)), high = log(domain);
  const double step = (high - low) / (double)NODES;
  double start = (double)NAN, before = low;
  for (int n = 0; n <= NODES; n++) {
    const double u = n < NODES ? low + step * n : high;
    const bool thick = excess(line, threshold, u) > 0;
    if (thick && isnan(start)) start = n > 0 ? edge(line, threshold, u, before) : u;
    if (!isnan(start) && (!thick || n == NODES)) {
      area += stretch(line, threshold, start, thick ? u : edge(line, threshold, before, u));
      start = (double)NAN;
    }
    before = u;
  }
  return area;
}
