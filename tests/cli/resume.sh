# SPDX-License-Identifier: Apache-2.0
# Interrupted by Ctrl-C or killed at random moments, the same command goes on and ends with the bytes of an undisturbed
# run; Ctrl-C exits with 6.
tables() { sqlite3 "$1/run.sqlite" ".dump parameter" ".dump summary" ".dump ledger" ".dump product" ".dump balance" ".dump sensitivity" ".dump input" ".dump note"; }
run() { "$KAIDEI" run minamitorishima-2027-full-trial -n "$n" -q -o "$1"; }
same() {
  cmp whole/samples.nc "$1/samples.nc" && tables "$1" | cmp whole.sql - && test ! -e "$1.partial" || { echo "$1 differs from an undisturbed run"; exit 1; }
}
# Sets `when` to a moment of up to $1 tenths of a second; spread without a generator of the shell.
seed=1
moment() {
  seed=$(((seed * 1103515245 + 12345) % 2147483648))
  when=$((1 + seed / 65536 % $1))
  when=$((when / 10)).$((when % 10))
}

# Signals are sent when the run folder shows a state, never after a time measured elsewhere: a busy machine changes nothing.
n=10000
run whole >/dev/null
tables whole >whole.sql

# Starts run $1 in the background and returns when its checkpoint differs from the one before, or when it has ended.
start() {
  before=$(cat "$1.partial/checkpoint.json" 2>/dev/null || true)
  "$KAIDEI" run minamitorishima-2027-full-trial -n "$n" -q -o "$1" >out 2>err &
  pid=$!
  while kill -0 $pid 2>/dev/null && [ "$(cat "$1.partial/checkpoint.json" 2>/dev/null || true)" = "$before" ]; do sleep 0.02; done
}
# Sends signal $1 to that run and keeps how it ended.
stop() {
  kill -s "$1" $pid 2>/dev/null || true
  code=0
  wait $pid 2>/dev/null || code=$?
}

stopped=0 turn=0
while [ ! -e ctrl-c ]; do
  turn=$((turn + 1))
  test $turn -lt 20
  start ctrl-c
  stop INT
  case $code in
  0) test -e ctrl-c; if [ $stopped -eq 0 ]; then rm -rf ctrl-c; fi ;; # finished before the signal: again
  6) stopped=$((stopped + 1)); grep -q 'the same command goes on' err; test ! -e ctrl-c ;;
  *) echo "Ctrl-C: exit $code: $(cat err)"; exit 1 ;;
  esac
done
same ctrl-c
echo "stopped by Ctrl-C $stopped times"
test $stopped -gt 0

# Killed by turns at any moment of the first second and soon after a checkpoint.
killed=0 kept=0
for turn in 1 2 3 4 5 6 7 8 9 10 11 12; do
  if [ $((turn % 2)) -eq 0 ]; then
    start killed
    moment 2
  else
    "$KAIDEI" run minamitorishima-2027-full-trial -n "$n" -q -o killed >out 2>err &
    pid=$!
    moment 10
  fi
  sleep $when
  stop KILL
  test $code -eq 0 || test $code -eq 137 || { echo "killed: exit $code: $(cat err)"; exit 1; }
  # What has its final name is whole, even when the kill came after that.
  if [ -e killed ]; then same killed; rm -rf killed; continue; fi
  killed=$((killed + 1))
  if [ -e killed.partial/checkpoint.json ]; then kept=$((kept + 1)); fi
done
run killed >/dev/null
same killed
echo "killed $killed times, $kept times behind a checkpoint"
test $killed -gt 2
test $kept -gt 0

# Another seed does not go on from it.
start seed
stop KILL
"$KAIDEI" run minamitorishima-2027-full-trial -n 50 --seed 2 -q -o seed >/dev/null 2>err
"$KAIDEI" run minamitorishima-2027-full-trial -n 50 --seed 2 -q -o fresh >/dev/null
cmp seed/samples.nc fresh/samples.nc
