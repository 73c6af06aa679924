// SPDX-License-Identifier: Apache-2.0
/* The University of Kentucky rare-earth plant as the PrOMMiS project publishes it.
 *
 *   leach       two tanks, oxide r: extent = V eps B [H]^A (1-X)^(2/3),  eps = solid per volume of slurry (1) acid: H +
 * HSO4 less the protons used; [H][SO4] = Ka2 [HSO4], Ka2 = 10^-1.99; water made adds volume    (2) extraction  log10 D
 * = (m0 + m1 q) pH + B0 + B1 log10 q, q D2EHPA in % by volume; Al, Ca, Fe, Sc constant D         (3) v protons and v
 * molecules of D2EHPA for one metal (Ca 2, else 3)                                       (4) precipitator  a fixed
 * share of each metal; roaster keeps 95 % of the oxides                                        (5) recycles    rougher
 * and scrub raffinate to the leach, cleaner raffinate to the rougher, precipitator liquor to the cleaner, both stripped
 * organics; hydrogen keeps its mass (1.008 to 1.000) from chloride to sulfate      (6)
 *
 * Numerics  with the acid and the dosage of every stage given, (3)-(6) are linear for each metal: one system of 13
 *           unknowns that holds all recycles. What is left are 26 numbers, acid and dosage of 12 stages and the acid of
 *           two tanks, found by Newton with Broyden's update; no tearing, no sequence of units.
 * Source    equations and numbers: prommis/prommis (public repository, 2026-07), modules uky, leaching,
 *           solvent_extraction, precipitate, roasting; kinetics and distribution from the UKy phase 1 report it cites.
 * Weakness  a regression of one coal refuse; iron and aluminium by constant D; kept to reproduce it.
 */
#include "process/uky.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#define KD_KA2         0.010232929922807542 /* 10^-1.99 mol/L */
#define KD_HCL_H       1.008                /* hydrogen over what the leach side takes it for */
#define KD_D2EHPA      322.431              /* g/mol */
#define KD_D2EHPA_RHO  975800.0             /* mg/L */
#define KD_WATER_MASS  18e-3                /* kg/mol */
#define KD_SOLID_RHO   2.4                  /* kg/L */
#define KD_INERTS      0.6952
#define KD_TRACE       1e-7 /* mg/L of each metal in acid and organic feeds */
#define KD_LEACH_TRACE 1e-10
#define KD_UNKNOWNS    26
#define KD_LINEAR      13
#define KD_ROUNDS      60

typedef struct metal {
  double mass;              /* g/mol */
  double m0, m1, b0, b1, d; /* (3); d > 0: constant */
  double valence;
  double oxide, oxide_mass;       /* mass share in the solid, g/mol as the leach takes it */
  double a, b;                    /* (1), B in mol/kg/h */
  double protons, water, cations; /* per oxide */
  double split;                   /* precipitated */
  double product_mass;            /* g/mol of metal as the result counts it */
  double roasted;                 /* g/mol of oxide as the roaster weighs it */
} metal;

