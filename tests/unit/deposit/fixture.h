// SPDX-License-Identifier: Apache-2.0
/* A context, an arena, a stream, and the parameters of a deposit without errors; tables from text or from the data
 * folder. */
#ifndef KD_TESTS_DEPOSIT_FIXTURE_H
#define KD_TESTS_DEPOSIT_FIXTURE_H

#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "deposit/blocks.h"
#include "deposit/deposit.h"
#include "support/check.h"

typedef struct fixture {
  kd_context *ctx;
  kd_arena *scratch;
  kd_stream rng;
  kd_error err;
  kd_work work;
  kd_table *table;
  kd_deposit_params p;
} fixture;

static inline kd_deposit_params certain_params(const kd_table *table) {
  return (kd_deposit_params){.blocks = table,
                             .stated_grade = (double)NAN,
                             .stated_area = 100e6,
                             .stated_thickness = 10.0,
                             .scandium = 30e-6,
                             .water_depth = 5700.0,
                             .dry_density = (double)NAN,
                             .grain_density = 2600.0,
                             .pore_density = 1040.0,
                             .grade_factor = 1.0,
                             .grade_cap = 7900e-6,
                             .cutoff = 400e-6,
                             .measured_limit = 0.15,
                             .indicated_limit = 0.30,
                             .inferred_limit = 0.60};
}

static inline void fixture_open(fixture *f) {
  memset(f, 0, sizeof *f);
  assert_int_equal(kd_context_create(&f->ctx, NULL), KD_OK);
  assert_int_equal(kd_arena_create(&f->scratch, f->ctx), KD_OK);
  kd_stream_start(&f->rng, 1, kd_stream_id("deposit"), 0);
  f->work = (kd_work){.ctx = f->ctx, .scratch = f->scratch, .rng = &f->rng, .err = &f->err};
  f->p = certain_params(NULL);
}

static inline void fixture_close(fixture *f) {
  kd_table_destroy(&f->table);
  kd_arena_destroy(&f->scratch);
  kd_context_destroy(&f->ctx);
}

/* The deposit's own table from CSV text. */
static inline void fixture_parse(fixture *f, const char *csv) {
  kd_table_destroy(&f->table);
  if (kd_table_parse(&f->table, f->ctx, "blocks.csv", csv, strlen(csv), NULL, NULL, &f->err) != KD_OK ||
      kd_table_bind(f->table, KD_BLOCK_COLUMNS, NULL, NULL, &f->err) != KD_OK)
    fail_msg("%s", f->err.text);
  f->p.blocks = f->table;
}

/* The shipped table. */
static inline void fixture_ship(fixture *f) {
  if (kd_table_read(&f->table, f->ctx, KD_TEST_SOURCE "/data/deposit/minamitorishima.csv", NULL, NULL, &f->err) !=
          KD_OK ||
      kd_table_bind(f->table, KD_BLOCK_COLUMNS, NULL, NULL, &f->err) != KD_OK)
    fail_msg("%s", f->err.text);
  f->p.blocks = f->table;
}

/* The errors of the default parameters. */
static inline void fixture_errors(fixture *f) {
  f->p.draw_errors = 1;
  f->p.nugget_error = 0.20;
  f->p.sill_error = 0.45;
  f->p.error_range = 15e3;
  f->p.square_share = 0.6;
  f->p.composition_error = 0.15;
  f->p.cerium_error = 0.40;
}

#endif
