#!/bin/sh
# A venv with pinned modules: tests/venv.sh DIR REQUIREMENTS. What goes wrong is told on standard output.
set -u
[ -e "$1/ready" ] && cmp -s "$1/ready" "$2" && exit
python3 -m venv "$1" && "$1/bin/pip" install -q --disable-pip-version-check -r "$2" && cp "$2" "$1/ready"
