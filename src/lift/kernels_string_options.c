// SPDX-License-Identifier: Apache-2.0
/* What the data kernels of the string share: options to segments, loads, bars, and a regular march. */
#include "lift/kernels_string_options.h"

#include <math.h>

#include "base/error.h"

#define PI 3.14159265358979323846

kd_status kd_string_options_read(kd_string_segment **segments, kd_string_load *load, const kd_table *table,
                                 const double *in, kd_work *work) {
  const kd_string_segment defaults = {.density = in[11], .modulus = in[12], .yield = in[13], .joint_factor = in[14]};
  *load = (kd_string_load){.contents = in[2],
                           .conduit_contents = in[3],
                           .water = in[4],
                           .gravity = in[5],
                           .head_weight = in[0] * in[5] * (1 - in[4] / in[1]),
                           .freeboard = in[6],
                           .top_pressure = in[7],
                           .foot_pull = in[8],
                           .poisson = in[9],
                           .wall_tolerance = in[10]};
  /* The mass of the head travels with its weight: kept in head_mass by the dynamic kernels. */
  load->head_mass = in[0];
  return kd_string_segments_read(segments, table, &defaults, work);
}

void kd_table_put_row(kd_table *self, size_t row, const double *number, size_t count) {
  for (size_t c = 0; c < count; c++) self->column[c].number[row] = number[c];
}

kd_status kd_current_read(kd_current *out, const kd_table *table, bool positive, kd_error *err) {
  kd_status status = KD_OK;
  const double *depth = kd_table_column(table, "depth")->number, *speed = kd_table_column(table, "current")->number;
  *out = (kd_current){depth, speed, table->rows};
  for (size_t i = 0; i < table->rows; i++) {
    KD_CHECK(isfinite(depth[i]) && isfinite(speed[i]) && (i == 0 || depth[i] > depth[i - 1]), err, KD_E_RANGE,
             "current: row %zu: the depth must rise from row to row", i + 1);
    KD_CHECK(!positive || speed[i] >= 0, err, KD_E_RANGE, "current: row %zu: %g m/s: must be at least 0 m/s", i + 1,
             speed[i]);
  }
out:
  return status;
}

kd_axial_options kd_sea_bar_options_read(const double *o) {
  return (kd_axial_options){.locked = (int)o[0],
                            .elements = o[1],
                            .damping = o[2],
                            .wall_drag = o[3],
                            .head_drag_area = o[4],
                            .head_added_mass = o[5],
                            .hold_stiffness = o[6],
                            .hold_damping = o[7]};
}

kd_axial_options kd_axial_options_read(const double *in) {
  return (kd_axial_options){.amplitude = in[0],
                            .period = in[1],
                            .method = (int)in[2],
                            .locked = (int)in[3],
                            .elements = in[4],
                            .damping = in[5],
                            .wall_drag = in[6],
                            .head_drag_area = in[7],
                            .head_added_mass = in[8],
                            .added_mass = in[9],
                            .hold_stiffness = in[10],
                            .hold_damping = in[11],
                            .step = in[12],
                            .radius = in[13],
                            .cycles = in[14]};
}

kd_status kd_axial_bar(kd_bar *out, const kd_string_segment *segments, size_t count, const kd_string_load *load,
                       const kd_axial_options *o, kd_work *work) {
  kd_status status = KD_OK;
  const kd_bar_options options = {(size_t)o->elements, o->locked, o->added_mass, o->wall_drag};
  KD_TRY(kd_bar_create(out, segments, count, load, &options, work));
  out->head_mass = load->head_mass + o->head_added_mass;
  out->head_weight = load->head_weight + load->foot_pull;
  out->head_drag = 0.5 * load->water * o->head_drag_area;
  out->damping = o->damping;
  out->hold_stiffness = isnan(o->hold_stiffness) ? HUGE_VAL : o->hold_stiffness;
  out->hold_damping = o->hold_damping;
out:
  return status;
}

kd_status kd_axial_march_regular(kd_bar_amplitudes *out, double *steps, const kd_bar *bar, const kd_axial_options *o,
                                 kd_work *work) {
  kd_status status = KD_OK;
  kd_axial_march *march = NULL;
  const size_t n = bar->elements;
  const double w = 2 * PI / o->period, total = ceil(o->cycles * o->period / o->step), soft = 5 * o->period;
  KD_CHECK(total <= 5e7, work->err, KD_E_RANGE, "step %g s: %g steps are too many; at most 5e7", o->step, total);
  KD_TRY(kd_axial_march_create(&march, bar, o->step, o->radius, o->period, work));
  double *low = kd_arena_alloc(work->scratch, 4 * (n + 1), sizeof *low);
  KD_CHECK(low != NULL, work->err, KD_E_NOMEM, "no memory for %zu elements", n);
  double *high = low + n + 1, *least = high + n + 1, *most = least + n + 1, top_low = 0, top_high = 0;
  for (double i = 1; i <= total; i++) {
    /* The heave grows in over five periods: x^3 (10 - 15 x + 6 x^2), smooth in the acceleration. */
    const double t = i * o->step, x = fmin(t / soft, 1), c = o->amplitude;
    const double g = x * x * x * (10 - 15 * x + 6 * x * x), g1 = x < 1 ? 30 * x * x * (1 - x) * (1 - x) / soft : 0;
    const double g2 = x < 1 ? 60 * x * (1 - x) * (1 - 2 * x) / (soft * soft) : 0, s = sin(w * t), k = cos(w * t);
    kd_axial_march_step(march, c * g * s, c * (g1 * s + g * w * k), c * (g2 * s + 2 * g1 * w * k - g * w * w * s));
    if (t < 0.8 * total * o->step) continue;
    for (size_t e = 0; e <= n; e++) {
      const double u = kd_axial_march_at(march, e);
      low[e] = fmin(low[e], u), high[e] = fmax(high[e], u);
      if (e == n) continue;
      const double tension = kd_axial_march_tension(march, e);
      least[e] = fmin(least[e], tension), most[e] = fmax(most[e], tension);
    }
    top_low = fmin(top_low, kd_axial_march_top_tension(march));
    top_high = fmax(top_high, kd_axial_march_top_tension(march));
  }
  for (size_t e = 0; e <= n; e++) {
    out->displacement[e] = 0.5 * (high[e] - low[e]);
    const size_t a = e > 0 ? e - 1 : 0, b = e < n ? e : n - 1; /* elements on both sides */
    out->tension[e] = 0.25 * (most[a] - least[a] + most[b] - least[b]);
  }
  out->tension[0] = 0.5 * (top_high - top_low);
  out->top_tension = out->tension[0], out->foot = out->displacement[n], out->top = out->displacement[0];
  KD_CHECK(isfinite(out->foot), work->err, KD_E_NAN, "axial march: the answer is not finite at step %g s", o->step);
  *steps = total;
out:
  return status;
}
