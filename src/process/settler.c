// SPDX-License-Identifier: Apache-2.0
/* Mixer-settler by residence time and by flux.
 *
 *   mixer     V_m = (Q_o + Q_a + r min(Q_o, Q_a)) t_m                                                        (1)
 *   settler   A = (Q_o + Q_a + r min(Q_o, Q_a)) / (flux (1 - crud)),   V_s = A depth                         (2)
 *   organic   V_m x_o + A d_o, x_o the share of organic in the mixer; first fill = that times the stages    (3)
 *
 * Source    geometry and balances. The flux (2 to 5 m3/m2/h) and the depth of the organic layer are the caller's.
 * Weakness  one flux for both phases; no coalescence model.
 */
#include "process/settler.h"

#include <math.h>

kd_status kd_settler_design(kd_settler_size *out, const kd_settler_input *in, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(in->organic_flow > 0 && in->aqueous_flow > 0, err, KD_E_RANGE,
           "organic_flow %g, aqueous_flow %g m3/s: must be above 0", in->organic_flow, in->aqueous_flow);
  KD_CHECK(in->settler_flux > 0 && in->mixer_time > 0, err, KD_E_RANGE,
           "settler_flux %g m/s, mixer_time %g s: must be above 0", in->settler_flux, in->mixer_time);
  KD_CHECK(in->crud_share >= 0 && in->crud_share < 1, err, KD_E_RANGE, "crud_share %g: must be at least 0 and below 1",
           in->crud_share);
  KD_CHECK(in->organic_depth > 0 && in->organic_depth <= in->settler_depth, err, KD_E_RANGE,
           "organic_depth %g m: must be above 0 m and at most the settler's %g m", in->organic_depth,
           in->settler_depth);
  double back = in->recycle * fmin(in->organic_flow, in->aqueous_flow);
  double all = in->organic_flow + in->aqueous_flow + back;
  double organic = in->organic_flow + (in->organic_flow < in->aqueous_flow ? back : 0);
  out->mixer_volume = all * in->mixer_time;
  out->settler_area = all / (in->settler_flux * (1 - in->crud_share));
  out->settler_volume = out->settler_area * in->settler_depth;
  out->mixer_power = out->mixer_volume * in->mixer_power;
  out->aspect_width = sqrt(out->settler_area / 3);
  out->aspect_length = 3 * out->aspect_width;
  out->organic_stage = out->mixer_volume * organic / all + out->settler_area * in->organic_depth;
  out->organic_fill = out->organic_stage * in->stages;
  out->residence = out->organic_stage / in->organic_flow;
out:
  return status;
}
