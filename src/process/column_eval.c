// SPDX-License-Identifier: Apache-2.0
/* The data kernels process.column and process.contactor: tables in, tables out. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "process/column.h"
#include "process/sorption_batch.h"
#include "base/table.h"

/* "lead, a_X [u], a_Y [u], b_X ...": one block of columns for each word. */
static kd_status columns_for(char *out, size_t capacity, const char *lead, const char *const *words,
                             const char *const *units, size_t count, const kd_column *names, size_t rows,
                             kd_error *err) {
  kd_status status = KD_OK;
  size_t used = (size_t)snprintf(out, capacity, "%s", lead);
  for (size_t i = 0; i < rows; i++)
    KD_CHECK(names->text[i][0] != '\0' && strcspn(names->text[i], ",[] \"") == strlen(names->text[i]), err, KD_E_RANGE,
             "solute '%s': a plain word is wanted", names->text[i]);
  for (size_t k = 0; k < count; k++)
    for (size_t i = 0; i < rows && used < capacity; i++)
      used += (size_t)snprintf(out + used, capacity - used, ", %s_%.24s [%s]", words[k], names->text[i], units[k]);
out:
  return status;
}

static kd_status read_bed(kd_column_bed *bed, kd_column_solute *solutes, const kd_table *t, const double *o,
                          kd_error *err) {
  kd_status status = KD_OK;
  const kd_column *feed = kd_table_column(t, "feed"), *affinity = kd_table_column(t, "affinity");
  const kd_column *ldf = kd_table_column(t, "rate"), *second = kd_table_column(t, "uptake");
  const kd_column *initial = kd_table_column(t, "initial");
  KD_CHECK(t->rows <= KD_COLUMN_SOLUTES, err, KD_E_SIZE, "%zu solutes: at most %d", t->rows, KD_COLUMN_SOLUTES);
  *bed = (kd_column_bed){.solutes = t->rows,
                         .solute = solutes,
                         .length = o[1],
                         .velocity = o[2],
                         .porosity = o[3],
                         .density = o[4],
                         .capacity = o[5],
                         .uptake = (kd_uptake)o[6],
                         .dispersion = o[7],
                         .feed_end = isnan(o[8]) ? (double)INFINITY : o[8]};
  const kd_column *rate = bed->uptake == KD_UPTAKE_LDF ? ldf : second;
  KD_CHECK(rate != NULL, err, KD_E_MISSING, "solutes: the column %s is wanted",
           bed->uptake == KD_UPTAKE_LDF ? "rate [1/min]" : "uptake [L/mg/min]");
  for (size_t i = 0; i < t->rows; i++) {
    solutes[i] = (kd_column_solute){.feed = feed->number[i], .affinity = affinity->number[i], .rate = rate->number[i]};
    if (initial != NULL && !isnan(initial->number[i])) solutes[i].initial = initial->number[i];
    KD_CHECK(isfinite(solutes[i].feed) && isfinite(solutes[i].affinity) && isfinite(solutes[i].rate), err, KD_E_MISSING,
             "solutes: row %zu lacks feed, affinity or rate", i + 1);
  }
out:
  return status;
}

#define KD_LEAST_SHARE 1e-12 /* of the feed, below which the outlet is shown as 0: what nodes at rest may hide */
#define KD_CELLS       1e5
#define KD_NODES       1e7 /* most cells solved on a grid before the next, of four times as many */
#define KD_MOST        4e7 /* most on one grid, with those of the grid half as fine */

/* Cells and steps below which the front is not seen: two for each e-fold of the sorbed phase in time, and of the
 * liquid along the bed at the concentration fed. */
static double cells_wanted(const kd_column_bed *bed, double time) {
  double most = 0, s = 1, line = bed->density / bed->porosity * bed->length / bed->velocity;
  for (size_t i = 0; i < bed->solutes; i++) s += bed->solute[i].affinity * bed->solute[i].feed;
  for (size_t i = 0; i < bed->solutes; i++) {
    const kd_column_solute *u = &bed->solute[i];
    const bool ldf = bed->uptake == KD_UPTAKE_LDF;
    const double back = ldf ? u->rate : u->rate * s / u->affinity;
    most = fmax(most, fmin(back * time, line * bed->capacity * u->rate * (ldf ? u->affinity / s : 1)));
  }
  return 2 * most;
}

