// SPDX-License-Identifier: Apache-2.0
#include "deposit/estimation_input.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/text.h"

static unsigned line_of(const kd_table *table, size_t row) {
  return table->line != NULL ? table->line[row] : (unsigned)row + 1;
}

kd_status kd_cell_number(double *out, const kd_table *table, const kd_column *column, size_t row, kd_error *err) {
  char shown[48];
  *out = column->number[row];
  if (!isnan(*out) || column->text == NULL || column->text[row][0] == '\0') return KD_OK;
  kd_text_clip(shown, sizeof shown, column->text[row], strlen(column->text[row]));
  return kd_error_set(err, KD_E_NUMBER, "line %u: %s '%s' is not a number", line_of(table, row), column->name, shown);
}

kd_status kd_columns_find(const kd_column **out, size_t *count, size_t most, const kd_table *table, const char *list,
                          const char *what, kd_error *err) {
  kd_status status = KD_OK;
  char name[96];
  *count = 0;
  for (const char *at = list + strspn(list, ", \t"); *at != '\0'; at += strspn(at, ", \t")) {
    const size_t length = strcspn(at, ", \t");
    snprintf(name, sizeof name, "%.*s", (int)length, at);
    KD_CHECK(*count < most, err, KD_E_SIZE, "%s: at most %zu columns", what, most);
    const kd_column *column = kd_table_column(table, name);
    if (column == NULL) {
      const char *nearest = NULL;
      size_t best = 4;
      for (size_t c = 0; c < table->columns; c++) {
        const size_t distance = kd_edit_distance(table->column[c].name, name, best);
        if (distance >= best) continue;
        best = distance;
        nearest = table->column[c].name;
      }
      status =
          kd_error_set(err, KD_E_KEY, "%s: no column '%s'%s%s%s", what, name, nearest != NULL ? ": did you mean " : "",
                       nearest != NULL ? nearest : "", nearest != NULL ? "?" : "");
      goto out;
    }
    out[(*count)++] = column;
    at += length;
  }
out:
  return status;
}

kd_status kd_column_groups(uint32_t *out, const kd_column *column, size_t rows, kd_arena *arena, kd_error *err) {
  kd_status status = KD_OK;
  size_t slots = 16, groups = 0;
  while (slots < 2 * rows) slots *= 2;
  uint32_t *first = kd_arena_alloc(arena, slots, sizeof *first); /* row + 1 of the first of the group */
  KD_CHECK(first != NULL, err, KD_E_NOMEM, "no memory for %zu groups", rows);
  for (size_t r = 0; r < rows; r++) {
    uint32_t hash = 2166136261u;
    for (const char *c = column->text[r]; *c != '\0'; c++) hash = (hash ^ (unsigned char)*c) * 16777619u;
    size_t at = hash & (slots - 1);
    while (first[at] != 0 && strcmp(column->text[first[at] - 1], column->text[r]) != 0) at = (at + 1) & (slots - 1);
    if (first[at] == 0) {
      first[at] = (uint32_t)r + 1;
      out[r] = (uint32_t)groups++;
    } else {
      out[r] = out[first[at] - 1];
    }
  }
out:
  return status;
}

static double *doubles(kd_arena *arena, size_t n) {
  return kd_arena_alloc(arena, n + 1, sizeof(double));
}

static void units_of(kd_estimation_data *out, const kd_column *column) {
  kd_unit square;
  const bool none = column->unit[0] == '\0' || kd_unit_parse(&out->unit, column->unit, NULL, NULL) != KD_OK;
  snprintf(out->unit_text, sizeof out->unit_text, "%s", none ? "1" : column->unit);
  snprintf(out->square_text, sizeof out->square_text, "(%s).(%s)", out->unit_text, out->unit_text);
  if (none || kd_unit_parse(&square, out->square_text, NULL, NULL) != KD_OK)
    snprintf(out->square_text, sizeof out->square_text, "1");
  if (none) (void)kd_unit_parse(&out->unit, "1", NULL, NULL);
}

/* The samples at the place of sample i go into it, or an error. */
static kd_status join_duplicates(kd_estimation_data *s, kd_duplicate_rule rule, kd_arena *arena, kd_error *err) {
  kd_status status = KD_OK;
  kd_search search;
  kd_search_space space;
  const kd_search_rule nearby = {.radius = 1e-300}; /* only what stands at no distance */
  const size_t n = s->points.count;
  uint8_t *gone = kd_arena_alloc(arena, n + 1, 1);
  KD_CHECK(gone != NULL, err, KD_E_NOMEM, "no memory for %zu samples", n);
  KD_TRY(kd_search_create(&search, arena, &s->points, NULL, &nearby, err));
  KD_TRY(kd_search_space_create(&space, arena, &search, err));
  for (size_t i = 0; i < n; i++) {
    if (gone[i]) continue;
    const double at[3] = {s->x[i], s->y[i], s->z != NULL ? s->z[i] : 0.0};
    const size_t count = kd_search_at(&search, &space, at, NULL);
    double sum = 0.0;
    for (size_t k = 0; k < count; k++) {
      sum += s->value[space.index[k]];
      if (space.index[k] != i) gone[space.index[k]] = 1;
    }
    if (rule == KD_DUPLICATE_AVERAGE) s->value[i] = sum / (double)count;
  }
  size_t kept = 0;
  for (size_t i = 0; i < n; i++) {
    if (gone[i]) continue;
    s->x[kept] = s->x[i];
    s->y[kept] = s->y[i];
    if (s->z != NULL) s->z[kept] = s->z[i];
    s->value[kept] = s->value[i];
    for (size_t d = 0; d < s->drifts; d++) s->drift[d][kept] = s->drift[d][i];
    if (s->core != NULL) s->core[kept] = s->core[i];
    s->row[kept++] = s->row[i];
  }
  s->points.count = kept;
out:
  return status;
}

