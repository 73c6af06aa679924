// SPDX-License-Identifier: Apache-2.0
/* A run without a chain: two draws, two outputs that are closed forms of them, a ledger and a balance, so that what the
 * run folder says can be held against formulas. Output `late` is missing in every seventh realisation. */
#ifndef KD_TESTS_UNIT_RESULTS_FAKE_H
#define KD_TESTS_UNIT_RESULTS_FAKE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/context.h"
#include "base/files.h"
#include "base/random.h"
#include "results/run.h"

#define assert_near(a, b, tolerance) assert_true(fabs((a) - (b)) <= (tolerance))

#define FAKE_SCENARIO "kaidei: 1\nname: Fake\n"

typedef struct fake_chain {
  uint64_t seed;
  uint64_t fail_at; /* realisation that fails, or UINT64_MAX */
  kd_status fail_with;
  double leak; /* relative imbalance of the balance */
  size_t columns;
  int released;
} fake_chain;

enum { FAKE_RATE, FAKE_GRADE, FAKE_MASS, FAKE_LATE, FAKE_IN, FAKE_OUT, FAKE_BALANCE, FAKE_COLUMNS };

static const kd_record_column fake_columns[FAKE_COLUMNS] = {
    {"mineplan.rate", "t/day", "Rate.", "mineplan", KD_RECORD_DRAW, 0, "", "", KD_LINE_USE, KD_ROLE_NONE, ""},
    {"deposit.grade", "ppm", "Grade.", "deposit", KD_RECORD_DRAW, 0, "", "", KD_LINE_USE, KD_ROLE_NONE, ""},
    {"process.mass", "t", "Mass in a day.", "process", KD_RECORD_OUTPUT, 1, "", "", KD_LINE_USE, KD_ROLE_NONE, ""},
    {"process.late", "h", "Delay, now and then.", "process", KD_RECORD_OUTPUT, 2, "", "", KD_LINE_USE, KD_ROLE_NONE,
     ""},
    {"ledger.mineplan.solids", "t", "Cut.", "mineplan", KD_RECORD_LEDGER, 0, "solids", "", KD_LINE_TRANSFER, KD_ROLE_IN,
     "solids"},
    {"ledger.process.solids", "t", "Left.", "process", KD_RECORD_LEDGER, 0, "solids", "", KD_LINE_WASTE, KD_ROLE_OUT,
     "solids"},
    {"balance.solids", "1", "Closure.", "", KD_RECORD_BALANCE, 0, "", "", KD_LINE_USE, KD_ROLE_NONE, ""},
};

static void fake_row(double row[FAKE_COLUMNS], const fake_chain *chain, uint64_t realisation) {
  kd_stream stream;
  kd_stream_start(&stream, chain->seed, kd_stream_id("fake"), realisation);
  const double rate = 4 + kd_stream_uniform(&stream), grade = 1e-3 * (1 + kd_stream_uniform(&stream));
  row[FAKE_RATE] = rate;
  row[FAKE_GRADE] = grade;
  row[FAKE_MASS] = rate * grade * 86400;
  row[FAKE_LATE] = realisation % 7 == 3 ? (double)NAN : 3600 * grade * grade;
  row[FAKE_IN] = rate * 86400;
  row[FAKE_OUT] = rate * 86400 * (1 - chain->leak);
  row[FAKE_BALANCE] = chain->leak;
}

static kd_status fake_advance(double *out, size_t stride, void *user, uint64_t first, size_t count, kd_error *err) {
  const fake_chain *chain = user;
  for (size_t i = 0; i < count; i++) {
    double row[FAKE_COLUMNS];
    if (first + i == chain->fail_at)
      return kd_error_set(err, chain->fail_with, "realisation %zu fails", (size_t)first + i);
    fake_row(row, chain, first + i);
    for (size_t k = 0; k < chain->columns; k++) out[k * stride + i] = row[k % FAKE_COLUMNS];
  }
  return KD_OK;
}

static void fake_release(void *user) {
  ((fake_chain *)user)->released++;
}

static inline fake_chain fake_chain_of(uint64_t seed) {
  return (fake_chain){.seed = seed, .fail_at = UINT64_MAX, .fail_with = KD_E_MODEL, .columns = FAKE_COLUMNS};
}

