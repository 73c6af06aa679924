// SPDX-License-Identifier: Apache-2.0
/* Rigorous staged extraction, steady or in time.
 *
 *   stage j (0 = raffinate end), component i, o in the organic with its drops and a in the aqueous:
 *     D'_j = D_j + rho_j,   D = exp(ln_k + slope z_j),   a_j = (o_j - (1-eta_j) o_(j-1)) / (eta_j D'_j) (1) F_j +
 * U_(j-1) o_(j-1) + A_(j+1) a_(j+1) + w_(j+1) s_(j+1) o_(j+1)
 *         - (U_j + w_j s_j + X_j (1 - r_j)) o_j - (A_j + x_j) a_j = d(V_a a_j + V_o o_j)/dt,   s = D/D' (2) closure of
 * stage j, one of load      sum of o_j = L_j (3) acid      (2) for h = [H+] - Kw/[H+] in the aqueous and its drops, and
 * -sum of v_i s_i o_i in the organic      (4) pH        [H+] as held (5) [H+] from z_j and the free extractant c_j =
 * e_j - sum of q_i s_i o_i (isotherm.c)                               (6)
 *
 *   U, A   organic up, aqueous down      w   organic entrained down      rho   aqueous drops in the organic      X, x
 * out r      share of X stripped and returned (exact reflux; its protons are the strip acid's)     eta    efficiency
 *
 * Numerics  unknowns o and z of a stage form one block. Newton with block elimination: the coupling blocks are diagonal
 *           but for one row and one column, the pivot blocks are inverted whole. Concentrations stay linear unknowns:
 *           their logarithms stall on profiles that fall by thirty decades. From a bad start, or over a sharp front,
 *           implicit Euler steps are followed that grow as long as Newton holds; with the real holdups this is the
 *           start-up itself.
 * Source    balances; (1) Murphree 1925.
 * Weakness  one extractant; volumes do not change on transfer.
 */
#include "process/contactor.h"

#include <math.h>
#include <string.h>

#include "process/contactor_newton.h"

#define KD_FINAL      1e-13 /* wanted residual, over the feed */
#define KD_ACCEPT     5e-12 /* where rounding stops Newton short of it */
#define KD_ROUNDED    1e-9  /* where a large circulation leaves no more, if it is rounding: */
#define KD_FLOOR      1e-13
#define KD_FOLLOW     1e-3 /* residual of a time step on the way to the steady state */
#define KD_STEPS      400
#define KD_STEP_LIMIT 10
#define KD_LAST_LIMIT 25
#define KD_CHORDS     12  /* most in a row */
#define KD_CHORD_PACE 5.0 /* chords still wanted above which a Newton step is cheaper */

kd_status kd_contactor_profile_alloc(kd_contactor_profile *out, const kd_contactor *in, kd_work *work) {
  kd_status status = KD_OK;
  size_t n = in->stages, k = in->isotherm.components;
  double *block = kd_arena_alloc(work->scratch, n * (2 * k + 3), sizeof *block);
  KD_CHECK(block != NULL, work->err, KD_E_NOMEM, "out of memory for a profile of %zu stages", n);
  *out = (kd_contactor_profile){.organic = block,
                                .aqueous = block + n * k,
                                .driver = block + 2 * n * k,
                                .acid = block + 2 * n * k + n,
                                .extractant = block + 2 * n * k + 2 * n};
out:
  return status;
}

