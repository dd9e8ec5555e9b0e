#!/usr/bin/env bash
# copy.sh TOOL MODULE FOLDER OUTPUT: copies a FOLDER that a Go module ships beside its
# source, such as Crossplane's CRDs and chart, to OUTPUT. The module is pinned under
# hack/tools/TOOL.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
output=$root/$4
cd "$root/hack/tools/$1"
go mod download "$2"
from=$(go list -mod=readonly -m -f '{{.Dir}}' "$2")/$3
rm -rf "$output"
mkdir -p "$(dirname "$output")"
cp -r "$from" "$output"
chmod -R u+w "$output"
touch "$output"
