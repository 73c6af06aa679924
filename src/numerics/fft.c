// SPDX-License-Identifier: Apache-2.0
/* Fast Fourier transform of eight lines at once.
 *
 *   X_k = sum_j x_j exp(-2 pi i j k / n)                                                                  (1)
 *   one stage, n = r m at stride s, w = exp(-2 pi i / n):
 *   y[q + s (r p + k)] = w^(p k) sum_(j<r) x[q + s (p + m j)] exp(-2 pi i j k / r)                        (2)
 *   then n becomes m and s becomes s r; no bits are reversed (Stockham)
 *
 * Each element is a vector of eight numbers, one of each line: no number moves between lanes. Radices 4, 2, 3, 5.
 *
 * Source    Stockham, in Cochran et al. 1967; Van Loan 1992, Computational Frameworks for the FFT, section 1.7.
 * Range     n a product of 2, 3 and 5.
 */
#include "numerics/fft.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "numerics/simd.h"

#define TWO_PI 6.28318530717958647693
#define GROUPS 4 /* columns of vectors that are moved at a time */

static bool is_good(size_t n) {
  if (n == 0) return false;
  while (n % 2 == 0) n /= 2;
  while (n % 3 == 0) n /= 3;
  while (n % 5 == 0) n /= 5;
  return n == 1;
}

size_t kd_fft_length(size_t n) {
  while (!is_good(n)) n++;
  return n;
}

kd_status kd_fft_prepare(kd_fft *out, size_t n, kd_arena *scratch, kd_error *err) {
  kd_status status = KD_OK;
  size_t left = n;
  *out = (kd_fft){.n = n};
  KD_CHECK(is_good(n), err, KD_E_RANGE, "a transform of %zu numbers: the length must be a product of 2, 3 and 5", n);
  while (left > 1) {
    const size_t r = left % 4 == 0 ? 4 : left % 2 == 0 ? 2 : left % 3 == 0 ? 3 : 5, m = left / r;
    double *w = kd_arena_alloc(scratch, m * (r - 1) * 2, sizeof *w);
    KD_CHECK(w != NULL, err, KD_E_NOMEM, "out of memory for a transform of %zu numbers", n);
    for (size_t p = 0; p < m; p++) {
      for (size_t k = 1; k < r; k++) {
        const double angle = TWO_PI * (double)(p * k) / (double)left;
        w[2 * (p * (r - 1) + k - 1)] = cos(angle);
        w[2 * (p * (r - 1) + k - 1) + 1] = -sin(angle);
      }
    }
    out->radix[out->stages] = r;
    out->twiddle[out->stages++] = w;
    left = m;
  }
out:
  return status;
}

kd_status kd_fft_grid_prepare(kd_fft_grid *out, const size_t n[3], kd_arena *scratch, kd_error *err) {
  kd_status status = KD_OK;
  *out = (kd_fft_grid){.n = {n[0], n[1], n[2]}, .rows = n[1] * n[2]};
  out->pitch = (n[0] + KD_LANES - 1) / KD_LANES * KD_LANES;
  if (out->pitch / KD_LANES % 2 == 0) out->pitch += KD_LANES; /* columns then do not fall into one set of the cache */
  out->size = out->pitch * out->rows;
  for (int a = 0; a < 3; a++) KD_TRY(kd_fft_prepare(&out->axis[a], n[a], scratch, err));
out:
  return status;
}

size_t kd_fft_work_size(const kd_fft_grid *grid) {
  size_t longest = grid->n[0];
  for (int a = 1; a < 3; a++) longest = grid->n[a] > longest ? grid->n[a] : longest;
  return (2 * GROUPS + 2) * KD_LANES * longest + KD_LANES;
}

KD_INLINE void turn(kd_v8 *yr, kd_v8 *yi, const kd_v8 *re, const kd_v8 *im, const double *w) {
  *yr = *re * w[0] - *im * w[1];
  *yi = *re * w[1] + *im * w[0];
}

