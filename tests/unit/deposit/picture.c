// SPDX-License-Identifier: Apache-2.0
/* The ground of a run from cores: the simulations of the block model reach the chain as they are, and the classes are
 * those of the rule, computed here a second time. */
#include "deposit/picture.h"

#include <stdlib.h>

#include "deposit/model.h"
#include "numerics/polygon.h"
#include "unit/deposit/fixture.h"

#define REALISATIONS 24

static void ship_cores(fixture *f) {
  fixture_open(f);
  if (kd_table_read(&f->table, f->ctx, KD_TEST_SOURCE "/data/deposit/minamitorishima-cores.csv", NULL, NULL, &f->err) !=
          KD_OK ||
      kd_table_bind(f->table, KD_CORE_COLUMNS, NULL, NULL, &f->err) != KD_OK)
    fail_msg("%s", f->err.text);
  f->p.picture = KD_PICTURE_CORES;
  f->p.cores = f->table;
  f->p.core_block = 8000.0;
  f->p.core_composite = 1.0;
  f->p.core_realisations = REALISATIONS;
  f->p.core_production = 50e6;
  f->p.grade_cap = 1.0;
  f->p.core_topcut = 1.0;
}

static void *prepared(fixture *f) {
  void *picture = NULL;
  if (kd_picture_prepare(&picture, &f->p, 1, f->ctx, &f->err) != KD_OK) fail_msg("%s", f->err.text);
  assert_non_null(picture);
  f->work.prepared = picture;
  return picture;
}

/* The block model as picture.c asks for it. */
static void model_of(kd_model *m, fixture *f, bool assumed) {
  kd_cores cores;
  kd_model_options o = kd_model_defaults;
  const kd_cores_options plain = {.below_factor = 0.5, .origin_lon = (double)NAN, .origin_lat = (double)NAN};
  o.dx = o.dy = f->p.core_block;
  o.realisations = REALISATIONS;
  o.density = f->p.dry_density;
  o.limit[0] = f->p.measured_limit;
  o.limit[1] = f->p.inferred_limit;
  o.production = f->p.core_production;
  o.assumed = assumed;
  o.capture = true;
  if (kd_cores_read(&cores, f->table, &plain, &f->work) != KD_OK || kd_model_run(m, &cores, &o, &f->work) != KD_OK)
    fail_msg("%s", f->err.text);
}

static double rey_of(const kd_deposit_result *d) {
  double sum = 0.0;
  for (int e = 0; e < KD_REY; e++) sum += d->resource.element[e];
  return sum;
}

/* Without errors the run has the estimate; picture k has the metal of realisation k. */
static void simulations_reach_the_chain(void **state) {
  fixture f;
  kd_model m;
  kd_deposit_result d;
  (void)state;
  ship_cores(&f);
  void *picture = prepared(&f);
  model_of(&m, &f, true);
  assert_int_equal(kd_deposit_run(&d, &f.p, &f.work), KD_OK);
  assert_close(d.dry_tonnage, m.tonnage, 1e-12);
  assert_close(rey_of(&d), m.total[m.main], 1e-9);
  for (size_t v = 0; v < m.main; v++)
    if (m.element[v] >= 0 && m.element[v] < KD_REY) assert_close(d.resource.element[m.element[v]], m.total[v], 1e-9);
  f.p.draw_errors = 1;
  for (size_t k = 0; k < REALISATIONS; k++) {
    f.p.picture_number = k + 1;
    assert_int_equal(kd_deposit_run(&d, &f.p, &f.work), KD_OK);
    assert_close(rey_of(&d), m.metal[k * m.variables + m.main], 1e-9);
  }
  kd_picture_release(&picture);
  assert_null(picture);
  fixture_close(&f);
}

