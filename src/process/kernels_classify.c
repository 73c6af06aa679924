// SPDX-License-Identifier: Apache-2.0
/* Kernels of classification. */
#include "process/classify.h"
#include "process/kernels.h"
#include "process/tables.h"

#define CYCLONE_SHAPE                                                                                                  \
  KD_IN("bore", "cm", "0 m exclusive", "5 m", "inner diameter Dc"),                                                    \
      KD_IN("inlet", "cm", "0 m exclusive", NULL, "inlet diameter Di"),                                                \
      KD_IN("vortex_finder", "cm", "0 m exclusive", NULL, "overflow diameter Do"),                                     \
      KD_IN("apex", "cm", "0 m exclusive", NULL, "underflow diameter Du")

static const kd_field plitt_in[] = {
    CYCLONE_SHAPE,
    KD_IN("height", "cm", "0 m exclusive", NULL, "free vortex height h, vortex finder to apex"),
    KD_IN("flow", "m3/h", "0 m3/h exclusive", NULL, "slurry fed"),
    KD_IN("solids", "%vol", "0 %vol", "60 %vol", "solids of the feed by volume"),
    KD_IN("grain_density", "kg/m3", "0 kg/m3 exclusive", NULL, "density of the grains"),
    KD_IN_OPTION("liquid_density", "kg/m3", "1000 kg/m3", "0 kg/m3 exclusive", NULL, "density of the liquid"),
    KD_IN_OPTION("viscosity", "Pa.s", "0.001 Pa.s", "0 Pa.s exclusive", NULL,
                 "viscosity of the slurry (mPa s in the formula)"),
    KD_IN_OPTION("exponent", "1", "0.5", "0", "1", "exponent k of the density difference: 0.5 laminar, 1 turbulent"),
    KD_IN_OPTION("f1", "1", "1", "0 exclusive", NULL, "calibration of the cut size"),
    KD_IN_OPTION("f2", "1", "1", "0 exclusive", NULL, "calibration of the pressure"),
    KD_IN_OPTION("f3", "1", "1", "0 exclusive", NULL, "calibration of the flow split"),
    KD_IN_OPTION("f4", "1", "1", "0 exclusive", NULL, "calibration of the sharpness"),
};
static const kd_field plitt_out[] = {
    KD_OUT("cut", "um", "corrected cut size d50c; constant 39.7 with ((rho_s - rho_l)/1.6)^k"),
    KD_OUT("pressure", "kPa", "pressure drop P"),
    KD_OUT("split", "1", "S, underflow over overflow by volume; head P/(rho_slurry g), g 9.80665 m/s2"),
    KD_OUT("volume_split", "%", "share of the volume in the underflow, Rv = S/(1 + S)"),
    KD_OUT("sharpness", "1", "exponent m of the efficiency curve"),
};

static kd_status plitt(double *out, const double *in, kd_work *work) {
  kd_cyclone cyclone = {.bore = in[0], .inlet = in[1], .vortex_finder = in[2], .apex = in[3], .length = in[4]};
  kd_cyclone_feed feed = {
      .flow = in[5], .solids = in[6], .grain_density = in[7], .liquid_density = in[8], .viscosity = in[9]};
  kd_cyclone_result r;
  kd_status status = kd_cyclone_plitt(&r, &cyclone, &feed, in + 11, in[10], work->err);
  if (status != KD_OK) return status;
  out[0] = r.cut;
  out[1] = r.pressure;
  out[2] = r.split;
  out[3] = r.water_split;
  out[4] = r.sharpness;
  return KD_OK;
}

