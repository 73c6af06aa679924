// SPDX-License-Identifier: Apache-2.0
/* Every equation of the mine plan stage as a kernel: `kaidei eval mineplan....`. */
#include <math.h>

#include "base/error.h"
#include "mineplan/columns.h"
#include "mineplan/head.h"
#include "mineplan/rate.h"
#include "mineplan/select.h"
#include "mineplan/tables.h"

#define KD_PI 3.14159265358979323846

/* --- rates ------------------------------------------------------------------------------------------------------ */

static const kd_field rate_in[] = {
    {.name = "rate", .unit = "t/day", .doc = "rate on the basis", .low = "0 t/day"},
    {.name = "basis", .doc = "what the rate counts", .choices = "wet_mud|slurry|dry_solids"},
    {.name = "dry_density",
     .unit = "t/m3",
     .doc = "dry solid per volume in place",
     .initial = "0.56 t/m3",
     .low = "0 t/m3 exclusive"},
    {.name = "grain_density",
     .unit = "t/m3",
     .doc = "density of the grains",
     .initial = "2.6 t/m3",
     .low = "0 t/m3 exclusive"},
    {.name = "pore_density",
     .unit = "t/m3",
     .doc = "density of the water",
     .initial = "1.04 t/m3",
     .low = "0 t/m3 exclusive"},
    {.name = "slurry_solids",
     .unit = "%vol",
     .doc = "solids of the slurry; used for basis slurry alone",
     .initial = "5 %vol",
     .low = "0 %vol exclusive",
     .high = "100 %vol"},
};
static const kd_field rate_out[] = {
    {.name = "dry_rate", .unit = "t/day", .doc = "dry solid"},
    {.name = "wet_rate", .unit = "t/day", .doc = "wet mud in place"},
    {.name = "slurry_rate", .unit = "t/day", .doc = "slurry of that share of solids"},
    {.name = "solids", .unit = "%wt", .doc = "dry solid in the basis"},
};

static kd_status rate_dry(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  double solids, water;
  KD_TRY(kd_water_ratio(&water, in[2], in[3], in[4], work->err));
  KD_TRY(kd_basis_solids(&solids, (kd_basis)in[1], in[2], in[3], in[4], in[5], work->err));
  out[0] = in[0] * solids;
  out[1] = out[0] * (1.0 + water);
  out[2] = out[0] / kd_slurry_solids(in[5], in[3], in[4]);
  out[3] = solids;
out:
  return status;
}

static const kd_field slurry_in[] = {
    {.name = "solids", .unit = "%vol", .doc = "solids by volume", .low = "0 %vol", .high = "100 %vol"},
    {.name = "grain_density",
     .unit = "t/m3",
     .doc = "density of the grains",
     .initial = "2.6 t/m3",
     .low = "0 t/m3 exclusive"},
    {.name = "water_density",
     .unit = "t/m3",
     .doc = "density of the water",
     .initial = "1.04 t/m3",
     .low = "0 t/m3 exclusive"},
};
static const kd_field slurry_out[] = {
    {.name = "mass_share", .unit = "%wt", .doc = "dry solid by mass"},
    {.name = "density", .unit = "t/m3", .doc = "density of the slurry"},
};

static kd_status slurry_solids(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_slurry_solids(in[0], in[1], in[2]);
  out[1] = in[0] * in[1] + (1.0 - in[0]) * in[2];
  return KD_OK;
}

/* --- head ------------------------------------------------------------------------------------------------------- */

static const kd_field packing_in[] = {
    {.name = "pattern", .doc = "lattice of the holes", .choices = "hexagonal|square"},
    {.name = "spacing",
     .unit = "1",
     .doc = "distance of neighbours over the diameter",
     .initial = "1",
     .low = "0 exclusive"},
};
static const kd_field packing_out[] = {
    {.name = "coverage", .unit = "1", .doc = "ground under at least one circle"},
    {.name = "fresh", .unit = "1", .doc = "fresh ground that a hole adds, over the area of its circle"},
};

static kd_status packing(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_packing_coverage((kd_pattern)in[0], in[1]);
  out[1] = kd_packing_fresh((kd_pattern)in[0], in[1]);
  return KD_OK;
}

