// SPDX-License-Identifier: Apache-2.0
#include "scenario/polygon_file.h"

#include <jansson.h>
#include <math.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/files.h"

#define KD_DEGREE (3.14159265358979323846 / 180.0)
#define KD_RINGS  4096
#define KD_LARGE  ((size_t)256 << 20)

typedef struct loader {
  kd_polygons *out;
  const char *path;
  kd_work *work;
  double scale; /* of the coordinates */
} loader;

static kd_status add_ring(loader *l, kd_ring **ring, size_t points, bool outer) {
  kd_status status = KD_OK;
  KD_CHECK(l->out->rings < KD_RINGS, l->work->err, KD_E_SIZE, "%s: more than %d rings", l->path, KD_RINGS);
  if (outer) l->out->polygons++;
  *ring = &l->out->ring[l->out->rings++];
  **ring = (kd_ring){.points = points, .polygon = l->out->polygons - 1};
  (*ring)->x = kd_arena_alloc(l->work->scratch, points + 1, sizeof(double));
  (*ring)->y = kd_arena_alloc(l->work->scratch, points + 1, sizeof(double));
  KD_CHECK((*ring)->x != NULL && (*ring)->y != NULL, l->work->err, KD_E_NOMEM, "%s: no memory for %zu corners", l->path,
           points);
out:
  return status;
}

/* ---- GeoJSON ---- */

static kd_status add_polygon(loader *l, const json_t *rings) {
  kd_status status = KD_OK;
  size_t r, i;
  const json_t *corners, *corner;
  json_array_foreach(rings, r, corners) {
    kd_ring *ring = NULL;
    KD_TRY(add_ring(l, &ring, json_array_size(corners), r == 0));
    json_array_foreach(corners, i, corner) {
      const json_t *x = json_array_get(corner, 0), *y = json_array_get(corner, 1);
      KD_CHECK(json_is_number(x) && json_is_number(y), l->work->err, KD_E_SYNTAX, "%s: a corner is no pair of numbers",
               l->path);
      ring->x[i] = json_number_value(x) * l->scale;
      ring->y[i] = json_number_value(y) * l->scale;
    }
  }
out:
  return status;
}

static kd_status add_geometry(loader *l, const json_t *geometry) {
  kd_status status = KD_OK;
  size_t i;
  const json_t *part, *coordinates = json_object_get(geometry, "coordinates");
  const char *type = json_string_value(json_object_get(geometry, "type"));
  if (type == NULL) goto out;
  if (strcmp(type, "Polygon") == 0) {
    KD_TRY(add_polygon(l, coordinates));
  } else if (strcmp(type, "MultiPolygon") == 0) {
    json_array_foreach(coordinates, i, part) KD_TRY(add_polygon(l, part));
  } else if (strcmp(type, "Feature") == 0) {
    KD_TRY(add_geometry(l, json_object_get(geometry, "geometry")));
  } else if (strcmp(type, "FeatureCollection") == 0) {
    json_array_foreach(json_object_get(geometry, "features"), i, part) KD_TRY(add_geometry(l, part));
  }
out:
  return status;
}

static kd_status load_geojson(loader *l) {
  kd_status status = KD_OK;
  char *bytes = NULL;
  size_t count = 0;
  json_error_t why;
  json_t *root = NULL;
  KD_TRY(kd_file_read_all(&bytes, &count, l->work->ctx, l->path, KD_LARGE, l->work->err));
  root = json_loadb(bytes, count, 0, &why);
  KD_CHECK(root != NULL, l->work->err, KD_E_SYNTAX, "%s:%d:%d: %s", l->path, why.line, why.column, why.text);
  l->out->geographic = json_object_get(root, "crs") == NULL; /* an old-style member tells of another system: metres */
  l->scale = l->out->geographic ? KD_DEGREE : 1.0;
  KD_TRY(add_geometry(l, root));
out:
  json_decref(root);
  kd_free(l->work->ctx, bytes);
  return status;
}

