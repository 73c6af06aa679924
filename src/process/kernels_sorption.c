// SPDX-License-Identifier: Apache-2.0
/* Kernels of extraction equilibria and sorption. */
#include <math.h>

#include "process/equilibrium.h"
#include "process/kernels.h"
#include "process/sorption.h"
#include "process/tables.h"

static const kd_field distribution_in[] = {
    KD_IN_CHOICE("element", KD_ELEMENT_CHOICES, "rare earth"),
    KD_IN("ph", "1", "-1", "7", "pH, concentration scale"),
    KD_IN_OPTION("dimer", "mol/L", "0.5 mol/L", "0 mol/L exclusive", "5 mol/L",
                 "free extractant as dimer (HA)2, half its formal (monomer) concentration"),
};
static const kd_field distribution_out[] = {
    KD_OUT("log_d", "1", "log10 D = a + 3 pH + 2.38 log10(dimer/0.5 mol/L)"),
    KD_OUT("d", "1", "distribution coefficient, organic over aqueous"),
    KD_OUT("half_ph", "1", "pH at which D is 1"),
    KD_OUT("spread", "1", "half-width of log10 D"),
    KD_OUT("evidence", "1", "0 measured, 1 interpolated, 2 extrapolated"),
    KD_OUT("in_window", "1", "1: pH inside the data, 0: outside, not to be trusted"),
};

static kd_status distribution(double *out, const double *in, kd_work *work) {
  (void)work;
  const kd_extraction_record *record = &kd_record_d2ehpa;
  kd_element_id e = (kd_element_id)in[0];
  out[0] = kd_log_distribution(record, e, in[1], in[2]);
  out[1] = pow(10, out[0]);
  out[2] = kd_half_ph(record, e, in[2]);
  out[3] = record->spread[e];
  out[4] = record->evidence[e];
  out[5] = kd_record_covers(record, in[1]) ? 1 : 0;
  return KD_OK;
}

static const kd_field factor_in[] = {
    KD_IN_CHOICE("above", KD_ELEMENT_CHOICES, "the more extractable"),
    KD_IN_CHOICE("below", KD_ELEMENT_CHOICES, "the less extractable"),
};
static const kd_field factor_out[] = {
    KD_OUT("beta", "1", "separation factor"),
    KD_OUT("log_beta", "1", "its log10"),
    KD_OUT("spread", "1", "half-width of log10 beta, both elements independent"),
};

static kd_status factor(double *out, const double *in, kd_work *work) {
  (void)work;
  const kd_extraction_record *record = &kd_record_d2ehpa;
  int a = (int)in[0], b = (int)in[1];
  out[1] = record->a[a] - record->a[b];
  out[0] = pow(10, out[1]);
  out[2] = a == b ? 0 : hypot(record->spread[a], record->spread[b]);
  return KD_OK;
}

static const kd_field mass_action_in[] = {
    KD_IN("log_kex", "1", "-50", "50", "log10 of the extraction constant, mol/L, dimer basis"),
    KD_IN("ph", "1", "-2", "14", "pH"),
    KD_IN("dimer", "mol/L", "0 mol/L exclusive", NULL,
          "free extractant as dimer (HA)2, half its formal (monomer) concentration"),
    KD_IN_OPTION("slope_ph", "1", "3", "0 exclusive", "6", "protons exchanged per RE"),
    KD_IN_OPTION("slope_dimer", "1", "3", "0", "6", "dimers per RE"),
};
static const kd_field mass_action_out[] = {
    KD_OUT("log_d", "1", "log10 D = log10 K_ex + slope_ph pH + slope_dimer log10(dimer)"),
    KD_OUT("d", "1", "distribution coefficient, organic over aqueous"),
    KD_OUT("half_ph", "1", "pH at which D is 1"),
};

