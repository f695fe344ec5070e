#!/bin/sh
# Measure pressmark beside its peers and write tests/bench/RESULTS.md: run.sh [DIR] (../shared, or $PRESSMARK_SHARED)
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
shared=${1:-${PRESSMARK_SHARED:-../shared}}
[ -d "$shared/data" ] || { echo "bench: no real pages in $shared"; exit 1; }
venv=$build/bench-venv
if [ ! -e "$venv/ready" ]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install -q -r tests/bench/requirements.txt
    : >"$venv/ready"
fi
exec "$venv/bin/python" tests/bench/bench.py --build "$build" --shared "$shared"
