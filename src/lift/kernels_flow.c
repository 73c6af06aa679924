// SPDX-License-Identifier: Apache-2.0
/* Kernels of flow: rheology fit, wall table, horizontal legs, batch settling. */
#include <math.h>

#include "base/error.h"
#include "lift/dhlldv.h"
#include "lift/friction.h"
#include "lift/head.h"
#include "lift/kernels.h"
#include "lift/kynch.h"
#include "lift/rheology.h"
#include "lift/rheology_fit.h"

#define STANDARD_GRAVITY 9.80665

/* Inputs: solids, yield_at_one, yield_power, viscosity, growth, index. */
static kd_status eval_scaling(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const kd_scaling_law law = {in[1], in[2], in[3], in[4], in[5]};
  kd_rheology fluid;
  kd_rheology_scaling(&fluid, &law, in[0]);
  KD_CHECK(isfinite(fluid.consistency), work->err, KD_E_RANGE,
           "solids %g %%vol: the growth takes the law beyond all numbers", in[0] * 100);
  out[0] = fluid.yield, out[1] = fluid.consistency, out[2] = fluid.index;
out:
  return status;
}

static void fit_row(kd_table *table, size_t row, double solids, const kd_rheology_fit *f) {
  const double low = f->quantile, *v = f->value, *e = f->error;
  const double values[] = {solids,
                           v[0],
                           v[1],
                           v[2],
                           isinf(v[3]) ? (double)NAN : v[3],
                           e[0],
                           e[1],
                           e[2],
                           e[3],
                           v[0] - low * e[0],
                           v[0] + low * e[0],
                           v[1] - low * e[1],
                           v[1] + low * e[1],
                           v[2] - low * e[2],
                           v[2] + low * e[2],
                           f->covariance[0][1],
                           f->covariance[0][2],
                           f->covariance[1][2],
                           f->residual,
                           f->rms,
                           f->r_squared,
                           (double)f->points};
  for (size_t i = 0; i < KD_COUNT(values); i++) table->column[i].number[row] = values[i];
}

/* Options: model, weights. Rows of one share follow each other in any order; without the column all are one. */
static kd_status eval_rheology_fit(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  const kd_table *table = data[0];
  const kd_column *solids = kd_table_column(table, "solids"), *given = kd_table_column(table, "sigma");
  const double *rate = kd_table_column(table, "shear_rate")->number;
  const double *stress = kd_table_column(table, "stress")->number;
  size_t groups = 0;
  double *x = kd_arena_alloc(work->scratch, 3 * table->rows + 1, sizeof *x);
  double *group = kd_arena_alloc(work->scratch, table->rows + 1, sizeof *group);
  KD_CHECK(x && group, work->err, KD_E_NOMEM, "no memory for %zu points", table->rows);
  double *y = x + table->rows, *sigma = y + table->rows;
  for (size_t r = 0; solids && r < table->rows; r++) {
    bool seen = false;
    KD_CHECK(!isnan(solids->number[r]), work->err, KD_E_MISSING, "row %zu: solids must be a number", r + 1);
    for (size_t k = 0; k < groups && !seen; k++) seen = group[k] == solids->number[r];
    if (!seen) group[groups++] = solids->number[r];
  }
  if (!solids) group[groups++] = (double)NAN;
  KD_TRY(
      kd_table_create(out, work->ctx,
                      "solids [%vol], yield [Pa], consistency [Pa.s], index [1], growth [s], yield_error [Pa], "
                      "consistency_error [Pa.s], index_error [1], growth_error [s], yield_low [Pa], yield_high [Pa], "
                      "consistency_low [Pa.s], consistency_high [Pa.s], index_low [1], index_high [1], "
                      "covariance_yield_consistency [1], covariance_yield_index [1], covariance_consistency_index [1], "
                      "residual [Pa], rms [Pa], r_squared [1], points [1]",
                      groups, work->err));
  for (size_t g = 0; g < groups; g++) {
    size_t n = 0;
    for (size_t r = 0; r < table->rows; r++) {
      if (solids && solids->number[r] != group[g]) continue;
      x[n] = rate[r], y[n] = stress[r];
      KD_CHECK(!given || !isnan(given->number[r]), work->err, KD_E_MISSING, "row %zu: sigma must be a number", r + 1);
      KD_CHECK(given || options[1] == 0 || stress[r] > 0, work->err, KD_E_RANGE,
               "row %zu: stress %g Pa must be above 0 Pa for relative weights", r + 1, stress[r]);
      sigma[n++] = given ? given->number[r] : options[1] == 0 ? 1.0 : stress[r];
    }
    kd_rheology_fit fit;
    status = kd_rheology_fit_points(&fit, (kd_fit_model)options[0], x, y, sigma, n, work->err);
    if (status != KD_OK && solids) kd_error_context(work->err, "solids %g %%vol: ", group[g] * 100);
    if (status != KD_OK) goto out;
    fit_row(*out, g, group[g], &fit);
  }
out:
  if (status != KD_OK) kd_table_destroy(out);
  return status;
}

