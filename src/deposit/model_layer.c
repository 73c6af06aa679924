// SPDX-License-Identifier: Apache-2.0
/* A layer as the domain: its top and base over the columns of blocks, kriged from the cores.
 *
 *   top(x)       ordinary kriging of the layer's top in the cores that meet it
 *   thickness(x) ordinary kriging of base less top, 0 in a core that misses it; never below 0
 *   share of a block = length of [top, top + thickness] inside the block / height of the block                      (1)
 *
 * A block with a share below a hundredth is left out; the others count with their share of the mass. Each surface has
 * its own variogram, chosen and fitted as that of grades.
 *
 * Source    Chiles and Delfiner 2012, ch. 3; top and thickness rather than top and base, so that they cannot cross.
 * Weakness  the surfaces are taken as known in the realisations; a core that ends inside the layer gives a base that
 *           is too high: their number is told.
 */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "deposit/layer.h"
#include "deposit/model_internal.h"
#include "deposit/variogram.h"

#define KD_LEAST_SHARE 0.01
#define KD_LAGS        15

typedef struct picks {
  size_t count;
  double *x, *y, *top, *thickness; /* top NaN: the core misses the layer */
} picks;

kd_status kd_model_layer_samples(kd_cores *out, const kd_cores *cores, const char *layer, kd_work *work) {
  kd_status status = KD_OK;
  size_t kept = 0;
  *out = *cores;
  out->sample = kd_arena_alloc(work->scratch, cores->samples + 1, sizeof *out->sample);
  out->core = kd_arena_alloc(work->scratch, cores->count + 1, sizeof *out->core);
  out->variable = kd_arena_alloc(work->scratch, cores->variables + 1, sizeof *out->variable);
  KD_CHECK(out->sample && out->core && out->variable, work->err, KD_E_NOMEM, "no memory for the layer %s", layer);
  memcpy(out->core, cores->core, cores->count * sizeof *out->core);
  for (size_t v = 0; v < cores->variables; v++) {
    out->variable[v] = cores->variable[v];
    out->variable[v].value = kd_arena_alloc(work->scratch, cores->samples + 1, sizeof(double));
    out->variable[v].limit = kd_arena_alloc(work->scratch, cores->samples + 1, sizeof(double));
    KD_CHECK(out->variable[v].value && out->variable[v].limit, work->err, KD_E_NOMEM, "no memory for the layer %s",
             layer);
  }
  for (size_t c = 0; c < cores->count; c++) {
    out->core[c].first = kept;
    for (size_t i = cores->core[c].first; i < cores->core[c].end; i++) {
      if (strcmp(cores->sample[i].layer, layer) != 0) continue;
      for (size_t v = 0; v < cores->variables; v++) {
        out->variable[v].value[kept] = cores->variable[v].value[i];
        out->variable[v].limit[kept] = cores->variable[v].limit[i];
      }
      out->sample[kept++] = cores->sample[i];
    }
    out->core[c].end = kept;
  }
  out->samples = kept;
  KD_CHECK(kept > 0, work->err, KD_E_MISSING, "no sample lies in the layer '%s': its name stands in the column layer",
           layer);
out:
  return status;
}

static kd_status pick(picks *out, size_t *open_cores, const kd_cores *cores, const char *layer, kd_work *work) {
  kd_status status = KD_OK;
  double **axis[4] = {&out->x, &out->y, &out->top, &out->thickness};
  for (int a = 0; a < 4; a++) {
    *axis[a] = kd_arena_alloc(work->scratch, cores->count + 1, sizeof(double));
    KD_CHECK(*axis[a] != NULL, work->err, KD_E_NOMEM, "no memory for %zu cores", cores->count);
  }
  out->count = cores->count;
  for (size_t c = 0; c < cores->count; c++) {
    const kd_core *core = &cores->core[c];
    double top = (double)NAN, base = (double)NAN;
    bool last = false;
    for (size_t i = core->first; i < core->end; i++) {
      last = strcmp(cores->sample[i].layer, layer) == 0;
      if (!last) continue;
      top = isnan(top) ? cores->sample[i].from : fmin(top, cores->sample[i].from);
      base = isnan(base) ? cores->sample[i].to : fmax(base, cores->sample[i].to);
    }
    out->x[c] = core->x;
    out->y[c] = core->y;
    out->top[c] = top;
    out->thickness[c] = isnan(top) ? 0.0 : base - top;
    *open_cores += last ? 1u : 0u;
  }
out:
  return status;
}

