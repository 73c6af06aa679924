# SPDX-License-Identifier: Apache-2.0
# The string of a scenario as tables, its operability as the campaign's limit, and data kernels over segments.
scenario=minamitorishima-2027-full-trial
"$KAIDEI" lift $scenario --string >string.csv
test "$(wc -l <string.csv)" -eq 3
sed -n 1p string.csv | grep -q '^segment \[1\],depth \[m\],effective_tension \[N\]'
"$KAIDEI" lift $scenario --string --json | python3 -c 'import json,sys; d=json.load(sys.stdin); assert len(d)==2 and d[0]["effective_tension"]>d[1]["effective_tension"]>0'

"$KAIDEI" lift $scenario --operability >seas.csv
test "$(wc -l <seas.csv)" -eq 961
"$KAIDEI" campaign $scenario >number.txt
# The axial limits of the defaults lie above the vessel's own, so that the table alone changes nothing here ...
"$KAIDEI" campaign $scenario -s lift.operability=table -s lift.operability_table="$PWD/seas.csv" >table.txt
grep '^campaign.lifting_time' table.txt
# ... and a table that forbids every sea but the calmest stops the work.
printf 'tp [s],hs_limit [m]\n6,0.2\n15,0.2\n' >calm.csv
"$KAIDEI" campaign $scenario -s lift.operability=table -s lift.operability_table="$PWD/calm.csv" >calm.txt
test "$(awk '$1 == "campaign.lifting_time" {print ($2 < 1)}' calm.txt)" = 1
# Shipped: the lower of the number and the table of the default string.
"$KAIDEI" campaign $scenario -s lift.operability=number >plain.txt
cmp number.txt plain.txt
"$KAIDEI" campaign $scenario -s lift.operability_table="$PWD/calm.csv" | grep -q '^campaign.string_governs *100 '
printf 'heading [deg],tp [s],hs_limit [m]\n90,6,2\n' >abeam.csv
code=0; "$KAIDEI" lift $scenario -s lift.operability_table="$PWD/abeam.csv" 2>err || code=$?
test "$code" -ne 0; grep -q 'operability_table: no row has a heading of 150 deg or more' err

# String and line together in a sea: figures, and a folder with pages, tables and an animation.
"$KAIDEI" lift $scenario --sea hs=3m --sea tp=9s --sea duration=20s --sea settle=20s --sea elements=40 --cells 40 \
  --json -o sea | python3 -c '
import json,sys
f={o["key"]: o["value"] for o in json.load(sys.stdin)["outputs"]}
assert f["closure"] < 1e-10 and f["rest_tension"] > 1000 and f["top_most"] > f["rest_tension"] > f["top_least"]
assert f["exchange_misfit"] < 0.05'
for file in page.html history.csv profile.csv animation.nc string_history.csv string_profile.csv string.nc; do test -s sea/$file; done
test "$(wc -l <sea/string_profile.csv)" -eq 42
code=0; "$KAIDEI" lift $scenario --sea hight=3m 2>err || code=$?
test "$code" -ne 0; grep -q 'wants KEY=VALUE with one of hs, tp' err
code=0; "$KAIDEI" lift $scenario --sea hs=31m 2>err || code=$?
test "$code" -ne 0; grep -q 'hs 31.*must be at most 30 m' err

printf 'length [m],bore [in],outer_diameter [in]\n3000,9.5,10.75\n3000,9.9,10.75\n' >segments.csv
printf 'depth [m],current [m/s]\n0,0.3\n1000,0.1\n' >current.csv
for kernel in string.static string.modes string.axial_response string.coupling; do
  "$KAIDEI" eval lift.$kernel --data segments=segments.csv --set head_mass=30t --json >out.json
  python3 -c 'import json; assert len(json.load(open("out.json"))) > 1'
done
"$KAIDEI" eval lift.string.sea_response --data segments=segments.csv --set head_mass=30t --set hs=3m --set tp=11s >out.csv
"$KAIDEI" eval lift.string.offset --data segments=segments.csv --data current=current.csv --set head_mass=30t >out.csv
"$KAIDEI" eval lift.viv --data segments=segments.csv --data current=current.csv --set head_mass=30t --set modes=80 >out.csv
"$KAIDEI" eval lift.string.beam --data segments=segments.csv --data current=current.csv --set head_mass=30t --set hs=3m \
  --set tp=11s --set elements=40 --set duration=100s >out.csv
test "$(wc -l <out.csv)" -eq 42
# Bad input says which value and which limit.
refused() {
  code=0; "$KAIDEI" eval "$@" 2>err || code=$?
  test "$code" -ne 0
}
printf 'length [m],bore [in],outer_diameter [in]\n3000,11,10.75\n' >bad.csv
refused lift.string.static --data segments=bad.csv; grep -q 'row 1: outer_diameter 0.27305 m: must be above the bore' err
refused lift.string.beam --data segments=segments.csv --data current=current.csv --set hs=3m --set tp=11s --set step=0s
grep -q 'step' err
refused lift.viv --data segments=segments.csv --data current=current.csv --set head_mass=30t --set modes=2; grep -q 'ask for more modes' err
"$KAIDEI" eval lift.string.history --data segments=segments.csv --data current=current.csv --set head_mass=30t --set hs=3m \
  --set tp=11s --set elements=40 --set duration=100s >history.csv
test "$(wc -l <history.csv)" -eq 1001
cut -d, -f4 history.csv >stress.csv # the stress at the top
"$KAIDEI" eval lift.fatigue.damage --data history=stress.csv >out.csv
printf 'value\n1\nhigh\n3\n' >hole.csv
refused lift.rainflow --data history=hole.csv; grep -q 'high' err

# The string with the three-phase line in its bore; slack; vortices along it; six motions of a ship.
"$KAIDEI" eval lift.string.line --data segments=segments.csv --set head_mass=30t --set hs=3m --set duration=20s \
  --set settle=20s --set elements=40 --set cells=40 --set foot=flow --set flow=30L/s --set solids=5%vol --set yield=2Pa \
  --set consistency=0.05Pa.s --set index=0.8 >out.csv
test "$(wc -l <out.csv)" -eq 42
"$KAIDEI" eval lift.string.line_history --data segments=segments.csv --set head_mass=30t --set duration=20s \
  --set settle=20s --set elements=40 --set cells=40 --set model=beam --set every=1s >out.csv
test "$(wc -l <out.csv)" -ge 40
refused lift.string.line --data segments=segments.csv --set flow=30L/s; grep -q 'only foot=flow keeps a flow' err
"$KAIDEI" eval lift.string.slack --data segments=segments.csv --set head_mass=30t --set amplitude=8m --set period=8s \
  --set elements=40 --set contents=locked --set cycles=10 >out.csv
python3 -c '
import csv; r=list(csv.DictReader(open("out.csv")))
linear=min(float(x["linear_least [N]"]) for x in r)
assert float(r[0]["slack_steps [1]"]) > 0 and linear < -1e6
assert min(float(x["tension_least [N]"]) for x in r) > 0.02*linear'
"$KAIDEI" eval lift.viv.response --data segments=segments.csv --data current=current.csv --set head_mass=30t --set modes=80 >out.csv
"$KAIDEI" eval lift.vessel.motion --set period=10s >out.csv
printf 'heading [deg],period [s],heave [1],roll [rad/m]\n180,20,0.95,-0.1\n' >rao.csv
refused lift.vessel.motion --data rao=rao.csv --set period=10s; grep -q 'rao: row 1: roll -0.1 rad/m: must be at least 0' err