/* Inputs: bore, velocity, density, yield, consistency, index, friction, carrier_viscosity, low, high, bits. */
static kd_status eval_wall_lookup(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  static const kd_friction_law laws[] = {KD_FRICTION_WILSON_THOMAS, KD_FRICTION_DODGE_METZNER,
                                         KD_FRICTION_DARBY_MELSON};
  kd_wall_table *table = kd_arena_alloc(work->scratch, 1, sizeof *table);
  kd_pipe_flow flow = {.fluid = {in[3], in[4], in[5]},
                       .density = in[2],
                       .bore = in[0],
                       .grain = (double)NAN,
                       .carrier_viscosity = in[7],
                       .law = laws[(int)in[6]]};
  KD_CHECK(table, work->err, KD_E_NOMEM, "no memory for a wall table");
  KD_CHECK(in[9] > in[8], work->err, KD_E_RANGE, "high %g m/s: must be above low %g m/s", in[9], in[8]);
  status = kd_wall_table_create(table, &flow, in[8], in[9], (unsigned)in[10]);
  KD_CHECK(status == KD_OK, work->err, status,
           "no wall table from %g to %g m/s for yield %g Pa, consistency %g Pa s^n, index %g", in[8], in[9], in[3],
           in[4], in[5]);
  out[0] = kd_wall_table_stress(table, in[1]);
  status = kd_wall_stress(&out[1], NULL, NULL, &flow, in[1]);
  KD_CHECK(status == KD_OK, work->err, status, "no wall stress found for velocity %g m/s", in[1]);
out:
  return status;
}

/* From bore, grain, roughness, density, viscosity, grain_density. */
static kd_leg leg_of(const double *in) {
  return (kd_leg){.bore = in[0],
                  .grain = in[1],
                  .roughness = in[2],
                  .density = in[3],
                  .viscosity = in[4] / in[3],
                  .grain_density = in[5]};
}

static kd_status leg_told(kd_status status, const kd_leg *leg, double solids, kd_work *work) {
  if (status == KD_OK) return KD_OK;
  if (!(leg->grain_density > leg->density))
    return kd_error_set(work->err, KD_E_RANGE, "grain_density %g kg/m3: must be above the density %g kg/m3",
                        leg->grain_density, leg->density);
  return kd_error_set(
      work->err, status,
      "solids %g %%vol: more than grains of %g m can be hindered by, or than a bed of 60 %%vol holds at "
      "this slip; lower the solids or raise the velocity",
      solids * 100, leg->grain);
}

static void leg_out(double *out, const kd_leg_state *s, const kd_leg *leg) {
  out[0] = s->gradient, out[1] = s->liquid, out[2] = s->excess, out[3] = (double)s->regime;
  out[4] = s->gradient * leg->density * STANDARD_GRAVITY;
  for (int i = 0; i < 4; i++) out[5 + i] = s->branch[i];
}

