# SPDX-License-Identifier: Apache-2.0
# Kernels over tables of cores, variograms, factors and models, held against formulas written out here.
cat >check.py <<'P'
import csv, io, math, os, random, statistics, subprocess, sys
KAIDEI = os.environ["KAIDEI"]
def run(kernel, data, fails=None, **options):
    words = [KAIDEI, "eval", kernel]
    for name, (columns, rows) in data.items():
        with open(f"{kernel}-{name}.csv", "w") as file:
            file.write(",".join(columns) + "\n")
            for row in rows:
                file.write(",".join("" if cell is None else str(cell) for cell in row) + "\n")
        words += ["--data", f"{name}={kernel}-{name}.csv"]
    for key, value in options.items():
        words += ["--set", f"{key}={value}"]
    done = subprocess.run(words, capture_output=True, text=True)
    if fails is not None:
        assert done.returncode != 0 and fails in done.stderr, (kernel, options, done.stdout[:200], done.stderr)
        return None
    assert done.returncode == 0, (kernel, options, done.stderr)
    rows = list(csv.reader(io.StringIO(done.stdout)))
    heads = [head.split(" [")[0] for head in rows[0]]
    def cell(text):
        try: return float(text)
        except ValueError: return text
    return [dict(zip(heads, map(cell, row))) for row in rows[1:]]
def near(a, b, tolerance=1e-9):
    assert abs(a - b) <= tolerance * max(1.0, abs(b)), (a, b)

# --- cores -----------------------------------------------------------------------------------------------------------
head = ["id", "east [m]", "north [m]", "from [m]", "to [m]", "density [t/m3]", "nd [ppm]", "dy [ppm]", "layer", "kind"]
rows = [["A", 0, 0, 0, 1, 0.5, 100, 10, "a", ""], ["A", 0, 0, 1, 3, 0.6, 200, "<2", "b", ""],
        ["B", 1000, 0, 0, 2, None, 300, 30, "a", ""], ["C", 0, 1000, 0, 1, 0.4, 150, 5, "a", ""],
        ["C", 0, 1000, 1, 2, 0.4, 250, 15, "b", ""], ["C", 0, 1000, 1, 2, 0.2, 350, None, "b", ""],
        ["C", None, None, 1, 2, None, 260, 14, "", "duplicate"]]
samples = {"samples": (head, rows)}
found = run("deposit.cores_check", samples)
assert [(row["kind"], row["code"], row["line"]) for row in found][0] == ("error", "KD_E_DUPLICATE", 7), found
run("deposit.cores_summary", samples, fails="stands in line 6 as well")
for rule, value in (("half", 1), ("root_two", math.sqrt(2)), ("zero", 0), ("limit", 2), ("factor", 0.6), ("missing", None)):
    for twice, density, nd in (("average", 0.3, 300), ("first", 0.4, 250)):
        one = run("deposit.composite", samples, by="core", rule=rule, factor=0.3, duplicates=twice)
        a, b, c = one
        near(a["nd"], (100 + 2 * 200) / 3)
        near(a["density"], (0.5 + 2 * 0.6) / 3)
        if value is None:
            assert a["dy"] == "", a  # a third of the length is covered
        else:
            near(a["dy"], (10 + 2 * value) / 3)
        near(c["nd"], (150 + nd) / 2)
        heavy = run("deposit.composite", samples, by="core", weight="mass", duplicates=twice)
        near(heavy[0]["nd"], (0.5 * 100 + 1.2 * 200) / 1.7)
        near(heavy[2]["nd"], (0.4 * 150 + density * nd) / (0.4 + density))
        assert len(run("deposit.composite", samples, by="layer", duplicates=twice)) == 5
        summary = {row["variable"]: row for row in run("deposit.cores_summary", samples, rule=rule, factor=0.3, duplicates=twice)}
        lengths = [(1, 100), (2, 200), (2, 300), (1, 150), (1, nd)]
        mean = sum(n * v for n, v in lengths) / 7
        near(summary["nd"]["mean"], mean)
        near(summary["nd"]["sd"], math.sqrt(sum(n * (v - mean) ** 2 for n, v in lengths) / 7))
        assert (summary["dy"]["below"], summary["dy"]["missing"]) == ((0, 1) if value is None else (1, 0)) or value is None
