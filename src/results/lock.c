// SPDX-License-Identifier: Apache-2.0
#include "results/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/files.h"

kd_status kd_lock_take(int *lock, const char *folder, kd_error *err) {
  char path[4096];
  const kd_status status = kd_path_join(path, sizeof path, folder, KD_LOCK_NAME, err);
  if (status != KD_OK) return status;
  const int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file < 0) return KD_OK; /* a folder that cannot be written shows when its first file is */
  const struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  if (fcntl(file, F_SETLK, &whole) != 0 && (errno == EACCES || errno == EAGAIN)) {
    close(file);
    return kd_error_set(err, KD_E_EXISTS, "%s: another process is writing it", folder);
  }
  *lock = file;
  return KD_OK;
}

void kd_lock_release(int *lock) {
  if (*lock >= 0) close(*lock);
  *lock = -1;
}