static const kd_field coelho_medronho_in[] = {
    CYCLONE_SHAPE,
    KD_IN("length", "cm", "0 m exclusive", NULL, "total length L"),
    KD_IN("finder_length", "cm", "0 m", NULL, "length of the vortex finder l"),
    KD_IN("pressure", "kPa", "0 kPa exclusive", NULL, "pressure drop"),
    KD_IN("solids", "%vol", "0 %vol", "30 %vol", "solids of the feed by volume"),
    KD_IN("grain_density", "kg/m3", "0 kg/m3 exclusive", NULL, "density of the grains"),
    KD_IN_OPTION("liquid_density", "kg/m3", "1000 kg/m3", "0 kg/m3 exclusive", NULL, "density of the liquid"),
    KD_IN_OPTION("viscosity", "Pa.s", "0.001 Pa.s", "0 Pa.s exclusive", NULL, "viscosity of the liquid"),
};
static const kd_field coelho_medronho_out[] = {
    KD_OUT("flow", "m3/h", "slurry fed"),         KD_OUT("reynolds", "1", "Reynolds number on the bore"),
    KD_OUT("euler", "1", "Euler number"),         KD_OUT("water_split", "1", "share of the water in the underflow"),
    KD_OUT("cut", "um", "reduced cut size d50'"),
};

static kd_status coelho_medronho(double *out, const double *in, kd_work *work) {
  kd_cyclone cyclone = {
      .bore = in[0], .inlet = in[1], .vortex_finder = in[2], .apex = in[3], .length = in[4], .finder_length = in[5]};
  kd_cyclone_feed feed = {
      .pressure = in[6], .solids = in[7], .grain_density = in[8], .liquid_density = in[9], .viscosity = in[10]};
  kd_cyclone_result r;
  kd_status status = kd_cyclone_coelho_medronho(&r, &cyclone, &feed, work->err);
  if (status != KD_OK) return status;
  out[0] = r.flow;
  out[1] = r.reynolds;
  out[2] = r.euler;
  out[3] = r.water_split;
  out[4] = r.cut;
  return KD_OK;
}

#define KD_DEGREES 57.295779513082320877 /* in a radian */

static const kd_field nageswararao_in[] = {
    CYCLONE_SHAPE,
    KD_IN("cylinder_length", "cm", "0 m exclusive", NULL, "length of the cylindrical part Lc"),
    KD_IN("cone_angle", "deg", "0 deg exclusive", "170 deg", "full (included) cone angle"),
    KD_IN("pressure", "kPa", "0 kPa exclusive", NULL, "pressure at the inlet"),
    KD_IN("solids", "%vol", "0 %vol", "60 %vol", "solids of the feed by volume"),
    KD_IN("slurry_density", "kg/m3", "0 kg/m3 exclusive", NULL, "density of the feed slurry"),
    KD_IN("k_cut", "1", "0 exclusive", NULL, "K_D of d50c/Dc"),
    KD_IN("k_flow", "1", "0 exclusive", NULL, "K_Q of the flow, Dc in m, P/rho in m2/s2"),
    KD_IN("k_water", "1", "0 exclusive", NULL, "K_W of the water split"),
};
static const kd_field nageswararao_out[] = {
    KD_OUT("cut", "um", "corrected cut size d50c"),
    KD_OUT("flow", "m3/h", "slurry fed"),
    KD_OUT("water_split", "1", "share of the water in the underflow"),
};

static kd_status nageswararao(double *out, const double *in, kd_work *work) {
  kd_cyclone c = {.bore = in[0], .inlet = in[1], .vortex_finder = in[2], .apex = in[3], .length = in[4]};
  kd_cyclone_result r;
  kd_status status = kd_cyclone_nageswararao(&r, &c, in[5] * KD_DEGREES, in[6], in[7], in[8], in + 9, work->err);
  if (status != KD_OK) return status;
  out[0] = r.cut;
  out[1] = r.flow;
  out[2] = r.water_split;
  return KD_OK;
}

static const kd_field partition_in[] = {
    KD_IN_CHOICE("curve", "plitt|lynch_rao",
                 "plitt: 1 - exp(-ln2 x^m); lynch_rao: (e^(a x) - 1)/(e^(a x) + e^a - 2); x = size/cut"),
    KD_IN("size", "um", "0 um", NULL, "grain size"),
    KD_IN("cut", "um", "0 um exclusive", NULL, "corrected cut size d50c"),
    KD_IN("sharpness", "1", "0 exclusive", "50", "m of Plitt, alpha of Lynch-Rao"),
    KD_IN_OPTION("bypass", "1", "0", "0", "1", "share Rf that follows the water"),
};
static const kd_field partition_out[] = {
    KD_OUT("corrected", "1", "efficiency y to the underflow without bypass"),
    KD_OUT("actual", "1", "efficiency to the underflow, Rf + (1 - Rf) y"),
};

