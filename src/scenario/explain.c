// SPDX-License-Identifier: Apache-2.0
/* `kaidei explain`: what a parameter is, from its row in the table of its stage. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "scenario/describe.h"

const char *kd_param_kind_name(kd_param_kind kind) {
  static const char *const names[] = {"number", "count", "choice", "flag", "date", "table"};
  return names[kind];
}

bool kd_param_is_pure(const kd_param *param) {
  return param->unit == NULL || param->unit[0] == '\0' || strcmp(param->unit, "1") == 0 ||
         strcmp(param->unit, "%") == 0;
}

static void add_row(kd_text *out, const char *name, const char *text) {
  if (text != NULL && text[0] != '\0') kd_text_printf(out, "  %-9s %s\n", name, text);
}

/* "at least 0 m, below 10 m" */
static void add_range(kd_text *out, const kd_param *param) {
  static const char word[] = " exclusive";
  const char *texts[2] = {param->low, param->high};
  const char *words[2][2] = {{"at least", "above"}, {"at most", "below"}};
  bool first = true;
  for (size_t i = 0; i < 2; i++) {
    if (texts[i] == NULL) continue;
    const size_t count = strlen(texts[i]), tail = sizeof word - 1;
    const bool exclusive = count > tail && strcmp(texts[i] + count - tail, word) == 0;
    kd_text_printf(out, "%s%s %.*s", first ? "  range     " : ", ", words[i][exclusive ? 1 : 0],
                   (int)(exclusive ? count - tail : count), texts[i]);
    first = false;
  }
  if (!first) kd_text_add(out, "\n");
}

static void add_choices(kd_text *out, const char *name, const char *choices) {
  if (choices == NULL) return;
  kd_text_printf(out, "  %-9s ", name);
  char choice[96];
  for (size_t i = 0; i < kd_choice_count(choices); i++) {
    kd_choice_name(choice, sizeof choice, choices, (int)i);
    kd_text_printf(out, "%s%s", i > 0 ? ", " : "", choice);
  }
  kd_text_add(out, "\n");
}

static void explain_one(kd_text *out, const kd_stage *stage, const kd_param *param) {
  const bool basis = param->kind == KD_PARAM_NUMBER && param->choices != NULL;
  kd_text_printf(out, "%s.%s\n", stage->name, param->key);
  add_row(out, "what", param->doc);
  add_row(out, "kind", kd_param_kind_name(param->kind));
  if (param->kind == KD_PARAM_NUMBER)
    add_row(out, "unit", kd_param_is_pure(param) && strcmp(param->unit, "%") != 0 ? "a pure number" : param->unit);
  if (param->labels != NULL) {
    kd_text_add(out, "  labels    ");
    for (size_t i = 0; i < param->labels->count; i++)
      kd_text_printf(out, "%s%s", i > 0 ? ", " : "", param->labels->names[i]);
    kd_text_add(out, "\n");
  }
  add_choices(out, basis ? "basis" : "choices", param->choices);
  add_row(out, "columns", param->columns);
  add_range(out, param);
  add_row(out, "default", param->initial != NULL ? param->initial : "(must be given)");
  if (param->initial != NULL && strcmp(param->initial, "none") != 0)
    add_row(out, "source", param->source != NULL ? param->source : "(none: counts as assumed)");
}

static void list_choices(kd_json *json, const char *key, const char *choices) {
  char choice[96];
  if (choices == NULL) {
    kd_json_null(json, key);
    return;
  }
  kd_json_open(json, key, '[');
  for (size_t i = 0; i < kd_choice_count(choices); i++) {
    kd_choice_name(choice, sizeof choice, choices, (int)i);
    kd_json_text(json, NULL, choice);
  }
  kd_json_close(json, ']');
}

static void list_labels(kd_json *json, const kd_labels *labels) {
  if (labels == NULL) {
    kd_json_null(json, "labels");
    return;
  }
  kd_json_open(json, "labels", '[');
  for (size_t i = 0; i < labels->count; i++) kd_json_text(json, NULL, labels->names[i]);
  kd_json_close(json, ']');
}

