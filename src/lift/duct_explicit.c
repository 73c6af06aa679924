// SPDX-License-Identifier: Apache-2.0
/* The explicit twin of duct_step.c: an oracle that shares fluids, friction and slip, but neither mesh nor method.
 *
 *   d(A m_q)/dt + d(A m_q u_q)/ds = S_q                                                                      (1)
 *   dM/dt + (1/A) d(A sum m_q u_q^2)/ds + dp/ds = -M_rho (g sin + a) - 4 tw/D,   M = sum m_q u_q               (2)
 *   at a face  u_q = (z_L u_qL + z_R u_qR + k_q (p_L - p_R))/(z_L + z_R),  z = rho c                           (3)
 *              p   = (z_R p_L + z_L p_R + z_L z_R (u_L - u_R))/(z_L + z_R)
 *              what a phase carries comes from the side that its u_q comes from
 *   1/(rho c^2) = al/(rho_g c_g^2) + (1-al)/(rho_l c_l^2) + compliance,  c^2 -> c^2 (1-al)/(1 - C0 al)         (4)
 *   u_g = (C0 (1-al) u + vd)/(1 - C0 al),  k_g = C0 (1-al)/(1 - C0 al),  k = 1 for all else                    (5)
 *
 *   Splitting in the manner of AUSM: convection upwind by phase, pressure and velocity of the face from the acoustic
 *   waves. p_L and p_R are those at the face: the weight of half a cell is taken off, so that a column at rest stays at
 *   rest to rounding. Contacts move with their phase and are smeared by it alone, not by sound.
 *
 * Numerics  collocated cells; van Leer slopes in pressure, velocities and masses with two stages (Heun); first_order
 * takes neither. p from the masses by Newton on "the pipe is full", all cells in step. Friction implicit in each cell.
 *           Drift and wall law are looked up cell by cell and taken as straight lines until gas density or velocity
 * have moved by 1e-3: what is left out is of the order of 1e-6. The loops over cells and faces run in vector lanes,
 *           whose width changes no bit.
 * Range     gas, water, fines; coarse classes move with the water; no gel, no pump, no losses at faces. Courant number
 *           0.9 without slopes, 0.45 with.
 * Source    Liou and Steffen 1993, J. Comput. Phys. 107, 23 (AUSM); Evje and Fjelde 2002, J. Comput. Phys. 175, 674
 * (its use for drift flux); (3) the linear waves of Godunov 1959; (4) Wood 1930.
 */
#include <math.h>
#include <string.h>

#include "lift/duct.h"
#include "numerics/simd.h"

#define VARIABLES   (KD_DUCT_PHASES + 1)
#define SAME        1e-3 /* of gas density or velocity: a looked-up line serves */
#define SETTLED     1e-5 /* of the pressure: the next step of Newton would be its square */
#define MOST_PASSES 30
#define FADE_FROM   0.75 /* as in duct_fluid.c */
#define BEND        1e-6
#define LANES       4
#define LITTLE      1e-9 /* gas share below which its slip need not be known */

static inline double larger(double a, double b) {
  return a > b ? a : b;
}

static inline double smaller(double a, double b) {
  return a < b ? a : b;
}

/* What a step needs by cell and by face. Faces 1 to n - 1 lie between cells; 0 and n are the ends. */
typedef struct sweep {
  double *p, *gas, *vg, *iw, *dvg, *dvw; /* pressure, gas share, 1/density of gas and water, their slopes */
  double *c0, *vd, *u, *ug, *k, *z, *rho, *solid, *heavy, *speed;
  double *side[2][KD_DUCT_PHASES + 3]; /* with slopes: p, u, ug, masses at the left and right of each face */
  double *flux[VARIABLES], *push;      /* by face: mass fluxes, momentum carried; pressure (own side: push) */
  double *old[VARIABLES], *rate[VARIABLES], *rate2[VARIABLES];
  double *change;
} sweep;

enum { SIDE_P, SIDE_U, SIDE_UG, SIDE_MASS };

