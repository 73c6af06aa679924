// SPDX-License-Identifier: Apache-2.0
/* Equilibrium of the plant's liquors.
 *
 *   species and solids as in the tables below, log10 K at 25 C and ionic strength 0, mol/L; Davies to 0.5 mol/L,
 *   which makes the constants those at 0.5 mol/L in stronger liquors                                             (1)
 *   log K(T) = log K - dH/(R ln 10) (1/T - 1/298.15)                                                           (2)
 *
 * Source    acid, Ca, Mg, Al, Fe and Na species, their enthalpies, gypsum, Al(OH)3 amorphous, calcite, fluorite:
 *           Ball and Nordstrom 1991, WATEQ4F (database of PHREEQC, Parkhurst and Appelo); H3PO4: Allison et al. 1991,
 *           MINTEQA2. Rare-earth sulfates, RE hydroxides, REPO4 (I = 0), FePO4.2H2O: NIST SRD 46 (Martell and Smith);
 *           gaps of it from the LLNL database of PHREEQC. Hydrolysis, chlorides, fluorides, phosphates of RE: LLNL
 *           database. Oxalate: NIST SRD 46 and ThermoChimie 12a (sit.dat); the series at I = 0.1 filled linearly in
 *           atomic number and carried to I = 0 by Davies (+1.28, +1.71; derived), tris complexes from I = 1 (+0.88 as
 *           for Eu; derived). RE2(C2O4)3: Ce, Nd, Yb at I = 0 (NIST SRD 46), La carried from I = 0.1 (derived), the
 *           others interpolated: assumed, good to a decade.
 *           NaRE(SO4)2: in no database; one constant for all, calibrated with the mud's sulfuric leach (leach_mud.c):
 *           assumed. RE2(CO3)3: La from 9.57 for 1/2 La2(CO3)3 + 3 H = La + 3/2 CO2(g) (Nguyen et al. 1993), Nd
 *           -31.54 at I = 0.1 (Meinrath and Takeishi 1993) carried to I = 0 by Davies; Ce, Pr between, the others as
 *           Nd: assumed.
 * Range     0-95 C where an enthalpy is given; up to 0.5 mol/L, beyond that a conditional set.
 * Weakness  ideal solids, one for each rare earth; fresh phosphate is up to two decades more soluble: shift its log K.
 */
#include "process/liquor.h"

#include <math.h>
#include <string.h>

#include "process/speciation.h"

#define KD_R_LN10      19.1448 /* J/(mol K) */
#define KD_ROOM        298.15
#define KD_CALORIE     4184.0 /* J/kcal */
#define KD_ITEMS       4
#define KD_MAX_SPECIES 320
#define KD_MAX_SOLIDS  112

typedef struct reaction {
  double log_k, enthalpy; /* kcal/mol; NaN: none known, taken as 0 */
  struct {
    int ion;
    double coefficient;
  } item[KD_ITEMS];
} reaction;

#define H   KD_ION_H
#define NA  KD_ION_NA
#define CA  KD_ION_CA
#define MG  KD_ION_MG
#define AL  KD_ION_AL
#define FE  KD_ION_FE
#define SO4 KD_ION_SO4
#define PO4 KD_ION_PO4
#define FL  KD_ION_F
#define OX  KD_ION_OX
#define CO3 KD_ION_CO3
#define CL  KD_ION_CL

static const double charges[KD_ION_RE] = {
    [H] = 1,    [NA] = 1,   [CA] = 2,  [MG] = 2,  [AL] = 3,   [FE] = 3, [KD_ION_MN] = 2,
    [SO4] = -2, [PO4] = -3, [FL] = -1, [OX] = -2, [CO3] = -2, [CL] = -1};

