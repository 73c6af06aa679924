// SPDX-License-Identifier: Apache-2.0
/* Sorption in stirred vessels: liquid and sorbent brought to equilibrium, once or again with fresh sorbent. SI. */
#ifndef KD_PROCESS_SORPTION_BATCH_H
#define KD_PROCESS_SORPTION_BATCH_H

#include <stddef.h>

/* One batch: feed and loading of the sorbent at the start [kg/m3, kg/kg], dose [kg/m3], affinities [m3/kg]. Writes the
 * liquid and the loading at equilibrium; returns 1 + sum K c. initial NULL: fresh sorbent. */
double kd_sorption_batch(double *liquid, double *loading, const double *feed, const double *initial,
                         const double *affinity, size_t count, double capacity, double dose);

#endif