static sweep lay_out(const kd_duct_state *s, const kd_duct *duct) {
  sweep w;
  double *at = s->scratch;
  const size_t room = duct->cells + 2;
  double **const one[] = {&w.p,  &w.gas, &w.vg, &w.iw,  &w.dvg,   &w.dvw,   &w.c0,    &w.vd,   &w.u,
                          &w.ug, &w.k,   &w.z,  &w.rho, &w.solid, &w.heavy, &w.speed, &w.push, &w.change};
  for (size_t i = 0; i < sizeof one / sizeof one[0]; i++) *one[i] = at, at += room;
  for (size_t q = 0; q <= duct->phases; q++) {
    w.flux[q] = at, at += room;
    w.old[q] = at, at += room;
    w.rate[q] = at, at += room;
    w.rate2[q] = at, at += room;
  }
  for (int side = 0; side < 2; side++)
    for (size_t q = 0; q < duct->phases + 3; q++) w.side[side][q] = at, at += room;
  return w;
}

/* One step of Newton for the pressure that makes each cell full; the volumes follow it to second order. */
KD_CLONES static void fill_pass(const sweep *w, const kd_duct_lanes *f, const double *mg, const double *mw, size_t n) {
  double *restrict p = w->p, *restrict vg = w->vg, *restrict iw = w->iw, *restrict dvg = w->dvg;
  double *restrict dvw = w->dvw, *restrict change = w->change;
  const double *restrict solid = w->solid;
  for (size_t i = 0; i < n; i++) {
    const double x = p[i] * 2e-8, ip = 1.0 / p[i], y = p[i] - f->p0[i];
    const double sum =
        f->z[0][i] + x * (f->z[1][i] + x * (f->z[2][i] + x * (f->z[3][i] + x * (f->z[4][i] + x * f->z[5][i]))));
    const double rise =
        f->z[1][i] + x * (2.0 * f->z[2][i] + x * (3.0 * f->z[3][i] + x * (4.0 * f->z[4][i] + x * 5.0 * f->z[5][i])));
    const double volume = f->rt[i] * (ip + 2e-8 * sum), sg = f->rt[i] * (4e-16 * rise - ip * ip);
    const double vw = 1.0 / (f->r0[i] + y * (f->r1[i] + y * f->r2[i])), sw = -(f->r1[i] + 2.0 * y * f->r2[i]) * vw * vw;
    const double misfit = mg[i] * volume + mw[i] * vw + solid[i] - f->give[i] * (p[i] - f->rest[i]);
    const double slope = mg[i] * sg + mw[i] * sw - f->give[i];
    const double least = 0.3 * p[i], wish = p[i] - misfit / slope, next = wish > least ? wish : least,
                 step = next - p[i];
    p[i] = next;
    change[i] = step * ip;
    vg[i] = volume + sg * step;
    iw[i] = vw + sw * step;
    dvg[i] = sg, dvw[i] = sw;
  }
}

