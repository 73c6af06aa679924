// SPDX-License-Identifier: Apache-2.0
#include "programme/programme.h"

/* Limit of every balance, relative to its larger side: all schemes of the chain are conservative. */
#define KD_BALANCE_TOLERANCE 1e-10

#define STAGE(name)                                                                                                    \
  { &kd_##name##_stage, offsetof(kd_programme_params, name), offsetof(kd_programme_result, name) }

const kd_programme_stage kd_programme_stages[KD_PROGRAMME_STAGES] = {
    STAGE(deposit), STAGE(mineplan), STAGE(lift),    STAGE(campaign),
    STAGE(process), STAGE(plume),    STAGE(economy), STAGE(supply),
};

#define FEED(stage, from, name)                                                                                        \
  { stage, &kd_exchange_##name, offsetof(kd_programme_result, from) }

const kd_programme_feed kd_programme_feeds[KD_PROGRAMME_FEEDS] = {
    FEED(2, mineplan.feed, slurry),         FEED(3, mineplan.feed, slurry),       FEED(3, lift.limits, limits),
    FEED(4, campaign.delivered, delivered), FEED(5, campaign.released, released), FEED(6, process.products, products),
    FEED(7, process.products, products),
};

/* One stage: its own stream, its name in front of its errors; stages before `from` are left as they are, and the chain
 * ends after `until`. */
#define RUN(index, call)                                                                                               \
  do {                                                                                                                 \
    if (from > (index)) break;                                                                                         \
    work->rng = &streams[index];                                                                                       \
    work->prepared = work->all_prepared != NULL ? work->all_prepared[index] : NULL;                                    \
    status = (call);                                                                                                   \
    if (status != KD_OK) {                                                                                             \
      kd_error_context(work->err, "%s: ", kd_programme_stages[index].stage->name);                                     \
      goto out;                                                                                                        \
    }                                                                                                                  \
    if (until == (index)) goto out;                                                                                    \
  } while (0)

kd_status kd_programme_run(kd_programme_result *r, const kd_programme_params *p, kd_stream *streams, size_t from,
                           size_t until, kd_work *work) {
  kd_status status = KD_OK;
  RUN(0, kd_deposit_run(&r->deposit, &p->deposit, work));
  RUN(1, kd_mineplan_run(&r->mineplan, &p->mineplan, &r->deposit.ground, work));
  RUN(2, kd_lift_run(&r->lift, &p->lift, &r->mineplan.feed, work));
  RUN(3, kd_campaign_run(&r->campaign, &p->campaign, &r->mineplan.feed, &r->lift.limits, work));
  RUN(4, kd_process_run(&r->process, &p->process, &r->campaign.delivered, work));
  RUN(5, kd_plume_run(&r->plume, &p->plume, &r->campaign.released, work));
  RUN(6, kd_economy_run(&r->economy, &p->economy, &r->process.products, work)); /* prices the ledger */
  RUN(7, kd_supply_run(&r->supply, &p->supply, &r->process.products, &r->deposit.resource, work));
  KD_TRY(kd_ledger_close(work->ledger, KD_BALANCE_TOLERANCE, work->err)); /* every balance, or the run fails */
out:
  return status;
}
