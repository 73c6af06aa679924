// SPDX-License-Identifier: Apache-2.0
/* The published UKy plant as a kernel. */
#include "process/kernels.h"
#include "process/uky.h"
#include "process/tables.h"

static const kd_labels uky_metals = {kd_uky_metal, KD_UKY_METALS};

#define UKY_IN(name_, unit_, initial_, low_, high_, doc_) KD_IN_OPTION(name_, unit_, initial_, low_, high_, doc_)
static const kd_field uky_in[] = {
    UKY_IN("solid_flow", "kg/h", "22.68 kg/h", "0 kg/h exclusive", NULL, "coal refuse into the leach"),
    UKY_IN("liquid_flow", "L/h", "100 L/h", "0 L/h exclusive", NULL, "fresh leach liquor"),
    UKY_IN("liquid_h", "mol/L", "0.277 mol/L", "0 mol/L", "5 mol/L", "its H+"),
    UKY_IN("liquid_hso4", "mol/L", "0.25798969072164947 mol/L", "0 mol/L", "5 mol/L", "its HSO4-, 25,025 mg/L"),
    UKY_IN("liquid_so4", "mol/L", "0.00953125 mol/L", "0 mol/L", "5 mol/L", "its sulfate, 915 mg/L"),
    UKY_IN("tank_volume", "L", "378.5411784 L", "1 L", NULL, "each of the two leach tanks, 100 US gallons"),
    UKY_IN("dosage", "1", "0.2", "0.01", "1", "D2EHPA in the make-up, share by volume"),
    UKY_IN("scrub_flow", "L/h", "0.1 L/h", "0 L/h exclusive", NULL, "acid of the rougher scrub"),
    UKY_IN("strip_flow", "L/h", "3.375 L/h", "0 L/h exclusive", NULL, "acid of the rougher strip"),
    UKY_IN("clean_flow", "L/h", "3.517 L/h", "0 L/h exclusive", NULL, "acid of the cleaner strip"),
    UKY_IN("scrub_h", "mol/L", "0.9736507936507937 mol/L", "0 mol/L exclusive", "15 mol/L", "981.44 mg/L of hydrogen"),
    UKY_IN("strip_h", "mol/L", "1 mol/L", "0 mol/L exclusive", "15 mol/L", "strength of the rougher strip"),
    UKY_IN("clean_h", "mol/L", "1 mol/L", "0 mol/L exclusive", "15 mol/L", "strength of the cleaner strip"),
    UKY_IN("rougher_organic", "L/h", "128.9 L/h", "0 L/h exclusive", NULL, "organic round the rougher"),
    UKY_IN("cleaner_organic", "L/h", "603.3 L/h", "0 L/h exclusive", NULL, "organic round the cleaner"),
    UKY_IN("organic_recycle", "1", "0.9", "0", "1 exclusive", "share of the stripped organic that comes back"),
    UKY_IN("liquid_recovery", "1", "0.7", "0.01", "1", "share of the leach liquor past the filter"),
    UKY_IN("load_recycle", "1", "0.9", "0", "1", "share of the rougher raffinate back to the leach"),
    UKY_IN("scrub_recycle", "1", "0.9", "0", "1", "share of the scrub raffinate back to the leach"),
    UKY_IN("precipitate_recovery", "1", "0.9", "0", "1", "share of the liquor past the oxalate filter"),
    UKY_IN("precipitate_recycle", "1", "0.9", "0", "1", "share of that back to the cleaner"),
    UKY_IN("roaster_recovery", "1", "0.95", "0", "1", "oxides that leave the roaster as product"),
};
static const kd_field uky_out[] = {
    KD_OUT("recovery", "%", "rare earths without scandium in the product over those in the refuse"),
    KD_OUT("recovery_with_scandium", "%", "the same with scandium"),
    KD_OUT("purity", "%", "rare-earth metal over the mass of the oxides made"),
    KD_OUT("product", "g/h", "oxides made"),
    KD_OUT("leach_inlet_flow", "L/h", "liquor into the leach"),
    KD_OUT("leach_flow", "L/h", "liquor out of the leach"),
    KD_OUT("load_flow", "L/h", "aqueous through the rougher load"),
    KD_OUT("solid_out", "kg/h", "leached solid"),
    KD_OUT("leach_h", "mol/L", "H+ out of the leach"),
    KD_OUT("leach_hso4", "mol/L", "HSO4- out of the leach"),
    KD_OUT("rougher_strip_h", "mol/L", "H+ of the aqueous out of the rougher strip"),
    KD_OUT("cleaner_strip_h", "mol/L", "H+ of the aqueous out of the cleaner strip"),
    KD_OUT("residual", "1", "worst relative defect of an equation"),
    KD_OUT("closure", "1", "worst balance of a metal over the plant"),
    {.name = "metal_recovery", .unit = "%", .doc = "over the metal in the refuse", .labels = &uky_metals},
    {.name = "conversion", .unit = "%", .doc = "leached", .labels = &uky_metals},
    {.name = "leach_liquor", .unit = "mol/L", .doc = "out of the leach", .labels = &uky_metals},
    {.name = "rougher_strip", .unit = "mol/L", .doc = "aqueous out of the rougher strip", .labels = &uky_metals},
    {.name = "cleaner_strip", .unit = "mol/L", .doc = "aqueous out of the cleaner strip", .labels = &uky_metals},
    {.name = "rougher_organic_out", .unit = "mol/L", .doc = "organic out of the rougher strip", .labels = &uky_metals},
    {.name = "cleaner_organic_out", .unit = "mol/L", .doc = "organic out of the cleaner strip", .labels = &uky_metals},
    {.name = "precipitate", .unit = "mol/h", .doc = "oxalate formula units precipitated", .labels = &uky_metals},
};

