// SPDX-License-Identifier: Apache-2.0
/* The box of blocks and those of them that lie inside the domain. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "deposit/model_internal.h"

#define KD_MOST           4e6 /* blocks that are simulated */
#define KD_MOST_ESTIMATED 5e8

double kd_grid_x(const kd_block_grid *self, size_t cell) {
  return self->x0 + ((double)(cell % self->nx) + 0.5) * self->dx;
}

double kd_grid_y(const kd_block_grid *self, size_t cell) {
  return self->y0 + ((double)(cell / self->nx % self->ny) + 0.5) * self->dy;
}

double kd_grid_z(const kd_block_grid *self, size_t cell) {
  return self->z0 + ((double)(cell / (self->nx * self->ny)) + 0.5) * self->dz;
}

static double nice(double value) {
  const double power = pow(10.0, floor(log10(value))), part = value / power;
  return (part >= 5.0 ? 5.0 : part >= 2.0 ? 2.0 : 1.0) * power;
}

kd_status kd_model_lay_grid(kd_model *m, const kd_model_options *o, kd_error *err) {
  kd_status status = KD_OK;
  const kd_cores *c = &m->composites;
  kd_block_grid *g = &m->grid;
  double low_x = (double)INFINITY, high_x = -(double)INFINITY, low_y = low_x, high_y = high_x, bottom = 0.0;
  for (size_t i = 0; i < c->count; i++) {
    low_x = fmin(low_x, c->core[i].x);
    high_x = fmax(high_x, c->core[i].x);
    low_y = fmin(low_y, c->core[i].y);
    high_y = fmax(high_y, c->core[i].y);
  }
  const double fences = 2.0 * fmax(1.0, sqrt((double)c->count) - 1.0); /* half a spacing along each axis */
  const double margin_x = isnan(o->margin) ? (high_x - low_x) / fences : o->margin;
  const double margin_y = isnan(o->margin) ? (high_y - low_y) / fences : o->margin;
  low_x -= margin_x;
  high_x += margin_x;
  low_y -= margin_y;
  high_y += margin_y;
  for (size_t i = 0; i < c->samples; i++) bottom = fmax(bottom, c->sample[i].to);
  if (!isnan(o->bottom)) bottom = o->bottom;
  if (o->domain != NULL) {
    low_x = o->domain->low_x;
    high_x = o->domain->high_x;
    low_y = o->domain->low_y;
    high_y = o->domain->high_y;
  }
  const double width = fmax(high_x - low_x, 1e-6), height = fmax(high_y - low_y, 1e-6), wanted = nice(m->spacing / 4.0);
  const double across = fmax(1.0, floor(width / (o->dx > 0.0 ? o->dx : wanted) + 0.5));
  const double along = fmax(1.0, floor(height / (o->dy > 0.0 ? o->dy : wanted) + 0.5));
  g->dx = o->dx > 0.0 ? o->dx : width / across; /* blocks that were not asked for fill the box to its edge */
  g->dy = o->dy > 0.0 ? o->dy : height / along;
  g->dz = o->dz > 0.0 ? o->dz : o->composite.by == KD_COMPOSITE_LENGTH ? o->composite.length : bottom;
  KD_CHECK(bottom > o->composite.start, err, KD_E_RANGE, "bottom %g m: must be below the top of the composites, %g m",
           bottom, o->composite.start);
  g->x0 = 0.5 * (low_x + high_x - across * g->dx); /* those of a given size stand about its middle */
  g->y0 = 0.5 * (low_y + high_y - along * g->dy);
  g->z0 = o->composite.start;
  const double nx = across, ny = along, nz = ceil((bottom - g->z0) / g->dz - 1e-9);
  KD_CHECK(nx * ny * nz <= (o->grid_only ? KD_MOST_ESTIMATED : KD_MOST), err, KD_E_SIZE,
           "%g x %g x %g blocks of %g x %g x %g m: at most %g: state larger ones", nx, ny, nz, g->dx, g->dy, g->dz,
           o->grid_only ? KD_MOST_ESTIMATED : KD_MOST);
  g->nx = (size_t)fmax(nx, 1.0);
  g->ny = (size_t)fmax(ny, 1.0);
  g->nz = (size_t)fmax(nz, 1.0);
out:
  return status;
}

kd_status kd_model_lay_blocks(kd_model *m, const kd_model_options *o, kd_work *work) {
  kd_status status = KD_OK;
  const kd_block_grid *g = &m->grid;
  const size_t layer = g->nx * g->ny, cells = layer * g->nz;
  m->column_of = kd_arena_alloc(work->scratch, layer, sizeof *m->column_of);
  m->column_cell = kd_arena_alloc(work->scratch, layer, sizeof *m->column_cell);
  m->block_of = kd_arena_alloc(work->scratch, cells, sizeof *m->block_of);
  m->cell = kd_arena_alloc(work->scratch, cells, sizeof *m->cell);
  KD_CHECK(m->column_of != NULL && m->column_cell != NULL && m->block_of != NULL && m->cell != NULL, work->err,
           KD_E_NOMEM, "no memory for %zu blocks", cells);
  for (size_t i = 0; i < layer; i++) {
    const bool in = o->domain == NULL || kd_polygons_contain(o->domain, kd_grid_x(g, i), kd_grid_y(g, i));
    m->column_of[i] = in ? (int32_t)m->columns : -1;
    if (in) m->column_cell[m->columns++] = (uint32_t)i;
  }
  KD_CHECK(m->columns > 0, work->err, KD_E_MODEL,
           "no block of %g x %g m has its middle inside the domain: it is empty, too small, or elsewhere", g->dx,
           g->dy);
  for (size_t i = 0; i < cells; i++) {
    const bool in = m->column_of[i % layer] >= 0;
    m->block_of[i] = in ? (int32_t)m->blocks : -1;
    if (in) m->cell[m->blocks++] = (uint32_t)i;
  }
out:
  return status;
}

void kd_model_keep_blocks(kd_model *m, const uint8_t *keep) {
  const size_t layer = m->grid.nx * m->grid.ny, cells = layer * m->grid.nz;
  size_t kept = 0, columns = 0;
  for (size_t i = 0; i < layer; i++) m->column_of[i] = -1;
  for (size_t b = 0; b < m->blocks; b++) {
    if (!keep[b]) continue;
    m->column_of[m->cell[b] % layer] = 0;
    m->cell[kept++] = m->cell[b];
  }
  m->blocks = kept;
  for (size_t c = 0; c < m->columns; c++) { /* in their old order */
    const uint32_t cell = m->column_cell[c];
    if (m->column_of[cell] < 0) continue;
    if (m->top != NULL) {
      m->top[columns] = m->top[c];
      m->base[columns] = m->base[c];
    }
    m->column_of[cell] = (int32_t)columns;
    m->column_cell[columns++] = cell;
  }
  m->columns = columns;
  for (size_t i = 0; i < cells; i++) m->block_of[i] = -1;
  for (size_t b = 0; b < kept; b++) m->block_of[m->cell[b]] = (int32_t)b;
}
