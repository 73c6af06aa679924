// SPDX-License-Identifier: Apache-2.0
/* Status codes. One list makes the enum, the names, the texts and the reference page.
 * Groups: 1xx input, 2xx units, 3xx model, 4xx numeric, 5xx resource, 6xx files, 8xx caller, 9xx interruption. */
#ifndef KAIDEI_STATUS_H
#define KAIDEI_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

#define KD_STATUS_LIST(X)                                                                                              \
  X(KD_OK, 0, "ok")                                                                                                    \
  X(KD_E_SYNTAX, 101, "the text cannot be parsed")                                                                     \
  X(KD_E_ENCODING, 102, "the text is not valid UTF-8")                                                                 \
  X(KD_E_KEY, 103, "no such key")                                                                                      \
  X(KD_E_DUPLICATE, 104, "given twice")                                                                                \
  X(KD_E_MISSING, 105, "something required is not given")                                                              \
  X(KD_E_TYPE, 106, "another kind of value is wanted here")                                                            \
  X(KD_E_CHOICE, 107, "not one of the choices")                                                                        \
  X(KD_E_RANGE, 108, "outside the allowed range")                                                                      \
  X(KD_E_DISTRIBUTION, 109, "not a valid distribution")                                                                \
  X(KD_E_CORRELATION, 110, "impossible correlation")                                                                   \
  X(KD_E_EXTENDS, 111, "a file that is extended cannot be used")                                                       \
  X(KD_E_CSV, 112, "a table cannot be read")                                                                           \
  X(KD_E_CONTRADICTION, 113, "two values contradict each other")                                                       \
  X(KD_E_SIZE, 114, "too large or nested too deep")                                                                    \
  X(KD_E_UNIT, 201, "unknown unit")                                                                                    \
  X(KD_E_DIMENSION, 202, "a unit of another dimension is wanted")                                                      \
  X(KD_E_NUMBER, 203, "not a number")                                                                                  \
  X(KD_E_BASIS, 204, "the basis is missing or wrong")                                                                  \
  X(KD_E_MODEL, 301, "outside the range of the model")                                                                 \
  X(KD_E_INFEASIBLE, 302, "cannot be met")                                                                             \
  X(KD_E_CONVERGENCE, 401, "did not converge")                                                                         \
  X(KD_E_BALANCE, 402, "a balance does not close")                                                                     \
  X(KD_E_NAN, 403, "a result is not finite")                                                                           \
  X(KD_E_NOMEM, 501, "out of memory")                                                                                  \
  X(KD_E_DISK, 502, "the disk is full")                                                                                \
  X(KD_E_IO, 601, "reading or writing failed")                                                                         \
  X(KD_E_NOTFOUND, 602, "not found")                                                                                   \
  X(KD_E_EXISTS, 603, "exists already")                                                                                \
  X(KD_E_CORRUPT, 604, "the file is damaged")                                                                          \
  X(KD_E_USAGE, 801, "wrong use of the command")                                                                       \
  X(KD_E_INTERNAL, 802, "a defect in kaidei")                                                                          \
  X(KD_E_INTERRUPTED, 901, "interrupted")

typedef enum kd_status {
#define KD_STATUS_ENUM(name, value, text) name = value,
  KD_STATUS_LIST(KD_STATUS_ENUM)
#undef KD_STATUS_ENUM
} kd_status;

/* Name ("KD_E_RANGE") and one-line text of a status; both static, never NULL. */
const char *kd_status_name(kd_status status);
const char *kd_status_text(kd_status status);

/* Exit code of the command for a status: 0 ok, 1 run failed, 2 usage, 3 input, 4 numeric, 5 resource or file, 6
 * interrupted. */
int kd_status_exit_code(kd_status status);

#ifdef __cplusplus
}
#endif
#endif
