// SPDX-License-Identifier: Apache-2.0
#include "support/check.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/context.h"
#include "support/faults.h"

static void aligned_zeroed_and_reused(void **state) {
  (void)state;
  kd_faults faults;
  kd_faults_start(&faults);
  const kd_context_options opt = {.size = sizeof opt, .allocator = &faults.allocator, .home = "/"};
  kd_context *ctx = NULL;
  kd_arena *arena = NULL;
  assert_int_equal(kd_context_create(&ctx, &opt), KD_OK);
  assert_int_equal(kd_arena_create(&arena, ctx), KD_OK);
  for (int round = 0; round < 3; round++) {
    const long before = faults.allocations;
    for (size_t size = 1; size < 400000; size = size * 3 + 1) {
      unsigned char *memory = kd_arena_alloc(arena, size, 1);
      assert_non_null(memory);
      assert_int_equal((uintptr_t)memory % 64, 0);
      for (size_t i = 0; i < size; i++) assert_int_equal(memory[i], 0);
      memset(memory, 0xff, size);
    }
    if (round > 0) assert_int_equal(faults.allocations, before); /* the blocks of the first round serve again */
    kd_arena_reset(arena);
  }
  assert_null(kd_arena_alloc(arena, SIZE_MAX / 2, 16)); /* would overflow */
  assert_string_equal(kd_arena_strdup(arena, "word"), "word");
  kd_arena_destroy(&arena);
  kd_context_destroy(&ctx);
  assert_int_equal(faults.live, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(aligned_zeroed_and_reused)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
