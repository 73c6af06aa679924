// SPDX-License-Identifier: Apache-2.0
/* Polygons.
 *
 *   A = 1/2 sum_i (x_i y_{i+1} - x_{i+1} y_i)     C = 1/(6 A) sum_i (p_i + p_{i+1}) (x_i y_{i+1} - x_{i+1} y_i)     (1)
 *
 * A point is inside when a ray to the right crosses the edges an odd number of times; an edge counts from its lower
 * end, included, to its upper, left out, so that a common edge belongs to one side only.
 *
 * Source    shoelace formula; even-odd rule (Shimrat 1962, Algorithm 112, Comm. ACM 5:434).
 * Weakness  edges are straight on the plane of the coordinates; a ring that crosses itself is taken by the rule.
 */
#include "numerics/polygon.h"

#include <math.h>
#include <string.h>

#include "base/error.h"

#define KD_DEGREE (3.14159265358979323846 / 180.0)

double kd_ring_area(const kd_ring *self, double *centre_x, double *centre_y) {
  double area = 0.0, cx = 0.0, cy = 0.0;
  const size_t n = self->points;
  for (size_t i = 0; i < n; i++) { /* about the first corner: small differences of large numbers otherwise */
    const size_t k = (i + 1) % n;
    const double x0 = self->x[i] - self->x[0], y0 = self->y[i] - self->y[0];
    const double x1 = self->x[k] - self->x[0], y1 = self->y[k] - self->y[0];
    const double cross = x0 * y1 - x1 * y0;
    area += cross;
    cx += (x0 + x1) * cross;
    cy += (y0 + y1) * cross;
  }
  if (centre_x != NULL) *centre_x = n == 0 ? (double)NAN : area != 0.0 ? self->x[0] + cx / (3.0 * area) : self->x[0];
  if (centre_y != NULL) *centre_y = n == 0 ? (double)NAN : area != 0.0 ? self->y[0] + cy / (3.0 * area) : self->y[0];
  return 0.5 * area;
}

double kd_polygons_area(const kd_polygons *self, size_t p) {
  double area = 0.0;
  bool outer = true;
  for (size_t r = 0; r < self->rings; r++) {
    if (self->ring[r].polygon != p) continue;
    const double a = fabs(kd_ring_area(&self->ring[r], NULL, NULL));
    area += outer ? a : -a;
    outer = false;
  }
  return area;
}

static bool crosses(const kd_ring *ring, double x, double y) {
  bool odd = false;
  for (size_t i = 0, j = ring->points - 1; i < ring->points; j = i++) {
    const double yi = ring->y[i], yj = ring->y[j];
    if ((yi > y) == (yj > y)) continue;
    if (x < ring->x[i] + (y - yi) * (ring->x[j] - ring->x[i]) / (yj - yi)) odd = !odd;
  }
  return odd;
}

bool kd_polygons_contain(const kd_polygons *self, double x, double y) {
  if (!(x >= self->low_x && x <= self->high_x && y >= self->low_y && y <= self->high_y)) return false;
  for (size_t r = 0, end; r < self->rings; r = end) {
    bool odd = false;
    for (end = r; end < self->rings && self->ring[end].polygon == self->ring[r].polygon; end++)
      odd ^= crosses(&self->ring[end], x, y);
    if (odd) return true;
  }
  return false;
}

