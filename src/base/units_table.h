// SPDX-License-Identifier: Apache-2.0
/* The units that kaidei knows, and the names that it refuses with a reason. Used by quantity.c alone. */
#ifndef KD_BASE_UNITS_TABLE_H
#define KD_BASE_UNITS_TABLE_H

#include "base/quantity.h"

typedef struct kd_unit_row {
  const char *name;
  double numerator, denominator; /* SI = value * numerator / denominator + offset; both exact wherever they can be */
  double offset;
  kd_dimension dimension;
  const char *prefixes; /* letters of the SI prefixes it takes, 'u' for micro; "$": k, M, bn, tn (money); NULL: none */
  const char *definition; /* in units further up in the table: "0.3048 m" */
  const char *group;
} kd_unit_row;

typedef struct kd_prefix {
  const char *name;
  double numerator, denominator;
} kd_prefix;

/* A name that means different things to different readers: refused, with what to write instead. */
typedef struct kd_unit_trap {
  const char *name;
  const char *advice;
} kd_unit_trap;

extern const kd_unit_row kd_unit_rows[];
extern const size_t kd_unit_row_count;
extern const kd_prefix kd_prefixes[];
extern const size_t kd_prefix_count;
extern const kd_prefix kd_money_prefixes[];
extern const size_t kd_money_prefix_count;
extern const kd_unit_trap kd_unit_traps[];
extern const size_t kd_unit_trap_count;

/* Row and prefix of a name ("MPa"); NULL: unknown. */
const kd_unit_row *kd_units_find(const kd_prefix **prefix, const char *name);
/* The known name that is nearest to an unknown one; false: none is near. */
bool kd_units_nearest(char *out, size_t capacity, const char *name);
/* What to write instead of a name that is refused; NULL: not such a name. */
const char *kd_units_advice(const char *name);

#endif
