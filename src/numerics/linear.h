// SPDX-License-Identifier: Apache-2.0
/* Linear programmes, with whole variables or without: Clp and Cbc of COIN-OR (EPL-2.0) through their C interfaces,
 * behind this one file. A build without them refuses with a message. */
#ifndef KD_NUMERICS_LINEAR_H
#define KD_NUMERICS_LINEAR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "kaidei/error.h"

/* Maximise c x subject to low_row <= A x <= high_row, low <= x <= high. Columns are added after the rows. Arrays grow
 * in the arena that it was opened with. */
typedef struct kd_linear {
  kd_arena *scratch;
  size_t rows, columns, entries, row_room, column_room, entry_room;
  double *row_low, *row_high; /* may be infinite */
  double *low, *high, *price;
  bool *whole;
  int *start; /* [columns + 1] first entry of each column */
  int *row;   /* of each entry */
  double *value;
} kd_linear;

typedef struct kd_linear_result {
  double *x;        /* [columns] */
  double objective; /* of x */
  double bound;     /* no solution is better; equal to the objective when it is proven */
  bool proven;
} kd_linear_result;

/* Errors of all: KD_E_NOMEM. */
kd_status kd_linear_open(kd_linear *out, kd_arena *scratch, size_t rows, size_t columns, size_t entries, kd_error *err);
/* Adds a row; *index is its number. */
kd_status kd_linear_row(kd_linear *self, size_t *index, double low, double high, kd_error *err);
/* Adds a column; its entries follow by kd_linear_entry. */
kd_status kd_linear_column(kd_linear *self, size_t *index, double low, double high, double price, bool whole,
                           kd_error *err);
kd_status kd_linear_entry(kd_linear *self, size_t row, double value, kd_error *err);

/* seconds, nodes: of search for whole variables, infinite: no limit (a limit of nodes gives the same answer on every
 * machine, one of seconds does not); gap: relative, at which it may stop. Errors: KD_E_INFEASIBLE, KD_E_MODEL when
 * unbounded or when the build has no solver, KD_E_CONVERGENCE, KD_E_NOMEM. */
kd_status kd_linear_solve(kd_linear_result *out, kd_linear *self, double seconds, double nodes, double gap,
                          kd_error *err);

bool kd_linear_available(void);

#endif
