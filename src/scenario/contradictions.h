// SPDX-License-Identifier: Apache-2.0
/* Contradictions between stages: each value is sound, and each stage is, but they cannot all be meant. */
#ifndef KD_SCENARIO_CONTRADICTIONS_H
#define KD_SCENARIO_CONTRADICTIONS_H

#include "programme/programme.h"

/* Reports what the medians of several stages contradict, with the full key to point at. */
void kd_contradictions_between_stages(const void *params, kd_contradiction_fn *report, void *user);

#endif
