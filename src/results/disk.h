// SPDX-License-Identifier: Apache-2.0
/* What the libraries that write files by themselves do not tell: whether it was the disk. */
#ifndef KD_RESULTS_DISK_H
#define KD_RESULTS_DISK_H

#include <stdint.h>

#include "kaidei/status.h"

/* Bytes that may still be written to the file system that holds path; UINT64_MAX when it cannot be told. */
uint64_t kd_disk_free(const char *path);

/* KD_E_DISK when the file system of path is as good as full, else KD_E_IO: the meaning of a failed write. */
kd_status kd_disk_blame(const char *path);

#endif
