#!/bin/sh
# Check the ranks of lib/README.md: a header includes lower ranks only; cmd/ includes nothing of lib/ but pressmark.h; only
# the manifest includes sqlite3.h.
set -u
cd "$(dirname "$0")/.." || exit 1
bad=$(awk '
    FNR == 1 { file = FILENAME; sub(/.*\//, "", file) }
    FILENAME == "lib/README.md" {
        if (split($0, part, "|") >= 4 && part[2] ~ /^ *[0-9]+ *$/) {
            gsub(/[`,]|pressmark\.h|the only.*/, " ", part[3]); gsub(/:/, " ", part[3])
            n = split(part[3], name, " ")
            for (i = 1; i <= n; i++) rank[name[i] ".h"] = part[2] + 0
        }
        next
    }
    /^# *include "/ {
        split($0, q, "\"")
        if (FILENAME ~ /^lib\/.*\.h$/ && file in rank && q[2] in rank && rank[q[2]] > rank[file])
            print FILENAME ": rank " rank[file] " includes " q[2] " of rank " rank[q[2]]
        if (FILENAME ~ /^cmd\// && q[2] in rank && system("test -e cmd/" q[2]) != 0)
            print FILENAME ": includes " q[2] " of the library"
    }
    /^# *include <sqlite3.h>/ && FILENAME !~ /^lib\/manifest/ { print FILENAME ": includes sqlite3.h" }
' lib/README.md lib/*.h lib/*.c cmd/*.h cmd/*.c)
for file in lib/*.h; do
    name=${file##*/}
    name=${name%.h}
    [ "$name" = pressmark ] || grep -qw "$name" lib/README.md || bad="$bad
$file: has no rank in lib/README.md"
done
[ -z "$bad" ] && exit 0
printf '%s\n' "$bad"
exit 1
