// SPDX-License-Identifier: Apache-2.0
/* JSON Schema (2020-12) of a scenario file, from the parameter tables: completion and first checks in an editor. It
 * knows shapes, keys, choices and units as text; ranges, dimensions and correlations are checked by `kaidei check`. */
#include <string.h>

#include "base/error.h"
#include "scenario/describe.h"

/* A number as quantity.h reads it. */
#define KD_NUMBER_PATTERN "[+-]?(\\\\d+(_\\\\d+)*\\\\.?\\\\d*|\\\\.\\\\d+)([eE][+-]?\\\\d+)?"

/* What all files share; the forms of a number go between the two parts. */
static const char kd_schema_head[] =
    "{\n"
    "  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
    "  \"title\": \"kaidei scenario\",\n"
    "  \"type\": \"object\",\n"
    "  \"required\": [\"kaidei\"],\n"
    "  \"additionalProperties\": false,\n"
    "  \"$defs\": {\n"
    "    \"source\": {\"type\": \"string\", \"minLength\": 1, \"description\": \"Author, year, page; a value without "
    "source "
    "counts as assumed.\"},\n"
    "    \"pure\": {\"description\": \"A pure number.\", \"anyOf\": [{\"type\": \"number\"}, {\"type\": \"string\", "
    "\"pattern\": \"^" KD_NUMBER_PATTERN "( ?(%|ppm|1))?$\"}]},\n"
    "    \"quantity\": {\"type\": \"string\", \"pattern\": \"^" KD_NUMBER_PATTERN
    " ?[^\\\\d\\\\s.+-].*$\", \"description\": "
    "\"A number with its unit.\"},\n"
    "    \"entry\": {\"anyOf\": [{\"type\": \"number\"}, {\"type\": \"string\"}]},\n"
    "    \"file\": {\"type\": \"string\", \"pattern\": \"^.+$\", \"description\": \"A CSV file, relative to this file "
    "or to "
    "the shipped data.\"},\n"
    "    \"pair\": {\"type\": \"object\", \"additionalProperties\": false, \"required\": [\"with\", \"rho\"], "
    "\"properties\": {\"with\": {\"type\": \"string\", \"description\": \"Full key of the other parameter.\"}, "
    "\"rho\": "
    "{\"description\": \"Spearman rank correlation.\", \"anyOf\": [{\"type\": \"number\", \"exclusiveMinimum\": -1, "
    "\"exclusiveMaximum\": 1}, {\"type\": \"string\"}]}}},\n"
    "    \"correlate\": {\"anyOf\": [{\"$ref\": \"#/$defs/pair\"}, {\"type\": \"array\", \"items\": {\"$ref\": "
    "\"#/$defs/pair\"}}]},\n"
    "    \"two\": {\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/entry\"}, \"minItems\": 2, \"maxItems\": 2},\n"
    "    \"three\": {\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/entry\"}, \"minItems\": 3, \"maxItems\": "
    "3},\n";

static const char kd_schema_body[] =
    "  },\n"
    "  \"properties\": {\n"
    "    \"kaidei\": {\"const\": 1, \"description\": \"Version of the scenario rules.\"},\n"
    "    \"name\": {\"type\": \"string\", \"description\": \"Title of the scenario.\"},\n"
    "    \"description\": {\"type\": \"string\"},\n"
    "    \"extends\": {\"type\": \"string\", \"description\": \"File whose values this one goes on from.\"}";

/* Members that a value map shares. */
static void add_shared(kd_text *out, const kd_param *param, bool random) {
  const bool basis = param->kind == KD_PARAM_NUMBER && param->choices != NULL;
  if (basis) {
    char choice[96];
    kd_text_add(out, ", \"basis\": {\"enum\": [");
    for (size_t i = 0; i < kd_choice_count(param->choices); i++) {
      kd_choice_name(choice, sizeof choice, param->choices, (int)i);
      kd_text_add(out, i > 0 ? ", " : "");
      kd_text_add_json(out, choice);
    }
    kd_text_add(out, "]}");
  }
  if (random)
    kd_text_add(out, ", \"truncate\": {\"$ref\": \"#/$defs/two\"}, \"correlate\": {\"$ref\": \"#/$defs/correlate\"}");
  kd_text_add(out, ", \"source\": {\"$ref\": \"#/$defs/source\"}}}");
}

