// SPDX-License-Identifier: Apache-2.0
/* What is made once before an ensemble: the ground from cores, and the mine plan on many pictures of the ground. */
#include <math.h>

#include "base/error.h"
#include "deposit/picture.h"
#include "programme/programme.h"

#define KD_PLANNING UINT64_C(0x8000000000000000) /* realisations of the planner: no run reaches these numbers */

static kd_status project(double *east, double *north, double lon, double lat, void *user, kd_error *err) {
  return kd_mercator_forward(east, north, user, lon, lat, err);
}

kd_status kd_programme_plan(kd_plan **out, const kd_programme_params *medians, const void *ground, uint64_t seed,
                            kd_context *ctx, kd_error *err) {
  kd_status status = KD_OK;
  kd_arena *scratch = NULL;
  kd_plan *plan = NULL;
  kd_deposit_params deposit = medians->deposit;
  kd_deposit_result *picture = kd_alloc(ctx, 1, sizeof *picture);
  kd_stream rng;
  const size_t pictures = (size_t)medians->mineplan.plan_pictures;
  *out = NULL;
  KD_CHECK(picture != NULL, err, KD_E_NOMEM, "no memory for the plan");
  KD_TRY(kd_arena_create(&scratch, ctx));
  KD_TRY(kd_plan_open(&plan, &medians->mineplan, pictures, ctx, err));
  for (size_t k = 0; k < pictures; k++) {
    kd_arena_reset(scratch);
    kd_stream_start(&rng, seed, kd_stream_id(kd_deposit_stage.name), KD_PLANNING + k);
    kd_work work = {.ctx = ctx, .scratch = scratch, .rng = &rng, .err = err, .prepared = ground};
    deposit.picture_number = k + 1;
    KD_TRY(kd_deposit_run(picture, &deposit, &work));
    KD_TRY(kd_plan_picture(plan, &picture->ground, &work));
  }
  kd_arena_reset(scratch);
  kd_work work = {.ctx = ctx, .scratch = scratch, .err = err};
  const kd_mercator *local = kd_picture_mercator(ground);
  KD_TRY(kd_plan_close(plan, local != NULL ? project : NULL, (void *)(uintptr_t)local, &work));
  *out = plan;
  plan = NULL;
out:
  kd_plan_release((void **)&plan);
  kd_arena_destroy(&scratch);
  kd_free(ctx, picture);
  return status;
}

kd_status kd_programme_prepare(void *prepared[KD_PROGRAMME_STAGES], const kd_programme_params *medians, uint64_t seed,
                               kd_context *ctx, kd_error *err) {
  kd_status status = KD_OK;
  for (size_t s = 0; s < KD_PROGRAMME_STAGES && status == KD_OK; s++) {
    const kd_programme_stage *stage = &kd_programme_stages[s];
    if (stage->stage == &kd_mineplan_stage && medians->mineplan.plan == KD_PLAN_SCHEDULE)
      status = kd_programme_plan((kd_plan **)&prepared[s], medians, prepared[0], seed, ctx, err);
    else if (stage->stage->prepare != NULL)
      status =
          stage->stage->prepare(&prepared[s], (const unsigned char *)medians + stage->params_offset, seed, ctx, err);
    if (status != KD_OK) kd_error_context(err, "%s: ", stage->stage->name);
  }
  return status;
}
