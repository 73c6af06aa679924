// SPDX-License-Identifier: Apache-2.0
/* Residuals, Jacobian blocks and block elimination of contactor.c; the equations stand there.
 *
 * One block row is (K balances, closure); its unknowns (o_1 .. o_K, z). The coupling block L (to the stage before) is
 * a diagonal and the last row, U (to the next) a diagonal, the last column and the last row: B'_j = B_j - L_j X_(j-1),
 * X_j = B'_j^-1 U_j,  y_j = B'_j^-1 (r_j - L_j y_(j-1)),  step_j = y_j - X_j step_(j+1)   (1)
 */
#include "process/contactor_newton.h"

#include <math.h>
#include <string.h>

#include "numerics/block_tridiagonal.h"

#define KD_WATER     1e-8 /* ion product of water at 25 C, (mol/m3)^2 */
#define KD_LEAST     1e-6 /* free extractant over the total, below which its logarithm goes on as a straight line */
#define KD_LONGEST   8.0  /* most that a driver moves in one step */
#define KD_SHRINK    0.05 /* least share of the free extractant that one step leaves */
#define KD_BLOCK_MAX (KD_CONTACTOR_COMPONENTS + 1)

typedef struct coupling {
  double diagonal[KD_BLOCK_MAX], column[KD_BLOCK_MAX], row[KD_BLOCK_MAX]; /* row[k] is the corner */
} coupling;

static bool has_acid(const contactor_work *c, size_t j) {
  return c->in->isotherm.level != KD_ISOTHERM_BETA && !isfinite(c->in->stage[j].fixed_ph);
}

kd_status contactor_work_alloc(contactor_work *c, kd_contactor_profile *io, const kd_contactor *in, kd_work *work) {
  kd_status status = KD_OK;
  const kd_isotherm *iso = &in->isotherm;
  size_t n = in->stages, k = iso->components, b = k + 1, s = kd_block_stride(b);
  *c = (contactor_work){.in = in, .n = n, .k = k, .block = b, .stride = s, .residence = 1};
  size_t count = n * (2 * b * s + 4 * s + 4 * b + 4 * k + 6) + 6 * b + s + 2;
  bool fresh = io->cached != count;
  double *p = fresh ? kd_arena_alloc(work->scratch, count, sizeof *p) : io->cache;
  KD_CHECK(p != NULL, work->err, KD_E_NOMEM, "out of memory for a chain of %zu stages", n);
  io->cache = p;
  io->cached = count;
  c->factors = p, p += 2;
  if (fresh) c->factors[0] = 0;
  c->x = p, p += n * b * s;
  c->inverse = p, p += n * b * s;
  c->lower = p, p += 2 * n * s;
  c->r = p, p += n * s;
  c->y = p, p += n * s;
  c->content = p, p += n * b;
  c->undo = p, p += n * b;
  c->kept_o = p, p += n * k;
  c->inverse_k = p, p += n * k;
  c->share = p, p += n * k;
  c->g = p, p += n * k;
  c->kept_z = p, p += n;
  c->ln_c_slope = p, p += n;
  c->held_a = p, p += n;
  c->held_o = p, p += n;
  c->scale = p, p += b;
  c->valence = p, p += b;
  c->ligands = p, p += b;
  c->slope = p, p += b;
  c->inverse_scale = p, p += b;
  c->o = io->organic;
  c->z = io->driver;
  c->a = io->aqueous;
  c->h = io->acid;
  c->c = io->extractant;
  c->straight = true;
  for (size_t i = 0; i < k; i++) {
    c->valence[i] = iso->valence != NULL ? iso->valence[i] : 3;
    c->ligands[i] = iso->ligands != NULL ? iso->ligands[i] : 3;
    c->slope[i] = iso->slope != NULL ? iso->slope[i] : 1;
    c->straight = c->straight && c->slope[i] == 1;
    double inverse = exp(-iso->ln_k[i]);
    for (size_t j = 0; j < n; j++)
      c->inverse_k[j * k + i] = in->stage_ln_k != NULL ? exp(-in->stage_ln_k[j * k + i]) : inverse;
  }
  double all = 0;
  memset(c->scale, 0, b * sizeof *c->scale);
  memset(c->content, 0, n * b * sizeof *c->content);
  for (size_t j = 0; j < n; j++) {
    for (size_t i = 0; i < k; i++) {
      c->scale[i] += in->feed[j * k + i];
      all += c->valence[i] * in->feed[j * k + i];
    }
    all += fabs(in->stage[j].acid);
  }
  c->scale[k] = all;
  for (size_t i = 0; i < b; i++)
    if (!(c->scale[i] > 0)) c->scale[i] = all > 0 ? all : 1;
  for (size_t i = 0; i < b; i++) c->inverse_scale[i] = 1 / c->scale[i];
out:
  return status;
}

