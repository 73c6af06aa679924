// SPDX-License-Identifier: Apache-2.0
#include "results/analysis.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/elements.h"
#include "base/error.h"
#include "base/quantity.h"

/* ---- statistics of each column ---- */

static kd_status summarise(kd_record *record, kd_samples *samples, kd_error *err) {
  kd_status status = KD_OK;
  const size_t n = (size_t)record->run.realisations;
  double *values = kd_alloc(record->ctx, n, sizeof *values);
  KD_CHECK(values != NULL, err, KD_E_NOMEM, "out of memory for a column of %zu realisations", n);
  KD_TRY(kd_record_alloc(&record->summary, record, record->columns, sizeof *record->summary, err));
  for (size_t i = 0; i < record->columns; i++) {
    const kd_record_column *column = &record->column[i];
    KD_TRY(kd_samples_read(values, samples, i, 0, n, err));
    kd_describe(&record->summary[i].si, values, n);
    kd_statistics_show(&record->summary[i].shown, &record->summary[i].si, column->unit);
  }
out:
  kd_free(record->ctx, values);
  return status;
}

/* ---- ledger and balances ---- */

static kd_status tabulate_ledger(kd_record *record, kd_error *err) {
  kd_status status = KD_OK;
  size_t count = 0;
  for (size_t i = 0; i < record->columns; i++) count += record->column[i].kind == KD_RECORD_LEDGER;
  KD_TRY(kd_record_alloc(&record->ledger, record, count, sizeof *record->ledger, err));
  for (size_t i = 0; i < record->columns; i++) {
    const kd_record_column *column = &record->column[i];
    if (column->kind != KD_RECORD_LEDGER) continue;
    const kd_statistics *shown = &record->summary[i].shown;
    record->ledger[record->ledgers++] = (kd_record_ledger){.key = column->key,
                                                           .stage = column->stage,
                                                           .item = column->item,
                                                           .label = column->label,
                                                           .kind = kd_line_kind_name(column->line),
                                                           .unit = column->unit,
                                                           .doc = column->doc,
                                                           .quantity = shown->mean,
                                                           .p10 = shown->p10,
                                                           .p50 = shown->p50,
                                                           .p90 = shown->p90,
                                                           .money = (double)NAN};
  }
out:
  return status;
}

/* Economy prices an item over all stages (economy.cost.ITEM); its lines share that cost by quantity, for they share the
 * price. A line of money is its own cost. */
static void price_ledger(kd_record *record) {
  for (size_t i = 0; i < record->ledgers; i++) {
    kd_record_ledger *line = &record->ledger[i];
    if (strcmp(line->kind, "money") == 0) {
      line->money = record->summary[kd_record_find(record, line->key)].si.mean;
      continue;
    }
    char key[256];
    snprintf(key, sizeof key, "economy.cost.%s", line->item);
    const ptrdiff_t cost = kd_record_find(record, key);
    if (cost < 0) continue;
    double total = 0;
    for (size_t k = 0; k < record->ledgers; k++) {
      if (strcmp(record->ledger[k].item, line->item) == 0) total += record->ledger[k].quantity;
    }
    if (total > 0) line->money = record->summary[cost].si.mean * (line->quantity / total);
  }
}

/* Adds the ledger columns of one account, in SI, and finds the unit they are shown in. */
static void add_account(kd_record_balance *out, const kd_record *record, const char *account) {
  *out = (kd_record_balance){.what = account, .unit = "1"};
  bool found = false;
  for (size_t i = 0; i < record->columns; i++) {
    const kd_record_column *column = &record->column[i];
    if (column->kind != KD_RECORD_LEDGER || strcmp(column->account, account) != 0) continue;
    if (!found) out->unit = column->unit;
    found = true;
    const double mean = record->summary[i].si.mean;
    if (column->role == KD_ROLE_IN) out->in += mean;
    if (column->role == KD_ROLE_OUT) out->out += mean;
    if (column->role == KD_ROLE_STOCK) out->stock += mean;
  }
  out->in = kd_quantity_show(out->in, out->unit);
  out->out = kd_quantity_show(out->out, out->unit);
  out->stock = kd_quantity_show(out->stock, out->unit);
}

