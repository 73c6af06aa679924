// SPDX-License-Identifier: Apache-2.0
/* Reads a tableau from tables and writes an equilibrium as one. Names decide: a column of the species or solids with
 * the name of a component holds that component's coefficients. */
#include "process/tableau.h"

#include <math.h>
#include <string.h>

#include "process/answer.h"

static const double *numbers(const kd_table *table, const char *name) {
  const kd_column *column = table != NULL ? kd_table_column(table, name) : NULL;
  return column != NULL ? column->number : NULL;
}

static const char *const *words(const kd_table *table, const char *name) {
  const kd_column *column = table != NULL ? kd_table_column(table, name) : NULL;
  return column != NULL ? column->text : NULL;
}

static bool is_reserved(const char *name, const char *const *reserved) {
  for (; *reserved != NULL; reserved++)
    if (strcmp(*reserved, name) == 0) return true;
  return false;
}

/* rows x components; every column that is not reserved must be a component. */
static kd_status coefficients(const double **out, const kd_table *table, const char *const *reserved,
                              const kd_table *components, const char *what, kd_work *work) {
  kd_status status = KD_OK;
  const char *const *names = words(components, "component");
  double *nu = kd_arena_alloc(work->scratch, table->rows * components->rows, sizeof *nu);
  KD_CHECK(nu != NULL, work->err, KD_E_NOMEM, "out of memory for %zu %s", table->rows, what);
  for (size_t c = 0; c < table->columns; c++) {
    const kd_column *column = &table->column[c];
    size_t j = 0;
    if (is_reserved(column->name, reserved)) continue;
    while (j < components->rows && strcmp(names[j], column->name) != 0) j++;
    KD_CHECK(j < components->rows, work->err, KD_E_CSV, "%s: the column '%s' is no component", what, column->name);
    for (size_t r = 0; r < table->rows; r++) {
      const bool empty = isnan(column->number[r]);
      KD_CHECK(!empty || column->text == NULL || column->text[r][0] == '\0', work->err, KD_E_NUMBER,
               "%s: '%s' in column '%s' is not a number", what, column->text[r], column->name);
      nu[r * components->rows + j] = empty ? 0 : column->number[r];
    }
  }
  for (size_t r = 0; r < table->rows; r++) {
    bool some = false;
    for (size_t j = 0; j < components->rows; j++) some = some || nu[r * components->rows + j] != 0;
    KD_CHECK(some, work->err, KD_E_MISSING, "%s: row %zu has no component", what, r + 1);
  }
  *out = nu;
out:
  return status;
}

static size_t find(const char *name, const char *const *first, size_t n_first, const char *const *second,
                   size_t n_second) {
  for (size_t i = 0; i < n_first; i++)
    if (strcmp(first[i], name) == 0) return i;
  for (size_t i = 0; i < n_second; i++)
    if (strcmp(second[i], name) == 0) return n_first + i;
  return n_first + n_second;
}

static kd_status read_sit(kd_speciation *in, const kd_table *components, const kd_table *species, const kd_table *sit,
                          kd_work *work) {
  kd_status status = KD_OK;
  const char *const *a = words(components, "component"), *const *b = words(species, "species");
  const char *const *ion = words(sit, "ion"), *const *other = words(sit, "other");
  const double *epsilon = numbers(sit, "epsilon");
  kd_sit_pair *pairs = kd_arena_alloc(work->scratch, sit->rows, sizeof *pairs);
  KD_CHECK(pairs != NULL, work->err, KD_E_NOMEM, "out of memory for %zu pairs", sit->rows);
  for (size_t r = 0; r < sit->rows; r++) {
    const size_t all = in->components + in->species;
    pairs[r] = (kd_sit_pair){.first = find(ion[r], a, in->components, b, in->species),
                             .second = find(other[r], a, in->components, b, in->species),
                             .epsilon = epsilon[r]};
    KD_CHECK(pairs[r].first < all && pairs[r].second < all, work->err, KD_E_CSV,
             "sit: '%s' in row %zu is neither component nor species", pairs[r].first < all ? other[r] : ion[r], r + 1);
    KD_CHECK(isfinite(epsilon[r]), work->err, KD_E_MISSING, "sit: row %zu has no epsilon", r + 1);
  }
  in->sit = pairs;
  in->pair_count = sit->rows;
out:
  return status;
}

