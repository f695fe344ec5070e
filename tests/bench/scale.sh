#!/bin/sh
# Near copies among a million captures: scale.sh [DIR] (../shared, or $PRESSMARK_SHARED) writes tests/bench/RESULTS-scale.md.
# Wants 20 GB in $SCALE_WORK (build/scale) and an hour; $SCALE_DOCS (1000000) captures, and a hundredth more that come in later:
# of old stories, as far as there are any (SCALE_NEW=spread), or of new ones (SCALE_NEW=last). $SCALE_CORPUS: take this file of
# make_syndicated.py instead of making one.
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
shared=${1:-${PRESSMARK_SHARED:-../shared}}
work=${SCALE_WORK:-$build/scale}
docs=${SCALE_DOCS:-1000000}
later=${SCALE_NEW:-spread}
python=${PYTHON:-python3}
pressmark=$(cd "$build" && pwd)/pressmark
rm -rf "$work"
mkdir -p "$work"

corpus=${SCALE_CORPUS:-}
if [ -z "$corpus" ]; then
    corpus=$work/all.jsonl
    zstd -dqf "$shared/data/news-pool.jsonl.zst" -o "$work/pool.jsonl"
    "$python" "$shared/tools/make_syndicated.py" --pool "$work/pool.jsonl" --docs $((docs + docs / 100)) --seed 5 --no-shuffle \
        --out "$corpus" >&2
fi
awk -v dir="$work" -v docs="$docs" -v later="$later" 'NR > docs + int(docs / 100) { exit }
    later == "last" ? NR > docs : NR % 101 == 0 { print >(dir "/new.jsonl"); next }
    { print >(dir "/base.jsonl") }
    NR <= int(docs / 10) { print >(dir "/tenth.jsonl") }' "$corpus"

# measured NAME COMMAND...: processor seconds and peak KiB of a command into $work/NAME
measured() {
    name=$1
    shift
    /usr/bin/time -f '%U %S %M' -o "$work/$name" "$@"
}

row() {
    awk -v what="$2" '{ printf "| %s | %.1f | %.0f |\n", what, $1 + $2, $3 / 1024 }' "$work/$1"
}

"$pressmark" -q init "$work/tenth"
"$pressmark" -q -a "$work/tenth" snapshot -j 1 "$work/tenth.jsonl"
measured tenth.run "$pressmark" -q -a "$work/tenth" dedupe -j 1 -b -n 1 >/dev/null
rm -rf "$work/tenth"
"$pressmark" -q init "$work/archive"
measured snapshot.run "$pressmark" -q -a "$work/archive" snapshot -j 1 "$work/base.jsonl"
measured full.run "$pressmark" -q -a "$work/archive" dedupe -j 1 -b -n 1 >/dev/null
measured none.run "$pressmark" -q -a "$work/archive" dedupe -j 1 -b -n 1 >/dev/null
"$pressmark" -q -a "$work/archive" snapshot -j 1 "$work/new.jsonl"
measured more.run "$pressmark" -q -a "$work/archive" dedupe -j 1 -b -n 1 >/dev/null
"$pressmark" -q -a "$work/archive" dedupe --report --level both --tsv >"$work/more.tsv"
measured again.run "$pressmark" -q -a "$work/archive" dedupe --full -j 1 -b -n 1 >/dev/null
"$pressmark" -q -a "$work/archive" dedupe --report --level both --tsv >"$work/again.tsv"
same=different
cmp -s "$work/more.tsv" "$work/again.tsv" && same="the same bytes"
state=$(wc -c <"$work/archive/dedupe.state")

{
    printf '# Near copies at scale\n\n%s, %s processors, %s. %s captures (make_syndicated.py --no-shuffle, seed 5), one thread.\n\n' \
        "$(uname -m)" "$(nproc)" "$(date -u +%Y-%m-%d)" "$docs"
    printf '| | processor s | peak MiB |\n|---|---|---|\n'
    row snapshot.run "taking them in"
    row tenth.run "dedupe of the first tenth of them, from scratch"
    row full.run "of all of them"
    row none.run "again, when nothing is new"
    row more.run "after a hundredth more came in ($later)"
    row again.run "the same from scratch"
    printf '\nWhat the last two tell of all clusters: %s. State for the next run: %s bytes a capture.\n' "$same" $((state / docs))
} >tests/bench/RESULTS-scale.md
cat tests/bench/RESULTS-scale.md
