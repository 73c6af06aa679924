// SPDX-License-Identifier: Apache-2.0
/* Leach, residue and liquor of a year.
 *
 *   acid     protons = apatite dissolved x 10 / 504.3 g x (1 + extra) + what stays free in the tank - what comes back
 * (1) extra    shared between Al(III), Fe(III) (3 H+ each) and carbonate and exchange (2 H+ per CaCO3) (2) gypsum H2SO4
 * only: all calcium of the apatite and carbonate falls as CaSO4.2H2O                                   (3) liquor
 * wanted = L/S x dry = cake water + reagent water + recycled liquor + make-up                                (4)
 *   residue  undissolved mud + gypsum + hydroxides and hydroxyapatite from the neutralised liquor, at the cake's solids
 * (5) bases    residue: acid left x dry; liquor: free acid of the tank, 3 OH- per Al and Fe, 10 OH- per apatite unit:
 *            Ca5(PO4)3F + 10 H+ is undone as Ca5(PO4)3OH, so the acid of the apatite is paid twice (6)
 *
 * Source    stoichiometry (derived); extra 10-40 % of the stoichiometric acid (assumed). Deep-sea programme texts name
 * NaOH for the residue. Weakness  co-dissolved Al, Fe and Ca are split by assumption: nothing has been published for
 * this mud. Recycled liquor does not poison the leach here. Water made or bound by reactions other than gypsum is not
 * followed.
 */
#include "process/plant.h"

#include <math.h>

#include "process/leach.h"
#include "process/leach_mud.h"

#define KD_WATER            1000.0     /* kg/m3; liquors are taken as water */
#define KD_HCL_SOLUTION     0.35       /* kg HCl per kg of technical acid */
#define KD_H2SO4_SOLUTION   0.98       /* kg H2SO4 per kg of technical acid */
#define KD_M_ALUMINA_HALF   50.981e-3  /* kg per mol Al in the clay, as Al2O3/2 */
#define KD_M_FERRIC_HALF    79.844e-3  /* kg per mol Fe, as Fe2O3/2 */
#define KD_M_CALCITE        100.086e-3 /* kg/mol CaCO3 */
#define KD_M_GYPSUM         172.164e-3 /* kg/mol CaSO4.2H2O */
#define KD_M_WATER          18.015e-3  /* kg/mol */
#define KD_M_AL_HYDROXIDE   78.003e-3  /* kg/mol Al(OH)3 */
#define KD_M_FE_HYDROXIDE   106.866e-3 /* kg/mol Fe(OH)3 */
#define KD_M_HYDROXYAPATITE 502.306e-3 /* kg/mol Ca5(PO4)3OH */

/* What goes into solution, and the protons it takes. */
static void dissolve(kd_plant *s) {
  const kd_process_params *p = s->p;
  double share = kd_leach_dissolved(p->acid_molarity, p->leach_time, p->leach_temperature);
  s->apatite_dissolved = share * s->apatite;
  double stoichiometric = s->apatite_dissolved * kd_apatite_protons();
  double extra = p->extra_acid * stoichiometric;
  double calcite = fmax(0, 1 - p->extra_aluminium - p->extra_iron) * extra / 2;
  s->aluminium = p->extra_aluminium * extra / 3;
  s->iron = p->extra_iron * extra / 3;
  double wanted = s->aluminium * KD_M_ALUMINA_HALF + s->iron * KD_M_FERRIC_HALF + calcite * KD_M_CALCITE;
  double scale = wanted > s->clay ? s->clay / wanted : 1; /* a mud of bare apatite has nothing else to dissolve */
  s->aluminium *= scale;
  s->iron *= scale;
  calcite *= scale;
  s->calcite = calcite;
  s->clay_dissolved = scale * wanted;
  s->acid_protons = stoichiometric + scale * extra;
  double apatite_moles = s->apatite_dissolved / KD_APATITE_MOLAR_MASS;
  double gypsum = p->acid == KD_ACID_H2SO4 ? 5 * apatite_moles + calcite : 0;
  s->gypsum = gypsum * KD_M_GYPSUM;
  s->hydrate_water = 2 * gypsum * KD_M_WATER;
  s->phosphate = apatite_moles * KD_M_HYDROXYAPATITE;
  s->hydroxides = s->aluminium * KD_M_AL_HYDROXIDE + s->iron * KD_M_FE_HYDROXIDE;
  s->solids_residue = (s->apatite - s->apatite_dissolved) + (s->clay - s->clay_dissolved);
}

