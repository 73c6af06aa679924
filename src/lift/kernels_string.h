// SPDX-License-Identifier: Apache-2.0
/* Kernels of the string and of the sea that moves it, by subject; each array ends with a row without name. */
#ifndef KD_LIFT_KERNELS_STRING_H
#define KD_LIFT_KERNELS_STRING_H

#include "base/kernel.h"

extern const kd_kernel kd_string_kernels[];      /* kernels_string.c: statics, ratings, axial dynamics */
extern const kd_kernel kd_slack_kernels[];       /* kernels_slack.c: tension only */
extern const kd_kernel kd_beam_kernels[];        /* kernels_beam.c: bending, modes, seas */
extern const kd_kernel kd_operability_kernels[]; /* kernels_operability.c: seas that are allowed */
extern const kd_kernel kd_viv_kernels[];         /* kernels_viv.c: vortices */
extern const kd_kernel kd_coupling_kernels[];    /* kernels_coupling.c: string and liquid */
extern const kd_kernel kd_line_kernels[];        /* kernels_line.c: string and the three-phase transient */
extern const kd_kernel kd_wave_kernels[];        /* kernels_waves.c: spectra */
extern const kd_kernel kd_vessel_kernels[];      /* kernels_vessel.c: motions of the ship */
extern const kd_kernel kd_fatigue_kernels[];     /* kernels_fatigue.c: rainflow, S-N */

/* A column: name, unit, default (NULL: must be given), lowest and highest value, meaning. */
#define KD_IN(n, u, value, least, most, text)                                                                          \
  { .name = n, .unit = u, .initial = value, .low = least, .high = most, .doc = text }
#define KD_WORD(n, words, value, text)                                                                                 \
  { .name = n, .unit = "1", .initial = value, .choices = words, .doc = text }
#define KD_OUT(n, u, text)                                                                                             \
  { .name = n, .unit = u, .doc = text }
#define KD_OUTWORD(n, words, text)                                                                                     \
  { .name = n, .unit = "1", .choices = words, .doc = text }
#define KD_FIELDS(...) __VA_ARGS__
#define KD_PLAIN(n, text, ins, outs, fn)                                                                               \
  {                                                                                                                    \
    .name = "lift." n, .summary = text, .inputs = (const kd_field[]){ins},                                             \
    .input_count = KD_COUNT(((const kd_field[]){ins})), .outputs = (const kd_field[]){outs},                           \
    .output_count = KD_COUNT(((const kd_field[]){outs})), .eval = fn                                                   \
  }
#define KD_DATA(n, text, ins, outs, slots, fn)                                                                         \
  {                                                                                                                    \
    .name = "lift." n, .summary = text, .inputs = (const kd_field[]){ins},                                             \
    .input_count = KD_COUNT(((const kd_field[]){ins})), .outputs = (const kd_field[]){outs},                           \
    .output_count = KD_COUNT(((const kd_field[]){outs})), .data = (const kd_data_slot[]){slots},                       \
    .data_count = KD_COUNT(((const kd_data_slot[]){slots})), .eval_table = fn                                          \
  }
#define KD_LAST_KERNEL                                                                                                 \
  { .name = NULL }

/* Writes the numbers of a row, first columns first. */
void kd_table_put_row(kd_table *self, size_t row, const double *number, size_t count);
#define KD_PUT_ROW(table, i, ...)                                                                                      \
  kd_table_put_row(table, i, (const double[]){__VA_ARGS__}, KD_COUNT(((const double[]){__VA_ARGS__})))

#endif
