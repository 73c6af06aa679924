// SPDX-License-Identifier: Apache-2.0
/* The mine plan stage: which ground, how many insertions of the head, and the mud that comes of it. */
#ifndef KD_MINEPLAN_MINEPLAN_H
#define KD_MINEPLAN_MINEPLAN_H

#include "base/stage.h"
#include "base/table.h"
#include "base/work.h"
#include "exchange/ground.h"
#include "exchange/slurry.h"

typedef enum kd_basis { KD_BASIS_WET_MUD, KD_BASIS_SLURRY, KD_BASIS_DRY_SOLIDS } kd_basis;
typedef enum kd_pattern { KD_PATTERN_HEXAGONAL, KD_PATTERN_SQUARE } kd_pattern;
typedef enum kd_ranking { KD_RANKING_PER_MASS, KD_RANKING_PER_AREA } kd_ranking;
typedef enum kd_plan_kind { KD_PLAN_COLUMNS, KD_PLAN_SCHEDULE } kd_plan_kind;

typedef struct kd_mineplan_params {
  double rate; /* kg/s of the basis, on a production day */
  int rate_basis;
  double slurry_solids; /* m3/m3; NaN: not given */
  double planned_days;  /* s of production in a year */
  double years;
  double column; /* m below sea floor, bottom of the cut */
  double cover;  /* m below sea floor, top of the cut */
  double head_diameter, head_length;
  double heads; /* NaN: as many as are needed */
  int pattern;
  double spacing;
  double recovery;
  double stirred_share;
  double dilution;
  double extra_water;
  double keep_out;
  double cutoff;
  int ranking;
  double value_weight[KD_REY];
  double lower_time, raise_time, step_time;
  double penetration_rate;
  double site_move_time;
  double insertions_per_site;
  double clay_grade, apatite_grade;
  int plan;             /* kd_plan_kind; what follows is for KD_PLAN_SCHEDULE */
  int plan_method;      /* kd_schedule_method */
  double plan_pictures; /* of the ground that the plan is made on */
  double site_width;    /* m; NaN: chosen */
  double travel_speed;  /* m/s */
  double plan_discount, plan_risk, plan_tail;
  const kd_table *zones; /* NULL: none */
  const kd_table *floor; /* NULL: none */
  double steepest;       /* rad */
  double least_free;     /* share of a site */
} kd_mineplan_params;

typedef struct kd_mineplan_result {
  kd_slurry feed;
  double dry_rate;                   /* kg/s, mean over a production day */
  double wet_rate;                   /* kg/s, the same as wet mud */
  double lifting_rate;               /* kg/s dry while the head cuts: the design rate of the pipe */
  double dry_year;                   /* kg dry solid lifted in a year of planned days */
  double wet_year;                   /* kg */
  double reo_year;                   /* kg */
  double mined_grade;                /* REY, kg/kg, after dilution */
  double ground_grade;               /* REY, kg/kg, of the cut before dilution, as it turns out */
  double planned_grade;              /* REY, kg/kg, of the cut as the plan expected it */
  double heavy_share;                /* Y and Eu..Lu in REY */
  double element_grade[KD_ELEMENTS]; /* kg/kg, after dilution */
  double coarse_share;               /* kg apatite per kg dry solid */
  double cut_depth;                  /* m */
  double cut_area_year;              /* m2 under the head */
  double ground_area_year;           /* m2 of ground used up, gaps and keep-out included */
  double ground_share;               /* of the area of the ground, in a year */
  double available;                  /* kg dry solid that can be lifted above the cut-off */
  double years_of_ground;            /* yr */
  double coverage;                   /* areal recovery of the pattern */
  double overall_recovery;           /* lifted of what stands in the cut interval of the ground used up */
  double insertions_per_day, insertions_per_year;
  double insertions_per_head; /* that one head can do in a day */
  double heads;
  double bites;                        /* insertions for one hole */
  double dry_per_insertion;            /* kg, one head */
  double insertion_time, cutting_time; /* s */
  double columns_used;
  /* of a plan of sites; NaN without */
  double sites_year;    /* visits in a year */
  double travel_year;   /* m on the way between sites */
  double move_share;    /* of the production time spent on moves between sites */
  double reserve_share; /* of the mass lifted, from outside the plan */
  double plan_gap;      /* (bound - value)/bound of the plan */
  double greedy_gap;    /* the same of the greedy plan */
} kd_mineplan_result;

extern const kd_stage kd_mineplan_stage;

kd_status kd_mineplan_run(kd_mineplan_result *out, const kd_mineplan_params *p, const kd_ground *ground, kd_work *work);

#endif
