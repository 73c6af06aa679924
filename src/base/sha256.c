// SPDX-License-Identifier: Apache-2.0
/* SHA-256 as FIPS 180-4, sections 4.1.2, 4.2.2, 5.1.1 and 6.2, with the names used there. */
#include "base/sha256.h"

#include <string.h>

/* First 32 bits of the fractional parts of the cube roots of the first 64 primes (4.2.2). */
static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t rotate(uint32_t x, unsigned n) {
  return x >> n | x << (32 - n);
}

static void compress(uint32_t *state, const unsigned char *block) {
  uint32_t W[64];
  for (size_t t = 0; t < 16; t++)
    W[t] = (uint32_t)block[4 * t] << 24 | (uint32_t)block[4 * t + 1] << 16 | (uint32_t)block[4 * t + 2] << 8 |
           block[4 * t + 3];
  for (size_t t = 16; t < 64; t++) {
    const uint32_t s0 = rotate(W[t - 15], 7) ^ rotate(W[t - 15], 18) ^ W[t - 15] >> 3;
    const uint32_t s1 = rotate(W[t - 2], 17) ^ rotate(W[t - 2], 19) ^ W[t - 2] >> 10;
    W[t] = s1 + W[t - 7] + s0 + W[t - 16];
  }
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6],
           h = state[7];
  for (size_t t = 0; t < 64; t++) {
    const uint32_t S1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25), choice = (e & f) ^ (~e & g);
    const uint32_t T1 = h + S1 + choice + K[t] + W[t];
    const uint32_t S0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22), majority = (a & b) ^ (a & c) ^ (b & c);
    h = g, g = f, f = e, e = d + T1, d = c, c = b, b = a, a = T1 + S0 + majority;
  }
  const uint32_t add[8] = {a, b, c, d, e, f, g, h};
  for (size_t i = 0; i < 8; i++) state[i] += add[i];
}

void kd_sha256_start(kd_sha256 *self) {
  static const uint32_t first[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}; /* square roots of primes, 5.3.3 */
  memcpy(self->state, first, sizeof first);
  self->length = 0;
}

void kd_sha256_add(kd_sha256 *self, const void *bytes, size_t count) {
  const unsigned char *next = bytes;
  while (count > 0) {
    const size_t held = (size_t)(self->length % 64), room = 64 - held;
    const size_t take = count < room ? count : room;
    memcpy(self->block + held, next, take);
    self->length += take;
    next += take;
    count -= take;
    if (held + take == 64) compress(self->state, self->block);
  }
}

void kd_sha256_finish(char out[KD_SHA256_HEX], kd_sha256 *self) {
  static const unsigned char padding[64] = {0x80};
  const uint64_t bits = self->length * 8;
  unsigned char length[8];
  for (unsigned i = 0; i < 8; i++) length[i] = (unsigned char)(bits >> (56 - 8 * i));
  const size_t held = (size_t)(self->length % 64);
  kd_sha256_add(self, padding, held < 56 ? 56 - held : 120 - held);
  kd_sha256_add(self, length, sizeof length);
  static const char digits[] = "0123456789abcdef";
  for (size_t i = 0; i < 64; i++) out[i] = digits[self->state[i / 8] >> (28 - 4 * (i % 8)) & 15];
  out[64] = '\0';
}

void kd_sha256_hex(char out[KD_SHA256_HEX], const void *bytes, size_t count) {
  kd_sha256 self;
  kd_sha256_start(&self);
  kd_sha256_add(&self, bytes, count);
  kd_sha256_finish(out, &self);
}
