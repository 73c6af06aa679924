// SPDX-License-Identifier: Apache-2.0
/* Closed forms of marine operations: what the simulated calendar is held against. SI. */
#ifndef KD_CAMPAIGN_FORMULAS_H
#define KD_CAMPAIGN_FORMULAS_H

/* --- the sea: formulas_sea.c --- */

/* Share of the time a lognormal sea of given mean and sd of the logarithm stays at or under a limit. */
double kd_sea_workability(double mean, double spread, double limit);

/* Mean stay above and below a limit of the first-order sea seen every `step` seconds. */
typedef struct kd_persistence {
  double workability, calm, storm; /* share; s; s */
} kd_persistence;
void kd_sea_persistence(kd_persistence *out, double mean, double spread, double limit, double e_folding, double step);
/* Owen's T for 0 <= a <= 1. */
double kd_owen_t(double h, double a);

/* Calms and storms of exponential length with the given means. */
double kd_window_probability(double calm, double storm, double window); /* a window begins now */
double kd_window_wait(double calm, double storm, double window);        /* mean wait for one, seen ahead */
double kd_task_accumulating(double calm, double storm, double work); /* mean time of a task that may be interrupted */
double kd_task_restarting(double calm, double storm, double work);   /* of one that starts again from nothing */

/* --- cyclones --- */

typedef struct kd_t_time {
  double secure, t_time, alert_radius;
} kd_t_time;
void kd_cyclone_t_time(kd_t_time *out, double stop, double flush, double recover, double stand_off, double ship_speed,
                       double storm_speed, double factor);
/* Probability of n storms in a season, negative binomial of given mean and shape (shape infinite: Poisson). */
double kd_season_probability(unsigned n, double mean, double shape);

/* --- reliability: formulas_reliability.c --- */

double kd_availability(double mtbf, double mttr);
double kd_availability_at(double mtbf, double mttr, double time); /* up at time 0 */
double kd_availability_k_of_n(unsigned k, unsigned n, double unit);
double kd_weibull_mean(double scale, double shape);
double kd_weibull_survival(double time, double scale, double shape);
double kd_weibull_hazard(double time, double scale, double shape);

/* Two machines of equal rate with a tank between them (Gershwin and Schick 1980), failing only while they work. */
typedef struct kd_line_rate {
  double efficiency, level, starved, blocked; /* shares; m3 */
} kd_line_rate;
void kd_tank_line(kd_line_rate *out, double rate, double mtbf1, double mttr1, double mtbf2, double mttr2, double tank);

/* Spares: base stock s, demand rate and lead time. Palm 1938: the pipeline is Poisson. */
typedef struct kd_spares {
  double fill_rate, backorders;
} kd_spares;
void kd_base_stock(kd_spares *out, unsigned stock, double demand_rate, double lead_time);

/* --- ships: formulas_ship.c --- */

/* Geodesic on WGS84 (Vincenty 1975); radians; NaN when it does not converge (nearly antipodal points). */
double kd_geodesic(double latitude1, double longitude1, double latitude2, double longitude2);
/* Mean time of a passage: full speed, slowed down, or hove to by shares of the time. */
double kd_passage_time(double distance, double speed, double slow_time, double slow_share, double stopped_time);
double kd_string_run_time(double joints, double joint_time, double interval, double test_time);
double kd_shuttle_rate(double production, double ships, double load, double cycle, double load_time);
/* Share of the time on the mud in which mud comes up. */
double kd_lifting_share(double dry_per_insertion, double dry_rate, double insertion_time, double move_time);

#endif