/* Each realisation of a programme draws one of them, all with the same chance: 2,400 draws of 24, sd 9.8 each. */
static void each_simulation_is_drawn(void **state) {
  fixture f;
  kd_block_list list;
  size_t count[REALISATIONS] = {0};
  const double *first = NULL;
  (void)state;
  ship_cores(&f);
  void *picture = prepared(&f);
  f.p.draw_errors = 1;
  f.p.picture_number = 1;
  assert_int_equal(kd_picture_lay(&list, picture, &f.p, &f.work), KD_OK);
  first = list.drawn;
  f.p.picture_number = 0;
  for (uint64_t k = 0; k < 2400; k++) {
    kd_arena_reset(f.scratch);
    kd_stream_start(&f.rng, 1, kd_stream_id("deposit"), k);
    assert_int_equal(kd_picture_lay(&list, picture, &f.p, &f.work), KD_OK);
    count[(size_t)(list.drawn - first) / list.count]++;
  }
  for (size_t k = 0; k < REALISATIONS; k++) assert_true(count[k] > 60 && count[k] < 140);
  /* columns from the top down, each block under the one before */
  for (size_t i = 1; i < list.count; i++) {
    const kd_block *a = &list.block[i - 1], *b = &list.block[i];
    if (a->column != b->column) continue;
    assert_near(b->top, a->top + a->thickness, 1e-12);
    assert_true(a->x == b->x && a->y == b->y);
  }
  kd_picture_release(&picture);
  fixture_close(&f);
}

/* ---- the rule of the classes, a second time ---- */

static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Type-7 quantile. */
static double quantile(double *value, size_t count, double p) {
  qsort(value, count, sizeof *value, ascending);
  const double at = p * (double)(count - 1);
  const size_t k = (size_t)at;
  return k + 1 < count ? value[k] + (at - (double)k) * (value[k + 1] - value[k]) : value[k];
}

/* Mean covariance of scores between two random points of a square prism, by a sum over all pairs of a fine lattice. */
static double prism(const kd_model *m, double side, int points) {
  const int nz = (int)m->grid.nz;
  double sum = 0.0;
  for (int a = 0; a < points * points; a++) {
    for (int b = 0; b < points * points; b++) {
      const double dx = side * (a % points - b % points) / points, dy = side * (a / points - b / points) / points;
      for (int k = 0; k < nz; k++)
        for (int l = 0; l < nz; l++) {
          const double dz = (k - l) * m->grid.dz, h = fabs(dx) + fabs(dy) + fabs(dz);
          sum += h == 0.0 ? m->variogram.sill - m->variogram.nugget
                          : m->variogram.sill - kd_semivariance(&m->variogram, dx, dy, dz);
        }
    }
  }
  return sum / pow(points, 4.0) / (double)(nz * nz);
}

/* Error at 90 % confidence on a mass mined around column c: half the width of the simulated metal of its panel, and
 * what a volume smaller than a column varies more than the column. */
static double error_on(const kd_model *m, size_t c, double mass) {
  const double per_column = m->tonnage / (double)m->columns, block = m->grid.dx;
  size_t side = 1;
  while ((double)(side * side) * per_column < mass) side++;
  const size_t px = m->column_cell[c] % m->grid.nx / side, py = m->column_cell[c] / m->grid.nx / side;
  double draw[REALISATIONS], mean = 0.0, within = 0.0;
  for (size_t r = 0; r < m->realisations; r++) {
    draw[r] = 0.0;
    for (size_t k = 0; k < m->columns; k++)
      if (m->column_cell[k] % m->grid.nx / side == px && m->column_cell[k] / m->grid.nx / side == py)
        draw[r] += m->column_metal[r * m->columns + k];
    mean += draw[r] / (double)m->realisations;
  }
  const double width = quantile(draw, m->realisations, 0.95) - quantile(draw, m->realisations, 0.05);
  const double small = sqrt(block * block * mass / per_column);
  if (small < block) {
    double average = 0.0, square = 0.0, weight = 0.0;
    for (size_t i = 0; i < m->composites.samples; i++) {
      weight += m->weight[i];
      average += m->weight[i] * m->value[i];
      square += m->weight[i] * m->value[i] * m->value[i];
    }
    average /= weight;
    const double cv = sqrt(square / weight - average * average) / average;
    const double spread = prism(m, small, 5) + m->variogram.nugget / (double)m->grid.nz - prism(m, block, 5);
    within = 1.6448536 * cv * sqrt(fmax(0.0, spread));
  }
  return hypot(0.5 * width / mean, within);
}

