// SPDX-License-Identifier: Apache-2.0
/* Train design and its rigorous solution as data kernels. */
#include <math.h>
#include <string.h>

#include "process/kernels.h"
#include "process/train_design.h"
#include "process/train_spread.h"
#include "process/tables.h"

static const kd_data_slot design_data[] = {
    {.name = "factors",
     .columns = "lighter, heavier, beta [1], extractant?, spread [1]?, status?",
     .doc =
         "Separation factors of neighbours, a row for each pair and extractant, in the order of extraction; the first "
         "extractant's rows set the order. spread: standard deviation of ln beta."},
};
#define DESIGN_FIELDS                                                                                                  \
  {.name = "feed",                                                                                                     \
   .unit = "mol/h",                                                                                                    \
   .doc = "moles of each element fed",                                                                                 \
   .initial = "0 mol/h",                                                                                               \
   .low = "0 mol/h",                                                                                                   \
   .labels = &kd_rey_labels},                                                                                          \
      KD_IN_OPTION("purity", "%", "99.99 %", "51 %", "99.99999 %", "wanted of every product"),                         \
      KD_IN_OPTION("other", "%", "0 %", "0 %", "50 %",                                                                 \
                   "anything else in the products: purity over all is lower by it"),                                   \
      KD_IN_OPTION("cut_slip", "%", "0.5 %", "0.0001 %", "50 %", "most of a key element that one cut may let slip"),   \
      KD_IN_OPTION("reflux_low", "1", "1.005", "1 exclusive", "100", "least S over S_min"),                            \
      KD_IN_OPTION("reflux_high", "1", "5", "1 exclusive", "1000", "most S over S_min"),                               \
      KD_IN_OPTION("stage_efficiency", "%", "100 %", "1 %", "100 %", "ideal stages over real stages"),                 \
      KD_IN_OPTION("loading", "mol/L", "0.17 mol/L", "0 mol/L exclusive", "10 mol/L",                                  \
                   "rare earth in the loaded organic"),                                                                \
      KD_IN_OPTION("extractant", "mol/L", "1.5 mol/L", "0 mol/L exclusive", "10 mol/L", "extractant, monomer"),        \
      KD_IN_OPTION("feed_strength", "mol/L", "1 mol/L", "0 mol/L exclusive", "10 mol/L",                               \
                   "rare earth in the aqueous of a cut"),                                                              \
      KD_IN_OPTION("stage_time", "min", "20 min", "0 min exclusive", NULL, "time of a phase in mixer and settler"),    \
      KD_IN_OPTION("acid_weight", "1", "0.3", "0", NULL, "price of a mole of acid over that of a mole of base"),       \
      KD_IN_OPTION("stage_weight", "mol/m3/h", "15 mol/m3/h", "0 mol/m3/h", NULL,                                      \
                   "moles of base that cost what a cubic metre of mixer-settler costs, organic included"),             \
      KD_IN_CHOICE_OPTION("basis", "mole|oxide|all", "mole",                                                           \
                          "purity by mole over rare earths, by oxide mass over theirs, or by mass over everything"),   \
      KD_IN_CHOICE_OPTION("linked", "no|yes", "no", "the organic product goes still loaded to its next cut")
