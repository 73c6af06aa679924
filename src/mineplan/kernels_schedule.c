// SPDX-License-Identifier: Apache-2.0
#include "mineplan/kernels_schedule.h"

#include <math.h>
#include <stdio.h>

#include "base/error.h"
#include "mineplan/schedule.h"
#include "numerics/polygon.h"

/* ---- schedule ---- */

const kd_data_slot kd_schedule_slots[2] = {
    {.name = "sites",
     .columns = "x [m], y [m], value [1], time [h], mass [t]?",
     .doc = "expected value of all of a site, ship time to mine all of it, its dry mass"},
    {.name = "realisations",
     .columns = "site [1], realisation [1], value [1]",
     .doc = "value of a site (its row, from 1) in a realisation (from 1); all of them or none",
     .optional = true}};

static const kd_field schedule_in[] = {
    {.name = "method",
     .unit = "1",
     .doc = "greedy; linear: visits in part; whole: whole visits",
     .initial = "whole",
     .choices = KD_SCHEDULE_METHODS},
    {.name = "years", .unit = "1", .doc = "years planned", .initial = "1", .low = "1", .high = "100"},
    {.name = "ship_time", .unit = "h", .doc = "in a year", .low = "0 h exclusive"},
    {.name = "capacity", .unit = "t", .doc = "dry in a year; 0: none", .initial = "0 t", .low = "0 t"},
    {.name = "discount", .unit = "%", .doc = "a year", .initial = "0 %", .low = "0 %"},
    {.name = "landing", .unit = "h", .doc = "lost at each site visited", .initial = "0 h", .low = "0 h"},
    {.name = "speed",
     .unit = "km/h",
     .doc = "of the ship with the string between sites; 1e9: no time on the way",
     .initial = "1e9 km/h",
     .low = "0 km/h exclusive"},
    {.name = "least",
     .unit = "1",
     .doc = "share of a site mined at least when it is visited",
     .initial = "0",
     .low = "0",
     .high = "1"},
    {.name = "risk",
     .unit = "1",
     .doc = "weight of the mean of the worst realisations beside the mean",
     .initial = "0",
     .low = "0",
     .high = "1"},
    {.name = "tail",
     .unit = "1",
     .doc = "share of the worst realisations",
     .initial = "0.1",
     .low = "0 exclusive",
     .high = "1"},
    {.name = "seconds", .unit = "s", .doc = "of search at most", .initial = "10 s", .low = "0 s exclusive"},
    {.name = "gap", .unit = "%", .doc = "relative, at which the search may stop", .initial = "0.01 %", .low = "0 %"}};

static const kd_field schedule_out[] = {
    {.name = "year", .unit = "1", .doc = "from 1"},
    {.name = "order", .unit = "1", .doc = "of the visit in the year, from 1"},
    {.name = "site", .unit = "1", .doc = "row of the table, from 1"},
    {.name = "share", .unit = "1", .doc = "of the site mined in that year"},
    {.name = "value", .unit = "1", .doc = "expected, of that share, not discounted"},
    {.name = "time", .unit = "h", .doc = "ship time to mine it"},
    {.name = "plan_value", .unit = "1", .doc = "of the whole plan, discounted and expected"},
    {.name = "plan_tail", .unit = "1", .doc = "mean of the worst realisations of the whole plan"},
    {.name = "bound", .unit = "1", .doc = "no plan is better; empty for the greedy plan"}};

