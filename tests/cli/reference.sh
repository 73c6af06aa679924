# SPDX-License-Identifier: Apache-2.0
# docs/reference/ says what the program says.
python3 "$KD_SOURCE/tools/reference.py" --check "$KAIDEI"
