# SPDX-License-Identifier: Apache-2.0
"""Writes docs/reference/*.md from the program itself, so that they cannot tell otherwise.

    python3 tools/reference.py KAIDEI           writes parameters, outputs, kernels, errors and commands
    python3 tools/reference.py --check KAIDEI   names every page that is out of date and its first line that differs; exit 1
"""
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
STAGES = ["deposit", "mineplan", "lift", "campaign", "process", "plume", "economy", "supply"]
NOTE = "Written by `tools/reference.py` from the program; do not edit.\n"


def ask(kaidei, *words):
    return subprocess.run([kaidei, *words], capture_output=True, text=True, check=True).stdout


def cell(text):
    return str(text).replace("|", "\\|").replace("\n", " ").strip()


def code(text):
    return f"`{cell(text)}`" if text not in (None, "") else ""


def grouped(rows, key_of, same):
    """Runs of rows that differ by the last part of their key only: [(key, labels or None, first row)]."""
    out = []
    for row in rows:
        key = key_of(row)
        stem, _, label = key.rpartition(".")
        if out and stem.count(".") >= 1 and out[-1][0] == stem and same(out[-1][2], row):
            out[-1][1].append(label)
        elif stem.count(".") >= 1:
            out.append((stem, [label], row))
        else:
            out.append((key, None, row))
    return out


def bounds(row):
    def words(text, strict, loose):
        if text is None:
            return None
        return f"{strict} {text[:-10]}" if text.endswith(" exclusive") else f"{loose} {text}"
    if row["choices"]:
        return ", ".join(code(choice) for choice in row["choices"])
    if row["columns"]:
        return "columns " + code(row["columns"])
    parts = [p for p in (words(row["low"], "above", "from"), words(row["high"], "below", "to")) if p]
    return " ".join(parts)


def parameters(kaidei):
    lines = ["# Parameters", "", NOTE, "A key is written in a scenario as `stage:` and below it `key: value`. A default without a source counts as",
             "assumed, and the report says how much it moves the answer. `kaidei explain KEY` tells the same of one key.", ""]
    for stage in STAGES:
        rows = json.loads(ask(kaidei, "explain", stage, "--json"))
        lines += [f"## {stage}", "", "| key | what | default | allowed | source |", "|---|---|---|---|---|"]
        for row in rows:
            what = row["doc"] + (f" One for each of: {', '.join(row['labels'])}." if row["labels"] else "")
            if row["basis"]:
                basis = row["basis"] if isinstance(row["basis"], str) else ", ".join(map(str, row["basis"]))
                what += f" Needs `basis:` {basis.replace('|', ', ')}."
            source = row["source"] or ("assumed" if row["assumed"] and row["default"] not in (None, "none") else "")
            default = "must be given" if row["required"] else code(row["default"])
            lines.append(f"| {code(row['key'])} | {cell(what)} | {default} | {cell(bounds(row))} | {cell(source)} |")
        lines.append("")
    return "\n".join(lines)


def outputs(kaidei):
    with tempfile.TemporaryDirectory() as folder:
        ask(kaidei, "run", "minamitorishima-2027-full-trial", "-n", "2", "-q", "-o", f"{folder}/run")
        base = sqlite3.connect(f"{folder}/run/run.sqlite")
        columns = "key, unit, doc, stage, headline, item, label, line, account"
        rows = [dict(zip(columns.split(", "), row)) for row in base.execute(f"select {columns} from summary where kind = 'output'")]
        ledger = [dict(zip(columns.split(", "), row)) for row in base.execute(f"select {columns} from summary where kind = 'ledger'")]
        notes = base.execute("select subject, text from note").fetchall()
        base.close()
    lines = ["# Outputs", "", NOTE, "Every one of them is a variable of `samples.nc` (one value a realisation, SI) and a row of the table `summary` of",
             "`run.sqlite` (mean, sd, P10, P50, P90 in the unit below). Those marked • stand in the first table of a run.", ""]
    for stage in STAGES:
        lines += [f"## {stage}", "", "| key | unit | what |", "|---|---|---|"]
        mine = [r for r in rows if r["stage"] == stage]
        for key, labels, row in grouped(mine, lambda r: r["key"], lambda a, b: a["doc"] == b["doc"] and a["unit"] == b["unit"]):
            what = cell(row["doc"] or "") + (f" One for each of: {', '.join(labels)}." if labels else "")
            lines.append(f"| {code(key)}{' •' if row['headline'] else ''} | {cell(row['unit'])} | {what} |")
        lines.append("")
    lines += ["# Ledger", "", "What a stage uses, makes, wastes and needs. Variables `ledger.STAGE.ITEM[.LABEL]` of `samples.nc`, rows of the table `ledger`.", ""]
    for stage in STAGES:
        mine = [r for r in ledger if r["stage"] == stage]
        if not mine:
            continue
        lines += [f"## {stage}: lines", "", "| item | kind | unit | balance | what |", "|---|---|---|---|---|"]
        done = set()
        for row in mine:
            if row["item"] in done:
                continue
            done.add(row["item"])
            labels = [r["label"] for r in mine if r["item"] == row["item"] and r["label"]]
            what = cell(row["doc"] or "") + (f" One for each of: {', '.join(labels)}." if labels else "")
            account = (row["account"] or "").split(".")[0]
            lines.append(f"| {code(row['item'])} | {row['line']} | {cell(row['unit'])} | {account} | {what} |")
        lines.append("")
    lines += ["# Notes in run.sqlite", ""] + [f"- **{subject}**: {text}" for subject, text in notes] + [""]
    return "\n".join(lines)


