// SPDX-License-Identifier: Apache-2.0
/* Names and versions of the libraries this build is linked with, for provenance and `kaidei doctor`. */
#ifndef KD_RESULTS_VERSIONS_H
#define KD_RESULTS_VERSIONS_H

#include <stddef.h>

size_t kd_library_count(void);
const char *kd_library_name(size_t index);
const char *kd_library_version(size_t index);
const char *kd_version(void);     /* "0.1.0" */
const char *kd_compiler(void);    /* "GNU 12.2.0" */
const char *kd_build_flags(void); /* "Release" */

#endif