/* SI at the border, the plant's own hours and litres inside. */
static kd_status uky(double *out, const double *in, kd_work *work) {
  const double litres = 3.6e6; /* m3/s to L/h */
  kd_uky_params p = {.solid_flow = in[0] * 3600,
                     .liquid_flow = in[1] * litres,
                     .liquid_h = in[2] / 1000,
                     .liquid_hso4 = in[3] / 1000,
                     .liquid_so4 = in[4] / 1000,
                     .tank_volume = in[5] * 1000,
                     .dosage = in[6],
                     .scrub_flow = in[7] * litres,
                     .strip_flow = in[8] * litres,
                     .clean_flow = in[9] * litres,
                     .scrub_h = in[10] / 1000,
                     .strip_h = in[11] / 1000,
                     .clean_h = in[12] / 1000,
                     .rougher_organic = in[13] * litres,
                     .cleaner_organic = in[14] * litres,
                     .organic_recycle = in[15],
                     .liquid_recovery = in[16],
                     .load_recycle = in[17],
                     .scrub_recycle = in[18],
                     .precipitate_recovery = in[19],
                     .precipitate_recycle = in[20],
                     .roaster_recovery = in[21]};
  kd_uky_result r;
  kd_status status = kd_uky_solve(&r, &p, work);
  if (status != KD_OK) return status;
  const double first[] = {r.recovery,
                          r.recovery_with_scandium,
                          r.purity,
                          r.product_mass / 3600,
                          r.leach_inlet_flow / litres,
                          r.leach_flow / litres,
                          r.load_flow / litres,
                          r.solid_out / 3600,
                          r.leach_h * 1000,
                          r.leach_hso4 * 1000,
                          r.h[4] * 1000,
                          r.h[9] * 1000,
                          r.residual,
                          r.closure};
  for (size_t i = 0; i < KD_COUNT(first); i++) out[i] = first[i];
  double *row = out + KD_COUNT(first);
  for (size_t i = 0; i < KD_UKY_METALS; i++) {
    row[i] = r.metal_recovery[i];
    row[KD_UKY_METALS + i] = r.conversion[i];
    row[2 * KD_UKY_METALS + i] = r.leach_liquor[i] * 1000;
    row[3 * KD_UKY_METALS + i] = r.aqueous[4][i] * 1000;
    row[4 * KD_UKY_METALS + i] = r.aqueous[9][i] * 1000;
    row[5 * KD_UKY_METALS + i] = r.organic[5][i] * 1000;
    row[6 * KD_UKY_METALS + i] = r.organic[11][i] * 1000;
    row[7 * KD_UKY_METALS + i] = r.precipitate[i] / 3600;
  }
  return KD_OK;
}

const kd_kernel kd_process_uky_kernels[] = {
    KD_KERNEL("process.uky", uky,
              "The published UKy open plant: leach, five extraction banks, precipitator, six recycles."),
    {.name = NULL},
};
