# SPDX-License-Identifier: Apache-2.0
# malloc under every library fails once, at places spread over a whole run: no signal, a clear error, no folder under its
# final name, and the same command works afterwards. $FAILMALLOC is the library that does it, $1 the number of places.
#
# Known: libfyaml 0.7.12 reads through NULL where it has no memory for the input that it is given
# (fy_parse_input_append). Nobody outside can help that; it is two allocations for each text of YAML that is parsed, of
# the order of 10 in a run. An end in libfyaml is therefore counted, and held against them when there are more than two.
places=${1:-200}
run() { "$KAIDEI" run minamitorishima-2027-full-trial -n 2 --threads 1 -q -o run; }

FAILMALLOC_COUNT="$PWD/count" LD_PRELOAD=$FAILMALLOC run >/dev/null
calls=$(cat count)
rm -rf run
test "$calls" -gt 10000

bad=0 hit=0 known=0 i=0
while [ "$i" -lt "$places" ]; do
  # spread over the run, and not at a regular beat of it
  n=$((1 + (i * calls + (i * 7919) % calls) / places))
  i=$((i + 1))
  code=0
  : >who
  FAILMALLOC_AT=$n FAILMALLOC_WHO="$PWD/who" LD_PRELOAD=$FAILMALLOC run >out 2>err || code=$?
  if [ "$code" -gt 6 ]; then
    case "$(cat who)" in
    */libfyaml*) known=$((known + 1)) ;;
    *) echo "malloc $n of $calls, asked for by $(cat who): exit $code: $(tail -n 2 err)"; bad=$((bad + 1)) ;;
    esac
  fi
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
echo "$places of $calls calls failed in their turn: $hit ended the run, $known in libfyaml by a signal, $bad badly"
test "$bad" -eq 0
test "$known" -le 2