/* The source of a fake run; more columns than FAKE_COLUMNS repeat them under numbered names. */
static inline kd_run_source fake_source(kd_context *ctx, fake_chain *chain) {
  kd_record *record = NULL;
  assert_int_equal(kd_record_create(&record, ctx, NULL), KD_OK);
  record->run.name = "Fake";
  record->run.scenario_hash = "00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff";
  assert_int_equal(kd_record_alloc(&record->column, record, chain->columns, sizeof *record->column, NULL), KD_OK);
  for (size_t i = 0; i < chain->columns; i++) {
    record->column[i] = fake_columns[i % FAKE_COLUMNS];
    if (i < FAKE_COLUMNS) continue;
    record->column[i].headline = 0;
    char key[128];
    snprintf(key, sizeof key, "%s.%zu", record->column[i].key, i / FAKE_COLUMNS);
    assert_int_equal(kd_record_text(&record->column[i].key, record, key, NULL), KD_OK);
  }
  record->columns = chain->columns;
  static const kd_record_parameter parameters[] = {
      {"mineplan.rate", "{uniform: [4 kg/s, 5 kg/s]}", 4.5, "t/day", "uniform", NULL, true, true, true, "Rate."},
      {"deposit.grade", "{uniform: [1000 ppm, 2000 ppm]}", 1.5e-3, "ppm", "uniform", "A book", false, true, true,
       "Grade."},
      {"lift.method", "air_lift", 1, "1", "fixed", NULL, true, false, false, "Method."}};
  assert_int_equal(kd_record_alloc(&record->parameter, record, 3, sizeof *record->parameter, NULL), KD_OK);
  memcpy(record->parameter, parameters, sizeof parameters);
  record->parameters = 3;
  assert_int_equal(kd_record_alloc(&record->input, record, 1, sizeof *record->input, NULL), KD_OK);
  record->input[0] = (kd_record_input){"fake.yaml", "aa"};
  record->inputs = 1;
  return (kd_run_source){record, FAKE_SCENARIO, sizeof FAKE_SCENARIO - 1, NULL, 0, fake_advance, fake_release, chain};
}

static inline kd_status fake_start(kd_run **out, kd_context *ctx, fake_chain *chain, const char *folder, uint64_t n,
                                   int force, kd_error *err) {
  const kd_run_source source = fake_source(ctx, chain);
  const kd_run_options options = {
      .size = sizeof options, .realisations = n, .seed = chain->seed, .threads = 2, .folder = folder, .force = force};
  return kd_run_start(out, ctx, &source, &options, err);
}

/* A whole run into a folder. */
static inline kd_status fake_run(kd_context *ctx, fake_chain *chain, const char *folder, uint64_t n, kd_error *err) {
  kd_run *run = NULL;
  kd_status status = fake_start(&run, ctx, chain, folder, n, 0, err);
  if (status == KD_OK) status = kd_run_advance(run, 0, NULL, NULL, err);
  if (status == KD_OK) status = kd_run_finish(run, err);
  kd_run_destroy(&run);
  return status;
}

/* ---- a private folder for each test ---- */

typedef struct sandbox {
  kd_context *ctx;
  char folder[64];
  char lines[4096]; /* what was logged */
} sandbox;

static void sandbox_log(kd_log_level level, const char *line, void *user) {
  sandbox *box = user;
  (void)level;
  const size_t used = strlen(box->lines);
  snprintf(box->lines + used, sizeof box->lines - used, "%s\n", line);
}

static int sandbox_open(void **state) {
  sandbox *box = calloc(1, sizeof *box);
  snprintf(box->folder, sizeof box->folder, "/tmp/kaidei-test-XXXXXX");
  if (mkdtemp(box->folder) == NULL) return -1;
  const kd_context_options options = {.size = sizeof options, .log = sandbox_log, .log_user = box};
  *state = box;
  return kd_context_create(&box->ctx, &options) == KD_OK ? 0 : -1;
}

static int sandbox_close(void **state) {
  sandbox *box = *state;
  kd_folder_remove(box->ctx, box->folder, NULL);
  kd_context_destroy(&box->ctx);
  free(box);
  return 0;
}

static inline const char *sandbox_path(char out[256], const sandbox *box, const char *name) {
  snprintf(out, 256, "%s/%s", box->folder, name);
  return out;
}

static inline int there(const char *path) {
  struct stat info;
  return stat(path, &info) == 0;
}

/* Are two files the same, byte by byte? */
static inline int same_bytes(kd_context *ctx, const char *a, const char *b) {
  char *left = NULL, *right = NULL;
  size_t m = 0, n = 0;
  assert_int_equal(kd_file_read_all(&left, &m, ctx, a, 1U << 30, NULL), KD_OK);
  assert_int_equal(kd_file_read_all(&right, &n, ctx, b, 1U << 30, NULL), KD_OK);
  const int same = m == n && memcmp(left, right, m) == 0;
  kd_free(ctx, left);
  kd_free(ctx, right);
  return same;
}

#endif
