// SPDX-License-Identifier: Apache-2.0
/* Tables that are right: CSV in all its forms, units in the header, writing and reading back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/context.h"
#include "base/table.h"
#include "base/text.h"

static int make(void **state) {
  return kd_context_create((kd_context **)state, NULL) == KD_OK ? 0 : 1;
}

static int drop(void **state) {
  kd_context_destroy((kd_context **)state);
  return 0;
}

static kd_table *parse(kd_context *ctx, const char *text) {
  kd_table *table;
  kd_error err = {.text = ""};
  if (kd_table_parse(&table, ctx, "t.csv", text, strlen(text), NULL, NULL, &err) != KD_OK) fail_msg("%s", err.text);
  return table;
}

static void columns_units_and_notes(void **state) {
  kd_table *table = parse(*state, "# Blocks of the area\n"
                                  "#source:   Takaya et al. 2018\n"
                                  "# second line\n"
                                  "#\n"
                                  "\n"
                                  " area [km2] , top[m],site,\"a, b [ppm]\"\n"
                                  "1.5, 2 ,north,7\n"
                                  "  # in between\n"
                                  "   \n"
                                  ",-3e-1,\"so\"\"uth\",\n");
  assert_string_equal(table->name, "t.csv");
  assert_string_equal(table->source, "Takaya et al. 2018");
  assert_string_equal(table->note, "Blocks of the area\nsecond line\nin between");
  assert_int_equal(table->columns, 4);
  assert_int_equal(table->rows, 2);
  assert_int_equal(table->header, 6);
  assert_int_equal(table->line[0], 7);
  assert_int_equal(table->line[1], 10);
  assert_string_equal(table->column[0].name, "area");
  assert_string_equal(table->column[0].unit, "km2");
  assert_string_equal(table->column[1].unit, "m");
  assert_string_equal(table->column[2].unit, "");
  assert_string_equal(table->column[3].name, "a, b");
  assert_int_equal(table->column[1].place, 2);
  assert_int_equal(table->column[1].at, 15);
  assert_true(table->column[0].number[0] == 1.5);
  assert_true(isnan(table->column[0].number[1]));
  assert_string_equal(table->column[0].text[1], "");
  assert_string_equal(table->column[1].text[0], "2");
  assert_true(table->column[1].number[1] == -0.3);
  assert_true(table->column[2].is_text);
  assert_false(table->column[0].is_text);
  assert_string_equal(table->column[2].text[1], "so\"uth");
  assert_ptr_equal(kd_table_column(table, "site"), &table->column[2]);
  assert_null(kd_table_column(table, "nowhere"));
  kd_table_destroy(&table);
  assert_null(table);
  kd_table_destroy(&table);
  kd_table_destroy(NULL);
}

static void every_line_end(void **state) {
  const char *texts[] = {"a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4",
                         ("\xEF\xBB\xBF"
                          "a,b\n1,2\n\n3,4"),
                         "a,b\r\n\r\n1,2\r\n# x\r\n3,4\r\n\r\n"};
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; ++i) {
    kd_table *table = parse(*state, texts[i]);
    assert_int_equal(table->rows, 2);
    assert_int_equal(table->column[0].at, 1);
    assert_true(table->column[1].number[0] == 2 && table->column[1].number[1] == 4);
    assert_string_equal(table->column[0].name, "a");
    kd_table_destroy(&table);
  }
}

static void quoted_cells(void **state) {
  kd_table *table = parse(*state, "text,n\n\"two\nlines\", 1\n \"a,\"\"b\"\"\" ,\"2\"\n\"\",\"\"\"\"\n\" x \",3\n");
  const kd_column *text = &table->column[0], *n = &table->column[1];
  assert_string_equal(text->text[0], "two\nlines");
  assert_string_equal(text->text[1], "a,\"b\"");
  assert_string_equal(text->text[2], "");
  assert_string_equal(n->text[2], "\"");
  assert_string_equal(text->text[3], " x "); /* quotes keep blanks */
  assert_true(n->number[0] == 1 && n->number[1] == 2 && n->number[3] == 3);
  assert_int_equal(table->line[1], 4);
  kd_table_destroy(&table);
}

static void header_alone(void **state) {
  kd_table *table = parse(*state, "a [m],b");
  assert_int_equal(table->rows, 0);
  assert_int_equal(table->columns, 2);
  kd_table_destroy(&table);
}

static void binding_turns_to_si(void **state) {
  kd_table *table = parse(*state, "depth [km],grade [%wt],t [degC],site,share [%],count,extra [foo]\n"
                                  "5.7,0.2652,4,north,5,3,?\n,,,,,,\n");
  kd_error err = {.text = ""};
  const char *wanted = "depth [m], grade [ppm], t [K],site, share [1], count [1], none [m]?, other?, ...";
  for (int again = 0; again < 2; ++again) { /* a second time changes nothing */
    if (kd_table_bind(table, wanted, NULL, NULL, &err) != KD_OK) fail_msg("%s", err.text);
    assert_true(table->column[0].number[0] == 5700);
    assert_true(fabs(table->column[1].number[0] - 2652e-6) < 1e-18);
    assert_true(table->column[2].number[0] == 277.15);
    assert_true(table->column[4].number[0] == 0.05);
    assert_true(table->column[5].number[0] == 3);
    assert_true(isnan(table->column[0].number[1]));
    assert_string_equal(table->column[3].text[0], "north");
  }
  kd_text text;
  kd_text_init(&text, *state);
  kd_table_write(&text, table);
  assert_string_equal(text.bytes, "depth [km],grade [%wt],t [degC],site,share [%],count,extra [foo]\n"
                                  "5.7,0.2652,4,north,5,3,?\n,,,,,,\n");
  kd_text_free(&text);
  kd_table_destroy(&table);
}