/* Velocities, waves and what belongs to them, from full cells. */
KD_CLONES static void close_cells(const sweep *w, const kd_duct_lanes *f, const double *mg, const double *mw,
                                  const double *momentum, size_t n) {
  double *restrict gas = w->gas, *restrict u = w->u, *restrict ug = w->ug, *restrict k = w->k, *restrict z = w->z;
  double *restrict rho = w->rho, *restrict speed = w->speed;
  const double *restrict vg = w->vg, *restrict c0s = w->c0, *restrict vds = w->vd, *restrict heavy = w->heavy;
  for (size_t i = 0; i < n; i++) {
    const double share = mg[i] * vg[i], a = share > 0 ? (share < 1 ? share : 1.0) : 0.0;
    const double thin = (1.0 - a) * (1.0 / (1.0 - FADE_FROM)),
                 fade = f->faded * (thin < 1 ? thin : 1.0) + (1.0 - f->faded);
    const double c0 = 1.0 + (c0s[i] - 1.0) * fade, vd = vds[i] * (f->faded > 0 ? fade * f->rise[i] : 1.0);
    const double bent = 1.0 - c0 * a, bend = bent > BEND ? bent : BEND, rest = 1.0 - a > BEND ? 1.0 - a : BEND;
    const double carry = c0 * rest, ibend = 1.0 / bend;
    const double all = heavy[i] + mg[i];
    u[i] = (momentum[i] * bend - mg[i] * vd) / (heavy[i] * bend + mg[i] * carry);
    ug[i] = (carry * u[i] + vd) * ibend;
    k[i] = carry * ibend;
    const double squeeze = f->give[i] - mg[i] * w->dvg[i] - mw[i] * w->dvw[i];
    const double c = sqrt(rest * ibend / (all * squeeze));
    const double fu = u[i] < 0 ? -u[i] : u[i], fg = ug[i] < 0 ? -ug[i] : ug[i];
    gas[i] = a, rho[i] = all, z[i] = all * c;
    speed[i] = (fu > fg ? fu : fg) + c;
  }
}

/* (3) at the faces between cells, from states p, u, ug, m at their left and right. */
KD_CLONES static void split_faces(const sweep *w, const kd_duct_lanes *f, double *const *left, double *const *right,
                                  size_t phases, size_t n, double acceleration) {
  double *restrict push = w->push, *restrict carried = w->flux[phases];
  const double *restrict z = w->z, *restrict rho = w->rho, *restrict k = w->k;
  const double *restrict pl = left[SIDE_P], *restrict pr = right[SIDE_P];
  const double *restrict ul = left[SIDE_U], *restrict ur = right[SIDE_U];
  const double *restrict gl = left[SIDE_UG], *restrict gr = right[SIDE_UG];
  double *restrict fine = w->speed + 0; /* face velocity of the liquid; the speeds have been read */
  for (size_t i = 1; i < n; i++) {
    const double pull = 0.5 * (f->pull[i] + acceleration);
    const double a = pl[i] - pull * rho[i - 1] * f->length[i - 1], b = pr[i] + pull * rho[i] * f->length[i];
    const double za = z[i - 1], zb = z[i], share = 1.0 / (za + zb), du = (a - b) * share;
    const double v = (za * ul[i] + zb * ur[i]) * share + du;
    const double vg = (za * gl[i] + zb * gr[i]) * share + 0.5 * (k[i - 1] + k[i]) * du;
    const double mean = 0.5 * vg, size = mean < 0 ? -mean : mean;
    const double ma = left[SIDE_MASS][i], mb = right[SIDE_MASS][i];
    const double flow = mean * (ma + mb) + size * (ma - mb);
    w->flux[KD_GAS][i] = flow;
    carried[i] = flow * (vg < 0 ? gr[i] : gl[i]);
    push[i] = (zb * a + za * b + za * zb * (ul[i] - ur[i])) * share;
    fine[i] = v;
  }
  for (size_t q = KD_WATER; q < phases; q++) {
    const double *restrict ma = left[SIDE_MASS + q], *restrict mb = right[SIDE_MASS + q];
    double *restrict flux = w->flux[q];
    for (size_t i = 1; i < n; i++) {
      const double mean = 0.5 * fine[i], size = mean < 0 ? -mean : mean;
      const double flow = mean * (ma[i] + mb[i]) + size * (ma[i] - mb[i]);
      flux[i] = flow;
      carried[i] += flow * (fine[i] < 0 ? ur[i] : ul[i]);
    }
  }
}

/* Rates of a conserved quantity [.. /(m3 s)] from its face fluxes. */
KD_CLONES static void diverge(double *restrict rate, const double *restrict flux, const kd_duct_lanes *f, size_t n) {
  for (size_t i = 0; i < n; i++) rate[i] = (f->area[i] * flux[i] - f->area[i + 1] * flux[i + 1]) * f->volume[i];
}

static double limited(double behind, double ahead) {
  return behind * ahead > 0 ? 2.0 * behind * ahead / (behind + ahead) : 0;
}

