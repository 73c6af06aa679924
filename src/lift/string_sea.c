// SPDX-License-Identifier: Apache-2.0
/* A sea state over the string: from segments to a beam, rest in the current, march in waves, statistics by node.
 *
 *   heave(t) = sum a_j R(w_j) cos(w_j t + p_j)        R  response of the ship at the string                        (1)
 *   stress   = Te/A + |M| D/(2 I)                     largest over time, with the pressure of the sea in balance (2)
 *   damage   narrow band by the standard deviation of the axial stress and its zero crossings (3)
 *
 * Source    (1) linear superposition; (3) Rayleigh peaks, S-N curve D of DNV-RP-C203 in sea water with protection.
 * Range     a ship that stays on place and heaves; waves from one side. Weakness: no surge, no second-order motion.
 */
#include "lift/string_sea.h"

#include <math.h>

#include "base/error.h"
#include "lift/fatigue.h"

#define PI   3.14159265358979323846
#define YEAR 31557600.0

kd_sea_case kd_sea_case_read(const double *in) {
  kd_sea_case c = {.elements = in[0],
                   .hs = in[1],
                   .tp = in[2],
                   .gamma = in[3],
                   .heading = in[4],
                   .duration = in[5],
                   .step = in[6],
                   .lead_in = in[7],
                   .waves = in[8],
                   .radius = in[9],
                   .drag = in[10],
                   .skin = in[11],
                   .added = in[12],
                   .locked = (int)in[13],
                   .head_drag_area = in[14],
                   .head_added_mass = in[15],
                   .flow = in[16],
                   .damping = in[17],
                   .hold_stiffness = isnan(in[18]) ? HUGE_VAL : in[18],
                   .hold_damping = in[19],
                   .hull = {in[20], in[21], in[22], 1, in[23], in[26], in[27]},
                   .end_length = in[24],
                   .every_motion = (int)in[25],
                   .law = (int)in[28],
                   .second_hs = in[29],
                   .second_tp = in[30]};
  return c;
}

/* Lengths of n elements over a segment: uniform, or growing from the top over end_length by a smooth law. */
static double element_share(double i, double n, double length, double end) {
  if (!(end > 0)) return i / n;
  /* s(y) with ds/dy = 1/20 at the top rising to its full value: y - (1 - 1/20) e (1 - exp(-y/e)) scaled. */
  const double y = i / n, e = fmin(end / length, 0.5), cut = 0.95;
  return (y - cut * e * (1 - exp(-y / e))) / (1 - cut * e * (1 - exp(-1 / e)));
}