static kd_status check(const kd_contactor *in, kd_error *err) {
  kd_status status = KD_OK;
  const kd_isotherm *iso = &in->isotherm;
  KD_CHECK(iso->components >= 1 && iso->components <= KD_CONTACTOR_COMPONENTS, err, KD_E_RANGE,
           "components %zu: must be 1 to %d", iso->components, KD_CONTACTOR_COMPONENTS);
  KD_CHECK(in->stages >= 1 && in->stages <= KD_CONTACTOR_STAGES, err, KD_E_RANGE, "stages %zu: must be 1 to %d",
           in->stages, KD_CONTACTOR_STAGES);
  KD_CHECK(iso->level != KD_ISOTHERM_MASS || (iso->proton_order > 0 && iso->extractant_order > 0), err, KD_E_RANGE,
           "proton_order %g and extractant_order %g: must be above 0", iso->proton_order, iso->extractant_order);
  for (size_t i = 0; i < iso->components; i++)
    KD_CHECK(isfinite(iso->ln_k[i]), err, KD_E_RANGE, "component %zu: the constant %g is not a number", i + 1,
             iso->ln_k[i]);
  for (size_t j = 0; j < in->stages; j++) {
    const kd_contact *s = &in->stage[j];
    KD_CHECK(s->efficiency > 0 && s->efficiency <= 1, err, KD_E_RANGE,
             "efficiency %g of stage %zu: must be above 0 and at most 1", s->efficiency, j + 1);
    KD_CHECK(iso->level != KD_ISOTHERM_MASS || s->extractant > 0, err, KD_E_RANGE,
             "extractant %g of stage %zu: must be above 0", s->extractant, j + 1);
    KD_CHECK(s->up_organic >= 0 && s->down_aqueous >= 0 && s->out_organic >= 0 && s->out_aqueous >= 0, err, KD_E_RANGE,
             "stage %zu: a flow is below 0", j + 1);
    KD_CHECK(s->down_aqueous + s->out_aqueous > 0 && s->up_organic + s->out_organic > 0, err, KD_E_RANGE,
             "stage %zu: a phase does not flow out", j + 1);
  }
  for (size_t i = 0; i < in->stages * iso->components; i++)
    KD_CHECK(isfinite(in->feed[i]) && in->feed[i] >= 0, err, KD_E_RANGE, "feed %g of component %zu: must be at least 0",
             in->feed[i], i % iso->components + 1);
out:
  return status;
}

void kd_contactor_fill(kd_contactor_profile *io, const kd_contactor *in) {
  const kd_isotherm *iso = &in->isotherm;
  size_t k = iso->components;
  double feed[KD_CONTACTOR_COMPONENTS] = {0}, total = 0, water = 0;
  for (size_t j = 0; j < in->stages; j++) {
    for (size_t i = 0; i < k; i++) feed[i] += in->feed[j * k + i];
    water = fmax(water, in->stage[j].down_aqueous + in->stage[j].out_aqueous);
  }
  for (size_t i = 0; i < k; i++) total += feed[i];
  if (!(total > 0)) total = 1;
  for (size_t j = 0; j < in->stages; j++) {
    const kd_contact *s = &in->stage[j];
    double load = iso->level == KD_ISOTHERM_BETA   ? s->load
                  : iso->level == KD_ISOTHERM_MASS ? 0.1 * s->extractant
                                                   : 0.5 * total / water;
    double sum = 0;
    for (size_t i = 0; i < k; i++) {
      io->organic[j * k + i] = load * feed[i] / total;
      if (iso->slope == NULL || iso->slope[i] == 1) sum += io->organic[j * k + i] * exp(-iso->ln_k[i]);
    }
    /* As much in the aqueous as the feed would give in the widest stream. */
    double level = iso->level == KD_ISOTHERM_BETA ? 1 : total / water;
    io->driver[j] = sum > 0 ? log(sum / level) : 0;
    if (iso->level == KD_ISOTHERM_PH) io->driver[j] = isfinite(s->fixed_ph) ? s->fixed_ph * log(10) : 2;
  }
}

/* Newton at the present rate, `least` steps or more. true: residual below tol. */
static bool newton(contactor_work *c, double tol, size_t least, size_t limit, size_t *count) {
  double now = contactor_residual(c), best = now;
  size_t poor = 0;
  for (size_t it = 0; it < limit; it++) {
    if (now <= tol && it >= least) return true;
    if (!contactor_step(c)) return false;
    ++*count;
    now = contactor_residual(c);
    if (!isfinite(now)) return false;
    if (now < 0.7 * best) {
      best = now;
      poor = 0;
    } else if (++poor > 4) {
      return now <= tol;
    }
  }
  return now <= tol;
}

