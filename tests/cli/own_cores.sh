# SPDX-License-Identifier: Apache-2.0
# A user's own cores in the chain: other columns in another order, oxides, other units, projected or geographic places;
# nothing else of the scenario changes. And the maps that a plan of sites keeps out of, from every kind of file.
set -eu
cores=$KD_SOURCE/data/deposit/minamitorishima-cores.csv
fail() { printf '%s\n' "$*" >&2; exit 1; }
# The same assays as someone else writes them: id last but two, depths in cm, oxides in %, metres of a map, density in kg/m3.
awk -F, 'BEGIN { OFS = ","; split("1.1728 1.2284 1.2082 1.1664 1.1596 1.1579 1.1526 1.1762 1.1477 1.1455 1.1435 1.1421 1.1387 1.1371 1.2699", f, " ")
    print "# source: own assays of 2026"; print "Y2O3 [%],La2O3 [%],CeO2 [%],Pr6O11 [%],Nd2O3 [%],Sm2O3 [%],Eu2O3 [%],Gd2O3 [%],Tb4O7 [%],Dy2O3 [%],Ho2O3 [%],Er2O3 [%],Tm2O3 [%],Yb2O3 [%],Lu2O3 [%],p2o5 [%],to [cm],from [cm],id,north [m],east [m],density [kg/m3]" }
  /^#/ { next } !head { head = 1; next }
  { line = sprintf("%.9f", $23 * 1e-4 * f[15]); for (e = 1; e <= 14; e++) line = line "," sprintf("%.9f", $(8 + e) * 1e-4 * f[e])
    print line, 0.5 + $12 / 1000, $6 * 100, $5 * 100, $1, 2411000 + 1000 * $3, 500000 + 1000 * $2, $7 * 1000 }' "$cores" >own.csv
# By longitude and latitude, and the sum alone.
awk -F, 'BEGIN { OFS = ","; print "# source: own assays of 2026"; print "rey [ppm],id,lon [deg],lat [deg],from [m],to [m],density [t/m3]" }
  /^#/ { next } !head { head = 1; next }
  { sum = 0; for (e = 9; e <= 23; e++) sum += $e; print sum, $1, 153.5 + $2 / 103.39, 21.8 + $3 / 110.74, $5, $6, $7 }' "$cores" >sum.csv

scenario=minamitorishima-cores
"$KAIDEI" run $scenario -n 60 -o shipped --quiet >/dev/null
"$KAIDEI" run $scenario -n 60 -o own --set deposit.cores="$PWD/own.csv" --quiet >/dev/null
sed 's,\.\./data/deposit/minamitorishima-cores\.csv,own.csv,' "$KD_SOURCE/scenarios/$scenario.yaml" >copied.yaml
sed -i 's,extends: ,extends: '"$KD_SOURCE"'/scenarios/,' copied.yaml
"$KAIDEI" run copied.yaml -n 60 -o copied --quiet >/dev/null
if command -v python3 >/dev/null 2>&1; then
python3 - <<'P'
import sqlite3
def open_run(name): return sqlite3.connect(name + "/run.sqlite")
def p50(run, key): return open_run(run).execute("select mean from summary where key = ?", (key,)).fetchone()[0]
for key, part in (("deposit.reo", 0.02), ("deposit.mean_grade", 0.02), ("mineplan.mined_grade", 0.10), ("deposit.area", 1e-9)):
    a, b = p50("shipped", key), p50("own", key)
    assert abs(a - b) <= part * a, (key, a, b)
    assert p50("copied", key) == b, key
rule = lambda run: open_run(run).execute('select "assumed [1]", "cores [1]" from ground_rule').fetchone()
assert rule("shipped") == (1, 25) and rule("own") == (0, 25)
# a reconstruction is an exploration target and nothing better; assays have the classes of the rule
total = p50("shipped", "deposit.dry_tonnage")
assert abs(p50("shipped", "deposit.tonnage_by_class.exploration_target") - total) < 1e-6 * total
for run in ("own", "shipped"):
    model = [r[0] for r in open_run(run).execute('select "tonnage [Mt]" from ground_classes')]
    chain = [p50(run, "deposit.tonnage_by_class." + k) for k in ("measured", "indicated", "inferred", "exploration_target")]
    for m, c in zip(model, chain): assert abs(m / sum(model) - c / sum(chain)) < 1e-3, (model, chain)
assert sum(p50("own", "deposit.tonnage_by_class." + k) for k in ("measured", "indicated", "inferred")) > 0.9 * total
source = lambda run: open_run(run).execute("select source from parameter where key = 'deposit.cores'").fetchone()[0]
assert source("own") == source("copied") == "own assays of 2026" and "reconstruction" in source("shipped")
# the estimate does not know how the assays were written
grade = lambda run: [r[0] for r in open_run(run).execute('select "grade [ppm]" from ground_columns')]
for a, b in zip(grade("shipped"), grade("own")): assert abs(a - b) < 2e-3 * a, (a, b)
P
fi
grep -q 'class="flag">The deposit is a <b>reconstruction' shipped/report.html || fail "the shipped cores are not flagged"
grep -q 'class="flag">The deposit is a <b>reconstruction' own/report.html && fail "own assays are called a reconstruction"
for words in 'Variogram across' 'Section from west to east' 'Swath downwards' "Classes, in CRIRSCO"; do
  grep -q "$words" own/report.html || fail "the report lacks: $words"
