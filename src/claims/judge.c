// SPDX-License-Identifier: Apache-2.0
/* Runs what the claims ask for, each different scenario once, and judges. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "base/files.h"
#include "base/quantity.h"
#include "claims/claims.h"
#include "numerics/statistics.h"
#include "results/run.h"

kd_verdict kd_claim_verdict(const kd_claim *c) {
  if (c->cannot != NULL || !c->computed || !isfinite(c->p10) || !isfinite(c->p90)) return KD_CANNOT_BE_KNOWN;
  switch (c->rule) {
  case KD_RULE_EQUALS: {
    const double slack = c->tolerance * fabs(c->printed);
    return c->printed >= c->p10 - slack && c->printed <= c->p90 + slack ? KD_HOLDS : KD_FAILS;
  }
  case KD_RULE_AT_LEAST:
    return c->p10 >= c->printed ? KD_HOLDS : c->p90 < c->printed ? KD_FAILS : KD_CANNOT_BE_KNOWN;
  case KD_RULE_AT_MOST:
    return c->p90 <= c->printed ? KD_HOLDS : c->p10 > c->printed ? KD_FAILS : KD_CANNOT_BE_KNOWN;
  case KD_RULE_BETWEEN:
    if (c->p10 >= c->low && c->p90 <= c->high) return KD_HOLDS;
    return c->p90 < c->low || c->p10 > c->high ? KD_FAILS : KD_CANNOT_BE_KNOWN;
  }
  return KD_CANNOT_BE_KNOWN;
}

const char *kd_verdict_name(kd_verdict verdict) {
  return verdict == KD_HOLDS ? "holds" : verdict == KD_FAILS ? "fails" : "cannot be known";
}

static bool same_run(const kd_claim *a, const kd_claim *b) {
  if (strcmp(a->scenario, b->scenario) != 0 || a->sets != b->sets) return false;
  for (size_t i = 0; i < a->sets; i++) {
    if (strcmp(a->set[i], b->set[i]) != 0) return false;
  }
  return true;
}

/* The draws that the figure follows most: Spearman's rho of each against it, the largest five above sampling noise. */
static kd_status find_hangs(kd_claim *claim, kd_arena *arena, const kd_run *run, kd_error *err) {
  kd_status status = KD_OK;
  const kd_record *record = kd_run_record(run);
  kd_context *ctx = record->ctx;
  size_t n = record->run.realisations > 20000 ? 20000 : (size_t)record->run.realisations;
  double *figure = kd_alloc(ctx, 2 * n, sizeof *figure), *draw = figure != NULL ? figure + n : NULL;
  kd_rank_item *scratch = kd_alloc(ctx, 2 * n, sizeof *scratch);
  KD_CHECK(figure != NULL && scratch != NULL, err, KD_E_NOMEM, "out of memory for %zu realisations", n);
  KD_TRY(kd_run_series(figure, n, run, claim->key, err));
  for (size_t i = 0; i < n; i++) {
    if (!isfinite(figure[i])) goto out; /* where it is missing in places, no rank can be given */
  }
  kd_ranks(figure, figure, n, scratch);
  const double noise = 4 / sqrt((double)n); /* over a hundred draws are tried: three would let chance in */
  for (size_t c = 0; c < record->columns; c++) {
    if (record->column[c].kind != KD_RECORD_DRAW) continue;
    KD_TRY(kd_run_series(draw, n, run, record->column[c].key, err));
    kd_ranks(draw, draw, n, scratch);
    const double rho = kd_correlation(figure, draw, n);
    if (!(fabs(rho) > noise)) continue;
    size_t at = claim->hangs < KD_CLAIM_HANGS ? claim->hangs++ : KD_CLAIM_HANGS - 1;
    if (at == KD_CLAIM_HANGS - 1 && claim->hangs_on[at] != NULL && fabs(claim->correlation[at]) >= fabs(rho)) continue;
    for (; at > 0 && fabs(claim->correlation[at - 1]) < fabs(rho); at--) {
      claim->correlation[at] = claim->correlation[at - 1];
      claim->hangs_on[at] = claim->hangs_on[at - 1];
    }
    claim->correlation[at] = rho;
    claim->hangs_on[at] = kd_arena_strdup(arena, record->column[c].key);
    KD_CHECK(claim->hangs_on[at] != NULL, err, KD_E_NOMEM, "out of memory for claims");
  }
out:
  kd_free(ctx, figure);
  kd_free(ctx, scratch);
  return status;
}

static kd_status take_figure(kd_claim *claim, kd_arena *arena, const kd_run *run, kd_error *err) {
  kd_summary summary;
  double probe;
  kd_status status = kd_run_summary(&summary, run, claim->key, err);
  char text[128];
  snprintf(text, sizeof text, "1 %s", claim->unit);
  if (status == KD_OK && strcmp(claim->unit, "1") != 0) status = kd_quantity_in(&probe, text, summary.unit, NULL, err);
  if (status == KD_OK) {
    claim->p10 = kd_quantity_show(summary.p10, claim->unit);
    claim->p50 = kd_quantity_show(summary.p50, claim->unit);
    claim->p90 = kd_quantity_show(summary.p90, claim->unit);
    claim->missing = (double)summary.missing / (double)kd_run_realisations(run);
    claim->computed = true;
    claim->run = kd_arena_strdup(arena, kd_run_folder(run));
    status = claim->run != NULL ? find_hangs(claim, arena, run, err) : kd_error_set(err, KD_E_NOMEM, "out of memory");
  }
  if (status != KD_OK) kd_error_context(err, "claim %s: ", claim->id);
  return status;
}

