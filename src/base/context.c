// SPDX-License-Identifier: Apache-2.0
#include "base/context.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/files.h"

static void *system_allocate(size_t bytes, void *user) {
  (void)user;
  return malloc(bytes);
}

static void *system_reallocate(void *memory, size_t bytes, void *user) {
  (void)user;
  return realloc(memory, bytes);
}

static void system_release(void *memory, void *user) {
  (void)user;
  free(memory);
}

static const kd_allocator system_allocator = {system_allocate, system_reallocate, system_release, NULL};

/* A home is a folder that holds data/. */
static bool is_home(kd_context *ctx, const char *folder) {
  char path[sizeof ctx->home + 8];
  kd_file_info info;
  const int written = snprintf(path, sizeof path, "%s/data", folder);
  if (written < 0 || (size_t)written >= sizeof path) return false;
  return ctx->files.inspect(&info, path, ctx->files.user) == 0 && info.is_folder;
}

/* Finds the shipped files: beside the program (an installed prefix that was moved), else where it was built or
 * installed. */
static void find_home(kd_context *ctx) {
  char program[sizeof ctx->home];
  const ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
  if (length > 0) {
    program[length] = '\0';
    for (int up = 0; up < 4; up++) {
      char *slash = strrchr(program, '/');
      if (slash == NULL) break;
      *slash = '\0';
      char candidate[sizeof ctx->home];
      const int written = snprintf(candidate, sizeof candidate, "%s/share/kaidei", program);
      if (written > 0 && (size_t)written < sizeof candidate && is_home(ctx, candidate)) {
        memcpy(ctx->home, candidate, (size_t)written + 1);
        return;
      }
    }
  }
  const char *const fixed[] = {KD_HOME_SOURCE, KD_HOME_INSTALL};
  for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++) {
    if (is_home(ctx, fixed[i])) {
      snprintf(ctx->home, sizeof ctx->home, "%s", fixed[i]);
      return;
    }
  }
}

kd_status kd_context_create(kd_context **out, const kd_context_options *opt) {
  *out = NULL;
  const kd_allocator *allocator = opt != NULL && opt->allocator != NULL ? opt->allocator : &system_allocator;
  kd_context *self = allocator->allocate(sizeof *self, allocator->user);
  if (self == NULL) return KD_E_NOMEM;
  memset(self, 0, sizeof *self);
  self->allocator = *allocator;
  self->files = opt != NULL && opt->files != NULL ? *opt->files : kd_files_posix;
  if (opt != NULL) {
    self->log = opt->log;
    self->log_user = opt->log_user;
  }
  if (opt != NULL && opt->home != NULL) {
    snprintf(self->home, sizeof self->home, "%s", opt->home);
  } else {
    find_home(self);
  }
  *out = self;
  return KD_OK;
}

void kd_context_destroy(kd_context **self) {
  if (self == NULL || *self == NULL) return;
  const kd_allocator allocator = (*self)->allocator;
  allocator.release(*self, allocator.user);
  *self = NULL;
}

void *kd_alloc(kd_context *ctx, size_t count, size_t size) {
  if (size != 0 && count > SIZE_MAX / size) return NULL;
  const size_t bytes = count * size > 0 ? count * size : 1;
  void *memory = ctx->allocator.allocate(bytes, ctx->allocator.user);
  if (memory != NULL) memset(memory, 0, bytes);
  return memory;
}

void *kd_realloc(kd_context *ctx, void *memory, size_t bytes) {
  return ctx->allocator.reallocate(memory, bytes > 0 ? bytes : 1, ctx->allocator.user);
}

void kd_free(kd_context *ctx, void *memory) {
  if (memory != NULL) ctx->allocator.release(memory, ctx->allocator.user);
}

char *kd_strdup(kd_context *ctx, const char *text) {
  const size_t bytes = strlen(text) + 1;
  char *copy = kd_alloc(ctx, bytes, 1);
  if (copy != NULL) memcpy(copy, text, bytes);
  return copy;
}

void kd_log(kd_context *ctx, kd_log_level level, const char *format, ...) {
  if (ctx->log == NULL) return;
  char line[1024];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  ctx->log(level, line, ctx->log_user);
}
