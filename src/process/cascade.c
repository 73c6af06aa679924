// SPDX-License-Identifier: Apache-2.0
/* Constant separation factors, constant rare-earth flows (mixed extraction S in the organic, W in the scrub).
 *
 *   stage j (1 = raffinate end), component i:
 *     A_(j+1) x_i,(j+1) + O_(j-1) y_i,(j-1) + f_i [j = n] = (A_j + draw [j = d]) x_i,j + O_j y_i,j (1) y_i,j = beta_i
 * x_i,j / D_j,   D_j = sum of beta_i x_i,j                                                          (2) flows   O_j = S
 * (last stage: S - W, the organic product);  A_j = W above the feed stage, W + 1 from it down, less the draw below d;
 * A_1 = W + 1 - draw - S, the raffinate: the organic takes up its S in stage 1                (3)
 *
 * Numerics  (1) is tridiagonal for each component once the D_j are known; their new values follow from the x_j brought
 * to the sum
 *           1. After some sweeps of this substitution Newton finishes: the stage sums F_j = sum of x_i,j - 1 as
 * functions of ln D_j, with the exact Jacobian, one column for each stage from the factored tridiagonals.
 *           Where that does not settle (sharp fronts, flows far from any design), the start-up of the same cascade is
 * followed in implicit time steps that grow to infinity: each adds m (x - x_old + y - y_old)/dt to (1), m one mole a
 * stage. Source    Xu Guangxian's cascade; (1) is the balance. Oracles: kd_smoker_stages, stage-to-stage stepping (unit
 * test). Weakness  constant beta, no free acid, no entrainment.
 */
#include "process/cascade.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#define KD_SWEEPS     60
#define KD_NEWTON     25
#define KD_TIME_STEPS 200
#define KD_TOLERANCE  1e-13
#define KD_ACCEPT     1e-11
#define KD_SWITCH     0.05 /* relative change of D below which Newton takes over */

typedef struct cascade_work {
  const kd_cascade *in;
  size_t stages, k;
  double *beta, *feed;      /* scaled: least beta 1, sum of feed 1 */
  double *down, *up, *draw; /* A_j, O_j, draw at stage j */
  double *d;                /* D_j */
  double *x;                /* unnormalised solution of (1), [component * stages + stage] */
  double *diagonal, *ratio; /* factors, [component * stages + stage] */
  double *sum, *jacobian, *step;
  double *old; /* x + y at the last time step, [component * stages + stage] */
  double rate; /* 1/dt; 0 for the steady state */
} cascade_work;

static kd_status flows(cascade_work *c, kd_error *err) {
  kd_status status = KD_OK;
  const kd_cascade *in = c->in;
  double product = in->s - in->w, raffinate = 1 + in->w - in->s - in->draw;
  KD_CHECK(product > 0, err, KD_E_INFEASIBLE, "w %g: must be below s %g, or no organic product is left", in->w, in->s);
  KD_CHECK(raffinate > 0, err, KD_E_INFEASIBLE, "s %g, w %g, draw %g: no raffinate is left", in->s, in->w, in->draw);
  double down = in->w;
  for (size_t j = c->stages; j-- > 0;) {
    if (j + 1 == in->extraction) down += 1;
    if (j + 1 == in->draw_stage) {
      c->draw[j] = in->draw;
      down -= in->draw;
    }
    KD_CHECK(down > 0, err, KD_E_INFEASIBLE, "draw %g: more than the aqueous flow of stage %zu", in->draw, j + 1);
    c->down[j] = down;
    c->up[j] = in->s;
  }
  c->down[0] = raffinate;
  c->up[c->stages - 1] = product;
out:
  return status;
}

