// SPDX-License-Identifier: Apache-2.0
/* Leach of rare-earth mud by its minerals.
 *
 *   minerals  bioapatite (10 H+), calcite (2), clay (3 per Al), iron oxide (3 per Fe), manganese oxide: shrinking cores
 *             with the acid's balance, leach_train.c                                                              (1)
 *   hosts     a share r of the rare earths is out of reach; cerium(IV) goes with the manganese oxide              (2)
 *   gel       fresh silica, alumina and iron gel of the clay takes up the share 1 - exp(-g),
 *             g = G (C/2 mol/L)^(1/2) (t/30 min)^(1/10) exp(-E_g/R (1/T - 1/333.15 K))                            (3)
 *   solids    gypsum, RE phosphate, Na-RE double sulfate by equilibrium of the liquor (liquor.c); of the rare earths
 * that equilibrium would let fall, t/(t + t_s) have fallen after t                                           (4)
 *
 * Source    Anchors: Takaya et al. 2015, Geochem. J. 49, 637: HCl 95.1 %, H2SO4 81.3 % of REY less Ce at 0.25-0.5
 * mol/L, 2-5 min, 25 C; another deep-sea sediment, HCl 2 mol/L, 60 C, 30 min: 89.5 %, Ce 30.7 %, with 62 % of the
 *           cerium in manganese oxide, with H2O2 86.6 %. r and G follow from the two HCl points, the solubility product
 * of NaRE(SO4)2 from the H2SO4 point, at (0.375 mol/L, 3.5 min, 100 L/kg, sea water): calibration. HCl 3 mol/L, 75 C,
 * 60 min in sea water, 87.27 % measured (Takaya et al. 2015), is not used. E_g, the powers in (3), t_s, minerals'
 * shares, their rates and liquid per solid: assumed. Range     0.05 to 6 mol/L, 15 to 90 C, minutes to hours. Weakness
 * Takaya's liquid per solid is not in print. What takes the rare earths up in strong hot HCl is not known: no phosphate
 * can fall there by equilibrium; (3) puts a name to it. Rates of clay and oxides are assumed.
 */
#include "process/leach_mud.h"

#include <math.h>

#include "process/leach_train.h"

#define KD_HOST       0.9642 /* 1 - r, from the HCl points */
#define KD_GEL        0.0745 /* G */
#define KD_GEL_ENERGY 15e3   /* J/mol, assumed: transport in pores */
#define KD_GEL_T      333.15 /* K */
#define KD_FALL_TIME  600.0  /* s, assumed */
#define KD_KA_HSO4    0.0355 /* mol/L at 0.5 mol/L ionic strength: log K 1.988 less 0.538 (Davies) */

/* kg/mol of what is dissolved: half an alumina with its silica in the clay, half a ferric oxide, a pyrolusite. */
#define KD_M_CLAY   0.141
#define KD_M_FERRIC 0.079844
#define KD_M_MN     0.086936
#define KD_M_CACO3  0.100086

void kd_mud_leach_init(kd_mud_leach *self) {
  /* pattern of the apatite of the mud, shares of REY; the same as the deposit's default assays */
  static const double pattern[KD_REY] = {0.14755, 0.04576, 0.04283, 0.18880, 0.04188, 0.01028, 0.04939, 0.00793,
                                         0.04792, 0.01033, 0.02816, 0.00371, 0.02280, 0.00342, 0.34924};
  *self = (kd_mud_leach){.acid = KD_ACID_HCL,
                         .molarity = 0.375,
                         .liquid_solid = 100,
                         .time = 210,
                         .temperature = 298.15,
                         .seawater = true,
                         .apatite = 0.2375,
                         .calcite = 0.01,
                         .clay = 0.62,
                         .iron_oxide = 0.08,
                         .manganese_oxide = 0.03,
                         .cerium_oxidised = 0.62,
                         .double_sulfate = -11.271};
  for (int e = 0; e < KD_REY; e++) self->grade[e] = 5000e-6 * pattern[e];
}

