// SPDX-License-Identifier: Apache-2.0
/* Kernels of uncertain costs, prices and options. */
#include "economy/kernels.h"
#include "economy/uncertainty.h"
#include "numerics/distribution.h"

static const kd_field moments_out[] = {RESULT("mean", "1", "Mean."), RESULT("variance", "1", "Variance."),
                                       RESULT("sd", "1", "Standard deviation.")};
static const kd_field moments_median_out[] = {RESULT("mean", "1", "Mean."), RESULT("variance", "1", "Variance."),
                                              RESULT("sd", "1", "Standard deviation."),
                                              RESULT("median", "1", "Median.")};

static kd_status three_points(const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[0] <= in[1] && in[1] <= in[2], work->err, KD_E_DISTRIBUTION, "low %g, mode %g, high %g: must not fall",
           in[0], in[1], in[2]);
  KD_CHECK(in[0] < in[2], work->err, KD_E_DISTRIBUTION, "low %g: must be below high %g", in[0], in[2]);
out:
  return status;
}

static const kd_field triangular_in[] = {NUMBER("low", "Low end."), NUMBER("mode", "Mode."),
                                         NUMBER("high", "High end.")};
#define triangular_out moments_median_out
static kd_status triangular(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_TRY(three_points(in, work));
  kd_moments m = kd_triangular_moments(in[0], in[1], in[2]);
  out[0] = m.mean, out[1] = m.variance, out[2] = m.sd, out[3] = m.median;
out:
  return status;
}

#define pert_in  triangular_in
#define pert_out moments_out
static kd_status pert(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_TRY(three_points(in, work));
  kd_moments m = kd_pert_moments(in[0], in[1], in[2]);
  out[0] = m.mean, out[1] = m.variance, out[2] = m.sd;
out:
  return status;
}

static const kd_field lognormal_in[] = {
    POSITIVE("median", "1", "0", "Median."),
    {"gsd", "1", "Geometric standard deviation, exp of the sd of ln x.", NULL, "1", "1e6", NULL, NULL}};
static const kd_field lognormal_out[] = {RESULT("mean", "1", "Mean."), RESULT("variance", "1", "Variance."),
                                         RESULT("sd", "1", "Standard deviation."),
                                         RESULT("cv", "1", "Coefficient of variation.")};
static kd_status lognormal(double *out, const double *in, kd_work *work) {
  (void)work;
  kd_moments m = kd_lognormal_moments(in[0], in[1]);
  out[0] = m.mean, out[1] = m.variance, out[2] = m.sd, out[3] = sqrt(expm1(log(in[1]) * log(in[1])));
  return KD_OK;
}

static const kd_field gsd_in[] = {{"cv", "1", "Coefficient of variation.", NULL, "0", "1e6", NULL, NULL}};
static const kd_field gsd_out[] = {RESULT("gsd", "1", "Geometric standard deviation.")};
static kd_status gsd(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_lognormal_gsd(in[0]);
  return KD_OK;
}

/* Quantiles and probabilities of the uncertain inputs, by the library's own distributions. */
#define PROBABILITY                                                                                                    \
  {                                                                                                                    \
    "probability", "1", "Share of outcomes below the value: 0.1 gives what 10 % lie below (P10 low, P90 high).", NULL, \
        "0 exclusive", "1 exclusive", NULL, NULL                                                                       \
  }
#define THREE  NUMBER("low", "Low end."), NUMBER("mode", "Mode."), NUMBER("high", "High end.")
#define NORMAL NUMBER("mean", "Mean."), POSITIVE("sd", "1", "0", "Standard deviation.")
#define LOGNORMAL                                                                                                      \
  POSITIVE("median", "1", "0", "Median."), {                                                                           \
    "gsd", "1", "Geometric standard deviation, exp of the sd of ln x.", NULL, "1 exclusive", "1e6", NULL, NULL         \
  }

static kd_status spread(double *out, kd_distribution_kind kind, const double *in, size_t parameters, int below,
                        kd_work *work) {
  kd_status status = KD_OK;
  kd_distribution d = {.kind = kind, .low = -(double)INFINITY, .high = (double)INFINITY};
  for (size_t i = 0; i < parameters; i++) d.p[i] = in[i];
  KD_TRY(kd_distribution_prepare(&d, work->err));
  out[0] = below ? kd_distribution_cdf(&d, in[parameters]) : kd_distribution_quantile(&d, in[parameters]);
out:
  return status;
}

