// SPDX-License-Identifier: Apache-2.0
/* Kernels of columns and batch contactors. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "process/column.h"
#include "process/sorption_batch.h"
#include "process/kernels.h"
#include "process/tables.h"

static const kd_data_slot column_data[] = {
    {.name = "solutes",
     .columns = "solute, feed [mg/L], affinity [L/mg], rate [1/min]?, uptake [L/mg/min]?, initial [1]?",
     .doc = "Each solute: concentration fed, Langmuir constant K, rate of the linear driving force (uptake ldf) or "
            "constant k_a of the second-order uptake (uptake langmuir), share of the capacity held at the start (0)."},
};
static const kd_field column_in[] = {
    KD_IN("time", "min", "0 min exclusive", NULL, "end of the run; plug flow: from when the front leaves an empty bed"),
    KD_IN("length", "m", "0 m exclusive", "1000 m", "bed"),
    KD_IN("velocity", "m/h", "0 m/h exclusive", NULL, "interstitial velocity v: superficial over porosity"),
    KD_IN("porosity", "1", "0 exclusive", "1 exclusive", "void share of the bed"),
    KD_IN("density", "kg/m3", "0 kg/m3 exclusive", NULL, "sorbent per volume of bed"),
    KD_IN("capacity", "mg/g", "0 mg/g exclusive", NULL, "loading at saturation, all solutes together"),
    KD_IN_CHOICE_OPTION("uptake", "ldf|langmuir", "langmuir",
                        "ldf: k (q* - q); langmuir: k_a (c (q_max - sum q) - q/K)"),
    KD_IN_OPTION("dispersion", "m2/s", "0 m2/s", "0 m2/s", NULL, "axial dispersion; 0: plug flow"),
    {.name = "feed_end",
     .unit = "min",
     .doc = "time after which clean liquid is fed; not given: never",
     .initial = "none",
     .low = "0 min"},
    KD_IN_OPTION("cells", "1", "400", "10", "20000", "cells along the bed; plug flow: at the start, see tolerance"),
    KD_IN_OPTION("points", "1", "100", "2", "10000", "times in the answer after 0"),
    KD_IN_OPTION("tolerance", "1", "1e-4", "1e-12", "0.1",
                 "plug flow: cells are doubled until c/c0 is sure to this; refused when no grid is fine enough"),
};
static const kd_field column_out[] = {
    KD_OUT("time", "min", "time"),
    KD_OUT("outlet", "mg/L", "a column outlet_NAME for each solute"),
    KD_OUT("share", "1", "a column share_NAME: outlet over the concentration fed"),
};

static const kd_data_slot contactor_data[] = {
    {.name = "solutes",
     .columns = "solute, feed [mg/L], affinity [L/mg]",
     .doc = "Each solute: concentration in the liquid fed and Langmuir constant K."},
};
static const kd_field contactor_in[] = {
    KD_IN("dose", "g/L", "0 g/L", NULL, "sorbent per litre of liquid, in all stages together"),
    KD_IN("capacity", "mg/g", "0 mg/g", NULL, "loading at saturation, all solutes together"),
    KD_IN_OPTION("stages", "1", "1", "1", "100", "equal portions of fresh sorbent, one after another (crosscurrent)"),
};
static const kd_field contactor_out[] = {
    KD_OUT("stage", "1", "0: the feed"),
    KD_OUT("free", "1", "1 + sum K c of the liquid"),
    KD_OUT("liquid", "mg/L", "a column liquid_NAME for each solute"),
    KD_OUT("loading", "mg/g", "a column loading_NAME"),
    KD_OUT("taken", "1", "a column taken_NAME: share of the feed taken up so far"),
};

const kd_kernel kd_process_column_kernels[] = {
    {.name = "process.column",
     .summary = "Breakthrough of a fixed bed: competitive Langmuir, kinetics, axial dispersion.",
     .inputs = column_in,
     .input_count = KD_COUNT(column_in),
     .outputs = column_out,
     .output_count = KD_COUNT(column_out),
     .data = column_data,
     .data_count = KD_COUNT(column_data),
     .eval_table = kd_column_eval},
    {.name = "process.contactor",
     .summary = "Batch sorption in one or more stages, competitive Langmuir.",
     .inputs = contactor_in,
     .input_count = KD_COUNT(contactor_in),
     .outputs = contactor_out,
     .output_count = KD_COUNT(contactor_out),
     .data = contactor_data,
     .data_count = KD_COUNT(contactor_data),
     .eval_table = kd_contactor_eval},
    {.name = NULL},
};
