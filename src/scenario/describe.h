// SPDX-License-Identifier: Apache-2.0
/* Words for the parameter tables, shared by explain and schema. */
#ifndef KD_SCENARIO_DESCRIBE_H
#define KD_SCENARIO_DESCRIBE_H

#include "scenario/internal.h"

const char *kd_param_kind_name(kd_param_kind kind); /* "number", "count", "choice", "flag", "date", "table" */
bool kd_param_is_pure(const kd_param *param);       /* bare numbers are allowed */

#endif
