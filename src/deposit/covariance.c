// SPDX-License-Identifier: Apache-2.0
/* Semivariance of nested structures: gamma(d) = sum sill_i f_i(|M_i d|), d = (dx, dy, dz), u = |M d| = lag over range.
 *
 *   spherical 1.5 u - 0.5 u^3        exponential 1 - exp(-u)             Gaussian 1 - exp(-u^2)
 *   cubic 7u^2 - 8.75u^3 + 3.5u^5 - 0.75u^7                              pentaspherical 15/8 u - 5/4 u^3 + 3/8 u^5
 *   circular 2/pi (u sqrt(1 - u^2) + asin u)                             Matern 1 - u^v K_v(u) / (2^(v-1) Gamma(v))
 *   Stein  Matern with u = 2 sqrt(v) lag/range                           stable 1 - exp(-u^p)
 *   Bessel 1 - u K_1(u)              Cauchy 1 - (1 + u^2)^-p             hole 1 - sin u / u
 *   wave 1 - sin(pi u)/(pi u)        cosine 1 - cos(pi u)                periodic 1 - cos(2 pi u)
 *   linear with sill min(u, 1)       linear u                            power u^p
 *   logarithmic ln(lag + range)      spline lag^2 ln lag
 *
 * u >= 1 gives 1 for spherical, cubic, pentaspherical, circular. All are 0 at d = 0; the nugget is 1 elsewhere.
 * M = diag(1/range, 1/semi, 1/minor) R, R the rotation of GSLIB by azimuth, dip, rake (kd_rotation).
 *
 * Source    Chiles and Delfiner 2012, Geostatistics, 2nd ed., ch. 2; Deutsch and Journel 1998, GSLIB, ch. II.3; the
 *           names and parameters of gstat (Pebesma 2004, Computers and Geosciences 30, 683).
 * Range     which dimension a structure is valid in: circular 2, linear with sill and cosine 1, hole and wave 3.
 * Weakness  range means the parameter a, not the practical range; see kd_structure_practical.
 */
#include "deposit/covariance.h"

#include <math.h>

#include "base/error.h"
#include "numerics/bessel.h"

#define PI 3.14159265358979323846

const char *const kd_structure_words[KD_STRUCTURE_KINDS] = {
    "nugget",         "measurement_error", "spherical", "exponential", "gaussian",    "matern",      "stein", "cubic",
    "pentaspherical", "circular",          "stable",    "bessel",      "cauchy",      "hole_effect", "wave",  "cosine",
    "periodic",       "linear_sill",       "linear",    "power",       "logarithmic", "spline"};
const char *const kd_structure_gstat[KD_STRUCTURE_KINDS] = {"Nug", "Err", "Sph", "Exp", "Gau", "Mat", "Ste", "",
                                                            "Pen", "Cir", "Exc", "Bes", "",    "Hol", "Wav", "",
                                                            "Per", "Lin", "",    "Pow", "Log", "Spl"};

bool kd_structure_is_flat(const kd_structure *self) {
  return self->kind <= KD_MEASUREMENT_ERROR;
}

double kd_structure_unit(kd_structure_kind kind, double u, double shape) {
  if (u <= 0.0) return 0.0;
  switch (kind) {
  case KD_SPHERICAL:
    return u < 1.0 ? u * (1.5 - 0.5 * u * u) : 1.0;
  case KD_EXPONENTIAL:
    return 1.0 - exp(-u);
  case KD_GAUSSIAN:
    return 1.0 - exp(-u * u);
  case KD_MATERN:
    return 1.0 - kd_bessel_matern(shape, u);
  case KD_STEIN:
    return 1.0 - kd_bessel_matern(shape, 2.0 * sqrt(shape) * u);
  case KD_CUBIC:
    return u < 1.0 ? u * u * (7.0 - u * (8.75 - u * u * (3.5 - 0.75 * u * u))) : 1.0;
  case KD_PENTASPHERICAL:
    return u < 1.0 ? u * (1.875 + u * u * (-1.25 + u * u * 0.375)) : 1.0;
  case KD_CIRCULAR:
    return u < 1.0 ? 2.0 / PI * (u * sqrt(1.0 - u * u) + asin(u)) : 1.0;
  case KD_STABLE:
    return 1.0 - exp(-pow(u, shape));
  case KD_BESSEL:
    return 1.0 - (u > 700.0 ? 0.0 : u * kd_bessel_k(1.0, u));
  case KD_CAUCHY:
    return 1.0 - pow(1.0 + u * u, -shape);
  case KD_HOLE:
    return 1.0 - sin(u) / u;
  case KD_WAVE:
    return 1.0 - sin(PI * u) / (PI * u);
  case KD_COSINE:
    return 1.0 - cos(PI * u);
  case KD_PERIODIC:
    return 1.0 - cos(2.0 * PI * u);
  case KD_LINEAR_SILL:
    return u < 1.0 ? u : 1.0;
  case KD_LINEAR:
    return u;
  case KD_POWER:
    return pow(u, shape);
  case KD_SPLINE:
    return u * u * log(u);
  default:
    return 1.0; /* nugget, measurement error */
  }
}

