// SPDX-License-Identifier: Apache-2.0
/* Threads over fixed chunks. The chunks do not depend on the number of threads, so neither do the results. */
#ifndef KD_BASE_POOL_H
#define KD_BASE_POOL_H

#include <stddef.h>

#include "kaidei/context.h"

typedef struct kd_pool kd_pool;

/* Does chunk `chunk` on worker `worker` (0 .. threads-1). */
typedef kd_status kd_chunk_fn(size_t chunk, size_t worker, void *user, kd_error *err);

kd_status kd_pool_create(kd_pool **out, kd_context *ctx, size_t threads, kd_error *err);
void kd_pool_destroy(kd_pool **self);
size_t kd_pool_threads(const kd_pool *self);

/* Runs all chunks; self NULL: by the caller alone. The error of the lowest failing chunk is returned, whatever the
 * order of work. */
kd_status kd_pool_run(kd_pool *self, size_t chunks, kd_chunk_fn *chunk, void *user, kd_error *err);

/* Sum by fixed pairwise tree: the same bits for any split of the work. */
double kd_sum(const double *values, size_t count);

#endif
