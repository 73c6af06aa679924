// SPDX-License-Identifier: Apache-2.0
/* Near field: buoyant plumes in still and moving stratified water, jets, and the cloud of a collector. SI. */
#ifndef KD_PLUME_NEAR_FIELD_H
#define KD_PLUME_NEAR_FIELD_H

#define KD_GRAVITY 9.80665 /* m/s2, standard */

/* Reduced gravity [m/s2] of water with a mass concentration [kg/m3] of grains: (2) of near_field.c. */
double kd_suspension_gravity(double concentration, double grain_density, double water_density);

/* Plume from a point source of buoyancy flux B [m4/s3] in still water of buoyancy frequency N [1/s]. */
typedef struct kd_mtt {
  double top, neutral;     /* m from the source */
  double volume_flux;      /* m3/s at the neutral level */
  double radius, velocity; /* top-hat, at the neutral level: m, m/s */
} kd_mtt;
void kd_mtt_plume(kd_mtt *out, double buoyancy_flux, double frequency, double entrainment);

/* The same by marching the three equations with Runge-Kutta steps from near the source: the oracle of the above. */
void kd_mtt_march(kd_mtt *out, double buoyancy_flux, double frequency, double entrainment, unsigned steps);

/* Rise or fall of a plume bent over by a current U [m/s]: 2.6 (B / (pi U N^2))^(1/3). */
double kd_bent_plume_rise(double buoyancy_flux, double current, double frequency);
/* Dilution of a bent-over plume of initial flux Q after a rise z: pi (0.5 z)^2 U / Q. */
double kd_bent_plume_dilution(double rise, double current, double flux);

/* Mean dilution of a round jet at a distance: 0.282 z / D. */
double kd_jet_dilution(double distance, double diameter);

/* Where a cloud that settles out of a gravity current comes to rest: box models of constant front Froude number. */
double kd_run_out_plane(double reduced_gravity, double area, double settling, double froude);
double kd_run_out_round(double reduced_gravity, double volume, double settling, double froude);

/* Spreading regime of a moving source: P = u / (B/z)^(1/3), below 0.83 all ways, above it a wedge. */
double kd_moving_source_ratio(double speed, double buoyancy_flux, double height);

#endif