static void tables_made_by_code(void **state) {
  kd_table *table;
  kd_error err = {.text = ""};
  assert_int_equal(kd_table_create(&table, *state, "cutoff [ppm], tonnage [Mt],\n n [1], plain", 2, &err), KD_OK);
  assert_int_equal(table->columns, 4);
  assert_string_equal(table->column[2].name, "n");
  assert_string_equal(table->column[3].unit, "");
  assert_true(isnan(table->column[0].number[1]));
  table->column[0].number[0] = 400e-6;
  table->column[1].number[0] = 2.5e9;
  table->column[2].number[0] = 7;
  assert_int_equal(kd_table_bind(table, "cutoff [%wt], tonnage [kg], ...", NULL, NULL, &err), KD_OK);
  assert_true(table->column[1].number[0] == 2.5e9);
  kd_text text;
  kd_text_init(&text, *state);
  kd_table_write(&text, table);
  assert_string_equal(text.bytes, "cutoff [ppm],tonnage [Mt],n [1],plain\n400,2.5,7,\n,,,\n");
  kd_text_free(&text);
  kd_table_destroy(&table);
  assert_int_equal(kd_table_create(&table, *state, "a [m]", 0, &err), KD_OK);
  kd_table_destroy(&table);
}

static void bad_column_lists_are_told(void **state) {
  const char *lists[] = {
      "",
      "a [m",
      "[m]",
      "a,,b",
      "a [m], ...",
      ("averyveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryvery"
       "veryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryverylongname")};
  for (size_t i = 0; i < sizeof lists / sizeof lists[0]; ++i) {
    kd_table *table;
    kd_error err;
    assert_int_equal(kd_table_create(&table, *state, lists[i], 1, &err), KD_E_INTERNAL);
    assert_null(table);
  }
  kd_table *table;
  kd_error err;
  assert_int_equal(kd_table_create(&table, *state, "a [mtr]", 1, &err), KD_E_UNIT);
  table = parse(*state, "a [m]\n1\n");
  assert_int_equal(kd_table_bind(table, "a [m", NULL, NULL, &err), KD_E_INTERNAL);
  assert_int_equal(kd_table_bind(table, "a [mtr]", NULL, NULL, &err), KD_E_INTERNAL);
  kd_table_destroy(&table);
}

/* Whatever is written is read back as the same text. */
static void writing_and_reading_agree(void **state) {
  kd_table *table = parse(
      *state,
      "# source: x\n# note one\n# note two\n\"na,me\",b [m]\n\"q\"\"\n\",1\n\"# no comment\",\n\" blank \",0.1\n");
  kd_text first, second;
  kd_text_init(&first, *state);
  kd_text_init(&second, *state);
  kd_table_write(&first, table);
  kd_table *again = parse(*state, first.bytes);
  kd_table_write(&second, again);
  assert_string_equal(first.bytes, second.bytes);
  assert_int_equal(again->rows, 3);
  assert_string_equal(again->column[0].text[1], "# no comment");
  kd_text_free(&first);
  kd_text_free(&second);
  kd_table_destroy(&table);
  kd_table_destroy(&again);
  table = parse(*state, "\"#a, b [m]\"\n\"\"\n1\n");
  kd_text_init(&first, *state);
  kd_table_write(&first, table);
  assert_string_equal(first.bytes, "\"#a, b [m]\"\n\"\"\n1\n");
  kd_text_free(&first);
  kd_table_destroy(&table);
}

static void files_are_read(void **state) {
  char path[] = "/tmp/kd_table_XXXXXX";
  int file = mkstemp(path);
  assert_true(file >= 0);
  assert_int_equal(write(file, "a [m]\n7\n", 8), 8);
  assert_int_equal(close(file), 0);
  kd_table *table;
  kd_error err = {.text = ""};
  assert_int_equal(kd_table_read(&table, *state, path, NULL, NULL, &err), KD_OK);
  assert_true(table->column[0].number[0] == 7);
  kd_table_destroy(&table);
  assert_int_equal(unlink(path), 0);
  assert_int_equal(kd_table_read(&table, *state, path, NULL, NULL, &err), KD_E_NOTFOUND);
  assert_null(table);
}

static void large_tables_are_read(void **state) {
  kd_text text;
  kd_text_init(&text, *state);
  kd_text_add(&text, "i,x [m],name\n");
  for (int i = 0; i < 50000; ++i) kd_text_printf(&text, "%d,%d.5,row %d\n", i, i, i);
  kd_table *table = parse(*state, text.bytes);
  assert_int_equal(table->rows, 50000);
  for (int i = 0; i < 50000; ++i) {
    assert_true(table->column[0].number[i] == i && table->column[1].number[i] == i + 0.5);
    assert_int_equal(table->line[i], i + 2);
  }
  kd_table_destroy(&table);
  kd_text_free(&text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(columns_units_and_notes, make, drop),
      cmocka_unit_test_setup_teardown(every_line_end, make, drop),
      cmocka_unit_test_setup_teardown(quoted_cells, make, drop),
      cmocka_unit_test_setup_teardown(header_alone, make, drop),
      cmocka_unit_test_setup_teardown(binding_turns_to_si, make, drop),
      cmocka_unit_test_setup_teardown(tables_made_by_code, make, drop),
      cmocka_unit_test_setup_teardown(bad_column_lists_are_told, make, drop),
      cmocka_unit_test_setup_teardown(writing_and_reading_agree, make, drop),
      cmocka_unit_test_setup_teardown(files_are_read, make, drop),
      cmocka_unit_test_setup_teardown(large_tables_are_read, make, drop),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
