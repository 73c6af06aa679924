// SPDX-License-Identifier: Apache-2.0
/* Evaluations behind the rows of kernels.c, by subject. */
#ifndef KD_LIFT_KERNELS_H
#define KD_LIFT_KERNELS_H

#include "base/kernel.h"

/* kernels_water.c */
kd_kernel_fn kd_eval_density, kd_eval_absolute_salinity, kd_eval_potential_temperature,
    kd_eval_conservative_temperature, kd_eval_seawater_viscosity, kd_eval_gravity, kd_eval_compressibility,
    kd_eval_compressibility_fit, kd_eval_compressor, kd_eval_slurry_density;
kd_kernel_table_fn kd_eval_sea_column;

/* kernels_wall.c */
kd_kernel_fn kd_eval_hb_wall_stress, kd_eval_hb_velocity, kd_eval_hb_plug, kd_eval_colebrook, kd_eval_churchill,
    kd_eval_newtonian, kd_eval_wilson_thomas, kd_eval_slatter, kd_eval_dodge_metzner, kd_eval_darby_melson,
    kd_eval_critical_slatter, kd_eval_critical_metzner_reed, kd_eval_critical_ryan_johnson, kd_eval_critical_hanks,
    kd_eval_critical_wilson_thomas, kd_eval_reynolds, kd_eval_wall_stress, kd_eval_starter, kd_eval_liquidity_index,
    kd_eval_gel, kd_eval_restart;

/* kernels_machine.c */
kd_kernel_fn kd_eval_ruby_zanke, kd_eval_rowe, kd_eval_hindered, kd_eval_suspended, kd_eval_durand, kd_eval_drift_slug,
    kd_eval_drift_large, kd_eval_void, kd_eval_frictionless, kd_eval_air_rate, kd_eval_water_rate, kd_eval_static_head,
    kd_eval_pump_power, kd_eval_lift_energy, kd_eval_string, kd_eval_axial_period, kd_eval_wave_speed,
    kd_eval_joukowsky;
kd_kernel_table_fn kd_eval_rheology_table;

/* kernels_forms.c */
kd_kernel_fn kd_eval_power_law, kd_eval_bingham, kd_eval_darcy_weisbach, kd_eval_hydrostatic, kd_eval_solids,
    kd_eval_suspension, kd_eval_wood, kd_eval_stokes, kd_eval_richardson_zaki, kd_eval_kynch, kd_eval_bubbly,
    kd_eval_buoyant, kd_eval_pipe_stress, kd_eval_lateral, kd_eval_offset, kd_eval_shedding, kd_eval_pipe_period,
    kd_eval_affinity, kd_eval_in_place;

#endif