enum { APATITE, CALCITE, CLAY, IRON, MANGANESE, MINERALS };

static kd_status dissolve(double *x, double *h, const kd_mud_leach *in, kd_error *err) {
  kd_status status = KD_OK;
  const double each = 1 / in->liquid_solid;
  /* rates: the apatite is gone at 0.25 mol/L in 2 min (leach.c); the others are assumed */
  const kd_leach_mineral minerals[MINERALS] = {
      [APATITE] = {in->apatite * each / KD_APATITE_MOLAR_MASS, 1 / (0.25 * 120), 1, KD_APATITE_PROTONS, 40e3},
      [CALCITE] = {in->calcite * each / KD_M_CACO3, 1, 1, 2, 20e3},
      [CLAY] = {in->clay * each / KD_M_CLAY, 8e-6, 0.5, 3, 50e3},
      [IRON] = {in->iron_oxide * each / KD_M_FERRIC, 4e-6, 0.5, 3, 60e3},
      [MANGANESE] = {in->manganese_oxide * each / KD_M_MN, in->reductant ? 2e-3 : 2e-7, 0.5, 2, 40e3}};
  const bool sulfuric = in->acid == KD_ACID_H2SO4;
  const kd_leach_bath bath = {.protons = in->molarity * (sulfuric ? 2 : 1),
                              .sulfate = (sulfuric ? in->molarity : 0) + (in->seawater ? 0.0282 : 0),
                              .ka = KD_KA_HSO4,
                              .temperature = in->temperature,
                              .reference = 298.15};
  if (in->tanks == 0) return kd_leach_batch(x, h, minerals, MINERALS, &bath, in->time, err);
  double entering[MINERALS] = {0};
  for (unsigned k = 0; k < in->tanks; k++) {
    KD_TRY(kd_leach_tank(x, h, entering, minerals, MINERALS, &bath, in->time / in->tanks, err));
    for (int i = 0; i < MINERALS; i++) entering[i] = x[i];
  }
out:
  return status;
}

/* The liquor with everything in it that has dissolved, before anything falls. */
static void fill_liquor(kd_liquor *l, const kd_mud_leach *in, const double *x, const double *reached) {
  const double each = 1 / in->liquid_solid;
  const bool sulfuric = in->acid == KD_ACID_H2SO4;
  const double apatite = in->apatite * each / KD_APATITE_MOLAR_MASS * x[APATITE];
  const double calcite = in->calcite * each / KD_M_CACO3 * x[CALCITE];
  const double sea = in->seawater ? 1 : 0;
  kd_liquor_init(l);
  l->temperature = in->temperature;
  l->total[KD_ION_NA] = 0.468 * sea; /* standard sea water, Millero et al. 2008 */
  l->total[KD_ION_MG] = 0.0528 * sea;
  l->total[KD_ION_CA] = 0.0103 * sea + 5 * apatite + calcite;
  l->total[KD_ION_SO4] = 0.0282 * sea + (sulfuric ? in->molarity : 0);
  l->total[KD_ION_CL] = 0.546 * sea + (sulfuric ? 0 : in->molarity);
  l->total[KD_ION_PO4] = 3 * apatite;
  l->total[KD_ION_F] = apatite;
  l->total[KD_ION_AL] = in->clay * each / KD_M_CLAY * x[CLAY];
  l->total[KD_ION_FE] = in->iron_oxide * each / KD_M_FERRIC * x[IRON];
  l->total[KD_ION_MN] = in->manganese_oxide * each / KD_M_MN * x[MANGANESE];
  for (int e = 0; e < KD_REY; e++)
    l->total[KD_ION_RE + e] = reached[e] * in->grade[e] * each / kd_elements[e].molar_mass;
  /* protons: the acid, less what carbonate and oxides take; the apatite gives its phosphate and fluoride bare here */
  l->total[KD_ION_H] = in->molarity * (sulfuric ? 2 : 1) - 2 * calcite - 3 * l->total[KD_ION_AL] -
                       3 * l->total[KD_ION_FE] - 2 * l->total[KD_ION_MN];
  l->log_k[KD_SOLID_RE_DOUBLE_SULFATE] = in->double_sulfate + 11.271;
  static const kd_liquor_solid never[] = {KD_SOLID_CALCITE, KD_SOLID_HYDROXYAPATITE, KD_SOLID_RE_CARBONATE};
  for (size_t k = 0; k < sizeof never / sizeof never[0]; k++) l->allowed[never[k]] = false;
}