quality = run("deposit.qaqc", samples, duplicates="first")
near(quality[0]["bias"], 100 * (260 / 250 - 1))
near(quality[0]["spread"], 100 * math.sqrt(2 * (10 / 510) ** 2))
run("deposit.qaqc", {"samples": (head, rows[:5])}, fails="no row of quality control")
run("deposit.composite", samples, duplicates="first", length="0 m", fails="length")
pairs = [(random.Random(1).uniform(50, 200) + i, random.Random(2).uniform(50, 200) + 2 * i) for i in range(12)]
one = run("deposit.duplicates", {"pairs": (["first [ppm]", "second [ppm]"], pairs)})[0]
near(one["cv"], 100 * math.sqrt(2 / 12 * sum(((a - b) / (a + b)) ** 2 for a, b in pairs)))
near(one["bias"], 100 * (sum(b for _, b in pairs) / sum(a for a, _ in pairs) - 1))
near(one["hard_mean"], 100 * statistics.mean(abs(a - b) / (a + b) for a, b in pairs))
near(one["slope"], statistics.stdev(b for _, b in pairs) / statistics.stdev(a for a, _ in pairs))
values = [(v, 1 + v % 3) for v in (1, 2, 3, 5, 8, 13, 40, 90)]
one = run("deposit.topcut", {"values": (["value [ppm]", "weight [1]"], values)}, cap="20 ppm")[0]
total = sum(w for _, w in values)
near(one["mean_cut"], sum(min(v, 20) * w for v, w in values) / total)
near(one["lost"], 100 * sum(max(v - 20, 0) * w for v, w in values) / sum(v * w for v, w in values))
assert one["cut"] == 2
square = [[0, 0], [10, 0], [10, 10], [0, 10]]
hole = [[4, 4], [6, 4], [6, 6], [4, 6]]
ring = {"points": (["east [m]", "north [m]"], [[1, 1], [5, 5], [11, 5], [3, 9.5]]),
        "domain": (["polygon", "ring", "east [m]", "north [m]"], [["p", 1] + c for c in square] + [["p", 2] + c for c in hole])}
assert [row["inside"] in ("yes", 1.0) for row in run("deposit.inside", ring)] == [True, False, False, True]
ring["domain"] = (["east [m]", "north [m]"], [])
run("deposit.inside", ring, fails="no rows")

# --- layers ----------------------------------------------------------------------------------------------------------
cores = []
for i in range(4):
    for j in range(4):
        for name, top, base in (("cover", 0, 1 + i), ("mud", 1 + i, 4 + i), ("clay", 4 + i, 9)):
            cores.append([f"C{i}{j}", 1000 * i, 1000 * j, top, base, 0.5, 10 + i + j, name])
layer = {"samples": (["id", "east [m]", "north [m]", "from [m]", "to [m]", "density [t/m3]", "nd [ppm]", "layer"], cores),
         "places": (["x [m]", "y [m]"], [[1000 * i, 1000 * j] for i in range(4) for j in range(4)])}
for row in run("deposit.layer", layer, layer="mud"):
    near(row["top"], 1 + row["x"] / 1000, 1e-6)  # kriging without nugget honours its data
    near(row["base"] - row["top"], 3, 1e-9)
    assert row["open_cores"] == 0
assert run("deposit.layer", layer, layer="clay")[0]["open_cores"] == 16
run("deposit.layer", layer, layer="sand", fails="0 cores meet the layer 'sand'")
run("deposit.layer", layer, fails="the name of a layer is wanted")

