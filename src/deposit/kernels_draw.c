// SPDX-License-Identifier: Apache-2.0
/* Kernel of drawn parameters: how probable other shares of nugget and other ranges are. */
#include <math.h>

#include "base/error.h"
#include "deposit/kernels_draw.h"
#include "deposit/parameter_draw.h"
#include "deposit/sample_columns.h"

static const kd_field posterior_in[] = {
    {.name = "variable",
     .unit = "",
     .doc = "column of the samples: normal scores or a factor",
     .choices = KD_ANY_TEXT,
     .initial = "value"},
    {.name = "model",
     .unit = "",
     .doc =
         "of the variogram, such as 0.1 nugget + 0.9 spherical(897 m): its kinds, the shares of its structures among "
         "each other and their ranges among each other stay",
     .choices = KD_ANY_TEXT},
};
static const kd_field posterior_out[] = {
    {.name = "nugget_share", .unit = "1", .doc = "middle of the cell"},
    {.name = "range_factor", .unit = "1", .doc = "of all ranges, middle of the cell in its logarithm"},
    {.name = "probability", .unit = "1", .doc = "of the cell; all of them sum to 1"},
};
static const kd_data_slot posterior_data[] = {
    {.name = "samples", .columns = "x [m], y [m]?, z [m]?, ...", .doc = "places and values"},
};

static kd_status posterior(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  kd_sites sites = {.count = data[0]->rows};
  kd_covariance model = {0};
  kd_variogram_posterior p;
  const double *value;
  (void)options;
  *out = NULL;
  KD_TRY(kd_sample_column(&sites.x, data[0], "x", true, work));
  KD_TRY(kd_sample_column(&sites.y, data[0], "y", false, work));
  KD_TRY(kd_sample_column(&sites.z, data[0], "z", false, work));
  KD_TRY(kd_sample_column(&value, data[0], work->texts[0], true, work));
  for (size_t i = 0; i < sites.count; i++)
    KD_CHECK(isfinite(sites.x[i]) && (sites.y == NULL || isfinite(sites.y[i])) &&
                 (sites.z == NULL || isfinite(sites.z[i])),
             work->err, KD_E_MISSING, "datum %zu has no place", i + 1);
  KD_CHECK(sites.count >= 3, work->err, KD_E_SIZE, "%zu samples: at least 3 say something of a variogram", sites.count);
  KD_TRY(kd_covariance_parse(&model, work->texts[1], work->err));
  KD_CHECK(model.has_sill && model.nugget < model.sill, work->err, KD_E_MODEL,
           "the model is nugget alone or has no sill: there is no range to ask about");
  KD_TRY(kd_variogram_posterior_find(&p, &model, &sites, value, work->scratch, work->err));
  KD_TRY(kd_table_create(out, work->ctx, "nugget_share [1], range_factor [1], probability [1]",
                         KD_NUGGET_CELLS * KD_RANGE_CELLS, work->err));
  for (size_t c = 0; c < KD_NUGGET_CELLS * KD_RANGE_CELLS; c++) {
    (*out)->column[0].number[c] = ((double)(c / KD_RANGE_CELLS) + 0.5) / KD_NUGGET_CELLS;
    (*out)->column[1].number[c] = exp2(-2 + 4 * ((double)(c % KD_RANGE_CELLS) + 0.5) / KD_RANGE_CELLS);
    (*out)->column[2].number[c] = p.cumulated[c] - (c > 0 ? p.cumulated[c - 1] : 0);
  }
out:
  return status;
}

const kd_kernel kd_draw_kernels[] = {
    {.name = "deposit.variogram_posterior",
     .summary = "probability of the nugget's share and of the ranges given samples: likelihood with mean and variance "
                "integrated out, flat prior",
     .inputs = posterior_in,
     .input_count = KD_COUNT(posterior_in),
     .outputs = posterior_out,
     .output_count = KD_COUNT(posterior_out),
     .data = posterior_data,
     .data_count = KD_COUNT(posterior_data),
     .eval_table = posterior},
    {0},
};
