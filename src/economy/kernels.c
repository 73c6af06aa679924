// SPDX-License-Identifier: Apache-2.0
/* Every equation of the stage, by name, for `kaidei eval`. The columns of each and the short functions that call the
 * equation stand in the headers included here, by topic; the formulas in finance.c, irr.c, depreciation.c,
 * allocation.c, cash_flow.c and uncertainty.c. */
#include "economy/kernels.h"

#include "economy/tables.h"

#include "economy/kernels_cost.h"
#include "economy/kernels_interest.h"
#include "economy/kernels_project.h"
#include "economy/kernels_uncertainty.h"

const kd_kernel kd_economy_kernel_table[KD_ECONOMY_KERNELS] = {
    KERNEL(npv, "economy.npv", "Net present value of yearly flows."),
    KERNEL(irr, "economy.irr", "All internal rates of return of yearly flows."),
    KERNEL(mirr, "economy.mirr", "Modified internal rate of return."),
    KERNEL(payback, "economy.payback", "Payback of yearly flows, plain or discounted."),
    KERNEL(crf, "economy.capital_recovery", "Capital recovery factor and present worth of an annuity."),
    KERNEL(crf_rate, "economy.capital_recovery.rate", "Interest rate behind a capital recovery factor."),
    KERNEL(real_rate, "economy.real_rate", "Real from nominal rate."),
    KERNEL(nominal_rate, "economy.nominal_rate", "Nominal from real rate."),
    KERNEL(discount, "economy.discount_factor", "Discount and compound factors of a single payment."),
    KERNEL(equivalent, "economy.equivalent_annual", "Equivalent annual value of a present value."),
    KERNEL(wacc, "economy.wacc", "Weighted average cost of capital after tax."),
    KERNEL(scale, "economy.scale_cost", "Cost of a plant of another size by a power law (six-tenths rule)."),
    KERNEL(escalate, "economy.escalate", "Cost at another date by a cost index."),
    KERNEL(learning, "economy.learning", "Cost of the n-th unit by the learning curve, unit form."),
    KERNEL(accuracy, "economy.accuracy", "Outer limits of an estimate by its AACE class."),
    KERNEL(charge, "economy.depreciation", "Depreciation of a year by schedule, and the book value after it."),
    KERNEL(units, "economy.depreciation.units", "Depreciation by units of production."),
    KERNEL(joint, "economy.joint_cost", "Cost per kg of joint products under four rules of allocation."),
    KERNEL(project, "economy.project",
           "Cash flow of a project: value, rates, payback, levelised cost, break-even price."),
    KERNEL(levelised, "economy.levelised_cost", "Levelised cost of a plant with equal years."),
    KERNEL(tax, "economy.tax", "Tax of a year with losses brought forward."),
    KERNEL(basket, "economy.basket", "Worth of a basket of oxides per kg, and what makes it."),
    KERNEL(loan, "economy.loan", "Loan with equal payments."),
    KERNEL(metal, "economy.metal_price", "Price of a metal from its oxide."),
    KERNEL(ramp, "economy.ramp", "Mean activity of a production year during ramp-up."),
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
};
