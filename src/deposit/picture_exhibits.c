// SPDX-License-Identifier: Apache-2.0
/* Tables of a block model, in display units, for run.sqlite and the report. */
#include "deposit/picture_exhibits.h"

#include <math.h>
#include <string.h>

#include "base/elements.h"
#include "base/error.h"
#include "deposit/grade_tonnage.h"
#include "numerics/statistics.h"

#define KD_PPM     1e6
#define KD_DEGREES 57.29577951308232
#define KD_FINE    60 /* points of a drawn variogram */

typedef struct sheet {
  kd_exhibit *out;
  double *at;
  kd_arena *arena;
  kd_error *err;
} sheet;

static kd_status open_sheet(sheet *s, kd_exhibit *out, const char *name, const char *columns, const char *doc,
                            size_t rows) {
  kd_status status = KD_OK;
  size_t width = 1;
  for (const char *c = columns; *c != '\0'; c++) width += *c == ',';
  s->at = kd_arena_alloc(s->arena, rows + 1, width * sizeof(double));
  KD_CHECK(s->at != NULL, s->err, KD_E_NOMEM, "no memory for %s", name);
  *out = (kd_exhibit){.name = name, .columns = columns, .doc = doc, .width = width, .value = s->at};
  s->out = out;
out:
  return status;
}

static void add_row(sheet *s, const double *cell) {
  memcpy(s->at, cell, s->out->width * sizeof *cell);
  s->at += s->out->width;
  s->out->rows++;
}

static kd_status show_columns(sheet *s, kd_exhibit *out, const kd_model *m) {
  kd_status status = KD_OK;
  const kd_block_grid *g = &m->grid;
  double *draw = kd_arena_alloc(s->arena, m->realisations + 1, sizeof *draw);
  KD_CHECK(draw != NULL, s->err, KD_E_NOMEM, "no memory for %zu realisations", m->realisations);
  KD_TRY(open_sheet(s, out, "ground_columns",
                    "x [m], y [m], width [m], height [m], grade [ppm], p10 [ppm], p90 [ppm], mass [kt], error_quarter "
                    "[%], error_year [%], class [1]",
                    "Columns of the block model: estimated grade, P10 and P90 of the simulations, error at 90 % "
                    "confidence on a quarter's and a year's production, class 1 measured to 4 exploration target.",
                    m->columns));
  for (size_t c = 0; c < m->columns; c++) {
    for (size_t r = 0; r < m->realisations; r++)
      draw[r] = m->column_metal[r * m->columns + c] / m->column_mass[c] * KD_PPM;
    const bool some = m->realisations > 0;
    const double cell[] = {kd_grid_x(g, m->column_cell[c]),
                           kd_grid_y(g, m->column_cell[c]),
                           g->dx,
                           g->dy,
                           m->columns_sum[c] / m->column_mass[c] * KD_PPM,
                           some ? kd_quantile(draw, m->realisations, 0.1) : (double)NAN,
                           some ? kd_quantile(draw, m->realisations, 0.9) : (double)NAN,
                           m->column_mass[c] * 1e-6,
                           100.0 * m->column_error[c],
                           100.0 * m->column_error_year[c],
                           (double)m->column_class[c] + 1.0};
    add_row(s, cell);
  }
out:
  return status;
}

static kd_status show_cores(sheet *s, kd_exhibit *out, const kd_model *m) {
  kd_status status = KD_OK;
  KD_TRY(open_sheet(s, out, "ground_cores", "x [m], y [m], grade [ppm], composites [1]",
                    "Cores, with the mean grade of their composites.", m->composites.count));
  for (size_t c = 0; c < m->composites.count; c++) {
    double sum = 0.0, count = 0.0;
    for (size_t i = 0; i < m->composites.samples; i++) {
      if (m->composites.sample[i].core != c) continue;
      sum += m->value[i];
      count += 1.0;
    }
    const double cell[] = {m->composites.core[c].x, m->composites.core[c].y,
                           count > 0.0 ? sum / count * KD_PPM : (double)NAN, count};
    add_row(s, cell);
  }
out:
  return status;
}

