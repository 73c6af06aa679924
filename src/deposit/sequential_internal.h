// SPDX-License-Identifier: Apache-2.0
/* Between sequential.c, which solves and applies the systems, and sequential_search.c, which finds their neighbours. */
#ifndef KD_DEPOSIT_SEQUENTIAL_INTERNAL_H
#define KD_DEPOSIT_SEQUENTIAL_INTERNAL_H

#include "deposit/multigrid_path.h"
#include "deposit/sequential.h"
#include "deposit/sequential_split.h"
#include "deposit/sequential_system.h"

/* Lags of a level, the largest covariance first. */
typedef struct kd_spiral {
  size_t count;
  int32_t (*lag)[3]; /* in strides */
  double *c;
  int32_t (*box)[3]; /* the farthest along each axis up to here */
} kd_spiral;

/* Shared systems of a level. */
typedef struct kd_path_pattern {
  int32_t low[3], high[3]; /* box of the neighbours, in strides */
  double last;             /* covariance of the last neighbour: a datum with more comes before it */
  bool known;
} kd_path_pattern;

struct kd_sequential {
  kd_context *ctx;
  kd_arena *arena;
  kd_simulation_grid grid;
  kd_multigrid_path path;
  kd_covariance model;
  kd_lag_table lags;
  kd_spiral spirals[KD_PATH_LEVELS];
  kd_path_pattern *patterns; /* [levels][classes] */
  size_t classes, neighbours, nodes, places, systems;
  double radius;
  size_t data;
  uint32_t *datum_node;
  int32_t (*datum)[3];
  double *datum_value;
  uint32_t *datum_row; /* its number as it was given */
  uint8_t *mark;       /* of each node: 1 a datum, 2 near one */
  size_t bucket_edge, buckets[3];
  uint32_t *bucket_first; /* data are sorted by bucket */
  uint32_t *order, *use;  /* node and system of each place */
  uint32_t *rank;         /* of each node: its number on the path, data among them */
  int32_t *jump;          /* [systems][neighbours] */
  double *weight, *sd;
  uint16_t *count;
  uint32_t *own; /* places with a system of their own */
  size_t first[KD_PATH_LEVELS + 1];
  double **work;              /* of each worker */
  kd_sequential_split *split; /* NULL: one path for the whole model */
};

/* Lags of a level, the largest covariance first. Errors: KD_E_NOMEM. */
kd_status kd_spiral_build(kd_sequential *self, int level, kd_error *err);

/* Index of a node along each axis. */
void kd_node_index(int32_t at[3], const kd_simulation_grid *grid, uint32_t node);

/* Nearest nodes before the node at u; on the endless grid when `endless`. Returns how many lags were looked at. */
size_t kd_neighbours_nodes(kd_stencil *out, const kd_sequential *self, int level, const int32_t u[3], bool endless);
/* Farthest lag along each axis, in spacings, at which a datum may still come before the last node found. */
void kd_neighbours_box(int32_t box[3], const kd_sequential *self, int level, size_t looked, bool full);
/* Data inside the box take their places among the neighbours. */
void kd_neighbours_data(kd_stencil *out, const kd_sequential *self, const int32_t at[3], const int32_t box[3]);
/* Is there a datum that belongs among the neighbours of a node with this pattern? */
bool kd_neighbours_touch(const kd_sequential *self, const kd_path_pattern *p, int level, const int32_t at[3]);

/* Copies the data, sorted into buckets of some four of them. Errors: KD_E_MISSING, KD_E_NOMEM. */
kd_status kd_sequential_take(kd_sequential *self, const kd_node_data *data, const double *value, kd_error *err);
/* Marks the nodes of each level that a datum may reach. */
void kd_sequential_mark(kd_sequential *self);

#endif
