#!/usr/bin/env bash
# vulncheck.sh GOVULNCHECK DATABASE: looks for known vulnerabilities that the
# functions can reach. One in a module is for us to mend, and fails. One in the
# standard library is mended by another Go on the machine that builds: it is said,
# and does not fail.
set -euo pipefail
cd "$(dirname "$0")/.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
"$1" -db "file://$(cd "$2" && pwd)" ./cmd/... ./functions/... ./internal/... >"$log" 2>&1 || status=$?
cat "$log"
case $status in
0) echo "checked against the database in $2" ;;
3)
	if grep -q '^  Module: ' "$log"; then
		echo "a module has a known vulnerability: take the version that has it fixed" >&2
		exit 1
	fi
	echo "only the standard library of $(go env GOVERSION) is affected: build releases with a Go that has it fixed" >&2
	;;
*)
	echo "nothing was checked: govulncheck ended by $status" >&2
	exit 1
	;;
esac