kd_status kd_sea_beam(kd_beam *out, double **positions, const kd_string_segment *segments, size_t count,
                      const kd_string_load *load, const kd_sea_case *c, kd_work *work) {
  kd_status status = KD_OK;
  double length = 0;
  size_t n = 0, at = 0;
  KD_CHECK(c->elements == floor(c->elements), work->err, KD_E_RANGE, "elements %g: must be a whole number",
           c->elements);
  for (size_t i = 0; i < count; i++) length += segments[i].length;
  for (size_t i = 0; i < count; i++) n += (size_t)fmax(round(c->elements * segments[i].length / length), 2);
  KD_TRY(kd_beam_create(out, n, work));
  double depth = -load->freeboard;
  for (size_t i = 0; i < count; i++) {
    kd_string_segment_state s;
    kd_string_segment_solve(&s, &segments[i], load);
    const size_t parts = (size_t)fmax(round(c->elements * segments[i].length / length), 2);
    const double along = s.mass + (c->locked ? s.contents_mass : 0);
    for (size_t k = 0; k < parts; k++, at++) {
      const double end = i == 0 ? c->end_length : 0, l = segments[i].length, m = (double)parts;
      out->length[at] = l * (element_share((double)k + 1, m, l, end) - element_share((double)k, m, l, end));
      const bool in_air = depth + 0.5 * out->length[at] < 0;
      depth += out->length[at];
      out->stiffness[at] = s.stiffness;
      out->bending[at] = s.bending;
      out->weight[at] = s.effective_weight + (in_air ? load->water * s.added_area * load->gravity : 0);
      out->mass[at] = along;
      out->lateral[at] = s.mass + s.contents_mass - along + (in_air ? 0 : c->added * load->water * s.outer_area);
      out->drag[at] = in_air ? 0 : 0.5 * load->water * c->drag * s.drag_diameter;
      out->skin[at] = in_air ? 0 : 0.5 * load->water * c->skin * PI * s.drag_diameter;
      out->inertia[at] = in_air ? 0 : load->water * (1 + c->added) * s.outer_area;
      out->contents[at] = s.contents_mass;
    }
  }
  out->flow = c->flow;
  out->damping = c->damping * c->tp / PI;
  out->head_mass = load->head_mass, out->head_weight = load->head_weight + load->foot_pull;
  out->head_added = c->head_added_mass;
  out->head_drag = 0.5 * load->water * c->head_drag_area;
  out->hold_stiffness = c->hold_stiffness, out->hold_damping = c->hold_damping;
  out->gravity = load->gravity;
  double *x = kd_arena_alloc(work->scratch, 3 * (n + 1), sizeof *x), *tension = kd_arena_alloc(work->scratch, n + 1, 8);
  KD_CHECK(x != NULL && tension != NULL, work->err, KD_E_NOMEM, "no memory for %zu elements", n);
  tension[n] = out->head_weight;
  for (size_t e = n; e-- > 0;) tension[e] = tension[e + 1] + out->weight[e] * out->length[e];
  KD_CHECK(tension[n] >= 0 && tension[0] > 0, work->err, KD_E_INFEASIBLE,
           "head weight %g N, top tension %g N: a free string must hang", tension[n], tension[0]);
  x[2] = load->freeboard;
  for (size_t e = 0; e < n; e++)
    x[3 * e + 5] = x[3 * e + 2] - out->length[e] * (1 + 0.5 * (tension[e] + tension[e + 1]) / out->stiffness[e]);
  *positions = x;
out:
  return status;
}

kd_status kd_ship_motion_create(kd_ship_motion *out, const kd_sea_case *c, kd_work *work) {
  kd_status status = KD_OK;
  kd_wave_spectrum spectrum = {.law = (kd_spectrum_law)c->law,
                               .hs = c->hs,
                               .tp = c->tp,
                               .gamma = c->gamma,
                               .norm = KD_NORM_EXACT,
                               .hs2 = c->second_hs,
                               .tp2 = c->second_tp,
                               .lambda = 3,
                               .lambda2 = 1.54};
  kd_vessel ship = {.hull = c->hull, .rao = c->rao};
  *out = (kd_ship_motion){0};
  if (!(c->hs > 0) && c->regular_amplitude > 0) { /* of the string's top itself, over a sea without waves */
    double *x = kd_arena_alloc(work->scratch, 4, sizeof *x);
    KD_CHECK(x != NULL, work->err, KD_E_NOMEM, "no memory for a heave");
    x[1] = 2 * PI / c->tp, x[3] = c->regular_amplitude;
    out->train = (kd_wave_train){1, x, x + 1, x + 2};
    out->rao = x + 3;
  }
  if (!(c->hs > 0) && c->spectrum == NULL) goto out;
  if (c->spectrum != NULL)
    KD_TRY(kd_wave_spectrum_table(&spectrum, c->spectrum, work));
  else
    KD_TRY(kd_wave_spectrum_prepare(&spectrum, work->err));
  KD_TRY(kd_vessel_prepare(&ship, work));
  KD_TRY(kd_wave_train_create(&out->train, &spectrum, (size_t)c->waves, work));
  const size_t n = out->train.count;
  out->rao = kd_arena_alloc(work->scratch, n, sizeof *out->rao);
  KD_CHECK(out->rao != NULL, work->err, KD_E_NOMEM, "no memory for %zu waves", n);
  for (size_t j = 0; j < n; j++)
    out->rao[j] = kd_vessel_heave(&ship, out->train.omega[j], c->heading) * out->train.amplitude[j];
  if (c->every_motion == 0) goto out;
  out->every = kd_arena_alloc(work->scratch, n, sizeof *out->every);
  KD_CHECK(out->every != NULL, work->err, KD_E_NOMEM, "no memory for %zu waves", n);
  for (size_t j = 0; j < n; j++) {
    kd_vessel_top(&out->every[j], &ship, out->train.omega[j], c->heading);
    for (int k = 0; k < 3; k++)
      out->every[j].re[k] *= out->train.amplitude[j], out->every[j].im[k] *= out->train.amplitude[j];
  }
out:
  return status;
}

