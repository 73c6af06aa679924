// SPDX-License-Identifier: Apache-2.0
/* Start-up of an extraction circuit with mass action or pH lines. */
#include <math.h>
#include <stdio.h>

#include "process/extraction_transient.h"
#include "process/kernels_circuit.h"
#include "process/tables.h"

static const kd_field circulation_in[] = {
    CIRCUIT_FIELDS,
    KD_IN_OPTION("stage_time", "min", "20 min", "0 min exclusive", NULL,
                 "of each phase in mixer and settler in normal work: the holdups"),
    KD_IN_OPTION("full_time", "h", "0 h", "0 h", NULL, "full circulation at the start: no feed, no product"),
    KD_IN_OPTION("partial_time", "h", "0 h", "0 h", NULL, "then partial circulation: products are drawn in part"),
    KD_IN_OPTION("partial_share", "1", "0.5", "0 exclusive", "1", "feed and products over normal, in that time"),
    KD_IN("time", "h", "0 h exclusive", NULL, "time to follow, from the start"),
    KD_IN_OPTION("points", "1", "50", "2", "2000", "rows of the answer"),
};
enum {
  CIRCULATION_STAGE_TIME = CIRCUIT_OPTIONS,
  CIRCULATION_FULL,
  CIRCULATION_PARTIAL,
  CIRCULATION_SHARE,
  CIRCULATION_TIME,
  CIRCULATION_POINTS,
  CIRCULATION_OPTIONS
};
_Static_assert(KD_COUNT(circulation_in) == CIRCULATION_OPTIONS, "one name for each option");

static const kd_field circulation_out[] = {
    KD_OUT("time", "h", "from the start, all stages full of feed in equilibrium with fresh organic"),
    KD_OUT("phase", "1", "0 full circulation, 1 partial, 2 normal"),
    KD_OUT("ph", "1", "of the raffinate"),
    KD_OUT("held", "mol", "all metals in all stages"),
    KD_OUT("raffinate", "mol/L", "aqueous of the first stage, a column for each metal"),
    KD_OUT("product", "mol/L", "organic out of the last scrub stage, a column for each metal"),
};

static kd_status circulation(kd_table **out, const kd_table *const *data, const double *o, kd_work *work) {
  kd_status status = KD_OK;
  const kd_column *names = kd_table_column(data[0], "component");
  char columns[96 + 2 * KD_CONTACTOR_COMPONENTS * 56];
  kd_circulation in = {.full_time = o[CIRCULATION_FULL],
                       .partial_time = o[CIRCULATION_PARTIAL],
                       .partial_share = o[CIRCULATION_SHARE],
                       .time = o[CIRCULATION_TIME],
                       .points = (size_t)o[CIRCULATION_POINTS]};
  kd_circulation_row *rows;
  *out = NULL;
  KD_CHECK(o[CIRCULATION_POINTS] == floor(o[CIRCULATION_POINTS]), work->err, KD_E_RANGE,
           "points %g: a whole number is wanted", o[CIRCULATION_POINTS]);
  KD_TRY(kd_circuit_read(&in.circuit, data[0], o, work));
  in.circuit.stage_time = o[CIRCULATION_STAGE_TIME];
  KD_TRY(kd_circulation_run(&rows, &in, work));
  size_t metals = in.circuit.isotherm.components;
  size_t used = (size_t)snprintf(columns, sizeof columns, "time [h], phase [1], ph [1], held [mol]");
  for (int end = 0; end < 2; end++)
    for (size_t i = 0; i < metals; i++)
      used += (size_t)snprintf(columns + used, sizeof columns - used, ", %s_%.24s [mol/L]",
                               end == 0 ? "raffinate" : "product", names->text[i]);
  KD_TRY(kd_table_create(out, work->ctx, columns, in.points, work->err));
  for (size_t r = 0; r < in.points; r++) {
    kd_column *column = (*out)->column;
    column[0].number[r] = rows[r].time;
    column[1].number[r] = rows[r].phase;
    column[2].number[r] = rows[r].ph;
    column[3].number[r] = rows[r].held;
    for (size_t i = 0; i < metals; i++) {
      column[4 + i].number[r] = rows[r].raffinate[i];
      column[4 + metals + i].number[r] = rows[r].product[i];
    }
  }
out:
  return status;
}

const kd_kernel kd_process_circulation_kernels[] = {
    KD_KERNEL_DATA("process.extraction.start_up", circulation, circulation_out, kd_circuit_data, circulation_in,
                   "Start-up of such a circuit: full and partial circulation, then normal, on its holdups."),
    {.name = NULL},
};
