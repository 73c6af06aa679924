// SPDX-License-Identifier: Apache-2.0
/* The rigorous cascade as a data kernel; part of kernels.c. */
#ifndef KD_PROCESS_KERNELS_CASCADE_H
#define KD_PROCESS_KERNELS_CASCADE_H

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "process/cascade.h"
#include "process/kernels.h"

static const kd_data_slot cascade_data[] = {
    {.name = "components",
     .columns = "component, beta [1], feed [1], side [1]?",
     .doc = "Extractability of each component on a common scale, its moles in the feed and in the side feed."},
};
static const kd_field cascade_in[] = {
    KD_IN("extraction", "1", "1", "799", "stages from the raffinate end to the feed stage, that one included"),
    KD_IN("scrub", "1", "1", "799", "stages beyond the feed stage"),
    KD_IN("s", "1", "0 exclusive", NULL, "mixed extraction, mol per mol feed"),
    KD_IN("w", "1", "0 exclusive", NULL, "scrub, mol per mol feed"),
    KD_IN_OPTION("draw_stage", "1", "0", "0", "800", "stage of an aqueous draw from the raffinate end; 0: none"),
    KD_IN_OPTION("draw", "1", "0", "0", NULL, "mol per mol feed drawn there"),
    KD_IN_CHOICE_OPTION("feed_phase", "aqueous|organic", "aqueous", "phase of the feed"),
    KD_IN_OPTION("side_stage", "1", "0", "0", "800", "stage of an aqueous side feed; 0: none"),
    KD_IN_OPTION("efficiency", "1", "1", "0 exclusive", "1", "Murphree efficiency of the organic"),
};
static const kd_field cascade_out[] = {
    KD_OUT("stage", "1", "from the raffinate end"),
    KD_OUT("aqueous", "1", "mole share in the aqueous phase, a column for each component"),
    KD_OUT("organic", "1", "mole share in the organic phase, a column for each component"),
};

/* "stage [1], aqueous_Nd [1], ..., organic_Nd [1], ..." from the texts of the column `component`. */
static void cascade_columns(char *out, size_t capacity, const kd_column *names, size_t count) {
  size_t used = (size_t)snprintf(out, capacity, "stage [1]");
  for (int phase = 0; phase < 2; phase++)
    for (size_t i = 0; i < count && used < capacity; i++)
      used += (size_t)snprintf(out + used, capacity - used, ", %s_%.24s [1]", phase == 0 ? "aqueous" : "organic",
                               names->text[i]);
}

static kd_status cascade(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  const kd_table *table = data[0];
  const kd_column *names = kd_table_column(table, "component"), *beta = kd_table_column(table, "beta");
  const kd_column *feed = kd_table_column(table, "feed");
  char columns[32 + 2 * KD_CASCADE_COMPONENTS * 48];
  kd_cascade in = {.components = table->rows,
                   .extraction = (size_t)options[0],
                   .scrub = (size_t)options[1],
                   .s = options[2],
                   .w = options[3],
                   .draw_stage = (size_t)options[4],
                   .draw = options[5],
                   .feed_organic = options[6] == 1,
                   .side_stage = (size_t)options[7],
                   .efficiency = options[8]};
  kd_cascade_profile profile;
  *out = NULL;
  KD_CHECK(names != NULL && beta != NULL && feed != NULL, work->err, KD_E_MISSING,
           "components: the columns component, beta and feed are wanted");
  KD_CHECK(table->rows >= 2 && table->rows < KD_CASCADE_COMPONENTS, work->err, KD_E_RANGE,
           "components: %zu rows, must be 2 to %d", table->rows, KD_CASCADE_COMPONENTS - 1);
  KD_CHECK(options[0] == floor(options[0]) && options[1] == floor(options[1]) && options[4] == floor(options[4]) &&
               options[7] == floor(options[7]),
           work->err, KD_E_RANGE, "extraction, scrub, draw_stage and side_stage: whole numbers are wanted");
  for (size_t i = 0; i < table->rows; i++)
    KD_CHECK(strcspn(names->text[i], ",[] \"") == strlen(names->text[i]), work->err, KD_E_RANGE,
             "component '%s': a plain word is wanted", names->text[i]);
  in.beta = beta->number;
  in.feed = feed->number;
  const kd_column *side = kd_table_column(table, "side");
  KD_CHECK(in.side_stage == 0 || side != NULL, work->err, KD_E_MISSING,
           "components: a side feed at stage %zu wants the column side", in.side_stage);
  if (side != NULL) in.side = side->number;
  KD_TRY(kd_cascade_solve_fast(&profile, &in, work));
  cascade_columns(columns, sizeof columns, names, in.components);
  KD_TRY(kd_table_create(out, work->ctx, columns, profile.stages, work->err));
  for (size_t j = 0; j < profile.stages; j++) {
    (*out)->column[0].number[j] = (double)(j + 1);
    for (size_t i = 0; i < in.components; i++) {
      (*out)->column[1 + i].number[j] = profile.aqueous[j * in.components + i];
      (*out)->column[1 + in.components + i].number[j] = profile.organic[j * in.components + i];
    }
  }
out:
  return status;
}

#endif
