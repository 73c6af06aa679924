// SPDX-License-Identifier: Apache-2.0
/* Eight doubles side by side, by the vector extensions of gcc and clang, and functions compiled three times over: for
 * the baseline, AVX2 and AVX-512, chosen when the program starts. Multiplications and additions stay apart
 * (-ffp-contract=off), so that all three give the same bits. Not under sanitizers, which cannot choose at start. */
#ifndef KD_NUMERICS_SIMD_H
#define KD_NUMERICS_SIMD_H

#include <stdint.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define KD_SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define KD_SANITIZED 1
#endif

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(KD_SANITIZED)
#define KD_CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define KD_CLONES
#endif
#define KD_INLINE static inline __attribute__((always_inline))

#define KD_LANES 8
typedef double kd_v8 __attribute__((vector_size(64)));
typedef int64_t kd_i8 __attribute__((vector_size(64)));
typedef uint64_t kd_u8 __attribute__((vector_size(64)));

/* All arguments by address: a vector passed by value would have another calling convention in each clone. */
#define KD_SPLAT(value) ((kd_v8){0} + (value))

KD_INLINE void kd_v8_load(kd_v8 *out, const double *from) {
  memcpy(out, from, sizeof *out);
}

KD_INLINE void kd_v8_store(double *to, const kd_v8 *from) {
  memcpy(to, from, sizeof *from);
}

/* Lane by lane yes[i] where mask[i] is all ones, else no[i]. */
KD_INLINE void kd_v8_select(kd_v8 *out, const kd_i8 *mask, const kd_v8 *yes, const kd_v8 *no) {
  *out = (kd_v8)((*mask & (kd_i8)*yes) | (~*mask & (kd_i8)*no));
}

#endif
