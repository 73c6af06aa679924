// SPDX-License-Identifier: Apache-2.0
#include "base/random.h"

#include <math.h>

#include <Random123/philox.h>

uint32_t kd_stream_id(const char *name) {
  uint32_t hash = 2166136261u; /* FNV-1a offset basis and prime, 32 bits */
  for (const unsigned char *c = (const unsigned char *)name; *c != '\0'; c++) hash = (hash ^ *c) * 16777619u;
  return hash;
}

void kd_stream_start(kd_stream *self, uint64_t seed, uint32_t stream, uint64_t realisation) {
  *self = (kd_stream){.seed = seed, .stream = stream, .realisation = realisation};
}

uint32_t kd_stream_u32(kd_stream *self) {
  if (self->left == 0) {
    const philox4x32_ctr_t counter = {
        {self->index++, self->stream, (uint32_t)self->realisation, (uint32_t)(self->realisation >> 32)}};
    const philox4x32_key_t key = {{(uint32_t)self->seed, (uint32_t)(self->seed >> 32)}};
    const philox4x32_ctr_t block = philox4x32(counter, key);
    for (int i = 0; i < 4; i++) self->word[i] = block.v[i];
    self->left = 4;
  }
  return self->word[4 - self->left--];
}

double kd_stream_uniform(kd_stream *self) {
  const uint64_t high = kd_stream_u32(self), low = kd_stream_u32(self);
  const uint64_t bits = (high << 32 | low) >> 12; /* 52 bits */
  return ((double)bits + 0.5) * 0x1p-52;          /* the middle of each of 2^52 cells: never 0 or 1 */
}

double kd_stream_normal(kd_stream *self) {
  return kd_normal_quantile(kd_stream_uniform(self));
}

double kd_stream_exponential(kd_stream *self, double mean) {
  return -mean * log(kd_stream_uniform(self));
}

/* Poisson by counting exponential gaps; for large means split in halves that are summed (exact: sums of Poissons). */
uint64_t kd_stream_poisson(kd_stream *self, double mean) {
  uint64_t count = 0;
  while (mean > 30) { /* a gamma time with integer shape jumps over many events at once (Ahrens and Dieter 1974) */
    const double shape = floor(mean * 7.0 / 8.0);
    const double time = kd_stream_gamma(self, shape, 1.0);
    if (time > mean) { /* fewer than `shape` events: the rest is binomial(shape - 1, mean / time) */
      const uint64_t trials = (uint64_t)shape - 1;
      for (uint64_t i = 0; i < trials; i++) count += kd_stream_uniform(self) < mean / time ? 1 : 0;
      return count;
    }
    count += (uint64_t)shape;
    mean -= time;
  }
  const double limit = exp(-mean);
  for (double product = kd_stream_uniform(self); product > limit; product *= kd_stream_uniform(self)) count++;
  return count;
}

/* Gamma by Marsaglia and Tsang 2000, "A simple method for generating gamma variables". */
double kd_stream_gamma(kd_stream *self, double shape, double scale) {
  if (shape < 1) {
    const double boost = pow(kd_stream_uniform(self), 1 / shape);
    return boost * kd_stream_gamma(self, shape + 1, scale);
  }
  const double d = shape - 1.0 / 3.0, c = 1 / sqrt(9 * d);
  for (;;) {
    const double x = kd_stream_normal(self), base = 1 + c * x;
    if (base <= 0) continue;
    const double v = base * base * base, u = kd_stream_uniform(self);
    if (log(u) < 0.5 * x * x + d - d * v + d * log(v)) return scale * d * v;
  }
}

static double polynomial(const double *c, int degree, double x) {
  double value = c[degree];
  for (int i = degree - 1; i >= 0; i--) value = value * x + c[i];
  return value;
}

/* Wichura 1988, Algorithm AS 241 (PPND16): rational functions in three ranges of |p - 1/2|. */
double kd_normal_quantile(double p) {
  static const double a[] = {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
                             1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
                             3.3430575583588128105e4, 2.5090809287301226727e3};
  static const double b[] = {1.0,
                             4.2313330701600911252e1,
                             6.8718700749205790830e2,
                             5.3941960214247511077e3,
                             2.1213794301586595867e4,
                             3.9307895800092710610e4,
                             2.8729085735721942674e4,
                             5.2264952788528545610e3};
  static const double c[] = {1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                             3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                             2.27238449892691845833e-2, 7.74545014278341407640e-4};
  static const double d[] = {1.0,
                             2.05319162663775882187e0,
                             1.67638483018380384940e0,
                             6.89767334985100004550e-1,
                             1.48103976427480074590e-1,
                             1.51986665636164571966e-2,
                             5.47593808499534494600e-4,
                             1.05075007164441684324e-9};
  static const double e[] = {6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                             2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                             2.71155556874348757815e-5, 2.01033439929228813265e-7};
  static const double f[] = {1.0,
                             5.99832206555887937690e-1,
                             1.36929880922735805310e-1,
                             1.48753612908506148525e-2,
                             7.86869131145613259100e-4,
                             1.84631831751005468180e-5,
                             1.42151175831644588870e-7,
                             2.04426310338993978564e-15};
  const double q = p - 0.5;
  if (fabs(q) <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * polynomial(a, 7, r) / polynomial(b, 7, r);
  }
  double r = sqrt(-log(q < 0 ? p : 1 - p));
  if (r <= 5) {
    r -= 1.6;
    r = polynomial(c, 7, r) / polynomial(d, 7, r);
  } else {
    r -= 5;
    r = polynomial(e, 7, r) / polynomial(f, 7, r);
  }
  return q < 0 ? -r : r;
}

double kd_normal_cdf(double x) {
  return 0.5 * erfc(-x * 0.70710678118654752440);
} /* 1/sqrt 2 */
