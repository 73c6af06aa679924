// SPDX-License-Identifier: Apache-2.0
/* From a table to the list of blocks. The rows of a column (same `column`, one after another) run from the top down and
 * do not overlap. Without `column` every row is a column of its own; without `top` a row starts where the one above
 * ends. Grades: 15 columns grade_la .. grade_y, or `rey` alone, which is then split by the mixing of composition.c.
 */
#include "deposit/blocks.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/error.h"
#include "deposit/composition.h"

#define KD_TOUCH 1e-9 /* relative slack of blocks that touch */

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

static void copy_column(double *out, const double *column, size_t count, double otherwise) {
  for (size_t i = 0; i < count; i++) out[i] = cell(column, i, otherwise);
}

static bool positive(double value) {
  return value > 0.0 && value <= DBL_MAX;
}

/* Sum over the 15 REY of g[e][i], as a tree; and of their absolute values, by the same tree. */
static inline double add(const double *const *g, size_t i) {
  return (((g[0][i] + g[1][i]) + (g[2][i] + g[3][i])) + ((g[4][i] + g[5][i]) + (g[6][i] + g[7][i]))) +
         (((g[8][i] + g[9][i]) + (g[10][i] + g[11][i])) + ((g[12][i] + g[13][i]) + g[14][i]));
}

static inline double add_absolute(const double *const *g, size_t i) {
  return (((fabs(g[0][i]) + fabs(g[1][i])) + (fabs(g[2][i]) + fabs(g[3][i]))) +
          ((fabs(g[4][i]) + fabs(g[5][i])) + (fabs(g[6][i]) + fabs(g[7][i])))) +
         (((fabs(g[8][i]) + fabs(g[9][i])) + (fabs(g[10][i]) + fabs(g[11][i]))) +
          ((fabs(g[12][i]) + fabs(g[13][i])) + fabs(g[14][i])));
}

/* REY of every block. False when a grade is negative or missing: its sum is then not the sum of absolute values. */
static bool sum_rey(kd_block_list *out) {
  const double *const *g = out->grade;
  double *restrict rey = out->rey;
  double odd = 0.0;
  for (size_t i = 0; i < out->count; i++) rey[i] = add(g, i);
  for (size_t i = 0; i < out->count; i++) odd += add_absolute(g, i) - rey[i];
  return odd == 0.0;
}

/* Splits a column of REY into elements. */
static kd_status split_rey(kd_block_list *out, const double *rey, kd_arena *scratch, kd_error *err) {
  kd_status status = KD_OK;
  double grade[KD_ELEMENTS], *all = kd_arena_alloc(scratch, out->count, KD_REY * sizeof(double));
  KD_CHECK(all != NULL, err, KD_E_NOMEM, "no memory for %zu blocks", out->count);
  for (int e = 0; e < KD_REY; e++) out->grade[e] = all + (size_t)e * out->count;
  for (size_t i = 0; i < out->count; i++) {
    kd_composition(grade, rey[i], 0.0);
    for (int e = 0; e < KD_REY; e++) all[(size_t)e * out->count + i] = grade[e];
  }
out:
  return status;
}

static kd_status read_grades(kd_block_list *out, bool *sound, const view *v, double scandium, kd_arena *scratch,
                             kd_error *err) {
  kd_status status = KD_OK;
  double *sc = kd_arena_alloc(scratch, out->count, sizeof(double));
  KD_CHECK(sc != NULL, err, KD_E_NOMEM, "no memory for %zu blocks", out->count);
  copy_column(sc, v->grade[KD_SC], out->count, scandium);
  if (v->grade[0] == NULL)
    KD_TRY(split_rey(out, v->rey, scratch, err));
  else
    for (int e = 0; e < KD_REY; e++) out->grade[e] = v->grade[e];
  out->grade[KD_SC] = sc;
  *sound = sum_rey(out);
out:
  return status;
}

/* Says what is wrong with a block; KD_OK when nothing is. */
static kd_status inspect(const kd_block_list *list, const kd_table *table, size_t row, kd_error *err) {
  kd_status status = KD_OK;
  const kd_block *b = &list->block[row];
  const char *name = table->name != NULL ? table->name : "blocks";
  const unsigned line = line_of(table, row);
  const bool split = kd_table_column(table, grade_names[0]) == NULL;
  KD_CHECK(positive(b->area), err, KD_E_CSV, "%s:%u: area %g km2: must be above 0 km2", name, line, b->area * 1e-6);
  KD_CHECK(positive(b->thickness), err, KD_E_CSV, "%s:%u: thickness %g m: must be above 0 m", name, line, b->thickness);
  KD_CHECK(!isnan(b->density), err, KD_E_MISSING, "%s:%u: no density here and no dry_density either", name, line);
  KD_CHECK(positive(b->density), err, KD_E_CSV, "%s:%u: density %g t/m3: must be above 0 t/m3", name, line,
           b->density * 1e-3);
  for (int e = 0; e < KD_ELEMENTS; e++)
    KD_CHECK(list->grade[e][row] >= 0.0, err, KD_E_CSV, "%s:%u: %s is missing or negative", name, line,
             e < KD_REY && split ? "rey" : grade_names[e]);
  KD_CHECK(list->rey[row] < 1.0, err, KD_E_CSV, "%s:%u: REY %g ppm: must be below 1e6 ppm", name, line,
           list->rey[row] * 1e6);
out:
  return status;
}

