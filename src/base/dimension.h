// SPDX-License-Identifier: Apache-2.0
/* Names of dimensions and examples of their units, for messages. */
#ifndef KD_BASE_DIMENSION_H
#define KD_BASE_DIMENSION_H

#include "base/quantity.h"

/* Name with its article: "a length", "an energy per mass", "money per mass". */
void kd_dimension_phrase(char *out, size_t capacity, kd_dimension dimension);

/* Units of this dimension as people write them: "m or km"; NULL: none listed. */
const char *kd_dimension_examples(kd_dimension dimension);

bool kd_dimension_is_zero(kd_dimension dimension); /* all exponents 0, whatever the share */

#endif
