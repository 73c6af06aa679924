// SPDX-License-Identifier: Apache-2.0
/* Whole files over the file layer, and the layer of the operating system. */
#include "base/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

/* The handle of a POSIX file is its descriptor, kept in the pointer itself. */
static int posix_open(void **file, const char *path, kd_open_mode mode, void *user) {
  (void)user;
  const int flags = mode == KD_OPEN_READ ? O_RDONLY : mode == KD_OPEN_UPDATE ? O_WRONLY : O_WRONLY | O_CREAT | O_TRUNC;
  const int descriptor = open(path, flags | O_CLOEXEC, 0666);
  if (descriptor < 0) return errno;
  *file = (void *)((intptr_t)descriptor + 1);
  return 0;
}

static int descriptor_of(void *file) {
  return (int)((intptr_t)file - 1);
}

static int posix_read(void *file, void *bytes, size_t capacity, size_t *got, void *user) {
  (void)user;
  const ssize_t count = read(descriptor_of(file), bytes, capacity);
  *got = count > 0 ? (size_t)count : 0;
  return count < 0 ? errno : 0;
}

static int posix_write(void *file, const void *bytes, size_t count, size_t *put, void *user) {
  (void)user;
  const ssize_t written = write(descriptor_of(file), bytes, count);
  *put = written > 0 ? (size_t)written : 0;
  return written < 0 ? errno : 0;
}

static int posix_sync(void *file, void *user) {
  (void)user;
  return fsync(descriptor_of(file)) != 0 ? errno : 0;
}

static int posix_close(void *file, void *user) {
  (void)user;
  return close(descriptor_of(file)) != 0 ? errno : 0;
}

static int posix_rename(const char *from, const char *to, void *user) {
  (void)user;
  return rename(from, to) != 0 ? errno : 0;
}

static int posix_remove(const char *path, void *user) {
  (void)user;
  return remove(path) != 0 ? errno : 0;
}

static int posix_make_folder(const char *path, void *user) {
  (void)user;
  return mkdir(path, 0777) != 0 ? errno : 0;
}

static int posix_inspect(kd_file_info *out, const char *path, void *user) {
  (void)user;
  struct stat info;
  if (stat(path, &info) != 0) return errno;
  out->bytes = (uint64_t)info.st_size;
  out->is_folder = S_ISDIR(info.st_mode) ? 1 : 0;
  return 0;
}

static int posix_list(const char *folder, kd_list_fn *each, void *each_user, void *user) {
  (void)user;
  DIR *stream = opendir(folder);
  if (stream == NULL) return errno;
  errno = 0;
  for (struct dirent *entry = readdir(stream); entry != NULL; entry = readdir(stream)) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    if (each(entry->d_name, each_user) != 0) break;
    errno = 0;
  }
  const int code = errno;
  closedir(stream);
  return code;
}

static int posix_seek(void *file, uint64_t offset, void *user) {
  (void)user;
  return lseek(descriptor_of(file), (off_t)offset, SEEK_SET) < 0 ? errno : 0;
}

const kd_file_layer kd_files_posix = {posix_open,    posix_read,   posix_write,  posix_sync,
                                      posix_close,   posix_rename, posix_remove, posix_make_folder,
                                      posix_inspect, posix_list,   posix_seek,   NULL};

static kd_status status_of(int code) {
  if (code == ENOENT || code == ENOTDIR) return KD_E_NOTFOUND;
  if (code == ENOSPC || code == EDQUOT || code == EFBIG) return KD_E_DISK;
  if (code == ENOMEM) return KD_E_NOMEM;
  if (code == EEXIST) return KD_E_EXISTS;
  return KD_E_IO;
}

kd_status kd_file_refuse(kd_error *err, int code, const char *action, const char *path) {
  char reason[128];
  if (strerror_r(code, reason, sizeof reason) != 0) snprintf(reason, sizeof reason, "error %d", code);
  return kd_error_set(err, status_of(code), "%s: cannot %s: %s", path, action, reason);
}

kd_status kd_file_read_all(char **bytes, size_t *count, kd_context *ctx, const char *path, size_t limit,
                           kd_error *err) {
  kd_status status = KD_OK;
  void *file = NULL;
  char *buffer = NULL;
  size_t used = 0, capacity = 0;
  const kd_file_layer *layer = &ctx->files;
  *bytes = NULL;
  *count = 0;
  kd_file_info info;
  int code = layer->inspect(&info, path, layer->user);
  if (code != 0) return kd_file_refuse(err, code, "read", path);
  if (info.is_folder) return kd_error_set(err, KD_E_IO, "%s: is a folder, a file is wanted", path);
  code = layer->open(&file, path, KD_OPEN_READ, layer->user);
  if (code != 0) return kd_file_refuse(err, code, "open", path);
  for (;;) {
    if (capacity - used < 2) {
      const size_t wanted = capacity == 0 ? (info.bytes < limit ? (size_t)info.bytes : limit) + 4096 : capacity * 2;
      char *larger = kd_realloc(ctx, buffer, wanted);
      KD_CHECK(larger != NULL, err, KD_E_NOMEM, "%s: out of memory for %zu bytes", path, wanted);
      buffer = larger;
      capacity = wanted;
    }
    size_t got = 0;
    code = layer->read(file, buffer + used, capacity - used - 1, &got, layer->user);
    if (code == EINTR) continue;
    if (code != 0) {
      status = kd_file_refuse(err, code, "read", path);
      goto out;
    }
    if (got == 0) break;
    used += got;
    KD_CHECK(used <= limit, err, KD_E_SIZE, "%s: larger than the %zu bytes that are read", path, limit);
  }
  buffer[used] = '\0';
  *bytes = buffer;
  *count = used;
  buffer = NULL;
out:
  kd_free(ctx, buffer);
  layer->close(file, layer->user);
  return status;
}

