// SPDX-License-Identifier: Apache-2.0
/* The style sheet of the report, in pieces that a compiler takes; ends with NULL. */
#ifndef KD_RESULTS_REPORT_STYLE_H
#define KD_RESULTS_REPORT_STYLE_H

extern const char *const kd_report_style[];

#endif
