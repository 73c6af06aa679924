// SPDX-License-Identifier: Apache-2.0
/* Decimal numbers in text: one strict grammar, exact rounding, the same in every locale.
 *
 * number = [ '+' | '-' ] digits [ '.' [ digits ] ] [ exponent ] | [ '+' | '-' ] '.' digits [ exponent ]
 * exponent = ( 'e' | 'E' ) [ '+' | '-' ] digits; between two digits before the point one '_' may stand. */
#ifndef KD_BASE_NUMBER_H
#define KD_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

typedef enum kd_number_fault {
  KD_NUMBER_OK,
  KD_NUMBER_NONE,  /* no digits where a number is wanted: "nan", "inf", "m" */
  KD_NUMBER_GROUP, /* '_' not between two digits, or thousands grouped by ',' or "'" */
  KD_NUMBER_HEX,   /* "0x10" */
  KD_NUMBER_LARGE, /* over the largest double */
  KD_NUMBER_SMALL  /* not zero, yet under the least double */
} kd_number_fault;

/* Reads the longest number at the start of text[0..count). *used: bytes read; on a fault the offset of the offending
 * byte. *out is NaN on a fault. */
kd_number_fault kd_number_scan(double *out, size_t *used, const char *text, size_t count);

/* Reads text[0..count) that is one number and nothing else. */
bool kd_number_read(double *out, const char *text, size_t count);

/* One line on a fault: "is not a number". */
const char *kd_number_fault_text(kd_number_fault fault);

#endif