void contactor_rate(contactor_work *c, double rate) {
  c->rate = rate;
  for (size_t j = 0; j < c->n; j++) {
    const kd_contact *s = &c->in->stage[j];
    c->held_a[j] = c->holdups ? s->volume_aqueous : s->down_aqueous + s->out_aqueous;
    c->held_o[j] = c->holdups ? s->volume_organic : s->up_organic + s->out_organic;
  }
}

/* Aqueous, acid and free extractant of stage j from the unknowns. */
static void local_state(contactor_work *c, size_t j) {
  const kd_isotherm *iso = &c->in->isotherm;
  const kd_contact *s = &c->in->stage[j];
  size_t k = c->k;
  const double *o = c->o + j * k, *before = j > 0 ? o - k : c->in->inlet_organic, *inverse_k = c->inverse_k + j * k;
  double miss = 1 - s->efficiency, common = exp(-c->z[j]), each = 1 / s->efficiency, drops = s->entrained;
  double *a = c->a + j * k, *share = c->share + j * k, *g = c->g + j * k;
  if (c->straight)
    for (size_t i = 0; i < k; i++) g[i] = inverse_k[i] * common; /* 1/D */
  else
    for (size_t i = 0; i < k; i++) g[i] = inverse_k[i] * exp(-c->slope[i] * c->z[j]);
  if (drops > 0)
    for (size_t i = 0; i < k; i++) {
      share[i] = 1 / (1 + drops * g[i]);
      g[i] *= share[i];
    }
  else
    for (size_t i = 0; i < k; i++) share[i] = 1;
  for (size_t i = 0; i < k; i++) g[i] *= each;
  if (miss > 0 && before != NULL)
    for (size_t i = 0; i < k; i++) a[i] = g[i] * (o[i] - miss * before[i]);
  else
    for (size_t i = 0; i < k; i++) a[i] = g[i] * o[i];
  double ln_c = 0;
  if (iso->level == KD_ISOTHERM_MASS) {
    double free = s->extractant, least = KD_LEAST * s->extractant;
    for (size_t i = 0; i < k; i++) free -= c->ligands[i] * share[i] * o[i];
    ln_c = free > least ? log(free) : log(least) + (free - least) / least;
    c->ln_c_slope[j] = 1 / fmax(free, least);
    c->c[j] = free;
  }
  if (iso->level != KD_ISOTHERM_BETA) c->h[j] = exp(kd_isotherm_ln_acid(iso, c->z[j], ln_c));
}

static double net_acid(const contactor_work *c, size_t j) {
  return c->h[j] - KD_WATER / c->h[j];
}

static double protons(const contactor_work *c, size_t j) {
  double sum = 0;
  for (size_t i = 0; i < c->k; i++) sum += c->valence[i] * c->share[j * c->k + i] * c->o[j * c->k + i];
  return sum;
}

static double closure_row(const contactor_work *c, size_t j) {
  const kd_contact *s = &c->in->stage[j];
  size_t k = c->k;
  if (c->in->isotherm.level == KD_ISOTHERM_BETA) {
    double sum = 0;
    for (size_t i = 0; i < k; i++) sum += c->o[j * k + i];
    return (s->load - sum) / s->load * c->scale[k];
  }
  if (isfinite(s->fixed_ph)) return (-s->fixed_ph * log(10) - log(c->h[j] / 1000)) * c->scale[k];
  double in = s->acid, hold_a = c->held_a[j] * c->rate, hold_o = c->held_o[j] * c->rate;
  double up = s->up_organic + s->out_organic;
  if (j > 0) in += s[-1].up_organic * (s[-1].entrained * net_acid(c, j - 1) - protons(c, j - 1));
  if (j + 1 < c->n) in += s[1].down_aqueous * net_acid(c, j + 1) - s[1].down_organic * protons(c, j + 1);
  double out = (s->down_aqueous + s->out_aqueous + up * s->entrained + hold_a) * net_acid(c, j) -
               (up + s->down_organic + hold_o) * protons(c, j);
  return in - out + c->rate * c->content[j * c->block + k];
}

