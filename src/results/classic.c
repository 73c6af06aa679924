// SPDX-License-Identifier: Apache-2.0
#include "results/classic.h"

#include <string.h>

#define TAG_DIMENSION 10U
#define TAG_VARIABLE  11U
#define TAG_ATTRIBUTE 12U
#define TYPE_CHAR     2U
#define TYPE_DOUBLE   6U
#define FILLING       512 /* the values begin at a multiple of it */
#define BEGIN_BYTES   8   /* of the offset that ends a variable */

/* ---- writing ---- */

static void add_u32(kd_text *out, uint32_t value) {
  const char bytes[4] = {(char)(value >> 24), (char)(value >> 16 & 0xff), (char)(value >> 8 & 0xff),
                         (char)(value & 0xff)};
  kd_text_add_bytes(out, bytes, sizeof bytes);
}

static void put_u64(unsigned char *out, uint64_t value) {
  for (int i = 0; i < 8; i++) out[i] = (unsigned char)(value >> (56 - 8 * i) & 0xff);
}

/* A text with its length in front, filled to four bytes. */
static void add_counted(kd_text *out, const char *text) {
  const size_t count = strlen(text);
  add_u32(out, (uint32_t)count);
  kd_text_add_bytes(out, text, count);
  kd_text_add_bytes(out, "\0\0\0", (4 - count % 4) % 4);
}

static void add_attributes(kd_text *out, const kd_classic_attribute *attribute, size_t count) {
  uint32_t given = 0;
  for (size_t i = 0; i < count; i++) given += attribute[i].text != NULL && attribute[i].text[0] != '\0';
  add_u32(out, given > 0 ? TAG_ATTRIBUTE : 0);
  add_u32(out, given);
  for (size_t i = 0; i < count; i++) {
    if (attribute[i].text == NULL || attribute[i].text[0] == '\0') continue;
    add_counted(out, attribute[i].name);
    add_u32(out, TYPE_CHAR);
    add_counted(out, attribute[i].text);
  }
}

void kd_classic_start(kd_text *out, const char *dimension, uint64_t n, const kd_classic_attribute *attribute,
                      size_t attributes, size_t variables) {
  kd_text_add_bytes(out, "CDF\2\0\0\0\0", 8);
  add_u32(out, TAG_DIMENSION);
  add_u32(out, 1);
  add_counted(out, dimension);
  add_u32(out, (uint32_t)n);
  add_attributes(out, attribute, attributes);
  add_u32(out, variables > 0 ? TAG_VARIABLE : 0);
  add_u32(out, (uint32_t)variables);
}

/* The place of the values is known when the head is whole: kd_classic_end fills it in. */
void kd_classic_variable(kd_text *out, const char *name, const kd_classic_attribute *attribute, size_t attributes,
                         uint64_t n) {
  add_counted(out, name);
  add_u32(out, 1); /* dimension, */
  add_u32(out, 0); /* the only one */
  add_attributes(out, attribute, attributes);
  add_u32(out, TYPE_DOUBLE);
  add_u32(out, (uint32_t)(n * sizeof(double)));
  kd_text_add_bytes(out, "\0\0\0\0\0\0\0", BEGIN_BYTES);
}

static uint32_t get_u32(const unsigned char *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

uint64_t kd_classic_end(kd_text *out, const char *dimension) {
  static const char zeros[FILLING];
  kd_classic_reader head;
  size_t variables = 0;
  char name[KD_CLASSIC_NAME];
  uint64_t unset = 0;
  kd_text_add_bytes(out, zeros, (FILLING - out->length % FILLING) % FILLING);
  if (out->failed) return 0;
  kd_classic_open(&head, &variables, (const unsigned char *)out->bytes, out->length, dimension);
  for (size_t v = 0; v < variables; v++) {
    kd_classic_next(&head, name, &unset);
    if (head.why != NULL) return 0;
    put_u64((unsigned char *)out->bytes + head.at - BEGIN_BYTES, out->length + v * head.n * sizeof(double));
  }
  return out->length;
}

void kd_classic_encode(unsigned char *out, const double *values, size_t count) {
  for (size_t i = 0; i < count; i++) {
    uint64_t bits;
    memcpy(&bits, &values[i], sizeof bits);
    put_u64(out + i * sizeof bits, bits);
  }
}

void kd_classic_decode(double *out, const unsigned char *bytes, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const uint64_t bits = (uint64_t)get_u32(bytes + 8 * i) << 32 | get_u32(bytes + 8 * i + 4);
    memcpy(&out[i], &bits, sizeof bits);
  }
}

