# SPDX-License-Identifier: Apache-2.0
"""Pressure and density down a profile by TEOS-10 itself (python3-gsw): absolute salinity with its regional anomaly, steps of
one metre. Usage: sea_oracle.py PROFILE.csv LATITUDE LONGITUDE DEPTH...   Prints: depth pressure[Pa] density[kg/m3]"""
import csv
import sys

import gsw
import numpy as np

with open(sys.argv[1], encoding="utf-8") as file:
    rows = [r for r in csv.reader(line for line in file if not line.startswith("#"))][1:]
z, t, s = (np.array(c, dtype=float) for c in zip(*rows))
latitude, longitude = float(sys.argv[2]), float(sys.argv[3])
wanted = [float(d) for d in sys.argv[4:]]
pressure = gsw.p_from_z(-z, latitude)
sa = gsw.SA_from_SP(s, pressure, longitude, latitude)
ct = gsw.CT_from_t(sa, t, pressure)


def slope(depth, p):
    g = gsw.grav(latitude, gsw.p_from_z(-depth, latitude))
    return gsw.rho(np.interp(depth, z, sa), np.interp(depth, z, ct), p * 1e-4) * g


p = 0.0
for depth in range(int(max(wanted)) + 1):
    if depth in wanted:
        print("%g %.12g %.12g" % (depth, p, gsw.rho(np.interp(depth, z, sa), np.interp(depth, z, ct), p * 1e-4)))
    half = p + 0.5 * slope(depth, p)
    p += slope(depth + 0.5, half)