/* States at both sides of each inner face with van Leer slopes; end cells are flat. The pressure is taken over the
 * weight that hangs between the cells. */
static void slope_faces(const sweep *w, const kd_duct_lanes *f, const double *const *cell, size_t count, size_t n,
                        double acceleration) {
  for (size_t v = 0; v < count; v++) {
    const double *x = cell[v];
    double behind = 0;
    for (size_t i = 0; i < n; i++) {
      double ahead = i + 1 < n ? x[i + 1] - x[i] : 0;
      if (v == SIDE_P && i + 1 < n)
        ahead += 0.5 * (f->pull[i + 1] + acceleration) * (w->rho[i] * f->length[i] + w->rho[i + 1] * f->length[i + 1]);
      const double half = i > 0 && i + 1 < n ? 0.5 * limited(behind, ahead) : 0;
      if (i > 0) w->side[1][v][i] = x[i] - half;
      w->side[0][v][i + 1] = x[i] + half;
      behind = ahead;
    }
  }
}

/* Drift of each cell as a line in the gas density about where it was looked up last. */
static void look_up_drift(const sweep *w, kd_duct_state *s, const kd_duct *duct, const double *mg) {
  const size_t n = duct->cells;
  double *at = s->lines, *c = at + n, *dc = c + n, *v = dc + n, *dv = v + n;
  for (size_t i = 0; i < n; i++) {
    const double rho = 1.0 / w->vg[i], away = rho - at[i];
    if (!(mg[i] * w->vg[i] > LITTLE)) {
      w->c0[i] = 1.2, w->vd[i] = 0;
      continue;
    }
    if (!(fabs(away) <= SAME * at[i])) {
      double c1, v1;
      at[i] = rho;
      kd_drift_flux(&c[i], &v[i], &duct->drift, rho);
      kd_drift_flux(&c1, &v1, &duct->drift, rho * (1.0 + SAME));
      dc[i] = (c1 - c[i]) / (rho * SAME), dv[i] = (v1 - v[i]) / (rho * SAME);
      w->c0[i] = c[i], w->vd[i] = v[i];
      continue;
    }
    w->c0[i] = c[i] + dc[i] * away;
    w->vd[i] = v[i] + dv[i] * away;
  }
}

/* Wall stress of a cell as a line in the velocity about where it was looked up last. */
static double look_up_wall(double *slope, kd_duct_state *s, const kd_duct *duct, size_t i, double fines, double u) {
  double *at = s->lines + 5 * duct->cells, *share = at + duct->cells, *stress = share + duct->cells;
  double *by = stress + duct->cells;
  const double away = u - at[i];
  if (!(fabs(away) <= SAME * fabs(at[i]) && fabs(fines - share[i]) <= 1e-2 * SAME) || by[i] < 0) {
    at[i] = u, share[i] = fines;
    stress[i] = kd_duct_stress(&by[i], duct->wall[i], fines, u, 1.0);
    *slope = by[i];
    return stress[i];
  }
  *slope = by[i];
  return stress[i] + by[i] * away;
}

/* Velocities and shares of a flow that is commanded to enter cell 0. */
static void entering(double *u, double *ug, const sweep *w, const kd_duct *duct, const kd_duct_command *command) {
  double liquid = command->inlet[KD_WATER] * w->iw[0];
  for (size_t q = KD_FINES; q < duct->phases; q++)
    liquid += command->inlet[q] / (q == KD_FINES ? duct->fines_density : duct->coarse[q - KD_COARSE].density);
  const double area = duct->face_area[0], volume = liquid + command->inlet[KD_GAS] * w->vg[0];
  *ug = w->c0[0] * volume / area + w->vd[0];
  const double gas = *ug > 0 ? smaller(command->inlet[KD_GAS] * w->vg[0] / area / *ug, 1.0) : 0;
  *u = liquid / area / larger(1.0 - gas, 1e-9);
}