static kd_status read_sites(kd_site **site, double **realised, size_t *realisations, const kd_table *const *data,
                            kd_work *work) {
  kd_status status = KD_OK;
  const kd_table *t = data[0], *r = data[1];
  const kd_column *mass = kd_table_column(t, "mass");
  *realisations = 0;
  *realised = NULL;
  *site = kd_arena_alloc(work->scratch, t->rows + 1, sizeof **site);
  KD_CHECK(*site != NULL, work->err, KD_E_NOMEM, "no memory for %zu sites", t->rows);
  for (size_t i = 0; i < t->rows; i++)
    (*site)[i] = (kd_site){.x = kd_table_column(t, "x")->number[i],
                           .y = kd_table_column(t, "y")->number[i],
                           .value = kd_table_column(t, "value")->number[i],
                           .hours = kd_table_column(t, "time")->number[i],
                           .mass = mass != NULL ? mass->number[i] : 0.0};
  if (r == NULL) goto out;
  const double *s = kd_table_column(r, "site")->number, *k = kd_table_column(r, "realisation")->number,
               *v = kd_table_column(r, "value")->number;
  *realisations = r->rows / t->rows;
  KD_CHECK(*realisations * t->rows == r->rows, work->err, KD_E_MISSING,
           "%zu values of realisations for %zu sites: each site wants one in each realisation", r->rows, t->rows);
  *realised = kd_arena_alloc(work->scratch, r->rows + 1, sizeof **realised);
  KD_CHECK(*realised != NULL, work->err, KD_E_NOMEM, "no memory for %zu realisations", *realisations);
  for (size_t i = 0; i < r->rows; i++) (*realised)[i] = (double)NAN;
  for (size_t i = 0; i < r->rows; i++) {
    KD_CHECK(s[i] >= 1.0 && s[i] <= (double)t->rows && k[i] >= 1.0 && k[i] <= (double)*realisations && isfinite(v[i]),
             work->err, KD_E_RANGE, "row %zu of the realisations: site %g of %zu, realisation %g of %zu", i + 1, s[i],
             t->rows, k[i], *realisations);
    double *cell = &(*realised)[((size_t)k[i] - 1) * t->rows + (size_t)s[i] - 1];
    KD_CHECK(isnan(*cell), work->err, KD_E_DUPLICATE, "row %zu of the realisations: site %g, realisation %g twice",
             i + 1, s[i], k[i]);
    *cell = v[i];
  }
  for (size_t i = 0; i < t->rows; i++) { /* what is known beforehand is their mean */
    double sum = 0.0;
    for (size_t q = 0; q < *realisations; q++) sum += (*realised)[q * t->rows + i];
    (*site)[i].value = sum / (double)*realisations;
  }
out:
  return status;
}

static kd_schedule_options options_of(const double *in) {
  return (kd_schedule_options){.method = (kd_schedule_method)(int)in[0],
                               .years = (size_t)in[1],
                               .hours = in[2],
                               .capacity = in[3] > 0.0 ? in[3] : (double)NAN,
                               .discount = in[4],
                               .landing = in[5],
                               .speed = in[6] >= 2.7e8 ? (double)INFINITY : in[6],
                               .least = in[7],
                               .risk = in[8],
                               .tail = in[9],
                               .seconds = in[10],
                               .nodes = (double)INFINITY,
                               .gap = in[11]};
}

static kd_status schedule_kernel(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_site *site;
  double *realised;
  size_t realisations, rows = 0, at = 0;
  kd_schedule plan;
  const kd_schedule_options o = options_of(in);
  const size_t n = data[0]->rows;
  *out = NULL;
  KD_TRY(read_sites(&site, &realised, &realisations, data, work));
  KD_TRY(kd_schedule_make(&plan, site, n, realised, realisations, &o, work));
  for (size_t t = 0; t < o.years; t++) rows += plan.count[t];
  KD_TRY(
      kd_table_create(out, work->ctx,
                      "year [1], order [1], site [1], share [1], value [1], time [h], plan_value [1], plan_tail [1], "
                      "bound [1]",
                      rows, work->err));
  for (size_t t = 0; t < o.years; t++) {
    for (size_t k = 0; k < plan.count[t]; k++, at++) {
      const size_t i = plan.order[t * n + k];
      const double share = plan.share[t * n + i];
      const double cell[9] = {(double)t + 1.0,       (double)k + 1.0, (double)i + 1.0, share,     share * site[i].value,
                              share * site[i].hours, plan.value,      plan.tail,       plan.bound};
      for (size_t c = 0; c < 9; c++) (*out)->column[c].number[at] = cell[c];
    }
  }
out:
  return status;
}

