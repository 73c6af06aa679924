// SPDX-License-Identifier: Apache-2.0
/* Every equation of the plume stage as a kernel: `kaidei eval plume....`. */
#include <math.h>

#include "base/error.h"
#include "plume/far_field.h"
#include "plume/near_field.h"
#include "plume/settling.h"
#include "plume/tables.h"

#define KD_PI 3.14159265358979323846

/* Fields: positive, positive with a default, not negative, any; _1: a pure number. */
#define POS(n, u, d)                                                                                                   \
  { .name = n, .unit = u, .doc = d, .low = "0 " u " exclusive" }
#define POS_OR(n, u, i, d)                                                                                             \
  { .name = n, .unit = u, .doc = d, .low = "0 " u " exclusive", .initial = i }
#define POS_1(n, d)                                                                                                    \
  { .name = n, .unit = "1", .doc = d, .low = "0 exclusive" }
#define POS_1_OR(n, i, d)                                                                                              \
  { .name = n, .unit = "1", .doc = d, .low = "0 exclusive", .initial = i }
#define NNEG(n, u, d)                                                                                                  \
  { .name = n, .unit = u, .doc = d, .low = "0 " u }
#define OUT(n, u, d)                                                                                                   \
  { .name = n, .unit = u, .doc = d }
#define BED                                                                                                            \
  { .name = "bed", .unit = "1", .doc = "condition at the bed", .choices = "settling|sink", .initial = "settling" }
#define OPEN_OR_BED                                                                                                    \
  { .name = "place", .unit = "1", .doc = "in open water, or beside the bed", .choices = "open|bed", .initial = "open" }

/* A result that cannot be told as a number is an error, never a NaN. */
static kd_status finite(const double *out, size_t count, kd_work *work) {
  for (size_t i = 0; i < count; i++)
    if (!isfinite(out[i])) return kd_error_set(work->err, KD_E_NAN, "the result is outside what a number can hold");
  return KD_OK;
}

/* --- near field ------------------------------------------------------------------------------------------------- */

static const kd_field suspension_in[] = {NNEG("concentration", "kg/m3", "dry solids in the water"),
                                         POS_OR("grain_density", "kg/m3", "2600 kg/m3", "density of the grains"),
                                         POS_OR("water_density", "kg/m3", "1040 kg/m3", "density of the water around"),
                                         NNEG("flow", "m3/s", "flow of the suspension")};
static const kd_field suspension_out[] = {OUT("reduced_gravity", "m/s2", "g C (1 - water/grain)/water, g 9.80665 m/s2"),
                                          OUT("buoyancy_flux", "m4/s3", "flow times reduced gravity")};
static kd_status suspension(double *out, const double *in, kd_work *work) {
  out[0] = kd_suspension_gravity(in[0], in[1], in[2]);
  out[1] = out[0] * in[3];
  return finite(out, 2, work);
}

static const kd_field mtt_in[] = {
    POS("buoyancy_flux", "m4/s3", "flow times reduced gravity"),
    POS("buoyancy_frequency", "1/s", "of the water around"),
    POS_1_OR("entrainment", "0.13", "entrainment coefficient of top-hat profiles, sqrt 2 times the Gaussian one"),
    {.name = "flow",
     .unit = "m3/s",
     .doc = "flow at the source, for the dilution",
     .initial = "0 m3/s",
     .low = "0 m3/s"}};
static const kd_field mtt_out[] = {
    OUT("top", "m", "greatest rise or fall"),
    OUT("neutral_level", "m", "rise or fall to neutral buoyancy"),
    OUT("volume_flux", "m3/s", "flow at the neutral level"),
    OUT("radius", "m", "radius there"),
    OUT("velocity", "m/s", "velocity there"),
    OUT("dilution", "1", "flow there over the flow at the source; 0 for a point source")};
