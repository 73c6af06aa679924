// SPDX-License-Identifier: Apache-2.0
/* Damaged folders, killed runs: told or mended, never a crash. */
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "fake.h"

/* Opens a run and reads a column; the first status that is not KD_OK. */
static kd_status look(kd_context *ctx, const char *folder) {
  kd_run *run = NULL;
  kd_error err = {KD_OK, ""};
  double value = 0;
  kd_status status = kd_run_open(&run, ctx, folder, &err);
  if (status == KD_OK) status = kd_run_series(&value, 1, run, "process.mass", &err);
  kd_run_destroy(&run);
  assert_true(status == KD_OK || err.text[0] != '\0');
  return status;
}

static void spoil_each_512(const sandbox *box, const char *folder, const char *name) {
  char path[300];
  char *bytes = NULL;
  size_t count = 0;
  snprintf(path, sizeof path, "%s/%s", folder, name);
  assert_int_equal(kd_file_read_all(&bytes, &count, box->ctx, path, 1U << 24, NULL), KD_OK);
  for (size_t at = 0; at < count; at += 512) {
    assert_int_equal(kd_file_write_all(box->ctx, path, bytes, at, NULL), KD_OK);
    assert_int_equal(look(box->ctx, folder), KD_E_CORRUPT);
    const size_t place = at + at / 512 % 512 < count ? at + at / 512 % 512 : at;
    bytes[place] = (char)(bytes[place] ^ 0x15);
    assert_int_equal(kd_file_write_all(box->ctx, path, bytes, count, NULL), KD_OK);
    assert_int_equal(look(box->ctx, folder), KD_E_CORRUPT);
    bytes[place] = (char)(bytes[place] ^ 0x15);
  }
  assert_int_equal(kd_file_write_all(box->ctx, path, bytes, count, NULL), KD_OK);
  assert_int_equal(look(box->ctx, folder), KD_OK);
  kd_free(box->ctx, bytes);
}

static void every_damage_is_told(void **state) {
  const sandbox *box = *state;
  char path[256];
  fake_chain chain = fake_chain_of(1);
  assert_int_equal(fake_run(box->ctx, &chain, sandbox_path(path, box, "run"), 50, NULL), KD_OK);
  spoil_each_512(box, path, "run.json");
  spoil_each_512(box, path, "run.sqlite");
  spoil_each_512(box, path, "samples.nc");
  spoil_each_512(box, path, "scenario.yaml");
}

static void missing_files_are_told(void **state) {
  const sandbox *box = *state;
  char path[256], inner[300];
  fake_chain chain = fake_chain_of(1);
  assert_int_equal(look(box->ctx, sandbox_path(path, box, "run")), KD_E_NOTFOUND);
  assert_int_equal(fake_run(box->ctx, &chain, path, 5, NULL), KD_OK);
  const char *const names[] = {"samples.nc", "run.sqlite", "scenario.yaml"};
  for (size_t i = 0; i < 3; i++) {
    char aside[400];
    snprintf(inner, sizeof inner, "%s/%s", path, names[i]);
    snprintf(aside, sizeof aside, "%s.aside", inner);
    assert_int_equal(rename(inner, aside), 0);
    assert_int_equal(look(box->ctx, path), KD_E_CORRUPT);
    assert_int_equal(rename(aside, inner), 0);
  }
  assert_int_equal(look(box->ctx, path), KD_OK);
}

static int stop_now(uint64_t done, uint64_t all, void *user) {
  (void)done;
  (void)all;
  (void)user;
  return 1;
}

