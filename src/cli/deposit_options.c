// SPDX-License-Identifier: Apache-2.0
/* Options of kaidei deposit --cores. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/quantity.h"
#include "cli/deposit_model.h"
#include "cli/shared.h"

static void tell_finding(kd_finding_kind kind, kd_status code, unsigned line, const char *message, void *user) {
  static const char *const words[] = {"error", "warning", "note"};
  kd_modelling *self = user;
  char text[700];
  (void)code;
  if (line > 0)
    snprintf(text, sizeof text, "%s:%u: %s: %s", self->story.cores, line, words[kind], message);
  else
    snprintf(text, sizeof text, "%s: %s: %s", self->story.cores, words[kind], message);
  if (kind == KD_FINDING_ERROR || !kd_has(self->arguments, "quiet")) fprintf(stderr, "%s\n", text);
  if (kind == KD_FINDING_ERROR || self->story.findings >= KD_FINDINGS) return;
  const char *kept = kd_arena_strdup(self->scratch, text);
  if (kept != NULL) self->finding[self->story.findings++] = kept;
}

/* A quantity from an option, left as it is when the option is not given. */
static kd_status quantity(double *out, const kd_modelling *self, const char *option, const char *unit, double low,
                          kd_error *err) {
  kd_status status = KD_OK;
  const char *text = kd_value(self->arguments, option, NULL);
  if (text == NULL) goto out;
  status = kd_quantity_in(out, text, unit, NULL, err);
  if (status != KD_OK) {
    kd_error_context(err, "--%s: ", option);
    goto out;
  }
  KD_CHECK(*out > low, err, KD_E_RANGE, "--%s %s: must be above %g%s%s", option, text, kd_quantity_show(low, unit),
           strcmp(unit, "1") == 0 ? "" : " ", strcmp(unit, "1") == 0 ? "" : unit);
out:
  return status;
}

static kd_status word(int *out, const kd_modelling *self, const char *option, const char *choices, kd_error *err) {
  const char *text = kd_value(self->arguments, option, NULL);
  int index = 0;
  if (text == NULL) return KD_OK;
  for (const char *c = choices; *c != '\0'; index++) {
    const size_t length = strcspn(c, "|");
    if (strlen(text) == length && strncmp(c, text, length) == 0) {
      *out = index;
      return KD_OK;
    }
    c += length;
    if (*c == '|') c++;
  }
  return kd_error_set(err, KD_E_CHOICE, "--%s %s: one of %s is wanted", option, text, choices);
}

static kd_status count(size_t *out, const kd_modelling *self, const char *option, uint64_t otherwise, uint64_t low,
                       uint64_t high, kd_error *err) {
  uint64_t n = 0;
  const kd_status status = kd_whole(&n, self->arguments, option, otherwise, low, high, err);
  *out = (size_t)n;
  return status;
}

/* Which composites an estimate uses. */
static kd_status read_search(kd_modelling *self, kd_error *err) {
  kd_status status = KD_OK;
  kd_search_rule *s = &self->options.search;
  KD_TRY(count(&s->neighbours, self, "neighbours", 24, 1, 2000, err));
  KD_TRY(count(&s->minimum, self, "minimum", 0, 0, 2000, err));
  KD_TRY(count(&s->sectors, self, "sectors", 0, 0, 8, err));
  KD_TRY(count(&s->per_sector, self, "per-sector", 0, 0, 2000, err));
  KD_TRY(count(&s->per_core, self, "per-core", 0, 0, 2000, err));
  KD_TRY(quantity(&s->radius, self, "radius", "m", 0.0, err));
  KD_TRY(quantity(&s->semi, self, "radius-across", "m", 0.0, err));
  KD_TRY(quantity(&s->minor, self, "radius-down", "m", 0.0, err));
  KD_TRY(quantity(&s->azimuth, self, "azimuth", "deg", -1e9, err));
  KD_CHECK(s->radius > 0.0 || (s->semi == 0.0 && s->minor == 0.0 && s->azimuth == 0.0), err, KD_E_USAGE,
           "--radius-across, --radius-down and --azimuth want --radius");
  KD_CHECK(s->sectors == 0 || s->sectors == 4 || s->sectors == 8, err, KD_E_CHOICE, "--sectors %zu: 0, 4 or 8",
           s->sectors);
  KD_CHECK((s->sectors == 0) == (s->per_sector == 0), err, KD_E_USAGE, "--sectors and --per-sector go together");
out:
  return status;
}

