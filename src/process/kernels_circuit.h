// SPDX-License-Identifier: Apache-2.0
/* The options of an extraction circuit, shared by its kernels. */
#ifndef KD_PROCESS_KERNELS_CIRCUIT_H
#define KD_PROCESS_KERNELS_CIRCUIT_H

#include "process/extraction.h"
#include "process/kernels.h"

#define CIRCUIT_STAGES "1999"
/* The fields of a circuit, in the order of the enum below. */
#define CIRCUIT_FIELDS                                                                                                 \
  KD_IN_CHOICE_OPTION("level", "mass_action|ph_line", "mass_action",                                                   \
                      "mass action with free extractant, or log D = a + b pH"),                                        \
      KD_IN_OPTION("proton_order", "1", "3", "0 exclusive", "10", "p of D = Kex [extractant]^n [H+]^-p"),              \
      KD_IN_OPTION("extractant_order", "1", "3", "0 exclusive", "10", "n of D = Kex [extractant]^n [H+]^-p"),          \
      KD_IN("extraction", "1", "1", CIRCUIT_STAGES,                                                                    \
            "stages from the raffinate end to the feed stage, that one included"),                                     \
      KD_IN_OPTION("scrub", "1", "0", "0", CIRCUIT_STAGES, "stages beyond the feed stage"),                            \
      KD_IN_OPTION("strip", "1", "0", "0", CIRCUIT_STAGES, "strip stages; 0: an ideal strip"),                         \
      KD_IN("organic_flow", "L/h", "0 L/h exclusive", NULL, "organic, fresh into stage 1"),                            \
      KD_IN_OPTION("extractant", "mol/L", "0.5 mol/L", "0 mol/L exclusive", NULL,                                      \
                   "extractant in the organic, in the unit of its constants (dimer)"),                                 \
      KD_IN_OPTION("base", "mol/L", "0 mol/L", "0 mol/L", NULL, "base brought by the saponified organic"),             \
      KD_IN_OPTION(                                                                                                    \
          "ion_log_k", "1", "none", "-20", "20",                                                                       \
          "log10 of the constant of the base's cation, Na+ + extractant = Na-extractant + H+; none: all base "         \
          "acts in stage 1"),                                                                                          \
      KD_IN("feed_flow", "L/h", "0 L/h exclusive", NULL, "feed"),                                                      \
      KD_IN_OPTION("feed_acid", "mol/L", "0 mol/L", NULL, NULL, "free acid of the feed, below 0: base"),               \
      KD_IN_CHOICE_OPTION("feed_phase", "aqueous|organic", "aqueous", "phase of the feed"),                            \
      KD_IN_OPTION("scrub_flow", "L/h", "0 L/h", "0 L/h", NULL, "aqueous into the last scrub stage"),                  \
      KD_IN_OPTION("scrub_acid", "mol/L", "0 mol/L", NULL, NULL, "its acid, below 0: base"),                           \
      KD_IN_OPTION("strip_flow", "L/h", "0 L/h", "0 L/h", NULL, "strip acid"),                                         \
      KD_IN_OPTION("strip_acid", "mol/L", "0 mol/L", "0 mol/L", NULL, "its strength"),                                 \
      KD_IN_OPTION("reflux", "1", "0", "0", "1 exclusive",                                                             \
                   "share of the strip product that goes back to the last scrub stage"),                               \
      KD_IN_OPTION("side_stage", "1", "0", "0", CIRCUIT_STAGES, "stage of an aqueous side feed; 0: none"),             \
      KD_IN_OPTION("side_flow", "L/h", "0 L/h", "0 L/h", NULL, "side feed"),                                           \
      KD_IN_OPTION("side_acid", "mol/L", "0 mol/L", NULL, NULL, "free acid of the side feed"),                         \
      KD_IN_OPTION("draw_stage", "1", "0", "0", CIRCUIT_STAGES, "stage of a draw, the third outlet; 0: none"),         \
      KD_IN_OPTION("draw_flow", "L/h", "0 L/h", "0 L/h", NULL, "drawn there"),                                         \
      KD_IN_CHOICE_OPTION("draw_phase", "aqueous|organic", "aqueous", "phase that is drawn"),                          \
      KD_IN_OPTION("efficiency", "1", "1", "0 exclusive", "1",                                                         \
                   "Murphree efficiency of extraction and scrub, organic"),                                            \
      KD_IN_OPTION("strip_efficiency", "1", "1", "0 exclusive", "1", "Murphree efficiency of the strip stages"),       \
      KD_IN_OPTION("aqueous_in_organic", "1", "0", "0", "1 exclusive",                                                 \
                   "aqueous drops carried on, per volume of organic"),                                                 \
      KD_IN_OPTION("organic_in_aqueous", "1", "0", "0", "1 exclusive",                                                 \
                   "organic drops carried back, per volume of aqueous"),                                               \
      KD_IN_OPTION("crud", "1", "0", "0", "1 exclusive", "share of the organic lost as crud in the feed stage"),       \
      KD_IN_OPTION("ph", "1", "none", "-2", "14", "pH held in extraction and scrub; none: it follows from the acid"),  \
      KD_IN_CHOICE_OPTION("recycle", "no|yes", "no", "the stripped organic comes back with what metal it still holds")
enum {
  CIRCUIT_LEVEL,
  CIRCUIT_P,
  CIRCUIT_N,
  CIRCUIT_EXTRACTION,
  CIRCUIT_SCRUB,
  CIRCUIT_STRIP,
  CIRCUIT_ORGANIC,
  CIRCUIT_EXTRACTANT,
  CIRCUIT_BASE,
  CIRCUIT_ION,
  CIRCUIT_FEED,
  CIRCUIT_FEED_ACID,
  CIRCUIT_FEED_PHASE,
  CIRCUIT_SCRUB_FLOW,
  CIRCUIT_SCRUB_ACID,
  CIRCUIT_STRIP_FLOW,
  CIRCUIT_STRIP_ACID,
  CIRCUIT_REFLUX,
  CIRCUIT_SIDE_STAGE,
  CIRCUIT_SIDE_FLOW,
  CIRCUIT_SIDE_ACID,
  CIRCUIT_DRAW_STAGE,
  CIRCUIT_DRAW_FLOW,
  CIRCUIT_DRAW_PHASE,
  CIRCUIT_EFFICIENCY,
  CIRCUIT_STRIP_EFFICIENCY,
  CIRCUIT_AO,
  CIRCUIT_OA,
  CIRCUIT_CRUD,
  CIRCUIT_PH,
  CIRCUIT_RECYCLE,
  CIRCUIT_OPTIONS
};

extern const kd_data_slot kd_circuit_data[1]; /* the table of components */

/* The circuit of a table of components and the options, in the order of CIRCUIT_FIELDS. */
kd_status kd_circuit_read(kd_extraction *c, const kd_table *table, const double *o, kd_work *work);

#endif
