// SPDX-License-Identifier: Apache-2.0
/* Samples, targets and options of the kernels of estimation, read from tables. */
#ifndef KD_DEPOSIT_ESTIMATION_INPUT_H
#define KD_DEPOSIT_ESTIMATION_INPUT_H

#include "base/kernel.h"
#include "base/quantity.h"
#include "deposit/kriging.h"

#define KD_SAMPLE_COLUMNS "x [m], y [m]?, z [m]?, ..."

typedef enum kd_duplicate_rule { KD_DUPLICATE_REFUSE, KD_DUPLICATE_AVERAGE, KD_DUPLICATE_FIRST } kd_duplicate_rule;

/* Samples of one variable; values in the unit of the column's header. */
typedef struct kd_estimation_data {
  kd_points points;
  double *x, *y, *z; /* z NULL: a plane */
  double *value;
  double *drift[KD_KRIGING_DRIFTS];
  size_t drifts;
  uint32_t *core; /* NULL: not asked for */
  uint32_t *row;  /* of the table, from 0 */
  kd_unit unit;
  char unit_text[64], square_text[132]; /* unit of the value and of its square, "1" when there is none */
} kd_estimation_data;

typedef struct kd_sample_wish {
  const char *value; /* column */
  const char *drift; /* columns, separated by commas or blanks; "" none */
  const char *core;  /* column; "" none */
  bool skip_missing; /* rows without value are left out; else an error */
  kd_duplicate_rule duplicates;
} kd_sample_wish;

kd_status kd_estimation_samples(kd_estimation_data *out, const kd_table *table, const kd_sample_wish *wish,
                                kd_arena *arena, kd_error *err);

/* Coordinates of a table with the columns x, y?, z?; flat: z is not wanted. */
kd_status kd_points_read(kd_points *out, const kd_table *table, bool flat, kd_arena *arena, kd_error *err);
/* Columns named in a list ("a, b"); returns their number. KD_E_KEY when there is none of that name. */
kd_status kd_columns_find(const kd_column **out, size_t *count, size_t most, const kd_table *table, const char *list,
                          const char *what, kd_error *err);
/* One number of a column that is not bound; KD_E_NUMBER for text. NaN when empty. */
kd_status kd_cell_number(double *out, const kd_table *table, const kd_column *column, size_t row, kd_error *err);
/* Numbers the different texts of a column from 0. */
kd_status kd_column_groups(uint32_t *out, const kd_column *column, size_t rows, kd_arena *arena, kd_error *err);

/* The model from the option text or the optional table. */
kd_status kd_model_read(kd_covariance *out, const char *text, const kd_table *table, kd_error *err);

/* Options that all kernels of kriging begin with. */
enum {
  KD_OPTION_VALUE,
  KD_OPTION_MODEL,
  KD_OPTION_METHOD,
  KD_OPTION_MEAN,
  KD_OPTION_TREND,
  KD_OPTION_DRIFT,
  KD_OPTION_NEIGHBOURS,
  KD_OPTION_MINIMUM,
  KD_OPTION_RADIUS,
  KD_OPTION_RADIUS_SEMI,
  KD_OPTION_RADIUS_MINOR,
  KD_OPTION_SEARCH_AZIMUTH,
  KD_OPTION_SEARCH_DIP,
  KD_OPTION_SEARCH_RAKE,
  KD_OPTION_SECTORS,
  KD_OPTION_PER_SECTOR,
  KD_OPTION_SECTOR_RULE,
  KD_OPTION_CORE,
  KD_OPTION_PER_CORE,
  KD_OPTION_NUGGET,
  KD_OPTION_DUPLICATES,
  KD_OPTION_MISSING,
  KD_OPTION_BLOCK_X,
  KD_OPTION_BLOCK_Y,
  KD_OPTION_BLOCK_Z,
  KD_OPTION_BLOCK_POINTS,
  KD_KRIGING_OPTIONS
};

#define KD_COUNT_FIELD(name_, doc_, initial_, high_)                                                                   \
  { .name = (name_), .unit = "1", .doc = (doc_), .initial = (initial_), .low = "0", .high = (high_) }
#define KD_LENGTH_FIELD(name_, doc_)                                                                                   \
  { .name = (name_), .unit = "m", .doc = (doc_), .initial = "0 m", .low = "0 m" }
#define KD_ANGLE_FIELD(name_, doc_)                                                                                    \
  { .name = (name_), .unit = "deg", .doc = (doc_), .initial = "0 deg" }