static const reaction species[] = {
    {-13.998, 13.345, {{H, -1}}},                  /* OH */
    {1.988, 3.85, {{H, 1}, {SO4, 1}}},             /* HSO4 */
    {12.346, -3.53, {{H, 1}, {PO4, 1}}},           /* HPO4 */
    {19.553, -4.52, {{H, 2}, {PO4, 1}}},           /* H2PO4 */
    {21.721, -2.4, {{H, 3}, {PO4, 1}}},            /* H3PO4 */
    {3.18, 3.18, {{H, 1}, {FL, 1}}},               /* HF */
    {4.25, 0, {{H, 1}, {OX, 1}}},                  /* HC2O4 */
    {5.65, 0, {{H, 2}, {OX, 1}}},                  /* H2C2O4 */
    {10.329, -3.561, {{H, 1}, {CO3, 1}}},          /* HCO3 */
    {16.681, -5.738, {{H, 2}, {CO3, 1}}},          /* CO2 */
    {0.7, 1.12, {{NA, 1}, {SO4, 1}}},              /* NaSO4 */
    {2.3, 1.65, {{CA, 1}, {SO4, 1}}},              /* CaSO4 */
    {15.085, -0.23, {{CA, 1}, {H, 1}, {PO4, 1}}},  /* CaHPO4: 2.739 + 12.346 */
    {20.961, -1.12, {{CA, 1}, {H, 2}, {PO4, 1}}},  /* CaH2PO4: 1.408 + 19.553 */
    {3.224, 3.545, {{CA, 1}, {CO3, 1}}},           /* CaCO3 */
    {11.435, -0.871, {{CA, 1}, {H, 1}, {CO3, 1}}}, /* CaHCO3: 1.106 + 10.329 */
    {3.19, 0, {{CA, 1}, {OX, 1}}},                 /* CaC2O4 */
    {2.37, 4.55, {{MG, 1}, {SO4, 1}}},             /* MgSO4 */
    {1.82, 3.2, {{MG, 1}, {FL, 1}}},               /* MgF */
    {3.56, 0, {{MG, 1}, {OX, 1}}},                 /* MgC2O4 */
    {-5.0, 11.49, {{AL, 1}, {H, -1}}},             /* AlOH */
    {-10.1, 26.9, {{AL, 1}, {H, -2}}},             /* Al(OH)2 */
    {-16.9, 39.89, {{AL, 1}, {H, -3}}},            /* Al(OH)3 */
    {-22.7, 42.3, {{AL, 1}, {H, -4}}},             /* Al(OH)4 */
    {7.0, 1.06, {{AL, 1}, {FL, 1}}},               /* AlF */
    {12.7, 1.98, {{AL, 1}, {FL, 2}}},              /* AlF2 */
    {16.8, 2.16, {{AL, 1}, {FL, 3}}},              /* AlF3 */
    {3.5, 2.29, {{AL, 1}, {SO4, 1}}},              /* AlSO4 */
    {5.0, 3.11, {{AL, 1}, {SO4, 2}}},              /* Al(SO4)2 */
    {9.4, 0, {{AL, 1}, {OX, 1}}},                  /* AlC2O4 */
    {15.39, 0, {{AL, 1}, {OX, 2}}},                /* Al(C2O4)2 */
    {18.3, 0, {{AL, 1}, {OX, 3}}},                 /* Al(C2O4)3 */
    {-2.19, 10.4, {{FE, 1}, {H, -1}}},             /* FeOH */
    {-5.67, 17.1, {{FE, 1}, {H, -2}}},             /* Fe(OH)2 */
    {-12.56, 24.8, {{FE, 1}, {H, -3}}},            /* Fe(OH)3 */
    {-21.6, 31.9, {{FE, 1}, {H, -4}}},             /* Fe(OH)4 */
    {4.04, 3.91, {{FE, 1}, {SO4, 1}}},             /* FeSO4 */
    {1.48, 5.6, {{FE, 1}, {CL, 1}}},               /* FeCl */
    {2.13, 0, {{FE, 1}, {CL, 2}}},                 /* FeCl2 */
    {20.646, 0, {{FE, 1}, {H, 1}, {PO4, 1}}},      /* FeHPO4: 8.30 + 12.346 */
    {23.023, 0, {{FE, 1}, {H, 2}, {PO4, 1}}},      /* FeH2PO4: 3.47 + 19.553 */
    {9.53, 0, {{FE, 1}, {OX, 1}}},                 /* FeC2O4 */
    {15.75, 0, {{FE, 1}, {OX, 2}}},                /* Fe(C2O4)2 */
    {20.2, 0, {{FE, 1}, {OX, 3}}},                 /* Fe(C2O4)3 */
    {2.25, 3.37, {{KD_ION_MN, 1}, {SO4, 1}}},      /* MnSO4 */
    {3.95, 0, {{KD_ION_MN, 1}, {OX, 1}}},          /* MnC2O4 */
};
#define KD_SPECIES (sizeof species / sizeof species[0])