#define KD_ROASTED(m_) (2 * (m_) + 3 * 15.999)
static const metal metals[KD_UKY_METALS] = {
    {44.946, 0, 0, 0, 0, 632.4976, 3, 2.77966e-05, 137.889, 0.763763942, 0.000755073, 6, 3, 2, 0.3161, 44.956,
     KD_ROASTED(44.956)},
    {88.905, 1.63166, 0.15166, -2.12601, 0.26612, 0, 3, 3.28653e-05, 225.807, 0.580700988, 0.000528612, 6, 3, 2, 0.7446,
     88.906, KD_ROASTED(88.906)},
    {138.905, 0.54, 0, -1.93, 0, 0, 3, 6.77769e-05, 325.807, 0.443101432, 0.001028295, 6, 3, 2, 0.5151, 138.91,
     KD_ROASTED(138.91)},
    {140.116, 0.30916, 0.04816, -1.66021, -0.38599, 0, 3, 0.000156161, 328.229, 0.601391182, 0.007050046, 6, 3, 2,
     0.6807, 140.12, KD_ROASTED(140.12)},
    {140.907, 0.29, 0, -1.48, 0, 0, 3, 1.71438e-05, 329.811, 0.501916124, 0.000522858, 6, 3, 2, 0.78, 140.91,
     KD_ROASTED(140.91)},
    {144.242, 0.31183, 0.03763, -1.62372, -0.38096, 0, 3, 6.76618e-05, 336.481, 0.702951111, 0.006289942, 6, 3, 2,
     0.8155, 144.24, KD_ROASTED(144.24)},
    {150.36, 0.81233, -0.02247, -2.12172, 0.17414, 0, 3, 1.47926e-05, 348.717, 0.578717372, 0.000252479, 6, 3, 2,
     0.8735, 150.36, KD_ROASTED(150.36)},
    {157.25, 1.0225, 0.0195, -2.24143, 0.03065, 0, 3, 1.0405e-05, 362.497, 1.063666638, 0.013408467, 6, 3, 2, 0.8801,
     157.25, KD_ROASTED(157.25)},
    {162.5, 1.70783, 0.06443, -2.42226, -0.02538, 0, 3, 7.54827e-06, 372.997, 0.428087853, 4.56708e-05, 6, 3, 2, 0.8716,
     162.5, KD_ROASTED(162.5)},
    {26.982, 0, 0, 0, 0, 0.0531, 3, 0.237, 101.961, 1.496716606, 405.5050676, 6, 3, 2, 0.009, 26.98,
     KD_ROASTED(26.982)},
    {40.078, 0, 0, 0, 0, 0.0658, 2, 0.00331, 56.077, 0.159744406, 0.081844698, 2, 1, 1, 0.205, 40.078, 40.078 + 15.999},
    {55.845, 0, 0, 0, 0, 0.1496, 3, 0.0642, 159.687, 0.902948175, 11.34710708, 6, 3, 2, 0.0244, 55.845,
     KD_ROASTED(55.845)},
};
#define KD_RARE_EARTHS 9 /* the first nine, scandium among them */

const char *const kd_uky_metal[KD_UKY_METALS] = {"sc", "y", "la", "ce", "pr", "nd", "sm", "gd", "dy", "al", "ca", "fe"};

const kd_uky_params kd_uky_published = {.solid_flow = 22.68,
                                        .liquid_flow = 100,
                                        .liquid_h = 0.277,
                                        .liquid_hso4 = 25.025 / 97,
                                        .liquid_so4 = 0.915 / 96,
                                        .tank_volume = 378.5411784,
                                        .dosage = 0.2,
                                        .scrub_flow = 0.1,
                                        .strip_flow = 3.375,
                                        .clean_flow = 3.517,
                                        .scrub_h = 0.98144 / 1.008,
                                        .strip_h = 1,
                                        .clean_h = 1,
                                        .rougher_organic = 128.9,
                                        .cleaner_organic = 603.3,
                                        .organic_recycle = 0.9,
                                        .liquid_recovery = 0.7,
                                        .load_recycle = 0.9,
                                        .scrub_recycle = 0.9,
                                        .precipitate_recovery = 0.9,
                                        .precipitate_recycle = 0.9,
                                        .roaster_recovery = 0.95};

/* Stages by bank, each from the end where its aqueous leaves last: see aqueous_in. */
enum { RL = 0, RS = 3, RT = 4, CL = 6, CT = 9 };

typedef struct plant {
  const kd_uky_params *p;
  double clean_liquor;        /* L/h of precipitator liquor to the cleaner */
  double cleaner, load;       /* L/h of aqueous in the cleaner load and the rougher load */
  double inlet, flow[2];      /* L/h: leach inlet, out of the tanks */
  double solid[2];            /* kg/h out of the tanks */
  double u[2][KD_UKY_METALS]; /* (1-X)^(1/3) after each tank */
  double d[KD_UKY_STAGES][KD_UKY_METALS], o[KD_UKY_STAGES][KD_UKY_METALS], a[KD_UKY_STAGES][KD_UKY_METALS];
  double liquor[KD_UKY_METALS]; /* mol/L out of the leach */
  double sulfur;                /* mol/h through the leach */
} plant;

static double feed_moles(const plant *s, size_t i) {
  return s->p->solid_flow * 1000 * metals[i].oxide / metals[i].oxide_mass; /* mol oxide/h */
}

