// SPDX-License-Identifier: Apache-2.0
/* Sea water as a fluid: density, temperature scale, viscosity, gravity. The one equation of state for the water in the
 * pipes and for the water outside. Salinity is absolute [kg/kg], temperature conservative [degC] unless said
 * otherwise, pressure is sea pressure (above one atmosphere) [Pa]. */
#ifndef KD_LIFT_SEAWATER_H
#define KD_LIFT_SEAWATER_H

#define KD_ATMOSPHERE   101325.0 /* Pa, standard atmosphere (exact) */
#define KD_CELSIUS_ZERO 273.15   /* K (exact) */

/* Density [kg/m3] by the 75-term polynomial. */
double kd_seawater_density(double absolute_salinity, double conservative_temperature, double pressure);

/* The same in two steps, for many pressures at one salinity and temperature: the polynomial in pressure, then its
 * value. */
#define KD_SEAWATER_TERMS 7
void kd_seawater_volume_terms(double terms[KD_SEAWATER_TERMS], double absolute_salinity,
                              double conservative_temperature);
double kd_seawater_density_of(const double terms[KD_SEAWATER_TERMS], double pressure);

/* Absolute salinity [kg/kg] of practical salinity [1] at reference composition. */
double kd_seawater_absolute_salinity(double practical_salinity);

/* Potential temperature [degC] (reference: sea surface) of in-situ temperature [degC] at sea pressure [Pa]. */
double kd_seawater_potential_temperature(double absolute_salinity, double temperature, double pressure);

/* Conservative temperature [degC] of potential temperature [degC], and of in-situ temperature at sea pressure. */
double kd_seawater_conservative_from_potential(double absolute_salinity, double potential_temperature);
double kd_seawater_conservative_temperature(double absolute_salinity, double temperature, double pressure);

/* Dynamic viscosity [Pa s] at one atmosphere; temperature in situ [degC]. */
double kd_seawater_viscosity(double absolute_salinity, double temperature);

/* Gravity [m/s2] at latitude [rad] and depth [m]. */
double kd_gravity(double latitude, double depth);

#endif
