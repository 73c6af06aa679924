// SPDX-License-Identifier: Apache-2.0
/* A file layer over bytes in memory: every path that ends in one of a few names is there, and nothing else is. */
#ifndef KD_TESTS_FUZZ_MEMORY_H
#define KD_TESTS_FUZZ_MEMORY_H

#include <errno.h>
#include <string.h>

#include "kaidei/context.h"

typedef struct memory_file {
  const char *name; /* the end of its path */
  const void *bytes;
  size_t count, at;
} memory_file;

typedef struct memory {
  memory_file file[4];
  size_t files;
} memory;

static inline memory_file *memory_find(memory *self, const char *path) {
  const size_t length = strlen(path);
  for (size_t i = 0; i < self->files; i++) {
    const size_t end = strlen(self->file[i].name);
    if (length >= end && strcmp(path + length - end, self->file[i].name) == 0) return &self->file[i];
  }
  return NULL;
}

static inline int memory_open(void **file, const char *path, kd_open_mode mode, void *user) {
  memory_file *found = memory_find(user, path);
  if (mode != KD_OPEN_READ) return EROFS;
  if (found == NULL) return ENOENT;
  found->at = 0;
  *file = found;
  return 0;
}

static inline int memory_read(void *file, void *bytes, size_t capacity, size_t *got, void *user) {
  memory_file *self = file;
  (void)user;
  *got = self->count - self->at < capacity ? self->count - self->at : capacity;
  if (*got > 0) memcpy(bytes, (const char *)self->bytes + self->at, *got);
  self->at += *got;
  return 0;
}

static inline int memory_write(void *file, const void *bytes, size_t count, size_t *put, void *user) {
  (void)file, (void)bytes, (void)count, (void)user;
  *put = 0;
  return EROFS;
}

static inline int memory_nothing(void *file, void *user) {
  (void)file, (void)user;
  return 0;
}

static inline int memory_seek(void *file, uint64_t offset, void *user) {
  memory_file *self = file;
  (void)user;
  self->at = offset < self->count ? (size_t)offset : self->count;
  return 0;
}

static inline int memory_refuse(const char *path, void *user) {
  (void)path, (void)user;
  return EROFS;
}

static inline int memory_rename(const char *from, const char *to, void *user) {
  (void)from, (void)to, (void)user;
  return EROFS;
}

static inline int memory_inspect(kd_file_info *out, const char *path, void *user) {
  const memory_file *found = memory_find(user, path);
  if (found == NULL) return ENOENT;
  *out = (kd_file_info){.bytes = found->count};
  return 0;
}

static inline int memory_list(const char *folder, kd_list_fn *each, void *each_user, void *user) {
  memory *self = user;
  (void)folder;
  for (size_t i = 0; i < self->files; i++)
    if (each(self->file[i].name, each_user) != 0) break;
  return 0;
}

static inline kd_file_layer memory_layer(memory *self) {
  return (kd_file_layer){memory_open,   memory_read,   memory_write,   memory_nothing, memory_nothing, memory_rename,
                         memory_refuse, memory_refuse, memory_inspect, memory_list,    memory_seek,    self};
}

#endif
