// SPDX-License-Identifier: Apache-2.0
/* Values that stand in a file of their own: tables, and samples for empirical distributions. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "base/quantity.h"
#include "scenario/map_file.h"
#include "scenario/value.h"

/* A defect in the CSV goes to its own place; the hint tells which key wants the file. */
typedef struct kd_csv_report {
  kd_loader *loader;
  kd_entry *entry;
  kd_origin *origin;
  const char *hint;
} kd_csv_report;

static void on_defect(kd_status code, unsigned line, unsigned column, const char *message, void *user) {
  kd_csv_report *report = user;
  kd_place place = {.origin = report->origin, .line = line};
  const kd_origin *origin = report->origin;
  for (unsigned i = 1; i < line && place.offset < origin->count; place.offset++)
    i += origin->bytes[place.offset] == '\n';
  if (column > 1) place = kd_place_shift(place, column - 1);
  kd_value_defect(report->loader, report->entry, code, place, report->hint, "%s", message);
}

/* A map as the text of a table; the file's own bytes for all others. A defect is told. */
static kd_status map_text(const char **bytes, size_t *count, kd_csv_report *report, const kd_node *node,
                          const char *path, const kd_source *source) {
  kd_status status = KD_OK;
  kd_arena *scratch = NULL;
  kd_loader *loader = report->loader;
  kd_error err = {KD_OK, ""};
  kd_text text;
  *bytes = source->bytes;
  *count = source->count;
  if (!kd_map_file(path)) return KD_OK;
  kd_text_init(&text, loader->self->ctx);
  KD_CHECK(kd_arena_create(&scratch, loader->self->ctx) == KD_OK, NULL, KD_E_NOMEM, "no memory");
  kd_work work = {.ctx = loader->self->ctx, .scratch = scratch, .err = &err};
  status = kd_map_text(&text, path, source->bytes, source->count, &work);
  if (status == KD_E_NOMEM) goto out;
  *bytes = NULL;
  if (status != KD_OK) {
    kd_value_defect(loader, report->entry, err.code, kd_node_at(node, 0), NULL, "%s", err.text);
    status = KD_OK;
    goto out;
  }
  char *kept = kd_arena_alloc(loader->self->arena, text.length + 1, 1);
  KD_CHECK(kept != NULL, NULL, KD_E_NOMEM, "no memory");
  memcpy(kept, text.bytes, text.length);
  *bytes = kept;
  *count = text.length;
out:
  kd_arena_destroy(&scratch);
  kd_text_free(&text);
  return status;
}

/* Finds, reads and parses the file that a node names. *out is NULL after a defect. */
static kd_status read_csv(kd_table **out, kd_csv_report *report, const kd_node *node) {
  kd_status status = KD_OK;
  kd_loader *loader = report->loader;
  kd_scenario *self = loader->self;
  const char *path = NULL, *tried = NULL;
  const kd_source *source = NULL;
  kd_error err = {KD_OK, ""};
  const char *bytes = NULL;
  size_t count = 0;
  *out = NULL;
  KD_TRY(kd_find_file(&path, &tried, loader, node->place.origin, node->text, NULL));
  if (path == NULL) {
    kd_value_defect(loader, report->entry, KD_E_CSV, kd_node_at(node, 0),
                    "files are named relative to the file that names them, or to the home of the shipped data",
                    "no such file: %s", tried);
    return KD_OK;
  }
  KD_TRY(kd_load_file(&source, loader, path, KD_CSV_BYTES, &err));
  if (source == NULL) {
    kd_value_defect(loader, report->entry, err.code, kd_node_at(node, 0), NULL, "%s", err.text);
    return KD_OK;
  }
  KD_TRY(map_text(&bytes, &count, report, node, path, source));
  if (bytes == NULL) return KD_OK;
  const size_t home = strlen(loader->home);
  report->entry->path = home > 0 && strncmp(path, loader->home, home) == 0 ? path + home : path;
  report->entry->sha256 = source->shown.sha256;
  kd_origin *origin = kd_arena_alloc(self->arena, 1, sizeof *origin);
  char *hint = kd_arena_alloc(self->arena, 512, 1);
  KD_CHECK(origin != NULL && hint != NULL, NULL, KD_E_NOMEM, "no memory");
  *origin = (kd_origin){.name = source->shown.path, .bytes = bytes, .count = count, .folder = ""};
  origin->order = loader->origins++;
  snprintf(hint, 512, "the table of %s, named at %s%.300s:%u:%u", report->entry->slot.key,
           node->place.origin->name[0] == '\0' ? "--set" : "", node->place.origin->name, node->place.line,
           kd_place_column(node->place));
  report->origin = origin;
  report->hint = hint;
  status = kd_table_parse(out, self->ctx, source->shown.path, bytes, count, on_defect, report, &err);
  if (status == KD_E_NOMEM) return status;
  if (status != KD_OK && !report->entry->bad)
    kd_value_defect(loader, report->entry, status, (kd_place){.origin = origin}, hint, "%s", err.text);
  status = KD_OK;
out:
  return status;
}

