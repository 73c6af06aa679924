// SPDX-License-Identifier: Apache-2.0
/* Nearest samples by a k-d tree in the coordinates in which the search ellipsoid is a ball.
 *
 * The tree halves the widest extent until a leaf holds at most LEAF points; a query keeps the best k in a heap ordered
 * by (distance, row), so that the answer does not depend on the shape of the tree. Rules of sectors and cores take more
 * candidates than wanted and walk along them; when the quota is not full the number is doubled.
 *
 * Source    Friedman, Bentley, Finkel 1977; the rules of Deutsch and Journel 1998 (GSLIB) and Pebesma 2004 (gstat).
 * Range     any number of samples below 2^32; coordinates in metres.
 * Weakness  a tie in distance goes to the lower row, where gstat's answer depends on its tree.
 */
#include "deposit/neighbours.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "deposit/covariance.h"

#define LEAF  8
#define DEPTH 64

/* --- the tree ----------------------------------------------------------------------------------------------------- */

static bool before(const double *key, uint32_t a, uint32_t b) {
  return key[a] != key[b] ? key[a] < key[b] : a < b;
}

/* Puts the k-th of order[first .. last) in its place by (key, row), smaller ones before it. */
static void select_order(uint32_t *order, const double *key, size_t first, size_t last, size_t k) {
  while (last - first > 1) {
    const uint32_t pivot = order[first + (last - first) / 2];
    ptrdiff_t i = (ptrdiff_t)first, j = (ptrdiff_t)last - 1;
    do {
      while (before(key, order[i], pivot)) i++;
      while (before(key, pivot, order[j])) j--;
      if (i > j) break;
      const uint32_t t = order[i];
      order[i++] = order[j];
      order[j--] = t;
    } while (i <= j);
    if ((ptrdiff_t)k <= j)
      last = (size_t)j + 1;
    else if ((ptrdiff_t)k >= i)
      first = (size_t)i;
    else
      return;
  }
}

/* Builds the tree over the mapped coordinates `raw` by rows. */
static void build(kd_search *self, double *const raw[3], size_t dimensions) {
  struct {
    uint32_t first, last, parent;
  } stack[DEPTH * 2];
  size_t top = 0;
  stack[top].first = 0;
  stack[top].last = (uint32_t)self->points.count;
  stack[top++].parent = UINT32_MAX;
  while (top > 0) {
    top--;
    const uint32_t first = stack[top].first, last = stack[top].last, parent = stack[top].parent;
    kd_search_node *node = &self->node[self->nodes];
    if (parent != UINT32_MAX) self->node[parent].right = (uint32_t)self->nodes;
    *node = (kd_search_node){.first = first, .last = last, .axis = -1};
    double widest = 0.0;
    for (size_t a = 0; a < 3; a++) {
      node->low[a] = (double)INFINITY;
      node->high[a] = -(double)INFINITY;
      for (uint32_t i = first; i < last; i++) {
        const double v = raw[a][self->order[i]];
        if (v < node->low[a]) node->low[a] = v;
        if (v > node->high[a]) node->high[a] = v;
      }
      if (a < dimensions && last - first > LEAF && node->high[a] - node->low[a] > widest) {
        widest = node->high[a] - node->low[a];
        node->axis = (int)a;
      }
    }
    const uint32_t at = (uint32_t)self->nodes++;
    if (node->axis < 0) continue;
    const uint32_t middle = first + (last - first) / 2;
    select_order(self->order, raw[node->axis], first, last, middle);
    stack[top].first = middle; /* the right half waits; the left one follows at once */
    stack[top].last = last;
    stack[top++].parent = at;
    stack[top].first = first;
    stack[top].last = middle;
    stack[top++].parent = UINT32_MAX;
  }
}

static void map_point(const kd_search *self, double out[3], double x, double y, double z) {
  if (!self->mapped) {
    out[0] = x;
    out[1] = y;
    out[2] = z;
    return;
  }
  for (int a = 0; a < 3; a++) out[a] = self->map[3 * a] * x + self->map[3 * a + 1] * y + self->map[3 * a + 2] * z;
}

