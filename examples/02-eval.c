// SPDX-License-Identifier: Apache-2.0
/* Step 2: one equation over a table of cases: the wall stress of a Herschel-Bulkley fluid in laminar pipe flow. */
#include <stdio.h>

#include "kaidei.h"

int main(void) {
  kd_context *ctx = NULL;
  kd_error err = {0};
  char *answer = NULL;
  if (kd_context_create(&ctx, NULL) != KD_OK) return 1;
  const char *cases = "bore [m],velocity [m/s],yield [Pa],consistency [Pa.s],index [1]\n"
                      "0.25,1.2,3,0.05,1\n"
                      "0,1.2,3,0.05,1\n"; /* refused, with the reason */
  if (kd_kernel_eval(&answer, ctx, "lift.herschel_bulkley.wall_stress", cases, 0, &err) != KD_OK) {
    fprintf(stderr, "%s\n", err.text);
    return 1;
  }
  fputs(answer, stdout);
  kd_string_free(ctx, &answer);
  kd_context_destroy(&ctx);
  return 0;
}