static const kd_field schedule_gap_out[] = {
    {.name = "greedy", .unit = "1", .doc = "value of the greedy plan"},
    {.name = "linear", .unit = "1", .doc = "value of the programme with visits in part"},
    {.name = "whole", .unit = "1", .doc = "value of the programme with whole visits"},
    {.name = "bound", .unit = "1", .doc = "no plan with whole visits is better"},
    {.name = "greedy_gap", .unit = "%", .doc = "(bound - greedy)/bound"},
    {.name = "whole_gap", .unit = "%", .doc = "(bound - whole)/bound: the search's, and what the way takes"},
    {.name = "greedy_tail", .unit = "1", .doc = "mean of its worst realisations"},
    {.name = "whole_tail", .unit = "1", .doc = "mean of its worst realisations"},
    {.name = "greedy_visits", .unit = "1", .doc = "in all years"},
    {.name = "whole_visits", .unit = "1", .doc = "in all years"},
    {.name = "one_map",
     .unit = "1",
     .doc = "what plans made on one realisation each give in the mean of all; empty without realisations"},
    {.name = "one_map_loss", .unit = "%", .doc = "(greedy - one_map)/greedy: the price of planning on one map"}};

static double visits(const kd_schedule *plan, size_t years) {
  double sum = 0.0;
  for (size_t t = 0; t < years; t++) sum += (double)plan->count[t];
  return sum;
}

/* Greedy plans, each on one realisation as if it were true, valued by the mean of all. */
static kd_status one_map(double *out, const kd_site *site, size_t sites, const double *realised, size_t realisations,
                         const kd_schedule_options *greedy, kd_work *work) {
  kd_status status = KD_OK;
  const size_t tried = realisations < 50 ? realisations : 50;
  double sum = 0.0;
  *out = (double)NAN;
  if (realisations == 0) goto out;
  kd_site *alone = kd_arena_alloc(work->scratch, sites + 1, sizeof *alone);
  double *mean = kd_arena_alloc(work->scratch, sites + 1, sizeof *mean);
  KD_CHECK(alone != NULL && mean != NULL, work->err, KD_E_NOMEM, "no memory for %zu sites", sites);
  for (size_t r = 0; r < tried; r++) {
    kd_schedule plan;
    for (size_t i = 0; i < sites; i++) {
      alone[i] = site[i];
      mean[i] = site[i].value;
      alone[i].value = realised[r * sites + i];
    }
    KD_TRY(kd_schedule_make(&plan, alone, sites, NULL, 0, greedy, work));
    sum += kd_schedule_value(&plan, mean, sites, greedy);
  }
  *out = sum / (double)tried;
out:
  return status;
}

static kd_status schedule_gap_kernel(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_site *site;
  double *realised, single;
  size_t realisations;
  kd_schedule plan[3];
  const size_t n = data[0]->rows;
  kd_schedule_options greedy = options_of(in);
  *out = NULL;
  KD_TRY(read_sites(&site, &realised, &realisations, data, work));
  for (int k = 0; k < 3; k++) {
    kd_schedule_options o = options_of(in);
    o.method = (kd_schedule_method)k;
    KD_TRY(kd_schedule_make(&plan[k], site, n, realised, realisations, &o, work));
  }
  greedy.method = KD_SCHEDULE_GREEDY;
  greedy.risk = 0.0;
  KD_TRY(one_map(&single, site, n, realised, realisations, &greedy, work));
  KD_TRY(
      kd_table_create(out, work->ctx,
                      "greedy [1], linear [1], whole [1], bound [1], greedy_gap [%], whole_gap [%], greedy_tail [1], "
                      "whole_tail [1], greedy_visits [1], whole_visits [1], one_map [1], one_map_loss [%]",
                      1, work->err));
  const double bound = plan[2].bound;
  const double cell[12] = {plan[0].value,
                           plan[1].value,
                           plan[2].value,
                           bound,
                           (bound - plan[0].value) / bound,
                           (bound - plan[2].value) / bound,
                           plan[0].tail,
                           plan[2].tail,
                           visits(&plan[0], greedy.years),
                           visits(&plan[2], greedy.years),
                           single,
                           (plan[0].value - single) / plan[0].value};
  for (size_t c = 0; c < 12; c++) (*out)->column[c].number[0] = cell[c];
out:
  return status;
}

