# SPDX-License-Identifier: Apache-2.0
# Every source file has its line in docs/source-roadmap.md, and every file listed there exists. The check itself can fail.
python3 "$KD_SOURCE/tools/roadmap.py" --check
mkdir -p house/tools house/docs house/src/base
cp "$KD_SOURCE/tools/roadmap.py" house/tools/
printf '/* Adds. */\n' >house/src/base/add.c
python3 house/tools/roadmap.py
grep -q 'add.c.: Adds' house/docs/source-roadmap.md
printf '/* Takes away. */\n' >house/src/base/subtract.c
if python3 house/tools/roadmap.py --check >faults; then echo "a missing file was not seen"; exit 1; fi
grep -q 'src/base/subtract.c is missing' faults
python3 house/tools/roadmap.py
rm house/src/base/add.c
if python3 house/tools/roadmap.py --check >faults; then echo "a file that is gone was not seen"; exit 1; fi
grep -q 'src/base/add.c is listed and does not exist' faults
