// SPDX-License-Identifier: Apache-2.0
/* Open Mining Format, version 1 ("OMF-v0.9.0"): one volume element over a regular grid with a scalar for each cell.
 *
 *   84 83 82 81, version in 32 bytes, identifier of the project in 16, offset of the JSON in 8 (little-endian)
 *   arrays of little-endian doubles, each a zlib stream; then the JSON: an object of all objects by identifier
 *
 * Cells run with u (x) slowest and w (up) fastest: the order of the reference library's reshape of a volume, C order
 * over (u, v, w). Streams are stored, not compressed: the format asks for zlib (RFC 1950, 1951), whose stored blocks
 * are as good. Identifiers are made from the file's own content, so that the same model gives the same file.
 *
 * Source    Global Mining Guidelines Group, OMF 1.0 (omf-python v1.0.1, fileio and volume).
 */
#include <stdio.h>
#include <string.h>

#include "base/sha256.h"
#include "results/grid_files.h"

enum { STORED = 65535 }; /* bytes of a stored block at most */

typedef struct identifier {
  char text[37];
  unsigned char bytes[16];
} identifier;

static unsigned hex(char c) {
  return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'a') + 10;
}

/* An identifier from the hash of a seed and a number: version 5 in shape (RFC 4122). */
static identifier identify(const char *seed, unsigned number) {
  identifier out;
  char line[160], hash[KD_SHA256_HEX];
  const int length = snprintf(line, sizeof line, "%.120s#%u", seed, number);
  kd_sha256_hex(hash, line, (size_t)length);
  for (int i = 0; i < 16; i++) out.bytes[i] = (unsigned char)(hex(hash[2 * i]) << 4 | hex(hash[2 * i + 1]));
  out.bytes[6] = (unsigned char)((out.bytes[6] & 0x0f) | 0x50);
  out.bytes[8] = (unsigned char)((out.bytes[8] & 0x3f) | 0x80);
  char *at = out.text;
  for (int i = 0; i < 16; i++) {
    if (i == 4 || i == 6 || i == 8 || i == 10) *at++ = '-';
    snprintf(at, 3, "%02x", out.bytes[i]);
    at += 2;
  }
  return out;
}

/* A zlib stream of stored blocks; returns its length. */
static size_t put_stream(kd_text *out, const kd_text *raw) {
  const size_t begin = out->length;
  const unsigned char *bytes = (const unsigned char *)raw->bytes;
  uint32_t a = 1, b = 0; /* Adler 32 */
  kd_text_add_bytes(out, "\x78\x01", 2);
  for (size_t at = 0; at < raw->length || at == 0;) {
    const size_t now = raw->length - at < STORED ? raw->length - at : STORED;
    const char last = at + now >= raw->length ? 1 : 0;
    kd_text_add_bytes(out, &last, 1);
    kd_put_u16(out, (uint32_t)now, false);
    kd_put_u16(out, ~(uint32_t)now & 0xffff, false);
    kd_text_add_bytes(out, raw->bytes + at, now);
    at += now;
    if (last) break;
  }
  for (size_t i = 0; i < raw->length; i++) {
    a = (a + bytes[i]) % 65521;
    b = (b + a) % 65521;
  }
  kd_put_u32(out, b << 16 | a, true);
  return out->length - begin;
}

static void add_tensor(kd_text *json, const char *name, double step, size_t count) {
  kd_text_printf(json, "\"%s\": [", name);
  for (size_t i = 0; i < count; i++) {
    if (i > 0) kd_text_add(json, ", ");
    kd_text_add_number(json, step);
  }
  kd_text_add(json, "], ");
}

static void add_content(kd_text *json, const char *class, const char *name, const char *description) {
  static const char date[] = "1970-01-01T00:00:00Z"; /* the same model gives the same file */
  kd_text_printf(json, "{\"__class__\": \"%s\", \"date_created\": \"%s\", \"date_modified\": \"%s\"", class, date,
                 date);
  if (name == NULL) return;
  kd_text_add(json, ", \"name\": ");
  kd_text_add_json(json, name);
  kd_text_add(json, ", \"description\": ");
  kd_text_add_json(json, description);
}

