// SPDX-License-Identifier: Apache-2.0
/* Records of extractants as a kernel. */
#include <math.h>
#include <string.h>

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
  const kd_extractant_row own = kd_extractant_find((size_t)in[0], (kd_element_id)in[1]), *row = &own;
  double level;
  KD_TRY(kd_extractant_log_d(&out[0], r, row, in[2], in[3], work->err));
  out[1] = pow(10, out[0]);
  out[2] = isfinite(r->ph_low) ? in[2] >= r->ph_low && in[2] <= r->ph_high : (double)NAN;
  out[3] = row->evidence;
  out[4] = row->spread;
  KD_TRY(kd_extractant_log_d(&level, r, row, 0, in[3], work->err));
  out[5] = row->b != 0 ? -level / row->b : (double)NAN;
out:
  return status;
}

static const kd_data_slot records_data[] = {
    {.name = "records",
     .columns = "record, element, form, a [1], slope [1]?, order [1]?, reference [mol/L]?, ph_low [1]?, ph_high [1]?, "
                "evidence, spread [1]?, basis, medium, source",
     .doc =
         "Constants of extractants as in data/process/extractants.csv, with rows of one's own: one row a rare earth, "
         "form mass_action, line or constant, evidence measured, interpolated or extrapolated, and where they are "
         "from."},
};
static const kd_field records_in[] = {
    {.name = "record", .unit = "", .doc = "which record", .choices = KD_ANY_TEXT},
    KD_IN("ph", "1", "-2", "14", "pH"),
    KD_IN_OPTION("extractant", "mol/L", "0.5 mol/L", "0 mol/L exclusive", "10 mol/L",
                 "free extractant in the record's basis, mass-action records alone"),
    KD_IN_CHOICE_OPTION("outside", "tell|refuse", "tell", "a pH outside the window: told in the answer, or refused"),
};
static const kd_field records_out[] = {
    KD_OUT("element", "1", "in the order La to Lu, Y: 1 to 15"),
    KD_OUT("log_d", "1", "log10 of the distribution coefficient"),
    KD_OUT("distribution", "1", "organic over aqueous"),
    KD_OUT("inside", "1", "1: pH inside the window of the data, 0: outside, empty: window not stated"),
    KD_OUT("evidence", "1", "0 measured, 1 interpolated, 2 extrapolated"),
    KD_OUT("spread", "1", "half-width of log10 D; empty: not stated"),
    KD_OUT("half_ph", "1", "pH at which D is 1; empty: no such pH"),
    KD_OUT("log_k", "1", "log10 D at pH 0 and 1 mol/L: log_k of process.extraction.circuit"),
    KD_OUT("beta", "1", "separation factor over the row before; empty for the first"),
};

static int word(const char *text, const char *const *words, int count) {
  for (int i = 0; i < count; i++)
    if (strcmp(text, words[i]) == 0) return i;
  return -1;
}

static double number(const kd_table *t, const char *name, size_t row) {
  const kd_column *c = kd_table_column(t, name);
  return c != NULL ? c->number[row] : (double)NAN;
}

