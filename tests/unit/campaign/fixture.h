// SPDX-License-Identifier: Apache-2.0
/* A campaign at the middle of its defaults, with a context, a scratch arena and a stream: what the tests begin from. */
#ifndef KD_TEST_CAMPAIGN_FIXTURE_H
#define KD_TEST_CAMPAIGN_FIXTURE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/quantity.h"
#include "base/table.h"
#include "campaign/calendar.h"

typedef struct fixture {
  kd_context *ctx;
  kd_arena *scratch;
  kd_ledger_book *book;
  kd_ledger *ledger;
  kd_stream rng;
  kd_error err;
  kd_work work;
  kd_campaign_params p;
  kd_slurry feed;
  kd_limits limits;
  kd_table *tables[8];
  size_t table_count;
} fixture;

/* The middle of a default: mode of a triangular, median of a lognormal, else the value. */
static double middle(const kd_param *param) {
  char text[64] = {0};
  double value = (double)NAN;
  kd_error err = {0};
  const char *from = param->initial;
  if (strcmp(from, "none") == 0) return (double)NAN;
  if (from[0] == '{') {
    from = strchr(from, '[') + 1;
    if (strstr(param->initial, "triangular") != NULL) from = strchr(from, ',') + 1;
  }
  while (*from == ' ') from++;
  const size_t length = strcspn(from, ",]");
  assert_true(length < sizeof text);
  memcpy(text, from, length);
  if (kd_quantity_in(&value, text, param->unit, NULL, &err) != KD_OK) fail_msg("%s: %s", param->key, err.text);
  return value;
}

static const kd_table *load_table(fixture *f, const char *path, const char *columns) {
  char full[4096];
  snprintf(full, sizeof full, "%s/%s", KD_TEST_SOURCE, path);
  kd_table **table = &f->tables[f->table_count++];
  if (kd_table_read(table, f->ctx, full, NULL, NULL, &f->err) != KD_OK) fail_msg("%s: %s", path, f->err.text);
  if (kd_table_bind(*table, columns, NULL, NULL, &f->err) != KD_OK) fail_msg("%s: %s", path, f->err.text);
  return *table;
}

static void fill_params(fixture *f) {
  for (size_t i = 0; i < kd_campaign_stage.param_count; i++) {
    const kd_param *param = &kd_campaign_stage.params[i];
    char *at = (char *)&f->p + param->offset;
    if (param->kind == KD_PARAM_NUMBER) *(double *)(void *)at = middle(param);
    if (param->kind == KD_PARAM_CHOICE) *(int *)(void *)at = 0; /* every first choice is the default */
    if (param->kind == KD_PARAM_TABLE && strcmp(param->initial, "none") != 0)
      *(const kd_table **)(void *)at = load_table(f, param->initial, param->columns);
  }
  int year, month;
  double end;
  f->p.start = 1801440000; /* 2027-02-01 */
  kd_date_month(f->p.start, &year, &month, &end);
  assert_int_equal(year, 2027);
  assert_int_equal(month, 2);
}

static int setup(void **state) {
  fixture *f = calloc(1, sizeof *f);
  static const double wave_lift = 3.5, wave_run = 2.5, wave_hang = 5;
  assert_non_null(f);
  assert_int_equal(kd_context_create(&f->ctx, NULL), KD_OK);
  assert_int_equal(kd_arena_create(&f->scratch, f->ctx), KD_OK);
  const kd_ledger_stage stage = {"campaign", kd_campaign_stage.lines, kd_campaign_stage.line_count};
  assert_int_equal(kd_ledger_book_create(&f->book, f->ctx, &stage, 1), KD_OK);
  assert_int_equal(kd_ledger_create(&f->ledger, f->ctx, f->book), KD_OK);
  fill_params(f);
  f->feed = (kd_slurry){.dry_rate = 1.62,
                        .coarse_share = 0.05,
                        .grain_density = 2600,
                        .pore_water = 1.5,
                        .pore_density = 1025,
                        .water_depth = 5700,
                        .dry_per_insertion = 26000,
                        .insertion_time = 18000,
                        .move_time = 1800,
                        .loss_share = 0.05};
  for (int e = 0; e < KD_ELEMENTS; e++) f->feed.grade[e] = 1e-4 * (e + 1);
  f->limits = (kd_limits){.wave_limit_lift = wave_lift,
                          .wave_limit_run = wave_run,
                          .wave_limit_hang = wave_hang,
                          .dry_rate = 1.62,
                          .power = 400e3,
                          .slurry_rate = 0.0125,
                          .water_rate = 8,
                          .flush_time = 2400,
                          .string_length = 5700,
                          .joint_length = 10,
                          .hydraulic_power = 250e3};
  f->work = (kd_work){.ctx = f->ctx, .scratch = f->scratch, .rng = &f->rng, .ledger = f->ledger, .err = &f->err};
  *state = f;
  return 0;
}

static int teardown(void **state) {
  fixture *f = *state;
  for (size_t i = 0; i < f->table_count; i++) kd_table_destroy(&f->tables[i]);
  kd_ledger_destroy(&f->ledger);
  kd_ledger_book_destroy(&f->book);
  kd_arena_destroy(&f->scratch);
  kd_context_destroy(&f->ctx);
  free(f);
  return 0;
}

/* One realisation; the scratch and the ledger start afresh. */
static inline kd_status realise(fixture *f, kd_campaign_result *out, uint64_t realisation) {
  kd_arena_reset(f->scratch);
  kd_ledger_clear(f->ledger);
  kd_stream_start(&f->rng, 1, kd_stream_id("campaign"), realisation);
  return kd_campaign_run(out, &f->p, &f->feed, &f->limits, &f->work);
}

#endif
