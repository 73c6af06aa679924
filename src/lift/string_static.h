// SPDX-License-Identifier: Apache-2.0
/* Statics of a string of segments, hung at the top: tension, stretch, stress, pressure ratings. */
#ifndef KD_LIFT_STRING_STATIC_H
#define KD_LIFT_STRING_STATIC_H

#include <stddef.h>

#include "base/table.h"
#include "base/work.h"

/* One uniform length of the string, from the top down. A missing value takes the option of the same name. */
#define KD_SEGMENT_COLUMNS                                                                                             \
  "length [m], bore [m], outer_diameter [m], material_density [kg/m3]?, modulus [Pa]?, yield_strength [Pa]?, "         \
  "joint_factor [1]?, extra_mass [kg/m]?, buoyancy [kg/m]?, conduit_bore [m]?, conduit_outer_diameter [m]?, "          \
  "drag_diameter [m]?"

typedef struct kd_string_segment {
  double length, bore, outer_diameter; /* m */
  double density, modulus, yield;      /* kg/m3, Pa, Pa */
  double joint_factor;                 /* mass with tool joints over plain pipe; they displace water alike */
  double extra_mass;                   /* clamps, cables: kg/m in air, floating as the wall material does */
  double buoyancy;                     /* net lift of floats, kg/m */
  double conduit_bore, conduit_outer;  /* second pipe, same material, full of `conduit_contents`; 0: none */
  double drag_diameter;                /* 0: outer diameter, with the conduit's added */
} kd_string_segment;

typedef struct kd_string_load {
  double contents, conduit_contents, water; /* densities, kg/m3 */
  double gravity;
  double head_mass;      /* kg in air; for dynamics */
  double head_weight;    /* N in water */
  double top_pressure;   /* inside at the top, Pa above atmosphere; NaN: open to the sea at the foot */
  double foot_pull;      /* N further pull at the foot, downwards */
  double poisson;        /* - */
  double freeboard;      /* m of string above the sea, in air */
  double wall_tolerance; /* share of the nominal wall that counts for burst: 0.875 in API 5C3 */
} kd_string_load;

/* Of one segment: what follows from its sizes. */
typedef struct kd_string_segment_state {
  double wall_area, bore_area, outer_area; /* riser and conduit together, m2 */
  double mass;                             /* kg/m, without contents */
  double contents_mass;                    /* kg/m of the liquids inside */
  double weight_air;                       /* N/m */
  double effective_weight;                 /* N/m, full, in water; above the sea in air */
  double stiffness;                        /* E A, N */
  double bending;                          /* E I of both pipes, N m2 */
  double drag_diameter;                    /* m */
  double added_area;                       /* outer area of both, displaced water, m2 */
} kd_string_segment_state;

typedef struct kd_string_point {
  double depth;                                    /* m below the sea, negative above */
  double effective, wall;                          /* tensions, N */
  double inner_pressure, outer_pressure;           /* Pa */
  double axial, hoop_inner, hoop_outer, von_mises; /* Pa; von_mises the larger of both faces */
  double utilisation;                              /* von Mises over yield */
  double stretch, stretch_wall;         /* of all that hangs above: by effective tension; with Poisson's effect, m */
  double burst, collapse;               /* ratings, Pa */
  double burst_margin, collapse_margin; /* rating over load; NaN: no load that way */
} kd_string_point;

void kd_string_segment_solve(kd_string_segment_state *out, const kd_string_segment *segment,
                             const kd_string_load *load);

/* Reads segments; defaults fill what the table leaves out. */
kd_status kd_string_segments_read(kd_string_segment **out, const kd_table *table, const kd_string_segment *defaults,
                                  kd_work *work);

/* Points from the top down: top and bottom of every segment, 2 for each. */
kd_status kd_string_profile(kd_string_point *out, const kd_string_segment *segments, size_t count,
                            const kd_string_load *load, kd_error *err);

/* Offset of the string [m] at the foot, and at the joints of segments when `at` is not NULL (count + 1 values, from the
 * top), in a current given as table of depth and speed (may be NULL: `current` all the way). Small slope, linear in the
 * force, integrated from the foot; exact where current and segment are uniform. */
typedef struct kd_current {
  const double *depth, *speed; /* rising depth; speed held beyond both ends */
  size_t count;
} kd_current;
double kd_current_at(const kd_current *self, double depth);
kd_status kd_string_offset(double *foot, double *foot_angle, double *top_angle, double *at,
                           const kd_string_segment *segments, size_t count, const kd_string_load *load,
                           const kd_current *current, double drag, double head_drag_area, kd_error *err);

/* Pressure ratings of a pipe, Pa. */
double kd_burst_barlow(double outer_diameter, double wall, double yield, double tolerance);
/* Ductile rupture of a capped pipe (Klever and Stewart, API TR 5C3): the inner pressure at which the wall tears. sound:
 * the wall that is left beside the deepest flaw, m; hardening: index n of the true-stress curve. */
double kd_rupture_ductile(double outer_diameter, double sound, double tensile, double hardening);

typedef enum kd_collapse_mode {
  KD_COLLAPSE_YIELD,
  KD_COLLAPSE_PLASTIC,
  KD_COLLAPSE_TRANSITION,
  KD_COLLAPSE_ELASTIC
} kd_collapse_mode;
/* API TR 5C3 (Bulletin 5C3, 1994): collapse with an axial stress [Pa] and an inner pressure [Pa]. */
double kd_collapse_api(kd_collapse_mode *mode, double outer_diameter, double wall, double yield, double axial_stress,
                       double inner_pressure);
/* Timoshenko's lowest pressure at which an oval pipe yields; ovality: (Dmax - Dmin)/(Dmax + Dmin). */
double kd_collapse_timoshenko(double outer_diameter, double wall, double yield, double modulus, double poisson,
                              double ovality);
/* Haagsma and Schaap's cubic as in DNV-ST-F101; ovality: (Dmax - Dmin)/D. */
double kd_collapse_dnv(double outer_diameter, double wall, double yield, double modulus, double poisson, double ovality,
                       double fabrication);

#endif