static const kd_field design_in[] = {DESIGN_FIELDS};
static const kd_field design_out[] = {
    KD_OUT("cut", "1", "parents before children"),
    KD_OUT("low", "1", "place in the order of extraction of the lowest element of the group"),
    KD_OUT("below", "1", "place of the element just below the cut"),
    KD_OUT("high", "1", "place of the highest element of the group"),
    KD_OUT("set", "1", "extractant, in the order of the table"),
    KD_OUT("organic_feed", "1", "1: the feed comes as loaded organic"),
    KD_OUT("moles", "mol/h", "fed"),
    KD_OUT("beta", "1", "separation factor"),
    KD_OUT("f_a", "1", "mole share of the organic group"),
    KD_OUT("s_min", "1", "least mixed extraction, mol per mol feed"),
    KD_OUT("s", "1", "mixed extraction chosen"),
    KD_OUT("w", "1", "scrub"),
    KD_OUT("ideal", "1", "ideal stages, not rounded"),
    KD_OUT("extraction", "1", "real extraction stages"),
    KD_OUT("scrub", "1", "real scrub stages"),
    KD_OUT("stages_low", "1", "ideal stages at beta one spread up"),
    KD_OUT("stages_high", "1", "ideal stages at beta one spread down"),
    KD_OUT("base_floor", "mol/h", "base at S_min, 3 S_min"),
    KD_OUT("base", "mol/h", "base, 3 S"),
    KD_OUT("acid", "mol/h", "acid of reflux and stripped product"),
    KD_OUT("phase_ratio", "1", "organic over aqueous by volume, extraction section"),
    KD_OUT("saponification", "1", "share of the extractant that is saponified"),
    KD_OUT("volume", "m3", "mixers and settlers"),
    KD_OUT("cost", "mol/h", "weighted cost, in moles of base"),
};
static const kd_field separation_out[] = {
    KD_OUT("product", "1", "place in the order of extraction"),
    KD_OUT("moles", "mol/h", "all rare earths in the product"),
    KD_OUT("purity", "%", "own element, by mole over all rare earths"),
    KD_OUT("purity_oxide", "%", "own oxide, by mass over all rare-earth oxides"),
    KD_OUT("purity_all", "%", "own oxide, by mass over everything"),
    KD_OUT("recovery", "%", "of the element fed"),
    KD_OUT("closure", "1", "worst balance of an element over the train, over its feed"),
    KD_OUT("stages", "1", "of the whole train"),
    KD_OUT("added", "1", "stages beyond the closed form"),
};

static kd_status design_read(kd_design_input *in, const kd_table *table, const double *o, kd_work *work) {
  const double *rest = o + KD_REY;
  *in = (kd_design_input){.purity = rest[0],
                          .other = rest[1],
                          .slip = rest[2],
                          .reflux_low = rest[3],
                          .reflux_high = rest[4],
                          .efficiency = rest[5],
                          .feed_strength = rest[8],
                          .stage_time = rest[9],
                          .price_base = 1,
                          .price_acid = rest[10],
                          .price_stage = rest[11],
                          .basis = (kd_purity_basis)rest[12],
                          .linked = rest[13] == 1};
  kd_status status = kd_design_factors(in, table, rest[6], rest[7], work->err);
  for (int e = 0; e < KD_REY; e++) in->moles[e] = o[e];
  return status;
}

static kd_status train_design(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  kd_design_input in;
  kd_design d;
  *out = NULL;
  KD_TRY(design_read(&in, data[0], options, work));
  KD_TRY(kd_design_train(&d, &in, work->err));
  KD_TRY(
      kd_table_create(out, work->ctx,
                      "cut [1], low [1], below [1], high [1], set [1], organic_feed [1], moles [mol/h], beta [1], f_a "
                      "[1], s_min [1], s [1], w [1], ideal [1], extraction [1], scrub [1], stages_low [1], "
                      "stages_high [1], base_floor [mol/h], base [mol/h], acid [mol/h], phase_ratio [1], "
                      "saponification [1], volume [m3], cost [mol/h]",
                      d.cuts, work->err));
  for (size_t q = 0; q < d.cuts; q++) {
    const kd_design_cut *c = &d.cut[q];
    const double row[] = {(double)q + 1,
                          (double)c->low + 1,
                          (double)c->at + 1,
                          (double)c->high + 1,
                          (double)c->set + 1,
                          c->feed_organic,
                          c->moles,
                          c->beta,
                          c->f_a,
                          c->s_min,
                          c->s,
                          c->w,
                          c->ideal,
                          c->extraction,
                          c->scrub,
                          c->stages_low,
                          c->stages_high,
                          c->base_floor,
                          c->base,
                          c->acid,
                          c->phase_ratio,
                          c->saponification,
                          c->volume,
                          in.price_base * c->base + in.price_acid * c->acid + in.price_stage * c->volume};
    for (size_t v = 0; v < KD_COUNT(row); v++) (*out)->column[v].number[q] = row[v];
  }
out:
  return status;
}