# --- variograms ------------------------------------------------------------------------------------------------------
rng = random.Random(7)
points = [[rng.uniform(0, 100), rng.uniform(0, 100), rng.uniform(1, 9), rng.uniform(0, 5)] for _ in range(40)]
table = {"samples": (["x [m]", "y [m]", "value", "other"], points)}
def lag_of(kind, k, width=20, cutoff=60, wanted=lambda dx, dy: True):
    terms = []
    for i in range(40):
        for j in range(i):
            dx, dy = points[i][0] - points[j][0], points[i][1] - points[j][1]
            if not (width * k < math.hypot(dx, dy) <= width * (k + 1)) or not wanted(dx, dy): continue
            a, b = points[i][2], points[j][2]
            c, d = points[i][3], points[j][3]
            mean = statistics.mean(p[2] for p in points)
            terms.append({"classical": (a - b) ** 2, "robust": math.sqrt(abs(a - b)), "madogram": abs(a - b),
                          "rodogram": math.sqrt(abs(a - b)), "pairwise_relative": ((a - b) / ((a + b) / 2)) ** 2,
                          "covariance": 2 * (a - mean) * (b - mean), "cross": (a - b) * (c - d)}[kind])
    n = len(terms)
    if kind == "robust": return n, 0.5 * statistics.mean(terms) ** 4 / (0.457 + 0.494 / n)
    return n, statistics.mean(terms) / 2
for kind in ("classical", "robust", "madogram", "rodogram", "pairwise_relative", "covariance", "cross"):
    found = run("deposit.experimental_variogram", table, kind=kind, cutoff="60 m", width="20 m",
                **({"second": "other"} if kind == "cross" else {}))
    assert len(found) == 3
    for k, row in enumerate(found):
        n, gamma = lag_of(kind, k)
        assert row["pairs"] == n
        near(row["semivariance"], gamma)
for row in run("deposit.experimental_variogram", table, cutoff="60 m", width="20 m", azimuth="0, 90", tolerance="30 deg"):
    east = row["azimuth"] == 90
    n, gamma = lag_of("classical", int(row["lower"] / 20 + 0.5),
                      wanted=lambda dx, dy: abs(dx if east else dy) / math.hypot(dx, dy) >= math.cos(math.pi / 6))
    assert row["pairs"] == n, row
    near(row["semivariance"], gamma)
run("deposit.experimental_variogram", table, value="none", fails="none")
run("deposit.experimental_variogram", table, kind="cross", fails="second")
run("deposit.experimental_variogram", table, width="-1 m", fails="width")
def sph(h, a): return 1.0 if h >= a else 1.5 * h / a - 0.5 * (h / a) ** 3
lags = [[100 - 3 * k, 10.0 * k, 0.3 + 1.2 * sph(10.0 * k, 80)] for k in range(1, 15)]
fit_data = {"lags": (["pairs", "distance [m]", "semivariance"], lags)}
for weight in ("pairs_over_h2", "pairs", "pairs_over_gamma2", "equal"):
    fit = run("deposit.variogram_fit", fit_data, model="1 nugget + 1 spherical(30 m)", weight=weight)
    near(fit[0]["sill"], 0.3, 1e-6), near(fit[1]["sill"], 1.2, 1e-6), near(fit[1]["range"], 80, 1e-6)
chosen = [row for row in run("deposit.variogram_choice", fit_data) if row["rank"] == 1]
assert [row["structure"] for row in chosen] == ["nugget", "spherical"], chosen
near(chosen[1]["range"], 80, 1e-3)
held = [row for row in run("deposit.variogram_choice", fit_data, sill=1.5, structures="one") if row["rank"] == 1]
near(sum(row["sill"] for row in held), 1.5, 1e-9)
run("deposit.variogram_choice", fit_data, families="linear", fails="a family with a range and a sill")
run("deposit.variogram_choice", fit_data, layers="yes", fails="layers=yes wants vertical=yes")
run("deposit.variogram_choice", {"lags": (["pairs", "distance [m]", "semivariance"], [[0, 1, 1]])}, fails="no lag holds a pair")

# --- factors ---------------------------------------------------------------------------------------------------------
data = [[rng.gauss(0, 1)] for _ in range(60)]
for row in data: row += [0.8 * row[0] + rng.gauss(0, 0.5), rng.gauss(0, 1)]
factor_table = {"samples": (["x [m]", "a", "b", "c"], [[k] + row for k, row in enumerate(data)])}
def factors(**options):
    out = run("deposit.factors", factor_table, variables="a, b, c", **options)
    return [[row[f"factor_{k}"] for row in out] for k in (1, 2, 3)], out
