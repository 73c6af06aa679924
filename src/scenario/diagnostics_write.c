// SPDX-License-Identifier: Apache-2.0
/* Diagnostics for people and for programs.
 *
 *   trial.yaml:12:9: error: 0.25 kg: a length is wanted, this is a mass (lift.bore)
 *     12 |   bore: 0.25 kg
 *        |         ^
 *     hint: write it as "0.25 m"
 */
#include <string.h>

#include "base/json.h"
#include "scenario/diagnostics.h"

#define KD_TAB ((unsigned)8)

static unsigned decode(const char **next) {
  const unsigned char *c = (const unsigned char *)*next;
  const unsigned length = c[0] < 0x80 ? 1 : c[0] < 0xE0 ? 2 : c[0] < 0xF0 ? 3 : 4;
  unsigned point = length == 1 ? c[0] : c[0] & (0xFFu >> (length + 1));
  for (unsigned i = 1; i < length && c[i] != '\0'; i++) point = point << 6 | (c[i] & 0x3Fu);
  *next += length;
  return point;
}

/* Cells that a character takes on a terminal: 0 for combining marks, 2 for East Asian wide forms (UAX #11, main
 * blocks). */
static unsigned cells(unsigned point) {
  if (point < 0x20 || point == 0x7F || (point >= 0x300 && point <= 0x36F) || (point >= 0x200B && point <= 0x200F) ||
      point == 0xFEFF)
    return 0;
  const bool wide = (point >= 0x1100 && point <= 0x115F) || (point >= 0x2E80 && point <= 0xA4CF) ||
                    (point >= 0xAC00 && point <= 0xD7A3) || (point >= 0xF900 && point <= 0xFAFF) ||
                    (point >= 0xFE30 && point <= 0xFE6F) || (point >= 0xFF00 && point <= 0xFF60) ||
                    (point >= 0xFFE0 && point <= 0xFFE6) || (point >= 0x1F300 && point <= 0x1FAFF) ||
                    (point >= 0x20000 && point <= 0x3FFFD);
  return wide ? 2 : 1;
}

/* The source line with tabs spelled out; returns the cell at which character `column` begins. */
static unsigned add_line(kd_text *out, const char *text, unsigned column) {
  unsigned cell = 0, caret = 0, character = 1;
  for (const char *next = text; *next != '\0'; character++) {
    if (character == column) caret = cell;
    const char *start = next;
    const unsigned point = decode(&next);
    if (point == '\t') {
      do {
        kd_text_add(out, " ");
        cell++;
      } while (cell % KD_TAB != 0);
    } else if (cells(point) > 0 || (point >= 0x300 && point <= 0x36F)) {
      kd_text_add_bytes(out, start, (size_t)(next - start));
      cell += cells(point);
    }
  }
  return column >= character ? cell + (column - character > 0 ? 1 : 0) : caret;
}

static void write_place(kd_text *out, const kd_diagnostic *d) {
  if (d->file[0] == '\0' && d->text[0] != '\0')
    kd_text_printf(out, "--set %s:", d->text);
  else if (d->file[0] != '\0')
    kd_text_printf(out, "%s:", d->file);
  else
    return;
  if (d->line > 0 && d->file[0] != '\0') kd_text_printf(out, "%u:", d->line);
  if (d->line > 0) kd_text_printf(out, "%u:", d->column);
  kd_text_add(out, " ");
}

static void write_one(kd_text *out, const kd_diagnostic *d, bool colour) {
  const char *bold = colour ? "\033[1m" : "", *red = colour ? "\033[1;31m" : "", *yellow = colour ? "\033[1;33m" : "";
  const char *green = colour ? "\033[32m" : "", *off = colour ? "\033[0m" : "";
  const char *tone = d->severity == KD_ERROR ? red : yellow;
  kd_text_add(out, bold);
  write_place(out, d);
  kd_text_printf(out, "%s%s%s: ", off, tone, d->severity == KD_ERROR ? "error" : "warning");
  kd_text_printf(out, "%s%s%s%s", off, bold, d->message, off);
  if (d->key[0] != '\0') kd_text_printf(out, " [%s]", d->key);
  kd_text_add(out, "\n");
  if (d->text[0] != '\0' && d->line > 0) {
    kd_text_printf(out, "%6u | ", d->line);
    const unsigned caret = add_line(out, d->text, d->column);
    kd_text_printf(out, "\n       | %*s%s^%s\n", (int)caret, "", green, off);
  }
  if (d->hint[0] != '\0') kd_text_printf(out, "  %shint:%s %s\n", green, off, d->hint);
}

void kd_diagnostics_write(kd_text *out, const kd_diagnostics *self, bool colour) {
  const size_t count = kd_diagnostics_count(self), errors = kd_diagnostics_errors(self);
  const size_t more = kd_diagnostics_more(self), warnings = count + more - errors;
  for (size_t i = 0; i < count; i++) write_one(out, kd_diagnostics_get(self, i), colour);
  if (more > 0) kd_text_printf(out, "and %zu more\n", more);
  if (errors > 0) kd_text_printf(out, "%zu error%s", errors, errors == 1 ? "" : "s");
  if (errors > 0 && warnings > 0) kd_text_add(out, ", ");
  if (warnings > 0) kd_text_printf(out, "%zu warning%s", warnings, warnings == 1 ? "" : "s");
  if (errors > 0 || warnings > 0) kd_text_add(out, "\n");
}

void kd_diagnostics_write_json(kd_text *out, const kd_diagnostics *self) {
  const size_t count = kd_diagnostics_count(self), errors = kd_diagnostics_errors(self);
  const size_t more = kd_diagnostics_more(self);
  kd_json json = kd_json_start(out);
  kd_json_open(&json, NULL, '{');
  kd_json_count(&json, "errors", errors);
  kd_json_count(&json, "warnings", count + more - errors);
  kd_json_count(&json, "more", more);
  kd_json_open(&json, "diagnostics", '[');
  for (size_t i = 0; i < count; i++) {
    const kd_diagnostic *d = kd_diagnostics_get(self, i);
    kd_json_line(&json);
    kd_json_open(&json, NULL, '{');
    kd_json_text(&json, "severity", d->severity == KD_ERROR ? "error" : "warning");
    kd_json_text(&json, "code", kd_status_name(d->code));
    kd_json_text(&json, "file", d->file);
    kd_json_count(&json, "line", d->line);
    kd_json_count(&json, "column", d->column);
    kd_json_text(&json, "key", d->key);
    kd_json_text(&json, "message", d->message);
    kd_json_text(&json, "hint", d->hint);
    kd_json_text(&json, "text", d->text);
    kd_json_close(&json, '}');
    kd_json_line(&json);
  }
  kd_json_close(&json, ']');
  kd_json_close(&json, '}');
  kd_text_add(out, "\n");
}
