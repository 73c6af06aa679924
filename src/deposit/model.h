// SPDX-License-Identifier: Apache-2.0
/* From cores to a block model in one call: composites, declustering, variogram, estimate, simulation, report. No file
 * is opened here. Blocks are numbered x fastest, then y, then z from the sea floor down; only blocks of the domain are
 * kept. SI. */
#ifndef KD_DEPOSIT_MODEL_H
#define KD_DEPOSIT_MODEL_H

#include "deposit/composite.h"
#include "deposit/covariance.h"
#include "numerics/polygon.h"

#define KD_MODEL_LAGS     15
#define KD_MODEL_CUTOFFS  24
#define KD_MODEL_QUANTS   3 /* P10, P50, P90 */
#define KD_MODEL_CLASSES  4 /* measured, indicated, inferred, exploration target */
#define KD_MODEL_SWATHS   40
#define KD_MODEL_VARIABLE 24 /* variables at most */

typedef struct kd_block_grid {
  double x0, y0, z0; /* low corner in x and y, top of the first layer below the sea floor [m] */
  double dx, dy, dz;
  size_t nx, ny, nz;
} kd_block_grid;

typedef struct kd_model_options {
  kd_composite_options composite;
  double topcut;             /* quantile at which composites are cut; 1: none */
  double dx, dy, dz;         /* m; 0: chosen from the spacing of the cores */
  double margin;             /* m of ground beyond the outermost cores, without a domain; NaN: half their spacing */
  double bottom;             /* m below the sea floor; NaN: the deepest composite */
  const kd_polygons *domain; /* NULL: the box of the cores and the margin */
  const kd_covariance *variogram; /* of normal scores, sill 1; NULL: fitted */
  size_t neighbours;              /* composites that an estimate uses at most */
  size_t nodes;                   /* simulated blocks that a block is conditioned on at most */
  size_t realisations;
  uint64_t seed;
  double density;    /* dry, where no sample has one [kg/m3]; NaN: refused then */
  double cutoff;     /* kg/kg of the main variable, for the map of probability */
  double production; /* kg dry solid mined in a year: the volume that the classes ask about */
  double limit[2];   /* relative error at 90 %: of measured and indicated; of inferred */
  bool grid_only;    /* stop when the grid is laid: no blocks are made, any number may be wanted */
  bool capture;      /* keep the main grade of every block in every realisation */
  bool assumed;      /* inputs are assumed or reconstructed: everything is an exploration target */
} kd_model_options;

extern const kd_model_options kd_model_defaults;

/* An experimental variogram with its model. */
typedef struct kd_model_lags {
  double distance[KD_MODEL_LAGS], gamma[KD_MODEL_LAGS], pairs[KD_MODEL_LAGS]; /* pairs 0: no value */
} kd_model_lags;

typedef struct kd_spread {
  double mean, sd, p10, p50, p90;
} kd_spread;

typedef struct kd_model_curve {
  double cutoff;                      /* kg/kg of the main variable */
  double tonnage, grade, metal;       /* of the estimate: kg, kg/kg, kg */
  kd_spread tonnages, grades, metals; /* over the realisations */
} kd_model_curve;

typedef struct kd_swath {
  double at;                              /* middle of the slice [m] */
  double composites, estimate, simulated; /* mean of the main variable, kg/kg; NaN: none there */
  size_t count;                           /* composites */
} kd_swath;

typedef struct kd_reproduction {
  double mean, mean_wanted; /* of the normal scores of the main variable over blocks and realisations */
  double variance, variance_wanted;
  double variogram_error;   /* root mean square of gamma simulated less model over lags up to the range */
  double correlation_error; /* largest |correlation simulated - wanted| of the scores */
} kd_reproduction;

