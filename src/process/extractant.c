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

#define NAN_     ((double)NAN)
#define MONAZITE "joao-mbn/etr-optimization (public repository), coefficients for monazite-type liquors"

const kd_extractant kd_extractants[KD_EXTRACTANTS] = {
    {"p204", "D2EHPA (P204)", "n-heptane, 1 M (Na,H)Cl, tracers, 25 C", "dimer",
     "Peppard et al. 1957 (shape), Mason et al. 1976 (level)", KD_FORM_MASS_ACTION, 2.38, 500, 0, 2},
    {"p507", "PC88A (P507)", "Shellsol D70, chloride, tracers", "dimer",
     "Tanaka 2021 (log Ke of Dy and Y); pH of D(Nd) = 1", KD_FORM_MASS_ACTION, 3, 500, 0.12, 2.46},
    {"cyanex272", "Cyanex 272", "kerosene, chloride", "dimer", "pH of D(Nd) = 1 at 0.3 M dimer", KD_FORM_MASS_ACTION, 3,
     300, 1.5, 3.5},
    {"p204_6pct", "D2EHPA (P204), 6 %", "chloride liquor of monazite type", "volume share", MONAZITE, KD_FORM_LINE,
     NAN_, NAN_, NAN_, NAN_},
    {"p204_10pct", "D2EHPA (P204), 10 %", "chloride liquor of monazite type", "volume share", MONAZITE, KD_FORM_LINE,
     NAN_, NAN_, NAN_, NAN_},
    {"p507_006m", "PC88A (P507), 0.06 M", "chloride liquor of monazite type", "as stated there", MONAZITE, KD_FORM_LINE,
     NAN_, NAN_, NAN_, NAN_},
    {"p507_10pct", "PC88A (P507), 10 %", "chloride liquor of monazite type", "volume share", MONAZITE, KD_FORM_LINE,
     NAN_, NAN_, NAN_, NAN_},
    {"p507_26pct", "PC88A (P507), 26 %", "chloride liquor", "volume share", MONAZITE, KD_FORM_LINE, NAN_, NAN_, NAN_,
     NAN_},
    {"cyanex572_10pct", "Cyanex 572, 10 %", "chloride liquor of monazite type", "volume share", MONAZITE, KD_FORM_LINE,
     NAN_, NAN_, NAN_, NAN_},
    {"tbp_nitrate", "TBP, 1 M", "3 M neutral nitrate, 298 K", "monomer", "Kraikaew et al. 2005, table 1, converted",
     KD_FORM_CONSTANT, NAN_, NAN_, 0.5, 4},
    {"naphthenic_acid", "naphthenic acid", "20 % in kerosene with 15 % alcohol", "monomer",
     "Qi 2018, eq. 2.88 (form only)", KD_FORM_MASS_ACTION, 3, 1000, 4, 5},
    {"aliquat336_nitrate", "Aliquat 336 nitrate", "undiluted, concentrated nitrate", "monomer",
     "Onghena et al. 2018 (two cations and five nitrates a metal), Larsson and Binnemans 2017 (light before heavy)",
     KD_FORM_CONSTANT, NAN_, NAN_, NAN_, NAN_},
};

