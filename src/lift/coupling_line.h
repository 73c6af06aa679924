// SPDX-License-Identifier: Apache-2.0
/* The string together with the transient of three phases in it: the string drives the line, the line loads the string.
 */
#ifndef KD_LIFT_COUPLING_LINE_H
#define KD_LIFT_COUPLING_LINE_H

#include "lift/string_beam.h"
#include "lift/string_sea.h"
#include "lift/transient.h"

typedef enum kd_coupling_way { KD_COUPLING_NONE, KD_COUPLING_ONE_WAY, KD_COUPLING_TWO_WAY } kd_coupling_way;
typedef enum kd_string_model { KD_STRING_BAR, KD_STRING_BEAM } kd_string_model;

typedef struct kd_line_coupling_spec {
  const kd_duct *duct;
  const kd_string_segment *segments;
  size_t count;
  kd_string_load load;       /* its contents are not read: they are those of the line */
  const kd_current *current; /* for the beam; may have no rows or be NULL */
  const kd_sea_case *sea;    /* elements, waves, drag, head, compensator, ship */
  kd_coupling_way way;
  kd_string_model model;
  double step;         /* s, of the string */
  double settle;       /* statistics from here on, s */
  double every, until; /* rows of the history, s */
  bool frames;         /* keep displacement and tension of every row by node */
} kd_line_coupling_spec;

/* History by row, envelopes by node. */
typedef enum kd_string_column {
  KD_S_TIME,
  KD_S_HEAVE,      /* of the ship at the string, m up */
  KD_S_TOP,        /* tension at the top, N */
  KD_S_LEAST,      /* least effective tension along the string, N */
  KD_S_FOOT,       /* motion of the foot, m up */
  KD_S_FOOT_SPEED, /* m/s up */
  KD_S_PRESSURE,   /* at the foot inside less outside at rest, Pa */
  KD_S_DECK_FLOW,  /* m3/s */
  KD_S_SLACK,      /* length without tension, m */
  KD_S_COLUMNS
} kd_string_column;
extern const char *const kd_string_history_columns; /* for kd_table_create */

typedef enum kd_string_field {
  KD_G_TENSION, /* effective, N */
  KD_G_STRESS,  /* axial of the wall tension, with bending where the model bends, Pa */
  KD_G_MOTION,  /* along the string, m up */
  KD_G_OFFSET,  /* across, m */
  KD_G_FIELDS
} kd_string_field;

typedef struct kd_string_history {
  size_t rows, used, nodes;
  double *arc, *depth;
  double *value[KD_S_COLUMNS];
  double *frame[KD_G_FIELDS];                                              /* rows x nodes; NULL when not wanted */
  double *least[KD_G_FIELDS], *mean[KD_G_FIELDS], *most[KD_G_FIELDS], *sd; /* sd: of the effective tension */
  double steps, samples;
  double rest_top; /* N, effective tension at the top at rest */
  double top_least, top_most;
  double damage_year;      /* of the worst node, narrow band, in a year of such seas */
  double slack_time;       /* share of the time in which some part has no tension */
  double energy, exchange; /* relative misfit of the string's energy; of the work passed between line and string */
  unsigned long halved;
} kd_string_history;

typedef struct kd_line_coupling kd_line_coupling;

/* Before the first step of the line, whose state is that at rest or in steady flow. */
kd_status kd_line_coupling_create(kd_line_coupling **out, const kd_line_coupling_spec *spec, const kd_duct_state *state,
                                  kd_work *work);
/* For kd_transient_run.before, with the coupling as its user. */
kd_status kd_line_coupling_before(kd_duct_command *command, double *dt, const kd_duct_state *state, double time,
                                  void *coupling, kd_error *err);
/* After the march. */
kd_status kd_line_coupling_finish(kd_string_history **out, kd_line_coupling *self, kd_error *err);

#endif
