# SPDX-License-Identifier: Apache-2.0
# Help, version, completion and man pages exist for every command; usage errors exit with 2 and a suggestion.
refuses() { code=0; "$KAIDEI" "$@" >out 2>err || code=$?; test "$code" -eq 2 || { echo "exit $code for: $*"; exit 1; }; }

"$KAIDEI" --version | grep -q '^kaidei [0-9]'
"$KAIDEI" --help | grep -q 'kaidei run'
"$KAIDEI" help run | grep -q -- '--realisations'
for command in run check deposit mineplan lift campaign process plume economy supply explain schema claims eval compare report export doctor completion man; do
  "$KAIDEI" $command --help >help
  grep -q Options help
  grep -q Examples help
  "$KAIDEI" man $command | grep -q '^.TH'
  "$KAIDEI" --help | grep -q "^  $command "
done
for shell in bash zsh fish; do "$KAIDEI" completion $shell | grep -q kaidei; done
bash -n -c "$("$KAIDEI" completion bash)"
"$KAIDEI" man | grep -q claims

refuses rnu
grep -q 'did you mean run' err
refuses run --realisation 5
grep -q -- 'did you mean --realisations' err
refuses run --realisations
grep -q 'wants a value' err
refuses run a b
grep -q 'one argument too many' err
refuses run x --seed -1
refuses run x -n 0
refuses run x -n 1e3
refuses check
refuses completion tcsh
refuses man nothing
refuses check x --json=1
