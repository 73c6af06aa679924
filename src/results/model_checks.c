// SPDX-License-Identifier: Apache-2.0
/* Tables of what was fitted and of what the realisations give back. */
#include <math.h>

#include "results/model_folder.h"

#define KD_PPM 1e6

static void number(kd_text *out, double value) {
  kd_text_add(out, ",");
  if (isfinite(value)) kd_text_printf(out, "%.9g", value);
}

static void add_model(kd_text *out, const char *of, size_t index, const kd_covariance *model, const double *more,
                      size_t count) {
  char text[512];
  kd_model_variogram_text(text, sizeof text, model);
  kd_text_printf(out, "%s,%zu,\"%s\"", of, index, text);
  for (size_t i = 0; i < count; i++) number(out, more[i]);
  kd_text_add(out, "\n");
}

void kd_model_variograms_table(kd_text *out, const kd_model *m) {
  kd_text_add(out, "of,number [1],model,parameters [1],weighted_squares [1],aic [1]\n");
  const double none[3] = {(double)NAN, (double)NAN, (double)NAN};
  add_model(out, "used", 0, &m->variogram, none, 3);
  for (size_t i = 0; i < m->choices.count; i++) {
    const kd_choice *c = &m->choices.choice[i];
    const double more[3] = {(double)c->parameters, c->fit.sse, c->aic};
    add_model(out, "candidate", i + 1, &c->fit.model, more, 3);
  }
  for (size_t k = 0; k < m->factors; k++) add_model(out, "factor", k + 1, &m->factor_model[k], none, 3);
}

void kd_model_realisations_table(kd_text *out, const kd_model *m) {
  kd_text_add(out, "realisation [1],metal [kt],score_mean [1],score_variance [1],variance_wanted [1],variogram_error "
                   "[1],correlation_error [1]\n");
  for (size_t r = 0; r < m->realisations; r++) {
    const kd_model_check *c = &m->each[r];
    const double cell[6] = {m->metal[r * m->variables + m->main] * 1e-6,
                            c->mean,
                            c->variance,
                            c->variance_wanted,
                            c->variogram_error,
                            c->correlation_error};
    kd_text_printf(out, "%zu", r + 1);
    for (size_t i = 0; i < 6; i++) number(out, cell[i]);
    kd_text_add(out, "\n");
  }
}

static void add_row(kd_text *out, const kd_model *m, const kd_reproduction *from, const kd_reproduction_row *row) {
  static const char *const axis[3] = {"x", "y", "depth"};
  const bool grade = row->kind <= KD_REPRODUCTION_P90;
  const double factor = grade ? KD_PPM : 1.0, root = sqrt((double)from->realisations);
  const double cell[5] = {row->lag, row->wanted * factor, row->found * factor, row->sd * factor,
                          row->sd > 0.0 ? (row->found - row->wanted) / (row->sd / root) : (double)NAN};
  kd_text_printf(out, "%s,", kd_reproduction_words[row->kind]);
  if (row->kind == KD_REPRODUCTION_VARIOGRAM)
    kd_text_printf(out, "factor_%zu,%s", row->a + 1, axis[row->b]);
  else
    kd_text_printf(out, "%s,%s", m->name[m->simulated_variable[row->a]], m->name[m->simulated_variable[row->b]]);
  kd_text_printf(out, ",%s", grade ? "ppm" : "1");
  for (size_t i = 0; i < 5; i++) number(out, cell[i]);
  kd_text_add(out, "\n");
}

void kd_model_reproduction_table(kd_text *out, const kd_model *m) {
  kd_text_printf(out, "# the first %zu realisations, at the support of composites\n", m->checked);
  kd_text_add(out, "check,variable,other,unit,lag [m],wanted [1],found [1],sd [1],error [1]\n");
  if (m->checked == 0) return;
  for (size_t i = 0; i < m->values.count; i++) add_row(out, m, &m->values, &m->values.row[i]);
  for (size_t i = 0; i < m->fields.count; i++) add_row(out, m, &m->fields, &m->fields.row[i]);
}

void kd_model_layer_table(kd_text *out, const kd_model *m) {
  kd_text_add(out, "x [m],y [m],top [m],base [m],thickness [m]\n");
  for (size_t c = 0; c < m->columns; c++)
    kd_text_printf(out, "%.10g,%.10g,%.6g,%.6g,%.6g\n", kd_grid_x(&m->grid, m->column_cell[c]),
                   kd_grid_y(&m->grid, m->column_cell[c]), m->top[c], m->base[c], m->base[c] - m->top[c]);
}

const char *kd_control_word(kd_control_kind kind) {
  static const char *const words[KD_CONTROL_KINDS] = {"", "duplicate", "standard", "", "", "blank"};
  return kind < KD_CONTROL_KINDS ? words[kind] : "";
}

void kd_model_qaqc_table(kd_text *out, const kd_model_story *story) {
  kd_text_add(out,
              "kind,of,variable,count [1],mean [ppm],expected [ppm],bias [%],spread [%],hard [%],hard_90 [%],slope "
              "[1],outside [1]\n");
  for (size_t i = 0; i < story->qaqc->count; i++) {
    const kd_qaqc_row *r = &story->qaqc->row[i];
    const double cell[9] = {(double)r->count,
                            r->mean * KD_PPM,
                            r->expected * KD_PPM,
                            r->bias * 100.0,
                            r->kind == KD_CONTROL_BLANK ? (double)NAN : r->spread * 100.0,
                            r->hard * 100.0,
                            r->hard_90 * 100.0,
                            r->slope,
                            (double)r->outside};
    kd_text_printf(out, "%s,\"", kd_control_word(r->kind));
    for (const char *c = r->of; *c != '\0'; c++) kd_text_add(out, *c == '"' ? "\"\"" : (char[]){*c, 0});
    kd_text_printf(out, "\",%s", story->table->variable[r->variable].name);
    for (size_t k = 0; k < 9; k++) number(out, cell[k]);
    kd_text_add(out, "\n");
  }
}
