// SPDX-License-Identifier: Apache-2.0
/* The axial bar that cannot be pushed: parts of it go slack and snap tight again.
 *
 *   T = k d               while T0 + k d > 0                                                                    (1)
 *   T = -T0 + e (k d + T0)   below that                                                                         (2)
 *
 *   T dynamic tension [N]   T0 tension at rest [N]   k stiffness of an element [N/m]   d its stretch since rest, with
 * the velocity's share of the wall damping [m]   e  what is left of the stiffness
 *
 * Numerics  the step is piecewise linear: which springs are slack is guessed from the linear answer and corrected until
 *           it does not change (a Newton step each, finitely many). Steps without slack cost nothing more.
 * Source    semi-smooth Newton for a unilateral spring; derived.
 * Range     a long string, whose bending does not hold it straight: below the pull of its own weight it buckles.
 * Weakness  e = 0.001, the string in compression, is assumed; a slack string swings aside, which the beam follows.
 */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "lift/string_axial_march.h"

#define LEFT   1e-3
#define ROUNDS 50

double kd_axial_spring(const kd_axial_march *s, size_t i, double stretch) {
  const double linear = s->k[i] * stretch;
  if (s->rest == NULL || linear >= -s->rest[i]) return linear;
  return -s->rest[i] + LEFT * (linear + s->rest[i]);
}

kd_status kd_axial_march_tension_only(kd_axial_march *s, const double *rest, kd_work *work) {
  kd_status status = KD_OK;
  const size_t n = s->nodes;
  for (size_t e = 0; e < s->bar->elements; e++)
    KD_CHECK(rest[e] >= 0, work->err, KD_E_RANGE, "element %zu: tension at rest %g N: must be at least 0 N", e + 1,
             rest[e]);
  double *room = kd_arena_alloc(work->scratch, 9 * n + 40, sizeof *room);
  s->slack = kd_arena_alloc(work->scratch, n + 1, sizeof *s->slack);
  KD_CHECK(room != NULL && s->slack != NULL, work->err, KD_E_NOMEM, "no memory for a slack string");
  double *list = room;
  room += n + 8;
  s->slack_k = room, room += n + 8;
  s->slack_inverse = room, room += n + 8;
  s->slack_unit = room, room += n + 8;
  s->speed = room, room += 2 * n;
  s->slack_low = room;
  /* By spring: the one to a soft hang-off is never slack. */
  const size_t skip = s->hard ? 0 : 1;
  if (!s->hard) list[0] = HUGE_VAL;
  for (size_t e = 0; e + skip < n; e++) list[e + skip] = rest[e];
  s->rest = list;
out:
  return status;
}

unsigned long kd_axial_march_slack_steps(const kd_axial_march *s, unsigned long *rounds) {
  if (rounds != NULL) *rounds = s->slack_rounds;
  return s->slack_steps;
}

/* Which springs are slack for the accelerations in x; true when that is as before. */
static bool look(kd_axial_march *s, double ship) {
  const double km = (1 - s->af) * (s->beta * s->step * s->step + s->gamma * s->step * s->rayleigh);
  bool same = true;
  double above = ship;
  s->any_slack = false;
  for (size_t i = 0; i < s->nodes; i++) {
    const double z = s->y[i] + km * s->x[i];
    const bool slack = s->k[i] * (z - above) < -s->rest[i];
    same = same && slack == s->slack[i];
    s->slack[i] = slack;
    s->any_slack = s->any_slack || slack;
    above = z;
  }
  return same;
}

void kd_axial_slack(kd_axial_march *s, double ship, double old_foot, const double *outer) {
  const size_t n = s->nodes;
  memset(s->slack, 0, n * sizeof *s->slack);
  if (look(s, ship)) return; /* taut all along */
  kd_axial_march t = *s;
  t.k = s->slack_k, t.low = s->slack_low, t.inverse = s->slack_inverse, t.unit = s->slack_unit;
  s->slack_steps++;
  for (int round = 0; round < ROUNDS; round++) {
    s->slack_rounds++;
    for (size_t i = 0; i < n; i++) t.k[i] = s->slack[i] ? LEFT * s->k[i] : s->k[i];
    kd_axial_factor(&t); /* uses x for its work */
    memset(t.unit, 0, n * sizeof *t.unit);
    t.unit[n - 1] = 1;
    kd_axial_substitute(&t, t.unit);
    memcpy(t.x, s->speed, n * sizeof *t.x);
    kd_axial_load(&t, ship);
    for (size_t i = 0; i < n; i++) {
      t.x[i] += outer[i];
      if (!s->slack[i]) continue; /* the constant part of (2): pushes node i down, the one above up */
      const double push = (1 - LEFT) * s->rest[i];
      t.x[i] += push;
      if (i > 0) t.x[i - 1] -= push;
    }
    kd_axial_solve(&t, old_foot);
    if (look(s, ship)) break; /* s and t share x, y and the springs' states */
  }
}
