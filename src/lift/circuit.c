// SPDX-License-Identifier: Apache-2.0
/* Steady hydraulics of the lift.
 *
 *   riser     dp/dz = rho_m g + 4 tw/D          from the deck down to the foot                     (1)
 *   way down  dp/dz = rho_w g - f rho_w V^2/(2 Dh)   from the foot up to the pump                  (2)
 *   rho_m = (1 + r)/(1/rho_s + r/rho_w(SA, CT, p)),  r = (1-c)/c rho_w0/rho_s                      (3)
 *   dp_pump = p_pump - 0                         P = sum of (loss x the flow that has it)           (4)
 *
 *   c  share of solids by volume at the deck   r  water per dry mass    tw  wall stress [Pa]   D, Dh bores [m]
 *   rho_s, rho_w, rho_m  grain, water, slurry [kg/m3]     f  Darcy factor     P  hydraulic power [W]
 *
 * The closed circuit takes sea water at the surface; its salinity stays with it. Both columns use the equation of state
 * of the sea outside at their own pressure. Water in the pipes has the temperature outside at that depth. The static
 * part is the difference of the two columns (closed) or of riser and sea (pump), with the lift to the deck.
 *
 * Numerics  two Gauss points in each layer of the profile; the water's specific volume there is reduced to a polynomial
 * in the pressure once, so that a rate costs about a microsecond. Range     steady, homogeneous slurry. Weakness: the
 * thin surface layer's warm water is cooled at once (true within about a hundred metres at pilot rates); wall stress is
 * taken once, at the mean density; the mud that enters at the foot is raised at the pump's cost, however it is pressed
 * in against the excess pressure there.
 */
#include "lift/circuit.h"

#include <math.h>

#include "lift/seawater.h"

#define PI            3.14159265358979323846
#define GAUSS_NEAR    0.21132486540518711775 /* (1 - 1/sqrt 3)/2 */
#define SAME_FRICTION 0.5                    /* K */

double kd_slurry_water_ratio(double solids, double grain_density, double water_density) {
  return (1.0 - solids) / solids * water_density / grain_density;
}

double kd_slurry_density(double water_ratio, double grain_density, double water_density) {
  return (1.0 + water_ratio) / (1.0 / grain_density + water_ratio / water_density);
}

kd_status kd_circuit_prepare(kd_circuit *self, kd_work *work) {
  const kd_sea *sea = self->sea;
  size_t layers = sea->count - 1;
  kd_circuit_point *point = kd_arena_alloc(work->scratch, 2 * layers + 1, sizeof *point);
  if (!point) return kd_error_set(work->err, KD_E_NOMEM, "lift: no memory for %zu layers of water", layers);
  for (size_t i = 0; i < 2 * layers; i++) {
    const kd_sea_node *a = &sea->node[i / 2], *b = a + 1;
    double w = i % 2 == 0 ? GAUSS_NEAR : 1.0 - GAUSS_NEAR;
    double ct = a->conservative + w * (b->conservative - a->conservative);
    kd_seawater_volume_terms(point[i].terms, self->carrier_salinity, ct);
    point[i].gravity = kd_gravity(sea->latitude, a->depth + w * (b->depth - a->depth));
  }
  kd_seawater_volume_terms(point[2 * layers].terms, self->carrier_salinity, sea->node[0].conservative);
  point[2 * layers].gravity = kd_gravity(sea->latitude, 0);
  self->point = point;
  return KD_OK;
}

/* Friction gradient of the way down [Pa/m]. */
static double down_gradient(const kd_circuit *c, double rate, double density, double temperature) {
  if (!(rate > 0)) return 0;
  double velocity = rate / (density * c->conduit_area);
  double viscosity = kd_seawater_viscosity(c->carrier_salinity, temperature);
  return 4.0 / c->conduit_bore * kd_newtonian_wall_stress(density, viscosity, c->conduit_bore, c->roughness, velocity);
}

/* Density in a pipe at a point: slurry, or with a negative ratio water alone. */
static inline double pipe_density(const kd_circuit *c, const kd_circuit_point *at, double water_ratio,
                                  double pressure) {
  double water = kd_seawater_density_of(at->terms, pressure);
  return water_ratio < 0 ? water : kd_slurry_density(water_ratio, c->grain_density, water);
}

/* Pressure at the other end of a layer, h below (h < 0: above) the end where it is p: two Gauss points, at pressures
 * guessed with the slope found last. */
