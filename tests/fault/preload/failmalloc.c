// SPDX-License-Identifier: Apache-2.0
/* Loaded before the C library (LD_PRELOAD): counts every malloc, calloc and realloc of the process, whoever calls it,
 * and fails the one that is told.
 *
 *   FAILMALLOC_AT=n      the n-th call, from 1, returns NULL with ENOMEM; all others work
 *   FAILMALLOC_COUNT=f   the number of calls is written to the file f when the process exits
 *
 * Not for sanitized programs, which bring a malloc of their own.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

extern void *__libc_malloc(size_t bytes);
extern void *__libc_calloc(size_t count, size_t bytes);
extern void *__libc_realloc(void *memory, size_t bytes);

static atomic_long calls;
static long fail_at;

__attribute__((constructor)) static void begin(void) {
  const char *text = getenv("FAILMALLOC_AT");
  fail_at = text != NULL ? strtol(text, NULL, 10) : 0;
  atomic_store(&calls, 0);
}

__attribute__((destructor)) static void end(void) {
  const char *path = getenv("FAILMALLOC_COUNT");
  if (path == NULL) return;
  char line[32];
  const int length = snprintf(line, sizeof line, "%ld\n", atomic_load(&calls));
  const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  if (file < 0 || write(file, line, (size_t)length) != length) _exit(125);
  close(file);
}

static int fails(void) {
  if (atomic_fetch_add(&calls, 1) + 1 != fail_at) return 0;
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
