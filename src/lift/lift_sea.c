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

const kd_field kd_lift_sea_fields[KD_SEA_OPTIONS] = {KD_LIFT_SEA_FIELDS};
kd_sea_case kd_lift_sea_case(const double *in) {
  return (kd_sea_case){
      .elements = in[KD_SEA_ELEMENTS],
      .hs = in[KD_SEA_HS],
      .tp = in[KD_SEA_TP],
      .gamma = in[KD_SEA_GAMMA],
      .heading = in[KD_SEA_HEADING],
      .waves = in[KD_SEA_WAVES],
      .radius = 0.8,
      .drag = in[KD_SEA_DRAG],
      .added = in[KD_SEA_ADDED],
      .hold_stiffness = isnan(in[KD_SEA_HOLD_STIFFNESS]) ? HUGE_VAL : in[KD_SEA_HOLD_STIFFNESS],
      .hold_damping = in[KD_SEA_HOLD_DAMPING],
      .hull = {.block = 1, .string_port = in[KD_SEA_STRING_PORT], .string_height = in[KD_SEA_STRING_HEIGHT]},
      .every_motion = (int)in[KD_SEA_MOTION],
      .law = (int)in[KD_SEA_LAW],
      .second_hs = in[KD_SEA_HS2],
      .second_tp = in[KD_SEA_TP2]};
}

static kd_sea_case case_of(const double *in, const kd_lift_params *p) {
  kd_sea_case c = kd_lift_sea_case(in);
  c.skin = p->wall_drag, c.head_drag_area = p->head_drag_area, c.damping = p->axial_damping;
  c.hull.length = p->ship_length, c.hull.beam = p->ship_beam, c.hull.draught = p->ship_draught;
  c.hull.string_forward = p->string_forward;
  c.rao = p->ship_rao;
  return c;
}

kd_status kd_lift_sea_run(kd_event_report *out, const double *in, kd_lift_event event, size_t cells, bool frames,
                          const kd_lift_params *p, const kd_slurry *feed, kd_work *work) {
  kd_status status = KD_OK;
  kd_lift_result steady;
  const double depth = 0, until = in[KD_SEA_SETTLE] + in[KD_SEA_DURATION];
  const kd_current current = {&depth, &in[KD_SEA_CURRENT], 1};
  const kd_sea_case sea = case_of(in, p);
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
