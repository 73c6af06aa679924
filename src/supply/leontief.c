// SPDX-License-Identifier: Apache-2.0
/* Leontief quantity model.
 *
 *   x = A x + f,   x = (I - A)^-1 f,   value added v_j x_j
 *
 *   A coefficients [-]: input from sector i per output of sector j; f final demand, x output, in one money
 *
 * Source    Miller and Blair 2009, chapter 2. Gaussian elimination with partial pivoting: no inverse is made.
 * Range     up to 500 sectors; a productive table: with f >= 0 no output is negative.
 * Weakness  fixed proportions, no capacity, no price: an upper bound of what follows a cut. Imported inputs must be
 * taken out of A first (domestic coefficients), or the loss at home is too large.
 */
#include "supply/leontief.h"

#include <math.h>

kd_status kd_leontief_solve(double *x, double *a, size_t n, kd_error *err) {
  kd_status status = KD_OK;
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++) a[i * n + j] = (i == j ? 1 : 0) - a[i * n + j];
  for (size_t k = 0; k < n; k++) {
    size_t pivot = k;
    for (size_t i = k + 1; i < n; i++)
      if (fabs(a[i * n + k]) > fabs(a[pivot * n + k])) pivot = i;
    KD_CHECK(fabs(a[pivot * n + k]) > 1e-12, err, KD_E_MODEL,
             "the table is singular at sector %zu: its inputs use up its output", k + 1);
    for (size_t j = 0; j < n; j++) {
      double held = a[k * n + j];
      a[k * n + j] = a[pivot * n + j], a[pivot * n + j] = held;
    }
    double held = x[k];
    x[k] = x[pivot], x[pivot] = held;
    for (size_t i = k + 1; i < n; i++) {
      const double part = a[i * n + k] / a[k * n + k];
      if (part == 0) continue;
      for (size_t j = k; j < n; j++) a[i * n + j] -= part * a[k * n + j];
      x[i] -= part * x[k];
    }
  }
  for (size_t i = n; i-- > 0;) {
    for (size_t j = i + 1; j < n; j++) x[i] -= a[i * n + j] * x[j];
    x[i] /= a[i * n + i];
  }
out:
  return status;
}

const kd_data_slot kd_leontief_data[2] = {
    {.name = "coefficients",
     .columns = "from [1], to [1], coefficient [1]",
     .doc = "Input from sector `from` per output of sector `to`; sectors are numbered from 1, missing pairs are 0."},
    {.name = "demand",
     .columns = "sector [1], demand [1], value_added [1]?",
     .doc = "Final demand, or its change, of each sector, and its value added per output."}};

/* Sector number of a cell as index, checked. */
static kd_status sector(size_t *out, double cell, size_t count, const char *column, size_t row, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(cell >= 1 && cell <= (double)count && cell == floor(cell), err, KD_E_RANGE,
           "%s %g in row %zu: must be a whole number from 1 to %zu", column, cell, row + 1, count);
  *out = (size_t)cell - 1;
out:
  return status;
}

kd_status kd_leontief_kernel(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  const kd_table *pairs = data[0], *final = data[1];
  const double *number = kd_table_column(final, "sector")->number, *demand = kd_table_column(final, "demand")->number;
  const kd_column *added = kd_table_column(final, "value_added");
  const double *from = kd_table_column(pairs, "from")->number, *to = kd_table_column(pairs, "to")->number;
  const double *coefficient = kd_table_column(pairs, "coefficient")->number;
  const size_t n = final->rows;
  (void)options;
  KD_CHECK(n >= 1 && n <= KD_LEONTIEF_SECTORS, work->err, KD_E_SIZE, "%zu sectors: must be 1 to %d", n,
           KD_LEONTIEF_SECTORS);
  double *a = kd_arena_alloc(work->scratch, n * n, sizeof *a), *x = kd_arena_alloc(work->scratch, n, sizeof *x);
  double *share = kd_arena_alloc(work->scratch, n, sizeof *share);
  KD_CHECK(a != NULL && x != NULL && share != NULL, work->err, KD_E_NOMEM, "out of memory for %zu sectors", n);
  for (size_t row = 0; row < n; row++) {
    size_t i = 0;
    KD_TRY(sector(&i, number[row], n, "sector", row, work->err));
    KD_CHECK(isfinite(demand[row]), work->err, KD_E_MISSING, "demand in row %zu is missing", row + 1);
    x[i] += demand[row];
    share[i] = added != NULL ? added->number[row] : (double)NAN;
  }
  for (size_t row = 0; row < pairs->rows; row++) {
    size_t i = 0, j = 0;
    KD_TRY(sector(&i, from[row], n, "from", row, work->err));
    KD_TRY(sector(&j, to[row], n, "to", row, work->err));
    KD_CHECK(coefficient[row] >= 0, work->err, KD_E_RANGE, "coefficient %g in row %zu: must be at least 0",
             coefficient[row], row + 1);
    a[i * n + j] += coefficient[row];
  }
  KD_TRY(kd_leontief_solve(x, a, n, work->err));
  KD_TRY(kd_table_create(out, work->ctx, "sector [1], output [1], value_added [1]", n, work->err));
  for (size_t i = 0; i < n; i++) {
    (*out)->column[0].number[i] = (double)i + 1;
    (*out)->column[1].number[i] = x[i];
    (*out)->column[2].number[i] = x[i] * share[i];
  }
out:
  return status;
}
