// SPDX-License-Identifier: Apache-2.0
/* Operability table.
 *
 *   s_h^2(w) = S(w) R(w, heading)^2 dw,  scaled so that the waves carry hs^2/16                                    (1)
 *   amplitude of a response: most probable largest in the sea, s sqrt(2 ln(duration/Tz))                          (2)
 *   ratio = amplitude (with the value at rest where that counts) over its limit; the largest one governs           (3)
 *
 *   S  wave spectrum [m2 s]    R  vertical motion at the string per wave amplitude     Tz  zero crossing period [s]
 *
 * The axial answer of the string is that of string_frequency.c with drag linearised in each sea, started from the drag
 * of the next lower sea, so that a cell takes two to five rounds. Source    (2) narrow Gaussian response. Which limits
 * count and their values belong to the user. Range     axial and vertical limits. Weakness: angles and offsets by
 * current are not in the table; long-crested seas.
 */
#include "lift/operability.h"

#include <math.h>

#include "base/error.h"

#define PI 3.14159265358979323846

static double over(double load, double limit) {
  return limit > 0 && isfinite(limit) ? load / limit : 0;
}

/* Ratios of one sea from the standard deviations. */
static void judge(kd_operability_cell *cell, const kd_operability *o, const kd_bar *bar, const kd_bar_amplitudes *a,
                  const double *rest, double heave_sd, double stroke_sd) {
  const double tz = a->zero_period > 0 ? a->zero_period : 10, factor = sqrt(2 * log(fmax(o->duration / tz, 2.72)));
  const size_t n = bar->elements;
  double stress = 0, slack = 0, still = 0;
  for (size_t i = 0; i <= n; i++) {
    const size_t e = i < n ? i : n - 1;
    const double dynamic = factor * a->tension[i];
    still = fmax(still, rest[i] / (bar->wall_area[e] * bar->yield[e]));
    stress = fmax(stress, (rest[i] + dynamic) / (bar->wall_area[e] * bar->yield[e]));
    /* Against the tension at rest; a light foot is judged an element above it, where a tension is left to lose. */
    if (i < n || rest[n] > 1e-3 * rest[0]) slack = fmax(slack, rest[i] > 0 ? dynamic / rest[i] : HUGE_VAL);
  }
  cell->heave = factor * heave_sd, cell->tension = rest[0] + factor * a->tension[0];
  cell->foot = factor * a->foot, cell->stroke = factor * stroke_sd;
  cell->ratio[KD_GOVERNS_STRESS] = over(stress, o->allowable);
  cell->ratio[KD_GOVERNS_HOOK] = over(cell->tension, o->hook_load);
  cell->ratio[KD_GOVERNS_SLACK] = over(slack, o->slack_share);
  cell->ratio[KD_GOVERNS_STROKE] = over(cell->stroke, o->stroke);
  cell->ratio[KD_GOVERNS_FOOT] = over(cell->foot, o->foot);
  cell->ratio[KD_GOVERNS_HEAVE] = over(cell->heave, o->heave);
  cell->at_rest = fmax(over(still, o->allowable), over(rest[0], o->hook_load));
  cell->largest = 0;
  cell->rounds = a->rounds;
  for (int k = 0; k < KD_GOVERNS; k++)
    if (cell->ratio[k] > cell->largest) cell->largest = cell->ratio[k], cell->governs = (kd_operation_limit)k;
}

/* Standard deviation of ship against string, with the drag as it settled. */
static double stroke_of(const kd_bar *bar, const kd_bar_sea *sea, const double *variance, kd_bar_response *r,
                        const kd_linear_drag *drag) {
  double sum = 0;
  if (!isfinite(bar->hold_stiffness)) return 0;
  for (size_t k = 0; k < sea->count; k++) {
    if (!(variance[k] > 0)) continue;
    kd_bar_respond(r, bar, sea->omega[k], drag);
    sum += variance[k] * ((r->re[0] - 1) * (r->re[0] - 1) + r->im[0] * r->im[0]);
  }
  return sqrt(sum);
}