static void classes_follow_the_rule(void **state) {
  static const double limit[2][2] = {{0.13, 0.15}, {0.05, 0.06}};
  fixture f;
  kd_model m;
  kd_deposit_result d;
  size_t met[4] = {0};
  (void)state;
  ship_cores(&f);
  f.table->source[0] = f.table->note[0] = '\0'; /* no assays, but asked as if they were */
  f.p.core_production =
      1e12; /* a year mines more than a column, a quarter less: panels of two columns a side, or one */
  for (int set = 0; set < 2; set++) {
    double tonnage[4] = {0};
    f.p.measured_limit = limit[set][0];
    f.p.inferred_limit = limit[set][1];
    void *picture = prepared(&f);
    model_of(&m, &f, false);
    for (size_t c = 0; c < m.columns; c++) {
      const double quarter = error_on(&m, c, 0.25 * f.p.core_production), year = error_on(&m, c, f.p.core_production);
      assert_close(m.column_error[c], quarter, 1e-6);
      assert_close(m.column_error_year[c], year, 1e-6);
      const int rank = quarter <= limit[set][0] ? 0 : year <= limit[set][0] ? 1 : year <= limit[set][1] ? 2 : 3;
      assert_int_equal(m.column_class[c], rank);
      tonnage[rank] += m.column_mass[c];
      met[rank]++;
    }
    assert_int_equal(kd_deposit_run(&d, &f.p, &f.work), KD_OK);
    for (int k = 0; k < 4; k++) assert_near(d.tonnage_by_class[k], tonnage[k], 1e-9 * m.tonnage);
    kd_picture_release(&picture);
  }
  for (int k = 0; k < 4; k++) assert_true(met[k] > 0); /* each branch of the rule is seen */
  fixture_close(&f);
}

/* A table that says of itself that it is reconstructed gives no resource. */
static void a_reconstruction_is_no_resource(void **state) {
  fixture f;
  kd_deposit_result d;
  const kd_exhibit *e;
  (void)state;
  ship_cores(&f);
  assert_true(kd_cores_assumed(f.table));
  void *picture = prepared(&f);
  assert_int_equal(kd_deposit_run(&d, &f.p, &f.work), KD_OK);
  assert_close(d.tonnage_by_class[3], d.dry_tonnage, 1e-12);
  assert_null(kd_picture_mercator(picture)); /* kilometres of a grid: no place on the globe */
  const size_t exhibits = kd_picture_exhibits(&e, picture);
  for (size_t i = 0; i < exhibits; i++) { /* as many cells as columns are told */
    size_t width = 1;
    for (const char *c = e[i].columns; *c != '\0'; c++) width += *c == ',';
    assert_int_equal(e[i].width, width);
    assert_true(e[i].rows > 0);
  }
  kd_picture_release(&picture);
  fixture_close(&f);
}