/* n u^3 + c u^2 = n before^3 */
static double dissolve(double before, double c_over_n) {
  double u = before;
  for (int it = 0; it < 60; it++) {
    double f = (u + c_over_n) * u * u - before * before * before, step = f / (u * (3 * u + 2 * c_over_n));
    if (!(fabs(step) < 0.9 * u)) step = copysign(0.5 * u, step);
    u -= step;
    if (fabs(step) <= 1e-16 * u) break;
  }
  return u;
}

/* (1) and the volumes, for given acid in the tanks. */
static void leach(plant *s, const double *h) {
  const kd_uky_params *p = s->p;
  for (int pass = 0; pass < 60; pass++) {
    double made[2] = {0, 0}, before_flow = s->flow[1], before_solid = s->solid[0] + s->solid[1];
    for (int t = 0; t < 2; t++) {
      double eps = s->solid[t] / (s->solid[t] / KD_SOLID_RHO + s->flow[t]), left = KD_INERTS * p->solid_flow;
      for (size_t i = 0; i < KD_UKY_METALS; i++) {
        double n = feed_moles(s, i), old = t == 0 ? 1 : s->u[0][i];
        s->u[t][i] = dissolve(old, p->tank_volume * eps * metals[i].b * pow(h[t], metals[i].a) / n);
        double u = s->u[t][i];
        made[t] += metals[i].water * n * (old * old * old - u * u * u) * KD_WATER_MASS;
        left += n * u * u * u * metals[i].oxide_mass / 1000;
      }
      s->solid[t] = left;
    }
    /* inlet = fresh + load_recycle (recovery * out + cleaner) + scrub;  out = inlet + made */
    double fixed = p->liquid_flow + p->load_recycle * s->cleaner + p->scrub_recycle * p->scrub_flow;
    double loop = p->load_recycle * p->liquid_recovery;
    s->inlet = (fixed + loop * (made[0] + made[1])) / (1 - loop);
    s->flow[0] = s->inlet + made[0];
    s->flow[1] = s->flow[0] + made[1];
    if (fabs(s->flow[1] - before_flow) <= 1e-15 * s->flow[1] &&
        fabs(s->solid[0] + s->solid[1] - before_solid) <= 1e-15 * before_solid)
      break;
  }
  s->load = p->liquid_recovery * s->flow[1] + s->cleaner;
}

/* Gauss elimination with pivoting, n small. */
static bool solve(double *a, double *b, size_t n) {
  for (size_t k = 0; k < n; k++) {
    size_t best = k;
    for (size_t i = k + 1; i < n; i++)
      if (fabs(a[i * n + k]) > fabs(a[best * n + k])) best = i;
    if (!(fabs(a[best * n + k]) > 0)) return false;
    for (size_t j = 0; j < n && best != k; j++) {
      double swap = a[k * n + j];
      a[k * n + j] = a[best * n + j], a[best * n + j] = swap;
    }
    double swap = b[k];
    b[k] = b[best], b[best] = swap;
    for (size_t i = k + 1; i < n; i++) {
      double f = a[i * n + k] / a[k * n + k];
      if (f == 0) continue;
      for (size_t j = k; j < n; j++) a[i * n + j] -= f * a[k * n + j];
      b[i] -= f * b[k];
    }
  }
  for (size_t k = n; k-- > 0;) {
    for (size_t j = k + 1; j < n; j++) b[k] -= a[k * n + j] * b[j];
    b[k] /= a[k * n + k];
  }
  return true;
}

