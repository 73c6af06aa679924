# SPDX-License-Identifier: Apache-2.0
# Kernels over tables of the plant, from outside: a bed that is spent lets everything through, the weaker solute is pushed
# out above its feed; a stirred vessel and a recycle have their closed forms.
printf 'solute,feed [mg/L],affinity [L/mg]\nNd,10,0.5\nDy,10,0.8\n' >solutes.csv
bed="time=600min length=0.2m velocity=1m/h porosity=0.4 density=500kg/m3 capacity=0.5mg/g uptake=ldf points=61 tolerance=1e-2"
set --
for option in $bed; do set -- "$@" -s "$option"; done
printf 'solute,feed [mg/L],affinity [L/mg],rate [1/min]\nNd,10,0.5,0.5\nDy,10,0.8,0.5\n' >rates.csv
"$KAIDEI" eval process.column --data solutes=rates.csv "$@" >column.csv 2>err || { cat err; exit 1; }
"$KAIDEI" eval process.contactor --data solutes=solutes.csv -s dose=1g/L -s capacity=20mg/g -s stages=2 >vessel.csv
printf 'stream,from,to,water [kg/s],nd [kg/s]\nfeed,,mix,10,1\nmixed,mix,leach,,\nliquor,leach,split,,\nproduct,split,,0.8,0.9\nrecycle,split,mix,,\n' >streams.csv
printf 'unit,key,conversion,water,nd\nleach,nd,0.5,1,-1\n' >reactions.csv
for method in newton anderson wegstein direct; do
  "$KAIDEI" eval process.flowsheet --data streams=streams.csv --data reactions=reactions.csv --set method=$method >sheet-$method.csv
done
python3 - <<'P'
import csv
def rows(name): return list(csv.DictReader(open(name)))
bed = rows("column.csv")
share = lambda what: [float(row[f"share_{what} [1]"]) for row in bed]
assert abs(share("Nd")[-1] - 1) < 1e-3 and abs(share("Dy")[-1] - 1) < 1e-3, bed[-1]
assert max(share("Nd")) > 1.05 and max(share("Dy")) < 1.001 and abs(share("Nd")[0]) < 1e-12
for before, after in zip(rows("vessel.csv"), rows("vessel.csv")[1:]):
    free = float(after["free [1]"])
    for solute, affinity in (("Nd", 0.5), ("Dy", 0.8)):
        liquid, loading = float(after[f"liquid_{solute} [mg/L]"]), float(after[f"loading_{solute} [mg/g]"])
        assert abs(loading * free - 20 * affinity * liquid) < 1e-9
        assert abs(float(before[f"liquid_{solute} [mg/L]"]) - liquid - 0.5 * loading) < 1e-9  # 1 g/L, half of it in each stage
for method in ("newton", "anderson", "wegstein", "direct"):
    sheet = {row["stream"]: row for row in rows(f"sheet-{method}.csv")}
    assert abs(float(sheet["mixed"]["nd [1]"]) - 1 / 0.95) < 1e-9, method
    assert abs(float(sheet["product"]["water [1]"]) - (10 + 0.5 / 0.95)) < 1e-8, method
P
code=0
"$KAIDEI" eval process.flowsheet --data streams=streams.csv --data reactions=solutes.csv >out 2>err || code=$?
test $code -ne 0 && grep -q 'solutes.csv' err
sed -i 's/nd,0.5,1,-1/nd,1.5,1,-1/' reactions.csv
code=0
"$KAIDEI" eval process.flowsheet --data streams=streams.csv --data reactions=reactions.csv >out 2>err || code=$?
test $code -eq 3 && grep -q '1.5' err || { cat err; exit 1; }
