# SPDX-License-Identifier: Apache-2.0
"""Writes one polygon in longitude and latitude as a GeoPackage: FILE LON,LAT LON,LAT ..."""
import os
import sqlite3
import struct
import sys

corners = [tuple(map(float, text.split(","))) for text in sys.argv[2:]]
corners.append(corners[0])
wkb = struct.pack("<BIII", 1, 3, 1, len(corners)) + b"".join(struct.pack("<dd", *corner) for corner in corners)
blob = b"GP" + struct.pack("<BBi", 0, 1, 4326) + wkb
if os.path.exists(sys.argv[1]):
    os.remove(sys.argv[1])
base = sqlite3.connect(sys.argv[1])
base.execute("PRAGMA application_id = 1196444487")
base.execute("CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT, description TEXT, "
             "last_change TEXT, min_x REAL, min_y REAL, max_x REAL, max_y REAL, srs_id INTEGER)")
base.execute("CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, "
             "srs_id INTEGER, z INTEGER, m INTEGER)")
base.execute("CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT, "
             "organization_coordsys_id INTEGER, definition TEXT, description TEXT)")
base.execute("INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, 'GEOGCS[\"WGS 84\"]', '')")
base.execute("INSERT INTO gpkg_contents VALUES ('domain', 'features', 'domain', '', '', 0, 0, 0, 0, 4326)")
base.execute("INSERT INTO gpkg_geometry_columns VALUES ('domain', 'geom', 'POLYGON', 4326, 0, 0)")
base.execute("CREATE TABLE domain (fid INTEGER PRIMARY KEY, geom BLOB)")
base.execute("INSERT INTO domain (geom) VALUES (?)", (blob,))
base.commit()