/* The constants of one row of the file. */
static kd_status read_record(kd_extractant *x, kd_extractant_row *row, const kd_table *t, size_t i, kd_error *err) {
  static const char *const forms[] = {"mass_action", "line", "constant"};
  static const char *const evidence[] = {"measured", "interpolated", "extrapolated"};
  kd_status status = KD_OK;
  const char *element = kd_table_column(t, "element")->text[i];
  const int e = kd_element_find(element), form = word(kd_table_column(t, "form")->text[i], forms, 3);
  const int kind = word(kd_table_column(t, "evidence")->text[i], evidence, 3);
  KD_CHECK(e >= 0 && e < KD_REY, err, KD_E_RANGE, "records: row %zu: '%s' is not a rare earth", i + 1, element);
  KD_CHECK(form >= 0, err, KD_E_RANGE, "records: row %zu: form '%s': mass_action, line or constant is wanted", i + 1,
           kd_table_column(t, "form")->text[i]);
  KD_CHECK(kind >= 0, err, KD_E_RANGE,
           "records: row %zu: evidence '%s': measured, interpolated or extrapolated is wanted", i + 1,
           kd_table_column(t, "evidence")->text[i]);
  KD_CHECK(kd_table_column(t, "source")->text[i][0] != '\0', err, KD_E_MISSING, "records: row %zu: no source", i + 1);
  *x = (kd_extractant){.key = kd_table_column(t, "record")->text[i],
                       .name = kd_table_column(t, "record")->text[i],
                       .form = (kd_extractant_form)form,
                       .order = number(t, "order", i),
                       .reference = number(t, "reference", i),
                       .ph_low = number(t, "ph_low", i),
                       .ph_high = number(t, "ph_high", i)};
  *row = (kd_extractant_row){.element = (kd_element_id)e,
                             .a = number(t, "a", i),
                             .b = number(t, "slope", i),
                             .evidence = (kd_extractant_evidence)kind,
                             .spread = number(t, "spread", i)};
  if (isnan(row->b)) row->b = form == 0 ? 3 : 0;
  KD_CHECK(isfinite(row->a), err, KD_E_MISSING, "records: row %zu: no constant a", i + 1);
  KD_CHECK(form != 0 || (x->order > 0 && x->reference > 0), err, KD_E_RANGE,
           "records: row %zu: mass action wants order %g and reference %g above 0", i + 1, x->order, x->reference);
out:
  return status;
}

static kd_status records(kd_table **out, const kd_table *const *data, const double *o, kd_work *work) {
  kd_status status = KD_OK;
  const kd_table *t = data[0];
  const kd_column *name = kd_table_column(t, "record");
  const char *wanted = work->texts[0];
  size_t rows = 0, at = 0;
  *out = NULL;
  for (size_t i = 0; i < t->rows; i++) rows += strcmp(name->text[i], wanted) == 0;
  KD_CHECK(rows > 0, work->err, KD_E_MISSING, "record '%s': no row of the table holds it, no constant is at hand",
           wanted);
  KD_TRY(kd_table_create(out, work->ctx,
                         "element [1], log_d [1], distribution [1], inside [1], evidence [1], spread [1], half_ph [1], "
                         "log_k [1], beta [1]",
                         rows, work->err));
  for (size_t i = 0; i < t->rows; i++) {
    kd_extractant x;
    kd_extractant_row row;
    double log_d, level, unit;
    if (strcmp(name->text[i], wanted) != 0) continue;
    KD_TRY(read_record(&x, &row, t, i, work->err));
    const bool known = isfinite(x.ph_low) && isfinite(x.ph_high),
               inside = !known || (o[1] >= x.ph_low && o[1] <= x.ph_high);
    KD_CHECK(inside || o[3] == 0, work->err, KD_E_RANGE, "ph %g: outside the window of %s, %g to %g", o[1], x.name,
             x.ph_low, x.ph_high);
    KD_TRY(kd_extractant_log_d(&log_d, &x, &row, o[1], o[2], work->err));
    KD_TRY(kd_extractant_log_d(&level, &x, &row, 0, o[2], work->err));
    KD_TRY(kd_extractant_log_d(&unit, &x, &row, 0, 1000, work->err));
    const double cells[] = {row.element + 1,
                            log_d,
                            pow(10, log_d),
                            known ? inside : (double)NAN,
                            (double)row.evidence,
                            row.spread,
                            row.b != 0 ? -level / row.b : (double)NAN,
                            unit,
                            at > 0 ? pow(10, log_d - (*out)->column[1].number[at - 1]) : (double)NAN};
    for (size_t k = 0; k < KD_COUNT(cells); k++) (*out)->column[k].number[at] = cells[k];
    at++;
  }
out:
  if (status != KD_OK) kd_table_destroy(out);
  return status;
}

const kd_kernel kd_process_extractant_kernels[] = {
    KD_KERNEL("process.extraction.record", record,
              "Distribution of a rare earth from a published record, with window and evidence."),
    KD_KERNEL_DATA("process.extraction.records", records, records_out, records_data, records_in,
                   "All rare earths of a record in a table of constants, the shipped one or one's own."),
    {.name = NULL},
};
