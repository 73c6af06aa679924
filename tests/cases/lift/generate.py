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
            tw = math.exp(x)
            u = math.sqrt(tw / rho)
            rr = 8 * rho * u * u / (ty + k * (8 * u / d85) ** n)
            b = 2.5 * math.log(rr) + 5.5 if rr <= math.exp(1.2) else 8.5
            return u * (2.5 * math.log(d / 2 / d85) + b - 3.75) - v
        return math.exp(bisect(miss, -4, 12))

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
    case.add("Below the yield stress the law still has its number; the combined law then takes the laminar one",
             "bore 0.2 m  velocity 1.5 m/s  density 1100 kg/m3  yield 20 Pa  consistency 0.04 Pa.s  index 0.8  d85 0.0001 m",
             "wall_stress %.13g Pa" % slatter(0.2, 1.5, 1100, 20, 0.04, 0.8, 1e-4))
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
    case.kernel("wall_stress", "1e-9 relative")
    text = "bore 0.25 m  velocity %r m/s  density 1100 kg/m3  yield 3 Pa  consistency 0.2 Pa.s  index 0.55"
    case.add("Slow: the laminar law alone", text % 0.5, "wall_stress %.13g Pa  regime laminar" % wall_stress(.25, .5, 3, .2, .55))
    case.add("Fast: Wilson and Thomas alone", text % 3.0, "wall_stress %.13g Pa  regime turbulent" % wilson(.25, 3.0, 1100, 3, .2, .55))
    case.add("Fast, grains known", text % 3.0 + "  friction slatter  d85 100 um", "wall_stress %.13g Pa  regime turbulent" % slatter(.25, 3.0, 1100, 3, .2, .55, 100e-6))
    case.refuse("The law of Slatter without its grain", text % 3.0 + "  friction slatter", "KD_E_RANGE", "d85 0 m: must be above 0 m")
    case.refuse("Hanks on a shear-thinning fluid", text % 3.0 + "  transition hanks", "KD_E_MODEL", "index 0.55: the criterion of Hanks is for Bingham fluids")
    case.refuse("The quick rule without a yield stress", "bore 0.25 m  velocity 3 m/s  density 1100 kg/m3  yield 0 Pa  consistency 0.2 Pa.s  index 0.55  transition wilson_thomas", "KD_E_MODEL", "needs a yield stress")
    case.kernel("reynolds", "1e-9 relative")
    tw = wall_stress(.25, 1.0, 3, .2, .55)
    case.add("Re2 = 8 rho V^2/tw", text % 1.0, "metzner_reed %.13g" % (8 * 1100 / tw))
    case.add("Newtonian: all are rho V D/mu", "bore 0.1 m  velocity 0.01 m/s  density 1000 kg/m3  consistency 1e-3 Pa.s",
             "slatter 1000  metzner_reed 1000  ryan_johnson %.13g" % (1000 * 2100 / 808 / (1.5 * math.sqrt(3))))
    case.kernel("newtonian.wall_stress", "1e-9 relative")
    case.add("Laminar: 8 mu V/D", "bore 0.1 m  velocity 0.01 m/s  density 1000 kg/m3  viscosity 1e-3 Pa.s", "wall_stress 0.0008 Pa  darcy_factor 0.064  fanning_factor 0.016  reynolds 1000")
    case.kernel("herschel_bulkley.plug", "1e-9 relative")
    case.add("", "bore 0.25 m  wall_stress 10 Pa  yield 3 Pa  consistency 0.2 Pa.s  index 0.5", "plug_diameter 0.075 m  plug_velocity %.13g m/s  wall_rate 1225 Hz" % (0.25 / 20 / 3 * 7 * 1225))
    case.add("All plug", "bore 0.25 m  wall_stress 2 Pa  yield 3 Pa  consistency 0.2 Pa.s  index 0.5", "plug_diameter 0.25 m  plug_velocity 0 m/s  wall_rate 0 Hz")
    case.kernel("newtonian.colebrook", "1e-10 relative")
    for re, e in ((1e4, 0.0), (1e5, 1e-3), (1e7, 1e-5), (4e3, 0.05), (100.0, 0.0), (1.0, 0.0)):
        s = bisect(lambda s: s + 2 * math.log10(e / 3.7 + 2.51 / re * s), 1e-9, 50)
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