/* ---- GeoPackage ---- */

typedef struct wkb {
  const unsigned char *at, *end;
  bool little, sound;
} wkb;

static uint32_t take_u32(wkb *w) {
  uint32_t value = 0;
  if (w->end - w->at < 4) {
    w->sound = false;
    return 0;
  }
  for (unsigned i = 0; i < 4; i++) value |= (uint32_t)w->at[w->little ? i : 3 - i] << (8 * i);
  w->at += 4;
  return value;
}

static double take_double(wkb *w) {
  uint64_t bits = 0;
  double value;
  if (w->end - w->at < 8) {
    w->sound = false;
    return 0.0;
  }
  for (unsigned i = 0; i < 8; i++) bits |= (uint64_t)w->at[w->little ? i : 7 - i] << (8 * i);
  w->at += 8;
  memcpy(&value, &bits, sizeof value);
  return value;
}

/* A polygon or multi-polygon of well-known binary; other kinds are passed over. Z and M of ISO and of flags are read
 * and left out. */
static kd_status take_geometry(loader *l, wkb *w, int depth) {
  kd_status status = KD_OK;
  KD_CHECK(w->at < w->end && depth < 3, l->work->err, KD_E_CORRUPT, "%s: a damaged geometry", l->path);
  w->little = *w->at++ == 1;
  uint32_t type = take_u32(w);
  const bool z = (type & 0x80000000u) != 0 || (type & 0xffff) / 1000 % 2 == 1,
             m = (type & 0x40000000u) != 0 || (type & 0xffff) / 1000 >= 2;
  type = (type & 0xffff) % 1000;
  if (type != 3 && type != 6) goto out;
  const uint32_t parts = take_u32(w);
  for (uint32_t r = 0; r < parts && w->sound; r++) {
    if (type == 6) {
      KD_TRY(take_geometry(l, w, depth + 1));
      continue;
    }
    kd_ring *ring = NULL;
    const uint32_t points = take_u32(w);
    const size_t each = 16u + (z ? 8u : 0u) + (m ? 8u : 0u);
    KD_CHECK(w->sound && points <= (size_t)(w->end - w->at) / each, l->work->err, KD_E_CORRUPT,
             "%s: a damaged geometry", l->path);
    KD_TRY(add_ring(l, &ring, points, r == 0));
    for (uint32_t i = 0; i < points; i++) {
      ring->x[i] = take_double(w) * l->scale;
      ring->y[i] = take_double(w) * l->scale;
      if (z) (void)take_double(w);
      if (m) (void)take_double(w);
    }
  }
  KD_CHECK(w->sound, l->work->err, KD_E_CORRUPT, "%s: a damaged geometry", l->path);
out:
  return status;
}

static kd_status take_blob(loader *l, const unsigned char *bytes, size_t count) {
  static const size_t envelope[5] = {0, 32, 48, 48, 64};
  kd_status status = KD_OK;
  KD_CHECK(count >= 8 && memcmp(bytes, "GP", 2) == 0 && (bytes[3] >> 1 & 7) < 5, l->work->err, KD_E_CORRUPT,
           "%s: a damaged geometry", l->path);
  const size_t head = 8 + envelope[bytes[3] >> 1 & 7];
  KD_CHECK(head < count, l->work->err, KD_E_CORRUPT, "%s: a damaged geometry", l->path);
  wkb w = {.at = bytes + head, .end = bytes + count, .sound = true};
  KD_TRY(take_geometry(l, &w, 0));
out:
  return status;
}

