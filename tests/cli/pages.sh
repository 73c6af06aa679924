# SPDX-License-Identifier: Apache-2.0
# Every command that README.md and docs/quick-start.md show ends as they say. (tools/console.py KAIDEI refreshes what they print.)
python3 "$KD_SOURCE/tools/console.py" --run "$KAIDEI"
