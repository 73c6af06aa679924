# SPDX-License-Identifier: Apache-2.0
# The same seed gives the same bits: with 1, 2 and 4 threads, run twice, and under another name. Only the table run and
# run.json may differ.
tables() { sqlite3 "$1/run.sqlite" ".dump parameter" ".dump summary" ".dump ledger" ".dump product" ".dump balance" ".dump sensitivity" ".dump input" ".dump note"; }
run() { "$KAIDEI" run "$1" -n 300 --threads "$2" --seed 7 -q -o "$3" >/dev/null; }

for scenario in minamitorishima-2027-full-trial commercial-3500; do
  run $scenario 1 one
  test "$(tables one | wc -l)" -gt 500
  for turn in 2 4 1; do
    run $scenario $turn other
    for file in samples.nc scenario.yaml layers.gpkg; do
      test -e one/$file || test ! -e other/$file
      test ! -e one/$file || cmp one/$file other/$file || { echo "$scenario: $file differs with $turn threads"; exit 1; }
    done
    tables one >one.sql
    tables other >other.sql
    cmp one.sql other.sql || { echo "$scenario: the tables differ with $turn threads"; diff one.sql other.sql | head -n 4; exit 1; }
    rm -rf other
  done
  rm -rf one
done

# A seed of 64 bits, and the first realisations of a longer run are those of a shorter one.
"$KAIDEI" run minamitorishima-2027-full-trial -n 10 --seed 9223372036854775807 -q -o a >/dev/null
"$KAIDEI" run minamitorishima-2027-full-trial -n 100 --seed 9223372036854775807 -q -o b >/dev/null
"$KAIDEI" export a --format csv -o a.csv.d -q >/dev/null
"$KAIDEI" export b --format csv -o b.csv.d -q >/dev/null
cp a.csv.d/samples.csv short
sed -n 1,11p b.csv.d/samples.csv | cmp - short