static kd_status separation(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  kd_design_input in;
  kd_design d;
  kd_separation_solution s;
  *out = NULL;
  KD_TRY(design_read(&in, data[0], options, work));
  KD_TRY(kd_design_train(&d, &in, work->err));
  KD_TRY(kd_separation_solve(&s, &d, &in, true, work));
  KD_TRY(kd_table_create(out, work->ctx,
                         "product [1], moles [mol/h], purity [%], purity_oxide [%], purity_all [%], recovery [%], "
                         "closure [1], stages [1], added [1]",
                         d.chain, work->err));
  for (size_t e = 0; e < d.chain; e++) {
    double moles = 0;
    for (size_t f = 0; f < d.chain; f++) moles += s.product[e][f];
    const double row[] = {(double)e + 1, moles,     s.purity[e],      s.purity_oxide[e], s.purity_all[e],
                          s.recovery[e], s.closure, (double)s.stages, (double)s.added};
    for (size_t v = 0; v < KD_COUNT(row); v++) (*out)->column[v].number[e] = row[v];
  }
out:
  return status;
}

static const kd_field spread_in[] = {
    DESIGN_FIELDS,
    KD_IN_OPTION("spread", "1", "none", "0", "3",
                 "standard deviation of ln beta of every pair, in place of the table's"),
    KD_IN_OPTION("draws", "1", "200", "2", "10000", "trains designed"),
};
static const kd_field spread_out[] = {
    KD_OUT("quantile", "1", "0.1, 0.5 and 0.9 of the draws, each figure by itself"),
    KD_OUT("stages", "1", "whole stages of the train; empty: at that quantile no train can be built"),
    KD_OUT("base_floor", "mol/h", "base at S_min, 3 S_min"),
    KD_OUT("base", "mol/h", "base, 3 S"),
    KD_OUT("acid", "mol/h", "acid of reflux and stripped product"),
    KD_OUT("volume", "m3", "mixers and settlers"),
    KD_OUT("built", "1", "share of the draws in which a train can be built"),
};

static kd_status train_spread(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  kd_design_input in;
  kd_design_spread s;
  const double *rest = options + KD_COUNT(design_in) + KD_REY - 1; /* the feed is one field of KD_REY values */
  *out = NULL;
  KD_CHECK(rest[1] == floor(rest[1]), work->err, KD_E_RANGE, "draws %g: a whole number is wanted", rest[1]);
  KD_TRY(design_read(&in, data[0], options, work));
  for (size_t set = 0; set < in.sets && isfinite(rest[0]); set++)
    for (size_t k = 0; k < KD_DESIGN_CUTS; k++) in.set[set].spread[k] = rest[0];
  KD_TRY(kd_design_spread_run(&s, &in, (size_t)rest[1], work));
  KD_TRY(kd_table_create(out, work->ctx,
                         "quantile [1], stages [1], base_floor [mol/h], base [mol/h], acid [mol/h], volume [m3], "
                         "built [1]",
                         KD_SPREAD_QUANTILES, work->err));
  for (size_t q = 0; q < KD_SPREAD_QUANTILES; q++) {
    const double row[] = {
        kd_spread_quantiles[q], s.stages[q], s.base_floor[q], s.base[q], s.acid[q], s.volume[q], s.built};
    for (size_t v = 0; v < KD_COUNT(row); v++) (*out)->column[v].number[q] = row[v];
  }
out:
  return status;
}

const kd_kernel kd_process_design_kernels[] = {
    KD_KERNEL_DATA("process.train_design", train_design, design_out, design_data, design_in,
                   "Separation train of least cost: sequence, extractant, reflux, stages, reagents, one row a cut."),
    KD_KERNEL_DATA("process.train_spread", train_spread, spread_out, design_data, spread_in,
                   "Stages and reagents of that train where the separation factors are not sure: P10, P50, P90."),
    KD_KERNEL_DATA("process.separation", separation, separation_out, design_data, design_in,
                   "That train solved stage by stage with all elements: purity and recovery, one row a product."),
    {.name = NULL},
};