/* Flows that carry what is in stage j out of it, or hold it in a time step: organic less its reflux, and aqueous. */
static double organic_out(const contactor_work *c, size_t j) {
  const kd_contact *s = &c->in->stage[j];
  return s->up_organic + s->out_organic * (1 - s->strip_return) + c->held_o[j] * c->rate;
}

static double aqueous_out(const contactor_work *c, size_t j) {
  const kd_contact *s = &c->in->stage[j];
  return s->down_aqueous + s->out_aqueous + c->held_a[j] * c->rate;
}

KD_WIDE double contactor_residual(contactor_work *c) {
  size_t k = c->k;
  double over[KD_BLOCK_MAX] = {0}, sum[KD_BLOCK_MAX] = {0}, worst = 0;
  for (size_t j = 0; j < c->n; j++) local_state(c, j);
  for (size_t j = 0; j < c->n; j++) {
    const kd_contact *s = &c->in->stage[j];
    const double *o = c->o + j * k, *a = c->a + j * k, *share = c->share + j * k, *content = c->content + j * c->block;
    double *r = c->r + j * c->stride, p = organic_out(c, j), q = aqueous_out(c, j), w = s->down_organic;
    memcpy(r, c->in->feed + j * k, k * sizeof *r);
    if (j > 0) {
      double up = s[-1].up_organic;
      for (size_t i = 0; i < k; i++) r[i] += up * (o - k)[i];
    }
    if (j + 1 < c->n) {
      double down = s[1].down_aqueous, back = s[1].down_organic;
      for (size_t i = 0; i < k; i++) r[i] += down * a[i + k];
      for (size_t i = 0; back > 0 && i < k; i++) r[i] += back * share[i + k] * o[i + k];
    }
    for (size_t i = 0; i < k; i++) r[i] -= (p + w * share[i]) * o[i] + q * a[i];
    for (size_t i = 0; c->rate > 0 && i < k; i++) r[i] += c->rate * content[i];
    r[k] = closure_row(c, j);
    if (c->rate > 0)
      for (size_t i = 0; i < c->block; i++) {
        double each = fabs(r[i]) / (c->scale[i] + c->rate * fabs(content[i]));
        over[i] = over[i] > each ? over[i] : each;
        sum[i] += each;
      }
    else
      for (size_t i = 0; i < c->block; i++) {
        double each = fabs(r[i]) * c->inverse_scale[i];
        over[i] = over[i] > each ? over[i] : each;
        sum[i] += each;
      }
  }
  for (size_t i = 0; i < c->block; i++) { /* the sum tells of a value that is none, which no comparison does */
    if (!isfinite(sum[i])) worst = (double)INFINITY;
    worst = fmax(worst, over[i]);
  }
  c->worst = worst;
  return worst;
}

double contactor_rounding(const contactor_work *c) {
  size_t k = c->k;
  double rounding = 0;
  for (size_t j = 0; j < c->n; j++) {
    const kd_contact *s = &c->in->stage[j];
    const double *o = c->o + j * k, *a = c->a + j * k, *share = c->share + j * k, *g = c->g + j * k;
    const double *before = j > 0 ? o - k : c->in->inlet_organic;
    double p = organic_out(c, j) + s->down_organic, q = aqueous_out(c, j), miss = 1 - s->efficiency;
    for (size_t i = 0; i < k; i++) {
      double in = c->in->feed[j * k + i] + c->rate * fabs(c->content[j * c->block + i]);
      if (j > 0) in += s[-1].up_organic * fabs(o[i - k]);
      if (j + 1 < c->n) in += s[1].down_aqueous * fabs(a[i + k]) + s[1].down_organic * share[i + k] * fabs(o[i + k]);
      double other = miss > 0 && before != NULL ? miss * before[i] : 0;
      double size = in + p * fabs(o[i]) + q * g[i] * (fabs(o[i]) + fabs(other)), r = fabs(c->r[j * c->stride + i]);
      if (!(r <= rounding * size)) rounding = r / size;
    }
    if (has_acid(c, j)) {
      double size = fabs(s->acid) + q * fabs(net_acid(c, j)) + p * protons(c, j), r = fabs(c->r[j * c->stride + k]);
      if (!(r <= rounding * size)) rounding = r / size;
    }
  }
  return rounding;
}

