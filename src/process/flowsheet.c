// SPDX-License-Identifier: Apache-2.0
/* Recycles of a flowsheet.
 *
 *   The units are put in an order that follows the streams as far as it can; a stream that runs against it is torn.
 *   With x the flows in all torn streams, one walk through the units gives G(x); wanted is x = G(x).              (1)
 *   Newton     (I - dG/dx) dx = G(x) - x, dG/dx by differences: one step when the sheet is linear                  (2)
 *   Anderson   least squares over the last six differences of x and G(x) - x                                      (3)
 *   Wegstein   x' = q x + (1 - q) G(x), q = s/(s - 1), s the secant slope of each flow, -5 <= q <= 0                (4)
 *
 * Source    Wegstein 1958; Anderson 1965.
 * Range     shares between 0 and 1; a recycle of everything has no steady state and is refused.
 * Weakness  units are splits, conversions and limits; equilibria belong to the stage's own models.
 */
#include "process/flowsheet.h"

#include <math.h>
#include <string.h>

#include "process/dense.h"

#define KD_DEPTH 6

typedef struct walk {
  const kd_sheet *sheet;
  size_t *order;                /* units */
  size_t *torn;                 /* streams */
  size_t tears, n;              /* torn streams; unknowns */
  double *flow, *inside, *made; /* made: by reactions in the last walk, by component */
  size_t walks;
} walk;

/* Depth-first order from the feeds; a stream into a unit that is still open is torn. */
static void visit(walk *w, size_t unit, int *state, size_t *placed) {
  const kd_sheet *s = w->sheet;
  state[unit] = 1;
  for (size_t k = 0; k < s->streams; k++) {
    if (s->stream[k].from != (int)unit || s->stream[k].to < 0) continue;
    const size_t next = (size_t)s->stream[k].to;
    if (state[next] == 1)
      w->torn[w->tears++] = k;
    else if (state[next] == 0)
      visit(w, next, state, placed);
  }
  state[unit] = 2;
  w->order[--*placed] = unit; /* reverse of the finishing order */
}

static void react(const walk *w, double *c, size_t unit) {
  const kd_sheet *s = w->sheet;
  for (size_t r = 0; r < s->reactions; r++) {
    const kd_sheet_reaction *x = &s->reaction[r];
    if (x->unit != (int)unit) continue;
    double extent = x->conversion * c[x->key] / -x->coefficient[x->key];
    for (size_t i = 0; i < s->components; i++)
      if (x->coefficient[i] < 0) extent = fmin(extent, c[i] / -x->coefficient[i]);
    for (size_t i = 0; i < s->components; i++) {
      c[i] += extent * x->coefficient[i];
      w->made[i] += extent * x->coefficient[i];
    }
  }
}

/* Outlets of one unit from its contents. */
static void split(const walk *w, size_t unit) {
  const kd_sheet *s = w->sheet;
  const size_t n = s->components;
  double *c = &w->inside[unit * n];
  size_t rest = s->streams;
  for (size_t k = 0; k < s->streams; k++)
    if (s->stream[k].from == (int)unit && isnan(s->share[k * n])) rest = k;
  double *left = rest < s->streams ? &w->flow[rest * n] : NULL;
  if (left != NULL) memcpy(left, c, n * sizeof *left);
  for (size_t k = 0; k < s->streams; k++) {
    if (s->stream[k].from != (int)unit || k == rest) continue;
    double total = 0, scale = 1;
    for (size_t i = 0; i < n; i++) total += s->share[k * n + i] * c[i];
    if (!isnan(s->limit[k]) && total > s->limit[k]) scale = s->limit[k] / total;
    for (size_t i = 0; i < n; i++) {
      w->flow[k * n + i] = scale * s->share[k * n + i] * c[i];
      if (left != NULL) left[i] -= w->flow[k * n + i];
    }
  }
}

/* One walk: x into the torn streams, everything computed, G(x) out. */
static void run(walk *w, const double *x, double *g) {
  const kd_sheet *s = w->sheet;
  const size_t n = s->components;
  for (size_t t = 0; t < w->tears; t++) memcpy(&w->flow[w->torn[t] * n], &x[t * n], n * sizeof *x);
  memset(w->made, 0, n * sizeof *w->made);
  for (size_t o = 0; o < s->units; o++) {
    const size_t unit = w->order[o];
    double *c = &w->inside[unit * n];
    memset(c, 0, n * sizeof *c);
    for (size_t k = 0; k < s->streams; k++)
      if (s->stream[k].to == (int)unit)
        for (size_t i = 0; i < n; i++) c[i] += w->flow[k * n + i];
    react(w, c, unit);
    split(w, unit);
  }
  for (size_t t = 0; t < w->tears; t++) memcpy(&g[t * n], &w->flow[w->torn[t] * n], n * sizeof *g);
  w->walks++;
}

static double worst_change(const walk *w, const double *x, const double *g) {
  double worst = 0, size = 1e-300;
  for (size_t i = 0; i < w->n; i++) {
    worst = fmax(worst, fabs(g[i] - x[i]));
    size = fmax(size, fabs(g[i]));
  }
  for (size_t k = 0; k < w->sheet->streams * w->sheet->components; k++) size = fmax(size, fabs(w->flow[k]));
  return worst / size;
}