def air():
    """Z by the reference equation with plain bisection; virial-scale and tabulated values of the handbook kind agree to 1e-3."""
    n = [0.118160747229, 0.713116392079, -1.61824192067, 0.0714140178971, -0.0865421396646, 0.134211176704, 0.0112626704218,
         -0.0420533228842, 0.0349008431982, 0.000164957183186, -0.101365037912, -0.17381369097, -0.0472103183731,
         -0.0122523554253, -0.146629609713, -0.0316055879821, 0.000233594806142, 0.0148287891978, -0.00938782884667]
    d = [1, 1, 1, 2, 3, 3, 4, 4, 4, 6, 1, 3, 5, 6, 1, 3, 11, 1, 3]
    t = [0, .33, 1.01, 0, 0, .15, 0, .2, .35, 1.35, 1.6, .8, .95, 1.25, 3.6, 6, 3.25, 3.5, 15]
    power = [0] * 10 + [1] * 4 + [2] * 3 + [3] * 2

    def z(rho, kelvin):
        delta, tau, total = rho / 10447.7, 132.6312 / kelvin, 1.0
        for a, i, j, k in zip(n, d, t, power):
            e = math.exp(-delta**k) if k else 1.0
            total += a * delta**i * tau**j * e * (i - k * delta**k if k else i)
        return total

    note = ["Oracle: the equation of Lemmon et al. 2000 solved by bisection in Python; tests/cases/lift/generate.py writes this file."]
    case = Case("air", "air.compressibility", "1e-9 relative", note)
    for p, c in ((101325.0, 0.0), (1e6, 27.0), (10e6, 15.0), (30e6, 2.0), (60e6, 2.0), (100e6, 100.0)):
        kelvin = c + 273.15
        rho = bisect(lambda r: r * 8.31451 * kelvin * z(r, kelvin) - p, 1e-6, 40000)
        case.add("", "pressure %r Pa  temperature %r degC" % (p, c),
                 "compressibility %.12g  density %.12g kg/m3" % (p / (rho * 8.31451 * kelvin), rho * 28.96546e-3))
    case.refuse("No pressure, no density", "pressure 0 MPa  temperature 15 degC", "KD_E_RANGE", "pressure 0 MPa: must be above 0 MPa")
    case.kernel("air.compressor_power", "1e-10 relative")
    for g, p2, c, e, s in ((1.0, 30e6, 25.0, 1.3, 6), (0.5, 1e6, 15.0, 1.4, 1)):
        r = 8.31451 / 28.96546e-3
        kelvin = c + 273.15
        iso = g * r * kelvin * math.log(p2 / 101325)
        poly = s * e / (e - 1) * g * r * kelvin * ((p2 / 101325) ** ((e - 1) / (e * s)) - 1)
        case.add("", "air_rate %r kg/s  outlet_pressure %r Pa  temperature %r degC  polytropic_exponent %r  stages %d" % (g, p2, c, e, s),
                 "isothermal_power %.12g W  polytropic_power %.12g W" % (iso, poly))
    case.refuse("Compression needs a higher outlet", "air_rate 1 kg/s  outlet_pressure 5e4 Pa", "KD_E_RANGE",
                "must be at least the inlet_pressure 101325 Pa")
    case.write()


