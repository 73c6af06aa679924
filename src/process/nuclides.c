// SPDX-License-Identifier: Apache-2.0
/* Natural radionuclides through the plant by the shares that are given.
 *
 *   specific activity   ln 2/t N_A/M,   Th-232 1.405e10 a, U-238 4.468e9 a                                          (1)
 *   concentrate         head s_p A_p m / m_concentrate, radium s_Ra A_p m / m_concentrate: equilibrium in the mud   (2)
 *   residue             what does not go there (3) over the limit      the greater of head and radium, of both series
 * together, over the limit                     (4)
 *
 * Source    half-lives: evaluated nuclear data, rounded as usual; shares: nothing is in print for this mud.
 * Weakness  no decay chain out of equilibrium but radium; nothing goes with the effluent.
 */
#include "process/nuclides.h"

#include <math.h>

#include "base/kernel.h"

double kd_specific_activity(kd_parent parent) {
  const double year = 31557600.0, avogadro = 6.02214076e23;
  const double half = (parent == KD_PARENT_URANIUM ? 4.468e9 : 1.405e10) * year;
  const double mass = parent == KD_PARENT_URANIUM ? 0.2380508 : 0.2320381;
  return 0.69314718055994531 / half * avogadro / mass;
}

void kd_plant_nuclides(const kd_plant *s, kd_process_result *out) {
  const kd_process_params *p = s->p;
  out->residue_activity = out->concentrate_activity = out->activity_over_limit = (double)NAN;
  if (!(p->thorium + p->uranium > 0) || !(s->residue_dry > 0)) return;
  const double dry = s->apatite + s->clay;
  const double of_thorium = kd_specific_activity(KD_PARENT_THORIUM) * p->thorium * dry;
  const double of_uranium = kd_specific_activity(KD_PARENT_URANIUM) * p->uranium * dry;
  const double head = p->thorium_concentrate * of_thorium + p->uranium_concentrate * of_uranium;
  const double radium = p->radium_concentrate * (of_thorium + of_uranium);
  double concentrate = 0;
  for (int e = 0; e < KD_REY; e++) concentrate += s->concentrate[e] * kd_oxide_factor((kd_element_id)e);
  if (concentrate > 0) out->concentrate_activity = fmax(head, radium) / concentrate;
  out->residue_activity = fmax(of_thorium + of_uranium - head, of_thorium + of_uranium - radium) / s->residue_dry;
  out->activity_over_limit =
      fmax(out->residue_activity, concentrate > 0 ? out->concentrate_activity : 0) / p->activity_limit;
}
