// SPDX-License-Identifier: Apache-2.0
/* Elastic catenary.
 *
 *   span = H/w [asinh(V/H) - asinh((V - w L)/H)] + H L/EA                                                 (1)
 *   drop = H/w [sqrt(1 + (V/H)^2) - sqrt(1 + ((V - w L)/H)^2)] + (V L - w L^2/2)/EA                        (2)
 *
 *   H  horizontal tension [N]   V  vertical part at the top [N]   w weight [N/m]   L unstretched length [m]
 *
 * Source    Irvine 1981, Cable structures. Numerics: damped Newton in ln H and V from the guess of Peyrot and Goulois
 *           1979; the residual is a monotone gradient, so that halving the step always leads on.
 * Range     a line off the floor, weight above 0. Weakness: no bending, no floor.
 */
#include "lift/catenary.h"

#include <math.h>

#include "base/error.h"

static void misfit(double *fx, double *fz, double h, double v, double l, double w, double ea, double span,
                   double drop) {
  const double a = v / h, b = (v - w * l) / h;
  *fx = h / w * (asinh(a) - asinh(b)) + h * l / ea - span;
  *fz = h / w * (sqrt(1 + a * a) - sqrt(1 + b * b)) + (v * l - 0.5 * w * l * l) / ea - drop;
}

kd_status kd_catenary_solve(kd_catenary *out, double length, double weight, double stiffness, double span, double drop,
                            kd_error *err) {
  kd_status status = KD_OK;
  const double l = length, w = weight, ea = stiffness, chord = hypot(span, drop);
  KD_CHECK(isfinite(ea) || l > chord, err, KD_E_INFEASIBLE,
           "length %g m: a line that does not stretch must be longer than the distance %g m of its ends", l, chord);
  if (span <= 1e-9 * l) span = 1e-9 * l; /* hangs in a fold */
  const double slack = (l * l - drop * drop) / (span * span) - 1, lambda = slack > 0 ? sqrt(3 * slack) : 0.2;
  double lh = log(fmax(fabs(0.5 * w * span / fmin(lambda, 1e6)), 1e-9 * w * l));
  double v = 0.5 * w * (drop / tanh(fmin(lambda, 300)) + l), fx, fz, size = HUGE_VAL;
  for (int i = 0; i < 400 && size > 1e-14 * l; i++) {
    const double h = exp(lh), a = v / h, b = (v - w * l) / h, ra = sqrt(1 + a * a), rb = sqrt(1 + b * b);
    misfit(&fx, &fz, h, v, l, w, ea, span, drop);
    size = hypot(fx, fz);
    /* Derivatives by H and V. */
    const double xh = (asinh(a) - asinh(b)) / w - (a / ra - b / rb) / w + l / ea, xv = (1 / ra - 1 / rb) / w;
    const double zh = (ra - rb) / w - (a * a / ra - b * b / rb) / w, zv = (a / ra - b / rb) / w + l / ea;
    const double det = xh * zv - xv * zh, dh = (fx * zv - fz * xv) / det, dv = (xh * fz - zh * fx) / det;
    if (!(fabs(det) > 0)) break;
    double step = 1;
    for (int k = 0; k < 40; k++, step *= 0.5) {
      const double next = step * dh < 0.9 * h ? log(h - step * dh) : lh - 2; /* H stays above 0 */
      double gx, gz;
      misfit(&gx, &gz, exp(next), v - step * dv, l, w, ea, span, drop);
      if (hypot(gx, gz) < size || k == 39) {
        lh = next, v -= step * dv;
        break;
      }
    }
  }
  const double h = exp(lh), low = v - w * l;
  misfit(&fx, &fz, h, v, l, w, ea, span, drop);
  KD_CHECK(hypot(fx, fz) < 1e-9 * l, err, KD_E_CONVERGENCE, "catenary: not settled, misfit %g m", hypot(fx, fz));
  *out = (kd_catenary){.horizontal = h,
                       .top_vertical = v,
                       .foot_vertical = -low,
                       .top_tension = hypot(h, v),
                       .foot_tension = hypot(h, low)};
  out->top_angle = atan2(h, v), out->foot_angle = atan2(h, low);
  if (v > 0 && low < 0) { /* the lowest point is where no vertical part is left */
    const double s = v / w, below = h / w * (sqrt(1 + v / h * (v / h)) - 1) + 0.5 * v * s / ea;
    out->sag = below - fmax(drop, 0);
  }
  /* Stretch: int T/EA ds, in closed form. */
  const double a = v / h, b = low / h;
  out->stretch =
      isfinite(ea) ? h * h / (2 * ea * w) * (a * sqrt(1 + a * a) + asinh(a) - b * sqrt(1 + b * b) - asinh(b)) : 0;
out:
  return status;
}
