// SPDX-License-Identifier: Apache-2.0
/* Tables that are wrong: the status, the line, the column and the words of each defect; all of them at once; lack of
 * memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

typedef struct seen {
  size_t count;
  kd_status code;
  unsigned line, column;
  char first[1100], last[1100];
} seen;

static void note(kd_status code, unsigned line, unsigned column, const char *message, void *user) {
  seen *s = user;
  if (s->count++ == 0) {
    s->code = code;
    s->line = line;
    s->column = column;
    (void)snprintf(s->first, sizeof s->first, "%s", message);
  }
  (void)snprintf(s->last, sizeof s->last, "%s", message);
}

typedef struct bad {
  const char *text, *columns; /* columns NULL: already reading fails */
  kd_status status;
  unsigned line, column;
  const char *words;
} bad;

#define WANTED "area [km2], top [m], grade_la [ppm], site, note?, share [1]?, angle [deg]?"
#define HEAD   "area [km2],top [m],grade_la [ppm],site\n"

static const bad bads[] = {
    /* reading */
    {"", NULL, KD_E_CSV, 1, 1, "the table is empty: a header line is wanted"},
    {"\n \n", NULL, KD_E_CSV, 3, 1, "the table is empty"},
    {"\xEF\xBB\xBF", NULL, KD_E_CSV, 1, 1, "the table is empty"},
    {"# only a comment", NULL, KD_E_CSV, 1, 1, "the table is empty"},
    {"a,b\n1,2,3\n", NULL, KD_E_CSV, 2, 5, "the row has 3 cells where the header has 2"},
    {"a,b\n1\n", NULL, KD_E_CSV, 2, 1, "the row has 1 cells where the header has 2"},
    {"a,b\n1,2\n\n3,4,\n", NULL, KD_E_CSV, 4, 5, "the row has 3 cells"},
    {"a\n1,2\n", NULL, KD_E_CSV, 2, 3, "the row has 2 cells where the header has 1"},
    {"a,b,a\n", NULL, KD_E_DUPLICATE, 1, 5, "column 'a' is there twice: columns 1 and 3"},
    {"a [m], b ,a [km]\n", NULL, KD_E_DUPLICATE, 1, 11, "column 'a' is there twice"},
    {"a,,b\n", NULL, KD_E_CSV, 1, 3, "the name of column 2 is missing"},
    {"a,b,\n", NULL, KD_E_CSV, 1, 5, "the name of column 3 is missing"},
    {"[m],b\n", NULL, KD_E_CSV, 1, 1, "the name of column 1 is missing"},
    {"a [m,b\n", NULL, KD_E_CSV, 1, 1, "column 'a [m': write it as name [unit]"},
    {"a [m] b,c\n", NULL, KD_E_CSV, 1, 1, "write it as name [unit]"},
    {"a [m] [s],c\n", NULL, KD_E_CSV, 1, 1, "write it as name [unit]"},
    {"a []\n", NULL, KD_E_CSV, 1, 1, "empty unit: write [1] for a pure number"},
    {"a,b\n1,\"x\n2,3\n", NULL, KD_E_CSV, 2, 3, "the quote that begins here is never closed"},
    {"\"a,b\n", NULL, KD_E_CSV, 1, 1, "never closed"},
    {"a,b\n1,\"x\"y\n", NULL, KD_E_CSV, 2, 6, "text after a closing quote"},
    {"a,b\n\"x\ny\" z,1\n", NULL, KD_E_CSV, 3, 4, "text after a closing quote"},
    {"a,b\n1,5\" pipe\n", NULL, KD_E_CSV, 2, 4, "a quote inside a cell"},
    {"a,b\n1,\xFF\n", NULL, KD_E_ENCODING, 2, 3, "byte 0xFF is not valid UTF-8"},
    {"a,b\r\n1,2\r3,\xC3\n", NULL, KD_E_ENCODING, 3, 3, "byte 0xC3 is not valid UTF-8"},
    {"\xFE\xFF"
     "a",
     NULL, KD_E_ENCODING, 1, 1, "byte 0xFE"},
    {"a,b\n1,\xED\xA0\x80\n", NULL, KD_E_ENCODING, 2, 3, "byte 0xED"},
    /* columns */
    {"area [km2],top [m],gradee_la [ppm],site\n1,2,3,x\n", WANTED, KD_E_CSV, 1, 20,
     "unknown column 'gradee_la': did you mean grade_la?"},
    {"area [km2],top [m],site,grade_al [ppm]\n1,2,x,3\n", WANTED, KD_E_CSV, 1, 25, "did you mean grade_la?"},
    {"area [km2],top [m],site\n1,2,x\n", WANTED, KD_E_CSV, 1, 1,
     "column 'grade_la [ppm]' is missing: the columns are area, top, site"},
    {"# c\narea [km2],top [m],grade_la [ppm]\n1,2,3\n", WANTED, KD_E_CSV, 2, 1, "column 'site' is missing"},
    {"area [km2],top [m],grade_la [ppm],site,foo\n1,2,3,x,y\n", WANTED, KD_E_CSV, 1, 40,
     "unknown column 'foo': known are area [km2], top"},
    {"area [km2],tops [m],grade_la [ppm],x\n1,2,3,4\n", "area [km2], top [m], ...", KD_E_CSV, 1, 12,
     "column 'top [m]' is missing: is it 'tops'?"},
    {"x\n1\n", "area [km2], ...", KD_E_CSV, 1, 1, "column 'area [km2]' is missing: the columns are x"},
    {HEAD, WANTED, KD_E_CSV, 1, 1, "the table has no rows"},
    /* units */
    {"area [km2],top [kg],grade_la [ppm],site\n1,2,3,x\n", WANTED, KD_E_DIMENSION, 1, 12,
     "column 'top' is a mass: a length is wanted, such as m or km"},
    {"area [km2],top,grade_la [ppm],site\n1,2,3,x\n", WANTED, KD_E_DIMENSION, 1, 12,
     "column 'top': the unit is missing: a length is wanted"},
    {"area [km2],top [mtr],grade_la [ppm],site\n1,2,3,x\n", WANTED, KD_E_UNIT, 1, 12,
     "column 'top': unknown unit 'mtr'"},
    {"area [km2],top [M],grade_la [ppm],site\n1,2,3,x\n", WANTED, KD_E_UNIT, 1, 12, "unit 'M' is not accepted"},
    {"area [km2],top [m],grade_la [%],site\n1,2,3,x\n", WANTED, KD_E_BASIS, 1, 20,
     "column 'grade_la': say whether by mass or by volume"},
    {"area [km2],top [m],grade_la [%vol],site\n1,2,3,x\n", WANTED, KD_E_BASIS, 1, 20,
     "is a share by volume: a share by mass is wanted"},
    {"area [km2],top [m],grade_la,site\n1,2,3,x\n", WANTED, KD_E_BASIS, 1, 20, "say whether by mass or by volume"},
    {"area [km2],top [m],grade_la [ppm],site,share [%vol]\n1,2,3,x,4\n", WANTED, KD_E_DIMENSION, 1, 40,
     "a pure number is wanted"},
    {"area [km2],top [m],grade_la [ppm],site,angle\n1,2,3,x,4\n", WANTED, KD_E_DIMENSION, 1, 40, "an angle is wanted"},
    /* cells */
    {HEAD "1,2,3,x\n1,abc,3,x\n", WANTED, KD_E_CSV, 3, 3,
     "'abc' is not a number (a number in column 'top [m]' is wanted)"},
    {HEAD "1, 5 m ,3,x\n", WANTED, KD_E_CSV, 2, 4, "'5 m' is not a number alone: the unit stands in the header"},
    {HEAD "1,nan,3,x\n", WANTED, KD_E_CSV, 2, 3,
     "'nan' is not a number: leave the cell empty when the value is missing"},
    {HEAD "1,2,NA,x\n", WANTED, KD_E_CSV, 2, 5, "leave the cell empty"},
    {HEAD "-,2,3,x\n", WANTED, KD_E_CSV, 2, 1, "leave the cell empty"},
    {HEAD "1,2,inf,x\n", WANTED, KD_E_CSV, 2, 5, "'inf' is not a number"},
    {HEAD "1,2,0x10,x\n", WANTED, KD_E_CSV, 2, 5, "'0x10' is not a number: write it in decimal"},
    {HEAD "1,2,1e999,x\n", WANTED, KD_E_CSV, 2, 5, "'1e999' is too large for a number"},
    {HEAD "1e308,2,3,x\n", WANTED, KD_E_CSV, 2, 1, "'1e308' is too large in this unit"},
    {HEAD "1,2,1e-999,x\n", WANTED, KD_E_CSV, 2, 5, "is too close to 0"},
    {HEAD "1,2,\"1,000\",x\n", WANTED, KD_E_CSV, 2, 5, "'1,000' is not a number: thousands may be grouped by '_'"},
    {HEAD "1,2,1 000,x\n", WANTED, KD_E_CSV, 2, 5, "'1 000' is not a number alone"},
    {HEAD "1,2,\"\xE2\x88\x92"
          "3\",x\n",
     WANTED, KD_E_CSV, 2, 5, "is not a number"},
    {HEAD "1,2,--3,x\n", WANTED, KD_E_CSV, 2, 5, "'--3' is not a number"},
    {"site,area [km2],top [m],grade_la [ppm]\n\"a\nb\",1,x,3\n", WANTED, KD_E_CSV, 3, 6, "'x' is not a number"},
};

