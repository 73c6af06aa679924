// SPDX-License-Identifier: Apache-2.0
/* Tables of core samples: what is read, and what is said of each thing that is wrong. */
#include "deposit/cores.h"

#include "deposit/composite.h"
#include "numerics/polygon.h"
#include "unit/deposit/fixture.h"

#define HEAD "id,east [m],north [m],from [m],to [m],density [t/m3],Nd [ppm]\n"

static const kd_cores_options plain = {.below_factor = 0.5, .origin_lon = (double)NAN, .origin_lat = (double)NAN};

static kd_status read_cores(fixture *f, kd_cores *out, const char *csv, const kd_cores_options *options) {
  kd_table_destroy(&f->table);
  f->err = (kd_error){0};
  kd_status status = kd_table_parse(&f->table, f->ctx, "cores.csv", csv, strlen(csv), NULL, NULL, &f->err);
  if (status == KD_OK) status = kd_table_bind(f->table, KD_CORE_COLUMNS, NULL, NULL, &f->err);
  if (status == KD_OK) status = kd_cores_read(out, f->table, options, &f->work);
  if (status == KD_OK) status = kd_cores_inspect(out, out->variables, options, &f->work);
  return status;
}

static void expect(const char *csv, kd_status code, const char *text) {
  fixture f;
  kd_cores cores;
  fixture_open(&f);
  const kd_status status = read_cores(&f, &cores, csv, &plain);
  if (status != code || strstr(f.err.text, text) == NULL)
    fail_msg("wanted %s '%s', got %s '%s'", kd_status_name(code), text, kd_status_name(status), f.err.text);
  fixture_close(&f);
}

#define GOOD "A,0,0,0,1,0.5,10\nA,0,0,1,2,0.5,20\nB,100,0,0,1,0.5,30\nC,0,100,0,1,0.5,40\n"

static void reads_cores(void **state) {
  fixture f;
  kd_cores c;
  (void)state;
  fixture_open(&f);
  assert_int_equal(
      read_cores(&f, &c, HEAD "B,100,0,0,1,0.5,30\nA,0,0,1,2,0.5,<20\nA,0,0,0,1,,10\nC,0,100,0,1,0.5,\n", &plain),
      KD_OK);
  assert_int_equal(c.count, 3);
  assert_int_equal(c.samples, 4);
  assert_int_equal(c.variables, 1);
  assert_string_equal(c.variable[0].name, "nd");
  assert_int_equal(c.variable[0].element, KD_ND);
  assert_int_equal(c.variable[0].below, 1);
  assert_int_equal(c.variable[0].measured, 3);
  assert_string_equal(c.core[1].id, "A");
  assert_near(c.sample[1].from, 0.0, 0.0); /* sorted from the top down */
  assert_true(isnan(c.sample[1].density));
  assert_near(c.variable[0].value[2], 10e-6, 1e-20);
  assert_near(c.variable[0].limit[2], 20e-6, 1e-20);
  assert_int_equal(c.sample[2].line, 3);
  assert_int_equal(kd_cores_span(&c), 2);
  fixture_close(&f);
}

/* Oxides become elements; shares in any unit of mass are taken; columns of something else are left out. */
static void reads_oxides_and_units(void **state) {
  fixture f;
  kd_cores c;
  (void)state;
  fixture_open(&f);
  assert_int_equal(read_cores(&f, &c,
                              "id,east [m],north [m],from [cm],to [cm],Dy2O3 [%wt],P2O5 [%],pH,salinity [g/m3]\n"
                              "A,0,0,0,100,0.01,1,7,3\nB,100,0,0,100,0.02,2,7,3\nC,0,100,0,100,0.03,3,7,3\n",
                              &plain),
                   KD_OK);
  assert_int_equal(c.variables, 2);
  assert_string_equal(c.variable[0].name, "dy");
  assert_close(c.variable[0].value[0], 1e-4 / kd_oxide_factor(KD_DY), 1e-14);
  assert_string_equal(c.variable[1].name, "p2o5");
  assert_close(c.variable[1].value[1], 0.02, 1e-14);
  assert_near(c.sample[0].to, 1.0, 1e-15);
  fixture_close(&f);
}

