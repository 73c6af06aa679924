// SPDX-License-Identifier: Apache-2.0
/* Circuits of equal cyclone stages.
 *
 *   series     E = e^n                      scavenger   E = 1 - (1-e)^n
 *   return     the ladder of n stages with up-share e and down-share 1-e: with R = (1-e)/e,
 *              E = (1 - R)/(1 - R^(n+1)),   R = 1: 1/(n+1);  feed of stage 1 over fresh feed (1 - R^n)/(1 - R) E/e ...
 * (1)
 *
 * Source    (1) is the gambler's ruin (Feller), which Robinson's formula of decantation is too.
 * Weakness  every stage splits alike: it must be diluted to the same solids, which the water balance pays for.
 */
#include "process/cyclone_circuit.h"

#include <math.h>

double kd_circuit_recovery(double *load, kd_circuit circuit, double e, unsigned stages) {
  const double n = stages;
  *load = 1;
  if (circuit == KD_CIRCUIT_SERIES) return pow(e, n);
  if (circuit == KD_CIRCUIT_SCAVENGER) return -expm1(n * log1p(-e));
  if (e <= 0) return 0;
  if (e >= 1) return 1;
  const double ln = log((1 - e) / e);
  const double recovery = fabs(ln) < 1e-9 ? 1 / (n + 1) : expm1(ln) / expm1((n + 1) * ln);
  /* what leaves as overflow of stage 1 is (1 - e) times its load */
  *load = (1 - recovery) / (1 - e);
  return recovery;
}
