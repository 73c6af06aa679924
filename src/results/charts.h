// SPDX-License-Identifier: Apache-2.0
/* Line charts on a page that needs no network: histories over time, profiles against depth with their envelope, maps.
 */
#ifndef KD_RESULTS_CHARTS_H
#define KD_RESULTS_CHARTS_H

#include "base/text.h"

typedef struct kd_series {
  const char *name, *colour;
  const double *value;
  double factor; /* from the values to the chart's unit */
} kd_series;

void kd_page_begin(kd_text *out, const char *title);
void kd_page_end(kd_text *out);
/* A table of names, values and units, one row each. */
void kd_page_figure(kd_text *out, const char *name, double value, const char *unit, const char *doc);
void kd_page_figures_begin(kd_text *out);
void kd_page_figures_end(kd_text *out);

/* Curves over x. */
void kd_chart_history(kd_text *out, const char *title, const char *unit, size_t count, const double *x, double x_factor,
                      const char *x_title, const kd_series *series, size_t all);
/* Least, mean and most against depth (down); several stretches of the path fold onto one another. */
void kd_chart_profile(kd_text *out, const char *title, const char *unit, size_t count, const double *depth,
                      const double *least, const double *mean, const double *most, double factor);
/* Cells of a map: columns x rows of words' numbers with a colour each; labels along both sides. */
void kd_chart_map(kd_text *out, const char *title, size_t columns, const double *x, const char *x_title, size_t rows,
                  const double *y, const char *y_title, const int *kind, const char *const *words, size_t kinds);

#endif
