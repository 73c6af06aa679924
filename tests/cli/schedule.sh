# SPDX-License-Identifier: Apache-2.0
# The schedule over years of a scenario's ground or of a table of sites; what is refused says why.
scenario=minamitorishima-2027-full-trial
"$KAIDEI" mineplan $scenario --json >stage.json
"$KAIDEI" mineplan $scenario --schedule --plan years=2 --json >plan.json
"$KAIDEI" mineplan $scenario --schedule --plan years=2 --width '100 m' --json >small.json
printf 'polygon,ring,east [m],north [m]\na,1,-1e4,-1e4\na,1,2e4,-1e4\na,1,2e4,4e4\na,1,-1e4,4e4\n' >zone.csv
"$KAIDEI" mineplan $scenario --schedule --plan years=2 --keep-out zone.csv --json >kept.json
"$KAIDEI" mineplan $scenario --schedule --plan years=2 --plan 'ship_time=500 h' --plan 'landing=0 h' --plan method=greedy --json >greedy.json
if ! grep -q '"comparison": null' plan.json; then # built with a solver
python3 - <<'P'
import json
stage = {o["key"]: o["value"] for o in json.load(open("stage.json"))["outputs"]}
d, small, kept, greedy = (json.load(open(n + ".json")) for n in ("plan", "small", "kept", "greedy"))
def near(a, b, e=1e-9): assert abs(a - b) <= e * abs(b), (a, b)
best = max(d["sites"], key=lambda s: s["value"] / s["time_h"])
# the ship time of a site of the column that the stage mines: its insertions, one after another at their fastest
site = next(s for s in d["sites"] if s["row"] == best["row"])
fastest = (stage["mineplan.insertion_time"] - stage["mineplan.cutting_time"]) + stage["mineplan.cut_depth"] / stage["mineplan.bites"] / (10 - 20 ** 0.5)
near(site["time_h"], site["mass_t"] / stage["mineplan.dry_per_insertion"] / stage["mineplan.heads"] * fastest, 1e-6)
by_row = {s["row"]: s for s in d["sites"]}
for b in small["sites"]:  # a site of half the side is a quarter
    a = by_row.get(b["row"])
    if a is not None: near(4 * b["value"], a["value"]); near(4 * b["time_h"], a["time_h"])
assert len(small["sites"]) > len(d["sites"])
c = d["comparison"][0]
assert c["greedy"] <= c["bound"] * (1 + 1e-9) and c["whole"] <= c["bound"] * (1 + 1e-9)
near(c["greedy_gap"], 100 * (c["bound"] - c["greedy"]) / c["bound"], 1e-6)
year = stage["mineplan.dry_year"] / stage["mineplan.dry_rate"] * 24
mass = {s["site"]: s["mass_t"] for s in d["sites"]}
for y in (1, 2):  # a year's visits give the mud of its rate, within its planned days
    assert sum(p["time"] for p in d["plan"] if p["year"] == y) <= year * (1 + 1e-9)
    near(sum(p["share"] * mass[p["site"]] for p in d["plan"] if p["year"] == y), stage["mineplan.dry_year"], 1e-6)
# not discounted: the value of the plan is that of its visits
near(c["whole"], sum(p["value"] for p in d["plan"]), 1e-9)
# no site stands in the zone, where the best one is
inside = lambda s: s["x_m"] < 2e4 and s["y_m"] < 4e4
assert inside(best) and not any(inside(s) for s in kept["sites"]) and kept["sites"]
# a rule that is given goes before the scenario's
near(sum(p["time"] for p in greedy["plan"] if p["year"] == 1), 500, 1e-3) # but for the way
P
fi
"$KAIDEI" mineplan $scenario --schedule --plan years=2 >plan.txt
grep -q '^site \[1\],x \[m\]' plan.txt; grep -q -e '^greedy \[1\],linear' -e '^no comparison' plan.txt; grep -q '^year \[1\],order' plan.txt

printf 'x [m],y [m],value [1],time [h],mass [t]\n0,0,10,100,5\n1000,0,30,100,5\n' >sites.csv
printf 'site [1],realisation [1],value [1]\n1,1,12\n2,1,20\n1,2,8\n2,2,40\n' >values.csv
"$KAIDEI" mineplan $scenario --schedule --sites sites.csv --realisations values.csv --plan 'ship_time=150 h' --plan 'landing=0 h' --plan 'speed=1e9 km/h' --json >own.json
grep -q '"comparison": null' own.json || python3 -c 'import json; c=json.load(open("own.json"))["comparison"][0]; assert abs(c["whole"]-35)<1e-6 and abs(c["greedy_gap"])<1e-6 and abs(c["whole_tail"]-26)<1e-6, c'
refused() { # what it must say, arguments
  wanted=$1; shift; code=0
  "$KAIDEI" mineplan $scenario "$@" 2>err || code=$?
  test "$code" -ne 0; grep -q -e "$wanted" err
}
refused '--sites wants --schedule' --sites sites.csv
refused '--width wants --schedule' --width '100 m'
refused 'not with --sites' --schedule --sites sites.csv --width '100 m'
refused 'wants the --sites' --schedule --realisations values.csv
refused 'leave those sites out of both' --schedule --sites sites.csv --realisations values.csv --keep-out zone.csv
refused 'no site is free' --schedule --sites sites.csv --keep-out zone.csv
refused "no option 'yers=2'" --schedule --plan yers=2
refused 'a length is wanted' --schedule --width '3 kg'
refused 'must be above 0 m' --schedule --width '0 m'
refused 'the least width that can be mined' --schedule --width '2 m'
refused 'from 1 to 100' --schedule --plan years=0