static kd_status mass_action(double *out, const double *in, kd_work *work) {
  (void)work;
  double rest = in[0] + in[4] * log10(in[2] / 1000);
  out[0] = rest + in[3] * in[1];
  out[1] = pow(10, out[0]);
  out[2] = -rest / in[3];
  return KD_OK;
}

static const kd_field beta_ph_in[] = {
    KD_IN("half_ph_above", "1", "-5", "14", "pH_1/2 of the more extractable"),
    KD_IN("half_ph_below", "1", "-5", "14", "pH_1/2 of the less extractable"),
    KD_IN_OPTION("slope_ph", "1", "3", "0 exclusive", "6", "protons exchanged per RE"),
};
static const kd_field beta_ph_out[] = {
    KD_OUT("beta", "1", "separation factor 10^(slope_ph (half_ph_below - half_ph_above))")};

static kd_status beta_ph(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = pow(10, in[2] * (in[1] - in[0]));
  return KD_OK;
}

static const kd_field langmuir_in[] = {
    KD_IN("capacity", "mg/g", "0 mg/g", NULL, "loading at saturation q_max"),
    KD_IN("affinity", "L/mg", "0 L/mg", NULL, "Langmuir constant K"),
    KD_IN("concentration", "mg/L", "0 mg/L", NULL, "solute in the liquid"),
};
static const kd_field langmuir_out[] = {
    KD_OUT("loading", "mg/g", "solute on the solid, q_max K c/(1 + K c)"),
    KD_OUT("separation", "1", "r = 1/(1 + K c), favourable below 1"),
};

static kd_status langmuir(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_langmuir(in[0], in[1], in[2]);
  out[1] = 1 / (1 + in[1] * in[2]);
  return KD_OK;
}

static const kd_field langmuir_pair_in[] = {
    KD_IN("capacity", "mg/g", "0 mg/g", NULL, "loading at saturation, both solutes"),
    KD_IN("affinity_1", "L/mg", "0 L/mg", NULL, "Langmuir constant of solute 1"),
    KD_IN("affinity_2", "L/mg", "0 L/mg", NULL, "Langmuir constant of solute 2"),
    KD_IN("concentration_1", "mg/L", "0 mg/L", NULL, "solute 1 in the liquid"),
    KD_IN("concentration_2", "mg/L", "0 mg/L", NULL, "solute 2 in the liquid"),
};
static const kd_field langmuir_pair_out[] = {
    KD_OUT("loading_1", "mg/g", "solute 1 on the solid, q_max K_1 c_1/(1 + K_1 c_1 + K_2 c_2)"),
    KD_OUT("loading_2", "mg/g", "solute 2 on the solid"),
};

static kd_status langmuir_pair(double *out, const double *in, kd_work *work) {
  (void)work;
  double a = in[1] * in[3], b = in[2] * in[4];
  out[0] = in[0] * a / (1 + a + b);
  out[1] = in[0] * b / (1 + a + b);
  return KD_OK;
}

static const kd_field freundlich_in[] = {
    KD_IN("coefficient", "mg/g", "0 mg/g", NULL, "K_F, the loading at 1 mg/L: (mg/g)(L/mg)^(1/n)"),
    KD_IN("intensity", "1", "0.05", "100", "n of the exponent 1/n"),
    KD_IN("concentration", "mg/L", "0 mg/L", NULL, "solute in the liquid"),
};
static const kd_field freundlich_out[] = {KD_OUT("loading", "mg/g", "solute on the solid, K_F c^(1/n), c in mg/L")};

static kd_status freundlich(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = in[0] * pow(in[2] * 1000, 1 / in[1]); /* 1 mg/L is 1e-3 kg/m3 */
  return KD_OK;
}