static void defects_are_placed(void **state) {
  assert_true(sizeof bads / sizeof bads[0] >= 40);
  for (size_t i = 0; i < sizeof bads / sizeof bads[0]; ++i) {
    const bad *b = &bads[i];
    seen s = {.count = 0};
    kd_error err = {.text = ""};
    kd_table *table;
    char place[64];
    kd_status status = kd_table_parse(&table, *state, "t.csv", b->text, strlen(b->text), note, &s, &err);
    if (b->columns) {
      if (status != KD_OK) fail_msg("%zu: %s", i, err.text);
      status = kd_table_bind(table, b->columns, note, &s, &err);
      kd_table_destroy(&table);
    }
    assert_null(table);
    if (status != b->status || s.code != status || err.code != status)
      fail_msg("%zu: %s: %s", i, kd_status_name(status), err.text);
    if (!strstr(s.first, b->words)) fail_msg("%zu: %s", i, err.text);
    if (s.line != b->line || s.column != b->column) fail_msg("%zu: %u:%u %s", i, s.line, s.column, err.text);
    (void)snprintf(place, sizeof place, "t.csv:%u:%u: ", b->line, b->column);
    assert_memory_equal(err.text, place, strlen(place));
  }
}

static void all_defects_are_told(void **state) {
  const char *text = "area [km2],top [m],grade_la [ppm],site\nx,y,z,w\n1,2,,\n,q,3,v\n";
  seen s = {.count = 0};
  kd_error err;
  kd_table *table;
  assert_int_equal(kd_table_parse(&table, *state, NULL, text, strlen(text), NULL, NULL, &err), KD_OK);
  assert_int_equal(kd_table_bind(table, WANTED, note, &s, &err), KD_E_CSV);
  assert_int_equal(s.count, 4);
  assert_memory_equal(err.text, "table:2:1: ", 11);
  kd_table_destroy(&table);
  text = "a,a,b [\n1\n1,2,3\n1,\"2\"x,3\n,,,,\n";
  s.count = 0;
  assert_int_equal(kd_table_parse(&table, *state, NULL, text, strlen(text), note, &s, &err), KD_E_CSV);
  assert_int_equal(s.count, 5);
}

