// SPDX-License-Identifier: Apache-2.0
/* Kernels of thickener, filter, washing and cyclone circuits. */
#include <math.h>

#include "process/classify.h"
#include "process/cyclone_circuit.h"
#include "process/dewater.h"
#include "process/kernels.h"
#include "process/tables.h"

static const kd_field kynch_in[] = {
    KD_IN("velocity", "m/h", "0 m/h exclusive", NULL, "settling velocity v0 of one grain or floc"),
    KD_IN("exponent", "1", "1 exclusive", "40", "n of v = v0 (1 - phi)^n"),
    KD_IN("solids", "%vol", "0 %vol exclusive", "100 %vol exclusive", "solids at the start"),
    KD_IN("height", "m", "0 m exclusive", NULL, "height at the start"),
    KD_IN("time", "h", "0 h", NULL, "time"),
};
static const kd_field kynch_out[] = {
    KD_OUT("interface", "m", "height of the interface (Kynch)"),
    KD_OUT("below", "%vol", "solids just below it"),
    KD_OUT("falls", "m/h", "speed at which it falls"),
};

static kd_status kynch(double *out, const double *in, kd_work *work) {
  (void)work;
  const kd_settling s = {in[0], in[1]};
  out[0] = kd_kynch_height(&out[1], &s, in[2], in[3], in[4]);
  out[2] = s.velocity * pow(1 - out[1], s.exponent);
  return KD_OK;
}

static const kd_field thickener_in[] = {
    KD_IN("velocity", "m/h", "0 m/h exclusive", NULL, "settling velocity v0"),
    KD_IN("exponent", "1", "1 exclusive", "40", "n of v = v0 (1 - phi)^n"),
    KD_IN("feed", "%vol", "0 %vol exclusive", "100 %vol exclusive", "solids of the feed"),
    KD_IN("underflow", "%vol", "0 %vol exclusive", "100 %vol exclusive", "solids of the underflow"),
    KD_IN_OPTION("density", "kg/m3", "2650 kg/m3", "0 kg/m3 exclusive", NULL, "of the grains"),
    KD_IN_OPTION("rate", "t/day", "1000 t/day", "0 t/day", NULL, "dry solids fed"),
};
static const kd_field thickener_out[] = {
    KD_OUT("flux", "kg/m2/h", "greatest solids flux, least of v phi/(1 - phi/phi_u) from feed to underflow"),
    KD_OUT("limiting", "%vol", "solids that set it"),
    KD_OUT("area", "m2", "area for the rate"),
    KD_OUT("diameter", "m", "of one round thickener of that area"),
    KD_OUT("overflow_rate", "m/h", "clear liquid over area"),
};

static kd_status thickener(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const kd_settling s = {in[0], in[1]};
  KD_CHECK(in[3] > in[2], work->err, KD_E_RANGE, "underflow %g %%vol: must be above the feed, %g %%vol", 100 * in[3],
           100 * in[2]);
  const double flux = kd_thickener_flux(&out[1], &s, in[2], in[3]);
  out[0] = flux * in[4];
  out[2] = in[5] / out[0];
  out[3] = sqrt(4 * out[2] / 3.14159265358979323846);
  out[4] = flux * (1 / in[2] - 1 / in[3]);
out:
  return status;
}

static const kd_data_slot talmage_data[] = {
    {.name = "settling", .columns = "time [min], height [m]", .doc = "Height of the interface of a batch over time."}};
