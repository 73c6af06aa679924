// SPDX-License-Identifier: Apache-2.0
/* From a table to the list of blocks. The rows of a column (same `column`, one after another) run from the top down and
 * do not overlap. Without `column` every row is a column of its own; without `top` a row starts where the one above
 * ends. Grades: 15 columns grade_la .. grade_y, or `rey` alone, which is then split by the mixing of composition.c.
 */
#include "deposit/blocks.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "deposit/composition.h"

static const char *const grade_names[KD_ELEMENTS] = {
    "grade_la", "grade_ce", "grade_pr", "grade_nd", "grade_sm", "grade_eu", "grade_gd", "grade_tb",
    "grade_dy", "grade_ho", "grade_er", "grade_tm", "grade_yb", "grade_lu", "grade_y",  "grade_sc"};

/* The columns of the table, NULL where there is none. */
typedef struct view {
  const double *column, *x, *y, *area, *top, *thickness, *density, *distance, *uncertainty, *rey;
  const double *grade[KD_ELEMENTS];
  const char **square_text;
  const double *square;
} view;

static const double *numbers(const kd_table *table, const char *name) {
  const kd_column *c = kd_table_column(table, name);
  return c == NULL ? NULL : c->number;
}

static double cell(const double *column, size_t row, double otherwise) {
  return column == NULL || isnan(column[row]) ? otherwise : column[row];
}

static unsigned line_of(const kd_table *table, size_t row) {
  return table->line != NULL ? table->line[row] : (unsigned)row + 1;
}

static kd_status open_view(view *v, const kd_table *table, kd_error *err) {
  kd_status status = KD_OK;
  const kd_column *square = kd_table_column(table, "square");
  const char *name = table->name != NULL ? table->name : "blocks";
  int given = 0;
  *v = (view){.column = numbers(table, "column"),
              .x = numbers(table, "x"),
              .y = numbers(table, "y"),
              .area = numbers(table, "area"),
              .top = numbers(table, "top"),
              .thickness = numbers(table, "thickness"),
              .density = numbers(table, "density"),
              .distance = numbers(table, "distance"),
              .uncertainty = numbers(table, "uncertainty"),
              .rey = numbers(table, "rey"),
              .square_text = square != NULL ? square->text : NULL,
              .square = square != NULL && square->text == NULL ? square->number : NULL};
  for (int e = 0; e < KD_ELEMENTS; e++) {
    v->grade[e] = numbers(table, grade_names[e]);
    given += e < KD_REY && v->grade[e] != NULL;
  }
  KD_CHECK(table->rows > 0, err, KD_E_CSV, "%s: the table has no rows", name);
  KD_CHECK(v->area != NULL && v->thickness != NULL, err, KD_E_CSV, "%s: the columns area and thickness are needed",
           name);
  KD_CHECK(given == KD_REY || (given == 0 && v->rey != NULL), err, KD_E_CSV,
           "%s: either all 15 columns grade_la .. grade_y are needed, or the column rey alone (%d of the 15 are there)",
           name, given);
out:
  return status;
}

/* Grades of one block, from the elements or from their sum. */
static kd_status read_grades(kd_block *b, double *rey, const view *v, size_t row, double scandium) {
  const double sc = cell(v->grade[KD_SC], row, scandium);
  if (v->grade[0] == NULL) {
    *rey = v->rey[row];
    kd_composition(b->grade, *rey, sc);
  } else {
    double least = 0.0;
    for (int e = 0; e < KD_REY; e++) {
      b->grade[e] = v->grade[e][row];
      least = b->grade[e] < least ? b->grade[e] : least;
    }
    b->grade[KD_SC] = sc;
    *rey = least < 0.0 ? (double)NAN : kd_grade_rey(b->grade);
  }
  return *rey >= 0.0 && *rey < 1.0 && sc >= 0.0 ? KD_OK : KD_E_CSV;
}

static kd_status read_block(kd_block *b, double *rey, const kd_table *table, const view *v, size_t row,
                            const kd_block *above, double scandium, double density, kd_error *err) {
  kd_status status = KD_OK;
  const char *name = table->name != NULL ? table->name : "blocks";
  const unsigned line = line_of(table, row);
  const double under = above != NULL ? above->top + above->thickness : 0.0;
  b->x = cell(v->x, row, 0.0);
  b->y = cell(v->y, row, 0.0);
  b->area = v->area[row];
  b->thickness = v->thickness[row];
  b->top = cell(v->top, row, under);
  b->density = cell(v->density, row, density);
  KD_CHECK(b->area > 0.0 && isfinite(b->area), err, KD_E_CSV, "%s:%u: area %g km2: must be above 0 km2", name, line,
           b->area * 1e-6);
  KD_CHECK(b->thickness > 0.0 && isfinite(b->thickness), err, KD_E_CSV, "%s:%u: thickness %g m: must be above 0 m",
           name, line, b->thickness);
  KD_CHECK(!isnan(b->density), err, KD_E_MISSING, "%s:%u: no density here and no dry_density either", name, line);
  KD_CHECK(b->density > 0.0 && isfinite(b->density), err, KD_E_CSV, "%s:%u: density %g t/m3: must be above 0 t/m3",
           name, line, b->density * 1e-3);
  KD_CHECK(b->top >= under - 1e-9 * (1.0 + under), err, KD_E_CSV,
           "%s:%u: top %g m lies above the bottom of the block before it, %g m: rows of a column run from the top down",
           name, line, b->top, under);
  KD_CHECK(read_grades(b, rey, v, row, scandium) == KD_OK, err, KD_E_CSV,
           "%s:%u: a grade is missing, negative, or all of the mud", name, line);
out:
  return status;
}