KD_INLINE void stage2(const kd_v8 *xr, const kd_v8 *xi, kd_v8 *yr, kd_v8 *yi, size_t m, size_t s, const double *w) {
  for (size_t p = 0; p < m; p++) {
    for (size_t q = 0; q < s; q++) {
      const size_t a = q + s * p, b = a + s * m, y = q + s * 2 * p;
      const kd_v8 dr = xr[a] - xr[b], di = xi[a] - xi[b];
      yr[y] = xr[a] + xr[b];
      yi[y] = xi[a] + xi[b];
      turn(&yr[y + s], &yi[y + s], &dr, &di, w + 2 * p);
    }
  }
}

KD_INLINE void stage3(const kd_v8 *xr, const kd_v8 *xi, kd_v8 *yr, kd_v8 *yi, size_t m, size_t s, const double *w) {
  const double half_root3 = 0.86602540378443864676;
  for (size_t p = 0; p < m; p++) {
    for (size_t q = 0; q < s; q++) {
      const size_t a = q + s * p, b = a + s * m, c = b + s * m, y = q + s * 3 * p;
      const kd_v8 sr = xr[b] + xr[c], si = xi[b] + xi[c];
      const kd_v8 tr = xr[a] - 0.5 * sr, ti = xi[a] - 0.5 * si;
      const kd_v8 ur = half_root3 * (xi[b] - xi[c]), ui = half_root3 * (xr[c] - xr[b]);
      const kd_v8 r1 = tr + ur, i1 = ti + ui, r2 = tr - ur, i2 = ti - ui;
      yr[y] = xr[a] + sr;
      yi[y] = xi[a] + si;
      turn(&yr[y + s], &yi[y + s], &r1, &i1, w + 4 * p);
      turn(&yr[y + 2 * s], &yi[y + 2 * s], &r2, &i2, w + 4 * p + 2);
    }
  }
}

KD_INLINE void stage4(const kd_v8 *xr, const kd_v8 *xi, kd_v8 *yr, kd_v8 *yi, size_t m, size_t s, const double *w) {
  for (size_t p = 0; p < m; p++) {
    for (size_t q = 0; q < s; q++) {
      const size_t a = q + s * p, b = a + s * m, c = b + s * m, d = c + s * m, y = q + s * 4 * p;
      const kd_v8 acr = xr[a] + xr[c], aci = xi[a] + xi[c], amr = xr[a] - xr[c], ami = xi[a] - xi[c];
      const kd_v8 bdr = xr[b] + xr[d], bdi = xi[b] + xi[d], bmr = xr[b] - xr[d], bmi = xi[b] - xi[d];
      const kd_v8 r1 = amr + bmi, i1 = ami - bmr, r2 = acr - bdr, i2 = aci - bdi, r3 = amr - bmi, i3 = ami + bmr;
      yr[y] = acr + bdr;
      yi[y] = aci + bdi;
      turn(&yr[y + s], &yi[y + s], &r1, &i1, w + 6 * p);
      turn(&yr[y + 2 * s], &yi[y + 2 * s], &r2, &i2, w + 6 * p + 2);
      turn(&yr[y + 3 * s], &yi[y + 3 * s], &r3, &i3, w + 6 * p + 4);
    }
  }
}

