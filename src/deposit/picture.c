// SPDX-License-Identifier: Apache-2.0
/* The ground of a run from cores.
 *
 * Before an ensemble: cores -> composites -> estimate and simulations on coarse blocks (model.c). In each realisation
 * of the programme: one of the simulations, drawn with equal chance, as REY over the estimated REY of each block; the
 * elements keep the shares of the estimate, their own errors are drawn as for a table of blocks (realise.c).
 *
 * A column has the class of the block model: error at 90 % confidence on a quarter's and a year's production
 * (model_report.c), an exploration target where the table of cores says that it is reconstructed or assumed.
 *
 * Weakness  a run of more realisations than simulations meets the same picture again; the shares of the elements in a
 *           block do not vary with the simulation.
 */
#include "deposit/picture.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "deposit/composition.h"
#include "deposit/model.h"
#include "deposit/picture_exhibits.h"

struct kd_picture {
  kd_context *ctx;
  kd_arena *arena;
  kd_block_list list;
  double *ratio; /* [realisations][blocks] */
  size_t realisations;
  kd_mercator local; /* of cores that are given by longitude and latitude */
  bool projected;
  kd_exhibit exhibit[KD_PICTURE_EXHIBITS];
};

static kd_status allocate(kd_block_list *list, size_t blocks, size_t columns, kd_arena *arena, kd_error *err) {
  kd_status status = KD_OK;
  double *grade = kd_arena_alloc(arena, blocks, KD_ELEMENTS * sizeof *grade);
  *list = (kd_block_list){.block = kd_arena_alloc(arena, blocks, sizeof *list->block),
                          .count = blocks,
                          .columns = columns,
                          .rey = kd_arena_alloc(arena, blocks, sizeof(double)),
                          .mass = kd_arena_alloc(arena, blocks, sizeof(double)),
                          .distance = kd_arena_alloc(arena, columns, sizeof(double)),
                          .uncertainty = kd_arena_alloc(arena, columns, sizeof(double)),
                          .square = kd_arena_alloc(arena, columns, sizeof(int)),
                          .rank = kd_arena_alloc(arena, columns, sizeof(size_t))};
  KD_CHECK(grade != NULL && list->block != NULL && list->rey != NULL && list->mass != NULL && list->distance != NULL &&
               list->uncertainty != NULL && list->square != NULL && list->rank != NULL,
           err, KD_E_NOMEM, "no memory for %zu blocks", blocks);
  for (size_t e = 0; e < KD_ELEMENTS; e++) list->grade[e] = grade + e * blocks;
out:
  return status;
}

/* Grades of the 16 elements of one block of the model. */
static void grades_of(double grade[KD_ELEMENTS], const kd_model *m, size_t b, double scandium) {
  kd_composition(grade, m->estimate[m->main][b], scandium);
  for (size_t v = 0; v < m->variables; v++) {
    if (m->element[v] < 0) continue;
    if (m->summed || m->element[v] == KD_SC) grade[m->element[v]] = m->estimate[v][b];
  }
}

/* sd of the log metal of a column over the realisations. */
static double column_error(const kd_model *m, size_t c) {
  double sum = 0.0, square = 0.0;
  const double n = (double)m->realisations;
  for (size_t r = 0; r < m->realisations; r++) {
    const double x = m->column_metal[r * m->columns + c];
    sum += x;
    square += x * x;
  }
  const double mean = sum / n, variance = n > 1.0 ? fmax(0.0, (square - n * mean * mean) / (n - 1.0)) : 0.0;
  return mean > 0.0 ? sqrt(log1p(variance / (mean * mean))) : (double)INFINITY;
}

static kd_status fill(kd_picture *self, const kd_model *m, const kd_deposit_params *p, kd_error *err) {
  kd_status status = KD_OK;
  const kd_block_grid *g = &m->grid;
  const size_t layer = g->nx * g->ny;
  kd_block_list *list = &self->list;
  KD_CHECK(m->summed || strcmp(m->name[m->main], "rey") == 0, err, KD_E_MISSING,
           "the cores give %s first: a run wants all 15 rare earths, or a column rey", m->name[m->main]);
  KD_TRY(allocate(list, m->blocks, m->columns, self->arena, err));
  self->ratio = kd_arena_alloc(self->arena, m->blocks, m->realisations * sizeof *self->ratio);
  KD_CHECK(self->ratio != NULL, err, KD_E_NOMEM, "no memory for %zu realisations", m->realisations);
  self->realisations = m->realisations;
  for (size_t c = 0, at = 0; c < m->columns; c++) {
    list->square[c] = -1;
    list->uncertainty[c] = column_error(m, c);
    list->rank[c] = (size_t)m->column_class[c];
    for (size_t k = 0; k < g->nz; k++, at++) {
      const size_t b = (size_t)m->block_of[k * layer + m->column_cell[c]];
      double grade[KD_ELEMENTS];
      grades_of(grade, m, b, p->scandium);
      for (size_t e = 0; e < KD_ELEMENTS; e++) ((double *)(uintptr_t)list->grade[e])[at] = grade[e];
      list->rey[at] = kd_grade_rey(grade);
      list->mass[at] = m->mass[b];
      if (k == 0) list->distance[c] = m->distance[b];
      list->block[at] = (kd_block){.x = kd_grid_x(g, m->cell[b]),
                                   .y = kd_grid_y(g, m->cell[b]),
                                   .area = g->dx * g->dy,
                                   .top = g->z0 + (double)k * g->dz,
                                   .thickness = g->dz,
                                   .density = m->mass[b] / (g->dx * g->dy * g->dz),
                                   .column = (int)c,
                                   .square = -1};
      for (size_t r = 0; r < m->realisations; r++)
        self->ratio[r * m->blocks + at] = list->rey[at] > 0.0 ? m->captured[r * m->blocks + b] / list->rey[at] : 1.0;
    }
  }
out:
  return status;
}

