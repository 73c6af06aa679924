// SPDX-License-Identifier: Apache-2.0
/* The cut of the most value per ship hour.
 *
 *   D(c, d) = A r sum_b rd_b t_b       V(c, d) = A r sum_b rd_b t_b (v_b - k)                              (1)
 *   T(c, d) = n t0 + max(d/p, D/Q)     n = ceil(d/L)                                                       (2)
 *   maximise V/T over 0 <= c, c + w <= d <= end of the ground                                              (3)
 *
 *   c, d  top and bottom of the cut [m]    t_b  thickness of layer b in it [m]    rd_b  dry density [kg/m3]
 *   A  fresh ground of a hole [m2]         r  recovery           v_b, k  value and cost of 1 kg dry lifted
 *   t0  time of a bite without cutting [s] p  penetration [m/s]  L  head [m]      Q  lift [kg/s]    w  least cut [m]
 *
 * Between the ends of layers and of bites, V, D and d are linear in c and in d, so that V/T has its best at an end,
 * where the lift is just as fast as the head (d/p = D/Q), or where d - c = w. Those places are few and are all tried:
 * along d for each end taken as c, along c for each end taken as d.
 *
 * Source    own; a ratio of linear functions is monotonic (Charnes and Cooper 1962, Naval Res. Logist. Q. 9:181).
 * Weakness  one hole alone: dilution from above and the move between sites are left out; the cover that is not lifted
 *           still takes the time to pass it.
 */
#include "mineplan/best_cut.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"

#define KD_ROUND_OFF 1e-9 /* of a bite */

typedef struct search {
  const kd_layer_of_mud *layer;
  size_t layers;
  const kd_cut_rules *rules;
  double end;
  kd_best_cut best;
} search;

kd_best_cut kd_cut_rate(const kd_layer_of_mud *layer, size_t layers, const kd_cut_rules *rules, double cover,
                        double bottom) {
  kd_best_cut out = {.cover = cover, .bottom = bottom};
  for (size_t b = 0; b < layers; b++) {
    const double from = fmax(layer[b].top, cover), to = fmin(layer[b].bottom, bottom);
    if (to <= from) continue;
    const double dry = rules->area * rules->recovery * layer[b].density * (to - from);
    out.dry += dry;
    out.value += dry * (layer[b].value - rules->cost);
  }
  out.bites = fmax(1.0, ceil(bottom / rules->head_length - KD_ROUND_OFF));
  out.seconds = out.bites * rules->fixed + fmax(bottom / rules->penetration, out.dry / rules->lift);
  out.rate = out.value / out.seconds;
  return out;
}

static void try_cut(search *s, double cover, double bottom) {
  if (cover < 0.0 || bottom > s->end * (1.0 + 1e-12) || bottom - cover < s->rules->least * (1.0 - 1e-12) ||
      bottom <= cover)
    return;
  const kd_best_cut cut = kd_cut_rate(s->layer, s->layers, s->rules, cover, bottom);
  const double tie = isfinite(s->best.rate) ? 1e-12 * fabs(s->best.rate) : 0.0;
  /* of cuts that are as good the one that lifts less */
  if (cut.rate > s->best.rate + tie || (cut.rate >= s->best.rate - tie && cut.dry < s->best.dry * (1.0 - 1e-12)))
    s->best = cut;
}

/* Lift less head, s: its zero is where both take as long. */
static double lag(const search *s, double cover, double bottom) {
  const kd_best_cut cut = kd_cut_rate(s->layer, s->layers, s->rules, cover, bottom);
  return cut.dry / s->rules->lift - bottom / s->rules->penetration;
}

/* Between two neighbouring ends both sides of (2) are linear: the crossing by rule of three. */
static void try_crossings(search *s, const double *place, size_t places, double other, int along_bottom) {
  for (size_t k = 0; k + 1 < places; k++) {
    double a = place[k], b = place[k + 1];
    if (along_bottom)
      a = fmax(a, other);
    else
      b = fmin(b, other);
    if (!(b > a)) continue;
    const double la = along_bottom ? lag(s, other, a) : lag(s, a, other),
                 lb = along_bottom ? lag(s, other, b) : lag(s, b, other);
    if (!(la * lb < 0.0)) continue;
    const double x = a + (b - a) * la / (la - lb);
    if (along_bottom)
      try_cut(s, other, x);
    else
      try_cut(s, x, other);
  }
}

static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

kd_status kd_best_cut_find(kd_best_cut *out, const kd_layer_of_mud *layer, size_t layers, const kd_cut_rules *rules,
                           kd_arena *scratch, kd_error *err) {
  kd_status status = KD_OK;
  search s = {.layer = layer, .layers = layers, .rules = rules, .best = {.rate = -(double)INFINITY}};
  size_t places = 0;
  for (size_t b = 0; b < layers; b++) s.end = fmax(s.end, layer[b].bottom);
  KD_CHECK(layers > 0 && s.end >= rules->least && s.end > 0.0, err, KD_E_INFEASIBLE,
           "the ground is %g m deep, at least %g m are to be cut", s.end, rules->least);
  const size_t bites = (size_t)fmin(floor(s.end / rules->head_length), 1000.0);
  double *place = kd_arena_alloc(scratch, 2 * layers + bites + 2, sizeof *place);
  KD_CHECK(place != NULL, err, KD_E_NOMEM, "no memory for %zu layers", layers);
  place[places++] = 0.0;
  for (size_t b = 0; b < layers; b++) {
    place[places++] = layer[b].top;
    place[places++] = layer[b].bottom;
  }
  for (size_t k = 1; k <= bites; k++) place[places++] = (double)k * rules->head_length;
  qsort(place, places, sizeof *place, ascending);
  for (size_t i = 0; i < places; i++) {
    for (size_t k = 0; k < places; k++) try_cut(&s, place[i], place[k]);
    try_cut(&s, place[i], place[i] + rules->least);
    try_cut(&s, place[i] - rules->least, place[i]);
    if (isfinite(rules->lift)) {
      try_crossings(&s, place, places, place[i], 1);
      try_crossings(&s, place, places, place[i], 0);
    }
  }
  *out = s.best;
out:
  return status;
}
