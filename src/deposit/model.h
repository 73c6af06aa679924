// SPDX-License-Identifier: Apache-2.0
/* From cores to a block model in one call: composites, declustering, variogram, estimate, simulation, report. No file
 * is opened here. Blocks are numbered x fastest, then y, then z from the sea floor down; only blocks of the domain are
 * kept. SI. */
#ifndef KD_DEPOSIT_MODEL_H
#define KD_DEPOSIT_MODEL_H

#include "base/pool.h"
#include "deposit/composite.h"
#include "deposit/kriging.h"
#include "deposit/simulation.h"
#include "deposit/variogram_choice.h"
#include "numerics/polygon.h"

#define KD_MODEL_LAGS     15
#define KD_MODEL_CUTOFFS  24
#define KD_MODEL_QUANTS   3 /* P10, P50, P90 */
#define KD_MODEL_CLASSES  4 /* measured, indicated, inferred, exploration target */
#define KD_MODEL_SWATHS   40
#define KD_MODEL_VARIABLE 24 /* variables at most */
#define KD_MODEL_AZIMUTHS 4  /* directions across, with anisotropy */

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
  const kd_covariance *variogram; /* of normal scores, sill 1; NULL: chosen and fitted by `choice` */
  kd_choice_rule choice;
  kd_kriging_rule estimator;         /* simple: with the declustered means */
  bool block;                        /* block kriging: the sizes of the blocks go into the estimator */
  kd_search_rule search;             /* of the estimate; radius 0: all, nearest by the ranges of the variogram */
  kd_simulation_transform transform; /* of the scores to factors */
  kd_simulation_method method;
  bool own_variograms; /* each factor has its own; else the one of the main variable */
  bool draw_histogram; /* each realisation has its own, drawn round that of the composites; not with ppmt */
  size_t nodes;        /* neighbours of a simulated block, and data that it is conditioned on */
  size_t realisations;
  uint64_t seed;
  double density;    /* dry, where no sample has one [kg/m3]; NaN: refused then */
  double cutoff;     /* kg/kg of the main variable, for the map of probability */
  double production; /* kg dry solid mined in a year: the volume that the classes ask about */
  double limit[2];   /* relative error at 90 %: of measured and indicated; of inferred */
  bool grid_only;    /* stop when the grid is laid: no blocks are made, any number may be wanted */
  bool capture;      /* keep the main grade of every block in every realisation */
  const char *layer; /* samples of this layer alone, blocks between its top and base; NULL: all */
  kd_pool *pool;     /* NULL: one thread; the results are the same */
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

/* What the scores of blocks give back, of one realisation or of all: the simulated part, without the nugget. */
typedef struct kd_model_check {
  double mean;                      /* of the scores of all variables: 0 wanted where the data are not clustered */
  double variance, variance_wanted; /* of the first variable's score */
  double variogram_error;           /* root mean square of the factors' semivariances less their models */
  double correlation_error;         /* largest |correlation found - wanted| of two scores */
} kd_model_check;

typedef struct kd_model {
  kd_block_grid grid;
  kd_cores composites;
  double *x, *y, *z, *value; /* [composites] place of the middle (z depth) and main grade, as estimates take them */
  double *density;           /* [composites] kg/m3 */
  uint32_t *core;            /* [composites] */
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
  size_t directions; /* with anisotropy: lags by azimuth 0, 45, 90, 135 deg */
  kd_model_lags toward[KD_MODEL_AZIMUTHS];
  kd_choices choices; /* what was fitted, the best first; count 0: the variogram was given */
  size_t factors;
  kd_covariance factor_model[KD_MODEL_VARIABLE]; /* sill 1 */
  size_t unreached;                              /* blocks of the domain without estimate: left out */
  double *share;                                 /* [blocks] of the block that lies in the layer; NULL: all of it */
  double *top, *base; /* [columns] of the layer, m below the sea floor; NULL without a layer */
  size_t open_cores;  /* cores that end inside the layer: its base is not seen there */
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
  size_t conditioning;                /* nodes that hold composites */
  size_t outside;                     /* composites beyond the box of the blocks: they condition the estimate alone */
  kd_model_check check;               /* means over the realisations; errors of the means */
  kd_model_check *each;               /* [realisations] */
  size_t checked;                     /* realisations whose grades were checked at the support of composites */
  size_t simulated;                   /* variables that the check speaks of, */
  size_t simulated_variable[KD_MODEL_VARIABLE]; /* and which */
  kd_reproduction values, fields;               /* of the variables, and of the factors */
} kd_model;

/* Cores as read and inspected. Memory is work->scratch's; run kd_arena_reset to give it back. Messages name the value
 * and the limit. KD_E_MODEL, KD_E_RANGE, KD_E_SIZE, KD_E_MISSING, KD_E_NOMEM. */
kd_status kd_model_run(kd_model *out, const kd_cores *cores, const kd_model_options *options, kd_work *work);

/* The model of the variogram in a few digits, as kd_covariance_parse reads it. */
void kd_model_variogram_text(char *out, size_t capacity, const kd_covariance *variogram);

/* 0 measured .. 3 exploration target, by the rule of model_report.c. */
int kd_class_by_production(double error_quarter, double error_year, const double limit[2], bool assumed);

/* The search of the estimate: as asked for, or by the shape of the variogram. */
kd_search_rule kd_model_search(const kd_model *self, const kd_search_rule *asked);

double kd_grid_x(const kd_block_grid *self, size_t cell); /* centre */
double kd_grid_y(const kd_block_grid *self, size_t cell);
double kd_grid_z(const kd_block_grid *self, size_t cell);

#endif
