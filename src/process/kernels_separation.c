// SPDX-License-Identifier: Apache-2.0
/* Kernels of solvent extraction. */
#include <math.h>

#include "process/kernels.h"
#include "process/train.h"
#include "process/xu.h"
#include "process/plant.h"
#include "process/tables.h"

#define CUT_FEED                                                                                                       \
  KD_IN("beta", "1", "1 exclusive", "1000000000", "separation factor of A over B, (y_A/y_B)/(x_A/x_B)"),               \
      KD_IN("feed_a", "1", "0 exclusive", "1 exclusive", "mole share of A, the more extractable, in the feed")
#define CUT_PHASE KD_IN_CHOICE_OPTION("feed_phase", "aqueous|organic", "aqueous", "phase of the feed")
#define CUT_PURITY                                                                                                     \
  KD_IN("purity_a", "1", "0 exclusive", "1 exclusive", "mole share of A in the organic product"),                      \
      KD_IN("purity_b", "1", "0 exclusive", "1 exclusive", "mole share of B in the raffinate")
#define CUT_SCRUB                                                                                                      \
  KD_IN_OPTION("beta_scrub", "1", "none", "1 exclusive", "1000000000",                                                 \
               "separation factor in the scrub section; like beta if not given")

static const kd_field xu_minimum_in[] = {CUT_FEED, CUT_PHASE};
static const kd_field xu_minimum_out[] = {
    KD_OUT(
        "s_min", "1",
        "least mixed extraction S, pure products, mol per mol feed: W_min + f_A (aqueous feed), 1/(beta-1) (organic)"),
    KD_OUT("w_min", "1",
           "least scrub W, pure products, mol per mol feed: 1/(beta-1) (aqueous feed), S_min + f_B (organic)"),
};

static kd_status xu_minimum(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_xu_s_min(in[0], in[1], (kd_feed_phase)in[2]);
  out[1] = kd_xu_w_min(in[0], in[1], (kd_feed_phase)in[2]);
  return KD_OK;
}

static const kd_field xu_practical_in[] = {
    CUT_FEED,
    KD_IN_OPTION("exponent", "1", "0.7", "0 exclusive", "1", "exponent k of practice, 0.5 to 0.9"),
};
static const kd_field xu_practical_out[] = {
    KD_OUT("w", "1", "scrub 1/(beta^k - 1), mol per mol feed"),
    KD_OUT("s", "1", "mixed extraction w + f_A, aqueous feed"),
};

static kd_status xu_practical(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = 1 / (pow(in[0], in[2]) - 1);
  out[1] = out[0] + in[1];
  return KD_OK;
}

static kd_cut_goal goal_of(const double *in, double beta_scrub, double phase) {
  kd_cut_goal goal = {.beta = in[0],
                      .beta_scrub = isnan(beta_scrub) ? in[0] : beta_scrub,
                      .f_a = in[1],
                      .purity_a = in[2],
                      .purity_b = in[3],
                      .feed = (kd_feed_phase)phase};
  return goal;
}

static const kd_field xu_products_in[] = {CUT_FEED, CUT_PURITY};
static const kd_field xu_products_out[] = {
    KD_OUT("product_a", "1", "moles of the organic product (A and B) per mol feed, f_A'"),
    KD_OUT("product_b", "1", "moles in the raffinate (A and B) per mol feed, f_B' = 1 - f_A'"),
    KD_OUT("yield_a", "1", "A in the organic product over A fed"),
    KD_OUT("yield_b", "1", "B in the raffinate over B fed"),
};

static kd_status xu_products(double *out, const double *in, kd_work *work) {
  kd_cut_goal goal = goal_of(in, (double)NAN, 0);
  kd_status status = kd_xu_products(&out[0], &out[1], &goal, work->err);
  if (status != KD_OK) return status;
  out[2] = out[0] * goal.purity_a / goal.f_a;
  out[3] = out[1] * goal.purity_b / (1 - goal.f_a);
  return KD_OK;
}

static const kd_field xu_design_in[] = {CUT_FEED, CUT_PURITY,
                                        KD_IN("s", "1", "0 exclusive", NULL, "mixed extraction, mol per mol feed"),
                                        CUT_SCRUB, CUT_PHASE};