void contactor_keep(contactor_work *c) {
  double rate = c->rate;
  memcpy(c->kept_o, c->o, c->n * c->k * sizeof *c->o);
  memcpy(c->kept_z, c->z, c->n * sizeof *c->z);
  for (size_t j = 0; j < c->n; j++) {
    local_state(c, j);
    double *content = c->content + j * c->block;
    for (size_t i = 0; i < c->k; i++)
      content[i] = c->held_a[j] * c->a[j * c->k + i] + c->held_o[j] * c->o[j * c->k + i];
    content[c->k] = has_acid(c, j) ? c->held_a[j] * net_acid(c, j) - c->held_o[j] * protons(c, j) : 0;
  }
  c->rate = rate;
}

void contactor_restore(contactor_work *c) {
  memcpy(c->o, c->kept_o, c->n * c->k * sizeof *c->o);
  memcpy(c->z, c->kept_z, c->n * sizeof *c->z);
}

/* Derivatives of stage j: slope_a = -da/dz, slope_o = d(s o)/dz; of the acid, hz = dh/dz at fixed free extractant and
 * hc q_i = dh/d(s_i o_i). da/do is g, which the state holds. */
typedef struct derivatives {
  const double *g;
  double slope_a[KD_BLOCK_MAX], slope_o[KD_BLOCK_MAX];
  double hz, hc;
} derivatives;

static void derive(derivatives *d, const contactor_work *c, size_t j) {
  const kd_isotherm *iso = &c->in->isotherm;
  const kd_contact *s = &c->in->stage[j];
  const double *share = c->share + j * c->k, *a = c->a + j * c->k, *o = c->o + j * c->k;
  d->g = c->g + j * c->k;
  for (size_t i = 0; i < c->k; i++) {
    double part = c->slope[i] * share[i];
    d->slope_a[i] = part * a[i];
    d->slope_o[i] = part * (1 - share[i]) * o[i];
  }
  d->hz = d->hc = 0;
  if (iso->level == KD_ISOTHERM_BETA) return;
  double spread = isfinite(s->fixed_ph) ? c->scale[c->k] : c->h[j] + KD_WATER / c->h[j];
  bool mass = iso->level == KD_ISOTHERM_MASS;
  d->hz = -spread / (mass ? iso->proton_order : 1);
  d->hc = mass ? -spread * iso->extractant_order / iso->proton_order * c->ln_c_slope[j] : 0;
}

/* One stage's part in the row of the acid: `acid` is its coefficient on [H+], `metal` on the metal in the organic. */
static void acid_row(double *row, const contactor_work *c, size_t j, const derivatives *d, double acid, double metal) {
  size_t k = c->k;
  double corner = acid * d->hz;
  for (size_t i = 0; i < k; i++) {
    double each = metal * c->valence[i] + acid * d->hc * c->ligands[i];
    row[i] += each * c->share[j * k + i];
    corner += each * d->slope_o[i];
  }
  row[k] += corner;
}

/* Blocks of -(residual) at stage j. The row of the closure is the last. */
static void fill_blocks(double *b, coupling *lower, coupling *upper, const contactor_work *c, size_t j,
                        const derivatives *d0, const derivatives *d1, const derivatives *d2) {
  const kd_contact *s = &c->in->stage[j];
  size_t k = c->k, stride = c->stride;
  const double *share = c->share + j * k;
  bool first = j == 0, last = j + 1 == c->n;
  double p = organic_out(c, j), q = aqueous_out(c, j), w = s->down_organic;
  double up = first ? 0 : s[-1].up_organic, miss = 1 - s->efficiency;
  double down_a = last ? 0 : s[1].down_aqueous, down_o = last ? 0 : s[1].down_organic;
  double miss_next = last ? 0 : 1 - s[1].efficiency, *row = b + k * stride;
  memset(b, 0, c->block * stride * sizeof *b);
  memset(lower->row, 0, sizeof lower->row);
  memset(upper->row, 0, sizeof upper->row);
  for (size_t i = 0; i < k; i++) {
    b[i * stride + i] = p + w * share[i] + q * d1->g[i] + (last ? 0 : down_a * miss_next * d2->g[i]);
    b[i * stride + k] = w * d1->slope_o[i] - q * d1->slope_a[i];
    lower->diagonal[i] = first ? 0 : -up - q * d1->g[i] * miss;
    upper->diagonal[i] = last ? 0 : -down_o * share[i + k] - down_a * d2->g[i];
    upper->column[i] = last ? 0 : down_a * d2->slope_a[i] - down_o * d2->slope_o[i];
  }
  if (c->in->isotherm.level == KD_ISOTHERM_BETA) {
    for (size_t i = 0; i < k; i++) row[i] = c->scale[k] / s->load;
  } else if (!has_acid(c, j)) {
    acid_row(row, c, j, d1, 1, 0);
  } else {
    double out = s->up_organic + s->out_organic;
    acid_row(row, c, j, d1, q + out * s->entrained, -(out + w + c->held_o[j] * c->rate));
    if (!first) acid_row(lower->row, c, j - 1, d0, -up * s[-1].entrained, up);
    if (!last) acid_row(upper->row, c, j + 1, d2, -down_a, down_o);
  }
}

