// SPDX-License-Identifier: Apache-2.0
/* Whole-file reading and writing through the context's file layer. */
#ifndef KD_BASE_FILES_H
#define KD_BASE_FILES_H

#include "base/context.h"

extern const kd_file_layer kd_files_posix;

/* Reads a whole file (NUL added, not counted). Errors: KD_E_NOTFOUND, KD_E_SIZE over limit, KD_E_IO, KD_E_NOMEM. */
kd_status kd_file_read_all(char **bytes, size_t *count, kd_context *ctx, const char *path, size_t limit, kd_error *err);

/* Writes under a temporary name beside path, syncs, and renames: the file is whole under its final name or not there.
 */
kd_status kd_file_write_all(kd_context *ctx, const char *path, const char *bytes, size_t count, kd_error *err);

/* Writes all bytes to an open file; a short or interrupted write goes on. Returns 0 or an errno value. */
int kd_file_write_fully(const kd_file_layer *layer, void *file, const char *bytes, size_t count);

/* "PATH: cannot ACTION: the system's reason", with the code for an errno value (KD_E_DISK when it is full). */
kd_status kd_file_refuse(kd_error *err, int code, const char *action, const char *path);

/* Removes a folder with all in it; a missing folder is fine. Used on our own partial run folders only. */
kd_status kd_folder_remove(kd_context *ctx, const char *path, kd_error *err);

/* Makes the folders above path that are missing, as `mkdir -p` does for its parent; what cannot be made is left for the
 * caller's own attempt to tell: 0, or an errno that says why that may fail. */
int kd_folder_make_parents(kd_context *ctx, const char *path);

/* Joins folder and name with one '/', into a buffer. KD_E_SIZE when it does not fit. */
kd_status kd_path_join(char *out, size_t capacity, const char *folder, const char *name, kd_error *err);

#endif
