// SPDX-License-Identifier: Apache-2.0
/* Every equation of the campaign stage as a kernel: `kaidei eval campaign....`. */
#include <math.h>

#include "base/error.h"
#include "campaign/formulas.h"
#include "campaign/tables.h"

/* Fields: positive, positive with a default, not negative, a share of 0 to 1, a whole number of at least one. */
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
#define NNEG_OR(n, u, i, d)                                                                                            \
  { .name = n, .unit = u, .doc = d, .low = "0 " u, .initial = i }
#define NNEG_1(n, d)                                                                                                   \
  { .name = n, .unit = "1", .doc = d, .low = "0" }
#define NNEG_1_OR(n, i, d)                                                                                             \
  { .name = n, .unit = "1", .doc = d, .low = "0", .initial = i }
#define SHARE(n, d)                                                                                                    \
  { .name = n, .unit = "%", .doc = d, .low = "0 %", .high = "100 %" }
#define SHARE_OR(n, i, d)                                                                                              \
  { .name = n, .unit = "%", .doc = d, .low = "0 %", .high = "100 %", .initial = i }
#define NUMBER(n, l, d)                                                                                                \
  { .name = n, .unit = "1", .doc = d, .low = l, .high = "1000000" }
#define OUT(n, u, d)                                                                                                   \
  { .name = n, .unit = u, .doc = d }

static kd_status finite(const double *out, size_t count, kd_work *work) {
  for (size_t i = 0; i < count; i++)
    if (!isfinite(out[i])) return kd_error_set(work->err, KD_E_NAN, "the result is outside what a number can hold");
  return KD_OK;
}

static kd_status whole_number(const char *name, double value, kd_work *work) {
  if (value == floor(value)) return KD_OK;
  return kd_error_set(work->err, KD_E_RANGE, "%s %g: must be a whole number", name, value);
}

/* --- the sea ------------------------------------------------------------------------------------------------------ */

static const kd_field sea_in[] = {
    POS("mean", "m", "arithmetic mean significant wave height; its median is mean exp(-spread^2/2)"),
    POS_1_OR("spread", "0.36", "standard deviation of its natural logarithm"),
    POS("wave_limit", "m", "significant wave height not to be exceeded")};
static const kd_field sea_out[] = {OUT("exceedance", "%", "share of the time above the limit"),
                                   OUT("workability", "%", "share of the time at or below it")};
static kd_status sea(double *out, const double *in, kd_work *work) {
  out[1] = kd_sea_workability(in[0], in[1], in[2]);
  out[0] = kd_sea_workability(1 / in[0], in[1], exp(-in[1] * in[1]) / in[2]); /* the mirror image: no 1 - x */
  return finite(out, 2, work);
}

static const kd_field persistence_in[] = {
    POS("mean", "m", "arithmetic mean significant wave height"),
    POS_1_OR("spread", "0.36", "standard deviation of its natural logarithm"),
    POS("wave_limit", "m", "significant wave height not to be exceeded"),
    POS_OR("e_folding", "h", "40 h", "e-folding time of the autocorrelation of the normal score"),
    POS_OR("step", "h", "3 h", "between two looks at the sea")};
static const kd_field persistence_out[] = {OUT("workability", "%", "share of the time at or below the limit"),
                                           OUT("calm", "h", "mean length of a spell at or below it"),
                                           OUT("storm", "h", "mean length of a spell above it")};
static kd_status persistence(double *out, const double *in, kd_work *work) {
  kd_persistence p;
  kd_sea_persistence(&p, in[0], in[1], in[2], in[3], in[4]);
  out[0] = p.workability;
  out[1] = p.calm;
  out[2] = p.storm;
  return finite(out, 3, work);
}

static const kd_field window_in[] = {POS("calm", "h", "mean length of a calm"),
                                     NNEG("storm", "h", "mean length of a storm"),
                                     NNEG("window", "h", "unbroken calm wanted")};
static const kd_field window_out[] = {
    OUT("probability", "%",
        "that a random moment is calm and stays so for the window: calm/(calm + storm) exp(-window/calm)"),
    OUT("wait", "h",
        "mean wait from a random moment to the start of a calm spell or rest of one of that length, known ahead")};
