// SPDX-License-Identifier: Apache-2.0
/* Vortex-induced vibration of the string.
 *
 *   shedding  f = St U/D;  mode n is driven where |U/(f_n D) St - 1| <= b/2                                        (1)
 *   in        P = int over its zone of 1/4 rho U^2 D CL(a) w A |y| ds                                              (2)
 *   out       Q = int outside of 1/2 r w^2 A^2 y^2 ds + z m w^3 A^2 y^2 over all                                   (3)
 *   still     r = w pi rho D^2/2 (2 sqrt2/sqrt Re + k a^2),  Re = w D^2/nu                                          (4)
 *   low U     r = (4) + 0.18 rho D U;   high U   r = 0.2 rho U^2/w                                                 (5)
 *   lift      CL rises by a parabola from its value at rest to its largest at a1, falls by one to 0 at a0           (6)
 *   drag      Cd = Cd0 (1 + 2.1 a)                                                                               (7)
 *
 *   U  current [m/s]   D diameter [m]   y  shape, largest 1   A  amplitude [m]   a = A |y|/D   w  frequency [rad/s]
 *
 * Zones of several modes that overlap belong to the mode of the larger power alone; P = Q gives A by bisection.
 * Source    method of Vandiver and Li (SHEAR7 theory) as told in public theses; (4), (5) Venugopal 1996, MIT; numbers
 * of (6), bandwidth 0.4 and (7) assumed. Range     bare pipe, cross-flow, subcritical. Weakness: no travelling waves,
 * no in-line motion, no time sharing.
 */
#include "lift/viv.h"

#include <math.h>

#include "base/error.h"
#include "lift/fatigue.h"

#define PI   3.14159265358979323846
#define YEAR 31557600.0

const kd_viv_law kd_viv_standard = {0.2, 0.4, 0.3, 0.7, 0.45, 0.95, 0.2, 0.18, 0.2, 0.003, 2.1};

double kd_viv_lift(const kd_viv_law *l, double a) {
  if (a <= l->top_ratio) {
    const double t = 1 - a / l->top_ratio;
    return l->lift_top - (l->lift_top - l->lift_still) * t * t;
  }
  const double t = (a - l->top_ratio) / (l->zero_ratio - l->top_ratio);
  return l->lift_top * (1 - t * t); /* below 0 beyond zero_ratio: the wake takes power out */
}

double kd_viv_damping(const kd_viv_law *law, double density, double viscosity, double diameter, double omega,
                      double amplitude, double current) {
  const double reynolds = omega * diameter * diameter / viscosity, a = amplitude / diameter;
  const double still =
      0.5 * omega * PI * density * diameter * diameter * (2 * sqrt(2) / sqrt(reynolds) + law->still_water * a * a);
  const double middle = omega * diameter / (2 * PI * law->strouhal); /* current of lock-in */
  if (current <= middle) return still + law->low * density * diameter * current;
  return law->high * density * current * current / omega;
}

typedef struct balance {
  const kd_viv_problem *p;
  const kd_viv_law *law;
  const double *shape;
  const unsigned char *zone; /* 1: drives this mode */
  double omega;
} balance;

static double step_at(const kd_viv_problem *p, size_t i) {
  const double left = i > 0 ? p->arc[i] - p->arc[i - 1] : 0, right = i + 1 < p->nodes ? p->arc[i + 1] - p->arc[i] : 0;
  return 0.5 * (left + right);
}

/* Power in less power out at an amplitude; *in: power in. */
static double surplus(const balance *b, double amplitude, double *in) {
  double gain = 0, loss = 0;
  const double w = b->omega;
  for (size_t i = 0; i < b->p->nodes; i++) {
    const double ds = step_at(b->p, i), y = fabs(b->shape[i]) * amplitude, d = b->p->diameter[i], u = b->p->current[i];
    loss += ds * b->law->structural * b->p->mass[i] * w * w * w * y * y;
    if (b->zone[i])
      gain += ds * 0.25 * b->p->density * u * u * d * kd_viv_lift(b->law, y / d) * w * y;
    else
      loss += ds * 0.5 * kd_viv_damping(b->law, b->p->density, b->p->viscosity, d, w, y, u) * w * w * y * y;
  }
  if (in) *in = gain;
  return gain - loss;
}

