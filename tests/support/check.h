// SPDX-License-Identifier: Apache-2.0
/* cmocka with what it wants included first, and comparisons of doubles that print both sides. */
#ifndef KD_TESTS_CHECK_H
#define KD_TESTS_CHECK_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define assert_near(a, b, tolerance)                                                                                   \
  do {                                                                                                                 \
    const double assert_a = (a), assert_b = (b);                                                                       \
    if (!(fabs(assert_a - assert_b) <= (tolerance)))                                                                   \
      fail_msg("%s is %.17g, wanted %.17g within %.3g", #a, assert_a, assert_b, (double)(tolerance));                  \
  } while (0)

#define assert_close(a, b, relative) assert_near(a, b, (relative)*fabs((double)(b)))

#endif
