// SPDX-License-Identifier: Apache-2.0
#include <sqlite3.h>

#include "base/elements.h"
#include "base/table.h"
#include "fake.h"
#include "results/layers.h"

static double ask(const char *path, const char *sql) {
  sqlite3 *db = NULL;
  sqlite3_stmt *row = NULL;
  assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &row, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_step(row), SQLITE_ROW);
  const double value = sqlite3_column_type(row, 0) == SQLITE_NULL ? (double)NAN : sqlite3_column_double(row, 0);
  sqlite3_finalize(row);
  sqlite3_close(db);
  return value;
}

static double double_at(const unsigned char *bytes) {
  double value;
  memcpy(&value, bytes, sizeof value);
  return value;
}

/* OGC 12-128r17, 2.1.3: header, envelope and well-known binary of one triangle. */
static void geometry_follows_the_standard(void **state) {
  const sandbox *box = *state;
  char path[256];
  const double ring[] = {0, 0, 10, 0, 10, 5, 0, 0}, value[] = {2.5, (double)NAN};
  const char *const fields[] = {"reo_t", "odd\"name"};
  const kd_feature feature = {"it's", ring, 4, value};
  const kd_layer layer = {"map", "a map", fields, 2, &feature, 1, NULL};
  kd_error err;
  assert_int_equal(kd_layers_write(box->ctx, sandbox_path(path, box, "a.gpkg"), &layer, 1, &err), KD_OK);
  sqlite3 *db = NULL;
  sqlite3_stmt *row = NULL;
  assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_prepare_v2(db, "SELECT geom, name FROM map", -1, &row, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_step(row), SQLITE_ROW);
  const unsigned char *blob = sqlite3_column_blob(row, 0);
  assert_int_equal(sqlite3_column_bytes(row, 0), 8 + 32 + 1 + 12 + 4 * 16);
  assert_memory_equal(blob, "GP\0\3\377\377\377\377", 8);
  assert_true(double_at(blob + 8) == 0 && double_at(blob + 16) == 10 && double_at(blob + 24) == 0 &&
              double_at(blob + 32) == 5);
  assert_memory_equal(blob + 40, "\1\3\0\0\0\1\0\0\0\4\0\0\0", 13);
  assert_memory_equal(blob + 53, ring, sizeof ring);
  assert_string_equal((const char *)sqlite3_column_text(row, 1), "it's");
  sqlite3_finalize(row);
  sqlite3_close(db);
  assert_true(ask(path, "PRAGMA application_id") == 0x47504B47);
  assert_true(isnan(ask(path, "SELECT \"odd\"\"name\" FROM map")));
  assert_true(ask(path, "SELECT max_y FROM gpkg_contents") == 5);
  const kd_feature line = {"line", ring, 3, value};
  const kd_layer bad = {"map", "", fields, 2, &line, 1, NULL};
  assert_int_equal(kd_layers_write(box->ctx, sandbox_path(path, box, "b.gpkg"), &bad, 1, &err), KD_E_RANGE);
}

static void deposit_adds_up_its_blocks(void **state) {
  const sandbox *box = *state;
  static const char csv[] = "# source: made up\n"
                            "square,column [1],x [km],y [km],area [km2],top [m],thickness [m],rey [ppm]\n"
                            "A1,1,1,2,4,0,2,1000\nA1,1,1,2,4,2,3,2000\nA1,2,3,2,4,0,1,500\n";
  kd_table *table = NULL;
  kd_record *record = NULL;
  const kd_layer *layer = NULL;
  char path[256];
  assert_int_equal(kd_table_parse(&table, box->ctx, "blocks.csv", csv, sizeof csv - 1, NULL, NULL, NULL), KD_OK);
  assert_int_equal(
      kd_table_bind(table,
                    "square?, column [1]?, x [m]?, y [m]?, area [m2]?, top [m]?, thickness [m]?, density [kg/m3]?,"
                    " rey [ppm]?",
                    NULL, NULL, NULL),
      KD_OK);
  assert_int_equal(kd_record_create(&record, box->ctx, NULL), KD_OK);
  assert_int_equal(kd_layer_deposit(&layer, record, table, 500, NULL), KD_OK);
  assert_non_null(layer);
  assert_int_equal(layer->features, 2);
  assert_string_equal(layer->feature[0].name, "A1-1");
  assert_int_equal(kd_layers_write(box->ctx, sandbox_path(path, box, "d.gpkg"), layer, 1, NULL), KD_OK);
  assert_near(ask(path, "SELECT dry_t FROM deposit WHERE fid = 1"), 4e6 * 5 * 500 / 1000, 1e-3);
  assert_near(ask(path, "SELECT rey_ppm FROM deposit WHERE fid = 1"), 1600, 1e-9);
  assert_near(ask(path, "SELECT thickness_m FROM deposit WHERE fid = 1"), 5, 1e-12);
  assert_true(isnan(ask(path, "SELECT reo_t FROM deposit WHERE fid = 1")));
  assert_near(ask(path, "SELECT min_x FROM gpkg_contents"), 0, 1e-9);
  assert_near(ask(path, "SELECT max_x FROM gpkg_contents"), 4000, 1e-9);
  assert_near(ask(path, "SELECT description LIKE '%made up' FROM gpkg_contents"), 1, 0);
  kd_record_destroy(&record);
  kd_table_destroy(&table);
}

static void a_table_without_places_gives_no_map(void **state) {
  const sandbox *box = *state;
  static const char csv[] = "area [km2],thickness [m],rey [ppm]\n1,1,1000\n";
  kd_table *table = NULL;
  kd_record *record = NULL;
  const kd_layer *layer = NULL;
  assert_int_equal(kd_table_parse(&table, box->ctx, "b.csv", csv, sizeof csv - 1, NULL, NULL, NULL), KD_OK);
  assert_int_equal(kd_record_create(&record, box->ctx, NULL), KD_OK);
  assert_int_equal(kd_layer_deposit(&layer, record, table, 500, NULL), KD_OK);
  assert_null(layer);
  assert_int_equal(kd_layer_deposit(&layer, record, NULL, 500, NULL), KD_OK);
  assert_null(layer);
  kd_record_destroy(&record);
  kd_table_destroy(&table);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, sandbox_open, sandbox_close)
  const struct CMUnitTest tests[] = {
      CASE(geometry_follows_the_standard),
      CASE(deposit_adds_up_its_blocks),
      CASE(a_table_without_places_gives_no_map),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
