// SPDX-License-Identifier: Apache-2.0
/* Composites: the mean over an interval [a, b) of the samples of a core that lie in it.
 *
 *   g = sum_i w_i g_i / sum_i w_i     w_i = l_i, or l_i r_i                                              (1)
 *   c = sum_i l_i / (b - a)                                                                              (2)
 *
 *   l_i  length of sample i inside the interval [m]      r_i  its dry density [kg/m3]      c  coverage [-]
 *
 * Sums run over the samples that have the variable; where c falls below the wanted coverage the variable is missing.
 * Metal is kept by weight `mass`: the sum of l r g over the composites is that of the samples.
 *
 * Source    own; the usual practice of the field (length-weighted downhole composites).
 * Weakness  composites by length start at `start` and cut through layers; by layer they keep the layer's length, so
 * that their supports differ.
 */
#include "deposit/composite.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

#define KD_LEAST 1e-6 /* m: shorter pieces are round-off */

typedef struct piece {
  size_t core;
  double from, to;
  const char *layer; /* NULL: any */
} piece;

static size_t pieces_of(const kd_cores *cores, const kd_composite_options *o, piece *out) {
  size_t count = 0;
  for (size_t c = 0; c < cores->count; c++) {
    const kd_core *core = &cores->core[c];
    if (core->end == core->first) continue;
    const double bottom = cores->sample[core->end - 1].to;
    const double end = isnan(o->end) ? bottom : o->end;
    if (o->by == KD_COMPOSITE_CORE) {
      if (out != NULL) out[count] = (piece){c, o->start, end, NULL};
      count += end > o->start;
    } else if (o->by == KD_COMPOSITE_LENGTH) {
      for (size_t k = 0;; k++) {
        const double from = o->start + (double)k * o->length, to = o->start + (double)(k + 1) * o->length;
        if (from >= fmin(end, bottom) - KD_LEAST) break;
        if (out != NULL) out[count] = (piece){c, from, isnan(o->end) ? to : fmin(to, end), NULL};
        count++;
      }
    } else {
      for (size_t i = core->first, next; i < core->end; i = next) {
        for (next = i + 1; next < core->end && strcmp(cores->sample[next].layer, cores->sample[i].layer) == 0;) next++;
        const double from = fmax(o->start, cores->sample[i].from), to = fmin(end, cores->sample[next - 1].to);
        if (to - from <= KD_LEAST) continue;
        if (out != NULL) out[count] = (piece){c, from, to, cores->sample[i].layer};
        count++;
      }
    }
  }
  return count;
}

static double inside(const kd_sample *s, const piece *p) {
  const double l = fmin(s->to, p->to) - fmax(s->from, p->from);
  return l > KD_LEAST ? l : 0.0;
}

/* Mean dry density of a core by length; 1 when no sample has one. */
static double core_density(const kd_cores *cores, const kd_core *core) {
  double mass = 0.0, length = 0.0;
  for (size_t i = core->first; i < core->end; i++) {
    const kd_sample *s = &cores->sample[i];
    if (isnan(s->density)) continue;
    mass += (s->to - s->from) * s->density;
    length += s->to - s->from;
  }
  return length > 0.0 ? mass / length : 1.0;
}

/* Mean of one quantity over a piece; value: [samples]. */
static double average(const kd_cores *cores, const piece *p, const double *value, size_t stride, bool by_mass,
                      double density, double coverage) {
  const kd_core *core = &cores->core[p->core];
  double sum = 0.0, weight = 0.0, covered = 0.0;
  for (size_t i = core->first; i < core->end; i++) {
    const kd_sample *s = &cores->sample[i];
    const double l = inside(s, p), v = value[i * stride];
    if (l <= 0.0 || isnan(v)) continue;
    const double w = by_mass ? l * (isnan(s->density) ? density : s->density) : l;
    sum += w * v;
    weight += w;
    covered += l;
  }
  if (!(weight > 0.0) || covered < coverage * (p->to - p->from) - KD_LEAST) return (double)NAN;
  return sum / weight;
}

/* Fills composite `at` from a piece; false when nothing is in it. */
static bool fill(kd_cores *out, size_t at, const kd_cores *cores, const piece *p, const kd_composite_options *o) {
  const double density = core_density(cores, &cores->core[p->core]);
  const size_t stride = sizeof(kd_sample) / sizeof(double);
  kd_sample *s = &out->sample[at];
  bool any = false;
  for (size_t v = 0; v < cores->variables; v++) {
    const double value =
        average(cores, p, cores->variable[v].value, 1, o->weight == KD_WEIGHT_MASS, density, o->coverage);
    out->variable[v].value[at] = value;
    out->variable[v].limit[at] = (double)NAN;
    out->variable[v].measured += !isnan(value) ? 1u : 0u;
    any = any || !isnan(value);
  }
  if (!any) {
    for (size_t v = 0; v < cores->variables; v++) out->variable[v].value[at] = (double)NAN;
    return false;
  }
  *s = (kd_sample){.from = p->from, .to = p->to, .core = p->core, .row = at, .layer = p->layer != NULL ? p->layer : ""};
  s->line = cores->sample[cores->core[p->core].first].line;
  s->density = average(cores, p, &cores->sample[0].density, stride, false, density, 0.0);
  s->moisture = average(cores, p, &cores->sample[0].moisture, stride, false, density, 0.0);
  return true;
}

