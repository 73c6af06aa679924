// SPDX-License-Identifier: Apache-2.0
/* The flowsheet as a data kernel. */
#include "process/flowsheet.h"
#include "process/kernels.h"
#include "process/tables.h"

static const kd_data_slot flowsheet_data[] = {
    {.name = "streams",
     .columns = "stream, from, to, limit [1]?, ...",
     .doc =
         "Each stream: units it comes from and goes to, empty for a feed or a product; a column for each component. A "
         "feed's cells are flows, those of a unit's outlet its shares of the unit's contents; an outlet without any "
         "takes the rest. limit: most the stream carries, the rest's outlet takes what is over."},
    {.name = "reactions",
     .columns = "unit, key, conversion [1], ...",
     .doc =
         "Reactions in a unit, in order: the key component, its conversion, and a column for each component with what "
         "is made (+) and used (-).",
     .optional = true},
};
static const kd_field flowsheet_in[] = {
    KD_IN_CHOICE_OPTION("method", "newton|anderson|wegstein|direct", "newton",
                        "how the recycles are converged together"),
    KD_IN_OPTION("tolerance", "1", "1e-12", "1e-15", "0.1", "change of a torn flow over the largest flow"),
    KD_IN_OPTION("walks", "1", "5000", "1", "1000000", "most walks through the sheet"),
};
static const kd_field flowsheet_out[] = {
    {.name = "stream", .unit = "", .doc = "as given, with from and to"},
    {.name = "from", .unit = "", .doc = "unit"},
    {.name = "to", .unit = "", .doc = "unit"},
    KD_OUT("total", "1", "all components, then a column for each"),
    KD_OUT("walks", "1", "walks through the sheet that it took"),
    KD_OUT("residual", "1", "worst change of a torn flow at the end"),
    KD_OUT("closure", "1", "worst component of in - out, reactions counted"),
};

const kd_kernel kd_process_flowsheet_kernels[] = {
    {.name = "process.flowsheet",
     .summary = "Named streams and units with recycles, converged together.",
     .inputs = flowsheet_in,
     .input_count = KD_COUNT(flowsheet_in),
     .outputs = flowsheet_out,
     .output_count = KD_COUNT(flowsheet_out),
     .data = flowsheet_data,
     .data_count = KD_COUNT(flowsheet_data),
     .eval_table = kd_flowsheet_eval},
    {.name = NULL},
};