/* Solves (1) for all components at the present D; sum[j] receives the sum over components. */
static void sweep(cascade_work *c) {
  size_t n = c->stages, feed_stage = c->in->extraction - 1;
  memset(c->sum, 0, n * sizeof *c->sum);
  for (size_t i = 0; i < c->k; i++) {
    double *x = c->x + i * n, *diagonal = c->diagonal + i * n, *ratio = c->ratio + i * n;
    double carry = 0; /* right side after elimination, going up from the raffinate end */
    for (size_t j = 0; j < n; j++) {
      double k = c->beta[i] / c->d[j];
      double pivot = c->down[j] + c->draw[j] + c->up[j] * k + c->rate * (1 + k);
      double right = (j == feed_stage ? c->feed[i] : 0) + c->rate * c->old[i * n + j];
      if (j > 0) {
        double below = c->up[j - 1] * c->beta[i] / c->d[j - 1] / diagonal[j - 1];
        ratio[j] = below;
        pivot -= below * c->down[j];
        right += below * carry;
      }
      diagonal[j] = pivot;
      x[j] = carry = right;
    }
    for (size_t j = n; j-- > 0;) {
      if (j + 1 < n) x[j] += c->down[j + 1] * x[j + 1];
      x[j] /= diagonal[j];
      c->sum[j] += x[j];
    }
  }
}

/* Jacobian of the stage sums to ln D: a change of ln D_s acts on (1) as the sources q_s = O_s y_s at stage s and -q_s
 * at stage s+1, solved with the factors of the sweep. */
static void fill_jacobian(cascade_work *c) {
  size_t n = c->stages;
  double *t = c->step;
  memset(c->jacobian, 0, n * n * sizeof *c->jacobian);
  for (size_t i = 0; i < c->k; i++) {
    const double *x = c->x + i * n, *diagonal = c->diagonal + i * n, *ratio = c->ratio + i * n;
    for (size_t s = 0; s < n; s++) {
      double y = c->beta[i] / c->d[s] * x[s], q = c->up[s] * y, carry = q + c->rate * y;
      for (size_t j = 0; j < s; j++) t[j] = 0;
      t[s] = carry;
      for (size_t j = s + 1; j < n; j++) {
        carry = ratio[j] * carry - (j == s + 1 ? q : 0);
        t[j] = carry;
      }
      for (size_t j = n; j-- > 0;) {
        if (j + 1 < n) t[j] += c->down[j + 1] * t[j + 1];
        t[j] /= diagonal[j];
        c->jacobian[j * n + s] += t[j];
      }
    }
  }
}

/* Gauss elimination with partial pivoting, in place; b becomes the solution. false: singular. */
static bool solve_dense(double *a, double *b, size_t n) {
  for (size_t k = 0; k < n; k++) {
    size_t best = k;
    for (size_t i = k + 1; i < n; i++)
      if (fabs(a[i * n + k]) > fabs(a[best * n + k])) best = i;
    if (a[best * n + k] == 0) return false;
    if (best != k) {
      for (size_t j = k; j < n; j++) {
        double swap = a[k * n + j];
        a[k * n + j] = a[best * n + j];
        a[best * n + j] = swap;
      }
      double swap = b[k];
      b[k] = b[best];
      b[best] = swap;
    }
    for (size_t i = k + 1; i < n; i++) {
      double f = a[i * n + k] / a[k * n + k];
      if (f == 0) continue;
      for (size_t j = k + 1; j < n; j++) a[i * n + j] -= f * a[k * n + j];
      b[i] -= f * b[k];
    }
  }
  for (size_t k = n; k-- > 0;) {
    for (size_t j = k + 1; j < n; j++) b[k] -= a[k * n + j] * b[j];
    b[k] /= a[k * n + k];
  }
  return true;
}

/* One substitution: D from the normalised shares. Returns the largest relative change. */
static double substitute(cascade_work *c) {
  double worst = 0;
  for (size_t j = 0; j < c->stages; j++) {
    double d = 0;
    for (size_t i = 0; i < c->k; i++) d += c->beta[i] * c->x[i * c->stages + j];
    d /= c->sum[j];
    worst = fmax(worst, fabs(d / c->d[j] - 1));
    c->d[j] = d;
  }
  return worst;
}

static double residual(const cascade_work *c) {
  double worst = 0;
  for (size_t j = 0; j < c->stages; j++) worst = fmax(worst, fabs(c->sum[j] - 1));
  return worst;
}

