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
python3 tools/coverage.py build/coverage "${1:-90}" 98
