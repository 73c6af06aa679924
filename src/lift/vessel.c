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

static kd_status read_rao(kd_vessel *self, kd_work *work) {
  kd_status status = KD_OK;
  const kd_table *t = self->rao;
  const size_t n = t->rows;
  const double *heading = kd_table_column(t, "heading")->number, *period = kd_table_column(t, "period")->number;
  const double *heave = kd_table_column(t, "heave")->number;
  const kd_column *pitch = kd_table_column(t, "pitch");
  size_t *order = kd_arena_alloc(work->scratch, n, sizeof *order);
  size_t *first = kd_arena_alloc(work->scratch, n + 1, sizeof *first);
  double *at = kd_arena_alloc(work->scratch, n, sizeof *at), *w = kd_arena_alloc(work->scratch, n, sizeof *w);
  double *hv = kd_arena_alloc(work->scratch, n, sizeof *hv), *pt = kd_arena_alloc(work->scratch, n, sizeof *pt);
  KD_CHECK(order && first && at && w && hv && pt, work->err, KD_E_NOMEM, "no memory for an RAO table of %zu rows", n);
  for (size_t i = 0; i < n; i++) {
    KD_CHECK(period[i] > 0, work->err, KD_E_RANGE, "rao: row %zu: period %g s: must be above 0 s", i + 1, period[i]);
    KD_CHECK(heave[i] >= 0, work->err, KD_E_RANGE, "rao: row %zu: heave %g m/m: must be at least 0", i + 1, heave[i]);
    KD_CHECK(isfinite(heading[i]), work->err, KD_E_RANGE, "rao: row %zu: the heading is missing", i + 1);
    /* Insertion into the order by heading, then by falling period. */
    size_t k = i;
    for (; k > 0; k--) {
      const size_t b = order[k - 1];
      if (heading[b] < heading[i] || (heading[b] == heading[i] && period[b] > period[i])) break;
      KD_CHECK(heading[b] != heading[i] || period[b] != period[i], work->err, KD_E_DUPLICATE,
               "rao: row %zu: heading %g deg and period %g s stand twice", i + 1, heading[i] * 180 / PI, period[i]);
      order[k] = b;
    }
    order[k] = i;
  }
  for (size_t i = 0; i < n; i++) {
    const size_t r = order[i];
    if (i == 0 || heading[r] != at[self->headings - 1]) {
      at[self->headings] = heading[r];
      first[self->headings++] = i;
    }
    w[i] = 2 * PI / period[r];
    hv[i] = heave[r];
    pt[i] = pitch != NULL && isfinite(pitch->number[r]) ? pitch->number[r] : 0;
  }
  first[self->headings] = n;
  self->heading = at, self->first = first, self->frequency = w, self->heave = hv, self->pitch = pt;
out:
  return status;
}

kd_status kd_vessel_prepare(kd_vessel *self, kd_work *work) {
  self->headings = 0;
  return self->rao != NULL ? read_rao(self, work) : KD_OK;
}

/* Linear in frequency within one heading; beyond the table: 1 for longer waves than the longest, 0 for shorter. */
static double heading_heave(const kd_vessel *self, size_t h, double omega) {
  const size_t a = self->first[h], b = self->first[h + 1];
  const double x = self->hull.string_forward;
  size_t i = a;
  if (omega < self->frequency[a]) {
    const double edge = sqrt(self->heave[a] * self->heave[a] + x * x * self->pitch[a] * self->pitch[a]);
    return 1 + (edge - 1) * omega / self->frequency[a];
  }
  if (omega > self->frequency[b - 1]) return 0;
  while (i + 2 < b && self->frequency[i + 1] <= omega) i++;
  const size_t j = i + 1 < b ? i + 1 : i;
  const double t = j > i ? (omega - self->frequency[i]) / (self->frequency[j] - self->frequency[i]) : 0;
  const double heave = (1 - t) * self->heave[i] + t * self->heave[j];
  const double pitch = (1 - t) * self->pitch[i] + t * self->pitch[j];
  return sqrt(heave * heave + x * x * pitch * pitch);
}

double kd_vessel_heave(const kd_vessel *self, double omega, double heading) {
  if (self->headings == 0) {
    kd_hull_response r;
    kd_hull_respond(&r, &self->hull, omega, heading, GRAVITY);
    return r.point;
  }
  /* Both sides of the ship are alike: fold to 0 .. 180 degrees, then linear between the headings of the table. */
  double fold = fabs(remainder(heading, 2 * PI));
  size_t k = 0;
  while (k + 1 < self->headings && self->heading[k + 1] <= fold) k++;
  if (k + 1 == self->headings || fold <= self->heading[0]) return heading_heave(self, k, omega);
  const double t = (fold - self->heading[k]) / (self->heading[k + 1] - self->heading[k]);
  return (1 - t) * heading_heave(self, k, omega) + t * heading_heave(self, k + 1, omega);
}
