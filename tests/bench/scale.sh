#!/bin/sh
# Near copies among a million captures: scale.sh [DIR] (../shared, or $PRESSMARK_SHARED) writes tests/bench/RESULTS-scale.md.
# Wants 20 GB in $SCALE_WORK (build/scale) and an hour; $SCALE_DOCS (1000000) captures, and a hundredth more that come in later.
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
shared=${1:-${PRESSMARK_SHARED:-../shared}}
work=${SCALE_WORK:-$build/scale}
docs=${SCALE_DOCS:-1000000}
python=${PYTHON:-python3}
pressmark=$(cd "$build" && pwd)/pressmark
rm -rf "$work"
mkdir -p "$work"

zstd -dqf "$shared/data/news-pool.jsonl.zst" -o "$work/pool.jsonl"
"$python" "$shared/tools/make_syndicated.py" --pool "$work/pool.jsonl" --docs $((docs + docs / 100)) --seed 5 --no-shuffle \
    --out "$work/all.jsonl" >&2
awk -v dir="$work" 'NR % 101 == 0 { print >(dir "/new.jsonl"); next } { print >(dir "/base.jsonl") }
    NR % 10 == 0 { print >(dir "/tenth.jsonl") }' "$work/all.jsonl"

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
measured tenth.run "$pressmark" -q -a "$work/tenth" dedupe -j 1 --tsv >/dev/null
rm -rf "$work/tenth"
"$pressmark" -q init "$work/archive"
measured snapshot.run "$pressmark" -q -a "$work/archive" snapshot -j 1 "$work/base.jsonl"
measured full.run "$pressmark" -q -a "$work/archive" dedupe -j 1 --tsv >"$work/first.tsv"
"$pressmark" -q -a "$work/archive" snapshot -j 1 "$work/new.jsonl"
measured more.run "$pressmark" -q -a "$work/archive" dedupe -j 1 --tsv >"$work/more.tsv"
measured again.run "$pressmark" -q -a "$work/archive" dedupe --full -j 1 --tsv >"$work/again.tsv"
same=different
cmp -s "$work/more.tsv" "$work/again.tsv" && same="the same bytes"
state=$(wc -c <"$work/archive/dedupe.state")

{
    printf '# Near copies at scale\n\n%s, %s processors, %s. %s captures (make_syndicated.py --no-shuffle, seed 5), one thread.\n\n' \
        "$(uname -m)" "$(nproc)" "$(date -u +%Y-%m-%d)" "$docs"
    printf '| | processor s | peak MiB |\n|---|---|---|\n'
    row snapshot.run "taking them in"
    row full.run "dedupe, from scratch, with its report"
    row tenth.run "the same of every tenth"
    row more.run "dedupe after a hundredth more came in"
    row again.run "the same from scratch"
    printf '\nWhat the last two print: %s. State for the next run: %s bytes a capture.\n' "$same" $((state / docs))
} >tests/bench/RESULTS-scale.md
cat tests/bench/RESULTS-scale.md
