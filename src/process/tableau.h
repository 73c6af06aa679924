// SPDX-License-Identifier: Apache-2.0
/* Tables of components, species and solids as input of the speciation solver, and its result as a table. */
#ifndef KD_PROCESS_TABLEAU_H
#define KD_PROCESS_TABLEAU_H

#include "base/table.h"
#include "process/speciation.h"

/* The data kernel process.speciation: data components, species, solids, sit (NULL: none); options activity,
 * ionic_strength, debye_huckel, davies_limit, balance. */
kd_status kd_tableau_eval(kd_table **out, const kd_table *const *data, const double *options, kd_work *work);

/* The input of the solver from the tables; everything lives in the scratch arena or in the tables. */
kd_status kd_tableau_read(kd_speciation *in, const kd_table *components, const kd_table *species,
                          const kd_table *solids, const kd_table *sit, kd_work *work);

#endif
