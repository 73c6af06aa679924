// SPDX-License-Identifier: Apache-2.0
/* The ground of a run from cores: a block model made once, and a realisation of it for each run of the programme. */
#ifndef KD_DEPOSIT_PICTURE_H
#define KD_DEPOSIT_PICTURE_H

#include "base/exhibit.h"
#include "deposit/blocks.h"
#include "deposit/transverse_mercator.h"

typedef struct kd_picture kd_picture;

/* For kd_stage.prepare and release: *out is NULL when the picture does not come from cores. Errors: those of
 * kd_cores_read, kd_cores_inspect and kd_model_run. */
kd_status kd_picture_prepare(void **out, const void *params, uint64_t seed, kd_context *ctx, kd_error *err);
void kd_picture_release(void **picture);

/* Lays the blocks of the model, with the realisation that the stream draws (draw_errors: no: as estimated). */
kd_status kd_picture_lay(kd_block_list *out, const kd_picture *self, const kd_deposit_params *p, kd_work *work);

/* From longitude and latitude to the metres of the blocks; NULL: the cores were given in metres. */
const kd_mercator *kd_picture_mercator(const kd_picture *self);

/* For kd_stage.exhibits. */
size_t kd_picture_exhibits(const kd_exhibit **out, const void *picture);

/* Whether the table says of itself that it is no set of assays. */
bool kd_cores_assumed(const kd_table *table);

#endif
