// SPDX-License-Identifier: Apache-2.0
/* Covariances that reach further than any torus.
 *
 *   C(u)                        u <= U       U  the longest lag of the grid over the range                (1)
 *   C(u) -> k + b (U' - u)^2    U < u <= U'  with the value and the slope of C at U                       (2)
 *   C(u) -> k                   u > U'       U' = 2 U, or 3 U where that clips too much (3)
 *
 *   b = -C'(U) / (2 (U' - U)),  k = C(U) - b (U' - U)^2
 *
 * The constant k is one number for the whole field, and a torus larger than the grid by U' ranges holds the rest: all
 * lags within the grid keep the model's covariance, and the variance is the sill. Where the range along an axis is so
 * long that even this torus is too large, the lag along the axis is led once round it: x as far as the grid goes, from
 * there with falling slope, level at half of the torus. Without end along an axis this is exact: a constant.
 *
 * Source    intrinsic and cut-off embedding: Stein 2002, J. Comput. Graph. Stat. 11, 587; Gneiting, Sevcikova,
 * Percival, Schlather, Jiang 2006, J. Comput. Graph. Stat. 15, 483. The round axis is our own. Range     the spectrum
 * is positive for spherical and exponential structures up to three dimensions as far as tried, nearly so for the smooth
 * ones; fft_ma.c measures what is clipped. Weakness  a long range at an angle to the grid fits no torus: fft_ma.c
 * refuses it.
 */
#include "deposit/embedding.h"

#include <math.h>

#include "deposit/covariance_reach.h"
#include "numerics/fft.h"

#define CUT_END    2.0 /* U' over U, and for the second attempt */
#define CUT_LATE   3.0
#define OWN_MOST   4.0 /* times the grid: torus for a structure that ends by itself */
#define CUT_MOST   6.0 /* for one that is cut */
#define NODES_MOST 3e7 /* of a torus for cut structures */

static double unit(const kd_embedded *p, double u) {
  return 1.0 - kd_structure_unit(p->structure.kind, u, p->structure.shape);
}

/* Equations (1) to (3), less k. */
static double continued(const kd_embedded *p, double u) {
  if (u >= p->end) return 0.0;
  if (u <= p->cut) return unit(p, u) - p->level;
  return p->curve * (p->end - u) * (p->end - u);
}

static void cut_at(kd_embedded *p, double cut, double end) {
  const double step = 1e-4 * cut, slope = (unit(p, cut) - unit(p, cut - step)) / step;
  p->cut = cut;
  p->end = end;
  p->curve = -slope / (2.0 * (p->end - cut));
  p->level = unit(p, cut) - p->curve * (p->end - cut) * (p->end - cut);
}

/* The longest lag of the grid over the range. */
static double longest(const kd_structure *s, const double extent[3]) {
  double most = 0.0;
  for (int corner = 0; corner < 4; corner++) {
    const double h[3] = {extent[0], (corner & 1) != 0 ? -extent[1] : extent[1],
                         (corner & 2) != 0 ? -extent[2] : extent[2]};
    double square = 0.0;
    for (int k = 0; k < 3; k++)
      square += pow(s->map[3 * k] * h[0] + s->map[3 * k + 1] * h[1] + s->map[3 * k + 2] * h[2], 2.0);
    most = fmax(most, sqrt(square));
  }
  return most;
}

/* Nodes of the torus that one structure wants. */
static void plan_part(kd_embedding *e, kd_embedded *p, const kd_simulation_grid *grid, double reach, bool may_cut,
                      int attempt) {
  const double range[3] = {p->structure.range, p->structure.semi, p->structure.minor};
  bool ends = true;
  for (int a = 0; a < 3; a++) {
    double square = 0.0;
    for (int k = 0; k < 3; k++) square += pow(p->structure.map[3 * k + a] * range[k] * range[k], 2.0);
    p->box[a] = sqrt(square);
    ends = ends &&
           (grid->n[a] == 1 || p->box[a] * reach / grid->spacing[a] <= (OWN_MOST - 1.0) * (double)grid->n[a] + 8.0);
  }
  p->cut = p->end = reach;
  ends = ends || attempt == 2;
  if (!ends) {
    const double cut = longest(&p->structure, e->extent);
    e->plain = false;
    const double end = (attempt == 0 ? CUT_END : CUT_LATE) * cut;
    if (end < reach) cut_at(p, cut, end);
  }
  for (int a = 0; a < 3; a++) {
    const double n = (double)grid->n[a], more = ceil(p->box[a] * p->end / grid->spacing[a]);
    if (grid->n[a] == 1) continue;
    double most = (p->end == reach ? OWN_MOST : CUT_MOST) - 1.0;
    if (!ends && !may_cut) most = 1.0;
    p->round[a] = attempt < 2 && more > most * n + 8.0;
    const size_t wanted = kd_fft_length((size_t)(p->round[a] ? 2.0 * n : fmin(n + more, most * n + n + 8.0)));
    if (wanted > e->torus[a]) e->torus[a] = wanted;
  }
}