/* (3) at an end: the waves of one cell against a pressure, a flow or a wall. `sign` 1: outlet, -1: inlet. */
static void end_face(const sweep *w, const kd_duct_state *s, const kd_duct *duct, const kd_duct_command *command,
                     bool inlet) {
  const size_t n = duct->cells, i = inlet ? 0 : n - 1, f = inlet ? 0 : n;
  const double sign = inlet ? -1.0 : 1.0;
  const double pull = 0.5 * duct->length[i] * w->rho[i] * (duct->gravity * duct->rise[f] + command->acceleration);
  const double near = w->p[i] - sign * pull; /* at the face, if nothing moves */
  const kd_duct_end end = inlet ? duct->inlet : duct->outlet;
  double u = 0, ug = 0;
  for (size_t q = 0; q <= duct->phases; q++) w->flux[q][f] = 0;
  if (end == KD_END_CLOSED || (!inlet && command->valve <= 1e-6)) {
    w->push[f] = near + sign * w->z[i] * w->u[i];
    return;
  }
  if (end == KD_END_PRESSURE) {
    const double p = inlet ? command->inlet_pressure : command->outlet_pressure;
    u = w->u[i] + sign * (near - p) / w->z[i];
    ug = w->ug[i] + sign * w->k[i] * (near - p) / w->z[i];
    w->push[f] = p;
    for (size_t q = 0; q < duct->phases; q++) {
      const double v = q == KD_GAS ? ug : u;
      double carried = s->mass[q][i];
      if (sign * v < 0) { /* from outside: what the inlet is told, air at the outlet */
        double slope;
        carried = inlet ? command->inlet[q] : q == KD_GAS ? kd_duct_gas(&duct->fluid[i], p, &slope) : 0;
      }
      w->flux[q][f] = carried * v;
      w->flux[duct->phases][f] += w->flux[q][f] * v;
    }
    return;
  }
  entering(&u, &ug, w, duct, command);
  w->push[f] = near + w->z[i] * (u - w->u[i]);
  for (size_t q = 0; q < duct->phases; q++) {
    w->flux[q][f] = command->inlet[q] / duct->face_area[0];
    w->flux[duct->phases][f] += w->flux[q][f] * (q == KD_GAS ? ug : u);
  }
}

/* Cells full, closed and looked up. False: the pressure did not settle. */
static bool close_state(const sweep *w, kd_duct_state *s, const kd_duct *duct) {
  const size_t n = duct->cells;
  const kd_duct_lanes *f = s->lanes;
  memcpy(w->p, s->pressure, n * sizeof(double));
  for (size_t i = 0; i < n; i++) w->solid[i] = -1.0, w->heavy[i] = s->mass[KD_WATER][i];
  for (size_t q = KD_FINES; q < duct->phases; q++) {
    const double v = 1.0 / (q == KD_FINES ? duct->fines_density : duct->coarse[q - KD_COARSE].density);
    for (size_t i = 0; i < n; i++) w->solid[i] += s->mass[q][i] * v, w->heavy[i] += s->mass[q][i];
  }
  bool settled = false;
  for (int pass = 0; pass < MOST_PASSES && !settled; pass++) {
    fill_pass(w, f, s->mass[KD_GAS], s->mass[KD_WATER], n);
    settled = true;
    for (size_t i = 0; i < n; i++) settled = settled && fabs(w->change[i]) < SETTLED;
  }
  look_up_drift(w, s, duct, s->mass[KD_GAS]);
  close_cells(w, f, s->mass[KD_GAS], s->mass[KD_WATER], s->momentum, n);
  memcpy(s->pressure, w->p, n * sizeof(double));
  return settled;
}