/* Plug flow: doubles the grid until the extrapolated answer rests. Where changes fall from grid to grid, what is left
 * is summed as if they went on so. *times and *values point into the arena. */
static kd_status refine(double **values, double **times, kd_column_bed *bed, double time, double tolerance,
                        kd_work *work) {
  kd_status status = KD_OK;
  double *before = NULL, solved = 0, last = 0;
  bed->solved = &solved;
  bed->most = KD_MOST;
  bed->rest = fmin(1e-6, fmax(1e-14, 1e-4 * tolerance));
  const double wanted = cells_wanted(bed, time);
  KD_CHECK(
      wanted < KD_CELLS, work->err, KD_E_MODEL,
      "the front wants %.0f cells, at most %.0f: uptake so fast is equilibrium; a lower rate spreads the front less "
      "than a cell",
      wanted, KD_CELLS);
  bed->cells = 2 * (size_t)(fmax((double)bed->cells, wanted / 2) / 2);
  for (size_t cells = bed->cells;; cells *= 2) {
    bed->cells = cells;
    bed->steps = cells + (4 - cells % 4) % 4;
    /* the same times again, so that answers can be compared */
    bed->first = before != NULL ? 2 * bed->first : kd_column_first_steps(bed, time) / 4 * 4;
    const size_t count = (bed->steps + 1) * bed->solutes;
    *values = kd_arena_alloc(work->scratch, count, sizeof(double));
    *times = kd_arena_alloc(work->scratch, bed->steps + 1, sizeof(double));
    KD_CHECK(*values != NULL && *times != NULL, work->err, KD_E_NOMEM, "out of memory for %zu steps", bed->steps);
    solved = 0;
    KD_TRY(kd_column_run_extrapolated(*values, *times, NULL, bed, time, work));
    double worst = before == NULL ? (double)INFINITY : 0;
    for (size_t k = 0; before != NULL && k <= bed->steps; k += 2)
      for (size_t i = 0; i < bed->solutes; i++) {
        const double scale = bed->solute[i].feed > 0 ? bed->solute[i].feed : 1;
        worst = fmax(worst, fabs((*values)[k * bed->solutes + i] - before[k / 2 * bed->solutes + i]) / scale);
      }
    const double left = isfinite(last) && last > 3 * worst ? worst / (last / worst - 1) : worst;
    if (left < tolerance) break;
    KD_CHECK(solved < KD_NODES && (double)cells < KD_CELLS, work->err, KD_E_CONVERGENCE,
             "tolerance %g: with %zu cells c/c0 still moves by %.2g; the front is too sharp for the bed, a lower rate "
             "moves it less than that",
             tolerance, cells, left);
    before = *values;
    last = worst;
  }
out:
  return status;
}

/* Value at t of a series, cubic through four neighbours. */
static double at_time(const double *times, const double *values, size_t count, size_t stride, double t) {
  size_t low = 0, high = count - 1;
  while (high - low > 1) {
    const size_t middle = (low + high) / 2;
    if (times[middle] <= t)
      low = middle;
    else
      high = middle;
  }
  if (t >= times[high]) return values[high * stride];
  size_t from = low > 0 ? low - 1 : 0;
  if (from + 3 >= count) from = count >= 4 ? count - 4 : 0;
  const size_t n = count >= 4 ? 4 : count;
  double sum = 0;
  for (size_t i = 0; i < n; i++) {
    double weight = 1;
    for (size_t k = 0; k < n; k++)
      if (k != i) weight *= (t - times[from + k]) / (times[from + i] - times[from + k]);
    sum += weight * values[(from + i) * stride];
  }
  return sum;
}

