// SPDX-License-Identifier: Apache-2.0
/* Settling velocities of grains and flocs, flocculation, and profiles over depth. SI. */
#ifndef KD_PLUME_SETTLING_H
#define KD_PLUME_SETTLING_H

/* submerged: (rho_s - rho_w)/rho_w; viscosity: kinematic, m2/s. All m/s, positive down. */
double kd_plume_settling_stokes(double diameter, double submerged, double viscosity);
double kd_plume_settling_ferguson_church(double diameter, double submerged, double viscosity, double c1, double c2);
double kd_plume_settling_rubey(double diameter, double submerged, double viscosity);
double kd_plume_settling_zanke(double diameter, double submerged, double viscosity);
double kd_plume_settling_soulsby(double diameter, double submerged, double viscosity);

/* Floc of fractal dimension nf made of primary grains; drag 1 + 0.15 Re^0.687. */
double kd_plume_settling_floc(double diameter, double primary, double fractal, double submerged, double viscosity);
/* Size of flocs at equilibrium between growth and break-up (nf = 2): concentration kg/m3, shear 1/s. */
double kd_floc_equilibrium(double primary, double concentration, double shear, double growth, double breakup);
/* Shear rate from dissipation [W/kg]: sqrt(eps/nu). */
double kd_shear_rate(double dissipation, double viscosity);
/* Richardson-Zaki hindered settling: w0 (1 - phi)^n. */
double kd_plume_settling_hindered(double free_velocity, double volume_share, double exponent);

/* Concentration over that at the reference height a. */
double kd_rouse_profile(double height, double depth, double reference, double settling, double shear_velocity,
                        double karman);
double kd_rouse_number(double settling, double shear_velocity, double karman);

#endif
