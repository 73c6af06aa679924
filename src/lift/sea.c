// SPDX-License-Identifier: Apache-2.0
/* Hydrostatics of the water column.
 *
 *   dp/dz = rho(SA(z), CT(z), p) g(latitude, z),   p(0) = 0                              (1)
 *
 *   p   sea pressure [Pa]      z  depth, down [m]     rho  density [kg/m3]      g  gravity [m/s2]
 *
 * Numerics  two Gauss points in steps of at most 500 m inside each layer of the profile: within 1e-6 of the pressure.
 * Source    TEOS-10 equation of state (seawater.c). Range: to 8,000 dbar.
 * Weakness  still water; the profile is one mean year, heave and internal tide move isopycnals by tens of metres.
 */
#include "lift/sea.h"

#include <math.h>

#include "lift/seawater.h"

#define STEP_MAX    500.0                  /* m */
#define GAUSS_NEAR  0.21132486540518711775 /* (1 - 1/sqrt 3)/2 */
#define SOUND_SPEED 1500.0                 /* m/s, for the guess of the pressure inside a step */

/* Integrates (1) from node a to node b, whose salinity and temperature are known. The pressure inside a step is that of
 * a column of one compressibility: it moves the density by less than 1e-7. */
static void descend(const kd_sea_node *a, kd_sea_node *b, double latitude) {
  double span = b->depth - a->depth, p = a->pressure;
  int steps = (int)ceil(span / STEP_MAX);
  double h = steps > 0 ? span / steps : 0, slope = a->density * kd_gravity(latitude, a->depth);
  for (int i = 0; i < steps; i++) {
    double sum = 0;
    for (int k = 0; k < 2; k++) {
      double dz = h * (k == 0 ? GAUSS_NEAR : 1.0 - GAUSS_NEAR), z = a->depth + i * h + dz, w = (z - a->depth) / span;
      double sa = a->salinity + w * (b->salinity - a->salinity);
      double ct = a->conservative + w * (b->conservative - a->conservative);
      double inside = p + slope * dz * (1.0 + 0.5 * 9.8 * dz / (SOUND_SPEED * SOUND_SPEED));
      sum += kd_seawater_density(sa, ct, inside) * kd_gravity(latitude, z);
    }
    slope = 0.5 * sum;
    p += h * slope;
  }
  b->pressure = p;
  b->density = kd_seawater_density(b->salinity, b->conservative, p);
}

/* Salinity and temperatures between two nodes. */
static void between(kd_sea_node *out, const kd_sea_node *a, const kd_sea_node *b, double depth) {
  double w = (depth - a->depth) / (b->depth - a->depth);
  out->salinity = a->salinity + w * (b->salinity - a->salinity);
  out->conservative = a->conservative + w * (b->conservative - a->conservative);
  out->temperature = a->temperature + w * (b->temperature - a->temperature);
  out->depth = depth;
}

static kd_status check_profile(const double *z, const double *t, const double *s, size_t rows, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(rows > 0, err, KD_E_RANGE, "profile: has no rows; give depth, temperature and salinity");
  for (size_t i = 0; i < rows; i++) {
    KD_CHECK(isfinite(z[i]) && isfinite(t[i]) && isfinite(s[i]), err, KD_E_MISSING,
             "profile: row %zu has a missing value", i + 1);
    KD_CHECK(z[i] >= 0 && (i == 0 || z[i] > z[i - 1]), err, KD_E_RANGE,
             "profile: depth %g m in row %zu must be above the depth before it", z[i], i + 1);
    KD_CHECK(s[i] >= 0 && s[i] <= 42, err, KD_E_RANGE, "profile: salinity %g in row %zu must be from 0 to 42", s[i],
             i + 1);
    KD_CHECK(t[i] > KD_CELSIUS_ZERO - 2.6 && t[i] < KD_CELSIUS_ZERO + 40, err, KD_E_RANGE,
             "profile: temperature %g degC in row %zu must be from -2.6 to 40 degC", t[i] - KD_CELSIUS_ZERO, i + 1);
  }
out:
  return status;
}

