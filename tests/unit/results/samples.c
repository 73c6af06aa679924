// SPDX-License-Identifier: Apache-2.0
#include <netcdf.h>

#include "fake.h"
#include "results/samples.h"

static void units_are_those_of_udunits(void **state) {
  (void)state;
  const char *const pairs[][2] = {{"t/day", "kg s-1"},
                                  {"m", "m"},
                                  {"%vol", "1"},
                                  {"ppm", "1"},
                                  {"1", "1"},
                                  {"kWh/t", "m2 s-2"},
                                  {"kPa", "kg m-1 s-2"},
                                  {"USD 2024/kg", "USD kg-1"},
                                  {"degC", "K"},
                                  {"no unit", "no unit"}};
  for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
    char unit[64];
    kd_samples_unit(unit, sizeof unit, pairs[i][0]);
    assert_string_equal(unit, pairs[i][1]);
  }
}

static void text_attribute_is(int file, int variable, const char *name, const char *wanted) {
  char text[256] = "";
  size_t length = 0;
  assert_int_equal(nc_inq_attlen(file, variable, name, &length), NC_NOERR);
  assert_true(length < sizeof text);
  assert_int_equal(nc_get_att_text(file, variable, name, text), NC_NOERR);
  assert_string_equal(text, wanted);
}

/* Another reader of the format finds names, units and values. */
static void file_explains_itself(void **state) {
  const sandbox *box = *state;
  char path[256];
  const kd_samples_head head = {"A title", "1.2.3", "abcd", 42};
  kd_samples *samples = NULL;
  assert_int_equal(kd_samples_create(&samples, box->ctx, sandbox_path(path, box, "s.nc"), &head, fake_columns,
                                     FAKE_COLUMNS, 3, NULL),
                   KD_OK);
  double data[FAKE_COLUMNS * 3];
  for (size_t i = 0; i < FAKE_COLUMNS * 3; i++) data[i] = (double)i;
  assert_int_equal(kd_samples_write(samples, 0, 3, data, 3, NULL), KD_OK);
  assert_int_equal(kd_samples_close(&samples, NULL), KD_OK);
  assert_null(samples);
  int file = 0, variable = 0;
  double value[3];
  assert_int_equal(nc_open(path, NC_NOWRITE, &file), NC_NOERR);
  text_attribute_is(file, NC_GLOBAL, "Conventions", "CF-1.9");
  text_attribute_is(file, NC_GLOBAL, "kd_seed", "42");
  assert_int_equal(nc_inq_varid(file, "process.mass", &variable), NC_NOERR);
  text_attribute_is(file, variable, "units", "kg");
  text_attribute_is(file, variable, "kd_display_unit", "t");
  text_attribute_is(file, variable, "kd_kind", "output");
  text_attribute_is(file, variable, "long_name", "Mass in a day.");
  assert_int_equal(nc_get_var_double(file, variable, value), NC_NOERR);
  assert_true(value[0] == 3 * FAKE_MASS && value[2] == 3 * FAKE_MASS + 2);
  nc_close(file);
}

static void another_shape_is_refused(void **state) {
  const sandbox *box = *state;
  char path[256];
  const kd_samples_head head = {"A title", "1.2.3", "abcd", 42};
  kd_samples *samples = NULL;
  kd_error err;
  sandbox_path(path, box, "s.nc");
  assert_int_equal(kd_samples_open(&samples, box->ctx, path, false, fake_columns, 1, 3, &err), KD_E_NOTFOUND);
  assert_int_equal(kd_samples_create(&samples, box->ctx, path, &head, fake_columns, 3, 3, NULL), KD_OK);
  double value = 0;
  assert_int_equal(kd_samples_read(&value, samples, 3, 0, 1, &err), KD_E_RANGE);
  assert_int_equal(kd_samples_read(&value, samples, 0, 3, 1, &err), KD_E_RANGE);
  assert_int_equal(kd_samples_close(&samples, NULL), KD_OK);
  assert_int_equal(kd_samples_open(&samples, box->ctx, path, false, fake_columns, 3, 4, &err), KD_E_CORRUPT);
  assert_non_null(strstr(err.text, "3 realisations, not 4"));
  assert_int_equal(kd_samples_open(&samples, box->ctx, path, false, fake_columns, 4, 3, &err), KD_E_CORRUPT);
  assert_non_null(strstr(err.text, "process.late"));
  assert_int_equal(kd_samples_open(&samples, box->ctx, path, false, fake_columns, 3, 3, &err), KD_OK);
  assert_int_equal(kd_samples_close(&samples, NULL), KD_OK);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, sandbox_open, sandbox_close)
  const struct CMUnitTest tests[] = {
      CASE(units_are_those_of_udunits),
      CASE(file_explains_itself),
      CASE(another_shape_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
