// SPDX-License-Identifier: Apache-2.0
#include "exchange/exchange.h"

#include "exchange/delivered.h"
#include "exchange/limits.h"
#include "exchange/products.h"
#include "exchange/released.h"
#include "exchange/slurry.h"

#define FIELD(type, member, unit)                                                                                      \
  { #member, unit, offsetof(type, member), NULL }
#define VECTOR(type, member, unit)                                                                                     \
  { #member, unit, offsetof(type, member), &kd_element_labels }
#define EXCHANGE(title, fields)                                                                                        \
  { title, fields, sizeof(fields) / sizeof((fields)[0]) }

static const kd_exchange_field slurry[] = {
    FIELD(kd_slurry, dry_rate, "t/day"),   VECTOR(kd_slurry, grade, "ppm"),
    FIELD(kd_slurry, coarse_share, "%wt"), FIELD(kd_slurry, grain_density, "kg/m3"),
    FIELD(kd_slurry, pore_water, "kg/kg"), FIELD(kd_slurry, pore_density, "kg/m3"),
    FIELD(kd_slurry, water_depth, "m"),    FIELD(kd_slurry, dry_per_insertion, "t"),
    FIELD(kd_slurry, insertion_time, "h"), FIELD(kd_slurry, move_time, "h"),
    FIELD(kd_slurry, loss_share, "kg/kg"),
};

static const kd_exchange_field limits[] = {
    FIELD(kd_limits, wave_limit_lift, "m"),  FIELD(kd_limits, wave_limit_run, "m"),
    FIELD(kd_limits, wave_limit_hang, "m"),  FIELD(kd_limits, dry_rate, "t/day"),
    FIELD(kd_limits, power, "kW"),           FIELD(kd_limits, slurry_rate, "m3/h"),
    FIELD(kd_limits, water_rate, "kg/s"),    FIELD(kd_limits, flush_time, "min"),
    FIELD(kd_limits, string_length, "m"),    FIELD(kd_limits, joint_length, "m"),
    FIELD(kd_limits, hydraulic_power, "kW"), FIELD(kd_limits, hydraulic_power, "kW"),
};

static const kd_exchange_field delivered[] = {
    FIELD(kd_delivered, dry_mass, "t"),       VECTOR(kd_delivered, element, "t"),
    FIELD(kd_delivered, coarse_mass, "t"),    FIELD(kd_delivered, water_mass, "t"),
    FIELD(kd_delivered, salt_share, "kg/kg"), FIELD(kd_delivered, lifting_time, "h"),
    FIELD(kd_delivered, plant_rate, "t/day"), FIELD(kd_delivered, grain_density, "kg/m3"),
};

static const kd_exchange_field released[] = {
    FIELD(kd_released, collector_rate, "kg/s"), FIELD(kd_released, return_rate, "kg/s"),
    FIELD(kd_released, return_water, "m3/s"),   FIELD(kd_released, duration, "h"),
    FIELD(kd_released, water_depth, "m"),       FIELD(kd_released, grain_density, "kg/m3"),
};

static const kd_exchange_field products[] = {
    FIELD(kd_products, oxide_equivalent, "t"),
    VECTOR(kd_products, in_place, "t"),
    FIELD(kd_products, stages_total, "1"),
};

const kd_exchange kd_exchange_slurry = EXCHANGE("slurry", slurry);
const kd_exchange kd_exchange_limits = EXCHANGE("limits", limits);
const kd_exchange kd_exchange_delivered = EXCHANGE("delivered", delivered);
const kd_exchange kd_exchange_released = EXCHANGE("released", released);
const kd_exchange kd_exchange_products = EXCHANGE("products", products);
