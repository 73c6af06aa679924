// SPDX-License-Identifier: Apache-2.0
/* Kernels of the ship's motions. Equations stand in vessel.c and vessel_rao.c. */
#include <math.h>

#include "base/error.h"
#include "lift/kernels_sea.h"
#include "lift/vessel.h"

#define PI 3.14159265358979323846

static kd_status hull_heave(double *out, const double *in, kd_work *work) {
  (void)work;
  const kd_hull hull = {in[0], in[1], in[2], in[3], in[4], 0, 0};
  kd_hull_response r;
  kd_hull_respond(&r, &hull, 2 * PI / in[5], in[6], in[7]);
  out[0] = r.heave, out[1] = r.pitch, out[2] = r.point;
  return KD_OK;
}

/* Spectrum of the motion at the string: sea x RAO^2. Options: sea, heading, string_forward, cutoff, steps. */
static kd_status response(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_wave_spectrum sea;
  kd_vessel ship = {.hull = {.string_forward = in[KD_SEA_COLUMNS + 1]}, .rao = data[0]};
  const double heading = in[KD_SEA_COLUMNS], steps = in[KD_SEA_COLUMNS + 3], cutoff = 2 * PI * in[KD_SEA_COLUMNS + 2];
  KD_TRY(kd_sea_columns_read(&sea, in, work->err));
  KD_TRY(kd_vessel_prepare(&ship, work));
  KD_CHECK(steps == floor(steps), work->err, KD_E_RANGE, "steps %g: must be a whole number", steps);
  KD_TRY(kd_table_create(out, work->ctx,
                         "frequency [1/s], wave_density [m2.s], rao [1], response_density [m2.s], m0 [m2], "
                         "significant [m], zero_period [s], velocity_sd [m/s], acceleration_sd [m/s2]",
                         (size_t)steps, work->err));
  kd_column *c = (*out)->column;
  double m0 = 0, m2 = 0, m4 = 0;
  for (size_t i = 0; i < (size_t)steps; i++) { /* mid-points of equal cells: the sums hold the stated density */
    const double w = cutoff * ((double)i + 0.5) / steps, s = kd_wave_density(&sea, w);
    const double rao = kd_vessel_heave(&ship, w, heading), r = s * rao * rao;
    c[0].number[i] = w / (2 * PI), c[1].number[i] = s, c[2].number[i] = rao, c[3].number[i] = r;
    m0 += r * cutoff / steps, m2 += r * w * w * cutoff / steps, m4 += r * w * w * w * w * cutoff / steps;
  }
  for (size_t i = 0; i < (size_t)steps; i++) {
    c[4].number[i] = m0, c[5].number[i] = 4 * sqrt(m0), c[6].number[i] = 2 * PI * sqrt(m0 / m2);
    c[7].number[i] = sqrt(m2), c[8].number[i] = sqrt(m4);
  }
out:
  return status;
}

/* Options: period, heading, string_forward, string_port, string_height, ship_length, ship_beam, ship_draught. */
static kd_status motion(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_vessel ship = {.hull = {in[5], in[6], in[7], 1, in[2], in[3], in[4]}, .rao = data[0]};
  double re[KD_SHIP_AXES], im[KD_SHIP_AXES], row[2 * KD_SHIP_AXES + 6];
  kd_complex3 top;
  KD_TRY(kd_vessel_prepare(&ship, work));
  kd_vessel_motions(re, im, &ship, 2 * PI / in[0], in[1]);
  kd_vessel_top(&top, &ship, 2 * PI / in[0], in[1]);
  for (size_t k = 0; k < KD_SHIP_AXES; k++)
    row[2 * k] = hypot(re[k], im[k]), row[2 * k + 1] = atan2(im[k], re[k]) + 0.0;
  for (size_t k = 0; k < 3; k++) {
    row[2 * KD_SHIP_AXES + 2 * k] = hypot(top.re[k], top.im[k]);
    row[2 * KD_SHIP_AXES + 2 * k + 1] = atan2(top.im[k], top.re[k]) + 0.0;
  }
  KD_TRY(kd_table_create(out, work->ctx,
                         "surge [1], surge_phase [deg], sway [1], sway_phase [deg], heave [1], heave_phase [deg], "
                         "roll [rad/m], roll_phase [deg], pitch [rad/m], pitch_phase [deg], yaw [rad/m], "
                         "yaw_phase [deg], top_x [1], top_x_phase [deg], top_y [1], top_y_phase [deg], top_z [1], "
                         "top_z_phase [deg]",
                         1, work->err));
  kd_table_put_row(*out, 0, row, KD_COUNT(row));
out:
  return status;
}

#define PHASED(name, unit, text)                                                                                       \
  KD_OUT(name, unit, text), KD_OUT(name "_phase", "deg", "Ahead of the crest at midship.")

