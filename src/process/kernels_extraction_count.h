// SPDX-License-Identifier: Apache-2.0
/* Number of the kernels in KD_KERNELS_EXTRACTION. */
#ifndef KD_PROCESS_KERNELS_EXTRACTION_COUNT_H
#define KD_PROCESS_KERNELS_EXTRACTION_COUNT_H

#define KD_EXTRACTION_KERNELS 9

#endif