def field(f):
    unit = f"{f['unit']}" if f["unit"] not in (None, "", "1") else "–"
    limits = " ".join(p for p in (
        f"from {f['low']}" if f.get("low") and not f["low"].endswith(" exclusive") else f"above {f['low'][:-10]}" if f.get("low") else "",
        f"to {f['high']}" if f.get("high") and not f["high"].endswith(" exclusive") else f"below {f['high'][:-10]}" if f.get("high") else "") if p)
    if f.get("choices"):
        choices = f["choices"] if isinstance(f["choices"], list) else str(f["choices"]).split("|")
        limits = ", ".join(code(choice) for choice in choices)
    return unit, limits


def merged(fields):
    """Columns of one vector as (first, last)."""
    out = []
    for f in fields:
        told = {k: v for k, v in f.items() if k != "name"}
        stem = f["name"].rpartition("_")[0]
        if out and stem and out[-1][2] == told and out[-1][3] == stem:
            out[-1] = (out[-1][0], f, told, stem)
        else:
            out.append((f, f, told, stem))
    return [(a, b) for a, b, _, _ in out]


def kernels(kaidei):
    rows = json.loads(ask(kaidei, "eval", "--list", "--json"))
    lines = ["# Kernels", "", NOTE, "Model equations one by one: `kaidei eval KERNEL -i cases.csv -o out.csv`. The header of the table is `name [unit]`, any",
             "unit of the right dimension; a column with a default may be left out.", ""]
    for stage in STAGES:
        mine = [r for r in rows if r["kernel"].startswith(stage + ".")]
        if mine:
            lines += [f"- [{stage}](#{stage}): {len(mine)} kernels"]
    lines.append("")
    for stage in STAGES:
        mine = [r for r in rows if r["kernel"].startswith(stage + ".")]
        if not mine:
            continue
        lines += [f"## {stage}", ""]
        for row in mine:
            lines += [f"### `{row['kernel']}`", "", cell(row["summary"][0].upper() + row["summary"][1:]) + ".", "", "| | name | unit | default | allowed | what |", "|---|---|---|---|---|---|"]
            for side, fields in (("in", row["inputs"]), ("out", row["outputs"])):
                for first, last in merged(fields):
                    f = first
                    unit, limits = field(f)
                    name = code(f["name"]) if first is last else f"{code(first['name'])} … {code(last['name'])}"
                    lines.append(f"| {side} | {name} | {cell(unit)} | {code(f.get('default'))} | {cell(limits)} | {cell(f.get('doc') or '')} |")
            for data in row.get("data") or []:
                lines.append(f"| data | {code(data['name'])} | | | {code(data.get('columns'))} | {cell(data.get('doc') or '')} |")
            lines.append("")
    return "\n".join(lines)


def errors(kaidei):
    header = (ROOT / "include" / "kaidei" / "status.h").read_text(encoding="utf-8")
    groups = {1: "Input", 2: "Units", 3: "Model", 4: "Numeric", 5: "Resource", 6: "Files", 8: "Caller", 9: "Interruption"}
    rows = re.findall(r"X\((KD_\w+), (\d+), \"(.*?)\"\)", header)
    lines = ["# Errors", "", NOTE, "Every failure is a code and one line of text with the value, the limit and the place. From `include/kaidei/status.h`.", ""]
    for group, name in groups.items():
        mine = [r for r in rows if int(r[1]) // 100 == group]
        if mine:
            lines += [f"## {name}", "", "| code | number | meaning |", "|---|---|---|"]
            lines += [f"| `{code_}` | {number} | {cell(text)} |" for code_, number, text in mine] + [""]
    lines += ["## Exit codes of the command", "", re.search(r"Exit codes: (.*)", ask(kaidei, "--help")).group(1), ""]
    return "\n".join(lines)


def commands(kaidei):
    overview = ask(kaidei, "--help")
    names = re.findall(r"^  (\w+) {2,}\S", overview.split("Commands\n", 1)[1], re.M)
    lines = ["# Commands", "", NOTE, "```", overview.strip(), "```", ""]
    for name in names:
        lines += [f"## kaidei {name}", "", "```", ask(kaidei, name, "--help").strip(), "```", ""]
    return "\n".join(lines)


PAGES = {"parameters": parameters, "outputs": outputs, "kernels": kernels, "errors": errors, "commands": commands}


def main():
    words = [w for w in sys.argv[1:] if w != "--check"]
    if len(words) != 1:
        print(__doc__)
        return 2
    stale = 0
    for name, make in PAGES.items():
        path, text = FOLDER / f"{name}.md", make(words[0]).rstrip("\n") + "\n"
        if "--check" not in sys.argv[1:]:
            FOLDER.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            continue
        there = path.read_text(encoding="utf-8") if path.exists() else ""
        if there != text:
            stale += 1
            pair = next(((n, a, b) for n, (a, b) in enumerate(zip(there.split("\n") + [""] * 9999, text.split("\n")), 1) if a != b), (0, "", ""))
            print(f"docs/reference/{name}.md:{pair[0]}: out of date\n  page:    {pair[1][:160]}\n  program: {pair[2][:160]}")
    if stale:
        print("python3 tools/reference.py build/release/kaidei writes them again")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
