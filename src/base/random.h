// SPDX-License-Identifier: Apache-2.0
/* Counter-based random numbers: Philox4x32-10 keyed by the seed; the counter holds stream, realisation and index,
 * so that a value depends on (seed, stream, realisation, index) alone and never on threads or order of work.
 * Source: Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3". */
#ifndef KD_BASE_RANDOM_H
#define KD_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

typedef struct kd_stream {
  uint64_t seed;
  uint32_t stream; /* what the numbers are for: a hash of a name, kd_stream_id */
  uint64_t realisation;
  uint32_t index; /* next block of four words */
  uint32_t word[4];
  unsigned left; /* words left in the block */
} kd_stream;

/* Identifier of a stream from its name ("campaign.weather"): FNV-1a, 32 bits. */
uint32_t kd_stream_id(const char *name);

void kd_stream_start(kd_stream *self, uint64_t seed, uint32_t stream, uint64_t realisation);

uint32_t kd_stream_u32(kd_stream *self);
double kd_stream_uniform(kd_stream *self); /* in (0, 1), 53 bits, never 0 or 1 */
double kd_stream_normal(kd_stream *self);  /* mean 0, sd 1; by the inverse distribution, one uniform each */
double kd_stream_exponential(kd_stream *self, double mean);
uint64_t kd_stream_poisson(kd_stream *self, double mean);
double kd_stream_gamma(kd_stream *self, double shape, double scale);

/* Inverse of the standard normal distribution (Wichura 1988, AS 241; relative error 1e-16). p in (0, 1). */
double kd_normal_quantile(double p);
double kd_normal_cdf(double x);

#endif
