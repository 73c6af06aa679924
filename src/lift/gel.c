// SPDX-License-Identifier: Apache-2.0
/* A column at rest gels.
 *
 *   ts(t) = t_inf - (t_inf - t_0)/(1 + (t/tc)^m)                                         (1)
 *   dp    = 4 ts L/D                                                                     (2)
 *
 *   ts  static yield stress [Pa]    t_0, t_inf  fresh and aged [Pa]    t rest, tc gel time [s]    m exponent
 *   L   length [m]                  D  bore [m]                        dp restart pressure [Pa]
 *
 * Source    (2) force balance of a column that yields everywhere at once; (1) assumed growth law.
 * Weakness  a compressible gel breaks piece by piece and needs less than (2): 30-60 % is assumed by some; (2) is the
 * safe side.
 */
#include "lift/gel.h"

#include <math.h>

double kd_gel_static_yield(double fresh, double aged, double gel_time, double exponent, double rest) {
  return aged - (aged - fresh) / (1.0 + pow(rest / gel_time, exponent));
}

double kd_gel_restart_pressure(double static_yield, double length, double bore) {
  return 4.0 * static_yield * length / bore;
}
