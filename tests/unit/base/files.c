// SPDX-License-Identifier: Apache-2.0
/* Whole files through a file layer that fails at the n-th operation: the file is whole under its name, or not there. */
#include "support/check.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "support/faults.h"

typedef struct fixture {
  char folder[64];
  kd_context *ctx;
  kd_faults faults;
} fixture;

static int setup(void **state) {
  static fixture f;
  snprintf(f.folder, sizeof f.folder, "/tmp/kaidei-files-XXXXXX");
  assert_non_null(mkdtemp(f.folder));
  kd_faults_start(&f.faults);
  const kd_context_options opt = {
      .size = sizeof opt, .allocator = &f.faults.allocator, .files = &f.faults.files, .home = f.folder};
  assert_int_equal(kd_context_create(&f.ctx, &opt), KD_OK);
  *state = &f;
  return 0;
}

static int teardown(void **state) {
  fixture *f = *state;
  kd_faults_stop(&f->faults);
  assert_int_equal(kd_folder_remove(f->ctx, f->folder, NULL), KD_OK);
  kd_context_destroy(&f->ctx);
  assert_int_equal(f->faults.live, 0);
  return 0;
}

static void round_trip(void **state) {
  fixture *f = *state;
  char path[128], *bytes;
  size_t count;
  kd_error err = {0};
  snprintf(path, sizeof path, "%s/a.txt", f->folder);
  assert_int_equal(kd_file_write_all(f->ctx, path, "abc\0d", 5, &err), KD_OK);
  assert_int_equal(kd_file_read_all(&bytes, &count, f->ctx, path, 100, &err), KD_OK);
  assert_int_equal(count, 5);
  assert_memory_equal(bytes, "abc\0d", 6);
  kd_free(f->ctx, bytes);
  assert_int_equal(kd_file_read_all(&bytes, &count, f->ctx, path, 4, &err), KD_E_SIZE);
  assert_int_equal(kd_file_read_all(&bytes, &count, f->ctx, "/nowhere/x", 4, &err), KD_E_NOTFOUND);
  assert_int_equal(kd_file_read_all(&bytes, &count, f->ctx, f->folder, 4, &err), KD_E_IO);
}

static void never_half_a_file(void **state) {
  fixture *f = *state;
  char path[128], part[160], *bytes;
  size_t count;
  snprintf(path, sizeof path, "%s/b.txt", f->folder);
  snprintf(part, sizeof part, "%s.part", path);
  assert_int_equal(kd_file_write_all(f->ctx, path, "old", 3, NULL), KD_OK);
  long n = 0;
  for (;; n++) {
    kd_error err = {0};
    kd_faults_fail_io(&f->faults, n, n % 2 == 0 ? ENOSPC : EIO);
    const kd_status status = kd_file_write_all(f->ctx, path, "new and longer", 14, &err);
    const bool hit = f->faults.io_hit;
    kd_faults_stop(&f->faults);
    assert_int_equal(kd_file_read_all(&bytes, &count, f->ctx, path, 100, NULL), KD_OK);
    if (status == KD_OK)
      assert_string_equal(bytes, "new and longer");
    else
      assert_string_equal(bytes, "old");
    kd_free(f->ctx, bytes);
    assert_int_not_equal(access(part, F_OK), 0); /* nothing is left beside it */
    if (!hit) break;
    assert_int_not_equal(status, KD_OK);
    assert_true(strlen(err.text) > 0);
  }
  assert_true(n >= 4); /* open, write, sync, close, rename */
}

static void reading_fails_cleanly(void **state) {
  fixture *f = *state;
  char path[128], *bytes;
  size_t count;
  snprintf(path, sizeof path, "%s/c.txt", f->folder);
  assert_int_equal(kd_file_write_all(f->ctx, path, "text", 4, NULL), KD_OK);
  for (long n = 0;; n++) {
    kd_faults_fail_io(&f->faults, n, EIO);
    const kd_status status = kd_file_read_all(&bytes, &count, f->ctx, path, 100, NULL);
    const bool hit = f->faults.io_hit;
    kd_faults_stop(&f->faults);
    kd_free(f->ctx, bytes);
    if (!hit) break;
    assert_true(status != KD_OK || count == 4); /* a close that fails after reading loses nothing */
  }
  kd_faults_fail_allocation(&f->faults, 0);
  assert_int_equal(kd_file_read_all(&bytes, &count, f->ctx, path, 100, NULL), KD_E_NOMEM);
  kd_faults_stop(&f->faults);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {CASE(round_trip), CASE(never_half_a_file), CASE(reading_fails_cleanly)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
