// SPDX-License-Identifier: Apache-2.0
/* SHA-256 of files of any size, read piece by piece. */
#ifndef KD_RESULTS_DIGEST_H
#define KD_RESULTS_DIGEST_H

#include "base/sha256.h"
#include "kaidei/context.h"

/* Of the bytes from .. to-1 of a file (to UINT64_MAX: to its end); bytes (may be NULL) receives how many there were.
 * Errors: KD_E_NOTFOUND, KD_E_IO, KD_E_NOMEM. */
kd_status kd_digest_file(char text[KD_SHA256_HEX], uint64_t *bytes, kd_context *ctx, const char *path, uint64_t from,
                         uint64_t to, kd_error *err);

#endif