/* One row a constant, as in data/process/extractants.csv; a rare earth without row has none at hand. */
static const struct {
  int record;
  kd_extractant_row row;
} constants[] = {
    {0, {KD_LA, -1.97, 3, KD_EVIDENCE_MEASURED, 0.05}},
    {0, {KD_CE, -1.56, 3, KD_EVIDENCE_MEASURED, 0.05}},
    {0, {KD_PR, -1.2, 3, KD_EVIDENCE_MEASURED, 0.05}},
    {0, {KD_ND, -0.81, 3, KD_EVIDENCE_INTERPOLATED, 0.15}},
    {0, {KD_SM, 0.01, 3, KD_EVIDENCE_INTERPOLATED, 0.15}},
    {0, {KD_EU, 0.41, 3, KD_EVIDENCE_MEASURED, 0.05}},
    {0, {KD_GD, 0.81, 3, KD_EVIDENCE_INTERPOLATED, 0.15}},
    {0, {KD_TB, 1.21, 3, KD_EVIDENCE_MEASURED, 0.05}},
    {0, {KD_DY, 1.59, 3, KD_EVIDENCE_INTERPOLATED, 0.15}},
    {0, {KD_HO, 2, 3, KD_EVIDENCE_EXTRAPOLATED, 0.3}},
    {0, {KD_ER, 2.4, 3, KD_EVIDENCE_EXTRAPOLATED, 0.35}},
    {0, {KD_TM, 2.8, 3, KD_EVIDENCE_EXTRAPOLATED, 0.4}},
    {0, {KD_YB, 3.2, 3, KD_EVIDENCE_EXTRAPOLATED, 0.45}},
    {0, {KD_LU, 3.6, 3, KD_EVIDENCE_EXTRAPOLATED, 0.5}},
    {0, {KD_Y, 2.19, 3, KD_EVIDENCE_MEASURED, 0.05}},
    {1, {KD_ND, -3.09, 3, KD_EVIDENCE_MEASURED, 0.05}},
    {1, {KD_DY, 0.766910013, 3, KD_EVIDENCE_MEASURED, 0.05}},
    {1, {KD_Y, 1.336910013, 3, KD_EVIDENCE_MEASURED, 0.05}},
    {2, {KD_ND, -6.42, 3, KD_EVIDENCE_MEASURED, 0.05}},
    {3, {KD_PR, -1.5661, 0.4026, KD_EVIDENCE_MEASURED, NAN_}},
    {3, {KD_ND, -1.9035, 0.8569, KD_EVIDENCE_MEASURED, NAN_}},
    {3, {KD_SM, -1.2654, 1.1924, KD_EVIDENCE_MEASURED, NAN_}},
    {4, {KD_PR, -3.6807, 2.84, KD_EVIDENCE_MEASURED, NAN_}},
    {4, {KD_ND, -1.7022, 1.0539, KD_EVIDENCE_MEASURED, NAN_}},
    {4, {KD_SM, -1.1515, 1.5262, KD_EVIDENCE_MEASURED, NAN_}},
    {5, {KD_ND, -3.5508, 1.5074, KD_EVIDENCE_MEASURED, NAN_}},
    {5, {KD_SM, -3.4924, 2.1979, KD_EVIDENCE_MEASURED, NAN_}},
    {6, {KD_PR, -2.3629, 0.7487, KD_EVIDENCE_MEASURED, NAN_}},
    {6, {KD_ND, -3.3279, 1.6106, KD_EVIDENCE_MEASURED, NAN_}},
    {6, {KD_SM, -2.9758, 2.213, KD_EVIDENCE_MEASURED, NAN_}},
    {7, {KD_DY, -0.99999, 3.22552, KD_EVIDENCE_MEASURED, NAN_}},
    {7, {KD_HO, -0.6876, 3.05008, KD_EVIDENCE_MEASURED, NAN_}},
    {8, {KD_PR, -2.2876, 0.393, KD_EVIDENCE_MEASURED, NAN_}},
    {8, {KD_ND, -3.976, 1.5592, KD_EVIDENCE_MEASURED, NAN_}},
    {8, {KD_SM, -3.2532, 1.9341, KD_EVIDENCE_MEASURED, NAN_}},
    {9, {KD_LA, -1.63, 0, KD_EVIDENCE_MEASURED, NAN_}},
    {9, {KD_CE, -1.49, 0, KD_EVIDENCE_MEASURED, NAN_}},
    {9, {KD_PR, -1.22, 0, KD_EVIDENCE_MEASURED, NAN_}},
    {9, {KD_ND, -1.14, 0, KD_EVIDENCE_MEASURED, NAN_}},
    {9, {KD_SM, -0.92, 0, KD_EVIDENCE_MEASURED, NAN_}},
    {9, {KD_EU, -0.86, 0, KD_EVIDENCE_MEASURED, NAN_}},
    {9, {KD_GD, -0.76, 0, KD_EVIDENCE_MEASURED, NAN_}},
    {9, {KD_TB, -0.69, 0, KD_EVIDENCE_INTERPOLATED, NAN_}},
    {9, {KD_DY, -0.62, 0, KD_EVIDENCE_MEASURED, NAN_}},
    {9, {KD_Y, -0.67, 0, KD_EVIDENCE_MEASURED, NAN_}},
};

kd_extractant_row kd_extractant_find(size_t record, kd_element_id element) {
  for (size_t i = 0; i < sizeof constants / sizeof constants[0]; i++)
    if ((size_t)constants[i].record == record && constants[i].row.element == element) return constants[i].row;
  return (kd_extractant_row){element, NAN_, NAN_, KD_EVIDENCE_NONE, NAN_};
}

kd_status kd_extractant_log_d(double *out, const kd_extractant *self, const kd_extractant_row *row, double ph,
                              double strength, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(row->evidence != KD_EVIDENCE_NONE, err, KD_E_MODEL,
           "%s with %s: cannot be known, no published constant at hand", kd_elements[row->element].name, self->name);
  *out = row->a + row->b * ph;
  if (self->form == KD_FORM_MASS_ACTION) {
    KD_CHECK(strength > 0, err, KD_E_RANGE, "extractant %g mol/m3: must be above 0", strength);
    *out += self->order * log10(strength / self->reference);
  }
out:
  return status;
}