/* Number of the row (axis 1) or file (axis 0) of columns with the most metal. */
static size_t richest(const kd_model *m, int axis) {
  const size_t count = axis == 1 ? m->grid.ny : m->grid.nx, across = axis == 1 ? m->grid.nx : m->grid.ny;
  size_t best = 0;
  double most = -1.0;
  for (size_t j = 0; j < count; j++) {
    double sum = 0.0;
    for (size_t i = 0; i < across; i++) {
      const int32_t c = m->column_of[axis == 1 ? j * m->grid.nx + i : i * m->grid.nx + j];
      if (c >= 0) sum += m->columns_sum[c];
    }
    if (sum <= most) continue;
    most = sum;
    best = j;
  }
  return best;
}

static kd_status show_sections(sheet *s, kd_exhibit *out, const kd_model *m) {
  kd_status status = KD_OK;
  const kd_block_grid *g = &m->grid;
  const size_t layer = g->nx * g->ny;
  KD_TRY(open_sheet(s, out, "ground_sections",
                    "section [1], at [m], along [m], depth [m], width [m], height [m], grade [ppm], sd [ppm]",
                    "Blocks of two sections through the richest row and file: 1 from west to east, 2 from south to "
                    "north; at: where the section stands. grade: estimate; sd: of the simulations.",
                    (g->nx + g->ny) * g->nz));
  for (int section = 1; section <= 2; section++) {
    const bool east = section == 1;
    const size_t line = richest(m, east ? 1 : 0), along = east ? g->nx : g->ny;
    for (size_t k = 0; k < g->nz; k++) {
      for (size_t i = 0; i < along; i++) {
        const int32_t b = m->block_of[k * layer + (east ? line * g->nx + i : i * g->nx + line)];
        if (b < 0) continue;
        const size_t at = m->cell[b];
        const double cell[] = {(double)section,
                               east ? kd_grid_y(g, at) : kd_grid_x(g, at),
                               east ? kd_grid_x(g, at) : kd_grid_y(g, at),
                               kd_grid_z(g, at),
                               east ? g->dx : g->dy,
                               g->dz,
                               m->estimate[m->main][b] * KD_PPM,
                               m->realisations > 0 ? m->simulated_sd[b] * KD_PPM : (double)NAN};
        add_row(s, cell);
      }
    }
  }
out:
  return status;
}

static kd_status show_variogram(sheet *s, kd_exhibit *out, const kd_model *m) {
  kd_status status = KD_OK;
  KD_TRY(open_sheet(s, out, "ground_variogram", "direction [1], distance [m], gamma [1], pairs [1], model [1]",
                    "Semivariance of normal scores of the main grade: direction 1 across, 2 down the cores. Rows "
                    "without pairs draw the model.",
                    2 * (KD_MODEL_LAGS + KD_FINE + 1)));
  for (int direction = 1; direction <= 2; direction++) {
    const kd_model_lags *lags = direction == 1 ? &m->across : &m->down;
    double far = 0.0;
    for (size_t l = 0; l < KD_MODEL_LAGS; l++) {
      if (!(lags->pairs[l] > 0.0)) continue;
      const double h = lags->distance[l], model = direction == 1 ? kd_semivariance(&m->variogram, 0.0, h, 0.0)
                                                                 : kd_semivariance(&m->variogram, 0.0, 0.0, h);
      const double cell[] = {direction, h, lags->gamma[l], lags->pairs[l], model};
      far = fmax(far, h);
      add_row(s, cell);
    }
    for (int i = 0; i <= KD_FINE && far > 0.0; i++) {
      const double h = far * (i == 0 ? 1e-6 : (double)i / KD_FINE);
      const double model =
          direction == 1 ? kd_semivariance(&m->variogram, 0.0, h, 0.0) : kd_semivariance(&m->variogram, 0.0, 0.0, h);
      const double cell[] = {direction, h, (double)NAN, 0.0, model};
      add_row(s, cell);
    }
  }
out:
  return status;
}