static void open_map(kd_text *out, const char *key, bool basis) {
  kd_text_printf(out, ", {\"type\": \"object\", \"additionalProperties\": false, \"required\": [\"%s\"%s], ", key,
                 basis ? ", \"basis\"" : "");
  kd_text_printf(out, "\"properties\": {\"%s\": ", key);
}

/* The forms of one scalar: plain where no basis is needed, {value: ...}, and the distributions. */
static void add_number(kd_text *out, const kd_param *param) {
  static const struct {
    const char *name, *schema;
  } forms[] = {
      {"uniform", "{\"$ref\": \"#/$defs/two\", \"description\": \"[low, high]\"}"},
      {"triangular", "{\"$ref\": \"#/$defs/three\", \"description\": \"[low, mode, high]\"}"},
      {"pert", "{\"$ref\": \"#/$defs/three\", \"description\": \"[low, mode, high]\"}"},
      {"normal", "{\"$ref\": \"#/$defs/two\", \"description\": \"[mean, sd]\"}"},
      {"lognormal", "{\"$ref\": \"#/$defs/two\", \"description\": \"[median, geometric sd]\"}"},
      {"discrete", "{\"type\": \"object\", \"description\": \"{value: weight}\", \"additionalProperties\": {\"$ref\": "
                   "\"#/$defs/entry\"}}"},
      {"empirical", "{\"$ref\": \"#/$defs/file\"}"},
  };
  const bool basis = param->kind == KD_PARAM_NUMBER && param->choices != NULL;
  const char *plain = kd_param_is_pure(param) || param->kind == KD_PARAM_COUNT ? "{\"$ref\": \"#/$defs/pure\"}"
                                                                               : "{\"$ref\": \"#/$defs/quantity\"}";
  kd_text_add(out, basis ? "false" : plain);
  open_map(out, "value", basis);
  kd_text_add(out, plain);
  add_shared(out, param, false);
  for (size_t i = 0; i < KD_COUNT(forms); i++) {
    open_map(out, forms[i].name, basis);
    kd_text_add(out, forms[i].schema);
    add_shared(out, param, true);
  }
}

static void add_word(kd_text *out, const kd_param *param) {
  const bool table = param->kind == KD_PARAM_TABLE;
  for (int form = 0; form < (table ? 3 : 2); form++) { /* plain, in a map, a table under its other name */
    if (form == 2) add_shared(out, param, false);
    if (form > 0) open_map(out, table && form == 1 ? "file" : "value", false);
    if (param->kind == KD_PARAM_CHOICE) {
      char choice[96];
      kd_text_add(out, "{\"enum\": [");
      for (size_t i = 0; i < kd_choice_count(param->choices); i++) {
        kd_choice_name(choice, sizeof choice, param->choices, (int)i);
        kd_text_add(out, i > 0 ? ", " : "");
        kd_text_add_json(out, choice);
      }
      kd_text_add(out, "]}");
    } else if (param->kind == KD_PARAM_FLAG) {
      kd_text_add(out, "{\"enum\": [true, false, \"yes\", \"no\"]}");
    } else if (param->kind == KD_PARAM_DATE) {
      kd_text_add(
          out,
          "{\"type\": \"string\", \"pattern\": \"^(none|\\\\d{4}-\\\\d{2}-\\\\d{2}(T\\\\d{2}:\\\\d{2}(:\\\\d{2})?Z?"
          ")?)$\"}");
    } else {
      kd_text_add(out, "{\"$ref\": \"#/$defs/file\"}");
    }
  }
  add_shared(out, param, false);
}

/* The two forms that most parameters take are written once. */
static void add_definitions(kd_text *out) {
  static const kd_param pure = {.kind = KD_PARAM_NUMBER, .unit = "1"},
                        quantity = {.kind = KD_PARAM_NUMBER, .unit = "m"};
  kd_text_add(out, "    \"a_pure_number\": {\"anyOf\": [");
  add_number(out, &pure);
  kd_text_add(out, "]},\n    \"a_quantity\": {\"anyOf\": [");
  add_number(out, &quantity);
  kd_text_add(out, "]}\n");
}

