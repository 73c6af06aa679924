// SPDX-License-Identifier: Apache-2.0
/* Kernels of water and air. Temperatures come in K, the functions take degC. */
#include <math.h>

#include "base/error.h"
#include "lift/air.h"
#include "lift/circuit.h"
#include "lift/kernels.h"
#include "lift/sea.h"
#include "lift/seawater.h"

static kd_status eval_density(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_seawater_density(in[0], in[1] - KD_CELSIUS_ZERO, in[2]);
  return KD_OK;
}

static kd_status eval_absolute_salinity(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_seawater_absolute_salinity(in[0]);
  return KD_OK;
}

static kd_status eval_potential_temperature(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_seawater_potential_temperature(in[0], in[1] - KD_CELSIUS_ZERO, in[2]) + KD_CELSIUS_ZERO;
  return KD_OK;
}

static kd_status eval_conservative_temperature(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_seawater_conservative_temperature(in[0], in[1] - KD_CELSIUS_ZERO, in[2]) + KD_CELSIUS_ZERO;
  return KD_OK;
}

static kd_status eval_seawater_viscosity(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_seawater_viscosity(in[0], in[1] - KD_CELSIUS_ZERO);
  return KD_OK;
}

static kd_status eval_gravity(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_gravity(in[0], in[1]);
  return KD_OK;
}

static kd_status eval_compressibility(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(kd_air_compressibility(&out[0], in[0], in[1]) == KD_OK, work->err, KD_E_CONVERGENCE,
           "no density found for air at %g Pa and %g K", in[0], in[1]);
  out[1] = in[0] / (out[0] * KD_AIR_GAS_CONSTANT * in[1]);
out:
  return status;
}

static kd_status eval_compressibility_fit(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_air_compressibility_fit(in[0], in[1]);
  return KD_OK;
}

static kd_status eval_compressor(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[2] >= in[1], work->err, KD_E_RANGE, "outlet_pressure %g Pa: must be at least the inlet_pressure %g Pa",
           in[2], in[1]);
  double gas = in[6] / KD_AIR_GAS_CONSTANT; /* the functions carry that of air */
  out[0] = gas * kd_air_isothermal_power(in[0], in[1], in[2], in[3]);
  out[1] = gas * kd_air_polytropic_power(in[0], in[1], in[2], in[3], in[4], in[5]);
out:
  return status;
}

static kd_status eval_slurry_density(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[1] > in[2], work->err, KD_E_RANGE, "grain_density %g kg/m3: must be above the water_density %g kg/m3",
           in[1], in[2]);
  out[1] = kd_slurry_water_ratio(in[0], in[1], in[2]);
  out[0] = kd_slurry_density(out[1], in[1], in[2]);
out:
  return status;
}

/* Options: latitude, depth, step of the answer. */
static kd_status eval_sea_column(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  kd_sea sea;
  double depth = options[1], step = options[2];
  KD_CHECK(depth / step <= 1e5, work->err, KD_E_SIZE, "step %g m: gives more than 100,000 rows down to %g m", step,
           depth);
  KD_TRY(kd_sea_create(&sea, data[0], options[0], depth, work));
  size_t rows = (size_t)ceil(depth / step - 1e-9) + 1;
  KD_TRY(kd_table_create(out, work->ctx,
                         "depth [m], temperature [degC], conservative_temperature [degC], absolute_salinity [g/kg], "
                         "pressure [MPa], density [kg/m3]",
                         rows, work->err));
  for (size_t i = 0; i < rows; i++) {
    kd_sea_node at;
    kd_sea_at(&at, &sea, fmin((double)i * step, depth));
    kd_column *c = (*out)->column;
    c[0].number[i] = at.depth;
    c[1].number[i] = at.temperature + KD_CELSIUS_ZERO;
    c[2].number[i] = at.conservative + KD_CELSIUS_ZERO;
    c[3].number[i] = at.salinity;
    c[4].number[i] = at.pressure;
    c[5].number[i] = at.density;
  }
out:
  return status;
}