static kd_status show_curve(sheet *s, kd_exhibit *out, const kd_model *m) {
  kd_status status = KD_OK;
  const bool some = m->realisations > 0;
  const double none = (double)NAN;
  KD_TRY(open_sheet(s, out, "ground_curve",
                    "cutoff [ppm], tonnage [Mt], tonnage_p10 [Mt], tonnage_p50 [Mt], tonnage_p90 [Mt], grade [ppm], "
                    "grade_p10 [ppm], grade_p50 [ppm], grade_p90 [ppm], metal [kt], metal_p10 [kt], metal_p50 [kt], "
                    "metal_p90 [kt]",
                    "Grade-tonnage: the estimate, and P10, P50, P90 of the simulations.", m->curves));
  for (size_t k = 0; k < m->curves; k++) {
    const kd_model_curve *c = &m->curve[k];
    const double cell[] = {c->cutoff * KD_PPM,
                           c->tonnage * 1e-9,
                           some ? c->tonnages.p10 * 1e-9 : none,
                           some ? c->tonnages.p50 * 1e-9 : none,
                           some ? c->tonnages.p90 * 1e-9 : none,
                           c->grade * KD_PPM,
                           some ? c->grades.p10 * KD_PPM : none,
                           some ? c->grades.p50 * KD_PPM : none,
                           some ? c->grades.p90 * KD_PPM : none,
                           c->metal * 1e-6,
                           some ? c->metals.p10 * 1e-6 : none,
                           some ? c->metals.p50 * 1e-6 : none,
                           some ? c->metals.p90 * 1e-6 : none};
    add_row(s, cell);
  }
out:
  return status;
}

static kd_status show_classes(sheet *s, kd_exhibit *out, const kd_model *m, const kd_model_options *o) {
  kd_status status = KD_OK;
  const kd_cores *place = &m->composites;
  KD_TRY(open_sheet(s, &out[0], "ground_classes", "class [1], tonnage [Mt], metal [kt]",
                    "Dry mud and metal by class, 1 measured to 4 exploration target.", KD_MODEL_CLASSES));
  for (size_t k = 0; k < KD_MODEL_CLASSES; k++) {
    const double cell[] = {(double)k + 1.0, m->class_tonnage[k] * 1e-9, m->class_metal[k] * 1e-6};
    add_row(s, cell);
  }
  KD_TRY(open_sheet(
      s, &out[1], "ground_rule",
      "production [kt], limit [%], limit_inferred [%], panel_quarter [1], panel_year [1], assumed [1], "
      "realisations [1], cores [1], composites [1], score_variance [1], score_variance_wanted [1], "
      "variogram_error [1], correlation_error [1], origin_lon [deg], origin_lat [deg]",
      "The rule of the classes: dry mud of a year, largest error at 90 % confidence, columns along the "
      "side of a panel of a quarter and of a year; how well the simulations reproduce what went in; origin of the "
      "transverse Mercator of cores that are given by longitude and latitude.",
      1));
  const double cell[] = {o->production * 1e-6,
                         100.0 * o->limit[0],
                         100.0 * o->limit[1],
                         (double)m->panel_quarter,
                         (double)m->panel_year,
                         o->assumed ? 1.0 : 0.0,
                         (double)m->realisations,
                         (double)m->composites.count,
                         (double)m->composites.samples,
                         m->check.variance,
                         m->check.variance_wanted,
                         m->check.variogram_error,
                         m->check.correlation_error,
                         place->projected ? place->local.lon * KD_DEGREES : (double)NAN,
                         place->projected ? place->local.lat * KD_DEGREES : (double)NAN};
  add_row(s, cell);
out:
  return status;
}

static kd_status show_swaths(sheet *s, kd_exhibit *out, const kd_model *m) {
  kd_status status = KD_OK;
  KD_TRY(open_sheet(s, out, "ground_swaths",
                    "axis [1], at [m], composites [ppm], estimate [ppm], simulated [ppm], count [1]",
                    "Means of slices through the model: axis 1 east, 2 north, 3 depth; composites declustered.",
                    3 * KD_MODEL_SWATHS));
  for (size_t a = 0; a < 3; a++) {
    for (size_t k = 0; k < m->swaths[a]; k++) {
      const kd_swath *w = &m->swath[a][k];
      const double cell[] = {(double)a + 1.0,       w->at,           w->composites * KD_PPM, w->estimate * KD_PPM,
                             w->simulated * KD_PPM, (double)w->count};
      add_row(s, cell);
    }
  }
out:
  return status;
}

