# SPDX-License-Identifier: Apache-2.0
# The separation train of a scenario: 14 cuts, every product at its purity, every stage solved.
"$KAIDEI" process minamitorishima-2027-full-trial --design --spread 0.1 >design.txt
grep -q '^Pr/Nd ' design.txt
grep -q 'floor 3 S_min' design.txt
"$KAIDEI" process minamitorishima-2027-full-trial --design --json >design.json
"$KAIDEI" process minamitorishima-2027-full-trial --design --linked --json >linked.json
"$KAIDEI" process minamitorishima-2027-full-trial --design --set process.target_purity=99.999% --json >fine.json
python3 - <<'P'
import json
design, linked, fine = (json.load(open(f)) for f in ("design.json", "linked.json", "fine.json"))
for d, purity in ((design, 0.9999), (linked, 0.9999), (fine, 0.99999)):
    assert len(d["cuts"]) == 14 and len(d["products"]) == 15
    assert all(p["purity"] >= purity for p in d["products"]), d["products"]
    assert d["closure"] < 1e-12 and d["base_mol_per_s"] > d["base_floor_mol_per_s"] > 0
assert linked["base_mol_per_s"] < design["base_mol_per_s"] and any(c["organic_feed"] for c in linked["cuts"])
assert fine["stages"] > design["stages"]
P
grep -q '^if beta is not sure .*P10 .*P50 .*P90' design.txt
awk '/^(stages|base mol|floor 3|acid mol|mixer-settlers m3).* [0-9.]+$/ && NF >= 4 && $NF ~ /^[0-9.]+$/ {
       if (!(0 < $(NF-2) && $(NF-2) < $(NF-1) && $(NF-1) < $NF)) exit 1; n++ } END { exit n != 5 }' design.txt
code=0; "$KAIDEI" process minamitorishima-2027-full-trial --design --spread much 2>err || code=$?
test "$code" -ne 0; grep -q "spread 'much'" err

# Data kernels of extraction answer with one table.
printf 'component,log_k,feed [mol/L]\nLa,-1.07,0.02\nCe,-0.66,0.03\nPr,-0.3,0.01\nNd,0.09,0.04\n' >c.csv
"$KAIDEI" eval process.extraction.streams --data components=c.csv --set extraction=12 --set scrub=10 --set strip=4 \
  --set organic_flow='3 L/h' --set feed_flow='1 L/h' --set feed_acid='0.01 mol/L' --set base='0.06 mol/L' --set ion_log_k=-4.5 \
  --set scrub_flow='0.4 L/h' --set strip_flow='0.5 L/h' --set strip_acid='3 mol/L' --set reflux=0.4 --set recycle=yes --json >s.json
python3 - <<'P'
import json
rows = json.load(open("s.json"))
assert len(rows) == 4 and all(abs(r["closure"]) < 1e-10 for r in rows), rows
P
code=0; "$KAIDEI" eval process.extraction.circuit --data components=c.csv --set extraction=3 --set scrub=2 --set organic_flow='1 L/h' \
  --set feed_flow='1 L/h' 2>err || code=$?
test "$code" -ne 0; grep -q 'scrub_flow 0' err

# Start-up of a circuit ends where the steady circuit stands, at both ends.
set -- --data components=c.csv --set extraction=6 --set scrub=5 --set organic_flow='3 L/h' --set feed_flow='1 L/h' \
  --set feed_acid='0.01 mol/L' --set base='0.06 mol/L' --set scrub_flow='0.4 L/h' --set scrub_acid='0.1 mol/L'
"$KAIDEI" eval process.extraction.circuit "$@" --json >steady.json
"$KAIDEI" eval process.extraction.start_up "$@" --set full_time='3 h' --set partial_time='3 h' --set time='300 h' \
  --set points=101 --json >start.json
# Separation factors without spread give the train itself.
printf 'lighter,heavier,beta [1],spread [1]\nla,ce,6,0.2\nce,pr,2,0.1\npr,nd,1.5,0.1\n' >f.csv
set -- --data factors=f.csv --set feed_la=1mol/h --set feed_ce=1mol/h --set feed_pr=1mol/h --set feed_nd=1mol/h
"$KAIDEI" eval process.train_design "$@" --json >train.json
"$KAIDEI" eval process.train_spread "$@" --set spread=0 --set draws=10 --json >sure.json
"$KAIDEI" eval process.train_spread "$@" --json >spread.json
python3 - <<'P'
import json
steady, start, train, sure, spread = (json.load(open(f + ".json")) for f in ("steady", "start", "train", "sure", "spread"))
assert [r["phase"] for r in start] == sorted(r["phase"] for r in start) and {r["phase"] for r in start} == {0, 1, 2}
for m in ("La", "Ce", "Pr", "Nd"):
    for at, column in (("raffinate_", steady[0]["aqueous_" + m]), ("product_", steady[-1]["organic_" + m])):
        assert abs(start[-1][at + m] / column - 1) < 1e-7, (m, start[-1][at + m], column)
assert abs(start[-1]["ph"] / steady[0]["ph"] - 1) < 1e-9
stages, base = (sum(c["extraction"] + c["scrub"] for c in train), sum(c["base"] for c in train))
assert all(r["stages"] == stages and abs(r["base"] / base - 1) < 1e-12 for r in sure)
assert [r["quantile"] for r in spread] == [0.1, 0.5, 0.9] and spread[0]["base"] < base < spread[2]["base"]
P