typedef struct kd_watch {
  const kd_claims_options *options;
  const char *what;
} kd_watch;

static int watch(uint64_t done, uint64_t all, void *user) {
  const kd_watch *w = user;
  return w->options->progress != NULL ? w->options->progress(w->what, done, all, w->options->user) : 0;
}

/* Runs one scenario with its assignments into its own folder. */
static kd_status run_one(kd_run **out, kd_scenario **scenario, kd_claims *self, const kd_claim *claim, size_t number,
                         const kd_claims_options *o, kd_error *err) {
  kd_status status = KD_OK;
  char path[4096], name[160], folder[4096];
  const char *all[KD_CLAIM_SETS + 256];
  size_t sets = 0;
  kd_diagnostics *diagnostics = NULL;
  *out = NULL;
  *scenario = NULL;
  const int length = snprintf(path, sizeof path, "%s/scenarios/%s.yaml", self->ctx->home, claim->scenario);
  KD_CHECK(length > 0 && (size_t)length < sizeof path, err, KD_E_SIZE, "%s: the path is too long", claim->scenario);
  for (size_t i = 0; i < claim->sets; i++) all[sets++] = claim->set[i];
  for (size_t i = 0; i < o->assignment_count && sets < sizeof all / sizeof all[0]; i++) all[sets++] = o->assignments[i];
  status = kd_scenario_load_set(scenario, self->ctx, path, all, sets, &diagnostics);
  if (status != KD_OK) {
    const kd_diagnostic *first =
        diagnostics != NULL && kd_diagnostics_count(diagnostics) > 0 ? kd_diagnostics_get(diagnostics, 0) : NULL;
    kd_error_set(err, status, "claim %s: %s: %s", claim->id, claim->scenario,
                 first != NULL ? first->message : kd_status_text(status));
    goto out;
  }
  if (claim->sets > 0)
    snprintf(name, sizeof name, "%s-%zu", claim->scenario, number);
  else
    snprintf(name, sizeof name, "%s", claim->scenario);
  KD_TRY(kd_path_join(folder, sizeof folder, o->folder, name, err));
  const kd_run_options opt = {.size = sizeof opt,
                              .realisations = o->realisations,
                              .seed = o->seed,
                              .threads = o->threads,
                              .folder = folder,
                              .force = 1};
  KD_TRY(kd_run_create(out, self->ctx, *scenario, &opt, err));
  kd_watch w = {o, name};
  KD_TRY(kd_run_advance(*out, 0, watch, &w, err));
  KD_TRY(kd_run_finish(*out, err));
out:
  kd_diagnostics_destroy(&diagnostics);
  return status;
}

/* Leaves the one claim that was asked for; what was not judged has no verdict to show. */
static void keep_only(kd_claims *self, const char *id) {
  size_t kept = 0;
  for (size_t i = 0; i < self->count; i++)
    if (strcmp(self->claim[i].id, id) == 0) self->claim[kept++] = self->claim[i];
  self->count = kept;
}

static kd_status find_only(const kd_claims *self, const char *id, kd_error *err) {
  kd_status status = KD_OK;
  size_t best = 4; /* edits beyond which nothing is suggested */
  const char *near = NULL;
  for (size_t i = 0; i < self->count; i++) {
    const size_t distance = kd_edit_distance(self->claim[i].id, id, best);
    if (distance == 0) return KD_OK;
    if (distance < best) best = distance, near = self->claim[i].id;
  }
  KD_CHECK(near == NULL, err, KD_E_USAGE, "no claim '%s': did you mean %s?", id, near);
  status = kd_error_set(err, KD_E_USAGE, "no claim '%s': `kaidei claims --json` gives their ids", id);
out:
  return status;
}

kd_status kd_claims_judge(kd_claims *self, const kd_claims_options *o, kd_error *err) {
  kd_status status = KD_OK;
  kd_run *run = NULL;
  kd_scenario *scenario = NULL;
  if (o->only != NULL) KD_TRY(find_only(self, o->only, err));
  for (size_t i = 0; i < self->count; i++) {
    kd_claim *claim = &self->claim[i];
    if (claim->key == NULL || claim->computed || (o->only != NULL && strcmp(o->only, claim->id) != 0)) continue;
    KD_TRY(run_one(&run, &scenario, self, claim, i + 1, o, err));
    for (size_t k = i; k < self->count; k++) {
      kd_claim *other = &self->claim[k];
      if (other->key == NULL || !same_run(claim, other)) continue;
      if (o->only != NULL && strcmp(o->only, other->id) != 0) continue;
      if (!other->computed) KD_TRY(take_figure(other, self->arena, run, err));
    }
    kd_run_destroy(&run);
    kd_scenario_destroy(&scenario);
  }
  for (size_t i = 0; i < self->count; i++) self->claim[i].verdict = kd_claim_verdict(&self->claim[i]);
  if (o->only != NULL) keep_only(self, o->only);
out:
  kd_run_destroy(&run);
  kd_scenario_destroy(&scenario);
  return status;
}