/* Dissolution, solid = ions; log10 of the solubility product. */
static const struct {
  kd_liquor_solid id;
  reaction of;
} solids[] = {
    {KD_SOLID_GYPSUM, {-4.58, -0.109, {{CA, 1}, {SO4, 1}}}},
    {KD_SOLID_FE_HYDROXIDE, {4.891, 0, {{FE, 1}, {H, -3}}}},
    {KD_SOLID_AL_HYDROXIDE, {10.8, -26.5, {{AL, 1}, {H, -3}}}},
    {KD_SOLID_FE_PHOSPHATE, {-26.4, -2.03, {{FE, 1}, {PO4, 1}}}},
    {KD_SOLID_FLUORITE, {-10.6, 4.69, {{CA, 1}, {FL, 2}}}},
    {KD_SOLID_CA_OXALATE, {-8.73, 0, {{CA, 1}, {OX, 1}}}},
    {KD_SOLID_CALCITE, {-8.48, -2.297, {{CA, 1}, {CO3, 1}}}},
    {KD_SOLID_HYDROXYAPATITE, {-44.333, 0, {{CA, 5}, {PO4, 3}, {H, -1}}}}, /* K with OH: -58.33 (NIST SRD 46) */
};

/* By rare earth, in the order La .. Lu, Y. */
static const double re_hydroxide[KD_REY] = {-20.7, -21.2, -21.5, -23.1, -25.4, -25.6, -25.7, -25.5,
                                            -25.6, -25.9, -24.9, -25.0, -25.0, -26.1, -23.2}; /* Tm: as Er, Yb */
static const double re_phosphate[KD_REY] = {-25.75, -26.3, -26.4, -26.20, -26.19, -25.96, -25.6, -25.39,
                                            -25.2,  -25.1, -25.1, -25.0,  -24.9,  -24.8,  -25.02};
static const double re_fluoride[KD_REY] = {-18.7, -18.8, -18.7, -18.6, -17.5, -17.2, -16.9, -16.7,
                                           -16.5, -16.4, -16.3, -16.1, -16.0, -15.9, -16.5}; /* Y: as Dy, assumed */
static const double re_oxalate[KD_REY] = {-28.2, -29.23, -30.2, -31.11, -30.7,  -30.5, -30.3, -30.0,
                                          -29.8, -29.6,  -29.4, -29.2,  -28.91, -28.7, -29.7};
static const double re_carbonate[KD_REY] = {-35.31, -35.1,  -34.9,  -34.74, -34.74, -34.74, -34.74, -34.74,
                                            -34.74, -34.74, -34.74, -34.74, -34.74, -34.74, -34.74};
static const double re_co3[KD_REY] = {7.117, 7.401, 7.557, 7.703, 7.850, 7.923, 7.850, 7.923,
                                      7.997, 8.070, 8.143, 8.217, 8.290, 8.290, 8.050}; /* LLNL, from HCO3 + 10.329 */
static const double re_oh[KD_REY] = {-8.640, -8.421, -8.274, -8.127, -7.981, -7.907, -7.907, -7.834,
                                     -7.834, -7.761, -7.761, -7.688, -7.614, -7.614, -7.695};
static const double re_cl[KD_REY] = {.309, .309, .309, .309, .309, .309,  .309, .235,
                                     .235, .235, .309, .235, .162, -.058, .300};
static const double re_so4[2][KD_REY] = {
    {3.64, 3.64, 3.64, 3.66, 3.67, 3.67, 3.66, 3.64, 3.61, 3.59, 3.59, 3.59, 3.55, 3.57, 3.48},
    {5.3, 5.1, 4.9, 5.1, 5.1, 5.4, 5.2, 5.1, 4.8, 4.9, 5.1, 5.1, 5.1, 5.3, 5.2}};
static const double re_so4_enthalpy[2][KD_REY] = {/* kJ/mol */
                                                  {18.4, 19.7, 19.7, 20.1, 20.5, 20.5, 20.1, 19.7, 20.5, 20.5, 20.5,
                                                   20.1, 19.7, 19.7, 20.1},
                                                  {35.6, 33.1, 43.5, 35.1, 27.2, 29.7, 31.0, 32.6, 41.8, 37.7, 33.5,
                                                   29.3, 29.3, 29.3, 29.3}};
static const double re_f[3][KD_REY] = {
    {3.856, 4.222, 4.222, 4.369, 4.369, 4.442, 4.589, 4.662, 4.662, 4.735, 4.735, 4.809, 4.809, 4.809, 4.300},
    {6.685, 7.271, 7.345, 7.565, 7.638, 7.711, 7.931, 8.151, 8.151, 8.298, 8.298, 8.371, 8.371, 8.444, 7.800},
    {8.708, 9.514, 9.661, 9.881, 10.03, 10.17, 10.47, 10.69, 10.76, 10.91, 10.91, 10.98, 11.05, 11.10, 11.20}};
