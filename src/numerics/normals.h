// SPDX-License-Identifier: Apache-2.0
/* Standard normal numbers in bulk: number i of (seed, stream, realisation) is the i-th kd_stream_normal of a stream
 * started with these, to the last bit, in whatever order and by however many threads it is asked for. */
#ifndef KD_NUMERICS_NORMALS_H
#define KD_NUMERICS_NORMALS_H

#include <stddef.h>
#include <stdint.h>

/* out[i] = number first + i of the realisation, i < count; first + count below 2^33. */
void kd_normals(double *out, size_t count, uint64_t first, uint64_t seed, uint32_t stream, uint64_t realisation);

/* out[i * lanes + r] = number first + i of realisation + r, r < lanes. */
void kd_normals_lanes(double *out, size_t count, size_t lanes, uint64_t first, uint64_t seed, uint32_t stream,
                      uint64_t realisation);

/* Inverse of the normal distribution for many values, as kd_normal_quantile. out may be p. */
void kd_normal_quantiles(double *out, const double *p, size_t count);

#endif
