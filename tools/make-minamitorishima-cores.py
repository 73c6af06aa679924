#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes data/deposit/minamitorishima-cores.csv: 25 cores of 10 m through the reconstruction of make-minamitorishima.py.

They are NOT assays: the field that was laid through published statistics is read at 25 places, with noise. The places
are a regular 5 x 5 net over the area (assumed: the paper's map is not used); samples are 0.4 m long, 625 in all (the
paper: 677 samples from 25 points). Replace the file by your own assays with the same columns: nothing else changes.

    make-minamitorishima-cores.py [FILE]          write FILE
    make-minamitorishima-cores.py --check [FILE]  compare FILE with what would be written
Python 3 standard library only; the same bytes on every machine.
"""
import importlib.util
import os
import random
import sys

HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PATH = os.path.join(HOME, "data", "deposit", "minamitorishima-cores.csv")
STEP = 0.4            # m, length of a sample
SEED = 2025
MOISTURE = 60.0       # %wt of wet mud: 0.56 t/m3 dry, grains of 2.6 t/m3, pore water of 1.04 t/m3 give 59.4; assumed

spec = importlib.util.spec_from_file_location("blocks", os.path.join(HOME, "tools", "make-minamitorishima.py"))
blocks = importlib.util.module_from_spec(spec)
spec.loader.exec_module(blocks)


def unknowns():
    """base and belt of the field, as the blocks have them."""
    rows = blocks.blocks()
    a = next(r for r in rows if r["belt"] > 0.5 and r["rey"] < blocks.CAP - 1.0)
    b = next(r for r in rows if r["belt"] < 0.01 and r["base"] > 0.3)
    det = a["base"] * b["belt"] - a["belt"] * b["base"]
    p, q = a["rey"] - a["background"], b["rey"] - b["background"]
    return (p * b["belt"] - a["belt"] * q) / det, (a["base"] * q - p * b["base"]) / det


def samples():
    base, belt = unknowns()
    source = random.Random(SEED)
    clip = lambda v, limit: max(-limit, min(limit, v))
    for j in range(5):
        for i in range(5):
            x = (i + 0.5) * blocks.COLUMNS * blocks.PITCH / 5
            y = (j + 0.5) * blocks.ROWS * blocks.PITCH / 5
            water = 5700.0 + round(clip(blocks.normal(source), 2.0) * 40.0)
            rough = 1.0 + 0.12 * clip(blocks.normal(source), 2.0)
            shift = 0.25 * clip(blocks.normal(source), 2.0)
            for k in range(int(blocks.LAYERS / STEP + 0.5)):
                low, high = k * STEP, (k + 1) * STEP
                mean = blocks.layer_mean
                background = 250.0 + 40.0 * clip(blocks.normal(source), 2.5)
                fine = rough * (1.0 + 0.10 * clip(blocks.normal(source), 2.0))
                p = 0.55 * mean(low, high, 5.0, 2.6) + 0.75 * mean(low, high, 3.0 + shift, 0.6)
                q = 0.65 * mean(low, high, 3.0 + shift, 0.6) + 1.2 * mean(low, high, 6.0 + shift, 0.75)
                rey = background + fine * (base * blocks.plain(x, y) * p + belt * blocks.ridge(x, y) * q)
                density = blocks.DENSITY * (1.0 + 0.02 * clip(blocks.normal(source), 2.0))
                yield "R%02d" % (5 * j + i + 1), x, y, water, low, high, density, min(blocks.CAP, rey)


def text():
    out = ["# SPDX-License-Identifier: Apache-2.0",
           "# Minamitorishima, 25 cores of 10 m: a RECONSTRUCTION FROM PUBLISHED STATISTICS, not assays. Places, noise",
           "# and water depths are assumed. Written by tools/make-minamitorishima-cores.py. Do not edit: replace it by a",
           "# table of your own assays with the same columns.",
           "# source: reconstruction from published statistics (Takaya et al. 2018, Sci Rep 8:5763; Iijima et al. 2016)",
           "id,east [km],north [km],water_depth [m],from [m],to [m],density [t/m3],moisture [%],"
           + ",".join("%s [ppm]" % e for e in blocks.ELEMENTS) + ",sc [ppm]"]
    for core, x, y, water, low, high, density, rey in samples():
        cells = [core, "%.2f" % x, "%.2f" % y, "%.0f" % water, "%.1f" % low, "%.1f" % high, "%.3f" % density,
                 "%.0f" % MOISTURE]
        cells += ["%.3f" % g for g in blocks.composition(rey)] + ["%.1f" % blocks.SCANDIUM]
        out.append(",".join(cells))
    return "\n".join(out) + "\n"


def main():
    arguments = [a for a in sys.argv[1:] if a != "--check"]
    path = arguments[0] if arguments else PATH
    if "--check" in sys.argv[1:]:
        with open(path, encoding="utf-8") as f:
            same = f.read() == text()
        print("%s: %s" % (path, "as the generator writes it" if same else "differs from the generator"))
        sys.exit(0 if same else 1)
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.write(text())


if __name__ == "__main__":
    main()