static const kd_field insertion_in[] = {
    {.name = "head_diameter", .unit = "m", .doc = "diameter of the head", .initial = "3.5 m", .low = "0 m exclusive"},
    {.name = "head_length", .unit = "m", .doc = "length of the head", .initial = "5.6 m", .low = "0 m exclusive"},
    {.name = "column", .unit = "m", .doc = "bottom of the cut", .initial = "5 m", .low = "0 m exclusive"},
    {.name = "cover", .unit = "m", .doc = "top of the cut", .initial = "0 m", .low = "0 m"},
    {.name = "pattern", .doc = "lattice of the holes", .initial = "hexagonal", .choices = "hexagonal|square"},
    {.name = "spacing",
     .unit = "1",
     .doc = "distance of neighbours over the diameter",
     .initial = "1",
     .low = "0 exclusive"},
    {.name = "dry_density",
     .unit = "t/m3",
     .doc = "dry solid per volume in place",
     .initial = "0.56 t/m3",
     .low = "0 t/m3 exclusive"},
    {.name = "grain_density",
     .unit = "t/m3",
     .doc = "density of the grains",
     .initial = "2.6 t/m3",
     .low = "0 t/m3 exclusive"},
    {.name = "pore_density",
     .unit = "t/m3",
     .doc = "density of the pore water",
     .initial = "1.04 t/m3",
     .low = "0 t/m3 exclusive"},
    {.name = "recovery",
     .unit = "%",
     .doc = "lifted of what is cut",
     .initial = "100 %",
     .low = "0 %",
     .high = "100 %"},
    {.name = "dilution",
     .unit = "%",
     .doc = "slumped in, of what is lifted",
     .initial = "0 %",
     .low = "0 %",
     .high = "100 % exclusive"},
};
static const kd_field insertion_out[] = {
    {.name = "area", .unit = "m2", .doc = "fresh ground under the head"},
    {.name = "bites", .unit = "1", .doc = "insertions for one hole"},
    {.name = "volume", .unit = "m3", .doc = "mud cut by one insertion"},
    {.name = "wet_mass", .unit = "t", .doc = "the same with its pore water"},
    {.name = "dry_mass",
     .unit = "t",
     .doc = "dry solid lifted by one insertion: volume dry_density recovery/(1 - dilution)"},
};

static kd_status insertion(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  double water;
  KD_CHECK(in[3] < in[2], work->err, KD_E_CONTRADICTION, "the cut has no height: cover %g m, column %g m", in[3],
           in[2]);
  KD_TRY(kd_water_ratio(&water, in[6], in[7], in[8], work->err));
  out[0] = KD_PI / 4.0 * in[0] * in[0] * kd_packing_fresh((kd_pattern)in[4], in[5]);
  out[1] = kd_head_bites(in[2], in[1]);
  out[2] = out[0] * (in[2] - in[3]) / out[1];
  out[4] = out[2] * in[6] * in[9] / (1.0 - in[10]);
  out[3] = out[4] * (1.0 + water);
out:
  return status;
}

static const kd_field cycle_in[] = {
    {.name = "dry_rate", .unit = "t/day", .doc = "dry solid wanted on a production day", .low = "0 t/day exclusive"},
    {.name = "dry_per_insertion", .unit = "t", .doc = "won by one insertion of one head", .low = "0 t exclusive"},
    {.name = "fixed_time", .unit = "min", .doc = "lowering, raising, stepping, share of ship moves", .low = "0 min"},
    {.name = "depth", .unit = "m", .doc = "depth of one insertion", .initial = "5 m", .low = "0 m exclusive"},
    {.name = "penetration_rate", .unit = "m/h", .doc = "fastest cut", .initial = "5 m/h", .low = "0 m/h exclusive"},
    {.name = "heads", .unit = "1", .doc = "heads in the frame; 0: as many as are needed", .initial = "0", .low = "0"},
};
static const kd_field cycle_out[] = {
    {.name = "heads", .unit = "1", .doc = "heads side by side"},
    {.name = "insertions_per_day", .unit = "1", .doc = "wanted, all heads"},
    {.name = "insertions_per_head", .unit = "1", .doc = "that one head can do in a day"},
    {.name = "cycle", .unit = "h", .doc = "from landing to landing, ship moves included"},
    {.name = "cutting_time", .unit = "h", .doc = "in which mud goes up"},
    {.name = "lifting_rate", .unit = "t/day", .doc = "dry solid up the pipe while cutting"},
};

