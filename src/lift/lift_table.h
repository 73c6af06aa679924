// SPDX-License-Identifier: Apache-2.0
/* Inside the stage: what the run, the checks and the kernels share. */
#ifndef KD_LIFT_LIFT_TABLE_H
#define KD_LIFT_LIFT_TABLE_H

#include <stdbool.h>

#include "lift/lift.h"
#include "lift/rheology.h"

#define KD_STANDARD_GRAVITY        9.80665 /* m/s2 (exact) */
#define KD_COLD_SEAWATER_VISCOSITY 1.8e-3  /* Pa s, near 2 degC and 35 g/kg (Sharqawy et al. 2010) */

/* What `kaidei lift --operability` writes. */
#define KD_OPERABILITY_COLUMNS "tp [s], hs_limit [m], heading [deg]?, ..."
/* Limits by peak period from the table: the worst of the headings that the ship keeps. string_scenario.c */
kd_status kd_lift_period_limits(kd_limits *out, const kd_lift_params *p, kd_error *err);
/* The string of a scenario, for kernels: a table of segments, and options as "key=value" in scratch. */
#define KD_STRING_SCENARIO_OPTIONS 24
kd_status kd_lift_string_scenario(kd_table **segments, const char **options, size_t *count, const kd_lift_params *p,
                                  const kd_lift_result *r, bool with_sea, kd_work *work);

/* The same as numbers. */
struct kd_string_segment;
struct kd_string_load;
kd_status kd_lift_string_segments(struct kd_string_segment **out, size_t *count, struct kd_string_load *load,
                                  const kd_lift_params *p, const kd_lift_result *r, kd_work *work);

/* Outer diameter: given, or bore and wall. */
double kd_lift_outer_diameter(const kd_lift_params *p);

/* Rheology of a slurry by the law chosen. */
kd_status kd_lift_rheology(kd_rheology *out, const kd_lift_params *p, double solids, double grain_density,
                           double water_density, kd_error *err);

/* Every contradiction among the parameters, reported one by one; depth NaN: not known yet. */
void kd_lift_contradictions(const kd_lift_params *p, double depth, kd_contradiction_fn *report, void *user);

/* The first contradiction as an error. */
kd_status kd_lift_contradiction(const kd_lift_params *p, double depth, kd_error *err);

#endif
