// SPDX-License-Identifier: Apache-2.0
/* Axial dynamics of the string.
 *
 *   m u_tt = (EA u_s)_s - q |u_t| u_t,   u(0) = heave,   M u_tt + Q |u_t| u_t = -EA u_s at the foot                (1)
 *   uniform, undamped: u(s) = a (cos ks + B sin ks),  k = w/c,  c = sqrt(EA/m),  n = M k/m
 *                      B = (sin kL + n cos kL)/(cos kL - n sin kL),  foot a/(cos kL - n sin kL),  top EA k B a     (2)
 *   modes              x tan x = m L/M                                                                           (3)
 *   slack              where the dynamic tension takes all of Te(s) = W_b + w_e (L - s)                           (4)
 *   march              generalised alpha over linear elements with lumped mass; wall damping proportional to the
 *                      stiffness                                                                                 (5)
 *
 *   u  displacement [m]   s  from the top [m]   m  moving mass [kg/m]   M  head [kg]   q, Q  drag of wall and head
 *
 * Source    (2), (3) longitudinal waves of a rod; (5) Chung and Hulbert 1993, J. Appl. Mech. 60, 371-375.
 * Numerics  The matrix is constant: factored once, from both ends to the middle, so that two chains of the substitution
 *           run side by side. Wall drag is taken at an extrapolated velocity (second order); the drag of the head is
 *           implicit: its reaction is one unknown, found from a quadratic with the answer to a unit force at the foot.
 * Range     linear wall. Weakness: a string that goes slack is a bar in compression, and (4) tells where that begins,
 *           unless it is marched with tension only (string_slack.c).
 */
#include "lift/string_axial.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "lift/string_axial_march.h"

#define PI 3.14159265358979323846

double kd_axial_root(double r, int mode) {
  /* x = (mode-1) pi + y: tan has period pi, so y in (0, pi/2) solves ((mode-1) pi + y) sin y = r cos y. */
  const double base = (mode - 1) * PI;
  double low = 0, high = 0.5 * PI;
  if (!(r < 1e300)) return base + high;
  double y = high * r / (r + 1 + base);
  for (int i = 0; i < 200; i++) {
    const double s = sin(y), c = cos(y), f = (base + y) * s - r * c;
    if (f > 0)
      high = y;
    else
      low = y;
    double next = y - f / (s + (base + y) * c + r * s);
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    const double change = fabs(next - y);
    y = next;
    if (change <= 1e-16 * (base + y)) break;
  }
  return base + y;
}

kd_status kd_heave_transfer_solve(kd_heave_transfer *out, double length, double mass, double stiffness,
                                  double head_mass, double amplitude, double period, double effective_weight,
                                  double head_weight, kd_error *err) {
  kd_status status = KD_OK;
  const double w = 2 * PI / period, k = w / sqrt(stiffness / mass), n = head_mass * k / mass, x = k * length;
  const double bottom = cos(x) - n * sin(x);
  KD_CHECK(fabs(bottom) > 1e-9 * (1 + n), err, KD_E_MODEL,
           "period %.9g s: a resonance, where an undamped string has no bound; use lift.string.axial_response", period);
  const double b = (sin(x) + n * cos(x)) / bottom;
  out->top_tension = amplitude * stiffness * k * fabs(b);
  out->foot = amplitude / bottom;
  out->resonance = 2 * PI * length /
                   (kd_axial_root(head_mass > 0 ? mass * length / head_mass : HUGE_VAL, 1) * sqrt(stiffness / mass));
  /* Slack: the least over s of Te(s)/|EA u_s(s)| per metre of heave, by scan and golden section. */
  out->slack_heave = HUGE_VAL;
  out->slack_depth = (double)NAN;
  if (effective_weight == 0 && head_weight == 0) goto out; /* not asked for */
  const int cells = 2000;
  for (int i = 0; i <= cells; i++) {
    const double s = length * i / cells, dynamic = stiffness * k * fabs(-sin(k * s) + b * cos(k * s));
    const double tension = head_weight + effective_weight * (length - s);
    if (dynamic * out->slack_heave > tension) out->slack_heave = fmax(tension, 0) / dynamic, out->slack_depth = s;
  }
  /* At a light foot both go to zero together: the limit by l'Hopital at the foot, w_e/(m w^2 foot). */
  if (head_weight <= 0 && head_mass <= 0 && effective_weight > 0) {
    const double limit = effective_weight / (mass * w * w * fabs(1 / bottom));
    if (limit <= out->slack_heave) out->slack_heave = limit, out->slack_depth = length;
  }
out:
  return status;
}

