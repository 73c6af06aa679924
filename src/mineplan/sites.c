// SPDX-License-Identifier: Apache-2.0
/* The ground of the chain as sites for a schedule over years.
 *
 *   A = min(a, w^2)          B = A (1 - x) C r b          m = A (1 - x) C r d / (1 - delta)                     (1)
 *   V = A (1 - x) C r v      T = B / (R (1 - delta))                                                          (2)
 *
 *   a  area of the column [m2]      w  side of a panel [m]      d, b, v  dry solid, mass in the basis of the rate and
 *   planned weighted oxide under 1 m2 [kg/m2] (columns.c)      x, C, r, delta  keep-out, coverage, recovery, dilution
 *   R  rate on a production day [kg/s of the basis]      T  production days that the panel takes [s]
 *
 * Source    own model, with the terms of mineplan.c. Weakness  one panel of each column, at its centre: the grade
 * within a column is taken as even, so that its other panels would be worth the same.
 */
#include "mineplan/sites.h"

#include <math.h>

#include "base/error.h"
#include "mineplan/columns.h"
#include "mineplan/head.h"
#include "mineplan/rate.h"

static double in_basis(const kd_cut *cut, const kd_mineplan_params *p, double slurry) {
  if (p->rate_basis == KD_BASIS_WET_MUD) return cut->wet;
  return p->rate_basis == KD_BASIS_SLURRY ? cut->dry / slurry : cut->dry;
}

static bool reaches(const kd_cut *cut, const kd_mineplan_params *p) {
  return cut->dry > 0.0 && cut->rey / cut->dry >= p->cutoff;
}

kd_status kd_mineplan_sites(kd_table **out, const kd_mineplan_params *p, const kd_ground *ground, double width,
                            kd_work *work) {
  kd_status status = KD_OK;
  double slurry = 1.0;
  size_t rows = 0, at = 0;
  *out = NULL;
  KD_CHECK(width > 0.0, work->err, KD_E_RANGE, "width %g m of a panel: must be above 0 m", width);
  KD_CHECK(p->rate > 0.0, work->err, KD_E_RANGE, "rate 0: no ship time can be told");
  kd_cut *cut = kd_arena_alloc(work->scratch, ground->columns, sizeof *cut);
  KD_CHECK(cut != NULL, work->err, KD_E_NOMEM, "no memory for %zu columns", ground->columns);
  KD_TRY(kd_cut_columns(cut, p, ground, work->err));
  if (p->rate_basis == KD_BASIS_SLURRY)
    KD_TRY(kd_basis_solids(&slurry, KD_BASIS_SLURRY, 0.0, ground->grain_density, ground->pore_density, p->slurry_solids,
                           work->err));
  for (size_t c = 0; c < ground->columns; c++) rows += reaches(&cut[c], p);
  KD_CHECK(rows > 0, work->err, KD_E_INFEASIBLE, "no column reaches the cut-off of %g ppm", p->cutoff * 1e6);
  KD_TRY(kd_table_create(out, work->ctx, "x [m], y [m], value [1], time [h], mass [t], column [1]", rows, work->err));
  const double left = (1.0 - p->keep_out) * kd_packing_coverage((kd_pattern)p->pattern, p->spacing) * p->recovery;
  for (size_t c = 0; c < ground->columns; c++) {
    if (!reaches(&cut[c], p)) continue;
    const kd_block *top = &ground->block[cut[c].first];
    const double lifted = fmin(cut[c].area, width * width) * left, thinned = 1.0 - p->dilution;
    KD_CHECK(isfinite(top->x) && isfinite(top->y), work->err, KD_E_MISSING,
             "column %zu has no place: x and y are wanted", c + 1);
    const double cell[6] = {top->x,
                            top->y,
                            lifted * cut[c].value * 1e-3,
                            lifted * in_basis(&cut[c], p, slurry) / (p->rate * thinned),
                            lifted * cut[c].dry / thinned,
                            (double)c + 1.0};
    for (size_t k = 0; k < 6; k++) (*out)->column[k].number[at] = cell[k];
    at++;
  }
out:
  if (status != KD_OK) kd_table_destroy(out);
  return status;
}