static double traverse(double *slope, const kd_circuit *c, size_t layer, double h, double p, double water_ratio,
                       double friction) {
  double sum = 0;
  for (size_t k = 0; k < 2; k++) {
    const kd_circuit_point *at = &c->point[2 * layer + (h > 0 ? k : 1 - k)];
    double dz = h * (k == 0 ? GAUSS_NEAR : 1.0 - GAUSS_NEAR);
    sum += pipe_density(c, at, water_ratio, p + *slope * dz) * at->gravity + friction;
  }
  *slope = 0.5 * sum;
  return p + h * *slope;
}

double kd_circuit_slurry_density(const kd_circuit *self, double depth, double pressure) {
  kd_sea_node at;
  kd_sea_at(&at, self->sea, fmax(depth, 0.0));
  double water0 = kd_seawater_density(self->carrier_salinity, self->sea->node[0].conservative, 0);
  double ratio = kd_slurry_water_ratio(self->solids, self->grain_density, water0);
  return kd_slurry_density(ratio, self->grain_density,
                           kd_seawater_density(self->carrier_salinity, at.conservative, pressure));
}

/* Riser from the deck to the foot: (1). */
static double riser_foot(const kd_circuit *c, double water_ratio, double friction) {
  const kd_sea_node *node = c->sea->node;
  const kd_circuit_point *surface = &c->point[2 * (c->sea->count - 1)];
  double slope = pipe_density(c, surface, water_ratio, c->deck_pressure) * surface->gravity + friction;
  double p = c->deck_pressure + c->deck_height * slope;
  for (size_t i = 0; i + 1 < c->sea->count; i++)
    p = traverse(&slope, c, i, node[i + 1].depth - node[i].depth, p, water_ratio, friction);
  return p;
}

/* Way down, followed from the foot up to the pump: (2). The friction of a layer is that at its middle temperature; it
 * is kept while the temperature moves by less than half a degree. */
static double pump_discharge(double *friction, const kd_circuit *c, double rate, double foot) {
  const kd_sea_node *node = c->sea->node;
  double p = foot, gradient = 0, known = (double)INFINITY;
  double slope = node[c->sea->count - 1].density * kd_gravity(c->sea->latitude, c->depth);
  *friction = 0;
  for (size_t i = c->sea->count - 1; i-- > 0;) {
    const kd_sea_node *a = &node[i], *b = &node[i + 1];
    double temperature = 0.5 * (a->temperature + b->temperature);
    if (fabs(temperature - known) > SAME_FRICTION) {
      gradient = down_gradient(c, rate, 0.5 * (a->density + b->density), temperature);
      known = temperature;
    }
    p = traverse(&slope, c, i, a->depth - b->depth, p, -1, -gradient);
    *friction += gradient * (b->depth - a->depth);
  }
  return p;
}

kd_status kd_circuit_solve(kd_circuit_state *out, const kd_circuit *self, double dry_rate, double down) {
  kd_status status = KD_OK;
  const kd_sea_node *node = self->sea->node;
  double length = self->depth + self->deck_height, area = 0.25 * PI * self->riser.bore * self->riser.bore;
  double water0 = kd_seawater_density(self->carrier_salinity, node[0].conservative, 0);
  double water_ratio = kd_slurry_water_ratio(self->solids, self->grain_density, water0);

  *out = (kd_circuit_state){0};
  out->slurry_rate = dry_rate / (self->grain_density * self->solids);
  out->down_rate = self->closed ? down / water0 : 0;
  out->velocity = out->slurry_rate / area;

  /* Wall stress once, at the density half way down. */
  kd_pipe_flow flow = self->riser;
  double bottom = self->sea->node[self->sea->count - 1].pressure;
  flow.density = kd_circuit_slurry_density(self, 0.5 * self->depth, 0.5 * bottom);
  status = kd_wall_stress(&out->wall_stress, &out->reynolds, &out->regime, &flow, out->velocity);
  if (status != KD_OK) return status;
  double friction = 4.0 * out->wall_stress / self->riser.bore;
  out->friction_up = friction * length;

  out->foot_pressure = riser_foot(self, water_ratio, friction);
  out->foot_excess = out->foot_pressure - bottom;
  double weight = out->foot_pressure - self->deck_pressure - out->friction_up;
  out->density = weight / (length * kd_gravity(self->sea->latitude, 0.5 * self->depth));
  if (self->closed)
    out->pump_pressure = pump_discharge(&out->friction_down, self, down, out->foot_pressure + self->head_loss);
  else
    out->pump_pressure = out->foot_pressure + self->head_loss - bottom;
  out->static_pressure = out->pump_pressure - out->friction_up - out->friction_down - self->head_loss;
  double low = self->closed ? out->down_rate : out->slurry_rate;
  out->hydraulic_power =
      (out->static_pressure + out->friction_up) * out->slurry_rate + (out->friction_down + self->head_loss) * low;
  return status;
}
