// SPDX-License-Identifier: Apache-2.0
/* The deposit stage: estimated blocks in, one equally possible picture of the ground and its resource out.
 *
 *   1. read the blocks (blocks.c) or lay one block of a stated grade
 *   2. rank the squares by the estimate, before any error is drawn
 *   3. draw the errors (realise.c): the deposit's, each square's and column's, each element's
 *   4. sum what lies in place: by element, by square, by cut-off, by class (grade_tonnage.c)
 *
 * The best square is the one that the estimate ranks first, followed through the realisations: taking the richest
 * square of each realisation anew would report luck as ore.
 */
#include "deposit/deposit.h"

#include <math.h>

#include "base/error.h"
#include "deposit/blocks.h"
#include "deposit/composition.h"
#include "deposit/grade_tonnage.h"
#include "deposit/picture.h"
#include "deposit/realise.h"

/* Square with the most REY in the estimate; -1 when there are no squares. */
static kd_status rank_squares(int *best, const kd_block_list *list, kd_work *work) {
  kd_status status = KD_OK;
  double *metal = kd_arena_alloc(work->scratch, list->squares + 1, sizeof(double));
  KD_CHECK(metal != NULL, work->err, KD_E_NOMEM, "no memory for %zu squares", list->squares);
  *best = list->squares > 0 ? 0 : -1;
  for (size_t i = 0; i < list->count; i++) {
    const int square = list->block[i].square;
    if (square >= 0) metal[square] += list->mass[i] * list->rey[i];
  }
  for (size_t q = 1; q < list->squares; q++)
    if (metal[q] > metal[*best]) *best = (int)q;
out:
  return status;
}

static kd_status lay_ground(kd_block_list *list, kd_realisation *drawn, int *best, const kd_deposit_params *p,
                            kd_work *work) {
  kd_status status = KD_OK;
  const bool stated = !isnan(p->stated_grade);
  *best = -1;
  if (stated) {
    KD_TRY(kd_blocks_stated(list, p, work->scratch, work->err));
  } else {
    KD_CHECK(p->picture == KD_PICTURE_BLOCKS || work->prepared != NULL, work->err, KD_E_MISSING,
             "the ground from cores was not prepared");
    KD_CHECK(p->blocks != NULL || work->prepared != NULL, work->err, KD_E_MISSING,
             "neither a table of blocks nor a stated grade is given");
    if (work->prepared != NULL)
      KD_TRY(kd_picture_lay(list, work->prepared, p, work));
    else
      KD_TRY(kd_blocks_read(list, p->blocks, p->scandium, p->dry_density, work->scratch, work->err));
    if (!isnan(p->dry_density)) kd_blocks_scale_density(list, p->dry_density);
    KD_TRY(rank_squares(best, list, work));
  }
  KD_TRY(kd_blocks_realise(drawn, list, !stated, p, work));
out:
  return status;
}

/* Opens a column: area, and the class of all that stands in it. */
static size_t open_column(kd_deposit_result *out, const kd_block_list *list, const kd_block *b,
                          const kd_realisation *drawn, int best, const kd_deposit_params *p) {
  const double limit[KD_CLASSES - 1] = {p->measured_limit, p->indicated_limit, p->inferred_limit};
  out->area += b->area;
  if (best >= 0 && b->square == best) out->best_square_area += b->area;
  if (!isnan(p->stated_grade)) return KD_CLASSES - 1; /* nobody says how far the stated grade was measured */
  if (list->rank != NULL) return list->rank[b->column];
  return kd_resource_class(kd_relative_error(drawn->error[b->column]), limit);
}

