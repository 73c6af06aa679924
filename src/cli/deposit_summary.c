// SPDX-License-Identifier: Apache-2.0
/* Summary of kaidei deposit --cores. */
#include <math.h>
#include <string.h>

#include "cli/deposit_model.h"

/* What the realisations give back of what went in. */
static void print_check(kd_text *out, const kd_model *m) {
  double variogram = 0.0, correlation = 0.0, low = (double)INFINITY, high = 0.0;
  if (m->realisations == 0) return;
  for (size_t r = 0; r < m->realisations; r++) {
    variogram = fmax(variogram, m->each[r].variogram_error);
    correlation = fmax(correlation, m->each[r].correlation_error);
    low = fmin(low, m->each[r].variance);
    high = fmax(high, m->each[r].variance);
  }
  kd_text_printf(out, "factors              %zu of %zu variables, %zu nodes with composites", m->factors, m->simulated,
                 m->conditioning);
  if (m->outside > 0) kd_text_printf(out, ", %zu composites beyond the blocks", m->outside);
  kd_text_printf(out,
                 "\ncheck, mean          score variance %.3f of %.3f, variograms off by %.3f, correlations by %.3f\n",
                 m->check.variance, m->check.variance_wanted, m->check.variogram_error, m->check.correlation_error);
  kd_text_printf(out,
                 "check, each          score variance %.3f to %.3f, variograms off by %.3f, correlations by %.3f at "
                 "most\n",
                 low, high, variogram, correlation);
  for (size_t i = 0; m->checked > 0 && i < m->values.count; i++) {
    const kd_reproduction_row *row = &m->values.row[i];
    if (m->simulated_variable[row->a] != 0 || row->kind > KD_REPRODUCTION_P90) continue;
    kd_text_printf(out, "%s%s %.4g of %.4g%s", row->kind == KD_REPRODUCTION_MEAN ? "check, composites    " : "",
                   kd_reproduction_words[row->kind], row->found * 1e6, row->wanted * 1e6,
                   row->kind == KD_REPRODUCTION_P90 ? "" : ", ");
    if (row->kind == KD_REPRODUCTION_P90) kd_text_printf(out, " ppm %s\n", m->name[0]);
  }
}

static bool same_control(const kd_qaqc_row *a, const kd_qaqc_row *b) {
  return a->kind == b->kind && strcmp(a->of, b->of) == 0;
}

/* The worst grade of each group of controls. */
static void print_quality(kd_text *out, const kd_modelling *self) {
  const kd_qaqc_row *all = self->qaqc.row;
  for (size_t i = 0; i < self->qaqc.count; i++) {
    const kd_qaqc_row *worst = &all[i];
    bool first = true;
    for (size_t j = 0; j < i; j++) first = first && !same_control(&all[j], &all[i]);
    if (!first) continue;
    for (size_t j = i; j < self->qaqc.count; j++) {
      if (!same_control(&all[j], &all[i])) continue;
      const bool more = all[j].outside > worst->outside;
      if (more || (all[j].outside == worst->outside && fabs(all[j].bias) > fabs(worst->bias))) worst = &all[j];
    }
    kd_text_printf(out, "%-20s %zu%s%s, most outside: %s, %zu", kd_control_word(worst->kind), worst->count,
                   worst->of[0] != '\0' ? " of " : "", worst->of, self->cores.variable[worst->variable].name,
                   worst->outside);
    if (isfinite(worst->bias))
      kd_text_printf(out, ", bias %+.1f %%, CV %.1f %%", 100.0 * worst->bias, 100.0 * worst->spread);
    kd_text_add(out, "\n");
  }
}

void kd_modelling_summary(kd_text *out, const kd_modelling *self) {
  const kd_model *m = &self->model;
  const kd_spread *s = &m->totals[m->main];
  char model[256];
  kd_model_variogram_text(model, sizeof model, &m->variogram);
  kd_text_printf(out, "cores                %zu, %zu composites of %g m\n", m->composites.count, m->composites.samples,
                 self->options.composite.length);
  print_quality(out, self);
  kd_text_printf(out, "blocks               %zu of %g x %g x %g m\n", m->blocks, m->grid.dx, m->grid.dy, m->grid.dz);
  kd_text_printf(out, "variogram            %s%s\n", model, m->fitted ? " (fitted)" : "");
  if (m->choices.count > 1)
    kd_text_printf(out, "                     the best of %zu by Akaike's criterion\n", m->choices.count);
  if (m->unreached > 0)
    kd_text_printf(out,
                   "left out             %zu blocks without estimate: too few composites in reach, or a trend that "
                   "they do not tell\n",
                   m->unreached);
  if (self->options.layer != NULL)
    kd_text_printf(out, "layer                %s%s\n", self->options.layer,
                   m->open_cores > 0 ? "; some cores end in it: its base may lie deeper" : "");
  kd_text_printf(out, "dry mud              %.4g Mt\n", m->tonnage * 1e-9);
  kd_text_printf(out, "mean grade           %.4g ppm %s\n", m->total[m->main] / m->tonnage * 1e6, m->name[m->main]);
  kd_text_printf(out, "metal                %.4g kt", m->total[m->main] * 1e-6);
  if (m->realisations > 0)
    kd_text_printf(out, "; P10 %.4g, P50 %.4g, P90 %.4g of %zu realisations", s->p10 * 1e-6, s->p50 * 1e-6,
                   s->p90 * 1e-6, m->realisations);
  kd_text_add(out, "\n");
  for (size_t k = 0; k < KD_MODEL_CLASSES; k++)
    kd_text_printf(out, "%-20s %.4g Mt dry, %.4g kt\n", kd_model_class_name[k], m->class_tonnage[k] * 1e-9,
                   m->class_metal[k] * 1e-6);
  if (self->options.assumed)
    kd_text_add(out, "The cores are assumed or reconstructed: all of it is an exploration target, no resource.\n");
  print_check(out, m);
  kd_text_printf(out, "%s/report.html\n", self->folder);
}