/* b -= L X and r -= L y, X and y of the stage before. L has no column: what comes up does not know the stage it leaves
 * but by o. */
__attribute__((always_inline)) static inline void subtract(double *b, double *r, const coupling *l, const double *x,
                                                           const double *y, size_t k, size_t eights) {
  size_t stride = 8 * eights;
  kd_eight last[4], row[4];
  double sum = r[k];
  for (size_t e = 0; e < eights; e++) {
    last[e] = *(const kd_eight *)(x + k * stride + 8 * e);
    row[e] = *(const kd_eight *)(b + k * stride + 8 * e) - l->row[k] * last[e];
  }
  for (size_t i = 0; i < k; i++) {
    const double *xi = x + i * stride;
    double *bi = b + i * stride, di = l->diagonal[i], ri = l->row[i];
    for (size_t e = 0; e < eights; e++) {
      kd_eight here = *(const kd_eight *)(xi + 8 * e);
      *(kd_eight *)(bi + 8 * e) -= di * here;
      row[e] -= ri * here;
    }
    r[i] -= di * y[i];
    sum -= ri * y[i];
  }
  for (size_t e = 0; e < eights; e++) *(kd_eight *)(b + k * stride + 8 * e) = row[e];
  r[k] = sum - l->row[k] * y[k];
}

/* X = B^-1 U and y = B^-1 r from the inverse. */
__attribute__((always_inline)) static inline void apply(double *x, double *y, const double *inverse, const coupling *u,
                                                        const double *r, size_t k, size_t eights) {
  size_t stride = 8 * eights;
  for (size_t i = 0; i <= k; i++) {
    const double *row = inverse + i * stride;
    double *xi = x + i * stride, corner = row[k], end = kd_dot8(row, u->column, stride) + corner * u->row[k];
    for (size_t e = 0; e < eights; e++)
      *(kd_eight *)(xi + 8 * e) = *(const kd_eight *)(row + 8 * e) * *(const kd_eight *)(u->diagonal + 8 * e) +
                                  corner * *(const kd_eight *)(u->row + 8 * e);
    xi[k] = end;
    y[i] = kd_dot8(row, r, stride);
  }
}

/* Forward sweep of (1). */
KD_WIDE static bool eliminate(contactor_work *c) {
  coupling lower = {0}, upper = {0};
  derivatives d[3] = {0};
  size_t k = c->k, stride = c->stride;
  c->factors[0] = 0;
  derive(&d[1], c, 0);
  for (size_t j = 0; j < c->n; j++) {
    double *x = c->x + j * c->block * stride, *y = c->y + j * stride, *r = c->r + j * stride;
    double *b = c->inverse + j * c->block * stride, *kept = c->lower + 2 * j * stride;
    if (j + 1 < c->n) derive(&d[2], c, j + 1);
    fill_blocks(b, &lower, &upper, c, j, &d[0], &d[1], &d[2]);
    if (j > 0) {
      const double *before = x - c->block * stride;
      if (stride == 16)
        subtract(b, r, &lower, before, y - stride, k, 2);
      else
        subtract(b, r, &lower, before, y - stride, k, stride / 8);
    }
    if (!kd_block_invert(b, c->block)) return false;
    if (stride == 16)
      apply(x, y, b, &upper, r, k, 2);
    else
      apply(x, y, b, &upper, r, k, stride / 8);
    memcpy(kept, lower.diagonal, stride * sizeof *kept);
    memcpy(kept + stride, lower.row, stride * sizeof *kept);
    d[0] = d[1];
    d[1] = d[2];
  }
  c->factors[0] = 1;
  c->factors[1] = c->rate;
  return true;
}

