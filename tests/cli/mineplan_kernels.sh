# SPDX-License-Identifier: Apache-2.0
# The kernels of the mine plan over tables: every option against an answer by hand or by another way; what is refused.
set -eu
fail() { printf '%s\n' "$*" >&2; exit 1; }
command -v python3 >/dev/null 2>&1 || exit 0

# Panels: 4 x 4 columns of 100 m; the first panel of 200 m has one steep column and one in a zone.
{ echo 'x [m],y [m],area [m2],mass [t],value [1],slope [deg]'
  for j in 0 1 2 3; do for i in 0 1 2 3; do
    s=2; [ $i$j = 00 ] && s=9
    echo "$((100 * i + 50)),$((100 * j + 50)),10000,$((10 + i)),$((100 + 10 * j + i)),$s"
  done; done; } >columns.csv
printf 'polygon,ring,east [m],north [m]\na,1,100,0\na,1,200,0\na,1,200,100\na,1,100,100\n' >zone.csv
panels() { "$KAIDEI" eval mineplan.panels --data columns=columns.csv "$@" --json; }
panels --set width='200 m' >all.json
panels --set width='200 m' --set steepest='5 deg' --data keep_out=zone.csv --set least=0.5 >half.json
panels --set width='200 m' --set steepest='5 deg' --data keep_out=zone.csv --set least=0.6 >strict.json
panels --set width='1 km' >one.json

# Route: the corners of a square and its middle.
printf 'x [m],y [m]\n0,0\n1000,1000\n1000,0\n0,1000\n' >points.csv
"$KAIDEI" eval mineplan.route --data points=points.csv --set speed='2 km/h' --json >route.json

# Schedules: four sites, with each option in turn.
printf 'x [m],y [m],value [1],time [h],mass [t]\n0,0,100,100,50\n1000,0,90,100,100\n5000,0,80,100,10\n9000,0,10,10,1\n' >sites.csv
printf 'site [1],realisation [1],value [1]\n1,1,200\n1,2,0\n2,1,90\n2,2,90\n3,1,80\n3,2,80\n4,1,10\n4,2,10\n' >draws.csv
plan() { out=$1; shift; "$KAIDEI" eval mineplan.schedule --data sites=sites.csv --set ship_time='200 h' "$@" --json >"$out.json"; }
plan greedy --set method=greedy
plan capacity --set method=greedy --set capacity='60 t'
plan discount --set method=greedy --set years=2 --set discount='25 %'
plan landing --set method=greedy --set landing='10 h'
plan speed --set method=greedy --set speed='1 km/h'
plan least --set method=greedy --set least=0.9 --set ship_time='160 h'
plan tail --set method=greedy --data realisations=draws.csv --set tail=0.5
if "$KAIDEI" eval mineplan.schedule --data sites=sites.csv --set ship_time='200 h' --set method=whole --json >whole.json 2>/dev/null; then
  plan averse --set method=whole --set risk=1 --set tail=0.5 --data realisations=draws.csv
  plan linear --set method=linear --set landing='20 h'
  plan whole --set method=whole --set landing='20 h'
  "$KAIDEI" eval mineplan.schedule_gap --data sites=sites.csv --data realisations=draws.csv --set ship_time='150 h' \
    --set landing='20 h' --set tail=0.5 --json >gap.json