/* Sums by square, by class and by cut-off; one is the curve at the cut-off of the parameters. */
static void sum_blocks(kd_deposit_result *out, kd_grade_tonnage curve[KD_CUTOFFS], kd_grade_tonnage *one,
                       const kd_block_list *list, const kd_realisation *drawn, int best, const kd_deposit_params *p) {
  double best_mass = 0.0, best_metal = 0.0;
  for (size_t i = 0, end; i < list->count; i = end) {
    const kd_block *b = &list->block[i];
    const size_t rank = open_column(out, list, b, drawn, best, p);
    double volume = 0.0, mass = 0.0, metal = 0.0, reo = 0.0;
    for (end = i; end < list->count && list->block[end].column == b->column; end++) {
      kd_grade_tonnage_add(curve, kd_cutoffs, KD_CUTOFFS, list->mass[end], drawn->rey[end], drawn->reo[end]);
      const double in = drawn->rey[end] >= p->cutoff ? list->mass[end] : 0.0;
      one->tonnage += in;
      one->metal += in * drawn->rey[end];
      one->reo += in * drawn->reo[end];
      volume += list->block[end].area * list->block[end].thickness;
      mass += list->mass[end];
      metal += list->mass[end] * drawn->rey[end];
      reo += list->mass[end] * drawn->reo[end];
    }
    out->volume += volume;
    out->dry_tonnage += mass;
    out->tonnage_by_class[rank] += mass;
    out->reo_by_class[rank] += reo;
    if (best < 0 || b->square != best) continue;
    out->best_square_reo += reo;
    best_mass += mass;
    best_metal += metal;
  }
  out->best_square_grade = best >= 0 ? best_metal / best_mass : (double)NAN;
  if (best < 0) out->best_square_reo = out->best_square_area = (double)NAN;
}

/* Metal and oxide in place by element. */
static void sum_elements(kd_deposit_result *out, const kd_realisation *drawn) {
  for (int e = 0; e < KD_ELEMENTS; e++) {
    out->resource.element[e] = drawn->element[e];
    out->oxide[e] = drawn->element[e] * kd_oxide_factor((kd_element_id)e);
  }
  out->resource.oxide = kd_grade_rey(out->oxide);
}

/* Means of the whole ground from its sums. */
static kd_status derive(kd_deposit_result *out, const kd_deposit_params *p, kd_error *err) {
  kd_status status = KD_OK;
  kd_mud_state mud;
  const double metal = kd_grade_rey(out->resource.element);
  out->reo = out->resource.oxide;
  out->mean_grade = metal / out->dry_tonnage;
  out->heavy_share = kd_grade_heavy_share(out->resource.element);
  out->dry_density = out->dry_tonnage / out->volume;
  KD_TRY(kd_mud_state_from(&mud, out->dry_density, p->grain_density, p->pore_density, err));
  out->wet_density = mud.wet_density;
  out->porosity = mud.porosity;
  out->water_content = mud.water_content;
out:
  return status;
}

static void fill_curve(kd_deposit_result *out, kd_grade_tonnage curve[KD_CUTOFFS], kd_grade_tonnage *one) {
  kd_grade_tonnage_close(curve, KD_CUTOFFS);
  kd_grade_tonnage_close(one, 1);
  for (size_t i = 0; i < KD_CUTOFFS; i++) {
    out->tonnage_above[i] = curve[i].tonnage;
    out->grade_above[i] = curve[i].grade;
    out->reo_above[i] = curve[i].reo;
  }
  out->tonnage_above_cutoff = one->tonnage;
  out->grade_above_cutoff = one->grade;
  out->reo_above_cutoff = one->reo;
}

kd_status kd_deposit_run(kd_deposit_result *out, const kd_deposit_params *p, kd_work *work) {
  kd_status status = KD_OK;
  kd_block_list list;
  kd_grade_tonnage curve[KD_CUTOFFS] = {0}, one = {0};
  kd_realisation drawn;
  int best;
  *out = (kd_deposit_result){0};
  KD_TRY(lay_ground(&list, &drawn, &best, p, work));
  sum_blocks(out, curve, &one, &list, &drawn, best, p);
  sum_elements(out, &drawn);
  KD_TRY(derive(out, p, work->err));
  fill_curve(out, curve, &one);
  out->ground = (kd_ground){.block = list.block,
                            .count = list.count,
                            .columns = list.columns,
                            .water_depth = p->water_depth,
                            .grain_density = p->grain_density,
                            .pore_density = p->pore_density,
                            .grade_ratio = isnan(p->stated_grade) ? drawn.ratio : NULL};
out:
  return status;
}