/* Chords, steps with the factors of a Jacobian met before, as long as they gain: each shrinks the residual by what that
 * Jacobian is wrong, and costs a third of a Newton step. */
static bool chords(contactor_work *c, double tol, double *now) {
  for (size_t it = 0; it<KD_CHORDS && * now> tol; it++) {
    if (!contactor_chord(c)) {
      *now = contactor_residual(c); /* its right side was used up */
      return false;
    }
    double before = *now;
    *now = contactor_residual(c);
    if (*now <= tol) return true;
    if (!(*now < before)) {
      contactor_undo(c);
      *now = contactor_residual(c);
      return false;
    }
    double left = log(tol / *now) / log(*now / before); /* more of them, at this pace */
    if (left > KD_CHORD_PACE) return false;
  }
  return *now <= tol;
}

/* Newton near the end: chords where they do. */
static bool newton_and_chords(contactor_work *c, double tol, size_t limit, size_t *count) {
  double now = contactor_residual(c), best = now;
  size_t poor = 0;
  for (size_t it = 0; it < limit; it++) {
    if (now <= tol) return true;
    if (contactor_factored(c) && chords(c, tol, &now)) return true;
    if (!contactor_step(c)) return false;
    ++*count;
    now = contactor_residual(c);
    if (!isfinite(now)) return false;
    if (now < 0.7 * best) {
      best = now;
      poor = 0;
    } else if (++poor > 4) {
      return now <= tol;
    }
  }
  return now <= tol;
}

/* Newton until rounding stops it. */
static bool finish(contactor_work *c, size_t *count) {
  return newton_and_chords(c, KD_FINAL, KD_LAST_LIMIT, count) || c->worst <= KD_ACCEPT ||
         (c->worst <= KD_ROUNDED && contactor_rounding(c) <= KD_FLOOR);
}

/* Implicit steps that grow to the steady state. A step that failed is not tried again at once: growth is slow for a
 * while after it. */
static bool follow(contactor_work *c, kd_contactor_profile *io) {
  double dt = c->residence;
  size_t careful = 0, ends = 0;
  for (size_t step = 0; step < KD_STEPS; step++) {
    size_t before = io->newtons;
    contactor_keep(c);
    contactor_rate(c, 1 / dt);
    bool good = newton(c, KD_FOLLOW, 1, KD_STEP_LIMIT, &io->newtons);
    io->steps++;
    size_t used = io->newtons - before;
    if (good) {
      if (dt > 1e9 * c->residence) {
        contactor_keep(c);
        contactor_rate(c, 0);
        if (finish(c, &io->newtons)) return true;
        if (++ends > 6) return false;
        contactor_restore(c);
        dt = c->residence * (ends < 3 ? 1e3 : 1e1);
        continue;
      }
      dt *= careful > 0 && used > 2 ? 1.5 : used <= 2 ? 16 : used <= 4 ? 6 : 2.5;
      if (careful > 0) careful--;
    } else {
      contactor_restore(c);
      dt /= careful > 0 ? 2 : 8;
      careful = 6;
      if (dt < 1e-9 * c->residence) return false;
    }
  }
  return false;
}

/* From a guess: Newton at once, or in time steps. */
static bool settle(contactor_work *c, kd_contactor_profile *io, bool near) {
  contactor_rate(c, 0);
  if (near) {
    contactor_keep(c);
    if (finish(c, &io->newtons)) return true;
    contactor_restore(c);
  }
  return follow(c, io);
}

/* A stage that only passes on what comes, like the one before it: fewer of them give a shorter chain alike. */
static bool passes_on(const kd_contactor *in, size_t j) {
  const kd_contact *s = &in->stage[j], *b = s - 1;
  if (j == 0 || j + 1 == in->stages) return false;
  for (size_t i = 0; i < in->isotherm.components; i++)
    if (in->feed[j * in->isotherm.components + i] != 0) return false;
  bool same_ph = s->fixed_ph == b->fixed_ph || (isnan(s->fixed_ph) && isnan(b->fixed_ph));
  return s->acid == 0 && s->out_organic == 0 && s->out_aqueous == 0 && s->up_organic == b->up_organic &&
         s->entrained == b->entrained && s->down_aqueous == s[1].down_aqueous && s->down_organic == s[1].down_organic &&
         s->efficiency == b->efficiency && s->extractant == b->extractant && s->load == b->load && same_ph;
}

