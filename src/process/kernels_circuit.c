// SPDX-License-Identifier: Apache-2.0
/* Rigorous extraction circuits as data kernels. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "process/kernels_circuit.h"
#include "process/tables.h"

const kd_data_slot kd_circuit_data[1] = {
    {.name = "components",
     .columns = "component, log_k [1], feed [mol/L], slope [1]?, valence [1]?, ligands [1]?, side [mol/L]?",
     .doc = "Each metal: log10 of its constant (mass action: Kex on mol/L; pH line: a of log D = a + slope pH), its "
            "concentration in the feed, the slope b of its pH line (3 if empty), protons given for one metal (3), "
            "extractant molecules bound by one metal (3), its concentration in the side feed (0)."},
};

static const kd_field circuit_in[] = {CIRCUIT_FIELDS};
_Static_assert(KD_COUNT(circuit_in) == CIRCUIT_OPTIONS, "one name for each option");

static const kd_field circuit_out[] = {
    KD_OUT("stage", "1", "from the raffinate end"),
    KD_OUT("ph", "1", "-log10 of the free acid in mol/L"),
    KD_OUT("free_extractant", "mol/L", "extractant not bound"),
    KD_OUT("aqueous", "mol/L", "a column for each metal"),
    KD_OUT("organic", "mol/L", "a column for each metal, drops included"),
};
static const kd_field circuit_streams_out[] = {
    KD_OUT("metal", "1", "in the order of the components"),
    KD_OUT("feed", "mol/h", "fed"),
    KD_OUT("raffinate", "mol/h", "in the raffinate, entrained organic included"),
    KD_OUT("product", "mol/h", "in the strip product; with an ideal strip in the organic product less the reflux"),
    KD_OUT("draw", "mol/h", "in the third outlet"),
    KD_OUT("organic", "mol/h", "still in the stripped organic"),
    KD_OUT("crud", "mol/h", "lost with crud and entrained organic"),
    KD_OUT("raffinate_share", "1", "mole share among the metals of the raffinate"),
    KD_OUT("product_share", "1", "mole share among the metals of the product"),
    KD_OUT("draw_share", "1", "mole share among the metals of the third outlet"),
    KD_OUT("closure", "1", "what leaves less what is fed, over what is fed"),
};

kd_status kd_circuit_read(kd_extraction *c, const kd_table *table, const double *o, kd_work *work) {
  kd_status status = KD_OK;
  kd_error *err = work->err;
  const kd_column *names = kd_table_column(table, "component"), *log_k = kd_table_column(table, "log_k");
  const kd_column *feed = kd_table_column(table, "feed"), *slope = kd_table_column(table, "slope");
  const kd_column *valence = kd_table_column(table, "valence"), *ligands = kd_table_column(table, "ligands");
  const kd_column *side = kd_table_column(table, "side");
  size_t k = table->rows;
  bool line = o[CIRCUIT_LEVEL] == 1;
  KD_CHECK(names != NULL && log_k != NULL && feed != NULL, err, KD_E_MISSING,
           "components: the columns component, log_k and feed are wanted");
  KD_CHECK(k >= 1 && k < KD_CONTACTOR_COMPONENTS, err, KD_E_RANGE, "components: %zu rows, must be 1 to %d", k,
           KD_CONTACTOR_COMPONENTS - 1);
  double *p = kd_arena_alloc(work->scratch, 6 * k, sizeof *p);
  KD_CHECK(p != NULL, err, KD_E_NOMEM, "out of memory for %zu components", k);
  for (size_t i = 0; i < k; i++) {
    KD_CHECK(strcspn(names->text[i], ",[] \"") == strlen(names->text[i]) && names->text[i][0] != '\0', err, KD_E_RANGE,
             "component '%s': a plain word is wanted", names->text[i]);
    KD_CHECK(isfinite(log_k->number[i]) && fabs(log_k->number[i]) <= 60, err, KD_E_RANGE,
             "log_k %g of %s: must be -60 to 60", log_k->number[i], names->text[i]);
    KD_CHECK(feed->number[i] >= 0 && isfinite(feed->number[i]), err, KD_E_RANGE,
             "feed %g mol/m3 of %s: must be at least 0", feed->number[i], names->text[i]);
    double b = slope != NULL && isfinite(slope->number[i]) ? slope->number[i] : 3;
    double v = valence != NULL && isfinite(valence->number[i]) ? valence->number[i] : 3;
    double q = ligands != NULL && isfinite(ligands->number[i]) ? ligands->number[i] : 3;
    KD_CHECK(v > 0 && q >= 0, err, KD_E_RANGE, "%s: valence %g must be above 0, ligands %g at least 0", names->text[i],
             v, q);
    p[i] = log_k->number[i] * log(10);
    p[k + i] = line ? b : 1;
    p[2 * k + i] = v;
    p[3 * k + i] = q;
    p[4 * k + i] = feed->number[i];
    p[5 * k + i] = side != NULL && isfinite(side->number[i]) ? side->number[i] : 0;
    KD_CHECK(p[5 * k + i] >= 0, err, KD_E_RANGE, "side %g mol/m3 of %s: must be at least 0", p[5 * k + i],
             names->text[i]);
  }
  static const int counts[] = {CIRCUIT_EXTRACTION, CIRCUIT_SCRUB, CIRCUIT_STRIP, CIRCUIT_SIDE_STAGE,
                               CIRCUIT_DRAW_STAGE};
  for (size_t i = 0; i < KD_COUNT(counts); i++)
    KD_CHECK(o[counts[i]] == floor(o[counts[i]]), err, KD_E_RANGE, "%s %g: a whole number is wanted",
             circuit_in[counts[i]].name, o[counts[i]]);
  *c = (kd_extraction){.isotherm = {.level = line ? KD_ISOTHERM_PH : KD_ISOTHERM_MASS,
                                    .components = k,
                                    .ln_k = p,
                                    .slope = p + k,
                                    .valence = p + 2 * k,
                                    .ligands = p + 3 * k,
                                    .proton_order = o[CIRCUIT_P],
                                    .extractant_order = o[CIRCUIT_N]},
                       .extraction = (size_t)o[CIRCUIT_EXTRACTION],
                       .scrub = (size_t)o[CIRCUIT_SCRUB],
                       .strip = (size_t)o[CIRCUIT_STRIP],
                       .organic_flow = o[CIRCUIT_ORGANIC],
                       .extractant = o[CIRCUIT_EXTRACTANT],
                       .base = o[CIRCUIT_BASE],
                       .ion_log_k = o[CIRCUIT_ION],
                       .feed_flow = o[CIRCUIT_FEED],
                       .feed_acid = o[CIRCUIT_FEED_ACID],
                       .feed = p + 4 * k,
                       .feed_organic = o[CIRCUIT_FEED_PHASE] == 1,
                       .scrub_flow = o[CIRCUIT_SCRUB_FLOW],
                       .scrub_acid = o[CIRCUIT_SCRUB_ACID],
                       .strip_flow = o[CIRCUIT_STRIP_FLOW],
                       .strip_acid = o[CIRCUIT_STRIP_ACID],
                       .reflux = o[CIRCUIT_REFLUX],
                       .side_stage = (size_t)o[CIRCUIT_SIDE_STAGE],
                       .side_flow = o[CIRCUIT_SIDE_FLOW],
                       .side_acid = o[CIRCUIT_SIDE_ACID],
                       .side = p + 5 * k,
                       .draw_stage = (size_t)o[CIRCUIT_DRAW_STAGE],
                       .draw_flow = o[CIRCUIT_DRAW_FLOW],
                       .draw_phase = (kd_draw_phase)o[CIRCUIT_DRAW_PHASE],
                       .efficiency = o[CIRCUIT_EFFICIENCY],
                       .strip_efficiency = o[CIRCUIT_STRIP_EFFICIENCY],
                       .aqueous_in_organic = o[CIRCUIT_AO],
                       .organic_in_aqueous = o[CIRCUIT_OA],
                       .crud = o[CIRCUIT_CRUD],
                       .ph = o[CIRCUIT_PH],
                       .recycle = o[CIRCUIT_RECYCLE] == 1};
  /* Scale the flows so that the feed is 1: the solver's tolerances are relative to it anyway. */
