// SPDX-License-Identifier: Apache-2.0
#include "kaidei/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *kd_status_name(kd_status status) {
  switch (status) {
#define KD_STATUS_NAME(name, value, text)                                                                              \
  case name:                                                                                                           \
    return #name;
    KD_STATUS_LIST(KD_STATUS_NAME)
#undef KD_STATUS_NAME
  }
  return "KD_E_INTERNAL";
}

const char *kd_status_text(kd_status status) {
  switch (status) {
#define KD_STATUS_TEXT(name, value, text)                                                                              \
  case name:                                                                                                           \
    return text;
    KD_STATUS_LIST(KD_STATUS_TEXT)
#undef KD_STATUS_TEXT
  }
  return "unknown status";
}

int kd_status_exit_code(kd_status status) {
  switch ((int)status / 100) {
  case 0:
    return 0;
  case 1:
  case 2:
    return 3; /* input, units */
  case 3:
    return 1; /* model */
  case 4:
    return 4; /* numeric, balance */
  case 5:
  case 6:
    return 5; /* memory, disk, files */
  case 9:
    return 6; /* interrupted */
  default:
    return status == KD_E_USAGE ? 2 : 1;
  }
}

kd_status kd_error_set(kd_error *err, kd_status code, const char *format, ...) {
  if (err == NULL) return code;
  va_list arguments;
  va_start(arguments, format);
  err->code = code;
  vsnprintf(err->text, sizeof err->text, format, arguments);
  va_end(arguments);
  return code;
}

void kd_error_context(kd_error *err, const char *format, ...) {
  if (err == NULL) return;
  char old[KD_ERROR_TEXT_MAX];
  memcpy(old, err->text, sizeof old);
  va_list arguments;
  va_start(arguments, format);
  const int written = vsnprintf(err->text, sizeof err->text, format, arguments);
  va_end(arguments);
  const size_t used = written < 0 ? 0 : (size_t)written < sizeof err->text ? (size_t)written : sizeof err->text - 1;
  snprintf(err->text + used, sizeof err->text - used, "%s", old);
}
