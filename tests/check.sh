#!/bin/sh
# Every test, stage by stage, and the sum of them: "N passed, N failed" is the last line. $MAKE, $BUILD from the Makefile.
set -u
cd "$(dirname "$0")/.." || exit 1
make=${MAKE:-make}
build=${BUILD:-build}
jobs=$(nproc 2>/dev/null || echo 1)
passed=0 failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
unset MAKEFLAGS MFLAGS

# stage TITLE COMMAND...: counts come from the last "N passed, N failed" of its output; without one it is one test.
stage()
{
    title=$1
    shift
    start=$(date +%s)
    if "$@" >"$log" 2>&1; then code=0; else code=$?; fi
    counts=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$log" |
        awk '{ p += $1; f += $3 } END { if (NR) print p, f }')
    p=${counts% *} f=${counts#* }
    if [ -z "$counts" ]; then
        p=1 f=0
    fi
    if [ $code -ne 0 ] && [ "$f" -eq 0 ]; then
        [ -n "$counts" ] || p=0
        f=1
    fi
    passed=$((passed + p)) failed=$((failed + f))
    printf '%-34s %5d passed %3d failed %5d s\n' "$title" "$p" "$f" $(($(date +%s) - start))
    grep -E '^(skipped|note:)' "$log" | sed 's/^/  /'
    [ "$f" -eq 0 ] || { grep -vE '^(cc|gcc|clang|rm -f|make)' "$log" | tail -n 60 | sed 's/^/  /'; }
}

stage "build" "$make" -s -j"$jobs" all
[ $failed -eq 0 ] || { echo "$passed passed, $failed failed"; exit 1; }
stage "static checks" "$make" -s check-cheap
stage "unit tests" "$make" -s -j"$jobs" unit
stage "command tests" "$make" -s cli
stage "report in a browser" tests/browser.sh
if command -v clang >/dev/null; then
    stage "build with clang" "$make" -s -j"$jobs" BUILD="$build/clang" CC=clang CFLAGS=-O1 all
else
    echo "note: no clang here: not built with it, not fuzzed"
fi
stage "install into an empty directory" tests/install.sh
stage "build for ASan and UBSan" "$make" -s -j"$jobs" BUILD="$build/asan" \
    CFLAGS="-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer" all
stage "unit tests, ASan and UBSan" "$make" -s -j"$jobs" BUILD="$build/asan" \
    CFLAGS="-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer" unit
stage "command tests, ASan and UBSan" env BUILD="$build/asan" tests/tests.sh
if command -v clang >/dev/null; then
    stage "fuzzing, a minute" "$make" -s fuzz FUZZ_SECONDS=60
fi
stage "other programs" tests/interop.sh
stage "real pages" tests/real.sh
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