static kd_status mtt(double *out, const double *in, kd_work *work) {
  kd_mtt plume;
  kd_mtt_plume(&plume, in[0], in[1], in[2]);
  out[0] = plume.top;
  out[1] = plume.neutral;
  out[2] = plume.volume_flux;
  out[3] = plume.radius;
  out[4] = plume.velocity;
  out[5] = in[3] > 0 ? plume.volume_flux / in[3] : 0;
  return finite(out, 6, work);
}
static kd_status mtt_march(double *out, const double *in, kd_work *work) {
  kd_mtt plume;
  kd_mtt_march(&plume, in[0], in[1], in[2], 20000);
  if (!(plume.top > 0))
    return kd_error_set(work->err, KD_E_CONVERGENCE, "the march did not reach the top of the plume");
  out[0] = plume.top;
  out[1] = plume.neutral;
  out[2] = plume.volume_flux;
  out[3] = plume.radius;
  out[4] = plume.velocity;
  out[5] = in[3] > 0 ? plume.volume_flux / in[3] : 0;
  return finite(out, 6, work);
}

static const kd_field bent_in[] = {
    POS("buoyancy_flux", "m4/s3", "flow times reduced gravity"), POS("current", "m/s", "current across the plume"),
    POS("buoyancy_frequency", "1/s", "of the water around"), POS("flow", "m3/s", "flow at the source")};
static const kd_field bent_out[] = {OUT("rise", "m", "rise or fall of the bent-over plume"),
                                    OUT("dilution", "1", "pi (rise/2)^2 U over the flow, at least 1")};
static kd_status bent(double *out, const double *in, kd_work *work) {
  out[0] = kd_bent_plume_rise(in[0], in[1], in[2]);
  out[1] = kd_bent_plume_dilution(out[0], in[1], in[3]);
  return finite(out, 2, work);
}

static const kd_field jet_in[] = {NNEG("distance", "m", "distance from the nozzle"),
                                  POS("diameter", "m", "of the nozzle")};
static const kd_field jet_out[] = {OUT("dilution", "1", "mean dilution, at least 1")};
static kd_status jet(double *out, const double *in, kd_work *work) {
  out[0] = kd_jet_dilution(in[0], in[1]);
  return finite(out, 1, work);
}

static const kd_field plane_in[] = {POS("reduced_gravity", "m/s2", "of the cloud"),
                                    POS("area", "m2", "section of the cloud along the slope, volume per width"),
                                    POS("settling", "m/s", "settling velocity"),
                                    POS_1_OR("froude", "1.19", "Froude number of the front")};
static const kd_field round_in[] = {POS("reduced_gravity", "m/s2", "of the cloud"), POS("volume", "m3", "of the cloud"),
                                    POS("settling", "m/s", "settling velocity"),
                                    POS_1_OR("froude", "1.19", "Froude number of the front")};
static const kd_field run_out_out[] = {OUT("run_out", "m", "distance at which the cloud has settled out")};
static kd_status plane(double *out, const double *in, kd_work *work) {
  out[0] = kd_run_out_plane(in[0], in[1], in[2], in[3]);
  return finite(out, 1, work);
}
static kd_status round_cloud(double *out, const double *in, kd_work *work) {
  out[0] = kd_run_out_round(in[0], in[1], in[2], in[3]);
  return finite(out, 1, work);
}

static const kd_field moving_in[] = {NNEG("speed", "m/s", "speed of the source"),
                                     POS("buoyancy_flux", "m4/s3", "of the source"),
                                     POS("height", "m", "of the source")};
static const kd_field moving_out[] = {
    OUT("ratio", "1", "u / (B/z)^(1/3)"),
    OUT("wedge", "1", "1: a wedge behind the source (over 0.83), 0: spreads all ways")};
static kd_status moving(double *out, const double *in, kd_work *work) {
  out[0] = kd_moving_source_ratio(in[0], in[1], in[2]);
  out[1] = out[0] > 0.83 ? 1 : 0;
  return finite(out, 2, work);
}

/* --- settling --------------------------------------------------------------------------------------------------- */

