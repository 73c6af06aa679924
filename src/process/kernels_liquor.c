// SPDX-License-Identifier: Apache-2.0
/* Kernels of the leach by minerals and of the liquors' chemistry. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "process/kernels.h"
#include "process/leach_mud.h"
#include "process/leach_train.h"
#include "process/liquor.h"
#include "process/tables.h"

static const kd_field mud_leach_in[] = {
    KD_IN_CHOICE("acid", "hcl|h2so4", "acid"),
    KD_IN("molarity", "mol/L", "0.01 mol/L", "12 mol/L", "strength of the acid fed"),
    KD_IN("time", "min", "0 min exclusive", "10000 min", "time in the tank"),
    KD_IN("temperature", "degC", "0 degC", "100 degC", "temperature"),
    KD_IN_OPTION("liquid_solid", "L/kg", "100 L/kg", "1 L/kg", "10000 L/kg", "acid per dry solid"),
    KD_IN_OPTION("tanks", "1", "0", "0", "50", "mixed tanks in series that share the time; 0: a batch"),
    KD_IN_CHOICE_OPTION("seawater", "no|yes", "yes", "the acid is made up with sea water"),
    KD_IN_CHOICE_OPTION("reductant", "no|yes", "no", "hydrogen peroxide, which dissolves the manganese oxide"),
    KD_IN_OPTION("apatite_share", "%wt", "23.75 %wt", "0 %wt", "100 %wt", "bioapatite in the solids"),
    KD_IN_OPTION("calcite_share", "%wt", "1 %wt", "0 %wt", "100 %wt", "calcium carbonate"),
    KD_IN_OPTION("clay_share", "%wt", "62 %wt", "0 %wt", "100 %wt", "clay and zeolite"),
    KD_IN_OPTION("iron_share", "%wt", "8 %wt", "0 %wt", "100 %wt", "iron oxide"),
    KD_IN_OPTION("manganese_share", "%wt", "3 %wt", "0 %wt", "100 %wt", "manganese oxide"),
    KD_IN_OPTION("grade", "ppm", "5000 ppm", "0 ppm", "50000 ppm", "rare earths, pattern of the mud's apatite"),
    KD_IN_OPTION("cerium_oxidised", "%", "62 %", "0 %", "100 %", "share of cerium that is Ce(IV), in manganese oxide"),
};
static const kd_field mud_leach_out[] = {
    KD_OUT("recovery", "%", "REY without cerium in solution"),
    KD_OUT("cerium", "%", "cerium in solution"),
    KD_OUT("refractory", "%", "REY without cerium that the acid does not reach"),
    KD_OUT("gel", "%", "taken up by fresh gel of the clay"),
    KD_OUT("phosphate", "%", "fallen as RE phosphate"),
    KD_OUT("double_sulfate", "%", "fallen as Na-RE double sulfate"),
    KD_OUT("apatite", "%", "bioapatite dissolved"),
    KD_OUT("clay", "%", "clay dissolved"),
    KD_OUT("iron_oxide", "%", "iron oxide dissolved"),
    KD_OUT("manganese_oxide", "%", "manganese oxide dissolved"),
    KD_OUT("free_acid", "mol/L", "H+ left free"),
    KD_OUT("acid_taken", "mol/kg", "H+ taken per kg dry"),
    KD_OUT("calcium", "mol/L", "in solution at the end"),
    KD_OUT("aluminium", "mol/L", "in solution at the end"),
    KD_OUT("iron", "mol/L", "in solution at the end"),
    KD_OUT("manganese", "mol/L", "in solution at the end"),
    KD_OUT("phosphorus", "mol/L", "in solution at the end"),
    KD_OUT("gypsum", "mol/L", "gypsum fallen, per litre of liquor"),
};

static kd_status mud_leach(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_mud_leach m;
  kd_mud_leach_result r;
  kd_mud_leach_init(&m);
  KD_CHECK(in[5] == floor(in[5]), work->err, KD_E_RANGE, "tanks %g: a whole number is wanted", in[5]);
  KD_CHECK(in[8] + in[9] + in[10] + in[11] + in[12] <= 1 + 1e-12, work->err, KD_E_CONTRADICTION,
           "the minerals make %g %% of the solids: at most 100 %%", 100 * (in[8] + in[9] + in[10] + in[11] + in[12]));
  m.acid = (kd_acid)in[0];
  m.molarity = in[1] / 1000;
  m.time = in[2];
  m.temperature = in[3];
  m.liquid_solid = in[4] * 1000;
  m.tanks = (unsigned)in[5];
  m.seawater = in[6] > 0;
  m.reductant = in[7] > 0;
  m.apatite = in[8];
  m.calcite = in[9];
  m.clay = in[10];
  m.iron_oxide = in[11];
  m.manganese_oxide = in[12];
  for (int e = 0; e < KD_REY; e++) m.grade[e] *= in[13] / 5000e-6;
  m.cerium_oxidised = in[14];
  KD_TRY(kd_mud_leach_solve(&r, &m, work));
  const double values[] = {r.recovery_rey,
                           r.recovery[KD_CE],
                           r.refractory,
                           r.gel,
                           r.phosphate,
                           r.double_sulfate,
                           r.apatite,
                           r.clay,
                           r.iron,
                           r.manganese,
                           r.free_acid * 1000,
                           r.acid_taken,
                           r.liquor[KD_ION_CA] * 1000,
                           r.liquor[KD_ION_AL] * 1000,
                           r.liquor[KD_ION_FE] * 1000,
                           r.liquor[KD_ION_MN] * 1000,
                           r.liquor[KD_ION_PO4] * 1000,
                           r.gypsum * 1000};
  memcpy(out, values, sizeof values);
out:
  return status;
}

static const kd_data_slot leach_train_data[] = {
    {.name = "minerals",
     .columns = "mineral, amount [mol/L], rate [1/min], order [1]?, protons [1]?, activation [kJ/mol]?",
     .doc = "Each mineral: mol per litre of liquor, rate k of the shrinking core at 1 mol/L H+ and the reference "
            "temperature, order in H+ (1), H+ taken by one mol (0), activation energy (0)."},
};
static const kd_field leach_train_in[] = {
    KD_IN("acid", "mol/L", "0 mol/L", "20 mol/L", "H+ that the acid brings, 2 for each H2SO4"),
    KD_IN("time", "min", "0 min exclusive", NULL, "time in all tanks together, or in the batch"),
    KD_IN_OPTION("tanks", "1", "1", "0", "1000", "equal mixed tanks in series; 0: a batch"),
    KD_IN_OPTION("sulfate", "mol/L", "0 mol/L", "0 mol/L", "20 mol/L", "sulfate, which binds H+ as HSO4-"),
    KD_IN_OPTION("ka", "mol/L", "0.0355 mol/L", "1e-6 mol/L", "10 mol/L", "dissociation of HSO4-, conditional"),
    KD_IN_OPTION("temperature", "degC", "25 degC", "-10 degC", "300 degC", "temperature"),
    KD_IN_OPTION("reference", "degC", "25 degC", "-10 degC", "300 degC", "temperature for which the rates hold"),
};
static const kd_field leach_train_out[] = {
    KD_OUT("tank", "1", "from the feed, 1 on; 0: the batch"),
    KD_OUT("time", "min", "time up to here"),
    KD_OUT("free_acid", "mol/L", "H+"),
    KD_OUT("bisulfate", "mol/L", "HSO4-"),
    KD_OUT("conversion", "1", "a column conversion_NAME for each mineral"),
};

static kd_status leach_train(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  const kd_table *t = data[0];
  const kd_column *name = kd_table_column(t, "mineral"), *amount = kd_table_column(t, "amount");
  const kd_column *rate = kd_table_column(t, "rate"), *order = kd_table_column(t, "order");
  const kd_column *protons = kd_table_column(t, "protons"), *energy = kd_table_column(t, "activation");
  kd_leach_mineral m[KD_LEACH_MINERALS];
  double x[KD_LEACH_MINERALS] = {0}, before[KD_LEACH_MINERALS] = {0}, h = 0;
  char columns[KD_LEACH_MINERALS * 64 + 96];
  *out = NULL;
  KD_CHECK(t->rows <= KD_LEACH_MINERALS, work->err, KD_E_SIZE, "%zu minerals: at most %d", t->rows, KD_LEACH_MINERALS);
  KD_CHECK(options[2] == floor(options[2]), work->err, KD_E_RANGE, "tanks %g: a whole number is wanted", options[2]);
  size_t used = (size_t)snprintf(columns, sizeof columns, "tank [1], time [min], free_acid [mol/L], bisulfate [mol/L]");
  for (size_t i = 0; i < t->rows; i++) {
    m[i] = (kd_leach_mineral){.amount = amount->number[i] / 1000, .rate = rate->number[i], .order = 1};
    if (order != NULL && !isnan(order->number[i])) m[i].order = order->number[i];
    if (protons != NULL && !isnan(protons->number[i])) m[i].protons = protons->number[i];
    if (energy != NULL && !isnan(energy->number[i])) m[i].activation = energy->number[i];
    KD_CHECK(m[i].amount >= 0 && m[i].rate >= 0 && m[i].order >= 0 && m[i].protons >= 0, work->err, KD_E_RANGE,
             "minerals: row %zu: amount, rate, order and protons must be at least 0", i + 1);
    KD_CHECK(name->text[i][0] != '\0' && strcspn(name->text[i], ",[] \"") == strlen(name->text[i]), work->err,
             KD_E_RANGE, "mineral '%s': a plain word is wanted", name->text[i]);
    used += (size_t)snprintf(columns + used, sizeof columns - used, ", conversion_%.40s [1]", name->text[i]);
  }
  const kd_leach_bath bath = {.protons = options[0] / 1000,
                              .sulfate = options[3] / 1000,
                              .ka = options[4] / 1000,
                              .temperature = options[5],
                              .reference = options[6]};
  const unsigned tanks = (unsigned)options[2];
  KD_TRY(kd_table_create(out, work->ctx, columns, tanks > 0 ? tanks : 1, work->err));
  for (unsigned k = 0; k < (tanks > 0 ? tanks : 1); k++) {
    if (tanks == 0)
      KD_TRY(kd_leach_batch(x, &h, m, t->rows, &bath, options[1], work->err));
    else
      KD_TRY(kd_leach_tank(x, &h, before, m, t->rows, &bath, options[1] / tanks, work->err));
    kd_column *c = (*out)->column;
    c[0].number[k] = tanks > 0 ? k + 1 : 0;
    c[1].number[k] = tanks > 0 ? options[1] * (k + 1) / tanks : options[1];
    c[2].number[k] = h * 1000;
    c[3].number[k] = 1000 * bath.sulfate * h / (h + bath.ka);
    for (size_t i = 0; i < t->rows; i++) c[4 + i].number[k] = before[i] = x[i];
  }
out:
  if (status != KD_OK) kd_table_destroy(out);
  return status;
}

static const kd_field segregated_in[] = {
    KD_IN("rate", "1/min", "0 1/min", NULL, "rate constant k of 1-(1-X)^(1/3) = kt"),
    KD_IN("time", "min", "0 min", NULL, "mean time in all tanks together"),
    KD_IN_OPTION("tanks", "1", "1", "1", "1000", "equal mixed tanks in series"),
};
static const kd_field segregated_out[] = {
    KD_OUT("conversion", "1", "mean over the grains: E[1-(1-kt)^3+] over the residence times"),
    KD_OUT("mean_form", "1", "the same by X - X_in = tau 3 k (1-X)^(2/3) tank by tank"),
};

static kd_status segregated(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[2] == floor(in[2]), work->err, KD_E_RANGE, "tanks %g: a whole number is wanted", in[2]);
  const unsigned tanks = (unsigned)in[2];
  const kd_leach_mineral m = {.amount = 0, .rate = in[0]};
  const kd_leach_bath bath = {.protons = 1, .ka = 1, .temperature = 300, .reference = 300};
  double x = 0, before = 0, h;
  out[0] = kd_leach_segregated(in[0] * in[1] / tanks, tanks);
  for (unsigned k = 0; k < tanks; k++, before = x)
    KD_TRY(kd_leach_tank(&x, &h, &before, &m, 1, &bath, in[1] / tanks, work->err));
  out[1] = x;
out:
  return status;
}

static const kd_field free_acid_in[] = {
    KD_IN("acid", "mol/L", "0 mol/L", "20 mol/L", "H+ of the acid not taken up, free and in HSO4- together"),
    KD_IN("sulfate", "mol/L", "0 mol/L", "20 mol/L", "all sulfate"),
    KD_IN_OPTION("ka", "mol/L", "0.0355 mol/L", "1e-9 mol/L", "10 mol/L", "dissociation of HSO4-, conditional"),
};
static const kd_field free_acid_out[] = {
    KD_OUT("free_acid", "mol/L", "h of h + S h/(h + Ka) = acid"),
    KD_OUT("bisulfate", "mol/L", "HSO4-"),
    KD_OUT("ph", "1", "-log10 h"),
};

static kd_status free_acid(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const double h = kd_leach_free_acid(in[0] / 1000, in[1] / 1000, in[2] / 1000);
  KD_CHECK(h > 0, work->err, KD_E_RANGE, "acid %g mol/L: must be above 0 mol/L for a pH", in[0] / 1000);
  out[0] = h * 1000;
  out[1] = in[1] * h / (h + in[2] / 1000);
  out[2] = -log10(h);
out:
  return status;
}

#define ION(name_, doc_) KD_IN_OPTION(name_, "mol/L", "0 mol/L", "0 mol/L", "20 mol/L", doc_)
#define LIQUOR_IONS                                                                                                    \
  ION("sodium", "total"), ION("calcium", "total"), ION("magnesium", "total"), ION("aluminium", "total"),               \
      ION("iron", "total Fe(III)"), ION("manganese", "total Mn(II)"), ION("sulfate", "total"),                         \
      ION("phosphate", "total"), ION("fluoride", "total"), ION("oxalate", "total, with what is added"),                \
      ION("carbonate", "total, with what is added; none escapes"), ION("chloride", "total")
static const kd_field liquor_in[] = {
    {.name = "ph", .unit = "1", .doc = "pH held; not given: from `acid`", .initial = "none", .low = "-1", .high = "14"},
    KD_IN_OPTION(
        "acid", "mol/L", "0 mol/L", "-20 mol/L", "20 mol/L",
        "proton balance: strong acid less strong base, phosphate, oxalate, carbonate counted as PO4, C2O4, CO3"),
    KD_IN_OPTION("temperature", "degC", "25 degC", "0 degC", "100 degC", "temperature"),
    LIQUOR_IONS,
    {.name = "re",
     .unit = "mol/L",
     .doc = "total of each rare earth",
     .initial = "0 mol/L",
     .low = "0 mol/L",
     .high = "5 mol/L",
     .labels = &kd_rey_labels},
    KD_IN_OPTION("phosphate_shift", "1", "0", "-10", "10",
                 "added to log10 K of RE phosphate; a fresh solid is up to 1.7 decades more soluble"),
    KD_IN_OPTION("hydroxide_shift", "1", "0", "-10", "10", "added to log10 K of RE hydroxide"),
    KD_IN_CHOICE_OPTION("carbonates", "no|yes", "yes", "carbonates may fall"),
    KD_IN_CHOICE_OPTION("apatite", "no|yes", "no", "hydroxyapatite may fall, which takes its time in practice"),
};
static const kd_field liquor_out[] = {
    KD_OUT("ph_end", "1", "pH"),
    KD_OUT("ionic_strength", "mol/L", "from all species"),
    KD_OUT("protons", "mol/L", "proton balance at this pH; what base takes away, it falls by"),
    KD_OUT("iron_dissolved", "%", "share left in solution; 100 % when there is none"),
    KD_OUT("aluminium_dissolved", "%", "share left in solution; 100 % when there is none"),
    KD_OUT("calcium_dissolved", "%", "share left in solution; 100 % when there is none"),
    KD_OUT("phosphate_dissolved", "%", "share left in solution; 100 % when there is none"),
    KD_OUT("gypsum", "mol/L", "formula units fallen"),
    KD_OUT("iron_hydroxide", "mol/L", "fallen"),
    KD_OUT("aluminium_hydroxide", "mol/L", "fallen"),
    KD_OUT("iron_phosphate", "mol/L", "fallen"),
    KD_OUT("calcium_oxalate", "mol/L", "fallen"),
    KD_OUT("re_hydroxide", "mol/L", "rare earth fallen as hydroxide"),
    KD_OUT("re_phosphate", "mol/L", "rare earth fallen as phosphate"),
    KD_OUT("re_double_sulfate", "mol/L", "rare earth fallen as NaRE(SO4)2"),
    KD_OUT("re_oxalate", "mol/L", "rare earth fallen as oxalate"),
    KD_OUT("re_carbonate", "mol/L", "rare earth fallen as carbonate"),
    KD_OUT("re_fluoride", "mol/L", "rare earth fallen as fluoride"),
    KD_OUT("re_fallen", "%", "share of all rare earths in solids, by mole"),
    {.name = "fallen", .unit = "%", .doc = "share of each in solids; 0 where none is given", .labels = &kd_rey_labels},
};

static double share_left(const kd_liquor_result *r, const kd_liquor *l, kd_ion ion) {
  return l->total[ion] > 0 ? r->dissolved[ion] / l->total[ion] : 1;
}

static kd_status liquor(double *out, const double *in, kd_work *work) {
  static const kd_ion ions[] = {KD_ION_NA,  KD_ION_CA,  KD_ION_MG, KD_ION_AL, KD_ION_FE,  KD_ION_MN,
                                KD_ION_SO4, KD_ION_PO4, KD_ION_F,  KD_ION_OX, KD_ION_CO3, KD_ION_CL};
  kd_status status = KD_OK;
  kd_liquor l;
  kd_liquor_result r;
  kd_liquor_init(&l);
  l.ph = in[0];
  l.total[KD_ION_H] = in[1] / 1000;
  l.temperature = in[2];
  for (size_t i = 0; i < KD_COUNT(ions); i++) l.total[ions[i]] = in[3 + i] / 1000;
  const double *re = in + 3 + KD_COUNT(ions), *more = re + KD_REY;
  for (int e = 0; e < KD_REY; e++) l.total[KD_ION_RE + e] = re[e] / 1000;
  l.log_k[KD_SOLID_RE_PHOSPHATE] = more[0];
  l.log_k[KD_SOLID_RE_HYDROXIDE] = more[1];
  l.allowed[KD_SOLID_CALCITE] = l.allowed[KD_SOLID_RE_CARBONATE] = more[2] > 0;
  l.allowed[KD_SOLID_HYDROXYAPATITE] = more[3] > 0;
  KD_TRY(kd_liquor_solve(&r, &l, work));
  double sums[KD_LIQUOR_SOLIDS] = {0}, all = 0, fallen = 0;
  for (int e = 0; e < KD_REY; e++) {
    double mine = 0;
    for (int s = KD_SOLID_RE_HYDROXIDE; s < KD_LIQUOR_SOLIDS; s++) {
      sums[s] += r.rare_earth[s][e] * 1000;
      mine += r.rare_earth[s][e];
    }
    all += l.total[KD_ION_RE + e];
    fallen += mine;
    out[19 + e] = l.total[KD_ION_RE + e] > 0 ? mine / l.total[KD_ION_RE + e] : 0;
  }
  const double values[19] = {r.ph,
                             r.ionic_strength * 1000,
                             r.protons * 1000,
                             share_left(&r, &l, KD_ION_FE),
                             share_left(&r, &l, KD_ION_AL),
                             share_left(&r, &l, KD_ION_CA),
                             share_left(&r, &l, KD_ION_PO4),
                             r.solid[KD_SOLID_GYPSUM] * 1000,
                             r.solid[KD_SOLID_FE_HYDROXIDE] * 1000,
                             r.solid[KD_SOLID_AL_HYDROXIDE] * 1000,
                             r.solid[KD_SOLID_FE_PHOSPHATE] * 1000,
                             r.solid[KD_SOLID_CA_OXALATE] * 1000,
                             sums[KD_SOLID_RE_HYDROXIDE],
                             sums[KD_SOLID_RE_PHOSPHATE],
                             sums[KD_SOLID_RE_DOUBLE_SULFATE],
                             sums[KD_SOLID_RE_OXALATE],
                             sums[KD_SOLID_RE_CARBONATE],
                             sums[KD_SOLID_RE_FLUORIDE],
                             all > 0 ? fallen / all : 0};
  memcpy(out, values, sizeof values);
out:
  return status;
}

const kd_kernel kd_process_liquor_kernels[] = {
    KD_KERNEL("process.leach.mud", mud_leach, "Leach of rare-earth mud by its minerals, with what falls out again."),
    KD_KERNEL("process.leach.segregated", segregated, "Shrinking core in mixed tanks, each grain with its own time."),
    KD_KERNEL("process.leach.free_acid", free_acid, "Free acid beside sulfate: the HSO4-/SO4 equilibrium."),
    KD_KERNEL("process.liquor", liquor,
              "Equilibrium of a plant liquor: iron and aluminium removal, oxalate and carbonate precipitation."),
    {.name = "process.leach.train",
     .summary = "Minerals in a train of leach tanks or a batch, with the acid's balance.",
     .inputs = leach_train_in,
     .input_count = KD_COUNT(leach_train_in),
     .outputs = leach_train_out,
     .output_count = KD_COUNT(leach_train_out),
     .data = leach_train_data,
     .data_count = KD_COUNT(leach_train_data),
     .eval_table = leach_train},
    {.name = NULL},
};
