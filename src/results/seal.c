// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "results/digest.h"
#include "results/provenance.h"

#define WHOLE_UP_TO (UINT64_C(256) << 20) /* bytes: a second or two of digest */

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
  KD_TRY(kd_digest_file(out->head_sha256, NULL, ctx, path, 0, out->head, err));
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
    KD_TRY(kd_digest_file(found, NULL, ctx, path, 0, seal->head, err));
  }
  KD_CHECK(strcmp(found, whole ? seal->sha256 : seal->head_sha256) == 0, err, KD_E_CORRUPT,
           "%s: damaged, or changed since it was written (its SHA-256 is another)", path);
out:
  if (status == KD_E_NOTFOUND) status = kd_error_set(err, KD_E_CORRUPT, "%s: missing from the run folder", path);
  return status;
}