const kd_kernel kd_vessel_kernels[] = {
    KD_DATA(
        "vessel.motion",
        "Six motions of a ship at midship and of the string's top with its lever arms, per metre of a wave.",
        KD_FIELDS(KD_IN("period", "s", NULL, "0 s exclusive", "1000 s", "Wave period."),
                  KD_IN("heading", "deg", "180 deg", "-360 deg", "360 deg", "0 astern, 90 towards port, 180 ahead."),
                  KD_IN("string_forward", "m", "0 m", "-250 m", "250 m", "Place of the string before midship."),
                  KD_IN("string_port", "m", "0 m", "-100 m", "100 m", "To port."),
                  KD_IN("string_height", "m", "0 m", "-100 m", "200 m", "Over the axis of roll and pitch."),
                  KD_IN("ship_length", "m", "210 m", "1 m", "500 m", "Box hull, where no RAO is given."),
                  KD_IN("ship_beam", "m", "38 m", "1 m", "100 m", "Box hull."),
                  KD_IN("ship_draught", "m", "9.2 m", "0.1 m", "50 m", "Box hull.")),
        KD_FIELDS(PHASED("surge", "1", "Forward."), PHASED("sway", "1", "To port."), PHASED("heave", "1", "Up."),
                  PHASED("roll", "rad/m", "Port side up."), PHASED("pitch", "rad/m", "Bow down."),
                  PHASED("yaw", "rad/m", "Bow to port."), PHASED("top_x", "1", "Top along the waves."),
                  PHASED("top_y", "1", "Top to the left of the waves."), PHASED("top_z", "1", "Top upwards.")),
        KD_FIELDS({.name = "rao",
                   .columns = KD_RAO_COLUMNS,
                   .doc = "RAOs of the ship; without: a box hull.",
                   .optional = true}),
        motion),

    KD_PLAIN("vessel.heave",
             "Heave, pitch and vertical motion at the string of a box hull at rest (Jensen, Mansour and Olsen 2004).",
             KD_FIELDS(KD_IN("length", "m", "210 m", "1 m", "500 m", "Length."),
                       KD_IN("beam", "m", "38 m", "1 m", "100 m", "Beam."),
                       KD_IN("draught", "m", "9.2 m", "0.1 m", "50 m", "Draught."),
                       KD_IN("block", "1", "1", "0.1", "1", "Block coefficient; scales the beam."),
                       KD_IN("string_forward", "m", "0 m", "-250 m", "250 m", "Place of the string before midship."),
                       KD_IN("period", "s", NULL, "0 s exclusive", "1000 s", "Wave period."),
                       KD_IN("heading", "deg", "180 deg", "-360 deg", "360 deg", "0 astern, 90 abeam, 180 ahead."),
                       KD_IN("gravity", "m/s2", "9.80665 m/s2", "0 m/s2 exclusive", "100 m/s2", "Gravity.")),
             KD_FIELDS(KD_OUT("heave", "1", "Heave amplitude per wave amplitude."),
                       KD_OUT("pitch", "rad/m", "Pitch amplitude per wave amplitude."),
                       KD_OUT("point", "1", "Vertical amplitude at the string per wave amplitude.")),
             hull_heave),
    KD_DATA("wave.response", "Spectrum of the vertical motion at the string: wave spectrum times RAO squared.",
            KD_FIELDS(KD_SEA_FIELDS, KD_IN("heading", "deg", "180 deg", "-360 deg", "360 deg", "Heading of the waves."),
                      KD_IN("string_forward", "m", "0 m", "-250 m", "250 m", "Place of the string before midship."),
                      KD_IN("cutoff", "1/s", "0.5 1/s", "0.01 1/s", "10 1/s", "Highest frequency, Hz."),
                      KD_IN("steps", "1", "200", "10", "20000", "Equal cells of frequency.")),
            KD_FIELDS(KD_OUT("frequency", "1/s", "Middle of the cell, Hz."),
                      KD_OUT("wave_density", "m2.s", "Over angular frequency."),
                      KD_OUT("rao", "1", "Amplitude per wave amplitude."),
                      KD_OUT("response_density", "m2.s", "wave_density rao^2."), KD_OUT("m0", "m2", "Variance."),
                      KD_OUT("significant", "m", "Significant height of the motion, 4 sqrt m0."),
                      KD_OUT("zero_period", "s", "2 pi sqrt(m0/m2)."),
                      KD_OUT("velocity_sd", "m/s", "Standard deviation of the velocity."),
                      KD_OUT("acceleration_sd", "m/s2", "Standard deviation of the acceleration.")),
            KD_FIELDS({.name = "rao", .columns = KD_RAO_COLUMNS, .doc = "Response amplitude operators of the ship."}),
            response),
    KD_LAST_KERNEL,
};
