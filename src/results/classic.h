// SPDX-License-Identifier: Apache-2.0
/* The netCDF classic format with 64-bit offsets, as far as samples.nc needs it: one dimension, text attributes, and
 * double variables over that dimension, one after the other without a gap.
 *
 *   head     'C' 'D' 'F' 2, no records, dimensions, attributes of the file, variables
 *   filling  zeros up to a multiple of 512 bytes
 *   values   IEEE 754 doubles, big-endian; value i of variable v at begin + 8 (v n + i)
 *
 * Source    NetCDF file format specifications, "The NetCDF Classic Format Specification", Unidata; CDF-2.
 * Range     a variable of less than 4 GiB: 5e8 realisations.
 * Why own   the layout is settled by the head, so that a few dozen lines write and read it through the file layer: any
 *           operation can be failed in tests. libnetcdf ends the process where memory ends, in its classic code now and
 *           then, in HDF5 at every third place.
 */
#ifndef KD_RESULTS_CLASSIC_H
#define KD_RESULTS_CLASSIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

#define KD_CLASSIC_NAME 256 /* bytes of a name that are read, with NUL */

typedef struct kd_classic_attribute {
  const char *name, *text; /* an empty or missing text is left out */
} kd_classic_attribute;

/* ---- writing ---- */

/* The parts of a head, in this order; kd_classic_end fills to the begin of the values and returns it (0: no memory).
 * The head of `variables` variables over a dimension of n. */
void kd_classic_start(kd_text *out, const char *dimension, uint64_t n, const kd_classic_attribute *attribute,
                      size_t attributes, size_t variables);
void kd_classic_variable(kd_text *out, const char *name, const kd_classic_attribute *attribute, size_t attributes,
                         uint64_t n);
uint64_t kd_classic_end(kd_text *out, const char *dimension);

void kd_classic_encode(unsigned char *out, const double *values, size_t count);
void kd_classic_decode(double *out, const unsigned char *bytes, size_t count);

/* ---- reading ---- */

/* A place in a head. After the first thing that is not as it must be, `why` says what, and nothing more is read. */
typedef struct kd_classic_reader {
  const unsigned char *bytes;
  size_t count, at;
  uint64_t n; /* length of the dimension */
  const char *why;
} kd_classic_reader;

/* Reads up to the first variable: the length of the one dimension and the number of variables. */
bool kd_classic_open(kd_classic_reader *out, size_t *variables, const unsigned char *bytes, size_t count,
                     const char *dimension);
/* The next variable: a double for each realisation, with its values at *begin. */
bool kd_classic_next(kd_classic_reader *self, char name[KD_CLASSIC_NAME], uint64_t *begin);

#endif
