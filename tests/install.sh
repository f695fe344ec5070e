#!/bin/sh
# Install into an empty directory, build a program with the installed header and libraries, uninstall, and see nothing left.
set -eu
cd "$(dirname "$0")/.."
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
make=${MAKE:-make}
"$make" -s install PREFIX="$dir/usr" >/dev/null
printf '%s\n' '#include <pressmark.h>' '#include <stdio.h>' \
    'int main(void) { return puts(pressmark_version()) < 0; }' >"$dir/main.c"
PKG_CONFIG_PATH=$dir/usr/lib/pkgconfig
export PKG_CONFIG_PATH
# shellcheck disable=SC2046
cc -o "$dir/shared" "$dir/main.c" $(pkg-config --cflags --libs pressmark)
[ "$(LD_LIBRARY_PATH=$dir/usr/lib "$dir/shared")" = "$(pkg-config --modversion pressmark)" ]
# shellcheck disable=SC2046
cc -o "$dir/static" "$dir/main.c" $(pkg-config --cflags pressmark) "$dir/usr/lib/libpressmark.a" \
    $(pkg-config --libs pressmark | sed 's/-lpressmark//') \
    $(pkg-config --libs lexbor libarchive libzstd libdeflate zlib libxxhash sqlite3 libcrypto libutf8proc jansson libbrotlidec) -lm -pthread
"$dir/static" >/dev/null
"$dir/usr/bin/pressmark" version >/dev/null
"$make" -s uninstall PREFIX="$dir/usr"
left=$(find "$dir/usr" -type f -o -type l)
[ -z "$left" ] || { echo "left behind: $left"; exit 1; }