double kd_structure_practical(kd_structure_kind kind, double shape) {
  if (kind == KD_EXPONENTIAL) return 3.0;
  if (kind == KD_GAUSSIAN) return sqrt(3.0);
  if (kind == KD_STABLE) return pow(3.0, 1.0 / shape);
  if (kind == KD_SPHERICAL || kind == KD_CUBIC || kind == KD_PENTASPHERICAL || kind == KD_CIRCULAR ||
      kind == KD_LINEAR_SILL)
    return 1.0;
  if (kind == KD_NUGGET || kind == KD_MEASUREMENT_ERROR || kind >= KD_LINEAR) return (double)NAN;
  double low = 0.0, high = 1e-3;
  while (kd_structure_unit(kind, high, shape) < 0.95 && high < 1e9) {
    low = high;
    high *= 1.05;
  }
  for (int i = 0; i < 100 && high - low > 1e-15 * high; i++) {
    const double middle = 0.5 * (low + high);
    *(kd_structure_unit(kind, middle, shape) < 0.95 ? &low : &high) = middle;
  }
  return 0.5 * (low + high);
}

void kd_rotation(double axes[9], double azimuth, double dip, double rake) {
  const double a = 0.5 * PI - azimuth;
  const double sa = sin(a), ca = cos(a), sb = sin(-dip), cb = cos(dip), st = sin(rake), ct = cos(rake);
  const double rows[9] = {cb * ca,
                          cb * sa,
                          -sb, /* major */
                          -ct * sa + st * sb * ca,
                          ct * ca + st * sb * sa,
                          st * cb, /* semi-major */
                          st * sa + ct * sb * ca,
                          -st * ca + ct * sb * sa,
                          ct * cb}; /* minor */
  for (int i = 0; i < 9; i++) axes[i] = rows[i];
}

/* The least and the most that a shape may be; 0, 0 for a structure without. */
static void shape_limits(double *low, double *high, kd_structure_kind kind) {
  *low = *high = 0.0;
  if (kind == KD_MATERN || kind == KD_STEIN) {
    *low = 1e-3;
    *high = 100.0;
  } else if (kind == KD_STABLE || kind == KD_POWER) {
    *low = 1e-6;
    *high = 2.0;
  } else if (kind == KD_CAUCHY) {
    *low = 1e-6;
    *high = 1e6;
  }
}

