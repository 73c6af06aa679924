# SPDX-License-Identifier: Apache-2.0
# Every malformed scenario, from outside: exit 3, the place on stderr, nothing on stdout, no run folder left behind.
count=0
for file in "$KD_SOURCE"/tests/cases/bad/*/[!_]*.yaml; do
  set -- run "$file" -n 2 -o out -q
  while IFS= read -r line; do
    set -- "$@" --set "${line#\# set: }"
  done <<SETS
$(grep -a '^# set: ' "$file" || true)
SETS
  # The loop above runs once on an empty list: take the empty --set back.
  if ! grep -aq '^# set: ' "$file"; then set -- run "$file" -n 2 -o out -q; fi
  code=0
  "$KAIDEI" "$@" >stdout 2>stderr || code=$?
  test "$code" -eq 3 || { echo "$file: exit $code"; cat stderr; exit 1; }
  test ! -s stdout || { echo "$file: talk on stdout"; exit 1; }
  grep -aq 'error: ' stderr || { echo "$file: no error told"; cat stderr; exit 1; }
  if ls | grep -q '^out'; then echo "$file: left a run folder"; exit 1; fi
  count=$((count + 1))
done
test "$count" -ge 120

# check says the same as JSON, and returns the same.
code=0
"$KAIDEI" check "$KD_SOURCE/tests/cases/bad/values/all_at_once.yaml" --json >all.json || code=$?
test "$code" -eq 3
python3 - <<'P'
import json
d = json.load(open("all.json"))
assert d["errors"] == 6 and len(d["diagnostics"]) == 6, d
assert all(x["line"] > 0 and x["column"] > 0 and x["text"] for x in d["diagnostics"]), d
P
