#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The checks behind `./dev check`: style, layers, headers; clang without warnings; all tests under the sanitizers.
set -eu
cd "$(dirname "$0")/.."
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
step() { printf '== %s\n' "$*"; }

build() { cmake --preset "$1" >/dev/null && cmake --build "build/$1" -j "$jobs" >"build/$1/build.log" 2>&1 || { cat "build/$1/build.log"; exit 1; }; }

step "style, banned functions, file lengths, licence tags"
python3 tools/style.py
step "layers: no include points up, no stage includes another"
python3 tools/layers.py
mkdir -p build
step "headers: each public header alone, in C17 and C++17"
for header in include/kaidei.h include/kaidei/*.h; do
  printf '#include "%s"\nint main(void) { return 0; }\n' "${header#include/}" >build/header.c
  gcc -std=c17 -Wall -Wextra -Wpedantic -Werror -Iinclude -fsyntax-only build/header.c
  cp build/header.c build/header.cpp
  clang++-19 -std=c++17 -Wall -Wextra -Wpedantic -Werror -Iinclude -fsyntax-only build/header.cpp
done
step "clang 19: no warnings, all tests"
build clang
ctest --test-dir build/clang --output-on-failure -j "$jobs" -E '^fault/' # faults: in `./dev test`, and below with sanitizers
step "symbols: no name twice in the library"
twice=$(nm -A --defined-only -g build/clang/libkaidei.a 2>/dev/null | awk '{ print $NF }' | sort | uniq -d)
[ -z "$twice" ] || { printf '%s\n' "$twice"; exit 1; }
step "address and undefined-behaviour sanitizers: all tests"
build asan
ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1 \
  ctest --test-dir build/asan --output-on-failure -j "$jobs" -E '^fault/'
step "the same over a sample of the faults"
ASAN_OPTIONS=detect_leaks=1 KD_FAULT_STRIDE=${KD_FAULT_STRIDE:-23} \
  ctest --test-dir build/asan --output-on-failure -j "$jobs" -R '^fault/run' 
step "thread sanitizer: the threaded tests"
build tsan
ctest --test-dir build/tsan --output-on-failure -j "$jobs" -R 'unit/base/pool|unit/ensemble|unit/results'
step "the same numbers from gcc and clang"
sh tools/same.sh
printf 'all checks passed\n'
