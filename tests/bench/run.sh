#!/bin/sh
# Measure pressmark beside its peers and write tests/bench/RESULTS.md: run.sh [DIR] (../shared, or $PRESSMARK_SHARED)
# Fit the weights of the cleaner and write lib/clean_weights.c and lib/text_weights.c: run.sh --fit [DIR]
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
fit=
[ "${1:-}" != --fit ] || { fit=1; shift; }
shared=${1:-${PRESSMARK_SHARED:-../shared}}
[ -d "$shared/data" ] || { echo "bench: no real pages in $shared"; exit 1; }
venv=$build/bench-venv
if [ ! -e "$venv/ready" ]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install -q -r tests/bench/requirements.txt
    : >"$venv/ready"
fi
if [ -n "$fit" ]; then
    "$venv/bin/python" tests/bench/fit_blocks.py --build "$build" --shared "$shared" --halves
    exec "$venv/bin/python" tests/bench/fit_text.py --build "$build" --shared "$shared" --parts 2
fi
exec "$venv/bin/python" tests/bench/bench.py --build "$build" --shared "$shared"