static bool in_band(const kd_viv_problem *p, const kd_viv_law *law, size_t i, double omega) {
  return fabs(2 * PI * p->current[i] * law->strouhal / (omega * p->diameter[i]) - 1) <= 0.5 * law->bandwidth;
}

kd_status kd_viv_solve(kd_viv_mode *out, size_t *count, double *drag, const kd_viv_problem *p, const kd_modes *modes,
                       const kd_viv_law *law, kd_work *work) {
  kd_status status = KD_OK;
  const size_t n = p->nodes;
  size_t *order = kd_arena_alloc(work->scratch, modes->count, sizeof *order);
  double *power = kd_arena_alloc(work->scratch, modes->count, sizeof *power);
  unsigned char *taken = kd_arena_alloc(work->scratch, n, 1), *zone = kd_arena_alloc(work->scratch, n, 1);
  KD_CHECK(order && power && taken && zone, work->err, KD_E_NOMEM, "no memory for %zu modes", modes->count);
  *count = 0;
  size_t driven = 0;
  for (size_t m = 0; m < modes->count; m++) { /* potential power: modal force squared over modal damping */
    double force = 0, damping = 0;
    for (size_t i = 0; i < n; i++) {
      const double ds = step_at(p, i), y = fabs(modes->shape[m * n + i]), d = p->diameter[i], u = p->current[i];
      damping += ds * 2 * law->structural * p->mass[i] * modes->omega[m] * y * y;
      if (in_band(p, law, i, modes->omega[m]))
        force += ds * 0.5 * p->density * u * u * d * law->lift_top * y;
      else
        damping += ds * kd_viv_damping(law, p->density, p->viscosity, d, modes->omega[m], 0.3 * d * y, u) * y * y;
    }
    power[m] = force > 0 ? force * force / (2 * fmax(damping, 1e-300)) : 0;
    if (!(power[m] > 0)) continue;
    size_t k = driven++;
    for (; k > 0 && power[order[k - 1]] < power[m]; k--) order[k] = order[k - 1];
    order[k] = m;
  }
  for (size_t i = 0; drag != NULL && i < n; i++) drag[i] = 0;
  for (size_t k = 0; k < driven; k++) {
    const size_t m = order[k];
    double length = 0, in = 0;
    for (size_t i = 0; i < n; i++) {
      zone[i] = !taken[i] && in_band(p, law, i, modes->omega[m]);
      if (zone[i]) length += step_at(p, i);
    }
    if (!(length > 0) || power[m] < 0.01 * power[order[0]]) continue;
    const balance b = {p, law, modes->shape + m * n, zone, modes->omega[m]};
    double low = 0, high = 2 * p->diameter[0];
    for (int i = 0; i < 60; i++) {
      const double middle = 0.5 * (low + high);
      if (surplus(&b, middle, &in) > 0)
        low = middle;
      else
        high = middle;
    }
    for (size_t i = 0; i < n; i++) taken[i] |= zone[i];
    if (low < 1e-4 * p->diameter[0]) continue;
    kd_viv_mode *o = &out[(*count)++];
    *o = (kd_viv_mode){.mode = m + 1, .omega = modes->omega[m], .zone = length, .power = in};
    for (size_t i = 0; i < n; i++) {
      const double y = low * fabs(modes->shape[m * n + i]) / p->diameter[i];
      o->amplitude = fmax(o->amplitude, y);
      if (drag != NULL) drag[i] += y * y;
      if (i + 1 == n) break;
      const double bend = fabs(modes->slope[m * n + i + 1] - modes->slope[m * n + i]) / (p->arc[i + 1] - p->arc[i]);
      o->stress = fmax(o->stress, p->modulus * 0.5 * p->outer[i] * bend * low);
    }
    const kd_sn_curve curve = {11.764, 3, 5, 1e6, 1};
    o->damage_year = YEAR * o->omega / (2 * PI) / kd_sn_cycles(&curve, 2 * o->stress);
  }
  for (size_t i = 0; drag != NULL && i < n; i++) drag[i] = 1 + law->drag_growth * sqrt(drag[i]);
out:
  return status;
}
