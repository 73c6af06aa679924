// SPDX-License-Identifier: Apache-2.0
/* Axial answer of the string by frequency.
 *
 *   EA (1 + 2 i z) u_ss + (m w^2 - i w c) u = 0 in each element, exactly:                                        (1)
 *   forces at its ends  EA/h t/sin t [cos t, -1; -1, cos t],  t^2 = h^2 (m w^2 - i w c)/(EA (1 + 2 i z))          (2)
 *   foot  EA u_s = M w^2 u - i w C u;  top  u = heave, or heave through K + i w D of the hang-off                 (3)
 *   drag  regular c = 8/(3 pi) q V;  Gaussian sea c = sqrt(8/pi) q s_v,  s_v^2 = sum w^2 |u|^2 s_heave^2          (4)
 *
 *   u  displacement [m]   m  moving mass [kg/m]   c, C  linear drag of wall [N s/m2] and head [N s/m]
 *   z  damping of the wall, share of critical     V, s_v  amplitude and standard deviation of the speed [m/s]
 *
 * Source    (4) equal work over a cycle; Borgman 1969 for the Gaussian sea.
 * Numerics  (2) from Taylor series in t^2 (|t^2| < 1 for elements below a sixth of the wave length; longer elements are
 *           refused by the caller's choice of elements), tridiagonal elimination in complex numbers, fixed point of
 * (4). Range     steady answer. Weakness: linear drag cannot show the third harmonic; 3-h maxima assume Gaussian
 * tension.
 */
#include "lift/string_frequency.h"

#include <math.h>

#include "base/error.h"

#define PI 3.14159265358979323846

typedef struct cpx {
  double re, im;
} cpx;