/* Variogram, estimator, simulation. */
static kd_status read_model(kd_modelling *self, kd_error *err) {
  kd_status status = KD_OK;
  kd_model_options *o = &self->options;
  const char *text = kd_value(self->arguments, "family", NULL);
  int estimator = 0, support = 0, shared = 0, method = 0, transform = KD_TRANSFORM_PCA, histogram = 0;
  uint64_t threads = 0;
  if (text != NULL) KD_TRY(kd_families_read(&o->choice, text, err));
  KD_TRY(count(&o->choice.structures, self, "structures", 1, 1, 2, err));
  o->choice.anisotropy = kd_has(self->arguments, "anisotropy");
  text = kd_value(self->arguments, "variogram", NULL);
  if (text != NULL) {
    KD_TRY(kd_covariance_parse(&self->variogram, text, err));
    o->variogram = &self->variogram;
  }
  KD_TRY(word(&estimator, self, "estimator", "ordinary|simple|linear|quadratic", err));
  o->estimator.simple = estimator == 1;
  o->estimator.trend = estimator > 1 ? estimator - 1 : 0;
  KD_TRY(word(&support, self, "support", "point|block", err));
  o->block = support == 1;
  o->estimator.filter_nugget = !o->block;
  KD_TRY(word(&shared, self, "factor-variograms", "own|shared", err));
  o->own_variograms = shared == 0;
  KD_TRY(word(&method, self, "simulate", KD_SIMULATION_METHODS, err));
  o->method = (kd_simulation_method)method;
  KD_TRY(word(&transform, self, "transform", KD_SIMULATION_TRANSFORMS, err));
  o->transform = (kd_simulation_transform)transform;
  KD_TRY(word(&histogram, self, "histogram", "given|drawn", err));
  o->draw_histogram = histogram == 1;
  KD_TRY(count(&o->nodes, self, "nodes", 24, 2, 256, err));
  o->layer = kd_value(self->arguments, "layer", NULL);
  KD_CHECK(o->layer == NULL || !o->grid_only, err, KD_E_USAGE, "--large knows no --layer");
  KD_TRY(kd_whole(&threads, self->arguments, "threads", 0, 1, 1024, err));
  if (threads == 0) {
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    threads = processors > 0 ? (uint64_t)processors : 1;
  }
  KD_TRY(kd_pool_create(&self->pool, self->ctx, (size_t)threads, err));
  o->pool = self->pool;
out:
  return status;
}

kd_status kd_modelling_options(kd_modelling *self, kd_error *err) {
  kd_status status = KD_OK;
  kd_model_options *o = &self->options;
  uint64_t n = 0;
  int below = KD_BELOW_HALF, twice = KD_TWICE_REFUSE;
  *o = kd_model_defaults;
  KD_TRY(quantity(&o->composite.length, self, "composite", "m", 0.0, err));
  KD_TRY(quantity(&o->dx, self, "block", "m", 0.0, err));
  o->dy = o->dx;
  KD_TRY(quantity(&o->dz, self, "block-height", "m", 0.0, err));
  KD_TRY(quantity(&o->bottom, self, "bottom", "m", 0.0, err));
  KD_TRY(quantity(&o->margin, self, "margin", "m", -1e-9, err));
  KD_TRY(quantity(&o->topcut, self, "topcut", "1", 0.0, err));
  KD_TRY(quantity(&o->density, self, "density", "t/m3", 0.0, err));
  KD_TRY(quantity(&o->cutoff, self, "cutoff", "ppm", -1e-12, err));
  KD_TRY(quantity(&o->production, self, "production", "t", 0.0, err));
  o->grid_only = kd_has(self->arguments, "large");
  KD_TRY(read_search(self, err));
  KD_TRY(read_model(self, err));
  KD_TRY(kd_whole(&n, self->arguments, "realisations", 100, 0, 1000, err));
  o->realisations = (size_t)n;
  KD_TRY(kd_whole(&o->seed, self->arguments, "seed", 1, 0, UINT64_MAX / 2, err));
  KD_TRY(word(&below, self, "below", "half|root_two|zero|limit|missing", err));
  KD_TRY(word(&twice, self, "duplicates", KD_TWICE_CHOICES, err));
  self->reading = (kd_cores_options){.below = (kd_below)below,
                                     .below_factor = 0.5,
                                     .twice = (kd_twice)twice,
                                     .origin_lon = (double)NAN,
                                     .origin_lat = (double)NAN,
                                     .report = tell_finding,
                                     .report_user = self};
  const char *text = kd_value(self->arguments, "crs", NULL);
  if (text != NULL) {
    KD_TRY(kd_projection_create(&self->projection, self->ctx, text, err));
    self->reading.project = kd_projection_forward;
    self->reading.project_user = self->projection;
  }
out:
  return status;
}
