// SPDX-License-Identifier: Apache-2.0
/* Thickener, filter and washing.
 *
 *   batch settling      v = v0 (1 - phi)^n;  a layer of solids phi rises from the floor at U = -d(v phi)/dphi and meets
 *                       the interface at t = phi0 h0/(phi (v + U)) = phi0 h0/(n v0 phi^2 (1 - phi)^(n-1))        (1)
 *   thickener           flux = min over phi in [phi_f, phi_u] of v phi/(1 - phi/phi_u)                            (2)
 *   Talmage and Fitch   H_u = c0 h0/c_u; the tangent of the curve at the compression point meets H_u at t_u;
 *                       unit area t_u/(c0 h0)                                                                     (3)
 *   cake                t = mu alpha c V^2/(2 dP) + mu R V/dP,  V per area; alpha = alpha0 dP^s                   (4)
 *   displacement wash   c/c0 = 1 - 1/2 [erfc((1-W)/(2 sqrt(W/P))) + exp(P) erfc((1+W)/(2 sqrt(W/P)))]             (5)
 *   decantation         lost = (R - 1)/(R^(n+1) - 1),  R = 1: 1/(n+1)                                             (6)
 *
 * Source    (1) Kynch 1952, Richardson and Zaki 1954; (2) Coe and Clevenger 1916; (3) Talmage and Fitch 1955; (4) Ruth
 *           1935; (5) Ogata and Banks 1961, Sherman 1964; (6) Robinson's closed form of repeated washing.
 * Range     flocculated, incompressible before the compression point.
 * Weakness  clays compress: (2) leaves compression out and is too kind at high underflow solids.
 */
#include "process/dewater.h"

#include <math.h>

static double velocity(const kd_settling *s, double phi) {
  return s->velocity * pow(1 - phi, s->exponent);
}

/* Time at which the layer phi meets the interface. */
static double arrival(const kd_settling *s, double phi0, double h0, double phi) {
  return phi0 * h0 / (s->exponent * s->velocity * phi * phi * pow(1 - phi, s->exponent - 1));
}

double kd_kynch_height(double *solids, const kd_settling *s, double phi0, double h0, double time) {
  const double n = s->exponent, inflection = 2 / (n + 1);
  const double steady = h0 - velocity(s, phi0) * time;
  *solids = phi0;
  /* Waves from the floor follow the lower convex hull of the flux between phi0 and 1: a shock to the tangent point
   * while phi0 lies in the concave part, then a fan. */
  double first = phi0;
  if (phi0 < inflection) {
    /* tangent from (phi0, flux) to the curve: phi with flux(phi) - flux(phi0) = flux'(phi)(phi - phi0) */
    double low = inflection, high = 1 - 1e-12;
    const double f0 = velocity(s, phi0) * phi0;
    for (int i = 0; i < 200; i++) {
      const double x = 0.5 * (low + high);
      const double slope = s->velocity * pow(1 - x, n - 1) * (1 - (n + 1) * x);
      if (velocity(s, x) * x - f0 - slope * (x - phi0) > 0) /* the tangent at x passes above the start */
        low = x;
      else
        high = x;
    }
    first = 0.5 * (low + high);
  }
  const double u = -s->velocity * pow(1 - first, n - 1) * (1 - (n + 1) * first);
  const double meet = h0 / (velocity(s, phi0) + u);
  if (time <= meet) return steady;
  double low = first, high = 1 - 1e-15;
  for (int i = 0; i < 300; i++) {
    const double x = 0.5 * (low + high);
    if (arrival(s, phi0, h0, x) < time && x > 0)
      low = x;
    else
      high = x;
    if (high - low < 1e-16) break;
  }
  const double phi = 0.5 * (low + high);
  *solids = phi;
  return -s->velocity * pow(1 - phi, n - 1) * (1 - (n + 1) * phi) * time;
}

double kd_thickener_flux(double *limiting, const kd_settling *s, double phi_feed, double phi_under) {
  double best = (double)INFINITY, at = phi_feed;
  const int n = 400;
  const double width = (phi_under - phi_feed) / n;
  for (int i = 0; i < n; i++) {
    const double phi = phi_feed + width * i, flux = velocity(s, phi) * phi / (1 - phi / phi_under);
    if (flux < best) best = flux, at = phi;
  }
  double a = fmax(phi_feed, at - width), b = fmin(phi_under * (1 - 1e-12), at + width);
  const double golden = 0.6180339887498949;
  double x = b - golden * (b - a), y = a + golden * (b - a);
  for (int i = 0; i < 90; i++) {
    const double fx = velocity(s, x) * x / (1 - x / phi_under), fy = velocity(s, y) * y / (1 - y / phi_under);
    if (fx < fy)
      b = y, y = x, x = b - golden * (b - a);
    else
      a = x, x = y, y = a + golden * (b - a);
  }
  const double phi = 0.5 * (a + b), flux = velocity(s, phi) * phi / (1 - phi / phi_under);
  if (flux < best) best = flux, at = phi;
  *limiting = at;
  return best;
}

static double height_at(const double *time, const double *height, size_t count, double t) {
  size_t i = 1;
  while (i + 1 < count && time[i] < t) i++;
  return height[i - 1] + (height[i] - height[i - 1]) * (t - time[i - 1]) / (time[i] - time[i - 1]);
}

