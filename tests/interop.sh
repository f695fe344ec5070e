#!/bin/sh
# What other programs write, read; what is written, read by them: tests/interop.sh
#
# Peers go into $BUILD/peers and $BUILD/venv, in pinned versions, by the ordinary clients of their registries (pip, go, mvn,
# npm). One that cannot be had is named, and what it would show is skipped; the rest runs. Servers listen on 127.0.0.1 alone.
set -u
cd "$(dirname "$0")/.." || exit 1
root=$PWD
build=${BUILD:-build}
case $build in /*) ;; *) build=$PWD/$build ;; esac
peers=$build/peers
JWARC=0.36.0 JWARC_SHA=b472300077903e33c1efcb05d94e62bef8abe3179c6166c9597e6ec6d7c426da
ZSTDJNI=1.5.7-20 ZSTDJNI_SHA=b9995fa20dce1007b8c4bead9532776088a44be0a228a2fa71da8d8ce70d797e
GOWARC=0.8.96
SINGLEFILE=2.0.83
passed=0 failed=0
scratch=$(mktemp -d "${TMPDIR:-/tmp}/pressmark-interop.XXXXXX") || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
mkdir -p "$peers"
pm() { "$build/pressmark" -q "$@"; }
skip() { echo "skipped: $*"; }
have() { command -v "$1" >/dev/null 2>&1; }
last() { tail -n 1 "$scratch/log" | cut -c1-200; }

# good TITLE COMMAND...: a test; what it says is shown when it fails.
good()
{
    title=$1
    shift
    if "$@" >"$scratch/log" 2>&1; then passed=$((passed + 1)); else
        failed=$((failed + 1))
        echo "FAILED $title"
        tail -n 20 "$scratch/log" | cut -c1-300
    fi
}

# ---- peers ----

python=$build/venv/bin/python
tests/venv.sh "$build/venv" tests/bench/check.txt >"$scratch/log" 2>&1 || { skip "FastWARC, warcio, zstandard: $(last)"; python=; }

wayback=$peers/pywb/bin/wayback
if ! tests/venv.sh "$peers/pywb" tests/interop/requirements.txt >"$scratch/log" 2>&1; then
    skip "pywb: $(last)"
    wayback=
fi

wacz=$peers/wacz/bin/wacz
if ! tests/venv.sh "$peers/wacz" tests/interop/wacz.txt >"$scratch/log" 2>&1; then
    skip "wacz: $(last)"
    wacz=
fi

# jar GROUP:NAME VERSION SHA256
jar()
{
    file=$peers/${1#*:}-$2.jar
    [ -e "$file" ] || mvn -q -B dependency:copy -Dartifact="$1:$2" -DoutputDirectory="$peers" >"$scratch/log" 2>&1 || return 1
    echo "$3  $file" | sha256sum -c --quiet >"$scratch/log" 2>&1 || { rm -f "$file"; return 1; }
}
jwarc=
if ! have java || ! java --list-modules 2>/dev/null | grep -q '^jdk.compiler@'; then skip "jwarc: no Java compiler"
elif ! have mvn; then skip "jwarc: no mvn"
elif jar org.netpreserve:jwarc $JWARC $JWARC_SHA && jar com.github.luben:zstd-jni $ZSTDJNI $ZSTDJNI_SHA; then
    jwarc=$peers/jwarc-$JWARC.jar:$peers/zstd-jni-$ZSTDJNI.jar
else skip "jwarc: $(last)"; fi

gowarc=$peers/gowarc-$GOWARC
if ! have go; then
    skip "gowarc: no go"
    gowarc=
elif [ ! -x "$gowarc" ]; then
    (cd tests/interop && go build -mod=readonly -o "$gowarc" github.com/internetarchive/gowarc/cmd/warc) >"$scratch/log" 2>&1 ||
        { skip "gowarc: $(last)"; gowarc=; }
fi

browser=${BROWSER:-}
for name in chromium-headless-shell chromium chromium-browser google-chrome; do
    [ -n "$browser" ] || browser=$(command -v $name || true)
done
[ -n "$browser" ] || skip "SingleFile, MHTML: no browser here"
singlefile=$peers/single-file-$SINGLEFILE/node_modules/.bin/single-file
if [ -z "$browser" ]; then singlefile=
elif ! have npm; then
    skip "SingleFile: no npm"
    singlefile=
elif [ ! -x "$singlefile" ]; then
    npm install -s --no-audit --no-fund --prefix "$peers/single-file-$SINGLEFILE" single-file-cli@$SINGLEFILE >"$scratch/log" 2>&1 ||
        { skip "SingleFile: $(last)"; singlefile=; }
fi

# ---- what is written ----

cd "$scratch" || exit 1
cp -R "$root/testdata/pages" pages
pm init a
pm -a a snapshot --date 2024-05-03 pages "$root/testdata/warc/ok.warc.gz"
pm -a a snapshot --date 2024-06-03 pages/bus-fares.html
"$root/tests/cli/tools/rows" 600 >rows.jsonl
pm init b
pm -a b snapshot rows.jsonl pages
pm -a b snapshot --date 2024-07-01 pages
pm -a b repack # into bundles with dictionaries
pm init c
pm -a c merge a b
for form in warc.gz warc.zst wacz zip tar jsonl; do pm -a a export --all --to a.$form; done
warcs=$(ls a/bundles/* b/bundles/* c/bundles/* a.warc.gz a.warc.zst)

digests_right() { "$python" "$root/tests/interop/check_warc.py" "$@"; }
jwarc_reads() { timeout 300 java -cp "$jwarc" "$root/tests/interop/JwarcCheck.java" "$@"; }
gowarc_reads()
{
    timeout 300 "$gowarc" verify "$@" >out 2>&1
    cat out
    # it says what is wrong, but not by its exit status
    [ "$(grep -c 'valid=true errors=0 .*allRecordsRead=true' out)" -eq $# ] && ! grep -q 'level=ERROR' out
}
replays() { (mkdir "$1.replay" && cd "$1.replay" && timeout 600 "$peers/pywb/bin/python" "$root/tests/interop/replay.py" \
    "$build/pressmark" ../a "$peers/pywb/bin/wb-manager" "$wayback" "../$1"); }
# The records by an independent reader are those of the manifest, and of the export but for the form of texts.
bundle_reads()
{
    for bundle in b/bundles/*; do
        "$python" "$root/tests/read_bundle.py" "$bundle" >>read.rows || return 1
    done
    "$python" -c 'import sqlite3
for row in sqlite3.connect("file:b/manifest.sqlite?mode=ro", uri=True).execute(
    "select offset, length, lower(hex(sha256)), type from record where type <> ? order by bundle, offset", ("dictionary",)):
    print(*row, sep="|")' >manifest.rows
    pm -a b export --all --to b.warc.zst
    "$python" "$root/tests/read_bundle.py" b.warc.zst >export.rows || return 1
    for rows in read export; do cut -d'|' -f3,4 $rows.rows | grep -v conversion >$rows.digests; done
    "$python" "$root/tests/read_bundle.py" --raw b.warc.zst >export.raw
    pm -a b export --all --form warc.gz | gzip -dc | cmp - export.raw || return 1
    [ -s read.digests ] && cmp read.rows manifest.rows && cmp read.digests export.digests
}
zstd_tests()
{ # a dictionary is no part of zstd's own format: it is cut out first
    zstd -tq a.warc.zst || return 1
    for bundle in b/bundles/*; do
        size=$(od -An -tu4 -j4 -N4 "$bundle" | tr -d ' ')
        [ "$(od -An -tx4 -N4 "$bundle" | tr -d ' ')" = 184d2a5d ] || continue
        tail -c +9 "$bundle" | head -c "$size" | zstd -dqc >dictionary || return 1
        zstd -tq -D dictionary "$bundle" || return 1
    done
    [ -s dictionary ]
}
integrity() { [ "$("$python" -c 'import sqlite3
print(sqlite3.connect("file:a/manifest.sqlite?mode=ro", uri=True).execute("pragma integrity_check").fetchone()[0])')" = ok ]; }

# shellcheck disable=SC2086 # names without blanks
if [ -n "$python" ]; then
    good "FastWARC and warcio read every WARC, digests right" digests_right $warcs
    good "read_bundle.py reads what manifest and export say" bundle_reads
    good "Python's sqlite3 finds the manifest sound" integrity
fi
# shellcheck disable=SC2086
[ -z "$jwarc" ] || good "jwarc reads every WARC, digests right" jwarc_reads $warcs
# shellcheck disable=SC2086
[ -z "$gowarc" ] || good "gowarc reads every WARC, digests right" gowarc_reads $warcs
if [ -n "$wayback" ]; then
    good "pywb replays a .warc.gz" replays a.warc.gz
    good "pywb replays a WACZ" replays a.wacz
fi
if have zstd; then good "zstd -t" zstd_tests; else skip "zstd: not installed"; fi
if [ -n "$wacz" ]; then
    good "wacz validates the WACZ" "$wacz" validate -f a.wacz
    mkdir package
    (cd package && unzip -q ../a.wacz)
    good "frictionless validates what describes it" "$peers/wacz/bin/frictionless" validate package/datapackage.json
fi
good "gzip -t" gzip -t a.warc.gz
if have unzip; then
    good "unzip -t, WACZ" unzip -tq a.wacz
    good "unzip -t, zip" unzip -tq a.zip
else skip "unzip: not installed"; fi
good "tar -t" tar -tf a.tar

# ---- what is read ----

# The pages that came in, by path: the same bytes. `same ARCHIVE URL-PREFIX NAME...`
same()
{
    archive=$1 prefix=$2
    shift 2
    for page; do
        path=$(printf %s "$page" | sed 's/%2F/\//g; s/%3F/?/; s/%3D/=/')
        pm -a "$archive" list -i --url "$prefix$path" >ids
        [ -s ids ] || { echo "$path is not there"; return 1; }
        while read -r id; do # a redirect can lead to a page twice
            pm -a "$archive" restore "$id" | cmp - "site/$page" || { echo "$path differs"; return 1; }
        done <ids
    done
}
mkdir site
mkfifo feed
python3 "$root/tests/interop/site.py" site <feed >port &
server=$!
exec 3>feed
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do [ -s port ] && break; sleep 0.3; done
port=$(cat port)
all_pages=$(ls site)

from_warc()
{
    mkdir wget && (cd wget && wget -q -r --compression=auto --warc-file=crawl "http://127.0.0.1:$port/"; [ -s crawl.warc.gz ]) || return 1
    pm init wget.archive && pm -a wget.archive snapshot wget/crawl.warc.gz || return 1
    # shellcheck disable=SC2086
    same wget.archive "http://127.0.0.1:$port" $all_pages
}
# wget names the directory with the port, wget2 without; neither says whether it was http or https, and https it is.
from_mirror()
{ # PROGRAM HOST
    mkdir "mirror-$1" && (cd "mirror-$1" && "$1" -q -r "http://127.0.0.1:$port/"; [ -d "$2" ]) || return 1
    pm init "$1.mirrored" && pm -a "$1.mirrored" snapshot --mirror "mirror-$1" || return 1
    # shellcheck disable=SC2086
    same "$1.mirrored" "https://$2" $all_pages
}
# The page is there under its URL, saved a short while ago, with the text of the page that was saved: `saved FILE PAGE URL`
saved()
{
    now=$(date -u +%s)
    pm init "$1.archive" && pm -a "$1.archive" snapshot "$1" || return 1
    id=$(pm -a "$1.archive" list -i --url "$3")
    [ -n "$id" ] || { pm -a "$1.archive" list; return 1; }
    when=$(pm -a "$1.archive" list --json | sed -n 's/.*"date":"\([^"]*\)".*/\1/p')
    [ $((now - $(date -u -d "$when" +%s))) -le 300 ] || { echo "its date is $when"; return 1; }
    pm clean "site/$2" >text
    pm -a "$1.archive" restore --as text "$id" >got
    echo >>got
    diff got text
}
from_singlefile()
{ # it does not end by itself with this browser
    "$singlefile" --browser-executable-path="$browser" --browser-arg=--no-sandbox "http://127.0.0.1:$port/news/one.html" single.html &
    saver=$!
    for _ in $(seq 100); do
        grep -q '</article>' single.html 2>/dev/null && break
        sleep 0.3
    done
    kill $saver
    wait $saver
    saved single.html %2Fnews%2Fone.html "http://127.0.0.1:$port/news/one.html"
}
from_browser()
{
    timeout 60 python3 "$root/tests/interop/save_page.py" "$browser" "http://127.0.0.1:$port/news/two.html" page.mhtml || return 1
    saved page.mhtml %2Fnews%2Ftwo.html "http://127.0.0.1:$port/news/two.html"
}
# It changes links in pages, so that texts are compared; the URL of each is in a comment.
from_httrack()
{
    httrack -q --disable-security-limits -%c50 -s0 "http://127.0.0.1:$port/" -O site.mirror || return 1
    pm init httrack.archive && pm -a httrack.archive snapshot --mirror site.mirror/ || return 1
    for page in $all_pages; do
        id=$(pm -a httrack.archive list -i --url "http://127.0.0.1:$port$(printf %s "$page" | sed 's/%2F/\//g; s/%3F/?/; s/%3D/=/')")
        [ -n "$id" ] || { echo "$page is not there"; pm -a httrack.archive list; return 1; }
        pm clean "site/$page" >text
        pm -a httrack.archive restore --as text "$id" >got
        echo >>got
        diff got text || return 1
    done
    ! pm -a httrack.archive list --json | grep -e HTTrack -e hts-
}
from_archive()
{ # FILE: pages and a table in it
    pm init "$1.archive" && pm -a "$1.archive" snapshot "$1" || return 1
    # shellcheck disable=SC2086
    same "$1.archive" "http://saved.example" $all_pages
}
for page in $all_pages; do
    printf '%s\thttp://saved.example%s\n' "$page.html" "$(printf %s "$page" | sed 's/%2F/\//g; s/%3F/?/; s/%3D/=/')"
    cp "site/$page" "$page.html"