static void add_scalar(kd_text *out, const kd_param *param) {
  const bool number = param->kind == KD_PARAM_NUMBER || param->kind == KD_PARAM_COUNT;
  const bool none = param->initial != NULL && strcmp(param->initial, "none") == 0;
  if (number && param->choices == NULL) {
    const bool pure = kd_param_is_pure(param) || param->kind == KD_PARAM_COUNT;
    const char *name = pure ? "a_pure_number" : "a_quantity";
    kd_text_printf(out,
                   none ? "\"anyOf\": [{\"const\": \"none\"}, {\"$ref\": \"#/$defs/%s\"}]" : "\"$ref\": \"#/$defs/%s\"",
                   name);
    return;
  }
  kd_text_add(out, "\"anyOf\": [");
  if (number)
    add_number(out, param);
  else
    add_word(out, param);
  kd_text_add(out, "]");
}

static void add_description(kd_text *out, const kd_param *param) {
  kd_text text;
  kd_text_init(&text, out->ctx);
  kd_text_add(&text, param->doc != NULL ? param->doc : "");
  if (param->kind == KD_PARAM_NUMBER && param->unit != NULL) kd_text_printf(&text, " Unit: %s.", param->unit);
  if (param->low != NULL) kd_text_printf(&text, " From %s.", param->low);
  if (param->high != NULL) kd_text_printf(&text, " Up to %s.", param->high);
  if (param->initial != NULL) kd_text_printf(&text, " Default: %s.", param->initial);
  if (param->initial == NULL) kd_text_add(&text, " Must be given.");
  kd_text_add(out, "\"description\": ");
  kd_text_add_json(out, text.bytes != NULL ? text.bytes : "");
  if (text.failed) out->failed = true;
  kd_text_free(&text);
}

static void add_param(kd_text *out, const kd_param *param) {
  kd_text_add(out, "\n        ");
  kd_text_add_json(out, param->key);
  kd_text_add(out, ": {");
  add_description(out, param);
  kd_text_add(out, ", ");
  if (param->labels == NULL) {
    add_scalar(out, param);
    kd_text_add(out, "}");
    return;
  }
  /* One value for all labels, or a map by label. */
  kd_text_add(out, "\"anyOf\": [{");
  add_scalar(out, param);
  kd_text_add(out, "}, {\"type\": \"object\", \"additionalProperties\": false, \"properties\": {\"source\": {\"$ref\": "
                   "\"#/$defs/source\"}");
  for (size_t i = 0; i < param->labels->count; i++) {
    kd_text_add(out, ", ");
    kd_text_add_json(out, param->labels->names[i]);
    kd_text_add(out, ": {");
    add_scalar(out, param);
    kd_text_add(out, "}");
  }
  kd_text_add(out, "}}]}");
}

kd_status kd_schema_write_list(kd_text *out, kd_context *ctx, const kd_stage_list *list) {
  (void)ctx;
  kd_text_add(out, kd_schema_head);
  add_definitions(out);
  kd_text_add(out, kd_schema_body);
  for (size_t s = 0; s < list->count; s++) {
    const kd_stage *stage = list->stages[s].stage;
    kd_text_add(out, ",\n    ");
    kd_text_add_json(out, stage->name);
    kd_text_add(out, ": {\n      \"description\": ");
    kd_text_add_json(out, stage->summary != NULL ? stage->summary : "");
    kd_text_add(
        out,
        ",\n      \"type\": [\"object\", \"null\"],\n      \"additionalProperties\": false,\n      \"properties\": {");
    for (size_t i = 0; i < stage->param_count; i++) {
      if (i > 0) kd_text_add(out, ",");
      add_param(out, &stage->params[i]);
    }
    kd_text_add(out, "\n      }\n    }");
  }
  kd_text_add(out, "\n  }\n}\n");
  return out->failed ? KD_E_NOMEM : KD_OK;
}

kd_status kd_schema_write(kd_text *out, kd_context *ctx) {
  const kd_stage_list list = kd_stage_list_programme();
  return kd_schema_write_list(out, ctx, &list);
}