static kd_status show_elements(sheet *s, kd_exhibit *out, const kd_model *m) {
  kd_status status = KD_OK;
  const bool some = m->realisations > 0;
  KD_TRY(open_sheet(s, out, "ground_elements",
                    "element [1], grade [ppm], metal [kt], oxide [kt], p10 [kt], p50 [kt], p90 [kt]",
                    "Metal and oxide in place: element 0 La, 1 Ce and on as the table of elements; P10, P50, P90: "
                    "metal over the simulations.",
                    m->variables));
  for (size_t v = 0; v < m->variables; v++) {
    if (m->element[v] < 0) continue;
    const double cell[] = {m->element[v],
                           m->total[v] / m->tonnage * KD_PPM,
                           m->total[v] * 1e-6,
                           m->total[v] * 1e-6 * kd_oxide_factor((kd_element_id)m->element[v]),
                           some ? m->totals[v].p10 * 1e-6 : (double)NAN,
                           some ? m->totals[v].p50 * 1e-6 : (double)NAN,
                           some ? m->totals[v].p90 * 1e-6 : (double)NAN};
    add_row(s, cell);
  }
out:
  return status;
}

/* Oxides by element in blocks above the cut-offs of the curve. */
static kd_status show_oxides(sheet *s, kd_exhibit *out, const kd_model *m, const kd_block_list *list) {
  kd_status status = KD_OK;
  double *metal = kd_arena_alloc(s->arena, m->curves + 1, KD_ELEMENTS * sizeof *metal);
  double tonnage[KD_MODEL_CUTOFFS], cutoff[KD_MODEL_CUTOFFS];
  KD_CHECK(metal != NULL, s->err, KD_E_NOMEM, "no memory for %zu cut-offs", m->curves);
  for (size_t k = 0; k < m->curves; k++) cutoff[k] = m->curve[k].cutoff;
  kd_grade_tonnage_elements(tonnage, metal, list, list->rey, cutoff, m->curves);
  KD_TRY(open_sheet(s, out, "ground_oxides",
                    "cutoff [ppm], tonnage [Mt], la [kt], ce [kt], pr [kt], nd [kt], sm [kt], eu [kt], gd [kt], tb "
                    "[kt], dy [kt], ho [kt], er [kt], tm [kt], yb [kt], lu [kt], y [kt], sc [kt]",
                    "Oxide of each element in blocks of at least the cut-off, by the estimate.", m->curves));
  for (size_t k = 0; k < m->curves; k++) {
    double cell[2 + KD_ELEMENTS] = {cutoff[k] * KD_PPM, tonnage[k] * 1e-9};
    for (size_t e = 0; e < KD_ELEMENTS; e++)
      cell[2 + e] = metal[k * KD_ELEMENTS + e] * 1e-6 * kd_oxide_factor((kd_element_id)e);
    add_row(s, cell);
  }
out:
  return status;
}

kd_status kd_picture_show(kd_exhibit out[KD_PICTURE_EXHIBITS], const kd_model *m, const kd_model_options *o,
                          const kd_block_list *list, kd_arena *arena, kd_error *err) {
  kd_status status = KD_OK;
  sheet s = {.arena = arena, .err = err};
  KD_TRY(show_columns(&s, &out[0], m));
  KD_TRY(show_cores(&s, &out[1], m));
  KD_TRY(show_sections(&s, &out[2], m));
  KD_TRY(show_variogram(&s, &out[3], m));
  KD_TRY(show_curve(&s, &out[4], m));
  KD_TRY(show_classes(&s, &out[5], m, o)); /* and 6 */
  KD_TRY(show_swaths(&s, &out[7], m));
  KD_TRY(show_elements(&s, &out[8], m));
  KD_TRY(show_oxides(&s, &out[9], m, list));
out:
  return status;
}