kd_status kd_polygons_close(kd_polygons *self, const char *name, kd_error *err) {
  kd_status status = KD_OK;
  self->low_x = self->low_y = (double)INFINITY;
  self->high_x = self->high_y = -(double)INFINITY;
  KD_CHECK(self->rings > 0, err, KD_E_MODEL, "%s: the polygon is empty: it has no corner", name);
  for (size_t r = 0; r < self->rings; r++) {
    kd_ring *ring = &self->ring[r];
    while (ring->points > 1 && ring->x[ring->points - 1] == ring->x[0] && ring->y[ring->points - 1] == ring->y[0])
      ring->points--;
    double size = 0.0;
    for (size_t i = 0; i < ring->points; i++) {
      const double x = ring->x[i], y = ring->y[i];
      KD_CHECK(isfinite(x) && isfinite(y), err, KD_E_MISSING, "%s:%u: a corner of the polygon is missing", name,
               ring->line + (unsigned)i);
      KD_CHECK(!self->geographic || fabs(y) <= 90.0 * KD_DEGREE, err, KD_E_RANGE,
               "%s:%u: lat %g deg: must be at most 90 deg%s", name, ring->line + (unsigned)i, y / KD_DEGREE,
               fabs(x) <= 90.0 * KD_DEGREE ? ": are lon and lat swapped?" : "");
      self->low_x = fmin(self->low_x, x);
      self->high_x = fmax(self->high_x, x);
      self->low_y = fmin(self->low_y, y);
      self->high_y = fmax(self->high_y, y);
      size = fmax(size, hypot(x - ring->x[0], y - ring->y[0]));
    }
    KD_CHECK(ring->points >= 3, err, KD_E_MODEL,
             "%s:%u: the polygon is empty: a ring of %zu corners, at least 3 are wanted", name, ring->line,
             ring->points);
    KD_CHECK(fabs(kd_ring_area(ring, NULL, NULL)) > 1e-12 * size * size, err, KD_E_MODEL,
             "%s:%u: the polygon is empty: its corners stand on a line", name, ring->line);
  }
out:
  return status;
}

static bool same_text(const kd_column *column, size_t a, size_t b) {
  if (column == NULL) return true;
  if (column->text != NULL) return strcmp(column->text[a], column->text[b]) == 0;
  return column->number[a] == column->number[b];
}

kd_status kd_polygons_read(kd_polygons *out, const kd_table *table, kd_work *work) {
  kd_status status = KD_OK;
  const kd_column *polygon = kd_table_column(table, "polygon"), *ring = kd_table_column(table, "ring");
  const kd_column *lon = kd_table_column(table, "lon"), *lat = kd_table_column(table, "lat");
  const kd_column *east = kd_table_column(table, "east"), *north = kd_table_column(table, "north");
  const kd_column *x = lon != NULL ? lon : east, *y = lon != NULL ? lat : north;
  const char *name = table->name != NULL ? table->name : "polygon";
  *out = (kd_polygons){.geographic = lon != NULL};
  KD_CHECK(x != NULL && y != NULL, work->err, KD_E_MISSING,
           "%s: the columns lon [deg] and lat [deg], or east [m] and north [m], are wanted", name);
  out->ring = kd_arena_alloc(work->scratch, table->rows + 1, sizeof *out->ring);
  double *all = kd_arena_alloc(work->scratch, table->rows + 1, 2 * sizeof *all);
  KD_CHECK(out->ring != NULL && all != NULL, work->err, KD_E_NOMEM, "no memory for %zu corners", table->rows);
  for (size_t i = 0; i < table->rows; i++) {
    const bool new_polygon = i == 0 || !same_text(polygon, i, i - 1);
    if (new_polygon || !same_text(ring, i, i - 1)) {
      out->polygons += new_polygon;
      out->ring[out->rings++] = (kd_ring){.x = all + i,
                                          .y = all + table->rows + i,
                                          .polygon = out->polygons - 1,
                                          .line = table->line != NULL ? table->line[i] : (unsigned)i + 1};
    }
    out->ring[out->rings - 1].points++;
    all[i] = x->number[i];
    all[table->rows + i] = y->number[i];
  }
  KD_TRY(kd_polygons_close(out, name, work->err));
out:
  return status;
}

kd_status kd_polygons_project(kd_polygons *self, const char *name, kd_place_fn *project, void *user, kd_error *err) {
  kd_status status = KD_OK;
  if (!self->geographic) goto out;
  for (size_t r = 0; r < self->rings; r++) {
    kd_ring *ring = &self->ring[r];
    for (size_t i = 0; i < ring->points; i++) {
      double x, y;
      KD_TRY(project(&x, &y, ring->x[i], ring->y[i], user, err));
      ring->x[i] = x;
      ring->y[i] = y;
    }
  }
  self->geographic = false;
  KD_TRY(kd_polygons_close(self, name, err));
out:
  return status;
}
