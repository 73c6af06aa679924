// SPDX-License-Identifier: Apache-2.0
/* The first table of a run: P10, P50 and P90 of the headline results. */
#ifndef KD_CLI_SUMMARY_H
#define KD_CLI_SUMMARY_H

#include "base/text.h"
#include "kaidei/run.h"

/* Text: the headline table. JSON: every output's summary, with the headline ones marked. */
kd_status kd_summary_write(kd_text *out, const kd_run *run, const char *folder, bool json, kd_error *err);

#endif
