// SPDX-License-Identifier: Apache-2.0
/* Money by currency and year, in US dollars of 2026.
 *
 *   value in USD 2026 = amount / rate(currency, year) * index(2026) / index(year)
 *
 *   rate   units of the currency for one US dollar, mean of the year
 *   index  United States consumer price index, mean of the year
 *
 * Years after 2026 take the rate and the index of 2026 and are flagged. The index of 2026 itself is assumed (money.c),
 * so that every escalation carries that step. */
#ifndef KD_BASE_MONEY_H
#define KD_BASE_MONEY_H

#include <stdbool.h>
#include <stddef.h>

#include "kaidei/error.h"

enum { KD_MONEY_BASE_YEAR = 2026, KD_MONEY_FIRST_YEAR = 1990, KD_MONEY_LAST_YEAR = 2060 };

typedef struct kd_money_entry {
  double rate;       /* units of the currency per US dollar of that year */
  double escalation; /* US dollars of 2026 per US dollar of that year */
  double scale;      /* US dollars of 2026 for one unit: escalation / rate */
  bool assumed; /* the rate or the index of that year has no source, or the year lies past the table and takes its last
                   row */
  const char *rate_source, *index_source; /* NULL: assumed, or 1 by definition (USD; the index of 2026) */
} kd_money_entry;

/* Currencies known, and the i-th: "JPY". */
size_t kd_money_count(void);
const char *kd_money_name(size_t index);

/* Rate of a currency in a year. Errors: KD_E_UNIT for an unknown currency or a year outside 1990..2060 (the euro:
 * 1999). */
kd_status kd_money_rate(kd_money_entry *out, const char *currency, int year, kd_error *err);

#endif
