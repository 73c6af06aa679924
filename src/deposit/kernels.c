// SPDX-License-Identifier: Apache-2.0
/* Every equation of the deposit stage as a kernel: `kaidei eval deposit....`. */
#include <math.h>

#include "base/error.h"
#include "deposit/blocks.h"
#include "deposit/composition.h"
#include "deposit/density.h"
#include "deposit/grade_tonnage.h"
#include "deposit/realise.h"
#include "deposit/tables.h"

#define ELEMENT_CHOICES "la|ce|pr|nd|sm|eu|gd|tb|dy|ho|er|tm|yb|lu|y|sc"

/* --- composition ------------------------------------------------------------------------------------------------ */

static const kd_field composition_in[] = {
    {.name = "rey", .unit = "ppm", .doc = "sum of La..Lu and Y", .low = "0 ppm", .high = "1000000 ppm"},
    {.name = "scandium", .unit = "ppm", .doc = "scandium", .initial = "30 ppm", .low = "0 ppm", .high = "1000000 ppm"},
};
static const kd_field composition_out[] = {
    {.name = "grade", .unit = "ppm", .doc = "grade of each element", .labels = &kd_element_labels},
    {.name = "reo", .unit = "ppm", .doc = "sum of the oxides of the 15 REY"},
    {.name = "heavy_share", .unit = "%", .doc = "Y and Eu..Lu in REY"},
};

static kd_status composition(double *out, const double *in, kd_work *work) {
  (void)work;
  kd_composition(out, in[0], in[1]);
  out[KD_ELEMENTS] = kd_grade_reo(out);
  out[KD_ELEMENTS + 1] = kd_grade_heavy_share(out);
  return KD_OK;
}

/* --- oxides ----------------------------------------------------------------------------------------------------- */

static const kd_field oxide_in[] = {
    {.name = "element", .doc = "symbol", .choices = ELEMENT_CHOICES},
    {.name = "mass", .unit = "t", .doc = "mass of the element", .initial = "1 t", .low = "0 t"},
};
static const kd_field oxide_out[] = {
    {.name = "oxide", .unit = "t", .doc = "mass of its oxide (CeO2, Pr6O11, Tb4O7, else M2O3)"},
    {.name = "factor", .unit = "1", .doc = "mass of oxide per mass of element"},
};

static kd_status oxide(double *out, const double *in, kd_work *work) {
  (void)work;
  out[1] = kd_oxide_factor((kd_element_id)in[0]);
  out[0] = in[1] * out[1];
  return KD_OK;
}

static const kd_field grades_in[] = {
    {.name = "grade",
     .unit = "ppm",
     .doc = "grade of each element",
     .initial = "0 ppm",
     .low = "0 ppm",
     .high = "1000000 ppm",
     .labels = &kd_element_labels},
};
static const kd_field sums_out[] = {
    {.name = "rey", .unit = "ppm", .doc = "sum of the 15 REY"},
    {.name = "reo", .unit = "ppm", .doc = "sum of their oxides"},
    {.name = "heavy_share", .unit = "%", .doc = "Y and Eu..Lu in REY"},
};

static kd_status sums(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_grade_rey(in);
  out[1] = kd_grade_reo(in);
  out[2] = kd_grade_heavy_share(in);
  return KD_OK;
}

/* --- densities -------------------------------------------------------------------------------------------------- */

static const kd_field dry_density_in[] = {
    {.name = "porosity", .unit = "%vol", .doc = "pore volume in place", .low = "0 %vol", .high = "100 %vol exclusive"},
    {.name = "grain_density", .unit = "t/m3", .doc = "density of the grains", .low = "0 t/m3 exclusive"},
};
static const kd_field dry_density_out[] = {
    {.name = "dry_density", .unit = "t/m3", .doc = "dry solid per volume in place"},
};

static kd_status dry_density(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_mud_dry_density(in[0], in[1]);
  return KD_OK;
}

