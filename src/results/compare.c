// SPDX-License-Identifier: Apache-2.0
#include "results/compare.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "base/json.h"
#include "base/quantity.h"
#include "results/run.h"

#define SAME 1e-12 /* relative difference of numbers that count as the same */

/* One difference: left or right may be missing. */
typedef struct kd_parameter_pair {
  const char *key;
  const kd_record_parameter *left, *right;
} kd_parameter_pair;

typedef struct kd_outcome_pair {
  const kd_record_column *column;    /* of the right run, or of the left where the right has none */
  const kd_statistics *left, *right; /* SI; NULL: the run has no such column */
} kd_outcome_pair;

typedef void kd_parameter_fn(const kd_parameter_pair *pair, size_t index, void *to);
typedef void kd_outcome_fn(const kd_outcome_pair *pair, size_t index, void *to);

static bool same_number(double a, double b) {
  if (isnan(a) || isnan(b)) return isnan(a) && isnan(b);
  return fabs(a - b) <= SAME * fmax(fabs(a), fabs(b));
}

/* The same value may be written in two ways: 350 t/day, 0.35 kt/day. */
static bool same_parameter(const kd_record_parameter *a, const kd_record_parameter *b) {
  if (strcmp(a->text, b->text) == 0) return true;
  return !a->random && !b->random && !isnan(a->value) && same_number(a->value, b->value);
}

static bool same_outcome(const kd_statistics *a, const kd_statistics *b) {
  return same_number(a->p10, b->p10) && same_number(a->p50, b->p50) && same_number(a->p90, b->p90);
}

/* ---- walking over the differences: first what the left run has, then what the right alone has ---- */

static size_t each_parameter(const kd_record *a, const kd_record *b, kd_parameter_fn *each, void *to) {
  size_t count = 0;
  for (size_t i = 0; i < a->parameters; i++) {
    const kd_record_parameter *left = &a->parameter[i], *right = kd_record_find_parameter(b, left->key);
    if (right != NULL && same_parameter(left, right)) continue;
    const kd_parameter_pair pair = {left->key, left, right};
    each(&pair, count++, to);
  }
  for (size_t i = 0; i < b->parameters; i++) {
    if (kd_record_find_parameter(a, b->parameter[i].key) != NULL) continue;
    const kd_parameter_pair pair = {b->parameter[i].key, NULL, &b->parameter[i]};
    each(&pair, count++, to);
  }
  return count;
}

static bool is_wanted(const kd_record_column *column, bool ledger) {
  return column->kind == KD_RECORD_OUTPUT || (ledger && column->kind == KD_RECORD_LEDGER);
}

static size_t each_outcome(const kd_record *a, const kd_record *b, bool ledger, kd_outcome_fn *each, void *to) {
  size_t count = 0;
  for (size_t i = 0; i < a->columns; i++) {
    if (!is_wanted(&a->column[i], ledger)) continue;
    const ptrdiff_t at = kd_record_find(b, a->column[i].key);
    const kd_outcome_pair pair = {at >= 0 ? &b->column[at] : &a->column[i], &a->summary[i].si,
                                  at >= 0 ? &b->summary[at].si : NULL};
    if (pair.right == NULL || !same_outcome(pair.left, pair.right)) each(&pair, count++, to);
  }
  for (size_t i = 0; i < b->columns; i++) {
    if (!is_wanted(&b->column[i], ledger) || kd_record_find(a, b->column[i].key) >= 0) continue;
    const kd_outcome_pair pair = {&b->column[i], NULL, &b->summary[i].si};
    each(&pair, count++, to);
  }
  return count;
}

/* P50 of the right over that of the left; NaN where that says nothing. */
static double ratio_of(const kd_outcome_pair *pair) {
  if (pair->left == NULL || pair->right == NULL || pair->left->p50 == 0) return (double)NAN;
  return pair->right->p50 / pair->left->p50;
}

/* ---- text ---- */

static void show_parameter(const kd_parameter_pair *pair, size_t index, void *to) {
  kd_text *out = to;
  if (index == 0) kd_text_add(out, "Parameters that differ\n");
  kd_text_printf(out, "  %s\n    left   %s\n    right  %s\n", pair->key,
                 pair->left != NULL ? pair->left->text : "(no such parameter)",
                 pair->right != NULL ? pair->right->text : "(no such parameter)");
}

/* key: a route's outcome without a value is not missing: nothing in print tells it. */
static void show_three(kd_text *out, const kd_statistics *statistics, const char *unit, const char *key) {
  if (statistics == NULL) {
    kd_text_printf(out, " %11s %11s %11s", "-", "-", "-");
    return;
  }
  kd_statistics shown;
  kd_statistics_show(&shown, statistics, unit);
  const double three[] = {shown.p10, shown.p50, shown.p90};
  if (!isfinite(shown.p50) && strstr(key, ".route_") != NULL) {
    kd_text_printf(out, " %35s", "cannot be known");
    return;
  }
  for (size_t i = 0; i < 3; i++) {
    if (isfinite(three[i])) {
      kd_text_printf(out, " %11.4g", three[i]);
    } else {
      kd_text_printf(out, " %11s", "-");
    }
  }
}