/* One Newton step on ln D, halved until the residual falls. Returns false when it does not help. */
static bool newton(cascade_work *c, double *saved) {
  size_t n = c->stages;
  double before = residual(c), *step = c->step;
  fill_jacobian(c);
  for (size_t j = 0; j < n; j++) step[j] = 1 - c->sum[j];
  if (!solve_dense(c->jacobian, step, n)) return false;
  double limit = 0;
  for (size_t j = 0; j < n; j++) limit = fmax(limit, fabs(step[j]));
  double length = limit > 1 ? 1 / limit : 1;
  memcpy(saved, c->d, n * sizeof *saved);
  for (int attempt = 0; attempt < 6; attempt++, length /= 2) {
    for (size_t j = 0; j < n; j++) c->d[j] = saved[j] * exp(length * step[j]);
    sweep(c);
    if (residual(c) < before) return true;
  }
  memcpy(c->d, saved, n * sizeof *saved);
  sweep(c);
  return false;
}

static kd_status start(cascade_work *c, const kd_cascade *in, kd_work *work) {
  kd_status status = KD_OK;
  size_t n = in->extraction + in->scrub, k = in->components;
  kd_error *err = work->err;
  KD_CHECK(k >= 2 && k <= KD_CASCADE_COMPONENTS, err, KD_E_RANGE, "components %zu: must be 2 to %d", k,
           KD_CASCADE_COMPONENTS);
  KD_CHECK(in->extraction >= 1 && in->scrub >= 1 && n <= KD_CASCADE_STAGES, err, KD_E_RANGE,
           "extraction %zu and scrub %zu: at least 1 stage each, at most %d together", in->extraction, in->scrub,
           KD_CASCADE_STAGES);
  KD_CHECK(in->draw_stage <= n && in->draw_stage != 1, err, KD_E_RANGE,
           "draw_stage %zu: must be 2 to %zu, or 0 for none", in->draw_stage, n);
  double *block = kd_arena_alloc(work->scratch, 2 * k + n * (6 + 4 * k) + n * n, sizeof *block);
  KD_CHECK(block != NULL, err, KD_E_NOMEM, "out of memory for a cascade of %zu stages", n);
  *c = (cascade_work){.in = in, .stages = n, .k = k};
  c->beta = block, block += k;
  c->feed = block, block += k;
  c->down = block, block += n;
  c->up = block, block += n;
  c->draw = block, block += n;
  c->d = block, block += n;
  c->sum = block, block += n;
  c->step = block, block += n;
  c->x = block, block += n * k;
  c->diagonal = block, block += n * k;
  c->ratio = block, block += n * k;
  c->old = block, block += n * k;
  c->jacobian = block;
  double total = 0, least = (double)INFINITY, most = 0;
  for (size_t i = 0; i < k; i++) {
    KD_CHECK(in->beta[i] > 0 && in->feed[i] > 0, err, KD_E_RANGE, "component %zu: beta %g and feed %g must be above 0",
             i + 1, in->beta[i], in->feed[i]);
    total += in->feed[i];
    least = fmin(least, in->beta[i]);
    most = fmax(most, in->beta[i]);
  }
  for (size_t i = 0; i < k; i++) {
    c->beta[i] = in->beta[i] / least;
    c->feed[i] = in->feed[i] / total;
  }
  for (size_t j = 0; j < n; j++) c->d[j] = exp(log(most / least) * ((double)j + 0.5) / (double)n);
out:
  return status;
}

