// SPDX-License-Identifier: Apache-2.0
#include "results/model_folder.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/elements.h"
#include "base/error.h"
#include "base/files.h"
#include "results/grid_files.h"
#include "results/layers.h"

#define KD_PPM 1e6

const char *const kd_model_class_name[KD_MODEL_CLASSES] = {"measured", "indicated", "inferred", "exploration_target"};

typedef struct folder {
  kd_context *ctx;
  const char *path;
  const kd_model *m;
  const kd_model_options *o;
  const kd_model_story *story;
  kd_error *err;
} folder;

static kd_status save(const folder *f, const char *name, kd_text *text) {
  kd_status status = KD_OK;
  char path[4096];
  KD_CHECK(!text->failed, f->err, KD_E_NOMEM, "%s: out of memory", name);
  KD_TRY(kd_path_join(path, sizeof path, f->path, name, f->err));
  KD_TRY(kd_file_write_all(f->ctx, path, text->bytes != NULL ? text->bytes : "", text->length, f->err));
out:
  kd_text_free(text);
  return status;
}

static const char *unit_of(const kd_model *m, size_t v) {
  (void)m;
  (void)v;
  return "ppm";
}

/* ---- grids ---- */

static void spread_out(double *out, const kd_model *m, const double *value, double factor) {
  const size_t cells = m->grid.nx * m->grid.ny * m->grid.nz;
  for (size_t i = 0; i < cells; i++) out[i] = m->block_of[i] >= 0 ? factor * value[m->block_of[i]] : (double)NAN;
}

static const char *title_of(const folder *f) {
  return f->o->assumed ? "Block model from assumed or reconstructed cores: an exploration target, not a resource"
                       : "Block model from cores";
}

static kd_grid_files files_of(const folder *f, const kd_grid_field *field, size_t fields) {
  return (kd_grid_files){.grid = f->m->grid,
                         .title = title_of(f),
                         .source = f->story->source,
                         .georeferenced = f->story->georeferenced,
                         .local = f->story->local,
                         .field = field,
                         .fields = fields};
}

static kd_status write_blocks(const folder *f) {
  kd_status status = KD_OK;
  const kd_model *m = f->m;
  const size_t cells = m->grid.nx * m->grid.ny * m->grid.nz, fields = m->variables + 6;
  kd_grid_field field[KD_MODEL_VARIABLE + 6];
  double *all = kd_alloc(f->ctx, cells, fields * sizeof *all), *volume = NULL;
  char path[4096], name[64];
  KD_CHECK(all != NULL, f->err, KD_E_NOMEM, "no memory for the files of %zu blocks", cells);
  for (size_t v = 0; v < m->variables; v++) {
    spread_out(all + v * cells, m, m->estimate[v], KD_PPM);
    field[v] = (kd_grid_field){m->name[v], unit_of(m, v), "estimated grade, by dry mass", all + v * cells};
  }
  const double *const more[5] = {m->mass, m->variance, m->simulated_mean, m->simulated_sd, m->probability};
  const double factor[5] = {1e-3, 1.0, KD_PPM, KD_PPM, 1.0};
  static const char *const names[5] = {"dry_tonnage", "kriging_variance", "simulated_mean", "simulated_sd",
                                       "probability_above_cutoff"};
  static const char *const units[5] = {"t", "1", "ppm", "ppm", "1"};
  static const char *const docs[5] = {
      "dry solid of the block", "of the normal score at block support", "mean of the realisations of the main grade",
      "standard deviation over the realisations", "share of realisations at or above the cut-off"};
  for (size_t k = 0; k < 5; k++) {
    double *at = all + (m->variables + k) * cells;
    spread_out(at, m, more[k], factor[k]);
    field[m->variables + k] = (kd_grid_field){names[k], units[k], docs[k], at};
  }
  volume = all + (m->variables + 5) * cells;
  const size_t layer = m->grid.nx * m->grid.ny;
  for (size_t i = 0; i < cells; i++)
    volume[i] = m->column_of[i % layer] >= 0 ? 1.0 + m->column_class[m->column_of[i % layer]] : (double)NAN;
  field[m->variables + 5] = (kd_grid_field){
      "class", "1", "1 measured, 2 indicated, 3 inferred, 4 exploration target, by relative error alone", volume};
  const kd_grid_files what = files_of(f, field, fields);
  for (int k = 0; k < KD_GRID_GEOTIFF; k++) {
    snprintf(name, sizeof name, "blocks%s", kd_grid_suffix[k]);
    KD_TRY(kd_path_join(path, sizeof path, f->path, name, f->err));
    KD_TRY(kd_grid_write(f->ctx, path, (kd_grid_format)k, &what, f->err));
  }
out:
  kd_free(f->ctx, all);
  return status;
}

