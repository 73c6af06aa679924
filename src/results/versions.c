// SPDX-License-Identifier: Apache-2.0
#include "results/versions.h"

#include <jansson.h>
#include <libfyaml.h>
#include <sqlite3.h>
#include <xlsxwriter.h>

size_t kd_library_count(void) {
  return 4;
}

const char *kd_library_name(size_t index) {
  static const char *const names[] = {"libfyaml", "jansson", "sqlite", "libxlsxwriter"};
  return names[index];
}

const char *kd_library_version(size_t index) {
  switch (index) {
  case 0:
    return fy_library_version();
  case 1:
    return jansson_version_str();
  case 2:
    return sqlite3_libversion();
  default:
    return lxw_version();
  }
}

const char *kd_version(void) {
  return KD_VERSION;
}
const char *kd_compiler(void) {
  return KD_COMPILER;
}
const char *kd_build_flags(void) {
  return KD_FLAGS;
}
