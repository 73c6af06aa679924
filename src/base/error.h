// SPDX-License-Identifier: Apache-2.0
/* The two error macros of the house. A function that uses them has `kd_status status = KD_OK;` and an `out:` label
 * that frees what it owns and returns status. */
#ifndef KD_BASE_ERROR_H
#define KD_BASE_ERROR_H

#include "kaidei/error.h"

/* Runs a call; on failure leaves through out. */
#define KD_TRY(call)                                                                                                   \
  do {                                                                                                                 \
    status = (call);                                                                                                   \
    if (status != KD_OK) goto out;                                                                                     \
  } while (0)

/* Leaves through out with a code and a message unless the condition holds. */
#define KD_CHECK(condition, err, code, ...)                                                                            \
  do {                                                                                                                 \
    if (!(condition)) {                                                                                                \
      status = kd_error_set((err), (code), __VA_ARGS__);                                                               \
      goto out;                                                                                                        \
    }                                                                                                                  \
  } while (0)

#endif