enum { MAP_TONNAGE, MAP_GRADE, MAP_METAL, MAP_SD, MAP_ERROR, MAP_ERROR_YEAR, MAP_CLASS, MAPS };
static const char *const map_name[MAPS] = {"dry_tonnage",   "grade",      "metal", "metal_sd",
                                           "error_quarter", "error_year", "class"};
static const char *const map_unit[MAPS] = {"t", "ppm", "t", "%", "%", "%", "1"};
static const char *const map_doc[MAPS] = {"dry solid of the column",
                                          "mean main grade of the column",
                                          "metal of the main grade in the column",
                                          "relative standard deviation of that metal over the realisations",
                                          "relative error at 90 % of the panel of a quarter's production",
                                          "relative error at 90 % of the panel of a year's production",
                                          "1 measured, 2 indicated, 3 inferred, 4 exploration target"};

static void map_values(double value[MAPS], const kd_model *m, size_t c) {
  double sum = 0.0, square = 0.0;
  for (size_t r = 0; r < m->realisations; r++) {
    const double x = m->column_metal[r * m->columns + c];
    sum += x;
    square += x * x;
  }
  const double n = (double)m->realisations, mean = sum / n;
  value[MAP_TONNAGE] = m->column_mass[c] * 1e-3;
  value[MAP_GRADE] = m->columns_sum[c] / m->column_mass[c] * KD_PPM;
  value[MAP_METAL] = m->columns_sum[c] * 1e-3;
  value[MAP_SD] =
      n > 1 && mean > 0 ? 100.0 * sqrt(fmax(0.0, (square - n * mean * mean) / (n - 1))) / mean : (double)NAN;
  value[MAP_ERROR] = 100.0 * m->column_error[c];
  value[MAP_ERROR_YEAR] = 100.0 * m->column_error_year[c];
  value[MAP_CLASS] = 1.0 + m->column_class[c];
}

static kd_status write_maps(const folder *f) {
  kd_status status = KD_OK;
  const kd_model *m = f->m;
  const size_t layer = m->grid.nx * m->grid.ny;
  kd_grid_field field[MAPS];
  char path[4096];
  double *all = kd_alloc(f->ctx, layer, MAPS * sizeof *all);
  KD_CHECK(all != NULL, f->err, KD_E_NOMEM, "no memory for the maps");
  for (size_t i = 0; i < layer; i++) {
    double value[MAPS];
    for (size_t k = 0; k < MAPS; k++) value[k] = (double)NAN;
    if (m->column_of[i] >= 0) map_values(value, m, (size_t)m->column_of[i]);
    for (size_t k = 0; k < MAPS; k++) all[k * layer + i] = value[k];
  }
  for (size_t k = 0; k < MAPS; k++) field[k] = (kd_grid_field){map_name[k], map_unit[k], map_doc[k], all + k * layer};
  kd_grid_files what = files_of(f, field, MAPS);
  what.grid.nz = 1;
  KD_TRY(kd_path_join(path, sizeof path, f->path, "maps.tif", f->err));
  KD_TRY(kd_grid_write(f->ctx, path, KD_GRID_GEOTIFF, &what, f->err));
out:
  kd_free(f->ctx, all);
  return status;
}

