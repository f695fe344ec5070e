#!/bin/sh
# The report in a headless browser: tests/browser.sh. Without a browser it says so and is content.
set -eu
cd "$(dirname "$0")/.."
build=${BUILD:-build}
browser=${BROWSER:-}
for name in chromium-headless-shell chromium chromium-browser google-chrome; do
    [ -n "$browser" ] || browser=$(command -v "$name" || true)
done
if [ -z "$browser" ]; then
    echo "skipped: no browser here (chromium-headless-shell, chromium); 'make check-browser' installs one"
    echo "0 passed, 0 failed"
    exit 0
fi
exec python3 tests/browser.py "$build/pressmark" "$browser"
