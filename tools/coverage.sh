#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Lines covered by the tests: the whole at least 90 %, each parser at least 98 %.
set -eu
cd "$(dirname "$0")/.."
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
cmake --preset coverage >/dev/null
cmake --build build/coverage -j "$jobs" >build/coverage/build.log 2>&1 || { cat build/coverage/build.log; exit 1; }
find build/coverage -name '*.gcda' -delete
ctest --test-dir build/coverage -j "$jobs" >build/coverage/test.log 2>&1 || { tail -n 60 build/coverage/test.log; exit 1; }
common="--root . --object-directory build/coverage --exclude-throw-branches"
# shellcheck disable=SC2086
gcovr $common --filter src/ --print-summary --fail-under-line "${1:-90}" >build/coverage/lines.txt || { tail -n 20 build/coverage/lines.txt; exit 1; }
tail -n 4 build/coverage/lines.txt
# shellcheck disable=SC2086
gcovr $common --filter 'src/base/(quantity|number|unit|units_find|dimension|table|table_bind|csv|text)\.c' --filter 'src/scenario/' \
  --fail-under-line 98 --print-summary >build/coverage/parsers.txt || { cat build/coverage/parsers.txt; exit 1; }
printf 'parsers: '; sed -n 's/^lines: //p' build/coverage/parsers.txt
