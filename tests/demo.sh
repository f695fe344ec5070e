#!/bin/sh
# A tour on the pages of testdata/: cleaning, taking in, the report on copies, giving back. In a scratch directory, which stays.
set -eu
cd "$(dirname "$0")/.."
build=${BUILD:-build}
dir=$(mktemp -d "${TMPDIR:-/tmp}/pressmark-demo.XXXXXX")
PATH=$(cd "$build" && pwd):$PATH
export PATH

title() { printf '\n=== %s\n' "$1"; }
show() { printf '$ pressmark %s\n' "$*"; pressmark "$@"; }

title "1. Clean a page: what is kept (+), what goes (-), and by which rule"
printf '$ pressmark clean --explain testdata/pages/ferry-mail.html\n'
pressmark clean --explain testdata/pages/ferry-mail.html | cut -c1-110

title "2. Take all pages in"
show init "$dir/coverage"
show -a "$dir/coverage" snapshot --agencies testdata/agencies.tsv testdata/pages

title "3. Find the stories that several outlets ran"
show -a "$dir/coverage" dedupe
show -a "$dir/coverage" dedupe --report --html "$dir/report.html"

title "4. Check the archive, give everything back, compare it byte for byte"
show -a "$dir/coverage" verify
show -a "$dir/coverage" restore --all --to "$dir/back"
wanted=0 same=0
find "$dir/back" -type f -exec sha256sum {} + | cut -d' ' -f1 | sort >"$dir/got"
for page in testdata/pages/*; do
    wanted=$((wanted + 1))
    if grep -q "^$(sha256sum <"$page" | cut -d' ' -f1)\$" "$dir/got"; then same=$((same + 1)); else echo "differs: $page"; fi
done
rm -f "$dir/got"
echo "$same of $wanted pages came back with the same bytes"
[ "$same" -eq "$wanted" ]

title "Where things are"
echo "The archive is $dir/coverage, the pages that came back are in $dir/back; the program is $build/pressmark."
echo "Open $dir/report.html in a browser: who ran what, when, and what was changed."
