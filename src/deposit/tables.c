// SPDX-License-Identifier: Apache-2.0
/* Parameters and outputs of the deposit stage, and the contradictions that a set of them can hold. */
#include "deposit/kernels_cores.h"
#include "deposit/kernels_estimation.h"
#include "deposit/kernels_workflow.h"
#include "deposit/tables.h"

#include <math.h>
#include <stdio.h>

#include "base/arena.h"
#include "deposit/blocks.h"
#include "deposit/cores.h"
#include "deposit/deposit.h"
#include "deposit/picture.h"
#include "numerics/polygon.h"

const double kd_cutoffs[KD_CUTOFFS] = {0.0, 250e-6, 500e-6, 1000e-6, 2000e-6, 3000e-6, 5000e-6};

static const char *const cutoff_names[KD_CUTOFFS] = {"cutoff_0",    "cutoff_250",  "cutoff_500", "cutoff_1000",
                                                     "cutoff_2000", "cutoff_3000", "cutoff_5000"};
const kd_labels kd_cutoff_labels = {cutoff_names, KD_CUTOFFS};
static const char *const class_names[KD_CLASSES] = {"measured", "indicated", "inferred", "exploration_target"};
const kd_labels kd_class_labels = {class_names, KD_CLASSES};

#define AT(field) .offset = offsetof(kd_deposit_params, field)