def machine():
    note = ["Closed forms evaluated in Python; tests/cases/lift/generate.py writes this file."]
    case = Case("string", "string.axial_period", "1e-10 relative", note)

    def period(length, mass, stiffness, end):
        x = bisect(lambda x: x * math.sin(x) - mass * length / end * math.cos(x), 1e-9, math.pi / 2) if end else math.pi / 2
        return 2 * math.pi * length / (x * math.sqrt(stiffness / mass))

    steel = math.pi / 4 * (0.27305**2 - 0.2413**2)
    for end in (0.0, 11.7e3, 58.6e3, 1e6):
        case.add("10 3/4 x 0.625 in steel pipe, 6 km: steel alone", "length 6 km  mass_per_length %.9g kg/m  stiffness %.12g N  head_mass %r kg" % (7850 * steel, 207e9 * steel, end),
                 "period %.11g s" % period(6000, float("%.9g" % (7850 * steel)), float("%.12g" % (207e9 * steel)), end))
    case.kernel("string.state", "1e-9 relative")
    bore, out, joint, head, buoy, ci, cw, g, length = 0.2168, 0.2445, 1.07, 30e3, 50e3, 1100.0, 1040.0, 9.8, 6000.0
    a = math.pi / 4 * (out**2 - bore**2)
    line = 7850 * a * joint
    we = line * g * (1 - cw / 7850) + (ci - cw) * math.pi / 4 * bore**2 * g - buoy * g / length
    wb = head * g * (1 - cw / 7850)
    top = we * length + wb
    case.add("9 5/8 in steel with joints, head, floats and slurry",
             "length 6 km  bore %r m  outer_diameter %r m  joint_factor %r  head_mass %r kg  buoyancy %r kg  contents_density %r kg/m3  water_density %r kg/m3  gravity %r m/s2" % (bore, out, joint, head, buoy, ci, cw, g),
             "mass %.12g kg  weight_air %.12g N  top_tension %.12g N  top_stress %.12g Pa  utilisation %.12g  stretch %.12g m  period_free %.11g s  period_locked %.11g s" % (
                 line * length, (line * length + head) * g, top, top / a, top / a / 758e6,
                 (we * length**2 / 2 + wb * length) / (207e9 * a), period(length, line, 207e9 * a, head),
                 period(length, line + ci * math.pi / 4 * bore**2, 207e9 * a, head)))
    case.refuse("A pipe without a wall", "length 6 km  bore 0.25 m  outer_diameter 0.25 m", "KD_E_RANGE", "outer_diameter 0.25 m: must be above the bore 0.25 m")
    case.kernel("transient.wave_speed", "1e-12 relative")
    case.add("Water in steel", "density 1025 kg/m3  bulk_modulus 2.3 GPa  bore 0.25 m  wall 12 mm",
             "wave_speed %.14g m/s" % math.sqrt(2.3e9 / 1025 / (1 + 2.3e9 * 0.25 / (207e9 * 0.012))))
    case.kernel("transient.joukowsky", "1e-12 relative")
    case.add("rho a dV", "density 1100 kg/m3  wave_speed 1390 m/s  velocity_change 1.5 m/s", "pressure 2.2935 MPa")
    case.add("A valve that opens takes pressure away", "density 1100 kg/m3  wave_speed 1390 m/s  velocity_change -1 m/s", "pressure -1.529 MPa")
    case.write()

    case = Case("grains", "settling.ruby_zanke", "1e-9 relative", note)
    for dia, rs, r, mu in ((1e-3, 2650.0, 1050.0, 1.8e-3), (50e-6, 3100.0, 1040.0, 1.7e-3), (20e-3, 2000.0, 1050.0, 1.8e-3)):
        nu, ex = mu / r, rs / r - 1
        v = 10 * nu / dia * (math.sqrt(1 + ex * 9.80665 * dia**3 / (100 * nu**2)) - 1)
        case.add("", "diameter %r m  grain_density %r kg/m3  density %r kg/m3  viscosity %r Pa.s" % (dia, rs, r, mu),
                 "settling_velocity %.10g m/s  grain_reynolds %.10g" % (v, v * dia / nu))
    nu = 1e-6
    case.add("A very fine grain: R g d^2/(20 nu)", "diameter 1e-7 m  grain_density 2000 kg/m3  density 1000 kg/m3  viscosity 1e-3 Pa.s",
             "settling_velocity %.12g m/s" % (9.80665 * 1e-14 / (20 * nu)))
    case.refuse("A grain that floats", "diameter 1 mm  grain_density 900 kg/m3  density 1000 kg/m3  viscosity 1e-3 Pa.s", "KD_E_RANGE",
                "grain_density 900 kg/m3: must be above the density 1000 kg/m3")
    case.kernel("settling.rowe_exponent", "1e-12 relative")
    case.add("Stokes limit", "grain_reynolds 0", "exponent 4.7")
    case.add("", "grain_reynolds 100", "exponent %.14g" % ((4.7 + 0.41 * 100**.75) / (1 + 0.175 * 100**.75)))
    case.kernel("settling.hindered", "1e-12 relative")
    case.add("", "settling_velocity 0.1 m/s  grain_reynolds 0  solids 10 %vol", "hindered_velocity %.14g m/s" % (0.1 * 0.9**4.7))
    case.add("A full pipe stands still", "settling_velocity 0.1 m/s  grain_reynolds 1  solids 100 %vol", "hindered_velocity 0 m/s")
    case.kernel("settling.suspended_diameter", "1e-12 relative")
    case.add("1 Pa holds about 1.2 mm", "yield 1 Pa  grain_density 2650 kg/m3  density 1080 kg/m3", "diameter %.14g m" % (18 / (1570 * 9.80665)))
    case.add("Yield number 0.061", "yield 1 Pa  grain_density 2650 kg/m3  density 1080 kg/m3  yield_number 0.061", "diameter %.14g m" % (1 / (0.061 * 1570 * 9.80665)))
    case.kernel("settling.durand", "1e-12 relative")
    case.add("", "bore 0.25 m  grain_density 2650 kg/m3  density 1050 kg/m3", "deposition_velocity %.14g m/s" % (1.34 * math.sqrt(2 * 9.80665 * .25 * 1600 / 1050)))
    case.write()

    case = Case("pumps", "static_head", "1e-12 relative", note)
    case.add("", "depth 6 km  slurry_density 1120 kg/m3  water_density 1040 kg/m3  gravity 9.81 m/s2", "pressure 4.7088 MPa  head %.14g m" % (80 / 1040 * 6000))
    case.kernel("pump.power", "1e-12 relative")
    case.add("", "pressure 5 MPa  flow 0.012 m3/s  pump_efficiency 0.6  motor_efficiency 0.9", "hydraulic_power 60 kW  shaft_power 100 kW  power %.14g kW" % (100 / 0.9))
    case.refuse("A pump that gives more than it takes", "pressure 5 MPa  flow 0.012 m3/s  pump_efficiency 1.2", "KD_E_RANGE", "pump_efficiency 1.2: must be at most 1")
    case.refuse("A pump that gives nothing", "pressure 5 MPa  flow 0.012 m3/s  pump_efficiency 0", "KD_E_RANGE", "pump_efficiency 0: must be above 0")
    case.kernel("pump.energy", "1e-12 relative")
    case.add("Weight alone at 5 %vol and 6 km: about 10 kWh/t", "pressure 4.73 MPa  solids 5 %vol  grain_density 2650 kg/m3  pump_efficiency 0.5",
             "hydraulic_energy %.14g J/kg  energy %.14g J/kg" % (4.73e6 / 132.5, 2 * 4.73e6 / 132.5))
    case.kernel("gel.restart_pressure", "1e-12 relative")
    case.add("20 Pa over 6 km of 0.25 m bore", "static_yield 20 Pa  length 6 km  bore 0.25 m", "restart_pressure 1.92 MPa")
    case.add("100 Pa", "static_yield 100 Pa  length 6 km  bore 0.25 m", "restart_pressure 9.6 MPa")
    case.kernel("gel.static_yield", "1e-12 relative")
    case.add("Half of the growth at the gel time", "fresh 10 Pa  aged 100 Pa  gel_time 1 h  rest 1 h", "static_yield 55 Pa")
    case.add("Fresh", "fresh 10 Pa  aged 100 Pa  gel_time 1 h  rest 0 h", "static_yield 10 Pa")
    case.kernel("slurry.density", "1e-12 relative")
    case.add("Volumes add up", "solids 5 %vol  grain_density 2650 kg/m3  water_density 1040 kg/m3", "density 1120.5 kg/m3  water_ratio %.14g" % (.95 * 1040 / .05 / 2650))
    case.kernel("rheology.starter", "1e-12 relative")
    case.add("", "solids 10 %vol", "yield %.14g Pa  consistency %.14g Pa.s  index 0.5" % (0.02 * math.exp(4.5), 0.002 * math.exp(3)))
    case.add("The index has a floor", "solids 15 %vol", "index 0.35")
    case.kernel("rheology.liquidity_index", "1e-10 relative")
    w = 1040 * .95 / (.05 * 2600)
    li = (w - .5) / .6
    case.add("5 %vol: about 1 Pa", "solids 5 %vol", "liquidity_index %.13g  yield %.13g Pa  index 0.45  plastic_viscosity %.13g Pa.s" % (li, (12.05 / li) ** 3.13, 1e-3 * (9.27 / li) ** 3.33 + 1.6e-3))
    case.refuse("Limits the wrong way round", "solids 5 %vol  liquid_limit 0.4", "KD_E_RANGE", "liquid_limit 0.4: must be above the plastic_limit 0.5")
    case.kernel("seawater.viscosity", "1e-12 relative")
    for s, t in ((0.0, 20.0), (0.035, 2.0), (0.035, 25.0)):
        mw = 4.2844e-5 + 1 / (0.157 * (t + 64.993) ** 2 - 91.296)
        aa, bb = 1.541 + 1.998e-2 * t - 9.52e-5 * t * t, 7.974 - 7.561e-2 * t + 4.724e-4 * t * t
        case.add("", "absolute_salinity %r g/kg  temperature %r degC" % (s * 1000, t), "viscosity %.13g Pa.s" % (mw * (1 + aa * s + bb * s * s)))
    case.write()

    case = Case("air_lift", "drift_flux.slug", "1e-12 relative", note)
    case.add("Nicklin", "bore 0.0254 m", "distribution 1.2  drift_velocity %.14g m/s" % (.35 * math.sqrt(9.80665 * .0254)))
    case.kernel("drift_flux.void", "1e-12 relative")
    case.add("", "liquid_flux 1 m/s  gas_flux 2 m/s  drift_velocity 0.2 m/s", "void_fraction %.14g" % (2 / (1.2 * 3 + .2)))
    case.add("No gas", "liquid_flux 1 m/s  gas_flux 0 m/s  drift_velocity 0.2 m/s", "void_fraction 0")
    case.add("Zuber and Findlay at a high void fraction; C0 bends to 1 only in the second answer", "liquid_flux 0 m/s  gas_flux 20 m/s  drift_velocity 0.2 m/s", "void_fraction %.14g  bent_void_fraction %.14g" % (20 / 24.2, bisect(lambda a: a * ((1 + 0.8 * (1 - a)) * 20 + .2) - 20, 0.75, 1)))
    case.kernel("drift_flux.large_pipe", "1e-10 relative")
    for dia, rg, mu in ((0.3, 50.0, 0.02), (0.3, 1.2, 1e-3), (0.05, 10.0, 1e-3), (0.3, 300.0, 1e-3)):
        rho, sg, gg = 1080.0, 0.072, 9.80665
        cap = math.sqrt(sg / (gg * (rho - rg)))
        num = mu / math.sqrt(rho * sg * cap)
        plus = 0.92 if num > 2.25e-3 else (0.030 if dia / cap > 30 else 0.0019 * (dia / cap) ** .809) * num**-.562
        vd = plus * (rg / rho) ** -.157 * (sg * gg * (rho - rg) / rho**2) ** .25
        case.add("", "bore %r m  density 1080 kg/m3  gas_density %r kg/m3  viscosity %r Pa.s" % (dia, rg, mu),
                 "distribution %.13g  drift_velocity %.13g m/s" % (1.2 - .2 * math.sqrt(rg / rho), vd))
    two_phase(case)
    case.kernel("air_lift.frictionless_height", "1e-8 relative")
    r = 8.31451 / 28.96546e-3
    gas = 5.0 * r * 280.0

    def slope(p, _):
        jg = gas / p
        return 1 / (1080 * 9.81 * (1 - jg / (1.2 * (2 + jg) + 0.4)))
    case.add("Quadrature of dp/((1-a) rho g)", "density 1080 kg/m3  gravity 9.81 m/s2  liquid_flux 2 m/s  drift_velocity 0.4 m/s  air_flux 5 kg/m2/s  temperature 6.85 degC  bottom_pressure 30 MPa  top_pressure 0.3 MPa",
             "height %.12g m" % integral(slope, 0.3e6, 30e6))
    case.refuse("No fall of pressure", "density 1080 kg/m3  liquid_flux 2 m/s  drift_velocity 0.4 m/s  air_flux 5 kg/m2/s  bottom_pressure 0.1 MPa", "KD_E_RANGE", "must be above the top_pressure")
    case.kernel("air_lift.water_rate", "0.06 relative")
    case.add("Stenning and Martin 1968, submergence 0.629 (digitised)", "bore 25.4 mm  height 4.267 m  submergence 0.629  free_air 1.97 L/s", "water_rate 0.438 L/s")
    case.add("Todoroki 1973, submergence 0.7 (digitised)", "bore 28.3 mm  height 7.5 m  submergence 0.7  free_air 1.99 L/s", "water_rate 0.702 L/s")
    case.add("No air, no water", "bore 28.3 mm  height 7.5 m  submergence 0.7  free_air 0 L/s", "water_rate 0 L/s")
    case.add("Stenning and Martin by the published pair", "bore 25.4 mm  height 4.267 m  submergence 0.532  free_air 1.87 L/s  drift bhagwat_ghajar  friction friedel", "water_rate 0.310 L/s")
    case.add("Todoroki by the published pair", "bore 28.3 mm  height 7.5 m  submergence 0.6  free_air 2.88 L/s  drift bhagwat_ghajar  friction friedel", "water_rate 0.518 L/s")
    case.kernel("air_lift.air_rate", "0.06 relative")
    case.refuse("More water than any air lifts", "bore 0.0254 m  height 4.267 m  liquid_rate 5 L/s  density 998 kg/m3  viscosity 1e-3 Pa.s  bottom_pressure 0.12 MPa",
                "KD_E_INFEASIBLE", "no air rate lifts")
    case.write()


