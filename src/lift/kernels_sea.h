// SPDX-License-Identifier: Apache-2.0
/* Columns of a sea state that the kernels of waves and ship share. */
#ifndef KD_LIFT_KERNELS_SEA_H
#define KD_LIFT_KERNELS_SEA_H

#include "lift/kernels_string.h"
#include "lift/waves.h"

/* The columns of a sea state, in this order: law, hs, tp, gamma, norm, hs2, tp2, lambda, lambda2. */
#define KD_SEA_FIELDS                                                                                                  \
  KD_WORD("law", KD_SPECTRUM_LAWS, "jonswap", "Law of the spectrum."),                                                 \
      KD_IN("hs", "m", NULL, "0 m", "50 m", "Significant wave height."),                                               \
      KD_IN("tp", "s", NULL, "0 s exclusive", "100 s", "Peak period."),                                                \
      KD_IN("gamma", "1", "3.3", "1", "20", "Peak enhancement of JONSWAP."),                                           \
      KD_WORD("norm", KD_SPECTRUM_NORMS, "dnv",                                                                        \
              "Scale of JONSWAP: 1 - 0.287 ln gamma (dnv), m0 = hs^2/16 exactly, or Goda's fit to it."),               \
      KD_IN("hs2", "m", "0 m", "0 m", "50 m", "Second peak of Ochi and Hubble."),                                      \
      KD_IN("tp2", "s", "8 s", "0 s exclusive", "100 s", "Second peak of Ochi and Hubble."),                           \
      KD_IN("lambda", "1", "3", "0.25 exclusive", "50", "Shape of the first peak of Ochi and Hubble."),                \
      KD_IN("lambda2", "1", "1", "0.25 exclusive", "50", "Shape of the second peak of Ochi and Hubble.")
enum { KD_SEA_COLUMNS = 9 };

kd_status kd_sea_columns_read(kd_wave_spectrum *out, const double *in, kd_error *err);

#endif