static void says_what_is_wrong(void **state) {
  (void)state;
  expect(HEAD "A,0,0,0,1,0.5,10\nA,0,0,0,1,0.5,12\n", KD_E_DUPLICATE,
         "cores.csv:3: core A: 0 m to 1 m stands in line 2");
  expect(HEAD "A,0,0,0,1,0.5,10\nA,0,0,0.5,2,0.5,12\n", KD_E_CONTRADICTION,
         "cores.csv:3: core A: 0.5 m to 2 m overlaps");
  expect(HEAD "A,0,0,2,1,0.5,10\n", KD_E_CONTRADICTION, "cores.csv:2: from 2 m lies below to 1 m: are they swapped?");
  expect(HEAD "A,0,0,1,1,0.5,10\n", KD_E_RANGE, "an interval of nothing");
  expect(HEAD "A,0,0,-1,1,0.5,10\n", KD_E_RANGE, "from -1 m: must be at least 0 m");
  expect(HEAD "A,0,0,0,1,0.5,nan\n", KD_E_CSV, "cores.csv:2: Nd 'nan' is not a number");
  expect(HEAD "A,0,0,0,1,0.5,12 ppm\n", KD_E_CSV, "are units mixed?");
  expect(HEAD "A,0,0,0,1,0.5,-1\n", KD_E_RANGE, "write <1 for a value below a limit");
  expect(HEAD "A,0,0,0,1,0.5,1000001\n", KD_E_RANGE, "is more than the whole sample");
  expect(HEAD "A,0,0,0,1,-0.5,1\n", KD_E_RANGE, "density -0.5 t/m3");
  expect(HEAD "A,,0,0,1,0.5,1\n", KD_E_MISSING, "cores.csv:2: east is missing");
  expect(HEAD ",0,0,0,1,0.5,1\n", KD_E_MISSING, "id is missing");
  expect(HEAD "A,0,0,,1,0.5,1\n", KD_E_MISSING, "from is missing");
  expect(HEAD "A,0,0,0,1,0.5,1\nA,0,5,1,2,0.5,2\n", KD_E_CONTRADICTION,
         "core A stands at 0, 5 m here and at 0, 0 m in line 2");
  expect(HEAD GOOD "D,0,0,0,1,0.5,10\n", KD_E_DUPLICATE, "cores.csv:6: core D stands where core A of line 2 stands");
  expect(HEAD "A,0,0,0,1,0.5,10\nA,0,0,1,2,0.5,20\n", KD_E_MODEL, "one core, A");
  expect(HEAD "A,0,0,0,1,0.5,10\nB,10,10,0,1,0.5,20\nC,30,30,0,1,0.5,20\n", KD_E_MODEL, "all 3 cores stand on a line");
  expect(HEAD "A,0,0,0,1,0.5,10\nB,10,0,0,1,0.5,10\nC,0,10,0,1,0.5,10\n", KD_E_MODEL, "nd is 10 ppm in all 3 samples");
  expect("id,east [m],north [m],from [m],to [m],Nd\nA,0,0,0,1,3\n", KD_E_UNIT, "column 'Nd' has no unit");
  expect("id,east [m],north [m],from [m],to [m],Nd [kg]\nA,0,0,0,1,3\n", KD_E_DIMENSION, "a share by mass is wanted");
  expect("id,east [m],north [m],from [m],to [m],Nd [ppm],Nd2O3 [ppm]\nA,0,0,0,1,3,4\n", KD_E_DUPLICATE, "both give nd");
  expect("id,east [m],north [m],from [m],to [m],x [m]\nA,0,0,0,1,3\n", KD_E_MISSING, "no column of grades");
  expect("id,from [m],to [m],Nd [ppm]\nA,0,1,3\n", KD_E_MISSING, "lon [deg] and lat [deg], or east [m] and north");
  expect("id,lon [deg],lat [deg],from [m],to [m],Nd [ppm]\nA,22,153.9,0,1,3\n", KD_E_RANGE,
         "cores.csv:2: lat 153.9 deg: must be at most 90 deg: are lon and lat swapped?");
}

typedef struct heard {
  int errors, warnings, notes;
  char last[300];
} heard;

static void listen(kd_finding_kind kind, kd_status code, unsigned line, const char *message, void *user) {
  heard *h = user;
  (void)code;
  (void)line;
  h->errors += kind == KD_FINDING_ERROR;
  h->notes += kind == KD_FINDING_NOTE;
  if (kind != KD_FINDING_WARNING) return;
  h->warnings++;
  snprintf(h->last, sizeof h->last, "%s", message);
}

