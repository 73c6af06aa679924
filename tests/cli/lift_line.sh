# SPDX-License-Identifier: Apache-2.0
# A line in time from tables alone: a well of sea water, classes of grains, a pump's curve at two speeds, a valve on the
# way, a separator, a U of annulus and riser; each figure against what is known of it. What is refused says why.
line() { "$KAIDEI" eval lift.transient "$@"; }
refused() { # what it must say, then the options
  text=$1; shift
  code=0; line "$@" >out 2>err || code=$?
  test "$code" -ne 0 || { echo "not refused: $*"; exit 1; }
  grep -q "$text" err || { cat err; exit 1; }
}

# A column at rest under the profile weighs what the sea column weighs (TEOS-10).
printf 'depth [m],temperature [degC],salinity [1]\n0,28,34.9\n200,18,34.8\n1000,4,34.4\n6000,1.5,34.69\n' >sea.csv
printf 'length [m],bore [m],rise [m],cells [1]\n6000,0.25,6000,120\n' >riser.csv
printf 'time [s],water [kg/s]\n0,0\n' >still.csv
line --data segments=riser.csv --data events=still.csv --data profile=sea.csv -s inlet=closed -s 'until=10 s' -s 'gravity=9.7915 m/s2' -o rest.csv
"$KAIDEI" eval lift.sea.column --data profile=sea.csv -s 'depth=6000 m' -s 'step=6000 m' -o column.csv
python3 - <<'P'
import csv
rest = list(csv.DictReader(open("rest.csv")))[-1]
deep = list(csv.DictReader(open("column.csv")))[-1]
foot = float(rest["inlet_pressure [MPa]"]) - 0.101325  # middle of the first cell, 25 m over the foot
known = float(deep["pressure [MPa]"]) - 25 * 1052 * 9.7915e-6
assert abs(foot / known - 1) < 5e-4, (foot, known)
assert abs(float(rest["outlet_flow [m3/s]"])) < 1e-6
P

# Three classes: the coarse come later, all come; the pump stands on its curve, and at half speed on that of affinity.
printf 'length [m],bore [m],rise [m],cells [1],area [m2],loss [1]\n500,0.1,-500,20,0.02,0\n500,0.2,500,30,,1\n' >u.csv
printf 'grain [m],share [1],density [kg/m3]\n0.0005,2,2650\n0.002,2,2650\n0.01,1,2700\n' >grains.csv
printf 'flow [m3/s],pressure [MPa],efficiency [1]\n0,3,0\n0.02,2.8,0.5\n0.06,2,0.7\n0.12,0.5,0.6\n' >curve.csv
printf 'time [s],coarse [kg/s],pump [1]\n0,0,1\n300,0,1\n310,1,1\n1800,1,1\n2400,1,0.5\n4000,1,0.5\n' >events.csv
line --data segments=u.csv --data events=events.csv --data grains=grains.csv --data pump_curve=curve.csv -s 'feed=500 m' -s 'until=4000 s' -s 'every=20 s' -o u_out.csv
python3 - <<'P'
import csv
rows = [{k.split(" ")[0]: float(v) for k, v in r.items()} for r in csv.DictReader(open("u_out.csv"))]
q, p = [0, .02, .06, .12], [3, 2.8, 2, .5]
def curve(x):
    i = max(k for k in range(3) if q[k] <= x)
    return p[i] + (p[i + 1] - p[i]) * (x - q[i]) / (q[i + 1] - q[i])
def at(t): return min(rows, key=lambda r: abs(r["time"] - t))
for t, speed in ((1700, 1.0), (3900, 0.5)):
    r = at(t)
    assert abs(r["pump_pressure"] / (speed ** 2 * curve(r["inlet_flow"] / speed)) - 1) < 1e-6, r
full = at(1700)
for k, share in ((1, .4), (2, .4), (3, .2)): assert abs(full["class_%d_out" % k] / share - 1) < 0.02, (k, full)
assert full["class_4_out"] == 0
half = [next(r["time"] for r in rows if r["class_%d_out" % k] > 0.5 * s) for k, s in ((1, .4), (2, .4), (3, .2))]
assert half[0] <= half[1] < half[2], half
assert all(abs(sum(r["class_%d_out" % k] for k in range(1, 6)) - r["coarse_out"]) < 1e-12 for r in rows)
assert max(r["closure"] for r in rows) < 1e-10
P