static const kd_field grain_in[] = {
    {.name = "law", .unit = "1", .doc = "law of settling", .choices = "stokes|ferguson_church|rubey|zanke|soulsby"},
    POS("size", "um", "diameter"),
    POS_1_OR("submerged_density", "1.5", "(grain - water) / water density"),
    POS_OR("viscosity", "m2/s", "1.7e-6 m2/s", "kinematic viscosity of the water"),
    POS_1_OR("shape_1", "18", "Ferguson and Church C1"),
    POS_1_OR("shape_2", "1", "Ferguson and Church C2; 0.4 for spheres")};
static const kd_field settling_out[] = {OUT("settling", "m/s", "settling velocity"),
                                        OUT("reynolds", "1", "Reynolds number of the grain")};
static kd_status grain(double *out, const double *in, kd_work *work) {
  switch ((int)in[0]) {
  case 0:
    out[0] = kd_plume_settling_stokes(in[1], in[2], in[3]);
    break;
  case 1:
    out[0] = kd_plume_settling_ferguson_church(in[1], in[2], in[3], in[4], in[5]);
    break;
  case 2:
    out[0] = kd_plume_settling_rubey(in[1], in[2], in[3]);
    break;
  case 3:
    out[0] = kd_plume_settling_zanke(in[1], in[2], in[3]);
    break;
  default:
    out[0] = kd_plume_settling_soulsby(in[1], in[2], in[3]);
    break;
  }
  out[1] = out[0] * in[1] / in[3];
  return finite(out, 2, work);
}

static const kd_field floc_in[] = {
    POS("size", "um", "diameter of the floc"),
    POS_OR("primary", "um", "4 um", "diameter of the grains in it"),
    {.name = "fractal_dimension", .unit = "1", .doc = "nf", .initial = "2", .low = "1", .high = "3"},
    POS_1_OR("submerged_density", "1.5", "(grain - water) / water density"),
    POS_OR("viscosity", "m2/s", "1.7e-6 m2/s", "kinematic viscosity of the water")};
static kd_status floc(double *out, const double *in, kd_work *work) {
  if (in[0] < in[1])
    return kd_error_set(work->err, KD_E_RANGE, "size %g m: must be at least primary, %g m", in[0], in[1]);
  out[0] = kd_plume_settling_floc(in[0], in[1], in[2], in[3], in[4]);
  out[1] = out[0] * in[0] / in[4];
  return finite(out, 2, work);
}

static const kd_field floc_size_in[] = {
    POS_OR("primary", "um", "4 um", "diameter of the grains"),
    NNEG("concentration", "kg/m3", "dry solids in the water"), POS("shear", "1/s", "shear rate"),
    POS_OR("growth", "m2/kg", "14.6 m2/kg", "kA"), POS_OR("breakup", "1/m2", "14000 1/m2", "kB, s^0.5/m2")};
static const kd_field floc_size_out[] = {OUT("size", "um", "diameter at equilibrium, fractal dimension 2")};
static kd_status floc_size(double *out, const double *in, kd_work *work) {
  out[0] = kd_floc_equilibrium(in[0], in[1], in[2], in[3], in[4]);
  return finite(out, 1, work);
}

static const kd_field shear_in[] = {NNEG("dissipation", "W/kg", "turbulent dissipation"),
                                    POS_OR("viscosity", "m2/s", "1.7e-6 m2/s", "kinematic viscosity of the water")};
static const kd_field shear_out[] = {OUT("shear", "1/s", "shear rate sqrt(eps/nu)")};
static kd_status shear(double *out, const double *in, kd_work *work) {
  out[0] = kd_shear_rate(in[0], in[1]);
  return finite(out, 1, work);
}

static const kd_field hindered_in[] = {
    NNEG("settling", "m/s", "velocity of a single grain"),
    {.name = "solids", .unit = "%vol", .doc = "solids by volume", .low = "0 %vol", .high = "100 %vol"},
    POS_1_OR("exponent", "4.65", "Richardson and Zaki's exponent")};
static const kd_field hindered_out[] = {OUT("settling", "m/s", "hindered settling velocity")};
static kd_status hindered(double *out, const double *in, kd_work *work) {
  out[0] = kd_plume_settling_hindered(in[0], in[1], in[2]);
  return finite(out, 1, work);
}