#define SPREAD(name, kind, parameters, ...)                                                                            \
  static const kd_field quantile_##name##_in[] = {__VA_ARGS__, PROBABILITY};                                           \
  static const kd_field below_##name##_in[] = {__VA_ARGS__, NUMBER("value", "Value.")};                                \
  static kd_status quantile_##name(double *out, const double *in, kd_work *work) {                                     \
    return spread(out, kind, in, parameters, 0, work);                                                                 \
  }                                                                                                                    \
  static kd_status below_##name(double *out, const double *in, kd_work *work) {                                        \
    return spread(out, kind, in, parameters, 1, work);                                                                 \
  }
static const kd_field quantile_out[] = {RESULT("value", "1", "Value below which that share lies.")};
static const kd_field below_out[] = {RESULT("probability", "1", "Share of outcomes below the value.")};
SPREAD(triangular, KD_DISTRIBUTION_TRIANGULAR, 3, THREE)
SPREAD(pert, KD_DISTRIBUTION_PERT, 3, THREE)
SPREAD(normal, KD_DISTRIBUTION_NORMAL, 2, NORMAL)
SPREAD(lognormal, KD_DISTRIBUTION_LOGNORMAL, 2, LOGNORMAL)
#define quantile_triangular_out quantile_out
#define quantile_pert_out       quantile_out
#define quantile_normal_out     quantile_out
#define quantile_lognormal_out  quantile_out
#define below_triangular_out    below_out
#define below_pert_out          below_out
#define below_normal_out        below_out
#define below_lognormal_out     below_out

static const kd_field price_out[] = {RESULT("mean", "USD/kg", "Expected price."),
                                     RESULT("sd", "USD/kg", "Standard deviation."),
                                     RESULT("median", "USD/kg", "Median price.")};
static void price_moments(double *out, kd_moments m) {
  out[0] = m.mean, out[1] = m.sd, out[2] = m.median;
}

#define VOLATILITY                                                                                                     \
  { "volatility", "%", "Volatility sigma, for a root of a year.", NULL, "0 % exclusive", "1000 %", NULL, NULL }
#define HORIZON                                                                                                        \
  { "years", "1", "Years ahead.", NULL, "0", "1000", NULL, NULL }

static const kd_field gbm_in[] = {
    POSITIVE("price", "USD/kg", "0 USD/kg", "Price now."),
    {"drift", "%", "Drift mu a year, continuous: dS/S = mu dt + sigma dW.", NULL, "-1000 %", "1000 %", NULL, NULL},
    VOLATILITY,
    HORIZON};
#define gbm_out price_out
static kd_status gbm(double *out, const double *in, kd_work *work) {
  (void)work;
  price_moments(out, kd_gbm_moments(in[0], in[1], in[2], in[3]));
  return KD_OK;
}

static const kd_field schwartz_in[] = {
    POSITIVE("price", "USD/kg", "0 USD/kg", "Price now."),
    POSITIVE("level", "USD/kg", "0 USD/kg",
             "exp(theta), theta the long-run mean of ln price (not Schwartz's mu = theta + sigma2/(2 kappa))."),
    {"reversion", "1", "Speed of reversion kappa, per year: d ln S = kappa (theta - ln S) dt + sigma dW.", NULL,
     "0 exclusive", "1000", NULL, NULL},
    VOLATILITY,
    HORIZON};
#define schwartz_out price_out
static kd_status schwartz(double *out, const double *in, kd_work *work) {
  (void)work;
  price_moments(out, kd_schwartz_moments(in[0], in[1], in[2], in[3], in[4]));
  return KD_OK;
}

#define OPTION_RATES                                                                                                   \
  {"rate", "%", "Riskless rate a year, continuous.", NULL, "0 % exclusive", "1000 %", NULL, NULL},                     \
      {"yield", "%", "What the project pays out a year, per value, continuous.", NULL, "0 %", "1000 %", NULL, NULL},   \
      VOLATILITY
static const kd_field perpetual_out[] = {
    RESULT("root", "1", "Root b of sigma2/2 b (b-1) + (r - d) b - r = 0: above 1 to invest, below 0 to abandon."),
    RESULT("trigger", "USD", "Value at which to act, b/(b-1) x cost or salvage; missing when waiting is for ever."),
    RESULT("option", "USD", "Worth of the option; beyond the trigger what acting pays.")};