out:
  return status;
}

static kd_status circuit(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  const kd_column *names = kd_table_column(data[0], "component");
  char columns[96 + 2 * KD_CONTACTOR_COMPONENTS * 56];
  kd_extraction c;
  kd_extraction_result r;
  *out = NULL;
  KD_TRY(kd_circuit_read(&c, data[0], options, work));
  KD_TRY(kd_extraction_solve(&r, &c, false, work));
  size_t used = (size_t)snprintf(columns, sizeof columns, "stage [1], ph [1], free_extractant [mol/L]"),
         k = r.components;
  for (int phase = 0; phase < 2; phase++)
    for (size_t i = 0; i < r.metals; i++)
      used += (size_t)snprintf(columns + used, sizeof columns - used, ", %s_%.24s [mol/L]",
                               phase == 0 ? "aqueous" : "organic", names->text[i]);
  KD_TRY(kd_table_create(out, work->ctx, columns, r.stages, work->err));
  for (size_t j = 0; j < r.stages; j++) {
    kd_column *column = (*out)->column;
    column[0].number[j] = (double)(j + 1);
    column[1].number[j] = -log10(r.profile.acid[j] / 1000);
    column[2].number[j] = c.isotherm.level == KD_ISOTHERM_MASS ? r.profile.extractant[j] : (double)NAN;
    for (size_t i = 0; i < r.metals; i++) {
      column[3 + i].number[j] = r.profile.aqueous[j * k + i];
      column[3 + r.metals + i].number[j] = r.profile.organic[j * k + i];
    }
  }
out:
  return status;
}

