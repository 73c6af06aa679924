// SPDX-License-Identifier: Apache-2.0
/* The context: the allocator, the file layer and the log that everything else uses. No globals: two contexts
 * in one process share nothing. A context may be used from several threads; its tables must then be thread-safe. */
#ifndef KAIDEI_CONTEXT_H
#define KAIDEI_CONTEXT_H

#include <stddef.h>
#include <stdint.h>

#include "kaidei/error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Memory. Same contracts as malloc, realloc and free. */
typedef struct kd_allocator {
  void *(*allocate)(size_t bytes, void *user);
  void *(*reallocate)(void *memory, size_t bytes, void *user);
  void (*release)(void *memory, void *user);
  void *user;
} kd_allocator;

/* CREATE truncates; UPDATE writes into a file that is there. */
typedef enum kd_open_mode { KD_OPEN_READ, KD_OPEN_CREATE, KD_OPEN_UPDATE } kd_open_mode;

typedef struct kd_file_info {
  uint64_t bytes;
  int is_folder;
} kd_file_info;

typedef int kd_list_fn(const char *name, void *user); /* non-zero stops the listing */

/* Files. Each call returns 0 or an errno value. */
typedef struct kd_file_layer {
  int (*open)(void **file, const char *path, kd_open_mode mode, void *user);
  int (*read)(void *file, void *bytes, size_t capacity, size_t *got, void *user);
  int (*write)(void *file, const void *bytes, size_t count, size_t *put, void *user); /* may write less than asked */
  int (*sync)(void *file, void *user);
  int (*close)(void *file, void *user);
  int (*rename)(const char *from, const char *to, void *user);
  int (*remove)(const char *path, void *user); /* a file or an empty folder */
  int (*make_folder)(const char *path, void *user);
  int (*inspect)(kd_file_info *out, const char *path, void *user);
  int (*list)(const char *folder, kd_list_fn *each, void *each_user, void *user);
  int (*seek)(void *file, uint64_t offset, void *user); /* from the start; behind the end is fine: a hole */
  void *user;
} kd_file_layer;

typedef enum kd_log_level { KD_LOG_ERROR, KD_LOG_WARNING, KD_LOG_INFO, KD_LOG_DEBUG } kd_log_level;
typedef void kd_log_fn(kd_log_level level, const char *line, void *user);

typedef struct kd_context_options {
  size_t size;                   /* sizeof(kd_context_options): the struct grows at its end */
  const kd_allocator *allocator; /* NULL: the C library's */
  const kd_file_layer *files;    /* NULL: the operating system's */
  kd_log_fn *log;                /* NULL: silent */
  void *log_user;
  const char *home; /* folder that holds data/, scenarios/, claims/; NULL: found beside the program */
} kd_context_options;

typedef struct kd_context kd_context;

/* Creates a context; opt may be NULL. Errors: KD_E_NOMEM. Owned by the caller: kd_context_destroy. */
kd_status kd_context_create(kd_context **out, const kd_context_options *opt);
void kd_context_destroy(kd_context **self);

#ifdef __cplusplus
}
#endif
#endif
