// SPDX-License-Identifier: Apache-2.0
/* Geometry and time of the head's insertions.
 *
 * Circles of diameter d on a regular lattice, centres s d apart. In units of d^2 the cell of the lattice is k = s^2
 * (square) or s^2 sqrt(3)/2 (hexagonal):
 *
 *   L(s) = acos(s)/2 - s sqrt(1 - s^2)/2   for s < 1, else 0      lens of two circles                     (1)
 *   C(s) = (pi/4 - q L(s)) / k             q = 2 (square), 3 (hexagonal): neighbours per circle           (2)
 *   C(s) = 1                               for s <= 1/sqrt(2) (square), sqrt(3)/2 (hexagonal)             (3)
 *   F(s) = C(s) k / (pi/4)                                                                                (4)
 *
 *   C  share of the ground under a circle [-]      F  fresh ground that a circle adds, over its own area [-]
 *
 * (2) is exact: three circles meet in a point just where the ground becomes fully covered. Touching circles cover
 * pi/(2 sqrt 3) = 0.9069 (hexagonal), pi/4 = 0.7854 (square).
 *
 * Time, for h heads side by side in one frame that land, cut and rise together:
 *
 *   P = m / Q    h = ceil((tf + tc) / P)    cycle = h P    cutting = h P - tf    rate = h m / cutting      (5)
 *
 *   m  dry solid won by one insertion of one head [kg]         tf  lowering, raising, stepping, share of moves [s]
 *   Q  dry solid wanted, mean over a production day [kg/s]     tc  least cutting time, depth over its rate     [s]
 *
 * Source    own derivation (elementary geometry).
 * Range     any spacing above 0.
 * Weakness  holes stay open and do not lean; heads of a frame do not wait for one another; nothing comes up between
 *           insertions, so the pipe must carry more than the day's mean while the head cuts.
 */
#include "mineplan/head.h"

#include <math.h>

#include "base/error.h"

#define KD_PI        3.14159265358979323846
#define KD_DAY       86400.0
#define KD_ROUND_OFF 1e-9 /* of a head: 2.0000000001 heads are 2 */

/* Area of the cell of the lattice, in squares of the diameter. */
static double cell(kd_pattern pattern, double spacing) {
  return spacing * spacing * (pattern == KD_PATTERN_HEXAGONAL ? sqrt(3.0) / 2.0 : 1.0);
}

double kd_packing_coverage(kd_pattern pattern, double spacing) {
  const double full = pattern == KD_PATTERN_HEXAGONAL ? sqrt(3.0) / 2.0 : sqrt(0.5);
  const double neighbours = pattern == KD_PATTERN_HEXAGONAL ? 3.0 : 2.0;
  double lens = 0.0;
  if (spacing <= full) return 1.0;
  if (spacing < 1.0) lens = 0.5 * (acos(spacing) - spacing * sqrt(1.0 - spacing * spacing));
  return (KD_PI / 4.0 - neighbours * lens) / cell(pattern, spacing);
}

double kd_packing_fresh(kd_pattern pattern, double spacing) {
  return kd_packing_coverage(pattern, spacing) * cell(pattern, spacing) / (KD_PI / 4.0);
}

double kd_head_bites(double depth, double head_length) {
  const double bites = ceil(depth / head_length - KD_ROUND_OFF);
  return bites > 1.0 ? bites : 1.0;
}

kd_status kd_head_cycle_from(kd_head_cycle *out, double rate, double dry_per_insertion, double fixed, double shortest,
                             double heads, kd_error *err) {
  kd_status status = KD_OK;
  const double period = dry_per_insertion / rate;
  double needed = ceil((fixed + shortest) / period - KD_ROUND_OFF);
  if (needed < 1.0) needed = 1.0;
  out->wanted = KD_DAY / period;
  out->possible = KD_DAY / (fixed + shortest);
  KD_CHECK(isnan(heads) || heads >= needed, err, KD_E_INFEASIBLE,
           "%g head%s can do %.4g insertions a day, %.4g are wanted: %g heads are needed", heads,
           heads == 1.0 ? "" : "s", heads * out->possible, out->wanted, needed);
  out->heads = isnan(heads) ? needed : heads;
  out->cycle = out->heads * period;
  out->cutting = out->cycle - fixed;
  KD_CHECK(out->cutting > 0.0, err, KD_E_INFEASIBLE, "no time is left to cut: a cycle of %g s holds %g s of moves",
           out->cycle, fixed);
  out->rate = out->heads * dry_per_insertion / out->cutting;
out:
  return status;
}
