// SPDX-License-Identifier: Apache-2.0
/* A tiny run in which the n-th allocation or the n-th file operation fails, once or from then on, for every n until it
 * goes through: each failure is told, nothing leaks, and a folder under its final name is whole. */
#include <errno.h>
#include <stdatomic.h>

#include "../unit/results/fake.h"
#include "results/export.h"

typedef struct faults {
  atomic_long left; /* allocations until the one that fails; below 0: none fails any more (once) */
  atomic_long live; /* blocks not given back */
  atomic_long io;   /* the same for file operations */
  atomic_bool tripped;
  int sticky, code;
} faults;

static bool trips(atomic_long *counter, faults *f) {
  const long now = atomic_fetch_sub(counter, 1);
  if (now == 1 || (f->sticky && now < 1)) {
    atomic_store(&f->tripped, true);
    return true;
  }
  return false;
}

static void *allocate(size_t bytes, void *user) {
  faults *f = user;
  void *memory = trips(&f->left, f) ? NULL : malloc(bytes);
  if (memory != NULL) atomic_fetch_add(&f->live, 1);
  return memory;
}

static void *reallocate(void *memory, size_t bytes, void *user) {
  faults *f = user;
  if (trips(&f->left, f)) return NULL;
  void *moved = realloc(memory, bytes);
  if (memory == NULL && moved != NULL) atomic_fetch_add(&f->live, 1);
  return moved;
}

static void release_memory(void *memory, void *user) {
  faults *f = user;
  if (memory != NULL) atomic_fetch_sub(&f->live, 1);
  free(memory);
}

#define FAIL(user)                                                                                                     \
  if (trips(&((faults *)(user))->io, user)) return ((faults *)(user))->code

static int f_open(void **file, const char *path, kd_open_mode mode, void *user) {
  FAIL(user);
  return kd_files_posix.open(file, path, mode, NULL);
}
static int f_read(void *file, void *bytes, size_t capacity, size_t *got, void *user) {
  FAIL(user);
  return kd_files_posix.read(file, bytes, capacity, got, NULL);
}
static int f_write(void *file, const void *bytes, size_t count, size_t *put, void *user) {
  FAIL(user);
  return kd_files_posix.write(file, bytes, count > 1000 ? 1000 : count, put, NULL); /* short writes too */
}
static int f_sync(void *file, void *user) {
  FAIL(user);
  return kd_files_posix.sync(file, NULL);
}
static int f_close(void *file, void *user) {
  const int code = kd_files_posix.close(file, NULL);
  FAIL(user);
  return code;
}
static int f_rename(const char *from, const char *to, void *user) {
  FAIL(user);
  return kd_files_posix.rename(from, to, NULL);
}
static int f_make_folder(const char *path, void *user) {
  FAIL(user);
  return kd_files_posix.make_folder(path, NULL);
}
/* What only looks or cleans up does not fail: a test could not tell what it left behind. */
static int f_remove(const char *path, void *user) {
  (void)user;
  return kd_files_posix.remove(path, NULL);
}
static int f_inspect(kd_file_info *out, const char *path, void *user) {
  (void)user;
  return kd_files_posix.inspect(out, path, NULL);
}
static int f_list(const char *folder, kd_list_fn *each, void *each_user, void *user) {
  (void)user;
  return kd_files_posix.list(folder, each, each_user, NULL);
}

static int f_seek(void *file, uint64_t offset, void *user) {
  FAIL(user);
  return kd_files_posix.seek(file, offset, NULL);
}

static kd_context *context_of(faults *f) {
  kd_context *ctx = NULL;
  const kd_allocator allocator = {allocate, reallocate, release_memory, f};
  const kd_file_layer files = {f_open,   f_read,        f_write,   f_sync, f_close, f_rename,
                               f_remove, f_make_folder, f_inspect, f_list, f_seek,  f};
  const kd_context_options options = {.size = sizeof options, .allocator = &allocator, .files = &files};
  assert_int_equal(kd_context_create(&ctx, &options), KD_OK);
  return ctx;
}