kd_status kd_mud_leach_solve(kd_mud_leach_result *out, const kd_mud_leach *in, kd_work *work) {
  kd_status status = KD_OK;
  double x[MINERALS], h, reached[KD_REY], weight = 0;
  kd_liquor liquor;
  kd_liquor_result r;
  *out = (kd_mud_leach_result){0};
  KD_TRY(dissolve(x, &h, in, work->err));
  const double gel = KD_GEL * sqrt(in->molarity / 2) * pow(fmax(in->time, 1e-9) / 1800, 0.1) *
                     exp(-KD_GEL_ENERGY / KD_GAS_CONSTANT * (1 / in->temperature - 1 / KD_GEL_T));
  for (int e = 0; e < KD_REY; e++) {
    const double oxidised = e == KD_CE ? in->cerium_oxidised : 0;
    reached[e] = ((1 - oxidised) * KD_HOST * x[APATITE] + oxidised * x[MANGANESE]) * exp(-gel);
  }
  fill_liquor(&liquor, in, x, reached);
  KD_TRY(kd_liquor_solve(&r, &liquor, work));
  const double fallen = in->time / (in->time + KD_FALL_TIME);
  for (int e = 0; e < KD_REY; e++) {
    const double all = liquor.total[KD_ION_RE + e];
    const double falls = all > 0 ? fmax(0, 1 - r.dissolved[KD_ION_RE + e] / all) * fallen : 0;
    out->recovery[e] = reached[e] * (1 - falls);
    r.dissolved[KD_ION_RE + e] = all * (1 - falls);
    if (e == KD_CE || !(in->grade[e] > 0)) continue;
    weight += in->grade[e];
    out->recovery_rey += in->grade[e] * out->recovery[e];
    out->refractory += in->grade[e] * (1 - KD_HOST * x[APATITE]);
    out->gel += in->grade[e] * KD_HOST * x[APATITE] * (1 - exp(-gel));
    const double scale = all > 0 ? in->grade[e] * reached[e] * fallen / all : 0;
    out->phosphate += scale * r.rare_earth[KD_SOLID_RE_PHOSPHATE][e];
    out->double_sulfate += scale * r.rare_earth[KD_SOLID_RE_DOUBLE_SULFATE][e];
  }
  double *const shares[] = {&out->recovery_rey, &out->refractory, &out->gel, &out->phosphate, &out->double_sulfate};
  for (size_t k = 0; k < 5; k++) *shares[k] = weight > 0 ? *shares[k] / weight : 0;
  for (int i = 0; i < KD_IONS; i++) out->liquor[i] = r.dissolved[i];
  out->ph = r.ph;
  out->free_acid = h;
  out->gypsum = r.solid[KD_SOLID_GYPSUM];
  out->apatite = x[APATITE];
  out->clay = x[CLAY];
  out->manganese = x[MANGANESE];
  out->iron = x[IRON];
  out->acid_taken = (in->molarity * (in->acid == KD_ACID_H2SO4 ? 2 : 1) -
                     (h + (in->acid == KD_ACID_H2SO4 ? in->molarity * h / (h + KD_KA_HSO4) : 0))) *
                    in->liquid_solid;
out:
  return status;
}
