// SPDX-License-Identifier: Apache-2.0
/* Moved to base. */
#ifndef KD_DEPOSIT_TEXT_TABLE_H
#define KD_DEPOSIT_TEXT_TABLE_H

#include "base/text_table.h"

#endif
