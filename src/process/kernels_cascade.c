// SPDX-License-Identifier: Apache-2.0
/* The rigorous cascade as a data kernel. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "process/cascade.h"
#include "process/cascade_transient.h"
#include "process/kernels.h"
#include "process/tables.h"

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

static const kd_field transient_in[] = {
    KD_IN("extraction", "1", "1", "799", "stages from the raffinate end to the feed stage, that one included"),
    KD_IN("scrub", "1", "1", "799", "stages beyond the feed stage"),
    KD_IN("s", "1", "0 exclusive", NULL, "mixed extraction, mol per mol feed"),
    KD_IN("w", "1", "0 exclusive", NULL, "scrub, mol per mol feed"),
    KD_IN_OPTION("organic_holdup", "1", "1", "0 exclusive", NULL,
                 "metal held in the organic of a stage, mol per mol/h fed"),
    KD_IN_OPTION("aqueous_holdup", "1", "1", "0", NULL, "metal held in the aqueous of a stage, mol per mol/h fed"),
    KD_IN_OPTION("full_time", "h", "0 h", "0 h", NULL, "full circulation at the start: no feed, no product"),
    KD_IN_OPTION("partial_time", "h", "0 h", "0 h", NULL, "then partial circulation: products are drawn in part"),
    KD_IN_OPTION("partial_share", "1", "0.5", "0 exclusive", "1", "feed and products over normal, in that time"),
    KD_IN("time", "h", "0 h exclusive", NULL, "time to follow, from the start"),
    KD_IN_OPTION("points", "1", "50", "2", "2000", "rows of the answer"),
};
static const kd_field transient_out[] = {
    KD_OUT("time", "h", "from the start, all stages full of feed"),
    KD_OUT("phase", "1", "0 full circulation, 1 partial, 2 normal"),
    KD_OUT("raffinate", "1", "mole share in the raffinate stage's aqueous, a column for each component"),
    KD_OUT("product", "1", "mole share in the last stage's organic, a column for each component"),
};

static kd_status transient(kd_table **out, const kd_table *const *data, const double *o, kd_work *work) {
  kd_status status = KD_OK;
  const kd_column *names = kd_table_column(data[0], "component"), *beta = kd_table_column(data[0], "beta");
  const kd_column *feed = kd_table_column(data[0], "feed");
  char columns[64 + 2 * KD_CASCADE_COMPONENTS * 48];
  *out = NULL;
  KD_CHECK(names != NULL && beta != NULL && feed != NULL, work->err, KD_E_MISSING,
           "components: the columns component, beta and feed are wanted");
  size_t k = data[0]->rows, points = (size_t)o[10];
  KD_CHECK(k >= 2 && k < KD_CASCADE_COMPONENTS, work->err, KD_E_RANGE, "components: %zu rows, must be 2 to %d", k,
           KD_CASCADE_COMPONENTS - 1);
  KD_CHECK(o[0] == floor(o[0]) && o[1] == floor(o[1]) && o[10] == floor(o[10]), work->err, KD_E_RANGE,
           "extraction, scrub and points: whole numbers are wanted");
  for (size_t i = 0; i < k; i++)
    KD_CHECK(strcspn(names->text[i], ",[] \"") == strlen(names->text[i]), work->err, KD_E_RANGE,
             "component '%s': a plain word is wanted", names->text[i]);
  kd_startup in = {.cascade = {.components = k,
                               .beta = beta->number,
                               .feed = feed->number,
                               .extraction = (size_t)o[0],
                               .scrub = (size_t)o[1],
                               .s = o[2],
                               .w = o[3]},
                   .organic_holdup = o[4] * 3600,
                   .aqueous_holdup = o[5] * 3600,
                   .full_time = o[6],
                   .partial_time = o[7],
                   .partial_share = o[8],
                   .time = o[9],
                   .points = points};
  kd_startup_row *rows;
  KD_TRY(kd_startup_run(&rows, &in, work));
  size_t used = (size_t)snprintf(columns, sizeof columns, "time [h], phase [1]");
  for (int end = 0; end < 2; end++)
    for (size_t i = 0; i < k; i++)
      used += (size_t)snprintf(columns + used, sizeof columns - used, ", %s_%.24s [1]",
                               end == 0 ? "raffinate" : "product", names->text[i]);
  KD_TRY(kd_table_create(out, work->ctx, columns, points, work->err));
  for (size_t r = 0; r < points; r++) {
    (*out)->column[0].number[r] = rows[r].time;
    (*out)->column[1].number[r] = rows[r].phase;
    for (size_t i = 0; i < k; i++) {
      (*out)->column[2 + i].number[r] = rows[r].raffinate[i];
      (*out)->column[2 + k + i].number[r] = rows[r].product[i];
    }
  }
out:
  return status;
}

const kd_kernel kd_process_cascade_kernels[] = {
    {.name = "process.cascade",
     .summary = "Stage profile of a rigorous cascade with constant separation factors.",
     .inputs = cascade_in,
     .input_count = KD_COUNT(cascade_in),
     .outputs = cascade_out,
     .output_count = KD_COUNT(cascade_out),
     .data = cascade_data,
     .data_count = KD_COUNT(cascade_data),
     .eval_table = cascade},
    KD_KERNEL_DATA("process.cascade.start_up", transient, transient_out, cascade_data, transient_in,
                   "Start-up of a cascade: full and partial circulation, then normal, on its holdups."),
    {.name = NULL},
};
