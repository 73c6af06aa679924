// SPDX-License-Identifier: Apache-2.0
/* Kernels of the string and of the sea that moves it, by subject; each array ends with a row without name. */
#ifndef KD_LIFT_KERNELS_STRING_H
#define KD_LIFT_KERNELS_STRING_H

#include "base/kernel.h"

extern const kd_kernel kd_string_kernels[];      /* kernels_string.c: statics, ratings, axial dynamics */
extern const kd_kernel kd_beam_kernels[];        /* kernels_beam.c: bending, modes, seas, coupling */
extern const kd_kernel kd_operability_kernels[]; /* kernels_operability.c: operability, vortices, coupling */
extern const kd_kernel kd_wave_kernels[];        /* kernels_waves.c: spectra, vessel, fatigue, vortices, operability */

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

#endif