static kd_status write_layers(const folder *f) {
  static const char *const field[MAPS] = {"dry_t",          "grade_ppm", "metal_t", "metal_sd_pct", "error_quarter_pct",
                                          "error_year_pct", "class"};
  kd_status status = KD_OK;
  const kd_model *m = f->m;
  const kd_block_grid *g = &m->grid;
  char path[4096];
  kd_text wkt;
  kd_feature *feature = kd_alloc(f->ctx, m->columns, sizeof *feature);
  double *numbers = kd_alloc(f->ctx, m->columns, (10 + MAPS) * sizeof *numbers);
  char *names = kd_alloc(f->ctx, m->columns, 24);
  kd_text_init(&wkt, f->ctx);
  KD_CHECK(feature != NULL && numbers != NULL && names != NULL, f->err, KD_E_NOMEM, "no memory for the layers");
  for (size_t c = 0; c < m->columns; c++) {
    const double x = kd_grid_x(g, m->column_cell[c]), y = kd_grid_y(g, m->column_cell[c]);
    const double corner[10] = {x - g->dx / 2, y - g->dy / 2, x + g->dx / 2, y - g->dy / 2, x + g->dx / 2,
                               y + g->dy / 2, x - g->dx / 2, y + g->dy / 2, x - g->dx / 2, y - g->dy / 2};
    double *ring = numbers + c * (10 + MAPS), *value = ring + 10;
    memcpy(ring, corner, sizeof corner);
    map_values(value, m, c);
    snprintf(names + 24 * c, 24, "%zu", c + 1);
    feature[c] = (kd_feature){.name = names + 24 * c, .ring = ring, .points = 5, .value = value};
  }
  const kd_grid_files what = files_of(f, NULL, 0);
  kd_grid_wkt(&wkt, &what);
  KD_CHECK(!wkt.failed, f->err, KD_E_NOMEM, "no memory for the layers");
  const kd_layer layer = {.name = "columns",
                          .description = title_of(f),
                          .field = field,
                          .fields = MAPS,
                          .feature = feature,
                          .features = m->columns,
                          .wkt = f->story->georeferenced ? wkt.bytes : NULL};
  KD_TRY(kd_path_join(path, sizeof path, f->path, "model.gpkg", f->err));
  KD_TRY(kd_layers_write(f->ctx, path, &layer, 1, f->err));
out:
  kd_text_free(&wkt);
  kd_free(f->ctx, feature);
  kd_free(f->ctx, numbers);
  kd_free(f->ctx, names);
  return status;
}

/* ---- tables ---- */

static void add_spread(kd_text *out, const kd_spread *s, double factor) {
  const double value[5] = {s->p10, s->p50, s->p90, s->mean, s->sd};
  for (size_t k = 0; k < 5; k++) {
    kd_text_add(out, ",");
    if (!isnan(value[k])) kd_text_printf(out, "%.9g", value[k] * factor);
  }
}

static void head(kd_text *out, const folder *f) {
  kd_text_printf(out, "# %s\n# source: %s\n", title_of(f), f->story->source);
}

static void curve_table(kd_text *out, const folder *f) {
  const kd_model *m = f->m;
  head(out, f);
  kd_text_add(out,
              "cutoff [ppm],tonnage [Mt],grade [ppm],metal [kt],tonnage_p10 [Mt],tonnage_p50 [Mt],tonnage_p90 [Mt],"
              "tonnage_mean [Mt],tonnage_sd [Mt],grade_p10 [ppm],grade_p50 [ppm],grade_p90 [ppm],grade_mean [ppm],"
              "grade_sd [ppm],metal_p10 [kt],metal_p50 [kt],metal_p90 [kt],metal_mean [kt],metal_sd [kt]\n");
  for (size_t k = 0; k < m->curves; k++) {
    const kd_model_curve *c = &m->curve[k];
    kd_text_printf(out, "%.9g,%.9g,", c->cutoff * KD_PPM, c->tonnage * 1e-9);
    if (!isnan(c->grade)) kd_text_printf(out, "%.9g", c->grade * KD_PPM);
    kd_text_printf(out, ",%.9g", c->metal * 1e-6);
    add_spread(out, &c->tonnages, 1e-9);
    add_spread(out, &c->grades, KD_PPM);
    add_spread(out, &c->metals, 1e-6);
    kd_text_add(out, "\n");
  }
}