fi
"$KAIDEI" eval mineplan.select --data columns=/dev/stdin --set target='250 t' --set cutoff='5 ppm' --json >select.json <<'T'
mass [t],value [1],grade [ppm]
200,3,6
300,1,9
100,2,4
T
python3 - <<'P'
import json, os
def load(name): return json.load(open(name + ".json"))
def near(a, b, e=1e-9): assert abs(a - b) <= e * max(1, abs(b)), (a, b)
rows = lambda d: d["rows"] if isinstance(d, dict) else d
a, half, strict, one = (rows(load(n)) for n in ("all", "half", "strict", "one"))
assert len(a) == 4 and len(half) == 4 and len(strict) == 3 and len(one) == 1
first = a[0]
near(first["area"], 4e4); near(first["mass"], 10 + 11 + 10 + 11); near(first["value"], 100 + 101 + 110 + 111)
near(first["free"], 1); near(first["columns"], 4); near(first["x"], 100); near(first["y"], 100)
near(half[0]["area"], 2e4); near(half[0]["mass"], 21); near(half[0]["value"], 221); near(half[0]["free"], 0.5)
near(half[0]["x"], 100); near(half[0]["y"], 150); near(half[0]["columns"], 4)
near(one[0]["value"], sum(100 + 10 * j + i for i in range(4) for j in range(4)))
r = rows(load("route"))
assert [int(p["point"]) for p in r][0] in (1, 2, 3, 4)
near(r[-1]["distance"], 3000); near(r[-1]["time"], 1.5)
plans = {n: rows(load(n)) for n in ("greedy", "capacity", "discount", "landing", "speed", "least", "tail")}
share = lambda n: {(int(p["year"]), int(p["site"])): p["share"] for p in plans[n]}
# by value per hour: 1 (1.0), 4 (1.0), 2 (0.9), 3 (0.8)
assert share("greedy") == {(1, 1): 1, (1, 4): 1, (1, 2): 0.9}
near(plans["greedy"][0]["plan_value"], 100 + 10 + 81)
s = share("capacity"); near(s[1, 1], 1); near(s[1, 4], 1); near(s[1, 2], 9 / 100)  # 60 t less 51 t
s = share("discount"); near(s[2, 2], 0.1); near(s[2, 3], 1)
near(plans["discount"][0]["plan_value"], 191 / 1.25 + (9 + 80) / 1.25 ** 2)
s = share("landing"); assert (1, 1) in s and (1, 2) in s and (1, 4) not in s or s[1, 4] < 1  # 10 h of landing for 10 h of mining
near(s[1, 1], 1); near(s[1, 2], (200 - 110 - 10) / 100)
s = share("speed")  # a leg of 1 km takes an hour, of 4 km four
used = sum(p["time"] for p in plans["speed"]); assert used <= 200 - 1 + 1e-9, used
s = share("least"); assert s == {(1, 1): 1, (1, 4): 1}, s  # half of site 2 is too little
near(plans["tail"][0]["plan_tail"], 0 + 10 + 81)  # the worse half: site 1 gives nothing
if os.path.exists("gap.json"):
    averse = {(int(p["year"]), int(p["site"])): p["share"] for p in rows(load("averse"))}
    assert averse.get((1, 1), 0) < 0.2, averse  # a coin of 100 in the mean is left for 90 and 80
    for n in ("linear", "whole"): near(sum(p["value"] for p in rows(load(n))), rows(load(n))[0]["plan_value"], 1e-6)
    assert rows(load("linear"))[0]["bound"] >= rows(load("whole"))[0]["plan_value"] - 1e-6
    g = rows(load("gap"))[0]
    near(g["greedy_gap"], 100 * (g["bound"] - g["greedy"]) / g["bound"], 1e-6)
    # 150 h, 20 h a landing: all of site 1 leaves 30 h, which is 0.1 of site 2 (9) or site 4 (10): 110 in the mean
    near(g["whole"], 110, 1e-6)
    # greedy takes a tenth of site 2 before site 4; the second picture alone leaves site 1 and takes 90 + 0.1 x 80
    near(g["greedy"], 109); near(g["one_map"], (109 + 98) / 2, 1e-6); near(g["one_map_loss"], 100 * 5.5 / 109, 1e-6)
chosen = rows(load("select"))
assert [(int(c["column"]), c["share"]) for c in chosen][0] == (1, 1)
near(chosen[1]["share"], 50 / 300); near(chosen[1]["mass"], 50)
P

refuse() { wanted=$1; shift; "$KAIDEI" eval "$@" >/dev/null 2>err.txt && fail "accepted: $*"; grep -q -e "$wanted" err.txt || fail "wanted '$wanted': $(cat err.txt)"; }
refuse 'no panel of 200 m is free' mineplan.panels --data columns=columns.csv --set width='200 m' --set steepest='1 deg'
printf 'polygon,ring,lon [deg],lat [deg]\na,1,0,0\na,1,1,0\na,1,1,1\n' >degrees.csv
refuse 'keep_out is in degrees' mineplan.panels --data columns=columns.csv --data keep_out=degrees.csv --set width='200 m'
printf 'x [m],y [m],area [m2],mass [t],value [1]\n0,0,0,1,1\n' >flat.csv
refuse 'row 1: a column wants a place and an area' mineplan.panels --data columns=flat.csv --set width='200 m'
refuse 'must be above 0' mineplan.panels --data columns=columns.csv --set width='0 m'
printf 'x [m],y [m]\n0,\n' >gap.csv
refuse 'row 1: a coordinate is missing' mineplan.route --data points=gap.csv
printf 'x [m],y [m],value [1],time [h]\n0,0,1,0\n' >idle.csv
refuse 'site 1: ship time 0 h' mineplan.schedule --data sites=idle.csv --set ship_time='10 h'
refuse 'wants realisations of the values' mineplan.schedule --data sites=sites.csv --set ship_time='10 h' --set risk=0.5
printf 'site [1],realisation [1],value [1]\n1,1,200\n1,1,0\n2,1,90\n4,1,10\n' >twice.csv
refuse 'site 1, realisation 1 twice' mineplan.schedule --data sites=sites.csv --data realisations=twice.csv --set ship_time='10 h'
printf 'site [1],realisation [1],value [1]\n1,1,200\n2,1,90\n3,1,10\n' >few.csv
refuse 'each site wants one in each realisation' mineplan.schedule --data sites=sites.csv --data realisations=few.csv --set ship_time='10 h'
printf 'site [1],realisation [1],value [1]\n1,1,200\n2,1,90\n3,1,10\n9,1,10\n' >far.csv
refuse 'site 9 of 4' mineplan.schedule --data sites=sites.csv --data realisations=far.csv --set ship_time='10 h'
printf 'east [m],north [m],slope [deg]\n0,0,1\n' >given.csv
refuse 'the column slope is given' mineplan.slope --data depths=given.csv