static void plan_once(kd_embedding *out, const kd_covariance *model, const kd_simulation_grid *grid, double tolerance,
                      bool may_cut, int attempt) {
  *out = (kd_embedding){.plain = true, .flat = model->nugget, .torus = {1, 1, 1}};
  for (int a = 0; a < 3; a++) {
    out->extent[a] = (double)(grid->n[a] - 1) * grid->spacing[a];
    out->torus[a] = grid->n[a] == 1 ? 1 : kd_fft_length(grid->n[a]);
  }
  for (size_t i = 0; i < model->count; i++) {
    const kd_structure *s = &model->structure[i];
    if (kd_structure_is_flat(s) || !(s->sill > 0)) continue;
    kd_covariance one = {0};
    double reach[3];
    kd_embedded *p = &out->part[out->count++];
    p->structure = *s;
    p->structure.range = p->structure.semi = p->structure.minor = 1.0; /* along x alone: the reach over the range */
    p->structure.azimuth = p->structure.dip = p->structure.rake = 0.0;
    (void)kd_covariance_add(&one, &p->structure, NULL);
    kd_covariance_reach(reach, &one, fmin(0.5, tolerance * model->sill / s->sill / (double)model->count));
    p->structure = *s;
    plan_part(out, p, grid, reach[0], may_cut, attempt);
  }
  for (int a = 0; a < 3; a++) out->half[a] = 0.5 * (double)out->torus[a] * grid->spacing[a];
}

void kd_embedding_plan(kd_embedding *out, const kd_covariance *model, const kd_simulation_grid *grid, double tolerance,
                       int attempt) {
  plan_once(out, model, grid, tolerance, true, attempt);
  if (!out->plain && (double)out->torus[0] * (double)out->torus[1] * (double)out->torus[2] > NODES_MOST)
    plan_once(out, model, grid, tolerance, false, attempt);
}

double kd_embedding_at(const kd_embedding *self, const double lag[3]) {
  double sum = lag[0] == 0.0 && lag[1] == 0.0 && lag[2] == 0.0 ? self->flat : 0.0;
  for (size_t i = 0; i < self->count; i++) {
    const kd_embedded *p = &self->part[i];
    const double *map = p->structure.map;
    double h[3], length[3], part = 0.0;
    int low[3], high[3];
    for (int a = 0; a < 3; a++) {
      const double far = fabs(lag[a]), room = self->half[a] - self->extent[a];
      const double over = fmax(0.0, far - self->extent[a]);
      h[a] = p->round[a] ? copysign(far - (room > 0.0 ? 0.5 * over * over / room : 0.0), lag[a]) : lag[a];
      length[a] = 2.0 * self->half[a];
      const bool still = p->round[a] || self->torus[a] == 1;
      low[a] = still ? 0 : (int)fmax(fmin(ceil((-p->box[a] * p->end - h[a]) / length[a]), 0), -8);
      high[a] = still ? 0 : (int)fmin(fmax(floor((p->box[a] * p->end - h[a]) / length[a]), 0), 8);
    }
    for (int z = low[2]; z <= high[2]; z++)
      for (int y = low[1]; y <= high[1]; y++)
        for (int x = low[0]; x <= high[0]; x++) {
          const double d[3] = {h[0] + x * length[0], h[1] + y * length[1], h[2] + z * length[2]};
          double square = 0.0;
          for (int k = 0; k < 3; k++)
            square += pow(map[3 * k] * d[0] + map[3 * k + 1] * d[1] + map[3 * k + 2] * d[2], 2.0);
          part += continued(p, sqrt(square));
        }
    sum += p->structure.sill * (p->level + part);
  }
  return sum;
}