kd_status kd_estimation_samples(kd_estimation_data *out, const kd_table *table, const kd_sample_wish *wish,
                                kd_arena *arena, kd_error *err) {
  kd_status status = KD_OK;
  const kd_column *value = NULL, *drift[KD_KRIGING_DRIFTS], *core = NULL;
  const kd_column *x = kd_table_column(table, "x"), *y = kd_table_column(table, "y"), *z = kd_table_column(table, "z");
  const size_t n = table->rows;
  size_t found, kept = 0;
  uint32_t *group = NULL;
  *out = (kd_estimation_data){0};
  KD_TRY(kd_columns_find(&value, &found, 1, table, wish->value, "value", err));
  KD_CHECK(found == 1, err, KD_E_MISSING, "value: the name of a column is wanted");
  KD_TRY(kd_columns_find(drift, &out->drifts, KD_KRIGING_DRIFTS, table, wish->drift, "drift", err));
  KD_TRY(kd_columns_find(&core, &found, 1, table, wish->core, "core", err));
  units_of(out, value);
  out->x = doubles(arena, n);
  out->y = doubles(arena, n);
  out->z = z != NULL ? doubles(arena, n) : NULL;
  out->value = doubles(arena, n);
  out->row = kd_arena_alloc(arena, n + 1, sizeof *out->row);
  KD_CHECK(out->x != NULL && out->y != NULL && (z == NULL || out->z != NULL) && out->value != NULL && out->row != NULL,
           err, KD_E_NOMEM, "no memory for %zu samples", n);
  for (size_t d = 0; d < out->drifts; d++)
    KD_CHECK((out->drift[d] = doubles(arena, n)) != NULL, err, KD_E_NOMEM, "no memory for %zu samples", n);
  if (core != NULL) {
    out->core = kd_arena_alloc(arena, n + 1, sizeof *out->core);
    group = kd_arena_alloc(arena, n + 1, sizeof *group);
    KD_CHECK(out->core != NULL && group != NULL, err, KD_E_NOMEM, "no memory for %zu samples", n);
    KD_TRY(kd_column_groups(group, core, n, arena, err));
  }
  for (size_t r = 0; r < n; r++) {
    double v, f;
    KD_TRY(kd_cell_number(&v, table, value, r, err));
    if (isnan(v) && wish->skip_missing) continue;
    KD_CHECK(!isnan(v), err, KD_E_MISSING, "line %u: %s is missing (missing=skip leaves such samples out)",
             line_of(table, r), value->name);
    out->x[kept] = x->number[r];
    out->y[kept] = y != NULL ? y->number[r] : 0.0;
    if (z != NULL) out->z[kept] = z->number[r];
    KD_CHECK(isfinite(out->x[kept]) && isfinite(out->y[kept]) && (z == NULL || isfinite(out->z[kept])), err,
             KD_E_MISSING, "line %u: a coordinate is missing", line_of(table, r));
    for (size_t d = 0; d < out->drifts; d++) {
      KD_TRY(kd_cell_number(&f, table, drift[d], r, err));
      KD_CHECK(!isnan(f), err, KD_E_MISSING, "line %u: drift %s is missing", line_of(table, r), drift[d]->name);
      out->drift[d][kept] = f;
    }
    if (core != NULL) out->core[kept] = group[r];
    out->value[kept] = v;
    out->row[kept++] = (uint32_t)r;
  }
  KD_CHECK(kept > 0, err, KD_E_MISSING, "column %s holds no value", value->name);
  out->points = (kd_points){.count = kept, .x = out->x, .y = out->y, .z = out->z};
  if (wish->duplicates != KD_DUPLICATE_REFUSE) KD_TRY(join_duplicates(out, wish->duplicates, arena, err));
out:
  return status;
}

kd_status kd_points_read(kd_points *out, const kd_table *table, bool flat, kd_arena *arena, kd_error *err) {
  kd_status status = KD_OK;
  const kd_column *x = kd_table_column(table, "x"), *y = kd_table_column(table, "y"), *z = kd_table_column(table, "z");
  double *zero = doubles(arena, table->rows);
  KD_CHECK(zero != NULL, err, KD_E_NOMEM, "no memory for %zu places", table->rows);
  *out = (kd_points){.count = table->rows, .x = x->number, .y = y != NULL ? y->number : zero};
  if (!flat) out->z = z != NULL ? z->number : zero;
  for (size_t r = 0; r < table->rows; r++)
    KD_CHECK(isfinite(out->x[r]) && isfinite(out->y[r]) && (out->z == NULL || isfinite(out->z[r])), err, KD_E_MISSING,
             "targets: line %u: a coordinate is missing", line_of(table, r));
out:
  return status;
}