static kd_status project(double *east, double *north, double lon, double lat, void *user, kd_error *err) {
  return kd_mercator_forward(east, north, user, lon, lat, err);
}

static kd_status read_domain(kd_polygons *out, const kd_table *table, kd_cores *cores, kd_work *work) {
  kd_status status = KD_OK;
  KD_TRY(kd_polygons_read(out, table, work));
  KD_CHECK(!out->geographic || cores->projected, work->err, KD_E_BASIS,
           "core_domain is in degrees, the cores are in metres: give both in one system");
  KD_TRY(kd_polygons_project(out, "core_domain", project, &cores->local, work->err));
out:
  return status;
}

kd_status kd_picture_prepare(void **out, const void *params, uint64_t seed, kd_context *ctx, kd_error *err) {
  kd_status status = KD_OK;
  const kd_deposit_params *p = params;
  kd_arena *scratch = NULL;
  kd_picture *self = NULL;
  kd_cores *cores = NULL;
  kd_model *model = NULL;
  const kd_cores_options reading = {.below = (kd_below)p->core_below,
                                    .twice = (kd_twice)p->core_duplicates,
                                    .below_factor = 0.5,
                                    .origin_lon = (double)NAN,
                                    .origin_lat = (double)NAN};
  kd_polygons domain;
  kd_model_options o = kd_model_defaults;
  *out = NULL;
  if (p->picture != KD_PICTURE_CORES || !isnan(p->stated_grade)) return KD_OK;
  KD_CHECK(p->cores != NULL, err, KD_E_MISSING, "picture: cores wants a table of cores: deposit.cores");
  KD_TRY(kd_arena_create(&scratch, ctx));
  kd_work work = {.ctx = ctx, .scratch = scratch, .err = err};
  cores = kd_arena_alloc(scratch, 1, sizeof *cores);
  model = kd_arena_alloc(scratch, 1, sizeof *model);
  self = kd_alloc(ctx, 1, sizeof *self);
  KD_CHECK(self != NULL && cores != NULL && model != NULL, err, KD_E_NOMEM, "no memory for the ground");
  self->ctx = ctx;
  KD_TRY(kd_arena_create(&self->arena, ctx));
  KD_TRY(kd_cores_read(cores, p->cores, &reading, &work));
  KD_TRY(kd_cores_inspect(cores, cores->variables, &reading, &work));
  o.composite.length = p->core_composite;
  o.dx = o.dy = p->core_block;
  o.realisations = (size_t)p->core_realisations;
  o.density = p->dry_density;
  o.seed = seed;
  o.topcut = p->core_topcut;
  if (p->core_domain != NULL) {
    KD_TRY(read_domain(&domain, p->core_domain, cores, &work));
    o.domain = &domain;
  }
  o.capture = true;
  o.production = p->core_production;
  o.limit[0] = p->measured_limit;
  o.limit[1] = p->inferred_limit;
  o.assumed = kd_cores_assumed(p->cores);
  KD_TRY(kd_model_run(model, cores, &o, &work));
  KD_TRY(fill(self, model, p, err));
  KD_TRY(kd_picture_show(self->exhibit, model, &o, &self->list, self->arena, err));
  self->projected = cores->projected;
  self->local = cores->local;
  *out = self;
  self = NULL;
out:
  kd_picture_release((void **)&self);
  kd_arena_destroy(&scratch);
  return status;
}

void kd_picture_release(void **picture) {
  if (picture == NULL || *picture == NULL) return;
  kd_picture *self = *picture;
  kd_arena_destroy(&self->arena);
  kd_free(self->ctx, self);
  *picture = NULL;
}

kd_status kd_picture_lay(kd_block_list *out, const kd_picture *self, const kd_deposit_params *p, kd_work *work) {
  kd_status status = KD_OK;
  const size_t n = self->list.count;
  *out = self->list;
  out->block = kd_arena_alloc(work->scratch, n, sizeof *out->block);
  out->mass = kd_arena_alloc(work->scratch, n, sizeof *out->mass);
  KD_CHECK(out->block != NULL && out->mass != NULL, work->err, KD_E_NOMEM, "no memory for %zu blocks", n);
  memcpy(out->block, self->list.block, n * sizeof *out->block);
  memcpy(out->mass, self->list.mass, n * sizeof *out->mass);
  if (p->draw_errors && self->realisations > 0) {
    const size_t drawn = (size_t)(kd_stream_uniform(work->rng) * (double)self->realisations);
    const size_t r = p->picture_number > 0 ? (p->picture_number - 1) % self->realisations : drawn;
    out->drawn = self->ratio + (r < self->realisations ? r : self->realisations - 1) * n;
  }
out:
  return status;
}

const kd_mercator *kd_picture_mercator(const kd_picture *self) {
  return self != NULL && self->projected ? &self->local : NULL;
}

size_t kd_picture_exhibits(const kd_exhibit **out, const void *picture) {
  const kd_picture *self = picture;
  *out = self->exhibit;
  return KD_PICTURE_EXHIBITS;
}

bool kd_cores_assumed(const kd_table *table) {
  static const char *const words[] = {"reconstruction", "RECONSTRUCTION", "assumed", "synthetic", "not assays"};
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
    if (table->note != NULL && strstr(table->note, words[i]) != NULL) return true;
    if (table->source != NULL && strstr(table->source, words[i]) != NULL) return true;
  }
  return false;
}
