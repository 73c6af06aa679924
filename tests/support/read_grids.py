# SPDX-License-Identifier: Apache-2.0
"""Reads the files of a block model by their formats' own rules and holds them against blocks.csv. Standard library."""
import csv
import json
import struct
import sys
import xml.etree.ElementTree
import zlib

folder = sys.argv[1]


def close(a, b):
    return (a != a and b != b) or abs(a - b) <= 2e-6 * max(abs(a), abs(b), 1e-9)


with open(folder + "/blocks.csv", encoding="utf-8") as f:
    table = list(csv.reader(line for line in f if not line.startswith("#")))
names = [cell.split(" ")[0] for cell in table[0]][6:]
rows = [[float(c) if c else float("nan") for c in r] for r in table[1:]]
xs, ys, zs = (sorted({r[k] for r in rows}) for k in range(3))
nx, ny, nz = len(xs), len(ys), len(zs)
assert nx * ny * nz == len(rows), "the shipped model is a full box"
truth = {name: {(xs.index(r[0]), ys.index(r[1]), zs.index(r[2])): r[6 + k] for r in rows} for k, name in enumerate(names)}


def compare(what, name, get):
    for key, value in truth[name].items():
        assert close(get(*key), value), "%s: %s at %s: %r, wanted %r" % (what, name, key, get(*key), value)


# GSLIB: x fastest, from the lowest layer up.
with open(folder + "/blocks.dat", encoding="utf-8") as f:
    lines = f.read().split("\n")
count = int(lines[1])
assert [line.split(" ")[0] for line in lines[2:2 + count]] == names
values = [[float(c) for c in line.split()] for line in lines[2 + count:] if line]
for name in ("nd", "rey", "class"):
    k = names.index(name)
    compare("GSLIB", name, lambda i, j, d: values[((nz - 1 - d) * ny + j) * nx + i][k])

# VTK: appended raw doubles after a length of 8 bytes.
raw = open(folder + "/blocks.vti", "rb").read()
at = raw.index(b'<AppendedData encoding="raw">')
root = xml.etree.ElementTree.fromstring(raw[:at] + b"</VTKFile>")
begin = raw.index(b"_", at) + 1
image = root.find("ImageData")
assert image.get("WholeExtent") == "0 %d 0 %d 0 %d" % (nx, ny, nz)
for array in root.iter("DataArray"):
    name = array.get("Name")
    if not name.startswith(("nd_", "rey_")):
        continue
    offset = begin + int(array.get("offset"))
    assert struct.unpack_from("<Q", raw, offset)[0] == 8 * nx * ny * nz
    cells = struct.unpack_from("<%dd" % (nx * ny * nz), raw, offset + 8)
    compare("VTK", name[:-4], lambda i, j, d: cells[((nz - 1 - d) * ny + j) * nx + i])

# OMF 1: w (up) fastest, then v, then u.
raw = open(folder + "/blocks.omf", "rb").read()
assert raw[:4] == b"\x84\x83\x82\x81" and raw[4:14] == b"OMF-v0.9.0"
project = json.loads(raw[struct.unpack_from("<Q", raw, 52)[0]:])
import uuid
top = project[str(uuid.UUID(bytes=raw[36:52]))]
element = project[top["elements"][0]]
assert element["__class__"] == "VolumeElement"
geometry = project[element["geometry"]]
assert [len(geometry["tensor_" + a]) for a in "uvw"] == [nx, ny, nz]
for key in element["data"]:
    data = project[key]
    name = data["name"].split(" ")[0]
    if name not in ("nd", "rey"):
        continue
    array = project[data["array"]]["array"]
    cells = struct.unpack("<%dd" % (nx * ny * nz), zlib.decompress(raw[array["start"]:array["start"] + array["length"]]))
    compare("OMF", name, lambda i, j, d: cells[(i * ny + j) * nz + nz - 1 - d])

# NetCDF classic, by hand: the head names each variable and where it begins.
raw = open(folder + "/blocks.nc", "rb").read()
assert raw[:4] == b"CDF\x02"
marker = struct.pack(">I", 3) + b"rey\0"
at = raw.index(marker) + 8
assert struct.unpack_from(">4I", raw, at) == (3, 0, 1, 2)
at += 16
tag, attributes = struct.unpack_from(">2I", raw, at)
at += 8
for _ in range(attributes):
    length = struct.unpack_from(">I", raw, at)[0]
    at += 4 + (length + 3) // 4 * 4
    kind, n = struct.unpack_from(">2I", raw, at)
    at += 8 + (n * {2: 1, 4: 4, 6: 8}[kind] + 3) // 4 * 4
begin = struct.unpack_from(">IIQ", raw, at)[2]
cells = struct.unpack_from(">%dd" % (nx * ny * nz), raw, begin)
compare("NetCDF", "rey", lambda i, j, d: cells[(d * ny + j) * nx + i])
print("%d blocks agree in five formats" % len(rows))

# In the eyes of other programs, where they are: GDAL for GeoTIFF and GeoPackage, ncdump for netCDF.
import shutil
import subprocess

main = "rey"
sums = {}
mass = names.index("dry_tonnage")
for r in rows:
    pair = sums.setdefault((round(r[0], 3), round(r[1], 3)), [0.0, 0.0])
    pair[0] += r[6 + mass]
    pair[1] += r[6 + mass] * r[6 + names.index(main)]
if shutil.which("gdal_translate") and shutil.which("ogr2ogr"):
    text = subprocess.run(["gdal_translate", "-q", "-of", "XYZ", "-b", "2", folder + "/maps.tif", "/vsistdout/"],
                          check=True, capture_output=True, text=True).stdout
    seen = 0
    for line in text.split("\n"):
        if not line:
            continue
        x, y, grade = (float(c) for c in line.split())
        tonnage, metal = sums[(round(x, 3), round(y, 3))]
        assert close(grade, metal / tonnage), "GeoTIFF at %g, %g: %g, wanted %g" % (x, y, grade, metal / tonnage)
        seen += 1
    assert seen == len(sums)
    text = subprocess.run(["ogr2ogr", "-f", "CSV", "-sql", "SELECT *, ST_X(ST_Centroid(geom)) AS cx, ST_Y(ST_Centroid(geom))"
                           " AS cy FROM columns", "/vsistdout/", folder + "/model.gpkg"], check=True,
                          capture_output=True, text=True).stdout
    seen = 0
    for row in csv.DictReader(text.split("\n")):
        tonnage, metal = sums[(round(float(row["cx"]), 3), round(float(row["cy"]), 3))]
        assert close(float(row["grade_ppm"]), metal / tonnage) and close(float(row["dry_t"]), tonnage), row
        seen += 1
    assert seen == len(sums)
if shutil.which("ncdump"):
    text = subprocess.run(["ncdump", "-p", "9,17", "-v", main, folder + "/blocks.nc"], check=True, capture_output=True,
                          text=True).stdout
    body = text[text.index("data:"):]
    body = body[body.index(main + " =") + len(main) + 2:body.index(";", body.index(main + " ="))]
    seen = [float("nan") if c.strip() == "_" else float(c) for c in body.split(",")]
    compare("ncdump", main, lambda i, j, d: seen[(d * ny + j) * nx + i])