static inline cpx mul(cpx a, cpx b) {
  return (cpx){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}
static inline cpx over(cpx a, cpx b) {
  const double d = 1 / (b.re * b.re + b.im * b.im);
  return (cpx){(a.re * b.re + a.im * b.im) * d, (a.im * b.re - a.re * b.im) * d};
}
static inline cpx horner(cpx z, const double *c, int n) {
  cpx s = {c[n - 1], 0};
  for (int i = n - 2; i >= 0; i--) {
    s = mul(s, z);
    s.re += c[i];
  }
  return s;
}

/* cos t and t/sin t of t^2 = z. */
static inline void element(cpx z, cpx *cosine, cpx *factor) {
  static const double cs[] = {1, -1.0 / 2, 1.0 / 24, -1.0 / 720, 1.0 / 40320, -1.0 / 3628800, 1.0 / 479001600};
  static const double sn[] = {1, -1.0 / 6, 1.0 / 120, -1.0 / 5040, 1.0 / 362880, -1.0 / 39916800, 1.0 / 6227020800};
  const double size = z.re * z.re + z.im * z.im;
  if (size < 1) {
    const int terms = size < 1e-4 ? 4 : size < 0.04 ? 5 : 7;
    *cosine = horner(z, cs, terms);
    *factor = over((cpx){1, 0}, horner(z, sn, terms));
    return;
  }
  /* cos and sin of a complex number by their parts. */
  const double r = sqrt(sqrt(size)), phase = 0.5 * atan2(z.im, z.re), a = r * cos(phase), b = r * sin(phase);
  *cosine = (cpx){cos(a) * cosh(b), -sin(a) * sinh(b)};
  *factor = over((cpx){a, b}, (cpx){sin(a) * cosh(b), cos(a) * sinh(b)});
}

kd_status kd_bar_response_create(kd_bar_response *out, const kd_bar *bar, kd_work *work) {
  const size_t n = bar->elements + 1;
  double *at = kd_arena_alloc(work->scratch, 12 * n, sizeof *at);
  if (at == NULL) return kd_error_set(work->err, KD_E_NOMEM, "no memory for a bar of %zu elements", bar->elements);
  *out = (kd_bar_response){at, at + n, at + 2 * n, at + 3 * n, at + 4 * n};
  return KD_OK;
}

kd_status kd_linear_drag_create(kd_linear_drag *out, const kd_bar *bar, kd_work *work) {
  out->wall = kd_arena_alloc(work->scratch, bar->elements, sizeof *out->wall);
  out->head = 0;
  return out->wall != NULL ? KD_OK : kd_error_set(work->err, KD_E_NOMEM, "no memory for a bar");
}

kd_status kd_bar_amplitudes_create(kd_bar_amplitudes *out, const kd_bar *bar, kd_work *work) {
  const size_t n = bar->elements + 1;
  double *at = kd_arena_alloc(work->scratch, 3 * n, sizeof *at);
  if (at == NULL) return kd_error_set(work->err, KD_E_NOMEM, "no memory for a bar of %zu elements", bar->elements);
  *out = (kd_bar_amplitudes){.displacement = at, .tension = at + n, .speed = at + 2 * n};
  return KD_OK;
}

/* From the foot up: impedance of what hangs below each node, then down the displacements. One pass each. */
void kd_bar_respond(kd_bar_response *out, const kd_bar *bar, double omega, const kd_linear_drag *drag) {
  const size_t n = bar->elements;
  cpx *diagonal = (cpx *)(void *)out->work, *off = diagonal + n + 1, *transfer = off + n + 1;
  const double loss = 2 * bar->damping, square = 1 / (1 + loss * loss);
  for (size_t i = 0; i < n; i++) {
    const double k = bar->stiffness[i] / bar->length[i],
                 h2 = bar->length[i] * bar->length[i] / bar->stiffness[i] * square;
    const cpx w = {h2 * bar->mass[i] * omega * omega, -h2 * omega * (drag != NULL ? drag->wall[i] : 0)};
    cpx c, f;
    element((cpx){w.re + loss * w.im, w.im - loss * w.re}, &c, &f);
    f = (cpx){k * (f.re - loss * f.im), k * (f.im + loss * f.re)};
    diagonal[i] = mul(f, c);
    off[i] = f;
  }
  /* below: force that pulls node i down by what hangs below it is -below u. */
  cpx below = {-bar->head_mass * omega * omega, omega * (drag != NULL ? drag->head : 0)};
  const cpx foot = below;
  for (size_t i = n; i-- > 0;) {
    const cpx sum = {diagonal[i].re + below.re, diagonal[i].im + below.im};
    transfer[i] = over(off[i], sum); /* u(i+1) = transfer u(i) */
    const cpx back = mul(off[i], transfer[i]);
    below = (cpx){diagonal[i].re - back.re, diagonal[i].im - back.im};
  }
  cpx u = {1, 0};
  if (isfinite(bar->hold_stiffness)) {
    const cpx hold = {bar->hold_stiffness, omega * bar->hold_damping};
    u = over(hold, (cpx){hold.re + below.re, hold.im + below.im});
  }
  for (size_t i = 0; i <= n; i++) {
    out->re[i] = u.re, out->im[i] = u.im;
    if (i < n) {
      const cpx v = mul(transfer[i], u), a = mul(diagonal[i], u), b = mul(off[i], v);
      out->tension_re[i] = -(a.re - b.re), out->tension_im[i] = -(a.im - b.im);
      u = v;
    }
  }
  const cpx end = mul(foot, u);
  out->tension_re[n] = -end.re, out->tension_im[n] = -end.im;
}

/* Number of natural frequencies below omega: negative pivots of the undamped elimination; elements are short. */
static int count_below(const kd_bar *bar, double omega) {
  double below = -bar->head_mass * omega * omega;
  int count = 0;
  for (size_t i = bar->elements; i-- > 0;) {
    const double k = bar->stiffness[i] / bar->length[i];
    const double t = omega * bar->length[i] * sqrt(bar->mass[i] / bar->stiffness[i]);
    const double f = t > 1e-8 ? k * t / sin(t) : k, d = f * cos(t);
    const double pivot = d + below;
    count += (int)floor(t / PI); /* of the element held at both ends (Wittrick and Williams 1971) */
    if (pivot < 0) count++;
    below = d - f * f / pivot;
  }
  if (isfinite(bar->hold_stiffness) && bar->hold_stiffness + below < 0) count++;
  return count;
}

double kd_bar_frequency(const kd_bar *bar, int number, kd_work *work) {
  (void)work;
  double high = 0, low = 0, slow = 0;
  for (size_t i = 0; i < bar->elements; i++) slow += bar->length[i] * sqrt(bar->mass[i] / bar->stiffness[i]);
  high = 0.1 / slow;
  while (count_below(bar, high) < number) low = high, high *= 1.3;
  for (int i = 0; i < 200 && high - low > 4e-16 * high; i++) {
    const double middle = 0.5 * (low + high);
    if (count_below(bar, middle) < number)
      low = middle;
    else
      high = middle;
  }
  return 0.5 * (low + high);
}

kd_status kd_bar_regular(kd_bar_amplitudes *out, const kd_bar *bar, double amplitude, double omega, kd_work *work) {
  kd_status status = KD_OK;
  kd_bar_response r;
  kd_linear_drag drag;
  const size_t n = bar->elements;
  KD_TRY(kd_bar_response_create(&r, bar, work));
  KD_TRY(kd_linear_drag_create(&drag, bar, work));
  const double equal = 8 / (3 * PI);
  double change = 1;
  out->rounds = 0;
  for (int round = 0; round < 200 && change > 1e-10; round++, out->rounds++) {
    kd_bar_respond(&r, bar, omega, &drag);
    change = 0;
    for (size_t i = 0; i <= n; i++) {
      const double v = omega * amplitude * hypot(r.re[i], r.im[i]);
      out->speed[i] = v;
    }
    for (size_t i = 0; i < n; i++) {
      const double wanted = equal * bar->drag[i] * 0.5 * (out->speed[i] + out->speed[i + 1]);
      change = fmax(change, fabs(wanted - drag.wall[i]) / fmax(wanted, 1e-30));
      drag.wall[i] = round == 0 ? wanted : 0.5 * (drag.wall[i] + wanted);
    }
    const double wanted = equal * bar->head_drag * out->speed[n];
    if (wanted > 0) change = fmax(change, fabs(wanted - drag.head) / wanted);
    drag.head = round == 0 ? wanted : 0.5 * (drag.head + wanted);
  }
  KD_CHECK(change <= 1e-6, work->err, KD_E_CONVERGENCE,
           "drag at period %g s: not settled after %d rounds, last change %g; raise the damping", 2 * PI / omega,
           out->rounds, change);
  for (size_t i = 0; i <= n; i++) {
    out->displacement[i] = amplitude * hypot(r.re[i], r.im[i]);
    out->tension[i] = amplitude * hypot(r.tension_re[i], r.tension_im[i]);
  }
  out->top_tension = out->tension[0], out->foot = out->displacement[n], out->top = out->displacement[0];
  out->zero_period = 2 * PI / omega;
out:
  return status;
}

kd_status kd_bar_sea_create(kd_bar_sea *out, double low, double high, double resonance, size_t count, kd_work *work) {
  kd_status status = KD_OK;
  out->omega = kd_arena_alloc(work->scratch, count, sizeof *out->omega);
  out->width = kd_arena_alloc(work->scratch, count, sizeof *out->width);
  KD_CHECK(out->omega != NULL && out->width != NULL, work->err, KD_E_NOMEM, "no memory for %zu frequencies", count);
  out->count = count;
  /* Map of x in 0..1 whose density of points is 1 + a Lorentz bump at the resonance: x(w) in closed form, inverted. */
  const double half = 0.06 * resonance, weight = resonance > low && resonance < high ? 0.6 : 0.0;
  const double total = high - low, bump = half * (atan((high - resonance) / half) + atan((resonance - low) / half));
  double before = low;
  for (size_t i = 0; i < 2 * count; i++) {
    const double x = (double)(i + 1) / (2.0 * (double)count);
    double a = low, b = high;
    for (int k = 0; k < 60; k++) {
      const double w = 0.5 * (a + b);
      const double share = (1 - weight) * (w - low) / total +
                           weight * half * (atan((w - resonance) / half) + atan((resonance - low) / half)) / bump;
      if (share < x)
        a = w;
      else
        b = w;
    }
    const double w = 0.5 * (a + b);
    if (i % 2 == 0)
      out->omega[i / 2] = w;
    else
      out->width[i / 2] = w - before, before = w;
  }
out:
  return status;
}

kd_status kd_bar_irregular(kd_bar_amplitudes *out, const kd_bar *bar, const kd_bar_sea *sea, const double *variance,
                           kd_bar_response *r, kd_linear_drag *drag, kd_error *err) {
  kd_status status = KD_OK;
  const size_t n = bar->elements;
  const double equal = sqrt(8 / PI);
  double change = 1, second = 0, whole = 0;
  for (size_t k = 0; k < sea->count; k++) whole += variance[k];
  for (int round = 0; round < 60 && change > 1e-3; round++) {
    for (size_t i = 0; i <= n; i++) out->displacement[i] = out->tension[i] = out->speed[i] = 0;
    second = change = 0;
    for (size_t k = 0; k < sea->count; k++) {
      const double w2 = sea->omega[k] * sea->omega[k];
      if (!(variance[k] > 1e-12 * whole)) continue;
      kd_bar_respond(r, bar, sea->omega[k], drag);
      for (size_t i = 0; i <= n; i++) {
        const double u2 = variance[k] * (r->re[i] * r->re[i] + r->im[i] * r->im[i]);
        out->displacement[i] += u2;
        out->speed[i] += w2 * u2;
        out->tension[i] += variance[k] * (r->tension_re[i] * r->tension_re[i] + r->tension_im[i] * r->tension_im[i]);
      }
      second += w2 * variance[k] * (r->tension_re[0] * r->tension_re[0] + r->tension_im[0] * r->tension_im[0]);
    }
    for (size_t i = 0; i <= n; i++) {
      out->displacement[i] = sqrt(out->displacement[i]);
      out->speed[i] = sqrt(out->speed[i]);
      out->tension[i] = sqrt(out->tension[i]);
    }
    for (size_t i = 0; i < n; i++) {
      const double wanted = equal * bar->drag[i] * 0.5 * (out->speed[i] + out->speed[i + 1]);
      change = fmax(change, fabs(wanted - drag->wall[i]) / fmax(fmax(wanted, drag->wall[i]), 1e-30));
      drag->wall[i] = drag->wall[i] > 0 ? 0.5 * (drag->wall[i] + wanted) : wanted;
    }
    const double wanted = equal * bar->head_drag * out->speed[n];
    if (wanted > 0 || drag->head > 0) change = fmax(change, fabs(wanted - drag->head) / fmax(wanted, drag->head));
    drag->head = drag->head > 0 ? 0.5 * (drag->head + wanted) : wanted;
    out->rounds = round + 1;
    if (!(whole > 0)) break;
  }
  KD_CHECK(change <= 0.05, err, KD_E_CONVERGENCE, "drag in a sea: not settled, last change %g; raise the damping",
           change);
  out->top_tension = out->tension[0], out->foot = out->displacement[n], out->top = out->displacement[0];
  out->zero_period = second > 0 ? 2 * PI * out->tension[0] / sqrt(second) : (double)NAN;
out:
  return status;
}