/* Acid, water and bases of leach and residue. */
static kd_status liquor(kd_plant *s, kd_error *err) {
  kd_status status = KD_OK;
  const kd_process_params *p = s->p;
  const kd_leach_curve *acid = &kd_leach_curves[p->acid];
  double dry = s->apatite + s->clay, wanted = p->liquid_solid * dry * KD_WATER;
  double strength = p->acid == KD_ACID_HCL ? KD_HCL_SOLUTION : KD_H2SO4_SOLUTION;
  double free = p->acid_molarity * acid->protons; /* mol H+ per m3 in the tank */
  double back = fmin(p->spent_acidity, free);     /* mol H+ per m3 in the liquor that comes back */
  double moisture = (1 - p->residue_solids) / p->residue_solids;
  double leached_cake = (s->solids_residue + s->gypsum) * moisture;

  s->tank_liquor = wanted;
  s->residue_wash_water = leached_cake;
  s->spent = s->tank_liquor - s->hydrate_water - leached_cake + s->residue_wash_water;
  KD_CHECK(s->tank_liquor >= leached_cake + s->hydrate_water, err, KD_E_INFEASIBLE,
           "liquid_solid %g L/kg: less liquor than the leached cake holds", p->liquid_solid * 1000);
  s->recycled = p->liquor_recycle * s->spent;
  double need = s->acid_protons + free * wanted / KD_WATER; /* mol H+ */
  double bought = fmax(0, need - back * s->recycled / KD_WATER);
  s->acid = bought / acid->protons * acid->molar_mass;
  s->reagent_water = s->acid * (1 - strength) / strength;
  double room = wanted - s->cake_water - s->reagent_water;
  if (s->recycled > room) { /* the water of cake and acid leaves less room for liquor to come back */
    s->recycled = fmax(0, room);
    bought = need - back * s->recycled / KD_WATER;
    s->acid = bought / acid->protons * acid->molar_mass;
    s->reagent_water = s->acid * (1 - strength) / strength;
  }
  double inflow = s->cake_water + s->reagent_water + s->recycled;
  s->make_up = fmax(0, wanted - inflow);
  s->tank_liquor = inflow + s->make_up;
  s->spent = s->tank_liquor - s->hydrate_water - leached_cake + s->residue_wash_water;
  s->bleed = s->spent - s->recycled;
  s->soluble_loss = s->tank_liquor > 0 ? leached_cake / s->tank_liquor * (1 - p->residue_wash) : 0;

  double apatite_moles = s->apatite_dissolved / KD_APATITE_MOLAR_MASS;
  s->residue_base = p->residue_acidity * s->solids_residue;
  s->liquor_base = (free - back) * s->spent / KD_WATER + back * s->bleed / KD_WATER + 3 * (s->aluminium + s->iron) +
                   KD_APATITE_PROTONS * apatite_moles;
  if (p->acid == KD_ACID_H2SO4 && p->liquor_base == KD_BASE_LIME) {
    /* Calcium for the hydroxyapatite comes with the lime; that of the free sulfuric acid falls as gypsum. */
    double more = ((free - back) * s->spent + back * s->bleed) / KD_WATER / 2;
    s->gypsum += more * KD_M_GYPSUM;
    s->hydrate_water += 2 * more * KD_M_WATER;
    s->bleed -= 2 * more * KD_M_WATER;
  }
  s->residue_dry = s->solids_residue + s->gypsum + s->hydroxides + s->phosphate;
  double late_cake = s->residue_dry * moisture - leached_cake; /* moisture of the solids thrown down from the liquor */
  s->residue_water = leached_cake + late_cake;
  s->bleed -= late_cake;
  KD_CHECK(s->bleed >= 0, err, KD_E_INFEASIBLE, "liquid_solid %g L/kg: less liquor than the neutralised residue holds",
           p->liquid_solid * 1000);
out:
  return status;
}

