#!/bin/sh
# Files as arrays of C, for lib/page_assets.h: embed.sh NAME FILE...
set -eu
echo '#include "page_assets.h"'
while [ $# -gt 1 ]; do
    printf '\nconst char pm_page_%s[] = {\n' "$1"
    od -An -v -tu1 "$2" | sed 's/ *\([0-9][0-9]*\)/\1,/g'
    printf '};\nconst size_t pm_page_%s_len = sizeof(pm_page_%s);\n' "$1" "$1"
    shift 2
done