static const kd_field talmage_in[] = {
    KD_IN("feed", "kg/m3", "0 kg/m3 exclusive", NULL, "solids of the batch"),
    KD_IN("underflow", "kg/m3", "0 kg/m3 exclusive", NULL, "solids wanted in the underflow"),
    {.name = "compression_time",
     .unit = "min",
     .doc = "compression point; not given: on the bisector of the first and the last straight",
     .initial = "none",
     .low = "0 min exclusive"},
    KD_IN_OPTION("rate", "t/day", "1000 t/day", "0 t/day", NULL, "dry solids fed"),
};
static const kd_field talmage_out[] = {
    KD_OUT("compression_time", "min", "compression point"),
    KD_OUT("compression_height", "m", "height there"),
    KD_OUT("underflow_height", "m", "c0 h0/c_u"),
    KD_OUT("tu", "min", "where the tangent at the compression point meets the underflow line"),
    KD_OUT("unit_area", "m2/(t/day)", "t_u/(c0 h0)"),
    KD_OUT("area", "m2", "area for the rate"),
};

static kd_status talmage(kd_table **out, const kd_table *const *data, const double *o, kd_work *work) {
  kd_status status = KD_OK;
  const kd_column *time = kd_table_column(data[0], "time"), *height = kd_table_column(data[0], "height");
  kd_talmage r;
  *out = NULL;
  KD_TRY(kd_talmage_fitch(&r, time->number, height->number, data[0]->rows, o[0], o[1], o[2], work->err));
  KD_TRY(kd_table_create(out, work->ctx,
                         "compression_time [min], compression_height [m], underflow_height [m], tu [min], unit_area "
                         "[m2/(t/day)], area [m2]",
                         1, work->err));
  const double values[] = {r.compression_time, r.compression_height, r.underflow_height, r.tu,
                           r.unit_area,        r.unit_area * o[3]};
  for (size_t i = 0; i < KD_COUNT(values); i++) (*out)->column[i].number[0] = values[i];
out:
  return status;
}

#define CAKE_INPUTS                                                                                                    \
  KD_IN("pressure", "kPa", "0 kPa exclusive", NULL, "pressure drop"),                                                  \
      KD_IN("resistance", "m/kg", "0 m/kg", NULL, "specific cake resistance alpha at 1 bar"),                          \
      KD_IN("solids", "kg/m3", "0 kg/m3", NULL, "cake solids per volume of filtrate"),                                 \
      KD_IN_OPTION("viscosity", "mPa.s", "1 mPa.s", "0 mPa.s exclusive", NULL, "of the filtrate"),                     \
      KD_IN_OPTION("medium", "1/m", "0 1/m", "0 1/m", NULL, "resistance of the cloth"),                                \
      KD_IN_OPTION("compressibility", "1", "0", "0", "2", "s of alpha (pressure/1 bar)^s")
static const kd_field cake_in[] = {
    KD_IN("time", "min", "0 min", NULL, "time of filtration"),
    CAKE_INPUTS,
    KD_IN_OPTION("cycle", "min", "0 min", "0 min", NULL, "whole cycle with washing and discharge; 0: the time alone"),
};
static const kd_field cake_out[] = {
    KD_OUT("filtrate", "m3/m2", "per area (Ruth)"),
    KD_OUT("rate", "m/h", "filtrate at the end of it, per area"),
    KD_OUT("cake", "kg/m2", "solids held"),
    KD_OUT("yield", "kg/m2/h", "solids per area and cycle time; 0 when no time is given"),
};

static kd_status cake(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const double alpha = in[2] * pow(in[1] / 1e5, in[6]);
  KD_CHECK(alpha * in[3] > 0 || in[5] > 0, work->err, KD_E_RANGE,
           "neither cake nor cloth resists: resistance x solids or medium must be above 0");
  KD_CHECK(in[7] == 0 || in[7] >= in[0], work->err, KD_E_RANGE, "cycle %g min: must be at least the time, %g min",
           in[7] / 60, in[0] / 60);
  const double v = kd_filter_volume(in[0], in[4], alpha, in[3], in[1], in[5]);
  const double resists = alpha * in[3] * v + in[5], cycle = in[7] > 0 ? in[7] : in[0];
  KD_CHECK(resists > 0, work->err, KD_E_RANGE, "time 0 min without a medium: the rate has no bound");
  out[0] = v;
  out[1] = in[1] / (in[4] * resists);
  out[2] = in[3] * v;
  out[3] = cycle > 0 ? out[2] / cycle : 0;
out:
  return status;
}

