#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Lines of src/ that the tests of a coverage build ran, from gcov itself: the whole, the parsers, each folder, and the
files with the most lines left out.

    tools/coverage.py build/coverage WHOLE PARSERS      fails below these percentages
"""
import collections
import json
import os
import pathlib
import re
import subprocess
import sys

PARSERS = re.compile(r"src/(base/(quantity|number|unit|units_find|dimension|table|table_bind|csv|text)\.c|scenario/)")
root = pathlib.Path(__file__).resolve().parent.parent
build, whole, parsers = pathlib.Path(sys.argv[1]).resolve(), float(sys.argv[2]), float(sys.argv[3])

count = collections.defaultdict(lambda: collections.defaultdict(int))
for note in build.glob("CMakeFiles/kaidei*.dir/src/**/*.gcno"):
    data = note.with_suffix(".gcda")
    text = subprocess.run(["gcov", "--json-format", "--stdout", str(data if data.exists() else note)],
                          capture_output=True, text=True, check=True, cwd=build).stdout
    for answer in filter(None, text.splitlines()):
        answer = json.loads(answer)
        for source in answer["files"]:
            path = pathlib.Path(os.path.normpath(os.path.join(answer["current_working_directory"], source["file"])))
            if not path.is_relative_to(root / "src"):
                continue
            for line in source["lines"]:
                count[str(path.relative_to(root))][line["line_number"]] += line["count"]


def share(paths):
    lines = [hit for path in paths for hit in count[path].values()]
    return 100 * sum(hit > 0 for hit in lines) / len(lines), len(lines)


paths = sorted(count)
for folder in sorted({path.split("/")[1] for path in paths}):
    print(f"{folder:12} {share([p for p in paths if p.split('/')[1] == folder])[0]:5.1f} %")
missed = {path: [n for n, hit in sorted(count[path].items()) if hit <= 0] for path in paths}
for path in sorted(paths, key=lambda p: -len(missed[p]))[:12]:
    print(f"{path}: {len(missed[path])} of {len(count[path])} lines not run")
ok = True
for name, chosen, least in (("lines", paths, whole), ("parsers", [p for p in paths if PARSERS.match(p)], parsers)):
    percent, lines = share(chosen)
    print(f"{name}: {percent:.2f} % of {lines}, at least {least:g} % wanted")
    ok = ok and percent >= least
sys.exit(0 if ok else 1)