static const kd_field rouse_in[] = {
    POS("height", "m", "above the bed"),        POS("depth", "m", "of the flow"),
    POS("reference", "m", "reference height"),  NNEG("settling", "m/s", "settling velocity"),
    POS("shear_velocity", "m/s", "at the bed"), POS_1_OR("karman", "0.41", "von Karman's constant")};
static const kd_field rouse_out[] = {OUT("ratio", "1", "concentration over that at the reference height"),
                                     OUT("rouse_number", "1", "w/(kappa u*)")};
static kd_status rouse(double *out, const double *in, kd_work *work) {
  if (in[0] > in[1])
    return kd_error_set(work->err, KD_E_RANGE, "height %g m: must be at most depth, %g m", in[0], in[1]);
  if (in[2] >= in[1])
    return kd_error_set(work->err, KD_E_RANGE, "reference %g m: must be below depth, %g m", in[2], in[1]);
  out[0] = kd_rouse_profile(in[0], in[1], in[2], in[3], in[4], in[5]);
  out[1] = kd_rouse_number(in[3], in[4], in[5]);
  return finite(out, 2, work);
}

/* --- deposition in time ------------------------------------------------------------------------------------------- */

static const kd_field sink_in[] = {
    NNEG("time", "s", "since the release"), POS("height", "m", "of the release over the bed"),
    POS("settling", "m/s", "settling velocity"), POS("vertical_diffusivity", "m2/s", "constant"), BED};
static const kd_field sink_out[] = {OUT("deposited", "%", "share deposited by then"),
                                    OUT("rate", "1/s", "share deposited each second"),
                                    OUT("mean_time", "s", "mean time of deposition")};
static kd_status sink(double *out, const double *in, kd_work *work) {
  const int bed = (int)in[4];
  out[0] = kd_deposited_share(in[0], in[1], in[2], in[3], bed);
  out[1] = kd_deposition_rate(in[0], in[1], in[2], in[3], bed);
  out[2] = kd_deposition_mean_time(in[1], in[2], in[3], bed);
  return finite(out, 3, work);
}

static const kd_field layer_in[] = {NNEG("distance", "m", "down the current"), POS("current", "m/s", "current"),
                                    POS("settling", "m/s", "settling velocity"),
                                    POS("layer", "m", "height of the mixed layer")};
static const kd_field layer_out[] = {OUT("deposited", "%", "share deposited up to there from a well-mixed layer"),
                                     OUT("length", "m", "settling length u h/w")};
static kd_status layer(double *out, const double *in, kd_work *work) {
  out[1] = in[1] * in[3] / in[2];
  out[0] = -expm1(-in[0] / out[1]);
  return finite(out, 2, work);
}

/* --- far field ---------------------------------------------------------------------------------------------------- */

static const kd_field threshold_in[] = {
    POS("rate", "kg/s", "mass released"),      POS("horizontal_diffusivity", "m2/s", "Ky"),
    POS("vertical_diffusivity", "m2/s", "Kz"), POS("current", "m/s", "current"),
    POS("threshold", "mg/L", "concentration"), OPEN_OR_BED};
static const kd_field threshold_out[] = {OUT("reach", "m", "how far the concentration goes"),
                                         OUT("section", "m2", "largest cross-section, at reach/e"),
                                         OUT("volume", "m3", "water over the threshold at any time"),
                                         OUT("flux", "m3/s", "flow of water that is ever over it")};
static kd_status threshold(double *out, const double *in, kd_work *work) {
  const double reflect = in[5] + 1;
  out[0] = kd_threshold_reach(in[0], in[1], in[2], in[4], reflect);
  out[1] = kd_threshold_section(out[0] / 2.71828182845904523536, out[0], in[1], in[2], in[3], reflect);
  out[2] = kd_threshold_volume(out[0], in[1], in[2], in[3], reflect);
  out[3] = kd_threshold_flux(in[0], in[4]);
  return finite(out, 4, work);
}

