#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Times the program and prints docs/performance.md's tables. Timings never decide a test.
#
#   ./dev bench            all of it: some five minutes on two cores
#   ./dev bench quick      without the runs of 10,000 realisations, the deposit on small grids
set -eu
cd "$(dirname "$0")/.."
kaidei=build/release/kaidei
scenario=minamitorishima-2027-full-trial
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Wall and CPU seconds and peak memory [MiB] of a command, median wall of $1 tries.
timed() {
  tries=$1
  shift
  python3 - "$tries" "$@" <<'P'
import os, statistics, subprocess, sys, time
wall, cpu, peak = [], [], 0
for _ in range(int(sys.argv[1])):
    start = time.perf_counter()
    child = subprocess.Popen(sys.argv[2:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    wall.append(time.perf_counter() - start)
    cpu.append(usage.ru_utime + usage.ru_stime)
    peak = max(peak, usage.ru_maxrss / 1024)
    if status != 0:
        sys.exit(f"failed: {' '.join(sys.argv[2:])}")
print(f"{statistics.median(wall):.2f} s | {statistics.median(cpu):.2f} s | {peak:.0f} MiB")
P
}

printf '%s, %s cores; %s; %s\n\n' "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -1)" "$(getconf _NPROCESSORS_ONLN)" \
  "$($kaidei --version)" "$(date -u +%Y-%m-%d)"
printf '| what | wall, median | CPU, median | peak memory |\n|---|---|---|---|\n'
for threads in 1 2; do
  printf '| %s, 1,000 realisations, all stored, %s thread(s), of 5 | %s |\n' "$scenario" $threads \
    "$(timed 5 $kaidei run $scenario -n 1000 -j $threads -q -f -o "$folder/a")"
done
if [ "${1:-}" != quick ]; then
  for n in 100 10000; do
    printf '| %s, %s realisations, all stored, 2 threads, of 3 | %s |\n' "$scenario" $n \
      "$(timed 3 $kaidei run $scenario -n $n -j 2 -q -f -o "$folder/b")"
  done
fi
printf '| its report again, of 5 | %s |\n' "$(timed 5 $kaidei report "$folder/a" -o "$folder/report.html")"
printf '| `kaidei check`, of 5 | %s |\n\n' "$(timed 5 $kaidei check $scenario)"

# Compiles a program of bench/ against the library.
bench() {
  cc -std=c17 -O2 -D_DEFAULT_SOURCE -D_POSIX_C_SOURCE=200809L -Isrc -Iinclude "bench/$1.c" build/release/libkaidei.a \
    $(pkg-config --libs libfyaml jansson sqlite3 netcdf) -lxlsxwriter -lm -lpthread -o "$folder/$1"
}

bench kernels
"$folder/kernels"

for program in deposit_kriging deposit_cokriging deposit_simulation; do bench $program; done
if [ "${1:-}" = quick ]; then
  "$folder/deposit_kriging" 500 2
  "$folder/deposit_cokriging" 20
  "$folder/deposit_simulation" 2 300 8
else
  "$folder/deposit_kriging" 1000 2
  "$folder/deposit_cokriging" 100
  "$folder/deposit_simulation" 2 1000 24
  "$folder/deposit_simulation" 2 1000 24 elements
  if command -v Rscript >/dev/null && Rscript -e 'quit(status = !requireNamespace("gstat", quietly = TRUE))'; then
    Rscript bench/deposit_kriging.R
  fi
fi