/* y of (1) from a new right side and the factors that are kept. */
KD_WIDE static void solve_again(contactor_work *c) {
  size_t stride = c->stride, k = c->k;
  for (size_t j = 0; j < c->n; j++) {
    double *r = c->r + j * stride, *y = c->y + j * stride;
    const double *inverse = c->inverse + j * c->block * stride, *lower = c->lower + 2 * j * stride;
    if (j > 0) {
      const double *before = y - stride;
      double row = kd_dot8(lower + stride, before, stride);
      for (size_t i = 0; i < k; i++) r[i] -= lower[i] * before[i];
      r[k] -= row;
    }
    for (size_t i = 0; i <= k; i++) y[i] = kd_dot8(inverse + i * stride, r, stride);
  }
}

/* Backward sweep: y becomes the step. */
KD_WIDE static void substitute(contactor_work *c) {
  size_t stride = c->stride;
  for (size_t j = c->n - 1; j-- > 0;) {
    const double *x = c->x + j * c->block * stride, *next = c->y + (j + 1) * stride;
    double *y = c->y + j * stride;
    for (size_t i = 0; i < c->block; i++) {
      y[i] -= kd_dot8(x + i * stride, next, stride);
    }
  }
}

/* Share of the step that keeps drivers near and free extractant above 0. */
static double length(const contactor_work *c) {
  double share = 1;
  for (size_t j = 0; j < c->n; j++) {
    const double *y = c->y + j * c->stride;
    double move = fabs(y[c->k]);
    if (move * share > KD_LONGEST) share = KD_LONGEST / move;
    if (c->in->isotherm.level != KD_ISOTHERM_MASS) continue;
    double taken = 0, free = fmax(c->c[j], KD_LEAST * c->in->stage[j].extractant);
    for (size_t i = 0; i < c->k; i++) taken += c->ligands[i] * c->share[j * c->k + i] * y[i];
    if (taken * share > (1 - KD_SHRINK) * free) share = (1 - KD_SHRINK) * free / taken;
  }
  return share;
}

static void move(contactor_work *c, double share) {
  for (size_t j = 0; j < c->n; j++) {
    const double *y = c->y + j * c->stride;
    for (size_t i = 0; i < c->k; i++) c->o[j * c->k + i] += share * y[i];
    c->z[j] += share * y[c->k];
  }
}

bool contactor_step(contactor_work *c) {
  if (!eliminate(c)) return false;
  substitute(c);
  double share = length(c);
  if (!(share > 1e-8)) return false;
  move(c, share);
  return true;
}

bool contactor_factored(const contactor_work *c) {
  return c->factors[0] == 1 && c->factors[1] == c->rate;
}

bool contactor_chord(contactor_work *c) {
  solve_again(c);
  substitute(c);
  if (!(length(c) == 1)) return false;
  memcpy(c->undo, c->o, c->n * c->k * sizeof *c->o);
  memcpy(c->undo + c->n * c->k, c->z, c->n * sizeof *c->z);
  move(c, 1);
  return true;
}

void contactor_undo(contactor_work *c) {
  memcpy(c->o, c->undo, c->n * c->k * sizeof *c->o);
  memcpy(c->z, c->undo + c->n * c->k, c->n * sizeof *c->z);
}

void contactor_results(contactor_work *c, kd_contactor_profile *io) {
  size_t k = c->k;
  io->residual = contactor_residual(c);
  io->closure = 0;
  for (size_t i = 0; i < k; i++) {
    double in = 0, out = 0;
    for (size_t j = 0; j < c->n; j++) {
      const kd_contact *s = &c->in->stage[j];
      double o = c->o[j * k + i], a = c->a[j * k + i];
      in += c->in->feed[j * k + i];
      out += s->out_organic * (1 - s->strip_return) * o + s->out_aqueous * a;
      if (j == 0) out += s->down_aqueous * a + s->down_organic * c->share[j * k + i] * o;
      if (j + 1 == c->n) out += s->up_organic * o;
    }
    if (in > 0) io->closure = fmax(io->closure, fabs(out / in - 1));
  }
  for (size_t j = 0; j < c->n; j++) {
    double least = KD_LEAST * c->in->stage[j].extractant;
    if (c->in->isotherm.level != KD_ISOTHERM_MASS)
      c->c[j] = 0;
    else if (c->c[j] < least) /* what the straight line of the logarithm stands for */
      c->c[j] = least * exp((c->c[j] - least) / least);
  }
}