static kd_status check_rule(const kd_search_rule *rule, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(!(rule->radius < 0.0) && !isnan(rule->radius), err, KD_E_RANGE, "radius %g m: must be above 0 m",
           rule->radius);
  KD_CHECK(!(rule->semi < 0.0) && !(rule->minor < 0.0), err, KD_E_RANGE,
           "search semi %g m, minor %g m: must be above 0 m", rule->semi, rule->minor);
  KD_CHECK(rule->sectors == 0 || rule->sectors == 4 || rule->sectors == 8, err, KD_E_RANGE,
           "sectors %zu: 4 (quadrants) or 8 (octants) is wanted", rule->sectors);
  KD_CHECK((rule->sectors == 0) == (rule->per_sector == 0), err, KD_E_CONTRADICTION,
           "sectors and per_sector go together: %zu sectors, %zu per sector", rule->sectors, rule->per_sector);
  KD_CHECK(rule->neighbours == 0 || rule->minimum <= rule->neighbours, err, KD_E_CONTRADICTION,
           "minimum %zu is more than neighbours %zu", rule->minimum, rule->neighbours);
out:
  return status;
}

kd_status kd_search_create(kd_search *out, kd_arena *arena, const kd_points *points, const uint32_t *core,
                           const kd_search_rule *rule, kd_error *err) {
  kd_status status = KD_OK;
  kd_search_rule r = *rule;
  const size_t n = points->count;
  double *raw[3];
  KD_TRY(check_rule(rule, err));
  if (r.radius == 0.0) r.radius = (double)INFINITY;
  if (r.per_core > 0)
    KD_CHECK(core != NULL, err, KD_E_MISSING, "per_core %zu wants a column that names the core of each sample",
             r.per_core);
  *out = (kd_search){.rule = r, .points = *points, .core = core, .radius2 = r.radius * r.radius};
  out->flat = points->z == NULL;
  out->mapped = isfinite(r.radius) && ((r.semi > 0.0 && r.semi != r.radius) || (r.minor > 0.0 && r.minor != r.radius));
  if (out->mapped) {
    const double semi = r.semi > 0.0 ? r.semi : r.radius, minor = r.minor > 0.0 ? r.minor : r.radius;
    kd_rotation(out->map, r.azimuth, r.dip, r.rake);
    for (int i = 0; i < 3; i++) {
      out->map[3 + i] *= r.radius / semi;
      out->map[6 + i] *= r.radius / minor;
    }
  }
  out->all = (r.neighbours == 0 || r.neighbours >= n) && isinf(r.radius) && r.sectors == 0 && r.per_core == 0;
  out->order = kd_arena_alloc(arena, n + 1, sizeof *out->order);
  out->node = kd_arena_alloc(arena, n / 2 + 8, sizeof *out->node);
  for (int a = 0; a < 3; a++) {
    raw[a] = kd_arena_alloc(arena, n + 1, sizeof(double));
    out->at[a] = kd_arena_alloc(arena, n + 1, sizeof(double));
    KD_CHECK(raw[a] != NULL && out->at[a] != NULL, err, KD_E_NOMEM, "no memory for the search of %zu samples", n);
  }
  KD_CHECK(out->order != NULL && out->node != NULL, err, KD_E_NOMEM, "no memory for the search of %zu samples", n);
  for (size_t i = 0; i < n; i++) {
    double at[3];
    map_point(out, at, points->x[i], points->y[i], points->z != NULL ? points->z[i] : 0.0);
    for (int a = 0; a < 3; a++) raw[a][i] = at[a];
    out->order[i] = (uint32_t)i;
  }
  if (n > 0) build(out, raw, out->flat && !out->mapped ? 2 : 3);
  for (size_t i = 0; i < n; i++)
    for (int a = 0; a < 3; a++) out->at[a][i] = raw[a][out->order[i]];
out:
  return status;
}

