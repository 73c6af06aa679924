// SPDX-License-Identifier: Apache-2.0
#ifndef KD_BASE_STRING_H
#define KD_BASE_STRING_H

#include "base/context.h"
#include "base/text.h"

/* Hands the text's bytes over to the caller when status is KD_OK and it is complete; frees the text in any case. */
kd_status kd_string_take(char **out, kd_text *text, kd_status status, kd_error *err);

#endif