kd_status kd_covariance_add(kd_covariance *self, const kd_structure *structure, kd_error *err) {
  kd_status status = KD_OK;
  kd_structure s = *structure;
  const char *word = kd_structure_words[s.kind];
  const bool flat = s.kind == KD_NUGGET || s.kind == KD_MEASUREMENT_ERROR;
  double low, high;
  KD_CHECK(self->count < KD_STRUCTURES_MAX, err, KD_E_SIZE, "structure %zu: at most %d structures", self->count + 1,
           KD_STRUCTURES_MAX);
  KD_CHECK(isfinite(s.sill) && s.sill >= 0.0, err, KD_E_RANGE, "%s: sill %g: must be at least 0", word, s.sill);
  if (flat || s.kind == KD_SPLINE) s.range = 1.0;
  if (isnan(s.range) && (s.kind == KD_POWER || s.kind == KD_LINEAR)) s.range = 1.0;
  KD_CHECK(isfinite(s.range) && s.range > 0.0, err, KD_E_RANGE, "%s: range %g m: must be above 0 m", word, s.range);
  if (isnan(s.semi)) s.semi = s.range;
  if (isnan(s.minor)) s.minor = s.semi;
  KD_CHECK(isfinite(s.semi) && s.semi > 0.0, err, KD_E_RANGE, "%s: semi %g m: must be above 0 m", word, s.semi);
  KD_CHECK(isfinite(s.minor) && s.minor > 0.0, err, KD_E_RANGE, "%s: minor %g m: must be above 0 m", word, s.minor);
  KD_CHECK(isfinite(s.azimuth) && isfinite(s.dip) && isfinite(s.rake), err, KD_E_RANGE,
           "%s: azimuth, dip and rake must be numbers", word);
  shape_limits(&low, &high, s.kind);
  if (high > 0.0 && isnan(s.shape)) s.shape = s.kind == KD_MATERN || s.kind == KD_STEIN ? 0.5 : 1.0;
  if (high > 0.0)
    KD_CHECK(s.shape >= low && s.shape <= high, err, KD_E_RANGE, "%s: shape %g: must be between %g and %g", word,
             s.shape, low, high);
  KD_CHECK(s.kind != KD_POWER || s.shape < 2.0, err, KD_E_RANGE, "power: exponent %g: must be below 2", s.shape);
  s.isotropic = s.semi == s.range && s.minor == s.range;
  kd_rotation(s.map, s.azimuth, s.dip, s.rake);
  for (int i = 0; i < 3; i++) {
    s.map[i] /= s.range;
    s.map[3 + i] /= s.semi;
    s.map[6 + i] /= s.minor;
  }
  if (self->count == 0) *self = (kd_covariance){.has_sill = true, .horizontal = true};
  self->structure[self->count++] = s;
  if (s.kind >= KD_LINEAR) self->has_sill = false;
  if (flat) self->nugget += s.sill;
  if (s.kind == KD_MEASUREMENT_ERROR) self->error += s.sill;
  self->sill = self->has_sill ? self->sill + s.sill : (double)INFINITY;
out:
  return status;
}

double kd_structure_at(const kd_structure *s, double dx, double dy, double dz) {
  double u;
  if (s->isotropic) {
    u = sqrt(dx * dx + dy * dy + dz * dz) / s->range;
  } else {
    const double a = s->map[0] * dx + s->map[1] * dy + s->map[2] * dz;
    const double b = s->map[3] * dx + s->map[4] * dy + s->map[5] * dz;
    const double c = s->map[6] * dx + s->map[7] * dy + s->map[8] * dz;
    u = sqrt(a * a + b * b + c * c);
  }
  if (s->kind == KD_LOGARITHMIC) return u > 0.0 ? log(u * s->range + s->range) : 0.0;
  return kd_structure_unit(s->kind, u, s->shape);
}

double kd_semivariance(const kd_covariance *self, double dx, double dy, double dz) {
  double sum = 0.0;
  if (dx == 0.0 && dy == 0.0 && dz == 0.0) return 0.0;
  for (size_t i = 0; i < self->count; i++) {
    const kd_structure *s = &self->structure[i];
    sum += s->sill * kd_structure_at(s, dx, dy, dz);
  }
  return sum;
}

double kd_covariance_at(const kd_covariance *self, double dx, double dy, double dz) {
  double sum = 0.0;
  if (dx == 0.0 && dy == 0.0 && dz == 0.0) return self->sill;
  for (size_t i = 0; i < self->count; i++) {
    const kd_structure *s = &self->structure[i];
    if (s->kind > KD_MEASUREMENT_ERROR) sum += s->sill * (1.0 - kd_structure_at(s, dx, dy, dz));
  }
  return sum;
}

double kd_covariance_bound(const kd_covariance *self, double extent) {
  double bound = 0.0;
  if (self->has_sill) return self->sill;
  for (size_t i = 0; i < self->count; i++) {
    const kd_structure *s = &self->structure[i];
    const double least = fmin(s->range, fmin(s->semi, s->minor));
    double u = extent / least;
    if (s->kind == KD_LOGARITHMIC)
      bound += s->sill * fabs(log(extent + s->range));
    else if (s->kind == KD_SPLINE)
      bound += s->sill * u * u * fabs(log(u > 1.0 ? u : 2.0));
    else if (s->kind >= KD_LINEAR)
      bound += s->sill * kd_structure_unit(s->kind, u, s->shape);
    else
      bound += s->sill;
  }
  return 4.0 * bound;
}