static const kd_field concentration_in[] = {POS("x", "m", "down the current"),
                                            {.name = "y", .unit = "m", .doc = "across", .initial = "0 m"},
                                            {.name = "z", .unit = "m", .doc = "up from the source", .initial = "0 m"},
                                            NNEG("rate", "kg/s", "mass released"),
                                            POS("horizontal_diffusivity", "m2/s", "Ky"),
                                            POS("vertical_diffusivity", "m2/s", "Kz"),
                                            POS("current", "m/s", "current"),
                                            OPEN_OR_BED};
static const kd_field concentration_out[] = {OUT("concentration", "mg/L", "steady, slender plume, no settling")};
static kd_status concentration(double *out, const double *in, kd_work *work) {
  out[0] = (in[7] + 1) * kd_plume_concentration(in[0], in[1], in[2], in[3], in[4], in[5], in[6]);
  return finite(out, 1, work);
}

static const kd_field gauss_in[] = {
    NNEG("mass", "t", "dry solids deposited"), POS("dry_density", "kg/m3", "of the fresh deposit"),
    POS("sigma_x", "m", "standard deviation along"), POS("sigma_y", "m", "standard deviation across"),
    POS("threshold", "mm", "thickness")};
static const kd_field gauss_out[] = {OUT("peak", "mm", "thickness in the middle"),
                                     OUT("area", "m2", "area thicker than the threshold")};
static kd_status gauss(double *out, const double *in, kd_work *work) {
  out[0] = kd_gaussian_peak(in[0], in[1], in[2], in[3]);
  out[1] = kd_gaussian_area(out[0], in[4], in[2], in[3]);
  return finite(out, 2, work);
}

static const kd_field line_in[] = {
    NNEG("mass", "t", "dry solids released"),
    POS("settling", "m/s", "settling velocity"),
    POS("height", "m", "of the release over the bed"),
    POS("current", "m/s", "current"),
    POS("vertical_diffusivity", "m2/s", "Kz"),
    POS("horizontal_diffusivity", "m2/s", "Ky"),
    {.name = "direction_spread",
     .unit = "rad",
     .doc = "standard deviation of the direction",
     .initial = "0 rad",
     .low = "0 rad"},
    {.name = "source_width", .unit = "m", .doc = "standard deviation of the source", .initial = "0 m", .low = "0 m"},
    POS_OR("dry_density", "kg/m3", "300 kg/m3", "of the fresh deposit"),
    POS("threshold", "mm", "thickness"),
    POS_OR("domain", "km", "100 km", "end of the line"),
    BED};
static const kd_field line_out[] = {OUT("area", "m2", "area thicker than the threshold"),
                                    OUT("within", "%", "share deposited within the domain")};
static kd_status line_area(double *out, const double *in, kd_work *work) {
  const kd_deposit_line line = {.classes = 1,
                                .mass = {in[0]},
                                .settling = {in[1]},
                                .height = in[2],
                                .current = in[3],
                                .vertical_diffusivity = in[4],
                                .horizontal_diffusivity = in[5],
                                .direction_spread = in[6],
                                .source_width = in[7],
                                .dry_density = in[8],
                                .bed = (int)in[11]};
  out[0] = kd_deposit_area(in[9], &line, in[10]);
  out[1] = kd_deposited_share(in[10] / in[3], in[2], in[1], in[4], line.bed);
  return finite(out, 2, work);
}

static const kd_field okubo_in[] = {POS("scale", "m", "size of the patch")};
static const kd_field okubo_out[] = {OUT("diffusivity", "m2/s", "horizontal diffusivity")};
static kd_status okubo(double *out, const double *in, kd_work *work) {
  out[0] = kd_okubo_diffusivity(in[0]);
  return finite(out, 1, work);
}

static const kd_field dispersion_in[] = {
    NNEG("time", "s", "since the release"), NNEG("horizontal_diffusivity", "m2/s", "Kx"),
    NNEG("shear", "1/s", "linear shear of the current with height"), NNEG("vertical_diffusivity", "m2/s", "Kz")};
static const kd_field dispersion_out[] = {OUT("variance", "m2", "variance along the current"),
                                          OUT("sigma", "m", "its root")};
static kd_status dispersion(double *out, const double *in, kd_work *work) {
  out[0] = kd_shear_variance(in[0], in[1], in[2], in[3]);
  out[1] = sqrt(out[0]);
  return finite(out, 2, work);
}