/* Run, open, read, export; the first status that is not KD_OK. */
static kd_status everything(kd_context *ctx, faults *f, long allocation, long io, const char *folder, kd_error *err) {
  char path[300];
  double value = 0;
  kd_run *run = NULL;
  fake_chain chain = fake_chain_of(1);
  kd_run *made = NULL;
  const kd_run_source source = fake_source(ctx, &chain);
  const kd_run_options options = {
      .size = sizeof options, .realisations = 20, .seed = 1, .threads = 2, .folder = folder, .force = 0};
  atomic_store(&f->left, allocation);
  atomic_store(&f->io, io);
  kd_status status = kd_run_start(&made, ctx, &source, &options, err);
  if (status == KD_OK) status = kd_run_advance(made, 0, NULL, NULL, err);
  if (status == KD_OK) status = kd_run_finish(made, err);
  kd_run_destroy(&made);
  if (status == KD_OK) status = kd_run_open(&run, ctx, folder, err);
  if (status == KD_OK) status = kd_run_series(&value, 1, run, "process.mass", err);
  snprintf(path, sizeof path, "%s.csv", folder);
  if (status == KD_OK) status = kd_export(run, "csv", path, err);
  kd_run_destroy(&run);
  if (status == KD_OK) {
    snprintf(path, sizeof path, "%s.folder", folder);
    status = kd_run_open(&run, ctx, folder, err);
    if (status == KD_OK) status = kd_export(run, "csv", path, err);
    if (status == KD_OK) snprintf(path, sizeof path, "%s.json", folder);
    if (status == KD_OK) status = kd_export(run, "json", path, err);
    if (status == KD_OK) snprintf(path, sizeof path, "%s.xlsx", folder);
    if (status == KD_OK) status = kd_export(run, "xlsx", path, err);
    kd_run_destroy(&run);
  }
  atomic_store(&f->left, 0);
  atomic_store(&f->io, 0);
  return status;
}

/* A folder under its final name can be opened and read, whatever happened. */
static void check_folder(const char *folder) {
  kd_context *plain = NULL;
  kd_run *run = NULL;
  kd_error err;
  if (!there(folder)) return;
  assert_int_equal(kd_context_create(&plain, NULL), KD_OK);
  assert_int_equal(kd_run_open(&run, plain, folder, &err), KD_OK);
  double value = 0;
  assert_int_equal(kd_run_series(&value, 1, run, "process.mass", &err), KD_OK);
  kd_run_destroy(&run);
  kd_context_destroy(&plain);
}

static void each_fault(const sandbox *box, int sticky, bool memory, int code) {
  char folder[256], name[32];
  for (long n = 1; n < 100000; n++) {
    faults f = {.sticky = sticky, .code = code};
    kd_error err = {KD_OK, ""};
    atomic_init(&f.left, 0);
    kd_context *ctx = NULL;
    f.sticky = 0;
    ctx = context_of(&f);
    f.sticky = sticky;
    if (sticky) { /* nothing fails while the source is made */
      atomic_store(&f.left, 1000000000);
      atomic_store(&f.io, 1000000000);
    }
    snprintf(name, sizeof name, "run%ld", n);
    sandbox_path(folder, box, name);
    const long never = 1000000000;
    const kd_status status = everything(ctx, &f, memory ? n : never, memory ? never : n, folder, &err);
    const bool tripped = atomic_load(&f.tripped);
    if (!tripped) assert_int_equal(status, KD_OK);
    if (status != KD_OK) {
      assert_int_equal(err.code, status);
      assert_true(err.text[0] != '\0');
      if (memory) assert_true(status == KD_E_NOMEM || status == KD_E_CORRUPT || status == KD_E_IO);
    }
    f.sticky = 0;
    kd_context_destroy(&ctx);
    assert_int_equal(atomic_load(&f.live), 0);
    check_folder(folder);
    kd_folder_remove(box->ctx, folder, NULL);
    if (!tripped) {
      print_message("%ld faults\n", n - 1);
      return;
    }
  }
  fail();
}

static void each_allocation_once(void **state) {
  each_fault(*state, 0, true, 0);
}
static void each_allocation_from_then_on(void **state) {
  each_fault(*state, 1, true, 0);
}
static void each_file_operation_once(void **state) {
  each_fault(*state, 0, false, EIO);
}
static void each_file_operation_on_a_full_disk(void **state) {
  each_fault(*state, 1, false, ENOSPC);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, sandbox_open, sandbox_close)
  const struct CMUnitTest tests[] = {
      CASE(each_allocation_once),
      CASE(each_allocation_from_then_on),
      CASE(each_file_operation_once),
      CASE(each_file_operation_on_a_full_disk),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