/* ---- bar ---- */

static double *room(size_t count, kd_work *work, kd_status *status) {
  double *at = kd_arena_alloc(work->scratch, count, sizeof *at);
  if (at == NULL) *status = kd_error_set(work->err, KD_E_NOMEM, "no memory for a bar of %zu elements", count);
  return at;
}

kd_status kd_bar_create(kd_bar *out, const kd_string_segment *segments, size_t count, const kd_string_load *load,
                        const kd_bar_options *options, kd_work *work) {
  kd_status status = KD_OK;
  double length = 0;
  size_t n = 0, at = 0;
  for (size_t i = 0; i < count; i++) length += segments[i].length;
  for (size_t i = 0; i < count; i++)
    n += (size_t)fmax(round((double)options->elements * segments[i].length / length), 1);
  out->elements = n;
  double **lists[] = {&out->length, &out->mass,      &out->stiffness, &out->drag,
                      &out->weight, &out->wall_area, &out->yield};
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
    *lists[i] = room(n, work, &status);
    if (status != KD_OK) goto out;
  }
  for (size_t i = 0; i < count; i++) {
    kd_string_segment_state s;
    kd_string_segment_solve(&s, &segments[i], load);
    const size_t parts = (size_t)fmax(round((double)options->elements * segments[i].length / length), 1);
    for (size_t k = 0; k < parts; k++, at++) {
      out->length[at] = segments[i].length / (double)parts;
      out->mass[at] = s.mass + options->added_mass + (options->contents_locked ? s.contents_mass : 0);
      out->stiffness[at] = s.stiffness;
      out->drag[at] = 0.5 * load->water * options->wall_drag * PI * s.drag_diameter;
      out->weight[at] = s.effective_weight;
      out->wall_area[at] = s.wall_area;
      out->yield[at] = segments[i].yield;
    }
  }
  out->hold_stiffness = HUGE_VAL;
out:
  return status;
}

/* ---- march ---- */

void kd_axial_factor(kd_axial_march *s) {
  const size_t n = s->nodes, mid = s->middle;
  const double km = (1 - s->af) * (s->beta * s->step * s->step + s->gamma * s->step * s->rayleigh);
  const double mm = 1 - s->am, hold = (1 - s->af) * s->gamma * s->step * s->hold_damping;
  /* x: diagonal, low: off-diagonal towards the outer neighbour. */
  for (size_t i = 0; i < n; i++) {
    s->x[i] = mm * s->m[i] + km * (s->k[i] + (i + 1 < n ? s->k[i + 1] : 0));
    if (i == 0) s->x[i] += hold;
    if (i + 1 == n) s->x[i] += (1 - s->af) * s->gamma * s->step * s->head_damping;
  }
  for (size_t i = 0; i < mid; i++) {
    if (i > 0) s->x[i] -= km * s->k[i] * s->low[i];
    s->inverse[i] = 1 / s->x[i];
    s->low[i + 1] = km * s->k[i + 1] * s->inverse[i]; /* multiplier of node i into i + 1 */
  }
  double *up = s->low + n + 1; /* multipliers of node i into i - 1 */
  for (size_t i = n - 1; i > mid; i--) {
    if (i + 1 < n) s->x[i] -= km * s->k[i + 1] * up[i + 1];
    s->inverse[i] = 1 / s->x[i];
    up[i] = km * s->k[i] * s->inverse[i];
  }
  if (mid > 0) s->x[mid] -= km * s->k[mid] * s->low[mid];
  if (mid + 1 < n) s->x[mid] -= km * s->k[mid + 1] * up[mid + 1];
  s->inverse[mid] = 1 / s->x[mid];
}