/* --- textbook forms ----------------------------------------------------------------------------------------------- */

static const kd_field pure_in[] = {POS("distance", "m", "above or below the source"),
                                   POS("buoyancy_flux", "m4/s3", "flow times reduced gravity, all of it"),
                                   POS_1_OR("entrainment", "0.13", "entrainment coefficient of top-hat profiles")};
static const kd_field pure_out[] = {
    OUT("radius", "m", "6/5 entrainment z"), OUT("velocity", "m/s", "5/(6 a) (9/10 a B/pi)^(1/3) z^(-1/3)"),
    OUT("volume_flux", "m3/s", "pi radius^2 velocity"), OUT("reduced_gravity", "m/s2", "B/volume_flux")};
static kd_status pure(double *out, const double *in, kd_work *work) {
  out[0] = 1.2 * in[2] * in[0];
  out[1] = 5 / (6 * in[2]) * cbrt(0.9 * in[2] * in[1] / KD_PI / in[0]);
  out[2] = KD_PI * out[0] * out[0] * out[1];
  out[3] = in[1] / out[2];
  return finite(out, 4, work);
}

static const kd_field puff_in[] = {{.name = "x", .unit = "m", .doc = "along, from where it was released"},
                                   {.name = "y", .unit = "m", .doc = "across", .initial = "0 m"},
                                   {.name = "z", .unit = "m", .doc = "up", .initial = "0 m"},
                                   POS("time", "s", "since the release"),
                                   NNEG("mass", "kg", "released at once"),
                                   POS("diffusivity_x", "m2/s", "Kx"),
                                   POS("diffusivity_y", "m2/s", "Ky"),
                                   POS("diffusivity_z", "m2/s", "Kz"),
                                   {.name = "current", .unit = "m/s", .doc = "along x", .initial = "0 m/s"},
                                   OPEN_OR_BED};
static const kd_field puff_out[] = {OUT("concentration", "mg/L", "no settling")};
static kd_status puff(double *out, const double *in, kd_work *work) {
  const double t = in[3], x = in[0] - in[8] * t;
  const double r = x * x / in[5] + in[1] * in[1] / in[6] + in[2] * in[2] / in[7];
  out[0] = (in[9] + 1) * in[4] / (pow(4 * KD_PI * t, 1.5) * sqrt(in[5] * in[6] * in[7])) * exp(-r / (4 * t));
  return finite(out, 1, work);
}

static const kd_field fall_in[] = {NNEG("height", "m", "over the bed"), POS("settling", "m/s", "settling velocity"),
                                   NNEG("current", "m/s", "mean current over the fall")};
static const kd_field fall_out[] = {OUT("time", "h", "height/settling"), OUT("drift", "km", "current time")};
static kd_status fall(double *out, const double *in, kd_work *work) {
  out[0] = in[0] / in[1];
  out[1] = in[2] * out[0];
  return finite(out, 2, work);
}

static const kd_field shields_in[] = {POS("size", "um", "diameter"), NNEG("shear_velocity", "m/s", "at the bed"),
                                      POS_OR("grain_density", "kg/m3", "2600 kg/m3", "density of the grains"),
                                      POS_OR("water_density", "kg/m3", "1040 kg/m3", "density of the water"),
                                      POS_OR("viscosity", "m2/s", "1.7e-6 m2/s", "kinematic viscosity of the water")};
static const kd_field shields_out[] = {
    OUT("shields", "1", "u*^2/((s - 1) g d), s = grain_density/water_density, g 9.80665 m/s2"),
    OUT("dimensionless_grain", "1", "D* = d ((s - 1) g/nu^2)^(1/3)"),
    OUT("critical_shields", "1", "0.3/(1 + 1.2 D*) + 0.055 (1 - exp(-0.02 D*)), Soulsby and Whitehouse 1997"),
    OUT("critical_stress", "Pa", "at which grains without cohesion begin to move")};