static void a_flood_of_defects_is_capped(void **state) {
  kd_text text;
  seen s = {.count = 0};
  kd_table *table;
  kd_text_init(&text, *state);
  kd_text_add(&text, "a,b\n");
  for (int i = 0; i < 3000; ++i) kd_text_add(&text, "1\n");
  assert_int_equal(kd_table_parse(&table, *state, NULL, text.bytes, text.length, note, &s, NULL), KD_E_CSV);
  assert_int_equal(s.count, 1000);
  kd_text_free(&text);
}

static void nul_bytes_and_sizes(void **state) {
  seen s = {.count = 0};
  kd_error err;
  kd_table *table;
  assert_int_equal(kd_table_parse(&table, *state, "t", "a,b\n1,\0\n", 8, note, &s, &err), KD_E_ENCODING);
  assert_int_equal(s.line, 2);
  assert_int_equal(s.column, 3);
  assert_non_null(strstr(s.first, "a NUL byte"));
  assert_int_equal(kd_table_parse(&table, *state, "t", "", ((size_t)1 << 30) + 1, note, &s, &err), KD_E_SIZE);
  kd_text text;
  kd_text_init(&text, *state);
  for (int i = 0; i < 100002; ++i) kd_text_printf(&text, "%d,", i);
  assert_int_equal(kd_table_parse(&table, *state, "t", text.bytes, text.length, note, &s, &err), KD_E_SIZE);
  assert_non_null(strstr(err.text, "more than 100000 columns"));
  kd_text_free(&text);
}

