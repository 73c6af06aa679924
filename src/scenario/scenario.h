// SPDX-License-Identifier: Apache-2.0
/* Inside view of a scenario: every scalar parameter as a slot, with its distribution, its source and its place. */
#ifndef KD_SCENARIO_SCENARIO_H
#define KD_SCENARIO_SCENARIO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/param.h"
#include "base/text.h"
#include "kaidei/scenario.h"
#include "numerics/distribution.h"
#include "programme/programme.h"

/* One scalar of the parameter tables: a plain parameter, or one label of a vector parameter. */
typedef struct kd_slot {
  const char *key; /* full key: "mineplan.rate", "economy.price.tb" */
  const kd_param *param;
  size_t stage;       /* index into kd_programme_stages */
  size_t label;       /* 0 for a plain parameter */
  const char *text;   /* the value as resolved, in scenario syntax: "350 t/day", "{pert: [...]}" */
  const char *source; /* from the scenario, else the table's; NULL: none */
  bool assumed;       /* no source anywhere, or one that begins with the word "assumed" */
  bool given;         /* by a file or an assignment, not the table's default */
  const char *file;   /* where it was given; NULL for a default or an assignment */
  unsigned line, column;
  kd_distribution distribution; /* KD_DISTRIBUTION_FIXED for a plain value; SI */
  bool random;                  /* distribution is not fixed: the slot takes part in the draw */
  size_t draw;                  /* index among the random slots */
} kd_slot;

size_t kd_scenario_slots(const kd_scenario *self);
const kd_slot *kd_scenario_slot(const kd_scenario *self, size_t index);
const kd_slot *kd_scenario_find(const kd_scenario *self, const char *key); /* NULL: none */
size_t kd_scenario_draws(const kd_scenario *self);                         /* number of random slots */
const kd_slot *kd_scenario_draw_slot(const kd_scenario *self, size_t draw);

/* All parameters with every distribution at its median. Borrowed. */
const kd_programme_params *kd_scenario_medians(const kd_scenario *self);

/* One draw: the parameters of realisation `realisation` under `seed`. draws (may be NULL) receives the drawn SI values
 * in the order of the random slots. Rank correlation by Gaussian copula. Thread-safe; no allocation. Each slot has its
 * own stream named by its key, so that adding a parameter does not change the draws of the others. */
void kd_scenario_draw(kd_programme_params *out, double *draws, const kd_scenario *self, uint64_t seed,
                      uint64_t realisation);

/* The resolved scenario as YAML text (all keys, defaults written out, sources kept): extends nothing, loads to the same
 * slots. */
kd_status kd_scenario_write(kd_text *out, const kd_scenario *self);

/* Hash of everything that decides the result: resolved values and the bytes of all tables. 64 hex digits, SHA-256. */
const char *kd_scenario_hash(const kd_scenario *self);

/* Files that were read (scenario, extends, tables): path as given and SHA-256 of the bytes. */
typedef struct kd_input_file {
  const char *path;
  const char *sha256;
} kd_input_file;
size_t kd_scenario_inputs(const kd_scenario *self);
const kd_input_file *kd_scenario_input(const kd_scenario *self, size_t index);

/* JSON Schema (2020-12) of a scenario file, from the tables. */
kd_status kd_schema_write(kd_text *out, kd_context *ctx);

/* What a key is: unit, default, range, choices, source, doc. Human text, or JSON. KD_E_KEY with a suggestion. A stage's
 * name explains all its keys. */
kd_status kd_explain(kd_text *out, kd_context *ctx, const char *key, bool json, kd_error *err);

#endif