/* Looks at all blocks at once, and at each one only when something may be wrong. */
static kd_status inspect_all(const kd_block_list *list, bool sound, const kd_table *table, kd_error *err) {
  kd_status status = KD_OK;
  for (size_t i = 0; i < list->count; i++) {
    const kd_block *b = &list->block[i];
    sound = sound & (b->area > 0.0) & (b->thickness > 0.0) & (b->density > 0.0) & (list->mass[i] <= DBL_MAX) &
            (list->rey[i] < 1.0) & (list->grade[KD_SC][i] >= 0.0);
  }
  for (size_t i = 0; !sound && i < list->count; i++) KD_TRY(inspect(list, table, i, err));
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

/* Geometry, and the numbers of columns and squares in the order of the rows. */
static kd_status read_geometry(kd_block_list *out, const view *v, const kd_table *table, double density, size_t *first,
                               kd_error *err) {
  kd_status status = KD_OK;
  for (size_t i = 0; i < out->count; i++) {
    kd_block *b = &out->block[i];
    const bool same = i > 0 && v->column != NULL && v->column[i] == v->column[i - 1];
    const double under = same ? b[-1].top + b[-1].thickness : 0.0;
    if (!same) {
      const size_t squares = out->squares;
      out->square[out->columns] = find_square(v, i, first, &out->squares);
      if (out->squares > squares) first[squares] = i;
      out->distance[out->columns] = cell(v->distance, i, (double)NAN);
      out->uncertainty[out->columns] = cell(v->uncertainty, i, (double)NAN);
      out->columns++;
    }
    b->x = cell(v->x, i, 0.0);
    b->y = cell(v->y, i, 0.0);
    b->area = v->area[i];
    b->thickness = v->thickness[i];
    b->density = cell(v->density, i, density);
    b->top = cell(v->top, i, under);
    b->column = (int)out->columns - 1;
    b->square = out->square[out->columns - 1];
    out->mass[i] = b->area * b->thickness * b->density;
    KD_CHECK(
        b->top >= under - KD_TOUCH * (1.0 + under) || isnan(under), err, KD_E_CSV,
        "%s:%u: top %g m lies above the bottom of the block before it, %g m: rows of a column run from the top down",
        table->name != NULL ? table->name : "blocks", line_of(table, i), b->top, under);
  }
out:
  return status;
}

kd_status kd_blocks_read(kd_block_list *out, const kd_table *table, double scandium, double density, kd_arena *scratch,
                         kd_error *err) {
  kd_status status = KD_OK;
  view v;
  size_t *first = NULL; /* row where each square was first met */
  bool sound = false;
  KD_TRY(open_view(&v, table, err));
  KD_TRY(allocate(out, table->rows, &first, scratch, err));
  out->count = table->rows;
  KD_TRY(read_geometry(out, &v, table, density, first, err));
  KD_TRY(read_grades(out, &sound, &v, scandium, scratch, err));
  KD_TRY(inspect_all(out, sound, table, err));
out:
  return status;
}

kd_status kd_blocks_stated(kd_block_list *out, const kd_deposit_params *p, kd_arena *scratch, kd_error *err) {
  kd_status status = KD_OK;
  size_t *first = NULL;
  double *grade = kd_arena_alloc(scratch, KD_ELEMENTS, sizeof(double));
  KD_TRY(allocate(out, 1, &first, scratch, err));
  KD_CHECK(grade != NULL, err, KD_E_NOMEM, "no memory for a block");
  KD_CHECK(!isnan(p->dry_density), err, KD_E_MISSING,
           "a stated grade needs dry_density: there is no table to take it from");
  out->count = out->columns = 1;
  out->square[0] = -1;
  out->distance[0] = out->uncertainty[0] = (double)NAN;
  out->rey[0] = p->stated_grade;
  out->mass[0] = p->stated_area * p->stated_thickness * p->dry_density;
  out->block[0] =
      (kd_block){.area = p->stated_area, .thickness = p->stated_thickness, .density = p->dry_density, .square = -1};
  kd_composition(grade, p->stated_grade, p->scandium);
  for (int e = 0; e < KD_ELEMENTS; e++) out->grade[e] = &grade[e];
out:
  return status;
}

void kd_blocks_scale_density(kd_block_list *self, double wanted) {
  double volume = 0.0, mass = 0.0, factor;
  for (size_t i = 0; i < self->count; i++) {
    volume += self->block[i].area * self->block[i].thickness;
    mass += self->mass[i];
  }
  factor = wanted * volume / mass;
  for (size_t i = 0; i < self->count; i++) {
    self->block[i].density *= factor;
    self->mass[i] *= factor;
  }
}

double kd_blocks_dot(const double *a, const double *b, size_t count) {
  double lane[4] = {0.0, 0.0, 0.0, 0.0};
  size_t i = 0;
  for (; i + 4 <= count; i += 4)
    for (size_t k = 0; k < 4; k++) lane[k] += a[i + k] * b[i + k];
  for (; i < count; i++) lane[0] += a[i] * b[i];
  return (lane[0] + lane[1]) + (lane[2] + lane[3]);
}

/* Sum over the 15 REY of g[e][i] w[e], as a tree. */
static inline double weigh(const double *const *g, const double *w, size_t i) {
  return (((g[0][i] * w[0] + g[1][i] * w[1]) + (g[2][i] * w[2] + g[3][i] * w[3])) +
          ((g[4][i] * w[4] + g[5][i] * w[5]) + (g[6][i] * w[6] + g[7][i] * w[7]))) +
         (((g[8][i] * w[8] + g[9][i] * w[9]) + (g[10][i] * w[10] + g[11][i] * w[11])) +
          ((g[12][i] * w[12] + g[13][i] * w[13]) + g[14][i] * w[14]));
}

void kd_blocks_weighted(double *restrict a, double *restrict b, const kd_block_list *self, const double u[KD_REY],
                        const double v[KD_REY]) {
  const double *const *g = self->grade;
  for (size_t i = 0; i < self->count; i++) {
    a[i] = weigh(g, u, i);
    b[i] = weigh(g, v, i);
  }
}
