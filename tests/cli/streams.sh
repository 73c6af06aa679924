# SPDX-License-Identifier: Apache-2.0
# Standard streams that are closed or full, folders that cannot be made, dates of a stage alone.
set +e
"$KAIDEI" run meti-2016 -n 2 -o a -q >&-; test $? -eq 5 || { echo "closed stdout"; exit 1; }
"$KAIDEI" explain lift >/dev/full 2>err; test $? -eq 5 || { echo "full stdout"; exit 1; }
set -e
grep -q "cannot write to standard output" err
# talk must not land in a file that was given the number of a closed stream
"$KAIDEI" run meti-2016 -n 2 -o b 2>&- >table
"$KAIDEI" run meti-2016 -n 2 -o c <&- >/dev/null 2>&1
"$KAIDEI" run meti-2016 -n 2 -o d -q >/dev/null
cmp b/samples.nc d/samples.nc
cmp c/samples.nc d/samples.nc
"$KAIDEI" compare b d | grep -q "METI"

touch file
code=0; "$KAIDEI" run meti-2016 -n 2 -o file/x/y 2>err || code=$?
test "$code" -eq 5; test ! -e file/x
nobody="setpriv --reuid=65534 --regid=65534 --clear-groups"
if [ "$(id -u)" -eq 0 ] && $nobody "$KAIDEI" check meti-2016 >/dev/null 2>&1; then # root may write everywhere; where nobody can read the scenarios, skip
  mkdir locked; chmod 755 . locked
  code=0; (cd locked && $nobody "$KAIDEI" run meti-2016 -n 2) 2>err || code=$?
  test "$code" -eq 5; grep -q "Permission denied" err; test ! -e locked/runs
fi

"$KAIDEI" campaign minamitorishima-2026-trial -q | grep -q "campaign.on_site_date  *2026-01-1"
"$KAIDEI" check minamitorishima-2027-full-trial --set 'lift.bore={uniform: [0.3 m, 0.3 m]}' 2>/dev/null | grep -q "1 warning$"
"$KAIDEI" check minamitorishima-2027-full-trial --set 'campaign.failures={value: data/campaign/failures.csv, source: x}' | grep -q "no errors"