def colebrook(re, e):
    """Darcy, 64/Re to 2,000, Colebrook from 4,000 by plain iteration; nothing between."""
    assert re <= 2000 or re >= 4000
    if re <= 2000:
        return 64 / re
    s = 8.0
    for _ in range(200):
        s = -2 * math.log10(e / 3.7 + 2.51 * s / re)
    return 1 / s ** 2


def bhagwat_ghajar(d, jl, jg, rho, rg, mu, sigma, g, e):
    """C0, vd, void fraction of vertical upward flow in round pipes (Bhagwat and Ghajar 2014), by bisection."""
    j, q = jl + jg, rg / rho
    re, x, b = rho * j * d / mu, rg * jg / (rg * jg + rho * jl), jg / j
    c1 = 0.2 * (1 - math.sqrt(q)) * ((2.6 - b) ** 0.15 - math.sqrt(colebrook(re, e / d) / 4)) * (1 - x) ** 1.5
    c0 = (2 - q * q) / (1 + (re / 1000) ** 2) + (1 + c1) / (1 + (1000 / re) ** 2)
    c2 = (0.434 / math.log10(mu / 1e-3)) ** 0.15 if mu > 0.01 else 1
    la = math.sqrt(sigma / (g * (rho - rg))) / d
    c3 = (la / 0.025) ** 0.9 if la < 0.025 else 1
    still = 0.35 * math.sqrt(g * d * (rho - rg) / rho) * c2 * c3
    a = bisect(lambda a: a * (c0 * j + still * math.sqrt(1 - a)) - jg, 0, 1)
    return c0, still * math.sqrt(1 - a), a