static void totals_table(kd_text *out, const folder *f) {
  const kd_model *m = f->m;
  head(out, f);
  kd_text_add(out, "variable,grade [ppm],metal [kt],oxide [kt],p10 [kt],p50 [kt],p90 [kt],mean [kt],sd [kt],"
                   "declustered_mean [ppm],naive_mean [ppm],topcut [ppm]\n");
  for (size_t v = 0; v < m->variables; v++) {
    kd_text_printf(out, "%s,%.9g,%.9g,", m->name[v], m->total[v] / m->tonnage * KD_PPM, m->total[v] * 1e-6);
    if (m->element[v] >= 0)
      kd_text_printf(out, "%.9g", m->total[v] * 1e-6 * kd_oxide_factor((kd_element_id)m->element[v]));
    add_spread(out, &m->totals[v], 1e-6);
    kd_text_printf(out, ",%.9g,%.9g,", m->declustered_mean[v] * KD_PPM, m->naive_mean[v] * KD_PPM);
    if (!isnan(m->cap[v])) kd_text_printf(out, "%.9g", m->cap[v] * KD_PPM);
    kd_text_add(out, "\n");
  }
}

static void lags_table(kd_text *out, const char *direction, const kd_model_lags *lags, const kd_model *m, bool down) {
  for (size_t l = 0; l < KD_MODEL_LAGS; l++) {
    if (!(lags->pairs[l] > 0.0)) continue;
    const double h = lags->distance[l];
    const double model = down ? kd_semivariance(&m->variogram, 0, 0, h) : kd_semivariance(&m->variogram, 0, h, 0);
    kd_text_printf(out, "%s,%.9g,%.9g,%.9g,%.0f\n", direction, h, lags->gamma[l], model, lags->pairs[l]);
  }
}

static void variogram_table(kd_text *out, const folder *f) {
  char model[256];
  head(out, f);
  kd_model_variogram_text(model, sizeof model, &f->m->variogram);
  kd_text_printf(out, "# model: %s\n", model);
  kd_text_add(out, "direction,distance [m],gamma [1],model [1],pairs [1]\n");
  lags_table(out, "across", &f->m->across, f->m, false);
  lags_table(out, "down", &f->m->down, f->m, true);
}

static void swath_table(kd_text *out, const folder *f) {
  static const char *const axis[3] = {"x", "y", "depth"};
  head(out, f);
  kd_text_add(out, "axis,at [m],composites [ppm],estimate [ppm],simulated [ppm],count [1]\n");
  for (size_t a = 0; a < 3; a++) {
    for (size_t k = 0; k < f->m->swaths[a]; k++) {
      const kd_swath *s = &f->m->swath[a][k];
      const double value[3] = {s->composites, s->estimate, s->simulated};
      kd_text_printf(out, "%s,%.9g", axis[a], s->at);
      for (size_t i = 0; i < 3; i++) {
        kd_text_add(out, ",");
        if (!isnan(value[i])) kd_text_printf(out, "%.9g", value[i] * KD_PPM);
      }
      kd_text_printf(out, ",%zu\n", s->count);
    }
  }
}

static void composites_table(kd_text *out, const folder *f) {
  const kd_cores *c = &f->m->composites;
  head(out, f);
  kd_text_add(out, "id,x [m],y [m],from [m],to [m],density [t/m3],weight [1]");
  for (size_t v = 0; v < c->variables; v++) kd_text_printf(out, ",%s [ppm]", c->variable[v].name);
  kd_text_add(out, "\n");
  for (size_t i = 0; i < c->samples; i++) {
    const kd_sample *s = &c->sample[i];
    kd_text_add(out, "\"");
    for (const char *id = c->core[s->core].id; *id != '\0'; id++)
      kd_text_add(out, *id == '"' ? "\"\"" : (char[]){*id, 0});
    kd_text_printf(out, "\",%.10g,%.10g,%.9g,%.9g,", c->core[s->core].x, c->core[s->core].y, s->from, s->to);
    if (!isnan(s->density)) kd_text_printf(out, "%.9g", s->density * 1e-3);
    kd_text_printf(out, ",%.9g", f->m->weight[i]);
    for (size_t v = 0; v < c->variables; v++) {
      kd_text_add(out, ",");
      if (!isnan(c->variable[v].value[i])) kd_text_printf(out, "%.9g", c->variable[v].value[i] * KD_PPM);
    }
    kd_text_add(out, "\n");
  }
}

