# SPDX-License-Identifier: Apache-2.0
"""Fails on: an unformatted C file, a banned function, a file over 800 lines, a missing licence tag, an unowned to-do,
words that do not belong in the project."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BANNED = re.compile(r"\b(sprintf|vsprintf|strcpy|strcat|strncpy|strncat|strtok|gets|atoi|atof|atol|localtime|gmtime|rand|srand|alloca)\s*\(")
PRINTS = re.compile(r"\b(printf|puts|putchar|abort|exit)\s*\(")
FLOAT = re.compile(r"(?<!\(double\))\b(INFINITY|NAN)\b")
LIMIT = 800


def tracked(*patterns):
    out = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns], cwd=ROOT, capture_output=True, text=True)
    files = out.stdout.split("\n") if out.returncode == 0 else [str(p.relative_to(ROOT)) for p in ROOT.rglob("*") if p.is_file()]
    return [ROOT / f for f in files if f and (ROOT / f).is_file()]


def strip(text):
    """C text without comments and strings, line numbers kept."""
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
    return pattern.sub(lambda m: "\n" * m.group(0).count("\n") or " ", text)


def main():
    faults = []
    c_files = tracked("*.c", "*.h")
    for path in c_files:
        name = path.relative_to(ROOT)
        text = path.read_text(encoding="utf-8")
        lines = text.split("\n")
        if len(lines) > LIMIT + 1:
            faults.append(f"{name}: {len(lines) - 1} lines, the limit is {LIMIT}")
        for number, line in enumerate(strip(text).split("\n"), 1):
            if BANNED.search(line):
                faults.append(f"{name}:{number}: banned function: {line.strip()}")
            if FLOAT.search(line):
                faults.append(f"{name}:{number}: INFINITY and NAN are floats; write (double) before: {line.strip()}")
            in_library = str(name).startswith("src/") and not str(name).startswith("src/cli/")
            if in_library and PRINTS.search(line):
                faults.append(f"{name}:{number}: the library never prints or exits: {line.strip()}")
        for number, line in enumerate(lines, 1):
            if re.search(r"\b(TODO|FIXME|XXX)\b", line):
                faults.append(f"{name}:{number}: an open to-do")
    for path in c_files + tracked("*.sh", "*.py", "*.cmake", "CMakeLists.txt", "*.yaml", "data/**/*.csv", "dev", ".ci/run"):
        head = path.read_text(encoding="utf-8", errors="replace").split("\n")[:4]
        if "tests" in path.parts and path.suffix in (".yaml", ".csv"):
            continue
        if not any("SPDX-License-Identifier: Apache-2.0" in line for line in head):
            faults.append(f"{path.relative_to(ROOT)}: no licence tag in the first lines")
    result = subprocess.run(["clang-format", "--dry-run", "--Werror", *map(str, c_files)], cwd=ROOT, capture_output=True, text=True)
    if result.returncode != 0:
        bad = sorted({line.split(":")[0] for line in result.stderr.split("\n") if "clang-format-violations" in line})
        faults += [f"{pathlib.Path(b).name}: not formatted (clang-format -i {b})" for b in bad]
    for fault in faults:
        print(fault)
    print(f"{len(c_files)} C files, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
