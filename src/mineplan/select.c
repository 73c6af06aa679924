// SPDX-License-Identifier: Apache-2.0
/* Greedy choice of ground. For one limit (a mass to be met) and parts allowed, taking the highest value per mass first
 * gives the most value: the fractional knapsack (Dantzig 1957, Operations Research 5:266). Ranked per area, the same
 * holds for an area; for a mass it is then a rule of thumb.
 */
#include "mineplan/select.h"

#include <stdbool.h>

#include "base/error.h"

static bool before(const kd_candidate *candidate, size_t a, size_t b) {
  if (candidate[a].value != candidate[b].value) return candidate[a].value > candidate[b].value;
  return a < b;
}

static void sift_down(size_t *heap, size_t count, size_t at, const kd_candidate *candidate) {
  for (;;) {
    size_t child = 2 * at + 1, best = at, swap;
    if (child < count && before(candidate, heap[child], heap[best])) best = child;
    if (child + 1 < count && before(candidate, heap[child + 1], heap[best])) best = child + 1;
    if (best == at) return;
    swap = heap[at];
    heap[at] = heap[best];
    heap[best] = swap;
    at = best;
  }
}

kd_status kd_mineplan_select(kd_selection *out, kd_candidate *candidate, size_t count, double target, kd_arena *scratch,
                             kd_error *err) {
  kd_status status = KD_OK;
  size_t left = 0;
  size_t *heap = kd_arena_alloc(scratch, count + 1, sizeof(size_t));
  *out = (kd_selection){.order = kd_arena_alloc(scratch, count + 1, sizeof(size_t))};
  KD_CHECK(heap != NULL && out->order != NULL, err, KD_E_NOMEM, "no memory to choose among %zu columns", count);
  for (size_t i = 0; i < count; i++) {
    candidate[i].take = 0.0;
    if (candidate[i].mass > 0.0) heap[left++] = i;
  }
  for (size_t i = left / 2; i-- > 0;) sift_down(heap, left, i, candidate);
  while (left > 0 && out->mass < target) {
    const size_t i = heap[0];
    const double wanted = target - out->mass;
    out->order[out->count++] = i;
    if (candidate[i].mass >= wanted) {
      candidate[i].take = wanted / candidate[i].mass;
      out->mass = target;
    } else {
      candidate[i].take = 1.0;
      out->mass += candidate[i].mass;
    }
    heap[0] = heap[--left];
    sift_down(heap, left, 0, candidate);
  }
out:
  return status;
}
