// SPDX-License-Identifier: Apache-2.0
#include "programme/registry.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/quantity.h"
#include "programme/programme.h"

/* Rows of an array that ends with a row without name. */
static size_t set_size(const kd_kernel *set) {
  size_t size = 0;
  while (set[size].name != NULL) size++;
  return size;
}

size_t kd_kernel_count(void) {
  size_t count = 0;
  for (size_t s = 0; s < KD_PROGRAMME_STAGES; s++) {
    const kd_stage *stage = kd_programme_stages[s].stage;
    count += stage->kernel_count;
    for (size_t k = 0; stage->kernel_sets != NULL && stage->kernel_sets[k] != NULL; k++)
      count += set_size(stage->kernel_sets[k]);
  }
  return count;
}

const kd_kernel *kd_kernel_get(size_t index) {
  for (size_t s = 0; s < KD_PROGRAMME_STAGES; s++) {
    const kd_stage *stage = kd_programme_stages[s].stage;
    if (index < stage->kernel_count) return &stage->kernels[index];
    index -= stage->kernel_count;
    for (size_t k = 0; stage->kernel_sets != NULL && stage->kernel_sets[k] != NULL; k++) {
      const size_t size = set_size(stage->kernel_sets[k]);
      if (index < size) return &stage->kernel_sets[k][index];
      index -= size;
    }
  }
  return NULL;
}

const kd_kernel *kd_kernel_find(const char *name, kd_error *err) {
  const kd_kernel *nearest = NULL;
  size_t best = 8; /* a name further away than this is no help */
  for (size_t i = 0; i < kd_kernel_count(); i++) {
    const kd_kernel *kernel = kd_kernel_get(i);
    if (strcmp(kernel->name, name) == 0) return kernel;
    const size_t distance = kd_edit_distance(kernel->name, name, best);
    if (distance < best) {
      best = distance;
      nearest = kernel;
    }
  }
  if (nearest != NULL)
    kd_error_set(err, KD_E_KEY, "no kernel '%s': did you mean %s?", name, nearest->name);
  else
    kd_error_set(err, KD_E_KEY, "no kernel '%s': `kaidei eval --list` names them", name);
  return NULL;
}

static size_t labels_of(const kd_field *field) {
  return field->labels != NULL ? field->labels->count : 1;
}

size_t kd_fields_width(const kd_field *fields, size_t count) {
  size_t width = 0;
  for (size_t i = 0; i < count; i++) width += labels_of(&fields[i]);
  return width;
}

void kd_field_name(char *out, size_t capacity, const kd_field *field, size_t label) {
  if (field->labels == NULL)
    snprintf(out, capacity, "%s", field->name);
  else
    snprintf(out, capacity, "%s_%s", field->name, field->labels->names[label]);
}

/* ---- one input ---- */

/* Index of a word in "a|b|c", or -1. */
static int find_choice(const char *choices, const char *word) {
  const size_t length = strlen(word);
  int index = 0;
  for (const char *c = choices; *c != '\0'; index++) {
    const size_t span = strcspn(c, "|");
    if (span == length && strncmp(c, word, length) == 0) return index;
    c += span;
    if (*c == '|') c++;
  }
  return -1;
}

/* A bound "0 m exclusive" as number and kind. */
static double bound_of(const char *text, const char *unit, bool *exclusive) {
  char quantity[64];
  const char *word = strstr(text, " exclusive");
  *exclusive = word != NULL;
  snprintf(quantity, sizeof quantity, "%.*s", word != NULL ? (int)(word - text) : (int)strlen(text), text);
  double si = (double)NAN;
  kd_quantity_in(&si, quantity, unit, NULL, NULL);
  return si;
}

static kd_status check_range(double si, const kd_field *field, const char *name, const char *text, kd_error *err) {
  bool exclusive;
  if (field->low != NULL) {
    const double low = bound_of(field->low, field->unit, &exclusive);
    const char *word = strstr(field->low, " exclusive");
    const int width = (int)(word != NULL ? word - field->low : (long)strlen(field->low));
    if (!(exclusive ? si > low : si >= low)) {
      return kd_error_set(err, KD_E_RANGE, "%s %s: must be %s %.*s", name, text, exclusive ? "above" : "at least",
                          width, field->low);
    }
  }
  if (field->high != NULL) {
    const double high = bound_of(field->high, field->unit, &exclusive);
    const char *word = strstr(field->high, " exclusive");
    const int width = (int)(word != NULL ? word - field->high : (long)strlen(field->high));
    if (!(exclusive ? si < high : si <= high)) {
      return kd_error_set(err, KD_E_RANGE, "%s %s: must be %s %.*s", name, text, exclusive ? "below" : "at most", width,
                          field->high);
    }
  }
  return KD_OK;
}