int kd_file_write_fully(const kd_file_layer *layer, void *file, const char *bytes, size_t count) {
  while (count > 0) {
    size_t put = 0;
    const int code = layer->write(file, bytes, count, &put, layer->user);
    if (code == EINTR) continue;
    if (code != 0) return code;
    if (put == 0) return EIO;
    bytes += put;
    count -= put;
  }
  return 0;
}

kd_status kd_file_write_all(kd_context *ctx, const char *path, const char *bytes, size_t count, kd_error *err) {
  const kd_file_layer *layer = &ctx->files;
  char temporary[4096];
  const int length = snprintf(temporary, sizeof temporary, "%s.part", path);
  if (length < 0 || (size_t)length >= sizeof temporary) {
    return kd_error_set(err, KD_E_SIZE, "%s: the path is longer than %zu bytes", path, sizeof temporary - 6);
  }
  void *file = NULL;
  int code = layer->open(&file, temporary, KD_OPEN_CREATE, layer->user);
  if (code != 0) return kd_file_refuse(err, code, "create", path);
  const char *action = "write";
  code = kd_file_write_fully(layer, file, bytes, count);
  if (code == 0) code = layer->sync(file, layer->user);
  const int closed = layer->close(file, layer->user);
  if (code == 0) code = closed;
  if (code == 0) {
    action = "rename to";
    code = layer->rename(temporary, path, layer->user);
  }
  if (code == 0) return KD_OK;
  layer->remove(temporary, layer->user);
  return kd_file_refuse(err, code, action, path);
}

typedef struct kd_name_list {
  kd_context *ctx;
  char **name;
  size_t count, capacity;
  bool failed;
} kd_name_list;

static int collect(const char *name, void *user) {
  kd_name_list *list = user;
  if (list->count == list->capacity) {
    const size_t capacity = list->capacity == 0 ? 16 : list->capacity * 2;
    char **larger = kd_realloc(list->ctx, list->name, capacity * sizeof *larger);
    if (larger == NULL) {
      list->failed = true;
      return 1;
    }
    list->name = larger;
    list->capacity = capacity;
  }
  list->name[list->count] = kd_strdup(list->ctx, name);
  if (list->name[list->count] == NULL) {
    list->failed = true;
    return 1;
  }
  list->count++;
  return 0;
}

kd_status kd_folder_remove(kd_context *ctx, const char *path, kd_error *err) {
  kd_status status = KD_OK;
  const kd_file_layer *layer = &ctx->files;
  kd_name_list list = {.ctx = ctx};
  kd_file_info info;
  int code = layer->inspect(&info, path, layer->user);
  if (code == ENOENT) return KD_OK;
  if (code == 0 && info.is_folder) {
    code = layer->list(path, collect, &list, layer->user);
    KD_CHECK(!list.failed, err, KD_E_NOMEM, "%s: out of memory while listing", path);
    for (size_t i = 0; code == 0 && i < list.count; i++) {
      char inner[4096];
      KD_TRY(kd_path_join(inner, sizeof inner, path, list.name[i], err));
      KD_TRY(kd_folder_remove(ctx, inner, err));
    }
  }
  if (code == 0) code = layer->remove(path, layer->user);
  if (code != 0) status = kd_file_refuse(err, code, "remove", path);
out:
  for (size_t i = 0; i < list.count; i++) kd_free(ctx, list.name[i]);
  kd_free(ctx, list.name);
  return status;
}

kd_status kd_path_join(char *out, size_t capacity, const char *folder, const char *name, kd_error *err) {
  const size_t length = strlen(folder);
  const char *slash = length == 0 || folder[length - 1] == '/' ? "" : "/";
  const int written = snprintf(out, capacity, "%s%s%s", folder, slash, name);
  if (written >= 0 && (size_t)written < capacity) return KD_OK;
  return kd_error_set(err, KD_E_SIZE, "%s/%s: the path is longer than %zu bytes", folder, name, capacity - 1);
}

int kd_folder_make_parents(kd_context *ctx, const char *path) {
  char folder[4096];
  int code = 0;
  for (const char *slash = strchr(path + (path[0] == '/'), '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
    const size_t length = (size_t)(slash - path);
    if (length >= sizeof folder) return ENAMETOOLONG;
    memcpy(folder, path, length);
    folder[length] = '\0';
    const int made = ctx->files.make_folder(folder, ctx->files.user); /* EEXIST is the usual answer */
    if (made != EEXIST && made != ENOENT) code = made;
  }
  return code;
}
