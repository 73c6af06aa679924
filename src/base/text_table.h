// SPDX-License-Identifier: Apache-2.0
/* Tables with columns of text, made by code. */
#ifndef KD_BASE_TEXT_TABLE_H
#define KD_BASE_TEXT_TABLE_H

#include "base/table.h"
#include "base/text.h"

/* Makes the first `texts` columns columns of text: cells holds them row by row, each ended by a NUL. */
kd_status kd_table_take_texts(kd_table *self, size_t texts, const kd_text *cells, kd_error *err);

#endif