KD_INLINE void stage5(const kd_v8 *xr, const kd_v8 *xi, kd_v8 *yr, kd_v8 *yi, size_t m, size_t s, const double *w) {
  const double c1 = 0.30901699437494742410, c2 = -0.80901699437494742410; /* cos(2 pi/5), cos(4 pi/5) */
  const double s1 = 0.95105651629515357212, s2 = 0.58778525229247312917;  /* sines */
  for (size_t p = 0; p < m; p++) {
    for (size_t q = 0; q < s; q++) {
      const size_t a = q + s * p, step = s * m, y = q + s * 5 * p;
      const kd_v8 p1r = xr[a + step] + xr[a + 4 * step], p1i = xi[a + step] + xi[a + 4 * step];
      const kd_v8 p2r = xr[a + 2 * step] + xr[a + 3 * step], p2i = xi[a + 2 * step] + xi[a + 3 * step];
      const kd_v8 m1r = xr[a + step] - xr[a + 4 * step], m1i = xi[a + step] - xi[a + 4 * step];
      const kd_v8 m2r = xr[a + 2 * step] - xr[a + 3 * step], m2i = xi[a + 2 * step] - xi[a + 3 * step];
      const kd_v8 ar = xr[a] + c1 * p1r + c2 * p2r, ai = xi[a] + c1 * p1i + c2 * p2i;
      const kd_v8 br = xr[a] + c2 * p1r + c1 * p2r, bi = xi[a] + c2 * p1i + c1 * p2i;
      const kd_v8 ur = s1 * m1i + s2 * m2i, ui = s1 * m1r + s2 * m2r;
      const kd_v8 vr = s2 * m1i - s1 * m2i, vi = s2 * m1r - s1 * m2r;
      const kd_v8 r1 = ar + ur, i1 = ai - ui, r2 = br + vr, i2 = bi - vi;
      const kd_v8 r3 = br - vr, i3 = bi + vi, r4 = ar - ur, i4 = ai + ui;
      yr[y] = xr[a] + p1r + p2r;
      yi[y] = xi[a] + p1i + p2i;
      turn(&yr[y + s], &yi[y + s], &r1, &i1, w + 8 * p);
      turn(&yr[y + 2 * s], &yi[y + 2 * s], &r2, &i2, w + 8 * p + 2);
      turn(&yr[y + 3 * s], &yi[y + 3 * s], &r3, &i3, w + 8 * p + 4);
      turn(&yr[y + 4 * s], &yi[y + 4 * s], &r4, &i4, w + 8 * p + 6);
    }
  }
}

/* Eight lines in x; true when the result lies in y. */
KD_CLONES static bool lines(kd_v8 *xr, kd_v8 *xi, kd_v8 *yr, kd_v8 *yi, const kd_fft *plan) {
  size_t n = plan->n, s = 1;
  bool in_y = false;
  for (size_t t = 0; t < plan->stages; t++, in_y = !in_y) {
    const size_t r = plan->radix[t], m = n / r;
    const double *w = plan->twiddle[t];
    const kd_v8 *ar = in_y ? yr : xr, *ai = in_y ? yi : xi;
    kd_v8 *br = in_y ? xr : yr, *bi = in_y ? xi : yi;
    if (r == 4)
      stage4(ar, ai, br, bi, m, s, w);
    else if (r == 2)
      stage2(ar, ai, br, bi, m, s, w);
    else if (r == 3)
      stage3(ar, ai, br, bi, m, s, w);
    else
      stage5(ar, ai, br, bi, m, s, w);
    n = m;
    s *= r;
  }
  return in_y;
}

/* Rows to lanes and back, through blocks of eight by eight. */
KD_CLONES static void gather_rows(kd_v8 *to, const double *const from[KD_LANES], size_t n) {
  for (size_t i = 0; i < n; i++)
    for (int k = 0; k < KD_LANES; k++) ((double *)&to[i])[k] = from[k][i];
}

KD_CLONES static void scatter_rows(double *const to[KD_LANES], const kd_v8 *from, size_t n) {
  for (int k = 0; k < KD_LANES; k++)
    for (size_t i = 0; i < n; i++) to[k][i] = ((const double *)&from[i])[k];
}

/* Work space at an address that vectors like. */
static kd_v8 *align(double *work) {
  return (kd_v8 *)(((uintptr_t)work + 63) & ~(uintptr_t)63);
}