static bool newton(walk *w, double *x, double *g, double *matrix, double *right, double *probe) {
  const size_t n = w->n;
  double size = 1e-30;
  for (size_t i = 0; i < w->sheet->streams * w->sheet->components; i++) size = fmax(size, fabs(w->flow[i]));
  for (size_t i = 0; i < n; i++) right[i] = g[i] - x[i];
  double *there = probe + n;
  for (size_t j = 0; j < n; j++) {
    const double step = 1e-3 * size; /* straight but for limits: a long step keeps the digits */
    memcpy(probe, x, n * sizeof *x);
    probe[j] += step;
    run(w, probe, there);
    for (size_t i = 0; i < n; i++) matrix[i * n + j] = (i == j ? 1 : 0) - (there[i] - g[i]) / step;
  }
  if (!kd_dense_solve(matrix, right, n)) return false;
  for (size_t i = 0; i < n; i++) x[i] = fmax(0, x[i] + right[i]);
  return true;
}

typedef struct history {
  double *x[KD_DEPTH + 1], *f[KD_DEPTH + 1];
  size_t count;
} history;

/* Anderson's mixing by normal equations on scaled differences, with a little damping. */
static void anderson(history *h, double *x, const double *g, size_t n) {
  const size_t last = h->count < KD_DEPTH ? h->count : KD_DEPTH;
  double a[KD_DEPTH * KD_DEPTH], b[KD_DEPTH];
  double *keep_x = h->x[KD_DEPTH], *keep_f = h->f[KD_DEPTH];
  for (size_t k = KD_DEPTH; k > 0; k--) h->x[k] = h->x[k - 1], h->f[k] = h->f[k - 1];
  h->x[0] = keep_x, h->f[0] = keep_f;
  for (size_t i = 0; i < n; i++) h->x[0][i] = x[i], h->f[0][i] = g[i] - x[i];
  h->count++;
  double trace = 0;
  for (size_t p = 0; p < last; p++) {
    b[p] = 0;
    for (size_t i = 0; i < n; i++) b[p] += (h->f[p][i] - h->f[p + 1][i]) * h->f[0][i];
    for (size_t q = 0; q < last; q++) {
      a[p * last + q] = 0;
      for (size_t i = 0; i < n; i++) a[p * last + q] += (h->f[p][i] - h->f[p + 1][i]) * (h->f[q][i] - h->f[q + 1][i]);
    }
    trace = fmax(trace, a[p * last + p]);
  }
  for (size_t p = 0; p < last; p++) a[p * last + p] += 1e-13 * trace + 1e-300;
  for (size_t i = 0; i < n; i++) x[i] = g[i];
  if (last == 0 || !kd_dense_solve(a, b, last)) return;
  for (size_t p = 0; p < last; p++)
    for (size_t i = 0; i < n; i++) x[i] -= b[p] * (h->x[p][i] - h->x[p + 1][i] + h->f[p][i] - h->f[p + 1][i]);
  for (size_t i = 0; i < n; i++) x[i] = fmax(0, x[i]);
}

static void wegstein(double *x, double *g, double *x0, double *g0, size_t n, bool first) {
  for (size_t i = 0; i < n; i++) {
    double q = 0;
    if (!first && fabs(x[i] - x0[i]) > 1e-300) {
      const double slope = (g[i] - g0[i]) / (x[i] - x0[i]);
      q = slope < 1 ? fmax(-5, fmin(0, slope / (slope - 1))) : 0;
    }
    x0[i] = x[i];
    g0[i] = g[i];
    x[i] = q * x[i] + (1 - q) * g[i];
  }
}

static kd_status check(const kd_sheet *s, kd_error *err) {
  kd_status status = KD_OK;
  const size_t n = s->components;
  for (size_t u = 0; u < s->units; u++) {
    size_t rests = 0, outs = 0;
    for (size_t k = 0; k < s->streams; k++)
      if (s->stream[k].from == (int)u) outs++, rests += isnan(s->share[k * n]) ? 1 : 0;
    KD_CHECK(outs > 0, err, KD_E_CONTRADICTION, "unit %zu has no outlet", u + 1);
    KD_CHECK(rests <= 1, err, KD_E_CONTRADICTION, "unit %zu has %zu outlets without shares: one takes the rest", u + 1,
             rests);
    for (size_t i = 0; i < n; i++) {
      double sum = 0;
      for (size_t k = 0; k < s->streams; k++) {
        if (s->stream[k].from != (int)u || isnan(s->share[k * n])) continue;
        sum += s->share[k * n + i];
        KD_CHECK(rests == 1 || isnan(s->limit[k]), err, KD_E_CONTRADICTION,
                 "unit %zu: a limited outlet wants another that takes the rest", u + 1);
      }
      KD_CHECK(rests == 1 ? sum <= 1 + 1e-9 : fabs(sum - 1) < 1e-9, err, KD_E_CONTRADICTION,
               "unit %zu: the shares of component %zu make %g: %s", u + 1, i + 1, sum,
               rests == 1 ? "at most 1" : "must make 1, or leave one outlet without shares for the rest");
    }
  }
out:
  return status;
}