static const kd_field xu_design_out[] = {
    KD_OUT("w", "1", "scrub W, mol per mol feed: S - f_A' (aqueous feed), S + f_B' (organic)"),
    KD_OUT("e_m", "1", "E_M of the extraction section: S/(S + f_B') (aqueous feed), S/W (organic)"),
    KD_OUT("e_m_scrub", "1", "E'_M of the scrub section: S/W (aqueous feed), (S + 1)/W (organic)"),
    KD_OUT("factor_a", "1", "purification factor of A, [P_A/(1-P_A)]/(f_A/f_B)"),
    KD_OUT("factor_b", "1", "purification factor of B, [P_B/(1-P_B)]/(f_B/f_A)"),
    KD_OUT("extraction_stages", "1", "n = ln b/ln(beta E_M), not rounded"),
    KD_OUT("scrub_stages", "1", "m = ln a/ln(beta'/E'_M) - 1, not rounded"),
    KD_OUT("phi", "1", "S (n + m), the mixer volume to be made small"),
};

static kd_status xu_design(double *out, const double *in, kd_work *work) {
  kd_cut_goal goal = goal_of(in, in[5], in[6]);
  kd_cut_design d;
  kd_status status = kd_xu_design(&d, &goal, in[4], work->err);
  if (status != KD_OK) return status;
  const double values[] = {d.w, d.e_m, d.e_m_scrub, d.a, d.b, d.extraction, d.scrub, d.s * (d.extraction + d.scrub)};
  for (size_t i = 0; i < KD_COUNT(values); i++) out[i] = values[i];
  return KD_OK;
}

static const kd_field xu_optimum_in[] = {CUT_FEED, CUT_PURITY, CUT_SCRUB};
static const kd_field xu_optimum_out[] = {
    KD_OUT("extraction_controlled", "1",
           "1: the extraction section decides, f_B' > sqrt(beta)/(1 + sqrt(beta)) and E_M = 1/sqrt(beta); 0: the scrub "
           "section, E'_M = sqrt(beta')"),
    KD_OUT("s", "1", "mixed extraction, mol per mol feed"),
    KD_OUT("w", "1", "scrub, mol per mol feed"),
    KD_OUT("e_m", "1", "mixed extraction ratio of the extraction section"),
    KD_OUT("e_m_scrub", "1", "mixed extraction ratio of the scrub section"),
    KD_OUT("extraction_stages", "1", "n = ln b/ln(beta E_M), not rounded"),
    KD_OUT("scrub_stages", "1", "m = ln a/ln(beta'/E'_M) - 1, not rounded"),
};

static kd_status xu_optimum(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_cut_goal goal = goal_of(in, in[4], 0);
  kd_cut_design d;
  int extraction = 0;
  double s;
  KD_TRY(kd_xu_optimum(&s, &extraction, &goal, work->err));
  KD_TRY(kd_xu_design(&d, &goal, s, work->err));
  const double values[] = {extraction, s, d.w, d.e_m, d.e_m_scrub, d.extraction, d.scrub};
  for (size_t i = 0; i < KD_COUNT(values); i++) out[i] = values[i];
out:
  return status;
}

static const kd_field xu_exact_in[] = {CUT_FEED, CUT_PURITY,
                                       KD_IN("s", "1", "0 exclusive", NULL, "mixed extraction, mol per mol feed"),
                                       CUT_SCRUB, CUT_PHASE};
static const kd_field xu_exact_out[] = {
    KD_OUT("extraction_stages", "1",
           "stages from the raffinate (aqueous share of A 1 - P_B) to the crossing of the operating lines"),
    KD_OUT("scrub_stages", "1",
           "stages from there to the organic end (organic share of A P_A), the end stage included"),
    KD_OUT("stages", "1", "all stages, not rounded"),
};

static kd_status xu_exact(double *out, const double *in, kd_work *work) {
  kd_cut_goal goal = goal_of(in, in[5], in[6]);
  kd_status status = kd_smoker_stages(&out[0], &out[1], &goal, in[4], work->err);
  out[2] = out[0] + out[1];
  return status;
}