kd_status kd_operability_solve(kd_operability_cell *out, const kd_operability *o, const kd_bar *bar, kd_work *work) {
  kd_status status = KD_OK;
  kd_bar_sea sea;
  kd_bar_amplitudes a;
  kd_bar_response response;
  kd_linear_drag drag;
  const size_t n = bar->elements, cells = o->frequencies > 0 ? o->frequencies : 64;
  for (size_t i = 0; i < o->hs_count; i++)
    KD_CHECK(o->hs[i] > 0 && (i == 0 || o->hs[i] > o->hs[i - 1]), work->err, KD_E_RANGE,
             "hs: value %zu: must be above 0 m and rise", i + 1);
  for (size_t i = 0; i < o->tp_count; i++)
    KD_CHECK(o->tp[i] >= 2 && o->tp[i] <= 40, work->err, KD_E_RANGE, "tp: value %zu, %g s: must be from 2 s to 40 s",
             i + 1, o->tp[i]);
  KD_TRY(kd_bar_response_create(&response, bar, work));
  KD_TRY(kd_bar_amplitudes_create(&a, bar, work));
  KD_TRY(kd_linear_drag_create(&drag, bar, work));
  KD_TRY(kd_bar_sea_create(&sea, 2 * PI / 40, 2 * PI / 2.5, kd_bar_frequency(bar, 1, work), cells, work));
  double *rao2 = kd_arena_alloc(work->scratch, cells, sizeof *rao2);
  double *variance = kd_arena_alloc(work->scratch, cells, sizeof *variance);
  double *rest = kd_arena_alloc(work->scratch, n + 1, sizeof *rest);
  KD_CHECK(rao2 != NULL && variance != NULL && rest != NULL, work->err, KD_E_NOMEM, "no memory for %zu frequencies",
           cells);
  rest[n] = bar->head_weight;
  for (size_t i = n; i-- > 0;) rest[i] = rest[i + 1] + bar->weight[i] * bar->length[i];
  for (size_t h = 0; h < o->heading_count; h++) {
    for (size_t k = 0; k < cells; k++) {
      const double r = kd_vessel_heave(&o->ship, sea.omega[k], o->heading[h]);
      rao2[k] = r * r;
    }
    for (size_t t = 0; t < o->tp_count; t++) {
      for (size_t i = 0; i < n; i++) drag.wall[i] = 0;
      drag.head = 0;
      for (size_t s = 0; s < o->hs_count; s++) {
        kd_wave_spectrum waves = {.law = o->law, .hs = o->hs[s], .tp = o->tp[t], .gamma = o->gamma};
        KD_TRY(kd_wave_spectrum_prepare(&waves, work->err));
        double whole = 0, heave = 0;
        for (size_t k = 0; k < cells; k++) whole += variance[k] = kd_wave_density(&waves, sea.omega[k]) * sea.width[k];
        const double scale = o->hs[s] * o->hs[s] / (16 * whole);
        for (size_t k = 0; k < cells; k++) heave += variance[k] *= scale * rao2[k];
        /* From the drag of the last sea, which grows about as its height. */
        if (s > 0) {
          const double grow = o->hs[s] / o->hs[s - 1];
          for (size_t i = 0; i < n; i++) drag.wall[i] *= grow;
          drag.head *= grow;
        }
        status = kd_bar_irregular(&a, bar, &sea, variance, &response, &drag, work->err);
        if (status != KD_OK) {
          kd_error_context(work->err, "hs %g m, tp %g s, heading %g deg: ", o->hs[s], o->tp[t],
                           o->heading[h] * 180 / PI);
          goto out;
        }
        const double stroke = stroke_of(bar, &sea, variance, &response, &drag);
        judge(&out[(h * o->tp_count + t) * o->hs_count + s], o, bar, &a, rest, sqrt(heave), stroke);
      }
    }
  }
out:
  return status;
}

void kd_operability_limits(double *out, const kd_operability *o, const kd_operability_cell *cells) {
  for (size_t i = 0; i < o->heading_count * o->tp_count; i++) {
    const kd_operability_cell *row = cells + i * o->hs_count;
    size_t s = 0;
    while (s < o->hs_count && row[s].largest <= 1) s++;
    if (s == o->hs_count) {
      out[i] = o->hs[s - 1];
    } else {
      /* From a calm sea, where the ratio is that of the rest, straight through the two first seas. */
      const double h1 = s > 0 ? o->hs[s - 1] : 0, h2 = o->hs[s], r2 = row[s].largest;
      const double r1 = s > 0 ? row[s - 1].largest : row[0].at_rest;
      out[i] = r1 < 1 ? h1 + (h2 - h1) * (1 - r1) / (r2 - r1) : 0;
    }
  }
}
