// SPDX-License-Identifier: Apache-2.0
/* The lift of a scenario in a sea: string and line from the parameters of the stage, coupled, while an event is played.
 *
 * The heave grows in over the settling time, which does not count; then the sea lasts for the duration.
 * Weakness  a current is the same at all depths; the sea has one direction.
 */
#include "lift/lift_sea.h"

#include <math.h>

#include "base/error.h"
#include "lift/kernels_string.h"
#include "lift/lift_table.h"

const kd_field kd_lift_sea_fields[KD_SEA_OPTIONS] = {
    KD_IN("hs", "m", "3 m", "0 m", "30 m", "Significant wave height."),
    KD_IN("tp", "s", "10 s", "2 s", "40 s", "Peak period."),
    KD_IN("heading", "deg", "180 deg", "-360 deg", "360 deg", "Of the waves: 0 astern, 180 ahead."),
    KD_IN("gamma", "1", "3.3", "1", "20", "Peak enhancement of JONSWAP."),
    KD_WORD("law", KD_SPECTRUM_LAWS, "jonswap", "Of the spectrum."),
    KD_IN("hs2", "m", "0 m", "0 m", "30 m", "Second peak of Ochi and Hubble."),
    KD_IN("tp2", "s", "8 s", "1 s", "60 s", "Second peak of Ochi and Hubble."),
    KD_IN("duration", "s", "30 min", "10 s", "1e6 s", "Of the sea that counts."),
    KD_IN("settle", "s", "300 s", "0 s", "1e5 s", "Before that, in which the heave grows."),
    KD_IN("step", "s", "0.1 s", "1e-3 s", "10 s", "Time step of string and line."),
    KD_IN("every", "s", "none", "0.01 s", "3600 s", "Between rows; none: a two thousandth of all, at least 0.5 s."),
    KD_WORD("way", "none|one|two", "two", "Does the string drive the line, and the line load the string?"),
    KD_WORD("model", "bar|beam", "bar", "String along its axis, or with bending in space."),
    KD_IN("elements", "1", "200", "4", "5000", "Of the string."),
    KD_IN("waves", "1", "100", "1", "2000", "Components of equal energy."),
    KD_WORD("motion", "vertical|all", "all", "Of the ship at the string; across for the beam."),
    KD_IN("current", "m/s", "0 m/s", "-5 m/s", "5 m/s", "Along the waves, at all depths; for the beam."),
    KD_IN("drag", "1", "1.2", "0", "10", "Drag coefficient across, Cd."),
    KD_IN("added", "1", "1", "0", "5", "Coefficient of added mass, Ca."),
    KD_IN("hold_stiffness", "N/m", "none", "0 N/m", "1e12 N/m", "Of a heave compensator; none: hung hard."),
    KD_IN("hold_damping", "N.s/m", "0 N.s/m", "0 N.s/m", "1e12 N.s/m", "Of the same."),
    KD_IN("string_port", "m", "0 m", "-100 m", "100 m", "Place of the string to port."),
    KD_IN("string_height", "m", "0 m", "-100 m", "200 m", "Of its top over the axis of roll and pitch."),
};

static kd_sea_case sea_case(const double *in, const kd_lift_params *p) {
  return (kd_sea_case){.elements = in[KD_SEA_ELEMENTS],
                       .hs = in[KD_SEA_HS],
                       .tp = in[KD_SEA_TP],
                       .gamma = in[KD_SEA_GAMMA],
                       .heading = in[KD_SEA_HEADING],
                       .waves = in[KD_SEA_WAVES],
                       .radius = 0.8,
                       .drag = in[KD_SEA_DRAG],
                       .skin = p->wall_drag,
                       .added = in[KD_SEA_ADDED],
                       .head_drag_area = p->head_drag_area,
                       .damping = p->axial_damping,
                       .hold_stiffness = isnan(in[KD_SEA_HOLD_STIFFNESS]) ? HUGE_VAL : in[KD_SEA_HOLD_STIFFNESS],
                       .hold_damping = in[KD_SEA_HOLD_DAMPING],
                       .hull = {p->ship_length, p->ship_beam, p->ship_draught, 1, p->string_forward,
                                in[KD_SEA_STRING_PORT], in[KD_SEA_STRING_HEIGHT]},
                       .rao = p->ship_rao,
                       .every_motion = (int)in[KD_SEA_MOTION],
                       .law = (int)in[KD_SEA_LAW],
                       .second_hs = in[KD_SEA_HS2],
                       .second_tp = in[KD_SEA_TP2]};
}

kd_status kd_lift_sea_run(kd_event_report *out, const double *in, kd_lift_event event, size_t cells, bool frames,
                          const kd_lift_params *p, const kd_slurry *feed, kd_work *work) {
  kd_status status = KD_OK;
  kd_lift_result steady;
  const double depth = 0, until = in[KD_SEA_SETTLE] + in[KD_SEA_DURATION];
  const kd_current current = {&depth, &in[KD_SEA_CURRENT], 1};
  const kd_sea_case sea = sea_case(in, p);
  kd_string_segment *segments = NULL;
  kd_line_coupling_spec spec = {.sea = &sea,
                                .current = &current,
                                .way = (kd_coupling_way)in[KD_SEA_WAY],
                                .model = (kd_string_model)in[KD_SEA_MODEL],
                                .settle = in[KD_SEA_SETTLE]};
  KD_TRY(kd_lift_run(&steady, p, feed, work));
  KD_TRY(kd_lift_string_segments(&segments, &spec.count, &spec.load, p, &steady, work));
  spec.segments = segments;
  const double every = isnan(in[KD_SEA_EVERY]) ? fmax(until / 2000, 0.5) : in[KD_SEA_EVERY];
  const kd_event_options options = {.event = event,
                                    .cells = cells,
                                    .every = every,
                                    .step = in[KD_SEA_STEP],
                                    .tank = (double)NAN,
                                    .ramp = (double)NAN,
                                    .frames = frames,
                                    .until = until,
                                    .string = &spec};
  KD_TRY(kd_lift_event_run(out, &options, p, feed, work));
out:
  return status;
}