static kd_status finish(kd_cascade_profile *out, cascade_work *c, kd_work *work) {
  kd_status status = KD_OK;
  size_t n = c->stages, k = c->k;
  double *aqueous = kd_arena_alloc(work->scratch, 2 * n * k, sizeof *aqueous);
  KD_CHECK(aqueous != NULL, work->err, KD_E_NOMEM, "out of memory for a profile of %zu stages", n);
  double *organic = aqueous + n * k;
  out->closure = 0;
  for (size_t i = 0; i < k; i++) {
    for (size_t j = 0; j < n; j++) {
      aqueous[j * k + i] = c->x[i * n + j];
      organic[j * k + i] = c->beta[i] * c->x[i * n + j] / c->d[j];
    }
    double leaves = c->down[0] * aqueous[i] + c->up[n - 1] * organic[(n - 1) * k + i];
    for (size_t j = 0; j < n; j++) leaves += c->draw[j] * aqueous[j * k + i];
    out->closure = fmax(out->closure, fabs(leaves / c->feed[i] - 1));
  }
  out->stages = n;
  out->aqueous = aqueous;
  out->organic = organic;
  out->product = c->up[n - 1];
  out->raffinate = c->down[0];
out:
  return status;
}

/* Substitution, then Newton. true: settled. */
static bool settle(cascade_work *c, double *saved, size_t limit, size_t *steps) {
  double change = 1;
  sweep(c);
  for (size_t i = 0; i < limit && residual(c) > KD_TOLERANCE; i++, (*steps)++) {
    if (change < KD_SWITCH && newton(c, saved)) continue;
    if (change < KD_SWITCH && residual(c) < KD_ACCEPT) break; /* down to rounding */
    change = substitute(c);
    sweep(c);
  }
  return residual(c) < KD_ACCEPT;
}

/* One implicit time step by Newton alone, from the state in `old`. */
static bool advance(cascade_work *c, double *saved, size_t *steps) {
  sweep(c);
  for (int i = 0; i < KD_NEWTON && residual(c) > KD_ACCEPT; i++, (*steps)++)
    if (!newton(c, saved)) return residual(c) < KD_ACCEPT;
  return residual(c) < KD_ACCEPT;
}

static void keep(cascade_work *c) {
  for (size_t i = 0; i < c->k; i++)
    for (size_t j = 0; j < c->stages; j++)
      c->old[i * c->stages + j] = c->x[i * c->stages + j] * (1 + c->beta[i] / c->d[j]);
}

/* Start-up from stages full of feed, steps growing as long as Newton follows; ends in the steady state. */
static bool start_up(cascade_work *c, double *saved, double *before, size_t *steps) {
  size_t n = c->stages;
  double level = 0;
  for (size_t i = 0; i < c->k; i++) level += c->beta[i] * c->feed[i];
  for (size_t j = 0; j < n; j++) c->d[j] = level;
  for (size_t i = 0; i < c->k; i++)
    for (size_t j = 0; j < n; j++) c->old[i * n + j] = c->feed[i] * (1 + c->beta[i] / level);
  double dt = 1;
  for (int i = 0; i < KD_TIME_STEPS && dt < 1e14; i++) {
    memcpy(before, c->d, n * sizeof *before);
    c->rate = 1 / dt;
    if (advance(c, saved, steps)) {
      keep(c);
      dt *= 4;
    } else {
      memcpy(c->d, before, n * sizeof *before);
      dt /= 8;
    }
  }
  c->rate = 0;
  return settle(c, saved, KD_NEWTON, steps);
}

kd_status kd_cascade_solve(kd_cascade_profile *out, const kd_cascade *in, kd_work *work) {
  kd_status status = KD_OK;
  cascade_work c;
  KD_TRY(start(&c, in, work));
  KD_TRY(flows(&c, work->err));
  double *saved = kd_arena_alloc(work->scratch, 2 * c.stages, sizeof *saved);
  KD_CHECK(saved != NULL, work->err, KD_E_NOMEM, "out of memory for a cascade of %zu stages", c.stages);
  out->sweeps = 0;
  bool settled = settle(&c, saved, KD_SWEEPS, &out->sweeps);
  if (!settled) settled = start_up(&c, saved, saved + c.stages, &out->sweeps);
  KD_CHECK(settled, work->err, KD_E_CONVERGENCE,
           "cascade of %zu stages: shares sum to 1 within %.2g only after %zu steps", c.stages, residual(&c),
           out->sweeps);
  KD_TRY(finish(out, &c, work));
out:
  return status;
}
