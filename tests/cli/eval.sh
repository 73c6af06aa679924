# SPDX-License-Identifier: Apache-2.0
# One output row for each input row, in order; a refused row has empty outputs and its reason; units in the header are read.
printf 'bore [mm],velocity [m/s],yield [Pa],consistency [Pa.s],index [1]\n250,1.2,3,0.05,1\n0,1.2,3,0.05,1\n250,abc,3,0.05,1\n' >cases.csv
"$KAIDEI" eval lift.herschel_bulkley.wall_stress -i cases.csv -o out.csv
test "$(wc -l <out.csv)" -eq 4
sed -n 1p out.csv | grep -q '^wall_stress \[Pa\]'
sed -n 1p out.csv | grep -q 'error$'
sed -n 2p out.csv | grep -q '^5\.780190282708'
sed -n 3p out.csv | grep -q '^,.*must be above 0'
sed -n 4p out.csv | grep -q '^,.*abc'
"$KAIDEI" eval lift.herschel_bulkley.wall_stress -i - <cases.csv | cmp - out.csv
"$KAIDEI" eval lift.herschel_bulkley.wall_stress -i cases.csv --json | python3 -c 'import json,sys; d=json.load(sys.stdin); assert len(d)==3 and d[1]["error"] and abs(d[0]["wall_stress"]-5.780190282708)<1e-9'

code=0; "$KAIDEI" eval lift.herschel_bulkley.wall_stres -i cases.csv 2>err || code=$?
test "$code" -eq 3; grep -q 'did you mean lift.herschel_bulkley.wall_stress' err
printf 'bore [kg],velocity [m/s],yield [Pa],consistency [Pa.s],index [1]\n1,1,1,1,1\n' >bad.csv
code=0; "$KAIDEI" eval lift.herschel_bulkley.wall_stress -i bad.csv 2>err || code=$?
test "$code" -eq 3; grep -q 'mass' err
printf 'boree [m],velocity [m/s],yield [Pa],consistency [Pa.s],index [1]\n1,1,1,1,1\n' >bad.csv
code=0; "$KAIDEI" eval lift.herschel_bulkley.wall_stress -i bad.csv 2>err || code=$?
test "$code" -eq 3; grep -q 'did you mean bore' err
code=0; "$KAIDEI" eval lift.herschel_bulkley.wall_stress 2>err || code=$?
test "$code" -eq 2

"$KAIDEI" eval --list | grep -q '^lift.herschel_bulkley.wall_stress'
"$KAIDEI" eval --list --json >list.json
python3 - <<'P'
import json
kernels = json.load(open("list.json"))
assert len(kernels) > 50, len(kernels)
names = [k["kernel"] for k in kernels]
assert len(set(names)) == len(names)
for k in kernels:
    assert k["summary"], k["kernel"]
    assert k["outputs"] and (k["inputs"] or k.get("data")), k["kernel"]
    for field in k["inputs"] + k["outputs"]:
        assert field["name"] and "unit" in field and field["doc"], (k["kernel"], field)
P
