// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"

#include <stdint.h>
#include <string.h>

#include "base/context.h"

#define KD_ARENA_BLOCK ((size_t)1 << 18) /* bytes of an ordinary block */
#define KD_ARENA_ALIGN ((size_t)64)

typedef struct kd_arena_block {
  struct kd_arena_block *next;
  size_t capacity; /* bytes after the aligned start */
  size_t used;
  unsigned char *start;
} kd_arena_block;

struct kd_arena {
  kd_context *ctx;
  kd_arena_block *first, *current;
};

kd_status kd_arena_create(kd_arena **out, kd_context *ctx) {
  *out = kd_alloc(ctx, 1, sizeof **out);
  if (*out == NULL) return KD_E_NOMEM;
  (*out)->ctx = ctx;
  return KD_OK;
}

void kd_arena_destroy(kd_arena **self) {
  if (self == NULL || *self == NULL) return;
  kd_context *ctx = (*self)->ctx;
  for (kd_arena_block *block = (*self)->first; block != NULL;) {
    kd_arena_block *next = block->next;
    kd_free(ctx, block);
    block = next;
  }
  kd_free(ctx, *self);
  *self = NULL;
}

/* Puts a new block behind the current one. */
static kd_arena_block *add_block(kd_arena *self, size_t bytes) {
  const size_t capacity = bytes > KD_ARENA_BLOCK ? bytes : KD_ARENA_BLOCK;
  if (capacity > SIZE_MAX - sizeof(kd_arena_block) - KD_ARENA_ALIGN) return NULL;
  kd_arena_block *block =
      self->ctx->allocator.allocate(sizeof *block + capacity + KD_ARENA_ALIGN, self->ctx->allocator.user);
  if (block == NULL) return NULL;
  const uintptr_t first = (uintptr_t)(block + 1);
  const size_t shift = (size_t)((KD_ARENA_ALIGN - first % KD_ARENA_ALIGN) % KD_ARENA_ALIGN);
  block->start = (unsigned char *)(block + 1) + shift;
  block->capacity = capacity;
  block->used = 0;
  block->next = self->current != NULL ? self->current->next : NULL;
  if (self->current != NULL)
    self->current->next = block;
  else
    self->first = block;
  return block;
}

void *kd_arena_alloc(kd_arena *self, size_t count, size_t size) {
  if (size != 0 && count > (SIZE_MAX / 2) / size) return NULL;
  const size_t bytes = (count * size + KD_ARENA_ALIGN - 1) / KD_ARENA_ALIGN * KD_ARENA_ALIGN;
  while (self->current == NULL || self->current->capacity - self->current->used < bytes) {
    kd_arena_block *next = self->current != NULL ? self->current->next : self->first;
    if (next == NULL || next->capacity < bytes) next = add_block(self, bytes);
    if (next == NULL) return NULL;
    next->used = 0;
    self->current = next;
  }
  unsigned char *memory = self->current->start + self->current->used;
  self->current->used += bytes;
  memset(memory, 0, bytes);
  return memory;
}

char *kd_arena_strdup(kd_arena *self, const char *text) {
  const size_t bytes = strlen(text) + 1;
  char *copy = kd_arena_alloc(self, bytes, 1);
  if (copy != NULL) memcpy(copy, text, bytes);
  return copy;
}

void kd_arena_reset(kd_arena *self) {
  self->current = self->first;
  if (self->current != NULL) self->current->used = 0;
}
