// SPDX-License-Identifier: Apache-2.0
/* Stages of hydrocyclones over classes of mineral and size. */
#ifndef KD_PROCESS_CYCLONE_CIRCUIT_H
#define KD_PROCESS_CYCLONE_CIRCUIT_H

#include <stddef.h>

typedef enum kd_circuit { KD_CIRCUIT_SERIES, KD_CIRCUIT_RETURN, KD_CIRCUIT_SCAVENGER } kd_circuit;

/* Share of a class that leaves with the final underflow when each of n stages sends the share e to its underflow:
 * series: underflow again to a cyclone, overflows to waste; return: as series, but each overflow goes back one stage;
 * scavenger: overflow again to a cyclone, underflows joined. *load: fed to the first stage over fresh feed. */
double kd_circuit_recovery(double *load, kd_circuit circuit, double e, unsigned stages);

#endif
