// SPDX-License-Identifier: Apache-2.0
/* Automatic choice of the structures of a variogram model.
 *
 *   candidates   nugget + f,  nugget + f + g,  each with and without a structure of layers,  f <= g of the families
 *   AIC_c = n ln(S/n) + 2 k + 2 k (k + 1)/(n - k - 1)                                                           (1)
 *
 *   S  weighted sum of squares of the fit   n  lags with pairs   k  free parameters: sills above 0, ranges, ellipse
 *
 * Source    Akaike 1974; Hurvich and Tsai 1989, Biometrika 76:297 (the correction); Webster and McBratney 1989, J. Soil
 *           Sci. 40:493 (for variograms).
 * Weakness  lags share samples and are not independent: (1) ranks models, its differences are no evidence.
 */
#include "deposit/variogram_choice.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

#define ENDLESS 1e4 /* times the longest lag: a structure of layers */

kd_status kd_families_read(kd_choice_rule *out, const char *text, kd_error *err) {
  kd_status status = KD_OK;
  out->families = 0;
  for (const char *at = text + strspn(text, ", \t"); *at != '\0'; at += strspn(at, ", \t")) {
    char word[40] = "";
    const size_t length = strcspn(at, ", \t");
    KD_CHECK(length < sizeof word, err, KD_E_CHOICE, "'%.60s' is no family of variogram models", at);
    memcpy(word, at, length);
    KD_CHECK(out->families < KD_FAMILIES_MAX, err, KD_E_SIZE, "more than %d families", KD_FAMILIES_MAX);
    kd_structure_kind *kind = &out->family[out->families];
    KD_TRY(kd_structure_kind_find(kind, word, err));
    KD_CHECK(*kind > KD_MEASUREMENT_ERROR && *kind < KD_LINEAR, err, KD_E_MODEL,
             "%s: a family with a range and a sill is wanted", word);
    out->families++;
    at += length;
  }
  KD_CHECK(out->families > 0, err, KD_E_MISSING, "no family of variogram models");
out:
  return status;
}

typedef struct chooser {
  const kd_fit_lags *lags;
  const kd_choice_rule *rule;
  double across, down; /* longest lag, and its part along z */
  kd_arena *arena;
  kd_choices *out;
} chooser;

static kd_status add(kd_covariance *model, const chooser *self, kd_structure_kind kind, double range, double minor,
                     kd_error *err) {
  return kd_covariance_add(model,
                           &(kd_structure){.kind = kind,
                                           .sill = self->rule->sill > 0.0 ? self->rule->sill : 1.0,
                                           .range = range,
                                           .semi = range,
                                           .minor = self->rule->vertical ? minor : range,
                                           .shape = self->rule->shape},
                           err);
}

/* Leaves out what the fit gave no sill, and counts what is free in the rest. */
static kd_status tidy(kd_choice *c, const chooser *self, kd_error *err) {
  kd_status status = KD_OK;
  kd_covariance kept = {0};
  const kd_choice_rule *rule = self->rule;
  size_t sills = 0;
  double most = 0.0;
  for (size_t i = 0; i < c->fit.model.count; i++) most = fmax(most, c->fit.model.structure[i].sill);
  for (size_t i = 0; i < c->fit.model.count; i++) {
    kd_structure one = c->fit.model.structure[i], *s = &one;
    if (!(s->sill > 1e-6 * most)) continue;
    if (!rule->anisotropy) s->semi = s->range;
    if (!rule->vertical) s->minor = s->semi;
    KD_TRY(kd_covariance_add(&kept, s, err));
    sills++;
    if (kd_structure_is_flat(s)) continue;
    c->parameters += s->range < 0.1 * ENDLESS * self->across ? 1u : 0u; /* not one of layers */
    c->parameters += rule->vertical ? 1u : 0u;
  }
  c->parameters += sills - (rule->sill > 0.0 ? 1 : 0) + (rule->anisotropy ? 2 : 0);
  c->fit.model = kept;
out:
  return status;
}

static double criterion(double sse, double n, double k) {
  const double rest = n - k - 1.0;
  if (!(rest > 0.0)) return (double)INFINITY;
  return n * log(fmax(sse, 1e-300) / n) + 2.0 * k + 2.0 * k * (k + 1.0) / rest;
}

