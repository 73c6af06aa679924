// SPDX-License-Identifier: Apache-2.0
/* Motions of the ship from its table of response amplitude operators, and of the string's top with its lever arms.
 *
 *   motion = amplitude cos(w t + phase), re + i im times exp(i w t)                                             (1)
 *   top    x + z P - y Y,  y' - z R + x Y,  h - x P + y R    in the ship's axes (R, P, Y roll, pitch, yaw)         (2)
 *   along the waves  X = dx cos b + dy sin b,  to their left  Y = -dx sin b + dy cos b                             (3)
 *   without a phase: of a ship that follows long waves: heave 0, surge -+90, pitch +-90 deg by the sign of cos b,
 *   sway -90, roll -90 deg for waves towards port                                                                (4)
 *   box hull: surge cos b, sway sin b times (1 - exp(-k T))/(k T) sin(x)/x sin(y)/y, x = k L cos b/2, y = k B sin b/2
 * (5)
 *
 *   x, y, z  place of the string's top: forward, to port, over the axis of roll and pitch [m]   b  heading [rad]: the
 *   waves run towards (cos b, sin b)   k  wave number [1/m]   L, B, T  length, beam, draught [m]
 *
 * Numerics  linear in real and imaginary part, by frequency within a heading, then by heading; the other side of the
 *           ship by symmetry. Longer waves than the table's: straight to a ship that follows them; shorter: nothing.
 * Source    (1)-(3) linear sea-keeping; (5) mean orbital motion of the displaced water (Froude and Krylov, no
 *           diffraction; derived). Weakness  (5) is for ships that keep station softly; low-frequency drift is left
 * out.
 */
#include <math.h>

#include "base/error.h"
#include "lift/vessel.h"

#define PI      3.14159265358979323846
#define GRAVITY 9.80665

static const char *const amplitudes[KD_SHIP_AXES] = {"surge", "sway", "heave", "roll", "pitch", "yaw"};
static const char *const phases[KD_SHIP_AXES] = {"surge_phase", "sway_phase",  "heave_phase",
                                                 "roll_phase",  "pitch_phase", "yaw_phase"};

/* Phase of a ship that follows long waves, (4). */
static double following(size_t axis, double heading) {
  const double ahead = cos(heading) < 0 ? -1 : 1, side = sin(heading) < 0 ? -1 : 1;
  switch (axis) {
  case KD_SURGE:
    return -0.5 * PI * ahead;
  case KD_PITCH:
    return 0.5 * PI * ahead;
  case KD_SWAY:
  case KD_ROLL:
    return -0.5 * PI * side;
  default:
    return 0;
  }
}

/* Rows by heading, then by falling period. */
static kd_status sort_rows(size_t *order, const kd_table *t, kd_error *err) {
  kd_status status = KD_OK;
  const double *heading = kd_table_column(t, "heading")->number, *period = kd_table_column(t, "period")->number;
  for (size_t i = 0; i < t->rows; i++) {
    KD_CHECK(period[i] > 0, err, KD_E_RANGE, "rao: row %zu: period %g s: must be above 0 s", i + 1, period[i]);
    KD_CHECK(isfinite(heading[i]), err, KD_E_RANGE, "rao: row %zu: the heading is missing", i + 1);
    size_t k = i;
    for (; k > 0; k--) {
      const size_t b = order[k - 1];
      if (heading[b] < heading[i] || (heading[b] == heading[i] && period[b] > period[i])) break;
      KD_CHECK(heading[b] != heading[i] || period[b] != period[i], err, KD_E_DUPLICATE,
               "rao: row %zu: heading %g deg and period %g s stand twice", i + 1, heading[i] * 180 / PI, period[i]);
      order[k] = b;
    }
    order[k] = i;
  }
out:
  return status;
}

static kd_status read_axis(double *amplitude, double *phase, kd_vessel *self, size_t axis, const size_t *order,
                           kd_error *err) {
  kd_status status = KD_OK;
  const kd_table *t = self->rao;
  const kd_column *a = kd_table_column(t, amplitudes[axis]), *p = kd_table_column(t, phases[axis]);
  const double *heading = kd_table_column(t, "heading")->number;
  if (p != NULL) self->phased = true;
  if (p == NULL && axis == KD_HEAVE) p = kd_table_column(t, "phase");
  for (size_t i = 0; i < t->rows; i++) {
    const size_t r = order[i];
    amplitude[i] = a != NULL && (axis == KD_HEAVE || !isnan(a->number[r])) ? a->number[r] : 0;
    KD_CHECK(amplitude[i] >= 0, err, KD_E_RANGE, "rao: row %zu: %s %g %s: must be at least 0", r + 1, amplitudes[axis],
             amplitude[i], axis >= KD_ROLL ? "rad/m" : "m/m");
    phase[i] = p != NULL && isfinite(p->number[r]) ? p->number[r] : following(axis, heading[r]);
  }
out:
  return status;
}