/* Inputs: velocity, then the leg, solids. */
static kd_status eval_leg_spatial(double *out, const double *in, kd_work *work) {
  const kd_leg leg = leg_of(in + 1);
  kd_leg_state s = {0};
  const kd_status status = leg_told(kd_leg_spatial(&s, &leg, in[0], in[7]), &leg, in[7], work);
  leg_out(out, &s, &leg);
  return status;
}

static kd_status eval_leg_delivered(double *out, const double *in, kd_work *work) {
  const kd_leg leg = leg_of(in + 1);
  kd_leg_state s = {0};
  const kd_status status = leg_told(kd_leg_delivered(&s, &leg, in[0], in[7]), &leg, in[7], work);
  leg_out(out, &s, &leg);
  out[9] = s.slip_ratio, out[10] = s.spatial;
  return status;
}

static kd_status eval_leg_limits(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const kd_leg leg = leg_of(in);
  KD_TRY(leg_told(kd_leg_limit_deposit(&out[0], &leg, in[6]), &leg, in[6], work));
  KD_TRY(leg_told(kd_leg_stationary(&out[1], &leg, in[6]), &leg, in[6], work));
  out[2] = out[0] / sqrt(2.0 * STANDARD_GRAVITY * leg.bore * (leg.grain_density - leg.density) / leg.density);
out:
  return status;
}

/* Options: velocity, bore, roughness, density, viscosity, grain_density, solids, concentration. */
static kd_status eval_leg_graded(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  const double *pass = kd_table_column(data[0], "passing")->number;
  const double *size = kd_table_column(data[0], "diameter")->number;
  const double v = options[0], rho = options[3], rs = options[5], c = options[6];
  const size_t rows = data[0]->rows;
  KD_CHECK(rows >= 2, work->err, KD_E_SIZE, "grading: %zu rows; at least 2 are wanted", rows);
  for (size_t r = 0; r < rows; r++) {
    KD_CHECK(pass[r] >= 0 && pass[r] <= 1 && size[r] > 0, work->err, KD_E_RANGE,
             "grading, row %zu: passing %g %% and diameter %g m must be within 0-100 %% and above 0 m", r + 1,
             pass[r] * 100, size[r]);
    KD_CHECK(r == 0 || (pass[r] > pass[r - 1] && size[r] > size[r - 1]), work->err, KD_E_RANGE,
             "grading, row %zu: passing and diameter must both rise", r + 1);
  }
  const double fines = pass[0], load = fines * c / (1 - c + c * fines), rest = (1 - fines) * c;
  const double thick = rho + (rs - rho) * load;
  const double mu = options[4] * (1 + 2.5 * load + 10.05 * load * load + 0.00273 * exp(16.6 * load));
  kd_leg leg = {.bore = options[1],
                .roughness = options[2],
                .density = thick,
                .viscosity = mu / thick,
                .grain_density = rs,
                .grain = size[0]};
  double sum = 0, share = 0;
  for (size_t r = 0; r + 1 < rows; r++) {
    kd_leg_state s;
    leg.grain = sqrt(size[r] * size[r + 1]);
    KD_TRY(leg_told(options[7] > 0 ? kd_leg_delivered(&s, &leg, v, rest) : kd_leg_spatial(&s, &leg, v, rest), &leg,
                    rest, work));
    sum += (pass[r + 1] - pass[r]) * s.gradient, share += pass[r + 1] - pass[r];
  }
  const kd_leg clear = {.bore = options[1],
                        .roughness = options[2],
                        .density = rho,
                        .viscosity = options[4] / rho,
                        .grain = size[0],
                        .grain_density = rs};
  kd_leg_state liquid;
  KD_TRY(leg_told(kd_leg_spatial(&liquid, &clear, v, c), &clear, c, work));
  const double gradient = thick / rho * sum / share;
  const double row[] = {gradient,
                        liquid.liquid,
                        (gradient - liquid.liquid) / ((rs - rho) / rho * c),
                        gradient * rho * STANDARD_GRAVITY,
                        fines,
                        thick,
                        mu};
  KD_TRY(kd_table_create(out, work->ctx,
                         "gradient [1], liquid_gradient [1], excess_gradient [1], pressure_gradient [Pa/m], fines [1], "
                         "thick_density [kg/m3], thick_viscosity [Pa.s]",
                         1, work->err));
  for (size_t i = 0; i < KD_COUNT(row); i++) (*out)->column[i].number[0] = row[i];
out:
  return status;
}

