// SPDX-License-Identifier: Apache-2.0
/* Published distribution of rare earths, record by record; data/process/extractants.csv is the same for people.
 *
 *   mass action  log10 D = a + 3 pH + n log10(c / c0),  c free extractant as dimer                                 (1)
 *   line         log10 D = a + b pH                                                                                (2)
 *   constant     log10 D = a                                                                                       (3)
 *
 * Source    p204: see equilibrium.c. p507 (PC88A): log Ke of Dy 1.67 and Y 2.24 after Tanaka 2021, Nd from D = 1 at pH
 *           1.03 and 0.5 M dimer. cyanex272: Nd from D = 1 at pH 2.14 and 0.3 M dimer. Lines: coefficients for
 *           monazite-type liquors in the public repository joao-mbn/etr-optimization. tbp_nitrate: Kraikaew et al.
 *           2005, table 1, brought to 3 M neutral nitrate, 1 M TBP, 298 K. naphthenic_acid: form known (Qi 2018), no
 *           constants at hand. aliquat336_nitrate: complex (Onghena et al. 2018) and order (Larsson and Binnemans
 * 2017), no constants at hand. Weakness  gaps stay gaps: no record is filled from another. Slopes that differ from
 * element to element in (2) make separation factors change with pH; outside the fitted pH that is an artefact.
 */
#include "process/extractant.h"

#include <math.h>

#define NAN_ ((double)NAN)
#define NOTHING                                                                                                        \
  { NAN_, NAN_, KD_EVIDENCE_NONE, NAN_ }
#define MEASURED(a_)                                                                                                   \
  { a_, 3, KD_EVIDENCE_MEASURED, 0.05 }
#define BETWEEN(a_)                                                                                                    \
  { a_, 3, KD_EVIDENCE_INTERPOLATED, 0.15 }
#define BEYOND(a_, s_)                                                                                                 \
  { a_, 3, KD_EVIDENCE_EXTRAPOLATED, s_ }
#define LINE(a_, b_)                                                                                                   \
  { a_, b_, KD_EVIDENCE_MEASURED, NAN_ }
#define FLAT(a_)                                                                                                       \
  { a_, 0, KD_EVIDENCE_MEASURED, NAN_ }
#define FLAT_BETWEEN(a_)                                                                                               \
  { a_, 0, KD_EVIDENCE_INTERPOLATED, NAN_ }

#define MONAZITE "joao-mbn/etr-optimization (public repository), coefficients for monazite-type liquors"