static const double re_h2po4[KD_REY] = {
    2.33, 2.33, 2.40, 2.45, 2.51, 2.60, 2.74, 2.72,
    2.72, 2.72, 2.72, 2.72, 2.72, 2.72, 2.65}; /* Ce, Gd, Y measured; rest between */
static const double re_hpo4[KD_REY] = {5.1, 5.2, 5.4, 5.4, 5.6, 5.7, 5.7, 5.8, 5.8, 5.8, 5.9, 5.9, 6.0, 6.0, 5.9};
static const double re_ox[3][KD_REY] = {
    {5.99, 6.18, 6.27, 6.37, 6.55, 6.64, 6.69, 6.73, 6.77, 6.81, 6.84, 6.88, 6.92, 6.95, 6.74},
    {9.54, 9.97, 10.14, 10.32, 10.62, 10.75, 10.85, 10.96, 11.03, 11.09, 11.16, 11.23, 11.30, 11.36, 11.00},
    {11.18, 11.18, 11.43, 11.68, 12.17, 12.48, 12.60, 12.73, 12.87, 13.02, 13.17, 13.32, 13.47, 13.62, 12.87}};

#define KD_DOUBLE_SULFATE (-11.271) /* Na + RE + 2 SO4; assumed, see leach_mud.c */

void kd_liquor_init(kd_liquor *self) {
  *self = (kd_liquor){.ph = (double)NAN, .temperature = KD_ROOM};
  for (int s = 0; s < KD_LIQUOR_SOLIDS; s++) self->allowed[s] = true;
}

typedef struct builder {
  double total[KD_IONS], fixed[KD_IONS], charge[KD_IONS + KD_MAX_SPECIES];
  double log_k[KD_MAX_SPECIES], nu[KD_MAX_SPECIES * KD_IONS];
  double solid_k[KD_MAX_SOLIDS], solid_nu[KD_MAX_SOLIDS * KD_IONS];
  int solid_class[KD_MAX_SOLIDS], solid_re[KD_MAX_SOLIDS];
  int place[KD_IONS]; /* ion -> component or -1 */
  int ion[KD_IONS];   /* component -> ion */
  size_t components, species, solids;
  double inverse; /* 1/T - 1/T0 */
} builder;

/* The row of coefficients of a reaction, or false when an ion of it is not there. */
static bool fill(double *row, double *charge, const builder *b, const reaction *r, int re, double re_count) {
  memset(row, 0, b->components * sizeof *row);
  *charge = 0;
  for (int i = 0; i < KD_ITEMS && r->item[i].coefficient != 0; i++) {
    const int at = b->place[r->item[i].ion];
    if (at < 0) return false;
    row[at] = r->item[i].coefficient;
    *charge += r->item[i].coefficient * b->charge[at];
  }
  if (re < 0) return true;
  const int at = b->place[KD_ION_RE + re];
  if (at < 0) return false;
  row[at] = re_count;
  *charge += 3 * re_count;
  return true;
}

static double at_temperature(const builder *b, double log_k, double joules) {
  return log_k - joules / KD_R_LN10 * b->inverse;
}

static void add_species(builder *b, const reaction *r, int re) {
  if (b->species >= KD_MAX_SPECIES) return;
  if (!fill(&b->nu[b->species * b->components], &b->charge[b->components + b->species], b, r, re, 1)) return;
  b->log_k[b->species++] = at_temperature(b, r->log_k, r->enthalpy * KD_CALORIE);
}

static void add_solid(builder *b, const kd_liquor *in, kd_liquor_solid id, const reaction *r, int re, double re_count) {
  double charge;
  if (b->solids >= KD_MAX_SOLIDS || !in->allowed[id]) return;
  if (!fill(&b->solid_nu[b->solids * b->components], &charge, b, r, re, re_count)) return;
  b->solid_k[b->solids] = at_temperature(b, r->log_k, r->enthalpy * KD_CALORIE) + in->log_k[id];
  b->solid_class[b->solids] = (int)id;
  b->solid_re[b->solids++] = re;
}