typedef struct kd_model {
  kd_block_grid grid;
  kd_cores composites;
  double *x, *y, *z, *value; /* [composites] place of the middle (z depth) and main grade, as estimates take them */
  double *density;           /* [composites] kg/m3 */
  size_t filled;             /* cells of composites that were missing and took the mean share of their variable */
  size_t variables;          /* of the composites with values; the last one is REY when all 15 are there */
  const char *name[KD_MODEL_VARIABLE];
  int element[KD_MODEL_VARIABLE]; /* kd_element_id or -1 */
  size_t main;                    /* variable of the cut-offs */
  bool summed;                    /* the main variable is the sum of the 15 */
  double cap[KD_MODEL_VARIABLE];  /* top-cut, NaN: none */
  double *weight;                 /* [composites] declustering, sum = composites */
  double decluster_size, naive_mean[KD_MODEL_VARIABLE], declustered_mean[KD_MODEL_VARIABLE];
  double spacing;             /* mean distance of a core to its nearest neighbour [m] */
  kd_model_lags across, down; /* experimental, of the main variable's scores */
  kd_covariance variogram;
  double range_across, range_down, nugget;
  bool fitted;
  size_t blocks;
  uint32_t *cell;                      /* [blocks] number in the whole grid */
  int32_t *block_of;                   /* [nx ny nz] or -1 */
  double *mass;                        /* [blocks] kg dry solid */
  double *estimate[KD_MODEL_VARIABLE]; /* [blocks] kg/kg */
  double *variance;                    /* [blocks] kriging variance of the normal score */
  double *distance;                    /* [blocks] to the nearest composite, horizontally [m] */
  size_t realisations;
  double *simulated_mean, *simulated_sd; /* [blocks] of the main variable, kg/kg */
  double *probability;                   /* [blocks] above the cut-off */
  double *captured;                      /* [realisations][blocks] main grade, with options.capture; else NULL */
  double *metal;                         /* [realisations][variables] kg */
  double *column_metal;                  /* [realisations][columns inside] kg of the main variable */
  double *columns_sum;                   /* [columns] kg of the main variable, estimate */
  size_t columns;
  uint32_t *column_cell; /* [columns] number in a layer */
  int32_t *column_of;    /* [nx ny] or -1 */
  double *column_mass;   /* [columns] kg */
  double *column_error;  /* [columns] relative error at 90 % of the panel of a quarter */
  double *column_error_year;
  int *column_class;                /* [columns] 0 measured .. 3 exploration target */
  size_t panel_quarter, panel_year; /* columns in a panel */
  double tonnage;                   /* kg */
  double total[KD_MODEL_VARIABLE];  /* kg of each variable by the estimate */
  kd_spread totals[KD_MODEL_VARIABLE];
  size_t curves;
  kd_model_curve curve[KD_MODEL_CUTOFFS];
  double class_tonnage[KD_MODEL_CLASSES], class_metal[KD_MODEL_CLASSES];
  size_t swaths[3];
  kd_swath swath[3][KD_MODEL_SWATHS]; /* along x, y, z */
  kd_reproduction check;
} kd_model;

/* Cores as read and inspected. Memory is work->scratch's; run kd_arena_reset to give it back. Messages name the value
 * and the limit. KD_E_MODEL, KD_E_RANGE, KD_E_SIZE, KD_E_MISSING, KD_E_NOMEM. */
kd_status kd_model_run(kd_model *out, const kd_cores *cores, const kd_model_options *options, kd_work *work);

/* The model of the variogram in a few digits, as kd_covariance_parse reads it. */
void kd_model_variogram_text(char *out, size_t capacity, const kd_covariance *variogram);

/* 0 measured .. 3 exploration target, by the rule of model_report.c. */
int kd_class_by_production(double error_quarter, double error_year, const double limit[2], bool assumed);

double kd_grid_x(const kd_block_grid *self, size_t cell); /* centre */
double kd_grid_y(const kd_block_grid *self, size_t cell);
double kd_grid_z(const kd_block_grid *self, size_t cell);

#endif