kd_status kd_model_read(kd_covariance *out, const char *text, const kd_table *table, kd_error *err) {
  if (table != NULL && text[0] != '\0')
    return kd_error_set(err, KD_E_CONTRADICTION, "model: give the option or the table, not both");
  if (table != NULL) return kd_covariance_read(out, table, err);
  if (text[0] == '\0')
    return kd_error_set(err, KD_E_MISSING,
                        "model is missing: --set model=\"0.05 nugget + 0.59 spherical(897 m)\" or --data model=FILE");
  return kd_covariance_parse(out, text, err);
}

void kd_search_rule_read(kd_search_rule *out, const double *options) {
  const double *o = options - KD_OPTION_NEIGHBOURS;
  *out = (kd_search_rule){.neighbours = (size_t)o[KD_OPTION_NEIGHBOURS],
                          .minimum = (size_t)o[KD_OPTION_MINIMUM],
                          .radius = o[KD_OPTION_RADIUS],
                          .semi = o[KD_OPTION_RADIUS_SEMI],
                          .minor = o[KD_OPTION_RADIUS_MINOR],
                          .azimuth = o[KD_OPTION_SEARCH_AZIMUTH],
                          .dip = o[KD_OPTION_SEARCH_DIP],
                          .rake = o[KD_OPTION_SEARCH_RAKE],
                          .sectors = (size_t)o[KD_OPTION_SECTORS],
                          .per_sector = (size_t)o[KD_OPTION_PER_SECTOR],
                          .trim = o[KD_OPTION_SECTOR_RULE] == 1.0,
                          .per_core = (size_t)o[KD_OPTION_PER_CORE]};
}

kd_status kd_kriging_setup_read(kd_kriging_setup *out, const kd_table *samples, const kd_table *model,
                                const double *options, kd_work *work) {
  kd_status status = KD_OK;
  const char *const *text = work->texts;
  const kd_sample_wish wish = {.value = text[KD_OPTION_VALUE],
                               .drift = text[KD_OPTION_DRIFT],
                               .core = text[KD_OPTION_CORE],
                               .skip_missing = options[KD_OPTION_MISSING] == 1.0,
                               .duplicates = (kd_duplicate_rule)options[KD_OPTION_DUPLICATES]};
  kd_search_rule rule;
  KD_TRY(kd_model_read(&out->model, text[KD_OPTION_MODEL], model, work->err));
  KD_TRY(kd_estimation_samples(&out->samples, samples, &wish, work->scratch, work->err));
  out->rule =
      (kd_kriging_rule){.simple = options[KD_OPTION_METHOD] == 1.0,
                        .mean = options[KD_OPTION_MEAN],
                        .trend = (int)options[KD_OPTION_TREND],
                        .drifts = out->samples.drifts,
                        .block = {options[KD_OPTION_BLOCK_X], options[KD_OPTION_BLOCK_Y], options[KD_OPTION_BLOCK_Z]},
                        .block_points = (int)options[KD_OPTION_BLOCK_POINTS],
                        .filter_nugget = options[KD_OPTION_NUGGET] == 1.0};
  KD_CHECK(options[KD_OPTION_METHOD] != 0.0 || (out->rule.trend == 0 && out->rule.drifts == 0), work->err,
           KD_E_CONTRADICTION, "ordinary kriging has no trend and no drift: method=universal");
  KD_CHECK(options[KD_OPTION_METHOD] != 2.0 || out->rule.trend > 0 || out->rule.drifts > 0, work->err,
           KD_E_CONTRADICTION, "universal kriging wants trend=1, trend=2 or drift=COLUMNS");
  KD_CHECK(out->rule.simple || isnan(out->rule.mean), work->err, KD_E_CONTRADICTION,
           "a known mean belongs to method=simple");
  kd_search_rule_read(&rule, options + KD_OPTION_NEIGHBOURS);
  KD_TRY(kd_search_create(&out->search, work->scratch, &out->samples.points, out->samples.core, &rule, work->err));
  KD_TRY(kd_kriging_create(&out->kriging, &out->samples.points, out->samples.value,
                           (const double *const *)out->samples.drift, &out->model, &out->rule, &out->search,
                           work->scratch, work->err));
out:
  return status;
}

kd_status kd_column_set_text(kd_table *table, size_t column, kd_error *err) {
  kd_column *c = &table->column[column];
  c->text = kd_alloc(table->ctx, table->rows > 0 ? table->rows : 1, sizeof *c->text);
  if (c->text == NULL) return kd_error_set(err, KD_E_NOMEM, "no memory for a column of text");
  c->is_text = true;
  for (size_t r = 0; r < table->rows; r++) c->text[r] = "";
  return KD_OK;
}