kd_status kd_sea_create(kd_sea *out, const kd_table *profile, double latitude, double depth, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(profile, work->err, KD_E_MISSING, "profile: a table of depth, temperature and salinity is wanted");
  const double *z = kd_table_column(profile, "depth")->number;
  const double *t = kd_table_column(profile, "temperature")->number;
  const double *s = kd_table_column(profile, "salinity")->number;
  KD_TRY(check_profile(z, t, s, profile->rows, work->err));

  kd_sea_node *node = kd_arena_alloc(work->scratch, profile->rows + 2, sizeof *node);
  KD_CHECK(node, work->err, KD_E_NOMEM, "sea: no memory for %zu layers", profile->rows + 2);
  size_t count = 0;
  for (size_t row = 0; row < profile->rows && (count == 0 || node[count - 1].depth < depth); row++) {
    const kd_sea_node *above = count > 0 ? &node[count - 1] : NULL;
    kd_sea_node n = {.depth = z[row], .temperature = t[row] - KD_CELSIUS_ZERO};
    n.salinity = kd_seawater_absolute_salinity(s[row]);
    n.pressure = above ? above->pressure + 1.01e4 * (z[row] - above->depth) : 1.01e4 * z[row];
    /* The temperature scale needs the pressure and the pressure the temperature: a guess good to 1 % moves the first by
     * 5e-3 K at most, the second pass by 1e-7 K. */
    for (int pass = 0; pass < 2; pass++) {
      n.conservative = kd_seawater_conservative_temperature(n.salinity, n.temperature, n.pressure);
      if (above && n.depth > above->depth && pass == 0) descend(above, &n, latitude);
    }
    if (count == 0) {
      node[0] = n; /* the first row reaches up to the surface */
      node[0].depth = 0;
      node[0].density = kd_seawater_density(n.salinity, n.conservative, 0);
      count = 1;
      if (n.depth <= 0) continue;
    }
    if (n.depth > depth) between(&n, &node[count - 1], &n, depth);
    node[count] = n;
    descend(&node[count - 1], &node[count], latitude);
    count++;
  }
  if (node[count - 1].depth < depth) {
    node[count] = node[count - 1]; /* the last row reaches down to the bottom */
    node[count].depth = depth;
    descend(&node[count - 1], &node[count], latitude);
    count++;
  }
  *out = (kd_sea){.node = node, .count = count, .latitude = latitude, .depth = node[count - 1].depth};
out:
  return status;
}

void kd_sea_at(kd_sea_node *out, const kd_sea *self, double depth) {
  size_t low = 0, high = self->count - 1;
  while (high - low > 1) {
    size_t middle = (low + high) / 2;
    if (self->node[middle].depth <= depth)
      low = middle;
    else
      high = middle;
  }
  if (self->count < 2 || depth <= self->node[0].depth) {
    *out = self->node[0];
    return;
  }
  const kd_sea_node *a = &self->node[low], *b = &self->node[high];
  double h = b->depth - a->depth, w = fmin((depth - a->depth) / h, 1.0);
  double ga = a->density * kd_gravity(self->latitude, a->depth), gb = b->density * kd_gravity(self->latitude, b->depth);
  double v = 1.0 - w;
  out->depth = a->depth + w * h;
  out->salinity = v * a->salinity + w * b->salinity;
  out->conservative = v * a->conservative + w * b->conservative;
  out->temperature = v * a->temperature + w * b->temperature;
  out->pressure =
      v * v * (1.0 + 2.0 * w) * a->pressure + w * w * (3.0 - 2.0 * w) * b->pressure + w * v * h * (v * ga - w * gb);
  out->density = kd_seawater_density(out->salinity, out->conservative, out->pressure);
}

double kd_sea_mean_density(const kd_sea *self) {
  const kd_sea_node *bottom = &self->node[self->count - 1];
  return bottom->pressure / (bottom->depth * kd_gravity(self->latitude, 0.5 * bottom->depth));
}