kd_status kd_vessel_prepare(kd_vessel *self, kd_work *work) {
  kd_status status = KD_OK;
  self->headings = 0, self->phased = false;
  if (self->rao == NULL) goto out;
  const kd_table *t = self->rao;
  const size_t n = t->rows;
  const double *heading = kd_table_column(t, "heading")->number, *period = kd_table_column(t, "period")->number;
  size_t *order = kd_arena_alloc(work->scratch, n, sizeof *order);
  size_t *first = kd_arena_alloc(work->scratch, n + 1, sizeof *first);
  double *at = kd_arena_alloc(work->scratch, (2 + 2 * (size_t)KD_SHIP_AXES) * n, sizeof *at), *w = at + n;
  KD_CHECK(order && first && at, work->err, KD_E_NOMEM, "no memory for an RAO table of %zu rows", n);
  KD_TRY(sort_rows(order, t, work->err));
  for (size_t i = 0; i < n; i++) {
    if (i == 0 || heading[order[i]] != at[self->headings - 1]) {
      at[self->headings] = heading[order[i]];
      first[self->headings++] = i;
    }
    w[i] = 2 * PI / period[order[i]];
  }
  first[self->headings] = n;
  self->heading = at, self->first = first, self->frequency = w;
  for (size_t k = 0; k < KD_SHIP_AXES; k++) {
    double *amplitude = w + (1 + 2 * k) * n, *phase = amplitude + n;
    KD_TRY(read_axis(amplitude, phase, self, k, order, work->err));
    self->motion[k] = amplitude, self->phase[k] = phase;
  }
out:
  return status;
}

/* Of the table, at one of its headings. */
static void at_heading(double *re, double *im, const kd_vessel *self, size_t h, double omega) {
  const size_t a = self->first[h], b = self->first[h + 1];
  size_t i = a;
  while (i + 2 < b && self->frequency[i + 1] <= omega) i++;
  const size_t j = i + 1 < b ? i + 1 : i;
  const bool longer = omega < self->frequency[a];
  const double span = self->frequency[j] - self->frequency[i];
  const double t = longer ? omega / self->frequency[a] : j > i ? (omega - self->frequency[i]) / span : 0;
  for (size_t k = 0; k < KD_SHIP_AXES; k++) {
    const double *m = self->motion[k], *p = self->phase[k], g = self->heading[h];
    re[k] = im[k] = 0;
    if (omega > self->frequency[b - 1]) continue;
    if (longer) { /* from a ship that follows the wave to the first row */
      const double far = k == KD_HEAVE ? 1 : k == KD_SURGE ? fabs(cos(g)) : k == KD_SWAY ? fabs(sin(g)) : 0;
      const double still = m[a] > 0 || k == KD_HEAVE ? far : 0, q = following(k, g);
      re[k] = (1 - t) * still * cos(q) + t * m[a] * cos(p[a]);
      im[k] = (1 - t) * still * sin(q) + t * m[a] * sin(p[a]);
      continue;
    }
    re[k] = (1 - t) * m[i] * cos(p[i]) + t * m[j] * cos(p[j]);
    im[k] = (1 - t) * m[i] * sin(p[i]) + t * m[j] * sin(p[j]);
  }
}

static double sinc(double x) {
  return fabs(x) > 1e-4 ? sin(x) / x : 1 - x * x / 6;
}

static void of_hull(double *re, double *im, const kd_vessel *self, double omega, double heading) {
  const kd_hull *h = &self->hull;
  const double k = omega * omega / GRAVITY, kt = k * h->draught, c = cos(heading), s = sin(heading);
  const double share = (kt > 1e-6 ? -expm1(-kt) / kt : 1) * sinc(0.5 * k * h->length * c) * sinc(0.5 * k * h->beam * s);
  kd_hull_response r;
  kd_hull_respond(&r, h, omega, heading, GRAVITY);
  for (size_t a = 0; a < KD_SHIP_AXES; a++) re[a] = im[a] = 0;
  re[KD_HEAVE] = r.heave;
  im[KD_PITCH] = r.pitch * (c < 0 ? -1 : 1);
  im[KD_SURGE] = -c * share, im[KD_SWAY] = -s * share;
}

void kd_vessel_motions(double re[KD_SHIP_AXES], double im[KD_SHIP_AXES], const kd_vessel *self, double omega,
                       double heading) {
  if (self->headings == 0) {
    of_hull(re, im, self, omega, heading);
    return;
  }
  const double turned = remainder(heading, 2 * PI), fold = fabs(turned);
  size_t k = 0;
  while (k + 1 < self->headings && self->heading[k + 1] <= fold) k++;
  at_heading(re, im, self, k, omega);
  if (k + 1 < self->headings && fold > self->heading[0]) {
    double more[KD_SHIP_AXES], imore[KD_SHIP_AXES];
    const double t = (fold - self->heading[k]) / (self->heading[k + 1] - self->heading[k]);
    at_heading(more, imore, self, k + 1, omega);
    for (size_t a = 0; a < KD_SHIP_AXES; a++)
      re[a] = (1 - t) * re[a] + t * more[a], im[a] = (1 - t) * im[a] + t * imore[a];
  }
  if (turned < 0) { /* the mirror image */
    static const kd_ship_axis odd[] = {KD_SWAY, KD_ROLL, KD_YAW};
    for (int q = 0; q < 3; q++) re[odd[q]] = -re[odd[q]], im[odd[q]] = -im[odd[q]];
  }
}

static void lever(double out[3], const double m[KD_SHIP_AXES], const kd_hull *h, double heading) {
  const double x = h->string_forward, y = h->string_port, z = h->string_height;
  const double dx = m[KD_SURGE] + z * m[KD_PITCH] - y * m[KD_YAW], dy = m[KD_SWAY] - z * m[KD_ROLL] + x * m[KD_YAW];
  out[0] = dx * cos(heading) + dy * sin(heading);
  out[1] = -dx * sin(heading) + dy * cos(heading);
  out[2] = m[KD_HEAVE] - x * m[KD_PITCH] + y * m[KD_ROLL];
}

void kd_vessel_top(kd_complex3 *out, const kd_vessel *self, double omega, double heading) {
  double re[KD_SHIP_AXES], im[KD_SHIP_AXES];
  kd_vessel_motions(re, im, self, omega, heading);
  lever(out->re, re, &self->hull, heading);
  lever(out->im, im, &self->hull, heading);
}
