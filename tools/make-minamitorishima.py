#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes data/deposit/minamitorishima.csv: a reconstruction of the Minamitorishima deposit from published statistics.

It is NOT a set of assays. No core table enters it. What is printed (Takaya et al. 2018, Sci Rep 8:5763) is: 24 squares
in rows A-D and columns 1-6, about 2,500 km2, 0-10 m below the sea floor, mean 964 ppm REY, more than 16 Mt REO, a best
square of 105 km2 with 1.2 Mt REO, 44 % Y+HREE in REY, a high-grade belt of more than 400 km2 in the north-west that is
best seen at 5-6 and 6-7 mbsf and trails to the south-east, low grades in the middle south and the north-east, highest
sample just under 8,000 ppm, cores from 25 points. Iijima et al. 2016 add a peak at 3 mbsf. A smooth field of a few
parameters is laid through these statements:

    rey(x, y, z) = background + [base * plain(x, y) * p(z) + belt * ridge(x, y) * q(z)] * roughness          [ppm]

    plain   1 less the two low zones            p(z)  broad layer and the peak at 3 mbsf
    ridge   belt north-west to south-east       q(z)  peaks at 3 and (stronger) 6 mbsf

`base` and `belt` are the two unknowns; two linear equations fix them: the mean of the deposit is 964 ppm, and the
best square holds 1.2 Mt REO. Everything else (widths, roughness, row A in the north, the places of the 25
cores on a regular 5 x 5 net, dry density 0.56 t/m3) is assumed. Composition: mixing of two components, background and
apatite, as in src/deposit/composition.c; scandium 30 ppm everywhere (assumed).

    make-minamitorishima.py [FILE]           write FILE (default data/deposit/minamitorishima.csv)
    make-minamitorishima.py --check [FILE]   recompute, compare with FILE, and hold FILE against the printed figures:
                                             a check of the generator, not of the deposit
