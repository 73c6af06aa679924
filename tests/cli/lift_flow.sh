# SPDX-License-Identifier: Apache-2.0
# The lift in time and its operating window: figures, tables, page, animation; what is refused says why.
scenario=minamitorishima-2027-full-trial
"$KAIDEI" lift $scenario --transient pump_trip --cells 30 -o trip >trip.txt
grep -q '^closure' trip.txt
for file in history.csv profile.csv animation.nc page.html; do test -s trip/$file; done
head -1 trip/history.csv | grep -q '^time \[s\],inlet_pressure \[MPa\]'
test "$(wc -l <trip/profile.csv)" -eq 31
grep -q '<svg' trip/page.html
python3 - <<'P'
import struct
b = open("trip/animation.nc", "rb").read()
assert b[:4] == b"CDF\2"
rows = sum(1 for _ in open("trip/history.csv")) - 1
times, = struct.unpack(">I", b[24:28])  # length of the first dimension
assert times == rows, (times, rows)
last, = struct.unpack(">d", b[-8:])
assert abs(last) < 100
P
"$KAIDEI" lift $scenario --transient pump_trip --cells 30 --json | python3 -c 'import json,sys; d=json.load(sys.stdin); k={o["key"]: o["value"] for o in d["outputs"]}; assert d["event"]=="pump_trip" and k["moves"]==0 and k["closure"]<1e-10'
code=0; "$KAIDEI" lift $scenario --transient explode 2>err || code=$?
test "$code" -eq 2; grep -q 'start_up|shutdown' err
"$KAIDEI" lift $scenario --design -o window >design.txt
grep -q '^stiff *cost' design.txt
test "$(wc -l <window/window.csv)" -eq 1601
grep -q '<svg' window/page.html
"$KAIDEI" lift $scenario --design --json | python3 -c 'import json,sys; d=json.load(sys.stdin); assert len(d["choices"])==4 and d["limited"]["mean"]["free"]>0'

printf 'length [m],bore [m],rise [m],cells [1]\n6000,0.25,6000,40\n' >pipe.csv
printf 'time [s],water [kg/s]\n0,0\n60,50\n' >events.csv
"$KAIDEI" eval lift.transient --data segments=pipe.csv --data events=events.csv -s inlet=flow -s 'until=600 s' -s 'every=60 s' -o out.csv
test "$(wc -l <out.csv)" -eq 12
refused() { # tables, options, what it must say
  code=0; "$KAIDEI" eval lift.transient --data segments=$1 --data events=$2 $3 2>err || code=$?
  test "$code" -ne 0; grep -q "$4" err
}
printf 'length [m],bore [m],rise [m],cells [1]\n6000,0,6000,40\n' >bad.csv
refused bad.csv events.csv '' 'bore 0 m must be above 0 m'
printf 'length [m],bore [m],rise [m],cells [1]\n6000,0.2,6000,2\n' >bad.csv
refused bad.csv events.csv '' 'mesh is too coarse'
refused pipe.csv events.csv '-s inlet=closed -s pump_shut_off=1e6' 'dry pump'
refused pipe.csv events.csv '-s yield=500 -s start_solids=0.05m3/m3 -s pump_shut_off=1e6' 'over the pump'
printf 'time [s],water [kg/s]\n0,0\n0,50\n' >late.csv
refused pipe.csv late.csv '' 'above the row before it'
printf 'solids [%%vol],yield [Pa],consistency [Pa.s],index [1]\n2,0.2,0.01,0.8\n5,,0.05,0.6\n' >mud.csv
code=0; "$KAIDEI" eval lift.rheology.table --data measurements=mud.csv -s 'solids=3 %vol' 2>err || code=$?
test "$code" -ne 0; grep -q 'row 2' err
