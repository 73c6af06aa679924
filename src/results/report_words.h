// SPDX-License-Identifier: Apache-2.0
/* Plain words for the report: titles for keys, units that a reader knows, magnitudes that fit a line, dates. */
#ifndef KD_RESULTS_REPORT_WORDS_H
#define KD_RESULTS_REPORT_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "results/record.h"

/* How values of a unit are shown: multiplied, with a unit to match. */
typedef struct kd_scale {
  double factor;
  char unit[48];
} kd_scale;

/* Chooses the magnitude for a typical value: 7.9e6 "JPY 2026/kg" becomes 7.9 "million JPY/kg". Money of 2026 loses its
 * year, all other years stay. */
void kd_report_scale(kd_scale *out, const char *unit, double typical);

/* "km2" -> "km²", "um" -> "µm", "1" -> "". */
void kd_report_unit(char *out, size_t capacity, const char *unit);

/* Three significant digits, or as many up to five as it takes to tell the three apart. */
int kd_report_digits(double p10, double p50, double p90);

/* Title of an output in words a minister knows; its doc sentence when there is none. */
void kd_report_title(char *out, size_t capacity, const kd_record *record, size_t column);
/* "insurance_admin" -> "insurance and administration"; else blanks for underscores. */
void kd_report_words(char *out, size_t capacity, const char *part);
/* The part of a key behind its last dot. */
const char *kd_report_last_part(const char *key);
/* "The ground" for "deposit". */
const char *kd_report_stage(const char *stage);

/* Is this column a date in seconds since 1970-01-01 UTC? Unit "s" and a key that ends in "_date". */
bool kd_report_is_date(const kd_record_column *column);
/* "2027-02-20"; "–" for a missing one. */
void kd_report_date(char *out, size_t capacity, double seconds);

#endif