static const kd_field mud_in[] = {
    {.name = "dry_density", .unit = "t/m3", .doc = "dry solid per volume in place", .low = "0 t/m3 exclusive"},
    {.name = "grain_density", .unit = "t/m3", .doc = "density of the grains", .low = "0 t/m3 exclusive"},
    {.name = "pore_density",
     .unit = "t/m3",
     .doc = "density of the pore water",
     .initial = "1.04 t/m3",
     .low = "0 t/m3 exclusive"},
};
static const kd_field mud_out[] = {
    {.name = "porosity", .unit = "%vol", .doc = "pore volume in place"},
    {.name = "wet_density", .unit = "t/m3", .doc = "wet bulk density in place"},
    {.name = "water_content", .unit = "%wt", .doc = "water per wet mud, by mass"},
    {.name = "water_ratio", .unit = "1", .doc = "water per dry solid, by mass: the water content of soil mechanics"},
    {.name = "void_ratio", .unit = "1", .doc = "pore volume per volume of grains, n/(1 - n)"},
};

static kd_status mud(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_mud_state state;
  KD_TRY(kd_mud_state_from(&state, in[0], in[1], in[2], work->err));
  out[0] = state.porosity;
  out[1] = state.wet_density;
  out[2] = state.water_content;
  out[3] = state.water_ratio;
  out[4] = in[1] / in[0] - 1.0;
out:
  return status;
}

/* --- variogram ---------------------------------------------------------------------------------------------------- */

static const kd_field variogram_in[] = {
    {.name = "model", .doc = "model", .choices = "spherical|exponential|gaussian|cubic|linear"},
    {.name = "lag", .unit = "m", .doc = "distance of the pair", .low = "0 m"},
    {.name = "nugget", .unit = "1", .doc = "nugget, at any lag above 0", .initial = "0", .low = "0"},
    {.name = "partial_sill", .unit = "1", .doc = "sill less the nugget", .initial = "1", .low = "0"},
    {.name = "range", .unit = "m", .doc = "range", .low = "0 m exclusive"},
    {.name = "range_kind",
     .doc = "practical: 95 % of the partial sill (exponential 3 a, Gaussian sqrt 3 a); parameter: a itself",
     .initial = "practical",
     .choices = "practical|parameter"},
};
static const kd_field variogram_out[] = {
    {.name = "semivariance", .unit = "1", .doc = "gamma; 0 at lag 0; linear: partial_sill lag/range, no sill"},
    {.name = "covariance", .unit = "1", .doc = "nugget + partial_sill - gamma, at lag 0 the whole sill"},
};

/* gamma(h) = nugget + c f(h/a): spherical 1.5 u - 0.5 u^3, exponential 1 - exp(-u), Gaussian 1 - exp(-u^2), cubic
 * 7 u^2 - 8.75 u^3 + 3.5 u^5 - 0.75 u^7 (Chiles and Delfiner 1999), linear u. */
static kd_status variogram(double *out, const double *in, kd_work *work) {
  (void)work;
  const int model = (int)in[0];
  double u = in[1] / in[4], f;
  if (in[5] == 0.0 && model == 1) u *= 3.0;
  if (in[5] == 0.0 && model == 2) u *= sqrt(3.0);
  switch (model) {
  case 0:
    f = u < 1.0 ? u * (1.5 - 0.5 * u * u) : 1.0;
    break;
  case 1:
    f = -expm1(-u);
    break;
  case 2:
    f = -expm1(-u * u);
    break;
  case 3:
    f = u < 1.0 ? u * u * (7.0 - u * (8.75 - u * u * (3.5 - 0.75 * u * u))) : 1.0;
    break;
  default:
    f = u;
    break;
  }
  out[0] = in[1] > 0.0 ? in[2] + in[3] * f : 0.0;
  out[1] = in[2] + in[3] - out[0];
  return KD_OK;
}

/* --- blocks ----------------------------------------------------------------------------------------------------- */

static const kd_field block_in[] = {
    {.name = "area", .unit = "km2", .doc = "area", .low = "0 km2"},
    {.name = "thickness", .unit = "m", .doc = "thickness", .low = "0 m"},
    {.name = "dry_density", .unit = "t/m3", .doc = "dry solid per volume in place", .low = "0 t/m3"},
    {.name = "rey",
     .unit = "ppm",
     .doc = "REY grade; split into elements by the mixing of deposit.composition",
     .initial = "0 ppm",
     .low = "0 ppm",
     .high = "1000000 ppm"},
};
static const kd_field block_out[] = {
    {.name = "tonnage", .unit = "t", .doc = "dry solid in place"},
    {.name = "metal", .unit = "t", .doc = "REY in place"},
    {.name = "reo", .unit = "t", .doc = "rare-earth oxides in place"},
};

