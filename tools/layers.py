# SPDX-License-Identifier: Apache-2.0
"""Fails when an include points up a layer or a stage includes another stage."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
STAGES = ["deposit", "mineplan", "lift", "campaign", "plume", "process", "economy", "supply"]
LAYERS = [["base"], ["numerics"], ["exchange"], STAGES, ["programme"], ["scenario"], ["ensemble"], ["results"], ["claims"],
          ["cli", "serve", "watch"]]
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}


def main():
    faults = []
    for path in sorted((ROOT / "src").rglob("*.[ch]")):
        module = path.relative_to(ROOT / "src").parts[0]
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            match = re.match(r'\s*#include "([a-z_]+)/', line)
            if match is None or match.group(1) == "kaidei":
                continue
            other = match.group(1)
            if other not in RANK or module not in RANK:
                faults.append(f"{path.relative_to(ROOT)}:{number}: '{other}' is in no layer")
            elif RANK[other] > RANK[module]:
                faults.append(f"{path.relative_to(ROOT)}:{number}: {module} includes {other}, which lies above it")
            elif other != module and other in STAGES and module in STAGES:
                faults.append(f"{path.relative_to(ROOT)}:{number}: the stage {module} includes the stage {other}")
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