kd_status kd_talmage_fitch(kd_talmage *out, const double *time, const double *height, size_t count, double feed,
                           double underflow, double compression_time, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(count >= 3, err, KD_E_RANGE, "%zu points of the settling curve: at least 3 are wanted", count);
  for (size_t i = 0; i < count; i++) {
    KD_CHECK(isfinite(time[i]) && isfinite(height[i]) && height[i] > 0, err, KD_E_RANGE,
             "settling curve: row %zu: a time and a height above 0 are wanted", i + 1);
    KD_CHECK(i == 0 || (time[i] > time[i - 1] && height[i] <= height[i - 1]), err, KD_E_RANGE,
             "settling curve: row %zu: time must rise and height must not", i + 1);
  }
  KD_CHECK(underflow > feed, err, KD_E_RANGE, "underflow %g kg/m3: must be above the feed, %g kg/m3", underflow, feed);
  const double h0 = height[0], line = feed * h0 / underflow;
  double tc = compression_time;
  if (isnan(tc)) {
    /* bisector of the angle between the first and the last straight: where both are equally far from the curve */
    const double m1 = (height[1] - height[0]) / (time[1] - time[0]);
    const double m2 = (height[count - 1] - height[count - 2]) / (time[count - 1] - time[count - 2]);
    KD_CHECK(m1 < m2, err, KD_E_MODEL, "the settling curve does not bend: give compression_time");
    const double tx = (height[count - 1] - m2 * time[count - 1] - height[0] + m1 * time[0]) / (m1 - m2);
    const double hx = height[0] + m1 * (tx - time[0]);
    /* on the plot of time over the whole time and height over the first: back along one, on along the other */
    const double st = 1 / (time[count - 1] - time[0]), sh = 1 / h0, s1 = m1 * sh / st, s2 = m2 * sh / st;
    const double dt = (1 / hypot(1, s2) - 1 / hypot(1, s1)) / st, dh = (s2 / hypot(1, s2) - s1 / hypot(1, s1)) / sh;
    double low = 0, high = 10;
    for (int i = 0; i < 200; i++) { /* along the bisector until the curve is met */
      const double r = 0.5 * (low + high), t = tx + r * dt;
      if (t > time[0] && t < time[count - 1] && hx + r * dh < height_at(time, height, count, t))
        low = r;
      else
        high = r;
    }
    tc = tx + 0.5 * (low + high) * dt;
  }
  KD_CHECK(tc > time[0] && tc < time[count - 1], err, KD_E_RANGE, "compression_time %g s: must lie within the curve",
           tc);
  /* tangent: slope of the parabola through the nearest point and its neighbours */
  size_t i = 1;
  while (i + 2 < count && fabs(time[i + 1] - tc) < fabs(time[i] - tc)) i++;
  const double l = (height[i] - height[i - 1]) / (time[i] - time[i - 1]);
  const double r = (height[i + 1] - height[i]) / (time[i + 1] - time[i]);
  const double bend = (r - l) / (time[i + 1] - time[i - 1]);
  const double slope = l + bend * (2 * tc - time[i] - time[i - 1]);
  const double hc = height[i] + (tc - time[i]) * (l + bend * (tc - time[i - 1]));
  KD_CHECK(slope < 0, err, KD_E_MODEL, "the settling curve is flat at the compression point, %g s", tc);
  out->underflow_height = line;
  out->compression_time = tc;
  out->compression_height = hc;
  out->tu = tc + (line - hc) / slope;
  KD_CHECK(out->tu > 0, err, KD_E_MODEL, "the underflow line, %g m, meets the tangent before the start", line);
  out->unit_area = out->tu / (feed * h0);
out:
  return status;
}

double kd_filter_time(double volume, double viscosity, double resistance, double solids, double pressure,
                      double medium) {
  return viscosity * volume / pressure * (0.5 * resistance * solids * volume + medium);
}

double kd_filter_volume(double time, double viscosity, double resistance, double solids, double pressure,
                        double medium) {
  const double a = 0.5 * viscosity * resistance * solids / pressure, b = viscosity * medium / pressure;
  if (time <= 0) return 0;
  return a > 0 ? 2 * time / (b + sqrt(b * b + 4 * a * time)) : time / b;
}

/* exp(x^2) erfc(x) for x >= 0, without overflow. */
static double erfcx(double x) {
  if (x < 20) return exp(x * x) * erfc(x);
  const double y = 1 / (x * x);
  return (1 - y * (0.5 - y * (0.75 - 1.875 * y))) / (x * 1.7724538509055160273);
}

double kd_wash_exit(double w, double p) {
  if (w <= 0) return 1;
  const double root = 2 * sqrt(w / p), a = (1 - w) / root, b = (1 + w) / root;
  /* exp(P) erfc(b) = exp(P - b^2) erfcx(b), and P - b^2 = -a^2 */
  return 1 - 0.5 * (erfc(a) + exp(-a * a) * erfcx(b));
}

double kd_wash_left(double w, double p) {
  /* 1 - integral of the exit over W, by Simpson's rule in the root of W, which evens out the start */
  const int n = 2000;
  double sum = 0;
  const double root = sqrt(w);
  for (int i = 0; i <= n; i++) {
    const double u = root * i / n, f = kd_wash_exit(u * u, p) * 2 * u;
    sum += f * (i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2);
  }
  return fmax(0, 1 - sum * root / (3 * n));
}

double kd_ccd_loss(double ratio, double stages) {
  if (fabs(ratio - 1) < 1e-9) return 1 / (stages + 1);
  /* (R-1)/(R^(n+1)-1) with all digits near 1 */
  return (ratio - 1) / expm1((stages + 1) * log(ratio));
}