# A valve half way: shut, nothing flows and the pressure before it rises by Joukowsky; open, its loss is loss rho u^2/2.
printf 'length [m],bore [m],rise [m],cells [1]\n1000,0.2,0,100\n' >level.csv
printf 'time [s],valve [1],inlet_pressure [Pa],outlet_pressure [Pa]\n0,1,82e5,80e5\n10,1,82e5,80e5\n10.01,0,82e5,80e5\n12,0,82e5,80e5\n' >shut.csv
line --data segments=level.csv --data events=shut.csv -s 'valve_at=495 m' -s 'valve_loss=50' -s 'start_flow=60 L/s' -s 'until=10.2 s' -s 'every=0.2 s' -s 'step=0.004 s' -o valve.csv
python3 - <<'P'
import csv
rows = [{k.split(" ")[0]: float(v) for k, v in r.items()} for r in csv.DictReader(open("valve.csv"))]
before, after = rows[-2], rows[-1]
u = before["inlet_flow"] / (3.14159265 / 4 * 0.04)
rise = after["largest_pressure"] * 1e6 - 82e5
assert u > 1 and abs(after["time"] - 10.2) < 1e-9
assert 0.7 < (rise + 1e5) / (1025 * 1480 * u) < 1.15, (rise, 1025 * 1480 * u)  # the jump, smeared over cells
P

# A separator keeps what it cannot drain, then runs over: in = drained + kept + run over.
printf 'time [s],water [kg/s]\n0,0\n10,100\n400,100\n' >flood.csv
line --data segments=level.csv --data events=flood.csv -s inlet=flow -s 'tank=10 m3' -s 'drain=0.02 m3/s' -s 'until=400 s' -s 'every=1 s' -o flood_out.csv
python3 - <<'P'
import csv
rows = [{k.split(" ")[0]: float(v) for k, v in r.items()} for r in csv.DictReader(open("flood_out.csv"))]
came = sum(r["liquid_out"] for r in rows[1:])
drained = sum(0.02 * min(max((0.5 * (a["level"] + b["level"]) - 5) / 2.5, 0), 1) for a, b in zip(rows, rows[1:]))
last = rows[-1]
assert last["level"] == 10 and last["overflow"] > 10
assert abs(came - drained - (last["level"] - 5) - last["overflow"]) < 0.02, (came, drained, last)
P

# Refusals.
printf 'flow [m3/s],pressure [MPa]\n0,2\n0.05,2.5\n' >bad.csv
refused 'makes the pump hunt' --data segments=u.csv --data events=still.csv --data pump_curve=bad.csv
printf 'flow [m3/s],pressure [MPa]\n0.01,2\n0.05,1\n' >bad.csv
refused 'the first must be 0 m3/s' --data segments=u.csv --data events=still.csv --data pump_curve=bad.csv
printf 'grain [m],share [1]\n0.001,1\n,1\n' >bad.csv
refused 'grains, row 2: grain nan m' --data segments=u.csv --data events=still.csv --data grains=bad.csv
printf 'grain [m],share [1]\n1e-3,1\n2e-3,1\n3e-3,1\n4e-3,1\n5e-3,1\n6e-3,1\n' >bad.csv
refused '6 classes: from 1 to 5' --data segments=u.csv --data events=still.csv --data grains=bad.csv
printf 'depth [m],temperature [degC],salinity [1]\n0,28,34.9\n200,,34.8\n' >bad.csv
refused 'profile' --data segments=u.csv --data events=still.csv --data profile=bad.csv
refused 'valve_at 5000 m must lie on the line' --data segments=u.csv --data events=still.csv -s 'valve_at=5000 m'
refused 'valve on the way' --data segments=u.csv --data events=still.csv -s 'valve_at=50 m' -s solver=explicit
# A pump that draws in gas stops the run with its limit; a pump weaker than the yield stress is told before it starts.
printf 'time [s],air [kg/s],inlet_pressure [Pa],pump [1]\n0,2,101325,1\n900,2,101325,1\n' >gas.csv
refused 'runs dry' --data segments=u.csv --data events=gas.csv --data pump_curve=curve.csv -s 'pump_at=900 m' -s 'injection=700 m' -s 'until=900 s'
printf 'time [s],valve [1],inlet_pressure [Pa],outlet_pressure [Pa]\n0,1,12e5,10e5\n10,1,12e5,10e5\n10.01,0,12e5,10e5\n' >part.csv
refused 'the column parts there' --data segments=level.csv --data events=part.csv -s 'valve_at=495 m' -s 'start_flow=60 L/s' -s 'until=11 s' -s 'step=0.01 s'
refused 'over the pump' --data segments=u.csv --data events=still.csv --data pump_curve=curve.csv -s 'yield=500 Pa' -s 'start_solids=5 %vol'

