// SPDX-License-Identifier: Apache-2.0
/* Cores: samples along each core, read from a table and checked row by row. No file is opened here: the table comes
 * from base/csv.c, a projection from lon and lat to east and north is handed in as a function. SI inside. */
#ifndef KD_DEPOSIT_CORES_H
#define KD_DEPOSIT_CORES_H

#include <stdbool.h>

#include "base/table.h"
#include "base/work.h"
#include "deposit/transverse_mercator.h"

/* Columns of a table of samples. `...`: any further column with a unit of mass per mass is a grade: an element ("nd",
 * "Nd", "grade_nd"), its oxide ("Nd2O3", turned into the element) or any other name. A cell "<0.5" is below a detection
 * limit of 0.5. */
#define KD_CORE_COLUMNS                                                                                                \
  "id, lon [deg]?, lat [deg]?, east [m]?, north [m]?, water_depth [m]?, from [m], to [m], density [t/m3]?, "           \
  "moisture [%]?, layer?, kind?, ..."

/* Rows that are no samples, by the column `kind` (empty: sample): a duplicate has the id, from and to of its sample; a
 * standard its name as id, as have the row of its certified values and the row of their standard deviations. */
typedef enum kd_control_kind {
  KD_CONTROL_NONE, /* a sample */
  KD_CONTROL_DUPLICATE,
  KD_CONTROL_STANDARD,
  KD_CONTROL_CERTIFIED,
  KD_CONTROL_CERTIFIED_SD,
  KD_CONTROL_BLANK,
  KD_CONTROL_KINDS
} kd_control_kind;

typedef struct kd_control {
  kd_control_kind kind;
  const char *id, *word; /* word: of the cell, as "pulp_duplicate" */
  double from, to;       /* m; NaN: not given */
  unsigned line;
} kd_control;

/* "", "sample", "field_duplicate", "crm" ...; KD_CONTROL_KINDS: none of them. */
kd_control_kind kd_control_kind_find(const char *word);

/* What stands for a value below its detection limit. */
typedef enum kd_below {
  KD_BELOW_HALF,     /* limit / 2 */
  KD_BELOW_ROOT_TWO, /* limit / sqrt 2 */
  KD_BELOW_ZERO,
  KD_BELOW_LIMIT,
  KD_BELOW_MISSING, /* as if not measured */
  KD_BELOW_FACTOR   /* limit times a stated factor */
} kd_below;
#define KD_BELOW_CHOICES "half|root_two|zero|limit|missing|factor"

/* What is done with two samples of one interval of one core, or with samples that overlap. */
typedef enum kd_twice { KD_TWICE_REFUSE, KD_TWICE_AVERAGE, KD_TWICE_FIRST } kd_twice;
#define KD_TWICE_CHOICES "refuse|average|first"

/* Value of a sample below its detection limit; factor is read for KD_BELOW_FACTOR alone. */
double kd_below_value(double limit, kd_below rule, double factor);

typedef struct kd_variable {
  char name[32];    /* "nd", "rey", "p2o5" */
  int element;      /* kd_element_id, -1: none of ours */
  const char *unit; /* of the column */
  double factor;    /* element in the compound of the column, 1 for an element */
  double to_si;     /* SI = to_si value of the column: kg/kg, of the element where the column holds its oxide */
  double *value;    /* [samples], NaN: not measured */
  double *limit;    /* [samples], detection limit where the value is below it, else NaN */
  double *control, *control_limit; /* [controls]; NULL: no column kind */
  size_t measured, below;          /* samples with a value, and those of them below a limit */
} kd_variable;

typedef struct kd_core {
  const char *id;
  double x, y;        /* m east and north */
  double lon, lat;    /* rad, NaN: not given */
  double water_depth; /* m, NaN: not given */
  size_t first, end;  /* samples */
  unsigned line;      /* where it was first met */
} kd_core;

typedef struct kd_sample {
  double from, to; /* m below the sea floor */
  double density;  /* kg dry solid per m3 in place, NaN: not given */
  double moisture; /* kg water per kg wet mud, NaN: not given */
  size_t core, row;
  const char *layer; /* "": none */
  unsigned line;
} kd_sample;

typedef struct kd_cores {
  const char *name; /* of the file, for messages */
  kd_core *core;    /* in the order met */
  size_t count;
  kd_sample *sample; /* core by core, from the top down */
  size_t samples;
  kd_variable *variable;
  size_t variables;
  bool projected;      /* x and y came from lon and lat */
  kd_mercator local;   /* the projection taken when none was handed in */
  kd_control *control; /* rows of quality control, in the order met */
  size_t controls;
  size_t merged; /* rows that were averaged or dropped as duplicates */
} kd_cores;

typedef enum kd_finding_kind { KD_FINDING_ERROR, KD_FINDING_WARNING, KD_FINDING_NOTE } kd_finding_kind;

/* Something found in the table: line 0 is the table as a whole. */
typedef void kd_finding_fn(kd_finding_kind kind, kd_status code, unsigned line, const char *message, void *user);

/* Turns lon, lat [rad] into east, north [m]. */
typedef kd_status kd_project_fn(double *east, double *north, double lon, double lat, void *user, kd_error *err);

typedef struct kd_cores_options {
  kd_below below;
  double below_factor;
  kd_twice twice;
  double origin_lon, origin_lat; /* rad, of the projection when none is handed in; NaN: the mean of the cores */
  kd_project_fn *project;        /* NULL: transverse Mercator about the origin, scale 1 */
  void *project_user;
  kd_finding_fn *report; /* NULL: the first error alone, in work->err */
  void *report_user;
} kd_cores_options;

/* Reads a table that kd_table_bind has seen with KD_CORE_COLUMNS. Every finding is reported; the first error is
 * returned. Memory is work->scratch's; texts stay with the table. Errors: KD_E_CSV, KD_E_DUPLICATE, KD_E_MISSING,
 * KD_E_RANGE, KD_E_UNIT, KD_E_DIMENSION, KD_E_NOMEM. */
kd_status kd_cores_read(kd_cores *out, const kd_table *table, const kd_cores_options *options, kd_work *work);

/* Looks for what no single row shows: one core, cores on a line or in one place, a constant grade, a value or an
 * interval a thousand times the median (another unit?), gaps, sums over 100 %. variable: index of the one that will be
 * estimated, or `variables`: all of them. */
kd_status kd_cores_inspect(const kd_cores *self, size_t variable, const kd_cores_options *options, kd_work *work);

/* Index of a variable by name, or `variables`. */
size_t kd_cores_variable(const kd_cores *self, const char *name);

/* Number of dimensions that the cores span: 0 one place, 1 a line, 2 a plane. */
int kd_cores_span(const kd_cores *self);

#endif