/* mol/m3 of the bound table -> mol/L. */
static kd_status per_litre(const double **out, const double *values, size_t count, kd_work *work) {
  double *copy = kd_arena_alloc(work->scratch, count, sizeof *copy);
  if (copy == NULL) return kd_error_set(work->err, KD_E_NOMEM, "out of memory for %zu totals", count);
  for (size_t i = 0; i < count; i++) copy[i] = values != NULL ? values[i] / 1000 : (double)NAN;
  *out = copy;
  return KD_OK;
}

static kd_status read_components(kd_speciation *in, const kd_table *components, const kd_table *species,
                                 kd_work *work) {
  kd_status status = KD_OK;
  const double *fixed = numbers(components, "log_activity"), *charge = numbers(components, "charge");
  const double *charge_more = numbers(species, "charge");
  const char *const *names = words(components, "component");
  const size_t n = components->rows, more = species != NULL ? species->rows : 0;
  KD_TRY(per_litre(&in->total, numbers(components, "total"), n, work));
  double *log_activity = kd_arena_alloc(work->scratch, n, sizeof *log_activity);
  double *z = kd_arena_alloc(work->scratch, n + more, sizeof *z);
  KD_CHECK(log_activity != NULL && z != NULL, work->err, KD_E_NOMEM, "out of memory for %zu components", n);
  for (size_t j = 0; j < n; j++) {
    log_activity[j] = fixed != NULL ? fixed[j] : (double)NAN;
    z[j] = charge != NULL && !isnan(charge[j]) ? charge[j] : 0;
    KD_CHECK(names[j][0] != '\0', work->err, KD_E_MISSING, "components: row %zu has no name", j + 1);
    KD_CHECK(find(names[j], names, j, NULL, 0) == j, work->err, KD_E_DUPLICATE, "components: '%s' stands twice",
             names[j]);
    KD_CHECK(isnan(log_activity[j]) || isnan(in->total[j]), work->err, KD_E_CONTRADICTION,
             "components: '%s' has both a total and a log_activity", names[j]);
  }
  /* Charge is kept by every reaction, so that of a species follows from its components when it is not given. */
  for (size_t i = 0; i < more; i++) {
    double sum = 0;
    for (size_t j = 0; j < n; j++) sum += in->stoichiometry[i * n + j] * z[j];
    z[n + i] = charge_more != NULL && !isnan(charge_more[i]) ? charge_more[i] : sum;
  }
  in->log_activity = log_activity;
  in->charge = z;
out:
  return status;
}

static kd_status read_solids(kd_speciation *in, const kd_table *components, const kd_table *solids, kd_work *work) {
  static const char *const reserved[] = {"solid", "log_k", "initial", "log_activity", "kind", NULL};
  kd_status status = KD_OK;
  const double *initial = numbers(solids, "initial"), *activity = numbers(solids, "log_activity");
  const char *const *kind = words(solids, "kind");
  KD_TRY(coefficients(&in->solid_stoichiometry, solids, reserved, components, "solids", work));
  in->solid_log_k = numbers(solids, "log_k");
  double *there = kd_arena_alloc(work->scratch, solids->rows, sizeof *there);
  double *log_activity = kd_arena_alloc(work->scratch, solids->rows, sizeof *log_activity);
  bool *buffer = kd_arena_alloc(work->scratch, solids->rows, sizeof *buffer);
  KD_CHECK(there != NULL && log_activity != NULL && buffer != NULL, work->err, KD_E_NOMEM, "out of memory for solids");
  for (size_t k = 0; k < solids->rows; k++) {
    KD_CHECK(isfinite(in->solid_log_k[k]), work->err, KD_E_MISSING, "solids: row %zu has no log_k", k + 1);
    there[k] = initial != NULL && !isnan(initial[k]) ? initial[k] / 1000 : 0;
    log_activity[k] = activity != NULL && !isnan(activity[k]) ? activity[k] : 0;
    const char *word = kind != NULL && kind[k] != NULL ? kind[k] : "";
    buffer[k] = strcmp(word, "buffer") == 0;
    KD_CHECK(buffer[k] || word[0] == '\0' || strcmp(word, "solid") == 0, work->err, KD_E_CHOICE,
             "solids: kind '%s' in row %zu: solid or buffer", word, k + 1);
    KD_CHECK(there[k] >= 0, work->err, KD_E_RANGE, "solids: initial %g mol/L in row %zu: must be at least 0", there[k],
             k + 1);
  }
  in->solid_initial = there;
  in->solid_log_activity = log_activity;
  in->buffer = buffer;
out:
  return status;
}

