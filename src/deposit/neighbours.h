// SPDX-License-Identifier: Apache-2.0
/* Which samples an estimate at a place may use. */
#ifndef KD_DEPOSIT_NEIGHBOURS_H
#define KD_DEPOSIT_NEIGHBOURS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

typedef struct kd_points {
  size_t count;
  const double *x, *y, *z; /* [m]; z NULL: all at 0 */
} kd_points;

/* Zero of a size means no limit. The order is always by distance, then by row: ties go to the lower row. */
typedef struct kd_search_rule {
  size_t neighbours;         /* at most so many */
  size_t minimum;            /* fewer: none at all */
  double radius;             /* along the major axis of the ellipsoid [m]; infinite or 0: none */
  double semi, minor;        /* along the other axes [m]; 0: as radius */
  double azimuth, dip, rake; /* of the ellipsoid, as in kd_structure [rad] */
  size_t sectors;            /* 4: quadrants of (x, y); 8: octants, in a plane eighths; 0: none */
  size_t per_sector;         /* at most so many from a sector */
  bool trim;                 /* take `neighbours` first, then cut the sectors (gstat); else fill the sectors (GSLIB) */
  size_t per_core;           /* at most so many with the same core number */
} kd_search_rule;

/* Samples that are left out: those with group[i] == value; group NULL: sample number value. */
typedef struct kd_search_skip {
  const uint32_t *group;
  uint32_t value;
} kd_search_skip;

typedef struct kd_search_node {
  uint32_t first, last; /* points of the node: order[first .. last) */
  int axis;             /* -1: leaf */
  double low[3], high[3];
  uint32_t right; /* the left child follows its parent */
} kd_search_node;

typedef struct kd_search {
  kd_search_rule rule;
  kd_points points;
  const uint32_t *core;   /* number of the core of each sample, or NULL */
  double map[9];          /* to the coordinates in which the search is a ball */
  bool mapped, flat, all; /* all: every sample, whatever the place */
  double radius2;
  double *at[3]; /* mapped coordinates in the order of the tree */
  uint32_t *order;
  kd_search_node *node;
  size_t nodes;
} kd_search;

/* Work space of one thread, for any number of searches. */
typedef struct kd_search_space {
  double *distance2; /* of each result, in the mapped coordinates */
  uint32_t *index;   /* the result: rows of samples */
  size_t capacity;
  size_t found; /* inside the radius, before the rules of sectors, cores and minimum */
} kd_search_space;

/* core may be NULL. Errors: KD_E_NOMEM, KD_E_RANGE, KD_E_CONTRADICTION. The points stay the caller's. */
kd_status kd_search_create(kd_search *out, kd_arena *arena, const kd_points *points, const uint32_t *core,
                           const kd_search_rule *rule, kd_error *err);
kd_status kd_search_space_create(kd_search_space *out, kd_arena *arena, const kd_search *search, kd_error *err);

/* The samples for one place, nearest first, into space->index; returns how many. skip may be NULL. */
size_t kd_search_at(const kd_search *self, kd_search_space *space, const double at[3], const kd_search_skip *skip);

/* The first two rows that stand at one place, or false. Coordinates must be finite. */
bool kd_points_duplicate(size_t pair[2], const kd_points *points, kd_arena *arena);

#endif