static kd_status window(double *out, const double *in, kd_work *work) {
  out[0] = kd_window_probability(in[0], in[1], in[2]);
  out[1] = kd_window_wait(in[0], in[1], in[2]);
  return finite(out, 2, work);
}

static const kd_field task_in[] = {POS("calm", "h", "mean length of a calm"),
                                   NNEG("storm", "h", "mean length of a storm"),
                                   NNEG("work", "h", "time of the task in a calm sea")};
static const kd_field task_out[] = {
    OUT("accumulating", "h", "work done stays done: work (1 + storm/calm) + first wait"),
    OUT("restarting", "h", "a storm undoes the work: (calm + storm)(exp(work/calm) - 1) + first wait")};
static kd_status task(double *out, const double *in, kd_work *work) {
  out[0] = kd_task_accumulating(in[0], in[1], in[2]);
  out[1] = kd_task_restarting(in[0], in[1], in[2]);
  return finite(out, 2, work);
}

static const kd_field weibull_sea_in[] = {POS("wave_limit", "m", "significant wave height"),
                                          POS("scale", "m", "scale of the Weibull distribution"),
                                          POS_1("shape", "shape of it"),
                                          NNEG_OR("location", "m", "0 m", "least height"),
                                          POS_OR("sea_state", "h", "3 h", "length of one sea state"),
                                          POS_OR("return_period", "year", "100 year", "of the extreme")};
static const kd_field weibull_sea_out[] = {
    OUT("exceedance", "%", "share of the time above, exp(-((h - location)/scale)^shape)"),
    OUT("return_value", "m", "height exceeded once in return_period on average, sea states independent")};
static kd_status weibull_sea(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[5] > in[4], work->err, KD_E_RANGE, "return_period %g h: must be above the sea_state %g h", in[5] / 3600,
           in[4] / 3600);
  out[0] = in[0] > in[3] ? exp(-pow((in[0] - in[3]) / in[1], in[2])) : 1;
  out[1] = in[3] + in[1] * pow(log(in[5] / in[4]), 1 / in[2]);
  KD_TRY(finite(out, 2, work));
out:
  return status;
}

static const kd_field highest_in[] = {POS("wave_height", "m", "significant wave height"),
                                      POS("period", "s", "mean zero-crossing period"),
                                      POS_OR("time", "h", "3 h", "length of the sea state")};
static const kd_field highest_out[] = {OUT("waves", "1", "number of waves N = time/period"),
                                       OUT("most_probable", "m", "Hs sqrt(ln(N)/2)"),
                                       OUT("mean", "m", "Hs (sqrt(ln(N)/2) + 0.5772/sqrt(8 ln N))")};
static kd_status highest(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  out[0] = in[2] / in[1];
  KD_CHECK(out[0] > 1, work->err, KD_E_RANGE, "time %g s: must be above the period %g s", in[2], in[1]);
  out[1] = in[0] * sqrt(0.5 * log(out[0]));
  out[2] = out[1] + in[0] * 0.57721566490153286 / sqrt(8 * log(out[0]));
  KD_TRY(finite(out, 3, work));
out:
  return status;
}

static const kd_field encounter_in[] = {
    {.name = "return_period", .unit = "1", .doc = "return period T, in seasons or years", .low = "1"},
    NNEG_1("seasons", "how many of them n")};
static const kd_field encounter_out[] = {OUT("probability", "%", "of at least one, 1 - (1 - 1/T)^n"),
                                         OUT("poisson", "%", "of at least one as Poisson, 1 - exp(-n/T)")};
static kd_status encounter(double *out, const double *in, kd_work *work) {
  out[0] = in[1] > 0 ? -expm1(in[1] * log1p(-1 / in[0])) : 0;
  out[1] = -expm1(-in[1] / in[0]);
  return finite(out, 2, work);
}

/* --- cyclones ----------------------------------------------------------------------------------------------------- */

