// SPDX-License-Identifier: Apache-2.0
#include "results/model_large.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/files.h"
#include "deposit/kriging_grid.h"
#include "results/grid_files.h"

#define KD_PPM   1e6
#define KD_CELLS ((double)0xfffffff0u / 8.0) /* of a variable of the classic format */

typedef struct writer {
  kd_context *ctx;
  const kd_model *m;
  const kd_model_options *o;
  const char *path;
  void *file;
  uint64_t begin; /* of the first field */
  double volume, density;
  kd_model_large *out;
} writer;

static void encode(unsigned char *out, double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  for (unsigned i = 0; i < 8; i++) out[7 - i] = (unsigned char)(bits >> (8 * i) & 0xff);
}

static kd_status put(writer *w, uint64_t at, const double *value, size_t count, kd_error *err) {
  unsigned char bytes[8 * 256];
  const kd_file_layer *files = &w->ctx->files;
  int code = files->seek(w->file, at, files->user);
  for (size_t i = 0; code == 0 && i < count; i += 256) {
    const size_t now = count - i < 256 ? count - i : 256;
    for (size_t k = 0; k < now; k++) encode(bytes + 8 * k, value[i + k]);
    code = kd_file_write_fully(files, w->file, (const char *)bytes, 8 * now);
  }
  return code == 0 ? KD_OK : kd_file_refuse(err, code, "write it", w->path);
}

static kd_status take_row(size_t first, size_t count, const double *estimate, const double *variance, void *user,
                          kd_error *err) {
  kd_status status = KD_OK;
  writer *w = user;
  double grade[KD_GRID_ROW], spread[KD_GRID_ROW];
  KD_CHECK(count <= KD_GRID_ROW, err, KD_E_INTERNAL, "a row of %zu nodes", count);
  for (size_t i = 0; i < count; i++) {
    const double x = kd_grid_x(&w->m->grid, first + i), y = kd_grid_y(&w->m->grid, first + i);
    const bool in = w->o->domain == NULL || kd_polygons_contain(w->o->domain, x, y);
    grade[i] = spread[i] = (double)NAN;
    if (!in || isnan(estimate[i])) continue;
    const double value = fmax(estimate[i], 0.0), mass = w->volume * w->density;
    grade[i] = value * KD_PPM;
    spread[i] = variance[i];
    w->out->blocks++;
    w->out->tonnage += mass;
    w->out->metal += mass * value;
    for (size_t k = 0; k < w->out->curves && value >= w->out->curve[k].cutoff; k++) {
      w->out->curve[k].tonnage += mass;
      w->out->curve[k].metal += mass * value;
    }
  }
  KD_TRY(put(w, w->begin + 8 * (uint64_t)first, grade, count, err));
  KD_TRY(put(w, w->begin + 8 * ((uint64_t)w->out->cells + first), spread, count, err));
out:
  return status;
}

static kd_status run(writer *w, kd_arena *arena, kd_error *err) {
  kd_status status = KD_OK;
  const kd_model *m = w->m;
  const kd_block_grid *g = &m->grid;
  const kd_points points = {.count = m->composites.samples, .x = m->x, .y = m->y, .z = m->z};
  const kd_search_rule rule = kd_model_search(m, &w->o->search);
  kd_kriging_rule how = w->o->estimator;
  const kd_grid grid = {.origin = {g->x0 + 0.5 * g->dx, g->y0 + 0.5 * g->dy, g->z0 + 0.5 * g->dz},
                        .cell = {g->dx, g->dy, g->dz},
                        .nodes = {g->nx, g->ny, g->nz}};
  kd_search search;
  kd_kriging kriging;
  kd_grid_totals totals;
  if (how.simple) how.mean = m->declustered_mean[m->main];
  if (w->o->block) {
    how.block[0] = g->dx;
    how.block[1] = g->dy;
    how.block[2] = g->dz;
  }
  KD_TRY(kd_search_create(&search, arena, &points, m->core, &rule, err));
  KD_TRY(kd_kriging_create(&kriging, &points, m->value, NULL, &m->variogram, &how, &search, arena, err));
  KD_TRY(kd_kriging_grid(&totals, &kriging, &grid, NULL, take_row, w, w->ctx, err));
out:
  return status;
}

static kd_status save(kd_context *ctx, const char *folder, const char *name, kd_text *text, kd_error *err) {
  kd_status status = KD_OK;
  char path[4096];
  KD_CHECK(!text->failed, err, KD_E_NOMEM, "%s: out of memory", name);
  KD_TRY(kd_path_join(path, sizeof path, folder, name, err));
  KD_TRY(kd_file_write_all(ctx, path, text->bytes, text->length, err));
out:
  return status;
}