static kd_status open_composites(kd_cores *out, const kd_cores *cores, size_t count, kd_work *work) {
  kd_status status = KD_OK;
  *out = *cores;
  out->samples = 0;
  out->core = kd_arena_alloc(work->scratch, cores->count + 1, sizeof *out->core);
  out->sample = kd_arena_alloc(work->scratch, count + 1, sizeof *out->sample);
  out->variable = kd_arena_alloc(work->scratch, cores->variables + 1, sizeof *out->variable);
  KD_CHECK(out->core != NULL && out->sample != NULL && out->variable != NULL, work->err, KD_E_NOMEM,
           "no memory for %zu composites", count);
  memcpy(out->core, cores->core, cores->count * sizeof *out->core);
  for (size_t v = 0; v < cores->variables; v++) {
    kd_variable *x = &out->variable[v];
    *x = cores->variable[v];
    x->measured = x->below = 0;
    x->value = kd_arena_alloc(work->scratch, count + 1, sizeof(double));
    x->limit = kd_arena_alloc(work->scratch, count + 1, sizeof(double));
    KD_CHECK(x->value != NULL && x->limit != NULL, work->err, KD_E_NOMEM, "no memory for %zu composites", count);
  }
out:
  return status;
}

kd_status kd_composite(kd_cores *out, const kd_cores *cores, const kd_composite_options *o, kd_work *work) {
  kd_status status = KD_OK;
  double pieces = 0.0;
  KD_CHECK(o->by != KD_COMPOSITE_LENGTH || (o->length > 0.0 && isfinite(o->length)), work->err, KD_E_RANGE,
           "composite length %g m: must be above 0 m", o->length);
  for (size_t i = 0; o->by == KD_COMPOSITE_LENGTH && i < cores->samples; i++)
    if (i + 1 == cores->samples || cores->sample[i + 1].core != cores->sample[i].core)
      pieces += cores->sample[i].to / o->length + 1.0;
  KD_CHECK(pieces < 1e7, work->err, KD_E_SIZE, "composite length %g m makes %g composites: at most 1e7", o->length,
           pieces);
  const size_t count = pieces_of(cores, o, NULL);
  piece *all = kd_arena_alloc(work->scratch, count + 1, sizeof *all);
  KD_CHECK(all != NULL, work->err, KD_E_NOMEM, "no memory for %zu composites", count);
  (void)pieces_of(cores, o, all);
  KD_TRY(open_composites(out, cores, count, work));
  for (size_t c = 0, i = 0; c < cores->count; c++) {
    out->core[c].first = out->samples;
    for (; i < count && all[i].core == c; i++)
      if (fill(out, out->samples, cores, &all[i], o)) out->samples++;
    out->core[c].end = out->samples;
  }
  KD_CHECK(out->samples > 0, work->err, KD_E_MODEL,
           "no composite: samples cover less than %g %% of every interval of %g m", o->coverage * 100.0, o->length);
out:
  return status;
}

/* ---- top-cut ---- */

static void moments(double *mean, double *cv, double *sum, const double *value, const double *weight, size_t count,
                    double cap) {
  double w = 0.0, a = 0.0, b = 0.0;
  for (size_t i = 0; i < count; i++) {
    if (isnan(value[i])) continue;
    const double k = weight != NULL ? weight[i] : 1.0;
    w += k;
    a += k * fmin(value[i], cap);
  }
  *sum = a;
  *mean = w > 0.0 ? a / w : (double)NAN;
  for (size_t i = 0; i < count; i++) {
    if (isnan(value[i])) continue;
    const double k = weight != NULL ? weight[i] : 1.0, d = fmin(value[i], cap) - *mean;
    b += k * d * d;
  }
  *cv = w > 0.0 && *mean != 0.0 ? sqrt(b / w) / *mean : (double)NAN;
}

void kd_topcut_apply(kd_topcut *out, double *value, const double *weight, size_t count, double cap) {
  double before, after;
  *out = (kd_topcut){.cap = cap};
  moments(&out->mean, &out->cv, &before, value, weight, count, (double)INFINITY);
  moments(&out->mean_cut, &out->cv_cut, &after, value, weight, count, cap);
  for (size_t i = 0; i < count; i++) {
    out->count += !isnan(value[i]) ? 1u : 0u;
    if (!(value[i] > cap)) continue;
    out->cut++;
    value[i] = cap;
  }
  out->lost = before > 0.0 ? (before - after) / before : 0.0;
}

typedef struct weighed {
  double value, weight;
} weighed;

static int by_value(const void *a, const void *b) {
  const weighed *x = a, *y = b;
  return x->value < y->value ? -1 : x->value > y->value;
}

kd_status kd_weighted_quantile(double *out, const double *value, const double *weight, size_t count, double share,
                               kd_arena *scratch, kd_error *err) {
  kd_status status = KD_OK;
  double total = 0.0, sum = 0.0;
  size_t n = 0;
  weighed *all = kd_arena_alloc(scratch, count + 1, sizeof *all);
  KD_CHECK(all != NULL, err, KD_E_NOMEM, "no memory for %zu values", count);
  for (size_t i = 0; i < count; i++) {
    const double w = weight != NULL ? weight[i] : 1.0;
    if (isnan(value[i]) || !(w > 0.0)) continue;
    all[n++] = (weighed){value[i], w};
    total += w;
  }
  KD_CHECK(n > 0, err, KD_E_MISSING, "no values to take a quantile of");
  qsort(all, n, sizeof *all, by_value);
  *out = all[n - 1].value;
  for (size_t i = 0; i < n; i++) {
    sum += all[i].weight;
    if (sum < share * total * (1.0 - 1e-12)) continue;
    *out = all[i].value;
    break;
  }
out:
  return status;
}
