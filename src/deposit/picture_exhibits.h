// SPDX-License-Identifier: Apache-2.0
/* What the report of a run shows of the ground from cores: map, sections, variogram, curve, classes, swaths. */
#ifndef KD_DEPOSIT_PICTURE_EXHIBITS_H
#define KD_DEPOSIT_PICTURE_EXHIBITS_H

#include "base/exhibit.h"
#include "deposit/blocks.h"
#include "deposit/model.h"

#define KD_PICTURE_EXHIBITS 10

/* Fills all of them; memory is the arena's. KD_E_NOMEM. */
kd_status kd_picture_show(kd_exhibit out[KD_PICTURE_EXHIBITS], const kd_model *m, const kd_model_options *o,
                          const kd_block_list *list, kd_arena *arena, kd_error *err);

#endif