static kd_status shields(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const double excess = in[2] / in[3] - 1;
  KD_CHECK(excess > 0, work->err, KD_E_RANGE, "grain_density %g kg/m3: must be above the water_density %g kg/m3", in[2],
           in[3]);
  out[0] = in[1] * in[1] / (excess * KD_GRAVITY * in[0]);
  out[1] = in[0] * cbrt(excess * KD_GRAVITY / (in[4] * in[4]));
  out[2] = 0.3 / (1 + 1.2 * out[1]) - 0.055 * expm1(-0.02 * out[1]);
  out[3] = out[2] * (in[2] - in[3]) * KD_GRAVITY * in[0];
  KD_TRY(finite(out, 4, work));
out:
  return status;
}

static const kd_field log_law_in[] = {NNEG("current", "m/s", "at that height"), POS("height", "m", "above the bed"),
                                      POS("roughness", "m", "roughness length z0"),
                                      POS_1_OR("karman", "0.41", "von Karman's constant"),
                                      POS_OR("water_density", "kg/m3", "1040 kg/m3", "density of the water")};
static const kd_field log_law_out[] = {OUT("shear_velocity", "m/s", "karman current/ln(height/z0)"),
                                       OUT("stress", "Pa", "water_density shear_velocity^2"),
                                       OUT("drag", "1", "(shear_velocity/current)^2, of that height")};
static kd_status log_law(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[1] > in[2], work->err, KD_E_RANGE, "height %g m: must be above the roughness %g m", in[1], in[2]);
  const double root = in[3] / log(in[1] / in[2]);
  out[0] = root * in[0];
  out[1] = in[4] * out[0] * out[0];
  out[2] = root * root;
  KD_TRY(finite(out, 3, work));
out:
  return status;
}

static const kd_field erosion_in[] = {NNEG("stress", "Pa", "at the bed"), POS("critical_stress", "Pa", "of erosion"),
                                      NNEG("erosion_rate", "kg/m2/s", "M, at twice the critical stress")};
static const kd_field erosion_out[] = {OUT("erosion", "kg/m2/s", "M (stress/critical_stress - 1), 0 below it")};
static kd_status erosion(double *out, const double *in, kd_work *work) {
  out[0] = in[2] * fmax(in[0] / in[1] - 1, 0);
  return finite(out, 1, work);
}

#define KERNEL(name_, summary_, in_, out_, fn_)                                                                        \
  {                                                                                                                    \
    .name = name_, .summary = summary_, .inputs = in_, .input_count = KD_COUNT(in_), .outputs = out_,                  \
    .output_count = KD_COUNT(out_), .eval = fn_                                                                        \
  }