/* Variogram of a surface; where nothing can be fitted half nugget, half a range of three spacings. */
static kd_status fit_surface(kd_covariance *out, const kd_points *points, const double *value, double spacing,
                             kd_work *work) {
  kd_status status = KD_OK;
  kd_variogram_rule *rule = kd_arena_alloc(work->scratch, 1, sizeof *rule);
  kd_choices *choices = kd_arena_alloc(work->scratch, 1, sizeof *choices);
  kd_lag lag[KD_LAGS + 1];
  double pairs[KD_LAGS], distance[KD_LAGS], gamma[KD_LAGS], mean = 0.0, variance = 0.0;
  const kd_choice_rule choice = {.family = {KD_SPHERICAL, KD_EXPONENTIAL},
                                 .families = 2,
                                 .shape = (double)NAN,
                                 .structures = 1,
                                 .nugget = true,
                                 .weight = KD_FIT_RELATIVE};
  size_t n = 0;
  KD_CHECK(rule != NULL && choices != NULL, work->err, KD_E_NOMEM, "no memory for the variogram of a surface");
  *out = (kd_covariance){0};
  for (size_t i = 0; i < points->count; i++) mean += value[i] / (double)points->count;
  for (size_t i = 0; i < points->count; i++) variance += (value[i] - mean) * (value[i] - mean) / (double)points->count;
  const double width = fmax(0.5 * spacing, kd_variogram_cutoff(points) * 2.0 / KD_LAGS);
  KD_TRY(kd_variogram_lags(rule, width * KD_LAGS, width, work->err));
  KD_TRY(kd_variogram(lag, points, value, NULL, rule, NULL, work->scratch, work->err));
  for (size_t l = 0; l < rule->lags; l++) {
    if (!(lag[l].pairs > 0.0) || !(lag[l].distance > 0.0)) continue;
    pairs[n] = lag[l].pairs;
    distance[n] = lag[l].distance;
    gamma[n++] = lag[l].gamma;
  }
  if (variance > 0.0 && n >= 4) {
    const kd_fit_lags lags = {.count = n, .pairs = pairs, .distance = distance, .gamma = gamma};
    KD_TRY(kd_variogram_choose(choices, &lags, &choice, work->scratch, work->err));
    *out = choices->choice[0].fit.model;
  }
  if (out->count > 0 && out->sill > 0.0) goto out;
  const double sill = variance > 0.0 ? 0.5 * variance : 1.0, range = 3.0 * spacing;
  *out = (kd_covariance){0};
  const kd_structure half[2] = {
      {.kind = KD_NUGGET, .sill = sill, .range = (double)NAN, .semi = (double)NAN, .minor = (double)NAN},
      {.kind = KD_SPHERICAL, .sill = sill, .range = range, .semi = range, .minor = range}};
  for (int i = 0; i < 2; i++) KD_TRY(kd_covariance_add(out, &half[i], work->err));
out:
  return status;
}

/* Value of a surface at every place. */
static kd_status krige_surface(double *out, const kd_points *places, const kd_points *points, const double *value,
                               double spacing, kd_work *work) {
  kd_status status = KD_OK;
  kd_covariance *model = kd_arena_alloc(work->scratch, 1, sizeof *model);
  const kd_search_rule rule = {.neighbours = 32};
  const kd_kriging_rule how = {0};
  kd_search *search = kd_arena_alloc(work->scratch, 1, sizeof *search);
  kd_kriging *kriging = kd_arena_alloc(work->scratch, 1, sizeof *kriging);
  kd_kriging_space space;
  KD_CHECK(model && search && kriging, work->err, KD_E_NOMEM, "no memory for a surface");
  KD_TRY(fit_surface(model, points, value, spacing, work));
  KD_TRY(kd_search_create(search, work->scratch, points, NULL, &rule, work->err));
  KD_TRY(kd_kriging_create(kriging, points, value, NULL, model, &how, search, work->scratch, work->err));
  KD_TRY(kd_kriging_space_create(&space, work->scratch, kriging, work->err));
  for (size_t c = 0; c < places->count; c++) {
    const double at[3] = {places->x[c], places->y[c], 0.0};
    kd_kriged k;
    kd_kriging_at(kriging, &space, &k, at, NULL, NULL);
    KD_CHECK(k.note == KD_KRIGED, work->err, KD_E_MODEL, "a surface of the layer: %s", kd_kriged_note_text(k.note));
    out[c] = k.estimate;
  }
out:
  return status;
}

