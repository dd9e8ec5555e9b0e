#!/usr/bin/env bash
# fuzz.sh DURATION: runs every fuzz target of the project for so long each. A finding
# ends it, and is left in the package's testdata/fuzz as a case to keep.
set -euo pipefail
cd "$(dirname "$0")/.."
said=$(mktemp)
trap 'rm -f "$said"' EXIT

# late says whether a run found nothing and failed all the same: at the end of its time the
# coordinator of Go's fuzzing may read its own deadline as a failure (golang/go#75804). A finding
# names the input that it wrote, a panic, a line of the test, or a worker that ended.
late() {
	grep -qx '    context deadline exceeded' "$said" && ! grep -qE 'Failing input|panic|^ {4}.*_test\.go:|fuzzing process' "$said"
}

ran=0
while IFS=: read -r file target; do
	package=./$(dirname "$file")
	echo "fuzzing $target of ${package#./} for $1"
	if ! go test "$package" -run '^$' -fuzz "^$target\$" -fuzztime "$1" 2>&1 | tee "$said"; then
		late || exit 1
		echo "$target found nothing until its time was over; its cases run once more"
		go test "$package" -run "^$target\$" -count=1
	fi
	ran=$((ran + 1))
done < <(grep -rEo --include='*_test.go' '^func (Fuzz[A-Za-z0-9]+)' cmd functions internal | sed 's/func //')
((ran > 0)) || { echo "no fuzz target was found" >&2; exit 1; }
echo "$ran fuzz targets ran"