/* The blocks as deposit.blocks of a scenario: the chain can run on the model as it stands. */
static void run_table(kd_text *out, const folder *f) {
  const kd_model *m = f->m;
  const kd_block_grid *g = &m->grid;
  head(out, f);
  kd_text_add(out,
              "column [1],x [km],y [km],area [km2],top [m],thickness [m],density [t/m3],distance [km],uncertainty [1]");
  if (!m->summed) kd_text_add(out, ",rey [ppm]");
  for (size_t v = 0; m->summed && v < m->variables; v++)
    if (m->element[v] >= 0) kd_text_printf(out, ",grade_%s [ppm]", m->name[v]);
  kd_text_add(out, "\n");
  const size_t layer = g->nx * g->ny;
  char height[32];
  snprintf(height, sizeof height, "%.9g", g->dz);
  for (size_t c = 0; c < m->columns; c++) {
    double value[MAPS];
    map_values(value, m, c);
    char place[128], spread[32] = ""; /* what all blocks of a column share */
    snprintf(place, sizeof place, "%zu,%.9g,%.9g,%.9g,", c + 1, kd_grid_x(g, m->column_cell[c]) * 1e-3,
             kd_grid_y(g, m->column_cell[c]) * 1e-3, g->dx * g->dy * 1e-6);
    if (!isnan(value[MAP_SD]))
      snprintf(spread, sizeof spread, "%.6g", sqrt(log1p(1e-4 * value[MAP_SD] * value[MAP_SD])));
    for (size_t k = 0; k < g->nz; k++) {
      const int32_t at = m->block_of[k * layer + m->column_cell[c]];
      if (at < 0) continue;
      const size_t b = (size_t)at;
      kd_text_add(out, place);
      kd_text_printf(out, "%.9g,%s,%.9g,%.6g,%s", g->z0 + (double)k * g->dz, height,
                     m->mass[b] / (g->dx * g->dy * g->dz) * 1e-3, m->distance[b] * 1e-3, spread);
      if (!m->summed) kd_text_printf(out, ",%.9g", m->estimate[m->main][b] * KD_PPM);
      for (size_t v = 0; m->summed && v < m->variables; v++)
        if (m->element[v] >= 0) {
          kd_text_add_bytes(out, ",", 1);
          kd_put_number(out, m->estimate[v][b] * KD_PPM);
        }
      kd_text_add(out, "\n");
    }
  }
}

static void models_table(kd_text *out, const folder *f) {
  head(out, f);
  kd_model_variograms_table(out, f->m);
}

static void realisations_table(kd_text *out, const folder *f) {
  head(out, f);
  kd_model_realisations_table(out, f->m);
}

static void reproduction_table(kd_text *out, const folder *f) {
  head(out, f);
  kd_model_reproduction_table(out, f->m);
}

static void json_spread(kd_text *out, const char *name, const kd_spread *s, double factor, const char *unit) {
  const double value[5] = {s->p10, s->p50, s->p90, s->mean, s->sd};
  static const char *const names[5] = {"p10", "p50", "p90", "mean", "sd"};
  kd_text_printf(out, "\"%s\": {", name);
  for (size_t k = 0; k < 5; k++) {
    kd_text_printf(out, "\"%s\": ", names[k]);
    kd_text_add_number(out, value[k] * factor);
    kd_text_add(out, ", ");
  }
  kd_text_printf(out, "\"unit\": \"%s\"}", unit);
}

static void json_number(kd_text *out, const char *name, double value) {
  kd_text_printf(out, ", \"%s\": ", name);
  kd_text_add_number(out, value);
}