def friedel(d, jl, jg, rho, rg, mu, mg, sigma, g, e):
    big = rho * jl + rg * jg
    x = rg * jg / big
    fl, fg = colebrook(big * d / mu, e / d), colebrook(big * d / mg, e / d)
    lo = fl * big ** 2 / (2 * d * rho)
    h = 1 / (x / rg + (1 - x) / rho)
    terms = (1 - x) ** 2 + x * x * rho * fg / (rg * fl)
    terms += 3.24 * x ** 0.78 * (1 - x) ** 0.224 * (rho / rg) ** 0.91 * (mg / mu) ** 0.19 * (1 - mg / mu) ** 0.7 / (
        (big ** 2 / (g * d * h * h)) ** 0.045 * (big ** 2 * d / (sigma * h)) ** 0.035)
    return lo * terms, terms


def two_phase(case):
    text = ("bore %r m  liquid_flux %r m/s  gas_flux %r m/s  density %r kg/m3  gas_density %r kg/m3  viscosity %r Pa.s  "
            "gas_viscosity %r Pa.s  surface_tension %r N/m  gravity %r m/s2  roughness %r m")
    flows = [(0.0254, 0.5, 3.0, 998.2, 1.3, 1e-3, 1.81e-5, 0.0728, 9.80665, 0.0),
             (0.3, 2.5, 0.8, 1060.0, 180.0, 4e-3, 2.5e-5, 0.075, 9.81, 5e-5),
             (0.25, 1.5, 12.0, 1050.0, 2.0, 0.02, 1.8e-5, 0.075, 9.81, 0.0),
             (0.05, 0.05, 0.1, 1000.0, 5.0, 0.05, 1.81e-5, 0.03, 9.80665, 0.0)]
    case.kernel("water.surface_tension", "2e-4 relative")
    case.add("IAPWS table", "temperature 20 degC", "surface_tension 72.75 mN/m")
    case.add("IAPWS table", "temperature 100 degC", "surface_tension 58.91 mN/m")
    case.kernel("drift_flux.law", "1e-10 relative")
    for f in flows:
        d, jl, jg, rho, rg, mu, mg, sigma, g, e = f
        c0, vd, a = bhagwat_ghajar(d, jl, jg, rho, rg, mu, sigma, g, e)
        case.add("Bhagwat and Ghajar 2014", text % f + "  drift bhagwat_ghajar",
                 "distribution %.13g  drift_velocity %.13g m/s  void_fraction %.13g  gas_velocity %.13g m/s  liquid_velocity %.13g m/s" % (
                     c0, vd, a, jg / a, jl / (1 - a)))
    f = flows[0]
    d, jl, jg, rho, rg, mu, mg, sigma, g, e = f
    j, v, s = jl + jg, (sigma * g * (rho - rg) / rho ** 2) ** 0.25, sigma / (rho * g * d * d)
    wet = rho * jl / (rho * jl + rg * jg)
    one = {"reinemann": (1.2, 0.352 * (1 - 3.18 * s - 14.77 * s * s) * math.sqrt(g * d)),
           "viana": (1.2, 0.34 * (1 + 3805 * s ** 3.06) ** -0.58 * math.sqrt(g * d)),
           "rouhani": (1 + 0.2 * wet, 1.18 * wet * v),
           "woldesemayat_ghajar": (jg / j * (1 + (jl / jg) ** ((rg / rho) ** 0.1)),
                                   2.9 * (g * d * sigma * (rho - rg) / rho ** 2) ** 0.25 * 2.44 ** (1.204 / rg))}
    for law, (c0, vd) in one.items():
        a = jg / (c0 * j + vd)
        case.add(law, text % f + "  drift " + law, "distribution %.13g  drift_velocity %.13g m/s  void_fraction %.13g" % (c0, vd, a))
    r = rho * j * d / mu / 1000
    c0 = lambda a: 2 / (1 + r * r) + (1.2 - 0.2 * math.sqrt(rg / rho) * (1 - math.exp(-18 * a))) / (1 + 1 / (r * r))
    a = bisect(lambda a: a * (c0(a) * j + 1.606 * v) - jg, 0, 1)
    case.add("choi", text % f + "  drift choi", "distribution %.13g  drift_velocity %.13g m/s  void_fraction %.13g" % (c0(a), 1.606 * v, a))
    case.refuse("Gas must be the lighter", text % (flows[0][:4] + (1100.0,) + flows[0][5:]), "KD_E_RANGE", "must be below the density")
    case.kernel("two_phase.friction", "1e-9 relative")
    for f in flows[:3]:
        d, jl, jg, rho, rg, mu, mg, sigma, g, e = f
        gradient, factor = friedel(d, jl, jg, rho, rg, mu, mg, sigma, g, e)
        case.add("Friedel 1979", text % f + "  friction friedel", "gradient %.12g Pa/m  multiplier %.12g" % (gradient, factor))
    f = flows[0]
    d, jl, jg, rho, rg, mu, mg, sigma, g, e = f
    wall = lambda r, u, m: colebrook(r * u * d / m, e / d) * r * u * u / (2 * d)
    big = rho * jl + rg * jg
    x, lo, go, l, gas = rg * jg / big, wall(rho, big / rho, mu), wall(rg, big / rg, mg), wall(rho, jl, mu), wall(rg, jg, mg)
    case.add("Muller-Steinhagen and Heck 1986", text % f + "  friction muller_steinhagen_heck",
             "gradient %.12g Pa/m" % ((lo + 2 * (go - lo) * x) * (1 - x) ** (1 / 3) + go * x ** 3))
    case.add("Lockhart and Martinelli", text % f + "  friction lockhart_martinelli",
             "gradient %.12g Pa/m" % (l * (1 + 20 * math.sqrt(gas / l) + gas / l)))
    case.add("Homogeneous", text % f + "  friction homogeneous",
             "gradient %.12g Pa/m" % (colebrook(big * d / mu, e / d) * big * big / (2 * d * (big / j))))
    bare = "bore %r m  liquid_flux %r m/s  gas_flux 0 m/s  density %r kg/m3  viscosity %r Pa.s" % (d, jl, rho, mu)
    for law in ("slurry", "friedel", "muller_steinhagen_heck", "lockhart_martinelli", "homogeneous"):
        case.add("Without gas all are the liquid's own", bare + "  friction " + law, "gradient %.12g Pa/m  void_fraction 0" % l)