/* All recycles at once: unknowns o of the 12 stages and the leach liquor. Stage rows: organic in + aqueous in = out. */
static bool metal_balances(plant *s, size_t i) {
  const kd_uky_params *p = s->p;
  double m[KD_LINEAR * KD_LINEAR] = {0}, b[KD_LINEAR] = {0}, inverse[KD_UKY_STAGES];
  double trace = KD_TRACE / 1000 / metals[i].mass, fresh = (1 - p->organic_recycle);
  double aqueous[KD_UKY_STAGES], organic[KD_UKY_STAGES];
  for (size_t j = 0; j < KD_UKY_STAGES; j++) {
    inverse[j] = 1 / s->d[j][i];
    aqueous[j] = j < RS   ? s->load
                 : j < RT ? p->scrub_flow
                 : j < CL ? p->strip_flow
                 : j < CT ? s->cleaner
                          : p->clean_flow;
    organic[j] = j < CL ? p->rougher_organic : p->cleaner_organic;
    m[j * KD_LINEAR + j] = organic[j] + aqueous[j] * inverse[j];
  }
#define KD_AT(row_, column_) m[(row_)*KD_LINEAR + (column_)]
  /* organic: RL3 -> RL2 -> RL1 -> RS -> RT1 -> RT2 -> back; CL3 -> CL2 -> CL1 -> CT1 -> CT2 -> CT3 -> back */
  static const int from[KD_UKY_STAGES] = {RL + 1, RL + 2, RT + 1, RL, RS, RT, CL + 1, CL + 2, CT + 2, CL, CT, CT + 1};
  for (int j = 0; j < KD_UKY_STAGES; j++) {
    bool mixed = j == RL + 2 || j == CL + 2;
    KD_AT(j, from[j]) -= organic[j] * (mixed ? p->organic_recycle : 1);
    if (mixed) b[j] += organic[j] * fresh * trace;
  }
  /* aqueous */
  static const int upstream[KD_UKY_STAGES] = {-1, RL, RL + 1, -1, RT + 1, -1, -1, CL, CL + 1, CT + 1, CT + 2, -1};
  for (int j = 0; j < KD_UKY_STAGES; j++)
    if (upstream[j] >= 0) KD_AT(j, upstream[j]) -= aqueous[j] * inverse[upstream[j]];
  b[RS] += p->scrub_flow * trace;
  b[RT + 1] += p->strip_flow * trace;
  b[CT + 2] += p->clean_flow * trace;
  KD_AT(RL, 12) -= p->liquid_recovery * s->flow[1];
  KD_AT(RL, CL + 2) -= s->cleaner * inverse[CL + 2];
  KD_AT(CL, RT) -= p->strip_flow * inverse[RT];
  KD_AT(CL, CT) -= s->clean_liquor * (1 - metals[i].split) * inverse[CT];
  /* leach */
  double u = s->u[1][i];
  KD_AT(12, 12) = s->flow[1];
  KD_AT(12, RL + 2) -= p->load_recycle * s->load * inverse[RL + 2];
  KD_AT(12, RS) -= p->scrub_recycle * p->scrub_flow * inverse[RS];
  b[12] =
      p->liquid_flow * KD_LEACH_TRACE / 1000 / metals[i].mass + metals[i].cations * feed_moles(s, i) * (1 - u * u * u);
#undef KD_AT
  if (!solve(m, b, KD_LINEAR)) return false;
  for (size_t j = 0; j < KD_UKY_STAGES; j++) {
    s->o[j][i] = b[j];
    s->a[j][i] = b[j] * inverse[j];
  }
  s->liquor[i] = b[12];
  return true;
}

/* Protons given by the metals that go into the organic at stage j, mol/h. */
static double released(const plant *s, size_t j) {
  const double(*o)[KD_UKY_METALS] = (const double(*)[KD_UKY_METALS])s->o;
  static const int from[KD_UKY_STAGES] = {RL + 1, RL + 2, RT + 1, RL, RS, RT, CL + 1, CL + 2, CT + 2, CL, CT, CT + 1};
  double sum = 0, flow = j < CL ? s->p->rougher_organic : s->p->cleaner_organic, keep = s->p->organic_recycle;
  for (size_t i = 0; i < KD_UKY_METALS; i++) {
    double in = o[from[j]][i];
    if (j == RL + 2 || j == CL + 2) in = keep * in + (1 - keep) * KD_TRACE / 1000 / metals[i].mass;
    sum += metals[i].valence * (o[j][i] - in);
  }
  return flow * sum;
}

/* H + HSO4 from [H] and total sulfur, mol/L. */
static double with_bisulfate(double h, double sulfur) {
  return h * (1 + sulfur / (KD_KA2 + h));
}