kd_status kd_tableau_read(kd_speciation *in, const kd_table *components, const kd_table *species,
                          const kd_table *solids, const kd_table *sit, kd_work *work) {
  static const char *const reserved[] = {"species", "log_k", "charge", NULL};
  kd_status status = KD_OK;
  *in = (kd_speciation){.components = components->rows,
                        .species = species != NULL ? species->rows : 0,
                        .solids = solids != NULL ? solids->rows : 0,
                        .balance = -1,
                        .debye_huckel = 0.509,
                        .davies_limit = 0.5,
                        .ionic_strength = (double)NAN};
  if (species != NULL) {
    KD_TRY(coefficients(&in->stoichiometry, species, reserved, components, "species", work));
    in->log_k = numbers(species, "log_k");
    for (size_t i = 0; i < species->rows; i++)
      KD_CHECK(isfinite(in->log_k[i]), work->err, KD_E_MISSING, "species: row %zu has no log_k", i + 1);
  }
  KD_TRY(read_components(in, components, species, work));
  if (solids != NULL) KD_TRY(read_solids(in, components, solids, work));
  if (sit != NULL) KD_TRY(read_sit(in, components, species, sit, work));
out:
  return status;
}

static void row(kd_text *csv, const char *kind, const char *name, double amount, double activity, double gamma,
                double dissolved, double total) {
  kd_answer_word(csv, kind, true);
  kd_answer_word(csv, name, false);
  kd_answer_number(csv, amount);
  kd_answer_number(csv, activity);
  kd_answer_number(csv, gamma);
  kd_answer_number(csv, dissolved);
  kd_answer_number(csv, total);
  kd_text_add(csv, "\n");
}

static void write_result(kd_text *csv, const kd_speciation *in, const kd_speciation_result *r,
                         const kd_table *const *data) {
  const double none = (double)NAN;
  const char *const *names = words(data[0], "component"), *const *more = words(data[1], "species");
  const char *const *solids = words(data[2], "solid");
  kd_text_add(csv, "kind,name,amount [mol/L],log_activity [1],log_gamma [1],dissolved [mol/L],total [mol/L]\n");
  for (size_t i = 0; i < in->components; i++)
    row(csv, "component", names[i], r->concentration[i], r->log_activity[i], r->log_gamma[i], r->dissolved[i],
        r->total[i]);
  for (size_t i = 0; i < in->species; i++) {
    const size_t k = in->components + i;
    row(csv, "species", more[i], r->concentration[k], r->log_activity[k], r->log_gamma[k], none, none);
  }
  for (size_t k = 0; k < in->solids; k++)
    row(csv, "solid", solids[k], r->amount[k], r->saturation[k], none, none, none);
  row(csv, "solution", "ionic_strength", r->ionic_strength, none, none, none, none);
  row(csv, "solution", "charge", r->charge_error, none, none, none, none);
}

kd_status kd_tableau_eval(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  kd_speciation in;
  kd_speciation_result result;
  kd_text csv;
  *out = NULL;
  kd_text_init(&csv, work->ctx);
  KD_TRY(kd_tableau_read(&in, data[0], data[1], data[2], data[3], work));
  in.activity = (kd_activity)options[0];
  in.ionic_strength = options[1] / 1000;
  in.debye_huckel = options[2];
  in.davies_limit = options[3] / 1000;
  KD_CHECK(options[4] == floor(options[4]) && options[4] <= (double)in.components, work->err, KD_E_RANGE,
           "balance %g: the number of a component, 1 to %zu, or 0", options[4], in.components);
  in.balance = (int)options[4] - 1;
  KD_CHECK(in.activity != KD_ACTIVITY_SIT || data[3] != NULL, work->err, KD_E_MISSING,
           "activity sit: the table sit is wanted");
  KD_TRY(kd_speciate(&result, &in, work));
  write_result(&csv, &in, &result, data);
  status = kd_answer_table(out, &csv,
                           "kind, name, amount [mol/L], log_activity [1], log_gamma [1], dissolved [mol/L], total "
                           "[mol/L]",
                           work->err);
out:
  kd_text_free(&csv);
  return status;
}