/* A domain over the west: its columns alone, whole ones by their middle. Degrees on cores in metres are refused. */
static void a_domain_bounds_the_ground(void **state) {
  fixture f;
  kd_deposit_result d;
  kd_table *domain = NULL;
  void *picture;
  const char *const west =
      "polygon,ring,east [m],north [m]\na,1,-1e6,-1e6\na,1,30000,-1e6\na,1,30000,1e6\na,1,-1e6,1e6\n";
  const char *const degrees = "polygon,ring,lon [deg],lat [deg]\na,1,153,21\na,1,154,21\na,1,154,22\n";
  (void)state;
  ship_cores(&f);
  assert_int_equal(kd_table_parse(&domain, f.ctx, "west.csv", west, strlen(west), NULL, NULL, &f.err), KD_OK);
  assert_int_equal(kd_table_bind(domain, KD_POLYGON_COLUMNS, NULL, NULL, &f.err), KD_OK);
  f.p.core_domain = domain;
  picture = prepared(&f);
  assert_int_equal(kd_deposit_run(&d, &f.p, &f.work), KD_OK);
  assert_true(d.ground.count > 0);
  for (size_t i = 0; i < d.ground.count; i++) assert_true(d.ground.block[i].x < 30000.0);
  assert_near(d.area, (double)d.ground.columns * 64e6, 1.0);
  kd_picture_release(&picture);
  kd_table_destroy(&domain);
  assert_int_equal(kd_table_parse(&domain, f.ctx, "deg.csv", degrees, strlen(degrees), NULL, NULL, &f.err), KD_OK);
  assert_int_equal(kd_table_bind(domain, KD_POLYGON_COLUMNS, NULL, NULL, &f.err), KD_OK);
  f.p.core_domain = domain;
  assert_int_equal(kd_picture_prepare(&picture, &f.p, 1, f.ctx, &f.err), KD_E_BASIS);
  assert_non_null(strstr(f.err.text, "core_domain is in degrees"));
  kd_table_destroy(&domain);
  fixture_close(&f);
}

/* The rules of reading reach the cores: a duplicate is refused by its rows, or averaged; a top-cut lowers the mean. */
static void rules_of_reading_reach_the_cores(void **state) {
  fixture f;
  kd_deposit_result plain, cut;
  void *picture = NULL;
  (void)state;
  ship_cores(&f);
  picture = prepared(&f);
  assert_int_equal(kd_deposit_run(&plain, &f.p, &f.work), KD_OK);
  kd_picture_release(&picture);
  f.p.core_topcut = 0.9;
  picture = prepared(&f);
  assert_int_equal(kd_deposit_run(&cut, &f.p, &f.work), KD_OK);
  assert_true(cut.mean_grade < 0.995 * plain.mean_grade && cut.mean_grade > 0.8 * plain.mean_grade);
  kd_picture_release(&picture);
  f.p.core_topcut = 1.0;
  double *from = kd_table_column(f.table, "from")->number, *to = kd_table_column(f.table, "to")->number;
  from[1] = from[0];
  to[1] = to[0];
  assert_int_equal(kd_picture_prepare(&picture, &f.p, 1, f.ctx, &f.err), KD_E_DUPLICATE);
  f.p.core_duplicates = KD_TWICE_AVERAGE;
  assert_int_equal(kd_picture_prepare(&picture, &f.p, 1, f.ctx, &f.err), KD_OK);
  kd_picture_release(&picture);
  fixture_close(&f);
}

static void no_cores_no_ground(void **state) {
  fixture f;
  kd_deposit_result d;
  void *picture = &f;
  (void)state;
  ship_cores(&f);
  f.p.picture = KD_PICTURE_BLOCKS;
  assert_int_equal(kd_picture_prepare(&picture, &f.p, 1, f.ctx, &f.err), KD_OK);
  assert_null(picture);
  f.p.picture = KD_PICTURE_CORES;
  assert_int_equal(kd_deposit_run(&d, &f.p, &f.work), KD_E_MISSING);
  assert_non_null(strstr(f.err.text, "was not prepared"));
  f.p.cores = NULL;
  assert_int_equal(kd_picture_prepare(&picture, &f.p, 1, f.ctx, &f.err), KD_E_MISSING);
  assert_non_null(strstr(f.err.text, "wants a table of cores"));
  assert_null(picture);
  kd_picture_release(NULL);
  kd_picture_release(&picture);
  fixture_close(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(simulations_reach_the_chain), cmocka_unit_test(each_simulation_is_drawn),
      cmocka_unit_test(classes_follow_the_rule),     cmocka_unit_test(a_reconstruction_is_no_resource),
      cmocka_unit_test(a_domain_bounds_the_ground),  cmocka_unit_test(rules_of_reading_reach_the_cores),
      cmocka_unit_test(no_cores_no_ground),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
