// SPDX-License-Identifier: Apache-2.0
/* Scratch memory that is given back all at once. Aligned to 64 bytes; zeroed. Blocks are kept for the next use. */
#ifndef KD_BASE_ARENA_H
#define KD_BASE_ARENA_H

#include <stddef.h>

#include "kaidei/context.h"

typedef struct kd_arena kd_arena;

kd_status kd_arena_create(kd_arena **out, kd_context *ctx);
void kd_arena_destroy(kd_arena **self);
void *kd_arena_alloc(kd_arena *self, size_t count, size_t size); /* NULL when there is no memory; zeroed */
char *kd_arena_strdup(kd_arena *self, const char *text);
void kd_arena_reset(kd_arena *self); /* all memory handed out becomes invalid */

#endif