/* Solves in place: r is the right-hand side, then the answer. Both halves in one loop. */
void kd_axial_substitute(const kd_axial_march *s, double *restrict r) {
  const size_t n = s->nodes, mid = s->middle;
  const double *restrict low = s->low, *restrict up = s->low + n + 1, *restrict inverse = s->inverse;
  /* The lower half is as long as the upper or one shorter. */
  size_t i = 1, j = n - 1;
  double a = r[0], b = r[j];
  for (; i < mid && j > mid + 1; i++, j--) {
    a = r[i] + low[i] * a;
    r[i] = a;
    b = r[j - 1] + up[j] * b;
    r[j - 1] = b;
  }
  for (; i < mid; i++) r[i] += low[i] * r[i - 1];
  for (; j > mid + 1; j--) r[j - 1] += up[j] * r[j];
  if (mid > 0) r[mid] += low[mid] * r[mid - 1];
  if (mid + 1 < n) r[mid] += up[mid + 1] * r[mid + 1];
  r[mid] *= inverse[mid];
  a = b = r[mid];
  i = mid, j = mid + 1;
  for (; i > 0 && j < n; i--, j++) {
    a = r[i - 1] * inverse[i - 1] + low[i] * a;
    r[i - 1] = a;
    b = r[j] * inverse[j] + up[j] * b;
    r[j] = b;
  }
  for (; i > 0; i--) r[i - 1] = r[i - 1] * inverse[i - 1] + low[i] * r[i];
  for (; j < n; j++) r[j] = r[j] * inverse[j] + up[j] * r[j - 1];
}

kd_status kd_axial_march_create(kd_axial_march **out, const kd_bar *bar, double step, double radius,
                                double damping_period, kd_work *work) {
  kd_status status = KD_OK;
  kd_axial_march *s = kd_arena_alloc(work->scratch, 1, sizeof *s);
  KD_CHECK(s != NULL, work->err, KD_E_NOMEM, "no memory for the march");
  KD_CHECK(step > 0 && isfinite(step), work->err, KD_E_RANGE, "step %g s: must be above 0 s", step);
  KD_CHECK(radius >= 0 && radius <= 1, work->err, KD_E_RANGE, "radius %g: must be from 0 to 1", radius);
  KD_CHECK(bar->elements >= 2, work->err, KD_E_RANGE, "elements %zu: at least 2 are needed", bar->elements);
  s->bar = bar;
  s->step = step;
  s->hard = !isfinite(bar->hold_stiffness);
  s->am = (2 * radius - 1) / (radius + 1), s->af = radius / (radius + 1);
  s->gamma = 0.5 - s->am + s->af, s->beta = 0.25 * (1 - s->am + s->af) * (1 - s->am + s->af);
  s->rayleigh = bar->damping > 0 ? bar->damping * damping_period / PI : 0; /* 2 zeta/w */
  s->hold_damping = s->hard ? 0 : bar->hold_damping;
  s->head_drag = bar->head_drag, s->head_damping = bar->head_damping;
  const size_t all = bar->elements + 1, skip = s->hard ? 1 : 0, n = all - skip;
  s->nodes = n;
  s->middle = n / 2;
  double **lists[] = {&s->k, &s->m, &s->q, &s->u, &s->v, &s->a, &s->x, &s->y, &s->inverse, &s->unit};
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
    *lists[i] = room(n + 8, work, &status);
    if (status != KD_OK) goto out;
  }
  s->low = room(2 * n + 16, work, &status);
  if (status != KD_OK) goto out;
  for (size_t e = 0; e < bar->elements; e++) {
    const double k = bar->stiffness[e] / bar->length[e], half = 0.5 * bar->mass[e] * bar->length[e];
    const double drag = 0.5 * bar->drag[e] * bar->length[e];
    s->k[e + 1 - skip] = k;
    s->m[e + 1 - skip] += half, s->q[e + 1 - skip] += drag;
    if (e >= skip) s->m[e - skip] += half, s->q[e - skip] += drag;
  }
  if (!s->hard) s->k[0] = bar->hold_stiffness;
  s->m[n - 1] += bar->head_mass;
  kd_axial_factor(s);
  s->unit[n - 1] = 1;
  kd_axial_substitute(s, s->unit);
  *out = s;