/* Inputs: height, solids, settling_velocity, packing, exponent, time. */
static kd_status eval_batch(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const kd_batch batch = {in[0], in[1], in[2], in[3], in[4]};
  kd_batch_state s = {0};
  KD_CHECK(in[1] < in[3], work->err, KD_E_RANGE, "solids %g %%vol: must be below the packing %g %%vol", in[1] * 100,
           in[3] * 100);
  status = kd_batch_at(&s, &batch, in[5]);
  out[0] = s.interface, out[1] = s.below, out[2] = s.front, out[3] = s.tangent;
  out[4] = isinf(s.end_of_constant) ? (double)NAN : s.end_of_constant, out[5] = s.final_height;
out:
  return status;
}

/* Options: height, solids, settling_velocity, packing, exponent. */
static kd_status eval_batch_profile(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  const double *time = kd_table_column(data[0], "time")->number;
  KD_TRY(kd_table_create(out, work->ctx, "time [s], interface [m], below [%vol]", data[0]->rows, work->err));
  for (size_t r = 0; r < data[0]->rows; r++) {
    const double in[6] = {options[0], options[1], options[2], options[3], options[4], time[r]};
    double row[6] = {0};
    KD_CHECK(time[r] >= 0, work->err, KD_E_RANGE, "row %zu: time %g s must be at least 0 s", r + 1, time[r]);
    KD_TRY(eval_batch(row, in, work));
    (*out)->column[0].number[r] = time[r], (*out)->column[1].number[r] = row[0], (*out)->column[2].number[r] = row[1];
  }
out:
  if (status != KD_OK) kd_table_destroy(out);
  return status;
}

/* Inputs: pressure, flow, density, velocity_coefficient, contraction, nozzles, pump_efficiency. */
static kd_status eval_head_jet(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_jet_velocity(in[0], in[2], in[3]);
  out[1] = kd_jet_power(in[0], in[1]);
  out[2] = out[1] / in[6];
  out[3] = kd_jet_diameter(in[1], out[0], in[4], in[5]);
  out[4] = in[2] * in[1] * out[0];
  return KD_OK;
}

/* Inputs: strength, mud_rate, cutting_factor, efficiency, dry_density. */
static kd_status eval_head_cutter(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_cutter_power(in[0], in[1], in[2]);
  out[1] = out[0] / in[3];
  out[2] = out[1] / (in[1] * in[4]);
  return KD_OK;
}

/* Inputs: first, last, breakage_rate, exponent, shear_rate, time. */
static kd_status eval_head_lumps(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[1] <= in[0], work->err, KD_E_RANGE, "last %g m: must be at most the first size %g m", in[1], in[0]);
  out[0] = kd_lump_size(in[0], in[1], in[2], in[3], in[4], in[5]);
  out[1] = log(2.0) / (in[2] * pow(in[4], in[3]));
  KD_CHECK(isfinite(out[1]), work->err, KD_E_RANGE, "breakage_rate %g: the half time is beyond all numbers", in[2]);
out:
  return status;
}