static void long_names_are_cut_in_messages(void **state) {
  char text[600];
  seen s = {.count = 0};
  kd_error err;
  kd_table *table;
  memset(text, 'n', sizeof text);
  memcpy(text + 500, "\n1\n", 4);
  assert_int_equal(kd_table_parse(&table, *state, NULL, text, strlen(text), note, &s, &err), KD_OK);
  assert_int_equal(kd_table_bind(table, "a [m]", note, &s, &err), KD_E_CSV);
  assert_int_equal(s.count, 2);
  assert_true(strlen(s.first) < 200 && strlen(s.last) < 400);
  kd_table_destroy(&table);
}

typedef struct ration {
  long left;
  long taken;
} ration;

static void *take(size_t bytes, void *user) {
  ration *r = user;
  r->taken++;
  return r->left-- > 0 ? malloc(bytes) : NULL;
}

static void *take_more(void *memory, size_t bytes, void *user) {
  ration *r = user;
  r->taken++;
  return r->left-- > 0 ? realloc(memory, bytes) : NULL;
}

static void give(void *memory, void *user) {
  (void)user;
  free(memory);
}

/* Every n-th allocation fails in turn: no leak, no crash, KD_E_NOMEM. The sanitizer watches. */
static void lack_of_memory_is_told(void **state) {
  (void)state;
  const char *text = "# source: a\n# n\na [m],b,c\n1,2,x\n3,4,y\n";
  ration r = {.left = 1000000};
  kd_allocator allocator = {take, take_more, give, &r};
  kd_context_options options = {.size = sizeof options, .allocator = &allocator};
  kd_context *ctx;
  kd_table *table;
  assert_int_equal(kd_context_create(&ctx, &options), KD_OK);
  bool done = false;
  for (long n = 0; !done && n < 200; ++n) {
    kd_error err = {.text = ""};
    r.left = n;
    kd_status status = kd_table_parse(&table, ctx, "t", text, strlen(text), NULL, NULL, &err);
    r.left = 1000000;
    done = status == KD_OK;
    if (!done) assert_int_equal(status, KD_E_NOMEM);
    kd_table_destroy(&table);
  }
  assert_true(done);
  done = false;
  for (long n = 0; !done && n < 200; ++n) {
    r.left = n;
    kd_status status = kd_table_create(&table, ctx, "a [m], b [s]", 10, NULL);
    r.left = 1000000;
    done = status == KD_OK;
    if (!done) assert_int_equal(status, KD_E_NOMEM);
    if (done) {
      kd_text out;
      kd_text_init(&out, ctx);
      r.left = 0;
      kd_table_write(&out, table);
      assert_true(out.failed);
      /* What is told of a missing column does without the list of columns. */
      assert_int_equal(kd_table_bind(table, "x [m], ...", NULL, NULL, NULL), KD_E_CSV);
      r.left = 1000000;
      kd_text_free(&out);
    }
    kd_table_destroy(&table);
  }
  assert_true(done);
  kd_context_destroy(&ctx);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(defects_are_placed, make, drop),
      cmocka_unit_test_setup_teardown(all_defects_are_told, make, drop),
      cmocka_unit_test_setup_teardown(a_flood_of_defects_is_capped, make, drop),
      cmocka_unit_test_setup_teardown(nul_bytes_and_sizes, make, drop),
      cmocka_unit_test_setup_teardown(long_names_are_cut_in_messages, make, drop),
      cmocka_unit_test(lack_of_memory_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
