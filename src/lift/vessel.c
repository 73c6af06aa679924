// SPDX-License-Identifier: Apache-2.0
/* Vertical motion of the ship at the string.
 *
 *   heave  H = n F,      F = K f (2/(ke L)) sin(ke L/2)                                              (1)
 *   pitch  P = n G,      G = K f 24/((ke L)^2 L) (sin(ke L/2) - (ke L/2) cos(ke L/2))                (2)
 *   n = 1/sqrt((1 - 2 k T)^2 + (A^2/(k B'))^2),   f = sqrt((1 - k T)^2 + (A^2/(k B'))^2)             (3)
 *   A = 2 sin(k B'/2) exp(-k T),  K = exp(-ke T),  k = w^2/g,  ke = |k cos(heading)|                 (4)
 *   point of the string x forward of midship: heave and pitch are a quarter apart, sqrt(H^2 + (x P)^2)  (5)
 *
 *   L, B, T  length, beam, draught [m]     B' = B times the block coefficient     w  frequency [rad/s]
 *
 * Source    Jensen, Mansour and Olsen 2004, "Estimation of ship motions using closed-form expressions", Ocean Eng. 31,
 *           61-85, eq. 9-17, at no speed.
 * Range     a ship at rest or on dynamic position; ratios of usual ships.
 *   of a table without phases: heave, x pitch and y roll in quadrature; with phases their sum (vessel_rao.c)
 * Weakness  box hull, no moon-pool, no roll; (5) holds for long waves. A table of the ship's own RAOs replaces it.
 */
#include "lift/vessel.h"

#include <math.h>

#include "base/error.h"

#define PI      3.14159265358979323846
#define GRAVITY 9.80665

void kd_hull_respond(kd_hull_response *out, const kd_hull *h, double omega, double heading, double gravity) {
  const double k = omega * omega / gravity, ke = fabs(k * cos(heading)), beam = h->beam * h->block;
  const double kt = k * h->draught, half = 0.5 * ke * h->length;
  if (!(k > 0)) { /* the ship follows a very long wave */
    *out = (kd_hull_response){1, 0, 1};
    return;
  }
  const double a = 2 * sin(0.5 * k * beam) * exp(-kt), damp = a * a / (k * beam);
  const double n = 1 / sqrt((1 - 2 * kt) * (1 - 2 * kt) + damp * damp);
  const double f = sqrt((1 - kt) * (1 - kt) + damp * damp) * exp(-ke * h->draught);
  const double sinc = half > 1e-3 ? sin(half) / half : 1 - half * half / 6;
  /* 24/((2 half)^2 L) (sin - half cos) = 6/(half^2 L) (half^3/3 - half^5/30): small half by its series */
  const double lever = half > 1e-2 ? 6 / (half * half * h->length) * (sin(half) - half * cos(half))
                                   : 2 * half / h->length * (1 - half * half / 10);
  out->heave = fabs(n * f * sinc);
  out->pitch = fabs(n * f * lever);
  out->point = sqrt(out->heave * out->heave + h->string_forward * h->string_forward * out->pitch * out->pitch);
}

/* Linear in frequency within one heading; beyond the table: 1 for longer waves than the longest, 0 for shorter. */
static double heading_heave(const kd_vessel *self, size_t h, double omega) {
  const size_t a = self->first[h], b = self->first[h + 1];
  const double x = self->hull.string_forward, y = self->hull.string_port;
  const double *heave_of = self->motion[KD_HEAVE], *pitch_of = self->motion[KD_PITCH], *roll_of = self->motion[KD_ROLL];
  size_t i = a;
  if (omega < self->frequency[a]) {
    const double edge =
        sqrt(heave_of[a] * heave_of[a] + x * x * pitch_of[a] * pitch_of[a] + y * y * roll_of[a] * roll_of[a]);
    return 1 + (edge - 1) * omega / self->frequency[a];
  }
  if (omega > self->frequency[b - 1]) return 0;
  while (i + 2 < b && self->frequency[i + 1] <= omega) i++;
  const size_t j = i + 1 < b ? i + 1 : i;
  const double t = j > i ? (omega - self->frequency[i]) / (self->frequency[j] - self->frequency[i]) : 0;
  const double heave = (1 - t) * heave_of[i] + t * heave_of[j];
  const double pitch = (1 - t) * pitch_of[i] + t * pitch_of[j];
  const double roll = (1 - t) * roll_of[i] + t * roll_of[j];
  return sqrt(heave * heave + x * x * pitch * pitch + y * y * roll * roll);
}

double kd_vessel_heave(const kd_vessel *self, double omega, double heading) {
  if (self->headings == 0) {
    kd_hull_response r;
    kd_hull_respond(&r, &self->hull, omega, heading, GRAVITY);
    return r.point;
  }
  if (self->phased) {
    kd_complex3 top;
    kd_vessel_top(&top, self, omega, heading);
    return hypot(top.re[2], top.im[2]);
  }
  /* Both sides of the ship are alike: fold to 0 .. 180 degrees, then linear between the headings of the table. */
  double fold = fabs(remainder(heading, 2 * PI));
  size_t k = 0;
  while (k + 1 < self->headings && self->heading[k + 1] <= fold) k++;
  if (k + 1 == self->headings || fold <= self->heading[0]) return heading_heave(self, k, omega);
  const double t = (fold - self->heading[k]) / (self->heading[k + 1] - self->heading[k]);
  return (1 - t) * heading_heave(self, k, omega) + t * heading_heave(self, k + 1, omega);
}
