// SPDX-License-Identifier: Apache-2.0
/* Inside of the context: memory through its allocator, log lines to its sink, the folder of the shipped data. */
#ifndef KD_BASE_CONTEXT_H
#define KD_BASE_CONTEXT_H

#include "kaidei/context.h"

struct kd_context {
  kd_allocator allocator;
  kd_file_layer files;
  kd_log_fn *log;
  void *log_user;
  char home[4096]; /* folder that holds data/, scenarios/, claims/; "" when none was found */
};

/* Memory of the context. kd_alloc zeroes; NULL when there is none. kd_free accepts NULL. */
void *kd_alloc(kd_context *ctx, size_t count, size_t size); /* checks count*size for overflow */
void *kd_realloc(kd_context *ctx, void *memory, size_t bytes);
void kd_free(kd_context *ctx, void *memory);
char *kd_strdup(kd_context *ctx, const char *text);

void kd_log(kd_context *ctx, kd_log_level level, const char *format, ...) KD_PRINTF(3, 4);

#endif
