#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The same seed gives the same bits with 1, 2 and 4 threads and run twice, and the same numbers to 1e-12 between
# compilers and SIMD levels.
set -eu
cd "$(dirname "$0")/.."
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
scenarios=${1:-minamitorishima-2027-full-trial minamitorishima-2026-trial meti-2016 commercial-3500}
count=${2:-500}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

build() { { cmake --preset "$1" -DKD_TESTS=OFF && cmake --build "build/$1" -j "$jobs"; } >"$folder/log" 2>&1 || { cat "$folder/log"; exit 1; }; }
run() { "build/$1/kaidei" run "$scenario" -n "$count" --threads "$2" -q -o "$folder/$3" >/dev/null; }

build release
build clang
presets="release clang"
if grep -q avx2 /proc/cpuinfo 2>/dev/null; then build avx2; presets="$presets avx2"; fi

compare() {
scenario=$1
for threads in 1 2 4; do run release $threads "threads-$threads"; done
run release 2 twice
for other in threads-2 threads-4 twice; do
  cmp "$folder/threads-1/samples.nc" "$folder/$other/samples.nc"
done
echo "$scenario: same bits with 1, 2 and 4 threads and run twice"

for preset in $presets; do
  run "$preset" 2 "$preset"
  sqlite3 "$folder/$preset/run.sqlite" "select key, mean, sd, p10, p50, p90 from summary order by key" >"$folder/$preset.txt"
done
for preset in $presets; do
  awk -F'|' -v name="$preset" '
    NR == FNR { for (i = 2; i <= NF; i++) base[$1, i] = $i; next }
    { for (i = 2; i <= NF; i++) {
        a = base[$1, i]; b = $i; size = a < 0 ? -a : a; gap = a - b; if (gap < 0) gap = -gap
        # a closure is relative by itself: its last bits are rounding
        if ($1 ~ /^balance\./ && gap <= 1e-12) { count++; continue }
        spread = base[$1, 3]; if (spread < 0) spread = -spread; if (spread > size) size = spread
        if (gap > 1e-12 * size) { printf "%s: %s: %.17g and %.17g\n", name, $1, a, b; bad = 1 }
        count++
      } }
    END { if (bad) exit 1; printf "%s: %d numbers within 1e-12 of gcc at the baseline\n", name, count }
  ' "$folder/release.txt" "$folder/$preset.txt"
done
rm -rf "$folder"/*
}
for name in $scenarios; do compare "$name"; done