Python 3 standard library only; the same bytes on every machine.
"""
import csv
import math
import os
import random
import sys

HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ELEMENTS = ["la", "ce", "pr", "nd", "sm", "eu", "gd", "tb", "dy", "ho", "er", "tm", "yb", "lu", "y"]
HEAVY = ["eu", "gd", "tb", "dy", "ho", "er", "tm", "yb", "lu", "y"]
BACKGROUND = [0.16489, 0.42948, 0.03811, 0.14633, 0.02396, 0.00466, 0.02011, 0.00334, 0.02020, 0.00428, 0.01230,
              0.00175, 0.01217, 0.00187, 0.11654]
APATITE = [0.14755, 0.04576, 0.04283, 0.18880, 0.04188, 0.01028, 0.04939, 0.00793, 0.04792, 0.01033, 0.02816, 0.00371,
           0.02280, 0.00342, 0.34924]
BACKGROUND_GRADE = 250.0  # ppm REY of the background component
# Molar mass [g/mol], oxygens per cation of the oxide (CeO2, Pr6O11, Tb4O7, else M2O3): IUPAC 2021.
OXIDE = {"la": (138.905, 1.5), "ce": (140.116, 2.0), "pr": (140.908, 11 / 6), "nd": (144.242, 1.5),
         "sm": (150.36, 1.5), "eu": (151.964, 1.5), "gd": (157.25, 1.5), "tb": (158.925, 7 / 4), "dy": (162.5, 1.5),
         "ho": (164.930, 1.5), "er": (167.259, 1.5), "tm": (168.934, 1.5), "yb": (173.045, 1.5), "lu": (174.967, 1.5),
         "y": (88.906, 1.5)}
OXYGEN = 15.999

ROWS, COLUMNS, SPLIT, LAYERS = 4, 6, 2, 10
PITCH = 10.2          # km, side of a square: sqrt(2,499 / 24) = 10.204
AREA = 2499.0         # km2
BEST, BEST_AREA, BEST_REO = "B1", 105.0, 1.2e6  # name, km2, t
DENSITY = 0.56        # t/m3 dry: 0.55-0.57 follows from 16.0-16.5 Mt, 2,499 km2, 10 m and 964 ppm
MEAN = 964.0          # ppm REY
CAP = 7900.0          # ppm REY
SCANDIUM = 30.0       # ppm, assumed
SEED = 2018


def composition(rey):
    """Elements [ppm] of a mud with this REY [ppm]: background up to 250 ppm, apatite above."""
    low, high = min(rey, BACKGROUND_GRADE), max(rey - BACKGROUND_GRADE, 0.0)
    b, a = sum(BACKGROUND), sum(APATITE)
    return [low * f / b + high * g / a for f, g in zip(BACKGROUND, APATITE)]


def oxide_factor(element):
    mass, oxygens = OXIDE[element]
    return 1.0 + OXYGEN * oxygens / mass


def reo(rey):
    """REO [ppm] of a mud with this REY [ppm]."""
    return sum(c * oxide_factor(e) for c, e in zip(composition(rey), ELEMENTS))


def layer_mean(low, high, centre, width):
    """Mean over [low, high] of exp(-(z - centre)^2 / (2 width^2))."""
    k = width * math.sqrt(2.0)
    return width * math.sqrt(math.pi / 2.0) * (math.erf((high - centre) / k) - math.erf((low - centre) / k)) / (high - low)


def bump(x, y, cx, cy, radius):
    return math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2.0 * radius * radius))


def plain(x, y):
    """Everywhere, less the basin in the middle south and the high in the north-east."""
    return (1.0 - 0.75 * bump(x, y, 31.0, 3.0, 8.0)) * (1.0 - 0.75 * bump(x, y, 55.0, 35.0, 9.0))


def ridge(x, y):
    """Belt from the north-west to the south-east: full for 12 km, then fading over 22 km."""
    dx, dy = x - 2.0, y - 27.0
    along, across = 0.88 * dx - 0.475 * dy, 0.475 * dx + 0.88 * dy
    fade = 1.0 if along < 12.0 else math.exp(-(along - 12.0) / 22.0)
    return fade * math.exp(-across * across / (2.0 * 7.2 * 7.2))


def columns():
    """(square, x, y, area) of every column, west to east and north to south inside its square."""
    for row in range(ROWS):
        for col in range(COLUMNS):
            square = "ABCD"[row] + str(col + 1)
            area = BEST_AREA if square == BEST else (AREA - BEST_AREA) / (ROWS * COLUMNS - 1)
            for j in range(SPLIT):
                for i in range(SPLIT):
                    x = (col + (i + 0.5) / SPLIT) * PITCH
                    y = (ROWS - row - (j + 0.5) / SPLIT) * PITCH
                    yield square, x, y, area / SPLIT ** 2


def core_distance(x, y):
    """km to the nearest of 25 cores on a regular 5 x 5 net over the area (assumed: the paper's map is not used)."""
    return min(math.hypot(x - (i + 0.5) * COLUMNS * PITCH / 5, y - (j + 0.5) * ROWS * PITCH / 5)
               for i in range(5) for j in range(5))


def normal(source):
    """Near-normal number from twelve uniform ones: exact arithmetic, so the same on every machine."""
    return sum(source.random() for _ in range(12)) - 6.0


def blocks():
    """All blocks as dicts; `rey` in ppm."""
    source = random.Random(SEED)
    rows = []
    for square, x, y, area in columns():
        rough = 1.0 + 0.12 * max(-2.0, min(2.0, normal(source)))
        shift = 0.25 * max(-2.0, min(2.0, normal(source)))  # m, of both peaks
        for k in range(LAYERS):
            background = 250.0 + 40.0 * max(-2.5, min(2.5, normal(source)))
            fine = rough * (1.0 + 0.08 * max(-2.0, min(2.0, normal(source))))
            p = 0.55 * layer_mean(k, k + 1, 5.0, 2.6) + 0.75 * layer_mean(k, k + 1, 3.0 + shift, 0.6)
            q = 0.65 * layer_mean(k, k + 1, 3.0 + shift, 0.6) + 1.2 * layer_mean(k, k + 1, 6.0 + shift, 0.75)
            rows.append({"square": square, "x": x, "y": y, "area": area, "top": k, "background": background,
                         "base": plain(x, y) * p * fine, "belt": ridge(x, y) * q * fine})
    solve(rows)
    return rows


def solve(rows):
    """Finds base and belt. REO is linear in rey above 250 ppm, all but so below; three rounds settle the rest."""
    wanted_best = BEST_REO / (BEST_AREA * LAYERS * DENSITY)  # REO of the best square, as a share x 1e6 = ppm
    best = [r for r in rows if r["square"] == BEST]
    volume = sum(r["area"] for r in rows)
    best_mean = MEAN
    for _ in range(40):  # REY that holds the wanted REO: fixed point on the REO/REY ratio
        best_mean = wanted_best / (reo(best_mean) / best_mean)
    mean = lambda some, key: sum(r["area"] * r[key] for r in some) / sum(r["area"] for r in some)
    a11, a12, b1 = mean(rows, "base"), mean(rows, "belt"), MEAN - mean(rows, "background")
    a21, a22, b2 = mean(best, "base"), mean(best, "belt"), best_mean - mean(best, "background")
    det = a11 * a22 - a12 * a21
    base, belt = (b1 * a22 - b2 * a12) / det, (a11 * b2 - a21 * b1) / det
    if base <= 0.0 or belt <= 0.0 or volume <= 0.0:
        sys.exit("the printed figures cannot be met with this shape: base %g, belt %g" % (base, belt))
    for r in rows:
        r["rey"] = min(CAP, r["background"] + base * r["base"] + belt * r["belt"])


def text():
    out = ["# SPDX-License-Identifier: Apache-2.0",
           "# Minamitorishima, 24 squares x 4 columns x 10 layers of 1 m: a RECONSTRUCTION FROM PUBLISHED STATISTICS, not assays.",
           "# Written by tools/make-minamitorishima.py, which says what is printed and what is assumed. Do not edit.",
           "# Replace it by a table of your own blocks with the same columns (deposit.blocks in the scenario).",
           "# source: reconstruction from published statistics (Takaya et al. 2018, Sci Rep 8:5763; Iijima et al. 2016)",
           "square,column [1],x [km],y [km],area [km2],top [m],thickness [m],density [t/m3],distance [km],"
           + ",".join("grade_%s [ppm]" % e for e in ELEMENTS) + ",grade_sc [ppm]"]
    column, last = 0, None
    for r in blocks():
        if (r["x"], r["y"]) != last:
            column, last = column + 1, (r["x"], r["y"])
        cells = [r["square"], str(column), "%.2f" % r["x"], "%.2f" % r["y"], "%.5f" % r["area"], str(r["top"]), "1",
                 "%.2f" % DENSITY, "%.2f" % core_distance(r["x"], r["y"])]
        cells += ["%.3f" % g for g in composition(r["rey"])] + ["%.1f" % SCANDIUM]
        out.append(",".join(cells))
    return "\n".join(out) + "\n"


def check(path):
    """Holds the file against the printed figures. Returns the number of bars missed."""
    with open(path, encoding="utf-8") as f:
        content = f.read()
    lines = [l for l in content.splitlines() if not l.startswith("#")]
    table = list(csv.reader(lines))
    names = [cell.split(" ")[0] for cell in table[0]]
    rows = [dict(zip(names, r)) for r in table[1:]]
    squares, belt, total, metal, oxide, heavy, peak, volume = {}, {}, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    layer = [0.0] * LAYERS
    for r in rows:
        area, mass = float(r["area"]), float(r["area"]) * float(r["thickness"]) * float(r["density"])  # km2, Mt
        grade = {e: float(r["grade_" + e]) for e in ELEMENTS}
        rey = sum(grade.values())
        oxides = sum(grade[e] * oxide_factor(e) for e in ELEMENTS) * mass * 1e-6
        total, metal, oxide = total + mass, metal + mass * rey * 1e-6, oxide + oxides
        heavy += mass * sum(grade[e] for e in HEAVY) * 1e-6
        peak, volume = max(peak, rey), volume + area * float(r["thickness"])
        s = squares.setdefault(r["square"], [0.0, 0.0])
        s[0], s[1] = s[0] + area * float(r["thickness"]) / LAYERS, s[1] + oxides
        layer[int(float(r["top"]))] += area * rey / AREA
        if 5.0 <= float(r["top"]) < 7.0:
            b = belt.setdefault(r["column"], [0.0, float(r["x"]), float(r["y"]), area])
            b[0] += rey / 2.0
    high = [b for b in belt.values() if b[0] > 2000.0]
    high_area = sum(b[3] for b in high)
    best = max(squares, key=lambda k: squares[k][1])
    west = sum(b[1] * b[3] for b in high) / high_area if high else math.nan
    north = sum(b[2] * b[3] for b in high) / high_area if high else math.nan
    low = min(squares, key=lambda k: squares[k][1])
    bars = [
        ("bytes as the generator writes them", 1.0 if content == text() else 0.0, 1.0, 1.0, "1"),
        ("squares", len(squares), 24, 24, "1"),
        ("area", volume / LAYERS, 2498.5, 2499.5, "km2"),
        ("REO in place", oxide, 16.0, 16.6, "Mt"),
        ("mean grade, REY", metal / total * 1e6, 963.0, 965.0, "ppm"),
        ("best square is B1", 1.0 if best == BEST else 0.0, 1.0, 1.0, "1"),
        ("best square, area", squares[best][0], 104.9, 105.1, "km2"),
        ("best square, REO", squares[best][1], 1.17, 1.23, "Mt"),
        ("Y+HREE in REY", heavy / metal * 100.0, 43.0, 45.0, "%"),
        ("highest block, REY", peak, 3000.0, CAP, "ppm"),
        ("belt over 2,000 ppm at 5-7 mbsf", high_area, 400.0, 1000.0, "km2"),
        ("belt lies west of the middle", west, 0.0, COLUMNS * PITCH / 2, "km"),
        ("belt lies north of the middle", north, ROWS * PITCH / 2, ROWS * PITCH, "km"),
        ("local maximum at 3 mbsf", max(layer[2:4]) - max(layer[1], layer[4]), 0.0, 1e9, "ppm"),
        ("maximum at 5-7 mbsf", min(layer[5:7]) - max(layer[4], layer[7]), 0.0, 1e9, "ppm"),
        ("poorest square in the middle south or north-east", 1.0 if low in ("D3", "D4", "A5", "A6") else 0.0, 1.0, 1.0, "1"),
    ]
    missed = 0
    print("A check of the generator (the table is a reconstruction from published statistics):")
    for name, value, lowest, highest, unit in bars:
        good = lowest <= value <= highest
        missed += not good
        print("%-50s %12.4f  in [%g, %g] %s  %s" % (name, value, lowest, highest, unit, "ok" if good else "MISSED"))
    return missed


def main():
    arguments = [a for a in sys.argv[1:] if a != "--check"]
    path = arguments[0] if arguments else os.path.join(HOME, "data", "deposit", "minamitorishima.csv")
    if "--check" in sys.argv[1:]:
        sys.exit(1 if check(path) else 0)
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.write(text())


if __name__ == "__main__":
    main()