/* Stages [first, first + 1 + run) of the whole chain: one, and those after it that only pass on. */
typedef struct segment {
  size_t first, run;
} segment;

static size_t split(segment *out, const kd_contactor *in) {
  size_t count = 0;
  for (size_t j = 0; j < in->stages; j++) {
    if (count > 0 && passes_on(in, j))
      out[count - 1].run++;
    else
      out[count++] = (segment){j, 0};
  }
  return count;
}

/* The chain with at most `most` passing stages in each segment. */
static kd_status shorten(kd_contactor *out, const kd_contactor *in, const segment *segments, size_t count, size_t most,
                         kd_work *work) {
  kd_status status = KD_OK;
  size_t k = in->isotherm.components, n = 0;
  for (size_t s = 0; s < count; s++) n += 1 + (segments[s].run < most ? segments[s].run : most);
  *out = *in;
  out->stages = n;
  if (n == in->stages) goto out;
  kd_contact *stage = kd_arena_alloc(work->scratch, n, sizeof *stage);
  double *feed = kd_arena_alloc(work->scratch, 2 * n * k, sizeof *feed), *ln_k = feed + n * k;
  KD_CHECK(stage != NULL && feed != NULL, work->err, KD_E_NOMEM, "out of memory for a chain of %zu stages", n);
  size_t at = 0;
  for (size_t s = 0; s < count; s++) {
    for (size_t m = 0; m <= segments[s].run && m <= most; m++, at++) {
      size_t from = segments[s].first + m;
      stage[at] = in->stage[from];
      memcpy(feed + at * k, in->feed + from * k, k * sizeof *feed);
      if (in->stage_ln_k != NULL) memcpy(ln_k + at * k, in->stage_ln_k + from * k, k * sizeof *feed);
    }
  }
  out->stage = stage;
  out->feed = feed;
  if (in->stage_ln_k != NULL) out->stage_ln_k = ln_k;
out:
  return status;
}

static void between(kd_contactor_profile *to, size_t t, const kd_contactor_profile *from, size_t f, double share,
                    size_t k) {
  to->driver[t] = share > 0 ? (1 - share) * from->driver[f] + share * from->driver[f + 1] : from->driver[f];
  for (size_t i = 0; i < k; i++) {
    double low = from->organic[f * k + i];
    to->organic[t * k + i] = share > 0 ? (1 - share) * low + share * from->organic[(f + 1) * k + i] : low;
  }
}

/* Guess for a longer chain from a shorter: fronts keep their stages, new ones go in where the profile is flattest. */
static void lengthen(kd_contactor_profile *to, size_t most, const kd_contactor_profile *from, size_t had,
                     const segment *segments, size_t count, size_t k) {
  size_t t = 0, f = 0;
  for (size_t s = 0; s < count; s++) {
    size_t old = segments[s].run < had ? segments[s].run : had, now = segments[s].run < most ? segments[s].run : most;
    size_t more = now - old, intervals = s + 1 < count ? old + 1 : old, flattest = 0;
    double least = (double)INFINITY;
    for (size_t m = 0; m < intervals; m++) {
      double change = fabs(from->driver[f + m + 1] - from->driver[f + m]);
      if (change < least) least = change, flattest = m;
    }
    for (size_t m = 0; m <= old; m++) {
      between(to, t++, from, f + m, 0, k);
      for (size_t e = 1; m == flattest && e <= more; e++)
        between(to, t++, from, f + m, intervals > 0 ? (double)e / (double)(more + 1) : 0, k);
    }
    f += old + 1;
  }
}

#define KD_SHORT 5
#define KD_GROW  4