static const kd_field invest_in[] = {POSITIVE("value", "USD", "0 USD", "Worth of the project now."),
                                     POSITIVE("cost", "USD", "0 USD", "Cost of investing."), OPTION_RATES};
#define invest_out perpetual_out
static kd_status invest(double *out, const double *in, kd_work *work) {
  (void)work;
  kd_perpetual o = kd_option_to_invest(in[0], in[1], in[2], in[3], in[4]);
  out[0] = o.root, out[1] = isinf(o.trigger) ? (double)NAN : o.trigger, out[2] = o.value;
  return KD_OK;
}

static const kd_field abandon_in[] = {POSITIVE("value", "USD", "0 USD", "Worth of the project now."),
                                      POSITIVE("salvage", "USD", "0 USD", "What leaving it pays."), OPTION_RATES};
#define abandon_out perpetual_out
static kd_status abandon(double *out, const double *in, kd_work *work) {
  (void)work;
  kd_perpetual o = kd_option_to_abandon(in[0], in[1], in[2], in[3], in[4]);
  out[0] = o.root, out[1] = o.trigger, out[2] = o.value;
  return KD_OK;
}

static const kd_field european_in[] = {
    POSITIVE("value", "USD", "0 USD", "Worth of the underlying now."),
    POSITIVE("strike", "USD", "0 USD", "Price of exercise."),
    {"rate", "%", "Riskless rate a year, continuous.", NULL, "-100 %", "1000 %", NULL, NULL},
    {"yield", "%", "Yield of the underlying, continuous.", "0 %", "-100 %", "1000 %", NULL, NULL},
    VOLATILITY,
    {"years", "1", "Years to expiry.", NULL, "0 exclusive", "1000", NULL, NULL},
    {"kind", "1", "Call or put.", NULL, NULL, NULL, "call|put", NULL}};
static const kd_field european_out[] = {RESULT("option", "USD", "Worth of the option.")};
static kd_status european(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  out[0] = kd_option_european(in[0], in[1], in[2], in[3], in[4], in[5], in[6] > 0);
  KD_CHECK(isfinite(out[0]), work->err, KD_E_RANGE, "years %g at rate %g %% and yield %g %%: no finite worth", in[5],
           100 * in[2], 100 * in[3]);
out:
  return status;
}

const kd_kernel kd_economy_uncertainty_kernels[] = {
    KERNEL(triangular, "economy.moments.triangular", "Moments of a triangular estimate."),
    KERNEL(pert, "economy.moments.pert", "Moments of a PERT estimate (lambda 4)."),
    KERNEL(lognormal, "economy.moments.lognormal", "Moments of a lognormal factor."),
    KERNEL(gsd, "economy.moments.gsd", "Geometric standard deviation from a coefficient of variation."),
    KERNEL(quantile_triangular, "economy.quantile.triangular", "Quantile of a triangular distribution."),
    KERNEL(below_triangular, "economy.probability.triangular",
           "Probability (distribution function) of a triangular distribution."),
    KERNEL(quantile_pert, "economy.quantile.pert", "Quantile of a PERT distribution (lambda 4)."),
    KERNEL(below_pert, "economy.probability.pert",
           "Probability (distribution function) of a PERT distribution (lambda 4)."),
    KERNEL(quantile_normal, "economy.quantile.normal", "Quantile of a normal distribution."),
    KERNEL(below_normal, "economy.probability.normal", "Probability (distribution function) of a normal distribution."),
    KERNEL(quantile_lognormal, "economy.quantile.lognormal", "Quantile of a lognormal distribution."),
    KERNEL(below_lognormal, "economy.probability.lognormal",
           "Probability (distribution function) of a lognormal distribution."),
    KERNEL(gbm, "economy.price.gbm", "Price after some years of geometric Brownian motion."),
    KERNEL(schwartz, "economy.price.schwartz", "Price after some years of Schwartz's one-factor reversion."),
    KERNEL(invest, "economy.option.invest", "Perpetual option to invest (McDonald and Siegel)."),
    KERNEL(abandon, "economy.option.abandon", "Perpetual option to abandon."),
    KERNEL(european, "economy.option.european", "European option by Black, Scholes and Merton."),
    {.name = NULL},
};
