# SPDX-License-Identifier: Apache-2.0
# A realisation in which no mud comes up has no cost per kilogram: table, JSON, store, export and report say how many.
"$KAIDEI" run minamitorishima-2026-trial -n 60 -o a >table 2>/dev/null
"$KAIDEI" run minamitorishima-2026-trial -n 60 -o a --force -q --json >a.json
none=$(sqlite3 a/run.sqlite "select cast(round(60 * mean) as integer) from summary where key = 'campaign.no_mud'")
test "$none" -gt 0 && test "$none" -lt 60
for key in economy.levelised_cost process.acid_per_oxide campaign.first_mud_day; do
  test "$(sqlite3 a/run.sqlite "select missing || ' ' || (count + missing) from summary where key = '$key'")" = "$none 60"
  python3 - "$key" "$none" <<'E'
import json, sys
rows = {r["key"]: r for r in json.load(open("a.json"))["summary"]}
assert rows[sys.argv[1]]["missing"] == int(sys.argv[2]), rows[sys.argv[1]]
assert rows["campaign.dry_lifted"]["missing"] == 0
E
done
grep -q "economy.levelised_cost .*(missing in $none)" table
grep -q "campaign.dry_lifted .* t$" table
"$KAIDEI" export a --format csv -o tables -q >/dev/null
python3 - "$none" <<'E'
import csv, sys
rows = {r["key"]: r for r in csv.DictReader(open("tables/summary.csv"))}
assert rows["economy.levelised_cost"]["missing"] == sys.argv[1], rows["economy.levelised_cost"]
E
grep -q "of the realisations no mud comes up" a/report.html
grep -q "have none)" a/report.html
"$KAIDEI" claims --only on_bottom -n 60 -o claims -q >on_bottom
grep -q "have no such value" on_bottom
# the claim that is asked for, and no other
test "$(grep -c computed: on_bottom)" -eq 1; grep -q "^1 claims\{0,1\}: " on_bottom
code=0; "$KAIDEI" claims --only on_botom -n 2 -o claims 2>err || code=$?
test "$code" -eq 2; grep -q "did you mean on_bottom?" err