const kd_kernel kd_water_kernels[] = {
    KERNEL("seawater.density", "Density of sea water, TEOS-10 75-term polynomial (Roquet et al. 2015).",
           FIELDS(ABSOLUTE_SALINITY,
                  IN("conservative_temperature", "degC", NULL, "-6 degC", "45 degC", "Conservative temperature."),
                  SEA_PRESSURE),
           FIELDS(OUT("density", "kg/m3", "In-situ density.")), eval_density),
    KERNEL("seawater.absolute_salinity",
           "Absolute from practical salinity at reference composition: S_A = 35.16504/35 S_P, no anomaly.",
           FIELDS(IN("salinity", "1", NULL, "0", "120", "Practical salinity.")),
           FIELDS(OUT("absolute_salinity", "g/kg", "Absolute salinity.")), eval_absolute_salinity),
    KERNEL("seawater.potential_temperature",
           "Potential temperature of in-situ temperature (TEOS-10), reference sea pressure 0 dbar.",
           FIELDS(ABSOLUTE_SALINITY, IN_SITU, SEA_PRESSURE),
           FIELDS(OUT("potential_temperature", "degC", "Potential temperature, reference surface.")),
           eval_potential_temperature),
    KERNEL("seawater.conservative_temperature", "Conservative temperature of in-situ temperature (TEOS-10).",
           FIELDS(ABSOLUTE_SALINITY, IN_SITU, SEA_PRESSURE),
           FIELDS(OUT("conservative_temperature", "degC", "Conservative temperature.")), eval_conservative_temperature),
    KERNEL("seawater.viscosity",
           "Dynamic viscosity of sea water at one atmosphere (Sharqawy, Lienhard and Zubair 2010, eq. 22-23).",
           FIELDS(ABSOLUTE_SALINITY, IN_SITU), FIELDS(OUT("viscosity", "Pa.s", "Dynamic viscosity.")),
           eval_seawater_viscosity),
    KERNEL("gravity",
           "Gravity by latitude and depth, as in TEOS-10: 9.780327 (1 + 5.2792e-3 s + 2.32e-5 s^2)(1 + 2.26e-7 depth), "
           "s = sin^2 latitude.",
           FIELDS(IN("latitude", "deg", NULL, "-90 deg", "90 deg", "Latitude."),
                  IN("depth", "m", "0 m", "-100 m", "12000 m", "Depth.")),
           FIELDS(OUT("gravity", "m/s2", "Gravity.")), eval_gravity),
    {.name = "lift.sea.column",
     .summary = "Pressure and density down a profile of temperature and salinity.",
     .inputs = (const kd_field[]){IN("latitude", "deg", "22.95 deg", "-90 deg", "90 deg", "Latitude."),
                                  IN("depth", "m", "6000 m", "1 m", "12000 m", "Lowest depth."),
                                  IN("step", "m", "100 m", "0.1 m", "12000 m", "Distance of the rows.")},
     .input_count = 3,
     .outputs = (const kd_field[]){OUT("depth", "m", "Depth."), OUT("temperature", "degC", "In-situ temperature."),
                                   OUT("conservative_temperature", "degC", "Conservative temperature."),
                                   OUT("absolute_salinity", "g/kg", "Absolute salinity."),
                                   OUT("pressure", "MPa", "Sea pressure."), OUT("density", "kg/m3", "Density.")},
     .output_count = 6,
     .data = (const kd_data_slot[]){{.name = "profile",
                                     .columns = KD_SEA_COLUMNS,
                                     .doc = "In-situ temperature and practical salinity by depth."}},
     .data_count = 1,
     .eval_table = eval_sea_column},
    KERNEL("air.compressibility",
           "Compressibility factor and density of air (Lemmon et al. 2000), pseudo-pure fluid, R 8.31451 J/(mol K).",
           FIELDS(IN("pressure", "MPa", NULL, "0 MPa exclusive", "200 MPa", "Absolute pressure."),
                  IN("temperature", "degC", NULL, "-73 degC", "1000 degC", "Temperature.")),
           FIELDS(OUT("compressibility", "1", "Z = p/(rho R T)."),
                  OUT("density", "kg/m3", "Density, with 28.96546 g/mol.")),
           eval_compressibility),
    KERNEL("air.compressibility_fit", "The polynomial for the inner loops, fitted to lift.air.compressibility.",
           FIELDS(IN("pressure", "MPa", NULL, "0 MPa exclusive", "70 MPa", "Absolute pressure."),
                  IN("temperature", "degC", NULL, "-3.15 degC", "36.85 degC", "Temperature.")),
           FIELDS(OUT("compressibility", "1", "p/(rho R T).")), eval_compressibility_fit),
    KERNEL(
        "air.compressor_power",
        "Ideal-gas work of compression: isothermal G R T ln(r); polytropic s n/(n-1) G R T (r^((n-1)/(n s)) - 1), s "
        "stages of equal ratio, each cooled back.",
        FIELDS(IN("air_rate", "kg/s", NULL, "0 kg/s", "1e4 kg/s", "Air."),
               IN("inlet_pressure", "Pa", "1 atm", "0 Pa exclusive", "100 MPa", "Absolute pressure at the inlet."),
               IN("outlet_pressure", "Pa", NULL, "0 Pa exclusive", "200 MPa", "Absolute pressure at the outlet."),
               IN("temperature", "degC", "25 degC", "-60 degC", "100 degC", "Temperature at the inlet of each stage."),
               IN("polytropic_exponent", "1", "1.3", "1.0001", "1.67", "Polytropic exponent."),
               IN("stages", "1", "6", "1", "50", "Stages in series."),
               IN("gas_constant", "J/kg/K", "287.0491267875601 J/kg/K", "0 J/kg/K exclusive", "10000 J/kg/K",
                  "Gas constant, 8.31451/0.02896546 for air.")),
        FIELDS(OUT("isothermal_power", "kW", "Isothermal."), OUT("polytropic_power", "kW", "Polytropic.")),
        eval_compressor),
    KERNEL("slurry.density",
           "Density of a slurry, c grain_density + (1 - c) water_density, and its water per dry mass.",
           FIELDS(SOLIDS, GRAIN_DENSITY,
                  IN("water_density", "kg/m3", NULL, "0 kg/m3 exclusive", "3000 kg/m3", "Density of the water.")),
           FIELDS(OUT("density", "kg/m3", "Density of the slurry."),
                  OUT("water_ratio", "1", "Mass of water per dry mass.")),
           eval_slurry_density),
    LAST_KERNEL};
