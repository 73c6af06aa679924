# SPDX-License-Identifier: Apache-2.0
"""Keeps the commands of README.md and docs/quick-start.md true.

    python3 tools/console.py KAIDEI          runs every ```console block again and puts in what it prints
    python3 tools/console.py --run KAIDEI    only runs them; names every command that does not end as it should; exit 1

Lines that begin with `$ ` are commands, run in one private folder from top to bottom of a page; what follows is their standard
output (with `2>&1` in a comment of the block, also the talk). `<!-- first N -->` above a block keeps N lines of each output and
writes `…` for the rest; `<!-- exit 3 -->` says how its last command ends.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGES = ["README.md", "docs/quick-start.md"]
BLOCK = re.compile(r"((?:<!--[^\n]*-->\n)?)```console\n(.*?)```", re.S)


def kaidei_folder(kaidei, folder):
    """A folder on PATH in which the program is called kaidei."""
    (folder / "bin").mkdir()
    (folder / "bin" / "kaidei").symlink_to(pathlib.Path(kaidei).resolve())
    return f"{folder / 'bin'}:{os.environ.get('PATH', '')}"


def run_page(text, kaidei, name, faults):
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        environment = dict(os.environ, PATH=kaidei_folder(kaidei, folder), NO_COLOR="1")
        (folder / "work").mkdir()

        def again(block):
            words, body = block.group(1), block.group(2)
            first = int(m.group(1)) if (m := re.search(r"first (\d+)", words)) else None
            wanted = int(m.group(1)) if (m := re.search(r"exit (\d+)", words)) else 0
            commands = [line[2:] for line in body.split("\n") if line.startswith("$ ")]
            out = []
            for at, command in enumerate(commands):
                result = subprocess.run(command, shell=True, cwd=folder / "work", env=environment, text=True,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT if "exit" in words else subprocess.PIPE)
                if result.returncode != (wanted if at == len(commands) - 1 else 0):
                    faults.append(f"{name}: $ {command}: exit {result.returncode}\n{result.stderr or result.stdout}")
                lines = result.stdout.rstrip("\n").split("\n") if result.stdout.strip() else []
                if first is not None and len(lines) > first:
                    lines = lines[:first] + ["…"]
                out += [f"$ {command}"] + [line.rstrip() for line in lines]
            return f"{words}```console\n" + "\n".join(out) + "\n```"

        return BLOCK.sub(again, text)


def main():
    words = [w for w in sys.argv[1:] if w != "--run"]
    if len(words) != 1:
        print(__doc__)
        return 2
    faults = []
    for name in PAGES:
        path = ROOT / name
        text = run_page(path.read_text(encoding="utf-8"), words[0], name, faults)
        if "--run" not in sys.argv[1:]:
            path.write_text(text, encoding="utf-8")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
