// SPDX-License-Identifier: Apache-2.0
/* Runs a fuzz target over the files of the folders that are named as arguments. A folder without files is a failure. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

static int replay_file(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) return 0;
  size_t capacity = 1 << 20, size = 0;
  uint8_t *data = malloc(capacity);
  if (data) size = fread(data, 1, capacity, file);
  (void)fclose(file);
  /* A copy of the exact size, so that the sanitizer sees a read past the end. */
  uint8_t *exact = data ? malloc(size > 0 ? size : 1) : NULL;
  if (exact) {
    if (size > 0) memcpy(exact, data, size);
    (void)LLVMFuzzerTestOneInput(exact, size);
  }
  free(exact);
  free(data);
  return exact != NULL;
}

int main(int argc, char **argv) {
  int files = 0;
  (void)LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
  for (int i = 1; i < argc; ++i) {
    DIR *folder = opendir(argv[i]);
    if (!folder) continue;
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
      char path[4096];
      if (entry->d_name[0] == '.') continue;
      (void)snprintf(path, sizeof path, "%s/%s", argv[i], entry->d_name);
      files += replay_file(path);
    }
    (void)closedir(folder);
  }
  printf("%d files\n", files);
  return files > 0 ? 0 : 1;
}
