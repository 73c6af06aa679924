// SPDX-License-Identifier: Apache-2.0
/* Normal numbers in bulk: Philox4x32-10 on eight counters at once, then the inverse distribution.
 *
 *   block j of (seed, stream, realisation) = four words of 32 bits; words 0, 1 make number 2j, words 2, 3 number 2j + 1
 *   u = ((w0 2^32 + w1) div 2^12 + 1/2) 2^-52 ,  z = G^-1(u)
 *
 * Source    Salmon, Moraes, Dror, Shaw 2011 (Philox); Wichura 1988, AS 241 (inverse). Both as in base/random.c, whose
 *           order of operations is kept: the bits are the same.
 * Weakness  |z| below 8.2 (u is never closer to 0 than 2^-53).
 */
#include "numerics/normals.h"

#include <math.h>

#include "base/random.h"
#include "numerics/simd.h"

#define BATCH 512 /* numbers that stay in the first cache between two passes */

/* One block in each lane, words in the low halves. */
KD_INLINE void philox(kd_u8 *w0, kd_u8 *w1, kd_u8 *w2, kd_u8 *w3, uint64_t seed) {
  kd_u8 c0 = *w0, c1 = *w1, c2 = *w2, c3 = *w3;
  uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
  for (int round = 0; round < 10; round++) {
    const kd_u8 a = c0 * 0xD2511F53u, b = c2 * 0xCD9E8D57u;
    c0 = (b >> 32) ^ c1 ^ k0;
    c1 = b & 0xffffffffu;
    c2 = (a >> 32) ^ c3 ^ k1;
    c3 = a & 0xffffffffu;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  *w0 = c0, *w1 = c1, *w2 = c2, *w3 = c3;
}

/* (bits + 1/2) 2^-52 of 52 bits, through the exponent of 2^52: exact. */
KD_INLINE void to_uniform(kd_v8 *out, const kd_u8 *high, const kd_u8 *low) {
  const kd_u8 bits = ((*high << 20) | (*low >> 12)) | 0x4330000000000000u;
  *out = ((kd_v8)bits - 0x1p52 + 0.5) * 0x1p-52;
}

/* Uniforms of blocks first_block .. first_block + blocks - 1 (blocks a multiple of 8), two each, in order. */
KD_CLONES static void uniforms(double *out, size_t blocks, uint64_t first_block, uint64_t seed, uint32_t stream,
                               uint64_t realisation) {
  const kd_u8 step = {0, 1, 2, 3, 4, 5, 6, 7};
  for (size_t j = 0; j < blocks; j += KD_LANES) {
    kd_u8 w0 = step + (first_block + j), w1 = (kd_u8){0} + stream, w2 = (kd_u8){0} + (realisation & 0xffffffffu),
          w3 = (kd_u8){0} + (realisation >> 32);
    kd_v8 even, odd;
    philox(&w0, &w1, &w2, &w3, seed);
    to_uniform(&even, &w0, &w1);
    to_uniform(&odd, &w2, &w3);
    for (int k = 0; k < KD_LANES; k++) {
      out[2 * (j + (size_t)k)] = even[k];
      out[2 * (j + (size_t)k) + 1] = odd[k];
    }
  }
}

/* One block of eight realisations: numbers 2 block and 2 block + 1, to two rows of `stride`. */
KD_CLONES static void uniforms_across(double *out, size_t stride, size_t blocks, uint64_t first_block, uint64_t seed,
                                      uint32_t stream, uint64_t realisation) {
  const kd_u8 step = {0, 1, 2, 3, 4, 5, 6, 7};
  for (size_t j = 0; j < blocks; j++) {
    const kd_u8 r = step + realisation;
    kd_u8 w0 = (kd_u8){0} + (first_block + j), w1 = (kd_u8){0} + stream, w2 = r & 0xffffffffu, w3 = r >> 32;
    kd_v8 even, odd;
    philox(&w0, &w1, &w2, &w3, seed);
    to_uniform(&even, &w0, &w1);
    to_uniform(&odd, &w2, &w3);
    kd_v8_store(out + 2 * j * stride, &even);
    kd_v8_store(out + (2 * j + 1) * stride, &odd);
  }
}

/* Coefficients of AS 241, as in base/random.c. */
static const double a_[] = {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
                            1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
                            3.3430575583588128105e4, 2.5090809287301226727e3};
static const double b_[] = {1.0,
                            4.2313330701600911252e1,
                            6.8718700749205790830e2,
                            5.3941960214247511077e3,
                            2.1213794301586595867e4,
                            3.9307895800092710610e4,
                            2.8729085735721942674e4,
                            5.2264952788528545610e3};

/* The middle, |p - 1/2| <= 0.425, as if all lay there. count a multiple of 8. */
KD_CLONES static void middle(double *restrict out, const double *restrict p, size_t count) {
  for (size_t i = 0; i < count; i += KD_LANES) {
    kd_v8 q;
    kd_v8_load(&q, p + i);
    q = q - 0.5;
    const kd_v8 r = 0.180625 - q * q;
    kd_v8 top = KD_SPLAT(a_[7]), bottom = KD_SPLAT(b_[7]);
    for (int k = 6; k >= 0; k--) {
      top = top * r + a_[k];
      bottom = bottom * r + b_[k];
    }
    const kd_v8 z = q * top / bottom;
    kd_v8_store(out + i, &z);
  }
}

static const double c_[] = {1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                            3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                            2.27238449892691845833e-2, 7.74545014278341407640e-4};
static const double d_[] = {1.0,
                            2.05319162663775882187e0,
                            1.67638483018380384940e0,
                            6.89767334985100004550e-1,
                            1.48103976427480074590e-1,
                            1.51986665636164571966e-2,
                            5.47593808499534494600e-4,
                            1.05075007164441684324e-9};

/* r of the tails into z, for r <= 5: z = C(r - 1.6)/D(r - 1.6). count a multiple of 8. */
KD_CLONES static void shoulders(double *restrict z, const double *restrict minus_log, size_t count) {
  for (size_t i = 0; i < count; i += KD_LANES) {
    kd_v8 r, top = KD_SPLAT(c_[7]), bottom = KD_SPLAT(d_[7]);
    for (int k = 0; k < KD_LANES; k++) r[k] = sqrt(minus_log[i + (size_t)k]);
    r = r - 1.6;
    for (int k = 6; k >= 0; k--) {
      top = top * r + c_[k];
      bottom = bottom * r + d_[k];
    }
    const kd_v8 value = top / bottom;
    kd_v8_store(z + i, &value);
  }
}

/* Up to BATCH values, in place; p has room up to the next multiple of 8. */
static void quantiles(double *p, size_t count) {
  double z[BATCH], far[BATCH], depth[BATCH];
  unsigned place[BATCH + 1];
  const size_t whole = (count + KD_LANES - 1) / KD_LANES * KD_LANES;
  size_t tails = 0;
  for (size_t i = count; i < whole; i++) p[i] = 0.5;
  middle(z, p, whole);
  for (size_t i = 0; i < count; i++) {
    place[tails] = (unsigned)i;
    tails += fabs(p[i] - 0.5) > 0.425 ? 1 : 0;
  }
  for (size_t t = 0; t < tails; t++) {
    const double u = p[place[t]];
    depth[t] = -log(u < 0.5 ? u : 1 - u);
  }
  const size_t whole_tails = (tails + KD_LANES - 1) / KD_LANES * KD_LANES;
  for (size_t t = tails; t < whole_tails; t++) depth[t] = 2.56;
  shoulders(far, depth, whole_tails);
  for (size_t t = 0; t < tails; t++) {
    const size_t i = place[t];
    z[i] = depth[t] > 25.0 ? kd_normal_quantile(p[i]) : p[i] < 0.5 ? -far[t] : far[t];
  }
  memcpy(p, z, count * sizeof *p);
}

void kd_normal_quantiles(double *out, const double *p, size_t count) {
  double batch[BATCH];
  for (size_t i = 0; i < count; i += BATCH) {
    const size_t n = count - i < BATCH ? count - i : BATCH;
    memcpy(batch, p + i, n * sizeof *batch);
    quantiles(batch, n);
    memcpy(out + i, batch, n * sizeof *batch);
  }
}

void kd_normals(double *out, size_t count, uint64_t first, uint64_t seed, uint32_t stream, uint64_t realisation) {
  double batch[BATCH + 2 * KD_LANES];
  for (size_t done = 0; done < count;) {
    const uint64_t at = first + done;
    const size_t skip = (size_t)(at & 1);
    const size_t want = count - done < BATCH - 2 ? count - done : BATCH - 2;
    const size_t blocks = ((skip + want + 1) / 2 + KD_LANES - 1) / KD_LANES * KD_LANES;
    uniforms(batch, blocks, at >> 1, seed, stream, realisation);
    memmove(batch, batch + skip, want * sizeof *batch);
    quantiles(batch, want);
    memcpy(out + done, batch, want * sizeof *batch);
    done += want;
  }
}

void kd_normals_lanes(double *out, size_t count, size_t lanes, uint64_t first, uint64_t seed, uint32_t stream,
                      uint64_t realisation) {
  double batch[BATCH];
  const size_t rows = BATCH / KD_LANES; /* numbers of eight realisations in a batch */
  for (size_t lane = 0; lane < lanes; lane += KD_LANES) {
    const size_t width = lanes - lane < KD_LANES ? lanes - lane : KD_LANES;
    for (size_t done = 0; done < count;) {
      const uint64_t at = first + done;
      const size_t skip = (size_t)(at & 1);
      const size_t want = count - done < rows - 2 ? count - done : rows - 2;
      uniforms_across(batch, KD_LANES, (skip + want + 1) / 2, at >> 1, seed, stream, realisation + lane);
      quantiles(batch + skip * KD_LANES, want * KD_LANES);
      for (size_t i = 0; i < want; i++)
        memcpy(out + (done + i) * lanes + lane, batch + (skip + i) * KD_LANES, width * sizeof *out);
      done += want;
    }
  }
}
