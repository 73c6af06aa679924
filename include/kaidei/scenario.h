// SPDX-License-Identifier: Apache-2.0
/* Scenarios: one YAML file in, typed and checked parameters out, every defect with its place, all at once. */
#ifndef KAIDEI_SCENARIO_H
#define KAIDEI_SCENARIO_H

#include "kaidei/context.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct kd_scenario kd_scenario;
typedef struct kd_diagnostics kd_diagnostics;

typedef enum kd_severity { KD_ERROR, KD_WARNING } kd_severity;

typedef struct kd_diagnostic {
  kd_severity severity;
  kd_status code;
  const char *file;      /* "" for a value given by --set */
  unsigned line, column; /* from 1; 0 when there is no place */
  const char *key;       /* full key, or "" */
  const char *message;   /* what is wrong, with the value and the limit */
  const char *hint;      /* suggestion, or "" */
  const char *text;      /* the line of the file, or "" */
} kd_diagnostic;

/* Loads a scenario and all that it extends, and checks everything. On failure *all (if not NULL) still holds every
 * error and warning; *out is then NULL. Returns the code of the first error. Both owned by the caller. */
kd_status kd_scenario_load(kd_scenario **out, kd_context *ctx, const char *path, kd_diagnostics **all);

/* As kd_scenario_load, with assignments "key=value" laid over the file (the value in YAML flow syntax). */
kd_status kd_scenario_load_set(kd_scenario **out, kd_context *ctx, const char *path, const char *const *assignments,
                               size_t count, kd_diagnostics **all);

/* Sets one key of a loaded scenario and checks the whole again; a refused value leaves the scenario as it was. */
kd_status kd_scenario_set(kd_scenario *self, const char *key, const char *text, kd_error *err);

const char *kd_scenario_name(const kd_scenario *self); /* `name:` of the file */
void kd_scenario_destroy(kd_scenario **self);

size_t kd_diagnostics_count(const kd_diagnostics *self);
size_t kd_diagnostics_errors(const kd_diagnostics *self);
const kd_diagnostic *kd_diagnostics_get(const kd_diagnostics *self, size_t index);
void kd_diagnostics_destroy(kd_diagnostics **self);

#ifdef __cplusplus
}
#endif
#endif
