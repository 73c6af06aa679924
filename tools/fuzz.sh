#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Fuzzes every reader for so many seconds each (default 60), from the corpora in tests/fuzz/corpus.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-60}
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
cmake --preset fuzz >/dev/null
cmake --build build/fuzz -j "$jobs" >build/fuzz/build.log 2>&1 || { cat build/fuzz/build.log; exit 1; }
for program in build/fuzz/tests/fuzz/fuzz_*; do
  [ -x "$program" ] && [ -f "$program" ] || continue
  name=${program##*/fuzz_}
  mkdir -p "build/fuzz/found/$name"
  printf '== %s, %s s\n' "$name" "$seconds"
  "$program" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 \
    -artifact_prefix="build/fuzz/found/" "build/fuzz/found/$name" "tests/fuzz/corpus/$name" >"build/fuzz/$name.log" 2>&1 ||
    { tail -n 40 "build/fuzz/$name.log"; exit 1; }
  grep -E 'number_of_executed_units|peak_rss' "build/fuzz/$name.log"
done
