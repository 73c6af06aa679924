// SPDX-License-Identifier: Apache-2.0
/* Units and quantities: no text crashes the reader; what is accepted is finite and survives being shown and read again;
 * what is refused has a message in valid UTF-8 and a place inside the text. */
#include <math.h>
#include <string.h>

#include "base/quantity.h"
#include "base/text.h"
#include "fuzz.h"

static void check_error(kd_status status, const kd_error *err, size_t place, size_t length) {
  MUST(err->code == status);
  MUST(err->text[0] != '\0');
  MUST(kd_utf8_check(err->text, strlen(err->text)) == strlen(err->text));
  MUST(place <= length);
}

static void check_unit(const char *text, size_t length) {
  kd_error err = {.text = ""};
  kd_unit unit;
  size_t place = 0;
  kd_status status = kd_unit_parse(&unit, text, &place, &err);
  if (status != KD_OK) {
    check_error(status, &err, place, length);
    return;
  }
  MUST(isnormal(unit.scale) && unit.scale > 0.0);
  MUST(unit.offset == 0.0 || unit.dimension.temperature == 1);
  double back = kd_unit_value(&unit, kd_unit_si(&unit, 1.5));
  MUST(fabs(back - 1.5) <= 1e-9 * (1.5 + fabs(unit.offset / unit.scale)));
}

static void check_quantity(const char *text, size_t length) {
  static const char *const wanted[] = {"1", "%wt", "%vol", "m", "degC", "USD/kg", "Pa.s", "deg"};
  kd_error err = {.text = ""};
  kd_unit unit;
  double si, again;
  size_t place = 0;
  bool has_unit;
  kd_status status = kd_quantity_parse(&si, &unit, &has_unit, text, &place, &err);
  if (status != KD_OK) {
    MUST(isnan(si));
    check_error(status, &err, place, length);
  } else {
    char number[40];
    MUST(isfinite(si));
    size_t count = kd_number_text(number, sizeof number, si);
    MUST(count < sizeof number && count == strlen(number));
    MUST(kd_quantity_parse(&again, NULL, NULL, number, NULL, NULL) == KD_OK);
    MUST(memcmp(&again, &si, sizeof si) == 0);
  }
  for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; ++i) {
    kd_status in = kd_quantity_in(&again, text, wanted[i], &place, &err);
    MUST(in == KD_OK ? again == si : isnan(again));
    MUST(status == KD_OK || in == status);
    if (in != KD_OK) check_error(in, &err, place, length);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *text = malloc(size + 1);
  if (!text) return 0;
  if (size > 0) memcpy(text, data, size);
  text[size] = '\0';
  size_t length = strlen(text);
  check_unit(text, length);
  check_quantity(text, length);
  free(text);
  return 0;
}
