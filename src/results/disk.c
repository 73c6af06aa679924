// SPDX-License-Identifier: Apache-2.0
#include "results/disk.h"

#include <sys/statvfs.h>

#define AS_GOOD_AS_FULL (UINT64_C(1) << 20) /* bytes: below a megabyte no block of samples fits */

uint64_t kd_disk_free(const char *path) {
  struct statvfs info;
  if (statvfs(path, &info) != 0) return UINT64_MAX;
  return (uint64_t)info.f_bavail * (uint64_t)info.f_frsize;
}

kd_status kd_disk_blame(const char *path) {
  return kd_disk_free(path) < AS_GOOD_AS_FULL ? KD_E_DISK : KD_E_IO;
}
