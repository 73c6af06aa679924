// SPDX-License-Identifier: Apache-2.0
#include "deposit/simulation_input.h"

#include <math.h>
#include <string.h>

#include "base/error.h"

void kd_simulation_grid_read(kd_simulation_grid *grid, const double *o) {
  for (int a = 0; a < 3; a++) {
    grid->n[a] = (size_t)o[a];
    grid->origin[a] = o[3 + a];
    grid->spacing[a] = isnan(o[6 + a]) ? o[6] : o[6 + a];
  }
}

kd_status kd_simulation_models_read(kd_covariance *model, size_t n, const char *text, kd_work *work) {
  kd_status status = KD_OK;
  char *copy = kd_arena_strdup(work->scratch, text);
  size_t count = 0;
  KD_CHECK(copy != NULL, work->err, KD_E_NOMEM, "out of memory");
  for (char *at = copy; at != NULL; count++) {
    char *end = strchr(at, ';');
    if (end != NULL) *end++ = '\0';
    KD_CHECK(count < n, work->err, KD_E_SIZE, "more models than the %zu variables", n);
    KD_TRY(kd_covariance_parse(&model[count], at, work->err));
    at = end;
  }
  KD_CHECK(count == 1 || count == n, work->err, KD_E_MISSING, "%zu models for %zu variables: one, or one for each",
           count, n);
  for (size_t v = count; v < n; v++) model[v] = model[0];
out:
  return status;
}
