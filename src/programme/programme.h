// SPDX-License-Identifier: Apache-2.0
/* The chain: one realisation from parameters to outcome, and the list of all stages. */
#ifndef KD_PROGRAMME_PROGRAMME_H
#define KD_PROGRAMME_PROGRAMME_H

#include "base/stage.h"
#include "base/work.h"
#include "campaign/campaign.h"
#include "deposit/deposit.h"
#include "economy/economy.h"
#include "exchange/exchange.h"
#include "lift/lift.h"
#include "mineplan/mineplan.h"
#include "mineplan/plan.h"
#include "plume/plume.h"
#include "process/process.h"
#include "supply/supply.h"

typedef struct kd_programme_params {
  kd_deposit_params deposit;
  kd_mineplan_params mineplan;
  kd_lift_params lift;
  kd_campaign_params campaign;
  kd_process_params process;
  kd_plume_params plume;
  kd_economy_params economy;
  kd_supply_params supply;
} kd_programme_params;

typedef struct kd_programme_result {
  kd_deposit_result deposit;
  kd_mineplan_result mineplan;
  kd_lift_result lift;
  kd_campaign_result campaign;
  kd_process_result process;
  kd_plume_result plume;
  kd_economy_result economy;
  kd_supply_result supply;
} kd_programme_result;

/* A stage and where its structs lie inside the programme's. */
typedef struct kd_programme_stage {
  const kd_stage *stage;
  size_t params_offset;
  size_t result_offset;
} kd_programme_stage;

/* What a stage can be fed with from a file: an exchange struct inside the result. */
typedef struct kd_programme_feed {
  size_t stage; /* the stage that is fed */
  const kd_exchange *exchange;
  size_t result_offset;
} kd_programme_feed;

#define KD_PROGRAMME_STAGES 8
#define KD_PROGRAMME_FEEDS  7
extern const kd_programme_feed kd_programme_feeds[KD_PROGRAMME_FEEDS];
extern const kd_programme_stage kd_programme_stages[KD_PROGRAMME_STAGES]; /* in the order of the chain */

/* Runs one realisation, the stages from `from` to `until` (KD_PROGRAMME_STAGES: to the end, and then every balance must
 * close). What lies before `from` is taken from *r as it stands. streams: one for each stage, started by the caller.
 * Errors: the failing stage's, with its name in front. */
kd_status kd_programme_run(kd_programme_result *r, const kd_programme_params *p, kd_stream *streams, size_t from,
                           size_t until, kd_work *work);

/* What stages make once before an ensemble, from the medians of all parameters: prepared[stage], NULL where nothing is,
 * to be given to kd_stage.release. On an error what was made before it stays to be released. */
kd_status kd_programme_prepare(void *prepared[KD_PROGRAMME_STAGES], const kd_programme_params *medians, uint64_t seed,
                               kd_context *ctx, kd_error *err);

/* The mine plan alone, on pictures of the ground of these parameters. ground: what the deposit stage prepared, NULL
 * when it did not. */
kd_status kd_programme_plan(kd_plan **out, const kd_programme_params *medians, const void *ground, uint64_t seed,
                            kd_context *ctx, kd_error *err);

#endif