done

# The report can be written again from the folder, and is the same.
cp own/report.html before.html
"$KAIDEI" report own --quiet
cmp before.html own/report.html || fail "the report of the folder differs"

# The sum alone is enough; two elements are not.
"$KAIDEI" run $scenario -n 20 -o sum --set deposit.cores="$PWD/sum.csv" --quiet >/dev/null
if command -v ogrinfo >/dev/null 2>&1; then # the maps of the run know where they are
  ogrinfo -so sum/layers.gpkg mine_plan >info.txt 2>&1 || fail "$(cat info.txt)"
  grep -q "Transverse" info.txt || fail "layers.gpkg has no coordinate system: $(cat info.txt)"
  grep -q "Feature Count: 1" info.txt || fail "$(cat info.txt)"
fi
awk -F, 'BEGIN { OFS = ","; print "id,east [km],north [km],from [m],to [m],density [t/m3],nd [ppm],dy [ppm]" }
  /^#/ { next } !head { head = 1; next } { print $1, $2, $3, $5, $6, $7, $12, $17 }' "$cores" >two.csv
"$KAIDEI" run $scenario -n 5 -o two --set deposit.cores="$PWD/two.csv" --quiet >/dev/null 2>err.txt && fail "two elements alone were taken"
grep -q "wants all 15 rare earths, or a column rey" err.txt || fail "$(cat err.txt)"

# Zones in degrees find the ground of cores in degrees, whichever file they come in.
ring='[[153.4,22.02],[154.2,22.02],[154.2,22.5],[153.4,22.5],[153.4,22.02]]' # the north, where the best ground is
printf '{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[%s]}}' "$ring" >zone.geojson
printf 'polygon,ring,lon [deg],lat [deg]\na,1,153.4,22.02\na,1,154.2,22.02\na,1,154.2,22.5\na,1,153.4,22.5\n' >zone.csv
plan() { "$KAIDEI" mineplan $scenario --set deposit.cores="$PWD/sum.csv" "$@" --json; }
plan >free.json; plan --set mineplan.zones="$PWD/zone.geojson" >json.json; plan --set mineplan.zones="$PWD/zone.csv" >csv.json
cmp json.json csv.json || fail "GeoJSON and CSV zones differ"
cmp -s free.json json.json && fail "zones change nothing"
if command -v ogr2ogr >/dev/null 2>&1; then
  ogr2ogr -q -f GPKG zone.gpkg zone.geojson
  plan --set mineplan.zones="$PWD/zone.gpkg" >gpkg.json
  cmp json.json gpkg.json || fail "GeoPackage zones differ"
fi
"$KAIDEI" mineplan $scenario --set mineplan.zones="$PWD/zone.geojson" >/dev/null 2>err.txt && fail "degrees on a ground in metres"
grep -q "zones are in degrees" err.txt || fail "$(cat err.txt)"
"$KAIDEI" mineplan $scenario --set mineplan.plan=columns --set mineplan.zones="$PWD/zone.geojson" >/dev/null 2>err.txt && fail "zones without a plan of sites"
grep -q "wants plan: schedule" err.txt || fail "$(cat err.txt)"
printf '{"type":"Point","coordinates":[1,2]}' >point.geojson
plan --set mineplan.zones="$PWD/point.geojson" >/dev/null 2>err.txt && fail "a point is no zone"
grep -q "the polygon is empty" err.txt || fail "$(cat err.txt)"

# A sea floor as an ESRI ASCII grid and as a table: steep in the north.
awk 'BEGIN { print "ncols 14\nnrows 10\nxllcenter 153.40\nyllcenter 21.70\ncellsize 0.06\nNODATA_value -9999"
  for (j = 9; j >= 0; j--) { for (i = 0; i < 14; i++) printf "%s%.3f", (i > 0 ? " " : ""), -(j < 5 ? 5000 : 1600 * j - 1400); print "" } }' >floor.asc
awk 'BEGIN { print "lon [deg],lat [deg],depth [m]"
  for (j = 0; j < 10; j++) for (i = 0; i < 14; i++) printf "%.2f,%.2f,%.3f\n", 153.4 + 0.06 * i, 21.7 + 0.06 * j, (j < 5 ? 5000 : 1600 * j - 1400) }' >floor.csv
plan --set mineplan.floor="$PWD/floor.asc" >asc.json; plan --set mineplan.floor="$PWD/floor.csv" >table.json
cmp asc.json table.json || fail "the grid and the table differ"
cmp -s free.json asc.json && fail "slopes change nothing"
printf 'ncols 2\nnrows 2\nxllcorner 0\nyllcorner 0\ncellsize 10\n1 2\n3 four\n' >bad.asc
plan --set mineplan.floor="$PWD/bad.asc" >/dev/null 2>err.txt && fail "a word was taken for a depth"
grep -q "bad.asc:7: 'four' is not a number" err.txt || fail "$(cat err.txt)"
