# SPDX-License-Identifier: Apache-2.0
# kaidei deposit --cores: the folder, its files in the eyes of other programs, and what is said of bad cores.
set -eu
cores=$KD_SOURCE/data/deposit/minamitorishima-cores.csv
fail() { printf '%s\n' "$*" >&2; exit 1; }

"$KAIDEI" deposit --cores "$cores" -o model -n 5 --block "8 km" --quiet >out.txt
grep -q "exploration target, no resource" out.txt || fail "an assumed model is not labelled"
for file in blocks.csv blocks.dat blocks.vti blocks.nc blocks.omf maps.tif model.gpkg report.html model.json totals.csv \
  grade_tonnage.csv swaths.csv variogram.csv composites.csv blocks_for_run.csv; do
  [ -s "model/$file" ] || fail "$file is missing"
done

# The same again: the same bytes. Without --force the folder stays.
"$KAIDEI" deposit --cores "$cores" -o again -n 5 --block "8 km" --quiet >/dev/null
for file in model/*; do cmp "$file" "again/${file#model/}"; done
"$KAIDEI" deposit --cores "$cores" -o model -n 20 --quiet >/dev/null 2>err.txt && fail "an existing folder was replaced"
grep -q "exists" err.txt || fail "$(cat err.txt)"

# The chain runs on the blocks of the model.
"$KAIDEI" deposit minamitorishima --set deposit.blocks="$PWD/model/blocks_for_run.csv" --json >stage.json
grep -q '"deposit.mean_grade"' stage.json || fail "the chain does not read blocks_for_run.csv"

# Cores by longitude and latitude: files that know where they are.
awk -F, 'BEGIN { OFS = "," } /^#/ { next } !head { head = 1; print "id,lon [deg],lat [deg],from [m],to [m],density [t/m3],nd [ppm],dy [ppm]"; next }
  { print $1, 153.5 + $2 / 104, 21.8 + $3 / 111, $5, $6, $7, $12, $17 }' "$cores" >lonlat.csv
printf '{"type":"Polygon","coordinates":[[[153.55,21.82],[154.0,21.82],[154.0,22.1],[153.55,22.1],[153.55,21.82]]]}' >domain.geojson
"$KAIDEI" deposit --cores lonlat.csv --domain domain.geojson -o placed -n 5 --block "8 km" --quiet >/dev/null
if command -v gdalinfo >/dev/null 2>&1; then
  gdalinfo placed/maps.tif >info.txt 2>&1 || fail "$(cat info.txt)"
  grep -q "Transverse Mercator" info.txt || fail "maps.tif has no coordinate system"
  grep -q "Upper Left.*153d3" info.txt || fail "maps.tif lies elsewhere: $(grep 'Upper Left' info.txt)"
  grep -q "Description = grade \[ppm\]" info.txt || fail "bands have no names"
  ogrinfo -so placed/model.gpkg columns >info.txt 2>&1 || fail "$(cat info.txt)"
  grep -q "Transverse" info.txt || fail "model.gpkg has no coordinate system"
fi
if command -v ncdump >/dev/null 2>&1; then
  ncdump -h placed/blocks.nc >info.txt 2>&1 || fail "$(cat info.txt)"
  grep -q "grid_mapping_name = \"transverse_mercator\"" info.txt || fail "blocks.nc has no grid mapping"
fi
if command -v python3 >/dev/null 2>&1; then
  python3 "$KD_SOURCE/tests/support/read_grids.py" model || fail "the files disagree"
  python3 "$KD_SOURCE/tools/make-minamitorishima-cores.py" --check
fi

# The estimate alone, tile by tile.
"$KAIDEI" deposit --cores "$cores" -o large --large --block "1 km" --quiet >out.txt
grep -q "blocks of 1000 x 1000 x 1 m" out.txt || fail "$(cat out.txt)"

# A map system by name.
"$KAIDEI" deposit --cores lonlat.csv --crs EPSG:32654 -o utm -n 0 --block "8 km" --quiet >/dev/null
"$KAIDEI" deposit --cores lonlat.csv --crs EPSG:1 -o none -n 0 --quiet >/dev/null 2>err.txt && fail "a system that is none"
[ -d none ] && fail "a failed run leaves a folder"

# Bad cores: each its own message.
refuse() { # message, text of the table
  printf '%b' "$2" >bad.csv
  "$KAIDEI" deposit --cores bad.csv -o bad >/dev/null 2>err.txt && fail "accepted: $1"
  grep -q "$1" err.txt || fail "wanted '$1' in: $(cat err.txt)"
}
head="id,lon [deg],lat [deg],from [m],to [m],density [t/m3],nd [ppm]"
refuse "bad.csv:3: error: core A: 0 m to 1 m stands in line 2 as well" "$head\nA,153,22,0,1,0.5,1\nA,153,22,0,1,0.5,2\n"
refuse "one core, A" "$head\nA,153,22,0,1,0.5,1\nA,153,22,1,2,0.5,2\n"
refuse "stand on a line" "$head\nA,153,22,0,1,0.5,1\nB,153,22.1,0,1,0.5,2\nC,153,22.2,0,1,0.5,3\n"
refuse "a constant has no variogram" "$head\nA,153,22,0,1,0.5,1\nB,153,22.1,0,1,0.5,1\nC,153.2,22.2,0,1,0.5,1\n"
refuse "'nan' is not a number" "$head\nA,153,22,0,1,0.5,nan\n"
refuse "are lon and lat swapped" "$head\nA,22,153,0,1,0.5,1\n"
refuse "lies below to" "$head\nA,153,22,2,1,0.5,1\n"
refuse "are units mixed" "$head\nA,153,22,0,1,0.5,1 ppm\n"
printf '{"type":"FeatureCollection","features":[]}' >empty.geojson
"$KAIDEI" deposit --cores lonlat.csv --domain empty.geojson -o bad >/dev/null 2>err.txt && fail "an empty domain"
grep -q "the polygon is empty" err.txt || fail "$(cat err.txt)"
