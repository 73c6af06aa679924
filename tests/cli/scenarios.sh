# SPDX-License-Identifier: Apache-2.0
# Every shipped scenario loads without a warning, runs, closes its balances, and every stage of it runs alone.
for scenario in minamitorishima-2026-trial minamitorishima-2027-full-trial meti-2016 commercial-3500; do
  "$KAIDEI" check $scenario 2>warnings | grep -q 'no errors, 0 warnings' || { cat warnings; exit 1; }
  "$KAIDEI" run $scenario -n 40 -o $scenario -q >/dev/null
  worst=$(sqlite3 $scenario/run.sqlite 'select max(closure) from balance')
  echo "$scenario worst closure $worst"
  test "$(sqlite3 $scenario/run.sqlite 'select count(*) from balance where closure > 1e-10 or closure is null')" -eq 0
  # every value that a scenario gives carries its source, or says why it is assumed
  test "$(sqlite3 $scenario/run.sqlite 'select count(*) from parameter where given and coalesce(length(source), 0) = 0')" -eq 0
  for stage in deposit mineplan lift campaign process plume economy supply; do
    "$KAIDEI" $stage $scenario -q >alone
    grep -q "^$stage\." alone
    "$KAIDEI" $stage $scenario -q --json | python3 -m json.tool >/dev/null
  done
done

# The other routes run beside the mud: balances close, and what is not in print is said to be so, never a number.
for route in milt capsules protein nimh; do
  "$KAIDEI" check route-$route 2>warnings | grep -q 'no errors, 0 warnings' || { cat warnings; exit 1; }
  "$KAIDEI" run route-$route -n 5 -o route-$route -q >/dev/null
  test "$(sqlite3 route-$route/run.sqlite 'select count(*) from balance where closure > 1e-10')" -eq 0
  test "$(sqlite3 route-$route/run.sqlite 'select count(*) from parameter where given and coalesce(length(source), 0) = 0')" -eq 0
  "$KAIDEI" compare meti-2016 route-$route >compared
  grep -q 'process.route_recovery' compared
done
grep 'process.route_recovery' compared | grep -qv 'cannot be known'
for route in milt capsules protein; do
  "$KAIDEI" compare meti-2016 route-$route | grep 'process.route_recovery' | grep -q 'cannot be known'
done
