// SPDX-License-Identifier: Apache-2.0
/* Printed claims as queries over runs, each with a verdict, the computed figure with its spread, and what it hangs on.
 *
 * A claim is a YAML file in claims/:
 *
 *   id: pressure                      statement: "what is in print, in its own words"
 *   said_by: who and when             printed: 550 atm
 *   scenario: NAME                    key: lift.foot_pressure        (a key of the run store)
 *   set: {lift.depth: 6 km}           (optional)
 *   rule: equals | at_least | at_most | between [low, high]          tolerance: 2 %   (of `equals`)
 *   words: "a sentence with {p10}, {p50}, {p90}, {unit}, {printed}"
 *   cannot: "why no run can tell"     (then the verdict is "cannot be known", whatever is computed)
 *
 * Verdicts. equals: holds when the printed value lies in P10..P90 widened by the tolerance, else fails. at_least: holds
 * when P10 reaches it, fails when P90 does not, else it cannot be known. at_most: the same turned round. between: holds
 * when P10..P90 lies inside, fails when it lies outside, else it cannot be known.
 */
#ifndef KD_CLAIMS_CLAIMS_H
#define KD_CLAIMS_CLAIMS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"
#include "kaidei/run.h"

typedef enum kd_verdict { KD_HOLDS, KD_FAILS, KD_CANNOT_BE_KNOWN } kd_verdict;
typedef enum kd_rule { KD_RULE_EQUALS, KD_RULE_AT_LEAST, KD_RULE_AT_MOST, KD_RULE_BETWEEN } kd_rule;

#define KD_CLAIM_SETS  16
#define KD_CLAIM_HANGS 5

typedef struct kd_claim {
  const char *id, *statement, *said_by, *scenario, *key, *words, *cannot;
  const char *set[KD_CLAIM_SETS]; /* "key=value" */
  size_t sets;
  const char *printed_text; /* "550 atm" */
  double printed;           /* in `unit`; NaN when the claim is no number */
  double low, high;         /* rule between, in `unit` */
  const char *unit;         /* unit of the printed value; the computed one is shown in it */
  double tolerance;
  kd_rule rule;
  /* the answer */
  bool computed;
  double p10, p50, p90; /* in `unit`; of the realisations that have a value */
  double missing;       /* share of the realisations that have none */
  const char *run;      /* run folder that holds the figure */
  const char *hangs_on[KD_CLAIM_HANGS];
  double correlation[KD_CLAIM_HANGS];
  size_t hangs;
  kd_verdict verdict;
} kd_claim;

typedef struct kd_claims {
  kd_context *ctx;
  kd_arena *arena;
  kd_claim *claim;
  size_t count;
} kd_claims;

/* Reads every claims/ *.yaml of a folder, in order of name. Errors: KD_E_SYNTAX, KD_E_KEY, KD_E_MISSING, with file and
 * line. */
kd_status kd_claims_read(kd_claims **out, kd_context *ctx, const char *folder, kd_error *err);
void kd_claims_destroy(kd_claims **self);

typedef struct kd_claims_options {
  uint64_t realisations, seed;
  size_t threads;
  const char *folder;             /* run folders are made inside; existing runs of ours are replaced */
  const char *const *assignments; /* laid over every scenario: "key=value" */
  size_t assignment_count;
  const char *only;                                                           /* id of one claim, or NULL */
  int (*progress)(const char *what, uint64_t done, uint64_t all, void *user); /* non-zero stops; may be NULL */
  void *user;
} kd_claims_options;

/* Runs each scenario once and judges every claim; with `only` that claim alone is left. Errors: KD_E_USAGE when there
 * is no such claim, and those of the runs. */
kd_status kd_claims_judge(kd_claims *self, const kd_claims_options *options, kd_error *err);

/* The verdict of figures alone: for tests. */
kd_verdict kd_claim_verdict(const kd_claim *claim);

void kd_claims_write(kd_text *out, const kd_claims *self); /* words a journalist can quote */
void kd_claims_write_json(kd_text *out, const kd_claims *self);
const char *kd_verdict_name(kd_verdict verdict);

#endif