static const kd_field bohart_adams_in[] = {
    KD_IN("rate", "L/mg/min", "0 L/mg/min exclusive", NULL, "rate constant k of the second-order uptake"),
    KD_IN("capacity", "mg/g", "0 mg/g exclusive", NULL, "loading at saturation q0"),
    KD_IN("mass", "g", "0 g exclusive", NULL, "sorbent m in the column"),
    KD_IN("flow", "L/min", "0 L/min exclusive", NULL, "liquid fed F"),
    KD_IN("concentration", "mg/L", "0 mg/L exclusive", NULL, "solute fed c0"),
    KD_IN("time", "min", "0 min", NULL, "time t since the feed reached the outlet"),
};
static const kd_field bohart_adams_out[] = {
    KD_OUT("breakthrough", "1", "c/c0 = e^(k c0 t)/(e^(k c0 t) + e^N - 1), N = k q0 m/F: irreversible sorption"),
    KD_OUT("logistic", "1", "c/c0 = 1/(1 + e^(N - k c0 t)), the fit that is often called Thomas model"),
    KD_OUT("transfer_units", "1", "N = k q0 m/F"),
    KD_OUT("stoichiometric_time", "min", "q0 m/(F c0)"),
};

static kd_status bohart_adams(double *out, const double *in, kd_work *work) {
  (void)work;
  double n = in[0] * in[1] * in[2] / in[3], ahead = exp(n - in[0] * in[4] * in[5]);
  out[0] = 1 / (1 - expm1(-n) * ahead);
  out[1] = 1 / (1 + ahead);
  out[2] = n;
  out[3] = in[1] * in[2] / (in[3] * in[4]);
  return KD_OK;
}

static const kd_field thomas_in[] = {
    KD_IN("separation", "1", "0", "1", "r = 1/(1 + K c0)"),
    KD_IN("transfer_units", "1", "0", "100000", "number of transfer units N of Hiester and Vermeulen"),
    KD_IN("throughput", "1", "0", "10", "T: solute fed over solute held at saturation"),
};
static const kd_field thomas_out[] = {
    KD_OUT("breakthrough", "1", "c/c0 at the outlet: J(rN,NT)/(J(rN,NT) + [1-J(N,rNT)] exp((r-1)(NT-N)))")};

static kd_status thomas(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_thomas_breakthrough(in[0], in[1], in[2]);
  return KD_OK;
}

static const kd_field thomas_j_in[] = {
    KD_IN("x", "1", "0", "1000000", "first argument"),
    KD_IN("y", "1", "0", "1000000", "second argument"),
};
static const kd_field thomas_j_out[] = {
    KD_OUT("j", "1", "J(x, y) = 1 - integral of exp(-y - t) I0(2 sqrt(y t)) dt, t from 0 to x"),
    KD_OUT("rest", "1", "1 - J(x, y)")};

static kd_status thomas_j(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_thomas_j(&out[1], in[0], in[1]);
  return KD_OK;
}

const kd_kernel kd_process_sorption_kernels[] = {
    KD_KERNEL("process.extraction.d2ehpa", distribution, "Distribution of a rare earth with D2EHPA, with its window."),
    KD_KERNEL("process.extraction.d2ehpa_factor", factor, "Separation factor of a pair with D2EHPA."),
    KD_KERNEL("process.extraction.mass_action", mass_action,
              "Distribution by mass action from an extraction constant."),
    KD_KERNEL("process.extraction.factor", beta_ph, "Separation factor from two half-extraction pH."),
    KD_KERNEL("process.sorption.langmuir", langmuir, "Langmuir isotherm."),
    KD_KERNEL("process.sorption.langmuir_pair", langmuir_pair, "Competitive Langmuir isotherm of two solutes."),
    KD_KERNEL("process.sorption.freundlich", freundlich, "Freundlich isotherm."),
    KD_KERNEL("process.sorption.bohart_adams", bohart_adams, "Breakthrough of a column with irreversible sorption."),
    KD_KERNEL("process.sorption.thomas", thomas, "Breakthrough of a column with Langmuir kinetics (Thomas)."),
    KD_KERNEL("process.sorption.thomas_j", thomas_j, "The J function of Thomas' solution."),
    {.name = NULL},
};
