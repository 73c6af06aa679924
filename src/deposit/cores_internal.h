// SPDX-License-Identifier: Apache-2.0
/* Where the findings about a table of cores go: each to the caller's function, the first error to the record too. */
#ifndef KD_DEPOSIT_CORES_INTERNAL_H
#define KD_DEPOSIT_CORES_INTERNAL_H

#include "deposit/cores.h"

typedef struct kd_core_findings {
  const char *name;
  const kd_cores_options *options;
  kd_error *err;
  kd_status first; /* first error, KD_OK as long as there is none */
} kd_core_findings;

/* line 0: the table as a whole. */
void kd_cores_tell(kd_core_findings *self, kd_finding_kind kind, kd_status code, unsigned line, const char *format, ...)
    KD_PRINTF(5, 6);

#endif