out:
  return status;
}

void kd_axial_march_start(kd_axial_march *s, const double *displacement, const double *speed,
                          const double *acceleration) {
  const size_t skip = s->hard ? 1 : 0;
  for (size_t i = 0; i < s->nodes; i++) {
    s->u[i] = displacement[i + skip];
    s->v[i] = speed[i + skip];
    s->a[i] = acceleration[i + skip];
  }
  if (s->hard) s->ship = displacement[0], s->ship_speed = speed[0], s->ship_acceleration = acceleration[0];
}

void kd_axial_march_release(kd_axial_march *s, double pull) {
  double sum = 0;
  for (size_t i = 0; i < s->nodes; i++) {
    sum += pull / s->k[i];
    s->u[i] = sum;
    s->v[i] = 0;
    s->a[i] = 0;
  }
  s->a[s->nodes - 1] = -pull / s->m[s->nodes - 1];
}

/* y = part of the displacement without the new acceleration, with the damping's velocity; x = drag velocity. */
static void predict(kd_axial_march *s) {
  const size_t n = s->nodes;
  const double h = s->step, f = 1 - s->af, r = s->rayleigh;
  const double c1 = f * h + r, c2 = f * h * h * (0.5 - s->beta) + r * f * (1 - s->gamma) * h, c3 = f * h;
  const double *restrict u = s->u, *restrict v = s->v, *restrict a = s->a;
  double *restrict y = s->y, *restrict x = s->x;
  for (size_t i = 0; i < n; i++) {
    y[i] = u[i] + c1 * v[i] + c2 * a[i];
    x[i] = v[i] + c3 * a[i];
  }
}

static void correct(kd_axial_march *s) {
  const size_t n = s->nodes;
  const double h = s->step, u1 = h * h * (0.5 - s->beta), u2 = h * h * s->beta, v1 = h * (1 - s->gamma),
               v2 = h * s->gamma;
  double *restrict u = s->u, *restrict v = s->v, *restrict a = s->a;
  const double *restrict next = s->x;
  for (size_t i = 0; i < n; i++) {
    u[i] += h * v[i] + u1 * a[i] + u2 * next[i];
    v[i] += v1 * a[i] + v2 * next[i];
    a[i] = next[i];
  }
}

/* Right-hand side into x, which holds the drag's velocity. ship: displacement of the point above node 0 at the instant
 * of balance, with the damping's share of its velocity. */
void kd_axial_load(kd_axial_march *s, double ship) {
  const size_t n = s->nodes;
  const double am = s->am;
  const double *restrict y = s->y, *restrict a = s->a, *restrict k = s->k, *restrict m = s->m, *restrict q = s->q;
  double *restrict x = s->x;
  const double first = k[0] * (y[0] - ship);
  x[0] = -am * m[0] * a[0] - q[0] * fabs(x[0]) * x[0] - first + k[1] * (y[1] - y[0]);
  for (size_t i = 1; i + 1 < n; i++)
    x[i] = -am * m[i] * a[i] - q[i] * fabs(x[i]) * x[i] + k[i + 1] * (y[i + 1] - y[i]) - k[i] * (y[i] - y[i - 1]);
  const size_t e = n - 1;
  x[e] = -am * m[e] * a[e] - q[e] * fabs(x[e]) * x[e] - k[e] * (y[e] - y[e - 1]);
}

