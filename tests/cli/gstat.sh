# SPDX-License-Identifier: Apache-2.0
# Holds kriging, co-kriging and variograms against R gstat on gstat's own data sets, where R and gstat are installed.
command -v Rscript >/dev/null 2>&1 && Rscript -e 'library(gstat)' >/dev/null 2>&1 || { echo "skipped: no R gstat"; exit 0; }
Rscript "$KD_SOURCE/tests/cli/gstat.R" "$KAIDEI"