static const kd_param params[] = {
    {.key = "blocks",
     .kind = KD_PARAM_TABLE,
     .initial = "data/deposit/minamitorishima.csv",
     .columns = KD_BLOCK_COLUMNS,
     .doc = "Blocks of the ground; the shipped table is a reconstruction from published statistics, not assays.",
     .source = "reconstruction from published statistics (Takaya et al. 2018, Sci Rep 8:5763; Iijima et al. 2016)",
     AT(blocks)},
    {.key = "picture",
     .kind = KD_PARAM_CHOICE,
     .initial = "blocks",
     .choices = "blocks|cores",
     .doc = "What the ground comes from: a table of blocks with errors, or simulations made from cores.",
     AT(picture)},
    {.key = "cores",
     .kind = KD_PARAM_TABLE,
     .initial = "none",
     .columns = KD_CORE_COLUMNS,
     .doc = "Core samples: id, place, from, to, density, and the 15 rare earths or rey; for picture: cores.",
     AT(cores)},
    {.key = "core_block",
     .kind = KD_PARAM_NUMBER,
     .unit = "km",
     .initial = "5.1 km",
     .low = "0.01 km",
     .high = "1000 km",
     .doc = "Side of the blocks that are simulated from cores; a distribution counts by its median.",
     AT(core_block)},
    {.key = "core_composite",
     .kind = KD_PARAM_NUMBER,
     .unit = "m",
     .initial = "1 m",
     .low = "0.01 m",
     .high = "100 m",
     .doc = "Length of the composites of cores, and height of their blocks; a distribution counts by its median.",
     AT(core_composite)},
    {.key = "core_realisations",
     .kind = KD_PARAM_COUNT,
     .unit = "1",
     .initial = "100",
     .low = "1",
     .high = "1000",
     .doc = "Simulations of the ground that the realisations of a run draw from; a distribution counts by its median.",
     AT(core_realisations)},
    {.key = "core_domain",
     .kind = KD_PARAM_TABLE,
     .initial = "none",
     .columns = KD_POLYGON_COLUMNS,
     .doc = "Ground that is counted, for picture: cores; CSV, GeoJSON or GeoPackage, in degrees where the cores are. "
            "none: "
            "the box of the cores and half their spacing around it.",
     AT(core_domain)},
    {.key = "core_below",
     .kind = KD_PARAM_CHOICE,
     .initial = "half",
     .choices = "half|root_two|zero|limit|missing",
     .doc = "What stands for a value below its detection limit: half of it, limit/sqrt 2, nothing, the limit, or no "
            "value.",
     AT(core_below)},
    {.key = "core_duplicates",
     .kind = KD_PARAM_CHOICE,
     .initial = "refuse",
     .choices = KD_TWICE_CHOICES,
     .doc = "Samples of one interval of one core: an error with both rows, their mean, or the first.",
     AT(core_duplicates)},
    {.key = "core_topcut",
     .kind = KD_PARAM_NUMBER,
     .unit = "%",
     .initial = "100 %",
     .low = "50 %",
     .high = "100 %",
     .doc = "Quantile at which composites are cut; 100 %: none; a distribution counts by its median.",
     AT(core_topcut)},
    {.key = "core_production",
     .kind = KD_PARAM_NUMBER,
     .unit = "kt",
     .initial = "50 kt",
     .low = "0 kt exclusive",
     .high = "1000000 kt",
     .doc = "Dry mud mined in a year, for the classes of a ground from cores; a distribution counts by its median.",
     AT(core_production)},
    {.key = "stated_grade",
     .kind = KD_PARAM_NUMBER,
     .unit = "ppm",
     .initial = "none",
     .low = "0 ppm exclusive",
     .high = "50000 ppm",
     .doc = "REY grade of a uniform ground that takes the place of the table; its spread is its own, the grade errors "
            "of the "
            "table are not drawn.",
     AT(stated_grade)},
    {.key = "stated_area",
     .kind = KD_PARAM_NUMBER,
     .unit = "km2",
     .initial = "100 km2",
     .low = "0 km2 exclusive",
     .high = "1e6 km2",
     .doc = "Area of the ground of stated grade.",
     AT(stated_area)},
    {.key = "stated_thickness",
     .kind = KD_PARAM_NUMBER,
     .unit = "m",
     .initial = "10 m",
     .low = "0 m exclusive",
     .high = "100 m",
     .doc = "Thickness of the ground of stated grade, from the sea floor down.",
     .source = "Takaya et al. 2018, Sci Rep 8:5763: resource counted from 0 to 10 m",
     AT(stated_thickness)},
    {.key = "scandium",
     .kind = KD_PARAM_NUMBER,
     .unit = "ppm",
     .initial = "30 ppm",
     .low = "0 ppm",
     .high = "1000 ppm",
     .doc = "Scandium grade where the table has none, and of the ground of stated grade.",
     AT(scandium)},
    {.key = "water_depth",
     .kind = KD_PARAM_NUMBER,
     .unit = "m",
     .initial = "5700 m",
     .low = "100 m",
     .high = "11000 m",
     .doc = "Water depth over the ground.",
     .source = "Kyodo, 2 February 2026: lifted from about 5,700 m",
     AT(water_depth)},
    {.key = "dry_density",
     .kind = KD_PARAM_NUMBER,
     .unit = "t/m3",
     .initial = "{triangular: [0.50 t/m3, 0.56 t/m3, 0.62 t/m3]}",
     .low = "0.05 t/m3",
     .high = "2.5 t/m3",
     .doc =
         "Mean dry bulk density of the ground; the densities of the table are scaled to it. none: as the table says.",
     .source =
         "derived: 0.55-0.57 t/m3 follows from 16.0-16.5 Mt REO, 2,499 km2, 10 m and 964 ppm (Takaya et al. 2018); "
         "the spread is assumed",
     AT(dry_density)},
    {.key = "grain_density",
     .kind = KD_PARAM_NUMBER,
     .unit = "t/m3",
     .initial = "{triangular: [2.50 t/m3, 2.60 t/m3, 2.70 t/m3]}",
     .low = "1.5 t/m3",
     .high = "5 t/m3",
     .doc = "Density of the solid grains of the mud.",
     AT(grain_density)},
    {.key = "pore_density",
     .kind = KD_PARAM_NUMBER,
     .unit = "t/m3",
     .initial = "1.04 t/m3",
     .low = "0.95 t/m3",
     .high = "1.3 t/m3",
     .doc = "Density of the pore water.",
     AT(pore_density)},
    {.key = "grade_factor",
     .kind = KD_PARAM_NUMBER,
     .unit = "1",
     .initial = "{normal: [1, 0.15], truncate: [0.5, 1.5]}",
     .low = "0 exclusive",
     .high = "10",
     .doc = "Common error of all REY grades of the table: true mean over printed mean; mean and median are 1.",
     AT(grade_factor)},
    {.key = "draw_errors",
     .kind = KD_PARAM_FLAG,
     .initial = "yes",
     .doc = "Draw the errors of squares, columns and elements; no: they stay as estimated.",
     AT(draw_errors)},
    {.key = "nugget_error",
     .kind = KD_PARAM_NUMBER,
     .unit = "1",
     .initial = "0.20",
     .low = "0",
     .high = "2",
     .doc = "Standard deviation of the log error of a column's mean grade at a core.",
     AT(nugget_error)},
    {.key = "sill_error",
     .kind = KD_PARAM_NUMBER,
     .unit = "1",
     .initial = "0.45",
     .low = "0",
     .high = "2",
     .doc = "Standard deviation that is added far from any core.",
     AT(sill_error)},
    {.key = "error_range",
     .kind = KD_PARAM_NUMBER,
     .unit = "km",
     .initial = "15 km",
     .low = "0 km",
     .high = "1000 km",
     .doc = "Distance to the nearest core at which 95 % of the added variance is reached.",
     AT(error_range)},
    {.key = "square_share",
     .kind = KD_PARAM_NUMBER,
     .unit = "1",
     .initial = "0.6",
     .low = "0",
     .high = "1",
     .doc = "Share of the error variance of a column that all columns of its square have in common.",
     AT(square_share)},
    {.key = "composition_error",
     .kind = KD_PARAM_NUMBER,
     .unit = "1",
     .initial = "0.15",
     .low = "0",
     .high = "1",
     .doc = "Standard deviation of the log error of each element's share in REY (cerium apart).",
     AT(composition_error)},
    {.key = "cerium_error",
     .kind = KD_PARAM_NUMBER,
     .unit = "1",
     .initial = "0.40",
     .low = "0",
     .high = "1",
     .doc = "Standard deviation of the log error of cerium's share in REY.",
     AT(cerium_error)},
    {.key = "grade_cap",
     .kind = KD_PARAM_NUMBER,
     .unit = "ppm",
     .initial = "7900 ppm",
     .low = "100 ppm",
     .high = "100000 ppm",
     .doc = "Highest REY grade of a block; what an error draws above it is cut.",
     .source = "Takaya et al. 2018, Sci Rep 8:5763: highest of 677 samples, just under 8,000 ppm",
     AT(grade_cap)},
    {.key = "cutoff",
     .kind = KD_PARAM_NUMBER,
     .unit = "ppm",
     .initial = "400 ppm",
     .low = "0 ppm",
     .high = "50000 ppm",
     .doc = "REY grade from which a block is counted in the tonnage above the cut-off.",
     .source = "Takaya et al. 2018, Sci Rep 8:5763: REY-rich mud is above 400 ppm",
     AT(cutoff)},
    {.key = "measured_limit",
     .kind = KD_PARAM_NUMBER,
     .unit = "%",
     .initial = "15 %",
     .low = "0 %",
     .high = "1000 %",
     .doc = "Largest relative error at 90 % confidence of a column that is called measured; of cores: on a quarter's "
            "production, and on a year's for indicated.",
     AT(measured_limit)},
    {.key = "indicated_limit",
     .kind = KD_PARAM_NUMBER,
     .unit = "%",
     .initial = "30 %",
     .low = "0 %",
     .high = "1000 %",
     .doc = "Largest relative error at 90 % confidence of a column of a table of blocks that is called indicated.",
     AT(indicated_limit)},
    {.key = "inferred_limit",
     .kind = KD_PARAM_NUMBER,
     .unit = "%",
     .initial = "60 %",
     .low = "0 %",
     .high = "1000 %",
     .doc = "Largest relative error at 90 % confidence of a column that is called inferred (of cores: on a year's "
            "production); beyond it is an exploration target.",
     AT(inferred_limit)},
};

