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
  const size_t room = duct->cells + KD_DUCT_BEYOND;
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

/* Eight cells or faces at a time; what is read and written beyond the last lies in the room kept for it. */
#define READ(name, from)                                                                                               \
  kd_v8 name;                                                                                                          \
  kd_v8_load(&name, (from) + i)
#define WRITE(to, value)                                                                                               \
  do {                                                                                                                 \
    const kd_v8 written = (value);                                                                                     \
    kd_v8_store((to) + i, &written);                                                                                   \
  } while (0)

KD_INLINE void most(kd_v8 *out, const kd_v8 *a, const kd_v8 *b) {
  const kd_i8 mask = *a > *b;
  kd_v8_select(out, &mask, a, b);
}

KD_INLINE void least(kd_v8 *out, const kd_v8 *a, const kd_v8 *b) {
  const kd_i8 mask = *a < *b;
  kd_v8_select(out, &mask, a, b);
}

KD_INLINE void roots(kd_v8 *x) {
  double lane[KD_LANES];
  memcpy(lane, x, sizeof lane);
  for (int l = 0; l < KD_LANES; l++) lane[l] = sqrt(lane[l]);
  memcpy(x, lane, sizeof lane);
}

/* One step of Newton for the pressure that makes each cell full; the volumes follow it to second order. */
KD_CLONES static void fill_pass(const sweep *w, const kd_duct_lanes *f, const double *mg, const double *mw, size_t n) {
  for (size_t i = 0; i < n; i += KD_LANES) {
    READ(p, w->p);
    READ(p0, f->p0);
    READ(z0, f->z[0]);
    READ(z1, f->z[1]);
    READ(z2, f->z[2]);
    READ(z3, f->z[3]);
    READ(z4, f->z[4]);
    READ(z5, f->z[5]);
    READ(rt, f->rt);
    const kd_v8 x = p * 2e-8, ip = 1.0 / p, y = p - p0;
    const kd_v8 sum = z0 + x * (z1 + x * (z2 + x * (z3 + x * (z4 + x * z5))));
    const kd_v8 rise = z1 + x * (2.0 * z2 + x * (3.0 * z3 + x * (4.0 * z4 + x * 5.0 * z5)));
    const kd_v8 volume = rt * (ip + 2e-8 * sum), sg = rt * (4e-16 * rise - ip * ip);
    READ(r0, f->r0);
    READ(r1, f->r1);
    READ(r2, f->r2);
    const kd_v8 vw = 1.0 / (r0 + y * (r1 + y * r2)), sw = -(r1 + 2.0 * y * r2) * vw * vw;
    READ(gas, mg);
    READ(water, mw);
    READ(solid, w->solid);
    READ(give, f->give);
    READ(rest, f->rest);
    const kd_v8 misfit = gas * volume + water * vw + solid - give * (p - rest);
    const kd_v8 slope = gas * sg + water * sw - give, wish = p - misfit / slope, low = 0.3 * p;
    kd_v8 next;
    most(&next, &wish, &low);
    const kd_v8 step = next - p;
    WRITE(w->p, next);
    WRITE(w->change, step * ip);
    WRITE(w->vg, volume + sg * step);
    WRITE(w->iw, vw + sw * step);
    WRITE(w->dvg, sg);
    WRITE(w->dvw, sw);
  }
}

/* Velocities, waves and what belongs to them, from full cells. */
KD_CLONES static void close_cells(const sweep *w, const kd_duct_lanes *f, const double *mg, const double *mw,
                                  const double *momentum, size_t n) {
  const kd_v8 none = KD_SPLAT(0.0), one = KD_SPLAT(1.0), little = KD_SPLAT(BEND);
  const double faded = f->faded;
  for (size_t i = 0; i < n; i += KD_LANES) {
    READ(air, mg);
    READ(vg, w->vg);
    READ(c0, w->c0);
    READ(vd, w->vd);
    READ(rise, f->rise);
    kd_v8 a = air * vg, thin, bend, rest;
    most(&a, &a, &none);
    least(&a, &a, &one);
    thin = (1.0 - a) * (1.0 / (1.0 - FADE_FROM));
    least(&thin, &thin, &one);
    const kd_v8 fade = 1.0 - faded * (1.0 - thin);
    c0 = 1.0 + (c0 - 1.0) * fade;
    vd = vd * fade * rise;
    bend = 1.0 - c0 * a;
    most(&bend, &bend, &little);
    rest = 1.0 - a;
    most(&rest, &rest, &little);
    READ(heavy, w->heavy);
    READ(pushed, momentum);
    const kd_v8 carry = c0 * rest, ibend = 1.0 / bend, all = heavy + air;
    const kd_v8 v = (pushed * bend - air * vd) / (heavy * bend + air * carry), vgas = (carry * v + vd) * ibend;
    READ(dvg, w->dvg);
    READ(dvw, w->dvw);
    READ(water, mw);
    READ(give, f->give);
    kd_v8 c = rest * ibend / (all * (give - air * dvg - water * dvw)), fast = -v, gusty = -vgas;
    roots(&c);
    most(&fast, &v, &fast);
    most(&gusty, &vgas, &gusty);
    most(&fast, &fast, &gusty);
    WRITE(w->u, v);
    WRITE(w->ug, vgas);
    WRITE(w->k, carry * ibend);
    WRITE(w->gas, a);
    WRITE(w->rho, all);
    WRITE(w->z, all * c);
    WRITE(w->speed, fast + c);
  }
}

