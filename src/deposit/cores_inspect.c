// SPDX-License-Identifier: Apache-2.0
/* What no single row of a table of cores shows.
 *
 * Span: the eigenvalues a >= b of the scatter of the cores' places about their mean. b <= (1e-4)^2 a is a line: its
 * width is then less than a ten thousandth of its length, and nothing is known across it. a = 0 is one place.
 * Units: a value more than a thousand times the median of its column, or less than a thousandth of it, was most likely
 * given in another unit; so were intervals of one core beside those of all.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "deposit/cores_internal.h"

#define KD_LINE  1e-4 /* width over length of a line */
#define KD_JUMP  1e3  /* over the median: another unit */
#define KD_MANY  8    /* values that a median wants */
#define KD_PLACE 0.5  /* m: cores nearer than this stand in one place */

int kd_cores_span(const kd_cores *self) {
  double mx = 0, my = 0, xx = 0, xy = 0, yy = 0;
  const double n = (double)self->count;
  for (size_t c = 0; c < self->count; c++) {
    mx += self->core[c].x / n;
    my += self->core[c].y / n;
  }
  for (size_t c = 0; c < self->count; c++) {
    const double x = self->core[c].x - mx, y = self->core[c].y - my;
    xx += x * x;
    xy += x * y;
    yy += y * y;
  }
  const double half = 0.5 * (xx + yy), root = hypot(0.5 * (xx - yy), xy);
  const double a = half + root, b = fmax(0.0, (xx * yy - xy * xy) / fmax(a, 1e-300));
  if (a <= KD_PLACE * KD_PLACE) return 0;
  return b <= KD_LINE * KD_LINE * a ? 1 : 2;
}

static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

/* Median of the finite, positive values; NaN when there are too few. */
static double median(const double *value, size_t count, double *scratch) {
  size_t n = 0;
  for (size_t i = 0; i < count; i++)
    if (value[i] > 0.0) scratch[n++] = value[i];
  if (n < KD_MANY) return (double)NAN;
  qsort(scratch, n, sizeof *scratch, ascending);
  return n % 2 == 1 ? scratch[n / 2] : 0.5 * (scratch[n / 2 - 1] + scratch[n / 2]);
}

typedef struct inspector {
  const kd_cores *cores;
  kd_core_findings *findings;
  double *scratch; /* [samples] */
} inspector;

#define TELL(...) kd_cores_tell(s->findings, KD_FINDING_ERROR, __VA_ARGS__)
#define WARN(...) kd_cores_tell(s->findings, KD_FINDING_WARNING, KD_OK, __VA_ARGS__)
#define NOTE(...) kd_cores_tell(s->findings, KD_FINDING_NOTE, KD_OK, __VA_ARGS__)

static void inspect_places(inspector *s) {
  const kd_cores *cores = s->cores;
  const int span = kd_cores_span(cores);
  if (cores->count == 1) {
    TELL(KD_E_MODEL, 0, "one core, %s: nothing can be estimated between cores; at least 3 are wanted, not on a line",
         cores->core[0].id);
    return;
  }
  for (size_t a = 0; a < cores->count; a++) {
    for (size_t b = a + 1; b < cores->count; b++) {
      const kd_core *p = &cores->core[a], *q = &cores->core[b];
      if (hypot(p->x - q->x, p->y - q->y) > KD_PLACE) continue;
      TELL(KD_E_DUPLICATE, q->line,
           "core %s stands where core %s of line %u stands: give them one id, or leave one out", q->id, p->id, p->line);
    }
  }
  if (span == 1)
    TELL(KD_E_MODEL, 0, "all %zu cores stand on a line (%s to %s): nothing is known across it", cores->count,
         cores->core[0].id, cores->core[cores->count - 1].id);
}

static void inspect_lonlat(inspector *s) {
  const kd_cores *cores = s->cores;
  double widest = 0.0;
  if (!cores->projected) return;
  for (size_t c = 0; c < cores->count; c++) widest = fmax(widest, hypot(cores->core[c].x, cores->core[c].y));
  if (widest > 1e6)
    WARN(0, "the cores lie up to %.0f km from their middle: are the lon and lat of one of them swapped or wrong?",
         widest * 1e-3);
}