static kd_status cycle(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_head_cycle c;
  KD_TRY(kd_head_cycle_from(&c, in[0], in[1], in[2], in[3] / in[4], in[5] > 0.0 ? in[5] : (double)NAN, work->err));
  out[0] = c.heads;
  out[1] = c.wanted;
  out[2] = c.possible;
  out[3] = c.cycle;
  out[4] = c.cutting;
  out[5] = c.rate;
out:
  return status;
}

/* --- value, dilution, losses ------------------------------------------------------------------------------------ */

static const kd_field value_in[] = {
    {.name = "grade",
     .unit = "ppm",
     .doc = "grade of each element",
     .initial = "0 ppm",
     .low = "0 ppm",
     .high = "1000000 ppm",
     .labels = &kd_rey_labels},
    {.name = "value_weight",
     .unit = "1",
     .doc = "weight of each oxide",
     .initial = "1",
     .low = "0",
     .labels = &kd_rey_labels},
};
static const kd_field value_out[] = {
    {.name = "value_density", .unit = "ppm", .doc = "weighted oxides per dry solid"},
};

static kd_status value_density(double *out, const double *in, kd_work *work) {
  double priced[KD_REY];
  (void)work;
  for (int e = 0; e < KD_REY; e++) priced[e] = in[KD_REY + e] * kd_oxide_factor((kd_element_id)e);
  out[0] = kd_value_density(in, priced);
  return KD_OK;
}

static const kd_field dilute_in[] = {
    {.name = "grade", .unit = "ppm", .doc = "of the cut", .low = "0 ppm", .high = "1000000 ppm"},
    {.name = "cover_grade",
     .unit = "ppm",
     .doc = "of what slumps in",
     .initial = "250 ppm",
     .low = "0 ppm",
     .high = "1000000 ppm"},
    {.name = "dilution", .unit = "%", .doc = "mass slumped in, of what is lifted", .low = "0 %", .high = "100 %"},
};
static const kd_field dilute_out[] = {
    {.name = "mined_grade", .unit = "ppm", .doc = "of what is lifted"},
};

static kd_status dilute(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = (1.0 - in[2]) * in[0] + in[2] * in[1];
  return KD_OK;
}

static const kd_field loss_in[] = {
    {.name = "recovery", .unit = "%", .doc = "lifted of what is cut", .low = "0 % exclusive", .high = "100 %"},
    {.name = "stirred_share",
     .unit = "%",
     .doc = "of the rest, what goes into suspension",
     .low = "0 %",
     .high = "100 %"},
    {.name = "dilution",
     .unit = "%",
     .doc = "slumped in, of what is lifted",
     .initial = "0 %",
     .low = "0 %",
     .high = "100 %"},
};
static const kd_field loss_out[] = {
    {.name = "loss_share", .unit = "1", .doc = "stirred up and lost per dry solid lifted"},
};

static kd_status loss(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = in[1] * (1.0 - in[2]) * (1.0 - in[0]) / in[0];
  return KD_OK;
}

static const kd_field apatite_in[] = {
    {.name = "rey", .unit = "ppm", .doc = "REY of the mud", .low = "0 ppm", .high = "1000000 ppm"},
    {.name = "clay_grade", .unit = "ppm", .doc = "REY without apatite", .initial = "250 ppm", .low = "0 ppm"},
    {.name = "apatite_grade", .unit = "ppm", .doc = "REY of apatite", .initial = "20000 ppm", .low = "0 ppm exclusive"},
};
static const kd_field apatite_out[] = {
    {.name = "apatite_share", .unit = "%wt", .doc = "apatite in the dry solid"},
};

static kd_status apatite_share(double *out, const double *in, kd_work *work) {
  return kd_apatite_share(out, in[0], in[1], in[2], work->err);
}

/* --- choice over a table ---------------------------------------------------------------------------------------- */

static const kd_data_slot select_slot[] = {
    {.name = "columns",
     .columns = "mass [t], value [1], grade [ppm]?",
     .doc = "mass that can be lifted from each column, its value, its grade"},
};
static const kd_field select_in[] = {
    {.name = "target", .unit = "t", .doc = "mass wanted", .low = "0 t exclusive"},
    {.name = "cutoff", .unit = "ppm", .doc = "lowest grade taken", .initial = "0 ppm", .low = "0 ppm"},
};
static const kd_field select_out[] = {
    {.name = "column", .unit = "1", .doc = "row of the table, from 1, in the order taken"},
    {.name = "share", .unit = "1", .doc = "part of it that is taken"},
    {.name = "mass", .unit = "t", .doc = "mass taken from it"},
    {.name = "value", .unit = "1", .doc = "its value"},
    {.name = "grade", .unit = "ppm", .doc = "its grade"},
};

