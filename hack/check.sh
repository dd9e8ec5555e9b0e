#!/usr/bin/env bash
# check.sh GOLANGCI [BASE]: looks at the format of, vets, lints and tests the packages with changes
# since BASE, which is where the branch left main, or HEAD on main itself. The tests are
# those that need no other program: what renders by Crossplane's CLI is for make test.
set -euo pipefail
cd "$(dirname "$0")/.."
golangci=$1
base=${2:-$(git merge-base HEAD main 2>/dev/null || git merge-base HEAD origin/main 2>/dev/null || git rev-parse HEAD)}
start=$SECONDS
mapfile -t files < <({
	git diff --name-only --diff-filter=d "$base"
	git ls-files --others --exclude-standard
} | sort -u | grep -v '^hack/tools/.*/' || true)
# Files of other kinds belong to the nearest package above: goldens, modules, examples.
packages=()
declare -A seen=()
for f in "${files[@]}"; do
	dir=$(dirname "$f")
	while [[ $dir != . ]] && ! compgen -G "$dir/*.go" >/dev/null; do dir=$(dirname "$dir"); done
	[[ $dir == . || -n ${seen[$dir]:-} ]] && continue
	seen[$dir]=1
	packages+=("./$dir")
done
if ((${#packages[@]} == 0)); then
	echo "no package has changed since ${base:0:9}"
	exit 0
fi
echo "${#packages[@]} packages with changes since ${base:0:9}: ${packages[*]}"
# It looks at the format and vets, too; another one that runs here is waited for.
"$golangci" run --allow-serial-runners "${packages[@]}"
tests=()
for p in "${packages[@]}"; do
	case $p in
	./hack/render | ./hack/xpkg | ./test/render | ./test/e2e/claims | ./test/e2e/namespaced | ./test/e2e/legacy | ./test/e2e/load | ./test/legacy | ./test/tofu | ./test/alerts | ./test/house) ;;
	*) tests+=("$p") ;;
	esac
done
go test "${tests[@]}" ./test/house
echo "checked in $((SECONDS - start)) s; make test runs the rest"
