// SPDX-License-Identifier: Apache-2.0
/* SHA-256 (FIPS 180-4), for the provenance of inputs and the identity of scenarios. */
#ifndef KD_BASE_SHA256_H
#define KD_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

#define KD_SHA256_HEX 65 /* 64 hex digits and NUL */

typedef struct kd_sha256 {
  uint32_t state[8];
  uint64_t length; /* bytes so far */
  unsigned char block[64];
} kd_sha256;

void kd_sha256_start(kd_sha256 *self);
void kd_sha256_add(kd_sha256 *self, const void *bytes, size_t count);
void kd_sha256_finish(char out[KD_SHA256_HEX], kd_sha256 *self);

/* All at once. */
void kd_sha256_hex(char out[KD_SHA256_HEX], const void *bytes, size_t count);

#endif