static const kd_field cake_time_in[] = {KD_IN("filtrate", "m3/m2", "0 m3/m2", NULL, "filtrate per area"), CAKE_INPUTS};
static const kd_field cake_time_out[] = {
    KD_OUT("time", "min", "mu V (alpha c V/2 + R)/dP"),
    KD_OUT("cake", "kg/m2", "solids held"),
};

static kd_status cake_time(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_filter_time(in[0], in[4], in[2] * pow(in[1] / 1e5, in[6]), in[3], in[1], in[5]);
  out[1] = in[3] * in[0];
  return KD_OK;
}

static const kd_field wash_in[] = {
    KD_IN("volumes", "1", "0", "1000", "wash liquid over liquid in the cake W"),
    KD_IN("peclet", "1", "1", "1e7", "velocity x thickness / dispersion"),
};
static const kd_field wash_out[] = {
    KD_OUT("exit", "1", "solute in the liquor that leaves over that of the cake at the start"),
    KD_OUT("left", "%", "solute left in the cake"),
    KD_OUT("plug", "%", "left with perfect displacement, 1 - W"),
    KD_OUT("mixed", "%", "left with perfect mixing, exp(-W)"),
};

static kd_status wash(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_wash_exit(in[0], in[1]);
  out[1] = kd_wash_left(in[0], in[1]);
  out[2] = fmax(0, 1 - in[0]);
  out[3] = exp(-in[0]);
  return KD_OK;
}

static const kd_field ccd_in[] = {
    KD_IN("ratio", "1", "0 exclusive", "1000", "wash over liquor in the underflow R"),
    KD_IN("stages", "1", "0", "1000", "washing stages n after the one that gets the feed"),
};
static const kd_field ccd_out[] = {
    KD_OUT("lost", "%", "solute that leaves with the last underflow: (R-1)/(R^(n+1)-1)"),
    KD_OUT("washed", "%", "solute won back"),
};

static kd_status ccd(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_ccd_loss(in[0], in[1]);
  out[1] = 1 - out[0];
  return KD_OK;
}

static const kd_field cluster_in[] = {
    KD_IN("flow", "m3/h", "0 m3/h", NULL, "slurry to the cluster"),
    KD_IN("unit_flow", "m3/h", "0 m3/h exclusive", NULL, "slurry through one cyclone"),
    KD_IN_OPTION("standby", "%", "20 %", "0 %", "500 %", "spare cyclones over those at work"),
    KD_IN_OPTION("pressure", "kPa", "200 kPa", "0 kPa", NULL, "pressure drop"),
    KD_IN_OPTION("efficiency", "%", "65 %", "1 %", "100 %", "of the pump"),
};
static const kd_field cluster_out[] = {
    KD_OUT("working", "1", "cyclones at work, whole"),
    KD_OUT("installed", "1", "with spares"),
    KD_OUT("each", "m3/h", "slurry through each"),
    KD_OUT("power", "kW", "of the pump"),
};

static kd_status cluster(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = ceil(in[0] / in[1] * (1 - 1e-12));
  out[1] = out[0] + ceil(in[2] * out[0] * (1 - 1e-12));
  out[2] = out[0] > 0 ? in[0] / out[0] : 0;
  out[3] = in[3] * in[0] / in[4];
  return KD_OK;
}

