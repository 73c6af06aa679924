// SPDX-License-Identifier: Apache-2.0
/* Claims in words and as JSON. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "claims/claims.h"

/* Three digits, thousands grouped: a figure for a sentence. */
static void say(char *out, size_t capacity, double value) {
  const double size = fabs(value);
  if (!isfinite(value))
    snprintf(out, capacity, "?");
  else if (size >= 1e6)
    snprintf(out, capacity, "%.3g million", value / 1e6);
  else if (size >= 10000)
    snprintf(out, capacity, "%.0f,%03.0f", floor(value / 1000), fmod(floor(value), 1000));
  else if (size >= 1000)
    snprintf(out, capacity, "%.0f", value);
  else
    snprintf(out, capacity, "%.3g", value);
}

/* The sentence with its figures put in. */
static void add_words(kd_text *out, const kd_claim *claim) {
  const char *unit = strcmp(claim->unit, "1") == 0 ? "" : claim->unit;
  char p10[48], p50[48], p90[48];
  say(p10, sizeof p10, claim->p10);
  say(p50, sizeof p50, claim->p50);
  say(p90, sizeof p90, claim->p90);
  const struct {
    const char *name, *value;
  } places[] = {{"{p10}", p10},
                {"{p50}", p50},
                {"{p90}", p90},
                {"{unit}", unit},
                {"{printed}", claim->printed_text != NULL ? claim->printed_text : ""}};
  for (const char *c = claim->words; *c != '\0';) {
    bool found = false;
    for (size_t i = 0; i < sizeof places / sizeof places[0] && !found; i++) {
      const size_t length = strlen(places[i].name);
      if (strncmp(c, places[i].name, length) != 0) continue;
      kd_text_add(out, places[i].value);
      c += length;
      found = true;
    }
    if (!found) kd_text_add_bytes(out, c++, 1);
  }
}

void kd_claims_write(kd_text *out, const kd_claims *self) {
  size_t count[3] = {0};
  for (size_t i = 0; i < self->count; i++) {
    const kd_claim *c = &self->claim[i];
    count[c->verdict]++;
    char p10[48], p50[48], p90[48];
    kd_text_printf(out, "%-16s \"%s\" (%s)\n", kd_verdict_name(c->verdict), c->statement, c->said_by);
    kd_text_add(out, "                 ");
    add_words(out, c);
    kd_text_add(out, "\n");
    if (c->cannot != NULL) kd_text_printf(out, "                 Why it cannot be known: %s\n", c->cannot);
    if (c->computed) {
      say(p10, sizeof p10, c->p10);
      say(p50, sizeof p50, c->p50);
      say(p90, sizeof p90, c->p90);
      kd_text_printf(out, "                 computed: %s (P10 %s, P90 %s)%s%s; %s in %s\n", p50, p10, p90,
                     strcmp(c->unit, "1") == 0 ? "" : " ", strcmp(c->unit, "1") == 0 ? "" : c->unit, c->key, c->run);
      if (c->missing > 0)
        kd_text_printf(out, "                 of the realisations that get there: %.3g %% have no such value\n",
                       100 * c->missing);
    }
    if (c->hangs > 0) {
      kd_text_add(out, "                 hangs on:");
      for (size_t k = 0; k < c->hangs; k++)
        kd_text_printf(out, "%s %s (%+.2f)", k == 0 ? "" : ",", c->hangs_on[k], c->correlation[k]);
      kd_text_add(out, "\n");
    }
    kd_text_add(out, "\n");
  }
  kd_text_printf(
      out,
      "%zu claim%s: %zu hold, %zu fail, %zu cannot be known. P90 is the value that 90 %% of the realisations "
      "do not exceed.\n",
      self->count, self->count == 1 ? "" : "s", count[KD_HOLDS], count[KD_FAILS], count[KD_CANNOT_BE_KNOWN]);
}

static void add_claim_json(kd_json *json, const kd_claim *c) {
  kd_json_line(json);
  kd_json_open(json, NULL, '{');
  kd_json_text(json, "id", c->id);
  kd_json_text(json, "statement", c->statement);
  kd_json_text(json, "said_by", c->said_by);
  kd_json_open(json, "printed", '{');
  kd_json_number(json, "value", c->printed);
  if (c->rule == KD_RULE_BETWEEN && c->key != NULL) {
    kd_json_number(json, "low", c->low);
    kd_json_number(json, "high", c->high);
  }
  kd_json_text(json, "unit", c->unit);
  kd_json_close(json, '}');
  if (c->computed) {
    kd_json_open(json, "computed", '{');
    kd_json_number(json, "p10", c->p10);
    kd_json_number(json, "p50", c->p50);
    kd_json_number(json, "p90", c->p90);
    kd_json_text(json, "unit", c->unit);
    kd_json_text(json, "run", c->run);
    kd_json_text(json, "key", c->key);
    kd_json_number(json, "missing", c->missing);
    kd_json_close(json, '}');
  } else {
    kd_json_null(json, "computed");
  }
  kd_json_text(json, "verdict", kd_verdict_name(c->verdict));
  kd_json_text(json, "why", c->cannot);
  kd_text words;
  kd_text_init(&words, json->out->ctx);
  add_words(&words, c);
  kd_json_text(json, "words", words.bytes != NULL ? words.bytes : "");
  json->out->failed = json->out->failed || words.failed;
  kd_text_free(&words);
  kd_json_open(json, "hangs_on", '[');
  for (size_t k = 0; k < c->hangs; k++) kd_json_text(json, NULL, c->hangs_on[k]);
  kd_json_close(json, ']');
  kd_json_close(json, '}');
}

void kd_claims_write_json(kd_text *out, const kd_claims *self) {
  kd_json json = kd_json_start(out);
  kd_json_open(&json, NULL, '{');
  kd_json_open(&json, "claims", '[');
  for (size_t i = 0; i < self->count; i++) add_claim_json(&json, &self->claim[i]);
  kd_json_line(&json);
  kd_json_close(&json, ']');
  kd_json_close(&json, '}');
  kd_text_add(out, "\n");
}
