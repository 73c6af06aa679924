// SPDX-License-Identifier: Apache-2.0
/* The last error as a caller-owned record: a code and one line of text that names the value, the limit and the place.
 * Needs no allocation, so that "out of memory" can be told as well. */
#ifndef KAIDEI_ERROR_H
#define KAIDEI_ERROR_H

#include "kaidei/status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define KD_ERROR_TEXT_MAX 1024

typedef struct kd_error {
  kd_status code;
  char text[KD_ERROR_TEXT_MAX];
} kd_error;

#if defined(__GNUC__)
#define KD_PRINTF(format_index, first_argument) __attribute__((format(printf, format_index, first_argument)))
#else
#define KD_PRINTF(format_index, first_argument)
#endif

/* Sets code and text; returns the code. err may be NULL (the code alone is returned). Text that does not fit is cut. */
kd_status kd_error_set(kd_error *err, kd_status code, const char *format, ...) KD_PRINTF(3, 4);

/* Puts a place in front of the text that is there ("prices.csv:7: " + text); keeps the code. */
void kd_error_context(kd_error *err, const char *format, ...) KD_PRINTF(2, 3);

#ifdef __cplusplus
}
#endif
#endif
