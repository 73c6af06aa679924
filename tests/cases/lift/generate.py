#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the .case files of the lift whose expectations come from outside kaidei: python3-gsw (TEOS-10) for sea water, and
plain formulas solved by bisection or tanh-sinh quadrature here for the wall laws. Run with Debian's python3-gsw installed:

    /usr/bin/python3 tests/cases/lift/generate.py
"""
import math
import os
import random

HERE = os.path.dirname(os.path.abspath(__file__))


class Case:
    def __init__(self, name, kernel, tolerance, note):
        self.path = os.path.join(HERE, name + ".case")
        self.lines = ["-- " + line for line in note] + ["kernel     lift." + kernel, "tolerance  " + tolerance, ""]

    def kernel(self, kernel, tolerance):
        self.lines += ["kernel     lift." + kernel, "tolerance  " + tolerance, ""]

    def add(self, title, given, expect):
        self.lines += ["-- " + title, "given      " + given, "expect     " + expect, ""]

    def refuse(self, title, given, code, text):
        self.lines += ["-- " + title, "given      " + given, 'refuse     %s "%s"' % (code, text), ""]

    def write(self):
        with open(self.path, "w", encoding="utf-8") as out:
            out.write("\n".join(self.lines).rstrip() + "\n")


def bisect(f, low, high):
    """Root of a rising function."""
    for _ in range(300):
        middle = 0.5 * (low + high)
        if f(middle) > 0:
            high = middle
        else:
            low = middle
    return 0.5 * (low + high)


def integral(f, a, b):
    """Tanh-sinh quadrature; f(x, distance from a), so that a root at the end a keeps its digits."""
    total, h = 0.0, 1.0 / 64.0
    for k in range(-64 * 6, 64 * 6 + 1):
        t = k * h
        u = 0.5 * math.pi * math.sinh(t)
        if abs(u) > 340:
            continue
        share = 1.0 / (1.0 + math.exp(-2 * u))
        weight = 0.5 * math.pi * math.cosh(t) / (2.0 * math.cosh(u) ** 2)
        distance = (b - a) * share
        total += f(a + distance, distance) * weight
    return total * h * (b - a) * 2.0 * 0.5


def velocity(bore, wall, ty, k, n):
    """Mean velocity by Rabinowitsch: 8V/D = 4/tw^3 int tau^2 rate(tau)."""
    if wall <= ty:
        return 0.0
    return bore / 8 * 4 / wall**3 * integral(lambda t, d: t * t * (d / k) ** (1 / n), ty, wall)


def wall_stress(bore, v, ty, k, n):
    x = bisect(lambda s: velocity(bore, ty + math.exp(s), ty, k, n) - v, -60, 40)
    return ty + math.exp(x)


def seawater():
    import gsw

    random.seed(20150)
    note = ["Oracle: python3-gsw %s (TEOS-10). The same polynomials, so the agreement is to rounding." % gsw.__version__]
    case = Case("seawater_density", "seawater.density", "1e-11 relative", note)
    for _ in range(24):
        sa, ct, p = random.uniform(0, 41), random.uniform(-1, 32), random.uniform(0, 8000)
        case.add("drawn at random", "absolute_salinity %.6f g/kg  conservative_temperature %.6f degC  pressure %.4f dbar" % (sa, ct, p),
                 "density %.14g kg/m3" % gsw.rho(float("%.6f" % sa), float("%.6f" % ct), float("%.4f" % p)))
    case.add("Standard sea water at the surface", "absolute_salinity 35.16504 g/kg  conservative_temperature 0 degC",
             "density %.14g kg/m3" % gsw.rho(35.16504, 0, 0))
    case.refuse("Saltier than brine", "absolute_salinity 200 g/kg  conservative_temperature 0 degC", "KD_E_RANGE",
                "absolute_salinity 200 g/kg: must be at most 120 g/kg")
    case.refuse("No unit of salinity at all is a share", "absolute_salinity -1 g/kg  conservative_temperature 0 degC",
                "KD_E_RANGE", "must be at least 0 g/kg")
    case.write()

    case = Case("seawater_temperature", "seawater.conservative_temperature", "1e-9 absolute", note)
    rows = [(35.0, 1.5, 6000.0), (34.7, 27.0, 0.0), (0.0, 10.0, 5000.0), (40.0, -1.5, 2000.0)]
    rows += [tuple(round(x, 3) for x in (random.uniform(5, 40), random.uniform(-1, 30), random.uniform(0, 8000))) for _ in range(12)]
    for sa, t, p in rows:
        case.add("", "absolute_salinity %r g/kg  temperature %r degC  pressure %r dbar" % (sa, t, p),
                 "conservative_temperature %.12f degC" % gsw.CT_from_t(sa, t, p))
    case.kernel("seawater.potential_temperature", "1e-9 absolute")
    for sa, t, p in rows:
        case.add("", "absolute_salinity %r g/kg  temperature %r degC  pressure %r dbar" % (sa, t, p),
                 "potential_temperature %.12f degC" % gsw.pt0_from_t(sa, t, p))
    case.kernel("seawater.absolute_salinity", "1e-13 relative")
    case.add("Reference composition: 35.16504/35", "salinity 35", "absolute_salinity 35.16504 g/kg")
    case.add("", "salinity 34.699", "absolute_salinity %.14g g/kg" % gsw.SR_from_SP(34.699))
    case.kernel("gravity", "1e-9 relative")
    for lat in (0.0, 22.95, 45.0, -60.0, 90.0):
        for depth in (0.0, 3000.0, 8000.0):
            g = gsw.grav(lat, gsw.p_from_z(-depth, lat))
            case.add("", "latitude %r deg  depth %r m" % (lat, depth), "gravity %.12g m/s2" % g)
    case.write()


def herschel_bulkley():
    note = ["Oracle: the velocity profile integrated by tanh-sinh quadrature (Rabinowitsch), the wall stress by bisection.",
            "tests/cases/lift/generate.py writes this file."]
    case = Case("herschel_bulkley_quadrature", "herschel_bulkley.wall_stress", "1e-9 relative", note)
    random.seed(1926)
    for _ in range(40):
        ty = random.choice([0.0, 10 ** random.uniform(-3, 4)])
        k, n = 10 ** random.uniform(-4, 3), random.uniform(0.2, 1.5)
        bore, v = 10 ** random.uniform(-2, 0), 10 ** random.uniform(-6, 1.3)
        bore, v, ty, k, n = (float("%.6g" % x) for x in (bore, v, ty, k, n))
        case.add("drawn at random", "bore %r m  velocity %r m/s  yield %r Pa  consistency %r Pa.s  index %r" % (bore, v, ty, k, n),
                 "wall_stress %.13g Pa" % wall_stress(bore, v, ty, k, n))
    case.kernel("herschel_bulkley.velocity", "1e-9 relative")
    for bore, tw, ty, k, n in ((0.25, 10.0, 3.0, 0.2, 0.55), (0.1, 5000.0, 4000.0, 100.0, 0.3), (0.3, 2.0, 0.0, 1e-3, 1.0),
                               (0.3, 2.0, 1.9, 0.01, 1.4)):
        case.add("", "bore %r m  wall_stress %r Pa  yield %r Pa  consistency %r Pa.s  index %r" % (bore, tw, ty, k, n),
                 "velocity %.13g m/s" % velocity(bore, tw, ty, k, n))
    case.add("Below the yield stress nothing moves", "bore 0.25 m  wall_stress 2.9 Pa  yield 3 Pa  consistency 0.2 Pa.s  index 0.5",
             "velocity 0 m/s")
    case.refuse("A negative yield stress is no fluid", "bore 0.25 m  wall_stress 2.9 Pa  yield -3 Pa  consistency 0.2 Pa.s  index 0.5",
                "KD_E_RANGE", "yield -3 Pa: must be at least 0 Pa")
    case.refuse("No consistency: a plug with a slipping wall", "bore 0.25 m  wall_stress 9 Pa  yield 3 Pa  consistency 0 Pa.s  index 0.5",
                "KD_E_RANGE", "consistency 0 Pa.s: must be above 0 Pa.s")
    case.write()


def turbulent():
    note = ["Oracle: the published formulas, solved by plain bisection in Python. tests/cases/lift/generate.py writes this file."]
    case = Case("turbulent", "wilson_thomas.wall_stress", "1e-9 relative", note)

    def rate(tw, ty, k, n):
        return ((tw - ty) / k) ** (1 / n)

    def wilson(d, v, rho, ty, k, n):
        def miss(x):
            tw = ty + math.exp(x)
            u, xi, mu = math.sqrt(tw / rho), ty / tw, tw / rate(tw, ty, k, n)
            a = 2 * (1 + xi * n) / (1 + n)
            om = -2.5 * math.log(1 - xi) - 2.5 * xi * (1 + xi / 2)
            return u * (2.5 * math.log(rho * d * u / mu) + 11.6 * (a - 1) - 2.5 * math.log(a) - om) - v
        return ty + math.exp(bisect(miss, -4, 10))

    def slatter(d, v, rho, ty, k, n, d85):
        def miss(x):
            tw = ty + math.exp(x)
            u = math.sqrt(tw / rho)
            rr = 8 * rho * u * u / (ty + k * (8 * u / d85) ** n)
            b = 2.5 * math.log(rr) + 5.5 if rr <= math.exp(1.2) else 8.5
            return u * (2.5 * math.log(d / 2 / d85) + b - 3.75) - v
        return ty + math.exp(bisect(miss, -4, 12))

    def dodge(d, v, rho, k, n):
        re = rho * v ** (2 - n) * d**n / (k * 8 ** (n - 1) * ((3 * n + 1) / (4 * n)) ** n)
        f = bisect(lambda f: 4 / n**0.75 * math.log10(re * f ** (1 - n / 2)) - 0.4 / n**1.2 - 1 / math.sqrt(f), 1e-5, 1)
        return f * rho * v * v / 2

    rows = [(0.25, 2.5, 1100.0, 3.0, 0.2, 0.55), (0.25, 4.0, 1080.0, 1.0, 0.01, 0.8), (0.35, 3.0, 1150.0, 8.0, 0.5, 0.45),
            (0.1, 3.0, 1060.0, 0.0, 0.002, 1.0), (0.2, 5.0, 1200.0, 20.0, 0.03, 1.0)]
    for d, v, rho, ty, k, n in rows:
        case.add("", "bore %r m  velocity %r m/s  density %r kg/m3  yield %r Pa  consistency %r Pa.s  index %r" % (d, v, rho, ty, k, n),
                 "wall_stress %.13g Pa" % wilson(d, v, rho, ty, k, n))
    case.kernel("slatter.wall_stress", "1e-9 relative")
    for d, v, rho, ty, k, n in rows:
        for d85 in (10e-6, 200e-6):
            case.add("", "bore %r m  velocity %r m/s  density %r kg/m3  yield %r Pa  consistency %r Pa.s  index %r  d85 %r m" % (d, v, rho, ty, k, n, d85),
                     "wall_stress %.13g Pa" % slatter(d, v, rho, ty, k, n, d85))
    case.refuse("A grain as wide as the pipe", "bore 0.1 m  velocity 1 m/s  density 1100 kg/m3  consistency 0.01 Pa.s  index 1  d85 0.06 m",
                "KD_E_RANGE", "d85 0.06 m: must be below half the bore 0.1 m")
    case.kernel("dodge_metzner.wall_stress", "1e-9 relative")
    for d, v, rho, k, n in ((0.25, 3.0, 1100.0, 0.05, 0.6), (0.1, 2.0, 1000.0, 1e-3, 1.0), (0.35, 4.0, 1150.0, 0.5, 0.4)):
        case.add("", "bore %r m  velocity %r m/s  density %r kg/m3  yield 0 Pa  consistency %r Pa.s  index %r" % (d, v, rho, k, n),
                 "wall_stress %.13g Pa" % dodge(d, v, rho, k, n))
    case.kernel("darby_melson.wall_stress", "5e-7 relative")
    case.add("Value documented by a public package: Darcy 0.0190500771, here with the constant -1.47",
             "bore 0.254 m  velocity 2.3 m/s  density 1300 kg/m3  yield 6 Pa  viscosity 0.02 Pa.s",
             "darcy_factor 0.01905008  fanning_factor 0.00476252  wall_stress %.9g Pa" % (0.01905008 * 1300 * 2.3**2 / 8))
    case.kernel("newtonian.colebrook", "1e-10 relative")
    for re, e in ((1e4, 0.0), (1e5, 1e-3), (1e7, 1e-5), (4e3, 0.05)):
        s = bisect(lambda s: s + 2 * math.log10(e / 3.7 + 2.51 / re * s), 1, 50)
        case.add("", "reynolds %r  relative_roughness %r" % (re, e), "darcy_factor %.13g" % (1 / s**2))
    case.kernel("newtonian.churchill", "1e-10 relative")
    for re, e in ((1e2, 0.0), (3e3, 1e-4), (1e6, 1e-3)):
        a = (2.457 * math.log(1 / ((7 / re) ** 0.9 + 0.27 * e))) ** 16
        b = (37530 / re) ** 16
        case.add("", "reynolds %r  relative_roughness %r" % (re, e), "darcy_factor %.13g" % (8 * ((8 / re) ** 12 + (a + b) ** -1.5) ** (1 / 12)))
    case.refuse("A fluid at rest has no friction factor", "reynolds 0", "KD_E_RANGE", "reynolds 0: must be above 0")
    case.write()


def transition():
    note = ["Oracle: each criterion evaluated over velocities by quadrature and bisection in Python, the profile's extremum of",
            "Ryan and Johnson by a scan. tests/cases/lift/generate.py writes this file."]
    case = Case("transition", "transition.slatter", "1e-8 relative", note)

    def state(x, d, ty, k, n):
        tw = ty + math.exp(x)
        return tw, velocity(d, tw, ty, k, n)

    def re3(x, d, rho, ty, k, n):
        tw, v = state(x, d, ty, k, n)
        xi = ty / tw
        up = integral(lambda t, s: (s / k) ** (1 / n), ty, tw) * d / 2 / tw
        va = (v - up * xi**2) / (1 - xi**2)
        return 8 * rho * va**2 / (ty + k * (8 * va / (d - d * xi)) ** n)

    def re2(x, d, rho, ty, k, n):
        tw, v = state(x, d, ty, k, n)
        return 8 * rho * v * v / tw

    def z(x, d, rho, ty, k, n):
        tw = ty + math.exp(x)
        best = 0
        for i in range(1, 4000):
            t = ty + (tw - ty) * i / 4000
            u = d / 2 / tw * (n / (n + 1)) / k ** (1 / n) * ((tw - ty) ** (1 + 1 / n) - (t - ty) ** (1 + 1 / n))
            best = max(best, d / 2 * rho / tw * u * ((t - ty) / k) ** (1 / n))
        return 2100 * best / 808

    rows = [(0.25, 1100.0, 3.0, 0.2, 0.55), (0.2, 1080.0, 1.0, 0.05, 0.8), (0.35, 1150.0, 10.0, 0.02, 1.0), (0.1, 1050.0, 0.0, 0.01, 0.7)]
    text = "bore %r m  density %r kg/m3  yield %r Pa  consistency %r Pa.s  index %r"
    for row in rows:
        d, rho, ty, k, n = row
        x = bisect(lambda x: re3(x, *row) - 2100, -8, 8)
        case.add("", text % row, "critical_velocity %.11g m/s" % state(x, d, ty, k, n)[1])
    case.kernel("transition.metzner_reed", "1e-8 relative")
    for row in rows:
        d, rho, ty, k, n = row
        x = bisect(lambda x: re2(x, *row) - 2100, -8, 8)
        case.add("", text % row, "critical_velocity %.11g m/s" % state(x, d, ty, k, n)[1])
    case.kernel("transition.ryan_johnson", "1e-6 relative")
    for row in rows:
        d, rho, ty, k, n = row
        low, high = -8.0, 8.0
        for _ in range(45):
            middle = 0.5 * (low + high)
            low, high = (low, middle) if z(middle, *row) > 2100 else (middle, high)
        case.add("", text % row, "critical_velocity %.9g m/s" % state(0.5 * (low + high), d, ty, k, n)[1])
    case.kernel("transition.hanks", "1e-9 relative")
    for d, rho, ty, mu in ((0.25, 1100.0, 3.0, 0.02), (0.1, 1200.0, 50.0, 0.1)):
        he = rho * d * d * ty / mu**2
        x = bisect(lambda x: x / (1 - x) ** 3 - he / 16800, 0, 1 - 1e-15)
        re = he / (8 * x) * (1 - 4 * x / 3 + x**4 / 3)
        case.add("", "bore %r m  density %r kg/m3  yield %r Pa  viscosity %r Pa.s" % (d, rho, ty, mu),
                 "critical_velocity %.12g m/s  critical_reynolds %.12g" % (re * mu / rho / d, re))
    case.add("No yield stress: 2,100", "bore 0.1 m  density 1000 kg/m3  yield 0 Pa  viscosity 0.001 Pa.s",
             "critical_velocity 0.021 m/s  critical_reynolds 2100")
    case.kernel("transition.wilson_thomas", "1e-12 relative")
    case.add("19 sqrt(3/1100)", "density 1100 kg/m3  yield 3 Pa", "critical_velocity %.14g m/s" % (19 * math.sqrt(3 / 1100)))
    case.refuse("Without a yield stress the rule says nothing", "density 1100 kg/m3  yield 0 Pa", "KD_E_RANGE",
                "yield 0 Pa: must be above 0 Pa")
    case.write()


if __name__ == "__main__":
    seawater()
    herschel_bulkley()
    turbulent()
    transition()
