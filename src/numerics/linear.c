// SPDX-License-Identifier: Apache-2.0
#include "numerics/linear.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"

#ifdef KD_HAVE_CBC
#include <coin/Cbc_C_Interface.h>
#include <coin/Clp_C_Interface.h>
#endif

kd_status kd_linear_open(kd_linear *out, kd_arena *scratch, size_t rows, size_t columns, size_t entries,
                         kd_error *err) {
  kd_status status = KD_OK;
  *out = (kd_linear){.scratch = scratch, .row_room = rows, .column_room = columns, .entry_room = entries};
  out->row_low = kd_arena_alloc(scratch, rows + 1, sizeof(double));
  out->row_high = kd_arena_alloc(scratch, rows + 1, sizeof(double));
  out->low = kd_arena_alloc(scratch, columns + 1, sizeof(double));
  out->high = kd_arena_alloc(scratch, columns + 1, sizeof(double));
  out->price = kd_arena_alloc(scratch, columns + 1, sizeof(double));
  out->whole = kd_arena_alloc(scratch, columns + 1, sizeof(bool));
  out->start = kd_arena_alloc(scratch, columns + 2, sizeof(int));
  out->row = kd_arena_alloc(scratch, entries + 1, sizeof(int));
  out->value = kd_arena_alloc(scratch, entries + 1, sizeof(double));
  KD_CHECK(rows < INT32_MAX / 2 && columns < INT32_MAX / 2 && entries < INT32_MAX / 2 && out->row_low != NULL &&
               out->row_high != NULL && out->low != NULL && out->high != NULL && out->price != NULL &&
               out->whole != NULL && out->start != NULL && out->row != NULL && out->value != NULL,
           err, KD_E_NOMEM, "no memory for a programme of %zu rows and %zu columns", rows, columns);
out:
  return status;
}

kd_status kd_linear_row(kd_linear *self, size_t *index, double low, double high, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(self->rows < self->row_room, err, KD_E_INTERNAL, "more rows than the programme was opened for");
  if (index != NULL) *index = self->rows;
  self->row_low[self->rows] = low;
  self->row_high[self->rows++] = high;
out:
  return status;
}

kd_status kd_linear_column(kd_linear *self, size_t *index, double low, double high, double price, bool whole,
                           kd_error *err) {
  kd_status status = KD_OK;
  const size_t c = self->columns;
  KD_CHECK(c < self->column_room, err, KD_E_INTERNAL, "more columns than the programme was opened for");
  if (index != NULL) *index = c;
  self->low[c] = low;
  self->high[c] = high;
  self->price[c] = price;
  self->whole[c] = whole;
  self->columns++;
  self->start[self->columns] = (int)self->entries;
out:
  return status;
}

kd_status kd_linear_entry(kd_linear *self, size_t row, double value, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(self->entries < self->entry_room && self->columns > 0 && row < self->rows, err, KD_E_INTERNAL,
           "an entry outside of the programme");
  if (value == 0.0) goto out;
  self->row[self->entries] = (int)row;
  self->value[self->entries++] = value;
  self->start[self->columns] = (int)self->entries;
out:
  return status;
}

bool kd_linear_available(void) {
#ifdef KD_HAVE_CBC
  return true;
#else
  return false;
#endif
}

#ifdef KD_HAVE_CBC

static kd_status refuse(int status, kd_error *err) {
  if (status == 1) return kd_error_set(err, KD_E_INFEASIBLE, "no plan keeps within all limits");
  if (status == 2) return kd_error_set(err, KD_E_MODEL, "the programme has no largest value");
  return kd_error_set(err, KD_E_CONVERGENCE, "the linear programme was not solved (code %d)", status);
}

static kd_status solve_continuous(kd_linear_result *out, const kd_linear *p, kd_error *err) {
  kd_status status = KD_OK;
  Clp_Simplex *model = Clp_newModel();
  KD_CHECK(model != NULL, err, KD_E_NOMEM, "no memory for the linear programme");
  Clp_setLogLevel(model, 0);
  Clp_loadProblem(model, (int)p->columns, (int)p->rows, p->start, p->row, p->value, p->low, p->high, p->price,
                  p->row_low, p->row_high);
  Clp_setOptimizationDirection(model, -1.0);
  (void)Clp_initialSolve(model);
  const int code = Clp_status(model);
  if (code != 0) {
    status = refuse(code, err);
    goto out;
  }
  memcpy(out->x, Clp_primalColumnSolution(model), p->columns * sizeof(double));
  out->objective = out->bound = Clp_objectiveValue(model);
  out->proven = true;
out:
  if (model != NULL) Clp_deleteModel(model);
  return status;
}

static kd_status solve_whole(kd_linear_result *out, const kd_linear *p, double seconds, double nodes, double gap,
                             kd_error *err) {
  kd_status status = KD_OK;
  char text[64];
  Cbc_Model *model = Cbc_newModel();
  KD_CHECK(model != NULL, err, KD_E_NOMEM, "no memory for the linear programme");
  Cbc_loadProblem(model, (int)p->columns, (int)p->rows, p->start, p->row, p->value, p->low, p->high, p->price,
                  p->row_low, p->row_high);
  Cbc_setObjSense(model, -1.0);
  for (size_t c = 0; c < p->columns; c++)
    if (p->whole[c]) Cbc_setInteger(model, (int)c);
  Cbc_setParameter(model, "log", "0");
  Cbc_setParameter(model, "slog", "0");
  snprintf(text, sizeof text, "%g", gap);
  Cbc_setParameter(model, "ratioGap", text);
  if (isfinite(seconds)) {
    snprintf(text, sizeof text, "%g", seconds);
    Cbc_setParameter(model, "sec", text);
  }
  if (isfinite(nodes)) {
    snprintf(text, sizeof text, "%.0f", nodes);
    Cbc_setParameter(model, "maxNodes", text);
  }
  (void)Cbc_solve(model);
  if (Cbc_isProvenInfeasible(model)) {
    status = refuse(1, err);
    goto out;
  }
  const double *x = Cbc_getColSolution(model);
  KD_CHECK(x != NULL && Cbc_bestSolution(model) != NULL, err, KD_E_CONVERGENCE,
           "no plan was found in %g s and %g nodes of search", seconds, nodes);
  memcpy(out->x, Cbc_bestSolution(model), p->columns * sizeof(double));
  out->objective = Cbc_getObjValue(model);
  out->proven = Cbc_isProvenOptimal(model) != 0;
  out->bound = Cbc_getBestPossibleObjValue(model);
  if (out->bound < out->objective) out->bound = out->objective;
out:
  if (model != NULL) Cbc_deleteModel(model);
  return status;
}

#endif

kd_status kd_linear_solve(kd_linear_result *out, kd_linear *self, double seconds, double nodes, double gap,
                          kd_error *err) {
  kd_status status = KD_OK;
  bool whole = false;
  *out = (kd_linear_result){.x = kd_arena_alloc(self->scratch, self->columns + 1, sizeof(double))};
  KD_CHECK(out->x != NULL, err, KD_E_NOMEM, "no memory for the linear programme");
  for (size_t c = 0; c < self->columns; c++) whole = whole || self->whole[c];
#ifdef KD_HAVE_CBC
  KD_TRY(whole ? solve_whole(out, self, seconds, nodes, gap, err) : solve_continuous(out, self, err));
#else
  (void)seconds;
  (void)nodes;
  (void)gap;
  KD_CHECK(false, err, KD_E_MODEL, "this build is without Clp and Cbc: the greedy plan alone is there");
#endif
out:
  return status;
}
