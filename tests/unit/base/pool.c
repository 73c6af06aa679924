// SPDX-License-Identifier: Apache-2.0
#include "support/check.h"

#include <stdatomic.h>
#include <string.h>

#include "base/pool.h"

enum { CHUNKS = 1000 };

typedef struct tally {
  double value[CHUNKS];
  atomic_int calls;
} tally;

static kd_status square(size_t chunk, size_t worker, void *user, kd_error *err) {
  (void)worker, (void)err;
  tally *t = user;
  t->value[chunk] = (double)(chunk * chunk);
  atomic_fetch_add(&t->calls, 1);
  return KD_OK;
}

static kd_status fails_late(size_t chunk, size_t worker, void *user, kd_error *err) {
  (void)worker, (void)user;
  return chunk >= 70 && chunk % 7 == 0 ? kd_error_set(err, KD_E_MODEL, "chunk %zu", chunk) : KD_OK;
}

static void every_chunk_once(void **state) {
  (void)state;
  for (size_t threads = 1; threads <= 5; threads++) {
    kd_context *ctx = NULL;
    kd_pool *pool = NULL;
    static tally t;
    memset(&t, 0, sizeof t);
    assert_int_equal(kd_context_create(&ctx, NULL), KD_OK);
    assert_int_equal(kd_pool_create(&pool, ctx, threads, NULL), KD_OK);
    assert_int_equal(kd_pool_run(pool, CHUNKS, square, &t, NULL), KD_OK);
    assert_int_equal(atomic_load(&t.calls), CHUNKS);
    for (size_t i = 0; i < CHUNKS; i++) assert_true(t.value[i] == (double)(i * i));
    kd_pool_destroy(&pool);
    kd_context_destroy(&ctx);
  }
}

/* The error told is the first in the order of the work, not of the threads. */
static void lowest_failure_is_told(void **state) {
  (void)state;
  for (size_t threads = 1; threads <= 4; threads++) {
    kd_context *ctx = NULL;
    kd_pool *pool = NULL;
    kd_error err = {0};
    assert_int_equal(kd_context_create(&ctx, NULL), KD_OK);
    assert_int_equal(kd_pool_create(&pool, ctx, threads, NULL), KD_OK);
    assert_int_equal(kd_pool_run(pool, CHUNKS, fails_late, NULL, &err), KD_E_MODEL);
    assert_string_equal(err.text, "chunk 70");
    kd_pool_destroy(&pool);
    kd_context_destroy(&ctx);
  }
}

static void no_chunks(void **state) {
  (void)state;
  kd_context *ctx = NULL;
  kd_pool *pool = NULL;
  assert_int_equal(kd_context_create(&ctx, NULL), KD_OK);
  assert_int_equal(kd_pool_create(&pool, ctx, 2, NULL), KD_OK);
  assert_int_equal(kd_pool_run(pool, 0, square, NULL, NULL), KD_OK);
  kd_pool_destroy(&pool);
  kd_pool_destroy(&pool);
  kd_context_destroy(&ctx);
}

static void pairwise_sum(void **state) {
  (void)state;
  static double tenth[100000];
  for (size_t i = 0; i < 100000; i++) tenth[i] = 0.1;
  assert_near(kd_sum(tenth, 100000), 10000, 1e-9); /* a running sum is off by 2e-8 */
  assert_near(kd_sum(tenth, 1), 0.1, 0);
  assert_near(kd_sum(tenth, 0), 0, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(every_chunk_once), cmocka_unit_test(lowest_failure_is_told),
                                     cmocka_unit_test(no_chunks), cmocka_unit_test(pairwise_sum)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
