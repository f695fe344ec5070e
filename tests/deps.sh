#!/bin/sh
# Install what building (build) and testing (check) pressmark need: deps.sh [--list] [build] [check] [browser] [dev]
#
# What is there already is left alone. What will be installed is printed first; nothing is asked.
# Without apt each missing part is named instead, and the exit status is 1.
set -eu

export LC_ALL=C DEBIAN_FRONTEND=noninteractive
LEXBOR_MIN=3

say() { printf '%s\n' "$*"; }
die() { printf 'deps: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

only_list=no
sets=
for arg; do
    case $arg in
    --list) only_list=yes ;;
    build | check | browser | dev) sets="$sets $arg" ;;
    *) die "unknown argument '$arg'" ;;
    esac
done
[ -n "$sets" ] || sets="build check dev"

# ---- what is missing: lines "name package" ----

has_lib() { have pkg-config && pkg-config --exists "$1"; }
has_lexbor() { has_lib lexbor && pkg-config --atleast-version="$LEXBOR_MIN" lexbor; }
has_cc() { have "${CC:-cc}" || have gcc || have clang; }
has_libc() { # headers of the C library, which a compiler alone may lack
    has_cc || return 1
    cc=${CC:-cc}
    have "$cc" || cc=gcc
    have "$cc" || cc=clang
    printf '#include <stdlib.h>\nint main(void) { return 0; }\n' | "$cc" -x c -o /dev/null - 2>/dev/null
}
has_cmocka() { has_lib cmocka; }
has_fuzzer() { # libFuzzer, which Debian has in a package beside clang
    have clang || return 1
    printf '%s\n' '#include <stdint.h>' '#include <stddef.h>' \
        'int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n) { (void)p; (void)n; return 0; }' |
        clang -fsanitize=fuzzer,address -x c -o /dev/null - 2>/dev/null
}
has_venv() { have python3 && python3 -c 'import ensurepip, venv' 2>/dev/null; }

missing_of() {
    case $1 in
    build)
        has_cc || say "C-compiler gcc"
        has_libc || say "C-library-headers libc6-dev"
        have pkg-config || say "pkg-config pkg-config"
        has_lib libarchive || say "libarchive libarchive-dev"
        has_lib libzstd || say "libzstd libzstd-dev"
        has_lib libdeflate || say "libdeflate libdeflate-dev"
        has_lib zlib || say "zlib zlib1g-dev"
        has_lib libxxhash || say "libxxhash libxxhash-dev"
        has_lib sqlite3 || say "sqlite3 libsqlite3-dev"
        has_lib libcrypto || say "libcrypto libssl-dev"
        has_lib libutf8proc || say "libutf8proc libutf8proc-dev"
        has_lib jansson || say "jansson libjansson-dev"
        has_lib libbrotlidec || say "libbrotlidec libbrotli-dev"
        ;;
    check)
        has_cmocka || say "cmocka libcmocka-dev"
        have clang || say "clang clang"
        have cppcheck || say "cppcheck cppcheck"
        have shellcheck || say "shellcheck shellcheck"
        have mandoc || say "mandoc mandoc"
        have sqlite3 || say "sqlite3-shell sqlite3"
        have zstd || say "zstd zstd"
        have zip || say "zip zip"
        have unzip || say "unzip unzip"
        have 7z || say "7z p7zip-full"
        have wget || say "wget wget"
        have wget2 || say "wget2 wget2"
        have httrack || say "HTTrack httrack"
        has_venv || say "python3-venv python3-venv"
        ;;
    browser)
        have chromium-headless-shell || have chromium || have chromium-browser || have google-chrome ||
            say "headless-browser chromium-headless-shell"
        have python3 || say "python3 python3"
        ;;
    dev)
        have valgrind || say "valgrind valgrind"
        have clang-format || say "clang-format clang-format"
        have clang-tidy || say "clang-tidy clang-tidy"
        have gcovr || say "gcovr gcovr"
        ;;
    esac
}

missing() {
    for set in $sets; do
        missing_of "$set"
    done
}

# ---- apt ----

root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo -n env DEBIAN_FRONTEND=noninteractive LC_ALL=C "$@"
    fi
}

need_root() {
    [ "$(id -u)" -eq 0 ] && return
    have sudo && sudo -n true 2>/dev/null && return
    die "neither root nor sudo without a password: run 'sudo make deps' first"
}

