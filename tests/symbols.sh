#!/bin/sh
# Check that a shared library exports what pressmark.h declares, and nothing else: symbols.sh LIBRARY
set -eu
cd "$(dirname "$0")/.."
got=$(nm -D --defined-only "$1" | awk '$2 ~ /[A-Z]/ && $3 !~ /^__/ { print $3 }' | sort)
want=$(tr '\n' ' ' <lib/pressmark.h | grep -o 'PRESSMARK_API [^;{]*(' |
    sed -n 's/^[^(]*[ *]\(pressmark_[a-z_]*\)(.*/\1/p' | sort)
[ "$got" = "$want" ] && exit 0
echo "symbols of $1 (-) and of lib/pressmark.h (+) differ:"
{ printf '%s\n' "$got" | sed 's/^/-/'; printf '%s\n' "$want" | sed 's/^/+/'; } | sort -k1.2 | uniq -u -s 1
exit 1