static kd_status keep_table(kd_scenario *self, kd_table *table) {
  kd_table **grown = kd_realloc(self->ctx, self->tables, (self->table_count + 1) * sizeof(kd_table *));
  if (grown == NULL) {
    kd_table_destroy(&table);
    return KD_E_NOMEM;
  }
  self->tables = grown;
  self->tables[self->table_count++] = table;
  return KD_OK;
}

kd_status kd_value_table(kd_loader *loader, kd_entry *entry, const kd_node *node) {
  kd_status status = KD_OK;
  kd_table *table = NULL;
  kd_error err = {KD_OK, ""};
  kd_csv_report report = {.loader = loader, .entry = entry};
  const kd_param *param = entry->slot.param;
  if (strcmp(node->text, "none") == 0 && param->initial != NULL && strcmp(param->initial, "none") == 0) return KD_OK;
  KD_TRY(read_csv(&table, &report, node));
  if (table == NULL) return KD_OK;
  KD_TRY(keep_table(loader->self, table));
  status = kd_table_bind(table, param->columns, on_defect, &report, &err);
  if (status == KD_E_NOMEM) return status;
  if (status != KD_OK && !entry->bad)
    kd_value_defect(loader, entry, status, (kd_place){.origin = report.origin}, report.hint, "%s", err.text);
  status = KD_OK;
  entry->table = table;
  if (entry->slot.source == NULL && (entry->node != NULL || param->source == NULL)) entry->slot.source = table->source;
out:
  return status;
}

static int ascending(const void *left, const void *right) {
  const double a = *(const double *)left, b = *(const double *)right;
  return a < b ? -1 : a > b;
}

kd_status kd_value_empirical(kd_distribution *out, kd_loader *loader, kd_entry *entry, const kd_node *node) {
  kd_status status = KD_OK;
  kd_table *table = NULL;
  kd_unit unit, wanted;
  kd_error err = {KD_OK, ""};
  kd_csv_report report = {.loader = loader, .entry = entry};
  const char *wanted_text = entry->slot.param->unit;
  if (kd_value_missing(loader, entry, node, "a CSV file")) return KD_OK;
  KD_TRY(read_csv(&table, &report, node));
  if (table == NULL) return KD_OK;
  KD_TRY(keep_table(loader->self, table));
  if (entry->bad) return KD_OK;
  const kd_column *column = table->columns > 0 ? &table->column[0] : NULL;
  if (table->columns != 1 || column->is_text) {
    on_defect(KD_E_CSV, table->header, 1, "one column of numbers is wanted, with its unit: value [m]", &report);
    return KD_OK;
  }
  kd_status unit_status = kd_unit_parse(&unit, column->unit, NULL, &err);
  if (unit_status == KD_OK) unit_status = kd_unit_parse(&wanted, wanted_text, NULL, &err);
  if (unit_status == KD_OK)
    unit_status = kd_unit_accept(&unit, column->unit[0] != '\0', &wanted, column->name, wanted_text, &err);
  if (unit_status != KD_OK) {
    on_defect(err.code, table->header, column->at, err.text, &report);
    return KD_OK;
  }
  double *values = kd_arena_alloc(loader->self->arena, table->rows + 1, sizeof *values);
  KD_CHECK(values != NULL, NULL, KD_E_NOMEM, "no memory");
  size_t count = 0;
  for (size_t i = 0; i < table->rows; i++)
    if (!isnan(column->number[i])) values[count++] = kd_unit_si(&unit, column->number[i]);
  if (count < 2) {
    on_defect(KD_E_DISTRIBUTION, table->header, 1, "an empirical distribution needs at least two values", &report);
    return KD_OK;
  }
  qsort(values, count, sizeof *values, ascending);
  if (values[0] >= values[count - 1]) {
    on_defect(KD_E_DISTRIBUTION, table->header, 1, "all values are the same: nothing varies", &report);
    return KD_OK;
  }
  out->values = values;
  out->count = count;
out:
  return status;
}
