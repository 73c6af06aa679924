// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "results/digest.h"
#include "results/provenance.h"

#define WHOLE_UP_TO (UINT64_C(256) << 20) /* bytes: a second or two of digest */

/* The superblock of an HDF5 file (versions 2 and 3) says in its byte 11 whether a writer has it open, and ends with a
 * checksum: these change when the file is closed, though nothing else does. HDF5 checks them by itself.
 * Source: HDF5 File Format Specification 3.0, II.A. */
#define SUPERBLOCK       48
#define SUPERBLOCK_FLAGS 11
#define SUPERBLOCK_SUM   44

/* Digest of the first `head` bytes but for those. */
static kd_status digest_head(char out[KD_SHA256_HEX], kd_context *ctx, const char *path, uint64_t head, kd_error *err) {
  kd_status status = KD_OK;
  const kd_file_layer *layer = &ctx->files;
  void *file = NULL;
  unsigned char start[SUPERBLOCK] = {0};
  size_t held = 0;
  char rest[KD_SHA256_HEX];
  kd_sha256 digest;
  /* The digest of all of it but the start, then of that digest and the start without what may change. */
  KD_CHECK(head >= SUPERBLOCK, err, KD_E_CORRUPT, "%s: too short", path);
  int code = layer->open(&file, path, KD_OPEN_READ, layer->user);
  while (code == 0 && held < SUPERBLOCK) {
    size_t got = 0;
    code = layer->read(file, start + held, SUPERBLOCK - held, &got, layer->user);
    if (code == EINTR)
      code = 0;
    else if (code == 0 && got == 0)
      code = EIO;
    held += got;
  }
  if (file != NULL) layer->close(file, layer->user);
  KD_CHECK(code == 0, err, KD_E_IO, "%s: cannot read it to check its digest", path);
  KD_TRY(kd_digest_file(rest, NULL, ctx, path, SUPERBLOCK, head, err));
  start[SUPERBLOCK_FLAGS] = 0;
  memset(start + SUPERBLOCK_SUM, 0, SUPERBLOCK - SUPERBLOCK_SUM);
  kd_sha256_start(&digest);
  kd_sha256_add(&digest, start, sizeof start);
  kd_sha256_add(&digest, rest, KD_SHA256_HEX - 1);
  kd_sha256_finish(out, &digest);
out:
  return status;
}

static kd_status length_of(uint64_t *out, kd_context *ctx, const char *path, kd_error *err) {
  kd_file_info info;
  if (ctx->files.inspect(&info, path, ctx->files.user) != 0) {
    return kd_error_set(err, KD_E_NOTFOUND, "%s: not found", path);
  }
  *out = info.bytes;
  return KD_OK;
}

kd_status kd_seal_take_head(kd_seal *out, kd_context *ctx, const char *path, uint64_t values, kd_error *err) {
  kd_status status = KD_OK;
  *out = (kd_seal){0};
  KD_TRY(length_of(&out->bytes, ctx, path, err));
  KD_CHECK(out->bytes > values, err, KD_E_CORRUPT, "%s: has %llu bytes, its values alone take %llu", path,
           (unsigned long long)out->bytes, (unsigned long long)values);
  out->head = out->bytes - values;
  KD_TRY(digest_head(out->head_sha256, ctx, path, out->head, err));
out:
  return status;
}

kd_status kd_seal_take(kd_seal *out, kd_context *ctx, const char *path, uint64_t values, kd_error *err) {
  kd_status status = KD_OK;
  *out = (kd_seal){0};
  if (values > 0) KD_TRY(kd_seal_take_head(out, ctx, path, values, err));
  KD_TRY(kd_digest_file(out->sha256, &out->bytes, ctx, path, 0, UINT64_MAX, err));
out:
  return status;
}

kd_status kd_seal_check(const kd_seal *seal, kd_context *ctx, const char *path, kd_error *err) {
  kd_status status = KD_OK;
  uint64_t bytes = 0;
  char found[KD_SHA256_HEX] = "";
  KD_TRY(length_of(&bytes, ctx, path, err));
  KD_CHECK(bytes == seal->bytes, err, KD_E_CORRUPT, "%s: has %llu bytes, %llu were written", path,
           (unsigned long long)bytes, (unsigned long long)seal->bytes);
  const bool whole = seal->sha256[0] != '\0' && (bytes <= WHOLE_UP_TO || seal->head == 0);
  if (whole) {
    KD_TRY(kd_digest_file(found, NULL, ctx, path, 0, UINT64_MAX, err));
  } else {
    KD_TRY(digest_head(found, ctx, path, seal->head, err));
  }
  KD_CHECK(strcmp(found, whole ? seal->sha256 : seal->head_sha256) == 0, err, KD_E_CORRUPT,
           "%s: damaged, or changed since it was written (its SHA-256 is another)", path);
out:
  if (status == KD_E_NOTFOUND) status = kd_error_set(err, KD_E_CORRUPT, "%s: missing from the run folder", path);
  return status;
}