static kd_status choose(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  kd_selection chosen;
  const kd_column *mass = kd_table_column(data[0], "mass"), *value = kd_table_column(data[0], "value");
  const kd_column *grade = kd_table_column(data[0], "grade");
  const size_t rows = data[0]->rows;
  kd_candidate *candidate = kd_arena_alloc(work->scratch, rows + 1, sizeof(kd_candidate));
  *out = NULL;
  KD_CHECK(candidate != NULL, work->err, KD_E_NOMEM, "no memory for %zu columns", rows);
  for (size_t i = 0; i < rows; i++) {
    KD_CHECK(mass->number[i] >= 0.0 && isfinite(value->number[i]), work->err, KD_E_CSV,
             "row %zu: mass must be at least 0 t and value a number", i + 1);
    candidate[i].value = value->number[i];
    candidate[i].mass = grade == NULL || grade->number[i] >= options[1] ? mass->number[i] : 0.0;
  }
  KD_TRY(kd_mineplan_select(&chosen, candidate, rows, options[0], work->scratch, work->err));
  KD_CHECK(chosen.mass >= options[0], work->err, KD_E_INFEASIBLE, "the columns hold %.6g t, %.6g t are wanted",
           chosen.mass * 1e-3, options[0] * 1e-3);
  KD_TRY(kd_table_create(out, work->ctx, "column [1], share [1], mass [t], value [1], grade [ppm]", chosen.count,
                         work->err));
  for (size_t k = 0; k < chosen.count; k++) {
    const size_t i = chosen.order[k];
    (*out)->column[0].number[k] = (double)i + 1.0;
    (*out)->column[1].number[k] = candidate[i].take;
    (*out)->column[2].number[k] = candidate[i].take * candidate[i].mass;
    (*out)->column[3].number[k] = candidate[i].value;
    (*out)->column[4].number[k] = grade != NULL ? grade->number[i] : (double)NAN;
  }
out:
  return status;
}

#define KERNEL(name_, summary_, in_, out_, eval_)                                                                      \
  {                                                                                                                    \
    .name = (name_), .summary = (summary_), .inputs = (in_), .input_count = KD_COUNT(in_), .outputs = (out_),          \
    .output_count = KD_COUNT(out_), .eval = (eval_)                                                                    \
  }

const kd_kernel kd_mineplan_kernels[KD_MINEPLAN_KERNELS] = {
    KERNEL("mineplan.rate_dry", "a rate of mud from its basis to dry solids, wet mud and slurry", rate_in, rate_out,
           rate_dry),
    KERNEL("mineplan.slurry_solids", "solids of a slurry by mass, from solids by volume", slurry_in, slurry_out,
           slurry_solids),
    KERNEL("mineplan.packing", "ground under the holes of a regular pattern", packing_in, packing_out, packing),
    KERNEL("mineplan.insertion",
           "what one insertion of the head wins: fresh area of the lattice times (column - cover)/bites, bites = "
           "ceil(column/head_length)",
           insertion_in, insertion_out, insertion),
    KERNEL("mineplan.cycle",
           "insertions, heads and the rate while cutting: P = m/Q, heads = ceil((fixed + depth/penetration_rate)/P), "
           "cycle = heads P",
           cycle_in, cycle_out, cycle),
    KERNEL("mineplan.value_density", "weighted oxides per dry solid: sum of weight, oxide factor and grade", value_in,
           value_out, value_density),
    KERNEL("mineplan.dilute", "grade after dilution: (1 - dilution) grade + dilution cover_grade", dilute_in,
           dilute_out, dilute),
    KERNEL("mineplan.loss",
           "solid stirred up and lost per solid lifted: stirred_share (1 - dilution)(1 - recovery)/recovery", loss_in,
           loss_out, loss),
    KERNEL("mineplan.apatite_share", "apatite in the mud from its REY: (rey - clay_grade)/(apatite_grade - clay_grade)",
           apatite_in, apatite_out, apatite_share),
    {.name = "mineplan.select",
     .summary = "columns by falling value until a mass is met",
     .inputs = select_in,
     .input_count = KD_COUNT(select_in),
     .outputs = select_out,
     .output_count = KD_COUNT(select_out),
     .data = select_slot,
     .data_count = KD_COUNT(select_slot),
     .eval_table = choose},
};