/* Inputs: mud_rate, mud_water, water_rate, grain_density, water_density. */
static kd_status eval_head_feed(double *out, const double *in, kd_work *work) {
  (void)work;
  const double solids = (1.0 - in[1]) * in[0], total = in[0] + in[2];
  out[0] = solids / total;
  out[1] = (solids * in[3] + (total - solids) * in[4]) / total;
  out[2] = solids * in[3];
  return KD_OK;
}

#define LEG_GRAIN                                                                                                      \
  BORE, IN("grain", "m", NULL, "0 m exclusive", "1 m", "Grain."),                                                      \
      IN("roughness", "m", "0.045 mm", "0 m", "0.1 m", "Roughness of the wall."), DENSITY,                             \
      IN("viscosity", "Pa.s", NULL, "0 Pa.s exclusive", "10 Pa.s", "Dynamic viscosity of the liquid."), GRAIN_DENSITY, \
      IN("solids", "%vol", NULL, "0 %vol exclusive", "60 %vol exclusive", "Concentration of solids.")
#define LEG_STATE                                                                                                      \
  OUT("gradient", "1", "Hydraulic gradient of the slurry, m of liquid per m."),                                        \
      OUT("liquid_gradient", "1", "That of the liquid alone."),                                                        \
      OUT("excess_gradient", "1", "Relative excess gradient E_rhg = (gradient - liquid_gradient)/(R_sd solids)."),     \
      OUTWORD("regime", KD_LEG_REGIMES, "Regime."),                                                                    \
      OUT("pressure_gradient", "Pa/m", "gradient density 9.80665 m/s2."),                                              \
      OUT("fixed_bed", "1", "E_rhg of a fixed bed."), OUT("sliding_bed", "1", "E_rhg of a sliding bed."),              \
      OUT("heterogeneous", "1", "E_rhg of heterogeneous flow."), OUT("homogeneous", "1", "E_rhg of homogeneous flow.")