static kd_status write_tables(const writer *w, const char *folder, const kd_model_story *story, kd_error *err) {
  kd_status status = KD_OK;
  kd_text text;
  kd_text_init(&text, w->ctx);
  kd_text_printf(&text, "# source: %s\ncutoff [ppm],tonnage [Mt],grade [ppm],metal [kt]\n", story->source);
  for (size_t k = 0; k < w->out->curves; k++) {
    const kd_model_curve *c = &w->out->curve[k];
    kd_text_printf(&text, "%.9g,%.9g,", c->cutoff * KD_PPM, c->tonnage * 1e-9);
    if (c->tonnage > 0.0) kd_text_printf(&text, "%.9g", c->metal / c->tonnage * KD_PPM);
    kd_text_printf(&text, ",%.9g\n", c->metal * 1e-6);
  }
  KD_TRY(save(w->ctx, folder, "grade_tonnage.csv", &text, err));
  text.length = 0;
  kd_text_add(&text, "{\"cores\": ");
  kd_text_add_json(&text, story->cores);
  kd_text_printf(&text, ", \"assumed\": %s, \"cells\": %zu, \"blocks\": %zu, \"main\": \"%s\", \"tonnage_t\": ",
                 w->o->assumed ? "true" : "false", w->out->cells, w->out->blocks, w->m->name[w->m->main]);
  kd_text_add_number(&text, w->out->tonnage * 1e-3);
  kd_text_add(&text, ", \"metal_t\": ");
  kd_text_add_number(&text, w->out->metal * 1e-3);
  kd_text_add(&text, "}\n");
  KD_TRY(save(w->ctx, folder, "model.json", &text, err));
out:
  kd_text_free(&text);
  return status;
}

kd_status kd_model_write_large(kd_model_large *out, kd_context *ctx, const char *folder, const kd_model *m,
                               const kd_model_options *o, const kd_model_story *story, kd_error *err) {
  kd_status status = KD_OK;
  const kd_block_grid *g = &m->grid;
  char path[4096];
  kd_text head;
  kd_arena *arena = NULL;
  const kd_file_layer *files = &ctx->files;
  const kd_grid_field field[2] = {{m->name[m->main], "ppm", "estimated grade, by dry mass", NULL},
                                  {"kriging_variance", "1", "of the normal score at block support", NULL}};
  writer w = {.ctx = ctx, .m = m, .o = o, .path = path, .volume = g->dx * g->dy * g->dz, .out = out};
  kd_text_init(&head, ctx);
  *out = (kd_model_large){.cells = g->nx * g->ny * g->nz, .curves = m->curves};
  for (size_t k = 0; k < m->curves; k++) out->curve[k].cutoff = m->curve[k].cutoff;
  for (size_t i = 0; i < m->composites.samples; i++)
    w.density += m->weight[i] * m->density[i] / (double)m->composites.samples;
  KD_CHECK((double)out->cells <= KD_CELLS, err, KD_E_SIZE, "%zu blocks: the file holds at most %.0f", out->cells,
           KD_CELLS);
  KD_TRY(kd_path_join(path, sizeof path, folder, "blocks.nc", err));
  const kd_grid_files what = {.grid = *g,
                              .title = o->assumed
                                           ? "Estimate from assumed or reconstructed cores: an exploration target"
                                           : "Estimate from cores",
                              .source = story->source,
                              .georeferenced = story->georeferenced,
                              .local = story->local,
                              .field = field,
                              .fields = 2};
  kd_grid_netcdf_head(&head, &what);
  KD_CHECK(!head.failed, err, KD_E_NOMEM, "%s: out of memory", path);
  w.begin = head.length;
  int code = files->open(&w.file, path, KD_OPEN_CREATE, files->user);
  if (code == 0) code = kd_file_write_fully(files, w.file, head.bytes, head.length);
  if (code != 0) {
    status = kd_file_refuse(err, code, "write it", path);
    goto out;
  }
  KD_TRY(kd_arena_create(&arena, ctx));
  KD_TRY(run(&w, arena, err));
  KD_TRY(write_tables(&w, folder, story, err));
out:
  if (w.file != NULL) {
    const int closed = files->close(w.file, files->user);
    if (status == KD_OK && closed != 0) status = kd_file_refuse(err, closed, "close it", path);
  }
  kd_arena_destroy(&arena);
  kd_text_free(&head);
  return status;
}
