#!/bin/sh
# Run every fuzz target for a number of seconds in all: fuzz.sh SECONDS
#
# Seeds: tests/fuzz/corpus/NAME (a small input of each form, inputs that once failed) and the pages and records of testdata/. What is found
# new stays in $BUILD/corpus/NAME.
set -u
cd "$(dirname "$0")/.." || exit 1
build=${BUILD:-build/fuzzing}
passed=0 failed=0
set -- "${1:-60}" "$build"/fuzz/fuzz_*
seconds=$1
shift
programs=
for p; do case $p in *.d | *.o) ;; *) programs="$programs $p" ;; esac; done
# shellcheck disable=SC2086
set -- $programs
each=$((seconds / $#))
[ $each -gt 0 ] || each=1
for program; do
    name=${program##*/fuzz_}
    corpus=$build/corpus/$name
    mkdir -p "$corpus" "$build/found"
    set -- "$corpus"
    [ ! -d "tests/fuzz/corpus/$name" ] || set -- "$@" "tests/fuzz/corpus/$name"
    case $name in
    clean | html | fields) set -- "$@" testdata/pages ;;
    warc | zstd | input | bundle) set -- "$@" testdata/warc ;;
    esac
    if "$program" -max_total_time="$each" -timeout=20 -rss_limit_mb=2048 -max_len=65536 -print_final_stats=0 \
        -artifact_prefix="$build/found/$name-" "$@" >"$build/found/$name.log" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED fuzz_$name: input in $build/found"
        grep -E 'ERROR|SUMMARY|runtime error|artifact' "$build/found/$name.log" | head -n 5
    fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