/* Relative defects at x = (ln h of the stages, dosage of the stages, ln h of the tanks). */
static bool defects(double *f, plant *s, const double *x) {
  const kd_uky_params *p = s->p;
  double tank[2] = {exp(x[24]), exp(x[25])};
  leach(s, tank);
  for (size_t j = 0; j < KD_UKY_STAGES; j++) {
    double ph = -x[j] / log(10), q = x[12 + j], lq = log10(q);
    if (!(q > 0)) return false;
    for (size_t i = 0; i < KD_UKY_METALS; i++) {
      const metal *m = &metals[i];
      s->d[j][i] = m->d > 0 ? m->d : pow(10, (m->m0 + m->m1 * q) * ph + m->b0 + m->b1 * lq);
    }
  }
  for (size_t i = 0; i < KD_UKY_METALS; i++)
    if (!metal_balances(s, i)) return false;
  /* dosage: free and bound D2EHPA is what the make-up brings, all round the loop */
  double total = p->dosage * KD_D2EHPA_RHO;
  for (size_t j = 0; j < KD_UKY_STAGES; j++) {
    double bound = 0;
    for (size_t i = 0; i < KD_UKY_METALS; i++)
      bound += metals[i].valence *
               (s->o[j][i] - KD_TRACE / 1000 / metals[i].mass * (1 - p->organic_recycle) / (1 - p->organic_recycle));
    f[12 + j] = 100 * (total - 1000 * KD_D2EHPA * bound) / KD_D2EHPA_RHO / x[12 + j] - 1;
  }
  /* acid of the chloride banks, from the fresh acid on */
  double h[KD_UKY_STAGES];
  h[RS] = p->scrub_h + released(s, RS) / p->scrub_flow;
  h[RT + 1] = p->strip_h + released(s, RT + 1) / p->strip_flow;
  h[RT] = h[RT + 1] + released(s, RT) / p->strip_flow;
  h[CT + 2] = p->clean_h + released(s, CT + 2) / p->clean_flow;
  h[CT + 1] = h[CT + 2] + released(s, CT + 1) / p->clean_flow;
  h[CT] = h[CT + 1] + released(s, CT) / p->clean_flow;
  double in = (p->strip_flow * h[RT] + s->clean_liquor * h[CT]) / s->cleaner;
  for (size_t j = 0; j < 3; j++) h[CL + j] = in = in + released(s, CL + j) / s->cleaner;
  /* acid of the rougher load and the tanks, with bisulfate. H + HSO4 is linear round the leach loop. */
  double loop = p->load_recycle * p->liquid_recovery;
  s->sulfur = p->liquid_flow * (p->liquid_hso4 + p->liquid_so4) / (1 - loop);
  double used[2] = {0, 0}, gained = 0;
  for (int t = 0; t < 2; t++)
    for (size_t i = 0; i < KD_UKY_METALS; i++) {
      double old = t == 0 ? 1 : s->u[0][i], u = s->u[t][i];
      used[t] += metals[i].protons * feed_moles(s, i) * (old * old * old - u * u * u);
    }
  for (size_t j = 0; j < 3; j++) gained += released(s, RL + j);
  double clean = KD_HCL_H * h[CL + 2] * s->cleaner, scrub = KD_HCL_H * h[RS] * p->scrub_flow * p->scrub_recycle;
  double fresh = p->liquid_flow * (p->liquid_h + p->liquid_hso4);
  double leached = (fresh + scrub + p->load_recycle * (clean + gained) - used[0] - used[1]) / (1 - loop);
  double acid[2] = {leached + used[1], leached};
  for (int t = 0; t < 2; t++) f[24 + t] = acid[t] / s->flow[t] / with_bisulfate(tank[t], s->sulfur / s->flow[t]) - 1;
  double load = p->liquid_recovery * leached + clean, sulfur = p->liquid_recovery * s->sulfur / s->load;
  for (size_t j = 0; j < 3; j++) {
    load += released(s, RL + j);
    f[RL + j] = load / s->load / with_bisulfate(exp(x[RL + j]), sulfur) - 1;
  }
  for (size_t j = RS; j < KD_UKY_STAGES; j++) f[j] = h[j] / exp(x[j]) - 1;
  return true;
}

static double largest(const double *f) {
  double worst = 0;
  for (size_t i = 0; i < KD_UNKNOWNS; i++) worst = fabs(f[i]) <= worst ? worst : fabs(f[i]);
  return worst;
}