/* Rates of all conserved quantities; totals through the ends, kg/s. Returns the largest (|u| + c)/length. */
static double rates(double *const *rate, const sweep *w, double *ends, kd_duct_state *s, const kd_duct *duct,
                    const kd_duct_command *command) {
  const size_t n = duct->cells, m = duct->phases;
  const kd_duct_lanes *f = s->lanes;
  if (!close_state(w, s, duct)) return (double)INFINITY;
  double fast[LANES] = {0};
  for (size_t i = 0; i + LANES <= n; i += LANES)
    for (size_t l = 0; l < LANES; l++) fast[l] = larger(fast[l], w->speed[i + l] * f->fine[i + l]);
  for (size_t i = n - n % LANES; i < n; i++) fast[0] = larger(fast[0], w->speed[i] * f->fine[i]);
  const double fastest = larger(larger(fast[0], fast[1]), larger(fast[2], fast[3]));
  double *left[KD_DUCT_PHASES + 3], *right[KD_DUCT_PHASES + 3];
  double *const cell[3] = {w->p, w->u, w->ug};
  for (size_t v = 0; v < m + 3; v++) right[v] = v < 3 ? cell[v] : s->mass[v - SIDE_MASS], left[v] = right[v] - 1;
  if (!duct->first_order) slope_faces(w, f, (const double *const *)right, m + 3, n, command->acceleration);
  split_faces(w, f, duct->first_order ? left : w->side[0], duct->first_order ? right : w->side[1], m, n,
              command->acceleration);
  end_face(w, s, duct, command, true);
  end_face(w, s, duct, command, false);
  for (size_t q = 0; q <= m; q++) diverge(rate[q], w->flux[q], f, n);
  for (size_t i = 0; i < n; i++) {
    const double pull = f->middle[i] + command->acceleration;
    rate[m][i] += (w->push[i] - w->push[i + 1]) * f->short_[i] - w->rho[i] * pull;
  }
  for (size_t q = 0; q < m; q++) {
    if (duct->inject_cell < n) rate[q][duct->inject_cell] += command->inject[q] * f->volume[duct->inject_cell];
    if (duct->feed_cell < n) rate[q][duct->feed_cell] += command->feed[q] * f->volume[duct->feed_cell];
    ends[q] = w->flux[q][0] * duct->face_area[0], ends[VARIABLES + q] = w->flux[q][n] * duct->face_area[n];
  }
  return fastest;
}

static void apply(const sweep *w, kd_duct_state *s, const kd_duct *duct, double dt) {
  const size_t n = duct->cells;
  for (size_t q = 0; q < duct->phases; q++) {
    double *restrict m = s->mass[q];
    const double *restrict was = w->old[q], *restrict rate = w->rate[q];
    for (size_t i = 0; i < n; i++) m[i] = was[i] + dt * rate[i];
  }
  for (size_t i = 0; i < n; i++) {
    const double momentum = w->old[duct->phases][i] + dt * w->rate[duct->phases][i];
    if (duct->wall[i] == NULL) {
      s->momentum[i] = momentum;
      continue;
    }
    double slope, heavy = 0;
    for (size_t q = KD_WATER; q < duct->phases; q++) heavy += s->mass[q][i];
    const double fines = s->mass[KD_FINES][i] / duct->fines_density;
    const double share = fines > 0 ? fines / larger(1.0 - w->gas[i], 1e-9) : 0;
    const double rub = look_up_wall(&slope, s, duct, i, share, w->u[i]), a = dt * s->lanes->around[i];
    s->momentum[i] = (momentum - a * (rub - slope * w->u[i])) / (1.0 + a * slope / larger(heavy, 1e-6));
  }
}