/* What went in and out over the whole sheet, reactions counted. */
static double closure(const walk *w, double *scratch) {
  const kd_sheet *s = w->sheet;
  const size_t n = s->components;
  double worst = 0, size = 1e-300;
  double *in = scratch, *net = scratch + n;
  memset(scratch, 0, 2 * n * sizeof *scratch);
  for (size_t k = 0; k < s->streams; k++)
    for (size_t i = 0; i < n; i++) {
      if (s->stream[k].from < 0) in[i] += w->flow[k * n + i], net[i] += w->flow[k * n + i];
      if (s->stream[k].to < 0) net[i] -= w->flow[k * n + i];
    }
  for (size_t i = 0; i < n; i++) net[i] += w->made[i];
  for (size_t i = 0; i < n; i++) size = fmax(size, in[i]);
  for (size_t i = 0; i < n; i++) worst = fmax(worst, fabs(net[i]));
  return worst / size;
}

kd_status kd_sheet_solve(kd_sheet_result *out, double *flow, const kd_sheet *s, kd_tear_method method, double tolerance,
                         size_t most, kd_work *work) {
  kd_status status = KD_OK;
  const size_t n = s->components;
  walk w = {.sheet = s, .flow = flow};
  kd_arena *arena = work->scratch;
  int *state = kd_arena_alloc(arena, s->units + 1, sizeof *state);
  w.order = kd_arena_alloc(arena, s->units + 1, sizeof *w.order);
  w.torn = kd_arena_alloc(arena, s->streams + 1, sizeof *w.torn);
  w.inside = kd_arena_alloc(arena, s->units * n + 1, sizeof *w.inside);
  w.made = kd_arena_alloc(arena, n + 1, sizeof *w.made);
  KD_CHECK(state && w.order && w.torn && w.inside && w.made, work->err, KD_E_NOMEM, "out of memory for %zu units",
           s->units);
  KD_TRY(check(s, work->err));
  size_t placed = s->units;
  for (size_t k = 0; k < s->streams; k++)
    if (s->stream[k].from < 0 && s->stream[k].to >= 0 && state[s->stream[k].to] == 0)
      visit(&w, (size_t)s->stream[k].to, state, &placed);
  for (size_t u = 0; u < s->units; u++)
    if (state[u] == 0) visit(&w, u, state, &placed);
  w.n = w.tears * n;
  double *x = kd_arena_alloc(arena, w.n + 1, sizeof *x), *g = kd_arena_alloc(arena, w.n + 1, sizeof *g);
  double *probe = kd_arena_alloc(arena, 2 * w.n + 1, sizeof *probe), *ends = kd_arena_alloc(arena, 2 * n, sizeof *ends);
  double *right = kd_arena_alloc(arena, w.n + 1, sizeof *right);
  double *matrix = method == KD_TEAR_NEWTON ? kd_arena_alloc(arena, w.n * w.n + 1, sizeof *matrix) : NULL;
  history h = {.count = 0};
  for (size_t k = 0; k <= KD_DEPTH; k++) {
    h.x[k] = kd_arena_alloc(arena, w.n + 1, sizeof(double));
    h.f[k] = kd_arena_alloc(arena, w.n + 1, sizeof(double));
    KD_CHECK(h.x[k] && h.f[k], work->err, KD_E_NOMEM, "out of memory for %zu torn flows", w.n);
  }
  KD_CHECK(x && g && probe && ends && right && (matrix || method != KD_TEAR_NEWTON), work->err, KD_E_NOMEM,
           "out of memory for %zu torn flows", w.n);
  for (size_t k = 0;; k++) {
    run(&w, x, g);
    out->residual = worst_change(&w, x, g);
    if (out->residual <= tolerance || w.n == 0) break;
    KD_CHECK(w.walks < most && isfinite(out->residual), work->err, KD_E_CONVERGENCE,
             "the recycles do not settle: change %.2g after %zu walks; does anything leave?", out->residual, w.walks);
    if (method == KD_TEAR_NEWTON)
      KD_CHECK(newton(&w, x, g, matrix, right, probe), work->err, KD_E_INFEASIBLE,
               "a recycle keeps everything that comes: it has no steady state");
    else if (method == KD_TEAR_ANDERSON)
      anderson(&h, x, g, w.n);
    else if (method == KD_TEAR_WEGSTEIN)
      wegstein(x, g, h.x[0], h.f[0], w.n, k == 0);
    else
      memcpy(x, g, w.n * sizeof *x);
  }
  out->tears = w.tears;
  out->iterations = w.walks;
  out->closure = closure(&w, ends);
  KD_CHECK(out->closure < 1e-6, work->err, KD_E_INFEASIBLE,
           "a recycle keeps what comes: of the feed, a share of %.2g never leaves", out->closure);
out:
  return status;
}