static const kd_data_slot cyclone_stages_data[] = {
    {.name = "classes",
     .columns = "size [um], mass [%wt], grade [ppm]?, density [kg/m3]?",
     .doc =
         "Classes of the feed, by mineral and size as one likes: representative size, share of the mass, grade, grain "
         "density (reference_density)."},
};
static const kd_field cyclone_stages_in[] = {
    KD_IN("cut", "um", "0 um exclusive", "10000 um", "corrected cut size d50c for grains of the reference density"),
    KD_IN_OPTION("water_split", "%", "10 %", "0 %", "100 % exclusive", "share of the water in the underflow"),
    KD_IN_OPTION("sharpness", "1", "2.45", "0.1", "50", "m of Plitt's curve or alpha of Lynch-Rao's"),
    KD_IN_CHOICE_OPTION("curve", "plitt|lynch_rao", "plitt", "efficiency curve"),
    KD_IN_OPTION("stages", "1", "1", "1", "50", "equal stages"),
    KD_IN_CHOICE_OPTION(
        "circuit", "series|return|scavenger", "series",
        "series: underflow again, overflows out; return: overflows go back a stage; scavenger: overflow "
        "again, underflows joined"),
    KD_IN_OPTION("solids", "%vol", "5 %vol", "0.1 %vol", "40 %vol", "solids to which every stage is diluted"),
    KD_IN_OPTION("reference_density", "kg/m3", "2650 kg/m3", "1100 kg/m3", "10000 kg/m3", "density the cut holds for"),
    KD_IN_OPTION("liquid_density", "kg/m3", "1025 kg/m3", "500 kg/m3", "2000 kg/m3", "of the water"),
};
static const kd_field cyclone_stages_out[] = {
    KD_OUT("size", "um", "class; 0 in the last row, the total"),
    KD_OUT("to_underflow", "%", "one stage"),
    KD_OUT("recovered", "%", "in the final underflow, mass"),
    KD_OUT("mass", "%wt", "of the feed, in the final underflow"),
    KD_OUT("metal", "%", "of the feed's metal, in the final underflow; total: the recovery"),
    KD_OUT("grade", "ppm", "class as given; total: of the underflow"),
    KD_OUT("upgrade", "1", "total: grade over the feed's"),
    KD_OUT("load", "1", "feed of the first stage over fresh feed; total: by mass"),
    KD_OUT("water", "m3/t", "total: water fed to all stages per tonne of fresh feed"),
};