done >urls.tsv

if have wget; then
    good "a crawl by wget --warc-file" from_warc
    good "a mirror by wget -r" from_mirror wget "127.0.0.1:$port"
else skip "wget: not installed"; fi
if have wget2; then good "a mirror by wget2 -r" from_mirror wget2 127.0.0.1; else skip "wget2: not installed"; fi
if have httrack; then good "a mirror by HTTrack" from_httrack; else skip "httrack: not installed"; fi
[ -z "$singlefile" ] || good "a page saved with SingleFile" from_singlefile
[ -z "$browser" ] || good "a page saved as MHTML by a browser" from_browser
tar -czf saved.tar.gz urls.tsv ./%*.html && good "pages in a tar file" from_archive saved.tar.gz
if have 7z; then
    7z a -bso0 -bsp0 saved.7z urls.tsv >/dev/null && 7z a -bso0 -bsp0 saved.7z ./%*.html >/dev/null
    good "pages in a 7z file" from_archive saved.7z
    good "7z tests zip and tar" 7z t -bso0 -bsp0 a.zip a.tar
else skip "7z: not installed"; fi
if have zip; then
    zip -q saved.zip ./%*.html urls.tsv
    good "pages in a zip file" from_archive saved.zip
else skip "zip: not installed"; fi
exec 3>&-
wait $server

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