static void rare_earth(builder *b, const kd_liquor *in, int e) {
  add_species(b, &(reaction){re_oh[e], 0, {{H, -1}}}, e);
  add_species(b, &(reaction){re_co3[e], 0, {{CO3, 1}}}, e);
  add_species(b, &(reaction){re_cl[e], 0, {{CL, 1}}}, e);
  for (int n = 0; n < 3; n++) {
    if (n < 2) add_species(b, &(reaction){re_so4[n][e], re_so4_enthalpy[n][e] * 1000 / KD_CALORIE, {{SO4, n + 1}}}, e);
    add_species(b, &(reaction){re_f[n][e], 0, {{FL, n + 1}}}, e);
    add_species(b, &(reaction){re_ox[n][e], 0, {{OX, n + 1}}}, e);
  }
  add_species(b, &(reaction){re_h2po4[e] + 19.553, -4.52, {{H, 2}, {PO4, 1}}}, e);
  add_species(b, &(reaction){re_hpo4[e] + 12.346, -3.53, {{H, 1}, {PO4, 1}}}, e);
  /* RE(OH)3 = RE + 3 OH carried to protons with the ion product of water */
  add_solid(b, in, KD_SOLID_RE_HYDROXIDE, &(reaction){re_hydroxide[e] + 3 * 13.998, 0, {{H, -3}}}, e, 1);
  add_solid(b, in, KD_SOLID_RE_PHOSPHATE, &(reaction){re_phosphate[e], 0, {{PO4, 1}}}, e, 1);
  add_solid(b, in, KD_SOLID_RE_DOUBLE_SULFATE, &(reaction){KD_DOUBLE_SULFATE, -12, {{NA, 1}, {SO4, 2}}}, e, 1);
  add_solid(b, in, KD_SOLID_RE_OXALATE, &(reaction){re_oxalate[e], 0, {{OX, 3}}}, e, 2);
  add_solid(b, in, KD_SOLID_RE_CARBONATE, &(reaction){re_carbonate[e], 0, {{CO3, 3}}}, e, 2);
  add_solid(b, in, KD_SOLID_RE_FLUORIDE, &(reaction){re_fluoride[e], 0, {{FL, 3}}}, e, 1);
}

static void build(builder *b, const kd_liquor *in) {
  b->inverse = 1 / in->temperature - 1 / KD_ROOM;
  for (int i = 0; i < KD_IONS; i++) {
    b->place[i] = -1;
    if (i != KD_ION_H && !(in->total[i] > 0)) continue;
    b->place[i] = (int)b->components;
    b->ion[b->components] = i;
    b->total[b->components] = in->total[i];
    b->fixed[b->components] = (double)NAN;
    b->charge[b->components] = i >= KD_ION_RE ? 3 : charges[i];
    b->components++;
  }
  if (!isnan(in->ph)) b->fixed[0] = -in->ph;
  for (size_t k = 0; k < KD_SPECIES; k++) add_species(b, &species[k], -1);
  for (size_t k = 0; k < sizeof solids / sizeof solids[0]; k++) add_solid(b, in, solids[k].id, &solids[k].of, -1, 0);
  for (int e = 0; e < KD_REY; e++) rare_earth(b, in, e);
}

kd_status kd_liquor_solve(kd_liquor_result *out, const kd_liquor *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_speciation_result r;
  builder *b = kd_arena_alloc(work->scratch, 1, sizeof *b);
  KD_CHECK(b != NULL, work->err, KD_E_NOMEM, "out of memory for a liquor");
  build(b, in);
  kd_speciation s = {.components = b->components,
                     .species = b->species,
                     .solids = b->solids,
                     .total = b->total,
                     .log_activity = b->fixed,
                     .charge = b->charge,
                     .log_k = b->log_k,
                     .stoichiometry = b->nu,
                     .solid_log_k = b->solid_k,
                     .solid_stoichiometry = b->solid_nu,
                     .balance = -1,
                     .activity = KD_ACTIVITY_DAVIES,
                     .debye_huckel = 0.509,
                     .davies_limit = 0.5,
                     .ionic_strength = (double)NAN};
  KD_TRY(kd_speciate(&r, &s, work));
  *out = (kd_liquor_result){.ph = -r.log_activity[0],
                            .ionic_strength = r.ionic_strength,
                            .free_acid = r.concentration[0],
                            .protons = r.total[0]};
  for (size_t j = 0; j < b->components; j++) out->dissolved[b->ion[j]] = r.dissolved[j];
  for (size_t k = 0; k < b->solids; k++) {
    out->solid[b->solid_class[k]] += r.amount[k];
    if (b->solid_re[k] < 0) continue;
    const double count = b->solid_nu[k * b->components + (size_t)b->place[KD_ION_RE + b->solid_re[k]]];
    out->rare_earth[b->solid_class[k]][b->solid_re[k]] = count * r.amount[k];
  }
out:
  return status;
}