/* (3) at the faces between cells, from states p, u, ug, m at their left and right. Faces beyond are set at the ends. */
KD_CLONES static void split_faces(const sweep *w, const kd_duct_lanes *f, double *const *left, double *const *right,
                                  size_t phases, size_t n, double acceleration) {
  double *const liquid = w->speed; /* face velocity of the liquid; the speeds have been read */
  for (size_t i = 1; i < n; i += KD_LANES) {
    READ(pull, f->pull);
    READ(la, f->length - 1);
    READ(lb, f->length);
    READ(ra, w->rho - 1);
    READ(rb, w->rho);
    READ(pa, left[SIDE_P]);
    READ(pb, right[SIDE_P]);
    READ(za, w->z - 1);
    READ(zb, w->z);
    READ(ka, w->k - 1);
    READ(kb, w->k);
    READ(ua, left[SIDE_U]);
    READ(ub, right[SIDE_U]);
    READ(ga, left[SIDE_UG]);
    READ(gb, right[SIDE_UG]);
    READ(ma, left[SIDE_MASS]);
    READ(mb, right[SIDE_MASS]);
    pull = 0.5 * (pull + acceleration);
    const kd_v8 a = pa - pull * ra * la, b = pb + pull * rb * lb, share = 1.0 / (za + zb), du = (a - b) * share;
    const kd_v8 v = (za * ua + zb * ub) * share + du, vg = (za * ga + zb * gb) * share + 0.5 * (ka + kb) * du;
    kd_v8 up = -vg;
    most(&up, &vg, &up);
    up = 0.5 * (vg + up);
    const kd_v8 fore = up * ma, back = (vg - up) * mb;
    WRITE(w->flux[KD_GAS], fore + back);
    WRITE(w->flux[phases], fore * ga + back * gb);
    WRITE(w->push, (zb * a + za * b + za * zb * (ua - ub)) * share);
    WRITE(liquid, v);
  }
  for (size_t i = 1; i < n; i += KD_LANES) {
    READ(v, liquid);
    READ(ua, left[SIDE_U]);
    READ(ub, right[SIDE_U]);
    READ(carried, w->flux[phases]);
    kd_v8 up = -v;
    most(&up, &v, &up);
    up = 0.5 * (v + up);
    const kd_v8 down = v - up;
    for (size_t q = KD_WATER; q < phases; q++) {
      READ(ma, left[SIDE_MASS + q]);
      READ(mb, right[SIDE_MASS + q]);
      const kd_v8 fore = up * ma, back = down * mb;
      WRITE(w->flux[q], fore + back);
      carried += fore * ua + back * ub;
    }
    WRITE(w->flux[phases], carried);
  }
}

/* Rates of a conserved quantity [.. /(m3 s)] from its face fluxes. */
KD_CLONES static void diverge(double *restrict rate, const double *restrict flux, const kd_duct_lanes *f, size_t n) {
  const double *restrict area = f->area, *restrict volume = f->volume;
  for (size_t i = 0; i < n; i++) rate[i] = (area[i] * flux[i] - area[i + 1] * flux[i + 1]) * volume[i];
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
        carried = inlet ? kd_duct_enters(duct, command, q) : q == KD_GAS ? kd_duct_gas(&duct->fluid[i], p, &slope) : 0;
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
    f->rise[i] = duct->drift.drift == KD_DRIFT_FIXED ? 1.0 : duct->rise[i], f->length[i] = duct->length[i];
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
