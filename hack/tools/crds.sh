#!/usr/bin/env bash
# crds.sh TOOL MODULE OUTPUT: copies the CRDs that a Crossplane core ships in its
# Go module, which is pinned under hack/tools/TOOL, into the folder OUTPUT.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
output=$root/$3
cd "$root/hack/tools/$1"
go mod download "$2"
from=$(go list -mod=readonly -m -f '{{.Dir}}' "$2")/cluster/crds
rm -rf "$output"
mkdir -p "$(dirname "$output")"
cp -r "$from" "$output"
chmod -R u+w "$output"
touch "$output"