apt() { root apt-get -q -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"; }

# Install packages from the system's own sources; the package lists are fetched when they are not there or too old.
apt_install() {
    say "deps: installing: $*"
    need_root
    if ! apt-get -s --no-install-recommends install "$@" >/dev/null 2>&1; then
        say "deps: fetching package lists"
        apt update || die "cannot fetch package lists"
    fi
    apt install "$@" && return
    say "deps: fetching package lists, in case they were too old"
    if ! { apt update && apt install "$@"; }; then
        die "cannot install: $*"
    fi
}

# The mirror that the system's own sources name for its own release, and its keyring.
own_mirror() {
    # shellcheck disable=SC1091 # of the system
    codename=$(. /etc/os-release && printf %s "${VERSION_CODENAME:-}")
    apt-get update --print-uris 2>/dev/null |
        sed -n "s|^'\\(.*\\)/dists/${codename:-none}/\\(In\\)\\{0,1\\}Release'.*|\\1|p" | head -n 1
}

by_hand() {
    die "$1; install lexbor $LEXBOR_MIN by hand (Debian's liblexbor-dev, or build it from its source)" \
        "so that 'pkg-config --atleast-version=$LEXBOR_MIN lexbor' succeeds"
}

# liblexbor-dev of the system's own sources if they have it, else of Debian's testing suite, with sources, lists and cache of
# its own in a scratch directory: the system's stay as they were. Only lexbor's two packages may change.
lexbor_install() {
    version=$(apt-cache policy liblexbor-dev 2>/dev/null | sed -n 's/^ *Candidate: *//p')
    case $version in
    '' | '(none)') ;;
    *)
        if dpkg --compare-versions "$version" ge "$LEXBOR_MIN"; then
            apt_install liblexbor-dev
            return
        fi
        ;;
    esac

    # shellcheck disable=SC1091 # of the system
    [ "$(. /etc/os-release && printf %s "${ID:-}")" = debian ] || by_hand "this system's packages lack lexbor $LEXBOR_MIN"
    mirror=$(own_mirror)
    [ -n "$mirror" ] || by_hand "no Debian mirror found in the system's sources"
    need_root

    scratch=$(mktemp -d)
    trap 'root rm -rf "$scratch"' EXIT
    trap 'exit 1' HUP INT TERM
    chmod 755 "$scratch" # apt fetches as a user of its own
    mkdir -p "$scratch/lists/partial" "$scratch/cache/archives/partial"
    keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    option=
    [ ! -r "$keyring" ] || option="[signed-by=$keyring] "
    printf 'deb %s%s testing main\n' "$option" "$mirror" >"$scratch/sources.list"
    # A mirror that lags behind is good enough for two packages; its signature is checked all the same.
    set -- -o Dir::Etc::SourceList="$scratch/sources.list" -o Dir::Etc::SourceParts=/dev/null \
        -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null \
        -o Dir::State::Lists="$scratch/lists" -o Dir::Cache="$scratch/cache" \
        -o Acquire::Check-Valid-Until=false \
        -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o Acquire::Languages=none

    say "deps: lexbor $LEXBOR_MIN is not in this release: looking in Debian's testing suite (for nothing else)"
    apt "$@" update || by_hand "cannot read Debian's testing suite"
    plan=$(apt-get "$@" -s --no-install-recommends install liblexbor-dev) || by_hand "liblexbor-dev of testing does not install"
    other=$(say "$plan" | sed -n 's/^\(Inst\|Remv\|Purg\) \([^ ]*\).*/\2/p' |
        grep -v -x -e 'liblexbor-dev' -e 'liblexbor3' || true)
    [ -z "$other" ] || by_hand "liblexbor-dev of testing would change other packages too ($(say "$other" | tr '\n' ' '))"
    say "deps: installing: $(say "$plan" | sed -n 's/^Inst \([^ ]*\) (\([^ ]*\).*/\1=\2/p' | tr '\n' ' ')"
    apt "$@" install liblexbor-dev || by_hand "cannot install liblexbor-dev of testing"
}

# ---- main ----

list=$(missing)
lexbor=no
case $sets in
*build*) has_lexbor || lexbor=yes ;;
esac

if [ "$only_list" = yes ] || ! have apt-get; then
    [ -z "$list" ] || say "$list" | while read -r name _; do say "missing: $name"; done
    [ "$lexbor" = no ] || say "missing: lexbor >= $LEXBOR_MIN"
    [ -z "$list" ] && [ "$lexbor" = no ] || [ "$only_list" = yes ] ||
        die "there is no apt-get here: install the above and run this again"
    exit 0
fi

if [ -n "$list" ]; then
    # shellcheck disable=SC2046 # one word a package
    apt_install $(say "$list" | cut -d' ' -f2)
fi
[ "$lexbor" = no ] || lexbor_install
case $sets in
*check*)
    if have clang && ! has_fuzzer; then
        major=$(clang -dumpversion)
        apt_install "libclang-rt-${major%%.*}-dev"
    fi
    ;;
esac

list=$(missing)
[ -z "$list" ] || die "still missing: $(say "$list" | cut -d' ' -f1 | tr '\n' ' ')"
case $sets in
*build*) has_lexbor || die "still missing: lexbor >= $LEXBOR_MIN" ;;
esac
