// SPDX-License-Identifier: Apache-2.0
/* Duplicates, standards and blanks whose figures are known by hand. */
#include "deposit/qaqc.h"

#include "unit/deposit/fixture.h"

typedef struct heard {
  char text[20][256];
  unsigned line[20];
  size_t count;
} heard;

static void hear(kd_finding_kind kind, kd_status code, unsigned line, const char *message, void *user) {
  heard *self = user;
  (void)kind;
  (void)code;
  if (self->count >= 20) return;
  self->line[self->count] = line;
  snprintf(self->text[self->count++], 256, "%s", message);
}

static kd_status run(fixture *f, kd_qaqc *out, kd_cores *cores, heard *said, const char *csv) {
  const kd_cores_options options = {
      .below_factor = 0.5, .origin_lon = (double)NAN, .origin_lat = (double)NAN, .report = hear, .report_user = said};
  *said = (heard){0};
  kd_table_destroy(&f->table);
  kd_status status = kd_table_parse(&f->table, f->ctx, "c.csv", csv, strlen(csv), NULL, NULL, &f->err);
  if (status == KD_OK) status = kd_table_bind(f->table, KD_CORE_COLUMNS, NULL, NULL, &f->err);
  if (status == KD_OK) status = kd_cores_read(cores, f->table, &options, &f->work);
  if (status == KD_OK) status = kd_qaqc_run(out, cores, &kd_qaqc_defaults, &options, &f->work);
  return status;
}

#define HEAD "id,east [m],north [m],from [m],to [m],density [t/m3],nd [ppm],kind\n"

/* Pairs (100, 110), (200, 180), (300, 300): HARD 10/210, 20/380, 0; CV = sqrt(2/3 sum HARD^2). */
static void pairs_by_hand(void **state) {
  fixture f;
  kd_qaqc q;
  kd_cores c;
  heard said;
  (void)state;
  fixture_open(&f);
  assert_int_equal(run(&f, &q, &c, &said,
                       HEAD "A,0,0,0,1,.5,100,\nA,0,0,1,2,.5,200,sample\nB,9,0,0,1,.5,300,original\n"
                            "A,,,0,1,,110,duplicate\nA,,,1,2,,180,duplicate\nB,,,0,1,,300,duplicate\n"),
                   KD_OK);
  assert_int_equal(c.samples, 3);
  assert_int_equal(c.controls, 3);
  assert_int_equal(q.count, 1);
  const kd_qaqc_row *r = &q.row[0];
  const double a = 10.0 / 210.0, b = 20.0 / 380.0;
  assert_int_equal(r->count, 3);
  assert_close(r->spread, sqrt(2.0 / 3.0 * (a * a + b * b)), 1e-13);
  assert_close(r->hard, a, 1e-13);
  assert_close(r->hard_90, a + 0.8 * (b - a), 1e-13);
  assert_near(r->bias, 590.0 / 600.0 - 1.0, 1e-14);
  assert_close(r->mean, 590e-6 / 3.0, 1e-13);
  assert_int_equal(r->outside, 0);
  assert_int_equal(said.count, 0);
  fixture_close(&f);
}

/* A duplicate of another interval, a standard 5 sd off, a blank above ten detection limits: each by its line. */
static void what_stands_out_has_its_line(void **state) {
  fixture f;
  kd_qaqc q;
  kd_cores c;
  heard said;
  (void)state;
  fixture_open(&f);
  assert_int_equal(run(&f, &q, &c, &said,
                       HEAD "A,0,0,0,1,.5,100,\nA,,,0,2,,110,duplicate\nA,,,0,1,,200,pulp_duplicate\n"
                            "S,,,,,,50,certified\nS,,,,,,2,certified_sd\nS,,,,,,40,standard\nS,,,,,,52,crm\n"
                            ",,,,,,<0.1,blank\n,,,,,,1.1,blank\nT,,,,,,100,certified\nT,,,,,,111,standard\n"),
                   KD_OK);
  assert_int_equal(q.lonely, 1);
  assert_int_equal(said.count, 5);
  assert_int_equal(said.line[0], 3);
  assert_non_null(strstr(said.text[0], "there is no such sample"));
  assert_int_equal(said.line[1], 4);
  assert_non_null(strstr(said.text[1], "half their difference is 33 %"));
  assert_int_equal(said.line[2], 7);
  assert_non_null(strstr(said.text[2], "5.0 standard deviations from the certified 50 ppm"));
  assert_int_equal(said.line[3], 10);
  assert_non_null(strstr(said.text[3], "at most 1 ppm"));
  assert_int_equal(said.line[4], 12);
  assert_non_null(strstr(said.text[4], "11 % from the certified 100 ppm"));
  assert_int_equal(q.count, 4);
  assert_int_equal(q.row[1].kind, KD_CONTROL_STANDARD);
  assert_int_equal(q.row[1].count, 2);
  assert_near(q.row[1].bias, 46.0 / 50.0 - 1.0, 1e-14);
  assert_close(q.row[1].spread, sqrt(72.0) / 46.0, 1e-13);
  assert_int_equal(q.row[2].kind, KD_CONTROL_BLANK);
  assert_int_equal(q.row[2].outside, 1);
  fixture_close(&f);
}

static void refuses_what_it_cannot_judge(void **state) {
  fixture f;
  kd_qaqc q;
  kd_cores c;
  heard said;
  (void)state;
  fixture_open(&f);
  assert_int_equal(run(&f, &q, &c, &said, HEAD "A,0,0,0,1,.5,100,\nS,,,,,,50,standard\n"), KD_E_MISSING);
  assert_non_null(strstr(f.err.text, "c.csv:3: standard S: no row of kind certified"));
  assert_int_equal(run(&f, &q, &c, &said, HEAD "A,0,0,0,1,.5,100,sampel\n"), KD_E_CHOICE);
  assert_int_equal(run(&f, &q, &c, &said, HEAD "A,0,0,0,1,.5,100,\n,,,0,1,,50,duplicate\n"), KD_E_MISSING);
  assert_non_null(strstr(f.err.text, "which core is it"));
  assert_int_equal(run(&f, &q, &c, &said, HEAD "A,0,0,0,1,.5,100,\nA,,,,1,,50,duplicate\n"), KD_E_MISSING);
  assert_non_null(strstr(f.err.text, "which sample is it the duplicate of"));
  fixture_close(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(pairs_by_hand),
      cmocka_unit_test(what_stands_out_has_its_line),
      cmocka_unit_test(refuses_what_it_cannot_judge),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
