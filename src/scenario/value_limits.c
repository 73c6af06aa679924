// SPDX-License-Identifier: Apache-2.0
/* The allowed range of a parameter against all that its value can become. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/quantity.h"
#include "scenario/value.h"

#define KD_NEGLIGIBLE 1e-6 /* share of draws beyond a limit that needs no warning */

typedef struct kd_limit {
  double at;
  bool open, exclusive;
  char shown[64];
} kd_limit;

/* Reads "0 m exclusive". */
static void read_limit(kd_limit *out, kd_loader *loader, kd_entry *entry, const char *text) {
  static const char word[] = " exclusive";
  *out = (kd_limit){.open = true};
  if (text == NULL) return;
  size_t count = strlen(text);
  if (count > sizeof word - 1 && strcmp(text + count - (sizeof word - 1), word) == 0) {
    out->exclusive = true;
    count -= sizeof word - 1;
  }
  if (count >= sizeof out->shown) count = sizeof out->shown - 1;
  memcpy(out->shown, text, count);
  kd_error err = {KD_OK, ""};
  const kd_param *param = entry->slot.param;
  const kd_status status = param->kind == KD_PARAM_DATE ? kd_date_parse(&out->at, out->shown, NULL, &err)
                                                        : kd_quantity_in(&out->at, out->shown, param->unit, NULL, &err);
  out->open = status != KD_OK;
  if (out->open)
    kd_value_defect(loader, entry, KD_E_INTERNAL, entry->shown->place, NULL, "range of the parameter table: %s",
                    err.text);
}

/* What a value reaches at one end, and the node that says so. */
typedef struct kd_reach {
  double at;
  const kd_node *node;
  bool attained; /* false: the end itself is never drawn */
} kd_reach;

static const kd_node *child_at(const kd_node *node, size_t index) {
  const kd_node *child = node->first;
  while (index-- > 0 && child != NULL) child = child->next;
  return child != NULL ? child : node;
}

static kd_reach reach(const kd_distribution *d, const kd_node *node, bool upper) {
  kd_reach out = {.at = d->p[0], .node = node, .attained = true};
  if (node->kind == KD_NODE_LIST && d->kind != KD_DISTRIBUTION_NORMAL && d->kind != KD_DISTRIBUTION_LOGNORMAL)
    out.node = child_at(node, upper ? node->children - 1 : 0);
  switch (d->kind) {
  case KD_DISTRIBUTION_FIXED:
    if (node->kind == KD_NODE_LIST) out.node = child_at(node, 0);
    return out;
  case KD_DISTRIBUTION_UNIFORM:
    out.at = d->p[upper ? 1 : 0];
    break;
  case KD_DISTRIBUTION_TRIANGULAR:
  case KD_DISTRIBUTION_PERT:
    out.at = d->p[upper ? 2 : 0];
    break;
  case KD_DISTRIBUTION_NORMAL:
    out.at = upper ? (double)INFINITY : -(double)INFINITY;
    break;
  case KD_DISTRIBUTION_LOGNORMAL:
    out.at = upper ? (double)INFINITY : 0;
    break;
  case KD_DISTRIBUTION_DISCRETE:
  case KD_DISTRIBUTION_EMPIRICAL:
    out.at = d->values[upper ? d->count - 1 : 0];
    for (size_t i = 0; i < d->count && d->kind == KD_DISTRIBUTION_DISCRETE; i++) {
      const double value = d->values[upper ? d->count - 1 - i : i];
      if (value < d->low || value > d->high) continue;
      out.at = value;
      return out;
    }
    out.at = upper ? fmin(out.at, d->high) : fmax(out.at, d->low);
    return out;
  }
  out.at = upper ? fmin(out.at, d->high) : fmax(out.at, d->low);
  out.attained = false;
  return out;
}

static bool beyond(const kd_limit *limit, double value, bool attained, bool upper) {
  if (limit->open) return false;
  if (upper ? value > limit->at : value < limit->at) return true;
  return limit->exclusive && attained && value == limit->at;
}