static const kd_field t_time_in[] = {
    NNEG_OR("stop", "h", "0 h", "time to stop the work"),
    NNEG("flush", "h", "time to flush the riser"),
    NNEG("recover", "h", "time to secure the string"),
    NNEG_OR("stand_off", "km", "500 km", "distance to be sailed clear; also kept from the storm"),
    POS_OR("ship_speed", "kn", "10 kn", "of the ship"),
    NNEG_OR("storm_speed", "km/h", "26 km/h", "of the storm"),
    POS_1_OR("factor", "1", "on the time to secure and clear")};
static const kd_field t_time_out[] = {OUT("secure", "h", "stop + flush + recover"),
                                      OUT("t_time", "h", "factor (secure + stand_off/ship_speed)"),
                                      OUT("alert_radius", "km", "stand_off + storm_speed t_time")};
static kd_status t_time(double *out, const double *in, kd_work *work) {
  kd_t_time t;
  kd_cyclone_t_time(&t, in[0], in[1], in[2], in[3], in[4], in[5], in[6]);
  out[0] = t.secure;
  out[1] = t.t_time;
  out[2] = t.alert_radius;
  return finite(out, 3, work);
}

static const kd_field season_in[] = {
    NUMBER("storms", "0", "number of storms in a season"), NNEG_1("mean", "mean of that number"),
    POS_1_OR("shape", "7.2", "shape k of the gamma distribution of the season: variance mean + mean^2/k")};
static const kd_field season_out[] = {OUT("probability", "%", "of just that number"),
                                      OUT("variance", "1", "of the number")};
static kd_status season(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_TRY(whole_number("storms", in[0], work));
  out[0] = kd_season_probability((unsigned)in[0], in[1], in[2]);
  out[1] = in[1] + in[1] * in[1] / in[2];
  KD_TRY(finite(out, 2, work));
out:
  return status;
}

/* --- reliability -------------------------------------------------------------------------------------------------- */

static const kd_field unit_in[] = {POS("mtbf", "h", "mean up time from repair to the next failure"),
                                   NNEG("mttr", "h", "mean time to repair"),
                                   NNEG_OR("time", "h", "0 h", "since the unit was new")};
static const kd_field unit_out[] = {
    OUT("availability", "%", "in the long run, mtbf/(mtbf + mttr)"),
    OUT("at_time", "%", "at that time, up at the start"),
    OUT("failures", "1/year", "in the long run, 1/(mtbf + mttr), years of 365.25 days")};
static kd_status unit(double *out, const double *in, kd_work *work) {
  out[0] = kd_availability(in[0], in[1]);
  out[1] = kd_availability_at(in[0], in[1], in[2]);
  out[2] = 1 / (in[0] + in[1]);
  return finite(out, 3, work);
}

static const kd_field k_of_n_in[] = {NUMBER("needed", "0", "units that must be up"),
                                     NUMBER("units", "1", "units there are"),
                                     SHARE("unit_availability", "of one unit")};
static const kd_field k_of_n_out[] = {OUT("availability", "%", "of the group")};
static kd_status k_of_n(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_TRY(whole_number("needed", in[0], work));
  KD_TRY(whole_number("units", in[1], work));
  KD_CHECK(in[0] <= in[1], work->err, KD_E_RANGE, "needed %g: must be at most units, %g", in[0], in[1]);
  out[0] = kd_availability_k_of_n((unsigned)in[0], (unsigned)in[1], in[2]);
  KD_TRY(finite(out, 1, work));
out:
  return status;
}

static const kd_field weibull_in[] = {NNEG("time", "h", "since new"), POS("scale", "h", "characteristic life"),
                                      POS_1("shape", "below 1 infant, above 1 wear")};
static const kd_field weibull_out[] = {OUT("survival", "%", "share that has not failed"),
                                       OUT("mean", "h", "mean life")};
static kd_status weibull(double *out, const double *in, kd_work *work) {
  out[0] = kd_weibull_survival(in[0], in[1], in[2]);
  out[1] = kd_weibull_mean(in[1], in[2]);
  return finite(out, 2, work);
}

