// SPDX-License-Identifier: Apache-2.0
/* The deposit stage: one equally possible picture of the ground, and what lies in it. */
#ifndef KD_DEPOSIT_DEPOSIT_H
#define KD_DEPOSIT_DEPOSIT_H

#include "base/stage.h"
#include "base/table.h"
#include "base/work.h"
#include "deposit/density.h"
#include "exchange/ground.h"
#include "exchange/resource.h"

#define KD_CUTOFFS 7
#define KD_CLASSES 4

extern const double kd_cutoffs[KD_CUTOFFS]; /* REY, kg/kg, ascending */
extern const kd_labels kd_cutoff_labels;    /* cutoff_0 .. cutoff_5000, ppm */
extern const kd_labels kd_class_labels;     /* measured, indicated, inferred, exploration_target */

typedef enum kd_picture_kind { KD_PICTURE_BLOCKS, KD_PICTURE_CORES } kd_picture_kind;

typedef struct kd_deposit_params {
  int picture;
  const kd_table *cores; /* NULL: none */
  double core_block, core_composite, core_realisations;
  double core_production;          /* kg dry in a year */
  const kd_table *core_domain;     /* polygons; NULL: the box of the cores and a margin */
  int core_below, core_duplicates; /* kd_below, kd_twice */
  double core_topcut;              /* quantile at which composites are cut; 1: none */
  const kd_table *blocks;
  double stated_grade; /* NaN: the table is used */
  double stated_area;
  double stated_thickness;
  double scandium;
  double water_depth;
  double dry_density; /* NaN: the table's */
  double grain_density;
  double pore_density;
  double grade_factor;
  int draw_errors; /* 0: columns and elements as estimated */
  double nugget_error;
  double sill_error;
  double error_range;
  double square_share;
  double composition_error;
  double cerium_error;
  double grade_cap;
  double cutoff;
  double measured_limit;
  double indicated_limit;
  double inferred_limit;
  size_t picture_number; /* of cores: 0: drawn, else the simulation of that number; no key of a scenario */
} kd_deposit_params;

typedef struct kd_deposit_result {
  kd_ground ground;
  kd_resource resource;
  double reo;               /* kg in place */
  double dry_tonnage;       /* kg */
  double mean_grade;        /* REY, kg/kg */
  double area;              /* m2 */
  double volume;            /* m3 */
  double heavy_share;       /* Y and Eu..Lu in REY, kg/kg */
  double dry_density;       /* kg/m3, mean */
  double wet_density;       /* kg/m3, mean */
  double porosity;          /* m3/m3, mean */
  double water_content;     /* kg/kg wet */
  double best_square_reo;   /* kg; the square that the table ranks first, followed through the realisations */
  double best_square_grade; /* REY, kg/kg */
  double best_square_area;  /* m2 */
  double tonnage_above_cutoff, grade_above_cutoff, reo_above_cutoff;
  double tonnage_above[KD_CUTOFFS]; /* kg dry solid in blocks of at least this REY */
  double grade_above[KD_CUTOFFS];   /* their mean REY, kg/kg; NaN when there is none */
  double reo_above[KD_CUTOFFS];     /* kg */
  double tonnage_by_class[KD_CLASSES];
  double reo_by_class[KD_CLASSES];
  double oxide[KD_ELEMENTS]; /* kg of oxide in place */
} kd_deposit_result;

extern const kd_stage kd_deposit_stage;

kd_status kd_deposit_run(kd_deposit_result *out, const kd_deposit_params *p, kd_work *work);

#endif
