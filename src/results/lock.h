// SPDX-License-Identifier: Apache-2.0
/* Keeps two processes from working in one folder. The system gives the lock back when a process ends, however it ends:
 * nothing is left to clear up after kill -9. */
#ifndef KD_RESULTS_LOCK_H
#define KD_RESULTS_LOCK_H

#include "kaidei/error.h"

/* Takes the lock of a folder through a file in it; *lock is -1 before and after a failure. Errors: KD_E_EXISTS when
 * another process has it. A file system that has no locks is taken at its word: KD_OK. */
kd_status kd_lock_take(int *lock, const char *folder, kd_error *err);
/* Gives it back; *lock may be -1. */
void kd_lock_release(int *lock);

/* Name of the file in the folder. */
#define KD_LOCK_NAME "lock"

#endif