/* Newton with a forward-difference Jacobian, renewed when Broyden's update slows. */
static bool settle(plant *s, double *x, kd_uky_result *out) {
  double y[KD_UNKNOWNS], f[KD_UNKNOWNS], jacobian[KD_UNKNOWNS * KD_UNKNOWNS] = {0}, copy[KD_UNKNOWNS * KD_UNKNOWNS];
  double step[KD_UNKNOWNS], next[KD_UNKNOWNS], g[KD_UNKNOWNS];
  if (!defects(f, s, x)) return false;
  double worst = largest(f);
  bool fresh = false, have = false;
  for (out->iterations = 0; out->iterations < KD_ROUNDS; out->iterations++) {
    if (worst <= 2e-14) return true;
    if (!have) {
      for (size_t k = 0; k < KD_UNKNOWNS; k++) {
        double old = x[k], move = 1e-7 * fmax(1, fabs(old));
        x[k] = old + move;
        out->evaluations++;
        if (!defects(y, s, x)) return false;
        x[k] = old;
        for (size_t i = 0; i < KD_UNKNOWNS; i++) jacobian[i * KD_UNKNOWNS + k] = (y[i] - f[i]) / move;
      }
      have = fresh = true;
    }
    memcpy(copy, jacobian, sizeof copy);
    for (size_t i = 0; i < KD_UNKNOWNS; i++) step[i] = -f[i];
    if (!solve(copy, step, KD_UNKNOWNS)) return false;
    double longest = 0, share = 1;
    for (size_t i = 0; i < KD_UNKNOWNS; i++) longest = fmax(longest, fabs(step[i]));
    if (longest > 2) share = 2 / longest;
    double now = (double)INFINITY;
    for (int cut = 0; cut < 12; cut++, share /= 2) {
      for (size_t i = 0; i < KD_UNKNOWNS; i++) next[i] = x[i] + share * step[i];
      out->evaluations++;
      if (!defects(g, s, next)) continue;
      now = largest(g);
      if (now < worst || (worst < 1e-11 && now < 1e-12)) break;
    }
    if (!(now < worst)) {
      if (worst <= 1e-11) return defects(y, s, x);
      if (fresh) return false;
      have = false;
      continue;
    }
    if (now > 0.3 * worst) {
      have = false;
    } else { /* Broyden: J += (g - f - J s) s^T / s^T s */
      double norm = 0;
      for (size_t i = 0; i < KD_UNKNOWNS; i++) norm += share * share * step[i] * step[i];
      for (size_t i = 0; i < KD_UNKNOWNS; i++) {
        double sum = g[i] - f[i];
        for (size_t k = 0; k < KD_UNKNOWNS; k++) sum -= jacobian[i * KD_UNKNOWNS + k] * share * step[k];
        for (size_t k = 0; k < KD_UNKNOWNS; k++) jacobian[i * KD_UNKNOWNS + k] += sum * share * step[k] / norm;
      }
    }
    fresh = false;
    memcpy(x, next, sizeof next);
    memcpy(f, g, sizeof g);
    worst = now;
  }
  return worst <= 1e-11;
}

/* Products, recoveries, and the balance of each metal from what leaves. */
static void collect(kd_uky_result *out, const plant *s, const double *x) {
  const kd_uky_params *p = s->p;
  double product = 0, feed = 0, scandium = 0, scandium_fed = 0;
  out->product_mass = out->closure = 0;
  for (size_t i = 0; i < KD_UKY_METALS; i++) {
    const metal *m = &metals[i];
    double n = feed_moles(s, i), u = s->u[1][i], precipitated = p->clean_flow * s->a[CT][i] * m->split;
    double oxide = precipitated / m->cations * p->roaster_recovery;
    double content = m->product_mass * m->cations / (m->product_mass * m->cations + (m->cations > 1 ? 48 : 16));
    out->product[i] = oxide * m->cations * m->product_mass / 1000;
    out->product_mass += oxide * m->roasted / 1000;
    double fed = p->solid_flow * m->oxide * content;
    out->metal_recovery[i] = out->product[i] / fed;
    if (i < KD_RARE_EARTHS) product += out->product[i], feed += fed;
    if (i == 0) scandium = out->product[i], scandium_fed = fed;
    out->conversion[i] = 1 - u * u * u;
    out->leach_liquor[i] = s->liquor[i];
    double trace = KD_TRACE / 1000 / m->mass;
    double in = m->cations * n * (1 - u * u * u) + p->liquid_flow * KD_LEACH_TRACE / 1000 / m->mass +
                trace * (p->scrub_flow + p->strip_flow + p->clean_flow +
                         (1 - p->organic_recycle) * (p->rougher_organic + p->cleaner_organic));
    double gone =
        (1 - p->liquid_recovery) * s->flow[1] * s->liquor[i] + (1 - p->load_recycle) * s->load * s->a[RL + 2][i] +
        (1 - p->scrub_recycle) * p->scrub_flow * s->a[RS][i] + precipitated +
        (p->clean_flow - s->clean_liquor) * (1 - m->split) * s->a[CT][i] +
        (1 - p->organic_recycle) * (p->rougher_organic * s->o[RT + 1][i] + p->cleaner_organic * s->o[CT + 2][i]);
    out->closure = fmax(out->closure, fabs(gone / in - 1));
    for (size_t j = 0; j < KD_UKY_STAGES; j++) {
      out->organic[j][i] = s->o[j][i];
      out->aqueous[j][i] = s->a[j][i];
    }
  }
  for (size_t j = 0; j < KD_UKY_STAGES; j++) {
    out->h[j] = exp(x[j]);
    out->dosage[j] = x[12 + j];
  }
  out->recovery = (product - scandium) / (feed - scandium_fed);
  out->recovery_with_scandium = product / feed;
  out->purity = product / out->product_mass;
  out->leach_inlet_flow = s->inlet;
  out->leach_flow = s->flow[1];
  out->load_flow = s->load;
  out->solid_out = s->solid[1];
  out->leach_h = exp(x[25]);
  out->leach_hso4 = with_bisulfate(out->leach_h, s->sulfur / s->flow[1]) - out->leach_h;
}