static const char *demand(const kd_limit *limit, bool upper) {
  if (upper) return limit->exclusive ? "below" : "at most";
  return limit->exclusive ? "above" : "at least";
}

/* A value in the unit of the parameter: "0.25 m". */
static void show(char *out, size_t capacity, const kd_param *param, double value) {
  const bool pure = strcmp(param->unit, "1") == 0 || param->unit[0] == '\0';
  snprintf(out, capacity, "%.6g%s%s", kd_quantity_show(value, param->unit), pure ? "" : " ", pure ? "" : param->unit);
}

/* A bell that reaches over a limit: wrong when its median does, cut off there otherwise. */
static void cut_bell(kd_loader *loader, kd_entry *entry, const kd_node *node, const kd_limit *limit, bool upper) {
  kd_distribution *d = &entry->slot.distribution;
  char hint[160];
  const double median = kd_distribution_quantile(d, 0.5);
  if (beyond(limit, median, true, upper)) {
    char shown[96];
    show(shown, sizeof shown, entry->slot.param, median);
    kd_value_defect(loader, entry, KD_E_RANGE, node->kind == KD_NODE_LIST ? kd_node_at(node->first, 0) : node->place,
                    NULL, "half of the draws lie %s %s: must be %s %s", upper ? "above" : "below", shown,
                    demand(limit, upper), limit->shown);
    return;
  }
  const double below = kd_distribution_cdf(d, limit->at), share = upper ? 1 - below : below;
  if (share > KD_NEGLIGIBLE) {
    snprintf(hint, sizeof hint, upper ? "say so by truncate: [none, %s]" : "say so by truncate: [%s, none]",
             limit->shown);
    kd_value_warning(loader, entry, KD_E_RANGE, node->place, hint,
                     "%.2g %% of the draws would lie %s %s, the %s allowed: they are cut off there", 100 * share,
                     upper ? "above" : "below", limit->shown, upper ? "most" : "least");
  }
  if (upper)
    d->high = limit->at;
  else
    d->low = limit->at;
  kd_error err = {KD_OK, ""};
  if (kd_distribution_prepare(d, &err) != KD_OK)
    kd_value_defect(loader, entry, err.code, node->place, NULL, "%s", err.text);
}

static void check_end(kd_loader *loader, kd_entry *entry, const kd_node *node, const kd_limit *limit, bool upper) {
  const kd_distribution *d = &entry->slot.distribution;
  const kd_reach end = reach(d, node, upper);
  if (entry->bad || !beyond(limit, end.at, end.attained, upper)) return;
  if (d->kind == KD_DISTRIBUTION_NORMAL || d->kind == KD_DISTRIBUTION_LOGNORMAL) {
    cut_bell(loader, entry, node, limit, upper);
    return;
  }
  char shown[96] = "";
  const bool own_text = d->kind == KD_DISTRIBUTION_FIXED && end.node->kind == KD_NODE_SCALAR;
  if (!own_text) show(shown, sizeof shown, entry->slot.param, end.at); /* a date has its own text */
  const char *text = own_text ? end.node->text : shown;
  kd_value_defect(loader, entry, KD_E_RANGE, kd_node_at(end.node, 0), NULL, "%s: must be %s %s", text,
                  demand(limit, upper), limit->shown);
}

void kd_limits_check(kd_loader *loader, kd_entry *entry, const kd_node *node) {
  const kd_param *param = entry->slot.param;
  kd_limit low, high;
  if (isnan(entry->slot.distribution.p[0]) && entry->slot.distribution.kind == KD_DISTRIBUTION_FIXED) return; /* none */
  read_limit(&low, loader, entry, param->low);
  read_limit(&high, loader, entry, param->high);
  check_end(loader, entry, node, &low, false);
  check_end(loader, entry, node, &high, true);
}