static void inspect_units(inspector *s, const kd_variable *v) {
  const double middle = median(v->value, s->cores->samples, s->scratch);
  size_t told = 0, count = 0;
  if (isnan(middle)) return;
  for (size_t i = 0; i < s->cores->samples; i++) {
    const bool high = v->value[i] > KD_JUMP * middle;
    const bool low = v->value[i] > 0.0 && isnan(v->limit[i]) && v->value[i] < middle / KD_JUMP;
    if (!high && !low) continue;
    count++;
    if (told++ >= 5) continue;
    WARN(s->cores->sample[i].line, "%s %g %s is %s the median of the column: are units mixed?", v->name,
         v->value[i] / v->to_si, v->unit, high ? "more than a thousand times" : "less than a thousandth of");
  }
  if (count > 5) WARN(0, "%s: %zu such values in all", v->name, count);
}

static void inspect_intervals(inspector *s) {
  const kd_cores *cores = s->cores;
  double *length = s->scratch + cores->samples;
  for (size_t i = 0; i < cores->samples; i++) length[i] = cores->sample[i].to - cores->sample[i].from;
  const double middle = median(length, cores->samples, s->scratch);
  for (size_t i = 0; i < cores->samples; i++) {
    const kd_sample *here = &cores->sample[i];
    if (length[i] > 50.0 * middle || length[i] < middle / 50.0)
      WARN(here->line, "%g m to %g m: an interval of %g m among ones of %g m: are units mixed?", here->from, here->to,
           length[i], middle);
    if (i > 0 && cores->sample[i - 1].core == here->core && here->from > cores->sample[i - 1].to + 1e-6)
      NOTE(here->line, "core %s: no sample from %g m to %g m", cores->core[here->core].id, cores->sample[i - 1].to,
           here->from);
  }
}

/* alone: nothing else is there to be estimated. */
static void inspect_variable(inspector *s, const kd_variable *v, bool alone) {
  double low = (double)INFINITY, high = -(double)INFINITY;
  for (size_t i = 0; i < s->cores->samples; i++) {
    if (isnan(v->value[i])) continue;
    low = fmin(low, v->value[i]);
    high = fmax(high, v->value[i]);
  }
  if (v->measured == 0) {
    TELL(KD_E_MISSING, 0, "no sample has a value of %s", v->name);
  } else if (high - low <= 1e-12 * fabs(high)) {
    kd_cores_tell(s->findings, alone ? KD_FINDING_ERROR : KD_FINDING_WARNING, KD_E_MODEL, 0,
                  "%s is %g %s in all %zu samples: a constant has no variogram", v->name, high / v->to_si, v->unit,
                  v->measured);
  } else if (v->below > 0 && v->below * 100 > v->measured * 15) {
    WARN(0, "%s: %zu of %zu samples are below the limit of detection: the rule for them moves the result", v->name,
         v->below, v->measured);
  }
  inspect_units(s, v);
}

static void inspect_sums(inspector *s) {
  for (size_t i = 0; i < s->cores->samples; i++) {
    double sum = 0.0;
    for (size_t v = 0; v < s->cores->variables; v++) {
      const kd_variable *x = &s->cores->variable[v];
      if (x->element >= 0 && !isnan(x->value[i])) sum += x->value[i];
    }
    if (sum > 1.0)
      TELL(KD_E_RANGE, s->cores->sample[i].line, "the elements add up to %g %%: is a unit wrong?", sum * 100.0);
  }
}

kd_status kd_cores_inspect(const kd_cores *self, size_t variable, const kd_cores_options *options, kd_work *work) {
  kd_status status = KD_OK;
  kd_core_findings findings = {.name = self->name, .options = options, .err = work->err};
  inspector s = {.cores = self, .findings = &findings};
  s.scratch = kd_arena_alloc(work->scratch, self->samples + 1, 2 * sizeof *s.scratch);
  KD_CHECK(s.scratch != NULL, work->err, KD_E_NOMEM, "no memory for %zu samples", self->samples);
  inspect_places(&s);
  inspect_lonlat(&s);
  inspect_intervals(&s);
  inspect_sums(&s);
  for (size_t v = 0; v < self->variables; v++)
    if (variable == self->variables || variable == v)
      inspect_variable(&s, &self->variable[v], variable == v || self->variables == 1);
  status = findings.first;
out:
  return status;
}
