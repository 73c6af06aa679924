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
 * Numerics  Runge-Kutta of fourth order, steps of at most 500 m inside each layer of the profile.
 * Range     steady, homogeneous slurry. Weakness: the thin surface layer's warm water is cooled at once (true within
 * about a hundred metres at pilot rates); wall stress is taken once, at the mean density; the mud that enters at the
 *           foot is raised at the pump's cost, however it is pressed in against the excess pressure there.
 */
#include "lift/circuit.h"

#include <math.h>

#include "lift/seawater.h"

#define PI       3.14159265358979323846
#define STEP_MAX 500.0 /* m */

double kd_slurry_water_ratio(double solids, double grain_density, double water_density) {
  return (1.0 - solids) / solids * water_density / grain_density;
}

double kd_slurry_density(double water_ratio, double grain_density, double water_density) {
  return (1.0 + water_ratio) / (1.0 / grain_density + water_ratio / water_density);
}

/* One pipe: what fills it and what its wall takes. */
typedef struct leg {
  const kd_circuit *circuit;
  double water_ratio; /* negative: water alone */
  double friction;    /* Pa/m, with the sign it has going down */
  double rate;        /* kg/s of water in the way down, for its own friction; 0 none */
} leg;

/* Friction gradient of the way down [Pa/m]. */
static double down_gradient(const kd_circuit *c, double rate, double density, double temperature) {
  if (!(rate > 0)) return 0;
  double velocity = rate / (density * c->conduit_area);
  double viscosity = kd_seawater_viscosity(c->carrier_salinity, temperature);
  return 4.0 / c->conduit_bore * kd_newtonian_wall_stress(density, viscosity, c->conduit_bore, c->roughness, velocity);
}

static double leg_density(const leg *l, const kd_sea_node *a, const kd_sea_node *b, double depth, double pressure) {
  double span = b->depth - a->depth, w = span > 0 ? (depth - a->depth) / span : 0;
  double ct = a->conservative + w * (b->conservative - a->conservative);
  double water = kd_seawater_density(l->circuit->carrier_salinity, ct, pressure);
  return l->water_ratio < 0 ? water : kd_slurry_density(l->water_ratio, l->circuit->grain_density, water);
}

/* Pressure at `to` from that at `from` inside one layer of the sea (either way), friction known. */
static double traverse(const leg *l, const kd_sea_node *a, const kd_sea_node *b, double from, double to, double p,
                       double friction) {
  double latitude = l->circuit->sea->latitude;
  int steps = (int)ceil(fabs(to - from) / STEP_MAX);
  double h = steps > 0 ? (to - from) / steps : 0;
  for (int i = 0; i < steps; i++) {
    double z = from + i * h, middle = z + 0.5 * h;
    double k1 = leg_density(l, a, b, z, p) * kd_gravity(latitude, z) + friction;
    double gm = kd_gravity(latitude, middle);
    double k2 = leg_density(l, a, b, middle, p + 0.5 * h * k1) * gm + friction;
    double k3 = leg_density(l, a, b, middle, p + 0.5 * h * k2) * gm + friction;
    double k4 = leg_density(l, a, b, z + h, p + h * k3) * kd_gravity(latitude, z + h) + friction;
    p += h / 6.0 * (k1 + 2.0 * (k2 + k3) + k4);
  }
  return p;
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
static double riser_foot(const kd_circuit *c, const leg *up) {
  const kd_sea_node *node = c->sea->node;
  double surface = leg_density(up, &node[0], &node[0], 0, c->deck_pressure);
  double p = c->deck_pressure + c->deck_height * (surface * kd_gravity(c->sea->latitude, 0) + up->friction);
  for (size_t i = 0; i + 1 < c->sea->count; i++)
    p = traverse(up, &node[i], &node[i + 1], node[i].depth, node[i + 1].depth, p, up->friction);
  return p;
}

/* Way down, followed from the foot up to the pump: (2). The friction of each layer is that at its ends. */
static double pump_discharge(double *friction, const kd_circuit *c, const leg *down, double foot) {
  const kd_sea_node *node = c->sea->node;
  double p = foot;
  *friction = 0;
  for (size_t i = c->sea->count - 1; i-- > 0;) {
    const kd_sea_node *a = &node[i], *b = &node[i + 1];
    double g = 0.5 * (down_gradient(c, down->rate, a->density, a->temperature) +
                      down_gradient(c, down->rate, b->density, b->temperature));
    p = traverse(down, a, b, b->depth, a->depth, p, -g);
    *friction += g * (b->depth - a->depth);
  }
  return p;
}

kd_status kd_circuit_solve(kd_circuit_state *out, const kd_circuit *self, double dry_rate, double down) {
  kd_status status = KD_OK;
  const kd_sea_node *node = self->sea->node;
  double length = self->depth + self->deck_height, area = 0.25 * PI * self->riser.bore * self->riser.bore;
  double water0 = kd_seawater_density(self->carrier_salinity, node[0].conservative, 0);
  leg up = {.circuit = self, .water_ratio = kd_slurry_water_ratio(self->solids, self->grain_density, water0)};
  leg way_down = {.circuit = self, .water_ratio = -1, .rate = self->closed ? down : 0};

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
  up.friction = 4.0 * out->wall_stress / self->riser.bore;
  out->friction_up = up.friction * length;

  out->foot_pressure = riser_foot(self, &up);
  out->foot_excess = out->foot_pressure - bottom;
  double weight = out->foot_pressure - self->deck_pressure - out->friction_up;
  out->density = weight / (length * kd_gravity(self->sea->latitude, 0.5 * self->depth));
  if (self->closed)
    out->pump_pressure = pump_discharge(&out->friction_down, self, &way_down, out->foot_pressure + self->head_loss);
  else
    out->pump_pressure = out->foot_pressure + self->head_loss - bottom;
  out->static_pressure = out->pump_pressure - out->friction_up - out->friction_down - self->head_loss;
  double low = self->closed ? out->down_rate : out->slurry_rate;
  out->hydraulic_power =
      (out->static_pressure + out->friction_up) * out->slurry_rate + (out->friction_down + self->head_loss) * low;
  return status;
}