const kd_kernel kd_plume_kernels[KD_PLUME_KERNELS] = {
    KERNEL("plume.near.suspension", "Reduced gravity and buoyancy flux of turbid water", suspension_in, suspension_out,
           suspension),
    KERNEL("plume.near.mtt",
           "Point plume in still, linearly stratified water (Morton, Taylor and Turner 1956): neutral level, top, "
           "dilution",
           mtt_in, mtt_out, mtt),
    KERNEL("plume.near.mtt_march", "The same by Runge-Kutta steps through the plume equations", mtt_in, mtt_out,
           mtt_march),
    KERNEL("plume.near.bent", "Plume bent over by a current in stratified water: rise 2.6 (B/(pi U N^2))^(1/3)",
           bent_in, bent_out, bent),
    KERNEL("plume.near.jet", "Mean dilution of a round jet, 0.282 distance/diameter", jet_in, jet_out, jet),
    KERNEL("plume.near.run_out_plane", "Run-out of a settling gravity current, plane: (5 Fr)^(2/5) (g' A^3/ws^2)^(1/5)",
           plane_in, run_out_out, plane),
    KERNEL("plume.near.run_out_round",
           "Run-out of a settling gravity current, round: (8 Fr/pi^1.5)^(1/4) (g' V^3/ws^2)^(1/8)", round_in,
           run_out_out, round_cloud),
    KERNEL("plume.near.moving_source", "Spreading regime of a moving source of dense water", moving_in, moving_out,
           moving),
    KERNEL("plume.settling.grain",
           "Settling velocity of a grain by a named law, g 9.80665 m/s2, R submerged_density: Stokes R g d^2/(18 nu); "
           "Ferguson and Church 2004; Rubey 1933; Zanke 1977; Soulsby 1997",
           grain_in, settling_out, grain),
    KERNEL("plume.settling.floc",
           "Settling velocity of a fractal floc (Winterwerp 1998): R g Dp^(3-nf) D^(nf-1)/(18 nu (1 + 0.15 Re^0.687)), "
           "g 9.80665 m/s2",
           floc_in, settling_out, floc),
    KERNEL("plume.settling.floc_size",
           "Size of flocs between growth and break-up: Dp + kA c/(kB sqrt G) (Winterwerp 1998, nf 2)", floc_size_in,
           floc_size_out, floc_size),
    KERNEL("plume.settling.shear", "Shear rate from turbulent dissipation", shear_in, shear_out, shear),
    KERNEL("plume.settling.hindered", "Hindered settling, w (1 - c)^n (Richardson and Zaki 1954)", hindered_in,
           hindered_out, hindered),
    KERNEL("plume.settling.rouse", "Rouse profile of concentration: [((h-z)/z)(a/(h-a))]^P", rouse_in, rouse_out,
           rouse),
    KERNEL("plume.deposit.sinking",
           "Share deposited in time through constant diffusivity, no lid: settling = only ws C at the bed deposits, "
           "sink = all that touches",
           sink_in, sink_out, sink),
    KERNEL("plume.deposit.mixed_layer", "Share deposited from a well-mixed layer, 1 - exp(-ws x/(u h))", layer_in,
           layer_out, layer),
    KERNEL("plume.deposit.gaussian_area", "Area of a Gaussian deposit over a thickness: 2 pi sx sy ln(peak/threshold)",
           gauss_in, gauss_out, gauss),
    KERNEL("plume.deposit.line_area",
           "Area of a plume's deposit over a thickness: mass per length M G'(x/u)/u of plume.deposit.sinking, Gaussian "
           "across, s^2 = 2 Ky x/u + (spread x)^2 + width^2",
           line_in, line_out, line_area),
    KERNEL("plume.far.threshold",
           "Reach, section, volume and flow over a concentration: r m/(4 pi sqrt(Ky Kz) C), ..., m/(e C)", threshold_in,
           threshold_out, threshold),
    KERNEL("plume.far.concentration",
           "Concentration of a steady point release: r m/(4 pi x sqrt(Ky Kz)) exp(-u y^2/(4 Ky x) - u z^2/(4 Kz x)), r "
           "1 open, 2 beside the bed",
           concentration_in, concentration_out, concentration),
    KERNEL("plume.far.okubo", "Horizontal diffusivity by scale, 2.05e-4 l^1.15 in SI (Okubo 1971)", okubo_in, okubo_out,
           okubo),
    KERNEL("plume.far.shear_variance", "Spreading along a sheared current, no boundaries: 2 Kx t + 2/3 shear^2 Kz t^3",
           dispersion_in, dispersion_out, dispersion),
    KERNEL("plume.near.pure_plume", "Pure plume in still uniform water (Morton, Taylor and Turner 1956), top-hat",
           pure_in, pure_out, pure),
    KERNEL("plume.far.puff",
           "Concentration of an instant point release: r M/((4 pi t)^1.5 sqrt(Kx Ky Kz)) exp(-x^2/(4 Kx t) - ...), r 1 "
           "open, 2 beside the bed",
           puff_in, puff_out, puff),
    KERNEL("plume.settling.fall", "Time of fall and drift of a grain without mixing", fall_in, fall_out, fall),
    KERNEL("plume.bed.shields", "Shields number of a grain at the bed, and where it begins to move", shields_in,
           shields_out, shields),
    KERNEL("plume.bed.log_law", "Shear velocity and stress at the bed by the logarithmic law", log_law_in, log_law_out,
           log_law),
    KERNEL("plume.bed.erosion", "Erosion of a bed over its critical stress (Partheniades 1965)", erosion_in,
           erosion_out, erosion),
};
