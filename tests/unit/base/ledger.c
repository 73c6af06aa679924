// SPDX-License-Identifier: Apache-2.0
#include "support/check.h"

#include <string.h>

#include "base/elements.h"
#include "base/ledger.h"

static const char *const cause_names[] = {"weather", "failure"};
static const kd_labels causes = {cause_names, 2};

static const kd_line digger_lines[] = {
    {.item = "solids", .kind = KD_LINE_MAKE, .unit = "t", .account = "solids", .role = KD_ROLE_IN},
    {.item = "elements",
     .kind = KD_LINE_TRANSFER,
     .unit = "t",
     .account = "element",
     .role = KD_ROLE_IN,
     .labels = &kd_element_labels},
    {.item = "fuel", .kind = KD_LINE_USE, .unit = "t"},
    {.item = "lost", .kind = KD_LINE_TRANSFER, .unit = "h", .account = "time", .role = KD_ROLE_OUT, .labels = &causes},
    {.item = "calendar", .kind = KD_LINE_TRANSFER, .unit = "h", .account = "time", .role = KD_ROLE_IN},
};
static const kd_line plant_lines[] = {
    {.item = "solids", .kind = KD_LINE_WASTE, .unit = "t", .account = "solids", .role = KD_ROLE_OUT},
    {.item = "stock", .kind = KD_LINE_TRANSFER, .unit = "t", .account = "solids", .role = KD_ROLE_STOCK},
    {.item = "elements",
     .kind = KD_LINE_MAKE,
     .unit = "t",
     .account = "element",
     .role = KD_ROLE_OUT,
     .labels = &kd_element_labels},
    {.item = "fuel", .kind = KD_LINE_USE, .unit = "t"},
};
static const kd_ledger_stage stages[] = {{"digger", digger_lines, 5}, {"plant", plant_lines, 4}};

typedef struct fixture {
  kd_context *ctx;
  kd_ledger_book *book;
  kd_ledger *ledger;
} fixture;

static int setup(void **state) {
  static fixture f;
  assert_int_equal(kd_context_create(&f.ctx, NULL), KD_OK);
  assert_int_equal(kd_ledger_book_create(&f.book, f.ctx, stages, 2), KD_OK);
  assert_int_equal(kd_ledger_create(&f.ledger, f.ctx, f.book), KD_OK);
  *state = &f;
  return 0;
}

static int teardown(void **state) {
  fixture *f = *state;
  kd_ledger_destroy(&f->ledger);
  kd_ledger_book_destroy(&f->book);
  kd_context_destroy(&f->ctx);
  return 0;
}

static void posts_add_up(void **state) {
  fixture *f = *state;
  kd_ledger_post(f->ledger, "digger.fuel", 3);
  kd_ledger_post(f->ledger, "digger.fuel", 4);
  kd_ledger_post(f->ledger, "plant.fuel", 5);
  assert_near(kd_ledger_get(f->ledger, "digger.fuel"), 7, 0);
  assert_near(kd_ledger_item(f->ledger, "fuel"), 12, 0);
  assert_near(kd_ledger_item(f->ledger, "nothing"), 0, 0);
  kd_ledger_clear(f->ledger);
  assert_near(kd_ledger_item(f->ledger, "fuel"), 0, 0);
}

static void no_ledger_is_fine(void **state) {
  (void)state;
  kd_ledger_post(NULL, "digger.fuel", 1);
  assert_near(kd_ledger_get(NULL, "digger.fuel"), 0, 0);
}

static void balances_close(void **state) {
  fixture *f = *state;
  kd_error err = {0};
  double elements[KD_ELEMENTS] = {[KD_TB] = 2};
  const double lost[2] = {10, 14};
  kd_ledger_post(f->ledger, "digger.solids", 100);
  kd_ledger_post(f->ledger, "plant.solids", 90);
  kd_ledger_post(f->ledger, "plant.stock", 10);
  kd_ledger_post_vector(f->ledger, "digger.elements", elements);
  kd_ledger_post_vector(f->ledger, "plant.elements", elements);
  kd_ledger_post(f->ledger, "digger.calendar", 24);
  kd_ledger_post_vector(f->ledger, "digger.lost", lost);
  assert_int_equal(kd_ledger_close(f->ledger, 1e-10, &err), KD_OK);
  /* one balance for each element, one for solids, one for time: labels of other accounts are summed */
  assert_int_equal(kd_ledger_book_balances(f->book), KD_ELEMENTS + 2);

  elements[KD_TB] = 1e-9;
  kd_ledger_post_vector(f->ledger, "plant.elements", elements);
  assert_int_equal(kd_ledger_close(f->ledger, 1e-10, &err), KD_E_BALANCE);
  assert_non_null(strstr(err.text, "element.tb"));
}

static void not_a_number_does_not_close(void **state) {
  fixture *f = *state;
  kd_error err = {0};
  kd_ledger_post(f->ledger, "digger.solids", (double)NAN);
  assert_int_equal(kd_ledger_close(f->ledger, 1e-10, &err), KD_E_BALANCE);
}

static void slots_are_named(void **state) {
  fixture *f = *state;
  assert_int_equal(kd_ledger_book_size(f->book), 1 + KD_ELEMENTS + 1 + 2 + 1 + 1 + 1 + KD_ELEMENTS + 1);
  assert_string_equal(kd_ledger_book_name(f->book, 0), "digger.solids");
  assert_string_equal(kd_ledger_book_name(f->book, 1 + KD_TB), "digger.elements.tb");
  assert_string_equal(kd_ledger_book_stage(f->book, kd_ledger_book_size(f->book) - 1), "plant");
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {CASE(posts_add_up), CASE(no_ledger_is_fine), CASE(balances_close),
                                     CASE(not_a_number_does_not_close), CASE(slots_are_named)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