#undef AT
#define AT(field) .offset = offsetof(kd_deposit_result, field)

static const kd_output outputs[] = {
    {.key = "reo", .unit = "Mt", .doc = "Rare-earth oxides in place, La..Lu and Y.", AT(reo), .headline = 1},
    {.key = "dry_tonnage", .unit = "Mt", .doc = "Dry solid in place.", AT(dry_tonnage)},
    {.key = "mean_grade",
     .unit = "ppm",
     .doc = "Mean REY grade of the ground, by dry mass.",
     AT(mean_grade),
     .headline = 2},
    {.key = "area", .unit = "km2", .doc = "Area of the ground.", AT(area)},
    {.key = "volume", .unit = "km3", .doc = "Volume of the ground.", AT(volume)},
    {.key = "heavy_share", .unit = "%", .doc = "Y and Eu..Lu in REY, by mass of element.", AT(heavy_share)},
    {.key = "mean_density", .unit = "t/m3", .doc = "Mean dry bulk density.", AT(dry_density)},
    {.key = "wet_density", .unit = "t/m3", .doc = "Mean wet bulk density.", AT(wet_density)},
    {.key = "porosity", .unit = "%vol", .doc = "Mean porosity.", AT(porosity)},
    {.key = "water_content", .unit = "%wt", .doc = "Water in the wet mud in place.", AT(water_content)},
    {.key = "best_square_reo",
     .unit = "Mt",
     .doc = "Rare-earth oxides in the square that the estimate ranks first.",
     AT(best_square_reo)},
    {.key = "best_square_grade", .unit = "ppm", .doc = "Mean REY grade of that square.", AT(best_square_grade)},
    {.key = "best_square_area", .unit = "km2", .doc = "Area of that square.", AT(best_square_area)},
    {.key = "tonnage_above_cutoff",
     .unit = "Mt",
     .doc = "Dry solid in blocks of at least the cut-off grade.",
     AT(tonnage_above_cutoff)},
    {.key = "grade_above_cutoff", .unit = "ppm", .doc = "Mean REY grade of those blocks.", AT(grade_above_cutoff)},
    {.key = "reo_above_cutoff", .unit = "Mt", .doc = "Rare-earth oxides in those blocks.", AT(reo_above_cutoff)},
    {.key = "tonnage_above",
     .unit = "Mt",
     .doc = "Grade-tonnage curve: dry solid in blocks of at least this REY [ppm].",
     AT(tonnage_above),
     .labels = &kd_cutoff_labels},
    {.key = "grade_above",
     .unit = "ppm",
     .doc = "Grade-tonnage curve: mean REY of those blocks.",
     AT(grade_above),
     .labels = &kd_cutoff_labels},
    {.key = "reo_above",
     .unit = "Mt",
     .doc = "Grade-tonnage curve: rare-earth oxides in those blocks.",
     AT(reo_above),
     .labels = &kd_cutoff_labels},
    {.key = "tonnage_by_class",
     .unit = "Mt",
     .doc = "Dry solid by class: CRIRSCO's words, sorted by relative error alone.",
     AT(tonnage_by_class),
     .labels = &kd_class_labels},
    {.key = "reo_by_class",
     .unit = "Mt",
     .doc = "Rare-earth oxides by class.",
     AT(reo_by_class),
     .labels = &kd_class_labels},
    {.key = "oxide", .unit = "kt", .doc = "Oxide of each element in place.", AT(oxide), .labels = &kd_element_labels},
};