static const kd_field tank_in[] = {POS("rate", "m3/h", "of each machine"), POS("mtbf_1", "h", "upstream"),
                                   POS("mttr_1", "h", "upstream"),         POS("mtbf_2", "h", "downstream"),
                                   POS("mttr_2", "h", "downstream"),       NNEG("tank", "m3", "between them")};
static const kd_field tank_out[] = {
    OUT("efficiency", "%", "share of the rate that gets through"), OUT("throughput", "m3/h", "what gets through"),
    OUT("level", "m3", "mean content of the tank"), OUT("starved", "%", "tank empty, downstream waits"),
    OUT("blocked", "%", "tank full, upstream waits")};
static kd_status tank(double *out, const double *in, kd_work *work) {
  kd_line_rate line;
  kd_tank_line(&line, in[0], in[1], in[2], in[3], in[4], in[5]);
  out[0] = line.efficiency;
  out[1] = line.efficiency * in[0];
  out[2] = line.level;
  out[3] = line.starved;
  out[4] = line.blocked;
  return finite(out, 5, work);
}

static const kd_field spares_in[] = {NUMBER("stock", "0", "base stock, reordered one for one"),
                                     NNEG("demand", "1/year", "failures that need the part"),
                                     NNEG("lead_time", "day", "until an order arrives")};
static const kd_field spares_out[] = {OUT("fill_rate", "%", "demands met from stock, P(on order < stock)"),
                                      OUT("backorders", "1", "mean number waited for"),
                                      OUT("wait", "day", "mean wait of a demand")};
static kd_status spares(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_spares s;
  KD_TRY(whole_number("stock", in[0], work));
  kd_base_stock(&s, (unsigned)in[0], in[1], in[2]);
  out[0] = s.fill_rate;
  out[1] = s.backorders;
  out[2] = in[1] > 0 ? s.backorders / in[1] : 0; /* Little's law */
  KD_TRY(finite(out, 3, work));
out:
  return status;
}

/* --- ships -------------------------------------------------------------------------------------------------------- */

#define ANGLE(n, lo, hi, d)                                                                                            \
  { .name = n, .unit = "deg", .doc = d, .low = lo " deg", .high = hi " deg" }
static const kd_field geodesic_in[] = {
    ANGLE("latitude_1", "-90", "90", "degrees north"), ANGLE("longitude_1", "-360", "360", "degrees east"),
    ANGLE("latitude_2", "-90", "90", "degrees north"), ANGLE("longitude_2", "-360", "360", "degrees east")};
static const kd_field geodesic_out[] = {OUT("distance", "nmi", "along the geodesic of WGS84")};
static kd_status geodesic(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  out[0] = kd_geodesic(in[0], in[1], in[2], in[3]);
  KD_CHECK(!isnan(out[0]), work->err, KD_E_CONVERGENCE,
           "the points are nearly antipodal: the geodesic did not converge");
out:
  return status;
}

static const kd_field passage_in[] = {NNEG("distance", "nmi", "to sail"), POS("speed", "kn", "in a low sea"),
                                      SHARE_OR("slow_time", "0 %", "share of the time slowed down"),
                                      SHARE_OR("slow_share", "50 %", "share of the speed kept then"),
                                      SHARE_OR("stopped_time", "0 %", "share of the time hove to")};
static const kd_field passage_out[] = {OUT("time", "h", "mean time of the passage")};
static kd_status passage(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[2] + in[4] <= 1, work->err, KD_E_RANGE, "slow_time + stopped_time %g: must be at most 1", in[2] + in[4]);
  KD_CHECK(1 - in[2] - in[4] + in[2] * in[3] > 0, work->err, KD_E_INFEASIBLE, "the ship never moves");
  out[0] = kd_passage_time(in[0], in[1], in[2], in[3], in[4]);
  KD_TRY(finite(out, 1, work));
out:
  return status;
}

static const kd_field string_in[] = {POS("length", "m", "of the string"),
                                     POS_OR("joint_length", "m", "10 m", "of a joint"),
                                     NNEG("joint_time", "min", "mean time of a joint"),
                                     NNEG_1_OR("joint_spread", "0.4", "standard deviation over the mean"),
                                     NNEG_1_OR("test_interval", "20", "joints between pressure tests; 0: none"),
                                     NNEG_OR("test_time", "min", "60 min", "of a pressure test")};