/* Distance of cores that stand evenly in the box around them. */
static double spacing_of(const kd_cores *cores) {
  double low[2] = {(double)INFINITY, (double)INFINITY}, high[2] = {-(double)INFINITY, -(double)INFINITY};
  for (size_t c = 0; c < cores->count; c++) {
    low[0] = fmin(low[0], cores->core[c].x);
    high[0] = fmax(high[0], cores->core[c].x);
    low[1] = fmin(low[1], cores->core[c].y);
    high[1] = fmax(high[1], cores->core[c].y);
  }
  const double width = high[0] - low[0], height = high[1] - low[1], longest = fmax(width, height);
  return fmax(sqrt(fmax(width * height, 0.01 * longest * longest) / (double)cores->count), 1e-3);
}

kd_status kd_layer_surfaces(double *top, double *base, size_t *open_cores, const kd_cores *cores, const char *layer,
                            const kd_points *places, kd_work *work) {
  kd_status status = KD_OK;
  picks p;
  size_t met = 0;
  const double spacing = spacing_of(cores);
  *open_cores = 0;
  KD_TRY(pick(&p, open_cores, cores, layer, work));
  double *x = kd_arena_alloc(work->scratch, p.count + 1, sizeof *x);
  double *y = kd_arena_alloc(work->scratch, p.count + 1, sizeof *y);
  double *tops = kd_arena_alloc(work->scratch, p.count + 1, sizeof *tops);
  KD_CHECK(x && y && tops, work->err, KD_E_NOMEM, "no memory for %zu cores", p.count);
  for (size_t c = 0; c < p.count; c++) {
    if (isnan(p.top[c])) continue;
    x[met] = p.x[c];
    y[met] = p.y[c];
    tops[met++] = p.top[c];
  }
  KD_CHECK(met >= 2, work->err, KD_E_MODEL, "%zu core%s the layer '%s': at least 2 are wanted", met,
           met == 1 ? " meets" : "s meet", layer);
  const kd_points some = {.count = met, .x = x, .y = y}, all = {.count = p.count, .x = p.x, .y = p.y};
  KD_TRY(krige_surface(top, places, &some, tops, spacing, work));
  KD_TRY(krige_surface(base, places, &all, p.thickness, spacing, work));
  for (size_t c = 0; c < places->count; c++) {
    top[c] = fmax(top[c], 0.0);
    base[c] = top[c] + fmax(base[c], 0.0);
  }
out:
  return status;
}

static kd_status lay_surfaces(kd_model *m, const kd_cores *cores, const char *layer, kd_work *work) {
  kd_status status = KD_OK;
  double *x = kd_arena_alloc(work->scratch, m->columns, sizeof *x),
         *y = kd_arena_alloc(work->scratch, m->columns, sizeof *y);
  m->top = kd_arena_alloc(work->scratch, m->columns, sizeof *m->top);
  m->base = kd_arena_alloc(work->scratch, m->columns, sizeof *m->base);
  KD_CHECK(x && y && m->top && m->base, work->err, KD_E_NOMEM, "no memory for %zu columns", m->columns);
  for (size_t c = 0; c < m->columns; c++) {
    x[c] = kd_grid_x(&m->grid, m->column_cell[c]);
    y[c] = kd_grid_y(&m->grid, m->column_cell[c]);
  }
  const kd_points places = {.count = m->columns, .x = x, .y = y};
  KD_TRY(kd_layer_surfaces(m->top, m->base, &m->open_cores, cores, layer, &places, work));
out:
  return status;
}

kd_status kd_model_layer(kd_model *m, const kd_cores *cores, const kd_model_options *o, kd_work *work) {
  kd_status status = KD_OK;
  const kd_block_grid *g = &m->grid;
  size_t kept = 0;
  uint8_t *keep = kd_arena_alloc(work->scratch, m->blocks, 1);
  m->share = kd_arena_alloc(work->scratch, m->blocks, sizeof *m->share);
  KD_CHECK(keep != NULL && m->share != NULL, work->err, KD_E_NOMEM, "no memory for %zu blocks", m->blocks);
  KD_TRY(lay_surfaces(m, cores, o->layer, work));
  for (size_t b = 0; b < m->blocks; b++) {
    const size_t c = (size_t)m->column_of[m->cell[b] % (g->nx * g->ny)];
    const double middle = kd_grid_z(g, m->cell[b]);
    const double low = fmax(m->top[c], middle - 0.5 * g->dz), high = fmin(m->base[c], middle + 0.5 * g->dz);
    const double share = fmin(fmax(high - low, 0.0) / g->dz, 1.0);
    keep[b] = share >= KD_LEAST_SHARE;
    if (keep[b]) m->share[kept++] = share;
  }
  KD_CHECK(kept > 0, work->err, KD_E_MODEL, "no block lies in the layer '%s'", o->layer);
  kd_model_keep_blocks(m, keep);
out:
  return status;
}
