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
code=0; "$KAIDEI" lift $scenario -s lift.operability=table 2>err || code=$?
test "$code" -eq 3; grep -q 'operability is table but no operability_table is given' err

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