static const kd_field fenske_in[] = {
    KD_IN("beta", "1", "1 exclusive", "1000000000", "separation factor"),
    CUT_PURITY,
};
static const kd_field fenske_out[] = {
    KD_OUT("stages", "1", "ln[P_A/(1-P_A) P_B/(1-P_B)]/ln beta, at total reflux, not rounded")};

static kd_status fenske(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_fenske_stages(in[0], in[1], in[2]);
  return KD_OK;
}

static const kd_field kremser_in[] = {
    KD_IN("distribution", "1", "0 exclusive", NULL, "distribution coefficient D, organic over aqueous"),
    KD_IN("phase_ratio", "1", "0 exclusive", NULL, "organic over aqueous, by volume"),
    KD_IN("stages", "1", "0", "100000", "ideal stages"),
};
static const kd_field kremser_out[] = {
    KD_OUT("factor", "1", "extraction factor E = D O/A"),
    KD_OUT("raffinate", "1", "share left in the raffinate, (E - 1)/(E^(n+1) - 1), fresh solvent; 1/(n+1) at E = 1"),
    KD_OUT("extracted", "1", "share extracted"),
};

static kd_status kremser(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = in[0] * in[1];
  out[1] = kd_kremser_raffinate(&out[2], out[0], in[2]);
  return KD_OK;
}

static const kd_field kremser_stages_in[] = {
    KD_IN("factor", "1", "0 exclusive", NULL, "extraction factor E = D O/A"),
    KD_IN("raffinate", "1", "0 exclusive", "1", "share that may be left in the raffinate"),
};
static const kd_field kremser_stages_out[] = {
    KD_OUT("stages", "1", "ideal stages, ln(1 + (E - 1)/raffinate)/ln E - 1, not rounded")};

static kd_status kremser_stages(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  out[0] = kd_kremser_stages(in[0], in[1]);
  KD_CHECK(isfinite(out[0]), work->err, KD_E_INFEASIBLE,
           "factor %g: below 1 the raffinate keeps at least %g of the solute, however many stages", in[0], 1 - in[0]);
out:
  return status;
}

static const kd_field crosscurrent_in[] = {
    KD_IN("distribution", "1", "0 exclusive", NULL, "distribution coefficient D, organic over aqueous"),
    KD_IN("phase_ratio", "1", "0 exclusive", NULL, "fresh organic of one contact over aqueous, by volume"),
    KD_IN("stages", "1", "0", "100000", "contacts, each with fresh solvent"),
};
static const kd_field crosscurrent_out[] = {
    KD_OUT("raffinate", "1", "share left in the raffinate, (1 + D O/A)^-n"),
    KD_OUT("extracted", "1", "share extracted"),
};

static kd_status crosscurrent(double *out, const double *in, kd_work *work) {
  (void)work;
  double l = -in[2] * log1p(in[0] * in[1]);
  out[0] = exp(l);
  out[1] = -expm1(l);
  return KD_OK;
}

static const kd_field reagent_floor_in[] = {
    CUT_FEED,
    CUT_PHASE,
    KD_IN_OPTION("reflux_factor", "1", "1", "1", NULL, "S over S_min"),
    KD_IN_CHOICE_OPTION("element", KD_ELEMENT_CHOICES, "nd", "element whose oxide mass is taken"),
};
static const kd_field reagent_floor_out[] = {
    KD_OUT("s", "1", "mixed extraction S, mol per mol feed"),
    KD_OUT("base", "1", "base, 3 S, mol per mol feed; as much acid"),
    KD_OUT("naoh", "t/t", "NaOH per tonne of oxide fed, all the feed taken as the oxide of `element`"),
    KD_OUT("hcl", "t/t", "HCl as 100 % per tonne of oxide fed"),
};

static kd_status reagent_floor(double *out, const double *in, kd_work *work) {
  (void)work;
  double oxide = kd_oxide_molar_mass((kd_element_id)in[4]);
  out[0] = in[3] * kd_xu_s_min(in[0], in[1], (kd_feed_phase)in[2]);
  out[1] = 3 * out[0];
  out[2] = out[1] * 39.997e-3 / oxide;
  out[3] = out[1] * 36.458e-3 / oxide;
  return KD_OK;
}

