// SPDX-License-Identifier: Apache-2.0
/* The commands, one file each (the stages share one). */
#ifndef KD_CLI_COMMANDS_H
#define KD_CLI_COMMANDS_H

#include "cli/command.h"

extern const kd_command kd_command_run, kd_command_check, kd_command_explain, kd_command_schema, kd_command_claims,
    kd_command_eval, kd_command_compare, kd_command_report, kd_command_export, kd_command_doctor, kd_command_completion,
    kd_command_man;
extern const kd_command kd_command_deposit, kd_command_mineplan, kd_command_lift, kd_command_campaign,
    kd_command_process, kd_command_plume, kd_command_economy, kd_command_supply;

#endif