static kd_status cyclone_stages(kd_table **out, const kd_table *const *data, const double *o, kd_work *work) {
  kd_status status = KD_OK;
  const kd_table *t = data[0];
  const double *size = kd_table_column(t, "size")->number, *mass = kd_table_column(t, "mass")->number;
  const kd_column *grade = kd_table_column(t, "grade"), *density = kd_table_column(t, "density");
  const unsigned stages = (unsigned)o[4];
  double fed = 0, metal = 0, kept = 0, kept_metal = 0, loaded = 0, water = 0;
  *out = NULL;
  KD_CHECK(o[4] == floor(o[4]), work->err, KD_E_RANGE, "stages %g: a whole number is wanted", o[4]);
  for (size_t i = 0; i < t->rows; i++) {
    KD_CHECK(size[i] > 0 && mass[i] >= 0, work->err, KD_E_RANGE,
             "classes: row %zu: size must be above 0, mass at least 0", i + 1);
    fed += mass[i];
    if (grade != NULL && !isnan(grade->number[i])) metal += mass[i] * grade->number[i];
  }
  KD_CHECK(fed > 0, work->err, KD_E_RANGE, "classes: no mass");
  KD_TRY(kd_table_create(out, work->ctx,
                         "size [um], to_underflow [%], recovered [%], mass [%wt], metal [%], grade [ppm], upgrade [1], "
                         "load [1], water [m3/t]",
                         t->rows + 1, work->err));
  kd_column *c = (*out)->column;
  for (size_t i = 0; i < t->rows; i++) {
    const double rho = density != NULL && !isnan(density->number[i]) ? density->number[i] : o[7];
    KD_CHECK(rho > o[8] && o[7] > o[8], work->err, KD_E_RANGE, "classes: row %zu: grains of %g kg/m3 do not sink",
             i + 1, rho);
    const double cut = kd_cut_for_density(o[0], o[7], rho, o[8]);
    const double y = o[1] + (1 - o[1]) * kd_partition((kd_curve)o[3], size[i], cut, o[2]);
    double load;
    const double recovered = kd_circuit_recovery(&load, (kd_circuit)o[5], y, stages);
    const double here = mass[i] / fed, g = grade != NULL && !isnan(grade->number[i]) ? grade->number[i] : 0;
    /* solids through all stages: series e^k, scavenger (1-e)^k, return: the ladder's loads */
    double through = 0, each = 1, above = 0;
    if (o[5] == 1) each = y > 0 ? recovered / y : load; /* the ladder from its top: L(k-1) = (L(k) - (1-y) L(k+1))/y */
    for (unsigned k = 0; k < stages; k++) {
      through += each;
      const double next = o[5] == 1   ? (y > 0 ? (each - (1 - y) * above) / y : 0)
                          : o[5] == 0 ? each * y
                                      : each * (1 - y);
      above = each;
      each = next;
    }
    water += here * through / rho * (1 - o[6]) / o[6];
    kept += here * recovered;
    kept_metal += here * recovered * g;
    loaded += here * load;
    const double row[] = {
        size[i], y,           recovered, here * recovered, metal > 0 ? mass[i] * g * recovered / metal : 0,
        g,       (double)NAN, load,      (double)NAN};
    for (size_t k = 0; k < KD_COUNT(row); k++) c[k].number[i] = row[k];
  }
  const double feed_grade = metal / fed, out_grade = kept > 0 ? kept_metal / kept : 0;
  const double total[] = {0,
                          (double)NAN,
                          kept,
                          kept,
                          metal > 0 ? kept_metal / feed_grade : 0,
                          out_grade,
                          feed_grade > 0 ? out_grade / feed_grade : (double)NAN,
                          loaded,
                          water};
  for (size_t k = 0; k < KD_COUNT(total); k++) c[k].number[t->rows] = total[k];
out:
  if (status != KD_OK) kd_table_destroy(out);
  return status;
}

const kd_kernel kd_process_dewater_kernels[] = {
    KD_KERNEL("process.thickener.kynch", kynch, "Batch settling of Richardson-Zaki solids by Kynch's theory."),
    KD_KERNEL("process.thickener.flux", thickener, "Continuous thickener by its limiting flux (Coe and Clevenger)."),
    KD_KERNEL("process.filter.cake", cake, "Cake filtration at constant pressure (Ruth)."),
    KD_KERNEL("process.filter.time", cake_time, "Time of cake filtration for a filtrate (Ruth)."),
    KD_KERNEL("process.wash.displacement", wash, "Displacement wash of a cake with dispersion."),
    KD_KERNEL("process.wash.decantation", ccd, "Countercurrent decantation."),
    KD_KERNEL("process.cyclone.cluster", cluster, "Cyclones of a cluster and its pump."),
    {.name = "process.thickener.talmage_fitch",
     .summary = "Unit area of a thickener from a settling curve (Talmage and Fitch).",
     .inputs = talmage_in,
     .input_count = KD_COUNT(talmage_in),
     .outputs = talmage_out,
     .output_count = KD_COUNT(talmage_out),
     .data = talmage_data,
     .data_count = KD_COUNT(talmage_data),
     .eval_table = talmage},
    {.name = "process.cyclone.circuit",
     .summary = "Stages of cyclones over classes of mineral and size.",
     .inputs = cyclone_stages_in,
     .input_count = KD_COUNT(cyclone_stages_in),
     .outputs = cyclone_stages_out,
     .output_count = KD_COUNT(cyclone_stages_out),
     .data = cyclone_stages_data,
     .data_count = KD_COUNT(cyclone_stages_data),
     .eval_table = cyclone_stages},
    {.name = NULL},
};
