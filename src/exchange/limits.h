// SPDX-License-Identifier: Apache-2.0
/* Lift to campaign: what the lift can do and in which seas. SI; NaN: not limited by the lift. */
#ifndef KD_EXCHANGE_LIMITS_H
#define KD_EXCHANGE_LIMITS_H

#define KD_LIMIT_PERIODS 24

typedef struct kd_limits {
  double wave_limit_lift; /* significant wave height up to which mud may be lifted, m */
  double wave_limit_run;  /* up to which the string may be run or recovered, m */
  double wave_limit_hang; /* up to which the string may hang and wait, m */
  double dry_rate;        /* dry solid that the lift sustains, kg/s (not above the design rate) */
  double power;           /* electric power while lifting, W */
  double slurry_rate;     /* slurry up the pipe, m3/s */
  double water_rate;      /* sea water that comes up with the mud beside its pore water, kg/s */
  double flush_time;      /* s to flush the riser once with clean water */
  double string_length;   /* m */
  double joint_length;    /* m */
  double hydraulic_power; /* W delivered to the slurry, the part of power that is not lost in pumps and motors */
  /* Operability by peak period, rising; in place of wave_limit_lift where period_count is above 0, or beside it: the
   * lower of both. */
  int period_count, period_beside;
  double period[KD_LIMIT_PERIODS];               /* s */
  double wave_limit_by_period[KD_LIMIT_PERIODS]; /* m, linear between the periods and held beyond both ends */
} kd_limits;

#endif