static void show_outcome(const kd_outcome_pair *pair, size_t index, void *to) {
  kd_text *out = to;
  char name[64];
  const double ratio = ratio_of(pair);
  if (index == 0) {
    kd_text_printf(out, "Outcomes that differ\n  %-44s %11s %11s %11s %11s %11s %11s %8s\n", "", "left P10", "P50",
                   "P90", "right P10", "P50", "P90", "ratio");
  }
  snprintf(name, sizeof name, "%.40s [%.18s]", pair->column->key, pair->column->unit);
  kd_text_printf(out, "  %-44s", name);
  show_three(out, pair->left, pair->column->unit, pair->column->key);
  show_three(out, pair->right, pair->column->unit, pair->column->key);
  if (isfinite(ratio)) kd_text_printf(out, " %8.4g", ratio);
  kd_text_add(out, "\n");
}

static void show_run(kd_text *out, const char *side, const kd_run *run) {
  const kd_record_run *head = &kd_run_record(run)->run;
  kd_text_printf(out, "%-6s %s: %s, %llu realisations, seed %llu, kaidei %s\n", side, kd_run_folder(run), head->name,
                 (unsigned long long)head->realisations, (unsigned long long)head->seed, head->version);
}

static kd_status finish(const kd_text *out, kd_error *err) {
  return out->failed ? kd_error_set(err, KD_E_NOMEM, "out of memory for the comparison") : KD_OK;
}

kd_status kd_compare_text(kd_text *out, const kd_run *a, const kd_run *b, kd_error *err) {
  const kd_record *left = kd_run_record(a), *right = kd_run_record(b);
  show_run(out, "left", a);
  show_run(out, "right", b);
  const size_t parameters = each_parameter(left, right, show_parameter, out);
  const size_t outcomes = each_outcome(left, right, false, show_outcome, out);
  if (parameters == 0) kd_text_add(out, "No parameter differs.\n");
  if (outcomes == 0) kd_text_add(out, "No outcome differs.\n");
  kd_text_add(out, "P90 is the value that 90 % of the realisations do not exceed; the ratio is that of the P50s.\n");
  return finish(out, err);
}

/* ---- JSON ---- */

static void add_parameter(const kd_parameter_pair *pair, size_t index, void *to) {
  kd_json *json = to;
  (void)index;
  kd_json_line(json);
  kd_json_open(json, NULL, '{');
  kd_json_text(json, "key", pair->key);
  kd_json_text(json, "left", pair->left != NULL ? pair->left->text : NULL);
  kd_json_text(json, "right", pair->right != NULL ? pair->right->text : NULL);
  kd_json_close(json, '}');
}

static void add_three(kd_json *json, const char *key, const kd_statistics *statistics, const char *unit) {
  kd_statistics shown;
  if (statistics == NULL) {
    kd_json_null(json, key);
    return;
  }
  kd_statistics_show(&shown, statistics, unit);
  kd_json_open(json, key, '{');
  kd_json_number(json, "p10", shown.p10);
  kd_json_number(json, "p50", shown.p50);
  kd_json_number(json, "p90", shown.p90);
  kd_json_close(json, '}');
}

static void add_outcome(const kd_outcome_pair *pair, size_t index, void *to) {
  kd_json *json = to;
  (void)index;
  kd_json_line(json);
  kd_json_open(json, NULL, '{');
  kd_json_text(json, "key", pair->column->key);
  kd_json_text(json, "unit", pair->column->unit);
  add_three(json, "left", pair->left, pair->column->unit);
  add_three(json, "right", pair->right, pair->column->unit);
  kd_json_number(json, "ratio", ratio_of(pair));
  kd_json_close(json, '}');
}

static void add_run(kd_json *json, const kd_run *run) {
  const kd_record_run *head = &kd_run_record(run)->run;
  kd_json_open(json, NULL, '{');
  kd_json_text(json, "folder", kd_run_folder(run));
  kd_json_text(json, "name", head->name);
  kd_json_text(json, "version", head->version);
  kd_json_count(json, "seed", head->seed);
  kd_json_count(json, "realisations", head->realisations);
  kd_json_close(json, '}');
}

kd_status kd_compare_json(kd_text *out, const kd_run *a, const kd_run *b, kd_error *err) {
  const kd_record *left = kd_run_record(a), *right = kd_run_record(b);
  kd_json json = kd_json_start(out);
  kd_json_open(&json, NULL, '{');
  kd_json_count(&json, "kaidei_compare", 1);
  kd_json_open(&json, "runs", '[');
  add_run(&json, a);
  add_run(&json, b);
  kd_json_close(&json, ']');
  kd_json_line(&json);
  kd_json_open(&json, "parameters", '[');
  each_parameter(left, right, add_parameter, &json);
  kd_json_close(&json, ']');
  kd_json_line(&json);
  kd_json_open(&json, "summary", '[');
  each_outcome(left, right, true, add_outcome, &json);
  kd_json_close(&json, ']');
  kd_json_close(&json, '}');
  kd_text_add(out, "\n");
  return finish(out, err);
}