static kd_status block(double *out, const double *in, kd_work *work) {
  double grade[KD_ELEMENTS];
  (void)work;
  kd_composition(grade, in[3], 0.0);
  out[0] = in[0] * in[1] * in[2];
  out[1] = out[0] * kd_grade_rey(grade);
  out[2] = out[0] * kd_grade_reo(grade);
  return KD_OK;
}

static const kd_field error_in[] = {
    {.name = "distance", .unit = "km", .doc = "to the nearest core", .low = "0 km"},
    {.name = "nugget_error", .unit = "1", .doc = "sd of the log error at a core", .initial = "0.2", .low = "0"},
    {.name = "sill_error",
     .unit = "1",
     .doc = "sd added, in quadrature, far from any core",
     .initial = "0.45",
     .low = "0"},
    {.name = "error_range",
     .unit = "km",
     .doc = "practical range, where 95 % of the added variance is reached",
     .initial = "15 km",
     .low = "0 km"},
};
static const kd_field error_out[] = {
    {.name = "error", .unit = "1", .doc = "sd of the log error of the column's mean grade"},
    {.name = "relative_error", .unit = "%", .doc = "its half width at 90 % confidence, 1.645 error"},
};

static kd_status error(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_column_error(in[0], in[1], in[2], in[3]);
  out[1] = kd_relative_error(out[0]);
  return KD_OK;
}

static const kd_field class_in[] = {
    {.name = "relative_error", .unit = "%", .doc = "half width at 90 % confidence", .low = "0 %"},
    {.name = "measured_limit", .unit = "%", .doc = "largest error of measured", .initial = "15 %", .low = "0 %"},
    {.name = "indicated_limit", .unit = "%", .doc = "largest error of indicated", .initial = "30 %", .low = "0 %"},
    {.name = "inferred_limit", .unit = "%", .doc = "largest error of inferred", .initial = "60 %", .low = "0 %"},
};
static const kd_field class_out[] = {
    {.name = "class", .unit = "1", .doc = "1 measured, 2 indicated, 3 inferred, 4 exploration target"},
};

static kd_status resource_class(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[1] <= in[2] && in[2] <= in[3], work->err, KD_E_CONTRADICTION, "the limits of the classes must not fall");
  out[0] = 1.0 + (double)kd_resource_class(in[0], in + 1);
out:
  return status;
}

#define KERNEL(name_, summary_, in_, out_, eval_)                                                                      \
  {                                                                                                                    \
    .name = (name_), .summary = (summary_), .inputs = (in_), .input_count = KD_COUNT(in_), .outputs = (out_),          \
    .output_count = KD_COUNT(out_), .eval = (eval_)                                                                    \
  }

const kd_kernel kd_deposit_kernels[KD_DEPOSIT_KERNELS] = {
    KERNEL("deposit.composition",
           "elements of a mud from its REY by the model of two components: the first 250 ppm as shale, the rest as "
           "apatite",
           composition_in, composition_out, composition),
    KERNEL("deposit.oxide", "mass of the oxide of an element; IUPAC 2021 abridged atomic weights", oxide_in, oxide_out,
           oxide),
    KERNEL("deposit.sums", "REY, REO and heavy share from the grades of the elements", grades_in, sums_out, sums),
    KERNEL("deposit.dry_density", "dry bulk density from porosity, (1 - porosity) grain_density", dry_density_in,
           dry_density_out, dry_density),
    KERNEL("deposit.mud", "porosity, wet density and water of a saturated mud", mud_in, mud_out, mud),
    KERNEL("deposit.variogram", "semivariance of a pair by a model of the variogram", variogram_in, variogram_out,
           variogram),
    KERNEL("deposit.block", "tonnage, metal and oxides of a block", block_in, block_out, block),
    KERNEL("deposit.error",
           "error of a column's mean grade from its distance to a core: sqrt(nugget_error^2 + sill_error^2 (1 - exp(-3 "
           "distance/error_range)))",
           error_in, error_out, error),
    KERNEL("deposit.class", "resource class of a relative error", class_in, class_out, resource_class),
};