#define KD_TEXT_FIELD(name_, doc_, initial_)                                                                           \
  { .name = (name_), .unit = "", .doc = (doc_), .initial = (initial_), .choices = KD_ANY_TEXT }
#define KD_CHOICE_FIELD(name_, doc_, initial_, choices_)                                                               \
  { .name = (name_), .unit = "", .doc = (doc_), .initial = (initial_), .choices = (choices_) }

#define KD_SEARCH_FIELDS                                                                                               \
  KD_COUNT_FIELD("neighbours", "samples at most; 0: all", "0", "100000"),                                              \
      KD_COUNT_FIELD("minimum", "samples at least, else no estimate", "0", "100000"),                                  \
      KD_LENGTH_FIELD("radius", "of the search, along its major axis; 0: no limit"),                                   \
      KD_LENGTH_FIELD("radius_semi", "along the semi-major axis; 0: as radius"),                                       \
      KD_LENGTH_FIELD("radius_minor", "along the minor axis; 0: as radius"),                                           \
      KD_ANGLE_FIELD("search_azimuth", "of the search ellipsoid's major axis, clockwise from north"),                  \
      KD_ANGLE_FIELD("search_dip", "of that axis, positive upward (GSLIB, gstat)"),                                    \
      KD_ANGLE_FIELD("search_rake", "rotation about that axis (GSLIB's third angle)"),                                 \
      KD_COUNT_FIELD("sectors", "0, 4 (quadrants) or 8 (octants)", "0", "8"),                                          \
      KD_COUNT_FIELD("per_sector", "samples at most from a sector (gstat's omax)", "0", "100000"),                     \
      KD_CHOICE_FIELD("sector_rule",                                                                                   \
                      "fill: nearest of each sector until all are full (GSLIB); trim: nearest first, then cut the "    \
                      "sectors (gstat)",                                                                               \
                      "fill", "fill|trim"),                                                                            \
      KD_TEXT_FIELD("core", "column that names the core of a sample", ""),                                             \
      KD_COUNT_FIELD("per_core", "samples at most from a core; 0: no limit", "0", "100000")

#define KD_KRIGING_FIELDS                                                                                              \
  KD_TEXT_FIELD("value", "column of the samples that is estimated", "value"),                                          \
      KD_TEXT_FIELD("model", "variogram model, such as 0.05 nugget + 0.59 spherical(897 m); or the table model", ""),  \
      KD_CHOICE_FIELD("method", "kind of kriging; universal: with trend or drift", "ordinary",                         \
                      "ordinary|simple|universal"),                                                                    \
      {.name = "mean",                                                                                                 \
       .unit = "1",                                                                                                    \
       .doc = "known mean of simple kriging, in the unit of the value column",                                         \
       .initial = "none"},                                                                                             \
      KD_COUNT_FIELD("trend", "degree of the trend in the coordinates", "0", "2"),                                     \
      KD_TEXT_FIELD("drift", "columns of external drift in samples and targets, separated by commas", ""),             \
      KD_SEARCH_FIELDS,                                                                                                \
      KD_CHOICE_FIELD("nugget",                                                                                        \
                      "exact: an estimate at a sample is its value; filtered: the nugget is an error of measurement",  \
                      "exact", "exact|filtered"),                                                                      \
      KD_CHOICE_FIELD("duplicates", "samples at one place", "refuse", "refuse|average|first"),                         \
      KD_CHOICE_FIELD("missing", "samples without value", "refuse", "refuse|skip"),                                    \
      KD_LENGTH_FIELD("block_x", "size of the block; 0: point"), KD_LENGTH_FIELD("block_y", "size of the block"),      \
      KD_LENGTH_FIELD("block_z", "size of the block"),                                                                 \
      KD_COUNT_FIELD("block_points", "regular points in each direction; 0: four Gauss points (gstat's default)", "0",  \
                     "22")

/* Everything of a kriging that the common options tell. */
typedef struct kd_kriging_setup {
  kd_estimation_data samples;
  kd_covariance model;
  kd_kriging_rule rule;
  kd_search search;
  kd_kriging kriging;
} kd_kriging_setup;

void kd_search_rule_read(kd_search_rule *out, const double *options); /* options: from KD_OPTION_NEIGHBOURS on */
kd_status kd_kriging_setup_read(kd_kriging_setup *out, const kd_table *samples, const kd_table *model,
                                const double *options, kd_work *work);

/* Turns a column of a new table into text; the texts stay the caller's. KD_E_NOMEM. */
kd_status kd_column_set_text(kd_table *table, size_t column, kd_error *err);

#endif
