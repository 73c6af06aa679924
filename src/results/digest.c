// SPDX-License-Identifier: Apache-2.0
#include "results/digest.h"

#include <errno.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"

#define PIECE (1U << 20) /* bytes that are read at a time */

kd_status kd_digest_file(char text[KD_SHA256_HEX], uint64_t *bytes, kd_context *ctx, const char *path, uint64_t from,
                         uint64_t to, kd_error *err) {
  kd_status status = KD_OK;
  const kd_file_layer *layer = &ctx->files;
  kd_sha256 digest;
  kd_sha256_start(&digest);
  void *file = NULL;
  void *piece = kd_alloc(ctx, 1, PIECE);
  if (piece == NULL) return kd_error_set(err, KD_E_NOMEM, "%s: out of memory", path);
  const int code = layer->open(&file, path, KD_OPEN_READ, layer->user);
  KD_CHECK(code == 0, err, code == ENOENT ? KD_E_NOTFOUND : KD_E_IO, "%s: cannot open it to check its digest", path);
  for (uint64_t at = 0; at < to;) {
    /* The bytes before `from` are read over: the file layer has no seek, and they are few. */
    const uint64_t left = at < from ? from - at : to - at;
    size_t got = 0;
    const int failed = layer->read(file, piece, left < PIECE ? (size_t)left : PIECE, &got, layer->user);
    if (failed == EINTR) continue;
    KD_CHECK(failed == 0, err, KD_E_IO, "%s: cannot read it to check its digest", path);
    if (got == 0) break;
    if (at >= from) kd_sha256_add(&digest, piece, got);
    at += got;
  }
  if (bytes != NULL) *bytes = digest.length;
  kd_sha256_finish(text, &digest);
out:
  if (file != NULL) layer->close(file, layer->user);
  kd_free(ctx, piece);
  return status;
}
