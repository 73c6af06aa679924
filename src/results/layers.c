// SPDX-License-Identifier: Apache-2.0
#include "results/layers.h"

#include <math.h>
#include <sqlite3.h>
#include <stdint.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "base/text.h"
#include "results/disk.h"

#define SRS       (-1)   /* undefined Cartesian: the deposit's own grid in metres */
#define SRS_LOCAL 100001 /* the coordinate system of a layer that has one */

/* A file must name the time of its last change; the same run must give the same file, so it names none of ours. */
#define LAST_CHANGE "1970-01-01T00:00:00.000Z"

static const char schema[] =
    "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"
    "PRAGMA application_id = 1196444487; PRAGMA user_version = 10300; BEGIN;"
    "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,"
    " organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);"
    "INSERT INTO gpkg_spatial_ref_sys VALUES"
    "('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'metres east and north of the origin of the deposit'),"
    "('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL),"
    "('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,"
    "298.257223563,AUTHORITY[\"EPSG\",\"7030\"]],AUTHORITY[\"EPSG\",\"6326\"]],PRIMEM[\"Greenwich\",0,AUTHORITY"
    "[\"EPSG\",\"8901\"]],UNIT[\"degree\",0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]],AUTHORITY[\"EPSG\","
    "\"4326\"]]', NULL);"
    "CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,"
    " description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE,"
    " max_y DOUBLE, srs_id INTEGER REFERENCES gpkg_spatial_ref_sys(srs_id));"
    "CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL UNIQUE REFERENCES gpkg_contents(table_name),"
    " column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL REFERENCES"
    " gpkg_spatial_ref_sys(srs_id), z TINYINT NOT NULL, m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name));";

typedef struct kd_map {
  sqlite3 *db;
  sqlite3_stmt *statement;
  kd_text geometry; /* of one feature after the other */
  const char *path;
  kd_context *ctx;
  kd_error *err;
} kd_map;

static kd_status refuse(const kd_map *map, int code) {
  kd_status status = kd_disk_blame(map->path);
  if ((code & 0xff) == SQLITE_FULL) status = KD_E_DISK;
  if ((code & 0xff) == SQLITE_NOMEM) status = KD_E_NOMEM;
  return kd_error_set(map->err, status, "%s: cannot write it: %s", map->path,
                      map->db != NULL ? sqlite3_errmsg(map->db) : sqlite3_errstr(code));
}

/* Runs SQL made by a format of sqlite3_mprintf (%w: a name, %Q: a text). */
static kd_status execute(kd_map *map, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  char *sql = sqlite3_vmprintf(format, arguments);
  va_end(arguments);
  if (sql == NULL) return refuse(map, SQLITE_NOMEM);
  const int code = sqlite3_exec(map->db, sql, NULL, NULL, NULL);
  sqlite3_free(sql);
  return code == SQLITE_OK ? KD_OK : refuse(map, code);
}

/* ---- geometry ---- */

static void add_u32(kd_text *out, uint32_t value) {
  const char bytes[4] = {(char)(value & 0xff), (char)(value >> 8 & 0xff), (char)(value >> 16 & 0xff),
                         (char)(value >> 24 & 0xff)};
  kd_text_add_bytes(out, bytes, 4);
}

static void add_double(kd_text *out, double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  add_u32(out, (uint32_t)(bits & 0xffffffff));
  add_u32(out, (uint32_t)(bits >> 32));
}

static void widen(double box[4], const kd_feature *feature) {
  for (size_t i = 0; i < feature->points; i++) {
    const double x = feature->ring[2 * i], y = feature->ring[2 * i + 1];
    box[0] = fmin(box[0], x);
    box[1] = fmax(box[1], x);
    box[2] = fmin(box[2], y);
    box[3] = fmax(box[3], y);
  }
}

/* GeoPackage binary: magic, version, flags (little-endian, envelope x y), srs_id, envelope, then well-known binary. */
static void add_geometry(kd_text *out, const kd_feature *feature, int srs) {
  double box[4] = {(double)INFINITY, -(double)INFINITY, (double)INFINITY, -(double)INFINITY};
  widen(box, feature);
  kd_text_add_bytes(out, "GP\0\3", 4);
  add_u32(out, (uint32_t)srs);
  for (size_t i = 0; i < 4; i++) add_double(out, box[i]);
  kd_text_add_bytes(out, "\1", 1);
  add_u32(out, 3); /* polygon */
  add_u32(out, 1); /* of one ring */
  add_u32(out, (uint32_t)feature->points);
  for (size_t i = 0; i < 2 * feature->points; i++) add_double(out, feature->ring[i]);
}

/* ---- a layer ---- */

static int srs_of(const kd_layer *layer) {
  return layer->wkt != NULL ? SRS_LOCAL : SRS;
}

