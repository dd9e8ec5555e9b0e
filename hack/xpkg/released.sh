#!/usr/bin/env bash
# released.sh COMMIT VERSION OUTPUT CLI: builds the packages of an older commit, once, of
# its own sources and by its own commands, for the tests that upgrade from there. In a
# clone that lacks the commit it builds none, and says what to do: the test fails then.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
commit=$1 version=$2 output=$root/$3 cli=$root/$4
if ! full=$(git -C "$root" rev-parse --verify --quiet "$commit^{commit}"); then
	echo "this clone lacks commit $commit, from which the tests upgrade; run git fetch --unshallow" >&2
	exit 0
fi
echo "building the packages of $commit, once; it takes half a minute on two cores" >&2
mkdir -p "$(dirname "$output")"
work=$(mktemp -d)
trap 'rm -rf "$work" "$output.part"' EXIT
git -C "$root" archive "$full" | tar -x -C "$work"
(cd "$work" && go run ./hack/xpkg build --version="$version" --cli="$cli" --out="$output.part" \
	--commit="$full" --date="$(git -C "$root" log -1 --format=%cI "$full")") >&2
rm -rf "$output"
mv "$output.part" "$output"
