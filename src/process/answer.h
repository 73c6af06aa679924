// SPDX-License-Identifier: Apache-2.0
/* Tables that data kernels answer with, when a column holds words: written as CSV, read back, in SI. */
#ifndef KD_PROCESS_ANSWER_H
#define KD_PROCESS_ANSWER_H

#include "base/table.h"
#include "base/text.h"

/* Turns CSV text (numbers in the units of its header) into a table bound to columns; frees the text. */
kd_status kd_answer_table(kd_table **out, kd_text *csv, const char *columns, kd_error *err);

/* ",number": empty when it is not finite. */
void kd_answer_number(kd_text *csv, double value);
/* A word as a quoted cell, with a comma before it unless first. */
void kd_answer_word(kd_text *csv, const char *word, bool first);

#endif
