// SPDX-License-Identifier: Apache-2.0
/* Loaded before the C library (LD_PRELOAD): counts every malloc, calloc and realloc of the process, whoever calls it,
 * and fails the one that is told.
 *
 *   FAILMALLOC_AT=n      the n-th call, from 1, returns NULL with ENOMEM; all others work
 *   FAILMALLOC_WHO=f     the file name of the library that asked then is written to the file f
 *   FAILMALLOC_COUNT=f   the number of calls is written to the file f when the process exits
 *
 * Not for sanitized programs, which bring a malloc of their own.
 */
#define _GNU_SOURCE /* dladdr */
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern void *__libc_malloc(size_t bytes);
extern void *__libc_calloc(size_t count, size_t bytes);
extern void *__libc_realloc(void *memory, size_t bytes);

static atomic_long calls;
static long fail_at;
static const char *who;

__attribute__((constructor)) static void begin(void) {
  const char *text = getenv("FAILMALLOC_AT");
  fail_at = text != NULL ? strtol(text, NULL, 10) : 0;
  who = getenv("FAILMALLOC_WHO");
  void *frame;
  backtrace(&frame, 1); /* the first call allocates */
  atomic_store(&calls, 0);
}

static void put_file(const char *path, const char *text) {
  const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  const size_t length = strlen(text);
  if (file < 0 || write(file, text, length) != (ssize_t)length) _exit(125);
  close(file);
}

__attribute__((destructor)) static void end(void) {
  const char *path = getenv("FAILMALLOC_COUNT");
  char line[32];
  snprintf(line, sizeof line, "%ld\n", atomic_load(&calls));
  if (path != NULL) put_file(path, line);
}

/* The innermost caller that is neither this file nor the C library. */
static void tell_who(void) {
  void *frame[16];
  Dl_info info = {0};
  const int frames = backtrace(frame, sizeof frame / sizeof frame[0]);
  for (int i = 0; i < frames; i++) {
    if (dladdr(frame[i], &info) == 0 || info.dli_fname == NULL) continue;
    if (strstr(info.dli_fname, "/libc.so") == NULL && strstr(info.dli_fname, "failmalloc") == NULL) break;
  }
  put_file(who, info.dli_fname != NULL ? info.dli_fname : "");
}

static int fails(void) {
  if (atomic_fetch_add(&calls, 1) + 1 != fail_at) return 0;
  if (who != NULL) tell_who();
  errno = ENOMEM;
  return 1;
}

void *malloc(size_t bytes) {
  return fails() ? NULL : __libc_malloc(bytes);
}

void *calloc(size_t count, size_t bytes) {
  return fails() ? NULL : __libc_calloc(count, bytes);
}

void *realloc(void *memory, size_t bytes) {
  return fails() ? NULL : __libc_realloc(memory, bytes);
}