/* Index of the square's name among those met, or a new one. */
static int find_square(const view *v, size_t row, const size_t *first, size_t *count) {
  size_t s;
  if (v->square_text == NULL && v->square == NULL) return -1;
  for (s = *count; s-- > 0;) {
    if (v->square_text != NULL ? strcmp(v->square_text[first[s]], v->square_text[row]) == 0
                               : v->square[first[s]] == v->square[row])
      return (int)s;
  }
  (*count)++;
  return (int)*count - 1;
}

static kd_status allocate(kd_block_list *out, size_t rows, size_t **first, kd_arena *scratch, kd_error *err) {
  kd_status status = KD_OK;
  *out = (kd_block_list){.block = kd_arena_alloc(scratch, rows, sizeof(kd_block)),
                         .rey = kd_arena_alloc(scratch, rows, sizeof(double)),
                         .mass = kd_arena_alloc(scratch, rows, sizeof(double)),
                         .distance = kd_arena_alloc(scratch, rows, sizeof(double)),
                         .uncertainty = kd_arena_alloc(scratch, rows, sizeof(double)),
                         .square = kd_arena_alloc(scratch, rows, sizeof(int))};
  *first = kd_arena_alloc(scratch, rows, sizeof(size_t));
  KD_CHECK(out->block != NULL && out->rey != NULL && out->mass != NULL && out->distance != NULL &&
               out->uncertainty != NULL && out->square != NULL && *first != NULL,
           err, KD_E_NOMEM, "no memory for %zu blocks", rows);
out:
  return status;
}

kd_status kd_blocks_read(kd_block_list *out, const kd_table *table, double scandium, double density, kd_arena *scratch,
                         kd_error *err) {
  kd_status status = KD_OK;
  view v;
  size_t *first = NULL; /* row where each square was first met */
  KD_TRY(open_view(&v, table, err));
  KD_TRY(allocate(out, table->rows, &first, scratch, err));
  out->count = table->rows;
  for (size_t i = 0; i < out->count; i++) {
    kd_block *b = &out->block[i];
    const bool same = i > 0 && v.column != NULL && v.column[i] == v.column[i - 1];
    KD_TRY(read_block(b, &out->rey[i], table, &v, i, same ? b - 1 : NULL, scandium, density, err));
    if (!same) {
      const size_t squares = out->squares;
      const int square = find_square(&v, i, first, &out->squares);
      if (out->squares > squares) first[squares] = i;
      out->square[out->columns] = square;
      out->distance[out->columns] = cell(v.distance, i, NAN);
      out->uncertainty[out->columns] = cell(v.uncertainty, i, NAN);
      out->columns++;
    }
    b->column = (int)out->columns - 1;
    b->square = out->square[out->columns - 1];
  }
  kd_blocks_weigh(out);
out:
  return status;
}

void kd_blocks_weigh(kd_block_list *self) {
  for (size_t i = 0; i < self->count; i++) {
    const kd_block *b = &self->block[i];
    self->mass[i] = b->area * b->thickness * b->density;
  }
}

kd_status kd_blocks_stated(kd_block_list *out, const kd_deposit_params *p, kd_arena *scratch, kd_error *err) {
  kd_status status = KD_OK;
  size_t *first = NULL;
  KD_TRY(allocate(out, 1, &first, scratch, err));
  KD_CHECK(!isnan(p->dry_density), err, KD_E_MISSING,
           "a stated grade needs dry_density: there is no table to take it from");
  out->count = out->columns = 1;
  out->square[0] = -1;
  out->distance[0] = out->uncertainty[0] = NAN;
  out->rey[0] = p->stated_grade;
  out->block[0] =
      (kd_block){.area = p->stated_area, .thickness = p->stated_thickness, .density = p->dry_density, .square = -1};
  kd_composition(out->block[0].grade, p->stated_grade, p->scandium);
  kd_blocks_weigh(out);
out:
  return status;
}
