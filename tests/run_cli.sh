#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs one script of tests/cli/ in a private empty folder; every line that fails ends it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
sh -eu "$1"