/* ---- route ---- */

static const kd_data_slot route_slot[] = {
    {.name = "points", .columns = "x [m], y [m]", .doc = "the first is the start"}};
static const kd_field route_in[] = {
    {.name = "speed", .unit = "km/h", .doc = "on the way", .initial = "1 km/h", .low = "0 km/h exclusive"}};
static const kd_field route_out[] = {{.name = "point", .unit = "1", .doc = "row, from 1, in the order visited"},
                                     {.name = "leg", .unit = "m", .doc = "from the point before"},
                                     {.name = "distance", .unit = "m", .doc = "from the start"},
                                     {.name = "time", .unit = "h", .doc = "from the start"}};

static kd_status route_kernel(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const size_t n = data[0]->rows;
  const double *x = kd_table_column(data[0], "x")->number, *y = kd_table_column(data[0], "y")->number;
  size_t *order = kd_arena_alloc(work->scratch, n + 1, sizeof *order);
  double distance = 0.0;
  *out = NULL;
  KD_CHECK(order != NULL, work->err, KD_E_NOMEM, "no memory for %zu points", n);
  KD_CHECK(n <= 20000, work->err, KD_E_SIZE, "%zu points: at most 20000", n);
  for (size_t i = 0; i < n; i++) {
    KD_CHECK(isfinite(x[i]) && isfinite(y[i]), work->err, KD_E_MISSING, "row %zu: a coordinate is missing", i + 1);
    order[i] = i;
  }
  (void)kd_visit_route(order, n, x, y);
  KD_TRY(kd_table_create(out, work->ctx, "point [1], leg [m], distance [m], time [h]", n, work->err));
  for (size_t i = 0; i < n; i++) {
    const double leg = i > 0 ? hypot(x[order[i]] - x[order[i - 1]], y[order[i]] - y[order[i - 1]]) : 0.0;
    distance += leg;
    (*out)->column[0].number[i] = (double)order[i] + 1.0;
    (*out)->column[1].number[i] = leg;
    (*out)->column[2].number[i] = distance;
    (*out)->column[3].number[i] = distance / in[0];
  }
out:
  return status;
}

/* ---- panels ---- */

static const kd_data_slot panels_slots[] = {{.name = "columns",
                                             .columns = "x [m], y [m], area [m2], mass [t], value [1], slope [deg]?",
                                             .doc = "columns of ground"},
                                            {.name = "keep_out",
                                             .columns = KD_POLYGON_COLUMNS,
                                             .doc = "ground to keep out of: fauna, nodules, reserves",
                                             .optional = true}};
static const kd_field panels_in[] = {
    {.name = "width", .unit = "m", .doc = "least mining width: side of a panel", .low = "0 m exclusive"},
    {.name = "steepest",
     .unit = "deg",
     .doc = "steepest ground that is mined",
     .initial = "90 deg",
     .low = "0 deg",
     .high = "90 deg"},
    {.name = "least",
     .unit = "1",
     .doc = "share of a panel's area that must be free, else it is left",
     .initial = "0.5",
     .low = "0",
     .high = "1"}};
static const kd_field panels_out[] = {{.name = "x", .unit = "m", .doc = "middle of the free ground"},
                                      {.name = "y", .unit = "m", .doc = "middle of the free ground"},
                                      {.name = "area", .unit = "m2", .doc = "free"},
                                      {.name = "mass", .unit = "t", .doc = "free"},
                                      {.name = "value", .unit = "1", .doc = "of the free ground"},
                                      {.name = "free", .unit = "1", .doc = "share of the panel's ground that is free"},
                                      {.name = "columns", .unit = "1", .doc = "columns in it, free or not"}};

typedef struct panel {
  double x, y, area, mass, value, all;
  size_t columns;
} panel;