kd_status kd_column_eval(kd_table **out, const kd_table *const *data, const double *o, kd_work *work) {
  static const char *const words[] = {"outlet", "share"}, *const units[] = {"mg/L", "1"};
  kd_status status = KD_OK;
  const kd_column *names = kd_table_column(data[0], "solute");
  kd_column_solute solutes[KD_COLUMN_SOLUTES];
  kd_column_bed bed;
  char columns[KD_COLUMN_SOLUTES * 96 + 32];
  double *values = NULL, *times = NULL;
  *out = NULL;
  KD_CHECK(o[9] == floor(o[9]) && o[10] == floor(o[10]), work->err, KD_E_RANGE,
           "cells and points: whole numbers are wanted");
  KD_TRY(read_bed(&bed, solutes, data[0], o, work->err));
  KD_TRY(columns_for(columns, sizeof columns, "time [min]", words, units, 2, names, bed.solutes, work->err));
  bed.cells = (size_t)o[9];
  if (bed.dispersion > 0) {
    bed.steps = 2 * bed.cells;
    values = kd_arena_alloc(work->scratch, (bed.steps + 1) * bed.solutes, sizeof *values);
    times = kd_arena_alloc(work->scratch, bed.steps + 1, sizeof *times);
    KD_CHECK(values != NULL && times != NULL, work->err, KD_E_NOMEM, "out of memory for %zu steps", bed.steps);
    KD_TRY(kd_column_run(values, times, NULL, &bed, o[0], work));
  } else {
    KD_TRY(refine(&values, &times, &bed, o[0], o[11], work));
  }
  const size_t points = (size_t)o[10];
  KD_TRY(kd_table_create(out, work->ctx, columns, points + 1, work->err));
  for (size_t k = 0; k <= points; k++) {
    const double t = o[0] * (double)k / (double)points;
    kd_column *c = (*out)->column;
    c[0].number[k] = t;
    for (size_t i = 0; i < bed.solutes; i++) {
      double value = at_time(times, values + i, bed.steps + 1, bed.solutes, t);
      if (!(value > KD_LEAST_SHARE * solutes[i].feed) && solutes[i].feed > 0) value = 0;
      value = fmax(0, value);
      c[1 + i].number[k] = value;
      c[1 + bed.solutes + i].number[k] = solutes[i].feed > 0 ? value / solutes[i].feed : (double)NAN;
    }
  }
out:
  return status;
}

kd_status kd_contactor_eval(kd_table **out, const kd_table *const *data, const double *o, kd_work *work) {
  static const char *const words[] = {"liquid", "loading", "taken"}, *const units[] = {"mg/L", "mg/g", "1"};
  kd_status status = KD_OK;
  const kd_table *t = data[0];
  const kd_column *names = kd_table_column(t, "solute");
  const double *feed = kd_table_column(t, "feed")->number, *affinity = kd_table_column(t, "affinity")->number;
  double liquid[KD_COLUMN_SOLUTES], loading[KD_COLUMN_SOLUTES], before[KD_COLUMN_SOLUTES];
  char columns[KD_COLUMN_SOLUTES * 128 + 32];
  const size_t n = t->rows;
  *out = NULL;
  KD_CHECK(n <= KD_COLUMN_SOLUTES, work->err, KD_E_SIZE, "%zu solutes: at most %d", n, KD_COLUMN_SOLUTES);
  KD_CHECK(o[2] == floor(o[2]), work->err, KD_E_RANGE, "stages %g: a whole number is wanted", o[2]);
  for (size_t i = 0; i < n; i++)
    KD_CHECK(feed[i] >= 0 && affinity[i] >= 0, work->err, KD_E_RANGE,
             "solutes: row %zu: feed and affinity must be at least 0", i + 1);
  const size_t stages = (size_t)o[2];
  KD_TRY(columns_for(columns, sizeof columns, "stage [1], free [1]", words, units, 3, names, n, work->err));
  KD_TRY(kd_table_create(out, work->ctx, columns, stages + 1, work->err));
  memcpy(before, feed, n * sizeof *before);
  for (size_t k = 0; k <= stages; k++) {
    kd_column *c = (*out)->column;
    double s = 1;
    for (size_t i = 0; i < n; i++) liquid[i] = before[i], loading[i] = 0, s += affinity[i] * before[i];
    if (k > 0) s = kd_sorption_batch(liquid, loading, before, NULL, affinity, n, o[1], o[0] / (double)stages);
    c[0].number[k] = (double)k;
    c[1].number[k] = s;
    for (size_t i = 0; i < n; i++) {
      c[2 + i].number[k] = before[i] = liquid[i];
      c[2 + n + i].number[k] = loading[i];
      c[2 + 2 * n + i].number[k] = feed[i] > 0 ? 1 - liquid[i] / feed[i] : 0;
    }
  }
out:
  if (status != KD_OK) kd_table_destroy(out);
  return status;
}
