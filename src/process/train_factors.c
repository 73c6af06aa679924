// SPDX-License-Identifier: Apache-2.0
/* Separation factors of a train from a table of pairs. */
#include <math.h>
#include <string.h>

#include "process/train_design.h"

static const char *name_of(const kd_column *column, size_t row) {
  return column != NULL && column->text != NULL ? column->text[row] : "";
}

static size_t place_of(const kd_design_input *in, int element) {
  for (size_t k = 0; k < in->count; k++)
    if (in->order[k] == element) return k;
  return in->count;
}

kd_status kd_design_factors(kd_design_input *out, const kd_table *table, double loading, double extractant,
                            kd_error *err) {
  kd_status status = KD_OK;
  const kd_column *lighter = kd_table_column(table, "lighter"), *heavier = kd_table_column(table, "heavier");
  const kd_column *beta = kd_table_column(table, "beta"), *spread = kd_table_column(table, "spread");
  const kd_column *names = kd_table_column(table, "extractant");
  const char *name[KD_DESIGN_SETS];
  KD_CHECK(lighter != NULL && heavier != NULL && beta != NULL && table->rows > 0, err, KD_E_MISSING,
           "factors: rows with the columns lighter, heavier and beta are wanted");
  out->count = out->sets = 0;
  for (size_t row = 0; row < table->rows; row++) {
    int below = kd_element_find(lighter->text[row]), above = kd_element_find(heavier->text[row]);
    KD_CHECK(below >= 0 && below < KD_REY && above >= 0 && above < KD_REY, err, KD_E_CONTRADICTION,
             "factors: \"%s\", \"%s\" in row %zu are not both rare earths", lighter->text[row], heavier->text[row],
             row + 1);
    KD_CHECK(beta->number[row] > 0 && isfinite(beta->number[row]), err, KD_E_RANGE,
             "factors: beta %g in row %zu: must be above 0", beta->number[row], row + 1);
    size_t set = 0;
    while (set < out->sets && strcmp(name[set], name_of(names, row)) != 0) set++;
    if (set == out->sets) {
      KD_CHECK(set < KD_DESIGN_SETS, err, KD_E_RANGE, "factors: more than %d extractants", KD_DESIGN_SETS);
      name[set] = name_of(names, row);
      out->set[set] = (kd_design_set){.loading = loading, .extractant = extractant};
      for (size_t k = 0; k < KD_DESIGN_CUTS; k++) out->set[set].beta[k] = (double)NAN;
      out->sets++;
    }
    if (set == 0) {
      if (out->count == 0) out->order[out->count++] = below;
      KD_CHECK(out->order[out->count - 1] == below && place_of(out, above) == out->count, err, KD_E_CONTRADICTION,
               "factors: row %zu does not go on from %s to an element not met before", row + 1,
               kd_elements[out->order[out->count - 1]].symbol);
      out->order[out->count++] = above;
    }
    size_t k = place_of(out, below);
    KD_CHECK(k + 1 < out->count && out->order[k + 1] == above, err, KD_E_CONTRADICTION,
             "factors: %s and %s in row %zu are not neighbours in the order of the first extractant",
             kd_elements[below].symbol, kd_elements[above].symbol, row + 1);
    out->set[set].beta[k] = beta->number[row];
    double sigma = spread != NULL && isfinite(spread->number[row]) ? spread->number[row] : 0;
    KD_CHECK(sigma >= 0, err, KD_E_RANGE, "factors: spread %g in row %zu: must be at least 0", sigma, row + 1);
    out->set[set].spread[k] = sigma;
  }
out:
  return status;
}