static const kd_field string_out[] = {
    OUT("joints", "1", "length/joint_length, rounded up"), OUT("time", "h", "mean time in a calm sea"),
    OUT("spread", "h", "its standard deviation"), OUT("speed", "m/h", "length over time")};
static kd_status string_run(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  out[0] = ceil(in[0] / in[1] - 1e-9);
  out[1] = kd_string_run_time(out[0], in[2], in[4], in[5]);
  out[2] = sqrt(out[0]) * in[2] * in[3];
  KD_CHECK(out[1] > 0, work->err, KD_E_RANGE, "joint_time 0 min: must be above 0 min");
  out[3] = in[0] / out[1];
  KD_TRY(finite(out, 4, work));
out:
  return status;
}

static const kd_field flush_in[] = {NNEG("length", "m", "of the riser"), POS("velocity", "m/s", "of the clean water"),
                                    NNEG_1_OR("volumes", "1", "riser volumes")};
static const kd_field flush_out[] = {OUT("time", "min", "to flush")};
static kd_status flush(double *out, const double *in, kd_work *work) {
  out[0] = in[2] * in[0] / in[1];
  return finite(out, 1, work);
}

static const kd_field shuttle_in[] = {NNEG("production", "t/day", "what there is to carry"),
                                      NUMBER("ships", "0", "carriers"),
                                      POS("load", "t", "of one carrier"),
                                      NNEG("distance", "nmi", "one way"),
                                      POS("speed", "kn", "of the carriers"),
                                      NNEG("port_time", "day", "loading, discharging and waiting in one cycle"),
                                      NNEG_OR("load_time", "day", "0 day", "of loading alone; 0: no limit")};
static const kd_field shuttle_out[] = {OUT("rate", "t/day", "carried in the long run"),
                                       OUT("cycle", "day", "of one carrier, 2 distance/speed + port_time"),
                                       OUT("ships_needed", "1", "whole ships for all of the production")};
static kd_status shuttle(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_TRY(whole_number("ships", in[1], work));
  const double cycle = 2 * in[3] / in[4] + in[5];
  KD_CHECK(cycle > 0, work->err, KD_E_RANGE, "the cycle takes no time: distance or port_time must be above 0");
  out[0] = kd_shuttle_rate(in[0], in[1], in[2], cycle, in[6]);
  out[1] = cycle;
  out[2] = ceil(in[0] * cycle / in[2] - 1e-12);
  KD_TRY(finite(out, 3, work));
out:
  return status;
}

static const kd_field insertion_in[] = {POS("dry_per_insertion", "t", "dry solids of one insertion"),
                                        POS("dry_rate", "t/day", "lift rate"),
                                        NNEG("insertion_time", "h", "landing to landing, cutting included"),
                                        NNEG("move_time", "h", "move of the ship for each insertion")};
static const kd_field insertion_out[] = {
    OUT("share", "%", "dry_per_insertion/dry_rate over max(that, insertion_time) + move_time"),
    OUT("mean_rate", "t/day", "with the moves")};
static kd_status insertion(double *out, const double *in, kd_work *work) {
  out[0] = kd_lifting_share(in[0], in[1], in[2], in[3]);
  out[1] = out[0] * in[1];
  return finite(out, 2, work);
}

static const kd_field fuel_in[] = {NNEG("power", "MW", "electric power"),
                                   NNEG("time", "day", "for which it runs"),
                                   {.name = "efficiency",
                                    .unit = "%",
                                    .doc = "electric over fuel energy",
                                    .initial = "40 %",
                                    .low = "0 % exclusive",
                                    .high = "100 %"},
                                   POS_OR("heat", "MJ/kg", "42.7 MJ/kg", "lower heating value"),
                                   NNEG_1_OR("carbon", "3.206", "CO2 for each mass of fuel")};