static const kd_field train_in[] = {
    {.name = "feed",
     .unit = "kg",
     .doc = "mass of each element fed",
     .initial = "0 kg",
     .low = "0 kg",
     .labels = &kd_rey_labels},
    KD_IN_OPTION("purity", "%", "99.99 %", "50 %", "99.99999 %", "purity of every product"),
    KD_IN_OPTION("reflux_factor", "1", "1.15", "1 exclusive", "100", "S over S_min of every cut"),
    KD_IN_OPTION("stage_efficiency", "%", "100 %", "1 %", "100 %", "ideal stages over real stages"),
    KD_IN_OPTION("cut_slip", "%", "0.5 %", "0.0001 %", "50 %", "most of an element that one cut may let slip"),
    KD_IN_OPTION("selectivity", "1", "1", "0.1", "3", "exponent on all separation factors of the built-in set"),
};
static const kd_field train_out[] = {
    KD_OUT("cuts", "1", "cuts built"),
    KD_OUT("stages", "1", "whole stages of all cuts"),
    KD_OUT("reagent_floor", "mol", "base at 3 S_min over all cuts; as much acid"),
    KD_OUT("reagent", "mol", "base at 3 S; as much acid"),
    {.name = "stages_above",
     .unit = "1",
     .doc = "stages of the cut just above the element, 0: none",
     .labels = &kd_rey_labels},
    {.name = "s_above",
     .unit = "1",
     .doc = "mixed extraction of that cut, mol per mol feed, 0: none",
     .labels = &kd_rey_labels},
};

static kd_status train(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_train_input input;
  kd_train t;
  KD_TRY(kd_separation_chain(&input, NULL, in[KD_REY + 4], work->err));
  for (int e = 0; e < KD_ELEMENTS; e++) input.moles[e] = e < KD_REY ? in[e] / kd_elements[e].molar_mass : 0;
  input.purity = in[KD_REY];
  input.reflux = in[KD_REY + 1];
  input.efficiency = in[KD_REY + 2];
  input.slip = in[KD_REY + 3];
  KD_TRY(kd_train_design(&t, &input, work->err));
  out[0] = (double)t.cuts;
  out[1] = t.stages;
  out[2] = t.reagent_floor;
  out[3] = t.reagent;
  for (int e = 0; e < 2 * KD_REY; e++) out[4 + e] = 0;
  for (size_t c = 0; c < t.cuts; c++) {
    out[4 + t.cut[c].below] = t.cut[c].extraction + t.cut[c].scrub;
    out[4 + KD_REY + t.cut[c].below] = t.cut[c].s;
  }
out:
  return status;
}

const kd_kernel kd_process_separation_kernels[] = {
    KD_KERNEL("process.xu.minimum", xu_minimum, "Least mixed extraction and scrub of a cut after Xu (minimum reflux)."),
    KD_KERNEL("process.xu.practical", xu_practical, "Scrub and mixed extraction by the rule of practice."),
    KD_KERNEL("process.xu.products", xu_products, "Moles and yields of the two products of a cut."),
    KD_KERNEL("process.xu.design", xu_design, "Xu's closed-form design of a cut."),
    KD_KERNEL("process.xu.optimum", xu_optimum, "Design of most product per mixer volume after Xu."),
    KD_KERNEL("process.xu.exact", xu_exact, "Exact stage count of a cut of constant separation factor (Smoker)."),
    KD_KERNEL("process.fenske", fenske, "Least number of stages after Fenske."),
    KD_KERNEL("process.kremser.raffinate", kremser,
              "Raffinate of a countercurrent bank at constant distribution (Kremser)."),
    KD_KERNEL("process.kremser.stages", kremser_stages,
              "Stages of a countercurrent bank at constant distribution (Kremser)."),
    KD_KERNEL("process.crosscurrent", crosscurrent, "Extraction by repeated contact with fresh solvent."),
    KD_KERNEL("process.reagent_floor", reagent_floor, "Base and acid of a cut, 3 S each; the floor at S_min."),
    KD_KERNEL("process.train", train, "Sequence of cuts of least reagent and their stages, built-in P507 set."),
    {.name = NULL},
};