/* What the vector loops read: fluids and mesh by lanes. Once for a state. */
static void fill_lanes(kd_duct_lanes *f, const kd_duct *duct) {
  const size_t n = duct->cells;
  for (size_t i = 0; i < n; i++) {
    const kd_duct_fluid *a = &duct->fluid[i];
    f->p0[i] = a->p0, f->r0[i] = a->r0, f->r1[i] = a->r1, f->r2[i] = a->r2, f->rt[i] = a->rt;
    for (size_t k = 0; k < 6; k++) f->z[k][i] = a->z[k];
    f->give[i] = duct->compliance[i], f->rest[i] = duct->p_rest[i];
    f->rise[i] = duct->rise[i], f->length[i] = duct->length[i];
    f->volume[i] = 1.0 / duct->volume[i], f->short_[i] = 1.0 / duct->length[i];
    f->around[i] = 4.0 / duct->bore[i];
    f->middle[i] = duct->gravity * 0.5 * (duct->rise[i] + duct->rise[i + 1]);
    const double before = duct->length[i > 0 ? i - 1 : 0], after = duct->length[i + 1 < n ? i + 1 : i];
    f->fine[i] = 1.0 / smaller(duct->length[i], smaller(before, after));
  }
  for (size_t i = 0; i <= n; i++) f->area[i] = duct->face_area[i], f->pull[i] = duct->gravity * duct->rise[i];
  f->faded = duct->drift.drift == KD_DRIFT_FIXED ? 0.0 : 1.0;
  f->ready = true;
}

kd_status kd_duct_step_explicit(kd_duct_state *self, const kd_duct *duct, const kd_duct_command *command, double dt,
                                double *taken, kd_error *err) {
  kd_status status = KD_OK;
  const size_t n = duct->cells, m = duct->phases;
  const sweep w = lay_out(self, duct);
  double ends[2 * VARIABLES], ends2[2 * VARIABLES];
  if (!self->lanes->ready) fill_lanes(self->lanes, duct);
  for (size_t q = 0; q < m; q++) memcpy(w.old[q], self->mass[q], n * sizeof(double));
  memcpy(w.old[m], self->momentum, n * sizeof(double));
  const double fastest = rates(w.rate, &w, ends, self, duct, command);
  const double step = smaller(dt, (duct->first_order ? 0.9 : 0.45) / fastest);
  KD_CHECK(isfinite(fastest) && step > 0, err, KD_E_CONVERGENCE,
           "time %g s: the explicit solver has no finite wave speed; refine the cells or slow the change", self->time);
  apply(&w, self, duct, step);
  if (!duct->first_order) {
    KD_CHECK(isfinite(rates(w.rate2, &w, ends2, self, duct, command)), err, KD_E_CONVERGENCE,
             "time %g s: the explicit solver has no finite wave speed; refine the cells or slow the change",
             self->time);
    for (size_t q = 0; q <= m; q++)
      for (size_t i = 0; i < n; i++) w.rate[q][i] = 0.5 * (w.rate[q][i] + w.rate2[q][i]);
    for (size_t q = 0; q < m; q++) {
      ends[q] = 0.5 * (ends[q] + ends2[q]);
      ends[VARIABLES + q] = 0.5 * (ends[VARIABLES + q] + ends2[VARIABLES + q]);
    }
    apply(&w, self, duct, step);
  }
  for (size_t q = 0; q < m; q++) {
    self->in[q] +=
        step * (ends[q] + command->inject[q] * (duct->inject_cell < n) + command->feed[q] * (duct->feed_cell < n));
    self->out[q] += step * ends[VARIABLES + q];
    bool whole = true;
    for (size_t i = 0; i < n; i++) whole = whole && self->mass[q][i] >= -1e-9;
    KD_CHECK(whole, err, KD_E_CONVERGENCE,
             "time %g s: the explicit solver empties a cell of a phase; refine the cells or slow the change",
             self->time);
  }
  memcpy(self->velocity[KD_GAS], w.ug, n * sizeof(double));
  for (size_t q = KD_WATER; q < m; q++) memcpy(self->velocity[q], w.u, n * sizeof(double));
  for (size_t i = 0; i < n; i++) self->flux[i] = w.gas[i] * w.ug[i] + (1.0 - w.gas[i]) * w.u[i];
  self->flux[n] = self->flux[n - 1];
  for (size_t q = 0; q < m; q++) self->velocity[q][n] = self->velocity[q][n - 1];
  self->time += step;
  self->steps++;
  self->smallest = smaller(self->smallest, step);
  *taken = step;
out:
  return status;
}
