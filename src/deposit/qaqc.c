// SPDX-License-Identifier: Apache-2.0
/* Quality control of assays.
 *
 *   pairs a_i (sample), b_i (duplicate):
 *     CV   = sqrt( 2/n sum ((a_i - b_i)/(a_i + b_i))^2 )        precision of one assay                       (1)
 *     HARD = |a_i - b_i| / (a_i + b_i)                          half the absolute relative difference        (2)
 *     bias = mean(b)/mean(a) - 1 ,  slope = sd(b)/sd(a)         reduced major axis                           (3)
 *   standards:  bias = mean/certified - 1, sd over mean; outside +- 3 sd certified, or +- 10 %
 *   blanks:     outside above 10 detection limits, or 1 % of the median grade where no limit is known
 *
 * A value below its detection limit stands as the rule for such values has it.
 *
 * Source    (1) Abzalov 2008, Explor. Mining Geol. 17:131; Stanley and Lawie 2007, Geochem. Explor. Environ. Anal.
 * 7:173. The limits are common practice (Abzalov 2011, "Sampling errors and control of assay data quality in
 *           exploration and mining geology", in: Applications and Experiences of Quality Control).
 * Weakness  limits for standards and blanks are conventions: state your own.
 */
#include "deposit/qaqc.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "deposit/cores_internal.h"
#include "numerics/statistics.h"

#define KD_TOLD 10 /* values of one row of the table that are told one by one */

const kd_qaqc_rule kd_qaqc_defaults = {.hard = 0.1, .sds = 3.0, .relative = 0.1, .limits = 10.0, .share = 0.01};

kd_control_kind kd_control_kind_find(const char *word) {
  static const struct {
    const char *word;
    kd_control_kind kind;
  } known[] = {{"", KD_CONTROL_NONE},
               {"sample", KD_CONTROL_NONE},
               {"original", KD_CONTROL_NONE},
               {"duplicate", KD_CONTROL_DUPLICATE},
               {"field_duplicate", KD_CONTROL_DUPLICATE},
               {"coarse_duplicate", KD_CONTROL_DUPLICATE},
               {"pulp_duplicate", KD_CONTROL_DUPLICATE},
               {"replicate", KD_CONTROL_DUPLICATE},
               {"umpire", KD_CONTROL_DUPLICATE},
               {"standard", KD_CONTROL_STANDARD},
               {"crm", KD_CONTROL_STANDARD},
               {"certified", KD_CONTROL_CERTIFIED},
               {"certified_sd", KD_CONTROL_CERTIFIED_SD},
               {"blank", KD_CONTROL_BLANK}};
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
    if (strcmp(known[i].word, word) == 0) return known[i].kind;
  return KD_CONTROL_KINDS;
}

typedef struct checker {
  kd_qaqc *out;
  const kd_cores *cores;
  const kd_qaqc_rule *rule;
  kd_core_findings findings;
  size_t *partner; /* [controls] sample of a duplicate, or samples */
  double *a, *b;   /* [controls] */
  size_t *index;   /* [controls] */
  double *sorted;  /* [samples + controls] */
} checker;

#define WARN(...) kd_cores_tell(&s->findings, KD_FINDING_WARNING, KD_OK, __VA_ARGS__)
#define TELL(...) kd_cores_tell(&s->findings, KD_FINDING_ERROR, __VA_ARGS__)

static void find_partners(checker *s) {
  const kd_cores *c = s->cores;
  for (size_t i = 0; i < c->controls; i++) {
    const kd_control *q = &c->control[i];
    s->partner[i] = c->samples;
    if (q->kind != KD_CONTROL_DUPLICATE) continue;
    for (size_t j = 0; j < c->samples && s->partner[i] == c->samples; j++) {
      const kd_sample *p = &c->sample[j];
      if (fabs(p->from - q->from) < 1e-6 && fabs(p->to - q->to) < 1e-6 && strcmp(c->core[p->core].id, q->id) == 0)
        s->partner[i] = j;
    }
    if (s->partner[i] < c->samples) continue;
    s->out->lonely++;
    WARN(q->line, "a %s of core %s, %g m to %g m: there is no such sample", q->word, q->id, q->from, q->to);
  }
}

static const char *group_of(const kd_control *q) {
  return q->kind == KD_CONTROL_DUPLICATE ? q->word : q->kind == KD_CONTROL_BLANK ? "" : q->id;
}

