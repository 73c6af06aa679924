# SPDX-License-Identifier: Apache-2.0
# malloc under every library fails once, at places spread over a whole run: no signal, a clear error, no folder under its
# final name, and the same command works afterwards. $FAILMALLOC is the library that does it, $1 the number of places.
places=${1:-200}
run() { "$KAIDEI" run minamitorishima-2027-full-trial -n 2 --threads 1 -q -o run; }

FAILMALLOC_COUNT="$PWD/count" LD_PRELOAD=$FAILMALLOC run >/dev/null
calls=$(cat count)
rm -rf run
test "$calls" -gt 10000

bad=0 hit=0 i=0
while [ "$i" -lt "$places" ]; do
  # spread over the run, and not at a regular beat of it
  n=$((1 + (i * calls + (i * 7919) % calls) / places))
  i=$((i + 1))
  code=0
  FAILMALLOC_AT=$n LD_PRELOAD=$FAILMALLOC run >out 2>err || code=$?
  if [ "$code" -gt 6 ]; then echo "malloc $n of $calls: exit $code: $(tail -n 2 err)"; bad=$((bad + 1)); fi
  if [ "$code" -ne 0 ]; then
    hit=$((hit + 1))
    test -s err || { echo "malloc $n of $calls: exit $code without a message"; bad=$((bad + 1)); }
    test ! -e run || { echo "malloc $n of $calls: exit $code and a run folder"; bad=$((bad + 1)); }
  else
    for file in run.json run.sqlite samples.nc report.html; do
      test -s run/$file || { echo "malloc $n of $calls: success without $file"; bad=$((bad + 1)); }
    done
  fi
  # What is left behind must not stop the next run.
  if [ -e run.partial ] && [ $((i % 10)) -eq 0 ]; then run >out 2>err || { echo "after malloc $n: $(cat err)"; bad=$((bad + 1)); }; fi
  rm -rf run run.partial
done
echo "$places of $calls calls failed in their turn: $hit ended the run, $bad badly"
test "$bad" -eq 0
