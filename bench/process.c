// SPDX-License-Identifier: Apache-2.0
/* CPU time of the process stage for one realisation, in microseconds. Run from the root of the source:
 *   cc -std=c17 -O3 -DNDEBUG -D_POSIX_C_SOURCE=200809L -Isrc -Iinclude -Itests bench/process.c
 * build/release/libkaidei.a ... */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "../tests/unit/process/fixture.h"

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

int main(void) {
  kd_context *ctx = NULL;
  kd_ledger_book *book = NULL;
  kd_ledger *ledger = NULL;
  kd_error err = {0};
  kd_process_params p;
  kd_process_result r;
  kd_delivered d;
  kd_ledger_stage stage = {"process", kd_process_stage.lines, kd_process_stage.line_count};
  kd_table *table = NULL;
  if (kd_context_create(&ctx, NULL) != KD_OK || kd_ledger_book_create(&book, ctx, &stage, 1) != KD_OK ||
      kd_ledger_create(&ledger, ctx, book) != KD_OK)
    return 1;
  if (kd_table_read(&table, ctx, "data/process/separation_factors.csv", NULL, NULL, &err) != KD_OK ||
      kd_table_bind(table, "lighter, heavier, beta [1], status?", NULL, NULL, &err) != KD_OK)
    return 1;
  kd_work work = {.ctx = ctx, .ledger = ledger, .err = &err};
  defaults(&p, 1);
  mud(&d, 1e9, 5000e-6);
  p.cyclone = 1;
  p.metal = KD_METAL_MAGNET;
  p.separation_factors = table;
  const int count = 20000;
  double start = now(), sum = 0;
  for (int i = 0; i < count; i++) {
    kd_ledger_clear(ledger);
    p.leach_cerium = 0.1 + 1e-7 * i;
    if (kd_process_run(&r, &p, &d, &work) != KD_OK) return 1;
    sum += r.oxide_total;
  }
  printf("process stage: %.2f us a realisation (check sum %.6g)\n", (now() - start) / count, sum);
  kd_table_destroy(&table);
  kd_ledger_destroy(&ledger);
  kd_ledger_book_destroy(&book);
  kd_context_destroy(&ctx);
  return 0;
}