/* Values of variable v in the controls of one group: b, with the samples in a for duplicates. */
static size_t gather(checker *s, kd_control_kind kind, const char *of, size_t v) {
  const kd_cores *c = s->cores;
  size_t n = 0;
  for (size_t i = 0; i < c->controls; i++) {
    if (c->control[i].kind != kind || strcmp(group_of(&c->control[i]), of) != 0) continue;
    const double b = c->variable[v].control[i];
    if (isnan(b)) continue;
    if (kind == KD_CONTROL_DUPLICATE) {
      if (s->partner[i] == c->samples || isnan(c->variable[v].value[s->partner[i]])) continue;
      s->a[n] = c->variable[v].value[s->partner[i]];
    }
    s->b[n] = b;
    s->index[n++] = i;
  }
  return n;
}

static double shown(const kd_variable *v, double value) {
  return value / v->to_si;
}

static void check_pairs(checker *s, kd_qaqc_row *row) {
  const kd_variable *v = &s->cores->variable[row->variable];
  const size_t n = row->count;
  double square = 0.0;
  for (size_t i = 0; i < n; i++) {
    const double sum = s->a[i] + s->b[i], half = sum > 0.0 ? (s->a[i] - s->b[i]) / sum : 0.0;
    square += half * half;
    s->sorted[i] = fabs(half);
    if (!(fabs(half) > s->rule->hard)) continue;
    const kd_control *q = &s->cores->control[s->index[i]];
    if (row->outside++ < KD_TOLD)
      WARN(q->line, "%s: %g %s in the %s, %g %s in the sample of line %u: half their difference is %.0f %% of the mean",
           v->name, shown(v, s->b[i]), v->unit, q->word, shown(v, s->a[i]), v->unit,
           s->cores->sample[s->partner[s->index[i]]].line, 100.0 * fabs(half));
  }
  row->mean = kd_mean(s->b, n);
  row->expected = kd_mean(s->a, n);
  row->bias = row->expected > 0.0 ? row->mean / row->expected - 1.0 : (double)NAN;
  row->spread = sqrt(2.0 * square / (double)n);
  row->hard = kd_quantile(s->sorted, n, 0.5);
  row->hard_90 = kd_quantile(s->sorted, n, 0.9);
  const double sd = n > 1 ? kd_sd(s->a, n, row->expected) : 0.0;
  row->slope = sd > 0.0 ? kd_sd(s->b, n, row->mean) / sd : (double)NAN;
}

/* Certified value or its standard deviation; NaN: none. */
static double certified(const checker *s, kd_control_kind kind, const char *id, size_t v) {
  for (size_t i = 0; i < s->cores->controls; i++) {
    const kd_control *q = &s->cores->control[i];
    if (q->kind == kind && strcmp(q->id, id) == 0) return s->cores->variable[v].control[i];
  }
  return (double)NAN;
}

static void check_standard(checker *s, kd_qaqc_row *row) {
  const kd_variable *v = &s->cores->variable[row->variable];
  const double sd = certified(s, KD_CONTROL_CERTIFIED_SD, row->of, row->variable);
  const double far = sd > 0.0 ? s->rule->sds * sd : s->rule->relative * row->expected;
  row->mean = kd_mean(s->b, row->count);
  row->bias = row->mean / row->expected - 1.0;
  row->spread = row->count > 1 && row->mean > 0.0 ? kd_sd(s->b, row->count, row->mean) / row->mean : (double)NAN;
  for (size_t i = 0; i < row->count; i++) {
    if (!(fabs(s->b[i] - row->expected) > far)) continue;
    const kd_control *q = &s->cores->control[s->index[i]];
    if (row->outside++ >= KD_TOLD) continue;
    if (sd > 0.0)
      WARN(q->line, "standard %s: %s %g %s is %.1f standard deviations from the certified %g %s", row->of, v->name,
           shown(v, s->b[i]), v->unit, fabs(s->b[i] - row->expected) / sd, shown(v, row->expected), v->unit);
    else
      WARN(q->line, "standard %s: %s %g %s is %.0f %% from the certified %g %s", row->of, v->name, shown(v, s->b[i]),
           v->unit, 100.0 * fabs(s->b[i] / row->expected - 1.0), shown(v, row->expected), v->unit);
  }
}

