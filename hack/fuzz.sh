#!/usr/bin/env bash
# fuzz.sh DURATION: runs every fuzz target of the project for so long each. A finding
# ends it, and is left in the package's testdata/fuzz as a case to keep.
set -euo pipefail
cd "$(dirname "$0")/.."
ran=0
while IFS=: read -r file target; do
	echo "fuzzing $target of $(dirname "$file") for $1"
	go test "./$(dirname "$file")" -run '^$' -fuzz "^$target\$" -fuzztime "$1"
	ran=$((ran + 1))
done < <(grep -rEo --include='*_test.go' '^func (Fuzz[A-Za-z0-9]+)' cmd functions internal | sed 's/func //')
((ran > 0)) || { echo "no fuzz target was found" >&2; exit 1; }
echo "$ran fuzz targets ran"