# The operating window: limits in their order, best points among the free ones.
"$KAIDEI" eval lift.window -s 'bores=4' -s 'rates=5' -s 'shares=6' -s 'rated_pressure=20 MPa' -o window.csv
python3 - <<'P'
import csv
rows = [{k.split(" ")[0]: v for k, v in r.items()} for r in csv.DictReader(open("window.csv"))]
assert len(rows) == 120
def n(r, k): return float(r[k])
free = [r for r in rows if r["limit"] == "free"]
assert {"free", "deposition", "pump", "pressure"} <= {r["limit"] for r in rows}
for r in rows:
    if r["limit"] == "deposition": assert n(r, "deposition_margin") < 1
    if r["limit"] == "pressure": assert n(r, "deposition_margin") >= 1 and n(r, "crowding") <= 0.3
for r in free:
    assert n(r, "deposition_margin") >= 1 and n(r, "restart_margin") >= 1 and n(r, "surge_margin") >= 1 and n(r, "pump_pressure") <= 20
    area = 3.141592653589793 / 4 * n(r, "bore") ** 2  # continuity
    flow = n(r, "dry_rate") * 1e3 / 86400 / 2650 / (n(r, "solids") / 100)
    assert abs(n(r, "velocity") * area / flow - 1) < 1e-6, r
energy = [r for r in rows if r["best"] in ("energy", "both")]
cost = [r for r in rows if r["best"] in ("cost", "both")]
assert len(energy) == 1 and n(energy[0], "energy") == min(n(r, "energy") for r in free)
assert len(cost) == 1 and n(cost[0], "cost") == min(n(r, "cost") for r in free)
P
code=0; "$KAIDEI" eval lift.window -s rheology=table >out 2>err || code=$?
test "$code" -ne 0; grep -q 'give --data rheology' err
code=0; "$KAIDEI" eval lift.window -s 'bore_low=0.5 m' >out 2>err || code=$?
test "$code" -ne 0; grep -q 'bores 0.5 to 0.4 m' err

# A nodule riser of 4.3 km by one command: rate and transit of the operator together, and the surge at its start.
nodules=$KD_SOURCE/data/lift/riser_43km
line --data segments="$nodules"_segments.csv --data events="$nodules"_events.csv -s 'grain=20 mm' -s 'grain_density=2000 kg/m3' -s 'injection=800 m' -s 'tank=60 m3' -s 'drain=0.5 m3/s' -s 'until=5400 s' -s 'every=30 s' -s 'step=2 s' -o nodules.csv
python3 - <<'P'
import csv
rows = [{k.split(" ")[0]: float(v) for k, v in r.items()} for r in csv.DictReader(open("nodules.csv"))]
last = rows[-40:]
liquid, grains = (sum(r[k] for r in last) / 40 for k in ("liquid_out", "coarse_out"))
transit = next(r["time"] for r in rows if r["coarse_out"] >= 12) - 1650
assert abs(grains * 3.6 - 86.4) < 1 and abs(transit / 60 - 12) < 1.5, (grains, transit)
assert max(r["liquid_out"] for r in rows) > 1.5 * liquid and rows[-1]["overflow"] > 1
P