/* In the order La Ce Pr Nd Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Y. */
const kd_extractant kd_extractants[KD_EXTRACTANTS] = {
    {"p204",
     "D2EHPA (P204)",
     "n-heptane, 1 M (Na,H)Cl, tracers, 25 C",
     "dimer",
     "Peppard et al. 1957 (shape), Mason et al. 1976 (level)",
     KD_FORM_MASS_ACTION,
     2.38,
     500,
     0,
     2,
     {MEASURED(-1.97), MEASURED(-1.56), MEASURED(-1.20), BETWEEN(-0.81), BETWEEN(0.01), MEASURED(0.41), BETWEEN(0.81),
      MEASURED(1.21), BETWEEN(1.59), BEYOND(2.00, 0.30), BEYOND(2.40, 0.35), BEYOND(2.80, 0.40), BEYOND(3.20, 0.45),
      BEYOND(3.60, 0.50), MEASURED(2.19)}},
    {"p507",
     "PC88A (P507)",
     "Shellsol D70, chloride, tracers",
     "dimer",
     "Tanaka 2021 (log Ke of Dy and Y); pH of D(Nd) = 1",
     KD_FORM_MASS_ACTION,
     3,
     500,
     0.12,
     2.46,
     {NOTHING, NOTHING, NOTHING, MEASURED(-3.09), NOTHING, NOTHING, NOTHING, NOTHING, MEASURED(0.766910013), NOTHING,
      NOTHING, NOTHING, NOTHING, NOTHING, MEASURED(1.336910013)}},
    {"cyanex272",
     "Cyanex 272",
     "kerosene, chloride",
     "dimer",
     "pH of D(Nd) = 1 at 0.3 M dimer",
     KD_FORM_MASS_ACTION,
     3,
     300,
     1.5,
     3.5,
     {NOTHING, NOTHING, NOTHING, MEASURED(-6.42), NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING,
      NOTHING, NOTHING, NOTHING, NOTHING}},
    {"p204_6pct",
     "D2EHPA (P204), 6 %",
     "chloride liquor of monazite type",
     "volume share",
     MONAZITE,
     KD_FORM_LINE,
     NAN_,
     NAN_,
     NAN_,
     NAN_,
     {NOTHING, NOTHING, LINE(-1.5661, 0.4026), LINE(-1.9035, 0.8569), LINE(-1.2654, 1.1924), NOTHING, NOTHING, NOTHING,
      NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING}},
    {"p204_10pct",
     "D2EHPA (P204), 10 %",
     "chloride liquor of monazite type",
     "volume share",
     MONAZITE,
     KD_FORM_LINE,
     NAN_,
     NAN_,
     NAN_,
     NAN_,
     {NOTHING, NOTHING, LINE(-3.6807, 2.84), LINE(-1.7022, 1.0539), LINE(-1.1515, 1.5262), NOTHING, NOTHING, NOTHING,
      NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING}},
    {"p507_006m",
     "PC88A (P507), 0.06 M",
     "chloride liquor of monazite type",
     "as stated there",
     MONAZITE,
     KD_FORM_LINE,
     NAN_,
     NAN_,
     NAN_,
     NAN_,
     {NOTHING, NOTHING, NOTHING, LINE(-3.5508, 1.5074), LINE(-3.4924, 2.1979), NOTHING, NOTHING, NOTHING, NOTHING,
      NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING}},
    {"p507_10pct",
     "PC88A (P507), 10 %",
     "chloride liquor of monazite type",
     "volume share",
     MONAZITE,
     KD_FORM_LINE,
     NAN_,
     NAN_,
     NAN_,
     NAN_,
     {NOTHING, NOTHING, LINE(-2.3629, 0.7487), LINE(-3.3279, 1.6106), LINE(-2.9758, 2.213), NOTHING, NOTHING, NOTHING,
      NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING}},
    {"p507_26pct",
     "PC88A (P507), 26 %",
     "chloride liquor",
     "volume share",
     MONAZITE,
     KD_FORM_LINE,
     NAN_,
     NAN_,
     NAN_,
     NAN_,
     {NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, LINE(-0.99999, 3.22552),
      LINE(-0.6876, 3.05008), NOTHING, NOTHING, NOTHING, NOTHING, NOTHING}},
    {"cyanex572_10pct",
     "Cyanex 572, 10 %",
     "chloride liquor of monazite type",
     "volume share",
     MONAZITE,
     KD_FORM_LINE,
     NAN_,
     NAN_,
     NAN_,
     NAN_,
     {NOTHING, NOTHING, LINE(-2.2876, 0.393), LINE(-3.976, 1.5592), LINE(-3.2532, 1.9341), NOTHING, NOTHING, NOTHING,
      NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING}},
    {"tbp_nitrate",
     "TBP, 1 M",
     "3 M neutral nitrate, 298 K",
     "monomer",
     "Kraikaew et al. 2005, table 1, converted",
     KD_FORM_CONSTANT,
     NAN_,
     NAN_,
     0.5,
     4,
     {FLAT(-1.63), FLAT(-1.49), FLAT(-1.22), FLAT(-1.14), FLAT(-0.92), FLAT(-0.86), FLAT(-0.76), FLAT_BETWEEN(-0.69),
      FLAT(-0.62), NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, FLAT(-0.67)}},
    {"naphthenic_acid",
     "naphthenic acid",
     "20 % in kerosene with 15 % alcohol",
     "monomer",
     "Qi 2018, eq. 2.88 (form only)",
     KD_FORM_MASS_ACTION,
     3,
     1000,
     4,
     5,
     {NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING,
      NOTHING, NOTHING, NOTHING}},
    {"aliquat336_nitrate",
     "Aliquat 336 nitrate",
     "undiluted, concentrated nitrate",
     "monomer",
     "Onghena et al. 2018 (two cations and five nitrates a metal), Larsson and Binnemans 2017 (light before heavy)",
     KD_FORM_CONSTANT,
     NAN_,
     NAN_,
     NAN_,
     NAN_,
     {NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING,
      NOTHING, NOTHING, NOTHING}},
};

kd_status kd_extractant_log_d(double *out, const kd_extractant *self, kd_element_id element, double ph, double strength,
                              kd_error *err) {
  kd_status status = KD_OK;
  const kd_extractant_row *row = &self->row[element];
  KD_CHECK(row->evidence != KD_EVIDENCE_NONE, err, KD_E_MODEL,
           "%s with %s: cannot be known, no published constant at hand", kd_elements[element].name, self->name);
  *out = row->a + row->b * ph;
  if (self->form == KD_FORM_MASS_ACTION) {
    KD_CHECK(strength > 0, err, KD_E_RANGE, "extractant %g mol/m3: must be above 0", strength);
    *out += self->order * log10(strength / self->reference);
  }
out:
  return status;
}