/* Cold start: a short chain alike first, then longer ones from its profile. */
static kd_status climb(bool *solved, contactor_work *c, kd_contactor_profile *io, const kd_contactor *in,
                       kd_work *work) {
  kd_status status = KD_OK;
  kd_contactor_profile last = {0};
  segment *segments = kd_arena_alloc(work->scratch, in->stages, sizeof *segments);
  KD_CHECK(segments != NULL, work->err, KD_E_NOMEM, "out of memory for a chain of %zu stages", in->stages);
  size_t count = split(segments, in), longest = 0, had = 0;
  for (size_t s = 0; s < count; s++) longest = segments[s].run > longest ? segments[s].run : longest;
  for (size_t most = KD_SHORT;; most *= KD_GROW) {
    kd_contactor chain;
    kd_contactor_profile p = *io;
    if (most >= longest) most = longest;
    KD_TRY(shorten(&chain, in, segments, count, most, work));
    bool whole = chain.stages == in->stages;
    if (!whole) {
      KD_TRY(kd_contactor_profile_alloc(&p, &chain, work));
      p.newtons = io->newtons, p.steps = io->steps;
    }
    KD_TRY(contactor_work_alloc(c, &p, &chain, work));
    if (had == 0)
      kd_contactor_fill(&p, &chain);
    else
      lengthen(&p, most, &last, had, segments, count, in->isotherm.components);

    *solved = settle(c, &p, had > 0);
    io->newtons = p.newtons, io->steps = p.steps;
    if (whole) io->cache = p.cache, io->cached = p.cached;
    if (whole || !*solved) {
      if (!whole) { /* the long way */
        KD_TRY(contactor_work_alloc(c, io, in, work));
        kd_contactor_fill(io, in);
        *solved = settle(c, io, false);
      }
      break;
    }
    contactor_results(c, &p);
    last = p;
    had = most;
  }
  c->in = in; /* the whole chain, which outlives this function */
out:
  return status;
}

kd_status kd_contactor_solve(kd_contactor_profile *io, const kd_contactor *in, bool warm, kd_work *work) {
  kd_status status = KD_OK;
  contactor_work c;
  bool solved = false;
  KD_TRY(check(in, work->err));
  io->newtons = io->steps = 0;
  if (warm) {
    KD_TRY(contactor_work_alloc(&c, io, in, work));
    solved = settle(&c, io, true);
  } else {
    KD_TRY(climb(&solved, &c, io, in, work));
  }
  contactor_results(&c, io);
  KD_CHECK(solved, work->err, KD_E_CONVERGENCE,
           "%zu stages: stage balances hold to %.2g of the feed only, after %zu Newton steps in %zu time steps",
           in->stages, c.worst, io->newtons, io->steps);
out:
  return status;
}

kd_status kd_contactor_advance(kd_contactor_profile *io, const kd_contactor *in, double dt, kd_work *work) {
  kd_status status = KD_OK;
  contactor_work c;
  KD_TRY(check(in, work->err));
  KD_CHECK(dt > 0, work->err, KD_E_RANGE, "dt %g s: must be above 0 s", dt);
  KD_TRY(contactor_work_alloc(&c, io, in, work));
  c.holdups = true;
  contactor_rate(&c, 0);
  io->newtons = io->steps = 0;
  /* Halves of the step where Newton does not follow the whole. */
  double left = dt, part = dt;
  while (left > 1e-9 * dt) {
    contactor_keep(&c);
    contactor_rate(&c, 1 / part);
    if (newton(&c, 1e-11, 1, KD_LAST_LIMIT, &io->newtons) || c.worst < 1e-9) {
      left -= part;
      part = fmin(left, 2 * part);
      io->steps++;
      continue;
    }
    contactor_restore(&c);
    part /= 4;
    KD_CHECK(part > 1e-7 * dt, work->err, KD_E_CONVERGENCE, "time step of %g s: stage balances hold to %.2g only", dt,
             c.worst);
  }
  contactor_rate(&c, 0);
  contactor_results(&c, io);
out:
  return status;
}