def covariance(u, v):
    return sum((a - statistics.mean(u)) * (b - statistics.mean(v)) for a, b in zip(u, v)) / len(u)
columns = list(zip(*data))
for method in ("pca", "pca_unscaled", "maf"):
    options = {"lag": "1 m", "tolerance": "0.5 m"} if method == "maf" else {}
    columns_of, _ = factors(method=method, **options)
    matrix = run("deposit.factors", factor_table, variables="a, b, c", method=method, report="matrix", **options)
    for i in range(3):
        for j in range(i): near(covariance(columns_of[i], columns_of[j]), 0, 1e-9)
    if method == "pca_unscaled":  # the trace stays, and the eigenvalues are the variances
        near(sum(covariance(c, c) for c in columns_of), sum(covariance(c, c) for c in columns))
        near(covariance(columns_of[0], columns_of[0]), matrix[0]["eigenvalue"])
    else:
        for c in columns_of: near(covariance(c, c), 1)
    if method == "maf":  # independent one step apart, too, the most continuous first or last
        def step(u, v): return sum((u[k + 1] - u[k]) * (v[k + 1] - v[k]) for k in range(59)) / 118
        for i in range(3):
            near(step(columns_of[i], columns_of[i]), matrix[i]["eigenvalue"])
            for j in range(i): near(step(columns_of[i], columns_of[j]), 0, 1e-9)
scored, _ = factors(scores="yes")
assert abs(scored[0][0] - factors()[0][0][0]) > 1e-6
run("deposit.factors", factor_table, variables="a, nothing", fails="nothing")
run("deposit.factors", factor_table, variables="a, b", method="maf", lag="1000 m", fails="1000 m")
double = {"samples": (["x [m]", "a", "b"], [[k, row[0], 2 * row[0]] for k, row in enumerate(data)])}
run("deposit.factors", double, variables="a, b", fails="no variance")

# --- checks ----------------------------------------------------------------------------------------------------------
places = {"samples": table["samples"], "targets": (["x [m]", "y [m]"], [[20 * i + 7, 20 * j + 3] for i in range(4) for j in range(4)])}
model = "0.2 nugget + 0.8 spherical(40 m)"
cutoffs = (2, 4, 6, 8)
found = run("deposit.indicator_kriging", places, model=model, cutoffs="2, 4, 6, 8", neighbours=12)
assert len(found) == 16 * 4
for place in range(16):
    part = found[4 * place:4 * place + 4]
    assert [row["cutoff"] for row in part] == list(cutoffs)
    for low, high in zip(part, part[1:]): assert 0 <= low["probability"] <= high["probability"] <= 1
for k, cutoff in enumerate(cutoffs):  # raw: kriging of the indicator itself
    ones = {"samples": (["x [m]", "y [m]", "value"], [[x, y, 1 if v <= cutoff else 0] for x, y, v, _ in points]),
            "targets": places["targets"]}
    for row, kriged in zip(found[k::4], run("deposit.kriging", ones, model=model, neighbours=12)):
        near(row["raw"], kriged["estimate"], 1e-9)
run("deposit.indicator_kriging", places, model=model, cutoffs="4, 2", fails="2")
run("deposit.indicator_kriging", places, model=model, cutoffs="", fails="cutoff")
study = run("deposit.neighbourhood", places, model=model, numbers="4, 8, 40")
assert [row["neighbours"] for row in study] == [4, 8, 40]
for row in study:
    near(row["places"], 16)
    krigings = run("deposit.kriging", places, model=model, neighbours=int(row["neighbours"]))
    near(row["variance"], statistics.mean(k["variance"] for k in krigings), 1e-9)
assert study[0]["variance"] >= study[1]["variance"] >= study[2]["variance"]
run("deposit.neighbourhood", places, model=model, numbers="0", fails="0")
estimates = {"samples": table["samples"], "estimates": (["x [m]", "y [m]", "estimate"], [[p[0], p[1], 2 * p[2]] for p in points])}
for row in run("deposit.swath_check", estimates, axis="y", width="25 m"):
    inside = [p[2] for p in points if row["lower"] <= p[1] < row["upper"]]
    assert row["samples"] == row["estimates"] == len(inside)
    if inside: near(row["sample_mean"], statistics.mean(inside)), near(row["estimate_mean"], 2 * statistics.mean(inside))