/* A value a thousand times the median smells of another unit; all errors are told, not the first alone. */
static void warns_of_mixed_units(void **state) {
  fixture f;
  kd_cores c;
  heard h = {0};
  kd_cores_options o = plain;
  char csv[600] = HEAD GOOD;
  (void)state;
  o.report = listen;
  o.report_user = &h;
  fixture_open(&f);
  for (int i = 0; i < 8; i++)
    snprintf(csv + strlen(csv), 60, "E,50,%d,%d,%d,0.5,%d\n", 7, i, i + 1, i == 3 ? 90000 : 20 + i);
  assert_int_equal(read_cores(&f, &c, csv, &o), KD_OK);
  assert_int_equal(h.warnings, 1);
  assert_non_null(strstr(h.last, "nd 90000 ppm is more than a thousand times the median"));
  h = (heard){0};
  assert_int_equal(read_cores(&f, &c, HEAD "A,0,0,2,1,0.5,1\nA,0,0,,1,0.5,1\n", &o), KD_E_CONTRADICTION);
  assert_int_equal(h.errors, 2);
  fixture_close(&f);
}

static void settles_duplicates(void **state) {
  fixture f;
  kd_cores c;
  kd_cores_options o = plain;
  const char *csv = HEAD GOOD "A,0,0,0,1,0.6,16\nA,0,0,0,1,,22\n";
  (void)state;
  fixture_open(&f);
  o.twice = KD_TWICE_AVERAGE;
  assert_int_equal(read_cores(&f, &c, csv, &o), KD_OK);
  assert_int_equal(c.merged, 2);
  assert_int_equal(c.samples, 4);
  assert_close(c.variable[0].value[0], 16e-6, 1e-14); /* (10 + 16 + 22) / 3 */
  assert_close(c.sample[0].density, 550.0, 1e-14);
  o.twice = KD_TWICE_FIRST;
  assert_int_equal(read_cores(&f, &c, csv, &o), KD_OK);
  assert_close(c.variable[0].value[0], 10e-6, 1e-14);
  fixture_close(&f);
}

/* Metal is kept by weight of mass, and by length for equal densities; a thin piece is left out by its coverage. */
static void composites_keep_metal(void **state) {
  fixture f;
  kd_cores c, d;
  double before = 0.0, after = 0.0;
  kd_composite_options o = {.weight = KD_WEIGHT_MASS, .length = 0.8, .end = (double)NAN};
  (void)state;
  fixture_open(&f);
  assert_int_equal(read_cores(&f, &c,
                              HEAD "A,0,0,0,0.3,0.5,10\nA,0,0,0.3,1.1,0.6,30\nA,0,0,1.1,2.4,0.4,20\n"
                                   "B,9,0,0,1.6,0.5,30\nC,0,9,0,0.8,0.5,40\n",
                              &plain),
                   KD_OK);
  assert_int_equal(kd_composite(&d, &c, &o, &f.work), KD_OK);
  assert_int_equal(d.samples, 3 + 2 + 1);
  for (size_t i = 0; i < c.samples; i++)
    before += (c.sample[i].to - c.sample[i].from) * c.sample[i].density * c.variable[0].value[i];
  for (size_t i = 0; i < d.samples; i++)
    after += (d.sample[i].to - d.sample[i].from) * d.sample[i].density * d.variable[0].value[i];
  assert_close(after, before, 1e-12);
  o.weight = KD_WEIGHT_LENGTH;
  assert_int_equal(kd_composite(&d, &c, &o, &f.work), KD_OK);
  assert_close(d.variable[0].value[0], (0.3 * 10e-6 + 0.5 * 30e-6) / 0.8, 1e-13);
  o.length = 1.0;
  o.coverage = 0.7;
  assert_int_equal(kd_composite(&d, &c, &o, &f.work), KD_OK);
  assert_int_equal(d.core[0].end - d.core[0].first, 2); /* 2.0 to 2.4 m covers 0.4 of it */
  assert_int_equal(d.core[1].end - d.core[1].first, 1);
  o.by = KD_COMPOSITE_CORE;
  assert_int_equal(kd_composite(&d, &c, &o, &f.work), KD_OK);
  assert_int_equal(d.samples, 3);
  assert_close(d.variable[0].value[0], (0.3 * 10 + 0.8 * 30 + 1.3 * 20) / 2.4 * 1e-6, 1e-13);
  o.by = KD_COMPOSITE_LENGTH;
  o.length = 0.0;
  assert_int_equal(kd_composite(&d, &c, &o, &f.work), KD_E_RANGE);
  fixture_close(&f);
}