/* ---- reading ---- */

/* The next `bytes` bytes, or NULL behind the end. */
static const unsigned char *take(kd_classic_reader *self, uint64_t bytes) {
  if (self->why == NULL && bytes > self->count - self->at) self->why = "its head is cut off";
  if (self->why != NULL) return NULL;
  const unsigned char *start = self->bytes + self->at;
  self->at += (size_t)bytes;
  return start;
}

static uint32_t take_u32(kd_classic_reader *self) {
  const unsigned char *bytes = take(self, 4);
  return bytes != NULL ? get_u32(bytes) : 0;
}

static void expect(kd_classic_reader *self, uint32_t wanted, const char *why) {
  const uint32_t found = take_u32(self);
  if (self->why == NULL && found != wanted) self->why = why;
}

static void take_name(kd_classic_reader *self, char name[KD_CLASSIC_NAME]) {
  const uint32_t length = take_u32(self);
  const unsigned char *text = take(self, ((uint64_t)length + 3) / 4 * 4);
  name[0] = '\0';
  if (self->why == NULL && length >= KD_CLASSIC_NAME) self->why = "a name is too long";
  if (self->why != NULL) return;
  memcpy(name, text, length);
  name[length] = '\0';
}

static void skip_attributes(kd_classic_reader *self) {
  static const unsigned char width[] = {0, 1, 1, 2, 4, 4, 8};
  char name[KD_CLASSIC_NAME];
  const uint32_t tag = take_u32(self), count = take_u32(self);
  if (self->why == NULL && tag != TAG_ATTRIBUTE && (tag != 0 || count != 0)) self->why = "its attributes are damaged";
  for (uint32_t i = 0; i < count && self->why == NULL; i++) {
    take_name(self, name);
    const uint32_t type = take_u32(self), values = take_u32(self);
    if (self->why == NULL && (type == 0 || type >= sizeof width)) self->why = "its attributes are damaged";
    if (self->why == NULL) take(self, ((uint64_t)values * width[type] + 3) / 4 * 4);
  }
}

bool kd_classic_open(kd_classic_reader *out, size_t *variables, const unsigned char *bytes, size_t count,
                     const char *dimension) {
  char name[KD_CLASSIC_NAME];
  *out = (kd_classic_reader){.bytes = bytes, .count = count};
  *variables = 0;
  expect(out, 0x43444602U, "it is not a netCDF file with 64-bit offsets");
  expect(out, 0, "it has records");
  expect(out, TAG_DIMENSION, "it has no dimension");
  expect(out, 1, "it has not one dimension");
  take_name(out, name);
  if (out->why == NULL && strcmp(name, dimension) != 0) out->why = "its dimension has another name";
  out->n = take_u32(out);
  skip_attributes(out);
  const uint32_t tag = take_u32(out);
  *variables = take_u32(out);
  if (out->why == NULL && tag != TAG_VARIABLE && (tag != 0 || *variables != 0)) out->why = "its variables are damaged";
  return out->why == NULL;
}

bool kd_classic_next(kd_classic_reader *self, char name[KD_CLASSIC_NAME], uint64_t *begin) {
  take_name(self, name);
  expect(self, 1, "a variable is not one value for each realisation");
  expect(self, 0, "a variable is not one value for each realisation");
  skip_attributes(self);
  expect(self, TYPE_DOUBLE, "a variable is not of doubles");
  expect(self, (uint32_t)(self->n * sizeof(double)), "a variable has another length");
  const uint64_t high = take_u32(self), low = take_u32(self);
  *begin = high << 32 | low;
  return self->why == NULL;
}
