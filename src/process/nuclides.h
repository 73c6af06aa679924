// SPDX-License-Identifier: Apache-2.0
/* Thorium, uranium and their radium in the plant's residue and concentrate, against a limit of activity. SI. */
#ifndef KD_PROCESS_NUCLIDES_H
#define KD_PROCESS_NUCLIDES_H

#include "process/plant.h"

typedef enum kd_parent { KD_PARENT_THORIUM, KD_PARENT_URANIUM } kd_parent;

/* Activity of the head of the series, Th-232 or U-238, Bq per kg of it. */
double kd_specific_activity(kd_parent parent);

/* residue_activity, concentrate_activity and activity_over_limit; without thorium and uranium given they have no value.
 */
void kd_plant_nuclides(const kd_plant *plant, kd_process_result *out);

#endif