kd_status kd_field_read(double *si, const kd_field *field, size_t label, const char *text, const char *unit,
                        kd_error *err) {
  char name[128], shown[256];
  kd_field_name(name, sizeof name, field, label);
  if (field->choices != NULL) {
    const int index = find_choice(field->choices, text);
    if (index < 0) return kd_error_set(err, KD_E_CHOICE, "%s '%s': one of %s is wanted", name, text, field->choices);
    *si = index;
    return KD_OK;
  }
  kd_unit read;
  bool has_unit = false;
  double value = (double)NAN;
  kd_status status = kd_quantity_parse(&value, &read, &has_unit, text, NULL, err);
  if (status != KD_OK) {
    kd_error_context(err, "%s: ", name);
    return status;
  }
  snprintf(shown, sizeof shown, "%s", text);
  if (has_unit) {
    status = kd_quantity_in(&value, text, field->unit, NULL, err);
    if (status != KD_OK) {
      kd_error_context(err, "%s: ", name);
      return status;
    }
  } else if (unit != NULL) {
    kd_unit header;
    status = kd_unit_parse(&header, unit, NULL, err);
    if (status != KD_OK) return status;
    value = header.scale * value + header.offset;
    snprintf(shown, sizeof shown, "%s %s", text, unit);
  }
  *si = value;
  return check_range(value, field, name, shown, err);
}

kd_status kd_field_default(double *si, const kd_field *field, kd_error *err) {
  if (field->initial == NULL) return kd_error_set(err, KD_E_MISSING, "%s is not given", field->name);
  if (strcmp(field->initial, "none") == 0) {
    *si = (double)NAN;
    return KD_OK;
  }
  if (field->choices != NULL) {
    *si = find_choice(field->choices, field->initial);
    return KD_OK;
  }
  return kd_quantity_in(si, field->initial, field->unit, NULL, err);
}

/* ---- the list ---- */

/* A member that is left out when there is nothing to say. */
static void member_if(kd_json *json, const char *key, const char *value) {
  if (value != NULL) kd_json_text(json, key, value);
}

static void list_fields(kd_json *json, const char *key, const kd_field *fields, size_t count) {
  kd_json_open(json, key, '[');
  for (size_t i = 0; i < count; i++) {
    for (size_t k = 0; k < labels_of(&fields[i]); k++) {
      char name[128];
      kd_field_name(name, sizeof name, &fields[i], k);
      kd_json_open(json, NULL, '{');
      kd_json_text(json, "name", name);
      kd_json_text(json, "unit", fields[i].choices != NULL ? "" : fields[i].unit);
      if (KD_IS_TEXT(&fields[i])) kd_json_flag(json, "text", true);
      kd_json_text(json, "doc", fields[i].doc);
      member_if(json, "default", fields[i].initial);
      member_if(json, "choices", KD_IS_TEXT(&fields[i]) ? NULL : fields[i].choices);
      member_if(json, "low", fields[i].low);
      member_if(json, "high", fields[i].high);
      kd_json_close(json, '}');
    }
  }
  kd_json_close(json, ']');
}

static void list_json(kd_json *json, const kd_kernel *kernel) {
  kd_json_line(json);
  kd_json_open(json, NULL, '{');
  kd_json_text(json, "kernel", kernel->name);
  kd_json_text(json, "summary", kernel->summary);
  list_fields(json, "inputs", kernel->inputs, kernel->input_count);
  list_fields(json, "outputs", kernel->outputs, kernel->output_count);
  if (kernel->data_count > 0) {
    kd_json_open(json, "data", '[');
    for (size_t i = 0; i < kernel->data_count; i++) {
      kd_json_open(json, NULL, '{');
      kd_json_text(json, "name", kernel->data[i].name);
      kd_json_text(json, "columns", kernel->data[i].columns);
      kd_json_text(json, "doc", kernel->data[i].doc);
      if (kernel->data[i].optional) kd_json_flag(json, "optional", true);
      kd_json_close(json, '}');
    }
    kd_json_close(json, ']');
  }
  kd_json_close(json, '}');
}

static void list_words(kd_text *out, const char *head, const kd_field *fields, size_t count) {
  kd_text_printf(out, "    %s", head);
  for (size_t i = 0; i < count; i++) {
    const char *shown = KD_IS_TEXT(&fields[i])      ? "text"
                        : fields[i].choices != NULL ? fields[i].choices
                                                    : fields[i].unit;
    kd_text_printf(out, " %s%s [%s]%s", fields[i].name, fields[i].labels != NULL ? "_*" : "", shown,
                   fields[i].initial != NULL ? "?" : "");
  }
  kd_text_add(out, "\n");
}

static void list_text(kd_text *out, const kd_kernel *kernel) {
  kd_text_printf(out, "%s\n    %s\n", kernel->name, kernel->summary);
  for (size_t k = 0; k < kernel->data_count; k++) {
    kd_text_printf(out, "    data %s: %s\n", kernel->data[k].name, kernel->data[k].columns);
  }
  list_words(out, kernel->data_count > 0 ? "options:" : "in: ", kernel->inputs, kernel->input_count);
  list_words(out, "out:", kernel->outputs, kernel->output_count);
}

void kd_kernel_list(kd_text *out, bool json) {
  kd_json list = kd_json_start(out);
  if (json) kd_json_open(&list, NULL, '[');
  for (size_t i = 0; i < kd_kernel_count(); i++) {
    if (json)
      list_json(&list, kd_kernel_get(i));
    else
      list_text(out, kd_kernel_get(i));
  }
  if (!json) return;
  kd_json_line(&list);
  kd_json_close(&list, ']');
  kd_text_add(out, "\n");
}
