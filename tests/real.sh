#!/bin/sh
# Real pages, where there are any: tests/real.sh [DIR] (../shared beside the project, or $PRESSMARK_SHARED)
#
# Every page of the collections in DIR/data, straight from their tar files: taken in, verified, given back and compared
# byte for byte; each bundle read by other programs (DIR/tools/check_warc.py); labelled syndication (make_syndicated.py)
# clustered and scored. Nothing is fetched but Python modules for the last two, into a venv under $BUILD; where that fails,
# they are skipped and it says so.
set -u
cd "$(dirname "$0")/.." || exit 1
build=${BUILD:-build}
case $build in /*) ;; *) build=$PWD/$build ;; esac
shared=${1:-${PRESSMARK_SHARED:-../shared}}
passed=0 failed=0
finish() { echo "$passed passed, $failed failed"; [ $failed -eq 0 ]; exit; }
good() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); echo "FAILED $*"; }
[ -d "$shared/data" ] || { echo "skipped: no real pages in $shared"; finish; }

scratch=$(mktemp -d "${TMPDIR:-/tmp}/pressmark-real.XXXXXX") || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
pm() { "$build/pressmark" -q "$@"; }

# Digests of the pages, sorted: of all files of a tar file, and of what came back.
digests() { find "$1" -type f -exec sha256sum {} + | cut -d' ' -f1 | sort -u; }

archives=
for tar in "$shared"/data/*.tar.zst; do
    name=${tar##*/}
    name=${name%.tar.zst}
    archive=$scratch/$name
    mkdir "$scratch/$name.in"
    zstd -dcq "$tar" | tar -xf - -C "$scratch/$name.in" || { bad "$name: cannot unpack"; continue; }
    pm init "$archive" && pm -a "$archive" snapshot "$tar" >"$scratch/log" 2>&1
    code=$?
    case $code in 0 | 3) good ;; *) bad "$name: snapshot gave $code"; cat "$scratch/log"; continue ;; esac
    if pm -a "$archive" verify >"$scratch/log" 2>&1; then good; else bad "$name: verify"; cat "$scratch/log"; fi
    pm -a "$archive" restore --all --to "$scratch/$name.out" >"$scratch/log" 2>&1 || { bad "$name: restore"; cat "$scratch/log"; }
    # Each page of the tar file is among what came back. Rows of JSON Lines are captures of their own.
    find "$scratch/$name.in" -type f \( -name '*.html' -o -name '*.htm' -o -name '*.txt' \) -size +0 \
        -exec sha256sum {} + | sort >"$scratch/want"
    digests "$scratch/$name.out" >"$scratch/got"
    lost=$(awk 'NR == FNR { have[$1] = 1; next } !($1 in have)' "$scratch/got" "$scratch/want")
    pages=$(wc -l <"$scratch/want")
    if [ -z "$lost" ] && [ "$pages" -gt 0 ]; then good; else
        bad "$name: of $pages pages $(printf '%s\n' "$lost" | wc -l) did not come back"
        printf '%s\n' "$lost" | head -n 5
    fi
    echo "$name: $pages pages"
    rm -rf "$scratch/$name.in" "$scratch/$name.out"
    archives="$archives $archive"
done

# The venv: the modules of the bench, pinned.
venv=$build/venv
if ! tests/venv.sh "$venv" tests/bench/check.txt >"$scratch/log" 2>&1; then
    echo "skipped: no Python modules to read bundles and score clusters with (pip: $(tail -n 1 "$scratch/log"))"
    finish
fi
for archive in $archives; do
    if "$venv/bin/python" "$shared/tools/check_warc.py" -q "$archive"/bundles/*.warc.zst >"$scratch/log" 2>&1; then good; else
        bad "${archive##*/}: other readers of WARC"
        head -n 20 "$scratch/log"
    fi
    rm -rf "$archive"
done

zstd -dcq "$shared/data/news-pool.jsonl.zst" >"$scratch/pool.jsonl"
if ! "$venv/bin/python" "$shared/tools/make_syndicated.py" --pool "$scratch/pool.jsonl" --docs 4000 --seed 1 \
    --out "$scratch/corpus.jsonl" --html "$scratch/html" >"$scratch/log" 2>&1; then
    bad "make_syndicated.py"
    cat "$scratch/log"
    finish
fi
score()
{ # NAME LEAST INPUT
    pm init "$scratch/$1" && pm -a "$scratch/$1" snapshot "$3" >"$scratch/log" 2>&1
    pm -a "$scratch/$1" dedupe --json >"$scratch/$1.json" 2>>"$scratch/log" || cat "$scratch/log"
    ari=$("$venv/bin/python" tests/score.py "$shared/tools/score_clusters.py" "$scratch/corpus.jsonl" \
        "$scratch/$1.json" 2>>"$scratch/log")
    if awk -v a="${ari:-0}" -v b="$2" 'BEGIN { exit !(a >= b) }'; then good; else bad "$1: ARI ${ari:-none}, at least $2"; tail -5 "$scratch/log"; fi
    echo "note: 4,000 documents of labelled syndication, $1: ARI $ari"
}
score jsonl 0.95 "$scratch/corpus.jsonl"
score pages 0.93 "$scratch/html"
finish
