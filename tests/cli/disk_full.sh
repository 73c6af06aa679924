# SPDX-License-Identifier: Apache-2.0
# No room: exit 5, a clear message, no new folder, and what was there before is untouched; with room again the same
# command works. First by a limit on the size of files, then, where we may mount one, on small file systems.
listing() { find "$1" -type f -exec sha256sum {} + | sort; }
"$KAIDEI" run minamitorishima-2027-full-trial -n 20 -q -o a >/dev/null
listing a >before

for blocks in 1 100 600 1000 3000; do
  code=0
  (trap '' XFSZ; ulimit -f $blocks; exec "$KAIDEI" run minamitorishima-2027-full-trial -n 200 -q --force -o a) >out 2>err || code=$?
  if [ $code -ne 0 ]; then
    test $code -eq 5 || { echo "limit $blocks: exit $code: $(cat err)"; exit 1; }
    test -s err
    listing a | cmp before -
    test ! -e a.replaced
  else
    test $blocks -gt 1000
  fi
done
"$KAIDEI" run minamitorishima-2027-full-trial -n 200 -q --force -o a >/dev/null
test "$(sqlite3 a/run.sqlite 'select realisations from run')" -eq 200
# The signal that the system sends at such a limit does not end the program either.
code=0
(ulimit -f 100; exec "$KAIDEI" run minamitorishima-2027-full-trial -n 200 -q -o b) >out 2>err || code=$?
test $code -eq 5
test ! -e b

mkdir small
if ! mount -t tmpfs -o size=64k none small 2>/dev/null; then echo "no small file system: we may not mount"; exit 0; fi
trap 'umount -l small' EXIT
full=0
for size in 64k 400k 1m 2m 2600k 3m 3400k 4m 5m 8m; do
  umount small
  mount -t tmpfs -o size=$size none small
  code=0
  "$KAIDEI" run minamitorishima-2027-full-trial -n 200 -q -o small/run >out 2>err || code=$?
  if [ $code -ne 0 ]; then
    full=$((full + 1))
    test $code -eq 5 || { echo "disk of $size: exit $code: $(cat err)"; exit 1; }
    grep -q -i -E 'space|disk' err || { echo "disk of $size: $(cat err)"; exit 1; }
    test ! -e small/run
    mount -o remount,size=64m small
    "$KAIDEI" run minamitorishima-2027-full-trial -n 200 -q -o small/run >out 2>err || { echo "after $size: $(cat err)"; exit 1; }
  fi
  cmp a/samples.nc small/run/samples.nc
done
echo "$full disks were too small"
test $full -gt 4
code=0
"$KAIDEI" export a --format csv -o /dev/full >out 2>err || code=$?
test $code -eq 5
code=0
"$KAIDEI" explain lift.bore >/dev/full 2>err || code=$?
test $code -eq 5
