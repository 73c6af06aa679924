// SPDX-License-Identifier: Apache-2.0
/* How sure the size of a train is where its separation factors are not.
 *
 *   ln beta_k = ln beta_k0 + sigma_k z, z normal, each pair and extractant by itself                                (1)
 *   every draw is designed anew at least cost (train_design.c): the train one would build if that were the truth (2)
 *   figures   quantiles of type 7 over the draws; a draw that cannot be built stands above all others (3)
 *
 * Source    (3) Hyndman and Fan 1996.
 * Weakness  pairs are drawn independently: a fault common to all pairs of an extractant, such as its strength, gives
 *           more spread; closed form only.
 */
#include "process/train_spread.h"

#include <math.h>

#include "numerics/statistics.h"

const double kd_spread_quantiles[KD_SPREAD_QUANTILES] = {0.1, 0.5, 0.9};

/* Type 7 over `draws` values of which the `count` given are the lowest. */
static void quantiles(double *out, double *values, size_t count, size_t draws) {
  for (size_t q = 0; q < KD_SPREAD_QUANTILES; q++) {
    double place = kd_spread_quantiles[q] * (double)(draws - 1);
    bool known = count > 0 && place <= (double)(count - 1);
    out[q] = !known ? (double)NAN : kd_quantile(values, count, count > 1 ? fmin(place / (double)(count - 1), 1) : 0);
  }
}

static void draw(kd_design_input *out, const kd_design_input *in, kd_stream *stream) {
  *out = *in;
  for (size_t s = 0; s < in->sets; s++)
    for (size_t k = 0; k + 1 < in->count; k++)
      out->set[s].beta[k] = in->set[s].beta[k] * exp(in->set[s].spread[k] * kd_stream_normal(stream));
}

kd_status kd_design_spread_run(kd_design_spread *out, const kd_design_input *in, size_t draws, kd_work *work) {
  kd_status status = KD_OK;
  kd_stream stream;
  kd_design_input drawn;
  kd_design d;
  size_t count = 0;
  KD_CHECK(draws >= 2, work->err, KD_E_RANGE, "draws %zu: must be at least 2", draws);
  double *values = kd_arena_alloc(work->scratch, 5 * draws, sizeof *values);
  KD_CHECK(values != NULL, work->err, KD_E_NOMEM, "out of memory for %zu draws", draws);
  KD_TRY(kd_design_train(&d, in, work->err)); /* what is wrong in the input itself is said as such */
  kd_stream_start(&stream, work->rng->seed, work->rng->stream ^ kd_stream_id("process.train_spread"),
                  work->rng->realisation);
  for (size_t i = 0; i < draws; i++) {
    kd_error err = {0};
    draw(&drawn, in, &stream);
    kd_status built = kd_design_train(&d, &drawn, &err);
    if (built == KD_E_INFEASIBLE) continue;
    KD_CHECK(built == KD_OK, work->err, built, "draw %zu: %s", i + 1, err.text);
    const double figures[] = {d.stages, d.base_floor, d.base, d.acid, d.volume};
    for (size_t v = 0; v < 5; v++) values[v * draws + count] = figures[v];
    count++;
  }
  double *const figures[] = {out->stages, out->base_floor, out->base, out->acid, out->volume};
  for (size_t v = 0; v < 5; v++) quantiles(figures[v], values + v * draws, count, draws);
  out->built = (double)count / (double)draws;
out:
  return status;
}