run("deposit.swath_check", estimates, axis="y", width="0 m", fails="width")

# --- models ----------------------------------------------------------------------------------------------------------
def quantile(values, p):
    values = sorted(values)
    at = p * (len(values) - 1)
    low = min(int(at), len(values) - 2)
    return values[low] + (at - low) * (values[low + 1] - values[low])
metal = [rng.lognormvariate(3, 0.2) for _ in range(50)]
for confidence in (80, 90, 95):
    one = run("deposit.error_at_90", {"values": (["value [1]"], [[v] for v in metal])}, confidence=f"{confidence} %")[0]
    band = quantile(metal, 0.5 + confidence / 200) - quantile(metal, 0.5 - confidence / 200)
    near(one["relative_error"], 50 * band / statistics.mean(metal))
run("deposit.error_at_90", {"values": (["value [1]"], [[1]])}, fails="at least 2")
blocks = [[r, 1 + b % 3, rng.uniform(100, 900)] for r in range(9) for b in range(20)]
for row in run("deposit.grade_tonnage_spread", {"blocks": (["realisation", "mass [t]", "grade [ppm]"], blocks)},
               cutoff="200 ppm", step="300 ppm", count=3):
    above = [[b for b in blocks if b[0] == r and b[2] >= row["cutoff"]] for r in range(9)]
    near(row["tonnage_p10"], quantile([sum(b[1] for b in one) for one in above], 0.1))
    near(row["metal_p90"], quantile([sum(b[1] * b[2] for b in one) * 1e-6 for one in above], 0.9))
    near(row["grade_p50"], quantile([sum(b[1] * b[2] for b in one) / sum(b[1] for b in one) for one in above if one], 0.5))
for row in run("deposit.slices", {"points": (["at [m]", "value [1]", "weight [1]"], [[p[0], p[2], p[3]] for p in points])},
               width="30 m", origin="5 m"):
    inside = [p for p in points if abs(p[0] - row["at"]) <= 15]
    assert row["count"] == len(inside)
    near(row["mean"], sum(p[2] * p[3] for p in inside) / sum(p[3] for p in inside))
cores = []
for c in range(16):
    for k in range(4):
        cores.append([f"C{c}", 1000 * (c % 4), 1000 * (c // 4), k, k + 1, 0.5, round(rng.lognormvariate(5, 0.4), 3),
                      round(rng.lognormvariate(3, 0.4), 3)])
deposit = {"samples": (["id", "east [m]", "north [m]", "from [m]", "to [m]", "density [t/m3]", "nd [ppm]", "dy [ppm]"], cores)}
plain = run("deposit.block_model", deposit, block="1 km", realisations=20)
near(plain[0]["tonnage"], plain[0]["blocks"] * 1e6 * 0.5, 1e-9)
for way in ({"transform": "maf"}, {"simulate": "fft"}, {"transform": "scores", "factor_variograms": "shared"},
            {"transform": "ppmt"}):
    other = run("deposit.block_model", deposit, block="1 km", realisations=20, **way)
    for a, b in zip(plain, other):
        near(a["metal"], b["metal"], 1e-12)  # the estimate does not know of the simulation
        assert a["p10"] != b["p10"] and abs(a["p50"] / b["p50"] - 1) < 0.2, (way, a, b)
for way in ({"estimator": "simple"}, {"estimator": "linear"}, {"support": "block"}, {"neighbours": 8}):
    other = run("deposit.block_model", deposit, block="1 km", realisations=0, **way)
    assert other[0]["metal"] != plain[0]["metal"] and abs(other[0]["metal"] / plain[0]["metal"] - 1) < 0.2, way
    assert other[0]["p10"] == ""
run("deposit.block_model", deposit, transform="none", fails="a transform is wanted")
run("deposit.block_model", deposit, variogram="1 linear(1 m)", fails="without sill")
run("deposit.block_model", deposit, families="", fails="no family")
run("deposit.block_model", {"samples": (deposit["samples"][0], cores[:4])}, fails="one core")
P
python3 check.py
