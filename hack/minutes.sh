#!/usr/bin/env bash
# minutes.sh warm|cold: puts the minutes of the last run of .ci/run into that column of
# the table in docs/ci.md. A step that the run did not come to keeps what it has.
set -euo pipefail
cd "$(dirname "$0")/.."
case ${1:-} in
warm) column=4 most=30 ;;
cold) column=5 most=75 ;;
*) echo "say which column the run is for: hack/minutes.sh warm, or cold" >&2; exit 2 ;;
esac
[[ -s bin/minutes.tsv ]] || { echo "bin/minutes.tsv is missing: run .ci/run first" >&2; exit 1; }
awk -v column=$column -v most=$most '
	FNR == NR { split($0, f, "\t"); seconds[f[1]] = f[2]; next }
	BEGIN { FS = OFS = "|" }
	{ $0 = $0 } # split anew, by the fields of a table
	NF > column && /^\| `make / { split($2, words, /[ `]+/); if (words[3] in seconds) $column = sprintf(" %.1f ", seconds[words[3]] / 60) }
	/^\| all \|/ { $column = sprintf(" %.1f ", seconds["all"] / 60) }
	/^\| left \|/ { $column = sprintf(" %.1f ", most - seconds["all"] / 60) }
	{ print }
' bin/minutes.tsv docs/ci.md >bin/ci.md
mv bin/ci.md docs/ci.md
