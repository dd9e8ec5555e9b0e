#!/usr/bin/env bash
# build.sh MODULE OUTPUT PACKAGE LDFLAGS HOWLONG: builds one pinned tool from its
# Go module under hack/tools, and says on standard error what it is doing.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
module=$1 output=$root/$2 package=$3 ldflags=$4 howlong=$5
say() { printf '%s\n' "$*" >&2; }

mkdir -p "$(dirname "$output")"
say "building $(basename "$output"), once; it takes $howlong on two cores"
start=$SECONDS
# The build is a job with a process group of its own, compilers and linker too, so
# that a Ctrl-C ends all of it: bash has other background processes ignore one.
set -m
(cd "$root/hack/tools/$module" && CGO_ENABLED=0 go build -mod=readonly -trimpath -buildvcs=false \
	-ldflags "-s -w $ldflags" -o "$output.part" "$package") >&2 &
build=$!
set +m
trap 'kill -- "-$build" 2>/dev/null || true; wait "$build" 2>/dev/null || true; rm -f "$output.part"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
while kill -0 "$build" 2>/dev/null; do
	sleep 1
	(((SECONDS - start) % 15)) || say "  still building $(basename "$output"), $((SECONDS - start)) s"
done
wait "$build"
mv "$output.part" "$output"
touch "$output"
say "built $(basename "$output") in $((SECONDS - start)) s"