static kd_status load_geopackage(loader *l) {
  kd_status status = KD_OK;
  sqlite3 *db = NULL;
  sqlite3_stmt *list = NULL, *rows = NULL;
  char *sql = NULL;
  kd_file_info info;
  KD_CHECK(l->work->ctx->files.inspect(&info, l->path, l->work->ctx->files.user) == 0, l->work->err, KD_E_NOTFOUND,
           "%s: not found", l->path);
  int code = sqlite3_open_v2(l->path, &db, SQLITE_OPEN_READONLY, NULL);
  if (code == SQLITE_OK)
    code = sqlite3_prepare_v2(db,
                              "SELECT g.table_name, g.column_name, s.organization, s.organization_coordsys_id FROM "
                              "gpkg_geometry_columns g LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id "
                              "WHERE g.geometry_type_name IN ('POLYGON','MULTIPOLYGON','GEOMETRY') ORDER BY g.rowid",
                              -1, &list, NULL);
  KD_CHECK(code == SQLITE_OK, l->work->err, KD_E_CORRUPT, "%s: no GeoPackage: %s", l->path, sqlite3_errmsg(db));
  KD_CHECK(sqlite3_step(list) == SQLITE_ROW, l->work->err, KD_E_MISSING, "%s: no layer of polygons", l->path);
  const char *organization = (const char *)sqlite3_column_text(list, 2);
  l->out->geographic =
      organization != NULL && sqlite3_stricmp(organization, "EPSG") == 0 && sqlite3_column_int(list, 3) == 4326;
  l->scale = l->out->geographic ? KD_DEGREE : 1.0;
  sql = sqlite3_mprintf("SELECT \"%w\" FROM \"%w\"", sqlite3_column_text(list, 1), sqlite3_column_text(list, 0));
  KD_CHECK(sql != NULL, l->work->err, KD_E_NOMEM, "%s: out of memory", l->path);
  code = sqlite3_prepare_v2(db, sql, -1, &rows, NULL);
  KD_CHECK(code == SQLITE_OK, l->work->err, KD_E_CORRUPT, "%s: %s", l->path, sqlite3_errmsg(db));
  while (sqlite3_step(rows) == SQLITE_ROW) {
    if (sqlite3_column_type(rows, 0) != SQLITE_BLOB) continue;
    KD_TRY(take_blob(l, sqlite3_column_blob(rows, 0), (size_t)sqlite3_column_bytes(rows, 0)));
  }
out:
  sqlite3_free(sql);
  sqlite3_finalize(rows);
  sqlite3_finalize(list);
  sqlite3_close(db);
  return status;
}

/* ---- all ---- */

static bool ends_with(const char *text, const char *ending) {
  const size_t a = strlen(text), b = strlen(ending);
  return a >= b && strcmp(text + a - b, ending) == 0;
}

static kd_status load_csv(kd_polygons *out, const char *path, kd_work *work) {
  kd_status status = KD_OK;
  kd_table *table = NULL;
  KD_TRY(kd_table_read(&table, work->ctx, path, NULL, NULL, work->err));
  KD_TRY(kd_table_bind(table, KD_POLYGON_COLUMNS, NULL, NULL, work->err));
  KD_TRY(kd_polygons_read(out, table, work));
out:
  kd_table_destroy(&table);
  return status;
}

kd_status kd_polygons_load(kd_polygons *out, const char *path, kd_work *work) {
  kd_status status = KD_OK;
  loader l = {.out = out, .path = path, .work = work, .scale = 1.0};
  *out = (kd_polygons){0};
  if (ends_with(path, ".csv")) {
    KD_TRY(load_csv(out, path, work));
    goto out;
  }
  out->ring = kd_arena_alloc(work->scratch, KD_RINGS, sizeof *out->ring);
  KD_CHECK(out->ring != NULL, work->err, KD_E_NOMEM, "no memory for a domain");
  if (ends_with(path, ".gpkg"))
    KD_TRY(load_geopackage(&l));
  else if (ends_with(path, ".geojson") || ends_with(path, ".json"))
    KD_TRY(load_geojson(&l));
  else
    KD_CHECK(false, work->err, KD_E_CHOICE, "%s: a domain is a .csv, .geojson, .json or .gpkg file", path);
  KD_TRY(kd_polygons_close(out, path, work->err));
out:
  return status;
}