kd_status kd_search_space_create(kd_search_space *out, kd_arena *arena, const kd_search *search, kd_error *err) {
  kd_status status = KD_OK;
  const size_t n = search->points.count + 1;
  *out = (kd_search_space){.capacity = n};
  out->distance2 = kd_arena_alloc(arena, n, sizeof(double));
  out->index = kd_arena_alloc(arena, n, sizeof(uint32_t));
  KD_CHECK(out->distance2 != NULL && out->index != NULL, err, KD_E_NOMEM, "no memory for a search");
out:
  return status;
}

/* --- one query ---------------------------------------------------------------------------------------------------- */

typedef struct heap {
  double *d;
  uint32_t *i;
  size_t count, most;
} heap;

static bool further(const heap *h, size_t a, size_t b) {
  return h->d[a] != h->d[b] ? h->d[a] > h->d[b] : h->i[a] > h->i[b];
}

static void swap(const heap *h, size_t a, size_t b) {
  const double d = h->d[a];
  const uint32_t i = h->i[a];
  h->d[a] = h->d[b];
  h->i[a] = h->i[b];
  h->d[b] = d;
  h->i[b] = i;
}

static void sink(const heap *h, size_t at, size_t count) {
  for (;;) {
    size_t child = 2 * at + 1;
    if (child >= count) return;
    if (child + 1 < count && further(h, child + 1, child)) child++;
    if (!further(h, child, at)) return;
    swap(h, child, at);
    at = child;
  }
}

static void offer(heap *h, double d, uint32_t i) {
  if (h->count < h->most) {
    size_t at = h->count++;
    h->d[at] = d;
    h->i[at] = i;
    while (at > 0 && further(h, at, (at - 1) / 2)) {
      swap(h, at, (at - 1) / 2);
      at = (at - 1) / 2;
    }
  } else if (d < h->d[0] || (d == h->d[0] && i < h->i[0])) {
    h->d[0] = d;
    h->i[0] = i;
    sink(h, 0, h->count);
  }
}

static double box_distance2(const kd_search_node *node, const double p[3]) {
  double sum = 0.0;
  for (int a = 0; a < 3; a++) {
    const double d = p[a] < node->low[a] ? node->low[a] - p[a] : p[a] > node->high[a] ? p[a] - node->high[a] : 0.0;
    sum += d * d;
  }
  return sum;
}

static bool skipped(const kd_search_skip *skip, uint32_t i) {
  return skip != NULL && (skip->group != NULL ? skip->group[i] : i) == skip->value;
}

/* The nearest `most` inside the radius, sorted. The slack on the box keeps rounding from losing a tie. */
static size_t nearest(const kd_search *self, kd_search_space *space, const double p[3], size_t most,
                      const kd_search_skip *skip) {
  heap h = {.d = space->distance2, .i = space->index, .most = most};
  uint32_t stack[DEPTH * 2];
  size_t top = 0;
  stack[top++] = 0;
  while (top > 0) {
    const uint32_t at = stack[--top];
    const kd_search_node *node = &self->node[at];
    const double limit = h.count == h.most ? h.d[0] : self->radius2;
    if (box_distance2(node, p) * (1.0 - 1e-14) > limit) continue;
    if (node->axis < 0) {
      for (uint32_t k = node->first; k < node->last; k++) {
        const double dx = self->at[0][k] - p[0], dy = self->at[1][k] - p[1], dz = self->at[2][k] - p[2];
        const double d = dx * dx + dy * dy + dz * dz;
        if (d <= self->radius2 && !skipped(skip, self->order[k])) offer(&h, d, self->order[k]);
      }
      continue;
    }
    const uint32_t left = at + 1, right = node->right;
    const double dl = box_distance2(&self->node[left], p), dr = box_distance2(&self->node[right], p);
    stack[top++] = dl < dr ? right : left;
    stack[top++] = dl < dr ? left : right;
  }
  for (size_t end = h.count; end > 1; end--) {
    swap(&h, 0, end - 1);
    sink(&h, 0, end - 1);
  }
  return h.count;
}

/* --- sectors and cores -------------------------------------------------------------------------------------------- */