static void add_geometry(kd_text *json, const identifier *id, const kd_block_grid *g) {
  kd_text_printf(json, ", \"%s\": ", id->text);
  add_content(json, "VolumeGridGeometry", NULL, NULL);
  kd_text_add(json, ", ");
  add_tensor(json, "tensor_u", g->dx, g->nx);
  add_tensor(json, "tensor_v", g->dy, g->ny);
  add_tensor(json, "tensor_w", g->dz, g->nz);
  kd_text_printf(json,
                 "\"axis_u\": [1.0, 0.0, 0.0], \"axis_v\": [0.0, 1.0, 0.0], \"axis_w\": [0.0, 0.0, 1.0], "
                 "\"origin\": [%.17g, %.17g, %.17g]}",
                 g->x0, g->y0, -(g->z0 + (double)g->nz * g->dz));
}

/* The values of a field with w fastest, from the lowest layer up. */
static void lay_out(kd_text *raw, const kd_block_grid *g, const double *value) {
  raw->length = 0;
  for (size_t i = 0; i < g->nx; i++)
    for (size_t j = 0; j < g->ny; j++)
      for (size_t k = g->nz; k-- > 0;) kd_put_double(raw, value[(k * g->ny + j) * g->nx + i], false);
}

void kd_grid_omf(kd_text *out, const kd_grid_files *what) {
  const kd_block_grid *g = &what->grid;
  const identifier project = identify(what->title, 0), element = identify(what->title, 1),
                   geometry = identify(what->title, 2);
  kd_text raw, json;
  char version[32] = "OMF-v0.9.0";
  kd_text_init(&raw, out->ctx);
  kd_text_init(&json, out->ctx);
  kd_text_add_bytes(out, "\x84\x83\x82\x81", 4);
  kd_text_add_bytes(out, version, sizeof version);
  kd_text_add_bytes(out, (const char *)project.bytes, 16);
  const size_t hole = out->length;
  kd_put_u64(out, 0, false);
  kd_text_printf(&json, "{\"%s\": ", project.text);
  add_content(&json, "Project", what->title, what->source);
  kd_text_printf(&json,
                 ", \"author\": \"\", \"revision\": \"\", \"date\": \"1970-01-01T00:00:00Z\", \"units\": \"m\", "
                 "\"origin\": [0.0, 0.0, 0.0], \"elements\": [\"%s\"]}, \"%s\": ",
                 element.text, element.text);
  add_content(&json, "VolumeElement", what->title, what->source);
  kd_text_printf(&json, ", \"subtype\": \"volume\", \"color\": [0, 114, 178], \"geometry\": \"%s\", \"data\": [",
                 geometry.text);
  for (size_t f = 0; f < what->fields; f++)
    kd_text_printf(&json, "%s\"%s\"", f > 0 ? ", " : "", identify(what->title, 10 + 2 * (unsigned)f).text);
  kd_text_add(&json, "]}");
  add_geometry(&json, &geometry, g);
  for (size_t f = 0; f < what->fields; f++) {
    const kd_grid_field *field = &what->field[f];
    const identifier data = identify(what->title, 10 + 2 * (unsigned)f),
                     array = identify(what->title, 11 + 2 * (unsigned)f);
    char name[96];
    lay_out(&raw, g, field->value);
    const size_t start = out->length, length = put_stream(out, &raw);
    snprintf(name, sizeof name, "%.60s [%.20s]", field->name, field->unit);
    kd_text_printf(&json, ", \"%s\": ", data.text);
    add_content(&json, "ScalarData", name, field->doc);
    kd_text_printf(&json, ", \"location\": \"cells\", \"array\": \"%s\"}, \"%s\": ", array.text, array.text);
    add_content(&json, "ScalarArray", NULL, NULL);
    kd_text_printf(&json, ", \"array\": {\"start\": %zu, \"length\": %zu, \"dtype\": \"<f8\"}}", start, length);
  }
  kd_text_add(&json, "}");
  if (json.failed || raw.failed || out->failed) {
    out->failed = true;
  } else {
    const uint64_t at = out->length;
    for (unsigned i = 0; i < 8; i++) out->bytes[hole + i] = (char)(at >> (8 * i) & 0xff);
    kd_text_add_bytes(out, json.bytes, json.length);
  }
  kd_text_free(&raw);
  kd_text_free(&json);
}