#undef AT

/* Reads the table once as a run would, and looks for what one row alone cannot show. */
static void check_blocks(const kd_deposit_params *p, kd_contradiction_fn *report, void *user) {
  kd_error err = {0};
  kd_block_list list;
  kd_arena *scratch = NULL;
  char text[160];
  const kd_column *column = kd_table_column(p->blocks, "column");
  kd_status status = kd_arena_create(&scratch, p->blocks->ctx);
  if (status == KD_OK) status = kd_blocks_read(&list, p->blocks, p->scandium, p->dry_density, scratch, &err);
  if (status != KD_OK) {
    report(status == KD_E_NOMEM ? NULL : "deposit.blocks", err.text, user);
  } else if (column != NULL) {
    double *met = kd_arena_alloc(scratch, list.columns, sizeof(double));
    size_t count = 0;
    if (met == NULL) report(NULL, "", user);
    for (size_t i = 0; met != NULL && i < list.count; i++) {
      if (i > 0 && column->number[i] == column->number[i - 1]) continue;
      for (size_t j = 0; j < count; j++) {
        if (met[j] != column->number[i]) continue;
        snprintf(text, sizeof text, "the rows of column %g do not stand together", met[j]);
        report("deposit.blocks", text, user);
        goto out;
      }
      met[count++] = column->number[i];
    }
  }
out:
  kd_arena_destroy(&scratch);
}

static void check(const void *params_, kd_contradiction_fn *report, void *user) {
  const kd_deposit_params *p = params_;
  char text[200];
  if (!isnan(p->dry_density) && p->dry_density >= p->grain_density) {
    snprintf(text, sizeof text, "dry density %g t/m3 is not below the grain density %g t/m3", p->dry_density * 1e-3,
             p->grain_density * 1e-3);
    report("deposit.dry_density", text, user);
  }
  if (p->measured_limit > p->indicated_limit || p->indicated_limit > p->inferred_limit)
    report("deposit.inferred_limit", "measured_limit, indicated_limit and inferred_limit must not fall", user);
  if (!isnan(p->stated_grade)) {
    if (isnan(p->dry_density)) report("deposit.dry_density", "a stated grade needs a dry density", user);
  } else if (p->picture == KD_PICTURE_CORES) {
    if (p->cores == NULL) report("deposit.cores", "picture: cores wants a table of cores", user);
  } else if (p->blocks != NULL) {
    check_blocks(p, report, user);
  }
}

static const kd_kernel *const kernel_sets[] = {
    kd_place_kernels, kd_core_kernels,  kd_workflow_kernels,    kd_estimation_kernels,    kd_simulation_kernels,
    kd_draw_kernels,  kd_model_kernels, kd_realisation_kernels, kd_grade_tonnage_kernels, NULL};

const kd_stage kd_deposit_stage = {
    .name = "deposit",
    .summary = "what lies in the ground: blocks, their uncertainty, and the resource",
    .params = params,
    .param_count = KD_COUNT(params),
    .params_size = sizeof(kd_deposit_params),
    .outputs = outputs,
    .output_count = KD_COUNT(outputs),
    .result_size = sizeof(kd_deposit_result),
    .kernels = kd_deposit_kernels,
    .kernel_count = KD_DEPOSIT_KERNELS,
    .kernel_sets = kernel_sets,
    .check = check,
    .prepare = kd_picture_prepare,
    .release = kd_picture_release,
    .exhibits = kd_picture_exhibits,
};
