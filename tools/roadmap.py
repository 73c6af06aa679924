# SPDX-License-Identifier: Apache-2.0
"""Keeps docs/source-roadmap.md true. The two lines of each folder are written by hand; the phrase of each file is the first
sentence of its head comment (of the header, where there is one).

    python3 tools/roadmap.py           rewrites the lists of files
    python3 tools/roadmap.py --check   names every file that is missing, gone or told otherwise; exit 1
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "source-roadmap.md"
FOLDERS = ["include/kaidei"] + [f"src/{name}" for name in (
    "base exchange numerics deposit mineplan lift campaign process plume economy supply programme scenario ensemble results "
    "claims cli").split()]
SUFFIXES = {".c", ".h"}
LONGEST = 130


def first_sentence(comment):
    text = " ".join(line.strip().lstrip("*").strip() for line in comment.split("\n")).strip()
    text = re.split(r"(?<=[a-z0-9)\"'`])\.(?:\s|$)|\s{3,}|:\s*$", text, maxsplit=1)[0].strip().rstrip(".:;,")
    if len(text) <= LONGEST:
        return text
    for stop in ("; ", ": ", ", "):
        head = text[:LONGEST].rsplit(stop, 1)[0]
        if 24 < len(head) < LONGEST:
            return head
    return text[:LONGEST].rsplit(" ", 1)[0] + " …"


def head_comment(path):
    """The comment at the top of a file, or the first one in it."""
    text = re.sub(r"^(//[^\n]*\n)+", "", path.read_text(encoding="utf-8"))
    # the layout of a head: paragraphs; only the first is told
    found = re.match(r"\s*/\*(.*?)\*/", text, re.S)
    return re.split(r"\n\s*\*?\s*\n", found.group(1))[0] if found else None


def later_comment(path):
    text = re.sub(r"^(//[^\n]*\n)+", "", path.read_text(encoding="utf-8"))
    for found in re.finditer(r"/\*(.*?)\*/", text, re.S):
        words = found.group(1).strip(" *-\n")
        if len(words) > 12 and not found.group(1).strip().startswith("-"):
            return re.split(r"\n\s*\*?\s*\n", found.group(1))[0]
    return None


def phrases(folder):
    """{names of the files of one stem: phrase}, in order."""
    stems = {}
    for path in sorted((ROOT / folder).iterdir()):
        if path.suffix in SUFFIXES:
            stems.setdefault(path.stem, []).append(path)
    out = {}
    for stem, paths in stems.items():
        order = sorted(paths, key=lambda p: p.suffix != ".h")
        comment = next((c for c in map(head_comment, order) if c), None) or next((c for c in map(later_comment, order) if c), None)
        out[", ".join(f"`{p.name}`" for p in sorted(paths))] = first_sentence(comment) if comment else stem.replace("_", " ")
    return out


def sections(text):
    """[(heading or None, body)] of the page."""
    parts = re.split(r"^## +`?([^`\n]+?)`?\s*$", text, flags=re.M)
    return [(None, parts[0])] + [(parts[i].strip().rstrip("/"), parts[i + 1]) for i in range(1, len(parts), 2)]


def prose(body):
    return "\n".join(line for line in body.strip("\n").split("\n") if not line.startswith("- `")).strip("\n")


def render(text):
    kept = dict((h, prose(b)) for h, b in sections(text) if h)
    out = [sections(text)[0][1].rstrip("\n"), ""]
    for folder in FOLDERS:
        if not (ROOT / folder).is_dir():
            continue
        out += [f"## `{folder}/`", "", kept.get(folder, ""), ""]
        out += [f"- {names}: {phrase}." for names, phrase in phrases(folder).items()]
        out.append("")
    tail = [(h, p) for h, p in kept.items() if h not in FOLDERS]
    for heading, words in tail:
        out += [f"## `{heading}/`" if "/" in heading else f"## {heading}", "", words, ""]
    return "\n".join(out).rstrip("\n") + "\n"


def faults(text):
    found = []
    bodies = {h: b for h, b in sections(text) if h}
    for folder in FOLDERS:
        if not (ROOT / folder).is_dir():
            continue
        if folder not in bodies:
            found.append(f"{folder}/ has no section")
            continue
        if not prose(bodies[folder]):
            found.append(f"{folder}/ has no two lines that say what it is for")
        listed = dict(re.findall(r"^- ((?:`[^`]+`(?:, )?)+): (.*?)\.?$", bodies[folder], re.M))
        names = {name for key in listed for name in re.findall(r"`([^`]+)`", key)}
        actual = {p.name for p in (ROOT / folder).iterdir() if p.suffix in SUFFIXES}
        found += [f"{folder}/{name} is missing" for name in sorted(actual - names)]
        found += [f"{folder}/{name} is listed and does not exist" for name in sorted(names - actual)]
        for key, phrase in phrases(folder).items():
            if key in listed and listed[key] != phrase:
                found.append(f"{folder}/{key.strip('`')}: its head says \"{phrase}\"")
    known = {f for f in FOLDERS}
    for path in sorted((ROOT / "src").iterdir()):
        if path.is_dir() and f"src/{path.name}" not in known and any(p.suffix in SUFFIXES for p in path.iterdir()):
            found.append(f"src/{path.name}/ is not in FOLDERS of tools/roadmap.py")
    return found


def main():
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else "# The source, file by file\n"
    if "--check" in sys.argv[1:]:
        found = faults(text)
        for line in found:
            print(f"docs/source-roadmap.md: {line}")
        if found:
            print("python3 tools/roadmap.py brings the lists up to date")
        return 1 if found else 0
    PAGE.write_text(render(text), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