static bool is_layered(const chooser *self, const kd_structure *s) {
  return !kd_structure_is_flat(s) && s->range >= 0.1 * ENDLESS * self->across;
}

/* A candidate that lost structures may have become one that is there: the better fit of the two stays. */
static void keep_better(const chooser *self) {
  kd_choices *all = self->out;
  const kd_choice *c = &all->choice[all->count];
  for (size_t i = 0; i < all->count; i++) {
    kd_choice *other = &all->choice[i];
    bool same = c->fit.model.count == other->fit.model.count && c->parameters == other->parameters;
    for (size_t k = 0; same && k < c->fit.model.count; k++) {
      const kd_structure *s = &c->fit.model.structure[k], *t = &other->fit.model.structure[k];
      same = s->kind == t->kind && is_layered(self, s) == is_layered(self, t);
    }
    if (!same) continue;
    if (c->fit.sse < other->fit.sse) *other = *c;
    return;
  }
  all->count++;
}

static kd_status try_model(chooser *self, size_t f, size_t g, bool layers, kd_error *err) {
  kd_status status = KD_OK;
  const kd_choice_rule *rule = self->rule;
  kd_choice *c = &self->out->choice[self->out->count];
  kd_covariance start = {0};
  const kd_fit_rule how = {
      .weight = rule->weight, .vertical = rule->vertical, .anisotropy = rule->anisotropy, .sill = rule->sill};
  *c = (kd_choice){0};
  if (rule->nugget) KD_TRY(add(&start, self, KD_NUGGET, (double)NAN, (double)NAN, err));
  KD_TRY(add(&start, self, rule->family[f], 0.3 * self->across, 0.3 * self->down, err));
  if (g < rule->families) KD_TRY(add(&start, self, rule->family[g], self->across, self->down, err));
  if (layers) KD_TRY(add(&start, self, rule->family[f], ENDLESS * self->across, 0.5 * self->down, err));
  KD_TRY(kd_variogram_fit(&c->fit, self->lags, &start, &how, self->arena, err));
  KD_TRY(tidy(c, self, err));
  c->aic = criterion(c->fit.sse, (double)self->out->lags, (double)c->parameters);
  keep_better(self);
out:
  return status;
}

static int by_criterion(const void *a_, const void *b_) {
  const kd_choice *a = a_, *b = b_;
  if (a->aic != b->aic) return a->aic < b->aic ? -1 : 1;
  if (a->parameters != b->parameters) return a->parameters < b->parameters ? -1 : 1;
  return a->fit.sse < b->fit.sse ? -1 : a->fit.sse > b->fit.sse;
}

kd_status kd_variogram_choose(kd_choices *out, const kd_fit_lags *lags, const kd_choice_rule *rule, kd_arena *arena,
                              kd_error *err) {
  kd_status status = KD_OK;
  chooser self = {.lags = lags, .rule = rule, .arena = arena, .out = out};
  out->count = out->lags = 0;
  KD_CHECK(rule->families >= 1 && rule->structures >= 1 && rule->structures <= 2, err, KD_E_RANGE,
           "%zu families, %zu structures: at least 1 and 1 or 2 are wanted", rule->families, rule->structures);
  for (size_t k = 0; k < lags->count; k++) {
    if (!(lags->pairs[k] > 0.0) || !isfinite(lags->gamma[k])) continue;
    const double dip = lags->dip != NULL ? lags->dip[k] : 0.0;
    self.across = fmax(self.across, lags->distance[k] * (rule->vertical ? fabs(cos(dip)) : 1.0));
    self.down = fmax(self.down, lags->distance[k] * fabs(sin(dip)));
    out->lags++;
  }
  KD_CHECK(out->lags > 0, err, KD_E_MISSING, "no lag holds a pair");
  if (!(self.down > 0.0)) self.down = self.across;
  if (!(self.across > 1e-9 * self.down)) self.across = self.down;
  for (int layers = 0; layers <= (rule->layers && rule->vertical); layers++) {
    for (size_t f = 0; f < rule->families; f++) {
      KD_TRY(try_model(&self, f, rule->families, layers == 1, err));
      for (size_t g = f; g < rule->families && rule->structures == 2; g++)
        KD_TRY(try_model(&self, f, g, layers == 1, err));
    }
  }
  qsort(out->choice, out->count, sizeof *out->choice, by_criterion);
out:
  return status;
}
