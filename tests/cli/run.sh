# SPDX-License-Identifier: Apache-2.0
# The whole chain into a folder: what it holds, what is refused, what --set and --json do.
"$KAIDEI" run | grep -q minamitorishima-2027-full-trial
"$KAIDEI" run --json | python3 -c 'import json,sys; assert any(s["scenario"]=="meti-2016" for s in json.load(sys.stdin))'

"$KAIDEI" run minamitorishima-2027-full-trial -n 20 -o a -q >table
grep -q P90 table
for file in run.sqlite samples.nc report.html run.json; do test -s a/$file || { echo "no $file"; exit 1; }; done
test ! -e a.partial
test "$(sqlite3 a/run.sqlite 'select count(*) from run')" -eq 1
for table in parameter summary ledger product balance; do
  test "$(sqlite3 a/run.sqlite "select count(*) from $table")" -gt 0 || { echo "empty $table"; exit 1; }
done
test "$(sqlite3 a/run.sqlite 'select count(*) from balance where closure > 1e-10')" -eq 0

test "$(sqlite3 a/run.sqlite 'select count(*) from balance where abs("in" - "out" - stock) > 1e-9 * max(abs("in"), abs("out"))')" -eq 0
"$KAIDEI" run minamitorishima-2027-full-trial -n 2 -o deep/er/b -q >/dev/null
test -s deep/er/b/run.sqlite

code=0; "$KAIDEI" run minamitorishima-2027-full-trial -n 20 -o a 2>err || code=$?
test "$code" -eq 5; grep -q -- --force err
"$KAIDEI" run minamitorishima-2027-full-trial -n 20 -o a --force -q --json | python3 -c 'import json,sys; d=json.load(sys.stdin); assert d["realisations"]==20 and any(r["headline"] for r in d["summary"])'

"$KAIDEI" run minamitorishima-2027-full-trial -n 20 -o b -q --threads 1 >/dev/null
cmp a/samples.nc b/samples.nc
"$KAIDEI" run minamitorishima-2027-full-trial -n 20 -o c -q --seed 2 >/dev/null
if cmp -s a/samples.nc c/samples.nc; then echo "another seed gave the same bits"; exit 1; fi

code=0; "$KAIDEI" run nowhere.yaml -o d 2>err || code=$?
test "$code" -eq 3; test ! -e d; test ! -e d.partial
code=0; "$KAIDEI" run minamitorishima-2027-full-tria -o d 2>err || code=$?
test "$code" -eq 3; grep -q 'did you mean minamitorishima-2027-full-trial' err
code=0; "$KAIDEI" run minamitorishima-2027-full-trial --set 'lift.bore=-1 m' -o d 2>err || code=$?
test "$code" -eq 3; grep -q 'lift.bore' err; test ! -e d; test ! -e d.partial