/* A partial folder with a damaged checkpoint, or a damaged head of the samples, starts afresh and ends right. */
static void damaged_partial_folder_starts_afresh(void **state) {
  sandbox *box = *state;
  char whole[256], path[256], x[300], y[300];
  fake_chain chain = fake_chain_of(8);
  assert_int_equal(fake_run(box->ctx, &chain, sandbox_path(whole, box, "whole"), 5000, NULL), KD_OK);
  for (int turn = 0; turn < 4; turn++) {
    char *bytes = NULL, name[32];
    size_t count = 0;
    kd_run *run = NULL;
    snprintf(name, sizeof name, "run%d", turn);
    assert_int_equal(fake_start(&run, box->ctx, &chain, sandbox_path(path, box, name), 5000, 0, NULL), KD_OK);
    assert_int_equal(kd_run_advance(run, 0, stop_now, NULL, NULL), KD_E_INTERRUPTED);
    kd_run_destroy(&run);
    snprintf(x, sizeof x, "%s.partial/%s", path, turn % 2 == 0 ? "checkpoint.json" : "samples.nc");
    assert_int_equal(kd_file_read_all(&bytes, &count, box->ctx, x, 1U << 24, NULL), KD_OK);
    if (turn >= 2)
      count = count / 2;
    else
      bytes[100] ^= 0x40;
    assert_int_equal(kd_file_write_all(box->ctx, x, bytes, count, NULL), KD_OK);
    kd_free(box->ctx, bytes);
    box->lines[0] = '\0';
    assert_int_equal(fake_run(box->ctx, &chain, path, 5000, NULL), KD_OK);
    assert_non_null(strstr(box->lines, "starting afresh"));
    snprintf(x, sizeof x, "%s/samples.nc", whole);
    snprintf(y, sizeof y, "%s/samples.nc", path);
    assert_true(same_bytes(box->ctx, x, y));
  }
}

static void killed_runs_recover(void **state) {
  enum { N = 60000, TURNS = 12 };
  const sandbox *box = *state;
  char whole[256], path[256], x[300], y[300];
  fake_chain chain = fake_chain_of(8);
  assert_int_equal(fake_run(box->ctx, &chain, sandbox_path(whole, box, "whole"), N, NULL), KD_OK);
  sandbox_path(path, box, "run");
  for (int turn = 0; turn < TURNS; turn++) {
    const pid_t child = fork();
    if (child == 0) _exit(fake_run(box->ctx, &chain, path, N, NULL) == KD_OK ? 0 : 1);
    const struct timespec wait = {0, 1000000L * (1 + turn * 5 % 23)};
    nanosleep(&wait, NULL);
    kill(child, SIGKILL);
    int result = 0;
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFSIGNALED(result) || WEXITSTATUS(result) == 0);
    if (there(path)) break;
  }
  if (!there(path)) assert_int_equal(fake_run(box->ctx, &chain, path, N, NULL), KD_OK);
  assert_int_equal(look(box->ctx, path), KD_OK);
  snprintf(x, sizeof x, "%s/samples.nc", whole);
  snprintf(y, sizeof y, "%s/samples.nc", path);
  assert_true(same_bytes(box->ctx, x, y));
}

/* While a process works in a partial folder, another is turned away and harms nothing. */
static void second_process_is_turned_away(void **state) {
  const sandbox *box = *state;
  char path[256];
  fake_chain chain = fake_chain_of(8);
  kd_run *run = NULL;
  assert_int_equal(fake_start(&run, box->ctx, &chain, sandbox_path(path, box, "run"), 9000, 0, NULL), KD_OK);
  assert_int_equal(kd_run_advance(run, 5000, NULL, NULL, NULL), KD_OK);
  const pid_t child = fork();
  if (child == 0) _exit(fake_run(box->ctx, &chain, path, 9000, NULL) == KD_E_EXISTS ? 7 : 1);
  int result = 0;
  assert_int_equal(waitpid(child, &result, 0), child);
  assert_int_equal(WEXITSTATUS(result), 7);
  assert_int_equal(kd_run_advance(run, 0, NULL, NULL, NULL), KD_OK);
  assert_int_equal(kd_run_finish(run, NULL), KD_OK);
  kd_run_destroy(&run);
  assert_int_equal(look(box->ctx, path), KD_OK);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, sandbox_open, sandbox_close)
  const struct CMUnitTest tests[] = {
      CASE(every_damage_is_told), CASE(missing_files_are_told),        CASE(damaged_partial_folder_starts_afresh),
      CASE(killed_runs_recover),  CASE(second_process_is_turned_away),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