static kd_status partition(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_partition((kd_curve)in[0], in[1], in[2], in[3]);
  out[1] = in[4] + (1 - in[4]) * out[0];
  return KD_OK;
}

static const kd_field partition_lognormal_in[] = {
    KD_IN_CHOICE("curve", "plitt|lynch_rao",
                 "plitt: 1 - exp(-ln2 x^m); lynch_rao: (e^(a x) - 1)/(e^(a x) + e^a - 2); x = size/cut"),
    KD_IN("median", "um", "0 um exclusive", NULL, "median size by mass"),
    KD_IN("spread", "1", "1", "10", "geometric standard deviation"),
    KD_IN("cut", "um", "0 um exclusive", NULL, "corrected cut size d50c"),
    KD_IN("sharpness", "1", "0 exclusive", "10", "m of Plitt, alpha of Lynch-Rao"),
    KD_IN_OPTION("bypass", "1", "0", "0", "1", "share Rf that follows the water"),
};
static const kd_field partition_lognormal_out[] = {
    KD_OUT("underflow", "1", "share of the mass in the underflow, bypass included")};

static kd_status partition_lognormal(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_partition_lognormal((kd_curve)in[0], in[1], in[2], in[3], in[4], in[5]);
  return KD_OK;
}

static const kd_field upgrade_in[] = {
    KD_IN("grade", "ppm", "0 ppm exclusive", "200000 ppm", "REY of the feed"),
    KD_IN("clay_grade", "ppm", "0 ppm", NULL, "REY of the clay"),
    KD_IN("coarse_share", "%wt", "0 %wt exclusive", "100 %wt", "bioapatite in the feed"),
    KD_IN("apatite_pull", "1", "0", "1", "share of the bioapatite in the underflow"),
    KD_IN("clay_pull", "1", "0", "1", "share of the clay in the underflow"),
};
static const kd_field upgrade_out[] = {
    KD_OUT("mass_pull", "1", "share of the mass in the underflow"),
    KD_OUT("recovery", "1", "share of the REY in the underflow"),
    KD_OUT("upgrade", "1", "grade of the underflow over grade of the feed"),
};

static kd_status upgrade(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  double clay = 1 - in[2], in_clay = clay * in[1];
  KD_CHECK(in_clay <= in[0], work->err, KD_E_RANGE,
           "clay_grade %g ppm: the clay alone would hold more than grade %g ppm", in[1] * 1e6, in[0] * 1e6);
  out[0] = in[2] * in[3] + clay * in[4];
  KD_CHECK(out[0] > 0, work->err, KD_E_RANGE, "apatite_pull and clay_pull: nothing goes to the underflow");
  out[1] = ((in[0] - in_clay) * in[3] + in_clay * in[4]) / in[0];
  out[2] = out[1] / out[0];
out:
  return status;
}

const kd_kernel kd_process_classify_kernels[] = {
    KD_KERNEL("process.cyclone.plitt", plitt,
              "Hydrocyclone after Plitt (Dc Di Do Du h in cm, Q in L/min, rho in g/cm3)."),
    KD_KERNEL("process.cyclone.coelho_medronho", coelho_medronho, "Small hydrocyclone after Coelho and Medronho (SI)."),
    KD_KERNEL("process.cyclone.nageswararao", nageswararao,
              "Hydrocyclone after Nageswararao (JKMRC; SI, cone angle in degrees in the powers)."),
    KD_KERNEL("process.cyclone.partition", partition,
              "Partition (efficiency) curve of a hydrocyclone at one grain size."),
    KD_KERNEL("process.cyclone.partition_lognormal", partition_lognormal,
              "Partition curve taken over a lognormal size distribution by mass."),
    KD_KERNEL("process.cyclone.upgrade", upgrade, "Mass pull, recovery and upgrade of a mud of two minerals."),
    {.name = NULL},
};
