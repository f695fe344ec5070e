#!/bin/sh
# Run the command tests: tests/tests.sh [-u] [-v] [NAME...]
#
# A test is a directory tests/cli/NAME with `cmd`, a shell script, and what it must give: `out` and `err`, byte for
# byte, and `code` (0 when absent). It runs in an empty scratch directory with `pressmark` on the path, in UTC, with LC_ALL=C.
# $TESTDATA is testdata/, $HERE the directory of the test, $TOOLS tests/cli/tools. Exit code 77 skips it.
#   -u  write what came out as what is expected
#   -v  name each test
set -u

root=$(cd "$(dirname "$0")/.." && pwd)
build=${BUILD:-build}
case $build in /*) ;; *) build=$root/$build ;; esac
update="" verbose=""
while getopts uv flag; do
    case $flag in
    u) update=1 ;;
    v) verbose=1 ;;
    *) exit 64 ;;
    esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || set -- "$root"/tests/cli/*/cmd

[ -x "$build/pressmark" ] || { echo "tests.sh: $build/pressmark is not built" >&2; exit 1; }
scratch=$(mktemp -d "${TMPDIR:-/tmp}/pressmark-tests.XXXXXX") || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

LC_ALL=C TZ=UTC PATH=$build:$PATH
TESTDATA=$root/testdata TOOLS=$root/tests/cli/tools
export LC_ALL TZ PATH TESTDATA TOOLS
unset NO_COLOR COLUMNS PRESSMARK_ARCHIVE CDPATH
umask 022

# What is expected against what came, of one of the files out, err, code.
agrees()
{
    if [ -n "$update" ]; then
        if [ -s "$scratch/got/$1" ]; then cp "$scratch/got/$1" "$2/$1"; else rm -f "$2/$1"; fi
        return 0
    fi
    if [ -e "$2/$1" ]; then expected=$2/$1; else expected=/dev/null; fi
    cmp -s "$expected" "$scratch/got/$1" && return 0
    diff -u -L "expected $1" -L "got $1" "$expected" "$scratch/got/$1" | cat -v | head -60
    return 1
}

passed=0 failed=0 skipped=0
for name; do
    name=${name%/cmd} name=${name##*/}
    HERE=$root/tests/cli/$name
    export HERE
    [ -e "$HERE/cmd" ] || { echo "no test is called '$name'"; failed=$((failed + 1)); continue; }
    [ -z "$verbose" ] || echo "$name"
    rm -rf "$scratch/work" "$scratch/got"
    mkdir "$scratch/work" "$scratch/got"
    (cd "$scratch/work" && exec sh "$HERE/cmd") \
        >"$scratch/got/out" 2>"$scratch/got/err" </dev/null
    code=$?
    if [ $code -eq 77 ]; then
        echo "skipped $name: $(cat "$scratch/got/out")"
        skipped=$((skipped + 1))
        continue
    fi
    [ $code -eq 0 ] || echo $code >"$scratch/got/code"
    [ -e "$scratch/got/code" ] || : >"$scratch/got/code"
    good=1
    for part in out err code; do
        agrees $part "$HERE" || good=
    done
    if [ -n "$good" ]; then
        passed=$((passed + 1))
    else
        echo "FAILED $name"
        failed=$((failed + 1))
    fi
done
[ $skipped -eq 0 ] || echo "$skipped skipped"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