static kd_status create_table(kd_map *map, const kd_layer *layer) {
  kd_status status = KD_OK;
  double box[4] = {(double)INFINITY, -(double)INFINITY, (double)INFINITY, -(double)INFINITY};
  for (size_t i = 0; i < layer->features; i++) widen(box, &layer->feature[i]);
  KD_TRY(execute(map, "CREATE TABLE \"%w\" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom POLYGON, name TEXT)",
                 layer->name));
  for (size_t f = 0; f < layer->fields; f++) {
    KD_TRY(execute(map, "ALTER TABLE \"%w\" ADD COLUMN \"%w\" DOUBLE", layer->name, layer->field[f]));
  }
  KD_TRY(execute(map,
                 "INSERT INTO gpkg_contents VALUES (%Q, 'features', %Q, %Q, '" LAST_CHANGE "', %.17g, %.17g, %.17g,"
                 " %.17g, %d)",
                 layer->name, layer->name, layer->description, box[0], box[2], box[1], box[3], srs_of(layer)));
  KD_TRY(execute(map, "INSERT INTO gpkg_geometry_columns VALUES (%Q, 'geom', 'POLYGON', %d, 0, 0)", layer->name,
                 srs_of(layer)));
  if (layer->wkt != NULL)
    KD_TRY(execute(map,
                   "INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES ('local transverse Mercator', %d, 'NONE', %d,"
                   " %Q, NULL)",
                   SRS_LOCAL, SRS_LOCAL, layer->wkt));
out:
  return status;
}

static kd_status insert_feature(kd_map *map, const kd_layer *layer, const kd_feature *feature) {
  kd_status status = KD_OK;
  kd_text *geometry = &map->geometry;
  geometry->length = 0;
  KD_CHECK(feature->points >= 4 && feature->points < 1000000, map->err, KD_E_RANGE,
           "%s: a ring of %zu points: must be at least 4", feature->name, feature->points);
  add_geometry(geometry, feature, srs_of(layer));
  KD_CHECK(!geometry->failed, map->err, KD_E_NOMEM, "%s: out of memory", map->path);
  int code = sqlite3_bind_blob(map->statement, 1, geometry->bytes, (int)geometry->length, SQLITE_TRANSIENT);
  if (code == SQLITE_OK) code = sqlite3_bind_text(map->statement, 2, feature->name, -1, SQLITE_TRANSIENT);
  for (size_t f = 0; f < layer->fields && code == SQLITE_OK; f++) {
    code = isnan(feature->value[f]) ? sqlite3_bind_null(map->statement, (int)f + 3)
                                    : sqlite3_bind_double(map->statement, (int)f + 3, feature->value[f]);
  }
  if (code == SQLITE_OK) code = sqlite3_step(map->statement);
  if (code != SQLITE_DONE) status = refuse(map, code);
  sqlite3_reset(map->statement);
out:
  return status;
}

static kd_status write_layer(kd_map *map, const kd_layer *layer) {
  kd_status status = KD_OK;
  kd_text sql;
  kd_text_init(&sql, map->ctx);
  KD_TRY(create_table(map, layer));
  kd_text_printf(&sql, "INSERT INTO \"%s\" VALUES (NULL, ?, ?", layer->name);
  for (size_t f = 0; f < layer->fields; f++) kd_text_add(&sql, ", ?");
  kd_text_add(&sql, ")");
  KD_CHECK(!sql.failed, map->err, KD_E_NOMEM, "%s: out of memory", map->path);
  const int code = sqlite3_prepare_v2(map->db, sql.bytes, -1, &map->statement, NULL);
  if (code != SQLITE_OK) {
    status = refuse(map, code);
    goto out;
  }
  for (size_t i = 0; i < layer->features; i++) KD_TRY(insert_feature(map, layer, &layer->feature[i]));
out:
  sqlite3_finalize(map->statement);
  map->statement = NULL;
  kd_text_free(&sql);
  return status;
}

kd_status kd_layers_write(kd_context *ctx, const char *path, const kd_layer *layer, size_t count, kd_error *err) {
  kd_status status = KD_OK;
  kd_map map = {.path = path, .ctx = ctx, .err = err};
  kd_text_init(&map.geometry, ctx);
  const int code = sqlite3_open_v2(path, &map.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
  if (code != SQLITE_OK) {
    status = refuse(&map, code);
    goto out;
  }
  KD_TRY(execute(&map, "%s", schema));
  for (size_t i = 0; i < count; i++) KD_TRY(write_layer(&map, &layer[i]));
  KD_TRY(execute(&map, "COMMIT"));
out:
  kd_text_free(&map.geometry);
  sqlite3_finalize(map.statement);
  if (sqlite3_close(map.db) != SQLITE_OK && status == KD_OK) {
    status = kd_error_set(err, KD_E_IO, "%s: cannot close it", path);
  }
  return status;
}