static kd_status tabulate_balances(kd_record *record, kd_samples *samples, kd_error *err) {
  kd_status status = KD_OK;
  size_t count = 0;
  const size_t n = (size_t)record->run.realisations;
  double *values = kd_alloc(record->ctx, n, sizeof *values);
  KD_CHECK(values != NULL, err, KD_E_NOMEM, "out of memory for a column of %zu realisations", n);
  for (size_t i = 0; i < record->columns; i++) count += record->column[i].kind == KD_RECORD_BALANCE;
  record->run.worst_balance = "";
  KD_TRY(kd_record_alloc(&record->balance, record, count, sizeof *record->balance, err));
  for (size_t i = 0; i < record->columns; i++) {
    if (record->column[i].kind != KD_RECORD_BALANCE) continue;
    const char *key = record->column[i].key;
    kd_record_balance *balance = &record->balance[record->balances++];
    add_account(balance, record, strncmp(key, "balance.", 8) == 0 ? key + 8 : key);
    KD_TRY(kd_samples_read(values, samples, i, 0, n, err));
    for (size_t k = 0; k < n; k++) balance->closure = values[k] > balance->closure ? values[k] : balance->closure;
    if (balance->closure > record->run.worst_closure || record->run.worst_balance[0] == '\0') {
      record->run.worst_closure = balance->closure;
      record->run.worst_balance = balance->what;
    }
  }
out:
  kd_free(record->ctx, values);
  return status;
}

/* ---- products ---- */

static const kd_record_summary *summary_of(const kd_record *record, const char *stem, const char *label) {
  char key[256];
  snprintf(key, sizeof key, "%s.%s", stem, label);
  const ptrdiff_t at = kd_record_find(record, key);
  return at >= 0 ? &record->summary[at] : NULL;
}

static bool parameter_is(const kd_record *record, const char *key, const char *text) {
  const kd_record_parameter *parameter = kd_record_find_parameter(record, key);
  return parameter != NULL && strcmp(parameter->text, text) == 0;
}

/* Pr, Nd, Tb and Dy go to metal when the scenario says so; a mixed concentrate has one purity for all. */
static const char *form_of(const kd_record *record, size_t element) {
  const bool magnet = element == KD_PR || element == KD_ND || element == KD_TB || element == KD_DY;
  return magnet && parameter_is(record, "process.metal", "magnet") ? "metal" : "oxide";
}

static double purity_of(const kd_record *record, size_t element) {
  const kd_record_summary *measured = summary_of(record, "process.product_purity", kd_elements[element].key);
  if (measured != NULL) return kd_quantity_show(measured->si.p50, "%");
  const kd_record_parameter *target = kd_record_find_parameter(record, "process.target_purity");
  return target != NULL ? kd_quantity_show(target->value, "%") : (double)NAN;
}

static kd_status tabulate_products(kd_record *record, kd_error *err) {
  kd_status status = KD_OK;
  KD_TRY(kd_record_alloc(&record->product, record, KD_ELEMENTS, sizeof *record->product, err));
  for (size_t e = 0; e < KD_ELEMENTS; e++) {
    const kd_record_summary *mass = summary_of(record, "process.product", kd_elements[e].key);
    if (mass == NULL || !(mass->si.mean > 0)) continue;
    record->product[record->products++] = (kd_record_product){
        .element = kd_elements[e].symbol,
        .form = form_of(record, e),
        .purity = purity_of(record, e),
        .tonnes = kd_quantity_show(mass->si.mean, "t"),
        .p10 = kd_quantity_show(mass->si.p10, "t"),
        .p50 = kd_quantity_show(mass->si.p50, "t"),
        .p90 = kd_quantity_show(mass->si.p90, "t"),
    };
  }
out:
  return status;
}

/* ---- sensitivity ---- */

/* Work space for ranks over the first `rows` realisations. */
typedef struct kd_rank_work {
  size_t rows;
  double *values, *ranks;
  kd_rank_item *scratch;
  size_t *headline, headlines; /* columns of the headline outputs */
  double **output;             /* their values */
  double **output_rank;        /* their ranks among themselves; NULL when some are missing */
} kd_rank_work;

static void free_work(kd_context *ctx, kd_rank_work *w) {
  for (size_t i = 0; i < w->headlines; i++) {
    if (w->output != NULL) kd_free(ctx, w->output[i]);
    if (w->output_rank != NULL) kd_free(ctx, w->output_rank[i]);
  }
  kd_free(ctx, w->output);
  kd_free(ctx, w->output_rank);
  kd_free(ctx, w->headline);
  kd_free(ctx, w->values);
  kd_free(ctx, w->ranks);
  kd_free(ctx, w->scratch);
}

static kd_status make_work(kd_rank_work *w, kd_record *record, kd_error *err) {
  kd_status status = KD_OK;
  kd_context *ctx = record->ctx;
  w->rows = record->run.realisations < KD_SENSITIVITY_ROWS ? (size_t)record->run.realisations : KD_SENSITIVITY_ROWS;
  w->headline = kd_alloc(ctx, record->columns + 1, sizeof *w->headline);
  KD_CHECK(w->headline != NULL, err, KD_E_NOMEM, "out of memory for the sensitivities");
  size_t headlines = 0;
  for (size_t i = 0; i < record->columns; i++) {
    if (record->column[i].kind == KD_RECORD_OUTPUT && record->column[i].headline > 0) w->headline[headlines++] = i;
  }
  w->headlines = headlines;
  w->values = kd_alloc(ctx, w->rows, sizeof *w->values);
  w->ranks = kd_alloc(ctx, w->rows * 2, sizeof *w->ranks);
  w->scratch = kd_alloc(ctx, w->rows * 2, sizeof *w->scratch);
  w->output = kd_alloc(ctx, headlines + 1, sizeof *w->output);
  w->output_rank = kd_alloc(ctx, headlines + 1, sizeof *w->output_rank);
  KD_CHECK(w->values != NULL && w->ranks != NULL && w->scratch != NULL && w->output != NULL && w->output_rank != NULL,
           err, KD_E_NOMEM, "out of memory for the sensitivities over %zu realisations", w->rows);
out:
  return status;
}

