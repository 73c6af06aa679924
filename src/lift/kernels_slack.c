// SPDX-License-Identifier: Apache-2.0
/* Kernel of the string that goes slack. Equations stand in string_slack.c. */
#include <math.h>

#include "base/error.h"
#include "lift/kernels_string_options.h"

#define PI 3.14159265358979323846

typedef struct bounds {
  double least, most, low, high, slack;
} bounds;

/* Marches a regular heave that grows in over five periods; bounds of tension and motion over the last fifth. */
static kd_status march(bounds *out, unsigned long *slack_steps, const kd_bar *bar, const double *rest, bool only,
                       const kd_axial_options *o, kd_work *work) {
  kd_status status = KD_OK;
  kd_axial_march *m = NULL;
  const size_t n = bar->elements;
  const double w = 2 * PI / o->period, total = ceil(o->cycles * o->period / o->step), soft = 5 * o->period;
  double counted = 0;
  KD_CHECK(total <= 5e7, work->err, KD_E_RANGE, "step %g s: %g steps are too many; at most 5e7", o->step, total);
  KD_TRY(kd_axial_march_create(&m, bar, o->step, o->radius, o->period, work));
  if (only) KD_TRY(kd_axial_march_tension_only(m, rest, work));
  for (size_t i = 0; i <= n; i++) out[i] = (bounds){HUGE_VAL, -HUGE_VAL, HUGE_VAL, -HUGE_VAL, 0};
  for (double k = 1; k <= total; k++) {
    const double t = k * o->step, x = fmin(t / soft, 1), c = o->amplitude, s = sin(w * t), q = cos(w * t);
    const double g = x * x * x * (10 - 15 * x + 6 * x * x), g1 = x < 1 ? 30 * x * x * (1 - x) * (1 - x) / soft : 0;
    const double g2 = x < 1 ? 60 * x * (1 - x) * (1 - 2 * x) / (soft * soft) : 0;
    kd_axial_march_step(m, c * g * s, c * (g1 * s + g * w * q), c * (g2 * s + 2 * g1 * w * q - g * w * w * s));
    if (t < 0.8 * total * o->step) continue;
    counted++;
    for (size_t i = 0; i <= n; i++) {
      const size_t e = i < n ? i : n - 1; /* the tension of the element below the node */
      const double tension = rest[e] + kd_axial_march_tension(m, e), u = kd_axial_march_at(m, i);
      out[i].least = fmin(out[i].least, tension), out[i].most = fmax(out[i].most, tension);
      out[i].low = fmin(out[i].low, u), out[i].high = fmax(out[i].high, u);
      if (tension <= 0) out[i].slack++;
    }
  }
  for (size_t i = 0; i <= n; i++) out[i].slack /= counted;
  KD_CHECK(isfinite(out[n].high), work->err, KD_E_NAN, "slack: the answer is not finite at step %g s", o->step);
  *slack_steps = kd_axial_march_slack_steps(m, NULL);
out:
  return status;
}

static kd_status slack(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_string_segment *segments = NULL;
  kd_string_load load;
  kd_bar bar = {0};
  unsigned long steps[2];
  KD_TRY(kd_string_options_read(&segments, &load, data[0], in, work));
  const kd_axial_options o = kd_axial_options_read(in + KD_STRING_OPTIONS);
  KD_TRY(kd_axial_bar(&bar, segments, data[0]->rows, &load, &o, work));
  const size_t n = bar.elements;
  bounds *b = kd_arena_alloc(work->scratch, 2 * (n + 1), sizeof *b);
  double *rest = kd_arena_alloc(work->scratch, n + 1, sizeof *rest), sum = bar.head_weight, depth = 0 - load.freeboard;
  KD_CHECK(b != NULL && rest != NULL, work->err, KD_E_NOMEM, "no memory for %zu elements", n);
  for (size_t e = n; e-- > 0;) { /* at the middle of each element */
    rest[e] = sum + 0.5 * bar.weight[e] * bar.length[e];
    sum += bar.weight[e] * bar.length[e];
    KD_CHECK(rest[e] >= 0, work->err, KD_E_INFEASIBLE, "element %zu: tension at rest %g N: a free string must hang",
             e + 1, rest[e]);
  }
  rest[n] = rest[n - 1];
  KD_TRY(march(b, &steps[0], &bar, rest, true, &o, work));
  KD_TRY(march(b + n + 1, &steps[1], &bar, rest, false, &o, work));
  KD_TRY(kd_table_create(out, work->ctx,
                         "depth [m], effective_tension [N], tension_least [N], tension_most [N], motion_least [m], "
                         "motion_most [m], slack_time [1], linear_least [N], linear_most [N], slack_steps [1]",
                         n + 1, work->err));
  for (size_t i = 0; i <= n; i++) {
    const bounds *t = &b[i], *l = &b[n + 1 + i];
    KD_PUT_ROW(*out, i, depth, rest[i], t->least, t->most, t->low, t->high, t->slack, l->least, l->most,
               (double)steps[0]);
    if (i < n) depth += bar.length[i];
  }
out:
  return status;
}

const kd_kernel kd_slack_kernels[] = {
    KD_DATA("string.slack",
            "Regular heave of a string that cannot be pushed, marched in time: tensions with slack and snap, and "
            "those of the bar that bears compression beside them.",
            KD_FIELDS(KD_STRING_OPTION_FIELDS, KD_AXIAL_OPTION_FIELDS),
            KD_FIELDS(KD_OUT("depth", "m", "Below the sea, of the node above the element."),
                      KD_OUT("effective_tension", "N", "At rest, in the middle of the element."),
                      KD_OUT("tension_least", "N", "Smallest; never much below nothing."),
                      KD_OUT("tension_most", "N", "Largest, the snap included."),
                      KD_OUT("motion_least", "m", "Downwards."), KD_OUT("motion_most", "m", "Downwards."),
                      KD_OUT("slack_time", "1", "Share of the time without tension."),
                      KD_OUT("linear_least", "N", "Of the bar in compression too."),
                      KD_OUT("linear_most", "N", "Of the bar in compression too."),
                      KD_OUT("slack_steps", "1", "Steps in which some element was slack.")),
            KD_FIELDS({.name = "segments", .columns = KD_SEGMENT_COLUMNS, .doc = "Segments from the top down."}),
            slack),
    KD_LAST_KERNEL,
};