/* Recoveries by the minerals of the leach feed (leach_mud.c), at the acid that the tank is fed so that `acid_molarity`
 * stays free. Milliseconds, not microseconds: chosen for a design, not for many realisations. */
static kd_status by_minerals(double *recovery, const kd_plant *s, kd_work *work) {
  kd_status status = KD_OK;
  const kd_process_params *p = s->p;
  const double dry = s->apatite + s->clay, protons = kd_leach_curves[p->acid].protons;
  kd_mud_leach m;
  kd_mud_leach_result r;
  if (!(dry > 0)) return KD_OK;
  kd_mud_leach_init(&m);
  m.acid = (kd_acid)p->acid;
  m.liquid_solid = p->liquid_solid * 1000;
  m.molarity = p->acid_molarity / 1000 + s->acid_protons / dry / protons / m.liquid_solid;
  m.time = p->leach_time;
  m.temperature = p->leach_temperature;
  m.seawater = false;
  m.apatite = s->apatite / dry;
  m.calcite = 0;
  m.clay = 0.85 * s->clay / dry;
  m.iron_oxide = 0.10 * s->clay / dry;
  m.manganese_oxide = 0.05 * s->clay / dry;
  for (int e = 0; e < KD_REY; e++) m.grade[e] = s->element[e] / dry;
  KD_TRY(kd_mud_leach_solve(&r, &m, work));
  for (int e = 0; e < KD_REY; e++) recovery[e] = p->leach_efficiency * r.recovery[e];
out:
  return status;
}

static kd_status elements(kd_plant *s, kd_work *work) {
  kd_status status = KD_OK;
  const kd_process_params *p = s->p;
  double recovery[KD_ELEMENTS], in = 0, out_ = 0;
  s->recovery_rey = p->leach_efficiency * kd_leach_recovery((kd_acid)p->acid, p->acid_molarity, p->leach_time,
                                                            p->leach_temperature, p->leach_decline);
  for (int e = 0; e < KD_ELEMENTS; e++)
    recovery[e] = e == KD_CE ? p->leach_cerium : e == KD_SC ? p->leach_scandium : s->recovery_rey;
  if (p->leach_model == KD_LEACH_MODEL_MINERALS) {
    KD_TRY(by_minerals(recovery, s, work));
    for (int e = 0; e < KD_REY; e++) {
      if (e == KD_CE) continue;
      in += s->element[e];
      out_ += recovery[e] * s->element[e];
    }
    if (in > 0) s->recovery_rey = out_ / in;
  }
  for (int e = 0; e < KD_ELEMENTS; e++) {
    double dissolved = recovery[e] * s->element[e];
    s->element_residue[e] = (1 - recovery[e]) * s->element[e] + s->soluble_loss * dissolved;
    s->liquor[e] = (1 - s->soluble_loss) * dissolved;
  }
out:
  return status;
}

kd_status kd_plant_leach(kd_plant *s, kd_process_result *out, kd_work *work) {
  kd_status status = KD_OK;
  const kd_process_params *p = s->p;
  dissolve(s);
  KD_TRY(liquor(s, work->err));
  KD_TRY(elements(s, work));
  double dry = s->apatite + s->clay;
  kd_plant_leach_heat(s);
  kd_plant_neutral_heat(s);
  s->leach_energy = p->leach_energy * dry;
  s->residue_energy = p->filter_energy * s->residue_dry;
  out->leach_recovery = s->recovery_rey;
  out->acid_per_dry = dry > 0 ? s->acid / dry : 0;
  out->residue_per_dry = s->in->dry_mass > 0 ? (s->residue_dry + s->residue_water) / s->in->dry_mass : 0;
out:
  return status;
}