const kd_kernel kd_flow_kernels[] = {
    KERNEL("rheology.scaling", "Scaling law: yield_at_one c^yield_power, viscosity exp(growth c); c as a fraction.",
           FIELDS(SOLIDS,
                  IN("yield_at_one", "Pa", NULL, "0 Pa", "1e12 Pa", "Yield stress extrapolated to a share of 1."),
                  IN("yield_power", "1", "3", "0", "20", "Power of the share."), VISCOSITY,
                  IN("growth", "1", "30", "-1000", "1000", "Growth of ln(consistency)."), INDEX),
           FIELDS(OUT("yield", "Pa", "Yield stress."), OUT("consistency", "Pa.s", "Consistency."),
                  OUT("index", "1", "Flow index.")),
           eval_scaling),
    {.name = "lift.rheology_fit",
     .summary = "Least-squares fit of cone-and-plate data with standard errors, covariance and 95 % limits; one row "
                "for each share of solids.",
     .inputs = (const kd_field[]){WORD("model", KD_FIT_MODELS, "herschel_bulkley",
                                       "Model: yield (1 - exp(-m g)) + K g^n, m infinite but for papanastasiou."),
                                  WORD("weights", "absolute|relative", "absolute",
                                       "Weights where no sigma is given: equal, or in proportion to the stress.")},
     .input_count = 2,
     .outputs = (const kd_field[]){OUT("solids", "%vol", "Share of solids of the rows, where the column is given."),
                                   OUT("yield", "Pa", "Yield stress."),
                                   OUT("consistency", "Pa.s", "Consistency K, in Pa s^n."),
                                   OUT("index", "1", "Flow index n."),
                                   OUT("growth", "s", "Papanastasiou's m."),
                                   OUT("yield_error", "Pa", "Standard error."),
                                   OUT("consistency_error", "Pa.s", "Standard error."),
                                   OUT("index_error", "1", "Standard error."),
                                   OUT("growth_error", "s", "Standard error."),
                                   OUT("yield_low", "Pa", "95 % limit: yield - t yield_error."),
                                   OUT("yield_high", "Pa", "95 % limit."),
                                   OUT("consistency_low", "Pa.s", "95 % limit."),
                                   OUT("consistency_high", "Pa.s", "95 % limit."),
                                   OUT("index_low", "1", "95 % limit."),
                                   OUT("index_high", "1", "95 % limit."),
                                   OUT("covariance_yield_consistency", "1", "Covariance, SI."),
                                   OUT("covariance_yield_index", "1", "Covariance, SI."),
                                   OUT("covariance_consistency_index", "1", "Covariance, SI."),
                                   OUT("residual", "Pa",
                                       "sqrt(sum of squares/(points - parameters)); in units of sigma where weighted."),
                                   OUT("rms", "Pa", "Root mean square of the misfits."),
                                   OUT("r_squared", "1", "Share explained."),
                                   OUT("points", "1", "Points.")},
     .output_count = 22,
     .data = (const kd_data_slot[]){{.name = "cone_plate",
                                     .columns = "shear_rate [1/s], stress [Pa], sigma [Pa]?, solids [%vol]?",
                                     .doc = "Rheometer points; rows of one share of solids are fitted together."}},
     .data_count = 1,
     .eval_table = eval_rheology_fit},
    KERNEL("wall_table",
           "The combined wall law looked up in its table (2^bits cells to a doubling of the velocity), beside the "
           "law itself.",
           FIELDS(BORE, VELOCITY, DENSITY, FLUID,
                  WORD("friction", "wilson_thomas|dodge_metzner|darby_melson", "wilson_thomas", "Turbulent law."),
                  IN("carrier_viscosity", "Pa.s", "0 Pa.s", "0 Pa.s", "1 Pa.s",
                     "Turbulent stress never falls below that of this fluid."),
                  IN("low", "m/s", "0.1 m/s", "1e-6 m/s", "100 m/s", "First node."),
                  IN("high", "m/s", "20 m/s", "1e-6 m/s", "1000 m/s", "Last node."),
                  IN("bits", "1", "4", "0", "5", "Bits of the cell number to a doubling.")),
           FIELDS(WALL_STRESS, OUT("exact", "Pa", "The law itself.")), eval_wall_lookup),
    KERNEL("dhlldv.spatial",
           "Horizontal leg, concentration in the pipe given: DHLLDV framework (Miedema and Ramsdell), uniform grain.",
           FIELDS(VELOCITY, LEG_GRAIN), FIELDS(LEG_STATE), eval_leg_spatial),
    KERNEL("dhlldv.delivered",
           "Horizontal leg, delivered concentration given: DHLLDV framework with slip, uniform grain.",
           FIELDS(VELOCITY, LEG_GRAIN),
           FIELDS(LEG_STATE, OUT("slip_ratio", "1", "Slip of the solids over the velocity."),
                  OUT("spatial", "%vol", "Concentration in the pipe.")),
           eval_leg_delivered),
    KERNEL("dhlldv.limit_deposit", "Limit deposit velocity and limit of stationary deposition (DHLLDV framework).",
           FIELDS(LEG_GRAIN),
           FIELDS(OUT("limit_deposit_velocity", "m/s", "Above it no bed, fixed or sliding."),
                  OUT("stationary_velocity", "m/s", "Below it a bed lies still."),
                  OUT("froude", "1", "limit_deposit_velocity/sqrt(2 g R_sd bore), Durand's F_L.")),
           eval_leg_limits),
    {.name = "lift.dhlldv.graded",
     .summary = "Horizontal leg with a grading: the finest share thickens the liquid, each further fraction flows as "
                "uniform grain of its middle size (DHLLDV framework).",
     .inputs =
         (const kd_field[]){
             VELOCITY, BORE, IN("roughness", "m", "0.045 mm", "0 m", "0.1 m", "Roughness of the wall."), DENSITY,
             IN("viscosity", "Pa.s", NULL, "0 Pa.s exclusive", "10 Pa.s", "Dynamic viscosity of the liquid."),
             GRAIN_DENSITY,
             IN("solids", "%vol", NULL, "0 %vol exclusive", "60 %vol exclusive", "Concentration of solids."),
             WORD("concentration", "spatial|delivered", "spatial", "What solids means.")},
     .input_count = 8,
     .outputs = (const kd_field[]){OUT("gradient", "1", "Hydraulic gradient, m of liquid per m."),
                                   OUT("liquid_gradient", "1", "Of the liquid alone."),
                                   OUT("excess_gradient", "1", "Relative excess gradient."),
                                   OUT("pressure_gradient", "Pa/m", "gradient density g."),
                                   OUT("fines", "1", "Share of the solids in the liquid."),
                                   OUT("thick_density", "kg/m3", "Liquid with fines."),
                                   OUT("thick_viscosity", "Pa.s", "Liquid with fines (Thomas 1965).")},
     .output_count = 7,
     .data = (const kd_data_slot[]){{.name = "grading",
                                     .columns = "passing [%], diameter [m]",
                                     .doc = "Share of the mass that passes a sieve; the first row is the bound of the "
                                            "fines that thicken the liquid."}},
     .data_count = 1,
     .eval_table = eval_leg_graded},
    KERNEL("settling.batch",
           "Batch settling of a uniform suspension, exact (Kynch 1952): flux v c (1 - c/packing)^exponent.",
           FIELDS(IN("height", "m", NULL, "0 m exclusive", "1e5 m", "Height of the column."),
                  IN("solids", "%vol", NULL, "0 %vol exclusive", "100 %vol exclusive", "Share at the start."),
                  IN("settling_velocity", "m/s", NULL, "0 m/s", "100 m/s", "Of one grain alone."),
                  IN("packing", "%vol", "100 %vol", "0 %vol exclusive", "100 %vol", "Share at which nothing moves."),
                  IN("exponent", "1", "4.65", "1", "20", "Exponent."),
                  IN("time", "s", NULL, "0 s", "1e15 s", "Time since the start.")),
           FIELDS(OUT("interface", "m", "Height of the upper interface, clear water above it."),
                  OUT("below", "%vol", "Share just below the interface."),
                  OUT("front", "m", "Height of the tangent shock (or first wave) from the bottom."),
                  OUT("tangent", "%vol", "Share behind that front."),
                  OUT("end_of_constant", "s", "When front and interface meet; none if nothing settles."),
                  OUT("final_height", "m", "Height of the bed at last.")),
           eval_batch),
    {.name = "lift.settling.batch_curve",
     .summary = "The upper interface of batch settling at a table of times (Kynch).",
     .inputs = (const kd_field[]){IN("height", "m", NULL, "0 m exclusive", "1e5 m", "Height of the column."),
                                  IN("solids", "%vol", NULL, "0 %vol exclusive", "100 %vol exclusive", "At the start."),
                                  IN("settling_velocity", "m/s", NULL, "0 m/s", "100 m/s", "Of one grain alone."),
                                  IN("packing", "%vol", "100 %vol", "0 %vol exclusive", "100 %vol", "Packing."),
                                  IN("exponent", "1", "4.65", "1", "20", "Exponent.")},
     .input_count = 5,
     .outputs = (const kd_field[]){OUT("time", "s", "Time."), OUT("interface", "m", "Upper interface."),
                                   OUT("below", "%vol", "Share just below it.")},
     .output_count = 3,
     .data = (const kd_data_slot[]){{.name = "times", .columns = "time [s]", .doc = "Times since the start."}},
     .data_count = 1,
     .eval_table = eval_batch_profile},
    KERNEL("head.jet", "Jets of the head: velocity, power, nozzle and thrust.",
           FIELDS(IN("pressure", "Pa", NULL, "0 Pa exclusive", "500 MPa", "Pressure over the nozzles."),
                  IN("flow", "m3/s", NULL, "0 m3/s exclusive", "100 m3/s", "Flow of all jets."), DENSITY,
                  IN("velocity_coefficient", "1", "1", "0.1", "1", "Velocity over the ideal one."),
                  IN("contraction", "1", "1", "0.3", "1", "Area of the jet over that of the nozzle."),
                  IN("nozzles", "1", "1", "1", "1000", "Number of nozzles."),
                  IN("pump_efficiency", "1", "1", "0 exclusive", "1", "Efficiency of the jet pump.")),
           FIELDS(OUT("velocity", "m/s", "sqrt(2 pressure/density) velocity_coefficient."),
                  OUT("hydraulic_power", "kW", "pressure flow."), OUT("power", "kW", "Over pump_efficiency."),
                  OUT("nozzle_diameter", "m", "Of one nozzle."), OUT("thrust", "N", "density flow velocity.")),
           eval_head_jet),
    KERNEL("head.cutter", "Cutter of the head: power in proportion to the undrained strength of the mud.",
           FIELDS(IN("strength", "Pa", NULL, "0 Pa", "10 MPa", "Undrained strength."),
                  IN("mud_rate", "m3/s", NULL, "0 m3/s exclusive", "100 m3/s", "Mud cut, in place."),
                  IN("cutting_factor", "1", "4", "0", "1000", "Specific energy over strength; by tool, assumed."),
                  IN("efficiency", "1", "0.8", "0 exclusive", "1", "Drive efficiency."),
                  IN("dry_density", "kg/m3", "550 kg/m3", "0 kg/m3 exclusive", "5000 kg/m3",
                     "Dry mass in a m3 of mud in place.")),
           FIELDS(OUT("cutting_power", "kW", "cutting_factor strength mud_rate."), OUT("power", "kW", "Electric."),
                  OUT("energy", "kWh/t", "For each dry tonne.")),
           eval_head_cutter),
    KERNEL("head.lumps", "Lumps broken by shear: last + (first - last) exp(-breakage_rate G^exponent time).",
           FIELDS(IN("first", "m", NULL, "0 m exclusive", "10 m", "Size at the start."),
                  IN("last", "m", NULL, "0 m", "10 m", "Size that does not break."),
                  IN("breakage_rate", "1", NULL, "0 exclusive", "1e12", "k, in s^(m-1)."),
                  IN("exponent", "1", "1", "0", "5", "Power m of the shear rate."),
                  IN("shear_rate", "1/s", NULL, "0 1/s exclusive", "1e7 1/s", "Shear rate G."),
                  IN("time", "s", NULL, "0 s", "1e9 s", "Time.")),
           FIELDS(OUT("size", "m", "Size."), OUT("half_time", "s", "Time that halves the distance to last.")),
           eval_head_lumps),
    KERNEL("head.feed", "What the head sends up: mud and water mixed.",
           FIELDS(IN("mud_rate", "m3/s", NULL, "0 m3/s exclusive", "100 m3/s", "Mud cut, in place."),
                  IN("mud_water", "%vol", NULL, "0 %vol", "99 %vol", "Water in the mud by volume (porosity)."),
                  IN("water_rate", "m3/s", NULL, "0 m3/s", "100 m3/s", "Water added."),
                  IN("grain_density", "kg/m3", "2650 kg/m3", "1000 kg/m3", "10000 kg/m3", "Density of the grains."),
                  IN("water_density", "kg/m3", "1040 kg/m3", "900 kg/m3", "1300 kg/m3", "Density of the water.")),
           FIELDS(OUT("solids", "%vol", "Share of dry grains."), OUT("density", "kg/m3", "Of the slurry."),
                  OUT("dry_rate", "kg/s", "Dry solids.")),
           eval_head_feed),
    LAST_KERNEL};
