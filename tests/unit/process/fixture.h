// SPDX-License-Identifier: Apache-2.0
/* A year of mud and the stage's parameters at their modes, read from the parameter table itself. */
#ifndef KD_TEST_PROCESS_FIXTURE_H
#define KD_TEST_PROCESS_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/check.h"

#include "base/quantity.h"
#include "process/plant.h"

static int choice_index(const char *choices, const char *word) {
  int index = 0;
  size_t length = strlen(word);
  for (const char *c = choices; *c != '\0'; index++) {
    size_t span = strcspn(c, "|");
    if (span == length && strncmp(c, word, length) == 0) return index;
    c += span;
    if (*c == '|') c++;
  }
  return -1;
}

/* The i-th value of "{triangular: [a, m, b]}" or the text itself. */
static void part(char *out, size_t capacity, const char *text, int which) {
  const char *open = strchr(text, '[');
  if (open == NULL) {
    snprintf(out, capacity, "%s", text);
    return;
  }
  open++;
  for (int i = 0; i < which; i++) open = strchr(open, ',') + 1;
  while (*open == ' ') open++;
  snprintf(out, capacity, "%.*s", (int)strcspn(open, ",]"), open);
}

static double value_of(const kd_param *row, const char *text) {
  double si = (double)NAN;
  kd_error err = {0};
  if (kd_quantity_in(&si, text, row->unit, NULL, &err) != KD_OK) fail_msg("%s: '%s': %s", row->key, text, err.text);
  return si;
}

/* All parameters at the mode (which 1), the low (0) or the high end (2) of their defaults. */
static void defaults(kd_process_params *p, int which) {
  memset(p, 0, sizeof *p);
  for (size_t i = 0; i < kd_process_stage.param_count; i++) {
    const kd_param *row = &kd_process_stage.params[i];
    char text[128], *at = (char *)p + row->offset;
    part(text, sizeof text, row->initial, which);
    if (row->kind == KD_PARAM_NUMBER) *(double *)(void *)at = value_of(row, text);
    if (row->kind == KD_PARAM_CHOICE) *(int *)(void *)at = choice_index(row->choices, text);
    if (row->kind == KD_PARAM_FLAG) *(int *)(void *)at = strcmp(text, "yes") == 0;
  }
}

/* `dry` kg of mud of `grade` (kg REY/kg) with its apatite at 2 % REY over 250 ppm of clay. */
static void mud(kd_delivered *d, double dry, double grade) {
  static const double apatite[KD_REY] = {0.14755, 0.04576, 0.04283, 0.18880, 0.04188, 0.01028, 0.04939, 0.00793,
                                         0.04792, 0.01033, 0.02816, 0.00371, 0.02280, 0.00342, 0.34924};
  memset(d, 0, sizeof *d);
  d->dry_mass = dry;
  d->coarse_mass = dry * fmax(0, (grade - 250e-6) / 20e-3);
  for (int e = 0; e < KD_REY; e++)
    d->element[e] = dry * (fmin(grade, 250e-6) * kd_clay_shares[e] + fmax(0, grade - 250e-6) * apatite[e]);
  d->element[KD_SC] = dry * 25e-6;
  d->water_mass = 1.5 * dry;
  d->salt_share = 0.035;
  d->lifting_time = 250 * 86400.0;
  d->plant_rate = dry / d->lifting_time;
  d->grain_density = 2600;
}

#endif