void kd_model_json(kd_text *out, const kd_model *m, const kd_model_options *o, const kd_model_story *story) {
  char model[256];
  kd_model_variogram_text(model, sizeof model, &m->variogram);
  kd_text_add(out, "{\"cores\": ");
  kd_text_add_json(out, story->cores);
  kd_text_add(out, ", \"source\": ");
  kd_text_add_json(out, story->source);
  kd_text_printf(out, ", \"assumed\": %s", o->assumed ? "true" : "false");
  json_number(out, "core_count", (double)m->composites.count);
  json_number(out, "composites", (double)m->composites.samples);
  json_number(out, "filled", (double)m->filled);
  json_number(out, "blocks", (double)m->blocks);
  json_number(out, "realisations", (double)m->realisations);
  json_number(out, "tonnage_t", m->tonnage * 1e-3);
  kd_text_add(out, ", \"variogram\": ");
  kd_text_add_json(out, model);
  kd_text_printf(out, ", \"variogram_fitted\": %s, \"main\": \"%s\", \"variables\": [", m->fitted ? "true" : "false",
                 m->name[m->main]);
  for (size_t v = 0; v < m->variables; v++) {
    kd_text_printf(out, "%s{\"name\": \"%s\"", v > 0 ? ", " : "", m->name[v]);
    json_number(out, "grade_ppm", m->total[v] / m->tonnage * KD_PPM);
    json_number(out, "metal_t", m->total[v] * 1e-3);
    kd_text_add(out, ", ");
    json_spread(out, "simulated", &m->totals[v], 1e-3, "t");
    kd_text_add(out, "}");
  }
  kd_text_add(out, "], \"classes\": {");
  for (size_t k = 0; k < KD_MODEL_CLASSES; k++) {
    kd_text_printf(out, "%s\"%s\": {\"tonnage_t\": ", k > 0 ? ", " : "", kd_model_class_name[k]);
    kd_text_add_number(out, m->class_tonnage[k] * 1e-3);
    json_number(out, "metal_t", m->class_metal[k] * 1e-3);
    kd_text_add(out, "}");
  }
  kd_text_add(out, "}, \"qaqc\": [");
  for (size_t i = 0; story->qaqc != NULL && i < story->qaqc->count; i++) {
    const kd_qaqc_row *r = &story->qaqc->row[i];
    kd_text_printf(out, "%s{\"kind\": \"%s\", \"of\": ", i > 0 ? ", " : "", kd_control_word(r->kind));
    kd_text_add_json(out, r->of);
    kd_text_printf(out, ", \"variable\": \"%s\"", story->table->variable[r->variable].name);
    json_number(out, "count", (double)r->count);
    json_number(out, "bias", r->bias);
    json_number(out, "spread", r->kind == KD_CONTROL_BLANK ? (double)NAN : r->spread);
    json_number(out, "outside", (double)r->outside);
    kd_text_add(out, "}");
  }
  kd_text_printf(out, "], \"left_out\": %zu, \"factors\": %zu, \"checked\": %zu", m->unreached, m->factors, m->checked);
  kd_text_add(out, ", \"check\": {\"score_mean\": ");
  kd_text_add_number(out, m->check.mean);
  json_number(out, "score_variance", m->check.variance);
  json_number(out, "score_variance_wanted", m->check.variance_wanted);
  json_number(out, "variogram_error", m->check.variogram_error);
  json_number(out, "correlation_error", m->check.correlation_error);
  kd_text_add(out, "}}\n");
}

kd_status kd_model_write(kd_context *ctx, const char *path, const kd_model *model, const kd_model_options *options,
                         const kd_model_story *story, kd_error *err) {
  static void (*const table[])(kd_text *, const folder *) = {curve_table,  totals_table,       variogram_table,
                                                             swath_table,  composites_table,   run_table,
                                                             models_table, realisations_table, reproduction_table};
  static const char *const names[] = {"grade_tonnage.csv",    "totals.csv",       "variogram.csv",
                                      "swaths.csv",           "composites.csv",   "blocks_for_run.csv",
                                      "variogram_models.csv", "realisations.csv", "reproduction.csv"};
  kd_status status = KD_OK;
  const folder f = {.ctx = ctx, .path = path, .m = model, .o = options, .story = story, .err = err};
  kd_text text;
  KD_TRY(write_blocks(&f));
  KD_TRY(write_maps(&f));
  KD_TRY(write_layers(&f));
  for (size_t k = 0; k < sizeof table / sizeof table[0]; k++) {
    kd_text_init(&text, ctx);
    table[k](&text, &f);
    KD_TRY(save(&f, names[k], &text));
  }
  if (model->top != NULL) {
    kd_text_init(&text, ctx);
    head(&text, &f);
    kd_model_layer_table(&text, model);
    KD_TRY(save(&f, "layer.csv", &text));
  }
  if (story->qaqc != NULL && story->qaqc->count > 0) {
    kd_text_init(&text, ctx);
    head(&text, &f);
    kd_model_qaqc_table(&text, story);
    KD_TRY(save(&f, "qaqc.csv", &text));
  }
  kd_text_init(&text, ctx);
  kd_model_page(&text, model, options, story);
  KD_TRY(save(&f, "report.html", &text));
  kd_text_init(&text, ctx);
  kd_model_json(&text, model, options, story);
  KD_TRY(save(&f, "model.json", &text));
out:
  return status;
}
