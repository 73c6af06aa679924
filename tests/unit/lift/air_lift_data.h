// SPDX-License-Identifier: Apache-2.0
/* Measured air-lifts, water and air in 25-28 mm pipes. Digitised from the plots of the papers, rounded. */
#ifndef KD_TESTS_LIFT_AIR_LIFT_DATA_H
#define KD_TESTS_LIFT_AIR_LIFT_DATA_H

typedef struct rig_point {
  double air, water; /* L/s, air at the outlet's pressure */
} rig_point;

typedef struct rig_run {
  const char *name;
  double bore, height, submergence; /* m, m, - */
  rig_point point[7], peak;
} rig_run;

static const rig_run rig_runs[] = {
    /* Stenning and Martin 1968 */
    {"Stenning",
     0.0254,
     4.267,
     0.442,
     {{.51, .106}, {.871, .193}, {1.32, .227}, {2.44, .237}, {3.51, .235}, {4.05, .232}, {5.15, .224}},
     {1.89, .238}},
    {"Stenning",
     0.0254,
     4.267,
     0.532,
     {{.361, .105}, {.484, .196}, {.888, .286}, {1.87, .310}, {2.91, .299}, {3.96, .289}, {4.73, .281}},
     {1.87, .310}},
    {"Stenning",
     0.0254,
     4.267,
     0.629,
     {{.299, .226}, {.475, .331}, {.967, .427}, {1.97, .438}, {3.03, .397}, {4.14, .361}, {5.22, .330}},
     {1.42, .446}},
    {"Stenning",
     0.0254,
     4.267,
     0.709,
     {{.158, .188}, {.229, .291}, {.501, .441}, {1.65, .513}, {2.60, .477}, {3.64, .447}, {5.21, .409}},
     {1.14, .517}},
    /* Todoroki et al. 1973 */
    {"Todoroki",
     0.0283,
     7.5,
     0.40,
     {{.274, .047}, {.717, .194}, {1.30, .267}, {2.12, .269}, {3.25, .245}, {4.08, .237}, {5.03, .227}},
     {1.66, .277}},
    {"Todoroki",
     0.0283,
     7.5,
     0.50,
     {{.206, .057}, {.389, .188}, {.808, .342}, {1.24, .411}, {1.79, .421}, {2.87, .385}, {3.63, .372}},
     {1.46, .423}},
    {"Todoroki",
     0.0283,
     7.5,
     0.60,
     {{.130, .034}, {.381, .292}, {1.02, .526}, {1.81, .561}, {2.88, .518}, {4.34, .472}, {5.23, .455}},
     {1.55, .561}},
    {"Todoroki",
     0.0283,
     7.5,
     0.70,
     {{.084, .038}, {.320, .375}, {.801, .630}, {1.99, .702}, {3.13, .636}, {4.22, .579}, {5.22, .538}},
     {1.67, .708}},
};
#define RIG_RUNS (sizeof rig_runs / sizeof rig_runs[0])

#endif
