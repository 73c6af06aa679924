// SPDX-License-Identifier: Apache-2.0
/* Transverse Mercator on the WGS 84 ellipsoid.
 *
 *   t  = tan(lat)   s = sinh(e atanh(e t / sqrt(1 + t^2)))   t' = t sqrt(1 + s^2) - s sqrt(1 + t^2)           (1)
 *   xi' = atan2(t', cos l)      eta' = asinh(sin l / sqrt(t'^2 + cos^2 l))                                    (2)
 *   xi  = xi'  + sum_j a_j sin(2 j xi') cosh(2 j eta')      eta = eta' + sum_j a_j cos(2 j xi') sinh(2 j eta')  (3)
 *   north = k A xi      east = k A eta                                                                        (4)
 *
 *   l  longitude from the central meridian [rad]     e  eccentricity [-]     A  rectifying radius [m]   k  scale [-]
 *   a_j  series in the third flattening n to the sixth order; the inverse has b_j with the other sign, and (1) is
 *        solved for t by Newton's method.
 *
 * Source    Karney 2011, "Transverse Mercator with an accuracy of a few nanometers", J. Geodesy 85:475, eqs 7-36;
 *           series of Krueger 1912.
 * Range     5 nm within 3,900 km of the meridian; refused beyond 80 degrees from it.
 * Weakness  one ellipsoid, WGS 84 (within 0.1 mm of GRS 80).
 */
#include "deposit/transverse_mercator.h"

#include <math.h>

#include "base/error.h"

#define KD_PI         3.14159265358979323846
#define KD_RADIUS     6378137.0             /* m, WGS 84 */
#define KD_FLATTENING (1.0 / 298.257223563) /* WGS 84 */
#define KD_ORDER      6
#define KD_FARTHEST   (80.0 * KD_PI / 180.0)

typedef struct series {
  double a[KD_ORDER], b[KD_ORDER], radius, e;
} series;

static series series_of(void) {
  const double n = KD_FLATTENING / (2.0 - KD_FLATTENING), n2 = n * n, n3 = n2 * n, n4 = n3 * n, n5 = n4 * n,
               n6 = n5 * n;
  return (series){.a = {n / 2 - 2 * n2 / 3 + 5 * n3 / 16 + 41 * n4 / 180 - 127 * n5 / 288 + 7891 * n6 / 37800,
                        13 * n2 / 48 - 3 * n3 / 5 + 557 * n4 / 1440 + 281 * n5 / 630 - 1983433 * n6 / 1935360,
                        61 * n3 / 240 - 103 * n4 / 140 + 15061 * n5 / 26880 + 167603 * n6 / 181440,
                        49561 * n4 / 161280 - 179 * n5 / 168 + 6601661 * n6 / 7257600,
                        34729 * n5 / 80640 - 3418889 * n6 / 1995840, 212378941 * n6 / 319334400},
                  .b = {n / 2 - 2 * n2 / 3 + 37 * n3 / 96 - n4 / 360 - 81 * n5 / 512 + 96199 * n6 / 604800,
                        n2 / 48 + n3 / 15 - 437 * n4 / 1440 + 46 * n5 / 105 - 1118711 * n6 / 3870720,
                        17 * n3 / 480 - 37 * n4 / 840 - 209 * n5 / 4480 + 5569 * n6 / 90720,
                        4397 * n4 / 161280 - 11 * n5 / 504 - 830251 * n6 / 7257600,
                        4583 * n5 / 161280 - 108847 * n6 / 3991680, 20648693 * n6 / 638668800},
                  .radius = KD_RADIUS / (1 + n) * (1 + n2 / 4 + n4 / 64 + n6 / 256),
                  .e = sqrt(KD_FLATTENING * (2.0 - KD_FLATTENING))};
}

/* Tangent of the conformal latitude, equation (1). */
static double conformal(double t, double e) {
  const double s = sinh(e * atanh(e * t / sqrt(1 + t * t)));
  return t * sqrt(1 + s * s) - s * sqrt(1 + t * t);
}

/* xi on the meridian: north / (k A) of a latitude. */
static double meridian(double lat, const series *c) {
  const double xi = atan(conformal(tan(lat), c->e));
  double sum = xi;
  for (int j = 0; j < KD_ORDER; j++) sum += c->a[j] * sin(2 * (j + 1) * xi);
  return sum;
}

static double wrapped(double lon) {
  return remainder(lon, 2.0 * KD_PI);
}

kd_status kd_mercator_forward(double *east, double *north, const kd_mercator *self, double lon, double lat,
                              kd_error *err) {
  kd_status status = KD_OK;
  const series c = series_of();
  const double l = wrapped(lon - self->lon);
  *east = *north = (double)NAN;
  KD_CHECK(fabs(lat) <= KD_PI / 2, err, KD_E_RANGE, "latitude %g deg: must be at most 90 deg", lat * 180.0 / KD_PI);
  KD_CHECK(fabs(l) <= KD_FARTHEST, err, KD_E_RANGE,
           "longitude %g deg: must be within 80 deg of the central meridian, %g deg", lon * 180.0 / KD_PI,
           self->lon * 180.0 / KD_PI);
  const double t = conformal(tan(lat), c.e);
  const double xi = atan2(t, cos(l)), eta = asinh(sin(l) / sqrt(t * t + cos(l) * cos(l)));
  double y = xi, x = eta;
  for (int j = 0; j < KD_ORDER; j++) {
    const double k = 2.0 * (j + 1);
    y += c.a[j] * sin(k * xi) * cosh(k * eta);
    x += c.a[j] * cos(k * xi) * sinh(k * eta);
  }
  *east = self->false_east + self->scale * c.radius * x;
  *north = self->false_north + self->scale * c.radius * (y - meridian(self->lat, &c));
out:
  return status;
}

kd_status kd_mercator_inverse(double *lon, double *lat, const kd_mercator *self, double east, double north,
                              kd_error *err) {
  kd_status status = KD_OK;
  const series c = series_of();
  *lon = *lat = (double)NAN;
  const double xi = (north - self->false_north) / (self->scale * c.radius) + meridian(self->lat, &c);
  const double eta = (east - self->false_east) / (self->scale * c.radius);
  KD_CHECK(fabs(eta) < 2.5 && fabs(xi) <= KD_PI / 2 + 1e-9, err, KD_E_RANGE,
           "%g m east, %g m north: beyond the range of the projection", east, north);
  double y = xi, x = eta;
  for (int j = 0; j < KD_ORDER; j++) {
    const double k = 2.0 * (j + 1);
    y -= c.b[j] * sin(k * xi) * cosh(k * eta);
    x -= c.b[j] * cos(k * xi) * sinh(k * eta);
  }
  const double wanted = sin(y) / sqrt(sinh(x) * sinh(x) + cos(y) * cos(y));
  const double e2 = c.e * c.e;
  double t = wanted / (1 - e2);
  for (int i = 0; i < 5; i++) { /* converges in two or three steps from here (Karney 2011, eqs 19-21) */
    const double now = conformal(t, c.e);
    t += (wanted - now) / sqrt(1 + now * now) * (1 + (1 - e2) * t * t) / ((1 - e2) * sqrt(1 + t * t));
  }
  *lat = atan(t);
  *lon = wrapped(self->lon + atan2(sinh(x), cos(y)));
out:
  return status;
}

kd_mercator kd_mercator_utm(int zone, int south) {
  return (kd_mercator){.lon = (6.0 * zone - 183.0) * KD_PI / 180.0,
                       .lat = 0.0,
                       .scale = 0.9996,
                       .false_east = 500e3,
                       .false_north = south ? 10000e3 : 0.0};
}