static kd_status circuit_streams(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  kd_extraction c;
  kd_extraction_result r;
  *out = NULL;
  KD_TRY(kd_circuit_read(&c, data[0], options, work));
  KD_TRY(kd_extraction_solve(&r, &c, false, work));
  KD_TRY(kd_table_create(out, work->ctx,
                         "metal [1], feed [mol/h], raffinate [mol/h], product [mol/h], draw [mol/h], organic [mol/h], "
                         "crud [mol/h], raffinate_share [1], product_share [1], draw_share [1], closure [1]",
                         r.metals, work->err));
  double raffinate = 0, product = 0, draw = 0;
  for (size_t i = 0; i < r.metals; i++) {
    raffinate += r.metal[i].raffinate;
    product += r.metal[i].product;
    draw += r.metal[i].draw;
  }
  for (size_t i = 0; i < r.metals; i++) {
    const kd_extraction_metal *m = &r.metal[i];
    double gone = m->raffinate + m->product + m->draw + m->organic + m->crud;
    const double values[] = {(double)(i + 1),
                             m->feed,
                             m->raffinate,
                             m->product,
                             m->draw,
                             m->organic,
                             m->crud,
                             m->raffinate / raffinate,
                             m->product / product,
                             draw > 0 ? m->draw / draw : (double)NAN,
                             m->feed > 0 ? gone / m->feed - 1 : 0};
    for (size_t v = 0; v < KD_COUNT(values); v++) (*out)->column[v].number[i] = values[v];
  }
out:
  return status;
}

const kd_kernel kd_process_circuit_kernels[] = {
    KD_KERNEL_DATA("process.extraction.circuit", circuit, circuit_out, kd_circuit_data, circuit_in,
                   "Stage profile of extraction, scrub and strip with mass action or pH lines."),
    KD_KERNEL_DATA("process.extraction.streams", circuit_streams, circuit_streams_out, kd_circuit_data, circuit_in,
                   "Where each metal of such a circuit goes."),
    {.name = NULL},
};