def forms():
    """Textbook forms, each from another side than the C: balances, quadrature, series, differences."""
    case = Case("forms", "power_law.reynolds", "1e-9 relative", ["Oracles in Python: force balances, quadrature, series. tests/cases/lift/generate.py writes this file."])
    for d, v, rho, k, n in ((0.25, 1.2, 1100.0, 0.2, 0.55), (0.1, 3.0, 1000.0, 1e-3, 1.0), (0.3, 0.5, 1200.0, 2.0, 1.4)):
        wall = bisect(lambda t: n / (3 * n + 1) * (t / k) ** (1 / n) * d / 2 - v, 1e-9, 1e6)  # exact velocity of a power law
        re = 8 * rho * v * v / wall
        case.add("Re = 8 rho V^2/tw of the exact profile", "bore %r m  velocity %r m/s  density %r kg/m3  consistency %r Pa.s  index %r" % (d, v, rho, k, n),
                 "metzner_reed %.13g  darcy_factor %.13g  fanning_factor %.13g" % (re, 8 * wall / rho / v**2, 2 * wall / rho / v**2))
    case.add("Newtonian: Ryan and Johnson's 2,100", "bore 0.1 m  velocity 1 m/s  density 1000 kg/m3  consistency 0.1 Pa.s", "critical_reynolds %.13g" % (6464 * 3**1.5 / 16))
    case.kernel("bingham.numbers", "1e-12 relative")
    case.add("Bi = He/Re", "bore 0.25 m  velocity 2 m/s  density 1200 kg/m3  yield 6 Pa  viscosity 0.02 Pa.s", "reynolds 30000  hedstrom 1125000  bingham 37.5")
    case.kernel("pipe.pressure_drop", "1e-12 relative")
    case.add("Force balance: dp pi D^2/4 = tw pi D L", "darcy_factor 0.02  length 1 km  bore 0.25 m  density 1000 kg/m3  velocity 2 m/s  gravity 10 m/s2", "pressure 160 kPa  head 16 m  wall_stress 10 Pa")
    case.kernel("hydrostatic_pressure", "1e-12 relative")
    case.add("Gauge", "density 1050 kg/m3  depth 6 km  gravity 9.8 m/s2", "pressure 61.74 MPa")
    case.add("Absolute", "density 1050 kg/m3  depth 6 km  gravity 9.8 m/s2  surface_pressure 0.101325 MPa", "pressure 61.841325 MPa")
    case.kernel("slurry.solids", "1e-12 relative")
    case.add("5 %vol of grains of 2600 in 1040", "density 1118 kg/m3  grain_density 2600 kg/m3  water_density 1040 kg/m3", "solids 5 %%vol  mass_share %.14g %%wt  concentration 130 kg/m3" % (13000 / 1118))
    case.refuse("Lighter than water", "density 1000 kg/m3  grain_density 2600 kg/m3  water_density 1040 kg/m3", "KD_E_RANGE", "must lie between the water_density 1040")
    case.kernel("slurry.viscosity", "1e-12 relative")
    c = 0.2
    for law, value in (("einstein", 1.5), ("batchelor", 1.748), ("thomas", 1 + .5 + .402 + 0.00273 * math.exp(3.32)),
                       ("krieger_dougherty", math.exp(-1.6 * math.log(0.6875))), ("maron_pierce", 0.6875**-2)):
        case.add("", "law %s  solids 20 %%vol  fluid_viscosity 2 mPa.s" % law, "relative_viscosity %.14g  viscosity %.14g Pa.s" % (value, value * 2e-3))
    case.refuse("Packed", "law krieger_dougherty  solids 64 %vol", "KD_E_RANGE", "must be below the packing 64 %vol")
    case.kernel("slurry.sound_speed", "1e-12 relative")
    case.add("Pure water", "solids 0 %vol  grain_density 2600 kg/m3  water_density 1000 kg/m3  grain_modulus 40 GPa  water_modulus 2.25 GPa", "sound_speed 1500 m/s")
    case.add("Half and half of the same: a^2 = K/rho", "solids 50 %vol  grain_density 3000 kg/m3  water_density 1000 kg/m3  grain_modulus 6 GPa  water_modulus 2 GPa", "sound_speed %.14g m/s  bulk_modulus 3 GPa  density 2000 kg/m3" % math.sqrt(1.5e6))
    case.kernel("settling.stokes", "1e-12 relative")
    case.add("", "diameter 10 um  grain_density 2800 kg/m3  density 1000 kg/m3  viscosity 1 mPa.s  gravity 10 m/s2", "settling_velocity 1e-4 m/s  grain_reynolds 0.001")
    case.add("Oil rises", "diameter 10 um  grain_density 820 kg/m3  density 1000 kg/m3  viscosity 1 mPa.s  gravity 10 m/s2", "settling_velocity -1e-5 m/s  grain_reynolds 0.0001")
    case.kernel("settling.richardson_zaki", "1e-12 relative")
    for re, n in ((0, 4.65), (0.5, 4.35 * 2**.03), (100, 4.45 * 10**-.2), (1e4, 2.39)):
        case.add("", "grain_reynolds %r" % re, "exponent %.14g" % n)
    case.kernel("settling.kynch", "1e-8 relative")
    flux = lambda c: 1e-3 * c * (1 - c) ** 4.65
    case.add("Slope by central difference, peak by its equation", "settling_velocity 1 mm/s  solids 10 %vol",
             "flux %.14g m/s  wave_velocity %.10g m/s  peak_solids %.14g %%vol  peak_flux %.14g m/s" % (flux(.1), (8 * (flux(.101) - flux(.099)) - flux(.102) + flux(.098)) / 0.012, 100 / 5.65, flux(1 / 5.65)))
    case.kernel("drift_flux.bubbly", "1e-12 relative")
    case.add("Air in water: about 0.25 m/s", "density 1000 kg/m3  gas_density 0 kg/m3  surface_tension 0.072 N/m  gravity 10 m/s2", "distribution 1.2  drift_velocity %.14g m/s" % (1.53 * (7.2e-4) ** .25))
    case.kernel("slurry.in_place", "1e-12 relative")
    case.add("Grains pass at V - slip", "delivered 5 %vol  velocity 2 m/s  slip 0.4 m/s", "solids 6.25 %vol")
    case.refuse("Nothing comes up", "delivered 5 %vol  velocity 2 m/s  slip 2 m/s", "KD_E_INFEASIBLE", "must be below the velocity 2 m/s")
    case.kernel("string.buoyant_weight", "1e-12 relative")
    case.add("", "mass_per_length 100 kg/m  material_density 8000 kg/m3  fluid_density 1000 kg/m3  gravity 10 m/s2", "buoyancy_factor 0.875  weight_air 1000 N/m  weight 875 N/m")
    case.kernel("string.pipe_stress", "1e-10 relative")
    b, e, pi_, pe, t = 0.2, 0.25, 30e6, 20e6, 3e6
    ai, ae = math.pi * b * b / 4, math.pi * e * e / 4
    m, k = (pi_ * ai - pe * ae) / (ae - ai), (pi_ - pe) * ai * ae / (ae - ai)  # Lame: sr = m - k/A, sh = m + k/A with A = pi r^2
    sr, sh, sa = m - k / ai, m + k / ai, t / (ae - ai)
    vm = math.sqrt(((sa - sh) ** 2 + (sh - sr) ** 2 + (sr - sa) ** 2) / 2)
    case.add("Lame's constants", "tension 3 MN  inner_pressure 30 MPa  outer_pressure 20 MPa  bore 0.2 m  outer_diameter 0.25 m",
             "effective_tension %.13g N  axial_stress %.13g Pa  hoop_stress %.13g Pa  von_mises %.13g Pa  utilisation %.13g  plastic_limit %.13g Pa  elastic_collapse %.13g Pa" % (
                 t - pi_ * ai + pe * ae, sa, sh, vm, vm / 758e6, 2 * 758e6 * .1, 2 * 207e9 * 1e-3 / .91))
    case.kernel("string.lateral_period", "1e-10 relative")
    bessel = lambda x: sum((-1) ** i * (x / 2) ** (2 * i) / math.factorial(i) ** 2 for i in range(60))
    for mode, low, high in ((1, 2, 3), (2, 5, 6), (4, 11, 12)):
        sign = 1 if bessel(high) > 0 else -1
        z = bisect(lambda x: sign * bessel(x), low, high)
        case.add("Zero of J0 by its series", "length 6 km  effective_weight 900 N/m  mass_per_length 180 kg/m  mode %d" % mode, "period %.12g s" % (4 * math.pi / z * math.sqrt(180 * 6000 / 900)))
    case.kernel("string.current_offset", "1e-9 relative")
    for foot in (5e4, 1e12 / 1000):
        q, w, length = 0.5 * 1025 * 1.2 * 0.3 * 0.04, 900.0, 6000.0
        # slope = drag below over tension there, from the foot up
        slope = integral(lambda s, a: q * a / (foot + w * a), 0.0, length)
        case.add("Quadrature of drag below over tension", "length 6 km  effective_weight 900 N/m  foot_tension %r N  current 0.2 m/s  outer_diameter 0.3 m" % foot, "drag_force %.13g N/m  offset %.12g m" % (q, slope))
    case.kernel("string.vortex_shedding", "1e-12 relative")
    case.add("", "current 0.5 m/s  outer_diameter 0.25 m", "frequency 0.4 Hz  period 2.5 s")
    case.kernel("transient.period", "1e-12 relative")
    case.add("", "length 6 km  wave_speed 1200 m/s", "return_time 10 s  period 20 s")
    case.kernel("pump.affinity", "1e-12 relative")
    case.add("", "flow 1 m3/s  head 10 m  power 100 kW  speed_ratio 2  diameter_ratio 0.5", "flow 0.25 m3/s  head 10 m  power 25 kW")
    case.write()


if __name__ == "__main__":
    air()
    machine()
    seawater()
    herschel_bulkley()
    turbulent()
    transition()
    forms()
