// SPDX-License-Identifier: Apache-2.0
/* An allocator and a file layer that count, and fail the n-th call when told to. */
#ifndef KD_TESTS_FAULTS_H
#define KD_TESTS_FAULTS_H

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"

typedef struct kd_faults {
  kd_allocator allocator;
  kd_file_layer files;
  long allocations, fail_allocation; /* -1: none fails */
  long operations, fail_io;
  int io_code;
  bool allocation_hit, io_hit, sticky; /* sticky: everything after the first fails as well */
  long live;                           /* blocks handed out and not given back */
} kd_faults;

static inline bool kd_faults_allocation_fails(kd_faults *self) {
  const long n = self->allocations++;
  if (self->fail_allocation < 0 || n < self->fail_allocation || (n > self->fail_allocation && !self->sticky))
    return false;
  self->allocation_hit = true;
  return true;
}

static inline void *kd_faults_allocate(size_t bytes, void *user) {
  kd_faults *self = user;
  if (kd_faults_allocation_fails(self)) return NULL;
  void *memory = malloc(bytes);
  self->live += memory != NULL ? 1 : 0;
  return memory;
}

static inline void *kd_faults_reallocate(void *memory, size_t bytes, void *user) {
  kd_faults *self = user;
  if (kd_faults_allocation_fails(self)) return NULL;
  void *larger = realloc(memory, bytes);
  self->live += memory == NULL && larger != NULL ? 1 : 0;
  return larger;
}

static inline void kd_faults_release(void *memory, void *user) {
  kd_faults *self = user;
  self->live -= memory != NULL ? 1 : 0;
  free(memory);
}

static inline bool kd_faults_io_fails(kd_faults *self) {
  const long n = self->operations++;
  if (self->fail_io < 0 || n < self->fail_io || (n > self->fail_io && !self->sticky)) return false;
  self->io_hit = true;
  return true;
}

#define KD_FAULT(user)                                                                                                 \
  do {                                                                                                                 \
    if (kd_faults_io_fails(user)) return ((kd_faults *)(user))->io_code;                                               \
  } while (0)

static inline int kd_faults_open(void **file, const char *path, kd_open_mode mode, void *user) {
  KD_FAULT(user);
  return kd_files_posix.open(file, path, mode, NULL);
}
static inline int kd_faults_read(void *file, void *bytes, size_t capacity, size_t *got, void *user) {
  *got = 0;
  KD_FAULT(user);
  return kd_files_posix.read(file, bytes, capacity, got, NULL);
}
/* A write takes half of what is offered, so that short writes are always met. */
static inline int kd_faults_write(void *file, const void *bytes, size_t count, size_t *put, void *user) {
  *put = 0;
  KD_FAULT(user);
  return kd_files_posix.write(file, bytes, count > 1 ? count / 2 : count, put, NULL);
}
static inline int kd_faults_sync(void *file, void *user) {
  KD_FAULT(user);
  return kd_files_posix.sync(file, NULL);
}
static inline int kd_faults_close(void *file, void *user) {
  const int code = kd_files_posix.close(file, NULL); /* the descriptor is gone even when close fails */
  KD_FAULT(user);
  return code;
}
static inline int kd_faults_rename(const char *from, const char *to, void *user) {
  KD_FAULT(user);
  return kd_files_posix.rename(from, to, NULL);
}
static inline int kd_faults_remove(const char *path, void *user) {
  return kd_files_posix.remove(path,
                               user); /* cleaning up is allowed to work: what is left behind is judged otherwise */
}
static inline int kd_faults_make_folder(const char *path, void *user) {
  KD_FAULT(user);
  return kd_files_posix.make_folder(path, NULL);
}
static inline int kd_faults_inspect(kd_file_info *out, const char *path, void *user) {
  return kd_files_posix.inspect(out, path, user);
}
static inline int kd_faults_list(const char *folder, kd_list_fn *each, void *each_user, void *user) {
  return kd_files_posix.list(folder, each, each_user, user);
}

static inline int kd_faults_seek(void *file, uint64_t offset, void *user) {
  KD_FAULT(user);
  return kd_files_posix.seek(file, offset, NULL);
}

static inline void kd_faults_stop(kd_faults *self) {
  self->fail_allocation = self->fail_io = -1;
  self->allocation_hit = self->io_hit = self->sticky = false;
  self->allocations = self->operations = 0;
}

static inline void kd_faults_start(kd_faults *self) {
  memset(self, 0, sizeof *self);
  self->allocator = (kd_allocator){kd_faults_allocate, kd_faults_reallocate, kd_faults_release, self};
  self->files = (kd_file_layer){kd_faults_open,    kd_faults_read,   kd_faults_write,  kd_faults_sync,
                                kd_faults_close,   kd_faults_rename, kd_faults_remove, kd_faults_make_folder,
                                kd_faults_inspect, kd_faults_list,   kd_faults_seek,   self};
  kd_faults_stop(self);
}

static inline void kd_faults_fail_allocation(kd_faults *self, long n) {
  kd_faults_stop(self);
  self->fail_allocation = n;
}

static inline void kd_faults_fail_io(kd_faults *self, long n, int code) {
  kd_faults_stop(self);
  self->fail_io = n;
  self->io_code = code;
}

#endif