/* Half-open sectors so that a point on an axis belongs to one only. In a plane eight sectors of 45 degrees. */
static unsigned sector_of(const kd_search *self, double dx, double dy, double dz) {
  const unsigned x = dy < 0.0 ? dx > 0.0 : dx >= 0.0, y = dx < 0.0 ? dy >= 0.0 : dy > 0.0;
  if (self->rule.sectors == 4) return x | y << 1;
  if (!self->flat) return x | y << 1 | (unsigned)(dz < 0.0) << 2;
  return x | y << 1 | (unsigned)(fabs(dx) > fabs(dy)) << 2;
}

static bool core_is_full(const kd_search *self, const kd_search_space *space, size_t kept, uint32_t i) {
  size_t same = 0;
  for (size_t k = 0; k < kept; k++) same += self->core[space->index[k]] == self->core[i];
  return same >= self->rule.per_core;
}

/* Keeps of the first `count` results those that the quotas allow; at most `most`. */
static size_t apply_quotas(const kd_search *self, kd_search_space *space, const double at[3], size_t count,
                           size_t most) {
  size_t kept = 0, taken[8] = {0};
  for (size_t k = 0; k < count && kept < most; k++) {
    const uint32_t i = space->index[k];
    unsigned sector = 0;
    if (self->rule.sectors > 0) {
      const double z = self->points.z != NULL ? self->points.z[i] - at[2] : 0.0;
      sector = sector_of(self, self->points.x[i] - at[0], self->points.y[i] - at[1], z);
      if (taken[sector] >= self->rule.per_sector) continue;
    }
    if (self->rule.per_core > 0 && core_is_full(self, space, kept, i)) continue;
    taken[sector]++;
    space->index[kept] = i;
    space->distance2[kept++] = space->distance2[k];
  }
  return kept;
}

size_t kd_search_at(const kd_search *self, kd_search_space *space, const double at[3], const kd_search_skip *skip) {
  const kd_search_rule *rule = &self->rule;
  const size_t n = self->points.count, most = rule->neighbours > 0 && rule->neighbours < n ? rule->neighbours : n;
  const bool quotas = rule->sectors > 0 || rule->per_core > 0;
  size_t kept = 0;
  space->found = 0;
  if (n == 0) return 0;
  if (self->all && skip == NULL) {
    for (size_t i = 0; i < n; i++) space->index[i] = (uint32_t)i;
    space->found = n;
    return n >= rule->minimum ? n : 0;
  }
  double p[3];
  map_point(self, p, at[0], at[1], self->flat ? 0.0 : at[2]);
  size_t wanted = quotas && !rule->trim ? 4 * most + 32 : most;
  for (;;) {
    if (wanted > n) wanted = n;
    const size_t count = nearest(self, space, p, wanted, skip);
    space->found = count;
    kept = quotas ? apply_quotas(self, space, at, count, most) : count;
    if (!quotas || rule->trim || kept == most || count < wanted || wanted == n) break;
    wanted *= 2;
  }
  return kept >= rule->minimum ? kept : 0;
}

/* --- duplicates --------------------------------------------------------------------------------------------------- */

bool kd_points_duplicate(size_t pair[2], const kd_points *points, kd_arena *arena) {
  kd_search search;
  kd_search_space space;
  const kd_search_rule rule = {.neighbours = 1};
  if (points->count < 2 || kd_search_create(&search, arena, points, NULL, &rule, NULL) != KD_OK ||
      kd_search_space_create(&space, arena, &search, NULL) != KD_OK)
    return false;
  for (size_t i = 0; i < points->count; i++) {
    const double at[3] = {points->x[i], points->y[i], points->z != NULL ? points->z[i] : 0.0};
    const kd_search_skip self = {.value = (uint32_t)i};
    if (kd_search_at(&search, &space, at, &self) == 0 || space.distance2[0] > 0.0) continue;
    pair[0] = i < space.index[0] ? i : space.index[0];
    pair[1] = i < space.index[0] ? space.index[0] : i;
    return true;
  }
  return false;
}
