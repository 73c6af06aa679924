// SPDX-License-Identifier: Apache-2.0
/* Choices as the parameter tables write them: "closed_circuit|air_lift". */
#include <string.h>

#include "base/text.h"
#include "scenario/internal.h"

int kd_choice_index(const char *choices, const char *text) {
  const size_t length = strlen(text);
  int index = 0;
  for (const char *next = choices; next != NULL; index++) {
    const char *end = strchr(next, '|');
    const size_t count = end != NULL ? (size_t)(end - next) : strlen(next);
    if (count == length && memcmp(next, text, count) == 0) return index;
    next = end != NULL ? end + 1 : NULL;
  }
  return -1;
}

void kd_choice_name(char *out, size_t capacity, const char *choices, int index) {
  out[0] = '\0';
  const char *next = choices;
  for (int i = 0; i < index && next != NULL; i++) {
    next = strchr(next, '|');
    if (next != NULL) next++;
  }
  if (next == NULL || index < 0) return;
  const char *end = strchr(next, '|');
  size_t count = end != NULL ? (size_t)(end - next) : strlen(next);
  if (count >= capacity) count = capacity - 1;
  memcpy(out, next, count);
  out[count] = '\0';
}

size_t kd_choice_count(const char *choices) {
  size_t count = 1;
  for (const char *c = choices; *c != '\0'; c++) count += *c == '|';
  return count;
}
