// SPDX-License-Identifier: Apache-2.0
/* Fields over time and place in the netCDF classic format with 64-bit offsets.
 *
 *   'C' 'D' 'F' 2, no records; dimensions time, distance; attributes of the file; variables; values, big-endian doubles
 *
 * Source    "The NetCDF Classic Format Specification", Unidata; CF conventions 1.9, ch. 3-5: a time axis with a date,
 *           depth as auxiliary coordinate.
 * Range     a variable of less than 4 GiB.
 */
#include "results/frames.h"

#include <string.h>

#include "results/classic.h"

enum { DIMENSION = 10, VARIABLE = 11, ATTRIBUTE = 12, CHARACTER = 2, DOUBLE = 6 };

static void add_word(kd_text *out, uint32_t value) {
  const char bytes[4] = {(char)(value >> 24), (char)(value >> 16), (char)(value >> 8), (char)value};
  kd_text_add_bytes(out, bytes, 4);
}

static void add_name(kd_text *out, const char *name) {
  const size_t length = strlen(name);
  add_word(out, (uint32_t)length);
  kd_text_add_bytes(out, name, length);
  kd_text_add_bytes(out, "\0\0\0", (4 - length % 4) % 4);
}

static void add_attribute(kd_text *out, const char *name, const char *text) {
  add_name(out, name);
  add_word(out, CHARACTER);
  add_name(out, text);
}

/* dimensions: 1 time, 2 distance, 3 both; more: names and texts of further attributes, NULL at the end. */
static void add_variable(kd_text *out, const char *name, const char *unit, const char *doc, const char *const *more,
                         int dimensions, size_t count, uint64_t begin) {
  uint32_t extra = 0;
  while (more[2 * extra] != NULL) extra++;
  add_name(out, name);
  add_word(out, dimensions == 3 ? 2 : 1);
  if (dimensions & 1) add_word(out, 0);
  if (dimensions & 2) add_word(out, 1);
  add_word(out, ATTRIBUTE);
  add_word(out, 2 + extra);
  add_attribute(out, "units", unit);
  add_attribute(out, "long_name", doc);
  for (uint32_t i = 0; i < extra; i++) add_attribute(out, more[2 * i], more[2 * i + 1]);
  add_word(out, DOUBLE);
  add_word(out, (uint32_t)(8 * count));
  add_word(out, (uint32_t)(begin >> 32));
  add_word(out, (uint32_t)begin);
}

static void add_values(kd_text *out, const double *value, size_t count, double factor) {
  unsigned char bytes[8 * 64];
  double part[64];
  for (size_t done = 0; done < count;) {
    const size_t n = count - done < 64 ? count - done : 64;
    for (size_t i = 0; i < n; i++) part[i] = value[done + i] * factor;
    kd_classic_encode(bytes, part, n);
    kd_text_add_bytes(out, (const char *)bytes, 8 * n);
    done += n;
  }
}

static void head(kd_text *out, const char *title, size_t times, size_t places, const kd_frame_field *field,
                 size_t fields, uint64_t begin) {
  kd_text_add_bytes(out, "CDF\2", 4);
  add_word(out, 0);
  add_word(out, DIMENSION);
  add_word(out, 2);
  add_name(out, "time");
  add_word(out, (uint32_t)times);
  add_name(out, "distance");
  add_word(out, (uint32_t)places);
  add_word(out, ATTRIBUTE);
  add_word(out, 2);
  add_attribute(out, "Conventions", "CF-1.9");
  add_attribute(out, "title", title);
  add_word(out, VARIABLE);
  add_word(out, (uint32_t)(3 + fields));
  static const char *const when[] = {"standard_name", "time", "calendar", "standard", "axis", "T", NULL};
  static const char *const along[] = {NULL}, *const with_depth[] = {"coordinates", "depth", NULL};
  static const char *const down[] = {"standard_name", "depth", "positive", "down", NULL};
  add_variable(out, "time", "seconds since 2000-01-01 00:00:00", "time since the event began; the date stands in", when,
               1, times, begin);
  add_variable(out, "distance", "m", "distance along the path from the inlet", along, 2, places, begin += 8 * times);
  add_variable(out, "depth", "m", "depth below the sea surface, negative above it", down, 2, places,
               begin += 8 * places);
  begin += 8 * places;
  for (size_t f = 0; f < fields; f++, begin += 8 * times * places)
    add_variable(out, field[f].name, field[f].unit, field[f].doc, with_depth, 3, times * places, begin);
}

void kd_frames_write(kd_text *out, const char *title, size_t times, const double *time, size_t places,
                     const double *distance, const double *depth, const kd_frame_field *field, size_t fields) {
  kd_text measure;
  kd_text_init(&measure, out->ctx);
  head(&measure, title, times, places, field, fields, 0); /* its length does not depend on the begin */
  const size_t length = measure.length;
  if (measure.failed) out->failed = true;
  kd_text_free(&measure);
  head(out, title, times, places, field, fields, length);
  add_values(out, time, times, 1);
  add_values(out, distance, places, 1);
  add_values(out, depth, places, 1);
  for (size_t f = 0; f < fields; f++) add_values(out, field[f].value, times * places, field[f].factor);
}
