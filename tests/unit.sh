#!/bin/sh
# Run unit test programs and count: unit.sh PROGRAM... ($UNDER: a command to run each one under)
set -u
passed=0 failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for program; do
    # shellcheck disable=SC2086 # a command with its options
    ${UNDER:-} "$program" >"$log" 2>&1
    code=$?
    passed=$((passed + $(grep -c '^\[       OK \]' "$log")))
    bad=$(sed -n 's/^\[  FAILED  \] \([0-9]*\) test.*/\1/p' "$log")
    if [ $code -ne 0 ]; then
        bad=${bad:-1}
        echo "FAILED ${program##*/} (exit $code)"
        grep -v '^\[       OK \]\|^\[ RUN' "$log" | tail -n 40
        failed=$((failed + bad))
    fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