static void cuts_the_top(void **state) {
  double value[5] = {1, 2, 3, (double)NAN, 14}, cap;
  fixture f;
  kd_topcut t;
  (void)state;
  fixture_open(&f);
  assert_int_equal(kd_weighted_quantile(&cap, value, NULL, 5, 0.75, f.scratch, &f.err), KD_OK);
  assert_near(cap, 3.0, 0.0);
  kd_topcut_apply(&t, value, NULL, 5, 4.0);
  assert_int_equal(t.count, 4);
  assert_int_equal(t.cut, 1);
  assert_near(t.mean, 5.0, 1e-15);
  assert_near(t.mean_cut, 2.5, 1e-15);
  assert_near(t.lost, 0.5, 1e-15);
  assert_near(t.cv_cut, sqrt(1.25) / 2.5, 1e-15);
  assert_near(value[4], 4.0, 0.0);
  fixture_close(&f);
}

static kd_status polygon(fixture *f, kd_polygons *out, const char *csv) {
  kd_table_destroy(&f->table);
  f->err = (kd_error){0};
  kd_status status = kd_table_parse(&f->table, f->ctx, "domain.csv", csv, strlen(csv), NULL, NULL, &f->err);
  if (status == KD_OK) status = kd_table_bind(f->table, KD_POLYGON_COLUMNS, NULL, NULL, &f->err);
  return status == KD_OK ? kd_polygons_read(out, f->table, &f->work) : status;
}

static void polygons_have_holes(void **state) {
  fixture f;
  kd_polygons p;
  double cx, cy;
  (void)state;
  fixture_open(&f);
  assert_int_equal(polygon(&f, &p,
                           "polygon,ring,east [m],north [m]\na,1,0,0\na,1,4,0\na,1,4,4\na,1,0,4\na,1,0,0\n"
                           "a,2,1,1\na,2,2,1\na,2,2,2\na,2,1,2\nb,1,10,0\nb,1,12,0\nb,1,10,2\n"),
                   KD_OK);
  assert_int_equal(p.polygons, 2);
  assert_near(kd_polygons_area(&p, 0), 15.0, 1e-14);
  assert_near(kd_polygons_area(&p, 1), 2.0, 1e-14);
  assert_near(kd_ring_area(&p.ring[2], &cx, &cy), 2.0, 1e-14);
  assert_near(cx, 10.0 + 2.0 / 3.0, 1e-14);
  assert_near(cy, 2.0 / 3.0, 1e-14);
  assert_true(kd_polygons_contain(&p, 0.5, 0.5));
  assert_false(kd_polygons_contain(&p, 1.5, 1.5));
  assert_true(kd_polygons_contain(&p, 10.5, 0.5));
  assert_false(kd_polygons_contain(&p, 11.5, 1.5));
  assert_int_equal(polygon(&f, &p, "east [m],north [m]\n0,0\n1,1\n2,2\n"), KD_E_MODEL);
  assert_non_null(strstr(f.err.text, "the polygon is empty: its corners stand on a line"));
  assert_int_equal(polygon(&f, &p, "east [m],north [m]\n0,0\n1,1\n"), KD_E_MODEL);
  assert_non_null(strstr(f.err.text, "a ring of 2 corners"));
  assert_int_equal(polygon(&f, &p, "lon [deg],lat [deg]\n22,153\n22,154\n23,153\n"), KD_E_RANGE);
  assert_non_null(strstr(f.err.text, "are lon and lat swapped?"));
  fixture_close(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_cores),        cmocka_unit_test(reads_oxides_and_units),
      cmocka_unit_test(says_what_is_wrong), cmocka_unit_test(warns_of_mixed_units),
      cmocka_unit_test(settles_duplicates), cmocka_unit_test(composites_keep_metal),
      cmocka_unit_test(cuts_the_top),       cmocka_unit_test(polygons_have_holes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