/* The head's drag R = Q |w| w at w = w0 + c (a0 - R g): quadratic for R. */
static double head_reaction(const kd_axial_march *s, double free_acceleration, double old_velocity_part) {
  const size_t e = s->nodes - 1;
  const double c = (1 - s->af) * s->gamma * s->step, w = old_velocity_part + c * free_acceleration;
  const double z = 4 * s->head_drag * fabs(w) * c * s->unit[e];
  const double speed = 2 * fabs(w) / (1 + sqrt(1 + z)); /* of Q (c g) V^2 + V - |w| = 0 */
  return copysign(s->head_drag * speed * speed, w);
}

void kd_axial_solve(kd_axial_march *s, double old_foot) {
  const size_t n = s->nodes, e = n - 1;
  kd_axial_substitute(s, s->x);
  if (!(s->head_drag > 0)) return;
  const double reaction = head_reaction(s, s->x[e], old_foot);
  const double *restrict unit = s->unit;
  double *restrict x = s->x;
  for (size_t i = 0; i < n; i++) x[i] -= reaction * unit[i];
}

/* Forces beside springs, inertia and drag. */
static void outer_forces(double *out, const kd_axial_march *s, double hold, double old_foot) {
  if (!s->hard) out[0] += hold;
  out[s->nodes - 1] -= s->head_damping * old_foot;
  for (size_t i = 0; s->force != NULL && i < s->nodes; i++) out[i] += s->force[i];
}

void kd_axial_march_step(kd_axial_march *s, double heave, double speed, double acceleration) {
  const size_t n = s->nodes, e = n - 1;
  const double f = 1 - s->af, blend = f * heave + s->af * s->ship, blend_speed = f * speed + s->af * s->ship_speed;
  const double r = s->rayleigh;
  predict(s);
  if (s->rest != NULL) memcpy(s->speed, s->x, n * sizeof *s->x);
  const double old_foot = s->v[e] + f * (1 - s->gamma) * s->step * s->a[e];
  const double old_top = s->v[0] + f * (1 - s->gamma) * s->step * s->a[0];
  const double ship = blend + r * blend_speed, hold = s->hold_damping * (blend_speed - old_top);
  kd_axial_load(s, ship);
  outer_forces(s->x, s, hold, old_foot);
  kd_axial_solve(s, old_foot);
  if (s->rest != NULL) {
    double *outer = s->speed + n;
    memset(outer, 0, n * sizeof *outer);
    outer_forces(outer, s, hold, old_foot);
    kd_axial_slack(s, ship, old_foot, outer);
  }
  correct(s);
  s->ship = heave, s->ship_speed = speed, s->ship_acceleration = acceleration;
  if (s->hard) {
    const kd_bar *b = s->bar; /* the top half element hangs on the ship itself */
    s->top_tension = kd_axial_spring(s, 0, s->u[0] - heave + s->rayleigh * (s->v[0] - speed)) -
                     0.5 * b->mass[0] * b->length[0] * acceleration -
                     0.5 * b->drag[0] * b->length[0] * fabs(speed) * speed;
  } else {
    s->top_tension = s->k[0] * (s->u[0] - heave) + (s->hold_damping + s->rayleigh * s->k[0]) * (s->v[0] - speed);
  }
}

double kd_axial_march_top_tension(const kd_axial_march *s) {
  return s->top_tension;
}

double kd_axial_march_foot(const kd_axial_march *s) {
  return s->u[s->nodes - 1];
}

double kd_axial_march_at(const kd_axial_march *s, size_t node) {
  if (s->hard) return node == 0 ? s->ship : s->u[node - 1];
  return s->u[node];
}

double kd_axial_march_top(const kd_axial_march *s) {
  return kd_axial_march_at(s, 0);
}

double kd_axial_march_tension(const kd_axial_march *s, size_t element) {
  return kd_axial_spring(s, s->hard ? element : element + 1,
                         kd_axial_march_at(s, element + 1) - kd_axial_march_at(s, element));
}

double kd_axial_march_speed_at(const kd_axial_march *s, size_t node) {
  if (s->hard) return node == 0 ? s->ship_speed : s->v[node - 1];
  return s->v[node];
}

void kd_axial_march_load(kd_axial_march *s, const double *force) {
  s->force = force != NULL && s->hard ? force + 1 : force;
}