static kd_status panels_kernel(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const kd_table *t = data[0];
  const double *x = kd_table_column(t, "x")->number, *y = kd_table_column(t, "y")->number,
               *area = kd_table_column(t, "area")->number, *mass = kd_table_column(t, "mass")->number,
               *value = kd_table_column(t, "value")->number;
  const kd_column *slope = kd_table_column(t, "slope");
  double low_x = (double)INFINITY, low_y = (double)INFINITY, high_x = -low_x, high_y = -low_y;
  kd_polygons zones = {0};
  size_t kept = 0;
  *out = NULL;
  if (data[1] != NULL) {
    KD_TRY(kd_polygons_read(&zones, data[1], work));
    KD_CHECK(!zones.geographic, work->err, KD_E_BASIS, "keep_out is in degrees, the columns are in metres");
  }
  for (size_t i = 0; i < t->rows; i++) {
    KD_CHECK(isfinite(x[i]) && isfinite(y[i]) && area[i] > 0.0, work->err, KD_E_RANGE,
             "row %zu: a column wants a place and an area above 0", i + 1);
    low_x = fmin(low_x, x[i]);
    low_y = fmin(low_y, y[i]);
    high_x = fmax(high_x, x[i]);
    high_y = fmax(high_y, y[i]);
  }
  const double nx = floor((high_x - low_x) / in[0]) + 1.0, ny = floor((high_y - low_y) / in[0]) + 1.0;
  KD_CHECK(nx * ny <= 1e7, work->err, KD_E_SIZE, "%g panels: at most 1e7", nx * ny);
  panel *all = kd_arena_alloc(work->scratch, (size_t)(nx * ny), sizeof *all);
  KD_CHECK(all != NULL, work->err, KD_E_NOMEM, "no memory for %g panels", nx * ny);
  for (size_t i = 0; i < t->rows; i++) {
    panel *p = &all[(size_t)floor((y[i] - low_y) / in[0]) * (size_t)nx + (size_t)floor((x[i] - low_x) / in[0])];
    const bool steep = slope != NULL && slope->number[i] > in[1];
    p->columns++;
    p->all += area[i];
    if (steep || (data[1] != NULL && kd_polygons_contain(&zones, x[i], y[i]))) continue;
    p->x += area[i] * x[i];
    p->y += area[i] * y[i];
    p->area += area[i];
    p->mass += mass[i];
    p->value += value[i];
  }
  for (size_t k = 0; k < (size_t)(nx * ny); k++)
    if (all[k].area > 0.0 && all[k].area >= in[2] * all[k].all) all[kept++] = all[k];
  KD_CHECK(kept > 0, work->err, KD_E_INFEASIBLE, "no panel of %g m is free: slopes and zones leave nothing", in[0]);
  KD_TRY(kd_table_create(out, work->ctx, "x [m], y [m], area [m2], mass [t], value [1], free [1], columns [1]", kept,
                         work->err));
  for (size_t k = 0; k < kept; k++) {
    const panel *p = &all[k];
    const double cell[7] = {p->x / p->area, p->y / p->area,   p->area,           p->mass,
                            p->value,       p->area / p->all, (double)p->columns};
    for (size_t c = 0; c < 7; c++) (*out)->column[c].number[k] = cell[c];
  }
out:
  return status;
}

#define TABLE(name_, summary_, data_, in_, out_, eval_)                                                                \
  {                                                                                                                    \
    .name = (name_), .summary = (summary_), .inputs = (in_), .input_count = KD_COUNT(in_), .outputs = (out_),          \
    .output_count = KD_COUNT(out_), .data = (data_), .data_count = KD_COUNT(data_), .eval_table = (eval_)              \
  }

const kd_kernel kd_schedule_kernels[] = {
    TABLE("mineplan.schedule", "which sites are mined in which year and in which order", kd_schedule_slots, schedule_in,
          schedule_out, schedule_kernel),
    TABLE("mineplan.schedule_gap",
          "the greedy plan, the programme and the programme with whole visits beside each other", kd_schedule_slots,
          schedule_in, schedule_gap_out, schedule_gap_kernel),
    TABLE("mineplan.route", "a short open way through all points: nearest next, then exchange of edges", route_slot,
          route_in, route_out, route_kernel),
    TABLE("mineplan.panels", "columns gathered into panels of the least mining width, less the ground to keep out of",
          panels_slots, panels_in, panels_out, panels_kernel),
    {0}};
