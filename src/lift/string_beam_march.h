// SPDX-License-Identifier: Apache-2.0
/* Inside the march of the beam: its state, vectors, and what forces, water and march share. */
#ifndef KD_LIFT_STRING_BEAM_MARCH_H
#define KD_LIFT_STRING_BEAM_MARCH_H

#include <math.h>

#include "lift/string_beam.h"
#include "lift/string_beam_band.h"

struct kd_beam_march {
  const kd_beam *beam;
  const kd_current *current;
  size_t nodes, dofs;
  double am, af, beta, gamma;
  double time;
  double *x, *v, *a;    /* state, 3 a node */
  double *xn, *vn, *an; /* of the step in work */
  double *xm, *vm;      /* at the instant of balance */
  double *matrix, *residual;
  double *mass, *across;      /* by node, kg */
  double *flow_x;             /* current at rest depth, by node */
  double *water, *water_rate; /* speed and acceleration of waves by node, 3 each */
  /* waves: nodes that feel them, and by node and component the amplitude with its phase */
  const kd_wave_train *waves;
  size_t wet;
  double *cosine, *sine; /* wet x count: of -k x + phase, times amplitude and exp(k z) */
  double reaction[3], hold_tension;
  const double *along, *contents, *flow; /* by node, of a caller; or NULL */
  kd_beam_motion top;
  kd_beam_count count;
};

/* Zeroed list; *status keeps the first failure. */
double *kd_beam_room(size_t count, kd_work *work, kd_status *status);
/* All forces at (x, v): residual = dE/dx - f. k, kc: factors of the tangents, 0: forces alone. load: share of weights
 * and end forces, for load steps. */
void kd_beam_forces(kd_beam_march *self, const double *x, const double *v, double k, double kc, double load);
/* Adds M times the acceleration and its tangent. */
void kd_beam_inertia(kd_beam_march *self, const double *x, double km, const double *acceleration);
/* Nodes that feel the waves, and each component there; then the orbital motion at a time. */
kd_status kd_beam_set_waves(kd_beam_march *self, kd_work *work);
void kd_beam_set_water(kd_beam_march *self, double time);

/* ---- vectors ---- */

typedef struct v3 {
  double x, y, z;
} v3;
static inline v3 at3(const double *p, size_t i) {
  return (v3){p[3 * i], p[3 * i + 1], p[3 * i + 2]};
}
static inline v3 sub(v3 a, v3 b) {
  return (v3){a.x - b.x, a.y - b.y, a.z - b.z};
}
static inline double dot(v3 a, v3 b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}
static inline v3 scaled(v3 a, double s) {
  return (v3){a.x * s, a.y * s, a.z * s};
}
static inline v3 plus(v3 a, v3 b, double s) {
  return (v3){a.x + s * b.x, a.y + s * b.y, a.z + s * b.z};
}
static inline void add3(double *p, size_t i, v3 a, double s) {
  p[3 * i] += s * a.x, p[3 * i + 1] += s * a.y, p[3 * i + 2] += s * a.z;
}

typedef struct m3 {
  double e[3][3];
} m3;
static inline m3 outer(v3 a, v3 b, double s) {
  const double p[3] = {a.x * s, a.y * s, a.z * s}, q[3] = {b.x, b.y, b.z};
  m3 r;
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) r.e[i][j] = p[i] * q[j];
  return r;
}

/* Adds s times a symmetric block to node i, and s times any block to the pair (i, i + 1) or (i, i + 2). */
static inline void add_diagonal(double *restrict a, size_t i, const m3 *b, double s) {
  double *row = a + 3 * i * KD_BAND;
  row[0] += s * b->e[0][0], row[1] += s * b->e[0][1], row[2] += s * b->e[0][2];
  row[KD_BAND] += s * b->e[1][1], row[KD_BAND + 1] += s * b->e[1][2], row[2 * KD_BAND] += s * b->e[2][2];
}
static inline void add_pair(double *restrict a, size_t i, int apart, const m3 *b, double s) {
  for (int r = 0; r < 3; r++) {
    double *row = a + (3 * i + (size_t)r) * KD_BAND + 3 * apart - r;
    for (int c = 0; c < 3; c++) row[c] += s * b->e[r][c];
  }
}

#endif
