// SPDX-License-Identifier: Apache-2.0
/* Finds and reads the files that a scenario names. Every file is read once; its bytes and hash are kept. */
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "base/files.h"
#include "scenario/internal.h"

/* folder + name with "./" and "x/../" taken out. */
static char *join(kd_arena *arena, const char *folder, const char *name) {
  const bool absolute = name[0] == '/';
  const size_t before = absolute ? 0 : strlen(folder);
  const bool slash = before > 0 && folder[before - 1] != '/';
  char *path = kd_arena_alloc(arena, before + strlen(name) + 2, 1);
  if (path == NULL) return NULL;
  memcpy(path, folder, before);
  if (slash) path[before] = '/';
  memcpy(path + before + (slash ? 1 : 0), name, strlen(name) + 1);

  /* Part by part from `in` to `out`; a part ".." takes the last part back unless that is ".." itself. */
  char *out = path + (path[0] == '/' ? 1 : 0), *floor = out;
  for (char *in = out; *in != '\0';) {
    char *end = in + strcspn(in, "/");
    const size_t length = (size_t)(end - in);
    const bool last = *end == '\0';
    if (length == 0 || (length == 1 && in[0] == '.')) {
      /* nothing */
    } else if (length == 2 && in[0] == '.' && in[1] == '.' && out > floor) {
      out--;
      while (out > floor && out[-1] != '/') out--;
    } else {
      const bool up = length == 2 && in[0] == '.' && in[1] == '.';
      memmove(out, in, length);
      out += length;
      if (!last) *out++ = '/';
      if (up && path[0] != '/') floor = out;
    }
    in = last ? end : end + 1;
  }
  if (out > floor && out[-1] == '/' && out - 1 > path) out--;
  *out = '\0';
  return path;
}

static const kd_source *cached(const kd_scenario *self, const char *path) {
  for (const kd_source *source = self->sources; source != NULL; source = source->next)
    if (strcmp(source->shown.path, path) == 0) return source;
  return NULL;
}

static bool exists(kd_loader *loader, const char *path) {
  kd_scenario *self = loader->self;
  if (cached(self, path) != NULL) return true;
  kd_file_info info;
  if (self->sealed || self->ctx->files.inspect(&info, path, self->ctx->files.user) != 0) return false;
  return info.is_folder == 0;
}

kd_status kd_find_file(const char **out, const char **tried, kd_loader *loader, const kd_origin *origin,
                       const char *name, const char *also) {
  kd_scenario *self = loader->self;
  const char *home = self->ctx->home;
  const char *candidates[4] = {join(self->arena, origin->folder, name), NULL, NULL, NULL};
  size_t count = 1;
  *out = NULL;
  *tried = "";
  if (name[0] != '/') {
    if (home[0] != '\0') candidates[count++] = join(self->arena, home, name);
    if (home[0] != '\0' && also != NULL) {
      const char *folder = join(self->arena, home, also);
      candidates[count++] = folder != NULL ? join(self->arena, folder, name) : NULL;
    }
    if (origin->folder[0] != '\0') candidates[count++] = join(self->arena, "", name);
  }
  size_t room = 1;
  for (size_t i = 0; i < count; i++) {
    if (candidates[i] == NULL) return KD_E_NOMEM;
    if (exists(loader, candidates[i])) {
      *out = candidates[i];
      return KD_OK;
    }
    room += strlen(candidates[i]) + 2;
  }
  /* The home folder is left out of messages: it is a fact about the machine. */
  char *list = kd_arena_alloc(self->arena, room, 1);
  if (list == NULL) return KD_E_NOMEM;
  memcpy(list, candidates[0], strlen(candidates[0]) + 1);
  *tried = list;
  return KD_OK;
}

static kd_status add_source(const kd_source **out, kd_loader *loader, const char *path, const char *bytes, size_t count,
                            const char *sha256) {
  kd_scenario *self = loader->self;
  kd_source *source = kd_arena_alloc(self->arena, 1, sizeof *source);
  char *copy = kd_arena_alloc(self->arena, count + 1, 1);
  char *hash = kd_arena_alloc(self->arena, KD_SHA256_HEX, 1);
  const char *name = kd_arena_strdup(self->arena, path);
  if (source == NULL || copy == NULL || hash == NULL || name == NULL) return KD_E_NOMEM;
  if (count > 0) memcpy(copy, bytes, count);
  if (sha256 != NULL)
    memcpy(hash, sha256, KD_SHA256_HEX);
  else
    kd_sha256_hex(hash, bytes, count);
  *source = (kd_source){.shown = {.path = name, .sha256 = hash}, .bytes = copy, .count = count};
  kd_source **link = &self->sources; /* in the order of reading */
  while (*link != NULL) link = &(*link)->next;
  *link = source;
  *out = source;
  return KD_OK;
}

kd_status kd_load_known(kd_loader *loader, const char *path, const char *bytes, size_t count, const char *sha256) {
  const kd_source *source;
  return cached(loader->self, path) != NULL ? KD_OK : add_source(&source, loader, path, bytes, count, sha256);
}

kd_status kd_load_file(const kd_source **out, kd_loader *loader, const char *path, size_t limit, kd_error *err) {
  kd_status status = KD_OK;
  kd_scenario *self = loader->self;
  char *bytes = NULL;
  size_t count = 0;
  *out = cached(self, path);
  if (*out == NULL) {
    status = kd_file_read_all(&bytes, &count, self->ctx, path, limit, err);
    if (status != KD_OK && status != KD_E_NOMEM) return KD_OK;
    KD_TRY(status);
    KD_TRY(add_source(out, loader, path, bytes, count, NULL));
  }
  ((kd_source *)(uintptr_t)*out)->used = true;
out:
  kd_free(self->ctx, bytes);
  return status;
}
