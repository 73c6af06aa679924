// SPDX-License-Identifier: Apache-2.0
/* Ships: distances, passages, the string, carriers.
 *
 *   passage     t = d / (v (1 - f_s - f_0 + f_s s))                                     (1)
 *   string      t = n t_j + floor(n/i) t_test                                           (2)
 *   carriers    min(R, n Q/cycle, Q/load time)                                          (3)
 *   lifting     t_win / (max(t_insertion, t_win) + t_move),  t_win = m/rate             (4)
 *
 *   f_s, f_0  shares of the time slowed down to s and stopped   R production   Q load   n ships
 *
 * Source    geodesic by Vincenty 1975 on WGS84 (a 6,378,137 m, 1/f 298.257223563); the rest by definition.
 * Range     Vincenty's iteration fails for nearly antipodal points and then gives NaN. Weakness  means only.
 */
#include "campaign/formulas.h"

#include <math.h>

double kd_geodesic(double latitude1, double longitude1, double latitude2, double longitude2) {
  const double a = 6378137.0, f = 1 / 298.257223563, b = a * (1 - f);
  const double u1 = atan((1 - f) * tan(latitude1)), u2 = atan((1 - f) * tan(latitude2)), l = longitude2 - longitude1;
  const double su1 = sin(u1), cu1 = cos(u1), su2 = sin(u2), cu2 = cos(u2);
  double lambda = l;
  for (int i = 0; i < 200; i++) {
    const double sl = sin(lambda), cl = cos(lambda), x = cu2 * sl, y = cu1 * su2 - su1 * cu2 * cl;
    const double ss = sqrt(x * x + y * y);
    if (ss == 0) return 0; /* the same point */
    const double cs = su1 * su2 + cu1 * cu2 * cl, sigma = atan2(ss, cs), sa = cu1 * cu2 * sl / ss, ca2 = 1 - sa * sa;
    const double c2m = ca2 > 0 ? cs - 2 * su1 * su2 / ca2 : 0; /* 0 along the equator */
    const double c = f / 16 * ca2 * (4 + f * (4 - 3 * ca2)), before = lambda;
    lambda = l + (1 - c) * f * sa * (sigma + c * ss * (c2m + c * cs * (2 * c2m * c2m - 1)));
    if (fabs(lambda - before) > 1e-13) continue;
    const double k2 = ca2 * (a * a - b * b) / (b * b);
    const double big_a = 1 + k2 / 16384 * (4096 + k2 * (-768 + k2 * (320 - 175 * k2)));
    const double big_b = k2 / 1024 * (256 + k2 * (-128 + k2 * (74 - 47 * k2)));
    const double correction =
        big_b * ss *
        (c2m + big_b / 4 * (cs * (2 * c2m * c2m - 1) - big_b / 6 * c2m * (4 * ss * ss - 3) * (4 * c2m * c2m - 3)));
    return b * big_a * (sigma - correction);
  }
  return (double)NAN;
}

double kd_passage_time(double distance, double speed, double slow_time, double slow_share, double stopped_time) {
  return distance / (speed * (1 - slow_time - stopped_time + slow_time * slow_share));
}

double kd_string_run_time(double joints, double joint_time, double interval, double test_time) {
  return joints * joint_time + (interval > 0 ? floor(joints / interval) * test_time : 0);
}

double kd_shuttle_rate(double production, double ships, double load, double cycle, double load_time) {
  double rate = fmin(production, ships * load / cycle);
  if (load_time > 0) rate = fmin(rate, load / load_time);
  return rate;
}

double kd_lifting_share(double dry_per_insertion, double dry_rate, double insertion_time, double move_time) {
  const double win = dry_per_insertion / dry_rate;
  return win / (fmax(insertion_time, win) + move_time);
}