/* Most that a blank may hold. */
static double blank_limit(checker *s, size_t v) {
  const kd_variable *x = &s->cores->variable[v];
  double limit = (double)NAN;
  size_t n = 0;
  for (size_t i = 0; i < s->cores->controls; i++) limit = fmax(limit, x->control_limit[i]);
  for (size_t i = 0; i < s->cores->samples; i++) limit = fmax(limit, x->limit[i]);
  if (limit > 0.0) return s->rule->limits * limit;
  n = kd_keep_finite(s->sorted, x->value, s->cores->samples);
  return n > 0 ? s->rule->share * kd_quantile(s->sorted, n, 0.5) : (double)INFINITY;
}

static void check_blanks(checker *s, kd_qaqc_row *row) {
  const kd_variable *v = &s->cores->variable[row->variable];
  row->expected = blank_limit(s, row->variable);
  row->mean = kd_mean(s->b, row->count);
  row->bias = (double)NAN;
  for (size_t i = 0; i < row->count; i++) {
    row->spread = fmax(row->spread, s->b[i]);
    if (!(s->b[i] > row->expected)) continue;
    if (row->outside++ < KD_TOLD)
      WARN(s->cores->control[s->index[i]].line, "a blank holds %g %s %s: at most %g %s are wanted", shown(v, s->b[i]),
           v->unit, v->name, shown(v, row->expected), v->unit);
  }
}

static void check_group(checker *s, const kd_control *q) {
  const char *of = group_of(q);
  bool any = false;
  for (size_t v = 0; v < s->cores->variables; v++) {
    kd_qaqc_row row = {
        .kind = q->kind, .of = of, .variable = v, .hard = (double)NAN, .hard_90 = (double)NAN, .slope = (double)NAN};
    row.count = gather(s, q->kind, of, v);
    if (row.count == 0) continue;
    if (q->kind == KD_CONTROL_DUPLICATE) {
      check_pairs(s, &row);
    } else if (q->kind == KD_CONTROL_BLANK) {
      check_blanks(s, &row);
    } else {
      row.expected = certified(s, KD_CONTROL_CERTIFIED, of, v);
      if (!(row.expected > 0.0)) continue;
      any = true;
      check_standard(s, &row);
    }
    if (row.outside > KD_TOLD)
      WARN(0, "%s: %zu such values of %s in all", of[0] != '\0' ? of : "blanks", row.outside,
           s->cores->variable[v].name);
    s->out->row[s->out->count++] = row;
  }
  if (q->kind == KD_CONTROL_STANDARD && !any)
    TELL(KD_E_MISSING, q->line, "standard %s: no row of kind certified gives its values", of);
}

kd_status kd_qaqc_run(kd_qaqc *out, const kd_cores *cores, const kd_qaqc_rule *rule, const kd_cores_options *options,
                      kd_work *work) {
  kd_status status = KD_OK;
  const size_t n = cores->controls;
  size_t groups = 0;
  checker self = {.out = out,
                  .cores = cores,
                  .rule = rule,
                  .findings = {.name = cores->name, .options = options, .err = work->err}};
  *out = (kd_qaqc){0};
  if (n == 0) goto out;
  self.partner = kd_arena_alloc(work->scratch, n, sizeof *self.partner);
  self.index = kd_arena_alloc(work->scratch, n, sizeof *self.index);
  self.a = kd_arena_alloc(work->scratch, n, sizeof *self.a);
  self.b = kd_arena_alloc(work->scratch, n, sizeof *self.b);
  self.sorted = kd_arena_alloc(work->scratch, n + cores->samples, sizeof *self.sorted);
  for (int pass = 0; pass < 2; pass++) {
    if (pass == 1) {
      out->row = kd_arena_alloc(work->scratch, groups * cores->variables + 1, sizeof *out->row);
      KD_CHECK(self.partner && self.index && self.a && self.b && self.sorted && out->row, work->err, KD_E_NOMEM,
               "no memory for %zu rows of quality control", n);
      find_partners(&self);
    }
    for (size_t i = 0; i < n; i++) { /* each group where it is first met */
      const kd_control *q = &cores->control[i];
      bool met = q->kind == KD_CONTROL_CERTIFIED || q->kind == KD_CONTROL_CERTIFIED_SD;
      for (size_t j = 0; j < i && !met; j++)
        met = cores->control[j].kind == q->kind && strcmp(group_of(&cores->control[j]), group_of(q)) == 0;
      if (met) continue;
      if (pass == 0)
        groups++;
      else
        check_group(&self, q);
    }
  }
  status = self.findings.first;
out:
  return status;
}
