// SPDX-License-Identifier: Apache-2.0
/* What the readers of values share. */
#ifndef KD_SCENARIO_VALUE_H
#define KD_SCENARIO_VALUE_H

#include "scenario/internal.h"

typedef struct kd_distribution_form {
  const char *name;
  kd_distribution_kind kind;
  size_t parameters; /* length of the list; 0: not a list */
  const char *shape; /* "[low, high]" for messages */
} kd_distribution_form;

#define KD_DISTRIBUTION_FORMS 7
extern const kd_distribution_form kd_distribution_forms[KD_DISTRIBUTION_FORMS];

/* A value with what stands beside it. */
typedef struct kd_value_map {
  const kd_node *value;             /* of `value`, of the distribution, or the value itself */
  const kd_distribution_form *form; /* NULL: a plain value */
  const kd_node *basis, *truncate, *correlate;
} kd_value_map;

/* A defect of an entry at a place; marks the entry bad. */
void kd_value_defect(kd_loader *loader, kd_entry *entry, kd_status code, kd_place place, const char *hint,
                     const char *format, ...) KD_PRINTF(6, 7);
void kd_value_warning(kd_loader *loader, kd_entry *entry, kd_status code, kd_place place, const char *hint,
                      const char *format, ...) KD_PRINTF(6, 7);
/* The place of byte `at` of a scalar's text. */
kd_place kd_node_at(const kd_node *node, size_t at);
/* Tells that a scalar is wanted and returns true, unless the node is one with a text. */
bool kd_value_missing(kd_loader *loader, kd_entry *entry, const kd_node *node, const char *wanted);

/* value_number.c */
kd_status kd_value_number(kd_loader *loader, kd_entry *entry, const kd_value_map *map);

/* value_file.c */
kd_status kd_value_table(kd_loader *loader, kd_entry *entry, const kd_node *node);
/* Values of a one-column CSV file in the unit of the parameter, ascending; fills kind, values and count of *out. */
kd_status kd_value_empirical(kd_distribution *out, kd_loader *loader, kd_entry *entry, const kd_node *node);

/* value_limits.c: checks the support of the entry's distribution against the range of its parameter. A normal or
 * lognormal that reaches over a limit is cut off there, with a warning. */
void kd_limits_check(kd_loader *loader, kd_entry *entry, const kd_node *node);

#endif