static kd_status read_headlines(kd_rank_work *w, kd_record *record, kd_samples *samples, kd_error *err) {
  kd_status status = KD_OK;
  for (size_t i = 0; i < w->headlines; i++) {
    w->output[i] = kd_alloc(record->ctx, w->rows, sizeof **w->output);
    KD_CHECK(w->output[i] != NULL, err, KD_E_NOMEM, "out of memory for the sensitivities");
    KD_TRY(kd_samples_read(w->output[i], samples, w->headline[i], 0, w->rows, err));
    if (kd_keep_finite(w->values, w->output[i], w->rows) < w->rows) continue;
    w->output_rank[i] = kd_alloc(record->ctx, w->rows, sizeof **w->output_rank);
    KD_CHECK(w->output_rank[i] != NULL, err, KD_E_NOMEM, "out of memory for the sensitivities");
    kd_ranks(w->output_rank[i], w->output[i], w->rows, w->scratch);
  }
out:
  return status;
}

/* Spearman's rho over the realisations in which the output has a value. */
static double rank_correlation_where_finite(kd_rank_work *w, const double *draw, const double *output, size_t *used) {
  size_t n = 0;
  double *kept = w->ranks;
  for (size_t k = 0; k < w->rows; k++) {
    if (isfinite(output[k])) kept[n++] = draw[k];
  }
  *used = n;
  if (n < 3) return (double)NAN;
  double *draw_rank = w->ranks + w->rows;
  kd_ranks(draw_rank, kept, n, w->scratch);
  n = kd_keep_finite(kept, output, w->rows);
  kd_ranks(kept, kept, n, w->scratch);
  return kd_correlation(draw_rank, kept, n);
}

static void correlate(kd_record *record, kd_rank_work *w, const kd_record_column *draw) {
  const kd_record_parameter *parameter = kd_record_find_parameter(record, draw->key);
  bool ranked = false;
  for (size_t i = 0; i < w->headlines; i++) {
    size_t used = w->rows;
    double rho;
    if (w->output_rank[i] != NULL) {
      if (!ranked) kd_ranks(w->ranks, w->values, w->rows, w->scratch);
      ranked = true;
      rho = w->rows < 3 ? (double)NAN : kd_correlation(w->ranks, w->output_rank[i], w->rows);
    } else {
      rho = rank_correlation_where_finite(w, w->values, w->output[i], &used);
      ranked = false; /* the work space was used for something else */
    }
    record->sensitivity[record->sensitivities++] =
        (kd_record_sensitivity){.output = record->column[w->headline[i]].key,
                                .parameter = draw->key,
                                .rank_correlation = rho,
                                .assumed = parameter != NULL && parameter->assumed,
                                .realisations = used};
  }
}

static kd_status find_sensitivities(kd_record *record, kd_samples *samples, kd_error *err) {
  kd_status status = KD_OK;
  kd_rank_work w = {0};
  size_t draws = 0;
  for (size_t i = 0; i < record->columns; i++) draws += record->column[i].kind == KD_RECORD_DRAW;
  KD_TRY(make_work(&w, record, err));
  KD_TRY(read_headlines(&w, record, samples, err));
  KD_TRY(kd_record_alloc(&record->sensitivity, record, draws * w.headlines, sizeof *record->sensitivity, err));
  for (size_t i = 0; i < record->columns; i++) {
    if (record->column[i].kind != KD_RECORD_DRAW) continue;
    KD_TRY(kd_samples_read(w.values, samples, i, 0, w.rows, err));
    correlate(record, &w, &record->column[i]);
  }
out:
  free_work(record->ctx, &w);
  return status;
}

kd_status kd_analyse(kd_record *record, kd_samples *samples, kd_error *err) {
  kd_status status = KD_OK;
  KD_TRY(summarise(record, samples, err));
  KD_TRY(tabulate_ledger(record, err));
  price_ledger(record);
  KD_TRY(tabulate_balances(record, samples, err));
  KD_TRY(tabulate_products(record, err));
  KD_TRY(find_sensitivities(record, samples, err));
out:
  return status;
}