static const kd_field fuel_out[] = {OUT("fuel", "t", "burnt"), OUT("carbon_dioxide", "t", "from it")};
static kd_status fuel(double *out, const double *in, kd_work *work) {
  out[0] = in[0] * in[1] / (in[2] * in[3]);
  out[1] = out[0] * in[4];
  return finite(out, 2, work);
}

#define KERNEL(name_, summary_, in_, out_, fn_)                                                                        \
  {                                                                                                                    \
    .name = name_, .summary = summary_, .inputs = in_, .input_count = KD_COUNT(in_), .outputs = out_,                  \
    .output_count = KD_COUNT(out_), .eval = fn_                                                                        \
  }

const kd_kernel kd_campaign_kernels[KD_CAMPAIGN_KERNELS] = {
    KERNEL("campaign.sea.workability",
           "Share of the time a lognormal sea stays under a limit: Phi((ln limit - ln mean + spread^2/2)/spread)",
           sea_in, sea_out, sea),
    KERNEL("campaign.sea.persistence",
           "Mean length of calms and storms of a sea whose normal score is AR(1), seen each step: step P(calm)/P(calm, "
           "then storm)",
           persistence_in, persistence_out, persistence),
    KERNEL("campaign.sea.window", "Chance of a weather window and the wait for one, calms and storms exponential",
           window_in, window_out, window),
    KERNEL("campaign.sea.task",
           "Mean time of a task begun at a random moment, calms and storms exponential; the first wait storm^2/(calm + "
           "storm) is in it",
           task_in, task_out, task),
    KERNEL("campaign.sea.weibull", "Exceedance and return value of a three-parameter Weibull sea", weibull_sea_in,
           weibull_sea_out, weibull_sea),
    KERNEL("campaign.sea.highest_wave", "Highest wave of a sea state, heights by Rayleigh's law", highest_in,
           highest_out, highest),
    KERNEL("campaign.sea.encounter", "Probability of meeting an event of a return period", encounter_in, encounter_out,
           encounter),
    KERNEL("campaign.cyclone.t_time", "Time to secure and clear, and the alert radius", t_time_in, t_time_out, t_time),
    KERNEL("campaign.cyclone.season",
           "Probability of a number of storms in a season, negative binomial (Poisson with gamma mean)", season_in,
           season_out, season),
    KERNEL("campaign.reliability.unit", "Availability of one unit, up and repair times exponential", unit_in, unit_out,
           unit),
    KERNEL("campaign.reliability.k_of_n", "Availability of k out of n units", k_of_n_in, k_of_n_out, k_of_n),
    KERNEL("campaign.reliability.weibull",
           "Life of a unit by Weibull's law: exp(-(time/scale)^shape), mean scale Gamma(1 + 1/shape)", weibull_in,
           weibull_out, weibull),
    KERNEL("campaign.reliability.tank_line",
           "Two machines of one rate with a tank between them, exponential failures, continuous flow (Gershwin and "
           "Schick 1980)",
           tank_in, tank_out, tank),
    KERNEL("campaign.reliability.spares",
           "Base stock of spares, Poisson demand, order for each (S-1, S); Palm's theorem", spares_in, spares_out,
           spares),
    KERNEL("campaign.ship.geodesic", "Distance between two places on WGS84", geodesic_in, geodesic_out, geodesic),
    KERNEL("campaign.ship.passage", "Mean time of a passage: distance over the mean speed", passage_in, passage_out,
           passage),
    KERNEL("campaign.ship.string_run",
           "Time to run or recover a string, joints independent, a test after each whole interval", string_in,
           string_out, string_run),
    KERNEL("campaign.ship.flush", "Time to flush the riser", flush_in, flush_out, flush),
    KERNEL("campaign.ship.shuttle",
           "What a fleet of carriers moves: least of production, ships load/cycle and load/load_time", shuttle_in,
           shuttle_out, shuttle),
    KERNEL("campaign.ship.insertion", "Lifting between the moves of the mining head", insertion_in, insertion_out,
           insertion),
    KERNEL("campaign.ship.fuel", "Fuel for electric power: power time/(efficiency heat)", fuel_in, fuel_out, fuel),
};