void kd_ship_motion_at(kd_beam_motion *out, const kd_ship_motion *self, double time, double ramp, double base) {
  const int from = self->every != NULL ? 0 : 2;
  double z[3] = {0}, v[3] = {0}, a[3] = {0};
  for (size_t j = 0; j < self->train.count; j++) {
    const double w = self->train.omega[j], p = w * time + self->train.phase[j], cosine = cos(p), sine = sin(p);
    for (int k = from; k < 3; k++) {
      const double re = self->every != NULL ? self->every[j].re[k] : self->rao[j];
      const double im = self->every != NULL ? self->every[j].im[k] : 0;
      const double c = re * cosine - im * sine, s = re * sine + im * cosine;
      z[k] += c, v[k] -= w * s, a[k] -= w * w * c;
    }
  }
  const double x = ramp > 0 ? fmin(time / ramp, 1) : 1, g = x * x * x * (10 - 15 * x + 6 * x * x);
  const double g1 = x < 1 ? 30 * x * x * (1 - x) * (1 - x) / ramp : 0;
  const double g2 = x < 1 ? 60 * x * (1 - x) * (1 - 2 * x) / (ramp * ramp) : 0;
  *out = (kd_beam_motion){.position = {0, 0, base}};
  for (int k = from; k < 3; k++) {
    out->position[k] += g * z[k];
    out->speed[k] = g * v[k] + g1 * z[k];
    out->acceleration[k] = g * a[k] + 2 * g1 * v[k] + g2 * z[k];
  }
}

typedef struct tally {
  double sum, square, last, up, z, z2;
} tally;

/* Adds the state at one time to the statistics. */
static void observe(kd_sea_result *r, tally *t, const kd_beam_march *march, const kd_beam *b, const double *rest) {
  const double *x = kd_beam_march_positions(march);
  double before = 0;
  for (size_t i = 0; i < r->nodes; i++) {
    kd_string_sea_node *n = &r->node[i];
    const double below = i + 1 < r->nodes ? kd_beam_march_tension(march, i) : before;
    const double tension = i > 0 ? 0.5 * (before + below) : below, k = kd_beam_march_curvature(march, i);
    before = below;
    n->least = fmin(n->least, tension), n->most = fmax(n->most, tension);
    n->curvature = fmax(n->curvature, k);
    const double d = tension - n->mean, z = x[3 * i + 2] - rest[3 * i + 2]; /* mean: that at rest so far */
    t[i].sum += d, t[i].square += d * d, t[i].z += z, t[i].z2 += z * z;
    if (t[i].last < 0 && d >= 0) t[i].up++;
    t[i].last = d;
  }
  const double lean = atan2(hypot(x[3] - x[0], x[4] - x[1]), x[2] - x[5]);
  r->top_angle = fmax(r->top_angle, lean);
  (void)b;
}

