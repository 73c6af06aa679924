# SPDX-License-Identifier: Apache-2.0
# kaidei deposit --cores: the folder, its files in the eyes of other programs, and what is said of bad cores.
set -eu
cores=$KD_SOURCE/data/deposit/minamitorishima-cores.csv
fail() { printf '%s\n' "$*" >&2; exit 1; }

"$KAIDEI" deposit --cores "$cores" -o model -n 5 --block "8 km" --quiet >out.txt
grep -q "exploration target, no resource" out.txt || fail "an assumed model is not labelled"
for file in blocks.csv blocks.dat blocks.vti blocks.nc blocks.omf maps.tif model.gpkg report.html model.json totals.csv \
  grade_tonnage.csv swaths.csv variogram.csv composites.csv blocks_for_run.csv variogram_models.csv realisations.csv \
  reproduction.csv; do
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

# The same bits for any number of threads, whatever the way; what was asked for is in the files.
ways="--simulate=fft|--transform=maf --factor-variograms=shared|--estimator=linear --support=block --anisotropy|
--structures=2 --family=spherical,gaussian --per-core=3 --sectors=4 --per-sector=4 --radius=60km --radius-down=5m --minimum=3"
old=$IFS
IFS='|'
for way in $ways; do
  IFS=$old
  for threads in 1 2 4; do
    # shellcheck disable=SC2086
    "$KAIDEI" deposit --cores "$cores" -o "way$threads" -n 9 --block "8 km" --quiet -f $way -j $threads >out.txt
  done
  for file in way1/*; do
    cmp "$file" "way2/${file#way1/}"
    cmp "$file" "way4/${file#way1/}"
  done
  grep -q "^check, each  *score variance" out.txt || fail "$way: no check is printed"
  [ "$(grep -c '^[1-9]' way1/realisations.csv)" = 9 ] || fail "$way: not every realisation has a check"
  IFS='|'
done
IFS=$old
"$KAIDEI" deposit --cores "$cores" -o way1 -n 0 --block "8 km" --quiet -f --radius "1 m" 2>err.txt >out.txt && fail "a search that reaches nothing"
grep -q "the search reaches no block" err.txt || fail "$(cat err.txt)"

# A layer: blocks between its top and base, which are planes here; top 2 m + x/50 km, 4 m thick.
awk -F, 'BEGIN { OFS = "," } /^#/ { next } !head { head = 1; print $0, "layer"; next }
  { middle = ($5 + $6) / 2; top = 2 + 0.02 * $2; print $0, (middle < top ? "cover" : middle < top + 4 ? "mud" : "below") }' \
  "$cores" >layered.csv
"$KAIDEI" deposit --cores layered.csv --layer mud -o layer -n 2 --block "8 km" --block-height "0.5 m" --quiet >out.txt
awk -F, '!/^[#x]/ { n++; if ($5 < 3.5 || $5 > 4.5 || $3 < 1.5 + $1 / 50000 || $3 > 2.7 + $1 / 50000) bad++ }
  END { exit !(n > 20 && bad == 0) }' layer/layer.csv || fail "the layer lies elsewhere: $(cat layer/layer.csv)"
"$KAIDEI" deposit --cores layered.csv --layer sand -o bad >/dev/null 2>err.txt && fail "a layer that is none"
grep -q "no sample lies in the layer 'sand'" err.txt || fail "$(cat err.txt)"

# One domain from three kinds of files: the same blocks.
printf 'lon [deg],lat [deg]\n153.55,21.82\n154.0,21.82\n154.0,22.1\n153.55,22.1\n' >domain.csv
"$KAIDEI" deposit --cores lonlat.csv --domain domain.csv -o from-csv -n 0 --block "8 km" --quiet >/dev/null
"$KAIDEI" deposit --cores lonlat.csv --domain domain.geojson -o from-json -n 0 --block "8 km" --quiet >/dev/null
cmp from-csv/blocks.csv from-json/blocks.csv
if command -v python3 >/dev/null 2>&1; then
  python3 "$KD_SOURCE/tests/support/write_domain.py" domain.gpkg 153.55,21.82 154.0,21.82 154.0,22.1 153.55,22.1
  "$KAIDEI" deposit --cores lonlat.csv --domain domain.gpkg -o from-gpkg -n 0 --block "8 km" --quiet >/dev/null
  cmp from-csv/blocks.csv from-gpkg/blocks.csv
fi

# Duplicates, standards and blanks are set aside, and judged.
head="id,east [m],north [m],from [m],to [m],density [t/m3],nd [ppm],kind"
printf '%b' "$head\nA,0,0,0,1,0.5,100,\nB,9000,0,0,1,0.5,200,\nC,0,9000,0,1,0.5,400,sample\nD,9000,9000,0,1,0.5,300,\n\
A,,,0,1,,150,duplicate\nB,,,0,1,,200,duplicate\nS,,,,,,50,certified\nS,,,,,,2,certified_sd\nS,,,,,,60,standard\n,,,,,,9,blank\n" >qc.csv
"$KAIDEI" deposit --cores qc.csv -o qc -n 2 >out.txt 2>err.txt || fail "$(cat err.txt)"
grep -q "qc.csv:6: warning: nd: 150 ppm in the duplicate, 100 ppm in the sample of line 2" err.txt || fail "$(cat err.txt)"
grep -q "qc.csv:10: warning: standard S: nd 60 ppm is 5.0 standard deviations from the certified 50 ppm" err.txt || fail "$(cat err.txt)"
grep -q "qc.csv:11: warning: a blank holds 9 ppm nd: at most 2.5 ppm" err.txt || fail "$(cat err.txt)"
grep -q "4 composites" out.txt || fail "controls became samples: $(cat out.txt)"
grep -q '^duplicate,"duplicate",nd,2,175,150,16.6' qc/qaqc.csv || fail "$(cat qc/qaqc.csv)"

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
refuse "is the unit of the column right" "$head\nA,153,22,0,1,0.5,1e300\n"
refuse "is the unit right" "$head\nA,153,22,0,1e9,0.5,1\n"
refuse "the table is empty" ""
refuse "the table has no rows" "$head\n"
refuse "a NUL byte" '\0\0\0\0'
refuse "core C: longitude 22 deg: .*are lon and lat swapped" \
  "$head\nA,153,22,0,1,0.5,1\nB,153,22.1,0,1,0.5,2\nD,153.2,22,0,1,0.5,2\nC,22,15.3,0,1,0.5,3\n"
refuse "0 m to 2 m overlaps\|overlaps 0 m to 2 m" "$head\nA,153,22,0,2,0.5,1\nA,153,22,1,3,0.5,2\n"
refuse "core A stands at" "$head\nA,153,22,0,1,0.5,1\nA,153.1,22,1,2,0.5,2\n"
refuse "no sample has a value of nd" "$head\nA,153,22,0,1,0.5,\nB,153,22.1,0,1,0.5,\nC,153.2,22.2,0,1,0.5,\n"
refuse "kind 'foo': sample, duplicate" "$head,kind\nA,153,22,0,1,0.5,1,foo\n"
refuse "no row of kind certified" "$head,kind\nA,153,22,0,1,0.5,1,\nS,,,,,,1,standard\n"
printf '{"type":"FeatureCollection","features":[]}' >empty.geojson
"$KAIDEI" deposit --cores lonlat.csv --domain empty.geojson -o bad >/dev/null 2>err.txt && fail "an empty domain"
grep -q "the polygon is empty" err.txt || fail "$(cat err.txt)"
