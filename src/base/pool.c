// SPDX-License-Identifier: Apache-2.0
#include "base/pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"

typedef struct kd_worker {
  kd_pool *pool;
  size_t index;
  pthread_t thread;
  kd_error err; /* of the lowest chunk that failed on this worker */
  kd_status status;
  size_t failed; /* that chunk */
} kd_worker;

struct kd_pool {
  kd_context *ctx;
  size_t threads;
  kd_worker *worker;
  kd_chunk_fn *chunk;
  void *user;
  size_t chunks;
  atomic_size_t next, lowest_failed; /* chunks are taken in order; none after a failed one is started */
};

kd_status kd_pool_create(kd_pool **out, kd_context *ctx, size_t threads, kd_error *err) {
  *out = NULL;
  kd_pool *self = kd_alloc(ctx, 1, sizeof *self);
  if (self == NULL) return kd_error_set(err, KD_E_NOMEM, "out of memory for a thread pool");
  self->ctx = ctx;
  self->threads = threads > 0 ? threads : 1;
  self->worker = kd_alloc(ctx, self->threads, sizeof *self->worker);
  if (self->worker == NULL) {
    kd_free(ctx, self);
    return kd_error_set(err, KD_E_NOMEM, "out of memory for %zu threads", threads);
  }
  *out = self;
  return KD_OK;
}

void kd_pool_destroy(kd_pool **self) {
  if (self == NULL || *self == NULL) return;
  kd_context *ctx = (*self)->ctx;
  kd_free(ctx, (*self)->worker);
  kd_free(ctx, *self);
  *self = NULL;
}

size_t kd_pool_threads(const kd_pool *self) {
  return self != NULL ? self->threads : 1;
}

static void *work(void *argument) {
  kd_worker *worker = argument;
  kd_pool *pool = worker->pool;
  for (;;) {
    const size_t chunk = atomic_fetch_add(&pool->next, 1);
    if (chunk >= pool->chunks || chunk > atomic_load(&pool->lowest_failed)) return NULL;
    const kd_status status = pool->chunk(chunk, worker->index, pool->user, &worker->err);
    if (status == KD_OK) continue;
    worker->status = status;
    worker->failed = chunk;
    size_t lowest = atomic_load(&pool->lowest_failed);
    while (chunk < lowest && !atomic_compare_exchange_weak(&pool->lowest_failed, &lowest, chunk)) {
    }
    return NULL;
  }
}

kd_status kd_pool_run(kd_pool *self, size_t chunks, kd_chunk_fn *chunk, void *user, kd_error *err) {
  kd_status status = KD_OK;
  if (self == NULL) {
    for (size_t c = 0; c < chunks && status == KD_OK; c++) status = chunk(c, 0, user, err);
    return status;
  }
  self->chunk = chunk;
  self->user = user;
  self->chunks = chunks;
  atomic_store(&self->next, 0);
  atomic_store(&self->lowest_failed, (size_t)-1);
  size_t started = 0;
  for (size_t i = 0; i < self->threads; i++) {
    self->worker[i] = (kd_worker){.pool = self, .index = i, .status = KD_OK, .failed = (size_t)-1};
  }
  /* The caller is worker 0. A thread that cannot be started is no failure: the others do its chunks. */
  while (started + 1 < self->threads && started + 1 < chunks &&
         pthread_create(&self->worker[started + 1].thread, NULL, work, &self->worker[started + 1]) == 0) {
    started++;
  }
  work(&self->worker[0]);
  for (size_t i = 1; i <= started; i++) pthread_join(self->worker[i].thread, NULL);

  const kd_worker *first = NULL;
  for (size_t i = 0; i <= started; i++) {
    const kd_worker *worker = &self->worker[i];
    if (worker->status != KD_OK && (first == NULL || worker->failed < first->failed)) first = worker;
  }
  if (first == NULL) return KD_OK;
  if (err != NULL) *err = first->err;
  return first->status;
}

double kd_sum(const double *values, size_t count) {
  if (count <= 16) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) sum += values[i];
    return sum;
  }
  size_t half = 16;
  while (half * 2 < count) half *= 2; /* the largest power of two times 16 below count: a fixed tree */
  return kd_sum(values, half) + kd_sum(values + half, count - half);
}