static void start(plant *s, double *x, const kd_uky_params *p) {
  *s = (plant){.p = p};
  s->clean_liquor = p->precipitate_recycle * p->precipitate_recovery * p->clean_flow;
  s->cleaner = p->strip_flow + s->clean_liquor;
  s->flow[0] = s->flow[1] = 3 * p->liquid_flow;
  s->solid[0] = s->solid[1] = p->solid_flow;
  if (x == NULL) return;
  for (size_t j = 0; j < KD_UKY_STAGES; j++) {
    x[j] = log(j < RS ? 0.01 : j < RT ? p->scrub_h : j < CL ? 0.6 * p->strip_h : 0.8 * p->clean_h);
    x[12 + j] = 95 * p->dosage;
  }
  x[24] = log(0.01), x[25] = log(0.005);
}

/* From the published plant to this one in steps that shrink where Newton does not follow. */
static bool approach(plant *s, double *x, const kd_uky_params *p, kd_uky_result *out) {
  enum { FIELDS = sizeof(kd_uky_params) / sizeof(double) };
  double from[FIELDS], to[FIELDS], field[FIELDS];
  kd_uky_params here = kd_uky_published;
  memcpy(from, &here, sizeof from);
  memcpy(to, p, sizeof to);
  double kept[KD_UNKNOWNS], done = 0, part = 0.5;
  start(s, x, &here);
  if (!settle(s, x, out)) return false;
  while (done < 1 && part > 1e-3) {
    double next = fmin(1, done + part);
    for (size_t f = 0; f < FIELDS; f++) field[f] = from[f] + next * (to[f] - from[f]);
    memcpy(&here, field, sizeof here);
    memcpy(kept, x, sizeof kept);
    start(s, NULL, &here);
    if (settle(s, x, out)) {
      done = next;
      part *= 1.5;
    } else {
      memcpy(x, kept, sizeof kept);
      part /= 2;
    }
  }
  start(s, NULL, p);
  return done >= 1 && settle(s, x, out);
}

kd_status kd_uky_solve(kd_uky_result *out, const kd_uky_params *p, kd_work *work) {
  kd_status status = KD_OK;
  plant s;
  double x[KD_UNKNOWNS], f[KD_UNKNOWNS];
  memset(out, 0, sizeof *out);
  KD_CHECK(p->load_recycle * p->liquid_recovery < 1, work->err, KD_E_INFEASIBLE,
           "load_recycle %g and liquid_recovery %g: all leach liquor would come back", p->load_recycle,
           p->liquid_recovery);
  start(&s, x, p);
  KD_CHECK(settle(&s, x, out) || approach(&s, x, p, out), work->err, KD_E_CONVERGENCE,
           "the plant's balances do not settle: too little acid for the refuse, or stages that hold no solution");
  KD_CHECK(defects(f, &s, x), work->err, KD_E_CONVERGENCE, "the plant's balances have no solution here");
  out->residual = largest(f);
  collect(out, &s, x);
out:
  return status;
}