static void finish(kd_sea_result *r, const tally *t, double samples, double duration, const kd_string_segment *segments,
                   size_t count, const kd_string_load *load) {
  const kd_sn_curve curve = {11.764, 3, 5, 1e6, 1};
  size_t seg = 0;
  double end = segments[0].length;
  for (size_t i = 0; i < r->nodes; i++) {
    kd_string_sea_node *n = &r->node[i];
    while (seg + 1 < count && n->arc > end + 1e-9) end += segments[++seg].length;
    kd_string_segment_state s;
    kd_string_segment_solve(&s, &segments[seg], load);
    const double mean = t[i].sum / samples, var = fmax(t[i].square / samples - mean * mean, 0);
    n->mean += mean;
    n->sd = sqrt(var);
    n->motion_sd = sqrt(fmax(t[i].z2 / samples - t[i].z / samples * t[i].z / samples, 0));
    n->bending_stress = n->curvature * 0.5 * segments[seg].outer_diameter * segments[seg].modulus;
    n->von_mises = fabs(n->most) / s.wall_area + n->bending_stress;
    n->range = (n->most - n->least) / s.wall_area;
    const double m0 = var / (s.wall_area * s.wall_area), rate = fmax(t[i].up, 1) / duration;
    kd_spectral_damage d = {0};
    if (m0 > 0) kd_spectral_damage_of(&d, &curve, m0, rate * m0, rate * rate * m0, rate * rate * rate * rate * m0);
    n->damage_year = d.narrow * YEAR;
  }
}

kd_status kd_sea_case_run(kd_sea_result *out, const kd_string_segment *segments, size_t count,
                          const kd_string_load *load, const kd_current *current, const kd_sea_case *c,
                          kd_sea_step_fn *each, void *user, kd_work *work) {
  kd_status status = KD_OK;
  kd_beam beam;
  double *x = NULL;
  kd_ship_motion ship;
  kd_beam_march *march = NULL;
  const double steps = ceil((c->duration + c->lead_in) / c->step);
  const double counted = ceil(c->duration / c->step - 1e-9);
  KD_CHECK(steps <= 1e7, work->err, KD_E_RANGE, "step %g s: %g steps are too many; at most 1e7", c->step, steps);
  KD_TRY(kd_sea_beam(&beam, &x, segments, count, load, c, work));
  KD_TRY(kd_ship_motion_create(&ship, c, work));
  KD_TRY(kd_beam_march_create(&march, &beam, x, current, c->hs > 0 ? &ship.train : NULL, c->radius, work));
  KD_TRY(kd_beam_march_static(march, 1, work->err));
  *out = (kd_sea_result){.nodes = beam.elements + 1};
  out->node = kd_arena_alloc(work->scratch, out->nodes, sizeof *out->node);
  tally *t = kd_arena_alloc(work->scratch, out->nodes, sizeof *t);
  double *rest = kd_arena_alloc(work->scratch, 3 * out->nodes, sizeof *rest);
  KD_CHECK(out->node != NULL && t != NULL && rest != NULL, work->err, KD_E_NOMEM, "no memory for %zu nodes",
           out->nodes);
  const double *p = kd_beam_march_positions(march);
  double arc = 0;
  for (size_t i = 0; i < out->nodes; i++) {
    kd_string_sea_node *n = &out->node[i];
    for (int k = 0; k < 3; k++) rest[3 * i + (size_t)k] = p[3 * i + (size_t)k];
    const size_t a = i > 0 ? i - 1 : 0, b = i + 1 < out->nodes ? i : i - 1;
    n->arc = arc, n->offset = hypot(p[3 * i], p[3 * i + 1]), n->depth = -p[3 * i + 2];
    n->mean = 0.5 * (kd_beam_march_tension(march, a) + kd_beam_march_tension(march, b));
    n->least = n->most = n->mean;
    n->curvature = kd_beam_march_curvature(march, i);
    if (i + 1 < out->nodes) arc += beam.length[i];
  }
  double samples = 0, h2 = 0;
  for (double k = 1; k <= steps; k++) {
    kd_beam_motion top;
    kd_ship_motion_at(&top, &ship, k * c->step, c->lead_in, load->freeboard);
    KD_TRY(kd_beam_march_step(march, c->step, &top, work->err));
    if (k <= steps - counted) continue;
    if (each != NULL) each(k * c->step, &top, march, user);
    observe(out, t, march, &beam, rest);
    h2 += (top.position[2] - load->freeboard) * (top.position[2] - load->freeboard);
    samples++;
  }
  finish(out, t, fmax(samples, 1), c->duration, segments, count, load);
  out->heave_sd = sqrt(h2 / fmax(samples, 1));
  out->count = kd_beam_march_count(march);
out:
  return status;
}
