// SPDX-License-Identifier: Apache-2.0
/* All internal rates of return.
 *
 *   p(x) = sum F_t x^t = 0,   x = 1/(1+r) in (0, inf)                                                               (1)
 *   x = s/(1-s):  (1-s)^n p = sum b_t B_t^n(s),   b_t = F_t / C(n,t),   s = 1/(2+r) in (0, 1)                       (2)
 *
 * The sign changes of the Bernstein coefficients bound the roots in (0,1) and differ from their number by an even count
 * (Descartes); de Casteljau's rule halves the interval and gives the coefficients of each half by means alone, so that
 * no digits cancel. Halves with no change hold no root, halves with one hold one; the others are halved again.
 *
 * Source    Collins and Akritas 1976; Lane and Riesenfeld 1981 (Bernstein form).
 * Range     up to KD_IRR_FLOWS flows; roots with s nearer than 2^-30 are reported as one (a double root is one).
 * Weakness  coefficients are rounded to double: rates above about 1e8 or within 1e-8 of -100 % are not told apart.
 */
#include "economy/irr.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#define DEPTH 30

typedef struct search {
  const double *flow;
  size_t degree;
  double root[KD_IRR_FLOWS]; /* in s */
  size_t count;
} search;

static size_t sign_changes(const double *b, size_t count) {
  size_t changes = 0;
  double last = 0;
  for (size_t i = 0; i < count; i++) {
    if (b[i] == 0) continue;
    if (last != 0 && (b[i] > 0) != (last > 0)) changes++;
    last = b[i];
  }
  return changes;
}

/* Value of (2) up to a positive factor, and its slope in s, by Horner from the side on which x or 1/x is at most one.
 */
static double value(const search *self, double s, double *slope) {
  const size_t n = self->degree;
  double sum = 0, rise = 0;
  if (s <= 0.5) {
    const double x = s / (1 - s);
    for (size_t t = n + 1; t-- > 0;) rise = rise * x + sum, sum = sum * x + self->flow[t];
    *slope = rise / ((1 - s) * (1 - s));
  } else {
    const double y = (1 - s) / s;
    for (size_t t = 0; t <= n; t++) rise = rise * y + sum, sum = sum * y + self->flow[t];
    *slope = -rise / (s * s);
  }
  return sum;
}

/* Root of (2) between two places; `falls` tells the sign at the low end, which the Bernstein coefficients know better
 * than a rounded value there would. Newton inside a bracket that shrinks; halving where Newton would leave it or
 * crawls. */
static double refine(const search *self, double low, double high, bool falls) {
  double s = 0.5 * (low + high), slope, last = high - low;
  for (int i = 0; i < 200; i++) {
    const double f = value(self, s, &slope);
    if (f == 0) break;
    if ((f > 0) == falls)
      low = s;
    else
      high = s;
    double next = s - f / slope;
    const bool crawls = !(fabs(next - s) <= 0.5 * last);
    if (!(next > low && next < high) || crawls) next = 0.5 * (low + high);
    last = fabs(next - s);
    s = next;
    if (last <= 2.3e-16 * s || high - low <= 2.3e-16 * high) break;
  }
  return s;
}

static void add(search *self, double s) {
  if (self->count > 0 && fabs(self->root[self->count - 1] - s) < 1e-9 * (s < 0.5 ? s : 1 - s)) return;
  if (self->count < KD_IRR_FLOWS) self->root[self->count++] = s;
}

/* Roots in the open interval (low, high), whose Bernstein coefficients are b, in ascending order of s. */
static void isolate(search *self, const double *b, double low, double high, int depth) {
  size_t n = self->degree, changes = sign_changes(b, n + 1);
  if (changes == 0) return;
  if (changes == 1 && b[0] != 0 && b[n] != 0) {
    add(self, refine(self, low, high, b[0] > 0));
    return;
  }
  if (depth == DEPTH) { /* a cluster: at best a double root, and told as one */
    add(self, 0.5 * (low + high));
    return;
  }
  double left[KD_IRR_FLOWS], right[KD_IRR_FLOWS];
  memcpy(right, b, (n + 1) * sizeof *b);
  for (size_t k = 0; k <= n; k++) {
    left[k] = right[0];
    for (size_t i = 0; i + k < n; i++) right[i] = 0.5 * (right[i] + right[i + 1]);
  }
  double middle = 0.5 * (low + high);
  isolate(self, left, low, middle, depth + 1);
  if (right[0] == 0) add(self, middle);
  isolate(self, right, middle, high, depth + 1);
}

static void isolate_all(search *self) {
  double b[KD_IRR_FLOWS], choose = 1;
  for (size_t t = 0; t <= self->degree; t++) {
    b[t] = self->flow[t] / choose;
    choose = choose * (double)(self->degree - t) / (double)(t + 1);
  }
  isolate(self, b, 0, 1, 0);
}

void kd_irr_all(kd_irr *out, const double *flow, size_t count) {
  memset(out, 0, sizeof *out);
  while (count > 0 && flow[count - 1] == 0) count--;
  while (count > 0 && flow[0] == 0) flow++, count--;
  if (count > KD_IRR_FLOWS) count = KD_IRR_FLOWS;
  out->sign_changes = sign_changes(flow, count);
  if (out->sign_changes == 0) return;

  search self = {.flow = flow, .degree = count - 1};
  if (out->sign_changes == 1)
    add(&self, refine(&self, 0, 1, flow[0] > 0)); /* one change, one root: nothing to part */
  else
    isolate_all(&self);

  /* s falls as r rises, so the list is turned round. r = 1/x - 1 = (1 - 2s)/s. */
  out->count = self.count;
  for (size_t i = 0; i < self.count && i < KD_IRR_ROOTS; i++) {
    double s = self.root[self.count - 1 - i];
    out->rate[i] = (1 - 2 * s) / s;
  }
}