static void explain_json(kd_json *json, const kd_stage *stage, const kd_param *param) {
  const bool number = param->kind == KD_PARAM_NUMBER;
  char key[256];
  snprintf(key, sizeof key, "%s.%s", stage->name, param->key);
  kd_json_open(json, NULL, '{');
  kd_json_text(json, "key", key);
  kd_json_text(json, "stage", stage->name);
  kd_json_text(json, "kind", kd_param_kind_name(param->kind));
  kd_json_text(json, "unit", number ? param->unit : NULL);
  kd_json_text(json, "default", param->initial);
  kd_json_text(json, "low", param->low);
  kd_json_text(json, "high", param->high);
  list_choices(json, "choices", number ? NULL : param->choices);
  list_choices(json, "basis", number ? param->choices : NULL);
  list_labels(json, param->labels);
  kd_json_text(json, "columns", param->columns);
  kd_json_text(json, "source", param->source);
  kd_json_flag(json, "required", param->initial == NULL);
  kd_json_flag(json, "assumed", param->source == NULL);
  kd_json_text(json, "doc", param->doc);
  kd_json_close(json, '}');
  kd_json_line(json);
}

/* Whether `key` asks for this parameter: the stage, the full key, or the full key with a label. */
static bool asks_for(const char *key, const kd_stage *stage, const kd_param *param) {
  const size_t s = strlen(stage->name), p = strlen(param->key);
  if (strcmp(key, stage->name) == 0 || strcmp(key, "*") == 0) return true;
  if (strncmp(key, stage->name, s) != 0 || key[s] != '.') return false;
  const char *rest = key + s + 1;
  if (strcmp(rest, "*") == 0) return true;
  if (strncmp(rest, param->key, p) != 0) return false;
  if (rest[p] == '\0') return true;
  if (rest[p] != '.' || param->labels == NULL) return false;
  for (size_t i = 0; i < param->labels->count; i++)
    if (strcmp(rest + p + 1, param->labels->names[i]) == 0) return true;
  return false;
}

static kd_status unknown_key(const kd_stage_list *list, const char *key, kd_error *err) {
  kd_suggestion near;
  char candidate[256], best[256] = "";
  kd_suggest_start(&near, key);
  const char *last = strrchr(key, '.');
  for (size_t s = 0; s < list->count; s++) {
    const kd_stage *stage = list->stages[s].stage;
    kd_suggest(&near, stage->name);
    if (near.best == stage->name) snprintf(best, sizeof best, "%s", stage->name);
    for (size_t i = 0; i < stage->param_count; i++) {
      snprintf(candidate, sizeof candidate, "%s.%s", stage->name, stage->params[i].key);
      /* The bare key, or the right key under a wrong stage, is a hit at once. */
      if (strcmp(stage->params[i].key, last != NULL ? last + 1 : key) == 0)
        return kd_error_set(err, KD_E_KEY, "no such key: %s; did you mean %s?", key, candidate);
      const size_t before = near.distance;
      const char *held = near.best;
      kd_suggest(&near, candidate);
      if (near.best == candidate) {
        memcpy(best, candidate, sizeof best);
        near.best = best;
      } else if (near.distance == before) {
        near.best = held;
      }
    }
  }
  if (best[0] != '\0') return kd_error_set(err, KD_E_KEY, "no such key: %s; did you mean %s?", key, best);
  return kd_error_set(err, KD_E_KEY, "no such key: %s; a stage's name lists all its keys: %s, ...", key,
                      list->stages[0].stage->name);
}

kd_status kd_explain_list(kd_text *out, kd_context *ctx, const kd_stage_list *list, const char *key, bool json,
                          kd_error *err) {
  (void)ctx;
  size_t found = 0;
  const bool one = strchr(key, '.') != NULL && strchr(key, '*') == NULL;
  kd_json writer = kd_json_start(out);
  if (json && !one) kd_json_open(&writer, NULL, '[');
  for (size_t s = 0; s < list->count; s++) {
    const kd_stage *stage = list->stages[s].stage;
    for (size_t i = 0; i < stage->param_count; i++) {
      if (!asks_for(key, stage, &stage->params[i])) continue;
      if (found++ > 0 && !json) kd_text_add(out, "\n");
      if (json)
        explain_json(&writer, stage, &stage->params[i]);
      else
        explain_one(out, stage, &stage->params[i]);
    }
  }
  if (found == 0) return unknown_key(list, key, err);
  if (json && !one) kd_json_close(&writer, ']');
  if (json) kd_text_add(out, "\n");
  return out->failed ? kd_error_set(err, KD_E_NOMEM, "out of memory") : KD_OK;
}

kd_status kd_explain(kd_text *out, kd_context *ctx, const char *key, bool json, kd_error *err) {
  const kd_stage_list list = kd_stage_list_programme();
  return kd_explain_list(out, ctx, &list, key, json, err);
}
