// SPDX-License-Identifier: Apache-2.0
/* The columns of the ground as the head would cut them.
 *
 *   m  = sum_b t_b rd_b                           dry solid per area of cut           [kg/m2]            (1)
 *   mw = sum_b t_b (rd_b + n_b rf)                wet mud per area of cut             [kg/m2]            (2)
 *   v  = sum_b t_b rd_b sum_e(g_be o_e w_e) / u_b value per area of cut               [kg/m2]            (3)
 *
 *   t_b   thickness of block b between cover and column [m]       o_e  oxide per element          [kg/kg]
 *   rd_b  dry density, n_b porosity, rf pore water                w_e  weight of its value        [-]
 *   g_be  grade as it turns out [kg/kg]                           u_b  REY as it turns out over REY as planned [-]
 *
 * The plan ranks by (3): what was known beforehand. The mud lifted has the grades g_be. Ranking by g_be itself would
 * let the plan see the outcome, and overstate the grade of small tonnages most.
 */
#include "mineplan/columns.h"

#include "base/error.h"
#include "mineplan/rate.h"

double kd_block_inside(const kd_block *b, double cover, double column) {
  const double bottom = b->top + b->thickness;
  const double from = b->top > cover ? b->top : cover, to = bottom < column ? bottom : column;
  return to > from ? to - from : 0.0;
}

/* Sum over the 15 REY as a tree: the same bits always, and faster than a chain. */
static double sum_of(const double g[KD_REY]) {
  return (((g[0] + g[1]) + (g[2] + g[3])) + ((g[4] + g[5]) + (g[6] + g[7]))) +
         (((g[8] + g[9]) + (g[10] + g[11])) + ((g[12] + g[13]) + g[14]));
}

double kd_value_density(const double grade[KD_REY], const double priced[KD_REY]) {
  double value[KD_REY];
  for (int e = 0; e < KD_REY; e++) value[e] = grade[e] * priced[e];
  return sum_of(value);
}

/* One block's part of the cut. priced: weight times oxide factor. */
static kd_status add_block(kd_cut *cut, const kd_block *b, double ratio, const double priced[KD_REY],
                           const kd_mineplan_params *p, const kd_ground *ground, kd_error *err) {
  kd_status status = KD_OK;
  double water, dry;
  const double inside = kd_block_inside(b, p->cover, p->column);
  if (inside <= 0.0) goto out;
  KD_TRY(kd_water_ratio(&water, b->density, ground->grain_density, ground->pore_density, err));
  dry = inside * b->density;
  cut->dry += dry;
  cut->wet += dry * (1.0 + water);
  cut->rey += dry * sum_of(b->grade) / ratio;
  cut->value += dry * kd_value_density(b->grade, priced) / ratio;
  cut->depth = b->top + b->thickness < p->column ? b->top + b->thickness : p->column;
out:
  return status;
}

kd_status kd_cut_columns(kd_cut *out, const kd_mineplan_params *p, const kd_ground *ground, kd_error *err) {
  kd_status status = KD_OK;
  double priced[KD_REY];
  for (int e = 0; e < KD_REY; e++) priced[e] = p->value_weight[e] * kd_oxide_factor((kd_element_id)e);
  for (size_t c = 0; c < ground->columns; c++) out[c] = (kd_cut){0};
  for (size_t i = 0; i < ground->count; i++) {
    const kd_block *b = &ground->block[i];
    kd_cut *cut = &out[b->column];
    if (cut->end == 0) *cut = (kd_cut){.area = b->area, .first = i};
    cut->end = i + 1;
    KD_TRY(add_block(cut, b, ground->grade_ratio != NULL ? ground->grade_ratio[i] : 1.0, priced, p, ground, err));
  }
out:
  return status;
}

void kd_cut_elements(double element[KD_ELEMENTS], double cover[KD_ELEMENTS], const kd_cut *cut, double share,
                     const kd_mineplan_params *p, const kd_ground *ground) {
  const double *top = NULL;
  for (size_t i = cut->first; i < cut->end; i++) {
    const kd_block *b = &ground->block[i];
    const double dry = share * kd_block_inside(b, p->cover, p->column) * b->density;
    if (top == NULL) top = b->grade;
    for (int e = 0; e < KD_ELEMENTS; e++) element[e] += dry * b->grade[e];
  }
  for (int e = 0; top != NULL && e < KD_ELEMENTS; e++) cover[e] += share * cut->dry * top[e];
}