static void transform_rows(double *re, double *im, const kd_fft_grid *grid, const unsigned char *row, kd_v8 *buffer) {
  const size_t n = grid->n[0];
  kd_v8 *xr = buffer, *xi = xr + n, *yr = xi + n, *yi = yr + n;
  for (size_t next = 0; next < grid->rows;) {
    const double *from_re[KD_LANES], *from_im[KD_LANES];
    double *to_re[KD_LANES], *to_im[KD_LANES];
    int found = 0;
    for (; next < grid->rows && found < KD_LANES; next++) {
      if (row != NULL && !row[next]) continue;
      from_re[found] = to_re[found] = re + next * grid->pitch;
      from_im[found] = to_im[found] = im + next * grid->pitch;
      found++;
    }
    if (found == 0) return;
    for (int k = found; k < KD_LANES; k++) { /* the last row again: written as often with the same numbers */
      from_re[k] = to_re[k] = to_re[found - 1];
      from_im[k] = to_im[k] = to_im[found - 1];
    }
    gather_rows(xr, from_re, n);
    gather_rows(xi, from_im, n);
    const bool in_y = lines(xr, xi, yr, yi, &grid->axis[0]);
    scatter_rows(to_re, in_y ? yr : xr, n);
    scatter_rows(to_im, in_y ? yi : xi, n);
  }
}

/* One way between columns and vectors: GROUPS times eight neighbours in x at a time, so that a page of memory that is
 * opened gives more than one line of the cache. */
KD_CLONES static void load_columns(kd_v8 *to, const double *from, size_t n, size_t step, size_t groups) {
  for (size_t k = 0; k < n; k++)
    for (size_t g = 0; g < groups; g++) kd_v8_load(&to[g * n + k], from + k * step + g * KD_LANES);
}

KD_CLONES static void store_columns(double *to, const kd_v8 *from, size_t n, size_t step, size_t groups) {
  for (size_t k = 0; k < n; k++)
    for (size_t g = 0; g < groups; g++) kd_v8_store(to + k * step + g * KD_LANES, &from[g * n + k]);
}

/* Columns along y (step pitch) or z (step pitch n[1]). */
static void transform_columns(double *re, double *im, const kd_fft_grid *grid, int axis, size_t others, kd_v8 *buffer) {
  const size_t n = grid->n[axis];
  const size_t step = axis == 1 ? grid->pitch : grid->pitch * grid->n[1];
  const size_t other = axis == 1 ? grid->pitch * grid->n[1] : grid->pitch;
  kd_v8 *xr = buffer, *xi = xr + GROUPS * n, *yr = xi + GROUPS * n, *yi = yr + n;
  for (size_t o = 0; o < others; o++) {
    for (size_t x = 0; x < grid->n[0]; x += GROUPS * KD_LANES) {
      double *r = re + o * other + x, *i = im + o * other + x;
      const size_t left = (grid->n[0] - x + KD_LANES - 1) / KD_LANES, groups = left < GROUPS ? left : GROUPS;
      load_columns(xr, r, n, step, groups);
      load_columns(xi, i, n, step, groups);
      for (size_t g = 0; g < groups; g++) {
        if (!lines(xr + g * n, xi + g * n, yr, yi, &grid->axis[axis])) continue;
        memcpy(xr + g * n, yr, n * sizeof *yr);
        memcpy(xi + g * n, yi, n * sizeof *yi);
      }
      store_columns(r, xr, n, step, groups);
      store_columns(i, xi, n, step, groups);
    }
  }
}

void kd_fft_axis(double *re, double *im, const kd_fft_grid *grid, int axis, const unsigned char *row, size_t planes,
                 double *work) {
  if (grid->n[axis] == 1) return;
  if (axis == 0)
    transform_rows(re, im, grid, row, align(work));
  else
    transform_columns(re, im, grid, axis, axis == 1 ? planes : grid->n[1], align(work));
}

void kd_fft_forward(double *re, double *im, const kd_fft_grid *grid, double *work) {
  for (int axis = 0; axis < 3; axis++) kd_fft_axis(re, im, grid, axis, NULL, grid->n[2], work);
}
