// SPDX-License-Identifier: Apache-2.0
/* Records of extractants as a kernel. */
#include <math.h>

#include "process/extractant.h"
#include "process/kernels.h"
#include "process/tables.h"

static const kd_field record_in[] = {
    KD_IN_CHOICE("record", KD_EXTRACTANT_CHOICES, "extractant, strength and source: data/process/extractants.csv"),
    KD_IN_CHOICE("element", KD_ELEMENT_CHOICES, "rare earth"),
    KD_IN("ph", "1", "-2", "14", "pH"),
    KD_IN_OPTION("extractant", "mol/L", "0.5 mol/L", "0 mol/L exclusive", "10 mol/L",
                 "free extractant in the record's basis, mass-action records alone"),
};
static const kd_field record_out[] = {
    KD_OUT("log_d", "1", "log10 of the distribution coefficient"),
    KD_OUT("distribution", "1", "organic over aqueous"),
    KD_OUT("inside", "1", "1: pH inside the window of the data, 0: outside, empty: window not stated"),
    {.name = "evidence", .unit = "", .doc = "of the element", .choices = "measured|interpolated|extrapolated"},
    KD_OUT("spread", "1", "half-width of log10 D; empty: not stated"),
    KD_OUT("half_ph", "1", "pH at which D is 1; empty: no such pH"),
};

static kd_status record(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const kd_extractant *r = &kd_extractants[(size_t)in[0]];
  const kd_extractant_row *row = &r->row[(size_t)in[1]];
  double level;
  KD_TRY(kd_extractant_log_d(&out[0], r, (kd_element_id)in[1], in[2], in[3], work->err));
  out[1] = pow(10, out[0]);
  out[2] = isfinite(r->ph_low) ? in[2] >= r->ph_low && in[2] <= r->ph_high : (double)NAN;
  out[3] = row->evidence;
  out[4] = row->spread;
  KD_TRY(kd_extractant_log_d(&level, r, (kd_element_id)in[1], 0, in[3], work->err));
  out[5] = row->b != 0 ? -level / row->b : (double)NAN;
out:
  return status;
}

const kd_kernel kd_process_extractant_kernels[] = {
    KD_KERNEL("process.extraction.record", record,
              "Distribution of a rare earth from a published record, with window and evidence."),
    {.name = NULL},
};
