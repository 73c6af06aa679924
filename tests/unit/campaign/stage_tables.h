// SPDX-License-Identifier: Apache-2.0
/* What every stage's tables must satisfy: units, bounds and defaults that parse; keys that are there, once. */
#ifndef KD_TEST_STAGE_TABLES_H
#define KD_TEST_STAGE_TABLES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/quantity.h"
#include "base/stage.h"

static void check_unit(const char *where, const char *unit) {
  kd_unit parsed;
  kd_error err = {0};
  if (kd_unit_parse(&parsed, unit, NULL, &err) != KD_OK) fail_msg("%s: unit '%s': %s", where, unit, err.text);
}

static void check_bound(const char *where, const char *unit, const char *bound) {
  char text[64] = {0};
  double si;
  kd_error err = {0};
  if (bound == NULL || strcmp(bound, "none") == 0 || bound[0] == '{') return;
  const char *word = strstr(bound, " exclusive");
  const size_t length = word != NULL ? (size_t)(word - bound) : strlen(bound);
  assert_true(length < sizeof text);
  memcpy(text, bound, length);
  if (kd_quantity_in(&si, text, unit, NULL, &err) != KD_OK)
    fail_msg("%s: '%s' as %s: %s", where, bound, unit, err.text);
}

static void check_fields(const char *kernel, const kd_field *fields, size_t count, int outputs) {
  for (size_t i = 0; i < count; i++) {
    if (fields[i].name == NULL || fields[i].doc == NULL) fail_msg("%s: field %zu has no name or doc", kernel, i);
    check_unit(fields[i].name, fields[i].unit);
    if (fields[i].choices == NULL) {
      check_bound(fields[i].name, fields[i].unit, fields[i].low);
      check_bound(fields[i].name, fields[i].unit, fields[i].high);
      check_bound(fields[i].name, fields[i].unit, fields[i].initial);
    }
    if (outputs) assert_null(fields[i].initial);
    for (size_t k = 0; k < i; k++) assert_string_not_equal(fields[i].name, fields[k].name);
  }
}

static void check_stage(const kd_stage *stage) {
  for (size_t i = 0; i < stage->param_count; i++) {
    const kd_param *p = &stage->params[i];
    if (p->key == NULL || p->doc == NULL) fail_msg("%s: parameter %zu has no key or doc", stage->name, i);
    assert_true(p->offset < stage->params_size);
    if (p->kind == KD_PARAM_NUMBER || p->kind == KD_PARAM_COUNT) {
      check_unit(p->key, p->unit);
      check_bound(p->key, p->unit, p->low);
      check_bound(p->key, p->unit, p->high);
      check_bound(p->key, p->unit, p->initial);
    }
    if (p->source != NULL) assert_true(strlen(p->source) > 8);
    for (size_t k = 0; k < i; k++) {
      assert_string_not_equal(p->key, stage->params[k].key);
      assert_int_not_equal(p->offset, stage->params[k].offset);
    }
  }
  for (size_t i = 0; i < stage->output_count; i++) {
    const kd_output *o = &stage->outputs[i];
    if (o->key == NULL || o->doc == NULL) fail_msg("%s: outcome %zu has no key or doc", stage->name, i);
    check_unit(o->key, o->unit);
    assert_true(o->offset < stage->result_size);
  }
  for (size_t i = 0; i < stage->line_count; i++) {
    const kd_line *l = &stage->lines[i];
    if (l->item == NULL || l->doc == NULL) fail_msg("%s: line %zu has no item or doc", stage->name, i);
    check_unit(l->item, l->unit);
    assert_true((l->account != NULL) == (l->role != KD_ROLE_NONE));
  }
  for (size_t i = 0; i < stage->kernel_count; i++) {
    const kd_kernel *k = &stage->kernels[i];
    if (k->name == NULL || k->eval == NULL) fail_msg("%s: kernel %zu has no name or function", stage->name, i);
    assert_memory_equal(k->name, stage->name, strlen(stage->name));
    check_fields(k->name, k->inputs, k->input_count, 0);
    check_fields(k->name, k->outputs, k->output_count, 1);
  }
}

#endif
